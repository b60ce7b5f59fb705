#!/bin/sh
# SPDX-License-Identifier: MIT
# The samples and maps, and the examples of compact-document(5), against the schema alone: kinds,
# fields, references and rules, and the numbers that the sources of the samples give.
store=$(mktemp -u)
trap 'rm -f "$store"' EXIT
python3 -c 'import yaml' 2>/dev/null || { echo '1..0 # SKIP python3-yaml is not installed'; exit 0; }
exec python3 - "$store" <<'END'
import glob, re, sqlite3, subprocess, sys, yaml

count = 0
def ok(what, good, said=""):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {what}")
    for line in str(said).splitlines() if not good else []:
        print(f"# {line}")

shared = sorted(glob.glob("share/reference/*.yaml") + glob.glob("share/reference/*.csv"))
samples = ["share/samples/derbyshire.yaml", "share/samples/tayside.yaml"]
run = subprocess.run([sys.executable, "tests/tools/check-document.py", f"--keep={sys.argv[1]}"] + shared + samples,
                     capture_output=True, text=True)
ok("the samples load by the schema alone", run.returncode == 0, run.stdout + run.stderr)

db = sqlite3.connect(sys.argv[1])
def one(sql):
    return db.execute(sql).fetchone()[0]
def is_(what, sql, expected):
    got = one(sql)
    ok(f"{what}: {expected}", got == expected, f"got {got}")

d = "partnership = 'derbyshire'"
is_("Derbyshire, aims", f"select count(*) from aim where {d}", 9)
is_("top aims", f"select count(*) from aim where {d} and parent is null", 5)
is_("duties", f"select count(*) from duty where {d}", 8)
is_("terms", f"select group_concat(ref || ' ' || status, ', ') from (select * from terms where {d} order by ref)",
    "2007 adopted, 2008 draft")
is_("sections in each", f"select count(distinct n) from (select count(*) n from section where {d} group by terms)", 1)
is_("sections that differ", f"""select count(*) from section a join section b using (partnership, number)
    where a.{d} and a.terms = '2007' and b.terms = '2008' and a.body <> b.body""", 2)
is_("actions", f"select group_concat(ref, ' ') from (select ref from action where {d} order by ref)",
    "A1 A2 B1 B2.1 B2.2 B3 B4 B5 C1")
is_("actions with a date or a cost", f"select count(*) from action where {d} and coalesce(due, review_by, budget) is not null", 0)
for number, aims in (1, "2.1 2.2 2.3 2.4"), (2, "2.1 2.3 2.4 4"), (3, "1 3 4 5"):
    is_(f"aims of priority {number}", f"""select group_concat(item, ' ') from (select item from priority__aims
        where {d} and priority_period = '2008-09' and priority_number = {number} order by item)""", aims)
is_("leads of one person or two, an organisation, a group, a query", f"""select
    sum(person is not null) || ' ' || sum(org is not null) || ' ' || sum(workgroup is not null) || ' ' ||
    sum(coalesce(person, org, workgroup) is null) from lead where {d}""", "7 2 3 3")
is_("targets that are still X", f"select count(*) from indicator where {d} and certainty = 'unfilled' and target is null", 4)
is_("the charter's months and meetings", f"select min_months || ' ' || min_meetings from charter where {d}", "12 2")
is_("recommendations", f"select count(*) from issue_log where {d} and kind = 'recommendation'", 5)
is_("asked, received, declined, used",
    f"select invited || ' ' || received || ' ' || declined || ' ' || used from survey where {d}", "36 10 3 7")
is_("questions", f"select count(*) from question where {d}", 6)
is_("sixteen sectors", "select count(*) from sector where coalesce(source, '') <> 'local'", 16)
is_("Tayside, councils that signed", """select count(*) from signature
    where partnership = 'tayside' and org in ('angus', 'dundee', 'perth-kinross')""", 3)
is_("waves of one survey", "select count(*) from survey where partnership = 'tayside'", 2)
is_("percentages that do not follow from count and base",
    "select count(*) from tally where abs(percent - 100.0 * count / base) > 0.05", 0)

def found(partnership, day):
    """What the checks find on a day: the views fault_, less the prefix, and how often."""
    defaults = {"max_load": "8", "max_priorities": "3", "stale_after": "90", "support_months": "6",
                "membership_model": "organisation", "holiday_division": "scotland", "nation": "scotland"}
    settings = dict(db.execute("select name, value from setting where partnership = ?", [partnership]))
    db.create_function("today", 0, lambda: day)
    db.create_function("now", 0, lambda: day + "T12:00:00Z")
    db.create_function("setting", 2, lambda name, p: settings.get(name, defaults.get(name)))
    db.create_function("in_scope", 1, lambda p: 1)
    db.create_function("counted", 3, lambda n, one, many: "%s %s" % (n, one if n == 1 else many))
    db.create_function("working_days", 3, lambda start, finish, p: 0)
    db.create_function("day_of", 1, lambda moment: moment and moment[:10])  # no times near midnight there
    views = [v for (v,) in db.execute("select name from sqlite_schema where type = 'view' and name glob 'fault_*'")]
    counts = {v[6:]: one(f"select count(*) from {v} where partnership = '{partnership}'") for v in views}
    return {v: n for v, n in counts.items() if n}

# What the review of May 2008 complained of, and nothing else.
expected = {
    "action_lead": 4, "action_accepted": 7, "action_date": 9, "action_measure": 9, "action_unfilled": 2,
    "action_aim": 7, "action_cost": 9, "action_stale": 9, "indicator_target": 4, "indicator_baseline": 4,
    "workgroup_proposed": 2, "workgroup_priority": 1, "terms_review": 1, "text_number": 1, "text_reference": 1,
}
got = found("derbyshire", "2008-06-01")
ok("the checks find in Derbyshire what the review found", got == expected, got)
got = found("tayside", "2026-11-20")
ok("the checks find nothing in Tayside", got == {}, got)

keys = {"kind", "columns", "ignore", "join", "constants", "split", "replace", "skip", "dates", "heading", "match", "make"}
shorthands = {("action", "leads")}
tables = {t for (t,) in db.execute("select name from sqlite_schema where type = 'table'")}
def known(kind, field):
    """Whether a map may fill the field: of the kind, a list of it, or of a kind beside it."""
    if "." in field:
        beside, field = field.split(".")
        return beside in tables and known(beside, field)
    return (kind, field) in shorthands or f"{kind}__{field}" in tables or \
        field in {c[1] for c in db.execute(f"pragma table_info({kind})")}

page = open("man/compact-document.5").read()
examples = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", page, re.S | re.M)
maps = [(f, open(f).read()) for f in sorted(glob.glob("share/maps/*.yaml"))]
maps += [(f"example {n} of compact-document(5)", e) for n, e in enumerate(examples) if "columns:" in e]
for name, text in maps:
    m = yaml.load(text, yaml.BaseLoader)
    kind = m.get("kind", "notice")
    fields = [f for k in ("columns", "join", "constants", "split", "replace") for f in m.get(k, {})] + m.get("match", [])
    bad = [k for k in m if k not in keys] + [f for f in fields if not known(kind, f)] + [k for k in m.get("make", []) if k not in tables]
    ok(f"{name} knows its kind and fields", not bad, bad)
for n, text in enumerate(e for e in examples if e.startswith("partnership:")):
    document = yaml.load(text, yaml.BaseLoader)
    bad = [f"{k}.{f}" for k, records in document.items() for r in records for f in r
           if not known(k, f) and f not in tables]
    ok(f"document {n} of compact-document(5) knows its kinds and fields", not bad, bad)
print(f"1..{count}")
END
