/* SPDX-License-Identifier: MIT */
/*
 * stats: the arithmetic behind every published share: intervals, differences, the middle of an
 * ordered scale, printed percents that cannot be, and which cells of a set of tables must be
 * hidden. Pure functions: no input, no output, no state.
 *
 * Shares are fractions (0.25, not 25) throughout; percents are made at the edge by stats_tenths.
 * A base is a number of respondents; for weighted shares pass the effective base.
 */
#ifndef STATS_H
#define STATS_H

#include "base/base.h"

/* The standard normal's 97.5 % point: half of a 95 % interval. */
#define STATS_Z95 1.959963984540054

struct stats_interval {
	double low, high;
};

/* ---------- shares (share.c) ---------- */

/* The 95 % score interval of a share (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 22, 1927). Never leaves 0 to 1 and needs no rule of thumb: 0 of 7 is
 * 0 to 0.354. A base of 0 (or less) knows nothing: 0 to 1. */
struct stats_interval stats_wilson(double share, double base);

/* Kish's effective base (L. Kish, Survey Sampling, 1965, 11.7): (sum of weights)² / sum of squared
 * weights; the number of equally weighted respondents that would tell as much. 0 without weights. */
double stats_effective_base(double weights, double squares);

/* How a share changed, or differs between two groups: second minus first. */
struct stats_difference {
	double difference;
	struct stats_interval interval; /* 95 % */
	double p;                       /* two-sided; 1 when not tested */
	bool tested;                    /* false: too few for the test that fits, or no base */
	bool exact;                     /* by Fisher's exact test, else by the pooled score test */
};

/* The difference of two independent shares. Interval: the hybrid score method (R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17, 1998, method 10). Test: the pooled score test (the square of z is Pearson's chi-squared
 * without correction) where all four expected counts reach 5; below that Fisher's exact test, for
 * which both bases and counts must be whole numbers: weighted shares of so few are not tested. */
struct stats_difference stats_difference(double share1, double base1, double share2, double base2);

/* Tenths of a percent, halves up: 1 of 16 is 63 (6.3 %). base must be above 0. */
int64_t stats_tenths(int64_t count, int64_t base);
/* The same of a fraction, which may be negative (halves away from zero). */
int64_t stats_tenths_of(double share);

/* ---------- ordered scales (order.c) ---------- */

/* count[i] respondents (or their weights) gave the answer at position i+1; false when there are none. The
 * positions (from 1) between which the middle lies: equal unless exactly half is on either
 * side, when the middle is half way between the two. */
bool stats_median(const double *count, size_t n, size_t *lower, size_t *upper);

/* ---------- printed percents (fits.c) ---------- */

/* A percent as it was printed: digits / 10^places. "39" is 39 / 10^0, "27.8" is 278 / 10^1. */
struct stats_printed {
	int64_t digits;
	int places;
	int64_t least, most; /* the counts of the base that round to it; none: least > most */
};
/* "39", "39%", "27.8 %": at most 6 places, 0 to 100. */
bool stats_printed_parse(const char *text, struct stats_printed *, struct fault *);
/* Can any whole counts that add up to `base` be printed as these percents, whichever way halves
 * were rounded? Fills least and most of each and the sums (*least to *most) they allow: it fits
 * when every percent has a count and base lies within the sums. */
bool stats_fits(
        struct stats_printed *printed, size_t n, int64_t base, int64_t *least, int64_t *most);

/* ---------- hiding small counts (cells.c, hide.c) ---------- */

/*
 * The counts that a run publishes, and what a reader can know of them: cells, and the sums that
 * hold between them (a total and its parts), across all tables of the run together. Hiding is
 * decided over the whole, so that nothing hidden in one table follows from another.
 *
 *	struct stats_cells c = { 0 };
 *	size_t yes = stats_cell(&c, 3, STATS_PRINTED | STATS_SENSITIVE), …;
 *	stats_sum(&c, all, (size_t[]){ yes, no }, 2);
 *	stats_hide(&c, &(struct stats_policy){ .threshold = 5 });
 *	… c.cell[yes].mark …
 *	stats_cells_free(&c);
 */
enum {
	STATS_PRINTED = 1,   /* appears in the output unless hidden; else a reader never sees it */
	STATS_SENSITIVE = 2, /* small counts of it must be hidden */
	STATS_FIXED = 4,     /* printed whatever happens: never chosen to protect another */
	STATS_TOTAL = 8,     /* costs its table dear: chosen late */
	STATS_GRAND = 16     /* costs all tables dear: chosen last */
};

enum stats_mark {
	STATS_SHOWN,
	STATS_SMALL, /* below the threshold, and said to be so ("<5") */
	STATS_SECOND /* hidden so that no other hidden cell can be worked out; says nothing of its size */
};

struct stats_cell {
	int64_t value;
	unsigned flags;
	enum stats_mark mark;
	bool safe;           /* hidden, and shown to have another possible value */
	size_t first, count; /* its sums: membership[first … first + count) */
};

struct stats_sum {
	size_t total;
	size_t first, count; /* its parts: part[first … first + count) */
};

/* All zero is a valid empty set. */
struct stats_cells {
	struct stats_cell *cell;
	size_t cells, cell_cap;
	struct stats_sum *sum;
	size_t sums, sum_cap;
	size_t *part;
	size_t parts, part_cap;
	size_t *membership;
};

struct stats_policy {
	int64_t threshold; /* counts from 1 to threshold - 1 are hidden; below 2 hides nothing */
	bool hide_zero;    /* 0 counts as small too; else a 0 is shown */
};

/* Adds a cell and gives its index. */
size_t stats_cell(struct stats_cells *, int64_t value, unsigned flags);
/* Says that value[total] is the sum of the values of the parts (it must be true). For "at most"
 * make the difference a cell of its own, neither printed nor sensitive. */
void stats_sum(struct stats_cells *, size_t total, const size_t *parts, size_t n);
void stats_cells_free(struct stats_cells *);

/*
 * Marks what must be hidden: every small sensitive cell, and others until no hidden cell can be
 * worked out. "Cannot be worked out" is shown, not assumed: for each hidden cell a second set of
 * whole numbers is found that agrees with everything printed, with the sums, with the range that
 * "<5" states (1 to 4), but gives that cell another value. A reader may well guess that second
 * cells are no small ones: where it can be had, that guess does not help either. The search for the
 * second set may hide shown cells, the cheapest first (for the problem: L. H. Cox, "Suppression methodology and
 * statistical disclosure control", JASA 75, 1980; A. Hundepool et al., Statistical Disclosure
 * Control, 2012, ch. 4).
 * False when some small cell stays derivable whatever is hidden (one respondent in all, say): then
 * nothing of the run may be printed. The same cells in the same order give the same marks.
 */
bool stats_hide(struct stats_cells *, const struct stats_policy *);

#endif
