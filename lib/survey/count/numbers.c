/* SPDX-License-Identifier: MIT */
/* Scales of numbers, "Rate it from 1 to 5": how far they go and which end is good. */
#include "survey/parts.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCALE_TOP = 10 };

/* "(1 = strongly disagree, 5 = strongly agree)" in the heading says which end is good. */
static int direction_of(struct survey *s, const char *heading, int top)
{
	const char *key = text_key(s->arena, heading);
	char high[8], low[8] = "1 ";

	snprintf(high, sizeof high, "%d ", top);
	for (size_t i = 0; i < s->scales; i++) {
		const struct scale *scale = &s->scale[i];
		for (size_t k = 0; scale->toned && k < scale->answer[0].patterns; k++) {
			const char *p = scale->answer[0].pattern[k];
			if (strpbrk(p, "~/"))
				continue;
			const char *up = arena_printf(s->arena, "%s%s", high, p);
			const char *down = arena_printf(s->arena, "%s%s", low, p);
			if (str_has_word(key, up))
				return 1;
			if (str_has_word(key, down))
				return -1;
		}
	}
	static const char *const best[] = { "best", "highest", "high", "very high", "good" };
	for (size_t i = 0; i < COUNT(best); i++) {
		if (str_has_word(key, arena_printf(s->arena, "%s%s", high, best[i])))
			return 1;
		if (str_has_word(key, arena_printf(s->arena, "%s%s", low, best[i])))
			return -1;
	}
	return 0;
}

bool numbers_are_counted(struct survey *s, const struct question *q)
{
	const char *key = text_key(s->arena, q->text);
	static const char *const word[] = { "how many", "number", "age", "years", "hours", "days",
		"weeks", "months", "cost", "amount", "staff", "employees", "people", "children",
		"percentage", "per cent", "year", "postcode", "miles", "times", "count", "total" };

	for (size_t i = 0; i < COUNT(word); i++)
		if (str_has_word(key, word[i]))
			return true;
	return false;
}

/* ---------- how far a scale goes ---------- */

/* Any that many would have given, had the scale gone on: nobody's top is then no chance. */
enum { ANSWERS_TELL = 20 };

/* A number that the heading gives a meaning: "1 = poor", "1: poor", "1 (poor)", "1 is poor". */
static bool is_named(const char *p)
{
	size_t blanks = strspn(p, " \t");

	p += blanks;
	if (str_starts(p, "is ") || str_starts(p, "being ") || str_starts(p, "means "))
		return blanks > 0;
	size_t mark = str_starts(p, "–") ? strlen("–") : strchr("=:-(", *p) && *p ? 1 : 0;
	if (mark == 0)
		return false;
	p += mark;
	p += strspn(p, " \t\"'");
	return *p && !isdigit((unsigned char)*p);
}

static bool is_range(const char *key, int low, int high)
{
	char run[16], to[16];

	snprintf(run, sizeof run, "%d %d", low, high);
	snprintf(to, sizeof to, "%d to %d", low, high);
	return str_has_word(key, run) || str_has_word(key, to);
}

/* "(1-4)", "from 1 to 4", "out of 4", "1 = poor, 4 = good": the ends of the scale, where the heading has them. */
static bool ends_of(struct survey *s, const char *heading, int *bottom, int *top)
{
	const char *key = text_key(s->arena, heading);
	char out_of[24];
	long least = LONG_MAX, most = -1;

	for (*top = SCALE_TOP; *top >= 3; --*top) {
		snprintf(out_of, sizeof out_of, "out of %d", *top);
		*bottom = is_range(key, 0, *top) || is_range(key, *top, 0) ? 0 : 1;
		if (*bottom == 0 || is_range(key, 1, *top) || is_range(key, *top, 1) ||
		        str_has_word(key, out_of))
			return true;
	}
	for (const char *p = heading; *p;) {
		if (!isdigit((unsigned char)*p) || (p > heading && isalnum((unsigned char)p[-1]))) {
			p++;
			continue;
		}
		char *end;
		long n = strtol(p, &end, 10);
		bool bracketed = p > heading && p[-1] == '(' && *end == ')'; /* "poor (1)" */
		if (bracketed || is_named(end)) {
			least = n < least ? n : least;
			most = n > most ? n : most;
		}
		p = end;
	}
	*bottom = (int)least;
	*top = (int)most;
	return least >= 0 && least <= 1 && most >= 3 && most <= SCALE_TOP;
}

/* Where nothing says how far it goes: 1 to 5, 1 to 7, 1 to 10 or 0 to 10; but what many answered and nobody
 * above, 1 to 4, 1 to 6. */
static int usual_top(int bottom, int most, int64_t answers)
{
	if (bottom == 0)
		return SCALE_TOP;
	if (answers >= ANSWERS_TELL && most <= 6)
		return most;
	return most <= 5 ? 5 : most <= 7 ? 7 : SCALE_TOP;
}

/* Whole numbers and nothing else among the answers, as a scale has them; false if it is no such. */
static bool numeric_ends(struct survey *s, struct question *q, int *bottom, int *top)
{
	double least = INFINITY, most = -INFINITY, x;
	int64_t answers = 0;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		if (!split_number(q->option[i].text, &x) || x != floor(x) ||
		        strspn(q->option[i].text, "0123456789") != strlen(q->option[i].text))
			return false;
		answers += q->option[i].count;
		least = fmin(least, x);
		most = fmax(most, x);
	}
	bool asked = q->book && q->book->has_kind && q->book->kind == QUESTION_SCALE;
	if (answers == 0 || least < 0 || most > SCALE_TOP)
		return false;
	q->ended = ends_of(s, q->text, bottom, top) && *bottom <= least && *top >= most;
	if (!asked && ((most < 3 && !q->ended) || numbers_are_counted(s, q)))
		return false;
	q->most = (int)most;
	if (q->ended)
		return true;
	*bottom = least < 1 ? 0 : 1;
	if (*bottom == 0 && most <= 7 && !asked)
		return false;
	*top = usual_top(*bottom, (int)most, answers);
	return true;
}

static void use_numbers(struct survey *s, struct question *q, int bottom, int top)
{
	size_t n = (size_t)(top - bottom + 1), asides = 0;
	size_t *at = arena_alloc(s->arena, (q->options + 1) * sizeof *at);
	struct option *fresh = arena_alloc(s->arena, (n + q->options + 1) * sizeof *fresh);
	int direction = q->book && q->book->directed ? (q->book->reversed ? -1 : 1)
	                                             : direction_of(s, q->text, top);
	double middle = (top + bottom) / 2.0;

	for (size_t i = 0; i < n; i++) {
		int value = direction < 0 ? bottom + (int)i : top - (int)i;
		double d = (value - middle) * direction;
		fresh[i] = (struct option){ .text = arena_printf(s->arena, "%d", value),
			.tone = direction == 0 ? TONE_NONE
			        : d > 0        ? TONE_POSITIVE
			        : d < 0        ? TONE_NEGATIVE
			                       : TONE_NEUTRAL,
			.value = value,
			.has_value = true };
	}
	for (size_t i = 0; i < q->options; i++) {
		double x;
		if (q->option[i].tone == TONE_ASIDE || !split_number(q->option[i].text, &x)) {
			at[i] = n + asides++;
			fresh[at[i]] =
			        (struct option){ .text = q->option[i].text, .tone = TONE_ASIDE };
		} else {
			at[i] = (size_t)(direction < 0 ? (int)x - bottom : top - (int)x);
		}
	}
	options_replace(s, q, at, fresh, n + asides);
	q->bottom = bottom;
	q->top = top;
	q->kind = QUESTION_SCALE;
	q->ordered = true;
	q->toned = direction != 0;
	q->undirected = direction == 0;
}

bool numbers_scale(struct survey *s, struct question *q)
{
	int bottom, top;

	if (!numeric_ends(s, q, &bottom, &top))
		return false;
	use_numbers(s, q, bottom, top);
	return true;
}

/* What another question shows of the scale that both are likely to be on counts for this one too. */
void numbers_share(struct survey *s)
{
	for (size_t i = 0; i < s->questions; i++) {
		struct question *q = &s->question[i];
		int top = q->top, usual = top <= 5 ? 5 : top <= 7 ? 7 : SCALE_TOP;

		for (size_t k = 0; q->top > 0 && !q->ended && k < s->questions; k++) {
			const struct question *o = &s->question[k];
			int shown = o->ended ? o->top : o->most;
			if (o->top > 0 && o->bottom == q->bottom && shown > top && shown <= usual)
				top = shown;
		}
		if (top > q->top)
			use_numbers(s, q, q->bottom, top);
	}
}
