#!/usr/bin/env python3
"""Puts the airports' hours, which are those of their own clocks, into universal time, with each airport's time zone.

    utc.py hourly_top20.csv > OUT.csv       time,airport,zone,departures,mean_arrival_delay

The hour that is left out when clocks go forward is left out here too. Standard library only.
"""
import csv
import datetime
import sys
import zoneinfo

ZONES = {
    "America/New_York": "ATL BOS CLT DTW EWR LGA MCO PHL PIT",
    "America/Chicago": "DFW IAH MSP ORD STL",
    "America/Denver": "DEN",
    "America/Phoenix": "PHX",
    "America/Los_Angeles": "LAS LAX SEA SFO",
}


def main(path):
    zone = {airport: name for name, airports in ZONES.items() for airport in airports.split()}
    rows = []
    with open(path, newline="") as f:
        for row in csv.DictReader(f):
            name = zone[row["airport"]]
            here = datetime.datetime.fromisoformat(row["time"]).replace(tzinfo=zoneinfo.ZoneInfo(name))
            utc = here.astimezone(datetime.timezone.utc)
            if utc.astimezone(here.tzinfo).replace(tzinfo=None) == here.replace(tzinfo=None):
                rows.append((utc.strftime("%Y-%m-%dT%H:%M:%S"), row["airport"], name, row["departures"],
                             row["mean_arrival_delay"]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["time", "airport", "zone", "departures", "mean_arrival_delay"])
    out.writerows(sorted(rows))


main(sys.argv[1])
