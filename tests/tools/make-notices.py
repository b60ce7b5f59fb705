#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A workbook of 500 redundancy notices as a national team sends it: make-notices.py FILE.xlsx [amended]

Two sheets by half-year beside one of notes; titles, a heading over two rows with merged cells, money
formats, numbers as text, dates as Excel's day numbers, company numbers without their zeros, totals.
"""
import importlib.util
import os
import sys
from datetime import date, timedelta

spec = importlib.util.spec_from_file_location("make_sheet", os.path.join(os.path.dirname(__file__), "make-sheet.py"))
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)

COUNCILS = ("Aberdeen City;Angus;City of Edinburgh;Dundee City;Fife;Glasgow City;Highland;Perth & Kinross;Orkney;"
            "Comhairle nan Eilean Siar;S12000015;Dumfries & Galloway Council;The Moray Council").split(";")
NAMES = "Alder Birch Corrie Dunlin Esk Fairburn Glen Harbour Islay Juniper Kestrel Lomond".split()
KINDS = "Foods,Retail,Care,Textiles,Hotels,Software,Marine".split(",")
DATE, MONEY, PLAIN = 1, 2, 0


def serial(d):
    return (d - date(1899, 12, 30)).days


def text(ref, s):
    return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, s.replace("&", "&amp;"))


def number(ref, n, style=PLAIN):
    return '<c r="%s" s="%d"><v>%s</v></c>' % (ref, style, n)


def rows_of(first, n, amended):
    out = ['<row r="1">%s</row>' % text("A1", "Advance notification of redundancies – restricted"),
           '<row r="2">%s</row>' % text("A2", "Scottish notices, prepared by the national team")]
    top = {"A": "Notice", "C": "Employer", "F": "Location", "H": "Dates", "J": "Numbers"}
    low = {"A": "Ref", "B": "Date received", "C": "Name", "D": "Companies House no.", "E": "Telephone", "F": "Postcode", "G": "Council",
           "H": "Consultation started", "I": "First dismissal", "J": "Employed", "K": "Proposed redundancies"}
    out.append('<row r="4">%s</row>' % "".join(text(c + "4", t) for c, t in top.items()))
    out.append('<row r="5">%s</row>' % "".join(text(c + "5", t) for c, t in low.items()))
    total = 0
    for i in range(n):
        k, r = first + i, 6 + i
        received = date(2026, 1, 5) + timedelta(days=k * 2 % 300)
        proposed = 20 + k * 7 % 180
        if amended and k % 100 == 7:
            proposed += 5
        total += proposed
        cells = [text("A%d" % r, "SG/%04d" % (k + 1)), number("B%d" % r, serial(received), DATE),
                 text("C%d" % r, "%s %s %d Ltd" % (NAMES[k % 12], KINDS[k % 7], k)),
                 number("D%d" % r, 1000 + k) if k % 3 else text("D%d" % r, "SC%d" % (2000 + k)),
                 text("E%d" % r, "01%09d" % (k * 977)),
                 text("F%d" % r, "ky%d %daa" % (1 + k % 16, k % 9)), text("G%d" % r, COUNCILS[k % len(COUNCILS)]),
                 number("H%d" % r, serial(received - timedelta(days=3)), DATE), number("I%d" % r, serial(received + timedelta(days=46)), DATE),
                 text("J%d" % r, "{:,}".format(proposed + 1000)) if k % 4 else number("J%d" % r, proposed + 900, MONEY),
                 text("K%d" % r, "£%d" % proposed) if k % 5 == 0 else number("K%d" % r, proposed, MONEY)]
        out.append('<row r="%d">%s</row>' % (r, "".join(cells)))
    r = 6 + n
    out.append('<row r="%d">%s</row>' % (r, text("A%d" % r, "Total") + number("K%d" % r, total, MONEY)))
    out.append('<row r="%d">%s</row>' % (r + 2, text("A%d" % (r + 2), "Note: numbers are as proposed and may fall.")))
    return "".join(out)


def main(path, amended):
    names = [("January to June", ""), ("July to December", ""), ("How to read this", "")]
    sheets = [rows_of(0, 260, amended), rows_of(260, 240, amended),
              '<row r="1">%s</row><row r="2">%s</row>' % (text("A1", "These sheets are confidential."), text("A2", "Ask the team for more."))]
    merged = '<mergeCells count="5"><mergeCell ref="A1:K1"/><mergeCell ref="A4:B4"/><mergeCell ref="C4:E4"/><mergeCell ref="F4:G4"/><mergeCell ref="H4:I4"/></mergeCells>'
    parts = [("_rels/.rels", make.rels([("rId1", "officeDocument", "xl/workbook.xml")])),
             ("xl/workbook.xml", make.book(names)),
             ("xl/_rels/workbook.xml.rels", make.rels([("rId%d" % (i + 1), "worksheet", "worksheets/sheet%d.xml" % (i + 1)) for i in range(3)]
                                                      + [("rId8", "styles", "styles.xml")])),
             ("xl/styles.xml", make.XML + '<styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="170" formatCode="&quot;£&quot;#,##0"/></numFmts>'
              '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>' % make.MAIN)]
    parts += [("xl/worksheets/sheet%d.xml" % (i + 1), make.sheet(s, after=merged if i < 2 else "")) for i, s in enumerate(sheets)]
    make.write(path, parts)


main(sys.argv[1], len(sys.argv) > 2)
