/* SPDX-License-Identifier: MIT */
/* Days: the arithmetic of the Gregorian calendar, and how dates and times are written. */
#include "base/base.h"

enum { DAYS_IN_ERA = 146097, DAYS_TO_1970 = 719468, SECONDS_IN_DAY = 86400 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool day_make(int year, int month, int day, day_t *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	        day > month_length(year, month))
		return false;
	/* The year is taken to begin in March, so that the leap day is its last; eras are 400 years. */
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400, of_era = y % 400;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	*out = era * DAYS_IN_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	       DAYS_TO_1970;
	return true;
}

void day_split(day_t d, int *year, int *month, int *day)
{
	int n = d + DAYS_TO_1970;
	int era = n / DAYS_IN_ERA, of_era = n % DAYS_IN_ERA;
	int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * y + y / 4 - y / 100);
	int m = (5 * of_year + 2) / 153;
	*day = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = era * 400 + y + (*month <= 2);
}

int day_weekday(day_t d)
{
	/* 1970-01-01 was a Thursday. */
	int w = (d % 7 + 3) % 7;
	return w < 0 ? w + 7 : w;
}

/* The first and last days that can be written. */
static day_t day_bound(bool last)
{
	day_t d = DAY_NONE;
	day_make(last ? 9999 : 1, last ? 12 : 1, last ? 31 : 1, &d);
	return d;
}

day_t day_add_months(day_t d, int months)
{
	int y, m, day;
	day_split(d, &y, &m, &day);
	int64_t count = (int64_t)y * 12 + (m - 1) + months;
	if (count < 12 || count >= INT64_C(10000) * 12)
		return day_bound(count >= 12);
	y = (int)(count / 12);
	m = (int)(count % 12) + 1;
	int longest = month_length(y, m);
	day_make(y, m, day < longest ? day : longest, &d);
	return d;
}

day_t day_month_end(day_t d)
{
	int y, m, day;
	day_split(d, &y, &m, &day);
	return d + month_length(y, m) - day;
}

static char *put_digits(char *p, int value, int width)
{
	for (int i = width; i-- > 0; value /= 10)
		p[i] = (char)('0' + value % 10);
	return p + width;
}

char *day_format(day_t d, char out[static 11])
{
	int year, month, day;
	day_split(d, &year, &month, &day);
	char *p = put_digits(out, year, 4);
	*p++ = '-';
	p = put_digits(p, month, 2);
	*p++ = '-';
	p = put_digits(p, day, 2);
	*p = '\0';
	return out;
}

void day_add_long(struct buf *b, day_t d)
{
	static const char *const months[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };
	int year, month, day;
	day_split(d, &year, &month, &day);
	buf_addf(b, "%d %s %d", day, months[month - 1], year);
}

char *time_format(int64_t utc, char out[static 21])
{
	int64_t second = utc % SECONDS_IN_DAY;
	if (second < 0)
		second += SECONDS_IN_DAY;
	int s = (int)second;
	day_format((day_t)((utc - second) / SECONDS_IN_DAY), out);
	char *p = out + 10;
	*p++ = 'T';
	p = put_digits(p, s / 3600, 2);
	*p++ = ':';
	p = put_digits(p, s / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, s % 60, 2);
	*p++ = 'Z';
	*p = '\0';
	return out;
}
