#!/bin/sh
# SPDX-License-Identifier: MIT
# Undo holds to the rules that adding and changing hold to: no two refs that differ in case alone, no
# circles, although the triggers that see to it are off while a change is taken back.
. tests/t/lib.sh
new_store

last() { compact-log -o csv | sed -n '2s/,.*//p'; }

compact-record -q org add fife name='Fife Council' >/dev/null
compact-record -q org remove fife
gone=$(last)
compact-record -q org add FIFE name='Another' >/dev/null
came=$(last)
compact-dump >before.yaml
run compact-log undo "$gone"
status 1 'a removed ref does not come back beside one that differs in case alone'
err_has "change $gone cannot be taken back: change $came stands on it (org FIFE); undo $came first" 'and the change in the way is named'
compact-dump >after.yaml
ok 'nothing has changed' cmp before.yaml after.yaml
run compact-log undo "$gone" "$came"
status 0 'taken back together they may go'

compact-record -q org set fife ref=kingdom
renamed=$(last)
compact-record -q org add Fife name='Third' >/dev/null
run compact-log undo "$renamed"
status 1 'a rename is not taken back onto a ref given since in another case'
err_has 'org Fife' 'and that record is named'

compact-record -q org set Fife ref=FIFE
cased=$(last)
run compact-log undo "$cased"
status 0 'a change of case alone can be taken back'

action-track -q add A1 title=One >/dev/null
action-track -q add A2 title=Two >/dev/null
action-track -q add A3 title=Three >/dev/null
compact-record -q action_link add action=A1 other=A2 kind=depends-on >/dev/null
compact-record -q action_link add action=A2 other=A3 kind=depends-on >/dev/null
compact-record -q action_link remove A1/A2
gone=$(last)
compact-record -q action_link add action=A3 other=A1 kind=depends-on >/dev/null
compact-dump >before.yaml
run compact-log undo "$gone"
status 1 'what comes back may not close a circle'
err_has "change $gone cannot be taken back: action_link A1/A2: other: makes a circle" 'and the rule is named'
compact-dump >after.yaml
ok 'nothing has changed by that either' cmp before.yaml after.yaml
run compact-log undo -n "$gone"
status 1 'a dry run says the same'

compact-record -q aim add 1 number=1 text=First >/dev/null
compact-record -q aim add 2 number=2 text=Second parent=1 >/dev/null
compact-record -q aim set 2 parent=
cleared=$(last)
compact-record -q aim set 1 parent=2
run compact-log undo "$cleared"
status 1 'a changed row is held to the rules too'
err_has 'parent: makes a circle' 'by its sentence'

# What is in the way is named by record and field, one blank between; a number given twice counts once.
action-track -q add B1 title=Four >/dev/null
action-track -q set B1 ref=B2
renamed=$(last)
action-track -q set B2 aims=1
run compact-log undo "$renamed"
err_has 'action B2 was changed later' 'a record without a field'
run compact-log undo last last
status 0 'the same change named twice'
ok 'is told once' test "$(grep -c '^undone' .tap/err)" = 1
err_has 'undo: compact-log undo' 'with the way back'

finish
