/* SPDX-License-Identifier: MIT */
/*
 * Rows that were added, put into their table many at once. A statement for each would open the table and
 * its indexes, look for its place from their roots on and close them again, which costs more than the
 * row; so the rows wait as the changeset has them, and one INSERT reads them as a table of its own.
 */
#include "store/internal.h"
#include "store/journal/bulk.h"

#include <endian.h>
#include <string.h>

struct waiting {
	sqlite3_vtab base;
	struct adder *adder;
};
struct reading {
	sqlite3_vtab_cursor base;
	const char *at, *end;
	bool ended;
	struct value value[];
};

/* ---------- the rows as a table ---------- */

static int table_connect(sqlite3 *db, void *adder, int argc, const char *const *argv,
        sqlite3_vtab **out, char **message)
{
	const struct table *t = ((struct adder *)adder)->table;
	struct buf sql = { 0 };
	struct waiting *w = sqlite3_malloc(sizeof *w);
	(void)argc, (void)argv, (void)message;
	if (w == NULL)
		return SQLITE_NOMEM;
	*w = (struct waiting){ .adder = adder };
	buf_adds(&sql, "CREATE TABLE x (");
	for (size_t i = 0; i < t->ncolumn; i++) {
		buf_adds(&sql, i > 0 ? ", " : "");
		sql_name(&sql, t->column[i].name);
	}
	buf_addc(&sql, ')');
	int rc = sqlite3_declare_vtab(db, buf_text(&sql));
	buf_free(&sql);
	*out = &w->base;
	return rc;
}

static int table_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table, (void)info;
	return SQLITE_OK;
}

static int table_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	const struct adder *a = ((struct waiting *)table)->adder;
	struct reading *r = sqlite3_malloc64(sizeof *r + a->table->ncolumn * sizeof *r->value);
	if (r == NULL)
		return SQLITE_NOMEM;
	*r = (struct reading){ .ended = true };
	*out = &r->base;
	return SQLITE_OK;
}

static int table_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static size_t take_length(const char **p)
{
	size_t n = 0;
	while (**p & 128)
		n = n << 7 | (size_t)(*(*p)++ & 127);
	return n << 7 | (size_t) * (*p)++;
}

static int table_next(sqlite3_vtab_cursor *cursor)
{
	struct reading *r = (struct reading *)cursor;
	size_t columns = ((struct waiting *)cursor->pVtab)->adder->table->ncolumn;
	const char *p = r->at;
	r->ended = p == r->end;
	if (r->ended)
		return SQLITE_OK;
	p += ADDED_HEAD;
	for (size_t i = 0; i < columns; i++) {
		struct value *v = &r->value[i];
		v->mark = *p++;
		if (v->mark == VALUE_TEXT) {
			v->n = take_length(&p);
			v->text = p;
			p += v->n;
		} else if (v->mark == VALUE_INTEGER) {
			uint64_t n;
			memcpy(&n, p, sizeof n);
			v->integer = (int64_t)be64toh(n);
			p += sizeof n;
		}
	}
	r->at = p;
	return SQLITE_OK;
}

static int table_first(
        sqlite3_vtab_cursor *cursor, int plan, const char *text, int argc, sqlite3_value **argv)
{
	struct reading *r = (struct reading *)cursor;
	const struct adder *a = ((struct waiting *)cursor->pVtab)->adder;
	(void)plan, (void)text, (void)argc, (void)argv;
	r->at = a->rows.p + a->poured;
	r->end = a->rows.p + a->rows.n;
	return table_next(cursor);
}

static int table_ended(sqlite3_vtab_cursor *cursor)
{
	return ((struct reading *)cursor)->ended;
}

static int table_value(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int column)
{
	const struct value *v = &((struct reading *)cursor)->value[column];
	if (v->mark == VALUE_TEXT)
		sqlite3_result_text64(out, v->text, v->n, SQLITE_STATIC, SQLITE_UTF8);
	else if (v->mark == VALUE_INTEGER)
		sqlite3_result_int64(out, v->integer);
	return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	(void)cursor;
	*out = 0;
	return SQLITE_OK;
}

static const sqlite3_module waiting_rows = {
	.xConnect = table_connect,
	.xDisconnect = table_disconnect,
	.xBestIndex = table_plan,
	.xOpen = table_open,
	.xClose = table_close,
	.xFilter = table_first,
	.xNext = table_next,
	.xEof = table_ended,
	.xColumn = table_value,
	.xRowid = table_rowid,
};

/* ---------- poured ---------- */

/* OR ROLLBACK, as SQLite would keep a copy of every page it changes if it had to take back the statement alone. */
bool adder_prepare(struct adder *a, struct fault *f)
{
	struct store *s = a->store;
	struct buf name = { 0 }, sql = { 0 };
	buf_addf(&name, "store_added_%s", a->table->name);
	buf_adds(&sql, "INSERT OR ROLLBACK INTO ");
	sql_name(&sql, a->table->name);
	buf_adds(&sql, " SELECT * FROM ");
	sql_name(&sql, buf_text(&name));
	s->trusted++;
	int rc = sqlite3_create_module(s->db, buf_text(&name), &waiting_rows, a);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v3(
		        s->db, buf_text(&sql), -1, SQLITE_PREPARE_PERSISTENT, &a->stmt, NULL);
	s->trusted--;
	buf_free(&name);
	buf_free(&sql);
	return rc == SQLITE_OK || store_fault(s, rc, NULL, f);
}

static bool pour(struct adder *a, struct fault *f)
{
	struct store *s = a->store;
	struct journal *j = s->journal;
	if (j->session != NULL)
		sqlite3session_enable(j->session, 0);
	s->trusted++;
	s->within++;
	int rc = sqlite3_step(a->stmt);
	s->within--;
	s->trusted--;
	if (j->session != NULL)
		sqlite3session_enable(j->session, 1);
	bool ok = rc == SQLITE_DONE || store_fault(s, rc, NULL, f);
	sqlite3_reset(a->stmt);
	a->poured = a->rows.n;
	a->standing = a->run;
	if (j->unjournalled) {
		buf_clear(&a->rows);
		a->poured = 0;
	}
	return ok;
}

bool adders_pour(struct store *s, struct fault *f)
{
	bool ok = true;
	s->waiting = 0;
	for (struct adder *a = s->adders; ok && a != NULL; a = a->next)
		if (a->poured < a->rows.n)
			ok = pour(a, f);
	/* Of what failed half-way the journal would not be true. */
	if (!ok && !sqlite3_get_autocommit(s->db))
		store_exec(s, "ROLLBACK", NULL);
	return ok;
}
