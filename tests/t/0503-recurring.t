#!/bin/sh
# SPDX-License-Identifier: MIT
# Actions that come round: the next is made once, whatever runs however often.
. tests/t/lib.sh
new_store
cat >plan.yaml <<'END'
person: [{ref: ann, name: Ann Lee, email: ann@example.org}]
aim: [{ref: "1", number: "1", text: Aim}]
theme: [{ref: R, name: Reports}]
action:
  - {ref: R1, theme: R, title: Monthly report, start: 2026-01-03, due: 2026-01-31, every: monthly, leads: [ann], aims: ["1"], budget: "12.50", percent: 40, step: [{number: 1, text: Collect, due: 2026-01-24, done_on: 2026-01-20}]}
END
run compact-load -q plan.yaml
status 0 'loaded'
chase()
{
	action-track -q chase --from=you@example.org --today="$1" >/dev/null
}
rows()
{
	action-track list every.none=no status=open -o csv --columns=ref,title,start,due,percent,budget,leads,aims | tail -n +2
}
chase 2026-01-30
run rows
out 'before its day nothing happens' <<'END'
R1,Monthly report,2026-01-03,2026-01-31,40,12.50,ann,1
END
for n in 1 2 3; do
	chase 2026-01-31
done
run rows
out 'on its day the next is made, once' <<'END'
R2,Monthly report,2026-01-31,2026-02-28,,12.50,ann,1
END
run action-track list -o csv --columns=ref,every,status
out 'it takes the word over' <<'END'
ref,every,status
R1,,open
R2,monthly,open
END
run compact-record step list -o csv --columns=ref,text,due,done_on
out_has 'R2/1,Collect,2026-02-21,' 'steps come along, not done yet'
run action-track done R2 --today=2026-02-10
err_has 'R3 added' 'done early: the next at once'
run rows
out 'which goes on from its day, at the end of the month' <<'END'
R3,Monthly report,2026-03-03,2026-03-31,,12.50,ann,1
END
run action-track done R2 --today=2026-02-11
run action-track done R1 --today=2026-02-11
chase 2026-02-12
run action-track list -o ref
out 'done again makes no more' <<'END'
R1
R2
R3
END
chase 2026-06-10
run rows
ok 'days gone by are passed over' grep -q '^R4,.*,2026-06-30,' .tap/out
run action-track drop R4 enough
chase 2026-09-01
run action-track list -o ref
ok 'dropped: the series ends' test "$(wc -l <.tap/out)" -eq 4
for step in weekly:2027-01-08 fortnightly:2027-01-15 two-monthly:2027-03-01 quarterly:2027-04-01 half-yearly:2027-07-01 yearly:2028-01-01; do
	action-track -q add S-${step%:*} title=x due=2027-01-01 every=${step%:*} >/dev/null
	action-track -q done S-${step%:*} --today=2027-01-01
	run action-track list every=${step%:*} -o csv --columns=due
	ok "${step%:*}" grep -qx "${step#*:}" .tap/out
done
# A week late is the day of the one that follows: that would be due at once, so it goes with the one before.
action-track -q add late title=x due=2027-01-01 every=weekly >/dev/null
run action-track done late --today=2027-01-08
run action-track list every=weekly title=x status=open due.min=2027-01-02 due.max=2027-01-15 -o csv --columns=due
ok 'the next is still to come' sh -c 'grep -qx 2027-01-15 .tap/out'
# A series ends where the calendar does.
action-track -q add last title=x due=9999-12-31 every=weekly >/dev/null
run action-track done last at last
status 0 'the last day there is'
run action-track list title=x due.min=9999-01-01 -o csv --columns=ref,status
out 'has nothing behind it' <<'END'
ref,status
last,done
END
finish
