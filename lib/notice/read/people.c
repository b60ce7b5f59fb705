/* SPDX-License-Identifier: MIT */
/* Cells that hold a number of people, and more or less than that. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/read/reader.h"

/* ---------- nothing yet ---------- */

bool people_unfilled(const char *text)
{
	static const char *const words[] = { "tbc", "tbd", "tba", "n/a", "na", "n/k", "nk",
		"not known", "unknown", "?", "??", "-", "--", "–", "—", ".", "..", "*", "none",
		"nil", "null", "to be confirmed", "to be decided", "to be determined",
		"to be advised", "pending", "various", "ongoing", "on going", "not given",
		"not stated", "not provided", "not specified", "not available", "not applicable",
		"not yet known", "unspecified", "undetermined", "awaited", "awaiting", "immediate",
		"immediately", "unclear", "blank", "see note", "see notes", "not disclosed",
		"undisclosed", "none given", "n.k.", "n.a.", "not reported", "not listed", "t.b.c.",
		"t.b.d.", "t/b/c", "t/b/d", "t/b/a", "varied", "varies", "all", "see warn",
		"see letter", "work in progress", "in progress", "in phases", "rolling", "no date",
		"no date given", "none stated", "not" };

	/* Asked of nearly every cell, of which nearly none is: first the letters that can begin it. */
	if (!strchr("tTnNuUxX?-*.\xE2oOvVpPiIaAbBsSwWrRmM", text[0]))
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcasecmp(words[i], text) == 0)
			return true;
	if (strspn(text, "xX") == strlen(text))
		return true;
	return !strpbrk(text, "0123456789") &&
	       (strncasecmp(text, "not ", 4) == 0 || strncasecmp(text, "unknown", 7) == 0 ||
	               strncasecmp(text, "to be ", 6) == 0 ||
	               strncasecmp(text, "various", 7) == 0 ||
	               strncasecmp(text, "stagger", 7) == 0 || strncasecmp(text, "phase", 5) == 0 ||
	               strncasecmp(text, "multi", 5) == 0);
}

/* ---------- people ---------- */

/* What may stand between thousands: a comma, a blank, the apostrophe of the Swiss. Its length; 0: none. */
static size_t grouping(const char *p)
{
	if (*p == ',' || *p == ' ' || *p == '\'')
		return 1;
	return str_starts(p, "’") ? strlen("’") : 0;
}

/* Digits with a sign of that kind at every third. *end behind them. */
static bool read_count(const char *p, const char **end, int64_t *out)
{
	int64_t n = 0;
	int digits = 0;
	size_t gap;

	if (!isdigit((unsigned char)*p))
		return false;
	for (;;) {
		if (isdigit((unsigned char)*p)) {
			if (++digits > 9)
				return false;
			n = 10 * n + (*p++ - '0');
		} else if ((gap = grouping(p)) != 0 && strspn(p + gap, "0123456789") == 3) {
			p += gap;
		} else {
			break;
		}
	}
	*out = n;
	*end = p;
	return true;
}

/* Words before a number that make it an estimate; how many bytes, 0: none. */
static size_t estimate_word(const char *p)
{
	static const char *const words[] = { "approximately", "approximate", "approx", "circa",
		"ca", "c", "about", "around", "up to", "at least", "at most", "over", "under",
		"more than", "less than", "fewer than", "nearly", "almost", "some", "est",
		"estimated", "estimate", "between", "~", "≈", ">", "<", "≥", "≤", "min", "max",
		"minimum", "maximum", "potentially", "possibly", "as many as", "roughly",
		"unknown,", "aprox", "apx", "total", "initially", "additional", "another",
		"a further", "a total of", "maximum of", "no more than", "in excess of",
		"just over", "just under", "*" };

	for (size_t i = 0; i < COUNT(words); i++) {
		size_t n = strlen(words[i]);
		if (strncasecmp(p, words[i], n) != 0 || isalpha((unsigned char)p[n]))
			continue;
		return n + strspn(p + n, " .:=");
	}
	return 0;
}

/* A footnote's mark or a word for people behind a number leaves it what it is. */
static bool only_marks(const char *p)
{
	static const char *const words[] = { "employees", "employee", "workers", "worker", "people",
		"staff", "jobs", "job", "posts", "redundancies", "persons", "roles", "positions",
		"total" };

	while (*p == ' ')
		p++;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strncasecmp(p, words[i], strlen(words[i])) == 0 &&
		        !isalpha((unsigned char)p[strlen(words[i])]))
			p += strlen(words[i]);
	p += strspn(p, " .");
	if (*p == '(' || *p == '[') {
		size_t n = strspn(p + 1, "0123456789abcdefi");
		if (n && n <= 2 && (p[n + 1] == ')' || p[n + 1] == ']'))
			p += n + 2;
	}
	while (*p) {
		if (strchr("*#^'", *p))
			p++;
		else if (str_starts(p, "†") || str_starts(p, "‡"))
			p += 3;
		else if (str_starts(p, "¹") || str_starts(p, "²") || str_starts(p, "³"))
			p += 2;
		else
			return false;
	}
	return true;
}

/* "426 426" is a number and its correction, not half a million people. */
static bool two_numbers(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n >= 3 && text[n] == ' ' && isdigit((unsigned char)text[n + 1]);
}

/* "1.045", "12.000": with points at every third digit, as much of Europe writes thousands. Nobody counts people to
 * a thousandth, and "12.000" taken for 12 would be a guess that no one sees. */
static bool pointed_thousands(const char *p, int64_t *out)
{
	size_t n = strspn(p, "0123456789");
	char digits[16];
	size_t k = 0;

	if (n == 0 || n > 3 || p[0] == '0' || p[n] != '.')
		return false;
	memcpy(digits, p, n);
	k = n;
	for (p += n; *p == '.'; p += 4) {
		if (strspn(p + 1, "0123456789") != 3 || k + 3 > 9)
			return false;
		memcpy(digits + k, p + 1, 3);
		k += 3;
	}
	digits[k] = '\0';
	return *p == '\0' && number_loose(digits, out);
}

/* A plain number, as nearly all are. */
static bool few_digits(const char *p, int64_t *out)
{
	int n = 0;
	int64_t number = 0;

	for (; n < 8 && *p >= '0' && *p <= '9'; n++)
		number = 10 * number + (*p++ - '0');
	*out = number;
	return n > 0 && *p == '\0';
}

struct people people_read(const char *text)
{
	struct people none = { -1, NULL, true }, got = { -1, "estimate", false };
	const char *p = text, *end;
	bool estimate = false;
	size_t n;

	if (*p == '\0')
		return none;
	if (few_digits(text, &got.number))
		return (struct people){ got.number, "exact", true };
	/* A cell formatted as money by mistake holds a number all the same. */
	if (str_starts(text, "£") || text[0] == '$')
		p = text += text[0] == '$' ? 1 : strlen("£");
	if (people_unfilled(text))
		return (struct people){ -1, "unfilled", false };
	if (pointed_thousands(text, &got.number))
		return got; /* with the text beside, and the flag of an unclear number */
	if (!two_numbers(text) && number_loose(text, &got.number))
		return got.number > 100000000 ? (struct people){ -1, "estimate", false }
		                              : (struct people){ got.number, "exact", true };
	got.number = -1;
	while ((n = estimate_word(p)) > 0) {
		estimate = true;
		p += n;
	}
	if (two_numbers(p)) {
		char first[20];
		snprintf(first, sizeof first, "%.*s", (int)strspn(p, "0123456789"), p);
		if (!read_count(first, &end, &got.number))
			got.number = -1;
		return got;
	}
	if (!read_count(p, &end, &got.number)) {
		got.number = -1;
		return got;
	}
	if (*end == '.' && isdigit((unsigned char)end[1])) {
		got.number = -1; /* half a person is no count */
		return got;
	}
	/* A date is no number of people. */
	if ((*end == '/' && isdigit((unsigned char)end[1])) || day_orders(p) != 0)
		got.number = -1;
	if (!estimate && only_marks(end))
		got.certainty = "exact";
	return got;
}
