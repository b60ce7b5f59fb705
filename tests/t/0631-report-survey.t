#!/bin/sh
# SPDX-License-Identifier: MIT
# What the public may see of a survey that was stored whole, and what everybody may know of its bases.
. tests/t/lib.sh

COMPACT_TODAY='2026-11-22 10:00'
export COMPACT_TODAY
new_store
# tally REF ANSWERS-AND-COUNTS: a survey of one agreement question.
tally()
{
	ref=$1
	shift
	{
		echo 'Body,The calls come early enough'
		while [ $# -gt 0 ]; do
			i=0
			while [ $i -lt "$2" ]; do
				i=$((i + 1))
				echo "$3,$1"
			done
			shift 3
		done
	} >"$ref.csv"
	survey-tally -q --suppress=0 -b Body --store="$ref" "$ref.csv" >/dev/null 2>&1
}
row() # ANSWER VALUE: the row of the last report that begins so
{
	grep -qE "^$1 +$2" .tap/out || { show; return 1; }
}

# 19 of 20 agree: one person does not.
tally one 'Strongly agree' 10 Council Agree 9 Council Disagree 1 Council
run report-gen -o text survey survey=one
ok 'one of twenty is hidden' row Disagree hidden
sed -n '/^### The calls/,/^## Change/p' .tap/out >calls
ok 'and cannot be worked out from the others' sh -c '! grep -qE "^(Strongly agree|Agree|positive|negative) +[0-9]|95%.*pos" calls'
out_has 'the shares are hidden, so few' 'not even from the key messages'
out_has 'Base: 20 who answered this question of the 20 used' 'the base stays'
run report-gen -o text survey survey=one audience=partners
ok 'partners see it' row Disagree '1 +5%'
out_has '95% positive, 5% negative; 20 answered' 'and the shares'

# Three disagree in two ways, four in the middle: what is positive follows from nothing hidden.
tally three 'Strongly agree' 9 Council Agree 12 College 'Neither agree nor disagree' 4 Council Disagree 2 Council 'Strongly disagree' 1 College "Don't know" 2 Council
run report-gen -o text survey survey=three
ok 'an answer that nothing follows from is shown' row Agree '12 +43%'
ok 'small ones keep their rows' row 'Strongly disagree' hidden
ok 'the sum of shown parts is shown' row positive '21 +75%'
ok 'those of few are not' row negative hidden
out_has '75% positive; 28 answered' 'key messages likewise'
out_has 'not shown, so few are in some of the groups' 'no groups where some are small'
run report-gen -o text survey survey=three audience=partners
out_has 'By group' 'partners see the groups'
out_has 'Source: three.csv, n = 28.' 'a source line under each figure'
report-gen -o html survey survey=three audience=partners >three.html
report-gen survey survey=three audience=partners >three.md
ok 'points are no per cent, so that shares stand to the right' sh -c 'grep -qE "^\| balance \|  \|  \| -?[0-9]+ points \|" three.md && ! grep "^| Answer | Count" -A1 three.md | grep -q -- "--:|---|---"'
ok 'no bars repeat their numbers where the table has them' sh -c '[ $(grep -c "scroll numbers" three.html) -eq 1 ]'
ok 'who does not know is no part of the base' row "Don't know" '2 +not in the base'

# What the tally hid keeps its row too, for everybody.
survey-tally -q --suppress=5 --store=four three.csv >/dev/null 2>&1
run report-gen -o text survey survey=four audience=partners
ok 'hidden by the tally' row 'Strongly disagree' hidden
out_lacks '0% negative' 'and not taken for nought'

# The response, reasons, free text, other evidence.
cat >docs.yaml <<'END'
survey:
  - ref: s
    title: Members
    wave: "2026"
    invited: 12
    received: 9
    declined: 2
    declined_reasons: joined too lately
    used: 7
    closed: 2026-11-20
    question:
      - ref: Q1
        position: 1
        kind: text
        text: What went well?
        theme_code:
          - {line: 1, theme: networking, tone: positive, respondent_kind: provider, quote: We met at last.}
          - {line: 2, theme: networking, tone: positive, respondent_kind: employer}
          - {line: 3, theme: too few events, tone: negative, respondent_kind: employer}
meeting:
  - {ref: F1, kind: focus-group, title: With colleges, starts: 2026-10-01, status: held}
  - {ref: V1, kind: interview, title: With the first chair, starts: 2026-10-02, status: held}
  - {ref: V2, kind: interview, title: With the funder, starts: 2026-10-03, status: held}
  - {ref: E1, kind: event, title: Conference, starts: 2026-10-04, status: held, survey: s, evaluation: Well received.}
END
compact-load -q docs.yaml || exit 1
run report-gen -o text survey survey=s audience=partners
out_has 'Those who declined gave as reasons: joined too lately.' 'why some declined'
out_has 'Base: 3 answers with a theme, of the 7 used.' 'the base of free text'
ok 'themes by kind of respondent' row employer 'networking +positive +1'
out_has 'We met at last. (networking)' 'in their words'
out_has '1 event, 1 focus group, 2 interviews.' 'what else is known'
ok 'how an event was received' grep -q 'Conference .*Well received' .tap/out
run report-gen -o text survey survey=s
out_lacks 'We met at last' 'quotations are for partners'
out_lacks 'With the first chair' 'and who was spoken with'
out_has '2 interviews' 'but not how many'
compact-record -q theme_code set s/Q1/1 quote= 2>/dev/null
run report-gen -o text survey survey=s audience=partners
out_lacks 'In their words' 'no heading without words'

# An earlier wave, in all and by groups.
tally then 'Strongly agree' 10 Council Agree 10 College 'Neither agree nor disagree' 10 Council Disagree 10 College
sed 's/^Council,Neither agree nor disagree/Council,Agree/' then.csv >now.csv
survey-tally -q --explain now.csv 2>/dev/null | sed 's/^  - ref: Q2/&\n    same_as: then\/Q2\n    changed: asked of councils and colleges only/' >book.yaml
survey-tally -q -c book.yaml -b Body --suppress=0 --compare=then --store=now now.csv >/dev/null 2>&1
run report-gen -o text survey survey=now audience=partners
tr -s ' \n' ' ' <.tap/out >flat && mv flat .tap/out
out_has 'positive 75% 50% +25.0' 'change of the sum'
out_has '40 answered now, 40 then, then.csv' 'and both bases'
out_has 'changed: asked of councils and colleges only' 'and what was changed'
out_has 'Council positive 100% of 20 50% of 20 +50.0' 'change of a group'
finish
