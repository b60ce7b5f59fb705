/* SPDX-License-Identifier: MIT */
/* What compact-status prints: everything that needs somebody today, with the command to type. */

CREATE VIEW morning /* What needs you today: late things first, then what comes within two weeks. */
	(partnership, urgent, what, ref, title, day, days, command) AS
SELECT partnership, 1, 'action overdue', ref, title, due, -days_overdue, 'action-track note ' || ref
FROM action_overdue
UNION ALL
SELECT partnership, 0, 'action due', ref, title, due, days_left, 'action-track show ' || ref
FROM action_due WHERE days_left <= 14
UNION ALL
SELECT partnership, respond_by < now(), 'response due', ref, employer_name, respond_by,
	CAST(julianday(day_of(respond_by)) - julianday(today()) AS INTEGER), 'incident-track respond ' || ref
FROM incident_detail
WHERE responded_at IS NULL AND status IN ('new','contacted') AND respond_by IS NOT NULL
UNION ALL
SELECT partnership, day < today(), CASE kind WHEN 'workgroup' THEN 'group'
		WHEN 'issue_log' THEN (SELECT i.kind FROM issue_log i WHERE i.partnership = deadline.partnership AND i.ref = deadline.ref) ELSE kind END || ' ' || what, ref, title, day,
	CAST(julianday(day) - julianday(today()) AS INTEGER),
	CASE kind WHEN 'terms' THEN 'terms-track show ' WHEN 'meeting' THEN 'meeting-track show ' ELSE 'compact-record ' || kind || ' show ' END || ref
FROM deadline
WHERE kind NOT IN ('action','incident') AND day <= date(today(), '+14 days')
	AND NOT (kind = 'meeting' AND day < today())
UNION ALL
SELECT partnership, 0, 'action to be reviewed', ref, title, day,
	CAST(julianday(day) - julianday(today()) AS INTEGER), 'action-track show ' || ref
FROM deadline
WHERE kind = 'action' AND what = 'to be reviewed' AND day <= date(today(), '+14 days')
UNION ALL
SELECT c.partnership, 0, 'people to chase', NULL, c.people || CASE c.people WHEN 1 THEN ' person' ELSE ' people' END,
	NULL, NULL, 'action-track chase -n'
FROM (SELECT d.partnership, count(DISTINCT d.person) AS people FROM chase_due d GROUP BY d.partnership) c
WHERE c.people > 0;
