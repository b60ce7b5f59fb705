/* SPDX-License-Identifier: MIT */
/* Conditions made from filters, and what listings are made over. */
#ifndef RECORD_WHERE_H
#define RECORD_WHERE_H

#include "record/private.h"

/* SQL with the texts to be bound to its question marks, in their order. */
struct where {
	struct buf sql;
	const char **bound;
	size_t n, cap;
	int aliases; /* t1, t2, … given out */
};
void where_bind(struct work *, struct where *, const char *text);
/* Adds one filter (FIELD=V …) as a condition on the rows of `alias`. */
bool where_filter(struct work *, struct where *, const struct kind *, const char *alias,
        const char *filter, struct fault *);
/* Binds all from `at` on; returns the next place. */
int where_apply(const struct where *, struct query *, int at);

/* ---------- one comparison (compare.c) ---------- */

/* KNOWN: there is any value. What a filter denies is the whole of it, so none of these is a "not". */
enum compare { IS, BEFORE, AFTER, MIN, MAX, HAS, KNOWN };
/* alias."name" */
const char *where_column(struct work *, const char *alias, const char *name);
/* The text stands somewhere in the column. */
void where_inside(struct work *, struct where *, const char *column, const char *text);
/* A column beside a value as a user wrote it: of a plain field, of a reference to `target` (n columns),
 * or of either, found in the kind. */
bool where_plain(struct work *, struct where *, const struct field *, const char *column,
        enum compare, const char *text, struct fault *);
bool where_reference(struct work *, struct where *, const struct kind *target,
        const char *const *column, size_t n, enum compare, const char *text, struct fault *);
bool where_value(struct work *, struct where *, const struct kind *, const struct field *,
        const char *alias, enum compare, const char *text, struct fault *);

/* ---------- conditions on rows of other tables (exists.c) ---------- */

/* The join of a child or list row to its owner: "c.action = t0.ref AND …". */
void where_owned(struct buf *, const struct kind *owner, const char *alias, const char *inner,
        bool local, const char *const *column, size_t n);
/* A filter taken apart. */
struct condition {
	const char *path; /* the field, with :FIELD behind it where it follows references */
	enum compare compare;
	const char *value;
};
/* Any row of a list or of children, or of those that a shorthand stands for, that fits. */
bool where_item(struct work *, struct where *, const struct kind *, const struct field *,
        const char *alias, const struct condition *, struct fault *);
bool where_lead(struct work *, struct where *, const struct kind *, const struct shorthand *,
        const char *alias, const struct condition *, struct fault *);
/* Any record behind a field or a shorthand (the other NULL) that fits the rest of the path; rest NULL: any
 * child. */
bool where_through(struct work *, struct where *, const struct kind *, const struct field *,
        const struct shorthand *, const char *alias, const struct condition *rest, struct fault *);
/* The condition on the rows of alias; and the values of one that a comma parts where commas cannot belong to
 * one (field NULL: of a list), both of filter.c. */
bool where_follow(struct work *, struct where *, const struct kind *, const char *alias,
        const struct condition *, struct fault *);
char **where_values(struct work *, const struct kind *, const struct field *,
        const struct condition *, size_t *n);

/* ---------- views (view.c) ---------- */

/* A view read as a kind: its columns are the fields, with the meaning they have in `base` (or NULL). */
const struct kind *view_kind(
        struct work *, const char *view, const struct kind *base, struct fault *);

#endif
