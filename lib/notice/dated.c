/* SPDX-License-Identifier: MIT */
/* Cells that hold a date, and more or less than one. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/reader.h"

static bool is_edge(char c)
{
	return !isalnum((unsigned char)c);
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
	for (size_t n = 6; n <= most; n++) {
		if (n < strlen(p) && !is_edge(p[n]) && !(p[n] == 'T'))
			continue;
		if (is_edge(p[n - 1]))
			continue;
		memcpy(part, p, n);
		part[n] = '\0';
		/* Without a digit it is "today" or a day of the week, which no table means. */
		if (!strpbrk(part, "0123456789") || !isalnum((unsigned char)part[0]))
			break;
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

enum dated dated_read(const char *text, enum date_order order, int64_t now, int64_t *at,
        bool *has_time, day_t *day, day_t *until, struct fault *f)
{
	day_t today, last = DAY_NONE;
	size_t n, found = 0;
	int seconds;

	*has_time = false;
	*until = DAY_NONE;
	if (*text == '\0')
		return DATED_NONE;
	if (plain_date(text, order, day))
		return DATED_OK;
	struct fault g = { 0 };
	if (people_unfilled(text))
		return DATED_NONE;
	if (strpbrk(text, "0123456789") && moment_parse(text, order, now, at, has_time, &g)) {
		*day = zone_day(*at, &seconds);
		return DATED_OK;
	}
	*has_time = false;
	today = zone_day(now, &seconds);
	for (const char *p = text; *p; p += n ? n : 1) {
		n = p == text || is_edge(p[-1]) ? date_at(p, order, today, &last) : 0;
		if (n && found++ == 0)
			*day = last;
	}
	if (found == 0) {
		*f = g;
		f->status = STATUS_DATA;
		if (!g.text[0])
			fault_set(f, STATUS_DATA,
			        "%s is no date; write it like 2026-11-30 or 30 Nov 2026",
			        quote(text));
		return DATED_BAD;
	}
	if (found > 1 && last > *day)
		*until = last;
	return DATED_PART;
}
