#!/bin/sh
# SPDX-License-Identifier: MIT
# Types, forms, enumerations, rules and triggers hold for rows put in by the sqlite3 shell too; what
# only the programs hold, compact-check finds.
. tests/t/lib.sh

compact-init -q --sample=derbyshire || exit 1
refused()
{
	if sqlite3 compact.db "$1" 2>.tap/err; then
		echo 'it was taken'
		return 1
	fi
	grep -qF -e "$2" .tap/err || { cat .tap/err; return 1; }
}
insert="INSERT INTO action (partnership, ref, title"
ok 'a date' refused "$insert, due) VALUES ('derbyshire','Z1','x','2008-02-31')" 'due: is no date; write it like 2026-11-30'
ok 'a status' refused "$insert, status) VALUES ('derbyshire','Z1','x','opne')" 'CHECK constraint failed'
ok 'a ref' refused "$insert) VALUES ('derbyshire','Z 1','x')" 'ref: is no ref; use up to 64 letters'
ok 'a ref like a file' refused "$insert) VALUES ('derbyshire','x.csv','x')" 'ref: may not be all, or end like a file name'
ok 'an empty title' refused "$insert) VALUES ('derbyshire','Z1','')" 'title: is empty; give some text'
ok 'no title' refused "INSERT INTO action (partnership, ref) VALUES ('derbyshire','Z1')" 'NOT NULL constraint failed: action.title'
ok 'money that is no number' refused "$insert, budget) VALUES ('derbyshire','Z1','x','a lot')" 'budget:'
ok 'a percentage' refused "$insert, percent) VALUES ('derbyshire','Z1','x',130)" 'percent:'
ok 'dates that are reversed' refused "$insert, start, due) VALUES ('derbyshire','Z1','x','2008-09-01','2008-08-01')" 'due: is before start; correct one of the two'
ok 'two of one ref' refused "$insert) VALUES ('derbyshire','A1','x')" 'UNIQUE constraint failed'
ok 'a circle' refused "INSERT INTO action_link (partnership, action, other, kind) VALUES ('derbyshire','A1','A2','depends-on'), ('derbyshire','A2','A1','depends-on')" 'makes a circle'
ok 'an e-mail address' refused "INSERT INTO person (partnership, ref, name, email) VALUES ('derbyshire','z','z','nowhere')" 'email: is no address; write it like name@example.org'
ok 'a reference, where foreign keys are on' refused "PRAGMA foreign_keys=on; INSERT INTO lead (partnership, action, number, person) VALUES ('derbyshire','A1',9,'nobody')" 'FOREIGN KEY constraint failed'

run compact-check -o csv
grep -c ^error .tap/out >.tap/errors
# What passes the shell without foreign keys is found.
sqlite3 compact.db "INSERT INTO lead (partnership, action, number, person) VALUES ('derbyshire','A1',9,'nobody');
	INSERT INTO priority (partnership, period, number, title) VALUES ('derbyshire','2008-09',9,'No aims');
	INSERT INTO action (partnership, ref, title) VALUES ('derbyshire','a1','Same in capitals');"
run compact-check -o csv
status 1 'compact-check'
out_has "error,lead,A1/9," 'finds a reference that finds nothing'
out_has '2008-09/9' 'a priority without an aim'
out_has 'a1' 'refs that differ in capitals alone'

# A ref keeps its text: no affinity turns 2.10 into 2.1 or 0012 into 12.
for ref in 2.10 0012 1e5 NO; do
	run action-track add "$ref" title=x
	run action-track list "ref=$ref" -o csv --columns=ref
	out "the ref $ref" <<END2
ref
$ref
END2
done

# A damaged file is told, not read on.
cp compact.db damaged.db
size=$(stat -c %s damaged.db)
dd if=/dev/urandom of=damaged.db bs=4096 seek=$((size / 8192)) count=20 conv=notrunc 2>/dev/null
run compact-check -d damaged.db
ok 'a damaged store is said to be' test "$got" -ne 0
ok 'in words' grep -q 'damaged\|malformed' .tap/err
# Refs out of names: letters lose their accents, not their place.
run compact-record person add -q name='Bob Siôn'
out 'a letter with an accent is a letter' <<'END2'
bsion
END2
run compact-record person add -q name='Élodie Ŵyn'
out 'also where it comes first' <<'END2'
ewyn
END2
run compact-record org add -q name='Coleg Sir Gâr & Ynys Môn' kind=provider
out 'in organisations too' <<'END2'
coleg-sir-gar-and-ynys-mon
END2

# Costs are sums from nought.
run action-track add title=x budget=-50
status 65 'a budget below nought'
err_has "budget: '-50.00' is no sum from 0; give pounds and pence without a minus sign" 'is refused'
run action-track add title=x 'spent=(5)'
status 65 'so is what has been spent'
run action-track add -q NIL title=x budget=0 spent=0.01
status 0 'nought and a penny are sums'
run action-track note NIL text=x spent=-1
status 65 'and in a note'
run meeting-track add title=x starts=2026-11-20 cost=-3
status 65 'and of a meeting'
# A store from before its tables refused them opens as it is; what it holds is found, and nothing in its way.
compact-init -q -d old.db ref=fife name=Fife
action-track -d old.db add -q A1 title=One budget=5 >/dev/null
action-track -d old.db note -q A1 text=Begun spent=1
meeting-track -d old.db add -q M1 title=x starts=2026-11-20 cost=3 >/dev/null
sqlite3 old.db "PRAGMA writable_schema=on; UPDATE sqlite_schema SET sql = replace(replace(replace(sql, ' AND budget >= 0', ''), ' AND spent >= 0', ''), ' AND cost >= 0', '');"
ok 'a store of the earlier shape' test "$(sqlite3 old.db "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%budget >= 0%' OR sql LIKE '%spent >= 0%' OR sql LIKE '% cost >= 0%'")" = 0
sqlite3 old.db "UPDATE action SET budget = -500; UPDATE progress SET spent = -50; UPDATE meeting SET cost = -300"
cp old.db as-it-was.db
run compact-check -d old.db -o csv action progress meeting
status 1 'costs below nought are found there'
grep 'less than' .tap/out >.tap/found
ok 'each with its remedy' diff .tap/found - <<'END2'
error,action,A1,"says budget -5.00, which is less than nothing",compact-record action set A1 budget=AMOUNT
error,meeting,M1,"says cost -3.00, which is less than nothing",compact-record meeting set M1 cost=AMOUNT
error,progress,A1/1,"says spent -0.50, which is less than nothing",compact-record progress set A1/1 spent=AMOUNT
END2
compact-dump -d old.db --personal >old.yaml
ok 'reading leaves the store as it was' cmp old.db as-it-was.db
run compact-load -d new.db --create old.yaml
status 65 'a new store does not take them'
err_has "budget: '-5.00' is no sum from 0" 'by name'
run compact-record -d old.db action set A1 budget=2
run compact-record -d old.db progress set A1/1 spent=
run compact-record -d old.db meeting set M1 cost=2
run compact-check -d old.db -o csv action progress meeting
ok 'mended, nothing is found' sh -c '! grep "less than" .tap/out'
compact-dump -d old.db --personal >old.yaml
run compact-load -d new.db --create old.yaml
status 0 'and a new store takes it'
run compact-log -d old.db undo 5
status 0 'the change is taken back there as it was'
# An aim that is retired leaves its number to another, and can still be put right.
compact-init -q -d aims.db ref=a name=A
compact-record -d aims.db aim add -q old number=1 text=Old >/dev/null
compact-record -d aims.db aim add new number=1 text=New >.tap/out 2>.tap/err
ok 'a number in use is refused' grep -q "'1' is that of" .tap/err
compact-record -d aims.db aim set -q old retired=2026-01-01
run compact-record -d aims.db aim add new number=1 text=New
status 0 'a retired aim leaves its number'
run compact-record -d aims.db aim set old text='Old, as it was'
status 0 'and can still be put right'
finish
