/* SPDX-License-Identifier: MIT */
/* Removing a record with its own list rows, and its children where that is asked for. */
#include "record/private.h"

/* The records that are to go together. */
struct going {
	struct shape *shape;
	const char **parts;
};
struct removal {
	struct going *one;
	size_t n, cap;
	const char *in_the_way[4];
	size_t nway;
};

static bool goes(const struct removal *r, const struct kind *k, const char *const *parts)
{
	for (size_t i = 0; i < r->n; i++) {
		bool same = r->one[i].shape->kind == k;
		for (size_t p = 0; same && p < k->nkey; p++)
			same = strcmp(r->one[i].parts[p], parts[p]) == 0;
		if (same)
			return true;
	}
	return false;
}

static bool collect(struct work *w, struct removal *r, struct shape *s, const char **parts,
        bool children, struct fault *f)
{
	if (r->n == r->cap) {
		struct going *more = arena_alloc(w->arena, (r->cap * 2 + 8) * sizeof *more);
		if (r->n > 0)
			memcpy(more, r->one, r->n * sizeof *more);
		r->one = more;
		r->cap = r->cap * 2 + 8;
	}
	r->one[r->n++] = (struct going){ s, parts };
	for (size_t i = 0; children && i < s->kind->nfield; i++) {
		const struct field *field = &s->kind->field[i];
		if (field->form != FIELD_CHILDREN)
			continue;
		struct shape *child = shape_named(w, field->table, f);
		size_t n;
		const char ***key =
		        child != NULL ? children_keys(w, child, child->kind->nparent, parts, &n, f)
		                      : NULL;
		if (key == NULL)
			return false;
		for (size_t j = 0; j < n; j++)
			if (!collect(w, r, child, key[j], true, f))
				return false;
	}
	return true;
}

/* ---------- what stands on it ---------- */

bool row_columns(struct work *w, const struct inbound *in, const char *const **column, size_t *n,
        const char **kind, struct fault *f)
{
	if (in->list) {
		const struct list_shape *l = store_list(w->store, in->table, f);
		if (l == NULL)
			return false;
		*column = l->owner;
		*n = l->nowner;
		*kind = arena_strndup(
		        w->arena, in->table, (size_t)(strstr(in->table, "__") - in->table));
		return true;
	}
	const struct kind *k = record_kind(w, in->table, f);
	if (k == NULL)
		return false;
	const char **name = arena_alloc(w->arena, (k->nkey + 1) * sizeof *name);
	for (size_t i = 0; i < k->nkey; i++)
		name[i] = k->column[k->key[i]].name;
	*column = name;
	*n = k->nkey;
	*kind = k->name;
	return true;
}

/* The list rows of a record itself go with it. */
static bool own_list(const struct inbound *in, const struct kind *k)
{
	size_t n = strlen(k->name);
	return in->list && strncmp(in->table, k->name, n) == 0 &&
	       strncmp(in->table + n, "__", 2) == 0 && !str_starts(in->column[0], "item");
}

static struct query *referring(struct work *w, const struct inbound *in, const struct kind *k,
        const char *const *column, size_t n, const char *const *parts, struct fault *f)
{
	struct buf b = { 0 };
	buf_adds(&b, "SELECT ");
	for (size_t i = 0; i < n; i++) {
		buf_adds(&b, i > 0 ? ", " : "");
		sql_name(&b, column[i]);
	}
	buf_adds(&b, n == 0 ? "\"partnership\" FROM " : " FROM ");
	sql_name(&b, in->table);
	buf_adds(&b, " WHERE ");
	for (size_t i = 0; i < in->ncolumn; i++) {
		buf_adds(&b, i > 0 ? " AND " : "");
		sql_name(&b, in->column[i]);
		buf_adds(&b, " = ?");
	}
	buf_adds(&b, in->local && k->local ? " AND \"partnership\" = ?" : "");
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return NULL;
	int at = 1;
	for (size_t i = 0; i < in->ncolumn; i++)
		query_bind_text(q, at++, parts[i]);
	if (in->local && k->local)
		query_bind_text(q, at, w->partnership);
	return q;
}

static bool look_at(struct work *w, struct removal *r, const struct going *g,
        const struct inbound *in, struct fault *f)
{
	const char *const *column;
	const char *kind, *parts[KEY_MOST];
	size_t n;
	if (!row_columns(w, in, &column, &n, &kind, f))
		return false;
	struct query *q = referring(w, in, g->shape->kind, column, n, g->parts, f);
	if (q == NULL)
		return false;
	const struct kind *k = record_kind(w, kind, f);
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		for (size_t i = 0; i < n || i == 0; i++)
			parts[i] = arena_strdup(w->arena, query_text(q, (int)i));
		size_t nparts = n > 0 ? n : 1;
		if (k != NULL && k->nkey == nparts && goes(r, k, parts))
			continue;
		if (r->nway < COUNT(r->in_the_way))
			r->in_the_way[r->nway] =
			        arena_printf(w->arena, "%s %s", kind, ref_join(w, nparts, parts));
		r->nway++;
	}
	query_done(q);
	return rc == 0;
}

static bool find_ways(struct work *w, struct removal *r, struct fault *f)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct kind *k = r->one[i].shape->kind;
		size_t n;
		const struct inbound *in = store_inbound(w->store, k->name, &n, f);
		if (in == NULL && f->status != STATUS_OK)
			return false;
		for (size_t j = 0; j < n; j++)
			if (!own_list(&in[j], k) && !look_at(w, r, &r->one[i], &in[j], f))
				return false;
	}
	return true;
}

static bool refuse(struct work *w, const struct removal *r, bool children, struct fault *f)
{
	struct buf b = { 0 };
	size_t shown = r->nway < COUNT(r->in_the_way) ? r->nway : COUNT(r->in_the_way);
	bool own = false;
	for (size_t i = 0; i < shown; i++) {
		bool last = i + 1 == r->nway;
		buf_addf(&b, "%s%s", i == 0 ? "" : last ? " and " : ", ", r->in_the_way[i]);
	}
	if (r->nway > shown)
		buf_addf(&b, " and %zu more", r->nway - shown);
	const struct kind *k = r->one[0].shape->kind;
	for (size_t i = 0; !children && i < k->nfield; i++)
		own = own || k->field[i].form == FIELD_CHILDREN;
	fault_set(f, STATUS_FOUND, "%s stays: %s %s on it; remove or change %s first%s",
	        ref_join(w, k->nkey, r->one[0].parts), buf_text(&b),
	        r->nway == 1 ? "stands" : "stand", r->nway == 1 ? "that" : "those",
	        own ? ", or take its own along with --children" : "");
	buf_free(&b);
	return false;
}

/* ---------- removing ---------- */

bool row_remove(struct work *w, struct shape *s, const char *const *parts, struct fault *f)
{
	const struct kind *k = s->kind;
	for (size_t i = 0; i < k->nfield; i++)
		if (k->field[i].form == FIELD_LIST && !list_clear(w, k, &k->field[i], parts, f))
			return false;
	struct query *q = shape_query(w, s, SHAPE_DELETE, f);
	if (q == NULL)
		return false;
	bind_key(w, q, k, parts, k->nkey, 1);
	if (!query_run(q, f) || !ref_retire(w, s, parts, f))
		return false;
	tell_change(w, k, parts, 'r', NULL, NULL, NULL);
	return true;
}

bool record_remove(
        struct work *w, const char *kind, const char *ref, bool children, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	struct removal r = { 0 };
	const char **parts = arena_alloc(w->arena, (KEY_MOST + 1) * sizeof *parts);
	if (s == NULL || !record_find(w, s->kind, ref, parts, f) ||
	        !collect(w, &r, s, parts, children, f) || !find_ways(w, &r, f))
		return false;
	if (r.nway > 0)
		return refuse(w, &r, children, f);
	for (size_t i = r.n; i-- > 0;)
		if (!row_remove(w, r.one[i].shape, r.one[i].parts, f))
			return false;
	return true;
}
