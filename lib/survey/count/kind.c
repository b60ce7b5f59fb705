/* SPDX-License-Identifier: MIT */
/* What a question asks for, told by its answers. */
#include "survey/head.h"

#include <math.h>
#include <stdio.h>
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
	options_replace(s, q, at, fresh, scale->n + asides);
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
	options_replace(s, q, at, fresh, n);
	for (size_t i = 0; i < n; i++)
		text[i] = q->option[i].text;
	if (scale_match_one(s, scale, text, n, &m))
		use_scale(s, q, &m);
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
	const struct survey_column *c = &s->column[q->column];
	size_t good = 0, live = 0;
	double x;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		live++;
		good += days ? split_day(c, q->option[i].text, &x)
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
	options_sort(s, q, natural ? order : NULL);
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
	if (numbers_scale(s, q))
		return QUESTION_SCALE;
	if (all_are(s, q, true, 95))
		return QUESTION_DATE;
	if (guess_scale(s, q))
		return q->kind;
	if (all_are(s, q, false, numbers_are_counted(s, q) ? 60 : 80))
		return QUESTION_NUMBER;
	if (begins_yes_no(s, q))
		return QUESTION_YES_NO;
	return is_choice(q) ? QUESTION_SINGLE : QUESTION_TEXT;
}

/* ---------- by the codebook ---------- */

/* Which of the numbers of a codebook are good, where its 'direction' says it and no tone does. */
static void tone_numbers(const struct book_question *b, struct option *option, size_t n)
{
	double least = INFINITY, most = -INFINITY;

	for (size_t i = 0; i < n; i++) {
		if (option[i].tone == TONE_ASIDE)
			continue;
		least = fmin(least, option[i].value);
		most = fmax(most, option[i].value);
	}
	for (size_t i = 0; i < n; i++) {
		double d = (option[i].value - (least + most) / 2) * (b->reversed ? -1 : 1);
		if (option[i].tone != TONE_ASIDE)
			option[i].tone = d > 0   ? TONE_POSITIVE
			                 : d < 0 ? TONE_NEGATIVE
			                         : TONE_NEUTRAL;
	}
}

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
	if (q->kind == QUESTION_SCALE && numbers && b->directed && !q->toned) {
		tone_numbers(b, fresh, n);
		q->toned = true;
	}
	for (size_t i = 0; i < n; i++)
		fresh[i].has_value = q->kind == QUESTION_SCALE && (q->toned || numbers) &&
		                     fresh[i].tone != TONE_ASIDE;
	for (size_t i = 0; i < q->options; i++) {
		const char *want = option_plain(s->arena, q->option[i].text);
		at[i] = NONE;
		for (size_t k = 0; k < n; k++)
			if (str_equal(option_plain(s->arena, b->option[k].text), want))
				at[i] = k;
		if (at[i] != NONE)
			continue;
		at[i] = n + extra++;
		fresh[at[i]] = q->option[i];
		fresh[at[i]].count = 0;
		fresh[at[i]].tone = scale_is_aside(s, q->option[i].text) ? TONE_ASIDE : TONE_NONE;
		if (fresh[at[i]].tone != TONE_ASIDE && q->kind != QUESTION_MULTIPLE)
			survey_note(s, "%s: %s is none of the codebook's options (%lld answer%s)",
			        q->ref, quote(q->option[i].text), (long long)q->option[i].count,
			        q->option[i].count == 1 ? "" : "s");
	}
	options_replace(s, q, at, fresh, n + extra);
	q->ordered = q->kind == QUESTION_SCALE;
}

static void settle_book_kind(struct survey *s, struct question *q)
{
	const struct book_question *b = q->book;
	const struct scale *scale = scale_get(s, b->scale);

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
	} else if (q->kind == QUESTION_SCALE && numbers_scale(s, q)) {
		q->kind = QUESTION_SCALE;
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
		options_gather(s, q);
}

void kind_settle(struct survey *s, struct question *q)
{
	struct survey_column *c = &s->column[q->column];
	bool told = q->book && q->book->has_kind;

	q->kind = QUESTION_TEXT; /* until something better is found */
	if (c->mode == MODE_WHOLE)
		c->order = split_order(&c->dict);
	options_gather(s, q);
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
