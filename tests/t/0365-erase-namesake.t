#!/bin/sh
# SPDX-License-Identifier: MIT
# Erasing a person leaves whoever else bears the name, or shares the telephone, as they are.
. tests/t/lib.sh
new_store
compact-init -q --add ref=there name=There
compact-record -q -p here person add asmith name='Ann Smith' phone='0131 496 0000' email=a@x.example >/dev/null
compact-record -q -p here person add asmith2 name='ann smith' phone='0131 496 0000' email=b@x.example >/dev/null
compact-record -q -p there person add asmith name='Ann Smith' phone='0131 496 0000' email=c@x.example >/dev/null
compact-record -q -p here person add bob name='Bob (for Ann Smith)' >/dev/null
action-track -q -p here add A1 title='Ring Ann Smith on 0131 496 0000' >/dev/null
run compact-record -p here person erase asmith
status 0 'a person is erased'
run compact-record -p here person list -o csv --columns=ref,name,phone,email
out 'a namesake keeps name, telephone and address' <<'E'
ref,name,phone,email
asmith2,ann smith,0131 496 0000,b@x.example
bob,Bob (for erased-1),,
erased-1,erased-1,,
E
run compact-record -p there person list -o csv --columns=ref,name,phone,email
out 'one of another partnership too' <<'E'
ref,name,phone,email
asmith,Ann Smith,0131 496 0000,c@x.example
E
run action-track -p here list -o csv --columns=title
out 'texts lose both' <<'E'
title
Ring erased-1 on erased-1
E
finish
