#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Data for the benchmarks, the same bytes each time: generate.py notices|survey|report|tasks N."""
import datetime
import random
import sys

what, count = sys.argv[1], int(sys.argv[2])
pick = random.Random(18)
out = []


def put(text):
    out.append(text)
    if len(out) > 5000:
        sys.stdout.write("".join(out))
        out.clear()


def choose(words):
    return words[int(pick.random() * len(words))]


def number(low, high):
    return low + int(pick.random() * (high - low + 1))


PLACES = [("Dundee City", "DD2 4ZZ"), ("Perth and Kinross", "PH1 5ZZ"), ("Glasgow City", "G1 1ZZ"), ("Highland", "IV2 3ZZ"), ("Angus", "DD11 1ZZ"),
          ("City of Edinburgh", "EH6 7ZZ")]
FIRST = ["Tay", "Esk", "Sidlaw", "Carse", "Lomond", "Isla", "Almond", "Ericht", "Angus", "Strathmore"]
SECOND = ["Plastics", "Print", "Outfitters", "Soft Fruit", "Data Services", "Joinery", "Bakery", "Logistics", "Textiles", "Engineering"]
REASON = ["lower demand", "loss of contract", "reorganisation", "relocation", "insolvency", "new technology"]
UNION = ["Unite", "GMB", "USDAW", "UNISON", "none", ""]
VERB = ["Publish", "Review", "Agree", "Run", "Fund", "Report on", "Try out", "Evaluate"]
THING = ["the members' charter", "a scheme for mentors", "apprentice places", "the skills survey", "the pack for employers", "transport to sites"]


def notices():
    """The standard form in fifteen columns. About two in a hundred rows have something wrong, one in a hundred is there twice. Some
    40,000 employers come back again and again, each from one town and with one number; one in ten also under a longer name. Numbers
    and years come in no order, consultation begins late for most and notice is short for a quarter: both are flagged."""
    put("reference,employer,company number,site,postcode,council,received,consultation started,first dismissal,last dismissal,"
        "employed,proposed,reasons,union,contact email\n")
    for i in range(1, count + 1):
        ref = i - 1 if i > 1 and pick.random() < 0.01 else i
        which = number(1, 400)
        town, postcode = PLACES[which % len(PLACES)]
        one, two = number(0, len(FIRST) - 1), number(0, len(SECOND) - 1)
        name = "%s %s %d Ltd" % (FIRST[one], SECOND[two], which)
        company = "SC%06d" % ((which * 100 + one * 10 + two) * 7919 % 1000000)
        employed = number(20, 900)
        day = datetime.date(2015, 1, 1) + datetime.timedelta(days=number(0, 4000))
        later = [day + datetime.timedelta(days=n) for n in (number(0, 20), number(20, 70), number(80, 300))]
        form = "%d/%m/%Y" if pick.random() < 0.25 else "%Y-%m-%d"
        received, started, first, last = [d.strftime(form) for d in [day] + later]
        if pick.random() < 0.005:
            received = choose(["31/02/2024", "soon", "00/01/2020"])
        if pick.random() < 0.005:
            name = ""
        if pick.random() < 0.1:
            name = name and '"%s, %s"' % (name, town)
        proposed = "some" if pick.random() < 0.005 else number(1, employed)
        put("HR1/%07d,%s,%s,Unit %d,%s,%s,%s,%s,%s,%s,%d,%s,%s,%s,hr%d@example.org\n"
            % (ref, name, company, number(1, 400), postcode, town, received, started, first, last, employed, proposed, choose(REASON),
               choose(UNION), which))


def survey():
    """Fourteen columns: a kind of organisation, nine scales, a yes-no, two choices, a multiple choice."""
    scale = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "Don't know"]
    kinds = ["Council", "Health", "College or university", "Police and fire", "Voluntary sector", "Private sector"]
    head = ["Organisation type"] + ["Statement %d is right" % i for i in range(1, 10)]
    head += ["Would you take part again?", "How often do you attend?", "How did you hear of us?", "Which of these did you use?"]
    put(",".join(head) + "\n")
    used = ["Meetings", "Events", "Newsletter", "Advice", "Website"]
    for _ in range(count):
        row = [choose(kinds)] + [choose(scale) if pick.random() > 0.04 else "" for _ in range(9)]
        row += [choose(["Yes", "No"]), choose(["Always", "Often", "Sometimes", "Rarely", "Never"]), choose(["Colleague", "Press", "Search", "Other"])]
        row.append(";".join(u for u in used if pick.random() < 0.4))
        put(",".join(row) + "\n")


def tasks():
    """For `task import`: what is past due lies far back, so that it does not depend on the day."""
    for i in range(1, count + 1):
        done = pick.random() < 0.7
        late = pick.random() < 0.05
        due = "%04d%02d%02dT120000Z" % (number(2015, 2024) if late else number(2035, 2044), number(1, 12), number(1, 28))
        put('{"uuid":"00000000-0000-4000-8000-%012d","description":"%s %s","due":"%s","entry":"20140101T000000Z","status":"%s"%s}\n'
            % (i, choose(VERB), choose(THING), due, "completed" if done else "pending", ',"end":"20250101T000000Z"' if done else ""))


def report():
    """A report template of about N KB: text, lists, and tables and figures by SQL."""
    put("title: Benchmark\nabout: text and queries\n\n# Benchmark\n\n")
    size = 0
    section = 0
    while size < count * 1024:
        section += 1
        text = "## Section %d: %s %s\n\n" % (section, choose(VERB), choose(THING))
        for _ in range(4):
            text += " ".join(choose(VERB + THING + ["*with partners*", "and", "the", "of", "`as agreed`", "[see](https://example.org)"]) for _ in range(60)) + ".\n\n"
        text += "".join("- %s %s\n" % (choose(VERB), choose(THING)) for _ in range(6)) + "\n"
        text += "There are {{ SELECT count(*) FROM action }} actions, {{ SELECT count(*) FROM person }} people.\n\n"
        text += "| what | who | when |\n|---|---|---|\n" + "".join("| %s | %s | %d |\n" % (choose(THING), choose(FIRST), number(2020, 2030)) for _ in range(8)) + "\n"
        if section % 5 == 0:
            text += "```sql table caption=\"Actions\"\nSELECT ref AS Ref, title AS Action, status AS Status FROM action ORDER BY ref\n```\n\n"
        size += len(text)
        put(text)


globals()[what]()
sys.stdout.write("".join(out))
