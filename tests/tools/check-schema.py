#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schema, tried by another program than ours: Python's own SQLite. Prints TAP.

Every rule is broken once and must answer with its own sentence; every check (fault view) stays
silent on a store that is in order and speaks once that store is spoilt in the way it looks for.
"""
import glob
import re
import sqlite3
import sys

TODAY, NOW = "2026-11-20", "2026-11-20T12:00:00Z"
TEXT = ("REF", "MARKDOWN", "DATE", "TIME", "MOMENT", "ENUM", "EMAIL", "POSTCODE", "NUMBER", "PERSONAL")
TYPES = ["TEXT", "INTEGER", "REAL", "INTEGER PENCE", "INTEGER PERCENT", "INTEGER BOOL"] + ["TEXT " + t for t in TEXT]
LARGE = {"terms", "section", "guidance", "charter", "meeting", "notice"}  # with a rowid, as their rows are large
SQL = [(f, open(f, encoding="utf-8").read()) for f in sorted(glob.glob("lib/schema/*.sql"))]

count = failed = 0


def ok(good, name, *why):
    global count, failed
    count += 1
    if not good:
        failed += 1
    print(("" if good else "not ") + "ok %d - %s" % (count, name))
    for line in why if not good else ():
        print("#   " + str(line).replace("\n", "\n#   "))
    return good


def store(keys=False):
    c = sqlite3.connect(":memory:", isolation_level=None)

    def setting(name, partnership):
        row = c.execute("SELECT coalesce((SELECT value FROM setting WHERE partnership = ? AND name = ?),"
                        " (SELECT value FROM setting_default WHERE name = ?))", (partnership, name, name)).fetchone()
        return row[0]
    for name, n, f in (("today", 0, lambda: TODAY), ("now", 0, lambda: NOW), ("setting", 2, setting),
                       ("in_scope", 1, lambda p: 1),
                       ("shown", 3, lambda n, audience, p: n), ("counted", 3, lambda n, one, many: n), ("natural", 1, lambda r: r),
                       ("day_of", 1, lambda m: m and m[:10]),  # no summer times here
                       ("working_days", 3, lambda a, b, p: None if a is None or b is None else 1)):
        c.create_function(name, n, f)
    for _, text in SQL:
        c.executescript(text)
    c.execute("PRAGMA foreign_keys = %d" % keys)
    return c


db = store()
TABLES = {n: s for n, s in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")}
VIEWS = {n: s for n, s in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")}
KINDS = {n for n in TABLES if not n.startswith("store_")}
COLUMNS = {t: db.execute("SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?)", (t,)).fetchall() for t in TABLES}


def key(table):
    return [c[0] for c in sorted(COLUMNS[table], key=lambda c: c[4]) if c[4]]


def references(table):
    """[(columns, target, target's columns)] of a table."""
    found = {}
    for i, _, target, here, there, update, delete, _ in db.execute("PRAGMA foreign_key_list(%s)" % table):
        found.setdefault(i, (target, [], [], update, delete))
        found[i][1].append(here)
        found[i][2].append(there)
    return [(h, t, th, u, d) for t, h, th, u, d in found.values()]


# ---------- names, types, forms ----------

def names():
    bad = []
    for table in list(TABLES) + list(VIEWS):
        cols = [d[0] for d in db.execute("SELECT * FROM %s LIMIT 0" % table).description]
        try:
            db.execute("SELECT %s FROM %s x LIMIT 0" % (", ".join("x." + c for c in cols), table))
            db.execute("SELECT %s FROM %s LIMIT 0" % (", ".join(cols), table))
            db.execute("CREATE TEMP TABLE try (%s)" % ", ".join(cols))
            db.execute("DROP TABLE temp.try")
        except sqlite3.Error as e:
            bad.append("%s: %s" % (table, e))
    ok(not bad, "every name can be written without quotes", *bad)


def types():
    bad = []
    for table in sorted(KINDS):
        for name, kind, *_ in COLUMNS[table]:
            if kind not in TYPES:
                bad.append("%s.%s is declared %s" % (table, name, kind))
                continue
            db.execute("CREATE TEMP TABLE try (x %s)" % kind)
            db.executemany("INSERT INTO try VALUES (?)", [("2.10",), ("007",), (7,)])
            got = [t for t, in db.execute("SELECT typeof(x) FROM try")]
            want = {"TEXT": ["text"] * 3, "INTEGER": ["real", "integer", "integer"], "REAL": ["real"] * 3}[kind.split()[0]]
            if got != want:
                bad.append("%s.%s %s holds %s" % (table, name, kind, got))
            db.execute("DROP TABLE temp.try")
    ok(not bad, "every column has a type of the list, with the affinity its first word says", *bad)


def forms():
    bad = []
    for table in sorted(KINDS):
        sql = TABLES[table]
        lines = sql.split("\n")
        if not re.match(r"CREATE TABLE %s /\* [A-Z].*\. ?(ref: \w+ )?\*/ \($" % table, lines[0]):
            bad.append("%s: head is %s" % (table, lines[0]))
        body = [line for line in lines[1:] if re.match(r"\t[a-z]\w* (TEXT|INTEGER|REAL)\b", line)]
        if len(body) != len(COLUMNS[table]):
            bad.append("%s: %d column lines, %d columns" % (table, len(body), len(COLUMNS[table])))
        for line in body:
            if not re.search(r", /\* \*?[A-Z0-9].*[.] \*/$", line):
                bad.append("%s: no comment: %s" % (table, line))
        for name, kind, *_ in COLUMNS[table]:
            line = next(x for x in body if x.split()[0] == name)
            if kind == "TEXT ENUM" and not re.search(r" CHECK \(%s IN \('[a-z0-9-]+'(,'[a-z0-9-]+')*\)\), /\*" % name, line):
                bad.append("%s.%s: no enumeration" % (table, name))
            if kind == "INTEGER BOOL" and " CHECK (%s IN (0,1)), /*" % name not in line:
                bad.append("%s.%s: no CHECK of 0 and 1" % (table, name))
            if kind == "TEXT DATE" and "CHECK (%s IS date(%s, '+0 days'))" % (name, name) not in sql:
                bad.append("%s.%s: no CHECK of its form" % (table, name))
        if "UNIQUE" in sql or "ON DELETE" in sql or "COLLATE" in sql:
            bad.append("%s: UNIQUE, ON DELETE or COLLATE" % table)
        if (") WITHOUT ROWID" in sql) == (table in LARGE):
            bad.append("%s: WITHOUT ROWID is wrong" % table)
    ok(not bad, "tables are written in the form that the catalogue reads", *bad)


def keys():
    bad = []
    for table in sorted(KINDS):
        k, cols = key(table), [c[0] for c in COLUMNS[table]]
        local = "partnership" in cols
        if local and (k[0] != "partnership" or cols[0] != "partnership"):
            bad.append("%s: partnership does not come first" % table)
        if not local and table != "partnership" and "__" not in table and not {"source", "as_of"} <= set(cols):
            bad.append("%s: shared, without source and as_of" % table)
        for here, target, there, update, delete in references(table):
            if update != "CASCADE" or delete != "NO ACTION":
                bad.append("%s (%s): on update %s on delete %s" % (table, here, update, delete))
            if there != key(target):
                bad.append("%s (%s): refers to %s of %s" % (table, here, there, target))
        if TABLES[table].count("REFERENCES") != TABLES[table].count("DEFERRABLE INITIALLY DEFERRED"):
            bad.append("%s: a reference is not deferred" % table)
        if "__" in table:
            owner = table.split("__")[0]
            parts = [p for p in key(owner) if p != "partnership"] if owner != "partnership" else []
            own = [owner] if len(parts) == 1 else [owner + "_" + p for p in parts]
            item = [c for c in cols if c == "item" or c.startswith("item_")]
            if cols != (["partnership"] if local else []) + own + item or k != cols:
                bad.append("%s: columns are %s" % (table, cols))
    ok(not bad, "keys, references and lists follow the rules", *bad)


def sentences():
    bad = []
    for table in sorted(KINDS):
        cols = {c[0] for c in COLUMNS[table]}
        fields = cols | {c.rsplit("_", 1)[0] for c in cols} | ({table.split("__")[1]} if "__" in table else set())
        for name in re.findall(r'CONSTRAINT "([^"]*)"', TABLES[table]):
            m = re.match(r"([a-z]\w*): [^;A-Z]+[^;]*; \S.*[^.]$", name)
            if not m or m.group(1) not in fields:
                bad.append("%s: %s" % (table, name))
    for name, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"):
        for text in re.findall(r"raise\(ABORT, '((?:[^']|'')*)'", sql):
            if not re.match(r"[a-z]\w*: [^;]+; \S.*[^.]$", text):
                bad.append("%s: %s" % (name, text))
    ok(not bad, "constraints and triggers read 'field: what is wrong; what to do'", *bad)


def views():
    bad = []
    for name, sql in sorted(VIEWS.items()):
        if not re.match(r"CREATE VIEW %s /\* [A-Z].*\. \*/\n\t\((\w+,\s+)*\w+\) AS\n" % name, sql):
            bad.append("%s: not written NAME /* comment */ (columns) AS" % name)
        if re.search(r"'now'|CURRENT_|datetime\(\)", sql):
            bad.append("%s: asks SQLite's clock" % name)
        cols = [d[0] for d in db.execute("SELECT * FROM %s LIMIT 0" % name).description]
        if name.startswith("fault_") and cols != ["partnership", "severity", "kind", "ref", "fault", "remedy"]:
            bad.append("%s: columns are %s" % (name, cols))
        try:
            if db.execute("SELECT * FROM %s" % name).fetchall() and name not in ("rhythm", "setting_default", "checklist_item"):
                bad.append("%s: has rows in an empty store" % name)
        except sqlite3.Error as e:
            bad.append("%s: %s" % (name, e))
    ok(not bad, "views have a comment and named columns, and run on an empty store", *bad)


def stored():
    """Files up to 84 stand in the store: their views work without the programs' functions."""
    c = sqlite3.connect(":memory:")
    for f, text in SQL:
        if f.split("/")[-1] < "85":
            c.executescript(text)
    bad = []
    for name, in c.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        try:
            c.execute("SELECT * FROM " + name).fetchall()
        except sqlite3.Error as e:
            bad.append("%s: %s" % (name, e))
    for f, text in SQL:
        if f.split("/")[-1] >= "85":
            bad += ["%s: %s" % (f, line) for line in re.findall(r"^CREATE (?!VIEW).*", text, re.M)]
    ok(not bad, "views that stand in the store work in any SQLite; the files from 85 hold views only", *bad)


# ---------- every rule broken once ----------

GOOD = {"DATE": "2026-01-31", "TIME": "2026-10-25T01:30:00Z", "MOMENT": "2026-10-25T01:30:00Z", "EMAIL": "a@example.org",
        "POSTCODE": "KY1 1XX", "PENCE": 100, "PERCENT": 50, "BOOL": 1}
BAD = {"DATE": ["2023-02-31", "31/1/2026", "2026-1-31", "soon"], "TIME": ["2026-02-30T01:30:00Z", "2026-10-25", "2026-10-25 01:30:00"],
       "MOMENT": ["2026-02-30", "2026-10-25T25:30:00Z", "today"], "EMAIL": ["nobody", "a b@example.org", "@example.org"],
       "PENCE": ["c. 40", 1.5], "PERCENT": ["half", 1.5], "BOOL": [2, "perhaps"], "INTEGER": ["c. 40", 1.5], "REAL": ["X"],
       "ENUM": ["no-such-word"]}


def value(table, name, kind, sql):
    words = kind.split()
    word = words[-1]
    if word == "ENUM":
        return re.search(r"%s IN \('([^']+)'" % name, sql).group(1)
    if word in GOOD:
        return GOOD[word]
    return {"TEXT": "text", "INTEGER": 1, "REAL": 1.0}[words[0]]


def base(table):
    row = {n: value(table, n, t, TABLES[table]) for n, t, notnull, default, pk in COLUMNS[table] if notnull and default is None or pk}
    row.update({"notice": {"proposed": 20}, "lead": {"person": "p"}, "notice_rule": {"lower": 20, "upper": 100}}.get(table, {}))
    if table == "setting":
        row.update(name="max_load", value="8")
    if table in ("action_link", "employer_link"):
        row["other"] = "else"
    return row


def insert(c, table, row):
    c.execute("INSERT INTO %s (%s) VALUES (%s)" % (table, ", ".join(row), ", ".join("?" * len(row))), list(row.values()))


# Rules between columns: the kind, what is set beside a good row, and how the sentence begins.
BETWEEN = [
    ("partnership", {"session_starts": "13-01"}, "session_starts: is no month"), ("partnership", {"session_starts": "02-30"}, "session_starts: is no"),
    ("setting", {"name": "guidance", "value": ""}, "value: is empty"), ("setting", {"name": ""}, "name: is no setting"),
    ("agency", {"starts": "2026-02-01", "ends": "2026-01-01"}, "ends: is before"),
    ("terms", {"adopted": "2026-02-01", "review_due": "2026-01-01"}, "review_due: is before"),
    ("aim", {"ref": "a", "parent": "a"}, "parent: is the aim itself"),
    ("period", {"starts": "2026-04-01", "ends": "2026-03-31"}, "ends: is before"),
    ("priority", {"carried_from_period": "2007-08"}, "carried_from: is half"),
    ("workgroup", {"formed": "2026-02-01", "finish_by": "2026-01-01"}, "finish_by: is before"),
    ("workgroup", {"ref": "a", "reports_to": "a"}, "reports_to: is the group itself"),
    ("seat", {"starts": "2026-02-01", "ends": "2026-01-01"}, "ends: is before"),
    ("issue_log", {"raised": "2026-02-01", "due": "2026-01-01"}, "due: is before"),
    ("guidance", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "valid_until: is before"),
    ("org", {"joined": "2026-02-01", "left": "2026-01-01"}, "left: is before"),
    ("charter", {"starts": "2026-02-01", "ends": "2026-01-01"}, "ends: is before"),
    ("signature", {"endorsed": "2026-02-01"}, "endorsed: is given"), ("signature", {"signed": "2026-02-01", "ended": "2026-01-01"}, "ended: is before"),
    ("meeting", {"starts": "2026-02-01", "ends": "2026-01-31T10:00:00Z"}, "ends: is before"),
    ("meeting", {"ref": "a", "moved_to": "a"}, "moved_to: is the meeting itself"),
    ("action", {"start": "2026-02-01", "due": "2026-01-01"}, "due: is before"), ("action", {"done_on": "2026-02-01"}, "done_on: is given"),
    ("lead", {"org": "o"}, "person: stands beside"), ("lead", {"person": None}, "person: is missing"),
    ("action_link", {"action": "a", "other": "a"}, "other: is the action itself"),
    ("indicator", {"priority_period": "2026-27"}, "priority: is half"),
    ("indicator", {"action": "a", "priority_period": "p", "priority_number": 1}, "action: stands beside"),
    ("indicator", {"baseline": 1.0, "baseline_expected": "2026-01-01"}, "baseline_expected: is given"),
    ("scheme", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "valid_until: is before"),
    ("area_place", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "valid_until: is before"),
    ("postcode", {"postcode": "ky1 1xx"}, "postcode: is no postcode"), ("postcode", {"postcode": "KY11XX"}, "postcode: is no postcode"),
    ("service", {"area_scheme": "s"}, "area: is half"),
    ("notice_rule", {"valid_until": "2026-01-01"}, "valid_until: is before"), ("notice_rule", {"upper": 20}, "upper: is not above"),
    ("notice_reason", {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "valid_until: is before"),
    ("employer_link", {"employer": "a", "other": "a"}, "other: is the employer itself"),
    ("notice", {"proposed": None}, "received: is missing"), ("notice", {"ref": "a", "supersedes": "a"}, "supersedes: is the notice itself"),
    ("incident", {"closed_on": "2026-01-01"}, "closed_on: is given"),
    ("survey", {"received": 10, "declined": 3, "used": 8}, "received: is not declined"), ("survey", {"opened": "2026-02-01", "closed": "2026-01-01"}, "closed: is before"),
    ("question", {"same_as_survey": "s"}, "same_as: is half"),
]


def broken():
    said, bad = set(), []

    def refuse(table, changes, begins=None):
        row = dict(base(table), **changes)
        try:
            insert(db, table, row)
        except sqlite3.IntegrityError as e:
            text = str(e).replace("CHECK constraint failed: ", "")
            said.add((table, text))
            if begins and not text.startswith(begins):
                bad.append("%s %s: says '%s'" % (table, changes, text))
            return
        except sqlite3.Error as e:
            text = str(e)
        else:
            text = "taken"
        bad.append("%s %s: %s" % (table, changes, text))

    for table in sorted(KINDS):
        db.execute("BEGIN")
        try:
            insert(db, table, base(table))
        except sqlite3.Error as e:
            bad.append("%s: a good row is refused: %s" % (table, e))
        db.execute("ROLLBACK")
        db.execute("BEGIN")
        sql = TABLES[table]
        parts = {col for here, *_ in references(table) for col in here}  # held by what they refer to
        for name, kind, notnull, default, pk in COLUMNS[table]:
            words = kind.split()
            for v in BAD.get(words[-1], []) if name not in parts else []:
                refuse(table, {name: v}, None if words[-1] in ("ENUM", "BOOL") else name + ": is no")
            if kind == "INTEGER" and ">= " in (re.search(r"CHECK \(%s IS CAST\(%s AS INTEGER\)[^)]*\)" % (name, name), sql) or [""])[0]:
                refuse(table, {name: -1}, name + ": is no whole number")
            if kind == "INTEGER PERCENT" and "%s BETWEEN" % name in sql:
                refuse(table, {name: 101}, name + ": is no percentage")
            if '"%s: is no ref' % name in sql:
                for v in (".x", "-x", "a b", "a/b", "x" * 65, "", "caf\u00e9"):
                    refuse(table, {name: v}, name + ": is no ref")
                for v in ("all", "ALL", "plan.csv", "Plan.XLSX", "a.yaml"):
                    refuse(table, {name: v}, name + ": may not be")
            if '"%s: is empty' % name in sql and table != "setting":
                refuse(table, {name: ""}, name + ": is empty")
            if notnull and default is None:
                refuse(table, {name: None}, "NOT NULL constraint failed")
        if "__" in table and "holds an empty text" in sql:
            refuse(table, {"item": ""}, table.split("__")[1] + ": holds an empty")
        for t, changes, begins in BETWEEN:
            if t == table:
                refuse(table, changes, begins)
        db.execute("ROLLBACK")
    ok(not bad, "bad values are refused, good ones taken, each rule in its own words", *bad[:40])
    unsaid = [(t, n) for t in sorted(KINDS) for n in re.findall(r'CONSTRAINT "([^"]*)"', TABLES[t]) if (t, n) not in said]
    ok(not unsaid, "every named rule was broken once", *unsaid)
    refs = [r for r in ("2.10", "A1", "B2.1", "2008-09", "_x", "a.b-c_d", "7", "x" * 64, "v1.2csv", "csv")]
    db.execute("BEGIN")
    for r in refs:
        insert(db, "duty", {"partnership": "p", "ref": r, "text": "t"})
    got = [r for r, in db.execute("SELECT ref FROM duty ORDER BY rowid" if "duty" in LARGE else "SELECT ref FROM duty")]
    db.execute("ROLLBACK")
    ok(sorted(got) == sorted(refs), "refs stay as they were given", got)


# ---------- triggers ----------

def raises(c, sql, begins):
    try:
        c.execute(sql)
    except sqlite3.Error as e:
        return ok(str(e).startswith(begins), "refused: " + sql, e)
    return ok(False, "refused: " + sql, "taken")


def triggers():
    c = store()
    for ref, parent in (("1", None), ("2", "1"), ("3", "2")):
        c.execute("INSERT INTO aim (partnership, ref, parent, text) VALUES ('p', ?, ?, 't')", (ref, parent))
        c.execute("INSERT INTO workgroup (partnership, ref, reports_to, name) VALUES ('p', ?, ?, 'n')", (ref, parent))
        c.execute("INSERT INTO meeting (partnership, ref, starts, moved_to) VALUES ('p', ?, '2026-01-01', ?)", (ref, parent))
        c.execute("INSERT INTO notice (partnership, ref, employer, proposed, supersedes) VALUES ('p', ?, 'e', 20, ?)", (ref, parent))
    raises(c, "UPDATE aim SET parent = '3' WHERE ref = '1'", "parent: makes a circle")
    raises(c, "UPDATE workgroup SET reports_to = '3' WHERE ref = '1'", "reports_to: makes a circle")
    raises(c, "UPDATE meeting SET moved_to = '3' WHERE ref = '1'", "moved_to: makes a circle")
    raises(c, "UPDATE notice SET supersedes = '3' WHERE ref = '1'", "supersedes: makes a circle")
    c.execute("INSERT INTO aim (partnership, ref, parent, text) VALUES ('p', '5', '4', 't')")
    raises(c, "INSERT INTO aim (partnership, ref, parent, text) VALUES ('p', '4', '5', 't')", "parent: makes a circle")
    c.execute("INSERT INTO workgroup (partnership, ref, reports_to, name) VALUES ('p', '5', '4', 'n')")
    raises(c, "INSERT INTO workgroup (partnership, ref, reports_to, name) VALUES ('p', '4', '5', 'n')", "reports_to: makes a circle")
    for a, b in ("AB", "BC"):
        c.execute("INSERT INTO action_link (partnership, action, other, kind) VALUES ('p', ?, ?, 'depends-on')", (a, b))
    c.execute("INSERT INTO action_link (partnership, action, other) VALUES ('p', 'C', 'A')")
    raises(c, "UPDATE action_link SET kind = 'depends-on' WHERE action = 'C'", "other: makes a circle")
    raises(c, "INSERT INTO action_link (partnership, action, other, kind) VALUES ('p', 'B', 'A', 'depends-on')", "other: makes a circle")
    c.execute("INSERT INTO action_link (partnership, action, other, kind) VALUES ('q', 'C', 'A', 'depends-on')")
    ok(True, "another partnership's links are none of its business")
    c.execute("INSERT INTO terms (partnership, ref, document) VALUES ('p', '1', 'one, by Ann Lee')")
    c.execute("UPDATE terms SET document = 'two, by Ann Lee'")
    c.execute("UPDATE terms SET status = 'adopted', adopted = '2026-01-01'")
    raises(c, "UPDATE terms SET document = 'three'", "document: is frozen")
    c.execute("UPDATE terms SET document = 'two, by erased-1'")
    c.execute("UPDATE terms SET status = 'draft', document = 'four'")
    ok(True, "a frozen text lets an erasure through, and thaws as a draft")
    for name, v in (("max_load", "12"), ("response_clock", "elapsed"), ("guidance", "x"), ("small_symbol", "..")):
        c.execute("INSERT INTO setting (partnership, name, value) VALUES ('p', ?, ?)", (name, v))
    raises(c, "INSERT INTO setting VALUES ('p', 'max_laod', '12')", "name: is no setting")
    raises(c, "INSERT INTO setting VALUES ('p', 'nation', 'france')", "value: is not what")
    raises(c, "INSERT INTO setting VALUES ('p', 'max_priorities', 'three')", "value: is not what")
    raises(c, "UPDATE setting SET value = 'scotland england' WHERE name = 'response_clock'", "value: is not what")
    raises(c, "UPDATE setting SET value = '-1' WHERE name = 'max_load'", "value: is not what")
    bad = [r for r in c.execute("SELECT name, value FROM setting_default WHERE value IS NOT NULL AND (words IS NOT NULL AND"
                                " instr(' ' || words || ' ', ' ' || value || ' ') = 0 OR CAST(value AS INTEGER) NOT BETWEEN least AND most)")]
    ok(not bad, "every setting's default is one it allows", *bad)


# ---------- references: one row in every table, each referring to the next ----------

def full(c):
    """One row in every kind and list, every reference set."""
    rows = {}
    for table in TABLES:
        if table.startswith("store_"):
            continue
        row = {n: value(table, n, t, TABLES[table]) for n, t, *_ in COLUMNS[table]}
        for name, kind, *_ in COLUMNS[table]:
            if kind == "TEXT REF" or name in ("code", "item", "ref"):
                row[name] = "r"
        row.update({"employer_link": {"other": "r2"}, "action_link": {"other": "r2"}, "setting": {"name": "max_load", "value": "8"},
                    "notice_rule": {"valid_until": None, "lower": 20, "upper": 100},
                    "lead": {"org": None, "workgroup": None}, "signature": {"endorsement": "given"},
                    "action": {"status": "done"}, "incident": {"status": "closed"}, "survey": {"received": 2},
                    "indicator": {"priority_period": None, "priority_number": None, "baseline_expected": None},
                    "partnership": {"session_starts": "04-01"}}.get(table, {}))
        for here, target, there, *_ in references(table):
            if target == table:  # itself: not circular
                for col in here:
                    if col not in key(table):
                        row[col] = None
        for name, kind, *_ in COLUMNS[table]:
            if name.endswith("_number") and kind == "INTEGER" and row[name] is not None:
                row[name] = 1
        rows[table] = row
    c.execute("BEGIN")
    for table, row in rows.items():
        insert(c, table, row)
        if table in ("action", "employer"):
            insert(c, table, dict(row, ref="r2"))
    c.execute("COMMIT")
    return rows


def references_hold():
    c = store(keys=True)
    try:
        rows = full(c)
    except sqlite3.Error as e:
        ok(False, "a row in every table, each reference set", e)
        return
    ok(not c.execute("PRAGMA foreign_key_check").fetchall(), "a row in every table, each reference set", c.execute("PRAGMA foreign_key_check").fetchall()[:9])
    before = {t: c.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in rows}
    bad = []
    for table in rows:
        if "__" in table:
            continue
        for col in key(table):
            kind = next(k for n, k, *_ in COLUMNS[table] if n == col)
            inbound = any(target == table for t in rows for _, target, *_ in references(t))
            if not inbound or kind not in ("TEXT REF",) or any(col in here for here, *_ in references(table)):
                continue
            try:
                c.execute("UPDATE %s SET %s = %s || '-new' WHERE %s = 'r'" % (table, col, col, col))
            except sqlite3.Error as e:
                bad.append("%s.%s: %s" % (table, col, e))
            if c.execute("PRAGMA foreign_key_check").fetchall():
                bad.append("%s.%s: references broken" % (table, col))
    ok(not bad, "a key may be renamed, and what refers to it follows", *bad)
    ok(before == {t: c.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in rows}, "renaming loses nothing")
    bad = []
    for table in rows:
        if not any(target == table and t != table for t in rows for _, target, *_ in references(t)):
            continue
        try:
            c.execute("DELETE FROM " + table)
            bad.append(table)
        except sqlite3.IntegrityError:
            pass
    ok(not bad, "what others refer to cannot be taken from under them", *bad)


# ---------- query plans ----------

def plans():
    c = store()

    def plan(sql):
        return " | ".join(r[3] for r in c.execute("EXPLAIN QUERY PLAN " + sql))
    p = plan("SELECT ref, title, due, days_overdue FROM action_overdue WHERE partnership = 'p' ORDER BY due")
    ok("USING COVERING INDEX action_open_due (partnership=? AND due<?)" in p and "TEMP B-TREE" not in p, "overdue runs down a covering partial index", p)
    for what, sql, index in (
            ("leads of a person", "SELECT action FROM lead WHERE partnership = 'p' AND person = 'x'", "lead_person"),
            ("leads of an organisation", "SELECT action FROM lead WHERE partnership = 'p' AND org = 'x'", "lead_org"),
            ("notices of an employer on a day", "SELECT ref FROM notice WHERE partnership = 'p' AND employer = 'x' AND received = 'd'", "notice_employer"),
            ("the same notice by its sender's number", "SELECT ref FROM notice WHERE partnership = 'p' AND sender_ref = 'x' AND source IS 's'", "notice_sender"),
            ("an employer by its number", "SELECT ref FROM employer WHERE partnership = 'p' AND number = 'x' AND register = 'company'", "employer_number"),
            ("cases of an employer", "SELECT ref FROM incident WHERE partnership = 'p' AND employer = 'x'", "incident_employer"),
            ("the case of a notice", "SELECT incident FROM incident__notices WHERE partnership = 'p' AND item = 'x'", "incident_notices"),
            ("actions of an aim", "SELECT action FROM action__aims WHERE partnership = 'p' AND item = 'x'", "action__aims_item"),
            ("history of a record", "SELECT seq FROM store_row WHERE kind = 'action' AND key = 'p/A1'", "store_row")):
        p = plan(sql)
        ok("INDEX " + index in p or "SEARCH store_row" in p and index == "store_row", what + ": by index", p)


# ---------- checks ----------

HEALTHY = """
INSERT INTO partnership (ref, name, session_starts) VALUES ('p', 'P', '04-01');
INSERT INTO scheme (ref, name) VALUES ('s', 'S');
INSERT INTO area (scheme, ref, name) VALUES ('s', 'a', 'A');
INSERT INTO council (code, name) VALUES ('S12000047', 'Fife');
INSERT INTO area_place (scheme, area, place) VALUES ('s', 'a', 'S12000047');
INSERT INTO holiday (division, day, title) VALUES ('scotland', '2028-12-25', 'Christmas Day'),
	('scotland', '2012-01-02', '2nd January');
INSERT INTO period (partnership, ref, starts, ends) VALUES ('p', '2026-27', '2026-04-01', '2027-03-31'), ('p', '2025-26', '2025-04-01', '2026-03-31');
INSERT INTO aim (partnership, ref, number, text) VALUES ('p', '1', '1', 'bring the employers of the county together'), ('p', '2', '2', 'strengthen the skills of its people');
INSERT INTO aim (partnership, ref, number, parent, text) VALUES ('p', '2.1', '2.1', '2', 'find out what training is needed most');
INSERT INTO priority (partnership, period, number, title, status) VALUES ('p', '2026-27', 1, 'More apprentices', 'adopted');
INSERT INTO priority__aims VALUES ('p', '2026-27', 1, '2.1'), ('p', '2026-27', 1, '1');
INSERT INTO org (partnership, ref, name, kind) VALUES ('p', 'o1', 'Council', 'employer'), ('p', 'o2', 'Hospital', 'employer');
INSERT INTO person (partnership, ref, name, org, senior) VALUES ('p', 'ann', 'Ann Lee', 'o1', 1), ('p', 'bob', 'Bob Ray', 'o2', 1);
INSERT INTO workgroup (partnership, ref, name, kind, status, size_limit, formed, meet_every) VALUES ('p', 'sg', 'Steering Group', 'steering', 'active', 4, '2026-04-01', 'quarterly');
INSERT INTO workgroup (partnership, ref, name, kind, status, reports_to, formed, finish_by, report_every, last_report)
 VALUES ('p', 'tf', 'Apprentices', 'task-and-finish', 'active', 'sg', '2026-04-01', '2027-03-31', 'quarterly', '2026-10-01');
INSERT INTO workgroup__priorities VALUES ('p', 'tf', '2026-27', 1);
INSERT INTO seat (partnership, workgroup, number, person, role) VALUES ('p', 'sg', 1, 'ann', 'chair'), ('p', 'sg', 2, 'bob', 'member'), ('p', 'tf', 1, 'bob', 'chair');
INSERT INTO terms (partnership, ref, status, adopted, reviewed, review_due, document) VALUES ('p', '1', 'adopted', '2025-04-01', '2026-04-01', '2027-04-01', 'Aims
1. bring the employers of the county together
2. strengthen the skills of its people
- 2.1 find out what training is needed most

See aims 1 and 2.1, and action A1.');
INSERT INTO charter (partnership, ref, title, starts, ends) VALUES ('p', 'c', 'Charter', '2025-04-01', '2027-03-31');
INSERT INTO signature (partnership, charter, org, signed, endorsement) VALUES ('p', 'c', 'o1', '2025-05-01', 'given'), ('p', 'c', 'o2', '2025-05-01', 'given');
INSERT INTO meeting (partnership, ref, workgroup, starts, status, quorum) VALUES ('p', 'm1', 'sg', '2026-06-09T09:30:00Z', 'held', 2),
 ('p', 'm2', 'sg', '2026-09-08T09:30:00Z', 'held', 2), ('p', 'm3', 'sg', '2026-12-08T09:30:00Z', 'planned', 2);
INSERT INTO attendance (partnership, meeting, person) VALUES ('p', 'm1', 'ann'), ('p', 'm1', 'bob'), ('p', 'm2', 'ann'), ('p', 'm2', 'bob');
INSERT INTO theme (partnership, ref, name) VALUES ('p', 'A', 'Recruitment');
INSERT INTO action (partnership, ref, theme, workgroup, title, what, outcome, raised, due, budget, status)
 VALUES ('p', 'A1', 'A', 'tf', 'Map vacancies', 'Ask every member', 'X-rays in every hospital; 3 reports', '2026-10-01', '2027-01-31', 0, 'open');
INSERT INTO action__aims VALUES ('p', 'A1', '2.1');
INSERT INTO lead (partnership, action, number, person, state) VALUES ('p', 'A1', 1, 'ann', 'accepted');
INSERT INTO indicator (partnership, ref, action, text, baseline, target) VALUES ('p', 'IN1', 'A1', 'Reports', 0, 3);
INSERT INTO action (partnership, ref, title, status, done_on) VALUES ('p', 'A0', 'Begin', 'done', '2026-05-01');
INSERT INTO employer (partnership, ref, name) VALUES ('p', 'e', 'Mill');
INSERT INTO notice (partnership, ref, employer, council, received, proposed) VALUES ('p', '2026-1', 'e', 'S12000047', '2026-11-02', 40);
INSERT INTO incident (partnership, ref, employer, told, respond_by, responded_at, status, owner) VALUES ('p', 'I1', 'e', '2026-11-02T10:00:00Z', '2026-11-04T10:00:00Z', '2026-11-03T10:00:00Z', 'contacted', 'ann');
INSERT INTO incident__areas VALUES ('p', 'I1', 's', 'a');
INSERT INTO incident__notices VALUES ('p', 'I1', '2026-1');
INSERT INTO issue_log (partnership, ref, title, raised, due, owner) VALUES ('p', 'L1', 'Money', '2026-11-01', '2026-12-01', 'ann');
"""

# What spoils the healthy store, and which check then speaks of what.
SPOIL = [
    ("action_what", "A1", "UPDATE action SET what = NULL"),
    ("action_lead", "A1", "DELETE FROM lead"),
    ("action_lead", "A1", "UPDATE lead SET person = NULL, as_written = 'Named lead?'"),
    ("action_lead", "A1", "UPDATE lead SET person = NULL, workgroup = 'sg'"),
    ("action_lead", "A1", "UPDATE lead SET person = NULL, org = 'o1'"),
    ("action_lead", "A1", "UPDATE lead SET state = 'declined'"),
    ("action_lead_unknown", "A1", "INSERT INTO lead (partnership, action, number, as_written) VALUES ('p', 'A1', 2, 'everybody')"),
    ("action_accepted", "A1", "UPDATE lead SET state = 'proposed'"),
    ("action_lead_inactive", "A1", "UPDATE person SET active = 0 WHERE ref = 'ann'"),
    ("action_date", "A1", "UPDATE action SET due = NULL"),
    ("action_date", "A1", "UPDATE action SET due = NULL, review_by = '2026-11-01'"),
    ("action_proposed", "A1", "UPDATE action SET status = 'proposed', due = '2026-11-01' WHERE ref = 'A1'"),
    ("action_measure", "A1", "UPDATE indicator SET target = NULL"),
    ("action_unfilled", "A1", "UPDATE action SET outcome = 'X reports by May'"),
    ("action_unfilled", "A1", "UPDATE action SET outcome = '- one\n- X bids made'"),
    ("action_unfilled", "A1", "INSERT INTO step (partnership, action, number, text) VALUES ('p', 'A1', 1, 'print TBC copies')"),
    ("action_unfilled", "A1", "UPDATE indicator SET target = NULL, target_text = 'X'"),
    ("action_aim", "A1", "DELETE FROM action__aims"),
    ("action_cost", "A1", "UPDATE action SET budget = NULL"),
    ("action_after_group", "A1", "UPDATE workgroup SET finish_by = '2026-12-31' WHERE ref = 'tf'"),
    ("action_load", "A1", "INSERT INTO setting VALUES ('p', 'max_load', '1'); INSERT INTO action (partnership, ref, title, due) VALUES ('p', 'A', 'a', '2026-12-01');"
     " INSERT INTO lead (partnership, action, number, person) VALUES ('p', 'A', 1, 'ann')"),
    ("action_stale", "A1", "UPDATE action SET raised = '2026-01-01'"),
    ("action_reason", "A1", "UPDATE action SET status = 'blocked' WHERE ref = 'A1'"),
    ("action_depends", "A1", "INSERT INTO action (partnership, ref, title, due, raised) VALUES ('p', 'A2', 'a', '2027-02-28', '2026-11-01');"
     " INSERT INTO action_link (partnership, action, other, kind) VALUES ('p', 'A1', 'A2', 'depends-on')"),
    ("indicator_target", "IN1", "UPDATE indicator SET target = NULL"),
    ("indicator_baseline", "IN1", "UPDATE indicator SET baseline = NULL"),
    ("indicator_baseline", "IN1", "UPDATE indicator SET baseline = NULL, baseline_expected = '2026-11-01'"),
    ("aim_number", "1", "UPDATE aim SET number = '2' WHERE ref = '1'"),
    ("aim_parent", "2.1", "UPDATE aim SET number = '3.1' WHERE ref = '2.1'"),
    ("aim_unserved", "1", "DELETE FROM priority__aims WHERE item = '1'"),
    ("aim_retired", "A1", "UPDATE aim SET retired = '2026-01-01' WHERE ref = '2.1'"),
    ("priority_reason", "2026-27/1", "UPDATE priority SET status = 'declined'"),
    ("plan_action", "A9/2026-27", "INSERT OR IGNORE INTO plan (partnership, action, period) VALUES ('p', 'A1', '2026-27');"
     " INSERT INTO action (partnership, ref, title) VALUES ('p', 'A9', 'a')"),
    ("priority_aim", "2026-27/1", "DELETE FROM priority__aims"),
    ("priority_group", "2026-27/1", "DELETE FROM workgroup__priorities"),
    ("priority_many", "2026-27", "INSERT INTO setting VALUES ('p', 'max_priorities', '1'); INSERT INTO priority (partnership, period, number, title) VALUES ('p', '2026-27', 2, 't')"),
    ("period_overlap", "2026-27", "UPDATE period SET ends = '2026-04-30' WHERE ref = '2025-26'"),
    ("terms_review", "1", "UPDATE terms SET review_due = '2026-11-01'"),
    ("terms_review", "1", "UPDATE terms SET review_due = NULL, reviewed = NULL, adopted = NULL"),
    ("terms_two", "0", "INSERT INTO terms (partnership, ref, status, adopted, review_due) VALUES ('p', '0', 'adopted', '2024-01-01', '2027-01-01')"),
    ("terms_changed", "1", "UPDATE terms SET status = 'draft'; UPDATE terms SET status = 'adopted',"
     " document = '# P: terms of reference\n\n## Old\n\nGone\n' WHERE ref = '1'"),
    ("terms_changed", "2.1", "UPDATE terms SET status = 'draft'; UPDATE terms SET status = 'adopted',"
     " document = '# P: terms of reference\n\n## Aims\n\n- 1 one\n' WHERE ref = '1'"),
    ("workgroup_priority", "tf", "DELETE FROM workgroup__priorities"),
    ("workgroup_proposed", "tf", "UPDATE workgroup SET status = 'proposed' WHERE ref = 'tf'"),
    ("workgroup_reports_to", "tf", "UPDATE workgroup SET reports_to = NULL"),
    ("workgroup_size", "sg", "UPDATE workgroup SET size_limit = 1"),
    ("workgroup_ended", "tf", "UPDATE workgroup SET finish_by = '2026-11-01' WHERE ref = 'tf'"),
    ("workgroup_report", "tf", "UPDATE workgroup SET last_report = '2026-07-01' WHERE ref = 'tf'"),
    ("workgroup_meeting", "sg", "UPDATE meeting SET status = 'cancelled', reason = 'snow' WHERE ref <> 'm1'"),
    ("workgroup_nobody", "tf", "DELETE FROM seat WHERE workgroup = 'tf'"),
    ("workgroup_chair", "tf", "UPDATE seat SET role = 'member' WHERE workgroup = 'tf'"),
    ("seat_signature", "sg/2", "DELETE FROM signature WHERE org = 'o2'"),
    ("seat_senior", "sg/2", "UPDATE person SET senior = 0 WHERE ref = 'bob'"),
    ("seat_inactive", "sg/2", "UPDATE person SET active = 0 WHERE ref = 'bob'"),
    ("charter_shortfall", "c/o2", "UPDATE attendance SET state = 'apologies' WHERE person = 'bob'"),
    ("charter_shortfall", "c/o2", "UPDATE signature SET ended = '2025-12-01' WHERE org = 'o2'"),
    ("signature_endorsement", "c/o2", "UPDATE signature SET endorsement = 'asked' WHERE org = 'o2'"),
    ("charter_review", "c", "UPDATE charter SET review_due = '2026-11-01'"),
    ("meeting_past", "m3", "UPDATE meeting SET starts = '2026-11-18' WHERE ref = 'm3'"),
    ("meeting_past", "m3", "UPDATE meeting SET status = 'held' WHERE ref = 'm3'"),
    ("meeting_reason", "m3", "UPDATE meeting SET status = 'cancelled' WHERE ref = 'm3'"),
    ("meeting_reason", "m3", "UPDATE meeting SET status = 'moved', reason = 'snow' WHERE ref = 'm3'"),
    ("meeting_quorum", "m2", "UPDATE attendance SET state = 'absent' WHERE meeting = 'm2' AND person = 'bob'"),
    ("issue_overdue", "L1", "UPDATE issue_log SET due = '2026-11-10'"),
    ("issue_became", "L1", "UPDATE issue_log SET kind = 'recommendation', status = 'accepted'"),
    ("text_reference", "L1", "UPDATE issue_log SET text = 'It would meet aims 1, 2.1 and 7.'"),
    ("text_reference", "L1", "UPDATE issue_log SET text = 'See action Z9'"),
    ("text_reference", "L1", "UPDATE issue_log SET text = 'A draft is in Appendices IX and V.'"),
    ("text_number", "c", "UPDATE charter SET body = 'We aim to\n\n6. bring the employers of the county together\n7. strengthen the skills of its people'"),
    ("same_ref", "a1", "INSERT INTO action (partnership, ref, title, status) VALUES ('p', 'a1', 'Map', 'done')"),
    ("same_name", "bob", "UPDATE person SET name = 'bob ray' WHERE ref = 'ann'"),
    ("incident_late", "I1", "UPDATE incident SET responded_at = NULL"),
    ("incident_area", "I1", "DELETE FROM incident__areas"),
    ("incident_owner", "I1", "UPDATE incident SET owner = NULL"),
    ("incident_told", "I1", "UPDATE incident SET told = '2027-01-05'"),
    ("incident_told", "I1", "UPDATE incident SET responded_at = '2026-11-02T09:59:00Z'"),
    ("incident_told", "I1", "UPDATE incident SET responded_at = '2026-11-01'"),
    ("incident_told", "I1", "UPDATE incident SET told = '2026-11-04'"),
    ("incident_clock", "I1", "UPDATE incident SET respond_by = NULL, responded_at = NULL"),
    ("incident_clock", "I1", "UPDATE incident SET told = NULL, respond_by = NULL, responded_at = NULL"),
    ("incident_long", "I1", "UPDATE incident SET told = '2026-01-05'"),
    ("incident_wash_up", "I1", "UPDATE incident SET status = 'closed'"),
    ("notice_warning", "2026-1", "INSERT INTO notice__warnings VALUES ('p', '2026-1', 'place-unknown')"),
    ("notice_warning", "2026-1", "INSERT INTO notice (partnership, ref, employer, received) VALUES ('p', '2026-0', 'e', '2026-11-01'); INSERT INTO notice__warnings VALUES ('p', '2026-1', 'maybe-replaces 2026-0')"),
    ("notice_warning", "2026-1", "INSERT INTO employer (partnership, ref, name) VALUES ('p', 'e2', 'Mills'); INSERT INTO notice__warnings VALUES ('p', '2026-1', 'maybe-same-employer e2')"),
    ("incident_withdrawn", "I1", "UPDATE notice SET status = 'withdrawn'"),
    ("incident_twice", "I2", "INSERT INTO incident (partnership, ref, employer, told) VALUES ('p', 'I2', 'e', '2026-11-03T10:00:00Z')"),
    ("area_place_council", "s/a/Fife", "INSERT INTO area_place (scheme, area, place) VALUES ('s', 'a', 'Fife')"),
    ("area_place_postcode", "s/a/ky1", "INSERT INTO area_place (scheme, area, place, kind) VALUES ('s', 'a', 'ky1', 'district')"),
    ("survey_sum", "v/Q1", "INSERT INTO survey (partnership, ref, title) VALUES ('p', 'v', 'Views'); INSERT INTO question (partnership, survey, ref, text, kind) VALUES ('p', 'v', 'Q1', 'Effective?', 'single'); "
     "INSERT INTO tally (partnership, survey, question, number, answer, percent) "
     "VALUES ('p', 'v', 'Q1', 1, 'agreed', 39), ('p', 'v', 'Q1', 2, 'strongly agreed', 15), ('p', 'v', 'Q1', 3, 'neutral', 33), ('p', 'v', 'Q1', 4, 'did not agree', 15)"),
    ("holidays_end", "scotland", "UPDATE holiday SET day = '2026-12-25' WHERE day > '2028'"),
    ("holidays_begin", "I1", "DELETE FROM holiday WHERE day < '2028'"),
    ("cost_negative", "A1", "PRAGMA ignore_check_constraints = 1; UPDATE action SET budget = -1 WHERE ref = 'A1'; PRAGMA ignore_check_constraints = 0"),
    ("cost_negative", "A1", "PRAGMA ignore_check_constraints = 1; UPDATE action SET spent = -1 WHERE ref = 'A1'; PRAGMA ignore_check_constraints = 0"),
    ("cost_negative", "m3", "PRAGMA ignore_check_constraints = 1; UPDATE meeting SET cost = -1 WHERE ref = 'm3'; PRAGMA ignore_check_constraints = 0"),
    ("cost_negative", "A1/1", "PRAGMA ignore_check_constraints = 1; INSERT INTO progress (partnership, action, number, noted_on, text, spent) VALUES ('p', 'A1', 1, '2026-11-02', 'x', -1); PRAGMA ignore_check_constraints = 0"),
    ("setting_guidance", "guidance", "INSERT INTO setting VALUES ('p', 'guidance', 'no-such')"),
]


def checks():
    faults = sorted(v for v in VIEWS if v.startswith("fault_"))
    c = store(keys=True)
    c.executescript("BEGIN;" + HEALTHY + "COMMIT;")
    found = [(v,) + r for v in faults for r in c.execute("SELECT kind, ref, fault FROM " + v)]
    ok(not found, "nothing is found in a store that is in order", *found)
    c.execute("PRAGMA foreign_keys = 0")
    for view, ref, sql in SPOIL:
        c.execute("BEGIN")
        for part in sql.split("; "):
            c.execute(part)
        rows = c.execute("SELECT severity, kind, ref, fault, remedy FROM fault_" + view).fetchall()
        good = any(r[2] == ref for r in rows) and all(r[0] in ("error", "warning", "note") and all(r) for r in rows)
        ok(good, "%s: %s" % (view, sql.split("\n")[0][:90]), *(rows or ["nothing is found"]))
        c.execute("ROLLBACK")
    never = set(faults) - {"fault_" + v for v, *_ in SPOIL}
    ok(not never, "every check was made to speak", *never)
    smart = [v for v in faults if v.startswith("fault_action_")]
    bad = [v for v in smart if "'action'," not in VIEWS[v]]
    ok(not bad, "checks of actions say kind action, so that smart has them", *bad)


# ---------- views: figures by another way ----------

def figures():
    c = store(keys=True)
    c.executescript("BEGIN;" + HEALTHY + """
INSERT INTO action (partnership, ref, title, due, status, workgroup) VALUES ('p', 'A2', 'Late', '2026-11-10', 'open', 'tf'), ('p', 'A3', 'Stuck', '2026-11-19', 'blocked', 'tf'),
 ('p', 'A4', 'Today', '2026-11-20', 'open', NULL), ('p', 'A5', 'Idea', '2026-01-01', 'proposed', NULL);
INSERT INTO lead (partnership, action, number, person, org, workgroup, as_written) VALUES ('p', 'A2', 1, 'bob', NULL, NULL, NULL), ('p', 'A2', 2, NULL, 'o1', NULL, NULL),
 ('p', 'A3', 1, NULL, NULL, 'sg', NULL), ('p', 'A3', 2, NULL, NULL, NULL, 'who?');
INSERT INTO notice (partnership, ref, employer, site, council, received, first_dismissal, proposed) VALUES ('p', '2026-2', 'e', 'Leven', 'S12000047', '2026-09-01T09:00:00Z', '2026-10-01', 120),
 ('p', '2026-3', 'e', NULL, NULL, '2026-11-03', NULL, NULL);
INSERT INTO notice_rule (nation, valid_from, lower, upper, lower_days, upper_days) VALUES ('scotland', '2013-04-06', 20, 100, 30, 45);
INSERT INTO incident (partnership, ref, employer, told, respond_by, status) VALUES ('p', 'I2', 'e', '2026-11-17T10:00:00Z', '2026-11-19T10:00:00Z', 'new');
INSERT INTO survey (partnership, ref, title, invited, received, declined, used) VALUES ('p', 'v', 'Views', 36, 10, 3, 7);
COMMIT;""")

    def get(sql):
        return c.execute(sql).fetchall()

    def same(name, got, want):
        ok(got == want, name, "got  %s" % got, "want %s" % want)
    same("overdue: open and blocked, past their day", get("SELECT ref, days_overdue, leads FROM action_overdue ORDER BY due"),
         [("A2", 10, "Bob Ray, Council"), ("A3", 1, "Steering Group, who?")])
    same("due: from today on", get("SELECT ref, days_left FROM action_due ORDER BY due"), [("A4", 0), ("A1", 72)])
    same("a lead that is a group is written to through its chair", get("SELECT name, person FROM action_lead WHERE action = 'A3'"), [("Steering Group", "ann"), ("who?", None)])
    same("workload by quarter", get("SELECT lead, quarter, actions, overdue FROM workload ORDER BY lead, quarter"),
         [("ann", "2027 Q1", 1, 0), ("bob", "2026 Q4", 1, 1), ("o1", "2026 Q4", 1, 1), ("sg", "2026 Q4", 1, 1)])
    same("a sub-aim counts for its parent", get("SELECT aim, priorities, actions, covered FROM aim_coverage WHERE period = '2026-27' ORDER BY aim"),
         [("1", 1, 0, 1), ("2", 1, 1, 1), ("2.1", 1, 1, 1)])
    same("notices by month and area, quiet months too", get("SELECT month, area, notices, employers, sites, proposed, unclear FROM notice_month ORDER BY month, area IS NULL"),
         [("2026-09", "a", 1, 1, 1, 120, 0), ("2026-10", "a", 0, 0, 0, 0, 0), ("2026-11", "a", 1, 1, 1, 40, 0), ("2026-11", None, 1, 1, 1, 0, 1)])
    same("bands and days by the law of the day", get("SELECT ref, band, days_given, days_asked FROM notice_detail ORDER BY ref"),
         [("2026-1", "20\u201399", None, 30), ("2026-2", "100 and more", 30, 45), ("2026-3", "unknown", None, None)])
    same("late cases", get("SELECT ref, hours_late FROM incident_late"), [("I2", 26.0)])
    same("share answered in time", get("SELECT month, incidents, met, late, open, share FROM response_month"), [("2026-11", 2, 1, 1, 0, 50.0)])
    same("both rates of a survey", get("SELECT received_share, used_share FROM survey_rate"), [(27.8, 19.4)])
    same("steadiness", get("SELECT org, meetings, attended, faces, same FROM attendance_continuity ORDER BY org"), [("o1", 2, 2, 1, 2), ("o2", 2, 2, 1, 2)])
    same("median of two", get("SELECT value, median FROM compare_measure WHERE measure = 'notices'"), [(3, 3.0)])
    c.execute("UPDATE area_place SET kind = 'council'")
    c.executescript("INSERT INTO area (scheme, ref, name) VALUES ('s', 'b', 'B'); INSERT INTO area_place (scheme, area, place) VALUES ('s', 'b', 'S12000047');")
    same("a council in two areas is not split", get("SELECT DISTINCT area, area_name FROM notice_area"), [(None, "Fife, not split")])
    c.executescript("INSERT INTO area_place (scheme, area, place, kind) VALUES ('s', 'b', 'KY8', 'district'); UPDATE notice SET postcode = 'KY8 4AA' WHERE ref = '2026-2';")
    same("until a district settles it", get("SELECT area FROM notice_area WHERE notice = '2026-2'"), [("b",)])
    ok(get("SELECT count(*) FROM deadline WHERE day >= '2026-11-20'")[0][0] > 5, "deadlines are gathered from every kind")


for part in (names, types, forms, keys, sentences, views, stored, broken, triggers, references_hold, plans, checks, figures):
    part()
print("1..%d" % count)
sys.exit(1 if failed else 0)
