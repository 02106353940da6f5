// The list of entities: a sparkline, the newest value and an alert's dot each.
import {color, element, number} from './format.js';
import {lines} from './spark.js';

const MOST_SHOWN = 200;
const SPARK = 72;
const SORT_MILLIS = 3000;

export class Entities {
  constructor(choose) {
    this.choose = choose;
    this.all = new Map();
    this.chosen = null;
    this.text = '';
    this.order = localStorage.getItem('gatecast.order') ?? 'name';
    this.rows = document.getElementById('rows');
    this.hint = document.getElementById('rows-hint');
    this.sortButton = document.getElementById('sort');
    this.dirty = new Set();
    this.visible = new Set();
    this.watch = new IntersectionObserver(changes => {
      for (const change of changes) {
        const name = change.target.dataset.entity;
        if (change.isIntersecting) { this.visible.add(name); this.redraw(name); } else this.visible.delete(name);
      }
    }, {root: this.rows, rootMargin: '80px'});
    this.listen();
    setInterval(() => this.order === 'alert' && !this.rows.matches(':hover, :focus-within') && this.arrange(), SORT_MILLIS);
  }

  listen() {
    const search = document.getElementById('search');
    search.addEventListener('input', () => this.search(search.value.trim()));
    search.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === 'ArrowDown') {
        const first = this.shown()[0];
        if (first) { this.choose(first); this.focusRow(first); }
        event.preventDefault();
      } else if (event.key === 'Escape') {
        search.value = '';
        this.search('');
      }
    });
    addEventListener('keydown', event => {
      if (event.key === '/' && !event.target.closest('input')) { search.focus(); search.select(); event.preventDefault(); }
    });
    this.rows.addEventListener('keydown', event => this.move(event));
    this.rows.addEventListener('click', event => {
      const row = event.target.closest('.row');
      if (row) this.choose(row.dataset.entity);
    });
    this.sortButton.addEventListener('click', () => {
      this.order = this.order === 'name' ? 'alert' : 'name';
      localStorage.setItem('gatecast.order', this.order);
      this.arrange();
    });
    addEventListener('themechange', () => this.visible.forEach(name => this.redraw(name)));
  }

  move(event) {
    const list = this.shown();
    const at = list.indexOf(document.activeElement?.dataset?.entity ?? this.chosen);
    const to = {ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1}[event.key];
    if (to === undefined) {
      if ((event.key === 'Enter' || event.key === ' ') && list[at]) { this.choose(list[at]); event.preventDefault(); }
      return;
    }
    event.preventDefault();
    const name = list[Math.max(0, Math.min(list.length - 1, to))];
    if (name) { this.focusRow(name); this.choose(name); }
  }

  focusRow(name) {
    this.all.get(name)?.row.focus();
  }

  /** Takes in the server's list. */
  fill(answer) {
    this.kept = answer.kept;
    for (const each of answer.entities) {
      const entry = this.all.get(each.entity);
      if (entry) Object.assign(entry, {spark: [], time: -Infinity});
      this.take(each);
    }
    this.arrange();
  }

  /** Takes in an entity's newest value and points; a newcomer gets a row while there is room. */
  take(change) {
    let entry = this.all.get(change.entity);
    if (!entry) {
      if (this.all.size >= 2 * MOST_SHOWN && change.alert !== 'open') return;
      entry = this.add(change.entity);
    }
    for (let i = 0; i < change.points.times.length; i++) {
      if (change.points.times[i] > entry.time) {
        entry.time = change.points.times[i];
        entry.spark.push(change.points.values[i]);
      }
    }
    if (entry.spark.length > SPARK) entry.spark.splice(0, entry.spark.length - SPARK);
    entry.value = change.value;
    entry.alert = change.alert;
    entry.alertTime = change.alertTime ?? -1;
    this.dirty.add(change.entity);
  }

  add(name) {
    const value = element('span', {class: 'value'});
    const canvas = element('canvas', {'aria-hidden': 'true'});
    const row = element('div', {class: 'row', role: 'option', tabindex: '-1', 'data-entity': name, 'aria-selected': 'false', title: name},
      element('span', {class: 'dot'}), element('span', {class: 'name', text: name}), canvas, value);
    const entry = {name, row, canvas, valueNode: value, spark: [], time: -Infinity, alert: 'none', alertTime: -1};
    this.all.set(name, entry);
    this.stale = true;
    return entry;
  }

  /** Draws what has changed. */
  refresh() {
    if (this.stale) this.arrange();
    for (const name of this.dirty) {
      const entry = this.all.get(name);
      const text = number(entry.value);
      if (entry.valueNode.textContent !== text) entry.valueNode.textContent = text;
      if (entry.row.dataset.alert !== entry.alert) {
        entry.row.dataset.alert = entry.alert;
        entry.row.setAttribute('aria-label', entry.alert === 'open' ? `${name}, alert open` : name);
      }
      if (this.visible.has(name)) this.redraw(name);
    }
    this.dirty.clear();
  }

  redraw(name) {
    const entry = this.all.get(name);
    const open = entry.alert === 'open';
    lines(entry.canvas, [{values: entry.spark, color: color(open ? 'alert' : 'ink3'), dot: color(open ? 'alert' : 'ink')}]);
  }

  shown() {
    const text = this.text.toLowerCase();
    const list = [...this.all.values()].filter(each => each.name.toLowerCase().includes(text));
    const byName = (a, b) => a.name.localeCompare(b.name, 'en', {numeric: true});
    const byAlert = (a, b) => (b.alert === 'open') - (a.alert === 'open') || b.alertTime - a.alertTime || byName(a, b);
    return list.sort(byAlert).slice(0, MOST_SHOWN).sort(this.order === 'alert' ? byAlert : byName).map(each => each.name);
  }

  arrange() {
    this.stale = false;
    this.sortButton.textContent = this.order === 'name' ? 'A–Z' : 'alerts first';
    const names = this.shown();
    const key = names.join('\n');
    if (key !== this.arranged) {
      this.arranged = key;
      const focused = document.activeElement;
      this.watch.disconnect();
      this.visible.clear();
      this.rows.replaceChildren(...names.map(name => this.all.get(name).row));
      names.forEach(name => this.watch.observe(this.all.get(name).row));
      if (focused?.classList.contains('row') && focused.isConnected) focused.focus();
    }
    const total = Math.max(this.kept ?? 0, this.all.size);
    document.getElementById('entity-count').textContent = total || '';
    this.hint.hidden = names.length > 0 && names.length >= total;
    this.hint.textContent = names.length === 0 ? (this.text ? `Nothing matches “${this.text}”.` : 'Waiting for the first tick.')
      : this.text ? '' : `${names.length} of ${total}, those with the newest alerts; search for others.`;
    if (!this.hint.textContent) this.hint.hidden = true;
  }

  /** Narrows the list; asks the server where there may be more than the page holds. */
  search(text) {
    this.text = text;
    this.arrange();
    clearTimeout(this.asking);
    if (text) {
      this.asking = setTimeout(async () => {
        const answer = await fetch(`api/v1/entities?limit=100&search=${encodeURIComponent(text)}`).then(r => r.json()).catch(() => null);
        if (answer && this.text === text) { answer.entities.forEach(each => this.take(each)); this.arrange(); this.refresh(); }
      }, 200);
    }
  }

  select(name) {
    this.all.get(this.chosen)?.row.setAttribute('aria-selected', 'false');
    this.chosen = name;
    const row = this.all.get(name)?.row;
    if (!row) return;
    for (const each of this.rows.children) each.tabIndex = -1;
    row.tabIndex = 0;
    row.setAttribute('aria-selected', 'true');
    const box = row.getBoundingClientRect();
    const frame = this.rows.getBoundingClientRect();
    if (box.top < frame.top) this.rows.scrollTop -= frame.top - box.top;
    else if (box.bottom > frame.bottom) this.rows.scrollTop += box.bottom - frame.bottom;
    if (box.left < frame.left || box.right > frame.right) this.rows.scrollLeft += box.left - frame.left - 10;
  }

  open() {
    return [...this.all.values()].filter(each => each.alert === 'open');
  }
}
