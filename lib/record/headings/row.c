/* SPDX-License-Identifier: MIT */
/* The heading row: which row of a table has the headings, and headings that go over two rows. */
#include <string.h>

#include "record/headings/heading.h"

/* How well a row does as headings: how many fields it names, and how surely. */
static size_t row_score(struct arena *a, const char *const *heading, size_t n,
        const struct heading_targets *to, size_t *found)
{
	struct heading_match *match = mem_alloc((n + 1) * sizeof *match);
	size_t sum = 0;

	n = n < COLUMNS_TOLD ? n : COLUMNS_TOLD;
	*found = 0;
	headings_match(a, heading, n, to, NULL, NULL, 0, match);
	for (size_t k = 0; k < n; k++)
		if (match[k].score >= SCORE_HINT) {
			*found += match[k].score >= SCORE_NEAR;
			sum += (size_t)match[k].score;
		}
	mem_free(match);
	return sum;
}

static const char **row_texts(struct arena *a, const struct row *row, size_t *filled)
{
	const char **text = arena_alloc(a, (row->n + 1) * sizeof *text);

	*filled = 0;
	for (size_t k = 0; k < row->n; k++) {
		text[k] = row->cell[k].p;
		*filled += row->cell[k].n > 0;
	}
	return text;
}

/* A row of values: headings are no dates. */
static bool has_date(const struct row *row)
{
	for (size_t k = 0; k < row->n; k++)
		if (row->cell[k].n >= 6 && day_orders(row->cell[k].p) != 0)
			return true;
	return false;
}

int headings_find(
        struct arena *a, const struct row *rows, size_t n, const struct heading_targets *to)
{
	int best = -1;
	size_t most = 0, found, filled;

	for (size_t i = 0; i < n; i++) {
		if (has_date(&rows[i]))
			continue;
		const char **heading = row_texts(a, &rows[i], &filled);
		size_t sum = row_score(a, heading, rows[i].n, to, &found);
		/* A title such as "Register of employers" has one matching cell and nothing beside it. */
		if (found && sum > most && (filled > 1 || n == 1 || rows[i].n == 1)) {
			most = sum;
			best = (int)i;
		}
	}
	return best;
}

/* Two rows of headings as one; *n of them. */
static const char **headings_join(
        struct arena *a, const struct row *top, const struct row *bottom, size_t *n)
{
	const char **out, *over = "";

	*n = top->n > bottom->n ? top->n : bottom->n;
	out = arena_alloc(a, (*n + 1) * sizeof *out);
	for (size_t k = 0; k < *n; k++) {
		const char *above = k < top->n ? top->cell[k].p : "";
		const char *below = k < bottom->n ? bottom->cell[k].p : "";
		/* In brackets stands how a cell is written, and not what it is. */
		if (*above && below[0] == '(' && below[strlen(below) - 1] == ')')
			below = "";
		if (*above)
			over = above;
		else if (!*below)
			over = ""; /* a merged cell does not reach over a column without a heading */
		if (*below && *over)
			out[k] = arena_printf(a, "%s %s", over, below);
		else
			out[k] = *below ? below : above;
	}
	return out;
}

/* A row of values: days, or numbers that are no years. */
static bool has_values(const struct row *row)
{
	int64_t number;

	for (size_t k = 0; k < row->n; k++) {
		const char *text = row->cell[k].p;
		if (row->cell[k].n == 0)
			continue;
		if (number_loose(text, &number) ? number < 1900 || number > 2099
		                                : heading_date_like(text))
			return true;
	}
	return false;
}

const char **headings_of(struct arena *a, const struct row *rows, size_t n, size_t at,
        const struct heading_targets *to, size_t *count, int *span)
{
	size_t filled, found, most_found, other;
	const char **best = row_texts(a, &rows[at], &filled);
	size_t most = row_score(a, best, rows[at].n, to, &most_found);

	*count = rows[at].n;
	*span = 0;
	for (int down = 0; down <= 1; down++) {
		size_t top = down ? at : at - 1;
		if ((!down && at == 0) || top + 1 >= n || (down && has_values(&rows[at + 1])))
			continue;
		const char **joined = headings_join(a, &rows[top], &rows[top + 1], &other);
		size_t sum = row_score(a, joined, other, to, &found);
		/* The second row must name fields of its own; a row of values or a title names none. */
		if (found < most_found || sum < most + (found > most_found ? 0 : 20))
			continue;
		most = sum;
		most_found = found;
		best = joined;
		*count = other;
		*span = down ? 1 : -1;
	}
	return best;
}
