#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Exports as survey tools write them, with invented answers, read back without a codebook.

usage: check-surveys.py [NAME]

Each export is made here from the layout of its tool (fixed columns, one to three rows of headings, how several
answers share a cell), then survey-tally --explain says what it understood; that is compared with what was meant:
the kind of each question, the order of its answers, and which columns are not questions. Prints TAP.
"""
import csv
import io
import random
import subprocess
import sys

import yaml

AGREE = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
SATISFIED = ["Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied", "Very dissatisfied"]
USEFUL = ["Very useful", "Quite useful", "Not very useful", "Not at all useful"]
ORGS = ["Local authority", "College", "Third sector", "Employer body", "DWP"]
WAYS = ["Meetings", "E-mail bulletins", "Case studies", "Word of mouth"]
WORDS = ["More time to meet each other", "Nothing, it works well as it is", "Clearer notes after each session please",
         "We would like the dates earlier in the year", "Better parking", "Keep going! The support was good.",
         "I was not sure what the aims were", "Fewer forms", "It would help to hear what other areas do, and why", "n/a",
         "A list of who does what", "Send the papers a week before"]
N = 48
rnd = random.Random(11)


def pick(options, blank=0.05):
    return "" if rnd.random() < blank else rnd.choice(options)


def some(options):
    got = [o for o in options if rnd.random() < 0.45]
    return got or [rnd.choice(options)]


def words(blank=0.3):
    return "" if rnd.random() < blank else "%s %s" % (rnd.choice(WORDS), rnd.choice(["", "again", "really", "for us"])) \
        + str(rnd.randint(1, 99)) * (rnd.random() < 0.2)


def every(options, k):
    """Each option at least once among N answers, so that the scale is known to be whole."""
    return options[k % len(options)] if k < 2 * len(options) else pick(options)


def stamp(k, form):
    return form % dict(d=1 + k % 28, m=1 + k % 6, h=9 + k % 8, i=k % 60)


# Each layout returns the rows, what is meant, and what is left out (headings, or parts of them).
# Meant: (part of the heading or text, kind, options in order or None, part of the stem or None)

def microsoft():
    head = ["Id", "Start time", "Completion time", "Email", "Name", "Last modified time", "Language",
            "What type of organisation do you represent?\xa0",
            "The partnership's aims are clear to me", "Meetings are well run", "Information reaches me in time\xa0",
            "How do you hear from the partnership? (select all that apply)", "How likely are you to recommend the partnership to a colleague?",
            "Overall, how would you rate the event?", "Would you take part again?", "When did you join?",
            "What one thing would you change,\nand why?", "How many staff do you have in the region?"]
    rows = [head]
    for k in range(N):
        rows.append([k + 1, stamp(k, "%(m)d/%(d)d/26 %(h)d:%(i)02d:03"), stamp(k, "%(m)d/%(d)d/26 %(h)d:%(i)02d:59"), "anonymous", "", "", "English (United Kingdom)‎",
                     every(ORGS, k), every(AGREE, k), every(AGREE, k + 1), every(AGREE, k + 2),
                     "".join(x + ";" for x in some(WAYS)), k % 11, 1 + k % 5, pick(["Yes", "No"]), stamp(k, "%(m)d/%(d)d/2021"),
                     words(), rnd.randint(1, 900)])
    return rows, [("What type of organisation", "single", None), ("aims are clear", "scale", AGREE), ("Meetings are well run", "scale", AGREE),
                  ("reaches me in time", "scale", AGREE), ("How do you hear", "multiple", sorted(WAYS)),
                  ("recommend", "scale", [str(n) for n in range(10, -1, -1)]), ("rate the event", "scale", None),
                  ("take part again", "yes-no", ["Yes", "No"]), ("When did you join", "date", None), ("one thing", "text", None),
                  ("How many staff", "number", None)], ["Id", "Start time", "Completion time", "Email", "Name", "Last modified time", "Language"]


def google(separator):
    usual = ["Always", "Often", "Sometimes", "Rarely", "Never"]
    head = ["Timestamp", "Email Address", "Which group are you in?", "How useful was each session? [Welcome]", "How useful was each session? [Workshop]",
            "How useful was each session? [Networking]", "How often do you attend?", "Which services did you use?",
            "How satisfied are you with the venue?", "Do you agree to be contacted?", "Any other comments?", "Column 11"]
    rows = [head]
    for k in range(N):
        rows.append([stamp(k, "2026/%(m)02d/%(d)02d %(h)d:%(i)02d:09 AM GMT+1"), "p%d@example.org" % k, every(["A", "B", "C"], k),
                     every(USEFUL, k), every(USEFUL, k + 1), every(USEFUL, k + 2), every(usual, k),
                     separator.join(some(["CV workshop", "Benefits advice", "Job search, online", "Training"])),
                     1 + k % 5, pick(["Yes", "No", "Maybe"]), words(), ""])
    return rows, [("Which group", "single", None), ("Welcome", "scale", USEFUL, "How useful was each session?"), ("Workshop", "scale", USEFUL),
                  ("Networking", "scale", USEFUL), ("How often", "scale", usual),
                  ("Which services", "multiple", ["Benefits advice", "CV workshop", "Job search, online", "Training"]),
                  ("satisfied are you with the venue", "scale", None), ("agree to be contacted", "single|yes-no|scale", None),
                  ("other comments", "text", None)], ["Timestamp", "Email Address"]


def surveymonkey():
    top = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1",
           "Which best describes your organisation?", "", "How satisfied are you with the following?", "", "",
           "Which of these do you use? (Please tick all that apply)", "", "", "", "", "How important is the partnership to you?",
           "What could be better?\nPlease be frank.", "How likely is it that you would recommend us to a friend or colleague?"]
    low = [""] * 9 + ["Response", "Other (please specify)", "Communication", "Meetings", "Website"] + WAYS + ["Other (please specify)",
           "Response", "Open-Ended Response", "Response"]
    imp = ["Extremely important", "Very important", "Somewhat important", "Not so important", "Not at all important"]
    rows = [top, low]
    for k in range(N):
        used = some(WAYS)
        rows.append([11890000000 + k, 42, stamp(k, "%(m)02d/%(d)02d/2026 %(h)02d:%(i)02d:03 AM"), stamp(k, "%(m)02d/%(d)02d/2026 %(h)02d:%(i)02d:44 AM"),
                     "192.0.2.%d" % k, "", "", "", "", every(ORGS, k), "" if k % 9 else "A charity of our own",
                     every(SATISFIED, k), every(SATISFIED, k + 1), every(SATISFIED, k + 2)] + [w if w in used else "" for w in WAYS]
                    + ["" if k % 7 else "By post", every(imp, k), words(), k % 11])
    return rows, [("describes your organisation", "single", None), ("Communication", "scale", SATISFIED, "How satisfied"), ("Meetings", "scale", SATISFIED),
                  ("Website", "scale", SATISFIED), ("Which of these do you use", "multiple", WAYS), ("How important", "scale", imp),
                  ("could be better", "text", None), ("recommend us", "scale", None)], ["Respondent ID", "IP Address", "First Name"]


def limesurvey_text():
    head = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action", "IP address", "Referrer URL",
            "Which sector do you work in?", "Please say how far you agree. [The aims are clear]", "Please say how far you agree. [I know my lead]",
            "How do you share learning? [Meetings]", "How do you share learning? [Newsletter]", "How do you share learning? [Other]",
            "Did you attend last year?", "Please tell us more.", "Total time", "Group time: About you", "Question time: G01Q01"]
    rows = [head]
    for k in range(N):
        done = k % 8 != 0
        rows.append([k + 1, stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00") if done else "", 4 if done else 1, "en", 1000 + k,
                     stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00"), stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:30"), "198.51.100.%d" % k, "",
                     every(ORGS, k), every(AGREE, k), every(AGREE, k + 3), pick(["Yes", "No"], 0), pick(["Yes", "No"], 0), "" if k % 6 else "Podcasts",
                     pick(["Yes", "No"]), words(), 100.5 + k, 40.25, 3.5])
    return rows, [("Which sector", "single", None), ("aims are clear", "scale", AGREE, "how far you agree"), ("my lead", "scale", AGREE),
                  ("share learning", "multiple", ["Meetings", "Newsletter"]), ("last year", "yes-no", None), ("tell us more", "text", None)], \
        ["Response ID", "Seed", "IP address", "Total time", "Group time: About you", "Question time: G01Q01"]


def limesurvey_codes():
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl",
            "Q1", "Q2[SQ001]", "Q2[SQ002]", "Q3[SQ001]", "Q3[SQ002]", "Q3[other]", "Q4", "Q5", "Q5[other]", "interviewtime"]
    rows = [head]
    for k in range(N):
        rows.append([k + 1, stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00"), 4, "en", 1000 + k, stamp(k, "2026-%(m)02d-%(d)02d 09:00:00"),
                     stamp(k, "2026-%(m)02d-%(d)02d 09:10:00"), "198.51.100.%d" % k, "", "AO0%d" % (1 + k % 4), 1 + k % 5, 1 + (k + 2) % 5,
                     pick(["Y", ""], 0), pick(["Y", ""], 0), "" if k % 6 else "Podcasts", pick(["Y", "N"]), pick(["A1", "A2", "-oth-"]), "", 120.5])
    return rows, [("Q1", "single", None), ("SQ001", "scale", None, "Q2"), ("SQ002", "scale", None, "Q2"), ("Q3", "multiple", None), ("Q4", "yes-no", None), ("Q5", "single", None)], \
        ["id", "submitdate", "ipaddr", "interviewtime"]


def qualtrics():
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
             "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude",
             "DistributionChannel", "UserLanguage", "Q1", "Q2_1", "Q2_2", "Q3", "Q3_5_TEXT", "Q4_NPS_GROUP", "Q4", "Q5", "Q6"]
    usual = ["A great deal", "A lot", "A moderate amount", "A little", "None at all"]
    texts = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date", "Response ID",
             "Recipient Last Name", "Recipient First Name", "Recipient Email", "External Data Reference", "Location Latitude", "Location Longitude",
             "Distribution Channel", "User Language", "Which body are you from? - Selected Choice",
             "To what extent do you agree or disagree with these statements? - The priorities are right",
             "To what extent do you agree or disagree with these statements? - I am kept informed",
             "Which have you used? Select all that apply - Selected Choice", "Which have you used? Select all that apply - Other - Text",
             "How likely are you to recommend us? - Group", "How likely are you to recommend us?", "How much do you know about the plan?", "Anything else?"]
    agree = ["Strongly agree", "Somewhat agree", "Neither agree nor disagree", "Somewhat disagree", "Strongly disagree"]
    rows = [names, texts, ['{"ImportId":"%s"}' % n for n in names]]
    for k in range(N):
        done = k % 6 != 5
        nps = k % 11
        rows.append([stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00")] * 2 + ["Survey Preview" if k == 3 else "IP Address", "203.0.113.%d" % k, 100 if done else 40, 60 + k, "True" if done else "False",
                     stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:59"), "R_%07dab" % k, "", "", "", "", 55.9 + k / 1000, -3.2, "anonymous", "EN-GB",
                     every(ORGS, k), every(agree, k), every(agree, k + 1), ",".join(some(["Advice line", "Workshops", "Mentoring", "Website"])), "" if k % 6 else "Podcast",
                     "Promoter" if nps > 8 else "Passive" if nps > 6 else "Detractor", nps, every(usual, k), words()])
    return rows, [("Which body", "single", None), ("priorities are right", "scale", agree, "To what extent do you agree"), ("kept informed", "scale", agree),
                  ("Which have you used", "multiple", ["Advice line", "Mentoring", "Website", "Workshops"]), ("recommend us?", "scale", None),
                  ("know about the plan", "scale", usual), ("Anything else", "text", None)], ["StartDate", "Status", "IPAddress", "LocationLatitude", "ResponseId"]


def jotform():
    rate = ["Excellent", "Good", "Fair", "Poor"]
    head = ["Submission Date", "First Name", "Last Name", "E-mail", "Your organisation", "Please rate >> Speakers", "Please rate >> Venue", "Please rate >> Catering",
            "Which sessions did you attend?", "Overall rating", "Would you come again?", "Comments", "Submission IP", "Submission ID"]
    rows = [head]
    for k in range(N):
        rows.append([stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00"), "Pat", "Smith%d" % k, "p%d@example.org" % k, every(ORGS, k), every(rate, k), every(rate, k + 1), every(rate, k + 2),
                     "\n".join(some(["Opening", "Workshop A", "Workshop B", "Closing"])), 1 + k % 5, every(["Definitely", "Probably", "Not sure", "Probably not", "Definitely not"], k), words(), "203.0.113.%d" % k, 5800000000000000000 + k])
    return rows, [("Your organisation", "single", None), ("Speakers", "scale", rate, "Please rate"), ("Venue", "scale", rate), ("Catering", "scale", rate),
                  ("Which sessions", "multiple", ["Closing", "Opening", "Workshop A", "Workshop B"]), ("Overall rating", "scale", None),
                  ("come again", "scale", None), ("Comments", "text", None)], ["Submission Date", "First Name", "E-mail", "Submission IP", "Submission ID"]


def typeform():
    head = ["#", "What best describes you?", "Other", "How clear were the aims?", "Was the day well organised?", "Would you recommend it?", "Tell us more",
            "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"]
    rows = [head]
    for k in range(N):
        rows.append(["%08x%024x" % (k * 7919, k), every(ORGS, k), "" if k % 9 else "A trust", 1 + k % 5, pick([0, 1], 0), pick([0, 1], 0), words(), "completed",
                     stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:00"), "", stamp(k, "2026-%(m)02d-%(d)02d %(h)02d:%(i)02d:44"), "%010x" % (k * 104729), "", "Thanks"])
    return rows, [("best describes you", "single", None), ("How clear", "scale", None), ("well organised", "yes-no", None), ("recommend it", "yes-no", None),
                  ("Tell us more", "text", None)], ["#", "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Ending"]


def smartsurvey():
    top = ["UserID", "UserNo", "Name", "Email", "IP Address", "Unique ID", "Started", "Ended", "Tracking Link", "1. Which area are you from?",
           "2. How would you rate the quality of the following?", "", "3. Which of these apply to you?", "", "", "4. Were your needs met?", "5. Please add any comments"]
    low = [""] * 10 + ["Training", "Advice", "I am a carer", "I work part time", "None of these", "", ""]
    rate = ["Very good", "Good", "Neither good nor poor", "Poor", "Very poor"]
    met = ["Yes, fully", "Yes, partly", "No"]
    apply = ["I am a carer", "I work part time", "None of these"]
    rows = [top, low]
    for k in range(N):
        got = [apply[2]] if k % 5 == 0 else some(apply[:2])
        rows.append([190000 + k, k + 1, "", "", "192.0.2.%d" % k, "u%05d" % (k * 37), stamp(k, "%(d)02d/%(m)02d/2026 %(h)02d:%(i)02d:03"), stamp(k, "%(d)02d/%(m)02d/2026 %(h)02d:%(i)02d:33"), "Web link",
                     every(["North", "South", "East"], k), every(rate, k), every(rate, k + 1)] + [a if a in got else "" for a in apply] + [every(met, k), words()])
    return rows, [("Which area", "single", None), ("Training", "scale", rate, "rate the quality"), ("Advice", "scale", rate), ("apply to you", "multiple", None),
                  ("needs met", "scale", met), ("any comments", "text", None)], ["UserID", "IP Address", "Started", "Tracking Link"]


def snap():
    freq = ["Weekly", "Monthly", "Quarterly", "Yearly", "Never"]
    head = ["ID.name", "ID.format", "ID.completed", "ID.date", "ID.start", "ID.end", "Q1 Which partner are you from?", "Q2a The plan is clear", "Q2b The plan is realistic",
            "Q3 How often do you meet your lead?", "Q4 Which have helped?", "Q5 How confident are you about the year ahead?", "Q6 Comments"]
    conf = ["Very confident", "Fairly confident", "Not very confident", "Not at all confident"]
    tend = ["Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Strongly disagree"]
    rows = [head]
    for k in range(N):
        rows.append(["Partners2026", "Web", 1, stamp(k, "%(d)02d/%(m)02d/2026"), stamp(k, "%(h)02d:%(i)02d:00"), stamp(k, "%(h)02d:%(i)02d:50"), every(ORGS, k),
                     every(tend, k), every(tend, k + 2), every(freq, k), "; ".join(some(["Mentors", "Money", "Maps"])), every(conf, k), words()])
    return rows, [("Which partner", "single", None), ("plan is clear", "scale", tend), ("plan is realistic", "scale", tend), ("How often", "scale", freq),
                  ("Which have helped", "multiple", ["Maps", "Mentors", "Money"]), ("How confident", "scale", conf), ("Comments", "text", None)], ["ID.name", "ID.date"]


def scales():
    """One question a scale, the sort that councils and agencies ask."""
    lists = {
        "ease": ["Very easy", "Fairly easy", "Neither easy nor difficult", "Fairly difficult", "Very difficult"],
        "change": ["Much better", "A little better", "About the same", "A little worse", "Much worse"],
        "trend": ["Increased", "Stayed the same", "Decreased"],
        "amount": ["Too much", "About right", "Too little"],
        "extent": ["To a great extent", "To some extent", "To a small extent", "Not at all"],
        "extent2": ["A lot", "A little", "Not at all"],
        "numbered": ["1 - Strongly disagree", "2 - Disagree", "3 - Neither", "4 - Agree", "5 - Strongly agree"][::-1],
        "definite": ["Yes, definitely", "Yes, to some extent", "No"],
        "aware": ["Very aware", "Fairly aware", "Not very aware", "Not at all aware"],
        "exceed": ["Exceeded expectations", "Met expectations", "Below expectations"],
        "worry": ["Very concerned", "Fairly concerned", "Not very concerned", "Not at all concerned"],
        "often": ["Every time", "Most of the time", "Some of the time", "Hardly ever", "Never"],
        "daily": ["Daily", "Weekly", "Monthly", "Less often", "Never"],
        "excellent": ["Excellent", "Very good", "Good", "Fair", "Poor"],
        "outof": ["5", "4", "3", "2", "1"],
        "upper": [a.upper() for a in AGREE],
        "relevant": ["Very relevant", "Quite relevant", "Not very relevant", "Not at all relevant"],
        "priority": ["High", "Medium", "Low"],
        "effective": ["Very effective", "Fairly effective", "Neither effective nor ineffective", "Fairly ineffective", "Very ineffective"],
        "known": ["I know a lot about it", "I know a little about it", "I have heard of it", "I have never heard of it"],
        "support": ["Strongly support", "Tend to support", "Neither support nor oppose", "Tend to oppose", "Strongly oppose"],
        "true": ["Always true", "Often true", "Sometimes true", "Rarely true", "Never true"],
        "met": ["Fully met", "Partly met", "Not met"],
        "level": ["Very high", "High", "Medium", "Low", "Very low"],
    }
    ordered = {
        "size": ["0-9", "10-49", "50-249", "250 or more"],
        "age": ["Under 16", "16-24", "25-34", "35 to 64", "65 and over"],
        "since": ["Less than a year", "1-2 years", "3-5 years", "More than 5 years"],
        "turnover": ["Under £50,000", "£50,000 to £99,999", "£100,000 - £1m", "Over £1m"],
        "times": ["Never", "Once", "Twice", "3 or more times"],
    }
    keys = list(lists) + list(ordered)
    rows = [["About %s?" % k for k in keys]]
    for k in range(N):
        rows.append([every((lists.get(x) or ordered[x]), k + i) for i, x in enumerate(keys)])
    meant = [("About %s?" % x, "scale", lists[x]) for x in lists]
    meant += [("About %s?" % x, "single|scale", ordered[x]) for x in ordered]
    return rows, meant, []


LAYOUTS = {"microsoft": microsoft, "google direct": lambda: google(";"), "google sheet": lambda: google(", "), "surveymonkey": surveymonkey,
           "limesurvey text": limesurvey_text, "limesurvey codes": limesurvey_codes, "qualtrics": qualtrics, "jotform": jotform, "typeform": typeform,
           "smartsurvey": smartsurvey, "snap": snap, "scales": scales}


def explain(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    run = subprocess.run(["survey-tally", "--explain"], input=text.getvalue(), capture_output=True, text=True)
    return run, text.getvalue()


def main():
    count = bad = 0

    def check(name, good, why=""):
        nonlocal count, bad
        count += 1
        bad += not good
        print("%sok %d - %s" % ("" if good else "not ", count, name))
        if not good:
            print("\n".join("# " + line for line in str(why).split("\n")))

    for name, layout in LAYOUTS.items():
        if len(sys.argv) > 1 and sys.argv[1] != name:
            continue
        rows, meant, left = layout()
        run, text = explain(rows)
        check("%s: read" % name, run.returncode == 0, run.stderr)
        if len(sys.argv) > 1:
            sys.stderr.write(run.stderr + run.stdout)
        book = yaml.safe_load(run.stdout) or {}
        questions = book.get("question", [])

        def heading(q):
            c = q.get("column")
            return " ".join([c] if isinstance(c, str) else c or []) + " " + q.get("text", "") + " " + q.get("stem", "")

        seen = []
        for part, kind, options, *stem in meant:
            found = [q for q in questions if part in heading(q) and q not in seen]
            q = found[0] if found else {}
            seen.append(q)
            got = [o["text"] for o in q.get("option", [])]
            if kind == "multiple" and options:
                got, options = sorted(got), sorted(options)
                got = [g for g in got if g in options] if set(got) >= set(options) and len(got) <= len(options) + 1 else got
            check("%s: '%s' is %s" % (name, part, kind), q.get("kind") in kind.split("|"), q or "no such question")
            if options:
                same = [g.lower() for g in got] == [o.lower() for o in options]
                check("%s: '%s' has its answers in order" % (name, part), same, "%s\n%s" % (options, got))
            if stem:
                check("%s: '%s' has its stem" % (name, part), stem[0] in q.get("stem", ""), q)
        rest = [heading(q) for q in questions if q not in seen]
        check("%s: nothing else is a question" % name, all("other" in h.lower() for h in rest), rest)
        for part in left:
            check("%s: '%s' is no question" % (name, part), not any(part == heading(q).split(" ")[0] or q.get("column") == part for q in questions))
    print("1..%d" % count)
    sys.exit(bad != 0)


main()
