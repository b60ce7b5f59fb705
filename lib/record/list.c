/* SPDX-License-Identifier: MIT */
/* Listing: one query made from the catalogue, its columns handed to the writer as they come. */
#include <inttypes.h>

#include "record/where.h"

/* How a column of the query becomes a cell. */
enum cell_form {
	CELL_AS_IT_IS,
	CELL_PENCE,
	CELL_BOOL,
	CELL_REAL,
	CELL_TIME,
	CELL_LIST,  /* items of a set, in their natural order */
	CELL_ITEMS, /* items in the order of their rows */
	CELL_TOLD   /* a view's expression, for people: its own look tells a time */
};
struct listing {
	struct work *w;
	const struct kind *kind; /* or a view read as one */
	const struct kind *base; /* the kind asked for, whose lists and shorthands a table has */
	bool whose;              /* the column partnership goes first */
	struct out_column *column;
	enum cell_form *form;
	size_t n;
	struct buf select;
	struct where where;
	struct buf order;
};

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

/* ---------- columns ---------- */

/* Parts as one text, "a/b"; NULL where one is. */
static void add_joined(struct buf *b, const char *alias, const char *const *column, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, i > 0 ? " || '/' || " : "");
		sql_column(b, alias, column[i]);
	}
}

/* Between the items of a cell as the query gives them: no text may hold it. */
#define ITEM_END "\x1F"

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
	sql_quote(b, field->table);
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
	sql_quote(b, child->name);
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

/* The address, "C1/2", of records with several key parts. */
static void add_address(struct listing *g)
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
		add_address(g);
		return true;
	}
	const struct field *field = record_field(k, name, f);
	return field != NULL && add_field(g, field, true, look, f);
}

static bool is_key(const struct kind *k, const struct field *field)
{
	return field->ncolumn > 0 && key_part(k, field->column[0]) < k->nkey;
}

/* All fields, or for people those the schema marks. */
static bool add_all(struct listing *g, enum look look, struct fault *f)
{
	const struct kind *k = g->kind;
	bool people = look == LOOK_PEOPLE;
	const struct shorthand *s;
	bool address = people && k == g->base && k->nkey > 1;
	if (address)
		add_address(g);
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form == FIELD_CHILDREN || (people && !field->listed) ||
		        (address && is_key(k, field)))
			continue;
		if (!add_field(g, field, field->listed, look, f))
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

/* ---------- which rows, and in what order ---------- */

static void add_and(struct listing *g)
{
	buf_adds(&g->where.sql, g->where.sql.n > 0 ? " AND " : " WHERE ");
}

static bool add_refs(struct listing *g, const struct list_query *q, struct fault *f)
{
	const struct kind *k = g->base;
	const char *parts[16];
	if (g->kind->nkey != k->nkey)
		return fault_set(f, STATUS_USAGE, "these rows have no refs to choose by");
	add_and(g);
	for (size_t i = 0; i < k->nkey; i++) {
		buf_adds(&g->where.sql, i == 0 ? "(" : ", ");
		sql_column(&g->where.sql, "t0", g->kind->column[g->kind->key[i]].name);
	}
	buf_adds(&g->where.sql, k->nkey > 1 ? ") IN (VALUES " : ") IN (");
	for (size_t i = 0; i < q->nref; i++) {
		if (!record_find(g->w, k, q->ref[i], parts, f))
			return false;
		buf_adds(&g->where.sql, i > 0 ? ", " : "");
		buf_adds(&g->where.sql, k->nkey > 1 ? "(" : "");
		for (size_t p = 0; p < k->nkey; p++) {
			/* Values have no affinity of their own, so numbers must come as such. */
			bool number = k->column[k->key[p]].type == TYPE_INTEGER && k->nkey > 1;
			buf_adds(&g->where.sql, p > 0 ? ", " : "");
			buf_adds(&g->where.sql, number ? "CAST(? AS INTEGER)" : "?");
			where_bind(g->w, &g->where, arena_strdup(g->w->arena, parts[p]));
		}
		buf_adds(&g->where.sql, k->nkey > 1 ? ")" : "");
	}
	buf_adds(&g->where.sql, q->nref == 0 ? "SELECT NULL WHERE 0)" : ")");
	return true;
}

static bool add_rows(struct listing *g, const struct list_query *q, struct fault *f)
{
	struct work *w = g->w;
	if (g->kind->local && !w->all) {
		if (!record_needs_partnership(w, f))
			return false;
		add_and(g);
		buf_adds(&g->where.sql, "t0.\"partnership\" = ?");
		where_bind(w, &g->where, w->partnership);
	}
	if (q->ref != NULL && !add_refs(g, q, f))
		return false;
	for (size_t i = 0; i < q->nfilter; i++) {
		add_and(g);
		if (!where_filter(w, &g->where, g->kind, "t0", q->filter[i], f))
			return false;
	}
	return true;
}

static void add_order(struct listing *g, const char *text, bool natural, bool down)
{
	buf_adds(&g->order, g->order.n > 0 ? ", " : " ORDER BY ");
	buf_addf(&g->order, natural ? "\"natural\"(%s)%s" : "%s%s", text,
	        down ? " DESC" : " ASC NULLS LAST");
}

static bool add_sort(struct listing *g, const char *name, struct fault *f)
{
	bool down = name[0] == '-';
	const struct kind *k = g->kind;
	struct buf b = { 0 };
	name += down;
	if (k->local && strcmp(name, "partnership") == 0) {
		add_order(g, "t0.\"partnership\"", false, down);
		return true;
	}
	if (strcmp(name, "ref") == 0 && kind_field(k, name) == NULL)
		return true; /* the key, which ends every order */
	const struct field *field = record_field(k, name, f);
	if (field == NULL)
		return false;
	if (field->ncolumn == 0)
		return fault_set(
		        f, STATUS_USAGE, "%s cannot be sorted by; it has many values", field->name);
	for (size_t i = 0; i < field->ncolumn; i++) {
		enum type t = k->column[field->column[i]].type;
		buf_clear(&b);
		sql_column(&b, "t0", k->column[field->column[i]].name);
		add_order(g, buf_text(&b), t == TYPE_REF || t == TYPE_TEXT, down);
	}
	buf_free(&b);
	return true;
}

static bool add_sorts(struct listing *g, const struct list_query *q, struct fault *f)
{
	for (size_t i = 0; i < q->nsort; i++)
		if (!add_sort(g, q->sort[i], f))
			return false;
	if (g->kind->nkey > 0) {
		buf_adds(&g->order, g->order.n > 0 ? ", " : " ORDER BY ");
		sql_order(&g->order, g->kind, "t0", g->w->all);
	}
	return true;
}

/* ---------- running ---------- */

static bool start(struct listing *g, struct work *w, const struct list_query *q, struct fault *f)
{
	*g = (struct listing){ .w = w };
	g->base = q->kind != NULL ? record_kind(w, q->kind, f) : NULL;
	if (q->kind != NULL && g->base == NULL)
		return false;
	g->kind = q->from != NULL ? view_kind(w, q->from, g->base, f) : g->base;
	if (g->kind == NULL)
		return false;
	size_t most = g->kind->nfield + q->ncolumn + 16;
	g->column = arena_alloc(w->arena, most * sizeof *g->column);
	g->form = arena_alloc(w->arena, most * sizeof *g->form);
	return true;
}

static struct query *run(struct listing *g, const struct list_query *q, struct fault *f)
{
	struct buf b = { 0 };
	buf_addf(&b, "SELECT %s FROM ", buf_text(&g->select));
	sql_quote(&b, g->kind->name);
	buf_adds(&b, " AS t0");
	buf_adds(&b, buf_text(&g->where.sql));
	buf_adds(&b, buf_text(&g->order));
	buf_adds(&b, q->limit != NULL ? " LIMIT ?" : "");
	struct query *query = store_keep(g->w->store, buf_text(&b), f);
	buf_free(&b);
	if (query == NULL)
		return NULL;
	int at = where_apply(&g->where, query, 1);
	if (q->limit != NULL)
		query_bind_int(query, at, *q->limit);
	return query;
}

static void stop(struct listing *g)
{
	buf_free(&g->select);
	buf_free(&g->where.sql);
	buf_free(&g->order);
}

/* What is not shown as it is stored, without memory of its own. */
static void put_formed(struct writer *writer, struct query *q, int at, enum cell_form form)
{
	char text[48];
	char have = query_value_type(q, at);
	int n = 0;
	if (form == CELL_BOOL && have == 'i') {
		bool yes = query_int(q, at) != 0;
		writer_cell(writer, yes ? "yes" : "no", yes ? 3 : 2);
		return;
	}
	if (form == CELL_PENCE && have == 'i') {
		int64_t pence = query_int(q, at);
		uint64_t size = pence < 0 ? 0 - (uint64_t)pence : (uint64_t)pence;
		n = snprintf(text, sizeof text, "%s%" PRIu64 ".%02" PRIu64, pence < 0 ? "-" : "",
		        size / 100, size % 100);
	} else if (form == CELL_REAL && have == 'r') {
		n = (int)strlen(real_text(text, query_real(q, at)));
	} else {
		writer_cell(writer, query_text(q, at), query_bytes(q, at));
		return;
	}
	writer_cell(writer, text, (size_t)n);
}

static void put_time(struct work *w, struct writer *writer, struct query *q, int at)
{
	const char *shown = value_show(w, TYPE_MOMENT, query_text(q, at), LOOK_PEOPLE);
	writer_cell(writer, shown, shown != NULL ? strlen(shown) : 0);
}

static bool is_time(const char *text, size_t n)
{
	return text != NULL && n == 20 && text[4] == '-' && text[10] == 'T' && text[19] == 'Z';
}

/* The expressions of a view have no declared type: the first row tells their numbers. */
static void tell_numbers(struct listing *g, struct query *q)
{
	for (size_t i = 0; i < g->n && g->kind != g->base; i++) {
		char have = query_value_type(q, (int)i);
		if (g->column[i].kind == VALUE_TEXT && (have == 'i' || have == 'r'))
			g->column[i].kind = VALUE_NUMBER;
	}
}

static void put_items(
        struct work *w, struct writer *writer, struct query *q, int at, enum cell_form form)
{
	char *all = arena_strdup(w->arena, query_text(q, at)), *end;
	size_t n = 0, most = 1;
	for (const char *p = all; p != NULL && (p = strpbrk(p, ITEM_END)) != NULL; p++)
		most++;
	const char **item = arena_alloc(w->arena, most * sizeof *item);
	for (char *p = all; p != NULL; p = end) {
		end = strpbrk(p, ITEM_END);
		if (end != NULL)
			*end++ = '\0';
		item[n++] = p;
	}
	if (form == CELL_LIST)
		items_sort(item, n);
	writer_items(writer, item, n);
}

static bool stream(struct listing *g, struct query *query, struct writer *writer, size_t *count,
        struct fault *f)
{
	struct work *w = g->w;
	struct arena *whole = w->arena, *row = arena_new();
	int rc;
	size_t rows = 0;
	w->arena = row;
	rc = query_step(query, f);
	if (rc == 1)
		tell_numbers(g, query);
	writer_columns(writer, g->column, g->n);
	for (; rc == 1; rc = query_step(query, f)) {
		rows++;
		for (size_t i = 0; i < g->n; i++) {
			int at = (int)i;
			if (g->form[i] == CELL_AS_IT_IS)
				writer_cell(writer, query_text(query, at), query_bytes(query, at));
			else if (g->form[i] == CELL_TOLD &&
			         !is_time(query_text(query, at), query_bytes(query, at)))
				writer_cell(writer, query_text(query, at), query_bytes(query, at));
			else if (g->form[i] == CELL_TIME || g->form[i] == CELL_TOLD)
				put_time(w, writer, query, at);
			else if (g->form[i] == CELL_LIST || g->form[i] == CELL_ITEMS)
				put_items(w, writer, query, at, g->form[i]);
			else
				put_formed(writer, query, at, g->form[i]);
		}
		arena_reset(row);
	}
	w->arena = whole;
	arena_free(row);
	if (count != NULL)
		*count = rows;
	return rc == 0;
}

bool record_list(struct work *w, const struct list_query *q, enum look look, struct writer *writer,
        size_t *count, struct fault *f)
{
	struct listing g;
	struct query *query = NULL;
	bool ok = false;
	work_state(w);
	if (!start(&g, w, q, f))
		return false;
	g.whose = w->all && g.kind->local;
	if (g.whose)
		add_whose(&g);
	if (q->column == NULL) {
		if (!add_all(&g, look, f))
			goto out;
	} else {
		for (size_t i = 0; i < q->ncolumn; i++)
			if (!add_named(&g, q->column[i], look, f))
				goto out;
	}
	if (!add_rows(&g, q, f) || !add_sorts(&g, q, f))
		goto out;
	query = run(&g, q, f);
	ok = query != NULL && stream(&g, query, writer, count, f);
	if (query != NULL)
		query_done(query);
out:
	stop(&g);
	return ok;
}

bool record_refs(
        struct work *w, const struct list_query *q, const char ***refs, size_t *n, struct fault *f)
{
	struct listing g;
	size_t cap = 0;
	int rc = -1;
	*n = 0;
	*refs = NULL;
	work_state(w);
	if (!start(&g, w, q, f))
		return false;
	if (g.kind->nkey == 0) {
		fault_set(f, STATUS_USAGE, "%s has no refs", g.kind->name);
		goto out;
	}
	add_address(&g);
	if (!add_rows(&g, q, f) || !add_sorts(&g, q, f))
		goto out;
	struct query *query = run(&g, q, f);
	if (query == NULL)
		goto out;
	while ((rc = query_step(query, f)) == 1) {
		if (*n == cap) {
			const char **more = arena_alloc(w->arena, (cap * 2 + 8) * sizeof *more);
			if (cap > 0)
				memcpy(more, *refs, cap * sizeof *more);
			cap = cap * 2 + 8;
			*refs = more;
		}
		(*refs)[(*n)++] = arena_strdup(w->arena, query_text(query, 0));
	}
	query_done(query);
	if (*refs == NULL)
		*refs = arena_alloc(w->arena, sizeof **refs);
out:
	stop(&g);
	return rc == 0;
}
