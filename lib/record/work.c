/* SPDX-License-Identifier: MIT */
/* What a command works on: the kind, the partnership, its settings and its calendar. */
#include "record/private.h"

static const char *const sql[] = {
	[SQL_SESSION_STARTS] = "SELECT session_starts FROM partnership WHERE ref = ?1",
	[SQL_PERIOD_OF_DAY] = "SELECT ref FROM period WHERE partnership = ?1 AND starts <= ?2"
	                      " AND ends >= ?2 ORDER BY starts DESC LIMIT 1",
	[SQL_PARTNERSHIPS] = "SELECT ref FROM partnership ORDER BY \"natural\"(ref), ref",
	[SQL_SETTING] = "SELECT setting(?1, ?2)",
	[SQL_HOLIDAYS] = "SELECT day FROM holiday WHERE division = ?1 ORDER BY day",
	[SQL_CLOSED_DAYS] = "SELECT day FROM closed_day WHERE partnership = ?1 ORDER BY day",
	[SQL_COUNTERS] = "SELECT kind, prefix, last FROM store_counter WHERE partnership = ?1"
	                 " ORDER BY kind, prefix",
	[SQL_COUNT_UP] = "INSERT INTO store_counter (partnership, kind, prefix, last)"
	                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (partnership, kind, prefix)"
	                 " DO UPDATE SET last = max(last, excluded.last)",
	[SQL_COUNTED] = "SELECT last FROM store_counter WHERE partnership = ?1 AND kind = ?2"
	                " AND prefix = ?3",
	[SQL_COUNT_FORGET] = "DELETE FROM store_counter WHERE partnership = ?1 AND kind = ?2"
	                     " AND prefix = ?3",

	/* What is open and moves when somebody is replaced: ?1 partnership, ?2 who, ?3 from when. */
	[SQL_OPEN_LEADS_PERSON] =
	        "SELECT l.action || '/' || l.number FROM lead AS l JOIN action AS a"
	        " ON a.partnership = l.partnership AND a.ref = l.action"
	        " WHERE l.partnership = ?1 AND l.person = ?2 AND l.state <> 'declined'"
	        " AND a.status NOT IN ('done', 'dropped') ORDER BY l.action, l.number",
	[SQL_OPEN_LEADS_ORG] = "SELECT l.action || '/' || l.number FROM lead AS l JOIN action AS a"
	                       " ON a.partnership = l.partnership AND a.ref = l.action"
	                       " WHERE l.partnership = ?1 AND l.org = ?2 AND l.state <> 'declined'"
	                       " AND a.status NOT IN ('done', 'dropped')"
	                       " ORDER BY l.action, l.number",
	[SQL_OPEN_STEPS] = "SELECT s.action || '/' || s.number FROM step AS s JOIN action AS a"
	                   " ON a.partnership = s.partnership AND a.ref = s.action"
	                   " WHERE s.partnership = ?1 AND s.lead = ?2 AND s.done_on IS NULL"
	                   " AND a.status NOT IN ('done', 'dropped')"
	                   " ORDER BY s.action, s.number",
	[SQL_OPEN_SEATS] = "SELECT workgroup || '/' || number FROM seat WHERE partnership = ?1"
	                   " AND person = ?2 AND (ends IS NULL OR ends >= ?3)"
	                   " ORDER BY workgroup, number",
	[SQL_OPEN_DEPUTIES] = "SELECT workgroup || '/' || number FROM seat WHERE partnership = ?1"
	                      " AND deputy_for = ?2 AND (ends IS NULL OR ends >= ?3)"
	                      " ORDER BY workgroup, number",
	[SQL_OPEN_ISSUES] = "SELECT ref FROM issue_log WHERE partnership = ?1 AND owner = ?2"
	                    " AND status = 'open' ORDER BY ref",
	[SQL_OPEN_INCIDENTS] = "SELECT ref FROM incident WHERE partnership = ?1 AND owner = ?2"
	                       " AND status <> 'closed' ORDER BY ref",
	[SQL_OPEN_GOVERNMENT] = "SELECT ref FROM incident WHERE partnership = ?1"
	                        " AND government_contact = ?2 AND status <> 'closed' ORDER BY ref",
	[SQL_CONTACTS] = "SELECT ref FROM org WHERE partnership = ?1 AND contact = ?2 ORDER BY ref",
	[SQL_PRACTICES] = "SELECT ref FROM practice WHERE partnership = ?1 AND contact = ?2"
	                  " ORDER BY ref",
	[SQL_EMPLOYER_NOTICES] = "SELECT ref FROM notice WHERE partnership = ?1 AND employer = ?2",
	[SQL_EMPLOYER_CASES] = "SELECT ref FROM incident WHERE partnership = ?1 AND employer = ?2",
	[SQL_EMPLOYER_LINKS] = "SELECT 1 FROM employer_link WHERE partnership = ?1"
	                       " AND (employer = ?2 OR other = ?2)",
	[SQL_EMPLOYER_NAMES] =
	        "INSERT OR IGNORE INTO employer__other_names (partnership, employer, item)"
	        " SELECT ?1, ?3, x.item FROM (SELECT item FROM employer__other_names"
	        " WHERE partnership = ?1 AND employer = ?2 UNION SELECT name FROM employer"
	        " WHERE partnership = ?1 AND ref = ?2) x WHERE x.item NOT IN (SELECT name"
	        " FROM employer WHERE partnership = ?1 AND ref = ?3)",
	[SQL_EMPLOYER_FILL] =
	        "UPDATE employer SET number = coalesce(employer.number, o.number),"
	        " register = coalesce(employer.register, o.register),"
	        " sic = coalesce(employer.sic, o.sic), size = coalesce(employer.size, o.size),"
	        " sector = coalesce(employer.sector, o.sector),"
	        " public_sector = coalesce(employer.public_sector, o.public_sector)"
	        " FROM employer o WHERE employer.partnership = ?1 AND employer.ref = ?3"
	        " AND o.partnership = ?1 AND o.ref = ?2",

	[SQL_TERMS_STATUS] = "SELECT status FROM terms WHERE partnership = ?1 AND ref = ?2",
	[SQL_TERMS_TEXT] = "UPDATE terms SET document = ?3, status = 'draft'"
	                   " WHERE partnership = ?1 AND ref = ?2",
	[SQL_TERMS_BACK] = "UPDATE terms SET status = ?3 WHERE partnership = ?1 AND ref = ?2",
};
static const struct statements statements = { sql, COUNT(sql) };

struct query *record_query(struct work *w, enum record_sql id, struct fault *f)
{
	return store_query(w->store, &statements, id, f);
}

const struct kind *record_kind(struct work *w, const char *name, struct fault *f)
{
	struct fault own = { 0 };
	const struct kind *k = store_kind(w->store, name, &own);
	if (k != NULL)
		return k;
	if (own.status != STATUS_OK) {
		*f = own;
		return NULL;
	}
	const char *const *kinds = store_kinds(w->store, f);
	if (kinds == NULL)
		return NULL;
	size_t n = 0;
	while (kinds[n] != NULL)
		n++;
	const char *near = text_nearest(name, kinds, n);
	fault_set(f, STATUS_USAGE, "no kind %s", quote(name));
	if (near != NULL)
		fault_hint(f, "did you mean %s", quote(near));
	else
		fault_hint(f, "see compact-record kinds");
	return NULL;
}

/* Names compare whatever their case, with a hyphen or blank for the underscore. */
static bool same_name(const char *field, const char *given)
{
	for (; *field != '\0' && *given != '\0'; field++, given++) {
		char c = *given;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == '-' || c == ' ')
			c = '_';
		if (c != *field)
			return false;
	}
	return *field == *given;
}

const struct field *record_field(const struct kind *k, const char *name, struct fault *f)
{
	const struct field *field = kind_field(k, name);
	for (size_t i = 0; field == NULL && i < k->nfield; i++)
		if (same_name(k->field[i].name, name))
			field = &k->field[i];
	if (field != NULL)
		return field;
	const char *word[128];
	size_t n = 0;
	const struct shorthand *s;
	for (size_t i = 0; i < k->nfield && n < COUNT(word); i++)
		word[n++] = k->field[i].name;
	for (size_t i = 0; (s = shorthand_at(k, i)) != NULL && n < COUNT(word); i++)
		word[n++] = s->name;
	const char *near = text_nearest(name, word, n);
	fault_set(f, STATUS_USAGE, "%s has no field %s", k->name, quote(name));
	if (near != NULL)
		fault_hint(f, "did you mean %s", quote(near));
	else if (k->comment != NULL)
		fault_hint(f, "see compact-record fields %s", k->name);
	else
		fault_hint(f, "see %s in compact-schema(5)", k->name);
	return NULL;
}

/* ---------- partnerships ---------- */

static const char **partnerships(struct work *w, size_t *n, struct fault *f)
{
	struct query *q = record_query(w, SQL_PARTNERSHIPS, f);
	const char **ref = NULL;
	size_t cap = 0;
	int rc;
	*n = 0;
	if (q == NULL)
		return NULL;
	while ((rc = query_step(q, f)) == 1) {
		ref = state_grow(w, ref, &cap, *n + 1, sizeof *ref);
		ref[(*n)++] = arena_strdup(work_state(w)->keep, query_text(q, 0));
	}
	query_done(q);
	if (rc < 0)
		return NULL;
	return ref != NULL ? ref : arena_alloc(w->arena, sizeof *ref);
}

const char **work_partnerships(struct work *w, size_t *n, struct fault *f)
{
	return partnerships(w, n, f);
}

bool work_choose(struct work *w, const char *given, struct fault *f)
{
	const char *parts[KEY_MOST];
	size_t n;
	w->all = given != NULL && strcmp(given, "all") == 0;
	w->partnership = NULL;
	if (given == NULL) {
		const char **ref = partnerships(w, &n, f);
		if (ref == NULL)
			return false;
		if (n == 1)
			w->partnership = ref[0];
	} else if (!w->all) {
		const struct kind *k = record_kind(w, "partnership", f);
		if (k == NULL || !record_find(w, k, given, parts, f))
			return false;
		w->partnership = arena_strdup(work_state(w)->keep, parts[0]);
	}
	w->calendar = NULL;
	return true;
}

bool record_needs_partnership(struct work *w, struct fault *f)
{
	size_t n;
	if (w->partnership != NULL)
		return true;
	const char **ref = partnerships(w, &n, f);
	if (ref == NULL)
		return false;
	if (n == 0)
		return fault_set(f, STATUS_USAGE,
		        "the store holds no partnership yet; make one with compact-init --add");
	struct buf b = { 0 };
	for (size_t i = 0; i < n && i < 20; i++)
		buf_addf(&b, "%s%s", i > 0 ? ", " : "", ref[i]);
	buf_adds(&b, n > 20 ? " …" : "");
	fault_set(f, STATUS_USAGE, "the store holds %zu partnerships; choose one with -p: %s", n,
	        buf_text(&b));
	buf_free(&b);
	return false;
}

/* ---------- settings and working days ---------- */

const char *work_setting(struct work *w, const char *name, struct fault *f)
{
	struct query *q = record_query(w, SQL_SETTING, f);
	if (q == NULL)
		return NULL;
	query_bind_text(q, 1, name);
	query_bind_text(q, 2, w->partnership != NULL ? w->partnership : "");
	const char *value = NULL;
	if (query_step(q, f) == 1)
		value = arena_strdup(w->arena, query_text(q, 0));
	query_done(q);
	return value;
}

bool work_setting_int(struct work *w, const char *name, int64_t *out, struct fault *f)
{
	const char *text = work_setting(w, name, f);
	if (text == NULL)
		return f->status == STATUS_OK &&
		       fault_set(f, STATUS_CONFIG, "no setting %s", quote(name));
	if (number_parse(text, INT64_MIN, INT64_MAX, out, f))
		return true;
	fault_place(f, NULL, 0, name);
	return false;
}

static bool add_days(struct work *w, enum record_sql id, const char *of, day_t **day, size_t *n,
        size_t *cap, struct fault *f)
{
	struct query *q = record_query(w, id, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, of);
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		struct fault none = { 0 };
		day_t one;
		if (!day_parse(query_text(q, 0), ORDER_YMD, 0, &one, &none))
			continue;
		*day = state_grow(w, *day, cap, *n + 1, sizeof **day);
		(*day)[(*n)++] = one;
	}
	query_done(q);
	return rc == 0;
}

const struct calendar *work_calendar(struct work *w, struct fault *f)
{
	day_t *day = NULL;
	size_t n = 0, cap = 0;
	int last_year = 0, m, d;
	if (w->calendar != NULL)
		return w->calendar;
	const char *division = work_setting(w, "holiday_division", f);
	if (f->status != STATUS_OK ||
	        !add_days(w, SQL_HOLIDAYS, division != NULL ? division : "scotland", &day, &n, &cap,
	                f))
		return NULL;
	if (n > 0)
		day_split(day[n - 1], &last_year, &m, &d);
	if (w->partnership != NULL &&
	        !add_days(w, SQL_CLOSED_DAYS, w->partnership, &day, &n, &cap, f))
		return NULL;
	w->calendar = arena_alloc(work_state(w)->keep, sizeof *w->calendar);
	calendar_make(w->calendar, day, n, last_year);
	return w->calendar;
}
