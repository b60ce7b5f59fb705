/* SPDX-License-Identifier: MIT */
/* base: days, times, the UK clock and working days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static day_t day_of(int y, int m, int d)
{
	day_t day;
	assert_true(day_make(y, m, d, &day));
	return day;
}

static int64_t utc(int y, int m, int d, int h, int min)
{
	return (int64_t)day_of(y, m, d) * 86400 + h * 3600 + min * 60;
}

/* Counts the days up by the plain rule of the calendar, independent of the arithmetic under test. */
static void every_day_of_ten_thousand_years_is_right(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	day_t expected = -719162;
	int weekday = 0; /* 0001-01-01 was a Monday */
	for (int y = 1; y <= 9999; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		for (int m = 1; m <= 12; m++) {
			int n = lengths[m - 1] + (m == 2 && leap);
			day_t d;
			for (int i = 1; i <= n; i++, expected++, weekday = (weekday + 1) % 7) {
				int a, b, c;
				if (!day_make(y, m, i, &d) || d != expected)
					fail_msg("%04d-%02d-%02d is %d, not %d", y, m, i, d,
					        expected);
				day_split(d, &a, &b, &c);
				if (a != y || b != m || c != i || day_weekday(d) != weekday)
					fail_msg("%d splits to %d-%d-%d", d, a, b, c);
			}
			assert_int_equal(day_month_end(d), d);
			assert_int_equal(day_month_end(d - n + 1), d);
			assert_false(day_make(y, m, n + 1, &d));
			assert_false(day_make(y, m, 0, &d));
		}
	}
	day_t d;
	assert_false(day_make(0, 1, 1, &d) || day_make(10000, 1, 1, &d) ||
	             day_make(2000, 13, 1, &d) || day_make(2000, 0, 1, &d) ||
	             day_make(1900, 2, 29, &d));
}

/* Python's datetime has its own calendar: every day 1900 to 2100 as it writes them. */
static void python_writes_the_same_days(void **state)
{
	(void)state;
	FILE *p = popen("python3 -c 'import datetime as d\n"
	                "x=d.date(1900,1,1)\n"
	                "while x.year<=2100:\n"
	                " print(x.isoformat(),x.weekday(),(x-d.date(1970,1,1)).days)\n"
	                " x+=d.timedelta(1)' 2>/dev/null",
	        "r");
	assert_non_null(p);
	char line[64], text[11];
	int n = 0;
	for (; fgets(line, sizeof line, p) != NULL; n++) {
		day_t d;
		int weekday;
		assert_int_equal(sscanf(line, "%10s %d %d", text, &weekday, &d), 3);
		char out[11];
		assert_string_equal(day_format(d, out), text);
		assert_int_equal(day_weekday(d), weekday);
		day_t read;
		assert_true(day_parse(text, ORDER_DMY, 0, &read, NULL));
		assert_int_equal(read, d);
	}
	pclose(p);
	if (n == 0)
		skip(); /* no python3 */
	assert_int_equal(n, 73414);
}

static void months_are_added_to_the_month_end(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(day_of(2023, 1, 31), 1), day_of(2023, 2, 28));
	assert_int_equal(day_add_months(day_of(2024, 1, 31), 1), day_of(2024, 2, 29));
	assert_int_equal(day_add_months(day_of(2024, 2, 29), 12), day_of(2025, 2, 28));
	assert_int_equal(day_add_months(day_of(2024, 2, 29), -48), day_of(2020, 2, 29));
	assert_int_equal(day_add_months(day_of(2024, 3, 31), -1), day_of(2024, 2, 29));
	assert_int_equal(day_add_months(day_of(2024, 12, 15), 1), day_of(2025, 1, 15));
	assert_int_equal(day_add_months(day_of(2024, 1, 15), -1), day_of(2023, 12, 15));
	assert_int_equal(day_add_months(day_of(9999, 1, 15), 100), day_of(9999, 12, 31));
	assert_int_equal(day_add_months(day_of(1, 2, 3), -100), day_of(1, 1, 1));
	assert_int_equal(day_add_months(day_of(1, 2, 3), -1), day_of(1, 1, 3));
	struct buf b = { 0 };
	day_add_long(&b, day_of(2026, 11, 3));
	assert_string_equal(b.p, "3 November 2026");
	buf_free(&b);
	char t[21];
	assert_string_equal(time_format(0, t), "1970-01-01T00:00:00Z");
	assert_string_equal(time_format(-1, t), "1969-12-31T23:59:59Z");
	assert_string_equal(time_format(utc(2026, 11, 30, 8, 30), t), "2026-11-30T08:30:00Z");
}

struct reading {
	const char *text, *is; /* NULL: refused */
};

/* Read on Sunday 22 November 2026. */
static void dates_are_read_in_every_form(void **state)
{
	(void)state;
	static const struct reading dmy[] = {
		{ "2026-11-30", "2026-11-30" },
		{ " 2026-11-30 ", "2026-11-30" },
		{ "2026/11/30", "2026-11-30" },
		{ "2026.11.30", "2026-11-30" },
		{ "30/11/2026", "2026-11-30" },
		{ "30-11-2026", "2026-11-30" },
		{ "30.11.2026", "2026-11-30" },
		{ "30/9/08", "2008-09-30" },
		{ "1/2/69", "2069-02-01" },
		{ "1/2/70", "1970-02-01" },
		{ "30 Nov 2026", "2026-11-30" },
		{ "30 NOVEMBER 2026", "2026-11-30" },
		{ "30th November, 2026", "2026-11-30" },
		{ "1st April 2008", "2008-04-01" },
		{ "2nd of April 2008", "2008-04-02" },
		{ "3rd Apr. 08", "2008-04-03" },
		{ "30 Sept 2008", "2008-09-30" },
		{ "30-Nov-26", "2026-11-30" },
		{ "30\xE2\x80\x93Nov\xE2\x80\x93"
		  "2026",
		        "2026-11-30" },
		{ "30\xC2\xA0Nov\xC2\xA0"
		  "2026",
		        "2026-11-30" },
		{ "30Nov2026", "2026-11-30" },
		{ "Nov 30, 2026", "2026-11-30" },
		{ "November 30th 2026", "2026-11-30" },
		{ "Mon 30 Nov 2026", "2026-11-30" },
		{ "Monday, November 30, 2026", "2026-11-30" },
		{ "Mon 30/11/2026", "2026-11-30" },
		{ "Tue 30 Nov 2026", NULL },
		{ "end May", "2027-05-31" },
		{ "end Nov", "2026-11-30" },
		{ "End of February", "2027-02-28" },
		{ "end Feb 2028", "2028-02-29" },
		{ "end Feb 28", "2028-02-29" },
		{ "today", "2026-11-22" },
		{ "Yesterday", "2026-11-21" },
		{ "tomorrow", "2026-11-23" },
		{ "+14d", "2026-12-06" },
		{ "-2w", "2026-11-08" },
		{ "+3m", "2027-02-22" },
		{ "+1y", "2027-11-22" },
		{ "+2 weeks", "2026-12-06" },
		{ "mon", "2026-11-23" },
		{ "Tues", "2026-11-24" },
		{ "wednesday", "2026-11-25" },
		{ "thu", "2026-11-26" },
		{ "fri", "2026-11-27" },
		{ "sat", "2026-11-28" },
		{ "sun", "2026-11-29" },
		{ "2026-11-30 00:00:00", "2026-11-30" },
		{ "2026-11-30T00:00", "2026-11-30" },
		{ "2026-11-30T00:00:00.000Z", "2026-11-30" },
		{ "30/11/2026 12:00:00 AM", "2026-11-30" },
		{ "2026-11-30 16:30", NULL },
		{ "30 Nov", NULL },
		{ "", NULL },
		{ " ", NULL },
		{ "31/02/2023", NULL },
		{ "29/02/1900", NULL },
		{ "11/30/2026", NULL },
		{ "30/11-2026", NULL },
		{ "30/11/026", NULL },
		{ "2026-11-30x", NULL },
		{ "2026-11", NULL },
		{ "2008-09", NULL },
		{ "40123", NULL },
		{ "20261130", NULL },
		{ "November 2026", NULL },
		{ "mond 30", NULL },
		{ "May", NULL },
		{ "end", NULL },
		{ "+14", NULL },
		{ "+99999d", NULL },
		{ "-9999y", "0001-01-01" },
		{ "now", NULL },
		{ "c. 40", NULL },
		{ "on going", NULL },
		{ "30/11/20266", NULL },
		{ "0000-01-01", NULL },
		{ "\xE9t\xE9", NULL },
		{ "2026-11-30                                                       and much more",
		        NULL },
	};
	day_t today = day_of(2026, 11, 22), d;
	char out[11];
	for (size_t i = 0; i < COUNT(dmy); i++) {
		struct fault f = { 0 };
		bool ok = day_parse(dmy[i].text, ORDER_DMY, today, &d, &f);
		if (ok != (dmy[i].is != NULL) || (ok && strcmp(day_format(d, out), dmy[i].is) != 0))
			fail_msg("'%s' gives %s (%s)", dmy[i].text,
			        ok ? day_format(d, out) : "nothing", f.text);
		assert_int_equal(f.status, ok ? STATUS_OK : STATUS_DATA);
	}
	assert_true(day_parse("3/4/2026", ORDER_MDY, today, &d, NULL));
	assert_string_equal(day_format(d, out), "2026-03-04");
	assert_true(day_parse("08/09/30", ORDER_YMD, today, &d, NULL));
	assert_string_equal(day_format(d, out), "2008-09-30");
	assert_false(day_parse("13/1/2026", ORDER_MDY, today, &d, NULL));
	assert_true(day_parse("end nov", ORDER_DMY, day_of(2026, 11, 30), &d, NULL));
	assert_string_equal(day_format(d, out), "2026-11-30");
	assert_true(day_parse("mon", ORDER_DMY, day_of(2026, 11, 23), &d, NULL));
	assert_string_equal(day_format(d, out), "2026-11-30");
}

static void refused_dates_say_why(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "soon", "'soon' is no date; write it like 2026-11-30 or 30 Nov 2026" },
		{ "11/30/2026",
		        "'11/30/2026' is no day of the calendar as day/month/year; correct it, or "
		        "the order of dates" },
		{ "31 Feb 2023", "'31 Feb 2023' is no day of the calendar; correct it" },
		{ "Tue 30 Nov 2026", "'Tue 30 Nov 2026' is another day of the week; correct the "
		                     "day or the date" },
		{ "30 Nov", "'30 Nov' has no year; add it, like '30 Nov 2026'" },
		{ "2026-11-30 16:30", "'2026-11-30 16:30' has a time; give the date alone" },
		{ "40123", "'40123' is no date; write it like 2026-11-30 or 30 Nov 2026; a "
		           "spreadsheet's day "
		           "number must be formatted as a date there" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fault f = { 0 };
		day_t d;
		assert_false(day_parse(cases[i].text, ORDER_DMY, day_of(2026, 11, 22), &d, &f));
		assert_string_equal(f.text, cases[i].says);
	}
}

static void orders_that_fit_are_told(void **state)
{
	(void)state;
	enum { D = 1 << ORDER_DMY, M = 1 << ORDER_MDY, Y = 1 << ORDER_YMD };
	assert_int_equal(day_orders("3/4/2026"), D | M);
	assert_int_equal(day_orders("13/4/2026"), D);
	assert_int_equal(day_orders("4/13/2026"), M);
	assert_int_equal(day_orders("4/13/2026 12:00:00 AM"), M);
	assert_int_equal(day_orders("2026-04-13"), Y);
	assert_int_equal(day_orders("2026-04-13T10:00Z"), Y);
	assert_int_equal(day_orders("01/02/03"), D | M | Y);
	assert_int_equal(day_orders("31/2/2003"), 0);
	assert_int_equal(day_orders("99/12/31"), Y);
	assert_int_equal(day_orders("13/13/2026"), 0);
	assert_int_equal(day_orders("1 May 2026"), 0);
	assert_int_equal(day_orders("40%"), 0);
	assert_int_equal(day_orders(""), 0);
}

/* Read at 2026-08-05 12:00 UTC, which is 13:00 on the wall. */
static void moments_are_read_on_the_uk_clock(void **state)
{
	(void)state;
	static const struct reading cases[] = {
		{ "2026-08-03 16:30", "2026-08-03T15:30:00Z" },
		{ "2026-08-03T16:30", "2026-08-03T15:30:00Z" },
		{ "2026-08-03T16:30:05.25Z", "2026-08-03T16:30:05Z" },
		{ "2026-08-03 16:30 +01:00", "2026-08-03T15:30:00Z" },
		{ "2026-08-03 16:30-0530", "2026-08-03T22:00:00Z" },
		{ "2026-08-03 16:30+02", "2026-08-03T14:30:00Z" },
		{ "2026-08-03 16:30 BST", "2026-08-03T15:30:00Z" },
		{ "2026-08-03 16:30 GMT", "2026-08-03T16:30:00Z" },
		{ "3 Aug 4.30pm", "2026-08-03T15:30:00Z" },
		{ "3 Aug 4 PM", "2026-08-03T15:00:00Z" },
		{ "3 Aug 26 4 p.m.", "2026-08-03T15:00:00Z" },
		{ "3 Jan 10:00", "2027-01-03T10:00:00Z" },
		{ "3 Mar 10:00", "2026-03-03T10:00:00Z" },
		{ "30 Dec 12am", "2026-12-30" },
		{ "3/8/2026 9:05", "2026-08-03T08:05:00Z" },
		{ "3 Aug 2026 at 16.30", "2026-08-03T15:30:00Z" },
		{ "3 August 2026, 16:30", "2026-08-03T15:30:00Z" },
		{ "16:30 on 3 Aug 2026", "2026-08-03T15:30:00Z" },
		{ "4.30pm 3/8/26", "2026-08-03T15:30:00Z" },
		{ "now", "2026-08-05T12:00:00Z" },
		{ "yesterday 10:00", "2026-08-04T09:00:00Z" },
		{ "today noon", "2026-08-05T11:00:00Z" },
		{ "mon 10:00", "2026-08-10T09:00:00Z" },
		{ "mon at 10", NULL },
		{ "+1d 10:00", "2026-08-06T09:00:00Z" },
		{ "2026-08-03", "2026-08-03" },
		{ "3/8/2026", "2026-08-03" },
		{ "today", "2026-08-05" },
		{ "2026-08-03 00:00:00", "2026-08-03" },
		{ "3/8/2026 12:00:00 AM", "2026-08-03" },
		{ "2026-08-03T00:00Z", "2026-08-03T00:00:00Z" },
		{ "2026-10-25 01:30", NULL },
		{ "2026-10-25 01:30+01:00", "2026-10-25T00:30:00Z" },
		{ "2026-10-25 01:30 GMT", "2026-10-25T01:30:00Z" },
		{ "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z" },
		{ "2026-10-25 00:59", "2026-10-24T23:59:00Z" },
		{ "2026-10-25 02:00", "2026-10-25T02:00:00Z" },
		{ "2026-03-29 01:30", NULL },
		{ "2026-03-29 02:00", "2026-03-29T01:00:00Z" },
		{ "10:00", NULL },
		{ "3 Aug", NULL },
		{ "2026-08-03 25:00", NULL },
		{ "2026-08-03 16:60", NULL },
		{ "2026-08-03 13pm", NULL },
		{ "2026-08-03 0am", NULL },
		{ "2026-08-03 16:30 EST", NULL },
		{ "2026-08-03 16:30+99:00", NULL },
		{ "2026-08-03 16", NULL },
		{ "2026-08-03T", NULL },
		{ "", NULL },
	};
	int64_t now = utc(2026, 8, 5, 12, 0), t;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fault f = { 0 };
		bool timed;
		char out[21] = "nothing";
		bool ok = moment_parse(cases[i].text, ORDER_DMY, now, &t, &timed, &f);
		if (ok && timed)
			time_format(t, out);
		else if (ok)
			day_format(zone_day(t, NULL), out);
		if (ok != (cases[i].is != NULL) || (ok && strcmp(out, cases[i].is) != 0))
			fail_msg("'%s' gives %s (%s)", cases[i].text, out, f.text);
	}
	struct fault f = { 0 };
	bool timed;
	assert_false(moment_parse("2026-10-25 01:30", ORDER_DMY, now, &t, &timed, &f));
	assert_string_equal(f.text, "'2026-10-25 01:30' comes twice, as the clocks go back; write "
	                            "2026-10-25 01:30+01:00 for the "
	                            "first or 2026-10-25 01:30+00:00 for the second");
	assert_false(moment_parse("2026-03-29 01:30", ORDER_DMY, now, &t, &timed, &f));
	assert_string_equal(f.text,
	        "'2026-03-29 01:30' does not exist, as the clocks go forward; write "
	        "2026-03-29 02:30 for an hour later");
	assert_true(moment_parse("2026-08-03", ORDER_DMY, now, &t, &timed, &f));
	assert_int_equal(t, utc(2026, 8, 2, 23, 0));
	/* An offset may lead out of the years that can be written. */
	assert_true(moment_parse("9999-12-31T23:59Z", ORDER_DMY, now, &t, &timed, &f));
	assert_false(moment_parse("9999-12-31T23:59-02:00", ORDER_DMY, now, &t, &timed, &f));
	assert_false(moment_parse("0001-01-01T00:30+02:00", ORDER_DMY, now, &t, &timed, &f));
}

/* Python's zoneinfo, where there is one, knows the clock from tzdata: every hour that matters. */
static void the_uk_clock_follows_the_law(void **state)
{
	(void)state;
	static const struct {
		int y, m, d, hour; /* of the change, UTC */
		int before, after;
	} changes[] = {
		{ 1968, 2, 18, 2, 0, 3600 },
		{ 1971, 10, 31, 2, 3600, 0 },
		{ 1972, 3, 19, 2, 0, 3600 },
		{ 1972, 10, 29, 2, 3600, 0 },
		{ 1975, 3, 16, 2, 0, 3600 },
		{ 1980, 10, 26, 2, 3600, 0 },
		{ 1981, 3, 29, 1, 0, 3600 },
		{ 1981, 10, 25, 1, 3600, 0 },
		{ 1989, 10, 29, 1, 3600, 0 },
		{ 1990, 10, 28, 1, 3600, 0 },
		{ 1995, 3, 26, 1, 0, 3600 },
		{ 1995, 10, 22, 1, 3600, 0 },
		{ 1996, 10, 27, 1, 3600, 0 },
		{ 2008, 3, 30, 1, 0, 3600 },
		{ 2008, 10, 26, 1, 3600, 0 },
		{ 2026, 3, 29, 1, 0, 3600 },
		{ 2026, 10, 25, 1, 3600, 0 },
		{ 2037, 3, 29, 1, 0, 3600 },
	};
	for (size_t i = 0; i < COUNT(changes); i++) {
		int64_t t = utc(changes[i].y, changes[i].m, changes[i].d, changes[i].hour, 0);
		assert_int_equal(zone_offset(t - 1), changes[i].before);
		assert_int_equal(zone_offset(t), changes[i].after);
	}
	assert_int_equal(zone_offset(utc(1970, 1, 15, 12, 0)), 3600);
	FILE *p = popen(
	        "python3 -c 'import zoneinfo as z,datetime as d\n"
	        "t=d.datetime(1968,2,18,0,tzinfo=d.timezone.utc);l=z.ZoneInfo(\"Europe/London\")\n"
	        "while t.year<2038:\n"
	        " print(int(t.timestamp()),int(t.astimezone(l).utcoffset().total_seconds()))\n"
	        " t+=d.timedelta(hours=1 if t.month in (2,3,10) else 24)' 2>/dev/null",
	        "r");
	long long t;
	int offset, n = 0;
	for (; p != NULL && fscanf(p, "%lld %d", &t, &offset) == 2; n++)
		if (zone_offset(t) != offset)
			fail_msg("at %lld the offset is %d", t, offset);
	if (p != NULL)
		pclose(p);
	print_message("%d hours beside zoneinfo\n", n);
}

static void wall_times_go_to_utc_and_back(void **state)
{
	(void)state;
	int64_t first = 0, second = 0;
	assert_int_equal(zone_to_utc(day_of(2026, 10, 25), 5400, &first, &second), 2);
	assert_int_equal(first, utc(2026, 10, 25, 0, 30));
	assert_int_equal(second, utc(2026, 10, 25, 1, 30));
	assert_int_equal(zone_to_utc(day_of(2026, 3, 29), 5400, &first, &second), 0);
	for (int64_t t = utc(1967, 12, 1, 0, 0); t < utc(2030, 1, 1, 0, 0); t += 1799) {
		int s;
		day_t d = zone_day(t, &s);
		int n = zone_to_utc(d, s, &first, &second);
		assert_true(n >= 1 && (first == t || (n == 2 && second == t)));
	}
	struct buf b = { 0 };
	zone_add(&b, utc(2026, 7, 31, 23, 30));
	assert_string_equal(b.p, "2026-08-01 00:30");
	buf_free(&b);
}

static void stored_moments_have_a_uk_day(void **state)
{
	(void)state;
	static const struct {
		const char *moment, *day;
	} all[] = { { "2026-06-04T23:30:00Z", "2026-06-05" }, { "2026-06-04", "2026-06-04" },
		{ "2026-06-04T22:59:59Z", "2026-06-04" }, { "2026-01-04T23:59:59Z", "2026-01-04" },
		{ "2026-12-31T23:59:59Z", "2026-12-31" } };
	static const char *const none[] = { "", "soon", "2026-02-30", "2026-06-04 23:30",
		"2026-06-04T23:30Z", "2026-06-04T23:30:00+", "0000-01-01", "2026-06-4T" };
	char day[11];

	for (size_t i = 0; i < COUNT(all); i++)
		assert_string_equal(day_format(zone_day_stored(all[i].moment), day), all[i].day);
	for (size_t i = 0; i < COUNT(none); i++)
		assert_int_equal(zone_day_stored(none[i]), DAY_NONE);
}

static void working_days_are_counted(void **state)
{
	(void)state;
	day_t off[] = { day_of(2026, 12, 28), day_of(2026, 12, 25), day_of(2026, 12, 26),
		day_of(2026, 12, 25), day_of(2027, 1, 1) };
	struct calendar c;
	calendar_make(&c, off, COUNT(off), 2027);
	assert_int_equal(c.n, 4);
	assert_int_equal(calendar_add(&c, day_of(2026, 12, 24), 1), day_of(2026, 12, 29));
	assert_int_equal(calendar_add(&c, day_of(2026, 12, 29), -1), day_of(2026, 12, 24));
	assert_int_equal(calendar_add(&c, day_of(2026, 12, 25), 0), day_of(2026, 12, 29));
	assert_int_equal(calendar_add(&c, day_of(2026, 12, 24), 0), day_of(2026, 12, 24));
	struct calendar none = { 0 };
	assert_int_equal(calendar_add(&none, day_of(2026, 11, 20), 1), day_of(2026, 11, 23));
	/* By counting one by one. */
	for (day_t from = day_of(1969, 12, 1); from < day_of(1970, 2, 1); from++)
		for (int n = 0; n < 40; n++) {
			int count = 0;
			for (day_t d = from + 1; d <= from + n; d++)
				count += calendar_works(&none, d);
			assert_int_equal(calendar_between(&none, from, from + n), count);
			assert_int_equal(calendar_between(&none, from + n, from), -count);
		}
	for (day_t from = day_of(2026, 12, 1); from < day_of(2027, 1, 20); from++)
		for (int n = 0; n < 40; n++) {
			int count = 0;
			for (day_t d = from + 1; d <= from + n; d++)
				count += calendar_works(&c, d);
			assert_int_equal(calendar_between(&c, from, from + n), count);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_ten_thousand_years_is_right),
		cmocka_unit_test(python_writes_the_same_days),
		cmocka_unit_test(months_are_added_to_the_month_end),
		cmocka_unit_test(dates_are_read_in_every_form),
		cmocka_unit_test(refused_dates_say_why),
		cmocka_unit_test(orders_that_fit_are_told),
		cmocka_unit_test(moments_are_read_on_the_uk_clock),
		cmocka_unit_test(the_uk_clock_follows_the_law),
		cmocka_unit_test(wall_times_go_to_utc_and_back),
		cmocka_unit_test(stored_moments_have_a_uk_day),
		cmocka_unit_test(working_days_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
