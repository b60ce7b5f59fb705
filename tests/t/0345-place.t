#!/bin/sh
# SPDX-License-Identifier: MIT
# A store is kept off network drives, told by what the kernel says of them, while backups, lists and
# dumps may be written there. A preloaded library lets the folder "remote" be such a drive.
. tests/t/lib.sh
case $BUILD in
*sanitize*) finish ;; # the sanitizers want to be loaded first
esac
new_store
mkdir remote
cp compact.db remote/there.db

on()
{
	magic=$1
	shift
	run env LD_PRELOAD="$BUILD/fault/fail.so" FAIL_PLACE="/remote=$magic" "$@"
}
while read -r magic drive; do
	on "$magic" action-track -d remote/there.db list
	status 77 "$drive: a store there is not opened"
	err_has "store 'remote/there.db' is on a network drive ($drive), where it can be damaged" "$drive: is named"
done <<'END'
0x6969 NFS
0xFF534D42 CIFS
0xFE534D42 SMB
0x517B SMB
0x01021997 9p
0x5346414F AFS
0x00C36400 Ceph
END
on 0x6969 action-track -d remote/there.db add title=x
status 77 'nor written'
on 0x6969 compact-init -d remote/new.db name=New
status 77 'nor made'
err 'with the way to do it safely' <<END
compact-init: store 'remote/new.db' is on a network drive (NFS), where it can be damaged; keep it on a disk of this computer and put backups here with compact-backup; that is: compact-init -d $HOME/.local/share/compact/compact.db …, then: compact-backup -d $HOME/.local/share/compact/compact.db 'remote/new.db'
END
ok 'nothing is left there' test "$(ls remote)" = there.db
on 0x6969 compact-load --create -d remote/new.db /dev/null
status 77 'not by loading either'
on 0x6969 env COMPACT_UNSAFE_FILESYSTEM=1 action-track -d remote/there.db list -o ref
status 0 'who insists may'
# A folder that leads there is there.
ln -s remote here
on 0x6969 action-track -d here/there.db list
status 77 'a link to such a folder'
# Local file systems of every kind are.
for magic in 0xEF53 0x58465342 0x9123683E 0x01021994 0x2FC12FC1 0x794C7630; do
	on $magic action-track -d remote/there.db list -o ref
	[ "$got" -eq 0 ] || break
done
status 0 'ext4, XFS, Btrfs, tmpfs, ZFS and overlays are taken'
on 0x65735546 action-track -d remote/there.db list -o ref
status 0 'FUSE is taken'
err 'with a warning' <<'END'
action-track: store 'remote/there.db' is on a FUSE file system; if that is a network drive the store can be damaged
END
# What is no store may be written there.
on 0x6969 compact-backup remote/copy.db
status 0 'a backup'
ok 'and is whole' sh -c 'compact-dump --personal -d remote/copy.db >a && compact-dump --personal >b && cmp a b'
on 0x6969 action-track list -O remote/plan.csv
status 0 'a list'
on 0x6969 action-track list -O remote/plan.xlsx
status 0 'a spreadsheet'
on 0x6969 compact-dump -O remote/all.yaml
status 0 'a dump'
on 0x6969 report-gen -O remote/handover.html handover
status 0 'a report'
on 0x6969 compact-load -n remote/all.yaml
status 0 'and read'
finish
