/* SPDX-License-Identifier: MIT */
/*
 * document: one Markdown text with placed objects (looks of tables, charts), and what is made of it.
 *
 * Private to lib/report and its tests. The Markdown holds marks: U+E000 NAME U+E001, alone in a
 * paragraph. They cannot be forged: document_clean takes the two code points out of every text that
 * comes from a template or the store. liblowdown parses the Markdown; tree.c works on its tree; its
 * renderers write the body, and fill.c puts our own output where marks stand.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "report/report.h"

#define MARK_OPEN  "\xee\x80\x80"
#define MARK_CLOSE "\xee\x80\x81"

/* ---------- tables ---------- */

/* What Markdown cannot say about the table that follows the mark. */
struct table_look {
	const char *caption; /* NULL: none */
	const int *width;    /* shares of the line in per cent, or NULL: by content */
	size_t nwidth;
	bool total;     /* the last row is a total */
	bool landscape; /* stands on pages turned sideways */
	bool numbers;   /* the numbers behind the chart before it */
};

/* ---------- charts (chart.c and its neighbours) ---------- */

enum chart_kind {
	CHART_BARS,    /* labels down, bars across */
	CHART_COLUMNS, /* labels across, bars up */
	CHART_LINES,
	CHART_STACK,  /* one bar a label, a segment a series */
	CHART_LIKERT, /* segments around a neutral centre */
	CHART_GANTT
};
enum chart_tone { TONE_POSITIVE, TONE_NEUTRAL, TONE_NEGATIVE, TONE_ASIDE };

struct chart_span {
	day_t start, finish; /* the same day: a milestone; DAY_NONE: unknown */
	bool done;
	const char *note; /* NULL: none */
};
/* value[label * nseries + series]; NAN is unknown and drawn as a gap, never as nought. */
struct chart {
	enum chart_kind kind;
	const char *title;
	const char *unit;    /* "%", "£" or NULL: put to each number */
	const char *heading; /* of the labels, in the table of numbers */
	size_t nlabel, nseries;
	const char **label, **series;
	double *value;
	const enum chart_tone *tone;   /* LIKERT: one a series */
	const struct chart_span *span; /* GANTT: one a label */
	day_t today;                   /* GANTT: the line of today */
	bool counted_below;            /* a table of the report's own has the numbers */
};
/* The chart as SVG. inlined: for an HTML page, coloured by the page's style sheet (light and dark)
 * and described by ids made of `id`; else self-contained, for a picture. */
void chart_svg(const struct chart *, bool inlined, size_t id, struct buf *out);
/* Its size on the page, in CSS pixels (96 an inch). */
void chart_size(const struct chart *, double *width, double *height);
/* Block characters, lines of at most `columns`. */
void chart_text(const struct chart *, int columns, struct buf *out);
/* Whether chart_text says every number, so that no table need follow. */
bool chart_text_complete(const struct chart *);
/* The numbers as a Markdown table, appended. */
void chart_numbers(const struct chart *, struct buf *out);
/* One sentence that says what the chart shows, appended as plain text. */
void chart_describe(const struct chart *, struct buf *out);
/* A number as charts and their tables print it, with its unit. */
void chart_add_number(struct buf *, double, const char *unit);

/* ---------- the logo (logo.c) ---------- */

/* A PNG or JPEG picture that stands before everything else. */
struct logo {
	const char *path; /* as the store has it */
	const char *alt;  /* what it says: the partnership's name */
	const char *type; /* "image/png" or "image/jpeg" */
	const char *bytes;
	size_t n;
	double width, height; /* on the page, in CSS pixels */
};
/* The same as base64, appended. */
void logo_add_base64(const struct logo *, struct buf *out);

/* ---------- the document ---------- */

struct object {
	const struct table_look *table; /* one of the two */
	const struct chart *chart;
};
struct document {
	struct arena *arena;
	const char *title; /* of the page and the file */
	const char *lang;
	int columns;             /* of text; 0: as many as a mail has */
	day_t today;             /* the date in the file's own description */
	bool landscape;          /* all its pages lie */
	const struct logo *logo; /* NULL: none */
	struct buf md;           /* Markdown with marks */
	struct buf old;          /* of the version compared with; empty: none */
	bool *letters; /* for document_ms: which letters of fonts.h were needed; NULL: none can be had */
	size_t nletters;
	size_t unshown;         /* characters the PDF's fonts lack, after document_pdf */
	uint32_t unshown_first; /* the first of them */
	struct object *object;
	size_t nobject, cap;
};
void document_start(struct document *, struct arena *);
void document_finish(struct document *);
/* Puts a mark for the object into the text `md` (doc->md or doc->old), as a paragraph. */
void document_mark_table(struct document *, struct buf *md, const struct table_look *);
void document_mark_chart(struct document *, struct buf *md, const struct chart *);

/* Text for Markdown. clean: marks and control characters out (tab and line ends stay), what is not
 * UTF-8 as U+FFFD. escape: cleaned, and nothing in it means anything to Markdown or HTML; line ends
 * become blanks, or <br> where lines are kept. */
void markdown_add_clean(struct buf *, const char *text, size_t n);
bool markdown_is_clean(const char *text, size_t n); /* clean would change nothing */
void markdown_add_escaped(struct buf *, const char *text, bool keep_lines);
/* A table's heading: liblowdown counts even an escaped pipe in the first row as a column's end, so a
 * broken bar stands for it. */
void markdown_add_heading(struct buf *, const char *text);
/* Words within a line, nothing trimmed: what escaped does to the middle of a text. */
void markdown_add_words(struct buf *, const char *text, size_t n);
/* The same for a value that is Markdown itself: what opens HTML is escaped, headings are lowered so
 * that they stand beneath the report's own, and fences cannot swallow what follows. */
void markdown_add_sanitised(struct buf *, const char *text);
/* Text for XML and HTML, attributes included. */
void markup_add(struct buf *, const char *text, size_t n);

/* ---------- renderings: append to out ---------- */

bool document_md(struct document *, struct buf *out, struct fault *);
bool document_text(struct document *, struct buf *out, struct fault *);
bool document_html(struct document *, struct buf *out, struct fault *);
/* For odt, pdf and ms charts are made into pictures by rsvg-convert (STATUS_HELPER when missing). */
bool document_odt(
        struct document *, const struct report_helpers *, struct buf *out, struct fault *);
bool document_ms(struct document *, const char *pictures, struct buf *out, struct fault *);
bool document_pdf(
        struct document *, const struct report_helpers *, struct buf *out, struct fault *);

#endif
