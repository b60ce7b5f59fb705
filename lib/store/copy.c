/* SPDX-License-Identifier: MIT */
/* Copies while others write, the check of what is there, and the squeezing out of what was erased. */
#include "store/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_PAGES = 2048, COPY_RESTARTS = 3 };

/* Page by page with pauses for writers. Every write by others begins it anew: after a few of those
 * the rest is copied in one go, and writers wait. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (b == NULL)
		return sqlite3_extended_errcode(to);
	int rc, left = -1, restarts = 0;
	do {
		rc = sqlite3_backup_step(b, restarts < COPY_RESTARTS ? COPY_PAGES : -1);
		int now = sqlite3_backup_remaining(b);
		restarts += left >= 0 && now >= left && rc == SQLITE_OK;
		left = now;
	} while (rc == SQLITE_OK);
	int end = sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? end : rc;
}

static bool check_copy(sqlite3 *db, const char *path, struct fault *f)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
	bool sound = rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
	             str_equal((const char *)sqlite3_column_text(stmt, 0), "ok");
	sqlite3_finalize(stmt);
	return sound || fault_set(f, STATUS_IO,
	                        "the copy at %s is not sound; check that disk and the store, "
	                        "with compact-check",
	                        quote(path));
}

bool store_copy(sqlite3 *from, const char *source, const char *to, struct fault *f)
{
	/* "unix-none": the copy is ours alone, and network drives may have no locks to give. */
	sqlite3 *db = store_connect(to, SQLITE_OPEN_READWRITE, "unix-none", 0, f);
	if (db == NULL)
		return false;
	int rc = sqlite3_exec(db, "PRAGMA journal_mode=OFF", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = copy_pages(from, db);
	bool ok = rc == SQLITE_OK;
	if (!ok)
		store_fault_file(
		        (rc & 0xff) == SQLITE_BUSY ? source : to, rc, sqlite3_errstr(rc), f);
	ok = ok && check_copy(db, to, f);
	store_disconnect(db);
	return ok;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool store_backup(struct store *s, const char *to, struct fault *f)
{
	struct stat st;
	if (same_file(s->path, to))
		return fault_set(f, STATUS_USAGE,
		        "%s is the store itself; give the backup another name", quote(to));
	if (stat(to, &st) == 0 && !S_ISREG(st.st_mode))
		return fault_set(f, STATUS_CANTCREATE,
		        "%s is no plain file; give the name of a file", quote(to));
	char *beside = place_is_free(to, f) ? file_beside(to, f) : NULL;
	if (beside == NULL)
		return false;
	s->trusted++;
	bool ok = store_copy(s->db, s->path, beside, f);
	s->trusted--;
	if (ok && rename(beside, to) != 0)
		ok = fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(to));
	if (ok)
		ok = folder_sync(to, f);
	else
		file_drop(beside);
	litter_keep(beside);
	mem_free(beside);
	return ok;
}

/* ---------- the check ---------- */

struct finding {
	void (*found)(void *, const char *);
	void *arg;
};

static bool tell_broken(void *finding, const struct broken *b)
{
	struct finding *to = finding;
	struct fault f = { 0 };
	struct buf text = { 0 };
	broken_fault(b, &f);
	if (b->partnership != NULL)
		buf_addf(&text, "%s: ", b->partnership);
	buf_adds(&text, f.text);
	to->found(to->arg, buf_text(&text));
	buf_free(&text);
	return true;
}

/* By a connection of its own: one that only reads knows no CHECK. */
static bool file_integrity(struct store *s, const struct finding *to, struct fault *f)
{
	struct store *whole = store_open_place(s->path,
	        &(struct store_options){ .wait_seconds = s->wait_seconds, .now = s->now }, f);
	if (whole == NULL)
		return false;
	struct query *q = store_prepare(whole, "PRAGMA integrity_check(1000)", f);
	int rc = q != NULL ? 0 : -1;
	while (q != NULL && (rc = query_step(q, f)) == 1)
		if (strcmp(query_text(q, 0), "ok") != 0)
			to->found(to->arg, query_text(q, 0));
	query_done(q);
	store_close(whole);
	return rc == 0;
}

bool store_integrity(
        struct store *s, void (*found)(void *, const char *), void *arg, struct fault *f)
{
	struct finding to = { found, arg };
	const char *const *tables = file_integrity(s, &to, f) ? store_tables(s, f) : NULL;
	bool ok = tables != NULL;
	for (size_t i = 0; ok && tables[i] != NULL; i++)
		ok = store_broken(s, tables[i], NULL, SIZE_MAX, tell_broken, &to, f);
	return ok;
}

bool store_vacuum(struct store *s, struct fault *f)
{
	return store_exec(s, "VACUUM", f);
}
