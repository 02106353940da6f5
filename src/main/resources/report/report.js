"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const colours = ["#1769aa", "#d9822b", "#7b8794", "#2f9e77", "#8e5bb5", "#c94f6d", "#5c7cfa", "#94734b"];
const byId = id => document.getElementById(id);
const number = value => {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e12)) return value.toExponential(2);
  return value.toLocaleString("en", size >= 1e5 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: size >= 1000 ? 6 : 4 });
};
const percent = value => (value === null ? "–" : (100 * value).toFixed(1) + " %");
const when = time => (data.rowTimes ? String(time) : new Date(time).toISOString().slice(0, 16).replace("T", " "));
const axis = more => ({ axisLine: { lineStyle: { color: "#aab4c0" } }, splitLine: { lineStyle: { color: "#eef1f5" } }, ...more });
// row numbers too: on two axes of values, bands would be stacked along x
const timeAxis = () => axis({ type: "time", axisLabel: { formatter: data.rowTimes ? number : { day: "{d} {MMM}" }, hideOverlap: true } });
const legend = more => ({ top: 0, type: "scroll", icon: "roundRect", itemHeight: 8, itemWidth: 14, ...more });
const grid = { left: 54, right: 18, top: 34, bottom: 30 };
const tooltip = { trigger: "axis", valueFormatter: number };
const charts = [];

function draw(id, option) {
  const chart = echarts.init(byId(id));
  chart.setOption({ animation: false, useUTC: true, color: colours, grid, tooltip, ...option });
  charts.push(chart);
  return chart;
}

function hide(id) {
  byId(id).closest("figure").remove();
}

function tile(value, label, kind) {
  const box = document.createElement("div");
  box.className = "tile";
  const big = document.createElement("b");
  big.textContent = value;
  if (kind) big.className = kind;
  const small = document.createElement("span");
  small.textContent = label;
  box.append(big, small);
  byId("tiles").append(box);
}

function tiles() {
  const [subject, ...others] = data.contenders;
  if (subject) {
    tile(number(subject.mae), "mean absolute error of " + subject.name);
    const best = others.filter(one => one.mae !== null).sort((a, b) => a.mae - b.mae)[0];
    if (best) {
      const gain = 1 - subject.mae / best.mae;
      tile((gain >= 0 ? "−" : "+") + Math.abs(100 * gain).toFixed(1) + " %", "error beside the next best, " + best.name, gain >= 0 ? "good" : "bad");
    }
  }
  for (const band of data.bands) {
    const off = Math.abs(band.coverage - band.nominal);
    tile(percent(band.coverage), "of values inside the " + (100 * band.nominal).toFixed(0) + " % band", off <= 0.02 ? "good" : "bad");
  }
  tile(String(data.alertCount), "alerts opened");
}

/** Points in time with a break where nothing was judged for long: a line across it would tell of values that never were. */
function broken(points) {
  const steps = points.slice(1).map((point, i) => point[0] - points[i][0]).sort((a, b) => a - b);
  const longest = 4 * steps[Math.floor(steps.length / 2)];
  return points.flatMap((point, i) => (i && point[0] - points[i - 1][0] > longest ? [[point[0] - 1, null], point] : [point]));
}

/** Names whose error is so large that the others would be one line. */
function hidden() {
  const limit = 3 * Math.min(...data.contenders.map(one => one.mae));
  return Object.fromEntries(data.contenders.map(one => [one.name, one.mae <= limit]));
}

function lines(id, x, series) {
  draw(id, { legend: legend({ selected: hidden() }), xAxis: x, yAxis: axis({ type: "value", scale: true, axisLabel: { formatter: number } }), series });
}

function line(name, points, more) {
  return { name, type: "line", showSymbol: points.length < 2, symbolSize: 5, data: points, lineStyle: { width: name === data.contenders[0].name ? 3 : 1.5 }, ...more };
}

function errors() {
  lines("horizons", axis({ type: "value", min: 1, max: data.horizons, name: "steps ahead", nameLocation: "middle", nameGap: 20, minInterval: 1 }),
    data.contenders.map(one => line(one.name, one.byHorizon.map((value, i) => [i + 1, value]))));
  lines("errors", timeAxis(), data.contenders.map((one, c) => line(one.name, broken(data.times.map(bucket => [bucket.time, bucket.mae[c]])))));
  significance();
  if (data.rowTimes) {
    hide("hours");
  } else {
    lines("hours", axis({ type: "category", data: [...Array(24).keys()] }), data.contenders.map(one => line(one.name, one.byHour)));
  }
}

/** Deviations of the difference to the first contender, horizon by horizon. */
function significance() {
  const others = data.contenders.filter(one => one.deviations && one.deviations.some(value => value !== null));
  if (!others.length) {
    hide("significance");
    return;
  }
  const limits = { silent: true, symbol: "none", label: { show: false }, lineStyle: { type: "dashed", color: "#1d2733" }, data: [{ yAxis: -1.96 }, { yAxis: 1.96 }] };
  draw("significance", {
    legend: legend(),
    xAxis: axis({ type: "value", min: 1, max: data.horizons, name: "steps ahead", nameLocation: "middle", nameGap: 20, minInterval: 1 }),
    yAxis: axis({ type: "value", axisLabel: { formatter: number } }),
    series: others.map((one, i) => line(one.name, one.deviations.map((value, h) => [h + 1, value]), { color: colours[data.contenders.indexOf(one) % colours.length], markLine: i ? undefined : limits })),
  });
}

function calibration() {
  if (!data.levels.length) {
    ["calibration", "pit", "coverage"].forEach(hide);
    return;
  }
  draw("calibration", {
    xAxis: axis({ type: "value", min: 0, max: 1, name: "promised", nameLocation: "middle", nameGap: 20 }),
    yAxis: axis({ type: "value", min: 0, max: 1, axisLabel: { formatter: number } }),
    series: [
      { type: "line", data: [[0, 0], [1, 1]], showSymbol: false, lineStyle: { type: "dashed", color: "#aab4c0", width: 1 }, tooltip: { show: false } },
      { name: "observed", type: "line", symbolSize: 8, color: colours[0], data: data.levels.map((level, i) => [level, data.below[i]]) },
    ],
  });
  const edges = [0, ...data.levels, 1];
  const shares = [0, ...data.below, 1];
  const bins = edges.slice(1).map((edge, i) => ({ name: number(edges[i]) + "–" + number(edge), value: (shares[i + 1] - shares[i]) / (edge - edges[i]) }));
  draw("pit", {
    xAxis: axis({ type: "category", data: bins.map(bin => bin.name), axisLabel: { rotate: 30, fontSize: 10 } }),
    yAxis: axis({ type: "value", min: 0 }),
    series: [{ name: "beside what was promised", type: "bar", data: bins.map(bin => bin.value), markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: "#1d2733" }, data: [{ yAxis: 1 }] } }],
  });
  draw("coverage", {
    legend: legend(),
    tooltip: { trigger: "axis", valueFormatter: percent },
    xAxis: timeAxis(),
    yAxis: axis({ type: "value", max: 1, scale: true, axisLabel: { formatter: value => Math.round(100 * value) + " %" } }),
    series: data.bands.map((band, b) => ({
      name: (100 * band.nominal).toFixed(0) + " %", type: "line", showSymbol: false, data: broken(data.times.map(bucket => [bucket.time, bucket.coverage[b]])),
      markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { type: "dashed", color: colours[b % colours.length], opacity: 0.6 }, data: [{ yAxis: band.nominal }] },
    })),
  });
}

function band(name, points, low, high, opacity) {
  const common = { type: "line", stack: name, stackStrategy: "all", symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } };
  return [
    { ...common, name: name + " from", data: points.map(p => [p[0], p[low]]) },
    { ...common, name, data: points.map(p => [p[0], p[low] === null ? null : p[high] - p[low]]), color: colours[0], itemStyle: { opacity: 2 * opacity }, areaStyle: { color: colours[0], opacity } },
  ];
}

let fan = null;
let marks = null;

function entity(one) {
  fan = fan || draw("fan", {});
  const shown = one.fan.map(p => [p[0], p[1], p[2], p[3], p[4], p[5]]);
  fan.setOption({
    animation: false, useUTC: true, grid, tooltip: { trigger: "axis", formatter: items => fanTip(one, items) },
    legend: legend({ data: shown.length ? ["actual", "median", "50 %", "90 %"] : ["actual"] }), dataZoom: [{ type: "inside" }],
    xAxis: timeAxis(), yAxis: axis({ type: "value", scale: true, axisLabel: { formatter: number } }),
    series: [
      ...band("90 %", shown, 1, 5, 0.18), ...band("50 %", shown, 2, 4, 0.32),
      { name: "median", type: "line", showSymbol: false, color: colours[0], lineStyle: { width: 1.2 }, data: shown.map(p => [p[0], p[3]]) },
      { name: "actual", type: "line", showSymbol: false, color: "#1d2733", lineStyle: { width: 1.6 }, data: one.values },
    ],
  }, true);
  marks = marks || draw("alerts", {});
  const span = one.outline;
  marks.setOption({
    animation: false, useUTC: true, grid, tooltip: { trigger: "item", formatter: item => item.data.why || "" },
    xAxis: timeAxis(), yAxis: axis({ type: "value", scale: true, axisLabel: { formatter: number } }), dataZoom: [{ type: "inside" }],
    series: [
      { type: "line", stack: "span", stackStrategy: "all", symbol: "none", lineStyle: { opacity: 0 }, data: span.map(p => [p[0], p[1]]), silent: true },
      { type: "line", stack: "span", stackStrategy: "all", symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: "#7b8794", opacity: 0.45 }, data: span.map(p => [p[0], p[2] - p[1]]), silent: true },
      { type: "line", symbol: "none", lineStyle: { color: "#7b8794", width: 1 }, data: span.map(p => [p[0], p[2]]), silent: true },
      { type: "scatter", symbol: "triangle", symbolSize: 14, color: "#b3372f", z: 5, data: one.alerts.map(a => ({ value: [a.time, a.value], why: when(a.time) + "<br>" + a.why + ", value " + number(a.value) })) },
    ],
  }, true);
}

function fanTip(one, items) {
  const time = items[0].axisValue;
  const made = one.fan.find(p => p[0] === time);
  const came = one.values.find(p => p[0] === time);
  const rows = [when(time), "actual " + number(came && came[1])];
  if (made && made[3] !== null) {
    rows.push("median " + number(made[3]), "50 %: " + number(made[2]) + " to " + number(made[4]), "90 %: " + number(made[1]) + " to " + number(made[5]));
  }
  return rows.join("<br>");
}

function entities() {
  byId("every").textContent = data.horizons;
  if (!data.levels.length) byId("every").closest("small").textContent = "No model: the actual value alone.";
  if (!data.entities.length) {
    ["fan", "alerts"].forEach(hide);
    return;
  }
  const choice = byId("entity");
  data.entities.forEach((one, i) => choice.append(new Option(one.name + (one.alerts.length ? " (" + one.alerts.length + (one.alerts.length > 1 ? " alerts)" : " alert)") : ""), i)));
  choice.addEventListener("change", () => entity(data.entities[choice.value]));
  entity(data.entities[0]);
}

function table(id, head, rows) {
  const top = byId(id).createTHead().insertRow();
  head.forEach((text, column) => {
    const cell = document.createElement("th");
    cell.textContent = text;
    if (rows.some(cells => typeof cells[column] === "string" && cells[column])) cell.className = "text";
    top.append(cell);
  });
  const body = byId(id).createTBody();
  rows.forEach((cells, r) => {
    const row = body.insertRow();
    if (id === "contenders" && r === 0) row.className = "subject";
    cells.forEach(cell => {
      const td = row.insertCell();
      td.textContent = typeof cell === "number" || cell === null ? number(cell) : cell;
      if (typeof cell === "string" && !cell.startsWith("<")) {
        td.className = "text";
        td.title = cell;
      }
    });
  });
}

function tables() {
  table("contenders", ["", "MAE", "RMSE", "MASE", "difference", "p (Diebold–Mariano)", "entities"],
    data.contenders.map(one => [one.name, one.mae, one.rmse, one.mase, one.difference === undefined ? "" : one.difference, one.p === undefined ? "" : one.p < 1e-4 ? "< 0.0001" : one.p, one.compared ? one.better + " of " + one.compared : ""]));
  table("worst", ["", "MASE", ...data.contenders.map(one => one.name)], data.worst.map(one => [one.entity, one.mase, ...one.mae]));
  if (data.newEntities) {
    byId("beginners").textContent = data.newEntities.text.replace(/^new entities: /, "");
    table("firsts", ["", ...data.newEntities.columns], data.newEntities.rows);
  } else {
    byId("beginning").remove();
  }
  if (data.trades) {
    byId("cost").textContent = data.cost;
    byId("rule").textContent = data.rule;
    const unit = data.cost.endsWith("%") ? ", %" : "";
    table("trades", ["all horizons", "right direction, %", "trades", "won, %", "profit each" + unit, "profit" + unit], data.trades);
  } else {
    byId("trading").remove();
  }
  table("opened", ["when", "entity", "why", "value", "expected", "lower", "upper"],
    data.alerts.map(a => [when(a.time), a.entity, a.why, a.value, a.expected, a.lower, a.upper]));
}

byId("counts").textContent = data.counts;
byId("notes").textContent = data.notes.join("; ");
tiles();
entities();
if (data.contenders.length && data.judged) {
  errors();
  calibration();
} else {
  ["horizons", "significance", "errors", "calibration", "pit", "coverage", "hours"].forEach(hide);
}
tables();
addEventListener("resize", () => charts.forEach(chart => chart.resize()));
