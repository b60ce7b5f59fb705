/* SPDX-License-Identifier: MIT */
/*
 * The reporting interface: what reports and compact-query read. Names stand beside refs; pence
 * and dates are plain columns, so that their declared type shows through. The tables beneath may
 * change, these columns do not. An action is called open while its status is open or blocked:
 * what is only proposed is nobody's duty yet.
 *
 * The views of this file use no function of the programs: they stand in the store, and work in the
 * plain sqlite3 shell. SQLite reads every view that a store holds each time it is opened, so all
 * others, and the checks, are not in it: files from 85 on hold views that the programs make for
 * themselves (CREATE TEMP VIEW) when a statement first names one. A view here may not use those.
 *
 * For the same reason the views here are short of words: SQLite takes the more time the more there are. A
 * column has its table's letter before it only where two tables of that FROM have it, or where it
 * comes from an outer SELECT.
 *
 * The day of a time is the UK clock's. Summer time holds in the last hour of a day in UTC where the Sunday after
 * that day is in April to October; an hour is added then.
 */

/* ---------- people and groups ---------- */

CREATE VIEW steering_group /* The steering group of each partnership: the first active one of that kind. */
	(partnership, workgroup, name) AS
SELECT partnership, ref, name
FROM workgroup w
WHERE kind = 'steering' AND ref = (
	SELECT ref FROM workgroup
	WHERE partnership = w.partnership AND kind = 'steering' AND status <> 'finished'
	ORDER BY status, ref LIMIT 1);

CREATE VIEW rhythm /* The words for how often, and the step to the next time. */
	(name, step, times_a_year) AS
VALUES ('weekly', '+7 days', 52), ('fortnightly', '+14 days', 26), ('monthly', '+1 month', 12),
	('two-monthly', '+2 months', 6), ('quarterly', '+3 months', 4), ('half-yearly', '+6 months', 2),
	('yearly', '+1 year', 1);

/* ---------- meetings ---------- */

CREATE VIEW attendance_detail /* Who came to which meeting, with their organisation. */
	(partnership, meeting, title, day, workgroup, person, name, org, org_name, org_kind, state, deputising_for,
	deputising_for_name) AS
SELECT a.partnership, meeting, title, date(starts, (strftime('%m', starts, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours'), workgroup, person, p.name, p.org, o.name, o.kind,
	state, deputising_for, d.name
FROM attendance a
JOIN meeting m ON m.partnership = a.partnership AND m.ref = meeting
JOIN person p ON p.partnership = a.partnership AND p.ref = person
LEFT JOIN org o ON o.partnership = p.partnership AND o.ref = p.org
LEFT JOIN person d ON d.partnership = a.partnership AND d.ref = deputising_for;

CREATE VIEW meeting_detail /* Meetings and events, with who came, what they cost and what followed. */
	(partnership, ref, kind, title, workgroup, workgroup_name, day, starts, ends, venue, online, status, moved_to,
	reason, quorum, present, apologies, absent, quorate, present_names, apologies_names, invited, booked, cost,
	funder, organisers, priorities, decisions, actions, evaluation) AS
SELECT m.partnership, m.ref, m.kind, coalesce(title, name, m.kind), workgroup, name, date(starts, (strftime('%m', starts, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours'),
	starts, ends, venue, online, m.status, moved_to, reason, quorum,
	(SELECT count(*) FROM attendance WHERE partnership = m.partnership AND meeting = m.ref AND state = 'present'),
	(SELECT count(*) FROM attendance WHERE partnership = m.partnership AND meeting = m.ref AND state = 'apologies'),
	(SELECT count(*) FROM attendance WHERE partnership = m.partnership AND meeting = m.ref AND state = 'absent'),
	(SELECT count(*) >= m.quorum FROM attendance WHERE partnership = m.partnership AND meeting = m.ref AND state = 'present'),
	(SELECT group_concat(name, ', ') FROM (SELECT name FROM attendance a
		JOIN person p ON p.partnership = a.partnership AND ref = person
		WHERE a.partnership = m.partnership AND meeting = m.ref AND state = 'present' ORDER BY name)),
	(SELECT group_concat(name, ', ') FROM (SELECT name FROM attendance a
		JOIN person p ON p.partnership = a.partnership AND ref = person
		WHERE a.partnership = m.partnership AND meeting = m.ref AND state = 'apologies' ORDER BY name)),
	invited, booked, cost, funder,
	(SELECT group_concat(name, ', ') FROM (SELECT name FROM meeting__organisers x
		JOIN org o ON o.partnership = x.partnership AND ref = item
		WHERE x.partnership = m.partnership AND meeting = m.ref ORDER BY name)),
	(SELECT group_concat(ref, ', ') FROM (SELECT item_period || '/' || item_number AS ref FROM meeting__priorities
		WHERE partnership = m.partnership AND meeting = m.ref ORDER BY item_period, item_number)),
	(SELECT count(*) FROM issue_log WHERE partnership = m.partnership AND raised_at = m.ref),
	(SELECT count(*) FROM action WHERE partnership = m.partnership AND raised_at = m.ref),
	evaluation
FROM meeting m
LEFT JOIN workgroup w ON w.partnership = m.partnership AND w.ref = workgroup;

CREATE VIEW attendance_continuity /* How steadily each organisation is represented in a group: meetings held, meetings somebody came to, how many different people came, and how often the same one did. */
	(partnership, workgroup, workgroup_name, org, org_name, meetings, attended, faces, same) AS
SELECT f.partnership, workgroup, w.name, org, o.name,
	(SELECT count(*) FROM meeting WHERE partnership = f.partnership AND workgroup = f.workgroup AND status = 'held'),
	count(DISTINCT meeting), count(DISTINCT person), max(times)
FROM (
	SELECT a.partnership, workgroup, org, person, meeting,
		count(*) OVER (PARTITION BY a.partnership, workgroup, org, person) AS times
	FROM attendance a
	JOIN meeting m ON m.partnership = a.partnership AND m.ref = meeting
	JOIN person p ON p.partnership = a.partnership AND p.ref = person
	WHERE state = 'present' AND status = 'held' AND workgroup IS NOT NULL AND org IS NOT NULL) f
JOIN workgroup w ON w.partnership = f.partnership AND w.ref = workgroup
JOIN org o ON o.partnership = f.partnership AND o.ref = org
GROUP BY f.partnership, workgroup, org;

/* ---------- aims and priorities ---------- */

CREATE VIEW aim_use /* What serves an aim: one row for each priority and action that names it. */
	(partnership, aim, number, kind, period, ref, title, status) AS
SELECT x.partnership, item, coalesce(m.number, ref), 'priority', period, period || '/' || p.number, title, status
FROM priority__aims x
JOIN aim m ON m.partnership = x.partnership AND ref = item
JOIN priority p ON p.partnership = x.partnership AND period = priority_period AND p.number = priority_number
UNION ALL
SELECT x.partnership, item, coalesce(number, m.ref), 'action', NULL, a.ref, title, status
FROM action__aims x
JOIN aim m ON m.partnership = x.partnership AND m.ref = item
JOIN action a ON a.partnership = x.partnership AND a.ref = action;

CREATE VIEW aim_family /* Each aim with itself and all aims below it: what serves a sub-aim serves its parent. */
	(partnership, aim, part) AS
WITH RECURSIVE family (partnership, aim, part) AS (
	SELECT partnership, ref, ref FROM aim
	UNION
	SELECT f.partnership, aim, ref FROM family f
	JOIN aim a ON a.partnership = f.partnership AND parent = part)
SELECT partnership, aim, part FROM family;

CREATE VIEW aim_coverage /* How many priorities of each year and actions serve an aim, itself or by its sub-aims. */
	(partnership, aim, number, parent, text, retired, period, priorities, actions, covered) AS
SELECT *, priorities > 0 OR actions > 0
FROM (
	SELECT m.partnership, m.ref, coalesce(number, m.ref), parent, text, retired, y.ref,
		(SELECT count(DISTINCT priority_number) FROM aim_family f
			JOIN priority__aims x ON x.partnership = f.partnership AND item = part AND priority_period = y.ref
			JOIN priority p ON p.partnership = x.partnership AND period = priority_period AND number = priority_number
				AND status IN ('proposed', 'adopted', 'met')
			WHERE f.partnership = m.partnership AND aim = m.ref) AS priorities,
		(SELECT count(DISTINCT action) FROM aim_family f
			JOIN action__aims x ON x.partnership = f.partnership AND item = part
			JOIN action a ON a.partnership = x.partnership AND ref = action AND status <> 'dropped'
			WHERE f.partnership = m.partnership AND aim = m.ref) AS actions
	FROM aim m
	LEFT JOIN period y ON y.partnership = m.partnership);

CREATE VIEW priority_changes /* What was dropped, declined, retitled or carried into another year or added after the year's others were decided, and why; count it by year. */
	(partnership, period, ref, title, change, decided, reason) AS
SELECT partnership, period, period || '/' || number, title, status, decided, reason
FROM priority WHERE status IN ('dropped', 'declined')
UNION ALL
SELECT partnership, period, period || '/' || number, title,
	'carried from ' || carried_from_period || '/' || carried_from_number, decided, reason
FROM priority WHERE carried_from_period IS NOT NULL
UNION ALL
SELECT p.partnership, p.period, p.period || '/' || p.number, p.title, 'was ‘' || o.title || '’', p.decided, p.reason
FROM priority p
JOIN priority o ON o.partnership = p.partnership AND o.period = p.carried_from_period AND o.number = p.carried_from_number
WHERE o.title <> p.title
UNION ALL
SELECT partnership, period, period || '/' || number, title, 'added late', decided, reason
FROM priority p
WHERE status IN ('adopted', 'met') AND decided > (SELECT min(decided) FROM priority
	WHERE partnership = p.partnership AND period = p.period AND status IN ('adopted', 'met'));

CREATE VIEW plan_action /* The actions of each year's plan, and whether it is written down that they stand in it; open ones in no plan count to the latest, and a year without a plan has every action that is not dropped. */
	(partnership, period, action, kept, outcome, ratified, ratified_at) AS
SELECT partnership, period, action, 1, outcome, ratified, ratified_at
FROM plan
UNION ALL
SELECT a.partnership, period, ref, 0, NULL, NULL, NULL
FROM action a
JOIN (SELECT DISTINCT p.partnership, first_value(period) OVER (PARTITION BY p.partnership ORDER BY starts DESC) AS period
	FROM plan p JOIN period y ON y.partnership = p.partnership AND ref = period) y ON y.partnership = a.partnership
WHERE status IN ('proposed', 'open', 'blocked')
	AND NOT EXISTS (SELECT 1 FROM plan WHERE partnership = a.partnership AND action = a.ref)
UNION ALL
SELECT a.partnership, y.ref, a.ref, 0, NULL, NULL, NULL
FROM action a
JOIN period y ON y.partnership = a.partnership
WHERE status <> 'dropped' AND NOT EXISTS (SELECT 1 FROM plan WHERE partnership = y.partnership AND period = y.ref);

CREATE VIEW terms_changed /* Adopted terms whose sections, purpose or aims are no longer those of the text that was frozen. */
	(partnership, terms, status, part, ref) AS
WITH frozen (partnership, terms, status, adopted, document) AS (
	SELECT partnership, ref, status, adopted, rtrim(document, char(10)) || char(10) FROM terms
	WHERE status <> 'draft' AND document LIKE '# %: terms of reference' || char(10) || '%'),
/* The sections as adopting them would write them today: the text must end so. */
written (partnership, terms, text) AS (
	SELECT partnership, terms, coalesce((
		SELECT group_concat(part, '') FROM (
			SELECT char(10) || '## ' || heading || char(10) || char(10) || coalesce(body || char(10), '') AS part
			FROM section WHERE partnership = f.partnership AND terms = f.terms ORDER BY number)), '')
	FROM frozen f)
SELECT f.partnership, f.terms, status, 'section', f.terms || '/' || number
FROM frozen f
JOIN section s ON s.partnership = f.partnership AND s.terms = f.terms
WHERE instr(document, char(10) || '## ' || heading || char(10) || char(10) || coalesce(body || char(10), '')) = 0
UNION ALL
SELECT f.partnership, f.terms, status, 'sections', f.terms
FROM frozen f
JOIN written w ON w.partnership = f.partnership AND w.terms = f.terms
WHERE NOT EXISTS (SELECT 1 FROM section WHERE partnership = f.partnership AND terms = f.terms
		AND instr(f.document, char(10) || '## ' || heading || char(10) || char(10) || coalesce(body || char(10), '')) = 0)
	AND (substr(document, length(document) - length(text) + 1) <> text
		OR instr(replace(replace(substr(document, 1, length(document) - length(text)),
			char(10) || '## Purpose' || char(10), ''), char(10) || '## Aims' || char(10), ''), char(10) || '## ') > 0)
UNION ALL
SELECT partnership, terms, status, 'purpose', NULL
FROM frozen
JOIN partnership ON ref = partnership
WHERE instr(document, char(10) || '## Purpose' || char(10)) > 0
	AND instr(document, char(10) || '## Purpose' || char(10) || char(10) || coalesce(purpose, '') || char(10)) = 0
UNION ALL
SELECT f.partnership, terms, status, 'aim', ref
FROM frozen f
JOIN aim a ON a.partnership = f.partnership
WHERE CASE WHEN retired IS NULL
	THEN instr(document, '- ' || coalesce(number || ' ', '') || text || char(10)) = 0
	ELSE instr(document, '- ' || coalesce(number || ' ', '') || text || char(10)) > 0 END;

CREATE VIEW stage /* The four steps of setting up: whether each is reached, since when, and what stands in the way. */
	(partnership, position, stage, reached, since, blocks) AS
SELECT ref, 1, 'terms',
	EXISTS (SELECT 1 FROM terms WHERE partnership = g.ref AND status = 'adopted')
		AND EXISTS (SELECT 1 FROM priority WHERE partnership = g.ref AND status IN ('adopted', 'met')),
	(SELECT min(adopted) FROM terms WHERE partnership = g.ref AND status <> 'draft'),
	CASE WHEN NOT EXISTS (SELECT 1 FROM terms WHERE partnership = g.ref AND status = 'adopted')
			THEN 'no terms of reference are adopted'
		WHEN NOT EXISTS (SELECT 1 FROM priority WHERE partnership = g.ref AND status IN ('adopted', 'met'))
			THEN 'no priorities are adopted' END
FROM partnership g
UNION ALL
SELECT ref, 2, 'groups',
	EXISTS (SELECT 1 FROM workgroup WHERE partnership = g.ref AND kind IN ('sub-group', 'task-and-finish') AND status <> 'proposed'),
	(SELECT min(formed) FROM workgroup WHERE partnership = g.ref AND kind IN ('sub-group', 'task-and-finish') AND status <> 'proposed'),
	CASE WHEN NOT EXISTS (SELECT 1 FROM workgroup WHERE partnership = g.ref AND kind IN ('sub-group', 'task-and-finish'))
			THEN 'no sub-group or task-and-finish group is set up'
		WHEN NOT EXISTS (SELECT 1 FROM workgroup WHERE partnership = g.ref AND kind IN ('sub-group', 'task-and-finish') AND status <> 'proposed')
			THEN 'no sub-group or task-and-finish group is active' END
FROM partnership g
UNION ALL
SELECT ref, 3, 'charter',
	EXISTS (SELECT 1 FROM signature WHERE partnership = g.ref AND signed IS NOT NULL),
	(SELECT min(signed) FROM signature WHERE partnership = g.ref),
	CASE WHEN NOT EXISTS (SELECT 1 FROM charter WHERE partnership = g.ref) THEN 'no charter is written'
		WHEN NOT EXISTS (SELECT 1 FROM signature WHERE partnership = g.ref AND signed IS NOT NULL)
			THEN 'no organisation has signed the charter' END
FROM partnership g
UNION ALL
SELECT ref, 4, 'launch',
	EXISTS (SELECT 1 FROM meeting WHERE partnership = g.ref AND kind = 'event' AND status = 'held'
		AND starts >= (SELECT min(signed) FROM signature WHERE partnership = g.ref)),
	(SELECT min(date(starts, (strftime('%m', starts, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours')) FROM meeting WHERE partnership = g.ref AND kind = 'event' AND status = 'held'
		AND starts >= (SELECT min(signed) FROM signature WHERE partnership = g.ref)),
	CASE WHEN NOT EXISTS (SELECT 1 FROM meeting WHERE partnership = g.ref AND kind = 'event' AND status IN ('planned', 'held')
			AND starts >= coalesce((SELECT min(signed) FROM signature WHERE partnership = g.ref), ''))
			THEN 'no launch event is planned'
		WHEN NOT EXISTS (SELECT 1 FROM meeting WHERE partnership = g.ref AND kind = 'event' AND status = 'held'
			AND starts >= coalesce((SELECT min(signed) FROM signature WHERE partnership = g.ref), ''))
			THEN 'the launch event is still to come' END
FROM partnership g;

/* ---------- actions ---------- */

CREATE VIEW action_leads /* The names of an action's leads in one line, in their order. */
	(partnership, action, leads) AS
SELECT partnership, ref,
	(SELECT group_concat(name, ', ') FROM (
		SELECT coalesce(p.name, o.name, w.name, as_written) AS name FROM lead l
		LEFT JOIN person p ON p.partnership = l.partnership AND p.ref = person
		LEFT JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
		LEFT JOIN workgroup w ON w.partnership = l.partnership AND w.ref = workgroup
		WHERE l.partnership = a.partnership AND action = a.ref ORDER BY l.number))
FROM action a;

CREATE VIEW action_touched /* When an action was last heard of: its latest note, step done, when it was raised, or the first day of the first plan it stood in. */
	(partnership, action, touched) AS
SELECT partnership, ref, nullif(max(
	coalesce((SELECT max(noted_on) FROM progress WHERE partnership = a.partnership AND action = a.ref), ''),
	coalesce((SELECT max(done_on) FROM step WHERE partnership = a.partnership AND action = a.ref), ''),
	coalesce((SELECT max(measured_on) FROM indicator i CROSS JOIN measure x
		WHERE x.partnership = i.partnership AND indicator = ref AND i.partnership = a.partnership AND action = a.ref), ''),
	coalesce((SELECT min(starts) FROM plan x JOIN period y ON y.partnership = x.partnership AND ref = period
		WHERE x.partnership = a.partnership AND action = a.ref), ''),
	coalesce(raised, ''), coalesce(start, '')), '')
FROM action a;

CREATE VIEW progress_detail /* Dated notes with the action's title and group. */
	(partnership, action, title, theme, workgroup, number, noted_on, noted_by, percent, status, spent, text) AS
SELECT n.partnership, action, title, theme, workgroup, number, noted_on, noted_by, n.percent, n.status,
	n.spent, text
FROM progress n
JOIN action a ON a.partnership = n.partnership AND ref = action;

CREATE VIEW action_output /* What each action was to bring and has brought: indicators with and without figures, steps done. */
	(partnership, action, title, theme, workgroup, status, indicators, measured, last_measured, steps, steps_done, last_step) AS
SELECT partnership, ref, title, theme, workgroup, status,
	(SELECT count(*) FROM indicator WHERE partnership = a.partnership AND action = a.ref),
	(SELECT count(DISTINCT ref) FROM indicator i CROSS JOIN measure m
		WHERE m.partnership = i.partnership AND indicator = ref AND i.partnership = a.partnership AND action = a.ref AND value IS NOT NULL),
	(SELECT max(measured_on) FROM indicator i CROSS JOIN measure m
		WHERE m.partnership = i.partnership AND indicator = ref AND i.partnership = a.partnership AND action = a.ref),
	(SELECT count(*) FROM step WHERE partnership = a.partnership AND action = a.ref),
	(SELECT count(done_on) FROM step WHERE partnership = a.partnership AND action = a.ref),
	(SELECT max(done_on) FROM step WHERE partnership = a.partnership AND action = a.ref)
FROM action a;

CREATE VIEW indicator_detail /* Indicators with their latest value, the target (worked out where it is a change in percent) and the gap. */
	(partnership, ref, action, action_title, priority, org, org_name, text, unit, direction, baseline, baseline_on,
	baseline_expected, target, target_text, target_on, certainty, value, measured_on, rating, wider_effects, gap,
	met, holder, source, control, influences, perverse) AS
SELECT i.partnership, i.ref, action, title, priority_period || '/' || priority_number, org, name, text,
	unit, direction, baseline, baseline_on, baseline_expected, aimed, target_text, target_on, certainty,
	value, measured_on, rating, wider_effects, aimed - value,
	CASE WHEN value IS NULL OR aimed IS NULL THEN NULL
		WHEN direction = 'down' THEN value <= aimed
		WHEN direction = 'hold' THEN value = aimed
		ELSE value >= aimed END,
	holder, i.source, control, influences, perverse
FROM (SELECT x.*, coalesce(target, baseline * (100 + target_percent) / 100.0) AS aimed FROM indicator x) i
LEFT JOIN action a ON a.partnership = i.partnership AND a.ref = action
LEFT JOIN org o ON o.partnership = i.partnership AND o.ref = org
LEFT JOIN measure m ON m.partnership = i.partnership AND indicator = i.ref AND measured_on = (
	SELECT max(measured_on) FROM measure WHERE partnership = i.partnership AND indicator = i.ref AND value IS NOT NULL);

CREATE VIEW chase_detail /* Who was reminded of what, when, and whether the chair was copied. */
	(partnership, action, title, number, person, name, chased_on, escalated, handed_over, status) AS
SELECT c.partnership, action, title, number, person, name, chased_on, escalated, handed_over, status
FROM chase c
JOIN action a ON a.partnership = c.partnership AND a.ref = action
JOIN person p ON p.partnership = c.partnership AND p.ref = person;

CREATE VIEW plan_detail /* The plan of each year: the actions that stood in it and how they left it. */
	(partnership, period, action, title, theme, status, outcome, reason, ratified, ratified_at) AS
SELECT l.partnership, period, action, title, theme, status, l.outcome, l.reason, ratified, ratified_at
FROM plan l
JOIN action a ON a.partnership = l.partnership AND ref = action;

/* ---------- redundancy response ---------- */

CREATE VIEW partnership_area /* The areas a partnership looks at: its own; in other schemes those that share a place with them; all where it names none. */
	(partnership, scheme, scheme_name, area, area_name, own) AS
SELECT g.ref, scheme, s.name, a.ref, a.name,
	EXISTS (SELECT 1 FROM partnership__areas WHERE partnership = g.ref AND item_scheme = a.scheme AND item_ref = a.ref)
FROM partnership g
JOIN area a
JOIN scheme s ON s.ref = scheme
WHERE NOT EXISTS (SELECT 1 FROM partnership__areas WHERE partnership = g.ref)
	OR EXISTS (SELECT 1 FROM partnership__areas WHERE partnership = g.ref AND item_scheme = a.scheme AND item_ref = a.ref)
	OR NOT EXISTS (SELECT 1 FROM partnership__areas WHERE partnership = g.ref AND item_scheme = a.scheme)
		AND EXISTS (SELECT 1 FROM partnership__areas
			JOIN area_place m ON m.scheme = item_scheme AND m.area = item_ref
			JOIN area_place t ON t.place = m.place AND t.scheme = a.scheme AND t.area = a.ref
			WHERE partnership = g.ref);

CREATE VIEW place_area /* The area of a place by scheme and date; split where a council alone does not settle it. */
	(scheme, place, kind, valid_from, valid_until, area, area_name, split) AS
SELECT p.scheme, place, kind, valid_from, valid_until, area, name,
	(SELECT count(*) FROM area_place WHERE scheme = p.scheme AND place = p.place AND area <> p.area
		AND coalesce(valid_from, '') <= coalesce(p.valid_until, '9999')
		AND coalesce(valid_until, '9999') >= coalesce(p.valid_from, '')) > 0
FROM area_place p
JOIN area a ON a.scheme = p.scheme AND ref = area;

CREATE VIEW notice_day /* The day a notice counts for: received, else when the first dismissal was to be. */
	(partnership, notice, day) AS
SELECT partnership, ref, coalesce(date(received, (strftime('%m', received, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours'), first_dismissal)
FROM notice;

CREATE VIEW notice_area /* The area of a notice in every scheme: by postcode sector, else district, else council; not split where a council lies in two areas. */
	(partnership, notice, scheme, area, area_name) AS
SELECT partnership, ref, scheme, CASE WHEN split = 0 THEN area END,
	CASE WHEN split = 0 THEN area_name ELSE coalesce((SELECT name FROM council WHERE code = f.place), place) || ', not split' END
FROM (
	/* The columns beside min() are those of the row that has the least: the closest match. */
	SELECT partnership, ref, scheme, area, area_name, place, split,
		min(CASE kind WHEN 'sector' THEN 1 WHEN 'district' THEN 2 ELSE 3 END)
	FROM notice
	JOIN place_area ON place IN (
			substr(postcode, 1, length(postcode) - 2),
			substr(postcode, 1, instr(postcode, ' ') - 1), council)
		/* To an hour, which boundaries can bear, and quickly. */
		AND coalesce(valid_from, '') <= coalesce(substr(received, 1, 10), first_dismissal, '9999')
		AND coalesce(valid_until, '9999') >= coalesce(substr(received, 1, 10), first_dismissal, '')
	GROUP BY partnership, ref, scheme) f;

CREATE VIEW incident_area /* The areas of a case in every scheme: those of its notices, and those it was given. */
	(partnership, incident, scheme, area, area_name) AS
SELECT x.partnership, incident, scheme, area, area_name
FROM incident__notices x
JOIN notice_area a ON a.partnership = x.partnership AND notice = item
WHERE area IS NOT NULL
UNION
SELECT partnership, incident, item_scheme, item_ref, name
FROM incident__areas
JOIN area ON scheme = item_scheme AND ref = item_ref;

CREATE VIEW employer_history /* What is known of an employer: notices, cases, people, first and last. */
	(partnership, employer, name, number, register, notices, proposed, first_notice, last_notice, incidents, owners) AS
SELECT partnership, ref, name, number, register,
	(SELECT count(*) FROM notice WHERE partnership = e.partnership AND employer = e.ref AND status = 'active'),
	(SELECT sum(proposed) FROM notice WHERE partnership = e.partnership AND employer = e.ref AND status = 'active'),
	(SELECT min(date(received, (strftime('%m', received, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours')) FROM notice WHERE partnership = e.partnership AND employer = e.ref AND status = 'active'),
	(SELECT max(date(received, (strftime('%m', received, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours')) FROM notice WHERE partnership = e.partnership AND employer = e.ref AND status = 'active'),
	(SELECT count(*) FROM incident WHERE partnership = e.partnership AND employer = e.ref),
	(SELECT group_concat(name, ', ') FROM (SELECT DISTINCT p.name FROM incident i INDEXED BY incident_employer
		JOIN person p ON p.partnership = i.partnership AND p.ref = owner
		WHERE i.partnership = e.partnership AND employer = e.ref ORDER BY p.name))
FROM employer e;

CREATE VIEW incident_event_detail /* What happened in each case, with names; partners are the organisations that took part and the person's own. */
	(partnership, incident, employer_name, number, happened, day, kind, role, person, person_name, venue, attended, orgs, text,
	partners) AS
SELECT v.partnership, incident, e.name, v.number, happened, date(happened, (strftime('%m', happened, '+1 day', 'weekday 0') BETWEEN '04' AND '10') || ' hours'), v.kind, v.role, person, p.name,
	venue, attended,
	(SELECT group_concat(name, ', ') FROM (SELECT name FROM incident_event__orgs x
		JOIN org o ON o.partnership = x.partnership AND ref = item
		WHERE x.partnership = v.partnership AND incident_event_incident = v.incident AND incident_event_number = v.number
		ORDER BY name)),
	text,
	(SELECT group_concat(name, ', ') FROM (SELECT name FROM org
		WHERE partnership = v.partnership AND ref IN (
			SELECT item FROM incident_event__orgs WHERE partnership = v.partnership
				AND incident_event_incident = v.incident AND incident_event_number = v.number
			UNION SELECT p.org)
		ORDER BY name))
FROM incident_event v
JOIN incident i ON i.partnership = v.partnership AND i.ref = incident
JOIN employer e ON e.partnership = i.partnership AND e.ref = employer
LEFT JOIN person p ON p.partnership = v.partnership AND p.ref = person;

CREATE VIEW checklist_item /* What to discuss with the employer of a case; a tick (incident_check) names an item by its ref or its words. */
	(position, ref, item) AS
VALUES (1, 'people', 'How many people, at which sites, in which jobs'), (2, 'dates', 'When the first and the last are to leave'),
	(3, 'consultation', 'Whether consultation has begun, and with whom'), (4, 'unions', 'Trade unions and staff representatives'),
	(5, 'told', 'Whether staff have been told, and what'), (6, 'needs', 'What staff want and need; skills, languages, childcare'),
	(7, 'access', 'Access to staff: room, time off, shifts'), (8, 'others', 'Who else has been in touch'),
	(9, 'homes', 'Where people live'), (10, 'uncounted', 'Contracts that end and are not counted'),
	(11, 'paying', 'What the employer can pay for'), (12, 'contacts', 'One contact on each side'),
	(13, 'next', 'Date of the next contact');

/* ---------- surveys ---------- */

CREATE VIEW survey_rate /* How many were asked, answered, declined and were used, with both rates. */
	(partnership, ref, title, wave, opened, closed, method, commissioner, invited, received, declined,
	declined_reasons, used, received_share, used_share) AS
SELECT partnership, ref, title, wave, opened, closed, method, commissioner, invited, received, declined,
	declined_reasons, used, round(100.0 * received / nullif(invited, 0), 1), round(100.0 * used / nullif(invited, 0), 1)
FROM survey;

CREATE VIEW survey_result /* Stored tallies with the question's text and kind, and what the answer says. */
	(partnership, survey, title, wave, question, position, text, kind, scale, number, break_by, break_value, answer, tone,
	count, base, percent, low, high, note) AS
SELECT t.partnership, t.survey, title, wave, question, position, text, kind, scale, number, break_by,
	break_value, answer,
	coalesce(
		(SELECT tone FROM option WHERE partnership = t.partnership AND survey = t.survey AND question = t.question
			AND text = t.answer),
		(SELECT tone FROM scale_answer WHERE scale = q.scale AND lower(text) = lower(t.answer))),
	count, base, percent, low, high, note
FROM tally t
JOIN survey s ON s.partnership = t.partnership AND s.ref = t.survey
JOIN question q ON q.partnership = t.partnership AND q.survey = t.survey AND q.ref = question;

CREATE VIEW survey_change /* Answers to the same question in an earlier survey, the difference in points, and what was said of it when it was tallied. */
	(partnership, survey, question, text, break_by, break_value, answer, percent, base, earlier_survey, earlier_wave,
	earlier_percent, earlier_base, difference, note) AS
SELECT t.partnership, t.survey, t.question, text, t.break_by, t.break_value, t.answer, t.percent, t.base, e.survey, wave,
	e.percent, e.base, round(t.percent - e.percent, 1), t.note
FROM tally t
JOIN question q ON q.partnership = t.partnership AND q.survey = t.survey AND q.ref = t.question
JOIN tally e ON e.partnership = t.partnership AND e.survey = same_as_survey AND e.question = same_as_ref
	AND e.answer = t.answer AND e.break_by IS t.break_by AND e.break_value IS t.break_value
JOIN survey s ON s.partnership = e.partnership AND s.ref = e.survey;

CREATE VIEW survey_theme /* Themes of free answers by question and tone, with how many said so. */
	(partnership, survey, question, text, theme, tone, answers) AS
SELECT c.partnership, c.survey, question, text, theme, tone, count(*)
FROM theme_code c
JOIN question q ON q.partnership = c.partnership AND q.survey = c.survey AND ref = question
GROUP BY c.partnership, c.survey, question, theme, tone;

/* ---------- settings ---------- */

CREATE VIEW setting_default /* Every setting: its value where none is set, what it may be (words, or number from least to most), and what it does. A partnership's own stand in the kind setting. */
	(name, value, words, least, most, about) AS
VALUES
	('chair_after_days', NULL, NULL, 1, 3660, 'days late after which the group''s chair is copied, however many reminders there were'),
	('chase_every', '7', NULL, 1, 366, 'days before somebody is reminded of an action again'),
	('date_style', 'long', 'long iso', NULL, NULL, 'how documents print dates: 30 November 2026, or 2026-11-30'),
	('escalate_after', '3', NULL, 1, 100, 'reminders after which the chair is copied'),
	('guidance', NULL, NULL, NULL, NULL, 'the national guidance that is followed: a ref of the kind guidance'),
	('holiday_division', 'scotland', 'scotland england-and-wales northern-ireland', NULL, NULL, 'whose public holidays are no working days'),
	('mail_seconds', '60', NULL, 1, 3600, 'seconds that the mailer may take over one message before it is ended'),
	('max_load', '8', NULL, 1, 1000, 'open actions that one lead can carry'),
	('max_priorities', '3', NULL, 1, 100, 'priorities of a year beyond which there is a warning'),
	('membership_model', 'organisation', 'organisation individual', NULL, NULL, 'what a member is: an organisation that signed or joined, or an individual on the list'),
	('nation', 'scotland', 'england scotland wales northern-ireland', NULL, NULL, 'whose law a notice is under where its council does not tell'),
	('response_clock', 'working', 'working elapsed', NULL, NULL, 'whether response_hours are counted in working days of 24 hours or as they pass'),
	('response_hours', '48', NULL, 1, 8784, 'hours from being told to the first contact with the employer'),
	('small_symbol', '<N', NULL, NULL, NULL, 'what stands for a small count that is hidden; N is the threshold'),
	('small_threshold', '5', NULL, 0, 100, 'counts below this are hidden in public reports; 0 hides none'),
	('small_zero', 'shown', 'shown hidden', NULL, NULL, 'whether a count of nought is shown in public reports'),
	('stale_after', '90', NULL, 1, 3660, 'days after which an open action that nothing is heard of is stale'),
	('steering_after_days', NULL, NULL, 1, 3660, 'days late after which the chair of the steering group is copied as well'),
	('support_months', '6', NULL, 1, 120, 'months that support after a redundancy lasts at most');
