/* SPDX-License-Identifier: MIT */
/* Listing: one query made from the catalogue, its rows handed to the writer as they come. */
#include "record/list/listing.h"

static bool start(struct listing *g, struct work *w, const struct list_query *q, struct fault *f)
{
	*g = (struct listing){ .w = w };
	g->base = q->kind != NULL ? record_kind(w, q->kind, f) : NULL;
	if (q->kind != NULL && g->base == NULL)
		return false;
	g->kind = q->from != NULL ? view_kind(w, q->from, g->base, f) : g->base;
	if (g->kind == NULL)
		return false;
	size_t most = g->kind->nfield + q->ncolumn + 16;
	g->column = arena_alloc(w->arena, most * sizeof *g->column);
	g->form = arena_alloc(w->arena, most * sizeof *g->form);
	return true;
}

/* From a row on: those before it have been shown. */
static struct query *run(
        struct listing *g, const struct list_query *q, const int64_t *from, struct fault *f)
{
	struct buf b = { 0 };
	buf_addf(&b, "SELECT %s FROM ", buf_text(&g->select));
	sql_name(&b, g->kind->name);
	buf_adds(&b, " AS t0");
	buf_adds(&b, buf_text(&g->where.sql));
	buf_adds(&b, buf_text(&g->order));
	if (g->key.n > 0 && !g->ties) {
		buf_adds(&b, g->order.n > 0 ? ", " : " ORDER BY ");
		buf_adds(&b, buf_text(&g->key));
	}
	buf_adds(&b, q->limit != NULL ? " LIMIT ?" : from != NULL ? " LIMIT -1 OFFSET ?" : "");
	struct query *query = store_keep(g->w->store, buf_text(&b), f);
	buf_free(&b);
	if (query == NULL)
		return NULL;
	int at = where_apply(&g->where, query, 1);
	if (q->limit != NULL || from != NULL)
		query_bind_int(query, at, q->limit != NULL ? *q->limit : *from);
	return query;
}

static void stop(struct listing *g)
{
	buf_free(&g->select);
	buf_free(&g->where.sql);
	buf_free(&g->order);
	buf_free(&g->key);
}

/* The expressions of a view have no declared type: the first row tells their numbers. */
static void tell_numbers(struct listing *g, const struct stored *v)
{
	for (size_t i = 0; i < g->n && g->kind != g->base; i++)
		if (g->column[i].kind == VALUE_TEXT && (v[i].type == 'i' || v[i].type == 'r'))
			g->column[i].kind = VALUE_NUMBER;
}

/* ---------- rows to the writer ---------- */

struct flow {
	struct listing *g;
	struct writer *writer;
	struct stored *value; /* of a row */
	size_t n;
	int64_t rows; /* written */
};

static void put(struct flow *o, const struct stored *v)
{
	listing_put(o->g, o->writer, v);
	arena_reset(o->g->w->arena);
	o->rows++;
}

static void put_held(struct flow *o, struct ties *t)
{
	const struct stored *v;
	for (size_t i = 0; (v = ties_next(t, i)) != NULL; i++)
		put(o, v);
	ties_drop(t);
}

/* The first row stands in o->value, if rc says so. */
static int stream_plain(struct flow *o, struct query *query, int rc, struct fault *f)
{
	while (rc == 1) {
		put(o, o->value);
		rc = query_step(query, f);
		if (rc == 1)
			query_values(query, o->value, o->n);
	}
	return rc;
}

/* Too many rows are equal: SQLite sorts them. The first query is still open, so that both see the same store. */
static int stream_rest(struct flow *o, const struct list_query *q, struct fault *f)
{
	o->g->ties = false;
	struct query *query = run(o->g, q, &o->rows, f);
	int rc = query != NULL ? query_step(query, f) : -1;
	if (rc == 1)
		query_values(query, o->value, o->n);
	rc = stream_plain(o, query, rc, f);
	query_done(query);
	return rc;
}

static int stream_tied(
        struct flow *o, const struct list_query *q, struct query *query, int rc, struct fault *f)
{
	struct ties t;
	bool room = true;
	ties_start(&t, o->g);
	while (rc == 1 && room) {
		if (!ties_same(&t, o->value))
			put_held(o, &t);
		room = ties_hold(&t, o->value);
		rc = query_step(query, f);
		if (rc == 1)
			query_values(query, o->value, o->n);
	}
	if (rc == 0 && room)
		put_held(o, &t);
	else if (rc >= 0)
		rc = stream_rest(o, q, f);
	ties_stop(&t);
	return rc;
}

static bool stream(struct listing *g, const struct list_query *q, struct query *query,
        struct writer *writer, size_t *count, struct fault *f)
{
	struct work *w = g->w;
	struct flow o = { .g = g, .writer = writer, .n = ties_values(g) };
	struct arena *whole = w->arena;
	o.value = arena_alloc(whole, o.n * sizeof *o.value);
	int rc = query_step(query, f);
	if (rc == 1) {
		query_values(query, o.value, o.n);
		tell_numbers(g, o.value);
	}
	writer_columns(writer, g->column, g->n);
	w->arena = arena_new(); /* for one row */
	rc = g->ties ? stream_tied(&o, q, query, rc, f) : stream_plain(&o, query, rc, f);
	arena_free(w->arena);
	w->arena = whole;
	if (count != NULL)
		*count = (size_t)o.rows;
	return rc == 0;
}

bool record_list(struct work *w, const struct list_query *q, enum look look, struct writer *writer,
        size_t *count, struct fault *f)
{
	struct listing g;
	bool ok = false;
	work_state(w);
	if (!start(&g, w, q, f))
		return false;
	g.whose = w->all && g.kind->local;
	if (listing_columns(&g, q, look, f) && listing_rows(&g, q, f) && listing_order(&g, q, f)) {
		/* Of a few rows SQLite keeps no more than those while it sorts. */
		if (q->limit == NULL)
			ties_wanted(&g);
		struct query *query = run(&g, q, NULL, f);
		ok = query != NULL && stream(&g, q, query, writer, count, f);
		query_done(query);
	}
	stop(&g);
	return ok;
}

bool record_refs(
        struct work *w, const struct list_query *q, const char ***refs, size_t *n, struct fault *f)
{
	struct listing g;
	size_t cap = 0;
	int rc = -1;
	*n = 0;
	*refs = NULL;
	work_state(w);
	if (!start(&g, w, q, f))
		return false;
	if (g.kind->nkey == 0) {
		fault_set(f, STATUS_USAGE, "%s has no refs", g.kind->name);
		goto out;
	}
	listing_address(&g);
	if (!listing_rows(&g, q, f) || !listing_order(&g, q, f))
		goto out;
	struct query *query = run(&g, q, NULL, f);
	if (query == NULL)
		goto out;
	while ((rc = query_step(query, f)) == 1) {
		if (*n == cap) {
			const char **more = arena_alloc(w->arena, (cap * 2 + 8) * sizeof *more);
			if (cap > 0)
				memcpy(more, *refs, cap * sizeof *more);
			cap = cap * 2 + 8;
			*refs = more;
		}
		(*refs)[(*n)++] = arena_strdup(w->arena, query_text(query, 0));
	}
	query_done(query);
	if (*refs == NULL)
		*refs = arena_alloc(w->arena, sizeof **refs);
out:
	stop(&g);
	return rc == 0;
}
