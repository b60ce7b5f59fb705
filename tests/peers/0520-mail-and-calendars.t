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
# calcurse does not look at ids when it imports; the example for cron makes up for that.
export COMPACT_DB="$work/compact.db" CALCURSE_DATA="$work/calendar" COMPACT_TODAY=2026-11-01
compact-record person add guest name='A; Guest' email=guest@example.org 2>/dev/null
meeting-track invite M1 guest --from='Fac, Il <fac@example.org>' -o ics >i.ics
./read-ics <i.ics >i.read 2>errors
ok 'libical finds no error in an invitation' is_empty errors
ok 'python3-icalendar: who is asked by whom' /usr/bin/python3 -c '
import icalendar
c = icalendar.Calendar.from_ical(open("i.ics", "rb").read())
e = c.walk("VEVENT")[0]
assert c["METHOD"] == "REQUEST" and e["ORGANIZER"] == "mailto:fac@example.org", e
assert e["ORGANIZER"].params["CN"] == "Fac, Il", e["ORGANIZER"].params
assert e["ATTENDEE"] == "mailto:guest@example.org" and e["ATTENDEE"].params["CN"] == "A; Guest", e
assert e["ATTENDEE"].params["RSVP"] == "TRUE" and e["DTSTART"].dt.utcoffset().total_seconds() == 3600'
mkdir calendar
echo '12/01/2026 @ 10:00 -> 12/01/2026 @ 11:00 |My own' >calendar/apts
nightly()
{
	TZ=Europe/London sh "$top/share/examples/calcurse.sh"
}
run nightly
status 0 'calcurse takes them'
out_empty 'without a word'
sort calendar/apts >first
ok 'calcurse: all that is planned' sh -c 'grep -q "16:30 -> .*18:00.*Summer" first && grep -q "A1: Schreiben" first && ! grep -q Dropped first'
run nightly
run nightly
ok 'calcurse: thrice, and each once' sh -c 'sort calendar/apts | diff first -'
action-track set -q A1 due=2026-12-09
run nightly
ok 'calcurse: what moved has moved' sh -c 'grep -c "A1: " calendar/apts | grep -qx 1 && grep -q "^12/09/2026.*A1: " calendar/apts'
# A run that ends in the middle: the purge done, nothing brought.
mkdir broken
printf '#!/bin/sh\ncase $* in *"-D '"$work"'/calendar -i"*) exit 1 ;; esac\nexec %s "$@"\n' "$(command -v calcurse)" >broken/calcurse
chmod +x broken/calcurse
run env TZ=Europe/London PATH="$work/broken:$PATH" sh "$top/share/examples/calcurse.sh"
ok 'a run that fails says so' test "$got" -ne 0
run nightly
sed 's,^12/01/2026 \[,12/09/2026 [,' first | sort >moved
ok 'calcurse: the next makes it good' sh -c 'sort calendar/apts | diff moved -'
ok 'what is your own stays' grep -q 'My own' calendar/apts
action-track chase --today=2026-12-10 --from=you@example.org >box
mkdir -p mail/cur mail/new mail/tmp
mdeliver -M mail <box
unset COMPACT_TODAY
ok 'mblaze reads the name' test "$(mhdr -d -h to mail/new/*)" = '"Ann \"Nan\" Ž, Jr" <ann@example.org>' -o \
	"$(mhdr -d -h to mail/new/*)" = 'Ann "Nan" Ž, Jr <ann@example.org>'
ok 'and the text' sh -c 'mshow mail/new/* | grep -q "Schreiben; senden, and a long line of words that has to be folded somewhere: ∑ 語語"'
finish
