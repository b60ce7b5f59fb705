#!/bin/sh
# SPDX-License-Identifier: MIT
# Every exit status of the table in compact(7), provoked.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
dump() { compact-dump --personal >"$1"; }
same() { dump .tap/now && cmp "$1" .tap/now; }
dump before

run action-track list
status 0 'done'
run action-track smart
status 1 'found something'
run compact-record org remove emb
status 1 'something stands on it'
run action-track list -Z
status 64 'wrong usage'
compact-init -q -d two.db --sample=derbyshire
compact-init -q -d two.db --add --sample=tayside
run action-track list -d two.db
status 64 'no partnership chosen'
err_has 'choose one with -p: derbyshire, tayside' 'and how to choose'
run action-track set A1 status=nonsense
status 65 'bad value'
run action-track list -d nowhere.db
status 66 'no store'
err 'says what to do' <<'END2'
action-track: cannot open store 'nowhere.db': no such file or directory; name another with -d, or make one with compact-init
END2
echo 'not a store' >text.db
run action-track list -d text.db
status 66 'no store either'
: >empty.db
run action-track list -d empty.db
ok 'an empty file is no store' test "$got" -eq 66 -o "$got" -eq 65
run action-track show nothing
status 67 'no such record'
run action-track list -p nowhere
status 67 'no such partnership'
run compact-init name=Again
status 73 'it exists already'
run compact-backup /nowhere/x.db
status 73 'cannot create'
run action-track list -O /nowhere/x.csv
status 73 'cannot create output'

# Standard output that cannot be written.
full()
{
	"$@" >/dev/full 2>.tap/err
	got=$?
	: >.tap/out
	command_run="$* >/dev/full"
	status 74 "$*"
	err_has 'cannot write standard output: no space left on device' 'says so'
}
for format in text csv tsv yaml json md ref; do
	full action-track list -o $format
done
full action-track show A1
full action-track overdue --today=2030-01-01 -o csv
full compact-dump
full compact-log
full compact-query 'SELECT ref FROM action'
full compact-check
full compact-record kinds
full action-track --help
full action-track --version
full terms-track compare 2007 2008
full compact-status --today=2008-06-12 -o csv
ok 'a full terminal file changes nothing' same before
"$BUILD/bin/action-track" add D1 title=x >/dev/full 2>.tap/err
got=$?
command_run='action-track add D1 >/dev/full'
status 74 'an add whose ref cannot be printed says so'

# A pipe that closes ends a program silently.
sh -c 'compact-dump 2>.tap/err; echo $? >.tap/code' | head -1 >/dev/null
ok 'a closed pipe: no message' is_empty .tap/err
ok 'a closed pipe: no status of its own' grep -qx '141' .tap/code
(
	trap '' PIPE
	sh -c 'compact-dump 2>.tap/err; echo $? >.tap/code' | head -1 >/dev/null
)
ok 'nor where the signal is ignored, as a service does' is_empty .tap/err
ok 'where it ends the same way' grep -qx '141' .tap/code

# Locked.
mkfifo go
sqlite3 compact.db >/dev/null <go &
holder=$!
exec 9>go
echo 'BEGIN EXCLUSIVE;' >&9
sleep 0.3
run action-track set A1 title=x --wait=0
status 75 'a locked store'
err_has 'try again' 'says to try again'
run action-track list --wait=0
status 75 'for reading too'
exec 9>&-
wait $holder
run action-track list --wait=0
status 0 'free again'

# Newer.
cp compact.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 9999'
run action-track list -d newer.db
status 76 'a newer store'
err_has 'newer' 'says so'
ok 'and is left alone' test "$(sqlite3 newer.db 'PRAGMA user_version')" = 9999

# Not permitted: read-only (not for root), synchronised folders.
cp compact.db readonly.db
chmod 400 readonly.db
if [ "$(id -u)" != 0 ]; then
	run action-track set A1 title=x -d readonly.db
	status 77 'a file that may only be read'
fi
run action-track list -d readonly.db
status 0 'reading it is well'
for folder in Dropbox 'OneDrive - Council' 'Google Drive' iCloudDrive; do
	mkdir -p "$folder"
	run compact-init -d "$folder/x.db" name=Here
	if [ "$got" -eq 77 ]; then
		status 77 "$folder"
		err_has "that is: compact-init -d $HOME/.local/share/compact/compact.db …, then: compact-backup -d $HOME/.local/share/compact/compact.db '$folder/x.db'" 'gives the command for a safe place'
		ok 'and makes nothing' test ! -e "$folder/x.db"
	fi
done
run compact-init -d Dropbox/x.db name=Here
status 77 'a synchronised folder'
run compact-init -q -d "$HOME/.local/share/compact/compact.db" name=Here
status 0 'the command that was given works, and makes the folder'
run compact-backup Dropbox/copy.db
status 0 'backups may go there'
run action-track list -O Dropbox/plan.csv
status 0 'lists too'
COMPACT_UNSAFE_FILESYSTEM=1 run compact-init -d Dropbox/x.db name=Here
status 0 'unless told to'

# 78 and 69.
echo 'nonsense' >map.yaml
echo 'ref,title' >in.csv
run action-track load -m map.yaml in.csv
status 78 'a bad map'
mkdir alone
cp "$BUILD/bin/action-track" alone/
run alone/action-track list -O plan.xlsx
ok 'without csv-sheet: 69, or the installed one' test "$got" -eq 69 -o "$got" -eq 0

# A limit on the size of files, and a full disk: 74, nothing half done.
dump before
head -c 400000 /dev/zero | tr '\0' x >big.txt
for blocks in 1700 1750 1800; do
	cp compact.db limited.db
	(ulimit -f $blocks; trap '' XFSZ; exec action-track set -q A1 what=@big.txt -d limited.db) >.tap/out 2>.tap/err
	got=$?
	ok "limit of $blocks blocks: done, or 74" test "$got" -eq 74 -o "$got" -eq 0
	ok 'the store is whole' test "$(sqlite3 limited.db 'PRAGMA integrity_check')" = ok
	[ "$got" -eq 0 ] || ok 'and nothing is half done' sh -c 'compact-dump --personal -d limited.db | cmp - before'
done
finish
