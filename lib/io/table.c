/* SPDX-License-Identifier: MIT */
/*
 * Tables for people: as text, fitted to the terminal, and as Markdown. Text needs the widths of all rows
 * before the first is written, so rows are held back, but no more than a person would look through: beyond
 * that the widths of the first ones serve for all.
 */
#include "base/utf8.h"
#include "io/writer.h"

#include <string.h>

enum { HELD_MAX = 5000, GAP = 2, NARROWEST = 10, WORD_MOST = 24 };

/* The rows held back, each cell's text as it will be shown (NULL: unknown). */
struct sheet {
	struct arena *arena;
	size_t *shown; /* indices of the columns that are shown */
	size_t n;
	int *width, *least;
	const char **text;
	size_t rows, cap;
	bool open; /* the heading is out: rows go straight through */
};

static bool is_number(const struct writer *w, const struct sheet *s, size_t i)
{
	return w->column[s->shown[i]].kind == VALUE_NUMBER;
}

static struct sheet *sheet_of(struct writer *w)
{
	if (w->sheet != NULL)
		return w->sheet;
	struct sheet *s = arena_alloc(w->arena, sizeof *s);
	s->arena = arena_new();
	s->shown = arena_alloc(w->arena, w->column_n * sizeof *s->shown);
	s->width = arena_alloc(w->arena, w->column_n * sizeof *s->width);
	s->least = arena_alloc(w->arena, w->column_n * sizeof *s->least);
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

/* The width of the widest line of a text. */
static int widest(const char *text)
{
	int most = 0;
	for (;;) {
		size_t k = strcspn(text, "\n");
		int width = text_width(text, k);
		most = width > most ? width : most;
		if (text[k] == '\0')
			return most;
		text += k + 1;
	}
}

/* ---------- widths ---------- */

/* Where a line may be broken: at a blank, or behind the semicolon between the items of a list. */
static size_t word_length(const char *text, size_t n)
{
	size_t k = 0;
	while (k < n && text[k] != ' ' && text[k] != '\n' && !(k > 0 && text[k - 1] == ';'))
		k++;
	return k;
}

/* The width of the widest word. */
static int widest_word(const char *text)
{
	size_t n = strlen(text);
	int most = 0;
	while (n > 0) {
		size_t k = word_length(text, n);
		int width = k > 0 ? text_width(text, k) : 0;
		most = width > most ? width : most;
		k += k == 0;
		text += k;
		n -= k;
	}
	return most;
}

/* The widths that columns would have, and those below which a word must be broken. */
static void natural_widths(struct writer *w, struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *name = w->column[s->shown[i]].name;
		s->width[i] = widest(name);
		s->least[i] = widest_word(name);
		for (size_t r = 0; r < s->rows; r++) {
			const char *text = s->text[r * s->n + i];
			int width = text != NULL ? widest(text) : 0;
			s->width[i] = width > s->width[i] ? width : s->width[i];
			if (w->look.columns == 0 || width <= s->least[i])
				continue;
			int word = widest_word(text);
			s->least[i] = word > s->least[i] ? word : s->least[i];
		}
		if (is_number(w, s, i))
			s->least[i] = s->width[i];
		else if (s->least[i] > WORD_MOST)
			s->least[i] = WORD_MOST;
	}
}

static int share_of(const struct sheet *s, size_t i, int share)
{
	int width = s->width[i] < share ? s->width[i] : share;
	return width > s->least[i] ? width : s->least[i];
}

/* The widest equal share at which the columns fit: those that are narrower keep their width, and none is
 * made narrower than its least. 0: there is none. */
static int widest_share(const struct sheet *s, int room)
{
	for (int share = room; share > 0; share--) {
		int sum = 0;
		for (size_t i = 0; i < s->n; i++)
			sum += share_of(s, i, share);
		if (sum <= room)
			return share;
	}
	return 0;
}

/* Makes the columns fit. Where even their longest words do not, words are broken too, but none shorter
 * than NARROWEST (a date, most refs) and no number: then lines stand out rather. */
static void fit_widths(struct writer *w, struct sheet *s)
{
	int room = w->look.columns - GAP * ((int)s->n - 1), sum = 0;
	int share = widest_share(s, room);
	for (size_t i = 0; share == 0 && i < s->n; i++) {
		s->width[i] = s->least[i];
		if (!is_number(w, s, i) && s->least[i] > NARROWEST)
			s->least[i] = NARROWEST;
	}
	if (share == 0)
		share = widest_share(s, room);
	for (size_t i = 0; i < s->n; i++)
		sum += share_of(s, i, share);
	for (size_t i = 0; i < s->n; i++) {
		int width = share_of(s, i, share);
		/* What an equal share leaves over goes to the first that can use it. */
		bool more = sum < room && width < s->width[i];
		s->width[i] = width + more;
		sum += more;
	}
}

/* ---------- lines ---------- */

/* The next line of a cell within its width: its length, and *next where the one after begins. */
static size_t break_line(const char *text, int width, const char **next)
{
	size_t line = strcspn(text, "\n"), fits = line;
	*next = text[line] == '\n' ? text + line + 1 : text + line;
	if (width > 0)
		fits = text_fit(text, line, width);
	if (fits == line)
		return line;
	size_t cut = fits;
	while (cut > 0 && text[cut] != ' ' && text[cut - 1] != ';')
		cut--;
	if (cut == 0) {
		/* A word longer than the column is broken; a character wider than it stands out. */
		uint32_t rune;
		size_t k = fits > 0 ? fits : utf8_step((const unsigned char *)text, line, &rune);
		*next = text + (k > 0 ? k : 1);
		return (size_t)(*next - text);
	}
	*next = text + cut;
	while (**next == ' ')
		++*next;
	while (cut > 0 && text[cut - 1] == ' ')
		cut--;
	return cut;
}

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
			size_t k = break_line(text, wrap ? s->width[i] : 0, &rest[i]);
			int width = text_width(text, k);
			int pad = is_number(w, s, i) ? s->width[i] - width : 0;
			if (k > 0) {
				/* Blanks are owed until something follows, so that no line ends in them. */
				add_blanks(&w->line, column - at + (pad > 0 ? pad : 0));
				buf_add(&w->line, text, k);
				at = column + (pad > 0 ? pad : 0) + width;
			}
			column += s->width[i] + GAP;
			more = more || *rest[i] != '\0';
		}
		buf_addc(&w->line, '\n');
		out_write(w->out, w->line.p, w->line.n);
	}
	buf_clear(&w->line);
}

static void put_held(struct writer *w, struct sheet *s)
{
	natural_widths(w, s);
	if (w->look.columns > 0)
		fit_widths(w, s);
	const char **names = arena_alloc(s->arena, s->n * sizeof *names);
	for (size_t i = 0; i < s->n; i++)
		names[i] = w->column[s->shown[i]].name;
	if (w->look.colour)
		out_text(w->out, "\033[1m");
	put_row(w, s, names);
	if (w->look.colour)
		out_text(w->out, "\033[0m");
	for (size_t r = 0; r < s->rows; r++)
		put_row(w, s, s->text + r * s->n);
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
		put_row(w, s, s->text);
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
