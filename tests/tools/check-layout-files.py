#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tables of notices as they are published, beside what somebody would read out of them.

A file of tests/data/layouts says in its first line what it is; then come a line "--- HOW", the table, a line
"--- notices", and a line a notice: employer, received, first dismissal and number proposed, divided by bars; a fifth
part is what the site, address, postcode or council must hold.
HOW is how the table is kept: csv, an encoding, utf-16 (a tab between the cells), xlsx or ods. A section "--- map"
holds what a user would have to write for a table that is not recognised; the others are read again by their place.
Nine in ten must be right to the row without a map, all with one of at most ten lines.
check-layout-files.py PROGRAMS [NAME ...]; prints TAP. Files elsewhere: LAYOUTS=FOLDER before it.
"""
import csv
import io
import os
import subprocess
import sys
import tempfile

PROGRAMS, ONLY = sys.argv[1], sys.argv[2:]
FOLDER = os.environ.get("LAYOUTS") or os.path.join(os.path.dirname(__file__), "..", "data", "layouts")
FIELDS = ("employer", "received", "first_dismissal", "proposed")
PLACE = ("site", "address", "postcode", "council")


def sections(path):
    parts, name = {"about": []}, "about"
    with open(path, encoding="utf-8", newline="") as f:
        for line in f.read().split("\n"):
            if line.startswith("--- "):
                name = line[4:]
                parts[name] = []
            else:
                parts[name].append(line)
    return {k: "\n".join(v).rstrip("\n") + "\n" for k, v in parts.items()}


def make(folder, how, table):
    """The table as the file it would come in."""
    path = os.path.join(folder, "table." + (how if how in ("xlsx", "ods") else "csv"))
    if how in ("xlsx", "ods"):
        subprocess.run([PROGRAMS + "/csv-sheet", "-O", path], input=table.encode(), check=True, stderr=subprocess.DEVNULL)
    else:
        with open(path, "wb") as f:
            f.write(table.encode({"csv": "utf-8"}.get(how, how)))
    return path


def read(path, *more):
    out = subprocess.run([PROGRAMS + "/hr1-ingest", "-n", "-o", "csv", *more, path], capture_output=True, text=True)
    rows = csv.DictReader(io.StringIO(out.stdout))
    return [tuple(row[f] for f in FIELDS) + (" ".join(row[f] for f in PLACE),) for row in rows], out.stderr


def same(got, want):
    return got[:4] == want[:4] and (len(want) < 5 or want[4] in got[4])


def wrong(got, err, want):
    for i in range(max(len(got), len(want))):
        if i >= len(got) or i >= len(want) or not same(got[i], want[i]):
            return "row %d: %r for %r\n#   %s" % (i + 1, got[i] if i < len(got) else "none", want[i] if i < len(want) else "none",
                                               err.strip().replace("\n", "\n#   "))
    return None


def by_place(path):
    """The map of a user who counts the columns: the four fields, the row of headings, the order of dates."""
    out = subprocess.run([PROGRAMS + "/hr1-ingest", "--explain", path], capture_output=True, text=True).stdout
    keep = ("columns:", "dates:", "heading:") + tuple("  %s:" % f for f in FIELDS)
    return "\n".join(line for line in out.split("\n") if line.startswith(keep)) + "\n"


def main():
    report, good, count, bad = [], 0, 0, 0
    for name in sorted(n[:-4] for n in os.listdir(FOLDER) if n.endswith(".txt")):
        if ONLY and name not in ONLY:
            continue
        part = sections(os.path.join(FOLDER, name + ".txt"))
        how = [k for k in part if k not in ("about", "map", "notices")][0]
        want = [tuple(line.split("|")) for line in part["notices"].strip("\n").split("\n")]
        with tempfile.TemporaryDirectory() as folder:
            path = make(folder, how, part[how])
            without = wrong(*read(path), want)
            text = part["map"] if "map" in part else by_place(path)
            with open(os.path.join(folder, "map.yaml"), "w", encoding="utf-8") as f:
                f.write(text)
            with_map = wrong(*read(path, "-m", f.name), want)
            if len(text.strip().split("\n")) > 10:
                with_map = "its map has more than ten lines"
            if ONLY:
                report.append(subprocess.run([PROGRAMS + "/hr1-ingest", "--explain", path], capture_output=True, text=True).stdout)
        count += 1
        good += without is None
        bad += with_map is not None
        if without:
            report.append("# %s without a map: %s" % (name, without))
        report.append("%s %d - %s with a map" % ("not ok" if with_map else "ok", count, name))
        if with_map:
            report.append("#   " + with_map)
    report.append("%s %d - %d of %d right without a map" % ("ok" if good * 10 >= count * 9 else "not ok", count + 1, good, count))
    print("\n".join(report))
    print("1..%d" % (count + 1))
    sys.exit(bad > 0 or good * 10 < count * 9)


main()
