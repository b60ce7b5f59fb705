#!/bin/sh
# SPDX-License-Identifier: MIT
# report-gen: parameters that name a record, and the period.
. tests/t/lib.sh

COMPACT_DB=$work/d.db
export COMPACT_DB
compact-init -q --sample=derbyshire 2>/dev/null || exit 1
compact-record person add ref=ann1 name='Ann Example' 2>/dev/null >&2 || exit 1
compact-record person add ref=ann2 name='Ann Example' 2>/dev/null >&2 || exit 1
priority-add period=2010-11 title='Something else' aims=1 2>/dev/null >&2 || exit 1

first()
{
	report-gen "$@" | head -1
}
same()
{
	[ "$1" = "$2" ] || { echo "$1"; return 1; }
}
for r in plan docset priorities; do
	for p in 2007-08 2008-09 2010-11; do
		case $r in
		plan) title='# Action plan' ;;
		docset) title='# Documents' ;;
		*) title='# Statement of annual priorities' ;;
		esac
		ok "$r of $p" same "$(first $r period=$p)" "$title $p"
		ok "$r of $p, named the other way" same "$(first $r plan=$p)" "$title $p"
	done
done
run report-gen steering period=2010-11
out_has 'Events in 2010-11: none held' 'steering takes a period'
out_has 'Something else' 'and has its priorities'
run report-gen steering period=2008-09
out_lacks 'Something else' 'not those of another'

nothing()
{
	run report-gen -o text "$@"
	status 67 "$*"
	out_empty 'prints nothing'
}
nothing plan period=banana
err 'and says which is none' <<'END'
report-gen: period: no period 'banana'; there are 2007-08, 2008-09 and 2010-11
END
nothing plan plan=1999-00
nothing priorities plan=banana
nothing docset version=1999
nothing docset charter=none
nothing terms version=1999
nothing terms version=2008 from=1999
err 'names the parameter and what there is' <<'END'
report-gen: from: no terms '1999'; there are 2007 and 2008
END
nothing terms version=20008
nothing minutes meeting=nope
nothing agenda meeting=nope
nothing charter charter=none
nothing induction person=nobody
nothing induction person=croberst
err_has 'did you mean croberts (Cheryl Roberts)' 'the nearest is named'
nothing case-study practice=zz
nothing case incident=zz
nothing checklist incident=zz
nothing survey survey=zz
err_has 'there is members-2008' 'the only one is named'
nothing notices areas=zz
nothing notices scheme=zz
run report-gen induction person='cheryl roberts'
out_has '# Welcome, Cheryl Roberts' 'a name does for a ref'
run report-gen induction person='Ann Example'
status 65 'a name that two people have'
err_has 'fits person ann' 'is refused, naming both'
run report-gen activity month=banana
status 64 'no month'
err_has "month: 'banana' is no month" 'is refused'
run report-gen activity month='April 2008'
out_has '# Activity in April 2008' 'a month in words, and in words it is printed'

# A store of two: any of them may have it.
compact-init -q --add --sample=tayside 2>/dev/null || exit 1
run report-gen -p all steering period=2007-08
status 0 'a period of one of them'
run report-gen -p all steering period=banana
status 67 'of none of them'

# Refs of several partnerships are told apart, in tables and in lists; of one they stand as they are.
compact-init -q --add ref=fife name=Fife 2>/dev/null || exit 1
action-track -p derbyshire set A1 due=2026-11-01 -q
action-track -p fife add A1 title='Another A1' due=2026-11-02 budget=10 -q
run report-gen -p all --today=2026-11-20 weekly
out_has '| Partnership | Ref | Action |' 'each row says which partnership it is of'
out_has '| derbyshire | A1 | Find out' 'the one'
out_has '| fife | A1 | Another A1 |' 'and the other'
run report-gen -p all -o text --today=2026-11-20 weekly
ok 'the table is no wider than a mail' sh -c '! awk "length(\$0) > 80" .tap/out | grep .'
out_has 'fife         A1' 'and stays a table'
run report-gen -p all --today=2026-11-20 steering
out_has 'fife A1' 'lists say it too'
out_has 'derbyshire A1, B1, B3; fife A1' 'once for all that are of one'
run report-gen -p fife --today=2026-11-20 weekly
out_has '| Ref | Action |' 'a single partnership has no such column'
out_lacks 'Partnership' 'anywhere'
run report-gen -p all --today=2026-11-20 funding-case
out_has '| Fife | 1 | £10 |' 'costs by partnership'
out_has 'of 15 actions are not costed.' 'how many are not costed, in words'
mkdir reports
printf '```sql table across="Ref"\nSELECT 1 AS "Partnership"\n```\n' >reports/mine.md
run report-gen -p all mine
status 78 'a column that the query does not have'
err_has "the query has no column 'Ref'" 'is a fault of the template'
rm -r reports

mkdir reports
printf -- '---\nparam who persn: {{ SELECT 1 }}\n---\n{{who}}\n' >reports/mine.md
run report-gen -p derbyshire mine who=x
status 78 'a kind that is none'
err_has "did you mean 'person'" 'is a fault of the template'
printf -- '---\nparam who person:\nparam mail: {{ SELECT org FROM person WHERE ref = :who }}\n---\n{{who}} {{mail}}\n' >reports/mine.md
run report-gen -p derbyshire mine who='Cheryl Roberts'
out 'a default sees the ref' <<'END'
croberts lsc
END
finish
