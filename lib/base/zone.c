/* SPDX-License-Identifier: MIT */
/*
 * The UK clock by the rule of law, without a time zone file (a Windows machine or a small container has
 * none, and every site must get the same answer):
 *
 *   from 1996      last Sunday of March to last Sunday of October, both at 01:00 UTC
 *   1990 to 1995   last Sunday of March to the Sunday on or after 22 October, both at 01:00 UTC
 *   1981 to 1989   last Sunday of March to the Sunday on or after 23 October, both at 01:00 UTC
 *   1972 to 1980   Sunday on or after 16 March to that on or after 23 October, both at 02:00 UTC
 *   18 February 1968 to 31 October 1971, 02:00 UTC: an hour ahead throughout (British Standard Time)
 *
 * Before that every year had its own Order, some with double summer time; times of those years are read as
 * Greenwich time, which may be an hour from the clock on the wall. No partnership's records go back so far.
 */
#include "base/reader.h"

/* The first Sunday on or after a day of a month. */
static day_t sunday_from(int year, int month, int day)
{
	day_t d = DAY_NONE;
	day_make(year, month, day, &d);
	return d + 6 - day_weekday(d);
}

/* Summer time of a year, in UTC seconds: it holds from *start until before *end. */
static void summer(int year, int64_t *start, int64_t *end)
{
	day_t first, last;
	int hour = year < 1981 ? 2 : 1;
	if (year < 1968) {
		*start = *end = 0;
		return;
	}
	if (year < 1972) {
		first = sunday_from(year, year == 1968 ? 2 : 1, year == 1968 ? 18 : 1);
		last = sunday_from(year, year == 1971 ? 10 : 12, 31);
		*start = year == 1968 ? (int64_t)first * DAY + 2 * HOUR : INT64_MIN;
		*end = year == 1971 ? (int64_t)last * DAY + 2 * HOUR : INT64_MAX;
		return;
	}
	first = sunday_from(year, 3, year < 1981 ? 16 : 25);
	last = sunday_from(year, 10, year < 1990 ? 23 : year < 1996 ? 22 : 25);
	*start = (int64_t)first * DAY + hour * HOUR;
	*end = (int64_t)last * DAY + hour * HOUR;
}

/* UTC seconds to the day and the second of it. */
static day_t split_utc(int64_t utc, int *second)
{
	int64_t s = utc % DAY;
	if (s < 0)
		s += DAY;
	*second = (int)s;
	return (day_t)((utc - s) / DAY);
}

int zone_offset(int64_t utc)
{
	int second, year, month, day;
	day_split(split_utc(utc, &second), &year, &month, &day);
	int64_t start, end;
	summer(year, &start, &end);
	return utc >= start && utc < end ? HOUR : 0;
}

int zone_to_utc(day_t d, int second_of_day, int64_t *first, int64_t *second)
{
	int64_t wall = (int64_t)d * DAY + second_of_day;
	/* The summer reading is the earlier instant, so where both fit it comes first. */
	int64_t found[2];
	int n = 0;
	if (zone_offset(wall - HOUR) == HOUR)
		found[n++] = wall - HOUR;
	if (zone_offset(wall) == 0)
		found[n++] = wall;
	if (n > 0)
		*first = found[0];
	if (n > 1)
		*second = found[1];
	return n;
}

day_t zone_day(int64_t utc, int *second_of_day)
{
	int second;
	day_t d = split_utc(utc + zone_offset(utc), &second);
	if (second_of_day != NULL)
		*second_of_day = second;
	return d;
}

day_t zone_day_stored(const char *moment)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	size_t n = strlen(moment);
	day_t day;
	if (n != strlen("2026-11-30") && n != strlen(form))
		return DAY_NONE;
	for (size_t i = 0; i < n; i++)
		if (form[i] == 'd' ? !is_digit(moment[i]) : moment[i] != form[i])
			return DAY_NONE;
	if (!day_make(two_digits(moment) * 100 + two_digits(moment + 2), two_digits(moment + 5),
	            two_digits(moment + 8), &day))
		return DAY_NONE;
	if (n != strlen(form))
		return day;
	int second = (two_digits(moment + 11) * 60 + two_digits(moment + 14)) * 60 +
	             two_digits(moment + 17);
	return zone_day((int64_t)day * DAY + second, NULL);
}

void zone_add(struct buf *b, int64_t utc)
{
	int second;
	char date[11];
	day_format(zone_day(utc, &second), date);
	buf_addf(b, "%s %02d:%02d", date, second / HOUR, second / 60 % 60);
}
