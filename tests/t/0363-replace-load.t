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
finish
