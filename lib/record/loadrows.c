/* SPDX-License-Identifier: MIT */
/* Rows of a table into records and what is related to them, each row whole or not at all. */
#include <string.h>

#include "record/rows.h"

enum { AHEAD = 1000, SAME_NAME_MOST = 16 };

/* ---------- values out of cells ---------- */

static const char *cell_text(struct work *w, const struct row *row, size_t column)
{
	if (column >= row->n)
		return "";
	return str_trim(arena_strndup(w->arena, row->cell[column].p, row->cell[column].n));
}

/* The target's text in this row: cells, replacements, the constant; NULL: nothing there. */
static const char *target_text(struct rows *r, const struct target *t, const struct row *row)
{
	const char *text = NULL;

	for (size_t i = 0; i < t->ncolumn; i++) {
		const char *cell = cell_text(r->w, row, t->column[i]);
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
static const char *in_order(struct rows *r, const struct target *t, const char *text)
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
static bool takes_cell(
        struct rows *r, const struct target *t, const struct row *row, const char *text)
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
		const char *other = target_text(r, o, row);
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
	const char *parts[16];
	struct fault g = { 0 };
	size_t n = item_kinds(whole->r, whole->t, kinds), which;

	return n && find_among(whole->r->w, kinds, n, text, &which, parts, &g) == FOUND_ONE;
}

static const char **cut_items(struct rows *r, const struct target *t, const char *text, size_t *n)
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

static struct node *text_node(struct arena *a, const char *text, long line)
{
	struct node *node = arena_alloc(a, sizeof *node);

	*node = (struct node){ .kind = NODE_TEXT, .text = text, .line = line };
	return node;
}

static struct node *list_node(struct arena *a, const char *const *items, size_t n, long line)
{
	struct node *node = arena_alloc(a, sizeof *node);

	*node = (struct node){ .kind = NODE_LIST, .line = line, .n = n };
	node->item = arena_alloc(a, (n + 1) * sizeof *node->item);
	for (size_t i = 0; i < n; i++)
		node->item[i] = text_node(a, items[i], line);
	return node;
}

/* ---------- making what is missing ---------- */

static bool may_make(const struct rows *r, const char *kind)
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
	const char *parts[16], **made;
	size_t n = item_kinds(r, t, kinds), which;
	struct fault g = { 0 };

	if (n == 0 || find_among(r->w, kinds, n, text, &which, parts, &g) != FOUND_NONE)
		return true;
	for (size_t i = 0; i < n; i++)
		if (kinds[i] && may_make(r, kinds[i]->name)) {
			struct shape *shape = shape_of(r->w, kinds[i], f);
			return shape && make_named(r, shape, text, line, &made, f);
		}
	return true;
}

/* ---------- the row's own fields ---------- */

struct fields {
	struct assignment *all;
	size_t n;
};

static struct assignment *put(struct rows *r, struct fields *to, const char *field, long line)
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

static bool put_own(struct rows *r, const struct target *t, const struct row *row,
        struct fields *to, struct fault *f)
{
	const char *text = target_text(r, t, row);
	struct assignment *a;
	size_t n;

	if (str_empty(text) || !takes_cell(r, t, row, text)) {
		/* A shared column that went to another field is no blank. */
		if (str_empty(text) && r->o->clear_blank && t->ncolumn && !t->shared)
			put(r, to, t->name, row->line);
		return true;
	}
	a = put(r, to, t->name, row->line);
	if (!is_many(t)) {
		a->text = in_order(r, t, text);
		return make_missing(r, t, text, row->line, f);
	}
	if (t->map && t->map->splitter) {
		const char **items = cut_items(r, t, text, &n);
		for (size_t i = 0; i < n; i++)
			if (!make_missing(r, t, items[i], row->line, f))
				return false;
		a->node = list_node(r->w->arena, items, n, row->line);
	} else {
		a->text = text;
	}
	return true;
}

/* ---------- related records ---------- */

/* The record that is there and is to be changed. */
static void address(struct writing *to, const struct shape *shape, const char *const *parts)
{
	to->parent = parts;
	to->nparent = shape->kind->nkey;
}

/* Fields of a related record in this row; its name apart. */
static bool related_fields(struct rows *r, const struct related *rel, const struct row *row,
        struct fields *to, const char **name)
{
	const struct kind *kind = rel->shape->kind;

	to->all = arena_alloc(r->w->arena, (r->ntarget + 2) * sizeof *to->all);
	to->n = 0;
	*name = NULL;
	for (size_t i = 0; i < r->ntarget; i++) {
		const struct target *t = &r->target[i];
		const char *text;
		if (t->related != rel || !(text = target_text(r, t, row)) || *text == '\0' ||
		        !takes_cell(r, t, row, text))
			continue;
		if (str_equal(t->sub, kind->name_column) || (str_equal(t->sub, "ref") && !*name))
			*name = text;
		put(r, to, t->sub, row->line)->text = in_order(r, t, text);
	}
	return to->n > 0;
}

static void drop_naming(struct fields *of, const struct kind *kind)
{
	size_t kept = 0;

	for (size_t i = 0; i < of->n; i++)
		if (!str_equal(of->all[i].field, kind->name_column) &&
		        !str_equal(of->all[i].field, "ref"))
			of->all[kept++] = of->all[i];
	of->n = kept;
}

/* org.name: found or made, its other fields set; *ref what the row refers to, NULL: nothing given. */
static bool write_to(struct rows *r, const struct related *rel, const struct row *row,
        const char **ref, struct fault *f)
{
	const char *name, *parts[16], **made;
	struct fields fields;
	enum found found;
	struct writing writing = { .file = input_name(r->in), .line = row->line };

	*ref = NULL;
	if (!related_fields(r, rel, row, &fields, &name))
		return true;
	if (!name)
		return fault_set(f, STATUS_DATA,
		        "%s is not named in this row; its other fields have no record to go to",
		        rel->prefix);
	found = find_one(r->w, rel->shape->kind, name, FIND_BOTH, parts, f);
	if (found == FOUND_FAULT)
		return false;
	if (found == FOUND_NONE && !may_make(r, rel->shape->kind->name)) {
		find_none(r->w, rel->shape->kind, name, STATUS_DATA, f);
		fault_hint(f, "or make it with --make=%s", rel->shape->kind->name);
		return false;
	}
	/* What a record that is there was found by is no change of it. */
	if (found == FOUND_ONE)
		drop_naming(&fields, rel->shape->kind);
	writing.assignment = fields.all;
	writing.n = fields.n;
	writing.mode = found == FOUND_ONE ? WRITE_SET : WRITE_ADD;
	if (found == FOUND_ONE)
		address(&writing, rel->shape, parts);
	if (record_write(r->w, rel->shape, &writing, &made, f) == WRITTEN_FAULT)
		return false;
	*ref = ref_join(r->w, rel->shape->kind->nkey, made);
	return true;
}

/* step.text: the row's children of that kind, one an item; NULL without a fault: none given. */
static struct node *child_nodes(
        struct rows *r, const struct related *rel, const struct row *row, struct fault *f)
{
	struct arena *a = r->w->arena;
	struct node *list = NULL, *child;
	size_t n;

	for (size_t i = 0; i < r->ntarget; i++) {
		const struct target *t = &r->target[i];
		const char *text, **items;
		if (t->related != rel || !(text = target_text(r, t, row)) || *text == '\0')
			continue;
		items = cut_items(r, t, text, &n);
		bool single = !(t->map && t->map->splitter);
		if (!list) {
			list = list_node(a, items, n, row->line);
			for (size_t k = 0; k < n; k++) {
				list->item[k] = child = arena_alloc(a, sizeof *child);
				*child = (struct node){ .kind = NODE_MAP, .line = row->line };
				child->key = arena_alloc(a, (r->ntarget + 1) * sizeof *child->key);
				child->keyline =
				        arena_alloc(a, (r->ntarget + 1) * sizeof *child->keyline);
				child->item =
				        arena_alloc(a, (r->ntarget + 1) * sizeof(struct node *));
			}
		} else if (!single && n != list->n) {
			fault_set(f, STATUS_DATA,
			        "has %zu items where the column beside it has %zu; give as many", n,
			        list->n);
			fault_place(f, NULL, 0, t->name);
			return NULL;
		}
		for (size_t k = 0; k < list->n; k++) {
			child = list->item[k];
			child->key[child->n] = t->sub;
			child->keyline[child->n] = row->line;
			child->item[child->n++] =
			        text_node(a, in_order(r, t, items[single ? 0 : k]), row->line);
		}
	}
	return list;
}

/* seat.role: the record that refers to the row and agrees in the other references, else a new one. */
static bool write_from(struct rows *r, const struct related *rel, const struct row *row,
        const char *own, struct fault *f)
{
	struct arena *a = r->w->arena;
	const char *name, **filter, **refs, **made, *parts[16];
	struct fields fields;
	size_t nfilter = 0, n;
	struct writing writing = { .file = input_name(r->in), .line = row->line };

	if (!related_fields(r, rel, row, &fields, &name))
		return true;
	filter = arena_alloc(a, (fields.n + 1) * sizeof *filter);
	filter[nfilter++] = arena_printf(a, "%s=%s", rel->by->name, own);
	for (size_t i = 0; i < fields.n; i++) {
		const struct field *field = kind_field(rel->shape->kind, fields.all[i].field);
		const char *ref;
		if (!field || !field->target || field->form == FIELD_LIST)
			continue;
		if (!record_resolve(r->w, field->target, fields.all[i].text, &ref, f))
			return false;
		filter[nfilter++] = arena_printf(a, "%s=%s", field->name, ref);
	}
	struct list_query q = {
		.kind = rel->shape->kind->name, .filter = filter, .nfilter = nfilter
	};
	if (!record_refs(r->w, &q, &refs, &n, f))
		return false;
	if (n > 1)
		return fault_set(f, STATUS_DATA,
		        "%zu records of %s fit this row; change them one by one", n,
		        rel->shape->kind->name);
	put(r, &fields, rel->by->name, row->line)->text = own;
	writing.assignment = fields.all;
	writing.n = fields.n;
	writing.mode = n ? WRITE_SET : WRITE_ADD;
	if (n && !ref_split(r->w, rel->shape->kind, refs[0], parts, f))
		return false;
	if (n)
		address(&writing, rel->shape, parts);
	return record_write(r->w, rel->shape, &writing, &made, f) != WRITTEN_FAULT;
}

/* ---------- which record a row is ---------- */

static const char *given(const struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_equal(fields->all[i].field, name))
			return fields->all[i].text;
	return NULL;
}

/* Whether all fields that a key needs are given. */
static bool has_key(const struct rows *r, const struct fields *fields)
{
	const struct shape *s = r->shape;

	for (size_t i = 0; i < s->kind->nkey; i++)
		if (!given(fields, key_field(s, i)->name))
			return false;
	return true;
}

static bool agrees(struct rows *r, const char *ref, const char *const *match,
        const struct fields *fields, bool *yes, struct fault *f)
{
	*yes = true;
	for (; *match && *yes; match++) {
		const char *have, *want = given(fields, *match), *parts[16];
		const struct field *field = kind_field(r->shape->kind, *match);
		if (!want || !field)
			continue;
		if (!record_get(r->w, r->shape->kind->name, ref, *match, &have, f))
			return false;
		if (field->target) {
			const struct kind *kind = store_kind(r->w->store, field->target, f);
			enum found found = kind ? find_one(r->w, kind, want, FIND_BOTH, parts, f)
			                        : FOUND_FAULT;
			if (found == FOUND_FAULT)
				return false;
			want = found == FOUND_ONE ? ref_join(r->w, kind->nkey, parts) : want;
		}
		*yes = have && text_distance(have, want, 0) == 0;
	}
	return true;
}

/* Remembers a ref that a row came to; true: an earlier row came to it too. */
static bool seen_before(struct rows *r, const char *ref)
{
	if (r->again) /* it is the row itself that was seen */
		return false;
	const char *fold = text_fold(r->w->arena, ref);
	uint64_t hash = 1469598103934665603u;
	size_t at;

	if (2 * (r->nseen + 1) > r->cap_seen) {
		size_t old = r->cap_seen;
		const char **was = r->seen;
		r->cap_seen = old ? 2 * old : 1024;
		r->seen = mem_zalloc(r->cap_seen * sizeof *r->seen);
		r->nseen = 0;
		for (size_t i = 0; i < old; i++)
			if (was[i])
				seen_before(r, was[i]);
		mem_free(was);
	}
	for (const char *p = fold; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	for (at = (size_t)hash & (r->cap_seen - 1); r->seen[at]; at = (at + 1) & (r->cap_seen - 1))
		if (str_equal(r->seen[at], fold))
			return true;
	struct record_state *state = work_state(r->w);
	r->seen[at] = arena_strdup(state->keep, fold);
	r->nseen++;
	return false;
}

/* Records that bear the name and agree in the other fields of the match; more than one is a fault. */
static bool find_by_name(struct rows *r, const struct fields *fields, const char *name,
        const char *const *match, const char **ref, struct fault *f)
{
	const char *refs[SAME_NAME_MOST];
	size_t n;
	bool yes;

	if (!names_find(r->w, r->shape, name, refs, SAME_NAME_MOST, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!agrees(r, refs[i], match, fields, &yes, f))
			return false;
		if (yes && *ref)
			return fault_set(f, STATUS_DATA, "%s is both %s and %s; give the ref",
			        quote(name), *ref, refs[i]);
		if (yes)
			*ref = refs[i];
	}
	return true;
}

/* One field of the match as a filter; *none: no record can agree. */
static bool match_filter(struct rows *r, const char *field_name, const char *text,
        const char **filter, bool *none, struct fault *f)
{
	const struct field *field = kind_field(r->shape->kind, field_name);
	const char *parts[16], *stored = text;
	enum found found;

	if (field && field->target) {
		const struct kind *kind = store_kind(r->w->store, field->target, f);
		found = kind ? find_one(r->w, kind, text, FIND_BOTH, parts, f) : FOUND_FAULT;
		*none = found == FOUND_NONE;
		if (found == FOUND_FAULT)
			return false;
		stored = *none ? text : ref_join(r->w, kind->nkey, parts);
	} else if (field && !value_read(r->w, field, text, r->w->order, &stored, f)) {
		fault_place(f, NULL, 0, field_name);
		return false;
	}
	*filter = arena_printf(r->w->arena, "%s=%s", field_name, stored);
	return true;
}

/* The record that agrees in all fields of a match without the name. */
static bool find_by_fields(struct rows *r, const struct fields *fields, const char *const *match,
        const char **ref, struct fault *f)
{
	const char *filter[16], **refs;
	size_t nfilter = 0, n;
	bool none = false;

	for (; *match && nfilter < COUNT(filter); match++) {
		const char *text = given(fields, *match);
		if (!text)
			continue;
		if (!match_filter(r, *match, text, &filter[nfilter], &none, f))
			return false;
		if (none)
			return true;
		nfilter++;
	}
	if (nfilter == 0)
		return true;
	struct list_query q = {
		.kind = r->shape->kind->name, .filter = filter, .nfilter = nfilter
	};
	if (!record_refs(r->w, &q, &refs, &n, f))
		return false;
	if (n > 1)
		return fault_set(f, STATUS_DATA, "%s fits both %s and %s; give the ref", filter[0],
		        refs[0], refs[1]);
	*ref = n ? refs[0] : NULL;
	return true;
}

/* The record that a row without a key is, by its name or the map's match; NULL: a new one. */
static bool find_row(struct rows *r, const struct fields *fields, const char **ref, struct fault *f)
{
	const char *by_name[] = { r->shape->kind->name_column, NULL };
	const char *const *match = r->map && r->map->match ? r->map->match : by_name;
	const char *name = by_name[0] ? given(fields, by_name[0]) : NULL;
	bool named = false;

	*ref = NULL;
	for (const char *const *m = match; *m; m++)
		named = named || str_equal(*m, by_name[0]);
	if (named && name && !find_by_name(r, fields, name, match, ref, f))
		return false;
	if (!named && !find_by_fields(r, fields, match, ref, f))
		return false;
	if (*ref && seen_before(r, *ref))
		return fault_set(f, STATUS_DATA,
		        "%s stands in an earlier row too; join the two rows",
		        str_empty(name) ? *ref
		                        : arena_printf(r->w->arena, "%s (%s)", quote(name), *ref));
	return true;
}

bool rows_write(struct rows *r, const struct row *row, enum written *written, struct fault *f)
{
	struct fields fields = { .all = arena_alloc(r->w->arena,
		                         (r->ntarget + r->nrelated + r->o->nconstant + 2) *
		                                 sizeof *fields.all) };
	struct writing writing = {
		.mode = WRITE_EITHER, .file = input_name(r->in), .line = row->line
	};
	const char *ref, **made, *parts[16];

	for (size_t i = 0; i < r->ntarget; i++)
		if (!r->target[i].related && !put_own(r, &r->target[i], row, &fields, f))
			return false;
	for (size_t i = 0; i < r->nrelated; i++) {
		const struct related *rel = &r->related[i];
		if (rel->how == RELATION_TO) {
			if (!write_to(r, rel, row, &ref, f))
				return false;
			if (ref)
				put(r, &fields, rel->by->name, row->line)->text = ref;
		} else if (rel->how == RELATION_CHILD) {
			struct node *nodes = child_nodes(r, rel, row, f);
			if (f->status)
				return false;
			if (nodes)
				put(r, &fields, rel->shape->kind->name, row->line)->node = nodes;
		}
	}
	for (size_t i = 0; i < r->o->nconstant; i++)
		if (!given(&fields, r->o->constant[i].field))
			put(r, &fields, r->o->constant[i].field, row->line)->text =
			        r->o->constant[i].text;
	if (!has_key(r, &fields)) {
		if (!find_row(r, &fields, &ref, f) ||
		        (ref && !ref_split(r->w, r->shape->kind, ref, parts, f)))
			return false;
		writing.mode = ref ? WRITE_SET : WRITE_ADD;
		if (ref)
			address(&writing, r->shape, parts);
	}
	writing.assignment = fields.all;
	writing.n = fields.n;
	*written = record_write(r->w, r->shape, &writing, &made, f);
	if (*written == WRITTEN_FAULT)
		return false;
	ref = ref_join(r->w, r->shape->kind->nkey, made);
	/* A row found by its name was looked for among the earlier ones when it was found. */
	if (writing.mode != WRITE_SET && seen_before(r, ref) && *written == WRITTEN_CHANGED)
		return fault_set(f, STATUS_DATA,
		        "%s stands in an earlier row too, with other values; join the two rows",
		        ref);
	for (size_t i = 0; i < r->nrelated; i++)
		if (r->related[i].how == RELATION_FROM &&
		        !write_from(r, &r->related[i], row, ref, f))
			return false;
	return true;
}

/* ---------- the table ---------- */

/* Rows that are kept beyond the next one live in the command's arena. */
static struct row copy_row(struct arena *a, const struct row *row)
{
	struct row copy = { .line = row->line, .n = row->n };

	copy.cell = arena_alloc(a, (row->n + 1) * sizeof *copy.cell);
	for (size_t i = 0; i < row->n; i++) {
		copy.cell[i].p = arena_strndup(a, row->cell[i].p, row->cell[i].n);
		copy.cell[i].n = row->cell[i].n;
	}
	return copy;
}

static bool skipped(struct rows *r, const struct row *row)
{
	for (size_t i = 0; r->map && i < r->map->nskip; i++) {
		const char *name = r->map->skip[i].column, *text = NULL;
		for (size_t k = 0; k < r->ntarget && !text; k++)
			if (str_equal(r->target[k].name, name))
				text = target_text(r, &r->target[k], row)
				               ? target_text(r, &r->target[k], row)
				               : "";
		for (size_t k = 0; r->heading && k < r->heading->n && !text; k++)
			if (r->heading->cell[k].n &&
			        str_equal(text_key(r->w->arena, r->heading->cell[k].p),
			                text_key(r->w->arena, name)))
				text = cell_text(r->w, row, k);
		if (text && map_skips(r->map, name, text))
			return true;
	}
	return false;
}

static bool all_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cell[i].n && row->cell[i].p[strspn(row->cell[i].p, " \t\n")] != '\0')
			return false;
	return true;
}

/* A heading row that a page break repeated. */
static bool repeats_heading(const struct rows *r, const struct row *row)
{
	if (!r->heading || row->n != r->heading->n)
		return false;
	for (size_t i = 0; i < row->n; i++)
		if (!str_equal(row->cell[i].p, r->heading->cell[i].p))
			return false;
	return true;
}

/* line and why in front of the row as it was. */
static void reject(struct rows *r, const struct row *row, const struct fault *why, bool first)
{
	struct buf line = { 0 };
	char sep = ',';

	if (!r->o->rejects)
		return;
	if (first) {
		buf_adds(&line, "line,why");
		for (size_t i = 0; r->heading && i < r->heading->n; i++) {
			buf_addc(&line, sep);
			csv_add_cell(&line, r->heading->cell[i].p, r->heading->cell[i].n, sep);
		}
		buf_addc(&line, '\n');
	}
	buf_addf(&line, "%ld,", row->line);
	const char *text = why->field[0]
	                           ? arena_printf(r->w->arena, "%s: %s", why->field, why->text)
	                           : why->text;
	csv_add_cell(&line, text, strlen(text), sep);
	for (size_t i = 0; i < row->n; i++) {
		buf_addc(&line, sep);
		csv_add_cell(&line, row->cell[i].p, row->cell[i].n, sep);
	}
	buf_addc(&line, '\n');
	out_write(r->o->rejects, line.p, line.n);
	buf_free(&line);
}

/* A cell under no heading is most often a text with a comma in it that lacks its quotes. */
static bool beyond_heading(const struct rows *r, const struct row *row, struct fault *f)
{
	for (size_t i = r->heading ? r->heading->n : row->n; i < row->n; i++) {
		const char *text = cell_text(r->w, row, i);
		if (*text)
			return !fault_set(f, STATUS_DATA,
			        "%s in column %zu stands under no heading; put quotes round texts "
			        "with a separator in them, or give the column a heading",
			        quote(text), i + 1);
	}
	return false;
}

/* One try at a row. False, with it undone: refused for *why, or *waits. */
static bool try_row(struct rows *r, const struct row *row, struct load_counts *counts, bool *waits,
        struct fault *why)
{
	struct record_mark mark;
	enum written written;

	*waits = false;
	if (r->o->keep_going && !record_mark(r->w, &mark, why))
		return false;
	bool ok = !beyond_heading(r, row, why) && rows_write(r, row, &written, why);
	if (r->o->keep_going) {
		ok = ok && record_stands(r->w, &mark, waits, why) && !*waits;
		if (!ok)
			record_revert(r->w, &mark);
		else
			ok = record_release(r->w, &mark, why);
	}
	if (ok) {
		counts->added += written == WRITTEN_ADDED;
		counts->changed += written == WRITTEN_CHANGED;
		counts->same += written == WRITTEN_SAME;
	}
	return ok;
}

static bool refuse_row(struct rows *r, const struct row *row, struct load_counts *counts,
        struct fault *why, struct fault *f)
{
	fault_place(why, input_name(r->in), row->line, NULL);
	if (!refusals_add(&r->refusals, why, f))
		return false;
	reject(r, row, why, counts->refused++ == 0);
	return true;
}

/* One row, taken whole, refused or put aside. false: the load ends. */
static bool take_row(
        struct rows *r, const struct row *row, struct load_counts *counts, struct fault *f)
{
	struct fault why = { 0 };
	bool waits;

	if (all_blank(row) || repeats_heading(r, row))
		return true;
	if (skipped(r, row)) {
		counts->skipped++;
		return true;
	}
	counts->read++;
	if (try_row(r, row, counts, &waits, &why))
		return true;
	if (!waits)
		return refuse_row(r, row, counts, &why, f);
	r->aside = mem_grow(r->aside, &r->cap_aside, r->naside + 1, sizeof *r->aside);
	r->aside[r->naside++] = copy_row(work_state(r->w)->keep, row);
	return true;
}

/* Rows that named what a later row may have brought, as long as one makes another possible. */
static bool take_aside(struct rows *r, struct load_counts *counts, struct fault *f)
{
	struct fault *why = mem_zalloc((r->naside + 1) * sizeof *why);
	bool *taken = mem_zalloc(r->naside + 1), ok = true, waits;
	size_t before = 0;

	r->again = true;
	record_defer_no_more(r->w);
	for (size_t left = r->naside; left > 0 && left != before;) {
		before = left;
		left = 0;
		for (size_t i = 0; i < r->naside; i++) {
			if (taken[i])
				continue;
			why[i] = (struct fault){ 0 };
			taken[i] = try_row(r, &r->aside[i], counts, &waits, &why[i]);
			left += !taken[i];
		}
	}
	for (size_t i = 0; ok && i < r->naside; i++)
		ok = taken[i] || refuse_row(r, &r->aside[i], counts, &why[i], f);
	record_defer(r->w);
	mem_free(why);
	mem_free(taken);
	mem_free(r->aside);
	return ok;
}

static enum step next_row(struct rows *r, struct row *row, struct fault *f)
{
	if (r->at < r->nahead) {
		*row = r->ahead[r->at++];
		return STEP_ROW;
	}
	return rows_next(r->in, row, f);
}

static bool read_ahead(struct rows *r, struct fault *f)
{
	struct row row;
	enum step step = STEP_END;

	r->ahead = arena_alloc(r->w->arena, AHEAD * sizeof *r->ahead);
	while (r->nahead < AHEAD && (step = rows_next(r->in, &row, f)) == STEP_ROW)
		r->ahead[r->nahead++] = copy_row(r->w->arena, &row);
	return step != STEP_FAILED;
}

bool load_rows(struct work *w, struct input *in, const struct load_options *o,
        struct load_counts *counts, struct fault *f)
{
	const char *kind = o->kind ? o->kind : o->map ? o->map->kind : NULL;
	struct rows r = { .w = w, .in = in, .o = o, .map = o->map };
	struct arena *whole = w->arena;
	struct row row;
	enum step step = STEP_END;
	bool ok;

	if (o->replace)
		return fault_set(
		        f, STATUS_USAGE, "--replace needs documents; a table holds one kind only");
	if (!kind)
		return fault_set(
		        f, STATUS_USAGE, "a table does not say what its rows are; add --kind=KIND");
	r.shape = shape_named(w, kind, f);
	ok = r.shape && read_ahead(&r, f) && rows_recognise(&r, f);
	if (ok && o->explain) {
		rows_explain(&r, o->explained);
		return true;
	}
	r.refusals =
	        (struct refusals){ .work = w, .file = input_name(in), .keep_going = o->keep_going };
	w->arena = arena_new();
	while (ok && (step = next_row(&r, &row, f)) == STEP_ROW) {
		ok = take_row(&r, &row, counts, f) && store_part(w->store, f);
		arena_reset(w->arena);
		if (w->progress && counts->read % 1024 == 0)
			w->progress(w->told, input_done(in), input_size(in), counts->read);
	}
	ok = ok && step == STEP_END && take_aside(&r, counts, f) && refusals_end(&r.refusals, f);
	arena_free(w->arena);
	w->arena = whole;
	mem_free(r.seen);
	if (step == STEP_FAILED)
		fault_place(f, input_name(in), 0, NULL);
	return ok;
}
