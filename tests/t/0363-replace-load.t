#!/bin/sh
# SPDX-License-Identifier: MIT
# compact-load --replace: a partnership becomes exactly what its file says, contact data aside.
. tests/t/lib.sh
new_store
COMPACT_TODAY=2026-11-22
export COMPACT_TODAY
compact-record -q person add ann name=Ann phone='01234 567890' >/dev/null
compact-record -q org add acme name=Acme note=old >/dev/null
compact-record -q org add bee name=Bee >/dev/null
compact-init -q --add ref=there name=There
compact-record -q -p there org add acme name='Their Acme' >/dev/null
cat >here.yaml <<'Y'
partnership: here
person:
- ref: ann
  name: Ann
org:
- ref: acme
  name: Acme
- ref: cee
  name: Cee
Y
touch -d '2026-10-12 12:00Z' here.yaml
run compact-load --replace here.yaml
status 0 'a partnership is replaced'
err_has 'here: 1 new, 1 changed, 1 gone; dated 41 days ago' 'what became of it is said, and how old the file is'
run compact-record -p here org list -o csv --columns=ref,name,note
out 'fields that are absent are cleared, records too' <<'E'
ref,name,note
acme,Acme,
cee,Cee,
E
run compact-record -p here person list -o csv --columns=ref,phone
out 'contact data that the file lacks stays' <<'E'
ref,phone
ann,01234 567890
E
run compact-record -p there org list -o ref
out 'another partnership is left alone' <<'E'
acme
E
run compact-load --replace here.yaml
err_has 'here: 0 new, 0 changed, 0 gone; dated 41 days ago' 'the same file again changes nothing'
compact-dump >both.yaml
touch -d '2026-11-22 09:00Z' both.yaml
run compact-load --replace both.yaml
err 'each partnership of a file has its line' <<'E'
here: 0 new, 0 changed, 0 gone; dated today
there: 0 new, 0 changed, 0 gone; dated today
E
run_in compact-load --replace -p here <<'Y'
org:
- ref: dee
  name: Dee
Y
status 65 'a document that names no partnership replaces none'
err_has "begins with 'partnership:'" 'and says so'

# Several files, each in a change of its own: what one lacks does not keep out the others.
for ref in aa bb; do
	compact-init -q --add ref=$ref name=$ref
	printf 'partnership:\n- ref: %s\n  name: %s\norg:\n- ref: one\n  name: One\n' $ref $ref >$ref.yaml
done
before=$(compact-log -o csv | sed -n '2s/,.*//p')
run compact-load --replace aa.yaml bb.yaml
status 0 'two files'
ok 'are two changes' test "$(compact-log -o csv | sed -n '2s/,.*//p')" = $((before + 2))
err_has 'aa: 1 new, 0 changed, 0 gone; dated today' 'the first is told'
err_has 'bb: 1 new, 0 changed, 0 gone; dated today' 'and the second'
sed 's/ref: one/ref: two/' aa.yaml >aa2.yaml
sed 's/ref: one/ref: two/; s/name: One/nam: One/' bb.yaml >bb2.yaml
run compact-load --replace bb2.yaml nothing.yaml aa2.yaml
status 1 'one that is good among others that are not'
err_has "bb2.yaml:6: nam: org has no field 'nam'; did you mean 'name'" 'what is wrong is told'
err_has "cannot open 'nothing.yaml'" 'and what is missing'
err_has 'aa: 1 new, 0 changed, 1 gone' 'and what was taken'
run compact-record -p all org list -o csv --columns=ref partnership=aa,bb
run compact-record -p bb org list -o ref
out 'the bad one changed nothing' <<'Y'
one
Y
run compact-record -p aa org list -o ref
out 'the good one did' <<'Y'
two
Y
run compact-load --replace bb2.yaml nothing.yaml
ok 'nothing but bad ones' test "$got" -ge 65
run compact-load --replace -n aa.yaml bb.yaml
status 0 'a dry run'
run compact-record -p aa org list -o ref
out 'keeps nothing' <<'Y'
two
Y
finish
