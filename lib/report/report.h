/* SPDX-License-Identifier: MIT */
/*
 * report: reports as Markdown with SQL in it, and the documents made of them.
 *
 * A template is looked for in folders, run against a store that only gives, and becomes one text,
 * which is then written as Markdown, text, HTML, ODT, PDF or troff. Nothing is printed here.
 */
#ifndef REPORT_H
#define REPORT_H

#include "base/base.h"
#include "io/io.h"
#include "store/store.h"

/* ---------- formats ---------- */

enum report_format { REPORT_MD, REPORT_TEXT, REPORT_HTML, REPORT_ODT, REPORT_PDF, REPORT_MS };
bool report_format_parse(const char *name, enum report_format *);

/* Programs that are run as children, by full path; NULL: looked for where the system has them. */
struct report_helpers {
	const char *groff, *rsvg_convert;
};

/* ---------- finding templates (find.c) ---------- */

/* Folders in the order in which they are searched; NULL-terminated. */
struct report_place {
	const char *const *folders;
	const char
	        *words; /* the file with the words for shares; NULL: {{ … | words }} is a fault */
};
/* The file of a report: `name` with a slash is a path; else NAME or NAME.md in the folders. NULL:
 * STATUS_NOINPUT, with the nearest names. */
const char *report_find(
        const struct report_place *, const char *name, struct arena *, struct fault *);
/* Every report once, the first in the search path, sorted by name. Files that are only included (no
 * `about`) are left out. A template that cannot be read is told with about NULL. */
struct report_entry {
	const char *name, *about, *path;
};
const struct report_entry *report_list(
        const struct report_place *, struct arena *, size_t *n, struct fault *);

/* The parameters of one report in its order (parameters.c). NULL: as report_find, or STATUS_CONFIG. */
struct report_parameter {
	const char *name;
	const char *takes; /* a kind of record, "date", "text", or the words there are */
	const char *value; /* the default as written, "" for none; NULL: query gives it */
	const char *query;
};
const struct report_parameter *report_parameters(
        const struct report_place *, const char *name, struct arena *, size_t *n, struct fault *);

/* ---------- running (run.c) ---------- */

struct report_options {
	struct store *store;      /* opened with STORE_REPORT */
	const char *partnership;  /* NULL: all */
	const char *const *given; /* NAME=VALUE operands */
	size_t ngiven;
	int columns; /* the width of the terminal that text is for; 0: none, 80 */
};
/* One figure of a report: a value, a table, a list or a chart, with the query behind it. */
struct report_figure {
	const char *place; /* file:line */
	const char *what;  /* "value", "table", "list", "each", "bars" … */
	const char *title; /* caption of a table or chart, or NULL */
	const char *value; /* what a {{ }} printed; else NULL */
	int64_t rows;      /* how many rows the query gave */
	const char *query;
};
struct report;
/* Runs a template; all its queries see one state of the store, which may be closed afterwards. NULL on a fault: STATUS_CONFIG with file and line for what is wrong with it,
 * STATUS_USAGE for parameters it does not know, the store's own otherwise. */
struct report *report_run(const struct report_place *, const char *name,
        const struct report_options *, struct fault *);
void report_free(struct report *);
/* Whether every table, list, each and chart was without rows; false too when it has none of them. */
bool report_empty(const struct report *);
const struct report_figure *report_figures(const struct report *, size_t *n);
/* Appends the report as a document. For odt, pdf charts are made into pictures by rsvg-convert, PDF
 * itself by groff: STATUS_HELPER when one is missing. */
bool report_write(struct report *, enum report_format, const struct report_helpers *,
        struct buf *out, struct fault *);
/* What the user is to be told of the report, such as a logo that is missing or letters that the PDF
 * cannot show; NULL: nothing. After report_write. */
const char *report_note(const struct report *);

#endif
