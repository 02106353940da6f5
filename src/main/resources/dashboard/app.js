// Connects the page to the server's event feed.
import {Alerts} from './alerts.js';
import {Chart, fan} from './chart.js';
import {Entities} from './entities.js';
import {among, element, moment, number, span} from './format.js';
import {Header} from './header.js';
import {Tiles} from './tiles.js';
import {Why} from './why.js';

const MOST_POINTS = 336;
const OTHERS_MILLIS = 2000;
const RETRY_MILLIS = 3000;

const header = new Header();
const tiles = new Tiles();
const chart = new Chart(document.getElementById('chart'));
const entities = new Entities(name => choose(name));
const alerts = new Alerts(name => choose(name));
const why = new Why(() => chosen.name);
const chosen = {name: null, history: emptyHistory(), forecast: null};
let status = null;
let feed = null;
let asked = 0;
let filled = false;

function emptyHistory() {
  return {times: [], values: [], expected: [], lower: [], upper: []};
}

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** The overview: everything of all entities, in a few events a second. */
function connect() {
  const source = new EventSource('api/v1/events?types=pulse,alert,model');
  source.onopen = overview;
  source.onerror = () => {
    header.lost();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLIS);
  };
  source.addEventListener('pulse', event => pulse(JSON.parse(event.data)));
  source.addEventListener('alert', event => {
    alerts.take(JSON.parse(event.data), true);
    alerts.refresh();
    draw();
  });
}

/** What all instances know; the events are those of one. */
async function overview() {
  asked = performance.now();
  try {
    const [list, recent] = await Promise.all([get('api/v1/entities?limit=200'), get('api/v1/alerts?limit=1000')]);
    recent.alerts.reverse().forEach(alert => alerts.take(alert, false));
    entities.fill(list);
    entities.refresh();
    alerts.refresh();
  } finally {
    filled = true;
  }
  chooseFirst();
}

function pulse(news) {
  if (news.instances > 1 && performance.now() - asked > OTHERS_MILLIS) overview();
  status = news;
  header.show(news);
  for (const change of news.changes) entities.take(change);
  entities.kept = Math.max(news.entities, entities.kept ?? 0, entities.all.size);
  entities.refresh();
  tiles.show(news.errors, chosen.forecast?.cadence ?? 0);
  chooseFirst();
  empty();
}

/** Once the overview is there, open alerts included: a pulse may come before it. */
function chooseFirst() {
  if (chosen.name || !filled || entities.all.size === 0) return;
  const wanted = decodeURIComponent(location.hash.slice(1));
  const open = entities.open().sort((a, b) => b.alertTime - a.alertTime)[0];
  choose(wanted || open?.name || entities.shown()[0]);
}

/** Shows an entity: first its past, then its ticks and forecasts as they come. */
function choose(name) {
  if (name === chosen.name) return;
  chosen.name = name;
  Object.assign(chosen, {history: emptyHistory(), forecast: null, missing: null});
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  document.getElementById('chosen').textContent = name;
  entities.select(name);
  chart.reset();
  why.hide();
  follow(name);
}

function follow(name) {
  feed?.close();
  feed = new EventSource(`api/v1/events?types=tick,forecast&entity=${encodeURIComponent(name)}`);
  feed.onopen = () => load(name);
  feed.onerror = event => {
    if (event.target.readyState === EventSource.CLOSED) setTimeout(() => name === chosen.name && follow(name), RETRY_MILLIS);
  };
  feed.addEventListener('tick', event => tick(JSON.parse(event.data)));
  feed.addEventListener('forecast', event => {
    const forecast = JSON.parse(event.data);
    if (forecast.entity === chosen.name) { chosen.forecast = forecast; draw(); }
  });
}

async function load(name) {
  try {
    const detail = await get(`api/v1/entities/${encodeURIComponent(name)}`);
    if (name !== chosen.name) return;
    // the feed has been open since before the question: keep what it brought after the answer
    const known = detail.history.times.at(-1) ?? -Infinity;
    const from = chosen.history.times.findIndex(time => time > known);
    if (from >= 0) for (const [name, column] of Object.entries(chosen.history)) detail.history[name].push(...column.slice(from));
    chosen.history = detail.history;
    if (!(chosen.forecast?.madeAt > (detail.forecast?.madeAt ?? -Infinity))) chosen.forecast = detail.forecast;
    detail.alerts.reverse().forEach(alert => alerts.take(alert, false));
  } catch (problem) {
    if (name === chosen.name) chosen.missing = `No entity called “${name}” has been seen yet.`;
  }
  draw();
}

function tick(event) {
  const past = chosen.history;
  if (event.entity !== chosen.name || event.time <= (past.times.at(-1) ?? -Infinity)) return;
  const expected = expectation(event.time);
  past.times.push(event.time);
  past.values.push(event.value);
  past.expected.push(expected.median);
  past.lower.push(expected.lower);
  past.upper.push(expected.upper);
  if (past.times.length > MOST_POINTS) Object.values(past).forEach(column => column.shift());
  draw();
}

/** What the forecast made one step before had said of this time. */
function expectation(time) {
  const ahead = chosen.forecast?.warming ? null : fan(chosen.forecast, chosen.history);
  const fits = ahead && (chosen.forecast.cadence === 0 || ahead.times[1] === time);
  return fits ? {median: ahead.median[1], lower: ahead.ninety.lower[1], upper: ahead.ninety.upper[1]}
    : {median: null, lower: null, upper: null};
}

function draw() {
  if (!chosen.name) return;
  const episodes = alerts.of(chosen.name);
  chart.show({history: chosen.history, forecast: chosen.forecast, episodes, activations: status?.activations ?? []});
  readout();
  badge(episodes);
  empty();
}

function badge(episodes) {
  const node = document.getElementById('chosen-badge');
  const last = episodes.at(-1);
  node.hidden = !last;
  if (!last) return;
  const open = last.closedAt === null;
  node.className = open ? 'badge' : 'badge calm';
  node.textContent = open ? `alert since ${moment(last.openedAt)}` : `last alert ${moment(last.openedAt)}`;
}

function readout() {
  const node = document.getElementById('readout');
  const past = chosen.history;
  const ahead = fan(chosen.forecast, past);
  const item = (label, value, note, accent) => element('div', {}, element('small', {text: label}),
    element('b', {text: value, class: accent ? 'accent' : ''}), note ? element('em', {text: ` ${note}`}) : null);
  const items = [item('now', number(past.values.at(-1)))];
  if (ahead) {
    const size = Math.max(...past.values.slice(-MOST_POINTS).map(Math.abs), ...ahead.median.map(Math.abs));
    const tidy = value => among(value, size);
    const at = i => [tidy(ahead.median[i]), `${tidy(ahead.ninety.lower[i])}–${tidy(ahead.ninety.upper[i])}`];
    const last = ahead.times.length - 1;
    const cadence = chosen.forecast.cadence;
    const label = i => cadence > 0 ? `in ${span(i * cadence)}` : `in ${i} steps`;
    items.push(item(label(1), ...at(1), true));
    if (last > 1) items.push(item(label(last), ...at(last), true));
  }
  node.replaceChildren(...items);
}

function empty() {
  const node = document.getElementById('empty');
  const text = chosen.missing ?? (chosen.name ? '' : status ? 'Waiting for the first tick.' : '');
  if (node.textContent !== text) node.textContent = text;
}

function windows() {
  const group = document.getElementById('windows');
  const set = days => {
    chart.days = days;
    localStorage.setItem('gatecast.days', days);
    group.querySelectorAll('button').forEach(each => each.setAttribute('aria-pressed', String(Number(each.dataset.days) === days)));
    chart.reset();
    draw();
  };
  group.addEventListener('click', event => event.target.dataset.days && set(Number(event.target.dataset.days)));
  set(Number(localStorage.getItem('gatecast.days')) || (innerWidth < 640 ? 3 : 7));
}

windows();
connect();
addEventListener('themechange', draw);
addEventListener('hashchange', () => location.hash.length > 1 && choose(decodeURIComponent(location.hash.slice(1))));
