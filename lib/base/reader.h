/* SPDX-License-Identifier: MIT */
/*
 * Private to base: a reader that walks along a short text, for dates and times. The text is lowered and freed
 * of odd blanks and dashes first; each function below passes what it names and returns whether (or what) it
 * was, and stays where it is otherwise.
 */
#ifndef BASE_READER_H
#define BASE_READER_H

#include "base/base.h"

enum { HOUR = 3600, DAY = 86400, READER_LONGEST = 80 };

struct reader {
	const char *p; /* where reading is, within text */
	enum date_order order;
	day_t today;
	bool yearless;  /* a day and month were given, and the year nearest to today was taken */
	bool numeric;   /* the date was in numbers, and so depends on the order */
	bool unreal;    /* well written, but no such day */
	bool wrong_day; /* the day of the week is another */
	char text[READER_LONGEST];
};

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits at p, or -1. */
static inline int two_digits(const char *p)
{
	return is_digit(p[0]) && is_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

/* False for a text that is empty, too long, or holds letters beyond ASCII. */
bool reader_start(struct reader *, const char *from, enum date_order order, day_t today);
void reader_skip(struct reader *);                   /* blanks and commas */
bool reader_word(struct reader *, const char *word); /* a whole word */
bool reader_char(struct reader *, char c);
/* Up to `most` digits; how many there were, 0 for none or too many. */
int reader_number(struct reader *, int most, int *value);
/* The place, counted from 1, of a name by its first three letters or more; or 0. */
int reader_month(struct reader *);
int reader_weekday(struct reader *);
/* 16:30, 16.30, 4pm, 4.30pm, 16:30:05.123, noon. */
bool reader_clock(struct reader *, int *second_of_day);
/* Would a time of day be read here? */
bool reader_at_clock(const struct reader *);
/* Z, UTC, GMT, BST, +01:00, +0100, +01: seconds ahead of UTC. */
bool reader_offset(struct reader *, int *offset);

#endif
