/* SPDX-License-Identifier: MIT */
/* What the parts of reading minutes hand to one another; private to lib/action. */
#ifndef ACTION_MINUTES_H
#define ACTION_MINUTES_H

#include "action/private.h"

enum minutes_section {
	SECTION_HEAD,
	SECTION_PRESENT,
	SECTION_APOLOGIES,
	SECTION_ABSENT,
	SECTION_DECISIONS,
	SECTION_ACTIONS,
	SECTION_TEXT
};

struct minutes_reader {
	struct arena *arena;
	struct minutes *m;
	const char *name;
	enum minutes_section section;
	bool titled;
	int top; /* level of the highest heading within what was said; 0: none yet */
	long line;
	struct buf text; /* what was said */
	struct buf item; /* a list item that may go on on the next line */
	long item_line;
	bool bullet;   /* the item is one of a list */
	int column[4]; /* of a table: where action, lead, due and ref stand; -1: nowhere */
	bool in_table;
	size_t cap_person, cap_decision, cap_task, cap_field;
};

/* A fault at a line of the file. */
bool minutes_refuse(struct minutes_reader *, long line, struct fault *, const char *what);

/* ---------- words of a line (words.c) ---------- */

/* The text behind "- ", "* ", "+ ", "1. " or "1) ", or NULL. */
char *minutes_item(char *line);
/* A text without the emphasis around its beginning: "**Date:** 3 May" is "Date: 3 May". */
char *minutes_plain(struct arena *, const char *text);
/* "none", "no apologies" and the like. */
bool minutes_nobody(struct arena *, const char *text);

/* ---------- the head (head.c) ---------- */

/* A line "Date: …". */
bool minutes_head(struct minutes_reader *, char *line, struct fault *);
/* Starts and ends out of "Date: 20 November 2008, 10:00 to 12:00", or of Date and Time. */
bool minutes_times(struct minutes_reader *, struct fault *);

/* ---------- who was there (people.c), what was decided (tasks.c) ---------- */

/* One person an item, whose post or body may stand behind a comma; a line that is no item names several. */
void minutes_people(
        struct minutes_reader *, enum minutes_section as, const char *text, bool bullet, long line);
void minutes_decision(struct minutes_reader *, char *text, long line);
/* "Write to the members (Peter Jessop, by 12 December 2008)", or the same behind a dash. Whether what stands there
 * is that, or just words, is settled when it is known who is who. */
void minutes_task(struct minutes_reader *, char *text, long line);
/* A row of a table of actions; the first one names the columns. */
bool minutes_row(struct minutes_reader *, char *line, struct fault *);

#endif
