/* SPDX-License-Identifier: MIT */
/* Options that have an order of their own: ages, amounts, numbers of times, how often. */
#include "survey/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 3 };

/* "18-29" is 18, 29; "> 60" is 60 and beyond; "Under 5 ft." is before 5. */
struct key {
	double v[NUMBERS];
	size_t n;
	int beyond;
};

static int compare(const struct key *a, const struct key *b)
{
	for (size_t i = 0; i < a->n || i < b->n; i++) {
		if (i >= a->n)
			return a->beyond ? a->beyond : -1;
		if (i >= b->n)
			return b->beyond ? -b->beyond : 1;
		if (a->v[i] != b->v[i])
			return a->v[i] < b->v[i] ? -1 : 1;
	}
	return a->beyond - b->beyond;
}

static bool has_any(const char *key, const char *const *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_has_word(key, word[i]))
			return true;
	return false;
}

static const char *const below[] = { "under", "less than", "fewer than", "below", "up to",
	"younger", "or less", "or fewer", "or under", "or below", "at most", "or younger",
	"before" };
static const char *const above[] = { "over", "more than", "above", "or more", "and over",
	"and above", "or over", "or above", "at least", "plus", "older", "and up", "or older",
	"after", "upwards" };
static const char *const nothing[] = { "none", "never", "not", "no", "nothing", "zero", "nil",
	"don t", "do not" };

/* ---------- numbers ---------- */

/* Digits with their commas and point; *p moves behind them. */
static double take_number(const char **p)
{
	char plain[32];
	size_t n = 0;

	for (; (isdigit((unsigned char)**p) ||
	               (strchr(",.", **p) && **p && isdigit((unsigned char)(*p)[1]))) &&
	        n < sizeof plain - 1;
	        (*p)++)
		if (**p != ',')
			plain[n++] = **p;
	plain[n] = '\0';
	double x = 0;
	number_parse_real(plain, &x, NULL);
	if (**p == 'k' || **p == 'K')
		x *= 1000;
	else if ((**p == 'm' && !isalpha((unsigned char)(*p)[1])) || str_starts(*p, " million"))
		x *= 1000000;
	return x;
}

static double word_number(const char *key)
{
	static const struct {
		const char *word;
		double value;
	} t[] = { { "once", 1 }, { "twice", 2 }, { "thrice", 3 }, { "one", 1 }, { "two", 2 },
		{ "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
		{ "eight", 8 }, { "nine", 9 }, { "ten", 10 } };

	for (size_t i = 0; i < COUNT(t); i++)
		if (str_has_word(key, t[i].word))
			return t[i].value;
	/* "Less than a year" */
	return str_has_word(key, "a year") || str_has_word(key, "a month") ||
	                       str_has_word(key, "a week") || str_has_word(key, "a day") ||
	                       str_has_word(key, "an hour")
	               ? 1
	               : -1;
}

static double unit_of(const char *key)
{
	static const struct {
		const char *word;
		double days;
	} t[] = { { "minute", 1 / 1440.0 }, { "minutes", 1 / 1440.0 }, { "hour", 1 / 24.0 },
		{ "hours", 1 / 24.0 }, { "day", 1 }, { "days", 1 }, { "week", 7 }, { "weeks", 7 },
		{ "month", 365 / 12.0 }, { "months", 365 / 12.0 }, { "year", 365 },
		{ "years", 365 } };

	for (size_t i = 0; i < COUNT(t); i++)
		if (str_has_word(key, t[i].word))
			return t[i].days;
	return 1;
}

static bool number_key(const char *text, const char *key, struct key *out)
{
	*out = (struct key){ 0 };
	for (const char *p = text; *p && out->n < NUMBERS;) {
		if (isdigit((unsigned char)*p))
			out->v[out->n++] = take_number(&p);
		else
			p++;
	}
	if (out->n == 0) {
		double x = word_number(key);
		if (x < 0 && !has_any(key, nothing, COUNT(nothing)))
			return false;
		out->v[out->n++] = x < 0 ? 0 : x;
		out->beyond = x < 0 ? -1 : 0;
	}
	double unit = unit_of(key);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] *= unit;
	const char *sign = text + strspn(text, " ");
	if (*sign == '<' || has_any(key, below, COUNT(below)))
		out->beyond = -1;
	else if (*sign == '>' || strchr(text, '+') || has_any(key, above, COUNT(above)))
		out->beyond = 1;
	return true;
}

/* ---------- how often ---------- */

/* Times a year; false when the words do not say. */
static bool rate_key(const char *key, struct key *out)
{
	static const struct {
		const char *word;
		double times;
	} t[] = { { "hourly", 8760 }, { "daily", 365 }, { "every day", 365 }, { "weekly", 52 },
		{ "fortnightly", 26 }, { "monthly", 12 }, { "quarterly", 4 }, { "termly", 3 },
		{ "yearly", 1 }, { "annually", 1 } },
	  unit[] = { { "hour", 8760 }, { "day", 365 }, { "weekday", 260 }, { "week", 52 },
		  { "fortnight", 26 }, { "month", 12 }, { "quarter", 4 }, { "term", 3 },
		  { "year", 1 } };
	double times = 1;

	*out = (struct key){ .n = 1 };
	if (str_has_word(key, "never") || str_equal(key, "not at all"))
		return true;
	if (str_has_word(key, "less often") || str_has_word(key, "less frequently")) {
		out->v[0] = 0.01;
		return true;
	}
	for (size_t i = 0; i < COUNT(t) && out->v[0] == 0; i++)
		if (str_has_word(key, t[i].word))
			out->v[0] = t[i].times;
	for (size_t i = 0; i < COUNT(unit) && out->v[0] == 0; i++)
		if (str_has_word(key, unit[i].word))
			out->v[0] = unit[i].times;
	if (out->v[0] == 0)
		return false;
	const char *digit = strpbrk(key, "0123456789");
	if (str_has_word(key, "once or twice") || str_has_word(key, "one or two"))
		times = 1.5;
	else if (str_has_word(key, "few") || str_has_word(key, "several"))
		times = 3;
	else if (digit)
		times = take_number(&digit);
	else if (word_number(key) > 0)
		times = word_number(key);
	if (str_has_word(key, "every other") || str_has_word(key, "every two"))
		times = 0.5;
	out->v[0] *= times;
	if (has_any(key, below, COUNT(below)))
		out->v[0] *= 0.8;
	else if (has_any(key, above, COUNT(above)))
		out->v[0] *= 1.2;
	return true;
}

static bool is_rate(const char *key)
{
	struct key k;

	return rate_key(key, &k) && k.v[0] > 0;
}

bool order_natural(
        struct survey *s, const char *const *option, size_t n, size_t *order, bool *rates)
{
	struct key *key = arena_alloc(s->arena, (n + 1) * sizeof *key);
	size_t often = 0, numbers = 0, live = 0;

	for (size_t i = 0; i < n; i++) {
		if (scale_is_aside(s, option[i]))
			continue;
		const char *words = text_key(s->arena, option[i]);
		live++;
		often += rate_key(words, &key[i]);
		numbers += strpbrk(option[i], "0123456789") != NULL || word_number(words) > 0;
	}
	if (live < 2)
		return false;
	*rates = often == live;
	size_t told = 0;
	for (size_t i = 0; *rates && i < n; i++)
		told += is_rate(text_key(s->arena, option[i]));
	*rates = *rates && told + 1 >= live && told >= 2;
	if (!*rates && numbers + 1 < live)
		return false;
	for (size_t i = 0; i < n && !*rates; i++)
		if (!scale_is_aside(s, option[i]) &&
		        !number_key(option[i], text_key(s->arena, option[i]), &key[i]))
			return false;
	for (size_t i = 0; i < n; i++) {
		order[i] = 0;
		for (size_t k = 0; k < n; k++) {
			int c = k == i ? 0 : compare(&key[k], &key[i]);
			if (k != i && c == 0 && !scale_is_aside(s, option[i]) &&
			        !scale_is_aside(s, option[k]))
				return false; /* two that say the same: no order to trust */
			order[i] += *rates ? c > 0 : c < 0;
		}
	}
	return true;
}
