#!/bin/sh
# SPDX-License-Identifier: MIT
# Children and lists written with their parent: what replaces what, and what edit does with a new ref.
. tests/t/lib.sh
new_store

compact-load -q <<'Y'
partnership: here
action:
- ref: A1
  title: One
  step:
  - text: first
    done_on: 2026-01-01
  - text: second
Y
run_in compact-load <<'Y'
partnership: here
action:
- ref: A1
  step:
  - text: before
  - text: first
    done_on: 2026-01-01
Y
status 0 'a list of children replaces the one that was there'
run compact-record step list -o csv --columns=ref,text,done_on
out 'what was said of another child does not pass to the one in its place' <<'E'
ref,text,done_on
A1/1,before,
A1/2,first,2026-01-01
E
run_in compact-load <<'Y'
partnership: here
action:
- ref: A1
  step:
  - text: before
  - text: first
Y
run compact-record step list -o csv --columns=ref,text,done_on
out 'a child that is the same keeps what is not said' <<'E'
ref,text,done_on
A1/1,before,
A1/2,first,2026-01-01
E
run_in compact-load <<'Y'
partnership: here
action:
- ref: A1
  step:
  - number: 2
    text: renamed
Y
run compact-record step list -o csv --columns=ref,text,done_on
out 'a child that gives its number is that child' <<'E'
ref,text,done_on
A1/2,renamed,2026-01-01
E

cat >editor <<'E'
#!/bin/sh
sed -i "$CHANGE" "$1"
E
chmod +x editor
EDITOR=$PWD/editor
CHANGE='s/ref: A1/ref: B7/; s/title: One/title: Seven/'
export EDITOR CHANGE
run action-track edit A1
status 0 'an edited ref'
run action-track list -o csv --columns=ref,title
out 'renames the record and makes no second one' <<'E'
ref,title
B7,Seven
E
CHANGE='s/number: 2/number: 5/'
run action-track edit B7
run compact-record step list -o csv --columns=ref,done_on
out 'children are addressed by the new ref' <<'E'
ref,done_on
B7/5,2026-01-01
E
action-track -q add C1 title=Three >/dev/null
CHANGE='s/ref: B7/ref: c1/'
run action-track edit B7
status 65 'onto a ref that is given it is refused'
err_has 'C1 exists; choose another' 'with the record that has it'

compact-record -q org add d1 name='Derby and Derbyshire' >/dev/null
compact-record -q org add d2 name='derby and derbyshire' >/dev/null
compact-record -q org add derby name='Derby' >/dev/null
compact-record -q org add derbyshire name='Derbyshire' >/dev/null
compact-record -q meeting add M1 title=Launch starts=2026-10-01 >/dev/null
run compact-record meeting set M1 'organisers=Derby and Derbyshire'
status 65 'a name that two records bear is not cut into two others'
err_has 'the ref of the one that is meant' 'but refused, naming both'
run compact-record meeting set M1 'organisers=derby, derbyshire and d1'
status 0 'names are cut at the word'
# What stands on a record of one partnership is no matter of another's that bears the same ref.
compact-init -q -d two.db ref=here name=Here
compact-init -q -d two.db --add ref=there name=There
compact-record -q -d two.db -p here org add mill name=Mill >/dev/null
compact-record -q -d two.db -p there org add mill name=Mill >/dev/null
compact-load -q -d two.db - <<'Y'
partnership: there
person:
- {ref: ann, name: Ann, org: mill}
Y
run compact-record -d two.db -p here org remove mill
status 0 'a record that only the other partnership needs goes'
run compact-record -d two.db -p there org remove mill
ok 'where it is needed it stays' test "$got" -ne 0
finish
