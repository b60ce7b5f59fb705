/* SPDX-License-Identifier: MIT */
/*
 * The one recogniser: which column of a table means which field. A heading is compared as words:
 * as it stands, then without case, plural and the small words, then in any order, then as part of a
 * longer heading, then a letter or two off. What the column holds can take a typed field away again.
 */
#include <stdlib.h>
#include <string.h>

#include "record/headings/heading.h"

static bool typed(enum type type)
{
	return type == TYPE_DATE || type == TYPE_MOMENT || type == TYPE_TIME ||
	       type == TYPE_INTEGER || type == TYPE_EMAIL;
}

struct score {
	size_t column, target;
	int score;
	int order; /* which of the target's names it was: earlier ones mean it more */
	const char *why;
};

static void add_name(struct arena *a, struct heading_names *to, const char *text, int exact)
{
	to->name[to->n++] = (struct heading_name){ words_of(a, text, false), exact };
}

static struct heading_names names_of(struct arena *a, const struct heading_target *t)
{
	struct heading_names all = { 0 };
	const char *dot = strrchr(t->field, '.');
	size_t n = 2;

	for (const char *const *s = t->synonyms; s && *s; s++)
		n++;
	all.name = arena_alloc(a, n * sizeof *all.name);
	add_name(a, &all, t->field, SCORE_EXACT);
	for (const char *const *s = t->synonyms; s && *s; s++)
		add_name(a, &all, *s, SCORE_SYNONYM);
	if (dot)
		add_name(a, &all, dot + 1, SCORE_SYNONYM / 2);
	for (char **word = str_split(a, t->hint ? t->hint : "", " ", NULL); *word; word++) {
		bool against = **word == '!';
		words_add(a, against ? &all.against : &all.hint, *word + against,
		        strlen(*word) - against);
	}
	return all;
}

/* The score of one name for a target against a heading. */
static int score_name(const struct words *h, const struct heading_name *name)
{
	const struct words *w = &name->words;
	int extra = (int)h->n - (int)w->n;

	if (h->hash == w->hash && str_equal(h->key, w->key))
		return name->exact;
	if (w->n == 0 || h->n == 0 || name->exact < SCORE_SYNONYM)
		return 0;
	if (words_same(h, w))
		return SCORE_STEM;
	if (extra == 0 && words_have_all(h, w))
		return SCORE_ORDER;
	if (words_have_all(h, w)) {
		/* The more other words stand around it the less sure it is; most of all around one word. */
		int score = SCORE_PHRASE - (w->n == 1 ? 5 : 2) * (extra > 0 ? extra : 0);
		return score > SCORE_LEAST ? score : SCORE_LEAST;
	}
	size_t length = strlen(w->key), other = strlen(h->key), most = length >= 10 ? 2 : 1;
	/* Most pairs differ too much in length, or where they begin, for the costly comparison. */
	if (length >= 6 && length <= other + most && other <= length + most &&
	        h->key[0] == w->key[0] && text_distance(h->key, w->key, (int)most) <= (int)most)
		return SCORE_NEAR;
	return 0;
}

static bool speaks_against(const struct words *h, const struct words *against)
{
	for (size_t i = 0; i < against->n; i++)
		if (words_have(h, against->word[i]))
			return true;
	return false;
}

static struct score score_names(const struct words *h, const struct heading_names *names)
{
	struct score s = { .why = "heading" };

	for (size_t i = 0; i < names->n; i++) {
		int score = score_name(h, &names->name[i]);
		if (score <= s.score)
			continue;
		s.score = score;
		s.order = (int)i;
		s.why = i == 0 && score == SCORE_EXACT ? "heading" : "synonym";
	}
	if (s.score < SCORE_SYNONYM && speaks_against(h, &names->against))
		s.score = 0;
	else if (s.score < SCORE_HINT && speaks_against(h, &names->hint)) {
		s.score = SCORE_HINT;
		s.order = (int)names->n;
		s.why = "content";
	}
	return s;
}

/* The ways to read a heading: as it stands, with CamelCase parted, and each half of one in two tongues:
 * "Employer / Employeur". */
enum { WAY_WHOLE, WAY_CAMEL, WAY_HALF, WAYS = WAY_HALF + 2 };
struct ways {
	struct words words[WAYS]; /* without a key: not so */
};

static struct ways ways_of(struct arena *a, const char *text)
{
	struct ways w = { .words = { words_of(a, text, false), words_of(a, text, true) } };
	const char *between = strstr(text, " / ");

	between = between ? between : strstr(text, " | ");
	if (str_equal(w.words[WAY_WHOLE].key, w.words[WAY_CAMEL].key))
		w.words[WAY_CAMEL].key = NULL;
	if (between) {
		w.words[WAY_HALF] =
		        words_of(a, arena_strndup(a, text, (size_t)(between - text)), false);
		w.words[WAY_HALF + 1] = words_of(a, between + 3, false);
	}
	return w;
}

/* The better of a score and what another way to read the heading gives. Half of one must be sure of itself. */
static struct score better(
        struct score s, const struct ways *w, int way, const struct heading_names *names)
{
	struct score other;

	if (!w->words[way].key || s.score >= SCORE_SYNONYM)
		return s;
	other = score_names(&w->words[way], names);
	if (way >= WAY_HALF)
		other.score = other.score >= SCORE_STEM ? SCORE_HALF : 0;
	return other.score > s.score ? other : s;
}

/* One heading against one target, by names and then by what the column holds. */
static struct score score_pair(const struct ways *w, size_t column, const struct heading_target *t,
        const struct heading_names *names, size_t target, const struct row *sample, size_t nsample)
{
	struct score s = score_names(&w->words[WAY_WHOLE], names);

	for (int way = WAY_CAMEL; way < WAYS; way++)
		s = better(s, w, way, names);
	s.column = column;
	s.target = target;
	/* A column of days is no source, whatever "Sent" may mean, and "Closing" is then no yes or no. Only a
	 * field's own name holds against that. */
	if (s.score && s.score < SCORE_EXACT && t->type == TYPE_TEXT && nsample &&
	        heading_fitting(sample, nsample, column, TYPE_DATE) > 0.6)
		s.score -= 45;
	if (s.score && typed(t->type) && nsample) {
		double fit = heading_fitting(sample, nsample, column, t->type);
		if (fit >= 0 && fit < 0.3)
			s.score -= 45; /* the heading says so but the column holds something else */
		else if (fit >= 0 && fit < 0.6)
			s.score -= 8;
		else if (fit < 0)
			s.score -= 15; /* an empty column gives way to a filled one */
	}
	return s;
}

static int by_score(const void *x, const void *y)
{
	const struct score *a = x, *b = y;

	if (a->score != b->score)
		return b->score - a->score;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->target < b->target ? -1 : a->target > b->target;
}

struct heading_targets headings_ready(
        struct arena *a, const struct heading_target *targets, size_t n)
{
	struct heading_names *names = arena_alloc(a, (n + 1) * sizeof *names);

	for (size_t t = 0; t < n; t++)
		names[t] = names_of(a, &targets[t]);
	return (struct heading_targets){ targets, n, names };
}

void headings_match(struct arena *a, const char *const *heading, size_t n,
        const struct heading_targets *to, const bool *left, const struct row *sample,
        size_t nsample, struct heading_match *match)
{
	bool *taken = mem_zalloc(to->n + 1);
	struct score *all = NULL;
	size_t k = 0, cap = 0;

	for (size_t i = 0; i < n; i++) {
		const char *text = heading[i] ? heading[i] : "";
		match[i] = (struct heading_match){ -1, 0, NULL };
		if (*text == '\0' || i >= COLUMNS_MOST)
			continue;
		struct ways w = ways_of(a, text);
		for (size_t t = 0; *w.words[WAY_WHOLE].key && t < to->n; t++) {
			struct score s = { 0 };
			if (!left || left[t])
				s = score_pair(
				        &w, i, &to->target[t], &to->names[t], t, sample, nsample);
			if (s.score < SCORE_LEAST)
				continue;
			all = mem_grow(all, &cap, k + 1, sizeof *all);
			all[k++] = s;
		}
	}
	if (k)
		qsort(all, k, sizeof *all, by_score);
	for (size_t i = 0; i < k; i++) {
		if (match[all[i].column].target >= 0 || taken[all[i].target])
			continue;
		match[all[i].column] =
		        (struct heading_match){ (int)all[i].target, all[i].score, all[i].why };
		taken[all[i].target] = true;
	}
	mem_free(taken);
	mem_free(all);
}
