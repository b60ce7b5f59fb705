#!/bin/sh
# SPDX-License-Identifier: MIT
#
# calcurse.sh: the partnership's dates in your calcurse, each once, however often this runs.
#
#   COMPACT_DB        the store
#   CALCURSE_DATA     calcurse's data folder (~/.local/share/calcurse)
#
# calcurse does not know entries by their ids when it imports. But it can say the hash of what it
# imports, and take out what has a hash: what the last run brought goes, what there is now comes.
# Entries of your own are left alone. Since it shows what is cancelled as if it were not, what is
# done or called off is left out here.
set -eu
umask 077
: "${COMPACT_DB:?say which store: export COMPACT_DB=...}"
data=${CALCURSE_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/calcurse}
mkdir -p "$data"
brought=$data/compact.hashes

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM
action-track list status=proposed,open,blocked -o ics >"$new/actions.ics"
meeting-track list status=planned,held -o ics >"$new/meetings.ics"

# Into a folder of its own first, to learn the hashes. They are written down before anything is
# touched, so that a run that is cut short is made good by the next one.
mkdir "$new/data"
for ics in "$new/actions.ics" "$new/meetings.ics"; do
	[ -s "$ics" ] || continue
	calcurse -q -D "$new/data" -i "$ics" --dump-imported --format-apt '%(hash)\n' \
		--format-event '%(hash)\n' --format-todo '%(hash)\n' >>"$new/hashes"
done
touch "$new/hashes" "$brought"
sort -u "$new/hashes" "$brought" >"$brought.new"
mv "$brought.new" "$brought"

while read -r hash; do
	calcurse -q -D "$data" -P --filter-hash "$hash"
done <"$brought"
for ics in "$new/actions.ics" "$new/meetings.ics"; do
	[ ! -s "$ics" ] || calcurse -q -D "$data" -i "$ics" >/dev/null
done
sort -u "$new/hashes" >"$brought.new"
mv "$brought.new" "$brought"
calcurse -q -D "$data" -g
