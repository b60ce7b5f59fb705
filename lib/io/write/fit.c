/* SPDX-License-Identifier: MIT */
/*
 * How wide the columns of a table are on a page of so many characters, and where the lines of a cell break.
 *
 * No column is narrower than its longest word, or, where the words of cells are too many for that, than
 * the longest word of its heading: headings break between words only. What room is left goes first to
 * columns that need little to stand on one line (dates, refs, names), then to those with the most text.
 */
#include "base/utf8.h"
#include "io/write/writer.h"

#include <string.h>

enum {
	NARROWEST = 10, /* a date, most refs: no word that is shorter is broken */
	WORD_MOST = 40, /* a longer word may be broken even if there is room */
	SHORT = 18      /* what stands on one line before longer texts get more */
};

/* ---------- measuring ---------- */

static int widest_line(const char *text, long *area)
{
	int most = 0;
	for (;;) {
		size_t k = strcspn(text, "\n");
		int width = text_width(text, k);
		most = width > most ? width : most;
		*area += width;
		if (text[k] == '\0')
			return most;
		text += k + 1;
	}
}

/* Where a line may be broken: at a blank, or behind the semicolon between the items of a list. The dash
 * before an item stays with the word behind it. */
static size_t word_length(const char *text, size_t n)
{
	size_t k = n > 2 && text[0] == '-' && text[1] == ' ' ? 2 : 0;
	while (k < n && text[k] != ' ' && text[k] != '\n' && !(k > 0 && text[k - 1] == ';'))
		k++;
	return k;
}

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

void fit_heading(struct fit_column *c, const char *name)
{
	long none = 0;
	c->width = widest_line(name, &none);
	c->heading = c->least = widest_word(name);
}

void fit_cell(struct fit_column *c, const char *text, bool number)
{
	int width = widest_line(text, &c->area), word = width;
	c->cells = width > c->cells ? width : c->cells;
	c->width = width > c->width ? width : c->width;
	if (width <= c->least)
		return;
	if (!number) {
		word = widest_word(text);
		word = word < WORD_MOST ? word : WORD_MOST;
	} else {
		/* Digits are not broken whatever it costs. */
		c->heading = width > c->heading ? width : c->heading;
	}
	c->least = word > c->least ? word : c->least;
}

/* ---------- fitting ---------- */

/* What a column is at a share of the line that is the same for all. */
static int at_share(const struct fit_column *c, int share)
{
	int least = c->heading > NARROWEST ? c->heading : NARROWEST;
	if (least < share)
		least = share;
	return c->least < least ? c->least : least;
}

static int sum_at(const struct fit_column *c, size_t n, int share)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += at_share(&c[i], share);
	return sum;
}

static int at_most(const struct fit_column *c, int least, int most)
{
	int width = c->cells < most ? c->cells : most;
	return width > least ? width : least;
}

/* Widens what needs little for its cells, all alike, as far as the room goes. */
static int widen_short(const struct fit_column *c, size_t n, int *width, int room)
{
	int sum, most = room / (int)n > SHORT ? room / (int)n : SHORT;
	do {
		sum = 0;
		for (size_t i = 0; i < n; i++)
			sum += at_most(&c[i], width[i], most);
	} while (sum > room && --most > 0);
	for (size_t i = 0; i < n; i++)
		width[i] = at_most(&c[i], width[i], most);
	return room - sum;
}

/* Gives what is left to the columns whose text runs over the most lines. */
static void widen_long(const struct fit_column *c, size_t n, int *width, int spare)
{
	for (; spare > 0; spare--) {
		size_t best = n;
		for (size_t i = 0; i < n; i++)
			if (width[i] < c[i].width &&
			        (best == n || c[i].area * width[best] > c[best].area * width[i]))
				best = i;
		if (best == n)
			return;
		width[best]++;
	}
}

bool fit_columns(struct fit_column *c, size_t n, int columns, struct arena *a)
{
	int room = columns - FIT_GAP * ((int)n - 1), share = WORD_MOST;
	int *width = arena_alloc(a, (n + 1) * sizeof *width);

	if (n == 0)
		return true;
	/* The longest words are broken first, and no more than is needed. */
	while (share > 0 && sum_at(c, n, share) > room)
		share--;
	if (share == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		width[i] = at_share(&c[i], share);
	widen_long(c, n, width, widen_short(c, n, width, room));
	for (size_t i = 0; i < n; i++)
		c[i].width = width[i];
	return true;
}

/* ---------- lines ---------- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Where to break a word that is too long: behind a hyphen between letters, else where it is full. */
static size_t break_word(const char *text, size_t line, size_t fits)
{
	uint32_t rune;
	for (size_t k = fits; k > 2; k--)
		if (text[k - 1] == '-' && is_letter(text[k - 2]) && k < line && is_letter(text[k]))
			return k;
	/* A character wider than its column stands out. */
	if (fits == 0)
		fits = utf8_step((const unsigned char *)text, line, &rune);
	return fits > 0 ? fits : 1;
}

size_t fit_line(const char *text, int width, const char **next)
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
	/* A dash alone on its line is no item. */
	if (cut == 0 || (cut == 1 && text[0] == '-')) {
		cut = break_word(text, line, fits);
		*next = text + cut;
		return cut;
	}
	*next = text + cut;
	while (**next == ' ')
		++*next;
	while (cut > 0 && text[cut - 1] == ' ')
		cut--;
	return cut;
}
