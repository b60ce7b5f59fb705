/* SPDX-License-Identifier: MIT */
/* What a column holds: dates, counts, neither. Strictly, to tell a column by its cells alone, and loosely, to
 * confirm what its heading says. */
#include <ctype.h>
#include <string.h>

#include "record/headings/heading.h"
#include "record/record.h"

bool heading_count_like(const char *text)
{
	static const char *const before[] = { "c", "ca", "circa", "approx", "approximately",
		"about", "around", "up to", "over", "under", "at least", "est", "estimated",
		"less than", "more than", "~", ">", "<" };
	int64_t number;

	if (number_loose(text, &number))
		return true;
	while (*text == ' ')
		text++;
	for (size_t i = 0; i < COUNT(before); i++)
		if (strncasecmp(text, before[i], strlen(before[i])) == 0) {
			const char *p = text + strlen(before[i]);
			p += strspn(p, " .:");
			return isdigit((unsigned char)*p);
		}
	size_t n = strspn(text, "0123456789,'");
	return n > 0 && n < 8 &&
	       (text[n] == '\0' || text[n] == '+' || text[n] == '*' ||
	               strncmp(text + n, " (", 2) == 0 ||
	               (text[n] == '-' && isdigit((unsigned char)text[n + 1])) ||
	               strncmp(text + n, " - ", 3) == 0 || strncmp(text + n, "–", 3) == 0 ||
	               strncmp(text + n, " to ", 4) == 0);
}

/* How much of a text stands before what makes a range or a list of it. */
static size_t first_part(const char *text)
{
	static const char *const between[] = { " - ", " – ", " to ", " through ", " thru ", "\n",
		" and ", ";", " & " };
	size_t n = strlen(text);

	for (size_t i = 0; i < COUNT(between); i++) {
		const char *at = strstr(text, between[i]);
		if (at && (size_t)(at - text) < n)
			n = (size_t)(at - text);
	}
	return n;
}

/* 4/15/2024 and the like at p. */
static bool numeric_date_at(const char *p)
{
	size_t a = strspn(p, "0123456789"), b, c;

	if (a == 0 || a > 4 || !p[a] || !strchr("/.-", p[a]))
		return false;
	char sign = p[a];
	p += a + 1;
	p += sign == '.' && *p == ' '; /* 13. 1. 2025 */
	b = strspn(p, "0123456789");
	if (b == 0 || b > 2 || p[b] != sign)
		return false;
	p += b + 1;
	p += sign == '.' && *p == ' ';
	c = strspn(p, "0123456789");
	return a == 4 ? c <= 2 && c : a <= 2 && (c == 2 || c == 4);
}

bool heading_date_like(const char *text)
{
	struct fault f = { 0 };
	char first[40];
	size_t n = first_part(text);
	int64_t number;
	bool has_time;

	if (day_orders(text) != 0)
		return true;
	if (strstr(text, ". ") && strspn(text, "0123456789. ") == strlen(text))
		return numeric_date_at(text);
	if (n < 5 || n >= sizeof first)
		return false;
	memcpy(first, text, n);
	first[n] = '\0';
	return !number_loose(first, &number) &&
	       moment_parse(first, ORDER_DMY, 0, &number, &has_time, &f);
}

/* A number in front, whatever follows: "120 (2 here)", "207 total", "£45", "*125". */
static bool begins_with_count(const char *text)
{
	size_t n;

	text += strspn(text, " *~<>($");
	if (str_starts(text, "£"))
		text += strlen("£");
	n = strspn(text, "0123456789,");
	return n > 0 && n < 8 && !isalnum((unsigned char)text[n]) && text[n] != '/' &&
	       day_orders(text) == 0;
}

/* The name of a month at p, with a day or a year behind or before it. */
static bool named_month_at(const char *text, const char *p)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char name[4] = { 0 };
	size_t n = 0;

	while (isalpha((unsigned char)p[n]))
		n++;
	if (n < 3 || n > 9)
		return false;
	for (size_t i = 0; i < 3; i++)
		name[i] = (char)tolower((unsigned char)p[i]);
	for (size_t i = 0; i < 36; i += 3)
		if (memcmp(months + i, name, 3) == 0) {
			size_t gap = strspn(p + n, " .,-'");
			return isdigit((unsigned char)p[n + gap]) ||
			       (p > text + 1 && isdigit((unsigned char)p[-2]));
		}
	return false;
}

bool heading_holds_date(const char *text)
{
	for (const char *p = text; *p; p++) {
		bool begins = p == text || !isalnum((unsigned char)p[-1]);
		if (begins && (numeric_date_at(p) || named_month_at(text, p)))
			return true;
	}
	return false;
}

/* "TBC", "not stated", "-": such cells tell neither way. */
static bool says_nothing(const char *text)
{
	static const char *const words[] = { "tb", "t/b/", "n/", "na", "not ", "unk", "various",
		"pending", "none", "nil" };

	if (strpbrk(text, "0123456789"))
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return true;
	while (*text && !isalpha((unsigned char)*text))
		text++;
	return *text == '\0'; /* dashes and question marks */
}

/* Whether a text can be of a type. */
static bool fits_type(const char *text, enum type type)
{
	switch (type) {
	case TYPE_DATE:
	case TYPE_MOMENT:
	case TYPE_TIME:
		return heading_date_like(text) || heading_holds_date(text);
	case TYPE_INTEGER:
		return heading_count_like(text) || begins_with_count(text);
	case TYPE_EMAIL:
		return strchr(text, '@') != NULL;
	default:
		return true;
	}
}

double heading_fitting(const struct row *sample, size_t nsample, size_t column, enum type type)
{
	size_t filled = 0, fits = 0;

	/* A few hundred rows tell as much as a thousand. */
	for (size_t i = 0; i < nsample && filled < 300; i++) {
		if (column >= sample[i].n || sample[i].cell[column].n == 0)
			continue;
		const char *text = sample[i].cell[column].p;
		if (text[strspn(text, " \t\n\xC2\xA0")] == '\0' || says_nothing(text))
			continue;
		filled++;
		fits += fits_type(text, type);
	}
	return filled ? (double)fits / (double)filled : -1;
}
