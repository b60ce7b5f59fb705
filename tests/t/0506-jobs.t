#!/bin/sh
# SPDX-License-Identifier: MIT
# The scripts for cron with the programs themselves: what they make, and that they are silent.
. tests/t/lib.sh
compact-init -q --sample=derbyshire -d compact.db
export COMPACT_DB="$work/compact.db" COMPACT_TODAY=2008-12-01 CHASE_FROM=you@example.org
action-track -q set A1 due=2008-11-20 leads=croberts
compact-record -q person set croberts email=croberts@example.org
jobs=$top/share/examples

export CHASE_DRAFTS="$work/drafts"
run sh "$jobs/chase.sh"
status 0 'chase.sh'
out_empty 'chase.sh prints nothing'
err_empty 'nor complains'
ok 'a draft' test "$(ls "$CHASE_DRAFTS" | wc -l)" -eq 1
run sh "$jobs/chase.sh"
ok 'and no second one' test "$(ls "$CHASE_DRAFTS" | wc -l)" -eq 1
unset CHASE_DRAFTS
printf '#!/bin/sh\ncat >>"%s/sent"\n' "$work" >sendmail
chmod +x sendmail
export SENDMAIL="$work/sendmail"
run env COMPACT_TODAY=2008-12-08 sh "$jobs/chase.sh"
status 0 'chase.sh by mail'
ok 'the mail is handed over' grep -q '^To: .*croberts@example.org' sent
out_empty 'silent'

export WEEKLY_FOLDER="$work/weekly" WEEKLY_TO=all@example.org WEEKLY_KEEP=1
for day in 2008-12-01 2008-12-08; do
	run env COMPACT_TODAY=$day sh "$jobs/weekly.sh"
	status 0 "weekly.sh on $day"
	out_empty 'silent'
	err_empty 'without a complaint'
done
ok 'report and plan' test -s weekly/weekly-2008-12-08.html -a -s weekly/weekly-2008-12-08.odt -a -s weekly/plan-2008-12-08.xlsx
ok 'the newest backup alone' test -s weekly/compact-2008-12-08.db -a ! -e weekly/compact-2008-12-01.db
ok 'a backup is a store' action-track -d weekly/compact-2008-12-08.db list
ok 'mailed' grep -q '^To: all@example.org' sent

# The same by systemd: units that it takes, where it is there, and in any case well-formed ones.
mkdir -p compact
cp "$jobs"/*.sh compact
chmod +x compact/*.sh
for unit in "$jobs"/*.service "$jobs"/*.timer; do
	cp "$unit" .
	ok "$(basename "$unit"): sections and keys" python3 -c '
import configparser, sys
c = configparser.ConfigParser(strict=False, interpolation=None)
c.optionxform = str
c.read(sys.argv[1])
want = {"service": {"Unit", "Service"}, "timer": {"Unit", "Timer", "Install"}}[sys.argv[1].rsplit(".", 1)[1]]
assert set(c.sections()) == want, c.sections()' "$(basename "$unit")"
done
if command -v systemd-analyze >/dev/null 2>&1; then
	for unit in *.service *.timer; do
		ok "systemd takes $unit" sh -c '
			systemd-analyze verify --user --man=no "./$1" 2>verified
			! grep -F "$1" verified' - "$unit"
	done
	ok 'and its times' sh -c 'for t in *.timer; do systemd-analyze calendar "$(sed -n s/^OnCalendar=//p "$t")" || exit 1; done'
fi
for script in "$jobs"/[!d]*.sh; do
	ok "$(basename "$script") is named in the crontab or the page" grep -q "$(basename "$script")" "$jobs/crontab" "$jobs/README.md"
done
finish
