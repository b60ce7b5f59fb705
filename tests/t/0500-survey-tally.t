#!/bin/sh
# SPDX-License-Identifier: MIT
# survey-tally as a filter: the exports of each tool, rows, options, statuses and messages.
. tests/t/lib.sh
data=$top/tests/data/surveys

# ---------- what the exports are ----------

# Ref, kind and scale of each question.
list()
{
	survey-tally -q --explain "$1" | python3 -c '
import sys, yaml
for q in yaml.safe_load(sys.stdin)["question"]:
    print(q["ref"], q["kind"], q.get("scale", "-"))' >.tap/out
	command_run="kinds of $1"
	got=0
}
list "$data/microsoft.csv"
out 'Microsoft Forms' <<'END'
Q1 single -
Q2 scale agreement
Q3 multiple -
Q4 text -
Q5 number -
END
list "$data/google.csv"
out 'Google Forms' <<'END'
Q1 scale frequency
Q2.1 scale satisfaction
Q2.2 scale satisfaction
Q3 scale -
Q4 multiple -
END
list "$data/google-sheet.csv"
out 'Google Forms, through a sheet' <<'END'
Q1 scale frequency
Q2.1 scale satisfaction
Q2.2 scale satisfaction
Q3 scale -
Q4 multiple -
END
list "$data/surveymonkey.csv"
out 'SurveyMonkey' <<'END'
Q1 single -
Q2 multiple -
Q3.1 scale usefulness
Q3.2 scale usefulness
Q3.3 scale usefulness
Q4 single -
END
list "$data/limesurvey.csv"
out 'LimeSurvey, codes' <<'END'
Q01 yes-no yes-no
Q02 multiple -
Q03.1 scale agreement
Q03.2 scale agreement
Q04 scale -
END
list "$data/limesurvey-long.csv"
out 'LimeSurvey, in full' <<'END'
Q1 yes-no yes-no
Q2 multiple -
END
list "$data/qualtrics.csv"
out 'Qualtrics' <<'END'
Q1 scale likelihood
Q2 multiple -
Q3.1 scale agreement
Q3.2 scale agreement
Q4 single -
END
list "$data/plain-1252.csv"
out 'a table under a title, in Windows-1252' <<'END'
Q1 single -
Q2 scale quality-4
Q3 scale quality-4
Q4 single -
Q5 number -
END
run survey-tally "$data/qualtrics.csv"
err_has "1 unfinished response left out" 'the unfinished are counted'
err_has "'Recipient Email'" 'who answered is named'
out_lacks 'Recipient' 'and not tallied'
err_has '24 responses read, 23 used' 'how many were read and used'
run survey-tally -o csv --question='How do you hear' "$data/surveymonkey.csv"
out_has 'How do you hear of us?,,,Email,' 'a column an option is one question'
run survey-tally "$data/microsoft.csv"
out_has 'Ring [name] on [telephone] about the pack' 'quotations are masked'
run survey-tally --public "$data/microsoft.csv"
out_lacks 'Ring' 'no quotations in public'
for f in microsoft google surveymonkey limesurvey limesurvey-long qualtrics plain-1252; do
	survey-tally -q -o csv "$data/$f.csv" >one.csv
	survey-tally -q --explain "$data/$f.csv" >book.yaml
	survey-tally -q -c book.yaml -o csv "$data/$f.csv" >two.csv
	ok "$f: tallied by what was explained it is the same" cmp one.csv two.csv
	survey-tally -q -c book.yaml --explain "$data/$f.csv" >again.yaml
	ok "$f: explained again it is the same" cmp book.yaml again.yaml
done

# ---------- rows ----------

cat >r.csv <<'END'
Organisation,Region,The aims are clear,Why?,Weight
Council,North,Agree,,2
Council,North,Strongly agree,Plain words,1
College,South,Disagree,Too long by half,1
College,North,Don't know,,1
Council,South,,,1
END
run survey-tally -q -o csv --question=aims r.csv
out 'one row an answer' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,note
The aims are clear,,,Strongly agree,1,3,33.3,6.1,79.2,base under 10
The aims are clear,,,Agree,1,3,33.3,6.1,79.2,base under 10
The aims are clear,,,Neither agree nor disagree,0,3,0.0,0.0,56.1,base under 10
The aims are clear,,,Disagree,1,3,33.3,6.1,79.2,base under 10
The aims are clear,,,Strongly disagree,0,3,0.0,0.0,56.1,base under 10
The aims are clear,,,positive,2,3,66.7,20.8,93.9,base under 10
The aims are clear,,,neutral,0,3,0.0,0.0,56.1,base under 10
The aims are clear,,,negative,1,3,33.3,6.1,79.2,base under 10
The aims are clear,,,balance,,3,33.3,,,"positive less negative, in points"
The aims are clear,,,mean,,3,,,,3.67 on 5 Strongly agree to 1 Strongly disagree
The aims are clear,,,median,,3,,,,Agree
The aims are clear,,,Don't know,1,,,,,aside: not in the base
The aims are clear,,,no answer,1,,,,,not in the base
END
run survey-tally -q -o csv --question=C -w Weight --min-base=2 r.csv
out 'weighted' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,base_weighted,base_effective,note
The aims are clear,,,Strongly agree,1,3,25.0,3.4,76.1,4,2.66666666667,
The aims are clear,,,Agree,1,3,50.0,11.6,88.4,4,2.66666666667,
The aims are clear,,,Neither agree nor disagree,0,3,0.0,0.0,59.0,4,2.66666666667,
The aims are clear,,,Disagree,1,3,25.0,3.4,76.1,4,2.66666666667,
The aims are clear,,,Strongly disagree,0,3,0.0,0.0,59.0,4,2.66666666667,
The aims are clear,,,positive,2,3,75.0,23.9,96.6,4,2.66666666667,
The aims are clear,,,neutral,0,3,0.0,0.0,59.0,4,2.66666666667,
The aims are clear,,,negative,1,3,25.0,3.4,76.1,4,2.66666666667,
The aims are clear,,,balance,,3,50.0,,,4,2.66666666667,"positive less negative, in points"
The aims are clear,,,mean,,3,,,,4,2.66666666667,3.75 on 5 Strongly agree to 1 Strongly disagree
The aims are clear,,,median,,3,,,,4,2.66666666667,Agree
The aims are clear,,,Don't know,1,,,,,,,aside: not in the base
The aims are clear,,,no answer,1,,,,,,,not in the base
END
run survey-tally -q -o csv --question=Q1 -b Region -b 'Organisation,Region' --suppress=0 r.csv
out 'by a break; a crossing with the question itself has no table' <<'END'
question,break_by,break_value,answer,count,base,percent,low,high,note
Organisation,,,Council,3,5,60.0,23.1,88.2,base under 10
Organisation,,,College,2,5,40.0,11.8,76.9,base under 10
Organisation,Region,North,Council,2,3,66.7,20.8,93.9,base under 10
Organisation,Region,North,College,1,3,33.3,6.1,79.2,base under 10
Organisation,Region,South,Council,1,2,50.0,9.5,90.5,base under 10
Organisation,Region,South,College,1,2,50.0,9.5,90.5,base under 10
END
run survey-tally -q -o csv --question=aims -b 'Organisation,Region' --suppress=0 r.csv
out_has 'The aims are clear,Organisation × Region,Council × North,Strongly agree,1,2,50.0' 'crossed'
run survey-tally -q -o json --question=Why r.csv
ok 'json' python3 -c 'import json; r = json.load(open(".tap/out")); assert r[0]["answer"] == "answered" and r[0]["count"] == 2, r'
run survey-tally -q -o yaml --question=Why r.csv
ok 'yaml' python3 -c 'import yaml; r = yaml.safe_load(open(".tap/out")); assert r[0]["count"] == 2, r'
run survey-tally -q -o md -b Region r.csv
out_has '## The aims are clear' 'Markdown has a heading a question'
run survey-tally -q -O tally.csv r.csv
status 0 'to a file'
out_empty 'nothing on standard output then'
ok 'its suffix sets the form' grep -q '^question,break_by' tally.csv
run_in survey-tally -q -o csv --question=A - <r.csv
out_has 'Organisation,,,Council,3' 'standard input'
run survey-tally -q -o csv --question=A r.csv r.csv
out_has 'Organisation,,,Council,6' 'two files together'
cat >u.csv <<'END'
Is it clear?
No
no
NO.
Not sure
END
run survey-tally -q -o csv u.csv
out_has 'Is it clear?,,,No,3,3,100.0,43.9,100.0,unanimous' 'unanimous is said, whatever the case'
run survey-tally -q u.csv
out_has 'unanimous: No' 'in text too'
printf 'A,B\n' >none.csv
run survey-tally -q none.csv
status 0 'headings alone'
out_empty 'give no text'
run survey-tally -q -o csv none.csv
out_has 'question,break_by' 'and a heading in csv'

# ---------- response figures ----------

{
	echo 'Does it meet the aims?'
	for i in 1 2 3 4 5 6 7; do echo no; done
} >compact.csv
run survey-tally --invited=36 --received=10 --declined=3 compact.csv
out_has 'invited 36, received 10 (27.8 %), declined 3, used 7 (19.4 % of invited)' 'response figures'
run survey-tally -o csv --invited=36 --received=10 --declined=3 compact.csv
out_has 'responses,,,received,10,36,27.8' 'as rows'
err_has 'invited 36, received 10 (27.8 %), declined 3, used 7 (19.4 % of invited)' 'and as a sentence'
run survey-tally -q --invited=36 --received=11 --declined=3 compact.csv
status 65 'received that is not the sum'
err 'shows the sum' <<'END'
survey-tally: received 11 is not declined 3 + used 7 = 10; correct --received or --declined
END
run survey-tally -q --invited=5 compact.csv
status 65 'fewer invited than received'
err 'is said' <<'END'
survey-tally: invited 5 is fewer than received 7; correct --invited
END

# ---------- printed percents ----------

run survey-tally --fits 110 39 15 33 15
status 1 'percents that cannot be'
out 'with the counts each could be' <<'END'
percent  least  most
39          43    43
15          16    17
33          36    36
15          16    17
END
err 'and why not' <<'END'
no counts of 110 fit: those that round to these percents add up to 111 to 113
END
run survey-tally --fits 7 100 0
status 0 'percents that can be'
run survey-tally --fits 7 50
status 1 'a percent that no count rounds to'
err_has 'none rounds to' 'is said'
run survey-tally --fits 10 101
status 64 'more than all'
err 'is no percent' <<'END'
survey-tally: '101' is no percent; write one from 0 to 100 as it was printed, like 39 or 27.8
END
run survey-tally --fits 10
status 64 'no percents'

# ---------- messages of misuse ----------

run survey-tally -q -b aim r.csv
status 0 'words that one heading has'
run survey-tally -q -b Colour r.csv
status 64 'no such question'
err 'is said' <<'END'
survey-tally: r.csv: no heading has 'Colour'; --explain lists the questions with their refs
END
run survey-tally -q -b Organization r.csv
err 'with the nearest' <<'END'
survey-tally: r.csv: no heading has 'Organization'; did you mean 'Organisation'
END
run survey-tally -q -b e r.csv
err_has "is in several headings ('Region', 'The aims are clear'" 'words that several headings have'
run survey-tally -q -b Name "$data/microsoft.csv"
status 64 'who answered is no question'
err_has "'Name' says who answered and is never tallied" 'is said'
run survey-tally -q -b 'Start time' "$data/microsoft.csv"
err_has "the form's own book-keeping" 'nor is the book-keeping'
run survey-tally -q -w Region r.csv
status 65 'words for weights'
err "with line and column" <<'END'
survey-tally: r.csv:2: Region: 'North' is no weight; give a number from 0 to 1000000000, or leave it blank
END
run survey-tally -q nothing.csv
status 66 'no such file'
: >empty.csv
run survey-tally -q empty.csv
status 65 'an empty file'
printf 'a: 1\n' >doc.yaml
run survey-tally -q doc.yaml
status 65 'YAML for responses'
printf 'question:\n- {ref: Q1, colum: x, text: y}\n' >bad.yaml
run survey-tally -q -c bad.yaml r.csv
status 78 'a bad codebook'
err 'by line and key' <<'END'
survey-tally: bad.yaml:2: colum: is no key of a codebook here; did you mean 'column'
END
printf 'question:\n- {ref: Q1, column: Shoe size, kind: number}\n' >bad.yaml
run survey-tally -q -c bad.yaml r.csv
status 78 'a codebook of another survey'
err_has "bad.yaml:2: no column of the responses is headed 'Shoe size'" 'is said'
run survey-tally -q --responses r.csv
status 64 '--responses alone'
run survey-tally -q r.csv u.csv
status 65 'files that differ'
err_has "column A is 'Is it clear?' here and 'Organisation' in the first file" 'is said'
run survey-tally -q -o csv r.csv -O /dev/full
status 74 'a full disk'

# ---------- themes ----------

cat >book.yaml <<'END'
question:
- ref: Q3
  column: The aims are clear
- ref: Q4
  column: Why?
  kind: text
  themes:
  - {theme: length, tone: negative, words: [long*, short*]}
END
run survey-tally -q -c book.yaml -o csv --question=Q4 r.csv
out_has 'Why?,,,length,1,2,50.0' 'themes by words'
out_has 'Why?,,,Too long by half,,,,,,quotation: length' 'with what was said'
run survey-tally -q --explain --code=codes.csv r.csv
status 0 'a coding sheet'
ok 'has the answers' grep -q '^4,Q4,Too long by half,,$' codes.csv
run survey-tally -q --code=codes.csv -o csv --question=Why r.csv
status 0 'read back as it was written'
sed -i 's/^3,Q4,Plain words,,/3,Q4,Plain words,clear;style,positive/; s/half,,/half,style,negative/' codes.csv
run survey-tally -q --code=codes.csv -o csv --question=Why r.csv
out_has 'Why?,,,style,2,2,100.0' 'themes coded by hand'
out_has 'Why?,,,tone: positive,1,2,50.0' 'and tones'
printf 'line,question,theme,tone\n2,Q4,x,merry\n' >codes.csv
run survey-tally -q --code=codes.csv r.csv
status 78 'a bad tone'
err "is said" <<'END'
survey-tally: codes.csv:2: 'merry' is none of positive, neutral, negative, aside
END
# A post says who it was in a small group; not to remember is no answer on the scale.
cat >useful.csv <<'END'
How useful was the help?,Job title
Very useful,Chair
Quite useful,HR manager
Not very useful,Director
Can't recall,Clerk
Very useful,Secretary
END
run survey-tally useful.csv
out_has 'scale (usefulness), base 4 (under 10) of 5' 'who cannot recall is kept aside'
err_has "left out: 'Job title': they say who answered" 'posts are left out'
finish
