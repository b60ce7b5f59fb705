/* SPDX-License-Identifier: MIT */
/* What SQLite says, in words a user can act on. A rule of the schema speaks for itself: its name is
 * the sentence. The others are made here from the catalogue. */
#include "store/internal.h"

#include <string.h>
#include <strings.h>

/* "due: is before start; correct one of the two": the word before the first ": " is the field. */
static bool sentence(const char *text, struct fault *f)
{
	const char *colon = strstr(text, ": ");
	size_t n = colon != NULL ? (size_t)(colon - text) : 0;
	bool field = n > 0 && n < sizeof f->field && memchr(text, ' ', n) == NULL;
	if (f != NULL && field) {
		memcpy(f->field, text, n);
		f->field[n] = '\0';
	}
	return fault_set(f, STATUS_DATA, "%s", field ? colon + 2 : text);
}

/* The field that holds a column: priority for priority_period. */
static const char *field_of(struct store *s, const char *table, const char *column)
{
	struct fault none = { 0 };
	const char *kind = table;
	if (table_is_list(table))
		return strstr(table, "__") + 2;
	const struct kind *k = store_kind(s, kind, &none);
	for (size_t i = 0; k != NULL && i < k->nfield; i++)
		for (size_t c = 0; c < k->field[i].ncolumn; c++)
			if (strcmp(k->column[k->field[i].column[c]].name, column) == 0)
				return k->field[i].name;
	return column;
}

/* "action.due" into its parts; false when it is not of that form. */
static bool split_column(struct arena *a, const char *text, char **table, char **column)
{
	const char *dot = strchr(text, '.');
	if (dot == NULL)
		return false;
	*table = arena_strndup(a, text, (size_t)(dot - text));
	*column = arena_strndup(a, dot + 1, strcspn(dot + 1, ","));
	return true;
}

static bool not_null(struct store *s, const char *what, struct fault *f)
{
	char *table, *column;
	if (!split_column(store_arena(s), what, &table, &column))
		return fault_set(f, STATUS_DATA, "%s is needed; give it a value", what);
	const char *field = field_of(s, table, column);
	fault_place(f, NULL, 0, field);
	if (strcmp(field, "partnership") == 0)
		return fault_set(f, STATUS_DATA, "is needed; choose one with -p");
	return fault_set(f, STATUS_DATA, "is needed; give it with %s=VALUE", field);
}

/* ---------- a key that is there already ---------- */

/* Reads "(a, b, c)" at *p into at most `most` texts; how many, or 0. */
static size_t read_row(struct arena *a, const char **p, char **out, size_t most)
{
	struct token t = token_next(p);
	if (!token_is(&t, "("))
		return 0;
	size_t n = 0;
	for (;;) {
		t = token_next(p);
		if (t.kind == TOKEN_END || n == most)
			return 0;
		out[n++] = token_text(a, &t);
		/* Only plain values are of use; an expression is passed over to its end. */
		for (int depth = 0;;) {
			t = token_next(p);
			if (t.kind == TOKEN_END)
				return 0;
			if (depth == 0 && token_is(&t, ")"))
				return n;
			if (depth == 0 && token_is(&t, ","))
				break;
			depth += token_is(&t, "(") - token_is(&t, ")");
		}
	}
}

/* The key of the row an INSERT was to add, from its text with the values put in. */
static char *inserted_key(struct store *s, const struct kind *k, const char *sql)
{
	enum { MOST = 128 };
	struct arena *a = store_arena(s);
	char *names[MOST], *values[MOST];
	const char *p = sql;
	struct token t;
	do {
		t = token_next(&p);
		if (t.kind == TOKEN_END)
			return NULL;
	} while (!token_is(&t, "into"));
	token_next(&p); /* the table */
	size_t n = read_row(a, &p, names, MOST);
	t = token_next(&p);
	if (n == 0 || !token_is(&t, "values") || read_row(a, &p, values, MOST) != n)
		return NULL;
	struct buf key = { 0 };
	size_t found = 0;
	for (size_t i = 0; i < k->nkey; i++)
		for (size_t j = 0; j < n; j++)
			if (strcasecmp(names[j], k->column[k->key[i]].name) == 0) {
				buf_addf(&key, "%s%s", found++ > 0 ? "/" : "", values[j]);
				break;
			}
	char *out = found == k->nkey && found > 0 ? arena_strdup(a, buf_text(&key)) : NULL;
	buf_free(&key);
	return out;
}

static bool duplicate(struct store *s, const char *what, sqlite3_stmt *stmt, struct fault *f)
{
	char *table, *column, *key = NULL;
	struct fault none = { 0 };
	if (!split_column(store_arena(s), what, &table, &column))
		return fault_set(f, STATUS_DATA, "%s exists already", what);
	if (table_is_list(table)) {
		fault_place(f, NULL, 0, strstr(table, "__") + 2);
		return fault_set(f, STATUS_DATA, "holds that already; leave one out");
	}
	const struct kind *k = store_kind(s, table, &none);
	char *sql = stmt != NULL ? sqlite3_expanded_sql(stmt) : NULL;
	if (k != NULL && sql != NULL)
		key = inserted_key(s, k, sql);
	sqlite3_free(sql);
	if (key == NULL)
		return fault_set(f, STATUS_DATA, "that %s exists; use set", table);
	return fault_set(f, STATUS_DATA, "%s %s exists; use set", table, key);
}

static const char *after(const char *text, const char *prefix)
{
	return str_starts(text, prefix) ? text + strlen(prefix) : text;
}

static bool constraint(struct store *s, int rc, sqlite3_stmt *stmt, struct fault *f)
{
	char *message = arena_strdup(store_arena(s), sqlite3_errmsg(s->db));
	switch (rc) {
	case SQLITE_CONSTRAINT_CHECK:
		message = (char *)after(message, "CHECK constraint failed: ");
		if (strstr(message, ": ") != NULL)
			return sentence(message, f);
		return fault_set(f, STATUS_DATA, "a value breaks the rule %s", quote(message));
	case SQLITE_CONSTRAINT_NOTNULL:
		return not_null(s, after(message, "NOT NULL constraint failed: "), f);
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_ROWID:
		return duplicate(s, after(message, "UNIQUE constraint failed: "), stmt, f);
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault_set(f, STATUS_DATA,
		        "a reference finds nothing; put in first what it refers to");
	default:
		return sentence(message, f);
	}
}

/* ---------- everything else ---------- */

bool store_fault_file(const char *path, int rc, const char *message, struct fault *f)
{
	const char *name = quote(path);
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		base_oom_handler();
		return false;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fault_set(f, STATUS_AGAIN,
		        "the store is locked by another program; try again, or wait longer with "
		        "--wait");
	case SQLITE_FULL:
		return fault_set(
		        f, STATUS_IO, "no room left for store %s; make room and try again", name);
	case SQLITE_IOERR:
		return fault_set(f, STATUS_IO,
		        "cannot read or write store %s: %s; check the disk, then run compact-check",
		        name, message);
	case SQLITE_READONLY:
		if (rc == SQLITE_READONLY_ROLLBACK)
			return fault_set(f, STATUS_DENIED,
			        "a program was killed while it wrote to store %s, and only one "
			        "that "
			        "may write it can take that back; let its owner run any program on "
			        "it",
			        name);
		/* fall through */
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return fault_set(f, STATUS_DENIED,
		        "store %s may not be written; check the permissions of the file and its "
		        "folder",
		        name);
	case SQLITE_CANTOPEN:
		return fault_set(f, STATUS_NOINPUT, "cannot open store %s: %s", name, message);
	case SQLITE_CORRUPT:
		return fault_set(f, STATUS_NOINPUT,
		        "store %s is damaged; keep it as it is and go back to the last backup",
		        name);
	case SQLITE_NOTADB:
		return fault_set(f, STATUS_NOINPUT,
		        "%s is no compact store; choose another with -d, or make one with "
		        "compact-init",
		        name);
	case SQLITE_SCHEMA: /* of the session that follows a change; statements are made anew */
		return fault_set(f, STATUS_DATA,
		        "store %s: a change of a table with generated columns cannot be followed; "
		        "work them out in a view",
		        name);
	case SQLITE_TOOBIG:
		return fault_set(f, STATUS_DATA, "a value is too long to be stored; shorten it");
	default:
		return fault_set(f, STATUS_INTERNAL, "store %s: %s", name, message);
	}
}

bool store_fault(struct store *s, int rc, sqlite3_stmt *stmt, struct fault *f)
{
	const char *message = sqlite3_errmsg(s->db);
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return constraint(s, rc, stmt, f);
	case SQLITE_INTERRUPT:
		return fault_set(f, STATUS_DATA,
		        "the query took more than %d seconds; ask for less at once",
		        s->seconds_limit);
	case SQLITE_AUTH:
	case SQLITE_READONLY:
		if (s->mode == STORE_REPORT && s->trusted == 0)
			return fault_set(f, STATUS_DATA,
			        "a query may only read kinds and views: %s", message);
		break;
	case SQLITE_ERROR:
		if (s->mode == STORE_REPORT && s->trusted == 0)
			return misspelt_table(s, arena_strdup(store_arena(s), message), f);
		break;
	default:
		break;
	}
	return store_fault_file(s->called, rc, message, f);
}
