#!/usr/bin/env python3
"""Turns a backtest's forecasts.csv into what the published protocols score.

    score.py points FORECASTS.csv DATA.csv > OUT.csv       column,origin,f1..fH for ltsf_score.py (the mean)
    score.py first FORECASTS.csv > OUT.csv                 id,f1..fH for m4_score.py: each entity's first (median)
    score.py intervals FORECASTS.csv > OUT.csv             id,lower ends,upper ends of 95 % of the same
    score.py actuals FORECASTS.csv > OUT.csv               id,what came, for m4_score.py --test
    score.py past DATA.csv ROWS > OUT.csv                  a file of rows of values without the last ROWS of each
    score.py drop DATA.csv SHARE SEED > OUT.csv            a wide file with that share of its cells emptied at random
    score.py volatility FORECASTS.csv [BEGIN]              how well the spread of one step ahead is forecast
    score.py young FORECASTS.csv DATA.csv TICKS            error and coverage at each entity's first ticks, beside last value
    score.py coverage FORECASTS.csv [BEGIN [END [first]]]  share of actuals within 50, 80, 90, 95 % by horizon group
    score.py sampling FORECASTS.csv [BEGIN [END [first]]]  the same, and how far it would be off by chance: half of the
                                                           range of 95 % of 2,000 draws of as many entities, with repeats

Volatility: e the error of the median one step ahead, s² its variance as the model's 80 % band has it, as all errors so far
have it, and as errors discounted by 0.94 a step have it: the mean of e²/s² + ln s² (lower is better), and how s ranks |e|.
BEGIN and END are origins' times as written in made_at, "" for none; first: of each entity the first alone. Standard library only.
"""
import csv
import math
import random
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


def minute(time):
    return time.replace("T", " ")[:16]


def points(path, data):
    with open(data, newline="") as f:
        rows = csv.reader(f)
        next(rows)
        index = {minute(r[0]): i for i, r in enumerate(rows)}
    out = csv.writer(sys.stdout)
    key, row = None, []
    with open(path, newline="") as f:
        for r in csv.DictReader(f):
            if (r["entity"], r["made_at"]) != key:
                if row:
                    out.writerow(row)
                key = r["entity"], r["made_at"]
                row = [r["entity"].rsplit("/", 1)[-1], index[minute(r["made_at"])] + 1]
            row.append(r["mean"])
    if row:
        out.writerow(row)


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


def drop(path, share, seed):
    chance = random.Random(int(seed))
    out = csv.writer(sys.stdout)
    with open(path, newline="") as f:
        rows = csv.reader(f)
        out.writerow(next(rows))
        for r in rows:
            out.writerow(r[:1] + ["" if chance.random() < float(share) else v for v in r[1:]])


BANDS = ((0.25, 0.75), (0.1, 0.9), (0.05, 0.95), (0.025, 0.975))


def inside(path, begin="", end="", only=""):
    """Returns {group: {entity: [actuals, those within each band]}}."""
    groups = {}
    seen = set()
    for entity, made, quantiles, actuals, levels in forecasts(path):
        if made < begin or (end and made > end) or (only and entity in seen):
            continue
        seen.add(entity)
        n = len(quantiles)
        edges = sorted({1, (n + 3) // 4, (n + 1) // 2, n})
        for h, (q, y) in enumerate(zip(quantiles, actuals), 1):
            if y is None:
                continue
            group = next(e for e in edges if h <= e)
            counts = groups.setdefault(group, {}).setdefault(entity, [0] * 5)
            counts[0] += 1
            for i, band in enumerate(BANDS, 1):
                low, high = (q[levels.index(p)] for p in band)
                counts[i] += low <= y <= high
    return groups


def shares(counts):
    sums = [sum(column) for column in zip(*counts)]
    return [100 * within / sums[0] for within in sums[1:]]


def coverage(*which):
    groups = inside(*which)
    print("horizons up to" + "".join("%8.0f %%" % (100 * (b - a)) for a, b in BANDS))
    for group in sorted(groups):
        print("%14d" % group + "".join("%10.2f" % share for share in shares(groups[group].values())))


def sampling(*which):
    groups = inside(*which)
    draws = 2000
    chance = random.Random(1)
    print("horizons up to" + "".join("%14.0f %%" % (100 * (b - a)) for a, b in BANDS))
    for group in sorted(groups):
        counts = list(groups[group].values())
        drawn = [sorted(column) for column in zip(*(shares(chance.choices(counts, k=len(counts))) for _ in range(draws)))]
        low, high = int(0.025 * draws), int(0.975 * draws) - 1
        print("%14d" % group + "".join(
            "%10.2f ± %3.1f" % (share, (d[high] - d[low]) / 2) for share, d in zip(shares(counts), drawn)))


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out = [0.0] * len(values)
    for rank, i in enumerate(order):
        out[i] = rank
    return out


def correlation(a, b):
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    product = sum((x - ma) * (y - mb) for x, y in zip(a, b))
    return product / math.sqrt(sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b))


def volatility(path, begin=""):
    names = ("the model", "all errors so far", "errors discounted by 0.94")
    variances = {name: [] for name in names}
    errors = []
    squares = steps = 0.0
    recent = 0.0
    for _, made, quantiles, actuals, levels in forecasts(path):
        if actuals[0] is None:
            continue
        q = quantiles[0]
        error = actuals[0] - q[levels.index(0.5)]
        own = (q[levels.index(0.9)] - q[levels.index(0.1)]) / 2.563
        least = (1e-5 * q[levels.index(0.5)]) ** 2
        if steps > 100 and made >= begin:
            errors.append(abs(error))
            for name, s in zip(names, (own * own, squares / steps, recent)):
                variances[name].append(max(s, least))
        squares += error * error
        steps += 1
        recent = error * error if steps == 1 else 0.94 * recent + 0.06 * error * error
    print("%d errors %22s %18s" % (len(errors), "normal likelihood", "rank correlation"))
    for name in names:
        score = sum(e * e / s + math.log(s) for e, s in zip(errors, variances[name])) / len(errors)
        print("%-26s %8.4f %18.3f" % (name, score, correlation(ranks(errors), ranks(variances[name]))))


def young(path, data, ticks):
    ticks = int(ticks)
    with open(data, newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        table = list(rows)
    index = {minute(r[0]): i for i, r in enumerate(table)}
    column = {name: i for i, name in enumerate(head)}
    sums = {}
    for entity, made, quantiles, _, levels in forecasts(path):
        row = index[minute(made)]
        if not 1 <= row < ticks:
            continue
        part = "ticks 2 to 8" if row < 8 else "ticks 9 to 24" if row < 24 else "ticks 25 to %d" % ticks
        last = float(table[row][column[entity]])
        for h, q in enumerate(quantiles, 1):
            y = float(table[row + h][column[entity]])
            for s in (sums.setdefault(part, [0.0] * 6), sums.setdefault("all", [0.0] * 6)):
                s[0] += 1
                s[1] += abs(y - q[levels.index(0.5)])
                s[2] += abs(y - last)
                for i, (low, high) in enumerate(((0.25, 0.75), (0.1, 0.9), (0.025, 0.975))):
                    s[3 + i] += q[levels.index(low)] <= y <= q[levels.index(high)]
    for part, s in sums.items():
        print("%-15s mean error %8.3f, of the last value %8.3f; within 50, 80, 95 %%: %5.1f %5.1f %5.1f"
              % ((part, s[1] / s[0], s[2] / s[0]) + tuple(100 * v / s[0] for v in s[3:])))


def main(what, *rest):
    if what == "points":
        points(*rest)
    elif what in ("first", "intervals", "actuals"):
        first(what, *rest)
    elif what == "past":
        past(*rest)
    elif what == "drop":
        drop(*rest)
    elif what == "coverage":
        coverage(*rest)
    elif what == "sampling":
        sampling(*rest)
    elif what == "volatility":
        volatility(*rest)
    elif what == "young":
        young(*rest)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
