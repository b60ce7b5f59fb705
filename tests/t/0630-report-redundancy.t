#!/bin/sh
# SPDX-License-Identifier: MIT
# The reports on notices and cases: what the public may see, who is credited, what was not known.
. tests/t/lib.sh

COMPACT_TODAY='2026-11-22 10:00'
export COMPACT_TODAY
compact-init -q -d t.db --sample=tayside 2>/dev/null || exit 1
report() # REPORT NAME=VALUE ...
{
	run report-gen -d t.db -o text "$@"
}
# The lines of the last report as one, with single blanks.
flat()
{
	tr -s ' \n' ' ' <.tap/out >.tap/flat && mv .tap/flat .tap/out
}

# ---------- what the public may see ----------

report weekly
flat
out_has 'fewer than 5 notices, fewer than 5 cases. Late: no responses.' 'weekly hides small counts in its sentences'
out_lacks '2026-3' 'and lists no notice'
report weekly audience=partners
out_has ': 1 notice, 1 case. Late: no responses.' 'partners read one notice, not notices'
out_has 'Kinnoull Data Services Ltd' 'and its employer'
report responses
out_has 'fewer than 5 cases were told of' 'responses hides small counts'
out_lacks 'C1 ' 'and lists no case'
ok 'nor the count of any month' sh -c '! grep -qE "^[A-Z][a-z]+ 2026 +[1-4]( |$)" .tap/out'
report responses audience=partners
out_has '4 cases were told of' 'partners read the count'
out_has 'November 2026       2        1     0     1   100%' 'and the months, what is per cent to the right'
report activity month=2026-10
out_has 'fewer than 5 events were held in the cases' 'activity hides small counts'
out_lacks '31 people' 'and how many came to a single event'
report activity month=2026-10 audience=partners
flat
out_has '1 case, 34 people to lose work; supported so far: at least 31 (91%)' 'redundancies stand beside people supported'
out_has 'medium 1 34 31 31' 'by size of employer'
report case incident=C1 audience=public
for word in Tayford Lochee 'national team' weaving personnel 'glad of it' '112'; do
	out_lacks "$word" "a public case does not say $word"
done
out_has '29 September 2026  presentation' 'it says what was done'
compact-record -q -d t.db setting set small_threshold value=0
report weekly
flat
out_has ': 1 notice, 1 case' 'small_threshold=0 hides nothing'
compact-record -q -d t.db setting set small_threshold value=5
compact-record -q -d t.db setting set small_zero value=hidden
compact-record -q -d t.db setting set small_symbol value='fewer than N'
report weekly
flat
out_has 'fewer than 5 notices, fewer than 5 cases. Late: fewer than 5 responses.' 'small_zero and small_symbol hold'
compact-record -q -d t.db setting remove small_zero
compact-record -q -d t.db setting remove small_symbol

# ---------- a case ----------

incident-track -q -d t.db respond C3 at='2026-11-20 10:00' person=pkaur
incident-track -q -d t.db note C3 kind=meeting happened='2026-11-20 14:00' role=chair person=mlindsay venue='Town Hall' orgs=dwp 'Offer made.'
report case incident=C3
flat
out_has 'Partners who took part Department for Work and Pensions, Perth and Kinross Council, Skills Development Scotland' 'who called, who chaired and who was there are all credited'
out_has 'Morag Lindsay, chair' 'the person and the role of a meeting'
out_has 'Town Hall' 'and its venue'
report case incident=C1
flat
for word in 'Likely to leave 112' 'Not counted as redundant 9: agency workers' 'Help wanted CVs' 'Fife: 8' \
	'Contact for government Morag Lindsay' 'What they can do weaving' 'Access to staff in working hours' 'seen by the Fife team'; do
	out_has "$word" "a case says: $word"
done
compact-record -q -d t.db incident_event add C1 kind=open-event happened='2026-10-02 10:00' >/dev/null
for audience in partners public; do
	report case incident=C1 audience=$audience
	out_has 'response to redundancies' "to $audience the kind of a case is words"
	out_has 'open event' "to $audience so is what happened"
	out_lacks 'open-event' "to $audience not the word of the store"
done
report checklist incident=C1
ok 'ticks by the word of an item' grep -qE '☑ +people +How many' .tap/out
ok 'two are ticked' sh -c '[ $(grep -c ☑ .tap/out) -eq 2 ]'
out_has 'Dougal Ogilvie' 'by a name, not a ref'
compact-record -q -d t.db incident_check add C3/Access done_on=today done_by=pkaur
compact-record -q -d t.db incident_check add C3/'Parking for the van' done_on=today
report checklist incident=C3
ok 'a tick in capitals' grep -qE '☑ +access' .tap/out
out_has 'Parking for' 'an item of one'"'"'s own stands below'

# ---------- responses that are not settled ----------

new_store e.db
run report-gen -d e.db -o text responses
flat
out_has 'No case has been told of yet. The first contact is due within 48 hours' 'no case, no share'
hr1-ingest -q -d e.db --manual origin=partner employer='Beta Foods' estimate=30 told='2026-11-20 15:00' 2>/dev/null
run report-gen -d e.db -o text responses audience=partners
flat
out_has 'From 20 November 2026 to 22 November 2026, 1 case was told of; none is settled yet.' 'one case, none settled'
compact-record -q -d e.db guidance add nat issued=2026-04-01 response_hours=24 offer='One call.' 2>/dev/null
compact-record -q -d e.db setting set guidance value=nat
run report-gen -d e.db -o text responses
out_has 'Guidance followed: nat, issued 1 April 2026, first contact within 24 hours' 'the guidance that is followed'
out_has 'What to offer: One call.' 'and what it offers'
# ---------- notices ----------

report notices
ok 'a quiet month before the first notice is there, as nought' grep -qE '^December 2025 +0 +0$' .tap/out
ok 'a hidden month is said to be hidden' grep -qE '^September 2026 +<5 +hidden$' .tap/out
out_lacks 'not known  hidden' 'and not to be unknown' 
out_has 'The share of small and medium employers' 'the share of small firms'
out_has 'is not shown, so' 'is hidden while few gave notice'
out_lacks 'Work by month and area' 'no table finer than that'
flat
out_has 'fewer than 5 notices from fewer than 5 employers; people named: a number not shown' 'notices hides small counts'
report notices audience=partners
flat
out_has 'Small and medium employers (fewer than 250 people) gave all of the 3 notices of employers whose size is known.' 'the share of small and medium firms'
out_has 'December 2025 Tayside 0 0 0 January 2026 Tayside 0 0 0' 'months by areas, quiet ones as nought'
out_has 'October 2026 Tayside 1 34 1' 'and the busy ones'
out_has 'Of these notices, 1 gave fewer days than the law asks' 'short notice is counted'
# A store without areas of its own.
printf 'Employer,Site,Council,Received,Proposed,First dismissal\nAcme Ltd,Mill,Highland,17/11/2026,25,20/01/2027\n' >n.csv
new_store nat.db
hr1-ingest -q -d nat.db n.csv 2>/dev/null
run report-gen -d nat.db -o text notices audience=partners
ok 'without areas of its own, the boundaries in force know Highland' grep -qE '^Highland +1 +1 +1 +25$' .tap/out
flat
out_has 'Redundancy response areas, 2019' 'and are named'
run report-gen -d nat.db -o text notices audience=partners areas=pace-2010
out_has 'Highland, not split' 'and others on request'

# ---------- who came, in whose words ----------

report activity month=2026-11
out_lacks 'Tayford' 'a public report does not name the employer of a review'
run report-gen -d t.db activity month=2026-11 audience=partners
out_has '| 2 agency, 1 employer, 1 provider |' 'attendance by kind of organisation'
compact-record -q -d t.db message add news/public text='The HR1 came late.' 2>/dev/null
report bulletin
flat
out_has 'The notice of redundancies came late' 'the bulletin speaks in the words of the glossary'
report first-steps person=ffairweather
out_has 'Name a deputy' 'somebody new has first steps to tick'
out_has 'Morag Lindsay' 'with the chair'"'"'s name'

# ---------- priorities that change ----------

priority-add -q -d t.db period=2026-27 title='Late thought' aims=1 status=adopted decided=2026-11-01 2>/dev/null
report priorities
flat
out_has '2026-27: 1 change.' 'changes are counted by year'
out_has 'added late' 'one that came after the others'
finish
