#!/bin/sh
# SPDX-License-Identifier: MIT
# Cases heard of before their notice, two cases that are one, notices withdrawn and active again.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q ref=tay name=Tay kind=response-team areas=pace-2019/tayside

# Heard of: what is known is kept, and its notice joins it.
run hr1-ingest -q --manual origin=partner employer='Beta Foods' estimate='about 60' site=Dundee council='Dundee City' contact_phone='01382 111' contact_name=Jo address='1 Quay'
out 'a case without a notice' <<'END'
I1
END
run incident-track calls -o csv
out 'shows whom to call' <<'END'
ref,employer_name,people,contact_name,contact_phone,owner_name,respond_by,late
I1,Beta Foods,60,Jo,01382 111,,2026-11-24T10:00:00Z,no
END
printf 'Employer,Site,Council,Received,Proposed\nBETA FOODS LIMITED,Dundee,Dundee,19/11/2026,55\n' >b.csv
run hr1-ingest b.csv
err 'says which case it joined' <<'END'
b.csv: 1 read, 1 new, 0 amended, 0 unchanged, 0 refused
2026-1 joins case I1, which was open
undo: compact-log undo 3
END
run compact-record employer show beta-foods
out_has 'BETA FOODS LIMITED' 'one employer with two names'
run compact-query "SELECT people, people_from, origin, notices FROM incident_detail" -o csv
out 'the number of the notice counts' <<'END'
people,people_from,origin,notices
55,notice,partner,1
END
run hr1-ingest -q --manual origin=employer employer='Eps Mills' estimate=30 postcode='dd1 1aa'
printf 'Employer,Postcode,Council,Received,Proposed\nEps Mills plc,DD1 1AA,Dundee,19/11/2026,35\n' >e.csv
run hr1-ingest e.csv
err_has '2026-2 joins case I2' 'by name and postcode'

# Only likely: said with the command, which makes them one.
printf 'Employer,Postcode,Council,Received,Proposed\nEpps Mills,DD2 1AA,Dundee,19/11/2026,22\n' >f.csv
run hr1-ingest f.csv
err_has '2026-3: case I2 may be of the same employer; if so: incident-track join I3 I2' 'a likely match'
run compact-check
out_has 'compact-record employer replace epps-mills eps-mills' 'compact-check has it too'
incident-track note I3 -q spoke to the site
run incident-track join I3 I2
status 0 'join'
run compact-check
out_lacks 'may come from' 'settles the note'
out_lacks 'join I' 'all of it'
run incident-track list -o csv --columns=ref,employer,notices
out 'one case of one employer' <<'END'
ref,employer,notices
I1,beta-foods,2026-1
I2,eps-mills,2026-2;2026-3
END
run incident-track show I2
out_has 'spoke to the site' 'with what happened in the other'
out_has 'I3 was joined to this case' 'and that it was two'
run compact-record notice list employer=eps-mills -o csv --columns=ref,warnings
out 'the flag is gone' <<'END'
ref,warnings
2026-2,
2026-3,
END
run compact-log undo last
run incident-track list -o ref
out 'and all of it can be undone' <<'END'
I1
I2
I3
END
run compact-record employer replace epps-mills eps-mills
status 0 'employers alone'
run compact-record employer list -o ref
out 'the other is gone' <<'END'
beta-foods
eps-mills
END
run incident-track join I3 I3
status 64 'a case is not joined to itself'

# A second notice of an employer with an open case.
printf 'Employer,Site,Council,Received,Proposed\nBeta Foods Ltd,Dundee,Dundee,20/11/2026,20\n' >b2.csv
run hr1-ingest b2.csv
err_has 'case I1 of the employer is open too; if they are one: incident-track join I4 I1' 'a second notice is told with the case there is'

# Withdrawn, and active again.
printf 'Our ref,Company,HR1 received,Jobs at risk,Status,Council\nN1,Acme2 Ltd,19/11/2026,40,Active,Dundee\n' >w1.csv
sed s/Active/Withdrawn/ w1.csv >w2.csv
hr1-ingest -q w1.csv
run hr1-ingest w2.csv
err_has 'I5 is closed, as its notice 2026-5 is withdrawn' 'withdrawn: says so'
run incident-track calls -o ref
out_lacks I5 'nobody is to call'
run compact-status
out_lacks 'Acme2' 'nor does compact-status want it'
run compact-record incident_event list incident=I5 -o csv --columns=text
out 'with its history' <<'END'
text
"closed, as notice 2026-5 is withdrawn"
END
COMPACT_TODAY='2026-12-01 10:00'
run hr1-ingest w1.csv
err_has 'I5 is open again, as its notice 2026-5 counts again' 'active again: says so'
run incident-track list ref=I5 -o csv --columns=ref,status,closed_on,respond_by
out 'and has a deadline of its own' <<'END'
ref,status,closed_on,respond_by
I5,new,,2026-12-03T10:00:00Z
END
# An employer who was reached is not called again for it.
sed 's/N1,Acme2/N5,Acme5/' w1.csv >w5.csv
hr1-ingest -q w5.csv
acme=$(incident-track list employer:name='Acme5 Ltd' -o ref)
incident-track -q set "$acme" status=contacted responded_at='2026-12-01 10:00'
sed s/Active/Withdrawn/ w5.csv >w6.csv
hr1-ingest -q w6.csv
run hr1-ingest w5.csv
err_has "$acme is open again" 'one that was reached is open again'
err_lacks 'Acme5 Ltd: 40 people' 'and nobody is told to call'
COMPACT_TODAY='2026-11-20 10:00'
sed 's/N1,Acme2/N2,Acme3/' w2.csv >w3.csv
sed s/Withdrawn/Active/ w3.csv >w4.csv
hr1-ingest -q w3.csv
run hr1-ingest w4.csv
err_has 'Acme3 Ltd: 40 people' 'withdrawn at first, active later: a case is opened'

# What is given by hand is understood or refused.
compact-init -q -d words.db ref=x name=X kind=response-team
run hr1-ingest -d words.db --manual origin=media employer='Ferry Inns' estimate='between 40 and 60'
err_has 'Ferry Inns: between 40 and 60 people' 'an estimate in words'
run hr1-ingest -d words.db --manual origin=media employer='Gorse Ltd' estimate=dozens
err_has 'Gorse Ltd: number of people unknown (dozens)' 'or in none that counts'
run compact-query -d words.db 'SELECT estimate, estimate_text, certainty FROM incident ORDER BY ref' -o csv
out 'is kept' <<'END'
estimate,estimate_text,certainty
40,between 40 and 60,estimate
,dozens,estimate
END
run hr1-ingest -d words.db --manual employer='Heron Ltd' received=2026-11-19 proposed=lots
err_has 'flagged: place-unknown;number-unclear' 'so is that of a notice'
run compact-query -d words.db 'SELECT proposed, proposed_text, certainty, extra FROM notice' -o csv
out 'as it was written' <<'END'
proposed,proposed_text,certainty,extra
,lots,estimate,
END
run hr1-ingest --manual employer=X estimate=5
status 64 'an estimate needs an origin'
err_has 'say how it was heard of, as in origin=' 'says what is missing'
run hr1-ingest --manual origin=rumour employer=X estimate=5
err_has "'rumour' is no origin; it is one of notice, local-intelligence" 'origins are named'
run hr1-ingest --manual origin=partner employer=X council=Anguss
status 65 'no such council'
err_has 'did you mean Angus' 'the nearest'
run hr1-ingest --manual origin=partner employer=Xa council=Fife size_band=small
status 0 'the fields of a case'
err_has 'lies outside the areas of this partnership' 'and a council elsewhere is told'
run hr1-ingest --manual origin=partner employer=Xb told='2026-10-25 01:30'
err_has 'comes twice' 'an hour that comes twice'

# Partners can be told whom not to approach; what is known of an employer.
run incident-track employers -o csv --columns=employer_name,ref employer=eps-mills
out 'employers with open cases' <<'END'
employer_name,ref
Eps Mills,I2
Eps Mills,I3
END
run incident-track history employer=eps-mills -o csv --columns=employer,notices,proposed,incidents
out 'the history of an employer' <<'END'
employer,notices,proposed,incidents
eps-mills,2,57,2
END

# The guidance that is followed drives the clock, unless the partnership has hours of its own.
compact-record guidance add nat issued=2026-04-01 response_hours=24 2>.tap/ignore >.tap/ignore
compact-record setting set guidance value=nat 2>.tap/ignore
run hr1-ingest --manual origin=partner employer='Guided Ltd' told='2026-11-18 09:00'
err_has 'by 2026-11-19 09:00' 'the hours of the guidance'
compact-record setting set response_hours value=72 2>.tap/ignore
run hr1-ingest --manual origin=partner employer='Guided Too' told='2026-11-18 09:00'
err_has 'by 2026-11-23 09:00' 'its own hours come first'

# A postcode supplied later places what waited for it; a place that is none is told.
printf 'Employer,Site,Postcode,Received,Proposed\nPlace Ltd,Mill,DD9 1XX,17/11/2026,25\n' >u.csv
hr1-ingest -q u.csv
compact-record postcode add 'DD9 1XX' council=Angus >.tap/ignore 2>&1
run compact-query "SELECT n.council, n.warnings, d.areas FROM notice_detail n JOIN incident_detail d ON d.ref = n.incident WHERE n.employer = 'place-ltd'" -o csv
out 'the notice and its case are placed' <<'END'
council,warnings,areas
S12000041,,Tayside
END
compact-record scheme add what-if name=W >.tap/ignore 2>&1
compact-record area add what-if/north name=North >.tap/ignore 2>&1
compact-record area_place add what-if/north/Highland kind=council >.tap/ignore 2>&1
run compact-check
out_has 'give S12000017, which is Highland' 'a name in place of a code'

# Calls of one deadline stand in the order of their cases, which is that of the file.
new_store many.db
{ echo 'Employer,Received,Jobs'; for n in 1 2 3 4 5 6 7 8 9 10 11; do echo "Firm $n Ltd,2026-11-13,2$n"; done; } >many.csv
run hr1-ingest -d many.db many.csv
sed -n 's/^  \(I[0-9]*\)  .*/\1/p' .tap/err >.tap/out
out 'the call list goes by case' <<'END'
I1
I2
I3
I4
I5
I6
I7
I8
I9
I10
I11
END

# A notice withdrawn by hand does with its case what a file that says so does.
notice()
{
	sqlite3 many.db "SELECT item FROM incident__notices WHERE incident = '$1'"
}
run compact-record -d many.db notice set "$(notice I1)" status=withdrawn
err_has "I1 is closed, as its notice $(notice I1) is withdrawn" 'a notice withdrawn by hand closes its case'
run incident-track -d many.db list status=closed -o ref
out 'which is closed' <<'END'
I1
END
run incident-track -d many.db show I1
out_has "closed, as notice $(notice I1) is withdrawn" 'with the reason'
incident-track -q -d many.db respond I2 spoke && incident-track -q -d many.db offer I2 accepted yes
run compact-record -d many.db notice set "$(notice I2)" status=inactive
err_has "I2 stays open, though its notice $(notice I2) is inactive; if it is over: incident-track close I2" \
	'one in which more has happened stays, and it says what to do'
run compact-record -d many.db notice set "$(notice I2)" proposed=30
err_lacks 'I2' 'other changes say nothing of it'
compact-record -q -d many.db notice set "$(notice I3)" status=withdrawn
run compact-log -d many.db undo last
run sqlite3 many.db "SELECT n.status, i.status FROM notice n, incident i WHERE n.ref = '$(notice I3)' AND i.ref = 'I3'"
out 'notice and case are undone together' <<'END'
active|new
END
finish
