#!/bin/sh
# SPDX-License-Identifier: MIT
# Rows that are equal in what a list is sorted by stand in the order of their refs. Lists sorted by days put
# such rows right themselves; with --limit SQLite sorts them all, so that each tells what the other should be.
. tests/t/lib.sh

compact-init -q -d one.db --sample=derbyshire
compact-init -q -d one.db --add --sample=tayside
{
	echo 'ref,title,due,start,status'
	for n in 10 9 1 100 2 02 11 3; do
		echo "X$n,Ten of a day,2026-11-30,,open"
		echo "y$n,Another day,2026-11-29,2026-11-0$((n % 9 + 1)),blocked"
		echo "Z$n,No day,,,open"
	done
} >rows.csv
action-track -q -d one.db -p derbyshire load rows.csv
action-track -q -d one.db -p tayside load rows.csv

run action-track -d one.db -p tayside list --sort=due due.none=no title.has=day -o ref
out 'the rows of a day stand in the natural order of their refs' <<'END'
y1
y02
y2
y3
y9
y10
y11
y100
X1
X02
X2
X3
X9
X10
X11
X100
END
run action-track -d one.db -p tayside list --sort=-due,-status title.has=day -o csv --columns=ref,due
ok 'what has no day stands last, or first when turned round' sh -c '
	sed -n "2,9p" .tap/out | grep -c "^Z.*,$" | grep -qx 0 && tail -8 .tap/out | grep -c "^Z[0-9]*,$" | grep -qx 8'

# By the ref itself, alone or behind a day, all of them or the first few.
for limit in '' --limit=4; do
	run action-track -d one.db -p tayside list --sort=ref title.has='Ten of' $limit -o ref
	ok "refs count up${limit:+, $limit}" sh -c 'head -4 .tap/out | tr "\n" " " | grep -qx "X1 X02 X2 X3 "'
	run action-track -d one.db -p tayside list --sort=due,ref title.has='Another day' $limit -o ref
	ok "behind the day they are due too${limit:+, $limit}" sh -c 'head -4 .tap/out | tr "\n" " " | grep -qx "y1 y02 y2 y3 "'
done
run action-track -d one.db -p tayside list --sort=-ref title.has='Ten of' --limit=2 -o ref
out 'and down' <<'END'
X100
X11
END

# Every kind, by each of its days and more.
both_ways()
{
	kind=$1 sort=$2
	shift 2
	compact-record -d one.db "$@" "$kind" list --sort="$sort" -o csv >held.csv || return 1
	compact-record -d one.db "$@" "$kind" list --sort="$sort" --limit=100000 -o csv >sorted.csv || return 1
	cmp held.csv sorted.csv
}
every_kind()
{
	compact-record -d one.db kinds -o csv | sed '1d; s/,.*//' >kinds
	days=0
	while read -r kind; do
		for field in $(compact-record -d one.db fields "$kind" -o csv | awk -F, '$2 ~ /^(date|time|moment)$/ { print $1 }'); do
			both_ways "$kind" "$field" -p all && both_ways "$kind" "-$field" -p derbyshire ||
				{ echo "$kind by $field"; return 1; }
			days=$((days + 1))
		done
	done <kinds
	[ "$days" -gt 50 ] || { echo "only $days fields looked at"; return 1; }
}
ok 'every kind sorted by each of its days: as SQLite sorts it' every_kind
for sort in due,ref due,status due,-ref due,points,title -due,-percent due,partnership; do
	ok "actions by $sort" both_ways action $sort -p all
done
# More rows of one day than are held in memory: 20 MB.
awk 'BEGIN { for (i = 0; i < 64; i++) t = t "0123456789012345678901234567890123456789012345678901234567890123456789 "; for (i = 0; i < 16; i++) u = u t
	print "ref,title,due,what"
	for (i = 1; i < 280; i++) printf "W%d,Long,2027-01-%02d,%s\n", i * 7919 % 1000, i % 40 ? 31 : i % 28 + 1, u }' >long.csv
action-track -q -d one.db -p tayside load long.csv
ok 'more rows of a day than are held' both_ways action due -p tayside
ok '… across partnerships' both_ways action due -p all
run action-track -d one.db -p tayside list --sort=due,nothing
status 64 'a field that is none is refused wherever it stands'
run action-track -d one.db -p tayside list --sort=ref,nothing
status 64 '… also behind the key'
# Records with several key parts are sorted by their address as it is shown.
new_store steps.db
action-track -d steps.db add -q A2 title=Two >.tap/out
action-track -d steps.db add -q A10 title=Ten >.tap/out
for s in 'A2 due=2026-01-03' 'A2 due=2026-01-01' 'A10 due=2026-01-02'; do
	# shellcheck disable=SC2086 # two words
	compact-record -d steps.db step add -q $s text=Step >.tap/out
done
run compact-record -d steps.db step list --sort=-ref -o ref
out 'downwards' <<'END2'
A10/1
A2/2
A2/1
END2
run compact-record -d steps.db step list --sort=ref,due -o ref
out 'and by nothing else where it comes first' <<'END2'
A2/1
A2/2
A10/1
END2

# Whose a record is.
compact-init -q -d steps.db --add ref=there name=There established=2020-04-01
action-track -d steps.db -p there add -q B1 title=One >.tap/out
run action-track -d steps.db -p all list partnership=here,there --columns=ref -o csv
out 'one of several partnerships' <<'END2'
partnership,ref
here,A2
here,A10
there,B1
END2
run action-track -d steps.db -p all list 'partnership!=here,elsewhere' partnership.has=HER partnership.none=no --columns=ref -o csv
out 'not these, a part of its ref, and somebody'"'"'s at all' <<'END2'
partnership,ref
there,B1
END2
run action-track -d steps.db -p all list partnership.before=here
status 64 'partnerships have no order'

# A number with its own commas is not taken for several.
action-track -d steps.db -p here add -q N1 title=One budget=500 >.tap/out
action-track -d steps.db -p here add -q N2 title=Two budget=1500 >.tap/out
run action-track -d steps.db -p here list 'budget=£1,500.00' -o ref
status 64 'one number or several'
err_has "budget: '£1,500.00' is one number or several; write one without its commas, several with a blank behind each" 'is asked for'
run action-track -d steps.db -p here list budget=1500.00 -o ref
out 'one' <<'END2'
N2
END2
run action-track -d steps.db -p here list 'budget=1, 500' budget=500,20 -o ref
out 'several' <<'END2'
N1
END2
finish
