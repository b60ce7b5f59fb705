/* SPDX-License-Identifier: MIT */
/* Rows of a table as records: what the files of that part share. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/load.h"
#include "record/headings/map.h"
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
	size_t whose; /* the column, from 1, that names the partnership of each row; 0: none */
	bool named;   /* the map names columns by their headings */
	struct related *related;
	size_t nrelated;
	struct refusals refusals;
	const char **seen; /* refs matched by name so far, a hash table */
	size_t nseen, cap_seen;
	struct row *aside; /* going on over what is refused: rows to be tried again at the end */
	size_t naside, cap_aside;
	bool again; /* which is now */
};

/* Fields gathered for one record. */
struct fields {
	struct assignment *all;
	size_t n;
};

/* ---------- cells as values (cells.c) ---------- */

/* The cell trimmed, "" where there is none. */
const char *row_cell(struct work *, const struct row *, size_t column);
/* The target's text in this row: cells, replacements, the constant; NULL: nothing there. */
const char *row_text(struct rows *, const struct target *, const struct row *);
/* Dates in the order of their column as ISO; what is no date is left for the checks that follow. */
const char *row_value(struct rows *, const struct target *, const char *text);
/* Where a column fills several fields: typed ones take what suits them, texts the rest. */
bool row_takes(struct rows *, const struct target *, const struct row *, const char *text);
/* A cell cut by its map's splitters; *n of them. */
const char **row_items(struct rows *, const struct target *, const char *text, size_t *n);
struct node *row_text_node(struct arena *, const char *text, long line);
struct node *row_list_node(struct arena *, const char *const *items, size_t n, long line);
/* Whether records of the kind are made where they are missing. */
bool row_may_make(const struct rows *, const char *kind);
/* Adds an assignment, to be filled in. */
struct assignment *row_put(struct rows *, struct fields *to, const char *field, long line);
/* What the target says of the row's own record. */
bool row_put_own(struct rows *, const struct target *, const struct row *, struct fields *to,
        struct fault *);
const char *row_given(const struct fields *, const char *name); /* NULL: it is not */

/* ---------- related records (related.c) ---------- */

/* The record that is there and is to be changed. */
void row_address(struct writing *to, const struct shape *, const char *const *parts);
/* org.name: found or made, its other fields set; *ref what the row refers to, NULL: nothing given. */
bool row_write_to(struct rows *, const struct related *, const struct row *, const char **ref,
        struct fault *);
/* step.text: the row's children of that kind; NULL without a fault: none given. */
struct node *row_children(
        struct rows *, const struct related *, const struct row *, struct fault *);
/* seat.role: the record that refers to the row and agrees in the other references, else a new one. */
bool row_write_from(
        struct rows *, const struct related *, const struct row *, const char *own, struct fault *);

/* ---------- what names mean (target.c) ---------- */

/* Settles what a name means; false: it is no field. */
bool target_set(struct rows *, struct target *, const char *name, struct fault *);
/* What else tables call the field, NULL-terminated; NULL: nothing. */
const char *const *target_synonyms(const struct kind *, const char *field);

/* ---------- rows as records (recognise.c, explain.c, find.c) ---------- */

/* Finds the heading row and what fills what; warns of columns left out. */
bool rows_recognise(struct rows *, struct fault *);
/* What was recognised as a map. */
void rows_explain(const struct rows *, struct out *);
/* Writes one row and what is related to it; *written what became of its record. */
bool rows_write(struct rows *, const struct row *, enum written *written, struct fault *);

#endif
