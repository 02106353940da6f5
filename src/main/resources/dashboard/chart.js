// The large chart: what came, what had been expected, what is expected, alerts and model swaps.
import {DAY, HOUR, among, clock, color, number, short, weekday} from './format.js';

const REDRAW_MILLIS = 40;

/** Joins the first upper edge with the reversed lower edge. */
function polygon(api, times, lower, upper) {
  const points = [];
  for (let i = 0; i < times.length; i++) points.push(api.coord([times[i], upper[i]]));
  for (let i = times.length - 1; i >= 0; i--) points.push(api.coord([times[i], lower[i]]));
  return points;
}

function area(id, z, opacity, fill, runs) {
  return {
    id, z, type: 'custom', silent: true, animation: false, clip: true, coordinateSystem: 'cartesian2d',
    data: runs.map(run => [run.times[0], run.upper[0]]),
    tooltip: {show: false},
    renderItem: (params, api) => {
      const run = runs[params.dataIndex];
      return run && {
        type: 'polygon', shape: {points: polygon(api, run.times, run.lower, run.upper)},
        style: {fill, opacity}, silent: true,
      };
    },
  };
}

/** Unbroken stretches of a band. */
function runs(times, lower, upper) {
  const result = [];
  let open = null;
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(lower[i]) || !Number.isFinite(upper[i])) { open = null; continue; }
    if (!open) result.push(open = {times: [], lower: [], upper: []});
    open.times.push(times[i]);
    open.lower.push(lower[i]);
    open.upper.push(upper[i]);
  }
  return result;
}

/** The fan: quantile curves over target times, starting at the newest value. */
export function fan(forecast, history) {
  if (!forecast) return null;
  const size = history.times.length;
  const past = Math.min(20, size - 1);
  const step = forecast.cadence > 0 ? forecast.cadence
    : past > 0 ? (history.times[size - 1] - history.times[size - 1 - past]) / past : HOUR;
  const value = history.values[size - 1];
  const times = [forecast.madeAt, ...forecast.quantiles.map((_, i) => forecast.madeAt + (i + 1) * step)];
  const curve = level => {
    let best = 0;
    forecast.levels.forEach((each, i) => {
      if (Math.abs(each - level) < Math.abs(forecast.levels[best] - level)) best = i;
    });
    return [value, ...forecast.quantiles.map(row => row[best])];
  };
  return {
    times, median: curve(0.5),
    bands: [[0.025, 0.975], [0.1, 0.9], [0.25, 0.75]].map(([a, b]) => ({lower: curve(a), upper: curve(b)})),
    ninety: {lower: curve(0.05), upper: curve(0.95)},
  };
}

export class Chart {
  constructor(node) {
    this.node = node;
    this.chart = echarts.init(node, null, {renderer: 'canvas'});
    this.days = 7;
    this.range = null;
    this.waiting = false;
    this.drawnAt = 0;
    new ResizeObserver(() => this.chart.resize()).observe(node);
  }

  /** Draws soon, at most 25 times a second. */
  show(model) {
    this.model = model;
    if (this.waiting) return;
    this.waiting = true;
    const delay = Math.max(0, REDRAW_MILLIS - (performance.now() - this.drawnAt));
    setTimeout(() => requestAnimationFrame(() => {
      this.waiting = false;
      this.drawnAt = performance.now();
      this.draw();
    }), delay);
  }

  /** Forgets the vertical scale: another entity, another window. */
  reset() {
    this.range = null;
  }

  draw() {
    const {history, forecast, episodes, activations} = this.model;
    const size = history.times.length;
    if (size === 0) { this.chart.clear(); return; }
    const now = history.times[size - 1];
    const ahead = fan(forecast, history);
    const end = ahead ? ahead.times[ahead.times.length - 1] : now + DAY / 4;
    const start = Math.max(now - this.days * DAY, Math.min(history.times[0], now - DAY));
    let first = history.times.findIndex(time => time >= start);
    if (first > 0) first--;
    const part = list => list.slice(first);
    const past = {
      times: part(history.times), values: part(history.values), expected: part(history.expected),
      lower: part(history.lower), upper: part(history.upper),
    };
    this.vertical(past, ahead);
    this.chart.setOption(this.option(past, ahead, start, now, end, episodes, activations), {
      notMerge: false, replaceMerge: ['series'], lazyUpdate: false,
    });
  }

  /** Keeps the vertical scale while the values fit it well, so that it does not jump. */
  vertical(past, ahead) {
    let low = Infinity;
    let high = -Infinity;
    const take = value => {
      if (!Number.isFinite(value)) return;
      if (value < low) low = value;
      if (value > high) high = value;
    };
    past.values.forEach(take);
    past.upper.forEach(take);
    past.lower.forEach(take);
    ahead?.bands[0].lower.forEach(take);
    ahead?.bands[0].upper.forEach(take);
    if (low > high) return;
    if (low === high) { low -= 1; high += 1; }
    const zero = low >= 0 && low < 0.5 * high;
    const room = (high - low) * 0.06;
    const want = {min: zero ? 0 : low - room, max: high + room};
    const kept = this.range;
    if (kept && want.min >= kept.min && want.max <= kept.max && want.max - want.min > 0.7 * (kept.max - kept.min)) return;
    const step = 10 ** Math.floor(Math.log10((want.max - want.min) / 2)) / 2;
    this.range = {min: zero ? 0 : Math.floor(want.min / step) * step, max: Math.ceil(want.max / step) * step};
  }

  option(past, ahead, start, now, end, episodes, activations) {
    const ink = color('ink');
    const accent = color('accent');
    const alert = color('alert');
    const faint = color('ink3');
    const grid = color('grid');
    const font = getComputedStyle(document.body).fontFamily;
    const narrow = this.node.clientWidth < 560;
    const series = [
      area('past', 2, 0.2, faint, runs(past.times, past.lower, past.upper)),
      this.marks(start, end, now, episodes, activations),
      {
        id: 'actual', type: 'line', z: 6, data: past.times.map((time, i) => [time, past.values[i]]),
        showSymbol: false, animation: false, lineStyle: {color: ink, width: 1.7}, itemStyle: {color: ink},
        silent: true, sampling: 'none', emphasis: {disabled: true},
      },
      this.dots(past, episodes, alert),
    ];
    if (ahead) {
      [0.16, 0.2, 0.26].forEach((opacity, i) => series.push(
        area(`fan${i}`, 3, opacity, accent, [{times: ahead.times, ...ahead.bands[i]}])));
      series.push({
        id: 'median', type: 'line', z: 5, data: ahead.times.map((time, i) => [time, ahead.median[i]]),
        showSymbol: false, animation: false, lineStyle: {color: accent, width: 2.2}, itemStyle: {color: accent},
        silent: true, emphasis: {disabled: true},
      });
    }
    series.push({
      id: 'newest', type: 'scatter', z: 8, silent: true, animation: false, symbolSize: 9,
      data: [[now, past.values[past.values.length - 1]]],
      itemStyle: {color: ink, borderColor: color('panel'), borderWidth: 2},
    });
    return {
      useUTC: true, animation: false, textStyle: {fontFamily: font},
      grid: {left: narrow ? 40 : 50, right: narrow ? 16 : 28, top: 30, bottom: 26},
      xAxis: {
        type: 'time', min: start, max: end, splitNumber: narrow ? 4 : 8, minInterval: end - start > 2 * DAY ? DAY : HOUR,
        axisLine: {lineStyle: {color: color('line')}}, axisTick: {show: false}, splitLine: {show: true, lineStyle: {color: grid}},
        axisLabel: {
          color: faint, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false,
          formatter: time => time % DAY === 0 ? weekday(time) : clock(time),
        },
        axisPointer: {show: true, snap: false, lineStyle: {color: faint, type: 'solid', width: 1}, label: {show: false}},
      },
      yAxis: {
        type: 'value', ...this.range, splitNumber: 5, axisLine: {show: false}, axisTick: {show: false},
        splitLine: {lineStyle: {color: grid}},
        axisLabel: {color: faint, fontSize: 11, formatter: number, showMaxLabel: false},
      },
      tooltip: {
        trigger: 'axis', confine: true, transitionDuration: 0.1, padding: 0, borderWidth: 1,
        borderColor: color('line'), backgroundColor: color('panel'), extraCssText: 'border-radius:10px;box-shadow:0 6px 24px rgb(0 0 0/16%)',
        textStyle: {color: ink, fontSize: 12, fontFamily: font},
        formatter: params => this.tip(params[0]?.axisValue, past, ahead, now),
      },
      series,
    };
  }

  /** Vertical lines for now and for swaps, shades for alert episodes. */
  marks(start, end, now, episodes, activations) {
    const swap = color('swap');
    const lines = activations
      .filter(each => !each.refused && each.effectiveFrom > start && each.effectiveFrom <= end)
      .map(each => ({
        xAxis: each.effectiveFrom, lineStyle: {color: swap, type: [5, 4], width: 1.6},
        label: {
          formatter: `model ${short(each.model)}`, color: swap, fontSize: 11, fontWeight: 600, position: 'end', distance: 5,
          align: each.effectiveFrom - start < (end - start) / 8 ? 'left' : 'center',
        },
      }));
    const crowded = activations.some(each => Math.abs(each.effectiveFrom - now) < (end - start) / 10);
    lines.push({
      xAxis: now, lineStyle: {color: color('ink3'), type: [2, 3], width: 1},
      label: {show: !crowded, formatter: 'now', color: color('ink2'), fontSize: 11, position: 'end', distance: 5},
    });
    const shades = episodes
      .filter(each => (each.closedAt ?? now) >= start && each.openedAt <= end)
      .map(each => [{xAxis: Math.max(start, each.openedAt)}, {xAxis: Math.max(each.closedAt ?? now, each.openedAt + (end - start) / 300)}]);
    return {
      id: 'marks', type: 'line', data: [], silent: true, animation: false, z: 1,
      markLine: {symbol: 'none', silent: true, animation: false, data: lines, z: 7},
      markArea: {silent: true, animation: false, itemStyle: {color: color('alert'), opacity: 0.08}, data: shades},
    };
  }

  dots(past, episodes, fill) {
    const at = new Map(past.times.map((time, i) => [time, past.values[i]]));
    const data = [];
    for (const episode of episodes) {
      for (const change of episode.changes) {
        if (change.phase !== 'close' && at.has(change.time)) data.push([change.time, at.get(change.time)]);
      }
    }
    return {
      id: 'alerts', type: 'scatter', z: 9, silent: true, animation: false, symbolSize: 10, data,
      itemStyle: {color: fill, borderColor: color('panel'), borderWidth: 2},
    };
  }

  tip(time, past, ahead, now) {
    if (time === undefined) return '';
    const future = ahead && time > now;
    const times = future ? ahead.times : past.times;
    let i = 0;
    times.forEach((each, k) => { if (Math.abs(each - time) < Math.abs(times[i] - time)) i = k; });
    const size = Math.max(Math.abs(this.range?.min ?? 0), Math.abs(this.range?.max ?? 0));
    const tidy = value => among(value, size);
    const band = (low, high) => Number.isFinite(low) ? `${tidy(low)} – ${tidy(high)}` : '–';
    const rows = future
      ? [['expected', tidy(ahead.median[i])], ['50 %', band(ahead.bands[2].lower[i], ahead.bands[2].upper[i])],
        ['90 %', band(ahead.ninety.lower[i], ahead.ninety.upper[i])]]
      : [['actual', number(past.values[i])], ['expected', tidy(past.expected[i])], ['90 %', band(past.lower[i], past.upper[i])]];
    const cells = rows.map(([name, text]) =>
      `<span style="color:${color('ink2')}">${name}</span><b style="text-align:right;font-weight:600">${text}</b>`).join('');
    return `<div style="padding:8px 12px 9px"><div style="color:${color('ink2')};margin-bottom:3px">${weekday(times[i])} ${clock(times[i])}`
      + `</div><div style="display:grid;grid-template-columns:auto auto;gap:1px 16px">${cells}</div></div>`;
  }
}
