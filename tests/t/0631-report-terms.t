#!/bin/sh
# SPDX-License-Identifier: MIT
# Adopted terms: what is printed is what was adopted, and amendments can be read.
. tests/t/lib.sh

COMPACT_DB=$work/d.db
export COMPACT_DB
compact-init -q --sample=derbyshire 2>/dev/null || exit 1
run report-gen terms version=2007
out_has 'Adopted on a day that is not written down.' 'adopted, nobody knows when'

run report-gen terms version=2008 from=2007
out_has '</del> <ins>Draft 31 May 2008.</ins>' 'what came and what went do not run together'
out_has '<del>Everyone employed by a public sector organisation in Derbyshire may become a member.' \
	'a paragraph written anew is struck out whole'
out_has '<ins>The Compact is made up of member organisations. What they commit themselves to is set out in' \
	'and stands whole beside it'

# The sample's first terms were adopted before anybody kept their text.
run report-gen terms from=2007
out_has '# <ins>Terms of reference 2008</ins>' 'compared with an older one: the other by itself'
out_has 'The text of 2007 was not kept when it was adopted: its sections are compared as they stand in the records, its purpose and aims as they are today.' \
	'what is not known of it is said'
for f in text html odt pdf; do
	run report-gen -o $f terms from=2007
	status 0 "amendments as $f"
done
run report-gen terms version=2007
out_lacks 'was not kept' 'not where nothing is compared'
run report-gen terms version=2007 from=2007
status 64 'a version beside itself'
err_has "from: '2007' would be compared with itself; name another one with version=" 'is refused'

terms-track -q adopt 2008 on=2008-06-12 2>/dev/null || exit 1
report-gen terms version=2008 >adopted.md
ok 'nothing was changed yet' sh -c '! grep -q "text as adopted" adopted.md'
ok 'nor found by compact-check' sh -c '! compact-check section terms aim | grep -q "was changed\|as in the terms\|removed"'
compact-record section set 2008/1 body='changed after adoption' 2>/dev/null >&2
compact-record aim set 2.1 text='Better things' 2>/dev/null >&2
frozen()
{
	report-gen terms version=2008 | sed '/^This is the text as adopted\./,+1d' >now.md
	diff adopted.md now.md
}
ok 'the terms are printed as they were adopted' frozen
run report-gen terms version=2008
out_has 'changed in the records since (aims, sections)' 'saying what was changed since'
run compact-check section aim
out_has 'was changed since version 2008 was adopted' 'compact-check names the section'
out_has 'is not as in the terms 2008 that are in force' 'and the aim'
agree()
{
	terms-track compare 2007 2008 >changes.diff
	! grep -q 'changed after adoption' changes.diff now.md && grep -q 'active by member organisations' now.md
}
ok 'terms-track compare and the report say the same' agree
run report-gen -o html docset version=2008
out_lacks 'changed after adoption' 'the documents have the adopted text'
out_has 'id="aim-2.1"' 'and the aims of today, which the priorities cite'
compact-log undo last 2>/dev/null >&2
compact-record section set 2008/1 body="$(compact-query "SELECT body FROM section WHERE terms = '2008' AND number = 2" -o json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["body"])')" 2>/dev/null >&2
run compact-check section
out_has '2008/1' 'the text of another section is a change too'

# Sections that were taken out or added.
compact-init -q -d s.db ref=here name=Here purpose='Good things' 2>/dev/null
COMPACT_DB=$work/s.db
printf '# Terms\n\n## Purpose\n\nGood things\n\n## Aims\n\n1. First\n2. Second\n\n## One\n\nText one.\n\n## Two\n\nText two.\n' >t.md
compact-record aim add ref=1 number=1 text=First 2>/dev/null >&2
terms-track revise 1 t.md 2>/dev/null >&2
terms-track adopt 1 2>/dev/null >&2
run compact-check section terms partnership aim
out_lacks 'adopted, whose' 'terms from a file are as adopted'
for n in 1 2; do
	compact-record section remove 1/$n 2>/dev/null >&2
	run compact-check terms
	out_has 'had sections removed or moved' "without section $n they are not"
	run report-gen terms version=1
	out_has "Text $(test $n = 1 && echo one || echo two)." 'its text is printed still'
	compact-log undo last 2>/dev/null >&2
done
run compact-check terms
out_lacks 'had sections removed' 'put back, all is well'
compact-record section add terms=1 heading=Three body=New 2>/dev/null >&2
run compact-check section
out_has '1/3' 'an added section is found'
run report-gen terms version=1
out_lacks 'Three' 'and is no part of the terms'
compact-record partnership set here purpose='Other things' 2>/dev/null >&2
run compact-check partnership
run compact-check
out_has 'is not as in the terms 1 that are in force' 'so is another purpose'
# Troff knows but one colour before: what is set within a heading must not colour the rest.
run report-gen -d d.db -o ms terms version=2008 from=2007
sed '1,/^\.LP/d' .tap/out | grep -v '^\.ds' >body.ms
ok 'each colour is set, none taken back' sh -c '[ -s body.ms ] && ! grep -qF "\\m[]" body.ms'
ok 'what is new is bold on paper' grep -qF '\m[added]\fB' .tap/out
out_has 'Against the terms of 2007' 'and what the marks mean is said'
finish
