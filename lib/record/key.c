/* SPDX-License-Identifier: MIT */
/* Keys and the text that addresses a record: all its key parts but the partnership, joined by "/". */
#include <ctype.h>
#include <inttypes.h>

#include "record/private.h"

/* ---------- the form of a ref ---------- */

static bool ends_like_file(const char *text)
{
	static const char *const ends[] = { ".csv", ".tsv", ".yaml", ".yml", ".json", ".md", ".txt",
		".xls", ".xlsx", ".ods", ".odt", ".pdf", ".html" };
	size_t n = strlen(text);
	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t e = strlen(ends[i]);
		if (n >= e && strcasecmp(text + n - e, ends[i]) == 0)
			return true;
	}
	return false;
}

bool ref_check(const char *text, struct fault *f)
{
	size_t n = strlen(text);
	bool fits = n >= 1 && n <= 64 && text[0] != '.' && text[0] != '-';
	for (size_t i = 0; fits && i < n; i++)
		fits = isalnum((unsigned char)text[i]) || strchr("._-", text[i]) != NULL;
	if (!fits)
		return fault_set(f, STATUS_DATA,
		        "%s is no ref; use up to 64 letters, digits, . _ and -, beginning with a "
		        "letter, digit or _",
		        quote(text));
	if (strcasecmp(text, "all") == 0)
		return fault_set(f, STATUS_DATA,
		        "%s may not be a ref, it means every partnership; "
		        "choose another",
		        quote(text));
	if (ends_like_file(text))
		return fault_set(f, STATUS_DATA,
		        "%s may not be a ref, it ends like a file name; choose another",
		        quote(text));
	return true;
}

/* ---------- parts ---------- */

size_t key_part(const struct kind *k, size_t column)
{
	size_t i = 0;
	while (i < k->nkey && k->key[i] != column)
		i++;
	return i;
}

const struct field *key_field(const struct shape *s, size_t i)
{
	size_t holder = s->holder[s->kind->key[i]];
	return holder < s->kind->nfield ? &s->kind->field[holder] : NULL;
}

size_t shared_parts(struct work *w, const struct field *field, struct fault *f)
{
	if (field->form != FIELD_REFERENCE)
		return 0;
	const struct kind *target = store_kind(w->store, field->target, f);
	return target != NULL && target->nkey > field->ncolumn ? target->nkey - field->ncolumn : 0;
}

const char *parts_text(struct work *w, size_t n, const char *const *parts)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++) {
		buf_adds(&b, parts[i]);
		buf_addc(&b, '\x1f');
	}
	const char *text = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

const char *ref_join(struct work *w, size_t n, const char *const *parts)
{
	if (n == 1)
		return arena_strdup(w->arena, parts[0]);
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i > 0 ? "/" : "", parts[i] != NULL ? parts[i] : "");
	const char *joined = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return joined;
}

/* The key written out for people: "period/number". */
static const char *key_form(struct work *w, const struct kind *k)
{
	const char *name[16];
	size_t n = k->nkey < COUNT(name) ? k->nkey : COUNT(name);
	for (size_t i = 0; i < n; i++)
		name[i] = k->column[k->key[i]].name;
	return ref_join(w, n, name);
}

static bool all_digits(const char *text)
{
	return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static bool keyed_by_period(const struct kind *k)
{
	return k->nkey == 2 && k->numbered && k->parent != NULL && strcmp(k->parent, "period") == 0;
}

bool key_split(struct work *w, const struct kind *k, const char *ref, const char **parts, size_t *n,
        struct fault *f)
{
	char *text = str_trim(arena_strdup(w->arena, ref));
	*n = 0;
	if (keyed_by_period(k) && all_digits(text)) {
		if (!record_period(w, w->today, &parts[(*n)++], f))
			return false;
	}
	while (*n < k->nkey) {
		/* Behind the last slash stands the number, whatever the text before it holds. */
		bool ends = *n + 2 == k->nkey && k->numbered;
		char *slash = *n + 1 < k->nkey ? (ends ? strrchr : strchr)(text, '/') : NULL;
		if (slash != NULL)
			*slash = '\0';
		text = str_trim(text);
		if (*text == '\0')
			return fault_set(f, STATUS_DATA, "%s is no %s; write it as %s", quote(ref),
			        k->name, key_form(w, k));
		parts[(*n)++] = text;
		if (slash == NULL)
			break;
		text = slash + 1;
	}
	return true;
}

bool ref_split(
        struct work *w, const struct kind *k, const char *ref, const char **parts, struct fault *f)
{
	size_t n;
	if (!key_split(w, k, ref, parts, &n, f))
		return false;
	if (n < k->nkey)
		return fault_set(f, STATUS_DATA, "%s is no %s; write it as %s", quote(ref), k->name,
		        key_form(w, k));
	return true;
}

const char *record_called(struct work *w, const struct kind *k, const char *const *parts)
{
	return arena_printf(w->arena, "%s %s", k->name, ref_join(w, k->nkey, parts));
}

/* ---------- the record with a key ---------- */

/* The least text in some case of `want` that does not sort before `after`; false: there is none. */
static bool next_case(const char *want, const char *after, char *out)
{
	size_t n = strlen(want);
	/* The longest beginning that can agree with `after` and still be followed by more. */
	size_t best = SIZE_MAX;
	char pick = 0;
	for (size_t i = 0;; i++) {
		char low = (char)toupper((unsigned char)want[i]), high = want[i];
		high = (char)tolower((unsigned char)high);
		if (i == n) {
			if (after[i] == '\0') /* the very text */
				best = n;
			break;
		}
		if (after[i] == '\0') { /* everything longer sorts behind */
			best = i;
			pick = low;
			break;
		}
		unsigned char at = (unsigned char)after[i];
		if ((unsigned char)low > at) {
			best = i;
			pick = low;
		} else if ((unsigned char)high > at) {
			best = i;
			pick = high;
		}
		if (after[i] != low && after[i] != high)
			break;
	}
	if (best == SIZE_MAX)
		return false;
	memcpy(out, after, best);
	for (size_t i = best; i < n; i++)
		out[i] = (char)toupper((unsigned char)want[i]);
	if (best < n)
		out[best] = pick;
	out[n] = '\0';
	return true;
}

/* Looks for the last part in any case by seeking along the key: a step or two for each record that
 * lies between, and no reading of the table. */
static bool seek_folded(
        struct work *w, struct shape *s, const char **parts, bool *found, struct fault *f)
{
	const struct kind *k = s->kind;
	const char *want = parts[k->nkey - 1];
	size_t n = strlen(want);
	char from[72];
	*found = false;
	if (n >= sizeof from)
		return true;
	for (size_t i = 0; i <= n; i++)
		from[i] = (char)toupper((unsigned char)want[i]);
	for (;;) {
		struct query *q = shape_query(w, s, SHAPE_SEEK, f);
		if (q == NULL)
			return false;
		int at = bind_key(w, q, k, parts, k->nkey - 1, 1);
		query_bind_text(q, at, from);
		int rc = query_step(q, f);
		const char *there = rc == 1 ? query_text(q, 0) : NULL;
		if (there != NULL && strcasecmp(there, want) == 0) {
			if (strcmp(there, want) != 0)
				parts[k->nkey - 1] = arena_strdup(w->arena, there);
			*found = true;
			there = NULL;
		}
		bool more = there != NULL && next_case(want, there, from);
		query_done(q);
		if (rc < 0 || !more)
			return rc >= 0;
	}
}

bool key_find(struct work *w, struct shape *s, const char **parts, bool *found, struct fault *f)
{
	const struct kind *k = s->kind;
	if (s->folds)
		return seek_folded(w, s, parts, found, f);
	struct query *q = shape_query(w, s, SHAPE_SEEK, f);
	if (q == NULL)
		return false;
	query_bind_text(q, bind_key(w, q, k, parts, k->nkey - 1, 1), parts[k->nkey - 1]);
	int rc = query_step(q, f);
	*found = rc == 1 && str_equal(query_text(q, 0), parts[k->nkey - 1]);
	query_done(q);
	return rc >= 0;
}

const char **row_read(struct work *w, struct shape *s, const char *const *parts, struct fault *f)
{
	const struct kind *k = s->kind;
	struct query *q = shape_query(w, s, SHAPE_ROW, f);
	if (q == NULL)
		return NULL;
	bind_key(w, q, k, parts, k->nkey, 1);
	const char **value = NULL;
	if (query_step(q, f) == 1) {
		value = arena_alloc(w->arena, (k->ncolumn + 1) * sizeof *value);
		for (size_t i = 0; i < k->ncolumn; i++)
			value[i] = column_text(w->arena, q, (int)i, k->column[i].type);
	}
	query_done(q);
	return value;
}
