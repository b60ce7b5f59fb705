/* SPDX-License-Identifier: MIT */
/*
 * Cells with control characters of the upper kind (U+0080 to U+009F), which nobody types: somewhere on its
 * way a text of Windows-1252 was taken for Latin-1, or one of UTF-8 was written as UTF-8 once more. The
 * row is worth having, so they become again what they were.
 */
#include "io/inner.h"

#include <string.h>

static bool is_high_control(const char *p, size_t n)
{
	return n > 1 && (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] >= 0x80 &&
	       (unsigned char)p[1] < 0xA0;
}

static bool has_high_control(const struct cell *c)
{
	const char *at = c->p;

	while ((at = memchr(at, 0xC2, c->n - (size_t)(at - c->p))) != NULL) {
		if (is_high_control(at, c->n - (size_t)(at - c->p)))
			return true;
		at++;
	}
	return false;
}

/* The character at p as one byte of Latin-1; -1: it is none, or plain ASCII. */
static int latin_byte(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (n < 2 || (u[0] != 0xC2 && u[0] != 0xC3) || (u[1] & 0xC0) != 0x80)
		return -1;
	return (u[0] & 3) << 6 | (u[1] & 0x3F);
}

/* How many bytes of p, each written as a character of its own, were one character; 0: none. */
static size_t twice_written(const char *p, size_t n, char out[4])
{
	int first = latin_byte(p, n);
	size_t want = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;

	if (want == 0 || first >= 0xF5)
		return 0;
	for (size_t i = 0; i < want; i++) {
		int byte = 2 * i < n ? latin_byte(p + 2 * i, n - 2 * i) : -1;
		if (byte < 0)
			return 0;
		out[i] = (char)byte;
	}
	return text_valid(out, want) ? want : 0;
}

static void mend(struct buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		char once[4];
		size_t k = twice_written(p + i, n - i, once);
		if (k > 0) {
			buf_add(out, once, k);
			i += 2 * k;
		} else if (is_high_control(p + i, n - i)) {
			text_add_cp1252(out, p + i + 1, 1);
			i += 2;
		} else {
			buf_addc(out, p[i++]);
		}
	}
}

void cells_mend(struct input *in)
{
	struct buf *b = &in->mended;
	size_t need = 0;

	for (size_t i = 0; i < in->cell_n; i++)
		need += in->cell[i].n * 2 + 3;
	buf_clear(b);
	/* Cells point into it, so it must not move while it grows. */
	b->p = mem_grow(b->p, &b->cap, need, 1);
	for (size_t i = 0; i < in->cell_n; i++) {
		struct cell *c = &in->cell[i];
		if (!has_high_control(c))
			continue;
		/* rows_raw looks for a quote before each cell. */
		bool quoted = in->row_split && c->p > in->row_start && c->p[-1] == '"';
		buf_addc(b, quoted ? '"' : ' ');
		size_t at = b->n;
		mend(b, c->p, c->n);
		*c = (struct cell){ .p = b->p + at, .n = b->n - at };
		buf_addc(b, '\0');
		in->mended_cells++;
	}
}

size_t input_mended(const struct input *in)
{
	return in->mended_cells;
}
