#!/bin/sh
# SPDX-License-Identifier: MIT
# compact-check with many findings: each is told once, and telling costs no more for there being others.
. tests/t/lib.sh

new_store
awk 'BEGIN { print "ref,title,due"; for (i = 1; i <= 8000; i++) print "Q" i ",title " i ",2026-01-01" }' >many.csv
action-track load -q many.csv
run timeout 20 compact-check action -o csv
status 1 'forty thousand findings within seconds'
sort .tap/out | uniq -d >twice
ok 'none of them twice' test ! -s twice
ok 'all of them' test "$(grep -c '^[a-z]*,action,Q8000,' .tap/out)" -ge 5
# What is wrong comes before what looks wrong, and that before what might be better.
compact-init -q -d few.db ref=few name=Few
printf 'ref,title,due\nQ1,one,2026-01-01\nQ2,two,2026-01-01\n' | action-track -d few.db load -q -
sqlite3 few.db "UPDATE action SET ref = 'q1' WHERE ref = 'Q2'"
run compact-check -d few.db -o csv
tail -n +2 .tap/out | cut -d, -f1 | uniq >order
ok 'errors, warnings, notes' sh -c 'printf "error\nwarning\nnote\n" | cmp - order'
finish
