/* SPDX-License-Identifier: MIT */
/* Values: dates, times, numbers and money. What is taken can be written, and read again as the same. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void dates(const char *text)
{
	struct fault f = { 0 };
	day_t d, again;
	int64_t t, t2;
	bool timed;
	char out[21];
	for (unsigned order = ORDER_DMY; order <= ORDER_YMD; order++) {
		fault_clear(&f);
		if (day_parse(text, (enum date_order)order, 20000, &d, &f)) {
			day_format(d, out);
			if (!day_parse(out, ORDER_DMY, 0, &again, &f) || again != d)
				abort();
		} else if (f.text[0] == '\0' || !text_valid(f.text, strlen(f.text))) {
			abort();
		}
		fault_clear(&f);
		if (moment_parse(text, (enum date_order)order, 1785931200, &t, &timed, &f) &&
		        timed) {
			time_format(t, out);
			if (strlen(out) == 20 && out[0] != '-' &&
			        (!moment_parse(out, ORDER_DMY, 0, &t2, &timed, &f) || t2 != t))
				abort();
		}
	}
	day_orders(text);
}

static void numbers(const char *text)
{
	struct fault f = { 0 };
	struct buf b = { 0 };
	int64_t n, m;
	double x;
	bool yes;
	if (number_parse_money(text, &n, &f)) {
		number_add_money(&b, n, true);
		if (!number_parse_money(b.p, &m, &f) || m != n)
			abort();
	}
	buf_free(&b);
	number_parse(text, -100, 100, &n, &f);
	number_loose(text, &n);
	number_parse_real(text, &x, &f);
	number_parse_percent(text, &n, &f);
	number_parse_bool(text, &yes, &f);
}

static void texts(const char *text)
{
	struct arena *a = arena_new();
	size_t n = strlen(text);
	char *fold = text_fold(a, text);
	if (text_valid(text, n) &&
	        (strcmp(text_fold(a, fold), fold) != 0 || text_natural(text, fold) != 0))
		abort();
	text_key(a, text);
	if (!text_valid(quote(text), strlen(quote(text))))
		abort();
	if (text_natural(text, text) != 0 || text_natural(text, "a1") != -text_natural("a1", text))
		abort();
	text_distance(text, "status", 3);
	if (text_fit(text, n, 5) > n)
		abort();
	str_split(a, text, ",;", NULL);
	arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_alloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	dates(text);
	numbers(text);
	texts(text);
	mem_free(text);
	return 0;
}
