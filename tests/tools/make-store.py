#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make-store.py: SQL that fills a fresh store with 18 partnerships, 5,000 actions, 2,000 notices and cases, 20 surveys and
what belongs to them, the same bytes each time. For a store that compact-init made; today is taken to be 15 January 2026."""
import random

PARTNERSHIPS, ACTIONS, NOTICES, SURVEYS = 18, 5000, 2000, 20
pick = random.Random(18)
rows = {}
FIRST = ["Tay", "Esk", "Sidlaw", "Carse", "Lomond", "Isla", "Almond", "Ericht", "Angus", "Strathmore"]
SECOND = ["Plastics", "Print", "Outfitters", "Soft Fruit", "Data Services", "Joinery", "Bakery", "Logistics", "Textiles", "Engineering"]
VERB = ["Publish", "Review", "Agree", "Run", "Fund", "Report on", "Try out", "Evaluate"]
THING = ["the members' charter", "a scheme for mentors", "apprentice places", "the skills survey", "the pack for employers", "transport to sites"]
ANSWERS = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]


def choose(words):
    return words[int(pick.random() * len(words))]


def number(low, high):
    return low + int(pick.random() * (high - low + 1))


def day(first, last):
    return "%04d-%02d-%02d" % (number(first, last), number(1, 12), number(1, 28))


def text(value):
    """Expressions in parentheses stay SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, (int, float)):
        return str(value)
    return value if value.startswith("(SELECT") else "'%s'" % value.replace("'", "''")


def put(table, **fields):
    rows.setdefault("INSERT INTO %s (%s) VALUES" % (table, ", ".join(fields)), []).append("(%s)" % ", ".join(text(v) for v in fields.values()))


def part(total, p):
    """The p-th partnership's share of a total that does not divide evenly."""
    return total * (p + 1) // PARTNERSHIPS - total * p // PARTNERSHIPS


def people(p):
    for i in range(1, 9):
        put("org", partnership=p, ref="o%d" % i, name="%s %s" % (FIRST[i], "Council" if i % 2 else "College"), kind=["employer", "provider", "funder", "agency"][i % 4], employees=100 * i)
    for i in range(1, 11):
        put("person", partnership=p, ref="x%d" % i, name="Person %d %s" % (i, choose(FIRST)), org="o%d" % number(1, 8), role=choose(["hr", "training", "executive", "other"]), active=1)
    for ref, name, kind in ("steering", "Steering group", "steering"), ("skills", "Skills", "sub-group"), ("events", "Events", "task-and-finish"):
        put("workgroup", partnership=p, ref=ref, name=name, kind=kind, reports_to=None if kind == "steering" else "steering", formed="2024-04-01", report_every="quarterly",
            last_report=day(2025, 2025), meet_every="quarterly", level="local" if kind != "steering" else "national")
        for i in range(1, 6):
            put("seat", partnership=p, workgroup=ref, number=i, person="x%d" % i, role="chair" if i == 1 else "member", starts="2024-04-01")
    for i in range(1, 7):
        held = i < 5
        put("meeting", partnership=p, ref="m%d" % i, workgroup=choose(["steering", "skills", "events"]), kind="event" if i % 3 == 0 else "meeting", title="Meeting %d" % i,
            starts="2025-%02d-10T10:00:00Z" % (2 * i) if held else "2026-0%d-10T10:00:00Z" % (i - 4 + 1), venue="Town hall", status="held" if held else "planned")
        for who in range(1, number(3, 9)) if held else ():
            put("attendance", partnership=p, meeting="m%d" % i, person="x%d" % who, state=choose(["present", "present", "apologies"]))


def papers(p):
    put("period", partnership=p, ref="2025-26", starts="2025-04-01", ends="2026-03-31")
    for i in range(1, 6):
        put("aim", partnership=p, ref="a%d" % i, number=str(i), text="%s %s" % (choose(VERB).lower(), choose(THING)))
    for i in range(1, 4):
        put("priority", partnership=p, period="2025-26", number=i, title="%s %s" % (choose(VERB), choose(THING)), status="adopted")
        put("priority__aims", partnership=p, priority_period="2025-26", priority_number=i, item="a%d" % i)
    for i, name in enumerate(["Skills", "Places", "Employers", "Evidence"], 1):
        put("theme", partnership=p, ref="ABCD"[i - 1], name=name, position=i)
    put("terms", partnership=p, ref="2025", status="adopted", adopted="2025-04-01", review_due="2026-04-01")
    put("section", partnership=p, terms="2025", number=1, heading="Membership", body="Any public body of the area may join.")
    put("charter", partnership=p, ref="2025-27", title="Members' charter", starts="2025-04-01", ends="2027-03-31")
    for i in range(1, 5):
        put("charter_clause", partnership=p, charter="2025-27", number=i, kind="benefit" if i % 2 else "responsibility", text="%s %s" % (choose(VERB), choose(THING)))
        put("signature", partnership=p, charter="2025-27", org="o%d" % i, signed="2025-04-01", signatory="x%d" % i)
    for i in range(1, 6):
        put("issue_log", partnership=p, ref="i%d" % i, kind=["issue", "risk", "decision", "request", "offer"][i - 1], title="%s %s" % (choose(VERB), choose(THING)), status="open",
            raised="2024-10-01", owner="x%d" % i, due=day(2025, 2026))
    put("practice", partnership=p, ref="P1", title="A morning at the works", problem="Nobody came.", done="We went to them.", result="Half of them came back.", contact="x1")
    put("message", partnership=p, ref="one", audience="public", text="Public work is good work.", position=1)


def actions(p, count):
    for i in range(1, count + 1):
        ref, due = "A%d" % i, day(2025, 2027)
        done, blocked = pick.random() < 0.7, pick.random() < 0.1
        status = "done" if done else "blocked" if blocked else "open"
        put("action", partnership=p, ref=ref, title="%s %s" % (choose(VERB), choose(THING)), theme=choose(["A", "B", "C", "D", None]), workgroup=choose(["skills", "events"]),
            status=status, due=due, done_on=day(2025, 2025) if done else None, reason="no room" if status == "blocked" else None, budget=number(0, 500) * 100 if i % 3 else None, points=number(1, 5))
        put("lead", partnership=p, action=ref, number=1, person="x%d" % number(1, 10), state="accepted")
        if i % 5:
            put("action__aims", partnership=p, action=ref, item="a%d" % number(1, 5))
            put("action__priorities", partnership=p, action=ref, item_period="2025-26", item_number=number(1, 3))
        put("plan", partnership=p, action=ref, period="2025-26")
        if i % 4 == 0:
            put("step", partnership=p, action=ref, number=1, text="Ask the members", done_on="2025-11-03" if i % 8 else None)
        if i % 6 == 0:
            put("progress", partnership=p, action=ref, number=1, noted_on="2026-01-%02d" % number(1, 15), text="%s under way" % choose(THING))
        if i % 30 == 0:
            put("indicator", partnership=p, ref="N%d" % (i // 30), action=ref, text="Places kept", unit="places", direction="up", baseline=10, target=number(12, 40))
            put("measure", partnership=p, indicator="N%d" % (i // 30), measured_on="2025-12-01", value=number(8, 40), wider_effects="More people ask." if i % 60 else None)
        if status == "open" and due < "2026-01-01":
            put("chase", partnership=p, action=ref, number=1, person="x%d" % number(1, 10), chased_on="2026-01-%02d" % number(5, 14))


def notices(p, index, count):
    area = "(SELECT ref FROM area WHERE scheme = 'pace-2019' ORDER BY ref LIMIT 1 OFFSET %d)" % index
    put("partnership__areas", partnership=p, item_scheme="pace-2019", item_ref=area)
    for i in range(1, count + 1):
        on = "20%d-%02d-%02d" % ((25, number(2, 12), number(1, 28)) if i % 10 else (26, 1, number(1, 14)))
        put("employer", partnership=p, ref="E%d" % i, name="%s %s %d" % (choose(FIRST), choose(SECOND), i), size=choose(["small", "medium", "large", None]))
        put("notice", partnership=p, ref="N%d" % i, employer="E%d" % i, site="Works", received="%sT09:00:00Z" % on, employed=number(50, 500), proposed=number(5, 50) if i % 20 else None, status="active")
        put("notice__reasons", partnership=p, notice="N%d" % i, item="(SELECT code FROM notice_reason ORDER BY code LIMIT 1 OFFSET %d)" % number(0, 2))
        met = i % 7
        put("incident", partnership=p, ref="I%d" % i, employer="E%d" % i, told="%sT09:00:00Z" % on, respond_by="%sT23:00:00Z" % on, owner="x%d" % number(1, 10),
            status="contacted" if met else "new", responded_at="%sT%02d:00:00Z" % (on, number(10, 23)) if met else None)
        put("incident__notices", partnership=p, incident="I%d" % i, item="N%d" % i)
        put("incident__areas", partnership=p, incident="I%d" % i, item_scheme="pace-2019", item_ref=area)
        if met:
            put("incident_event", partnership=p, incident="I%d" % i, number=1, happened="%sT12:00:00Z" % on, kind="call", person="x1", attended=number(1, 30))


def survey(p, ref, wave):
    put("survey", partnership=p, ref=ref, title="Members", wave=wave, invited=60, received=40, used=40, closed="%s-11-30" % wave)
    for q, (kind, words) in enumerate([("scale", "The meetings are useful"), ("yes-no", "Would you come again?"), ("text", "What should change?")], 1):
        put("question", partnership=p, survey=ref, ref="Q%d" % q, position=q, text=words, kind=kind, scale="agreement" if kind == "scale" else None)
        names = {"scale": ANSWERS, "yes-no": ["Yes", "No"], "text": []}[kind]
        left = 40
        for i, answer in enumerate(names, 1):
            n = left if i == len(names) else number(0, left // 2)
            left -= n
            put("tally", partnership=p, survey=ref, question="Q%d" % q, number=i, answer=answer, count=n, base=40, percent=round(100 * n / 40, 1))
    for line in range(1, 6):
        put("theme_code", partnership=p, survey=ref, question="Q3", line=line, theme=choose(["Times", "Places"]), tone="negative", quote="Earlier, please.")


surveys = 0
for k in range(PARTNERSHIPS):
    name = "p%02d" % k
    put("partnership", ref=name, name="Partnership %d" % k, kind="response-team", purpose="To keep people in work.", established="2016-04-01")
    people(name)
    papers(name)
    actions(name, part(ACTIONS, k))
    notices(name, k, part(NOTICES, k))
    for wave in range(part(SURVEYS, k)):
        survey(name, "s%d" % (wave + 1), str(2024 + wave))
print("PRAGMA foreign_keys=OFF; BEGIN; DELETE FROM partnership;")
for head, values in rows.items():
    for i in range(0, len(values), 500):
        print("%s\n%s;" % (head, ",\n".join(values[i:i + 500])))
print("COMMIT;")
