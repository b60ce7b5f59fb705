/* SPDX-License-Identifier: MIT */
/*
 * Rows of one table added by the hundred thousand. SQLite's session looks up each row twice more to
 * record it; what is merely added is known already, so it is written down here, in the form of a
 * changeset (the comment "Changeset Blob Format" in sqlite3session.c), and the session sleeps.
 */
#include "store/internal.h"

#include <stdio.h>
#include <string.h>

enum { INTEGER = 1, TEXT = 3, NOTHING = 5 }; /* how a changeset marks a value */

struct value {
	const char *text; /* NULL: an integer, or nothing */
	size_t n;
	int64_t integer;
	char mark; /* 0: not set */
	bool bound;
};
struct adder {
	struct store *store;
	struct adder *next;
	const struct table *table;
	sqlite3_stmt *stmt;
	struct value *value; /* a column each */
	struct buf rows;     /* added since the last part */
};

/* INSERT INTO table VALUES (?1, …), every column in its place. */
static bool adder_prepare(struct adder *a, struct fault *f)
{
	struct store *s = a->store;
	struct buf sql = { 0 };
	buf_adds(&sql, "INSERT INTO ");
	sql_name(&sql, a->table->name);
	buf_adds(&sql, " VALUES ");
	for (size_t i = 0; i < a->table->ncolumn; i++)
		buf_adds(&sql, i == 0 ? "(?" : ", ?");
	buf_addc(&sql, ')');
	s->trusted++;
	int rc = sqlite3_prepare_v3(
	        s->db, buf_text(&sql), -1, SQLITE_PREPARE_PERSISTENT, &a->stmt, NULL);
	s->trusted--;
	buf_free(&sql);
	return rc == SQLITE_OK || store_fault(s, rc, NULL, f);
}

struct adder *store_adder(struct store *s, const char *table, struct fault *f)
{
	for (struct adder *a = s->adders; a != NULL; a = a->next)
		if (strcmp(a->table->name, table) == 0)
			return a;
	const struct table *t = store_table(s, table, f);
	if (t == NULL)
		return NULL;
	struct adder *a = mem_zalloc(sizeof *a);
	a->store = s;
	a->table = t;
	a->value = mem_zalloc(t->ncolumn * sizeof *a->value);
	a->next = s->adders;
	s->adders = a;
	return adder_prepare(a, f) ? a : NULL;
}

void adders_free(struct store *s)
{
	for (struct adder *a = s->adders, *next; a != NULL; a = next) {
		next = a->next;
		sqlite3_finalize(a->stmt);
		buf_free(&a->rows);
		mem_free(a->value);
		mem_free(a);
	}
	s->adders = NULL;
}

size_t adder_column(const struct adder *a, const char *name)
{
	return table_column(a->table, name);
}

void adder_text(struct adder *a, size_t column, const char *text, size_t n)
{
	a->value[column].text = text;
	a->value[column].n = n;
	a->value[column].mark = TEXT;
}

void adder_int(struct adder *a, size_t column, int64_t value)
{
	a->value[column].integer = value;
	a->value[column].mark = INTEGER;
}

/* ---------- written down ---------- */

/* Seven bits a byte, the highest first, as SQLite's files have it. Nothing here needs more than 32. */
static size_t put_length(char *out, size_t n)
{
	size_t bytes = 1;
	for (size_t rest = n >> 7; rest > 0; rest >>= 7)
		bytes++;
	for (size_t i = bytes; i-- > 0; n >>= 7)
		out[i] = (char)((n & 127) | (i + 1 < bytes ? 128 : 0));
	return bytes;
}

static void put_value(struct buf *b, const struct value *v)
{
	char head[10] = { v->mark ? v->mark : NOTHING };
	size_t n = 1;
	if (v->mark == INTEGER)
		for (int shift = 56; shift >= 0; shift -= 8)
			head[n++] = (char)((uint64_t)v->integer >> shift & 255);
	else if (v->mark == TEXT)
		n += put_length(head + 1, v->n);
	buf_add(b, head, n);
	if (v->mark == TEXT)
		buf_add(b, v->text, v->n);
}

static void put_row(struct adder *a)
{
	static const char added[2] = { SQLITE_INSERT, 0 };
	buf_add(&a->rows, added, sizeof added);
	for (size_t i = 0; i < a->table->ncolumn; i++)
		put_value(&a->rows, &a->value[i]);
}

static void put_table(struct buf *b, const struct table *t)
{
	char n[10];
	buf_addc(b, 'T');
	buf_add(b, n, put_length(n, t->ncolumn));
	for (size_t i = 0; i < t->ncolumn; i++)
		buf_addc(b, (char)t->column[i].key); /* its place in the key */
	buf_add(b, t->name, strlen(t->name) + 1);
}

/* What is in a list belongs to the kind that has the list. */
static void put_kind(struct texts *kinds, const char *table)
{
	char kind[80];
	const char *list = strstr(table, "__");
	snprintf(kind, sizeof kind, "%.*s", (int)(list ? (size_t)(list - table) : strlen(table)),
	        table);
	texts_put(kinds, kind);
}

void adders_take(struct store *s, struct buf *out, struct texts *kinds)
{
	for (struct adder *a = s->adders; a != NULL; a = a->next) {
		if (a->rows.n == 0)
			continue;
		put_kind(kinds, a->table->name);
		put_table(out, a->table);
		buf_add(out, a->rows.p, a->rows.n);
		buf_clear(&a->rows);
	}
}

void adders_clear(struct store *s)
{
	for (struct adder *a = s->adders; a != NULL; a = a->next)
		buf_free(&a->rows);
}

/* ---------- added ---------- */

static void bind(struct adder *a)
{
	for (size_t i = 0; i < a->table->ncolumn; i++) {
		struct value *v = &a->value[i];
		int at = (int)i + 1;
		if (v->mark == TEXT)
			sqlite3_bind_text64(a->stmt, at, v->text, v->n, SQLITE_STATIC, SQLITE_UTF8);
		else if (v->mark == INTEGER)
			sqlite3_bind_int64(a->stmt, at, v->integer);
		else if (v->bound)
			sqlite3_bind_null(a->stmt, at);
		v->bound = v->mark != 0;
	}
}

bool adder_run(struct adder *a, struct fault *f)
{
	struct store *s = a->store;
	struct journal *j = s->journal;
	bool recorded = j != NULL && !j->unjournalled;
	if (j == NULL || sqlite3_get_autocommit(s->db))
		return fault_set(f, STATUS_IO,
		        "the change was given up after an error; nothing of it was kept");
	if (j->marked)
		return fault_set(f, STATUS_INTERNAL, "rows were added in bulk after a mark");
	bind(a);
	if (j->session != NULL)
		sqlite3session_enable(j->session, 0);
	s->trusted++;
	int rc = sqlite3_step(a->stmt);
	s->trusted--;
	if (j->session != NULL)
		sqlite3session_enable(j->session, 1);
	bool ok = rc == SQLITE_DONE || store_fault(s, rc, a->stmt, f);
	if (ok && recorded)
		put_row(a);
	sqlite3_reset(a->stmt);
	for (size_t i = 0; i < a->table->ncolumn; i++)
		a->value[i].mark = 0;
	return ok;
}

int64_t store_last_rowid(struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

/* ---------- an index for later ---------- */

bool store_index_later(struct store *s, const char *index, struct fault *f)
{
	struct journal *j = s->journal;
	struct query *q = store_own(s, SQL_INDEX_TEXT, f);
	struct buf sql = { 0 };
	bool ok;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, index);
	ok = query_step(q, f) == 1;
	if (ok)
		j->later = arena_strdup(j->arena, query_text(q, 0));
	query_done(q);
	buf_adds(&sql, "DROP INDEX ");
	sql_name(&sql, index);
	/* What is left is filled in order, for which little memory does. */
	buf_addf(&sql, "; PRAGMA cache_size=-%d", ORDERED_CACHE_KIB);
	ok = ok && store_exec(s, buf_text(&sql), f);
	buf_free(&sql);
	return ok;
}

bool store_index_now(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	if (j->later == NULL)
		return true;
	bool ok = store_exec(s, j->later, f);
	j->later = NULL;
	return ok;
}
