/* SPDX-License-Identifier: MIT */
/* Handing over: what is open moves from one person or organisation to another; history stays. An employer
 * that turns out to be another goes into that one whole. */
#include "record/leave/replace.h"

/* What moves: rows of a kind by an SQL that gives their refs, for ?1 partnership, ?2 the old ref, ?3 the
 * day. */
struct handover {
	const char *of; /* person or org */
	const char *kind, *field;
	enum { MOVES, LEADS, SITS } how;
	enum record_sql open;
};

static const struct handover handovers[] = {
	{ "person", "lead", "person", LEADS, SQL_OPEN_LEADS_PERSON },
	{ "org", "lead", "org", LEADS, SQL_OPEN_LEADS_ORG },
	{ "person", "step", "lead", MOVES, SQL_OPEN_STEPS },
	{ "person", "seat", "person", SITS, SQL_OPEN_SEATS },
	{ "person", "seat", "deputy_for", MOVES, SQL_OPEN_DEPUTIES },
	{ "person", "issue_log", "owner", MOVES, SQL_OPEN_ISSUES },
	{ "person", "incident", "owner", MOVES, SQL_OPEN_INCIDENTS },
	{ "person", "incident", "government_contact", MOVES, SQL_OPEN_GOVERNMENT },
	{ "person", "org", "contact", MOVES, SQL_CONTACTS },
	{ "person", "practice", "contact", MOVES, SQL_PRACTICES },
	{ "employer", "notice", "employer", MOVES, SQL_EMPLOYER_NOTICES },
	{ "employer", "incident", "employer", MOVES, SQL_EMPLOYER_CASES },
};

static const char **open_refs(
        struct handing *h, const struct handover *o, size_t *n, struct fault *f)
{
	struct work *w = h->w;
	struct query *q = record_query(w, o->open, f);
	const char **ref = NULL;
	size_t cap = 0;
	int rc;
	*n = 0;
	if (q == NULL)
		return NULL;
	query_bind_text(q, 1, w->partnership);
	query_bind_text(q, 2, h->old);
	if (query_parameters(q) > 2)
		query_bind_text(q, 3, h->on);
	while ((rc = query_step(q, f)) == 1) {
		ref = state_grow(w, ref, &cap, *n + 1, sizeof *ref);
		ref[(*n)++] = arena_strdup(w->arena, query_text(q, 0));
	}
	query_done(q);
	if (rc < 0)
		return NULL;
	return ref != NULL ? ref : arena_alloc(w->arena, sizeof *ref);
}

static bool move(struct handing *h, const struct handover *o, const char *ref, struct fault *f)
{
	struct assignment a = { .field = o->field, .op = '=', .text = h->with, .ref = true };
	return record_set(h->w, o->kind, ref, &a, 1, NULL, f);
}

/* The new lead has not said yes yet; one who leads the action already does so once. */
static bool move_lead(struct handing *h, const struct handover *o, const char *ref, struct fault *f)
{
	struct work *w = h->w;
	struct shape *s = shape_named(w, "lead", f);
	const struct assignment anew[] = { { .field = "state", .op = '=', .text = "proposed" },
		{ .field = "decided", .op = '=' } };
	const char *parts[KEY_MOST];
	size_t n;
	if (s == NULL || !ref_split(w, s->kind, ref, parts, f))
		return false;
	const char ***key = children_keys(w, s, 1, parts, &n, f);
	const struct field *field = kind_field(s->kind, o->field);
	if (key == NULL || field == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char **value = row_read(w, s, key[i], f);
		if (value == NULL)
			return false;
		if (!str_equal(value[field->column[0]], h->with))
			continue;
		/* Who declined is asked anew. */
		const struct field *state = kind_field(s->kind, "state");
		if (state != NULL && str_equal(value[state->column[0]], "declined") &&
		        !record_set(w, "lead", ref_join(w, s->kind->nkey, key[i]), anew,
		                COUNT(anew), NULL, f))
			return false;
		return record_remove(w, "lead", ref, false, f);
	}
	struct assignment a[] = { { .field = o->field, .op = '=', .text = h->with, .ref = true },
		anew[0], anew[1] };
	return record_set(w, "lead", ref, a, COUNT(a), NULL, f);
}

static bool hand_over(struct handing *h, const struct handover *o, struct fault *f)
{
	size_t n;
	const char **ref = open_refs(h, o, &n, f);
	if (ref == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool ok = o->how == LEADS  ? move_lead(h, o, ref[i], f)
		          : o->how == SITS ? replace_seat(h, ref[i], f)
		                           : move(h, o, ref[i], f);
		if (!ok)
			return false;
		h->moved++;
	}
	return true;
}

static bool run(struct handing *h, enum record_sql id, int *rows, struct fault *f)
{
	struct query *q = record_query(h->w, id, f);

	if (q == NULL)
		return false;
	query_bind_text(q, 1, h->w->partnership);
	query_bind_text(q, 2, h->old);
	if (query_parameters(q) > 2)
		query_bind_text(q, 3, h->with);
	*rows = query_step(q, f);
	query_done(q);
	return *rows >= 0;
}

/* The other takes the names and what it lacks; one with links to other employers stays for them. */
static bool merge_employer(struct handing *h, struct fault *f)
{
	int rows;

	return run(h, SQL_EMPLOYER_NAMES, &rows, f) && run(h, SQL_EMPLOYER_FILL, &rows, f) &&
	       run(h, SQL_EMPLOYER_LINKS, &rows, f) &&
	       (rows == 1 || record_remove(h->w, "employer", h->old, false, f));
}

bool record_replace(struct work *w, const char *kind, const char *old, const char *with, day_t on,
        size_t *moved, struct fault *f)
{
	const char *from, *to;
	char iso[11], before[11];
	bool known = false;
	*moved = 0;
	for (size_t i = 0; i < COUNT(handovers); i++)
		known = known || strcmp(handovers[i].of, kind) == 0;
	if (!known)
		return fault_set(f, STATUS_USAGE,
		        "%s cannot be replaced; only a person, an org or an employer can", kind);
	if (!record_resolve(w, kind, old, &from, f) || !record_resolve(w, kind, with, &to, f))
		return false;
	if (strcmp(from, to) == 0)
		return fault_set(f, STATUS_DATA, "%s is the same %s; name two", quote(with), kind);
	if (on == DAY_NONE)
		on = w->today;
	struct handing h = { .w = w,
		.old = from,
		.with = to,
		.on = day_format(on, iso),
		.before = day_format(on - 1, before) };
	for (size_t i = 0; i < COUNT(handovers); i++)
		if (strcmp(handovers[i].of, kind) == 0 && !hand_over(&h, &handovers[i], f))
			return false;
	*moved = h.moved;
	return strcmp(kind, "employer") != 0 || merge_employer(&h, f);
}
