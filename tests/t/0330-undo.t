#!/bin/sh
# SPDX-License-Identifier: MIT
# Undo puts back the same bytes of dump, whatever was done; what stands in the way is named.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
# Refs that were given out are not made again, whatever was undone: that count stays.
dump() { compact-dump --personal | sed '/^counters:/,$d' >"$1"; }
same() { dump .tap/now && cmp "$1" .tap/now; }
dump before

# Any single change is done and undone.
back()
{
	run "$@"
	status 0 "$*"
	[ "$got" -eq 0 ] || return
	dump .tap/changed
	ok 'it changed the store' sh -c '! cmp -s before .tap/changed'
	run compact-log undo last
	status 0 'is undone'
	ok 'the dump is the same bytes' same before
}
back action-track add D1 title='Newsletter' leads='Cheryl Roberts,Nobody' aims=1,4 due=2008-09-01
back action-track set A1 title='Other' due=2008-09-01 aims=3 budget=12
back action-track set A1 leads=pjessop
back action-track set --where=theme=B status=blocked reason='No money'
back action-track note A1 'all well' percent=40
back action-track done B4 finished
back action-track carry 2008-09
back action-track ratify 2007-08
back action-track remove B2.2 --children
back compact-record person set croberts ref=cheryl
back compact-record workgroup set steering ref=sg
back compact-record aim set 2.1 ref=twoone
back compact-record org set lsc name='Learning & Skills'
back compact-record person replace croberts pjessop
back priority-add title=One aims=1 period=2008-09
back terms-track adopt 2008 on=2008-06-12
cat >plan.yaml <<'END2'
action:
  - {ref: A1, title: Loaded, step: [{text: a}, {text: b}]}
  - {ref: D9, title: New, leads: [croberts], indicator: []}
org:
  - {ref: neworg, name: New, sectors: [health]}
END2
sed -i 's/, indicator: \[\]//; s/, sectors: \[health\]//' plan.yaml
back compact-load plan.yaml
sed 's/ref: A1$/ref: A1/; s/Cheryl Roberts/Cheryl R./' before >whole.yaml
back compact-load --replace whole.yaml

# An undo is a change and can be undone.
action-track set -q A1 due=2008-09-01
dump changed
compact-log undo -q last
compact-log undo -q last
ok 'undo of undo' same changed
compact-log undo -q last
ok 'and of that' same before

# Several at once, in any order given; each alone where nothing stands on it.
first=$(compact-log -o csv | sed -n '2s/,.*//p')
action-track set -q A1 due=2008-09-01
action-track set -q A2 due=2008-09-02
action-track set -q A1 due=2008-09-03
dump three
run compact-log undo $((first + 1))
status 1 'the first alone is refused'
err_has "action A1 due was changed later, by change $((first + 3)) (action-track set -q A1 due=2008-09-03)" 'and what stands on it is named'
err_has "compact-log: change $((first + 1)) cannot be taken back: change $((first + 3)) stands on it (action A1); undo $((first + 3)) first" 'with what to do'
ok 'nothing was undone' same three
run compact-log undo $((first + 2))
status 0 'the second alone goes'
run compact-log undo $((first + 3)) $((first + 1))
status 0 'the other two together'
ok 'and all is as before' same before
run compact-log undo -n $((first + 2))
status 1 'what is undone already cannot be undone again'

# Later work is never removed silently.
action-track add -q D1 title=New >.tap/out
made=$(compact-log -o csv | sed -n '2s/,.*//p')
action-track note -q D1 'a note on it'
dump noted
run compact-log undo "$made"
status 1 'undoing an add that has a later note'
err_has 'progress D1/1' 'names the note'
ok 'and nothing went' same noted
compact-record person add -q zed name='Zed Zebra' >.tap/out
made=$(compact-log -o csv | sed -n '2s/,.*//p')
action-track set -q D1 leads=zed
run compact-log undo "$made"
status 1 'undoing a person who leads something by now'
err_has 'lead D1/1' 'names what they lead'
compact-record person set -q zed ref=zz
run compact-log undo "$made"
status 1 'also by another ref'
compact-log undo -q last
compact-log undo -q "$((made + 1))" "$made"
ok 'in order it goes' same noted

# A dry run tells, and keeps nothing.
run compact-log undo -n last
status 0 'undo -n'
err 'says so' <<'END2'
dry run: this can be undone; nothing was
END2
ok 'nothing was' same noted

# remove names what stands in the way.
run compact-record org remove emb
status 1 'remove refused'
err 'naming what stands on it' <<'END2'
compact-record: emb stays: lead B1/1 and lead B3/1 stand on it; remove or change those first
END2
run action-track remove A1
status 1 'children stand on it too'
err_has 'or take its own along with --children' 'with the way to take them along'
run action-track remove B4 --children
status 1 'others than its own stay'
err_has 'indicator B4-apprentices' 'and are named'
run action-track remove B2.2 --children -n
status 0 'remove --children -n'
ok 'keeps all' same noted

# The log.
COMPACT_TODAY= run compact-log --since=tomorrow -o csv
out_lacks ',tester,' 'nothing since tomorrow'
run action-track log D1 -o csv --by=x
status 64 'log takes no --by'
run action-track log D1 -o csv
out_has ',tester,action-track add -q D1 title=New,action,D1,added,title,,New' 'history of a record'
action-track set -q D1 budget=12.50 regional=yes
run action-track log D1 -o csv
out_has ',action,D1,changed,budget,,12.50' 'money in pounds'
out_has ',action,D1,changed,regional,no,yes' 'yes and no'
action-track remove -q D1 --children
run action-track log D1 -o csv
out_has ',action,D1,removed,' 'a removed record has its history'
run compact-record person set croberts email=c@example.org
run compact-log -o csv
out_lacks 'c@example.org' 'contact data does not stand in the command or summary'
finish
