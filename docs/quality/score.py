#!/usr/bin/env python3
"""Turns a backtest's forecasts.csv into what the published protocols score.

    score.py points FORECASTS.csv DATA.csv > OUT.csv       column,origin,f1..fH for ltsf_score.py (mean of the quantiles)
    score.py first FORECASTS.csv > OUT.csv                 id,f1..fH for m4_score.py: each entity's first (median)
    score.py intervals FORECASTS.csv > OUT.csv             id,lower ends,upper ends of 95 % of the same
    score.py actuals FORECASTS.csv > OUT.csv               id,what came, for m4_score.py --test
    score.py past DATA.csv ROWS > OUT.csv                  a file of rows of values without the last ROWS of each
    score.py coverage FORECASTS.csv [BEGIN [END [first]]]  share of actuals within 50, 80, 90, 95 % by horizon group

The mean is the integral of the quantile function: each quantile counts half the distance between its neighbours' levels.
BEGIN and END are origins' times as written in made_at; first: of each entity the first alone. Standard library only.
"""
import csv
import sys


def forecasts(path):
    """Yields (entity, made_at, [quantiles by horizon], [actuals], levels)."""
    with open(path, newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        cols = [i for i, n in enumerate(head) if n.startswith("q0.")]
        levels = [float(head[i][1:]) for i in cols]
        actual = head.index("actual")
        key, quantiles, actuals = None, [], []
        for r in rows:
            if (r[0], r[1]) != key:
                if key:
                    yield key + (quantiles, actuals, levels)
                key, quantiles, actuals = (r[0], r[1]), [], []
            quantiles.append([float(r[i]) for i in cols])
            actuals.append(float(r[actual]) if r[actual] else None)
        if key:
            yield key + (quantiles, actuals, levels)


def weights(levels):
    edges = [0.0] + [(a + b) / 2 for a, b in zip(levels, levels[1:])] + [1.0]
    return [b - a for a, b in zip(edges, edges[1:])]


def minute(time):
    return time.replace("T", " ")[:16]


def points(path, data):
    with open(data, newline="") as f:
        rows = csv.reader(f)
        next(rows)
        index = {minute(r[0]): i for i, r in enumerate(rows)}
    out = csv.writer(sys.stdout)
    w = None
    for entity, made, quantiles, _, levels in forecasts(path):
        w = w or weights(levels)
        row = index[minute(made)] + 1
        out.writerow([entity, row] + ["%.6g" % sum(a * b for a, b in zip(w, q)) for q in quantiles])


def first(what, path):
    out = csv.writer(sys.stdout)
    seen = set()
    for entity, _, quantiles, actuals, levels in forecasts(path):
        if entity in seen:
            continue
        seen.add(entity)
        if what == "actuals":
            out.writerow([entity] + actuals)
        elif what == "intervals":
            low, high = levels.index(0.025), levels.index(0.975)
            out.writerow([entity] + [q[low] for q in quantiles] + [q[high] for q in quantiles])
        else:
            out.writerow([entity] + [q[levels.index(0.5)] for q in quantiles])


def past(path, rows):
    out = csv.writer(sys.stdout)
    with open(path, newline="") as f:
        for r in csv.reader(f):
            values = [v for v in r[1:] if v not in ("", "NA")]
            if r[0] != "V1":
                out.writerow(r[:1] + values[:-int(rows)])


def coverage(path, begin="", end="9", only=""):
    bands = ((0.25, 0.75), (0.1, 0.9), (0.05, 0.95), (0.025, 0.975))
    inside, count = {}, {}
    seen = set()
    for entity, made, quantiles, actuals, levels in forecasts(path):
        if not begin <= made <= end or (only and entity in seen):
            continue
        seen.add(entity)
        n = len(quantiles)
        edges = sorted({1, (n + 3) // 4, (n + 1) // 2, n})
        for h, (q, y) in enumerate(zip(quantiles, actuals), 1):
            if y is None:
                continue
            group = next(e for e in edges if h <= e)
            count[group] = count.get(group, 0) + 1
            for band in bands:
                low, high = (q[levels.index(p)] for p in band)
                inside[group, band] = inside.get((group, band), 0) + (low <= y <= high)
    print("horizons up to" + "".join("%8.0f %%" % (100 * (b - a)) for a, b in bands))
    for group in sorted(count):
        print("%14d" % group + "".join("%10.2f" % (100 * inside[group, b] / count[group]) for b in bands))


def main(what, *rest):
    if what == "points":
        points(*rest)
    elif what in ("first", "intervals", "actuals"):
        first(what, *rest)
    elif what == "past":
        past(*rest)
    elif what == "coverage":
        coverage(*rest)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
