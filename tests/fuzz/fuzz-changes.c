/* SPDX-License-Identifier: MIT */
/*
 * Changesets: whatever bytes stand in the journal, history can be read and undo takes them back or refuses. A refused
 * undo has changed nothing; one that is done leaves a whole store whose references all find something.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/internal.h"

static char path[64];
static struct store *store;

static const char rows[] =
        "INSERT INTO partnership (ref, name) VALUES ('here', 'Here');"
        "INSERT INTO aim (partnership, ref, number, text) VALUES ('here', '1', '1', 'work "
        "together');"
        "INSERT INTO org (partnership, ref, name) VALUES ('here', 'council', 'Council');"
        "INSERT INTO person (partnership, ref, name, org) VALUES ('here', 'ann', 'Ann Example', "
        "'council');"
        "INSERT INTO action (partnership, ref, title, status, due)"
        " VALUES ('here', 'A1', 'Publish', 'open', '2026-11-30'), ('here', 'A2', 'Review', 'done', "
        "NULL);"
        "INSERT INTO lead (partnership, action, number, person) VALUES ('here', 'A1', 1, 'ann');"
        "INSERT INTO action__aims (partnership, action, item) VALUES ('here', 'A1', '1');"
        "INSERT INTO store_change (site, seq, made_at, made_by, program, command, summary, schema, "
        "parts)"
        " SELECT site, 1, '2026-11-20T12:00:00Z', 'fuzz', 'fuzz', 'fuzz', 'fuzz', 1, 1 FROM "
        "store_site;";

static void sql(const char *text)
{
	char *why = NULL;

	if (sqlite3_exec(store->db, text, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "%s: %s\n", text, why);
		abort();
	}
}

static void fresh(void)
{
	struct store_options o = { .mode = STORE_WRITE, .now = TIME_NONE, .wait_seconds = 1 };
	struct fault f = { 0 };

	store_close(store);
	unlink(path);
	store = store_create(path, &o, &f);
	if (store)
		store_close(store);
	store = store_open(path, &o, NULL, &f);
	if (!store)
		abort();
	sql("PRAGMA synchronous=OFF");
	sql(rows);
}

static void clean_up(void)
{
	store_close(store);
	unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	snprintf(path, sizeof path, "/dev/shm/fuzz-changes-%ld.db", (long)getpid());
	if (access("/dev/shm", W_OK) != 0)
		snprintf(path, sizeof path, "fuzz-changes-%ld.db", (long)getpid());
	fresh();
	atexit(clean_up);
	return 0;
}

static void hold(const uint8_t *data, size_t size)
{
	sqlite3_stmt *st;

	sql("DELETE FROM store_part; DELETE FROM store_change WHERE seq > 1; DELETE FROM "
	    "store_row");
	if (sqlite3_prepare_v2(store->db,
	            "INSERT INTO store_part (site, seq, part, changeset) SELECT site, 1, 1, ?1 "
	            "FROM store_site",
	            -1, &st, NULL) != SQLITE_OK)
		abort();
	sqlite3_bind_blob(st, 1, data, (int)size, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		abort();
	sqlite3_finalize(st);
}

static bool any_line(void *arg, const struct change_line *line)
{
	(void)arg;
	if (!line->kind || !line->key)
		abort();
	return true;
}

/* A statement that must give no row, or the one word "ok". */
static void nothing_wrong(const char *text)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(store->db, text, -1, &st, NULL) != SQLITE_OK)
		abort();
	while (sqlite3_step(st) == SQLITE_ROW)
		if (strcmp((const char *)sqlite3_column_text(st, 0), "ok") != 0)
			abort();
	sqlite3_finalize(st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct change_info info = { .by = "fuzz", .program = "fuzz", .command = "undo" };
	struct history_filter all = { 0 };
	struct fault f = { 0 };
	int64_t seq = 1, made = 0;
	int before;

	hold(data, size);
	store_history(store, &all, any_line, NULL, &f);
	fault_clear(&f);
	before = sqlite3_total_changes(store->db);
	if (!store_undo(store, &seq, 1, &info, false, &made, any_line, NULL, &f)) {
		if (f.status == STATUS_OK || store_in_change(store))
			abort();
		return 0;
	}
	nothing_wrong("PRAGMA foreign_key_check");
	nothing_wrong("PRAGMA quick_check");
	if (sqlite3_total_changes(store->db) != before)
		fresh();
	return 0;
}
