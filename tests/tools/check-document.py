#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Load YAML documents into a fresh store by the schema alone, and say what does not fit.

    tests/tools/check-document.py [--schema=DIR] [--keep=FILE] DOCUMENT ... TABLE.csv ...

An oracle that shares no code with the programs: it knows kinds and fields from the tables of
lib/schema and the form of documents from compact-document(5). It takes ISO dates, yes and no,
plain decimals and refs only; programs take more. Shared records are to be given too; a table holds
records of the kind that is its name.
"""
import csv
import glob
import os
import sqlite3
import sys

import yaml

SHORTHANDS = {
    "meeting": {w: ("attendance", "person", {"state": w}) for w in ("present", "apologies", "absent")},
}
faults = []


class Store:
    """The tables of the schema, and how they hang together."""

    def __init__(self, folder, path):
        self.db = sqlite3.connect(path)
        for name in sorted(glob.glob(os.path.join(folder, "*.sql"))):
            self.db.executescript(open(name, encoding="utf-8").read())
        self.tables = {}
        for (name,) in self.db.execute("select name from sqlite_schema where type='table'"):
            columns = {c[1]: c for c in self.db.execute(f"pragma table_xinfo({name})")}
            keys = {}
            for r in self.db.execute(f"pragma foreign_key_list({name})"):
                keys.setdefault(r[0], []).append((r[3], r[2], r[4]))
            self.tables[name] = {
                "columns": columns,
                "key": [c[1] for c in sorted(columns.values(), key=lambda c: c[5]) if c[5]],
                "references": list(keys.values()),
            }

    def kinds(self):
        return {t for t in self.tables if "__" not in t and not t.startswith(("store_", "sqlite_"))}

    def own_key(self, kind):
        return [k for k in self.tables[kind]["key"] if k != "partnership"]

    def is_child(self, kind, parent):
        """Whether a record of kind stands under one of parent by its key."""
        for reference in self.tables[kind]["references"]:
            if reference[0][1] == parent and parent != "partnership":
                local = [r[0] for r in reference if r[0] != "partnership"]
                key = self.own_key(kind)
                if local == key[: len(local)] and len(key) > len(local):
                    return local
        return None

    def parts(self, kind, field):
        """The columns a field fills: itself, or those of a reference to a longer key."""
        columns = self.tables[kind]["columns"]
        if field in columns:
            return [field]
        for reference in self.tables[kind]["references"]:
            local = [r[0] for r in reference if r[0] != "partnership"]
            if len(local) > 1 and all(c.startswith(field + "_") for c in local):
                return local
        return None


def convert(declared, text):
    if text is None or text == "":
        return None
    if declared.endswith("BOOL"):
        return {"yes": 1, "no": 0}.get(text, text)
    if declared.endswith("PENCE"):
        return round(float(text) * 100)
    if declared.startswith("INTEGER"):
        return int(text)
    if declared == "REAL":
        return float(text)
    return text


def insert(store, table, row, where):
    names = ", ".join(f'"{c}"' for c in row)
    marks = ", ".join("?" * len(row))
    try:
        store.db.execute(f'insert into "{table}" ({names}) values ({marks})', list(row.values()))
    except (sqlite3.Error, ValueError) as e:
        faults.append(f"{where}: {e}")


def load_list(store, kind, field, key, items, where):
    table = store.tables[f"{kind}__{field}"]
    item = [c for c in table["key"] if c == "item" or c.startswith("item_")]
    owner = [c for c in table["key"] if c not in item and c != "partnership"]
    # The partnership's own list has no further column for its owner.
    for text in items.split(";") if isinstance(items, str) else items:
        row = {"partnership": key.get("partnership", key.get("ref"))} if "partnership" in table["columns"] else {}
        row.update(zip(owner, [key[k] for k in store.own_key(kind)]))
        row.update(zip(item, text.split("/") if len(item) > 1 else [text]))
        insert(store, f"{kind}__{field}", row, f"{where}: {field} {text!r}")


def load_record(store, kind, record, partnership, inherited, position, where):
    table = store.tables[kind]
    row = dict(inherited)
    if "partnership" in table["columns"] and kind != "partnership":
        row["partnership"] = partnership
    last = store.own_key(kind)[-1]
    if last in ("number", "position") and last not in record:
        row[last] = position
    nested, lists = [], []
    for field, value in record.items():
        parts = store.parts(kind, field)
        if parts:
            if isinstance(value, (list, dict)):
                faults.append(f"{where}: {field}: is no single value")
                continue
            texts = [value] if len(parts) == 1 else value.split("/")
            for column, text in zip(parts, texts):
                try:
                    row[column] = convert(table["columns"][column][2], text)
                except ValueError:
                    faults.append(f"{where}: {field}: {text!r} is no {table['columns'][column][2]}")
        elif f"{kind}__{field}" in store.tables:
            lists.append((field, value))
        elif field in SHORTHANDS.get(kind, {}):
            child, column, rest = SHORTHANDS[kind][field]
            nested.append((child, [{column: v, **rest} for v in value]))
        elif field in store.kinds() and store.is_child(field, kind):
            nested.append((field, value))
        else:
            faults.append(f"{where}: {field}: no such field")
    insert(store, kind, row, where)
    for field, items in lists:
        load_list(store, kind, field, row, items, where)
    for child, records in nested:
        local = store.is_child(child, kind)
        under = dict(zip(local, [row[k] for k in store.own_key(kind)]))
        for n, r in enumerate(records, 1):
            load_record(store, child, r, partnership, under, n, f"{where}: {child} {n}")


def load_document(store, document, name):
    partnership = None
    if "partnership" in document:
        p = document["partnership"]
        partnership = p if isinstance(p, str) else p[0]["ref"]
    for kind, records in document.items():
        if kind == "partnership" and isinstance(records, str) or kind == "counters":
            continue
        if kind not in store.kinds():
            faults.append(f"{name}: {kind}: no such kind")
            continue
        for n, record in enumerate(records, 1):
            where = f"{name}: {kind} {record.get('ref', n)}"
            load_record(store, kind, record, partnership, {}, n, where)


def read_table(name):
    """A CSV file as a document of one kind: empty cells left out, lists cut."""
    kind = os.path.basename(name)[: -len(".csv")]
    with open(name, encoding="utf-8", newline="") as f:
        return {kind: [{k: v for k, v in row.items() if v} for row in csv.DictReader(f)]}


def check_references(store):
    """SQLite's own check cannot name a row without a rowid."""
    for name, table in store.tables.items():
        for reference in table["references"]:
            target = reference[0][1]
            on = " and ".join(f't."{to}" = s."{own}"' for own, _, to in reference)
            held = " and ".join(f's."{own}" is not null' for own, _, _ in reference)
            shown = " || '/' || ".join(f's."{own}"' for own, _, _ in reference)
            query = f'select {shown} from "{name}" s where {held} and not exists (select 1 from "{target}" t where {on})'
            for (text,) in store.db.execute(query):
                faults.append(f"{name}: {target} '{text}' is not there")


def main():
    schema, keep = "lib/schema", ":memory:"
    names = []
    for a in sys.argv[1:]:
        if a.startswith("--schema="):
            schema = a[9:]
        elif a.startswith("--keep="):
            keep = a[7:]
        else:
            names.append(a)
    store = Store(schema, keep)
    for name in names:
        if name.endswith(".csv"):
            load_document(store, read_table(name), os.path.basename(name))
            continue
        with open(name, encoding="utf-8") as f:
            for document in yaml.load_all(f, yaml.BaseLoader):
                load_document(store, document, os.path.basename(name))
    check_references(store)
    for f in dict.fromkeys(faults):
        print(f)
    store.db.commit()
    return 1 if faults else 0


sys.exit(main())
