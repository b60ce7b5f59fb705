#!/bin/sh
# SPDX-License-Identifier: MIT
# What all programs share: where options and texts may stand, what is read from where, and what a dry run
# keeps.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
cp compact.db fresh.db
dump() { compact-dump --personal >"$1"; }
same() { dump .tap/now && cmp "$1" .tap/now; }
dump before

# Options stand anywhere, also under POSIXLY_CORRECT; -- ends them.
run action-track set A1 title=x -n
err 'a dry run at the end' <<'END2'
A1 title: Find out how matters stand in Derbyshire with public sector … → x
dry run: nothing of this was kept
END2
run env POSIXLY_CORRECT=1 action-track set A1 title=x -n
err_has 'dry run: nothing of this was kept' 'a dry run whatever POSIXLY_CORRECT says'
ok 'nothing was kept' same before
run action-track note A1 -n '- a list item' '- another'
err_has 'progress A1/' 'a text that begins with a hyphen and a blank'
run action-track note A1 -n -- -x is text
status 0 '-- ends the options'
run action-track list -o csv --columns=ref --limit=1 theme=A
out 'options between operands' <<'END2'
ref
A1
END2
run action-track list -o csv --columns=ref --limit=0
out 'a limit of none leaves the heading' <<'END2'
ref
END2
run action-track --limit=1 -q -ocsv list --columns=ref
out 'options before the verb, joined and long' <<'END2'
ref
A1
END2

# Dry runs of everything keep nothing and say the same.
for command in 'action-track add D1 title=x' 'action-track set A1 due=2008-09-01' 'action-track note A1 well' \
	'action-track done A1 yes' 'action-track drop A1 no' 'action-track block A1 stuck' 'action-track reopen A1 again' \
	'action-track carry 2008-09' 'action-track ratify 2007-08' 'action-track remove B2.2 --children' \
	'compact-record person replace croberts pjessop' 'compact-record org add name=New' 'priority-add title=x aims=1' \
	'terms-track adopt 2008' 'compact-record person erase smorton' 'compact-record setting set max_load value=3'; do
	run $command -n
	status 0 "$command -n"
	err_has 'dry run: nothing of this was' 'says it is dry'
done
ok 'none kept anything' same before
ok 'nor stands in the journal' test "$(compact-log -o csv | wc -l)" = 2

# Texts from files.
printf 'From a file\nwith two lines\n' >text.txt
run action-track add D1 title=@text.txt what=@@home outcome=plain
run action-track show D1
out_has 'what: '"'@home'" '@@ is an at sign'
out_has 'with two lines' '@FILE is a file'
printf 'from the pipe\n' | action-track set -q D1 what=@-
run action-track list ref=D1 -o csv --columns=what
out '@- is standard input' <<'END2'
what
from the pipe
END2
run action-track set D1 what=@nowhere.txt
status 66 'a file that is not there'
err 'is named with its field' <<'END2'
action-track: what: cannot open 'nowhere.txt': no such file or directory
END2
printf 'PK\003\004rest' >word.docx
run action-track set D1 what=@word.docx
status 65 'a Word file'
err_has "'word.docx' is a Word, zip or spreadsheet file; save it as plain text" 'is refused with the way to do it'
printf 'a\000b' >nul.txt
run action-track set D1 what=@nul.txt
status 65 'a NUL in a text'
err_has "what: the control character \x00 stands in 'nul.txt'; save it as plain text in UTF-8" 'is named'

# Values of every form.
while IFS='|' read -r given stored; do
	action-track set -q D1 due= 2>.tap/err
	run action-track set D1 "due=$given"
	run action-track list ref=D1 -o csv --columns=due
	out "due=$given" <<END2
due
$stored
END2
done <<'END2'
2008-11-30|2008-11-30
30/11/2008|2008-11-30
30/9/08|2008-09-30
30 Nov 2008|2008-11-30
1st April 2009|2009-04-01
30 Sept 2008|2008-09-30
end May|2009-05-31
end Sept 2027|2027-09-30
today|2008-06-01
+14d|2008-06-15
-2w|2008-05-18
+3m|2008-09-01
mon|2008-06-02
END2
for money in 1234.50 '£1,234.50' 1,234.50; do
	action-track set -q D1 "budget=$money"
	run action-track list ref=D1 -o csv --columns=budget
	out "budget=$money" <<'END2'
budget
1234.50
END2
	action-track set -q D1 budget=
done
for yes in yes true 1 YES True; do
	action-track set -q D1 regional=no 2>/dev/null
	action-track set -q D1 regional=$yes
	run action-track list ref=D1 -o csv --columns=regional
	out "regional=$yes" <<'END2'
regional
yes
END2
done
action-track set -q D1 aims=1,2.1
action-track set -q D1 aims+=3 aims-=1
run action-track list ref=D1 -o csv --columns=aims
out 'lists: += and -=' <<'END2'
aims
2.1;3
END2
run compact-record meeting add m1 title=Spring starts='2008-04-03 16:30' kind=meeting
run compact-record meeting list ref=m1 -o csv --columns=starts
out 'a time by the UK clock goes out as UTC' <<'END2'
starts
2008-04-03T15:30:00Z
END2
run compact-record meeting list ref=m1 --columns=starts
out 'and by the UK clock to people' <<'END2'
starts
2008-04-03 16:30
END2
run compact-record meeting set m1 starts='26 Oct 2008 01:30'
status 65 'the hour that comes twice'
err_has '+01:00' 'is refused with both choices'

# Which store.
mkdir -p data config other
compact-init -q -d data/env.db ref=env name=Env
compact-init -q -d other/option.db ref=option name=Option
mkdir -p "$HOME/.config/compact" "$HOME/.local/share/compact"
mkdir elsewhere
cd elsewhere || exit 1
mkdir .tap
run compact-record partnership list -o ref
status 66 'no store anywhere'
compact-init -q -d "$HOME/.local/share/compact/compact.db" ref=data name=Data
run compact-record partnership list -o ref
out "the user's data folder" <<'END2'
data
END2
printf '# mine\ndb = ~/data/env.db\nby = configured\n' >"$HOME/.config/compact/config"
run compact-record partnership list -o ref
out 'the config file goes before it' <<'END2'
env
END2
run env -u COMPACT_BY action-track add X1 title=x
run compact-log -o csv
out_has ',configured,' 'by= too'
XDG_CONFIG_HOME=$work/none run compact-record partnership list -o ref
out 'XDG_CONFIG_HOME says where it is' <<'END2'
data
END2
cp "$work/fresh.db" compact.db
run compact-record partnership list -o ref
out 'then ./compact.db' <<'END2'
derbyshire
END2
COMPACT_DB=$work/other/option.db run compact-record partnership list -o ref
out 'then COMPACT_DB' <<'END2'
option
END2
COMPACT_DB=$work/other/option.db run compact-record partnership list -o ref -d "$work/data/env.db"
out 'and -d before all' <<'END2'
env
END2
rm "$HOME/.config/compact/config"
cd "$work" || exit 1
run action-track set D1 title=y --by='Ann Other'
run compact-log -o csv --since=today
out_has ',Ann Other,' '--by names who'
COMPACT_TODAY= run action-track overdue --today='2030-01-01 10:00'
status 0 '--today takes a time'

# Two partnerships in one store.
rm -f compact.db
cp fresh.db compact.db
compact-init -q --add --sample=tayside 2>.tap/err
run action-track list
status 64 'a store with two needs one named'
err_has 'derbyshire' 'and they are named'
run action-track list -p derbyshire -o ref --limit=1
out '-p chooses' <<'END2'
A1
END2
run action-track list -p all -o csv --columns=ref --limit=1
out '-p all begins with whose it is' <<'END2'
partnership,ref
derbyshire,A1
END2
printf 'partnership = tayside\n' >"$HOME/.config/compact/config"
run action-track list -o ref --limit=1
out 'the config file chooses' <<'END2'
T1
END2
rm "$HOME/.config/compact/config"
run action-track add title=x -p all
status 64 'a change needs one'
run compact-check -p all -o csv
out_has 'partnership,severity,kind,ref,fault,remedy' 'compact-check -p all says whose'
run compact-status -p all --today=2026-12-20 -o csv
status 0 'compact-status -p all'
compact-dump --personal -p derbyshire >d.yaml
run grep -c '^partnership:' d.yaml
out 'a dump of one' <<'END2'
1
END2
compact-load --create -q -d both.db <<END2
$(compact-dump --personal)
END2
compact-dump --personal >a.yaml
compact-dump --personal -d both.db >b.yaml
ok 'two in one dump make the same two' cmp a.yaml b.yaml

# The editor.
cat >edit.sh <<'END2'
sed -i 's/title: .*/title: From the editor/' "$1"
END2
EDITOR="sh $work/edit.sh" run action-track edit A1 -p derbyshire
status 0 'edit'
err_has 'A1 title Find out' 'says what changed'
EDITOR=true run action-track edit A1 -p derbyshire
err 'nothing changed in the editor' <<'END2'
A1 was not changed
END2
printf '%s\n' 'cat "$1"; printf "# all gone\n" >"$1"' >head.sh
EDITOR="sh $work/head.sh" run action-track edit A1 -p derbyshire
out_has '# A1. Save and close to keep your changes' 'the editor shows how to keep or leave it'
err 'of comments alone nothing is made' <<'END2'
A1 was not changed
END2
EDITOR=false run action-track edit A1 -p derbyshire
status 64 'an editor that fails'
echo 'sed -i "s/status: .*/status: nonsense/" "$1"' >edit.sh
EDITOR="sh $work/edit.sh" run action-track edit A1 -p derbyshire
status 65 'a mistake in the editor'
err_has "status: 'nonsense' is no status" 'is named by line'
err_has 'your text is kept in' 'and the text is kept'

# Files written.
run action-track list -p derbyshire -O plan.csv
ok '-O takes the format of its suffix' grep -q '^ref,kind,theme' plan.csv
ok 'and is for its owner alone' test "$(stat -c %a plan.csv)" = 600
run action-track list -p derbyshire -O plan.md
ok 'md' grep -q '^| ref | theme' plan.md
run action-track list -p derbyshire -o addresses
status 64 'addresses are for those who have them'
run compact-record person list -p tayside -o addresses
status 0 'persons have'
ok 'a store is for its owner alone' test "$(stat -c %a compact.db)" = 600
echo old >keep.csv
run action-track list nosuch=1 -O keep.csv -p derbyshire
ok 'what fails leaves the older file' grep -qx old keep.csv

# With no rows.
for format in text md ref; do
	run action-track list ref=none -p derbyshire -o $format
	out_empty "no rows: $format is empty"
done
run action-track list ref=none -p derbyshire -o csv --columns=ref,title
out 'no rows: csv has its heading' <<'END2'
ref,title
END2
run action-track list ref=none -p derbyshire -o json
out 'no rows: json is a list' <<'END2'
[]
END2
run action-track list ref=none -p derbyshire -o yaml
out 'no rows: yaml too' <<'END2'
[]
END2

# Beside others a partnership has to be chosen, and the next steps do so.
run compact-init -d two.db name=One
err_has 'two.db is ready. Next:' 'a first partnership'
run compact-init -d two.db --add --sample=tayside
err_has 'tayside is in two.db. Next:' 'a sample beside another partnership is named'
err_has 'compact-status -d two.db -p tayside' 'and chosen in what comes next'
run compact-init -d two.db --add ref=second name=Second
err_has 'second is in two.db. Next:' 'a second one'
err_has 'action-track -d two.db -p second add title=' 'is chosen in what comes next'
COMPACT_DB=$PWD/found.db run compact-init --sample=tayside
err_has '  compact-status       ' 'a store that is found without its name is not named'
err_has 'hr1-ingest FILE' 'a sample of a response team shows the first steps of one'
COMPACT_DB=$PWD/found.db run compact-init -d compact2.db name=Two
err_has 'compact-status -d compact2.db' 'one given by name is'
run action-track set A1 title
err 'what lacks its =' <<'END2'
action-track: 'title' is no FIELD=VALUE; put quotes round the whole: 'what=Identify existing work'
END2
run compact-init -d mistyped.db nme=Fife
status 64 'a mistyped field of the partnership'
err 'is named' <<'END2'
compact-init: nme: partnership has no field 'nme'; did you mean 'name'
END2
ok 'and leaves no store' test ! -e mistyped.db
printf '# Fife Compact\n' >fife.md
run compact-init -d mistyped.db ref=fife fife.md
err 'a file behind the fields' <<'END2'
compact-init: 'fife.md' is a file; files stand before FIELD=VALUE
END2
mkdir -p wrong/compact
printf '# mine\n\npartnership = derbyshire\nbd=elsewhere.db\n' >wrong/compact/config
run env XDG_CONFIG_HOME="$PWD/wrong" action-track list
status 78 'a mistyped line of the config file'
err_has "wrong/compact/config:4: 'bd' is no setting; write db=, partnership=, by= or from=" 'is named'
mkdir wrong/folder wrong/folder/compact wrong/large wrong/large/compact wrong/folder/compact/config
run env XDG_CONFIG_HOME="$PWD/wrong/folder" action-track list
status 78 'a config file that cannot be read'
err_has "cannot read '" 'is told'
head -c 70000 /dev/zero | tr '\0' '#' >wrong/large/compact/config
run env XDG_CONFIG_HOME="$PWD/wrong/large" compact-init -d new.db name=New
status 78 'one that is too large'
err_has 'is larger than 65536 bytes' 'is told too'
ok 'before a store is made' test ! -e new.db

# Odd words.
new_store odd.db
run timeout 10 action-track -d odd.db list -o ''
status 64 'a format without a name'
err_has "no format ''; use one of: text csv" 'is none'
run timeout 10 action-track -d odd.db list -O plan.
status 64 'a suffix without letters'
err_has "'plan.': no format has the suffix '.'" 'is none either'
run action-track -d odd.db add title=One --by '- the clerk'
run action-track -d odd.db set A1 --where 'title=- x' title=Two
run compact-log -d odd.db -o csv
out_has ',- the clerk,' 'a value of an option may begin with a hyphen and a blank'
run action-track -d odd.db add title=Two --by "$(printf 'J\351r\nme')"
run compact-log -d odd.db -o csv
out_has ',J\xe9r\x0ame,' 'what is no text stands in the journal as its bytes'
run compact-record -d odd.db person add ref=p name=P email=p@example.org phone=1
run compact-record -d odd.db person set --where=email=p@example.org active=no
run compact-record -d odd.db person set --where email.has=p@example active=yes
run compact-record -d odd.db action set --where lead:email=p@example.org title=x
run compact-log -d odd.db -o csv
out_has "set --where 'email.has=***' active=yes" 'no address of a filter stands in it'
out_has "set '--where=email=***' active=no" 'in either form'
ok 'anywhere' sh -c '! grep -q "@example" .tap/out'
run action-track -d odd.db list --wait=1000000000 -o ref
status 0 'any number of seconds may be waited'
for store in file:odd.db :memory: 'a b$.db'; do
	run compact-init -d "$store" name=Odd ref=odd
	status 0 "a store may be called $store"
	run compact-record -d "$store" partnership list -o ref
	out 'and is found again' <<'END2'
odd
END2
done
run compact-init -d "it's here.db" name=Odd
err_has "compact-status -d 'it'\\''s here.db' " 'the next steps can be typed as they stand'
printf 'A1\0A2\n' >nul.txt
run_in action-track -d odd.db set - title=x <nul.txt
status 65 'refs with a NUL among them'
err_has 'the control character \x00 stands in standard input' 'are not cut at it'
run_in action-track -d odd.db note A1 <nul.txt
status 65 'nor is a note'
printf '# Minutes\0of more\n' >nul.md
run meeting-track -d odd.db minutes nul.md
status 65 'nor are minutes'
run terms-track -d odd.db revise 1 nul.md
status 65 'nor terms'
run compact-init -d nul.db nul.md
status 65 'nor a constitution'

# What would do nothing is refused.
run compact-log list A1
status 64 'operands of compact-log list'
run compact-log program=action-track
status 64 'a filter without its verb'
run compact-record kinds foo
status 64 'operands of kinds'
compact-init -q -d odd.db --add ref=there name=There
run compact-log -d odd.db -p there undo last
status 64 'the last change of one partnership'
err 'might be of another' <<'END2'
compact-log: one history is kept of all partnerships; leave -p out, or ask for one record's with: compact-record KIND log REF
END2
run compact-log -d odd.db -p all
status 0 '-p all is what it does'
run compact-query -d odd.db 'SELECT :a' a=1 a=2
status 64 'a value given twice'

# /dev/stdout is written on, also where it is a file that others write on.
sh -c 'echo before; compact-record -d odd.db -p here partnership list -O /dev/stdout -o ref; echo after' >both
ok '-O /dev/stdout' test "$(tr '\n' ' ' <both)" = 'before here there after '
EDITOR='truncate -s 0' run action-track -d odd.db -p here edit A1
status 0 'an editor that leaves nothing'
err 'changes nothing' <<'END2'
A1 was not changed
END2
EDITOR="sh -c 'printf \"\\\\000\" >>\"\$0\"'" run action-track -d odd.db -p here edit A1
status 65 'one that leaves a NUL'
err_has 'the control character \x00 stands in' 'is told'
finish
