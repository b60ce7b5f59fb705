/* SPDX-License-Identifier: MIT */
/* Rows with separators (CSV, TSV), and the two lists for other programs: refs and e-mail addresses. */
#include "io/write/writer.h"

#include <string.h>

/* Not 0 where one of the eight bytes is c. */
static uint64_t byte_in(uint64_t bytes, char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	bytes ^= ones * (unsigned char)c;
	return (bytes - ones) & ~bytes & ones << 7;
}

/* Whether a cell holds what would end it, or begins or ends with a blank. */
static bool needs_quotes(const char *text, size_t n, char sep)
{
	bool found = n > 0 && (text[0] == ' ' || text[n - 1] == ' ');
	for (; n >= 8 && !found; text += 8, n -= 8) {
		uint64_t eight;
		memcpy(&eight, text, 8);
		found = (byte_in(eight, sep) | byte_in(eight, '"') | byte_in(eight, '\n') |
		                byte_in(eight, '\r')) != 0;
	}
	for (; n > 0 && !found; text++, n--)
		found = *text == sep || *text == '"' || *text == '\n' || *text == '\r';
	return found;
}

void csv_add_cell(struct buf *b, const char *text, size_t n, char sep)
{
	if (!needs_quotes(text, n, sep)) {
		buf_add(b, text, n);
		return;
	}
	buf_addc(b, '"');
	while (n > 0) {
		const char *q = memchr(text, '"', n);
		size_t k = q != NULL ? (size_t)(q - text) + 1 : n;
		buf_add(b, text, k);
		if (q != NULL)
			buf_addc(b, '"');
		text += k;
		n -= k;
	}
	buf_addc(b, '"');
}

static void end_line(struct writer *w)
{
	/* A row of one empty cell would be a blank line, which readers pass over. */
	if (w->line.n == 0)
		buf_adds(&w->line, "\"\"");
	buf_addc(&w->line, '\n');
	out_write(w->out, w->line.p, w->line.n);
	buf_clear(&w->line);
}

void delimited_heading(struct writer *w, char sep)
{
	for (size_t i = 0; i < w->column_n; i++) {
		if (i > 0)
			buf_addc(&w->line, sep);
		csv_add_cell(&w->line, w->column[i].name, strlen(w->column[i].name), sep);
	}
	end_line(w);
}

void delimited_cell(struct writer *w, const char *text, size_t n, char sep)
{
	if (w->cell_n++ > 0)
		buf_addc(&w->line, sep);
	if (text != NULL)
		csv_add_cell(&w->line, text, n, sep);
	if (w->cell_n < w->column_n)
		return;
	end_line(w);
	w->cell_n = 0;
	w->rows++;
}

/* ---------- lists for other programs ---------- */

static size_t find_column(const struct writer *w, const char *name)
{
	size_t i = 0;
	while (i < w->column_n && strcmp(w->column[i].name, name) != 0)
		i++;
	return i;
}

void refs_row(struct writer *w)
{
	size_t i = find_column(w, "ref"), n;
	const char *text = made_text(w, i < w->column_n ? i : 0, &n);
	if (text == NULL || n == 0)
		return;
	out_write(w->out, text, n);
	out_char(w->out, '\n');
}

/* An address that could be taken for two, or for a header of its own, is left out. */
static bool address_fine(const char *text, size_t n)
{
	bool at = false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c <= ' ' || c == 0x7F || strchr(",;<>\"()", (char)c) != NULL)
			return false;
		at = at || c == '@';
	}
	return at;
}

/* The name before an address, in quotes where it holds what means something to mail programs. */
static void add_name(struct buf *b, const char *name, size_t n)
{
	bool plain = true;
	for (size_t i = 0; i < n; i++)
		plain = plain && strchr("()<>[]:;@\\,.\"", name[i]) == NULL &&
		        (unsigned char)name[i] >= ' ';
	if (!plain)
		buf_addc(b, '"');
	for (size_t i = 0; i < n; i++) {
		if (name[i] == '"' || name[i] == '\\')
			buf_addc(b, '\\');
		buf_addc(b, (unsigned char)name[i] < ' ' ? ' ' : name[i]);
	}
	if (!plain)
		buf_addc(b, '"');
	buf_addc(b, ' ');
}

/* Has this address been written already? They are kept folded, each between line ends. */
static bool seen_before(struct writer *w, const char *address)
{
	struct arena *a = arena_new();
	char *folded = arena_printf(a, "\n%s\n", text_fold(a, address));
	bool seen = strstr(buf_text(&w->seen), folded) != NULL;
	if (!seen) {
		if (w->seen.n == 0)
			buf_addc(&w->seen, '\n');
		buf_adds(&w->seen, folded + 1);
	}
	arena_free(a);
	return seen;
}

void addresses_row(struct writer *w)
{
	size_t email = find_column(w, "email"), name = find_column(w, "name"), n, k;
	if (email == w->column_n)
		return;
	const char *address = made_text(w, email, &n);
	bool first = w->seen.n == 0;
	if (address == NULL || !address_fine(address, n) || seen_before(w, address))
		return;
	if (!first)
		buf_adds(&w->line, ", ");
	const char *words = name < w->column_n ? made_text(w, name, &k) : NULL;
	if (words != NULL && k > 0) {
		add_name(&w->line, words, k);
		buf_addf(&w->line, "<%s>", address);
	} else {
		buf_adds(&w->line, address);
	}
	out_write(w->out, w->line.p, w->line.n);
	buf_clear(&w->line);
}
