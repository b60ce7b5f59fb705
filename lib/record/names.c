/* SPDX-License-Identifier: MIT */
/* Records by what else they may be called: an index of folded names, made once for a kind when the
 * first reference into it is looked up, and kept up to date by this folder's own changes. Entries
 * may be stale (a record renamed or removed since), so what is found is looked at in the store. */
#include "record/private.h"

struct entry {
	const char *fold, *ref;
	uint32_t hash, next; /* an index + 1 */
};
struct names {
	const char *partnership;
	struct entry *entry;
	size_t n, cap, mark;
	uint32_t *bucket;
	size_t nbucket; /* a power of two */
	bool last;      /* the last key part is a way to say it too (area fife of scotland/fife) */
	size_t column;  /* of the name; ncolumn: none */
};

static void link_entry(struct names *n, size_t at)
{
	uint32_t *bucket = &n->bucket[n->entry[at].hash & (n->nbucket - 1)];
	n->entry[at].next = *bucket;
	*bucket = (uint32_t)at + 1;
}

static void add_entry(struct work *w, struct names *n, const char *name, const char *ref)
{
	struct arena *keep = work_state(w)->keep;
	n->entry = state_grow(w, n->entry, &n->cap, n->n + 1, sizeof *n->entry);
	/* Into the keeping arena also where the folding was made in a passing one. */
	const char *fold = arena_strdup(keep, text_fold(w->arena, name));
	n->entry[n->n] = (struct entry){ .fold = fold, .ref = ref, .hash = str_hash(fold) };
	if (n->n + 1 > n->nbucket) {
		n->nbucket = n->nbucket == 0 ? 64 : n->nbucket * 4;
		n->bucket = arena_alloc(keep, n->nbucket * sizeof *n->bucket);
		for (size_t i = 0; i <= n->n; i++)
			link_entry(n, i);
	} else {
		link_entry(n, n->n);
	}
	n->n++;
}

void names_add(struct work *w, struct shape *s, const char *const *parts, const char *name)
{
	struct names *n = s->names;
	if (n == NULL || !str_equal(n->partnership, s->kind->local ? w->partnership : NULL))
		return;
	const char *ref = NULL;
	struct arena *keep = work_state(w)->keep;
	if (name != NULL || n->last)
		ref = arena_strdup(keep, ref_join(w, s->kind->nkey, parts));
	if (name != NULL)
		add_entry(w, n, name, ref);
	if (n->last)
		add_entry(w, n, parts[s->kind->nkey - 1], ref);
}

void names_mark(struct shape *s)
{
	if (s->names != NULL)
		s->names->mark = s->names->n;
}

void names_revert(struct shape *s)
{
	struct names *n = s->names;
	/* Entries are put in front of their bucket, so taking them out backwards restores it. */
	while (n != NULL && n->n > n->mark) {
		struct entry *e = &n->entry[--n->n];
		n->bucket[e->hash & (n->nbucket - 1)] = e->next;
	}
}

void names_drop(struct shape *s)
{
	s->names = NULL;
}

static size_t name_column(const struct kind *k)
{
	for (size_t i = 0; k->name_column != NULL && i < k->ncolumn; i++)
		if (strcmp(k->column[i].name, k->name_column) == 0 && k->column[i].key == 0)
			return i;
	return k->ncolumn;
}

static bool names_read(struct work *w, struct shape *s, struct names *n, struct fault *f)
{
	const struct kind *k = s->kind;
	struct buf b = { 0 };
	buf_adds(&b, "SELECT ");
	for (size_t i = 0; i < k->nkey; i++) {
		sql_name(&b, k->column[k->key[i]].name);
		buf_adds(&b, ", ");
	}
	if (n->column < k->ncolumn)
		sql_name(&b, k->column[n->column].name);
	else
		buf_adds(&b, "NULL");
	buf_adds(&b, " FROM ");
	sql_name(&b, k->name);
	buf_adds(&b, k->local ? " WHERE " : "");
	sql_key(&b, k, NULL, 0);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	bind_key(w, q, k, NULL, 0, 1);
	s->names = n;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		const char *parts[KEY_MOST];
		for (size_t i = 0; i < k->nkey && i < COUNT(parts); i++)
			parts[i] = query_text(q, (int)i);
		names_add(w, s, parts, query_text(q, (int)k->nkey));
	}
	query_done(q);
	if (rc < 0)
		s->names = NULL;
	return rc == 0;
}

/* Makes the index where it is not there, or is another partnership's. */
static bool names_ready(struct work *w, struct shape *s, struct fault *f)
{
	const char *whose = s->kind->local ? w->partnership : NULL;
	if (s->names != NULL && str_equal(s->names->partnership, whose))
		return true;
	struct arena *keep = work_state(w)->keep, *passing = w->arena;
	struct names *n = arena_alloc(keep, sizeof *n);
	n->partnership = arena_strdup(keep, whose);
	n->column = name_column(s->kind);
	n->last = s->kind->nkey > 1 && !s->kind->numbered;
	w->arena = arena_new();
	bool ok = names_read(w, s, n, f);
	arena_free(w->arena);
	w->arena = passing;
	return ok;
}

/* Whether the record still is called so. */
static bool still_called(
        struct work *w, struct shape *s, const struct entry *e, bool *is, struct fault *f)
{
	const struct kind *k = s->kind;
	const char *parts[KEY_MOST];
	size_t n;
	*is = false;
	if (!key_split(w, k, e->ref, parts, &n, f))
		return false;
	const char **value = row_read(w, s, parts, f);
	if (value == NULL)
		return f->status == STATUS_OK;
	const char *name = s->names->column < k->ncolumn ? value[s->names->column] : NULL;
	*is = (name != NULL && strcmp(text_fold(w->arena, name), e->fold) == 0) ||
	      (s->names->last && strcmp(text_fold(w->arena, parts[k->nkey - 1]), e->fold) == 0);
	return true;
}

bool names_find(struct work *w, struct shape *s, const char *text, const char **refs, size_t most,
        size_t *n, struct fault *f)
{
	*n = 0;
	if (name_column(s->kind) == s->kind->ncolumn && (s->kind->nkey == 1 || s->kind->numbered))
		return true;
	if (!names_ready(w, s, f))
		return false;
	struct names *names = s->names;
	const char *fold = text_fold(w->arena, text);
	uint32_t hash = str_hash(fold);
	uint32_t at = names->nbucket == 0 ? 0 : names->bucket[hash & (names->nbucket - 1)];
	for (; at != 0 && *n < most; at = names->entry[at - 1].next) {
		const struct entry *e = &names->entry[at - 1];
		bool is = e->hash == hash && strcmp(e->fold, fold) == 0;
		for (size_t i = 0; is && i < *n; i++)
			is = strcmp(refs[i], e->ref) != 0;
		if (is && !still_called(w, s, e, &is, f))
			return false;
		if (is)
			refs[(*n)++] = e->ref;
	}
	return true;
}

/* Offers nothing among more names than anybody would mistype. */
enum { NEAREST_MOST = 5000 };

const char *names_nearest(struct work *w, struct shape *s, const char *text)
{
	struct fault none = { 0 };
	if (!names_ready(w, s, &none) || s->names->n > NEAREST_MOST)
		return NULL;
	size_t n = s->names->n;
	const char **word = arena_alloc(w->arena, (2 * n + 1) * sizeof *word);
	for (size_t i = 0; i < n; i++) {
		word[i] = s->names->entry[i].fold;
		word[n + i] = s->names->entry[i].ref;
	}
	const char *near = text_nearest(text_fold(w->arena, text), word, 2 * n);
	for (size_t i = 0; near != NULL && i < 2 * n; i++)
		if (word[i] == near) {
			const struct entry *e = &s->names->entry[i % n];
			bool is;
			return still_called(w, s, e, &is, &none) && is ? e->ref : NULL;
		}
	return NULL;
}
