/* SPDX-License-Identifier: MIT */
/* The parts that dates and times are made of: words, numbers, times of day, offsets. */
#include "base/reader.h"

#include <string.h>

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Blanks and dashes that word processors and spreadsheets put in place of the plain ones. */
static const struct {
	const char *from;
	char to;
} plain[] = {
	{ "\xC2\xA0", ' ' },     /* no-break space */
	{ "\xE2\x80\xAF", ' ' }, /* narrow no-break space, before AM and PM */
	{ "\xE2\x80\x90", '-' }, /* hyphen */
	{ "\xE2\x80\x91", '-' }, /* no-break hyphen */
	{ "\xE2\x80\x93", '-' }, /* en dash */
	{ "\xE2\x88\x92", '-' }, /* minus */
	{ "\xE2\x80\x99", '\'' },
};

bool reader_start(struct reader *r, const char *from, enum date_order order, day_t today)
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

void reader_skip(struct reader *r)
{
	while (*r->p == ' ' || *r->p == ',')
		r->p++;
}

/* Passes a whole word; false, and stays, when another stands there. */
bool reader_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(r->p, word, n) != 0 || is_letter(r->p[n]))
		return false;
	r->p += n;
	return true;
}

/* Up to `most` digits; how many there were, 0 for none or too many. */
int reader_number(struct reader *r, int most, int *value)
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

bool reader_char(struct reader *r, char c)
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

int reader_month(struct reader *r)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	return take_name(r, names, COUNT(names));
}

int reader_weekday(struct reader *r)
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
	} words[] = { { "am", 1 }, { "a.m.", 1 }, { "a.m", 1 }, { "pm", 2 }, { "p.m.", 2 },
		{ "p.m", 2 } };
	struct reader at = *r;
	at.p = r->p;
	while (*at.p == ' ')
		at.p++;
	for (size_t i = 0; i < COUNT(words); i++)
		if (reader_word(&at, words[i].word)) {
			r->p = at.p;
			return words[i].half;
		}
	return 0;
}

/* 16:30, 16.30, 4pm, 4.30pm, 16:30:05.123, noon. What cannot be a time of day stays unread. */
bool reader_clock(struct reader *r, int *second_of_day)
{
	const char *start = r->p;
	int h, m = 0, s = 0;
	bool minutes = false;
	if (reader_word(r, "noon")) {
		*second_of_day = 12 * HOUR;
		return true;
	}
	if (reader_number(r, 2, &h) == 0)
		goto no;
	if ((*r->p == ':' || *r->p == '.') && is_digit(r->p[1])) {
		char mark = *r->p++;
		minutes = true;
		if (reader_number(r, 2, &m) != 2 || (mark == '.' && *r->p == '.'))
			goto no;
		if (reader_char(r, ':') && reader_number(r, 2, &s) != 2)
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
bool reader_offset(struct reader *r, int *offset)
{
	const char *start = r->p;
	int h, m = 0;
	while (*r->p == ' ')
		r->p++;
	*offset = 0;
	if (reader_word(r, "z") || reader_word(r, "utc") || reader_word(r, "gmt"))
		return true;
	if (reader_word(r, "bst")) {
		*offset = HOUR;
		return true;
	}
	bool minus = *r->p == '-';
	if (*r->p == '+' || *r->p == '-') {
		r->p++;
		int n = reader_number(r, 4, &h);
		if (n == 4) {
			m = h % 100;
			h /= 100;
		} else if (n != 2 || (reader_char(r, ':') && reader_number(r, 2, &m) != 2)) {
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
bool reader_at_clock(const struct reader *r)
{
	struct reader at = *r;
	at.p = at.text + (r->p - r->text);
	int second;
	return reader_clock(&at, &second);
}
