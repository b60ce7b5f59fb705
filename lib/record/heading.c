/* SPDX-License-Identifier: MIT */
/*
 * The one recogniser: which column of a table means which field. A heading is compared as words:
 * as it stands, then without case, plural and the small words, then in any order, then as part of a
 * longer heading, then a letter or two off. What the column holds can take a typed field away again.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "record/heading.h"
#include "record/record.h"

enum {
	SCORE_EXACT = 100,
	SCORE_SYNONYM = 95,
	SCORE_STEM = 93,   /* the same but for plural and small words */
	SCORE_ORDER = 91,  /* the same words in another order */
	SCORE_PHRASE = 86, /* all words of a synonym stand within the heading */
	SCORE_NEAR = 75,   /* a letter or two off */
	SCORE_HINT = 65,
	SCORE_LEAST = 60,
	WORDS_MOST = 16
};

/* ---------- headings as words ---------- */

struct words {
	const char *key; /* text_key, with words run together in CamelCase parted */
	const char *word[WORDS_MOST];
	size_t n;
};

/* Words that say nothing about what a column holds. */
static bool is_small(const char *word, size_t n)
{
	static const char *const small[] = { "a", "an", "and", "at", "be", "by", "for", "if", "in",
		"is", "of", "on", "or", "s", "the", "to", "was", "were", "are", "please", "any" };

	for (size_t i = 0; i < COUNT(small); i++)
		if (strlen(small[i]) == n && memcmp(small[i], word, n) == 0)
			return true;
	return false;
}

/* One word in the form in which words are compared: singular, and one spelling of what has several. */
static const char *stem(struct arena *a, const char *word, size_t n)
{
	static const struct {
		const char *from, *to;
	} same[] = {
		{ "no", "number" },
		{ "nos", "number" },
		{ "num", "number" },
		{ "nbr", "number" },
		{ "nr", "number" },
		{ "qty", "number" },
		{ "org", "organisation" },
		{ "organization", "organisation" },
		{ "emp", "employee" },
		{ "ees", "employee" },
		{ "dept", "department" },
		{ "tel", "telephone" },
		{ "phone", "telephone" },
		{ "ref", "reference" },
		{ "addr", "address" },
		{ "eff", "effective" },
		{ "recd", "received" },
		{ "rcvd", "received" },
		{ "receipt", "received" },
		{ "mail", "email" },
		{ "postal", "post" },
		{ "zipcode", "zip" },
		{ "redundant", "redundancy" },
		{ "dt", "date" },
		{ "est", "estimated" },
		{ "estimate", "estimated" },
		{ "laid", "layoff" },
		{ "layoffs", "layoff" },
		{ "impacted", "affected" },
		{ "aff", "affected" },
	};
	char *out;

	for (size_t i = 0; i < COUNT(same); i++)
		if (strlen(same[i].from) == n && memcmp(same[i].from, word, n) == 0)
			return same[i].to;
	out = arena_strndup(a, word, n);
	if (n > 4 && str_ends(out, "ies"))
		memcpy(out + n - 3, "y", 2);
	else if (n > 3 && out[n - 1] == 's' && out[n - 2] != 's')
		out[n - 1] = '\0';
	return out;
}

/* "firstDismissal" and "EmployeesAffected" as two words; what is all capitals or all small stays as it is. */
static const char *part_camels(struct arena *a, const char *text)
{
	struct buf b = { 0 };
	bool mixed = false;

	for (const char *p = text; *p; p++) {
		if (p > text && isupper((unsigned char)*p) && islower((unsigned char)p[-1])) {
			buf_addc(&b, ' ');
			mixed = true;
		}
		buf_addc(&b, *p);
	}
	text = mixed ? arena_strdup(a, b.p) : text;
	buf_free(&b);
	return text;
}

/* '#' is the one sign that stands for a word. */
static const char *spell_signs(struct arena *a, const char *text)
{
	struct buf b = { 0 };

	if (!strchr(text, '#'))
		return text;
	for (const char *p = text; *p; p++)
		if (*p == '#')
			buf_adds(&b, " number ");
		else
			buf_addc(&b, *p);
	text = arena_strdup(a, buf_text(&b));
	buf_free(&b);
	return text;
}

static void add_word(struct arena *a, struct words *w, const char *word, size_t n)
{
	if (w->n < WORDS_MOST && !is_small(word, n))
		w->word[w->n++] = stem(a, word, n);
}

static struct words words_of(struct arena *a, const char *text, bool camels)
{
	struct words w = { 0 };
	size_t n;

	text = spell_signs(a, camels ? part_camels(a, text) : text);
	w.key = text_key(a, text);
	for (const char *p = w.key; *p; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		/* Lay off, off-site and the like are one word to some. */
		if (n == 3 && memcmp(p, "lay", 3) == 0 && str_starts(p + n, " off") &&
		        (p[n + 4] == ' ' || p[n + 4] == '\0' || p[n + 4] == 's')) {
			add_word(a, &w, "layoff", 6);
			n += strcspn(p + n + 1, " ") + 1;
			continue;
		}
		/* Rec'd leaves its d behind. */
		if (n == 3 && memcmp(p, "rec", 3) == 0 && str_starts(p + n, " d") &&
		        (p[n + 2] == ' ' || p[n + 2] == '\0')) {
			add_word(a, &w, "received", 8);
			n += 2;
			continue;
		}
		add_word(a, &w, p, n);
	}
	return w;
}

static bool has_word(const struct words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_equal(w->word[i], word))
			return true;
	return false;
}

static bool same_words(const struct words *x, const struct words *y)
{
	for (size_t i = 0; i < x->n && x->n == y->n; i++)
		if (!str_equal(x->word[i], y->word[i]))
			return false;
	return x->n == y->n;
}

/* Whether all words of y stand in x. */
static bool has_words(const struct words *x, const struct words *y)
{
	for (size_t i = 0; i < y->n; i++)
		if (!has_word(x, y->word[i]))
			return false;
	return y->n > 0;
}

/* ---------- scores ---------- */

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

/* The names of a target as words, made once a call. */
struct name {
	struct words words;
	int exact;
};
struct names {
	struct name *name;
	size_t n;
	struct words hint, against;
};

static void add_name(struct arena *a, struct names *to, const char *text, int exact)
{
	to->name[to->n++] = (struct name){ words_of(a, text, false), exact };
}

static struct names names_of(struct arena *a, const struct heading_target *t)
{
	struct names all = { 0 };
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
		add_word(a, against ? &all.against : &all.hint, *word + against,
		        strlen(*word) - against);
	}
	return all;
}

/* The score of one name for a target against a heading. */
static int score_name(const struct words *h, const struct name *name)
{
	const struct words *w = &name->words;
	int extra = (int)h->n - (int)w->n;

	if (str_equal(h->key, w->key))
		return name->exact;
	if (w->n == 0 || h->n == 0 || name->exact < SCORE_SYNONYM)
		return 0;
	if (same_words(h, w))
		return SCORE_STEM;
	if (extra == 0 && has_words(h, w))
		return SCORE_ORDER;
	if (has_words(h, w)) {
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
		if (has_word(h, against->word[i]))
			return true;
	return false;
}

static struct score score_names(const struct words *h, const struct names *names)
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

/* One heading against one target, by names and then by what the column holds. */
static struct score score_pair(const struct words *h, const struct words *camel, size_t column,
        const struct heading_target *t, const struct names *names, size_t target,
        const struct row *sample, size_t nsample)
{
	struct score s = score_names(h, names);

	if (s.score < SCORE_SYNONYM && camel) {
		struct score other = score_names(camel, names);
		if (other.score > s.score)
			s = other;
	}
	s.column = column;
	s.target = target;
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

static struct names *all_names(struct arena *a, const struct heading_target *targets, size_t n)
{
	struct names *names = arena_alloc(a, (n + 1) * sizeof *names);

	for (size_t t = 0; t < n; t++)
		names[t] = names_of(a, &targets[t]);
	return names;
}

static void match_names(struct arena *a, const char *const *heading, size_t n,
        const struct heading_target *targets, const struct names *names, size_t ntargets,
        const struct row *sample, size_t nsample, struct heading_match *match)
{
	bool *taken = mem_zalloc(ntargets + 1);
	struct score *all = NULL;
	size_t k = 0, cap = 0;

	for (size_t i = 0; i < n; i++) {
		const char *text = heading[i] ? heading[i] : "";
		match[i] = (struct heading_match){ -1, 0, NULL };
		if (*text == '\0')
			continue;
		struct words h = words_of(a, text, false), camel = words_of(a, text, true);
		bool parted = !str_equal(h.key, camel.key);
		for (size_t t = 0; *h.key && t < ntargets; t++) {
			struct score s = score_pair(&h, parted ? &camel : NULL, i, &targets[t],
			        &names[t], t, sample, nsample);
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

void headings_match(struct arena *a, const char *const *heading, size_t n,
        const struct heading_target *targets, size_t ntargets, const struct row *sample,
        size_t nsample, struct heading_match *match)
{
	match_names(a, heading, n, targets, all_names(a, targets, ntargets), ntargets, sample,
	        nsample, match);
}

/* ---------- the heading row ---------- */

/* How well a row does as headings: how many fields it names, and how surely. */
static size_t row_score(struct arena *a, const char *const *heading, size_t n,
        const struct heading_target *targets, const struct names *names, size_t ntargets,
        size_t *found)
{
	struct heading_match *match = mem_alloc((n + 1) * sizeof *match);
	size_t sum = 0;

	*found = 0;
	match_names(a, heading, n, targets, names, ntargets, NULL, 0, match);
	for (size_t k = 0; k < n; k++)
		if (match[k].score >= SCORE_HINT) {
			*found += match[k].score >= SCORE_NEAR;
			sum += (size_t)match[k].score;
		}
	mem_free(match);
	return sum;
}

static const char **row_texts(struct arena *a, const struct row *row, size_t *filled)
{
	const char **text = arena_alloc(a, (row->n + 1) * sizeof *text);

	*filled = 0;
	for (size_t k = 0; k < row->n; k++) {
		text[k] = row->cell[k].p;
		*filled += row->cell[k].n > 0;
	}
	return text;
}

/* A row of values: headings are no dates. */
static bool has_date(const struct row *row)
{
	for (size_t k = 0; k < row->n; k++)
		if (row->cell[k].n >= 6 && day_orders(row->cell[k].p) != 0)
			return true;
	return false;
}

int headings_find(struct arena *a, const struct row *rows, size_t n,
        const struct heading_target *targets, size_t ntargets)
{
	const struct names *names = all_names(a, targets, ntargets);
	int best = -1;
	size_t most = 0, found, filled;

	for (size_t i = 0; i < n; i++) {
		if (has_date(&rows[i]))
			continue;
		const char **heading = row_texts(a, &rows[i], &filled);
		size_t sum = row_score(a, heading, rows[i].n, targets, names, ntargets, &found);
		/* A title such as "Register of employers" has one matching cell and nothing beside it. */
		if (found && sum > most && (filled > 1 || n == 1 || rows[i].n == 1)) {
			most = sum;
			best = (int)i;
		}
	}
	return best;
}

const char **headings_join(
        struct arena *a, const struct row *top, const struct row *bottom, size_t *n)
{
	const char **out, *over = "";

	*n = top->n > bottom->n ? top->n : bottom->n;
	out = arena_alloc(a, (*n + 1) * sizeof *out);
	for (size_t k = 0; k < *n; k++) {
		const char *above = k < top->n ? top->cell[k].p : "";
		const char *below = k < bottom->n ? bottom->cell[k].p : "";
		if (*above)
			over = above;
		else if (!*below)
			over = ""; /* a merged cell does not reach over a column without a heading */
		if (*below && *over)
			out[k] = arena_printf(a, "%s %s", over, below);
		else
			out[k] = *below ? below : above;
	}
	return out;
}

const char **headings_of(struct arena *a, const struct row *rows, size_t n, size_t at,
        const struct heading_target *targets, size_t ntargets, size_t *count, int *span)
{
	const struct names *names = all_names(a, targets, ntargets);
	size_t filled, found, most_found, other;
	const char **best = row_texts(a, &rows[at], &filled);
	size_t most = row_score(a, best, rows[at].n, targets, names, ntargets, &most_found);

	*count = rows[at].n;
	*span = 0;
	for (int down = 0; down <= 1; down++) {
		size_t top = down ? at : at - 1;
		if ((!down && at == 0) || top + 1 >= n)
			continue;
		const char **joined = headings_join(a, &rows[top], &rows[top + 1], &other);
		size_t sum = row_score(a, joined, other, targets, names, ntargets, &found);
		/* The second row must name fields of its own; a row of values or a title names none. */
		if (found < most_found || sum < most + (found > most_found ? 0 : 20))
			continue;
		most = sum;
		most_found = found;
		best = joined;
		*count = other;
		*span = down ? 1 : -1;
	}
	return best;
}
