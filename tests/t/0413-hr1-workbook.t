#!/bin/sh
# SPDX-License-Identifier: MIT
# The workbook of a national team, 500 notices on two sheets: into cases in one command, the same
# again, then an amended one.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q ref=scotland name='National team' nation=scotland 2>.tap/err ||
	compact-init -q ref=scotland name='National team' 2>.tap/err || { cat .tap/err; exit 1; }
python3 "$top/tests/tools/make-notices.py" hr1.xlsx
python3 "$top/tests/tools/make-notices.py" again.xlsx amended

run hr1-ingest --source='national team' hr1.xlsx
status 0 'all taken'
err_has 'hr1.xlsx: 500 read, 500 new, 0 amended, 0 unchanged, 0 refused, 2 totals rows skipped (lines 266, 246), 2 footnotes skipped' \
	'both sheets, without totals and notes'
err_has "hr1.xlsx: sheet 'How to read this' holds no notices and is passed over" 'a sheet of notes'
err_has 'and 480 more; incident-track calls lists them' 'the call list'
run compact-query "SELECT count(*) AS cases, sum(people) AS people, count(areas) AS placed, count(respond_by) AS due FROM incident_detail" -o csv
python3 -c 'print("cases,people,placed,due\n500,%d,500,500" % sum(20 + k * 7 % 180 for k in range(500)))' >expected
ok 'cases, people, areas and deadlines' cmp expected .tap/out
run compact-record notice list sender_ref=SG/0002 -o csv \
	--columns=sender_ref,postcode,council,contact_phone,received,consultation_started,first_dismissal,employed,proposed
out 'a row as it is kept' <<'END'
sender_ref,postcode,council,contact_phone,received,consultation_started,first_dismissal,employed,proposed
SG/0002,KY2 1AA,S12000041,01000000977,2026-01-07,2026-01-04,2026-02-22,1027,27
END
run compact-query "SELECT name, number, register FROM employer WHERE number IN ('00001001', 'SC002003') ORDER BY 1" -o csv
out 'company numbers have their zeros back' <<'END'
name,number,register
Birch Retail 1 Ltd,00001001,company
Dunlin Textiles 3 Ltd,SC002003,company
END
run compact-query "SELECT count(*) AS n FROM notice WHERE council = 'S12000047' AND extra IS NULL" -o csv
out 'a former code is its council' <<'END'
n
77
END
run hr1-ingest --source='national team' hr1.xlsx
err_has 'hr1.xlsx: 500 read, 0 new, 0 amended, 500 unchanged, 0 refused' 'the same file: 0 new'
run hr1-ingest --source='national team' again.xlsx
err_has 'again.xlsx: 500 read, 0 new, 5 amended, 495 unchanged, 0 refused' 'an amended one'
ref=$(compact-record notice list sender_ref=SG/0008 -o ref)
run compact-record notice log "$ref" -o csv
ok 'history shows both' grep -q 'changed,proposed,69,74' .tap/out
run compact-check notice -o csv
ok 'nothing broken' sh -c '! grep -q "^error" .tap/out'
run sqlite3 compact.db 'PRAGMA integrity_check; PRAGMA foreign_key_check'
out 'and the file is sound' <<'END'
ok
END
run hr1-ingest --sheet=2 -n -o ref hr1.xlsx
status 0 'one sheet alone'
err_has 'hr1.xlsx: 240 read, 240 taken' 'by its number'
head -c 9000 hr1.xlsx >cut.xlsx
run hr1-ingest cut.xlsx
err 'a workbook cut short is told of once' <<'END'
hr1-ingest: cut.xlsx: cut short: the end of the zip file is missing; get the file once more
END
finish
