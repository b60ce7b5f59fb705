/* SPDX-License-Identifier: MIT */
/* Looking up rules, councils, reasons and postcodes in what reference.c has read. */
#include <string.h>

#include "notice/sql.h"
#include "notice/notice.h"

const struct rule *reference_rule(const struct reference *r, const char *nation, day_t day)
{
	const struct rule *best = NULL;

	for (size_t i = 0; i < r->nrule; i++) {
		const struct rule *rule = &r->rule[i];
		if (rule->from <= day && rule->until >= day && (!best || rule->from > best->from) &&
		        str_equal(rule->nation, nation))
			best = rule;
	}
	return best;
}

const char *reference_nation(const struct reference *r, const char *council)
{
	switch (council ? council[0] : '\0') {
	case 'S':
		return "scotland";
	case 'E':
		return "england";
	case 'W':
		return "wales";
	case 'N':
		return "northern-ireland";
	default:
		return r->nation;
	}
}

static const struct named *find_key(const struct named *all, size_t n, const char *key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(all[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == n || strcmp(all[low].key, key) != 0)
		return NULL;
	/* A name of two councils names neither. */
	for (size_t i = low + 1; i < n && strcmp(all[i].key, key) == 0; i++)
		if (!str_equal(all[i].code, all[low].code))
			return NULL;
	return &all[low];
}

static const struct named *reference_council(const struct reference *r, const char *text)
{
	/* Most files name the same few councils again and again. */
	static const char *const ends[] = { " council", " council area", " borough council",
		" district council", " county council", " city council" };
	struct arena *a = arena_new();
	char *key = text_key(a, text);
	const struct named *found = find_key(r->council, r->ncouncil, key);

	if (!found && str_starts(key, "the "))
		found = find_key(r->council, r->ncouncil, key + 4);
	for (size_t i = 0; !found && i < COUNT(ends); i++)
		if (str_ends(key, ends[i]) && strlen(key) > strlen(ends[i]))
			found = find_key(r->council, r->ncouncil,
			        arena_strndup(a, key, strlen(key) - strlen(ends[i])));
	arena_free(a);
	return found;
}

static bool has_code(const struct buf *codes, const char *code)
{
	size_t n = strlen(code);

	for (const char *p = codes->p; p && (p = strstr(p, code)); p += n)
		if ((p == codes->p || p[-1] == ';') && (p[n] == ';' || p[n] == '\0'))
			return true;
	return false;
}

static void reference_reasons(
        const struct reference *r, const char *text, struct buf *codes, struct buf *rest)
{
	struct arena *a = arena_new();
	const struct named *whole = find_key(r->reason, r->nreason, text_key(a, text));
	char **items;

	buf_clear(codes);
	buf_clear(rest);
	if (whole) {
		buf_adds(codes, whole->code);
		arena_free(a);
		return;
	}
	items = str_split(a, text, ";,\n", NULL);
	for (; *items; items++) {
		const struct named *found = find_key(r->reason, r->nreason, text_key(a, *items));
		if (!found)
			buf_addf(rest, "%s%s", rest->n ? "; " : "", *items);
		else if (!has_code(codes, found->code))
			buf_addf(codes, "%s%s", codes->n ? ";" : "", found->code);
	}
	arena_free(a);
}

/* Files name the same few councils and reasons again and again: the last answers are kept. */
enum { KEPT = 256, KEPT_TEXT = 64 };
struct kept_council {
	char text[KEPT_TEXT];
	const struct named *found;
};
struct kept_reason {
	char text[KEPT_TEXT], codes[KEPT_TEXT], rest[KEPT_TEXT];
};
struct kept {
	struct kept_council council[KEPT];
	struct kept_reason reason[KEPT];
};

static struct kept *kept_of(const struct reference *r)
{
	struct reference *own =
	        (struct reference *)(uintptr_t)r; /* a memory of answers is no change */

	if (!own->kept)
		own->kept = arena_alloc(own->arena, sizeof *own->kept);
	return own->kept;
}

const struct named *reference_council_kept(const struct reference *r, const char *text)
{
	size_t n = strlen(text);
	struct kept_council *k;

	if (n >= KEPT_TEXT)
		return reference_council(r, text);
	k = &kept_of(r)->council[name_hash(text, n) % KEPT];
	if (strcmp(k->text, text) != 0) {
		memcpy(k->text, text, n + 1);
		k->found = reference_council(r, text);
	}
	return k->found;
}

void reference_reasons_kept(
        const struct reference *r, const char *text, struct buf *codes, struct buf *rest)
{
	size_t n = strlen(text);
	struct kept_reason *k;

	if (n >= KEPT_TEXT) {
		reference_reasons(r, text, codes, rest);
		return;
	}
	k = &kept_of(r)->reason[name_hash(text, n) % KEPT];
	if (strcmp(k->text, text) == 0) {
		buf_clear(codes);
		buf_clear(rest);
		buf_adds(codes, k->codes);
		buf_adds(rest, k->rest);
		return;
	}
	reference_reasons(r, text, codes, rest);
	if (codes->n >= KEPT_TEXT || rest->n >= KEPT_TEXT)
		return;
	memcpy(k->text, text, n + 1);
	memcpy(k->codes, buf_text(codes), codes->n + 1);
	memcpy(k->rest, buf_text(rest), rest->n + 1);
}

const char *reference_postcode(const struct reference *r, const char *postcode, struct buf *out)
{
	struct fault f = { 0 };
	struct query *q = r->store ? notice_query(r->store, SQL_POSTCODE, &f) : NULL;

	buf_clear(out);
	if (!q)
		return NULL;
	query_bind_text(q, 1, postcode);
	query_of_standing(q);
	if (query_step(q, &f) == 1)
		buf_adds(out, query_text(q, 0));
	query_done(q);
	return out->n ? out->p : NULL;
}
