# SPDX-License-Identifier: MIT
# A time within an hour of midnight is of the day that the UK clock shows then, in summer too: what is kept as
# 23:30 in UTC on 4 June was at half past midnight on the fifth.
. "$(dirname "$0")/lib.sh"

export COMPACT_DB=fife.db COMPACT_TODAY=2026-06-05
compact-init -q ref=fife name=Fife
compact-record workgroup add -q steering name=Steering kind=steering status=active formed=2026-01-01 meet_every=monthly >/dev/null
compact-record person add -q ann name='Ann Ray' >/dev/null
compact-record workgroup set -q steering finish_by=2027-01-01
meeting-track add -q M1 title='Night shift' workgroup=steering 'starts=2026-06-05 00:30' present=ann >/dev/null
run compact-query -o csv 'SELECT starts FROM meeting'
out 'it is kept in UTC' <<'END'
starts
2026-06-04T23:30:00Z
END
run compact-query -o csv "SELECT day_of(starts) AS a, day_of('2026-06-05') AS b, day_of('2026-01-04T23:30:00Z') AS c, day_of(NULL) AS d, day_of('soon') AS e FROM meeting"
out 'the function tells the day' <<'END'
a,b,c,d,e
2026-06-05,2026-06-05,2026-01-04,,
END

# ---------- meetings ----------

run compact-query -o csv 'SELECT d.day AS meeting, a.day AS attendance, w.next_meeting, l.day AS deadline, m.day AS morning, m.days FROM meeting_detail d, attendance_detail a, workgroup_detail w, deadline l, morning m
	WHERE l.kind = '"'meeting'"' AND m.ref = d.ref'
out 'views have the day of the meeting' <<'END'
meeting,attendance,next_meeting,deadline,morning,days
2026-06-05,2026-06-05,2026-06-05,2026-06-05,2026-06-05,0
END
run sqlite3 fife.db 'SELECT day FROM meeting_detail UNION ALL SELECT day FROM attendance_detail'
out 'in the plain shell too' <<'END'
2026-06-05
2026-06-05
END
run compact-check --today=2026-06-04 meeting
out_empty 'the day before, it is still to come'
run compact-check meeting
out_empty 'on its day nothing is wrong with it'
run compact-check --today=2026-06-06 meeting -o csv
out_has 'was planned for 2026-06-05, and nothing says what became of it' 'the day after, its own day is named'
meeting-track set -q M1 status=held
run compact-check --today=2026-06-04 meeting -o csv
out_has 'is held though its day, 2026-06-05, is still to come' 'nor was it held before'
run compact-query -o csv 'SELECT last_meeting FROM workgroup_detail'
out_has 2026-06-05 'the last meeting of the group'
action-track add -q A1 title=x >/dev/null
action-track carry -q 2026-27 >/dev/null
run action-track ratify 2026-27 at=M1
run compact-query -o csv 'SELECT ratified, ratified_at FROM plan'
out 'a plan is ratified on the day of the meeting' <<'END'
ratified,ratified_at
2026-06-05,M1
END
cat >minutes.md <<'END'
# Steering group

Date: 5 June 2026

## Present

Ann Ray
END
run meeting-track minutes minutes.md -n
err_has M1 'minutes of that day are of this meeting'

# ---------- redundancy ----------

compact-record employer add -q acme name=Acme >/dev/null
compact-record notice add -q N1 employer=acme 'received=2026-07-01 00:15' first_dismissal=2026-08-01 >/dev/null
incident-track add -q --today=2026-07-03 I1 employer=acme 'told=2026-07-01 00:15' 'respond_by=2026-08-01 00:10' notices=N1 >/dev/null
export COMPACT_TODAY=2026-08-02
incident-track respond -q I1 'at=2026-08-01 00:05' Called
run compact-query -o csv "SELECT n.day, n.month, n.days_given, d.day AS counted, h.first_notice, h.last_notice, i.month AS told, i.met, v.day AS happened
	FROM notice_detail n, notice_day d, employer_history h, incident_detail i, incident_event_detail v"
out 'notices, cases and what happened in them count for their day and month' <<'END'
day,month,days_given,counted,first_notice,last_notice,told,met,happened
2026-07-01,2026-07,31,2026-07-01,2026-07-01,2026-07-01,2026-07,1,2026-08-01
END
run compact-query -o csv 'SELECT min(month) AS first FROM month_span'
out 'no month before them is counted' <<'END'
first
2026-07
END
incident-track set -q I1 responded_at=2026-08-01
run compact-query -o csv 'SELECT met FROM incident_detail'
out 'answered on the day by which it was to be' <<'END'
met
1
END
run compact-query -o csv "SELECT done_on FROM calendar_entry WHERE kind = 'incident'"
out_has 2026-08-01 'also in calendars'
for month in 07:31:1 06:30:0; do
	day=${month#*:}
	run report-gen responses audience=partners since="2026-${month%%:*}-01" until="2026-${month%%:*}-${day%:*}" -o text
	ok "the case counts in the report of July, not of June ($month)" test "$(grep -c '1 case was told of' .tap/out)" = "${month##*:}"
done

# ---------- both ways of telling ----------

run compact-query -o csv "WITH RECURSIVE days (d) AS (SELECT '1996-01-01' UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < '2046'),
	at (t) AS (SELECT d || c.column1 FROM days, (VALUES ('T22:59:59Z'), ('T23:00:00Z'), ('T23:59:59Z'), ('T00:00:00Z'), ('')) c)
	SELECT count(*) > 50000 AS many, sum(day_of(t) <> date(t, (strftime('%m', t, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours')) AS differ FROM at"
out 'the stored views tell the day as the programs do' <<'END'
many,differ
1,0
END
ok 'and say it so' test "$(grep -o "date([a-z_.]*, (strftime('%m', [a-z_.]*, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours')" "$top/lib/schema/80-views.sql" | wc -l)" -ge 5
grep -nE "substr\((coalesce\()?[a-z_.]*(starts|ends|told|respond_by|responded_at|received|happened)(, [a-z_.]*\))?, 1, (7|10)\)" \
	"$top"/lib/schema/8*.sql "$top"/lib/schema/90*.sql "$top"/lib/action/*.c "$top"/share/reports/*.md | grep -v 'valid_from\|valid_until' >.tap/cut
ok 'nothing else cuts the day off a time' sh -c 'cat .tap/cut; ! test -s .tap/cut'
finish
