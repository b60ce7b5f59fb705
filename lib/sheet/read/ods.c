/* SPDX-License-Identifier: MIT */
/* OpenDocument spreadsheets: the tables of content.xml, or of one flat XML file. */
#include "sheet/read/book.h"

#include <stdlib.h>
#include <string.h>

/* Names come from expat as "namespace|local"; the last word of the namespace is enough to tell. */
#define OFFICE   "urn:oasis:names:tc:opendocument:xmlns:office:1.0|"
#define TABLE    "urn:oasis:names:tc:opendocument:xmlns:table:1.0|"
#define TEXT     "urn:oasis:names:tc:opendocument:xmlns:text:1.0|"
#define STYLE    "urn:oasis:names:tc:opendocument:xmlns:style:1.0|"
#define MANIFEST "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0|"

/* The local part of a name in the given namespace, or NULL. */
static const char *in(const char *name, const char *space)
{
	size_t n = strlen(space);

	return strncmp(name, space, n) == 0 ? name + n : NULL;
}

static bool named(const char *name, const char *space, const char *local)
{
	name = in(name, space);
	return name && strcmp(name, local) == 0;
}

static bool deeper(struct part *part)
{
	if (++part->depth <= BOOK_DEPTH)
		return true;
	fault_set(
	        part->fault, STATUS_DATA, "damaged: elements nested more than %d deep", BOOK_DEPTH);
	part_stop(part);
	return false;
}

/* ---------- the tables, by name ---------- */

struct tables {
	struct part part;
	const char *style;   /* whose properties are being read */
	const char **hidden; /* styles of tables that are not shown */
	size_t n, cap;
	int table; /* depth of the table we are in; a table in a cell is no sheet */
};

static bool is_hidden(const struct tables *t, const char *style)
{
	for (size_t i = 0; style && i < t->n; i++)
		if (str_equal(t->hidden[i], style))
			return true;
	return false;
}

static void XMLCALL tables_start(void *user, const char *name, const char **attrs)
{
	struct tables *t = user;
	struct sheet_book *book = t->part.book;

	if (!deeper(&t->part))
		return;
	if (t->table)
		return;
	if (named(name, STYLE, "style")) {
		const char *style = attr(attrs, "name");

		t->style = arena_strdup(book->arena, style ? style : "");
	} else if (named(name, STYLE, "table-properties")) {
		if (str_equal(attr(attrs, "display"), "false") && t->style && t->n < BOOK_SHEETS) {
			t->hidden = mem_grow(t->hidden, &t->cap, t->n + 1, sizeof *t->hidden);
			t->hidden[t->n++] = t->style;
		}
	} else if (named(name, TABLE, "table") && book->sheets < BOOK_SHEETS) {
		const char *title = attr(attrs, "name");

		t->table = t->part.depth;
		book_add_sheet(
		        book, title ? title : "", is_hidden(t, attr(attrs, "style-name")), "");
	}
}

static void XMLCALL tables_end(void *user, const char *name)
{
	struct tables *t = user;

	(void)name;
	if (t->part.depth-- == t->table)
		t->table = 0;
}

/* ---------- protected files say so in their manifest ---------- */

static void XMLCALL manifest_start(void *user, const char *name, const char **attrs)
{
	struct part *part = user;

	(void)attrs;
	if (deeper(part) && named(name, MANIFEST, "encryption-data")) {
		fault_set(part->fault, STATUS_DATA,
		        "protected by a password; save a copy without one and use that");
		part_stop(part);
	}
}

static void XMLCALL manifest_end(void *user, const char *name)
{
	struct part *part = user;

	(void)name;
	part->depth--;
}

bool ods_open(struct sheet_book *book, struct fault *f)
{
	static const struct handlers manifest = {
		.start = manifest_start, .end = manifest_end, .names = true
	};
	static const struct handlers to = {
		.start = tables_start, .end = tables_end, .names = true, .streams = true
	};
	struct tables tables = { 0 };
	struct part part = { 0 };
	bool ok;

	if (book->zip && !part_parse(book, "META-INF/manifest.xml", true, &manifest, &part, f))
		return false;
	ok = part_parse(book, "content.xml", false, &to, &tables.part, f);
	mem_free(tables.hidden);
	return ok;
}

/* ---------- rows ---------- */

enum value { VALUE_TEXT, VALUE_NUMBER, VALUE_DATE, VALUE_DURATION, VALUE_BOOL };

struct content {
	struct part part;
	struct rows *rows;
	bool raw;
	size_t want, seen;          /* which table, and how many have begun */
	int table, row, cell, skip; /* depth of what we are in, 0: not in one */
	int paragraph;
	bool begun;  /* a paragraph of the cell stands already */
	bool blank;  /* a blank is owed, before more text of the paragraph */
	bool layout; /* it was, or was with, a line end: how the XML is laid out, no text */
	bool filled; /* the paragraph has text */
	enum value kind;
	bool given; /* the value stands in an attribute, which text only shows */
	bool covered, hidden;
	long number, repeat_rows;
	size_t column, repeat_columns;
	struct buf text, made;
};

static long repeats(const char **attrs, const char *local, long most)
{
	const char *text = attr(attrs, local);
	long n = text ? strtol(text, NULL, 10) : 1;

	return n < 1 ? 1 : n > most ? most : n;
}

static void row_start(struct content *c, const char **attrs)
{
	const char *visible = attr(attrs, "visibility");

	c->row = c->part.depth;
	c->repeat_rows = repeats(attrs, "number-rows-repeated", BOOK_ROWS);
	c->hidden = visible && !str_equal(visible, "visible");
	c->column = 0;
	c->rows->number = c->number + 1;
	rows_begin(c->rows);
}

static void note_column(struct content *c, const char **attrs)
{
	const char *visible = attr(attrs, "visibility");

	if (visible && !str_equal(visible, "visible"))
		c->rows->told->hidden_columns +=
		        repeats(attrs, "number-columns-repeated", BOOK_COLUMNS);
}

/* The attribute that holds the value of each type. */
static const char *read_value(struct content *c, const char *type, const char **attrs)
{
	static const struct {
		const char *type, *attr;
		enum value kind;
	} known[] = {
		{ "float", "value", VALUE_NUMBER },
		{ "percentage", "value", VALUE_NUMBER },
		{ "currency", "value", VALUE_NUMBER },
		{ "date", "date-value", VALUE_DATE },
		{ "time", "time-value", VALUE_DURATION },
		{ "boolean", "boolean-value", VALUE_BOOL },
		{ "string", "string-value", VALUE_TEXT },
	};

	for (size_t i = 0; type && i < COUNT(known); i++) {
		if (strcmp(type, known[i].type) == 0) {
			c->kind = known[i].kind;
			return attr(attrs, known[i].attr);
		}
	}
	return NULL;
}

/* calcext:value-type says "error" where office:value-type says an empty string. */
static bool is_error(const char **attrs)
{
	for (; *attrs; attrs += 2)
		if (str_ends(*attrs, "|value-type") && str_equal(attrs[1], "error"))
			return true;
	return false;
}

static void cell_start(struct content *c, const char **attrs, bool covered)
{
	const char *type = NULL, *value;

	c->cell = c->part.depth;
	c->covered = covered;
	c->repeat_columns = (size_t)repeats(attrs, "number-columns-repeated", BOOK_COLUMNS);
	c->kind = VALUE_TEXT;
	c->begun = false;
	buf_clear(&c->text);
	for (const char **a = attrs; *a && !type; a += 2)
		if (named(*a, OFFICE, "value-type"))
			type = a[1];
	value = is_error(attrs) ? NULL : read_value(c, type, attrs);
	c->given = value != NULL;
	if (value)
		buf_adds(&c->text, value);
	if (!value && type && attr(attrs, "formula") && !is_error(attrs) && c->kind != VALUE_TEXT)
		c->rows->told->unsolved++;
	if (!type && attr(attrs, "formula"))
		c->rows->told->unsolved++;
}

/* Room for n more bytes in the cell. */
static bool fits(struct content *c, size_t n)
{
	if (c->text.n + n <= BOOK_CELL)
		return true;
	fault_set(c->part.fault, STATUS_DATA,
	        "a cell of row %ld holds more than %d MB of text; not read on", c->rows->number,
	        BOOK_CELL >> 20);
	part_stop(&c->part);
	return false;
}

/* Text within a paragraph: runs of white space are one blank, none at its ends (ODF 1.2, 6.1.2), but
 * LibreOffice writes a last blank as it is and means it. */
static void add_text(struct content *c, const char *text, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && !strchr(" \t\r\n", text[i]))
			continue;
		if (i > from) {
			if (c->blank && c->filled)
				buf_addc(&c->text, ' ');
			c->blank = c->layout = false;
			c->filled = true;
			buf_add(&c->text, text + from, i - from);
		}
		if (i < n) {
			c->blank = true;
			c->layout = c->layout || text[i] != ' ';
		}
		from = i + 1;
	}
}

static void paragraph_end(struct content *c)
{
	if (c->blank && c->filled && !c->layout)
		buf_addc(&c->text, ' ');
	c->paragraph = 0;
}

/* A character that an element stands for is no white space to be folded. */
static void add_element(struct content *c, const char *what, long n)
{
	if (c->blank && c->filled)
		buf_addc(&c->text, ' ');
	c->blank = c->layout = false;
	c->filled = true;
	if (!fits(c, (size_t)n))
		return;
	for (; n > 0; n--)
		buf_adds(&c->text, what);
}

static void within_cell(struct content *c, const char *name, const char **attrs)
{
	const char *local = in(name, TEXT);

	if (c->part.depth == c->cell + 1 && local &&
	        (strcmp(local, "p") == 0 || strcmp(local, "h") == 0)) {
		if (c->begun)
			buf_addc(&c->text, '\n');
		c->begun = true;
		c->blank = c->filled = c->layout = false;
		c->paragraph = c->part.depth;
	} else if (!c->paragraph || !local || strcmp(local, "ruby-text") == 0 ||
	           strcmp(local, "note") == 0) {
		c->skip = c->part.depth; /* comments, pictures and tables within the cell */
	} else if (strcmp(local, "s") == 0) {
		add_element(c, " ", repeats(attrs, "c", BOOK_ROW));
	} else if (strcmp(local, "tab") == 0) {
		add_element(c, "\t", 1);
	} else if (strcmp(local, "line-break") == 0) {
		add_element(c, "\n", 1);
	}
}

static void XMLCALL content_start(void *user, const char *name, const char **attrs)
{
	struct content *c = user;

	if (!deeper(&c->part) || c->skip)
		return;
	if (c->cell) {
		if (c->given)
			c->skip = c->part.depth; /* the value is known, the text only its looks */
		else
			within_cell(c, name, attrs);
		return;
	}
	name = in(name, TABLE);
	if (!name)
		return;
	if (!c->table) {
		if (strcmp(name, "table") == 0) {
			c->table = c->part.depth;
			if (c->seen++ != c->want)
				c->skip = c->part.depth;
		}
	} else if (c->row && strcmp(name, "table-cell") == 0) {
		cell_start(c, attrs, false);
	} else if (c->row && strcmp(name, "covered-table-cell") == 0) {
		cell_start(c, attrs, true);
	} else if (strcmp(name, "table-row") == 0) {
		row_start(c, attrs);
	} else if (strcmp(name, "table-column") == 0) {
		note_column(c, attrs);
	}
}

static void make_value(struct content *c)
{
	struct buf *made = &c->made;
	const char *text = buf_text(&c->text);

	buf_clear(made);
	if (c->raw || c->kind == VALUE_TEXT || !c->given)
		buf_add(made, text, c->text.n);
	else if (c->kind == VALUE_DATE)
		form_add_iso(made, text, c->text.n);
	else if (c->kind == VALUE_DURATION)
		form_add_duration(made, text, c->text.n);
	else if (c->kind == VALUE_BOOL)
		buf_adds(made, str_equal(text, "true") ? "TRUE" : "FALSE");
	else
		form_add(
		        made, text, c->text.n, (struct form_of){ .form = FORM_NUMBER }, EPOCH_1899);
}

static void cell_end(struct content *c)
{
	c->cell = c->paragraph = 0;
	if (c->text.n > 0 && !c->covered) {
		make_value(c);
		for (size_t i = 0; i < c->repeat_columns; i++) {
			if (!rows_put(c->rows, c->column + i, buf_text(&c->made), c->made.n, false,
			            c->part.fault)) {
				part_stop(&c->part);
				return;
			}
		}
	}
	c->column += c->repeat_columns;
	if (c->column > BOOK_COLUMNS)
		c->column = BOOK_COLUMNS; /* blank cells to the edge, and an edge further out */
}

static void row_end(struct content *c)
{
	c->row = 0;
	if (!rows_end(c->rows, c->number + 1, c->hidden, c->repeat_rows, c->part.fault))
		part_stop(&c->part);
	c->number += c->repeat_rows;
	if (c->number > BOOK_ROWS)
		c->number = BOOK_ROWS;
}

static void XMLCALL content_end(void *user, const char *name)
{
	struct content *c = user;
	int depth = c->part.depth--;

	(void)name;
	if (c->part.fault->status != STATUS_OK)
		return;
	if (depth == c->paragraph)
		paragraph_end(c);
	if (c->skip) {
		if (depth == c->skip)
			c->skip = 0;
		if (depth != c->table)
			return;
	}
	if (depth == c->cell)
		cell_end(c);
	else if (depth == c->row)
		row_end(c);
	else if (depth == c->table)
		c->table = 0;
}

static void XMLCALL content_text(void *user, const char *text, int n)
{
	struct content *c = user;

	if (c->paragraph && !c->skip && fits(c, (size_t)n))
		add_text(c, text, (size_t)n);
}

bool ods_read(struct sheet_book *book, size_t i, bool raw, struct rows *rows, struct fault *f)
{
	static const struct handlers to = { .start = content_start,
		.end = content_end,
		.text = content_text,
		.names = true,
		.streams = true };
	struct content content = { .rows = rows, .raw = raw, .want = i };
	bool ok = part_parse(book, "content.xml", false, &to, &content.part, f);

	buf_free(&content.text);
	buf_free(&content.made);
	return ok;
}
