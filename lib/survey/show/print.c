/* SPDX-License-Identifier: MIT */
/* Figures as they may be printed: percents, intervals, means; or that they are hidden. */
#include "survey/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char second_symbol[] = "*";

static enum stats_mark mark_of(const struct survey *s, const size_t *cells, size_t at)
{
	if (s->cells.cells == 0 || !cells)
		return STATS_SHOWN;
	return s->nothing_shown ? STATS_SECOND : s->cells.cell[cells[at]].mark;
}

/* The symbol of the policy with the threshold for its N. */
static const char *small_symbol(struct survey *s)
{
	const char *symbol = s->ask.symbol ? s->ask.symbol : "<N", *n = strchr(symbol, 'N');

	if (!n)
		return symbol;
	return arena_printf(
	        s->arena, "%.*s%lld%s", (int)(n - symbol), symbol, (long long)s->threshold, n + 1);
}

static const char *count_text(struct survey *s, int64_t n, enum stats_mark mark)
{
	if (mark == STATS_SHOWN)
		return arena_printf(s->arena, "%lld", (long long)n);
	return mark == STATS_SMALL ? small_symbol(s) : second_symbol;
}

static const char *tenths_text(struct survey *s, int64_t tenths)
{
	int64_t t = tenths < 0 ? -tenths : tenths;

	return arena_printf(s->arena, "%s%lld.%lld", tenths < 0 ? "-" : "", (long long)(t / 10),
	        (long long)(t % 10));
}

static bool one_answer(const struct question *q)
{
	return q->kind == QUESTION_SCALE || q->kind == QUESTION_SINGLE ||
	       q->kind == QUESTION_YES_NO;
}

bool print_has(const struct question *q, enum tone tone)
{
	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].tone == tone)
			return true;
	return false;
}

/* ---------- one figure ---------- */

/* The count and mark of an option, or of all options of a tone: hidden as soon as one of them is. */
static struct figure pick(const struct survey *s, const struct question *q, size_t k, size_t g,
        long option, enum stats_mark *mark)
{
	static const enum tone tone_at[] = { TONE_NONE, TONE_POSITIVE, TONE_NEUTRAL,
		TONE_NEGATIVE };
	const struct grid *grid = &q->grid[k];
	size_t n = s->view[k].groups;
	struct figure sum = { 0 };

	*mark = STATS_SHOWN;
	if (option >= 0) {
		*mark = mark_of(s, grid->option_cell, (size_t)option * n + g);
		return grid->option[(size_t)option * n + g];
	}
	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone != tone_at[-option])
			continue;
		figure_join(&sum, grid->option[i * n + g]);
		if (mark_of(s, grid->option_cell, i * n + g) != STATS_SHOWN)
			*mark = STATS_SECOND;
	}
	return sum;
}

static void print_share(struct survey *s, struct printed *p, struct figure f, struct figure base)
{
	if (base.n == 0 || !(base.w > 0))
		return;
	p->base_n = s->weighted ? stats_effective_base(base.w, base.w2) : (double)base.n;
	p->share = s->weighted ? f.w / base.w : (double)f.n / (double)base.n;
	struct stats_interval w = stats_wilson(p->share, p->base_n);
	p->percent =
	        tenths_text(s, s->weighted ? stats_tenths_of(p->share) : stats_tenths(f.n, base.n));
	p->low = tenths_text(s, stats_tenths_of(w.low));
	p->high = tenths_text(s, stats_tenths_of(w.high));
}

static void print_weights(struct survey *s, struct printed *p, struct figure base)
{
	if (!s->weighted)
		return;
	p->weighted = arena_printf(s->arena, "%.12g", base.w);
	p->effective = arena_printf(s->arena, "%.12g", stats_effective_base(base.w, base.w2));
}

bool print_hides_all(const struct survey *s)
{
	return s->threshold > 1 && s->counts.used < s->threshold;
}

/* How many answered at all, of everybody in the group. */
static struct printed print_answered(
        struct survey *s, const struct question *q, size_t k, size_t g, bool answered)
{
	const struct grid *grid = &q->grid[k];
	struct printed p = { .share = -1, .n = -1 };
	enum stats_mark mark =
	        answered ? mark_of(s, grid->base_cell, g) : mark_of(s, grid->none_cell, g);
	struct figure f = answered ? grid->base[g] : grid->none[g];
	const struct figure *all = &s->view[k].everyone[g];

	p.count = count_text(s, f.n, mark);
	p.hidden = mark != STATS_SHOWN;
	p.second = mark == STATS_SECOND;
	/* The size of a group is its own question's to show. */
	if (!answered || p.hidden || (s->threshold > 1 && k > 0) || print_hides_all(s))
		return p;
	p.base = arena_printf(s->arena, "%lld", (long long)all->n);
	p.n = all->n;
	print_share(s, &p, f, *all);
	print_weights(s, &p, *all);
	return p;
}

struct printed print_figure(
        struct survey *s, const struct question *q, size_t k, size_t g, long option)
{
	const struct grid *grid = &q->grid[k];
	struct printed p = { .share = -1, .n = -1 };
	enum stats_mark mark, base_mark = mark_of(s, grid->base_cell, g);

	if (option == ANSWERED || option == UNANSWERED)
		return print_answered(s, q, k, g, option == ANSWERED);
	struct figure f = pick(s, q, k, g, option, &mark);
	p.count = count_text(s, f.n, mark);
	p.hidden = mark != STATS_SHOWN;
	p.second = mark == STATS_SECOND;
	if (option >= 0 && q->option[option].tone == TONE_ASIDE && one_answer(q))
		return p; /* aside: no share of the base */
	p.base = count_text(s, grid->base[g].n, base_mark);
	if (base_mark == STATS_SHOWN) {
		p.n = grid->base[g].n;
		print_weights(s, &p, grid->base[g]);
		if (!p.hidden)
			print_share(s, &p, f, grid->base[g]);
	}
	return p;
}

bool print_is_unanimous(struct survey *s, const struct question *q, size_t k, size_t g, long option)
{
	struct printed p = print_figure(s, q, k, g, option);

	return one_answer(q) && !p.hidden && p.n > 1 &&
	       q->grid[k].option[(size_t)option * s->view[k].groups + g].n == p.n;
}

/* ---------- the middle ---------- */

/* Counts (weights) of the options on the scale, in their order; false when one is hidden. */
static bool on_scale(
        struct survey *s, const struct question *q, size_t k, size_t g, double *count, size_t *n)
{
	size_t groups = s->view[k].groups;

	*n = 0;
	if (mark_of(s, q->grid[k].base_cell, g) != STATS_SHOWN)
		return false;
	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		if (mark_of(s, q->grid[k].option_cell, i * groups + g) != STATS_SHOWN)
			return false;
		const struct figure *f = &q->grid[k].option[i * groups + g];
		count[(*n)++] = s->weighted ? f->w : (double)f->n;
	}
	return *n > 0;
}

static const char *real_text(struct survey *s, double x)
{
	return arena_printf(s->arena, "%.2f", x);
}

const char *print_number(struct survey *s, double x, bool day)
{
	char text[16];

	if (day)
		return arena_strdup(s->arena, day_format((day_t)x, text));
	if (x == floor(x) && fabs(x) < 1e15)
		return arena_printf(s->arena, "%.0f", x);
	return real_text(s, x);
}

/* The mean of numbers and dates, once they are at least as many as may be shown. */
static const char *mean_of_numbers(struct survey *s, const struct question *q, size_t k, size_t g)
{
	const struct sums *sums = &q->grid[k].sums[g];

	if (sums->n == 0 || mark_of(s, q->grid[k].base_cell, g) != STATS_SHOWN || !(sums->w > 0))
		return NULL;
	return q->kind == QUESTION_DATE ? print_number(s, round(sums->mean), true)
	                                : real_text(s, sums->mean);
}

const char *print_mean(struct survey *s, const struct question *q, size_t k, size_t g)
{
	double *count = arena_alloc(s->arena, (q->options + 1) * sizeof *count);
	double sum = 0, all = 0;
	size_t n, at = 0, first = NONE, last = 0;

	if (q->kind == QUESTION_NUMBER || q->kind == QUESTION_DATE)
		return mean_of_numbers(s, q, k, g);
	if (q->kind != QUESTION_SCALE || !on_scale(s, q, k, g, count, &n))
		return NULL;
	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		if (!q->option[i].has_value)
			return NULL;
		if (first == NONE)
			first = i;
		last = i;
		all += count[at];
		sum += count[at++] * q->option[i].value;
	}
	if (!(all > 0))
		return NULL;
	const struct option *a = &q->option[first], *b = &q->option[last];
	double x;
	if (split_number(a->text, &x))
		return arena_printf(s->arena, "%.2f on %s to %s", sum / all, b->text, a->text);
	return arena_printf(s->arena, "%.2f on %.0f %s to %.0f %s", sum / all, a->value, a->text,
	        b->value, b->text);
}

const char *print_median(struct survey *s, const struct question *q, size_t k, size_t g)
{
	double *count = arena_alloc(s->arena, (q->options + 1) * sizeof *count);
	size_t n, lower, upper, live = 0;
	const char *low = NULL, *high = NULL;

	if (q->kind != QUESTION_SCALE || !on_scale(s, q, k, g, count, &n) ||
	        !stats_median(count, n, &lower, &upper))
		return NULL;
	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE)
			continue;
		live++;
		if (live == lower)
			low = q->option[i].text;
		if (live == upper)
			high = q->option[i].text;
	}
	return lower == upper ? low : arena_printf(s->arena, "between %s and %s", low, high);
}

const char *print_balance(struct survey *s, const struct question *q, size_t k, size_t g)
{
	struct printed p = print_figure(s, q, k, g, POSITIVE);
	struct printed n = print_figure(s, q, k, g, NEGATIVE);

	if (p.share < 0 || n.share < 0)
		return NULL;
	return tenths_text(s, stats_tenths_of(p.share - n.share));
}

/* ---------- the policy ---------- */

static bool any_hidden(const struct survey *s)
{
	for (size_t i = 0; i < s->cells.cells; i++)
		if (s->cells.cell[i].mark != STATS_SHOWN)
			return true;
	return s->nothing_shown;
}

const char *print_policy(struct survey *s)
{
	if (s->threshold < 2 || !any_hidden(s))
		return NULL;
	return arena_printf(s->arena,
	        "%s: fewer than %lld%s, not shown; *: not shown, so that no hidden count can be "
	        "worked "
	        "out",
	        small_symbol(s), (long long)s->threshold,
	        s->ask.hide_zero ? ", or none" : " (0 is shown)");
}

bool may_quote(const struct survey *s, const struct question *q)
{
	return !s->ask.public && q->kind == QUESTION_TEXT &&
	       q->grid[0].base[0].n >= (s->threshold > 1 ? s->threshold : 0);
}
