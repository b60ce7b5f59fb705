/* SPDX-License-Identifier: MIT */
/* Unicode text: is it well-formed, how wide is it, what does it fold to. Plain ASCII, which is nearly
 * everything, takes a short way through each function; utf8proc does the rest. */
#include "base/base.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* How many bytes at p are ASCII, eight at a step. */
static size_t ascii_run(const char *p, size_t n)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t word;
		memcpy(&word, p + i, sizeof word);
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

bool text_valid(const char *bytes, size_t n)
{
	for (;;) {
		size_t k = ascii_run(bytes, n);
		bytes += k;
		n -= k;
		if (n == 0)
			return true;
		uint32_t rune;
		k = utf8_step((const unsigned char *)bytes, n, &rune);
		if (k == 0)
			return false;
		bytes += k;
		n -= k;
	}
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
