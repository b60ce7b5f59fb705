/* SPDX-License-Identifier: MIT */
/* Working days: what is neither a weekend nor a day off. */
#include "base/base.h"

#include <stdlib.h>

static int compare_days(const void *a, const void *b)
{
	day_t x = *(const day_t *)a, y = *(const day_t *)b;
	return (x > y) - (x < y);
}

void calendar_make(struct calendar *c, day_t *off, size_t n, int last_year)
{
	size_t kept = 0;
	if (n > 0)
		qsort(off, n, sizeof *off, compare_days);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || off[i] != off[kept - 1])
			off[kept++] = off[i];
	*c = (struct calendar){ .off = off, .n = kept, .last_year = last_year };
}

/* How many days off lie before d, weekends among them or not. */
static size_t rank_of(const struct calendar *c, day_t d)
{
	size_t low = 0, high = c->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (c->off[mid] < d)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool calendar_works(const struct calendar *c, day_t d)
{
	if (day_weekday(d) >= 5)
		return false;
	size_t i = rank_of(c, d);
	return i == c->n || c->off[i] != d;
}

day_t calendar_add(const struct calendar *c, day_t d, int n)
{
	/* Day by day: what is asked for is a deadline a few days off, never a long way. */
	int step = n < 0 ? -1 : 1;
	if (n == 0)
		while (!calendar_works(c, d))
			d++;
	for (; n != 0; n -= step)
		do
			d += step;
		while (!calendar_works(c, d));
	return d;
}

/* Weekdays (Monday to Friday) from 1969-12-29, a Monday and day -3, to before d; negative before it. */
static int weekdays_before(day_t d)
{
	int w = day_weekday(d);
	return (d - w + 3) / 7 * 5 + (w < 5 ? w : 5);
}

int calendar_between(const struct calendar *c, day_t start, day_t finish)
{
	if (finish < start)
		return -calendar_between(c, finish, start);
	int days = weekdays_before(finish + 1) - weekdays_before(start + 1);
	for (size_t i = rank_of(c, start + 1); i < c->n && c->off[i] <= finish; i++)
		days -= day_weekday(c->off[i]) < 5;
	return days;
}
