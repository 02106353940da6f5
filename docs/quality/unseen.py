#!/usr/bin/env python3
"""Prepares data that nobody tuned for, and says in a row of a table what a backtest of it came to.

    unseen.py strikes birdstrikes.csv > OUT.csv        collisions with birds a day in the ten states that have most
    unseen.py industries industries.json > OUT.csv     the unemployed of each month, a column an industry
    unseen.py stocks stocks.csv > OUT.csv              prices of each month, a column a share
    unseen.py github github.csv > OUT.csv              the same with times as they are read here
    unseen.py daily DATA.csv > OUT.csv                 sums of days of a wide file of hours
    unseen.py row NAME TRAINING.txt FOLDER             the row of one backtest: TRAINING what train printed, FOLDER its --out

Standard library only.
"""
import collections
import csv
import datetime
import json
import re
import sys


def wide(columns, rows):
    out = csv.writer(sys.stdout)
    out.writerow(["time"] + columns)
    out.writerows(rows)


def strikes(path):
    with open(path, newline="") as f:
        rows = [(r["Origin State"], r["Flight Date"]) for r in csv.DictReader(f)]
    states = [state for state, _ in collections.Counter(state for state, _ in rows).most_common(10)]
    counts = collections.Counter(rows)
    day = datetime.date.fromisoformat(min(date for _, date in rows))
    last = datetime.date.fromisoformat(max(date for _, date in rows))
    table = []
    while day <= last:
        table.append([day.isoformat()] + [counts[state, day.isoformat()] for state in states])
        day += datetime.timedelta(days=1)
    wide(states, table)


def pivot(cells):
    """Cells of (time, column, value)."""
    table = {}
    for time, column, value in cells:
        table.setdefault(time, {})[column] = value
    columns = sorted({column for row in table.values() for column in row})
    wide(columns, [[time] + [table[time].get(column, "") for column in columns] for time in sorted(table)])


def industries(path):
    with open(path) as f:
        pivot((r["date"][:7] + "-01", r["series"].replace(",", ""), r["count"]) for r in json.load(f))


def stocks(path):
    with open(path, newline="") as f:
        pivot((datetime.datetime.strptime(r["date"], "%b %d %Y").date().isoformat(), r["symbol"], r["price"])
              for r in csv.DictReader(f))


def github(path):
    with open(path, newline="") as f:
        rows = csv.reader(f)
        next(rows)
        wide(["count"], [[r[0].replace("/", "-"), r[1]] for r in rows])


def daily(path):
    with open(path, newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        days = {}
        for r in rows:
            days.setdefault(r[0][:10], []).append([float(v) for v in r[1:]])
    wide(head[1:], [[day] + ["%.3f" % sum(column) for column in zip(*hours)]
                    for day, hours in days.items() if len(hours) == 24])


def row(name, training, folder):
    with open(folder + "/report.json") as f:
        report = json.load(f)
    with open(training) as f:
        text = f.read()
    errors = {c["name"]: c["all"] for c in report["contenders"]}
    model = report["contenders"][0]["name"]
    used = "used" if re.search(r"^the challenger .*it is used", text, re.M) else "refused"
    seasonal = min((errors[n]["mae"] for n in errors if n.startswith("seasonal")), default=None)
    figures = [errors[model]["mae"], errors["last-value"]["mae"], seasonal,
               errors.get("linear", {}).get("mae"), errors.get("holt-winters", {}).get("mae")]
    known = [f for f in figures if f is not None]
    cells = ["–" if f is None else "%.4g" % f for f in figures]
    best = min(known)
    cells = ["**%s**" % c if f == best else c for c, f in zip(cells, figures)]
    others = min(known[1:])
    print("| %s | %d × %s | %s | %s | %+.1f %% | %s | %s |" % (
        name, report["entities"], "{:,}".format(round(report["ticks"] / report["entities"])),
        ", ".join(str(s) for s in report["seasons"]["steps"]) or "none", " | ".join(cells),
        100 * (figures[0] / others - 1), used, coverage(report)))


def coverage(report):
    """50 / 80 / 95 % by group of horizons."""
    horizons = report["quantiles"]["horizons"]
    counts = [h["count"] for h in report["contenders"][0]["horizons"]]
    n = len(horizons)
    edges = sorted({1, (n + 3) // 4, (n + 1) // 2, n})
    groups = []
    begin = 0
    for end in edges:
        weights = counts[begin:end]
        shares = []
        for nominal in (0.5, 0.8, 0.95):
            inside = [next(b["coverage"] for b in h["bands"] if b["nominal"] == nominal) for h in horizons[begin:end]]
            shares.append("%.0f" % (100 * sum(w * i for w, i in zip(weights, inside)) / sum(weights)))
        groups.append(" ".join(shares))
        begin = end
    return " / ".join(groups)


def main(what, *rest):
    {"strikes": strikes, "industries": industries, "stocks": stocks, "github": github, "daily": daily, "row": row}[what](*rest)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
