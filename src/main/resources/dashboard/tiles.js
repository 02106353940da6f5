// Error and coverage, beside the same hour last week.
import {color, element, error, span} from './format.js';
import {lines} from './spark.js';

const AIM = 0.9;

export class Tiles {
  constructor() {
    this.node = document.getElementById('tiles');
    this.groups = '';
    addEventListener('themechange', () => this.last && this.show(this.last, this.cadence));
  }

  show(errors, cadence) {
    this.last = errors;
    this.cadence = cadence;
    const shown = this.shown(errors);
    const groups = errors.map(each => each.to).join();
    if (groups !== this.groups) this.make(errors, shown);
    this.groups = groups;
    shown.forEach((each, i) => this.error(this.tiles[i], each));
    this.coverage(errors);
  }

  /** The two nearest groups of horizons and the farthest. */
  shown(errors) {
    return errors.length > 3 ? [...errors.slice(0, 2), errors[errors.length - 1]] : errors;
  }

  make(errors, shown) {
    this.tiles = shown.map(() => {
      const tile = {title: element('h3', {title: 'Mean absolute error of the median, last 28 days of data'}), value: element('b', {text: '–'}), chip: element('span', {class: 'chip', hidden: ''}),
        beside: element('p', {class: 'beside'}), canvas: element('canvas', {'aria-hidden': 'true'})};
      tile.node = element('article', {class: 'tile'}, tile.title,
        element('div', {class: 'figure'}, tile.value, tile.chip), tile.beside, tile.canvas);
      return tile;
    });
    this.gauges = errors.map(() => {
      const gauge = {label: element('span'), mark: element('i', {class: 'mark'}), value: element('b', {text: '–'})};
      const good = element('i', {class: 'good'});
      good.style.left = `${this.place(0.86)}%`;
      good.style.width = `${this.place(0.94) - this.place(0.86)}%`;
      gauge.node = element('div', {class: 'gauge'}, gauge.label, element('span', {class: 'track'}, good, gauge.mark), gauge.value);
      return gauge;
    });
    const cover = element('article', {class: 'tile', title: 'How many values fell within their 90 % band; 90 % is right'},
      element('h3', {text: 'Inside the 90 % band'}), element('div', {class: 'gauges'}, ...this.gauges.map(each => each.node)));
    this.node.replaceChildren(...this.tiles.map(each => each.node), cover);
  }

  ahead({from, to}) {
    const say = steps => this.cadence > 0 ? span(steps * this.cadence) : `${steps} step${steps > 1 ? 's' : ''}`;
    if (from === to) return say(to);
    const [near, far] = [say(from), say(to)].map(text => text.split(' '));
    return `${near[1] === far[1] || !(this.cadence > 0) ? near[0] : near.join('\u00a0')}–${far.join('\u00a0')}`;
  }

  error(tile, each) {
    tile.title.textContent = `Error ${this.ahead(each)} ahead`;
    tile.value.textContent = error(each.mae);
    const known = each.mae !== null && each.week !== null && each.week > 0;
    tile.chip.hidden = !known;
    if (known) {
      const better = Math.round(100 * (1 - each.mae / each.week));
      tile.chip.textContent = better >= 0 ? `${better} % less` : `${-better} % more`;
      tile.chip.className = better >= 0 ? 'chip good' : 'chip bad';
    }
    tile.beside.textContent = each.count === 0 ? 'after the first forecasts come due' : `same hour last week\u00a0${error(each.week)}`;
    const days = each.days.length > 1 && each.days[each.days.length - 1].mae === null ? each.days.slice(0, -1) : each.days;
    lines(tile.canvas, [
      {values: days.map(day => day.week), color: color('ink3'), width: 1},
      {values: days.map(day => day.mae), color: color('accent'), width: 1.8, dot: color('accent')},
    ]);
  }

  /** 70 % is the left end, 100 % the right. */
  place(coverage) {
    return Math.max(0, Math.min(100, (coverage - 0.7) / 0.3 * 100));
  }

  coverage(errors) {
    errors.forEach((each, i) => {
      const gauge = this.gauges[i];
      gauge.label.textContent = this.ahead(each);
      gauge.mark.hidden = each.coverage === null;
      gauge.value.textContent = each.coverage === null ? '–' : `${(100 * each.coverage).toFixed(1)} %`;
      if (each.coverage !== null) {
        gauge.mark.style.left = `${this.place(each.coverage)}%`;
        gauge.mark.classList.toggle('off', Math.abs(each.coverage - AIM) > 0.04);
      }
    });
  }
}
