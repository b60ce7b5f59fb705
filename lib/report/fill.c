/* SPDX-License-Identifier: MIT */
/* Our own output where marks stand in what liblowdown rendered. */
#include <string.h>
#include "report/tree/tree.h"

bool fill_strip(struct buf *out, const char *tail)
{
	size_t n = strlen(tail);

	if (out->n < n || memcmp(out->p + out->n - n, tail, n) != 0)
		return false;
	out->n -= n;
	out->p[out->n] = '\0';
	return true;
}

const char *fill_skip(const char *rest, const char *end, const char *head)
{
	size_t n = strlen(head);

	return (size_t)(end - rest) >= n && memcmp(rest, head, n) == 0 ? rest + n : rest;
}

static const char *number(const char *p, size_t *out)
{
	while (*p == ' ')
		p++;
	for (*out = 0; *p >= '0' && *p <= '9'; p++)
		*out = *out * 10 + (size_t)(*p - '0');
	return p;
}

/* The next MARK_OPEN or MARK_CLOSE; their first byte is a rare one, which memchr finds faster than
 * memmem all three. */
static const char *find_mark(const char *text, const char *end, const char *mark)
{
	for (const char *at = text;
	        (at = memchr(at, (unsigned char)mark[0], (size_t)(end - at))) != NULL; at++)
		if (end - at >= 3 && memcmp(at, mark, 3) == 0)
			return at;
	return NULL;
}

void tree_fill(const char *text, size_t n, const struct filler *filler, struct buf *out)
{
	/* Without any text there may be no pointer either. */
	const char *end = n > 0 ? text + n : text, *close;

	while (text < end) {
		const char *at = find_mark(text, end, MARK_OPEN);

		if (at == NULL || (close = find_mark(at + 3, end, MARK_CLOSE)) == NULL) {
			buf_add(out, text, (size_t)(end - text));
			return;
		}
		buf_add(out, text, (size_t)(at - text));
		struct mark mark = { .letter = at[3] };
		number(number(number(at + 4, &mark.a), &mark.b), &mark.c);
		text = filler->put(filler->context, mark, out, close + 3, end);
	}
}
