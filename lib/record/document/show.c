/* SPDX-License-Identifier: MIT */
/* A record whole, its children nested, as the document that load takes. */
#include "record/document/show.h"

static void put(struct writer *writer, const char *key, const char *text, enum value_kind kind)
{
	writer_value(writer, key, text, strlen(text), kind);
}

static bool put_list(struct work *w, struct shape *s, const char *const *parts,
        const struct field *field, struct writer *writer, struct fault *f)
{
	size_t n;
	const char **item = list_items(w, s, parts, field, &n, f);
	if (item == NULL)
		return false;
	if (n == 0)
		return true;
	writer_list(writer, field->name);
	for (size_t i = 0; i < n; i++) {
		const char *text = show_reference(w, field, item[i], f);
		if (text == NULL)
			return false;
		put(writer, NULL, text, VALUE_TEXT);
	}
	writer_end(writer);
	return true;
}

static bool put_children(struct work *w, const struct show_options *o, const struct field *field,
        const char *const *parts, struct writer *writer, struct fault *f)
{
	struct shape *child = shape_named(w, field->table, f);
	size_t n;
	if (child == NULL)
		return false;
	if (!o->all && kind_is_private(child->kind))
		return true;
	if (o->apart != NULL && o->apart(o->which, child->kind))
		return true;
	const char ***key = children_keys(w, child, child->kind->nparent, parts, &n, f);
	if (key == NULL || n == 0)
		return key != NULL;
	writer_list(writer, field->name);
	for (size_t i = 0; i < n; i++)
		if (!show_record(w, child, key[i], child->kind->nparent, o, writer, f))
			return false;
	writer_end(writer);
	return true;
}

bool show_record(struct work *w, struct shape *s, const char *const *parts, size_t nparent,
        const struct show_options *o, struct writer *writer, struct fault *f)
{
	const struct kind *k = s->kind;
	const char **value = row_read(w, s, parts, f);
	if (value == NULL)
		return f->status == STATUS_OK &&
		       find_none(w, k, ref_join(w, k->nkey, parts), STATUS_NORECORD, f);
	writer_map(writer, NULL);
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form == FIELD_LIST) {
			if (!put_list(w, s, parts, field, writer, f))
				return false;
			continue;
		}
		if (field->form == FIELD_CHILDREN) {
			if (!put_children(w, o, field, parts, writer, f))
				return false;
			continue;
		}
		if ((field->personal && !o->personal) || key_part(k, field->column[0]) < nparent)
			continue;
		const char *text = field_show(w, field, k, value, LOOK_MACHINE);
		/* Left out, a field with a default would come back with that. */
		if (text == NULL && k->column[field->column[0]].initial != NULL)
			writer_value(writer, field->name, NULL, 0, VALUE_TEXT);
		if (text != NULL && key_part(k, field->column[0]) == k->nkey &&
		        (text = show_reference(w, field, text, f)) == NULL)
			return false;
		if (text != NULL)
			put(writer, field->name, text,
			        field->ncolumn > 1 ? VALUE_TEXT : value_kind_of(field->type));
	}
	writer_end(writer);
	return true;
}

bool record_show(
        struct work *w, const char *kind, const char *ref, struct writer *writer, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	const char *parts[KEY_MOST];
	struct show_options o = { .personal = true, .all = true };
	if (s == NULL || !record_find(w, s->kind, ref, parts, f))
		return false;
	writer_list(writer, s->kind->name);
	if (!show_record(w, s, parts, 0, &o, writer, f))
		return false;
	writer_end(writer);
	return true;
}

bool record_get(struct work *w, const char *kind, const char *ref, const char *field,
        const char **stored, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	const char *parts[KEY_MOST];
	*stored = NULL;
	if (s == NULL || !record_find(w, s->kind, ref, parts, f))
		return false;
	const struct field *found = record_field(s->kind, field, f);
	if (found == NULL)
		return false;
	if (found->form == FIELD_LIST) {
		*stored = list_show(w, s, parts, found, f);
		return f->status == STATUS_OK;
	}
	const char **value = row_read(w, s, parts, f);
	if (value == NULL || found->ncolumn == 0)
		return f->status == STATUS_OK;
	if (found->ncolumn > 1)
		*stored = field_show(w, found, s->kind, value, LOOK_MACHINE);
	else
		*stored = value[found->column[0]];
	return true;
}
