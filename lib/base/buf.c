/* SPDX-License-Identifier: MIT */
/* Growing text, and the small things done to plain C texts. */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* More than there is room for. */
static void buf_widen(struct buf *b, size_t n)
{
	size_t need = n > SIZE_MAX - b->n - 1 ? SIZE_MAX : b->n + n + 1;
	if (b->cap < 32)
		b->cap = 32; /* the least that is worth asking for; p is NULL, so it is taken now */
	b->p = mem_grow(b->p, &b->cap, need, 1);
}

/* Room for n more bytes and the NUL. */
static inline void buf_room(struct buf *b, size_t n)
{
	if (b->p == NULL || n >= b->cap - b->n)
		buf_widen(b, n);
}

char *buf_space(struct buf *b, size_t n)
{
	buf_room(b, n);
	return b->p + b->n;
}

void buf_add(struct buf *b, const char *bytes, size_t n)
{
	buf_room(b, n);
	if (n > 0)
		memcpy(b->p + b->n, bytes, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_adds(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_addc(struct buf *b, char c)
{
	buf_room(b, 1);
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	buf_room(b, 31);
	int n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, args);
	if (n > 0 && (size_t)n >= b->cap - b->n) {
		buf_room(b, (size_t)n);
		vsnprintf(b->p + b->n, b->cap - b->n, fmt, again);
	}
	if (n > 0)
		b->n += (size_t)n;
	b->p[b->n] = '\0';
	va_end(again);
	va_end(args);
}

const char *buf_text(struct buf *b)
{
	return b->p != NULL ? b->p : "";
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->p != NULL)
		b->p[0] = '\0';
}

void buf_free(struct buf *b)
{
	mem_free(b->p);
	*b = (struct buf){ 0 };
}

/* ---------- plain texts ---------- */

bool str_empty(const char *text)
{
	return text == NULL || text[0] == '\0';
}

bool str_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

uint32_t str_hash(const char *text)
{
	uint32_t h = 2166136261u;
	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h;
}

bool str_in(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(list[i], text))
			return true;
	return false;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t n = strlen(text), k = strlen(suffix);
	return n >= k && memcmp(text + n - k, suffix, k) == 0;
}

bool str_has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = text; n > 0 && p != NULL && (p = strstr(p, word)) != NULL; p++)
		if ((p == text || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

/* The length of the blank that begins at p, or 0. A no-break space is two bytes, C2 A0. */
static size_t blank_at(const char *p)
{
	if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		return 1;
	return (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

char *str_trim(char *text)
{
	size_t k;
	while ((k = blank_at(text)) > 0)
		text += k;
	char *end = text + strlen(text);
	for (;;) {
		if (end > text && blank_at(end - 1) == 1)
			end--;
		else if (end - text >= 2 && blank_at(end - 2) == 2)
			end -= 2;
		else
			break;
	}
	*end = '\0';
	return text;
}

char **str_split(struct arena *a, const char *text, const char *seps, size_t *n)
{
	size_t most = 2;
	for (const char *p = text; *p != '\0'; p++)
		most += strchr(seps, *p) != NULL;
	char **items = arena_alloc(a, most * sizeof *items);
	char *copy = arena_strdup(a, text);
	size_t count = 0;
	char *from = copy, *to = copy;
	for (const char *p = text;; p++) {
		size_t slashes = strspn(p, "\\");
		if (slashes > 0) {
			bool before = p[slashes] != '\0' && strchr(seps, p[slashes]) != NULL;
			size_t kept = before ? slashes / 2 : slashes;
			memset(to, '\\', kept);
			to += kept;
			p += slashes;
			if (before && slashes % 2 == 1)
				*to++ = *p++;
			p--;
			continue;
		}
		bool end = *p == '\0';
		if (!end && strchr(seps, *p) == NULL) {
			*to++ = *p;
			continue;
		}
		*to++ = '\0';
		char *item = str_trim(from);
		if (*item != '\0')
			items[count++] = item;
		from = to;
		if (end)
			break;
	}
	items[count] = NULL;
	if (n != NULL)
		*n = count;
	return items;
}

void str_join(struct buf *b, const char *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *p = items[i];
		while (*p != '\0') {
			size_t plain = strcspn(p, "\\;,\n"), slashes;
			buf_add(b, p, plain);
			p += plain;
			slashes = strspn(p, "\\");
			p += slashes;
			bool sep = *p == ';' || *p == ',' || *p == '\n';
			bool doubled = sep || (*p == '\0' && i + 1 < n);
			for (size_t k = 0; k < (doubled ? 2 * slashes : slashes); k++)
				buf_addc(b, '\\');
			if (sep) {
				buf_addc(b, '\\');
				buf_addc(b, *p++);
			}
		}
		if (i + 1 < n)
			buf_addc(b, ';');
	}
}
