/* SPDX-License-Identifier: MIT */
/*
 * The reporting interface, second part: views that ask what day it is (today(), now()), a setting,
 * working days or the order of refs, and those that stand on such a view. Only the programs have
 * these functions; they make a view of this file when a statement first names it (80-views.sql says
 * why). None calls SQLite's own clock.
 */

/* ---------- people and groups ---------- */

CREATE VIEW seat_current /* Who sits in which group now. */
	(partnership, workgroup, workgroup_name, workgroup_kind, number, person, name, org, org_name, org_kind,
	job_title, person_role, senior, role, basis, deputy_for, deputy_for_name, starts) AS
SELECT s.partnership, s.workgroup, w.name, w.kind, s.number, s.person, p.name, p.org, o.name, o.kind,
	p.job_title, p.role, p.senior, s.role, s.basis, s.deputy_for, d.name, s.starts
FROM seat s
JOIN workgroup w ON w.partnership = s.partnership AND w.ref = s.workgroup
JOIN person p ON p.partnership = s.partnership AND p.ref = s.person
LEFT JOIN org o ON o.partnership = p.partnership AND o.ref = p.org
LEFT JOIN person d ON d.partnership = s.partnership AND d.ref = s.deputy_for
WHERE coalesce(s.starts, '') <= today() AND coalesce(s.ends, '9999') >= today();

CREATE VIEW workgroup_chair /* The chair of each group now: the latest current seat with that role. */
	(partnership, workgroup, workgroup_name, person, name, org_name, starts) AS
SELECT w.partnership, w.ref, w.name, p.ref, p.name, o.name, s.starts
FROM workgroup w
JOIN seat s ON s.partnership = w.partnership AND s.workgroup = w.ref AND s.number = (
	SELECT number FROM seat c
	WHERE c.partnership = w.partnership AND c.workgroup = w.ref AND c.role = 'chair'
		AND coalesce(c.starts, '') <= today() AND coalesce(c.ends, '9999') >= today()
	ORDER BY c.starts DESC, c.number DESC LIMIT 1)
JOIN person p ON p.partnership = s.partnership AND p.ref = s.person
LEFT JOIN org o ON o.partnership = p.partnership AND o.ref = p.org;

CREATE VIEW workgroup_detail /* Groups with their chair, size, priorities and rhythm of meeting and reporting. */
	(partnership, ref, name, kind, status, level, reports_to, reports_to_name, chair, chair_name, seats,
	size_limit, priorities, formed, finish_by, meet_every, last_meeting, next_meeting, meeting_due,
	report_every, last_report, report_due, report_days_late) AS
SELECT w.partnership, w.ref, w.name, w.kind, w.status, w.level, w.reports_to, up.name, c.person, c.name,
	(SELECT count(*) FROM seat_current s WHERE s.partnership = w.partnership AND s.workgroup = w.ref),
	w.size_limit,
	(SELECT group_concat(ref, ', ') FROM (
		SELECT item_period || '/' || item_number AS ref FROM workgroup__priorities x
		WHERE x.partnership = w.partnership AND x.workgroup = w.ref ORDER BY item_period, item_number)),
	w.formed, w.finish_by, w.meet_every, w.last_meeting, w.next_meeting,
	CASE WHEN w.status = 'active' THEN w.meeting_due END,
	w.report_every, w.last_report,
	CASE WHEN w.status = 'active' THEN w.report_due END,
	CASE WHEN w.status = 'active' AND w.report_due < today()
		THEN CAST(julianday(today()) - julianday(w.report_due) AS INTEGER) END
FROM (
	SELECT g.*,
		date(coalesce(g.last_report, g.formed), m.step) AS report_due,
		date(coalesce(g.last_meeting, g.formed), n.step) AS meeting_due
	FROM (
		SELECT f.*,
			(SELECT max(day_of(starts)) FROM meeting t WHERE t.partnership = f.partnership
				AND t.workgroup = f.ref AND t.status = 'held') AS last_meeting,
			(SELECT min(day_of(starts)) FROM meeting t WHERE t.partnership = f.partnership
				AND t.workgroup = f.ref AND t.status = 'planned' AND day_of(starts) >= today()) AS next_meeting
		FROM workgroup f) g
	LEFT JOIN rhythm m ON m.name = g.report_every
	LEFT JOIN rhythm n ON n.name = g.meet_every) w
LEFT JOIN workgroup up ON up.partnership = w.partnership AND up.ref = w.reports_to
LEFT JOIN workgroup_chair c ON c.partnership = w.partnership AND c.workgroup = w.ref;

CREATE VIEW signature_current /* Signatures in force, under charters in force. */
	(partnership, charter, charter_title, charter_kind, org, org_name, org_kind, signed, signatory_name,
	endorsement, endorsed, champion, champion_name, scope) AS
SELECT s.partnership, s.charter, c.title, c.kind, s.org, o.name, o.kind, s.signed, p.name,
	s.endorsement, s.endorsed, s.champion, h.name, s.scope
FROM signature s
JOIN charter c ON c.partnership = s.partnership AND c.ref = s.charter
JOIN org o ON o.partnership = s.partnership AND o.ref = s.org
LEFT JOIN person p ON p.partnership = s.partnership AND p.ref = s.signatory
LEFT JOIN person h ON h.partnership = s.partnership AND h.ref = s.champion
WHERE s.signed <= today() AND coalesce(s.ended, '9999') >= today()
	AND coalesce(c.starts, '') <= today() AND coalesce(c.ends, '9999') >= today();

CREATE VIEW member /* The members, by the setting membership_model: organisations that signed or joined, or individuals on the list. The two are never mixed. */
	(partnership, model, ref, name, kind, since) AS
SELECT o.partnership, 'organisation', o.ref, o.name, o.kind,
	coalesce(o.joined, (SELECT min(signed) FROM signature s WHERE s.partnership = o.partnership AND s.org = o.ref))
FROM org o
WHERE setting('membership_model', o.partnership) = 'organisation'
	AND coalesce(o.left, '9999') > today()
	AND (o.joined <= today() OR EXISTS (
		SELECT 1 FROM signature s WHERE s.partnership = o.partnership AND s.org = o.ref
			AND s.signed <= today() AND coalesce(s.ended, '9999') >= today()))
UNION ALL
SELECT p.partnership, 'individual', p.ref, p.name, o.kind, NULL
FROM person p
LEFT JOIN org o ON o.partnership = p.partnership AND o.ref = p.org
WHERE setting('membership_model', p.partnership) = 'individual' AND p.active = 1;

CREATE VIEW agency_current /* The facilitating agency now. */
	(partnership, org, org_name, starts, ends, funder, scope) AS
SELECT a.partnership, a.org, o.name, a.starts, a.ends, a.funder, a.scope
FROM agency a
JOIN org o ON o.partnership = a.partnership AND o.ref = a.org
WHERE coalesce(a.starts, '') <= today() AND coalesce(a.ends, '9999') >= today();

CREATE VIEW period_current /* The session year of today. */
	(partnership, period, starts, ends) AS
SELECT partnership, ref, starts, ends
FROM period
WHERE starts <= today() AND ends >= today();

CREATE VIEW org_detail /* Organisations with contact, sectors, people, seats and signature. */
	(partnership, ref, name, kind, employees, area, sectors, contact, contact_name, people, seats, hr_seats,
	senior_seats, signed, joined, left, leads, note) AS
WITH
employed AS (SELECT partnership, org, count(*) AS people FROM person WHERE active = 1 GROUP BY 1, 2),
seated AS (
	SELECT partnership, org, count(*) AS seats, count(CASE WHEN person_role = 'hr' THEN 1 END) AS hr, count(CASE WHEN senior = 1 THEN 1 END) AS senior
	FROM seat_current GROUP BY 1, 2),
leading AS (
	SELECT l.partnership, l.lead_org AS org, count(*) AS leads
	FROM action_lead l
	JOIN action a ON a.partnership = l.partnership AND a.ref = l.action
	WHERE a.status IN ('open','blocked') GROUP BY 1, 2)
SELECT o.partnership, o.ref, o.name, o.kind, o.employees, o.area,
	(SELECT group_concat(name, ', ') FROM (
		SELECT s.name FROM org__sectors x JOIN sector s ON s.ref = x.item
		WHERE x.partnership = o.partnership AND x.org = o.ref ORDER BY s.position, s.name)),
	o.contact, c.name, coalesce(p.people, 0), coalesce(t.seats, 0), coalesce(t.hr, 0), coalesce(t.senior, 0),
	(SELECT max(signed) FROM signature_current s WHERE s.partnership = o.partnership AND s.org = o.ref),
	o.joined, o.left, coalesce(l.leads, 0), o.note
FROM org o
LEFT JOIN person c ON c.partnership = o.partnership AND c.ref = o.contact
LEFT JOIN employed p ON p.partnership = o.partnership AND p.org = o.ref
LEFT JOIN seated t ON t.partnership = o.partnership AND t.org = o.ref
LEFT JOIN leading l ON l.partnership = o.partnership AND l.org = o.ref;

CREATE VIEW representation /* Who sits in a group, each person once: one row for each kind of organisation, role, seniority and sector, quiet ones as zero. */
	(partnership, measure, value, name, orgs, orgs_seated, people) AS
SELECT g.ref, 'kind', k.kind, k.kind,
	(SELECT count(*) FROM org o WHERE o.partnership = g.ref AND o.kind = k.kind AND coalesce(o.left, '9999') > today()),
	coalesce(s.orgs, 0), coalesce(s.people, 0)
FROM partnership g
JOIN (SELECT 'employer' AS kind UNION ALL VALUES ('provider'), ('funder'), ('agency'), ('union'), ('voluntary'),
	('network'), ('broker'), ('other')) k
LEFT JOIN (
	SELECT partnership, org_kind AS kind, count(DISTINCT org) AS orgs, count(DISTINCT person) AS people
	FROM seat_current GROUP BY 1, 2) s ON s.partnership = g.ref AND s.kind = k.kind
UNION ALL
SELECT g.ref, 'role', k.role, k.role, NULL, coalesce(s.orgs, 0), coalesce(s.people, 0)
FROM partnership g
JOIN (SELECT 'hr' AS role UNION ALL VALUES ('training'), ('executive'), ('other')) k
LEFT JOIN (
	SELECT partnership, person_role AS role, count(DISTINCT org) AS orgs, count(DISTINCT person) AS people
	FROM seat_current GROUP BY 1, 2) s ON s.partnership = g.ref AND s.role = k.role
UNION ALL
SELECT g.ref, 'seniority', k.value, k.value, NULL, coalesce(s.orgs, 0), coalesce(s.people, 0)
FROM partnership g
JOIN (SELECT 'senior' AS value, 1 AS senior UNION ALL VALUES ('not senior', 0), ('unknown', NULL)) k
LEFT JOIN (
	SELECT partnership, senior, count(DISTINCT org) AS orgs, count(DISTINCT person) AS people
	FROM seat_current GROUP BY 1, 2) s ON s.partnership = g.ref AND s.senior IS k.senior
UNION ALL
SELECT g.ref, 'sector', k.ref, k.name, coalesce(o.orgs, 0), coalesce(s.orgs, 0), coalesce(s.people, 0)
FROM partnership g
JOIN sector k
LEFT JOIN (
	SELECT o.partnership, x.item AS sector, count(*) AS orgs
	FROM org o
	JOIN org__sectors x ON x.partnership = o.partnership AND x.org = o.ref
	WHERE coalesce(o.left, '9999') > today() GROUP BY 1, 2) o ON o.partnership = g.ref AND o.sector = k.ref
LEFT JOIN (
	SELECT c.partnership, x.item AS sector, count(DISTINCT c.org) AS orgs, count(DISTINCT c.person) AS people
	FROM seat_current c
	JOIN org__sectors x ON x.partnership = c.partnership AND x.org = c.org
	GROUP BY 1, 2) s ON s.partnership = g.ref AND s.sector = k.ref;

CREATE VIEW org_unseated /* Employers with nobody at the table, largest first. */
	(partnership, ref, name, employees, sectors) AS
SELECT d.partnership, d.ref, d.name, d.employees, d.sectors
FROM org_detail d
WHERE d.kind = 'employer' AND d.seats = 0 AND coalesce(d.left, '9999') > today()
ORDER BY d.employees DESC, d.name;

/* ---------- meetings ---------- */

CREATE VIEW charter_attendance /* For each signature in force: months of membership and meetings attended in the last year, by the member's own people, whoever deputises. */
	(partnership, charter, org, org_name, signed, months, min_months, meetings_held, meetings, min_meetings) AS
WITH
held AS (
	SELECT partnership, ref, day_of(starts) AS day FROM meeting
	WHERE status = 'held' AND kind IN ('meeting', 'board', 'review')
		AND day_of(starts) > date(today(), '-1 year') AND day_of(starts) <= today()),
there AS (
	SELECT a.partnership, a.meeting, a.person, a.deputising_for, h.day
	FROM held h
	JOIN attendance a ON a.partnership = h.partnership AND a.meeting = h.ref AND a.state = 'present'),
came AS (
	SELECT t.partnership, p.org, t.meeting, t.day FROM there t
	JOIN person p ON p.partnership = t.partnership AND p.ref = t.person
	UNION
	SELECT t.partnership, p.second_org, t.meeting, t.day FROM there t
	JOIN person p ON p.partnership = t.partnership AND p.ref = t.person
	UNION
	SELECT t.partnership, p.org, t.meeting, t.day FROM there t
	JOIN person p ON p.partnership = t.partnership AND p.ref = t.deputising_for),
attended AS (
	SELECT s.partnership, s.charter, s.org, count(*) AS meetings
	FROM signature s
	CROSS JOIN came a ON a.partnership = s.partnership AND a.org = s.org AND a.day > s.signed
	GROUP BY 1, 2, 3)
SELECT s.partnership, s.charter, s.org, o.name, s.signed,
	CAST((julianday(min(today(), coalesce(s.ended, '9999-12-31'))) - julianday(s.signed)) / 30.4375 AS INTEGER), c.min_months,
	(SELECT count(*) FROM held h WHERE h.partnership = s.partnership AND h.day > s.signed),
	coalesce(t.meetings, 0), c.min_meetings
FROM signature s
JOIN charter c ON c.partnership = s.partnership AND c.ref = s.charter
JOIN org o ON o.partnership = s.partnership AND o.ref = s.org
LEFT JOIN attended t ON t.partnership = s.partnership AND t.charter = s.charter AND t.org = s.org
WHERE s.signed <= today() AND coalesce(c.ends, '9999') >= today();

CREATE VIEW charter_shortfall /* Signatories that fall short of their charter: gone too soon, or at too few meetings in their last full year. */
	(partnership, charter, org, org_name, shortfall, had, asked) AS
SELECT a.partnership, a.charter, a.org, a.org_name, 'months', a.months, a.min_months
FROM charter_attendance a
JOIN signature s ON s.partnership = a.partnership AND s.charter = a.charter AND s.org = a.org
WHERE s.ended <= today() AND a.months < a.min_months
UNION ALL
SELECT a.partnership, a.charter, a.org, a.org_name, 'meetings', a.meetings, a.min_meetings
FROM charter_attendance a
JOIN signature s ON s.partnership = a.partnership AND s.charter = a.charter AND s.org = a.org
WHERE s.ended IS NULL AND date(a.signed, '+1 year') <= today() AND a.meetings < a.min_meetings
	AND a.meetings_held >= a.min_meetings;

/* ---------- aims and priorities ---------- */

CREATE VIEW priority_detail /* Priorities with the numbers of their aims, their groups and how their actions stand. */
	(partnership, ref, period, number, title, comments, aims, status, decided, reason, funder_target, carried_from,
	workgroups, actions, actions_done, actions_open, actions_overdue) AS
SELECT p.partnership, p.period || '/' || p.number, p.period, p.number, p.title, p.comments,
	(SELECT group_concat(number, ', ') FROM (SELECT coalesce(m.number, m.ref) AS number FROM priority__aims x
		JOIN aim m ON m.partnership = x.partnership AND m.ref = x.item
		WHERE x.partnership = p.partnership AND x.priority_period = p.period AND x.priority_number = p.number
		ORDER BY "natural"(coalesce(m.number, m.ref)))),
	p.status, p.decided, p.reason, p.funder_target, p.carried_from_period || '/' || p.carried_from_number,
	(SELECT group_concat(name, ', ') FROM (SELECT w.name FROM workgroup__priorities x
		JOIN workgroup w ON w.partnership = x.partnership AND w.ref = x.workgroup
		WHERE x.partnership = p.partnership AND x.item_period = p.period AND x.item_number = p.number ORDER BY w.name)),
	count(a.ref), count(CASE WHEN a.status = 'done' THEN 1 END), count(CASE WHEN a.status IN ('open', 'blocked') THEN 1 END),
	count(CASE WHEN a.status IN ('open', 'blocked') AND a.due < today() THEN 1 END)
FROM priority p
LEFT JOIN action__priorities x ON x.partnership = p.partnership AND x.item_period = p.period AND x.item_number = p.number
LEFT JOIN action a ON a.partnership = x.partnership AND a.ref = x.action
GROUP BY p.partnership, p.period, p.number;

/* ---------- actions ---------- */

CREATE VIEW action_lead /* Who leads an action: name, organisation, and the person to write to (an organisation's contact, a group's chair). */
	(partnership, action, number, kind, ref, name, person, lead_org, state, decided) AS
SELECT l.partnership, l.action, l.number, 'person', l.person, p.name, l.person, p.org, l.state, l.decided
FROM lead l
JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
UNION ALL
SELECT l.partnership, l.action, l.number, 'org', l.org, o.name, o.contact, l.org, l.state, l.decided
FROM lead l
JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
UNION ALL
SELECT l.partnership, l.action, l.number, 'workgroup', l.workgroup, w.name,
	(SELECT c.person FROM workgroup_chair c WHERE c.partnership = l.partnership AND c.workgroup = l.workgroup),
	NULL, l.state, l.decided
FROM lead l
JOIN workgroup w ON w.partnership = l.partnership AND w.ref = l.workgroup
UNION ALL
SELECT l.partnership, l.action, l.number, 'written', NULL, l.as_written, NULL, NULL, l.state, l.decided
FROM lead l
WHERE l.person IS NULL AND l.org IS NULL AND l.workgroup IS NULL;

CREATE VIEW chase_due /* What action-track chase would remind people of today: late actions and steps, not said lately, of people who can be written to. */
	(partnership, person, name, action, step, due, chased_on) AS
SELECT o.partnership, o.person, p.name, o.action, o.step, o.due, o.chased_on
FROM (
	SELECT l.partnership, l.person, l.action, NULL AS step, a.due,
		(SELECT max(c.chased_on) FROM chase c WHERE c.partnership = l.partnership AND c.action = l.action
			AND c.person = l.person AND (c.message_id IS NULL OR c.handed_over IS NOT NULL)) AS chased_on
	FROM action a
	JOIN action_lead l ON l.partnership = a.partnership AND l.action = a.ref
	WHERE a.status IN ('open','blocked') AND a.due < today() AND l.state <> 'declined'
	UNION ALL
	SELECT s.partnership, s.lead, s.action, s.number, s.due,
		(SELECT max(c.chased_on) FROM chase c WHERE c.partnership = s.partnership AND c.action = s.action
			AND c.person = s.lead AND (c.message_id IS NULL OR c.handed_over IS NOT NULL))
	FROM step s
	JOIN action a ON a.partnership = s.partnership AND a.ref = s.action
	WHERE a.status IN ('open','blocked') AND s.due < today() AND s.done_on IS NULL) o
JOIN person p ON p.partnership = o.partnership AND p.ref = o.person
WHERE p.active = 1 AND p.email IS NOT NULL AND coalesce(p.away_until, '') < today()
	AND (o.chased_on IS NULL OR julianday(today()) - julianday(o.chased_on) >= CAST(setting('chase_every', o.partnership) AS INTEGER));

/* The names of leads are not taken from action_leads in these two: that would fetch each action again. */

CREATE VIEW action_overdue /* Open actions past their due date. */
	(partnership, ref, title, theme, workgroup, leads, status, due, days_overdue, working_days_overdue) AS
SELECT a.partnership, a.ref, a.title, a.theme, a.workgroup,
	(SELECT group_concat(name, ', ') FROM (
		SELECT coalesce(p.name, o.name, w.name, l.as_written) AS name FROM lead l
		LEFT JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
		LEFT JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
		LEFT JOIN workgroup w ON w.partnership = l.partnership AND w.ref = l.workgroup
		WHERE l.partnership = a.partnership AND l.action = a.ref ORDER BY l.number)),
	a.status, a.due,
	CAST(julianday(today()) - julianday(a.due) AS INTEGER),
	working_days(a.due, today(), a.partnership)
FROM action a
WHERE a.status IN ('open','blocked') AND a.due < today();

CREATE VIEW action_due /* Open actions due today or later, with the days left. */
	(partnership, ref, title, theme, workgroup, leads, status, due, days_left) AS
SELECT a.partnership, a.ref, a.title, a.theme, a.workgroup,
	(SELECT group_concat(name, ', ') FROM (
		SELECT coalesce(p.name, o.name, w.name, l.as_written) AS name FROM lead l
		LEFT JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
		LEFT JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
		LEFT JOIN workgroup w ON w.partnership = l.partnership AND w.ref = l.workgroup
		WHERE l.partnership = a.partnership AND l.action = a.ref ORDER BY l.number)),
	a.status, a.due, CAST(julianday(a.due) - julianday(today()) AS INTEGER)
FROM action a
WHERE a.status IN ('open','blocked') AND a.due >= today();

CREATE VIEW action_detail /* Actions with everything a plan prints: the six columns, aims, priorities, steps, the latest note and costs. */
	(partnership, ref, kind, theme, theme_name, theme_position, workgroup, workgroup_name, level, title, what,
	outcome, leads, leads_lines, monitoring, timing, start, due, review_by, time, status, percent, points, budget,
	costs_note, spent, funder, aims, priorities, sector, sector_name, regional, elsewhere, elsewhere_name, raised,
	raised_at, done_on, every, reason, source, steps, steps_done, indicators, noted_on, note, days_overdue) AS
SELECT a.partnership, a.ref, a.kind, a.theme, t.name, t.position, a.workgroup, w.name, w.level, a.title, a.what,
	a.outcome,
	(SELECT l.leads FROM action_leads l WHERE l.partnership = a.partnership AND l.action = a.ref),
	(SELECT group_concat(name, char(10)) FROM (
		SELECT coalesce(p.name, o.name, g.name, l.as_written) AS name FROM lead l
		LEFT JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
		LEFT JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
		LEFT JOIN workgroup g ON g.partnership = l.partnership AND g.ref = l.workgroup
		WHERE l.partnership = a.partnership AND l.action = a.ref ORDER BY l.number)),
	a.monitoring, a.timing, a.start, a.due, a.review_by, coalesce(a.due, a.timing, a.review_by), a.status, a.percent,
	a.points, a.budget, a.costs_note, a.spent, a.funder,
	(SELECT group_concat(number, ', ') FROM (SELECT coalesce(m.number, m.ref) AS number FROM action__aims x
		JOIN aim m ON m.partnership = x.partnership AND m.ref = x.item
		WHERE x.partnership = a.partnership AND x.action = a.ref ORDER BY "natural"(coalesce(m.number, m.ref)))),
	(SELECT group_concat(ref, ', ') FROM (SELECT item_period || '/' || item_number AS ref FROM action__priorities x
		WHERE x.partnership = a.partnership AND x.action = a.ref ORDER BY item_period, item_number)),
	a.sector, s.name, a.regional, a.elsewhere, e.name, a.raised, a.raised_at, a.done_on, a.every, a.reason, a.source,
	(SELECT count(*) FROM step x WHERE x.partnership = a.partnership AND x.action = a.ref),
	(SELECT count(x.done_on) FROM step x WHERE x.partnership = a.partnership AND x.action = a.ref),
	(SELECT count(*) FROM indicator x WHERE x.partnership = a.partnership AND x.action = a.ref),
	n.noted_on, n.text,
	CASE WHEN a.status IN ('open','blocked') AND a.due < today()
		THEN CAST(julianday(today()) - julianday(a.due) AS INTEGER) END
FROM action a
LEFT JOIN theme t ON t.partnership = a.partnership AND t.ref = a.theme
LEFT JOIN workgroup w ON w.partnership = a.partnership AND w.ref = a.workgroup
LEFT JOIN sector s ON s.ref = a.sector
LEFT JOIN org e ON e.partnership = a.partnership AND e.ref = a.elsewhere
LEFT JOIN progress n ON n.partnership = a.partnership AND n.action = a.ref AND n.number = (
	SELECT number FROM progress x WHERE x.partnership = a.partnership AND x.action = a.ref
	ORDER BY x.noted_on DESC, x.number DESC LIMIT 1);

CREATE VIEW step_detail /* Steps with their action and who does them. */
	(partnership, action, title, number, text, lead, lead_name, due, done_on, days_overdue) AS
SELECT s.partnership, s.action, a.title, s.number, s.text, s.lead, coalesce(p.name, s.lead_text), s.due, s.done_on,
	CASE WHEN s.done_on IS NULL AND s.due < today() AND a.status IN ('open','blocked')
		THEN CAST(julianday(today()) - julianday(s.due) AS INTEGER) END
FROM step s
JOIN action a ON a.partnership = s.partnership AND a.ref = s.action
LEFT JOIN person p ON p.partnership = s.partnership AND p.ref = s.lead;

CREATE VIEW duty_person /* What a person has to do: open actions they lead, open steps, open issues. */
	(partnership, person, name, kind, ref, title, due, days_overdue) AS
SELECT l.partnership, l.person, p.name, 'action', a.ref, a.title, a.due,
	CASE WHEN a.due < today() THEN CAST(julianday(today()) - julianday(a.due) AS INTEGER) END
FROM action_lead l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status IN ('open','blocked')
JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
WHERE l.state <> 'declined'
UNION ALL
SELECT s.partnership, s.lead, s.lead_name, 'step', s.action || '/' || s.number, s.text, s.due, s.days_overdue
FROM step_detail s
JOIN action a ON a.partnership = s.partnership AND a.ref = s.action AND a.status IN ('open','blocked')
WHERE s.lead IS NOT NULL AND s.done_on IS NULL
UNION ALL
SELECT i.partnership, i.owner, p.name, 'issue_log', i.ref, i.title, i.due,
	CASE WHEN i.due < today() THEN CAST(julianday(today()) - julianday(i.due) AS INTEGER) END
FROM issue_log i
JOIN person p ON p.partnership = i.partnership AND p.ref = i.owner
WHERE i.status = 'open';

CREATE VIEW workload /* Open actions and points of each lead by the quarter in which they are due; no quarter where there is no date. */
	(partnership, kind, lead, name, quarter, actions, points, overdue, max_load) AS
SELECT l.partnership, l.kind, l.ref, l.name,
	substr(a.due, 1, 4) || ' Q' || ((CAST(substr(a.due, 6, 2) AS INTEGER) + 2) / 3),
	count(*), sum(a.points), count(CASE WHEN a.due < today() THEN 1 END),
	CAST(setting('max_load', l.partnership) AS INTEGER)
FROM action_lead l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status IN ('open','blocked')
WHERE l.kind <> 'written' AND l.state <> 'declined'
GROUP BY 1, 2, 3, 4, 5;

CREATE VIEW contribution /* Actions led, offers made, events prepared and seats held by each organisation. */
	(partnership, org, org_name, kind, actions, actions_done, offers, events, seats) AS
SELECT o.partnership, o.ref, o.name, o.kind, coalesce(l.actions, 0), coalesce(l.done, 0), coalesce(f.offers, 0),
	(SELECT count(*) FROM meeting__organisers x WHERE x.partnership = o.partnership AND x.item = o.ref),
	coalesce(s.seats, 0)
FROM org o
LEFT JOIN (SELECT l.partnership, l.lead_org AS org, count(DISTINCT l.action) AS actions,
		count(DISTINCT CASE WHEN a.status = 'done' THEN l.action END) AS done
	FROM action_lead l JOIN action a ON a.partnership = l.partnership AND a.ref = l.action
	WHERE l.lead_org IS NOT NULL GROUP BY l.partnership, l.lead_org) l ON l.partnership = o.partnership AND l.org = o.ref
LEFT JOIN (SELECT i.partnership, p.org, count(*) AS offers
	FROM issue_log i JOIN person p ON p.partnership = i.partnership AND p.ref = i.owner
	WHERE i.kind = 'offer' GROUP BY i.partnership, p.org) f ON f.partnership = o.partnership AND f.org = o.ref
LEFT JOIN (SELECT partnership, org, count(*) AS seats FROM seat_current GROUP BY partnership, org) s
	ON s.partnership = o.partnership AND s.org = o.ref;

CREATE VIEW issue_detail /* The issue log with names, meeting and days overdue. */
	(partnership, ref, kind, title, text, status, raised, raised_at, raised_at_title, owner, owner_name, owner_org,
	level, due, days_overdue, decision, decided, became, became_title) AS
SELECT i.partnership, i.ref, i.kind, i.title, i.text, i.status, i.raised, i.raised_at, m.title, i.owner, p.name, p.org,
	i.level, i.due,
	CASE WHEN i.status = 'open' AND i.due < today() THEN CAST(julianday(today()) - julianday(i.due) AS INTEGER) END,
	i.decision, i.decided, i.became, a.title
FROM issue_log i
LEFT JOIN meeting m ON m.partnership = i.partnership AND m.ref = i.raised_at
LEFT JOIN person p ON p.partnership = i.partnership AND p.ref = i.owner
LEFT JOIN action a ON a.partnership = i.partnership AND a.ref = i.became;

CREATE VIEW chain_break /* Where in the delivery chain actions are stuck: blocked and overdue by level, with the reasons given. */
	(partnership, level, open, blocked, overdue, reasons) AS
WITH unfinished AS (
	SELECT a.partnership, coalesce(w.level, w.name) AS level, a.ref, a.status, a.due, a.reason
	FROM action a
	LEFT JOIN workgroup w ON w.partnership = a.partnership AND w.ref = a.workgroup
	WHERE a.status IN ('open','blocked'))
SELECT partnership, level, count(*), count(CASE WHEN status = 'blocked' THEN 1 END), count(CASE WHEN due < today() THEN 1 END),
	(SELECT group_concat(reason, '; ') FROM (
		SELECT ref || ': ' || coalesce(reason, 'no reason given') AS reason FROM unfinished b
		WHERE b.partnership = u.partnership AND b.level IS u.level AND b.status = 'blocked' ORDER BY "natural"(ref)))
FROM unfinished u
GROUP BY 1, 2;

CREATE VIEW deadline /* Every date that something is due: actions, steps, issues, reviews, reports, meetings, responses. */
	(partnership, day, kind, ref, title, what) AS
SELECT partnership, due, 'action', ref, title, 'due' FROM action WHERE status IN ('open','blocked') AND due IS NOT NULL
UNION ALL
SELECT partnership, review_by, 'action', ref, title, 'to be reviewed' FROM action
	WHERE status IN ('open','blocked') AND review_by IS NOT NULL
UNION ALL
SELECT partnership, due, 'step', action || '/' || number, text, 'due' FROM step_detail s
	WHERE s.done_on IS NULL AND s.due IS NOT NULL
UNION ALL
SELECT partnership, due, 'issue_log', ref, title, 'due' FROM issue_log WHERE status = 'open' AND due IS NOT NULL
UNION ALL
SELECT partnership, review_due, 'terms', ref, 'Terms of reference ' || ref, 'to be reviewed' FROM terms
	WHERE status = 'adopted' AND review_due IS NOT NULL
UNION ALL
SELECT partnership, review_due, 'charter', ref, title, 'to be reviewed' FROM charter
	WHERE review_due IS NOT NULL AND coalesce(ends, '9999') >= review_due
UNION ALL
SELECT partnership, finish_by, 'workgroup', ref, name, 'to finish' FROM workgroup
	WHERE status <> 'finished' AND finish_by IS NOT NULL
UNION ALL
SELECT partnership, report_due, 'workgroup', ref, name, 'to report' FROM workgroup_detail WHERE report_due IS NOT NULL
UNION ALL
SELECT partnership, meeting_due, 'workgroup', ref, name, 'to meet' FROM workgroup_detail
	WHERE meeting_due IS NOT NULL AND next_meeting IS NULL AND status = 'active'
UNION ALL
SELECT partnership, day_of(starts), 'meeting', ref, title, 'takes place' FROM meeting_detail WHERE status = 'planned'
UNION ALL
SELECT partnership, day_of(respond_by), 'incident', ref, employer_name, 'to be answered' FROM incident_detail
	WHERE responded_at IS NULL AND status <> 'closed' AND respond_by IS NOT NULL;

CREATE VIEW calendar_entry /* What a calendar shows of a record and what stands under it: whole days, or times for meetings and answers; hours before which there is an alarm. */
	(partnership, owner_kind, owner, kind, ref, part, title, text, place, starts, ends, status, percent, done_on, alarm_hours) AS
SELECT a.partnership, 'action', a.ref, 'action', a.ref, '', a.ref || ': ' || a.title,
	nullif(coalesce('Lead: ' || (SELECT l.leads FROM action_leads l WHERE l.partnership = a.partnership AND l.action = a.ref) || char(10), '')
		|| coalesce(a.what, ''), ''),
	NULL, a.due, NULL,
	CASE a.status WHEN 'dropped' THEN 'cancelled' WHEN 'done' THEN 'done' WHEN 'proposed' THEN 'tentative' ELSE '' END,
	a.percent, a.done_on, 168
FROM action a
UNION ALL
SELECT a.partnership, 'action', a.ref, 'action', a.ref, 'review', 'Review of ' || a.ref || ': ' || a.title, NULL, NULL,
	a.review_by, NULL,
	CASE a.status WHEN 'dropped' THEN 'cancelled' WHEN 'done' THEN 'done' WHEN 'proposed' THEN 'tentative' ELSE '' END,
	NULL, a.done_on, 168
FROM action a WHERE a.review_by IS NOT NULL
UNION ALL
SELECT s.partnership, o.kind, CASE o.kind WHEN 'action' THEN s.action ELSE s.action || '/' || s.number END, 'step',
	s.action || '/' || s.number, '', s.action || '/' || s.number || ': ' || s.text,
	'Lead: ' || coalesce(p.name, s.lead_text), NULL, s.due, NULL,
	CASE WHEN a.status = 'dropped' THEN 'cancelled' WHEN a.status = 'done' OR s.done_on IS NOT NULL THEN 'done' ELSE '' END,
	NULL, coalesce(s.done_on, a.done_on), 168
FROM (SELECT 'action' AS kind UNION ALL SELECT 'step') o
JOIN step s
JOIN action a ON a.partnership = s.partnership AND a.ref = s.action
LEFT JOIN person p ON p.partnership = s.partnership AND p.ref = s.lead
WHERE s.due IS NOT NULL
UNION ALL
SELECT m.partnership, 'meeting', m.ref, 'meeting', m.ref, '', coalesce(m.title, w.name, m.kind),
	nullif(coalesce(m.reason || char(10), '') || coalesce(m.agenda, ''), ''),
	coalesce(m.venue, CASE m.online WHEN 1 THEN 'online' END), m.starts, m.ends,
	CASE m.status WHEN 'cancelled' THEN 'cancelled' WHEN 'moved' THEN 'cancelled' WHEN 'held' THEN 'done' ELSE '' END,
	NULL, NULL, 24
FROM meeting m
LEFT JOIN workgroup w ON w.partnership = m.partnership AND w.ref = m.workgroup
UNION ALL
SELECT partnership, 'terms', ref, 'terms', ref, '', 'Review of the terms of reference ' || ref, NULL, NULL, review_due, NULL,
	CASE status WHEN 'superseded' THEN 'cancelled' WHEN 'draft' THEN 'tentative' ELSE '' END, NULL, NULL, 672
FROM terms WHERE review_due IS NOT NULL
UNION ALL
SELECT partnership, 'charter', ref, 'charter', ref, '', 'Review of ' || title, NULL, NULL, review_due, NULL,
	CASE WHEN ends < review_due THEN 'cancelled' ELSE '' END, NULL, NULL, 672
FROM charter WHERE review_due IS NOT NULL
UNION ALL
SELECT partnership, 'workgroup', ref, 'workgroup', ref, '', name || ' is to finish', NULL, NULL, finish_by, NULL,
	CASE status WHEN 'finished' THEN 'done' WHEN 'proposed' THEN 'tentative' ELSE '' END, NULL, NULL, 672
FROM workgroup WHERE finish_by IS NOT NULL
UNION ALL
SELECT partnership, 'workgroup', ref, 'workgroup', ref, 'report', name || ' is to report', NULL, NULL, report_due, NULL, '',
	NULL, NULL, 168
FROM workgroup_detail WHERE report_due IS NOT NULL
UNION ALL
SELECT i.partnership, 'issue_log', i.ref, 'issue_log', i.ref, '', i.ref || ': ' || i.title, 'Owner: ' || p.name, NULL, i.due, NULL,
	CASE i.status WHEN 'open' THEN '' WHEN 'declined' THEN 'cancelled' ELSE 'done' END, NULL, i.decided, 168
FROM issue_log i
LEFT JOIN person p ON p.partnership = i.partnership AND p.ref = i.owner
WHERE i.due IS NOT NULL
UNION ALL
SELECT i.partnership, 'incident', i.ref, 'incident', i.ref, '', 'Answer ' || e.name, NULL, NULL, i.respond_by, NULL,
	CASE WHEN i.responded_at IS NOT NULL OR i.status = 'closed' THEN 'done' ELSE '' END, NULL,
	day_of(i.responded_at), 4
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.respond_by IS NOT NULL;

/* ---------- redundancy response ---------- */

CREATE VIEW scheme_current /* The boundaries a partnership counts by: those of its own areas, else the newest in force. */
	(partnership, scheme, name) AS
SELECT f.partnership, f.scheme, s.name
FROM (
	SELECT g.ref AS partnership, coalesce(
		(SELECT o.item_scheme FROM partnership__areas o WHERE o.partnership = g.ref
			GROUP BY o.item_scheme ORDER BY count(*) DESC, o.item_scheme LIMIT 1),
		(SELECT x.ref FROM scheme x
			ORDER BY coalesce(x.valid_from, '') <= today() AND coalesce(x.valid_until, '9999') >= today() DESC,
				x.official DESC, coalesce(x.valid_from, x.as_of, '') DESC, x.ref LIMIT 1)) AS scheme
	FROM partnership g) f
JOIN scheme s ON s.ref = f.scheme;

CREATE VIEW notice_detail /* Notices with employer, council, size band by the law of their day, days of notice given and asked. */
	(partnership, ref, sender_ref, employer, employer_name, public_sector, size, sector, sector_name, site, address,
	postcode, council, council_name, nation, received, day, month, notified, consultation_started, first_dismissal,
	last_dismissal, employed, proposed, proposed_text, certainty, band, days_given, days_asked, short_notice, closure,
	trade_union, reasons, warnings, status, supersedes, incident, source, import, line) AS
SELECT n.partnership, n.ref, n.sender_ref, n.employer, e.name, e.public_sector, e.size, e.sector, s.name, n.site,
	n.address, n.postcode, n.council, c.name, n.nation, n.received, n.day, substr(n.day, 1, 7), n.notified,
	n.consultation_started, n.first_dismissal, n.last_dismissal, n.employed, n.proposed, n.proposed_text, n.certainty,
	CASE WHEN n.proposed IS NULL OR r.lower IS NULL THEN 'unknown'
		WHEN n.proposed < r.lower THEN 'under ' || r.lower
		WHEN n.proposed < r.upper THEN r.lower || '–' || (r.upper - 1)
		ELSE r.upper || ' and more' END,
	CAST(julianday(n.first_dismissal) - julianday(day_of(n.received)) AS INTEGER),
	CASE WHEN n.proposed >= r.upper THEN r.upper_days WHEN n.proposed >= r.lower THEN r.lower_days END,
	EXISTS (SELECT 1 FROM notice__warnings x WHERE x.partnership = n.partnership AND x.notice = n.ref AND x.item = 'short-notice'),
	n.closure, n.trade_union,
	(SELECT group_concat(text, '; ') FROM (SELECT coalesce(q.text, x.item) AS text FROM notice__reasons x
		LEFT JOIN notice_reason q ON q.code = x.item
		WHERE x.partnership = n.partnership AND x.notice = n.ref ORDER BY x.item)),
	(SELECT group_concat(item, '; ') FROM (SELECT item FROM notice__warnings x
		WHERE x.partnership = n.partnership AND x.notice = n.ref ORDER BY item)),
	n.status, n.supersedes,
	(SELECT min(x.incident) FROM incident__notices x WHERE x.partnership = n.partnership AND x.item = n.ref),
	n.source, n.import, n.line
FROM (
	SELECT m.*, coalesce(day_of(m.received), m.first_dismissal) AS day,
		CASE substr(m.council, 1, 1) WHEN 'S' THEN 'scotland' WHEN 'E' THEN 'england' WHEN 'W' THEN 'wales'
			WHEN 'N' THEN 'northern-ireland' ELSE setting('nation', m.partnership) END AS nation
	FROM notice m) n
JOIN employer e ON e.partnership = n.partnership AND e.ref = n.employer
LEFT JOIN sector s ON s.ref = e.sector
LEFT JOIN council c ON c.code = n.council
LEFT JOIN notice_rule r ON r.nation = n.nation AND r.valid_from <= n.day AND coalesce(r.valid_until, '9999') >= n.day;

CREATE VIEW month_span /* Every month from a partnership's first notice or incident to this one, quiet ones too. */
	(partnership, month) AS
WITH RECURSIVE span (partnership, month, last) AS (
	SELECT f.partnership, min(f.month), max(substr(today(), 1, 7), max(f.month)) FROM (
		SELECT partnership, substr(day, 1, 7) AS month FROM notice_day WHERE day IS NOT NULL
		UNION ALL
		SELECT partnership, substr(day_of(told), 1, 7) FROM incident WHERE told IS NOT NULL) f
	GROUP BY f.partnership
	UNION ALL
	SELECT partnership, substr(date(month || '-01', '+1 month'), 1, 7), last FROM span WHERE month < last)
SELECT partnership, month FROM span;

CREATE VIEW notice_month /* Active notices by month and area of every scheme; quiet areas and months as zero; the area null for notices without one. */
	(partnership, month, scheme, area, area_name, notices, employers, sites, proposed, unclear) AS
WITH counted AS (
	SELECT a.partnership, substr(n.day, 1, 7) AS month, a.scheme, a.area, count(*) AS notices,
		count(DISTINCT n.employer) AS employers, count(DISTINCT n.employer || '/' || coalesce(lower(n.site), '')) AS sites,
		coalesce(sum(n.proposed), 0) AS proposed, count(CASE WHEN n.proposed IS NULL THEN 1 END) AS unclear
	FROM notice_area a
	JOIN notice_detail n ON n.partnership = a.partnership AND n.ref = a.notice AND n.status = 'active'
	GROUP BY 1, 2, 3, 4)
SELECT m.partnership, m.month, p.scheme, p.area, p.area_name, coalesce(c.notices, 0), coalesce(c.employers, 0),
	coalesce(c.sites, 0), coalesce(c.proposed, 0), coalesce(c.unclear, 0)
FROM month_span m
JOIN partnership_area p ON p.partnership = m.partnership
LEFT JOIN counted c ON c.partnership = m.partnership AND c.month = m.month AND c.scheme = p.scheme AND c.area = p.area
UNION ALL
SELECT n.partnership, substr(n.day, 1, 7), s.ref, NULL, coalesce(a.area_name, 'area unknown'), count(*),
	count(DISTINCT n.employer), count(DISTINCT n.employer || '/' || coalesce(lower(n.site), '')),
	coalesce(sum(n.proposed), 0), count(CASE WHEN n.proposed IS NULL THEN 1 END)
FROM notice_detail n
JOIN scheme s
LEFT JOIN notice_area a ON a.partnership = n.partnership AND a.notice = n.ref AND a.scheme = s.ref
WHERE n.status = 'active' AND a.area IS NULL
GROUP BY 1, 2, 3, 5;

CREATE VIEW incident_detail /* Cases with employer, people (the notices' number once there is one, else the estimate), areas, sites, the response clock, every partner that took part, what the first contact told, and the people supported: at least those at the best attended event for staff, at most all who came to one, who may have come twice. */
	(partnership, ref, employer, employer_name, kind, origin, told_by, told, month, people, people_from, certainty,
	sector, sector_name, size_band, owner, owner_name, government_contact_name, administrator, status, respond_by,
	responded_at, hours_taken, met, areas, sites, services, notices, partners, events, wash_up, closed_on, leaving,
	skills, wanted, staff_access, uncounted, uncounted_text, supported, came) AS
SELECT i.partnership, i.ref, i.employer, e.name, i.kind, i.origin, i.told_by, i.told, substr(day_of(i.told), 1, 7),
	coalesce(i.noticed, i.estimate),
	CASE WHEN i.noticed IS NOT NULL THEN 'notice' WHEN i.estimate IS NOT NULL THEN 'estimate' END,
	CASE WHEN i.noticed IS NOT NULL THEN 'exact' ELSE i.certainty END,
	coalesce(i.sector, e.sector), s.name, coalesce(i.size_band, e.size), i.owner, p.name, v.name, i.administrator, i.status,
	i.respond_by, i.responded_at,
	CASE WHEN length(i.told) > 10 AND length(i.responded_at) > 10
		THEN round((julianday(i.responded_at) - julianday(i.told)) * 24, 1) END,
	CASE WHEN i.respond_by IS NULL THEN NULL
		WHEN i.responded_at IS NULL AND i.respond_by >= now() THEN NULL
		WHEN i.responded_at IS NULL THEN 0
		WHEN length(i.responded_at) = 10 THEN i.responded_at <= day_of(i.respond_by)
		ELSE i.responded_at <= i.respond_by END,
	(SELECT group_concat(name, ', ') FROM (SELECT a.name FROM incident__areas x
		JOIN area a ON a.scheme = x.item_scheme AND a.ref = x.item_ref
		WHERE x.partnership = i.partnership AND x.incident = i.ref ORDER BY a.name)),
	(SELECT group_concat(item, ', ') FROM (SELECT item FROM incident__sites x
		WHERE x.partnership = i.partnership AND x.incident = i.ref ORDER BY item)),
	(SELECT group_concat(name, ', ') FROM (SELECT t.name FROM incident__services x JOIN service t ON t.ref = x.item
		WHERE x.partnership = i.partnership AND x.incident = i.ref ORDER BY t.name)),
	(SELECT count(*) FROM incident__notices x WHERE x.partnership = i.partnership AND x.incident = i.ref),
	(SELECT group_concat(name, ', ') FROM (SELECT o.name FROM org o
		WHERE o.partnership = i.partnership AND o.ref IN (
			SELECT x.item FROM incident_event__orgs x
			WHERE x.partnership = i.partnership AND x.incident_event_incident = i.ref
			UNION SELECT q.org FROM incident_event x JOIN person q ON q.partnership = x.partnership AND q.ref = x.person
			WHERE x.partnership = i.partnership AND x.incident = i.ref
			UNION SELECT p.org) ORDER BY o.name)),
	(SELECT count(*) FROM incident_event x WHERE x.partnership = i.partnership AND x.incident = i.ref),
	EXISTS (SELECT 1 FROM incident_event x WHERE x.partnership = i.partnership AND x.incident = i.ref AND x.kind = 'wash-up'),
	i.closed_on, i.leaving, i.skills, i.wanted, i.staff_access, i.uncounted, i.uncounted_text,
	(SELECT max(x.attended) FROM incident_event x WHERE x.partnership = i.partnership AND x.incident = i.ref
		AND x.kind IN ('presentation', 'discussion', 'open-event', 'one-to-one', 'workshop')),
	(SELECT sum(x.attended) FROM incident_event x WHERE x.partnership = i.partnership AND x.incident = i.ref
		AND x.kind IN ('presentation', 'discussion', 'open-event', 'one-to-one', 'workshop'))
FROM (
	SELECT c.*, (SELECT sum(n.proposed) FROM incident__notices x
		JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item AND n.status = 'active'
		WHERE x.partnership = c.partnership AND x.incident = c.ref) AS noticed
	FROM incident c) i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
LEFT JOIN sector s ON s.ref = coalesce(i.sector, e.sector)
LEFT JOIN person p ON p.partnership = i.partnership AND p.ref = i.owner
LEFT JOIN person v ON v.partnership = i.partnership AND v.ref = i.government_contact;

CREATE VIEW incident_late /* Open cases past their deadline without a first contact. */
	(partnership, ref, employer, employer_name, told, people, areas, owner, owner_name, respond_by, hours_late) AS
SELECT partnership, ref, employer, employer_name, told, people, areas, owner, owner_name, respond_by,
	round((julianday(now()) - julianday(respond_by)) * 24, 1)
FROM incident_detail
WHERE responded_at IS NULL AND status IN ('new', 'contacted') AND respond_by < now();

CREATE VIEW incident_call /* Cases nobody has called about yet, with whom to ask and whether the deadline is past. */
	(partnership, ref, employer, employer_name, told, people, contact_name, contact_phone, contact_email, areas, owner,
	owner_name, respond_by, late) AS
SELECT i.partnership, i.ref, i.employer, i.employer_name, i.told, i.people,
	coalesce((SELECT n.contact_name FROM incident__notices x JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item
		WHERE x.partnership = i.partnership AND x.incident = i.ref AND n.contact_name IS NOT NULL ORDER BY n.received DESC LIMIT 1), c.contact_name),
	coalesce((SELECT n.contact_phone FROM incident__notices x JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item
		WHERE x.partnership = i.partnership AND x.incident = i.ref AND n.contact_phone IS NOT NULL ORDER BY n.received DESC LIMIT 1), c.contact_phone),
	coalesce((SELECT n.contact_email FROM incident__notices x JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item
		WHERE x.partnership = i.partnership AND x.incident = i.ref AND n.contact_email IS NOT NULL ORDER BY n.received DESC LIMIT 1), c.contact_email),
	i.areas, i.owner, i.owner_name, i.respond_by,
	CASE WHEN i.respond_by < now() THEN 'yes' ELSE 'no' END
FROM incident_detail i
JOIN incident c ON c.partnership = i.partnership AND c.ref = i.ref
WHERE i.responded_at IS NULL AND i.status IN ('new', 'contacted');

CREATE VIEW response_month /* Of the cases told of in a month: answered in time, late, still open, and the share answered in time of those that are settled. */
	(partnership, month, incidents, met, late, open, no_deadline, share) AS
SELECT partnership, month, count(*), count(CASE WHEN met = 1 THEN 1 END), count(CASE WHEN met = 0 THEN 1 END),
	count(CASE WHEN met IS NULL AND respond_by IS NOT NULL THEN 1 END),
	count(CASE WHEN respond_by IS NULL THEN 1 END),
	round(100.0 * count(CASE WHEN met = 1 THEN 1 END) / nullif(count(met), 0), 1)
FROM incident_detail
GROUP BY partnership, month;

/* ---------- surveys ---------- */

CREATE VIEW survey_public /* What the public may see of a stored tally without a break. Where a count is small (setting small_threshold), every answer that says the same is closed with it, or its sum too, and another with that, so that nothing follows from the rest; what the tally itself had hidden stays so. */
	(partnership, survey, question, number, answer, role, part, part_closed, closed) AS
WITH r AS (
	SELECT t.partnership, t.survey, t.question, t.number, t.answer, t.kind, t.count, t.base,
		CASE WHEN t.answer IN ('positive', 'neutral', 'negative') AND t.tone IS NULL THEN 'sum'
			WHEN t.answer IN ('balance', 'mean', 'median', 'lowest', 'highest', 'earliest', 'latest') AND t.count IS NULL THEN 'measure'
			WHEN t.tone = 'aside' AND t.kind <> 'multiple' OR t.answer = 'no answer' OR t.note LIKE '%not in the base%' THEN 'aside'
			ELSE 'answer' END AS role,
		CASE WHEN t.kind IN ('scale', 'single', 'yes-no') THEN coalesce(t.tone, t.answer) ELSE t.answer END AS part,
		t.count IS NOT shown(t.count, 'public', t.partnership) AS small
	FROM survey_result t WHERE t.break_by IS NULL),
p AS (
	SELECT partnership, survey, question, part, sum(count) AS n, max(small) AS any_small,
		sum(count) IS NOT shown(sum(count), 'public', partnership) AS small
	FROM r WHERE role = 'answer' AND kind IN ('scale', 'single', 'yes-no') GROUP BY partnership, survey, question, part),
h AS (
	SELECT p.*, sum(small) OVER q AS smalls,
		row_number() OVER (PARTITION BY partnership, survey, question, small ORDER BY n IS NULL, n = 0, n) AS rank
	FROM p WINDOW q AS (PARTITION BY partnership, survey, question)),
c AS (SELECT h.*, small OR smalls = 1 AND rank = 1 AS shut FROM h)
SELECT r.partnership, r.survey, r.question, r.number, r.answer, r.role, r.part, c.shut,
	CASE r.role
	WHEN 'answer' THEN coalesce(c.shut OR c.any_small, r.small)
	WHEN 'sum' THEN coalesce((SELECT x.shut FROM c x WHERE x.partnership = r.partnership AND x.survey = r.survey
		AND x.question = r.question AND x.part = r.answer), r.small)
	WHEN 'aside' THEN max(CASE WHEN r.role = 'aside' THEN r.small ELSE 0 END) OVER (PARTITION BY r.partnership, r.survey, r.question)
	ELSE max(r.small) OVER (PARTITION BY r.partnership, r.survey, r.question) END
FROM r
LEFT JOIN c ON c.partnership = r.partnership AND c.survey = r.survey AND c.question = r.question AND c.part = r.part AND r.role = 'answer';

/* ---------- comparing partnerships ---------- */

CREATE VIEW compare /* One row a partnership: what it is made of and how it does. */
	(partnership, name, kind, established, membership_model, chair_name, workgroups, members, seats, actions_open,
	actions_overdue, notices, incidents, answered_in_time, meetings, events, last_survey, last_data) AS
SELECT g.ref, g.name, g.kind, g.established, setting('membership_model', g.ref),
	(SELECT c.name FROM steering_group s
		JOIN workgroup_chair c ON c.partnership = s.partnership AND c.workgroup = s.workgroup WHERE s.partnership = g.ref),
	(SELECT count(*) FROM workgroup w WHERE w.partnership = g.ref AND w.status = 'active'),
	(SELECT count(*) FROM member m WHERE m.partnership = g.ref),
	(SELECT count(*) FROM seat_current s WHERE s.partnership = g.ref),
	(SELECT count(*) FROM action a WHERE a.partnership = g.ref AND a.status IN ('open','blocked')),
	(SELECT count(*) FROM action a WHERE a.partnership = g.ref AND a.status IN ('open','blocked') AND a.due < today()),
	(SELECT count(*) FROM notice n WHERE n.partnership = g.ref AND n.status = 'active'),
	(SELECT count(*) FROM incident i WHERE i.partnership = g.ref),
	(SELECT round(100.0 * sum(met) / nullif(sum(met) + sum(late), 0), 1) FROM response_month r WHERE r.partnership = g.ref),
	(SELECT count(*) FROM meeting m WHERE m.partnership = g.ref AND m.status = 'held' AND m.kind <> 'event'),
	(SELECT count(*) FROM meeting m WHERE m.partnership = g.ref AND m.status = 'held' AND m.kind = 'event'),
	(SELECT max(coalesce(closed, opened)) FROM survey s WHERE s.partnership = g.ref),
	(SELECT nullif(max(
		coalesce((SELECT max(noted_on) FROM progress x WHERE x.partnership = g.ref), ''),
		coalesce((SELECT max(day_of(starts)) FROM meeting x WHERE x.partnership = g.ref AND x.status = 'held'), ''),
		coalesce((SELECT max(day_of(told)) FROM incident x WHERE x.partnership = g.ref), ''),
		coalesce((SELECT max(day) FROM notice_day x WHERE x.partnership = g.ref), ''),
		coalesce((SELECT max(raised) FROM action x WHERE x.partnership = g.ref), '')), ''))
FROM partnership g;

CREATE VIEW compare_measure /* The figures of compare, one a row, beside the median of all partnerships in the store. */
	(partnership, position, measure, value, median) AS
WITH long (partnership, position, measure, value) AS (
	SELECT c.partnership, m.position, m.measure, CASE m.position WHEN 1 THEN c.members WHEN 2 THEN c.seats
		WHEN 3 THEN c.workgroups WHEN 4 THEN c.actions_open WHEN 5 THEN c.actions_overdue WHEN 6 THEN c.notices
		WHEN 7 THEN c.incidents WHEN 8 THEN c.answered_in_time WHEN 9 THEN c.meetings WHEN 10 THEN c.events END
	FROM compare c
	JOIN (SELECT 1 AS position, 'members' AS measure UNION ALL VALUES (2, 'seats'), (3, 'groups'), (4, 'open actions'),
		(5, 'overdue actions'), (6, 'notices'), (7, 'incidents'), (8, 'answered in time, %'), (9, 'meetings held'),
		(10, 'events held')) m),
ranked (position, value, place, known) AS (
	SELECT position, value, row_number() OVER (PARTITION BY position ORDER BY value),
		count(*) OVER (PARTITION BY position)
	FROM long WHERE value IS NOT NULL)
SELECT l.partnership, l.position, l.measure, l.value,
	(SELECT avg(r.value) FROM ranked r WHERE r.position = l.position AND r.place IN ((r.known + 1) / 2, (r.known + 2) / 2))
FROM long l;
