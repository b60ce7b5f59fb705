#!/bin/sh
# SPDX-License-Identifier: MIT
# Exports of many tools, made from their layouts, understood without a codebook; and what some of them need.
. tests/t/lib.sh
python3 "$top/tests/tools/check-surveys.py" >layouts
ok 'every layout: kinds, scales in order, stems, columns that are no questions' sh -c '! grep -A3 "^not ok" layouts'
ok 'all of them' test "$(grep -c '^ok' layouts)" -gt 250

# SurveyMonkey: what stands under "Other (please specify)" is an answer where "Response" is blank.
cat >monkey.csv <<'END'
Respondent ID,Collector ID,Which are you?,
,,Response,Other (please specify)
1,9,College,
2,9,College,
3,9,,A trust
4,9,Council,
5,9,Council,
END
run survey-tally -q -o csv --question='Which are you' monkey.csv
out_has 'Which are you?,,,Other,1,5,20.0' 'other is an answer'
out_has 'Which are you?,,,College,2,5,40.0' 'of the base'

# Qualtrics: previews are no responses.
printf '%s\n' 'Status,Finished,Q1' 'Response Type,Finished,Are you well?' '"{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""QID1""}"' \
	'IP Address,True,Yes' 'Survey Preview,True,Yes' 'IP Address,True,No' 'Spam,True,No' >qualtrics.csv
run survey-tally -o csv qualtrics.csv
err_has '2 previews, tests and spam left out' 'previews are left out and counted'
out_has 'Are you well?,,,Yes,1,2' 'of the base'

# Options with a comma of their own in cells that commas join.
printf 'Which?\n"Advice, free, Walks"\n"Advice, free"\nWalks\n"Talks, Walks"\n"Advice, free, Talks"\nTalks\n"Walks, Talks"\n' >commas.csv
run survey-tally -q -o csv commas.csv
out_has '"Advice, free",3,7' 'an option with a comma'
out_has 'Talks,4,7' 'beside others'

# Microsoft Forms writes a ranking like several answers, in the order they were given.
printf 'ID,Rank these\n1,A;B;C;\n2,B;A;C;\n3,C;B;A;\n4,A;C;B;\n' >rank.csv
run survey-tally rank.csv
err_has 'everybody named every answer; if they ranked them, the order is not tallied' 'a ranking is told'
printf 'ID,Tick these\n1,A;B;C;\n2,B;A;\n3,C;B;A;\n4,A;C;B;\n' >ticks.csv
run survey-tally ticks.csv
err_lacks 'everybody named' 'ticks are none'

# A break whose base is hidden shows counts among percents, and says so.
python3 -c '
print("Body,View")
for body, n in (("A", (8, 3, 9)), ("B", (12, 11, 10)), ("C", (2, 7, 6)), ("D", (9, 1, 8))):
    for view, k in zip(("Agree", "Disagree", "Don\x27t know"), n):
        print((body + "," + view + "\n") * k, end="")' >small.csv
run survey-tally -q -b Body --question=View small.csv
out_has 'n=' 'a count among percents says that it is one'
out_has 'n=7: a count, where there is no percent' 'and the foot says what that is'
ok 'percents alone are bare' sh -c 'grep "Agree  *" .tap/out | grep -q "[0-9]\.[0-9]"'
run survey-tally -q -o md -b Body --question=View small.csv
out_has '| Body, % |' 'so do Markdown tables'
ok 'without rows that say nothing' sh -c '! grep -E "^\| balance( \|)+ *(\| *)*$" .tap/out'
finish
