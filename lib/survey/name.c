/* SPDX-License-Identifier: MIT */
/* Which question a user means: its ref, Q and its number, the letter of its column, or some words
 * of its heading. */
#include "survey/head.h"

#include <ctype.h>
#include <string.h>

static bool is_asked(const struct survey_column *c)
{
	return c->cell != NONE && (c->role == ROLE_QUESTION || c->role == ROLE_WEIGHT);
}

/* All columns of a cluster, or the one. */
static bool found(const struct survey *s, size_t i, bool whole, size_t *first, size_t *n)
{
	size_t cluster = s->column[i].cluster;

	*first = i;
	*n = 1;
	if (whole && cluster != NONE) {
		*first = s->cluster[cluster].first;
		*n = s->cluster[cluster].n;
	}
	return true;
}

static bool by_ref(const struct survey *s, const char *name, size_t *first, size_t *n)
{
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].ref && strcasecmp(s->column[i].ref, name) == 0)
			return found(s, i, false, first, n);
	for (size_t i = 0; i < s->clusters; i++)
		if (s->cluster[i].ref && strcasecmp(s->cluster[i].ref, name) == 0)
			return found(s, s->cluster[i].first, true, first, n);
	return false;
}

static bool by_number(const struct survey *s, const char *name, size_t *first, size_t *n)
{
	int64_t want, number = 0;

	if ((*name != 'Q' && *name != 'q') || !isdigit((unsigned char)name[1]) ||
	        !number_parse(name + 1, 1, 100000, &want, NULL))
		return false;
	for (size_t i = 0; i < s->columns; i++) {
		const struct survey_column *c = &s->column[i];
		if (!is_asked(c))
			continue;
		bool begins = c->cluster == NONE || s->cluster[c->cluster].first == i;
		number += begins;
		if (begins && number == want)
			return found(s, i, true, first, n);
	}
	return false;
}

static bool by_letter(struct survey *s, const char *name, size_t *first, size_t *n)
{
	size_t len = strlen(name);

	if (len == 0 || len > 3)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isupper((unsigned char)name[i]))
			return false;
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].cell != NONE &&
		        str_equal(column_letter(s, s->column[i].cell), name))
			return found(s, i, false, first, n);
	return false;
}

/* Words that stand in one heading, or in the stem that a cluster shares. */
static bool by_words(struct survey *s, const char *name, bool exact, size_t *first, size_t *n,
        struct buf *several)
{
	const char *key = text_key(s->arena, name);
	size_t hits = 0;

	if (*key == '\0')
		return false;
	for (size_t i = 0; i < s->columns; i++) {
		const struct survey_column *c = &s->column[i];
		if (c->cell == NONE)
			continue;
		const char *stem = c->stem ? text_key(s->arena, c->stem) : NULL;
		bool in_stem = c->cluster != NONE && stem &&
		               (exact ? str_equal(stem, key) : strstr(stem, key) != NULL);
		if (in_stem && s->cluster[c->cluster].first != i)
			continue;
		if (!in_stem && (exact ? !str_equal(c->key, key) : !strstr(c->key, key)))
			continue;
		if (hits++ == 0)
			found(s, i, in_stem, first, n);
		if (hits <= 3)
			buf_addf(several, "%s%s", several->n ? ", " : "", quote(c->heading));
	}
	if (hits > 3)
		buf_addf(several, " and %zu more", hits - 3);
	if (hits == 1)
		buf_clear(several);
	return hits == 1;
}

static bool no_such(struct survey *s, const char *name, struct fault *fault)
{
	const char **word = arena_alloc(s->arena, (s->columns + 1) * sizeof *word);
	size_t n = 0;

	for (size_t i = 0; i < s->columns; i++)
		if (is_asked(&s->column[i]))
			word[n++] = s->column[i].heading;
	const char *near = text_nearest(name, word, n);
	if (near)
		return fault_set(fault, STATUS_USAGE, "no heading has %s; did you mean %s",
		        quote(name), quote(near));
	return fault_set(fault, STATUS_USAGE,
	        "no heading has %s; --explain lists the questions with their refs", quote(name));
}

bool column_named(struct survey *s, const char *name, size_t *first, size_t *n, struct fault *fault)
{
	struct buf several = { 0 };
	bool good = by_ref(s, name, first, n) || by_words(s, name, true, first, n, &several);

	if (!good && several.n == 0)
		good = by_letter(s, name, first, n) || by_number(s, name, first, n) ||
		       by_words(s, name, false, first, n, &several);
	if (!good && several.n)
		fault_set(fault, STATUS_USAGE,
		        "%s is in several headings (%s); give more words, or the ref that "
		        "--explain shows",
		        quote(name), buf_text(&several));
	else if (!good)
		no_such(s, name, fault);
	buf_free(&several);
	if (!good)
		return false;
	const struct survey_column *c = &s->column[*first];
	if (c->role == ROLE_PERSON)
		return fault_set(fault, STATUS_USAGE,
		        "%s says who answered and is never tallied; choose another question",
		        quote(c->heading));
	if (c->role == ROLE_KEPT || c->role == ROLE_FINISHED)
		return fault_set(fault, STATUS_USAGE,
		        "%s is the form's own book-keeping and no question", quote(c->heading));
	if (c->role == ROLE_LEFT_OUT || c->role == ROLE_DECLINED)
		return fault_set(
		        fault, STATUS_USAGE, "%s is left out by the codebook", quote(c->heading));
	return true;
}
