/* SPDX-License-Identifier: MIT */
/* Writing a workbook: what holds for both formats. */
#include "sheet/write/out.h"

#include <string.h>

struct sheet_out {
	enum sheet_format format;
	struct xlsx_out *xlsx;
	struct ods_out *ods;
	struct arena *arena;
	char **name; /* of the sheets so far, folded */
	size_t names, room, columns;
	long row;
};

enum { NAME_CHARACTERS = 31 };

int out_width(const struct sheet_column *column)
{
	int width = column->width + 2; /* some air, and the arrow of a filter */

	return width < OUT_NARROW ? OUT_NARROW : width > OUT_WIDE ? OUT_WIDE : width;
}

static void out_free(struct sheet_out *out)
{
	mem_free(out->name);
	arena_free(out->arena);
	mem_free(out);
}

/* A text as XML can hold it, one character for each that it cannot. File names may be any bytes. */
static char *make_plain(struct arena *arena, const char *text)
{
	struct buf b = { 0 };
	const char *p = text;

	if (!text_valid(text, strlen(text))) {
		text_add_cp1252(&b, text, strlen(text));
		p = arena_strdup(arena, buf_text(&b));
		buf_clear(&b);
	}
	for (; *p; p++) {
		bool never = str_starts(p, "\xef\xbf\xbe") || str_starts(p, "\xef\xbf\xbf");

		buf_addc(&b, never || (unsigned char)*p < 0x20 || *p == 0x7f ? '-' : *p);
		p += never ? 2 : 0;
	}
	char *plain = arena_strdup(arena, buf_text(&b));
	buf_free(&b);
	return plain;
}

struct sheet_out *sheet_out_open(const char *path, enum sheet_format format, const char *title,
        const char *tmp, bool large, struct fault *f)
{
	struct sheet_out *out = mem_zalloc(sizeof *out);

	out->format = format;
	out->arena = arena_new();
	if (title)
		title = make_plain(out->arena, title);
	if (format == SHEET_XLSX)
		out->xlsx = xlsx_out_open(path, title, tmp, large, f);
	else
		out->ods = ods_out_open(path, title, tmp, f);
	if (!out->xlsx && !out->ods) {
		out_free(out);
		return NULL;
	}
	return out;
}

static bool is_taken(const struct sheet_out *out, const char *folded)
{
	for (size_t i = 0; i < out->names; i++)
		if (str_equal(out->name[i], folded))
			return true;
	return false;
}

/* At most n characters, counted as Excel does: beyond the basic plane they count twice. */
static size_t cut(const char *text, int n)
{
	size_t i = 0;

	while (text[i]) {
		unsigned char c = (unsigned char)text[i];
		size_t bytes = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

		n -= bytes == 4 ? 2 : 1;
		if (n < 0)
			break;
		i += bytes;
	}
	return i;
}

/* A name as both programs take it: no []:*?/\, no quote at its ends, 31 characters, unique. */
static const char *make_name(struct sheet_out *out, const char *wish)
{
	char *name = make_plain(out->arena, str_empty(wish) ? "Sheet" : wish);
	const char *made;
	size_t end;

	for (char *p = name; *p; p++)
		if (strchr("[]:*?/\\", *p))
			*p = '-';
	name = str_trim(name);
	while (*name == '\'')
		name++;
	name[cut(name, NAME_CHARACTERS)] = '\0';
	for (end = strlen(name); end > 0 && (name[end - 1] == '\'' || name[end - 1] == ' ');)
		name[--end] = '\0';
	/* Excel keeps "History" for itself. */
	if (str_empty(name))
		name = arena_strdup(out->arena, "Sheet");
	made = str_equal(text_fold(out->arena, name), "history") ? "History-" : name;
	for (int i = 2; is_taken(out, text_fold(out->arena, made)); i++) {
		const char *tail = arena_printf(out->arena, " (%d)", i);

		made = arena_printf(out->arena, "%.*s%s",
		        (int)cut(name, NAME_CHARACTERS - (int)strlen(tail)), name, tail);
	}
	out->name = mem_grow(out->name, &out->room, out->names + 1, sizeof *out->name);
	out->name[out->names++] = text_fold(out->arena, made);
	return made;
}

bool sheet_out_sheet(struct sheet_out *out, const char *name, const struct sheet_column *columns,
        size_t n, long rows, struct fault *f)
{
	if (n > OUT_COLUMNS)
		return fault_set(f, STATUS_DATA,
		        "%zu columns; a spreadsheet holds at most %d, so write csv", n,
		        OUT_COLUMNS);
	if (rows > OUT_ROWS)
		return fault_set(f, STATUS_DATA,
		        "%ld rows; a spreadsheet holds at most %d, so write csv", rows, OUT_ROWS);
	name = make_name(out, name);
	out->row = 0;
	out->columns = n;
	return out->xlsx ? xlsx_out_sheet(out->xlsx, name, columns, n, rows, f)
	                 : ods_out_sheet(out->ods, name, columns, n, rows, f);
}

/* U+FFFE and U+FFFF are the only characters of valid UTF-8 that neither format has a way to write. */
static bool check_cell(const struct sheet_cell *cell, size_t column, struct fault *f)
{
	const char *p = cell->p;

	/* A negative character is searched for as the byte it is. */
	/* cppcheck-suppress invalidFunctionArg */
	while ((p = memchr(p, '\xef', cell->n - (size_t)(p - cell->p))) != NULL) {
		if ((unsigned char)p[1] == 0xbf && (unsigned char)p[2] >= 0xbe)
			return fault_set(f, STATUS_DATA,
			        "column %zu: a spreadsheet cannot hold the character U+FFF%c; "
			        "remove it",
			        column + 1, (unsigned char)p[2] == 0xbe ? 'E' : 'F');
		p++;
	}
	return true;
}

bool sheet_out_row(struct sheet_out *out, const struct sheet_cell *cells, size_t n, struct fault *f)
{
	long row = out->row++;

	if (n > out->columns)
		n = out->columns;
	for (size_t i = 0; i < n; i++)
		if (!check_cell(&cells[i], i, f))
			return false;
	return out->xlsx ? xlsx_out_row(out->xlsx, row, cells, n, f)
	                 : ods_out_row(out->ods, row, cells, n, f);
}

bool sheet_out_close(struct sheet_out *out, struct fault *f)
{
	bool ok = out->xlsx ? xlsx_out_close(out->xlsx, f) : ods_out_close(out->ods, f);

	out_free(out);
	return ok;
}

void sheet_out_abandon(struct sheet_out *out)
{
	if (!out)
		return;
	if (out->xlsx)
		xlsx_out_abandon(out->xlsx);
	if (out->ods)
		ods_out_abandon(out->ods);
	out_free(out);
}
