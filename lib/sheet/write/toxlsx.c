/* SPDX-License-Identifier: MIT */
/* Writing xlsx by libxlsxwriter. Nothing is ever a formula or a link. */
#include "sheet/write/out.h"
#include "sheet/place.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { CELL_CHARACTERS = 32767, HEADING_CHARACTERS = 255, DECIMALS = 15 };

struct xlsx_out {
	struct place place;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *heading, *text, *date, *fixed[DECIMALS + 1];
	const struct sheet_column *column;
	size_t n;
	long rows;
	bool large;
	struct buf escaped;
};

static void add_formats(struct xlsx_out *out)
{
	out->heading = workbook_add_format(out->book);
	format_set_bold(out->heading);
	format_set_text_wrap(out->heading);
	format_set_align(out->heading, LXW_ALIGN_VERTICAL_TOP);
	format_set_bottom(out->heading, LXW_BORDER_THIN);
	/* "@" keeps a text a text when someone edits the cell later. */
	format_set_num_format(out->heading, "@");
	out->text = workbook_add_format(out->book);
	format_set_num_format(out->text, "@");
	format_set_text_wrap(out->text);
	format_set_align(out->text, LXW_ALIGN_VERTICAL_TOP);
	out->date = workbook_add_format(out->book);
	format_set_num_format(out->date, "yyyy-mm-dd");
	format_set_align(out->date, LXW_ALIGN_VERTICAL_TOP);
}

/* "0.00;-0.00": two sections, so that sheet-csv knows the zeros belong to the text. */
static lxw_format *fixed_format(struct xlsx_out *out, int decimals)
{
	char code[2 * (DECIMALS + 4)];
	int n = 0;

	if (decimals < 0)
		decimals = 0;
	if (out->fixed[decimals])
		return out->fixed[decimals];
	out->fixed[decimals] = workbook_add_format(out->book);
	format_set_align(out->fixed[decimals], LXW_ALIGN_VERTICAL_TOP);
	if (decimals > 0) {
		n = snprintf(code, sizeof code, "0.%0*d;", decimals, 0);
		snprintf(code + n, sizeof code - (size_t)n, "-0.%0*d", decimals, 0);
		/* No column has more than DECIMALS. */
		/* cppcheck-suppress arrayIndexOutOfBoundsCond */
		format_set_num_format(out->fixed[decimals], code);
	}
	return out->fixed[decimals];
}

struct xlsx_out *xlsx_out_open(
        const char *path, const char *title, const char *tmp, bool large, struct fault *f)
{
	struct xlsx_out *out = mem_zalloc(sizeof *out);
	lxw_workbook_options options = { .constant_memory = large, .tmpdir = (char *)tmp };
	/* A fixed day, so that equal tables give equal files. */
	lxw_doc_properties properties = { .title = (char *)title, .created = 315532800 };

	if (!place_open(&out->place, path, f)) {
		mem_free(out);
		return NULL;
	}
	out->large = large;
	out->book = workbook_new_opt(out->place.temporary, &options);
	if (!out->book)
		base_oom_handler();
	workbook_set_properties(out->book, &properties);
	add_formats(out);
	return out;
}

bool xlsx_out_sheet(struct xlsx_out *out, const char *name, const struct sheet_column *columns,
        size_t n, long rows, struct fault *f)
{
	out->sheet = workbook_add_worksheet(out->book, name);
	if (!out->sheet)
		return fault_set(f, STATUS_INTERNAL, "cannot add the sheet %s", quote(name));
	out->column = columns;
	out->n = n;
	out->rows = rows;
	for (size_t i = 0; i < n; i++) {
		const struct sheet_column *c = &columns[i];
		lxw_format *format = c->type == SHEET_COLUMN_DATE ? out->date
		                     : c->type == SHEET_COLUMN_NUMBER
		                             ? fixed_format(out, c->decimals)
		                             : out->text;

		worksheet_set_column(out->sheet, (lxw_col_t)i, (lxw_col_t)i, out_width(c), format);
	}
	worksheet_freeze_panes(out->sheet, 1, 0);
	worksheet_repeat_rows(out->sheet, 0, 0);
	return true;
}

/* Excel refuses a table whose headings are blank, repeated or too long; those that would need
 * escaping are left to plain cells. */
static bool fit_for_table(const struct xlsx_out *out, const struct sheet_cell *cells, size_t n)
{
	struct arena *arena = arena_new();
	char **folded = arena_alloc(arena, (n + 1) * sizeof *folded);
	bool fit = n == out->n && n <= 200 && out->rows > 1 && !out->large;

	for (size_t i = 0; fit && i < n; i++) {
		fit = cells[i].n > 0 && cells[i].n <= HEADING_CHARACTERS &&
		      text_control(cells[i].p, cells[i].n) < 0 && !strpbrk(cells[i].p, "\t\r\n") &&
		      !strstr(cells[i].p, "_x");
		folded[i] = text_fold(arena, cells[i].p);
		for (size_t k = 0; fit && k < i; k++)
			fit = !str_equal(folded[k], folded[i]);
	}
	arena_free(arena);
	return fit;
}

static bool add_table(struct xlsx_out *out, const struct sheet_cell *cells, size_t n)
{
	lxw_table_column *column = mem_zalloc(n * sizeof *column);
	lxw_table_column **at = mem_zalloc((n + 1) * sizeof *at);
	lxw_table_options options = {
		.style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 1, .columns = at
	};
	lxw_error error;

	for (size_t i = 0; i < n; i++) {
		column[i].header = (char *)cells[i].p;
		column[i].header_format = out->heading;
		at[i] = &column[i];
	}
	error = worksheet_add_table(
	        out->sheet, 0, 0, (lxw_row_t)out->rows - 1, (lxw_col_t)(n - 1), &options);
	mem_free(column);
	mem_free(at);
	return error == LXW_NO_ERROR;
}

/* Excel reads _x0041_ as "A", LibreOffice _x41_ too; a text that looks like it has its underscore
 * written so itself. */
static const char *escape(struct xlsx_out *out, const struct sheet_cell *cell)
{
	const char *p = cell->p, *at;

	if (!strstr(p, "_x"))
		return p;
	buf_clear(&out->escaped);
	while ((at = strstr(p, "_x")) != NULL) {
		size_t digits = strspn(at + 2, "0123456789abcdefABCDEF");

		buf_add(&out->escaped, p, (size_t)(at - p));
		buf_adds(&out->escaped, digits > 0 && at[2 + digits] == '_' ? "_x005F_" : "_");
		p = at + 1;
	}
	buf_adds(&out->escaped, p);
	return out->escaped.p;
}

/* Too long as Excel counts: characters beyond the basic plane are two. */
static bool is_too_long(const struct sheet_cell *cell)
{
	size_t count = 0;

	if (cell->n <= CELL_CHARACTERS)
		return false;
	for (size_t i = 0; i < cell->n; i++) {
		unsigned char c = (unsigned char)cell->p[i];

		count += (c & 0xc0) == 0x80 ? 0 : c >= 0xf0 ? 2 : 1;
	}
	return count > CELL_CHARACTERS;
}

static bool put_text(struct xlsx_out *out, lxw_row_t row, lxw_col_t column,
        const struct sheet_cell *cell, lxw_format *format, struct fault *f)
{
	lxw_error error = is_too_long(cell) ? LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
	                                    : worksheet_write_string(out->sheet, row, column,
	                                              escape(out, cell), format);

	if (error == LXW_NO_ERROR)
		return true;
	if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return fault_set(f, STATUS_DATA,
		        "column %u: a text of %zu bytes; a cell of an xlsx holds at most %d "
		        "characters, so write ods or csv",
		        column + 1u, cell->n, CELL_CHARACTERS);
	return fault_set(f, STATUS_IO, "cannot write row %u: %s", row + 1, lxw_strerror(error));
}

static bool put(struct xlsx_out *out, lxw_row_t row, lxw_col_t i, const struct sheet_cell *cell,
        struct fault *f)
{
	const struct sheet_column *column = &out->column[i];
	day_t day;
	char *end;

	switch (row == 0 ? SHEET_COLUMN_TEXT : column->type) {
	case SHEET_COLUMN_TEXT:
		break;
	case SHEET_COLUMN_DATE:
		if (!day_make((int)strtol(cell->p, &end, 10), (int)strtol(cell->p + 5, &end, 10),
		            (int)strtol(cell->p + 8, &end, 10), &day))
			break;
		worksheet_write_number(out->sheet, row, i, day + 25569, out->date);
		return true;
	case SHEET_COLUMN_NUMBER:
		worksheet_write_number(out->sheet, row, i, strtod(cell->p, NULL),
		        fixed_format(out, column->decimals));
		return true;
	}
	return put_text(out, row, i, cell, row == 0 ? out->heading : out->text, f);
}

bool xlsx_out_row(
        struct xlsx_out *out, long row, const struct sheet_cell *cells, size_t n, struct fault *f)
{
	if (row == 0 && n > 0 && fit_for_table(out, cells, n) && add_table(out, cells, n))
		return true;
	for (size_t i = 0; i < n; i++)
		if (cells[i].n > 0 && !put(out, (lxw_row_t)row, (lxw_col_t)i, &cells[i], f))
			return false;
	return true;
}

/* libxlsxwriter leaves out what it has no memory for, with a word on standard error alone. So it speaks to a
 * file while it puts the workbook together, and a word there is a failure. */
static lxw_error close_book(lxw_workbook *book)
{
	int heard = memfd_create("heard", MFD_CLOEXEC),
	    kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	bool hears = heard >= 0 && kept >= 0 && dup2(heard, STDERR_FILENO) >= 0;
	lxw_error error = workbook_close(book);
	struct stat st;

	if (hears) {
		fflush(stderr);
		dup2(kept, STDERR_FILENO);
		if (error == LXW_NO_ERROR && fstat(heard, &st) == 0 && st.st_size > 0)
			error = LXW_ERROR_MEMORY_MALLOC_FAILED;
	}
	if (heard >= 0)
		close(heard);
	if (kept >= 0)
		close(kept);
	return error;
}

bool xlsx_out_close(struct xlsx_out *out, struct fault *f)
{
	lxw_error error = close_book(out->book);
	bool ok;

	if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) {
		place_abandon(&out->place);
		base_oom_handler();
	}
	if (error == LXW_NO_ERROR) {
		ok = place_close(&out->place, f);
	} else {
		ok = fault_set(f, STATUS_IO, "cannot write %s: %s", quote(out->place.path),
		        lxw_strerror(error));
		place_abandon(&out->place);
	}
	buf_free(&out->escaped);
	mem_free(out);
	return ok;
}

void xlsx_out_abandon(struct xlsx_out *out)
{
	lxw_workbook_free(out->book);
	place_abandon(&out->place);
	buf_free(&out->escaped);
	mem_free(out);
}
