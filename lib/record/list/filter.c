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

/* ---------- a filter taken apart ---------- */

static const struct {
	const char *name;
	enum compare compare;
} compares[] = {
	{ ".before", BEFORE },
	{ ".after", AFTER },
	{ ".min", MIN },
	{ ".max", MAX },
	{ ".has", HAS },
	{ ".none", KNOWN },
};

/* *denied: it is what FIELD!=V lists. */
static bool take_apart(
        struct work *w, const char *filter, struct condition *c, bool *denied, struct fault *f)
{
	const char *equals = strchr(filter, '=');
	size_t n = equals != NULL ? (size_t)(equals - filter) : 0;
	if (n == 0)
		return fault_set(
		        f, STATUS_USAGE, "%s is no filter; write FIELD=VALUE", quote(filter));
	c->compare = IS;
	*denied = filter[n - 1] == '!';
	char *path = str_trim(arena_strndup(w->arena, filter, n - *denied));
	c->value = str_trim(arena_strdup(w->arena, equals + 1));
	char *dot = strrchr(path, '.');
	if (dot != NULL) {
		size_t i = 0;
		while (i < COUNT(compares) && strcmp(compares[i].name, dot) != 0)
			i++;
		if (i == COUNT(compares) || *denied)
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
	if (*c->value != '\0')
		return true;
	if (c->compare != IS)
		return fault_set(f, STATUS_USAGE, "%s has no value behind the =", quote(filter));
	/* FIELD= is FIELD.none=yes. */
	c->compare = KNOWN;
	c->value = *denied ? "no" : "yes";
	return true;
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
char **where_values(struct work *w, const struct kind *k, const struct field *field,
        const struct condition *c, size_t *n)
{
	bool untyped = field != NULL && field->ncolumn == 1 && k->column[field->column[0]].untyped;
	bool splits = untyped || field == NULL || field->form != FIELD_PLAIN ||
	              field->type == TYPE_REF || field->words != NULL ||
	              value_kind_of(field->type) != VALUE_TEXT;
	if (c->compare == IS && splits) {
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

/* ---------- putting it together ---------- */

static bool end_condition(struct work *w, struct where *q, const struct kind *k,
        const struct field *field, const struct shorthand *s, const char *alias,
        const struct condition *c, struct fault *f)
{
	size_t n;
	if (s != NULL)
		return where_lead(w, q, k, s, alias, c, f);
	if (field->form == FIELD_LIST)
		return where_item(w, q, k, field, alias, c, f);
	if (field->form == FIELD_CHILDREN)
		return c->compare == KNOWN
		               ? where_through(w, q, k, field, NULL, alias, NULL, f)
		               : fault_set(f, STATUS_USAGE,
		                         "holds records; write %s:FIELD=VALUE, or %s.none=yes",
		                         field->name, field->name);
	if (c->compare == KNOWN) {
		sql_column(&q->sql, alias, k->column[field->column[0]].name);
		buf_adds(&q->sql, " IS NOT NULL");
		return true;
	}
	bool untyped = field->ncolumn == 1 && k->column[field->column[0]].untyped;
	if (c->compare == IS && !untyped && is_grouped(field, c->value))
		return fault_set(f, STATUS_USAGE,
		        "%s is one number or several; write one without its commas, several with a "
		        "blank behind each",
		        quote(c->value));
	char **value = where_values(w, k, field, c, &n);
	bool ok = true;
	buf_adds(&q->sql, n == 0 ? "(0" : "(");
	for (size_t i = 0; ok && i < n; i++) {
		buf_adds(&q->sql, i > 0 ? " OR (" : "(");
		ok = where_value(w, q, k, field, alias, c->compare, value[i], f);
		buf_adds(&q->sql, ")");
	}
	buf_adds(&q->sql, ")");
	return ok;
}

/* ref= of a kind whose key has several parts: the address, "2008-09/1". */
static bool address_condition(struct work *w, struct where *q, const struct kind *k,
        const char *alias, const struct condition *c, struct fault *f)
{
	const char *parts[KEY_MOST];
	size_t n;
	if (c->compare == KNOWN) { /* of all */
		buf_adds(&q->sql, "1");
		return true;
	}
	if (c->compare != IS)
		return fault_set(
		        f, STATUS_USAGE, "is an address; a filter on it has = or != or .none");
	char **ref = str_split(w->arena, c->value, ",", &n);
	buf_adds(&q->sql, "(0");
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
	size_t n;
	if (c->compare == KNOWN) { /* nobody's is none */
		buf_adds(&q->sql, "1");
		return true;
	}
	const char *whose = where_column(w, alias, "partnership");
	if (c->compare == HAS) {
		where_inside(w, q, whose, c->value);
		return true;
	}
	if (c->compare != IS)
		return fault_set(f, STATUS_USAGE,
		        "is a reference; a filter on it has = or != or .has or .none");
	char **value = str_split(w->arena, c->value, ",", &n);
	buf_addf(&q->sql, "fold(%s) IN (", whose);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&q->sql, i > 0 ? ", fold(?)" : "fold(?)");
		where_bind(w, q, value[i]);
	}
	buf_adds(&q->sql, ")");
	return true;
}

bool where_follow(struct work *w, struct where *q, const struct kind *k, const char *alias,
        const struct condition *c, struct fault *f)
{
	size_t n = strcspn(c->path, ":");
	const char *name = arena_strndup(w->arena, c->path, n);
	const struct shorthand *s = shorthand_of(k, name);
	const struct field *field = NULL;
	bool ends = c->path[n] == '\0';
	bool whose = ends && k->local && s == NULL && strcmp(name, "partnership") == 0;
	bool address =
	        ends && strcmp(name, "ref") == 0 && k->nkey > 1 && kind_field(k, name) == NULL;
	if (!whose && !address && s == NULL && (field = record_field(k, name, f)) == NULL)
		return false;
	struct condition rest = { ends ? "" : c->path + n + 1, c->compare, c->value };
	bool ok = whose     ? whose_condition(w, q, alias, c, f)
	          : address ? address_condition(w, q, k, alias, c, f)
	          : ends    ? end_condition(w, q, k, field, s, alias, c, f)
	                    : where_through(w, q, k, field, s, alias, &rest, f);
	if (!ok)
		fault_place(f, NULL, 0, name);
	return ok;
}

/* .none=yes denies that there is any value, at the end of the path. */
static bool none_denies(const struct condition *c, bool *denied, struct fault *f)
{
	const char *last = strrchr(c->path, ':');
	if (c->compare != KNOWN || number_parse_bool(c->value, denied, f))
		return true;
	fault_place(f, NULL, 0, last != NULL ? last + 1 : c->path);
	return false;
}

bool where_filter(struct work *w, struct where *q, const struct kind *k, const char *alias,
        const char *filter, struct fault *f)
{
	struct condition c = { 0 };
	bool denied = false;
	if (!take_apart(w, filter, &c, &denied, f))
		return false;
	buf_adds(&q->sql, "(");
	if (!where_follow(w, q, k, alias, &c, f) || !none_denies(&c, &denied, f))
		return false;
	/* What is denied is the whole: who has no organisation has none of that kind either. */
	buf_adds(&q->sql, denied ? ") IS NOT TRUE" : ")");
	return true;
}
