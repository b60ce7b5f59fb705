#!/bin/sh
# SPDX-License-Identifier: MIT
# share/examples/notices-mailbox.sh with the real programs: mail in, cases made, refused rows sent back.
. tests/t/lib.sh
if ! command -v ripmime >/dev/null; then
	echo '1..0 # SKIP ripmime is not installed'
	exit 0
fi
COMPACT_TODAY='2026-11-20 12:00'
COMPACT_DB=$work/c.db
NOTICES_MAILDIR=$work/box
NOTICES_FROM=notices@example.org
SENDMAIL=$work/sendmail
export COMPACT_TODAY COMPACT_DB NOTICES_MAILDIR NOTICES_FROM SENDMAIL
cat >sendmail <<'END'
#!/bin/sh
echo "called with $*" >>sent
cat >>sent
END
chmod +x sendmail
mkdir -p box/new
compact-init -q ref=fife name=Fife
csv-sheet -O book.xlsx <<'END'
Employer,HR1 received,First dismissal,Jobs at risk,Council
Corrie plc,2026-11-16,2026-12-30,155,Fife
END
cat >one.csv <<'END'
Employer,HR1 received,First dismissal,Jobs at risk,Council
Alder Ltd,13/11/2026,20/12/2026,55,Fife
Brae Ltd,31/11/2026,20/12/2026,30,Fife
END
printf 'Employer,HR1 received,Jobs at risk,Council\nDunlin Ltd,16/11/2026,40,Fife\n' >two.csv
cat >mail.py <<'END'
from email.message import EmailMessage
def mail(name, sender, *files):
    m = EmailMessage()
    m["From"], m["To"], m["Subject"], m["Message-ID"] = sender, "notices@example.org", "Notices", "<%s@example.org>" % name
    m.set_content("See attached.")
    for shown, path in files:
        with open(path, "rb") as f:
            m.add_attachment(f.read(), maintype="application", subtype="octet-stream", filename=shown)
    with open("box/new/" + name, "wb") as f:
        f.write(bytes(m))
mail("1", "Team <team@example.org>", ("notices.csv", "one.csv"), ("more.csv", "two.csv"))
mail("2", "National team <national@example.org>", ("Notices – week 47.xlsx", "book.xlsx"))
mail("3", "Somebody <else@example.org>", ("letter.txt", "mail.py"))
with open("old.xls", "wb") as f:
    f.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
mail("4", "Late <late@example.org>", ("old.xls", "old.xls"))
END
python3 mail.py
touch -d '2026-11-19 09:00 UTC' box/new/*

run sh "$top/share/examples/notices-mailbox.sh"
status 0 'a mailbox is emptied'
ok 'nothing is left' sh -c '[ -z "$(ls box/new)" ]'
ls box/cur >.tap/out
out 'what was dealt with is seen, what was not is flagged' <<'END'
1:2,S
2:2,S
3:2,F
4:2,F
END
err_has '3 from Somebody <else@example.org>: could not be taken' 'a message without notices is told'
err_has 'old.xls: is an old Excel workbook' 'and why a file could not be taken'
run compact-query -o csv "SELECT e.name AS employer_name, n.proposed AS people, n.source, i.told FROM incident i
	JOIN employer e ON e.ref = i.employer JOIN incident__notices x ON x.incident = i.ref
	JOIN notice n ON n.ref = x.item ORDER BY 1"
out 'every file of every message is taken, told when it was delivered' <<'END'
employer_name,people,source,told
Alder Ltd,55,Team <team@example.org>,2026-11-19T09:00:00Z
Corrie plc,155,National team <national@example.org>,2026-11-19T09:00:00Z
Dunlin Ltd,40,Team <team@example.org>,2026-11-19T09:00:00Z
END
cp sent .tap/out
out 'refused rows go back to who sent them, to be mended' <<'END'
called with -t -oi
From: notices@example.org
To: Team <team@example.org>
Subject: Notices that could not be taken
In-Reply-To: <1@example.org>
References: <1@example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

The rows below could not be taken, each for the reason in its column "why".
Please mend them and send them again; the others need not be sent twice.

line,why,Employer,HR1 received,First dismissal,Jobs at risk,Council
3,"received: '31/11/2026' is no day of the calendar as day/month/year; correct it, or the order of dates",Brae Ltd,31/11/2026,20/12/2026,30,Fife
END
sed -n '/^line,why/,$p' sent | sed 's/31\/11/13\/11/g' >mended.csv
run hr1-ingest mended.csv
err_has 'mended.csv: 1 read, 1 new' 'and are taken once they are'
rm sent
mv box/cur/1:2,S box/new/1
run sh "$top/share/examples/notices-mailbox.sh"
run compact-query 'SELECT count(*) AS n FROM notice' -o csv
out 'a message that comes again makes nothing new' <<'END'
n
4
END
finish
