#!/bin/sh
# SPDX-License-Identifier: MIT
# Calendars and reminders as other programs read them: libical, python3-icalendar, calcurse, mblaze.
. tests/t/lib.sh
new_store
cat >plan.yaml <<'END'
person:
  - {ref: ann, name: "Ann \"Nan\" Ž, Jr", email: ann@example.org}
action:
  - {ref: A1, title: "Schreiben; senden, and a long line of words that has to be folded somewhere: ∑ 語語語語語語語語語語語語語語語語", what: "one\ntwo", due: 2026-12-01, leads: [ann]}
  - {ref: A2, title: Dropped, due: 2026-12-02, status: dropped}
meeting:
  - {ref: M1, title: Summer, starts: 2026-08-03 16:30, ends: 2026-08-03 18:00, venue: "Room 1, Hall"}
  - {ref: M2, title: Winter, starts: 2026-12-03 10:00}
END
run compact-load -q plan.yaml
status 0 'loaded'
action-track list -o ics >a.ics
compact-record meeting list -o ics >m.ics
action-track list -o ics --todo >t.ics
cc -o read-ics "$top/tests/peers/read-ics.c" -lical
for f in a m t; do
	./read-ics <$f.ics >$f.read 2>errors
	ok "libical finds no error in $f.ics" is_empty errors
done
cut -f1,3,4,6,7 a.read m.read >read
printf '%s\t%s\t%s\t%s\t%s\n' \
	VEVENT 20261201 20261202 CONFIRMED 'A1: Schreiben; senden, and a long line of words that has to be folded somewhere: ∑ 語語語語語語語語語語語語語語語語' \
	VEVENT 20261202 20261203 CANCELLED 'A2: Dropped' \
	VEVENT 20260803T153000Z 20260803T170000Z CONFIRMED Summer \
	VEVENT 20261203T100000Z '' CONFIRMED Winter >meant
ok 'libical reads what was meant' diff meant read
# Debian's own python3 knows Debian's packages, whatever else is called python3.
ok 'python3-icalendar too' /usr/bin/python3 -c '
import icalendar, sys
for f in sys.argv[1:]:
    c = icalendar.Calendar.from_ical(open(f, "rb").read())
    for e in c.walk("VEVENT") + c.walk("VTODO"):
        assert e["UID"] and e["DTSTAMP"] and not e.errors, e' a.ics m.ics t.ics
mkdir calendar
for n in 1 2; do
	cat a.ics m.ics >all.ics
	calcurse -q -D calendar -i all.ics >/dev/null 2>errors
	cp calendar/apts "apts$n"
done
ok 'calcurse takes them' grep -q 'Summer' apts1
# calcurse does not look at ids when it imports; what it has twice is the same to the byte, and goes by its hash.
sort -u apts2 >once
sort apts1 >first
ok 'calcurse: twice is the same again' diff first once
action-track chase --today=2026-12-10 --from=you@example.org >box
mkdir -p mail/cur mail/new mail/tmp
mdeliver -M mail <box
ok 'mblaze reads the name' test "$(mhdr -d -h to mail/new/*)" = '"Ann \"Nan\" Ž, Jr" <ann@example.org>' -o \
	"$(mhdr -d -h to mail/new/*)" = 'Ann "Nan" Ž, Jr <ann@example.org>'
ok 'and the text' sh -c 'mshow mail/new/* | grep -q "Schreiben; senden, and a long line of words that has to be folded somewhere: ∑ 語語"'
finish
