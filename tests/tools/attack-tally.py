#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays the reader who wants to know what survey-tally hides.

usage: attack-tally.py COUNT FOLDER [--lp]

Makes surveys, tallies each with breaks, and works from the printed rows alone: every count lies in a
range (printed: known; <5: 1 to 4; *: anything), every sum that holds between printed rows narrows the
ranges of its parts, until nothing moves. With --lp the reader solves linear programs over the joint
counts of the question and both breaks instead, which uses all of that at once (needs scipy). A hidden
count whose range holds one whole number is recovered: that is a failure. So are a percent beside a
hidden count or base, and a small count that is printed.
"""
import csv, random, subprocess, sys
from collections import defaultdict

BLANK = "(not stated)"


def make(r, path):
    n = r.choice([20, 60, 150, 400])
    areas = ["North", "South", "East", "West", "Isles"][: r.randint(2, 5)]
    kinds = ["College", "Council", "Charity"][: r.randint(2, 3)]
    wa = [r.random() ** 2 + 0.02 for _ in areas]
    wk = [r.random() ** 2 + 0.02 for _ in kinds]
    answers = ["Agree", "Neither agree nor disagree", "Disagree"]
    rows = []
    for _ in range(n):
        tilt = r.random()
        rows.append([
            "" if r.random() < 0.02 else r.choices(areas, wa)[0],
            r.choices(kinds, wk)[0],
            "" if r.random() < 0.03 else "Don't know" if r.random() < 0.04 else
            answers[min(2, int(tilt * tilt * 3.2))],
            r.choices(["Red", "Green", "Blue"], [8, 3, 1])[0],
            ";".join(x for x in ("Mail", "Talk", "Web") if r.random() < 0.3) + ";"
        ])
    for row in rows:
        if row[4] == ";":
            row[4] = ""
    with open(path, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["Area", "Sort of body", "The aims are clear", "Colour", "Heard by"])
        w.writerows(rows)


SUMS = ("positive", "neutral", "negative", "balance", "mean", "median")


def read(text):
    """{(question, by, group): {answer: (count, base, percent)}} of countable rows."""
    tables = defaultdict(dict)
    for row in csv.DictReader(text.splitlines()):
        if row["answer"] in SUMS:
            if row["answer"] in SUMS[:3]:
                tables[row["question"], row["break_by"], row["break_value"]]["=" + row["answer"]] = row
            continue
        tables[row["question"], row["break_by"], row["break_value"]][row["answer"]] = row
    return tables


def span(text, threshold, total):
    if text == "*":
        return [0, total]
    if text.startswith("<"):
        return [1, threshold - 1]
    return [int(text), int(text)]


class Reader:
    def __init__(self, total):
        self.ranges, self.sums, self.hidden, self.total = {}, [], set(), total

    def cell(self, key, text=None, threshold=5):
        if key not in self.ranges:
            self.ranges[key] = [0, self.total]
        if text is not None:
            lo, hi = span(text, threshold, self.total)
            mine = self.ranges[key]
            mine[0], mine[1] = max(lo, mine[0]), min(hi, mine[1])
            if not text.isdigit():
                self.hidden.add(key)
        return key

    def narrow(self):
        moved = True
        while moved:
            moved = False
            for total, parts, exact in self.sums:
                low = sum(self.ranges[p][0] for p in parts)
                high = sum(self.ranges[p][1] for p in parts)
                t = self.ranges[total]
                if exact and low > t[0]:
                    t[0], moved = low, True
                if high < t[1]:
                    t[1], moved = high, True
                for p in parts:
                    x = self.ranges[p]
                    if t[0] - (high - x[1]) > x[0]:
                        new = t[0] - (high - x[1])
                        low += new - x[0]
                        x[0], moved = new, True
                    if exact and t[1] - (low - x[0]) < x[1]:
                        new = t[1] - (low - x[0])
                        high -= x[1] - new
                        x[1], moved = new, True

    def recovered(self):
        return [k for k in self.hidden if self.ranges[k][0] >= self.ranges[k][1]]


def collect(tables, total, threshold):
    """The reader's ranges and sums. A sum that is "at least" has exact false (several answers each)."""
    s = Reader(total)
    groups = defaultdict(set)
    for (q, by, g) in tables:
        if by:
            groups[by].add(g)
    everyone = s.cell("everyone", str(total))
    for (q, by, g), rows in tables.items():
        multiple = q == "Heard by"
        parts, aside = [], []
        base = s.cell((q, by, g, "base"))
        for answer, row in rows.items():
            if answer in ("no answer",) or answer.startswith("="):
                continue
            key = s.cell((q, by, g, answer), row["count"], threshold)
            if row["base"]:
                s.cell((q, by, g, "base"), row["base"], threshold)
                parts.append(key)
            else:
                aside.append(key)
        s.sums.append((base, parts, not multiple))
        none = s.cell((q, by, g, "no answer"))
        if not by and "no answer" in rows:
            s.cell((q, by, g, "no answer"), rows["no answer"]["count"], threshold)
        elif not by:
            s.cell((q, by, g, "no answer"), "0")
        if multiple:
            for p in parts: # one option has at most the base
                rest = s.cell((p, "rest"))
                s.sums.append((base, [p, rest], True))
        s.sums.append((s.cell((by, g, "size")) if by else everyone, [base, none] + aside, True))
    for by, inside in groups.items():
        s.sums.append((everyone, [s.cell((by, g, "size")) for g in sorted(inside)], True))
        for (q, b, g), rows in list(tables.items()):
            if b or (q, by, sorted(inside)[0]) not in tables:
                continue
            for answer in list(rows) + ["base", "no answer"]:
                if answer.startswith("="):
                    continue
                parts = [s.cell((q, by, g2, answer)) for g2 in sorted(inside)]
                s.sums.append((s.cell((q, "", "", answer)), parts, True))
        # the break's own question, tallied for everybody
        if (by, "", "") in tables:
            for answer in tables[by, "", ""]:
                if answer in inside:
                    s.sums.append((s.cell((by, "", "", answer)), [s.cell((by, answer, "size"))], True))
    # two breaks that are tallied by each other have the same cells; a crossing has them again
    singles = [by for by in groups if " \u00d7 " not in by]
    for a in singles:
        for b in singles:
            for (q, by, g), rows in list(tables.items()):
                if q == a and by == b:
                    for answer in rows:
                        if answer in groups[a]:
                            s.sums.append((s.cell((a, b, g, answer)), [s.cell((b, a, answer, g))], True))
    for crossed in groups:
        if " \u00d7 " not in crossed:
            continue
        names = crossed.split(" \u00d7 ")
        for side, by in enumerate(names):
            if by not in groups:
                continue
            for g in groups[by]:
                inside = sorted(x for x in groups[crossed] if x.split(" \u00d7 ")[side] == g)
                s.sums.append((s.cell((by, g, "size")), [s.cell((crossed, x, "size")) for x in inside], True))
                for (q, b, g2), rows in list(tables.items()):
                    if b != by or g2 != g or (q, crossed, inside[0] if inside else "") not in tables:
                        continue
                    for answer in list(rows) + ["base"]:
                        if answer.startswith("="):
                            continue
                        s.sums.append((s.cell((q, by, g, answer)),
                                       [s.cell((q, crossed, x, answer)) for x in inside], True))
    return s


def careless(tables, threshold):
    """What no arithmetic is needed for."""
    for key, rows in tables.items():
        for answer, row in rows.items():
            hidden = not row["count"].isdigit() or (row["base"] and not row["base"].isdigit())
            if hidden and (row["percent"] or row["low"] or row["high"]):
                yield key, answer, "a percent beside what is hidden"
            if row["count"].isdigit() and 0 < int(row["count"]) < threshold and answer != "no answer" \
                    and not answer.startswith("="):
                yield key, answer, "a small count"


def programs(s):
    """The least and most of each hidden count, by linear programs over the reader's own system."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import lil_matrix

    index = {k: i for i, k in enumerate(s.ranges)}
    exact = [x for x in s.sums if x[2]]
    loose = [x for x in s.sums if not x[2]]
    eq = lil_matrix((len(exact), len(index)))
    ub = lil_matrix((max(1, len(loose)), len(index)))
    for i, (total, parts, _) in enumerate(exact):
        eq[i, index[total]] += 1
        for p in parts:
            eq[i, index[p]] -= 1
    for i, (total, parts, _) in enumerate(loose):
        ub[i, index[total]] += 1
        for p in parts:
            ub[i, index[p]] -= 1
    bounds = [tuple(s.ranges[k]) for k in index]
    found = []
    for key in s.hidden:
        ends = []
        for sign in (1, -1):
            c = np.zeros(len(index))
            c[index[key]] = sign
            r = linprog(c, A_eq=eq.tocsr(), b_eq=np.zeros(len(exact)), A_ub=ub.tocsr(),
                        b_ub=np.zeros(ub.shape[0]), bounds=bounds, method="highs")
            if r.status != 0:
                raise SystemExit("the reader's system has no solution: " + r.message)
            ends.append(sign * r.fun)
        if ends[1] - ends[0] < 1 - 1e-6:
            found.append(key)
    return found


def main():
    count, folder, lp = int(sys.argv[1]), sys.argv[2], "--lp" in sys.argv
    bad = hidden = cells = 0
    for seed in range(count):
        r = random.Random(seed)
        path = "%s/attacked.csv" % folder
        make(r, path)
        breaks = r.choice([["Area"], ["Area", "Sort of body"], ["Area,Sort of body"],
                           ["Area", "Sort of body", "Area,Sort of body"], ["Colour"],
                           ["Area,Sort of body", "Area"]])
        threshold = r.choice([5, 5, 10, 3])
        command = ["survey-tally", "-o", "csv", "--suppress=%d" % threshold, path]
        for b in breaks:
            command += ["-b", b]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit("survey %d (%s): status %d: %s" % (seed, " ".join(command), run.returncode, run.stderr))
        if "too few responses" in run.stderr:
            continue
        total = int(run.stderr.split(" responses read, ")[1].split()[0])
        tables = read(run.stdout)
        for key, answer, what in careless(tables, threshold):
            print("survey %d (%s): %s %s: %s" % (seed, " ".join(command), key, answer, what))
            bad += 1
        s = collect(tables, total, threshold)
        if lp:
            found = programs(s)
        else:
            s.narrow()
            found = s.recovered()
        hidden += len(s.hidden)
        cells += len(s.ranges)
        for key in found:
            print("survey %d (%s): %s recovered" % (seed, " ".join(command), key))
            bad += 1
        if bad > 10:
            break
    print("%d surveys, %d cells, %d hidden, %d recovered" % (count, cells, hidden, bad))
    sys.exit(bad != 0)


main()
