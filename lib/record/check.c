/* SPDX-License-Identifier: MIT */
/* Checking: every view fault_NAME, and what is asked of all kinds alike from the catalogue. */
#include "record/private.h"

struct finding {
	const char *partnership, *severity, *kind, *ref, *fault, *remedy;
};
struct findings {
	struct work *w;
	struct arena *arena;
	const char *const *kinds, *const *refs;
	struct finding *one;
	size_t n, cap;
	uint32_t *bucket; /* findings by what they say: an index + 1, 0 for none */
	size_t nbucket;   /* a power of two, more than twice n */
};

static bool wanted(const struct findings *g, const char *kind, const char *ref)
{
	bool is = g->kinds == NULL || g->kinds[0] == NULL;
	for (const char *const *k = g->kinds; !is && k != NULL && *k != NULL; k++)
		is = str_equal(*k, kind);
	if (!is || g->refs == NULL || g->refs[0] == NULL)
		return is;
	is = false;
	for (const char *const *r = g->refs; !is && *r != NULL; r++)
		is = ref != NULL && strcasecmp(*r, ref) == 0;
	return is;
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
	return str_equal(a->kind, b->kind) && str_equal(a->ref, b->ref) &&
	       str_equal(a->partnership, b->partnership) && str_equal(a->fault, b->fault);
}

/* The bucket that holds the same finding, or the empty one where it belongs. */
static uint32_t *bucket_of(const struct findings *g, const struct finding *one)
{
	const char *text[] = { one->partnership, one->kind, one->ref, one->fault };
	size_t at = 0;
	for (size_t i = 0; i < COUNT(text); i++)
		at = at * 31 + (text[i] != NULL ? str_hash(text[i]) : 0);
	for (at &= g->nbucket - 1; g->bucket[at] != 0; at = (at + 1) & (g->nbucket - 1))
		if (same_finding(&g->one[g->bucket[at] - 1], one))
			break;
	return &g->bucket[at];
}

static void more_buckets(struct findings *g)
{
	mem_free(g->bucket);
	g->nbucket = g->nbucket == 0 ? 256 : 2 * g->nbucket;
	g->bucket = mem_zalloc(g->nbucket * sizeof *g->bucket);
	for (size_t i = 0; i < g->n; i++)
		*bucket_of(g, &g->one[i]) = (uint32_t)i + 1;
}

static void add_finding(struct findings *g, struct finding one)
{
	if (!wanted(g, one.kind, one.ref))
		return;
	if (2 * (g->n + 1) > g->nbucket)
		more_buckets(g);
	/* A view of the schema may know the same of its own kinds. */
	uint32_t *bucket = bucket_of(g, &one);
	if (*bucket != 0)
		return;
	g->one = mem_grow(g->one, &g->cap, g->n + 1, sizeof *g->one);
	g->one[g->n++] = one;
	*bucket = (uint32_t)g->n;
}

/* Rows of one partnership, or all; those of shared kinds belong to everybody. */
static const char *scope(const struct findings *g)
{
	return g->w->all ? NULL : g->w->partnership;
}

/* ---------- views ---------- */

static bool ask_view(struct findings *g, const char *view, struct fault *f)
{
	struct buf b = { 0 };
	buf_adds(&b, "SELECT partnership, severity, kind, ref, fault, remedy FROM ");
	sql_name(&b, view);
	buf_adds(&b, " WHERE ?1 IS NULL OR partnership IS NULL OR partnership = ?1");
	struct query *q = store_prepare(g->w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, scope(g));
	const char *text[6];
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		for (int i = 0; i < 6; i++)
			text[i] = arena_strdup(g->arena, query_text(q, i));
		add_finding(g,
		        (struct finding){ text[0], text[1], text[2], text[3], text[4], text[5] });
	}
	query_done(q);
	return rc == 0;
}

static bool ask_views(struct findings *g, struct fault *f)
{
	const char *const *view = store_views(g->w->store, "fault_", f);
	if (view == NULL)
		return false;
	for (; *view != NULL; view++)
		if (!ask_view(g, *view, f)) {
			/* It may be a user's own. */
			fault_place(f, NULL, 0, *view);
			return false;
		}
	return true;
}

/* ---------- what is asked of all kinds ---------- */

/* Refs that differ in nothing but capitals: the lookup could not tell them apart. */
static bool ask_case(struct findings *g, const struct kind *k, struct fault *f)
{
	struct work *w = g->w;
	struct shape *s = shape_of(w, k, f);
	struct buf b = { 0 };
	if (s == NULL || !s->folds)
		return s != NULL;
	const char *ref = k->column[s->last].name;
	buf_addf(&b, "SELECT %s, max(\"%s\"), min(\"%s\")", k->local ? "partnership" : "NULL", ref,
	        ref);
	for (size_t i = 0; i + 1 < k->nkey; i++) {
		buf_adds(&b, ", ");
		sql_name(&b, k->column[k->key[i]].name);
	}
	buf_adds(&b, " FROM ");
	sql_name(&b, k->name);
	buf_adds(&b, k->local ? " WHERE ?1 IS NULL OR partnership = ?1" : " WHERE ?1 IS NULL OR 1");
	buf_adds(&b, " GROUP BY ");
	for (size_t i = 0; i + 1 < k->nkey; i++)
		buf_addf(&b, "\"%s\", ", k->column[k->key[i]].name);
	buf_addf(&b, "%slower(\"%s\") HAVING count(*) > 1", k->local ? "partnership, " : "", ref);
	struct query *q = store_prepare(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, scope(g));
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		const char *part[16];
		for (size_t i = 0; i + 1 < k->nkey; i++)
			part[i] = query_text(q, 3 + (int)i);
		part[k->nkey - 1] = query_text(q, 1);
		const char *joined = arena_strdup(g->arena, ref_join(w, k->nkey, part));
		add_finding(g, (struct finding){ arena_strdup(g->arena, query_text(q, 0)), "error",
		                       k->name, joined,
		                       arena_printf(g->arena, "differs from %s in capitals only",
		                               query_text(q, 2)),
		                       arena_printf(g->arena, "compact-record %s set %s %s=ANOTHER",
		                               k->name, joined, ref) });
	}
	query_done(q);
	return rc == 0;
}

/* The field a reference's columns are shown as. */
static const char *field_name(struct work *w, const struct inbound *in, const char *kind)
{
	struct fault none = { 0 };
	if (in->list)
		return strstr(in->table, "__") + 2;
	const struct kind *k = store_kind(w->store, kind, &none);
	for (size_t i = 0; k != NULL && i < k->nfield; i++)
		for (size_t c = 0; c < k->field[i].ncolumn; c++)
			if (strcmp(k->column[k->field[i].column[c]].name,
			            in->column[in->ncolumn - 1]) == 0)
				return k->field[i].name;
	return in->column[in->ncolumn - 1];
}

static void sql_broken(struct buf *b, const struct kind *target, const struct inbound *in,
        const char *const *column, size_t n)
{
	buf_addf(b, "SELECT %s", in->local ? "r.\"partnership\"" : "NULL");
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, ", ");
		sql_column(b, "r", column[i]);
	}
	for (size_t i = 0; i < in->ncolumn; i++) {
		buf_adds(b, ", ");
		sql_column(b, "r", in->column[i]);
	}
	buf_adds(b, " FROM ");
	sql_name(b, in->table);
	buf_adds(b, " AS r WHERE ");
	for (size_t i = 0; i < in->ncolumn; i++) {
		sql_column(b, "r", in->column[i]);
		buf_adds(b, " IS NOT NULL AND ");
	}
	if (in->local)
		buf_adds(b, "(?1 IS NULL OR r.\"partnership\" = ?1) AND ");
	else
		buf_adds(b, "(?1 IS NULL OR 1) AND ");
	buf_adds(b, "NOT EXISTS (SELECT 1 FROM ");
	sql_name(b, target->name);
	buf_adds(b, " AS t WHERE ");
	if (target->local && in->local)
		buf_adds(b, "t.\"partnership\" = r.\"partnership\" AND ");
	for (size_t i = 0; i < in->ncolumn; i++) {
		buf_adds(b, i > 0 ? " AND " : "");
		sql_column(b, "t", target->column[target->key[i]].name);
		buf_adds(b, " = ");
		sql_column(b, "r", in->column[i]);
	}
	buf_adds(b, ")");
}

/* Rows, and items of lists, that refer to a record that is not there. */
static bool ask_references(
        struct findings *g, const struct kind *target, const struct inbound *in, struct fault *f)
{
	struct work *w = g->w;
	const char *const *column;
	const char *kind;
	size_t n;
	struct buf b = { 0 };
	if (in->ncolumn != target->nkey)
		return true;
	if (!row_columns(w, in, &column, &n, &kind, f))
		return false;
	sql_broken(&b, target, in, column, n);
	struct query *q = store_prepare(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, scope(g));
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		const char *own[16], *to[16];
		for (size_t i = 0; i < n; i++)
			own[i] = query_text(q, 1 + (int)i);
		if (n == 0)
			own[0] = query_text(q, 0);
		for (size_t i = 0; i < in->ncolumn; i++)
			to[i] = query_text(q, 1 + (int)n + (int)i);
		const char *ref = arena_strdup(g->arena, ref_join(w, n > 0 ? n : 1, own));
		const char *missing = arena_strdup(g->arena, ref_join(w, in->ncolumn, to));
		const char *field = field_name(w, in, kind);
		add_finding(g,
		        (struct finding){ arena_strdup(g->arena, query_text(q, 0)), "error",
		                arena_strdup(g->arena, kind), ref,
		                arena_printf(g->arena, "%s names %s %s, which is not there", field,
		                        target->name, missing),
		                in->list ? arena_printf(g->arena,
		                                   "compact-record %s set %s %s-=%s, or add it",
		                                   kind, ref, field, missing)
		                         : arena_printf(g->arena,
		                                   "compact-record %s set %s %s=ANOTHER, or add it",
		                                   kind, ref, field) });
	}
	query_done(q);
	return rc == 0;
}

static bool ask_kinds(struct findings *g, struct fault *f)
{
	struct work *w = g->w;
	const char *const *kind = store_kinds(w->store, f);
	if (kind == NULL)
		return false;
	for (; *kind != NULL; kind++) {
		const struct kind *k = record_kind(w, *kind, f);
		size_t n = 0;
		if (k == NULL || !ask_case(g, k, f))
			return false;
		const struct inbound *in = store_inbound(w->store, k->name, &n, f);
		if (in == NULL && f->status != STATUS_OK)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!ask_references(g, k, &in[i], f))
				return false;
	}
	return true;
}

/* ---------- telling ---------- */

static int weight(const char *severity)
{
	return str_equal(severity, "error") ? 0 : str_equal(severity, "warning") ? 1 : 2;
}

static int compare_texts(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	int order = text_natural(a, b);
	return order != 0 ? order : strcmp(a, b);
}

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int order = compare_texts(x->partnership, y->partnership);
	if (order == 0)
		order = weight(x->severity) - weight(y->severity);
	if (order == 0)
		order = compare_texts(x->kind, y->kind);
	if (order == 0)
		order = compare_texts(x->ref, y->ref);
	return order != 0 ? order : compare_texts(x->fault, y->fault);
}

static void put_findings(const struct findings *g, struct writer *writer)
{
	static const struct out_column column[] = {
		{ "partnership", VALUE_TEXT, true },
		{ "severity", VALUE_TEXT, true },
		{ "kind", VALUE_TEXT, true },
		{ "ref", VALUE_TEXT, true },
		{ "fault", VALUE_TEXT, true },
		{ "remedy", VALUE_TEXT, true },
	};
	size_t from = g->w->all ? 0 : 1;
	writer_columns(writer, column + from, COUNT(column) - from);
	for (size_t i = 0; i < g->n; i++) {
		const struct finding *o = &g->one[i];
		const char *cell[] = { o->partnership, o->severity, o->kind, o->ref, o->fault,
			o->remedy };
		writer_cells(writer, cell + from);
	}
}

bool record_check(struct work *w, const char *const *kinds, const char *const *refs,
        struct writer *writer, size_t *found, struct fault *f)
{
	struct findings g = { .w = w, .arena = w->arena, .kinds = kinds, .refs = refs };
	*found = 0;
	if (!w->all && !record_needs_partnership(w, f))
		return false;
	for (const char *const *k = kinds; k != NULL && *k != NULL; k++)
		if (record_kind(w, *k, f) == NULL)
			return false;
	bool ok = ask_views(&g, f) && ask_kinds(&g, f);
	if (ok) {
		if (g.n > 1)
			qsort(g.one, g.n, sizeof *g.one, compare_findings);
		put_findings(&g, writer);
		*found = g.n;
	}
	mem_free(g.bucket);
	mem_free(g.one);
	return ok;
}
