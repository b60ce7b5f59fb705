/* SPDX-License-Identifier: MIT */
/* stats: against numbers worked out another way (by bisection of the defining equations, and the
 * examples in the papers named), and hiding against a reader who puts two and two together. */
#include "stats/stats.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void near(double a, double b)
{
	if (fabs(a - b) > 1e-9) {
		print_error("%.12f is not %.12f\n", a, b);
		fail();
	}
}

static void wilson_is_the_score_interval(void **state)
{
	(void)state;
	static const struct {
		double count, base, low, high;
	} t[] = {
		{ 7, 36, 0.09753095418928749, 0.35028042995177383 },
		{ 59, 110, 0.44352397913274133, 0.6267491892092099 },
		{ 333333, 1000000, 0.3324097061428392, 0.33425757434107634 },
		{ 0, 7, 0, 0.3543304350666874 },
		{ 7, 7, 0.6456695649333126, 1 },
	};
	for (size_t i = 0; i < COUNT(t); i++) {
		struct stats_interval w = stats_wilson(t[i].count / t[i].base, t[i].base);
		assert_true(fabs(w.low - t[i].low) < 1e-8);
		assert_true(fabs(w.high - t[i].high) < 1e-8);
	}
	struct stats_interval w = stats_wilson(.54, 33.7);
	near(w.low, 0.3764250732247166);
	near(w.high, 0.6953888648770675);
	w = stats_wilson(0, 0);
	near(w.low, 0);
	near(w.high, 1);
}

/* The defining equation itself, over many shares and bases: (p - q)² = z² q (1 - q) / n. */
static void wilson_solves_its_equation(void **state)
{
	(void)state;
	for (int n = 1; n < 200; n += 7)
		for (int c = 0; c <= n; c++) {
			double p = (double)c / n;
			struct stats_interval w = stats_wilson(p, n);
			for (int end = 0; end < 2; end++) {
				double q = end ? w.high : w.low;
				near((p - q) * (p - q), STATS_Z95 * STATS_Z95 * q * (1 - q) / n);
			}
			assert_true(w.low <= p && p <= w.high);
		}
}

static void effective_base_is_kish(void **state)
{
	(void)state;
	near(stats_effective_base(10, 10), 10);
	near(stats_effective_base(1 + 2 + 3, 1 + 4 + 9), 36.0 / 14);
	near(stats_effective_base(0, 0), 0);
}

/* Table II of Newcombe's paper, rows (a) to (h), differences turned round; p from R. */
static void differences_are_newcombes(void **state)
{
	(void)state;
	static const struct {
		double a, n, b, m, low, high, p;
		bool exact;
	} t[] = {
		{ 48, 80, 56, 70, 0.0524, 0.3339, 0.008045081368196582, false },
		{ 3, 10, 9, 10, 0.1705, 0.8090, 0.019766611097880443, true },
		{ 2, 7, 6, 7, 0.0582, 0.8062, 0.10256410256410256, true },
		{ 0, 29, 5, 56, -0.0381, 0.1926, 0.16062144320947108, true },
		{ 0, 20, 0, 10, -0.1611, 0.2775, 1, true },
		{ 0, 10, 10, 10, 0.6075, 1, 1.0825088224469026e-05, false },
		{ 0, 20, 10, 10, 0.6791, 1, 3.328339160423118e-08, true },
	};
	for (size_t i = 0; i < COUNT(t); i++) {
		struct stats_difference d =
		        stats_difference(t[i].a / t[i].n, t[i].n, t[i].b / t[i].m, t[i].m);
		assert_true(fabs(d.interval.low - t[i].low) < 6e-5);
		assert_true(fabs(d.interval.high - t[i].high) < 6e-5);
		assert_true(d.tested);
		if (i != 5) {
			assert_int_equal(d.exact, t[i].exact);
			near(d.p, t[i].p);
		}
	}
}

static void what_cannot_be_tested_is_not(void **state)
{
	(void)state;
	assert_false(stats_difference(.5, 0, .5, 100).tested);
	/* weighted, and too few for the score test */
	assert_false(stats_difference(.123, 10.7, .5, 8.3).tested);
	assert_true(stats_difference(.5, 40.7, .4, 38.3).tested);
}

static void percents_round_halves_up(void **state)
{
	(void)state;
	assert_int_equal(stats_tenths(1, 16), 63);
	assert_int_equal(stats_tenths(10, 36), 278);
	assert_int_equal(stats_tenths(7, 36), 194);
	assert_int_equal(stats_tenths(0, 3), 0);
	assert_int_equal(stats_tenths(3, 3), 1000);
	assert_int_equal(stats_tenths_of(-0.0625), -63);
}

static void middles_of_scales(void **state)
{
	(void)state;
	size_t lower, upper;
	assert_false(stats_median((double[]){ 0, 0 }, 2, &lower, &upper));
	assert_true(stats_median((double[]){ 2, 1, 1 }, 3, &lower, &upper));
	assert_int_equal(lower, 1);
	assert_int_equal(upper, 2);
	assert_true(stats_median((double[]){ 2, 0, 2 }, 3, &lower, &upper));
	assert_int_equal(lower, 1);
	assert_int_equal(upper, 3);
	assert_true(stats_median((double[]){ 1, 3, 1 }, 3, &lower, &upper));
	assert_int_equal(lower, 2);
	assert_int_equal(upper, 2);
	assert_true(stats_median((double[]){ 0, 0, 4 }, 3, &lower, &upper));
	assert_int_equal(lower, 3);
	assert_int_equal(upper, 3);
	assert_false(stats_median((double[]){ 0 }, 1, &lower, &upper));
}

static bool fits(int64_t base, const char *const *text, size_t n)
{
	struct stats_printed p[8];
	int64_t least, most;
	for (size_t i = 0; i < n; i++)
		assert_true(stats_printed_parse(text[i], &p[i], NULL));
	return stats_fits(p, n, base, &least, &most);
}

/* Every printing of every split of small bases fits; so does nothing that no split prints. */
static void printed_percents_fit_or_not(void **state)
{
	(void)state;
	const char *pace[] = { "39", "15", "33", "15" };
	for (int64_t n = 80; n < 140; n++)
		assert_false(fits(n, pace, 4));
	const char *good[] = { "39.1", "14.5 %", "32.7", "13.6%" };
	assert_true(fits(110, good, 4));
	for (int64_t n = 1; n <= 24; n++) {
		bool seen[101][101] = { { false } };
		for (int64_t a = 0; a <= n; a++) /* halves either way */
			for (int up = 0; up < 4; up++) {
				int64_t p = (200 * a + (up & 1 ? n : n - 1)) / (2 * n);
				int64_t q = (200 * (n - a) + (up & 2 ? n : n - 1)) / (2 * n);
				seen[p][q] = true;
			}
		for (int p = 0; p <= 100; p++)
			for (int q = 0; q <= 100; q++) {
				struct stats_printed x[2] = { { .digits = p }, { .digits = q } };
				int64_t least, most;
				assert_int_equal(stats_fits(x, 2, n, &least, &most), seen[p][q]);
			}
	}
}

static void percents_are_parsed_with_bounds(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "x", "101", "100.1", "1.2.3", "-1", "1e1", ".",
		"99999999999999999999", "1.00000001", "5 5", "%" };
	struct stats_printed p;
	struct fault f = { 0 };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(stats_printed_parse(bad[i], &p, &f));
	assert_int_equal(f.status, STATUS_USAGE);
	assert_true(stats_printed_parse(" 27.80 % ", &p, &f));
	assert_int_equal(p.digits, 2780);
	assert_int_equal(p.places, 2);
}

/* ---------- hiding ---------- */

/* What a reader can work out: the range of each cell from what is printed, narrowed by every sum
 * until nothing changes. Written on its own, with nothing from hide.c. */
static size_t recovered(const struct stats_cells *c, int64_t threshold, bool hide_zero)
{
	int64_t *low = calloc(c->cells, sizeof *low), *high = calloc(c->cells, sizeof *high);
	for (size_t i = 0; i < c->cells; i++) {
		const struct stats_cell *x = &c->cell[i];
		bool hidden = x->mark != STATS_SHOWN || !(x->flags & STATS_PRINTED);
		low[i] = hidden ? 0 : x->value;
		high[i] = hidden ? 1000000 : x->value;
		if (x->mark == STATS_SMALL) {
			low[i] = hide_zero ? 0 : 1;
			high[i] = threshold - 1;
		}
	}
	for (bool more = true; more;) {
		more = false;
		for (size_t s = 0; s < c->sums; s++) {
			const struct stats_sum *sum = &c->sum[s];
			const size_t *part = &c->part[sum->first];
			int64_t least = 0, most = 0;
			for (size_t k = 0; k < sum->count; k++) {
				least += low[part[k]];
				most += high[part[k]];
			}
			size_t t = sum->total;
			if (least > low[t])
				low[t] = least, more = true;
			if (most < high[t])
				high[t] = most, more = true;
			for (size_t k = 0; k < sum->count; k++) {
				size_t p = part[k];
				int64_t lo = low[t] - (most - high[p]),
				        hi = high[t] - (least - low[p]);
				int64_t was = high[p] - low[p];
				if (lo > low[p])
					low[p] = lo, more = true;
				if (hi < high[p])
					high[p] = hi, more = true;
				(void)was;
				if (more) { /* the sums of ranges above have aged */
					least = most = 0;
					for (size_t j = 0; j < sum->count; j++) {
						least += low[part[j]];
						most += high[part[j]];
					}
				}
			}
		}
	}
	size_t known = 0;
	for (size_t i = 0; i < c->cells; i++) {
		assert_true(low[i] <= c->cell[i].value && c->cell[i].value <= high[i]);
		if (c->cell[i].mark != STATS_SHOWN && low[i] == high[i])
			known++;
	}
	free(low);
	free(high);
	return known;
}

static unsigned seed = 20261122;
static int64_t roll(int64_t n)
{
	seed = seed * 1103515245u + 12345u;
	return (int64_t)(seed >> 8) % n;
}

/* A question with k answers by two breaks that share its margin, bases, blanks, and a second
 * question by the first break, as survey-tally links them. */
static void random_tables(struct stats_cells *c)
{
	size_t k = 2 + (size_t)roll(4), groups = 2 + (size_t)roll(6);
	int64_t scale = 1 + roll(12), blank = roll(2);
	size_t size_of[8];
	int64_t in_group[8] = { 0 }, count[2][6][8] = { { { 0 } } };

	for (int q = 0; q < 2; q++)
		for (size_t b = 0; b < groups; b++)
			for (size_t a = 0; a < k; a++)
				count[q][a][b] = roll(4) ? roll(scale * (1 + (int64_t)b)) : 0;
	for (size_t b = 0; b < groups; b++) {
		int64_t most = 0;
		for (int q = 0; q < 2; q++) {
			int64_t sum = 0;
			for (size_t a = 0; a < k; a++)
				sum += count[q][a][b];
			most = sum > most ? sum : most;
		}
		in_group[b] = most + (blank ? roll(3) : 0);
		size_of[b] =
		        stats_cell(c, in_group[b], STATS_PRINTED | STATS_SENSITIVE | STATS_TOTAL);
	}
	int64_t all = 0;
	for (size_t b = 0; b < groups; b++)
		all += in_group[b];
	size_t total = stats_cell(c, all, STATS_PRINTED | STATS_FIXED);
	stats_sum(c, total, size_of, groups);
	for (int q = 0; q < 2; q++) {
		size_t cell[7][8], base[8], none[8], margin[8];
		int64_t base_all = 0;
		for (size_t b = 0; b < groups; b++) {
			int64_t sum = 0;
			size_t col[8];
			for (size_t a = 0; a < k; a++) {
				cell[a][b] = stats_cell(
				        c, count[q][a][b], STATS_PRINTED | STATS_SENSITIVE);
				col[a] = cell[a][b];
				sum += count[q][a][b];
			}
			base[b] = stats_cell(c, sum, STATS_PRINTED | STATS_SENSITIVE | STATS_TOTAL);
			stats_sum(c, base[b], col, k);
			none[b] = stats_cell(c, in_group[b] - sum, 0);
			stats_sum(c, size_of[b], (size_t[]){ base[b], none[b] }, 2);
			base_all += sum;
		}
		for (size_t a = 0; a < k; a++) {
			int64_t sum = 0;
			for (size_t b = 0; b < groups; b++)
				sum += count[q][a][b];
			margin[a] =
			        stats_cell(c, sum, STATS_PRINTED | STATS_SENSITIVE | STATS_TOTAL);
			stats_sum(c, margin[a], cell[a], groups);
		}
		size_t whole = stats_cell(c, base_all, STATS_PRINTED | STATS_FIXED);
		size_t left = stats_cell(c, all - base_all, STATS_PRINTED);
		stats_sum(c, whole, margin, k);
		stats_sum(c, whole, base, groups);
		stats_sum(c, left, none, groups);
		stats_sum(c, total, (size_t[]){ whole, left }, 2);
	}
}

static void hidden_cells_cannot_be_worked_out(void **state)
{
	(void)state;
	const char *count = getenv("STATS_TABLES"), *rounds = getenv("TEST_ROUNDS");
	long runs = count ? strtol(count, NULL, 10) : 400 * (rounds ? strtol(rounds, NULL, 10) : 1),
	     refused = 0;
	size_t small = 0, second = 0, cells = 0;

	for (long run = 0; run < runs; run++) {
		struct stats_cells c = { 0 };
		struct stats_policy policy = { .threshold = roll(3) ? 5 : 10,
			.hide_zero = !roll(4) };
		random_tables(&c);
		if (!stats_hide(&c, &policy)) {
			refused++;
			stats_cells_free(&c);
			continue;
		}
		size_t known = recovered(&c, policy.threshold, policy.hide_zero);
		if (known)
			print_error("table %ld: %zu hidden cells worked out\n", run, known);
		assert_int_equal(known, 0);
		for (size_t i = 0; i < c.cells; i++) {
			struct stats_cell *x = &c.cell[i];
			bool is_small = (x->flags & STATS_SENSITIVE) &&
			                x->value < policy.threshold &&
			                (x->value || policy.hide_zero);
			if (is_small)
				assert_int_not_equal(x->mark, STATS_SHOWN);
			if (x->mark == STATS_SMALL)
				assert_true(is_small);
			cells++;
			small += x->mark == STATS_SMALL;
			second += x->mark == STATS_SECOND;
		}
		stats_cells_free(&c);
	}
	if (getenv("STATS_TABLES"))
		print_message("%ld runs, %ld refused whole; of %zu cells %zu small, %zu second\n",
		        runs, refused, cells, small, second);
	assert_true(refused * 20 < runs);
}

/* Two answers of 30 and 3 in two groups: the textbook's four corners, and no more. */
static void hides_four_corners(void **state)
{
	(void)state;
	struct stats_cells c = { 0 };
	unsigned inner = STATS_PRINTED | STATS_SENSITIVE;
	size_t x[3][3], rows[3], cols[3];
	int64_t value[3][3] = { { 3, 20, 30 }, { 25, 9, 40 }, { 31, 50, 60 } };
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			x[i][j] = stats_cell(&c, value[i][j], inner);
	for (int i = 0; i < 3; i++) {
		rows[i] = stats_cell(
		        &c, value[i][0] + value[i][1] + value[i][2], inner | STATS_TOTAL);
		cols[i] = stats_cell(
		        &c, value[0][i] + value[1][i] + value[2][i], inner | STATS_TOTAL);
		stats_sum(&c, rows[i], x[i], 3);
		stats_sum(&c, cols[i], (size_t[]){ x[0][i], x[1][i], x[2][i] }, 3);
	}
	assert_false(!stats_hide(&c, &(struct stats_policy){ .threshold = 5 }));
	size_t hidden = 0;
	for (size_t i = 0; i < c.cells; i++)
		hidden += c.cell[i].mark != STATS_SHOWN;
	assert_int_equal(hidden, 4);
	assert_int_equal(c.cell[x[0][0]].mark, STATS_SMALL);
	assert_int_equal(c.cell[x[1][1]].mark, STATS_SECOND);
	assert_int_equal(recovered(&c, 5, false), 0);
	stats_cells_free(&c);
}

/* Two groups of one each: "<5" for both would say that each is 1, since they add up to 2. */
static void ranges_that_say_too_much(void **state)
{
	(void)state;
	struct stats_cells c = { 0 };
	size_t all = stats_cell(&c, 32, STATS_PRINTED | STATS_FIXED);
	size_t part[3];
	for (int i = 0; i < 3; i++)
		part[i] = stats_cell(&c, i == 2 ? 30 : 1, STATS_PRINTED | STATS_SENSITIVE);
	stats_sum(&c, all, part, 3);
	assert_true(stats_hide(&c, &(struct stats_policy){ .threshold = 5 }));
	assert_int_equal(recovered(&c, 5, false), 0);
	stats_cells_free(&c);
}

static void one_respondent_cannot_be_hidden(void **state)
{
	(void)state;
	struct stats_cells c = { 0 };
	size_t all = stats_cell(&c, 1, STATS_PRINTED | STATS_FIXED);
	size_t one = stats_cell(&c, 1, STATS_PRINTED | STATS_SENSITIVE);
	stats_sum(&c, all, &one, 1);
	assert_false(stats_hide(&c, &(struct stats_policy){ .threshold = 5 }));
	stats_cells_free(&c);
}

static void without_a_threshold_all_is_shown(void **state)
{
	(void)state;
	struct stats_cells c = { 0 };
	random_tables(&c);
	assert_true(stats_hide(&c, &(struct stats_policy){ .threshold = 0 }));
	for (size_t i = 0; i < c.cells; i++)
		assert_int_equal(c.cell[i].mark, STATS_SHOWN);
	stats_cells_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilson_is_the_score_interval),
		cmocka_unit_test(wilson_solves_its_equation),
		cmocka_unit_test(effective_base_is_kish),
		cmocka_unit_test(differences_are_newcombes),
		cmocka_unit_test(what_cannot_be_tested_is_not),
		cmocka_unit_test(percents_round_halves_up),
		cmocka_unit_test(middles_of_scales),
		cmocka_unit_test(printed_percents_fit_or_not),
		cmocka_unit_test(percents_are_parsed_with_bounds),
		cmocka_unit_test(hides_four_corners),
		cmocka_unit_test(ranges_that_say_too_much),
		cmocka_unit_test(one_respondent_cannot_be_hidden),
		cmocka_unit_test(without_a_threshold_all_is_shown),
		cmocka_unit_test(hidden_cells_cannot_be_worked_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
