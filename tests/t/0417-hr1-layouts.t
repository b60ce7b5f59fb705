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
finish
