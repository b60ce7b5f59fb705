/* SPDX-License-Identifier: MIT */
/* Filters: FIELD=V[,V...], FIELD!=V, FIELD.before= .after= .min= .max= .has= .none=, and
 * FIELD:FIELD=V, which follows a reference, a list or children. */
#include "record/where.h"

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

enum compare { IS, IS_NOT, BEFORE, AFTER, MIN, MAX, HAS, NONE };
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

/* ---------- plain fields ---------- */

static bool is_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_MARKDOWN || t == TYPE_PERSONAL || t == TYPE_EMAIL ||
	       t == TYPE_NUMBER || t == TYPE_POSTCODE;
}

static bool is_time(enum type t)
{
	return t == TYPE_TIME || t == TYPE_MOMENT;
}

/* UTC of a day's midnight on the UK clock, as stored. */
static const char *midnight(struct work *w, day_t day)
{
	int64_t first, second;
	char iso[21];
	if (zone_to_utc(day, 0, &first, &second) == 0)
		first = (int64_t)day * 86400;
	return arena_strdup(w->arena, time_format(first, iso));
}

/* A column of times and dates beside a day or a time. Bare dates compare as days, times as instants
 * with the day's beginning or end on the UK clock. */
static bool time_condition(struct work *w, struct where *q, const char *column, enum compare how,
        const char *text, struct fault *f)
{
	int64_t at;
	bool has_time;
	char iso[21], day[11];
	if (!moment_parse(text, w->order, w->now, &at, &has_time, f))
		return false;
	int second;
	day_t d = zone_day(at, &second);
	day_format(d, day);
	const char *from = midnight(w, d), *to = midnight(w, d + 1);
	if (has_time)
		from = to = arena_strdup(w->arena, time_format(at, iso));
	const char *bare = arena_strdup(w->arena, day);
	switch (how) {
	case BEFORE:
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s < ? ELSE %s < ? END", column,
		        column, column);
		break;
	case AFTER:
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s > ? ELSE %s %s ? END", column,
		        column, column, has_time ? ">" : ">=");
		from = to;
		break;
	case MIN:
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s >= ? ELSE %s >= ? END", column,
		        column, column);
		break;
	case MAX:
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s <= ? ELSE %s %s ? END", column,
		        column, column, has_time ? "<=" : "<");
		from = to;
		break;
	default:
		if (has_time) {
			buf_addf(&q->sql, "%s = ?", column);
			where_bind(w, q, from);
			return true;
		}
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s = ? ELSE %s >= ? AND %s < ? END",
		        column, column, column, column);
		where_bind(w, q, bare);
		where_bind(w, q, from);
		where_bind(w, q, to);
		return true;
	}
	where_bind(w, q, bare);
	where_bind(w, q, from);
	return true;
}

static const char *const sign[] = {
	[IS] = "=", [IS_NOT] = "=", [BEFORE] = "<", [AFTER] = ">", [MIN] = ">=", [MAX] = "<="
};

/* An expression of a view: numbers compare as such, texts as texts, and a date in any form with the
 * ISO dates there. */
static void untyped_condition(
        struct work *w, struct where *q, const char *column, enum compare how, const char *text)
{
	struct fault none = { 0 };
	bool is = how == IS || how == IS_NOT;
	double number;
	day_t day;
	char iso[11];
	if (number_parse_real(text, &number, &none)) {
		buf_addf(&q->sql,
		        "CASE WHEN typeof(%s) IN ('integer', 'real') THEN %s %s CAST(? AS REAL) "
		        "ELSE ",
		        column, column, sign[how]);
		where_bind(w, q, text);
	}
	bool as_date = none.status != STATUS_OK &&
	               day_parse(text, w->order, w->today, &day, &(struct fault){ 0 });
	if (is)
		buf_addf(&q->sql, as_date ? "(fold(%s) = fold(?) OR %s = ?)" : "fold(%s) = fold(?)",
		        column, column);
	else
		buf_addf(&q->sql, "%s %s ?", column, sign[how]);
	if (is || !as_date)
		where_bind(w, q, text);
	if (as_date)
		where_bind(w, q, arena_strdup(w->arena, day_format(day, iso)));
	buf_adds(&q->sql, none.status == STATUS_OK ? " END" : "");
}

static bool plain_condition(struct work *w, struct where *q, const struct field *field,
        const char *column, enum compare how, const char *text, struct fault *f)
{
	const char *value;
	if (how == HAS) {
		buf_addf(&q->sql, "instr(fold(%s), fold(?)) > 0", column);
		where_bind(w, q, text);
		return true;
	}
	if (is_time(field->type))
		return time_condition(w, q, column, how, text, f);
	bool folds = is_text(field->type) || field->type == TYPE_REF;
	if (folds && (how == IS || how == IS_NOT)) {
		buf_addf(&q->sql, "fold(%s) = fold(?)", column);
		where_bind(w, q, text);
		return true;
	}
	if (is_text(field->type))
		value = text;
	else if (!value_read(w, field, text, w->order, &value, f))
		return false;
	buf_addf(&q->sql, "%s %s ?", column, sign[how]);
	where_bind(w, q, value);
	return true;
}

/* ---------- references ---------- */

static bool reference_condition(struct work *w, struct where *q, const struct kind *target,
        const char *const *column, size_t n, enum compare how, const char *text, struct fault *f)
{
	const char *parts[16];
	if (how == HAS) {
		buf_addf(&q->sql, "instr(fold(%s), fold(?)) > 0", column[n - 1]);
		where_bind(w, q, text);
		return true;
	}
	if (how != IS && how != IS_NOT)
		return fault_set(f, STATUS_USAGE,
		        "is a reference; a filter on it has = or != or .has or .none");
	/* Across all partnerships a ref means another record in each. */
	bool as_written = (target->local && w->all) || target->nkey != n;
	if (as_written) {
		buf_addf(&q->sql, "fold(%s) = fold(?)", column[n - 1]);
		where_bind(w, q, text);
		return true;
	}
	if (!record_find(w, target, text, parts, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		buf_addf(&q->sql, "%s%s = ?", i > 0 ? " AND " : "", column[i]);
		where_bind(w, q, parts[i]);
	}
	return true;
}

static const char *column_of(struct work *w, const char *alias, const char *name)
{
	struct buf b = { 0 };
	sql_column(&b, alias, name);
	const char *out = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return out;
}

static bool value_condition(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const char *alias, enum compare how, const char *text,
        struct fault *f)
{
	const char *column[16];
	for (size_t i = 0; i < field->ncolumn && i < COUNT(column); i++)
		column[i] = column_of(w, alias, k->column[field->column[i]].name);
	if (k->column[field->column[0]].untyped && how != HAS) {
		untyped_condition(w, q, column[0], how, text);
		return true;
	}
	if (field->form == FIELD_PLAIN)
		return plain_condition(w, q, field, column[0], how, text, f);
	const struct kind *target = record_kind(w, field->target, f);
	return target != NULL &&
	       reference_condition(w, q, target, column, field->ncolumn, how, text, f);
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
	sql_quote(&q->sql, field->table);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, l->local, l->owner, l->nowner);
	char **value = c->compare == NONE ? NULL : values_of(w, NULL, NULL, c, &n);
	for (size_t i = 0; i < l->nitem && i < COUNT(column); i++)
		column[i] = column_of(w, inner, l->item[i]);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i == 0 ? " AND (" : " OR ");
		const struct kind *target =
		        field->target != NULL ? record_kind(w, field->target, f) : NULL;
		bool ok = f->status == STATUS_OK &&
		          (target != NULL ? reference_condition(w, q, target, column, l->nitem,
		                                    c->compare, value[i], f)
		                          : plain_condition(w, q, field, column[0], c->compare,
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

static bool any_lead(struct work *w, struct where *q, const struct kind *k,
        const struct shorthand *s, const char *alias, const struct condition *c, struct fault *f)
{
	const struct kind *child = record_kind(w, s->child, f);
	const char *inner = fresh_alias(w, q);
	size_t n = 0;
	if (child == NULL)
		return false;
	buf_adds(&q->sql, "EXISTS (SELECT 1 FROM ");
	sql_quote(&q->sql, child->name);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, child->local, key_names(w, child, child->nparent),
	        child->nparent);
	if (s->mark != NULL) {
		buf_addf(&q->sql, " AND %s = ?", column_of(w, inner, s->mark));
		where_bind(w, q, s->value);
	}
	char **value = c->compare == NONE ? NULL : values_of(w, NULL, NULL, c, &n);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i == 0 ? " AND (" : " OR ");
		for (size_t j = 0; j < COUNT(s->column) && s->column[j] != NULL; j++)
			buf_addf(&q->sql, "%s%s", j == 0 ? "fold(?) IN (" : ", ",
			        arena_printf(
			                w->arena, "fold(%s)", column_of(w, inner, s->column[j])));
		where_bind(w, q, value[i]);
		if (s->written != NULL)
			buf_addf(&q->sql, ", fold(%s)", column_of(w, inner, s->written));
		buf_adds(&q->sql, ")");
		/* Names count too. */
		for (size_t j = 0; j < COUNT(s->column) && s->column[j] != NULL; j++) {
			const struct field *field = kind_field(child, s->column[j]);
			const char *ref;
			struct fault none = { 0 };
			if (field == NULL || field->target == NULL || w->all ||
			        !record_resolve(w, field->target, value[i], &ref, &none))
				continue;
			buf_addf(&q->sql, " OR %s = ?", column_of(w, inner, s->column[j]));
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
	sql_quote(&q->sql, target->name);
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
	sql_quote(&q->sql, field->table);
	buf_addf(&q->sql, " AS %s JOIN ", item);
	sql_quote(&q->sql, target->name);
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
	sql_quote(&q->sql, child->name);
	buf_addf(&q->sql, " AS %s WHERE ", inner);
	where_owned(&q->sql, k, alias, inner, child->local, key_names(w, child, child->nparent),
	        child->nparent);
	if (s != NULL && s->mark != NULL) {
		buf_addf(&q->sql, " AND %s = ?", column_of(w, inner, s->mark));
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
		char **value = values_of(w, k, field, c, &n);
		for (size_t i = 0; ok && i < n; i++) {
			buf_adds(&q->sql, i > 0 ? " OR (" : "(");
			ok = value_condition(w, q, k, field, alias, c->compare, value[i], f);
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
	const char *parts[16];
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
			const char *name = column_of(w, alias, column->name);
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

static bool follow(struct work *w, struct where *q, const struct kind *k, const char *alias,
        const struct condition *c, struct fault *f)
{
	size_t n = strcspn(c->path, ":");
	const char *name = arena_strndup(w->arena, c->path, n);
	const struct shorthand *s = shorthand_of(k, name);
	const struct field *field = NULL;
	/* Whose a record is can be asked of local kinds, though it is no field. */
	if (k->local && s == NULL && strcmp(name, "partnership") == 0 && c->path[n] == '\0') {
		buf_addf(&q->sql, "%sfold(%s.partnership) = fold(?)",
		        c->compare == IS_NOT ? "NOT " : "", alias);
		where_bind(w, q, c->value);
		return true;
	}
	bool address = strcmp(name, "ref") == 0 && c->path[n] == '\0' && k->nkey > 1 &&
	               kind_field(k, name) == NULL;
	if (!address && s == NULL && (field = record_field(k, name, f)) == NULL)
		return false;
	bool ok;
	if (address) {
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
	struct condition c;
	return take_apart(w, filter, &c, f) && follow(w, q, k, alias, &c, f);
}
