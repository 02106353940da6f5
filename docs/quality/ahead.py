#!/usr/bin/env python3
"""Adds columns with what a column is going to be, out of the rows to come: for plans that were known that far ahead.

    ahead.py IN.csv ENTITY TIME COLUMN STEPS [WHEN] > OUT.csv      adds COLUMN+1 .. COLUMN+STEPS

With WHEN they are filled in rows alone whose TIME holds that text: T00 for a plan that comes once a day, never for none.
Rows of an entity have to be one step apart. A forecast (of the weather, say) must not be made out of what came: then the
columns have to hold what was forecast. Standard library only.
"""
import csv
import sys


def main(path, entity, time, column, steps, when=""):
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    of = {}
    for row in sorted(rows, key=lambda row: row[time]):
        of.setdefault(row[entity], []).append(row)
    for series in of.values():
        for i, row in enumerate(series):
            for step in range(1, steps + 1):
                known = when in row[time] and i + step < len(series)
                row[f"{column}+{step}"] = series[i + step][column] if known else ""
    out = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    out.writeheader()
    out.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:5], int(sys.argv[5]), *sys.argv[6:7])
