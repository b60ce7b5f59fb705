/* SPDX-License-Identifier: MIT */
/* The cells of a table in troff. tbl makes a column as wide as the widest word in it, so that one long
 * word would push the columns behind it off the paper: it gets places to break at. */
#include <string.h>
#include "report/tree/tree.h"

/* The bytes of a letter or of an escape, and whether it prints. */
static size_t unit_at(const char *p, size_t n, bool *prints)
{
	size_t size = 2;

	*prints = true;
	if (*p != '\\' || n < 2) {
		for (size = 1; size < n && ((unsigned char)p[size] & 0xC0) == 0x80; size++)
			;
		return size;
	}
	/* Fonts, colours and sizes have a name behind their letter; a sign has it at once. */
	*prints = strchr("fmsFMxhvXZD&|^%:", p[1]) == NULL;
	if (strchr("xhvXZD", p[1]) != NULL && n > 2) {
		const char *close = memchr(p + 3, p[2], n - 3);

		return close == NULL ? n : (size_t)(close - p) + 1;
	}
	if (strchr("fmsFM*n", p[1]) != NULL)
		size = 3;
	if (size > n)
		return n;
	if (p[size - 1] == '(')
		return size + 2 > n ? n : size + 2;
	if (p[size - 1] == '[') {
		const char *close = memchr(p + size, ']', n - size);

		return close == NULL ? n : (size_t)(close - p) + 1;
	}
	return size;
}

/* A word with places to break at: behind the signs of an address, and where else no part would fit. */
static void add_broken(struct buf *out, const char *word, size_t n, double width, double letter)
{
	double run = 0;
	bool prints;

	for (size_t i = 0, size; i < n; i += size) {
		char one[8] = "n";

		size = unit_at(word + i, n - i, &prints);
		if (*(word + i) != '\\' && size < sizeof one)
			snprintf(one, sizeof one, "%.*s", (int)size, word + i);
		double wide = prints ? tree_measure(one) * letter : 0;
		if (run > 0 && run + wide > width) {
			buf_adds(out, "\\:");
			run = 0;
		}
		buf_add(out, word + i, size);
		run += wide;
		if (i + size < n && strchr("@./_", word[i]) != NULL && run > width / 3) {
			buf_adds(out, "\\:");
			run = 0;
		}
	}
}

static double word_width(const char *word, size_t n, double letter)
{
	struct buf plain = { 0 };
	bool prints;

	for (size_t i = 0, size; i < n; i += size) {
		size = unit_at(word + i, n - i, &prints);
		if (prints && word[i] == '\\')
			buf_addc(&plain, 'n');
		else if (prints)
			buf_add(&plain, word + i, size);
	}
	double wide = tree_measure(buf_text(&plain)) * letter;
	buf_free(&plain);
	return wide;
}

/* Whether a word does not fit. No letter is wider than a third of a centimetre. */
static bool is_wide(const char *word, size_t n, double width, double letter)
{
	return (double)n / 3 > width && word_width(word, n, letter) > width;
}

/* Where the words of a line begin: those of a link stand last in its request. */
static size_t words_at(const char *line, size_t n)
{
	static const char link[] = ".pdfhref ", before[] = " -- ";
	const char *at;

	if (*line != '.')
		return 0;
	if (n < sizeof link || memcmp(line, link, sizeof link - 1) != 0)
		return n;
	at = memmem(line, n, before, sizeof before - 1);
	return at == NULL ? n : (size_t)(at - line) + sizeof before - 1;
}

/* A line with its words. Returns whether one was broken. */
static bool take_line(const char *line, size_t n, double width, double letter, struct buf *out)
{
	size_t start = words_at(line, n);
	bool broken = false;

	buf_add(out, line, start);
	for (size_t i = start, end; i < n; i = end) {
		end = i;
		while (end < n && line[end] != ' ' && line[end] != '\n' &&
		        (end == i || line[end - 1] != '-'))
			end++;
		bool wide = is_wide(line + i, end - i, width, letter);
		if (wide)
			add_broken(out, line + i, end - i, width, letter);
		else
			buf_add(out, line + i, end - i);
		for (; end < n && (line[end] == ' ' || line[end] == '\n'); end++)
			buf_addc(out, line[end]);
		broken = broken || wide;
	}
	return broken;
}

void ms_tidy_cell(struct buf *out, double width, bool bold)
{
	/* The measure is a rough one, and bold letters are wider. */
	double letter = bold ? 1.12 : 1.04;
	size_t start = out->n;
	struct buf cell = { 0 };
	bool changed = false;

	while (start > 3 && memcmp(out->p + start - 3, "T{\n", 3) != 0)
		start--;
	if (start <= 3)
		return;
	for (size_t i = start, end; i < out->n; i = end) {
		const char *stop = memchr(out->p + i, '\n', out->n - i);

		end = stop == NULL ? out->n : (size_t)(stop - out->p) + 1;
		/* Where tbl's end of a block begins a line, it would end it there. */
		bool ends = i > start && out->n - i > 1 && memcmp(out->p + i, "T}", 2) == 0;
		if (ends)
			buf_adds(&cell, "\\&");
		changed = take_line(out->p + i, end - i, width, letter, &cell) || ends || changed;
	}
	if (changed) {
		out->n = start;
		buf_add(out, cell.p, cell.n);
	}
	buf_free(&cell);
}
