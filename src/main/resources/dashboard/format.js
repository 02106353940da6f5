// Numbers and times in words. Times are the data's own: no zone is applied.
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const HOUR = 3600e3;
export const DAY = 24 * HOUR;

export const two = n => String(n).padStart(2, '0');

export function clock(time) {
  const d = new Date(time);
  const seconds = time % 60e3 ? ':' + two(d.getUTCSeconds()) : '';
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${seconds}`;
}

export function day(time) {
  const d = new Date(time);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
}

export function weekday(time) {
  return `${DAYS[new Date(time).getUTCDay()]} ${day(time)}`;
}

export function longDay(time) {
  return `${weekday(time)} ${new Date(time).getUTCFullYear()}`;
}

export const moment = time => `${day(time)} ${clock(time)}`;

/** Whole numbers from a hundred on, three significant digits below. */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return value.toLocaleString('en', {notation: 'compact', maximumFractionDigits: 2});
  if (size >= 100) return Math.round(value).toLocaleString('en').replaceAll(',', '\u202f');
  return String(Number(value.toPrecision(3)));
}

/** The same, but no finer than a thousandth of what the values around it are: a quantile of 0.00037 departures is 0. */
export function among(value, size) {
  if (!Number.isFinite(value) || !(size > 0)) return number(value);
  const digits = Math.max(0, Math.min(12, 3 - Math.ceil(Math.log10(size))));
  return number(Number(value.toFixed(digits)));
}

export function error(value) {
  return value === null || value === undefined ? '–' : value >= 100 ? number(value) : value.toPrecision(3);
}

export function milliseconds(value) {
  if (value === null || value === undefined) return '–';
  return value < 1 ? `${number(value * 1000)} µs` : value < 1000 ? `${number(value)} ms` : `${number(value / 1000)} s`;
}

/** A length of time: "45 min", "3 h", "2 d". */
export function span(millis) {
  if (millis < 60e3) return `${Math.round(millis / 1000)} s`;
  if (millis < HOUR) return `${Math.round(millis / 60e3)} min`;
  if (millis < 2 * DAY) return `${Number((millis / HOUR).toPrecision(2))} h`;
  return `${Math.round(millis / DAY)} d`;
}

export const short = id => id ? id.slice(0, 8) : '';

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'class') node.className = value;
    else if (name === 'text') node.textContent = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child));
  return node;
}
