/* SPDX-License-Identifier: MIT */
/* Dates and times as people write them. What is read must end where the text ends: nothing is passed over. */
#include "base/reader.h"

#include <string.h>

/* ---------- the day ---------- */

static bool make(struct reader *r, int y, int m, int d, day_t *out)
{
	if (day_make(y, m, d, out))
		return true;
	r->unreal = true;
	return false;
}

/* The year of `digits` digits: 08 is 2008, 70 is 1970. 0 where it is none. */
static int full_year(int year, int digits)
{
	if (digits == 4)
		return year;
	return digits != 2 ? 0 : year < 70 ? 2000 + year : 1900 + year;
}

/* The three numbers of a date and what order says of them; false: they are no date. */
static bool order_numbers(
        const int value[3], const int digits[3], enum date_order order, int ymd[3])
{
	static const int places[][3] = {
		[ORDER_DMY] = { 2, 1, 0 }, [ORDER_MDY] = { 2, 0, 1 }, [ORDER_YMD] = { 0, 1, 2 }
	};
	const int *at = places[digits[0] == 4 ? ORDER_YMD : order];
	ymd[0] = full_year(value[at[0]], digits[at[0]]);
	ymd[1] = value[at[1]];
	ymd[2] = value[at[2]];
	return ymd[0] > 0 && digits[at[1]] <= 2 && digits[at[2]] <= 2;
}

/* Three numbers with the same mark between them; the reader stays where they are not there. */
static bool take_triple(struct reader *r, int value[3], int digits[3])
{
	const char *start = r->p;
	digits[0] = reader_number(r, 4, &value[0]);
	char mark = *r->p;
	if (digits[0] > 0 && (mark == '/' || mark == '-' || mark == '.')) {
		r->p++;
		digits[1] = reader_number(r, 4, &value[1]);
		if (digits[1] > 0 && reader_char(r, mark)) {
			digits[2] = reader_number(r, 4, &value[2]);
			if (digits[2] > 0)
				return true;
		}
	}
	r->p = start;
	return false;
}

/* The year after a day and month; where none is given, the one that brings them nearest to today. */
static bool take_year(struct reader *r, int month, int day, day_t *out)
{
	const char *start = r->p;
	int year, y, m, d;
	reader_char(r, '.');
	if (*r->p == '-' || *r->p == '/')
		r->p++;
	reader_skip(r);
	reader_char(r, '\'');
	int digits = reader_at_clock(r) ? 0 : reader_number(r, 4, &year);
	if (digits > 0)
		return full_year(year, digits) > 0 &&
		       make(r, full_year(year, digits), month, day, out);
	r->p = start;
	reader_char(r, '.');
	bool found = false;
	day_split(r->today, &y, &m, &d);
	for (year = y - 1; year <= y + 1; year++) {
		day_t one;
		if (!day_make(year, month, day, &one))
			continue;
		if (!found || labs((long)one - r->today) < labs((long)*out - r->today))
			*out = one;
		found = true;
	}
	r->yearless = true;
	r->unreal = !found && day > 29;
	return found;
}

/* 30 nov 2026, 1st of april 2008, 30-nov-26. */
static bool take_day_month(struct reader *r, day_t *out)
{
	int day;
	if (reader_number(r, 2, &day) == 0)
		return false;
	if (!reader_word(r, "st") && !reader_word(r, "nd") && !reader_word(r, "rd"))
		reader_word(r, "th");
	if (*r->p == '-' || *r->p == '/' || *r->p == '.')
		r->p++;
	reader_skip(r);
	if (reader_word(r, "of"))
		reader_skip(r);
	int month = reader_month(r);
	return month > 0 && take_year(r, month, day, out);
}

/* nov 30, 2026; november 30th 2026. */
static bool take_month_day(struct reader *r, day_t *out)
{
	int day, month = reader_month(r);
	if (month == 0)
		return false;
	reader_char(r, '.');
	if (*r->p == '-')
		r->p++;
	reader_skip(r);
	if (reader_number(r, 2, &day) == 0)
		return false;
	if (!reader_word(r, "st") && !reader_word(r, "nd") && !reader_word(r, "rd"))
		reader_word(r, "th");
	return take_year(r, month, day, out);
}

/* +14d, -2w, +3m, +1y, and the words in full. */
static bool take_relative(struct reader *r, day_t *out)
{
	bool minus = *r->p++ == '-';
	int n;
	if (reader_number(r, 4, &n) == 0)
		return false;
	if (minus)
		n = -n;
	reader_skip(r);
	if (reader_word(r, "d") || reader_word(r, "day") || reader_word(r, "days"))
		*out = r->today + n;
	else if (reader_word(r, "w") || reader_word(r, "week") || reader_word(r, "weeks"))
		*out = r->today + 7 * n;
	else if (reader_word(r, "m") || reader_word(r, "month") || reader_word(r, "months"))
		*out = day_add_months(r->today, n);
	else if (reader_word(r, "y") || reader_word(r, "year") || reader_word(r, "years"))
		*out = day_add_months(r->today, 12 * n);
	else
		return false;
	return true;
}

/* The last day of a month: of the year given, else the coming one, which may be today. */
static bool take_end(struct reader *r, day_t *out)
{
	int year, y, m, d;
	reader_skip(r);
	if (reader_word(r, "of"))
		reader_skip(r);
	int month = reader_month(r);
	if (month == 0)
		return false;
	reader_skip(r);
	int digits = reader_at_clock(r) ? 0 : reader_number(r, 4, &year);
	day_split(r->today, &y, &m, &d);
	if (digits > 0)
		y = full_year(year, digits);
	else if (month < m)
		y++;
	if (!day_make(y, month, 1, out))
		return false;
	*out = day_month_end(*out);
	return true;
}

static bool take_date(struct reader *r, day_t *out)
{
	int value[3], digits[3], ymd[3];
	if (take_triple(r, value, digits)) {
		r->numeric = digits[0] != 4;
		return order_numbers(value, digits, r->order, ymd) &&
		       make(r, ymd[0], ymd[1], ymd[2], out);
	}
	return is_digit(*r->p) ? take_day_month(r, out) : take_month_day(r, out);
}

/* A day of the week: alone, the coming one; before a date, it must be that date's. */
static bool take_weekday_date(struct reader *r, int weekday, day_t *out)
{
	reader_char(r, '.');
	const char *after = r->p;
	reader_skip(r);
	if (*r->p == '\0' || reader_at_clock(r) || reader_word(r, "at")) {
		r->p = after;
		*out = r->today + 1 + (weekday - 1 - day_weekday(r->today + 1) + 7) % 7;
		return true;
	}
	if (!take_date(r, out))
		return false;
	r->wrong_day = day_weekday(*out) != weekday - 1;
	return !r->wrong_day;
}

static bool take_day(struct reader *r, day_t *out)
{
	if ((*r->p == '+' || *r->p == '-') && is_digit(r->p[1]))
		return take_relative(r, out);
	bool yesterday = reader_word(r, "yesterday");
	bool tomorrow = !yesterday && reader_word(r, "tomorrow");
	if (yesterday || tomorrow || reader_word(r, "today")) {
		*out = r->today + tomorrow - yesterday;
		return true;
	}
	if (reader_word(r, "end"))
		return take_end(r, out);
	int weekday = reader_weekday(r);
	return weekday > 0 ? take_weekday_date(r, weekday, out) : take_date(r, out);
}

/* ---------- whole texts ---------- */

static bool in_range(day_t d)
{
	return d >= -719162 && d <= 2932896; /* 0001-01-01 to 9999-12-31 */
}

/* "Feb 2007", 2007-02, 02/2007: no day, but a month; its first. */
static bool is_month(const char *text, day_t *first)
{
	struct reader r;
	int month, year = 0, digits;
	if (!reader_start(&r, text, ORDER_DMY, 0))
		return false;
	month = reader_month(&r);
	if (month == 0) {
		digits = reader_number(&r, 4, &month);
		if (*r.p != '-' && *r.p != '/' && *r.p != '.')
			return false;
		if (digits == 4) {
			r.p++;
			year = month;
			return reader_number(&r, 2, &month) > 0 && *r.p == '\0' &&
			       day_make(year, month, 1, first);
		}
	}
	if (*r.p == '-' || *r.p == '/' || *r.p == '.')
		r.p++;
	reader_skip(&r);
	return reader_number(&r, 4, &year) == 4 && *r.p == '\0' && day_make(year, month, 1, first);
}

/* "Next Friday", "in two weeks": which day that is depends on who says it. */
static bool counts_from_today(const char *text)
{
	static const char *const words[] = { "next", "this", "last", "coming", "ago", "day", "days",
		"week", "weeks", "fortnight", "month", "months" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_has_word(text, words[i]))
			return true;
	return false;
}

/* Says what is wrong with a text that take_day would not have. */
static bool refuse(const struct reader *r, const char *text, const char *what, const char *like,
        struct fault *f)
{
	static const char *const orders[] = { "day/month/year", "month/day/year",
		"year-month-day" };
	if (r->wrong_day)
		return fault_set(f, STATUS_DATA,
		        "%s is another day of the week; correct the day or the date", quote(text));
	if (r->unreal && r->numeric)
		return fault_set(f, STATUS_DATA,
		        "%s is no day of the calendar as %s; correct it, or the order of dates",
		        quote(text), orders[r->order]);
	if (r->unreal)
		return fault_set(
		        f, STATUS_DATA, "%s is no day of the calendar; correct it", quote(text));
	day_t month;
	char first[11], last[11];
	if (is_month(text, &month))
		return fault_set(f, STATUS_DATA,
		        "%s is a whole month; give its first day, %s, or its last, %s", quote(text),
		        day_format(month, first), day_format(day_month_end(month), last));
	size_t n = strlen(r->text);
	bool digits = strspn(r->text, "0123456789") == n;
	if (digits && n == 4 && (*text == '1' || *text == '2'))
		return fault_set(f, STATUS_DATA,
		        "%s is a whole year; give its first day, %s-01-01, or its last, %s-12-31",
		        quote(text), r->text, r->text);
	fault_set(f, STATUS_DATA, "%s is no %s; write it like %s", quote(text), what, like);
	if (digits && n == 5)
		fault_hint(f, "a spreadsheet's day number must be formatted as a date there");
	else if (counts_from_today(r->text))
		fault_hint(f, "from today count +14d, -2w and +3m, and fri is the coming Friday");
	return false;
}

static const char like_date[] = "2026-11-30 or 30 Nov 2026";
static const char like_time[] = "2026-08-03 16:30";

/* The two forms that nearly all dates in files have, without the reader: 2026-11-30 and 30/11/2026. */
static bool read_common(const char *text, enum date_order order, day_t *out)
{
	size_t n = strnlen(text, 11);
	if (n != 10)
		return false;
	bool iso = text[4] == '-' && text[7] == '-';
	if (!iso && (order == ORDER_YMD || text[2] != '/' || text[5] != '/'))
		return false;
	int high = two_digits(text + (iso ? 0 : 6)), low = two_digits(text + (iso ? 2 : 8));
	int first = two_digits(text + (iso ? 5 : 0)), second = two_digits(text + (iso ? 8 : 3));
	if (high < 0 || low < 0 || first < 0 || second < 0)
		return false;
	bool month_first = iso || order == ORDER_MDY;
	return day_make(
	        high * 100 + low, month_first ? first : second, month_first ? second : first, out);
}

bool day_parse(const char *text, enum date_order order, day_t today, day_t *out, struct fault *f)
{
	struct reader r;
	int second, offset;
	if (read_common(text, order, out))
		return true;
	if (!reader_start(&r, text, order, today) || !take_day(&r, out) || !in_range(*out))
		return refuse(&r, text, "date", like_date, f);
	if (*r.p != '\0') {
		if (!reader_char(&r, 't'))
			reader_skip(&r);
		if (!reader_clock(&r, &second))
			return refuse(&r, text, "date", like_date, f);
		reader_offset(&r, &offset);
		if (*r.p != '\0')
			return refuse(&r, text, "date", like_date, f);
		if (second != 0)
			return fault_set(
			        f, STATUS_DATA, "%s has a time; give the date alone", quote(text));
	}
	if (r.yearless) {
		char year[11];
		day_format(*out, year);
		year[4] = '\0';
		return fault_set(f, STATUS_DATA, "%s has no year; add it, like '%s %s'",
		        quote(text), text, year);
	}
	return true;
}

/* A wall time that comes twice or never. */
static bool refuse_wall(const char *text, int times, day_t d, int second, struct fault *f)
{
	char date[11];
	day_format(d, date);
	int h = second / HOUR, m = second / 60 % 60;
	if (times == 2)
		return fault_set(f, STATUS_DATA,
		        "%s comes twice, as the clocks go back; write %s %02d:%02d+01:00 for the "
		        "first "
		        "or %s %02d:%02d+00:00 for the second",
		        quote(text), date, h, m, date, h, m);
	return fault_set(f, STATUS_DATA,
	        "%s does not exist, as the clocks go forward; write %s %02d:%02d for an hour later",
	        quote(text), date, h + 1, m);
}

/* A day, a time of day and an offset in any of the orders people use. */
static bool take_moment(
        struct reader *r, day_t *d, int *second, bool *has_clock, bool *has_offset, int *offset)
{
	*second = 0;
	*has_offset = false;
	*has_clock = reader_at_clock(r) && reader_clock(r, second);
	if (*has_clock) {
		*has_offset = reader_offset(r, offset);
		reader_skip(r);
		if (reader_word(r, "on"))
			reader_skip(r);
	}
	if (!take_day(r, d) || !in_range(*d))
		return false;
	if (!*has_clock && *r->p != '\0') {
		/* The T of ISO 8601 stands before a digit; "at" is a word of its own. */
		if (!(*r->p == 't' && is_digit(r->p[1]) && reader_char(r, 't'))) {
			reader_skip(r);
			if (reader_word(r, "at"))
				reader_skip(r);
		}
		*has_clock = reader_clock(r, second);
		*has_offset = *has_clock && reader_offset(r, offset);
	}
	return *r->p == '\0';
}

bool moment_parse(const char *text, enum date_order order, int64_t now, int64_t *out,
        bool *has_time, struct fault *f)
{
	struct reader r;
	day_t d;
	int second, offset;
	bool clock, zoned;
	int64_t later;
	bool some = reader_start(&r, text, order, zone_day(now, NULL));
	*has_time = true;
	if (some && strcmp(r.p, "now") == 0) {
		*out = now;
		return true;
	}
	if (!some || !take_moment(&r, &d, &second, &clock, &zoned, &offset))
		return refuse(&r, text, "date or time", like_time, f);
	if (r.yearless && !clock)
		return day_parse(text, order, r.today, &d, f);
	if (zoned) {
		*out = (int64_t)d * DAY + second - offset;
		/* The offset may lead out of the years that can be written. */
		return in_range(zone_day(*out, NULL)) ||
		       refuse(&r, text, "date or time", like_time, f);
	}
	int times = zone_to_utc(d, second, out, &later);
	/* Midnight to the second is how spreadsheets write a bare date. */
	*has_time = clock && second != 0;
	if (times != 1 && *has_time)
		return refuse_wall(text, times, d, second, f);
	return true;
}

unsigned day_orders(const char *text)
{
	struct reader r;
	int value[3], digits[3], ymd[3];
	unsigned orders = 0;
	day_t d;
	if (!reader_start(&r, text, ORDER_DMY, 0) || !take_triple(&r, value, digits) ||
	        (*r.p != '\0' && *r.p != ' ' && *r.p != 't'))
		return 0;
	for (unsigned order = ORDER_DMY; order <= ORDER_YMD; order++)
		if ((digits[0] != 4 || order == ORDER_YMD) &&
		        order_numbers(value, digits, (enum date_order)order, ymd) &&
		        day_make(ymd[0], ymd[1], ymd[2], &d))
			orders |= 1u << order;
	return orders;
}
