/* SPDX-License-Identifier: MIT */
/*
 * The fast way through CSV: finds the cells of a row that is written as RFC 4180 has it. Anything else (a
 * quote within a cell, text behind a closing quote, a limit overstepped) is left to libcsv, the reader of
 * record, which is several times slower; on well-formed rows the two agree, which tests hold to.
 *
 * Nothing is changed until the row is known to be whole, so that it can be looked at again: then the cells
 * are ended with NUL where their separator or closing quote stood, and doubled quotes are made single.
 */
#include "io/inner.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { STEP = 16 };

/* The places among the sixteen bytes at p of a, b, c or d, as bits. */
static inline unsigned places(const char *p, char a, char b, char c, char d)
{
#ifdef __SSE2__
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i m = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(a)),
	                                 _mm_cmpeq_epi8(v, _mm_set1_epi8(b))),
	        _mm_or_si128(
	                _mm_cmpeq_epi8(v, _mm_set1_epi8(c)), _mm_cmpeq_epi8(v, _mm_set1_epi8(d))));
	return (unsigned)_mm_movemask_epi8(m);
#else
	unsigned bits = 0;
	for (unsigned i = 0; i < STEP; i++)
		bits |= (unsigned)(p[i] == a || p[i] == b || p[i] == c || p[i] == d) << i;
	return bits;
#endif
}

/* A walk along the window from mark to mark. */
struct walk {
	char *block; /* the sixteen bytes looked at */
	unsigned bits;
};

static inline void walk_to(struct walk *w, char *p, char a, char b, char c, char d)
{
	w->block = p;
	w->bits = places(p, a, b, c, d);
}

/* The next mark, or a place at or behind e. */
static inline char *walk_next(struct walk *w, const char *e, char a, char b, char c, char d)
{
	while (w->bits == 0) {
		w->block += STEP;
		if (w->block >= e)
			return w->block;
		w->bits = places(w->block, a, b, c, d);
	}
	char *at = w->block + __builtin_ctz(w->bits);
	w->bits &= w->bits - 1;
	return at;
}

/* The closing quote of a cell whose text begins at p. NULL: not in the window. */
static char *closing_quote(char *p, char *e, long *lines, bool *doubled)
{
	struct walk w;
	walk_to(&w, p, '"', '"', '\n', '\r');
	for (;;) {
		char *at = walk_next(&w, e, '"', '"', '\n', '\r');
		if (at >= e)
			return NULL;
		if (*at == '\n') {
			++*lines;
		} else if (*at == '\r') {
			*lines += at[1] != '\n';
		} else if (at[1] == '"' && at + 1 < e) {
			*doubled = true;
			walk_to(&w, at + 2, '"', '"', '\n', '\r');
		} else {
			return at;
		}
	}
}

/* Ends the cells with NUL and undoubles their quotes. */
static void finish(struct input *in, size_t n, bool doubled)
{
	struct cell *cell = in->cell;
	for (size_t i = 0; i < n; i++)
		cell[i].p[cell[i].n] = '\0';
	in->cell_n = n;
	if (!doubled)
		return;
	for (size_t i = 0; i < n; i++) {
		char *from = memchr(cell[i].p, '"', cell[i].n), *end = cell[i].p + cell[i].n;
		if (from == NULL)
			continue;
		char *to = from;
		while (from < end) {
			from += *from == '"';
			*to++ = *from++;
		}
		*to = '\0';
		cell[i].n = (size_t)(to - cell[i].p);
	}
}

static inline bool push(struct input *in, size_t *n, char *p, size_t length)
{
	if (*n == in->cell_cap) {
		if (*n >= ROW_CELLS_MAX)
			return false;
		in->cell = mem_grow(in->cell, &in->cell_cap, *n + 1, sizeof *in->cell);
	}
	in->cell[(*n)++] = (struct cell){ .p = p, .n = length };
	return length <= in->cell_max;
}

enum split split_row(struct input *in, long *lines)
{
	char *e = in->e, *start = in->p, sep = in->separator;
	size_t n = 0;
	bool doubled = false;
	struct walk w;
	*lines = 0;
	walk_to(&w, start, sep, '"', '\n', '\r');
	for (;;) {
		char *text = start, *end, *after = walk_next(&w, e, sep, '"', '\n', '\r');
		if (after < e && *after == '"') {
			if (after != start)
				return SPLIT_ODD;
			text = start + 1;
			end = closing_quote(text, e, lines, &doubled);
			if (end == NULL || (end + 1 >= e && !in->eof))
				return in->eof ? SPLIT_ODD : SPLIT_MORE;
			after = end + 1;
			if (after < e && *after != sep && *after != '\n' && *after != '\r')
				return SPLIT_ODD;
			walk_to(&w, after + 1, sep, '"', '\n', '\r');
		} else {
			if (after > e)
				after = e;
			end = after;
		}
		if (after >= e && !in->eof)
			return SPLIT_MORE;
		if (!push(in, &n, text, (size_t)(end - text)))
			return SPLIT_ODD;
		if (after < e && *after == sep) {
			start = after + 1;
			continue;
		}
		if (after < e) {
			/* A line feed belongs to the carriage return before it, so the next byte must be there. */
			if (*after == '\r' && after + 1 >= e && !in->eof)
				return SPLIT_MORE;
			after += *after == '\r' && after + 1 < e && after[1] == '\n' ? 2 : 1;
			++*lines;
		}
		if (n > ROW_CELLS_MAX)
			return SPLIT_ODD;
		in->row_n = (size_t)(after - in->p);
		in->p = after;
		finish(in, n, doubled);
		return SPLIT_ROW;
	}
}
