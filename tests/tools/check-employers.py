#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two thousand pairs of employers, each labelled the same or not, through hr1-ingest into a store.

No pair that is labelled different may become one employer; of those that are plainly the same, by
number or by name and postcode, all must; what is merely likely must be flagged. Prints TAP.
"""
import csv
import json
import random
import re
import subprocess
import sys

rnd = random.Random(11)
A = "Abbot Birch Calder Drummond Esk Fenwick Garvie Haldane Innes Jarvie Kelso Lorne Mearns Nairn Ogilvie Pitlochry Rannoch Selkirk Tarland Urquhart".split()
B = "Bakers,Bathrooms,Ceramics,Castings,Dairy,Electrical,Fisheries,Garments,Haulage,Interiors,Joinery,Kitchens,Leisure,Motors,Nurseries".split(",")
C = "Group,Services,Products,Scotland,North,Trading,Solutions,Works".split(",")


def base(n):
    return "%s %s %s%s" % (A[n % 20], B[n // 20 % 15], C[n // 300 % 8], "" if n < 2400 else " %d" % n)


def typo(s):
    i = rnd.randrange(2, len(s) - 2)
    while not s[i].isalpha() or not s[i + 1].isalpha():
        i = rnd.randrange(1, len(s) - 2)
    return rnd.choice([s[:i] + s[i + 1:], s[:i] + s[i] + s[i:], s[:i] + s[i + 1] + s[i] + s[i + 2:]])


# kind: (same?, sure?)
KINDS = {
    "case": (True, True), "limited": (True, True), "ampersand": (True, True), "dots": (True, True), "the": (True, True),
    "number, other name": (True, True), "number without zeros": (True, True), "former name": (True, False), "spelling": (True, False),
    "elsewhere": (False, False), "other number": (False, False), "plc beside ltd": (False, False), "sister": (False, False),
    "no number elsewhere": (False, False), "holdings": (False, False), "charity of that number": (False, False),
}
pairs = []
for n in range(2000):
    kind = list(KINDS)[n % len(KINDS)]
    name, pc = base(n), "KY%d %d%s" % (1 + n % 16, n % 9, "ABCDEFGH"[n % 8] + "LNPQRSTU"[n // 8 % 8])
    other = "KY%d %d%s" % (1 + (n + 5) % 16, (n + 3) % 9, "XY")
    num = "SC%06d" % (1000 + n)
    a, b = [name + " Ltd", "", "", pc], [name + " Ltd", "", "", pc]
    if kind == "case":
        b[0] = b[0].upper()
    elif kind == "limited":
        b[0] = name + " Limited."
    elif kind == "ampersand":
        a[0], b[0] = name.replace(" ", " & ", 1) + " Ltd", name.replace(" ", " and ", 1) + " LIMITED"
    elif kind == "dots":
        b[0] = name.replace(" ", ", ", 1) + " L.T.D."
        a[0], b[0] = "J.K. " + a[0], "JK " + name + " Ltd,"
    elif kind == "the":
        b[0] = "The " + b[0]
    elif kind == "number, other name":
        a[1] = b[1] = num
        b[0], b[3] = "Renamed %d Ltd" % n, other
    elif kind == "number without zeros":
        a[1], b[1] = "00%06d" % (500 + n), "%d" % (500 + n)
        b[3] = other
    elif kind == "former name":
        b[0] = name + " (formerly Old) Ltd"
    elif kind == "spelling":
        b[0] = typo(name) + " Ltd"
    elif kind == "elsewhere":
        b[3] = other
    elif kind == "other number":
        a[1], b[1] = num, "SC%06d" % (900000 + n)
    elif kind == "plc beside ltd":
        b[0] = name + " plc"
    elif kind == "sister":
        b[0] = name + " Property Ltd"
    elif kind == "no number elsewhere":
        a[1], b[3] = num, other
    elif kind == "holdings":
        b[0] = name + " Holdings Ltd"
    elif kind == "charity of that number":
        a[1], b[2] = "SC%06d" % (20000 + n), "SC%06d" % (20000 + n)
        b[0] = "Friends of %s" % name
    pairs.append((kind, a, b))

for side in (0, 1):
    with open("side%d.csv" % side, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["Ref", "Employer", "Company number", "Charity number", "Postcode", "Date received", "Redundancies", "Council"])
        for n, (kind, a, b) in enumerate(pairs):
            name, num, charity, pc = (a, b)[side]
            w.writerow(["%d-%d" % (side, n), name, num, charity, pc, "2026-0%d-01" % (side + 1), 30, "Fife"])
    r = subprocess.run(["hr1-ingest", "-q", "--no-incidents", "side%d.csv" % side], capture_output=True, text=True)
    if r.returncode:
        print("not ok 1 - side %d is taken\n# %s\n1..1" % (side, r.stderr))
        sys.exit(1)
out = subprocess.run(["compact-record", "notice", "list", "-o", "json", "--columns=ref,sender_ref,employer,warnings"], capture_output=True, text=True).stdout
notice = {x["sender_ref"]: x for x in json.loads(out)}
bad = {k: [] for k in KINDS}
merged = []
for n, (kind, a, b) in enumerate(pairs):
    x, y = notice["0-%d" % n], notice["1-%d" % n]
    same, sure = KINDS[kind]
    one = x["employer"] == y["employer"]
    flagged = ("maybe-same-employer " + x["employer"]) in re.split("[;,]", str(y["warnings"]).strip("[]").replace("'", "").replace(", ", ","))
    if one and not same:
        merged.append((a, b))
    if sure and not one:
        bad[kind].append((a, b))
    if same and not sure and not one and not flagged:
        bad[kind].append((a, b, y["warnings"]))
n = 0
n += 1
print("%s %d - of 2000 pairs none is merged that is not the same" % ("not ok" if merged else "ok", n))
for m in merged[:5]:
    print("#   %s" % (m,))
for kind, (same, sure) in KINDS.items():
    if not same:
        continue
    n += 1
    total = sum(1 for k, _, _ in pairs if k == kind)
    most = 0 if sure else total // 3
    print("%s %d - %s: %d of %d %s" % ("not ok" if len(bad[kind]) > most else "ok", n, kind, total - len(bad[kind]), total, "are one" if sure else "are one or flagged"))
    for m in bad[kind][:3]:
        print("#   %s" % (m,))
print("1..%d" % n)
