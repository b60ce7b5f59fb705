/* SPDX-License-Identifier: MIT */
/*
 * Actions that come round. Only the last of a series holds `every`: when it is done or due the next is made and takes
 * the word over, in one change, so that a job which runs ten times a day still makes one.
 */
#include "action/private.h"

/* A recurring action that is done or due. */
struct recurring {
	const char *ref, *every;
	day_t due, done_on;
};

/* "+7 days", "+1 month" or "+1 year" of the view rhythm, as days and months. */
static bool read_step(struct work *w, const char *every, int *days, int *months, struct fault *f)
{
	struct query *q = store_query(w->store, &action_statements, SQL_RHYTHM, f);
	const char *text = NULL;
	int64_t n = 0;

	if (!q)
		return false;
	query_bind_text(q, 1, every);
	if (!query_one_text(q, w->arena, &text, f))
		return false;
	*days = *months = 0;
	if (!text || text[0] != '+' ||
	        !number_parse(
	                arena_strndup(w->arena, text + 1, strcspn(text + 1, " ")), 1, 1000, &n, f))
		return fault_set(
		        f, STATUS_INTERNAL, "the view rhythm has no step for %s", quote(every));
	if (strstr(text, "day"))
		*days = (int)n;
	else
		*months = (int)n * (strstr(text, "year") ? 12 : 1);
	return true;
}

/* The day of the month on which a series began: 31 for one that fell on the last of February. */
static bool series_day(struct work *w, const char *ref, int *day, struct fault *f)
{
	struct query *q = action_query(w, SQL_SERIES_DAY, f);
	int64_t found = 0;
	bool ok;

	if (!q)
		return false;
	query_bind_text(q, 2, ref);
	ok = query_one_int(q, &found, f);
	*day = (int)found;
	return ok;
}

/* The next day of the series: the one after the last, and not one that has gone by already. */
static bool next_due(struct work *w, const struct recurring *r, day_t *out, struct fault *f)
{
	day_t from = r->due != DAY_NONE ? r->due : r->done_on;
	int days, months, year, month, in_month, first = 0;

	if (from == DAY_NONE)
		from = w->today;
	if (!read_step(w, r->every, &days, &months, f) ||
	        (r->due != DAY_NONE && from == day_month_end(from) &&
	                !series_day(w, r->ref, &first, f)))
		return false;
	for (int n = 1; n < 10000; n++) {
		*out = days ? from + n * days : day_add_months(from, n * months);
		day_split(*out, &year, &month, &in_month);
		if (!days && first > in_month) {
			day_t end = day_month_end(*out), wanted = *out - in_month + first;
			*out = wanted < end ? wanted : end;
		}
		if (*out > w->today || r->due == DAY_NONE)
			break;
	}
	return true;
}

/* Fields that belong to this one alone, and are not those of the next. */
static bool is_own(const char *field)
{
	static const char *const own[] = { "ref", "raised", "raised_at", "start", "due",
		"review_by", "status", "percent", "spent", "done_on", "reason", "every" };

	return str_in(field, own, COUNT(own));
}

/* As it is stored: what refers to a record does so by its ref. */
static void put(struct assignment *a, size_t *n, const char *field, const char *text)
{
	if (!str_empty(text))
		a[(*n)++] =
		        (struct assignment){ .field = field, .op = '=', .text = text, .ref = true };
}

/* A day that goes along with the due day; DAY_NONE stays so. */
static bool put_shifted(struct work *w, const char *ref, const char *field, int days,
        struct assignment *a, size_t *n, struct fault *f)
{
	const char *stored;
	char day[11];

	if (!record_get(w, "action", ref, field, &stored, f))
		return false;
	if (action_day(stored) != DAY_NONE)
		put(a, n, field,
		        arena_strdup(w->arena, day_format(action_day(stored) + days, day)));
	return true;
}

static bool add_next(
        struct work *w, const struct recurring *r, day_t due, const char **made, struct fault *f)
{
	const struct kind *k = record_kind(w, "action", f);
	struct assignment *a = k ? arena_alloc(w->arena, (k->nfield + 8) * sizeof *a) : NULL;
	int shift = r->due != DAY_NONE ? due - r->due : 0;
	char today[11], day[11];
	const char *stored;
	size_t n = 0;

	for (size_t i = 0; k && i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->ncolumn != 1 || is_own(field->name))
			continue;
		if (!record_get(w, "action", r->ref, field->name, &stored, f))
			return false;
		put(a, &n, field->name, value_show(w, field->type, stored, LOOK_MACHINE));
	}
	if (!k || !put_shifted(w, r->ref, "start", shift, a, &n, f) ||
	        !put_shifted(w, r->ref, "review_by", shift, a, &n, f))
		return false;
	put(a, &n, "due", arena_strdup(w->arena, day_format(due, day)));
	put(a, &n, "raised", arena_strdup(w->arena, day_format(w->today, today)));
	put(a, &n, "every", r->every);
	return record_add(w, "action", NULL, a, n, made, f);
}

static bool copy(struct work *w, enum action_sql which, const char *from, const char *to, int days,
        struct fault *f)
{
	struct query *q = action_query(w, which, f);

	if (!q)
		return false;
	query_bind_text(q, 2, from);
	query_bind_text(q, 3, to);
	if (which == SQL_COPY_STEPS)
		query_bind_int(q, 4, days);
	return query_run(q, f);
}

static bool in_plan(struct work *w, const char *ref, bool *out, struct fault *f)
{
	struct query *q = action_query(w, SQL_IN_PLAN, f);

	if (!q)
		return false;
	query_bind_text(q, 2, ref);
	return query_any(q, out, f);
}

/* Who leads it, what it serves, its steps, its place in the plan, and where it comes from. */
static bool take_along(
        struct work *w, const struct recurring *r, const char *made, day_t due, struct fault *f)
{
	static const enum action_sql parts[] = { SQL_COPY_PRIORITIES, SQL_COPY_AIMS, SQL_COPY_LEADS,
		SQL_COPY_STEPS };
	struct assignment note = { .field = "note", .op = '=', .text = "the one before" };
	struct assignment ended = { .field = "every", .op = '=' };
	const char *period, *added;
	bool planned, changed;

	for (size_t i = 0; i < COUNT(parts); i++)
		if (!copy(w, parts[i], r->ref, made, r->due != DAY_NONE ? due - r->due : 0, f))
			return false;
	if (!in_plan(w, r->ref, &planned, f) || !record_period(w, due, &period, f) ||
	        (planned && (!record_period_named(w, period, &period, f) ||
	                            !record_add(w, "plan",
	                                    arena_printf(w->arena, "%s/%s", made, period), NULL, 0,
	                                    &added, f))))
		return false;
	return record_add(w, "action_link", arena_printf(w->arena, "%s/%s", made, r->ref), &note, 1,
	               &added, f) &&
	       record_set(w, "action", r->ref, &ended, 1, &changed, f);
}

bool action_recur(struct work *w, const char *ref, size_t *made, struct fault *f)
{
	struct query *q;
	struct recurring *all = NULL;
	size_t n = 0, cap = 0;
	char day[11];
	bool ok = false;
	int rc;

	*made = 0;
	if ((ref && !record_resolve(w, "action", ref, &ref, f)) ||
	        !(q = action_query(w, SQL_RECURRING, f)))
		return false;
	query_bind_text(q, 2, ref);
	query_bind_text(q, 3, day_format(w->today, day));
	while ((rc = query_step(q, f)) == 1) {
		all = mem_grow(all, &cap, n + 1, sizeof *all);
		all[n++] = (struct recurring){ .ref = action_text(w, q, 0),
			.due = action_day(query_text(q, 1)),
			.done_on = action_day(query_text(q, 2)),
			.every = action_text(w, q, 3) };
	}
	query_done(q);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const char *next;
		day_t due, end;
		if (!next_due(w, &all[i], &due, f))
			goto out;
		/* A series ends where the calendar does. */
		day_make(9999, 12, 31, &end);
		if (due > end || due <= all[i].due)
			continue;
		if (!add_next(w, &all[i], due, &next, f) || !take_along(w, &all[i], next, due, f))
			goto out;
		(*made)++;
	}
	ok = rc == 0;
out:
	mem_free(all);
	return ok;
}
