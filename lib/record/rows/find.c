/* SPDX-License-Identifier: MIT */
/* Which record a row is, by its key, its name or what its map says, and writing it. */
#include <string.h>

#include "record/rows/rows.h"

enum { SAME_NAME_MOST = 16 };

/* Whether all fields that a key needs are given. */
static bool has_key(const struct rows *r, const struct fields *fields)
{
	const struct shape *s = r->shape;

	for (size_t i = 0; i < s->kind->nkey; i++)
		if (!row_given(fields, key_field(s, i)->name))
			return false;
	return true;
}

static bool agrees(struct rows *r, const char *ref, const char *const *match,
        const struct fields *fields, bool *yes, struct fault *f)
{
	*yes = true;
	for (; *match && *yes; match++) {
		const char *have, *want = row_given(fields, *match), *parts[KEY_MOST];
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
		} else if (field->form == FIELD_PLAIN) {
			struct fault none = { 0 };
			const char *stored;
			/* As it would be stored: £12 is 1200. */
			if (value_read(r->w, field, want, r->w->order, &stored, &none))
				want = stored != NULL ? stored : "";
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
	const char *parts[KEY_MOST], *stored = text;
	enum found found;

	if (field && field->target) {
		const struct kind *kind = store_kind(r->w->store, field->target, f);
		found = kind ? find_one(r->w, kind, text, FIND_BOTH, parts, f) : FOUND_FAULT;
		*none = found == FOUND_NONE;
		if (found == FOUND_FAULT)
			return false;
		stored = *none ? text : ref_join(r->w, kind->nkey, parts);
	} else if (field) {
		if (!value_read(r->w, field, text, r->w->order, &stored, f)) {
			fault_place(f, NULL, 0, field_name);
			return false;
		}
		stored = value_show(r->w, field->type, stored, LOOK_MACHINE);
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
		const char *text = row_given(fields, *match);
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
	const char *name = by_name[0] ? row_given(fields, by_name[0]) : NULL;
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
	const char *ref, **made, *parts[KEY_MOST];

	for (size_t i = 0; i < r->ntarget; i++)
		if (!r->target[i].related && !row_put_own(r, &r->target[i], row, &fields, f))
			return false;
	for (size_t i = 0; i < r->nrelated; i++) {
		const struct related *rel = &r->related[i];
		if (rel->how == RELATION_TO) {
			if (!row_write_to(r, rel, row, &ref, f))
				return false;
			if (ref)
				row_put(r, &fields, rel->by->name, row->line)->text = ref;
		} else if (rel->how == RELATION_CHILD) {
			struct node *nodes = row_children(r, rel, row, f);
			if (f->status)
				return false;
			if (nodes)
				row_put(r, &fields, rel->shape->kind->name, row->line)->node =
				        nodes;
		}
	}
	for (size_t i = 0; i < r->o->nconstant; i++)
		if (!row_given(&fields, r->o->constant[i].field))
			row_put(r, &fields, r->o->constant[i].field, row->line)->text =
			        r->o->constant[i].text;
	if (!has_key(r, &fields)) {
		if (!find_row(r, &fields, &ref, f) ||
		        (ref && !ref_split(r->w, r->shape->kind, ref, parts, f)))
			return false;
		writing.mode = ref ? WRITE_SET : WRITE_ADD;
		if (ref)
			row_address(&writing, r->shape, parts);
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
		        !row_write_from(r, &r->related[i], row, ref, f))
			return false;
	return true;
}
