#!/bin/sh
# SPDX-License-Identifier: MIT
# survey-tally and the store: keeping a wave, with and without its responses, and comparing with it.
. tests/t/lib.sh
new_store
cat >book.yaml <<'END'
survey:
  title: Partners' survey
  wave: "2025"
  invited: 30
  declined: 2
  declined_reasons: too new to say
question:
- {ref: Q1, column: Organisation, kind: single}
- {ref: Q2, column: Communication is effective, scale: agreement}
- ref: Q3
  column: Comments
  kind: text
  themes:
  - {theme: meetings, tone: negative, words: [meeting*]}
END
python3 - <<'END'
import csv, random
for wave, tilt in (("2025", 0.45), ("2026", 0.0)):
    r = random.Random(5)
    w = csv.writer(open(wave + ".csv", "w", newline=""))
    w.writerow(["Email", "Organisation", "Communication is effective", "Comments"])
    for i in range(24):
        w.writerow(["p%d@example.org" % i, r.choice(["Council", "College"]),
                    ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree"][min(3, int((r.random() * 0.6 + tilt) * 4))],
                    r.choice(["", "Meetings run too long, says Jane Smith", "All well with us here"])])
END
run survey-tally -q -c book.yaml --store=partners-2025 -o csv 2025.csv
status 0 'a wave is kept'
cp .tap/out printed.csv
run compact-record survey list -o csv --columns=ref,title,wave,invited,received,declined,used
out 'with its figures' <<'END'
ref,title,wave,invited,received,declined,used
partners-2025,Partners' survey,2025,30,26,2,24
END
run compact-record question list -o csv --columns=ref,kind,scale
out 'its questions' <<'END'
ref,kind,scale
Q1,single,
Q2,scale,agreement
Q3,text,
END
run compact-record option list survey=partners-2025 question=Q2 -o csv --columns=position,text,tone
out 'its options' <<'END'
position,text,tone
1,Strongly agree,positive
2,Agree,positive
3,Neither agree nor disagree,neutral
4,Disagree,negative
5,Strongly disagree,negative
END
same_tally()
{
	compact-record tally list -o csv --columns=question,answer,count,base,percent >stored.csv
	python3 - <<'END'
import csv
text = {"Q1": "Organisation", "Q2": "Communication is effective", "Q3": "Comments"}
stored = [(text[r["question"]], r["answer"], r["count"], r["base"], r["percent"]) for r in csv.DictReader(open("stored.csv"))]
printed = [(r["question"], r["answer"], r["count"], r["base"], r["percent"]) for r in csv.DictReader(open("printed.csv"))
           if r["question"] != "responses" and not r["note"].startswith("quotation")]
f = lambda rows: [(q, a, c, b, float(p) if p else None) for q, a, c, b, p in rows]
assert f(stored) == f(printed), (f(stored), f(printed))
END
}
ok 'and its rows as they were printed' same_tally
run compact-record response list
out_empty 'no responses unless asked for'
run survey-tally -q -n -c book.yaml --store=other 2025.csv
status 0 'a dry run'
run compact-record survey list -o ref
out 'keeps nothing' <<'END'
partners-2025
END
run survey-tally -n -c book.yaml --store=other --responses -o csv 2025.csv
status 0 'a dry run with the responses'
err_has 'response: 24 new, 0 changes, 0 gone' 'counts what would be kept'
err_has 'survey: 1 new, 0 changes, 0 gone' 'kind by kind'
err_has 'dry run: nothing of this was kept' 'and says that it is not'
err_lacks ' added' 'in a few lines'
run survey-tally -q -c book.yaml --store=partners-2025 --responses -o csv 2025.csv
status 0 'again, with the responses'
run compact-query 'SELECT count(*) AS n FROM response'
out_has '24' 'all of them'
compact-dump --personal >dump.yaml
ok 'nobody is in them' sh -c '! grep -q "example.org" dump.yaml && ! grep -q Jane dump.yaml'
ok 'free text is masked' grep -q 'says \[name\]' dump.yaml
run sh -c 'compact-query "SELECT a.value, i.file FROM answer a JOIN response r USING (survey, line) JOIN import i ON i.ref = r.import WHERE a.question = '"'Q1'"' LIMIT 1" -o csv'
out_has '2025.csv' 'each knows the file it came from'
run survey-tally -q -c book.yaml --store=partners-2025 --responses -o csv - <2025.csv
run_in survey-tally -q -c book.yaml --store=partners-2025 --responses -o csv - <2025.csv
status 0 'from a pipe, read twice'
run compact-check
status 0 'and all is well'

printf 'line,question,theme,tone\n2,Q3,length;notice,negative\n3,Q3,none,positive\n' >codes.csv
run survey-tally -q -c book.yaml --code=codes.csv --store=coded 2025.csv
status 0 'themes given by hand'
run compact-record theme_code list -o csv --columns=question,line,theme,tone
out 'are kept' <<'END'
question,line,theme,tone
Q3,2,length; notice,negative
Q3,3,none,positive
END
run compact-record survey remove coded --children

sed -i 's/wave: "2025"/wave: "2026"/' book.yaml
run survey-tally -q -c book.yaml --compare=partners-2025 -o csv --question=Q2 2026.csv
out_has '2025: ' 'the earlier wave is named'
out_has 'now higher by' 'higher or lower'
out_has '; significant, p ' 'significant where tested'
cp .tap/out by-store
run survey-tally -q -c book.yaml --compare=2025.csv -o csv --question=Q2 2026.csv
sed 's/2025\.csv: /2025: /g' .tap/out >by-responses
ok 'the same from the responses' diff by-store by-responses
run survey-tally -q -c book.yaml --compare=printed.csv -o csv --question=Q2 2026.csv
sed 's/printed\.csv: /2025: /g' .tap/out >by-tally
ok 'and from the tally' diff by-store by-tally
printf 'question,answer,percent\nCommunication is effective,positive,54\n' >old.csv
run survey-tally -q -c book.yaml --compare=old.csv -o csv --question=Q2 2026.csv
out_has 'old.csv: 54.0 %' 'a wave known by its percents alone'
out_has 'no base then, so not tested' 'is not tested'
out_lacks 'significant' 'nor called significant'
run survey-tally -c book.yaml --compare=old.csv -o csv 2026.csv
err_has 'not found in old.csv: Q1' 'questions that were not asked then'
printf 'question,answer,percent\nOpenness,positive,54\n' >old.csv
sed -i 's/scale: agreement}/scale: agreement, same_as: partners-2015\/Openness, changed: another wording}/' book.yaml
run survey-tally -q -c book.yaml --compare=old.csv -o csv --question=Q2 2026.csv
out_has 'old.csv: 54.0 %' 'the same question in other words'
out_has 'changed: another wording' 'and what changed'
run survey-tally -q --compare=partners-1999 2026.csv
status 67 'no such wave'
run survey-tally -q --store=2026.csv 2026.csv
status 65 'a ref that is a file name'
compact-record setting set small_threshold value=8 >.tap/x 2>&1
run survey-tally -q -d compact.db -b Organisation -o csv 2026.csv
out_has '<8' "the store's own threshold"
# Why people declined stands in a column of its own, apart from blank answers.
cat >why.csv <<'END'
Area,Clear,Why not
North,Agree,
South,Disagree,
North,,had not engaged enough
South,,No time
South,,no time
North,Agree,
South,Agree,
END
printf 'declined_column: Why not\n' >why.yaml
run survey-tally -c why.yaml --invited=20 --store=why -o csv why.csv
err_has 'declined 3, used 4 (20.0 % of invited); why they declined: had not engaged enough; No time (2)' 'reasons for declining are counted'
run compact-record survey list ref=why -o csv --columns=title,declined,declined_reasons
out_has 'why.csv,3,had not engaged enough; No time (2)' 'and kept'
run survey-tally -q -c why.yaml --invited=20 --public why.csv
ok 'not for the public' sh -c '! grep -q "No time" .tap/out .tap/err'
# A stored survey keeps the title that somebody gave it, and what a run does not know.
run compact-record survey set why title='Why so few' invited=21
run survey-tally -q -c why.yaml --store=why why.csv
run compact-record survey list ref=why -o csv --columns=title,invited,declined
out_has 'Why so few,21,3' 'title and figures stay'
finish
