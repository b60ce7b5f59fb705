/* SPDX-License-Identifier: MIT */
/* What the parts of the recogniser of headings hand to one another; private to lib/record. */
#ifndef RECORD_HEADING_H
#define RECORD_HEADING_H

#include "record/record.h"

enum {
	SCORE_EXACT = 100,
	SCORE_SYNONYM = 95,
	SCORE_STEM = 93,   /* the same but for plural and small words */
	SCORE_ORDER = 91,  /* the same words in another order */
	SCORE_HALF = 88,   /* half of a heading in two tongues is */
	SCORE_PHRASE = 86, /* all words of a synonym stand within the heading */
	SCORE_NEAR = 75,   /* a letter or two off */
	SCORE_HINT = 65,
	SCORE_LEAST = 60,
	/* Wider tables are read, but headings beyond these are nobody's: what a file can cost is bounded. */
	COLUMNS_MOST = 1000,
	COLUMNS_TOLD = 200 /* by which a row of headings is told */
};

/* ---------- headings as words (words.c) ---------- */

enum { WORDS_MOST = 16 };
struct words {
	const char *key; /* text_key, with words run together in CamelCase parted */
	const char *word[WORDS_MOST];
	size_t n;
	/* A bit a word and a number of the key: most pairs of the thousands that are compared differ in them. */
	uint64_t bits;
	uint32_t hash;
};

/* camels: words run together in CamelCase are parted. */
struct words words_of(struct arena *, const char *text, bool camels);
/* Small words, and those beyond WORDS_MOST, are left out. */
void words_add(struct arena *, struct words *, const char *word, size_t n);
bool words_have(const struct words *, const char *word);
bool words_have_all(const struct words *, const struct words *); /* of the second, in any order */
bool words_same(const struct words *, const struct words *);

/* ---------- what a column holds (holds.c) ---------- */

/* How much of what a column holds can be of a type: 0 to 1, or -1 where nothing is filled. */
double heading_fitting(const struct row *sample, size_t nsample, size_t column, enum type type);

/* ---------- headings against targets (heading.c) ---------- */

/* The names of a target as words, made once a call. */
struct heading_name {
	struct words words;
	int exact;
};
struct heading_names {
	struct heading_name *name;
	size_t n;
	struct words hint, against;
};

#endif
