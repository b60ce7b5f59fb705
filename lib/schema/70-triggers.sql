/* SPDX-License-Identifier: MIT */
/*
 * Rules over several rows: what must not go round in a circle. Each is asked from the row that
 * closes the circle, so an insert and a change of the columns concerned need one trigger each.
 * (UNION, not UNION ALL: a circle that is there already cannot make the search endless.)
 */

CREATE TRIGGER aim_parent_added AFTER INSERT ON aim WHEN new.parent IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'parent: makes a circle, as this aim would be part of itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE up (ref) AS (
			SELECT new.parent
			UNION
			SELECT a.parent FROM up JOIN aim a ON a.partnership = new.partnership AND a.ref = up.ref
			WHERE a.parent IS NOT NULL)
		SELECT ref FROM up);
END;

CREATE TRIGGER aim_parent_changed AFTER UPDATE OF parent ON aim WHEN new.parent IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'parent: makes a circle, as this aim would be part of itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE up (ref) AS (
			SELECT new.parent
			UNION
			SELECT a.parent FROM up JOIN aim a ON a.partnership = new.partnership AND a.ref = up.ref
			WHERE a.parent IS NOT NULL)
		SELECT ref FROM up);
END;

CREATE TRIGGER workgroup_reports_added AFTER INSERT ON workgroup WHEN new.reports_to IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'reports_to: makes a circle, as this group would report to itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE up (ref) AS (
			SELECT new.reports_to
			UNION
			SELECT w.reports_to FROM up JOIN workgroup w ON w.partnership = new.partnership AND w.ref = up.ref
			WHERE w.reports_to IS NOT NULL)
		SELECT ref FROM up);
END;

CREATE TRIGGER workgroup_reports_changed AFTER UPDATE OF reports_to ON workgroup WHEN new.reports_to IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'reports_to: makes a circle, as this group would report to itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE up (ref) AS (
			SELECT new.reports_to
			UNION
			SELECT w.reports_to FROM up JOIN workgroup w ON w.partnership = new.partnership AND w.ref = up.ref
			WHERE w.reports_to IS NOT NULL)
		SELECT ref FROM up);
END;

CREATE TRIGGER action_link_added AFTER INSERT ON action_link WHEN new.kind = 'depends-on'
BEGIN
	SELECT raise(ABORT, 'other: makes a circle, as the action would wait for itself; use kind=relates or choose another')
	WHERE new.action IN (
		WITH RECURSIVE before (ref) AS (
			SELECT new.other
			UNION
			SELECT l.other FROM before
			JOIN action_link l ON l.partnership = new.partnership AND l.action = before.ref
			WHERE l.kind = 'depends-on')
		SELECT ref FROM before);
END;

CREATE TRIGGER action_link_changed AFTER UPDATE OF kind, other, action ON action_link WHEN new.kind = 'depends-on'
BEGIN
	SELECT raise(ABORT, 'other: makes a circle, as the action would wait for itself; use kind=relates or choose another')
	WHERE new.action IN (
		WITH RECURSIVE before (ref) AS (
			SELECT new.other
			UNION
			SELECT l.other FROM before
			JOIN action_link l ON l.partnership = new.partnership AND l.action = before.ref
			WHERE l.kind = 'depends-on')
		SELECT ref FROM before);
END;

CREATE TRIGGER notice_supersedes_changed AFTER UPDATE OF supersedes ON notice WHEN new.supersedes IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'supersedes: makes a circle, as this notice would replace itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE older (ref) AS (
			SELECT new.supersedes
			UNION
			SELECT n.supersedes FROM older JOIN notice n ON n.partnership = new.partnership AND n.ref = older.ref
			WHERE n.supersedes IS NOT NULL)
		SELECT ref FROM older);
END;

CREATE TRIGGER meeting_moved_changed AFTER UPDATE OF moved_to ON meeting WHEN new.moved_to IS NOT NULL
BEGIN
	SELECT raise(ABORT, 'moved_to: makes a circle, as this meeting would be held in place of itself; choose another')
	WHERE new.ref IN (
		WITH RECURSIVE later (ref) AS (
			SELECT new.moved_to
			UNION
			SELECT m.moved_to FROM later JOIN meeting m ON m.partnership = new.partnership AND m.ref = later.ref
			WHERE m.moved_to IS NOT NULL)
		SELECT ref FROM later);
END;

/*
 * A text once adopted is not rewritten: a change is a new version. Its status and its dates may
 * still change, and taking an adoption back (undo) makes the text free again. Erasing a person
 * goes through, as it must: it puts their new ref, erased-1 or so, in place of their name.
 */
CREATE TRIGGER terms_document_frozen BEFORE UPDATE OF document ON terms
WHEN old.status <> 'draft' AND new.status <> 'draft' AND old.document IS NOT NULL
	AND new.document IS NOT old.document AND instr(coalesce(new.document, ''), 'erased-') = 0
BEGIN
	SELECT raise(ABORT, 'document: is frozen since these terms were adopted; make the change in a new version');
END;

/* A setting is one of those in the view setting_default, and what it allows. */
CREATE TRIGGER setting_added BEFORE INSERT ON setting
BEGIN
	SELECT raise(ABORT, 'name: is no setting; see compact-schema(5) for those there are')
	WHERE new.name NOT IN (SELECT name FROM setting_default);
	SELECT raise(ABORT, 'value: is not what this setting takes; see compact-schema(5) for its values')
	FROM setting_default d
	WHERE d.name = new.name AND (
		d.words IS NOT NULL AND (instr(new.value, ' ') OR instr(' ' || d.words || ' ', ' ' || new.value || ' ') = 0)
		OR d.least IS NOT NULL AND (new.value GLOB '*[^0-9]*' OR CAST(new.value AS INTEGER) NOT BETWEEN d.least AND d.most));
END;

CREATE TRIGGER setting_changed BEFORE UPDATE OF name, value ON setting
BEGIN
	SELECT raise(ABORT, 'name: is no setting; see compact-schema(5) for those there are')
	WHERE new.name NOT IN (SELECT name FROM setting_default);
	SELECT raise(ABORT, 'value: is not what this setting takes; see compact-schema(5) for its values')
	FROM setting_default d
	WHERE d.name = new.name AND (
		d.words IS NOT NULL AND (instr(new.value, ' ') OR instr(' ' || d.words || ' ', ' ' || new.value || ' ') = 0)
		OR d.least IS NOT NULL AND (new.value GLOB '*[^0-9]*' OR CAST(new.value AS INTEGER) NOT BETWEEN d.least AND d.most));
END;
