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

# Former names and addresses, in whatever case, accents and quotation marks.
compact-record -q -p here person add jpena name='José Peña' email=jose@old.example phone='0131 496 0001' >/dev/null
# shellcheck disable=SC1112 # the quotation marks of a word processor are meant
action-track -q -p here add A2 title='Write to JOSE@old.example' what='Ask JOSÉ PEÑA, “José Peña” or José Peña’s office; not José Peñaranda' reason='joséphine peña – José Peña–Ruiz' >/dev/null
compact-record -q -p here person set jpena name='José Ruiz' email=jose@new.example phone='0131 496 0002'
compact-record -q -p here person set jpena ref=jruiz
compact-record -q -p here person set bob phone='0131 496 0001'
action-track -q -p here set A2 outcome='jpena or jruiz, at 0131 496 0001 or 0131 496 0002'
run compact-record -p here person erase jruiz
status 0 'somebody who had another name and address before'
run action-track -p here list ref=A2 -o csv --columns=title,what,outcome,reason
out 'former ones go from texts, but for what is now of another' <<'E'
title,what,outcome,reason
Write to erased-2,"Ask erased-2, “erased-2” or erased-2’s office; not José Peñaranda","erased-2 or erased-2, at 0131 496 0001 or erased-2",joséphine peña – erased-2–Ruiz
E
for word in jpena jruiz jose@ 'José Peña”' 'José Ruiz' '0131 496 0002'; do
	ok "no trace of $word in the file" sh -c '! grep -qaiF -e "$1" compact.db' sh "$word"
done

# A made ref is not given to another, when who had it is removed.
run compact-record -p here person add name='Carol Dun'
out 'made of the name' <<'E'
cdun
E
compact-record -q -p here person remove cdun
run compact-record -p here person add name='Colin Dun'
out 'somebody else gets another' <<'E'
cdun2
E
compact-record -q -p here person set cdun2 ref=colin
run compact-record -p here person add name='Cora Dun'
out 'also after a renaming' <<'E'
cdun3
E
compact-dump -p here --personal >here.yaml
compact-load -q --create -d copy.db here.yaml
compact-record -q -d copy.db person remove cdun3
run compact-record -d copy.db person add name='Carl Dun'
out 'and in a copy' <<'E'
cdun4
E

# A telephone number is the same however it is written, from home or from abroad.
compact-record -q -p here person add dora name='Dora Hill' phone='0131 496 0010' >/dev/null
compact-record -q -p here person add elsa name='Elsa Hill' phone='+44 (0)131 4960010' >/dev/null
action-track -q -p here add A3 title='Ring +44 131 496 0010, 0044 131 496 0010 or (0131) 496 0010; not +353 131 496 0010' >/dev/null
run compact-record -p here person erase dora
status 0 'somebody with a telephone'
run action-track -p here list ref=A3 -o csv --columns=title
out 'goes from texts in every form' <<'E'
title
"Ring erased-3, erased-3 or erased-3; not +353 131 496 0010"
E
run compact-record -p here person list ref=elsa -o csv --columns=name,phone
out 'and stays with whoever else answers it, in theirs' <<'E'
name,phone
Elsa Hill,+44 (0)131 4960010
E
finish
