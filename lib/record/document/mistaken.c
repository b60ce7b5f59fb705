/* SPDX-License-Identifier: MIT */
/* Refs that are the name of another record as well, such as the old ref of an aim whose number went to the
 * next one. Who reads them alone could mean either. */
#include <stdlib.h>

#include "record/document/show.h"

/* Of one partnership. */
struct mistaken {
	const char *partnership;
	const char **ref; /* sorted */
	size_t n, cap;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The refs and names of records whose name could be a ref. */
static struct query *likely_names(struct work *w, const struct kind *k, struct fault *f)
{
	struct buf b = { 0 };
	buf_adds(&b, "SELECT ");
	sql_name(&b, k->column[k->key[0]].name);
	buf_adds(&b, ", ");
	sql_name(&b, k->name_column);
	buf_adds(&b, " FROM ");
	sql_name(&b, k->name);
	buf_adds(&b, " WHERE ");
	sql_name(&b, k->name_column);
	buf_adds(&b, " NOT GLOB '*[^A-Za-z0-9._-]*'");
	buf_adds(&b, k->local ? " AND " : "");
	sql_key(&b, k, NULL, 0);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q != NULL)
		bind_key(w, q, k, NULL, 0, 1);
	return q;
}

static bool gather(struct work *w, struct shape *s, struct mistaken *m, struct fault *f)
{
	struct query *q = likely_names(w, s->kind, f);
	bool found = false;
	int rc = -1;
	if (q == NULL)
		return false;
	while ((rc = query_step(q, f)) == 1) {
		const char *parts[KEY_MOST] = { arena_strdup(w->arena, query_text(q, 1)) };
		if (!key_find(w, s, parts, &found, f)) {
			rc = -1;
			break;
		}
		if (!found || str_equal(parts[0], query_text(q, 0)))
			continue;
		m->ref = state_grow(w, m->ref, &m->cap, m->n + 1, sizeof *m->ref);
		m->ref[m->n++] = arena_strdup(work_state(w)->keep, parts[0]);
	}
	query_done(q);
	if (m->n > 1)
		qsort(m->ref, m->n, sizeof *m->ref, by_text);
	return rc == 0;
}

static const struct mistaken *mistaken_of(struct work *w, struct shape *s, struct fault *f)
{
	struct arena *keep = work_state(w)->keep, *whole = w->arena;
	const char *whose = s->kind->local ? w->partnership : NULL;
	if (s->mistaken != NULL && str_equal(s->mistaken->partnership, whose))
		return s->mistaken;
	s->mistaken = arena_alloc(keep, sizeof *s->mistaken);
	*s->mistaken = (struct mistaken){ .partnership = arena_strdup(keep, whose) };
	w->arena = arena_new();
	bool ok = gather(w, s, s->mistaken, f);
	arena_free(w->arena);
	w->arena = whole;
	return ok ? s->mistaken : NULL;
}

const char *show_reference(
        struct work *w, const struct field *field, const char *text, struct fault *f)
{
	if (field->target == NULL)
		return text;
	struct shape *s = shape_named(w, field->target, f);
	if (s == NULL)
		return NULL;
	if (s->kind->nkey != 1 || s->kind->name_column == NULL)
		return text;
	const struct mistaken *m = mistaken_of(w, s, f);
	if (m == NULL)
		return NULL;
	return m->n > 0 && bsearch(&text, m->ref, m->n, sizeof *m->ref, by_text) != NULL
	               ? arena_printf(w->arena, "%s:%s", s->kind->name, text)
	               : text;
}
