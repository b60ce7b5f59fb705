/* SPDX-License-Identifier: MIT */
/*
 * tree: liblowdown's tree of a document, worked on before it is rendered. The only header of the
 * folder that shows lowdown.h.
 *
 * After tree_make: every heading has an id of its own; links go only where they may; raw HTML is
 * gone but for <br>; every table is a paragraph in which each cell stands between two marks; charts,
 * turned pages and amendments are marks as well. So a renderer meets only what it does well, and
 * fill.c puts the rest in where the marks stand.
 */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H

#include <sys/queue.h>
#include <stdio.h>
#include <lowdown.h>
#include "report/document.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct tree_table {
	const struct table_look *look; /* never NULL */
	size_t columns, rows;          /* the first row is the heading */
	bool lies;                     /* its page is turned */
	enum align *align;             /* one a column */
	size_t *longest;               /* a column: characters of its longest line … */
	size_t *word;                  /* … and of its longest word */
	const char **first; /* a column: its cell in the first row of the body, or NULL */
	const char **text;  /* rows × columns, lines apart by \n */
};
struct tree {
	struct document *doc;
	struct arena *arena;
	struct lowdown_doc *parser;
	struct lowdown_node *root;
	struct tree_table *table;
	size_t ntable, cap;
	const struct table_look *next; /* the look of the table to come */
};
enum tree_use {
	TREE_MARKUP, /* a table is one paragraph with its cells marked */
	TREE_ODT,    /* the same, and lists as ODT wants them */
	TREE_ROFF,   /* a paragraph a cell, and headings without any markup, for bookmarks */
	TREE_TEXT,   /* a table is one marked paragraph */
	TREE_MD      /* tables stay; their looks are marks of their own */
};
bool tree_make(struct tree *, struct document *, enum tree_use, struct fault *);
void tree_free(struct tree *);
/* The shares of the line for each column in per cent, as given or by content; columns of them. */
void tree_widths(const struct tree_table *, double *share);
/* Whether a column of words stands behind one of numbers: there they stand further in. */
bool tree_follows_number(const struct tree_table *, size_t column);
/* The line that a table is to fill, of at most `most` cm: numbers behind a chart keep together. */
double tree_line(const struct tree_table *, double most);
/* Paper, in cm: the line of a page that stands or lies, the widths of the columns on it, how wide words run
 * in a cell, and the room for caption, heading and first row, which are to stand together. */
#define TREE_UPRIGHT 17.0
#define TREE_TURNED  25.7
void tree_columns(const struct tree_table *, double *width);
double tree_measure(const char *text);
double tree_opening(const struct tree_table *);
/* The plain text of a node, appended; line breaks as \n. */
void tree_text(const struct lowdown_node *, struct buf *);

/* A mark in rendered output: its letter and up to three numbers.
 *   c, e  table row column: a cell begins, ends        o  object: a chart
 *   k     object: a table's look (TREE_MD)
 *   t     table: a whole table                          L, P  pages lie, stand again
 *   h, H  a heading's words begin, end (TREE_ROFF; TREE_TEXT, with its level)
 *   n     tenths of a centimetre: what follows is to stand together (TREE_ROFF)
 *   s     number, whether it counts: the first item of a list begins (TREE_ODT)
 *   w     the words of an item that stands close to the next (TREE_ODT)
 *   i, j  what follows was put in, until here           d, f  was taken out, until here */
struct mark {
	char letter;
	size_t a, b, c;
};
/* Copies rendered text to out; at each mark calls put, which may look back at what out ends with,
 * appends its own and returns where in the text to go on (at or after rest). */
struct filler {
	const char *(*put)(void *, struct mark, struct buf *out, const char *rest, const char *end);
	void *context;
};
void tree_fill(const char *text, size_t n, const struct filler *, struct buf *out);
/* Takes `tail` off the end of out where it stands there. */
bool fill_strip(struct buf *out, const char *tail);
/* rest without `head` where it begins so. */
const char *fill_skip(const char *rest, const char *end, const char *head);

/* troff text with what the PDF fonts lack replaced (glyphs.c). */
struct glyphs {
	bool *used; /* FONTS_RUNES: which letters of fonts.h are needed; NULL: they cannot be had */
	size_t letters; /* how many those are */
	size_t missing; /* characters shown as an empty square for want of a better one */
	uint32_t first; /* the first of them */
};
void ms_add_glyphs(struct buf *out, const char *text, size_t n, struct glyphs *);
/* A title for the file itself, which is no troff text, in any letters; slash: how the request that takes
 * it wants a backslash written. */
void ms_add_wide(struct buf *out, const char *title, size_t n, const char *slash);
/* liblowdown's ms with its numbered items and bookmarks put right (glyphs.c). */
void ms_tidy(struct buf *out, const char *text, size_t n);
/* The cell that out ends with, a text block of tbl, made safe: no line ends the block before its time, and a
 * word that is wider than its column may break (cells.c). */
void ms_tidy_cell(struct buf *out, double width, bool bold);
/* Marks that print nothing leave blank lines: from there on, more than one becomes one, and the end
 * one line end. */
void document_squeeze(struct buf *, size_t from);

#endif
