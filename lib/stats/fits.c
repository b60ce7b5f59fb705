/* SPDX-License-Identifier: MIT */
/* Can printed percents be right? */
#include "stats/stats.h"

#include <ctype.h>

enum { MOST_PLACES = 6 };

bool stats_printed_parse(const char *text, struct stats_printed *out, struct fault *fault)
{
	const char *p = text;
	bool digits = false, point = false;

	*out = (struct stats_printed){ 0 };
	while (*p == ' ')
		p++;
	for (; isdigit((unsigned char)*p) || (*p == '.' && !point); p++) {
		if (*p == '.') {
			point = true;
			continue;
		}
		digits = true;
		out->digits = out->digits * 10 + (*p - '0');
		out->places += point;
		if (out->places > MOST_PLACES || out->digits > 100000000)
			break;
	}
	while (*p == ' ')
		p++;
	if (*p == '%')
		p++;
	while (*p == ' ')
		p++;
	int64_t hundred = 100;
	for (int i = 0; i < out->places; i++)
		hundred *= 10;
	if (*p || !digits || out->digits > hundred)
		return fault_set(fault, STATUS_USAGE,
		        "%s is no percent; write one from 0 to 100 as it was printed, like 39 or "
		        "27.8",
		        quote(text));
	return true;
}

/* Division of whole numbers, b above 0, rounded down or up whatever the sign of a. */
static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t ceil_div(int64_t a, int64_t b)
{
	return a / b + (a % b > 0);
}

bool stats_fits(
        struct stats_printed *printed, size_t n, int64_t base, int64_t *least, int64_t *most)
{
	bool each = true;

	*least = *most = 0;
	for (size_t i = 0; i < n; i++) {
		struct stats_printed *p = &printed[i];
		int64_t unit = 1;
		for (int k = 0; k < p->places; k++)
			unit *= 10;
		/* | 100 c / base - digits / unit | <= 1 / (2 unit), times 2 unit base: both ends
		 * belong, since halves may have been rounded either way. */
		int64_t middle = 2 * p->digits * base;
		p->least = ceil_div(middle - base, 200 * unit);
		p->most = floor_div(middle + base, 200 * unit);
		if (p->least < 0)
			p->least = 0;
		if (p->most > base)
			p->most = base;
		each = each && p->least <= p->most;
		*least += p->least;
		*most += p->most;
	}
	return each && *least <= base && base <= *most;
}
