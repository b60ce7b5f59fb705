#!/bin/sh
# SPDX-License-Identifier: MIT
# Thousands of notices with their cases in one partnership, as a national team has them: what is asked of them takes time by
# their number, not by its square.
. tests/t/lib.sh

COMPACT_DB=$work/n.db COMPACT_TODAY=2026-01-15
export COMPACT_DB COMPACT_TODAY
python3 "$top/tests/bench/generate.py" notices 6000 >notices.csv
run compact-init -q ref=pace name='National team' kind=response-team

# Where a query read all cases for each case, it took ten seconds and more.
quick() { within 4 40 "$@"; }

ok 'they are loaded' quick hr1-ingest -q --rejects=refused.csv notices.csv
cases=$(sqlite3 n.db 'SELECT count(*) FROM incident')
ok 'with thousands of cases' [ "$cases" -gt 4000 ]
ok 'employers and what is known of them' quick incident-track history
ok 'each once' [ "$(wc -l <got)" -eq "$(sqlite3 n.db 'SELECT 1 + count(*) FROM employer')" ]
ok 'every check' quick compact-check
ok 'finds cases that may be one' grep -q 'may be of one kind with' got
for report in notices responses activity compare weekly; do
	ok "the report $report" quick report-gen "$report"
done
ok 'months and areas' quick compact-query 'SELECT sum(notices), sum(proposed) FROM notice_month WHERE scheme = (SELECT min(ref) FROM scheme)'
sqlite3 n.db "SELECT count(*), sum(proposed) FROM notice WHERE status = 'active'" | tr '|' ' ' >expected
ok 'add up to all notices' sh -c 'tail -n 1 got | tr -s " " | sed "s/^ //" | cmp - expected'
finish
