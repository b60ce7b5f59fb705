/* SPDX-License-Identifier: MIT */
/* Opening a store: as little as can be done, since every program does it and most read one record. */
#include "store/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One thread and no accounts of memory: a quarter of the time of a long load. Refused by SQLite when
 * it has been started already, which does no harm. */

static void configure(void)
{
	static bool done;
	if (done)
		return;
	done = true;
	store_memory();
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int connections;

/* In seconds: SQLite counts milliseconds in an int. */
enum { WAIT_MOST = 1000000 };

/* SQLite takes "file:…" for an address and ":memory:" for no file; here either is a name like any other. */
static int open_file(const char *path, sqlite3 **db, int flags, const char *vfs)
{
	struct buf name = { 0 };
	bool special = str_starts(path, "file:") || path[0] == ':';
	buf_addf(&name, "%s%s", special ? "./" : "", path);
	int rc = sqlite3_open_v2(buf_text(&name), db, flags | SQLITE_OPEN_EXRESCODE, vfs);
	buf_free(&name);
	return rc;
}

sqlite3 *store_connect(
        const char *path, int flags, const char *vfs, int wait_seconds, struct fault *f)
{
	configure();
	sqlite3 *db = NULL;
	int rc = open_file(path, &db, flags, vfs);
	if (rc != SQLITE_OK) {
		store_fault_file(path, rc, db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(rc), f);
		sqlite3_close(db);
		return NULL;
	}
	connections++;
	sqlite3_busy_timeout(db, wait_seconds < WAIT_MOST ? wait_seconds * 1000 : WAIT_MOST * 1000);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	/* None of these looks at the file. Synchronous FULL is SQLite's default and is set where
	 * something is to be written: naming it reads the whole schema. */
	rc = sqlite3_exec(
	        db, "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		return db;
	store_fault_file(path, rc, sqlite3_errmsg(db), f);
	store_disconnect(db);
	return NULL;
}

void store_disconnect(sqlite3 *db)
{
	if (db == NULL)
		return;
	sqlite3_close(db);
	/* The memory of the last one is for others to use. */
	if (--connections == 0)
		sqlite3_shutdown();
}

static bool pragma_int(struct store *s, const char *sql, int *out, struct fault *f)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		*out = sqlite3_column_int(stmt, 0);
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_OK)
		store_fault(s, rc, NULL, f);
	sqlite3_finalize(stmt);
	return rc == SQLITE_OK;
}

bool store_exec(struct store *s, const char *sql, struct fault *f)
{
	s->trusted++;
	int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
	s->trusted--;
	return rc == SQLITE_OK || store_fault(s, rc, NULL, f);
}

bool store_version(struct store *s, int *version, struct fault *f)
{
	/* The first look at the file: a hot journal is rolled back here. */
	int application = 0;
	if (!pragma_int(s, "PRAGMA application_id", &application, f))
		return false;
	if (application != STORE_APPLICATION)
		return store_fault_file(s->called, SQLITE_NOTADB, "", f);
	return pragma_int(s, "PRAGMA user_version", version, f);
}

static bool settle_mode(struct store *s, struct fault *f)
{
	if (s->mode != STORE_WRITE)
		return store_exec(s, "PRAGMA query_only=ON", f);
	if (sqlite3_db_readonly(s->db, "main") == 1)
		return store_fault_file(s->called, SQLITE_READONLY, "", f);
	/* A store that was put into WAL by other means comes back to the rollback journal. */
	return store_exec(s, "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE", f);
}

/* All that are open, for store_give_up. */
static struct store *opened;

/* A connection opened READONLY keeps no CHECK in memory, which is half of the schema: 0.4 of the
 * 5 MiB that a program which reads one record may take. */
static struct store *open_place(
        const char *path, int flags, const struct store_options *o, struct fault *f)
{
	sqlite3 *db = store_connect(path, flags, NULL, o->wait_seconds, f);
	if (db == NULL)
		return NULL;
	struct store *s = mem_zalloc(sizeof *s);
	s->db = db;
	s->next_open = opened;
	opened = s;
	s->path = mem_strdup(path);
	s->called = mem_strdup(o->called != NULL ? o->called : path);
	s->mode = o->mode;
	s->wait_seconds = o->wait_seconds;
	s->now = o->now;
	s->row_limit = o->row_limit > 0 ? o->row_limit : 1000000;
	s->seconds_limit = o->seconds_limit > 0 ? o->seconds_limit : 60;
	store_scope(s, o->partnership);
	store_functions(s);
	return s;
}

struct store *store_open_place(const char *path, const struct store_options *o, struct fault *f)
{
	return open_place(path, SQLITE_OPEN_READWRITE, o, f);
}

bool store_recover(struct store *s, int rc)
{
	struct fault none = { 0 };
	if (s->mode == STORE_WRITE ||
	        (rc != SQLITE_READONLY_ROLLBACK && rc != SQLITE_READONLY_RECOVERY))
		return false;
	sqlite3 *db = store_connect(s->path, SQLITE_OPEN_READWRITE, NULL, s->wait_seconds, &none);
	bool ok = db != NULL &&
	          sqlite3_exec(db, "PRAGMA schema_version", NULL, NULL, NULL) == SQLITE_OK;
	store_disconnect(db);
	return ok;
}

/* Opens the place and looks what is there; to read, without leave to write where that can be done. */
static struct store *open_known(
        const char *path, const struct store_options *o, int *version, struct fault *f)
{
	struct fault first = { 0 };
	struct store *s = NULL;
	if (o->mode != STORE_WRITE && (s = open_place(path, SQLITE_OPEN_READONLY, o, f)) == NULL)
		return NULL;
	if (s != NULL && store_version(s, version, &first) && *version >= STORE_VERSION)
		return s;
	store_close(s);
	s = store_open_place(path, o, f);
	if (s != NULL && store_version(s, version, f))
		return s;
	store_close(s);
	return NULL;
}

struct store *store_open(
        const char *path, const struct store_options *o, struct fault *warning, struct fault *f)
{
	struct stat st;
	if (stat(path, &st) != 0) {
		fault_errno(f, errno == EACCES ? STATUS_DENIED : STATUS_NOINPUT,
		        "cannot open store %s", quote(path));
		if (errno == ENOENT)
			fault_hint(f, "name another with -d, or make one with compact-init");
		return NULL;
	}
	if (!S_ISREG(st.st_mode)) {
		store_fault_file(path, SQLITE_NOTADB, "", f);
		return NULL;
	}
	if (access(path, R_OK) != 0) {
		fault_errno(f, STATUS_DENIED, "cannot open store %s", quote(path));
		return NULL;
	}
	if (!store_place_check(path, o->any_file_system, warning, f))
		return NULL;
	int version = 0;
	struct store *s = open_known(path, o, &version, f);
	if (s == NULL)
		return NULL;
	if (version > STORE_VERSION) {
		fault_set(f, STATUS_NEWER,
		        "store %s is of version %d, made by a newer release, and this one knows "
		        "%d; "
		        "install the newer release",
		        quote(path), version, STORE_VERSION);
		goto fail;
	}
	if (version < STORE_VERSION && !store_upgrade(s, version, STORE_VERSION, NULL, f))
		goto fail;
	if (!settle_mode(s, f))
		goto fail;
	if (s->mode == STORE_REPORT)
		store_guard(s);
	return s;
fail:
	store_close(s);
	return NULL;
}

static void close_queries(struct query *q)
{
	for (struct query *next; q != NULL; q = next) {
		next = q->next;
		sqlite3_finalize(q->stmt);
		mem_free(q);
	}
}

bool store_hold(struct store *s, bool on, struct fault *f)
{
	return store_exec(s, on ? "BEGIN" : "COMMIT", f);
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	store_rollback(s);
	for (struct store **p = &opened; *p != NULL; p = &(*p)->next_open)
		if (*p == s) {
			*p = s->next_open;
			break;
		}
	function_cache_free(s);
	adders_free(s);
	for (size_t i = 0; i < s->nkept; i++) {
		for (size_t id = 0; id < s->kept[i].of->n; id++)
			close_queries(s->kept[i].query[id]);
		mem_free(s->kept[i].query);
	}
	mem_free(s->kept);
	for (size_t i = 0; i < s->made_cap; i++)
		close_queries(s->made[i]);
	mem_free(s->made);
	catalogue_forget(s);
	store_disconnect(s->db);
	mem_free(s->site);
	mem_free(s->partnership);
	mem_free(s->path);
	mem_free(s->called);
	mem_free(s);
}

void store_give_up(void)
{
	for (struct store *s = opened; s != NULL; s = s->next_open) {
		sqlite3_stmt *stmt;
		if (s->within > 0)
			continue;
		if (s->journal != NULL && s->journal->session != NULL)
			sqlite3session_delete(s->journal->session);
		while ((stmt = sqlite3_next_stmt(s->db, NULL)) != NULL)
			sqlite3_finalize(stmt);
		sqlite3_close(s->db);
	}
	opened = NULL;
}

const char *store_path(const struct store *s)
{
	return s->path;
}

int64_t store_now(const struct store *s)
{
	return s->now;
}

const char *store_site(struct store *s)
{
	struct fault none = { 0 };
	if (s->site != NULL)
		return s->site;
	struct query *q = store_own(s, SQL_SITE, &none);
	if (q != NULL && query_step(q, &none) == 1) {
		s->site = mem_alloc(query_bytes(q, 0) + 1);
		memcpy(s->site, query_text(q, 0), query_bytes(q, 0) + 1);
	}
	query_done(q);
	return s->site != NULL ? s->site : "";
}
