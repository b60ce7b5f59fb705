/* SPDX-License-Identifier: MIT */
/*
 * Rows of one table added by the hundred thousand. SQLite's session looks up each row twice more to
 * record it; what is merely added is known already, so it is written down here, in the form of a
 * changeset (the comment "Changeset Blob Format" in sqlite3session.c), and the session sleeps.
 */
#include "store/journal/bulk.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

/* So much waits at most to be put into its table. */
enum { POURED_BYTES = 64 << 10 };

struct adder *store_adder(struct store *s, const char *table, struct fault *f)
{
	struct adder **last = &s->adders;
	for (; *last != NULL; last = &(*last)->next)
		if (strcmp((*last)->table->name, table) == 0)
			return *last;
	const struct table *t = store_table(s, table, f);
	if (t == NULL)
		return NULL;
	struct adder *a = mem_zalloc(sizeof *a);
	a->store = s;
	a->table = t;
	a->value = mem_zalloc(t->ncolumn * sizeof *a->value);
	*last = a;
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
	a->value[column].mark = VALUE_TEXT;
}

void adder_int(struct adder *a, size_t column, int64_t value)
{
	a->value[column].integer = value;
	a->value[column].mark = VALUE_INTEGER;
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

static char *put_value(char *out, const struct value *v)
{
	*out++ = v->mark ? v->mark : VALUE_NOTHING;
	if (v->mark == VALUE_INTEGER) {
		uint64_t n = htobe64((uint64_t)v->integer);
		memcpy(out, &n, sizeof n);
		out += sizeof n;
	} else if (v->mark == VALUE_TEXT) {
		out += put_length(out, v->n);
		memcpy(out, v->text, v->n);
		out += v->n;
	}
	return out;
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

static void put_row(struct adder *a)
{
	size_t most = ADDED_HEAD;
	if (a->rows.n == 0) {
		put_table(&a->rows, a->table);
		a->poured = a->rows.n;
	}
	for (size_t i = 0; i < a->table->ncolumn; i++)
		most += 11 + (a->value[i].mark == VALUE_TEXT ? a->value[i].n : 0);
	char *row = buf_space(&a->rows, most), *p = row;
	*p++ = SQLITE_INSERT;
	*p++ = 0;
	for (size_t i = 0; i < a->table->ncolumn; i++) {
		p = put_value(p, &a->value[i]);
		a->value[i].mark = 0;
	}
	a->rows.n += (size_t)(p - row);
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

struct buf *adders_take(struct store *s, struct texts *kinds)
{
	struct buf *first = NULL;
	for (struct adder *a = s->adders; a != NULL; a = a->next) {
		if (a->rows.n == 0)
			continue;
		put_kind(kinds, a->table->name);
		if (first != NULL) {
			buf_add(first, a->rows.p, a->rows.n);
			buf_clear(&a->rows);
		} else {
			first = &a->rows;
		}
		a->poured = 0;
	}
	return first;
}

void adders_clear(struct store *s)
{
	for (struct adder *a = s->adders; a != NULL; a = a->next) {
		buf_free(&a->rows);
		a->poured = a->run = a->standing = 0;
	}
	s->waiting = 0;
}

/* ---------- added ---------- */

bool adder_run(struct adder *a, struct fault *f)
{
	struct store *s = a->store;
	struct journal *j = s->journal;
	if (j == NULL || sqlite3_get_autocommit(s->db))
		return fault_set(f, STATUS_IO,
		        "the change was given up after an error; nothing of it was kept");
	if (j->marked)
		return fault_set(f, STATUS_INTERNAL, "rows were added in bulk after a mark");
	put_row(a);
	a->run++;
	s->waiting++;
	return a->rows.n - a->poured < POURED_BYTES || adders_pour(s, f);
}

size_t adder_standing(const struct adder *a)
{
	return a->standing;
}

/* ---------- indexes for later ---------- */

bool store_index_later(struct store *s, const char *index, struct fault *f)
{
	struct journal *j = s->journal;
	struct query *q = store_own(s, SQL_INDEX_TEXT, f);
	struct buf sql = { 0 };
	bool ok;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, index);
	ok = j->nlater < COUNT(j->later) && query_step(q, f) == 1;
	if (ok)
		j->later[j->nlater++] = arena_strdup(j->arena, query_text(q, 0));
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
	if (j->nlater == 0)
		return true;
	if (s->waiting > 0 && !adders_pour(s, f))
		return false;
	bool ok = store_exec(s, "PRAGMA cache_size=-2000", f);
	for (size_t i = 0; ok && i < j->nlater; i++)
		ok = store_exec(s, j->later[i], f);
	j->nlater = 0;
	return ok;
}
