#!/bin/sh
# SPDX-License-Identifier: MIT
# The scripts in share/examples, with stand-ins for the programs they call.
top=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/box/new"
PATH=$work/bin:$PATH
export COMPACT_DB=x WORK="$work" SENDMAIL="$work/bin/sendmail" NOTICES_FROM=notices@example.org
export NOTICES_MAILDIR="$work/box" CHASE_FROM=you@example.org COMPACT_TODAY=2026-11-23

count=0
ok()
{
	count=$((count + 1))
	said=$1
	shift
	if "$@"; then echo "ok $count - $said"; else echo "not ok $count - $said"; fi
}

# Every stand-in writes down how it was called; hr1-ingest does what its file says.
for p in compact-backup report-gen action-track incident-track; do
	cat >"$work/bin/$p" <<'END'
#!/bin/sh
echo "${0##*/} $*" >>"$WORK/log"
for a; do
	case $a in
	*.db) echo backup >"$a" ;;
	esac
done
END
done
cat >"$work/bin/hr1-ingest" <<'END'
#!/bin/sh
echo "hr1-ingest $*" >>"$WORK/log"
for a; do
	case $a in
	--rejects=*) rejects=${a#*=} ;;
	*) file=$a ;;
	esac
done
case $(cat "$file") in
*mend*) printf 'line,why,employer\n3,no date,X\n' >"$rejects"; echo '1 refused' >&2; exit 1 ;;
*busy*) exit 75 ;;
*junk*) echo 'unusable' >&2; exit 65 ;;
esac
END
cat >"$work/bin/sendmail" <<'END'
#!/bin/sh
cat >>"$WORK/sent"
END
chmod +x "$work/bin"/*

message()
{
	cat >"$work/box/new/$1" <<END
From: Ann Example
 <ann@example.org>
To: notices@example.org
Subject: HR1
Message-ID: <$1@example.org>
${3:-X-Nothing: 1}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

see attached
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="Nov's list; final.csv"

$2
--b--
END
}
message 1.good 'employer,proposed'
message 2.mend mend
message 3.busy busy
message 4.junk junk
message 5.robot mend 'Auto-Submitted: auto-generated'
printf 'From: x@example.org\nSubject: hello\n\nno attachment\n' >"$work/box/new/6.plain"
sh "$top/share/examples/notices-mailbox.sh" >"$work/out" 2>"$work/err"

ok 'notices: a good file is taken, its message seen' test -f "$work/box/cur/1.good:2,S"
ok 'notices: a file with refused rows is taken too' test -f "$work/box/cur/2.mend:2,S"
ok 'notices: the refused rows go back to the sender' \
	grep -qx 'To: Ann Example <ann@example.org>' "$work/sent"
ok 'notices: with the reason' grep -qx '3,no date,X' "$work/sent"
ok 'notices: as an answer to the message' grep -qx 'In-Reply-To: <2.mend@example.org>' "$work/sent"
ok 'notices: a machine gets no answer' grep -qx "To: $NOTICES_FROM" "$work/sent"
ok 'notices: a busy store is tried again' test -f "$work/box/new/3.busy"
ok 'notices: a file that is none is flagged' test -f "$work/box/cur/4.junk:2,F"
ok 'notices: so is a message without a file' test -f "$work/box/cur/6.plain:2,F"
ok 'notices: and both are named' test "$(grep -c 'could not be taken; see cur/' "$work/err")" = 2
ok 'notices: the clock starts with delivery' grep -q -- '--told=20[0-9-]*T[0-9:]*Z' "$work/log"
sh "$top/share/examples/notices-mailbox.sh" >"$work/out" 2>"$work/err"
ok 'notices: silent when there is nothing new' test ! -s "$work/out" -a ! -s "$work/err"

: >"$work/log"
sh "$top/share/examples/chase.sh"
ok 'chase: by mail' grep -qx 'action-track -q chase --from=you@example.org --soon=7 --mail --mailer='"$SENDMAIL" "$work/log"
CHASE_DRAFTS=$work/drafts sh "$top/share/examples/chase.sh"
ok 'chase: as drafts' grep -q -- "--drafts=$work/drafts" "$work/log"
sh "$top/share/examples/late-check.sh"
ok 'late: within a day' grep -qx 'incident-track late --within=24 --exit-code' "$work/log"

rm -f "$work/sent"
mkdir "$work/weekly"
touch "$work/weekly/compact-2026-11-09.db" "$work/weekly/compact-2026-11-16.db"
WEEKLY_FOLDER=$work/weekly WEEKLY_KEEP=2 sh "$top/share/examples/weekly.sh"
ok 'weekly: reports and a plan' test "$(grep -c -- '-2026-11-23\.' "$work/log")" = 4
ok 'weekly: the newest backups stay' test -f "$work/weekly/compact-2026-11-16.db" -a \
	-f "$work/weekly/compact-2026-11-23.db" -a ! -e "$work/weekly/compact-2026-11-09.db"
ok 'weekly: no mail unless asked for' test ! -e "$work/sent"
WEEKLY_FOLDER=$work/weekly WEEKLY_TO=all@example.org sh "$top/share/examples/weekly.sh"
ok 'weekly: mail when asked for' grep -qx 'To: all@example.org' "$work/sent"
echo "1..$count"
