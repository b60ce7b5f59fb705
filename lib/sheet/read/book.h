/* SPDX-License-Identifier: MIT */
/* What the readers of xlsx and ods share; private to this folder. */
#ifndef SHEET_BOOK_H
#define SHEET_BOOK_H

#include "sheet/sheet.h"

#include <expat.h>
#include <stdio.h>
#include <zip.h>

/* Limits. A workbook of a million real rows stays far below each of them. */
enum {
	BOOK_ENTRIES = 2000,    /* files in the zip */
	BOOK_RATIO = 200,       /* inflated to packed, of an entry over BOOK_SMALL */
	BOOK_DEPTH = 256,       /* elements within elements */
	BOOK_COLUMNS = 16384,   /* of both formats */
	BOOK_FORMATS = 1 << 16, /* cell styles and number formats */
	BOOK_SHEETS = 2000,
	BOOK_SMALL = 16 << 20,
	BOOK_CHUNK = 1 << 16,
	BOOK_TOKEN = 12 << 20,   /* one tag with its attributes */
	BOOK_CELL = 12 << 20,    /* text of one cell */
	BOOK_ROW = 16 << 20,     /* text of one row */
	BOOK_STRINGS = 16 << 20, /* shared strings, and 16 times their packed size */
	BOOK_KEPT = 64 << 20     /* inflated bytes of a part that is kept: styles, names */
};
#define BOOK_STREAMED ((uint64_t)4 << 30) /* inflated bytes of a part that streams */
#define BOOK_ROWS     16777216L           /* the most any spreadsheet program has */

/* How a number is to be read, from its number format (format.c). */
enum form {
	FORM_NUMBER,
	FORM_FIXED, /* a number with all its decimals, as csv-sheet marks them */
	FORM_DATE,
	FORM_TIME,   /* of day */
	FORM_MOMENT, /* date and time */
	FORM_SPAN    /* a duration: hours may pass 24 */
};
struct form_of {
	uint8_t form;
	uint8_t decimals; /* FORM_FIXED: how many; times: whether parts of a second are shown */
};
enum epoch {
	EPOCH_1900, /* Excel: 60 is the 29 February 1900 that never was */
	EPOCH_1899, /* LibreOffice, and strict files that say so: days since 30 December 1899 */
	EPOCH_1904
};
struct form_of form_builtin(unsigned long id);
struct form_of form_of_code(const char *code);
/* Writes a number as its form says. Text that is no number is written as it is. */
void form_add(struct buf *, const char *number, size_t n, struct form_of, enum epoch);
/* "2026-11-30T14:22:05.000" as 2026-11-30 14:22:05; midnight goes, as do seconds of zero. */
void form_add_iso(struct buf *, const char *iso, size_t n);
/* "PT36H00M05S" as 36:00:05. What has months or years has no length and stays as it is. */
void form_add_duration(struct buf *, const char *iso, size_t n);

/* One filled slot of the row being read: text in the row's buffer, or elsewhere and lasting. */
struct slot {
	const char *p; /* NULL: at offset `at` of the buffer */
	size_t at, n;
};
struct rows {
	sheet_row_fn *fn;
	void *arg;
	struct buf text;
	struct slot *slot;
	size_t n, slots; /* used, allocated */
	struct sheet_cell *cell;
	size_t cells, width;
	uint64_t given, most; /* bytes handed out, and their limit */
	long number;
	struct sheet_told *told;
};

struct strings {
	char *pool;
	size_t n, cap;
	uint32_t *at;
	size_t count, room;
	size_t most; /* bytes it may take */
};

struct sheet_book {
	struct arena *arena;
	const char *name;
	int fd;
	zip_t *zip; /* NULL: flat ods, one bare XML file */
	bool ods;
	bool markup, excel_xml; /* tables of a web page, or Excel's XML of 2003 */
	int64_t size;
	struct sheet_info *sheet;
	const char **path; /* of each sheet's part, for xlsx */
	size_t sheets, room;
	enum epoch epoch;
	struct form_of *style;
	size_t styles;
	const char *strings_path;
	struct strings strings;
};

/* One part being parsed. What a handler needs comes after it in a struct of its own. */
struct part {
	XML_Parser parser;
	struct fault *fault;
	struct sheet_book *book;
	const char *path;
	int depth;
	size_t prefix; /* length of the root's prefix with its colon: "x:" */
	uint64_t read;
};
struct handlers {
	XML_StartElementHandler start;
	XML_EndElementHandler end;
	XML_CharacterDataHandler text; /* may be NULL */
	bool names;                    /* "namespace|local" instead of names as written */
	bool streams; /* nothing is kept, or by a limit of its own: BOOK_STREAMED bounds it */
};
/* Feeds a part to expat; part comes first in the handlers' own struct. A part that is absent is a
 * fault unless optional. DTDs are refused, so no entity is ever expanded. */
bool part_parse(struct sheet_book *, const char *path, bool optional, const struct handlers *,
        struct part *, struct fault *);
/* Ends the parsing from within a handler, after fault_set. */
void part_stop(struct part *);
/* The element's name without the root's prefix; "" where it has another one. */
const char *part_local(struct part *, const char *name);
/* Value of the attribute with this local name ("id" finds r:id), or NULL. */
const char *attr(const char **attrs, const char *local);
/* As XML Schema writes a yes: 1, true, on. */
bool attr_true(const char **attrs, const char *local);
/* The name under which the zip holds a path, or NULL. */
const char *book_locate(struct sheet_book *, const char *path);
void book_add_sheet(struct sheet_book *, const char *name, bool hidden, const char *path);
bool book_damaged(const struct sheet_book *, struct fault *, const char *what);

/* Rows: begin, put in any order of columns (0 the first), end. */
void rows_begin(struct rows *);
bool rows_put(struct rows *, size_t column, const char *p, size_t n, bool lasting, struct fault *);
bool rows_end(struct rows *, long number, bool hidden, long repeat, struct fault *);
void rows_free(struct rows *);

bool xlsx_open(struct sheet_book *, struct fault *);
bool xlsx_strings(struct sheet_book *, struct fault *);
bool xlsx_read(struct sheet_book *, size_t i, bool raw, struct rows *, struct fault *);
bool ods_open(struct sheet_book *, struct fault *);
bool ods_read(struct sheet_book *, size_t i, bool raw, struct rows *, struct fault *);
/* Text of a string with its _xHHHH_ escapes undone, in place; returns the new length. */
size_t xlsx_unescape(char *text, size_t n);

/* Whether the command to convert a file fits, and that command, as a hint of a fault. */
void sniff_hint(struct fault *, const char *name);

#endif
