/* SPDX-License-Identifier: MIT */
/* Headings as words: without case, plural and the small words, one spelling of what has several. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "record/headings/heading.h"

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
		{ "affctd", "affected" },
		{ "affd", "affected" },
		{ "empl", "employee" },
		{ "empls", "employee" },
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

void words_add(struct arena *a, struct words *w, const char *word, size_t n)
{
	if (w->n >= WORDS_MOST || is_small(word, n))
		return;
	w->word[w->n] = stem(a, word, n);
	w->bits |= UINT64_C(1) << (str_hash(w->word[w->n]) >> 26);
	w->n++;
}

struct words words_of(struct arena *a, const char *text, bool camels)
{
	struct words w = { 0 };
	size_t n;

	text = spell_signs(a, camels ? part_camels(a, text) : text);
	w.key = text_key(a, text);
	w.hash = str_hash(w.key);
	for (const char *p = w.key; *p; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		/* Lay off, off-site and the like are one word to some. */
		if (n == 3 && memcmp(p, "lay", 3) == 0 && str_starts(p + n, " off") &&
		        (p[n + 4] == ' ' || p[n + 4] == '\0' || p[n + 4] == 's')) {
			words_add(a, &w, "layoff", 6);
			n += strcspn(p + n + 1, " ") + 1;
			continue;
		}
		/* Rec'd leaves its d behind. */
		if (n == 3 && memcmp(p, "rec", 3) == 0 && str_starts(p + n, " d") &&
		        (p[n + 2] == ' ' || p[n + 2] == '\0')) {
			words_add(a, &w, "received", 8);
			n += 2;
			continue;
		}
		/* At the end, after a word, it is where something ends: "Effective date to". */
		if (w.n && n == 2 && memcmp(p, "to", 2) == 0 && p[n] == '\0')
			words_add(a, &w, "until", 5);
		else
			words_add(a, &w, p, n);
	}
	return w;
}

bool words_have(const struct words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_equal(w->word[i], word))
			return true;
	return false;
}

bool words_same(const struct words *x, const struct words *y)
{
	if (x->bits != y->bits)
		return false;
	for (size_t i = 0; i < x->n && x->n == y->n; i++)
		if (!str_equal(x->word[i], y->word[i]))
			return false;
	return x->n == y->n;
}

bool words_have_all(const struct words *x, const struct words *y)
{
	if (y->bits & ~x->bits)
		return false;
	for (size_t i = 0; i < y->n; i++)
		if (!words_have(x, y->word[i]))
			return false;
	return y->n > 0;
}
