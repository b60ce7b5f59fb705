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

/*
 * A place that becomes known later reaches the cases of its notice, and the flag goes: the council by
 * the user's own table of postcodes, the area by postcode sector, else district, else council, in the
 * schemes of the partnership's own areas (else the latest one). A council that lies in two is left open.
 */

CREATE TRIGGER notice_place_known AFTER UPDATE OF council, postcode ON notice
WHEN new.council IS NOT old.council OR new.postcode IS NOT old.postcode
BEGIN
	UPDATE notice SET council = (SELECT council FROM postcode WHERE postcode = new.postcode)
	WHERE partnership = new.partnership AND ref = new.ref AND council IS NULL
		AND EXISTS (SELECT 1 FROM postcode WHERE postcode = new.postcode);
	INSERT OR IGNORE INTO incident__areas (partnership, incident, item_scheme, item_ref)
	SELECT x.partnership, x.incident, p.scheme, p.area
	FROM incident__notices x
	JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item
	JOIN area_place p ON p.place = coalesce(
			(SELECT q.place FROM area_place q WHERE q.scheme = p.scheme AND q.place = substr(n.postcode, 1, length(n.postcode) - 2)),
			(SELECT q.place FROM area_place q WHERE q.scheme = p.scheme AND q.place = substr(n.postcode, 1, instr(n.postcode, ' ') - 1)),
			n.council)
		AND coalesce(p.valid_from, '') <= coalesce(substr(n.received, 1, 10), n.first_dismissal, '9999')
		AND coalesce(p.valid_until, '9999') >= coalesce(substr(n.received, 1, 10), n.first_dismissal, '')
	WHERE x.partnership = new.partnership AND x.item = new.ref
		AND NOT EXISTS (SELECT 1 FROM area_place o WHERE o.scheme = p.scheme AND o.place = p.place AND o.area <> p.area
			AND coalesce(o.valid_from, '') <= coalesce(substr(n.received, 1, 10), n.first_dismissal, '9999')
			AND coalesce(o.valid_until, '9999') >= coalesce(substr(n.received, 1, 10), n.first_dismissal, ''))
		AND (p.scheme IN (SELECT item_scheme FROM partnership__areas a WHERE a.partnership = new.partnership)
			OR (NOT EXISTS (SELECT 1 FROM partnership__areas a WHERE a.partnership = new.partnership)
				AND p.scheme = (SELECT ref FROM scheme ORDER BY official DESC, coalesce(valid_from, as_of) DESC, ref LIMIT 1)));
	DELETE FROM notice__warnings
	WHERE partnership = new.partnership AND notice = new.ref AND item = 'place-unknown'
		AND (EXISTS (SELECT 1 FROM notice n WHERE n.partnership = new.partnership AND n.ref = new.ref AND n.council IS NOT NULL)
			OR EXISTS (SELECT 1 FROM area_place p WHERE p.place IN (substr(new.postcode, 1, length(new.postcode) - 2),
				substr(new.postcode, 1, instr(new.postcode, ' ') - 1))));
END;

/* A postcode that is supplied later places the notices that waited for it. */
CREATE TRIGGER postcode_known AFTER INSERT ON postcode
BEGIN
	UPDATE notice SET council = new.council WHERE postcode = new.postcode AND council IS NULL;
END;

/* An answer to a notice's "maybe": the flag goes, and a case follows its only notice to another employer. */
CREATE TRIGGER notice_employer_settled AFTER UPDATE OF employer ON notice WHEN new.employer IS NOT old.employer
BEGIN
	DELETE FROM notice__warnings
	WHERE partnership = new.partnership AND notice = new.ref AND item = 'maybe-same-employer ' || new.employer;
	UPDATE incident SET employer = new.employer
	WHERE partnership = new.partnership AND employer = old.employer
		AND ref IN (SELECT x.incident FROM incident__notices x WHERE x.partnership = new.partnership AND x.item = new.ref)
		AND NOT EXISTS (SELECT 1 FROM incident__notices x
			JOIN notice n ON n.partnership = x.partnership AND n.ref = x.item
			WHERE x.partnership = incident.partnership AND x.incident = incident.ref AND n.employer <> new.employer);
END;

CREATE TRIGGER notice_supersedes_settled AFTER UPDATE OF supersedes ON notice
WHEN new.supersedes IS NOT NULL AND new.supersedes IS NOT old.supersedes
BEGIN
	DELETE FROM notice__warnings
	WHERE partnership = new.partnership AND notice = new.ref AND item = 'maybe-replaces ' || new.supersedes;
	UPDATE notice SET status = 'superseded'
	WHERE partnership = new.partnership AND ref = new.supersedes AND status = 'active';
END;

/* The row of a notice is found by the sender's reference; where that is put right, by the list of marks. */
CREATE TRIGGER notice_sender_changed AFTER UPDATE OF sender_ref ON notice
WHEN new.sender_ref IS NOT old.sender_ref AND new.mark IS old.mark AND new.mark IS NOT NULL
BEGIN
	INSERT OR IGNORE INTO notice__old_marks (partnership, notice, item)
	VALUES (new.partnership, new.ref, new.mark);
END;

CREATE TRIGGER incident_area_known AFTER INSERT ON incident__areas
BEGIN
	DELETE FROM notice__warnings
	WHERE partnership = new.partnership AND item = 'place-unknown' AND notice IN (
		SELECT x.item FROM incident__notices x WHERE x.partnership = new.partnership AND x.incident = new.incident);
END;
