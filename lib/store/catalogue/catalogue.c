/* SPDX-License-Identifier: MIT */
/* The catalogue: what a table means as a kind, a list, or a reference into a kind. */
#include "store/internal.h"

#include <string.h>

/* ---------- kinds ---------- */

struct builder {
	struct store *s;
	struct arena *a;
	const struct table *t;
	struct kind *k;
	struct field *field;
	size_t cap;
	struct reference *ref;
	const char **common; /* beside ref: the name of its field of several columns, or NULL */
};

/* "An action. ref: A" is the comment "An action" and the prefix "A". */
static void read_comment(struct builder *b)
{
	struct kind *k = b->k;
	const char *text = b->t->comment != NULL ? b->t->comment : "";
	const char *ref = strstr(text, "ref: ");
	size_t n = strlen(text);
	char first[2] = { k->name[0], '\0' };
	if (first[0] >= 'a' && first[0] <= 'z')
		first[0] = (char)(first[0] - 'a' + 'A');
	k->prefix = arena_strdup(b->a, first);
	if (ref != NULL && (ref == text || ref[-1] == ' ')) {
		size_t len = strcspn(ref + 5, " ;,");
		k->prefix = arena_strndup(b->a, ref + 5, len);
		n = (size_t)(ref - text);
		while (n > 0 && strchr(" ;,", text[n - 1]) != NULL)
			n--;
	}
	k->comment = arena_strndup(b->a, text, n);
}

static void build_columns(struct builder *b)
{
	const struct table *t = b->t;
	struct kind *k = b->k;
	struct column *column = arena_alloc(b->a, (t->ncolumn + 1) * sizeof *column);
	for (size_t i = 0; i < t->ncolumn; i++) {
		const struct raw_column *r = &t->column[i];
		const char *comment = r->comment != NULL ? r->comment : "";
		bool listed = comment[0] == '*';
		column[i] = (struct column){ .name = r->name,
			.type = type_read(r->type),
			.key = r->key,
			.not_null = r->not_null,
			.initial = r->initial,
			.comment = listed ? comment + 1 + (comment[1] == ' ') : comment,
			.listed = listed,
			.words = r->words };
	}
	k->ncolumn = t->ncolumn;
	k->column = column;
	size_t skip = k->local ? 1 : 0;
	k->nkey = t->nkey - skip;
	k->key = t->key + skip;
	k->numbered = k->nkey > 0 && column[k->key[k->nkey - 1]].type == TYPE_INTEGER;
}

static bool read_references(struct builder *b, struct fault *f)
{
	const struct table *t = b->t;
	b->ref = arena_alloc(b->a, (t->nforeign + 1) * sizeof *b->ref);
	b->common = arena_alloc(b->a, (t->nforeign + 1) * sizeof *b->common);
	for (size_t i = 0; i < t->nforeign; i++) {
		struct reference *r = &b->ref[i];
		if (!reference_read(b->s, &t->foreign[i], r, f))
			return false;
		if (r->n > 1)
			b->common[i] = reference_common(b->a, r);
		/* Of references that could be the parent the longest is. */
		if (reference_leads_key(t, r) && r->n < b->k->nkey + (b->k->nparent == 0) &&
		        r->n > b->k->nparent) {
			b->k->parent = r->target;
			b->k->nparent = r->n;
		}
	}
	return true;
}

static struct field *field_add(struct builder *b)
{
	b->field = mem_grow(b->field, &b->cap, b->k->nfield + 1, sizeof *b->field);
	struct field *field = &b->field[b->k->nfield++];
	*field = (struct field){ 0 };
	return field;
}

/* The reference a column is part of: first those that are a field of several columns, then one of
 * its own, then one whose other parts are shared with the key (question in survey, question). */
static const struct reference *reference_of(const struct builder *b, const char *name, size_t *at)
{
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < b->t->nforeign; i++) {
			const struct reference *r = &b->ref[i];
			bool fits = pass == 0   ? b->common[i] != NULL
			            : pass == 1 ? r->n == 1
			                        : r->n > 1 && b->common[i] == NULL;
			for (size_t p = 0; fits && p < r->n; p++)
				if (strcmp(r->from[p], name) == 0 && (pass < 2 || p + 1 == r->n)) {
					*at = i;
					return r;
				}
		}
	return NULL;
}

static void plain_field(struct builder *b, size_t at)
{
	const struct column *c = &b->k->column[at];
	struct field *field = field_add(b);
	size_t *column = arena_alloc(b->a, sizeof *column), reference;
	*column = at;
	*field = (struct field){ .name = c->name,
		.type = c->type,
		.comment = c->comment,
		.listed = c->listed,
		.required = c->not_null && c->initial == NULL,
		.words = c->words,
		.ncolumn = 1,
		.column = column };
	field->personal = c->type == TYPE_PERSONAL || c->type == TYPE_EMAIL;
	const struct reference *r = reference_of(b, c->name, &reference);
	if (r != NULL) {
		field->form = FIELD_REFERENCE;
		field->target = r->target;
	}
}

/* A field of several columns; made when its first column comes up. */
static void long_field(struct builder *b, const struct reference *r, const char *name)
{
	const struct kind *k = b->k;
	struct field *field = field_add(b);
	size_t *column = arena_alloc(b->a, r->n * sizeof *column);
	field->name = name;
	field->form = FIELD_REFERENCE;
	field->target = r->target;
	field->required = true;
	for (size_t p = 0; p < r->n; p++) {
		size_t at = table_column(b->t, r->from[p]);
		const struct column *c = &k->column[at];
		column[p] = at;
		field->type = c->type;
		field->listed = field->listed || c->listed;
		field->required = field->required && c->not_null && c->initial == NULL;
		if (p == 0)
			field->comment = c->comment;
	}
	field->ncolumn = r->n;
	field->column = column;
}

static void build_fields(struct builder *b)
{
	for (size_t i = 0; i < b->k->ncolumn; i++) {
		const char *name = b->k->column[i].name;
		size_t at = 0;
		if (b->k->local && strcmp(name, "partnership") == 0)
			continue;
		const struct reference *r = reference_of(b, name, &at);
		if (r == NULL || b->common[at] == NULL)
			plain_field(b, i);
		else if (kind_field(b->k, b->common[at]) == NULL) {
			long_field(b, r, b->common[at]);
		}
		b->k->field = b->field;
	}
}

/* ---------- lists ---------- */

const struct list_shape *store_list(struct store *s, const char *table, struct fault *f)
{
	const struct entry *e = catalogue_find(s, 'l', table);
	if (e != NULL)
		return e->thing;
	if (!table_is_list(table))
		return NULL;
	const struct table *t = store_table(s, table, f);
	if (t == NULL)
		return NULL;
	struct arena *a = store_arena(s);
	struct list_shape *l = arena_alloc(a, sizeof *l);
	const char **owner = arena_alloc(a, (t->ncolumn + 1) * sizeof *owner);
	const char **item = arena_alloc(a, (t->ncolumn + 1) * sizeof *item);
	l->local = t->local;
	for (size_t i = 0; i < t->ncolumn; i++) {
		const char *name = t->column[i].name;
		if (t->local && strcmp(name, "partnership") == 0)
			continue;
		if (strcmp(name, "item") == 0 || str_starts(name, "item_"))
			item[l->nitem++] = name;
		else
			owner[l->nowner++] = name;
	}
	l->owner = owner;
	l->item = item;
	catalogue_keep(s, 'l', table, l, 0);
	return l;
}

static bool list_field(struct builder *b, const char *table, struct fault *f)
{
	const struct table *t = store_table(b->s, table, f);
	const struct list_shape *l = t != NULL ? store_list(b->s, table, f) : NULL;
	if (l == NULL || l->nitem == 0)
		return f->status == STATUS_OK;
	const struct raw_column *item = &t->column[table_column(t, l->item[l->nitem - 1])];
	const char *comment = t->column[table_column(t, l->item[0])].comment;
	bool listed = comment != NULL && comment[0] == '*';
	struct field *field = field_add(b);
	*field = (struct field){ .name = strstr(t->name, "__") + 2,
		.form = FIELD_LIST,
		.type = type_read(item->type),
		.comment = comment == NULL ? "" : comment + (listed ? 1 : 0),
		.listed = listed,
		.words = item->words,
		.table = t->name };
	field->personal = field->type == TYPE_PERSONAL || field->type == TYPE_EMAIL;
	for (size_t i = 0; i < t->nforeign; i++) {
		struct reference r;
		if (!reference_read(b->s, &t->foreign[i], &r, f))
			return false;
		if (r.n == l->nitem && strcmp(r.from[r.n - 1], l->item[l->nitem - 1]) == 0)
			field->target = r.target;
	}
	b->k->field = b->field;
	return true;
}

static bool build_lists(struct builder *b, struct fault *f)
{
	size_t n = 0;
	const char **names = store_names(b->s, SQL_LISTS_OF, b->k->name, &n, f);
	if (names == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!list_field(b, names[i], f))
			return false;
	return true;
}

/* ---------- children ---------- */

/* The parent of a table, without making a kind of it: its fields might be asked for in a ring. */
static bool parent_of(struct store *s, const struct table *t, const char **parent, struct fault *f)
{
	size_t most = 0, nkey = t->nkey - (t->local ? 1 : 0);
	*parent = NULL;
	for (size_t i = 0; i < t->nforeign; i++) {
		struct reference r;
		if (!reference_read(s, &t->foreign[i], &r, f))
			return false;
		if (reference_leads_key(t, &r) && r.n < nkey + (most == 0) && r.n > most) {
			*parent = r.target;
			most = r.n;
		}
	}
	return true;
}

static bool build_children(struct builder *b, struct fault *f)
{
	/* Everything refers to the partnership, and nothing is a child of it. */
	if (strcmp(b->k->name, "partnership") == 0)
		return true;
	size_t n = 0;
	const char **names = store_tables_naming(b->s, b->k->name, &n, f);
	if (names == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *parent = NULL;
		if (table_is_list(names[i]))
			continue;
		const struct table *t = store_table(b->s, names[i], f);
		if (t == NULL || !parent_of(b->s, t, &parent, f))
			return false;
		if (!str_equal(parent, b->k->name))
			continue;
		struct field *field = field_add(b);
		*field = (struct field){ .name = t->name,
			.form = FIELD_CHILDREN,
			.comment = t->comment != NULL ? t->comment : "",
			.target = t->name,
			.table = t->name };
	}
	return true;
}

static const char *name_column(const struct table *t)
{
	static const char *const names[] = { "name", "title", "number" };
	for (size_t i = 0; i < COUNT(names); i++) {
		size_t at = table_column(t, names[i]);
		if (at < t->ncolumn && t->column[at].key == 0)
			return t->column[at].name;
	}
	return NULL;
}

/* A table of somebody else's may have a key without a type, in which no ref could be found: 1 is not '1' there. */
static bool may_be_kind(const struct table *t)
{
	for (size_t i = 0; i < t->nkey; i++)
		if (str_empty(t->column[t->key[i]].type))
			return false;
	return t->nkey > 0;
}

const struct kind *store_kind(struct store *s, const char *name, struct fault *f)
{
	const struct entry *e = catalogue_find(s, 'k', name);
	if (e != NULL)
		return e->thing;
	if (table_is_list(name) || str_starts(name, "store_") || str_starts(name, "sqlite_"))
		return NULL;
	struct fault own = { 0 };
	struct builder b = { .s = s, .a = store_arena(s) };
	const struct kind *out = NULL;
	/* One lock for the many small statements that follow. */
	bool alone = sqlite3_get_autocommit(s->db) && store_exec(s, "BEGIN", NULL);
	b.t = store_table(s, name, &own);
	if (b.t == NULL || !may_be_kind(b.t))
		goto out;
	if (b.t->nkey > KEY_MOST) {
		fault_set(&own, STATUS_DATA,
		        "the key of table %s has %zu columns, and that of a kind may have %d; "
		        "give it a shorter one",
		        quote(name), b.t->nkey, KEY_MOST);
		goto out;
	}
	b.k = arena_alloc(b.a, sizeof *b.k);
	b.k->name = b.t->name;
	b.k->local = b.t->local;
	read_comment(&b);
	build_columns(&b);
	if (!read_references(&b, &own))
		goto out;
	build_fields(&b);
	if (!build_lists(&b, &own) || !build_children(&b, &own))
		goto out;
	struct field *field = arena_alloc(b.a, (b.k->nfield + 1) * sizeof *field);
	if (b.k->nfield > 0)
		memcpy(field, b.field, b.k->nfield * sizeof *field);
	b.k->field = field;
	b.k->name_column = name_column(b.t);
	catalogue_keep(s, 'k', name, b.k, 0);
	out = b.k;
out:
	if (alone && !store_exec(s, "COMMIT", NULL))
		store_exec(s, "ROLLBACK", NULL);
	mem_free(b.field);
	if (own.status != STATUS_OK && f != NULL)
		*f = own;
	return out;
}

const char *const *store_kinds(struct store *s, struct fault *f)
{
	store_arena(s);
	if (s->catalogue->kinds != NULL)
		return s->catalogue->kinds;
	const char *const *all = store_tables(s, f);
	if (all == NULL)
		return NULL;
	size_t n = 0;
	while (all[n] != NULL)
		n++;
	const char **kinds = arena_alloc(store_arena(s), (n + 1) * sizeof *kinds);
	n = 0;
	for (size_t i = 0; all[i] != NULL; i++)
		if (!table_is_list(all[i]))
			kinds[n++] = all[i];
	s->catalogue->kinds = kinds;
	return kinds;
}

const struct field *kind_field(const struct kind *k, const char *name)
{
	for (size_t i = 0; i < k->nfield; i++)
		if (strcmp(k->field[i].name, name) == 0)
			return &k->field[i];
	return NULL;
}

/* ---------- what refers to a kind ---------- */

const struct inbound *store_inbound(struct store *s, const char *kind, size_t *n, struct fault *f)
{
	const struct entry *e = catalogue_find(s, 'i', kind);
	if (e != NULL) {
		*n = e->n;
		return e->thing;
	}
	size_t names_n = 0, cap = 0, count = 0;
	const char **names = store_tables_naming(s, kind, &names_n, f);
	struct arena *a = store_arena(s);
	struct inbound *in = NULL, *out = NULL;
	bool ok = names != NULL;
	for (size_t i = 0; ok && i < names_n; i++) {
		const struct table *t = store_table(s, names[i], f);
		ok = t != NULL;
		for (size_t j = 0; ok && j < t->nforeign; j++) {
			struct reference r;
			if (strcmp(t->foreign[j].target, kind) != 0)
				continue;
			ok = reference_read(s, &t->foreign[j], &r, f);
			const char **column = arena_alloc(a, (r.n + 1) * sizeof *column);
			memcpy(column, r.from, r.n * sizeof *column);
			in = mem_grow(in, &cap, count + 1, sizeof *in);
			in[count++] = (struct inbound){ t->name, table_is_list(t->name), t->local,
				r.n, column };
		}
	}
	if (ok) {
		out = arena_alloc(a, (count + 1) * sizeof *out);
		if (count > 0)
			memcpy(out, in, count * sizeof *out);
		catalogue_keep(s, 'i', kind, out, count);
		*n = count;
	}
	mem_free(in);
	return out;
}
