/* SPDX-License-Identifier: MIT */
/* The tally as rows: one an answer. */
#include "survey/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rows {
	struct survey *s;
	struct survey_row *row;
	size_t n, cap;
};

static struct survey_row *add(struct rows *r)
{
	r->row = mem_grow(r->row, &r->cap, r->n + 1, sizeof *r->row);
	r->row[r->n] = (struct survey_row){ 0 };
	return &r->row[r->n++];
}

static struct survey_row *add_in(
        struct rows *r, const struct question *q, size_t k, size_t g, const char *answer)
{
	struct survey_row *row = add(r);
	const struct view *v = &r->s->view[k];

	row->question = q->text;
	row->break_by = v->by;
	row->break_value = v->group[g].text;
	row->answer = answer;
	return row;
}

static const char *join(struct survey *s, const char *a, const char *b)
{
	if (!a || !b)
		return a ? a : b;
	return arena_printf(s->arena, "%s; %s", a, b);
}

static void fill(struct rows *r, struct survey_row *row, const struct printed *p)
{
	struct survey *s = r->s;

	row->count = p->count;
	row->base = p->base;
	row->percent = p->percent;
	row->low = p->low;
	row->high = p->high;
	row->base_weighted = p->weighted;
	row->base_effective = p->effective;
	if (p->n >= 0 && p->n < s->ask.min_base && p->percent)
		row->note = join(s, row->note,
		        arena_printf(s->arena, "base under %lld", (long long)s->ask.min_base));
	if (p->hidden && !p->second)
		row->note = join(s, row->note,
		        arena_printf(s->arena, "fewer than %lld", (long long)s->threshold));
	else if (p->hidden)
		row->note = join(s, row->note, "hidden so that no small count can be worked out");
}

static void add_figure(struct rows *r, const struct question *q, size_t k, size_t g, long option,
        const char *answer, const char *note)
{
	struct printed p = print_figure(r->s, q, k, g, option);
	struct survey_row *row = add_in(r, q, k, g, answer);

	row->note = note;
	fill(r, row, &p);
	row->note = join(r->s, row->note, compare_figure(r->s, q, k, g, answer, &p));
}

static void add_note(struct rows *r, const struct question *q, size_t k, size_t g,
        const char *answer, const char *note)
{
	struct printed p = print_figure(r->s, q, k, g, POSITIVE);
	struct survey_row *row;

	/* A row that everybody has stands in every group, so that tables have no gaps. */
	if (!note && k == 0)
		return;
	row = add_in(r, q, k, g, answer);
	row->base = p.base;
	row->base_weighted = p.weighted;
	row->base_effective = p.effective;
	row->note = note;
}

static void add_scale(struct rows *r, const struct question *q, size_t k, size_t g)
{
	struct survey *s = r->s;

	if (q->toned) {
		add_figure(r, q, k, g, POSITIVE, "positive", NULL);
		if (print_has(q, TONE_NEUTRAL))
			add_figure(r, q, k, g, NEUTRAL, "neutral", NULL);
		add_figure(r, q, k, g, NEGATIVE, "negative", NULL);
		struct printed p = print_figure(s, q, k, g, POSITIVE);
		struct survey_row *row = add_in(r, q, k, g, "balance");
		row->base = p.base;
		row->base_weighted = p.weighted;
		row->base_effective = p.effective;
		row->percent = print_balance(s, q, k, g);
		row->note = "positive less negative, in points";
	}
	if (print_mean(s, q, 0, 0) || print_mean(s, q, k, g))
		add_note(r, q, k, g, "mean", print_mean(s, q, k, g));
	if (print_median(s, q, 0, 0) || print_median(s, q, k, g))
		add_note(r, q, k, g, "median", print_median(s, q, k, g));
}

static void add_options(struct rows *r, const struct question *q, size_t k, size_t g)
{
	struct survey *s = r->s;
	bool multiple = q->kind == QUESTION_MULTIPLE;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE && !multiple)
			continue;
		const char *note = print_is_unanimous(s, q, k, g, (long)i) ? "unanimous" : NULL;
		add_figure(r, q, k, g, (long)i, q->option[i].text, note);
	}
	if (q->kind == QUESTION_SCALE)
		add_scale(r, q, k, g);
	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].tone == TONE_ASIDE && !multiple)
			add_figure(
			        r, q, k, g, (long)i, q->option[i].text, "aside: not in the base");
}

/* ---------- numbers and dates ---------- */

struct weighed {
	double x, w;
};

static int by_x(const void *a, const void *b)
{
	const struct weighed *p = a, *q = b;

	return (p->x > q->x) - (p->x < q->x);
}

/* The middle of what was kept one by one; NULL where there was too much to keep. */
static const char *median_of(struct rows *r, const struct question *q, size_t k, size_t g)
{
	struct survey *s = r->s;
	const struct survey_column *c = &s->column[q->column];
	const struct group *group = &s->view[k].group[g];
	struct weighed *v = arena_alloc(s->arena, (c->dict.n + 1) * sizeof *v);
	size_t n = 0;
	double all = 0, below = 0;

	if (c->mode != MODE_WHOLE || !print_mean(s, q, k, g))
		return NULL;
	for (uint32_t e = 0; e < c->dict.n; e++) {
		struct figure f = { 0 };
		double x;
		if (q->kind == QUESTION_DATE ? !split_day(c, c->dict.entry[e].text, &x)
		                             : !split_number(c->dict.entry[e].text, &x))
			continue;
		const struct vec *by = &c->dict.entry[e].by[k == 0 ? first_axis(s) : k];
		for (size_t i = 0; k == 0 ? i < by->cap : i < group->raws; i++)
			figure_join(&f, vec_at(by, k == 0 ? (uint32_t)i : group->raw[i]));
		if (f.n) {
			v[n++] = (struct weighed){ x, s->weighted ? f.w : (double)f.n };
			all += v[n - 1].w;
		}
	}
	qsort(v, n, sizeof *v, by_x);
	for (size_t i = 0; i < n; i++) {
		below += v[i].w;
		if (below > all / 2 + all * 1e-12)
			return print_number(s, v[i].x, q->kind == QUESTION_DATE);
		if (below >= all / 2 - all * 1e-12 && i + 1 < n)
			return print_number(s, (v[i].x + v[i + 1].x) / 2, q->kind == QUESTION_DATE);
	}
	return NULL;
}

static void add_numbers(struct rows *r, const struct question *q, size_t k, size_t g)
{
	struct survey *s = r->s;
	bool day = q->kind == QUESTION_DATE;
	const struct sums *sums = &q->grid[k].sums[g];
	const char *mean = print_mean(s, q, k, g);

	add_figure(r, q, k, g, ANSWERED, "answered", NULL);
	if (!day)
		add_note(r, q, k, g, "mean", mean);
	if (median_of(r, q, 0, 0))
		add_note(r, q, k, g, "median", median_of(r, q, k, g));
	/* The ends are one person's answer each. */
	if (s->threshold < 2) {
		add_note(r, q, k, g, day ? "earliest" : "lowest",
		        mean ? print_number(s, sums->min, day) : NULL);
		add_note(r, q, k, g, day ? "latest" : "highest",
		        mean ? print_number(s, sums->max, day) : NULL);
	}
	if (k == 0 && q->grid[0].odd[0].n && s->threshold < 2) {
		struct survey_row *row = add_in(r, q, k, g, day ? "no date" : "no number");
		row->count = arena_printf(s->arena, "%lld", (long long)q->grid[0].odd[0].n);
		row->note = "not in the base";
	}
}

/* ---------- text ---------- */

static void add_quotes(
        struct rows *r, const struct question *q, const struct quotes *quotes, const char *note)
{
	for (size_t i = 0; i < quotes->n; i++) {
		struct survey_row *row = add_in(r, q, 0, 0, quotes->text[i]);
		row->note = note;
	}
}

static void add_text(struct rows *r, const struct question *q, size_t k, size_t g)
{
	struct survey *s = r->s;
	const struct survey_column *c = &s->column[q->column];
	bool quote = k == 0 && may_quote(s, q);

	add_figure(r, q, k, g, ANSWERED, "answered", NULL);
	for (size_t i = 0; i < q->options; i++) {
		const char *tone = tone_name(q->option[i].tone);
		add_figure(r, q, k, g, (long)i, q->option[i].text,
		        *tone ? arena_printf(s->arena, "theme, %s", tone) : "theme");
		struct printed p = print_figure(s, q, k, g, (long)i);
		if (quote && !p.hidden && c->book && i < c->book->themes)
			add_quotes(r, q, &c->theme_quotes[i],
			        arena_printf(s->arena, "quotation: %s", q->option[i].text));
	}
	if (quote && q->options == 0)
		add_quotes(r, q, &c->quotes, "quotation");
}

static void add_question(struct rows *r, const struct question *q, size_t k, size_t g)
{
	switch (q->kind) {
	case QUESTION_NUMBER:
	case QUESTION_DATE:
		add_numbers(r, q, k, g);
		break;
	case QUESTION_TEXT:
		add_text(r, q, k, g);
		break;
	default:
		add_options(r, q, k, g);
	}
	if (k == 0 && q->grid[0].none[0].n)
		add_figure(r, q, k, g, UNANSWERED, "no answer", "not in the base");
}

/* ---------- the response figures ---------- */

static void add_response(struct rows *r, const char *what, int64_t n, int64_t of)
{
	struct survey *s = r->s;
	struct survey_row *row;

	if (n < 0)
		return;
	row = add(r);
	row->question = "responses";
	row->answer = what;
	row->count = arena_printf(s->arena, "%lld", (long long)n);
	if (of > 0) {
		int64_t t = stats_tenths(n, of);
		row->base = arena_printf(s->arena, "%lld", (long long)of);
		row->percent = arena_printf(
		        s->arena, "%lld.%lld", (long long)(t / 10), (long long)(t % 10));
	}
}

static void add_responses(struct rows *r)
{
	struct survey *s = r->s;

	if (s->received < 0 || print_hides_all(s))
		return;
	add_response(r, "invited", s->invited, 0);
	add_response(r, "received", s->received, s->invited);
	add_response(r, "declined", s->declined, s->invited);
	if (s->declined > 0)
		r->row[r->n - 1].note = survey_refusals(s);
	add_response(r, "used", s->counts.used, s->invited);
}

bool survey_rows(struct survey *s, struct survey_row **row, size_t *n, struct fault *fault)
{
	struct rows r = { .s = s };

	(void)fault;
	add_responses(&r);
	for (size_t i = 0; i < s->questions; i++)
		for (size_t k = 0; k < s->axes && s->question[i].tallied; k++)
			for (size_t g = 0; g < s->view[k].groups; g++)
				if (!view_is_of(&s->view[k], s, &s->question[i]))
					add_question(&r, &s->question[i], k, g);
	*n = r.n;
	*row = arena_alloc(s->arena, (r.n + 1) * sizeof **row);
	memcpy(*row, r.row ? r.row : *row, r.n * sizeof **row);
	mem_free(r.row);
	return true;
}

bool survey_write(struct survey *s, struct writer *w, struct fault *fault)
{
	static const struct out_column columns[] = {
		{ "question", VALUE_TEXT, true },
		{ "break_by", VALUE_TEXT, true },
		{ "break_value", VALUE_TEXT, true },
		{ "answer", VALUE_TEXT, true },
		{ "count", VALUE_NUMBER, true },
		{ "base", VALUE_NUMBER, true },
		{ "percent", VALUE_NUMBER, true },
		{ "low", VALUE_NUMBER, true },
		{ "high", VALUE_NUMBER, true },
		{ "base_weighted", VALUE_NUMBER, true },
		{ "base_effective", VALUE_NUMBER, true },
		{ "note", VALUE_TEXT, true },
	};
	struct out_column use[COUNT(columns)];
	struct survey_row *row;
	size_t n, k = 0;

	for (size_t i = 0; i < COUNT(columns); i++)
		if (s->weighted || !str_starts(columns[i].name, "base_"))
			use[k++] = columns[i];
	if (!survey_rows(s, &row, &n, fault))
		return false;
	writer_columns(w, use, k);
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		const char *cells[] = { r->question, r->break_by, r->break_value, r->answer,
			r->count, r->base, r->percent, r->low, r->high, r->note, NULL, NULL };
		if (s->weighted) {
			cells[9] = r->base_weighted;
			cells[10] = r->base_effective;
			cells[11] = r->note;
		}
		writer_cells(w, cells);
	}
	return true;
}
