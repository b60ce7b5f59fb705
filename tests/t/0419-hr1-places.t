#!/bin/sh
# SPDX-License-Identifier: MIT
# The places of areas: a slip in one is told where it is made, not when notices have gone astray.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q ref=x name=X kind=response-team areas=pace-2019/fife

run compact-record area_place add pace-2019/fife/S12000099 kind=council
status 0 'a council that is none is kept'
err_has "pace-2019/fife/S12000099: is no council's code, so that no notice falls there; compact-record council list has the codes" 'and told at once'
run compact-record area_place add scheme=pace-2019 area=fife place=ky1 kind=district
err_has 'pace-2019/fife/ky1: is no postcode district, so that no notice falls there; write it in capitals like KY1' 'so is a district in small letters'
run compact-record area_place add area=pace-2019/fife place=KY2 kind=district
err_has 'area: needs scheme too; give scheme=REF beside it' 'half a key says what it lacks'
run compact-record area_place add pace-2019/fife/KY2 kind=district
ok 'a good one raises no dust' sh -c '! grep -q "no notice falls" .tap/err'
printf 'scheme,area,place,kind\npace-2019,fife,KY11,sector\npace-2019,fife,KY11 3,sector\npace-2019,fife,S12000015,council\n' >places.csv
run compact-record area_place load places.csv
err_has 'places.csv:2: pace-2019/fife/KY11: is no postcode sector' 'a row of a file is named by its line'
ok 'and no other: a former code is one' sh -c 'grep -c "no notice falls" .tap/err | grep -qx 1'
{
	echo scheme,area,place,kind
	for n in 0 1 2 3 4 5 6 7 8 9; do echo "pace-2019,fife,XX1-$n,district"; echo "pace-2019,fife,XX2-$n,district"; done
} >many.csv
run compact-record area_place load many.csv
err_has 'and 10 more; compact-check lists them' 'many are counted'
run compact-check area_place -o csv
ok 'compact-check lists them all' sh -c 'grep -c "no notice falls there" .tap/out | grep -qx 23'
finish
