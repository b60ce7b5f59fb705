#!/bin/sh
# SPDX-License-Identifier: MIT
# Loading: what is wrong is named with file, line, field, value and remedy; what is refused is kept apart;
# what a user's own files hold comes out as it went in.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
cp compact.db fresh.db

# try FORMAT CONTENT STATUS MESSAGE: the file is loaded and one line is said.
try()
{
	printf -- "$2" >"in.$1"
	run compact-load --kind=action "in.$1"
	status "$3" "status $3: ${4#compact-load: }"
	printf '%s\n' "$4" >.tap/expected
	ok "said: ${4#compact-load: }" same_file .tap/err
	ok 'and nothing is kept' same_store
}
same_store()
{
	compact-dump --personal >.tap/now && compact-dump --personal -d fresh.db | diff - .tap/now
}

try csv 'ref,title,due\nD1,One,31/9/2008\n' 65 "compact-load: in.csv:2: due: '31/9/2008' is no day of the calendar as day/month/year; correct it, or the order of dates"
try csv 'ref,title,status\nD1,One,opne\n' 65 "compact-load: in.csv:2: status: 'opne' is no status; did you mean 'open'"
try csv 'ref,title\nD1,\n' 65 'compact-load: in.csv:2: title: is missing; every action has one'
try csv 'ref,title,aims\nD1,One,2.1;2.9\n' 65 "compact-load: in.csv:2: aims: no aim '2.9'; did you mean 2.1"
try csv 'ref,title,budget\nD1,One,a lot\n' 65 "compact-load: in.csv:2: budget: 'a lot' is no amount of money; write pounds like 1234.50"
try csv 'ref,title,percent\nD1,One,130\n' 65 "compact-load: in.csv:2: percent: '130' is no percentage; give a whole number from 0 to 100"
try csv 'ref,title\nD1,One\nD1,Two\n' 65 'compact-load: in.csv:3: D1 stands in an earlier row too, with other values; join the two rows'
try csv 'ref,title\nD1,Smith, John\n' 65 "compact-load: in.csv:2: 'John' in column 3 stands under no heading; put quotes round texts with a separator in them, or give the column a heading"
try csv 'ref,title\nD1,"open\nD2,x\n' 65 'compact-load: in.csv:2: column 2: a quote opened in this row is never closed; close it, or take it out'
try csv 'ref,title\nD1,a\000b\n' 65 'compact-load: in.csv:2: column 2: the control character \x00 stands in this cell; take it out'
try csv 'ref,title\nD1,a\033b\n' 65 'compact-load: in.csv:2: column 2: the control character \x1b stands in this cell; take it out'
try csv 'ref,title\nD 1,x\n' 65 "compact-load: in.csv:2: ref: 'D 1' is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
try csv 'ref,title\nplan.csv,x\n' 65 "compact-load: in.csv:2: ref: 'plan.csv' may not be a ref, it ends like a file name; choose another"
try csv 'ref,title,start,due\nD1,x,2008-09-01,2008-08-01\n' 65 "compact-load: in.csv:2: due: '2008-08-01' is before start; correct one of the two"
try yaml 'action:\n  - ref: D1\n    title: [a, b]\n' 65 'compact-load: in.yaml:3: title: is a single value, but a list is given; write one value'
try yaml 'action:\n  - ref: D1\n    titel: x\n' 65 "compact-load: in.yaml:3: titel: action has no field 'titel'; did you mean 'title'"
try yaml 'action:\n  - ref: D1\n    title: x\n    due: 31 Feb 2008\n' 65 "compact-load: in.yaml:4: due: '31 Feb 2008' is no day of the calendar; correct it"
try yaml 'action:\n  - ref: D1\n    title: x\n    aims: 2.1\n' 65 'compact-load: in.yaml:4: aims: is a list; write it as [a, b]'
try yaml 'action:\n  - ref: D1\n    title: x\n    step:\n      - text: one\n        due: 2008-13-01\n' 65 "compact-load: in.yaml:6: due: '2008-13-01' is no day of the calendar; correct it"
try yaml 'action:\n  - ref: D1\n    ref: D2\n' 65 "compact-load: in.yaml:3: the key 'ref' stands here a second time; keep one"
try yaml 'action:\n  - title: &a x\n    what: *a\n' 65 "compact-load: in.yaml:2: an anchor ('&') is not read; take it out, or put the value in quotes"
try yaml 'action:\n  - title: !!str x\n' 65 "compact-load: in.yaml:2: a tag ('!') is not read; take it out, or put the value in quotes"
try yaml 'fnord:\n  - ref: D1\n' 65 "compact-load: in.yaml:2: no kind 'fnord'; see compact-record kinds"
try yaml 'partnership: nowhere\n' 67 "compact-load: in.yaml:1: no partnership 'nowhere'; there is derbyshire"
try yaml 'lead:\n  - {action: A1, person: croberts, org: lsc}\n' 65 "compact-load: in.yaml:2: person: 'croberts' stands beside an organisation or group; give one lead a row"
try yaml 'priority:\n  - {period: 2008-09, title: none}\n' 65 'compact-load: in.yaml:2: aims: 2008-09/4: a priority serves at least one aim; give aims=REF, or status=suggested while that is open'
try yaml 'setting:\n  - {name: max_prioritees, value: 3}\n' 65 "compact-load: in.yaml:2: name: 'max_prioritees' is no setting; see compact-schema(5) for those there are"
try yaml 'action_link:\n  - {action: A1, other: A2, kind: depends-on}\n  - {action: A2, other: A1, kind: depends-on}\n' 65 "compact-load: in.yaml:3: other: 'A1' makes a circle, as the action would wait for itself; use kind=relates or choose another"
try yaml 'person:\n  - {name: Q, email: nowhere}\n' 65 "compact-load: in.yaml:2: email: 'nowhere' is no e-mail address; write it like name@example.org"

printf -- '- a\n- b\n' >in.yaml
run compact-load in.yaml
status 65 'a list of nothing known'
err_has 'in.yaml:1: a list does not say what its records are; write KIND: above it' 'is refused with the way to do it'
printf -- '- {ref: R1, title: rooted}\n' >in.yaml
run compact-load --kind=action -n in.yaml
status 0 'with --kind a bare list is one of records'

# Several faults: each named, then their number.
printf 'ref,title,due\nD1,One,x\nD2,Two,1 Sept 2008\nD3,,\n' >in.csv
run action-track load in.csv
status 65 'several faults'
err 'are all told, and counted' <<'END2'
action-track: in.csv:2: due: 'x' is no date; write it like 2026-11-30 or 30 Nov 2026
action-track: in.csv:4: title: is missing; every action has one
action-track: in.csv: 2 records refused, so nothing was kept; mend them all, or use --keep-going
END2

# Going on: what is refused is refused whole, and stands in a file to be mended and fed in again.
printf 'ref,title,aims,workgroup\nD1,One,2.1;2.9,\nD2,Two,2.1,\nA1,,2.9,\nD3,Three,,nowhere\n' >in.csv
run action-track load --keep-going in.csv
status 1 'some taken, some refused'
err_has "action-track: in.csv:2: aims: no aim '2.9'" 'a reference that finds nothing'
err_has "action-track: in.csv:5: workgroup: no workgroup 'nowhere'" 'and another'
err_has 'in.csv: 4 read, 1 new, 0 changed, 0 unchanged, 3 refused' 'counted'
err_has '3 refused rows in in.refused.csv, with the reason; mend and load that file' 'the file is named'
ok 'refused rows as they were, with line and reason' diff - in.refused.csv <<'END2'
line,why,ref,title,aims,workgroup
2,"aims: no aim '2.9'; add it first, or correct it",D1,One,2.1;2.9,
4,"aims: no aim '2.9'; add it first, or correct it",A1,,2.9,
5,"workgroup: no workgroup 'nowhere'; add it first, or correct it",D3,Three,,nowhere
END2
run action-track list ref=D1,D2,D3 -o ref
out 'only the good row came in' <<'END2'
D2
END2
sed -i 's/2\.9/2.2/g; s/nowhere//g' in.refused.csv
run action-track load --keep-going in.refused.csv
status 0 'mended it loads'
err_lacks 'left out' 'without a word about line and why'
err_has '3 read, 2 new, 1 changed' 'and what was refused is there'
printf 'ref,title\n,\n' >in.csv
run action-track load --keep-going --rejects=other.csv in.csv
ok 'no file without refused rows' test ! -e other.csv
printf 'ref,title\nE1,\n' >in.csv
run action-track load --keep-going --rejects=other.csv in.csv
status 65 'nothing taken at all'
ok '--rejects names the file' grep -q 'E1' other.csv
printf 'ref,name,kind,reports_to\nw1,One,sub-group,w2\nw2,Two,sub-group,w3\nw3,Three,sub-group,\n' >in.csv
run compact-record workgroup load --keep-going in.csv
status 0 'rows may name later rows'
err_has '3 read, 3 new' 'and are all taken'
printf 'action:\n  - {ref: F1, title: x, aims: [2.9]}\n  - {ref: F2, title: y, action_link: [{other: F3, kind: relates}]}\n  - {ref: F3, title: z}\n' >in.yaml
run action-track load --keep-going in.yaml
status 1 'documents go on too'
err_has '3 read, 2 new, 0 changed, 0 unchanged, 1 refused' 'a record at a time'
ok 'without a file of rows, which they have none' test ! -e in.refused.csv -o "$(grep -c F1 in.refused.csv)" = 0
run compact-load --all-or-nothing --keep-going in.yaml
status 64 'not both ways'

# Absent and blank leave a field alone; --clear-blank, an explicit nothing and a list do not.
printf 'ref,what,due\nA1,,2008-09-01\n' >in.csv
run action-track load in.csv
run action-track list ref=A1 -o csv --columns=due,theme,workgroup
out 'what is not in the file stays' <<'END2'
due,theme,workgroup
2008-09-01,A,steering
END2
printf 'ref,due\nA1,\n' >in.csv
run action-track load in.csv
err_has '1 unchanged' 'an empty cell leaves it'
run action-track load --clear-blank in.csv
err_has 'A1 due 2008-09-01 → (nothing)' 'unless --clear-blank'
printf 'action:\n  - ref: A2\n    due: 2008-10-01\n    aims: [1]\n' >in.yaml
run compact-load in.yaml
printf 'action:\n  - ref: A2\n    due:\n    aims+: [2.2]\n' >in.yaml
run_in compact-load - <in.yaml
err_has 'due 2008-10-01 → (nothing)' 'nothing said in YAML clears'
err_has 'aims 1 → 1;2.2' 'and aims+ adds'

# Every form of a file that spreadsheets save.
for form in utf-8 utf-16le utf-16be windows-1252; do
	for separator in , ';' '	' '|'; do
		rm -f form.db
		cp fresh.db form.db
		python3 - "$form" "$separator" <<'END2'
import sys
form, s = sys.argv[1:]
text = f"ref{s}title{s}due\r\nU1{s}Café – “naïve”{s}30/9/08\r\n"
bom = {"utf-16le": b"\xff\xfe", "utf-16be": b"\xfe\xff", "utf-8": b"\xef\xbb\xbf"}.get(form, b"")
open("form.csv", "wb").write(bom + text.encode(form))
END2
		action-track load -q -d form.db form.csv 2>.tap/err
		run action-track list ref=U1 -d form.db -o csv --columns=title,due
		printf 'title,due\nCafé – “naïve”,2008-09-30\n' >.tap/expected
		ok "$form, separated by '$separator'" same_file .tap/out
	done
done

# The cells that spreadsheets and careless readers spoil, by every way in and out.
python3 - <<'END2'
import csv
cells = ["0012", "01/02/2024", "07700 900123", "12E5", "NO", "=1+1", "£1,200.50", "a\u00a0b", "“x” – y", "1e5", "~",
	"2008-09", "null", "true", "0x1F", "1:30", "- a", "# no", "'", '"', "a;b", "a,b", "{x}", "[y]", "*z", "&w", "!v",
	"%u", "@t", "|", ">", "?", ":", "x: y", "x #y", " ", "3/4", "007", "1.50", "+44 131", "-5", "yes", "Off", "<b>&amp;"]
cells = [c for c in cells if c.strip()]
with open("cells.csv", "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["ref", "title", "timing"])
    for i, c in enumerate(cells):
        w.writerow([f"T{i + 1}", c, c])
END2
rm -f cells.db
compact-init -q -d cells.db ref=here name=Here 2>.tap/err
action-track load -q -d cells.db cells.csv 2>.tap/err
columns=ref,title,timing
action-track list -d cells.db --columns=$columns -o csv >out.csv
ok 'cells: from csv to csv' cmp cells.csv out.csv
action-track list -d cells.db --columns=$columns -O out.xlsx
action-track list -d cells.db --columns=$columns -O out.ods
compact-dump -d cells.db -O out.yaml
action-track list -d cells.db --columns=$columns -O out.tsv
for way in xlsx ods yaml tsv; do
	rm -f way.db
	[ $way = yaml ] || compact-init -q -d way.db ref=here name=Here 2>.tap/err
	if [ $way = yaml ]; then compact-load -q --create -d way.db out.yaml; else action-track load -q -d way.db out.$way; fi
	action-track list -d way.db --columns=$columns -o csv >way.csv
	ok "cells: by way of $way" cmp cells.csv way.csv
done
rm -f way.db
compact-init -q -d way.db ref=here name=Here 2>.tap/err
python3 - <<'END2'
import csv, subprocess
for ref, title, timing in list(csv.reader(open("cells.csv")))[1:]:
    at = "@@" if timing.startswith("@") else ""
    subprocess.run(["action-track", "add", "-q", "-d", "way.db", ref, f"title={at}{title[1:] if at else title}",
        f"timing={at}{timing[1:] if at else timing}"], check=True, stdout=subprocess.DEVNULL)
END2
action-track list -d way.db --columns=$columns -o csv >way.csv
ok 'cells: by the command line' cmp cells.csv way.csv

# The plan of a facilitator and the contacts of Outlook, each in one command.
rm -f compact.db
cp fresh.db compact.db
run action-track load -m plan-grid "$top/tests/data/plan-grid.csv"
status 0 'the plan grid in one command'
err_has '7 read, 0 new, 7 changed, 0 unchanged, 0 refused' 'all its rows'
run action-track list ref=A1,B1,B2.2,C1 -o csv --columns=ref,due,timing,budget,costs_note,aims,leads
out 'two people in a cell, a date, words for a date, a list of aims, money, no name' <<'END2'
ref,due,timing,budget,costs_note,aims,leads
A1,,A first outline for the next meeting – see the note attached,,,2.1;2.2,croberts;jhewlettdavies
B1,2008-09-30,,1200.50,,2.1;2.2;2.3;2.4,emb
B2.2,,On going,,,2.4,steering;smorton
C1,,,,0012,,steering;Named lead?
END2
run action-track load -m plan-grid "$top/tests/data/plan-grid.csv"
err_has '7 unchanged' 'a second time it changes nothing'
run compact-record person load -m outlook "$top/tests/data/outlook.csv"
status 0 'contacts in one command'
err_has '5 read, 5 new, 0 changed, 0 unchanged, 0 refused, 1 skipped' 'persons, and what is none'
run compact-record person list name.has=hara -o csv --columns=ref,name,org,phone
out 'an accent, an apostrophe, a company with a comma' <<'END2'
ref,name,org,phone
zohara,Zoë O’Hara,harbour-housing-and-homes,+44 131 496 0102
END2
run compact-record person load -m outlook "$top/tests/data/outlook.csv"
err_has '5 unchanged' 'a second time it changes nothing'
run compact-record person load -m outlook --explain "$top/tests/data/outlook.csv"
status 0 '--explain'
cp .tap/out mine.yaml
out_has 'job_title: "Job Title"' 'is a map'
run compact-record person load -n -m ./mine.yaml --make=org "$top/tests/data/outlook.csv"
ok 'that load takes' test "$got" -le 1
run action-track load -m nothing in.csv
status 66 'a map that is not there'
printf 'colums:\n' >bad.yaml
run action-track load -m bad.yaml in.csv
status 78 'a map that is none'
run compact-load --explain in.yaml
status 64 'documents need no explaining'

# The headings of many a plan in minutes.
printf 'Action,Who,When\nRing the college,nobody yet,5/6/2027\n' >minutes.csv
run action-track load -n --explain minutes.csv
out_has 'title: "Action"' 'an action is the title of one'
out_has 'due: "When"' 'and when it is due'
run compact-load -n --explain --kind=issue_log minutes.csv
out_lacks 'title:' 'but not that of an issue'

# A heading that is nearly a field's is left out, but not without a word; refs are made.
printf 'ref,titel,what,xyzzy\nT1,a,b,c\n' >near.csv
run action-track load -n near.csv
err_has "near.csv:1: left out, as no field of action: 'titel' (title?), 'xyzzy'" 'a heading mistyped'
run compact-record fields action -o csv
out_has 'ref,ref,no,' 'a ref is made where it is left out'
out_has 'title,text,yes,' 'and a title is not'
out_has 'leads,list,no,person org workgroup,' 'a list that stands for children is a field like others'
printf 'ref,title,Title\nA1,Once,Twice\n' >twice.csv
run action-track load -n twice.csv
err_has "twice.csv:1: left out, as another column is the same field: 'Title'" 'a field with two columns'
err_lacks 'no field' 'is a field'
run action-track load -n --make=organisation twice.csv
status 64 '--make of what is no kind'
err_has "--make: no kind 'organisation'" 'is refused'
printf 'partnership: derbyshire\naction: {ref: A1, percent: 10}\n' >one.yaml
run compact-load -n one.yaml
err_has '2 read, 0 new, 1 changed, 1 unchanged, 0 refused' 'the counts add up'

# A listing of all partnerships says whose each row is; none goes to another.
compact-init -q -d two.db ref=fife name='Fife Partnership'
compact-init -q -d two.db --add ref=tay name=Tay
printf 'Partnership,Ref,Name\nfife,ann,Ann\nTAY,bob,Bob\nFife Partnership,cy,Cy\n,di,Di\nangus,ed,Ed\n' >whose.csv
run compact-load -d two.db -p fife --kind=person whose.csv
status 65 'rows of another partnership are refused'
err_has "whose.csv:3: partnership: the row is of 'tay', and is not put into 'fife'; load it with -p tay" 'by line'
err_has "whose.csv:6: partnership: no partnership 'angus'" 'also of one that there is not'
err_lacks 'left out' 'the column is known'
run compact-load -d two.db -p fife --kind=person --keep-going whose.csv
status 1 'the others are taken'
run compact-record -d two.db -p all person list --columns=partnership,ref -o csv
out 'where they belong' <<'END'
partnership,ref
fife,ann
fife,cy
fife,di
END
run compact-load -d two.db -p fife --kind=sector whose.csv
err_has "left out, as no field of sector: 'Partnership'" 'what all share belongs to none'
# A dry run prints its changes; of very many the first thousand, and how many there are.
python3 -c 'print("ref,title"); [print(f"Q{i},Title") for i in range(1234)]' >1234.csv
run compact-load -n -d two.db -p fife --kind=action 1234.csv
err_has 'Q999 added' 'a thousand are printed'
err_lacks 'Q1000 added' 'and no more'
err_has 'and 234 more: 1234 added in all' 'which is said'
finish
