/* SPDX-License-Identifier: MIT */
/* Cells that hold a number of people or a date, and more or less than that. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/reader.h"

/* ---------- nothing yet ---------- */

bool people_unfilled(const char *text)
{
	static const char *const words[] = { "tbc", "tbd", "tba", "n/a", "na", "n/k", "nk",
		"not known", "unknown", "?", "??", "-", "--", "–", "—", ".", "..", "*", "none",
		"nil", "null", "to be confirmed", "to be decided", "to be determined",
		"to be advised", "pending", "various", "ongoing", "on going", "not given",
		"not stated", "not provided", "not specified", "not available", "not applicable",
		"not yet known", "unspecified", "undetermined", "awaited", "awaiting", "immediate",
		"immediately", "unclear", "blank", "see note", "see notes", "not disclosed",
		"undisclosed", "none given", "n.k.", "n.a.", "not reported", "not listed", "t.b.c.",
		"t.b.d." };

	/* Asked of nearly every cell, of which nearly none is: first the letters that can begin it. */
	if (!strchr("tTnNuUxX?-*.\xE2oOvVpPiIaAbBsS", text[0]))
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcasecmp(words[i], text) == 0)
			return true;
	return strspn(text, "xX") == strlen(text) || strncasecmp(text, "not ", 4) == 0 ||
	       strncasecmp(text, "unknown", 7) == 0 || strncasecmp(text, "to be ", 6) == 0;
}

/* ---------- people ---------- */

/* Digits with commas or single blanks at every third. *end behind them. */
static bool read_count(const char *p, const char **end, int64_t *out)
{
	int64_t n = 0;
	int digits = 0;

	if (!isdigit((unsigned char)*p))
		return false;
	for (;; p++) {
		if (isdigit((unsigned char)*p)) {
			if (++digits > 9)
				return false;
			n = 10 * n + (*p - '0');
		} else if ((*p == ',' || *p == ' ') && isdigit((unsigned char)p[1]) &&
		           isdigit((unsigned char)p[2]) && isdigit((unsigned char)p[3]) &&
		           !isdigit((unsigned char)p[4])) {
			continue;
		} else {
			break;
		}
	}
	*out = n;
	*end = p;
	return true;
}

/* Words before a number that make it an estimate; how many bytes, 0: none. */
static size_t estimate_word(const char *p)
{
	static const char *const words[] = { "approximately", "approximate", "approx", "circa",
		"ca", "c", "about", "around", "up to", "at least", "at most", "over", "under",
		"more than", "less than", "fewer than", "nearly", "almost", "some", "est",
		"estimated", "estimate", "between", "~", "≈", ">", "<", "≥", "≤", "min", "max",
		"minimum", "maximum", "potentially", "possibly", "as many as", "roughly",
		"unknown,", "aprox", "apx" };

	for (size_t i = 0; i < COUNT(words); i++) {
		size_t n = strlen(words[i]);
		if (strncasecmp(p, words[i], n) != 0 || isalpha((unsigned char)p[n]))
			continue;
		return n + strspn(p + n, " .:=");
	}
	return 0;
}

/* A footnote's mark or a word for people behind a number leaves it what it is. */
static bool only_marks(const char *p)
{
	static const char *const words[] = { "employees", "employee", "workers", "worker", "people",
		"staff", "jobs", "job", "posts", "redundancies", "persons", "roles", "positions",
		"total" };

	while (*p == ' ')
		p++;
	for (size_t i = 0; i < COUNT(words); i++)
		if (strncasecmp(p, words[i], strlen(words[i])) == 0 &&
		        !isalpha((unsigned char)p[strlen(words[i])]))
			p += strlen(words[i]);
	p += strspn(p, " .");
	if (*p == '(' || *p == '[') {
		size_t n = strspn(p + 1, "0123456789abcdefi");
		if (n && n <= 2 && (p[n + 1] == ')' || p[n + 1] == ']'))
			p += n + 2;
	}
	while (*p) {
		if (strchr("*#^'", *p))
			p++;
		else if (str_starts(p, "†") || str_starts(p, "‡"))
			p += 3;
		else if (str_starts(p, "¹") || str_starts(p, "²") || str_starts(p, "³"))
			p += 2;
		else
			return false;
	}
	return true;
}

struct people people_read(const char *text)
{
	struct people none = { -1, NULL, true }, got = { -1, "estimate", false };
	const char *p = text, *end;
	bool estimate = false;
	size_t n;

	if (*p == '\0')
		return none;
	/* A cell formatted as money by mistake holds a number all the same. */
	if (str_starts(text, "£") || text[0] == '$')
		p = text += text[0] == '$' ? 1 : strlen("£");
	if (people_unfilled(text))
		return (struct people){ -1, "unfilled", false };
	if (number_loose(text, &got.number))
		return got.number > 100000000 ? (struct people){ -1, "estimate", false }
		                              : (struct people){ got.number, "exact", true };
	got.number = -1;
	while ((n = estimate_word(p)) > 0) {
		estimate = true;
		p += n;
	}
	if (!read_count(p, &end, &got.number)) {
		got.number = -1;
		return got;
	}
	if (*end == '.' && isdigit((unsigned char)end[1])) {
		got.number = -1; /* half a person is no count */
		return got;
	}
	/* A date is no number of people. */
	if ((*end == '/' && isdigit((unsigned char)end[1])) || day_orders(p) != 0)
		got.number = -1;
	if (!estimate && only_marks(end))
		got.certainty = "exact";
	return got;
}

/* ---------- dates ---------- */

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
