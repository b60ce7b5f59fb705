#!/bin/sh
# SPDX-License-Identifier: MIT
# Misuse: each ends with its status, says in one line what is wrong and what to do, and prints nothing.
. tests/t/lib.sh

new_store
action-track add -q A1 title=First >.tap/out

# refused STATUS MESSAGE COMMAND ...
refused()
{
	wanted=$1
	message=$2
	shift 2
	run "$@"
	status "$wanted" "$*"
	printf '%s\n' "$message" >.tap/expected
	ok "says: $message" same_file .tap/err
	out_empty 'prints nothing'
}

refused 64 'action-track: say what to do: note, done, drop, block, reopen, overdue, due, chase, carry, ratify, smart, add, set, edit, list, show, load, remove, log; see action-track --help' action-track
refused 64 "action-track: no verb 'lst'; did you mean 'list'" action-track lst
refused 64 "action-track: no verb 'frobnicate'; see action-track --help" action-track frobnicate
refused 64 "action-track: no option '--colums'; did you mean '--columns'" action-track list --colums=ref
refused 64 "action-track: no option '--col'; did you mean '--columns'" action-track list --col=ref
refused 64 "action-track: no option '-Z'; see action-track --help" action-track list -Z
refused 64 "action-track: du: action has no field 'du'; did you mean 'due'" action-track set A1 du=2027-01-01
refused 65 'compact-query: the query is wrong: no such table: acton; did you mean action' compact-query 'select * from acton'
refused 65 'compact-query: the query is wrong: no such table: xyzzy; compact-schema(5) has all kinds and views' compact-query 'select * from xyzzy'
refused 64 "action-track: '--limit' needs a value; see action-track --help" action-track list --limit
refused 64 "action-track: '-o' needs a value; see action-track --help" action-track list -o
refused 64 "action-track: '--quiet' takes no value" action-track list --quiet=yes
refused 64 "action-track: --limit: 'x' is no whole number; write digits only" action-track list --limit=x
refused 64 'action-track: --dry-run means nothing to list' action-track list --dry-run
refused 64 'action-track: --columns means nothing to add' action-track add title=x --columns=ref
refused 64 'action-track: --where means nothing to list' action-track list --where=status=open
refused 64 'action-track: --exit-code means nothing to list' action-track list --exit-code
refused 64 "action-track: no format 'cvs'; did you mean 'csv'" action-track list -o cvs
refused 64 'action-track: xlsx needs a file to go to; add -O FILE.xlsx' action-track list -o xlsx
refused 64 "action-track: -O 'x.csv' is csv but -o says yaml; leave one of them out" action-track list -O x.csv -o yaml
refused 64 "action-track: 'x.foo': no format has the suffix '.foo'; say which with -o" action-track list -O x.foo
refused 64 "action-track: 'x.xls': no format has the suffix '.xls'; give it .xlsx" action-track list -O x.xls
refused 64 "report-gen: 'x.docx': no format has the suffix '.docx'; give it .odt, which Word opens" report-gen -O x.docx weekly
refused 64 "compact-record: 'Jo' is no FIELD=VALUE; 'compact-record fields person' lists the fields" compact-record person add Jo
refused 73 "compact-init: cannot create 'not here/x.db': there is no folder 'not here'; make it first: mkdir -p 'not here'" \
	compact-init -d 'not here/x.db' name=One
refused 65 "action-track: due: '2026' is a whole year; give its first day, 2026-01-01, or its last, 2026-12-31" action-track set A1 due=2026
refused 65 "action-track: due: 'next Friday' is no date; write it like 2026-11-30 or 30 Nov 2026; from today count +14d, -2w and +3m, and fri is the coming Friday" \
	action-track set A1 due='next Friday'
refused 64 'action-track: --all-or-nothing and --keep-going exclude each other; leave one out' \
	action-track load --all-or-nothing --keep-going x.csv
refused 64 'action-track: add needs FIELD=VALUE; see action-track --help' action-track add
refused 64 "action-track: 'A7' is no FIELD=VALUE; write for example 'title=…'" action-track add A7
refused 64 "action-track: 'existing' is no FIELD=VALUE; put quotes round the whole: 'what=Identify existing work'" \
	action-track add what=Identify existing work
refused 64 "action-track: '–status=open' begins with a long dash; type a plain hyphen" action-track add –status=open
refused 64 "action-track: '—' begins with a long dash; type a plain hyphen" action-track set A1 title=x —
refused 64 "action-track: '—due=today' begins with a long dash; type a plain hyphen" action-track set A1 —due=today
refused 64 "action-track: '–n' begins with a long dash, as word processors make it; type '-n'" action-track –n list
refused 64 "action-track: '——limit=3' begins with a long dash, as word processors make it; type '--limit=3'" \
	action-track list ——limit=3
refused 64 'action-track: set needs REF or --where, and FIELD=VALUE; see action-track --help' action-track set status=open
refused 64 'action-track: set needs REF or --where, and FIELD=VALUE; see action-track --help' action-track set A1
refused 64 'action-track: refs and --where exclude each other; leave one out' \
	action-track set A1 --where=status=open title=x
refused 64 "action-track: sttaus: action has no field 'sttaus'; did you mean 'status'" action-track set A1 sttaus=open
refused 65 "action-track: status: 'opne' is no status; did you mean 'open'" action-track set A1 status=opne
refused 65 "action-track: due: '31/2/2008' is no day of the calendar as day/month/year; correct it, or the order of dates" \
	action-track set A1 due=31/2/2008
refused 65 "action-track: due: 'soon' is no date; write it like 2026-11-30 or 30 Nov 2026" action-track set A1 due=soon
refused 65 "action-track: budget: '12.345' is no amount of money; write pounds like 1234.50" action-track set A1 budget=12.345
refused 65 'action-track: A1 exists; use set' action-track add A1 title=x
refused 65 'action-track: A1 exists; use set' action-track add a1 title=x
refused 65 "action-track: ref: 'all' may not be a ref, it means every partnership; choose another" action-track add all title=x
refused 67 "action-track: no action 'A9'; there is A1" action-track set A9 status=open
refused 67 "action-track: no action 'zzz'; there is A1" action-track show zzz
refused 67 "action-track: no action 'zzz'; there is A1" action-track log zzz
refused 67 "action-track: no action 'zzz'; there is A1" action-track remove zzz
refused 64 "action-track: 'A1' is no filter; write FIELD=VALUE, or for one record: action-track show A1" action-track list A1
refused 64 "action-track: action has no field 'sttaus'; did you mean 'status'" action-track list sttaus=open
refused 65 "action-track: status: 'opne' is no status; did you mean 'open'" action-track list status=opne
refused 64 "action-track: 'due.befor=today': a filter has .before, .after, .min, .max, .has or .none before the =" \
	action-track list due.befor=today
refused 64 "action-track: action has no field 'reff'; did you mean 'ref'" action-track list --columns=reff
refused 64 "action-track: action has no field 'foo'; see compact-record fields action" action-track list --sort=foo
refused 64 'action-track: show needs a REF; see action-track --help' action-track show
refused 64 'action-track: remove needs a REF; see action-track --help' action-track remove
refused 64 'action-track: log takes one REF; see action-track --help' action-track log A1 A2
refused 64 'action-track: edit needs a terminal; in a pipe use set or load' action-track edit A1
refused 64 'action-track: note needs a REF; see action-track --help' action-track note
refused 64 'action-track: a note needs some words' action-track note A1
refused 64 'action-track: carry needs one PERIOD, such as 2009-10' action-track carry
refused 64 'action-track: ratify needs a PERIOD, such as 2008-09' action-track ratify
refused 64 "action-track: ratify takes at=MEETING and on=DATE, not 'by'" action-track ratify 2008-09 by=x
refused 66 "action-track: cannot open 'no.csv': no such file or directory" action-track load no.csv
refused 64 "action-track: --today: 'never' is no date or time; write it like 2026-08-03 16:30" action-track list --today=never
refused 67 "action-track: no partnership 'nowhere'; there is here" action-track list -p nowhere
refused 64 'action-track: a change needs one partnership, not all; say which with -p REF' action-track set A1 title=x -p all

refused 64 "compact-record: say which kind of record; 'compact-record kinds' lists them" compact-record
refused 64 'compact-record: the kind goes first: compact-record KIND list' compact-record list
refused 64 'compact-record: the kind goes first: compact-record KIND erase' compact-record erase croberts
refused 64 "compact-record: no kind 'persn'; did you mean 'person'" compact-record persn list
refused 64 "compact-record: fields needs one KIND; 'compact-record kinds' lists them" compact-record fields
refused 64 'compact-record: erase needs one REF' compact-record person erase
refused 64 'compact-record: replace needs OLD and NEW; see compact-record --help' compact-record person replace x

refused 64 "compact-init: say at least the name: compact-init name='Derbyshire Public Sector Compact', or --sample=derbyshire" compact-init
refused 64 "compact-init: no sample 'x'; there are derbyshire and tayside" compact-init --sample=x -d x.db
refused 64 "compact-init: no sample '../x'; there are derbyshire and tayside" compact-init --sample=../x -d x.db
refused 73 "compact-init: 'compact.db' exists; choose another name, or add a partnership with --add" compact-init name=Again
refused 66 "compact-init: cannot open 'no.md': no such file or directory" compact-init -d x.db no.md
refused 64 'terms-track: revise needs VERSION and FILE; see terms-track --help' terms-track revise 2009
refused 64 'terms-track: adopt needs a VERSION; see terms-track --help' terms-track adopt
refused 64 'terms-track: compare needs two versions, the older first' terms-track compare 2007
refused 67 "terms-track: no terms '2007'; there is none yet" terms-track compare 2007 2008
refused 64 'compact-backup: say where the copy is to go: compact-backup FILE' compact-backup
refused 64 "compact-backup: 'compact.db' is the store itself; give the backup another name" compact-backup compact.db
refused 73 "compact-backup: cannot create '/nowhere/x.db': no such file or directory" compact-backup /nowhere/x.db
refused 64 "compact-check: no kind 'fnord'; see compact-record kinds" compact-check fnord
refused 64 "compact-dump: no kind 'fnord'; see compact-record kinds" compact-dump fnord
refused 64 'compact-dump: a dump is yaml or json; for other formats use compact-record KIND list' compact-dump -o csv
refused 64 'compact-status: compact-status takes no operands; see compact-status --help' compact-status x
refused 64 'compact-log: undo needs the number of a change, or last; compact-log prints them' compact-log undo
refused 64 "compact-log: N: 'x' is no whole number; write digits only" compact-log undo x
refused 67 'compact-log: there is no change 99; compact-log lists them' compact-log undo 99
refused 67 'compact-log: there is no change 99; the last is 2' compact-log show 99
refused 64 "compact-log: --since: 'zzz' is no date; write it like 2026-11-30 or 30 Nov 2026" compact-log --since=zzz
refused 64 'compact-log: --since means nothing to undo' compact-log undo last --since=today
refused 65 'compact-query: a query may only read kinds and views: not authorized' compact-query 'DELETE FROM action'
refused 65 'compact-query: a query may only read kinds and views: not authorized' compact-query "ATTACH 'x' AS y"
refused 65 'compact-query: a query may only read kinds and views: not authorized' compact-query 'PRAGMA user_version'
refused 65 'compact-query: a query may only read kinds and views: access to store_change.site is prohibited' \
	compact-query 'SELECT * FROM store_change'
refused 65 'compact-query: the query is wrong: near "SELEC": syntax error' compact-query SELEC
refused 65 'compact-query: there is more than one statement; give them one by one' compact-query 'SELECT 1; SELECT 2'
refused 64 'compact-query: the parameter :r has no value; add r=VALUE' compact-query 'SELECT :r'
refused 64 'compact-query: the query has no parameter :z' compact-query 'SELECT 1' z=2
refused 66 "compact-query: cannot open 'no.sql': no such file or directory" compact-query -f no.sql
refused 64 'compact-load: a table does not say what its rows are; add --kind=KIND' compact-load
refused 64 "compact-load: --create makes a store, which a dry run cannot" compact-load --create -n -d x.db
refused 73 "compact-load: 'compact.db' exists; choose another name, or load into it without --create" compact-load --create x.yaml

ok 'and nothing was changed by any of this' test "$(compact-log -o csv | wc -l)" = 3
ok 'nor made' test "$(ls)" = compact.db

for program in action-track compact-backup compact-check compact-dump compact-init compact-load compact-log \
	compact-query compact-record compact-status csv-sheet hr1-ingest incident-track meeting-track priority-add \
	report-gen sheet-csv survey-tally terms-track; do
	run $program --help
	status 0 "$program --help"
	err_empty 'on standard output'
	out_has "usage: $program [OPTION ...]" 'with its usage'
	ok 'within 80 columns' awk 'length > 79 { print; bad = 1 } END { exit bad }' .tap/out
	run $program --version
	out_has "$program 0." "$program --version"
	run $program -h
	status 0 "$program -h"
	run $program -V
	status 0 "$program -V"
done
finish
