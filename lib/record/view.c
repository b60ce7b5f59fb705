/* SPDX-License-Identifier: MIT */
/* Views as kinds: so that listings, filters and sorting work over them as over tables. */
#include "record/list/where.h"

/* The type of a plain column of a view, from the declaration of the table's column it shows. */
static enum type declared(const char *decl)
{
	const char *word = decl != NULL ? strrchr(decl, ' ') : NULL;
	for (int t = TYPE_TEXT; word != NULL && t <= TYPE_REAL; t++)
		if (strcasecmp(type_name((enum type)t), word + 1) == 0)
			return (enum type)t;
	if (decl != NULL && strcasecmp(decl, "INTEGER") == 0)
		return TYPE_INTEGER;
	if (decl != NULL && strcasecmp(decl, "REAL") == 0)
		return TYPE_REAL;
	return TYPE_TEXT;
}

struct making {
	struct kind *kind;
	struct column *column;
	struct field *field;
	size_t *key;
};

static void add_column(struct work *w, struct making *m, const struct kind *base, const char *name,
        const char *decl)
{
	struct arena *keep = work_state(w)->keep;
	struct kind *k = m->kind;
	size_t at = k->ncolumn++;
	const struct field *same = base != NULL ? kind_field(base, name) : NULL;
	bool plain = same != NULL && same->ncolumn == 1;
	struct column *c = &m->column[at];
	*c = (struct column){ .name = arena_strdup(keep, name),
		.type = declared(decl),
		.comment = "",
		.listed = true };
	if (strcmp(name, "partnership") == 0) {
		k->local = true;
		return;
	}
	if (plain && (decl == NULL || c->type == same->type)) {
		c->type = same->type;
		c->words = same->words;
	}
	c->untyped = decl == NULL && !plain;
	size_t *column = arena_alloc(keep, sizeof *column);
	*column = at;
	m->field[k->nfield++] = (struct field){ .name = c->name,
		.form = plain && same->form == FIELD_REFERENCE ? FIELD_REFERENCE : FIELD_PLAIN,
		.type = c->type,
		.comment = "",
		.listed = true,
		.personal = plain && same->personal,
		.words = c->words,
		.target = plain ? same->target : NULL,
		.ncolumn = 1,
		.column = column };
}

/* The key of the base, where the view has all of it. */
static void take_key(struct making *m, const struct kind *base)
{
	struct kind *k = m->kind;
	for (size_t i = 0; base != NULL && i < base->nkey; i++)
		for (size_t c = 0; c < k->ncolumn; c++)
			if (strcmp(m->column[c].name, base->column[base->key[i]].name) == 0)
				m->key[k->nkey++] = c;
	if (base == NULL || k->nkey < base->nkey) {
		k->nkey = 0;
		for (size_t c = 0; c < k->ncolumn && k->nkey == 0; c++)
			if (strcmp(m->column[c].name, "ref") == 0)
				m->key[k->nkey++] = c;
	}
	for (size_t i = 0; i < k->nkey; i++)
		m->column[m->key[i]].key = (int)i + 1;
}

const struct kind *view_kind(
        struct work *w, const char *view, const struct kind *base, struct fault *f)
{
	struct arena *keep = work_state(w)->keep;
	struct buf b = { 0 };
	buf_adds(&b, "SELECT * FROM ");
	sql_name(&b, view);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return NULL;
	size_t n = (size_t)query_columns(q);
	struct making m = { .kind = arena_alloc(keep, sizeof *m.kind),
		.column = arena_alloc(keep, (n + 1) * sizeof *m.column),
		.field = arena_alloc(keep, (n + 1) * sizeof *m.field),
		.key = arena_alloc(keep, (n + 1) * sizeof *m.key) };
	m.kind->name = arena_strdup(keep, view);
	for (size_t i = 0; i < n; i++)
		add_column(w, &m, base, query_name(q, (int)i), query_decltype(q, (int)i));
	query_done(q);
	take_key(&m, base);
	m.kind->column = m.column;
	m.kind->field = m.field;
	m.kind->key = m.key;
	return m.kind;
}
