/* SPDX-License-Identifier: MIT */
/* Cells that hold several options, and columns counted in another way than they were begun. */
#include "survey/parts.h"

#include <ctype.h>
#include <string.h>

static const char *trim(const char *p, const char **end)
{
	while (p < *end && isspace((unsigned char)*p))
		p++;
	while (*end > p && isspace((unsigned char)(*end)[-1]))
		(*end)--;
	return p;
}

static size_t longer(const struct survey_column *c, const char *p, size_t sep, const char *option,
        size_t longest)
{
	size_t n = strlen(option);

	return n > longest && strncmp(p, option, n) == 0 &&
	                       (p[n] == '\0' || strncmp(p + n, c->separator, sep) == 0)
	               ? n
	               : longest;
}

/* Where the option that begins at p ends: at the separator, unless an option that the codebook
 * names holds it ("Pay, terms and conditions"). */
static const char *option_end(const struct survey_column *c, const char *p, size_t sep)
{
	const struct book_question *book = c->book;
	size_t longest = 0;

	for (size_t i = 0; book && i < book->options; i++)
		longest = longer(c, p, sep, book->option[i].text, longest);
	for (size_t i = 0; c->whole && c->whole[i]; i++)
		longest = longer(c, p, sep, c->whole[i], longest);
	if (longest)
		return p + longest;
	const char *end = strstr(p, c->separator);
	return end ? end : p + strlen(p);
}

bool split_next(const struct survey_column *c, const char **at, const char **option, size_t *n)
{
	size_t sep = c->separator ? strlen(c->separator) : 0;

	while (**at) {
		const char *p = *at;
		while (isspace((unsigned char)*p))
			p++;
		const char *end = sep ? option_end(c, p, sep) : p + strlen(p);
		*at = *end && sep ? end + sep : end;
		p = trim(p, &end);
		if (end > p) {
			*option = p;
			*n = (size_t)(end - p);
			return true;
		}
	}
	return false;
}

struct pieces {
	size_t cells, joined, trailing, pieces, alone, different, long_ones;
};

/* Takes the answers apart at a separator and looks at what comes out. */
static struct pieces take_apart(const struct dict *d, const char *separator)
{
	struct survey_column c = { .separator = separator };
	struct dict options = { 0 };
	struct pieces r = { 0 };
	size_t sep = strlen(separator);

	for (uint32_t i = 0; i < d->n; i++) {
		const struct entry *e = &d->entry[i];
		const char *at = e->text, *option;
		size_t n, here = 0;
		r.cells++;
		r.joined += strstr(e->text, separator) != NULL;
		r.trailing += e->len >= sep && e->text[e->len - 1] == *separator;
		while (split_next(&c, &at, &option, &n)) {
			dict_find(&options, option, n, 0, NO_ENTRY - 1);
			here++;
			r.long_ones += n > 80;
		}
		r.alone += here == 1;
		r.pieces += here;
	}
	r.different = options.n;
	dict_free(&options, 0);
	return r;
}

static bool any_has(const struct dict *d, const char *text)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (strstr(d->entry[i].text, text))
			return true;
	return false;
}

/* Commas and line ends stand in sentences too: what they part must be short, few, and come alone as well. */
static bool parts_options(const struct dict *d, const char *separator)
{
	struct pieces p = take_apart(d, separator);

	return p.joined * 4 >= p.cells && p.different * 10 <= p.cells * 9 &&
	       p.alone * 2 >= p.different && p.different <= OPTIONS_MOST && p.long_ones == 0 &&
	       p.cells >= 4;
}

const char *split_separator(struct survey *s, const struct dict *d)
{
	struct pieces p = take_apart(d, ";");

	/* Microsoft Forms ends every cell so. */
	if (p.cells && p.trailing == p.cells && p.long_ones * 4 <= p.pieces)
		return ";";
	/* Options come again and again; the clauses of a sentence do not. */
	if (p.joined && p.different <= OPTIONS_MOST && p.long_ones * 4 <= p.pieces &&
	        (p.pieces >= 2 * p.different || p.different < p.cells))
		return ";";
	if (parts_options(d, ", "))
		return ", ";
	/* Jotform has a line an option; Qualtrics a comma without a blank. */
	if (any_has(d, "\n") && parts_options(d, "\n"))
		return "\n";
	if (any_has(d, ",") && (s->tool == TOOL_QUALTRICS || !any_has(d, ", ")) &&
	        parts_options(d, ","))
		return ",";
	return NULL;
}

/* ---------- options with a comma of their own ---------- */

/* A piece, and the one that stands behind it: always the same one, as long as nothing else was seen. */
struct piece {
	uint32_t next;
	int64_t n;
	bool settled, alone;
};

static void follow(struct piece *piece, uint32_t at, uint32_t next, int64_t n)
{
	struct piece *p = &piece[at];

	p->alone |= p->settled && p->next != next;
	p->next = next;
	p->settled = true;
	p->n += n;
}

/* "Job search, online" comes apart at its comma. But then "online" stands behind "Job search" whenever either
 * does, and begins with a small letter, as no option of its own would beside such that do not. */
void split_whole(struct survey *s, struct survey_column *c)
{
	struct dict pieces = { 0 };
	struct piece *piece = arena_alloc(s->arena, (OPTIONS_MOST + 1) * sizeof *piece);
	size_t n, found = 0;
	const char *option, *at;

	if (!c->separator || *c->separator != ',' || c->whole)
		return;
	for (uint32_t i = 0; i < c->dict.n; i++) {
		uint32_t before = NO_ENTRY, here;
		at = c->dict.entry[i].text;
		int64_t count = entry_count(s, &c->dict.entry[i]);
		while (split_next(c, &at, &option, &n)) {
			here = dict_find(&pieces, option, n, 0, OPTIONS_MOST);
			if (here == NO_ENTRY)
				goto out;
			if (before != NO_ENTRY)
				follow(piece, before, here, count);
			before = here;
		}
		if (before != NO_ENTRY)
			follow(piece, before, NO_ENTRY, count);
	}
	c->whole = arena_alloc(s->arena, (pieces.n + 1) * sizeof *c->whole);
	for (uint32_t i = 0; i < pieces.n; i++) {
		uint32_t next = piece[i].next;
		if (!piece[i].alone && next != NO_ENTRY && piece[next].n == piece[i].n &&
		        islower((unsigned char)pieces.entry[next].text[0]) &&
		        !islower((unsigned char)pieces.entry[i].text[0]))
			c->whole[found++] = arena_printf(s->arena, "%s%s%s", pieces.entry[i].text,
			        c->separator, pieces.entry[next].text);
	}
	c->whole[found] = NULL;
out:
	dict_free(&pieces, 0);
}

/* ---------- numbers and days ---------- */

bool split_number(const char *text, double *out)
{
	char plain[40];
	size_t n = 0;
	const char *p = text;

	while (isspace((unsigned char)*p))
		p++;
	if (str_starts(p, "\xc2\xa3")) /* £ */
		p += 2;
	else if (*p == '$')
		p++;
	else if (str_starts(p, "\xe2\x82\xac"))
		p += 3;
	for (; *p && n < sizeof plain - 1; p++) {
		if (*p == ',' && n > 0 && isdigit((unsigned char)p[1]) &&
		        isdigit((unsigned char)p[2]) && isdigit((unsigned char)p[3]) &&
		        !isdigit((unsigned char)p[4]))
			continue;
		if (!isdigit((unsigned char)*p) && *p != '.' && !(*p == '-' && n == 0))
			break;
		plain[n++] = *p;
	}
	while (*p == ' ' || *p == '%')
		p++;
	plain[n] = '\0';
	return n > 0 && *p == '\0' && number_parse_real(plain, out, NULL);
}

enum date_order split_order(const struct dict *d)
{
	size_t dmy = 0, mdy = 0;

	for (uint32_t i = 0; i < d->n; i++) {
		unsigned orders = day_orders(d->entry[i].text);
		dmy += orders == 1u << ORDER_DMY;
		mdy += orders == 1u << ORDER_MDY;
	}
	return mdy > dmy ? ORDER_MDY : ORDER_DMY;
}

bool split_day(const struct survey_column *c, const char *text, double *out)
{
	day_t day;

	/* Only what is written out: "today" and "mon" are words to a survey. */
	if (strlen(text) < 6 || !strpbrk(text, "0123456789") ||
	        (day_orders(text) == 0 && !strpbrk(text, " -")))
		return false;
	if (!day_parse(text, c->order, 0, &day, NULL))
		return false;
	*out = day;
	return true;
}

static bool nearly_all(const struct survey_column *c, bool days)
{
	const struct dict *d = &c->dict;
	size_t n = 0;
	double x;

	for (uint32_t i = 0; i < d->n; i++)
		n += days ? split_day(c, d->entry[i].text, &x) : split_number(d->entry[i].text, &x);
	return n * 20 >= (size_t)d->n * 19;
}

/* How a column goes on that has too many different answers to keep. */
enum mode split_mode(struct survey *s, struct survey_column *c)
{
	c->order = split_order(&c->dict);
	if (c->book && c->book->has_kind) {
		switch (c->book->kind) {
		case QUESTION_MULTIPLE:
			return MODE_SPLIT;
		case QUESTION_NUMBER:
			return MODE_NUMBER;
		case QUESTION_DATE:
			return MODE_DATE;
		default:
			return MODE_TEXT;
		}
	}
	if (!c->separator)
		c->separator = split_separator(s, &c->dict);
	if (c->separator) {
		split_whole(s, c);
		return MODE_SPLIT;
	}
	if (nearly_all(c, false))
		return MODE_NUMBER;
	return nearly_all(c, true) ? MODE_DATE : MODE_TEXT;
}

/* ---------- another way of counting ---------- */

static void vec_join(struct vec *to, const struct vec *add, bool weighted)
{
	for (uint32_t g = 0; g < add->cap; g++) {
		if (!add->n[g])
			continue;
		vec_add(to, g, weighted, 0);
		to->n[g] += add->n[g] - 1;
		if (weighted) {
			to->w[2 * g] += add->w[2 * g];
			to->w[2 * g + 1] += add->w[2 * g + 1];
		}
	}
}

struct entry *split_count(struct survey *s, struct survey_column *c, const char *option, size_t n,
        int64_t response, uint32_t most)
{
	uint32_t had = c->dict.n, at = dict_find(&c->dict, option, n, s->axes, most);

	if (at == NO_ENTRY) {
		c->uncounted++;
		return NULL;
	}
	struct entry *e = &c->dict.entry[at];
	if (c->dict.n > had) {
		const char *key = option_key(s, c->book, e->text);
		e->alike = dict_find(&c->alike, key, strlen(key), 0, NO_ENTRY - 1);
	}
	struct entry *same = &c->alike.entry[e->alike];
	if (same->last == response)
		return NULL;
	same->last = response;
	return e;
}

static void join_sums(struct survey *s, struct survey_column *c, const struct entry *e, bool days)
{
	double x;

	if (days ? !split_day(c, e->text, &x) : !split_number(e->text, &x))
		return;
	for (size_t k = 0; k < s->axes; k++)
		for (uint32_t g = 0; g < e->by[k].cap; g++) {
			struct figure f = vec_at(&e->by[k], g);
			if (!f.n)
				continue;
			sums_add(&c->sums[k], g, 0, x);
			struct sums *to = &c->sums[k].of[g];
			to->n--;
			sums_join(to, &(struct sums){ f.n, f.w, x, x, x });
		}
}

void column_become(struct survey *s, struct survey_column *c, enum mode mode)
{
	struct dict was = c->dict;

	c->dict = (struct dict){ 0 };
	c->mode = mode;
	for (uint32_t i = 0; i < was.n; i++) {
		const struct entry *e = &was.entry[i];
		for (size_t k = 0; k < s->axes; k++)
			vec_join(&c->answered[k], &e->by[k], s->weighted);
		const char *at = e->text, *option;
		size_t n;
		if (mode == MODE_SPLIT)
			while (split_next(c, &at, &option, &n)) {
				struct entry *to = split_count(s, c, option, n, i, NO_ENTRY - 1);
				for (size_t k = 0; to && k < s->axes; k++)
					vec_join(&to->by[k], &e->by[k], s->weighted);
			}
		else if (mode != MODE_TEXT)
			join_sums(s, c, e, mode == MODE_DATE);
	}
	for (uint32_t i = 0; i < c->alike.n; i++)
		c->alike.entry[i].last = -1;
	if (c->grouped)
		c->raw = was;
	else
		dict_free(&was, s->axes);
}
