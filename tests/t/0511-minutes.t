#!/bin/sh
# SPDX-License-Identifier: MIT
# Minutes as people write them: stars that are none of Markdown's, hours with am and pm, people who stand there
# twice, rows with refs; and groups as they were on the day of a meeting.
. tests/t/lib.sh

COMPACT_TODAY=2026-11-23
export COMPACT_TODAY
new_store
compact-record person add -q ann name='Ann Smith' >.tap/out
compact-record person add -q bob name='Bob Jones' >.tap/out
compact-record workgroup add -q sg name=Steering kind=steering >.tap/out
compact-record seat add -q sg person=ann ends=2025-01-01 >.tap/out
compact-record seat add -q sg person=bob starts=2027-01-01 >.tap/out
cat >minutes.md <<'END'
# Steering group
**Date:** 20 November 2026, 10 am to 12.30 p.m.

## Present
- **Ann Smith** (chair)

## Decisions
- Spend 5*3 on it, *at once*, \*if* 2 * 3 **holds**.

## Actions
| Ref | Action | Lead | Due |
|---|---|---|---|
| B9 | Write to members | Ann Smith | 12 December 2026 |
END
run meeting-track minutes minutes.md
status 0 'minutes'
run meeting-track list -o csv --columns=ref,starts,ends
out 'hours of the morning and the afternoon' <<'END'
ref,starts,ends
2026-11-20,2026-11-20T10:00:00Z,2026-11-20T12:30:00Z
END
run compact-record issue_log list -o csv --columns=title
out 'stars go where they are emphasis only' <<'END'
title
"Spend 5*3 on it, at once, *if* 2 * 3 holds"
END
run meeting-track minutes minutes.md
status 0 'taken again'
err 'nothing changes, and that is said' <<'END'
2026-11-20 has all of this already; nothing changed
END
sed 's/12 December/19 December/; s/Write to/Write to all/' minutes.md >corrected.md
run meeting-track minutes corrected.md
run action-track list -o csv --columns=ref,title,due
out 'corrected and taken again, a row with a ref corrects its action' <<'END'
ref,title,due
B9,Write to all members,2026-12-19
END
sed 's/20 November 2026.*/21 November 2026/; s/Ann Smith | 12/Bob Jones | 29/; s/Write to members/half are written/' minutes.md >next.md
run meeting-track minutes next.md
run action-track list -o csv --columns=ref,title,due,leads
out 'a row of the next meeting says who leads it from now on, by when' <<'END'
ref,title,due,leads
B9,Write to all members,2026-12-29,bob
END
run compact-record progress list -o csv --columns=action,noted_on,text
out 'and is a note on it' <<'END'
action,noted_on,text
B9,2026-11-21,half are written
END
printf '\n## Apologies\n- Ann Smith\n' >>next.md
run meeting-track minutes next.md
status 65 'nobody is there and not there'
err_has "next.md:16: 'Ann Smith' stands under apologies, and under present in line 5; leave one out" 'with both lines'

compact-record meeting add -q M9 title=Autumn workgroup=sg starts='2026-11-12 10:00' >.tap/out
sed 's/20 November/12 November/' minutes.md >twelfth.md
run meeting-track minutes M9 twelfth.md
ok 'the day of the meeting is not told of' test -z "$(grep 'was to be on' .tap/err)"
run meeting-track minutes M9 minutes.md
status 0 'minutes of another day for a meeting that is there'
err_has "minutes.md:2: meeting M9 was to be on 2026-11-12, and is on 2026-11-20 by this date" 'it does not move unseen'
run compact-log undo last
ok 'and is where it was' test "$(compact-record meeting list ref=M9 -o csv --columns=starts | tail -1)" = 2026-11-12T10:00:00Z

compact-record meeting add -q M1 title=Then workgroup=sg starts='2024-03-01 10:00' present=sg >.tap/out
compact-record meeting add -q M2 title=Later workgroup=sg starts=2027-03-01 apologies=sg >.tap/out
run compact-record attendance list meeting=M1,M2 -o csv --columns=meeting,person,state
out "a group's ref means who sits there on the day of the meeting" <<'END'
meeting,person,state
M1,ann,present
M2,bob,apologies
END
finish
