#!/bin/sh
# SPDX-License-Identifier: MIT
# People's data: shown where asked for, and gone without a trace when erased.
. tests/t/lib.sh

compact-init -q --sample=derbyshire || exit 1
compact-record person add -q ztest name='Zelda Quixote' email=zelda.q@example.org phone='07700 900777' org=lsc >.tap/out
action-track set -q A1 leads=ztest
action-track note -q A1 'Zelda Quixote will write to zelda.q@example.org; ask ztest or Quixotes Ltd'
compact-record person set -q ztest phone='07700 900778'
run compact-record person log ztest -o csv
run compact-log -o csv
out_has "'email=***' 'phone=***'" 'the journal does not keep an address in its commands'
run compact-dump person
out_lacks 'email: zelda.q@' 'a dump has addresses only when asked'
run compact-dump --personal person
out_has 'zelda.q@example.org' 'with --personal it has'
before=$(compact-query 'SELECT count(*) AS n FROM lead' -o csv | tail -1)
cp compact.db before.db
run compact-record person erase ztest -n
status 0 'erase -n'
out_has 'progress  A1/' 'shows where it stands'
err_has 'dry run: nothing of this was erased' 'and keeps it'
ok 'it is there still' grep -qa 'Zelda' compact.db
run compact-record person erase ztest
status 0 'erase'
err_has 'can no longer be undone' 'says which changes cannot be undone'
for word in Zelda Quixote, zelda.q '07700 900777' ztest; do
	ok "no trace of $word in the file" sh -c '! grep -qa -e "$1" compact.db' sh "$word"
done
ok 'nor beside it' sh -c '! ls compact.db?* 2>/dev/null'
run compact-record progress list action=A1 -o csv --columns=text
out_has 'Quixotes Ltd' 'a word that only begins like it stays'
ok 'counts are as they were' test "$(compact-query 'SELECT count(*) AS n FROM lead' -o csv | tail -1)" = "$before"
run compact-record person list ref.has=erased -o csv --columns=ref,name,email,phone,org
out 'what is left' <<'END2'
ref,name,email,phone,org
erased-1,erased-1,,,lsc
END2
run compact-log undo 2
status 1 'what was erased cannot be undone'
err_has 'was erased' 'and says why'
run compact-check -o csv person
status 0 'the store is sound'
run compact-record person erase nobody
status 67 'nobody'

# However a text sets a name and a number.
compact-record person add -q yt name='Yorick Tell' phone='01234 567890' >.tap/out
action-track note -q A1 'Yorick
   Tell, 01234567890 or (01234) 567-890, not 01234 5678901' >.tap/out
compact-record person erase -q yt >.tap/out
run compact-record progress list "text.has=01234 5678901" -o csv --columns=text
out_has 'erased-2, erased-2 or erased-2, not 01234 5678901' 'a name over two lines goes, and a number however it is set'
# A former name that begins like the present one goes whole.
compact-record person add -q an name='Anya Vole-Pratt' >.tap/out
compact-record person set -q an name='Anya Vole' >.tap/out
action-track note -q A1 'Anya Vole-Pratt and Anya Vole agreed' >.tap/out
compact-record person erase -q an >.tap/out
run compact-record progress list text.has=agreed -o csv --columns=text
out_has 'erased-3 and erased-3 agreed' 'a former name that goes on longer leaves nothing behind'
finish
