/* SPDX-License-Identifier: MIT */
/* The options of a question, gathered from its answers: which are the same, and their order. */
#include "survey/head.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *option_plain(struct arena *a, const char *text)
{
	char *folded = text_fold(a, text), *to = folded;
	bool gap = false;

	for (const char *p = folded; *p; p++) {
		if (isspace((unsigned char)*p) || str_starts(p, "\xc2\xa0")) {
			gap = true;
			p += str_starts(p, "\xc2\xa0");
			continue;
		}
		if (gap && to > folded)
			*to++ = ' ';
		gap = false;
		*to++ = *p;
	}
	while (to > folded && to[-1] == '.')
		to--;
	*to = '\0';
	return folded;
}

size_t option_find(const struct survey *s, const struct question *q, const char *text)
{
	const char *want = option_plain(s->arena, text);

	for (size_t i = 0; i < q->options; i++)
		if (str_equal(option_plain(s->arena, q->option[i].text), want))
			return i;
	return NONE;
}

static size_t option_add(struct question *q, const char *text, enum tone tone)
{
	q->option = mem_grow(q->option, &q->option_cap, q->options + 1, sizeof *q->option);
	q->option[q->options] = (struct option){ .text = text, .tone = tone };
	return q->options++;
}

static const char *recoded(const struct book_question *b, struct arena *a, const char *text)
{
	for (size_t i = 0; b && i < b->recodes; i++)
		if (str_equal(option_plain(a, b->recode[2 * i]), option_plain(a, text)))
			return b->recode[2 * i + 1];
	for (size_t i = 0; b && i < b->options; i++)
		for (size_t k = 0; k < b->option[i].nalso; k++)
			if (str_equal(option_plain(a, b->option[i].also[k]), option_plain(a, text)))
				return b->option[i].text;
	return text;
}

struct spelling {
	const char *plain;
	size_t at; /* entry */
};

static int by_plain(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	int c = strcmp(x->plain, y->plain);

	return c ? c : (x->at > y->at) - (x->at < y->at);
}

const char *option_shown(struct survey *s, const char *text)
{
	size_t digits = 0;

	for (const char *p = text; *p; p++)
		digits += isdigit((unsigned char)*p) != 0;
	return strchr(text, '@') || (digits >= 9 && strspn(text, "0123456789.,") != strlen(text))
	               ? quote_masked(s, text)
	               : text;
}

const char *option_key(struct survey *s, const struct book_question *b, const char *text)
{
	return option_plain(s->arena, option_shown(s, recoded(b, s->arena, text)));
}

/* One option for every different answer; the commonest spelling is the one shown. */
void options_gather(struct survey *s, struct question *q)
{
	const struct dict *d = &s->column[q->column].dict;
	struct spelling *sp = arena_alloc(s->arena, (d->n + 1) * sizeof *sp);

	q->entries = d->n;
	q->map = arena_alloc(s->arena, (d->n + 1) * sizeof *q->map);
	for (size_t i = 0; i < d->n; i++) {
		sp[i] = (struct spelling){ option_key(s, q->book, d->entry[i].text), i };
	}
	qsort(sp, d->n, sizeof *sp, by_plain);
	for (size_t i = 0; i < d->n;) {
		size_t n = 0, best = i;
		int64_t count = 0, most = -1;
		for (; i + n < d->n && str_equal(sp[i].plain, sp[i + n].plain); n++) {
			int64_t here = entry_count(s, &d->entry[sp[i + n].at]);
			count += here;
			if (here > most) {
				most = here;
				best = i + n;
			}
		}
		const char *text = recoded(q->book, s->arena, d->entry[sp[best].at].text);
		size_t o = option_add(q, option_shown(s, text), TONE_NONE);
		q->option[o].count = count;
		if (scale_is_aside(s, text) && !(q->book && q->book->options))
			q->option[o].tone = TONE_ASIDE;
		for (size_t k = i; k < i + n; k++)
			q->map[sp[k].at] = o;
		i += n;
	}
}

void options_replace(
        struct survey *s, struct question *q, const size_t *at, struct option *fresh, size_t n)
{
	for (size_t i = 0; i < q->options; i++)
		fresh[at[i]].count += q->option[i].count;
	for (size_t e = 0; q->map && e < q->entries; e++)
		if (q->map[e] != NONE)
			q->map[e] = at[q->map[e]];
	(void)s;
	mem_free(q->option);
	q->option = NULL;
	q->options = q->option_cap = 0;
	q->option = mem_grow(NULL, &q->option_cap, n + 1, sizeof *q->option);
	memcpy(q->option, fresh, n * sizeof *fresh);
	q->options = n;
}

struct rank {
	size_t option;
	int class; /* asides behind, "other" before them */
	size_t order;
	int64_t count;
	const char *text;
};

static int by_rank(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->class != y->class)
		return x->class - y->class;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->text, y->text);
}

void options_sort(struct survey *s, struct question *q, const size_t *order)
{
	size_t n = q->options;
	struct rank *r = arena_alloc(s->arena, (n + 1) * sizeof *r);
	size_t *at = arena_alloc(s->arena, (n + 1) * sizeof *at);
	struct option *fresh = arena_alloc(s->arena, (n + 1) * sizeof *fresh);

	for (size_t i = 0; i < n; i++) {
		const struct option *o = &q->option[i];
		const char *key = text_key(s->arena, o->text);
		int other = str_starts(key, "other") || str_starts(key, "none of");
		r[i] = (struct rank){ i, o->tone == TONE_ASIDE ? 2 : other && !order,
			order ? order[i] : 0, o->count, o->text };
	}
	qsort(r, n, sizeof *r, by_rank);
	for (size_t i = 0; i < n; i++) {
		at[r[i].option] = i;
		fresh[i] = q->option[r[i].option];
		fresh[i].count = 0;
	}
	options_replace(s, q, at, fresh, n);
}
