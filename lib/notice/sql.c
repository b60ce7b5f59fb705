/* SPDX-License-Identifier: MIT */
/* The statements of this folder. */
#include "notice/sql.h"

/* The notices of an employer, by the index or among certain rows. */
#define PLACES "SELECT postcode, site, address, coalesce(received, first_dismissal) FROM notice "
#define LIKENESS                                                                                  \
	"SELECT ref, first_dismissal, last_dismissal, proposed, site, address, postcode, status," \
	" import, received, sender_ref FROM notice "
#define BY_INDEX "WHERE partnership = ?1 AND employer = ?2"
#define BY_ROWS                                                        \
	"NOT INDEXED WHERE rowid IN (SELECT value FROM json_each(?3))" \
	" AND partnership = ?1 AND employer = ?2"

static const char *const sql[] = {
	/* What notices are held against. */
	[SQL_RULES] = "SELECT nation, valid_from, valid_until, lower, upper, lower_days, upper_days"
	              " FROM notice_rule",
	[SQL_COUNCILS] = "SELECT code, code, name FROM council"
	                 " UNION ALL SELECT name, code, name FROM council"
	                 " UNION ALL SELECT x.item, x.council, c.name FROM council__former_codes x"
	                 " JOIN council c ON c.code = x.council"
	                 " UNION ALL SELECT x.item, x.council, c.name FROM council__other_names x"
	                 " JOIN council c ON c.code = x.council",
	[SQL_REASONS] = "SELECT code, text FROM notice_reason",
	[SQL_PLACES] =
	        "SELECT p.place, p.scheme, p.area, p.kind,"
	        " max(coalesce(p.valid_from, ''), coalesce(s.valid_from, '')),"
	        " min(coalesce(p.valid_until, '9999-12-31'), coalesce(s.valid_until, '9999-12-31'))"
	        " FROM area_place p JOIN scheme s ON s.ref = p.scheme",
	[SQL_NATION] = "SELECT setting('nation', ?1)",
	[SQL_POSTCODE_ANY] = "SELECT 1 FROM postcode LIMIT 1",
	[SQL_POSTCODE] = "SELECT council FROM postcode WHERE postcode = ?1",
	[SQL_PARTNERSHIPS] = "SELECT ref, name FROM partnership ORDER BY ref",
	[SQL_OWN_AREAS] =
	        "SELECT item_scheme, item_ref FROM partnership__areas WHERE partnership = ?1"
	        " ORDER BY item_scheme, item_ref",

	[SQL_SCHEME] = "SELECT ref FROM scheme ORDER BY official DESC, coalesce(valid_from, as_of) "
	               "DESC, ref LIMIT 1",

	/* Employers. */
	[SQL_EMPLOYERS] =
	        "SELECT ref, name, number IS NOT NULL FROM employer WHERE partnership = ?1",
	[SQL_EMPLOYER_NAMES] =
	        "SELECT x.employer, x.item, e.number IS NOT NULL FROM employer__other_names x"
	        " JOIN employer e ON e.partnership = x.partnership AND e.ref = x.employer"
	        " WHERE x.partnership = ?1",
	[SQL_EMPLOYER_NUMBER] = "SELECT ref, name FROM employer INDEXED BY employer_number WHERE "
	                        "partnership = ?1 AND number = ?2"
	                        " AND register IS ?3",
	[SQL_EMPLOYER_PLACES] = PLACES BY_INDEX " LIMIT 100",
	[SQL_EMPLOYER_PLACES_OF] = PLACES BY_ROWS " LIMIT 100",
	[SQL_EMPLOYER_CASES] = "SELECT 1 FROM incident INDEXED BY incident_employer"
	                       " WHERE partnership = ?1 AND employer = ?2"
	                       " AND origin <> 'notice' AND status <> 'closed'",
	[SQL_EMPLOYER_CASE_PLACES] =
	        "SELECT i.postcode, i.address, i.council, x.item FROM incident i"
	        " INDEXED BY incident_employer LEFT JOIN incident__sites x ON x.partnership = "
	        "i.partnership"
	        " AND x.incident = i.ref WHERE i.partnership = ?1 AND i.employer = ?2"
	        " AND i.origin <> 'notice' AND i.status <> 'closed'",
	[SQL_HEARD_ANY] = "SELECT 1 FROM incident WHERE partnership = ?1 AND origin <> 'notice'"
	                  " AND status <> 'closed' LIMIT 1",
	[SQL_EMPLOYER_OPEN] = "SELECT ref FROM incident INDEXED BY incident_employer"
	                      " WHERE partnership = ?1 AND employer = ?2"
	                      " AND status <> 'closed' ORDER BY told DESC, ref DESC",
	[SQL_EMPLOYER_GET] = "SELECT name, number, register, sic, size FROM employer"
	                     " WHERE partnership = ?1 AND ref = ?2",
	[SQL_EMPLOYER_FILL] = "UPDATE employer SET number = coalesce(number, ?3),"
	                      " register = coalesce(register, ?4), sic = coalesce(sic, ?5),"
	                      " size = coalesce(size, ?6) WHERE partnership = ?1 AND ref = ?2",
	[SQL_EMPLOYER_OTHER] =
	        "INSERT OR IGNORE INTO employer__other_names (partnership, employer, item)"
	        " VALUES (?1, ?2, ?3)",

	/* Notices. */
	[SQL_NOTICE_BY_SENDER] = "SELECT ref, first_dismissal, last_dismissal, proposed,"
	                         " site, address, postcode, status, import"
	                         " FROM notice INDEXED BY notice_sender WHERE "
	                         "partnership = ?1 AND sender_ref = ?2"
	                         " AND source IS ?3",
	[SQL_NOTICE_BY_EMPLOYER] = LIKENESS BY_INDEX " ORDER BY received DESC LIMIT 500",
	[SQL_NOTICE_BY_EMPLOYER_OF] = LIKENESS BY_ROWS " ORDER BY received DESC LIMIT 500",
	[SQL_NOTICE_ANY] = "SELECT 1 FROM notice LIMIT 1",
	[SQL_EMPLOYER_ANY] = "SELECT 1 FROM employer LIMIT 1",
	[SQL_NOTICE_ROW] = "SELECT rowid FROM notice WHERE partnership = ?1 AND ref = ?2",
	[SQL_NOTICE_BY_MARK] = "SELECT ref, status, import, 1 FROM notice INDEXED BY notice_mark"
	                       " WHERE partnership = ?1 AND mark = ?2 AND sender_ref IS NULL",
	[SQL_NOTICE_BY_SENDER_MARK] =
	        "SELECT ref, status, import, 1 FROM notice INDEXED BY notice_sender"
	        " WHERE partnership = ?1 AND mark = ?2 AND sender_ref = ?3",
	[SQL_NOTICE_BY_OLD_MARK] = "SELECT n.ref, n.status, n.import, n.mark IS ?2 FROM "
	                           "notice__old_marks x JOIN notice n"
	                           " ON n.partnership = x.partnership AND n.ref = x.notice"
	                           " WHERE x.partnership = ?1 AND x.item = ?2",
	[SQL_OLD_MARK_ADD] = "INSERT OR IGNORE INTO notice__old_marks (partnership, notice, item)"
	                     " SELECT partnership, ref, mark FROM notice WHERE partnership = ?1"
	                     " AND ref = ?2 AND mark IS NOT NULL AND mark <> ?3",
	[SQL_NOTICE_SOURCE] = "SELECT source FROM notice WHERE partnership = ?1 AND ref = ?2",
	[SQL_NOTICE_HAD_MARK] =
	        "SELECT n.mark IS ?3, EXISTS (SELECT 1 FROM notice__old_marks x"
	        " WHERE x.partnership = n.partnership AND x.notice = n.ref AND x.item = ?3)"
	        " FROM notice n WHERE n.partnership = ?1 AND n.ref = ?2",
	[SQL_IMPORT_BY_SHA] = "SELECT 1 FROM import WHERE partnership = ?1 AND sha256 = ?2",
	[SQL_NOTICE_EMPLOYER] = "SELECT e.ref, e.name, e.number, n.sender_ref,"
	                        " coalesce(n.received, n.first_dismissal)"
	                        " FROM notice n JOIN employer e"
	                        " ON e.partnership = n.partnership AND e.ref = n.employer"
	                        " WHERE n.partnership = ?1 AND n.ref = ?2",
	[SQL_NOTICE_GET] =
	        "SELECT sender_ref, employer, NULL, NULL, site, address, postcode, council,"
	        " contact_name, contact_email, contact_phone, received, NULL, notified,"
	        " consultation_started, first_dismissal, last_dismissal, employed, proposed,"
	        " proposed_text, certainty, closure, selection, representatives, trade_union,"
	        " short_notice_reason, NULL, status, supersedes, source, NULL, NULL, NULL, extra"
	        " FROM notice WHERE partnership = ?1 AND ref = ?2",
	[SQL_NOTICE_SET] =
	        "UPDATE notice SET import = ?3, line = ?4, sender_ref = ?5, employer = ?6,"
	        " site = ?7, address = ?8, postcode = ?9, council = ?10, contact_name = ?11,"
	        " contact_email = ?12, contact_phone = ?13, received = ?14, notified = ?15,"
	        " consultation_started = ?16, first_dismissal = ?17, last_dismissal = ?18,"
	        " employed = ?19, proposed = ?20, proposed_text = ?21, certainty = ?22,"
	        " closure = ?23, selection = ?24, representatives = ?25, trade_union = ?26,"
	        " short_notice_reason = ?27, status = coalesce(?28, 'active'), supersedes = ?29,"
	        " source = ?30, extra = ?31, mark = ?32 WHERE partnership = ?1 AND ref = ?2",
	[SQL_NOTICE_HIGHEST] =
	        "SELECT max(CAST(substr(ref, length(?2) + 1) AS INTEGER)) FROM notice"
	        " WHERE partnership = ?1 AND ref > ?2 AND ref < ?3",
	[SQL_NOTICE_SUPERSEDED] = "UPDATE notice SET status = 'superseded' WHERE partnership = ?1"
	                          " AND ref = ?2 AND status = 'active'",
	[SQL_REASON_ADD] = "INSERT OR IGNORE INTO notice__reasons (partnership, notice, item)"
	                   " VALUES (?1, ?2, ?3)",
	[SQL_REASONS_GET] =
	        "SELECT item FROM notice__reasons WHERE partnership = ?1 AND notice = ?2"
	        " ORDER BY item",
	[SQL_REASONS_DROP] = "DELETE FROM notice__reasons WHERE partnership = ?1 AND notice = ?2",
	[SQL_WARNING_ADD] = "INSERT OR IGNORE INTO notice__warnings (partnership, notice, item)"
	                    " VALUES (?1, ?2, ?3)",
	[SQL_WARNINGS_GET] =
	        "SELECT item FROM notice__warnings WHERE partnership = ?1 AND notice = ?2"
	        " ORDER BY item",
	[SQL_WARNING_DROP] = "DELETE FROM notice__warnings WHERE partnership = ?1 AND notice = ?2"
	                     " AND item = ?3",
	[SQL_IMPORT_ADD] = "INSERT INTO import (partnership, ref, file, loaded_at, loaded_by, map)"
	                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[SQL_IMPORT_COUNTS] = "UPDATE import SET sha256 = ?3, read = ?4, taken = ?5, amended = ?6,"
	                      " refused = ?7 WHERE partnership = ?1 AND ref = ?2",

	/* Incidents. SQLite thinks a partnership has ten of them, and would look through all: so it is told. */
	[SQL_INCIDENT_OPEN] =
	        "SELECT i.ref FROM incident i INDEXED BY incident_employer"
	        " WHERE i.partnership = ?1 AND i.employer = ?2"
	        " AND i.origin <> 'notice' AND i.status <> 'closed' AND NOT EXISTS ("
	        "SELECT 1 FROM incident__notices x WHERE x.partnership = i.partnership"
	        " AND x.incident = i.ref) ORDER BY i.told DESC",
	[SQL_INCIDENT_ADD] =
	        "INSERT INTO incident (partnership, ref, employer, told_by, told, size_band,"
	        " administrator, respond_by, origin, estimate, estimate_text, certainty)"
	        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[SQL_INCIDENT_OF] = "SELECT incident FROM incident__notices INDEXED BY incident_notices"
	                    " WHERE partnership = ?1 AND item = ?2",
	[SQL_INCIDENT_NOTICE_ADD] =
	        "INSERT OR IGNORE INTO incident__notices (partnership, incident, item)"
	        " VALUES (?1, ?2, ?3)",
	[SQL_INCIDENT_AREA_ADD] = "INSERT OR IGNORE INTO incident__areas (partnership, incident,"
	                          " item_scheme, item_ref) VALUES (?1, ?2, ?3, ?4)",
	[SQL_INCIDENT_SITE_ADD] =
	        "INSERT OR IGNORE INTO incident__sites (partnership, incident, item)"
	        " VALUES (?1, ?2, ?3)",
	[SQL_INCIDENT_ADMINISTRATOR] =
	        "UPDATE incident SET administrator = coalesce(administrator, ?3)"
	        " WHERE partnership = ?1 AND ref = ?2",
	[SQL_INCIDENT_WITHDRAW] =
	        "UPDATE incident SET status = 'closed', closed_on = ?3 WHERE partnership = ?1"
	        " AND ref = ?2 AND origin = 'notice'"
	        " AND status IN ('new', 'contacted', 'offered', 'refused') AND NOT EXISTS ("
	        "SELECT 1 FROM incident__notices x JOIN notice n"
	        " ON n.partnership = x.partnership AND n.ref = x.item AND n.status = 'active'"
	        " WHERE x.partnership = incident.partnership AND x.incident = incident.ref)",
	[SQL_INCIDENT_REOPEN] =
	        "UPDATE incident SET closed_on = NULL,"
	        " status = CASE WHEN responded_at IS NULL THEN 'new' ELSE 'contacted' END,"
	        " respond_by = CASE WHEN responded_at IS NULL THEN ?3 ELSE respond_by END"
	        " WHERE partnership = ?1 AND ref = ?2 AND status = 'closed' AND (SELECT v.text"
	        " FROM incident_event v WHERE v.partnership = ?1 AND v.incident = ?2"
	        " ORDER BY v.number DESC LIMIT 1) LIKE 'closed, as notice %'",
	[SQL_INCIDENT_WAITS] = "SELECT 1 FROM incident WHERE partnership = ?1 AND ref = ?2"
	                       " AND responded_at IS NULL",
	[SQL_INCIDENT_NOTE] =
	        "INSERT INTO incident_event (partnership, incident, number, happened, kind, text)"
	        " SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, 'note', ?4 FROM incident_event"
	        " WHERE partnership = ?1 AND incident = ?2",

	/* One case into another: ?2 goes, ?3 stays. */
	[SQL_GUIDANCE_HOURS] =
	        "SELECT g.response_hours FROM guidance g"
	        " WHERE lower(g.ref) = lower(setting('guidance', ?1))"
	        " AND coalesce(g.valid_from, '') <= ?2 AND coalesce(g.valid_until, '9999') >= ?2"
	        " AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.partnership = ?1"
	        " AND s.name = 'response_hours')",
	[SQL_JOIN_NOTICES] = "UPDATE OR IGNORE incident__notices SET incident = ?3"
	                     " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_AREAS] = "UPDATE OR IGNORE incident__areas SET incident = ?3"
	                   " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_SITES] = "UPDATE OR IGNORE incident__sites SET incident = ?3"
	                   " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_SERVICES] = "UPDATE OR IGNORE incident__services SET incident = ?3"
	                      " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_HOMES] = "UPDATE OR IGNORE incident_home SET incident = ?3"
	                   " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_CHECKS] = "UPDATE OR IGNORE incident_check SET incident = ?3"
	                    " WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_EVENTS] =
	        "UPDATE incident_event SET incident = ?3, number = number + (SELECT"
	        " coalesce(max(v.number), 0) FROM incident_event v WHERE v.partnership = ?1"
	        " AND v.incident = ?3) WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_REFERRALS] =
	        "UPDATE referral SET incident = ?3, number = number + (SELECT"
	        " coalesce(max(v.number), 0) FROM referral v WHERE v.partnership = ?1"
	        " AND v.incident = ?3) WHERE partnership = ?1 AND incident = ?2",
	[SQL_JOIN_FIELDS] =
	        "UPDATE incident SET origin = CASE WHEN o.told < incident.told THEN o.origin"
	        " ELSE incident.origin END, told = min(incident.told, coalesce(o.told, "
	        "incident.told)),"
	        " respond_by = min(coalesce(incident.respond_by, o.respond_by),"
	        " coalesce(o.respond_by, incident.respond_by)),"
	        " responded_at = min(coalesce(incident.responded_at, o.responded_at),"
	        " coalesce(o.responded_at, incident.responded_at)),"
	        " status = CASE WHEN incident.status = 'new' AND o.status <> 'closed'"
	        " THEN o.status ELSE incident.status END,"
	        " told_by = coalesce(incident.told_by, o.told_by),"
	        " estimate = coalesce(incident.estimate, o.estimate),"
	        " estimate_text = coalesce(incident.estimate_text, o.estimate_text),"
	        " certainty = coalesce(incident.certainty, o.certainty),"
	        " sector = coalesce(incident.sector, o.sector),"
	        " size_band = coalesce(incident.size_band, o.size_band),"
	        " owner = coalesce(incident.owner, o.owner),"
	        " government_contact = coalesce(incident.government_contact, o.government_contact),"
	        " administrator = coalesce(incident.administrator, o.administrator),"
	        " leaving = coalesce(incident.leaving, o.leaving),"
	        " skills = coalesce(incident.skills, o.skills),"
	        " wanted = coalesce(incident.wanted, o.wanted),"
	        " staff_access = coalesce(incident.staff_access, o.staff_access),"
	        " uncounted = coalesce(incident.uncounted, o.uncounted),"
	        " uncounted_text = coalesce(incident.uncounted_text, o.uncounted_text),"
	        " contact_name = coalesce(incident.contact_name, o.contact_name),"
	        " contact_email = coalesce(incident.contact_email, o.contact_email),"
	        " contact_phone = coalesce(incident.contact_phone, o.contact_phone),"
	        " address = coalesce(incident.address, o.address),"
	        " postcode = coalesce(incident.postcode, o.postcode),"
	        " council = coalesce(incident.council, o.council)"
	        " FROM incident o WHERE incident.partnership = ?1 AND incident.ref = ?3"
	        " AND o.partnership = ?1 AND o.ref = ?2",
	[SQL_INCIDENT_GET] = "SELECT status, responded_at, employer, told, respond_by FROM incident"
	                     " WHERE partnership = ?1 AND ref = ?2",
	[SQL_FIRST_APPROACH] =
	        "SELECT v.happened, coalesce(p.name, v.person, o.name), v.kind, o.name"
	        " FROM incident_event v LEFT JOIN person p ON p.partnership = v.partnership"
	        " AND p.ref = v.person LEFT JOIN incident_event__orgs x"
	        " ON x.partnership = v.partnership AND x.incident_event_incident = v.incident"
	        " AND x.incident_event_number = v.number LEFT JOIN org o"
	        " ON o.partnership = x.partnership AND o.ref = x.item"
	        " WHERE v.partnership = ?1 AND v.incident = ?2"
	        " AND v.kind IN ('call', 'meeting', 'offer') ORDER BY v.number LIMIT 1",
	[SQL_CLOSED] = "SELECT EXISTS (SELECT 1 FROM incident_event e WHERE e.partnership = ?1"
	               " AND e.incident = ?2 AND e.kind = 'wash-up'), responded_at IS NOT NULL"
	               " FROM incident WHERE partnership = ?1 AND ref = ?2",
	[SQL_LAST_ANSWER] = "SELECT CASE WHEN kind = 'refusal' THEN 'refused'"
	                    " WHEN text LIKE 'accepted%' THEN 'accepted' ELSE 'offered' END"
	                    " FROM incident_event WHERE partnership = ?1 AND incident = ?2"
	                    " AND kind IN ('offer', 'refusal') ORDER BY number DESC LIMIT 1",
	[SQL_EVENT_LAST] =
	        "SELECT coalesce(max(number), 0) FROM incident_event WHERE partnership = ?1"
	        " AND incident = ?2",
};

const struct statements notice_statements = { sql, SQL_COUNT };

struct query *notice_query(struct store *s, enum notice_sql id, struct fault *f)
{
	return store_query(s, &notice_statements, id, f);
}

struct query *notice_about(struct store *s, enum notice_sql id, const char *partnership,
        const char *ref, struct fault *f)
{
	struct query *q = notice_query(s, id, f);

	if (!q)
		return NULL;
	query_bind_text(q, 1, partnership);
	query_bind_text(q, 2, ref);
	return q;
}
