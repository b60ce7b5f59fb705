/* SPDX-License-Identifier: MIT */
/* Dumping: a document of shared kinds, then one a partnership, in the order of the schema. Children
 * stand in their parents, but for parents with very many, whose kind then stands at the top level:
 * a record has to fit into memory when it is loaded. */
#include <inttypes.h>

#include "record/document/show.h"

enum { NESTED_MOST = 1000 };

struct dump {
	struct work *w;
	const struct dump_options *o;
	struct writer *writer;
	const struct kind **kind; /* all that are dumped */
	bool *apart;              /* of this document: children of parents with too many */
	size_t n;
	bool begun; /* something of this document is written */
	bool shared;
};

static bool named(const struct dump_options *o, const char *name)
{
	for (const char *const *k = o->kind; k != NULL && *k != NULL; k++)
		if (strcmp(*k, name) == 0)
			return true;
	return false;
}

static bool gather(struct dump *d, struct fault *f)
{
	struct work *w = d->w;
	const char *const *all = store_kinds(w->store, f);
	size_t n = 0;
	if (all == NULL)
		return false;
	while (all[n] != NULL)
		n++;
	for (const char *const *k = d->o->kind; k != NULL && *k != NULL; k++)
		if (record_kind(w, *k, f) == NULL)
			return false;
	d->kind = arena_alloc(w->arena, (n + 1) * sizeof *d->kind);
	d->apart = arena_alloc(w->arena, (n + 1) * sizeof *d->apart);
	for (size_t i = 0; i < n; i++) {
		const struct kind *k = record_kind(w, all[i], f);
		if (k == NULL)
			return false;
		if (d->o->kind != NULL ? named(d->o, k->name) : !kind_is_private(k))
			d->kind[d->n++] = k;
	}
	return true;
}

static size_t index_of(const struct dump *d, const char *name)
{
	size_t i = 0;
	while (i < d->n && strcmp(d->kind[i]->name, name) != 0)
		i++;
	return i;
}

/* A kind that is not itself asked for goes with its parent. */
static bool is_apart(void *which, const struct kind *k)
{
	const struct dump *d = which;
	size_t i = index_of(d, k->name);
	return i < d->n && d->apart[i];
}

static bool is_nested(const struct dump *d, size_t i)
{
	const struct kind *k = d->kind[i];
	return k->parent != NULL && strcmp(k->parent, "partnership") != 0 && !d->apart[i] &&
	       index_of(d, k->parent) < d->n;
}

/* Whether some parent has more children of the kind than may stand in one record. */
static bool too_many(struct dump *d, const struct kind *k, bool *is, struct fault *f)
{
	struct buf b = { 0 };
	*is = false;
	if (k->parent == NULL || k->nparent == k->nkey)
		return true;
	buf_adds(&b, "SELECT 1 FROM ");
	sql_name(&b, k->name);
	buf_adds(&b, k->local ? " WHERE " : "");
	sql_key(&b, k, NULL, 0);
	buf_adds(&b, " GROUP BY ");
	for (size_t i = 0; i < k->nparent; i++) {
		buf_adds(&b, i > 0 ? ", " : "");
		sql_name(&b, k->column[k->key[i]].name);
	}
	buf_addf(&b, " HAVING count(*) > %d LIMIT 1", NESTED_MOST);
	struct query *q = store_keep(d->w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	bind_key(d->w, q, k, NULL, 0, 1);
	return query_any(q, is, f);
}

/* ---------- writing ---------- */

static void begin_document(struct dump *d)
{
	if (d->begun)
		return;
	d->begun = true;
	writer_document(d->writer);
}

/* The keys of all records, to be read one by one while others are looked at. */
static struct query *all_keys(struct dump *d, const struct kind *k, struct fault *f)
{
	struct buf b = { 0 };
	sql_keys(&b, k);
	buf_adds(&b, k->local ? " WHERE " : "");
	sql_key(&b, k, NULL, 0);
	buf_adds(&b, " ORDER BY ");
	sql_order(&b, k, NULL, false);
	struct query *q = store_keep(d->w->store, buf_text(&b), f);
	buf_free(&b);
	if (q != NULL)
		bind_key(d->w, q, k, NULL, 0, 1);
	return q;
}

static bool dump_kind(struct dump *d, const struct kind *k, struct fault *f)
{
	struct work *w = d->w;
	struct show_options o = {
		.personal = d->o->personal, .all = false, .apart = is_apart, .which = d
	};
	struct shape *s = shape_of(w, k, f);
	struct query *q = s != NULL ? all_keys(d, k, f) : NULL;
	if (q == NULL)
		return false;
	struct arena *whole = w->arena, *passing = arena_new();
	bool ok = true, some = false;
	int rc;
	w->arena = passing;
	while (ok && (rc = query_step(q, f)) == 1) {
		const char *parts[KEY_MOST];
		for (size_t i = 0; i < k->nkey && i < COUNT(parts); i++)
			parts[i] = arena_strdup(passing, query_text(q, (int)i));
		begin_document(d);
		if (!some)
			writer_list(d->writer, k->name);
		some = true;
		ok = show_record(w, s, parts, 0, &o, d->writer, f);
		arena_reset(passing);
	}
	ok = ok && rc == 0;
	query_done(q);
	if (some)
		writer_end(d->writer);
	w->arena = whole;
	arena_free(passing);
	return ok;
}

static bool dump_counters(struct dump *d, const char *partnership, struct fault *f)
{
	struct query *q = record_query(d->w, SQL_COUNTERS, f);
	static const char *const key[] = { "kind", "prefix", "last" };
	bool some = false;
	int rc;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, partnership);
	while ((rc = query_step(q, f)) == 1) {
		begin_document(d);
		if (!some)
			writer_list(d->writer, "counters");
		some = true;
		writer_map(d->writer, NULL);
		for (int i = 0; i < 3; i++)
			writer_value(d->writer, key[i], query_text(q, i), query_bytes(q, i),
			        i == 2 ? VALUE_NUMBER : VALUE_TEXT);
		writer_end(d->writer);
	}
	query_done(q);
	if (some)
		writer_end(d->writer);
	return rc == 0;
}

static bool dump_document(struct dump *d, bool shared, struct fault *f)
{
	struct work *w = d->w;
	d->begun = false;
	for (size_t i = 0; i < d->n; i++)
		if (d->kind[i]->local != shared && !too_many(d, d->kind[i], &d->apart[i], f))
			return false;
	/* What the document is about goes first, whatever of it is dumped. */
	size_t own = index_of(d, "partnership");
	if (!shared && own < d->n) {
		struct shape *s = shape_of(w, d->kind[own], f);
		struct show_options o = { .personal = d->o->personal };
		if (s == NULL)
			return false;
		begin_document(d);
		writer_list(d->writer, "partnership");
		if (!show_record(w, s, &w->partnership, 0, &o, d->writer, f))
			return false;
		writer_end(d->writer);
	} else if (!shared) {
		begin_document(d);
		writer_value(d->writer, "partnership", w->partnership, strlen(w->partnership),
		        VALUE_TEXT);
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct kind *k = d->kind[i];
		if (k->local == shared || i == own || is_nested(d, i))
			continue;
		if (!dump_kind(d, k, f))
			return false;
	}
	return d->o->kind != NULL || dump_counters(d, shared ? "" : w->partnership, f);
}

bool record_dump(
        struct work *w, const struct dump_options *o, struct writer *writer, struct fault *f)
{
	struct dump d = { .w = w, .o = o, .writer = writer };
	const char *chosen = w->partnership;
	size_t n = 1;
	const char **partnership = &chosen;
	work_state(w);
	if (!gather(&d, f))
		return false;
	if (w->all || chosen == NULL)
		partnership = work_partnerships(w, &n, f);
	if (partnership == NULL)
		return false;
	bool ok = dump_document(&d, true, f);
	for (size_t i = 0; ok && i < n; i++) {
		w->partnership = partnership[i];
		ok = dump_document(&d, false, f);
	}
	w->partnership = chosen;
	return ok;
}
