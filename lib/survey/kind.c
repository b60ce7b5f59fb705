/* SPDX-License-Identifier: MIT */
/* What a question asks for, told by its answers; which answers are the same, and their order. */
#include "survey/head.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { [QUESTION_SCALE] = "scale",
	[QUESTION_SINGLE] = "single",
	[QUESTION_MULTIPLE] = "multiple",
	[QUESTION_YES_NO] = "yes-no",
	[QUESTION_NUMBER] = "number",
	[QUESTION_DATE] = "date",
	[QUESTION_TEXT] = "text" };

const char *kind_name(enum question_kind kind)
{
	return kinds[kind];
}

bool kind_parse(const char *text, enum question_kind *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcasecmp(text, kinds[i]) == 0) {
			*out = (enum question_kind)i;
			return true;
		}
	return false;
}

int64_t entry_count(const struct survey *s, const struct entry *e)
{
	const struct vec *v = &e->by[first_axis(s)];
	int64_t n = 0;

	for (uint32_t g = 0; g < v->cap; g++)
		n += v->n[g];
	return n;
}

/* ---------- options from answers ---------- */

/* Answers are the same when they differ in case, blanks or a full stop at the end. Other marks may
 * be what a question is about (a comma before "and"). */
static const char *plain(struct arena *a, const char *text)
{
	char *folded = text_fold(a, text), *to = folded;
	bool gap = false;

	for (const char *p = folded; *p; p++) {
		if (isspace((unsigned char)*p) || str_starts(p, "\xc2\xa0")) {
			gap = true;
			p += str_starts(p, "\xc2\xa0");
			continue;
		}
		if (gap && to > folded)
			*to++ = ' ';
		gap = false;
		*to++ = *p;
	}
	while (to > folded && to[-1] == '.')
		to--;
	*to = '\0';
	return folded;
}

size_t option_find(const struct survey *s, const struct question *q, const char *text)
{
	const char *want = plain(s->arena, text);

	for (size_t i = 0; i < q->options; i++)
		if (str_equal(plain(s->arena, q->option[i].text), want))
			return i;
	return NONE;
}

static size_t option_add(struct question *q, const char *text, enum tone tone)
{
	q->option = mem_grow(q->option, &q->option_cap, q->options + 1, sizeof *q->option);
	q->option[q->options] = (struct option){ .text = text, .tone = tone };
	return q->options++;
}

static const char *recoded(const struct book_question *b, struct arena *a, const char *text)
{
	for (size_t i = 0; b && i < b->recodes; i++)
		if (str_equal(plain(a, b->recode[2 * i]), plain(a, text)))
			return b->recode[2 * i + 1];
	for (size_t i = 0; b && i < b->options; i++)
		for (size_t k = 0; k < b->option[i].nalso; k++)
			if (str_equal(plain(a, b->option[i].also[k]), plain(a, text)))
				return b->option[i].text;
	return text;
}

struct spelling {
	const char *plain;
	size_t at; /* entry */
};

static int by_plain(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	int c = strcmp(x->plain, y->plain);

	return c ? c : (x->at > y->at) - (x->at < y->at);
}

/* What people write behind "other" may be a way to reach them. */
static const char *without_contact(struct survey *s, const char *text)
{
	size_t digits = 0;

	for (const char *p = text; *p; p++)
		digits += isdigit((unsigned char)*p) != 0;
	return strchr(text, '@') || (digits >= 9 && strspn(text, "0123456789.,") != strlen(text))
	               ? quote_masked(s, text)
	               : text;
}

/* One option for every different answer; the commonest spelling is the one shown. */
static void gather(struct survey *s, struct question *q)
{
	const struct dict *d = &s->column[q->column].dict;
	struct spelling *sp = arena_alloc(s->arena, (d->n + 1) * sizeof *sp);

	q->entries = d->n;
	q->map = arena_alloc(s->arena, (d->n + 1) * sizeof *q->map);
	for (size_t i = 0; i < d->n; i++) {
		const char *text = recoded(q->book, s->arena, d->entry[i].text);
		sp[i] = (struct spelling){ plain(s->arena, text), i };
	}
	qsort(sp, d->n, sizeof *sp, by_plain);
	for (size_t i = 0; i < d->n;) {
		size_t n = 0, best = i;
		int64_t count = 0, most = -1;
		for (; i + n < d->n && str_equal(sp[i].plain, sp[i + n].plain); n++) {
			int64_t here = entry_count(s, &d->entry[sp[i + n].at]);
			count += here;
			if (here > most) {
				most = here;
				best = i + n;
			}
		}
		const char *text = recoded(q->book, s->arena, d->entry[sp[best].at].text);
		size_t o = option_add(q, without_contact(s, text), TONE_NONE);
		q->option[o].count = count;
		if (scale_is_aside(s, text) && !(q->book && q->book->options))
			q->option[o].tone = TONE_ASIDE;
		for (size_t k = i; k < i + n; k++)
			q->map[sp[k].at] = o;
		i += n;
	}
}

/* Puts the options in a new order: at[i] is the new place of option i, of `n` places. */
static void replace_options(
        struct survey *s, struct question *q, const size_t *at, struct option *fresh, size_t n)
{
	for (size_t i = 0; i < q->options; i++)
		fresh[at[i]].count += q->option[i].count;
	for (size_t e = 0; q->map && e < q->entries; e++)
		if (q->map[e] != NONE)
			q->map[e] = at[q->map[e]];
	(void)s;
	mem_free(q->option);
	q->option = NULL;
	q->options = q->option_cap = 0;
	q->option = mem_grow(NULL, &q->option_cap, n + 1, sizeof *q->option);
	memcpy(q->option, fresh, n * sizeof *fresh);
	q->options = n;
}

struct rank {
	size_t option;
	int class; /* asides behind, "other" before them */
	size_t order;
	int64_t count;
	const char *text;
};

static int by_rank(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->class != y->class)
		return x->class - y->class;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* In their natural order, or else the commonest first. */
static void sort_options(struct survey *s, struct question *q, const size_t *order)
{
	size_t n = q->options;
	struct rank *r = arena_alloc(s->arena, (n + 1) * sizeof *r);
	size_t *at = arena_alloc(s->arena, (n + 1) * sizeof *at);
	struct option *fresh = arena_alloc(s->arena, (n + 1) * sizeof *fresh);

	for (size_t i = 0; i < n; i++) {
		const struct option *o = &q->option[i];
		const char *key = text_key(s->arena, o->text);
		int other = str_starts(key, "other") || str_starts(key, "none of");
		r[i] = (struct rank){ i, o->tone == TONE_ASIDE ? 2 : other && !order,
			order ? order[i] : 0, o->count, o->text };
	}
	qsort(r, n, sizeof *r, by_rank);
	for (size_t i = 0; i < n; i++) {
		at[r[i].option] = i;
		fresh[i] = q->option[r[i].option];
		fresh[i].count = 0;
	}
	replace_options(s, q, at, fresh, n);
}

/* ---------- scales ---------- */

/* All answers of the scale in its order, as they were worded here; what is aside behind them. */
static void use_scale(struct survey *s, struct question *q, const struct scale_match *m)
{
	const struct scale *scale = m->scale;
	size_t n = q->options, asides = 0;
	size_t *at = arena_alloc(s->arena, (n + 1) * sizeof *at);
	struct option *fresh = arena_alloc(s->arena, (n + scale->n + 1) * sizeof *fresh);
	int64_t *most = arena_alloc(s->arena, (scale->n + 1) * sizeof *most);

	bool toned = scale_tone(scale, 0, m->words) == TONE_POSITIVE;
	for (size_t i = 0; i < scale->n; i++)
		fresh[i] = (struct option){ .text = scale_text(s, scale, i, m->words),
			.tone = scale_tone(scale, i, m->words),
			.value = (double)(scale->n - i),
			.has_value = toned };
	for (size_t i = 0; i < n; i++) {
		if (m->place[i] == NONE) {
			at[i] = scale->n + asides++;
			fresh[at[i]] =
			        (struct option){ .text = q->option[i].text, .tone = TONE_ASIDE };
			continue;
		}
		at[i] = m->place[i];
		if (q->option[i].count > most[at[i]]) {
			most[at[i]] = q->option[i].count;
			fresh[at[i]].text = q->option[i].text;
		}
	}
	replace_options(s, q, at, fresh, scale->n + asides);
	q->scale = scale->ref;
	q->toned = toned;
	q->ordered = true;
	q->kind = str_equal(scale->ref, "yes-no") ? QUESTION_YES_NO : QUESTION_SCALE;
	if (q->kind == QUESTION_YES_NO)
		q->ordered = false;
}

void scale_apply(struct survey *s, struct question *q, const struct scale *scale)
{
	const char **text = arena_alloc(s->arena, (q->options + 1) * sizeof *text);
	size_t *at = arena_alloc(s->arena, (q->options + 1) * sizeof *at), n = 0;
	struct option *fresh = arena_alloc(s->arena, (q->options + 1) * sizeof *fresh);
	struct scale_match m;

	/* Answers that nobody gave were only filled in from the scale before. */
	for (size_t i = 0; i < q->options; i++) {
		at[i] = n;
		fresh[n] = q->option[i];
		fresh[n].count = 0;
		n += q->option[i].count > 0;
	}
	replace_options(s, q, at, fresh, n);
	for (size_t i = 0; i < n; i++)
		text[i] = q->option[i].text;
	if (scale_match_one(s, scale, text, n, &m))
		use_scale(s, q, &m);
}

static bool has_word(const char *key, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = key; (p = strstr(p, word)); p++)
		if ((p == key || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

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
			if (has_word(key, up))
				return 1;
			if (has_word(key, down))
				return -1;
		}
	}
	static const char *const best[] = { "best", "highest", "high", "very high" };
	for (size_t i = 0; i < COUNT(best); i++) {
		if (has_word(key, arena_printf(s->arena, "%s%s", high, best[i])))
			return 1;
		if (has_word(key, arena_printf(s->arena, "%s%s", low, best[i])))
			return -1;
	}
	return 0;
}

static bool counts_things(const char *key)
{
	static const char *const word[] = { "how many", "number", "age", "years", "hours", "days",
		"weeks", "months", "cost", "amount", "staff", "employees", "people", "children",
		"percentage", "per cent", "year", "postcode", "miles", "times", "count", "total" };

	for (size_t i = 0; i < COUNT(word); i++)
		if (has_word(key, word[i]))
			return true;
	return false;
}

/* 1 to 5, 1 to 7, 1 to 10 or 0 to 10, with nothing else among the answers; 0 if it is no such. */
static int numeric_top(struct survey *s, const struct question *q, int *bottom)
{
	double least = INFINITY, most = -INFINITY, x;
	size_t live = 0;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		if (!split_number(q->option[i].text, &x) || x != floor(x) ||
		        strspn(q->option[i].text, "0123456789") != strlen(q->option[i].text))
			return 0;
		live++;
		least = fmin(least, x);
		most = fmax(most, x);
	}
	bool asked = q->book && q->book->has_kind && q->book->kind == QUESTION_SCALE;
	if (live == 0 || least < 0 || most > 10 || (!asked && most < 3) ||
	        (!asked && counts_things(text_key(s->arena, q->text))))
		return 0;
	*bottom = least < 1 ? 0 : 1;
	if (*bottom == 0)
		return most > 7 || asked ? 10 : 0;
	return most <= 5 ? 5 : most <= 7 ? 7 : 10;
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
	replace_options(s, q, at, fresh, n + asides);
	q->kind = QUESTION_SCALE;
	q->ordered = true;
	q->toned = direction != 0;
	q->undirected = direction == 0;
}

/* ---------- telling the kind ---------- */

static size_t live_options(const struct question *q, const char **text)
{
	size_t n = 0;

	for (size_t i = 0; i < q->options; i++) {
		text[i] = q->option[i].text;
		n += q->option[i].tone != TONE_ASIDE;
	}
	return n;
}

static bool all_are(struct survey *s, const struct question *q, bool days, int percent)
{
	size_t good = 0, live = 0;
	double x;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		live++;
		good += days ? split_day(s, q->option[i].text, &x)
		             : split_number(q->option[i].text, &x);
	}
	return live > 0 && good * 100 >= live * (size_t)percent;
}

/* "Yes, they should …" and "No, they …". */
static bool begins_yes_no(struct survey *s, struct question *q)
{
	size_t yes = 0, no = 0, live = 0;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		const char *key = text_key(s->arena, q->option[i].text);
		live++;
		yes += str_equal(key, "yes") || str_starts(key, "yes ");
		no += str_equal(key, "no") || str_starts(key, "no ");
	}
	return live == 2 && yes == 1 && no == 1;
}

static int64_t answers_of(const struct question *q, size_t *bytes)
{
	int64_t n = 0;

	*bytes = 0;
	for (size_t i = 0; i < q->options; i++) {
		n += q->option[i].count;
		*bytes += strlen(q->option[i].text);
	}
	return n;
}

/* Few different answers, each given again and again. */
static bool is_choice(const struct question *q)
{
	size_t bytes;
	int64_t n = answers_of(q, &bytes);
	size_t d = q->options;

	if (d == 0 || d > OPTIONS_MOST || bytes / d > 150)
		return false;
	if (d > 3 + (size_t)n / 4 || (size_t)n == d)
		return false;
	/* Two sentences that happen to be alike are no options. */
	return (size_t)n >= 2 * d ? !(bytes / d > 60 && (size_t)n < d * 3) : bytes / d <= 25;
}

static bool guess_scale(struct survey *s, struct question *q)
{
	const char **text = arena_alloc(s->arena, (q->options + 1) * sizeof *text);
	struct scale_match m;

	if (live_options(q, text) == 0 || q->options > 16 || !scale_find(s, text, q->options, &m))
		return false;
	use_scale(s, q, &m);
	return true;
}

static void settle_order(struct survey *s, struct question *q)
{
	const char **text = arena_alloc(s->arena, (q->options + 1) * sizeof *text);
	size_t *order = arena_alloc(s->arena, (q->options + 1) * sizeof *order);
	bool rates = false;

	live_options(q, text);
	bool natural = order_natural(s, text, q->options, order, &rates);
	if (natural && rates && !(q->book && q->book->has_kind))
		q->kind = QUESTION_SCALE;
	q->ordered = natural;
	sort_options(s, q, natural ? order : NULL);
}

/* Typeform writes yes and no as 1 and 0. */
static void word_flags(struct question *q)
{
	for (size_t i = 0; i < q->options; i++)
		if (!str_equal(q->option[i].text, "0") && !str_equal(q->option[i].text, "1"))
			return;
	for (size_t i = 0; i < q->options; i++)
		q->option[i].text = q->option[i].text[0] == '1' ? "Yes" : "No";
}

static enum question_kind guess(struct survey *s, struct question *q)
{
	struct survey_column *c = &s->column[q->column];
	int bottom, top;

	if (c->mode == MODE_NUMBER || c->mode == MODE_DATE)
		return c->mode == MODE_NUMBER ? QUESTION_NUMBER : QUESTION_DATE;
	if (c->mode != MODE_WHOLE)
		return c->mode == MODE_SPLIT ? QUESTION_MULTIPLE : QUESTION_TEXT;
	if (!c->separator)
		c->separator = split_separator(s, &c->dict);
	if (c->separator) {
		split_whole(s, c);
		return QUESTION_MULTIPLE;
	}
	if (s->tool == TOOL_TYPEFORM)
		word_flags(q);
	if ((top = numeric_top(s, q, &bottom))) {
		use_numbers(s, q, bottom, top);
		return QUESTION_SCALE;
	}
	if (all_are(s, q, true, 95))
		return QUESTION_DATE;
	if (guess_scale(s, q))
		return q->kind;
	if (all_are(s, q, false, counts_things(text_key(s->arena, q->text)) ? 60 : 80))
		return QUESTION_NUMBER;
	if (begins_yes_no(s, q))
		return QUESTION_YES_NO;
	return is_choice(q) ? QUESTION_SINGLE : QUESTION_TEXT;
}

/* ---------- by the codebook ---------- */

/* The codebook's options in its order; answers that are none of them come behind. */
static void use_book(struct survey *s, struct question *q)
{
	const struct book_question *b = q->book;
	size_t extra = 0, n = b->options;
	size_t *at = arena_alloc(s->arena, (q->options + 1) * sizeof *at);
	struct option *fresh = arena_alloc(s->arena, (q->options + n + 1) * sizeof *fresh);

	size_t live = 0;
	for (size_t i = 0; i < n; i++)
		live += b->option[i].tone != TONE_ASIDE;
	for (size_t i = 0, k = 0; i < n; i++) {
		fresh[i] = (struct option){ .text = b->option[i].text, .tone = b->option[i].tone };
		if (fresh[i].tone != TONE_ASIDE && q->kind == QUESTION_SCALE) {
			fresh[i].value = (double)(live - k++);
			double number;
			if (split_number(fresh[i].text, &number))
				fresh[i].value = number;
		}
		q->toned = q->toned || fresh[i].tone == TONE_POSITIVE ||
		           fresh[i].tone == TONE_NEGATIVE;
	}
	bool numbers = true;
	double x;
	for (size_t i = 0; i < n; i++)
		numbers =
		        numbers && (fresh[i].tone == TONE_ASIDE || split_number(fresh[i].text, &x));
	for (size_t i = 0; i < n; i++)
		fresh[i].has_value = q->kind == QUESTION_SCALE && (q->toned || numbers) &&
		                     fresh[i].tone != TONE_ASIDE;
	for (size_t i = 0; i < q->options; i++) {
		const char *want = plain(s->arena, q->option[i].text);
		at[i] = NONE;
		for (size_t k = 0; k < n; k++)
			if (str_equal(plain(s->arena, b->option[k].text), want))
				at[i] = k;
		if (at[i] != NONE)
			continue;
		at[i] = n + extra++;
		fresh[at[i]] = q->option[i];
		fresh[at[i]].count = 0;
		fresh[at[i]].tone = scale_is_aside(s, q->option[i].text) ? TONE_ASIDE : TONE_NONE;
		if (fresh[at[i]].tone != TONE_ASIDE && q->kind != QUESTION_MULTIPLE)
			survey_note(s, "%s: %s is none of the codebook's options (%lld answers)",
			        q->ref, quote(q->option[i].text), (long long)q->option[i].count);
	}
	replace_options(s, q, at, fresh, n + extra);
	q->ordered = q->kind == QUESTION_SCALE;
}

static void settle_book_kind(struct survey *s, struct question *q)
{
	const struct book_question *b = q->book;
	const struct scale *scale = scale_get(s, b->scale);
	int bottom = 1, top;

	q->kind = b->kind;
	q->scale = b->scale;
	if (b->options) {
		use_book(s, q);
	} else if (q->kind == QUESTION_SCALE && scale) {
		const char **text = arena_alloc(s->arena, (q->options + 1) * sizeof *text);
		struct scale_match m;
		live_options(q, text);
		if (scale_match_one(s, scale, text, q->options, &m))
			use_scale(s, q, &m);
		else
			settle_order(s, q);
	} else if (q->kind == QUESTION_SCALE && (top = numeric_top(s, q, &bottom))) {
		use_numbers(s, q, bottom, top);
	} else if (q->kind == QUESTION_SCALE || q->kind == QUESTION_YES_NO) {
		if (!guess_scale(s, q))
			settle_order(s, q);
		q->kind = b->kind;
	} else if (q->kind == QUESTION_SINGLE || q->kind == QUESTION_MULTIPLE) {
		settle_order(s, q);
	}
}

static void become(struct survey *s, struct question *q, enum mode mode)
{
	struct survey_column *c = &s->column[q->column];

	if (c->mode == MODE_WHOLE)
		column_become(s, c, mode);
	mem_free(q->option);
	q->option = NULL;
	q->options = q->option_cap = 0;
	if (mode == MODE_SPLIT)
		gather(s, q);
}

void kind_settle(struct survey *s, struct question *q)
{
	struct survey_column *c = &s->column[q->column];
	bool told = q->book && q->book->has_kind;

	q->kind = QUESTION_TEXT; /* until something better is found */
	gather(s, q);
	if (told && q->book->kind == QUESTION_MULTIPLE && !c->separator)
		c->separator = split_separator(s, &c->dict) ? split_separator(s, &c->dict) : ";";
	enum question_kind kind = told ? q->book->kind : guess(s, q);
	if (kind == QUESTION_MULTIPLE)
		become(s, q, MODE_SPLIT);
	else if (kind == QUESTION_TEXT)
		become(s, q, MODE_TEXT);
	if (told) {
		settle_book_kind(s, q);
		return;
	}
	bool settled = q->kind == QUESTION_SCALE || q->kind == QUESTION_YES_NO;
	q->kind = kind;
	if (!settled && kind != QUESTION_TEXT && kind != QUESTION_NUMBER && kind != QUESTION_DATE)
		settle_order(s, q);
	if (kind == QUESTION_YES_NO && !q->scale)
		q->scale = "yes-no";
}
