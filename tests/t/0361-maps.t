#!/bin/sh
# SPDX-License-Identifier: MIT
# Maps, sentence by sentence of compact-document(5): what fills what, what is told, what is refused.
. tests/t/lib.sh
new_store
COMPACT_TODAY=2026-11-22
export COMPACT_TODAY

map() { cat >m.yaml; }
loads() { kind=$1; shift; run_in compact-record "$kind" load -m ./m.yaml "$@"; }

# positions
map <<'M'
heading: 1
columns: {name: 1, kind: 2}
M
loads org <<'I'
Firm,Type
Acme,employer
I
status 0 'a map may give every column by position below a heading row it counts'
err_has 'org acme added' 'the row is read'
map <<'M'
heading: 0
columns: {name: 2}
M
loads org <<'I'
x,Bee
I
err_has 'org bee added' 'and without any heading row'

# what is wrong with a map
map <<'M'
columns:
  nam: Name
M
loads org <<'I'
Name
A
I
status 78 'a field that is none is a fault of the map'
err_has "m.yaml:2: org has no field 'nam'" 'with file and line'
for bad in 'kind: person' 'match: [nme]' 'make: [orgg]'; do
	{ echo "$bad"; echo 'columns: {name: Name}'; } >m.yaml
	loads org <<'I'
Name
A
I
	status 78 "a map with $bad is refused for organisations"
	err_has 'm.yaml: ' "and $bad is placed in the map"
done
run compact-record org list -o ref
out 'nothing was read' <<'END'
acme
bee
END

# constants, skip, match
map <<'M'
columns: {name: N}
constants: {job_title: clerk, email: a@x.example}
skip: {Status: [Left, ""], Nothing: x}
M
loads person <<'I'
N,Job title,Status
Ann Lee,,in
Bob Moy,boss,in
Cy Orr,,left
Di Poe,,
I
status 0 'rows are skipped'
err_has '2 read, 2 new, 0 changed, 0 unchanged, 0 refused, 2 skipped' 'and counted'
err_lacks "no field of person: 'Status'" 'a column that rows are skipped by is of use'
err_has "skip: the file has no column 'Nothing'" 'a skip that can skip nothing is named'
run compact-record person list -o csv --columns=name,job_title
out 'a constant fills what the cell of a column recognised by its heading leaves empty' <<'END'
name,job_title
Ann Lee,clerk
Bob Moy,boss
END

map <<'M'
columns: {name: N, email: Mail}
match: [email]
M
compact-record -q person set alee email=ann@x.example
compact-record -q person set bmoy email=bob@x.example
loads person <<'I'
N,Mail
Ann Lee-Jones,ANN@x.example
Eve New,eve@x.example
I
status 0 'a row is told by the fields of match alone'
err_has 'person alee name Ann Lee → Ann Lee-Jones' 'whose record changes its name'
err_has 'person enew added' 'and what agrees with none is new'
loads person <<'I'
N,Mail
One,eve@x.example
Two,Eve@x.example
I
status 65 'two rows of one record are refused'
err_has "'Two' (enew) stands in an earlier row too" 'naming it'
compact-record -q person set bmoy email=eve@x.example
loads person <<'I'
N,Mail
Three,eve@x.example
I
status 65 'a row that two records agree with is refused'
err_has 'fits both bmoy and enew' 'naming both'

# related records
map <<'M'
columns: {name: N, org.name: O, org.employees: E}
make: [org]
M
loads person <<'I'
N,O,E
Flo Qua,ACME,12
Gus Ray,Newco,
I
status 0 'a related record is found in any case, or made'
err_lacks 'org acme name' 'and keeps the name it has'
err_has 'org acme employees (nothing) → 12' 'other fields are set on it'
loads person <<'I'
N,O
Hal Sly,acme
I
run compact-record org list -o csv --columns=ref,name
out 'nor does a ref become a name' <<'END'
ref,name
acme,Acme
bee,Bee
newco,Newco
END

map <<'M'
columns: {title: T, step.text: S, step.done_on: D}
split: {step.text: bullets, step.done_on: lines}
M
loads action <<'I'
T,S,D
Go,"Before
- one
  more
2) two","1/2/2026
2/2/2026
3/2/2026"
I
status 0 'columns fill children'
run compact-record step list -o csv --columns=ref,text,done_on
out 'one an item, paired in order' <<'END'
ref,text,done_on
A1/1,Before,2026-02-01
A1/2,one more,2026-02-02
A1/3,two,2026-02-03
END
loads action <<'I'
T,S,D
Stop,"- one
- two",1/2/2026
I
status 65 'items that cannot be paired are refused'
err_has 'has 1 items where the column beside it has 2' 'with their numbers'

compact-record -q workgroup add sg name='Steering Group' >/dev/null
map <<'M'
columns: {name: N, seat.role: R, seat.workgroup: W}
M
loads person <<'I'
N,R,W
Flo Qua,chair,Steering Group
I
status 0 'a kind that refers to the row is filled, by the reference that bears its name'
loads person <<'I'
N,R,W
Flo Qua,deputy,sg
I
run compact-record seat list -o csv --columns=ref,person,role
out 'and found again where it agrees' <<'END'
ref,person,role
sg/1,fqua,deputy
END

# a number that is written like a code is none, and goes where texts go
cat >costs.csv <<'I'
Objectives,What will be done,Costs
Print it,x,0012
Post it,x,"£1,200.50"
Find out,x,tbc
I
run action-track load -m plan-grid costs.csv
status 0 'a column of costs with all sorts in it'
run action-track list -o csv --columns=title,budget,costs_note budget.none=no
out 'money is money' <<'END'
title,budget,costs_note
Post it,1200.50,
END
run action-track list -o csv --columns=title,budget,costs_note costs_note.none=no
out 'and the rest is kept as written' <<'END'
title,budget,costs_note
Print it,,0012
Find out,,tbc
END
printf 'ref,budget\nA1,0012\n' >code.csv
run action-track load code.csv
status 65 'where only a number may stand a code is refused'
err 'by its place' <<'END'
action-track: code.csv:2: budget: '0012' begins with a nought like a code; write the number without it, or put the code in a field for text
END

# A dry run tells what was read too.
printf 'ref,title\nA1,Print them\nZ1,New\n' >two.csv
run action-track load -n two.csv
err_has 'two.csv: 2 read, 1 new, 1 changed, 0 unchanged, 0 refused' 'a dry run counts the rows'
err_has 'A1 title: ' 'beside the changes'


# Initials are no bullets; capitals that run on from A are.
new_store bullets.db
cat >bullets.map <<'END2'
kind: action
columns: {ref: ref, title: title, leads: leads}
split: {leads: [bullets]}
END2
cat >bullets.csv <<'END2'
ref,title,leads
L1,One,"J. Smith
A. Jones"
L2,Two,"A. Carol Dun
B. Dora Hill, the second
of that name"
L3,Three,"i. Jo Smith
ii. Al Jones
iii) Ed Hay"
L4,Four,A. Brown
L5,Five,"a. Jo Smith
b. Al Jones"
END2
run action-track -d bullets.db load -q -m bullets.map bullets.csv
status 0 'leads behind bullets'
run compact-record -d bullets.db lead list -o csv --columns=action,as_written
out 'letters and Roman numbers go, initials stay' <<'END2'
action,as_written
L1,J. Smith
L1,A. Jones
L2,Carol Dun
L2,"Dora Hill, the second of that name"
L3,Jo Smith
L3,Al Jones
L3,Ed Hay
L4,A. Brown
L5,Jo Smith
L5,Al Jones
END2

# A sum of money is the same however it is written.
cat >match.map <<'END2'
kind: action
columns: {title: title, due: due, budget: budget}
match: [title, budget]
END2
printf 'title,due,budget\nSing,30/9/26,"£1,200"\n' >match.csv
run action-track -d bullets.db load -q -m match.map match.csv
run action-track -d bullets.db load -m match.map match.csv
err_has '1 unchanged' 'by name and cost'
sed -i 's/match: .*/match: [due, budget]/' match.map
printf 'title,due,budget\nSing it,30/9/26,1200.00\n' >match.csv
run action-track -d bullets.db load -q -m match.map match.csv
run action-track -d bullets.db list budget.none=no -o csv --columns=title,due,budget
out 'by day and cost' <<'END2'
title,due,budget
Sing it,2026-09-30,1200.00
END2

# Several leads in a cell, with "and" between them, where all are known.
compact-record -d bullets.db person add -q jo name='Jo Hill' >.tap/out
compact-record -d bullets.db person add -q al name='Al Lee' >.tap/out
compact-record -d bullets.db org add -q ed name='Education and Training' >.tap/out
printf 'ref,title,leads\nM1,One,"Jo Hill, Al Lee and Education and Training"\nM2,Two,Jo Hill and Partners\n' >and.csv
run action-track -d bullets.db load -q and.csv
run action-track -d bullets.db list ref=M1,M2 -o csv --columns=ref,leads
out 'each is a lead; who is nobody known is not taken apart' <<'END2'
ref,leads
M1,jo;al;ed
M2,Jo Hill and Partners
END2
finish
