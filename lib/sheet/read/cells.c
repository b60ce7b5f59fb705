/* SPDX-License-Identifier: MIT */
/* The rows of an xlsx worksheet. */
#include "sheet/read/book.h"

#include <stdlib.h>
#include <string.h>

/* What the attribute t of a cell says its value is. */
enum kind { KIND_NUMBER, KIND_SHARED, KIND_TEXT, KIND_BOOL, KIND_ERROR, KIND_DATE };

struct column_style {
	size_t first, last, style;
};
struct cells {
	struct part part;
	struct rows *rows;
	bool raw;
	bool in_data, in_row, in_cell,
	        in_text; /* sheetData, row, c, and the v or t whose text counts */
	int phonetic;
	bool formula, valued;
	enum kind kind;
	size_t column, style;
	long row;
	bool hidden;
	/* Gnumeric leaves the style out where it is that of the column. To Excel a cell without one
	 * has the first, so this is done for files of gnumeric only. */
	bool gnumeric;
	struct column_style *column_style;
	size_t columns, room;
	struct buf text; /* of the cell, as stored */
	struct buf made; /* of the cell, as written */
};

static bool is(const char *local, char letter)
{
	return local[0] == letter && local[1] == '\0';
}

static enum kind kind_of(const char *t)
{
	switch (t[0]) {
	case 's':
		return t[1] == '\0' ? KIND_SHARED : KIND_TEXT; /* s, str */
	case 'i':
		return KIND_TEXT; /* inlineStr */
	case 'b':
		return KIND_BOOL;
	case 'e':
		return KIND_ERROR;
	case 'd':
		return KIND_DATE;
	default:
		return KIND_NUMBER;
	}
}

/* "AB12" is column 27, counted from 0; digits alone leave the column where it is. */
static size_t column_of(const char *ref, size_t otherwise)
{
	size_t column = 0;

	if ((*ref | 32) < 'a' || (*ref | 32) > 'z')
		return otherwise;
	for (; (*ref | 32) >= 'a' && (*ref | 32) <= 'z' && column < BOOK_COLUMNS; ref++)
		column = column * 26 + (size_t)((*ref | 32) - 'a') + 1;
	return column - 1;
}

static size_t style_of_column(const struct cells *c)
{
	for (size_t i = 0; i < c->columns; i++)
		if (c->column >= c->column_style[i].first && c->column <= c->column_style[i].last)
			return c->column_style[i].style;
	return 0;
}

static void cell_start(struct cells *c, const char **attrs)
{
	bool styled = false;

	c->in_cell = true;
	c->formula = c->valued = false;
	c->kind = KIND_NUMBER;
	c->style = 0;
	c->phonetic = 0;
	c->column++;
	buf_clear(&c->text);
	for (; *attrs; attrs += 2) {
		if (is(*attrs, 'r'))
			c->column = column_of(attrs[1], c->column - 1) + 1;
		else if (is(*attrs, 't'))
			c->kind = kind_of(attrs[1]);
		else if (is(*attrs, 's')) {
			c->style = strtoul(attrs[1], NULL, 10);
			styled = true;
		}
	}
	if (!styled && c->gnumeric)
		c->style = style_of_column(c);
}

static void row_start(struct cells *c, const char **attrs)
{
	const char *number = attr(attrs, "r");
	long row = number ? strtol(number, NULL, 10) : c->row + 1;

	if (row <= c->row || row > BOOK_ROWS) {
		fault_set(c->part.fault, STATUS_DATA, "damaged: row %ld follows row %ld", row,
		        c->row);
		part_stop(&c->part);
		return;
	}
	c->in_row = true;
	c->row = c->rows->number = row;
	c->hidden = attr_true(attrs, "hidden");
	c->column = 0;
	rows_begin(c->rows);
}

static void note_column(struct cells *c, const char **attrs)
{
	const char *first = attr(attrs, "min"), *last = attr(attrs, "max");
	const char *style = attr(attrs, "style");

	if (c->gnumeric && first && last && style && c->columns < BOOK_COLUMNS) {
		c->column_style = mem_grow(
		        c->column_style, &c->room, c->columns + 1, sizeof *c->column_style);
		c->column_style[c->columns++] = (struct column_style){ strtoul(first, NULL, 10),
			strtoul(last, NULL, 10), strtoul(style, NULL, 10) };
	}
	if (attr_true(attrs, "hidden") && first && last) {
		long n = strtol(last, NULL, 10) - strtol(first, NULL, 10) + 1;

		if (n > 0 && n <= BOOK_COLUMNS)
			c->rows->told->hidden_columns += n;
	}
}

static void XMLCALL cells_start(void *user, const char *name, const char **attrs)
{
	struct cells *c = user;
	const char *local;

	if (++c->part.depth > BOOK_DEPTH) {
		fault_set(c->part.fault, STATUS_DATA, "damaged: elements nested more than %d deep",
		        BOOK_DEPTH);
		part_stop(&c->part);
		return;
	}
	local = part_local(&c->part, name);
	if (c->part.depth == 1)
		c->gnumeric = attr(attrs, "gnmx") != NULL;
	if (c->in_cell) {
		if (is(local, 'v') || is(local, 't')) {
			c->in_text = c->phonetic == 0;
			c->valued = true;
		} else if (is(local, 'f')) {
			c->formula = true;
		} else if (strcmp(local, "rPh") == 0) {
			c->phonetic++;
		}
	} else if (c->in_data && is(local, 'c') && !c->in_row) {
		fault_set(c->part.fault, STATUS_DATA,
		        "damaged: a cell outside any row, behind row %ld", c->row);
		part_stop(&c->part);
	} else if (c->in_data && is(local, 'c')) {
		cell_start(c, attrs);
	} else if (c->in_data && strcmp(local, "row") == 0) {
		row_start(c, attrs);
	} else if (strcmp(local, "sheetData") == 0) {
		c->in_data = true;
	} else if (strcmp(local, "col") == 0) {
		note_column(c, attrs);
	}
}

static void put(struct cells *c, const char *p, size_t n, bool lasting)
{
	if (!rows_put(c->rows, c->column - 1, p, n, lasting, c->part.fault))
		part_stop(&c->part);
}

static void put_shared(struct cells *c)
{
	const struct strings *strings = &c->part.book->strings;
	struct fault none = { 0 };
	int64_t i;
	size_t at;

	if (!number_parse(c->text.p, 0, (int64_t)strings->count - 1, &i, &none)) {
		fault_set(c->part.fault, STATUS_DATA,
		        "damaged: row %ld asks for text %s of %zu; get the file once more", c->row,
		        quote(c->text.p), strings->count);
		part_stop(&c->part);
		return;
	}
	at = strings->at[i];
	put(c, strings->pool + at,
	        ((size_t)i + 1 < strings->count ? strings->at[i + 1] : strings->n) - at - 1, true);
}

static void put_value(struct cells *c, const struct form_of form)
{
	struct buf *made = &c->made;
	char *text = str_trim(c->text.p);

	buf_clear(made);
	if (c->raw)
		buf_adds(made, text);
	else if (c->kind == KIND_BOOL)
		buf_adds(made, str_equal(text, "1") || str_equal(text, "true") ? "TRUE" : "FALSE");
	else if (c->kind == KIND_DATE)
		form_add_iso(made, text, strlen(text));
	else
		form_add(made, text, strlen(text), form, c->part.book->epoch);
	if (made->n > 0)
		put(c, made->p, made->n, false);
}

static void cell_end(struct cells *c)
{
	const struct sheet_book *book = c->part.book;
	struct form_of form = { .form = FORM_NUMBER };

	c->in_cell = false;
	/* An empty v is no number, but it may be an empty text. */
	if (c->formula && c->text.n == 0 && (!c->valued || c->kind == KIND_NUMBER))
		c->rows->told->unsolved++;
	if (c->text.n == 0)
		return;
	if (c->style < book->styles)
		form = book->style[c->style];
	switch (c->kind) {
	case KIND_SHARED:
		put_shared(c);
		return;
	case KIND_TEXT:
		c->text.n = xlsx_unescape(c->text.p, c->text.n);
		put(c, c->text.p, c->text.n, false);
		return;
	case KIND_NUMBER:
		if (form.form == FORM_NUMBER && c->text.n <= 15 && !c->raw &&
		        c->text.p[strspn(c->text.p, "0123456789")] == '\0') {
			put(c, c->text.p, c->text.n, false);
			return;
		}
		break;
	case KIND_ERROR:
		put(c, c->text.p, c->text.n, false);
		return;
	case KIND_BOOL:
	case KIND_DATE:
		break;
	}
	put_value(c, form);
}

static void XMLCALL cells_end(void *user, const char *name)
{
	struct cells *c = user;
	const char *local = part_local(&c->part, name);

	c->part.depth--;
	c->in_text = false;
	if (c->part.fault->status != STATUS_OK)
		return; /* expat may still end what it began */
	if (c->in_cell) {
		if (is(local, 'c'))
			cell_end(c);
		else if (strcmp(local, "rPh") == 0)
			c->phonetic--;
	} else if (c->in_row && strcmp(local, "row") == 0) {
		c->in_row = false;
		if (!rows_end(c->rows, c->row, c->hidden, 1, c->part.fault))
			part_stop(&c->part);
	} else if (strcmp(local, "sheetData") == 0) {
		c->in_data = false;
	}
}

static void XMLCALL cells_text(void *user, const char *text, int n)
{
	struct cells *c = user;

	if (!c->in_text)
		return;
	if (c->text.n + (size_t)n > BOOK_CELL) {
		fault_set(c->part.fault, STATUS_DATA,
		        "a cell of row %ld holds more than %d MB of text; not read on", c->row,
		        BOOK_CELL >> 20);
		part_stop(&c->part);
		return;
	}
	buf_add(&c->text, text, (size_t)n);
}

bool xlsx_read(struct sheet_book *book, size_t i, bool raw, struct rows *rows, struct fault *f)
{
	static const struct handlers to = {
		.start = cells_start, .end = cells_end, .text = cells_text, .streams = true
	};
	struct cells cells = { .rows = rows, .raw = raw };
	bool ok;

	if (book->strings.count == 0 && !xlsx_strings(book, f))
		return false;
	ok = part_parse(book, book->path[i], false, &to, &cells.part, f);
	mem_free(cells.column_style);
	buf_free(&cells.text);
	buf_free(&cells.made);
	return ok;
}
