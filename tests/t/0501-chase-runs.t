#!/bin/sh
# SPDX-License-Identifier: MIT
# Chasing goes out once each: overlapping, repeated and killed runs over a simulated year. TEST_ROUNDS lengthens it.
. tests/t/lib.sh
new_store
simulate()
{
	python3 "$top/tests/tools/simulate-chase.py" "$1"
}
rounds=$((${TEST_ROUNDS:-1} * 8))
[ "$rounds" -le 1000 ] || rounds=1000
ok "a year in $rounds days of runs that overlap, fail and are killed" simulate "$rounds"
finish
