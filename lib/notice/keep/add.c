/* SPDX-License-Identifier: MIT */
/* A notice or an employer that is new: its ref and its rows. They are most of what a first load writes, so
 * they go in by the store's adders. */
#include <string.h>

#include "notice/keep/keep.h"

/* The columns of a list: whose, which notice, what. */
enum { LIST_PARTNERSHIP, LIST_OWNER, LIST_ITEM };

static const int stored[] = { N_SENDER_REF, N_SITE, N_ADDRESS, N_POSTCODE, N_COUNCIL,
	N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE, N_RECEIVED, N_NOTIFIED, N_CONSULTATION,
	N_FIRST, N_LAST, N_EMPLOYED, N_PROPOSED, N_PROPOSED_TEXT, N_CERTAINTY, N_CLOSURE,
	N_SELECTION, N_REPRESENTATIVES, N_UNION, N_SHORT_REASON, N_SUPERSEDES, N_SOURCE, N_EXTRA };
static const int of_employer[] = { N_NUMBER, N_REGISTER, N_SIC, N_SIZE };

bool add_begin(struct keeper *k, struct fault *f)
{
	struct store *s = k->w->store;
	struct added *a = &k->added;

	a->notice = store_adder(s, "notice", f);
	a->reason = a->notice ? store_adder(s, "notice__reasons", f) : NULL;
	a->warning = a->reason ? store_adder(s, "notice__warnings", f) : NULL;
	a->employer = a->warning ? store_adder(s, "employer", f) : NULL;
	a->other_name = a->employer ? store_adder(s, "employer__other_names", f) : NULL;
	if (!a->other_name)
		return false;
	for (size_t i = 0; i < COUNT(stored); i++)
		a->at[stored[i]] = adder_column(a->notice, notice_fields[stored[i]]);
	for (size_t i = 0; i < COUNT(of_employer); i++)
		a->at[of_employer[i]] = adder_column(a->employer, notice_fields[of_employer[i]]);
	a->at[N_EMPLOYER] = adder_column(a->notice, "employer");
	a->at[N_STATUS] = adder_column(a->notice, "status");
	a->import = adder_column(a->notice, "import");
	a->line = adder_column(a->notice, "line");
	a->mark = adder_column(a->notice, "mark");
	a->name = adder_column(a->employer, "name");
	return true;
}

static void put(struct adder *a, size_t column, const char *text)
{
	adder_text(a, column, text, strlen(text));
}

/* ---------- refs ---------- */

char *ref_numbered(char *out, const char *stem, uint64_t number)
{
	char digits[24], *p = digits + sizeof digits;
	size_t n = strlen(stem);

	*--p = '\0';
	do
		*--p = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	memcpy(out, stem, n);
	memcpy(out + n, p, (size_t)(digits + sizeof digits - p));
	return out;
}

/* Where the numbers of a year go on, in the store. */
static bool begin_year(struct keeper *k, struct own *o, struct year *y, int year, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_NOTICE_HIGHEST, f);
	char end[16];
	int64_t first, highest = 0;

	*y = (struct year){ .year = year };
	snprintf(y->stem, sizeof y->stem, "%04d-", year);
	snprintf(end, sizeof end, "%04d.", year);
	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, y->stem);
	query_bind_text(q, 3, end);
	if (!query_one_int(q, &highest, f) ||
	        !store_next_number(k->w->store, o->partnership, "notice", y->stem, &first, f))
		return false;
	y->next = first > highest ? first : highest + 1;
	return true;
}

static bool next_ref(struct keeper *k, struct own *o, const struct notice *n, struct fault *f)
{
	day_t on = n->received != DAY_NONE ? n->received
	           : n->first != DAY_NONE  ? n->first
	                                   : k->w->today;
	struct year *y = NULL;
	int year, month, day;

	day_split(on, &year, &month, &day);
	for (size_t i = 0; i < o->nyear && !y; i++)
		if (o->year[i].year == year)
			y = &o->year[i];
	if (!y) {
		o->year = mem_grow(o->year, &o->cap_year, o->nyear + 1, sizeof *o->year);
		y = &o->year[o->nyear++];
		if (!begin_year(k, o, y, year, f))
			return false;
	}
	ref_numbered(k->made_ref, y->stem, (uint64_t)y->next++);
	return true;
}

/* ---------- rows ---------- */

static bool put_item(
        struct adder *a, const struct own *o, const char *ref, const char *item, struct fault *f)
{
	put(a, LIST_PARTNERSHIP, o->partnership);
	put(a, LIST_OWNER, ref);
	put(a, LIST_ITEM, item);
	return adder_run(a, f);
}

static bool put_reasons(struct keeper *k, const struct own *o, const char *reasons, struct fault *f)
{
	if (!reasons)
		return true;
	if (!strchr(reasons, ';'))
		return put_item(k->added.reason, o, k->made_ref, reasons, f);
	for (char **item = str_split(k->row_arena, reasons, ";", NULL); *item; item++)
		if (!put_item(k->added.reason, o, k->made_ref, *item, f))
			return false;
	return true;
}

/* A flag and the record it speaks of; both are also told to who gave the notice. */
static bool put_maybe(
        struct keeper *k, const struct own *o, const char *flag, const char *ref, struct fault *f)
{
	char text[160];

	if (!ref)
		return true;
	snprintf(text, sizeof text, "%s %s", flag, ref);
	buf_addf(&k->further, "%s%s", k->further.n ? ";" : "", text);
	return put_item(k->added.warning, o, k->made_ref, text, f);
}

static bool put_warnings(struct keeper *k, const struct own *o, unsigned flags, const char *maybe,
        const char *replaces, struct fault *f)
{
	for (size_t i = 0; i < FLAGS; i++)
		if ((flags & 1u << i) &&
		        !put_item(k->added.warning, o, k->made_ref, notice_flag_names[i], f))
			return false;
	buf_clear(&k->further);
	return put_maybe(k, o, "maybe-same-employer", maybe, f) &&
	       put_maybe(k, o, "maybe-replaces", replaces, f);
}

static bool put_notice(struct keeper *k, const struct own *o, const struct notice *n,
        const char *mark, const char *employer, struct fault *f)
{
	const struct added *a = &k->added;

	put(a->notice, 0, o->partnership);
	put(a->notice, 1, k->made_ref);
	put(a->notice, a->import, o->import);
	put(a->notice, a->mark, mark);
	put(a->notice, a->at[N_EMPLOYER], employer);
	put(a->notice, a->at[N_STATUS], n->text[N_STATUS] ? n->text[N_STATUS] : "active");
	adder_int(a->notice, a->line, n->line > 0 ? n->line : 1);
	for (size_t i = 0; i < COUNT(stored); i++) {
		int field = stored[i];
		if (!n->text[field])
			continue;
		if (field == N_EMPLOYED)
			adder_int(a->notice, a->at[field], n->employed);
		else if (field == N_PROPOSED)
			adder_int(a->notice, a->at[field], n->proposed);
		else if (field == N_CLOSURE)
			adder_int(a->notice, a->at[field], n->text[field][0] == 'y');
		else
			put(a->notice, a->at[field], n->text[field]);
	}
	return adder_run(a->notice, f);
}

bool add_notice(struct keeper *k, struct own *o, const struct notice *n, const char *mark,
        const char *employer, const char *maybe, const char *replaces, struct fault *f)
{
	return next_ref(k, o, n, f) && keep_import(k, o, f) &&
	       put_notice(k, o, n, mark, employer, f) && put_reasons(k, o, n->text[N_REASONS], f) &&
	       put_warnings(k, o, n->flags, maybe, replaces, f);
}

bool add_employer(struct keeper *k, const struct own *o, const struct notice *n, const char *name,
        const char *ref, struct fault *f)
{
	const struct added *a = &k->added;

	put(a->employer, 0, o->partnership);
	put(a->employer, 1, ref);
	put(a->employer, a->name, name);
	for (size_t i = 0; i < COUNT(of_employer); i++)
		if (n->text[of_employer[i]])
			put(a->employer, a->at[of_employer[i]], n->text[of_employer[i]]);
	return adder_run(a->employer, f);
}

bool add_other_name(
        struct keeper *k, const struct own *o, const char *ref, const char *name, struct fault *f)
{
	return put_item(k->added.other_name, o, ref, name, f);
}
