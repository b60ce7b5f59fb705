#!/bin/sh
# SPDX-License-Identifier: MIT
# A ref that is the name of another record as well: aims keep their refs while their numbers move on.
. tests/t/lib.sh

COMPACT_TODAY=2026-11-23
export COMPACT_TODAY
new_store
for r in '2.1 number=2.2' '2.2 number=2.1'; do
	# shellcheck disable=SC2086 # two words
	compact-record aim add -q $r text=Aim >.tap/out
done
compact-record theme add -q X name=Y >.tap/out
compact-record theme add -q Y name=Why >.tap/out
compact-record person add -q ann name='Ann Smith' email=ann@example.org >.tap/out
compact-record person add -q ann2 name=Ann email=ann2@example.org >.tap/out
run action-track add A1 title=One theme=Y
status 65 'what fits two is refused'
err_has "'Y' fits theme Y and theme X; write theme:Y or name:Y" 'with both'
run action-track add A1 title=One theme=theme:Y aims=aim:2.1 leads=person:ann every=monthly due=2026-11-10
status 0 'and taken once it is said which'

compact-dump --personal >dump.yaml
ok 'a dump says which' grep -qx '      - aim:2.1' dump.yaml
run compact-load -q --create -d copy.db dump.yaml
status 0 'so that it can be loaded'
compact-dump -d copy.db --personal >again.yaml
ok 'and comes out the same' cmp dump.yaml again.yaml

run action-track chase --from=office@example.org
status 0 'its lead is reminded'
out_has 'To: Ann Smith <ann@example.org>' 'and not the one whose name it is'
run action-track done A1 printed
status 0 'what comes round goes on'
run action-track list -o csv --columns=ref,theme,aims,leads every.none=no
out 'with the same references' <<'END'
ref,theme,aims,leads
Y1,Y,2.1,ann
END
run compact-record person replace ann2 ann
status 0 'handing over to them'
finish
