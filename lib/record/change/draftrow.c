/* SPDX-License-Identifier: MIT */
/* The row of a record being written: what is filled in, what must be there, and its SQL. */
#include "record/change/draft.h"

bool draft_complete(const struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char *missing[64];
	size_t n = 0;
	for (size_t i = 0; i < k->nfield && n < COUNT(missing); i++) {
		const struct field *field = &k->field[i];
		for (size_t c = 0; c < field->ncolumn; c++)
			if (k->column[field->column[c]].not_null &&
			        d->value[field->column[c]] == NULL) {
				missing[n++] = field->name;
				break;
			}
	}
	if (n == 0)
		return true;
	if (n == 1) {
		fault_place(f, NULL, 0, missing[0]);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", missing[i]);
	fault_set(f, STATUS_DATA, "%s are missing; every %s has them", buf_text(&b), k->name);
	buf_free(&b);
	return false;
}

void draft_defaults(struct draft *d, bool added)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->ncolumn; i++) {
		const struct column *c = &k->column[i];
		if (d->value[i] == NULL && c->initial != NULL &&
		        (c->not_null ? added || d->given[i] : added && !d->given[i]))
			d->value[i] = c->initial;
	}
}

bool draft_period(struct work *w, struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct field *starts = kind_field(k, "starts"), *ends = kind_field(k, "ends");
	day_t first, last;
	char iso[11];
	if (strcmp(k->name, "period") != 0 || starts == NULL || ends == NULL ||
	        !period_span(w, d->value[d->shape->last], &first, &last, f))
		return f->status == STATUS_OK;
	if (d->value[starts->column[0]] == NULL)
		d->value[starts->column[0]] = arena_strdup(w->arena, day_format(first, iso));
	if (d->value[ends->column[0]] == NULL)
		d->value[ends->column[0]] = arena_strdup(w->arena, day_format(last, iso));
	return true;
}

void draft_move(struct work *w, struct draft *d, const char *const *old)
{
	const struct kind *k = d->shape->kind;
	const struct dated_move *m = dated_move_of(k);
	const struct field *field = m != NULL ? kind_field(k, m->field) : NULL;
	const struct field *day = m != NULL ? kind_field(k, m->day) : NULL;
	char iso[11];
	size_t at, on;

	if (field == NULL || day == NULL)
		return;
	at = field->column[0];
	on = day->column[0];
	if (!d->given[at] || d->given[on] || old[on] != NULL || str_equal(d->value[at], old[at]))
		return;
	for (size_t i = 0; i < COUNT(m->words) && m->words[i] != NULL; i++)
		if (str_equal(d->value[at], m->words[i])) {
			d->value[on] = arena_strdup(w->arena, day_format(w->today, iso));
			d->given[on] = true;
		}
}

bool draft_insert(struct work *w, struct draft *d, struct fault *f)
{
	struct shape *s = d->shape;
	struct query *q = shape_query(w, s, SHAPE_INSERT, f);
	if (q == NULL)
		return false;
	for (size_t i = 0; i < s->kind->ncolumn; i++)
		query_bind_text(q, (int)i + 1, i == s->whose ? w->partnership : d->value[i]);
	if (query_run(q, f))
		return true;
	draft_blame(w, d, f);
	return false;
}

bool draft_update(struct work *w, struct draft *d, const char *const *parts, const char *const *old,
        struct fault *f)
{
	const struct kind *k = d->shape->kind;
	struct buf b = { 0 };
	int at = 0;
	buf_adds(&b, "UPDATE ");
	sql_name(&b, k->name);
	buf_adds(&b, " SET ");
	for (size_t i = 0; i < k->ncolumn; i++) {
		if (str_equal(old[i], d->value[i]))
			continue;
		buf_adds(&b, at++ > 0 ? ", " : "");
		sql_name(&b, k->column[i].name);
		buf_adds(&b, " = ?");
	}
	buf_adds(&b, " WHERE ");
	sql_key(&b, k, NULL, k->nkey);
	struct query *q = at > 0 ? store_keep(w->store, buf_text(&b), f) : NULL;
	buf_free(&b);
	if (q == NULL)
		return at == 0;
	at = 1;
	for (size_t i = 0; i < k->ncolumn; i++)
		if (!str_equal(old[i], d->value[i]))
			query_bind_text(q, at++, d->value[i]);
	bind_key(w, q, k, parts, k->nkey, at);
	if (query_run(q, f))
		return true;
	draft_blame(w, d, f);
	return false;
}
