/* SPDX-License-Identifier: MIT */
/*
 * A set of cells made smaller before it is searched: cells that must move together become one, and
 * those that cannot move at all drop out of their sums. A reader knows both as well.
 */
#include "stats/merge.h"

#include <stdlib.h>
#include <string.h>

static size_t find(size_t *same, size_t cell)
{
	while (same[cell] != cell)
		cell = same[cell] = same[same[cell]];
	return cell;
}

struct merge {
	const struct stats_cells *c;
	size_t *same;
	bool *known; /* of the first of those that are the same */
};

static bool join(struct merge *m, size_t a, size_t b)
{
	a = find(m->same, a);
	b = find(m->same, b);
	if (a == b)
		return false;
	m->same[b] = a;
	m->known[a] = m->known[a] || m->known[b];
	return true;
}

static bool know(struct merge *m, size_t cell)
{
	cell = find(m->same, cell);
	if (m->known[cell])
		return false;
	return m->known[cell] = true;
}

/* What one sum says at once: nothing is below 0, one unknown is what is left, one part is all. */
static bool look_at(struct merge *m, const struct stats_sum *sum)
{
	const size_t *part = m->c->part + sum->first;
	bool total = m->known[find(m->same, sum->total)], more = false;
	size_t live = 0, last = 0;

	if (total && m->c->cell[sum->total].value == 0) {
		for (size_t i = 0; i < sum->count; i++)
			more = know(m, part[i]) || more;
		return more;
	}
	/* A part that is the total itself leaves nothing for the others. */
	for (size_t i = 0; i < sum->count; i++)
		if (find(m->same, part[i]) == find(m->same, sum->total)) {
			for (size_t k = 0; k < sum->count; k++)
				more = (k != i && know(m, part[k])) || more;
			return more;
		}
	for (size_t i = 0; i < sum->count; i++)
		if (!m->known[find(m->same, part[i])]) {
			live++;
			last = part[i];
		}
	if (live == 0)
		return know(m, sum->total);
	if (live > 1)
		return false;
	if (total)
		return know(m, last);
	if (m->c->cell[sum->total].value != m->c->cell[last].value)
		return false; /* they move together, but from different values */
	return join(m, sum->total, last);
}

static void add_cells(struct merge *m, struct merged *out)
{
	const struct stats_cells *c = m->c;

	for (size_t i = 0; i < c->cells; i++) {
		size_t rep = find(m->same, i);
		if (rep == i) {
			unsigned flags = c->cell[i].flags & (STATS_PRINTED | STATS_FIXED);
			out->to[i] = stats_cell(&out->cells, c->cell[i].value, flags);
			if (m->known[i])
				out->cells.cell[out->to[i]].flags |= STATS_FIXED | STATS_PRINTED;
		}
	}
	for (size_t i = 0; i < c->cells; i++) {
		out->to[i] = out->to[find(m->same, i)];
		out->cells.cell[out->to[i]].flags |= c->cell[i].flags;
	}
}

static int compare(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* The same sum over the same cells comes once for every question that was answered in full. */
static bool have(const struct stats_cells *c, uint32_t *slot, uint32_t mask, size_t total,
        const size_t *part, size_t n)
{
	uint32_t h = (uint32_t)total * 2654435761u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint32_t)part[i]) * 2654435761u;
	uint32_t at = (h ^ (h >> 15)) & mask;
	for (; slot[at]; at = (at + 1) & mask) {
		const struct stats_sum *sum = &c->sum[slot[at] - 1];
		if (sum->total == total && sum->count == n &&
		        memcmp(c->part + sum->first, part, n * sizeof *part) == 0)
			return true;
	}
	slot[at] = (uint32_t)c->sums + 1;
	return false;
}

static void add_sums(struct merge *m, struct merged *out)
{
	const struct stats_cells *c = m->c;
	uint32_t size = 64;

	while (size < 3 * c->sums)
		size *= 2;
	uint32_t *slot = mem_zalloc(size * sizeof *slot);
	size_t *part = mem_alloc((c->parts + 1) * sizeof *part);
	for (size_t i = 0; i < c->sums; i++) {
		const struct stats_sum *sum = &c->sum[i];
		size_t n = 0, total = out->to[sum->total];
		for (size_t k = 0; k < sum->count; k++) {
			size_t cell = c->part[sum->first + k];
			if (!m->known[find(m->same, cell)])
				part[n++] = out->to[cell];
		}
		qsort(part, n, sizeof *part, compare);
		if (n == 0 || (n == 1 && part[0] == total) ||
		        have(&out->cells, slot, size - 1, total, part, n))
			continue;
		stats_sum(&out->cells, total, part, n);
	}
	mem_free(slot);
	mem_free(part);
}

void merge_cells(const struct stats_cells *c, struct merged *out)
{
	struct merge m = { .c = c };
	bool more = true;

	*out = (struct merged){ .to = mem_alloc((c->cells + 1) * sizeof *out->to) };
	m.same = mem_alloc((c->cells + 1) * sizeof *m.same);
	m.known = mem_zalloc((c->cells + 1) * sizeof *m.known);
	for (size_t i = 0; i < c->cells; i++) {
		m.same[i] = i;
		m.known[i] = (c->cell[i].flags & STATS_FIXED) != 0;
	}
	while (more) {
		more = false;
		for (size_t i = 0; i < c->sums; i++)
			more = look_at(&m, &c->sum[i]) || more;
	}
	add_cells(&m, out);
	add_sums(&m, out);
	mem_free(m.same);
	mem_free(m.known);
}

void merged_free(struct merged *m)
{
	mem_free(m->to);
	stats_cells_free(&m->cells);
}
