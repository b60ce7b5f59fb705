#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest on the layouts in which offices of many kinds keep and publish notices.
. tests/t/lib.sh
COMPACT_TODAY=2026-11-20
export COMPACT_TODAY

run python3 "$top/tests/tools/check-layouts.py" "$BUILD/bin/hr1-ingest"
ok 'layouts of many offices' sh -c '! grep -n "^not ok" .tap/out'
run python3 "$top/tests/tools/check-published.py" "$BUILD/bin/hr1-ingest"
ok 'lists in the shapes in which they are published, with a map' sh -c '! grep -n "^not ok.*with a map" .tap/out'
ok 'and nine in ten without' sh -c '! grep -n "^not ok.*without a map" .tap/out'
run python3 "$top/tests/tools/check-layout-files.py" "$BUILD/bin"
status 0 'published tables beside what somebody reads out of them: all were tried'
ok 'each right with a map' sh -c '! grep -n "^not ok.*with a map" .tap/out'
ok 'and nine in ten of them without' sh -c '! grep -n "^not ok.*without a map" .tap/out'

# A table on its side is turned, and that is said; a refused notice of it is written as a row.
printf 'Current notices,,\nEmployer,Alder Print,Brae Homes\nSite,Cupar,Leven\nHR1 received,3/3/2025,nobody knows 99\nProposed redundancies,30,112\n' >side.csv
run hr1-ingest -n -o csv side.csv
status 1 'one of two taken'
err_has 'side.csv: is a table on its side, and read with each column as a notice' 'how it was read'
err_has "received: 'nobody knows 99' is no date" 'what is refused'
compact-init -q ref=x name=X kind=response-team
run hr1-ingest -q side.csv
run cut -d, -f1,3- side.refused.csv
ok 'as a row to be mended' sh -c 'grep -q "^line,Employer,Site,HR1 received,Proposed redundancies$" .tap/out && grep -q "Brae Homes,Leven,nobody knows 99,112$" .tap/out'
sed 's/nobody knows 99/4.3.2025/' side.refused.csv >mended.csv
run hr1-ingest mended.csv
err_has 'mended.csv: 1 read, 1 new' 'and mended it is taken'

# Two tables on one sheet, each read by its own headings; refused rows stand below the headings of theirs.
{
	echo 'New notices'
	echo 'Employer,Town,Received,Proposed,First dismissal'
	echo 'Corrie Foods,Kirkcaldy,15/09/2025,42,20/10/2025'
	echo 'Dunlin Leisure,Leven,soon 99,90,31/10/2025'
	echo 'Amended notices'
	echo 'Ref,Employer,Received,First dismissal,Town,Proposed'
	echo 'N14,Eastfield Labs,22/08/2025,30/09/2025,St Andrews,33'
	echo 'N17,Fairburn Hotels,late 99,03/10/2025,Anstruther,25'
} >tables.csv
run hr1-ingest tables.csv
err_has 'tables.csv: 4 read, 2 new, 0 amended, 0 unchanged, 2 refused, 1 footnote skipped, 1 repeated heading skipped' 'both tables are read'
run cut -d, -f1,3- tables.refused.csv
out 'each refused row below its own headings' <<'END'
line,Employer,Town,Received,Proposed,First dismissal,
4,Dunlin Leisure,Leven,soon 99,90,31/10/2025
line,Ref,Employer,Received,First dismissal,Town,Proposed
8,N17,Fairburn Hotels,late 99,03/10/2025,Anstruther,25
END
sed 's/,soon 99,/,16\/09\/2025,/; s/,late 99,/,29\/08\/2025,/' tables.refused.csv >tables-mended.csv
run hr1-ingest tables-mended.csv
err_has 'tables-mended.csv: 2 read, 2 new' 'and mended both are taken'
run compact-record notice list -o csv --columns=sender_ref,employer,received,proposed first_dismissal.none=no
out 'by their own columns' <<'END'
sender_ref,employer,received,proposed
,corrie-foods,2025-09-15,42
N14,eastfield-labs,2025-08-22,33
,dunlin-leisure,2025-09-16,90
N17,fairburn-hotels,2025-08-29,25
END
finish
