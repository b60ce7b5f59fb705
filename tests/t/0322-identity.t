#!/bin/sh
# SPDX-License-Identifier: MIT
# What is taken out goes in again: a dump loaded makes the same store, and a listing of every kind, as
# CSV and by way of a spreadsheet, changes nothing when it is loaded back.
. tests/t/lib.sh

for sample in derbyshire tayside; do
	compact-init -q -d $sample.db --sample=$sample || exit 1
	run compact-dump --personal -d $sample.db
	cp .tap/out $sample.yaml
	run_in compact-load --create -d copy-$sample.db <$sample.yaml
	status 0 "$sample: its dump makes a store"
	compact-dump --personal -d copy-$sample.db >copy.yaml
	ok "$sample: which dumps the same bytes" cmp $sample.yaml copy.yaml
	compact-dump -d $sample.db >plain.yaml
	ok "$sample: personal data only when asked for" sh -c '! grep -E "^ *(email|phone|contact_email|contact_phone):" plain.yaml'
	run compact-load -d $sample.db plain.yaml
	status 0 "$sample: its own dump loads back"
	err_has ' 0 new, 0 changed, ' "$sample: and changes nothing"
	compact-dump --personal -d $sample.db >after.yaml
	ok "$sample: not even contact data that it lacks" cmp $sample.yaml after.yaml
	run compact-check -o csv -d copy-$sample.db
	cp .tap/out copied.csv
	run compact-check -o csv -d $sample.db
	ok "$sample: the copy has the same faults" cmp copied.csv .tap/out
	compact-dump --personal -o json -d $sample.db >dump.json
	ok "$sample: the dump as JSON is JSON" python3 -c 'import json,sys; json.load(open("dump.json"))'
done

# Every kind with rows, listed and loaded back.
back()
{
	db=$1 kind=$2 file=$3
	run compact-record "$kind" list -d "$db" -O "$file"
	[ "$got" -eq 0 ] || { show; return 1; }
	run compact-record "$kind" load -d "$db" "$file"
	[ "$got" -eq 0 ] || { show; return 1; }
	grep -q ' 0 new, 0 changed, .* 0 refused' .tap/err || { show; return 1; }
}
for sample in derbyshire tayside; do
	db=$sample.db
	for kind in $(compact-record kinds -d $db -o ref); do
		compact-record "$kind" list -d $db -o csv >rows.csv 2>/dev/null || continue
		[ "$(wc -l <rows.csv)" -gt 1 ] || continue
		ok "$sample: $kind by way of csv" back $db "$kind" rows.csv
		[ "$sample" = tayside ] && tree=json || tree=yaml
		ok "$sample: $kind by way of $tree" back $db "$kind" rows.$tree
		[ "$kind" = holiday ] && continue # hundreds of rows, and nothing that others lack
		ok "$sample: $kind by way of xlsx" back $db "$kind" rows.xlsx
		[ "$sample" = tayside ] || ok "$sample: $kind by way of ods" back $db "$kind" rows.ods
	done
	compact-dump --personal -d $db >after.yaml
	ok "$sample: the store is as it was" cmp $sample.yaml after.yaml
done

# show prints what load takes.
for ref in A1 B5 C1; do
	run action-track show $ref -d derbyshire.db
	cp .tap/out one.yaml
	run action-track load -d derbyshire.db one.yaml
	err_has '1 read, 0 new, 0 changed, 1 unchanged' "show $ref loads back unchanged"
done

# A store of its own: only what was listed, in a store without it.
compact-record person list -o csv -d derbyshire.db >people.csv
compact-record org list -o csv -d derbyshire.db | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
drop = [i for i, name in enumerate(rows[0]) if name in ("contact", "sectors")]
for row in rows:
    csv.writer(sys.stdout, lineterminator="\n").writerow([c for i, c in enumerate(row) if i not in drop])' >orgs.csv
new_store
run compact-record org load orgs.csv
status 0 'organisations into an empty store'
run compact-record person load people.csv
status 0 'people after them'
compact-record person list -o csv >again.csv
ok 'the same list comes out' cmp people.csv again.csv

# Numbers end somewhere, and do not begin anew below nought.
new_store high.db
printf 'partnership: here\ncounters:\n- {kind: action, prefix: A, last: 9223372036854775807}\n' >high.yaml
run compact-load -d high.db high.yaml
status 65 'a counter beyond all numbers'
err_has "high.yaml:3: '9223372036854775807' is not between 0 and 999999999999999" 'is refused'
sed -i 's/9223372036854775807/999999999999999/' high.yaml
compact-load -q -d high.db high.yaml
run action-track -d high.db add title=x
status 65 'behind the last there is none'
err_has 'no number follows A999999999999999; give a ref of your own' 'which is said'
compact-record -q -d high.db workgroup add ref=w name=W kind=board >.tap/out
compact-record -q -d high.db person add ref=p name=P >.tap/out
compact-record -q -d high.db seat add w/9223372036854775807 person=p >.tap/out
run compact-record -d high.db seat add workgroup=w person=p
status 65 'nor behind a row numbered as high as can be'
err_has 'no number follows 9223372036854775807; give another' 'likewise'
finish
