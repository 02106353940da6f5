// Readiness, event time, rate, latency and the model in use.
import {clock, element, longDay, milliseconds, moment, number, short} from './format.js';

const put = (id, text) => {
  const node = document.getElementById(id);
  if (node.textContent !== text) node.textContent = text;
};

export class Header {
  constructor() {
    this.button = document.getElementById('model');
    this.panel = document.getElementById('models');
    this.button.addEventListener('click', () => this.toggle());
    document.getElementById('theme').addEventListener('click', () => window.toggleTheme());
    addEventListener('keydown', event => event.key === 'Escape' && !this.panel.hidden && this.toggle());
    addEventListener('click', event => {
      if (!this.panel.hidden && !event.target.closest('#models, #model')) this.toggle();
    });
  }

  lost() {
    this.state('lost', 'connection lost, trying again');
  }

  state(state, text) {
    document.getElementById('state').dataset.state = state;
    put('state-text', text);
  }

  show(status) {
    const {readiness} = status;
    if (readiness.ready) this.state('live', 'live');
    else if (readiness.missing.some(each => each.startsWith('topology'))) this.state('lost', 'stopped');
    else if (!readiness.running) this.state('waiting', `starting: ${readiness.detail.toLowerCase()}`);
    else if (!readiness.restored) this.state('waiting', 'restoring state');
    else this.state('waiting', 'waiting for a model');
    document.getElementById('state').title = readiness.missing.join('; ');
    put('subtitle', `${status.series} · ${number(status.entities)} ${status.entities === 1 ? 'entity' : 'entities'}`);
    if (status.streamTime !== undefined) {
      put('clock-day', longDay(status.streamTime));
      put('clock-hour', clock(status.streamTime));
    }
    put('rate', number(status.ticksPerSecond === null ? null : status.ticksPerSecond < 0.05 ? 0 : Number(status.ticksPerSecond.toPrecision(3))));
    put('latency', milliseconds(status.p99Millis));
    put('forecasts', status.forecasts >= 1e5 ? status.forecasts.toLocaleString('en', {notation: 'compact', maximumFractionDigits: 2}) : number(status.forecasts));
    this.model(status);
  }

  model(status) {
    const {model, activations} = status;
    if (!model) {
      put('model-id', 'none yet');
      return;
    }
    put('model-id', short(model.model));
    const swaps = activations.filter(each => each.sequence <= model.sequence && !each.refused).length - 1;
    put('model-turn', swaps > 0 ? `${swaps} ${swaps === 1 ? 'swap' : 'swaps'}, since` : 'in use since');
    put('model-since', moment(model.effectiveFrom));
    if (this.sequence !== undefined && this.sequence !== model.sequence) {
      this.button.classList.remove('swapped');
      requestAnimationFrame(() => this.button.classList.add('swapped'));
      if (!this.panel.hidden) this.fill();
    }
    this.sequence = model.sequence;
  }

  toggle() {
    this.panel.hidden = !this.panel.hidden;
    this.button.setAttribute('aria-expanded', String(!this.panel.hidden));
    if (this.panel.hidden) return;
    if (!this.panel.firstChild) this.panel.replaceChildren(element('p', {class: 'hint', text: 'Asking …'}));
    this.fill();
  }

  async fill() {
    const answer = await fetch('api/v1/models').then(response => response.json()).catch(() => null);
    if (!answer) return;
    const since = new Map();
    for (const each of answer.activations) since.set(each.model, [...since.get(each.model) ?? [], each]);
    const articles = [...answer.models].reverse().map(model => {
      const list = element('dl');
      const row = (name, text) => list.append(element('dt', {text: name}), element('dd', {text}));
      const uses = since.get(model.id) ?? [];
      row('effective from', uses.length ? uses.map(each => `${moment(each.effectiveFrom)} (no. ${each.sequence}${each.refused ? ', refused' : ''})`).join(', ') : 'not activated');
      Object.entries(model.lineage).forEach(([name, text]) => row(name, text));
      return element('article', {}, element('h3', {text: model.id.slice(0, 16)}, model.inUse ? element('span', {text: 'in use'}) : null), list);
    });
    this.panel.replaceChildren(...articles.length ? articles : [element('p', {class: 'hint', text: 'No model has been published yet.'})]);
  }
}
