#!/bin/sh
# SPDX-License-Identifier: MIT
# The demonstration runs through, and leaves what it says is there.
. tests/t/lib.sh
run sh "$top/share/examples/demo.sh" "$work/demo" "$BUILD/bin"
status 0 'the demonstration'
err_lacks 'not found' 'every program of it is there'
out_has 'Weekly report' 'the weekly report on the terminal'
out_lacks "$top/share" 'commands as a user would type them'
sed -n '/^In /,/^$/s/^  \([a-z.]*\) .*/\1/p' .tap/out >files
ok 'it names what to look at' test "$(wc -l <files)" -ge 6
there()
{
	while read -r f; do
		[ -s "demo/$f" ] || { echo "demo/$f"; return 1; }
	done <files
}
ok 'which is there' there
ok 'a page' sh -c 'head -c 15 demo/weekly.html | grep -qi "<!doctype html"'
ok 'a document' sh -c 'unzip -p demo/weekly.odt content.xml | grep -q Overdue'
ok 'a paper' sh -c 'pdftotext demo/weekly.pdf - | grep -q Overdue'
ok 'a survey with its members by kind' sh -c 'grep -A1 "^Q1" demo/tally.txt | grep -q "single, base 7"'
# What it proposes to try, works.
sed -n "s/^  \(action-track .*\|report-gen -l\|compact-init .*\)/\1/p" .tap/out | sed 's/   .*//' >proposed
try_all()
(
	cd demo || return 1
	COMPACT_DB=derbyshire.db
	export COMPACT_DB
	while read -r line; do
		eval "$line" </dev/null || { echo "$line"; return 1; }
	done <../proposed
)
ok 'and so does what it proposes' try_all
finish
