/* SPDX-License-Identifier: MIT */
/*
 * bound-sql DB SQL [PRAGMA ...]: the least a program can do that runs one statement on a store: open, prepare,
 * step, print rows parted by tabs, close. What our programs do beside it is what they cost.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static char buffer[1 << 16];

static int failed(sqlite3 *db)
{
	fprintf(stderr, "bound-sql: %s\n", sqlite3_errmsg(db));
	return 1;
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	int step, write;

	if (argc < 3)
		return 64;
	write = strncmp(argv[2], "SELECT", 6) != 0;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	if (sqlite3_open_v2(
	            argv[1], &db, write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, NULL))
		return failed(db);
	for (int i = 3; i < argc; i++)
		if (sqlite3_exec(db, argv[i], NULL, NULL, NULL))
			return failed(db);
	if (sqlite3_prepare_v2(db, argv[2], -1, &st, NULL))
		return failed(db);
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		int n = sqlite3_column_count(st);
		for (int i = 0; i < n; i++) {
			const char *text = (const char *)sqlite3_column_text(st, i);
			fwrite_unlocked(
			        text ? text : "", 1, (size_t)sqlite3_column_bytes(st, i), stdout);
			putc_unlocked(i + 1 < n ? '\t' : '\n', stdout);
		}
	}
	if (step != SQLITE_DONE || sqlite3_finalize(st) || sqlite3_close(db))
		return failed(db);
	return 0;
}
