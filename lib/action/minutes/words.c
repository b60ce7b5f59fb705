/* SPDX-License-Identifier: MIT */
/* Words of minutes: list items, emphasis, and those that say nobody. */
#include "action/minutes/minutes.h"

#include <ctype.h>
#include <string.h>

bool minutes_refuse(struct minutes_reader *r, long line, struct fault *f, const char *what)
{
	fault_set(f, STATUS_DATA, "%s", what);
	fault_place(f, r->name, line, NULL);
	return false;
}

char *minutes_item(char *line)
{
	char *p = line + strspn(line, " \t");
	size_t n = strspn(p, "0123456789");

	if (n > 0 && (p[n] == '.' || p[n] == ')'))
		n++;
	else if (n == 0 && *p && strchr("-*+", *p))
		n = 1;
	else
		return NULL;
	return p[n] == ' ' || p[n] == '\t' ? str_trim(p + n) : NULL;
}

/* Whether words are made of it; any character beyond ASCII is taken for a letter. */
static bool is_wordly(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_gap(char c)
{
	return c == '\0' || isspace((unsigned char)c);
}

/* Where n stars from p on begin emphasis: those that end it; NULL: they begin none, as in "5 * 3". */
static char *emphasis_end(char *text, char *p, size_t n)
{
	if (is_gap(p[n]) || (p > text && is_wordly(p[-1])))
		return NULL;
	for (char *q = p + n; (q = strchr(q, '*')) != NULL;) {
		size_t m = strspn(q, "*");
		if (m == n && !is_gap(q[-1]) && q[-1] != '\\' && !is_wordly(q[m]))
			return q;
		q += m;
	}
	return NULL;
}

char *minutes_plain(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text), *to = out;
	size_t length = strlen(out);
	bool *gone = arena_alloc(a, length + 1);

	memset(gone, 0, length + 1);
	for (char *p = out; (p = strchr(p, '*')) != NULL;) {
		size_t n = strspn(p, "*");
		char *end = p > out && p[-1] == '\\' ? NULL : emphasis_end(out, p, n);
		if (end) {
			memset(gone + (p - out), true, n);
			memset(gone + (end - out), true, n);
		}
		p += n;
	}
	for (char *p = out; *p; p++) {
		if (*p == '\\' && ispunct((unsigned char)p[1]))
			*to++ = *++p;
		else if (!gone[p - out])
			*to++ = *p;
	}
	*to = '\0';
	return str_trim(out);
}

bool minutes_nobody(struct arena *a, const char *text)
{
	static const char *const words[] = { "", "none", "nobody", "no one", "nil", "n a",
		"no apologies", "none received" };
	const char *key = text_key(a, text);

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal(key, words[i]))
			return true;
	return false;
}
