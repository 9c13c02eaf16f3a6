#!/usr/bin/env python3
"""Works out centroids.csv: the mean position of the live postcodes of each sector and each outcode.

Usage: make_centroids.py FOLDER > centroids.csv

FOLDER holds kent_postcodes.csv and kent_fringe_postcodes.csv (header postcode,lat,lon,…,district_code,…), together every
live postcode of the areas BR, CT, DA, ME and TN. Sums are taken in whole millionths of a degree, so the result does not
depend on the machine; means are rounded half up to a millionth. `districts` counts the postcodes by the ONS code of their
district; the few rows that name none count for the mean alone.
"""

import collections
import csv
import pathlib
import sys

FILES = ("kent_postcodes.csv", "kent_fringe_postcodes.csv")
MILLION = 1_000_000


def millionths(degrees):
    """The decimal `degrees` as whole millionths, exactly."""
    sign = -1 if degrees.startswith("-") else 1
    whole, _, fraction = degrees.lstrip("+-").partition(".")
    if len(fraction) > 6:
        raise ValueError(f"more than six decimals: {degrees}")
    return sign * (int(whole) * MILLION + int(fraction.ljust(6, "0")))


def mean(total, count):
    """total / count rounded half up, as decimal degrees."""
    rounded = (2 * total + count) // (2 * count)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{abs(rounded) // MILLION}.{abs(rounded) % MILLION:06d}"


class Group:
    def __init__(self):
        self.count = 0
        self.latitude = 0
        self.longitude = 0
        self.districts = collections.Counter()

    def add(self, latitude, longitude, district):
        self.count += 1
        self.latitude += latitude
        self.longitude += longitude
        if district:
            self.districts[district] += 1

    def row(self, code):
        by_count = sorted(self.districts.items(), key=lambda entry: (-entry[1], entry[0]))
        districts = ";".join(f"{district}:{count}" for district, count in by_count)
        return [code, mean(self.latitude, self.count), mean(self.longitude, self.count), self.count, districts]


def main(folder):
    groups = collections.defaultdict(Group)
    for name in FILES:
        with open(pathlib.Path(folder) / name, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                position = millionths(row["lat"]), millionths(row["lon"])
                outcode, incode = row["postcode"].split()
                for code in (outcode, f"{outcode} {incode[0]}"):
                    groups[code].add(*position, row["district_code"])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["code", "latitude", "longitude", "postcodes", "districts"])
    for code in sorted(groups):
        writer.writerow(groups[code].row(code))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
