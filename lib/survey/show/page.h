/* SPDX-License-Identifier: MIT */
/* A page of text: what the tally of everybody (show.c) and the tables of breaks (band.c) are written with. */
#ifndef SURVEY_SHOW_PAGE_H
#define SURVEY_SHOW_PAGE_H

#include "survey/parts.h"

struct page {
	struct survey *s;
	struct out *out;
	int width, label, bar;
	bool small_base; /* a base was marked */
	bool count;      /* a count was printed among percents */
	bool changed;    /* something was said of an earlier wave */
};

enum { INDENT = 4, NUMBER = 9 };

void page_spaces(struct page *, int n);
/* A text at the left or the right of a column of this width. */
void page_left(struct page *, const char *text, size_t n, int width);
void page_right(struct page *, const char *text, int width);
/* Bytes of the line that fits, broken at a blank where there is one; *next where to go on. */
size_t page_line(const char *text, int width, const char **next);
/* A paragraph, broken to the width. */
void page_wrap(struct page *, const char *text, int indent, int hang);
/* A label in its column, with its figures on the first line; the rest of it comes below, at the end. */
void page_row_begin(struct page *, const char *label, const char **rest);
void page_row_end(struct page *, const char *rest);
/* A text of several lines, as answers may be, on one. */
const char *page_one_line(struct page *, const char *text);

/* The table of a question by a break (band.c). */
void show_break(struct page *, const struct question *, size_t k);

#endif
