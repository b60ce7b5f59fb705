/* SPDX-License-Identifier: MIT */
/* A notice of the store that a row amends: what the row says goes over it, and its flags, reasons and case follow. */
#include <stdlib.h>
#include <string.h>

#include "notice/keep/keep.h"

/* ---------- its lists ---------- */

static bool add_item(struct keeper *k, struct own *o, enum notice_sql id, const char *ref,
        const char *item, struct fault *f)
{
	struct query *q = notice_query(k->w->store, id, f);

	if (!q)
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, ref, strlen(ref));
	query_bind_bytes(q, 3, item, strlen(item));
	return query_run(q, f);
}

static bool add_reasons(
        struct keeper *k, struct own *o, const char *ref, const char *reasons, struct fault *f)
{
	if (!reasons)
		return true;
	if (!strchr(reasons, ';'))
		return add_item(k, o, SQL_REASON_ADD, ref, reasons, f);
	for (char **item = str_split(k->row_arena, reasons, ";", NULL); *item; item++)
		if (!add_item(k, o, SQL_REASON_ADD, ref, *item, f))
			return false;
	return true;
}

bool amend_list(struct keeper *k, struct own *o, enum notice_sql id, const char *ref,
        const char **out, struct fault *f)
{
	struct query *q = own_query(k, o, id, ref, f);
	struct buf b = { 0 };
	int rc;

	if (!q)
		return false;
	while ((rc = query_step(q, f)) == 1)
		buf_addf(&b, "%s%s", b.n ? ";" : "", query_text(q, 0));
	query_done(q);
	*out = b.n ? arena_strdup(k->row_arena, b.p) : NULL;
	buf_free(&b);
	return rc == 0;
}

/* ---------- writing ---------- */

/* The columns of SQL_NOTICE_SET from ?5 on, and of SQL_NOTICE_GET by their field. */
static const int stored[] = { N_SENDER_REF, N_EMPLOYER, N_SITE, N_ADDRESS, N_POSTCODE, N_COUNCIL,
	N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE, N_RECEIVED, N_NOTIFIED, N_CONSULTATION,
	N_FIRST, N_LAST, N_EMPLOYED, N_PROPOSED, N_PROPOSED_TEXT, N_CERTAINTY, N_CLOSURE,
	N_SELECTION, N_REPRESENTATIVES, N_UNION, N_SHORT_REASON, N_STATUS, N_SUPERSEDES, N_SOURCE,
	N_EXTRA };

static void bind_fields(struct query *q, const char *const *text)
{
	for (size_t i = 0; i < COUNT(stored); i++) {
		const char *value = text[stored[i]];
		int at = 5 + (int)i;
		if (!value)
			continue; /* as the last use left it */
		if (stored[i] == N_EMPLOYED || stored[i] == N_PROPOSED)
			query_bind_int(q, at, strtoll(value, NULL, 10)); /* our own digits */
		else if (stored[i] == N_CLOSURE)
			query_bind_int(q, at, value[0] == 'y');
		else
			query_bind_bytes(q, at, value, strlen(value));
	}
}

static bool write_notice(struct keeper *k, struct own *o, const char *ref, long line,
        const char *mark, const char *const *text, struct fault *f)
{
	struct query *q;

	if (!keep_import(k, o, f) || !add_item(k, o, SQL_OLD_MARK_ADD, ref, mark, f) ||
	        !(q = notice_query(k->w->store, SQL_NOTICE_SET, f)))
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, ref, strlen(ref));
	query_bind_bytes(q, 3, o->import, strlen(o->import));
	query_bind_int(q, 4, line > 0 ? line : 1);
	bind_fields(q, text);
	query_bind_bytes(q, 5 + (int)COUNT(stored), mark, strlen(mark));
	return query_run(q, f);
}

static bool same_stored(struct keeper *k, struct own *o, const char *ref)
{
	struct fault f = { 0 };
	const char *employer;

	return amend_list(k, o, SQL_NOTICE_EMPLOYER, ref, &employer, &f) && employer;
}

bool amend_supersedes(
        struct keeper *k, struct own *o, struct notice *n, const char *revised, struct fault *f)
{
	const char *given = n->text[N_SUPERSEDES];
	struct notice old = *n;
	struct same s = { .ref = revised };
	struct query *q;

	/* A list of stored notices has refs of ours. */
	if ((!given && !revised) || (!str_empty(n->ref) && same_stored(k, o, given)))
		return true;
	old.text[N_SENDER_REF] = given;
	if (given && !str_equal(given, n->text[N_SENDER_REF]) && !same_sender(k, o, &old, &s, f))
		return false;
	if (!s.ref)
		s.ref = s.twin ? s.twin : s.kin;
	n->text[N_SUPERSEDES] = s.ref;
	if (!s.ref) {
		n->text[N_EXTRA] = arena_printf(k->row_arena, "%s%ssupersedes: %s",
		        n->text[N_EXTRA] ? n->text[N_EXTRA] : "", n->text[N_EXTRA] ? "\n" : "",
		        given);
		return true;
	}
	if (!(q = own_query(k, o, SQL_NOTICE_SUPERSEDED, s.ref, f)))
		return false;
	return query_run(q, f);
}

static day_t day_of(const char *text)
{
	struct fault f = { 0 };
	day_t day;
	int64_t at;
	bool has_time;
	int second;

	if (!text)
		return DAY_NONE;
	if (day_parse(text, ORDER_YMD, 0, &day, &f))
		return day;
	return moment_parse(text, ORDER_YMD, 0, &at, &has_time, &f) ? zone_day(at, &second)
	                                                            : DAY_NONE;
}

/* The checks again, over what a notice is after an amendment. */
static unsigned flags_of(const struct keeper *k, const struct own *o, const char *const *text)
{
	struct notice n = { .employed = -1, .proposed = -1 };
	struct fault f = { 0 };

	for (size_t i = 0; i < N_TEXTS; i++)
		n.text[i] = text[i];
	n.received = day_of(text[N_RECEIVED]);
	n.first = day_of(text[N_FIRST]);
	n.last = day_of(text[N_LAST]);
	n.consultation = day_of(text[N_CONSULTATION]);
	if (text[N_EMPLOYED])
		number_parse(text[N_EMPLOYED], 0, INT64_MAX, &n.employed, &f);
	if (text[N_PROPOSED])
		number_parse(text[N_PROPOSED], 0, INT64_MAX, &n.proposed, &f);
	return (check_notice(&n, &o->ref) & ~(unsigned)F_PLACE) |
	       place_flag(k->shared, &n, o->scheme);
}

static bool settle_flags(
        struct keeper *k, struct own *o, const char *ref, unsigned flags, struct fault *f)
{
	for (size_t i = 0; i < FLAGS; i++) {
		enum notice_sql id = flags & 1u << i ? SQL_WARNING_ADD : SQL_WARNING_DROP;
		if (!add_item(k, o, id, ref, notice_flag_names[i], f))
			return false;
	}
	return true;
}

/* ---------- a known notice ---------- */

/* Whether two lists of reasons hold the same. */
static bool same_reasons(struct arena *a, const char *x, const char *y)
{
	size_t nx, ny;
	char **items = str_split(a, x ? x : "", ";", &nx),
	     **others = str_split(a, y ? y : "", ";", &ny);

	for (; nx == ny && *items; items++) {
		bool found = false;
		for (char **other = others; *other; other++)
			found = found || str_equal(*items, *other);
		if (!found)
			return false;
	}
	return nx == ny;
}

bool amend_employer(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *name, const char **employer, struct fault *f)
{
	struct query *q = own_query(k, o, SQL_NOTICE_EMPLOYER, ref, f);
	struct buf b = { 0 };
	int rc;

	*employer = NULL;
	if (!q)
		return false;
	rc = query_step(q, f);
	if (rc == 1) {
		const char *number = query_text(q, 2);
		bool same = str_equal(query_text(q, 1), name) ||
		            (number && str_equal(number, n->text[N_NUMBER]));
		if (!same && !(number && n->text[N_NUMBER]))
			same = str_equal(name_keys(&k->keys, query_text(q, 1)).strict,
			        name_keys(&b, name).strict);
		if (same)
			*employer = arena_strdup(k->row_arena, query_text(q, 0));
	}
	query_done(q);
	buf_free(&b);
	return rc >= 0;
}

static bool read_stored(
        struct keeper *k, struct own *o, const char *ref, const char **text, struct fault *f)
{
	struct query *q = own_query(k, o, SQL_NOTICE_GET, ref, f);
	int rc;

	if (!q)
		return false;
	rc = query_step(q, f);
	for (size_t i = 0; rc == 1 && i < N_TEXTS; i++)
		text[i] = arena_strdup(k->row_arena, query_text(q, (int)i));
	if (rc == 1 && text[N_CLOSURE])
		text[N_CLOSURE] = text[N_CLOSURE][0] == '1' ? "yes" : "no";
	query_done(q);
	return rc == 1;
}

/* What the row has goes over what is stored; a cell that is empty leaves the field alone, and a postcode that
 * says nothing of the council one beside a council that is known: somebody has put it right. */
static bool merge(const char **text, const struct notice *n)
{
	bool changed = false, settled = text[N_COUNCIL] && !n->text[N_COUNCIL];

	for (size_t i = 0; i < COUNT(stored); i++) {
		int field = stored[i];
		const char *value = n->text[field];
		bool people =
		        field == N_PROPOSED || field == N_PROPOSED_TEXT || field == N_CERTAINTY;
		if (field == N_EMPLOYER || (people ? !n->text[N_CERTAINTY] : !value))
			continue;
		if (str_equal(text[field], value) ||
		        (settled && field == N_POSTCODE && text[N_POSTCODE]))
			continue;
		text[field] = value;
		changed = true;
	}
	return changed;
}

/* A notice that is withdrawn, or counts again, and its case. */
static bool settle_case(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *was, const char *const *text, struct kept_notice *out, struct fault *f)
{
	bool before = str_equal(was, "active"), now = str_equal(text[N_STATUS], "active");

	if (!k->o.incidents || before == now)
		return true;
	if (now)
		return incident_active(k, o, n, ref, text[N_EMPLOYER], n->text[N_EMPLOYER], out, f);
	return str_equal(text[N_STATUS], "superseded") ||
	       incident_withdrawn(k, o, ref, text[N_STATUS], &out->became, f);
}

enum keeping amend_notice(struct keeper *k, struct own *o, const struct notice *n, const char *mark,
        const char *ref, const char *employer, struct kept_notice *out, struct fault *f)
{
	const char *text[N_TEXTS] = { 0 }, *reasons, *was;
	bool changed, other_reasons;
	unsigned flags;
	struct query *q;

	if (!read_stored(k, o, ref, text, f) ||
	        !amend_list(k, o, SQL_REASONS_GET, ref, &reasons, f))
		return KEEP_FAULT;
	out->ref = ref;
	was = text[N_STATUS];
	changed = merge(text, n);
	if (employer && !str_equal(text[N_EMPLOYER], employer)) {
		text[N_EMPLOYER] = employer;
		changed = true;
		if (k->late.on && !late_end(k, f))
			return KEEP_FAULT;
	}
	other_reasons =
	        n->text[N_REASONS] && !same_reasons(k->row_arena, n->text[N_REASONS], reasons);
	if (!changed && !other_reasons)
		return amend_list(k, o, SQL_WARNINGS_GET, ref, &out->warnings, f) ? KEEP_SAME
		                                                                  : KEEP_FAULT;
	if (!write_notice(k, o, ref, n->line, mark, text, f) || !late_moved(k, o, ref, f))
		return KEEP_FAULT;
	if (other_reasons) {
		q = own_query(k, o, SQL_REASONS_DROP, ref, f);
		if (!q)
			return KEEP_FAULT;
		if (!query_run(q, f) || !add_reasons(k, o, ref, n->text[N_REASONS], f))
			return KEEP_FAULT;
	}
	/* A place that is known now reaches its incident by a trigger of the schema. */
	flags = flags_of(k, o, text);
	if (!settle_flags(k, o, ref, flags, f))
		return KEEP_FAULT;
	o->amended++;
	met_row(o, n, mark);
	places_put(o, place_met(k, text), text[N_EMPLOYER]);
	if (!settle_case(k, o, n, ref, was, text, out, f))
		return KEEP_FAULT;
	return amend_list(k, o, SQL_WARNINGS_GET, ref, &out->warnings, f) ? KEEP_AMENDED
	                                                                  : KEEP_FAULT;
}
