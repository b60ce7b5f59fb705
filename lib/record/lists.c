/* SPDX-License-Identifier: MIT */
/* List fields: sets of references or texts, in a table of their own. */
#include "record/private.h"

/* ---------- reading ---------- */

/* Text items are trimmed and checked; references are looked up. */
static bool read_item(struct work *w, const struct field *field, const struct list_shape *shape,
        const char *text, char op, const char ***item, bool *waits, struct fault *f)
{
	const char **parts = arena_alloc(w->arena, (KEY_MOST + 1) * sizeof *parts);
	*waits = false;
	*item = parts;
	if (field->target == NULL)
		return value_read(w, field, text, w->order, &parts[0], f);
	const struct kind *target = record_kind(w, field->target, f);
	if (target == NULL || !text_check(text, f))
		return false;
	switch (find_one(w, target, text, FIND_BOTH, parts, f)) {
	case FOUND_FAULT:
		return false;
	case FOUND_ONE:
		return true;
	case FOUND_NONE:
		break;
	}
	size_t n;
	struct fault unfit = { 0 };
	if (work_state(w)->deferring && op != '-' &&
	        key_split(w, target, text, parts, &n, &unfit) && n == shape->nitem) {
		*waits = true;
		return true;
	}
	if (strcmp(target->name, "period") == 0 && period_make(w, text, f)) {
		parts[0] = text;
		return true;
	}
	return f->status == STATUS_OK && find_none(w, target, text, STATUS_DATA, f);
}

static bool add_item(struct work *w, const struct field *field, const struct list_shape *shape,
        const char *text, struct list_edit *e, size_t *cap, struct fault *f)
{
	if (e->n == *cap) {
		size_t more = *cap * 2 + 8;
		const char ***item = arena_alloc(w->arena, more * sizeof *item);
		bool *waits = arena_alloc(w->arena, more * sizeof *waits);
		if (e->n > 0) {
			memcpy(item, e->item, e->n * sizeof *item);
			memcpy(waits, e->waits, e->n * sizeof *waits);
		}
		e->item = item;
		e->waits = waits;
		*cap = more;
	}
	if (!read_item(w, field, shape, text, e->op, &e->item[e->n], &e->waits[e->n], f))
		return false;
	if (e->item[e->n][0] != NULL)
		e->n++;
	return true;
}

/* "2.1, 2.2 and 2.3": what is no record as it stands is cut at the word. */
static bool add_text_item(struct work *w, const struct field *field, const struct list_shape *shape,
        char *text, struct list_edit *e, size_t *cap, struct fault *f)
{
	char *and = field->target != NULL ? strstr(text, " and ") : NULL;
	if (and == NULL)
		return add_item(w, field, shape, text, e, cap, f);
	const struct kind *target = record_kind(w, field->target, f);
	const char *parts[KEY_MOST];
	enum found found =
	        target != NULL ? find_one(w, target, text, FIND_BOTH, parts, f) : FOUND_FAULT;
	if (found != FOUND_NONE)
		return found == FOUND_ONE && add_item(w, field, shape, text, e, cap, f);
	*and = '\0';
	return add_item(w, field, shape, str_trim(text), e, cap, f) &&
	       add_text_item(w, field, shape, str_trim(and+5), e, cap, f);
}

static bool read_nodes(struct work *w, const struct assignment *a, const struct field *field,
        const struct list_shape *shape, struct list_edit *e, size_t *cap, struct fault *f)
{
	const struct node *node = a->node;
	if (node->kind == NODE_NULL || (node->kind == NODE_TEXT && *node->text == '\0'))
		return true;
	if (node->kind != NODE_LIST)
		return fault_set(f, STATUS_DATA, "is a list; write it as [a, b]");
	for (size_t i = 0; i < node->n; i++) {
		const struct node *one = node->item[i];
		if (one->kind != NODE_TEXT) {
			fault_place(f, a->file, one->line, a->field);
			return fault_set(f, STATUS_DATA,
			        "an item of the list is %s; write each as one value",
			        one->kind == NODE_NULL ? "empty" : "no single value");
		}
		const char *text = str_trim(arena_strdup(w->arena, one->text));
		if (*text != '\0' && !add_item(w, field, shape, text, e, cap, f)) {
			fault_place(f, a->file, one->line, a->field);
			return false;
		}
	}
	return true;
}

bool list_read(struct work *w, struct shape *s, const struct assignment *a,
        const struct field *field, struct list_edit *e, struct fault *f)
{
	const struct list_shape *shape = store_list(w->store, field->table, f);
	size_t cap = 0, n;
	(void)s;
	*e = (struct list_edit){ .field = field, .from = a, .op = a->op };
	if (shape == NULL)
		return false;
	if (a->node != NULL)
		return read_nodes(w, a, field, shape, e, &cap, f);
	char **text = str_split(w->arena, a->text != NULL ? a->text : "", ",;\n", &n);
	for (size_t i = 0; i < n; i++)
		if (!add_text_item(w, field, shape, text[i], e, &cap, f))
			return false;
	return true;
}

/* ---------- statements ---------- */

/* WHERE of the owner. The list of a partnership has its owner in the column partnership. */
static void sql_owner(struct buf *b, const struct list_shape *l)
{
	buf_adds(b, " WHERE ");
	if (l->local)
		buf_adds(b, l->nowner > 0 ? "\"partnership\" = ? AND " : "\"partnership\" = ?");
	for (size_t i = 0; i < l->nowner; i++) {
		sql_name(b, l->owner[i]);
		buf_adds(b, i + 1 < l->nowner ? " = ? AND " : " = ?");
	}
}

static int bind_owner(struct work *w, struct query *q, const struct kind *k,
        const struct list_shape *l, const char *const *parts, int at)
{
	if (l->local)
		query_bind_text(q, at++, l->nowner == 0 ? parts[0] : w->partnership);
	for (size_t i = 0; i < l->nowner; i++)
		query_bind_text(q, at++, parts[i]);
	(void)k;
	return at;
}

static const char ***stored_items(struct work *w, const struct kind *k, const struct field *field,
        const struct list_shape *l, const char *const *parts, size_t *n, struct fault *f)
{
	struct buf b = { 0 };
	buf_adds(&b, "SELECT ");
	for (size_t i = 0; i < l->nitem; i++) {
		buf_adds(&b, i > 0 ? ", " : "");
		sql_name(&b, l->item[i]);
	}
	buf_adds(&b, " FROM ");
	sql_name(&b, field->table);
	sql_owner(&b, l);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return NULL;
	bind_owner(w, q, k, l, parts, 1);
	return rows_texts(w, q, l->nitem, n, f);
}

/* INSERT or DELETE of one item. */
bool list_item(struct work *w, const struct kind *k, const struct field *field,
        const char *const *parts, const char *const *item, bool insert, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, field->table, f);
	struct buf b = { 0 };
	if (l == NULL)
		return false;
	buf_adds(&b, insert ? "INSERT INTO " : "DELETE FROM ");
	sql_name(&b, field->table);
	if (insert) {
		buf_adds(&b, " (");
		if (l->local)
			buf_adds(&b, "\"partnership\", ");
		for (size_t i = 0; i < l->nowner; i++) {
			sql_name(&b, l->owner[i]);
			buf_adds(&b, ", ");
		}
		for (size_t i = 0; i < l->nitem; i++) {
			buf_adds(&b, i > 0 ? ", " : "");
			sql_name(&b, l->item[i]);
		}
		buf_adds(&b, ") VALUES (?");
		for (size_t i = 1; i < l->local + l->nowner + l->nitem; i++)
			buf_adds(&b, ", ?");
		buf_adds(&b, ")");
	} else {
		sql_owner(&b, l);
		for (size_t i = 0; i < l->nitem; i++) {
			buf_adds(&b, " AND ");
			sql_name(&b, l->item[i]);
			buf_adds(&b, " = ?");
		}
	}
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	int at = bind_owner(w, q, k, l, parts, 1);
	for (size_t i = 0; i < l->nitem; i++)
		query_bind_text(q, at++, item[i]);
	return query_run(q, f);
}

bool list_clear(struct work *w, const struct kind *k, const struct field *field,
        const char *const *parts, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, field->table, f);
	struct buf b = { 0 };
	if (l == NULL)
		return false;
	buf_adds(&b, "DELETE FROM ");
	sql_name(&b, field->table);
	sql_owner(&b, l);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	bind_owner(w, q, k, l, parts, 1);
	return query_run(q, f);
}

/* ---------- showing ---------- */

static int compare_items(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int order = text_natural(x, y);
	return order != 0 ? order : strcmp(x, y);
}

void items_sort(const char **text, size_t n)
{
	if (n > 1)
		qsort(text, n, sizeof *text, compare_items);
}

static const char **joined(struct work *w, const struct list_shape *l, const char ***item, size_t n)
{
	const char **text = arena_alloc(w->arena, (n + 1) * sizeof *text);
	for (size_t i = 0; i < n; i++)
		text[i] = ref_join(w, l->nitem, item[i]);
	items_sort(text, n);
	return text;
}

/* Items as one cell; NULL for none. */
static const char *items_joined(struct work *w, const char *const *text, size_t n)
{
	struct buf b = { 0 };
	str_join(&b, text, n);
	const char *all = n > 0 ? arena_strdup(w->arena, buf_text(&b)) : NULL;
	buf_free(&b);
	return all;
}

const char **list_items(struct work *w, struct shape *s, const char *const *parts,
        const struct field *field, size_t *n, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, field->table, f);
	const char ***item = l != NULL ? stored_items(w, s->kind, field, l, parts, n, f) : NULL;
	return item != NULL ? joined(w, l, item, *n) : NULL;
}

const char *list_show(struct work *w, struct shape *s, const char *const *parts,
        const struct field *field, struct fault *f)
{
	size_t n;
	const char **text = list_items(w, s, parts, field, &n, f);
	return text != NULL ? items_joined(w, text, n) : NULL;
}

/* ---------- writing ---------- */

static void wait_item(struct work *w, struct shape *s, const struct list_edit *e,
        const char *const *parts, const char *const *item, bool added)
{
	const struct list_shape *l = store_list(w->store, e->field->table, &(struct fault){ 0 });
	pending_add(w, &(struct pending){ .shape = s,
	                       .field = e->field,
	                       .partnership = w->partnership,
	                       .parts = (const char **)parts,
	                       .item = texts_copy(work_state(w)->keep, l->nitem, item),
	                       .text = ref_join(w, l->nitem, item),
	                       .file = e->from->file,
	                       .line = e->from->line,
	                       .added = added });
}

/* Takes items out of those that are there; *kept: how many stay, put into now. */
static bool take_out(struct work *w, const struct kind *k, const char *const *parts,
        const struct list_edit *e, const struct list_shape *l, const char ***old, size_t n,
        const char ***now, size_t *kept, struct fault *f)
{
	struct texts named = { 0 };
	bool ok = true;
	*kept = 0;
	for (size_t i = 0; i < e->n; i++)
		texts_put(&named, parts_text(w, l->nitem, e->item[i]));
	for (size_t i = 0; ok && i < n; i++) {
		bool is = texts_find(&named, parts_text(w, l->nitem, old[i])) != NULL;
		if (e->op == '+' || is == (e->op == '='))
			now[(*kept)++] = old[i];
		else
			ok = list_item(w, k, e->field, parts, old[i], false, f);
	}
	texts_free(&named);
	return ok;
}

/* Puts those in that are not there yet, behind the *n of now. */
static bool put_in(struct work *w, struct shape *s, const char *const *parts,
        const struct list_edit *e, const struct list_shape *l, bool added, const char ***now,
        size_t *n, struct fault *f)
{
	struct texts there = { 0 };
	bool ok = true;
	for (size_t i = 0; i < *n; i++)
		*texts_put(&there, parts_text(w, l->nitem, now[i])) = 1;
	for (size_t i = 0; ok && i < e->n; i++) {
		uint64_t *is = texts_put(&there, parts_text(w, l->nitem, e->item[i]));
		if ((*is)++ > 0)
			continue;
		ok = list_item(w, s->kind, e->field, parts, e->item[i], true, f);
		now[(*n)++] = e->item[i];
		if (ok && e->waits[i])
			wait_item(w, s, e, parts, e->item[i], added);
	}
	texts_free(&there);
	return ok;
}

bool list_write(struct work *w, struct shape *s, const char *const *parts,
        const struct list_edit *e, bool added, bool *changed, struct fault *f)
{
	const struct kind *k = s->kind;
	const struct list_shape *l = store_list(w->store, e->field->table, f);
	size_t nold = 0, kept;
	const char ***old = NULL;
	if (l == NULL ||
	        (!added && (old = stored_items(w, k, e->field, l, parts, &nold, f)) == NULL))
		return false;
	const char ***now = arena_alloc(w->arena, (nold + e->n + 1) * sizeof *now);
	bool ok = take_out(w, k, parts, e, l, old, nold, now, &kept, f);
	size_t n = kept;
	if (!ok || (e->op != '-' && !put_in(w, s, parts, e, l, added, now, &n, f))) {
		fault_place(f, e->from->file, e->from->line, e->field->name);
		return false;
	}
	if (kept == nold && n == kept)
		return true;
	*changed = true;
	if (!added)
		tell_change(w, k, parts, 'c', e->field->name,
		        items_joined(w, joined(w, l, old, nold), nold),
		        items_joined(w, joined(w, l, now, n), n));
	return true;
}
