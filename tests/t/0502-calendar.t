#!/bin/sh
# SPDX-License-Identifier: MIT
# -o ics: what stands in a calendar, that it stays the same entry, and that nothing comes from the clock.
. tests/t/lib.sh
new_store
cat >plan.yaml <<'END'
person:
  - {ref: ann, name: Ann Lee}
action:
  - {ref: A1, title: "Write; send, file", due: 2026-12-01, leads: [ann], step: [{number: 1, text: Draft, due: 2026-11-20}]}
  - {ref: A2, title: Ongoing, review_by: 2027-01-05}
  - {ref: A3, title: Dropped, due: 2026-12-02, status: dropped}
  - {ref: A4, title: Finished, due: 2026-12-03, status: done, done_on: 2026-11-11}
  - {ref: A5, title: No date}
meeting:
  - {ref: M1, title: Board, starts: 2026-08-03 16:30, ends: 2026-08-03 18:00, venue: "Room 1, Town Hall", agenda: "1. Plan\n2. Money"}
  - {ref: M2, title: Off, starts: 2026-12-03 10:00, status: cancelled, reason: snow}
  - {ref: M3, title: All day, starts: 2026-12-04, ends: 2026-12-05}
charter:
  - {ref: 2026-10, title: Our charter, review_due: 2027-10-01}
terms:
  - {ref: v1, status: adopted, adopted: 2026-01-01, review_due: 2027-01-01}
END
run compact-load -q plan.yaml
status 0 'loaded'

field()
{
	tr -d '\r' <"$1" | awk -v uid="$2" -v name="$3" '
		/^BEGIN:V(EVENT|TODO)/ { text = ""; got = 0 }
		{ text = text $0 "\n" }
		index($0, "SUMMARY:" uid) == 1 { got = 1 }
		/^END:V(EVENT|TODO)/ && got { n = split(text, l, "\n"); for (i = 1; i <= n; i++) if (index(l[i], name) == 1) print l[i] }'
}
says()
{
	[ "$(field "$1" "$2" "$3" | head -1)" = "$4" ] || { field "$1" "$2" "$3"; tr -d '\r' <"$1"; return 1; }
}

run action-track list -o ics
status 0 'a calendar'
cp .tap/out a.ics
ok 'whole days for what is due' says a.ics 'A1: ' DTSTART 'DTSTART;VALUE=DATE:20261201'
ok 'which end with the day' says a.ics 'A1: ' DTEND 'DTEND;VALUE=DATE:20261202'
ok 'with an alarm a week before' says a.ics 'A1: ' TRIGGER 'TRIGGER:-P7D'
ok 'text is escaped' says a.ics 'A1: ' SUMMARY 'SUMMARY:A1: Write\; send\, file'
ok 'steps are in it' says a.ics 'A1/1: ' DTSTART 'DTSTART;VALUE=DATE:20261120'
ok 'and reviews' says a.ics 'Review of A2' DTSTART 'DTSTART;VALUE=DATE:20270105'
ok 'what was dropped is cancelled' says a.ics 'A3: ' STATUS 'STATUS:CANCELLED'
ok 'without an alarm' says a.ics 'A3: ' TRIGGER ''
ok 'what has no date is none' says a.ics 'A5' SUMMARY ''
ok 'lines end as they must' test "$(tr -cd '\r' <a.ics | wc -c)" -eq "$(wc -l <a.ics)"
sleep 1
run action-track list -o ics
ok 'the same again, byte for byte' cmp -s .tap/out a.ics

run action-track set A1 due=2026-12-15
run action-track list -O b.ics
ok 'a change keeps the id' test "$(field a.ics 'A1: ' UID)" = "$(field b.ics 'A1: ' UID)"
sequence()
{
	field "$1" "$2" SEQUENCE | cut -d: -f2
}
ok 'and raises the sequence' test "$(sequence b.ics 'A1: ')" -gt "$(sequence a.ics 'A1: ')"
ok 'of what changed alone' test "$(sequence b.ics 'A3: ')" -eq "$(sequence a.ics 'A3: ')"
ok 'moved' says b.ics 'A1: ' DTSTART 'DTSTART;VALUE=DATE:20261215'
ok 'ids are all different' test "$(grep -c '^UID' a.ics)" -eq "$(grep '^UID' a.ics | sort -u | wc -l)"
compact-dump --personal | compact-load -q --create -d copy.db
run action-track -d copy.db list -o ics
ok 'a copy of the store gives the same ids' test "$(grep '^UID' b.ics | sort)" = "$(grep '^UID' .tap/out | sort)"

run action-track list -o ics --todo
cp .tap/out t.ics
ok 'to-dos' says t.ics 'A1: ' DUE 'DUE;VALUE=DATE:20261215'
ok 'done ones are completed' says t.ics 'A4: ' COMPLETED 'COMPLETED:20261111T120000Z'
ok 'and may have no date' says t.ics 'A5: ' STATUS 'STATUS:NEEDS-ACTION'
run action-track overdue -o ics --today=2026-12-20
ok 'overdue: those alone' test "$(grep -c '^SUMMARY:A[0-9]*: ' .tap/out)" -eq 1
run action-track due 30 -o ics --today=2026-12-01
ok 'due: likewise' test "$(grep -c '^SUMMARY:A[0-9]*: ' .tap/out)" -eq 1
run action-track list title=nothing -o ics
out_empty 'nothing: no bytes'
run action-track list -o ics --columns=ref
status 64 'no columns'

run compact-record meeting list -o ics
cp .tap/out m.ics
ok 'meetings: times by the UK clock' says m.ics Board DTSTART 'DTSTART;TZID=Europe/London:20260803T163000'
ok 'with their end' says m.ics Board DTEND 'DTEND;TZID=Europe/London:20260803T180000'
ok 'and place' says m.ics Board LOCATION 'LOCATION:Room 1\, Town Hall'
ok 'and agenda' says m.ics Board DESCRIPTION 'DESCRIPTION:1. Plan\n2. Money'
ok 'those called off are cancelled' says m.ics Off STATUS 'STATUS:CANCELLED'
ok 'days without a time' says m.ics 'All day' DTEND 'DTEND;VALUE=DATE:20261206'
run compact-record charter list -o ics
out_has 'SUMMARY:Review of Our charter' 'charters: their review'
run terms-track list -o ics
out_has 'SUMMARY:Review of the terms of reference v1' 'terms: likewise'
run compact-record person list -o ics
status 64 'persons have no dates'
run action-track -p all list -o ics
ok 'all partnerships in one calendar' test "$(grep -c BEGIN:VCALENDAR .tap/out)" -eq 1
finish
