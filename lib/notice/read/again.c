/* SPDX-License-Identifier: MIT */
/*
 * Another table below the first, with headings of its own: other columns, or the same in another order. Its
 * rows are read by its headings, for by those above they would be refused, or worse, taken for something else.
 */
#include <string.h>

#include "notice/columns/layout.h"

enum { TRIES_MOST = 200, SURE_LEAST = 3, HEADING_LONG = 80 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool holds_figure(const struct cell *c)
{
	int64_t number;

	return c->n > HEADING_LONG || number_loose(c->p, &number) || heading_date_like(c->p);
}

/* Three texts or more, none of them with a figure but as 1st or HR1, and none long. What looks like a figure is
 * asked first: nearly every row has one, and to find none in a text takes long. */
static bool may_be_heading(const struct row *row)
{
	size_t filled = 0;

	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cell[i];
		if (c->n > 0 && is_digit(c->p[0]) && is_digit(c->p[c->n - 1]) && holds_figure(c))
			return false;
		filled += c->n > 0;
	}
	if (filled < SURE_LEAST)
		return false;
	for (size_t i = 0; i < row->n; i++)
		if (row->cell[i].n > 0 && holds_figure(&row->cell[i]))
			return false;
	return true;
}

size_t layout_count_headings(struct arena *a, const struct heading_targets *targets,
        const struct row *row, int least, bool *employer)
{
	const char **heading = arena_alloc(a, (row->n + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(a, (row->n + 1) * sizeof *match);
	size_t found = 0;

	*employer = false;
	for (size_t i = 0; i < row->n; i++)
		heading[i] = row->cell[i].p;
	headings_match(a, heading, row->n, targets, NULL, NULL, 0, match);
	for (size_t i = 0; i < row->n; i++) {
		if (match[i].target < 0 || match[i].score < least)
			continue;
		*employer = *employer || match[i].target == N_EMPLOYER;
		found++;
	}
	return found;
}

bool layout_heads(struct arena *a, const struct heading_targets *targets, const struct row *row)
{
	bool employer;

	return may_be_heading(row) &&
	       layout_count_headings(a, targets, row, SCORE_SURE, &employer) >= SURE_LEAST &&
	       employer;
}

/* Whether the row is the heading of another table. Only so many are looked at closely: it costs. */
static bool heads_again(struct reader *r)
{
	if ((r->o.map && map_heading_row(r->o.map) >= 0) || !r->layout.heading ||
	        r->tries >= TRIES_MOST || !may_be_heading(&r->current))
		return false;
	r->tries++;
	return layout_heads(r->row_arena, reader_targets(r), &r->current);
}

bool row_starts_table(struct reader *r, struct fault *f)
{
	struct layout old = r->layout;
	const struct filled *by[TARGETS];
	const char **key = r->heading_key;
	bool *used = r->used, found;
	struct fault g = { 0 };

	if (!heads_again(r))
		return true;
	if (!reader_look_again(r, f))
		return false;
	memcpy(by, r->by, sizeof by);
	memset(r->by, 0, sizeof r->by);
	r->layout = (struct layout){ .skips = old.skips };
	r->first_heads = true;
	found = layout_find(r, &g) && r->unfit.status == STATUS_OK;
	r->first_heads = false;
	if (!found) {
		/* No table after all; the rows ahead stay where they are. */
		r->layout = old;
		memcpy(r->by, by, sizeof by);
		r->heading_key = key;
		r->used = used;
		r->at = 1;
		r->has_row = true;
		r->current = r->ahead[0];
		return true;
	}
	r->at = r->layout.data_from;
	r->has_row = false;
	r->heads++;
	r->counts.headings++;
	r->sum = r->part_sum = r->refused_sum = 0;
	r->unclear = false;
	return true;
}
