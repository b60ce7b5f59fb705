/* SPDX-License-Identifier: MIT */
/* Unicode text: is it well-formed, how wide is it, what does it fold to. Plain ASCII, which is nearly
 * everything, takes a short way through each function; utf8proc does the rest. */
#include "base/base.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Which of the eight bytes of a word, as they lie in memory, is the first that is not nought. */
static size_t first_byte(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(word) / 8;
#else
	return (size_t)__builtin_clzll(word) / 8;
#endif
}

/* How many bytes at p are ASCII, eight at a step. */
static size_t ascii_run(const char *p, size_t n)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t word;
		memcpy(&word, p + i, sizeof word);
		word &= UINT64_C(0x8080808080808080);
		if (word != 0)
			return i + first_byte(word);
	}
	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

size_t text_valid_run(const char *bytes, size_t n)
{
	size_t done = 0;
	for (;;) {
		done += ascii_run(bytes + done, n - done);
		if (done == n)
			return n;
		uint32_t rune;
		size_t k = utf8_step((const unsigned char *)bytes + done, n - done, &rune);
		if (k == 0)
			return done;
		done += k;
	}
}

bool text_valid(const char *bytes, size_t n)
{
	return text_valid_run(bytes, n) == n;
}

long text_control(const char *bytes, size_t n)
{
	const unsigned char *p = (const unsigned char *)bytes;
	for (size_t i = 0; i < n; i++) {
		if (p[i] >= 0x20 && p[i] != 0x7F && p[i] != 0xC2)
			continue;
		if (p[i] == '\t' || p[i] == '\n' || p[i] == '\r')
			continue;
		/* C1 controls are C2 80 to C2 9F. */
		if (p[i] == 0xC2 && (i + 1 == n || p[i + 1] < 0x80 || p[i + 1] > 0x9F))
			continue;
		return (long)i;
	}
	return -1;
}

/* ---------- folding ---------- */

enum {
	FOLD = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
	       UTF8PROC_IGNORE
};

/* utf8proc's own memory, brought into the arena. What is no UTF-8 is copied as it is. */
static char *map(struct arena *a, const char *text, size_t n, int options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n,
	        &mapped, (utf8proc_option_t)options);
	if (size == UTF8PROC_ERROR_NOMEM)
		base_oom_handler();
	if (size < 0)
		return arena_strndup(a, text, n);
	char *copy = arena_strndup(a, (const char *)mapped, (size_t)size);
	free(mapped);
	return copy;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

char *text_fold(struct arena *a, const char *text)
{
	size_t n = strlen(text);
	if (ascii_run(text, n) < n)
		return map(a, text, n, FOLD);
	char *folded = arena_strndup(a, text, n);
	for (size_t i = 0; i < n; i++)
		folded[i] = lower(folded[i]);
	return folded;
}

char *text_plain(struct arena *a, const char *text)
{
	size_t n = strlen(text);

	return ascii_run(text, n) < n ? map(a, text, n, FOLD | UTF8PROC_STRIPMARK)
	                              : text_fold(a, text);
}

/* Letters, their marks, and figures make up a key. */
static bool is_word(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z');
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)rune);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

/* Adds the characters at p to a key. gap: something that is no part of it stood before them. */
static char *key_add(char *to, const char *key, bool gap, const char *p, size_t n)
{
	if (gap && to > key)
		*to++ = ' ';
	for (size_t i = 0; i < n; i++)
		to[i] = p[i];
	return to + n;
}

char *text_key(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text), *end = folded + strlen(folded);
	size_t most = (size_t)(end - folded) + 1;
	/* An ampersand becomes "and" and a blank. */
	for (const char *p = folded; (p = strchr(p, '&')) != NULL; p++)
		most += 3;
	char *key = arena_alloc(a, most), *to = key;
	bool gap = false;
	for (const char *p = folded; p < end;) {
		uint32_t rune;
		size_t k = utf8_step((const unsigned char *)p, (size_t)(end - p), &rune);
		if (k > 0 && is_word(rune)) {
			to = key_add(to, key, gap, p, k);
			gap = false;
		} else {
			if (*p == '&')
				to = key_add(to, key, true, "and", 3);
			gap = true;
		}
		p += k > 0 ? k : 1;
	}
	*to = '\0';
	return key;
}

/* ---------- width ---------- */

/* The character at p: its length, at least 1, and its columns. */
static size_t width_step(const char *p, size_t n, int *columns)
{
	uint32_t rune;
	size_t k = utf8_step((const unsigned char *)p, n, &rune);
	if (k == 0) {
		*columns = 1;
		return 1;
	}
	*columns = utf8proc_charwidth((utf8proc_int32_t)rune);
	return k;
}

int text_width(const char *text, size_t n)
{
	int width = 0;
	for (size_t i = 0, k; i < n; i += k) {
		int columns;
		if (text[i] >= 0x20 && text[i] < 0x7F) {
			columns = 1;
			k = 1;
		} else {
			k = width_step(text + i, n - i, &columns);
		}
		width += columns;
	}
	return width;
}

size_t text_fit(const char *text, size_t n, int columns)
{
	size_t i = 0;
	while (i < n) {
		int width;
		size_t k = width_step(text + i, n - i, &width);
		if (width > columns)
			break;
		columns -= width;
		i += k;
	}
	return i;
}

/* ---------- making UTF-8 ---------- */

void text_add_rune(struct buf *b, uint32_t rune)
{
	utf8proc_uint8_t bytes[4];
	if (rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000))
		rune = 0xFFFD;
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)rune, bytes);
	buf_add(b, (const char *)bytes, (size_t)n);
}

void text_add_cp1252(struct buf *b, const char *bytes, size_t n)
{
	/* 0x80 to 0x9F; elsewhere the code page is Latin-1. */
	static const uint16_t high[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, /* 88 */
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178, /* 98 */
	};
	while (n > 0) {
		size_t k = ascii_run(bytes, n);
		buf_add(b, bytes, k);
		bytes += k;
		n -= k;
		if (n == 0)
			break;
		unsigned char c = (unsigned char)*bytes;
		text_add_rune(b, c < 0xA0 ? high[c - 0x80] : c);
		bytes++;
		n--;
	}
}
