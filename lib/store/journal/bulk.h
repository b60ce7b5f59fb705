/* SPDX-License-Identifier: MIT */
/* Rows added in bulk, as they are written down (bulk.c) and put into their table (pour.c). Private to this folder. */
#ifndef STORE_BULK_H
#define STORE_BULK_H

#include "store/internal.h"

/* How a changeset marks a value; before the values of a row stand what was done and by whom. */
enum { VALUE_INTEGER = 1, VALUE_TEXT = 3, VALUE_NOTHING = 5, ADDED_HEAD = 2 };

struct value {
	const char *text; /* NULL: an integer, or nothing */
	size_t n;
	int64_t integer;
	char mark; /* 0: not set */
};
struct adder {
	struct store *store;
	struct adder *next;
	const struct table *table;
	sqlite3_stmt *stmt;
	struct value *value;  /* a column each */
	struct buf rows;      /* added since the last part */
	size_t poured;        /* how much of them stands in the table */
	size_t run, standing; /* rows of this change: all, and those in the table */
};

/* The statement that pours the adder's rows. */
bool adder_prepare(struct adder *, struct fault *);

#endif
