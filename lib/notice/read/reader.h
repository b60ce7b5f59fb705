/* SPDX-License-Identifier: MIT */
/* A table of notices being read; private to lib/notice. */
#ifndef NOTICE_READER_H
#define NOTICE_READER_H

#include "notice/columns/targets.h"

struct reader {
	struct input *in;
	const struct reference *ref;
	struct reader_options o;
	struct work *w;
	struct arena *arena, *row_arena;
	/* The first rows, kept to find headings and the order of dates, and what is thought about them; gone
	 * when they are read. */
	struct arena *ahead_arena;
	struct row *ahead;
	size_t nahead, at;
	bool ended; /* the input has no more than what is ahead */
	struct layout layout;
	const struct filled *by[TARGETS];
	const char **heading_key; /* text_key of each heading */
	bool *used;               /* columns that fill a field */
	struct row current;
	bool has_row;
	const char *below_name; /* the address in the employer's cell of this row, or NULL */
	struct fault unfit;     /* what the layout lacks, where it is only to be explained */
	struct fault pending;   /* of a broken row met while reading ahead */
	bool has_pending;
	struct reader_counts counts;
	int64_t sum, part_sum, refused_sum; /* of the people so far, for rows of totals */
	bool unclear;                       /* whether any of these was no plain number */
	struct buf scratch, extra, reasons, plain, number;
	/* What headings are compared with, made when it is asked for and gone with the rows ahead. */
	struct arena *targets_arena;
	struct heading_targets targets;
	/* For tables below the first (again.c). */
	size_t tries, heads, heads_rejected, heads_passed;
	bool first_heads; /* the first row ahead is the row of headings */
	/* What a map says, looked up once a table and not once a cell. */
	const char *constant[N_TEXTS];
	bool replaces[TARGETS];
};

/* Fills r->layout from what was read ahead. */
bool layout_find(struct reader *, struct fault *);
/* The cell without its blanks, "" where there is none; NUL-terminated, until the next row. */
const char *reader_cell(struct reader *, const struct row *, size_t column);
/* The text of a field in this row: its columns, what the map replaces; NULL: nothing there. */
const char *reader_text(struct reader *, int field);
/* Text of a column, or of the column of a field, that no field takes, or not wholly: kept with its heading. */
void reader_keep_column(struct reader *, size_t column, const char *text);
void reader_keep(struct reader *, int field, const char *text);

/* The names of all fields of notices, ready to be compared. */
const struct heading_targets *reader_targets(struct reader *);
/* Puts the row and those after it ahead once more. */
bool reader_look_again(struct reader *, struct fault *);
/* Where the row is the headings of another table, its layout is found, and the row is none (has_row);
 * false: the input cannot be read further. */
bool row_starts_table(struct reader *, struct fault *);
/* Whether the row is none of a notice (passed.c); counted by what it is. */
bool row_passed_over(struct reader *);
/* The parts of a notice that take more than reading a cell (particulars.c). */
void row_take_place(struct reader *, struct notice *);
void row_take_number(struct reader *, struct notice *);
void row_take_kind(struct reader *, struct notice *);

/* What a number of people as written says. */
struct people {
	int64_t number;        /* -1: none */
	const char *certainty; /* exact, estimate, unfilled; NULL: the cell is empty */
	bool plain;            /* the text is the number and nothing else */
};
struct people people_read(const char *text);
/* TBC, n/k, unknown, a dash and the like. */
bool people_unfilled(const char *text);

enum dated { DATED_NONE, DATED_OK, DATED_PART, DATED_MONTH, DATED_BAD };
/* A date out of a cell. DATED_PART: more stood there than one date (*until: the last one, or DAY_NONE);
 * DATED_MONTH: no more than a month, a quarter or a season, whose first day it is (*until: its last). */
enum dated dated_read(const char *text, enum date_order, int64_t now, int64_t *at, bool *has_time,
        day_t *day, day_t *until, struct fault *);
/* Whether a date may begin at p: behind a break, or where digits follow letters ("ending9/26/2025"). */
bool dated_may_begin(const char *text, const char *p);
/* The month of that name at p, 0: none; *n how long its name is. */
int dated_month_at(const char *p, size_t *n);
/* The first day of a month that stands alone; of a quarter or a season, with the last in *until (span.c). */
bool span_month(const char *text, day_t *first);
bool span_of_year(const char *text, day_t *first, day_t *until);
/* A day as Excel counts them, of this century up to five years on: 45722 is 2025-03-06. A cell that has lost its
 * format, or was exported without, holds one. */
bool dated_serial(const char *text, day_t today, day_t *day);
/* Which orders of day and month the numeric dates in a text allow, as day_orders. */
unsigned dated_orders(const char *text);

#endif
