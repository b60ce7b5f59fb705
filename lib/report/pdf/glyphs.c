/* SPDX-License-Identifier: MIT */
/* What the PDF's fonts can show. groff's own hold Western European letters, some Greek and some signs;
 * the other letters of the Latin alphabet are put together from a letter and its accent (page.ms),
 * Greek and Cyrillic come from a font of the system (fonts.c), a few signs are replaced by like ones,
 * and the rest is shown as an empty square, never left out. */
#include <stdio.h>
#include <string.h>
#include "report/pdf/fonts.h"
#include "report/tree/tree.h"

static const struct {
	uint32_t from, to;
} shown[] = {
	{ 0xA1, 0x10F },
	{ 0x112, 0x125 },
	{ 0x128, 0x137 },
	{ 0x139, 0x13E },
	{ 0x141, 0x148 },
	{ 0x14C, 0x165 },
	{ 0x168, 0x17E },
	{ 0x192, 0x192 },
	{ 0x1CD, 0x1D4 },
	{ 0x218, 0x21B },
	{ 0x391, 0x3A1 },
	{ 0x3A3, 0x3A9 },
	{ 0x3B1, 0x3C9 },
	{ 0x1E80, 0x1E85 },
	{ 0x1EF2, 0x1EF3 },
	{ 0x2010, 0x2010 },
	{ 0x2013, 0x2014 },
	{ 0x2018, 0x201A },
	{ 0x201C, 0x201E },
	{ 0x2020, 0x2022 },
	{ 0x2026, 0x2026 },
	{ 0x2030, 0x2030 },
	{ 0x2032, 0x2033 },
	{ 0x2039, 0x203A },
	{ 0x20AC, 0x20AC },
	{ 0x2122, 0x2122 },
	{ 0x215B, 0x215E },
	{ 0x2190, 0x2195 },
	{ 0x2202, 0x2202 },
	{ 0x2206, 0x2207 },
	{ 0x2211, 0x2213 },
	{ 0x221A, 0x221A },
	{ 0x221D, 0x221E },
	{ 0x2227, 0x222B },
	{ 0x2248, 0x2248 },
	{ 0x2260, 0x2261 },
	{ 0x2264, 0x2265 },
	{ 0x25A1, 0x25A1 },
	{ 0x25CA, 0x25CB },
	{ 0x2660, 0x2660 },
	{ 0x2663, 0x2663 },
	{ 0x2665, 0x2666 },
	{ 0x2713, 0x2713 },
};
static const struct {
	uint32_t rune;
	const char *roff;
} like[] = {
	{ 0xA0, "\\~" },
	{ 0x110, "\\(-D" },
	{ 0x2011, "\\(hy" },
	{ 0x2012, "\\(en" },
	{ 0x2610, "\\s+2\\[sq]\\s0" },
	{ 0x2611, "\\s+2\\[sq]\\s0\\h'-0.7m'\\[OK]" },
	{ 0x2612, "\\[sq]\\h'-0.6m'\\[mu]" },
	{ 0x2714, "\\[OK]" },
	{ 0x2717, "\\[mu]" },
	{ 0x25CF, "\\(bu" },
	{ 0x2015, "\\(em" },
	{ 0x2009, "\\|" },
	{ 0x202F, "\\~" },
	{ 0x200B, "" },
	{ 0xFEFF, "" },
	{ 0x2192, "\\(->" },
};

static size_t decode(const char *p, size_t n, uint32_t *rune)
{
	unsigned char c = (unsigned char)*p;
	size_t size = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

	if (size > n) {
		*rune = 0xFFFD;
		return n;
	}
	*rune = c & (0x7FU >> size);
	for (size_t i = 1; i < size; i++)
		*rune = *rune << 6 | ((unsigned char)p[i] & 0x3FU);
	return size;
}

static bool is_shown(uint32_t rune)
{
	for (size_t i = 0; i < COUNT(shown); i++)
		if (rune >= shown[i].from && rune <= shown[i].to)
			return true;
	return rune >= 0x300 && rune < 0x370; /* accents on their own join the letter before */
}

/* Whether the letter is to come from the system's font; notes that it does. */
static bool take_letter(uint32_t rune, struct glyphs *g)
{
	if (g->used == NULL || rune >= FONTS_RUNES || !fonts_have(rune))
		return false;
	if (!g->used[rune]) {
		if (g->letters == FONTS_LETTERS)
			return false;
		g->used[rune] = true;
		g->letters++;
	}
	return true;
}

void ms_add_glyphs(struct buf *out, const char *text, size_t n, struct glyphs *g)
{
	size_t plain = 0;
	char own[16];

	for (size_t i = 0; i < n;) {
		uint32_t rune;
		const char *roff = NULL;

		if ((unsigned char)text[i] < 0x80) {
			i++;
			continue;
		}
		size_t size = decode(text + i, n - i, &rune);
		for (size_t k = 0; k < COUNT(like) && roff == NULL; k++)
			if (like[k].rune == rune)
				roff = like[k].roff;
		if (roff == NULL && take_letter(rune, g)) {
			snprintf(own, sizeof own, "\\[k%04X]", (unsigned)rune);
			roff = own;
		} else if (roff == NULL && !is_shown(rune)) {
			roff = "\\[sq]";
			if (g->missing++ == 0)
				g->first = rune;
		}
		if (roff != NULL) {
			buf_add(out, text + plain, i - plain);
			buf_adds(out, roff);
			plain = i + size;
		}
		i += size;
	}
	buf_add(out, text + plain, n - plain);
}

/* ---------- liblowdown's lines ---------- */

static void add_unit(struct buf *out, uint32_t unit, const char *slash)
{
	buf_addf(out, "%s%03o%s%03o", slash, (unsigned)(unit >> 8), slash, (unsigned)(unit & 0xFF));
}

/* A title with other letters than ASCII goes into the file as UTF-16, in numbers. */
void ms_add_wide(struct buf *out, const char *title, size_t n, const char *slash)
{
	uint32_t rune;

	add_unit(out, 0xFEFF, slash);
	for (size_t i = 0; i < n;) {
		size_t size = 1;

		if ((unsigned char)title[i] < 0x80)
			rune = (unsigned char)title[i];
		else
			size = decode(title + i, n - i, &rune);
		if (rune >= 0x10000) {
			add_unit(out, 0xD800 + ((rune - 0x10000) >> 10), slash);
			rune = 0xDC00 + ((rune - 0x10000) & 0x3FF);
		}
		add_unit(out, rune, slash);
		i += size;
	}
}

/* Bookmarks hold no troff characters: dashes and quotation marks become plain ones. */
static void add_bookmark(struct buf *out, const char *line, size_t n)
{
	struct buf title = { 0 };
	bool wide = false;

	static const struct {
		const char *from, *to;
	} plain[] = { { "–", "-" }, { "—", "-" }, { "‘", "'" }, { "’", "'" }, { "“", "'" },
		{ "”", "'" }, { "…", "..." }, { "\\(dq", "'" }, { "\\e", "/" }, { "\\(aq", "'" },
		{ "\\(ga", "'" }, { "\\(ti", "~" }, { "\\(ha", "^" } };

	for (size_t i = 0; i < n;) {
		uint32_t rune;
		size_t k = 0;

		if (n - i > 6 && memcmp(line + i, MARK_OPEN, 3) == 0) {
			const char *close = memmem(line + i, n - i, MARK_CLOSE, 3);

			i = close == NULL ? n : (size_t)(close - line) + 3;
			continue;
		}
		while (k < COUNT(plain) &&
		        (strlen(plain[k].from) > n - i ||
		                memcmp(plain[k].from, line + i, strlen(plain[k].from)) != 0))
			k++;
		if (k < COUNT(plain)) {
			buf_adds(&title, plain[k].to);
			i += strlen(plain[k].from);
			continue;
		}
		size_t size = (unsigned char)line[i] < 0x80 ? 1 : decode(line + i, n - i, &rune);
		wide = wide || (size > 1 && rune >= 0x100);
		buf_add(&title, line + i, size);
		i += size;
	}
	/* Before the title stand the request and its level. */
	size_t from = title.n > 13 && title.p[12] == ' ' ? 13 : 0;
	if (wide && from > 0) {
		buf_add(out, title.p, from);
		ms_add_wide(out, title.p + from, title.n - from, "\\e");
	} else {
		buf_add(out, buf_text(&title), title.n);
	}
	buf_free(&title);
}

void ms_tidy(struct buf *out, const char *text, size_t n)
{
	/* Without any text there may be no pointer either. */
	const char *end = n > 0 ? text + n : text, *stop;

	for (; text < end; text = stop + (stop < end)) {
		stop = memchr(text, '\n', (size_t)(end - text));
		stop = stop == NULL ? end : stop;
		size_t size = (size_t)(stop - text);

		if (size > 11 && memcmp(text, ".pdfhref O ", 11) == 0)
			add_bookmark(out, text, size);
		else if (size > 8 && memcmp(text, ".IP \"", 5) == 0 &&
		         memcmp(stop - 4, ".  \"", 4) == 0)
			/* liblowdown gives the number no width and the words a line of their own. */
			buf_addf(out, "%.*s\" %s", (int)size - 3, text,
			        size > 10 ? "0.75c" : "0.55c");
		else if (size == 12 && memcmp(text, ".IP \"\\(bu\" 2", 12) == 0)
			/* Two ens would be those of the heading before. */
			buf_adds(out, ".IP \"\\(bu\" 0.42c");
		else
			buf_add(out, text, size);
		buf_addc(out, '\n');
	}
}
