/* SPDX-License-Identifier: MIT */
/* Filters on what stands in other tables: items of a list, children and their shorthands, and
 * FIELD:FIELD=V through a reference, a list or children. Each is an EXISTS. */
#include "record/list/where.h"

void where_owned(struct buf *b, const struct kind *owner, const char *alias, const char *inner,
        bool local, const char *const *column, size_t n)
{
	bool whose = local && owner->local;
	if (local && (owner->local || n == 0)) {
		sql_column(b, inner, "partnership");
		buf_adds(b, " = ");
		sql_column(
		        b, alias, owner->local ? "partnership" : owner->column[owner->key[0]].name);
	}
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, whose || i > 0 ? " AND " : "");
		sql_column(b, inner, column[i]);
		buf_adds(b, " = ");
		sql_column(b, alias, owner->column[owner->key[i]].name);
	}
}

static const char *fresh_alias(struct work *w, struct where *q)
{
	return arena_printf(w->arena, "t%d", ++q->aliases);
}

/* ---------- lists, children, shorthands ---------- */

bool where_item(struct work *w, struct where *q, const struct kind *k, const struct field *field,
        const char *alias, const struct condition *c, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, field->table, f);
	const char *inner = fresh_alias(w, q), *column[16];
	size_t n = 0;
	if (l == NULL)
		return false;
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_name(&q->sql, field->table);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, l->local, l->owner, l->nowner);
	char **value = c->compare == KNOWN ? NULL : where_values(w, NULL, NULL, c, &n);
	for (size_t i = 0; i < l->nitem && i < COUNT(column); i++)
		column[i] = where_column(w, inner, l->item[i]);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i == 0 ? " AND (" : " OR ");
		const struct kind *target =
		        field->target != NULL ? record_kind(w, field->target, f) : NULL;
		bool ok = f->status == STATUS_OK &&
		          (target != NULL ? where_reference(w, q, target, column, l->nitem,
		                                    c->compare, value[i], f)
		                          : where_plain(w, q, field, column[0], c->compare,
		                                    value[i], f));
		if (!ok)
			return false;
	}
	buf_adds(&q->sql, n > 0 ? "))" : ")");
	return true;
}

static const char **key_names(struct work *w, const struct kind *k, size_t n)
{
	const char **name = arena_alloc(w->arena, (n + 1) * sizeof *name);
	for (size_t i = 0; i < n; i++)
		name[i] = k->column[k->key[i]].name;
	return name;
}

/* AND (a ref, a name or what was written holds the text). */
static void leads_have(struct work *w, struct where *q, const struct kind *child,
        const struct shorthand *s, const char *inner, const char *text)
{
	struct fault none = { 0 };

	buf_adds(&q->sql, " AND (0");
	for (size_t j = 0; j < COUNT(s->column) && s->column[j] != NULL; j++) {
		const struct field *field = kind_field(child, s->column[j]);
		const char *column = where_column(w, inner, s->column[j]);
		const struct kind *target = field != NULL && field->target != NULL
		                                    ? record_kind(w, field->target, &none)
		                                    : NULL;
		buf_adds(&q->sql, " OR ");
		where_inside(w, q, column, text);
		if (target == NULL || kind_field(target, "name") == NULL)
			continue;
		const char *named = fresh_alias(w, q);
		buf_adds(&q->sql, " OR EXISTS (SELECT 1 FROM ");
		sql_name(&q->sql, target->name);
		buf_addf(&q->sql,
		        " AS %s WHERE %s.partnership = %s.partnership AND %s.ref = %s AND ", named,
		        named, inner, named, column);
		where_inside(w, q, where_column(w, named, "name"), text);
		buf_addc(&q->sql, ')');
	}
	if (s->written != NULL) {
		buf_adds(&q->sql, " OR ");
		where_inside(w, q, where_column(w, inner, s->written), text);
	}
	buf_addc(&q->sql, ')');
}

bool where_lead(struct work *w, struct where *q, const struct kind *k, const struct shorthand *s,
        const char *alias, const struct condition *c, struct fault *f)
{
	const struct kind *child = record_kind(w, s->child, f);
	const char *inner = fresh_alias(w, q);
	size_t n = 0;
	if (child == NULL)
		return false;
	if (c->compare != IS && c->compare != HAS && c->compare != KNOWN)
		return fault_set(f, STATUS_USAGE,
		        "are references; a filter on them has = or != or .has or .none");
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_name(&q->sql, child->name);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, child->local, key_names(w, child, child->nparent),
	        child->nparent);
	if (s->mark != NULL) {
		buf_addf(&q->sql, " AND %s = ?", where_column(w, inner, s->mark));
		where_bind(w, q, s->value);
	}
	if (c->compare == HAS) {
		leads_have(w, q, child, s, inner, c->value);
		buf_addc(&q->sql, ')');
		return true;
	}
	char **value = c->compare == KNOWN ? NULL : where_values(w, NULL, NULL, c, &n);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i == 0 ? " AND (" : " OR ");
		for (size_t j = 0; j < COUNT(s->column) && s->column[j] != NULL; j++)
			buf_addf(&q->sql, "%s%s", j == 0 ? "fold(?) IN (" : ", ",
			        arena_printf(w->arena, "fold(%s)",
			                where_column(w, inner, s->column[j])));
		where_bind(w, q, value[i]);
		if (s->written != NULL)
			buf_addf(&q->sql, ", fold(%s)", where_column(w, inner, s->written));
		buf_adds(&q->sql, ")");
		/* Names count too. */
		for (size_t j = 0; j < COUNT(s->column) && s->column[j] != NULL; j++) {
			const struct field *field = kind_field(child, s->column[j]);
			const char *ref;
			struct fault none = { 0 };
			if (field == NULL || field->target == NULL || w->all ||
			        !record_resolve(w, field->target, value[i], &ref, &none))
				continue;
			buf_addf(&q->sql, " OR %s = ?", where_column(w, inner, s->column[j]));
			where_bind(w, q, ref);
		}
	}
	buf_adds(&q->sql, n > 0 ? "))" : ")");
	return true;
}

/* ---------- FIELD:FIELD ---------- */

/* EXISTS (SELECT 1 FROM target WHERE it is the one referred to AND …); the rest of the path inside. */
static bool through_reference(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const char *alias, const struct condition *rest, struct fault *f)
{
	const struct kind *target = record_kind(w, field->target, f);
	const char *inner = fresh_alias(w, q);
	if (target == NULL)
		return false;
	size_t shared = target->nkey - field->ncolumn;
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_name(&q->sql, target->name);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	if (target->local)
		buf_addf(&q->sql, "%s.partnership = %s.partnership AND ", inner, alias);
	for (size_t i = 0; i < target->nkey; i++) {
		size_t from = i < shared ? k->key[i] : field->column[i - shared];
		sql_column(&q->sql, inner, target->column[target->key[i]].name);
		buf_adds(&q->sql, " = ");
		sql_column(&q->sql, alias, k->column[from].name);
		buf_adds(&q->sql, " AND ");
	}
	if (!where_follow(w, q, target, inner, rest, f))
		return false;
	buf_adds(&q->sql, ")");
	return true;
}

static bool through_list(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const char *alias, const struct condition *rest, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, field->table, f);
	const struct kind *target =
	        l != NULL && field->target != NULL ? record_kind(w, field->target, f) : NULL;
	if (target == NULL)
		return f->status == STATUS_OK &&
		       fault_set(
		               f, STATUS_USAGE, "refers to no records, so no field can follow it");
	const char *item = fresh_alias(w, q), *inner = fresh_alias(w, q);
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_name(&q->sql, field->table);
	buf_addf(&q->sql, " AS %s JOIN ", item);
	sql_name(&q->sql, target->name);
	buf_addf(&q->sql, " AS %s ON ", inner);
	if (target->local)
		buf_addf(&q->sql, "%s.partnership = %s.partnership AND ", inner, item);
	for (size_t i = 0; i < l->nitem; i++) {
		buf_adds(&q->sql, i > 0 ? " AND " : "");
		sql_column(&q->sql, inner, target->column[target->key[i]].name);
		buf_adds(&q->sql, " = ");
		sql_column(&q->sql, item, l->item[i]);
	}
	buf_adds(&q->sql, " WHERE ");
	where_owned(&q->sql, k, alias, item, l->local, l->owner, l->nowner);
	buf_adds(&q->sql, " AND ");
	if (!where_follow(w, q, target, inner, rest, f))
		return false;
	buf_adds(&q->sql, ")");
	return true;
}

static bool through_children(struct work *w, struct where *q, const struct kind *k,
        const char *child_name, const struct shorthand *s, const char *alias,
        const struct condition *rest, struct fault *f)
{
	const struct kind *child = record_kind(w, child_name, f);
	const char *inner = fresh_alias(w, q);
	if (child == NULL)
		return false;
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_name(&q->sql, child->name);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, child->local, key_names(w, child, child->nparent),
	        child->nparent);
	if (s != NULL && s->mark != NULL) {
		buf_addf(&q->sql, " AND %s = ?", where_column(w, inner, s->mark));
		where_bind(w, q, s->value);
	}
	if (rest != NULL) {
		buf_adds(&q->sql, " AND ");
		if (!where_follow(w, q, child, inner, rest, f))
			return false;
	}
	buf_adds(&q->sql, ")");
	return true;
}

bool where_through(struct work *w, struct where *q, const struct kind *k, const struct field *field,
        const struct shorthand *s, const char *alias, const struct condition *rest, struct fault *f)
{
	if (s != NULL)
		return through_children(w, q, k, s->child, s, alias, rest, f);
	if (field->form == FIELD_REFERENCE)
		return through_reference(w, q, k, field, alias, rest, f);
	if (field->form == FIELD_LIST)
		return through_list(w, q, k, field, alias, rest, f);
	if (field->form == FIELD_CHILDREN)
		return through_children(w, q, k, field->table, NULL, alias, rest, f);
	return fault_set(f, STATUS_USAGE, "refers to no records, so no field can follow it");
}
