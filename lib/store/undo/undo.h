/* SPDX-License-Identifier: MIT */
/* What undo.c, standing.c and rules.c share. */
#ifndef STORE_UNDO_H
#define STORE_UNDO_H

#include "store/internal.h"

enum { BLOCKED_MOST = 100, TABLE_LOSES = 1, TABLE_GAINS = 2 };

struct undo {
	struct store *s;
	struct arena *arena;
	struct change_made *made; /* to be taken back, the newest first */
	size_t n;
	const struct link *link;
	size_t nlink;
	struct texts touched; /* rows of the change in hand: the columns it changed, a bit each */
	struct texts rows;    /* their records: "kind TAB key" */
	struct texts all;     /* records of all changes to be taken back */
	struct texts tables;  /* tables that lose rows, or gain or change them */
	struct texts ruled;   /* tables, and which rules hold between their records */
	struct texts back;    /* rows with a ref of their own that come back */
	struct texts probe;   /* rows that come back or change and whose tables have triggers */
	const char *reshaped;
	struct change_made later; /* the one being held against them */
	struct texts told;        /* what was named already */
	size_t blocked;
	const char *first; /* what is in the way, in words, and the change that put it there */
	int64_t first_seq;
	struct fault trouble; /* from within SQLite's applying */
	bool (*fn)(void *, const struct change_line *);
	void *arg;
};

bool undo_has(const struct undo *, int64_t seq); /* one of those to be taken back */
/* A row of u->later that stands on what is to be undone. */
void undo_blocked_row(struct undo *, const struct change_row *);
/* A record that is in the way of what came back, with the last change that touched it. */
void undo_blocked_record(struct undo *, const char *kind, const char *partnership, const char *key,
        const char *field);
/* Keeps a row of a change to be taken back for undo_check_rules; identity: as row_identity has it. */
void undo_note_rules(struct undo *, const struct change_row *, const char *identity);
/* After applying: refs that differ in case alone, and what the triggers would have refused. */
bool undo_check_rules(struct undo *, struct fault *);
/* After applying: references out of and into the rows touched that find nothing. */
bool undo_check_references(struct undo *, struct fault *);

#endif
