#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""random-kinds.py SEED: kinds that nobody planned for, added to a store by SQL alone.

Makes here.db in this folder with random tables (keys of several parts, parents, lists, every declared type, names that
are words of SQL), then runs the record verbs over them. A program may refuse; it may not crash or say that something is
wrong within it, and what is dumped must load into another store with the same tables and dump the same bytes.
Prints what is not so; says nothing where all is well.
"""
import csv
import os
import random
import sqlite3
import subprocess
import sys

rnd = random.Random(int(sys.argv[1]))
TYPES = ["TEXT", "TEXT REF", "TEXT DATE", "TEXT MOMENT", "TEXT TIME", "INTEGER", "INTEGER BOOL", "INTEGER MONEY", "REAL",
         "TEXT MARKDOWN", "TEXT PERSONAL", "TEXT POSTCODE", "TEXT NUMBER", "TEXT EMAIL", "TEXT NOSUCH", "BLOB", "", "NUMERIC"]
KINDS = ["venue", "room", "desk", "order", "group", "kiosk", "pier", "a_b"]
FIELDS = ["name", "title", "class", "order", "group", "select", "index", "key", "Ärea", "x y", 'a"b', "o'k", "status"]
VALUES = {"date": ["2026-01-02", "3 Mar 2026"], "moment": ["2026-01-02", "2026-01-02 10:00"], "time": ["2026-01-02 10:00"],
          "integer": ["1", "7", "-2"], "bool": ["yes", "no"], "money": ["12.50", "£1,000"], "real": ["1.5", "0"],
          "ref": ["A", "b", "v1"], "enum": ["a", "b'c", "ü"], "email": ["a@b.org"], "postcode": ["FK1 1AA"]}
TEXTS = ["x", 'Ä "q"', "it's", "a;b", "=1+1", "  sp", "line1\nline2", ""]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def run(*words, given=None):
    p = subprocess.run(words, input=given, capture_output=True, text=True, errors="replace", timeout=120)
    wrong = p.returncode < 0 or p.returncode in (70, 134, 139)
    if wrong or "Sanitizer" in p.stderr or "runtime error" in p.stderr:
        print(f"{' '.join(words)}: {p.returncode}\n{p.stderr[:1500]}")
    return p


def table(number, made):
    """CREATE TABLE of one kind, and of a list of it perhaps."""
    name = rnd.choice(KINDS) + str(number)
    local = rnd.random() < 0.6
    columns, keys, rules = [], [], []
    if local:
        columns.append("partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED")
        keys.append("partnership")
    parents = [m for m in made if m["local"] == local]
    if parents and rnd.random() < 0.4:
        parent = rnd.choice(parents)
        own = [k for k in parent["keys"] if k != "partnership"]
        names = [parent["name"]] if len(own) == 1 else [f"p{i}" for i in range(len(own))]
        columns += [f"{quoted(n)} TEXT REF NOT NULL" for n in names]
        whose = ["partnership"] if local else []
        keys += names
        rules.append(f"FOREIGN KEY ({', '.join(map(quoted, whose + names))}) REFERENCES {quoted(parent['name'])}"
                     f" ({', '.join(map(quoted, whose + own))}) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED")
    for i in range(rnd.choice([1, 1, 1, 2, 3])):
        key = rnd.choice(["ref", "code", "number"]) + (str(i) if i else "")
        kind = "INTEGER" if key.startswith("number") else rnd.choice(["TEXT REF", "TEXT REF", "TEXT", "INTEGER"])
        columns.append(f"{quoted(key)} {kind} NOT NULL")
        keys.append(key)
    for field in rnd.sample(FIELDS, rnd.randint(0, 8)):
        kind, rule = rnd.choice(TYPES), rnd.choice(["", "", " NOT NULL"])
        if rnd.random() < 0.15:
            kind, rule = "TEXT ENUM", f" CHECK ({quoted(field)} IN ('a','b''c','ü'))"
        comment = rnd.choice(["/* A thing. */", "/* *Shown. */", "/* ref: V */", "/*  */", ""])
        columns.append(f"{quoted(field)} {kind}{rule} {comment}")
    comment = rnd.choice(["A kind.", "A kind. ref: K", "", "ref: "])
    yield {"name": name, "local": local, "keys": keys}, (
        f"CREATE TABLE {quoted(name)} /* {comment} */ ({', '.join(columns)}, PRIMARY KEY ({', '.join(map(quoted, keys))})"
        f"{''.join(', ' + r for r in rules)}){rnd.choice(['', ' WITHOUT ROWID'])}")
    if local and len(keys) == 2 and rnd.random() < 0.4:
        yield None, (f"CREATE TABLE {quoted(name + '__things')} (partnership TEXT REF NOT NULL, {quoted(name)} TEXT REF NOT NULL,"
                     f" item {rnd.choice(['TEXT', 'TEXT REF', 'INTEGER'])} NOT NULL, PRIMARY KEY (partnership, {quoted(name)}, item))")


def store(path, tables):
    run("compact-init", "-q", "-d", path, "ref=here", "name=Here")
    run("compact-init", "-q", "-d", path, "--add", "ref=there", "name=There")
    db = sqlite3.connect(path)
    for sql in tables:
        db.execute(sql)
    db.commit()
    db.close()


def value(declared):
    word = declared.lower().split()[0] if declared else ""
    return rnd.choice(VALUES.get(word, TEXTS) if rnd.random() < 0.9 else ["1", "x", "2026-01-02", "-3", "no such"])


def use(kind):
    name = kind["name"]
    listing = ("compact-record", "-d", "here.db", name, "list", "-p", "all")
    fields = {r["field"]: r.get("type", "") for r in csv.DictReader(
        run("compact-record", "-d", "here.db", "fields", name, "-o", "csv").stdout.splitlines())}
    plain = [f for f in fields if f != "partnership" and not set(" \"'") & set(f)]
    for _ in range(10):
        ref = "/".join(rnd.choice(["1", "2", "A", "b", "v1"]) for k in kind["keys"] if k != "partnership")
        given = [f"{f}={value(fields[f])}" for f in plain if rnd.random() < 0.8]
        words = rnd.choice([["add", *([ref] if rnd.random() < 0.5 else []), *given]] * 4 +
                           [["set", ref, *given], ["set", ref, "ref=Q9"], ["remove", ref, "--children"], ["show", ref]])
        run("compact-record", "-d", "here.db", name, "-p", rnd.choice(["here", "there"]), *words)
    for form in ("text", "csv", "json", "yaml", "md"):
        run(*listing, "-o", form)
    for field in list(fields)[:4]:
        run(*listing, f"{field}.has=a")
        run(*listing, f"{field}.before=2026-01-01")
        run(*listing, f"--sort={field}")
    rows = run("compact-record", "-d", "here.db", name, "list", "-p", "here", "-o", "csv").stdout
    again = run("compact-record", "-d", "here.db", name, "load", "-p", "here", "-", given=rows)
    if again.returncode == 0 and " 0 new, 0 changed," not in again.stderr:
        print(f"{name}: its own listing loaded back says {again.stderr}")


def main():
    for old in ("here.db", "copy.db"):
        if os.path.exists(old):
            os.remove(old)
    made, tables = [], []
    for i in range(rnd.randint(1, 4)):
        for kind, sql in table(i, made):
            tables.append(sql)
            if kind:
                made.append(kind)
    store("here.db", tables)
    for kind in made:
        use(kind)
    first = run("compact-dump", "--personal", "-d", "here.db")
    with open("dump.yaml", "w", encoding="utf-8") as out:
        out.write(first.stdout)
    store("copy.db", tables)
    loaded = run("compact-load", "-q", "-d", "copy.db", "dump.yaml")
    second = run("compact-dump", "--personal", "-d", "copy.db")
    if first.returncode or loaded.returncode or first.stdout != second.stdout:
        print(f"dump {first.returncode} {first.stderr[:400]} load {loaded.returncode} {loaded.stderr[:600]}"
              f" same {first.stdout == second.stdout}")
    for _ in range(4):
        run("compact-log", "undo", "last", "-d", "here.db")


main()
