/* SPDX-License-Identifier: MIT */
/* Adding and changing one record: its row, then its lists, then its children. */
#include "record/change/draft.h"

/* References that stand in for something are looked at again in the end. */
static void keep_waiting(
        struct work *w, const struct draft *d, const char *const *parts, bool added)
{
	for (size_t i = 0; i < d->nwaiting; i++)
		pending_add(w, &(struct pending){ .shape = d->shape,
		                       .field = d->waiting[i].field,
		                       .aside = d->waiting[i].aside,
		                       .partnership = w->partnership,
		                       .parts = (const char **)parts,
		                       .text = d->waiting[i].from->text,
		                       .file = d->waiting[i].from->file,
		                       .line = d->waiting[i].from->line,
		                       .added = added });
}

static bool write_rest(struct work *w, const struct draft *d, const struct writing *g,
        const char *const *parts, bool added, bool *changed, struct fault *f)
{
	for (size_t i = 0; i < d->nlist; i++)
		if (!list_write(w, d->shape, parts, &d->list[i], added, changed, f))
			return false;
	for (size_t i = 0; i < d->nchild; i++) {
		const struct child_edit *c = &d->child[i];
		bool ok = c->field != NULL ? children_write(w, parts, c->field, c->from, g->whole,
		                                     changed, f)
		                           : shorthand_write(w, d->shape, parts, c->shorthand,
		                                     c->from, changed, f);
		if (!ok) {
			fault_place(f, c->from->file, c->from->line, c->from->field);
			return false;
		}
	}
	return true;
}

static void name_row(struct work *w, const struct draft *d, const char *const *parts)
{
	const struct kind *k = d->shape->kind;
	const char *name = NULL;
	for (size_t i = 0; k->name_column != NULL && i < k->ncolumn; i++)
		if (strcmp(k->column[i].name, k->name_column) == 0 && k->column[i].key == 0)
			name = d->value[i];
	names_add(w, d->shape, parts, name);
}

static enum written add_row(struct work *w, struct draft *d, const struct writing *g,
        const char *const *parts, struct fault *f)
{
	bool changed = false;
	draft_defaults(d, true);
	if (!draft_period(w, d, f) || !draft_complete(d, f) || !draft_insert(w, d, f))
		return WRITTEN_FAULT;
	name_row(w, d, parts);
	touch(w, d->shape, parts, g->file, g->line);
	tell_change(w, d->shape->kind, parts, 'a', NULL, NULL, NULL);
	keep_waiting(w, d, parts, true);
	if (!write_rest(w, d, g, parts, true, &changed, f))
		return WRITTEN_FAULT;
	return WRITTEN_ADDED;
}

static void tell_fields(
        struct work *w, const struct draft *d, const char *const *old, const char *const *parts)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		bool differs = false;
		for (size_t c = 0; c < field->ncolumn; c++)
			differs = differs || (k->column[field->column[c]].key == 0 &&
			                             !str_equal(old[field->column[c]],
			                                     d->value[field->column[c]]));
		if (differs)
			tell_change(w, k, parts, 'c', field->name,
			        field_show(w, field, k, old, LOOK_MACHINE),
			        field_show(w, field, k, d->value, LOOK_MACHINE));
	}
}

/* A new key must be free, but may differ from the old in case alone. */
static bool check_rename(struct work *w, struct draft *d, const char *const *parts,
        const char *const *to, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char **there = texts_copy(w->arena, k->nkey, to);
	bool found, same = true;
	if (!key_find(w, d->shape, there, &found, f))
		return false;
	for (size_t i = 0; i < k->nkey; i++)
		same = same && strcmp(there[i], parts[i]) == 0;
	if (found && !same)
		return fault_set(
		        f, STATUS_DATA, "%s exists; choose another", ref_join(w, k->nkey, there));
	return true;
}

static enum written change_row(struct work *w, struct draft *d, const struct writing *g,
        const char **parts, const char *const *old, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char **to = arena_alloc(w->arena, (k->nkey + 1) * sizeof *to);
	bool changed = false, renamed = false;
	draft_defaults(d, false);
	if (g->mode == WRITE_SET)
		draft_move(w, d, old);
	for (size_t i = 0; i < k->ncolumn; i++) {
		if (!d->given[i])
			d->value[i] = old[i];
		changed = changed || !str_equal(old[i], d->value[i]);
	}
	if (changed && g->anew && !draft_whole(w, d, f))
		return WRITTEN_FAULT;
	for (size_t i = 0; i < k->nkey; i++) {
		to[i] = d->value[k->key[i]];
		renamed = renamed || !str_equal(to[i], parts[i]);
	}
	if (changed && (!draft_complete(d, f) || (renamed && !check_rename(w, d, parts, to, f)) ||
	                       !draft_update(w, d, parts, old, f)))
		return WRITTEN_FAULT;
	if (renamed) {
		tell_change(w, k, to, 'k', "ref", ref_join(w, k->nkey, parts),
		        ref_join(w, k->nkey, to));
		if (!ref_retire(w, d->shape, parts, f))
			return WRITTEN_FAULT;
	}
	if (changed) {
		name_row(w, d, to);
		tell_fields(w, d, old, to);
	}
	for (size_t i = 0; i < k->nkey; i++)
		parts[i] = to[i];
	keep_waiting(w, d, parts, false);
	if (!write_rest(w, d, g, parts, false, &changed, f))
		return WRITTEN_FAULT;
	if (changed)
		touch(w, d->shape, parts, g->file, g->line);
	return changed ? WRITTEN_CHANGED : WRITTEN_SAME;
}

static bool start_draft(struct work *w, struct draft *d, const struct writing *g, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	d->alone = g->alone;
	if (g->mode != WRITE_SET)
		for (size_t i = 0; i < g->nparent; i++)
			draft_put(d, k->key[i], g->parent[i], NULL);
	if (!draft_read(w, d, g->assignment, g->n, f))
		return false;
	for (size_t i = 0; g->mode != WRITE_SET && i < g->nparent; i++)
		if (!str_equal(d->value[k->key[i]], g->parent[i])) {
			const struct field *field = key_field(d->shape, i);
			fault_place(f, NULL, 0, field != NULL ? field->name : NULL);
			return fault_set(f, STATUS_DATA,
			        "%s is not the record this one stands in; "
			        "leave it out",
			        quote(d->value[k->key[i]]));
		}
	return (g->ref == NULL || draft_read_address(w, d, g->ref, f)) &&
	       (!g->whole || draft_whole(w, d, f));
}

enum written record_write(struct work *w, struct shape *s, const struct writing *g,
        const char ***made, struct fault *f)
{
	const struct kind *k = s->kind;
	const char **parts = arena_alloc(w->arena, (KEY_MOST + 1) * sizeof *parts);
	const char **old = NULL;
	enum written out = WRITTEN_FAULT;
	struct draft d;
	bool whole = true, found = false;
	draft_start(w, s, g->n, &d);
	if (k->local && !record_needs_partnership(w, f))
		return WRITTEN_FAULT;
	if (!start_draft(w, &d, g, f))
		goto out;
	if (g->mode == WRITE_SET) {
		for (size_t i = 0; i < k->nkey; i++)
			parts[i] = g->parent[i];
	} else if (!draft_key(w, &d, parts, &whole, f) ||
	           (whole && !key_find(w, s, parts, &found, f))) {
		goto out;
	}
	if (found && g->mode == WRITE_ADD) {
		fault_set(f, STATUS_DATA, "%s exists; use set", ref_join(w, k->nkey, parts));
		goto out;
	}
	if (found)
		d.value[s->last] = parts[k->nkey - 1];
	if (found || g->mode == WRITE_SET) {
		old = row_read(w, s, parts, f);
		if (old == NULL)
			goto out;
		out = change_row(w, &d, g, parts, old, f);
	} else {
		out = add_row(w, &d, g, parts, f);
	}
	*made = parts;
out:
	if (out == WRITTEN_FAULT)
		fault_place(f, g->file, g->line, NULL);
	else
		seen_add(w, s, parts);
	return out;
}

bool record_add(struct work *w, const char *kind, const char *ref, const struct assignment *a,
        size_t n, const char **made, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	struct writing g = { .ref = ref,
		.assignment = a,
		.n = n,
		.mode = WRITE_ADD,
		.file = n > 0 ? a[0].file : NULL,
		.line = n > 0 ? a[0].line : 0 };
	const char **parts;
	if (s == NULL || record_write(w, s, &g, &parts, f) == WRITTEN_FAULT)
		return false;
	if (made != NULL)
		*made = ref_join(w, s->kind->nkey, parts);
	return true;
}

bool record_set(struct work *w, const char *kind, const char *ref, const struct assignment *a,
        size_t n, bool *changed, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	const char *parts[KEY_MOST], **made;
	if (changed != NULL)
		*changed = false;
	if (s == NULL)
		return false;
	enum found found = find_one(w, s->kind, ref, FIND_REF_FIRST, parts, f);
	if (found == FOUND_FAULT)
		return false;
	/* A setting that was never set has its default until now. */
	if (found == FOUND_NONE && strcmp(s->kind->name, "setting") == 0) {
		if (changed != NULL)
			*changed = true;
		return record_add(w, kind, ref, a, n, NULL, f);
	}
	if (found == FOUND_NONE)
		return find_none(w, s->kind, ref, STATUS_NORECORD, f);
	struct writing g = { .nparent = s->kind->nkey,
		.parent = parts,
		.assignment = a,
		.n = n,
		.mode = WRITE_SET,
		.file = n > 0 ? a[0].file : NULL,
		.line = n > 0 ? a[0].line : 0 };
	enum written out = record_write(w, s, &g, &made, f);
	if (changed != NULL)
		*changed = out == WRITTEN_CHANGED;
	return out != WRITTEN_FAULT;
}
