#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest: a row that was taken already changes nothing, and no row of a file is lost in another.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q ref=x name=X kind=response-team
plain() { # warnings without those that every notice here has
	sed -i 's/;*place-unknown//' .tap/out
}

# Two rows of one file that differ are two notices in one case.
printf 'Employer,Site,Received,Proposed,First dismissal\nAcme Ltd,Mill,17/11/2026,25,20/01/2027\nAcme Ltd,Mill,17/11/2026,40,20/02/2027\n' >two.csv
run hr1-ingest two.csv
err 'two notices, one call' <<'END'
two.csv: 2 read, 2 new, 0 amended, 0 unchanged, 0 refused
to be called:
  I1  Acme Ltd: 25 + 40 people, no telephone given, by 2026-11-24 10:00
undo: compact-log undo 2
END
run hr1-ingest two.csv
err 'the same file again' <<'END'
two.csv: 2 read, 0 new, 0 amended, 2 unchanged, 0 refused
END
run compact-record notice list -o csv --columns=ref,proposed,status,warnings
plain
out 'nothing is lost' <<'END'
ref,proposed,status,warnings
2026-1,25,active,
2026-2,40,active,maybe-replaces 2026-1
END

# In a later file each row finds its own notice, whatever the order.
printf 'Employer,Site,Received,Proposed,First dismissal\nAcme Ltd,Mill,17/11/2026,44,20/02/2027\nAcme Ltd,Mill,17/11/2026,25,20/01/2027\n' >later.csv
run hr1-ingest later.csv
err_has '2 read, 0 new, 1 amended, 1 unchanged' 'a later file amends the one that changed'
run compact-record notice list -o csv --columns=ref,proposed
out 'and no other' <<'END'
ref,proposed
2026-1,25
2026-2,44
END
run compact-record notice log 2026-2 -o csv
ok 'the journal keeps the old' grep -q 'changed,proposed,40,44' .tap/out
run hr1-ingest two.csv
err_has '0 new, 0 amended, 2 unchanged' 'the earlier file again takes nothing back'
{ cat two.csv; echo 'Bora Ltd,Quay,18/11/2026,30,20/02/2027'; } >back.csv
run hr1-ingest back.csv
err_has '3 read, 1 new, 1 amended, 1 unchanged' 'another file may go back to what was'
err_has '2026-2 is again what it was before it was amended; compact-record notice log 2026-2 shows both' 'which is said'

# One number of the sender twice, a revision, a row twice.
printf 'Our ref,Company,Site,HR1 received,Jobs at risk\nN1,Cava Ltd,Works,16/11/2026,40\nN1,Cava Ltd,Depot,16/11/2026,12\nN2,Dore Ltd,,16/11/2026,30\nN2,Dore Ltd - Revision 1,,16/11/2026,35\nN3,Esk Ltd,,16/11/2026,20\nN3,Esk Ltd,,16/11/2026,20\n' >refs.csv
run hr1-ingest refs.csv
err_has '6 read, 5 new, 0 amended, 1 unchanged' 'each row that says something new is kept'
run compact-record notice list received=2026-11-16 -o csv --columns=sender_ref,site,proposed,status,supersedes,warnings
plain
out 'two sites, a revision, one twice' <<'END'
sender_ref,site,proposed,status,supersedes,warnings
N1,Works,40,active,,
N1,Depot,12,active,,below-threshold
N2,,30,superseded,,
N2,,35,active,2026-6,
N3,,20,active,,
END
run hr1-ingest refs.csv
err_has '0 new, 0 amended, 6 unchanged' 'again nothing'
run compact-query "SELECT count(*) AS cases FROM incident" -o csv
out 'one case for each employer' <<'END'
cases
5
END

# What was put right by hand stays, and is not met as something new.
printf 'Employer,Site,Postcode,Received,Proposed,First dismissal\nEcho Ltd,Mill,ZZ1 1ZZ,17/11/2026,25,20/01/2027\n' >echo.csv
run hr1-ingest -q echo.csv
run compact-record notice set 2026-9 postcode='KY1 1AA' council=Fife
run hr1-ingest echo.csv
err_has '1 read, 0 new, 0 amended, 1 unchanged' 'a notice mended by hand is known'
sed 's/,25,/,31,/' echo.csv >echo2.csv
run hr1-ingest echo2.csv
err_has '1 read, 0 new, 1 amended, 0 unchanged' 'and when it is amended'
run compact-record notice list employer=echo-ltd -o csv --columns=ref,postcode,council,proposed
out 'it keeps what was put right' <<'END'
ref,postcode,council,proposed
2026-9,KY1 1AA,S12000047,31
END

# Undone is as if it had not been.
run compact-log undo last
run hr1-ingest -n echo2.csv
err_has '0 new, 1 amended' 'an undone amendment can come again'
printf 'Employer,Received,Proposed\nFara Ltd,17/11/2026,25\n' >fara.csv
run hr1-ingest -q fara.csv
run compact-log undo last
run hr1-ingest -n fara.csv
err_has '1 new' 'and an undone notice'

# A list of what is stored, given back: by our own columns, in any of the ways to make one.
compact-init -q -d s.db --sample=tayside
for way in list.csv list.xlsx detail.csv; do
	case $way in
	detail.csv) compact-query -d s.db 'SELECT * FROM notice_detail' -O $way ;;
	*) compact-record -d s.db notice list -O $way ;;
	esac
	run hr1-ingest -d s.db $way
	err_has '3 read, 0 new, 0 amended, 3 unchanged, 0 refused' "$way is what is stored"
done
run hr1-ingest -d s.db -n -o csv list.csv
compact-init -q -d other.db ref=y name=Y kind=response-team
run hr1-ingest -d other.db list.csv
status 65 'in another store refs are no names'
err_has "'tayford' is a ref of the store that this list is from" 'which is said'
run hr1-ingest -q -d other.db detail.csv
run compact-record -d other.db employer list -o csv --columns=name
out_has 'Tayford Textiles Ltd' 'a list with names goes there'

# One notice under one reference, whoever sends it on, or where nobody says who did.
compact-init -q -d sent.db ref=x name=X kind=response-team
printf 'Reference,Employer,Site,Received,Proposed\nSG/1,Acme Ltd,Mill,17/11/2026,25\nSG/2,Acme Ltd,Mill,17/11/2026,40\n' >sent.csv
run hr1-ingest -q -d sent.db --source=ann@team.example sent.csv
run hr1-ingest -d sent.db sent.csv
err_has '2 read, 0 new, 0 amended, 2 unchanged' 'without its source: 0 new'
run hr1-ingest -d sent.db --source=bob@team.example sent.csv
err_has '2 read, 0 new, 0 amended, 2 unchanged' 'from a colleague: 0 new'
sed 's/,40$/,44/' sent.csv >sent2.csv
run hr1-ingest -d sent.db --source=bob@team.example sent2.csv
err_has '2 read, 0 new, 1 amended, 1 unchanged' 'and what the colleague amends is amended'
sed 's/Acme/Other/; s/Mill/Works/' sent.csv >sent3.csv
run hr1-ingest -q -d sent.db --source=council sent3.csv
run compact-record -d sent.db notice list -o csv --columns=ref,sender_ref,employer,proposed,source
out 'the number of somebody else for another employer is another notice' <<'END'
ref,sender_ref,employer,proposed,source
2026-1,SG/1,acme-ltd,25,ann@team.example
2026-2,SG/2,acme-ltd,44,ann@team.example
2026-3,SG/1,other-ltd,25,council
2026-4,SG/2,other-ltd,40,council
END

# Last week's list from a colleague takes nothing of this week's back; the sender's own does.
{ cat sent.csv; echo 'SG/9,New Ltd,Quay,18/11/2026,30'; } >forwarded.csv
run hr1-ingest -d sent.db --source=carol@team.example forwarded.csv
status 0 'an older row is no fault of the file'
err_has 'forwarded.csv: 3 read, 1 new, 0 amended, 1 unchanged, 0 refused, 1 older than what is stored and not taken' 'an older row from a colleague is not taken'
err_has '2026-2 was amended since the row in line 3 of forwarded.csv, which is not taken; compact-record notice log 2026-2 shows both' 'and told'
run hr1-ingest -d sent.db --source=carol@team.example -o csv -n forwarded.csv
ok 'nor is it among those taken' sh -c '! grep -q ",40," .tap/out && grep -q ",30," .tap/out'
run hr1-ingest -d sent.db forwarded.csv
err_has '0 new, 0 amended, 2 unchanged, 0 refused, 1 older' 'nor where nobody says who sends it'
{ cat sent.csv; echo 'SG/8,Newer Ltd,Quay,18/11/2026,30'; } >again.csv
run hr1-ingest -n -d sent.db --source=ann@team.example again.csv
err_has '3 read, 1 new, 1 amended, 1 unchanged, 0 refused' 'the sender may go back'
run hr1-ingest -n -d sent.db --manual sender_ref=SG/2 employer='Acme Ltd' site=Mill received=2026-11-17 proposed=40
err_has 'this is what notice 2026-2 was before it was amended; to go back to it: compact-record notice set 2026-2 FIELD=VALUE' 'by hand the way back is told'

# Two numbers are two companies, also where the first one's came by a later row; other rows of the name go where they did.
compact-init -q -d number.db ref=x name=X kind=response-team
printf 'Our ref,Employer,Company number,Site,Postcode,Received,Proposed\nA1,Acme Ltd,,Mill,KY1 1AA,21/01/2026,30\nA2,Acme Ltd,SC000001,Mill,KY1 1AA,22/03/2026,30\nA3,Acme Ltd,SC000002,Mill,KY1 1AA,23/04/2026,30\nA4,Acme Ltd,SC000001,Mill,KY1 1AA,24/05/2026,30\n' >number.csv
run hr1-ingest -q -d number.db number.csv
run compact-record -d number.db employer list -o csv --columns=ref,number
out 'a number that came later keeps another company out' <<'END'
ref,number
acme-ltd,SC000001
acme-ltd2,SC000002
END
run compact-record -d number.db notice list -o csv --columns=sender_ref,employer
out 'and each notice is its own company'\''s' <<'END'
sender_ref,employer
A1,acme-ltd
A2,acme-ltd
A3,acme-ltd2
A4,acme-ltd
END

# Every real list, twice.
if [ -d "$top/../shared/data/notices" ]; then
	for file in "$top"/../shared/data/notices/*.csv; do
		name=${file##*/}
		[ "$name" = tx.csv ] && continue # the largest, and slow
		rm -f real.db
		compact-init -q -d real.db ref=x name=X kind=response-team
		hr1-ingest -q -d real.db --rejects=none "$file" 2>.tap/ignore
		run hr1-ingest -d real.db --rejects=none "$file"
		err_has ' 0 new, 0 amended' "$name twice"
	done
else
	ok 'real lists are not here # SKIP' true
fi
finish
