/* SPDX-License-Identifier: MIT */
/*
 * Rows out of CSV. libcsv, in its strict mode, is the reader of record: it decides about every row that
 * split.c finds odd. It is given one line at a time, since it cannot be stopped between rows, and its
 * limits and places (a cell's size, line and column) are kept here, because it has none: left alone it
 * would let an unclosed quote swallow the file.
 */
#include "io/inner.h"

#include <csv.h>
#include <string.h>

/* ---------- libcsv ---------- */

/* Blanks belong to their cell; by default libcsv would take them off. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void csv_close(struct input *in)
{
	csv_free(in->csv);
	mem_free(in->csv);
}

static void csv_open(struct input *in)
{
	if (in->csv != NULL) {
		csv_free(in->csv);
	} else {
		in->csv = mem_alloc(sizeof *in->csv);
		in->csv_close = csv_close;
	}
	csv_init(in->csv, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(in->csv, (unsigned char)in->separator);
	csv_set_space_func(in->csv, no_space);
	csv_set_realloc_func(in->csv, mem_realloc);
	csv_set_free_func(in->csv, mem_free);
	csv_set_blk_size(in->csv, 4096);
}

/* What libcsv tells while it reads a row. */
struct telling {
	struct input *in;
	bool ended, too_big, too_many;
};

static void on_cell(void *text, size_t n, void *data)
{
	struct telling *t = data;
	struct input *in = t->in;
	if (n > in->cell_max)
		t->too_big = true;
	if (in->cell_n >= ROW_CELLS_MAX)
		t->too_many = true;
	if (t->too_big || t->too_many)
		return;
	in->cell = mem_grow(in->cell, &in->cell_cap, in->cell_n + 1, sizeof *in->cell);
	in->cell[in->cell_n++].n = n;
	if (n > 0)
		buf_add(&in->cells, text, n);
	buf_addc(&in->cells, '\0');
}

static void on_row(int end, void *data)
{
	(void)end;
	((struct telling *)data)->ended = true;
}

/* The texts stand one behind the other; now that they move no more, the cells can point to them. */
static void point_cells(struct input *in)
{
	char *p = in->cells.p;
	for (size_t i = 0; i < in->cell_n; i++) {
		in->cell[i].p = p;
		p += in->cell[i].n + 1;
	}
}

/* ---------- places ---------- */

static long count_lines(const char *p, size_t n)
{
	long lines = 0;
	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n' || (p[i] == '\r' && (i + 1 >= n || p[i + 1] != '\n'));
	return lines;
}

/* The line of a place n bytes into the row. */
static long line_at(const struct input *in, size_t n)
{
	return in->line + (in->sheet ? 0 : count_lines(in->p, n));
}

/* The line end at or behind `at` bytes from p is in the window, with the byte after it; *at comes to stand
 * on it. False where the window ends first. */
static bool find_line_end(const struct input *in, size_t *at)
{
	const char *q = in->p + *at;
	while (q < in->e && *q != '\n' && *q != '\r')
		q++;
	*at = (size_t)(q - in->p);
	return q + 1 < in->e || in->eof;
}

static bool at_line_end(const struct input *in)
{
	return in->p < in->e && (*in->p == '\n' || *in->p == '\r');
}

/* Passes a line end, once it is all there. */
static bool pass_line_end(struct input *in)
{
	if (!at_line_end(in) || (in->p + 1 == in->e && !in->eof))
		return false;
	in->p += in->p[0] == '\r' && in->p + 1 < in->e && in->p[1] == '\n' ? 2 : 1;
	return true;
}

/* Passes the first line of a row that was refused: its other lines, if a quote joined them to it, may be
 * rows of their own. A line that is longer than any cell may be is passed piece by piece. */
static void pass_line(struct input *in)
{
	struct fault ignored = { 0 };
	size_t at = 0;
	while (!find_line_end(in, &at) && at <= in->cell_max)
		if (window_fill(in, &ignored) < 0)
			break;
	/* Part of a character stays for the rest to come. */
	if (in->p + at == in->e)
		at -= in->unchecked;
	in->row_start = in->p;
	in->row_n = at;
	in->row_split = false;
	in->p += at;
	in->passing = !pass_line_end(in) && !in->eof;
	in->line++;
	in->resumable = true;
}

static enum step refuse(struct input *in, struct fault *f, long line, size_t column)
{
	char place[32];
	snprintf(place, sizeof place, "column %zu", column);
	fault_place(f, in->name, line, place);
	pass_line(in);
	return STEP_FAILED;
}

/* libcsv stopped `at` bytes into the row: says why, by what stands there. */
static enum step refuse_quote(struct input *in, size_t at, struct fault *f)
{
	size_t column = in->cell_n + 1, open = 0;
	const char *p = in->p;
	/* The opening quote of the cell it stopped in, if it has one. */
	bool quoted = false, begins = true, cell_quoted = false;
	for (size_t i = 0; i < at; i++) {
		if (quoted && p[i] == '"' && i + 1 < at && p[i + 1] == '"') {
			i++;
			continue;
		}
		if (p[i] == '"' && begins) {
			open = i;
			quoted = cell_quoted = true;
		} else if (p[i] == '"') {
			quoted = false;
		}
		begins = !quoted && p[i] == in->separator;
		cell_quoted = cell_quoted && !begins;
	}
	long from = line_at(in, open), to = line_at(in, at);
	if (cell_quoted && from != to)
		fault_set(f, STATUS_DATA,
		        "the quote opened here ends on line %ld with text behind it; close it, and "
		        "double "
		        "the quotes within a cell",
		        to);
	else
		fault_set(f, STATUS_DATA,
		        "a quote stands within a cell; put the whole cell in quotes and double "
		        "those within it");
	return refuse(in, f, cell_quoted && from != to ? from : to, column);
}

static enum step refuse_open(struct input *in, struct fault *f)
{
	fault_set(f, STATUS_DATA,
	        "a quote opened in this row is never closed; close it, or take it out");
	return refuse(in, f, in->line, in->cell_n + 1);
}

/* ---------- a row by libcsv ---------- */

/* The next piece to feed, from `at` bytes into the row: to the end of a line or of the window. */
static size_t piece(const struct input *in, size_t at)
{
	const char *p = in->p + at, *q = p;
	while (q < in->e && *q != '\n' && *q != '\r')
		q++;
	return (size_t)(q - p) + (q < in->e);
}

static enum step over_limit(struct input *in, const struct telling *t, struct fault *f)
{
	if (t->too_many)
		fault_set(f, STATUS_DATA, "a row has more than %d cells", ROW_CELLS_MAX);
	else
		fault_set(f, STATUS_DATA, "a cell is longer than %zu bytes; is a quote left open?",
		        in->cell_max);
	return refuse(in, f, in->line, in->cell_n + 1);
}

static enum step libcsv_row(struct input *in, long *lines, struct fault *f)
{
	struct telling t = { .in = in };
	size_t at = 0;
	csv_open(in);
	in->cell_n = 0;
	buf_clear(&in->cells);
	while (!t.ended) {
		size_t n = piece(in, at);
		if (n == 0) {
			int more = window_fill(in, f);
			if (more < 0)
				return STEP_FAILED;
			if (more > 0)
				continue;
			if (csv_fini(in->csv, on_cell, on_row, &t) != 0)
				return refuse_open(in, f);
			/* Without a line end libcsv sees no row in a line that ends here but is empty. */
			break;
		}
		size_t fed = csv_parse(in->csv, in->p + at, n, on_cell, on_row, &t);
		if (fed != n)
			return refuse_quote(in, at + fed, f);
		at += n;
		/* What may turn out to be the end of the cell is no part of it. */
		if (in->csv->entry_pos > in->cell_max + in->csv->spaces + 1)
			t.too_big = true;
		if (t.too_big || t.too_many)
			return over_limit(in, &t, f);
		if (!t.ended && at == 1 && n == 1 && (in->p[0] == '\n' || in->p[0] == '\r'))
			break; /* a blank line, which libcsv passes over */
	}
	*lines = count_lines(in->p, at);
	/* The line feed behind a carriage return. */
	if (at > 0 && in->p[at - 1] == '\r') {
		if (in->p + at == in->e && window_fill(in, f) < 0)
			return STEP_FAILED;
		at += in->p + at < in->e && in->p[at] == '\n';
	}
	if (in->cell_n == 0)
		on_cell(NULL, 0, &t);
	point_cells(in);
	in->row_start = in->p;
	in->row_n = at;
	in->row_split = false;
	in->p += at;
	return STEP_ROW;
}

/* ---------- rows ---------- */

/* The fast way where it leads, else libcsv. *lines: how many line ends the row has. */
static enum step any_row(struct input *in, long *lines, struct fault *f)
{
	if (in->libcsv_only)
		return libcsv_row(in, lines, f);
	for (;;) {
		enum split s = split_row(in, lines);
		if (s == SPLIT_ROW) {
			in->row_start = in->p - in->row_n;
			in->row_split = true;
			return STEP_ROW;
		}
		/* A cell that is too long is stopped by libcsv_row, before the row fills the memory. */
		if (s == SPLIT_ODD || (size_t)(in->e - in->p) > in->cell_max)
			return libcsv_row(in, lines, f);
		if (window_fill(in, f) < 0)
			return STEP_FAILED;
	}
}

/* A line without a character, or with blanks alone. */
static bool is_blank(const struct input *in)
{
	if (in->cell_n != 1 || in->row_start[0] == '"')
		return false;
	const struct cell *c = &in->cell[0];
	for (size_t i = 0; i < c->n; i++)
		if (c->p[i] != ' ' && c->p[i] != '\t')
			return false;
	return true;
}

/* Control characters and ill-formed text, where the window may hold any. */
static bool cells_fine(const struct input *in, size_t *column, struct fault *f)
{
	for (size_t i = 0; i < in->cell_n; i++) {
		const struct cell *c = &in->cell[i];
		*column = i + 1;
		long at = text_control(c->p, c->n);
		if (at >= 0) {
			unsigned code = (unsigned char)c->p[at];
			if (code == 0xC2)
				code = (unsigned char)c->p[at + 1];
			return fault_set(f, STATUS_DATA,
			        "the control character \\x%02x stands in this cell; take it out",
			        code);
		}
		size_t run = text_valid_run(c->p, c->n);
		if (run < c->n)
			return fault_set(f, STATUS_DATA,
			        "the byte \\x%02x in this cell is no %s; save the file as UTF-8",
			        (unsigned)(unsigned char)c->p[run],
			        in->encoding == ENC_UTF8 ? "UTF-8" : "whole character");
	}
	return true;
}

/* Passes the "sep=;" line. */
static enum step begin_rows(struct input *in, struct fault *f)
{
	struct row row;
	in->rows_begun = true;
	if (!in->separator_line)
		return STEP_ROW;
	in->separator_line = false;
	char separator = in->separator;
	in->separator = '\1'; /* so that the line is one cell */
	enum step step = rows_next(in, &row, f);
	in->separator = separator;
	return step;
}

/* Reads over the rest of a refused line. */
static bool pass_rest(struct input *in, struct fault *f)
{
	while (in->passing) {
		const char *end = in->e - in->unchecked;
		while (in->p < end && !at_line_end(in))
			in->p++;
		if (pass_line_end(in)) {
			in->passing = false;
		} else if (window_fill(in, f) < 0) {
			return false;
		} else if (in->eof && in->p == in->e) {
			in->passing = false;
		}
	}
	return true;
}

enum step rows_next(struct input *in, struct row *row, struct fault *f)
{
	long lines;
	in->resumable = false;
	if (!pass_rest(in, f))
		return STEP_FAILED;
	if (!in->rows_begun && begin_rows(in, f) == STEP_FAILED)
		return STEP_FAILED;
	for (;;) {
		if (in->p == in->e) {
			int more = window_fill(in, f);
			if (more <= 0)
				return more < 0 ? STEP_FAILED : STEP_END;
		}
		enum step step = any_row(in, &lines, f);
		if (step != STEP_ROW)
			return step;
		row->line = in->line;
		row->n = in->cell_n;
		row->cell = in->cell;
		in->line += in->sheet ? 1 : lines;
		size_t column;
		if (in->suspect)
			cells_mend(in);
		if (in->suspect && !cells_fine(in, &column, f)) {
			char place[32];
			snprintf(place, sizeof place, "column %zu", column);
			fault_place(f, in->name, row->line, place);
			in->resumable = true;
			return STEP_FAILED;
		}
		if (!is_blank(in))
			return STEP_ROW;
		if (in->keep_blank) {
			row->n = 0;
			return STEP_ROW;
		}
	}
}

/* ---------- the row as it stood ---------- */

/* The fast way has put NULs and single quotes into the window, but a cell was quoted just where a quote
 * still stands before it, and a well-formed quoted cell can be written in one way only. */
static void rebuild(struct input *in)
{
	struct buf *b = &in->row_text;
	for (size_t i = 0; i < in->cell_n; i++) {
		const struct cell *c = &in->cell[i];
		if (i > 0)
			buf_addc(b, in->separator);
		if (c->p == in->row_start || c->p[-1] != '"') {
			buf_add(b, c->p, c->n);
			continue;
		}
		buf_addc(b, '"');
		for (size_t k = 0; k < c->n; k++) {
			if (c->p[k] == '"')
				buf_addc(b, '"');
			buf_addc(b, c->p[k]);
		}
		buf_addc(b, '"');
	}
}

struct cell rows_raw(struct input *in)
{
	struct buf *b = &in->row_text;
	buf_clear(b);
	if (in->row_split) {
		rebuild(in);
	} else {
		size_t n = in->row_n;
		if (n > 0 && in->row_start[n - 1] == '\n')
			n--;
		if (n > 0 && in->row_start[n - 1] == '\r')
			n--;
		buf_add(b, in->row_start, n);
	}
	if (b->p == NULL)
		buf_add(b, "", 0);
	return (struct cell){ .p = b->p, .n = b->n };
}
