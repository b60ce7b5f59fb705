/* SPDX-License-Identifier: MIT */
/* A record being written: what its assignments say, by column, before anything is stored. */
#ifndef RECORD_DRAFT_H
#define RECORD_DRAFT_H

#include "record/private.h"

/* Children, or a shorthand for them, to be written once their record stands. */
struct child_edit {
	const struct field *field; /* NULL: a shorthand */
	const struct shorthand *shorthand;
	const struct assignment *from;
};
/* A reference that stands in for what is not there yet. */
struct waiting {
	const struct field *field;
	bool aside;
	const struct assignment *from;
};
struct draft {
	struct shape *shape;
	const char **value;             /* by column, as stored */
	bool *given;                    /* by column */
	const struct assignment **from; /* by column: what said so, or NULL */
	bool alone;                     /* a value leaves the NAME_text beside it */
	size_t nlist, nchild, nwaiting;
	struct list_edit *list;
	struct child_edit *child;
	struct waiting *waiting;
};

void draft_start(struct work *, struct shape *, size_t n, struct draft *);
/* Reads all assignments; the record's known key parts have been put in with draft_put. */
bool draft_read(struct work *, struct draft *, const struct assignment *, size_t n, struct fault *);
void draft_put(struct draft *, size_t column, const char *value, const struct assignment *);
/* One key field from the text of an address. */
bool draft_read_key(
        struct work *, struct draft *, const struct field *, const char *text, struct fault *);
/* Reads "C1/2" into the key fields, as far as it goes; parts that are known already are passed over. */
bool draft_read_address(struct work *, struct draft *, const char *ref, struct fault *);
/* The key of the draft, its last part made where that can be; *whole: it was there. */
bool draft_key(struct work *, struct draft *, const char **parts, bool *whole, struct fault *);
/* Clears what no assignment gave, contact data aside (load --replace). */
bool draft_whole(struct work *, struct draft *, struct fault *);
/* To a fault of SQLite's about a field: the value, and the line that gave it. */
void draft_blame(struct work *, const struct draft *, struct fault *);

/* ---------- its row (draftrow.c) ---------- */

/* An empty value is the default where the column must have one. */
void draft_defaults(struct draft *, bool added);
/* A period without its days gets those of the session. */
bool draft_period(struct work *, struct draft *, struct fault *);
/* "status=done" by hand was done today, unless a day is given or known. */
void draft_move(struct work *, struct draft *, const char *const *old);
/* Faults for fields without a value that need one, all of them at once. */
bool draft_complete(const struct draft *, struct fault *);
bool draft_insert(struct work *, struct draft *, struct fault *);
/* Writes what differs from the old values; parts: the key it has until now. */
bool draft_update(struct work *, struct draft *, const char *const *parts, const char *const *old,
        struct fault *);

#endif
