/* SPDX-License-Identifier: MIT */
/* Erasing a person for good: the record becomes a number, and what it was called goes from every text
 * and from the journal. */
#include <inttypes.h>

#include "record/private.h"

struct erasing {
	struct work *w;
	struct shape *shape;
	const char **parts;
	const char *as;    /* erased-1 */
	const char **word; /* what is taken out of texts */
	bool *exact;       /* a ref: in its own case only */
	size_t n, cap, cap_exact;
	void (*found)(void *, const char *kind, const char *ref, const char *field);
	void *told;
};

static bool has_word(const struct erasing *e, const char *text)
{
	for (size_t i = 0; i < e->n; i++)
		if (text_distance(text, e->word[i], 0) == 0)
			return true;
	return false;
}

/* Whether a text is one of the words and no more, however a telephone number in it is set. */
static bool is_one(const struct erasing *e, const char *text)
{
	size_t n;
	for (size_t i = 0; i < e->n; i++)
		if (text_find(text, 0, e->word[i], false, &n) == 0 && text[n] == '\0')
			return true;
	return has_word(e, text);
}

static void add_word(struct erasing *e, const char *text, bool exact)
{
	if (str_empty(text) || has_word(e, text))
		return;
	e->word = state_grow(e->w, e->word, &e->cap, e->n + 1, sizeof *e->word);
	e->exact = state_grow(e->w, e->exact, &e->cap_exact, e->n + 1, sizeof *e->exact);
	e->exact[e->n] = exact;
	e->word[e->n++] = arena_strdup(work_state(e->w)->keep, text);
}

/* What says who a record of the kind is. */
static bool tells_who_it_is(const struct erasing *e, const struct field *field)
{
	const struct kind *k = e->shape->kind;
	return field->form == FIELD_PLAIN &&
	       (field->personal || str_equal(field->name, k->name_column));
}

static bool gather_words(struct erasing *e, const char *const *value, struct fault *f)
{
	const struct kind *k = e->shape->kind;
	add_word(e, e->parts[0], true);
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (tells_who_it_is(e, field))
			add_word(e, value[field->column[0]], false);
		if (field->form != FIELD_LIST || field->target != NULL)
			continue;
		size_t n;
		const char **item = list_items(e->w, e->shape, e->parts, field, &n, f);
		if (item == NULL)
			return false;
		for (size_t j = 0; j < n; j++)
			add_word(e, item[j], false);
	}
	return true;
}

/* ---------- what it was called before ---------- */

struct former {
	struct erasing *e;
	struct fault *fault;
};

/* Whether another of the kind bears this now: it may have been written to the wrong record first. */
static bool is_anothers_now(
        struct erasing *e, const struct field *field, const char *text, bool *is, struct fault *f)
{
	const struct kind *k = e->shape->kind;
	struct buf b = { 0 };
	buf_adds(&b, "SELECT 1 FROM ");
	sql_name(&b, k->name);
	buf_adds(&b, " WHERE fold(");
	sql_name(&b, k->column[field->column[0]].name);
	buf_adds(&b, ") = fold(?) AND ref <> ?");
	buf_adds(&b, k->local ? " AND \"partnership\" = ?" : "");
	struct query *q = store_keep(e->w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, text);
	query_bind_text(q, 2, e->parts[0]);
	if (k->local)
		query_bind_text(q, 3, e->w->partnership);
	return query_any(q, is, f);
}

static bool take_former(void *former, const struct change_line *l)
{
	struct former *to = former;
	struct erasing *e = to->e;
	const struct kind *k = e->shape->kind;
	const struct field *field =
	        l->field != NULL && str_equal(l->kind, k->name) ? kind_field(k, l->field) : NULL;
	bool ref = field != NULL && field->form == FIELD_PLAIN &&
	           key_part(k, field->column[0]) < k->nkey;
	if (field == NULL || (!ref && !tells_who_it_is(e, field)))
		return true;
	const char *text[] = { l->before, l->after };
	for (size_t i = 0; i < COUNT(text); i++) {
		bool anothers = false;
		if (str_empty(text[i]) || has_word(e, text[i]))
			continue;
		if (!is_anothers_now(e, field, text[i], &anothers, to->fault))
			return false;
		if (!anothers)
			add_word(e, text[i], ref);
	}
	return true;
}

/* Former names, refs and addresses, as the journal has them. */
static bool gather_former(struct erasing *e, struct fault *f)
{
	struct former to = { e, f };
	struct history_filter filter = {
		.partnership = e->w->partnership, .kind = e->shape->kind->name, .key = e->parts[0]
	};
	return store_history(e->w->store, &filter, take_former, &to, f) && f->status == STATUS_OK;
}

/* ---------- texts ---------- */

/* The next of the words in a text: where, how long; the longest of those that begin there. -1: none. */
static long next_word(const struct erasing *e, const char *text, size_t from, size_t *n)
{
	long first = -1;
	for (size_t i = 0; i < e->n; i++) {
		size_t length;
		long at = text_find(text, from, e->word[i], e->exact[i], &length);
		if (at < 0 || (first >= 0 && (at > first || (at == first && length <= *n))))
			continue;
		first = at;
		*n = length;
	}
	return first;
}

/* The text without the words; NULL where none stands in it. */
static const char *without(const struct erasing *e, const char *text)
{
	struct buf b = { 0 };
	size_t from = 0, n = 0;
	for (long at; (at = next_word(e, text, from, &n)) >= 0; from = (size_t)at + n) {
		buf_add(&b, text + from, (size_t)at - from);
		buf_adds(&b, e->as);
	}
	buf_adds(&b, from > 0 ? text + from : "");
	const char *out = from > 0 ? arena_strdup(e->w->arena, buf_text(&b)) : NULL;
	buf_free(&b);
	return out;
}

static bool is_text(const struct kind *k, size_t i)
{
	enum type t = k->column[i].type;
	return k->column[i].key == 0 && k->column[i].words == NULL &&
	       (t == TYPE_TEXT || t == TYPE_MARKDOWN || t == TYPE_PERSONAL || t == TYPE_EMAIL);
}

/* UPDATE table SET column = ? WHERE its row. */
static bool put_text(struct erasing *e, const char *table, const char *column,
        const char *const *key, const char *const *part, size_t n, const char *old,
        const char *text, struct fault *f)
{
	struct buf b = { 0 };
	buf_adds(&b, "UPDATE OR REPLACE ");
	sql_name(&b, table);
	buf_adds(&b, " SET ");
	sql_name(&b, column);
	buf_adds(&b, " = ? WHERE ");
	for (size_t i = 0; i < n; i++) {
		sql_name(&b, key[i]);
		buf_adds(&b, " IS ? AND ");
	}
	sql_name(&b, column);
	buf_adds(&b, " = ?");
	struct query *q = store_keep(e->w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, text);
	for (size_t i = 0; i < n; i++)
		query_bind_text(q, (int)i + 2, part[i]);
	query_bind_text(q, (int)n + 2, old);
	return query_run(q, f);
}

/* Terms once adopted are frozen, but not against the law: they are a draft while a name is taken out. */
static bool put_frozen(
        struct erasing *e, const char *const *part, const char *text, struct fault *f)
{
	struct query *q = record_query(e->w, SQL_TERMS_STATUS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, part[0]);
	query_bind_text(q, 2, part[1]);
	const char *status =
	        query_step(q, f) == 1 ? arena_strdup(e->w->arena, query_text(q, 0)) : NULL;
	query_done(q);
	q = status != NULL ? record_query(e->w, SQL_TERMS_TEXT, f) : NULL;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, part[0]);
	query_bind_text(q, 2, part[1]);
	query_bind_text(q, 3, text);
	q = query_run(q, f) ? record_query(e->w, SQL_TERMS_BACK, f) : NULL;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, part[0]);
	query_bind_text(q, 2, part[1]);
	query_bind_text(q, 3, status);
	return query_run(q, f);
}

struct hit {
	const char *part[KEY_MOST + 1], *old, *text;
};

/* One column of one table: what is to be replaced is gathered first, then written. */
static bool clean_column(struct erasing *e, const char *table, const char *column,
        const char *const *key, size_t n, const char *kind, const char *field, bool local,
        bool address, struct fault *f)
{
	struct work *w = e->w;
	struct buf b = { 0 };
	buf_adds(&b, "SELECT ");
	for (size_t i = 0; i < n; i++) {
		sql_name(&b, key[i]);
		buf_adds(&b, ", ");
	}
	sql_name(&b, column);
	buf_adds(&b, " FROM ");
	sql_name(&b, table);
	buf_adds(&b, " WHERE ");
	sql_name(&b, column);
	buf_adds(&b, " IS NOT NULL");
	struct query *q = store_prepare(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	/* Another of the kind may bear the same name, or answer the same telephone; that is its own. */
	const struct field *own = strcmp(table, e->shape->kind->name) == 0
	                                  ? kind_field(e->shape->kind, column)
	                                  : NULL;
	bool keeps = own != NULL && tells_who_it_is(e, own);
	struct hit *hit = NULL;
	size_t nhit = 0, cap = 0;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		const char *old = query_text(q, (int)n), *text = without(e, old);
		if (text == NULL || (keeps && is_one(e, old)))
			continue;
		if (address) /* what is left would be no address */
			text = NULL;
		hit = state_grow(w, hit, &cap, nhit + 1, sizeof *hit);
		struct hit *h = &hit[nhit++];
		*h = (struct hit){ .old = arena_strdup(w->arena, old), .text = text };
		for (size_t i = 0; i < n && i < COUNT(h->part); i++)
			h->part[i] = arena_strdup(w->arena, query_text(q, (int)i));
	}
	query_done(q);
	for (size_t i = 0; rc == 0 && i < nhit; i++) {
		if (e->found != NULL)
			e->found(e->told, kind,
			        ref_join(w, n > local ? n - local : 1,
			                n > local ? hit[i].part + local : hit[i].part),
			        field);
		bool frozen = strcmp(table, "terms") == 0 && strcmp(column, "document") == 0;
		if (frozen ? !put_frozen(e, hit[i].part, hit[i].text, f)
		           : !put_text(e, table, column, key, hit[i].part, n, hit[i].old,
		                     hit[i].text, f))
			return false;
	}
	return rc == 0;
}

static bool clean_kind(struct erasing *e, const struct kind *k, struct fault *f)
{
	const char *key[KEY_MOST + 1];
	size_t n = 0;
	if (k->local)
		key[n++] = "partnership";
	for (size_t i = 0; i < k->nkey && n < COUNT(key); i++)
		key[n++] = k->column[k->key[i]].name;
	for (size_t i = 0; i < k->ncolumn; i++)
		if (is_text(k, i) &&
		        !clean_column(e, k->name, k->column[i].name, key, n, k->name,
		                k->column[i].name, k->local, k->column[i].type == TYPE_EMAIL, f))
			return false;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form != FIELD_LIST || field->target != NULL)
			continue;
		const struct list_shape *l = store_list(e->w->store, field->table, f);
		const char *owner[KEY_MOST + 1];
		size_t m = 0;
		if (l == NULL)
			return false;
		if (l->local)
			owner[m++] = "partnership";
		for (size_t j = 0; j < l->nowner && m < COUNT(owner); j++)
			owner[m++] = l->owner[j];
		if (!clean_column(e, field->table, l->item[0], owner, m, k->name, field->name,
		            l->local && l->nowner > 0, false, f))
			return false;
	}
	return true;
}

static bool clean_texts(struct erasing *e, struct fault *f)
{
	const char *const *kind = store_kinds(e->w->store, f);
	if (kind == NULL)
		return false;
	for (; *kind != NULL; kind++) {
		const struct kind *k = record_kind(e->w, *kind, f);
		if (k == NULL || !clean_kind(e, k, f))
			return false;
	}
	return true;
}

/* ---------- the record ---------- */

static bool pick_ref(struct erasing *e, struct fault *f)
{
	for (int64_t i = 1;; i++) {
		const char *parts[KEY_MOST] = { arena_printf(e->w->arena, "erased-%" PRId64, i) };
		bool found;
		if (!key_find(e->w, e->shape, parts, &found, f))
			return false;
		if (!found) {
			e->as = parts[0];
			return true;
		}
	}
}

/* What a person is greeted by says who it is as much as the name does. */
static bool tells_who(const struct kind *k, const struct field *field)
{
	return field->personal || (k->name_column != NULL && strcmp(field->name, "given") == 0) ||
	       strcmp(field->name, "salutation") == 0;
}

static bool blank_record(struct erasing *e, struct fault *f)
{
	const struct kind *k = e->shape->kind;
	struct assignment *a = arena_alloc(e->w->arena, (k->nfield + 2) * sizeof *a);
	size_t n = 0;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form == FIELD_LIST && field->target == NULL)
			a[n++] = (struct assignment){ .field = field->name, .op = '=' };
		if (field->form != FIELD_PLAIN)
			continue;
		const char *text = NULL;
		if (k->name_column != NULL && strcmp(field->name, k->name_column) == 0)
			text = e->as;
		else if (key_part(k, field->column[0]) < k->nkey)
			text = e->as;
		else if (!tells_who(k, field))
			continue;
		a[n++] = (struct assignment){ .field = field->name, .op = '=', .text = text };
	}
	/* What is changed here is told to nobody: it would be told with its old value. */
	void (*changed)(void *, const struct record_change *) = e->w->changed;
	e->w->changed = NULL;
	bool ok = record_set(e->w, k->name, e->parts[0], a, n, NULL, f);
	e->w->changed = changed;
	return ok;
}

/* Counters by which its refs would not be made again have them in their prefix. */
static bool forget_refs(struct erasing *e, struct fault *f)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->exact[i] && !ref_forget(e->w, e->shape, &e->word[i], f))
			return false;
	return true;
}

static bool erase(struct erasing *e, struct fault *f)
{
	struct work *w = e->w;
	int64_t *seq;
	size_t n;
	const char **value = row_read(w, e->shape, e->parts, f);
	if (value == NULL || !gather_words(e, value, f) || !gather_former(e, f) ||
	        !pick_ref(e, f) || !blank_record(e, f) || !forget_refs(e, f) ||
	        !clean_texts(e, f) || !store_forget(w->store, e->word, e->n, w->arena, &seq, &n, f))
		return false;
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%" PRId64, i > 0 ? ", " : "", seq[i]);
	if (n > 0)
		tell(w, TELL_NOTE, NULL, 0, NULL, "%s %s can no longer be undone",
		        n == 1 ? "change" : "changes", buf_text(&b));
	buf_free(&b);
	return record_finish(w, f);
}

bool record_erase(struct work *w, const char *kind, const char *ref, const struct change_info *info,
        bool dry, void (*found)(void *, const char *kind, const char *ref, const char *field),
        void *told, struct fault *f)
{
	const char *parts[KEY_MOST];
	struct erasing e = { .w = w, .parts = parts, .found = found, .told = told };
	e.shape = shape_named(w, kind, f);
	if (e.shape == NULL)
		return false;
	bool personal = false;
	for (size_t i = 0; i < e.shape->kind->nfield; i++)
		personal = personal || e.shape->kind->field[i].personal;
	if (!personal || !str_equal(e.shape->kind->name_column, "name") || !e.shape->folds ||
	        e.shape->kind->nkey != 1)
		return fault_set(f, STATUS_USAGE, "%s holds no personal data to erase", kind);
	if (!record_find(w, e.shape->kind, ref, parts, f)) {
		/* An erasure that was interrupted is finished by asking for it again. */
		struct fault none = { 0 };
		if (!dry && f->status == STATUS_NORECORD && store_vacuum(w->store, &none))
			fault_set(f, STATUS_NORECORD,
			        "no %s %s; if it was being erased, that is now complete", kind,
			        quote(ref));
		return false;
	}
	if (!store_begin(w->store, info, f))
		return false;
	int64_t seq;
	if (!erase(&e, f) ||
	        (!dry && !store_commit(
	                         w->store, arena_printf(w->arena, "%s %s", kind, e.as), &seq, f))) {
		store_rollback(w->store);
		return false;
	}
	if (dry) {
		store_rollback(w->store);
		return true;
	}
	return store_vacuum(w->store, f);
}
