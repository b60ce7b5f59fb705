/* SPDX-License-Identifier: MIT */
/* How a table's columns are told apart, step by step; private to the files that do it. */
#ifndef NOTICE_LAYOUT_H
#define NOTICE_LAYOUT_H

#include "notice/read/reader.h"

/* Up to the second a heading has other words around a name of the field, and may mean something else. */
enum { SCORE_LEAST = 60, SCORE_DOUBTFUL = 85, SCORE_SURE = 91 };
/* A label down a side is looked at as closely as a heading; longer tables do not lie on theirs. */
enum { SCORE_SURE_LABEL = 75, LABELS_MOST = 600 };

/* Gives a field one more column. */
struct filled *layout_fill(struct reader *, int field, size_t column, int score, const char *why);
struct filled *layout_filled(struct reader *, int field); /* NULL: no column fills it */
bool layout_is_filled(struct reader *, int field);
void layout_drop(struct reader *, int field); /* leaves its columns to others */
bool layout_taken(const struct reader *, size_t column);
/* "12": a place and no heading. */
bool layout_is_position(const char *name);
void layout_warn(struct reader *, const char *field, const char *text);

/* A table on its side is turned (records.c). */
void layout_turn(struct reader *);
/* Finds the row of headings and what belongs to it (headrow.c). */
void layout_headings(struct reader *);
/* How many cells of a row are headings of notices with that score at least; *employer: whether one is the
 * employer's. */
size_t layout_count_headings(struct arena *, const struct heading_targets *, const struct row *,
        int least, bool *employer);
/* Whether a row has the headings of a table of notices: the employer and two more, all of them sure (again.c). */
bool layout_heads(struct arena *, const struct heading_targets *, const struct row *);
/* Headings that mean one thing beside others and another without them (content.c). */
void layout_by_company(struct reader *);
/* What is still missing, from columns that no heading explains. */
void layout_by_content(struct reader *);
/* Where the headings leave some doubt, a first day that comes after the last is neither. */
void layout_by_sequence(struct reader *);
/* Columns of dates that hold Excel's numbers of days (serial.c). */
void layout_by_serial(struct reader *);
/* The order of day and month of each column of dates (order.c). */
void layout_settle_orders(struct reader *);

#endif
