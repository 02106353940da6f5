// The alerts feed: one card for each episode.
import {element, moment, number, span} from './format.js';

const MOST_CARDS = 60;
const MOST_EPISODES = 600;
const CHANNELS = {range: 'new extreme', level: 'new level', flat: 'hardly moves', point: 'off the forecast'};

export class Alerts {
  constructor(choose) {
    this.choose = choose;
    this.episodes = new Map();
    this.feed = document.getElementById('feed');
    this.hint = document.getElementById('feed-hint');
  }

  /** Takes in one change of an episode; true where it is the entity's newest news. */
  take(alert, fresh) {
    const key = `${alert.entity}\n${alert.openedAt}`;
    let episode = this.episodes.get(key);
    if (!episode) {
      episode = {key, entity: alert.entity, openedAt: alert.openedAt, changes: [], closedAt: null, fresh};
      this.episodes.set(key, episode);
      if (this.episodes.size > MOST_EPISODES) {
        const oldest = [...this.episodes.values()].reduce((a, b) => a.openedAt < b.openedAt ? a : b);
        this.episodes.delete(oldest.key);
      }
    }
    if (episode.changes.some(each => each.time === alert.time && each.phase === alert.phase)) return;
    episode.changes.push(alert);
    episode.changes.sort((a, b) => a.time - b.time);
    episode.peak = Math.max(episode.peak ?? 0, alert.peak);
    if (alert.phase === 'close') episode.closedAt = alert.time;
    episode.stale = true;
    this.stale = true;
  }

  of(entity) {
    return [...this.episodes.values()].filter(each => each.entity === entity).sort((a, b) => a.openedAt - b.openedAt);
  }

  openCount() {
    return [...this.episodes.values()].filter(each => each.closedAt === null).length;
  }

  /** Draws the newest episodes; cards that have not changed stay as they are. */
  refresh() {
    if (!this.stale) return;
    this.stale = false;
    const newest = [...this.episodes.values()]
      .sort((a, b) => b.openedAt - a.openedAt || a.entity.localeCompare(b.entity)).slice(0, MOST_CARDS);
    for (const episode of newest) {
      if (episode.stale || !episode.card) {
        const card = this.card(episode);
        if (episode.card?.isConnected) {
          const focused = episode.card.contains(document.activeElement);
          episode.card.replaceWith(card);
          if (focused) card.firstChild.focus();
        }
        episode.card = card;
        episode.stale = false;
        episode.fresh = false;
      }
    }
    const wanted = newest.map(each => each.card);
    if (wanted.length !== this.feed.children.length || wanted.some((card, i) => card !== this.feed.children[i])) {
      const scroll = this.feed.scrollTop;
      const height = this.feed.scrollHeight;
      this.feed.replaceChildren(...wanted);
      if (scroll > 8) this.feed.scrollTop = scroll + this.feed.scrollHeight - height;
    }
    this.hint.hidden = wanted.length > 0;
    const open = this.openCount();
    document.getElementById('alert-count').textContent = open ? `${open} open` : '';
    document.getElementById('open-alerts').textContent = open;
  }

  card(episode) {
    // the change that says most: the worst so far
    const loud = episode.changes.filter(each => each.phase !== 'close');
    const alert = (loud.length ? loud : episode.changes).reduce((a, b) => b.level > a.level ? b : a);
    const open = episode.closedAt === null;
    const slow = alert.channel === 'level' || alert.channel === 'flat'; // about many rows, not about this value
    const text = slow ? alert.why[0].toUpperCase() + alert.why.slice(1) : alert.words.slice(alert.words.indexOf(': ') + 2).replaceAll('–', '\u2060–\u2060');
    const lasted = open ? 'open' : `for ${span(Math.max(60e3, episode.closedAt - episode.openedAt))}`;
    const button = element('button', {
      type: 'button', class: episode.fresh ? 'alert-card fresh' : 'alert-card', 'data-open': String(open), title: slow ? alert.words : alert.why,
    },
    element('span', {class: 'line'},
      element('b', {text: alert.entity}), element('span', {class: 'when', text: moment(alert.time)}),
      element('span', {class: 'for', text: lasted})),
    element('span', {class: 'text', text}),
    slow ? null : this.scale(alert),
    element('span', {class: 'why', text: `${CHANNELS[alert.channel]}, ${number(episode.peak)} × the alert level`}),
    this.drivers(episode));
    button.addEventListener('click', () => this.choose(alert.entity));
    return element('li', {}, button);
  }

  /** What moved the forecast that the episode opened against. */
  drivers(episode) {
    const drivers = episode.changes.find(each => each.drivers?.length)?.drivers;
    if (!drivers) return null;
    const moved = drivers.map(each => `${each.input} ${each.effect < 0 ? '\u2212' : '+'}${number(Math.abs(each.effect))}`);
    return element('span', {class: 'why drivers', text: `forecast moved by ${moved.join(', ')}`});
  }

  /** The band and the value on one line. */
  scale(alert) {
    if (alert.lower === null || alert.value === null) return null;
    const low = Math.min(alert.lower, alert.value);
    const span = Math.max(alert.upper, alert.value) - low || 1;
    const at = value => 4 + 92 * (value - low) / span;
    const band = element('i', {});
    band.style.left = `${at(alert.lower)}%`;
    band.style.width = `${at(alert.upper) - at(alert.lower)}%`;
    const dot = element('u', {});
    dot.style.left = `${at(alert.value)}%`;
    return element('span', {class: 'scale', 'aria-hidden': 'true'}, band, dot);
  }
}
