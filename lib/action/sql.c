/* SPDX-License-Identifier: MIT */
/* The SQL of this folder. */
#include "action/private.h"

static const char *const sql[SQL_COUNT] = {
	/* A chase without a time of handing over but with a Message-ID was meant to be sent and counts as
	 * nothing yet; one without either was entered by hand: somebody telephoned. */
	[SQL_OWED] =
	        "SELECT o.person, o.lead, o.action, o.ref, o.title, o.due, o.status, o.reason, "
	        "o.workgroup, "
	        "p.name, p.given, p.salutation, p.email, p.active, p.away_until, "
	        "(SELECT max(c.chased_on) FROM chase c WHERE c.partnership = ?1 AND c.action = "
	        "o.action "
	        "AND c.person = o.person AND (c.message_id IS NULL OR c.handed_over IS NOT NULL)), "
	        "(SELECT count(*) FROM chase c WHERE c.partnership = ?1 AND c.action = o.action "
	        "AND c.person = o.person AND (c.message_id IS NULL OR c.handed_over IS NOT NULL)), "
	        "(SELECT c.message_id FROM chase c WHERE c.partnership = ?1 AND c.action = "
	        "o.action "
	        "AND c.person = o.person AND c.message_id IS NOT NULL AND c.handed_over IS NULL "
	        "ORDER BY c.number DESC LIMIT 1), "
	        "(SELECT max(c.chased_on) FROM chase c WHERE c.partnership = ?1 AND c.action = "
	        "o.action "
	        "AND c.person = o.person AND c.message_id IS NOT NULL AND c.handed_over IS NULL) "
	        "FROM (SELECT l.person AS person, l.name AS lead, a.ref AS action, a.ref AS ref, "
	        "a.title AS title, "
	        "a.due AS due, a.status AS status, a.reason AS reason, a.workgroup AS workgroup, 0 "
	        "AS step "
	        "FROM action a JOIN action_lead l ON l.partnership = a.partnership AND l.action = "
	        "a.ref "
	        "WHERE a.partnership = ?1 AND a.status IN ('open','blocked') AND a.due <= ?2 "
	        "AND l.state <> 'declined' "
	        "UNION ALL SELECT NULL, NULL, a.ref, a.ref, a.title, a.due, a.status, a.reason, "
	        "a.workgroup, 0 FROM action a "
	        "WHERE a.partnership = ?1 AND a.status IN ('open','blocked') AND a.due <= ?2 "
	        "AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.partnership = a.partnership "
	        "AND l.action = a.ref AND l.state <> 'declined') "
	        "UNION ALL SELECT s.lead, s.lead_text, s.action, s.action || '/' || s.number, "
	        "s.text, s.due, "
	        "a.status, a.reason, a.workgroup, s.number "
	        "FROM step s JOIN action a ON a.partnership = s.partnership AND a.ref = s.action "
	        "WHERE s.partnership = ?1 AND a.status IN ('open','blocked') AND s.due <= ?2 "
	        "AND s.done_on IS NULL AND s.lead IS NOT NULL) o "
	        "LEFT JOIN person p ON p.partnership = ?1 AND p.ref = o.person "
	        "ORDER BY o.person, o.due, \"natural\"(o.action), o.step",
	[SQL_ISSUES] =
	        "SELECT ref, title, due FROM issue_log WHERE partnership = ?1 AND owner = ?2 "
	        "AND status = 'open' AND due < ?3 ORDER BY due, \"natural\"(ref)",
	[SQL_EARLIER_MAIL] =
	        "SELECT message_id FROM chase WHERE partnership = ?1 AND person = ?2 "
	        "AND message_id IS NOT NULL AND handed_over IS NOT NULL "
	        "GROUP BY message_id ORDER BY min(handed_over), max(number), message_id",
	[SQL_CHAIR] = "SELECT p.ref, p.name, p.email FROM workgroup_chair c "
	              "JOIN person p ON p.partnership = c.partnership AND p.ref = c.person "
	              "WHERE c.partnership = ?1 AND c.workgroup = ?2 AND p.active = 1",
	[SQL_STEERING] = "SELECT p.ref, p.name, p.email FROM steering_group g "
	                 "JOIN workgroup_chair c ON c.partnership = g.partnership AND c.workgroup "
	                 "= g.workgroup "
	                 "JOIN person p ON p.partnership = c.partnership AND p.ref = c.person "
	                 "WHERE g.partnership = ?1 AND p.active = 1",
	[SQL_CHASE_PENDING] =
	        "SELECT action || '/' || number, message_id FROM chase WHERE partnership = ?1 "
	        "AND message_id IS NOT NULL AND handed_over IS NULL ORDER BY action, number",
	[SQL_CHASE_OF] = "SELECT action || '/' || number FROM chase WHERE partnership = ?1 "
	                 "AND message_id = ?2 AND handed_over IS NULL ORDER BY action, number",
	[SQL_RECURRING] = "SELECT ref, due, done_on, every FROM action WHERE partnership = ?1 AND "
	                  "every IS NOT NULL "
	                  "AND (?2 IS NULL OR ref = ?2) AND (status = 'done' OR "
	                  "(status IN ('open','blocked') AND due <= ?3)) ORDER BY \"natural\"(ref)",
	[SQL_RHYTHM] = "SELECT step FROM rhythm WHERE name = ?1",
	[SQL_SERIES_DAY] = "WITH RECURSIVE series (ref) AS (VALUES (?2) UNION "
	                   "SELECT l.other FROM action_link l JOIN series s ON l.action = s.ref "
	                   "WHERE l.partnership = ?1 AND l.note = 'the one before') "
	                   "SELECT max(CAST(substr(a.due, 9) AS INTEGER)) FROM series s "
	                   "JOIN action a ON a.partnership = ?1 AND a.ref = s.ref",
	[SQL_COPY_PRIORITIES] =
	        "INSERT INTO action__priorities (partnership, action, item_period, item_number) "
	        "SELECT partnership, ?3, item_period, item_number FROM action__priorities "
	        "WHERE partnership = ?1 AND action = ?2",
	[SQL_COPY_AIMS] = "INSERT INTO action__aims (partnership, action, item) "
	                  "SELECT partnership, ?3, item FROM action__aims WHERE partnership = ?1 "
	                  "AND action = ?2",
	[SQL_COPY_LEADS] = "INSERT INTO lead (partnership, action, number, person, org, workgroup, "
	                   "as_written, state, decided) "
	                   "SELECT partnership, ?3, number, person, org, workgroup, as_written, "
	                   "state, decided FROM lead "
	                   "WHERE partnership = ?1 AND action = ?2 AND state <> 'declined'",
	[SQL_COPY_STEPS] =
	        "INSERT INTO step (partnership, action, number, text, lead_text, lead, due) "
	        "SELECT partnership, ?3, number, text, lead_text, lead, date(due, ?4 || ' days') "
	        "FROM step "
	        "WHERE partnership = ?1 AND action = ?2",
	[SQL_IN_PLAN] = "SELECT 1 FROM plan WHERE partnership = ?1 AND action = ?2 LIMIT 1",
	[SQL_CALENDAR] =
	        "SELECT e.kind, e.ref, e.part, e.title, e.text, e.place, e.starts, e.ends, "
	        "e.status, e.percent, "
	        "e.done_on, e.alarm_hours, e.changed, (SELECT max(c.made_at) FROM store_change c "
	        "WHERE c.seq = e.changed) "
	        "FROM (SELECT x.*, (SELECT max(r.seq) FROM store_row r WHERE r.kind = x.kind "
	        "AND r.key IN (x.partnership || '/' || x.ref, '')) AS changed FROM calendar_entry "
	        "x "
	        "WHERE x.partnership = ?1 AND x.owner_kind = ?2 AND x.owner = ?3) e "
	        "ORDER BY e.starts, e.kind, \"natural\"(e.ref), e.part",
	[SQL_MEETING] =
	        "SELECT m.status, m.agenda, m.reason, (SELECT coalesce(t.title, t.ref) || ' on ' "
	        "|| "
	        "day_of(t.starts) FROM meeting t WHERE t.partnership = m.partnership "
	        "AND t.ref = m.moved_to) FROM meeting m WHERE m.partnership = ?1 AND m.ref = ?2",
	[SQL_MEETING_ON] = "SELECT ref FROM meeting WHERE partnership = ?1 AND "
	                   "day_of(starts) = ?2 AND status IN ('planned','held') ORDER BY ref",
	[SQL_INVITED] =
	        "WITH here (workgroup, day) AS (SELECT workgroup, day_of(starts) FROM "
	        "meeting "
	        "WHERE partnership = ?1 AND ref = ?2), "
	        "asked (person, role) AS (SELECT s.person, s.role FROM here h JOIN seat s "
	        "ON s.partnership = ?1 AND s.workgroup = h.workgroup "
	        "WHERE coalesce(s.starts, '') <= h.day AND coalesce(s.ends, '9999') >= h.day "
	        "UNION ALL SELECT person, 'member' FROM attendance WHERE partnership = ?1 AND "
	        "meeting = ?2 "
	        "UNION ALL SELECT ?3, 'member' WHERE ?3 IS NOT NULL) "
	        "SELECT p.ref, p.name, p.given, p.salutation, p.email, p.active, "
	        /* The chair is the chair, whatever else they are. */
	        "CASE min(CASE a.role WHEN 'chair' THEN 0 WHEN 'deputy' THEN 2 ELSE 1 END) "
	        "WHEN 0 THEN 'chair' WHEN 2 THEN 'deputy' ELSE 'member' END, "
	        "(SELECT t.state FROM attendance t WHERE t.partnership = ?1 AND t.meeting = ?2 "
	        "AND t.person = p.ref) "
	        "FROM asked a JOIN person p ON p.partnership = ?1 AND p.ref = a.person "
	        "WHERE ?3 IS NULL OR p.ref = ?3 GROUP BY p.ref ORDER BY p.name, p.ref",
	[SQL_PARTNERSHIP] = "SELECT name FROM partnership WHERE ref = ?1",
};
const struct statements action_statements = { sql, SQL_COUNT };

struct query *action_query(struct work *w, enum action_sql which, struct fault *f)
{
	struct query *q = store_query(w->store, &action_statements, which, f);

	if (q)
		query_bind_text(q, 1, w->partnership);
	return q;
}

const char *action_text(struct work *w, struct query *q, int column)
{
	return arena_strdup(w->arena, query_text(q, column));
}

day_t action_day(const char *stored)
{
	struct fault f = { 0 };
	day_t day = DAY_NONE;

	return stored && day_parse(stored, ORDER_YMD, 0, &day, &f) ? day : DAY_NONE;
}

bool action_partnership(struct work *w, const char **name, struct fault *f)
{
	*name = w->partnership;
	return query_one_text(action_query(w, SQL_PARTNERSHIP, f), w->arena, name, f);
}
