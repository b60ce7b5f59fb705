#!/bin/sh
# SPDX-License-Identifier: MIT
# meeting-track: invitations as calendars take them, and minutes out of Markdown.
. tests/t/lib.sh
new_store
export COMPACT_TODAY=2008-11-24
cat >plan.yaml <<'END'
person:
  - {ref: ann, name: 'Ann "Nan" Lee', given: Ann, email: ann@example.org}
  - {ref: bob, name: Боб Ж, email: bob@example.org}
  - {ref: cy, name: "Cy Müller, Jr", email: cy@example.org}
  - {ref: gone, name: Gone Away, email: gone@example.org, active: no}
  - {ref: old, name: Old Member, email: old@example.org}
  - {ref: sorry, name: Sorry Not, email: sorry@example.org}
  - {ref: guest, name: A Guest, email: guest@example.org}
workgroup:
  - {ref: steering, name: Steering Group, kind: steering, status: active, seat: [{person: ann, role: chair}, {person: bob}, {person: cy, role: deputy}, {person: gone}, {person: old, ends: 2008-12-01}, {person: sorry}]}
meeting:
  - {ref: M1, workgroup: steering, title: "Steering; winter", starts: 2008-12-18 10:00, ends: 2008-12-18 12:00, venue: "County Hall, Room 3", agenda: "1. Plan\n2. Money", apologies: [sorry]}
  - {ref: M2, title: Fair, starts: 2009-06-04, ends: 2009-06-05}
action:
  - {ref: A1, title: Print it, leads: [ann], due: 2009-01-01}
END
run compact-load -q plan.yaml
status 0 'loaded'
invite()
{
	meeting-track invite --from='Fac Il <fac@example.org>' "$@"
}
# What a mail program makes of the messages: one line each.
cat >read.py <<'END'
import email, email.policy, mailbox, sys
def show(m):
    text, cal = list(m.iter_parts())
    assert text.get_content_type() == "text/plain" and cal.get_content_type() == "text/calendar"
    assert m.get_content_type() == "multipart/alternative" and not m.defects
    body = cal.get_content().replace("\r\n", "\n").replace("\n ", "")
    lines = body.split("\n")
    field = lambda name: next((l for l in lines if l.startswith(name)), "")
    assert "METHOD:" + cal.get_param("method") in lines
    to = m["To"].addresses[0]
    print(cal.get_param("method"), to.addr_spec, to.display_name, m["Subject"], field("ATTENDEE"), field("ORGANIZER"),
          field("DTSTART;"), field("STATUS"), body.count("ATTENDEE"), m["X-Unsent"] or "-", sep="|")
if sys.argv[1] == "mbox":
    box = mailbox.mbox(sys.argv[2], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default))
    for m in box: show(m)
else:
    for name in sorted(sys.argv[1:]):
        with open(name, "rb") as f:
            data = f.read()
        assert data.count(b"\n") == data.count(b"\r\n")
        show(email.message_from_bytes(data, policy=email.policy.default))
END
run invite M1
status 0 'invitations'
ok 'read' sh -c 'python3 read.py mbox .tap/out >got'
cat >meant <<'END'
REQUEST|ann@example.org|Ann "Nan" Lee|Steering; winter, Thursday 18 December 2008, 10:00 to 12:00|ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Ann 'Nan' Lee":mailto:ann@example.org|ORGANIZER;CN="Fac Il":mailto:fac@example.org|DTSTART;TZID=Europe/London:20081218T100000|STATUS:CONFIRMED|1|-
REQUEST|cy@example.org|Cy Müller, Jr|Steering; winter, Thursday 18 December 2008, 10:00 to 12:00|ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Cy Müller, Jr":mailto:cy@example.org|ORGANIZER;CN="Fac Il":mailto:fac@example.org|DTSTART;TZID=Europe/London:20081218T100000|STATUS:CONFIRMED|1|-
REQUEST|bob@example.org|Боб Ж|Steering; winter, Thursday 18 December 2008, 10:00 to 12:00|ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Боб Ж":mailto:bob@example.org|ORGANIZER;CN="Fac Il":mailto:fac@example.org|DTSTART;TZID=Europe/London:20081218T100000|STATUS:CONFIRMED|1|-
END
ok 'each to one, who left or sent apologies to none' diff meant got
out_has '2. Money' 'with the agenda'
cp .tap/out first
run invite M1
ok 'twice the same' cmp -s first .tap/out
run invite M1 -o ics
status 0 'the invitation alone'
ok 'with everybody in it' test "$(tr -d '\r' <.tap/out | grep -c '^ATTENDEE')" -eq 3
out_has 'METHOD:REQUEST' 'asks'
out_has 'TZID:Europe/London' 'by the UK clock'
out_lacks 'VALARM' 'alarms are theirs to set'
uid=$(grep '^UID' .tap/out)
sequence=$(grep '^SEQUENCE' .tap/out | tr -dc 0-9)
run meeting-track list ref=M1 -o ics
out_has "$(echo "$uid" | tr -d '\r')" 'the same entry as in the calendar'
out_has 'METHOD:PUBLISH' 'which asks nobody'
out_lacks 'ATTENDEE' 'and names nobody'
meeting-track set -q M1 starts='2008-12-18 11:00'
run invite M1 -o ics
ok 'a change keeps the id' test "$(grep '^UID' .tap/out)" = "$uid"
ok 'and raises the sequence' test "$(grep '^SEQUENCE' .tap/out | tr -dc 0-9)" -gt "$sequence"
run invite M2 'A Guest'
status 0 'somebody named'
out_has 'Thursday 4 June 2009 to Friday 5 June 2009' 'days without a time'
run invite M2
status 65 'nobody'
err_has 'M2 has nobody to invite; give it a workgroup with seats' 'what to do'
compact-record person set -q guest email=
run invite M2 guest
status 1 'no address'
err_has "'A Guest' has no address" 'is told'
run invite M2 nobody
status 67 'no such person'
run invite nowhere
status 67 'no such meeting'
run meeting-track invite M1
status 64 'no sender'
run invite
status 64 'no meeting'
meeting-track set -q M1 status=cancelled reason='snow on the hills'
run invite M1 --drafts=drafts
status 0 'called off'
ok 'to those too who had sent apologies' test "$(ls drafts | wc -l)" -eq 4
ok 'read' sh -c 'python3 read.py drafts/* >got'
ok 'as cancelled drafts' test "$(grep -c '^CANCEL|.*|Cancelled: Steering.*RSVP=FALSE.*|STATUS:CANCELLED|1|1$' got)" -eq 4
ok 'with the reason' sh -c 'grep -q "snow on the hills" drafts/*'
run invite M1 -n --mail --mailer=./none
status 0 'a dry run needs no mailer'
printf '#!/bin/sh\ncat >>sent\necho >>sent\n' >mailer
chmod +x mailer
run invite M1 --mail --mailer=./mailer
status 0 'by mail'
ok 'all of them' test "$(grep -c '^To: ' sent)" -eq 4
err_has 'Боб Ж: told that it is off: M1' 'said'
mkdir -p .local/share/compact
printf 'Subject: {{nonsense}}\n\nx\n' >.local/share/compact/invite.md
run invite M1
status 78 'a template of your own'
err_has 'invite.md:1: no value' 'with its line'
rm .local/share/compact/invite.md
compact-query 'SELECT 1' >/dev/null
ok 'nothing was written down' test "$(compact-log -o csv | grep -c invite)" -eq 0
meeting-track set -q M1 status=planned reason=

# ---------- minutes ----------
cat >min.md <<'END'
# Steering group

**Date:** Thursday 18 December 2008, 10:00 to 12:15
Venue: Shire Hall

## 1. Present
- Ann "Nan" Lee (Chair)
- Cy Müller, Jr (for Боб Ж)
- Old Member, Derbyshire CC

## 2. Apologies for absence
Боб Ж and Sorry Not

## 3. The survey
Eleven had answered.

### Newsletter
It is late.

## Decisions
1. Print the newsletter in black
   and white.

## Actions
- Write to members (Боб Ж, by 12 January 2009)
- Think about it (see appendix)
- Go on as before (agreed by all)
- A1: printers instructed
- Draft the charter — Ann "Nan" Lee and Steering Group, by end Jan
END
run meeting-track minutes min.md
status 0 'minutes'
run meeting-track list ref=M1 -o csv --columns=ref,status,starts,ends,venue,present,apologies
out 'the meeting of that day was held' <<'END'
ref,status,starts,ends,venue,present,apologies
M1,held,2008-12-18T10:00:00Z,2008-12-18T12:15:00Z,Shire Hall,ann;cy;old,bob;sorry
END
run compact-record attendance list deputising_for=bob -o ref
out 'a deputy' <<'END'
M1/cy
END
run compact-record issue_log list -o csv --columns=kind,title,status,raised_at,decision,decided
out 'decided' <<'END'
kind,title,status,raised_at,decision,decided
decision,Print the newsletter in black and white,accepted,M1,agreed,2008-12-18
END
run action-track list raised_at=M1 -o csv --columns=title,leads,due,raised
out 'to be done' <<'END'
title,leads,due,raised
Write to members,bob,2009-01-12,2008-12-18
Think about it (see appendix),,,2008-12-18
Go on as before (agreed by all),,,2008-12-18
Draft the charter,ann;steering,2009-01-31,2008-12-18
END
run compact-record progress list -o csv --columns=action,noted_on,text
out 'a note on what there was' <<'END'
action,noted_on,text
A1,2008-12-18,printers instructed
END
run report-gen minutes meeting=M1
out_has '### 3. The survey' 'what was said stands under its headings'
out_has 'Draft the charter' 'the report'
run meeting-track minutes min.md
status 0 'taken again'
err_has 'M1 has all of this already; nothing changed' 'nothing changes, and that is said'
sed -i 's/12 January/13 January/; s/black$/colour/; s/   and white//' min.md
run meeting-track minutes min.md
ok 'corrected' test "$(action-track list raised_at=M1 -o csv --columns=due | sed -n 2p)" = 2009-01-13
ok 'nothing is doubled' test "$(action-track list raised_at=M1 -o ref | wc -l)" -eq 4

bad()
{
	where=$1
	name=$2
	shift 2
	printf '%s\n' "$@" >bad.md
	run meeting-track minutes bad.md
	err_has "meeting-track: bad.md:$where" "$name"
	ok 'nothing is taken' test "$(compact-log -o csv | wc -l)" -eq "$changes"
}
changes=$(compact-log -o csv | wc -l)
bad '5: no person '"'Nan Lee'" 'a person that is not there' '# X' 'Date: 1 May 2009' '' '## Present' '- Nan Lee'
bad "2: '31 February 2009' is no day of the calendar" 'a day that is none' '# X' 'Date: 31 February 2009' '' '## Present'
bad "1: does not say when the meeting was; add a line 'Date: …' under the title" 'no day' '# X' '' '## Present'
bad "3: 'Venu' is nothing a meeting has" 'a field that is none' '# X' 'Date: 1 May 2009' 'Venu: here'
bad "3: 'We met' is no 'Date: …'" 'text above the sections' '# X' 'Date: 1 May 2009' 'We met'
bad "6: due: " 'a due day that is none' '# X' 'Date: 1 May 2009' '## Actions' '- Fine (Ann "Nan" Lee, by 2 May 2009)' '' '- Not (ann, by Whitsun)'
bad "4: due: " 'a day without its year' '# X' 'Date: 1 May 2009' '## Actions' '- Not (by 12 December)'
bad '4: the table has no column Action' 'a table without actions' '# X' 'Date: 1 May 2009' '## Actions' '| Who | When |' '|---|---|' '| ann | 1 May |'
run meeting-track minutes nowhere.md
status 66 'no file'
run meeting-track minutes
status 64 'no operand'
cat >table.md <<'END'
# Sub-group
- When: 3 June 2009
- Time: 14:00 - 15:30

## Attendance
ann, bob
## Apologies
None

## Action points
| No | Action | By whom | By when |
|----|--------|---------|---------|
| A1 | Printed | Ann | |
|  | Find **a room** | ann | 1 July 2009 |
|  | Fetch the keys |  |  |
END
run meeting-track minutes sub1 table.md
status 0 'a table of actions, a new meeting by name'
run meeting-track list ref=sub1 -o csv --columns=title,starts,ends,present,apologies
out 'the new meeting' <<'END'
title,starts,ends,present,apologies
Sub-group,2009-06-03T13:00:00Z,2009-06-03T14:30:00Z,ann;bob,
END
run action-track list raised_at=sub1 -o csv --columns=title,leads,due
out 'its actions' <<'END'
title,leads,due
Find a room,ann,2009-07-01
Fetch the keys,,
END
compact-init -q --sample=derbyshire -d derby.db
run meeting-track -d derby.db minutes "$top/share/examples/minutes.md"
status 0 'the example'
run meeting-track -d derby.db list status=held ref=2008-11-20 -o csv --columns=ref,present,apologies
out_has '2008-11-20,croberts;pjessop,jhewlettdavies' 'who was there'
# "By Friday" was said at the meeting, whenever the minutes are typed.
cat >late.md <<'END'
# Late minutes

Date: 3 June 2009 14:00

## Actions

- Book the hall (ann, by fri)
- Count the chairs (ann, by +14d)
END
run meeting-track minutes late1 late.md --today=2010-01-13
status 0 'minutes typed later'
run action-track list raised_at=late1 -o csv --columns=title,due --sort=due
out 'days from the meeting on' <<'END'
title,due
Book the hall,2009-06-05
Count the chairs,2009-06-17
END
finish
