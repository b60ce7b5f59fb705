/* SPDX-License-Identifier: MIT */
/* The rows of a listing: by refs and filters; and their order. */
#include "record/list/listing.h"

static void add_and(struct listing *g)
{
	buf_adds(&g->where.sql, g->where.sql.n > 0 ? " AND " : " WHERE ");
}

static bool add_refs(struct listing *g, const struct list_query *q, struct fault *f)
{
	const struct kind *k = g->base;
	const char *parts[KEY_MOST];
	if (g->kind->nkey != k->nkey)
		return fault_set(f, STATUS_USAGE, "these rows have no refs to choose by");
	add_and(g);
	for (size_t i = 0; i < k->nkey; i++) {
		buf_adds(&g->where.sql, i == 0 ? "(" : ", ");
		sql_column(&g->where.sql, "t0", g->kind->column[g->kind->key[i]].name);
	}
	buf_adds(&g->where.sql, k->nkey > 1 ? ") IN (VALUES " : ") IN (");
	for (size_t i = 0; i < q->nref; i++) {
		if (!record_find(g->w, k, q->ref[i], parts, f))
			return false;
		buf_adds(&g->where.sql, i > 0 ? ", " : "");
		buf_adds(&g->where.sql, k->nkey > 1 ? "(" : "");
		for (size_t p = 0; p < k->nkey; p++) {
			/* Values have no affinity of their own, so numbers must come as such. */
			bool number = k->column[k->key[p]].type == TYPE_INTEGER && k->nkey > 1;
			buf_adds(&g->where.sql, p > 0 ? ", " : "");
			buf_adds(&g->where.sql, number ? "CAST(? AS INTEGER)" : "?");
			where_bind(g->w, &g->where, arena_strdup(g->w->arena, parts[p]));
		}
		buf_adds(&g->where.sql, k->nkey > 1 ? ")" : "");
	}
	buf_adds(&g->where.sql, q->nref == 0 ? "SELECT NULL WHERE 0)" : ")");
	return true;
}

bool listing_rows(struct listing *g, const struct list_query *q, struct fault *f)
{
	struct work *w = g->w;
	if (g->kind->local && !w->all) {
		if (!record_needs_partnership(w, f))
			return false;
		add_and(g);
		buf_adds(&g->where.sql, "t0.\"partnership\" = ?");
		where_bind(w, &g->where, w->partnership);
	}
	if (q->ref != NULL && !add_refs(g, q, f))
		return false;
	for (size_t i = 0; i < q->nfilter; i++) {
		add_and(g);
		if (!where_filter(w, &g->where, g->kind, "t0", q->filter[i], f))
			return false;
	}
	return true;
}

/* ---------- in what order ---------- */

/* The key itself ends every order: once it is named, nothing behind it says more. */
static bool is_whole_key(const struct listing *g, const struct column *c)
{
	const struct kind *k = g->kind;
	return k->nkey == 1 && &k->column[k->key[0]] == c && !(g->w->all && k->local);
}

static void add_order(struct listing *g, const struct column *c, bool down)
{
	bool natural = c->type == TYPE_REF || c->type == TYPE_TEXT;
	g->keyed = g->keyed || (!down && is_whole_key(g, c));
	if (g->keyed)
		return;
	buf_adds(&g->order, g->order.n > 0 ? ", " : " ORDER BY ");
	buf_adds(&g->order, natural ? "\"natural\"(" : "");
	sql_column(&g->order, "t0", c->name);
	buf_adds(&g->order, natural ? ")" : "");
	buf_adds(&g->order, down ? " DESC" : " ASC NULLS LAST");
	g->by[g->nby++] = c;
}

static bool add_sort(struct listing *g, const char *name, struct fault *f)
{
	bool down = name[0] == '-';
	const struct kind *k = g->kind;
	name += down;
	if (k->local && strcmp(name, "partnership") == 0) {
		static const struct column whose = { .name = "partnership", .type = TYPE_ENUM };
		add_order(g, &whose, down);
		return true;
	}
	/* The address of records with several key parts. */
	if (strcmp(name, "ref") == 0 && kind_field(k, name) == NULL && k->nkey > 0) {
		for (size_t i = 0; i < k->nkey; i++)
			add_order(g, &k->column[k->key[i]], down);
		return true;
	}
	const struct field *field = record_field(k, name, f);
	if (field == NULL)
		return false;
	if (field->ncolumn == 0)
		return fault_set(
		        f, STATUS_USAGE, "%s cannot be sorted by; it has many values", field->name);
	for (size_t i = 0; i < field->ncolumn; i++)
		add_order(g, &k->column[field->column[i]], down);
	return true;
}

bool listing_order(struct listing *g, const struct list_query *q, struct fault *f)
{
	g->by = arena_alloc(g->w->arena, (q->nsort * 16 + 1) * sizeof(const struct column *));
	for (size_t i = 0; i < q->nsort; i++)
		if (!add_sort(g, q->sort[i], f))
			return false;
	if (g->kind->nkey > 0)
		sql_order(&g->key, g->kind, "t0", g->w->all);
	return true;
}
