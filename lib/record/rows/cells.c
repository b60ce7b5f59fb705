/* SPDX-License-Identifier: MIT */
/* Cells of a row as values: of its own fields, cut into items, and what is made where it is missing. */
#include "record/rows/rows.h"

const char *row_cell(struct work *w, const struct row *row, size_t column)
{
	if (column >= row->n)
		return "";
	return str_trim(arena_strndup(w->arena, row->cell[column].p, row->cell[column].n));
}

/* The target's text in this row: cells, replacements, the constant; NULL: nothing there. */
const char *row_text(struct rows *r, const struct target *t, const struct row *row)
{
	const char *text = NULL;

	for (size_t i = 0; i < t->ncolumn; i++) {
		const char *cell = row_cell(r->w, row, t->column[i]);
		if (*cell == '\0')
			continue;
		text = text && t->join ? arena_printf(r->w->arena, "%s %s", text, cell) : cell;
		if (!t->join)
			break;
	}
	if (text && t->map && t->map->nreplace && !t->map->splitter)
		text = map_replace(r->map, t->name, text);
	return text ? text : t->constant;
}

/* Dates in the order of their column become ISO; what is no date is left for the checks that follow. */
const char *row_value(struct rows *r, const struct target *t, const char *text)
{
	struct fault g = { 0 };
	char iso[21];
	int64_t at;
	bool has_time;
	day_t day;
	int second;

	if (t->type == TYPE_DATE && day_parse(text, t->order, r->w->today, &day, &g))
		return arena_strdup(r->w->arena, day_format(day, iso));
	if ((t->type == TYPE_MOMENT || t->type == TYPE_TIME) &&
	        moment_parse(text, t->order, r->w->now, &at, &has_time, &g))
		return arena_strdup(r->w->arena,
		        has_time ? time_format(at, iso) : day_format(zone_day(at, &second), iso));
	return text;
}

/* Whether a cell suits a typed field, for columns that fill several. */
static bool suits(struct rows *r, const struct target *t, const char *text)
{
	struct fault g = { 0 };
	const char *stored;

	if (!t->field || t->field->form != FIELD_PLAIN)
		return true;
	if (t->type == TYPE_TEXT || t->type == TYPE_MARKDOWN || t->type == TYPE_PERSONAL)
		return true;
	return value_read(r->w, t->field, text, t->order, &stored, &g);
}

static bool is_typed(const struct target *t)
{
	return t->field && t->field->form == FIELD_PLAIN && t->type != TYPE_TEXT &&
	       t->type != TYPE_MARKDOWN;
}

/* Where a column fills several fields: typed ones take what suits them, texts the rest. */
bool row_takes(struct rows *r, const struct target *t, const struct row *row, const char *text)
{
	bool text_there = false;

	if (!t->shared)
		return true;
	for (size_t i = 0; i < r->ntarget; i++) {
		const struct target *o = &r->target[i];
		bool same = false;
		for (size_t a = 0; a < t->ncolumn; a++)
			for (size_t b = 0; b < o->ncolumn; b++)
				same = same || t->column[a] == o->column[b];
		if (o == t || !same || o->related != t->related)
			continue;
		const char *other = row_text(r, o, row);
		if (!str_equal(other, text))
			continue;
		if (is_typed(o) && !is_typed(t) && suits(r, o, text))
			return false;
		text_there = text_there || !is_typed(o);
	}
	return !is_typed(t) || !text_there || suits(r, t, text);
}

/* ---------- items ---------- */

struct whole {
	struct rows *r;
	const struct target *t;
};

/* Kinds that an item of the target may be a record of. */
static size_t item_kinds(struct rows *r, const struct target *t, const struct kind **kinds)
{
	struct fault g = { 0 };
	size_t n = 0;

	if (t->field && t->field->target)
		kinds[n++] = store_kind(r->w->store, t->field->target, &g);
	for (size_t i = 0; t->shorthand && i < 3 && t->shorthand->column[i]; i++) {
		const struct kind *child = store_kind(r->w->store, t->shorthand->child, &g);
		const struct field *field =
		        child ? kind_field(child, t->shorthand->column[i]) : NULL;
		if (field && field->target)
			kinds[n++] = store_kind(r->w->store, field->target, &g);
	}
	return n;
}

/* What is a record as it stands is not cut further. */
static bool fits_whole(void *data, const char *text)
{
	struct whole *whole = data;
	const struct kind *kinds[4];
	const char *parts[KEY_MOST];
	struct fault g = { 0 };
	size_t n = item_kinds(whole->r, whole->t, kinds), which;

	return n && find_among(whole->r->w, kinds, n, text, &which, parts, &g) == FOUND_ONE;
}

const char **row_items(struct rows *r, const struct target *t, const char *text, size_t *n)
{
	static const char *const never[] = { NULL };
	struct whole whole = { r, t };
	const char *const *splitters = t->map && t->map->splitter ? t->map->splitter : never;
	const char **items = map_split(r->w->arena, text, splitters, fits_whole, &whole, n);
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		const char *meant = t->map ? map_replace(r->map, t->name, items[i]) : items[i];
		if (meant)
			items[kept++] = meant;
	}
	*n = kept;
	return items;
}

struct node *row_text_node(struct arena *a, const char *text, long line)
{
	struct node *node = arena_alloc(a, sizeof *node);

	*node = (struct node){ .kind = NODE_TEXT, .text = text, .line = line };
	return node;
}

struct node *row_list_node(struct arena *a, const char *const *items, size_t n, long line)
{
	struct node *node = arena_alloc(a, sizeof *node);

	*node = (struct node){ .kind = NODE_LIST, .line = line, .n = n };
	node->item = arena_alloc(a, (n + 1) * sizeof *node->item);
	for (size_t i = 0; i < n; i++)
		node->item[i] = row_text_node(a, items[i], line);
	return node;
}

/* ---------- making what is missing ---------- */

bool row_may_make(const struct rows *r, const char *kind)
{
	for (const char *const *m = r->o->make; m && *m; m++)
		if (str_equal(*m, kind))
			return true;
	for (const char *const *m = r->map ? r->map->make : NULL; m && *m; m++)
		if (str_equal(*m, kind))
			return true;
	return false;
}

/* A record of that kind with nothing but a name. */
static bool make_named(struct rows *r, struct shape *shape, const char *name, long line,
        const char ***made, struct fault *f)
{
	struct assignment a = { .field =
		                        shape->kind->name_column ? shape->kind->name_column : "ref",
		.op = '=',
		.text = name,
		.file = input_name(r->in),
		.line = line };
	struct writing writing = {
		.assignment = &a, .n = 1, .mode = WRITE_ADD, .file = a.file, .line = line
	};

	return record_write(r->w, shape, &writing, made, f) != WRITTEN_FAULT;
}

/* Makes what an own reference or item names and is not there, where that is allowed. */
static bool make_missing(
        struct rows *r, const struct target *t, const char *text, long line, struct fault *f)
{
	const struct kind *kinds[4];
	const char *parts[KEY_MOST], **made;
	size_t n = item_kinds(r, t, kinds), which;
	struct fault g = { 0 };

	if (n == 0 || find_among(r->w, kinds, n, text, &which, parts, &g) != FOUND_NONE)
		return true;
	for (size_t i = 0; i < n; i++)
		if (kinds[i] && row_may_make(r, kinds[i]->name)) {
			struct shape *shape = shape_of(r->w, kinds[i], f);
			return shape && make_named(r, shape, text, line, &made, f);
		}
	return true;
}

/* ---------- the row's own fields ---------- */

struct assignment *row_put(struct rows *r, struct fields *to, const char *field, long line)
{
	struct assignment *a = &to->all[to->n++];

	*a = (struct assignment){
		.field = field, .op = '=', .file = input_name(r->in), .line = line
	};
	return a;
}

static bool is_many(const struct target *t)
{
	return t->shorthand || (t->field && t->field->form == FIELD_LIST);
}

bool row_put_own(struct rows *r, const struct target *t, const struct row *row, struct fields *to,
        struct fault *f)
{
	const char *text = row_text(r, t, row);
	struct assignment *a;
	size_t n;

	if (str_empty(text) || !row_takes(r, t, row, text)) {
		/* A shared column that went to another field is no blank. */
		if (str_empty(text) && r->o->clear_blank && t->ncolumn && !t->shared)
			row_put(r, to, t->name, row->line);
		return true;
	}
	a = row_put(r, to, t->name, row->line);
	if (!is_many(t)) {
		a->text = row_value(r, t, text);
		return make_missing(r, t, text, row->line, f);
	}
	if (t->map && t->map->splitter) {
		const char **items = row_items(r, t, text, &n);
		for (size_t i = 0; i < n; i++)
			if (!make_missing(r, t, items[i], row->line, f))
				return false;
		a->node = row_list_node(r->w->arena, items, n, row->line);
	} else {
		a->text = text;
	}
	return true;
}

const char *row_given(const struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_equal(fields->all[i].field, name))
			return fields->all[i].text;
	return NULL;
}
