/* SPDX-License-Identifier: MIT */
/* Children written with their parent, nested or by a shorthand. */
#include <inttypes.h>

#include "record/private.h"

const char ***children_keys(struct work *w, struct shape *child, size_t nparent,
        const char *const *parent, size_t *n, struct fault *f)
{
	const struct kind *k = child->kind;
	struct buf b = { 0 };
	sql_keys(&b, k);
	buf_adds(&b, k->local || nparent > 0 ? " WHERE " : "");
	sql_key(&b, k, NULL, nparent);
	buf_adds(&b, " ORDER BY ");
	sql_order(&b, k, NULL, false);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return NULL;
	bind_key(w, q, k, parent, nparent, 1);
	return rows_texts(w, q, k->nkey, n, f);
}

/* ---------- nested ---------- */

/* A numbered child that does not say its number takes the next one; *counted: it did so. */
static bool number_child(struct work *w, const struct kind *k, struct assignment *a, size_t *n,
        int64_t *number, bool *counted, struct fault *f)
{
	const char *last = k->column[k->key[k->nkey - 1]].name;
	*counted = false;
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(a[i].field, last) != 0 || a[i].text == NULL)
			continue;
		if (!number_parse(a[i].text, 0, INT64_MAX, number, f)) {
			fault_place(f, a[i].file, a[i].line, last);
			return false;
		}
		return true;
	}
	*counted = true;
	a[*n] = (struct assignment){ .field = last,
		.op = '=',
		.text = arena_printf(w->arena, "%" PRId64, ++*number),
		.file = *n > 0 ? a[0].file : NULL,
		.line = *n > 0 ? a[0].line : 0 };
	(*n)++;
	return true;
}

static bool write_child(struct work *w, struct shape *child, const char *const *parts,
        const struct node *node, const struct assignment *from, int64_t *number, bool whole,
        const char ***key, bool *changed, struct fault *f)
{
	const struct kind *k = child->kind;
	size_t n;
	bool counted = false;
	struct assignment *a = node_assignments(w, node, from->file, &n, f);
	if (a == NULL || (k->numbered && k->nkey > k->nparent &&
	                         !number_child(w, k, a, &n, number, &counted, f)))
		return false;
	struct writing g = { .nparent = k->nparent,
		.parent = parts,
		.assignment = a,
		.n = n,
		.mode = WRITE_EITHER,
		.whole = whole,
		.anew = counted,
		.file = from->file,
		.line = node->line };
	enum written out = record_write(w, child, &g, key, f);
	*changed = *changed || out != WRITTEN_SAME;
	return out != WRITTEN_FAULT;
}

static bool highest(struct work *w, struct shape *child, const char *const *parts, int64_t *number,
        struct fault *f)
{
	*number = 0;
	if (!child->kind->numbered || child->kind->nkey == child->kind->nparent)
		return true;
	struct query *q = shape_query(w, child, SHAPE_NUMBER, f);
	if (q == NULL)
		return false;
	bind_key(w, q, child->kind, parts, child->kind->nkey - 1, 1);
	return query_one_int(q, number, f);
}

/* Those that stood there and are not among the keys that were written go. */
static bool remove_others(struct work *w, struct shape *child, const char ***old, size_t n,
        const struct texts *written, bool *changed, struct fault *f)
{
	size_t nkey = child->kind->nkey;
	for (size_t i = 0; i < n; i++) {
		if (texts_find(written, parts_text(w, nkey, old[i])) != NULL)
			continue;
		if (!record_remove(w, child->kind->name, ref_join(w, nkey, old[i]), true, f))
			return false;
		*changed = true;
	}
	return true;
}

bool children_write(struct work *w, const char *const *parts, const struct field *field,
        const struct assignment *a, bool whole, bool *changed, struct fault *f)
{
	struct shape *child = shape_named(w, field->table, f);
	const struct node *node = a->node;
	size_t n = node->kind == NODE_LIST ? node->n : 0, nold = 0;
	int64_t number = 0;
	struct texts written = { 0 };
	const char **key;
	if (child == NULL)
		return false;
	if (node->kind != NODE_LIST && node->kind != NODE_NULL)
		return fault_set(f, STATUS_DATA,
		        "holds records; write them as a list, each of FIELD: VALUE");
	const char ***old = children_keys(w, child, child->kind->nparent, parts, &nold, f);
	bool ok = old != NULL && (a->op != '+' || highest(w, child, parts, &number, f));
	for (size_t i = 0; ok && i < n; i++) {
		ok = write_child(
		        w, child, parts, node->item[i], a, &number, whole, &key, changed, f);
		uint64_t *times =
		        ok ? texts_put(&written, parts_text(w, child->kind->nkey, key)) : NULL;
		if (ok && (*times)++ > 0) {
			fault_place(f, a->file, node->item[i]->line, field->name);
			ok = fault_set(f, STATUS_DATA, "%s stands there twice; leave one out",
			        ref_join(w, child->kind->nkey, key));
		}
	}
	ok = ok && (a->op != '=' || remove_others(w, child, old, nold, &written, changed, f));
	texts_free(&written);
	return ok;
}

/* ---------- shorthands ---------- */

/* What one item of leads= means: a column of the child with a ref, or as it was written. */
struct meant {
	const char *column, *value;
	bool waits;
	const char *text;
};
struct meants {
	struct meant *one;
	size_t n, cap;
	struct texts place; /* from 1, by column and value */
};

static const char *meant_text(struct work *w, const char *column, const char *value)
{
	return parts_text(w, 2, (const char *const[]){ column, value });
}

static void add_meant(struct work *w, struct meants *m, struct meant one)
{
	uint64_t *place = texts_put(&m->place, meant_text(w, one.column, one.value));
	if (*place > 0)
		return;
	if (m->n == m->cap) {
		struct meant *more = arena_alloc(w->arena, (m->cap * 2 + 8) * sizeof *more);
		if (m->n > 0)
			memcpy(more, m->one, m->n * sizeof *more);
		m->one = more;
		m->cap = m->cap * 2 + 8;
	}
	m->one[m->n++] = one;
	*place = m->n;
}

static const char *value_in(const struct kind *k, const char *const *value, const char *column)
{
	const struct field *field = kind_field(k, column);
	return field != NULL && field->ncolumn == 1 ? value[field->column[0]] : NULL;
}

/* The day whose group is meant: who sat there when the meeting was, whenever that is written down. */
static bool group_day(struct work *w, const struct shorthand *s, struct shape *owner,
        const char *const *parts, const char **day, struct fault *f)
{
	const char **value = s->on != NULL ? row_read(w, owner, parts, f) : NULL;
	const char *at = value != NULL ? value_in(owner->kind, value, s->on) : NULL;
	char iso[11];
	day_t on = at != NULL ? zone_day_stored(at) : DAY_NONE;
	if (f->status != STATUS_OK)
		return false;
	if (on == DAY_NONE)
		on = w->today;
	*day = arena_strdup(w->arena, day_format(on, iso));
	return true;
}

/* A group's seats on a day: their persons. */
static bool expand_group(struct work *w, const struct shorthand *s, const char *group,
        const char *day, struct meants *m, struct fault *f)
{
	struct shape *seat = shape_named(w, s->expand, f);
	size_t n;
	const char *parent[] = { group };
	const char ***key = seat != NULL ? children_keys(w, seat, 1, parent, &n, f) : NULL;
	if (key == NULL)
		return false;
	const struct field *member = kind_field(seat->kind, s->member);
	for (size_t i = 0; i < n; i++) {
		const char **value = row_read(w, seat, key[i], f);
		if (value == NULL)
			return false;
		const char *start = value_in(seat->kind, value, "starts");
		const char *end = value_in(seat->kind, value, "ends");
		if ((start == NULL || strcmp(start, day) <= 0) &&
		        (end == NULL || strcmp(end, day) >= 0))
			add_meant(w, m,
			        (struct meant){
			                s->column[0], value[member->column[0]], false, NULL });
	}
	return true;
}

/* Whether a text is a record, or several with "and" between them. */
static bool are_known(struct work *w, const struct kind *const *kind, size_t n, const char *text)
{
	const char *parts[KEY_MOST], *joint = strstr(text, " and ");
	struct fault none = { 0 };
	size_t which;
	if (find_among(w, kind, n, text, &which, parts, &none) == FOUND_ONE)
		return true;
	return joint != NULL &&
	       are_known(w, kind, n, arena_strndup(w->arena, text, (size_t)(joint - text))) &&
	       are_known(w, kind, n, joint + 5);
}

static bool read_meant(struct work *w, const struct shorthand *s, struct shape *child,
        const char *text, const char *day, struct meants *m, struct fault *f)
{
	const struct kind *kind[4];
	const char *parts[KEY_MOST];
	size_t n = 0, which;
	for (; n < COUNT(s->column) && s->column[n] != NULL; n++) {
		const struct field *field = kind_field(child->kind, s->column[n]);
		kind[n] = field != NULL && field->target != NULL ? record_kind(w, field->target, f)
		                                                 : NULL;
		if (kind[n] == NULL)
			return false;
	}
	size_t columns = n;
	if (s->expand != NULL) {
		const struct kind *seat = record_kind(w, s->expand, f);
		kind[n] = seat != NULL ? record_kind(w, seat->parent, f) : NULL;
		if (kind[n++] == NULL)
			return false;
	}
	switch (find_among(w, kind, n, text, &which, parts, f)) {
	case FOUND_FAULT:
		return false;
	case FOUND_ONE:
		if (which == columns)
			return expand_group(w, s, parts[0], day, m, f);
		add_meant(w, m, (struct meant){ s->column[which], parts[0], false, text });
		return true;
	case FOUND_NONE:
		break;
	}
	const char *joint = strstr(text, " and ");
	const char *one =
	        joint != NULL ? arena_strndup(w->arena, text, (size_t)(joint - text)) : NULL;
	if (one != NULL && are_known(w, kind, n, one) && are_known(w, kind, n, joint + 5))
		return read_meant(w, s, child, one, day, m, f) &&
		       read_meant(w, s, child, joint + 5, day, m, f);
	bool waits = work_state(w)->deferring;
	if (s->written != NULL || waits)
		add_meant(w, m,
		        (struct meant){ s->written != NULL ? s->written : s->column[0], text, waits,
		                text });
	else
		return find_none(w, kind[0], text, STATUS_DATA, f);
	return true;
}

static bool read_meants(struct work *w, const struct shorthand *s, struct shape *child,
        const struct assignment *a, const char *day, struct meants *m, struct fault *f)
{
	const struct node *node = a->node;
	size_t n = 0;
	char **text = NULL;
	if (node == NULL) {
		text = str_split(w->arena, a->text != NULL ? a->text : "", ",;\n", &n);
	} else if (node->kind == NODE_LIST) {
		n = node->n;
	} else if (node->kind != NODE_NULL) {
		return fault_set(f, STATUS_DATA, "is a list; write it as [a, b]");
	}
	for (size_t i = 0; i < n; i++) {
		if (node != NULL && node->item[i]->kind != NODE_TEXT)
			return fault_set(f, STATUS_DATA,
			        "an item of the list is no single value; write a ref or a name");
		const char *one = node != NULL ? node->item[i]->text : text[i];
		one = str_trim(arena_strdup(w->arena, one));
		if (*one != '\0' &&
		        (!text_check(one, f) || !read_meant(w, s, child, one, day, m, f)))
			return false;
	}
	return true;
}

/* Whether a row is one of those that are meant; there: which are. */
static bool row_meant(struct work *w, const struct shorthand *s, const struct kind *k,
        const char *const *value, const struct meants *m, bool *there)
{
	const char *column[COUNT(s->column) + 1];
	bool any = false;
	memcpy(column, s->column, sizeof s->column);
	column[COUNT(s->column)] = s->written;
	for (size_t i = 0; i < COUNT(column); i++) {
		const char *has = column[i] != NULL ? value_in(k, value, column[i]) : NULL;
		const uint64_t *place =
		        has != NULL ? texts_find(&m->place, meant_text(w, column[i], has)) : NULL;
		if (place != NULL)
			any = there[*place - 1] = true;
	}
	return any;
}

void shorthand_kept(struct work *w, const struct shorthand *s, struct shape *child,
        const char *text, const struct assignment *from)
{
	const char *near = NULL;
	struct fault none = { 0 };
	for (size_t i = 0; near == NULL && i < COUNT(s->column) && s->column[i] != NULL; i++) {
		const struct kind *k =
		        record_kind(w, kind_field(child->kind, s->column[i])->target, &none);
		near = k != NULL ? find_near(w, k, text) : NULL;
	}
	tell(w, TELL_WARNING, from->file, from->line, from->field,
	        "%s is no person, organisation or group; kept as written%s%s", quote(text),
	        near != NULL ? "; did you mean " : "", near != NULL ? near : "");
}

/* The child for one item: added, or marked anew (absent yesterday, present now). */
static bool write_meant(struct work *w, const struct shorthand *s, struct shape *child,
        const char *const *parts, const struct meant *m, const struct assignment *from,
        bool *changed, struct fault *f)
{
	struct assignment a[2] = { { .field = m->column,
		                           .op = '=',
		                           .text = m->value,
		                           .file = from->file,
		                           .line = from->line,
		                           .ref = true },
		{ .field = s->mark,
		        .op = '=',
		        .text = s->value,
		        .file = from->file,
		        .line = from->line } };
	struct writing g = { .nparent = child->kind->nparent,
		.parent = parts,
		.assignment = a,
		.n = s->mark != NULL ? 2 : 1,
		.mode = WRITE_EITHER,
		.file = from->file,
		.line = from->line };
	const char **key;
	enum written out = record_write(w, child, &g, &key, f);
	if (out == WRITTEN_FAULT)
		return false;
	*changed = *changed || out != WRITTEN_SAME;
	if (s->written == NULL || strcmp(m->column, s->written) != 0)
		return true;
	if (m->waits)
		pending_add(w, &(struct pending){ .shape = child,
		                       .partnership = w->partnership,
		                       .parts = key,
		                       .text = m->text,
		                       .file = from->file,
		                       .line = from->line,
		                       .leads = s });
	else
		shorthand_kept(w, s, child, m->text, from);
	return true;
}

/* Rows that are there and are not meant (=), or are meant to go (-), are removed; there: which are. */
static bool remove_meant(struct work *w, const struct shorthand *sh, struct shape *child,
        const char *const *parts, char op, const struct meants *m, bool *there, bool *changed,
        struct fault *f)
{
	const struct kind *k = child->kind;
	size_t n;
	const char ***old = children_keys(w, child, k->nparent, parts, &n, f);
	if (old == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char **value = row_read(w, child, old[i], f);
		if (value == NULL)
			return false;
		if (sh->mark != NULL && !str_equal(value_in(k, value, sh->mark), sh->value))
			continue;
		bool named = row_meant(w, sh, k, value, m, there);
		if (op == '+' || named != (op == '-'))
			continue;
		if (!record_remove(w, k->name, ref_join(w, k->nkey, old[i]), true, f))
			return false;
		*changed = true;
	}
	return true;
}

bool shorthand_write(struct work *w, struct shape *s, const char *const *parts,
        const struct shorthand *sh, const struct assignment *a, bool *changed, struct fault *f)
{
	struct shape *child = shape_named(w, sh->child, f);
	struct meants m = { 0 };
	const char *day;
	bool ok = child != NULL && group_day(w, sh, s, parts, &day, f) &&
	          read_meants(w, sh, child, a, day, &m, f);
	bool *there = arena_alloc(w->arena, m.n + 1);
	ok = ok && remove_meant(w, sh, child, parts, a->op, &m, there, changed, f);
	for (size_t j = 0; ok && a->op != '-' && j < m.n; j++)
		ok = there[j] || write_meant(w, sh, child, parts, &m.one[j], a, changed, f);
	texts_free(&m.place);
	return ok;
}
