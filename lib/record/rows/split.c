/* SPDX-License-Identifier: MIT */
/* Cutting cells into items, as maps ask for it. */
#include <ctype.h>
#include <string.h>

#include "record/headings/map.h"

struct items {
	const char **item;
	size_t n, cap;
};

static void add(struct arena *a, struct items *to, const char *p, size_t n)
{
	char *text = str_trim(arena_strndup(a, p, n));

	if (*text == '\0')
		return;
	to->item = mem_grow(to->item, &to->cap, to->n + 1, sizeof *to->item);
	to->item[to->n++] = text;
}

/* How a line begins an item: with how many bytes of bullet, number or letter, and which capital it is. */
struct bullet {
	size_t n; /* 0: it begins none */
	char capital;
};

/* A number of up to three figures, a letter, or a small Roman number, with a full stop or a bracket behind it. */
static struct bullet numbering(const char *line, size_t blanks)
{
	const char *p = line + blanks;
	size_t n = strspn(p, "0123456789");

	if (n == 0)
		n = strspn(p, "ivx");
	if (n == 0 && isalpha((unsigned char)*p))
		n = 1;
	if (n == 0 || n > (isdigit((unsigned char)*p) ? 3 : 5) || (p[n] != '.' && p[n] != ')') ||
	        (p[n + 1] != ' ' && p[n + 1] != '\t'))
		return (struct bullet){ 0 };
	return (struct bullet){ blanks + n + 1,
		p[n] == '.' && isupper((unsigned char)*p) ? *p : '\0' };
}

static struct bullet bullet(const char *line)
{
	static const char *const marks[] = { "•", "⋅", "·", "▪", "◦", "‣", "–", "—", "●", "○", "■",
		"-", "*", "\xEF\x82\xB7" /* Word's own bullet, in the private area */ };
	size_t n = strspn(line, " \t");

	for (size_t i = 0; i < COUNT(marks); i++)
		if (str_starts(line + n, marks[i])) {
			size_t after = n + strlen(marks[i]);
			bool ascii = (unsigned char)marks[i][0] < 0x80;
			if (!ascii || line[after] == ' ' || line[after] == '\t')
				return (struct bullet){ after, '\0' };
		}
	return numbering(line, n);
}

/* Whether capitals with a full stop letter the items, A, B, C. Else they are initials, as of "J. Smith", which
 * stay. */
static bool are_letters(const char *text)
{
	char next = 'A';

	for (const char *p = text; *p;) {
		struct bullet b = bullet(p);
		if (b.capital && b.capital != next++)
			return false;
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return next > 'B';
}

static void cut_bullets(struct arena *a, const char *text, struct items *to)
{
	struct buf item = { 0 };
	bool letters = are_letters(text);

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");
		struct bullet b = bullet(p);
		size_t mark = b.capital && !letters ? 0 : b.n;
		if (b.n) {
			add(a, to, buf_text(&item), item.n);
			buf_clear(&item);
		}
		if (item.n)
			buf_addc(&item, ' ');
		char *line = str_trim(arena_strndup(a, p + mark, n > mark ? n - mark : 0));
		buf_adds(&item, line);
		p += n + (p[n] == '\n');
	}
	add(a, to, buf_text(&item), item.n);
	buf_free(&item);
}

/* Where the word "and" stands by itself from p on: its length with the comma before it, or 0. */
static size_t and_at(const char *text, const char *p)
{
	size_t comma = *p == ',' ? 1 : 0, blanks = strspn(p + comma, " \t\n");
	const char *word = p + comma + blanks;

	if (p == text || (blanks == 0) || strncasecmp(word, "and", 3) != 0 ||
	        !strchr(" \t\n", word[3]))
		return 0;
	return word[3] ? (size_t)(word + 3 - p) : 0;
}

static void cut_and(struct arena *a, const char *text, struct items *to)
{
	const char *from = text, *p = text;

	while (*p) {
		size_t n = and_at(text, p);
		if (n == 0) {
			p++;
			continue;
		}
		add(a, to, from, (size_t)(p - from));
		from = p += n;
	}
	add(a, to, from, strlen(from));
}

static void cut_at(struct arena *a, const char *text, char at, struct items *to)
{
	for (const char *p = text;; p++) {
		const char *end = strchr(p, at);
		size_t n = end ? (size_t)(end - p) : strlen(p);
		add(a, to, p, n);
		if (!end)
			return;
		p = end;
	}
}

static void cut(struct arena *a, const char *text, const char *splitter, struct items *to)
{
	if (str_equal(splitter, "bullets"))
		cut_bullets(a, text, to);
	else if (str_equal(splitter, "lines"))
		cut_at(a, text, '\n', to);
	else if (str_equal(splitter, "and"))
		cut_and(a, text, to);
	else
		cut_at(a, text, splitter[0], to);
}

const char **map_split(struct arena *a, const char *text, const char *const *splitters,
        bool (*whole)(void *, const char *), void *data, size_t *n)
{
	struct items now = { 0 }, next = { 0 };
	const char **kept;

	add(a, &now, text, strlen(text));
	for (; splitters && *splitters; splitters++) {
		next.n = 0;
		for (size_t i = 0; i < now.n; i++)
			if (whole && whole(data, now.item[i]))
				add(a, &next, now.item[i], strlen(now.item[i]));
			else
				cut(a, now.item[i], *splitters, &next);
		struct items swap = now;
		now = next;
		next = swap;
	}
	kept = arena_alloc(a, (now.n + 1) * sizeof *kept);
	for (size_t i = 0; i < now.n; i++)
		kept[i] = now.item[i];
	*n = now.n;
	mem_free(now.item);
	mem_free(next.item);
	return kept;
}
