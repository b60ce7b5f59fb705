#!/bin/sh
# SPDX-License-Identifier: MIT
# Several at once and sudden ends: what was acknowledged is there, the store is whole.
. tests/t/lib.sh

new_store
rounds=$((10 * ${TEST_ROUNDS:-1}))
[ "$rounds" -le 200 ] || rounds=200

writer()
{
	i=0
	while [ $i -lt $rounds ]; do
		action-track add -q --wait=60 title="writer $1 number $i" >>"acked.$1" 2>>"errors.$1" || echo "$?" >>"failed.$1"
		i=$((i + 1))
	done
}
reader()
{
	i=0
	while [ $i -lt $rounds ]; do
		action-track list -o csv --wait=60 >".tap/list.$1" 2>>"errors.$1" || echo "$?" >>"failed.$1"
		i=$((i + 1))
	done
}
for w in 1 2 3 4 5 6 7 8; do
	writer $w &
done
for r in a b c; do
	reader $r &
done
wait
ok 'nobody was refused' sh -c '! cat failed.* 2>/dev/null | grep .'
sort acked.* >acked
action-track list -o ref | sort >there
ok "8 writers x $rounds adds: all that was acknowledged is there" cmp acked there
ok 'each ref given once' test "$(sort -u acked | wc -l)" = $((8 * rounds))
ok 'each change in the journal' test "$(compact-log -o csv | grep -c 'added')" = $((8 * rounds))
run compact-check -o csv
ok 'compact-check finds the store sound' sh -c '! grep -i damaged .tap/err'

# Killed at random.
: >acked
kills=$((12 * ${TEST_ROUNDS:-1}))
i=0
while [ $i -lt $kills ]; do
	action-track add -q "K$i" title="killed $i" what="$(head -c 20000 /dev/zero | tr '\0' y)" >>acked 2>/dev/null &
	pid=$!
	sleep "0.00$((i * 7 % 10))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	i=$((i + 1))
done
action-track list 'ref=K0' >/dev/null
ok 'killed: the store is whole' test "$(sqlite3 compact.db 'PRAGMA integrity_check')" = ok
action-track list -o ref >there
ok 'killed: what was acknowledged is there' sh -c 'while read -r ref; do grep -qx "$ref" there || exit 1; done <acked'
ok 'killed: records are whole or absent' test -z "$(compact-query "SELECT ref FROM action WHERE ref LIKE 'K%' AND length(what) <> 20000")"
# One killed before its journal was worth anything leaves it to the next writer.
action-track set -q "$(action-track list -o ref --limit=1)" title=after
ok 'the next writer leaves no journal behind' test ! -e compact.db-journal

# A full disk, where a small one can be mounted.
mkdir disk
if mount -t tmpfs -o size=1500k tmpfs disk 2>/dev/null; then
	cp compact.db whole.db
	compact-init -q -d disk/compact.db name=Small
	compact-dump --personal -d disk/compact.db >before
	head -c 3000000 /dev/zero | tr '\0' x >big.txt
	run action-track add D1 title=x what=@big.txt -d disk/compact.db
	status 74 'full disk'
	err_has "no room left for store 'disk/compact.db'; make room and try again" 'says so'
	compact-dump --personal -d disk/compact.db >after
	ok 'full disk: nothing half done' cmp before after
	run compact-backup disk/copy.db -d compact.db
	ok 'a backup on a full disk fails' test "$got" -eq 74 -o "$got" -eq 73
	ok 'and leaves nothing' test "$(ls disk)" = compact.db
	head -c 3000000 /dev/zero 2>/dev/null >disk/fill
	run action-track list -d compact.db -O disk/list.csv
	status 74 'a list on a full disk'
	ok 'leaves no half file' test ! -e disk/list.csv
	umount disk
fi
finish
