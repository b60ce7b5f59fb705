/* SPDX-License-Identifier: MIT */
/*
 * Tables for people: as text, fitted to the terminal, and as Markdown. Text needs the widths of all rows
 * before the first is written, so rows are held back, but no more than a person would look through: beyond
 * that the widths of the first ones serve for all.
 */
#include "base/utf8.h"
#include "io/write/writer.h"

#include <string.h>

enum { HELD_MAX = 5000 };

/* The rows held back, each cell's text as it will be shown (NULL: unknown). */
struct sheet {
	struct arena *arena;
	size_t *shown; /* indices of the columns that are shown */
	size_t n;
	struct fit_column *column;
	const char **text;
	size_t rows, cap;
	bool open;    /* the heading is out: rows go straight through */
	bool stacked; /* the columns do not fit: a line a cell, its heading before it */
	int label;    /* the width of the headings, then */
	bool apart;   /* a blank line between two rows */
	bool below;   /* a row stands above already */
};

static bool is_number(const struct writer *w, const struct sheet *s, size_t i)
{
	return w->column[s->shown[i]].kind == VALUE_NUMBER;
}

static const char *heading_of(const struct writer *w, const struct sheet *s, size_t i)
{
	return w->column[s->shown[i]].name;
}

static struct sheet *sheet_of(struct writer *w)
{
	if (w->sheet != NULL)
		return w->sheet;
	struct sheet *s = arena_alloc(w->arena, sizeof *s);
	s->arena = arena_new();
	s->shown = arena_alloc(w->arena, w->column_n * sizeof *s->shown);
	s->column = arena_alloc(w->arena, w->column_n * sizeof *s->column);
	for (size_t i = 0; i < w->column_n; i++)
		if (w->column[i].shown)
			s->shown[s->n++] = i;
	w->sheet = s;
	return s;
}

/* The text as a terminal may have it: tabs are blanks, carriage returns go, other control characters are
 * shown as what they are; line ends stay, to be broken at. */
static const char *safe_text(struct arena *a, struct buf *scratch, const char *text, size_t n)
{
	bool plain = true;
	for (size_t i = 0; i < n && plain; i++)
		plain = text[i] >= ' ' && text[i] < 0x7F;
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r' || text[n - 1] == ' '))
		n--;
	if (plain)
		return arena_strndup(a, text, n);
	buf_clear(scratch);
	char *copy = arena_strndup(a, text, n);
	for (char *p = copy; *p != '\0';) {
		size_t k = strcspn(p, "\t\r\n");
		char end = p[k];
		p[k] = '\0';
		quote_add(scratch, p);
		if (end == '\t' || end == '\n')
			buf_addc(scratch, end == '\t' ? ' ' : '\n');
		p += k + (end != '\0');
	}
	return arena_strdup(a, buf_text(scratch));
}

static void measure(const struct writer *w, struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->column[i] = (struct fit_column){ 0 };
		fit_heading(&s->column[i], heading_of(w, s, i));
		for (size_t r = 0; r < s->rows; r++)
			if (s->text[r * s->n + i] != NULL)
				fit_cell(&s->column[i], s->text[r * s->n + i], is_number(w, s, i));
	}
}

/* ---------- lines ---------- */

static void add_blanks(struct buf *b, int n)
{
	if (n > 0)
		buf_addf(b, "%*s", n, "");
}

/* A row, over as many lines as its fullest cell needs. */
static void put_row(struct writer *w, struct sheet *s, const char *const *texts)
{
	const char **rest = arena_alloc(s->arena, s->n * sizeof *rest);
	for (size_t i = 0; i < s->n; i++)
		rest[i] = texts[i] != NULL ? texts[i] : "";
	bool wrap = w->look.columns > 0;
	for (bool more = true; more;) {
		int column = 0, at = 0;
		more = false;
		buf_clear(&w->line);
		for (size_t i = 0; i < s->n; i++) {
			const char *text = rest[i];
			int room = s->column[i].width;
			size_t k = fit_line(text, wrap ? room : 0, &rest[i]);
			int width = text_width(text, k);
			int pad = is_number(w, s, i) ? room - width : 0;
			if (k > 0) {
				/* Blanks are owed until something follows, so that no line ends in them. */
				add_blanks(&w->line, column - at + (pad > 0 ? pad : 0));
				buf_add(&w->line, text, k);
				at = column + (pad > 0 ? pad : 0) + width;
			}
			column += room + FIT_GAP;
			more = more || *rest[i] != '\0';
		}
		buf_addc(&w->line, '\n');
		out_write(w->out, w->line.p, w->line.n);
	}
	buf_clear(&w->line);
}

static void set_bold(struct writer *w, bool on)
{
	if (w->look.colour)
		out_text(w->out, on ? "\033[1m" : "\033[0m");
}

static void put_heading(struct writer *w, struct sheet *s)
{
	const char **names = arena_alloc(s->arena, s->n * sizeof *names);
	for (size_t i = 0; i < s->n; i++)
		names[i] = heading_of(w, s, i);
	set_bold(w, true);
	put_row(w, s, names);
	set_bold(w, false);
}

/* A heading and its cell side by side, each over as many lines as it needs. */
static void put_pair(struct writer *w, const char *name, const char *text, int label, int width)
{
	while (*name != '\0' || *text != '\0') {
		const char *heading = name, *words = text;
		size_t k = fit_line(heading, label, &name), n = fit_line(words, width, &text);
		set_bold(w, true);
		out_write(w->out, heading, k);
		set_bold(w, false);
		buf_clear(&w->line);
		if (n > 0)
			add_blanks(&w->line, label + FIT_GAP - text_width(heading, k));
		buf_add(&w->line, words, n);
		buf_addc(&w->line, '\n');
		out_write(w->out, w->line.p, w->line.n);
	}
	buf_clear(&w->line);
}

/* A row where columns side by side do not fit: a line a cell, empty ones left out. */
static void put_stacked(struct writer *w, struct sheet *s, const char *const *texts)
{
	int width = w->look.columns - s->label - FIT_GAP;
	for (size_t i = 0; i < s->n; i++)
		if (!str_empty(texts[i]))
			put_pair(w, heading_of(w, s, i), texts[i], s->label, width > 0 ? width : 1);
}

/* Headings take two fifths of the line at most, but their words stay whole. */
static int label_width(const struct writer *w, const struct sheet *s)
{
	int most = 0, room = w->look.columns * 2 / 5;
	for (size_t i = 0; i < s->n; i++)
		room = s->column[i].heading > room ? s->column[i].heading : room;
	for (size_t i = 0; i < s->n; i++)
		for (const char *next = heading_of(w, s, i); *next != '\0';) {
			const char *line = next;
			int width = text_width(line, fit_line(line, room, &next));
			most = width > most ? width : most;
		}
	return most;
}

/* Whether rows take so many lines that a blank one between them is needed to tell them apart. */
static bool rows_tall(const struct sheet *s)
{
	size_t lines = 0;
	for (size_t r = 0; r < s->rows; r++) {
		size_t most = 1;
		for (size_t i = 0; i < s->n; i++) {
			const char *text = s->text[r * s->n + i];
			size_t n = 0;
			for (; !str_empty(text); n++)
				fit_line(text, s->column[i].width, &text);
			most = n > most ? n : most;
		}
		lines += most;
	}
	return lines > 2 * s->rows;
}

static void put_any(struct writer *w, struct sheet *s, const char *const *texts)
{
	if (s->apart && s->below)
		out_text(w->out, "\n");
	s->below = true;
	if (s->stacked)
		put_stacked(w, s, texts);
	else
		put_row(w, s, texts);
}

static void put_held(struct writer *w, struct sheet *s)
{
	measure(w, s);
	bool fitted = w->look.columns > 0;
	s->stacked = fitted && !fit_columns(s->column, s->n, w->look.columns, s->arena);
	s->apart = s->stacked || (fitted && rows_tall(s));
	if (s->stacked)
		s->label = label_width(w, s);
	else
		put_heading(w, s);
	for (size_t r = 0; r < s->rows; r++)
		put_any(w, s, s->text + r * s->n);
	s->rows = 0;
	s->open = true;
}

void text_row(struct writer *w)
{
	struct sheet *s = sheet_of(w);
	if (s->open)
		arena_reset(s->arena);
	s->text = mem_grow(s->text, &s->cap, (s->rows + 1) * s->n + 1, sizeof *s->text);
	for (size_t i = 0; i < s->n; i++) {
		size_t n;
		const char *text = made_text(w, s->shown[i], &n);
		s->text[s->rows * s->n + i] =
		        text != NULL ? safe_text(s->arena, &w->line, text, n) : NULL;
	}
	buf_clear(&w->line);
	if (s->open)
		put_any(w, s, s->text);
	else if (++s->rows == HELD_MAX)
		put_held(w, s);
}

void text_close(struct writer *w)
{
	struct sheet *s = w->sheet;
	if (s == NULL)
		return;
	if (!s->open)
		put_held(w, s);
	mem_free(s->text);
	arena_free(s->arena);
}

/* ---------- Markdown ---------- */

/* Texts are shown as they are: what Markdown or HTML would act on is escaped. */
static void md_add(struct buf *b, const char *text, size_t n)
{
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	for (size_t i = 0; i < n; i++) {
		char c = text[i];
		bool inside = i > 0 && i + 1 < n && text[i - 1] != ' ' && text[i + 1] != ' ';
		if (c == '\n')
			buf_adds(b, "<br>");
		else if (c == '<')
			buf_adds(b, "&lt;");
		else if (c == '&')
			buf_adds(b, "&amp;");
		else if (c == '\r' || (unsigned char)c < ' ' || c == 0x7F)
			buf_addc(b, ' ');
		else if (strchr("|\\`*[]", c) != NULL || (c == '_' && !inside))
			buf_addf(b, "\\%c", c);
		else
			buf_addc(b, c);
	}
}

static void md_heading(struct writer *w)
{
	for (size_t i = 0; i < w->column_n; i++) {
		if (!w->column[i].shown)
			continue;
		buf_adds(&w->line, "| ");
		md_add(&w->line, w->column[i].name, strlen(w->column[i].name));
		buf_addc(&w->line, ' ');
	}
	buf_adds(&w->line, "|\n");
	for (size_t i = 0; i < w->column_n; i++)
		if (w->column[i].shown)
			buf_adds(&w->line, w->column[i].kind == VALUE_NUMBER ? "|---:" : "|---");
	buf_adds(&w->line, "|\n");
}

void md_row(struct writer *w)
{
	if (w->rows == 0)
		md_heading(w);
	for (size_t i = 0; i < w->column_n; i++) {
		size_t n;
		const char *text = made_text(w, i, &n);
		if (!w->column[i].shown)
			continue;
		buf_adds(&w->line, "| ");
		if (text != NULL)
			md_add(&w->line, text, n);
		buf_addc(&w->line, ' ');
	}
	buf_adds(&w->line, "|\n");
	out_write(w->out, w->line.p, w->line.n);
	buf_clear(&w->line);
}
