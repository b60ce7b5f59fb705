/* SPDX-License-Identifier: MIT */
/* The middle of an ordered scale. */
#include "stats/stats.h"

static double sum_of(const double *count, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += count[i];
	return sum;
}

bool stats_median(const double *count, size_t n, size_t *lower, size_t *upper)
{
	double all = sum_of(count, n), below = 0;
	/* Weights do not add up exactly: what is half as near as that is half. */
	double half = all / 2, near = all * 1e-12;

	if (!(all > 0))
		return false;
	*lower = *upper = 0;
	for (size_t i = 0; i < n; i++) {
		below += count[i];
		if (*lower == 0 && below >= half - near)
			*lower = i + 1;
		if (below > half + near) {
			*upper = i + 1;
			break;
		}
	}
	return true;
}
