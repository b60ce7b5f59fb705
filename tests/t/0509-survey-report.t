#!/bin/sh
# SPDX-License-Identifier: MIT
# The survey report: what it says of each sort of question, of small surveys, and of an earlier wave.
. tests/t/lib.sh
compact-init -q --sample=derbyshire
run report-gen survey
status 0 'a survey of seven'
out_has 'Invited 36, received 10 (27.8% of invited), declined 3, used 7 (19.4% of invited)' 'how many answered'
out_has 'All 7 who answered said ' 'unanimous, with the base'
out_has 'few, so read them with care' 'a small base'
out_lacks 'Base:  who' 'no base where nothing is counted'
out_lacks 'No question on a scale' 'nothing of scales where there is none'
ok 'themes stand under their question' sh -c 'sed -n "/^### What has gone least well/,/^### Does/p" .tap/out | grep -q "groups that never met"'
out_has '\<5' 'in public without small counts'
out_lacks 'Most often: nothing successful' 'nor what follows from them'
run report-gen survey audience=partners
out_has 'Most often: nothing successful to name' 'among partners with what was named most'
compact-init -q --sample=tayside -d tayside.db
run report-gen -d tayside.db survey
out_has 'Together 88% positive' 'the parts of a scale and their sum'
out_has ', 83% of 24' 'key messages of all kinds'
out_has 'Base: 23 who answered this question of the 24 used' 'a base that moves'
out_has 'higher, not tested' 'higher or lower where nothing was tested'
out_lacks 'significant' 'and not significant'

python3 -c '
print("The aims are clear,I am kept informed")
for a, n in (("Strongly agree", 20), ("Agree", 60), ("Neither agree nor disagree", 20), ("Disagree", 15), ("Strongly disagree", 5)):
    print((a + "," + a + "\n") * n, end="")' >2025.csv
sed 's/^Disagree,Disagree/Agree,Disagree/; s/^Neither agree nor disagree,/Agree,/' 2025.csv >2026.csv
survey-tally -q --store=w2025 2025.csv >/dev/null
survey-tally -q --explain 2026.csv | sed 's/^  - ref: Q\([12]\)/&\n    same_as: w2025\/Q\1/' >book.yaml
run survey-tally -q -c book.yaml --store=w2026 --compare=w2025 2026.csv
status 0 'a second wave'
run report-gen survey survey=w2026
out_has 'significant' 'what was tested and is'
ok 'and what is not is said to be no more than it is' grep -q '^| .*higher' .tap/out

# Published percents that cannot be.
cat >published.yaml <<'END'
survey:
  - ref: pub
    title: Published
    question:
      - ref: Q1
        kind: single
        text: Effective?
        tally:
          - {number: 1, answer: agreed, percent: 39, base: 110}
          - {number: 2, answer: strongly agreed, percent: 15, base: 110}
          - {number: 3, answer: neutral, percent: 33, base: 110}
          - {number: 4, answer: did not agree, percent: 15, base: 110}
      - ref: Q2
        kind: single
        text: Thirds
        tally:
          - {number: 1, answer: a, percent: 33.3}
          - {number: 2, answer: b, percent: 33.3}
          - {number: 3, answer: c, percent: 33.3}
END
compact-load -q published.yaml
run compact-check question
out_has 'has percents that add up to 102.0, more than rounding explains' 'percents that cannot be'
out_has 'survey-tally --fits 110 39 15 33 15' 'how to check them'
out_lacks 'pub/Q2' 'rounding is no fault'

# ---------- the chart of scales ----------

python3 -c '
print("The aims are clear,Room,Food")
for i in range(40):
    print("%s,%d,%d" % (["Agree", "Neither agree nor disagree", "Disagree", "Strongly agree"][i % 4], i % 5 + 1, i % 5 + 1))' >mixed.csv
compact-init -q -d mixed.db ref=here name=Here
survey-tally -q -d mixed.db --store=mixed mixed.csv >/dev/null 2>&1
run report-gen -d mixed.db -O mixed.html survey survey=mixed audience=partners
run cat mixed.html
out_has 'Questions on a scale' 'numbers without a good end do not keep the others from being drawn'
cat >crossed.py <<'END'
import re, sys
page = open("mixed.html").read()
svg = [s for s in re.findall("<svg.*?</svg>", page, re.S) if "neutral centre" in s][0]
lines = [tuple(map(float, m)) for m in re.findall(r'M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)" class="axis"', svg)]
figures = [tuple(map(float, m)) for m in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*class="(?:dark|light)"', svg)]
assert lines and figures
for x, y in figures:
    for x1, y1, x2, y2 in lines:
        assert not (abs(x - x1) < 14 and y1 < y and y - 10 < y2), (x, y, x1, y1, y2)
END
ok 'the line of the centre crosses no figure' python3 crossed.py

finish
