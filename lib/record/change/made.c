/* SPDX-License-Identifier: MIT */
/* Refs that are made where none is given: a prefix and a number, or out of a name; none is given twice. */
#include <ctype.h>
#include <inttypes.h>

#include "record/private.h"

bool named_refs(const struct kind *k)
{
	return strcmp(k->name, "person") == 0 || strcmp(k->name, "org") == 0 ||
	       strcmp(k->name, "employer") == 0;
}

/* Letters and digits of a word, in small letters without accents where that is possible. */
static void add_plain(struct buf *b, struct work *w, const char *word)
{
	for (const char *p = text_key(w->arena, text_plain(w->arena, word)); *p != '\0'; p++)
		if (isalnum((unsigned char)*p))
			buf_addc(b, *p);
}

/* "Cheryl Roberts" to croberts; "Fife Council" to fife-council. */
static const char *ref_of_name(struct work *w, const struct kind *k, const char *name)
{
	struct buf b = { 0 };
	size_t n;
	char **word = str_split(w->arena, name, " \t\n", &n);
	if (strcmp(k->name, "person") == 0) {
		if (n > 1)
			add_plain(&b, w, word[0]);
		if (b.n > 1) {
			b.n = 1;
			b.p[1] = '\0';
		}
		if (n > 0)
			add_plain(&b, w, word[n - 1]);
	} else {
		for (size_t i = 0; i < n && b.n < 24; i++) {
			size_t before = b.n;
			if (b.n > 0)
				buf_addc(&b, '-');
			add_plain(&b, w, word[i]);
			if (before > 0 && b.n == before + 1) {
				b.n = before;
				b.p[before] = '\0';
			}
		}
	}
	size_t n_most = b.n < 48 ? b.n : 48;
	const char *ref = arena_strndup(w->arena, buf_text(&b), n_most);
	buf_free(&b);
	return ref;
}

/* The last number given out, or gone, with that prefix; 0: none. */
static bool ref_counted(
        struct work *w, const struct kind *k, const char *prefix, int64_t *last, struct fault *f)
{
	struct query *q = record_query(w, SQL_COUNTED, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, k->local ? w->partnership : "");
	query_bind_text(q, 2, k->name);
	query_bind_text(q, 3, prefix);
	*last = 0;
	return query_one_int(q, last, f);
}

/* The name itself, else with 2, 3, … behind it; none that somebody had who is gone. */
static bool make_of_name(
        struct work *w, struct shape *s, const char *base, const char **ref, struct fault *f)
{
	struct fault bad = { 0 };
	int64_t gone;
	if (!ref_counted(w, s->kind, base, &gone, f))
		return false;
	const char *gap = isdigit((unsigned char)base[strlen(base) - 1]) ? "." : "";
	const char *try =
	        gone == 0 ? base : arena_printf(w->arena, "%s%s%" PRId64, base, gap, gone + 1);
	for (int64_t i = gone == 0 ? 2 : gone + 2;; i++) {
		bool found = false;
		const char *parts[KEY_MOST] = { try };
		if (ref_check(try, &bad)) {
			if (!key_find(w, s, parts, &found, f))
				return false;
			if (!found) {
				*ref = try;
				return true;
			}
			/* Far down a crowd of equal names a count kept by the store is quicker. */
			if (i > 50 &&
			        !store_next_number(w->store, s->kind->local ? w->partnership : "",
			                s->kind->name, base, &i, f))
				return false;
		}
		try = arena_printf(w->arena, "%s%s%" PRId64, base, gap, i);
	}
}

/* Of a kind whose refs begin with a theme: without one, a beginning that is nobody's, lengthened by the letters of
 * the kind: AC1 where there is a theme A, so that nobody takes it for one of theirs. NULL with a fault. */
static const char *prefix_alone(struct work *w, const struct kind *k, struct fault *f)
{
	const struct field *theme = prefix_field(k);
	struct shape *s = theme != NULL ? shape_named(w, theme->target, f) : NULL;
	const char *prefix = k->prefix;
	bool taken = s != NULL;
	if (theme != NULL && s == NULL)
		return NULL;
	for (size_t n = 1; taken && n <= strlen(k->name); n++) {
		if (n > 1) {
			char *longer = arena_strndup(w->arena, k->name, n);
			for (char *p = longer; *p != '\0'; p++)
				*p = (char)toupper((unsigned char)*p);
			prefix = longer;
		}
		const char *parts[KEY_MOST] = { prefix };
		if (!key_find(w, s, parts, &taken, f))
			return NULL;
	}
	return prefix;
}

bool ref_make(struct work *w, const struct kind *k, const char *prefix, const char *name,
        const char **ref, struct fault *f)
{
	struct shape *s = shape_of(w, k, f);
	if (s == NULL)
		return false;
	if (name != NULL) {
		const char *base = ref_of_name(w, k, name);
		if (*base != '\0')
			return make_of_name(w, s, base, ref, f);
	}
	if (prefix == NULL)
		prefix = prefix_alone(w, k, f);
	if (prefix == NULL)
		return false;
	size_t n = strlen(prefix);
	const char *gap = n > 0 && isdigit((unsigned char)prefix[n - 1]) ? "." : "";
	for (;;) {
		int64_t number;
		bool found;
		if (!store_next_number(
		            w->store, k->local ? w->partnership : "", k->name, prefix, &number, f))
			return false;
		const char *parts[KEY_MOST] = { arena_printf(
			w->arena, "%s%s%" PRId64, prefix, gap, number) };
		if (!key_find(w, s, parts, &found, f))
			return false;
		if (!found) {
			*ref = parts[0];
			return true;
		}
	}
}

/* ---------- refs that are gone ---------- */

/* How many bytes of a ref stand before the number at its end; 0: it has none, or is one. */
static size_t numbered_prefix(const char *ref, int64_t *number)
{
	size_t n = strlen(ref), digits = 0;
	while (digits < n && ref[n - digits - 1] >= '0' && ref[n - digits - 1] <= '9')
		digits++;
	if (digits == 0 || digits > 9)
		return 0;
	*number = strtoll(ref + n - digits, NULL, 10);
	/* A prefix that ends in a digit has had a full stop put behind it. */
	size_t prefix = n - digits;
	return prefix > 1 && ref[prefix - 1] == '.' ? prefix - 1 : prefix;
}

static bool count_up(struct work *w, enum record_sql id, const struct kind *k, const char *prefix,
        size_t n, int64_t last, struct fault *f)
{
	struct query *q = record_query(w, id, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, k->local ? w->partnership : "");
	query_bind_text(q, 2, k->name);
	query_bind_bytes(q, 3, prefix, n);
	if (id == SQL_COUNT_UP)
		query_bind_int(q, 4, last);
	return query_run(q, f);
}

/* A ref that is made from a name counts as a prefix without a number, and in small letters. */
static bool retire(struct work *w, enum record_sql id, const struct shape *s,
        const char *const *parts, struct fault *f)
{
	const struct kind *k = s->kind;
	int64_t number = 0;
	if (k->nkey != 1 || !s->folds)
		return true;
	const char *ref = named_refs(k) ? text_fold(w->arena, parts[0]) : parts[0];
	size_t n = numbered_prefix(ref, &number);
	if (n > 0 && !count_up(w, id, k, ref, n, number, f))
		return false;
	return !named_refs(k) || count_up(w, id, k, ref, strlen(ref), 1, f);
}

/* Made refs are never given twice, also when a record that got its ref otherwise is gone. */
bool ref_retire(struct work *w, struct shape *s, const char *const *parts, struct fault *f)
{
	return retire(w, SQL_COUNT_UP, s, parts, f);
}

bool ref_forget(struct work *w, struct shape *s, const char *const *parts, struct fault *f)
{
	return retire(w, SQL_COUNT_FORGET, s, parts, f);
}
