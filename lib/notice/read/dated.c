/* SPDX-License-Identifier: MIT */
/* Cells that hold a date, and more or less than one. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/read/reader.h"

static bool is_edge(char c)
{
	return !isalnum((unsigned char)c);
}

bool dated_may_begin(const char *text, const char *p)
{
	return p == text || is_edge(p[-1]) ||
	       (isdigit((unsigned char)*p) && isalpha((unsigned char)p[-1]));
}

/* Whether one may end before p[n]: at a break, before the time of day, or where letters follow digits. */
static bool may_end(const char *p, size_t n)
{
	return p[n] == '\0' || is_edge(p[n]) || p[n] == 'T' ||
	       (isalpha((unsigned char)p[n]) && isdigit((unsigned char)p[n - 1]));
}

/* The length of the text that reads as a date at p: the longest up to a break. 0: none. */
static size_t date_at(const char *p, enum date_order order, day_t today, day_t *day)
{
	size_t best = 0, most = strlen(p);
	char part[40];
	struct fault f;
	day_t d;

	if (most > 30)
		most = 30;
	if (!isalnum((unsigned char)*p))
		return 0;
	for (size_t n = 6; n <= most; n++) {
		if (is_edge(p[n - 1]) || !may_end(p, n))
			continue;
		memcpy(part, p, n);
		part[n] = '\0';
		/* Without a digit it is "today" or a day of the week, which no table means. */
		if (!strpbrk(part, "0123456789"))
			continue;
		f = (struct fault){ 0 };
		if (day_parse(part, order, today, &d, &f)) {
			best = n;
			*day = d;
		}
	}
	return best;
}

/* 30/11/2026, 2026-11-30: most dates by far, read without the whole reader of dates. */
static bool plain_date(const char *p, enum date_order order, day_t *day)
{
	static const unsigned char at[3][3] = { { 6, 3, 0 }, { 6, 0, 3 }, { 0, 5, 8 } };
	const unsigned char *o;
	int d[10];

	if (strlen(p) != 10)
		return false;
	if (p[4] == '-' && p[7] == '-')
		o = at[ORDER_YMD];
	else if (p[2] == '/' && p[5] == '/' && order != ORDER_YMD)
		o = at[order];
	else
		return false;
	for (int i = 0; i < 10; i++)
		d[i] = p[i] - '0';
	for (int i = 0; i < 4; i++)
		if (d[o[0] + i] < 0 || d[o[0] + i] > 9)
			return false;
	for (int k = 1; k < 3; k++)
		for (int i = 0; i < 2; i++)
			if (d[o[k] + i] < 0 || d[o[k] + i] > 9)
				return false;
	int year = d[o[0]] * 1000 + d[o[0] + 1] * 100 + d[o[0] + 2] * 10 + d[o[0] + 3];
	return year >= 1 &&
	       day_make(year, d[o[1]] * 10 + d[o[1] + 1], d[o[2]] * 10 + d[o[2] + 1], day);
}

/* ---------- less than a date ---------- */

/* "17", "17th": one or two digits that are a day's. */
static int day_number_at(const char *p, size_t *n)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	size_t digits = strspn(p, "0123456789");
	int day;

	if (digits == 0 || digits > 2)
		return 0;
	day = p[0] - '0';
	if (digits == 2)
		day = 10 * day + (p[1] - '0');
	*n = digits;
	for (size_t i = 0; i < COUNT(ends); i++)
		if (strncasecmp(p + digits, ends[i], 2) == 0)
			*n = digits + 2;
	return isalnum((unsigned char)p[*n]) ? 0 : day;
}

/* "June 17", "17 June", "6/17": a day without its year. Its length; 0: none. */
static size_t yearless_at(const char *p, enum date_order order, int *month, int *day)
{
	size_t a = 0, b = 0, gap;

	if ((*month = dated_month_at(p, &a)) != 0) {
		gap = strspn(p + a, " ");
		*day = day_number_at(p + a + gap, &b);
		return *day ? a + gap + b : 0;
	}
	if ((*day = day_number_at(p, &a)) == 0)
		return 0;
	gap = strspn(p + a, " ");
	if ((*month = dated_month_at(p + a + gap, &b)) != 0)
		return a + gap + b;
	if (p[a] != '/' || (*month = day_number_at(p + a + 1, &b)) == 0 || p[a + 1 + b] == '/')
		return 0;
	if (order == ORDER_MDY) {
		int swap = *month;
		*month = *day;
		*day = swap;
	}
	return a + 1 + b;
}

/* The year that stands next behind p: of a whole date (*whole it), or alone (*whole DAY_NONE). 0: none. */
static int year_behind(const char *p, enum date_order order, day_t today, day_t *whole)
{
	int year, month, day;

	for (const char *q = p + 1; *q; q++) {
		if (!dated_may_begin(p, q))
			continue;
		if (date_at(q, order, today, whole)) {
			day_split(*whole, &year, &month, &day);
			return year;
		}
		if (strspn(q, "0123456789") == 4 && (str_starts(q, "19") || str_starts(q, "20"))) {
			*whole = DAY_NONE;
			return (q[0] - '0') * 1000 + (q[1] - '0') * 100 + (q[2] - '0') * 10 +
			       (q[3] - '0');
		}
	}
	return 0;
}

/* "12-14 May 2025", "12 and 13 May 2025": a day that has month and year from the day behind it. */
static size_t first_of_days(const char *p, enum date_order order, day_t today, day_t *out)
{
	static const char *const between[] = { "-", "–", "/", "&", ",", "and ", "to ", "or " };
	int day, year, month, last;
	size_t n, step, digits;
	day_t whole;

	if ((day = day_number_at(p, &n)) == 0)
		return 0;
	step = n + strspn(p + n, " ");
	for (size_t i = 0; i < COUNT(between); i++) {
		if (!str_starts(p + step, between[i]))
			continue;
		const char *q = p + step + strlen(between[i]);
		size_t letters;
		q += strspn(q, " ");
		if (day_number_at(q, &digits) == 0 ||
		        dated_month_at(q + digits + strspn(q + digits, " "), &letters) == 0 ||
		        date_at(q, order, today, &whole) == 0)
			return 0;
		day_split(whole, &year, &month, &last);
		return day < last && day_make(year, month, day, out) ? n : 0;
	}
	return 0;
}

/* "June 17 - June 30, 2020", "3/16 - 12/13/2020": a day that has its year from what follows. */
static size_t borrowing_at(const char *p, enum date_order order, day_t today, day_t *out)
{
	int month, day, year;
	size_t n = first_of_days(p, order, today, out);
	day_t whole;

	if (n)
		return n;
	n = yearless_at(p, order, &month, &day);

	if (n == 0 || (year = year_behind(p + n - 1, order, today, &whole)) == 0 ||
	        !day_make(year, month, day, out))
		return 0;
	/* "November 20 - January 5, 2024" began the year before. */
	if (whole != DAY_NONE && *out > whole && !day_make(year - 1, month, day, out))
		return 0;
	return n;
}

/* ---------- a cell ---------- */

/* 12/31//2015 and 8/9 /2024 without what has slipped in; text itself where nothing has. */
static const char *without_slips(const char *text, char *to, size_t size)
{
	size_t n = 0;

	/* 13. 6. 2025 */
	if (strstr(text, ". ") && strspn(text, "0123456789. ") == strlen(text) &&
	        strlen(text) < size) {
		for (const char *p = text; *p; p++)
			if (*p != ' ')
				to[n++] = *p;
		to[n] = '\0';
		return to;
	}
	if ((!strstr(text, "//") && !strstr(text, " /") && !strstr(text, "/ ")) ||
	        strlen(text) >= size || strstr(text, "://"))
		return text;
	for (const char *p = text; *p; p++) {
		if ((*p == ' ' && p[strspn(p, " ")] == '/') ||
		        (*p == '/' && n && to[n - 1] == '/') ||
		        (*p == ' ' && n && to[n - 1] == '/'))
			continue;
		to[n++] = *p;
	}
	to[n] = '\0';
	return to;
}

bool dated_serial(const char *text, day_t today, day_t *day)
{
	enum { DIGITS = 5, FIRST = 36526, YEARS = 5 }; /* 2000-01-01; five digits go to 2173 */
	day_t before;
	int64_t number;
	struct fault f = { 0 };
	char digits[DIGITS + 1];
	size_t n = strspn(text, "0123456789");

	if (n != DIGITS)
		return false;
	if (text[n] == '.') /* with the time of day, as a part of it */
		n += 1 + strspn(text + n + 1, "0123456789");
	if (text[n] != '\0')
		return false;
	memcpy(digits, text, DIGITS);
	digits[DIGITS] = '\0';
	if (!number_parse(digits, FIRST, 99999, &number, &f) || !day_make(1899, 12, 30, &before))
		return false;
	*day = before + (day_t)number;
	return *day <= today + YEARS * 366;
}

static bool no_date(const char *text, const struct fault *why, struct fault *f)
{
	*f = *why;
	f->status = STATUS_DATA;
	if (!why->text[0])
		fault_set(f, STATUS_DATA, "%s is no date; write it like 2026-11-30 or 30 Nov 2026",
		        quote(text));
	return false;
}

/* The first date in a text that is more than one; *until the last. */
static size_t find_dates(
        const char *text, enum date_order order, day_t today, day_t *day, day_t *until)
{
	size_t n, found = 0;
	day_t one = DAY_NONE;

	for (const char *p = text; *p; p += n ? n : 1) {
		n = dated_may_begin(text, p) ? date_at(p, order, today, &one) : 0;
		if (n == 0 && dated_may_begin(text, p))
			n = borrowing_at(p, order, today, &one);
		if (n && found++ == 0)
			*day = one;
	}
	if (found > 1 && one > *day)
		*until = one;
	return found;
}

static enum dated read_cell(const char *text, enum date_order order, int64_t now, int64_t *at,
        bool *has_time, day_t *day, day_t *until, struct fault *f)
{
	struct fault g = { 0 };
	char clean[200];
	int seconds;

	*has_time = false;
	*until = DAY_NONE;
	if (*text == '\0')
		return DATED_NONE;
	if (plain_date(text, order, day))
		return DATED_OK;
	if (people_unfilled(text))
		return DATED_NONE;
	if (dated_serial(text, zone_day(now, &seconds), day))
		return DATED_PART; /* so that the number is kept beside */
	if (strpbrk(text, "0123456789") && moment_parse(text, order, now, at, has_time, &g)) {
		*day = zone_day(*at, &seconds);
		return DATED_OK;
	}
	*has_time = false;
	text = without_slips(text, clean, sizeof clean);
	if (find_dates(text, order, zone_day(now, &seconds), day, until))
		return DATED_PART;
	if (span_month(text, day)) {
		*until = day_month_end(*day);
		return DATED_MONTH;
	}
	if (span_of_year(text, day, until))
		return DATED_MONTH;
	no_date(text, &g, f);
	return DATED_BAD;
}

/* 0001-01-01, 1/1/1900, 00/00/0000: what programs put where they have no date. */
static bool is_null(enum dated how, const char *text, day_t day)
{
	day_t least;

	if (how == DATED_BAD)
		return strchr(text, '0') && strspn(text, "0/.-: T") == strlen(text);
	return how != DATED_NONE && day_make(1901, 1, 1, &least) && day < least;
}

enum dated dated_read(const char *text, enum date_order order, int64_t now, int64_t *at,
        bool *has_time, day_t *day, day_t *until, struct fault *f)
{
	enum dated how = read_cell(text, order, now, at, has_time, day, until, f);

	if (!is_null(how, text, *day))
		return how;
	fault_clear(f);
	*has_time = false;
	*until = DAY_NONE;
	return DATED_NONE;
}

/* The numbers of a date at p, as long as they go. */
static size_t numeric_at(const char *p, char *to, size_t size)
{
	size_t n = strspn(p, "0123456789/.-");

	while (n && !isdigit((unsigned char)p[n - 1]))
		n--;
	if (n < 6 || n >= size)
		return 0;
	memcpy(to, p, n);
	to[n] = '\0';
	return n;
}

unsigned dated_orders(const char *text)
{
	unsigned orders = day_orders(text), one;
	char part[24];
	size_t n;

	if (orders)
		return orders;
	for (const char *p = text; *p; p += n ? n : 1) {
		n = dated_may_begin(text, p) && isdigit((unsigned char)*p)
		            ? numeric_at(p, part, sizeof part)
		            : 0;
		one = n ? day_orders(part) : 0;
		if (one && (orders & one) != 0)
			orders &= one; /* what one of them settles holds for the others */
		else if (one && orders == 0)
			orders = one;
	}
	return orders;
}
