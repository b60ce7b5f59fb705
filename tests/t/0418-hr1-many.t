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

# Employers with numbers in a register, in no order: the same number under other names and from other places, rows that
# lack it or bring it later, the number of a company that is a charity's as well.
awk 'function word(n) { return n ? word(int(n / 12)) substr("bdfgklmnprst", n % 12 + 1, 1) : "" }
BEGIN {
	print "Our ref,Employer,Company number,Register,Site,Postcode,Received,Proposed"
	for (i = 1; i <= 11000; i++) {
		who = (i * 7919) % 5801; number = (who * 48271) % 999983
		name = i % 11 == 0 ? "Trading name " who % 97 : "Firm " word(who + 1728) (who % 3 ? " Ltd" : " plc")
		given = i % 13 == 0 || (who % 7 == 0 && i < 4000) ? "" : sprintf("SC%06d", number)
		register = given && who % 50 == 0 && i % 2 ? "charity" : given ? "company" : ""
		printf "R%d,%s,%s,%s,Works number %d,KY%d 9AU,%02d/%02d/2025,%d\n", i, name, given, register, i % 3, 1 + who % 5,
			1 + i % 28, 1 + i % 12, 20 + i % 90
		# The next row has the number as well, twice under one more name; and a name that makes refs like those of numbers.
		if (i % 17 == 0 && given)
			for (more = 1; more <= 2; more++)
				printf "R%d-%d,Formerly %s,%s,%s,Works number %d,KY%d 9AU,%02d/06/2025,44\n", i, more, word(who + 1728), given, register,
					2 + more, 1 + more, 1 + i % 28
		if (i % 900 == 0)
			printf "R%d-9,E,,,Quay %d,KY%d 9AU,%02d/06/2025,44\n", i, i, i / 900, 1 + i % 28
	}
}' >numbers.csv
for db in numbers after; do
	compact-init -q -d $db.db ref=x name=X kind=response-team
done
run_in hr1-ingest -d after.db --no-incidents - <<'END'
Employer,Received,Proposed
Zed Ltd,01/02/1999,30
END
for db in numbers after; do
	run hr1-ingest -d $db.db --no-incidents numbers.csv
	head -1 .tap/err >$db.counts
	sqlite3 $db.db "SELECT ref, name, number, register FROM employer WHERE name <> 'Zed Ltd' ORDER BY ref;
		SELECT * FROM employer__other_names; SELECT ref, employer, sender_ref FROM notice WHERE ref NOT LIKE '1999%' ORDER BY ref;
		SELECT * FROM notice__warnings WHERE notice NOT LIKE '1999%'" >$db.rows
done
ok 'as many are new where employers have numbers' cmp numbers.counts after.counts
# A store that knew Zed Ltd has given one ref from a name already, so that one more is a number.
sed 's/e[0-9][0-9]*|/e#|/; s/ e[0-9][0-9]*$/ e#/; s/|e[0-9][0-9]*|/|e#|/' numbers.rows | sort >numbers.sorted
sed 's/e[0-9][0-9]*|/e#|/; s/ e[0-9][0-9]*$/ e#/; s/|e[0-9][0-9]*|/|e#|/' after.rows | sort >after.sorted
ok 'the same employers, names, notices and flags' cmp numbers.sorted after.sorted
ok 'no number stands twice' test "$(sqlite3 numbers.db 'SELECT count(*) FROM (SELECT 1 FROM employer WHERE number IS NOT NULL
	GROUP BY number, register HAVING count(*) > 1)')" = 0
ok 'former names are there' test "$(sqlite3 numbers.db 'SELECT count(*) > 500 FROM employer__other_names')" = 1
ok 'numbers came later' test "$(sqlite3 numbers.db "SELECT count(*) > 100 FROM employer WHERE number IS NOT NULL AND ref IN
	(SELECT employer FROM notice WHERE line <= 4001)")" = 1
ok 'the index of numbers is there again' test "$(sqlite3 numbers.db "SELECT count(*) FROM pragma_index_list('employer')
	WHERE name = 'employer_number'")" = 1
ok 'and the store is whole' test "$(sqlite3 numbers.db 'PRAGMA integrity_check')" = ok

sqlite3 numbers.db .dump | grep -v 'INTO store_' | sort >before
begun=$(date +%s)
run compact-log -d numbers.db undo 2
undone=$(date +%s)
ok 'undone' test "$(sqlite3 numbers.db 'SELECT (SELECT count(*) FROM notice) + (SELECT count(*) FROM employer) +
	(SELECT count(*) FROM employer__other_names)')" = 0
between=$(date +%s)
run compact-log -d numbers.db undo 3
ok 'to do it again is no more than some times the work' test $(($(date +%s) - between)) -lt $((10 * (undone - begun + 1)))
sqlite3 numbers.db .dump | grep -v 'INTO store_' | sort >after
ok 'and done again' cmp before after

# What an employer lacked beside its number comes later: the number is noted once.
awk -F, -v OFS=, 'NR == 1 { print $0, "SIC code"; next } { print $0, (NR > 7000 ? "10890" : "") }' numbers.csv >sic.csv
compact-init -q -d sic.db ref=x name=X kind=response-team
run timeout 60 hr1-ingest -d sic.db --no-incidents sic.csv
status 0 'the load ends'
ok 'what was lacking is there' test "$(sqlite3 sic.db 'SELECT count(*) > 1000 FROM employer WHERE sic IS NOT NULL')" = 1
sqlite3 sic.db 'SELECT ref, name, number, register FROM employer ORDER BY ref' >sic.rows
sqlite3 numbers.db 'SELECT ref, name, number, register FROM employer ORDER BY ref' | cmp -s - sic.rows
ok 'and the employers are the same' test $? = 0

# Three files of which the last is the first: a dry run says what a run does.
sed 's/,44$/,55/' numbers.csv >other.csv
run hr1-ingest -n -d numbers.db --no-incidents numbers.csv other.csv numbers.csv
grep '^[a-z]*.csv: ' .tap/err >dry
run hr1-ingest -d numbers.db --no-incidents numbers.csv other.csv numbers.csv
ok 'a dry run of files that come again says what a run does' sh -c 'grep "^[a-z]*.csv: " .tap/err | cmp - dry'
ok 'some are amended by the second' grep -q '^other.csv: .* [1-9][0-9]* amended' dry

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
