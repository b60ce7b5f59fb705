#!/bin/sh
# SPDX-License-Identifier: MIT
# The facts in share/reference, against what can be reckoned another way.
exec python3 - <<'END'
import csv
import datetime
import re
import unicodedata
import yaml


class Plain(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


def load(name):
    with open("share/reference/%s.yaml" % name, encoding="utf-8") as f:
        return yaml.load(f, Loader=Plain)


count = 0


def ok(good, name, *why):
    global count
    count += 1
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    for line in [] if good else why:
        print("#  ", line)


def key(text):
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", text))


def repeated(items):
    seen = set()
    return [i for i in items if i in seen or seen.add(i)]


council = load("council")["council"]
codes = [c["code"] for c in council]
scottish = {c for c in codes if c.startswith("S12")}
former = [f for c in council for f in c.get("former_codes", [])]
ok(len(scottish) == 32, "Scotland has 32 councils", len(scottish))
ok(not repeated(codes + former), "no code is two councils', or both old and new", repeated(codes + former))
names = [key(n) for c in council for n in [c["name"]] + c.get("other_names", [])]
ok(not repeated(names), "no name is two councils'", repeated(names))

areas = {s["ref"]: s["area"] for s in load("scheme")["scheme"]}
ok([len(areas[s]) for s in ("pace-2010", "pace-2019")] == [21, 18], "21 areas in 2010, 18 in 2019")
places = [p["place"] for a in areas["pace-2019"] for p in a["area_place"]]
ok(sorted(places) == sorted(scottish), "in 2019 each council lies in one area")
split = set(repeated(p["place"] for a in areas["pace-2010"] for p in a["area_place"]))
ok(split == {"S12000017"}, "in 2010 Highland alone was more than one", split)


def easter(y):  # the anonymous Gregorian reckoning
    a, b, c = y % 19, y // 100, y % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    return datetime.date(y, (h + i - 7 * m + 114) // 31, (h + i - 7 * m + 114) % 31 + 1)


with open("share/reference/holiday.csv", encoding="utf-8") as f:
    rows = list(csv.DictReader(f))
days = {d: [r["day"] for r in rows if r["division"] == d] for d in ("scotland", "england-and-wales", "northern-ireland")}
ok(sum(map(len, days.values())) == len(rows) and not any(repeated(d) for d in days.values()), "each division has each day once")
bad = [d for v in days.values() for d in v if datetime.date.fromisoformat(d).weekday() > 4]
ok(not bad, "no holiday falls on a weekend", bad)
bad = []
for year in range(2012, 2029):
    friday, monday = (easter(year) + datetime.timedelta(n) for n in (-2, 1))
    first = datetime.date(year, 8, 1)
    august = first + datetime.timedelta(-first.weekday() % 7)  # the first Monday of August
    andrew = datetime.date(year, 11, 30)
    andrew += datetime.timedelta(max(0, 7 - andrew.weekday()) if andrew.weekday() > 4 else 0)
    for division, day, there in [(d, friday, True) for d in days] + [(d, monday, d != "scotland") for d in days] + [
            (d, x, d == "scotland") for d in days for x in (august, andrew)]:
        if (day.isoformat() in days[division]) != there:
            bad.append((division, day.isoformat()))
ok(not bad, "Good Friday everywhere; Easter Monday but in Scotland; early August and St Andrew's in Scotland alone", bad)
once = ("2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08")
ok(all(d in v for d in once for v in days.values()), "days of one year only")

rules = load("notice_rule")["notice_rule"]
bad = []
for nation in ("england", "scotland", "wales", "northern-ireland"):
    mine = sorted((r for r in rules if r["nation"] == nation), key=lambda r: r["valid_from"])
    for a, b in zip(mine, mine[1:]):
        if datetime.date.fromisoformat(a["valid_until"]) + datetime.timedelta(1) != datetime.date.fromisoformat(b["valid_from"]):
            bad.append((nation, b["valid_from"]))
    if not mine or "valid_until" in mine[-1]:
        bad.append(nation)
ok(not bad, "each nation's rules follow on without a gap, the last still in force", bad)
now = {r["nation"]: (r["lower"], r["upper"], r["lower_days"], r["upper_days"]) for r in rules if "valid_until" not in r}
ok(now["scotland"] == now["england"] == now["wales"] == ("20", "100", "30", "45") and now["northern-ireland"][3] == "90",
   "45 days for a hundred in Great Britain, 90 in Northern Ireland", now)
ok(len(load("sector")["sector"]) == 16, "sixteen classes of public sector employer")
bad = []
for scale in load("scale")["scale"]:
    texts = [a["text"].casefold() for a in scale["scale_answer"]]
    places = [a.get("position", str(i + 1)) for i, a in enumerate(scale["scale_answer"])]
    if repeated(texts) or repeated(places):
        bad.append(scale["ref"])
ok(not bad, "no scale has an answer or a place twice", bad)
print("1..%d" % count)
END
