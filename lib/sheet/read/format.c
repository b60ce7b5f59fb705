/* SPDX-License-Identifier: MIT */
/* Number formats: which of them mean a date or a time, and what a number is then. */
#include "sheet/read/book.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	LAST_SERIAL = 2958465, /* 9999-12-31 in the 1900 system */
	MS_A_DAY = 86400000,
	PLAIN_MOST = 21 /* characters of a small number in full */
};

struct form_of form_builtin(unsigned long id)
{
	/* 27 to 36, 50 to 58 and 71 to 81 are those of Chinese, Japanese, Korean and Thai files. */
	static const struct {
		unsigned char first, last, form;
	} known[] = {
		{ 14, 17, FORM_DATE },
		{ 18, 21, FORM_TIME },
		{ 22, 22, FORM_MOMENT },
		{ 27, 31, FORM_DATE },
		{ 32, 33, FORM_TIME },
		{ 34, 36, FORM_DATE },
		{ 45, 45, FORM_TIME },
		{ 46, 46, FORM_SPAN },
		{ 47, 47, FORM_TIME },
		{ 50, 58, FORM_DATE },
		{ 71, 74, FORM_DATE },
		{ 75, 76, FORM_TIME },
		{ 77, 77, FORM_MOMENT },
		{ 78, 78, FORM_TIME },
		{ 79, 79, FORM_SPAN },
		{ 80, 80, FORM_TIME },
		{ 81, 81, FORM_DATE },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (id >= known[i].first && id <= known[i].last)
			return (struct form_of){ .form = known[i].form,
				.decimals = id == 47 || id == 80 };
	return (struct form_of){ .form = FORM_NUMBER };
}

/* What the letters of a format's first section say. */
struct letters {
	bool day, hour, second, span, month_or_minute, fraction;
};

/* Past a bracket: [h] and its like are durations, [Red] or [$-809] say nothing. */
static const char *read_bracket(const char *p, struct letters *have)
{
	size_t run = strspn(p + 1, "hHmMsS");

	if (run > 0 && p[1 + run] == ']')
		have->span = true;
	p = strchr(p, ']');
	return p ? p : "]";
}

static void read_letter(const char **at, struct letters *have)
{
	static const char *const words[] = { "general", "am/pm", "a/p" };
	const char *p = *at;

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strncasecmp(p, words[i], strlen(words[i])) == 0) {
			*at = p + strlen(words[i]) - 1;
			return;
		}
	}
	switch (tolower((unsigned char)*p)) {
	case 'd':
	case 'y':
		have->day = true;
		break;
	case 'h':
		have->hour = true;
		break;
	case 's':
		have->second = true;
		break;
	case 'm':
		have->month_or_minute = true;
		break;
	default:
		break;
	}
}

static void read_section(const char *p, struct letters *have)
{
	for (; *p && *p != ';'; p++) {
		if (*p == '"') {
			const char *end = strchr(p + 1, '"');

			if (!end)
				return;
			p = end;
		} else if (*p == '\\' || *p == '_' || *p == '*') {
			if (p[1])
				p++; /* the next character is shown, or only its width */
		} else if (*p == '[') {
			p = read_bracket(p, have);
		} else if (*p == '.') {
			have->fraction =
			        have->fraction || (p[1] == '0' && (have->second || have->span));
		} else {
			read_letter(&p, have);
		}
	}
}

struct form_of form_of_code(const char *code)
{
	struct letters have = { 0 };
	size_t zeros = str_starts(code, "0.") ? strspn(code + 2, "0") : 0;

	/* "0.00;-0.00" is how csv-sheet marks a column whose zeros at the end belong to it. */
	if (zeros > 0 && zeros < 16 && code[2 + zeros] == ';' &&
	        str_starts(code + 3 + zeros, "-0.") &&
	        strncmp(code, code + 4 + zeros, 2 + zeros) == 0 && code[6 + 2 * zeros] == '\0')
		return (struct form_of){ .form = FORM_FIXED, .decimals = (uint8_t)zeros };
	read_section(code, &have);
	if (have.span)
		return (struct form_of){ .form = FORM_SPAN, .decimals = have.fraction };
	if (have.hour || have.second) /* then m is minutes, unless a day or year stands with it */
		return (struct form_of){ .form = have.day ? FORM_MOMENT : FORM_TIME,
			.decimals = have.fraction };
	if (have.day || have.month_or_minute)
		return (struct form_of){ .form = FORM_DATE };
	return (struct form_of){ .form = FORM_NUMBER };
}

/* ---------- numbers ---------- */

/* "d.ddddde±xx" as plain digits. */
static void add_plain(struct buf *out, const char *e)
{
	char digits[32] = "";
	size_t n = 0;
	int exponent = (int)strtol(strchr(e, 'e') + 1, NULL, 10);

	if (*e == '-')
		buf_addc(out, *e++);
	for (; *e != 'e'; e++)
		if (*e != '.')
			digits[n++] = *e;
	while (n > 1 && digits[n - 1] == '0')
		n--;
	if (exponent < 0) {
		buf_adds(out, "0.");
		for (int i = exponent; i < -1; i++)
			buf_addc(out, '0');
		buf_add(out, digits, n);
		return;
	}
	for (int i = 0; i < (int)n || i <= exponent; i++) {
		if (i == exponent + 1)
			buf_addc(out, '.');
		buf_addc(out, i < (int)n ? digits[i] : '0');
	}
}

/* Files hold 5.1 as 5.0999999999999996 and large numbers as 1.23E+11. The shortest digits that mean
 * the same number are written, in full unless that takes more than 21 of them: what a subtraction left
 * over, 5.5511151231257827E-17, says more as it stands. */
static void add_number(struct buf *out, const char *text, size_t n)
{
	char copy[64], shortest[40];
	const char *rest = text + (*text == '-');
	size_t whole = strspn(rest, "0123456789"), part;
	double value;
	char *end;

	part = rest[whole] == '.' ? 1 + strspn(rest + whole + 1, "0123456789") : 0;
	if ((whole > 0 && rest[whole + part] == '\0' && whole + part <= 16) || n >= sizeof copy) {
		buf_add(out, text, n);
		return;
	}
	memcpy(copy, text, n + 1);
	value = strtod(copy, &end);
	if (*end != '\0' || n == 0 || strpbrk(copy, "xXnN") ||
	        !(value == 0 || (fabs(value) >= 1e-21 && fabs(value) < 1e21))) {
		buf_add(out, text, n);
		return;
	}
	for (int digits = 14; digits <= 16; digits++) {
		snprintf(shortest, sizeof shortest, "%.*e", digits, value);
		if (strtod(shortest, NULL) == value)
			break;
	}
	size_t from = out->n;
	add_plain(out, shortest);
	if (fabs(value) < 1e-9 && out->n - from > PLAIN_MOST) {
		out->n = from;
		buf_add(out, text, n);
	}
}

/* With as many decimals as the column has; a number that needs more is not cut. */
static void add_fixed(struct buf *out, const char *text, size_t n, int decimals)
{
	double value = strtod(text, NULL);
	char fixed[400];

	if (!(fabs(value) < 1e15))
		goto plain;
	snprintf(fixed, sizeof fixed, "%.*f", decimals, value);
	if (strtod(fixed, NULL) != value)
		goto plain;
	buf_adds(out, fixed);
	return;
plain:
	add_number(out, text, n);
}

/* ---------- dates and times ---------- */

/* Seconds, and thousandths where there are any, as ":05.25". */
static void add_seconds(struct buf *out, int64_t ms)
{
	if (ms == 0)
		return;
	buf_addf(out, ":%02d", (int)(ms / 1000));
	if (ms % 1000 == 0)
		return;
	buf_addf(out, ".%03d", (int)(ms % 1000));
	while (out->p[out->n - 1] == '0')
		out->p[--out->n] = '\0';
}

static void add_time(struct buf *out, int64_t ms)
{
	buf_addf(out, "%02lld:%02d", (long long)(ms / 3600000), (int)(ms / 60000 % 60));
	add_seconds(out, ms % 60000);
}

/* The day of a serial number; false where the system has none. */
static bool add_day(struct buf *out, int64_t serial, enum epoch epoch)
{
	day_t day, first;
	char text[11];

	if (epoch == EPOCH_1900 && serial == 60) {
		buf_adds(out, "1900-02-29"); /* Excel shows a day that never was, and so do we */
		return true;
	}
	if (epoch == EPOCH_1904) {
		day_make(1904, 1, 1, &first);
		if (serial < 0 || serial > LAST_SERIAL - 1462)
			return false;
	} else {
		day_make(1899, 12, 30, &first);
		if (serial > LAST_SERIAL || serial < (epoch == EPOCH_1900 ? 1 : -600000))
			return false;
		if (epoch == EPOCH_1900 && serial < 60)
			serial++;
	}
	day = (day_t)(first + serial);
	buf_adds(out, day_format(day, text));
	return true;
}

static bool add_date(struct buf *out, double value, struct form_of of, enum epoch epoch)
{
	/* To the second: a binary fraction of a day is never exact, and clocks that stamp a form
	 * count thousandths that nobody sees. Where the format shows them they stay. */
	int64_t ms = of.decimals ? llround(value * MS_A_DAY) : llround(value * 86400) * 1000;
	int64_t day, rest;
	enum form form = (enum form)of.form;

	if (ms < 0 && form == FORM_SPAN) {
		buf_addc(out, '-');
		ms = -ms;
	}
	if (form == FORM_SPAN) {
		add_time(out, ms);
		return true;
	}
	day = ms / MS_A_DAY - (ms % MS_A_DAY < 0);
	rest = ms - day * MS_A_DAY;
	if (form == FORM_TIME) {
		if (ms < 0)
			return false;
		add_time(out, rest);
		return true;
	}
	/* Day 0 of the 1900 system is "0 January 1900": with a time it is that time alone. */
	if (form == FORM_MOMENT && day == 0 && rest > 0 && epoch == EPOCH_1900) {
		add_time(out, rest);
		return true;
	}
	if (!add_day(out, day, epoch))
		return false;
	if (form == FORM_MOMENT && rest > 0) {
		buf_addc(out, ' ');
		add_time(out, rest);
	}
	return true;
}

void form_add(struct buf *out, const char *text, size_t n, struct form_of of, enum epoch epoch)
{
	char *end;
	double value;

	if (of.form == FORM_NUMBER) {
		add_number(out, text, n);
		return;
	}
	value = strtod(text, &end);
	if (end == text || *end != '\0') {
		add_number(out, text, n);
		return;
	}
	if (of.form == FORM_FIXED)
		add_fixed(out, text, n, of.decimals);
	else if (!(fabs(value) < 1e9) || !add_date(out, value, of, epoch))
		add_number(out, text, n);
}

/* ---------- ISO forms, of ods and of strict xlsx ---------- */

/* "14:22:05.000" to the second; a Z or an offset after it stays. */
static void add_iso_time(struct buf *out, const char *p)
{
	long hour, minute = 0;
	double second = 0;
	int64_t ms;
	char *end;

	hour = strtol(p, &end, 10);
	if (end == p)
		hour = -1;
	if (*end == ':')
		minute = strtol(end + 1, &end, 10);
	if (*end == ':')
		second = strtod(end + 1, &end);
	if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || !(second >= 0 && second < 61)) {
		buf_adds(out, p);
		return;
	}
	ms = ((int64_t)hour * 60 + minute) * 60000 + llround(second) * 1000;
	/* What rounds up to midnight stays in its day. */
	add_time(out, ms < MS_A_DAY ? ms : MS_A_DAY - 1000);
	buf_adds(out, end);
}

void form_add_iso(struct buf *out, const char *iso, size_t n)
{
	const char *t = memchr(iso, 'T', n);

	if (!t && n > 2 && iso[2] == ':') {
		add_iso_time(out, iso);
		return;
	}
	buf_add(out, iso, t ? (size_t)(t - iso) : n);
	if (!t || t[1 + strspn(t + 1, "0:.")] == '\0')
		return;
	buf_addc(out, ' ');
	add_iso_time(out, t + 1);
}

/* Seconds of the unit behind a number of a duration; 0: none of a fixed length. An M before the T is a month, and
 * how long that is, or a year, nobody can say. */
static double unit_seconds(char unit, bool timed)
{
	static const struct {
		char unit;
		bool timed;
		double seconds;
	} units[] = { { 'W', false, 604800 }, { 'D', false, 86400 }, { 'H', true, 3600 },
		{ 'M', true, 60 }, { 'S', true, 1 } };

	for (size_t i = 0; i < COUNT(units); i++)
		if (units[i].unit == unit && units[i].timed == timed)
			return units[i].seconds;
	return 0;
}

void form_add_duration(struct buf *out, const char *iso, size_t n)
{
	const char *p = iso;
	double sum = 0, value, unit;
	bool minus = *p == '-', timed = false;
	char *end;

	p += minus;
	if (*p++ != 'P' || *p == '\0')
		goto as_is;
	for (; *p; p = end + 1) {
		if (*p == 'T' && !timed) {
			timed = true;
			p++;
		}
		value = strtod(p, &end);
		unit = end > p ? unit_seconds(*end, timed) : 0;
		sum += value * unit;
		if (unit == 0 || !(value >= 0 && sum < 1e13))
			goto as_is;
	}
	if (minus)
		buf_addc(out, '-');
	add_time(out, llround(sum * 1000));
	return;
as_is:
	buf_add(out, iso, n);
}
