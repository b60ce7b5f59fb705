/* SPDX-License-Identifier: MIT */
/* Words of minutes: list items, emphasis, and those that say nobody. */
#include "action/minutes/minutes.h"

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

char *minutes_plain(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) + 1), *to = out;

	for (; *text; text++)
		if (*text != '*' && *text != '\\')
			*to++ = *text;
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
