/* SPDX-License-Identifier: MIT */
/*
 * sheet: cells of xlsx and ods workbooks in and out, and the zip files they live in.
 *
 * Workbooks arrive by e-mail from strangers, so reading is bounded everywhere: entries, inflated
 * bytes, ratio, depth, length of a cell, bytes handed out. Reading streams: beside the shared
 * strings of an xlsx nothing is kept longer than its row. Only sheet-csv, csv-sheet and report
 * link this folder.
 */
#ifndef SHEET_H
#define SHEET_H

#include "base/base.h"

/* ---------- what a file is (sniff.c) ---------- */

enum sheet_kind {
	SHEET_TEXT, /* CSV or its like: io reads it */
	SHEET_BOOK /* xlsx, ods, flat ods, Excel 2003 XML, a web page's tables: sheet_open reads it */
};
/* Tells by the bytes of a seekable descriptor, never by the name, what it holds; the offset is left
 * at 0. What is neither text nor a workbook we read (.xls, a protected workbook, Word,
 * PDF) is a STATUS_DATA fault that says what it is and how to convert it. name is for messages. */
bool sheet_sniff(int fd, const char *name, enum sheet_kind *, struct fault *);

/* ---------- a safe place to read in (guard.c) ---------- */

/* A seekable descriptor with the bytes of fd: fd itself where it can seek, else an unlinked
 * temporary file in folder, of at most max bytes. -1 on a fault (STATUS_DATA: longer than max;
 * STATUS_CANTCREATE, STATUS_IO). The caller closes it where it is not fd. */
int sheet_spool(int fd, const char *folder, int64_t max, struct fault *);
/* From here on this process opens no file, starts no program and no connection: Landlock where the
 * kernel has it, and a seccomp filter that knows only what reading and writing need. What is open
 * stays open. Returns a mask of what is in force; 0 on a kernel with neither, which is no fault. */
enum sheet_guard { SHEET_GUARD_LANDLOCK = 1, SHEET_GUARD_SECCOMP = 2 };
unsigned sheet_guard_close(void);

/* ---------- reading (book.c, xlsx.c, cells.c, ods.c) ---------- */

struct sheet_book;
struct sheet_info {
	const char *name;
	bool hidden;
};
/* Opens a workbook on a seekable descriptor, which stays the caller's and must stay open. Reads
 * names, styles and number formats, no rows. NULL on a fault, STATUS_DATA throughout: cut short,
 * damaged, protected, no spreadsheet, larger than the limits. */
struct sheet_book *sheet_open(int fd, const char *name, struct fault *);
void sheet_close(struct sheet_book *);

/* The worksheets in the order of the workbook, hidden ones too. */
size_t sheet_count(const struct sheet_book *);
const struct sheet_info *sheet_info(const struct sheet_book *, size_t i);
/* The sheet meant by a name (as written, else case-folded) or by its number, counted from 1; a name
 * wins over a number. want NULL: the first that is not hidden. False: STATUS_DATA, naming them. */
bool sheet_find(const struct sheet_book *, const char *want, size_t *i, struct fault *);

struct sheet_cell {
	const char *p; /* UTF-8, NUL-terminated at p[n]; never NULL */
	size_t n;
};
/* Rows without any text are not handed out: the gap shows in number, which counts from 1 as the
 * sheet does. cell[0 … n-1]: up to the last that is filled; width: that of the widest row so far,
 * to pad to. Lives until the callback returns. */
struct sheet_row {
	long number;
	size_t n, width;
	const struct sheet_cell *cell;
};
typedef bool sheet_row_fn(void *arg, const struct sheet_row *, struct fault *);

struct sheet_told {
	long rows;        /* with something in them */
	long hidden_rows; /* among them; they are handed out like the others */
	long hidden_columns;
	long unsolved; /* formulas without a stored result: empty cells */
};
/* Hands every row of sheet i to fn. Cells are text as a reader of the sheet would write it down:
 * dates ISO (2026-11-30, 2026-11-30 14:22, 14:22, 36:00 for a duration; seconds where there are
 * any; a date without a time of day has none), numbers as the file holds them but never with an
 * exponent where digits do, TRUE and FALSE, errors as #N/A. A merged cell stands in its first cell,
 * the covered ones are empty. raw: as stored, dates as serial numbers. */
bool sheet_read(struct sheet_book *, size_t i, bool raw, sheet_row_fn *fn, void *arg,
        struct sheet_told *, struct fault *);

/* ---------- zip files (zip.c) ---------- */

/* A zip file made whole or not at all: written beside path under another name, fsync, then renamed
 * over it. All timestamps are 1980-01-01, so equal contents give equal bytes. */
struct sheet_zip;
struct sheet_zip *sheet_zip_open(const char *path, struct fault *);
/* Adds an entry; the order is kept (a mimetype comes first, stored). bytes are copied. */
bool sheet_zip_add(struct sheet_zip *, const char *name, const char *bytes, size_t n, bool deflate,
        struct fault *);
/* The same with all of an open file, which must not change until the close; fd stays the caller's. */
bool sheet_zip_add_fd(struct sheet_zip *, const char *name, int fd, struct fault *);
/* Writes everything and puts it in place; frees in any case. */
bool sheet_zip_close(struct sheet_zip *, struct fault *);
void sheet_zip_abandon(struct sheet_zip *);

/* ---------- small zip files in memory (pack.c) ---------- */

/* For documents of some MB that may go to a pipe; timestamps as above. All zero is an empty one. */
#define SHEET_PACK_MAX ((size_t)1 << 30)
struct sheet_deflater;
struct sheet_pack {
	struct buf file, list; /* the entries, and the directory that stands behind them */
	size_t entries;
	struct sheet_deflater *deflater;
};
/* A part of an entry, so that what is made in parts need not be put together first. */
struct sheet_piece {
	const char *p;
	size_t n;
};
/* Adds an entry of n pieces; the order is kept. False: too large for such a file. */
bool sheet_pack_add(struct sheet_pack *, const char *name, const struct sheet_piece *, size_t n,
        bool deflate, struct fault *);
/* Appends the whole file to out and frees. */
void sheet_pack_finish(struct sheet_pack *, struct buf *out);
void sheet_pack_free(struct sheet_pack *);

/* ---------- writing (column.c, toxlsx.c, toods.c) ---------- */

enum sheet_type { SHEET_COLUMN_TEXT, SHEET_COLUMN_DATE, SHEET_COLUMN_NUMBER };
/* What is known of a column once every cell was seen. All zero is a fine beginning. */
struct sheet_column {
	enum sheet_type type;
	int decimals; /* of a number column: -1 as many as each has */
	int width;    /* of the widest line, in characters */
	/* private to sheet_column_see and sheet_column_settle */
	long dates, numbers, texts;
	int least, most, padded;
};
/* Takes a cell (the heading: only for the width) into account. */
void sheet_column_head(struct sheet_column *, const char *text, size_t n);
void sheet_column_see(struct sheet_column *, const char *text, size_t n);
/* Decides the type: dates where every filled cell is an ISO date from March 1900 on; numbers where
 * every one is a plain decimal of at most 15 digits without leading zeros or plus, and, where any
 * ends in a zero after the point, all have as many decimals; else text. */
void sheet_column_settle(struct sheet_column *);

enum sheet_format { SHEET_XLSX, SHEET_ODS };
struct sheet_out;
/* A workbook to be written to path; title may be NULL. tmp: folder for temporary files. large: more
 * than SHEET_LARGE cells in all; an xlsx is then written row by row in little memory, its heading
 * frozen and bold but not marked up as a table, which needs the whole of it. */
enum { SHEET_LARGE = 500000 };
struct sheet_out *sheet_out_open(const char *path, enum sheet_format, const char *title,
        const char *tmp, bool large, struct fault *);
/* Begins a worksheet; its columns and number of rows (the heading counts) are known beforehand.
 * name is made fit for a sheet and unique. columns live until the next sheet or the close. */
bool sheet_out_sheet(struct sheet_out *, const char *name, const struct sheet_column *columns,
        size_t n, long rows, struct fault *);
/* The next row; the first is the heading. Cells are written by their column's type; texts stay
 * texts whatever they look like. STATUS_DATA where a spreadsheet cannot hold it. */
bool sheet_out_row(struct sheet_out *, const struct sheet_cell *, size_t n, struct fault *);
/* Writes the file and puts it in place, whole or not at all; frees in any case. */
bool sheet_out_close(struct sheet_out *, struct fault *);
void sheet_out_abandon(struct sheet_out *);

#endif
