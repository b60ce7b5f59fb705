#!/bin/sh
# SPDX-License-Identifier: MIT
# A new store is said to be there once the folder that names it is on the disk, and not before.
. tests/t/lib.sh
if ! strace -o /dev/null true 2>/dev/null; then
	echo '1..0 # SKIP no strace, or no right to trace'
	exit 0
fi
# Leaks cannot be looked for under a tracer.
ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
export ASAN_OPTIONS
for n in 1 2; do
	run strace -f -qq -o /dev/null -e trace=fsync -e "inject=fsync:error=EIO:when=$n" compact-init -q -d n.db ref=x name=X
	status 74 "fsync $n of a folder fails"
	err_has "cannot write the folder of 'n.db'" "which is said ($n)"
	find . -maxdepth 1 -name 'n.db*' >.tap/left

	ok "nothing is left behind ($n)" test ! -s .tap/left
	rm -f n.db
done
# What goes wrong on the way is told of the store that was asked for, not of the file it is made in.
for blocks in 8 200 600; do
	run sh -c "trap '' XFSZ; ulimit -f $blocks; compact-init -q -d n.db ref=x name=X"
	err_has "store 'n.db'" "the store has its own name ($blocks)"
	find . -maxdepth 1 -name 'n.db*' >.tap/left
	ok "and nothing is left behind ($blocks)" test ! -s .tap/left
done
run compact-init -q -d n.db ref=x name=X
status 0 'and the way is free for the next try'
finish
