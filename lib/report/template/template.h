/* SPDX-License-Identifier: MIT */
/* What the parts of the template language share: find.c, run.c, expand.c, block.c, rows.c, value.c,
 * plot.c. Private to lib/report. */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include "report/document.h"

#define DEPTH_MAX   8          /* includes within includes */
#define QUERIES_MAX 200000     /* of one report, all rows of each counted */
#define OUTPUT_MAX  (64 << 20) /* bytes of Markdown */
#define ROWS_MAX    100000     /* of one block */

struct pair {
	const char *name, *value; /* value NULL: null */
	const char *kind;         /* what is given names a record of it; NULL: any text */
	bool date;                /* its default is a date, so what is given must be one */
};

/* A template as read: its front matter, and its text as it stands behind that. */
struct template
{
	const char *path;
	const char *title, *about, *lang;
	const char *compare; /* "version=:from", or NULL */
	bool landscape;
	bool single;        /* of one partnership: makes no sense of all */
	struct pair *param; /* the defaults, as written */
	size_t nparam;
	const char *body;
	size_t nbody;
	long line; /* of the body's first line */
};
bool template_read(struct template *, const char *path, struct arena *, struct fault *);

/* One value of a row. */
struct value {
	char type; /* as query_value_type */
	const char *text;
	int64_t number;
	double real;
};
struct rows {
	size_t ncolumn, nrow;
	const char **name, **decltype;
	struct value *cell;
};

/* What a text is expanded with: parameters of its template, and within an each the row. */
struct frame {
	const struct template *template;
	struct pair *param;
	size_t nparam;
	const struct rows *rows; /* NULL: not within an each */
	size_t row;
	int depth;
};
struct words {
	double least;
	const char *words;
};
struct term {
	const char *from, *to;
};
struct run {
	const struct report_place *place;
	const struct report_options *options;
	struct store *store;
	struct arena *arena;
	struct document doc;
	struct buf *md; /* the text being made: doc.md or doc.old */
	struct pair builtin[8];
	size_t nbuiltin;
	bool iso_dates;
	size_t blocks, filled, queries;
	const char *folder; /* of a template given by its path: searched first for includes */
	struct report_figure *figure;
	size_t nfigure, figure_cap;
	struct words *word;
	size_t nword;
	struct term *term; /* of the glossary, the longest first; NULL: not read yet */
	size_t nterm;
	bool wants_logo;       /* a ```logo stands in the template */
	struct logo *logo;     /* the one that the store names; NULL: none */
	const char *logo_file; /* where it is */
	const char *note;      /* what the user is to be told; NULL: nothing */
};

/* "file:line" to a fault, and CONFIG for what the template itself did wrong. Always false. */
bool template_fault(const struct frame *, long line, struct fault *);

/* ---------- expanding (expand.c) ---------- */

/* The template's Markdown from text, with its first line's number, into run->md. */
bool expand_body(
        struct run *, const struct frame *, const char *text, size_t n, long line, struct fault *);
/* Another template, with its own parameters, into run->md. */
bool expand_template(struct run *, const struct template *, struct pair *param, size_t nparam,
        int depth, struct fault *);

/* ---------- {{ }} (inline.c) ---------- */

/* Running text with {{ }} filled in; plain: as bare text, for captions; else escaped for Markdown. */
bool expand_inline(struct run *, const struct frame *, const char *text, size_t n, long line,
        bool plain, struct buf *out, struct fault *);
/* The end of the expression that begins at p: its "}}" outside quotation marks; NULL: none. */
const char *expression_end(const char *p, const char *end);
/* The name of a parameter or column, and nothing else. */
bool expression_is_word(const char *text);

enum filter {
	FILTER_NONE,
	FILTER_DATE,
	FILTER_MONEY,
	FILTER_PERCENT,
	FILTER_NUMBER,
	FILTER_MARKDOWN,
	FILTER_WORDS,
	FILTER_PLAIN
};

/* ---------- blocks (block.c, block-table.c, plot.c) ---------- */

struct block {
	const char *kind; /* "table", "list", "each", "if", a chart */
	struct pair *attribute;
	size_t nattribute;
	const char *sql, *rest; /* rest: the Markdown behind ---, or NULL */
	size_t nsql, nrest;
	long line, rest_line; /* of the fence, and of rest */
};
/* "table", "list", a chart …: what stands behind ```sql. */
bool block_is_kind(const char *name, size_t n);
bool block_run(struct run *, const struct frame *, const struct block *, struct fault *);
/* An attribute's text with {{ }} filled in; NULL: it is not there. False: *f. */
bool block_attribute(struct run *, const struct frame *, const struct block *, const char *name,
        const char **out, struct fault *);
/* Refuses attributes that the block does not know, naming the nearest. */
bool block_known(const struct frame *, const struct block *, const char *const *names, size_t n,
        struct fault *);
/* What stands above a block with rows: a heading of its own, where it has one. */
bool block_heading(struct run *, const struct frame *, const struct block *, struct fault *);
/* What stands in place of a block without rows. */
bool block_empty(struct run *, const struct frame *, const struct block *, struct fault *);
/* as="COLUMN FILTER, …" as a filter for each column of the rows. */
bool block_filters(struct run *, const struct frame *, const struct block *, const struct rows *,
        enum filter *, struct fault *);
bool block_table(struct run *, const struct frame *, const struct block *, const struct rows *,
        struct fault *);
bool plot_kind(const char *name, enum chart_kind *);
bool plot_run(struct run *, const struct frame *, const struct block *, const struct rows *,
        struct fault *);
void block_break(struct buf *md); /* ends the paragraph */

/* The partnership's logo (logo.c): which it is, asked of the store; and read for the document. What is
 * no picture is left out with a note. */
bool logo_ask(struct run *, struct fault *);
void logo_read(struct run *, const struct report_helpers *);

/* The ref of the record that a parameter of a kind names, by ref or by name (named.c). False:
 * STATUS_NORECORD with the nearest. */
bool named_find(
        struct run *, const struct pair *, const char *given, const char **ref, struct fault *);

/* ---------- rows and values (rows.c, value.c) ---------- */

/* Runs SQL with the frame's parameters bound; all rows, kept in the arena. */
bool rows_read(struct run *, const struct frame *, const char *sql, size_t n, long line,
        struct rows *, struct fault *);
const struct value *rows_cell(const struct rows *, size_t row, size_t column);
/* A parameter by name: of the row, the template, the run. False: there is none. */
bool frame_find(const struct run *, const struct frame *, const char *name, const char **value);
/* The same without the row; NULL: there is none. */
const struct pair *frame_pair(const struct run *, const struct frame *, const char *name);

/* The filter of that name; false: none. */
bool filter_parse(const char *name, size_t n, enum filter *);
/* The value as words, unescaped. FILTER_MARKDOWN gives the text as it is stored. */
bool value_add(struct run *, const struct frame *, const struct value *, const char *decltype,
        enum filter, struct buf *out, struct fault *);
/* Whether a column holds numbers: by its declared type, else by every value that is there. */
bool rows_numeric(const struct rows *, size_t column);
/* The same rows without one of their columns. */
void rows_without(struct arena *, const struct rows *, size_t column, struct rows *less);
/* The settings for hiding small counts; symbol with the threshold filled in. */
bool run_policy(
        struct run *, int64_t *threshold, bool *hide_zero, const char **symbol, struct fault *);
void figure_add(struct run *, const struct frame *, long line, const char *what, const char *title,
        const char *value, size_t rows, const char *sql, size_t n);

#endif
