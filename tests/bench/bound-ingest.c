/* SPDX-License-Identifier: MIT */
/*
 * bound-ingest DB FILE: reads a CSV of notices, checks dates and numbers, and puts the good rows into a plain table with a
 * unique key, in one transaction. The least an ingest has to do; no employers, flags, areas, incidents, journal.
 */
#include <sqlite3.h>
#include <stdio.h>

#include "split.h"

enum { COLUMNS = 15, RECEIVED = 6, LAST = 9, EMPLOYED = 10, PROPOSED = 11 };

static int digits(const char *p, int n)
{
	int value = 0;

	for (; n > 0; n--, p++) {
		if (*p < '0' || *p > '9')
			return -1;
		value = 10 * value + *p - '0';
	}
	return value;
}

/* yyyy-mm-dd, or dd/mm/yyyy to that in place; false: no day. */
static bool day(char *text)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool iso = text[0] && text[1] && text[2] && text[3] && text[4] == '-';
	int y = digits(iso ? text : text + 6, 4), m = digits(iso ? text + 5 : text + 3, 2),
	    d = digits(iso ? text + 8 : text, 2);

	if (y < 1900 || m < 1 || m > 12 || d < 1 || d > days[m - 1] ||
	        (m == 2 && d == 29 && (y % 4 || (y % 100 == 0 && y % 400))))
		return false;
	if (!iso) {
		char was[10];
		memcpy(was, text, sizeof was);
		memcpy(text, was + 6, 4);
		memcpy(text + 5, was + 3, 2);
		memcpy(text + 8, was, 2);
		text[4] = text[7] = '-';
	}
	return true;
}

static bool whole(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

static bool good(struct split *s)
{
	if (s->n != COLUMNS || !*s->cell[0] || !*s->cell[1] || !whole(s->cell[EMPLOYED]) ||
	        !whole(s->cell[PROPOSED]))
		return false;
	for (int i = RECEIVED; i <= LAST; i++)
		if (strlen(s->cell[i]) != 10 || !day(s->cell[i]))
			return false;
	return true;
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
	        "TEXT NOT NULL, company TEXT, site TEXT, postcode TEXT, council TEXT, received "
	        "TEXT, started TEXT, first TEXT, last TEXT, employed INTEGER, proposed INTEGER, "
	        "reasons TEXT, \"union\" TEXT, contact TEXT, UNIQUE (reference)) STRICT; BEGIN",
	        NULL, NULL, NULL);
	if (sqlite3_prepare_v2(db,
	            "INSERT OR IGNORE INTO notice VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &st,
	            NULL))
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
