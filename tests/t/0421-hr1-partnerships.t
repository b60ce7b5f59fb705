#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest -p all: a column that names partnerships, however it is written, says whose a row is where its place does not.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q -d s.db ref=fife name='Fife PACE' kind=response-team areas=pace-2019/fife
compact-init -q -d s.db --add ref=tayside name=Tayside kind=response-team areas=pace-2019/tayside

cat >n.csv <<'END'
Partnership,Employer,Council,Received,Proposed
Fife,Acme Ltd,,21/01/2026,30
FIFE,Beta Ltd,Fife,22/01/2026,30
Tayside,Ceta Ltd,Fife,23/01/2026,30
Moray,Delta Ltd,Fife,24/01/2026,30
fife pace,Epsom Ltd,,25/01/2026,30
,Zeta Ltd,Dundee City,26/01/2026,30
 TaySide ,Eta Ltd,Nowhere,27/01/2026,30
Moray,Theta Ltd,,28/01/2026,30
END
run hr1-ingest -d s.db -p all n.csv
status 1 'one is nobody'\''s'
err_has "n.csv:9: council: lies nobody knows where, so it is no partnership's" 'which the store does not know'
err_has 'n.csv: 8 read, 7 new, 0 amended, 0 unchanged, 1 refused' 'the others are somebody'\''s'
err_has "hr1-ingest: n.csv:4: partnership: 'Tayside' is given, but the row lies in an area of fife, which has it" 'the area goes before the name, which is said'
run compact-record -d s.db -p all notice list -o csv --columns=partnership,employer --sort=employer
out 'by its area, else by its partnership, by ref or name' <<'END'
partnership,employer
fife,acme-ltd
fife,beta-ltd
fife,ceta-ltd
fife,delta-ltd
fife,epsom-ltd
tayside,eta-ltd
tayside,zeta-ltd
END
ok 'what stood there is kept' test "$(sqlite3 s.db "SELECT extra FROM notice WHERE employer = 'delta-ltd'")" = 'Partnership: Moray'
run hr1-ingest -d s.db -p all n.csv
err_has '8 read, 0 new, 0 amended, 7 unchanged, 1 refused' 'and again nothing'

# What is listed of all partnerships, given back.
for way in list.csv list.xlsx; do
	compact-record -d s.db -p all notice list -O $way
	run hr1-ingest -d s.db -p all $way
	err_has '7 read, 0 new, 0 amended, 7 unchanged, 0 refused' "$way is what is stored"
done
compact-query -d s.db 'SELECT * FROM notice_detail' -O detail.csv
compact-init -q -d other.db ref=fife name='Fife' kind=response-team areas=pace-2019/fife
compact-init -q -d other.db --add ref=tayside name=Tayside kind=response-team areas=pace-2019/tayside
run hr1-ingest -d other.db -p all detail.csv
err_has '7 read, 7 new, 0 amended, 0 unchanged, 0 refused' 'in another store they go to the same'
for db in s other; do
	compact-record -d $db.db -p all notice list -o csv --columns=partnership,employer,received,proposed --sort=employer >$db.csv
done
ok 'partnerships' cmp s.csv other.csv

# More than one said once.
sed 's/,Dundee City,/,Fife,/; s/^,/TAYSIDE,/; s/Ltd/plc/' n.csv >two.csv
run hr1-ingest -n -d s.db -p all two.csv
err_has "two.csv:4: partnership: 'Tayside' is given, but the row lies in an area of fife, which has it; so with 1 more row" 'counted'

# One partnership takes what lies nowhere, as before.
run hr1-ingest -n -d s.db -p FIFE n.csv
err_has '7 read, 2 new, 0 amended, 5 unchanged, 0 refused, 1 for other areas' 'a ref is found in any case'
finish
