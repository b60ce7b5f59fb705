/* SPDX-License-Identifier: MIT */
/*
 * Hiding small counts: all counts that a run prints are laid out with the sums between them, across
 * questions and breaks, and stats decides over the whole.
 *
 * The sums are those that a reader knows of. In every group answers add up to the base; base,
 * answers kept aside and blanks add up to the group; over the groups of a break each of them adds up
 * to what everybody said. A crossing adds up to the break of either of its questions where that is in
 * the run. Two tables of the same two questions have the same cells. Where answers may be several to a
 * person, or groups overlap, there are limits in place of sums: what is over them is one more cell,
 * which nobody sees.
 */
#include "survey/head.h"

#include <string.h>

enum {
	PLAIN = STATS_PRINTED | STATS_SENSITIVE,
	TOTAL = PLAIN | STATS_TOTAL,
	GRAND = PLAIN | STATS_GRAND
};

struct layout {
	struct survey *s;
	struct stats_cells *c;
	size_t **size; /* [axis][group]: people in it */
};

static size_t hidden_cell(struct layout *l, int64_t value)
{
	return stats_cell(l->c, value, 0);
}

/* total >= part, by so many. */
static void at_most(struct layout *l, size_t part, size_t total)
{
	const struct stats_cells *c = l->c;
	size_t rest = hidden_cell(l, c->cell[total].value - c->cell[part].value);

	stats_sum(l->c, total, (size_t[]){ part, rest }, 2);
}

static bool has_options(const struct question *q)
{
	return q->kind != QUESTION_NUMBER && q->kind != QUESTION_DATE;
}

static bool one_answer(const struct question *q)
{
	return has_options(q) && q->kind != QUESTION_MULTIPLE && q->kind != QUESTION_TEXT;
}

/* ---------- one column of a table: a question in a group ---------- */

static void lay_column(struct layout *l, struct question *q, size_t k, size_t g)
{
	struct survey *s = l->s;
	struct grid *grid = &q->grid[k];
	size_t n = s->view[k].groups, parts = 0;
	size_t *part = arena_alloc(s->arena, (q->options + 3) * sizeof *part);

	grid->base_cell[g] = stats_cell(l->c, grid->base[g].n, k == 0 ? GRAND : TOTAL);
	for (size_t i = 0; i < q->options; i++) {
		size_t cell = stats_cell(l->c, grid->option[i * n + g].n, k == 0 ? TOTAL : PLAIN);
		grid->option_cell[i * n + g] = cell;
		if (q->option[i].tone != TONE_ASIDE || !one_answer(q))
			part[parts++] = cell;
	}
	if (one_answer(q)) {
		stats_sum(l->c, grid->base_cell[g], part, parts);
	} else if (parts) {
		for (size_t i = 0; i < parts; i++)
			at_most(l, part[i], grid->base_cell[g]);
		if (q->kind == QUESTION_MULTIPLE) {
			int64_t sum = 0;
			for (size_t i = 0; i < parts; i++)
				sum += l->c->cell[part[i]].value;
			/* At least one each: what is over is in no table. */
			if (sum >= grid->base[g].n) {
				size_t ticks = hidden_cell(l, sum);
				stats_sum(l->c, ticks, part, parts);
				at_most(l, grid->base_cell[g], ticks);
			}
		}
	}
	parts = 0;
	part[parts++] = grid->base_cell[g];
	for (size_t i = 0; i < q->options; i++)
		if (one_answer(q) && q->option[i].tone == TONE_ASIDE)
			part[parts++] = grid->option_cell[i * n + g];
	int64_t none = grid->none[g].n + grid->odd[g].n;
	/* For everybody it is a row of its own, left out where it is 0: then a reader knows that. */
	unsigned known = none ? STATS_PRINTED | STATS_TOTAL : STATS_PRINTED | STATS_FIXED;
	grid->none_cell[g] = stats_cell(l->c, none, k == 0 ? known : 0);
	part[parts++] = grid->none_cell[g];
	stats_sum(l->c, l->size[k][g], part, parts);
}

/* ---------- over the groups ---------- */

/* Over the groups of a break, a row adds up to what everybody said. */
static void over_groups(struct layout *l, size_t k, size_t total, const size_t *cell)
{
	const struct view *v = &l->s->view[k];

	if (!v->overlap) {
		stats_sum(l->c, total, cell, v->groups);
		return;
	}
	int64_t sum = 0;
	for (size_t g = 0; g < v->groups; g++) {
		at_most(l, cell[g], total);
		sum += l->c->cell[cell[g]].value;
	}
	size_t times = hidden_cell(l, sum);
	stats_sum(l->c, times, cell, v->groups);
	if (sum >= l->c->cell[total].value)
		at_most(l, total, times);
}

static void lay_rows(struct layout *l, struct question *q, size_t k)
{
	struct grid *grid = &q->grid[k], *all = &q->grid[0];

	for (size_t i = 0; i < q->options; i++)
		over_groups(
		        l, k, all->option_cell[i], grid->option_cell + i * l->s->view[k].groups);
	over_groups(l, k, all->base_cell[0], grid->base_cell);
	over_groups(l, k, all->none_cell[0], grid->none_cell);
}

/* Two cells that are the same count. */
static void same(struct layout *l, size_t a, size_t b)
{
	if (a != b && l->c->cell[a].value == l->c->cell[b].value)
		stats_sum(l->c, a, &b, 1);
}

/* Question q by break m and question r by break k, where k stands on q and m on r, are one table
 * turned round: what q says in group h of m, r says in group g of k. Blanks are groups too. */
static size_t cell_in(
        const struct survey *s, struct question *q, const char *answer, size_t m, size_t h)
{
	size_t n = s->view[m].groups;

	if (str_equal(answer, figures_unstated))
		return q->grid[m].none_cell[h];
	for (size_t i = 0; i < q->options; i++)
		if (str_equal(q->option[i].text, answer))
			return q->grid[m].option_cell[i * n + h];
	return NONE;
}

static void tie_turned(struct layout *l, size_t k, struct question *q, size_t m, struct question *r)
{
	struct survey *s = l->s;
	const struct view *v = &s->view[k], *w = &s->view[m];

	for (size_t g = 0; g < v->groups; g++)
		for (size_t h = 0; h < w->groups; h++) {
			size_t a = cell_in(s, q, v->group[g].text, m, h);
			size_t b = cell_in(s, r, w->group[h].text, k, g);
			if (a != NONE && b != NONE)
				same(l, a, b);
		}
}

/* The question that a break of one question stands on, if it is tallied too. */
static struct question *tallied_break(const struct survey *s, size_t k)
{
	const struct view *v = &s->view[k];

	if (v->question[0] == NONE || s->axis[k].n != 1)
		return NULL;
	struct question *q = &s->question[v->question[0]];
	return q->tallied && has_options(q) && q->kind != QUESTION_TEXT ? q : NULL;
}

/* A break's groups are the answers to its question, wherever that is tallied: overall they are the
 * sizes of the groups, in another break the table of the two. */
static void tie_breaks(struct layout *l)
{
	struct survey *s = l->s;

	for (size_t k = 1; k < s->axes; k++) {
		struct question *q = tallied_break(s, k), *r;
		for (size_t g = 0; q && g < s->view[k].groups; g++) {
			size_t cell = cell_in(s, q, s->view[k].group[g].text, 0, 0);
			if (cell != NONE)
				same(l, cell, l->size[k][g]);
		}
		for (size_t m = k + 1; q && m < s->axes; m++)
			if ((r = tallied_break(s, m)) && r != q)
				tie_turned(l, k, q, m, r);
	}
}

/* Does a crossed group belong to a group of one of its questions? Both are made of raw answers. */
static bool within(const struct survey *s, size_t crossed, size_t g, size_t k, size_t h)
{
	const struct axis *x = &s->axis[crossed], *y = &s->axis[k];
	const struct group *small = &s->view[crossed].group[g], *big = &s->view[k].group[h];
	size_t side = x->column[0] == y->column[0] ? 0 : 1;

	if (small->raws == 0)
		return false;
	uint32_t raw = x->pair[small->raw[0]][side];
	for (size_t i = 0; i < big->raws; i++)
		if (big->raw[i] == raw)
			return true;
	return false;
}

/* "A × B" in either order. */
static bool names_both(const char *crossed, const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	static const char times[] = " \xc3\x97 ";
	size_t t = sizeof times - 1;

	if (strlen(crossed) != n + t + m)
		return false;
	return (strncmp(crossed, a, n) == 0 && strcmp(crossed + n + t, b) == 0) ||
	       (strncmp(crossed, b, m) == 0 && strcmp(crossed + m + t, a) == 0);
}

/* A crossing adds up to either of its breaks. */
static void tie_crossing(struct layout *l, size_t crossed, size_t k)
{
	struct survey *s = l->s;
	const struct view *v = &s->view[crossed], *w = &s->view[k];
	size_t *part = arena_alloc(s->arena, (v->groups + 1) * sizeof *part);

	if (v->overlap || w->overlap)
		return;
	for (size_t h = 0; h < w->groups; h++) {
		size_t *in = arena_alloc(s->arena, (v->groups + 1) * sizeof *in), n = 0;
		for (size_t g = 0; g < v->groups; g++)
			if (within(s, crossed, g, k, h))
				in[n++] = g;
		if (n == 0)
			continue;
		for (size_t g = 0; g < n; g++)
			part[g] = l->size[crossed][in[g]];
		stats_sum(l->c, l->size[k][h], part, n);
		for (size_t i = 0; i < s->questions; i++) {
			struct question *q = &s->question[i];
			if (!q->tallied || view_is_of(v, s, q) || view_is_of(w, s, q))
				continue;
			for (size_t o = 0; o < q->options; o++) {
				for (size_t g = 0; g < n; g++)
					part[g] =
					        q->grid[crossed].option_cell[o * v->groups + in[g]];
				stats_sum(l->c, q->grid[k].option_cell[o * w->groups + h], part, n);
			}
			for (size_t g = 0; g < n; g++)
				part[g] = q->grid[crossed].base_cell[in[g]];
			stats_sum(l->c, q->grid[k].base_cell[h], part, n);
		}
	}
}

/* The groups of a crossing are the cells of one of its questions by the other. */
static void tie_crossed_table(struct layout *l, size_t crossed, size_t k)
{
	struct survey *s = l->s;
	const struct view *v = &s->view[crossed], *w = &s->view[k];
	size_t other = w->question[0] == v->question[0] ? v->question[1] : v->question[0];

	if (other == NONE || !s->question[other].tallied || !has_options(&s->question[other]) ||
	        v->overlap || w->overlap)
		return;
	struct question *q = &s->question[other];
	for (size_t g = 0; g < v->groups; g++)
		for (size_t h = 0; h < w->groups; h++) {
			if (!within(s, crossed, g, k, h))
				continue;
			for (size_t o = 0; o < q->options; o++)
				if (names_both(
				            v->group[g].text, w->group[h].text, q->option[o].text))
					same(l, q->grid[k].option_cell[o * w->groups + h],
					        l->size[crossed][g]);
			if (names_both(v->group[g].text, w->group[h].text, figures_unstated))
				same(l, q->grid[k].none_cell[h], l->size[crossed][g]);
		}
}

static void tie_crossings(struct layout *l)
{
	struct survey *s = l->s;

	for (size_t k = 1; k < s->axes; k++)
		for (size_t m = 1; m < s->axes; m++)
			if (s->axis[k].n == 2 && s->axis[m].n == 1 &&
			        (s->axis[k].column[0] == s->axis[m].column[0] ||
			                s->axis[k].column[1] == s->axis[m].column[0])) {
				tie_crossing(l, k, m);
				tie_crossed_table(l, k, m);
			}
}

/* ---------- the whole ---------- */

static void lay_sizes(struct layout *l)
{
	struct survey *s = l->s;
	bool few = s->counts.used < s->threshold;

	l->size = arena_alloc(s->arena, s->axes * sizeof *l->size);
	for (size_t k = 0; k < s->axes; k++) {
		const struct view *v = &s->view[k];
		l->size[k] = arena_alloc(s->arena, (v->groups + 1) * sizeof **l->size);
		for (size_t g = 0; g < v->groups; g++)
			l->size[k][g] = stats_cell(l->c, v->everyone[g].n,
			        k > 0 || few ? (unsigned)TOTAL
			                     : (unsigned)(STATS_PRINTED | STATS_FIXED));
		if (k > 0)
			over_groups(l, k, l->size[0][0], l->size[k]);
	}
}

static void make_cells(struct survey *s, struct question *q, size_t k)
{
	struct grid *grid = &q->grid[k];
	size_t n = s->view[k].groups;

	grid->option_cell = arena_alloc(s->arena, (q->options * n + 1) * sizeof(size_t));
	grid->base_cell = arena_alloc(s->arena, (n + 1) * sizeof(size_t));
	grid->none_cell = arena_alloc(s->arena, (n + 1) * sizeof(size_t));
}

bool hide_small(struct survey *s)
{
	struct layout l = { .s = s, .c = &s->cells };

	if (s->threshold < 2)
		return true;
	lay_sizes(&l);
	for (size_t i = 0; i < s->questions; i++)
		for (size_t k = 0; k < s->axes && s->question[i].tallied; k++) {
			make_cells(s, &s->question[i], k);
			if (view_is_of(&s->view[k], s, &s->question[i]))
				continue;
			for (size_t g = 0; g < s->view[k].groups; g++)
				lay_column(&l, &s->question[i], k, g);
			if (k > 0)
				lay_rows(&l, &s->question[i], k);
		}
	tie_breaks(&l);
	tie_crossings(&l);
	struct stats_policy policy = { .threshold = s->threshold, .hide_zero = s->ask.hide_zero };
	return stats_hide(&s->cells, &policy);
}
