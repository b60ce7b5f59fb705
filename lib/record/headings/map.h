/* SPDX-License-Identifier: MIT */
/* A map as it was read: which columns of a table fill which fields (compact-document(5)). */
#ifndef RECORD_MAP_H
#define RECORD_MAP_H

#include "record/record.h"

struct map_pair {
	const char *from, *to; /* to NULL: leave the field alone */
};
struct map_field {
	const char *name;
	long line;
	const char *const *column;   /* headings or positions, NULL-terminated; NULL: none */
	bool join;                   /* all of them together, else the first filled one */
	const char *constant;        /* NULL: none */
	const char *const *splitter; /* NULL-terminated; NULL: none */
	struct map_pair *replace;
	size_t nreplace;
};
struct map_skip {
	const char *column; /* a heading, a position, or a field of the map */
	const char *const *value;
};
struct map {
	const char *file, *kind;
	struct map_field *field;
	size_t nfield;
	const char *const *names;
	struct map_skip *skip;
	size_t nskip;
	const char *const *ignore; /* NULL-terminated, may be NULL */
	bool has_dates;
	enum date_order dates;
	long heading; /* -1: to be found; 0: there is none */
	const char *const *match, *const *make;
};

struct map_field *map_field(const struct map *, const char *name); /* NULL: not in it */
/* Cuts a cell by the splitters in turn; `whole` says of an item that it must not be cut further (may be NULL). */
const char **map_split(struct arena *, const char *text, const char *const *splitters,
        bool (*whole)(void *, const char *), void *data, size_t *n);

#endif
