#!/bin/sh
# SPDX-License-Identifier: MIT
# action-track chase: who is written to, what they read, where it goes, and what is written down.
. tests/t/lib.sh
new_store
export COMPACT_TODAY=2008-12-01
chase()
{
	action-track chase --from=you@example.org "$@"
}
read_mail()
{
	python3 "$top/tests/tools/read-mail.py" "$@" >.tap/mail
}
mail_says()
{
	python3 -c 'import json,sys
mail = [json.loads(l) for l in open(".tap/mail")]
assert eval(sys.argv[1]), json.dumps(mail, ensure_ascii=False, indent=1)' "$1"
}

run chase
status 0 'nothing to do'
out_empty 'nothing to do: no output'
err_empty 'nothing to do: no errors'

cat >plan.yaml <<'END'
person:
  - {ref: ann, name: "Ann \"Nan\" Lee, Jr", given: Ann, email: ann@example.org}
  - {ref: bob, name: Боб Ж, email: bob@example.org}
  - {ref: evil, name: "=?utf-8?q?x?= <all@example.org>, y", email: evil@example.org}
  - {ref: chair, name: Chair Person, email: chair@example.org}
  - {ref: boss, name: Big Boss, email: boss@example.org}
  - {ref: none, name: No Address}
  - {ref: away, name: Away Until, email: away@example.org, away_until: 2008-12-31}
org:
  - {ref: lsc, name: The LSC, contact: ann}
  - {ref: dwp, name: Job Centre}
workgroup:
  - {ref: steering, name: Steering Group, kind: steering, status: active, seat: [{person: boss, role: chair}]}
  - {ref: skills, name: Skills, status: active, seat: [{person: chair, role: chair}]}
action:
  - {ref: A1, title: "Find out; then tell\\all", due: 2008-11-30, leads: [ann], workgroup: skills}
  - {ref: A2, title: Much later, due: 2008-10-31, leads: [lsc], step: [{number: 1, text: "first, phone", due: 2008-11-15, lead: bob}]}
  - {ref: A3, title: Soon, due: 2008-12-05, leads: [ann]}
  - {ref: A4, title: Evil, due: 2008-11-01, leads: [evil], status: blocked, reason: no room}
  - {ref: A5, title: Done, due: 2008-11-01, leads: [ann], status: done}
  - {ref: A6, title: Away, due: 2008-11-01, leads: [away]}
issue_log:
  - {ref: I1, title: Which room, owner: ann, due: 2008-11-20}
END
run compact-load -q plan.yaml
status 0 'a plan'

run chase -n --today=2008-12-31
out_lacks 'away@example.org' 'on the last day away: not written to'
run chase -n --today=2009-01-01
out_has 'away@example.org' 'the day after: written to'

run chase -n
status 0 'a dry run'
read_mail mbox .tap/out
ok 'one message a lead, those away left out' mail_says \
	'[m["to"][0][1] for m in mail] == ["ann@example.org", "bob@example.org", "evil@example.org"]'
ok 'names as they were meant' mail_says \
	'[m["to"][0][0] for m in mail] == ["Ann \"Nan\" Lee, Jr", "Боб Ж", "=?utf-8?q?x?= <all@example.org>, y"]'
ok 'all that is late, worst first, the issue too, what is not late not' mail_says \
	'[l.split()[1] for l in mail[0]["text"].split("\n") if l.startswith("* ") and l[2].isupper()] == ["A2", "A1", "I1"]'
ok 'titles whole, days counted' mail_says \
	'"* A1  Find out; then tell\\all\n  It was due on 30 November 2008 and is 1 day late.\n" in mail[0]["text"]'
ok 'steps are owed too' mail_says '"* A2/1  first, phone\n" in mail[1]["text"]'
ok 'what is blocked says so' mail_says '"It is held up: no room" in mail[2]["text"]'
ok 'greeted by name' mail_says 'mail[0]["text"].startswith("Dear Ann,\n")'
ok 'nobody is copied yet' mail_says 'not any(m["cc"] for m in mail)'
ok 'the day that was given' mail_says 'mail[0]["date"] == "2008-12-01T12:00:00+00:00"'
run compact-record chase list
out_empty 'a dry run keeps nothing'

run chase --drafts=drafts
status 0 'drafts'
out_empty 'drafts: nothing on standard output'
err_has 'Ann "Nan" Lee, Jr: A2, A1' 'drafts: who was reminded of what'
ok 'drafts: a file each' test "$(ls drafts | wc -l)" -eq 3
ok 'a draft is named after whom it is for' sh -c 'ls drafts | grep -q "^Ann-"'
read_mail eml drafts/*.eml
ok 'drafts open to be sent' mail_says 'all(("X-Unsent" in m["names"]) and m["id"] for m in mail)'
run chase --drafts=drafts
out_empty 'again: nothing'
err_empty 'again: silent'
ok 'again: no more drafts' test "$(ls drafts | wc -l)" -eq 3
run compact-record chase list -o csv --columns=ref,person,chased_on,handed_over
out 'written down' <<'END'
ref,person,chased_on,handed_over
A1/1,ann,2008-12-01,2008-12-01T12:00:00Z
A2/1,ann,2008-12-01,2008-12-01T12:00:00Z
A2/2,bob,2008-12-01,2008-12-01T12:00:00Z
A4/1,evil,2008-12-01,2008-12-01T12:00:00Z
END

run chase --soon=7
read_mail mbox .tap/out
ok 'soon: what comes next, with what was said before only mentioned' mail_says \
	'len(mail) == 1 and "It is due in 4 days, on 5 December 2008" in mail[0]["text"] and "heard of these" in mail[0]["text"] and "A3 is due in 4 days" in mail[0]["subject"]'
ok 'soon: goes on with the thread' mail_says 'mail[0]["in_reply_to"] in mail[0]["references"] and len(mail[0]["references"]) == 1'
run chase --today=2008-12-07
out_empty 'six days later: nothing'
run chase --today=2008-11-20
out_empty 'with the clock put back: nothing'
run chase --today=2008-12-02 --force -n
read_mail mbox .tap/out
ok 'force: all the same' mail_says 'len(mail) == 3'

for day in 2008-12-08 2008-12-15; do
	run chase --today=$day
	status 0 "a week on, $day"
done
run chase --today=2008-12-22
read_mail mbox .tap/out
ok 'after three reminders the chair is copied; the steering chair for what has no group' mail_says \
	'sorted(a for _, a in mail[0]["cc"]) == ["boss@example.org", "chair@example.org"] and [a for _, a in mail[1]["cc"]] == ["boss@example.org"]'
ok 'and it says so' mail_says '"a copy goes to " in mail[0]["text"] and "You have had 3 reminders of it." in mail[0]["text"]'
run compact-query "SELECT count(*) AS n FROM chase WHERE escalated = 1" -o csv
out 'escalation is written down' <<'END'
n
5
END
run compact-record setting add steering_after_days value=40
run compact-record setting add chair_after_days value=30
run action-track add B1 title=New due=2009-01-15 leads=ann workgroup=skills
run chase --today=2009-02-20
read_mail mbox .tap/out
ok 'by days late: the chair' mail_says '"chair@example.org" in [a for m in mail for _, a in m["cc"]]'
ok 'nobody is copied twice' mail_says 'all(len(m["cc"]) == len(set(map(tuple, m["cc"]))) for m in mail)'
ok 'who was away is written to again' mail_says '"away@example.org" in [m["to"][0][1] for m in mail]'

# Leads that cannot be written to.
run compact-record chase add action=A6 person=away chased_on=2009-02-27
run action-track add C1 title=Nobody due=2009-02-21 leads=none
run action-track add C2 title=Body due=2009-02-21 leads=dwp
run chase --today=2009-02-28 --drafts=more
status 1 'a lead without an address'
err_has "C1: 'No Address' has no address; give one with: compact-record person set none email=" 'is named, with what to do'
err_has "C2: 'Job Centre' is nobody to write to" 'so is an organisation without a contact'
read_mail eml more/*.eml
ok 'the others are written to; who was telephoned yesterday is not' mail_says \
	'"ann@example.org" in [m["to"][0][1] for m in mail] and "away@example.org" not in [m["to"][0][1] for m in mail]'
run compact-record person set ann active=no
run chase --today=2009-03-20 -n
err_has 'hand over with: compact-record person replace ann NEW' 'who has left is named'
run compact-record person set ann active=yes

# By mail.
cat >sendmail <<'END'
#!/bin/sh
echo "$*" >>args
n=$(ls sent | wc -l)
cat >sent/$n
exit "$(cat code)"
END
chmod +x sendmail
mkdir sent
echo 75 >code
action-track -q set C1 C2 status=dropped
run chase --today=2009-04-01 --mail --mailer=./sendmail
status 75 'a mailer that fails'
err_has 'not handed over, for' 'is named'
n=$(ls sent | wc -l)
echo 0 >code
run chase --today=2009-04-02 --mail --mailer=./sendmail
status 0 'the next run'
ok 'sends the same again' test "$(ls sent | wc -l)" -eq $((n * 2))
ok 'under the same ids' test "$(cat sent/* | grep -c '^Message-ID')" -eq $((n * 2)) -a \
	"$(cat sent/* | grep '^Message-ID' | sort -u | wc -l)" -eq "$n"
ok 'with the options of sendmail' test "$(sort -u args)" = '-t -oi'
ok 'said to come from a program' grep -q '^Auto-Submitted: auto-generated$' sent/0
run chase --today=2009-04-02 --mail --mailer=./sendmail
ok 'and no more' test "$(ls sent | wc -l)" -eq $((n * 2))
out_empty 'silent'
err_empty 'silent on standard error'
run chase --today=2009-05-01 --mail --mailer=./nowhere
status 69 'no mailer'
run compact-record chase list handed_over.none=yes message_id.none=no
out_empty 'nothing was meant to be sent then'

# The text is the user's to change.
mkdir -p .local/share/compact
printf 'Subject: {{about}}\n\n{{each late}}\n{{ref}}\n{{end}}\n' >.local/share/compact/chase.md
run chase --today=2009-05-01 -n
read_mail mbox .tap/out
ok 'the own template' mail_says 'mail[0]["text"] == "A2\nA1\nA3\nB1\n"'
printf 'Subject: x\n\n{{each late}}\n{{nought}}\n{{end}}\n' >.local/share/compact/chase.md
run chase --today=2009-05-01
status 78 'a name that is not known'
err_has "chase.md:4: no value 'nought'" 'with its line'
out_empty 'and nothing goes out'
printf 'Subject: x\n\n{{if late}}\n' >.local/share/compact/chase.md
run chase --today=2009-05-01
err_has 'chase.md:3: no {{end}} for this' 'an end that is missing'
rm .local/share/compact/chase.md

# The morning's screen counts who would be written to, by the same rules.
counted()
{
	compact-status --today="$1" | sed -n 's/^people to chase  *\([0-9]*\) .*/\1/p'
}
same_count()
{
	for day in 2008-12-02 2008-12-09 2009-04-02 2009-04-05 2009-05-01 2009-06-01; do
		would=$(action-track chase --from=you@example.org -n -q --today=$day 2>/dev/null | grep -c '^From MAILER')
		[ "$(counted $day)" = "${would#0}" ] || { echo "$day: $(counted $day), but $would would be written to"; return 1; }
	done
}
ok 'compact-status counts the people to chase' same_count

# Copies by days late begin on the day, not the day after.
compact-init -q -d days.db ref=days name=Days
compact-load -q -d days.db - <<'END'
person:
  - {ref: dee, name: Dee Vine, email: dee@example.org}
  - {ref: chair, name: Chair Person, email: chair@example.org}
  - {ref: boss, name: Big Boss, email: boss@example.org}
workgroup:
  - {ref: steering, name: Steering Group, kind: steering, status: active, seat: [{person: boss, role: chair}]}
  - {ref: skills, name: Skills, status: active, seat: [{person: chair, role: chair}]}
action:
  - {ref: D1, title: Late, due: 2009-01-15, leads: [dee], workgroup: skills}
END
compact-record -d days.db setting add -q chair_after_days value=30 >.tap/out
compact-record -d days.db setting add -q steering_after_days value=40 >.tap/out
copied()
{
	action-track -d days.db -q chase --from=you@example.org -n --today="$1" | sed -n 's/^Cc: //p'
}
ok '29 days: nobody is copied' test -z "$(copied 2009-02-13)"
ok '30 days: the chair' test "$(copied 2009-02-14)" = 'Chair Person <chair@example.org>'
ok '39 days: still the chair alone' test "$(copied 2009-02-23)" = 'Chair Person <chair@example.org>'
ok '40 days: the steering chair too' sh -c 'echo "$1" | grep -q boss@example.org' - "$(copied 2009-02-24)"

# However many came before, the thread is known by its first message.
for day in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	action-track -d days.db -q chase --from=you@example.org --force --today=2009-03-$day
done >all.mbox
read_mail mbox all.mbox
ok 'a thread of many keeps its first and its latest' mail_says \
	'len(mail) == 23 and len(mail[22]["references"]) == 20 and mail[22]["references"][0] == mail[0]["id"] and mail[22]["references"][1:] == [m["id"] for m in mail[3:22]]'

# A draft that cannot be written is not taken for one that was.
run action-track -d days.db chase --from=you@example.org --today=2009-04-01 --drafts=/proc
status 73 'a folder that takes no file'
run compact-record -d days.db chase list handed_over.none=yes -o csv --columns=chased_on,person
out 'what was not written waits' <<'END'
chased_on,person
2009-04-01,dee
END

# Usage.
run action-track chase --today=2009-05-01
status 64 'no sender'
err_has 'say who sends with --from=ADDRESS' 'what to do'
run action-track chase --from='Nobody'
status 64 'a sender that is no address'
run chase --mail --drafts=x
status 64 'mail or drafts'
run chase --mailer=x
status 64 'a mailer without mail'
run chase A1
status 64 'no operands'
mkdir -p .config/compact
echo 'from = The Facilitator <fac@example.org>' >.config/compact/config
run action-track chase --today=2009-05-01 -n
read_mail mbox .tap/out
ok 'the sender of the config file' mail_says 'mail[0]["from"] == [["The Facilitator", "fac@example.org"]]'
touch file
run chase --today=2009-05-01 --drafts=file
status 73 'no folder'
# A mailer that never comes back is ended with what it started, and the store is free again.
printf '#!/bin/sh\ntrap "" TERM\ncat >/dev/null\nsleep 300 &\nwait\nsleep 300\n' >hang
chmod +x hang
compact-record setting set mail_seconds value=1 2>/dev/null
before=$(date +%s)
run chase --today=2009-05-01 --mail --mailer=./hang
status 75 'a mailer that hangs'
err_has "was ended; the next run tries again" 'is ended'
ok 'one complaint, the others wait' test "$(grep -c 'not handed over' .tap/err)" -eq 1
ok 'soon' test $(($(date +%s) - before)) -lt 20
ok 'and so is what it started' sh -c "! ps ax -o args= | grep -v grep | grep -q '^/bin/sh ./hang'"
run chase --today=2009-05-01 --wait=0 -n
status 0 'the store is free'
out_has 'To:' 'and they are still to be sent'
sh -c 'action-track chase --from=you@example.org --today=2009-05-01 >/dev/full 2>.tap/err'
ok 'a full disk is told' grep -q 'cannot write' .tap/err
run chase --today=2009-05-01
ok 'and the next run writes them' grep -q '^To:.*ann@example.org' .tap/out
finish
