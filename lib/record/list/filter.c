/* SPDX-License-Identifier: MIT */
/* Filters: FIELD=V[,V...], FIELD!=V, FIELD.before= .after= .min= .max= .has= .none=, and
 * FIELD:FIELD=V, which follows a reference, a list or children. */
#include "record/list/where.h"

void where_bind(struct work *w, struct where *q, const char *text)
{
	if (q->n == q->cap) {
		const char **more = arena_alloc(w->arena, (q->cap * 2 + 8) * sizeof *more);
		if (q->n > 0)
			memcpy(more, q->bound, q->n * sizeof *more);
		q->bound = more;
		q->cap = q->cap * 2 + 8;
	}
	q->bound[q->n++] = text;
}

int where_apply(const struct where *q, struct query *query, int at)
{
	for (size_t i = 0; i < q->n; i++)
		query_bind_text(query, at++, q->bound[i]);
	return at;
}

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

/* ---------- a filter taken apart ---------- */

struct condition {
	const char *path; /* the field, with :FIELD behind it where it follows references */
	enum compare compare;
	const char *value;
};

static const struct {
	const char *name;
	enum compare compare;
} compares[] = {
	{ ".before", BEFORE },
	{ ".after", AFTER },
	{ ".min", MIN },
	{ ".max", MAX },
	{ ".has", HAS },
	{ ".none", NONE },
};

static bool take_apart(struct work *w, const char *filter, struct condition *c, struct fault *f)
{
	const char *equals = strchr(filter, '=');
	size_t n = equals != NULL ? (size_t)(equals - filter) : 0;
	if (n == 0)
		return fault_set(
		        f, STATUS_USAGE, "%s is no filter; write FIELD=VALUE", quote(filter));
	c->compare = filter[n - 1] == '!' ? IS_NOT : IS;
	char *path = str_trim(arena_strndup(w->arena, filter, n - (c->compare == IS_NOT)));
	c->value = str_trim(arena_strdup(w->arena, equals + 1));
	char *dot = strrchr(path, '.');
	if (dot != NULL) {
		size_t i = 0;
		while (i < COUNT(compares) && strcmp(compares[i].name, dot) != 0)
			i++;
		if (i == COUNT(compares) || c->compare == IS_NOT)
			return fault_set(f, STATUS_USAGE,
			        "%s: a filter has .before, .after, .min, .max, .has or .none "
			        "before the =",
			        quote(filter));
		c->compare = compares[i].compare;
		*dot = '\0';
	}
	c->path = path;
	if (*path == '\0')
		return fault_set(
		        f, STATUS_USAGE, "%s is no filter; write FIELD=VALUE", quote(filter));
	if (!text_check(c->value, f))
		return false;
	if (*c->value == '\0' && c->compare != IS && c->compare != IS_NOT)
		return fault_set(f, STATUS_USAGE, "%s has no value behind the =", quote(filter));
	return true;
}

static bool follow(struct work *, struct where *, const struct kind *, const char *alias,
        const struct condition *, struct fault *);

static const char *fresh_alias(struct work *w, struct where *q)
{
	return arena_printf(w->arena, "t%d", ++q->aliases);
}

/* Sums and counts have commas of their own: 1,500 may be one number, or two. */
static bool is_grouped(const struct field *field, const char *text)
{
	struct fault none = { 0 };
	int64_t number;
	if (field->form != FIELD_PLAIN || strchr(text, ',') == NULL)
		return false;
	if (field->type == TYPE_PENCE)
		return number_parse_money(text, &number, &none);
	return (field->type == TYPE_INTEGER || field->type == TYPE_REAL) &&
	       number_loose(text, &number);
}

/* Any of the values, which a comma parts where commas cannot belong to one. */
static char **values_of(struct work *w, const struct kind *k, const struct field *field,
        const struct condition *c, size_t *n)
{
	bool untyped = field != NULL && field->ncolumn == 1 && k->column[field->column[0]].untyped;
	bool splits = untyped || field == NULL || field->form != FIELD_PLAIN ||
	              field->type == TYPE_REF || field->words != NULL ||
	              value_kind_of(field->type) != VALUE_TEXT;
	if ((c->compare == IS || c->compare == IS_NOT) && splits) {
		char **value = str_split(w->arena, c->value, ",", n);
		/* It may be a text with a comma in it, too: in the place of the NULL at the end. */
		if (untyped && *n > 1)
			value[(*n)++] = arena_strdup(w->arena, c->value);
		return value;
	}
	char **one = arena_alloc(w->arena, 2 * sizeof *one);
	one[0] = arena_strdup(w->arena, c->value);
	*n = 1;
	return one;
}

/* ---------- lists, children, shorthands ---------- */

static bool any_item(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const char *alias, const struct condition *c, struct fault *f)
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
	char **value = c->compare == NONE ? NULL : values_of(w, NULL, NULL, c, &n);
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

static void text_inside(struct work *w, struct where *q, const char *column, const char *text)
{
	buf_addf(&q->sql, "instr(fold(%s), fold(?)) > 0", column);
	where_bind(w, q, text);
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
		text_inside(w, q, column, text);
		if (target == NULL || kind_field(target, "name") == NULL)
			continue;
		const char *named = fresh_alias(w, q);
		buf_adds(&q->sql, " OR EXISTS (SELECT 1 FROM ");
		sql_name(&q->sql, target->name);
		buf_addf(&q->sql,
		        " AS %s WHERE %s.partnership = %s.partnership AND %s.ref = %s AND ", named,
		        named, inner, named, column);
		text_inside(w, q, where_column(w, named, "name"), text);
		buf_addc(&q->sql, ')');
	}
	if (s->written != NULL) {
		buf_adds(&q->sql, " OR ");
		text_inside(w, q, where_column(w, inner, s->written), text);
	}
	buf_addc(&q->sql, ')');
}

static bool any_lead(struct work *w, struct where *q, const struct kind *k,
        const struct shorthand *s, const char *alias, const struct condition *c, struct fault *f)
{
	const struct kind *child = record_kind(w, s->child, f);
	const char *inner = fresh_alias(w, q);
	size_t n = 0;
	if (child == NULL)
		return false;
	if (c->compare != IS && c->compare != IS_NOT && c->compare != HAS && c->compare != NONE)
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
	char **value = c->compare == NONE ? NULL : values_of(w, NULL, NULL, c, &n);
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
	if (!follow(w, q, target, inner, rest, f))
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
	if (!follow(w, q, target, inner, rest, f))
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
		if (!follow(w, q, child, inner, rest, f))
			return false;
	}
	buf_adds(&q->sql, ")");
	return true;
}

/* ---------- putting it together ---------- */

static bool none_condition(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const struct shorthand *s, const char *alias,
        const struct condition *c, bool yes, struct fault *f)
{
	if (field == NULL || field->form == FIELD_LIST || field->form == FIELD_CHILDREN) {
		buf_adds(&q->sql, yes ? "NOT " : "");
		if (s != NULL)
			return any_lead(w, q, k, s, alias, c, f);
		return field->form == FIELD_LIST
		               ? any_item(w, q, k, field, alias, c, f)
		               : through_children(w, q, k, field->table, NULL, alias, NULL, f);
	}
	sql_column(&q->sql, alias, k->column[field->column[0]].name);
	buf_adds(&q->sql, yes ? " IS NULL" : " IS NOT NULL");
	return true;
}

static bool end_condition(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const struct shorthand *s, const char *alias,
        const struct condition *c, struct fault *f)
{
	bool yes = true;
	size_t n;
	if (c->compare == NONE || *c->value == '\0') {
		if (c->compare == NONE && !number_parse_bool(c->value, &yes, f))
			return false;
		struct condition none = { .compare = NONE, .value = "" };
		return none_condition(
		        w, q, k, field, s, alias, &none, c->compare == IS_NOT ? false : yes, f);
	}
	if (field != NULL && field->form == FIELD_CHILDREN)
		return fault_set(f, STATUS_USAGE,
		        "holds records; write %s:FIELD=VALUE, or %s.none=yes", field->name,
		        field->name);
	buf_adds(&q->sql, c->compare == IS_NOT ? "NOT coalesce((" : "(");
	bool ok = true;
	if (s != NULL) {
		ok = any_lead(w, q, k, s, alias, c, f);
	} else if (field->form == FIELD_LIST) {
		ok = any_item(w, q, k, field, alias, c, f);
	} else {
		bool untyped = field->ncolumn == 1 && k->column[field->column[0]].untyped;
		if ((c->compare == IS || c->compare == IS_NOT) && !untyped &&
		        is_grouped(field, c->value))
			return fault_set(f, STATUS_USAGE,
			        "%s is one number or several; write one without its commas, "
			        "several with a blank behind each",
			        quote(c->value));
		char **value = values_of(w, k, field, c, &n);
		for (size_t i = 0; ok && i < n; i++) {
			buf_adds(&q->sql, i > 0 ? " OR (" : "(");
			ok = where_value(w, q, k, field, alias, c->compare, value[i], f);
			buf_adds(&q->sql, ")");
		}
		if (n == 0)
			buf_adds(&q->sql, "0");
	}
	buf_adds(&q->sql, c->compare == IS_NOT ? "), 0)" : ")");
	return ok;
}

/* ref= of a kind whose key has several parts: the address, "2008-09/1". */
static bool address_condition(struct work *w, struct where *q, const struct kind *k,
        const char *alias, const struct condition *c, struct fault *f)
{
	const char *parts[KEY_MOST];
	size_t n;
	if (c->compare != IS && c->compare != IS_NOT)
		return fault_set(f, STATUS_USAGE, "is an address; a filter on it has = or !=");
	char **ref = str_split(w->arena, c->value, ",", &n);
	buf_adds(&q->sql, c->compare == IS_NOT ? "NOT (0" : "(0");
	for (size_t i = 0; i < n; i++) {
		if (!ref_split(w, k, ref[i], parts, f))
			return false;
		for (size_t p = 0; p < k->nkey; p++) {
			const struct column *column = &k->column[k->key[p]];
			const char *name = where_column(w, alias, column->name);
			buf_adds(&q->sql, p == 0 ? " OR (" : " AND ");
			buf_addf(&q->sql,
			        column->type == TYPE_INTEGER ? "%s = ?" : "fold(%s) = fold(?)",
			        name);
			where_bind(w, q, arena_strdup(w->arena, parts[p]));
		}
		buf_adds(&q->sql, ")");
	}
	buf_adds(&q->sql, ")");
	return true;
}

/* Whose a record is can be asked of local kinds, though it is no field. */
static bool whose_condition(struct work *w, struct where *q, const char *alias,
        const struct condition *c, struct fault *f)
{
	bool yes;
	size_t n;
	if (c->compare == NONE) { /* nobody's is none */
		buf_adds(&q->sql, number_parse_bool(c->value, &yes, f) && !yes ? "1" : "0");
		return f->status == STATUS_OK;
	}
	if (c->compare == HAS) {
		text_inside(w, q, where_column(w, alias, "partnership"), c->value);
		return true;
	}
	if (c->compare != IS && c->compare != IS_NOT)
		return fault_set(f, STATUS_USAGE,
		        "is a reference; a filter on it has = or != or .has or .none");
	char **value = str_split(w->arena, c->value, ",", &n);
	buf_addf(&q->sql, "fold(%s.partnership) %s (", alias,
	        c->compare == IS_NOT ? "NOT IN" : "IN");
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i > 0 ? ", fold(?)" : "fold(?)");
		where_bind(w, q, value[i]);
	}
	buf_adds(&q->sql, ")");
	return true;
}

static bool follow(struct work *w, struct where *q, const struct kind *k, const char *alias,
        const struct condition *c, struct fault *f)
{
	size_t n = strcspn(c->path, ":");
	const char *name = arena_strndup(w->arena, c->path, n);
	const struct shorthand *s = shorthand_of(k, name);
	const struct field *field = NULL;
	bool whose =
	        k->local && s == NULL && strcmp(name, "partnership") == 0 && c->path[n] == '\0';
	bool address = strcmp(name, "ref") == 0 && c->path[n] == '\0' && k->nkey > 1 &&
	               kind_field(k, name) == NULL;
	if (!whose && !address && s == NULL && (field = record_field(k, name, f)) == NULL)
		return false;
	bool ok;
	if (whose) {
		ok = whose_condition(w, q, alias, c, f);
	} else if (address) {
		ok = address_condition(w, q, k, alias, c, f);
	} else if (c->path[n] == '\0') {
		ok = end_condition(w, q, k, field, s, alias, c, f);
	} else {
		struct condition rest = { c->path + n + 1, c->compare, c->value };
		if (s != NULL)
			ok = through_children(w, q, k, s->child, s, alias, &rest, f);
		else if (field->form == FIELD_REFERENCE)
			ok = through_reference(w, q, k, field, alias, &rest, f);
		else if (field->form == FIELD_LIST)
			ok = through_list(w, q, k, field, alias, &rest, f);
		else if (field->form == FIELD_CHILDREN)
			ok = through_children(w, q, k, field->table, NULL, alias, &rest, f);
		else
			ok = fault_set(
			        f, STATUS_USAGE, "refers to no records, so no field can follow it");
	}
	if (!ok)
		fault_place(f, NULL, 0, name);
	return ok;
}

bool where_filter(struct work *w, struct where *q, const struct kind *k, const char *alias,
        const char *filter, struct fault *f)
{
	struct condition c = { 0 };
	return take_apart(w, filter, &c, f) && follow(w, q, k, alias, &c, f);
}
