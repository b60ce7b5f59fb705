/* SPDX-License-Identifier: MIT */
/* SQL that users write may read kinds, lists and views, and nothing else, for so long and so much. */
#include "store/internal.h"

#include <string.h>
#include <time.h>

int64_t store_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Private tables stay shut whichever way they are reached; the journal opens only through views. */
static bool may_read(const char *table, const char *view)
{
	if (table == NULL)
		return true;
	if (str_ends(table, "_private") || strstr(table, "_private__") != NULL)
		return false;
	return view != NULL || !str_starts(table, "store_");
}

static int authorize(void *store, int action, const char *first, const char *second,
        const char *database, const char *view)
{
	const struct store *s = store;
	(void)database;
	if (s->trusted > 0)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		return may_read(first, view) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_FUNCTION:
		return strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

static int check_time(void *store)
{
	const struct store *s = store;
	return s->deadline > 0 && store_clock() > s->deadline;
}

void store_guard(struct store *s)
{
	sqlite3_limit(s->db, SQLITE_LIMIT_EXPR_DEPTH, 100);
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, 64 << 20);
	sqlite3_limit(s->db, SQLITE_LIMIT_COMPOUND_SELECT, 50);
	sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_set_authorizer(s->db, authorize, s);
	sqlite3_progress_handler(s->db, 20000, check_time, s);
}
