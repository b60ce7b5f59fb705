#!/bin/sh
# SPDX-License-Identifier: MIT
#
# weekly.sh: the weekly report and a backup, in a folder.
#
#   COMPACT_DB      the store
#   WEEKLY_FOLDER   where the files go (~/compact-weekly)
#   WEEKLY_TO       who gets the report by mail as well; nobody where it is empty
#   WEEKLY_KEEP     how many backups to keep (8)
set -eu
umask 077
: "${COMPACT_DB:?say which store: export COMPACT_DB=...}"
folder=${WEEKLY_FOLDER:-$HOME/compact-weekly}
day=${COMPACT_TODAY:-$(date +%F)}

mkdir -p "$folder"
compact-backup -q "$folder/compact-$day.db"
report-gen -q -O "$folder/weekly-$day.html" weekly audience=partners
report-gen -q -O "$folder/weekly-$day.odt" weekly audience=partners
action-track -q list status=open,blocked --sort=due -O "$folder/plan-$day.xlsx"

if [ -n "${WEEKLY_TO:-}" ]; then
	{
		printf 'To: %s\nSubject: Weekly report, %s\n' "$WEEKLY_TO" "$day"
		printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n'
		printf 'Content-Transfer-Encoding: 8bit\n\n'
		report-gen -q -o text weekly audience=partners
	} >"$folder/weekly-$day.eml"
	${SENDMAIL:-/usr/sbin/sendmail} -t -oi <"$folder/weekly-$day.eml"
fi

# The names hold the day, so the order of names is the order of days.
keep=${WEEKLY_KEEP:-8}
set -- "$folder"/compact-*.db
while [ $# -gt "$keep" ]; do
	rm -f "$1"
	shift
done
