/* SPDX-License-Identifier: MIT */
/*
 * bound-ingest DB FILE: reads a CSV of notices, checks dates and numbers, and puts the good rows into a plain table with a
 * unique key, in one transaction. The least an ingest has to do; no employers, areas, incidents, journal.
 */
#include <sqlite3.h>
#include <stdio.h>

#include "split.h"

enum { COLUMNS = 10, RECEIVED = 5, EMPLOYED = 6, PROPOSED = 7, FIRST = 8 };

/* dd/mm/yyyy to yyyy-mm-dd in place; false: no day. */
static bool day(char *text)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int d, m, y;
	char iso[32];

	if (strlen(text) != 10 || sscanf(text, "%2d/%2d/%4d", &d, &m, &y) != 3 || m < 1 || m > 12 ||
	        d < 1 || d > days[m - 1] ||
	        (d == 29 && m == 2 && (y % 4 || (y % 100 == 0 && y % 400))))
		return false;
	snprintf(iso, sizeof iso, "%04d-%02d-%02d", y, m, d);
	memcpy(text, iso, 11);
	return true;
}

static bool whole(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

static bool good(struct split *s)
{
	return s->n == COLUMNS && *s->cell[0] && *s->cell[1] && day(s->cell[RECEIVED]) &&
	       whole(s->cell[EMPLOYED]) && whole(s->cell[PROPOSED]) && day(s->cell[FIRST]);
}

int main(int argc, char **argv)
{
	struct split s = { 0 };
	sqlite3 *db;
	sqlite3_stmt *st;
	unsigned long read = 0, taken = 0, twice = 0;

	if (argc != 3)
		return 64;
	unlink(argv[1]);
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open(argv[1], &db) || !split_open(&s, argv[2]) || !split_next(&s))
		return 1;
	sqlite3_exec(db,
	        "PRAGMA page_size=16384; CREATE TABLE notice (reference TEXT NOT NULL, employer "
	        "TEXT NOT NULL, site TEXT,"
	        " council TEXT, postcode TEXT, received TEXT, employed INTEGER, proposed INTEGER, "
	        "first TEXT, contact TEXT,"
	        " UNIQUE (reference)) STRICT; BEGIN",
	        NULL, NULL, NULL);
	if (sqlite3_prepare_v2(
	            db, "INSERT OR IGNORE INTO notice VALUES (?,?,?,?,?,?,?,?,?,?)", -1, &st, NULL))
		return 1;
	while (split_next(&s)) {
		read++;
		if (!good(&s))
			continue;
		for (int i = 0; i < COLUMNS; i++)
			if (i == EMPLOYED || i == PROPOSED)
				sqlite3_bind_int(st, i + 1, atoi(s.cell[i]));
			else
				sqlite3_bind_text(st, i + 1, s.cell[i], -1, SQLITE_STATIC);
		if (sqlite3_step(st) != SQLITE_DONE)
			return 1;
		sqlite3_changes(db) ? taken++ : twice++;
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) || sqlite3_close(db))
		return 1;
	printf("%lu read, %lu taken, %lu twice\n", read, taken, twice);
	return 0;
}
