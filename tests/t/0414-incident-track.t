#!/bin/sh
# SPDX-License-Identifier: MIT
# incident-track: the first call, offers, referrals, the end; what is late and whom to call.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-03 10:15'
export COMPACT_TODAY
compact-init -q ref=fife name='Fife Response Team' areas=pace-2019/fife
compact-record -q person add name='Ann Lee' phone='01592 200000'
compact-record -q org add name='Jobcentre Plus' kind=agency
cat >a.csv <<'END'
Employer,Postcode,Council,HR1 received,First dismissal,Jobs at risk,Contact,Telephone
Acme Foods Ltd,KY1 1AA,Fife,30/10/2026,18/12/2026,64,Bob Roy,01592 111111
Brae Textiles Ltd,KY8 4AB,Fife,30/10/2026,04/12/2026,25,,
Corrie Care Ltd,KY2 5CD,Fife,30/10/2026,04/12/2026,31,,
END
hr1-ingest -q --told='2026-10-30 16:00' a.csv || exit 1

run incident-track calls -o csv --columns=ref,employer_name,people,contact_name,contact_phone,respond_by,late
out 'whom to call' <<'END'
ref,employer_name,people,contact_name,contact_phone,respond_by,late
I1,Acme Foods Ltd,64,Bob Roy,01592 111111,2026-11-03T16:00:00Z,no
I2,Brae Textiles Ltd,25,,,2026-11-03T16:00:00Z,no
I3,Corrie Care Ltd,31,,,2026-11-03T16:00:00Z,no
END
run incident-track respond I1 at='2026-11-02 15:00' spoke to the plant manager person='Ann Lee' staff_access=yes
status 0 'the first call'
err 'the event and what it does to the case' <<'END'
incident_event I1/1 added
I1 staff_access (nothing) → yes
I1 status new → contacted
I1 responded_at (nothing) → 2026-11-02T15:00:00Z (undo: compact-log undo 5)
END
run incident-track respond I1 orgs='Jobcentre Plus' rang them too
status 0 'a second one'
err_has 'I1: the first approach was made 2026-11-02 15:00 by Ann Lee; agree who is the one contact' 'is warned'
run incident-track show I1
out_has "responded_at: '2026-11-02T15:00:00Z'" 'and leaves the first as it was'
run compact-query "SELECT ref, met, hours_taken, partners FROM incident_detail WHERE ref = 'I1'" -o csv
out 'the clock was met' <<'END'
ref,met,hours_taken,partners
I1,1,71.0,Jobcentre Plus
END
run incident-track late
out_empty 'nothing late yet'
run incident-track late --exit-code
status 0 'and no alarm'
run incident-track late --within=8 --exit-code
status 1 'due within the day'
COMPACT_TODAY='2026-11-03 17:00'
run incident-track late --exit-code -o csv --columns=ref,respond_by,late
status 1 'past the deadline'
out 'those nobody has called' <<'END'
ref,respond_by,late
I2,2026-11-03T16:00:00Z,yes
I3,2026-11-03T16:00:00Z,yes
END
run incident-track offer I2 refused they have an agency
status 0 'an offer refused'
run incident-track list I2 -o csv --columns=ref,status,responded_at
run incident-track list status=refused -o csv --columns=ref,status,responded_at
out 'is an answer, and the first contact' <<'END'
ref,status,responded_at
I2,refused,2026-11-03T17:00:00Z
END
run incident-track offer I3 no-reply
run incident-track offer I3 accepted at=today
run incident-track offer I3 maybe
status 64 'no such answer'
err 'the three there are' <<'END'
incident-track: 'maybe' is no answer to an offer; it is accepted, refused or no-reply
END
run incident-track respond I3 at=tomorrow
err 'what has not happened' <<'END'
incident-track: at: 'tomorrow' is still to come; record it when it has happened
END
run incident-track note I3 kind=presentation attended=64 two sessions on site
status 0 'an event with its fields'
run compact-record incident_event list incident=I3 -o csv --columns=number,kind,attended,text
out 'what happened' <<'END'
number,kind,attended,text
1,offer,,no-reply
2,offer,,accepted
3,presentation,64,two sessions on site
END
run incident-track note I3
status 64 'a note needs words'
run incident-track refer I3 referred_to=tayside people=12
status 0 'people from elsewhere'
run compact-record referral list -o csv --columns=incident,referred_to,people,sent
out 'handed on' <<'END'
incident,referred_to,people,sent
I3,tayside,12,2026-11-03
END
run incident-track close I3 all placed on=2026-11-03
err_has 'I3 has no wash-up yet; what worked, what did not: incident-track note I3 kind=wash-up text=…' 'a wash-up is reminded of'
COMPACT_TODAY='2026-11-05 09:00'
run incident-track close I3
status 0 'closed again'
err 'its day stays, which is said' <<'END'
I3 was closed already, on 2026-11-03; to change the day: incident-track close I3 on=DATE
I3 has no wash-up yet; what worked, what did not: incident-track note I3 kind=wash-up text=…
END
run incident-track close I3 one more word
err 'words are kept' <<'END'
incident_event I3/5 added (undo: compact-log undo 13)
I3 was closed already, on 2026-11-03; to change the day: incident-track close I3 on=DATE
I3 has no wash-up yet; what worked, what did not: incident-track note I3 kind=wash-up text=…
END
run incident-track close I3 on=2026-11-04
err_has 'I3 closed_on 2026-11-03 → 2026-11-04' 'a day that is given is taken'
err_lacks 'already' 'without a word'
run compact-log undo last
run incident-track -q note I1 kind=wash-up one contact sooner
COMPACT_TODAY='2026-11-03 17:00'
run compact-log undo last
run incident-track note I1 kind=wash-up one contact sooner
run incident-track close I1
err_lacks 'wash-up yet' 'not where there was one'
err_lacks 'first approach' 'nor of a call that was made'
run compact-log undo last
run incident-track list -o csv --columns=ref,status,closed_on
out 'undone' <<'END'
ref,status,closed_on
I1,contacted,
I2,refused,
I3,closed,2026-11-03
END
run incident-track -q set I2 responded_at=
run incident-track close I2
err_has 'I2 is closed without a first approach on record; if there was one: incident-track respond I2 at=WHEN' \
	'a case closed before anybody called is warned of'
compact-log -q undo last 2>.tap/ignore
compact-log -q undo last 2>.tap/ignore
run incident-track respond I9 hello
status 67 'no such case'
run incident-track respond
err 'no ref' <<'END'
incident-track: respond needs a REF; see incident-track --help
END
run compact-query "SELECT month, incidents, met, late FROM response_month" -o csv
out 'the month' <<'END'
month,incidents,met,late
2026-10,3,1,2
END

# What has ended may go on, and ends on a day that has come.
run incident-track close I3 on=tomorrow
status 65 'a day still to come'
err 'is no end' <<'END'
incident-track: on: 'tomorrow' is still to come; close the case when it is over
END
run incident-track close I3 on=1/1/2020
err 'nor is one before the case was told of' <<'END'
incident-track: on: '1/1/2020' is before I3 was told of, on 2026-10-30 16:00; correct one of the two
END
run incident-track close I3 on=
err_has 'incident-track: on: is empty; give a day, or leave it out for today' 'nor none'
run incident-track close I3 on=31/2/2026
err_has "incident-track: on: '31/2/2026' is no" 'nor one that is not in the calendar'
run incident-track reopen I3 ten more people
status 0 'a case is opened again'
err_has 'I3 status closed → accepted' 'where it was'
err_has 'I3 closed_on 2026-11-03 → (nothing)' 'without an end'
run incident-track reopen I3
err 'once' <<'END'
I3 is open already
END
run incident-track close I3
run incident-track reopen I3 status=delivering
err_has 'I3 status closed → delivering' 'or where it is said to be'
run incident-track reopen
err_has 'reopen needs a REF' 'it needs one'
run incident-track reopen I9
status 67 'that there is'
echo 'from the pipe' | incident-track -q note I3
run compact-record incident_event list incident=I3 -o csv --columns=text
out_has 'from the pipe' 'a note from standard input'
run incident-track refer I3 Tayside
status 64 'words that are no field'
err_has "incident-track: 'Tayside' is no FIELD=VALUE; whom people are handed to is written 'referred_to=Tayside'" 'say which field'
run incident-track offer I3 Refused
status 0 'an answer in any case'

# A team that answers redundancies is shown its own first steps.
run compact-init -d team.db ref=team name=Team kind=response-team
err 'first steps of a team' <<'END'
team.db is ready. Next:
  compact-status -d team.db                                        what needs you today
  hr1-ingest -d team.db FILE                                       redundancy notices into cases, with whom to call by when
  incident-track -d team.db calls                                  whom to call; respond REF when that is done
  compact-record -d team.db partnership set REF areas=SCHEME/AREA  whose notices are yours; compact-record area list
  man 7 compact                                                    the introduction
END

# What cannot be is said at once: told of tomorrow, answered before it was told of.
run incident-track add TOLD employer="$(compact-record employer list -o ref --limit=1)" origin=media told='2030-01-01 10:00'
status 0 'a case told of at a time still to come'
err_has 'incident-track: TOLD: was told of at a time still to come, from which the clock runs; correct it if that is wrong: incident-track set TOLD told=WHEN' 'says so'
run incident-track set TOLD told='2020-01-07 10:00'
err_lacks 'was told of' 'and no longer, once it is corrected'
run incident-track respond TOLD at='2020-01-07 09:00' rang
status 0 'a response before that is taken'
err_has 'incident-track: TOLD: was responded to before it was told of; correct one of the two: incident-track set TOLD told=WHEN, or responded_at=WHEN' 'and told of'
run compact-check incident
out_has 'was responded to before it was told of' 'also by compact-check'

# A case put down by hand runs by the same clock, from when it was told of.
employer=$(compact-record employer list -o ref --limit=1)
run incident-track add HAND employer="$employer" origin=media told='2026-11-02 10:00'
status 0 'a case by hand'
run incident-track late --today='2026-11-23 12:00' ref=HAND -o csv --columns=ref,respond_by
out 'is late after two working days' <<'END2'
ref,respond_by
HAND,2026-11-04T10:00:00Z
END2
run incident-track set HAND told=2026-11-06
run incident-track list ref=HAND -o csv --columns=told,respond_by
out 'the deadline goes along' <<'END2'
told,respond_by
2026-11-06,2026-11-11T09:00:00Z
END2
run incident-track set HAND told=2026-11-07 respond_by='2026-12-01 10:00'
run incident-track list ref=HAND -o csv --columns=told,respond_by
out 'unless it is given' <<'END2'
told,respond_by
2026-11-07,2026-12-01T10:00:00Z
END2
run incident-track add BARE employer="$employer" origin=media
err_has 'incident-track: BARE: has no deadline, so that it is never late; incident-track set BARE told=WHEN' 'one without is told of'
run compact-record incident set BARE told='2026-11-02 10:00'
run incident-track list ref=BARE -o csv --columns=respond_by
out 'compact-record sets the clock too' <<'END2'
respond_by
2026-11-04T10:00:00Z
END2
run incident-track set BARE ref=BARED told='2026-11-03 10:00'
status 0 'also where it gets another ref'
run incident-track list ref=BARED -o csv --columns=respond_by
out 'under which it is found' <<'END2'
respond_by
2026-11-05T10:00:00Z
END2
finish
