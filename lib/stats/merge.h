/* SPDX-License-Identifier: MIT */
/* Private to stats: cells that move together made one, before hiding is searched for. */
#ifndef STATS_MERGE_H
#define STATS_MERGE_H

#include "stats/stats.h"

struct merged {
	struct stats_cells cells;
	size_t *to; /* where each cell of the original went */
};
void merge_cells(const struct stats_cells *, struct merged *);
void merged_free(struct merged *);

#endif
