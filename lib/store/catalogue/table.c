/* SPDX-License-Identifier: MIT */
/* Tables as they are in the open file: columns, key and references, each read when first asked for. */
#include "store/internal.h"

#include <string.h>
#include <strings.h>

/* ---------- what has been read ---------- */

struct arena *store_arena(struct store *s)
{
	if (s->catalogue == NULL) {
		s->catalogue = mem_zalloc(sizeof *s->catalogue);
		s->catalogue->arena = arena_new();
	}
	return s->catalogue->arena;
}

const struct entry *catalogue_find(struct store *s, char what, const char *name)
{
	for (size_t i = 0; s->catalogue != NULL && i < s->catalogue->n; i++) {
		const struct entry *e = &s->catalogue->entry[i];
		if (e->what == what && strcmp(e->name, name) == 0)
			return e;
	}
	return NULL;
}

void catalogue_keep(struct store *s, char what, const char *name, const void *thing, size_t n)
{
	struct arena *a = store_arena(s);
	struct catalogue *c = s->catalogue;
	c->entry = mem_grow(c->entry, &c->cap, c->n + 1, sizeof *c->entry);
	c->entry[c->n++] = (struct entry){ arena_strdup(a, name), what, thing, n };
}

void catalogue_forget(struct store *s)
{
	if (s->catalogue == NULL)
		return;
	arena_free(s->catalogue->arena);
	mem_free(s->catalogue->entry);
	mem_free(s->catalogue);
	s->catalogue = NULL;
}

void sql_name(struct buf *b, const char *name)
{
	buf_addc(b, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"')
			buf_addc(b, '"');
		buf_addc(b, *name);
	}
	buf_addc(b, '"');
}

/* The first column of every row; NULL-terminated. */
static const char **read_names(struct store *s, struct query *q, size_t *n, struct fault *f)
{
	size_t cap = 0, count = 0;
	const char **names = NULL, **kept = NULL;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		names = mem_grow(names, &cap, count + 1, sizeof *names);
		names[count++] = arena_strdup(store_arena(s), query_text(q, 0));
	}
	query_done(q);
	if (rc == 0) {
		kept = arena_alloc(store_arena(s), (count + 1) * sizeof *kept);
		if (count > 0)
			memcpy(kept, names, count * sizeof *kept);
	}
	mem_free(names);
	if (n != NULL)
		*n = count;
	return kept;
}

const char **store_names(
        struct store *s, enum store_sql id, const char *text, size_t *n, struct fault *f)
{
	struct query *q = store_own(s, id, f);
	if (q == NULL)
		return NULL;
	if (text != NULL)
		query_bind_text(q, 1, text);
	return read_names(s, q, n, f);
}

/* Whether REFERENCES stands before the name anywhere. Pragmas would tell exactly, but at a cost for
 * each of a hundred tables that every program would pay. */
static bool text_refers(const char *sql, const char *name)
{
	static const char word[] = "references";
	const size_t n = sizeof word - 1;
	for (const char *p = sql; (p = strcasestr(p, name)) != NULL; p++) {
		const char *end = p;
		while (end > sql && strchr(" \t\r\n\"`[", end[-1]) != NULL)
			end--;
		if ((size_t)(end - sql) >= n && strncasecmp(end - n, word, n) == 0)
			return true;
	}
	return false;
}

const char **store_tables_naming(struct store *s, const char *name, size_t *n, struct fault *f)
{
	struct texts found = { 0 };
	const char **names = NULL;
	struct query *q = store_own(s, SQL_TABLE_TEXTS, f);
	int rc = q != NULL ? 0 : -1;
	while (q != NULL && (rc = query_step(q, f)) == 1)
		if (text_refers(query_text(q, 1), name)) {
			const char *table = query_text(q, 0);
			texts_put(&found, table);
			/* It will be read next: spare it a search of the whole schema. */
			if (catalogue_find(s, 'x', table) == NULL)
				catalogue_keep(s, 'x', table,
				        arena_strdup(store_arena(s), query_text(q, 1)), 0);
		}
	query_done(q);
	if (rc == 0) {
		names = arena_alloc(store_arena(s), (found.n + 1) * sizeof *names);
		for (size_t i = 0; i < found.n; i++)
			names[i] = arena_strdup(store_arena(s), found.text[i]);
		*n = found.n;
	}
	texts_free(&found);
	return names;
}

bool table_is_list(const char *name)
{
	return strstr(name, "__") != NULL;
}

const char *const *store_tables(struct store *s, struct fault *f)
{
	store_arena(s);
	if (s->catalogue->tables == NULL)
		s->catalogue->tables =
		        (const char *const *)store_names(s, SQL_TABLES, NULL, NULL, f);
	return s->catalogue->tables;
}

/* ---------- one table ---------- */

size_t table_column(const struct table *t, const char *name)
{
	size_t i = 0;
	while (i < t->ncolumn && strcasecmp(t->column[i].name, name) != 0)
		i++;
	return i;
}

/* 'text' without its quotes; NULL and expressions are no value that could be shown. */
static const char *default_text(struct arena *a, const char *text)
{
	if (text == NULL || strcasecmp(text, "NULL") == 0)
		return NULL;
	const char *p = text;
	struct token t = token_next(&p);
	return t.kind == TOKEN_TEXT ? token_text(a, &t) : arena_strdup(a, text);
}

static bool read_columns(struct store *s, struct table *t, const struct ddl *ddl, struct fault *f)
{
	struct arena *a = store_arena(s);
	struct query *q = store_own(s, SQL_TABLE_COLUMNS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, t->name);
	size_t cap = 0;
	struct raw_column *column = NULL;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		column = mem_grow(column, &cap, t->ncolumn + 1, sizeof *column);
		struct raw_column *c = &column[t->ncolumn++];
		const char *name = query_text(q, 0);
		/* To SQL they are the same, and all here ask for the one in small letters. */
		*c = (struct raw_column){ .name = strcasecmp(name, "partnership") == 0
			                                  ? "partnership"
			                                  : arena_strdup(a, name),
			.type = arena_strdup(a, query_text(q, 1)),
			.not_null = query_int(q, 2) != 0,
			.initial = default_text(a, query_text(q, 3)),
			.key = (int)query_int(q, 4) };
		for (size_t i = 0; i < ddl->ncolumn; i++) {
			if (strcasecmp(ddl->column[i].name, c->name) != 0)
				continue;
			c->comment = ddl->column[i].comment;
			c->words = ddl->column[i].words;
		}
		if (c->key > 0)
			t->nkey++;
	}
	query_done(q);
	t->column = arena_alloc(a, (t->ncolumn + 1) * sizeof *t->column);
	if (t->ncolumn > 0)
		memcpy(t->column, column, t->ncolumn * sizeof *column);
	mem_free(column);
	t->key = arena_alloc(a, (t->nkey + 1) * sizeof *t->key);
	for (size_t i = 0; i < t->ncolumn; i++)
		if (t->column[i].key > 0)
			t->key[t->column[i].key - 1] = i;
	return rc == 0;
}

static bool read_references(struct store *s, struct table *t, struct fault *f)
{
	enum { PARTS_MOST = 16 };
	struct arena *a = store_arena(s);
	struct query *q = store_own(s, SQL_TABLE_REFERENCES, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, t->name);
	size_t cap = 0;
	struct foreign *foreign = NULL;
	int64_t id = -1;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		if (t->nforeign == 0 || query_int(q, 0) != id) {
			foreign = mem_grow(foreign, &cap, t->nforeign + 1, sizeof *foreign);
			foreign[t->nforeign++] = (struct foreign){
				.target = arena_strdup(a, query_text(q, 1)),
				.from = arena_alloc(a, PARTS_MOST * sizeof(char *)),
				.to = arena_alloc(a, PARTS_MOST * sizeof(char *)),
			};
			id = query_int(q, 0);
		}
		struct foreign *last = &foreign[t->nforeign - 1];
		if (last->n == PARTS_MOST)
			continue;
		size_t from = table_column(t, query_text(q, 2));
		last->from[last->n] = from < t->ncolumn ? t->column[from].name
		                                        : arena_strdup(a, query_text(q, 2));
		last->to[last->n++] = arena_strdup(a, query_text(q, 3));
	}
	query_done(q);
	t->foreign = arena_alloc(a, (t->nforeign + 1) * sizeof *t->foreign);
	if (t->nforeign > 0)
		memcpy(t->foreign, foreign, t->nforeign * sizeof *foreign);
	mem_free(foreign);
	return rc == 0;
}

/* The CREATE TABLE of a table, in the arena unless it is known; NULL without a fault: there is none. */
static const char *table_sql(
        struct store *s, const char *name, struct arena *passing, struct fault *f)
{
	const struct entry *e = catalogue_find(s, 'x', name);
	if (e != NULL)
		return e->thing;
	struct query *q = store_own(s, SQL_TABLE_TEXT, f);
	if (q == NULL)
		return NULL;
	query_bind_text(q, 1, name);
	const char *sql = query_step(q, f) == 1 ? arena_strdup(passing, query_text(q, 0)) : NULL;
	query_done(q);
	return sql;
}

const struct table *store_table(struct store *s, const char *name, struct fault *f)
{
	const struct entry *e = catalogue_find(s, 't', name);
	if (e != NULL)
		return e->thing;
	struct arena *a = store_arena(s);
	struct table *t = NULL;
	struct ddl ddl = { 0 };
	struct arena *passing = arena_new();
	const char *sql = table_sql(s, name, passing, f);
	if (sql != NULL) {
		t = arena_alloc(a, sizeof *t);
		t->name = arena_strdup(a, name);
		ddl_read(a, sql, &ddl);
		t->comment = ddl.comment;
	}
	arena_free(passing);
	if (t == NULL || !read_columns(s, t, &ddl, f) || !read_references(s, t, f))
		return NULL;
	t->local = t->nkey > 1 && strcmp(t->column[t->key[0]].name, "partnership") == 0 &&
	           !str_starts(name, "partnership__");
	catalogue_keep(s, 't', name, t, 0);
	return t;
}
