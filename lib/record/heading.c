/* SPDX-License-Identifier: MIT */
/* The one recogniser: which column of a table means which field. */
#include <stdlib.h>
#include <string.h>

#include "record/record.h"

enum {
	SCORE_EXACT = 100,
	SCORE_SYNONYM = 95,
	SCORE_PHRASE = 85, /* a synonym stands within the heading */
	SCORE_NEAR = 75,   /* a letter or two off */
	SCORE_HINT = 65,
	SCORE_CONTENT = 62,
	SCORE_LEAST = 60,
	WORDS_MOST = 24
};

/* How much of what a column holds can be its type's: 0 to 1, or -1 where nothing is filled. */
static double fitting(const struct row *sample, size_t nsample, size_t column, enum type type)
{
	size_t filled = 0, fits = 0;
	struct fault f;

	for (size_t i = 0; i < nsample; i++) {
		if (column >= sample[i].n || sample[i].cell[column].n == 0)
			continue;
		const char *text = sample[i].cell[column].p;
		int64_t number;
		bool has_time, ok = false;
		f = (struct fault){ 0 };
		if (text[strspn(text, " \t\n\xC2\xA0")] == '\0')
			continue;
		filled++;
		if (type == TYPE_DATE || type == TYPE_MOMENT || type == TYPE_TIME)
			ok = day_orders(text) != 0 ||
			     moment_parse(text, ORDER_DMY, 0, &number, &has_time, &f);
		else if (type == TYPE_INTEGER)
			ok = number_loose(text, &number);
		else if (type == TYPE_EMAIL)
			ok = strchr(text, '@') != NULL;
		else
			ok = true;
		fits += ok;
	}
	return filled ? (double)fits / (double)filled : -1;
}

static bool typed(enum type type)
{
	return type == TYPE_DATE || type == TYPE_MOMENT || type == TYPE_TIME ||
	       type == TYPE_INTEGER || type == TYPE_EMAIL;
}

/* Where the words of `phrase` stand one after the other in `key`, both text_key'd. */
static bool has_phrase(const char *key, const char *phrase)
{
	size_t n = strlen(phrase);

	for (const char *p = key; n && (p = strstr(p, phrase)); p++)
		if ((p == key || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

static int count_words(const char *key)
{
	int n = *key != '\0';

	for (; *key; key++)
		n += *key == ' ';
	return n;
}

/* The score of one name for a target against a heading. */
static int score_name(const char *key, const char *name_key, int exact)
{
	int extra;

	if (str_equal(key, name_key))
		return exact;
	if (has_phrase(key, name_key)) {
		/* The more other words stand around it the less sure it is. */
		extra = count_words(key) - count_words(name_key);
		return SCORE_PHRASE - 2 * extra > SCORE_LEAST ? SCORE_PHRASE - 2 * extra
		                                              : SCORE_LEAST;
	}
	if (strlen(name_key) >= 6 &&
	        text_distance(key, name_key, 2) <= (strlen(name_key) >= 10 ? 2 : 1))
		return SCORE_NEAR;
	return 0;
}

static int score_hints(struct arena *a, const char *key, const char *hint)
{
	char **words = str_split(a, hint ? hint : "", " ", NULL);

	for (; *words; words++)
		if (has_phrase(key, text_key(a, *words)))
			return SCORE_HINT;
	return 0;
}

struct score {
	size_t column, target;
	int score;
	const char *why;
};

/* One heading against one target, by names and then by what the column holds. */
static struct score score_pair(struct arena *a, const char *key, size_t column,
        const struct heading_target *t, size_t target, const struct row *sample, size_t nsample)
{
	struct score s = { column, target, 0, "heading" };
	const char *dot = strrchr(t->field, '.');
	int other;

	s.score = score_name(key, text_key(a, t->field), SCORE_EXACT);
	if (dot && !s.score)
		s.score = score_name(key, text_key(a, dot + 1), SCORE_SYNONYM) / 2;
	for (const char *const *syn = t->synonyms; syn && *syn && s.score < SCORE_SYNONYM; syn++) {
		other = score_name(key, text_key(a, *syn), SCORE_SYNONYM);
		if (other > s.score) {
			s.score = other;
			s.why = "synonym";
		}
	}
	if (s.score < SCORE_HINT && t->hint) {
		other = score_hints(a, key, t->hint);
		if (other > s.score) {
			s.score = other;
			s.why = "content";
		}
	}
	if (s.score && typed(t->type)) {
		double fit = fitting(sample, nsample, column, t->type);
		if (fit >= 0 && fit < 0.3)
			s.score -= 45; /* the heading says so but the column holds something else */
		else if (fit < 0 && nsample)
			s.score -= 5; /* an empty column gives way to a filled one */
	}
	return s;
}

static int by_score(const void *x, const void *y)
{
	const struct score *a = x, *b = y;

	if (a->score != b->score)
		return b->score - a->score;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->target < b->target ? -1 : a->target > b->target;
}

void headings_match(struct arena *a, const char *const *heading, size_t n,
        const struct heading_target *targets, size_t ntargets, const struct row *sample,
        size_t nsample, struct heading_match *match)
{
	struct score *all = mem_alloc((n * ntargets + 1) * sizeof *all);
	bool *taken = mem_zalloc(ntargets + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		const char *key = text_key(a, heading[i] ? heading[i] : "");
		match[i] = (struct heading_match){ -1, 0, NULL };
		for (size_t t = 0; *key && t < ntargets; t++) {
			struct score s = score_pair(a, key, i, &targets[t], t, sample, nsample);
			if (s.score >= SCORE_LEAST)
				all[k++] = s;
		}
	}
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

int headings_find(struct arena *a, const struct row *rows, size_t n,
        const struct heading_target *targets, size_t ntargets)
{
	int best = -1;
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		struct heading_match *match = mem_alloc((rows[i].n + 1) * sizeof *match);
		const char **heading = mem_alloc((rows[i].n + 1) * sizeof *heading);
		size_t found = 0, filled = 0;
		for (size_t k = 0; k < rows[i].n; k++) {
			heading[k] = rows[i].cell[k].p;
			filled += rows[i].cell[k].n > 0;
		}
		headings_match(a, heading, rows[i].n, targets, ntargets, NULL, 0, match);
		for (size_t k = 0; k < rows[i].n; k++)
			found += match[k].score >= SCORE_NEAR;
		/* A title such as "Register of employers" has one matching cell and nothing beside it. */
		if (found > most && (filled > 1 || n == 1 || rows[i].n == 1)) {
			most = found;
			best = (int)i;
		}
		mem_free(heading);
		mem_free(match);
	}
	return best;
}
