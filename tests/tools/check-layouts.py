#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Layouts of notices as offices of many kinds publish them, made up here from headings they use.

Each is written as a file with invented rows and read back with --explain and as a filter; prints TAP.
A heading's mark says what its column holds: e employer, r received, f first dismissal, p proposed,
and what else stands beside them.
"""
import csv
import io
import random
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
SHOW = len(sys.argv) > 2

# name: order of dates, headings with marks
LAYOUTS = {
    "a": ("mdy", "Company|e;Location|l;Notice Date|r;Layoff Date|f;Employees|p;Notes|t"),
    "b": ("mdy", "Closing or Layoff|k;Initial Report Date|r;Planned Starting Date|f;Company|e;City|c;Planned # Affected Employees|p"),
    "c": ("mdy", "Employer|e;City|c;Zip|z;LWIB Area|t;Notice Date|r;WARN Type|k"),
    "d": ("mdy", "Notice Date|r2;Effective Date|f;Received Date|r;Company|e;City|c;No. Of Employees|p;Layoff/Closure|k"),
    "e": ("mdy", "WARN Date|r;Affected Company|e;Layoff Location(s)|l;Number Workers|p;Layoff Date(s)|f;Closing (Yes/No)|y;Union Address|t"),
    "f": ("mdy", "Notice Date|r;Organization Name|e;Number toEmployees Affected|p;Effective Layoff Date|f;Code Type|n1"),
    "g": ("mdy", "COMPANY NAME|e;STATE NOTIFICATION DATE|r;LAYOFF DATE|f;EMPLOYEES AFFECTED|p;INDUSTRY|t"),
    "h": ("mdy", "GA WARN ID|i;Company Name|e;City|c;ZIP|z;County|o;Est. Impact|p;LWDA|n1;Separation Date|f"),
    "i": ("mdy", "COMPANY NAME:|e;WARN RECEIVED DATE:|r;# WORKERS AFFECTED:|p;FIRST LAYOFF DATE:|f;EVENT CAUSES:|t;COMPANY ADDRESS:|l"),
    "j": ("mdy", "Company|e;City|c;Affected Workers|p;Notice Date|r;LO/CL Date|f;NAICS|s;Description of Work|t;Notice Type|k"),
    "k": ("ymd", "employer|e;notice_date|r;number_of_employees_affected|p;City|c;ZIP|z;LWIB Area|t;WARN Type|k"),
    "l": ("mdy", "Date Received|r;Company: Company Name|e;County|o;Employees|p;NAICS|s;Projected Date|f;Type of Employees Affected|t;Closure or Layoff?|k;Comments|t"),
    "m": ("mdy", "Company Name|e;City|c;Date Received|r;Incident Type|k;Number of Layoffs|p"),
    "n": ("mdy", "Name of Company|e;County|o;Date of Notice|r;Number of Employees Affected|p"),
    "o": ("mdy", "Date|r;Company|e;Layoff/Closure|k;City|c;Jobs Affected|p"),
    "p": ("mdy", "Company|e;City|c;Effective Date|f;Workforce Affected|p"),
    "q": ("mdy", "Date Received|r;Company|e;City/County|c;Potential Number Affected|p;Layoff Date(s)|f;Phone Number|h;Union|u;Notice ID|i"),
    "r": ("mdy", "WARN Notice Received|r;Company Name|e;Location of Layoffs|l;Number Affected|p;Effective Date|f;Closing Yes/No|y;Union|u"),
    "s": ("mdy", "Company|e;Location|l;Projected Closure/Layoff Date|f;Projected Positions Affected|p;Closure or Layoff|k;NAICS|s"),
    "t": ("mdy", "Company Name|e;Company Address Line 1|l;Notice Date|r;Impact Date|f;Number Of Employees Affected|p;Contact Person|t;Region|t"),
    "u": ("mdy", "Layoff Type|k;Received Date|r;Employer Name|e;Address|l;City|c;State|t;Effective Date|f;Total Layoffs|p"),
    "v": ("mdy", "warn_date|r;company|e;begin_date|f;jobs|p;reason|t;location|l"),
    "w": ("mdy", "Date of Letter|r;Company|e;City Affected|c;Number of Employees affected|p;Effective/Commencing Date of Layoffs|f"),
    "x": ("ymd", "companyName|e;noticeDate|r;effectiveDate|f;employeesAffected|p;cityName|c"),
    # British and Irish registers and trackers
    "A": ("dmy", "Ref|i;Date HR1 received|r;Employer|e;Establishment|x;Postcode|q;Council area|d;Number employed|w;Number of possible redundancies|p;Date of first proposed redundancy|f;Date of last proposed redundancy|g"),
    "B": ("dmy", "HR1 Reference|i;Name of employer|e;Companies House Registration Number|b;Establishment address|l;Local authority|d;Date received|r;First dismissal date|f;Proposed dismissals|p;Consultation start date|v"),
    "C": ("dmy", "Company|e;Location|l;Jobs at risk|p;Date announced|r;Sector|t"),
    "D": ("dmy", "Date received|r;Case no|i;Company name|e;Town|c;Post code|q;Headcount|w;Proposed redundancies|p;Earliest dismissal|f;Contact name|t;Contact tel|h;Contact email|m"),
    "E": ("dmy", "Organisation|e;CRN|b;Site|x;Redundancies proposed|p;Total workforce|w;Redundancies from|f;Redundancies to|g;HR1 received|r;Union|u;Closure? (Y/N)|y"),
    "F": ("dmy", "Month received|t;Employer name|e;Site postcode|q;Posts at risk|p;Notice received|r;Start of redundancies|f"),
    "G": ("dmy", "When told|r;Firm|e;Where|l;How many|p;When|f"),
    "H": ("dmy", "Business name|e;Address line 1|l;Address line 2|t;Town/City|c;Postcode|q;No. of employees at establishment|w;No. to be made redundant|p;Date of first redundancy|f;Date of HR1|r;Reason(s)|t"),
    "I": ("dmy", "LA Name|d;Employer|e;Notification date|r;Total proposed|p;Dismissals start|f;Source|t"),
    "J": ("dmy", "Employer's name|e;Employer's address|l;Date form received|r;Date consultation began|v;Proposed redundancies - total|p;Employed at establishment - total|w;First dismissals|f;Last dismissals|g"),
    "K": ("dmy", "Company|e;Company Number|b;HR1 submitted|r;Redundancy date|f;Staff affected|p;Staff employed|w;Area|t"),
    "L": ("dmy", "Registered name|e;Date of receipt|r;Number proposed|p;Number employed|w;Date dismissals take effect|f;Trade union|u;Reps|t"),
    "M": ("dmy", "Employer Details: Name|e;Employer Details: Address|l;Establishment: Postcode|q;Timing: Date of first proposed dismissal|f;Timing: Date of last proposed dismissal|g;Numbers: Employed|w;Numbers: Proposed redundancies|p;Date received|r"),
    "N": ("dmy", "Name|e;Redundancies|p;Received|r;Effective|f"),
}
FIELD = {"e": "employer", "r": "received", "f": "first_dismissal", "p": "proposed"}
EXTRA = {"w": "employed", "g": "last_dismissal", "b": "number", "q": "postcode", "d": "council", "v": "consultation_started", "i": "sender_ref",
         "m": "contact_email", "h": "contact_phone", "u": "trade_union", "x": "site"}

rnd = random.Random(7)
FIRST = "Northgate Alder Brae Corrie Dunlin Eastfield Fairburn Glenview Harbour Inverness Juniper Kestrel Lomond Mill".split()
SECOND = "Foods,Retail,Engineering,Textiles,Care,Logistics,Plastics,Software,Hotels,Dairies".split(",")
LEGAL = ["Ltd", "Limited", "plc", "LLP", "", "Inc.", "(Scotland) Ltd", "& Sons"]


def date(y, m, d, order):
    if order == "ymd":
        return "%04d-%02d-%02d" % (y, m, d)
    return "%02d/%02d/%04d" % ((m, d, y) if order == "mdy" else (d, m, y))


def cell(mark, order, n):
    y, m, d = 2019 + n % 6, 1 + n * 5 % 9, 1 + n * 7 % 28
    proposed = 21 + n * 37 % 300
    return {
        "e": "%s %s %s" % (FIRST[n % len(FIRST)], SECOND[n * 3 % len(SECOND)], LEGAL[n % len(LEGAL)]),
        "r": date(y, m, d, order), "r2": date(y, m, max(1, d - 3), order), "f": date(y, m + 2, d, order), "g": date(y, m + 3, d, order),
        "v": date(y, m, max(1, d - 7), order), "p": str(proposed), "w": str(proposed + 50 + n),
        "l": "%d High Street, Anytown" % (n + 1), "c": "Anytown Othertown Sometown".split()[n % 3], "z": "%05d" % (52000 + n * 13),
        "q": "KY%d %dAB" % (1 + n % 9, n % 9), "o": "Polk Linn Carroll Cass".split()[n % 4], "d": "Fife Highland Angus Moray".split()[n % 4],
        "k": ["Layoff", "Closure"][n % 2], "y": ["Yes", "No"][n % 2], "t": "some words here %d" % n, "n1": str(1 + n % 9), "s": str(311000 + n * 7),
        "i": "N-%04d" % (n + 1), "b": "SC%06d" % (123 + n), "h": "01592 %06d" % (n * 1234), "m": "hr%d@example.org" % n, "u": "Unite", "x": "Plant %d" % (n + 1),
    }[mark].strip()


good = count = 0
lines = []
for name, (order, spec) in LAYOUTS.items():
    heads = [h.rsplit("|", 1) for h in spec.split(";")]
    rows = [[cell(m, order, n) for _, m in heads] for n in range(30)]
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow([h for h, _ in heads])
        w.writerows(rows)
        f.flush()
        explained = subprocess.run([PROGRAM, "--explain", f.name], capture_output=True, text=True)
        out = subprocess.run([PROGRAM, "-n", "-o", "csv", f.name], capture_output=True, text=True)
    got = list(csv.DictReader(io.StringIO(out.stdout)))
    why = []
    if len(got) != 30:
        why.append("%d rows: %s" % (len(got), out.stderr.strip()[-200:]))
    for i, (head, mark) in enumerate(heads):
        field = FIELD.get(mark) or EXTRA.get(mark)
        if not field or not got:
            continue
        for n, row in enumerate(got):
            want = rows[n][i]
            if mark in "rfgv" and len(mark) == 1:
                y, m, d = 2019 + n % 6, 1 + n * 5 % 9, 1 + n * 7 % 28
                want = "%04d-%02d-%02d" % (y, m + {"r": 0, "f": 2, "g": 3, "v": 0}[mark], max(1, d - 7) if mark == "v" else d)
            if mark == "d":
                want = {"Fife": "S12000047", "Highland": "S12000017", "Angus": "S12000041", "Moray": "S12000020"}[want]
            if row[field] != want:
                why.append("%s (%s): %r for %r in row %d" % (field, head, row[field], want, n + 1))
                break
    count += 1
    core = not [x for x in why if x.split(" ")[0] in FIELD.values() or re.match(r"\d+ rows", x)]
    good += core
    lines.append(("ok" if not why else "not ok") + " %d - layout %s" % (count, name))
    lines += ["#   " + x for x in why]
    if why and SHOW:
        lines.append("#   " + explained.stdout.replace("\n", "\n#   "))
print("\n".join(lines))
print("# employer, received, proposed and first dismissal right in %d of %d" % (good, count))
print("1..%d" % count)
