/* SPDX-License-Identifier: MIT */
/* What a row says of other records: those it refers to, its children, those that refer to it. */
#include "record/rows/rows.h"

/* The record that is there and is to be changed. */
void row_address(struct writing *to, const struct shape *shape, const char *const *parts)
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
		if (t->related != rel || !(text = row_text(r, t, row)) || *text == '\0' ||
		        !row_takes(r, t, row, text))
			continue;
		if (str_equal(t->sub, kind->name_column) || (str_equal(t->sub, "ref") && !*name))
			*name = text;
		row_put(r, to, t->sub, row->line)->text = row_value(r, t, text);
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
bool row_write_to(struct rows *r, const struct related *rel, const struct row *row,
        const char **ref, struct fault *f)
{
	const char *name, *parts[KEY_MOST], **made;
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
	if (found == FOUND_NONE && !row_may_make(r, rel->shape->kind->name)) {
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
		row_address(&writing, rel->shape, parts);
	if (record_write(r->w, rel->shape, &writing, &made, f) == WRITTEN_FAULT)
		return false;
	*ref = ref_join(r->w, rel->shape->kind->nkey, made);
	return true;
}

/* step.text: the row's children of that kind, one an item; NULL without a fault: none given. */
struct node *row_children(
        struct rows *r, const struct related *rel, const struct row *row, struct fault *f)
{
	struct arena *a = r->w->arena;
	struct node *list = NULL, *child;
	size_t n;

	for (size_t i = 0; i < r->ntarget; i++) {
		const struct target *t = &r->target[i];
		const char *text, **items;
		if (t->related != rel || !(text = row_text(r, t, row)) || *text == '\0')
			continue;
		items = row_items(r, t, text, &n);
		bool single = !(t->map && t->map->splitter);
		if (!list) {
			list = row_list_node(a, items, n, row->line);
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
			        row_text_node(a, row_value(r, t, items[single ? 0 : k]), row->line);
		}
	}
	return list;
}

/* seat.role: the record that refers to the row and agrees in the other references, else a new one. */
bool row_write_from(struct rows *r, const struct related *rel, const struct row *row,
        const char *own, struct fault *f)
{
	struct arena *a = r->w->arena;
	const char *name, **filter, **refs, **made, *parts[KEY_MOST];
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
	row_put(r, &fields, rel->by->name, row->line)->text = own;
	writing.assignment = fields.all;
	writing.n = fields.n;
	writing.mode = n ? WRITE_SET : WRITE_ADD;
	if (n && !ref_split(r->w, rel->shape->kind, refs[0], parts, f))
		return false;
	if (n)
		row_address(&writing, rel->shape, parts);
	return record_write(r->w, rel->shape, &writing, &made, f) != WRITTEN_FAULT;
}
