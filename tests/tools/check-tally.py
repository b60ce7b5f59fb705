#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tallies generated surveys another way and compares every figure with survey-tally's.

usage: check-tally.py COUNT FOLDER

Written from the manual, not from the program: counts with Counter, weights with sums of fractions,
Wilson's interval by the roots of its quadratic.
"""
import csv, math, random, subprocess, sys
from collections import defaultdict
from fractions import Fraction

AGREE = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
TONE = {"positive": AGREE[:2], "neutral": AGREE[2:3], "negative": AGREE[3:]}
Z = 1.959963984540054


def wilson(p, n):
    # (p - q)^2 = z^2 q (1 - q) / n, solved for q
    a, b, c = 1 + Z * Z / n, -(2 * p + Z * Z / n), p * p
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def make(r, path):
    n = r.randint(12, 400)
    groups = ["North", "South", "East & West", "Isles"][: r.randint(2, 4)]
    skew = r.random()
    rows = []
    for _ in range(n):
        likert = "" if r.random() < 0.05 else "Don't know" if r.random() < 0.05 else AGREE[
            min(4, int((r.random() * (1 - skew) + r.random() * skew) * 5))]
        colour = r.choice(["Red", "Green", "Blue", "Red", ""])
        picks = ";".join(x for x in ["Mail", "Talk", "Web"] if r.random() < 0.5)
        weight = r.choice(["1", "0.5", "2.25", "1.1", "0"])
        rows.append([r.choice(groups), likert, colour, picks, weight])
    with open(path, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["Area", "The aims are clear", "Favourite colour", "Heard by", "Importance"])
        w.writerows(rows)
    return rows, groups


def oracle(rows, groups, weighted):
    """{(question, group, answer): (count, base, percent, low, high, weighted base, effective)}"""
    out = {}
    for group in [""] + groups:
        inside = [x for x in rows if group in ("", x[0])]
        for column, question in ((1, "The aims are clear"), (2, "Favourite colour"), (3, "Heard by")):
            base = [x for x in inside if x[column] and x[column] != "Don't know"]
            if not inside:
                continue
            given = defaultdict(list)
            for x in base:
                for a in set(x[column].split(";")) if column == 3 else [x[column]]:
                    given[a].append(x)
            if column == 1:
                for a in AGREE:
                    given[a]
                for tone, answers in TONE.items():
                    given[tone] = [x for a in answers for x in given[a]]
            total = sum(Fraction(x[4]) if weighted else Fraction(1) for x in base)
            square = sum(Fraction(x[4]) ** 2 if weighted else Fraction(1) for x in base)
            for a, who in given.items():
                if not base or not total:
                    out[question, group, a] = (len(who), len(base), None, None, None, total, 0)
                    continue
                share = sum(Fraction(x[4]) if weighted else Fraction(1) for x in who) / total
                effective = total * total / square
                low, high = wilson(float(share), float(effective))
                out[question, group, a] = (len(who), len(base), share, low, high, total, effective)
    return out


def printed(x):
    # one decimal, halves up, or within rounding of the binary fraction
    return float(x) * 100


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    bad = checked = 0
    for seed in range(count):
        r = random.Random(seed)
        path = "%s/survey.csv" % folder
        rows, groups = make(r, path)
        weighted = seed % 2 == 1
        command = ["survey-tally", "-q", "-o", "csv", "--suppress=0", "-b", "Area", path]
        if weighted:
            command[1:1] = ["-w", "Importance"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seen = {}
        for row in csv.DictReader(text.splitlines()):
            seen[row["question"], row["break_value"], row["answer"]] = row
        for key, want in oracle(rows, groups, weighted).items():
            got = seen.get(key)
            checked += 1
            if got is None:
                if want[0] == 0 and key[2] not in AGREE[:2] + AGREE[3:]:
                    continue # a scale of four, as far as anybody can see
                print("table %d: no row for %s" % (seed, key))
                bad += 1
                continue
            wrong = int(got["count"]) != want[0] or int(got["base"] or 0) != want[1]
            if want[2] is not None:
                for name, value in (("percent", want[2]), ("low", want[3]), ("high", want[4])):
                    wrong |= abs(float(got[name]) - float(value) * 100) > 0.05 + 1e-9
                if not weighted:
                    exact = math.floor(Fraction(want[0] * 1000, want[1]) + Fraction(1, 2))
                    wrong |= round(float(got["percent"]) * 10) != exact
            if weighted and want[1]:
                wrong |= abs(float(got["base_weighted"]) - float(want[5])) > 1e-9 * float(want[5] + 1)
                wrong |= abs(float(got["base_effective"]) - float(want[6])) > 1e-9 * float(want[6] + 1)
            if wrong:
                print("table %d: %s is %s, not %s" % (seed, key, dict(got), [str(x) for x in want]))
                bad += 1
        if bad > 5:
            break
    print("%d tables, %d figures, %d wrong" % (count, checked, bad))
    sys.exit(bad != 0)


main()
