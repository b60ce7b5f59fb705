/* SPDX-License-Identifier: MIT */
/* Tags and texts of web pages and of Excel's XML of 2003; private to this folder. */
#ifndef SHEET_MARKUP_H
#define SHEET_MARKUP_H

#include "sheet/read/book.h"

#include <sys/types.h>

enum { MARKUP_TAG = 1 << 16, MARKUP_TEXT = 1 << 16 }; /* bytes of one tag, of one piece of text */
enum markup_what { MARKUP_END, MARKUP_TEXT_PART, MARKUP_TAG_PART };
struct markup {
	int fd;
	off_t offset;
	size_t at, n;
	struct buf text;   /* of MARKUP_TEXT_PART: entities are characters already */
	struct buf inside; /* of MARKUP_TAG_PART */
	char name[24];     /* in small letters, without a prefix */
	bool closing, empty;
	const char *attributes;
	char chunk[1 << 15];
};
void markup_begin(struct markup *, int fd);
enum markup_what markup_next(struct markup *);
/* An attribute of the tag, whatever its prefix; false: it has none such. */
bool markup_attribute(const struct markup *, const char *name, char *out, size_t size);
/* The same as a number; least where there is none, or it is none from least to most. */
long markup_number(const struct markup *, const char *name, long least, long most);
void markup_free(struct markup *);

/* tables.c */
bool tables_open(struct sheet_book *, struct fault *);
bool tables_read(struct sheet_book *, size_t i, bool raw, struct rows *, struct fault *);

#endif
