/* SPDX-License-Identifier: MIT */
/* Brings an older store up to this release: a verified copy first, then one transaction in which
 * views and triggers are dropped, upgrade/N.sql is run for each version, and they are made again. */
#include "store/internal.h"
#include "schema/schema.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct upgrade {
	struct store *s;
	int from, to;
	const struct schema_file *files;
	struct arena *arena;
	struct made {
		const char *type, *name, *sql;
	} * made; /* views and triggers as they were, a user's own among them */
	size_t nmade, cap;
	struct texts shapes;  /* tables as they were: each with its place in columns */
	const char **columns; /* their names, a blank between them */
};

/* ---------- the copy ---------- */

static const char *script(const struct upgrade *u, int version)
{
	char name[32];
	snprintf(name, sizeof name, "upgrade/%d.sql", version);
	for (const struct schema_file *file = u->files; file->name != NULL; file++)
		if (strcmp(file->name, name) == 0)
			return file->text;
	return NULL;
}

static bool have_scripts(const struct upgrade *u, struct fault *f)
{
	for (int v = u->from + 1; v <= u->to; v++)
		if (script(u, v) == NULL)
			return fault_set(f, STATUS_NOINPUT,
			        "store %s is of version %d, which this release cannot bring up to "
			        "date; go by way of an earlier release",
			        quote(u->s->path), u->from);
	return true;
}

/* By a connection of its own: one that is about to write cannot be copied from. */
static bool keep_copy(struct upgrade *u, struct fault *f)
{
	char *beside = NULL;
	bool ok = false;
	struct buf to = { 0 };
	buf_addf(&to, "%s.before-v%d", u->s->path, u->to);
	sqlite3 *db = store_connect(u->s->path, SQLITE_OPEN_READONLY, NULL, 0, f);
	if (db == NULL)
		goto out;
	beside = file_beside(buf_text(&to), f);
	if (beside == NULL || !store_copy(db, u->s->path, beside, f))
		goto out;
	ok = rename(beside, buf_text(&to)) == 0
	             ? folder_sync(buf_text(&to), f)
	             : fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(buf_text(&to)));
out:
	if (!ok && beside != NULL)
		file_drop(beside);
	else if (beside != NULL)
		litter_keep(beside);
	mem_free(beside);
	store_disconnect(db);
	buf_free(&to);
	return ok;
}

/* ---------- views and triggers ---------- */

static bool read_made(struct upgrade *u, struct fault *f)
{
	struct query *q = store_own(u->s, SQL_MADE, f);
	int rc = q != NULL ? 0 : -1;
	while (q != NULL && (rc = query_step(q, f)) == 1) {
		u->made = mem_grow(u->made, &u->cap, u->nmade + 1, sizeof *u->made);
		u->made[u->nmade++] = (struct made){ arena_strdup(u->arena, query_text(q, 0)),
			arena_strdup(u->arena, query_text(q, 1)),
			arena_strdup(u->arena, query_text(q, 2)) };
	}
	query_done(q);
	return rc == 0;
}

static bool drop_made(struct upgrade *u, struct fault *f)
{
	bool ok = true;
	for (size_t i = 0; ok && i < u->nmade; i++) {
		struct buf sql = { 0 };
		buf_addf(&sql, "DROP %s IF EXISTS ", u->made[i].type);
		sql_name(&sql, u->made[i].name);
		ok = store_exec(u->s, buf_text(&sql), f);
		buf_free(&sql);
	}
	return ok;
}

/* The next statement of a script; in a trigger the semicolon that ends it follows "; END". *made:
 * it makes a view or trigger. */
static bool next_statement(const char **p, struct buf *out, bool *made)
{
	struct token t, last = { 0 }, before = { 0 };
	const char *start = NULL;
	bool trigger = false;
	size_t n = 0;
	*made = false;
	buf_clear(out);
	while ((t = token_next(p)).kind != TOKEN_END) {
		if (t.kind == TOKEN_COMMENT)
			continue;
		if (start == NULL)
			start = t.p;
		if (n == 1 && token_is(&last, "create")) {
			trigger = token_is(&t, "trigger");
			*made = trigger || token_is(&t, "view");
		}
		n++;
		if (token_is(&t, ";") &&
		        (!trigger || (token_is(&last, "end") && token_is(&before, ";")))) {
			buf_add(out, start, (size_t)(*p - start));
			return true;
		}
		before = last;
		last = t;
	}
	return false;
}

static bool make_again(struct upgrade *u, struct fault *f)
{
	struct buf sql = { 0 };
	bool ok = true, made;
	for (const struct schema_file *file = u->files; ok && file->name != NULL; file++) {
		const char *p = file->text;
		if (str_starts(file->name, "upgrade/") || view_file(file->name))
			continue;
		while (ok && next_statement(&p, &sql, &made))
			ok = !made || store_exec(u->s, buf_text(&sql), f);
	}
	buf_free(&sql);
	return ok;
}

static bool exists(struct store *s, const char *name)
{
	return sqlite3_table_column_metadata(
	               s->db, "main", name, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* What a user put in comes back unless the new schema has that name, or it no longer fits. */
static void restore_own(struct upgrade *u)
{
	size_t n;
	for (size_t i = 0; i < u->nmade; i++) {
		if (view_text(u->made[i].name, &n) != NULL)
			continue;
		if (strcmp(u->made[i].type, "trigger") == 0 || !exists(u->s, u->made[i].name))
			store_exec(u->s, u->made[i].sql, NULL);
	}
}

/* ---------- shapes ---------- */

static const char *columns_of(struct arena *a, const struct table *t)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < t->ncolumn; i++)
		buf_addf(&b, "%s%s", i > 0 ? " " : "", t->column[i].name);
	const char *out = arena_strdup(a, buf_text(&b));
	buf_free(&b);
	return out;
}

static bool read_shapes(struct upgrade *u, struct fault *f)
{
	const char *const *tables = store_tables(u->s, f);
	if (tables == NULL)
		return false;
	size_t n = 0;
	while (tables[n] != NULL)
		n++;
	u->columns = arena_alloc(u->arena, (n + 1) * sizeof *u->columns);
	for (size_t i = 0; i < n; i++) {
		const struct table *t = store_table(u->s, tables[i], f);
		if (t == NULL)
			return false;
		*texts_put(&u->shapes, t->name) = i;
		u->columns[i] = columns_of(u->arena, t);
	}
	catalogue_forget(u->s);
	return true;
}

/* Appended columns leave old changesets as they are; anything else is another shape. */
static bool note_shapes(struct upgrade *u, struct fault *f)
{
	bool ok = true;
	for (size_t i = 0; ok && i < u->shapes.n; i++) {
		struct fault own = { 0 };
		const char *old = u->columns[u->shapes.value[i]];
		const struct table *t = store_table(u->s, u->shapes.text[i], &own);
		if (own.status != STATUS_OK) {
			*f = own;
			return false;
		}
		const char *new = t != NULL ? columns_of(u->arena, t) : "";
		size_t n = strlen(old);
		if (strncmp(old, new, n) == 0 && (new[n] == ' ' || new[n] == '\0'))
			continue;
		struct query *q = store_own(u->s, SQL_SHAPE_ADD, f);
		ok = q != NULL;
		if (!ok)
			break;
		query_bind_text(q, 1, u->shapes.text[i]);
		query_bind_int(q, 2, u->to);
		query_bind_text(q, 3, old);
		ok = query_run(q, f);
	}
	return ok;
}

/* ---------- the whole ---------- */

static bool name_first(void *fault, const struct broken *b)
{
	broken_fault(b, fault);
	return false;
}

static bool references_hold(struct upgrade *u, struct fault *f)
{
	struct fault broken = { 0 };
	const char *const *tables = store_tables(u->s, f);
	bool ok = tables != NULL;
	for (size_t i = 0; ok && tables[i] != NULL && broken.status == STATUS_OK; i++)
		ok = store_broken(u->s, tables[i], NULL, 1, name_first, &broken, f);
	if (broken.status == STATUS_OK)
		return ok;
	return fault_set(f, STATUS_DATA,
	        "store %s cannot be brought up to date: %s; mend that with the release that made "
	        "it",
	        quote(u->s->path), broken.text);
}

static bool run_scripts(struct upgrade *u, struct fault *f)
{
	for (int v = u->from + 1; v <= u->to; v++)
		if (!store_exec(u->s, script(u, v), f)) {
			fault_hint(f, "in upgrade %d; the store was left as it was", v);
			return false;
		}
	return true;
}

static bool transform(struct upgrade *u, struct fault *f)
{
	char version[64];
	snprintf(version, sizeof version, "PRAGMA user_version=%d", u->to);
	if (!read_shapes(u, f) || !read_made(u, f) || !drop_made(u, f) || !run_scripts(u, f) ||
	        !make_again(u, f))
		return false;
	restore_own(u);
	return note_shapes(u, f) && references_hold(u, f) && store_exec(u->s, version, f) &&
	       store_exec(u->s, "COMMIT", f);
}

bool store_upgrade(
        struct store *s, int from, int to, const struct schema_file *files, struct fault *f)
{
	struct upgrade u = { .s = s,
		.from = from,
		.to = to,
		.files = files != NULL ? files : schema_files,
		.arena = arena_new() };
	bool ok = false;
	int version = 0;
	if (!have_scripts(&u, f))
		goto out;
	if (sqlite3_db_readonly(s->db, "main") == 1) {
		fault_set(f, STATUS_DENIED,
		        "store %s is of an older version and may not be written; let its owner run "
		        "any program on it once",
		        quote(s->path));
		goto out;
	}
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	if (!store_exec(s, "BEGIN IMMEDIATE", f) || !store_version(s, &version, f))
		goto out;
	/* Another program may have been first. */
	ok = version >= to ? store_exec(s, "COMMIT", f) : keep_copy(&u, f) && transform(&u, f);
out:
	if (!sqlite3_get_autocommit(s->db))
		store_exec(s, "ROLLBACK", NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	catalogue_forget(s);
	mem_free(u.made);
	texts_free(&u.shapes);
	arena_free(u.arena);
	return ok;
}
