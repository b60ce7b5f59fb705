/* SPDX-License-Identifier: MIT */
/* Between the files that read the head of an export. */
#ifndef SURVEY_HEAD_H
#define SURVEY_HEAD_H

#include "survey/parts.h"

/* The first rows of a file, and where its headings are among them. */
struct head {
	const struct row *row;
	size_t n;
	enum survey_tool tool;
	size_t at;            /* the row with the questions */
	size_t names, labels; /* the rows with the columns' own names, with options; NONE */
	size_t after;         /* the first response */
};

/* begin.c: settles columns, codebook, breaks and weight from the head of the first file. */
bool survey_begin(struct survey *, const struct head *, struct fault *);
bool count_refusal(struct survey *, const struct row *);
/* "No", "not selected", 0: an option that was offered and not chosen. */
bool answer_unchecked(const char *);
bool answer_checked(const char *);

/* Whose names a response gives away: the words of its identifying cells. */
struct response {
	const struct row *row;
	long line; /* of the row, counted on over the files: what codes and stored responses go by */
	double weight;
	const char *name[12];
	size_t names;
	char held[400];
};

/* answer.c: the cell without blanks at its ends, in place. */
const char *answer_cell(const struct survey_column *, const struct row *, size_t *n);
/* Counts one answer that is not blank; *entry is which, for breaks. */
bool answer_count(struct survey *, struct survey_column *, const char *text, size_t n,
        struct response *, uint32_t *entry, struct fault *);
/* That a column to break by has too many answers; always false. */
bool answer_full(const struct survey_column *, struct fault *);
void vec_add_all(struct survey *, struct vec *by, double weight);

/* layout.c */
void head_find(struct survey *, struct head *);
void head_columns(struct survey *, const struct head *);
const char *column_letter(struct survey *, size_t index);

/* Whether a heading (as a key) is one that tools put there themselves, or asks who answers. */
bool column_is_known(const struct survey *, const char *key);
/* column.c: what each column is for, which belong together, what they are called. */
void column_roles(struct survey *);
void column_clusters(struct survey *);
bool column_refs(struct survey *, struct fault *);
/* Looks at answers: e-mail addresses, telephone numbers and postcodes tell who answered. */
void column_persons(struct survey *);
/* A question as it was named: the columns of it, from *first, *n (name.c). STATUS_USAGE. */
bool column_named(struct survey *, const char *name, size_t *first, size_t *n, struct fault *);

#endif
