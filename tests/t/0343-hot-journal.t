#!/bin/sh
# SPDX-License-Identifier: MIT
# A writer was killed in the middle of its change: whichever program comes next, one that only reads
# among them, rolls back what the journal holds and shows the store as it was.
. tests/t/lib.sh

compact-init -q -d whole.db --sample=derbyshire || exit 1
# A store with half of a change in the file and its journal beside it.
half_done()
{
	python3 "$top/tests/tools/hot-journal.py" whole.db hot.db
}
printf 'ref,title\nA1,Another\n' >rows.csv

# What the program says of the whole store it says of this one, and the journal is gone.
rolled_back()
{
	program=$1
	shift
	"$program" -d whole.db --today=2026-11-20 "$@" >expected 2>&1 </dev/null
	half_done || return 1
	run "$program" -d hot.db --today=2026-11-20 "$@"
	cat .tap/out .tap/err | sed 's/hot\.db/whole.db/g' >now
	diff -u expected now || return 1
	grep -q HALFDONE hot.db && { echo 'half of the change is there'; return 1; }
	[ ! -e hot.db-journal ] || { ls; return 1; }
}
ok 'action-track list' rolled_back action-track list -o csv
ok 'action-track show' rolled_back action-track show A1
ok 'action-track overdue' rolled_back action-track overdue
ok 'action-track smart' rolled_back action-track smart
ok 'action-track -o ics' rolled_back action-track list -o ics
ok 'action-track log' rolled_back action-track log
ok 'compact-record list' rolled_back compact-record person list -o json
ok 'compact-dump' rolled_back compact-dump --personal
ok 'compact-check' rolled_back compact-check -o csv
ok 'compact-log' rolled_back compact-log
ok 'compact-query' rolled_back compact-query 'SELECT ref, title FROM action'
ok 'compact-status' rolled_back compact-status
ok 'terms-track compare' rolled_back terms-track compare 2007 2008
ok 'report-gen' rolled_back report-gen handover
ok 'action-track set -n' rolled_back action-track set A1 due=2027-01-01 -n
ok 'action-track load --explain' rolled_back action-track load --explain rows.csv

# A program that changes something does it on the store as it was.
half_done
run action-track set A1 due=2027-01-01 -d hot.db
status 0 'set'
run action-track list -d hot.db ref=A1 -o csv --columns=ref,due
out 'its change, and no other' <<'END'
ref,due
A1,2027-01-01
END
ok 'no half of the other' sh -c '! compact-dump -d hot.db | grep HALFDONE'

# A backup is of the store as it was.
half_done
run compact-backup copy.db -d hot.db
status 0 'compact-backup'
compact-dump --personal -d copy.db >copy.yaml
compact-dump --personal -d whole.db >whole.yaml
ok 'the backup is whole' cmp whole.yaml copy.yaml

# Who may not write the file cannot roll back either, and is told so.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	half_done
	chmod 755 .
	chmod 644 hot.db hot.db-journal
	run setpriv --reuid=65534 --regid=65534 --clear-groups env XDG_CONFIG_HOME=/nonexistent action-track -d hot.db list
	status 77 'a reader that may not write'
	err 'says why, and the way out' <<'END'
action-track: a program was killed while it wrote to store 'hot.db', and only one that may write it can take that back; let its owner run any program on it
END
	run action-track -d hot.db list -o ref
	status 0 'after the owner has come by'
	run setpriv --reuid=65534 --regid=65534 --clear-groups env XDG_CONFIG_HOME=/nonexistent action-track -d hot.db list -o ref
	status 0 'the reader reads'
fi
finish
