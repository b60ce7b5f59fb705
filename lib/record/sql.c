/* SPDX-License-Identifier: MIT */
/* Pieces of SQL made from the catalogue. Names are quoted, values are always bound. */
#include <inttypes.h>

#include "record/private.h"

void sql_column(struct buf *b, const char *alias, const char *name)
{
	if (alias != NULL)
		buf_addf(b, "%s.", alias);
	sql_name(b, name);
}

void sql_key(struct buf *b, const struct kind *k, const char *alias, size_t n)
{
	if (k->local) {
		sql_column(b, alias, "partnership");
		buf_adds(b, n > 0 ? " = ? AND " : " = ?");
	}
	for (size_t i = 0; i < n; i++) {
		sql_column(b, alias, k->column[k->key[i]].name);
		buf_adds(b, i + 1 < n ? " = ? AND " : " = ?");
	}
}

void sql_keys(struct buf *b, const struct kind *k)
{
	buf_adds(b, "SELECT ");
	for (size_t i = 0; i < k->nkey; i++) {
		buf_adds(b, i > 0 ? ", " : "");
		sql_name(b, k->column[k->key[i]].name);
	}
	buf_adds(b, " FROM ");
	sql_name(b, k->name);
}

/* Refs and texts sort naturally; numbers and dates as they are. */
static void add_sort(struct buf *b, const struct column *c, const char *alias)
{
	bool natural = c->type == TYPE_REF || c->type == TYPE_TEXT;
	buf_adds(b, natural ? "\"natural\"(" : "");
	sql_column(b, alias, c->name);
	if (natural) {
		buf_adds(b, "), ");
		sql_column(b, alias, c->name);
	}
}

void sql_order(struct buf *b, const struct kind *k, const char *alias, bool whose)
{
	if (whose && k->local) {
		sql_column(b, alias, "partnership");
		buf_adds(b, ", ");
	}
	for (size_t i = 0; i < k->nkey; i++) {
		if (i > 0)
			buf_adds(b, ", ");
		add_sort(b, &k->column[k->key[i]], alias);
	}
}

int bind_key(struct work *w, struct query *q, const struct kind *k, const char *const *parts,
        size_t n, int at)
{
	if (k->local)
		query_bind_text(q, at++, w->partnership);
	for (size_t i = 0; i < n; i++)
		query_bind_text(q, at++, parts[i]);
	return at;
}

const char ***rows_texts(struct work *w, struct query *q, size_t ntexts, size_t *n, struct fault *f)
{
	const char ***rows = arena_alloc(w->arena, sizeof *rows);
	size_t cap = 0;
	int rc;
	*n = 0;
	while ((rc = query_step(q, f)) == 1) {
		if (*n == cap) {
			const char ***more = arena_alloc(w->arena, (cap * 2 + 8) * sizeof *more);
			if (cap > 0)
				memcpy(more, rows, cap * sizeof *more);
			cap = cap * 2 + 8;
			rows = more;
		}
		rows[*n] = arena_alloc(w->arena, (ntexts + 1) * sizeof **rows);
		for (size_t i = 0; i < ntexts; i++)
			rows[*n][i] = arena_strdup(w->arena, query_text(q, (int)i));
		(*n)++;
	}
	query_done(q);
	return rc >= 0 ? rows : NULL;
}

const char *real_text(char out[static 40], double value)
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(out, 40, "%.*g", digits, value);
		if (strtod(out, NULL) == value)
			break;
	}
	return out;
}

const char *column_text(struct arena *a, struct query *q, int at, enum type type)
{
	if (type == TYPE_REAL && query_value_type(q, at) == 'r') {
		char text[40];
		return arena_strdup(a, real_text(text, query_real(q, at)));
	}
	return arena_strdup(a, query_text(q, at));
}
