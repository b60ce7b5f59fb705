/* SPDX-License-Identifier: MIT */
/* One step through UTF-8, small enough to be inlined, here and where text is measured and written. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Reads one character of `p` (n > 0 bytes are there) into *rune and returns its length, or 0 where the
 * bytes are not well-formed: cut off, overlong, a surrogate, or above U+10FFFF. */
static inline size_t utf8_step(const unsigned char *p, size_t n, uint32_t *rune)
{
	uint32_t c = p[0];
	size_t len = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
	if (len <= 1) {
		*rune = c;
		return len;
	}
	if (len > n)
		return 0;
	c &= 0x7Fu >> len;
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if ((len == 3 && (c < 0x800 || (c >= 0xD800 && c < 0xE000))) ||
	        (len == 4 && (c < 0x10000 || c > 0x10FFFF)))
		return 0;
	*rune = c;
	return len;
}

/* What a terminal would act on, or would show in another order than it stands: the control characters,
 * the line and paragraph separators, and the marks that turn the direction of writing. */
static inline int rune_is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

#endif
