/* SPDX-License-Identifier: MIT */
/* Shares, their intervals, and the difference of two. */
#include "stats/stats.h"

#include <math.h>

struct stats_interval stats_wilson(double share, double base)
{
	if (!(base > 0))
		return (struct stats_interval){ 0, 1 };
	double z2 = STATS_Z95 * STATS_Z95;
	double centre = share + z2 / (2 * base);
	double half = STATS_Z95 * sqrt(share * (1 - share) / base + z2 / (4 * base * base));
	double scale = 1 + z2 / base;
	double low = (centre - half) / scale, high = (centre + half) / scale;

	/* The ends are exact at 0 and 1; rounding in the square root must not say otherwise. */
	return (struct stats_interval){ share <= 0 || low < 0 ? 0 : low,
		share >= 1 || high > 1 ? 1 : high };
}

double stats_effective_base(double weights, double squares)
{
	return squares > 0 ? weights * weights / squares : 0;
}

static double log_choose(int64_t n, int64_t k)
{
	return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1);
}

/* Two-sided p of Fisher's exact test on a of n and b of m: the sum of the probabilities of all
 * tables with these margins that are no likelier than the one seen. */
static double stats_fisher(int64_t a, int64_t n, int64_t b, int64_t m)
{
	int64_t k = a + b;
	int64_t from = k > m ? k - m : 0, to = k < n ? k : n;
	double all = log_choose(n + m, k);
	double seen = log_choose(n, a) + log_choose(m, b) - all;
	double p = 0;

	for (int64_t i = from; i <= to; i++) {
		double log_p = log_choose(n, i) + log_choose(m, k - i) - all;
		/* Tables as likely as the one seen count; lgamma is good to about 1e-13. */
		if (log_p <= seen + 1e-7)
			p += exp(log_p);
	}
	return p < 1 ? p : 1;
}

/* True when x is a whole number as far as a share times its base can be one. */
static bool whole(double x, int64_t *out)
{
	double r = round(x);

	*out = (int64_t)r;
	return fabs(x - r) < 1e-6;
}

struct stats_difference stats_difference(double share1, double base1, double share2, double base2)
{
	struct stats_difference d = { .difference = share2 - share1, .p = 1 };

	if (!(base1 > 0) || !(base2 > 0)) {
		d.interval = (struct stats_interval){ -1, 1 };
		return d;
	}
	struct stats_interval one = stats_wilson(share1, base1), two = stats_wilson(share2, base2);
	d.interval.low = d.difference - hypot(share2 - two.low, one.high - share1);
	d.interval.high = d.difference + hypot(two.high - share2, share1 - one.low);

	double pooled = (share1 * base1 + share2 * base2) / (base1 + base2);
	double fewest = fmin(base1, base2) * fmin(pooled, 1 - pooled);
	if (fewest >= 5) {
		double z = d.difference / sqrt(pooled * (1 - pooled) * (1 / base1 + 1 / base2));
		d.p = erfc(fabs(z) / sqrt(2));
		d.tested = true;
		return d;
	}
	int64_t a, n, b, m;
	if (whole(base1, &n) && whole(base2, &m) && whole(share1 * base1, &a) &&
	        whole(share2 * base2, &b)) {
		d.p = stats_fisher(a, n, b, m);
		d.tested = d.exact = true;
	}
	return d;
}

int64_t stats_tenths(int64_t count, int64_t base)
{
	return (count * 2000 + base) / (base * 2);
}

int64_t stats_tenths_of(double share)
{
	return (int64_t)round(share * 1000);
}
