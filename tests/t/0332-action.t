#!/bin/sh
# SPDX-License-Identifier: MIT
# action-track's own verbs: notes, status, what is late, the plans of years, what actions lack.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
action-track add -q D1 title=Late due=2008-05-01 leads=croberts theme=A >.tap/out
action-track add -q D2 title=Later due=2008-03-01 leads=pjessop,emb status=blocked >.tap/out
action-track add -q D3 title=Soon due=2008-06-05 >.tap/out

run action-track overdue
status 0 'overdue'
out 'worst first, with names and days' <<'END2'
ref  title  leads                                 status   due         days_overdue
D2   Later  Peter Jessop, East Midlands Business  blocked  2008-03-01            92
D1   Late   Cheryl Roberts                        open     2008-05-01            31
END2
run action-track overdue --days-late=40 -o ref
out '--days-late' <<'END2'
D2
END2
compact-record setting set -q holiday_division value=england-and-wales
action-track add -q G1 title=Spring due=2026-04-02 >.tap/out
run action-track overdue --working-days --today=2026-04-09 ref=G1 -o csv --columns=due,days_overdue,working_days_overdue
out '--working-days, over Easter' <<'END2'
due,days_overdue,working_days_overdue
2026-04-02,7,3
END2
action-track remove -q G1
# Filters on what a view works out.
days=$(action-track overdue -o csv --columns=days_overdue --sort=days_overdue --limit=1 | tail -1)
action-track overdue -o ref | sort >all
action-track overdue -o ref "days_overdue=$days" >those
action-track overdue -o ref "days_overdue!=$days" >others
ok 'a number of days, and all others' sh -c 'test -s those && sort those others | cmp - all'
run action-track overdue "days_overdue=99999,$days" -o ref
ok 'one of several' cmp those .tap/out
run action-track overdue "days_overdue.max=$days" -o ref
ok 'at most so many' cmp those .tap/out
run action-track overdue --exit-code -q
status 1 '--exit-code'
run action-track overdue --exit-code --today=2008-01-01
status 0 'nothing late'
run action-track overdue theme=A -o ref
out 'a filter' <<'END2'
D1
END2
run action-track overdue --sort=-due --columns=ref,days_overdue -o json
out 'as JSON, numbers are numbers' <<'END2'
[
  {"ref": "D1", "days_overdue": 31},
  {"ref": "D2", "days_overdue": 92}
]
END2
run action-track due -o ref
out 'due in two weeks' <<'END2'
D3
END2
run action-track due 2
out_empty 'due in two days'
run action-track due 5 --exit-code
status 1 'due --exit-code'
run action-track due x
status 64 'DAYS that are none'

run action-track note D1 Going well percent=40
status 0 'note'
err_has 'D1 percent (nothing) → 40' 'words up to the first field, which goes to the action'
run compact-record progress list action=D1 -o csv --columns=ref,noted_on,percent,text
out 'is kept with its day' <<'END2'
ref,noted_on,percent,text
D1/1,2008-06-01,40,Going well
END2
echo 'from the pipe' | action-track note -q D1
echo 'echo from the editor >"$1"' >edit.sh
run compact-record progress list action=D1 -o csv --columns=text
out_has 'from the pipe' 'a note from standard input'
run action-track note D1 x percent=200
status 65 'a note with a bad field'
run action-track note D9 x
status 67 'a note on nothing'
run action-track done D1 Sent to all
run action-track list ref=D1 -o csv --columns=status,percent,done_on
out 'done' <<'END2'
status,percent,done_on
done,100,2008-06-01
END2
run action-track done D1 --today=2008-06-09
status 0 'done again'
err 'its day stays, which is said' <<'END2'
D1 was done already, on 2008-06-01; to change the day: action-track done D1 done_on=DATE
END2
run action-track done D1 --today=2008-06-09 thanks came
err_has 'progress D1/' 'words are kept'
err_has 'D1 was done already, on 2008-06-01' 'and the day'
compact-log -q undo last
run action-track done D1 --today=2008-06-09 done_on=2008-06-02
err_has 'D1 done_on 2008-06-01 → 2008-06-02' 'a day that is given is taken'
compact-log -q undo last
run action-track -q drop D1 not ours
run action-track drop D1
err 'nor is a reason lost' <<'END2'
D1 was dropped already
END2
compact-log -q undo last
run action-track reopen D1 not quite
run action-track list ref=D1 -o csv --columns=status,percent,done_on
out 'reopened it is neither complete nor done' <<'END2'
status,percent,done_on
open,,
END2
run action-track block D3 waiting for funds
run action-track list ref=D3 -o csv --columns=status,reason
out 'block' <<'END2'
status,reason
blocked,waiting for funds
END2
run action-track drop D2 no money
run action-track list ref=D2 -o csv --columns=status,reason
out 'drop' <<'END2'
status,reason
dropped,no money
END2
run action-track overdue -o ref
out 'what is dropped is not late' <<'END2'
D1
END2

run action-track carry 2008-09
status 0 'carry'
err_has '11 unfinished actions are now in the plan of 2008-09' 'counts them'
run compact-record plan list action=A1 -o csv
out 'the plan before says so' <<'END2'
action,period,outcome,reason,ratified,ratified_at
A1,2007-08,carried,,,
A1,2008-09,,,,
END2
run action-track carry 2008-09
err 'a second time' <<'END2'
all unfinished actions are in the plan of 2008-09 already
END2
run action-track carry nonsense
status 67 'no such period'
run action-track ratify 2008-09 on=2008-06-12
status 0 'ratify'
run action-track ratify 2008-09
status 67 'twice'
err_has 'nothing in the plan of 2008-09 waits to be ratified' 'says so'

run action-track smart D3 -o csv
status 1 'smart'
out 'names what is lacking and the way to mend it' <<'END2'
severity,kind,ref,fault,remedy
warning,action,D3,does not say what will be done,action-track set D3 what='...'
warning,action,D3,has no indicator with a number,compact-record indicator add action=D3 text='...' target=NUMBER
warning,action,D3,has no lead,action-track set D3 leads=PERSON
warning,action,D3,says no aim and no priority that it serves,"action-track set D3 aims=AIM,..."
note,action,D3,has no cost,"action-track set D3 budget=AMOUNT, 0 where it costs nothing"
END2
action-track add -q E1 title=Whole what=All leads=pjessop due=2008-09-01 aims=1 budget=0 >.tap/out
compact-record lead set -q E1/1 state=accepted
compact-record indicator add -q action=E1 text=Number target=3 baseline=1 >.tap/out
action-track note -q E1 begun
run action-track smart E1
status 0 'nothing lacking'
out_empty 'nothing said'

# Leads: refs and names of persons, organisations and groups; what fits none is kept.
run action-track add F1 title=x leads='Cheryl Roberts;lsc,Steering Group,Somebody Else'
err_has "action-track: leads: 'Somebody Else' is no person, organisation or group; kept as written" 'kept with a warning'
run compact-record lead list action=F1 -o csv --columns=number,person,org,workgroup,as_written
out 'each is what it is' <<'END2'
number,person,org,workgroup,as_written
1,croberts,,,
2,,lsc,,
3,,,steering,
4,,,,Somebody Else
END2
run action-track add theme=A title=Next
out 'the next number of the theme' <<'END2'
A3
END2
action-track remove -q A3
run action-track add theme=A title=Next
out 'is never given again' <<'END2'
A4
END2
run action-track list status=open,blocked due.before=+7d due.none=no --sort=-due -o ref
out 'filters together' <<'END2'
D3
D1
END2
run action-track list title.has=LATE -o ref
out '.has folds case' <<'END2'
D1
D2
END2
run action-track list leads=croberts -o ref
out_has 'D1' 'by a lead'
run action-track set --where=status=dropped --where=due.before=2008-04-01 reason='no money at all'
err_has '1 of 1 changed' 'set --where says how many'
printf 'D1\nD3\n' >refs
run_in action-track set - budget=5 <refs
err_has '2 of 2 changed' 'refs from standard input'
run action-track set D1 budget=5
err 'nothing to change is said' <<'END2'
D1 is so already; nothing changed
END2
run action-track overdue -o csv --columns=nosuch
status 64 'a column that is none'
run compact-status -o csv
status 0 'compact-status'
out_has 'what,ref,title,day,days,command' 'has its columns'
out_has 'action overdue,D1,Late,2008-05-01,-31,action-track note D1' 'and what is late'
run compact-status --exit-code
status 1 'compact-status --exit-code'
# What is decided by hand was decided today, unless a day is given; what is loaded keeps its gaps.
run action-track set D3 status=done --today=2008-06-03
err_has 'done_on (nothing) → 2008-06-03' 'status=done gets its day'
run compact-log undo last
err_has 'undone: ' 'undo says what'
err_has 'D3 status' 'it took back'
run action-track set D3 status=done done_on=2008-05-30
err_has 'done_on (nothing) → 2008-05-30' 'or the day that is given'
printf 'ref,title,status\nDL,Long ago,done\n' >done.csv
run action-track load done.csv
run action-track list ref=DL -o csv --columns=ref,done_on
out_has 'DL,' 'a loaded action'
ok 'has no day that nobody gave' sh -c "! grep -q 'DL,2' .tap/out"
run action-track set D1 leads='Cheryl Robert'
err_has "'Cheryl Robert' is no person, organisation or group; kept as written; did you mean croberts (Cheryl Roberts)" 'a mistyped lead'
run action-track add DN title='Nobody leads this' due=2008-05-01
run action-track chase -n --from=a@example.org --today=2008-06-03
status 1 'chase: nobody to remind'
err_has 'DN: has no lead to remind; give it one with: action-track set DN leads=PERSON' 'is said'
run action-track due 400 --today=2007-12-01 -o csv --columns=due
ok 'due: the earliest first' sh -c 'sed 1d .tap/out | sort -c'
# ---------- refs of actions without a theme ----------

compact-init -q -d themed.db ref=here name=Here established=2020-04-01
run action-track -q -d themed.db add title='Before there are themes'
out 'without themes the letter of the kind' <<'END'
A1
END
compact-record -q -d themed.db theme add A name=Recruitment >/dev/null
run action-track -q -d themed.db add title='Nobody knows the theme yet'
out 'no ref that reads like one of theme A' <<'END'
AC1
END
compact-record -q -d themed.db theme add AC name=Access >/dev/null
run action-track -q -d themed.db add title='Nor here'
out 'nor of theme AC' <<'END'
ACT1
END
run action-track -q -d themed.db add title='Of the theme' theme=A
out 'its theme says where an action stands' <<'END'
A2
END

# .has of leads looks into refs, names and what was kept as written.
compact-init -q -d leads.db --sample=derbyshire
run action-track -d leads.db list leads.has='hewlett-d' -o ref
out 'a part of a name' <<'END2'
A1
A2
END2
run action-track -d leads.db list leads.has='NAMED LEAD' -o ref
out 'a part of what is written' <<'END2'
B5
C1
END2
run action-track -d leads.db list leads.min=croberts
status 64 'leads have no order'

# ---------- refs from standard input ----------

run_in action-track -d leads.db set - points=2 <<'END2'
A1
A2
END2
status 0 'refs of another list'
run_in action-track -d leads.db set -n - points=3 </dev/null
status 0 'a list that is empty'
err_has 'no ref on standard input; nothing changed' 'is said, not taken for a mistake'
run action-track -d leads.db set points=3
status 64 'but no ref at all is one'

# ---------- the morning in words ----------

compact-record -q -d leads.db issue_log add R9 kind=risk title='Nobody comes' due=2027-01-02 >/dev/null
compact-record -q -d leads.db workgroup set steering finish_by=2027-01-03
run compact-status -d leads.db --today=2027-01-01
out_has 'risk due' 'an issue is what it is'
out_has 'group to finish' 'a group is a group'
out_lacks 'issue_log due' 'and not the word of the store'
out_has 'compact-record issue_log show R9' 'which the command has'
compact-init -q -d tayside.db --sample=tayside 2>/dev/null
run compact-check -d tayside.db --today=2026-12-09
out_has 'was to report by 2026-12-08, 1 day ago' 'a day is no days'


# Handing over to somebody who had declined: they are asked anew, and the action is not left without a lead.
action-track add -q H1 title=Handed leads=croberts,pjessop >.tap/out
compact-record lead set -q H1/1 state=accepted
compact-record lead set -q H1/2 state=declined
compact-record person replace -q croberts pjessop
run compact-record lead list action=H1 -o csv --columns=number,person,state,decided
out 'who declined is asked anew' <<'END2'
number,person,state,decided
2,pjessop,proposed,
END2
finish
