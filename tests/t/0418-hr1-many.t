#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest: a first load of many rows, which goes another way for speed, keeps what any other load does.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY

# Employers with several sites and places, the same site again on the same day and later, rows twice, with and
# without a number of the sender.
awk 'BEGIN {
	print "Our ref,Employer,Site,Postcode,Received,Proposed,First dismissal"
	for (i = 1; i <= 12000; i++) {
		who = (i * 7919) % 401; site = (i * 31) % 5; day = 1 + (i * 13) % 28; month = 1 + i % 12
		ref = i % 3 ? "" : "N" (i % 7 ? i : i - 3)
		form = who % 4 ? "Ltd" : i % 2 ? "Limited" : "plc"
		printf "%s,Firm %d %s,%s,%s,%02d/%02d/2025,%d,%02d/%02d/2026\n", ref, who, form,
			site ? "Works number " site : "", who % 5 ? "KY" site + 1 " 9AU" : "", day, month, 20 + i % 90, day, month
		if (i % 50 == 0) print ",Firm 7 Ltd,Works number 1,KY2 9AU,01/02/2025,33,01/06/2025"
	}
}' >many.csv
ok 'the file is long enough to go that way' test "$(wc -c <many.csv)" -gt 640000
columns=ref,sender_ref,employer,site,postcode,received,proposed,status,supersedes,line,warnings

compact-init -q -d first.db ref=x name=X kind=response-team
run hr1-ingest -d first.db --no-incidents many.csv
cp .tap/err first.err
run compact-record -d first.db notice list -o csv --columns=$columns
cp .tap/out first.csv

compact-init -q -d later.db ref=x name=X kind=response-team
run_in hr1-ingest -d later.db --no-incidents - <<'END'
Employer,Received,Proposed
Zed Ltd,01/02/1999,30
END
ok 'one is there first' test "$(sqlite3 later.db 'SELECT count(*) FROM notice')" = 1
run hr1-ingest -d later.db --no-incidents many.csv
ok 'as many are new as in a store with notices' test "$(head -1 first.err)" = "$(head -1 .tap/err)"
run compact-record -d later.db notice list -o csv --columns=$columns
grep -v '^1999-' .tap/out | diff first.csv - >.tap/diff
ok 'each notice is the same in both' test ! -s .tap/diff

run hr1-ingest -d first.db --no-incidents many.csv
err_has '0 new, 0 amended, 12240 unchanged' 'the same file again'
ok 'the index of employers is there again' test \
	"$(sqlite3 first.db "SELECT count(*) FROM pragma_index_list('notice') WHERE name = 'notice_employer'")" = 1
ok 'and whole' test "$(sqlite3 first.db 'PRAGMA integrity_check')" = ok
run compact-log -d first.db undo 2
ok 'undone' test "$(sqlite3 first.db 'SELECT (SELECT count(*) FROM notice) + (SELECT count(*) FROM employer)')" = 0

# Files that amend what the first one brought, loaded with it and after it: where a notice moved to another site, it
# is known there, with and without the sender's number.
awk -F, 'NR == 1 || ($1 ~ /^N/ && NR % 5 == 0)' OFS=, many.csv | awk -F, 'NR > 1 { $3 = "Works number 9"; $6 += 200 } 1' OFS=, >moved.csv
awk -F, 'NR > 1 && NR % 2 { $1 = ""; $6 += 100 } 1' OFS=, moved.csv | awk 'NR % 2' >again.csv
compact-init -q -d once.db ref=x name=X kind=response-team
compact-init -q -d thrice.db ref=x name=X kind=response-team
run hr1-ingest -d once.db --no-incidents many.csv moved.csv again.csv
cp .tap/err once.err
grep -E '^(moved|again).csv: ' once.err >moves
ok 'some are amended by the second file and by the third' test "$(grep -cv ' 0 amended' moves)" = 2
for file in many moved again; do
	run hr1-ingest -d thrice.db --no-incidents $file.csv
	grep "^$file.csv: " .tap/err
done >.tap/thrice
grep -E '^(many|moved|again).csv: ' once.err | diff - .tap/thrice >.tap/diff
ok 'in one run as in three' test ! -s .tap/diff
for db in once thrice; do
	run compact-record -d $db.db notice list -o csv --columns=$columns
	cp .tap/out $db.csv
done
ok 'and the same notices' cmp once.csv thrice.csv

# A dry run leaves everything as it was.
sqlite3 first.db .dump >before
run hr1-ingest -n -d first.db --no-incidents many.csv
sqlite3 first.db .dump >after
ok 'a dry run changes nothing' cmp before after

# A number that was put right in the store: the row of the sender is known all the same.
printf 'Our ref,Employer,Received,Proposed\nQ1,Quay Ltd,01/02/2025,30\n' >quay.csv
compact-init -q -d quay.db ref=x name=X kind=response-team
run hr1-ingest -d quay.db --no-incidents quay.csv
run compact-record -d quay.db notice set 2025-1 sender_ref=Q9
run hr1-ingest -d quay.db --no-incidents quay.csv
err_has '0 new, 0 amended, 1 unchanged' 'a number put right does not make a notice of the row'
run compact-log -d quay.db undo 3
run hr1-ingest -d quay.db --no-incidents quay.csv
err_has '0 new, 0 amended, 1 unchanged' 'nor when that is undone'

# A workbook with more sheets than anybody makes by hand loses none of them.
mkdir sheets
i=0
while [ $i -lt 258 ]; do
	i=$((i + 1))
	printf 'Employer,Notice date,Employees affected,Council\nFirm %d Ltd,2026-10-01,2%d,Dundee City\n' $i $i >sheets/s$i.csv
done
csv-sheet -O sheets.xlsx sheets/*.csv
run hr1-ingest -n -o csv sheets.xlsx
err 'every sheet is read' <<'END'
sheets.xlsx: 258 read, 258 taken, 0 refused
END
finish
