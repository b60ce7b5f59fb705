/* SPDX-License-Identifier: MIT */
/* From answers and raw groups to options and the groups that are shown. */
#include "survey/head.h"

#include <stdlib.h>
#include <string.h>

const struct dict *question_dict(const struct survey *s, const struct question *q)
{
	const struct survey_column *c = &s->column[q->column];

	return q->kind == QUESTION_TEXT ? &c->themes : &c->dict;
}

/* ---------- groups ---------- */

const char figures_unstated[] = "(not stated)";

struct grouping {
	const char **text;
	size_t groups, question;
	size_t **of; /* the groups of each raw answer (0 blank, entry + 1), ended by NONE */
	size_t raws;
	bool overlap;
};

static const struct question *question_of(const struct survey *s, size_t column)
{
	for (size_t i = 0; i < s->questions; i++)
		if (s->question[i].column == column && s->question[i].columns == 1)
			return &s->question[i];
	return NULL;
}

static size_t *one_group(struct survey *s, size_t group)
{
	size_t *list = arena_alloc(s->arena, 2 * sizeof *list);

	list[0] = group;
	list[1] = NONE;
	return list;
}

static bool has_options(const struct question *q)
{
	return q && (q->kind == QUESTION_SCALE || q->kind == QUESTION_SINGLE ||
	                    q->kind == QUESTION_YES_NO);
}

/* The group of a piece of an answer; for columns put together it is the number of one. */
static size_t group_of(struct survey *s, struct survey_column *c, const struct question *q,
        const char *text, struct grouping *g)
{
	struct fault none = { 0 };
	int64_t i = 0;

	if (c->cell == NONE) {
		const struct cluster *x = &s->cluster[c->cluster];
		if (!number_parse(text, 0, (int64_t)x->n - 1, &i, &none))
			return NONE;
		if (!q)
			g->text[i] = s->column[x->first + (size_t)i].label;
		return q ? q->map[i] : (size_t)i;
	}
	uint32_t e = dict_find(&c->dict, text, strlen(text), s->axes, 0);
	return e == NO_ENTRY ? NONE : q->map[e];
}

/* Several answers to a cell: a response is in the group of each. */
static void group_multiple(struct survey *s, struct survey_column *c, const struct question *q,
        const struct dict *raw, struct grouping *g)
{
	for (uint32_t e = 0; e < raw->n; e++) {
		const char *at = raw->entry[e].text, *option;
		size_t n, k = 0;
		g->of[e + 1] = arena_alloc(s->arena, (strlen(at) / 2 + 3) * sizeof *g->of[0]);
		while (split_next(c, &at, &option, &n)) {
			const char *text = arena_strndup(s->arena, option, n);
			size_t o = group_of(s, c, q, text, g);
			for (size_t i = 0; i < k; i++) /* the same twice */
				o = g->of[e + 1][i] == o ? NONE : o;
			if (o != NONE)
				g->of[e + 1][k++] = o;
		}
		g->of[e + 1][k] = NONE;
	}
	g->overlap = true;
}

/* Answers that are no options (numbers, dates, names): a group each, in their own order. */
static void group_plain(struct survey *s, const struct dict *raw, struct grouping *g)
{
	size_t *order = arena_alloc(s->arena, (raw->n + 1) * sizeof *order);
	const char **text = arena_alloc(s->arena, (raw->n + 1) * sizeof *text);
	bool rates;

	for (uint32_t e = 0; e < raw->n; e++)
		text[e] = raw->entry[e].text;
	bool natural = order_natural(s, text, raw->n, order, &rates);
	for (uint32_t e = 0; e < raw->n; e++) {
		size_t at = natural ? order[e] : e;
		g->text[at] = raw->entry[e].text;
		g->of[e + 1] = one_group(s, at);
	}
	g->groups = raw->n;
}

static void group_column(struct survey *s, size_t column, struct grouping *g)
{
	struct survey_column *c = &s->column[column];
	const struct dict *raw = c->raw.n ? &c->raw : &c->dict;
	const struct question *q = question_of(s, column);
	size_t parts = c->cell == NONE ? s->cluster[c->cluster].n : 0;

	for (size_t i = 0; c->cell == NONE && i < s->questions; i++)
		if (s->question[i].columns > 1 &&
		        s->column[s->question[i].column].cluster == c->cluster)
			q = &s->question[i];
	*g = (struct grouping){ .raws = raw->n + 1, .question = NONE };
	if (q)
		g->question = (size_t)(q - s->question);
	size_t room = raw->n + (q ? q->options : 0) + parts + 2;
	g->text = arena_alloc(s->arena, room * sizeof *g->text);
	g->of = arena_alloc(s->arena, (raw->n + 1) * sizeof *g->of);
	for (size_t i = 0; q && q->options && i < q->options; i++)
		g->text[i] = q->option[i].text;
	if (c->cell == NONE || (q && q->kind == QUESTION_MULTIPLE)) {
		g->groups = q ? q->options : parts;
		group_multiple(s, c, q, raw, g);
	} else if (has_options(q)) {
		g->groups = q->options;
		for (uint32_t e = 0; e < raw->n; e++)
			g->of[e + 1] = one_group(s, q->map[e]);
	} else {
		group_plain(s, raw, g);
	}
	g->of[0] = one_group(s, g->groups);
	g->text[g->groups++] = figures_unstated;
}

static void view_groups(struct survey *s, size_t k, struct view *v, const char **text, size_t n)
{
	const struct vec *all = &s->everyone[k];

	v->group = arena_alloc(s->arena, (n + 1) * sizeof *v->group);
	v->everyone = arena_alloc(s->arena, (n + 1) * sizeof *v->everyone);
	v->groups = n;
	for (size_t i = 0; i < n; i++) {
		v->group[i].text = text[i];
		v->group[i].raw = arena_alloc(s->arena, (all->cap + 1) * sizeof(uint32_t));
	}
}

static void put_raw(struct survey *s, size_t k, struct view *v, size_t group, uint32_t raw)
{
	v->group[group].raw[v->group[group].raws++] = raw;
	figure_join(&v->everyone[group], vec_at(&s->everyone[k], raw));
}

/* Groups nobody is in are left out of a crossing and of what has no order. */
static void drop_empty(struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->groups; i++) {
		if (v->everyone[i].n == 0)
			continue;
		v->group[n] = v->group[i];
		v->everyone[n++] = v->everyone[i];
	}
	v->groups = n;
}

bool view_is_of(const struct view *v, const struct survey *s, const struct question *q)
{
	size_t i = (size_t)(q - s->question);

	return v->question[0] == i || v->question[1] == i;
}

static const char *column_title(const struct survey *s, size_t column)
{
	const struct survey_column *c = &s->column[column];
	const struct question *q = question_of(s, column);

	return q ? q->text : c->heading;
}

static void make_view(struct survey *s, size_t k)
{
	struct view *v = &s->view[k];
	struct axis *x = &s->axis[k];
	struct grouping a, b;

	v->question[0] = v->question[1] = NONE;
	if (x->n == 0) {
		view_groups(s, k, v, (const char *[]){ NULL }, 1);
		v->group[0].raw = NULL;
		return;
	}
	group_column(s, x->column[0], &a);
	v->question[0] = a.question;
	if (x->n == 1) {
		v->by = column_title(s, x->column[0]);
		v->overlap = a.overlap;
		view_groups(s, k, v, a.text, a.groups);
		for (uint32_t raw = 0; raw < a.raws; raw++)
			for (size_t *g = a.of[raw]; *g != NONE; g++)
				put_raw(s, k, v, *g, raw);
	} else {
		group_column(s, x->column[1], &b);
		v->question[1] = b.question;
		v->by = arena_printf(s->arena, "%s \xc3\x97 %s", column_title(s, x->column[0]),
		        column_title(s, x->column[1]));
		v->overlap = a.overlap || b.overlap;
		const char **text = arena_alloc(s->arena, (a.groups * b.groups + 1) * sizeof *text);
		for (size_t i = 0; i < a.groups * b.groups; i++)
			text[i] = arena_printf(s->arena, "%s \xc3\x97 %s", a.text[i / b.groups],
			        b.text[i % b.groups]);
		view_groups(s, k, v, text, a.groups * b.groups);
		for (uint32_t raw = 0; raw < x->pairs; raw++)
			for (size_t *g = a.of[x->pair[raw][0]]; *g != NONE; g++)
				for (size_t *h = b.of[x->pair[raw][1]]; *h != NONE; h++)
					put_raw(s, k, v, *g * b.groups + *h, raw);
	}
	drop_empty(v);
}

/* ---------- figures ---------- */

static struct figure in_group(const struct survey *s, size_t k, const struct vec *by, size_t group)
{
	const struct group *g = &s->view[k].group[group];
	struct figure f = { 0 };

	if (k == 0) { /* everybody: all raw groups of the axis that was counted */
		const struct vec *v = &by[first_axis(s)];
		for (uint32_t raw = 0; raw < v->cap; raw++)
			figure_join(&f, vec_at(v, raw));
		return f;
	}
	for (size_t i = 0; i < g->raws; i++)
		figure_join(&f, vec_at(&by[k], g->raw[i]));
	return f;
}

static struct sums sums_in_group(
        const struct survey *s, size_t k, const struct survey_column *c, size_t group)
{
	const struct group *g = &s->view[k].group[group];
	const struct sumvec *v = &c->sums[k == 0 ? first_axis(s) : k];
	struct sums sums = { 0 };

	for (size_t i = 0; k == 0 ? i < v->cap : i < g->raws; i++) {
		size_t raw = k == 0 ? i : g->raw[i];
		if (raw < v->cap)
			sums_join(&sums, &v->of[raw]);
	}
	return sums;
}

/* Numbers and days: those kept one by one, or their sums. */
static void figure_numbers(struct survey *s, struct question *q, size_t k, size_t group)
{
	const struct survey_column *c = &s->column[q->column];
	struct grid *grid = &q->grid[k];
	struct sums *to = &grid->sums[group];
	struct figure *base = &grid->base[group];

	if (c->mode == MODE_NUMBER || c->mode == MODE_DATE) {
		*to = sums_in_group(s, k, c, group);
		*base = in_group(s, k, c->answered, group);
		grid->odd[group].n = base->n - to->n;
		base->n = to->n;
		return;
	}
	for (uint32_t e = 0; e < c->dict.n; e++) {
		struct figure f = in_group(s, k, c->dict.entry[e].by, group);
		double x;
		bool good = q->kind == QUESTION_DATE ? split_day(c, c->dict.entry[e].text, &x)
		                                     : split_number(c->dict.entry[e].text, &x);
		if (!good) {
			figure_join(&grid->odd[group], f);
			continue;
		}
		if (f.n)
			sums_join(to, &(struct sums){ f.n, f.w, x, x, x });
		figure_join(base, f);
	}
}

static void figure_cluster(struct survey *s, struct question *q, size_t k, size_t group)
{
	struct grid *grid = &q->grid[k];
	size_t n = s->view[k].groups;

	for (size_t i = 0; i < q->columns; i++) {
		const struct survey_column *c = &s->column[q->column + i];
		struct figure *to = &grid->option[q->map[i] * n + group];
		if (c->mode != MODE_WHOLE) {
			figure_join(to, in_group(s, k, c->answered, group));
			continue;
		}
		for (uint32_t e = 0; e < c->dict.n; e++)
			if (!answer_unchecked(c->dict.entry[e].text))
				figure_join(to, in_group(s, k, c->dict.entry[e].by, group));
	}
	grid->base[group] =
	        in_group(s, k, s->cluster[s->column[q->column].cluster].answered, group);
}

static void figure_options(struct survey *s, struct question *q, size_t k, size_t group)
{
	const struct survey_column *c = &s->column[q->column];
	const struct dict *d = question_dict(s, q);
	struct grid *grid = &q->grid[k];
	size_t n = s->view[k].groups;

	for (uint32_t e = 0; e < d->n; e++) {
		size_t o = q->map[e];
		struct figure f = in_group(s, k, d->entry[e].by, group);
		figure_join(&grid->option[o * n + group], f);
		if (q->option[o].tone != TONE_ASIDE && q->kind != QUESTION_MULTIPLE &&
		        q->kind != QUESTION_TEXT)
			figure_join(&grid->base[group], f);
	}
	if (q->kind == QUESTION_MULTIPLE || q->kind == QUESTION_TEXT)
		grid->base[group] = in_group(s, k, c->answered, group);
}

static void make_grid(struct survey *s, struct question *q, size_t k)
{
	struct view *v = &s->view[k];
	struct grid *grid = &q->grid[k];
	size_t n = v->groups;

	grid->option = arena_alloc(s->arena, (q->options * n + 1) * sizeof *grid->option);
	grid->base = arena_alloc(s->arena, (n + 1) * sizeof *grid->base);
	grid->none = arena_alloc(s->arena, (n + 1) * sizeof *grid->none);
	grid->odd = arena_alloc(s->arena, (n + 1) * sizeof *grid->odd);
	grid->sums = arena_alloc(s->arena, (n + 1) * sizeof *grid->sums);
	for (size_t g = 0; g < n; g++) {
		if (q->columns > 1)
			figure_cluster(s, q, k, g);
		else if (q->kind == QUESTION_NUMBER || q->kind == QUESTION_DATE)
			figure_numbers(s, q, k, g);
		else
			figure_options(s, q, k, g);
		int64_t said = grid->base[g].n + grid->odd[g].n;
		for (size_t i = 0; i < q->options; i++)
			if (q->option[i].tone == TONE_ASIDE && q->kind != QUESTION_MULTIPLE)
				said += grid->option[i * n + g].n;
		grid->none[g].n = v->everyone[g].n - said;
	}
}

void figures_make(struct survey *s)
{
	s->view = arena_alloc(s->arena, s->axes * sizeof *s->view);
	for (size_t k = 0; k < s->axes; k++)
		make_view(s, k);
	s->view[0].everyone[0] = in_group(s, 0, s->everyone, 0);
	for (size_t i = 0; i < s->questions; i++) {
		struct question *q = &s->question[i];
		q->grid = arena_alloc(s->arena, s->axes * sizeof *q->grid);
		for (size_t k = 0; k < s->axes && q->tallied; k++)
			make_grid(s, q, k);
	}
}
