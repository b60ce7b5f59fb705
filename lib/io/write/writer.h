/* SPDX-License-Identifier: MIT */
/* Private to io: what the writers have in common. */
#ifndef IO_WRITER_H
#define IO_WRITER_H

#include "io/io.h"

/* A cell of the row being made: text is at offset `at` of the row's texts; the items of a list, each
 * with its NUL, one after the other. */
struct made_cell {
	size_t at, n;
	bool known; /* false: NULL was given */
	bool list;
};

enum { TREE_DEPTH_MAX = 64 };

struct writer {
	enum format format;
	struct out *out;
	struct writer_look look;

	/* tables */
	struct arena *arena;
	struct out_column *column;
	size_t column_n;
	bool table;
	struct buf texts;
	struct made_cell *cell;
	size_t cell_n; /* made of the row so far */
	size_t rows;
	struct buf line;     /* a line being put together */
	struct sheet *sheet; /* table.c: rows held back until the widths are known */
	struct buf seen;     /* delimited.c: addresses written so far */

	/* trees */
	struct {
		bool list, empty, compact;
	} level[TREE_DEPTH_MAX];
	int depth;         /* open collections */
	int too_deep;      /* those beyond the limit, which are left out */
	bool begun;        /* something of the YAML document was written */
	bool root_implied; /* the document's map was opened by its first key */
	bool many;         /* writer_document was called */

	struct fault fault; /* what close will tell */
};

/* A row is complete: text of cell i. NULL where unknown. */
const char *made_text(const struct writer *, size_t i, size_t *n);

/* delimited.c */
void delimited_heading(struct writer *, char sep);
void delimited_cell(struct writer *, const char *text, size_t n, char sep);
void refs_row(struct writer *);
void addresses_row(struct writer *);

/* fit.c */
enum { FIT_GAP = 2 }; /* blanks between two columns */
struct fit_column {
	int width; /* of its widest line; after fit_columns: that it gets */
	int cells; /* of the widest line in its cells */
	int least; /* of its widest word */
	int heading; /* of the widest thing in it that must not be broken: a word of its heading, a number */
	long area; /* of all lines of its cells together */
};
/* Begins a column with its heading, then takes each cell into account. */
void fit_heading(struct fit_column *, const char *name);
void fit_cell(struct fit_column *, const char *text, bool number);
/* Sets the widths so that n columns stand within a line; false: they cannot. */
bool fit_columns(struct fit_column *, size_t n, int columns, struct arena *);
/* The next line of a text within a width (0: any): its length, and *next where the one after begins. */
size_t fit_line(const char *text, int width, const char **next);

/* table.c */
void text_row(struct writer *);
void text_close(struct writer *);
void md_row(struct writer *);

/* tree.c */
void tree_open(struct writer *, const char *key, bool list, bool compact);
void tree_value(struct writer *, const char *key, const char *text, size_t n, enum value_kind);
void tree_end(struct writer *);
void tree_document(struct writer *);
void tree_close(struct writer *);

/* scalar.c */
void yaml_add_scalar(struct buf *, const char *text, size_t n, enum value_kind, int indent);
void json_add_scalar(struct buf *, const char *text, size_t n, enum value_kind);

#endif
