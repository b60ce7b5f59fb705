/* SPDX-License-Identifier: MIT */
/* What one command's work keeps: kinds with their statements, references that wait, marks. */
#include <stdarg.h>

#include "record/private.h"

struct record_state *work_state(struct work *w)
{
	if (w->state == NULL) {
		w->state = arena_alloc(w->arena, sizeof *w->state);
		w->state->keep = w->arena;
	}
	return w->state;
}

void *state_grow(struct work *w, void *p, size_t *cap, size_t need, size_t size)
{
	if (p != NULL && need <= *cap)
		return p;
	size_t want = *cap < 8 ? 8 : *cap * 2;
	while (want < need)
		want *= 2;
	void *more = arena_alloc(work_state(w)->keep, want * size);
	if (p != NULL)
		memcpy(more, p, *cap * size);
	*cap = want;
	return more;
}

const char **texts_copy(struct arena *a, size_t n, const char *const *texts)
{
	const char **copy = arena_alloc(a, (n + 1) * sizeof *copy);
	for (size_t i = 0; i < n; i++)
		copy[i] = arena_strdup(a, texts[i]);
	return copy;
}

/* ---------- shapes ---------- */

static size_t column_named(const struct kind *k, const char *name)
{
	for (size_t i = 0; i < k->ncolumn; i++)
		if (strcmp(k->column[i].name, name) == 0)
			return i;
	return k->ncolumn;
}

static void shape_fields(struct arena *a, struct shape *s)
{
	const struct kind *k = s->kind;
	size_t *aside = arena_alloc(a, (k->nfield + 1) * sizeof *aside);
	size_t *holder = arena_alloc(a, (k->ncolumn + 1) * sizeof *holder);
	for (size_t i = 0; i < k->ncolumn; i++)
		holder[i] = k->nfield;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		bool own = field->form == FIELD_PLAIN || field->form == FIELD_REFERENCE;
		const char *name = arena_printf(a, "%s_text", field->name);
		aside[i] = own ? column_named(k, name) : k->ncolumn;
		for (size_t c = 0; own && c < field->ncolumn; c++)
			holder[field->column[c]] = i;
	}
	s->aside = aside;
	s->holder = holder;
}

static struct shape *shape_make(struct work *w, const struct kind *k)
{
	struct record_state *state = work_state(w);
	struct shape *s = arena_alloc(state->keep, sizeof *s);
	s->kind = k;
	s->whose = k->local ? column_named(k, "partnership") : k->ncolumn;
	shape_fields(state->keep, s);
	s->last = k->key[k->nkey - 1];
	const struct field *last = key_field(s, k->nkey - 1);
	s->folds = last != NULL && last->form == FIELD_PLAIN && last->type == TYPE_REF;
	s->next = state->shapes;
	state->shapes = s;
	return s;
}

struct shape *shape_of(struct work *w, const struct kind *k, struct fault *f)
{
	if (k->local && w->partnership == NULL && !w->all && !record_needs_partnership(w, f))
		return NULL;
	for (struct shape *s = work_state(w)->shapes; s != NULL; s = s->next)
		if (s->kind == k)
			return s;
	return shape_make(w, k);
}

struct shape *shape_named(struct work *w, const char *kind, struct fault *f)
{
	const struct kind *k = record_kind(w, kind, f);
	return k != NULL ? shape_of(w, k, f) : NULL;
}

/* ---------- statements ---------- */

static void add_columns(struct buf *b, const struct kind *k, const char *mark)
{
	for (size_t i = 0; i < k->ncolumn; i++) {
		if (i > 0)
			buf_adds(b, ", ");
		if (mark != NULL)
			buf_adds(b, mark);
		else
			sql_name(b, k->column[i].name);
	}
}

static void shape_text(struct buf *b, const struct shape *s, enum shape_sql which)
{
	const struct kind *k = s->kind;
	const char *last = k->column[s->last].name;
	switch (which) {
	case SHAPE_ROW:
		buf_adds(b, "SELECT ");
		add_columns(b, k, NULL);
		buf_adds(b, " FROM ");
		break;
	case SHAPE_DELETE:
		buf_adds(b, "DELETE FROM ");
		break;
	case SHAPE_SEEK:
		buf_adds(b, "SELECT ");
		sql_name(b, last);
		buf_adds(b, " FROM ");
		break;
	case SHAPE_NUMBER:
		buf_adds(b, "SELECT max(");
		sql_name(b, last);
		buf_adds(b, ") FROM ");
		break;
	case SHAPE_INSERT:
	case SHAPE_SQL:
		buf_adds(b, "INSERT INTO ");
		sql_name(b, k->name);
		buf_adds(b, " (");
		add_columns(b, k, NULL);
		buf_adds(b, ") VALUES (");
		add_columns(b, k, "?");
		buf_adds(b, ")");
		return;
	}
	sql_name(b, k->name);
	size_t known = which == SHAPE_SEEK || which == SHAPE_NUMBER ? k->nkey - 1 : k->nkey;
	bool any = k->local || known > 0;
	if (any || which == SHAPE_SEEK)
		buf_adds(b, " WHERE ");
	sql_key(b, k, NULL, known);
	if (which == SHAPE_SEEK) {
		buf_adds(b, any ? " AND " : "");
		sql_name(b, last);
		buf_adds(b, " >= ? ORDER BY ");
		sql_name(b, last);
		buf_adds(b, " LIMIT 1");
	}
}

struct query *shape_query(struct work *w, struct shape *s, enum shape_sql which, struct fault *f)
{
	if (s->query[which] == NULL) {
		struct buf b = { 0 };
		shape_text(&b, s, which);
		s->query[which] = store_keep(w->store, buf_text(&b), f);
		buf_free(&b);
	}
	return s->query[which];
}

/* ---------- telling ---------- */

void tell(struct work *w, enum tell how, const char *file, long line, const char *field,
        const char *fmt, ...)
{
	if (w->tell == NULL)
		return;
	struct fault f = { 0 };
	va_list args;
	va_start(args, fmt);
	vsnprintf(f.text, sizeof f.text, fmt, args);
	va_end(args);
	fault_place(&f, file, line, field);
	w->tell(w->told, how, &f);
}

void tell_change(struct work *w, const struct kind *k, const char *const *parts, char op,
        const char *field, const char *before, const char *after)
{
	if (w->changed == NULL)
		return;
	struct record_state *s = work_state(w);
	struct record_change c = { .partnership = k->local ? w->partnership : NULL,
		.kind = k->name,
		.ref = ref_join(w, k->nkey, parts),
		.op = op,
		.field = field,
		.before = before,
		.after = after };
	if (!s->marked) {
		w->changed(w->told, &c);
		return;
	}
	s->held = mem_grow(s->held, &s->cap_held, s->nheld + 1, sizeof *s->held);
	s->held[s->nheld++] = c;
}

/* ---------- marks ---------- */

bool record_mark(struct work *w, struct record_mark *m, struct fault *f)
{
	struct record_state *s = work_state(w);
	*m = (struct record_mark){ s->npending, s->ntouched };
	for (struct shape *p = s->shapes; p != NULL; p = p->next)
		names_mark(p);
	s->marked = true;
	return store_mark(w->store, f);
}

static void release_held(struct record_state *s)
{
	mem_free(s->held);
	s->held = NULL;
	s->nheld = s->cap_held = 0;
	s->marked = false;
}

bool record_release(struct work *w, const struct record_mark *m, struct fault *f)
{
	struct record_state *s = work_state(w);
	(void)m;
	for (size_t i = 0; i < s->nheld; i++)
		w->changed(w->told, &s->held[i]);
	release_held(s);
	return store_release(w->store, f);
}

void record_revert(struct work *w, const struct record_mark *m)
{
	struct record_state *s = work_state(w);
	for (struct shape *p = s->shapes; p != NULL; p = p->next)
		names_revert(p);
	s->npending = m->npending;
	s->ntouched = m->ntouched;
	release_held(s);
	store_revert(w->store);
}

void pending_add(struct work *w, const struct pending *p)
{
	struct record_state *s = work_state(w);
	s->pending =
	        state_grow(w, s->pending, &s->cap_pending, s->npending + 1, sizeof *s->pending);
	struct pending *kept = &s->pending[s->npending++];
	*kept = *p;
	kept->partnership = arena_strdup(s->keep, p->partnership);
	kept->parts = texts_copy(s->keep, p->shape->kind->nkey, p->parts);
	kept->text = arena_strdup(s->keep, p->text);
	kept->file = arena_strdup(s->keep, p->file);
}

void touch(
        struct work *w, struct shape *shape, const char *const *parts, const char *file, long line)
{
	struct record_state *s = work_state(w);
	if (at_least_of(shape->kind) == NULL && sameness_of(shape->kind) == NULL &&
	        advice_at(shape->kind, 0) == NULL)
		return;
	s->touched =
	        state_grow(w, s->touched, &s->cap_touched, s->ntouched + 1, sizeof *s->touched);
	s->touched[s->ntouched++] = (struct touched){ .shape = shape,
		.partnership = arena_strdup(s->keep, w->partnership),
		.parts = texts_copy(s->keep, shape->kind->nkey, parts),
		.file = arena_strdup(s->keep, file),
		.line = line };
}
