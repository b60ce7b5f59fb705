/* SPDX-License-Identifier: MIT */
/*
 * Checks. A view fault_NAME gives one row for each thing found: partnership, severity (error,
 * warning or note), kind, ref, fault and remedy. compact-check lists them all, `action-track
 * smart` those whose kind is action; a new check is a new view here, and nothing else. An action
 * is looked at until it is done or dropped. Nothing that is in order may be reported.
 */

/* ---------- actions: specific, measured, led, aimed, dated ---------- */

CREATE VIEW fault_action_what /* Actions that do not say what will be done. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'action', a.ref, 'does not say what will be done',
	'action-track set ' || a.ref || ' what=''...'''
FROM action a
WHERE a.status NOT IN ('done', 'dropped') AND a.what IS NULL
	AND NOT EXISTS (SELECT 1 FROM step s WHERE s.partnership = a.partnership AND s.action = a.ref);

CREATE VIEW fault_action_lead /* Actions with no named person among their leads. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'action', a.ref,
	CASE WHEN l.leads IS NULL THEN 'has no lead'
		WHEN l.declined THEN 'has lost its lead: ' || l.leads || ' declined'
		ELSE 'names no person to lead it, only ' || l.leads END,
	'action-track set ' || a.ref || ' leads=PERSON'
FROM action a
LEFT JOIN (
	SELECT l.partnership, l.action,
		group_concat(CASE WHEN l.person IS NOT NULL THEN p.name
			WHEN l.org IS NOT NULL THEN o.name || ' (an organisation)'
			WHEN l.workgroup IS NOT NULL THEN w.name || ' (a whole group)'
			ELSE '''' || l.as_written || '''' END, ', ') AS leads,
		count(CASE WHEN l.person IS NOT NULL AND l.state <> 'declined' THEN 1 END) AS named,
		count(*) = count(CASE WHEN l.state = 'declined' THEN 1 END) AS declined
	FROM lead l
	LEFT JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
	LEFT JOIN org o ON o.partnership = l.partnership AND o.ref = l.org
	LEFT JOIN workgroup w ON w.partnership = l.partnership AND w.ref = l.workgroup
	GROUP BY l.partnership, l.action) l ON l.partnership = a.partnership AND l.action = a.ref
WHERE a.status NOT IN ('done', 'dropped') AND coalesce(l.named, 0) = 0;

CREATE VIEW fault_action_lead_unknown /* Leads kept as they were written beside a named one, as they match nobody known. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT l.partnership, 'note', 'action', l.action, 'has a lead that is nobody known: ''' || l.as_written || '''',
	'name who is meant, or take it out: action-track edit ' || l.action
FROM lead l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status NOT IN ('done', 'dropped')
WHERE l.person IS NULL AND l.org IS NULL AND l.workgroup IS NULL
	AND EXISTS (SELECT 1 FROM lead n WHERE n.partnership = l.partnership AND n.action = l.action AND n.person IS NOT NULL
		AND n.state <> 'declined');

CREATE VIEW fault_action_accepted /* Actions whose lead has not said yes. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT l.partnership, 'note', 'action', l.action, 'waits for ' || p.name || ' to accept it',
	'compact-record lead set ' || l.action || '/' || l.number || ' state=accepted, once they have'
FROM lead l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status NOT IN ('done', 'dropped')
JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
WHERE l.state = 'proposed';

CREATE VIEW fault_action_lead_inactive /* Actions led by somebody who no longer takes part. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT l.partnership, 'warning', 'action', l.action,
	'is led by ' || p.name || CASE WHEN p.active = 0 THEN ', who no longer takes part' ELSE ', whose organisation has left' END,
	'compact-record person replace ' || p.ref || ' PERSON'
FROM lead l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status NOT IN ('done', 'dropped')
JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
LEFT JOIN org o ON o.partnership = p.partnership AND o.ref = p.org
WHERE l.state <> 'declined' AND (p.active = 0 OR o.left <= today());

CREATE VIEW fault_action_date /* Actions without a date to be done or looked at again. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'action', ref,
	'has no due date' || coalesce(', only ''' || timing || '''', ''),
	'action-track set ' || ref || ' due=DATE, or review_by=DATE where it is ongoing'
FROM action
WHERE status NOT IN ('done', 'dropped') AND due IS NULL AND review_by IS NULL
UNION ALL
SELECT partnership, 'note', 'action', ref, 'was to be reviewed by ' || review_by,
	'action-track note ' || ref || ' ... review_by=DATE'
FROM action
WHERE status IN ('open','blocked') AND due IS NULL AND review_by < today();

CREATE VIEW fault_action_proposed /* Actions still only proposed though their due date is past. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'action', ref, 'is still only proposed though it was due on ' || due,
	'action-track set ' || ref || ' status=open, or drop it'
FROM action
WHERE status = 'proposed' AND due < today();

CREATE VIEW fault_action_measure /* Actions without an indicator that has a number for its target. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'action', a.ref, 'has no indicator with a number',
	'compact-record indicator add action=' || a.ref || ' text=''...'' target=NUMBER'
FROM action a
WHERE a.status NOT IN ('done', 'dropped') AND (a.partnership, a.ref) NOT IN (
	SELECT i.partnership, i.action FROM indicator i
	WHERE i.action IS NOT NULL AND (i.target IS NOT NULL OR i.target_percent IS NOT NULL));

CREATE VIEW fault_action_unfilled /* Actions where X, TBC and the like stand for a number. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT f.partnership, 'warning', 'action', f.action,
	'still has ' || group_concat(DISTINCT f.blank) || ' for a number in ' || group_concat(DISTINCT f.field),
	'agree the number and write it in: ' || replace(group_concat(DISTINCT f.remedy), ',', '; ')
FROM (
	SELECT t.partnership, t.action, t.field, t.remedy,
		CASE WHEN t.text GLOB '*[^A-Za-z0-9]X[^-A-Za-z0-9''.]*' THEN 'X' WHEN t.text GLOB '*[^A-Za-z0-9]XX*[^-A-Za-z0-9]*' THEN 'XX'
			WHEN t.text GLOB '*[^A-Za-z]TBC[^A-Za-z]*' THEN 'TBC' WHEN t.text GLOB '*[^A-Za-z]TBA[^A-Za-z]*' THEN 'TBA' END AS blank
	FROM (
		SELECT partnership, ref AS action, 'what' AS field, 'action-track edit ' || ref AS remedy,
			' ' || what || ' ' AS text FROM action
		UNION ALL SELECT partnership, ref, 'title', 'action-track edit ' || ref, ' ' || title || ' ' FROM action
		UNION ALL SELECT partnership, ref, 'outcome', 'action-track edit ' || ref, ' ' || outcome || ' ' FROM action
		UNION ALL SELECT partnership, action, 'step ' || number, 'compact-record step edit ' || action || '/' || number,
			' ' || text || ' ' FROM step
		UNION ALL SELECT partnership, action, 'indicator ' || ref, 'compact-record indicator set ' || ref || ' target=NUMBER',
			' ' || target_text || ' ' FROM indicator
			WHERE action IS NOT NULL AND target IS NULL AND target_percent IS NULL) t) f
JOIN action a ON a.partnership = f.partnership AND a.ref = f.action AND a.status NOT IN ('done', 'dropped')
WHERE f.blank IS NOT NULL
GROUP BY f.partnership, f.action;

CREATE VIEW fault_action_aim /* Actions that name no aim and no priority. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'action', a.ref, 'says no aim and no priority that it serves',
	'action-track set ' || a.ref || ' aims=AIM,...'
FROM action a
WHERE a.status NOT IN ('done', 'dropped')
	AND NOT EXISTS (SELECT 1 FROM action__aims x WHERE x.partnership = a.partnership AND x.action = a.ref)
	AND NOT EXISTS (SELECT 1 FROM action__priorities x WHERE x.partnership = a.partnership AND x.action = a.ref);

CREATE VIEW fault_action_cost /* Actions without a cost, be it nought or words. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'action', ref, 'has no cost',
	'action-track set ' || ref || ' budget=AMOUNT, 0 where it costs nothing'
FROM action
WHERE status NOT IN ('done', 'dropped') AND budget IS NULL AND costs_note IS NULL;

CREATE VIEW fault_cost_negative /* Costs below nought, in stores from before their tables refused them. */
	(partnership, severity, kind, ref, fault, remedy) AS
WITH costs (partnership, kind, ref, field, pence) AS (
	SELECT partnership, 'action', ref, 'budget', budget FROM action
	UNION ALL SELECT partnership, 'action', ref, 'spent', spent FROM action
	UNION ALL SELECT partnership, 'progress', action || '/' || number, 'spent', spent FROM progress
	UNION ALL SELECT partnership, 'meeting', ref, 'cost', cost FROM meeting)
SELECT partnership, 'error', kind, ref, 'says ' || field || ' ' || printf('%.2f', pence / 100.0) || ', which is less than nothing',
	'compact-record ' || kind || ' set ' || ref || ' ' || field || '=AMOUNT'
FROM costs
WHERE pence < 0;

CREATE VIEW fault_action_after_group /* Actions due after the group that looks after them ends. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'action', a.ref,
	'is due on ' || a.due || ', after ' || w.name || ' ends on ' || w.finish_by,
	'action-track set ' || a.ref || ' due=DATE, or give it to another workgroup'
FROM action a
JOIN workgroup w ON w.partnership = a.partnership AND w.ref = a.workgroup
WHERE a.status NOT IN ('done', 'dropped') AND a.due > w.finish_by;

CREATE VIEW fault_action_load /* Open actions beyond what one lead can carry (setting max_load); those due last are named. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT f.partnership, 'note', 'action', f.action,
	'is number ' || f.place || ' of the ' || f.load || ' open actions that ' || f.name || ' leads; the limit is ' || f.most,
	'action-track set ' || f.action || ' leads=ANOTHER, or a later date'
FROM (
	SELECT l.partnership, l.action, p.name, CAST(setting('max_load', l.partnership) AS INTEGER) AS most,
		row_number() OVER (PARTITION BY l.partnership, l.person ORDER BY coalesce(a.due, '9999'), a.ref) AS place,
		count(*) OVER (PARTITION BY l.partnership, l.person) AS load
	FROM lead l
	JOIN action a ON a.partnership = l.partnership AND a.ref = l.action AND a.status IN ('open','blocked')
	JOIN person p ON p.partnership = l.partnership AND p.ref = l.person
	WHERE l.state <> 'declined') f
WHERE f.place > f.most;

CREATE VIEW fault_action_stale /* Open actions not heard of for long (setting stale_after, in days). */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT t.partnership, 'warning', 'action', t.action, 'has not been heard of since ' || coalesce(t.touched, a.due),
	'action-track note ' || t.action || ' ''how it stands'''
FROM action_touched t
JOIN action a ON a.partnership = t.partnership AND a.ref = t.action
WHERE a.status IN ('open','blocked')
	AND coalesce(t.touched, a.due) < date(today(), '-' || setting('stale_after', a.partnership) || ' days');

CREATE VIEW fault_plan_action /* Open actions that came after the year's plan was drawn up, and stand in none. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT p.partnership, 'note', 'plan', p.action || '/' || p.period, 'is not kept: the action came after the plan of ' || p.period || ' was drawn up',
	'action-track carry ' || p.period
FROM plan_action p
WHERE NOT p.kept AND EXISTS (SELECT 1 FROM plan k WHERE k.partnership = p.partnership AND k.period = p.period);

CREATE VIEW fault_action_reason /* Actions blocked or dropped without saying why. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'note', 'action', a.ref, 'is ' || a.status || ', and nothing says why',
	'action-track set ' || a.ref || ' reason=''...'''
FROM action a
WHERE a.status IN ('blocked', 'dropped') AND a.reason IS NULL
	AND NOT EXISTS (SELECT 1 FROM progress n WHERE n.partnership = a.partnership AND n.action = a.ref
		AND n.status = a.status AND n.text IS NOT NULL);

CREATE VIEW fault_action_depends /* Actions that wait for one that is due later, or was dropped. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT l.partnership, 'warning', 'action', l.action,
	CASE WHEN o.status = 'dropped' THEN 'waits for ' || l.other || ', which was dropped'
		ELSE 'is due on ' || a.due || ' but waits for ' || l.other || ', due on ' || o.due END,
	'action-track set ' || l.action || ' due=DATE, or take the link away'
FROM action_link l
JOIN action a ON a.partnership = l.partnership AND a.ref = l.action
JOIN action o ON o.partnership = l.partnership AND o.ref = l.other
WHERE l.kind = 'depends-on' AND a.status NOT IN ('done', 'dropped')
	AND (o.status = 'dropped' OR o.status <> 'done' AND o.due > a.due);

/* ---------- indicators ---------- */

CREATE VIEW fault_indicator_target /* Indicators without a number for their target. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'indicator', ref,
	'has no number for its target' || coalesce(', only ''' || target_text || '''', ''),
	'compact-record indicator set ' || ref || ' target=NUMBER'
FROM indicator
WHERE target IS NULL AND target_percent IS NULL;

CREATE VIEW fault_indicator_baseline /* Indicators with no baseline and no date when one is expected, or with that date past. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'indicator', ref,
	CASE WHEN baseline_expected IS NULL THEN 'has no baseline, nor a date when one is expected'
		ELSE 'has no baseline, though one was expected on ' || baseline_expected END,
	'compact-record indicator set ' || ref || ' baseline=NUMBER baseline_on=DATE, or baseline_expected=DATE'
FROM indicator
WHERE baseline IS NULL AND (baseline_expected IS NULL OR baseline_expected < today());

/* ---------- aims, priorities, periods ---------- */

CREATE VIEW fault_aim_number /* Two aims with one number. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'error', 'aim', a.ref, 'is printed as ' || a.number || ', as aim ' || b.ref || ' is',
	'compact-record aim set ' || a.ref || ' number=NUMBER'
FROM aim a
JOIN aim b ON b.partnership = a.partnership AND b.ref <> a.ref AND b.number = a.number AND b.retired IS NULL
WHERE a.retired IS NULL;

CREATE VIEW fault_aim_parent /* Sub-aims whose number does not follow from their parent's. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'warning', 'aim', a.ref, 'is printed as ' || a.number || ' though it is part of ' || p.number,
	'compact-record aim set ' || a.ref || ' number=' || p.number || '.N'
FROM aim a
JOIN aim p ON p.partnership = a.partnership AND p.ref = a.parent
WHERE a.retired IS NULL AND a.number NOT LIKE p.number || '.%' AND p.number GLOB '[0-9]*';

CREATE VIEW fault_aim_unserved /* Aims that no priority and no action serves, be it by a part of the aim or by the aim it is part of. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT m.partnership, 'note', 'aim', m.ref, 'is served by no priority and no action',
	'action-track set ACTION aims+=' || m.ref || ', or priority-add'
FROM aim m
WHERE m.retired IS NULL
	AND EXISTS (SELECT 1 FROM priority p WHERE p.partnership = m.partnership)
	AND NOT EXISTS (SELECT 1 FROM aim_coverage c
		WHERE c.partnership = m.partnership AND c.aim = m.ref AND c.covered)
	AND NOT EXISTS (SELECT 1 FROM aim_family f
		JOIN aim_use u ON u.partnership = f.partnership AND u.aim = f.aim
			AND u.status NOT IN ('suggested', 'declined', 'dropped')
		WHERE f.partnership = m.partnership AND f.part = m.ref);

CREATE VIEW fault_aim_retired /* Retired aims that a live priority or action still names. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT u.partnership, 'warning', u.kind, u.ref, 'names aim ' || u.number || ', which was retired on ' || m.retired,
	'compact-record ' || u.kind || ' set ' || u.ref || ' aims-=' || m.ref
FROM aim_use u
JOIN aim m ON m.partnership = u.partnership AND m.ref = u.aim
WHERE m.retired <= today() AND u.status IN ('open', 'blocked', 'proposed', 'adopted');

CREATE VIEW fault_priority_aim /* Priorities that name no aim. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT p.partnership, 'error', 'priority', p.period || '/' || p.number, 'names no aim',
	'compact-record priority set ' || p.period || '/' || p.number || ' aims=AIM,...'
FROM priority p
WHERE p.status NOT IN ('suggested', 'declined') AND NOT EXISTS (
	SELECT 1 FROM priority__aims x WHERE x.partnership = p.partnership AND x.priority_period = p.period
		AND x.priority_number = p.number);

CREATE VIEW fault_priority_group /* Priorities of this year or the next that no group works on. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT p.partnership, 'warning', 'priority', p.period || '/' || p.number, 'has no group that works on it',
	'compact-record workgroup set GROUP priorities+=' || p.period || '/' || p.number
FROM priority p
JOIN period y ON y.partnership = p.partnership AND y.ref = p.period AND y.ends >= today()
WHERE p.status IN ('proposed', 'adopted') AND NOT EXISTS (
	SELECT 1 FROM workgroup__priorities x WHERE x.partnership = p.partnership AND x.item_period = p.period
		AND x.item_number = p.number);

CREATE VIEW fault_priority_reason /* Priorities declined or dropped without saying why or when. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT p.partnership, 'note', 'priority', p.period || '/' || p.number,
	'was ' || p.status || ', and nothing says ' || CASE WHEN p.reason IS NULL THEN 'why' ELSE 'when' END,
	'compact-record priority set ' || p.period || '/' || p.number || CASE WHEN p.reason IS NULL THEN ' reason=''...''' ELSE '' END
		|| CASE WHEN p.decided IS NULL THEN ' decided=DATE' ELSE '' END
FROM priority p
WHERE p.status IN ('declined', 'dropped') AND (p.reason IS NULL OR p.decided IS NULL);

CREATE VIEW fault_priority_many /* Years with more priorities than the partnership wants (setting max_priorities). */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'period', period,
	'has ' || counted(count(*), 'priority', 'priorities') || '; the limit is ' || setting('max_priorities', partnership),
	'decline or carry some of them over: compact-record priority set ' || period || '/N status=declined'
FROM priority
WHERE status IN ('proposed', 'adopted', 'met')
GROUP BY partnership, period
HAVING count(*) > CAST(setting('max_priorities', partnership) AS INTEGER);

CREATE VIEW fault_period_overlap /* Session years that overlap. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'error', 'period', a.ref, 'begins on ' || a.starts || ', before ' || b.ref || ' ends on ' || b.ends,
	'compact-record period set ' || a.ref || ' starts=DATE'
FROM period a
JOIN period b ON b.partnership = a.partnership AND b.ref <> a.ref AND b.starts <= a.starts AND b.ends >= a.starts
WHERE b.starts < a.starts OR b.ref < a.ref;

/* ---------- terms, groups, seats ---------- */

CREATE VIEW fault_terms_review /* Terms of reference past their review, or with none fixed. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, CASE WHEN due IS NULL THEN 'note' ELSE 'warning' END, 'terms', ref,
	coalesce('were to be reviewed by ' || due, 'have no date for their next review'),
	'terms-track set ' || ref || ' reviewed=DATE review_due=DATE'
FROM (SELECT t.*, coalesce(review_due, date(coalesce(reviewed, adopted), '+1 year')) AS due FROM terms t)
WHERE status = 'adopted' AND (due < today() OR due IS NULL);

CREATE VIEW fault_terms_changed /* Records that no longer say what was adopted. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', CASE part WHEN 'section' THEN part ELSE 'terms' END, ref,
	CASE part WHEN 'section' THEN 'was changed since version ' || terms || ' was adopted, whose text is frozen'
		ELSE 'had sections removed or moved since they were adopted' END,
	'compact-record section log shows by whom; make the change in a new version: terms-track revise VERSION FILE'
FROM terms_changed
WHERE part IN ('section', 'sections')
UNION ALL
SELECT partnership, 'note', part, coalesce(ref, partnership),
	'is not as in the terms ' || terms || ' that are in force',
	'terms-track revise VERSION FILE, then terms-track adopt VERSION'
FROM terms_changed
WHERE part IN ('purpose', 'aim') AND status = 'adopted';

CREATE VIEW fault_terms_two /* Two versions of the terms in force at once. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT a.partnership, 'error', 'terms', a.ref, 'are adopted, and so is version ' || b.ref,
	'terms-track set ' || a.ref || ' status=superseded, where ' || b.ref || ' holds'
FROM terms a
JOIN terms b ON b.partnership = a.partnership AND b.status = 'adopted' AND b.ref <> a.ref
WHERE a.status = 'adopted' AND (a.adopted < b.adopted OR a.adopted IS b.adopted AND a.ref < b.ref OR a.adopted IS NULL AND b.adopted IS NOT NULL);

CREATE VIEW fault_workgroup_priority /* Task-and-finish groups at work on no priority. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT w.partnership, 'warning', 'workgroup', w.ref, 'is a task-and-finish group without a priority',
	'compact-record workgroup set ' || w.ref || ' priorities=PERIOD/NUMBER'
FROM workgroup w
WHERE w.kind = 'task-and-finish' AND w.status <> 'finished' AND NOT EXISTS (
	SELECT 1 FROM workgroup__priorities x WHERE x.partnership = w.partnership AND x.workgroup = w.ref);

CREATE VIEW fault_workgroup_proposed /* Groups proposed and never set up; not while their priorities are only proposed or of a later year. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT w.partnership, 'warning', 'workgroup', w.ref, 'was proposed and never set up',
	'compact-record workgroup set ' || w.ref || ' status=active formed=DATE, or status=finished where it is not wanted'
FROM workgroup w
WHERE w.status = 'proposed' AND NOT EXISTS (
	SELECT 1 FROM workgroup__priorities x
	JOIN priority p ON p.partnership = x.partnership AND p.period = x.item_period AND p.number = x.item_number
	JOIN period y ON y.partnership = p.partnership AND y.ref = p.period
	WHERE x.partnership = w.partnership AND x.workgroup = w.ref
		AND (p.status IN ('suggested', 'proposed') OR y.starts > today()));

CREATE VIEW fault_workgroup_reports_to /* Task-and-finish and sub-groups that report to nobody. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT w.partnership, 'warning', 'workgroup', w.ref, 'reports to no group',
	'compact-record workgroup set ' || w.ref || ' reports_to=' || s.workgroup
FROM workgroup w
JOIN steering_group s ON s.partnership = w.partnership
WHERE w.kind IN ('sub-group', 'task-and-finish') AND w.status <> 'finished' AND w.reports_to IS NULL;

CREATE VIEW fault_workgroup_size /* Groups with more seats than their limit. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'workgroup', ref, 'has ' || counted(seats, 'seat', 'seats') || '; its limit is ' || size_limit,
	'end some seats, or compact-record workgroup set ' || ref || ' size_limit=' || seats
FROM workgroup_detail
WHERE status <> 'finished' AND seats > size_limit;

CREATE VIEW fault_workgroup_ended /* Groups past the date they were to finish. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'workgroup', ref, 'was to finish by ' || finish_by,
	'compact-record workgroup set ' || ref || ' status=finished, or finish_by=DATE'
FROM workgroup
WHERE status <> 'finished' AND finish_by < today();

CREATE VIEW fault_workgroup_report /* Groups late in reporting. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'workgroup', ref, 'was to report by ' || report_due || ', ' || counted(report_days_late, 'day', 'days') || ' ago',
	'compact-record workgroup set ' || ref || ' last_report=DATE'
FROM workgroup_detail
WHERE report_days_late > 0;

CREATE VIEW fault_workgroup_meeting /* Groups that were to meet and have no meeting ahead. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'workgroup', ref, 'was to meet by ' || meeting_due || ', and no meeting is planned',
	'compact-record meeting add workgroup=' || ref || ' starts=WHEN'
FROM workgroup_detail
WHERE meeting_due < today() AND next_meeting IS NULL;

CREATE VIEW fault_workgroup_chair /* Groups at work that have seats and nobody in the chair. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT w.partnership, 'warning', 'workgroup', w.ref, 'has no chair',
	'compact-record seat add ' || w.ref || ' person=PERSON role=chair'
FROM workgroup_detail w
WHERE w.status = 'active' AND w.seats > 0 AND w.chair IS NULL;

CREATE VIEW fault_workgroup_nobody /* Groups that were formed and have no current seat, so that nobody leads them. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT w.partnership, 'note', 'workgroup', w.ref, 'has nobody in it',
	'compact-record seat add ' || w.ref || ' person=PERSON role=chair'
FROM workgroup_detail w
JOIN workgroup g ON g.partnership = w.partnership AND g.ref = w.ref
WHERE g.status = 'active' AND g.formed <= today() AND g.kind <> 'network' AND coalesce(w.seats, 0) = 0;

CREATE VIEW fault_seat_signature /* Steering group seats of organisations that have not signed the charter, once some have. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT s.partnership, 'warning', 'seat', s.workgroup || '/' || s.number,
	s.name || ' sits for ' || s.org_name || ', which has not signed the charter',
	'compact-record signature add CHARTER/' || s.org || ' signed=DATE'
FROM seat_current s
WHERE s.workgroup_kind = 'steering' AND s.role NOT IN ('facilitator', 'challenge') AND s.org IS NOT NULL
	AND EXISTS (SELECT 1 FROM signature_current c WHERE c.partnership = s.partnership AND c.charter_kind = 'charter')
	AND (s.partnership, s.org) NOT IN (SELECT c.partnership, c.org FROM signature_current c);

CREATE VIEW fault_seat_senior /* Steering group seats below the seniority the charter asks for: neither of the executive team nor a named deputy. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT s.partnership, 'warning', 'seat', s.workgroup || '/' || s.number,
	s.name || ' is neither of the senior executive team nor a named deputy',
	'ask ' || coalesce(s.org_name, 'the member') || ' for another, or compact-record seat set ' || s.workgroup || '/' || s.number
		|| ' role=deputy deputy_for=PERSON'
FROM seat_current s
WHERE s.workgroup_kind = 'steering' AND s.role NOT IN ('facilitator', 'challenge') AND s.senior = 0 AND s.deputy_for IS NULL
	AND EXISTS (SELECT 1 FROM signature_current c WHERE c.partnership = s.partnership AND c.charter_kind = 'charter');

CREATE VIEW fault_seat_inactive /* Current seats of people who no longer take part. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT s.partnership, 'warning', 'seat', s.workgroup || '/' || s.number, s.name || ' no longer takes part',
	'compact-record seat set ' || s.workgroup || '/' || s.number || ' ends=DATE'
FROM seat_current s
JOIN person p ON p.partnership = s.partnership AND p.ref = s.person
WHERE p.active = 0;

/* ---------- charter and membership ---------- */

CREATE VIEW fault_charter_shortfall /* Signatories that stayed or came less than the charter asks. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'signature', charter || '/' || org,
	CASE shortfall WHEN 'months' THEN org_name || ' left after ' || counted(had, 'month', 'months') || '; the charter asks for ' || asked
		ELSE org_name || ' came to ' || counted(had, 'meeting', 'meetings') || ' in a year; the charter asks for ' || asked END,
	CASE shortfall WHEN 'months' THEN 'ask why they left' ELSE 'ask ' || org_name || ' for a deputy' END
FROM charter_shortfall;

CREATE VIEW fault_signature_endorsement /* Signatures whose board or committee has not given its word. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'signature', charter || '/' || org,
	org_name || CASE endorsement WHEN 'not-asked' THEN ' has not been asked for its board''s endorsement'
		WHEN 'asked' THEN ' has not had its board''s endorsement yet' ELSE ' was refused its board''s endorsement' END,
	'compact-record signature set ' || charter || '/' || org || ' endorsement=given endorsed=DATE, once it is'
FROM signature_current
WHERE charter_kind = 'charter' AND endorsement <> 'given';

CREATE VIEW fault_charter_review /* Charters and protocols past their review. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'charter', ref, 'was to be reviewed by ' || review_due,
	'compact-record charter set ' || ref || ' review_due=DATE'
FROM charter
WHERE review_due < today() AND coalesce(ends, '9999') >= today();

/* ---------- meetings and issues ---------- */

CREATE VIEW fault_meeting_past /* Meetings still planned though their day is past, or held before it has come. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'meeting', ref, 'was planned for ' || day_of(starts) || ', and nothing says what became of it',
	'compact-record meeting set ' || ref || ' status=held, cancelled or moved'
FROM meeting
WHERE status = 'planned' AND day_of(coalesce(ends, starts)) < today()
UNION ALL
SELECT partnership, 'error', 'meeting', ref, 'is held though its day, ' || day_of(starts) || ', is still to come',
	'compact-record meeting set ' || ref || ' status=planned, or starts=WHEN'
FROM meeting
WHERE status = 'held' AND day_of(starts) > today();

CREATE VIEW fault_meeting_reason /* Meetings moved or cancelled, and nothing says why or to when. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'meeting', ref,
	CASE WHEN reason IS NULL THEN 'was ' || status || ', and nothing says why' ELSE 'was moved, and nothing says to when' END,
	'compact-record meeting set ' || ref || CASE WHEN reason IS NULL THEN ' reason=''...''' ELSE ' moved_to=MEETING' END
FROM meeting
WHERE status IN ('cancelled', 'moved') AND (reason IS NULL OR status = 'moved' AND moved_to IS NULL);

CREATE VIEW fault_meeting_quorum /* Meetings held below their quorum. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'meeting', ref, 'had ' || present || ' present; its quorum is ' || quorum,
	'have its decisions confirmed at the next one'
FROM meeting_detail
WHERE status = 'held' AND quorate = 0 AND present > 0;

CREATE VIEW fault_issue_overdue /* Issues open past the date they were to be settled: they escalate. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'issue_log', ref,
	'was to be settled by ' || due || coalesce(' by ' || owner_name, '') || coalesce(', at ' || level, ''),
	'compact-record issue_log set ' || ref || ' status=closed decision=''...'', or a higher level='
FROM issue_detail
WHERE days_overdue > 0;

CREATE VIEW fault_issue_became /* Recommendations accepted that became no action. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', 'issue_log', ref, 'was accepted and became no action',
	'compact-record issue_log set ' || ref || ' became=ACTION'
FROM issue_log
WHERE kind = 'recommendation' AND status = 'accepted' AND became IS NULL;

/* ---------- texts: references to what is not there ---------- */

CREATE VIEW text_all /* Every longer text, for searching. */
	(partnership, kind, ref, field, text) AS
SELECT partnership, 'terms', ref, 'document', document FROM terms WHERE document IS NOT NULL
UNION ALL SELECT partnership, 'section', terms || '/' || number, 'body', body FROM section WHERE body IS NOT NULL
UNION ALL SELECT partnership, 'aim', ref, 'text', text FROM aim
UNION ALL SELECT partnership, 'duty', ref, 'text', text FROM duty
UNION ALL SELECT partnership, 'priority', period || '/' || number, 'title', title FROM priority
UNION ALL SELECT partnership, 'priority', period || '/' || number, 'comments', comments FROM priority WHERE comments IS NOT NULL
UNION ALL SELECT partnership, 'issue_log', ref, 'text', text FROM issue_log WHERE text IS NOT NULL
UNION ALL SELECT partnership, 'issue_log', ref, 'decision', decision FROM issue_log WHERE decision IS NOT NULL
UNION ALL SELECT partnership, 'message', ref || '/' || audience, 'text', text FROM message
UNION ALL SELECT partnership, 'charter', ref, 'body', body FROM charter WHERE body IS NOT NULL
UNION ALL SELECT partnership, 'charter_clause', charter || '/' || number, 'text', text FROM charter_clause
UNION ALL SELECT partnership, 'meeting', ref, 'agenda', agenda FROM meeting WHERE agenda IS NOT NULL
UNION ALL SELECT partnership, 'meeting', ref, 'minutes', minutes FROM meeting WHERE minutes IS NOT NULL
UNION ALL SELECT partnership, 'action', ref, 'title', title FROM action
UNION ALL SELECT partnership, 'action', ref, 'what', what FROM action WHERE what IS NOT NULL
UNION ALL SELECT partnership, 'action', ref, 'outcome', outcome FROM action WHERE outcome IS NOT NULL
UNION ALL SELECT partnership, 'action', ref, 'monitoring', monitoring FROM action WHERE monitoring IS NOT NULL
UNION ALL SELECT partnership, 'action', ref, 'timing', timing FROM action WHERE timing IS NOT NULL
UNION ALL SELECT partnership, 'step', action || '/' || number, 'text', text FROM step
UNION ALL SELECT partnership, 'action_link', action || '/' || other, 'note', note FROM action_link WHERE note IS NOT NULL
UNION ALL SELECT partnership, 'progress', action || '/' || number, 'text', text FROM progress WHERE text IS NOT NULL
UNION ALL SELECT partnership, 'practice', ref, 'done', done FROM practice WHERE done IS NOT NULL;

CREATE VIEW text_reference /* Where a text says aim 2.1, action B3, appendix IV and the like: the word and what follows it. */
	(partnership, kind, ref, field, word, target) AS
WITH RECURSIVE
said (partnership, kind, ref, field, rest) AS (
	SELECT partnership, kind, ref, field,
		replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
			text, char(10) || char(10), ' | '), char(10), ' '), char(13), ' '), char(9), ' '), ',', ' '), ';', ' '), ':', ' '),
			'(', ' '), ')', ' '), '*', ' '), '–', ' to '), '’', ' '), '''', ' ') || ' '
	FROM text_all
	WHERE text LIKE '%aim%' OR text LIKE '%action%' OR text LIKE '%appendi%' OR text LIKE '%annex%'),
words (partnership, kind, ref, field, rest, word, heading) AS (
	SELECT partnership, kind, ref, field, rest, '', '' FROM said
	UNION ALL
	SELECT partnership, kind, ref, field, ltrim(substr(rest, instr(rest, ' ') + 1)), rtrim(substr(rest, 1, instr(rest, ' ') - 1), '.'),
		CASE WHEN lower(word) IN ('aim', 'aims') THEN 'aim' WHEN lower(word) IN ('action', 'actions') THEN 'action'
			WHEN lower(word) IN ('appendix', 'appendices', 'annex', 'annexe', 'annexes') THEN 'appendix'
			WHEN lower(word) IN ('and', '&', 'or', 'to', '') OR word GLOB '*[0-9]*'
				OR word NOT GLOB '*[^IVXLC]*' THEN heading
			ELSE '' END
	FROM words WHERE rest <> '')
SELECT partnership, kind, ref, field, heading, word
FROM words
WHERE heading = 'aim' AND word GLOB '[0-9]*' AND word NOT GLOB '*[^0-9.]*'
	OR heading = 'action' AND word GLOB '[A-Za-z][0-9]*' AND word NOT GLOB '?*[^0-9.]*'
	OR heading = 'appendix' AND word <> '' AND (word NOT GLOB '*[^IVXLC]*' OR word GLOB '[0-9]*' AND word NOT GLOB '*[^0-9]*');

CREATE VIEW fault_text_reference /* Texts that refer to an aim, an action or an appendix that is not there. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT t.partnership, 'warning', t.kind, t.ref,
	t.field || ' refers to ' || t.word || ' ' || group_concat(DISTINCT t.target) || ', and there is none',
	'mend the text: compact-record ' || t.kind || ' edit ' || t.ref
FROM text_reference t
WHERE t.word = 'aim' AND NOT EXISTS (SELECT 1 FROM aim a WHERE a.partnership = t.partnership
		AND (a.number = t.target OR a.ref = t.target OR a.ref = 'aim' || t.target))
	OR t.word = 'action' AND NOT EXISTS (SELECT 1 FROM action a WHERE a.partnership = t.partnership
		AND lower(a.ref) = lower(t.target))
	OR t.word = 'appendix' AND NOT EXISTS (
		SELECT 1 FROM (
			SELECT partnership, heading AS title FROM section
			UNION ALL SELECT partnership, title FROM charter
			UNION ALL SELECT partnership, title FROM meeting
			UNION ALL SELECT partnership, title FROM survey
			UNION ALL SELECT partnership, title FROM practice) h
		WHERE h.partnership = t.partnership
			AND (h.title LIKE '%appendix ' || t.target || ')%' OR h.title LIKE 'appendix ' || t.target || ' %'
				OR h.title LIKE 'appendix ' || t.target OR h.title LIKE 'annex% ' || t.target OR h.title LIKE 'annex% ' || t.target || ' %'))
GROUP BY t.partnership, t.kind, t.ref, t.field, t.word;

CREATE VIEW text_numbered /* The numbered lines of terms and charters: the number and what follows it. */
	(partnership, kind, ref, number, text) AS
WITH RECURSIVE
said (partnership, kind, ref, rest) AS (
	SELECT partnership, kind, ref, text || char(10) FROM text_all WHERE kind IN ('terms', 'section', 'charter', 'charter_clause')),
lines (partnership, kind, ref, rest, line) AS (
	SELECT partnership, kind, ref, rest, '' FROM said
	UNION ALL
	SELECT partnership, kind, ref, substr(rest, instr(rest, char(10)) + 1),
		ltrim(substr(rest, 1, instr(rest, char(10)) - 1), ' -*' || char(9)) || ' '
	FROM lines WHERE rest <> '')
SELECT partnership, kind, ref, rtrim(substr(line, 1, instr(line, ' ') - 1), '.)'), trim(substr(line, instr(line, ' ')))
FROM lines
WHERE line GLOB '[0-9]*' AND rtrim(substr(line, 1, instr(line, ' ') - 1), '.)') NOT GLOB '*[^0-9.]*';

CREATE VIEW fault_text_number /* Documents that print an aim under another number than its own. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'error', kind, ref,
	'prints aims under numbers that are not theirs: ' || group_concat(printed || ' for ' || number, ', '),
	'compact-record ' || kind || ' edit ' || ref || ', or leave the aims to the report, which prints them from the store'
FROM (
	SELECT DISTINCT t.partnership, t.kind, t.ref, t.number AS printed, coalesce(a.number, a.ref) AS number
	FROM text_numbered t
	JOIN aim a ON a.partnership = t.partnership AND length(t.text) >= 12
		AND substr(lower(replace(a.text, char(10), ' ')), 1, min(32, length(t.text))) = substr(lower(t.text), 1, min(32, length(a.text)))
	WHERE a.retired IS NULL AND NOT EXISTS (
		SELECT 1 FROM aim b WHERE b.partnership = t.partnership AND b.number = t.number
			AND substr(lower(replace(b.text, char(10), ' ')), 1, min(32, length(t.text))) = substr(lower(t.text), 1, min(32, length(b.text)))))
GROUP BY partnership, kind, ref;

/* ---------- sameness: what a key cannot hold ---------- */

CREATE VIEW fault_same_ref /* Refs that differ in nothing but capitals. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'error', kind, max(ref), 'differs from ' || min(ref) || ' in capitals only',
	'compact-record ' || kind || ' set ' || max(ref) || ' ref=ANOTHER'
FROM (
	SELECT partnership, 'aim' AS kind, ref FROM aim
	UNION ALL SELECT partnership, 'terms', ref FROM terms
	UNION ALL SELECT partnership, 'duty', ref FROM duty
	UNION ALL SELECT partnership, 'period', ref FROM period
	UNION ALL SELECT partnership, 'workgroup', ref FROM workgroup
	UNION ALL SELECT partnership, 'issue_log', ref FROM issue_log
	UNION ALL SELECT partnership, 'org', ref FROM org
	UNION ALL SELECT partnership, 'person', ref FROM person
	UNION ALL SELECT partnership, 'charter', ref FROM charter
	UNION ALL SELECT partnership, 'meeting', ref FROM meeting
	UNION ALL SELECT partnership, 'forum', ref FROM forum
	UNION ALL SELECT partnership, 'theme', ref FROM theme
	UNION ALL SELECT partnership, 'action', ref FROM action
	UNION ALL SELECT partnership, 'indicator', ref FROM indicator
	UNION ALL SELECT partnership, 'practice', ref FROM practice
	UNION ALL SELECT partnership, 'employer', ref FROM employer
	UNION ALL SELECT partnership, 'notice', ref FROM notice
	UNION ALL SELECT partnership, 'incident', ref FROM incident
	UNION ALL SELECT partnership, 'survey', ref FROM survey)
GROUP BY partnership, kind, lower(ref)
HAVING count(*) > 1;

CREATE VIEW fault_same_name /* Two people or two organisations of one name, which a name alone cannot tell apart. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'note', kind, max(ref), 'is called ' || max(name) || ', as ' || min(ref) || ' is',
	'compact-record ' || kind || ' replace ' || max(ref) || ' ' || min(ref) || ', where they are the same'
FROM (
	SELECT partnership, 'person' AS kind, ref, name FROM person
	UNION ALL SELECT partnership, 'org', ref, name FROM org)
GROUP BY partnership, kind, lower(name)
HAVING count(*) > 1;

/* ---------- redundancy response ---------- */

CREATE VIEW fault_incident_late /* Cases past their deadline without a first contact. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'error', 'incident', ref, employer_name || ' was to be answered by ' || respond_by,
	'incident-track respond ' || ref || ' ''what was said'''
FROM incident_late;

CREATE VIEW fault_incident_area /* Open cases without an area. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'warning', 'incident', i.ref, e.name || ' has no area',
	'set the council or postcode of its notice, or incident-track set ' || i.ref || ' areas=SCHEME/AREA'
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.status <> 'closed' AND NOT EXISTS (
	SELECT 1 FROM incident__areas x WHERE x.partnership = i.partnership AND x.incident = i.ref);

CREATE VIEW fault_incident_owner /* Cases at work without one contact for the employer. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'note', 'incident', i.ref, e.name || ' has no one contact for the employer',
	'incident-track set ' || i.ref || ' owner=PERSON'
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.status IN ('contacted', 'offered', 'accepted', 'delivering') AND i.owner IS NULL;

CREATE VIEW fault_incident_told /* Cases of which the partnership is yet to be told, or that it answered before. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'incident', ref,
	'was told of at a time still to come, from which the clock runs',
	'correct it if that is wrong: incident-track set ' || ref || ' told=WHEN'
FROM incident
WHERE told > CASE WHEN length(told) > 10 THEN now() ELSE today() END
UNION ALL
/* By the UK clock it may be an hour later, and another day. */
SELECT partnership, 'warning', 'incident', ref,
	'was responded to before it was told of',
	'correct one of the two: incident-track set ' || ref || ' told=WHEN, or responded_at=WHEN'
FROM incident
WHERE CASE WHEN length(told) = 10 THEN day_of(responded_at) < told
	WHEN length(responded_at) = 10 THEN responded_at < day_of(told)
	ELSE responded_at < told END;

CREATE VIEW fault_incident_clock /* Open cases that nobody has answered and that have no deadline, so that they are never late. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'incident', ref, 'has no deadline, so that it is never late',
	'incident-track set ' || ref || CASE WHEN told IS NULL THEN ' told=WHEN' ELSE ' respond_by=WHEN' END
FROM incident
WHERE respond_by IS NULL AND responded_at IS NULL AND status IN ('new', 'contacted');

CREATE VIEW fault_incident_long /* Cases open for longer than support lasts (setting support_months). */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'note', 'incident', i.ref, e.name || ' has been open since ' || day_of(i.told),
	'incident-track close ' || i.ref
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.status <> 'closed'
	AND day_of(i.told) < date(today(), '-' || setting('support_months', i.partnership) || ' months')
	AND NOT EXISTS (SELECT 1 FROM incident_event v WHERE v.partnership = i.partnership AND v.incident = i.ref
		AND day_of(v.happened) > date(today(), '-1 month'));

CREATE VIEW fault_incident_wash_up /* Cases closed without a wash-up: what worked, what did not. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'note', 'incident', i.ref, e.name || ' is closed without a wash-up',
	'incident-track note ' || i.ref || ' kind=wash-up ''what worked, what did not'''
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.status = 'closed' AND i.responded_at IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM incident_event v WHERE v.partnership = i.partnership AND v.incident = i.ref AND v.kind = 'wash-up');

CREATE VIEW fault_notice_warning /* Active notices with a flag that somebody can settle. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT n.partnership, 'note', 'notice', n.ref,
	CASE WHEN w.item = 'place-unknown' THEN 'lies nobody knows where'
		WHEN w.item = 'number-unclear' THEN 'proposes ''' || coalesce(n.proposed_text, '') || ''', which is no clear number'
		WHEN w.item = 'dates-reversed' THEN 'has its dates the wrong way round'
		WHEN w.item LIKE 'maybe-same-employer %' THEN 'may come from employer ' || substr(w.item, 21)
		ELSE 'may replace notice ' || substr(w.item, 16) END,
	CASE WHEN w.item = 'place-unknown' THEN 'compact-record notice set ' || n.ref || ' council=COUNCIL'
		WHEN w.item = 'number-unclear' THEN 'compact-record notice set ' || n.ref || ' proposed=NUMBER'
		WHEN w.item LIKE 'maybe-same-employer %' THEN 'compact-record employer replace ' || n.employer || ' ' || substr(w.item, 21)
			|| ', or warnings-=''' || w.item || ''''
		WHEN w.item LIKE 'maybe-replaces %' THEN 'compact-record notice set ' || n.ref || ' supersedes=' || substr(w.item, 16)
			|| ', or warnings-=''' || w.item || ''''
		ELSE 'compact-record notice edit ' || n.ref END
FROM notice__warnings w
JOIN notice n ON n.partnership = w.partnership AND n.ref = w.notice AND n.status = 'active'
WHERE w.item IN ('place-unknown', 'number-unclear', 'dates-reversed')
	OR (w.item LIKE 'maybe-same-employer %' AND EXISTS (SELECT 1 FROM employer e
		WHERE e.partnership = n.partnership AND e.ref = substr(w.item, 21) AND e.ref <> n.employer))
	OR (w.item LIKE 'maybe-replaces %' AND EXISTS (SELECT 1 FROM notice o
		WHERE o.partnership = n.partnership AND o.ref = substr(w.item, 16) AND o.status = 'active' AND n.supersedes IS NOT o.ref));

CREATE VIEW fault_area_place_council /* Places of an area that are to be councils and are none, so that no notice falls there. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT g.ref, 'warning', 'area_place', p.scheme || '/' || p.area || '/' || p.place,
	'is no council''s code, so that no notice falls there',
	coalesce((SELECT 'give ' || c.code || ', which is ' || c.name || ', in its place' FROM council c WHERE lower(c.name) = lower(p.place)),
		(SELECT 'give ' || x.council || ' in its place' FROM council__other_names x WHERE lower(x.item) = lower(p.place)),
		(SELECT 'give the code of the council, such as ' || c.code || ' of ' || c.name FROM council c
			WHERE lower(substr(c.name, 1, 3)) = lower(substr(p.place, 1, 3)) ORDER BY c.name LIMIT 1),
		'compact-record council list has the codes; a postcode district is kind=district')
FROM area_place p
JOIN partnership g
WHERE p.kind = 'council' AND p.place NOT IN (SELECT code FROM council)
	AND p.place NOT IN (SELECT item FROM council__former_codes)
	AND EXISTS (SELECT 1 FROM council);

CREATE VIEW fault_area_place_postcode /* Places of an area that are to be postcode districts or sectors and are none, so that no notice falls there. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT g.ref, 'warning', 'area_place', p.scheme || '/' || p.area || '/' || p.place,
	'is no postcode ' || p.kind || ', so that no notice falls there',
	CASE p.kind WHEN 'district' THEN 'write it in capitals like KY1 or EH12; KY1 1 is kind=sector'
		ELSE 'write it in capitals like KY1 1, with the blank; KY1 is kind=district' END
FROM area_place p
JOIN partnership g
WHERE p.kind IN ('district', 'sector')
	AND NOT EXISTS (SELECT 1 FROM (SELECT '[A-Z][0-9]' AS form UNION ALL SELECT '[A-Z][0-9][0-9A-Z]'
		UNION ALL SELECT '[A-Z][A-Z][0-9]' UNION ALL SELECT '[A-Z][A-Z][0-9][0-9A-Z]') d
		WHERE p.place GLOB d.form || CASE p.kind WHEN 'sector' THEN ' [0-9]' ELSE '' END);

CREATE VIEW fault_incident_twice /* Two open cases of one employer in one place, which may be one. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT b.partnership, 'note', 'incident', b.ref, 'may be of one kind with ' || a.ref || ', both open for ' || e.name,
	'incident-track join ' || b.ref || ' ' || a.ref || ', where they are one situation'
FROM incident b
CROSS JOIN incident a INDEXED BY incident_employer ON a.partnership = b.partnership AND a.employer = b.employer AND b.ref <> a.ref
	AND (b.told > a.told OR (b.told = a.told AND (length(b.ref) > length(a.ref) OR (length(b.ref) = length(a.ref) AND b.ref > a.ref))))
JOIN employer e ON e.partnership = a.partnership AND e.ref = a.employer
WHERE a.status IN ('new','contacted','offered') AND b.status = 'new' AND b.responded_at IS NULL
	AND julianday(day_of(b.told)) - julianday(day_of(a.told)) <= 90
	AND NOT EXISTS (SELECT 1 FROM incident__sites x WHERE x.partnership = a.partnership AND x.incident = a.ref
		AND EXISTS (SELECT 1 FROM incident__sites y WHERE y.partnership = b.partnership AND y.incident = b.ref)
		AND NOT EXISTS (SELECT 1 FROM incident__sites y WHERE y.partnership = b.partnership AND y.incident = b.ref
			AND lower(y.item) = lower(x.item)));

CREATE VIEW fault_incident_withdrawn /* Open cases all of whose notices were withdrawn or no longer count. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'note', 'incident', i.ref, e.name || ' has withdrawn its notice, and the case is open', 'incident-track close ' || i.ref
FROM incident i
JOIN employer e ON e.partnership = i.partnership AND e.ref = i.employer
WHERE i.origin = 'notice' AND i.status <> 'closed'
	AND EXISTS (SELECT 1 FROM incident__notices x WHERE x.partnership = i.partnership AND x.incident = i.ref)
	AND NOT EXISTS (SELECT 1 FROM incident__notices x
		JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item AND n.status = 'active'
		WHERE x.partnership = i.partnership AND x.incident = i.ref);

/* ---------- surveys ---------- */

CREATE VIEW fault_survey_sum /* Questions with one answer each whose percents cannot add up to 100 by rounding alone. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'question', survey || '/' || question,
	'has percents that add up to ' || total || coalesce(' among ' || break_value, '') || ', more than rounding explains',
	'check them against what was printed: survey-tally --fits ' || coalesce(base, 'BASE') || ' ' || percents
FROM (
	SELECT partnership, survey, question, break_value, max(base) AS base, round(sum(percent), 1) AS total,
		group_concat(CASE WHEN percent = round(percent) THEN CAST(percent AS INTEGER) ELSE percent END, ' ') AS percents,
		count(*) * CASE WHEN max(percent <> round(percent)) THEN 0.05 ELSE 0.5 END AS slack,
		count(*) AS answers, min(percent IS NOT NULL) AS all_known
	FROM (SELECT r.* FROM survey_result r
		WHERE r.kind IN ('scale','single','yes-no') AND coalesce(r.tone, '') <> 'aside'
			AND r.answer NOT IN ('balance','mean','median','answered','no answer')
			/* The sums of a scale, of which positive is always there; neutral may be an answer too. */
			AND NOT (r.answer IN ('positive','neutral','negative') AND EXISTS (SELECT 1 FROM tally b
				WHERE b.partnership = r.partnership AND b.survey = r.survey AND b.question = r.question AND b.answer = 'positive'))
		ORDER BY r.number)
	GROUP BY partnership, survey, question, break_by, break_value)
WHERE answers > 1 AND all_known AND abs(total - 100) >= slack;

/* ---------- reference data and settings ---------- */

CREATE VIEW fault_holidays_end /* Holidays known for no more than this year, where deadlines count working days. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT g.ref, 'warning', 'holiday', h.division, 'is known only to ' || h.last,
	'load a newer table: compact-load --kind=holiday FILE'
FROM partnership g
JOIN (SELECT division, max(substr(day, 1, 4)) AS last FROM holiday GROUP BY division) h
	ON h.division = setting('holiday_division', g.ref)
WHERE h.last <= substr(today(), 1, 4);

CREATE VIEW fault_holidays_begin /* Cases from before the first year of known holidays, where deadlines count working days. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT i.partnership, 'note', 'incident', i.ref,
	'was told of before ' || h.first || ', the first year whose public holidays are known, so its deadline counts none',
	'load a table that goes further back: compact-load --kind=holiday FILE'
FROM incident i
JOIN (SELECT division, min(substr(day, 1, 4)) AS first FROM holiday GROUP BY division) h
	ON h.division = setting('holiday_division', i.partnership)
WHERE i.respond_by IS NOT NULL AND i.told < h.first AND setting('response_clock', i.partnership) = 'working';

CREATE VIEW fault_setting_guidance /* The setting guidance names guidance that is not there or no longer holds. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT s.partnership, CASE WHEN n.ref IS NULL THEN 'error' ELSE 'note' END, 'setting', 'guidance',
	CASE WHEN n.ref IS NULL THEN 'names ' || s.value || ', which is no guidance' ELSE 'follows ' || s.value || ', which held until ' || n.valid_until END,
	'compact-record setting set guidance value=GUIDANCE'
FROM setting s
LEFT JOIN guidance n ON lower(n.ref) = lower(s.value)
WHERE s.name = 'guidance' AND (n.ref IS NULL OR n.valid_until < today());
