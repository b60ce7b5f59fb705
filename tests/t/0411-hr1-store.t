#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest into the store: what is new, amended, the same, elsewhere; employers; cases and their clock.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-03 10:15'
export COMPACT_TODAY

new_fife()
{
	rm -f compact.db
	compact-init -q ref=fife name='Fife Response Team' kind=response-team areas=pace-2019/fife
}
new_fife
cat >a.csv <<'END'
Redundancy notices received,,,,,,,,,
,,,,,,,,,
Reference,Employer,Company No,Postcode,Council,Date HR1 received,First dismissal,Proposed redundancies,Contact,Telephone
HR-1,Acme Foods Ltd,SC1234,ky1 1aa,Fife Council,13/10/2026,03/12/2026,25,Ann,01592 111111
HR-2,Beta & Co Limited,,DD1 1AA,Dundee,14/10/2026,18/12/2026,120,Bob,01382 222222
HR-3,Gamma Mills,,,Nowhere,15/10/2026,TBC,c. 40,,
HR-4,,,,Fife,15/10/2026,,10,,
HR-5,TotalEnergies,,KY3 9AA,Fife,31/11/2026,,10,,
,Total,,,,,,205,,
Note: figures are provisional,,,,,,,,,
END
run hr1-ingest --source=team --told='2026-11-02 16:30' --elsewhere=else.csv a.csv
status 1 'taken, some refused'
out_empty 'nothing on standard output'
err 'what was read, and whom to call' <<'END'
hr1-ingest: a.csv:7: employer: is empty; a notice needs its employer
hr1-ingest: a.csv:8: received: '31/11/2026' is no day of the calendar as day/month/year; correct it, or the order of dates
a.csv: 4 read, 2 new, 0 amended, 0 unchanged, 2 refused, 1 totals row skipped (line 9), 1 footnote skipped, 1 for other areas
2 refused rows in a.refused.csv, with the reason; mend and load that file
to be called:
  I1  Acme Foods Ltd: 25 people, 01592 111111, by 2026-11-04 16:30
  I2  Gamma Mills: c. 40 people, no telephone given, by 2026-11-04 16:30
undo: compact-log undo 2
END
cat >expected <<'END'
Reference,Employer,Company No,Postcode,Council,Date HR1 received,First dismissal,Proposed redundancies,Contact,Telephone
HR-2,Beta & Co Limited,,DD1 1AA,Dundee,14/10/2026,18/12/2026,120,Bob,01382 222222
END
ok 'rows of other areas are written out' cmp expected else.csv
cat >expected <<'END'
line,why,Reference,Employer,Company No,Postcode,Council,Date HR1 received,First dismissal,Proposed redundancies,Contact,Telephone
7,employer: is empty; a notice needs its employer,HR-4,,,,Fife,15/10/2026,,10
8,"received: '31/11/2026' is no day of the calendar as day/month/year; correct it, or the order of dates",HR-5,TotalEnergies,,KY3 9AA,Fife,31/11/2026,,10
END
ok 'refused rows as they were, with line and reason' cmp expected a.refused.csv
run compact-record notice list -o csv --columns=ref,sender_ref,employer,council,received,first_dismissal,proposed,proposed_text,source,import,line
out 'the notices' <<'END'
ref,sender_ref,employer,council,received,first_dismissal,proposed,proposed_text,source,import,line
2026-1,HR-1,acme-foods-ltd,S12000047,2026-10-13,2026-12-03,25,,team,IM1,4
2026-2,HR-3,gamma-mills,,2026-10-15,,40,c. 40,team,IM1,6
END
run compact-record import list -o csv --columns=ref,file,sha256,read,taken,amended,refused
sum=$(sha256sum a.csv | cut -d' ' -f1)
out 'and where they came from' <<END
ref,file,sha256,read,taken,amended,refused
IM1,a.csv,$sum,4,2,0,2
END
run compact-query "SELECT ref, employer_name, people, people_from, areas, respond_by FROM incident_detail" -o csv
out 'a case each, in its area; none is guessed' <<'END'
ref,employer_name,people,people_from,areas,respond_by
I1,Acme Foods Ltd,25,notice,Fife,2026-11-04T16:30:00Z
I2,Gamma Mills,40,notice,,2026-11-04T16:30:00Z
END

# Mended rows go in; the same file again changes nothing; an amended one amends.
sed -i 's/HR-4,,/HR-4,Delta Care,/;s|9AA,Fife,31/11/2026|9AA,Fife,30/10/2026|' a.refused.csv
run hr1-ingest -q --source=team a.refused.csv
status 0 'mended rows are taken'
run compact-record notice list -o ref
out 'each once' <<'END'
2026-1
2026-2
2026-3
2026-4
END
run hr1-ingest --source=team a.csv
err_has 'a.csv: 4 read, 0 new, 0 amended, 2 unchanged, 2 refused' 'the same file: 0 new'
run compact-log -o csv
ok 'and no change in the journal' sh -c '[ "$(tail -n +2 .tap/out | wc -l)" = 3 ]'
sed 's/,25,Ann,/,31,Ann,/;s/Nowhere/Fife/;/HR-[45]/d' a.csv >b.csv
run hr1-ingest --source=team b.csv
status 0 'amended: all taken'
err_has 'b.csv: 2 read, 0 new, 2 amended, 0 unchanged, 0 refused' 'amended'
run compact-record notice log 2026-1 -o csv
ok 'history shows both' grep -q 'changed,proposed,25,31' .tap/out
run compact-query "SELECT areas FROM incident_detail WHERE ref = 'I2'" -o csv
out 'a place known later reaches its case' <<'END'
areas
Fife
END
run compact-record notice show 2026-2
out_lacks place-unknown 'and the flag goes'
run compact-record notice set 2026-4 council= postcode=
run compact-log undo last
status 0 'undo'

# Same site on another date: a new notice, flagged. A revision says so itself.
printf 'Employer,Site,HR1 received,Jobs at risk,Council\nZeta Ltd,Plant 1,01/10/2026,30,Fife\nZETA LIMITED,plant  1,15/10/2026,20,Fife\nZeta Ltd - Revision 1,Plant 1,20/10/2026,25,Fife\n' >z.csv
run hr1-ingest -q z.csv
run compact-record notice list employer=zeta-ltd -o csv --columns=ref,received,warnings
out 'two batches are two notices' <<'END'
ref,received,warnings
2026-5,2026-10-01,
2026-6,2026-10-15,maybe-replaces 2026-5
2026-7,2026-10-20,maybe-replaces 2026-6
END
printf 'sender_ref,employer,received,proposed,council,supersedes,status\nS-1,Eta Ltd,2026-10-01,30,Fife,,\nS-2,Eta Ltd,2026-10-09,35,Fife,S-1,\n' >s.csv
run hr1-ingest -q s.csv
run compact-record notice list employer=eta-ltd -o csv --columns=ref,status,supersedes,warnings
out 'a notice that replaces another' <<'END'
ref,status,supersedes,warnings
2026-8,superseded,,
2026-9,active,2026-8,
END
run compact-query "SELECT count(*) AS cases FROM incident WHERE employer = 'eta-ltd'" -o csv
out 'stays in its case' <<'END'
cases
1
END
printf 'sender_ref,employer,received,status\nS-2,Eta Ltd,2026-10-09,withdrawn\n' >w.csv
run hr1-ingest w.csv
err_has 'w.csv: 1 read, 0 new, 1 amended' 'a notice withdrawn later'

# Local intelligence first, then its notice.
run hr1-ingest --manual origin=local-intelligence told_by='Jobcentre' employer='Theta Hotels Ltd' estimate='about 60' told='2026-11-02 09:00' wanted='CV help'
status 0 'by hand'
ok 'its ref is printed' grep -qx 'I[0-9]*' .tap/out
case_ref=$(cat .tap/out)
printf 'Employer,Company number,Postcode,HR1 received,Redundancies,Council\nTHETA HOTELS LIMITED,SC009999,KY1 2BB,02/11/2026,52,Fife\n' >t.csv
run hr1-ingest t.csv
err_lacks 'to be called' 'its notice opens no second case'
run compact-query "SELECT people, people_from, told, origin, notices FROM incident_detail WHERE ref = '$case_ref'" -o csv
out 'it joins: the number of the notice counts, both dates stay' <<'END'
people,people_from,told,origin,notices
52,notice,2026-11-02T09:00:00Z,local-intelligence,1
END
run hr1-ingest --manual employer='Iota Ltd' received=yesterday proposed=22 council=Fife
out 'a notice by hand' <<'END'
2026-11
END
run hr1-ingest --manual employer='Iota Ltd' propsed=22
status 64 'an unknown field'
err <<'END' 'is told with the nearest'
hr1-ingest: no field 'propsed'; did you mean 'proposed'
END
run hr1-ingest --manual orgin=media employer=Iota
err_has "no field 'orgin'; did you mean 'origin'" 'how it was heard of, misspelt'
run hr1-ingest --manual employer=Iota
status 64 'a notice of nothing'
err_has 'hr1-ingest: a notice needs received=DATE, first_dismissal=DATE or proposed=NUMBER; what is only heard of needs origin=' 'says what one needs, in the words of fields'
run hr1-ingest --manual employer=Iota proposed=many
err_has "proposed: 'many' is no number of people; give one like 40, or received=DATE beside it" 'and what is no number'
run hr1-ingest --manual proposed=22
err 'no employer' <<'END'
hr1-ingest: --manual needs employer=NAME and what is known besides
END

# All or nothing, dry runs, no cases.
cp compact.db before.db
printf 'Employer,HR1 received\nKappa Ltd,01/10/2026\n,02/10/2026\n' >k.csv
run hr1-ingest --all-or-nothing k.csv
status 65 'all or nothing'
err_has 'nothing was kept, as 1 row was refused' 'says so'
run hr1-ingest -n k.csv
status 1 'a dry run'
run compact-record employer show kappa-ltd
status 67 'keeps nothing'
run hr1-ingest -q --no-incidents -o csv t.csv k.csv
ok 'output with refs' sh -c 'head -2 .tap/out | cut -d, -f1-3 | tail -1 | grep -qx "2026-10,,THETA HOTELS LIMITED"'
run compact-query "SELECT count(*) AS n FROM incident WHERE employer = 'kappa-ltd'" -o csv
out 'no cases asked for, none opened' <<'END'
n
0
END

# Each notice to the partnership that holds its area.
compact-init -q --add ref=tayside name='Tayside Response Team' areas=pace-2019/tayside
run hr1-ingest -p all --source=team a.csv
err_has "a.csv:6: council: lies nobody knows where, so it is no partnership's; name its council, or choose one with -p" \
	'an unknown place is no partnership'"'"'s'
run compact-record notice list -p tayside -o csv --columns=ref,employer,council
out 'the one of Dundee' <<'END'
ref,employer,council
2026-1,beta-co-limited,S12000042
END
run hr1-ingest a.csv
status 64 'which partnership must be said'

# A partnership of very many areas: the last of them is its own too.
new_store areas.db
{
	echo 'scheme:'
	echo '- {ref: offices, name: Offices}'
	echo 'area:'
	for i in $(seq 100 179); do echo "- {scheme: offices, ref: a$i, name: Office $i}"; done
	echo 'area_place:'
	echo '- {scheme: offices, area: a179, place: S12000047}'
} >offices.yaml
run compact-load -d areas.db -q offices.yaml
status 0 'eighty areas'
compact-record -d areas.db -q partnership set here areas="$(seq -f 'offices/a%g' -s, 100 179)"
printf 'employer,received,proposed,council\nFar Ltd,2026-10-01,30,Fife\nNear Ltd,2026-10-01,30,Moray\n' >far.csv
run hr1-ingest -d areas.db --no-incidents far.csv
err_has '1 read, 1 new, 0 amended, 0 unchanged, 0 refused, 1 for other areas' 'the last of eighty areas counts'

# The clock.
clock()
{
	new_fife
	for s in "$@"; do
		case $s in *=*) compact-record -q setting set "${s%%=*}" value="${s#*=}" ;; esac
	done
	printf 'employer,received,proposed,council\nA,2026-10-01,30,Fife\n' >c.csv
	COMPACT_TODAY='2027-12-31' hr1-ingest -q --told="$told" c.csv 2>.tap/err
	compact-query "SELECT respond_by FROM incident" -o csv | tail -1 >.tap/got
	echo "$wanted" >.tap/expected
	ok "told $told${1:+ ($*)}: $wanted" same_file .tap/got
}
told='2026-11-04 14:00' wanted=2026-11-06T14:00:00Z clock
told='2026-11-06 14:00' wanted=2026-11-10T14:00:00Z clock
told='2026-11-07 14:00' wanted=2026-11-11T09:00:00Z clock
told='2026-11-27 16:30' wanted=2026-12-02T16:30:00Z clock # 30 November is kept in Scotland
told='2026-11-27 16:30' wanted=2026-12-01T16:30:00Z clock holiday_division=england-and-wales
told='2026-07-10 10:00' wanted=2026-07-15T09:00:00Z clock holiday_division=northern-ireland
told='2026-10-23 16:30' wanted=2026-10-27T16:30:00Z clock # the clocks go back on the 25th
told='2026-03-27 16:30' wanted=2026-03-31T15:30:00Z clock
told='2026-10-24 12:00' wanted=2026-10-26T11:00:00Z clock response_clock=elapsed
told='2026-11-06 14:00' wanted=2026-11-07T14:00:00Z clock response_clock=elapsed response_hours=24
told='2026-11-06 14:00' wanted=2026-11-09T14:00:00Z clock response_hours=24
told='2026-11-05 18:00' wanted=2026-11-09T00:00:00Z clock response_hours=30 # midnight is of the next working day
told='2026-11-06' wanted=2026-11-11T09:00:00Z clock
# Of very many refused rows the first are told, and all are kept.
compact-init -q -d many.db ref=x name=X
{
	echo 'Employer,Received,Proposed'
	awk 'BEGIN { for (i = 1; i <= 150; i++) print ",17/11/2026,20"; print "Last Ltd,17/11/2026,20" }'
} >many.csv
run hr1-ingest -d many.db many.csv
status 1 'many rows are refused'
ok 'a hundred are told' test "$(grep -c 'many.csv:[0-9]*: employer:' .tap/err)" -eq 100
err_has 'many.csv: more rows are refused; many.refused.csv has each with its reason' 'where the others are is said'
ok 'and there they are' test "$(wc -l <many.refused.csv)" -eq 151

# What somebody has mended there and not fed back yet is not lost when the same file comes again.
run hr1-ingest -d many.db many.csv
ok 'the same refused rows need no copy' test ! -e many.refused.csv~
sed -i '2s/,,/,Mended Ltd,/' many.refused.csv
run hr1-ingest -d many.db many.csv
err_has 'the earlier many.refused.csv is kept as many.refused.csv~' 'what was mended is kept aside'
ok 'as it was' grep -q 'Mended Ltd' many.refused.csv~
ok 'beside the new' test "$(wc -l <many.refused.csv)" -eq 151

new_store late.db
printf 'Employer,Received,Jobs\nAcme Ltd,2026-11-13,25\n' >soon.csv
run hr1-ingest -d late.db --told=2027-01-04 soon.csv
err_has "'2027-01-04' is still to come" 'a time of telling that is to come is warned of'
finish
