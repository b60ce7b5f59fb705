#!/bin/sh
# SPDX-License-Identifier: MIT
#
# notices-mailbox.sh: redundancy notices out of a mailbox into the store.
#
# Each new message of a Maildir is unpacked; its spreadsheets and CSV files go through
# hr1-ingest, with the time of delivery as the time when the partnership was told. Rows that
# are refused go back to the sender, each with the reason in front of it. A message that was
# dealt with moves to cur/ as seen; one that cannot be taken moves there flagged, and is named
# on standard error, so that cron tells the facilitator. A store in use is tried again next time.
#
#   COMPACT_DB       the store
#   NOTICES_MAILDIR  the mailbox (~/Maildir/.notices)
#   NOTICES_FROM     the address in the From: line of what goes back
#   NOTICES_MAP      a map, where the files need one
#
# It needs ripmime, to take attachments out of mail.
set -eu
umask 077
: "${COMPACT_DB:?say which store: export COMPACT_DB=...}"
: "${NOTICES_FROM:?say who answers: export NOTICES_FROM=...}"
box=${NOTICES_MAILDIR:-$HOME/Maildir/.notices}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# A header field of a message, unfolded; nothing where it has none.
header()
{
	awk -v name="$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]'):" '
		/^\r?$/ { exit }
		{ sub(/\r$/, "") }
		/^[ \t]/ { if (on) { sub(/^[ \t]+/, " "); text = text $0 } next }
		on { exit }
		tolower(substr($0, 1, length(name))) == name {
			on = 1; text = substr($0, length(name) + 1)
		}
		END { sub(/^ +/, "", text); print text }' "$2"
}

# What went wrong with a file goes back to the sender, but never to a machine.
answer()
{
	message=$1 rejects=$2
	to=$(header Reply-To "$message")
	[ -n "$to" ] || to=$(header From "$message")
	case $(header Auto-Submitted "$message") in
	"" | no) ;;
	*) to=$NOTICES_FROM ;;
	esac
	{
		printf 'From: %s\nTo: %s\nSubject: Notices that could not be taken\n' "$NOTICES_FROM" "$to"
		id=$(header Message-ID "$message")
		[ -z "$id" ] || printf 'In-Reply-To: %s\nReferences: %s\n' "$id" "$id"
		printf 'Auto-Submitted: auto-replied\nMIME-Version: 1.0\n'
		printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n'
		printf 'The rows below could not be taken, each for the reason in its column "why".\n'
		printf 'Please mend them and send them again; the others need not be sent twice.\n\n'
		cat "$rejects"
	} | ${SENDMAIL:-/usr/sbin/sendmail} -t -oi
}

# Takes one file out of a message: 0 done, 1 cannot be taken, 75 try again.
take_file()
{
	rm -f "$work/refused.csv"
	ended=0
	hr1-ingest --told="$told" ${NOTICES_MAP:+-m "$NOTICES_MAP"} --source="$(header From "$1")" \
		--rejects="$work/refused.csv" "$2" 2>"$work/said" || ended=$?
	case $ended in
	0) return 0 ;;
	75) return 75 ;;
	esac
	cat "$work/said" >&2
	[ "$ended" = 1 ] || [ "$ended" = 65 ] || return 1
	[ ! -s "$work/refused.csv" ] || answer "$1" "$work/refused.csv"
	[ "$ended" = 1 ] || [ -s "$work/refused.csv" ]
}

# Takes one message, all its files: 0 done, 1 something cannot be taken, 75 try again.
take()
{
	message=$1
	rm -rf "$work/parts"
	mkdir "$work/parts"
	ripmime -i "$message" -d "$work/parts" --no-nameless --overwrite >/dev/null 2>&1 || return 1
	# When it was delivered here; its Date is whatever the sender's computer believed.
	told=$(date -u -r "$message" +%FT%TZ)
	worst=0
	files=0
	for file in "$work/parts"/*; do
		case $file in
		*.[Cc][Ss][Vv] | *.[Tt][Ss][Vv] | *.[Xx][Ll][Ss] | *.[Xx][Ll][Ss][Xx] | *.[Oo][Dd][Ss]) ;;
		*) continue ;;
		esac
		files=$((files + 1))
		one=0
		take_file "$message" "$file" || one=$?
		[ "$one" -le "$worst" ] || worst=$one
	done
	[ "$files" -gt 0 ] || return 1
	return "$worst"
}

mkdir -p "$box/new" "$box/cur"
for message in "$box/new"/*; do
	[ -f "$message" ] || continue
	name=${message##*/}
	status=0
	take "$message" || status=$?
	case $status in
	0) mv "$message" "$box/cur/$name:2,S" ;;
	75) ;;
	*)
		echo "notices-mailbox: $name from $(header From "$message"): could not be taken; see cur/" >&2
		mv "$message" "$box/cur/$name:2,F" ;;
	esac
done
