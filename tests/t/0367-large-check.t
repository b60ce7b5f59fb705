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
finish
