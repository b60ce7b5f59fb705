#!/bin/sh
# SPDX-License-Identifier: MIT
# A meeting from its agenda to its minutes: one file loaded in one go, the reports, and what follows from it.
. tests/t/lib.sh
compact-init -q --sample=derbyshire
export COMPACT_TODAY=2008-11-24
run compact-record meeting add 2008-12 workgroup=steering starts='2008-12-18 10:00' venue='County Hall' agenda='1. Plan'
status 0 'a meeting to come'
run compact-load "$top/share/examples/minutes.yaml"
status 0 'minutes: one file, one change'
ok 'with one way back' test "$(compact-log -o csv | grep -c tester)" -ge 2
run compact-record meeting list status=held -o csv --columns=ref,present,apologies
out_has '2008-11,croberts;pjessop,jhewlettdavies' 'who was there'
run report-gen minutes meeting=2008-11
status 0 'the minutes'
out_has 'Cheryl Roberts' 'minutes: present'
out_has 'Jackie Hewlett-Davies' 'minutes: apologies'
out_has 'Print the newsletter in black and white' 'minutes: decisions'
out_has 'Write to the members that have not answered the survey' 'minutes: new actions'
out_has 'Ten members had answered' 'minutes: what was said'
run report-gen agenda
status 0 'the agenda of the next meeting'
out_has 'County Hall' 'agenda: where'
out_has 'Write to the members that have not answered the survey' 'agenda: what arises from the last'
run compact-load "$top/share/examples/minutes.yaml"
ok 'loaded again: refused or the same, the meeting once' test "$(compact-record meeting list status=held -o ref | grep -cx 2008-11)" -eq 1
run compact-log undo last
status 0 'taken back'
run action-track chase --today=2008-12-15 --from=you@example.org -n
out_has 'Write to the members' 'the new action is chased in its time'
# A group that meets every three months is reminded to, until a meeting is planned; e-minutes count as one.
compact-record workgroup set -q steering meet_every=quarterly
meeting-track add -q 2008-12e workgroup=steering starts=2008-12-10 status=held kind=e-minutes
run compact-status --today=2009-03-02
out_has 'group to meet' 'the next meeting is due'
out_has '2009-03-10' 'three months after the e-minutes'
meeting-track add -q 2009-03 workgroup=steering starts='2009-03-09 10:00'
run compact-status --today=2009-03-02
out_lacks 'group to meet' 'until it is planned'
out_has 'meeting-track show 2009-03' 'and then is shown itself'
# A group's ref stands for those who sat there on the day, the last day of a seat among them.
compact-load -q - <<'END'
workgroup:
  - ref: last
    name: Last days
    status: active
    seat:
      - {person: croberts, starts: 2008-01-01, ends: 2008-11-20}
      - {person: pjessop, starts: 2008-11-20}
      - {person: jhewlettdavies, starts: 2008-01-01, ends: 2008-11-19}
END
meeting-track add -q L1 workgroup=last starts='2008-11-20 10:00' status=held present=last >.tap/out
run compact-record meeting list ref=L1 -o csv --columns=present
out 'present: the seats of the day' <<'END'
present
croberts;pjessop
END
finish
