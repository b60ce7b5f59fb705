/* SPDX-License-Identifier: MIT */
/* Statements: prepared once and kept, bound, stepped, read. */
#include "store/internal.h"

#include <string.h>

static struct query *prepare(struct store *s, const char *sql, bool trusted, struct fault *f)
{
	struct query *q = mem_zalloc(sizeof *q);
	q->store = s;
	q->guarded = !trusted && s->mode == STORE_REPORT;
	const char *tail = NULL;
	int rc;
	do {
		s->trusted += trusted;
		s->within++;
		rc = sqlite3_prepare_v3(
		        s->db, sql, -1, trusted ? SQLITE_PREPARE_PERSISTENT : 0, &q->stmt, &tail);
		s->within--;
		s->trusted -= trusted;
	} while ((rc == SQLITE_ERROR && view_make(s)) || store_recover(s, rc));
	if (rc != SQLITE_OK) {
		store_fault(s, rc, NULL, f);
	} else if (q->stmt == NULL) {
		fault_set(f, STATUS_DATA, "there is no statement; give one SELECT");
	} else {
		const char *rest = tail;
		struct token t = token_next(&rest);
		while (t.kind == TOKEN_COMMENT || token_is(&t, ";"))
			t = token_next(&rest);
		if (t.kind == TOKEN_END)
			return q;
		fault_set(f, STATUS_DATA, "there is more than one statement; give them one by one");
	}
	sqlite3_finalize(q->stmt);
	mem_free(q);
	return NULL;
}

static struct kept *kept_of(struct store *s, const struct statements *of)
{
	for (size_t i = 0; i < s->nkept; i++)
		if (s->kept[i].of == of)
			return &s->kept[i];
	s->kept = mem_grow(s->kept, &s->kept_cap, s->nkept + 1, sizeof *s->kept);
	struct kept *k = &s->kept[s->nkept++];
	k->of = of;
	k->query = mem_zalloc(of->n * sizeof(struct query *));
	return k;
}

struct query *store_query(struct store *s, const struct statements *of, size_t id, struct fault *f)
{
	struct kept *k = kept_of(s, of);
	struct query *q = k->query[id];
	while (q != NULL && q->busy)
		q = q->next;
	if (q == NULL) {
		q = prepare(s, of->sql[id], true, f);
		if (q == NULL)
			return NULL;
		q->kept = true;
		/* The table may have grown while this one was prepared: look it up again. */
		k = kept_of(s, of);
		q->next = k->query[id];
		k->query[id] = q;
	}
	q->busy = true;
	return q;
}

/* ---------- kept by their text ---------- */

/* The place of the text in the table, or the free one where it belongs. */
static struct query **made_place(struct query **table, size_t cap, const char *sql)
{
	size_t at = str_hash(sql) & (cap - 1);
	while (table[at] != NULL && strcmp(sqlite3_sql(table[at]->stmt), sql) != 0)
		at = (at + 1) & (cap - 1);
	return &table[at];
}

static void made_grow(struct store *s)
{
	size_t cap = s->made_cap == 0 ? 64 : s->made_cap * 2;
	struct query **table = mem_zalloc(cap * sizeof *table);
	for (size_t i = 0; i < s->made_cap; i++)
		if (s->made[i] != NULL)
			*made_place(table, cap, sqlite3_sql(s->made[i]->stmt)) = s->made[i];
	mem_free(s->made);
	s->made = table;
	s->made_cap = cap;
}

struct query *store_keep(struct store *s, const char *sql, struct fault *f)
{
	if (s->nmade * 2 >= s->made_cap)
		made_grow(s);
	struct query **first = made_place(s->made, s->made_cap, sql), *q = *first;
	while (q != NULL && q->busy)
		q = q->next;
	if (q == NULL) {
		q = prepare(s, sql, true, f);
		if (q == NULL)
			return NULL;
		q->kept = true;
		first = made_place(s->made, s->made_cap, sql);
		s->nmade += *first == NULL;
		q->next = *first;
		*first = q;
	}
	q->busy = true;
	return q;
}

struct query *store_prepare(struct store *s, const char *sql, struct fault *f)
{
	if (s->mode == STORE_REPORT && strlen(sql) > 100000) {
		fault_set(
		        f, STATUS_DATA, "the query is longer than 100,000 characters; shorten it");
		return NULL;
	}
	struct buf scoped = { 0 };
	struct query *q = prepare(s, scope_write(s, sql, &scoped), false, f);
	buf_free(&scoped);
	if (q != NULL)
		q->busy = true;
	else if (s->mode == STORE_REPORT)
		misspelt_column(s, sql, f);
	return q;
}

void query_done(struct query *q)
{
	if (q == NULL)
		return;
	if (!q->kept) {
		sqlite3_finalize(q->stmt);
		mem_free(q);
		return;
	}
	sqlite3_reset(q->stmt);
	if (sqlite3_bind_parameter_count(q->stmt) > 0)
		sqlite3_clear_bindings(q->stmt);
	q->busy = q->started = q->of_standing = false;
	q->rows = 0;
}

void query_of_standing(struct query *q)
{
	q->of_standing = true;
}

/* ---------- binding ---------- */

/* A parameter may be bound anew once the statement has been run. */
static void ready(struct query *q)
{
	if (!q->started)
		return;
	sqlite3_reset(q->stmt);
	q->started = false;
	q->rows = 0;
}

void query_bind_text(struct query *q, int at, const char *text)
{
	ready(q);
	if (text == NULL)
		sqlite3_bind_null(q->stmt, at);
	else
		sqlite3_bind_text(q->stmt, at, text, -1, SQLITE_TRANSIENT);
}

void query_bind_bytes(struct query *q, int at, const char *bytes, size_t n)
{
	ready(q);
	sqlite3_bind_text64(q->stmt, at, bytes, n, SQLITE_STATIC, SQLITE_UTF8);
}

void query_bind_int(struct query *q, int at, int64_t value)
{
	ready(q);
	sqlite3_bind_int64(q->stmt, at, value);
}

void query_bind_real(struct query *q, int at, double value)
{
	ready(q);
	sqlite3_bind_double(q->stmt, at, value);
}

void query_bind_null(struct query *q, int at)
{
	ready(q);
	sqlite3_bind_null(q->stmt, at);
}

int query_parameters(struct query *q)
{
	return sqlite3_bind_parameter_count(q->stmt);
}

const char *query_parameter(struct query *q, int at)
{
	const char *name = sqlite3_bind_parameter_name(q->stmt, at);
	return name != NULL && name[0] != '?' ? name + 1 : NULL;
}

/* ---------- stepping ---------- */

static bool begin_step(struct query *q, struct fault *f)
{
	struct store *s = q->store;
	/* A full disk ends a transaction unasked: what follows must not be kept row by row. */
	if (s->journal != NULL && sqlite3_get_autocommit(s->db))
		return fault_set(f, STATUS_IO,
		        "the change was given up after an error; nothing of it was kept");
	if (s->journal != NULL && !q->internal && !sqlite3_stmt_readonly(q->stmt) &&
	        !journal_awake(s, f))
		return false;
	if (s->waiting > 0 && !q->of_standing && !adders_pour(s, f))
		return false;
	q->started = true;
	if (!q->kept)
		function_cache_expire(s);
	if (q->guarded)
		q->deadline = store_clock() + (int64_t)s->seconds_limit * 1000;
	return true;
}

int query_step(struct query *q, struct fault *f)
{
	struct store *s = q->store;
	if (!q->started && !begin_step(q, f))
		return -1;
	int64_t outer = s->deadline;
	if (q->guarded)
		s->deadline = q->deadline;
	/* A changed schema makes SQLite prepare again here, with the authorizer looking on. */
	int rc;
	do {
		s->trusted += !q->guarded;
		s->within++;
		rc = sqlite3_step(q->stmt);
		s->within--;
		s->trusted -= !q->guarded;
		/* A view made within a change that was then rolled back is made again. */
	} while (rc != SQLITE_ROW && rc != SQLITE_DONE &&
	         ((rc == SQLITE_ERROR && view_make(s) && sqlite3_reset(q->stmt) != SQLITE_NOMEM) ||
	                 store_recover(s, rc)));
	s->deadline = outer;
	if (rc == SQLITE_ROW && q->guarded && ++q->rows > s->row_limit) {
		fault_set(f, STATUS_DATA, "the query gives more than %ld rows; put a LIMIT to it",
		        s->row_limit);
		return -1;
	}
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	store_fault(s, rc, q->stmt, f);
	return -1;
}

bool query_run(struct query *q, struct fault *f)
{
	if (q == NULL)
		return false;
	int rc;
	do
		rc = query_step(q, f);
	while (rc == 1);
	query_done(q);
	return rc == 0;
}

bool query_any(struct query *q, bool *out, struct fault *f)
{
	int rc = q != NULL ? query_step(q, f) : -1;
	*out = rc == 1;
	query_done(q);
	return rc >= 0;
}

bool query_one_text(struct query *q, struct arena *a, const char **out, struct fault *f)
{
	int rc = q != NULL ? query_step(q, f) : -1;
	if (rc == 1 && query_text(q, 0) != NULL)
		*out = arena_strdup(a, query_text(q, 0));
	query_done(q);
	return rc >= 0;
}

bool query_one_int(struct query *q, int64_t *out, struct fault *f)
{
	int rc = q != NULL ? query_step(q, f) : -1;
	if (rc == 1 && query_value_type(q, 0) != 'n')
		*out = query_int(q, 0);
	query_done(q);
	return rc >= 0;
}

/* ---------- reading ---------- */

int query_columns(struct query *q)
{
	return sqlite3_column_count(q->stmt);
}

const char *query_name(struct query *q, int column)
{
	return sqlite3_column_name(q->stmt, column);
}

const char *query_decltype(struct query *q, int column)
{
	return sqlite3_column_decltype(q->stmt, column);
}

static char letter_of(int type)
{
	switch (type) {
	case SQLITE_INTEGER:
		return 'i';
	case SQLITE_FLOAT:
		return 'r';
	case SQLITE_TEXT:
		return 't';
	case SQLITE_BLOB:
		return 'b';
	default:
		return 'n';
	}
}

char query_value_type(struct query *q, int column)
{
	return letter_of(sqlite3_column_type(q->stmt, column));
}

const char *value_text(sqlite3_value *v)
{
	const char *text = (const char *)sqlite3_value_text(v);
	if (text == NULL && sqlite3_value_type(v) != SQLITE_NULL)
		base_oom_handler();
	return text;
}

const char *query_text(struct query *q, int column)
{
	const char *text = (const char *)sqlite3_column_text(q->stmt, column);
	/* Either there is nothing, or no memory for the text: the two must not be mixed up. */
	if (text == NULL && sqlite3_errcode(q->store->db) == SQLITE_NOMEM)
		base_oom_handler();
	return text;
}

size_t query_bytes(struct query *q, int column)
{
	return (size_t)sqlite3_column_bytes(q->stmt, column);
}

void query_values(struct query *q, struct stored *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		/* The value itself may be read: nobody else uses this connection. */
		sqlite3_value *v = sqlite3_column_value(q->stmt, (int)i);
		out[i] = (struct stored){ .type = letter_of(sqlite3_value_type(v)) };
		if (out[i].type == 'n')
			continue;
		if (out[i].type == 'i') {
			out[i].number = sqlite3_value_int64(v);
			continue;
		}
		if (out[i].type == 'r')
			out[i].real = sqlite3_value_double(v);
		out[i].text = value_text(v);
		out[i].n = (size_t)sqlite3_value_bytes(v);
	}
}

int64_t query_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

double query_real(struct query *q, int column)
{
	return sqlite3_column_double(q->stmt, column);
}

int64_t store_rows_changed(struct store *s)
{
	return sqlite3_changes64(s->db);
}
