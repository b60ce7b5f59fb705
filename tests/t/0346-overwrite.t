#!/bin/sh
# SPDX-License-Identifier: MIT
# What a command is told to write does not take the place of what would be missed: a store, the file that is being
# read, rows refused a moment ago; and a store put somewhere is not spoilt by what an older one left there.
. tests/t/lib.sh
new_store

# A listing with the store's name, whatever its format.
cp compact.db before.db
while read -r words; do
	# shellcheck disable=SC2086
	run $words
	status 73 "$words"
	err_has "'compact.db' is a store, which nothing is written over; choose another name" 'says so'
done <<'END'
compact-record partnership list -O compact.db -o csv
compact-dump -o yaml -O compact.db
compact-query -o json -O compact.db VALUES(1)
report-gen weekly -o text -O compact.db
END
ln -s compact.db link.csv
run compact-record partnership list -O link.csv
status 73 'nor through a link'
printf 'ref,title\n??,y\n' >a.csv
run action-track load --keep-going --rejects=compact.db a.csv
status 73 'nor with refused rows'
ok 'the store is as it was' cmp compact.db before.db
printf 'SQLite' >short.csv
run compact-record partnership list -O short.csv
status 0 'what only begins like one is'

# --rejects: one file, and not the one that is read.
cp a.csv b.csv
run action-track load --keep-going --rejects=r.csv a.csv b.csv
status 64 '--rejects of two files'
err 'would keep those of the second only' <<'END'
action-track: --rejects goes with one FILE; leave it out, and each gets its own
END
run action-track load --keep-going --rejects=./a.csv a.csv
status 64 '--rejects over the input'
err 'is refused' <<'END'
action-track: --rejects: './a.csv' is what is to be read; name another file
END
run hr1-ingest --rejects=a.csv a.csv
status 64 'and so by hr1-ingest'
ok 'the input is as it was' cmp a.csv b.csv

# -O over what is read, by a program that writes once it has read all.
printf 'How satisfied are you?\nSatisfied\nSatisfied\n' >wave.csv
cp wave.csv wave2.csv
run survey-tally -O wave.csv ./wave.csv
status 64 '-O over the input'
err_has "survey-tally: --to: 'wave.csv' is what is to be read; name another file" 'is refused'
ok 'which is as it was' cmp wave.csv wave2.csv

# The journal of a store that was killed would be rolled back into whatever stands there next.
half_done()
{
	rm -f hot.db hot.db-journal
	python3 "$top/tests/tools/hot-journal.py" whole.db hot.db
}
compact-init -q -d whole.db --sample=derbyshire || exit 1
half_done
run compact-backup hot.db
status 73 'a backup is not put over a store that was left half-done'
err 'and why' <<'END'
compact-backup: 'hot.db-journal' is of a store that stood or stands there, and would spoil what takes its place; move it away, together with that store
END
rm hot.db
run compact-init -q -d hot.db ref=new name=New
status 73 'nor a new store beside its journal'
err_has "'hot.db-journal' is of a store that stood" 'and why'
echo "partnership: {ref: new, name: New}" >new.yaml
run compact-load --create -d hot.db new.yaml
status 73 'by any program'
rm hot.db-journal
run compact-init -q -d hot.db ref=new name=New
status 0 'with both away it is made'
half_done
run compact-record -d hot.db person list
run compact-backup hot.db
status 0 'once it is rolled back it may be replaced'
run compact-record -d hot.db partnership list -o ref
out 'by the other' <<'END'
here
END

# A backup takes the place of an older one, and of nothing else; and is of all that there is.
printf 'ref,title\nA1,months of work\n' >work.csv
cp work.csv kept.csv
run compact-backup work.csv
status 73 'a backup over what is no store'
err_has "'work.csv' is there already and is no copy of a store; give another name" 'says so'
ok 'which is as it was' cmp work.csv kept.csv
run compact-backup copy.db
run compact-backup copy.db
status 0 'an older copy is replaced'
: >empty.db
run compact-backup empty.db
status 0 'and an empty file'
run compact-backup -p here part.db
status 64 'a backup of one partnership would be of all'
err_has 'a copy is of the whole store; leave --partnership out' 'which is told'
ok 'and is not made' test ! -e part.db

finish
