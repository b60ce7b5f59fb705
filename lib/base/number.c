/* SPDX-License-Identifier: MIT */
/* Numbers as people and programs write them. Nothing here looks at the locale. */
#include "base/base.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The text within its blanks: *start and the length. */
static size_t bare(const char *text, const char **start)
{
	const char *p = text;
	for (;;) {
		if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
			p++;
		else if (str_starts(p, "\xC2\xA0"))
			p += 2;
		else
			break;
	}
	const char *end = p + strlen(p);
	for (;;) {
		if (end > p && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
			end--;
		else if (end - p >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0)
			end -= 2;
		else
			break;
	}
	*start = p;
	return (size_t)(end - p);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Adds a digit to *n; false when it grows out of 64 bits. */
static bool push_digit(int64_t *n, char c)
{
	return !__builtin_mul_overflow(*n, 10, n) && !__builtin_add_overflow(*n, c - '0', n);
}

/* Digits from p to end, either plain or with commas at every third: into *n, and returns where they end;
 * NULL where there are none, the commas are out of place, or they are too many. */
static const char *read_grouped(const char *p, const char *end, int64_t *n)
{
	const char *first = p;
	int run = 0;
	bool grouped = false;
	*n = 0;
	for (; p < end; p++) {
		if (is_digit(*p)) {
			if (!push_digit(n, *p))
				return NULL;
			run++;
		} else if (*p == ',') {
			if (run == 0 || run > 3 || (grouped && run != 3))
				return NULL;
			grouped = true;
			run = 0;
		} else {
			break;
		}
	}
	if (p == first || (grouped && run != 3))
		return NULL;
	return p;
}

bool number_parse(const char *text, int64_t min, int64_t max, int64_t *out, struct fault *f)
{
	const char *p;
	size_t n = bare(text, &p);
	const char *end = p + n;
	bool minus = p < end && *p == '-';
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	bool some = p < end, fits = true;
	/* Counted downwards, because there is one more number below zero than above. */
	int64_t value = 0;
	for (; p < end && is_digit(*p); p++)
		fits = fits && !__builtin_mul_overflow(value, 10, &value) &&
		       !__builtin_sub_overflow(value, *p - '0', &value);
	if (!some || p < end)
		return fault_set(
		        f, STATUS_DATA, "%s is no whole number; write digits only", quote(text));
	if (!minus)
		fits = fits && !__builtin_sub_overflow((int64_t)0, value, &value);
	if (!fits || value < min || value > max)
		return fault_set(f, STATUS_DATA, "%s is not between %" PRId64 " and %" PRId64,
		        quote(text), min, max);
	*out = value;
	return true;
}

bool number_loose(const char *text, int64_t *out)
{
	const char *p;
	size_t n = bare(text, &p);
	const char *end = p + n;
	int64_t value;
	if (p < end && *p == '+')
		p++;
	p = read_grouped(p, end, &value);
	if (p == NULL)
		return false;
	if (p < end && *p == '.') {
		if (++p == end)
			return false;
		while (p < end && *p == '0')
			p++;
	}
	if (p < end)
		return false;
	*out = value;
	return true;
}

/* Signs, brackets and the pound sign stand in any order people use: -£5, £-5, (£5). */
static bool strip_money(const char **p, const char **end, bool *minus)
{
	*minus = *end - *p >= 2 && **p == '(' && (*end)[-1] == ')';
	if (*minus) {
		(*p)++;
		(*end)--;
	}
	bool sign = *minus, pound = false;
	for (;; (*p)++) {
		if (*p < *end && (**p == '-' || **p == '+') && !sign) {
			sign = true;
			*minus = **p == '-';
		} else if (*end - *p >= 2 && memcmp(*p, "£", 2) == 0 && !pound) {
			pound = true;
			(*p)++;
		} else if (!(*p < *end && **p == ' ')) {
			return *p < *end;
		}
	}
}

bool number_parse_money(const char *text, int64_t *pence, struct fault *f)
{
	const char *p;
	size_t n = bare(text, &p);
	const char *end = p + n;
	bool minus;
	int64_t value = 0;
	if (!strip_money(&p, &end, &minus))
		goto bad;
	bool pounds = *p != '.';
	if (pounds) {
		p = read_grouped(p, end, &value);
		if (p == NULL)
			goto bad;
	}
	if (__builtin_mul_overflow(value, 100, &value))
		goto bad;
	if (p < end) {
		if (*p++ != '.' || p == end || end - p > 2)
			goto bad;
		int64_t scale = 10;
		for (; p < end; p++, scale = 1)
			if (!is_digit(*p) ||
			        __builtin_add_overflow(value, scale * (*p - '0'), &value))
				goto bad;
	}
	*pence = minus ? -value : value;
	return true;
bad:
	return fault_set(
	        f, STATUS_DATA, "%s is no amount of money; write pounds like 1234.50", quote(text));
}

bool number_parse_real(const char *text, double *out, struct fault *f)
{
	const char *p;
	size_t n = bare(text, &p);
	char copy[64];
	/* strtod would also take hexadecimal, infinity and what is not a number. */
	if (n == 0 || n >= sizeof copy || strspn(p, "+-.0123456789eE") < n)
		goto bad;
	memcpy(copy, p, n);
	copy[n] = '\0';
	char *end;
	double value = strtod(copy, &end);
	if (*end != '\0' || !isfinite(value))
		goto bad;
	*out = value;
	return true;
bad:
	return fault_set(f, STATUS_DATA, "%s is no number; write it like 12.5", quote(text));
}

bool number_parse_percent(const char *text, int64_t *out, struct fault *f)
{
	const char *p;
	size_t n = bare(text, &p);
	const char *end = p + n;
	int64_t value = 0;
	if (p < end && end[-1] == '%')
		end--;
	while (p < end && end[-1] == ' ')
		end--;
	bool minus = p < end && *p == '-';
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	const char *digits = p;
	while (p < end && is_digit(*p) && value < INT32_MAX)
		push_digit(&value, *p++);
	bool some = p > digits;
	if (some && p + 1 < end && *p == '.')
		for (p++; p < end && *p == '0';)
			p++;
	if (!some || p < end)
		return fault_set(f, STATUS_DATA, "%s is no whole percentage; write it like 40%%",
		        quote(text));
	*out = minus ? -value : value;
	return true;
}

bool number_parse_bool(const char *text, bool *out, struct fault *f)
{
	static const char *const words[] = { "yes", "no", "true", "false", "1", "0", "y", "n" };
	const char *p;
	size_t n = bare(text, &p);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i]) == n && strncasecmp(p, words[i], n) == 0) {
			*out = i % 2 == 0;
			return true;
		}
	return fault_set(
	        f, STATUS_DATA, "%s is neither yes nor no; write one of them", quote(text));
}

void number_add_money(struct buf *b, int64_t pence, bool shown)
{
	uint64_t value = pence < 0 ? 0 - (uint64_t)pence : (uint64_t)pence;
	uint64_t pounds = value / 100, rest = value % 100;
	if (pence < 0)
		buf_addc(b, '-');
	if (!shown) {
		buf_addf(b, "%" PRIu64 ".%02" PRIu64, pounds, rest);
		return;
	}
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, pounds);
	buf_adds(b, "£");
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits[i]);
	}
	if (rest != 0)
		buf_addf(b, ".%02" PRIu64, rest);
}
