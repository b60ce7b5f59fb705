#!/bin/sh
# SPDX-License-Identifier: MIT
# Deadlines in working days over every bank holiday from 2012 to 2028, in each division.
. tests/t/lib.sh
cat >count.py <<'END'
"""How many working days each action is late on a day, by a list of holidays: what overdue should print."""
import csv, datetime, sys
off = {datetime.date.fromisoformat(l.strip()) for l in open(sys.argv[1])}
today = datetime.date.fromisoformat(sys.argv[2])
day, late, counts = today, 0, {}
while day.year > 2011:
    counts[day] = late
    late += day.weekday() < 5 and day not in off
    day -= datetime.timedelta(days=1)
wrong = n = 0
for row in csv.DictReader(open(sys.argv[3])):
    n += 1
    meant = counts[datetime.date.fromisoformat(row["due"])]
    if int(row["working_days_overdue"]) != meant:
        wrong += 1
        print(row, "should be", meant)
assert n == int(sys.argv[4]) and not wrong, (n, wrong)
END
for division in scotland england-and-wales northern-ireland; do
	new_store "$division.db"
	COMPACT_DB=$division.db
	export COMPACT_DB
	python3 "$top/tests/tools/bank-holidays.py" $division >holidays
	# One action that is due on each holiday, and one the day before.
	{
		echo ref,title,due
		awk '{ print "O" NR ",On," $1 }' holidays
		while read -r day; do
			date -d "$day -1 day" "+B%Y%m%d,Before,%F"
		done <holidays
	} >plan.csv
	run action-track load --all-or-nothing plan.csv
	status 0 "$division: loaded"
	run compact-record setting set holiday_division value=$division
	run action-track overdue --working-days --today=2028-12-31 -o csv
	status 0 "$division: overdue"
	n=$(($(wc -l <plan.csv) - 1))
	ok "$division: working days over $(wc -l <holidays) holidays" \
		python3 count.py holidays 2028-12-31 .tap/out "$n"
done

# Beyond either end of the table no holiday is known, which is said.
new_store ends.db
COMPACT_DB=ends.db
run compact-check --today=2027-12-31 -o csv holiday
status 0 'within the table nothing is to be said'
run compact-check --today=2028-01-01 -o csv holiday
out 'its last year has come' <<'END'
severity,kind,ref,fault,remedy
warning,holiday,scotland,is known only to 2028,load a newer table: compact-load --kind=holiday FILE
END
compact-record employer add -q e1 name=Mill >/dev/null
compact-record incident add -q I1 employer=e1 origin=media told=2011-12-23T10:00:00Z respond_by=2011-12-28T10:00:00Z >/dev/null
compact-record incident add -q I2 employer=e1 origin=media told=2012-01-03T10:00:00Z respond_by=2012-01-05T10:00:00Z >/dev/null
run compact-check --today=2027-12-31 -o csv incident
ok 'a case from before its first year is named' \
	test "$(grep -c 'was told of before 2012, the first year whose public holidays are known, so its deadline counts none' .tap/out)" = 1
out_has 'note,incident,I1,' 'and no other'
finish
