/* SPDX-License-Identifier: MIT */
/* Which row has the headings, and which rows belong to it. */
#include <string.h>

#include "notice/columns/layout.h"

enum { HEADING_WITHIN = 40 };

bool layout_is_position(const char *name)
{
	return *name && strspn(name, "0123456789") == strlen(name);
}

static void set_heading(
        struct reader *r, const char **heading, size_t n, long line, size_t data_from)
{
	struct layout *l = &r->layout;
	const char **kept = arena_alloc(r->arena, (n + 1) * sizeof *kept);

	for (size_t i = 0; heading && i < n; i++)
		kept[i] = arena_strdup(r->arena, heading[i]);
	l->heading = heading ? kept : NULL;
	l->nheading = n;
	l->heading_line = line;
	l->data_from = data_from;
	r->heading_key = arena_alloc(r->arena, (n + 1) * sizeof *r->heading_key);
	for (size_t i = 0; i < n; i++)
		r->heading_key[i] = heading ? text_key(r->arena, heading[i]) : "";
}

/* How many of the map's headings a row has. */
static size_t map_fits(struct reader *r, const struct row *row)
{
	const struct map *m = r->o.map;
	size_t fits = 0;

	for (const char *const *name = map_fields(m); *name; name++)
		for (const char *const *h = map_headings(m, *name); h && *h; h++) {
			bool here = false;
			for (size_t k = 0; k < row->n && !here; k++)
				here = row->cell[k].n && !layout_is_position(*h) &&
				       str_equal(text_key(r->arena, row->cell[k].p),
				               text_key(r->arena, *h));
			fits += here;
		}
	return fits;
}

/* Rows of values between two: what stands over them is a table of its own. */
static bool has_values(const struct reader *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		size_t figures = 0;
		for (size_t k = 0; k < r->ahead[i].n; k++)
			figures += r->ahead[i].cell[k].n &&
			           (heading_count_like(r->ahead[i].cell[k].p) ||
			                   heading_date_like(r->ahead[i].cell[k].p));
		if (figures >= 2)
			return true;
	}
	return false;
}

/* Of several tables the first, though another may have more headings that are known. */
static int first_table(struct reader *r, int best)
{
	for (int i = 0; i < best; i++)
		if (layout_heads(r->ahead_arena, reader_targets(r), &r->ahead[i]) &&
		        has_values(r, (size_t)i + 1, (size_t)best))
			return i;
	return best;
}

static int heading_row(struct reader *r, size_t within)
{
	int best = -1;
	size_t most = 0;

	if (r->first_heads)
		return 0;
	if (r->o.map && map_heading_row(r->o.map) >= 0) {
		/* Counted with the blank rows above, which are not among those read. */
		for (size_t i = 0; i < r->nahead && r->ahead[i].line <= map_heading_row(r->o.map);
		        i++)
			best = (int)i;
		return best;
	}
	for (size_t i = 0; r->o.map && i < within; i++) {
		size_t fits = map_fits(r, &r->ahead[i]);
		if (fits > most) {
			most = fits;
			best = (int)i;
		}
	}
	if (best >= 0)
		return best;
	return first_table(r, headings_find(r->ahead_arena, r->ahead, within, reader_targets(r)));
}

/* A row without headings that are known: all texts and no figures, with figures below. */
static int likely_heading(struct reader *r, size_t within)
{
	for (size_t i = 0; i + 1 < within; i++) {
		const struct row *row = &r->ahead[i], *next = &r->ahead[i + 1];
		size_t texts = 0, figures = 0, below = 0;
		for (size_t k = 0; k < row->n; k++) {
			if (row->cell[k].n == 0)
				continue;
			bool figure = heading_count_like(row->cell[k].p) ||
			              heading_date_like(row->cell[k].p);
			figures += figure;
			texts += !figure;
		}
		for (size_t k = 0; k < next->n; k++)
			below += next->cell[k].n && (heading_count_like(next->cell[k].p) ||
			                                    heading_date_like(next->cell[k].p));
		if (texts >= 2 && figures == 0 && below)
			return (int)i;
	}
	return -1;
}

/* Columns without a heading count as far as the rows reach, since what they hold may tell what they are. */
static const char **widen(struct reader *r, const char **heading, size_t *n, size_t at)
{
	size_t width = 0;
	const char **wide;

	for (size_t i = at; i < r->nahead; i++)
		width = r->ahead[i].n > width ? r->ahead[i].n : width;
	while (*n > width && heading[*n - 1][0] == '\0')
		(*n)--;
	if (*n >= width)
		return heading;
	wide = arena_alloc(r->arena, (width + 1) * sizeof *wide);
	for (size_t i = 0; i < width; i++)
		wide[i] = i < *n ? heading[i] : "";
	*n = width;
	return wide;
}

/* "(dd/mm/yyyy)", "(office use)": what says more of the headings above, in brackets all of it. */
static bool is_units(const struct row *row)
{
	size_t filled = 0;

	for (size_t k = 0; k < row->n; k++) {
		const char *text = row->cell[k].p;
		size_t n = row->cell[k].n;
		if (n == 0)
			continue;
		if (text[0] != '(' || text[n - 1] != ')')
			return false;
		filled++;
	}
	return filled >= 2;
}

void layout_headings(struct reader *r)
{
	size_t within = r->nahead < HEADING_WITHIN ? r->nahead : HEADING_WITHIN, n = 0;
	int at = heading_row(r, within), span = 0;

	if (at < 0 && !(r->o.map && map_heading_row(r->o.map) == 0))
		at = likely_heading(r, within);
	if (at < 0 || (size_t)at >= r->nahead) {
		for (size_t i = 0; i < r->nahead; i++)
			n = r->ahead[i].n > n ? r->ahead[i].n : n;
		set_heading(r, NULL, n, 0, 0);
		return;
	}
	const char **heading = headings_of(
	        r->ahead_arena, r->ahead, r->nahead, (size_t)at, reader_targets(r), &n, &span);
	if (r->o.map && map_heading_row(r->o.map) > 0 && span) {
		n = r->ahead[at].n; /* the map says which row it is */
		for (size_t k = 0; k < n; k++)
			heading[k] = r->ahead[at].cell[k].p;
		span = 0;
	}
	heading = widen(r, heading, &n, (size_t)at);
	size_t data_from = (size_t)at + 1 + (span > 0);
	while (data_from < r->nahead && is_units(&r->ahead[data_from]))
		data_from++;
	set_heading(r, heading, n, r->ahead[at].line, data_from);
}
