/* SPDX-License-Identifier: MIT */
/* The columns of a listing: fields, lists and shorthands as expressions of one query. */
#include "record/list/listing.h"

static enum cell_form form_of(enum type t, enum look look)
{
	switch (t) {
	case TYPE_PENCE:
		return CELL_PENCE;
	case TYPE_BOOL:
		return CELL_BOOL;
	case TYPE_REAL:
		return CELL_REAL;
	case TYPE_TIME:
	case TYPE_MOMENT:
		return look == LOOK_PEOPLE ? CELL_TIME : CELL_AS_IT_IS;
	default:
		return CELL_AS_IT_IS;
	}
}

/* Parts as one text, "a/b"; NULL where one is. */
static void add_joined(struct buf *b, const char *alias, const char *const *column, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, i > 0 ? " || '/' || " : "");
		sql_column(b, alias, column[i]);
	}
}

static bool add_list(struct listing *g, const struct field *field, struct fault *f)
{
	const struct list_shape *l = store_list(g->w->store, field->table, f);
	struct buf *b = &g->select;
	if (l == NULL)
		return false;
	/* Their order is put right in put_items: a sorter for every row costs more than the rows. */
	buf_adds(b, "(SELECT group_concat(");
	add_joined(b, "l", l->item, l->nitem);
	buf_adds(b, ", char(31)) FROM ");
	sql_name(b, field->table);
	buf_adds(b, " AS l WHERE ");
	where_owned(b, g->kind, "t0", "l", l->local, l->owner, l->nowner);
	buf_adds(b, ")");
	return true;
}

static bool add_shorthand(struct listing *g, const struct shorthand *s, struct fault *f)
{
	const struct kind *child = record_kind(g->w, s->child, f);
	struct buf *b = &g->select;
	const char *owner[16];
	if (child == NULL)
		return false;
	for (size_t i = 0; i < child->nparent; i++)
		owner[i] = child->column[child->key[i]].name;
	buf_adds(b, "(SELECT group_concat(coalesce(");
	for (size_t i = 0; i < COUNT(s->column) && s->column[i] != NULL; i++) {
		sql_column(b, "l", s->column[i]);
		buf_adds(b, ", ");
	}
	if (s->written != NULL)
		sql_column(b, "l", s->written);
	else
		buf_adds(b, "NULL");
	buf_adds(b, "), char(31)) FROM ");
	sql_name(b, child->name);
	buf_adds(b, " AS l WHERE ");
	where_owned(b, g->kind, "t0", "l", child->local, owner, child->nparent);
	if (s->mark != NULL) {
		buf_adds(b, " AND ");
		sql_column(b, "l", s->mark);
		buf_adds(b, " = ");
		/* A word of the enumeration, from this program's own table. */
		buf_addf(b, "'%s'", s->value);
	}
	buf_adds(b, ")"); /* by its key, which is the order of the leads */
	return true;
}

static void add_column(
        struct listing *g, const char *name, enum type type, bool shown, enum look look)
{
	g->column[g->n] = (struct out_column){ name, value_kind_of(type), shown };
	g->form[g->n] = form_of(type, look);
	if (g->kind != g->base && type == TYPE_TEXT && look == LOOK_PEOPLE)
		g->form[g->n] = CELL_TOLD;
	g->n++;
}

static void add_items(struct listing *g, const char *name, enum cell_form form, bool shown)
{
	g->column[g->n] = (struct out_column){ name, VALUE_TEXT, shown };
	g->form[g->n++] = form;
}

static void select_next(struct listing *g)
{
	if (g->n > 0)
		buf_adds(&g->select, ", ");
}

static bool add_field(
        struct listing *g, const struct field *field, bool shown, enum look look, struct fault *f)
{
	const struct kind *k = g->kind;
	const char *column[16];
	if (field->form == FIELD_CHILDREN)
		return fault_set(f, STATUS_USAGE,
		        "%s holds records and is no column; see compact-record %s list",
		        field->name, field->table);
	select_next(g);
	if (field->form == FIELD_LIST) {
		add_items(g, field->name, CELL_LIST, shown);
		return add_list(g, field, f);
	}
	for (size_t i = 0; i < field->ncolumn && i < COUNT(column); i++)
		column[i] = k->column[field->column[i]].name;
	add_joined(&g->select, "t0", column, field->ncolumn);
	add_column(g, field->name, field->ncolumn > 1 ? TYPE_REF : field->type, shown, look);
	return true;
}

void listing_address(struct listing *g)
{
	const struct kind *k = g->kind;
	const char *column[16];
	size_t n = k->nkey < COUNT(column) ? k->nkey : COUNT(column);
	for (size_t i = 0; i < n; i++)
		column[i] = k->column[k->key[i]].name;
	select_next(g);
	add_joined(&g->select, "t0", column, n);
	add_column(g, "ref", TYPE_REF, true, LOOK_MACHINE);
}

static void add_whose(struct listing *g)
{
	select_next(g);
	buf_adds(&g->select, "t0.\"partnership\"");
	add_column(g, "partnership", TYPE_REF, true, LOOK_MACHINE);
}

static bool add_named(struct listing *g, const char *name, enum look look, struct fault *f)
{
	const struct kind *k = g->kind;
	const struct shorthand *s = g->kind == g->base ? shorthand_of(k, name) : NULL;
	if (s != NULL) {
		select_next(g);
		add_items(g, s->name, CELL_ITEMS, true);
		return add_shorthand(g, s, f);
	}
	if (k->local && strcmp(name, "partnership") == 0) {
		if (!g->whose)
			add_whose(g);
		return true;
	}
	if (strcmp(name, "ref") == 0 && kind_field(k, name) == NULL && k->nkey > 0) {
		listing_address(g);
		return true;
	}
	const struct field *field = record_field(k, name, f);
	return field != NULL && add_field(g, field, true, look, f);
}

static bool is_key(const struct kind *k, const struct field *field)
{
	return field->ncolumn > 0 && key_part(k, field->column[0]) < k->nkey;
}

/* Whether the schema marks what people see of a kind. A table added by SQL may mark nothing; then they see all. */
static bool is_marked(const struct kind *k)
{
	for (size_t i = 0; i < k->nfield; i++)
		if (k->field[i].listed)
			return true;
	return false;
}

/* All fields, or for people those the schema marks. */
static bool add_all(struct listing *g, enum look look, struct fault *f)
{
	const struct kind *k = g->kind;
	bool people = look == LOOK_PEOPLE, marked = is_marked(k);
	const struct shorthand *s;
	bool address = people && k == g->base && k->nkey > 1;
	if (address)
		listing_address(g);
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		bool shown = field->listed || !marked;
		if (field->form == FIELD_CHILDREN || (people && !shown) ||
		        (address && is_key(k, field)))
			continue;
		if (!add_field(g, field, shown, look, f))
			return false;
	}
	for (size_t i = 0; k == g->base && (s = shorthand_at(k, i)) != NULL; i++) {
		if (people && !s->listed)
			continue;
		select_next(g);
		add_items(g, s->name, CELL_ITEMS, s->listed);
		if (!add_shorthand(g, s, f))
			return false;
	}
	return true;
}

bool listing_columns(struct listing *g, const struct list_query *q, enum look look, struct fault *f)
{
	if (g->whose)
		add_whose(g);
	if (q->column == NULL)
		return add_all(g, look, f);
	for (size_t i = 0; i < q->ncolumn; i++)
		if (!add_named(g, q->column[i], look, f))
			return false;
	return true;
}
