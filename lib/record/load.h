/* SPDX-License-Identifier: MIT */
/* What the loading of documents (document/) and of rows (rows/) share. */
#ifndef RECORD_LOAD_H
#define RECORD_LOAD_H

#include "record/private.h"

/* Rows of a table to records of options->kind, through headings and maps (rows/load.c). Called by
 * record_load with record_defer on; the arena in w->arena may be swapped for a passing one. */
bool load_rows(struct work *, struct input *, const struct load_options *, struct load_counts *,
        struct fault *);

/* What is refused while a load goes on: told as it comes, and summed up in the end. */
struct refusals {
	struct work *work;
	const char *file;
	bool keep_going;
	size_t n;
	struct fault first;
};
/* One record is refused. False: give up, with *f filled (no room, or too many by far). */
bool refusals_add(struct refusals *, const struct fault *, struct fault *f);
/* All or nothing and something refused: false, with the one fault, or a count where several were told. */
bool refusals_end(struct refusals *, struct fault *);

#endif
