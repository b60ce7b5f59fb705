#!/bin/sh
# SPDX-License-Identifier: MIT
# The reports of the plan, priorities, charter and handover say what is kept.
. tests/t/lib.sh

COMPACT_DB=$work/d.db COMPACT_TODAY=2008-06-01
export COMPACT_DB COMPACT_TODAY
quiet()
{
	"$@" >.tap/done 2>&1 || { cat .tap/done; exit 1; }
}
quiet compact-init -q --sample=derbyshire

# ---------- where it is stuck ----------

quiet cp d.db stuck.db
for ref in Z10 Z9 Z2; do
	quiet action-track -d stuck.db add $ref theme=C title="Thing $ref" status=blocked reason='no room'
done
run report-gen -d stuck.db steering
out_has '| Z2: no room; Z9: no room; Z10: no room |' 'what is stuck stands in the order of refs'

# ---------- the plan ----------

run report-gen plan
out_lacks 'ratified' 'without a plan of the year nothing is said of it'
run report-gen weekly
out_has '9 open actions have no date' 'weekly says how many actions have no date'
out_lacks 'Reviews and reports coming' 'and of reviews only where one comes'
quiet cp d.db review.db
quiet compact-record -d review.db terms set 2007 review_due=2008-07-15
run report-gen -d review.db weekly
out_has '| 15 July 2008 | terms | Terms of reference 2007 | to be reviewed |' 'which is then told'
quiet action-track carry 2008-09
run report-gen plan
out_has 'Draft; not ratified yet.' 'a plan that nobody ratified is a draft'
quiet action-track add C9 theme=C title='New thing' leads=pjessop due=2008-10-01 aims=3 regional=yes elsewhere=lsc
quiet action-track set A1 due=2008-11-30
for r in plan docset; do
	run report-gen $r
	out_has 'C9 New thing<br>Aim: 3<br>Fit for regional working' "an action added after carry is in the $r"
	out_has 'Peter Jessop<br>Done already by Learning and Skills Council Derbyshire' 'with who does it already'
	out_has 'Due 30 November 2008' 'a date set later stands beside what was written'
done
run report-gen plan period=2007-08
out_lacks 'C9 New thing' 'and in no earlier plan'
run compact-check plan
out_has 'came after the plan of 2008-09 was drawn up' 'compact-check names what came later'
run report-gen steering
out_has 'C9 New thing' 'steering lists what is fit for the region'
out_has '*Learning and Skills Council Derbyshire*' 'and what is done elsewhere'

# ---------- ratified ----------

quiet action-track ratify 2008-09 at=steering-2008-04
run compact-record plan show A1/2008-09
out_has "ratified: '2008-04-01'" 'the day is the meeting'"'"'s'
out_has 'ratified_at: steering-2008-04' 'and the meeting is kept'
for r in plan steering docset; do
	run report-gen $r
	out_has 'Ratified 1 April 2008 (' "$r says so"
	out_has 'not ratified yet: C9.' 'and what came since'
done
quiet action-track carry 2008-09
quiet action-track ratify 2008-09 at=steering-2008-04 on=2008-05-02
run compact-record plan show C9/2008-09
out_has "ratified: '2008-05-02'" 'on= goes before the meeting'"'"'s day'
run report-gen plan
out_lacks 'not ratified yet' 'then all is ratified'
run action-track ratify 2008-09 at=nowhere
status 67 'no such meeting'

# ---------- priorities ----------

run report-gen priorities
out_has 'Proposed, not adopted yet: 1, 2, 3.' 'what is only proposed is told'
quiet compact-record priority set 2008-09/1 status=adopted funder_target='PSA 27'
quiet priority-add --carry=2008-09/2 period=2009-10 reason='half done'
quiet priority-add period=2010-11 title='Later' aims=1
quiet compact-record priority set 2010-11/1 status=declined
run report-gen priorities period=2008-09
out_has 'Adopted: 1. Proposed, not adopted yet: 2, 3.' 'and what is adopted'
out_has 'target: PSA 27' 'the target that the money hangs on is printed'
out_lacks 'half done' 'what changed is of that year only'
run report-gen plan period=2009-10
out_has 'C9 New thing' 'a year without a plan has every action'
run report-gen priorities period=2009-10
out_has 'half done' 'carried over'
run report-gen priorities period=2010-11
out_has '| 2010-11/1 | Later | declined |' 'declined'
run compact-check priority
out_has 'was declined, and nothing says why' 'a decision without a reason is found'

# ---------- charter, representation, recommendations, contacts ----------

for n in 1 2 3; do
	quiet compact-record charter_clause add charter=2008-10 kind=benefit text="A voice in training, $n"
done
quiet compact-record charter_clause add charter=2008-10 kind=benefit member_kind=provider text='Shared training'
run report-gen charter
out_has '• Provider: Shared training' 'a benefit says for whom it is'
ok 'benefits stand beside responsibilities, no cell empty' sh -c '! grep -q "|  |" .tap/out'
quiet compact-record person set croberts senior=no
quiet compact-record signature add 2008-10/lsc signed=2008-04-01
run report-gen representation
out_lacks '0%' 'no share of one or two'
out_lacks 'No signatory falls short of its charter' 'nothing is called good that compact-check is not'
quiet compact-record issue_log add R9 kind=recommendation title='Form a group' status=accepted decided=2008-05-20 became=C9
for r in steering handover agenda; do
	run report-gen $r
	out_has 'Form a group' "$r has the recommendation"
	out_has 'C9' 'and what it became'
done
quiet compact-record person set croberts email=cr@example.org phone='01332 000000'
quiet compact-record org set lsc contact=croberts
run report-gen handover
out_lacks 'cr@example.org' 'no address is printed unasked'
out_has 'contacts=yes' 'but how to get them'
run report-gen handover contacts=yes
out_has 'cr@example.org' 'asked for, they are'
out_has '01332 000000' 'telephone numbers too'

# ---------- minutes ----------

quiet action-track note A1 'outline tabled' noted_on=2008-04-01
quiet compact-record issue_log add D1 kind=decision title='Meet in May' status=accepted raised_at=steering-2008-04
run report-gen minutes meeting=steering-2008-04
out_has 'outline tabled' 'what was noted that day is in the minutes'
out_has '| D1 | decision | Meet in May | accepted |' 'a decision without words shows how it went'

# ---------- looks ----------

run report-gen -o text docset
ok 'a text has no addresses of places within itself' sh -c '! grep -q " #[a-z0-9]" .tap/out'
run report-gen -o html plan
ok 'a date in a cell has fixed blanks' grep -q "$(printf 'Due 30\302\240November\302\2402008')" .tap/out
quiet action-track set B1 due=2008-09-30
report-gen -O w.pdf plan && pdftotext -layout w.pdf w.txt
ok 'and stands on one line of a PDF' grep -q '30.September.2008' w.txt
run compact-init -q --add ref=there name=There established_text='spring 2007'
run report-gen -p all compare
out_has 'spring 2007' 'established as it was written'

# ---------- events against a priority, evidence of consultation ----------

fresh()
{
	rm -f events.db
	compact-init -q -d events.db --sample=derbyshire 2>/dev/null
}
fresh
steering() { report-gen -d events.db --today="$1" steering; }
steering 2008-06-01 >.tap/out
out_has '| 2008-09/3 | To organise and deliver a series of Good Practice Events | 0 | 0 |  | not planned |' 'a priority without its event is told'
compact-record meeting add -q -d events.db E1 kind=event title='Good practice day' starts=2008-10-09 priorities=2008-09/3 status=planned 2>/dev/null
steering 2008-06-01 >.tap/out
out_has '| 0 | 1 | 9 October 2008 | planned |' 'one that is planned'
compact-record meeting set -q -d events.db E1 status=held 2>/dev/null
steering 2008-11-01 >.tap/out
out_has '| 1 | 0 |  | held |' 'and one that was held'
compact-record meeting set -q -d events.db E1 status=cancelled 2>/dev/null
report-gen -d events.db --today=2009-06-01 steering period=2008-09 >.tap/out
out_has '| 0 | 0 |  | none was held |' 'a session that went by without'

compact-load -q -d events.db - 2>/dev/null <<'END'
meeting:
  - {ref: F1, kind: focus-group, title: With smaller employers, starts: 2008-02-14, status: held, venue: Matlock, minutes: Notes of the group.,
     present: [croberts, smorton]}
  - {ref: V1, kind: interview, title: With the first chair, starts: 2008-02-20, status: held}
END
run report-gen -d events.db --today=2008-06-01 evidence audience=partners
out_has '| 14 February 2008 | focus group | With smaller employers | Matlock | Cheryl Roberts' 'consultation with its method, date, place and who took part'
out_has '| 20 February 2008 | interview | With the first chair |  | not noted | none |' 'what is not known is said'
out_has '| filed |' 'whether notes are kept'
out_has '| 36 | 10 | 7 | 31 March 2008 |' 'surveys among it'
out_has '| R1 | Win the commitment of the larger employers | not yet decided |' 'and what came of it'
run report-gen -d events.db --today=2008-06-01 evidence
out_has '| focus group | 1 | 1 |' 'for the public: how often'
out_lacks 'Cheryl Roberts' 'but nobody by name'
run report-gen -d events.db --today=2008-06-01 evidence since=2008-03-01
out_has 'None was held' 'within its days'
finish
