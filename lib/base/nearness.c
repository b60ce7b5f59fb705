/* SPDX-License-Identifier: MIT */
/* How texts stand to one another: the natural order of refs, and the nearest word to a mistyped one. */
#include "base/base.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* ---------- natural order ---------- */

/* The folded characters of a text one by one, without making the folded text: sorting asks often. */
struct runes {
	const unsigned char *p, *end;
	utf8proc_int32_t ahead[24]; /* what one character folded into (18 at most in Unicode) */
	int n, i;
};

static struct runes runes_of(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	return (struct runes){ .p = p, .end = p + strlen(text) };
}

/* The character in front, or -1 at the end. */
static utf8proc_int32_t runes_peek(struct runes *r)
{
	while (r->i == r->n) {
		if (r->p == r->end)
			return -1;
		uint32_t rune;
		size_t k = utf8_step(r->p, (size_t)(r->end - r->p), &rune);
		r->i = 0;
		r->n = 1;
		if (k <= 1) {
			/* ASCII, or a byte that is no UTF-8 and stands for itself, after all characters. */
			r->ahead[0] = k == 0                       ? 0x110000 + *r->p
			              : rune >= 'A' && rune <= 'Z' ? (utf8proc_int32_t)(rune | 0x20)
			                                           : (utf8proc_int32_t)rune;
			r->p++;
			break;
		}
		r->p += k;
		utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)rune, r->ahead,
		        (utf8proc_ssize_t)COUNT(r->ahead),
		        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
		        NULL);
		r->n = n < 0 || n > (utf8proc_ssize_t)COUNT(r->ahead) ? 0 : (int)n;
	}
	return r->ahead[r->i];
}

static bool peek_digit(struct runes *r)
{
	utf8proc_int32_t c = runes_peek(r);
	return c >= '0' && c <= '9';
}

/* Passes a run of digits in both and compares their values; *zeros tells equal values written with
 * more or fewer noughts apart. */
static int compare_digits(struct runes *a, struct runes *b, int *zeros)
{
	int noughts = 0, order = 0;
	for (; runes_peek(a) == '0'; a->i++)
		noughts++;
	for (; runes_peek(b) == '0'; b->i++)
		noughts--;
	if (*zeros == 0)
		*zeros = noughts;
	for (;;) {
		bool more_a = peek_digit(a), more_b = peek_digit(b);
		if (!more_a || !more_b)
			return more_a ? 1 : more_b ? -1 : order;
		if (order == 0)
			order = a->ahead[a->i] - b->ahead[b->i];
		a->i++;
		b->i++;
	}
}

/* Marks that stand on the same letter may come in any order and mean the same. */
static bool is_mark(utf8proc_int32_t c)
{
	return c >= 0x300 && c <= 0x10FFFF && utf8proc_get_property(c)->combining_class != 0;
}

/* *marks: the first difference is one of marks, which must be brought in order before they are compared. */
static int compare(const char *a, const char *b, bool *marks)
{
	struct runes x = runes_of(a), y = runes_of(b);
	int zeros = 0;
	for (;;) {
		if (peek_digit(&x) && peek_digit(&y)) {
			int order = compare_digits(&x, &y, &zeros);
			if (order != 0)
				return order < 0 ? -1 : 1;
			continue;
		}
		utf8proc_int32_t c = runes_peek(&x), d = runes_peek(&y);
		if (c != d) {
			*marks = is_mark(c) || is_mark(d);
			return c < d ? -1 : 1;
		}
		if (c < 0)
			return (zeros > 0) - (zeros < 0);
		x.i++;
		y.i++;
	}
}

int text_natural(const char *a, const char *b)
{
	bool marks = false;
	int order = compare(a, b, &marks);
	if (marks) {
		struct arena *ar = arena_new();
		order = compare(text_fold(ar, a), text_fold(ar, b), &marks);
		arena_free(ar);
	}
	return order;
}

void text_add_order(struct buf *b, const char *p)
{
	/* A digit takes two bytes at most, ten and more of them four for their length. */
	char *to = buf_space(b, 2 * strlen(p) + 4);
	while (*p != '\0') {
		if (*p < '0' || *p > '9') {
			char c = *p++;
			*to++ = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
			continue;
		}
		while (*p == '0' && p[1] >= '0' && p[1] <= '9')
			p++;
		size_t n = 1;
		while (p[n] >= '0' && p[n] <= '9')
			n++;
		/* '0' to '8' are the lengths 1 to 9; '9' says that the length follows. */
		if (n < 10)
			*to++ = (char)('0' + (int)n - 1);
		else
			to += snprintf(to, 5, "9%03d", (int)(n < 999 ? n : 999));
		memcpy(to, p, n);
		to += n;
		p += n;
	}
	*to = '\0';
	b->n = (size_t)(to - b->p);
}

/* ---------- words in a text ---------- */

static bool in_words(uint32_t rune)
{
	if (rune < 0x80)
		return (rune >= '0' && rune <= '9') || rune == '_' ||
		       ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z');
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)rune);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

/* The character at an offset, 0 at the end; and the one before it, 0 at the beginning. */
static uint32_t rune_at(const char *text, size_t at)
{
	uint32_t rune = 0;
	const unsigned char *p = (const unsigned char *)text + at;
	return *p != '\0' && utf8_step(p, strnlen(text + at, 4), &rune) > 0 ? rune : *p;
}

static uint32_t rune_before(const char *text, size_t at)
{
	size_t from = at;
	while (from > 0 && at - from < 4 && ((unsigned char)text[--from] & 0xC0) == 0x80)
		;
	return at > 0 ? rune_at(text, from) : 0;
}

static bool is_blank(utf8proc_int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A telephone number, which everybody takes apart in another way. */
static bool is_dialled(const char *word)
{
	size_t n = strlen(word), digits = 0;
	for (size_t i = 0; i < n; i++)
		digits += word[i] >= '0' && word[i] <= '9';
	return digits >= 7 && digits < 30 && strspn(word, "+0123456789 ()-.") == n;
}

/* Its figures as they are dialled from abroad, without what comes before the country: 0131 496 0000,
 * +44 (0)131 496 0000 and 0044 131 4960000 are 441314960000. One that says neither stays as it is. */
struct dialled {
	char digit[32];
	size_t n;
};

/* The number that a text begins with, to `most` figures; how many bytes they take. */
static size_t dialled_read(const char *text, size_t most, struct dialled *d)
{
	static const char home[] = "44";
	const char *p = text + (*text == '(');
	bool abroad = *p == '+' || (p[0] == '0' && p[1] == '0');
	size_t bytes = 0;
	d->n = 0;
	if (abroad) {
		p += *p == '+' ? 1 : 2;
	} else if (*p == '0') {
		memcpy(d->digit, home, 2);
		d->n = 2;
		p++;
	}
	for (; *p != '\0' && d->n < most; p++) {
		/* The nought that is dialled at home only. */
		bool dropped = abroad && *p == '0' && d->n == 2 && memcmp(d->digit, home, 2) == 0;
		if (*p >= '0' && *p <= '9' && !dropped) {
			d->digit[d->n++] = *p;
			bytes = (size_t)(p + 1 - text);
		} else if (!dropped && !is_blank(*p) && strchr("()-.", *p) == NULL) {
			break;
		}
	}
	return bytes;
}

/* Where a telephone number stands in a text, however it is written there. */
static long dialled_find(const char *text, size_t from, const char *word, size_t *n)
{
	struct dialled wanted, there;
	dialled_read(word, sizeof wanted.digit, &wanted);
	for (size_t at = from; text[at] != '\0'; at++) {
		char c = text[at];
		if (!(c == '+' || c == '(' || (c >= '0' && c <= '9')) ||
		        in_words(rune_before(text, at)) || (at > 0 && text[at - 1] == '+'))
			continue;
		*n = dialled_read(text + at, wanted.n, &there);
		if (there.n == wanted.n && memcmp(there.digit, wanted.digit, wanted.n) == 0 &&
		        !in_words(rune_at(text, at + *n)))
			return (long)at;
	}
	return -1;
}

static void pass(struct runes *r)
{
	while (is_blank(runes_peek(r)))
		r->i++;
}

/* How many bytes of the text a word takes at its beginning, compared folded; 0: it does not begin so. A blank is any
 * blanks, a line's end among them. */
static size_t begins(const char *text, const char *word)
{
	struct runes x = runes_of(text), y = runes_of(word);
	for (size_t i = 0; runes_peek(&y) >= 0; x.i++, y.i++, i++) {
		if (i > 0 && is_blank(runes_peek(&x)) && is_blank(runes_peek(&y))) {
			pass(&x);
			pass(&y);
		}
		if (runes_peek(&x) != runes_peek(&y))
			return 0;
	}
	/* A letter that is half taken, or that a mark follows, is another one. */
	size_t n = (size_t)(x.p - (const unsigned char *)text);
	return x.i < x.n || is_mark(runes_peek(&x)) ? 0 : n;
}

static size_t begins_exactly(const char *text, const char *word)
{
	return str_starts(text, word) ? strlen(word) : 0;
}

long text_find(const char *text, size_t from, const char *word, bool exact, size_t *n)
{
	uint32_t first = rune_at(word, 0), last = rune_before(word, strlen(word)), rune = 0;
	size_t step;
	if (!exact && is_dialled(word))
		return dialled_find(text, from, word, n);
	for (size_t at = from; text[at] != '\0'; at += step > 0 ? step : 1) {
		step = utf8_step((const unsigned char *)text + at, strnlen(text + at, 4), &rune);
		if (rune < 0x80 && first < 0x80 && (rune | 0x20) != (first | 0x20))
			continue;
		*n = exact ? begins_exactly(text + at, word) : begins(text + at, word);
		if (*n > 0 && !(in_words(first) && in_words(rune_before(text, at))) &&
		        !(in_words(last) && in_words(rune_at(text, at + *n))))
			return (long)at;
	}
	return -1;
}

/* ---------- the nearest word ---------- */

enum { LONGEST = 128 };

/* The folded characters of a text; LONGEST + 1 where there are more. */
static int collect(const char *text, utf8proc_int32_t out[LONGEST])
{
	struct runes r = runes_of(text);
	int n = 0;
	for (; runes_peek(&r) >= 0; r.i++) {
		if (n == LONGEST)
			return LONGEST + 1;
		out[n++] = r.ahead[r.i];
	}
	return n;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

int text_distance(const char *a, const char *b, int most)
{
	utf8proc_int32_t x[LONGEST], y[LONGEST];
	int n = collect(a, x), m = collect(b, y);
	if (n > LONGEST || m > LONGEST)
		return text_natural(a, b) == 0 ? 0 : most + 1;
	if (n - m > most || m - n > most)
		return most + 1;
	/* The row being made, the one before, and the one before that, for letters that changed places. */
	int rows[3][LONGEST + 1];
	for (int j = 0; j <= m; j++)
		rows[0][j] = j;
	for (int i = 1; i <= n; i++) {
		int *now = rows[i % 3], *before = rows[(i + 2) % 3], *older = rows[(i + 1) % 3];
		int smallest = now[0] = i;
		for (int j = 1; j <= m; j++) {
			int cost = x[i - 1] != y[j - 1];
			int d = least(least(before[j], now[j - 1]) + 1, before[j - 1] + cost);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				d = least(d, older[j - 2] + 1);
			now[j] = d;
			smallest = least(smallest, d);
		}
		/* A change of places reaches back two rows and adds one, so this is still certain. */
		if (smallest > most + 1)
			return most + 1;
	}
	return least(rows[n % 3][m], most + 1);
}

const char *text_nearest(const char *text, const char *const *words, size_t n)
{
	utf8proc_int32_t runes[LONGEST];
	int length = collect(text, runes);
	int most = length < 3 ? 0 : length < 6 ? 1 : length < 9 ? 2 : 3;
	const char *nearest = NULL, *longer = NULL;
	int best = most + 1;
	bool several = false;
	for (size_t i = 0; i < n; i++) {
		int d = text_distance(text, words[i], best);
		if (d < best) {
			best = d;
			nearest = words[i];
		}
		/* A word broken off is near too, where only one goes on so. */
		if (length >= 2 && strncmp(text, words[i], strlen(text)) == 0) {
			several = longer != NULL;
			longer = words[i];
		}
	}
	return nearest != NULL ? nearest : several ? NULL : longer;
}
