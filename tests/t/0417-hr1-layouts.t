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
finish
