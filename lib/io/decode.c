/* SPDX-License-Identifier: MIT */
/*
 * Bytes to UTF-8. What is well-formed UTF-8 from its beginning is UTF-8; else it is Windows-1252, which is
 * what spreadsheets on Windows write. A long text that was ASCII so far may turn out to be either when its
 * first other byte comes; once something was taken as UTF-8, what is none is a fault of its row.
 */
#include "io/inner.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---------- what a block holds ---------- */

enum { HAS_HIGH = 1, HAS_CONTROL = 2 };

static int scan_byte(unsigned char c, unsigned char next)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r' ? 0 : HAS_CONTROL;
	/* The C1 control characters are C2 80 to C2 9F. */
	if (c == 0xC2 && next < 0xA0)
		return HAS_HIGH | HAS_CONTROL;
	return c < 0x7F ? 0 : c == 0x7F ? HAS_CONTROL : HAS_HIGH;
}

/* Is anything above ASCII among the bytes, or a control character? Every byte of every input passes here,
 * so sixteen at a time. */
static int scan(const char *p, size_t n)
{
	int found = 0;
	size_t i = 0;
#ifdef __SSE2__
	const __m128i last = _mm_set1_epi8(0x1F), tab = _mm_set1_epi8('\t'),
	              nl = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), del = _mm_set1_epi8(0x7F),
	              c2 = _mm_set1_epi8((char)0xC2), a0 = _mm_set1_epi8((char)0xA0);
	__m128i high = _mm_setzero_si128(), control = _mm_setzero_si128();
	for (; i + 17 <= n; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i after = _mm_loadu_si128((const __m128i *)(const void *)(p + i + 1));
		__m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, last), v);
		__m128i fine = _mm_or_si128(_mm_cmpeq_epi8(v, tab),
		        _mm_or_si128(_mm_cmpeq_epi8(v, nl), _mm_cmpeq_epi8(v, cr)));
		/* As signed bytes, 80 to 9F are those below A0. */
		__m128i c1 = _mm_and_si128(_mm_cmpeq_epi8(v, c2), _mm_cmplt_epi8(after, a0));
		control = _mm_or_si128(control, _mm_andnot_si128(fine, low));
		control = _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(v, del), c1));
		high = _mm_or_si128(high, v);
	}
	if (_mm_movemask_epi8(high) != 0)
		found |= HAS_HIGH;
	if (_mm_movemask_epi8(control) != 0)
		found |= HAS_CONTROL;
#endif
	for (; i < n; i++)
		found |= scan_byte((unsigned char)p[i], i + 1 < n ? (unsigned char)p[i + 1] : 0);
	return found;
}

/* ---------- UTF-16 ---------- */

/* A surrogate without its fellow is written as the three bytes that UTF-8 forbids, so that its row is
 * refused where everything else that is no UTF-8 is. */
static void add_lone(struct buf *b, uint32_t unit)
{
	buf_addc(b, (char)0xED);
	buf_addc(b, (char)(0x80 | (unit >> 6 & 0x3F)));
	buf_addc(b, (char)(0x80 | (unit & 0x3F)));
}

static uint32_t unit_at(const char *p, bool big)
{
	const unsigned char *u = (const unsigned char *)p;
	return big ? (uint32_t)u[0] << 8 | u[1] : (uint32_t)u[1] << 8 | u[0];
}

static size_t add_utf16(const char *bytes, size_t n, bool big, bool last, struct buf *b)
{
	size_t i = 0;
	while (i + 2 <= n) {
		uint32_t unit = unit_at(bytes + i, big);
		bool lead = unit >= 0xD800 && unit < 0xDC00;
		if (lead && i + 4 > n && !last)
			break;
		uint32_t trail = lead && i + 4 <= n ? unit_at(bytes + i + 2, big) : 0;
		i += 2;
		if (trail >= 0xDC00 && trail < 0xE000) {
			text_add_rune(b, 0x10000 + ((unit - 0xD800) << 10) + (trail - 0xDC00));
			i += 2;
		} else if (unit >= 0xD800 && unit < 0xE000) {
			add_lone(b, unit);
		} else if (unit < 0x80) {
			buf_addc(b, (char)unit);
		} else {
			text_add_rune(b, unit);
		}
	}
	if (last && i < n) {
		buf_addc(b, (char)0xFF); /* half a character at the end: refused with its row */
		i = n;
	}
	return i;
}

size_t decode_add(enum encoding encoding, const char *bytes, size_t n, bool last, struct buf *b)
{
	switch (encoding) {
	case ENC_CP1252:
		text_add_cp1252(b, bytes, n);
		return n;
	case ENC_UTF16LE:
	case ENC_UTF16BE:
		return add_utf16(bytes, n, encoding == ENC_UTF16BE, last, b);
	case ENC_UTF8:
		break;
	}
	buf_add(b, bytes, n);
	return n;
}

/* ---------- the window ---------- */

/* Makes room for `need` bytes behind e, moving what is left to the front. */
static void make_room(struct input *in, size_t need)
{
	size_t left = (size_t)(in->e - in->p);
	if (in->window == NULL || left + need > in->window_cap) {
		size_t cap = in->window_cap < WINDOW ? WINDOW : in->window_cap;
		while (cap < left + need)
			cap *= 2;
		char *window = mem_alloc(cap + WINDOW_PAD);
		if (left > 0)
			memcpy(window, in->p, left);
		mem_free(in->window);
		in->window = window;
		in->window_cap = cap;
	} else if (in->p > in->window) {
		memmove(in->window, in->p, left);
	}
	in->p = in->window;
	in->e = in->window + left;
}

/* Could these bytes, at the end of a block, be a character that goes on in the next? */
static bool may_go_on(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0];
	size_t want = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
	if (n >= want || c >= 0xF5)
		return false;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)p[i] & 0xC0) != 0x80)
			return false;
	return true;
}

/* The last n bytes of the window were Windows-1252 after all. */
static void turn_to_cp1252(struct input *in, size_t n)
{
	struct buf text = { 0 };
	text_add_cp1252(&text, in->e - n, n);
	in->e -= n;
	make_room(in, text.n);
	memcpy(in->e, text.p, text.n);
	in->e += text.n;
	buf_free(&text);
	in->encoding = ENC_CP1252;
	in->unchecked = 0;
	sniff_tell(in);
}

/* Looks at the last bytes of the window, which were taken as UTF-8. */
static void check_utf8(struct input *in, size_t added)
{
	in->unchecked += added;
	while (in->unchecked > 0) {
		const char *from = in->e - in->unchecked;
		size_t run = text_valid_run(from, in->unchecked);
		if (!in->high)
			in->high = (scan(from, run) & HAS_HIGH) != 0;
		in->unchecked -= run;
		if (in->unchecked == 0 || (!in->eof && may_go_on(from + run, in->unchecked)))
			return;
		if (!in->high && !in->bom) {
			turn_to_cp1252(in, in->unchecked);
			return;
		}
		in->ill = true;
		in->unchecked--;
	}
}

/* Converts what was read into raw and puts it behind e. */
static void add_converted(struct input *in, size_t n)
{
	struct buf text = { 0 };
	in->raw_n += n;
	size_t taken = decode_add(in->encoding, in->raw, in->raw_n, in->eof, &text);
	in->raw_n -= taken;
	memmove(in->raw, in->raw + taken, in->raw_n);
	make_room(in, text.n);
	if (text.n > 0)
		memcpy(in->e, text.p, text.n);
	in->e += text.n;
	buf_free(&text);
}

int window_fill(struct input *in, struct fault *f)
{
	if (in->eof)
		return 0;
	if (in->e - in->p > ROW_MAX) {
		fault_set(f, STATUS_DATA, "a row is longer than %d MiB; is a quote left open?",
		        ROW_MAX >> 20);
		fault_place(f, in->name, in->line, NULL);
		return -1;
	}
	size_t left = (size_t)(in->e - in->p);
	bool plain = in->encoding == ENC_UTF8;
	/* A long row doubles the window, so that it is not looked at again and again. */
	size_t want = left > in->window_cap / 2 ? in->window_cap : WINDOW / 2;
	if (plain) {
		make_room(in, want);
		want = in->window_cap - left;
	} else if (in->raw == NULL) {
		in->raw = mem_alloc(WINDOW + WINDOW_PAD);
	}
	if (!plain)
		want = WINDOW;
	ssize_t k = source_read(in, plain ? in->e : in->raw + in->raw_n, want, f);
	if (k < 0)
		return -1;
	in->eof = k == 0;
	if (left == 0)
		in->ill = false;
	if (plain) {
		in->e += k;
		check_utf8(in, (size_t)k);
	} else {
		add_converted(in, (size_t)k);
	}
	int found = scan(in->p, (size_t)(in->e - in->p) - in->unchecked);
	/* UTF-16 may hold lone surrogates, so anything above ASCII is looked at again. */
	bool wide = in->encoding == ENC_UTF16LE || in->encoding == ENC_UTF16BE;
	in->suspect = in->ill || (found & HAS_CONTROL) != 0 || (wide && (found & HAS_HIGH) != 0);
	memset(in->e, 0, WINDOW_PAD);
	return (size_t)(in->e - in->p) > left ? 1 : in->eof ? 0 : window_fill(in, f);
}
