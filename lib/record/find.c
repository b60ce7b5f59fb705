/* SPDX-License-Identifier: MIT */
/* From what a user wrote to one record: its ref in any case, or its name. */
#include "record/private.h"

/* A key with its parent's parts and its references put in the case they have there. *found: all of
 * it exists. */
static bool key_settle(
        struct work *w, struct shape *s, const char **parts, bool *found, struct fault *f)
{
	const struct kind *k = s->kind;
	*found = false;
	if (k->parent != NULL && k->nparent < k->nkey) {
		struct shape *parent = shape_named(w, k->parent, f);
		bool there;
		if (parent == NULL || !key_settle(w, parent, parts, &there, f))
			return false;
		if (!there)
			return true;
	}
	for (size_t i = k->nparent; i < k->nkey; i++) {
		const struct field *field = key_field(s, i);
		if (field == NULL || field->form != FIELD_REFERENCE || i + field->ncolumn > k->nkey)
			continue;
		const struct kind *target = store_kind(w->store, field->target, f);
		if (target == NULL || target->nkey != field->ncolumn)
			continue;
		struct shape *ts = shape_of(w, target, f);
		bool there;
		if (ts == NULL || !key_settle(w, ts, parts + i, &there, f))
			return false;
		i += field->ncolumn - 1;
	}
	return key_find(w, s, parts, found, f);
}

/* What fits so far. */
struct fits {
	size_t n;
	const char *ref[3];
	bool by_name[3];
};

static void add_fit(struct fits *fits, const char *ref, bool by_name)
{
	for (size_t i = 0; i < fits->n; i++)
		if (strcmp(fits->ref[i], ref) == 0)
			return;
	if (fits->n < COUNT(fits->ref)) {
		fits->by_name[fits->n] = by_name;
		fits->ref[fits->n++] = ref;
	}
}

static bool fit_ref(
        struct work *w, struct shape *s, const char *text, struct fits *fits, struct fault *f)
{
	const struct kind *k = s->kind;
	const char *parts[KEY_MOST];
	size_t n;
	bool found;
	struct fault unfit = { 0 };
	/* What cannot be split is no ref; that alone is no fault. */
	if (!key_split(w, k, text, parts, &n, &unfit) || n < k->nkey)
		return true;
	if (!key_settle(w, s, parts, &found, f))
		return false;
	if (found)
		add_fit(fits, ref_join(w, k->nkey, parts), false);
	return true;
}

static bool fit_name(
        struct work *w, struct shape *s, const char *text, struct fits *fits, struct fault *f)
{
	const char *refs[3];
	size_t n;
	if (!names_find(w, s, text, refs, COUNT(refs), &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		add_fit(fits, refs[i], true);
	return true;
}

/* "number:2.1": by the field said. */
static bool fit_field(struct work *w, struct shape *s, const struct field *field, const char *text,
        struct fits *fits, struct fault *f)
{
	const struct kind *k = s->kind;
	struct buf b = { 0 };
	sql_keys(&b, k);
	buf_adds(&b, " WHERE ");
	sql_key(&b, k, NULL, 0);
	buf_adds(&b, k->local ? " AND fold(" : "fold(");
	sql_name(&b, k->column[field->column[0]].name);
	buf_adds(&b, ") = fold(?) LIMIT 3");
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, bind_key(w, q, k, NULL, 0, 1), text);
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		const char *parts[KEY_MOST];
		for (size_t i = 0; i < k->nkey && i < COUNT(parts); i++)
			parts[i] = arena_strdup(w->arena, query_text(q, (int)i));
		add_fit(fits, ref_join(w, k->nkey, parts), true);
	}
	query_done(q);
	return rc == 0;
}

static bool refuse_several(struct work *w, const struct kind *k, const char *text,
        const struct fits *fits, struct fault *f)
{
	const char *first = arena_printf(w->arena, "%s %s", k->name, fits->ref[0]);
	const char *second = arena_printf(w->arena, "%s %s", k->name, fits->ref[1]);
	fault_set(f, STATUS_DATA, "%s fits %s and %s", quote(text), first, second);
	if (fits->by_name[0] == fits->by_name[1] || k->name_column == NULL)
		fault_hint(f, "write the ref of the one that is meant");
	else
		fault_hint(f, "write %s:%s or %s:%s", k->name, text, k->name_column, text);
	return false;
}

/* The field or the kind that stands before a colon; *rest what stands behind it. */
static bool chooser(struct work *w, const struct kind *k, const char *text,
        const struct field **field, const char **rest)
{
	const char *colon = strchr(text, ':');
	if (colon == NULL)
		return false;
	const char *word = str_trim(arena_strndup(w->arena, text, (size_t)(colon - text)));
	*field = kind_field(k, word);
	*rest = str_trim(arena_strdup(w->arena, colon + 1));
	if (*field != NULL && (*field)->form != FIELD_PLAIN)
		*field = NULL;
	return *field != NULL || strcmp(word, k->name) == 0;
}

enum found find_one(struct work *w, const struct kind *k, const char *text, enum find_way way,
        const char **parts, struct fault *f)
{
	struct shape *s = shape_of(w, k, f);
	struct fits fits = { 0 };
	const struct field *field = NULL;
	const char *rest = text;
	if (s == NULL)
		return FOUND_FAULT;
	bool chosen = chooser(w, k, text, &field, &rest), ok;
	if (chosen && field != NULL) {
		ok = fit_field(w, s, field, rest, &fits, f);
	} else {
		ok = fit_ref(w, s, rest, &fits, f);
		/* A ref is enough where one is expected, or where "aim:2.1" says so. */
		bool enough = fits.n > 0 && (chosen || way == FIND_REF_FIRST);
		if (ok && way != FIND_REF_ONLY && !enough)
			ok = fit_name(w, s, rest, &fits, f);
	}
	if (ok && fits.n == 0 && chosen && way != FIND_REF_ONLY)
		ok = fit_name(w, s, text, &fits, f);
	if (ok && fits.n > 1)
		ok = refuse_several(w, k, rest, &fits, f);
	if (!ok)
		return FOUND_FAULT;
	if (fits.n == 0)
		return FOUND_NONE;
	size_t n;
	return key_split(w, k, fits.ref[0], parts, &n, f) ? FOUND_ONE : FOUND_FAULT;
}

const char *find_near(struct work *w, const struct kind *k, const char *text)
{
	struct fault none = { 0 };
	struct shape *s = shape_of(w, k, &none);
	const char *near = s != NULL ? names_nearest(w, s, text) : NULL;
	const char *parts[KEY_MOST];
	size_t n;
	if (near == NULL)
		return NULL;
	const char **value =
	        key_split(w, k, near, parts, &n, &none) ? row_read(w, s, parts, &none) : NULL;
	const char *name = NULL;
	for (size_t i = 0; value != NULL && k->name_column != NULL && i < k->ncolumn; i++)
		if (strcmp(k->column[i].name, k->name_column) == 0 && k->column[i].key == 0)
			name = value[i];
	return name != NULL && !str_equal(name, near)
	               ? arena_printf(w->arena, "%s (%s)", near, name)
	               : near;
}

/* Where none is near: those there are, when they are few. */
static void hint_those(struct work *w, const struct kind *k, struct fault *f)
{
	struct fault ignored = { 0 };
	struct buf list = { 0 };
	const char **refs;
	int64_t limit = 7;
	size_t n;
	if (!record_refs(w, &(struct list_query){ .kind = k->name, .limit = &limit }, &refs, &n,
	            &ignored))
		return;
	for (size_t i = 0; i < n; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", refs[i]);
	if (n == 0)
		fault_hint(f, "there is none yet");
	else if (n < (size_t)limit)
		fault_hint(f, "there %s %s", n == 1 ? "is" : "are", buf_text(&list));
	else
		fault_hint(f, "see those there are with: compact-record %s list", k->name);
	buf_free(&list);
}

bool find_none(
        struct work *w, const struct kind *k, const char *text, enum status status, struct fault *f)
{
	const char *near = find_near(w, k, text);
	fault_set(f, status, "no %s %s", k->name, quote(text));
	if (near != NULL)
		fault_hint(f, "did you mean %s", near);
	else if (status == STATUS_DATA)
		fault_hint(f, "add it first, or correct it");
	else
		hint_those(w, k, f);
	return false;
}

bool record_find(
        struct work *w, const struct kind *k, const char *text, const char **parts, struct fault *f)
{
	switch (find_one(w, k, text, FIND_REF_FIRST, parts, f)) {
	case FOUND_ONE:
		return true;
	case FOUND_NONE:
		return find_none(w, k, text, STATUS_NORECORD, f);
	default:
		return false;
	}
}

bool record_resolve(
        struct work *w, const char *kind, const char *text, const char **ref, struct fault *f)
{
	const struct kind *k = record_kind(w, kind, f);
	const char *parts[KEY_MOST];
	if (k == NULL || !record_find(w, k, text, parts, f))
		return false;
	*ref = ref_join(w, k->nkey, parts);
	return true;
}

bool record_exists(
        struct work *w, const struct kind *k, const char *ref, bool *out, struct fault *f)
{
	struct shape *s = shape_of(w, k, f);
	const char *parts[KEY_MOST];
	size_t n;
	*out = false;
	if (s == NULL || !key_split(w, k, ref, parts, &n, f))
		return false;
	return n < k->nkey || key_settle(w, s, parts, out, f);
}

enum found find_among(struct work *w, const struct kind *const *kinds, size_t n, const char *text,
        size_t *which, const char **parts, struct fault *f)
{
	const char *colon = strchr(text, ':');
	size_t found = n;
	const char *first = NULL;
	for (size_t i = 0; i < n; i++) {
		const char *own[16];
		size_t length = strlen(kinds[i]->name);
		/* "org:fife" leaves the other kinds out. */
		bool named = false, chosen = false;
		for (size_t j = 0; colon != NULL && j < n; j++) {
			size_t m = strlen(kinds[j]->name);
			named = named || (m == (size_t)(colon - text) &&
			                         strncmp(text, kinds[j]->name, m) == 0);
		}
		chosen = colon != NULL && length == (size_t)(colon - text) &&
		         strncmp(text, kinds[i]->name, length) == 0;
		if (named && !chosen)
			continue;
		switch (find_one(w, kinds[i], text, FIND_BOTH, own, f)) {
		case FOUND_FAULT:
			return FOUND_FAULT;
		case FOUND_NONE:
			continue;
		case FOUND_ONE:
			break;
		}
		const char *called = record_called(w, kinds[i], own);
		if (first != NULL) {
			fault_set(f, STATUS_DATA, "%s fits %s and %s; write %s:%s or %s:%s",
			        quote(text), first, called, kinds[found]->name, text,
			        kinds[i]->name, text);
			return FOUND_FAULT;
		}
		first = called;
		found = i;
		for (size_t p = 0; p < kinds[i]->nkey; p++)
			parts[p] = own[p];
	}
	*which = found;
	return found < n ? FOUND_ONE : FOUND_NONE;
}
