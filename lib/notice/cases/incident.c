/* SPDX-License-Identifier: MIT */
/* The case that a new notice opens, or joins. */
#include <stdlib.h>
#include <string.h>

#include "notice/keep/keep.h"

enum { CALLS_MOST = 200 };

const char incident_prefix[] = "I";

/* ---------- the call list ---------- */

static void add_call(struct keeper *k, const struct notice *n, const char *name,
        const char *incident, int64_t by)
{
	const char *people =
	        n->text[N_PROPOSED_TEXT] ? n->text[N_PROPOSED_TEXT] : n->text[N_PROPOSED];
	struct arena *a = k->arena;

	k->calls++;
	if (k->ncall >= CALLS_MOST)
		return;
	k->call = mem_grow(k->call, &k->cap_call, k->ncall + 1, sizeof *k->call);
	k->call[k->ncall++] = (struct call){ arena_strdup(a, name), arena_strdup(a, people),
		arena_strdup(a, n->text[N_CONTACT_PHONE]), arena_strdup(a, incident), by };
}

/* Another notice of a case that is to be called already: its people too. */
static void add_to_call(struct keeper *k, const struct notice *n, const char *incident)
{
	const char *people =
	        n->text[N_PROPOSED_TEXT] ? n->text[N_PROPOSED_TEXT] : n->text[N_PROPOSED];

	for (size_t i = k->ncall; people && i-- > 0;)
		if (str_equal(k->call[i].incident, incident)) {
			k->call[i].people = k->call[i].people ? arena_printf(k->arena, "%s + %s",
			                                                k->call[i].people, people)
			                                      : arena_strdup(k->arena, people);
			return;
		}
}

static int by_urgency(const void *x, const void *y)
{
	const struct call *a = x, *b = y;

	if (a->by != b->by)
		return a->by < b->by ? -1 : 1;
	return text_natural(a->incident, b->incident);
}

const struct call *keeper_calls(struct keeper *k, size_t *n, size_t *all)
{
	*n = k->ncall;
	*all = k->calls;
	if (k->ncall)
		qsort(k->call, k->ncall, sizeof *k->call, by_urgency);
	return k->call;
}

/* ---------- joining ---------- */

/* Out of the tables of cases, whose rows never wait to be put there. */
static bool one_text(struct keeper *k, struct own *o, enum notice_sql id, const char *key,
        const char **out, struct fault *f)
{
	struct query *q = own_query(k, o, id, key, f);

	*out = NULL;
	if (q)
		query_of_standing(q);
	return query_one_text(q, k->row_arena, out, f);
}

static bool add_to(struct keeper *k, struct own *o, enum notice_sql id, const char *incident,
        const char *x, const char *y, struct fault *f)
{
	struct query *q = own_query(k, o, id, incident, f);

	if (!q)
		return false;
	query_bind_text(q, 3, x);
	if (y)
		query_bind_text(q, 4, y);
	return query_run(q, f);
}

/* Areas in the partnership's schemes, and the site. No area is guessed. */
static bool add_places(struct keeper *k, struct own *o, const struct notice *n,
        const char *incident, struct fault *f)
{
	const char *site = n->text[N_SITE];
	bool known;

	for (const char **scheme = o->scheme; *scheme; scheme++) {
		const char *area = place_area(k->shared, n, *scheme, &known);
		if (area && !add_to(k, o, SQL_INCIDENT_AREA_ADD, incident, *scheme, area, f))
			return false;
	}
	return !site || add_to(k, o, SQL_INCIDENT_SITE_ADD, incident, site, NULL, f);
}

/* ---------- opening ---------- */

static bool next_incident(struct keeper *k, struct own *o, struct fault *f)
{
	if (!o->next_incident && !store_next_number(k->w->store, o->partnership, "incident",
	                                 incident_prefix, &o->next_incident, f))
		return false;
	ref_numbered(k->made_incident, incident_prefix, (uint64_t)o->next_incident++);
	return true;
}

static bool open_incident(struct keeper *k, struct own *o, const struct notice *n,
        const char *employer, const struct heard *heard, int64_t *by, struct fault *f)
{
	bool own_time = n->told != TIME_NONE;
	int64_t told = own_time ? n->told : k->o.told;
	bool has_time = own_time ? n->told_has_time : k->o.told_has_time;
	char at[21], due[21];
	struct query *q;
	int second;

	if (!own_calendar(k, o, f) || !clock_respond_by(k->w, told, has_time, by, f) ||
	        !next_incident(k, o, f))
		return false;
	if (has_time)
		time_format(told, at);
	else
		day_format(zone_day(told, &second), at);
	if (!(q = own_query(k, o, SQL_INCIDENT_ADD, k->made_incident, f)))
		return false;
	query_bind_text(q, 3, employer);
	query_bind_text(q, 4, heard ? heard->told_by : n->text[N_SOURCE]);
	query_bind_text(q, 5, at);
	query_bind_text(q, 6, n->text[N_SIZE]);
	query_bind_text(q, 7, n->text[N_ADMINISTRATOR]);
	query_bind_text(q, 8, time_format(*by, due));
	query_bind_text(q, 9, heard ? heard->origin : "notice");
	if (heard && n->proposed >= 0)
		query_bind_int(q, 10, n->proposed);
	if (heard) {
		query_bind_text(q, 11, n->text[N_PROPOSED_TEXT]);
		query_bind_text(q, 12, n->text[N_CERTAINTY] ? "estimate" : NULL);
	}
	return query_run(q, f);
}

bool incident_open_of(
        struct keeper *k, struct own *o, const char *employer, const char **out, struct fault *f)
{
	return one_text(k, o, SQL_EMPLOYER_OPEN, employer, out, f);
}

bool incident_heard(struct keeper *k, struct own *o, const struct notice *n, const char *employer,
        const char *name, const struct heard *heard, struct kept_notice *out, struct fault *f)
{
	int64_t by;

	if (!incident_open_of(k, o, employer, &out->beside, f) ||
	        !open_incident(k, o, n, employer, heard, &by, f))
		return false;
	add_call(k, n, name, k->made_incident, by);
	out->incident = k->made_incident;
	return add_places(k, o, n, k->made_incident, f);
}

bool incident_take(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *employer, const char *name, const char *kin, struct kept_notice *out,
        struct fault *f)
{
	const char *joins = NULL;
	int64_t by = 0;

	/* The successor of a notice stays in its case, and so does one that came with it; local intelligence of
	 * the employer waits for its notice. */
	if (kin && !one_text(k, o, SQL_INCIDENT_OF, kin, &joins, f))
		return false;
	if (joins && !n->text[N_SUPERSEDES])
		add_to_call(k, n, joins);
	if (!joins && !one_text(k, o, SQL_INCIDENT_OPEN, employer, &joins, f))
		return false;
	out->joined = joins && !kin;
	if (!joins) {
		if (!incident_open_of(k, o, employer, &out->beside, f) ||
		        !open_incident(k, o, n, employer, NULL, &by, f))
			return false;
		joins = k->made_incident;
		add_call(k, n, name, joins, by);
	} else if (n->text[N_ADMINISTRATOR] && !add_to(k, o, SQL_INCIDENT_ADMINISTRATOR, joins,
	                                               n->text[N_ADMINISTRATOR], NULL, f)) {
		return false;
	}
	out->incident = joins;
	return add_to(k, o, SQL_INCIDENT_NOTICE_ADD, joins, ref, NULL, f) &&
	       add_places(k, o, n, joins, f);
}

/* ---------- when a notice no longer counts ---------- */

static bool change_case(struct keeper *k, struct own *o, enum notice_sql id, const char *incident,
        const char *value, const char *note, bool *changed, struct fault *f)
{
	char at[21];
	struct query *q;

	if (!add_to(k, o, id, incident, value, NULL, f))
		return false;
	*changed = store_rows_changed(k->w->store) > 0;
	if (!*changed)
		return true;
	if (!(q = own_query(k, o, SQL_INCIDENT_NOTE, incident, f)))
		return false;
	query_bind_text(q, 3, time_format(k->w->now, at));
	query_bind_text(q, 4, note);
	return query_run(q, f);
}

bool incident_withdrawn(struct keeper *k, struct own *o, const char *notice, const char *status,
        const char **became, struct fault *f)
{
	const char *incident, *note;
	char day[11];
	bool closed;

	*became = NULL;
	if (!one_text(k, o, SQL_INCIDENT_OF, notice, &incident, f) || !incident)
		return incident || !f->status;
	note = arena_printf(k->row_arena, "closed, as notice %s is %s", notice, status);
	if (!change_case(k, o, SQL_INCIDENT_WITHDRAW, incident, day_format(k->w->today, day), note,
	            &closed, f))
		return false;
	*became = arena_printf(k->row_arena,
	        closed ? "%s is closed, as its notice %s is %s"
	               : "%s stays open, though its notice %s is %s",
	        incident, notice, status);
	return true;
}

bool incident_active(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *employer, const char *name, struct kept_notice *out, struct fault *f)
{
	const char *incident, *note;
	bool reopened, waits;
	char due[21];
	int64_t by;

	if (!one_text(k, o, SQL_INCIDENT_OF, ref, &incident, f))
		return false;
	if (!incident)
		return incident_take(k, o, n, ref, employer, name, NULL, out, f);
	note = arena_printf(k->row_arena, "open again, as notice %s counts again", ref);
	if (!own_calendar(k, o, f) ||
	        !clock_respond_by(k->w, k->o.told, k->o.told_has_time, &by, f) ||
	        !change_case(k, o, SQL_INCIDENT_REOPEN, incident, time_format(by, due), note,
	                &reopened, f))
		return false;
	if (!reopened)
		return true;
	out->became = arena_printf(
	        k->row_arena, "%s is open again, as its notice %s counts again", incident, ref);
	if (!query_any(own_query(k, o, SQL_INCIDENT_WAITS, incident, f), &waits, f))
		return false;
	if (waits)
		add_call(k, n, name, incident, by);
	return true;
}
