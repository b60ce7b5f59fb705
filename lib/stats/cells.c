/* SPDX-License-Identifier: MIT */
/* The cells and sums that hiding works on. */
#include "stats/stats.h"

size_t stats_cell(struct stats_cells *c, int64_t value, unsigned flags)
{
	c->cell = mem_grow(c->cell, &c->cell_cap, c->cells + 1, sizeof *c->cell);
	c->cell[c->cells] = (struct stats_cell){ .value = value, .flags = flags };
	return c->cells++;
}

void stats_sum(struct stats_cells *c, size_t total, const size_t *parts, size_t n)
{
	c->sum = mem_grow(c->sum, &c->sum_cap, c->sums + 1, sizeof *c->sum);
	c->part = mem_grow(c->part, &c->part_cap, c->parts + n, sizeof *c->part);
	c->sum[c->sums++] = (struct stats_sum){ .total = total, .first = c->parts, .count = n };
	for (size_t i = 0; i < n; i++)
		c->part[c->parts++] = parts[i];
}

void stats_cells_free(struct stats_cells *c)
{
	mem_free(c->cell);
	mem_free(c->sum);
	mem_free(c->part);
	mem_free(c->membership);
	*c = (struct stats_cells){ 0 };
}
