/* SPDX-License-Identifier: MIT */
/* A unified diff by lines: the longest common subsequence after equal ends are cut off. */
#include <string.h>

#include "terms/terms.h"

enum { CONTEXT = 3 };

struct lines {
	const char **line;
	size_t *len;
	size_t n;
};

static struct lines split(struct arena *a, const char *text)
{
	struct lines l = { 0 };
	size_t n = 1;

	for (const char *p = text; *p; p++)
		n += *p == '\n';
	l.line = arena_alloc(a, n * sizeof *l.line);
	l.len = arena_alloc(a, n * sizeof *l.len);
	for (const char *p = text; *p;) {
		size_t len = strcspn(p, "\n");
		l.line[l.n] = p;
		l.len[l.n++] = len;
		p += len + (p[len] == '\n');
	}
	return l;
}

static bool same(const struct lines *a, size_t i, const struct lines *b, size_t j)
{
	return a->len[i] == b->len[j] && memcmp(a->line[i], b->line[j], a->len[i]) == 0;
}

/* An edit script: ' ' both, '-' old only, '+' new only, one letter a line. */
static char *script(struct arena *arena, const struct lines *a, const struct lines *b)
{
	size_t head = 0, tail = 0, n, m, k = 0;
	char *s = arena_alloc(arena, a->n + b->n + 1);
	uint32_t *table;

	while (head < a->n && head < b->n && same(a, head, b, head))
		head++;
	while (tail < a->n - head && tail < b->n - head &&
	        same(a, a->n - 1 - tail, b, b->n - 1 - tail))
		tail++;
	n = a->n - head - tail;
	m = b->n - head - tail;
	for (size_t i = 0; i < head; i++)
		s[k++] = ' ';
	/* Beyond this the table would take over 100 MB: all old lines, then all new ones. */
	if ((n + 1) * (m + 1) > (size_t)25 << 20) {
		memset(s + k, '-', n);
		memset(s + k + n, '+', m);
		memset(s + k + n + m, ' ', tail);
		return s;
	}
	/* table[i][j]: the longest common subsequence of what follows line i and line j. */
	table = mem_zalloc((n + 1) * (m + 1) * sizeof *table);
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint32_t down = table[(i + 1) * (m + 1) + j],
			         right = table[i * (m + 1) + j + 1];
			table[i * (m + 1) + j] = same(a, head + i, b, head + j)
			                                 ? table[(i + 1) * (m + 1) + j + 1] + 1
			                                 : (down > right ? down : right);
		}
	for (size_t i = 0, j = 0; i < n || j < m;) {
		if (i < n && j < m && same(a, head + i, b, head + j)) {
			s[k++] = ' ';
			i++;
			j++;
		} else if (j == m ||
		           (i < n && table[(i + 1) * (m + 1) + j] >= table[i * (m + 1) + j + 1])) {
			s[k++] = '-';
			i++;
		} else {
			s[k++] = '+';
			j++;
		}
	}
	mem_free(table);
	for (size_t i = 0; i < tail; i++)
		s[k++] = ' ';
	return s;
}

/* "12" or "12,3": where a hunk begins in one of the texts, and over how many lines. */
static void put_range(struct out *out, char sign, size_t first, size_t n)
{
	out_printf(out, "%c%zu", sign, n ? first + 1 : first);
	if (n != 1)
		out_printf(out, ",%zu", n);
}

bool diff_unified(struct out *out, const char *old_name, const char *old, const char *new_name,
        const char *new)
{
	struct arena *arena = arena_new();
	struct lines a = split(arena, old), b = split(arena, new);
	char *s = script(arena, &a, &b);
	size_t n = strlen(s), i = 0, ai = 0, bi = 0;
	bool differ = false;

	while (i < n) {
		size_t first = i, end, quiet = 0, an = 0, bn = 0;
		if (s[i] == ' ') {
			i++;
			ai++;
			bi++;
			continue;
		}
		/* A hunk: from three equal lines before to where more than six equal ones follow. */
		while (first > 0 && s[first - 1] == ' ' && i - first < CONTEXT)
			first--;
		for (end = i; end < n && quiet <= 2 * CONTEXT; end++)
			quiet = s[end] == ' ' ? quiet + 1 : 0;
		if (quiet > CONTEXT)
			end -= quiet - CONTEXT;
		ai -= i - first;
		bi -= i - first;
		for (size_t k = first; k < end; k++) {
			an += s[k] != '+';
			bn += s[k] != '-';
		}
		if (!differ)
			out_printf(out, "--- %s\n+++ %s\n", old_name, new_name);
		differ = true;
		out_text(out, "@@ ");
		put_range(out, '-', ai, an);
		out_char(out, ' ');
		put_range(out, '+', bi, bn);
		out_text(out, " @@\n");
		for (size_t k = first; k < end; k++) {
			const struct lines *l = s[k] == '+' ? &b : &a;
			size_t at = s[k] == '+' ? bi : ai;
			out_char(out, s[k]);
			out_write(out, l->line[at], l->len[at]);
			out_char(out, '\n');
			ai += s[k] != '+';
			bi += s[k] != '-';
		}
		i = end;
	}
	arena_free(arena);
	return differ;
}
