/* SPDX-License-Identifier: MIT */
/* Beside an earlier wave: what was said then, how far it moved, and whether that was tested. */
#include "survey/parts.h"

#include <math.h>
#include <string.h>

static const char *key_of(struct survey *s, const char *text)
{
	return str_empty(text) ? NULL : text_key(s->arena, text);
}

static double real_of(const char *text)
{
	double x = -1;

	return !str_empty(text) && split_number(text, &x) ? x : -1;
}

static void note_missing(struct survey *s);

void survey_compare(struct survey *s, const char *name, const struct survey_row *row, size_t n)
{
	s->earlier_name = arena_strdup(s->arena, name);
	s->earlier = arena_alloc(s->arena, (n + 1) * sizeof *s->earlier);
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		double count = real_of(r->count), base = real_of(r->base);
		double effective = real_of(r->base_effective), percent = real_of(r->percent);
		struct earlier *e = &s->earlier[s->earliers];
		bool weighted = effective > 0;
		if (percent < 0 && (count < 0 || base <= 0))
			continue;
		*e = (struct earlier){ .question = key_of(s, r->question),
			.by = key_of(s, r->break_by),
			.value = key_of(s, r->break_value),
			.answer = key_of(s, r->answer),
			.text = r->answer ? option_plain(s->arena, r->answer) : NULL,
			.base = weighted   ? effective
			        : base > 0 ? base
			                   : 0,
			/* Counts are exact, percents rounded; a weighted percent is no share of counts. */
			.share = !weighted && count >= 0 && base > 0 ? count / base
			                                             : percent / 100 };
		if (e->question && e->answer)
			s->earliers++;
	}
	note_missing(s);
}

/* ---------- finding ---------- */

/* "pace-2015/Q7" or a wording: what the earlier wave calls the question. */
static bool is_question(struct survey *s, const struct question *q, const struct earlier *e)
{
	const char *same_as = q->book ? q->book->same_as : NULL;

	if (same_as) {
		const char *slash = strrchr(same_as, '/');
		if (str_equal(e->question, text_key(s->arena, slash ? slash + 1 : same_as)) ||
		        str_equal(e->question, text_key(s->arena, same_as)))
			return true;
	}
	return str_equal(e->question, text_key(s->arena, q->text));
}

/* The answer as it is worded; else the only one that differs from it in marks alone, and that is no other
 * answer of this question: "< 10" is not "> 10". */
static const struct earlier *find(
        struct survey *s, const struct question *q, size_t k, size_t g, const char *answer)
{
	const struct view *v = &s->view[k];
	const char *want = key_of(s, answer), *by = key_of(s, v->by);
	const char *value = key_of(s, v->group[g].text), *text = option_plain(s->arena, answer);
	const struct earlier *alike = NULL;
	bool several = false;

	for (size_t i = 0; i < s->earliers; i++) {
		const struct earlier *e = &s->earlier[i];
		if (!str_equal(e->answer, want) || !str_equal(e->by, by) ||
		        !str_equal(e->value, value) || !is_question(s, q, e))
			continue;
		if (str_equal(e->text, text))
			return e;
		several = several || (alike && !str_equal(alike->text, e->text)) ||
		          option_find(s, q, e->text) != NONE;
		alike = e;
	}
	return several ? NULL : alike;
}

/* The questions of this wave that the earlier one does not have. */
static void note_missing(struct survey *s)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < s->questions; i++) {
		const struct question *q = &s->question[i];
		bool there = !q->tallied || q->options == 0;
		for (size_t k = 0; k < s->earliers && !there; k++)
			there = is_question(s, q, &s->earlier[k]);
		if (!there)
			buf_addf(&b, "%s%s", b.n ? ", " : "", q->ref);
	}
	if (b.n)
		survey_note(s,
		        "not found in %s: %s; name the earlier question in a codebook (same_as)",
		        s->earlier_name, buf_text(&b));
	buf_free(&b);
}

/* ---------- saying ---------- */

static void add_points(struct buf *b, double share, bool sign)
{
	int64_t t = stats_tenths_of(share), a = t < 0 ? -t : t;

	buf_addf(b, "%s%lld.%lld",
	        t < 0           ? "-"
	        : sign && t > 0 ? "+"
	                        : "",
	        (long long)(a / 10), (long long)(a % 10));
}

static void add_test(struct buf *b, const struct stats_difference *d, bool bases)
{
	if (!bases) {
		buf_adds(b, "; no base then, so not tested");
		return;
	}
	buf_adds(b, " (95 % ");
	add_points(b, d->interval.low, true);
	buf_adds(b, " to ");
	add_points(b, d->interval.high, true);
	buf_addc(b, ')');
	if (!d->tested)
		buf_adds(b, "; too few to test");
	else if (d->p < 0.05)
		buf_addf(b, "; significant, p %s%.3f", d->p < 0.001 ? "<" : "",
		        d->p < 0.001 ? 0.001 : d->p);
	else
		buf_addf(b, "; not significant, p %.2f", d->p);
}

const char *compare_figure(struct survey *s, const struct question *q, size_t k, size_t g,
        const char *answer, const struct printed *p)
{
	const struct earlier *e;
	struct buf b = { 0 };

	if (!s->earlier_name || p->share < 0 || !answer || !(e = find(s, q, k, g, answer)))
		return NULL;
	struct stats_difference d = stats_difference(e->share, e->base, p->share, p->base_n);
	int64_t moved = stats_tenths_of(d.difference);
	buf_addf(&b, "%s: ", s->earlier_name);
	add_points(&b, e->share, false);
	buf_adds(&b, " %, now ");
	if (moved == 0) {
		buf_adds(&b, "the same");
	} else {
		buf_addf(&b, "%s by ", moved > 0 ? "higher" : "lower");
		add_points(&b, fabs(d.difference), false);
		buf_adds(&b, " points");
	}
	add_test(&b, &d, e->base > 0 && p->base_n > 0);
	if (q->book && q->book->changed)
		buf_addf(&b, "; changed: %s", q->book->changed);
	const char *text = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

/* ---------- tallies as files ---------- */

static const char *const names[] = { "question", "break_by", "break_value", "answer", "count",
	"base", "percent", "base_effective" };

static size_t name_at(const struct row *row, const char *name)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcasecmp(row->cell[i].p, name) == 0)
			return i;
	return NONE;
}

static bool is_tally_row(const struct row *row)
{
	return name_at(row, "question") != NONE && name_at(row, "answer") != NONE &&
	       (name_at(row, "percent") != NONE || name_at(row, "count") != NONE);
}

bool survey_is_tally(struct input *in, bool *tally, struct fault *fault)
{
	struct row row;
	enum step step = rows_next(in, &row, fault);

	*tally = step == STEP_ROW && is_tally_row(&row);
	return step != STEP_FAILED;
}

bool survey_read_tally(
        struct input *in, struct arena *a, struct survey_row **out, size_t *n, struct fault *fault)
{
	struct survey_row *list = NULL;
	size_t cap = 0, at[COUNT(names)];
	struct row row;
	enum step step = rows_next(in, &row, fault);

	*n = 0;
	for (size_t k = 0; step == STEP_ROW && k < COUNT(names); k++)
		at[k] = name_at(&row, names[k]);
	while (step == STEP_ROW && (step = rows_next(in, &row, fault)) == STEP_ROW) {
		const char *v[COUNT(names)];
		for (size_t k = 0; k < COUNT(names); k++)
			v[k] = at[k] != NONE && at[k] < row.n
			               ? arena_strdup(a, str_trim(row.cell[at[k]].p))
			               : NULL;
		list = mem_grow(list, &cap, *n + 1, sizeof *list);
		list[(*n)++] = (struct survey_row){ .question = v[0],
			.break_by = v[1],
			.break_value = v[2],
			.answer = v[3],
			.count = v[4],
			.base = v[5],
			.percent = v[6],
			.base_effective = v[7] };
	}
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	if (*n)
		memcpy(*out, list, *n * sizeof **out);
	mem_free(list);
	if (step == STEP_FAILED)
		fault_place(fault, input_name(in), 0, NULL);
	return step != STEP_FAILED;
}
