#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists of notices in the shapes in which offices publish them: titles and notes about the table,
headings over two rows or several lines, merged cells, sections by month, ranges of dates, subtotals.

Every row is invented. Each list is read without a map, where nine in ten must be right to the row
(employer, received, first dismissal, proposed), and with a map of at most ten lines, where all must.
check-published.py PROGRAM [NAME]; prints TAP.
"""
import csv
import io
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
ONLY = sys.argv[2] if len(sys.argv) > 2 else None
NAMES = ["Northgate Foods Ltd", "Alder & Sons", "Brae Textiles, Inc.", "TotalEnergies", "Corrie Care plc", "Dunlin Print LLC",
         "Eastfield Hospital Trust", "Fairburn Retail (Site 4)", "Glenview Hotels", "St. Harbour Freight L.P."]
MONTHS = "January February March April May June July August September October November December".split()


def ymd(n, add):
    """Day n of a list, add months later; days beyond 12 settle the order."""
    m = 1 + n % 4 + add
    return 2024, m, 13 + n


def date(n, add, style):
    y, m, d = ymd(n, add)
    short = MONTHS[m - 1][:3]
    return {"mdy": "%d/%d/%d" % (m, d, y), "mdy2": "%02d/%02d/%02d" % (m, d, y % 100), "dmy": "%02d/%02d/%d" % (d, m, y), "iso": "%d-%02d-%02d" % (y, m, d),
            "mon": "%d-%s-%02d" % (d, short, y % 100), "long": "%s %d, %d" % (MONTHS[m - 1], d, y), "uk": "%d %s %d" % (d, MONTHS[m - 1], y),
            "dot": "%02d.%02d.%d" % (d, m, y), "dash": "%02d-%02d-%d" % (m, d, y), "time": "%d-%02d-%02d 00:00:00" % (y, m, d),
            "ord": "%d%s %s %d" % (d, {21: "st", 22: "nd", 23: "rd"}.get(d, "th"), short, y)}[style]


def cell(mark, n, style):
    people = [120, 45, 1020, 33, 78, 260, 64, 91, 150, 27][n]
    if mark[0] in "rfgv":
        add = {"r": 0, "f": 2, "g": 3, "v": 1}[mark[0]]
        text = date(n, add, style)
        if mark == "f-":  # a range, of which the first day counts
            text += [" - ", " through ", " to ", " - "][n % 4] + date(n, 3, style)
        if mark == "f+":
            text += "\n" + date(n, 3, style)
        return text
    return {"e": NAMES[n], "eA": NAMES[n] + "\n%d Mill Road\nAnytown, XX 0%d210" % (n + 4, n), "p": "{:,}".format(people), "p*": str(people) + ["", "*", "", " (est.)"][n % 4],
            "w": "{:,}".format(people + 300), "i": "2024-%03d" % (n + 1), "l": "%d High Street, Anytown" % (n + 1), "c": "Anytown Othertown Sometown".split()[n % 3],
            "z": "0%d210" % n, "q": "KY%d %dAB" % (1 + n % 9, n % 9), "o": "Polk Linn Carroll Cass".split()[n % 4], "d": "Fife Highland Angus Moray".split()[n % 4],
            "k": ["Layoff", "Closure"][n % 2], "y": ["Yes", "No"][n % 2], "t": ["Manufacturing", "Retail trade", "Health care"][n % 3], "s": str(311000 + n * 7),
            "b": "SC%06d" % (123 + n), "u": ["Unite", "", "None"][n % 3], "h": "(555) 201-%04d" % (n * 7), "x": "Plant %d" % (n + 1), "0": "", "1": str(n + 1), "R": "Region %d" % (1 + n % 5),
            "a": "Jo Smith %d" % n, "m": "hr%d@example.org" % n, "M": MONTHS[n % 4], "Y": "2024", "U": "https://example.org/notices/%d.pdf" % n,
            "C": ["United Kingdom", "Ireland", "France"][n % 3], "K": str(5 * n), "n": ["", "Amended", "Union notified"][n % 3]}[mark]


# name: style of dates, marks of the columns, heading rows, rows above, rows below, a row between sections
LISTS = {
    "ca": ("mdy", "o r2 r f e k p l t", [["County/Parish", "Notice\nDate", "Received\nDate", "Effective\nDate", "Company", "Layoff/\nClosure", "No. Of\nEmployees", "Address", "Related Industry"]],
           [["WARN Report 07/01/2023 - 06/30/2024"]], [], None),
    "fl": ("dash", "eA r f- p t 0", [["Company Name", "State Notification Date", "Layoff Date", "Employees Affected", "Industry", "Attachment"]], [], [], None),
    "nj": ("mdy", "e c f p", [["Company", "City", "Effective Date", "Workforce Affected"]], [["2024 WARN Notice Archive"], []], [["Total", "", "", "1,888"]], None),
    "il": ("mdy", "e l t a h r p f 0", [["COMPANY NAME:", "COMPANY ADDRESS:", "TYPE OF COMPANY:", "COMPANY CONTACT:", "TELEPHONE:", "WARN RECEIVED DATE:", "# WORKERS AFFECTED:", "FIRST LAYOFF DATE:", "ADDITIONAL INFORMATION:"]],
           [["Illinois Monthly WARN Report"], ["For the month of April"]], [], None),
    "oh": ("mdy", "r U e c p f- h u i", [["Date Received", "URL", "Company", "City/County", "Potential Number Affected", "Layoff Date(s)", "Phone Number", "Union", "Notice ID"]], [], [], None),
    "ga": ("mdy", "i e c z o p R f", [["GA WARN ID", "Company Name", "City", "ZIP", "County", "Est. Impact", "LWDA", "Separation Date"]], [], [], None),
    "va": ("mdy", "1 e c R r f p a h", [["#", "Company", "Location City", "Region", "Notice Date", "Impact Date", "Employees Affected", "Contact Person", "Contact Phone Number"]], [], [], None),
    "mi": ("mdy", "e c r k p", [["Company Name", "City", "Date Received", "Incident Type", "Number of Layoffs"]], [["WARN Act Notices"]], [["Source: Unemployment Insurance Agency"]], None),
    "mo": ("long", "r e l k p f", [["Date received", "Company name", "Location(s)", "Type", "Projected number of affected employees", "Effective date of layoff"]], [], [], None),
    "or": ("mdy", "i e r f k c p", [["WARN #", "Company Name", "Notification Date", "Layoff Date", "Layoff Type", "City", "Employees Laid Off"]], [], [], None),
    "ct": ("mdy", "r e l p* f- y u", [["WARN Date", "Affected Company", "Layoff Location(s)", "Number Workers", "Layoff Date(s)", "Closing\n(Yes/No)", "Union/\nUnion Address"]], [], [["*Number is approximate"]], None),
    "in": ("mdy", "e c p r f s t k", [["Company", "City", "Affected Workers", "Notice Date", "LO/CL Date", "NAICS", "Description of Work", "Notice Type"]], [], [], None),
    "ky": ("time", "r e o s p f t y k R n", [["Date Received", "Company: Company Name", "County", "NAICS", "Employees", "Projected Date", "Type of Employees Affected", "Union Affiliation?", "Closure or Layoff?", "Region", "Comments"]], [], [], None),
    "tn": ("mdy", "r f e o p k i", [["Date Notice\nPosted", "Closure/\nLayoff Date", "Company", "County", "Affected\nWorkers", "Closure/\nLayoff", "Notice #"]], [["WARN Notices"], ["Tennessee plant closures and layoffs"], []], [], None),
    "ut": ("mdy", "r e c p", [["Date of Notice", "Company Name", "Location", "Affected Workers"]], [], [], None),
    "al": ("mdy", "k r f e c p", [["Closing or Layoff", "Initial Report Date", "Planned Starting Date", "Company", "City", "Planned # Affected Employees"]], [], [], None),
    "co": ("mdy", "e r p R f g t s", [["Company", "WARN Date", "Layoff Total", "Local Area", "Begin Date", "End Date", "Reason for Layoff", "NAICS"]], [["Colorado WARN listing"]], [], None),
    "dc": ("long", "r e p f 1", [["Notice Date", "Organization Name", "Number toEmployees Affected", "Effective Layoff Date", "Code Type"]], [["Industry notices 2024"]], [["Code Type: 1 Layoff; 2 Closure"]], None),
    "sd": ("mdy", "e c r f p", [["Company", "Location", "Date Notification Received", "Separation Date(s)", "# of Workers"]], [], [], None),
    "ne": ("mdy", "r e k c p", [["Date", "Company", "Layoff/Closure", "City", "Jobs Affected"]], [["Layoffs and Downsizing Report"], ["2024"]], [], None),
    "nc": ("mdy", "i r e f o p k", [["Notice Number", "WARN Notification Date", "Company Name", "Effective Date", "County", "# Affected", "Type"]], [], [["Total Affected", "", "", "", "", "1,888", ""]], None),
    "sc": ("mdy", "e l f p k s", [["Company", "Location", "Projected Closure/Layoff Date", "Projected Positions Affected", "Closure or Layoff", "NAICS Code"]], [["2024 WARN Notifications"]], [], None),
    "ri": ("mdy2", "r e l p f y u l", [["WARN Date", "Company Name", "Location of Layoffs", "Number Affected", "Effective Date", "Closing\nYes / No", "Union", "Union Address"]], [], [], None),
    "ak": ("uk", "e c r f- p n", [["Company", "Location", "Notice Date", "Layoff Date", "Employees Affected", "Notes"]], [], [], None),
    "two": ("mdy", "e c r f g p w", [["Employer", "", "Dates", "", "", "Workers", ""], ["Name", "City", "Notice received", "First layoff", "Last layoff", "Affected", "Employed"]], [["Plant closings and mass layoffs"]], [], None),
    "months": ("mdy", "e c r p f", [["Employer", "City", "Notice Date", "# of Employees", "Layoff Date"]], [], [], "{month} 2024"),
    "repeat": ("mdy", "r e o p f", [["Date of Notice", "Company", "County", "Number of Employees Affected", "Date of Layoff"]], [["Weekly list"]], [], "HEAD"),
    "quarters": ("long", "e l p r f", [["Firm", "Site", "Layoffs", "Notice received on", "First day of layoff"]], [], [["Grand total", "", "1,888", "", ""]], "Quarter {q}"),
    "lines": ("mdy", "e r+ p f+", [["Company /\nAddress", "Date\nof\nNotice", "Number\nof\nEmployees\nAffected", "Date(s) of\nLayoff"]], [], [], None),
    "hr1": ("uk", "i e q r f g w p d", [["HR1 ref", "Employer name", "Establishment postcode", "Date HR1 received", "Date of first proposed redundancy", "Date of last proposed redundancy", "Number employed at establishment", "Number of possible redundancies", "Local authority"]],
            [["OFFICIAL-SENSITIVE: HR1 notifications"], ["Commercially confidential"], []], [["Total", "", "", "", "", "", "", "1,888", ""], ["Source: Redundancy Payments Service"]], None),
    "hr1two": ("dmy", "e q d r v f g w p", [["Employer", "", "", "Date", "", "Redundancies", "", "Number of employees", ""], ["Name", "Postcode", "Council area", "HR1 received", "Consultation began", "First", "Last", "Employed", "Proposed"]], [["Monthly HR1 table"]], [], None),
    "pace": ("mon", "R e t c w p r n", [["PACE partnership", "Company", "Sector", "Location", "No. employed", "No. redundancies", "Date HR1 rec'd", "Update"]], [["PACE activity log 2024"]], [], None),
    "pace2": ("ord", "e x d p* r f a h m", [["Company Name", "Site", "Council", "Jobs at risk", "Date PACE made aware", "Leaving date", "HR contact", "Tel.", "E-mail"]], [], [], None),
    "react": ("dmy", "e d r p f g t", [["Employer Name", "Unitary Authority", "Date of notification", "Potential redundancies", "Redundancy date from", "Redundancy date to", "Sector"]], [["ReAct: Redundancy notifications Wales"]], [], None),
    "lra": ("uk", "e c d r p t", [["Company", "Town", "District Council Area", "Date Advance Notification Received", "Redundancies Proposed", "Industry Group"]], [["Advance notification of collective redundancies, Northern Ireland"]], [], None),
    "ie": ("dmy", "r e o t p f", [["Date of notification", "Company", "County", "Sector", "No. of proposed redundancies", "Expected date of commencement of redundancies"]], [["Collective Redundancies notified to the Minister 2024"]], [], None),
    "erm": ("iso", "i r e C c t t p K f g", [["Fact sheet ID", "Announcement date", "Company", "Country", "Location of affected unit(s)", "Sector", "Type of restructuring", "Job loss (planned)", "Job creation (planned)", "Employment effect start", "Employment effect end"]], [], [], None),
    "on": ("long", "e c p r f", [["Employer Name", "Location(s)", "Number of Employees Affected", "Date Notice Received", "Termination Date"]], [["Mass terminations"]], [], None),
    "bc": ("iso", "e c p r f", [["Employer", "Municipality", "Employees affected", "Notice date", "Effective date of group termination"]], [], [], None),
    "press": ("uk", "r e c p n", [["Date announced", "Company", "Where", "Jobs going", "Comment"]], [["Job losses tracker"]], [], None),
    "board": ("dmy", "Y M i e x q p f r k", [["Year", "Month", "ID", "Organisation", "Establishment", "Post Code", "Total", "1st redundancy", "HR1 Rec'd", "Type"]], [], [["", "", "", "", "", "Total", "1,888", "", "", ""]], None),
    "fr": ("iso", "e c r f p", [["Nom de l'entreprise", "Municipalité", "Date de réception de l'avis", "Date prévue du licenciement", "Nombre de travailleurs visés"]], [["Avis de licenciement collectif"]], [], None),
    "de": ("dot", "e c r f p w", [["Arbeitgeber", "Ort", "Eingang der Anzeige", "Erste Entlassung", "Zahl der Entlassungen", "Beschäftigte"]], [["Anzeigepflichtige Entlassungen"]], [], None),
    "cacsv": ("mdy", "o r2 r f e k p l t", [["county", "notice_date", "received_date", "effective_date", "company", "layoff_or_closure", "num_employees", "address", "source_file"]], [], [], None),
    "joblink": ("mdy", "e c z R r k p U", [["employer", "city", "zip", "lwib_area", "notice_date", "warn_type", "number_of_employees_affected", "detail_page_url"]], [], [], None),
    "nm": ("mdy", "r e c o R p f", [["NOTIFICATION DATE", "JOB SITE NAME", "CITY NAME", "COUNTY NAME", "WDA NAME", "TOTAL LAYOFF NUMBER", "LAYOFF DATE"]], [["WARN notifications"]], [], None),
    "ia": ("mdy", "e l c o z r p f k", [["Company", "Address Line 1", "City", "County", "ZIP", "Notice Date", "Emp #", "Layoff Date", "Notice Type"]], [], [], None),
    "md": ("mdy", "r s e c R p f k", [["Notice Date", "NAICS Code", "Company", "Location", "WIA Code", "Total Employees", "Effective Date", "Type Code"]], [], [], None),
    "or2": ("mdy", "e l r f k p", [["Company Name", "Location", "Received Date", "Layoff Date", "Layoff Type", "Total Layoffs"]], [], [], None),
    "mt": ("mdy", "e o r p", [["Name of Company", "County", "Date of Notice", "Number of Employees Affected"]], [], [], None),
    "id": ("mdy", "r e c p f", [["Date of Letter", "Company", "City Affected", "# of Employees Affected", "Effective/Commencing Date of Layoffs/Closure"]], [["WARN Notices"]], [], None),
    "pa": ("long", "e c o p f k", [["COMPANY NAME", "CITY", "COUNTY", "# AFFECTED", "EFFECTIVE DATE", "CLOSING OR LAYOFF"]], [], [], None),
    "scot": ("uk", "i r e x d t w p f K g a h n", [["No.", "Date notification received", "Employer", "Site(s) affected", "Local Authority", "Sector", "Total workforce (site)", "Max no. of redundancies", "Date of first redundancy", "Redundancies to date", "Date of final redundancy", "Contact", "Tel No", "Comments"]],
             [["PACE: HR1 notifications"], ["Period: January to April 2024"], []], [["Total", "", "", "", "", "", "3,000", "1,888", "", "", "", "", "", ""]], None),
    "uk2": ("dmy", "e b q p r f v y", [["Company Name", "CRN", "Postcode", "No. to be made redundant", "HR1 submitted", "1st dismissal", "Consultation start", "Site closing?"]], [], [], None),
    "news": ("ord", "e p c r", [["Company", "Jobs", "Location", "Date"]], [], [], None),
    "blank": ("mdy", "e 0 c 0 r 0 p 0 f", [["Company", "", "City", "", "Notice", "", "Employees", "", "Effective"]], [[], ["List of notices"], []], [], "BLANK"),
}
FIELDS = {"e": "employer", "r": "received", "f": "first_dismissal", "p": "proposed"}


def table(spec):
    style, marks, heads, above, below, section = spec
    marks = marks.split()
    rows = [list(r) for r in above] + [list(h) for h in heads]
    for n in range(10):
        if section and n in (4, 7):
            rows.append({"HEAD": list(heads[-1]), "BLANK": []}.get(section, [section.format(month=MONTHS[n], q=n // 3)]))
        rows.append([cell(m.rstrip("2") if m == "r2" else m.replace("r+", "r"), n, style) for m in marks])
    return marks, rows + [list(r) for r in below]


def expected(marks, n):
    want = {}
    for m in marks:
        if m[0] in "rf" and m != "r2":
            want[FIELDS[m[0]]] = "%d-%02d-%02d" % ymd(n, {"r": 0, "f": 2}[m[0]])
        elif m[0] == "p":
            want["proposed"] = cell("p", n, "iso").replace(",", "")
        elif m == "e":
            want["employer"] = NAMES[n]
        elif m == "eA":
            want["employer"] = NAMES[n]
    return want


def read(path, *more):
    out = subprocess.run([PROGRAM, "-n", "-o", "csv", *more, path], capture_output=True, text=True)
    return list(csv.DictReader(io.StringIO(out.stdout))), out.stderr


def wrong(got, err, marks):
    if len(got) != 10:
        return "%d rows: %s" % (len(got), err.strip()[-400:])
    for n, row in enumerate(got):
        for field, want in expected(marks, n).items():
            if row[field].split("\n")[0] != want:
                return "%s: %r for %r in row %d" % (field, row[field], want, n + 1)
    return None


def map_of(spec, marks):
    """What a user would write: the place of each column, and the order of dates."""
    lines = ["columns:"]
    for field, mark in (("employer", "e"), ("received", "r"), ("first_dismissal", "f"), ("proposed", "p")):
        at = [i for i, m in enumerate(marks) if m[0] == mark and m != "r2"]
        if at:
            lines.append("  %s: %d" % (field, at[0] + 1))
    lines.append("heading: %d" % (len(spec[2]) + len(spec[3])))
    lines.append("dates: " + ("mdy" if spec[0][:3] == "mdy" or spec[0] == "dash" else "dmy"))
    return lines


good = count = tests = 0
report = []
for name, spec in LISTS.items():
    if ONLY and name != ONLY:
        continue
    marks, rows = table(spec)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows(rows)
        f.flush()
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as m:
            lines = map_of(spec, marks)
            assert len(lines) <= 10
            m.write("\n".join(lines) + "\n")
            m.flush()
            without, with_map = wrong(*read(f.name), marks), wrong(*read(f.name, "-m", m.name), marks)
        count += 1
        good += without is None
        if without:
            report.append("# %s without a map: %s" % (name, without))
        tests += 1
        report.append("%s %d - list %s with a map" % ("not ok" if with_map else "ok", tests, name))
        if with_map:
            report.append("#   " + with_map)
        if ONLY:
            report.append(open(f.name).read() + subprocess.run([PROGRAM, "--explain", f.name], capture_output=True, text=True).stdout)
tests += 1
report.append("%s %d - %d of %d lists right without a map" % ("ok" if good * 10 >= count * 9 else "not ok", tests, good, count))
print("\n".join(report))
print("1..%d" % tests)
