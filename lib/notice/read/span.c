/* SPDX-License-Identifier: MIT */
/* Less than a date in a cell: a month, a quarter, a season or another part of a year. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/read/reader.h"

int dated_month_at(const char *p, size_t *n)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	size_t letters = 0;

	while (isalpha((unsigned char)p[letters]))
		letters++;
	for (int m = 0; m < 12; m++)
		if (letters >= 3 && letters <= strlen(names[m]) &&
		        strncasecmp(p, names[m], letters) == 0) {
			*n = letters + (p[letters] == '.');
			return m + 1;
		}
	return 0;
}

/* The number that so many digits are. */
static int digits_at(const char *p, int n)
{
	int number = 0;

	while (n-- > 0)
		number = 10 * number + (*p++ - '0');
	return number;
}

/* "Jul-25", "Sep '19": as Excel shows a month, with two figures for the year and nothing behind. */
static bool short_year(const char *p, int month, day_t *out)
{
	size_t gap;

	p += strspn(p, " ");
	gap = *p == '-' || *p == '\'' ? 1 : str_starts(p, "’") ? strlen("’") : 0;
	p += gap;
	if (gap == 0 || strspn(p, "0123456789") != 2 || p[2] != '\0')
		return false;
	int year = digits_at(p, 2);
	return day_make(year < 70 ? 2000 + year : 1900 + year, month, 1, out);
}

/* "August 2013", "10/2015", "August-November 2021": a month, as its first day. Only in front of anything else with
 * a digit, since what follows one may be the rest of a day that does not exist: 31 February 2026. */
bool span_month(const char *text, day_t *out)
{
	const char *digit = strpbrk(text, "0123456789");
	int first = 0;
	size_t n;

	/* 2025-06 */
	if (strlen(text) == 7 && strspn(text, "0123456789") == 4 && strchr("-/", text[4]) &&
	        strspn(text + 5, "0123456789") == 2)
		return day_make(digits_at(text, 4), digits_at(text + 5, 2), 1, out);

	for (const char *p = text; digit && p <= digit; p++) {
		int month = 0;
		if (!dated_may_begin(text, p))
			continue;
		if (p == digit && (n = strspn(p, "0123456789")) <= 2 && p[n] == '/')
			month = digits_at(p, (int)n), n++;
		else if ((month = dated_month_at(p, &n)) != 0) {
			if (short_year(p + n, first ? first : month, out))
				return true;
			n += strspn(p + n, " ,'-");
		}
		if (month == 0)
			continue;
		first = first ? first : month;
		if (strspn(p + n, "0123456789") != 4 || (p[n] != '1' && p[n] != '2') ||
		        p[n + 4] == '/')
			continue;
		int year = digits_at(p + n, 4);
		return day_make(first > month ? year - 1 : year, first, 1, out);
	}
	return false;
}

/* ---------- more than a month ---------- */

/* The year in a text, of which *financial whether it goes on into the next: 2025/26. 0: none. */
static int year_in(const char *text, bool *financial)
{
	for (const char *p = text; *p; p++) {
		if ((p > text && isdigit((unsigned char)p[-1])) || strspn(p, "0123456789") != 4 ||
		        !(str_starts(p, "19") || str_starts(p, "20")))
			continue;
		*financial = (p[4] == '/' || p[4] == '-') && isdigit((unsigned char)p[5]);
		return digits_at(p, 4);
	}
	return 0;
}

/* "Q3", "quarter 3", "3rd quarter", "H1": which part of a year of so many months; 0: none. */
static int quarter_in(const char *text, int *months)
{
	static const char *const words[] = { "1st quarter", "2nd quarter", "3rd quarter",
		"4th quarter", "first quarter", "second quarter", "third quarter",
		"fourth quarter" };

	*months = 3;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcasestr(text, words[i]))
			return (int)(i % 4) + 1;
	for (const char *p = text; *p; p++) {
		const char *q = p;
		if (p > text && isalnum((unsigned char)p[-1]))
			continue;
		if (strncasecmp(p, "quarter ", 8) == 0)
			q += 8;
		else if (strncasecmp(p, "qtr ", 4) == 0)
			q += 4;
		else if ((*p | 32) == 'q' || (*p | 32) == 'h')
			q++;
		if (q == p || *q < '1' || *q > ((*p | 32) == 'h' ? '2' : '4') ||
		        isalnum((unsigned char)q[1]))
			continue;
		*months = (*p | 32) == 'h' ? 6 : 3;
		return *q - '0';
	}
	return 0;
}

/* "Q3 2025", "Summer 2025", "late 2025": its first day, and the last in *until. */
bool span_of_year(const char *text, day_t *day, day_t *until)
{
	static const struct {
		const char *word;
		int month, months;
	} parts[] = { { "spring", 3, 3 }, { "summer", 6, 3 }, { "autumn", 9, 3 }, { "fall", 9, 3 },
		{ "winter", 12, 3 }, { "early", 1, 4 }, { "mid", 5, 4 }, { "late", 9, 4 },
		{ "end of", 12, 1 }, { "start of", 1, 1 }, { "beginning of", 1, 1 } };
	bool financial = false;
	int year = year_in(text, &financial), months, month = 0, part;

	if (year == 0 || strlen(text) > 40)
		return false;
	if ((part = quarter_in(text, &months)) != 0)
		month = (part - 1) * months + (financial ? 4 : 1);
	for (size_t i = 0; i < COUNT(parts) && month == 0; i++)
		if (strncasecmp(text, parts[i].word, strlen(parts[i].word)) == 0) {
			month = parts[i].month;
			months = parts[i].months;
		}
	if (month == 0)
		return false;
	int last = month + months - 1;
	if (!day_make(year + (month - 1) / 12, (month - 1) % 12 + 1, 1, day) ||
	        !day_make(year + (last - 1) / 12, (last - 1) % 12 + 1, 1, until))
		return false;
	*until = day_month_end(*until);
	return true;
}
