/* SPDX-License-Identifier: MIT */
/* The least a reader of CSV can be: RFC 4180 from a file in large blocks, no limits, no messages. */
#ifndef BENCH_SPLIT_H
#define BENCH_SPLIT_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SPLIT_BLOCK = 1 << 18, SPLIT_CELLS = 64 };

struct split {
	int fd;
	char *at, *end, *buffer;
	char *cell[SPLIT_CELLS];
	size_t n;
};

static bool split_open(struct split *s, const char *path)
{
	s->fd = open(path, O_RDONLY);
	s->buffer = malloc(2 * SPLIT_BLOCK + 1);
	s->at = s->end = s->buffer;
	return s->fd >= 0;
}

/* More bytes behind what is left; false at the end of the file. */
static bool split_fill(struct split *s)
{
	size_t left = (size_t)(s->end - s->at);
	ssize_t n;

	memmove(s->buffer, s->at, left);
	s->at = s->buffer;
	n = read(s->fd, s->buffer + left, 2 * SPLIT_BLOCK - left);
	s->end = s->buffer + left + (n > 0 ? n : 0);
	*s->end = '\0';
	return n > 0;
}

/* The end of the record that begins at s->at: its line feed outside quotes; NULL: not in the buffer. */
static char *split_end(const struct split *s)
{
	char *p = s->at, *line, *quote;

	for (;;) {
		line = memchr(p, '\n', (size_t)(s->end - p));
		if (!line)
			return NULL;
		quote = memchr(p, '"', (size_t)(line - p));
		if (!quote)
			return line;
		quote = memchr(quote + 1, '"', (size_t)(s->end - quote - 1));
		if (!quote)
			return NULL;
		p = quote + 1;
	}
}

/* The next record, cut into cells in place; cells live until the next call. */
static bool split_next(struct split *s)
{
	char *line, *p, *to;

	while (!(line = split_end(s)))
		if (!split_fill(s))
			return false;
	p = s->at;
	s->at = line + 1;
	if (line > p && line[-1] == '\r')
		line--;
	*line = '\0';
	for (s->n = 0; s->n < SPLIT_CELLS;) {
		s->cell[s->n++] = p;
		if (*p == '"') {
			s->cell[s->n - 1] = to = ++p;
			while (p < line && (*p != '"' || *++p == '"'))
				*to++ = *p++;
			*to = '\0';
			if (p >= line)
				return true;
			p++;
			continue;
		}
		p = memchr(p, ',', (size_t)(line - p));
		if (!p)
			return true;
		*p++ = '\0';
	}
	return true;
}

#endif
