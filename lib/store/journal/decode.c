/* SPDX-License-Identifier: MIT */
/* Changesets hold values by place, not by name. Columns are only ever appended, and an upgrade that
 * reshapes a table leaves its old columns in store_shape, so each place can be named. */
#include "store/internal.h"

#include <string.h>

static size_t name_at(const char *const *names, size_t n, const char *name)
{
	size_t i = 0;
	while (i < n && strcmp(names[i], name) != 0)
		i++;
	return i;
}

/* The columns a table had before the first upgrade after `version` that reshaped it; false: none. */
static bool old_columns(
        struct store *s, const char *table, int64_t version, struct shape *shape, struct fault *f)
{
	struct query *q = store_own(s, SQL_SHAPE, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, table);
	query_bind_int(q, 2, version);
	bool found = query_step(q, f) == 1;
	if (found)
		shape->column = (const char *const *)str_split(
		        store_arena(s), query_text(q, 0), " ", &shape->ncolumn);
	query_done(q);
	return found;
}

/* Of a table that is no more, the key is what the changeset says it is, in the order of columns. */
static void key_from_flags(
        struct arena *a, struct shape *shape, const unsigned char *flag, size_t n)
{
	size_t *key = arena_alloc(a, (n + 1) * sizeof *key);
	for (size_t i = 0; i < n && i < shape->ncolumn; i++)
		if (flag[i] != 0)
			key[shape->nkey++] = i;
	shape->key = key;
}

static void key_from_table(struct arena *a, struct shape *shape, const struct table *t)
{
	size_t *key = arena_alloc(a, (t->nkey + 1) * sizeof *key);
	for (size_t i = 0; i < t->nkey; i++) {
		const char *name = t->column[t->key[i]].name;
		size_t at = name_at(shape->column, shape->ncolumn, name);
		if (at < shape->ncolumn)
			key[shape->nkey++] = at;
	}
	shape->key = key;
}

static void settle_list(struct arena *a, struct shape *shape)
{
	const char *under = strstr(shape->table, "__");
	shape->kind = shape->table;
	shape->nowner = shape->nkey;
	if (under == NULL)
		return;
	shape->kind = arena_strndup(a, shape->table, (size_t)(under - shape->table));
	shape->list = under + 2;
	while (shape->nowner > 0) {
		const char *name = shape->column[shape->key[shape->nowner - 1]];
		if (strcmp(name, "item") != 0 && !str_starts(name, "item_"))
			break;
		shape->nowner--;
	}
}

static const struct shape *shape_of(struct store *s, sqlite3_changeset_iter *iter,
        const char *table, int n, int64_t version, struct fault *f)
{
	char id[160];
	snprintf(id, sizeof id, "%s %lld", table, (long long)version);
	const struct entry *e = catalogue_find(s, 's', id);
	if (e != NULL)
		return e->thing;
	struct arena *a = store_arena(s);
	struct shape *shape = arena_alloc(a, sizeof *shape);
	struct fault own = { 0 };
	const struct table *t = store_table(s, table, &own);
	shape->table = arena_strdup(a, table);
	shape->reshaped = old_columns(s, table, version, shape, &own) || t == NULL;
	if (own.status != STATUS_OK) {
		if (f != NULL)
			*f = own;
		return NULL;
	}
	if (shape->column == NULL) {
		size_t ncolumn = t != NULL ? t->ncolumn : (size_t)n;
		const char **column = arena_alloc(a, (ncolumn + 1) * sizeof *column);
		for (size_t i = 0; i < ncolumn; i++)
			column[i] =
			        t != NULL ? t->column[i].name : arena_printf(a, "column%zu", i + 1);
		shape->column = column;
		shape->ncolumn = ncolumn;
	}
	unsigned char *flag = NULL;
	if (t != NULL)
		key_from_table(a, shape, t);
	else if (sqlite3changeset_pk(iter, &flag, &n) == SQLITE_OK)
		key_from_flags(a, shape, flag, (size_t)n);
	settle_list(a, shape);
	shape->local = shape->nkey > 1 && shape->list == NULL
	                       ? strcmp(shape->column[shape->key[0]], "partnership") == 0
	                       : shape->nowner > 1 &&
	                                 strcmp(shape->column[shape->key[0]], "partnership") == 0;
	catalogue_keep(s, 's', id, shape, 0);
	return shape;
}

sqlite3_value *row_old(const struct change_row *r, size_t column)
{
	sqlite3_value *value = NULL;
	if (r->op == ROW_ADDED || column >= r->n ||
	        sqlite3changeset_old(r->iter, (int)column, &value) != SQLITE_OK)
		return NULL;
	return value;
}

sqlite3_value *row_new(const struct change_row *r, size_t column)
{
	sqlite3_value *value = NULL;
	if (r->op == ROW_REMOVED || column >= r->n ||
	        sqlite3changeset_new(r->iter, (int)column, &value) != SQLITE_OK)
		return NULL;
	return value;
}

static void add_part(const struct change_row *r, size_t column, struct buf *out)
{
	sqlite3_value *v = r->op == ROW_ADDED ? row_new(r, column) : row_old(r, column);
	const char *text = v != NULL ? value_text(v) : NULL;
	buf_adds(out, text != NULL ? text : "");
}

void row_key(const struct change_row *r, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < r->shape->nowner; i++) {
		if (i > 0)
			buf_addc(out, '/');
		add_part(r, r->shape->key[i], out);
	}
}

void row_identity(const struct change_row *r, struct buf *out)
{
	buf_clear(out);
	buf_adds(out, r->shape->table);
	for (size_t i = 0; i < r->shape->nkey; i++) {
		buf_addc(out, '\x1f');
		add_part(r, r->shape->key[i], out);
	}
}

/* ---------- whether it is whole ---------- */

struct walk {
	const unsigned char *p, *e;
};

static bool pass(struct walk *w, uint64_t n)
{
	if ((uint64_t)(w->e - w->p) < n)
		return false;
	w->p += n;
	return true;
}

static bool pass_number(struct walk *w, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < 9 && w->p < w->e; i++) {
		unsigned char c = *w->p++;
		*out = *out << 7 | (c & 0x7F);
		if (c < 0x80)
			return true;
	}
	return false;
}

static bool pass_record(struct walk *w, uint64_t columns)
{
	for (uint64_t i = 0, n = 0; i < columns; i++) {
		if (w->p == w->e)
			return false;
		unsigned char type = *w->p++;
		if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
			n = 8;
		else if (type != SQLITE_TEXT && type != SQLITE_BLOB)
			n = 0;
		else if (!pass_number(w, &n))
			return false;
		if (type > SQLITE_NULL || !pass(w, n))
			return false;
	}
	return true;
}

/* A table's number of columns, which of them are keys, and its name. */
static bool pass_table(struct walk *w, uint64_t *columns)
{
	if (!pass_number(w, columns) || !pass(w, *columns))
		return false;
	const unsigned char *end = memchr(w->p, '\0', (size_t)(w->e - w->p));
	return end != NULL && pass(w, (uint64_t)(end - w->p) + 1);
}

/* Everything in it ends within it. SQLite (3.40) looks for the end of a table's name for ever. */
static bool is_whole(const void *changeset, size_t n)
{
	struct walk w = { changeset, (const unsigned char *)changeset + n };
	uint64_t columns = 0;
	while (n > 0 && w.p < w.e) {
		unsigned char what = *w.p++;
		bool ok = false;
		if (what == 'T')
			ok = pass_table(&w, &columns);
		else if (what == SQLITE_INSERT || what == SQLITE_DELETE)
			ok = pass(&w, 1) && pass_record(&w, columns);
		else if (what == SQLITE_UPDATE)
			ok = pass(&w, 1) && pass_record(&w, columns) && pass_record(&w, columns);
		if (!ok)
			return false;
	}
	return true;
}

/* ---------- its rows ---------- */

bool changeset_rows(struct store *s, const void *changeset, size_t n, int64_t version,
        bool (*fn)(void *, const struct change_row *), void *arg, struct fault *f)
{
	sqlite3_changeset_iter *iter = NULL;
	struct fault own = { 0 };
	/* The bytes are only read; the parameter is not const for reasons of the session's own. */
	int rc = !is_whole(changeset, n)
	                 ? SQLITE_CORRUPT
	                 : sqlite3changeset_start(&iter, (int)n, (void *)(uintptr_t)changeset);
	bool more = true;
	while (rc == SQLITE_OK && more && (rc = sqlite3changeset_next(iter)) == SQLITE_ROW) {
		const char *table;
		int columns, op, indirect;
		struct change_row row = { .iter = iter };
		sqlite3changeset_op(iter, &table, &columns, &op, &indirect);
		row.shape = shape_of(s, iter, table, columns, version, &own);
		row.op = op == SQLITE_INSERT   ? ROW_ADDED
		         : op == SQLITE_DELETE ? ROW_REMOVED
		                               : ROW_CHANGED;
		row.n = (size_t)columns;
		more = row.shape != NULL;
		if (more && row.n > row.shape->ncolumn)
			row.n = row.shape->ncolumn;
		more = more && fn(arg, &row);
		rc = SQLITE_OK;
	}
	sqlite3changeset_finalize(iter);
	if (own.status != STATUS_OK) {
		if (f != NULL)
			*f = own;
		return false;
	}
	if (rc != SQLITE_OK && rc != SQLITE_DONE)
		return fault_set(f, STATUS_NOINPUT,
		        "the journal of store %s is damaged; go back to the last backup",
		        quote(s->called));
	return true;
}
