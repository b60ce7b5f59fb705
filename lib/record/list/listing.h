/* SPDX-License-Identifier: MIT */
/* What the parts of a listing hand to one another: a query made from the catalogue, and how its values
 * become cells. */
#ifndef RECORD_LISTING_H
#define RECORD_LISTING_H

#include "record/list/where.h"

/* How a column of the query becomes a cell. */
enum cell_form {
	CELL_AS_IT_IS,
	CELL_PENCE,
	CELL_BOOL,
	CELL_REAL,
	CELL_TIME,
	CELL_LIST,  /* items of a set, in their natural order */
	CELL_ITEMS, /* items in the order of their rows */
	CELL_TOLD   /* a view's expression, for people: its own look tells a time */
};
struct listing {
	struct work *w;
	const struct kind *kind; /* or a view read as one */
	const struct kind *base; /* the kind asked for, whose lists and shorthands a table has */
	bool whose;              /* the column partnership goes first */
	struct out_column *column;
	enum cell_form *form;
	size_t n;
	struct buf select;
	struct where where;
	struct buf order;         /* by what the user asks for */
	struct buf key;           /* and then by this */
	const struct column **by; /* the columns of the first */
	size_t nby;
	bool keyed; /* the first comes to the key, which follows and settles the rest */
	bool ties;  /* SQLite sorts by the first alone; the second is seen to by ties.c */
};
/* Between the items of a cell as the query gives them: no text may hold it. */
#define ITEM_END "\x1F"

/* Which columns: those asked for, or all, or for people those the schema marks (columns.c). */
bool listing_columns(struct listing *, const struct list_query *, enum look, struct fault *);
/* The address, "C1/2", of records with several key parts; the ref of others. */
void listing_address(struct listing *);
/* Which rows, and in what order (rows.c). */
bool listing_rows(struct listing *, const struct list_query *, struct fault *);
bool listing_order(struct listing *, const struct list_query *, struct fault *);
/* A row to the writer (cells.c). */
void listing_put(const struct listing *, struct writer *, const struct stored *);

/* ---------- rows that are equal in what is sorted by (ties.c) ---------- */

struct ties {
	const struct listing *g;
	struct arena *arena;
	struct tied *row;
	size_t n, cap, bytes;
};
/* Whether the key can be seen to here; if so its columns join the query, behind those that are shown. */
bool ties_wanted(struct listing *);
/* How many values a row of the query has then. */
size_t ties_values(const struct listing *);
void ties_start(struct ties *, const struct listing *);
/* Whether the row is equal to those that are held. */
bool ties_same(const struct ties *, const struct stored *);
/* False: more than should be held in memory. */
bool ties_hold(struct ties *, const struct stored *);
/* The rows that are held, in the order of their keys, one by one from i = 0; NULL: no more. */
const struct stored *ties_next(struct ties *, size_t i);
void ties_drop(struct ties *); /* those that are held */
void ties_stop(struct ties *);

#endif
