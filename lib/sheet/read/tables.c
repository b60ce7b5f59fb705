/* SPDX-License-Identifier: MIT */
/* The tables of a web page, and the worksheets of Excel's XML of 2003, as sheets. */
#include <string.h>
#include <unistd.h>

#include "sheet/read/markup.h"

enum { TABLES_MOST = 500, TABLES_DEEP = 64, SPAN_MOST = 1000 };

struct tables {
	struct markup m;
	struct sheet_book *book;
	struct rows *rows; /* NULL: tables are counted only */
	struct fault *fault;
	size_t wanted;
	size_t opened;            /* tables so far; the number of the next one */
	size_t open[TABLES_DEEP]; /* those we are in, the innermost last */
	size_t depth;
	char title[128]; /* of the worksheet we are in */
	bool xml, raw;
	/* where we are in the wanted table */
	long row;
	size_t column;
	bool in_row, in_cell;
	long across; /* columns that the cell covers */
	char type;   /* of a cell of Excel: d date, b boolean; 0: as it stands */
	struct buf text;
	long *covered; /* rows that a cell above still covers, a column each */
	size_t covers;
	/* of each table: its filled cells, and its name */
	size_t *cells, room, named;
};

static bool is_wanted(const struct tables *t)
{
	return t->depth > 0 && t->depth <= TABLES_DEEP && t->open[t->depth - 1] == t->wanted;
}

/* ---------- cells ---------- */

/* Text as a browser shows it: white space is one blank, none at the ends of a line. */
static void squeeze(struct buf *b)
{
	size_t to = 0;
	bool blank = false;

	for (size_t i = 0; i < b->n; i++) {
		char c = b->p[i];
		bool no_break = c == '\xC2' && i + 1 < b->n && b->p[i + 1] == '\xA0';
		if (no_break || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0') {
			blank = true;
			i += no_break;
			continue;
		}
		if (c == '\v') { /* a line end that was meant, by a tag */
			blank = false;
			if (to > 0 && b->p[to - 1] != '\n')
				b->p[to++] = '\n';
			continue;
		}
		if (blank && to > 0 && b->p[to - 1] != '\n')
			b->p[to++] = ' ';
		blank = false;
		b->p[to++] = c;
	}
	while (to > 0 && b->p[to - 1] == '\n')
		to--;
	b->n = to;
	if (b->p)
		b->p[to] = '\0';
}

static bool put_cell(struct tables *t)
{
	struct buf other = { 0 };
	bool ok;

	t->in_cell = false;
	if (!t->xml)
		squeeze(&t->text);
	if (!text_valid(buf_text(&t->text), t->text.n)) {
		text_add_cp1252(&other, t->text.p, t->text.n);
		buf_clear(&t->text);
		buf_add(&t->text, other.p, other.n);
		buf_free(&other);
	}
	if (t->type == 'd' && !t->raw) {
		form_add_iso(&other, buf_text(&t->text), t->text.n);
		buf_clear(&t->text);
		buf_add(&t->text, buf_text(&other), other.n);
		buf_free(&other);
	} else if (t->type == 'b' && !t->raw) {
		bool yes = str_equal(buf_text(&t->text), "1");
		buf_clear(&t->text);
		buf_adds(&t->text, yes ? "TRUE" : "FALSE");
	}
	t->cells[t->wanted] += t->text.n > 0;
	ok = !t->rows ||
	     rows_put(t->rows, t->column, buf_text(&t->text), t->text.n, false, t->fault);
	t->column += (size_t)t->across;
	buf_clear(&t->text);
	return ok;
}

/* Cells that reach over these rows reach so much less far below them. */
static void uncover(struct tables *t, long rows)
{
	for (size_t i = 0; i < t->covers; i++)
		t->covered[i] = t->covered[i] > rows ? t->covered[i] - rows : 0;
}

static bool put_row(struct tables *t)
{
	bool ok = !t->in_cell || put_cell(t);

	if (ok && t->in_row && t->rows)
		ok = rows_end(t->rows, t->row, false, 1, t->fault);
	t->in_row = false;
	uncover(t, 1);
	return ok;
}

static bool begin_row(struct tables *t)
{
	long at = t->xml ? markup_number(&t->m, "Index", 0, BOOK_ROWS) : 0;

	if (t->in_row && !put_row(t))
		return false;
	if (at > t->row + 1)
		uncover(t, at - t->row - 1);
	t->row = at > t->row ? at : t->row + 1;
	t->column = 0;
	t->in_row = true;
	if (t->rows) {
		rows_begin(t->rows);
		t->rows->number = t->row;
	}
	return true;
}

/* How far a cell reaches: its rows below are covered, and so is what stands beside it. */
static void begin_span(struct tables *t)
{
	long down = t->xml ? markup_number(&t->m, "MergeDown", 0, SPAN_MOST)
	                   : markup_number(&t->m, "rowspan", 1, SPAN_MOST) - 1;

	t->across = t->xml ? markup_number(&t->m, "MergeAcross", 0, SPAN_MOST) + 1
	                   : markup_number(&t->m, "colspan", 1, SPAN_MOST);
	if (down <= 0 || t->column + (size_t)t->across > BOOK_COLUMNS)
		return;
	size_t was = t->covers, need = t->column + (size_t)t->across;
	if (need > was) {
		size_t cap = was;
		t->covered = mem_grow(t->covered, &cap, need, sizeof *t->covered);
		memset(t->covered + was, 0, (cap - was) * sizeof *t->covered);
		t->covers = cap;
	}
	for (size_t i = t->column; i < need; i++)
		t->covered[i] = down + 1; /* this row counts as well */
}

static bool begin_cell(struct tables *t)
{
	if (t->in_cell && !put_cell(t))
		return false;
	if (!t->in_row && !begin_row(t))
		return false;
	if (t->xml) {
		long at = markup_number(&t->m, "Index", 0, BOOK_COLUMNS);
		t->column = at > 0 ? (size_t)at - 1 : t->column;
	}
	while (t->column < t->covers && t->covered[t->column] > 0)
		t->column++;
	begin_span(t);
	t->in_cell = true;
	t->type = 0;
	buf_clear(&t->text);
	if (t->xml && t->m.empty)
		return put_cell(t);
	return true;
}

/* ---------- tables ---------- */

static bool begin_table(struct tables *t)
{
	char name[128];

	if (t->depth < TABLES_DEEP)
		t->open[t->depth] = t->opened;
	t->depth++;
	if (t->opened >= TABLES_MOST)
		return fault_set(t->fault, STATUS_DATA, "a page of more than %d tables; not read",
		        TABLES_MOST);
	t->cells = mem_grow(t->cells, &t->room, t->opened + 1, sizeof *t->cells);
	t->cells[t->opened] = 0;
	if (!t->rows) {
		snprintf(name, sizeof name, "Table %zu", t->opened + 1);
		book_add_sheet(t->book, t->xml && t->title[0] ? t->title : name, false, "");
		t->wanted = t->opened; /* the innermost is counted */
	}
	t->opened++;
	if (is_wanted(t)) {
		t->row = 0;
		t->in_row = t->in_cell = false;
		t->covers = 0;
	}
	return true;
}

static bool end_table(struct tables *t)
{
	bool ok = true;

	if (t->depth == 0)
		return true;
	if (is_wanted(t))
		ok = put_row(t);
	t->depth--;
	if (!t->rows && t->depth > 0 && t->depth <= TABLES_DEEP) {
		t->wanted = t->open[t->depth - 1];
		t->in_row = t->in_cell = false;
	}
	return ok;
}

static bool within_table(struct tables *t)
{
	const struct markup *m = &t->m;
	const char *name = m->name;
	char type[16];

	if (str_equal(name, t->xml ? "row" : "tr")) {
		if (m->closing)
			return !t->in_row || put_row(t);
		return begin_row(t) && (!t->xml || !m->empty || put_row(t));
	}
	if (t->xml ? str_equal(name, "cell") : str_equal(name, "td") || str_equal(name, "th"))
		return m->closing ? !t->in_cell || put_cell(t) : begin_cell(t);
	if (t->xml && str_equal(name, "data") && !m->closing) {
		if (markup_attribute(m, "Type", type, sizeof type))
			t->type = str_equal(type, "DateTime")  ? 'd'
			          : str_equal(type, "Boolean") ? 'b'
			                                       : 0;
	} else if (t->in_cell && !t->xml &&
	           (str_equal(name, "br") || str_equal(name, "p") || str_equal(name, "div") ||
	                   str_equal(name, "li"))) {
		buf_addc(&t->text, '\v');
	}
	return true;
}

static bool take_tag(struct tables *t)
{
	const struct markup *m = &t->m;

	if (t->xml && str_equal(m->name, "worksheet") && !m->closing) {
		t->title[0] = '\0';
		markup_attribute(m, "Name", t->title, sizeof t->title);
	}
	if (str_equal(m->name, "table"))
		return m->closing ? end_table(t) : begin_table(t) && (!m->empty || end_table(t));
	return !is_wanted(t) || within_table(t);
}

static bool take_text(struct tables *t)
{
	if (!t->in_cell || !is_wanted(t))
		return true;
	if (t->xml && t->m.text.n && strspn(t->m.text.p, " \t\r\n") == t->m.text.n)
		return true; /* between the elements of a cell */
	if (t->text.n + t->m.text.n > BOOK_CELL)
		return fault_set(t->fault, STATUS_DATA,
		        "a cell of row %ld holds more than %d MB of text; not read on", t->row,
		        BOOK_CELL >> 20);
	/* Line ends by tags are marked by \v, which no text may bring along. */
	for (size_t i = 0; i < t->m.text.n; i++)
		buf_addc(&t->text, t->m.text.p[i] == '\v' ? ' ' : t->m.text.p[i]);
	return true;
}

static bool run(struct tables *t)
{
	enum markup_what what;
	bool ok = true;

	markup_begin(&t->m, t->book->fd);
	while (ok && (what = markup_next(&t->m)) != MARKUP_END)
		ok = what == MARKUP_TAG_PART ? take_tag(t) : take_text(t);
	while (ok && t->depth > 0)
		ok = end_table(t);
	markup_free(&t->m);
	buf_free(&t->text);
	mem_free(t->covered);
	return ok;
}

static bool is_excel_xml(int fd)
{
	char text[4097];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	return strstr(text, "urn:schemas-microsoft-com:office:spreadsheet") &&
	       strcasestr(text, "<html") == NULL;
}

/* Pages lay themselves out by tables: one of a few cells beside a large one is not meant. */
bool tables_open(struct sheet_book *book, struct fault *f)
{
	struct tables *t = mem_zalloc(sizeof *t);
	size_t most = 0;
	bool ok;

	t->book = book;
	t->fault = f;
	t->xml = book->excel_xml = is_excel_xml(book->fd);
	ok = run(t);
	for (size_t i = 0; i < t->opened; i++)
		most = t->cells[i] > most ? t->cells[i] : most;
	for (size_t i = 0; ok && !t->xml && i < t->opened; i++)
		book->sheet[i].hidden = t->cells[i] * 2 < most || t->cells[i] == 0;
	if (ok && most == 0)
		ok = fault_set(f, STATUS_DATA,
		        "a web page (HTML) without a table, whatever its name says; ask for the "
		        "spreadsheet");
	mem_free(t->cells);
	mem_free(t);
	return ok;
}

bool tables_read(struct sheet_book *book, size_t i, bool raw, struct rows *rows, struct fault *f)
{
	struct tables *t = mem_zalloc(sizeof *t);
	bool ok;

	t->book = book;
	t->fault = f;
	t->xml = book->excel_xml;
	t->raw = raw;
	t->rows = rows;
	t->wanted = i;
	ok = run(t);
	mem_free(t->cells);
	mem_free(t);
	return ok;
}
