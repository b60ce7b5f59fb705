/* SPDX-License-Identifier: MIT */
/*
 * Dates and times as people write them. The text is lowered and freed of odd blanks and dashes first; then
 * a reader walks along it. What is read must end where the text ends: nothing is passed over.
 */
#include "base/base.h"

#include <string.h>

enum { HOUR = 3600, DAY = 86400, LONGEST = 80 };

struct reader {
	const char *p; /* where reading is, within text */
	enum date_order order;
	day_t today;
	bool yearless;  /* a day and month were given, and the year nearest to today was taken */
	bool numeric;   /* the date was in numbers, and so depends on the order */
	bool unreal;    /* well written, but no such day */
	bool wrong_day; /* the day of the week is another */
	char text[LONGEST];
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Blanks and dashes that word processors and spreadsheets put in place of the plain ones. */
static const struct {
	const char *from;
	char to;
} plain[] = {
	{"\xC2\xA0",      ' ' }, /* no-break space */
	{ "\xE2\x80\xAF", ' ' }, /* narrow no-break space, before AM and PM */
	{ "\xE2\x80\x90", '-' }, /* hyphen */
	{ "\xE2\x80\x91", '-' }, /* no-break hyphen */
	{ "\xE2\x80\x93", '-' }, /* en dash */
	{ "\xE2\x88\x92", '-' }, /* minus */
	{ "\xE2\x80\x99", '\''},
};

static bool reader_start(struct reader *r, const char *from, enum date_order order, day_t today)
{
	size_t n = 0;
	*r = (struct reader){ .order = order, .today = today };
	r->p = r->text;
	while (*from != '\0' && n + 1 < sizeof r->text) {
		char c = *from;
		size_t taken = 1;
		for (size_t i = 0; (unsigned char)c >= 0x80 && i < COUNT(plain); i++)
			if (str_starts(from, plain[i].from)) {
				taken = strlen(plain[i].from);
				c = plain[i].to;
			}
		if ((unsigned char)c >= 0x80)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		r->text[n++] = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
		from += taken;
	}
	while (n > 0 && r->text[n - 1] == ' ')
		n--;
	r->text[n] = '\0';
	while (*r->p == ' ')
		r->p++;
	return *from == '\0' && *r->p != '\0';
}

static void skip_blanks(struct reader *r)
{
	while (*r->p == ' ' || *r->p == ',')
		r->p++;
}

/* Passes a whole word; false, and stays, when another stands there. */
static bool take_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(r->p, word, n) != 0 || is_letter(r->p[n]))
		return false;
	r->p += n;
	return true;
}

/* Up to `most` digits; how many there were, 0 for none or too many. */
static int take_number(struct reader *r, int most, int *value)
{
	int n = 0, v = 0;
	while (n < most && is_digit(r->p[n]))
		v = v * 10 + (r->p[n++] - '0');
	if (n == 0 || is_digit(r->p[n]))
		return 0;
	r->p += n;
	*value = v;
	return n;
}

static bool take_char(struct reader *r, char c)
{
	if (*r->p != c)
		return false;
	r->p++;
	return true;
}

/* The place, counted from 1, of the name that the letters here begin, at least three of them; or 0. */
static int take_name(struct reader *r, const char *const *names, size_t count)
{
	size_t n = 0;
	while (is_letter(r->p[n]))
		n++;
	for (size_t i = 0; n >= 3 && i < count; i++)
		if (n <= strlen(names[i]) && memcmp(names[i], r->p, n) == 0) {
			r->p += n;
			return (int)i + 1;
		}
	return 0;
}

static int take_month(struct reader *r)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	return take_name(r, names, COUNT(names));
}

static int take_weekday(struct reader *r)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	return take_name(r, names, COUNT(names));
}

/* ---------- the time of day ---------- */

/* "am", "a.m.", "pm", "p.m.": 1 or 2, else 0. */
static int take_half(struct reader *r)
{
	static const struct {
		const char *word;
		int half;
	} words[] = {
		{"am",    1},
                { "a.m.", 1},
                { "a.m",  1},
                { "pm",   2},
                { "p.m.", 2},
                { "p.m",  2}
	};
	struct reader at = *r;
	at.p = r->p;
	while (*at.p == ' ')
		at.p++;
	for (size_t i = 0; i < COUNT(words); i++)
		if (take_word(&at, words[i].word)) {
			r->p = at.p;
			return words[i].half;
		}
	return 0;
}

/* 16:30, 16.30, 4pm, 4.30pm, 16:30:05.123, noon. What cannot be a time of day stays unread. */
static bool take_clock(struct reader *r, int *second_of_day)
{
	const char *start = r->p;
	int h, m = 0, s = 0;
	bool minutes = false;
	if (take_word(r, "noon")) {
		*second_of_day = 12 * HOUR;
		return true;
	}
	if (take_number(r, 2, &h) == 0)
		goto no;
	if ((*r->p == ':' || *r->p == '.') && is_digit(r->p[1])) {
		char mark = *r->p++;
		minutes = true;
		if (take_number(r, 2, &m) != 2 || (mark == '.' && *r->p == '.'))
			goto no;
		if (take_char(r, ':') && take_number(r, 2, &s) != 2)
			goto no;
		if (*r->p == '.' && is_digit(r->p[1]))
			for (r->p++; is_digit(*r->p);)
				r->p++;
	}
	int half = take_half(r);
	if ((!minutes && half == 0) || h > (half != 0 ? 12 : 23) || (half != 0 && h == 0) ||
	        m > 59 || s > 59)
		goto no;
	if (half != 0)
		h = h % 12 + (half == 2 ? 12 : 0);
	*second_of_day = h * HOUR + m * 60 + s;
	return true;
no:
	r->p = start;
	return false;
}

/* Z, UTC, GMT, BST, +01:00, +0100, +01: seconds ahead of UTC. */
static bool take_offset(struct reader *r, int *offset)
{
	const char *start = r->p;
	int h, m = 0;
	while (*r->p == ' ')
		r->p++;
	*offset = 0;
	if (take_word(r, "z") || take_word(r, "utc") || take_word(r, "gmt"))
		return true;
	if (take_word(r, "bst")) {
		*offset = HOUR;
		return true;
	}
	bool minus = *r->p == '-';
	if (*r->p == '+' || *r->p == '-') {
		r->p++;
		int n = take_number(r, 4, &h);
		if (n == 4) {
			m = h % 100;
			h /= 100;
		} else if (n != 2 || (take_char(r, ':') && take_number(r, 2, &m) != 2)) {
			h = 99;
		}
		if (h <= 14 && m <= 59) {
			*offset = (h * HOUR + m * 60) * (minus ? -1 : 1);
			return true;
		}
	}
	r->p = start;
	return false;
}

/* Would a time of day be read here? */
static bool at_clock(const struct reader *r)
{
	struct reader at = *r;
	at.p = at.text + (r->p - r->text);
	int second;
	return take_clock(&at, &second);
}

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
		[ORDER_DMY] = {2,  1, 0},
                  [ORDER_MDY] = { 2, 0, 1},
                  [ORDER_YMD] = { 0, 1, 2}
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
	digits[0] = take_number(r, 4, &value[0]);
	char mark = *r->p;
	if (digits[0] > 0 && (mark == '/' || mark == '-' || mark == '.')) {
		r->p++;
		digits[1] = take_number(r, 4, &value[1]);
		if (digits[1] > 0 && take_char(r, mark)) {
			digits[2] = take_number(r, 4, &value[2]);
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
	take_char(r, '.');
	if (*r->p == '-' || *r->p == '/')
		r->p++;
	skip_blanks(r);
	take_char(r, '\'');
	int digits = at_clock(r) ? 0 : take_number(r, 4, &year);
	if (digits > 0)
		return full_year(year, digits) > 0 &&
		       make(r, full_year(year, digits), month, day, out);
	r->p = start;
	take_char(r, '.');
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
	if (take_number(r, 2, &day) == 0)
		return false;
	if (!take_word(r, "st") && !take_word(r, "nd") && !take_word(r, "rd"))
		take_word(r, "th");
	if (*r->p == '-' || *r->p == '/' || *r->p == '.')
		r->p++;
	skip_blanks(r);
	if (take_word(r, "of"))
		skip_blanks(r);
	int month = take_month(r);
	return month > 0 && take_year(r, month, day, out);
}

/* nov 30, 2026; november 30th 2026. */
static bool take_month_day(struct reader *r, day_t *out)
{
	int day, month = take_month(r);
	if (month == 0)
		return false;
	take_char(r, '.');
	if (*r->p == '-')
		r->p++;
	skip_blanks(r);
	if (take_number(r, 2, &day) == 0)
		return false;
	if (!take_word(r, "st") && !take_word(r, "nd") && !take_word(r, "rd"))
		take_word(r, "th");
	return take_year(r, month, day, out);
}

/* +14d, -2w, +3m, +1y, and the words in full. */
static bool take_relative(struct reader *r, day_t *out)
{
	bool minus = *r->p++ == '-';
	int n;
	if (take_number(r, 4, &n) == 0)
		return false;
	if (minus)
		n = -n;
	skip_blanks(r);
	if (take_word(r, "d") || take_word(r, "day") || take_word(r, "days"))
		*out = r->today + n;
	else if (take_word(r, "w") || take_word(r, "week") || take_word(r, "weeks"))
		*out = r->today + 7 * n;
	else if (take_word(r, "m") || take_word(r, "month") || take_word(r, "months"))
		*out = day_add_months(r->today, n);
	else if (take_word(r, "y") || take_word(r, "year") || take_word(r, "years"))
		*out = day_add_months(r->today, 12 * n);
	else
		return false;
	return true;
}

/* The last day of a month: of the year given, else the coming one, which may be today. */
static bool take_end(struct reader *r, day_t *out)
{
	int year, y, m, d;
	skip_blanks(r);
	if (take_word(r, "of"))
		skip_blanks(r);
	int month = take_month(r);
	if (month == 0)
		return false;
	skip_blanks(r);
	int digits = at_clock(r) ? 0 : take_number(r, 4, &year);
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
	take_char(r, '.');
	const char *after = r->p;
	skip_blanks(r);
	if (*r->p == '\0' || at_clock(r) || take_word(r, "at")) {
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
	*out = r->today;
	if (take_word(r, "today"))
		return true;
	*out = r->today - 1;
	if (take_word(r, "yesterday"))
		return true;
	*out = r->today + 1;
	if (take_word(r, "tomorrow"))
		return true;
	if (take_word(r, "end"))
		return take_end(r, out);
	int weekday = take_weekday(r);
	return weekday > 0 ? take_weekday_date(r, weekday, out) : take_date(r, out);
}

/* ---------- whole texts ---------- */

static bool in_range(day_t d)
{
	return d >= -719162 && d <= 2932896; /* 0001-01-01 to 9999-12-31 */
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
	fault_set(f, STATUS_DATA, "%s is no %s; write it like %s", quote(text), what, like);
	size_t n = strlen(r->text);
	if (n == 5 && strspn(r->text, "0123456789") == n)
		fault_hint(f, "a spreadsheet's day number must be formatted as a date there");
	return false;
}

static const char like_date[] = "2026-11-30 or 30 Nov 2026";
static const char like_time[] = "2026-08-03 16:30";

/* Two digits at p, or -1. */
static int two_digits(const char *p)
{
	return is_digit(p[0]) && is_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

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
		if (!take_char(&r, 't'))
			skip_blanks(&r);
		if (!take_clock(&r, &second))
			return refuse(&r, text, "date", like_date, f);
		take_offset(&r, &offset);
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
		return fault_set(f, STATUS_DATA, "%s has no year; add it, like %s %s", quote(text),
		        quote(text), year);
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
	*has_clock = at_clock(r) && take_clock(r, second);
	if (*has_clock) {
		*has_offset = take_offset(r, offset);
		skip_blanks(r);
		if (take_word(r, "on"))
			skip_blanks(r);
	}
	if (!take_day(r, d) || !in_range(*d))
		return false;
	if (!*has_clock && *r->p != '\0') {
		/* The T of ISO 8601 stands before a digit; "at" is a word of its own. */
		if (!(*r->p == 't' && is_digit(r->p[1]) && take_char(r, 't'))) {
			skip_blanks(r);
			if (take_word(r, "at"))
				skip_blanks(r);
		}
		*has_clock = take_clock(r, second);
		*has_offset = *has_clock && take_offset(r, offset);
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
		return true;
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
