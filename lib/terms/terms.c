/* SPDX-License-Identifier: MIT */
/* Versions of the terms of reference as records: drafting, adopting, comparing. */
#include <string.h>

#include "terms/terms.h"

/* A version is made once; what to do about one that is there depends on what it is. */
static bool is_new(struct work *w, const char *version, struct fault *f)
{
	const char *status;
	bool there;
	const struct kind *k = record_kind(w, "terms", f);

	if (!k || !record_exists(w, k, version, &there, f) ||
	        (there && !record_get(w, "terms", version, "status", &status, f)))
		return false;
	if (!there)
		return true;
	if (str_equal(status, "draft"))
		return fault_set(f, STATUS_DATA,
		        "a draft %s is there; change that with edit, or remove it with its "
		        "sections "
		        "first: terms-track remove --children %s",
		        version, version);
	return fault_set(f, STATUS_DATA, "%s is %s and stays as it is; give another version",
	        version, status);
}

/* The one record of terms in a document; NULL with a fault. */
static const struct node *only_terms(const struct node *document, struct fault *f)
{
	const struct node *terms = node_get(document, "terms");

	for (size_t i = 0; document->kind == NODE_MAP && i < document->n; i++)
		if (!str_equal(document->key[i], "terms") &&
		        !str_equal(document->key[i], "partnership")) {
			fault_set(f, STATUS_DATA,
			        "%s is no part of a version; load a document of other records with "
			        "compact-load",
			        quote(document->key[i]));
			fault_place(f, NULL, document->keyline[i], NULL);
			return NULL;
		}
	if (terms && terms->kind == NODE_LIST && terms->n == 1)
		terms = terms->item[0];
	if (terms && terms->kind == NODE_MAP)
		return terms;
	fault_set(f, STATUS_DATA,
	        "has not one version of the terms in it; begin YAML with 'terms:', and each "
	        "section "
	        "of Markdown with '# ' and its heading");
	return NULL;
}

bool terms_add_document(struct work *w, const char *version, const struct node *document,
        const char *file, struct fault *f)
{
	static const char *const own[] = { "ref", "status", "drafted", "adopted", "reviewed",
		"review_due", "document" };
	const struct node *terms = only_terms(document, f);
	struct assignment *a;
	char day[11];
	const char *made;
	size_t n = 0;

	if (!terms) {
		fault_place(f, file, document->line, NULL);
		return false;
	}
	if (!is_new(w, version, f))
		return false;
	a = arena_alloc(w->arena, (terms->n + 2) * sizeof *a);
	a[n++] = (struct assignment){ .field = "status", .op = '=', .text = "draft" };
	a[n++] = (struct assignment){
		.field = "drafted", .op = '=', .text = day_format(w->today, day)
	};
	for (size_t i = 0; i < terms->n; i++) {
		bool kept = true;
		for (size_t k = 0; k < COUNT(own); k++)
			kept = kept && !str_equal(terms->key[i], own[k]);
		if (kept)
			a[n++] = (struct assignment){ .field = terms->key[i],
				.op = '=',
				.node = terms->item[i],
				.file = file,
				.line = terms->keyline[i] };
	}
	return record_add(w, "terms", version, a, n, &made, f);
}

bool terms_add(struct work *w, const char *version, const struct terms_text *t, struct fault *f)
{
	char day[11];
	const char *made;
	struct assignment terms[] = { { .field = "status", .op = '=', .text = "draft" },
		{ .field = "drafted", .op = '=', .text = day_format(w->today, day) } };

	if (!is_new(w, version, f) ||
	        !record_add(w, "terms", version, terms, COUNT(terms), &made, f))
		return false;
	for (size_t i = 0; i < t->nsection; i++) {
		const struct terms_section *s = &t->section[i];
		struct assignment section[] = { { .field = "terms", .op = '=', .text = made },
			{ .field = "number",
			        .op = '=',
			        .text = arena_printf(w->arena, "%zu", i + 1) },
			{ .field = "heading", .op = '=', .text = s->heading, .line = s->line },
			{ .field = "body", .op = '=', .text = s->body, .line = s->line } };
		const char *ref;
		if (!record_add(w, "section", NULL, section, COUNT(section), &ref, f))
			return false;
	}
	return true;
}

bool terms_add_aims(struct work *w, const struct terms_text *t, struct fault *f)
{
	const char *purpose, *made;
	bool changed, there;

	if (t->purpose) {
		struct assignment set = { .field = "purpose", .op = '=', .text = t->purpose };
		if (!record_get(w, "partnership", w->partnership, "purpose", &purpose, f))
			return false;
		if (!purpose && !record_set(w, "partnership", w->partnership, &set, 1, &changed, f))
			return false;
	}
	/* The first number that an aim is printed under is its ref, for good. */
	for (size_t i = 0; i < t->naim; i++) {
		const struct terms_aim *a = &t->aim[i];
		const struct kind *kind = record_kind(w, "aim", f);
		struct assignment aim[] = { { .field = "number", .op = '=', .text = a->number },
			{ .field = "text", .op = '=', .text = a->text, .line = a->line },
			{ .field = "parent", .op = '=', .text = a->parent } };
		if (!kind || !record_exists(w, kind, a->number, &there, f))
			return false;
		if (!there && !record_add(w, "aim", a->number, aim, COUNT(aim), &made, f))
			return false;
	}
	return true;
}

/* A table of a record list in memory: cells row by row. */
static bool rows_of(struct work *w, const char *kind, const char *filter,
        const char *const *columns, size_t n, const char ****rows, size_t *count, struct fault *f)
{
	struct list_query q = { .kind = kind, .filter = &filter, .nfilter = filter ? 1 : 0 };
	const char **refs;

	if (!record_refs(w, &q, &refs, count, f))
		return false;
	*rows = arena_alloc(w->arena, (*count + 1) * sizeof **rows);
	for (size_t i = 0; i < *count; i++) {
		(*rows)[i] = arena_alloc(w->arena, n * sizeof *(*rows)[i]);
		for (size_t k = 0; k < n; k++)
			if (!record_get(w, kind, refs[i], columns[k], &(*rows)[i][k], f))
				return false;
	}
	return true;
}

/* The version's text put together from the records as they stand. */
static bool compose(struct work *w, const char *version, struct buf *b, struct fault *f)
{
	static const char *const aim[] = { "number", "text", "parent", "retired" };
	static const char *const section[] = { "heading", "body" };
	const char *filter = arena_printf(w->arena, "terms=%s", version);
	const char *name, *purpose, ***rows;
	size_t n;

	if (!record_get(w, "partnership", w->partnership, "name", &name, f) ||
	        !record_get(w, "partnership", w->partnership, "purpose", &purpose, f))
		return false;
	buf_addf(b, "# %s: terms of reference\n", name);
	if (purpose)
		buf_addf(b, "\n## Purpose\n\n%s\n", purpose);
	if (!rows_of(w, "aim", NULL, aim, COUNT(aim), &rows, &n, f))
		return false;
	if (n)
		buf_adds(b, "\n## Aims\n\n");
	for (size_t i = 0; i < n; i++)
		if (!rows[i][3])
			buf_addf(b, "%s- %s%s%s\n", rows[i][2] ? "  " : "",
			        rows[i][0] ? rows[i][0] : "", rows[i][0] ? " " : "", rows[i][1]);
	if (!rows_of(w, "section", filter, section, COUNT(section), &rows, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "\n## %s\n\n%s%s", rows[i][0], rows[i][1] ? rows[i][1] : "",
		        rows[i][1] ? "\n" : "");
	return true;
}

/* The whole text of a version: as frozen when it was adopted, else put together now. */
static bool terms_document(
        struct work *w, const char *version, const char **markdown, struct fault *f)
{
	struct buf b = { 0 };
	bool ok;

	if (!record_resolve(w, "terms", version, &version, f) ||
	        !record_get(w, "terms", version, "document", markdown, f))
		return false;
	if (*markdown)
		return true;
	ok = compose(w, version, &b, f);
	*markdown = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return ok;
}

/* The version that was in force until now, if any, is superseded. */
static bool supersede(struct work *w, const char *version, struct fault *f)
{
	const char *filter = "status=adopted", **refs;
	struct assignment set = { .field = "status", .op = '=', .text = "superseded" };
	size_t n;
	bool changed;

	if (!record_refs(w,
	            &(struct list_query){ .kind = "terms", .filter = &filter, .nfilter = 1 }, &refs,
	            &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!str_equal(refs[i], version) &&
		        !record_set(w, "terms", refs[i], &set, 1, &changed, f))
			return false;
	return true;
}

bool terms_adopt(struct work *w, const char *version, day_t on, struct fault *f)
{
	const char *status, *document;
	char adopted[11], review[11];
	bool changed;

	if (!record_resolve(w, "terms", version, &version, f) ||
	        !record_get(w, "terms", version, "status", &status, f))
		return false;
	if (!str_equal(status, "draft"))
		return fault_set(f, STATUS_DATA, "%s is %s already; only a draft is adopted",
		        version, status);
	if (!terms_document(w, version, &document, f) || !supersede(w, version, f))
		return false;
	struct assignment set[] = { { .field = "status", .op = '=', .text = "adopted" },
		{ .field = "adopted", .op = '=', .text = day_format(on, adopted) },
		{ .field = "review_due",
		        .op = '=',
		        .text = day_format(day_add_months(on, 12), review) },
		{ .field = "document", .op = '=', .text = document } };
	return record_set(w, "terms", version, set, COUNT(set), &changed, f);
}

bool terms_compare(struct work *w, const char *old, const char *new, struct out *out, bool *differ,
        struct fault *f)
{
	const char *before, *after;

	if (!terms_document(w, old, &before, f) || !terms_document(w, new, &after, f))
		return false;
	*differ = diff_unified(out, arena_printf(w->arena, "terms/%s", old), before,
	        arena_printf(w->arena, "terms/%s", new), after);
	return true;
}
