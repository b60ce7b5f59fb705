#!/bin/sh
# SPDX-License-Identifier: MIT
# compact-init, terms-track and priority-add: from a terms of reference in Markdown to the priorities of a year.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
cat >terms.md <<'END2'
# Terms of Reference: New Compact

# Purpose
To do things together.

# Aims
1. First aim
2. Second aim
   1. Sub one
   2. Sub two
3. Third, which goes
   on over a line

# Membership
All *members*.

## Under it
More.

Role
====
The role.
END2
run compact-init terms.md
status 0 'a partnership out of its terms of reference'
err 'says what comes next' <<'END2'
compact.db is ready. Next:
  compact-status                          what needs you today
  compact-record aim add text=…           an aim; compact-record aim list shows them
  priority-add title=… aims=…             a priority of this year
  action-track add title=… leads=… due=…  the first action
  man 7 compact                           the introduction
END2
run compact-record partnership list -o csv --columns=ref,name,purpose
out 'name and purpose' <<'END2'
ref,name,purpose
new,New Compact,To do things together.
END2
run compact-record aim list -o csv --columns=number,parent,text
out 'aims with their numbers' <<'END2'
number,parent,text
1,,First aim
2,,Second aim
2.1,2,Sub one
2.2,2,Sub two
3,,"Third, which goes on over a line"
END2
run compact-record section list -o csv --columns=ref,heading
out 'first-level headings are sections' <<'END2'
ref,heading
2008/1,Membership
2008/2,Role
END2
run terms-track list -o csv --columns=ref,status,drafted
out 'a draft of the year' <<'END2'
ref,status,drafted
2008,draft,2008-06-01
END2

# The same with fields, from fields alone, and a second partnership.
run compact-init -q -d fields.db terms.md ref=other name='Other Name'
run compact-record partnership list -d fields.db -o csv --columns=ref,name
out 'fields correct the document' <<'END2'
ref,name
other,Other Name
END2
run compact-init -q -d third.db name='The Kent Partnership'
run compact-record partnership list -d third.db -o ref
out 'a ref from the name' <<'END2'
kent
END2
run compact-init -q -d third.db --add name='Angus Compact'
run compact-record partnership list -d third.db -o ref
out '--add' <<'END2'
angus
kent
END2
run compact-init -n -d dry.db name=X
status 0 'a dry run'
ok 'makes nothing' test ! -e dry.db
err_lacks 'is ready' 'and says nothing is ready'
run compact-init -d x.db name=X kind=nonsense
status 65 'a bad field'
ok 'leaves no file' test "$(echo x.db*)" = 'x.db*'

# Drafts, adoption, comparison.
sed 's/The role\./The new role./' terms.md >next.md
run terms-track adopt 2008 on=2008-06-12
status 0 'adopt'
err_has '2008 status draft → adopted' 'sets the status'
err_has '2008 review_due (nothing) → 2009-06-12' 'and the review a year on'
run terms-track adopt 2008
status 65 'twice'
err 'is refused' <<'END2'
terms-track: 2008 is adopted already; only a draft is adopted
END2
run terms-track set 2008 document=other
status 65 'the text is frozen'
err_has "is frozen since these terms were adopted; make the change in a new version" 'and says so'
run terms-track revise 2009 next.md
status 0 'revise'
err_has 'purpose and aims are kept once for all versions and were left as they are' 'leaves aims alone, and says so'
run terms-track revise 2009 next.md
status 65 'a version that is there'
err 'and how to go on' <<'END2'
terms-track: a draft 2009 is there; change that with edit, or remove it with its sections first: terms-track remove --children 2009
END2
printf 'All may join.\n' >plain.md
run terms-track revise 2010 plain.md
status 65 'a text without a heading'
err_has "each section of Markdown with '# ' and its heading" 'is told what is wanted'
run terms-track revise 2008 next.md
err 'or not, where it was adopted' <<'END2'
terms-track: 2008 is adopted and stays as it is; give another version
END2
terms-track show 2008 | sed 's/heading: Membership/heading: Members/' >again.yaml
run terms-track revise 2008b again.yaml
status 0 'what show prints can be revised'
run terms-track compare 2008 2008b
out_has '+## Members' 'and differs where it was changed'
run terms-track list ref=2008b -o csv --columns=status,drafted,adopted,review_due
out 'a draft of today' <<'END2'
status,drafted,adopted,review_due
draft,2008-06-01,,
END2
printf 'aim:\n- ref: x\n' >other.yaml
run terms-track revise 2012 other.yaml
status 65 'a document of other records'
err_has "other.yaml:1: 'aim' is no part of a version; load a document of other records with compact-load" 'is none'
terms-track remove -q --children 2008b
run terms-track compare 2008 2009
status 1 'compare'
out 'is a diff' <<'END2'
--- terms/2008
+++ terms/2009
@@ -21,4 +21,4 @@
 
 ## Role
 
-The role.
+The new role.
END2
seq -f 'Line %g.' 30 | sed '1i# Lines\n' >lines.md
sed 's/Line 5\./Line five./; s/Line 20\./Line twenty./' lines.md >changed.md
terms-track revise -q l1 lines.md
terms-track revise -q l2 changed.md
run terms-track compare l1 l2
grep -v '^[-+@]' .tap/out >around
ok 'with three lines before and behind each' sh -c 'seq -f " Line %g." 30 | sed -n "2,4p; 6,8p; 17,19p; 21,23p" | cmp - around'
terms-track remove -q --children l1 l2
run terms-track compare 2008 2008
status 0 'no difference'
out_empty 'prints nothing'
run terms-track adopt 2009 on=nonsense
status 65 'a bad date'
run terms-track adopt 2009 on='1 May 2009'
err_has '2008 status adopted → superseded' 'the version before is superseded'
echo 'no headings' >plain.md
run terms-track revise 2010 plain.md
ok 'a text without headings is refused' test "$got" -ge 64
: >nul.md
run terms-track revise 2010 nowhere.md
status 66 'no file'

# Priorities.
run priority-add title='Skills Pledge' aims=1,2.1
status 0 'a priority'
out 'in the current period' <<'END2'
2008-09/1
END2
run priority-add title='No aim'
status 65 'serves at least one aim'
err 'or is refused' <<'END2'
priority-add: aims: 2008-09/2: a priority serves at least one aim; give aims=REF, or status=suggested while that is open
END2
run priority-add title='No aim yet' status=suggested
status 0 'but a suggestion need not'
run priority-add 7 title=Seven aims=3
out 'a number of its own' <<'END2'
2008-09/7
END2
run priority-add 2009-10/4 title=Next aims=3
out 'a period of its own' <<'END2'
2009-10/4
END2
run priority-add title=Three aims=3
err_lacks 'max_priorities' 'three are not too many'
run priority-add title=Four aims=3
status 0 'a fourth'
err_has 'priority-add: 2008-09 now has 4 priorities, more than the 3 of max_priorities; few are kept in mind' 'is warned of'
run priority-add --adopted=2008-05-01 title=Five aims=3 status=met
status 64 'two statuses'
run compact-record priority set 2008-09/1 status=adopted
run priority-add title=Late aims=1
status 65 'a settled period'
err 'is said to be' <<'END2'
priority-add: 2008-09 is settled; add period=2009-10
END2
run priority-add title=Late aims=1 period=2008-09
status 0 'unless it is named'
run priority-add --adopted=2009-04-02 title=Adopted aims=1 period=2009-10
status 0 '--adopted'
run compact-record priority list title=Adopted -o csv --columns=status,decided
out 'marks it' <<'END2'
status,decided
adopted,2009-04-02
END2
run priority-add --carry=2008-09/1 period=2008-09
status 65 'what is carried goes to another period'
err_has '2008-09/1 is of 2008-09 already; say where to it is carried, with period=' 'which has to be said'
run priority-add title=x aims=3 period=2009
status 67 'a year that is none'
err_has "no period '2009'; " 'is told'
printf 'title,aims\nx,3\n' >file.csv
run priority-add file.csv period=2009-10
status 64 'a file and fields'
err "exclude each other" <<'END'
priority-add: 'file.csv' is a file, whose rows say their fields themselves; give 'period=2009-10' a column of its own
END
run compact-record priority list ref=2008-09/1,2010-11/9,2009-10/4 -o ref
out 'the address as a filter' <<'END'
2008-09/1
2009-10/4
END
run compact-record priority list 'ref!=2008-09/1' ref!=2009-10/4 period=2008-09 --limit=1 -o ref
out 'or all but some' <<'END'
2008-09/2
END
run compact-record priority list ref=1 -o ref
out "this year's by its number alone" <<'END'
2008-09/1
END
run compact-record seat list ref=steering -o ref
status 65 'half of an address'
err_has "ref: 'steering' is no seat; write it as workgroup/number" 'says what is missing'
run priority-add --carry=2008-09/1 period=2010-11
run compact-record priority list period=2010-11 -o csv --columns=ref,title,carried_from,aims
out '--carry' <<'END2'
ref,title,carried_from,aims
2010-11/1,Skills Pledge,2008-09/1,1;2.1
END2
run priority-add period=2011 title=x aims=1
status 67 'a period that is none'
printf 'title,aims\nFrom a file,"1 and 3"\n' >p.csv
run priority-add p.csv
status 65 'a file for a settled period'
err_has 'priority-add: 2008-09 is settled; add period=2009-10' 'says so'
run priority-add --today=2012-05-01 p.csv
status 0 'a file for the current period'
out 'prints its refs' <<'END2'
2012-13/1
END2
run_in priority-add --today=2012-05-01 --adopted=2012-05-01 <<'END2'
title,aims
From a pipe,2.2
END2
out 'standard input too' <<'END2'
2012-13/2
END2
run compact-record priority list period=2012-13 number=2 -o csv --columns=status,aims
out 'adopted' <<'END2'
status,aims
adopted,2.2
END2
run priority-add --carry=1 p.csv
status 64 '--carry is for one'
# ---------- handing over a seat ----------

compact-init -q -d seats.db ref=here name=Here established=2020-04-01
cat >seats.yaml <<'END'
person:
  - {ref: ann, name: Ann Old}
  - {ref: bob, name: Bob New}
  - {ref: cat, name: Cat Other}
workgroup:
  - {ref: chair-by-member, name: One, seat: [{number: 1, person: ann, role: chair, starts: 2024-01-01}, {number: 2, person: bob, starts: 2024-01-01}]}
  - {ref: member-by-chair, name: Two, seat: [{number: 1, person: ann, starts: 2024-01-01}, {number: 2, person: bob, role: chair, starts: 2024-01-01}]}
  - {ref: by-own-deputy, name: Three, seat: [{number: 1, person: ann, starts: 2024-01-01}, {number: 2, person: bob, role: deputy, deputy_for: ann, starts: 2024-01-01}]}
  - {ref: by-others-deputy, name: Four, seat: [{number: 1, person: ann, starts: 2024-01-01}, {number: 2, person: bob, role: deputy, deputy_for: cat, starts: 2024-01-01}]}
  - {ref: two-offices, name: Five, seat: [{number: 1, person: ann, role: chair, starts: 2024-01-01}, {number: 2, person: bob, role: champion, starts: 2024-01-01}]}
  - {ref: alone, name: Six, seat: [{number: 1, person: ann, basis: part-time, starts: 2024-01-01, ends: 2027-06-30}, {number: 2, person: cat, role: deputy, deputy_for: ann}]}
  - {ref: left-before, name: Seven, seat: [{number: 1, person: ann, starts: 2024-01-01}, {number: 2, person: bob, starts: 2020-01-01, ends: 2021-01-01}]}
  - {ref: just-begun, name: Eight, seat: [{number: 1, person: ann, role: chair, starts: 2024-01-01}, {number: 2, person: bob, starts: 2026-11-01}]}
END
compact-load -q -d seats.db seats.yaml
run compact-record -d seats.db person replace ann bob --on=2026-11-01
status 0 'one person takes the place of another'
run compact-record -d seats.db seat list -o csv --columns=ref,person,role,basis,deputy_for,starts,ends
out 'nobody gets a second seat for the same thing' <<'END'
ref,person,role,basis,deputy_for,starts,ends
alone/1,ann,member,part-time,,2024-01-01,2026-10-31
alone/2,cat,deputy,,bob,,
alone/3,bob,member,part-time,,2026-11-01,2027-06-30
by-others-deputy/1,ann,member,,,2024-01-01,2026-10-31
by-others-deputy/2,bob,deputy,,cat,2024-01-01,
by-others-deputy/3,bob,member,,,2026-11-01,
by-own-deputy/1,ann,member,,,2024-01-01,2026-10-31
by-own-deputy/2,bob,deputy,,ann,2024-01-01,2026-10-31
by-own-deputy/3,bob,member,,,2026-11-01,
chair-by-member/1,ann,chair,,,2024-01-01,2026-10-31
chair-by-member/2,bob,member,,,2024-01-01,2026-10-31
chair-by-member/3,bob,chair,,,2026-11-01,
just-begun/1,ann,chair,,,2024-01-01,2026-10-31
just-begun/2,bob,chair,,,2026-11-01,
left-before/1,ann,member,,,2024-01-01,2026-10-31
left-before/2,bob,member,,,2020-01-01,2021-01-01
left-before/3,bob,member,,,2026-11-01,
member-by-chair/1,ann,member,,,2024-01-01,2026-10-31
member-by-chair/2,bob,chair,,,2024-01-01,
two-offices/1,ann,chair,,,2024-01-01,2026-10-31
two-offices/2,bob,champion,,,2024-01-01,
two-offices/3,bob,chair,,,2026-11-01,
END
run compact-record -d seats.db workgroup set alone formed='Feb 2007'
err 'where a day is wanted a month is told by both its ends' <<'END'
compact-record: formed: 'Feb 2007' is a whole month; give its first day, 2007-02-01, or its last, 2007-02-28
END


# A line of an aim that begins with a number goes on with it.
printf '# Purpose\n\nx\n\n# Aims\n\n1. Raise participation by\n   2010 across the county\n2) Two\n   2.1 Below it\n' >wrapped.md
run compact-init -q -d wrapped.db wrapped.md
run compact-record -d wrapped.db aim list -o csv --columns=ref,text
out 'a year at the start of a line is no aim' <<'END2'
ref,text
1,Raise participation by 2010 across the county
2,Two
2.1,Below it
END2
finish
