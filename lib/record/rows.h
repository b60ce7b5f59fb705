/* SPDX-License-Identifier: MIT */
/* Rows of a table as records: what the files of that part share. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/load.h"
#include "record/map.h"
#include "record/private.h"

enum relation {
	RELATION_NONE,
	RELATION_TO,    /* the row's kind refers to it: org.name of persons */
	RELATION_CHILD, /* a child of the row's kind: step.text of actions */
	RELATION_FROM   /* it refers to the row's kind: seat.role of persons */
};
/* A related kind that some columns fill. */
struct related {
	enum relation how;
	const char *prefix; /* as the map has it */
	struct shape *shape;
	const struct field *by; /* the reference that relates the two; NULL for children */
};
/* A field that columns or a constant fill. */
struct target {
	const char *name;              /* "due", "org.name" */
	const char *sub;               /* "name" of org.name; else the name */
	const struct related *related; /* NULL: the row's own */
	const struct field *field;
	const struct shorthand *shorthand; /* leads and the like, instead of a field */
	const size_t *column;
	size_t ncolumn;
	bool join, shared; /* shared: another target takes a column of its too */
	const char *constant;
	const struct map_field *map; /* its replacements and splitters; may be NULL */
	enum type type;
	enum date_order order;
};
struct rows {
	struct work *w;
	struct input *in;
	const struct load_options *o;
	const struct map *map;
	struct shape *shape;
	struct row *ahead; /* the first rows, kept to find headings and date orders */
	size_t nahead, at;
	const struct row *heading; /* NULL: a table without */
	struct target *target;
	size_t ntarget, ncolumn;
	bool named; /* the map names columns by their headings */
	struct related *related;
	size_t nrelated;
	struct refusals refusals;
	const char **seen; /* refs matched by name so far, a hash table */
	size_t nseen, cap_seen;
	struct row *aside; /* going on over what is refused: rows to be tried again at the end */
	size_t naside, cap_aside;
	bool again; /* which is now */
};

/* Finds the heading row and what fills what; warns of columns left out. */
bool rows_recognise(struct rows *, struct fault *);
/* What was recognised as a map. */
void rows_explain(const struct rows *, struct out *);
/* Writes one row and what is related to it; *written what became of its record. */
bool rows_write(struct rows *, const struct row *, enum written *written, struct fault *);
#endif
