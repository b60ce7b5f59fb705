/* SPDX-License-Identifier: MIT */
/* A part of a change held in memory, so that its rows can be set side by side: what was removed
 * under one key and added under another is a rename. */
#ifndef STORE_PART_H
#define STORE_PART_H

#include "store/internal.h"

struct part_row {
	const struct shape *shape;
	enum row_op op;
	const char *key;              /* as in store_row */
	const char **before, **after; /* a column each; NULL: unknown or nothing */
	bool *recorded;               /* a column each: it changed */
	struct part_row *renamed;     /* of a row added: the one removed, and the other way round */
	size_t renamed_part;          /* which part of the key, as an index into shape->key */
	bool silent;                  /* a list's row that only follows its owner's rename */
};
struct part {
	struct arena *arena;
	struct part_row *row;
	struct part_row **order; /* by kind and key: SQLite keeps no order worth showing */
	size_t n, cap;
};
/* Reads one changeset into the part, whatever was in it before. */
bool part_read(struct store *, struct part *, const void *changeset, size_t n, int64_t version,
        struct fault *);
void part_free(struct part *);
/* The new key of a renamed row's old key, or the reverse. */
const char *part_key_before(const struct part *, const char *kind, const char *key);

#endif
