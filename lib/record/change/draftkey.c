/* SPDX-License-Identifier: MIT */
/* The key of a record being written: as addressed, as its fields say, or made. */
#include <inttypes.h>

#include "record/change/draft.h"

bool draft_read_address(struct work *w, struct draft *d, const char *ref, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char *parts[KEY_MOST];
	size_t n;
	if (!key_split(w, k, ref, parts, &n, f))
		return false;
	/* "C1" for a step of C1, to be numbered; for other kinds half a key is a mistake. */
	if (n < k->nkey && (!k->numbered || n + 1 < k->nkey))
		return ref_split(w, k, ref, parts, f);
	for (size_t i = 0; i < n; i++) {
		const struct field *field = key_field(d->shape, i);
		size_t step = 1;
		while (field != NULL && i + step < n && key_field(d->shape, i + step) == field)
			step++;
		if (field == NULL)
			draft_put(d, k->key[i], parts[i], NULL);
		else if (!draft_read_key(w, d, field, ref_join(w, step, parts + i), f))
			return false;
		i += step - 1;
	}
	return true;
}

static bool next_number(struct work *w, struct shape *s, const char *const *parts, const char **out,
        struct fault *f)
{
	struct query *q = shape_query(w, s, SHAPE_NUMBER, f);
	if (q == NULL)
		return false;
	bind_key(w, q, s->kind, parts, s->kind->nkey - 1, 1);
	int64_t highest = 0;
	if (!query_one_int(q, &highest, f))
		return false;
	if (highest == INT64_MAX)
		return fault_set(
		        f, STATUS_DATA, "no number follows %" PRId64 "; give another", highest);
	*out = arena_printf(w->arena, "%" PRId64, highest + 1);
	return true;
}

static const char *value_named(const struct draft *d, const char *field)
{
	const struct field *found = field != NULL ? kind_field(d->shape->kind, field) : NULL;
	return found != NULL && found->ncolumn > 0 ? d->value[found->column[0]] : NULL;
}

/* The last key part, where that can be made. */
static bool make_last(struct work *w, struct draft *d, const char **parts, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct field *field = key_field(d->shape, k->nkey - 1);
	const struct field *prefix = prefix_field(k);
	size_t last = d->shape->last;
	bool ok = false;
	if (k->numbered) {
		ok = next_number(w, d->shape, parts, &parts[k->nkey - 1], f);
	} else if (k->nkey == 1 && strcmp(k->column[last].name, "ref") == 0 &&
	           strcmp(k->name, "partnership") != 0) {
		ok = ref_make(w, k, prefix != NULL ? d->value[prefix->column[0]] : NULL,
		        named_refs(k) ? value_named(d, "name") : NULL, &parts[0], f);
	} else {
		fault_place(f, NULL, 0, field != NULL ? field->name : k->column[last].name);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	if (ok)
		draft_put(d, last, parts[k->nkey - 1], NULL);
	return ok;
}

bool draft_key(struct work *w, struct draft *d, const char **parts, bool *whole, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->nkey; i++) {
		parts[i] = d->value[k->key[i]];
		if (parts[i] != NULL || i + 1 == k->nkey)
			continue;
		const struct field *field = key_field(d->shape, i);
		fault_place(f, NULL, 0, field != NULL ? field->name : k->column[k->key[i]].name);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	*whole = parts[k->nkey - 1] != NULL;
	return *whole || make_last(w, d, parts, f);
}
