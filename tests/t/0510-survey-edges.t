#!/bin/sh
# SPDX-License-Identifier: MIT
# survey-tally where answers, headings and files are not as one would wish.
. tests/t/lib.sh

# ---------- several answers that are one ----------

cat >channels.csv <<'END'
Id,Which channels?,Region
1,Phone;Telephone,N
2,Phone;Email,S
3,Telephone,N
4,Email;phone;Phone,S
5,Email;Post,N
6,Post;Phone,S
END
cat >channels.yaml <<'END'
question:
- ref: Q1
  column: Which channels?
  kind: multiple
  recode: {Telephone: Phone, Fax: Phone}
- {ref: Q2, column: Region, kind: single}
END
run survey-tally -q -c channels.yaml -o csv --question=Q1 channels.csv
out 'an answer counts once a response, however it is spelt or recoded' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,note
Which channels?,,,Phone,5,6,83.3,43.6,97.0,base under 10
Which channels?,,,Email,3,6,50.0,18.8,81.2,base under 10
Which channels?,,,Post,2,6,33.3,9.7,70.0,base under 10
END
run survey-tally -q -c channels.yaml -o csv --question=Q2 --break=Q1 --suppress=0 channels.csv
out_has 'Region,Which channels?,Phone,N,2,5' 'and nobody is missing from the groups of a break by them'
run survey-tally -q --explain -c channels.yaml channels.csv
out_has '          - Fax' '--explain keeps a spelling that nobody used'
python3 -c '
import csv
w = csv.writer(open("ticks.csv", "w"))
w.writerow(["Id", "Hear: by post", "Hear: by mail", "Region"])
for i in range(12):
    w.writerow([i, "x" if i % 2 else "", "x" if i % 3 == 0 else "", "NS"[i % 4 > 1]])'
cat >ticks.yaml <<'END'
question:
- ref: Q1
  column: ['Hear: by post', 'Hear: by mail']
  text: How do you hear of us?
  kind: multiple
  option: [Letters; leaflets, E-mail]
- {ref: Q2, column: Region, kind: single}
END
run survey-tally -q -c ticks.yaml -o csv --question=Q2 --break=Q1 --suppress=0 ticks.csv
out_has 'Region,How do you hear of us?,Letters; leaflets,N,3,6' 'columns that the codebook words anew can be broken by'

cat >reach.csv <<'END'
How do we reach you?
Ring 0161 496 0001;Ring 0161 496 0002
Ring 0161 496 0003
Letter
Letter
END
printf 'question:\n- {ref: Q1, column: "How do we reach you?", kind: multiple}\n' >reach.yaml
run survey-tally -q -o csv --suppress=0 -c reach.yaml reach.csv
out 'answers that differ in what is taken out of them are one' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,note
How do we reach you?,,,Letter,2,4,50.0,15.0,85.0,base under 10
How do we reach you?,,,Ring [telephone],2,4,50.0,15.0,85.0,base under 10
END

# Everybody ticked one at least: with the base and the one count, the other would be known.
python3 -c '
print("Which channels?")
for i in range(10):
    print("Phone" if i < 6 else "Email")' >either.csv
printf 'question:\n- {ref: Q1, column: "Which channels?", kind: multiple}\n' >either.yaml
run survey-tally -q -o csv --public -c either.yaml either.csv
out 'a small count of ticks does not follow from the others' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,note
Which channels?,,,Phone,*,10,,,,hidden so that no small count can be worked out
Which channels?,,,Email,<5,10,,,,fewer than 5
END

# ---------- headings ----------

printf 'Comments,Comments,Comments (2),comments\nYes,No,Yes,Maybe\nYes,No,Yes,Maybe\n' >same.csv
survey-tally -q --explain same.csv >same.yaml
ok 'repeated headings are numbered apart from all others' test "$(grep -c 'column:' same.yaml)" = \
	"$(grep 'column:' same.yaml | sort -fu | wc -l)"
printf '[Q1] How good?,Age\nGood,30\nBad,40\n' >bracket.csv
run survey-tally -q -o csv bracket.csv
out_has 'Age,,,mean,,2,,,,35.00' 'a heading that begins with a bracket is no YAML'
python3 -c '
import csv
w = csv.writer(open("persons.csv", "w"))
w.writerow(["Agree?"] + ["Name of contact number %d" % i for i in range(90)])
w.writerow(["Yes"] + [""] * 90)'
run survey-tally persons.csv
err_has "'Name of contact number 89': they say who answered" 'a long list of what is left out is told to its end'

# ---------- lines ----------

python3 -c '
import csv
w = csv.writer(open("lines.csv", "w"))
w.writerow(["Pick one", "Side"])
for i in range(30):
    w.writerow(["First line\r\nsecond" if i % 2 else "Other\tthing", "LR"[i // 15]])'
run survey-tally -q --break=Side --suppress=0 lines.csv
out_has '    First line second       15    50.0 %' 'an answer of two lines stands on one'
run survey-tally -q -o md lines.csv
out_has '| First line  second | 15 |' 'in Markdown too'

# ---------- dates ----------

python3 -c '
print("When did you start?,Ok?")
for i in range(1, 29):
    print("03/%02d/2026,Yes" % i)' >american.csv
run survey-tally -o csv american.csv
out_has 'When did you start?,,,latest,,28,,,,2026-03-28' 'the dates of a column are all in one order'
err_has "Q1 'When did you start?': dates are read as month/day/year, as only that fits" 'which is told'

# ---------- weights ----------

printf 'Agree?,w\nYes,1e308\nNo,1e308\n' >heavy.csv
run survey-tally -q -w w heavy.csv
status 65 'a weight without measure is refused'
printf 'Agree?,w\nYes,0\nNo,0\n' >light.csv
run survey-tally -q -w w -o csv light.csv
out_has 'Agree?,,,Yes,1,2,,,,0,0,' 'weights of 0 alone give no percent'

# ---------- too few to say how many ----------

printf 'Do you agree?,Colour\nAgree,Red\nDisagree,Red\n,Blue\n' >few.csv
for format in text md csv tsv json yaml; do
	run survey-tally -q --public -o $format few.csv
	ok "$format: three responses are not told" sh -c '! grep -E "(^|[^0-9])3([^0-9]|\$)" .tap/out'
done
printf 'Do you agree?,Colour\n,Red\n,Red\n,Blue\n' >unsaid.csv
run survey-tally -q --public -o csv unsaid.csv
out_has 'Do you agree?,,,answered,0,,,,,' 'nor by a question that nobody answered'

# ---------- an earlier wave ----------

python3 -c '
import csv
for name, n in (("before.csv", 10), ("now.csv", 20)):
    w = csv.writer(open(name, "w"))
    w.writerow(["Turnover", "x"])
    for i in range(30):
        w.writerow(["< 10" if i < n else "> 10", "Yes"])'
run survey-tally -q -o csv --question=Turnover --compare=before.csv now.csv
out_has '> 10,10,30,33.3,19.2,51.2,"before.csv: 66.7 %, now lower' 'answers that differ in a mark alone are told apart'
printf 'question,answer,percent\nTurnover,< 10,33 %%\nTurnover,> 10.,67%%\n' >tally.csv
run survey-tally -q -o csv --question=Turnover --compare=tally.csv now.csv
out_has 'tally.csv: 33.0 %' 'percents of a tally may have their sign'
out_has 'tally.csv: 67.0 %' 'and an answer its full stop'

# ---------- scales of numbers ----------

cat >ends.csv <<'END'
Speakers (1 = poor; 4 = excellent),Room (1-4),Food out of 4,From Low (1) to High (6),Stars
4,3,2,6,4
3,3,2,5,4
2,2,1,3,3
END
run survey-tally -o csv ends.csv
out_has '4 = excellent),,,mean,,3,,,,3.00 on 1 to 4' 'the heading names the ends of the scale'
out_has '4 = excellent),,,positive,2,3' 'and the middle lies between them'
out_has 'Room (1-4),,,4,0,3' 'a range in the heading'
out_lacks 'Room (1-4),,,5,' 'and nothing above it'
out_has 'Food out of 4,,,mean,,3,,,,1.67 on 1 to 4' 'so much out of'
out_has 'High (6),,,mean,,3,,,,4.67 on 1 to 6' 'ends in brackets'
out_has 'Stars,,,mean,,3,,,,3.67 on 1 to 5' 'of few answers nothing is said to the contrary'
err_has "Q5 'Stars': nobody gave more than 4, and it is taken for 1 to 5" 'but this is told'
python3 -c '
print("Room,Food")
for i in range(24):
    print("%d,%d" % (i % 4 + 1, i % 4 + 1))' >four.csv
run survey-tally -o csv four.csv
out_has 'Room,,,mean,,24,,,,2.50 on 1 to 4' 'many answers and none above 4'
err_has "Q1 'Room': nobody gave more than 4, and it is taken for 1 to 4" 'which is told as well'
sed '5s/.*/1,5/' four.csv >five.csv
run survey-tally -o csv five.csv
out_has 'Room,,,mean,,24,,,,2.38 on 1 to 5' 'unless a question beside it goes further'
survey-tally -q --explain four.csv >four.yaml
sed -i 's/kind: scale/&\n    direction: up/' four.yaml
run survey-tally -q -c four.yaml -o csv four.csv
out_has 'Room,,,positive,12,24,50.0' 'a direction holds for the options of a codebook'
out_lacks 'Room,,,neutral' 'which are even in number'
sed -i 's/direction: up/direction: down/' four.yaml
sed '2,7s/1,1/4,4/' four.csv >low.csv
run survey-tally -q -c four.yaml -o csv low.csv
out_has 'Room,,,negative,14,24' 'the other direction too'
printf '%s\n' Finished,Colour 1,Red 0,Red 1,Blue >one.csv
printf 'unfinished: no\nquestion:\n- {ref: Q1, column: Colour, kind: single, option: [{text: Red}]}\n' >one.yaml
run survey-tally -c one.yaml one.csv
err_has "'Blue' is none of the codebook's options (1 answer)" 'one answer is no answers'

# ---------- neighbours ----------

cat >open.csv <<'END'
Kind,The aims are clear,Progress is open
Council,Strongly agree,Agree
Council,Agree,Agree
Health,Neither agree nor disagree,Neither agree nor disagree
Health,Disagree,Disagree
Health,Disagree,Don't know
END
run survey-tally -q -o csv open.csv
out_has 'Progress is open,,,Strongly agree,0,4' "a don't-know keeps no question from its neighbours' scale"
run survey-tally -q -o csv --question=Q3 open.csv
out_has 'Progress is open,,,mean,,4,,,,3.25 on 5 Strongly agree' 'which holds when it is tallied alone'
out_lacks 'The aims' 'and alone it is'
run survey-tally --fits 7 14.3 85.7
err_has 'add up to 7' 'a sum that can only be one number is one'
err_lacks '7 to 7' 'and no range'

# ---------- several files ----------

new_store
python3 -c '
import csv
for name in "ab":
    w = csv.writer(open(name + ".csv", "w"))
    w.writerow(["Colour", "Comment on it"])
    for i in range(8):
        w.writerow(["Red" if i % 2 else "Blue", "%s: comment number %d, a long one indeed" % (name, i)])'
run survey-tally -q --store=both --responses -o csv a.csv b.csv
run compact-record response list survey=both -o ref
ok 'the responses of all files are kept' test "$(wc -l <.tap/out)" -eq 16
survey-tally -q --explain --code=codes.csv a.csv b.csv >/dev/null
sed -i '2,9s/,,$/,Theme,/' codes.csv
run survey-tally -q --code=codes.csv -o csv a.csv b.csv
out_has 'Comment on it,,,Theme,8,16' 'a code is of the answer of one file'
python3 -c '
import csv
w = csv.writer(open("reach.csv", "w"))
w.writerow(["How can we reach you with news?"])
for i in range(12):
    w.writerow(["Post" if i % 2 else "Web"])
w.writerow(["ring me on 01592 555 0123"])'
printf 'question:\n- {ref: Q1, column: How can we reach you with news?, kind: single}\n' >reach.yaml
run survey-tally -q -c reach.yaml --store=reach --responses reach.csv
run compact-record answer list survey=reach -o csv --columns=value
out_has 'ring me on [telephone]' 'what is written as another answer is masked when kept'

finish
