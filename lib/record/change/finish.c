/* SPDX-License-Identifier: MIT */
/* The end of a change: references that waited, and the rules over several rows. */
#include <stdlib.h>

#include "record/private.h"

void record_defer(struct work *w)
{
	work_state(w)->deferring = true;
}

void record_defer_no_more(struct work *w)
{
	work_state(w)->deferring = false;
}

/* ---------- references that waited ---------- */

/* Sets a field of a record by its key, as record_set would. */
static bool settle_field(struct work *w, const struct pending *p, const struct assignment *a,
        size_t n, struct fault *f)
{
	const char **made;
	struct writing g = { .nparent = p->shape->kind->nkey,
		.parent = p->parts,
		.assignment = a,
		.n = n,
		.mode = WRITE_SET,
		.file = p->file,
		.line = p->line };
	return record_write(w, p->shape, &g, &made, f) != WRITTEN_FAULT;
}

static bool settle_reference(struct work *w, struct pending *p, struct fault *f)
{
	const struct kind *k = p->shape->kind;
	struct assignment a = { .field = p->field->name,
		.op = '=',
		.text = p->text,
		.file = p->file,
		.line = p->line };
	const char **made;
	struct writing g = { .nparent = k->nkey,
		.parent = p->parts,
		.assignment = &a,
		.n = 1,
		.mode = WRITE_SET,
		.alone = !p->aside,
		.file = p->file,
		.line = p->line };
	if (record_write(w, p->shape, &g, &made, f) == WRITTEN_FAULT)
		return false;
	/* Where the key itself waited, what else waits for this record follows it. */
	struct record_state *s = work_state(w);
	bool moved = false;
	for (size_t part = 0; part < k->nkey; part++)
		moved = moved || strcmp(made[part], p->parts[part]) != 0;
	if (!moved)
		return true;
	for (size_t i = 0; i < s->npending; i++) {
		struct pending *q = &s->pending[i];
		bool same =
		        q != p && q->shape == p->shape && str_equal(q->partnership, p->partnership);
		for (size_t part = 0; same && part < k->nkey; part++)
			same = strcmp(q->parts[part], p->parts[part]) == 0;
		if (same)
			q->parts = texts_copy(s->keep, k->nkey, made);
	}
	return true;
}

static bool settle_item(struct work *w, const struct pending *p, struct fault *f)
{
	const struct list_shape *l = store_list(w->store, p->field->table, f);
	struct assignment a = { .field = p->field->name, .op = '+', .text = p->text };
	struct node one = { .kind = NODE_TEXT, .text = p->text, .line = p->line };
	struct node *items[] = { &one };
	struct node list = { .kind = NODE_LIST, .n = 1, .item = items, .line = p->line };
	struct list_edit e;
	a.node = &list;
	a.file = p->file;
	a.line = p->line;
	if (l == NULL || !list_read(w, p->shape, &a, p->field, &e, f))
		return false;
	bool same = true, changed = false;
	for (size_t i = 0; i < l->nitem; i++)
		same = same && strcmp(e.item[0][i], p->item[i]) == 0;
	if (same)
		return true;
	return list_item(w, p->shape->kind, p->field, p->parts, p->item, false, f) &&
	       list_write(w, p->shape, p->parts, &e, true, &changed, f);
}

/* A lead kept as written, who may have been loaded since. */
static bool settle_lead(struct work *w, const struct pending *p, struct fault *f)
{
	const struct shorthand *s = p->leads;
	const struct kind *kind[4];
	const char *parts[KEY_MOST];
	size_t n = 0, which;
	for (; n < COUNT(s->column) && s->column[n] != NULL; n++) {
		kind[n] = record_kind(w, kind_field(p->shape->kind, s->column[n])->target, f);
		if (kind[n] == NULL)
			return false;
	}
	switch (find_among(w, kind, n, p->text, &which, parts, f)) {
	case FOUND_FAULT:
		return false;
	case FOUND_NONE:
		shorthand_kept(w, s, p->shape, p->text,
		        &(struct assignment){ .field = s->name, .file = p->file, .line = p->line });
		return true;
	case FOUND_ONE:
		break;
	}
	struct assignment a[] = {
		{ .field = s->column[which], .op = '=', .text = parts[0], .ref = true },
		{ .field = s->written, .op = '=' }
	};
	return settle_field(w, p, a, COUNT(a), f);
}

static bool settle(struct work *w, struct pending *p, struct fault *f)
{
	bool ok;
	if (p->leads != NULL)
		ok = settle_lead(w, p, f);
	else if (p->item != NULL)
		ok = settle_item(w, p, f);
	else
		ok = settle_reference(w, p, f);
	if (!ok)
		fault_place(
		        f, p->file, p->line, p->leads != NULL ? p->leads->name : p->field->name);
	return ok;
}

struct settling {
	size_t bad;
	struct fault first;
};

/* All that find nothing are told; the last word is a count where there are several. */
static bool settle_one(struct work *w, struct pending *p, struct settling *all, struct fault *f)
{
	struct fault own = { 0 };
	w->partnership = p->partnership;
	if (settle(w, p, &own))
		return true;
	if (own.status != STATUS_DATA) {
		*f = own;
		return false;
	}
	if (all->bad++ == 0)
		all->first = own;
	else if (all->bad == 2 && w->tell != NULL)
		w->tell(w->told, TELL_REFUSED, &all->first);
	if (all->bad > 1 && w->tell != NULL)
		w->tell(w->told, TELL_REFUSED, &own);
	return true;
}

/* Keys first: what refers to a record finds it by its key. */
static bool settle_all(struct work *w, struct fault *f)
{
	struct record_state *s = work_state(w);
	const char *partnership = w->partnership;
	struct settling all = { 0 };
	struct arena *whole = w->arena, *passing = arena_new();
	bool ok = true;
	w->arena = passing;
	for (int late = 0; late < 2; late++)
		for (size_t i = 0; ok && i < s->npending; i++) {
			struct pending *p = &s->pending[i];
			bool own = p->field != NULL && p->field->ncolumn > 0 &&
			           key_part(p->shape->kind, p->field->column[0]) <
			                   p->shape->kind->nkey;
			if (own != (late == 1))
				ok = settle_one(w, p, &all, f);
			arena_reset(passing);
		}
	w->arena = whole;
	arena_free(passing);
	w->partnership = partnership;
	if (!ok || all.bad == 0)
		return ok;
	if (all.bad == 1 || w->tell == NULL) {
		*f = all.first;
		return false;
	}
	return fault_set(f, STATUS_DATA, "%zu references find nothing; nothing was kept", all.bad);
}

/* ---------- rules over several rows ---------- */

static bool excused(const struct at_least *rule, const char *word)
{
	for (size_t i = 0; word != NULL && i < COUNT(rule->words); i++)
		if (str_equal(rule->words[i], word))
			return true;
	return false;
}

static bool check_least(struct work *w, const struct touched *t, const struct at_least *rule,
        const char *const *value, struct fault *f)
{
	const struct kind *k = t->shape->kind;
	const struct field *unless = kind_field(k, rule->unless);
	const struct field *list = kind_field(k, rule->list);
	size_t n;
	if (unless == NULL || list == NULL || excused(rule, value[unless->column[0]]))
		return true;
	if (list_items(w, t->shape, t->parts, list, &n, f) == NULL)
		return false;
	if (n > 0)
		return true;
	fault_place(f, t->file, t->line, rule->list);
	return fault_set(f, STATUS_DATA, "%s: %s", ref_join(w, k->nkey, t->parts), rule->sentence);
}

static bool check_same(struct work *w, const struct touched *t, const struct sameness *rule,
        const char *const *value, struct fault *f)
{
	const struct kind *k = t->shape->kind;
	const struct field *field = kind_field(k, rule->field);
	const struct field *unless = kind_field(k, rule->unless);
	const char *parts[KEY_MOST];
	if (field == NULL || value[field->column[0]] == NULL ||
	        (unless != NULL && value[unless->column[0]] != NULL))
		return true;
	struct buf b = { 0 };
	sql_keys(&b, k);
	buf_adds(&b, " WHERE ");
	sql_key(&b, k, NULL, 0);
	buf_adds(&b, k->local ? " AND fold(" : "fold(");
	sql_name(&b, field->name);
	buf_adds(&b, ") = fold(?)");
	if (unless != NULL) {
		buf_adds(&b, " AND ");
		sql_name(&b, unless->name);
		buf_adds(&b, " IS NULL");
	}
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	query_bind_text(q, bind_key(w, q, k, NULL, 0, 1), value[field->column[0]]);
	int rc;
	bool same = false;
	while (!same && (rc = query_step(q, f)) == 1) {
		for (size_t i = 0; i < k->nkey; i++) {
			parts[i] = arena_strdup(w->arena, query_text(q, (int)i));
			same = same || strcmp(parts[i], t->parts[i]) != 0;
		}
	}
	query_done(q);
	if (!same)
		return f->status == STATUS_OK;
	fault_place(f, t->file, t->line, rule->field);
	return fault_set(f, STATUS_DATA, "%s is that of %s too; choose another",
	        quote(value[field->column[0]]), record_called(w, k, parts));
}

static bool check_touched(struct work *w, size_t from, struct fault *f)
{
	struct record_state *s = work_state(w);
	const char *partnership = w->partnership;
	struct arena *whole = w->arena, *passing = arena_new();
	bool ok = true;
	w->arena = passing;
	for (size_t i = from; ok && i < s->ntouched; i++, arena_reset(passing)) {
		const struct touched *t = &s->touched[i];
		w->partnership = t->partnership;
		const char **value = row_read(w, t->shape, t->parts, f);
		if (value == NULL) {
			ok = f->status == STATUS_OK; /* removed or renamed since */
			continue;
		}
		const struct at_least *least = at_least_of(t->shape->kind);
		const struct sameness *same = sameness_of(t->shape->kind);
		ok = (least == NULL || check_least(w, t, least, value, f)) &&
		     (same == NULL || check_same(w, t, same, value, f));
	}
	w->arena = whole;
	arena_free(passing);
	w->partnership = partnership;
	return ok;
}

/* ---------- what is kept and looks wrong ---------- */

enum { ADVICE_MOST = 10 };

/* What was written, by what a view calls it. */
struct advised {
	const char *key;
	const struct touched *touched;
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct advised *)a)->key, ((const struct advised *)b)->key);
}

static const char *advised_key(
        struct work *w, const struct kind *k, const char *partnership, const char *ref)
{
	return arena_printf(
	        w->arena, "%s %s", k->local && partnership != NULL ? partnership : "", ref);
}

/* The records of a kind that were written, sorted. */
static struct advised *advised_of(struct work *w, const struct kind *k, size_t *n)
{
	struct record_state *s = work_state(w);
	struct advised *all = arena_alloc(w->arena, (s->ntouched + 1) * sizeof *all);
	*n = 0;
	for (size_t i = 0; i < s->ntouched; i++) {
		const struct touched *t = &s->touched[i];
		if (t->shape->kind == k)
			all[(*n)++] = (struct advised){
				advised_key(w, k, t->partnership, ref_join(w, k->nkey, t->parts)), t
			};
	}
	if (*n > 1)
		qsort(all, *n, sizeof *all, by_key);
	return all;
}

/* The faults of one view in what was written, a line each. */
static bool advise_by(struct work *w, const struct kind *k, const char *view,
        const struct advised *all, size_t n, size_t *told, struct fault *f)
{
	struct buf b = { 0 };
	buf_addf(&b, "SELECT DISTINCT %s, ref, fault, remedy FROM ",
	        k->local ? "partnership" : "NULL");
	sql_name(&b, view);
	struct query *q = store_keep(w->store, buf_text(&b), f);
	buf_free(&b);
	if (q == NULL)
		return false;
	struct arena *whole = w->arena;
	int rc;
	w->arena = arena_new();
	for (; (rc = query_step(q, f)) == 1; arena_reset(w->arena)) {
		struct advised one = { advised_key(w, k, query_text(q, 0), query_text(q, 1)),
			NULL };
		const struct advised *is = bsearch(&one, all, n, sizeof *all, by_key);
		if (is != NULL && (*told)++ < ADVICE_MOST)
			tell(w, TELL_WARNING, is->touched->file, is->touched->line,
			        query_text(q, 1), "%s; %s", query_text(q, 2), query_text(q, 3));
	}
	arena_free(w->arena);
	w->arena = whole;
	query_done(q);
	return rc == 0;
}

/* Each kind of which faults are told asks its views, for all its records at once. */
static bool advise(struct work *w, struct fault *f)
{
	enum { KINDS_MOST = 8 }; /* more than have views */
	struct record_state *s = work_state(w);
	const struct kind *asked[KINDS_MOST];
	size_t nasked = 0, told = 0;
	for (size_t i = 0; i < s->ntouched && nasked < COUNT(asked); i++) {
		const struct kind *k = s->touched[i].shape->kind;
		const char *view;
		bool done = advice_at(k, 0) == NULL;
		for (size_t j = 0; j < nasked; j++)
			done = done || asked[j] == k;
		if (done)
			continue;
		asked[nasked++] = k;
		size_t n;
		const struct advised *all = advised_of(w, k, &n);
		for (size_t v = 0; (view = advice_at(k, v)) != NULL; v++)
			if (!advise_by(w, k, view, all, n, &told, f))
				return false;
	}
	if (told > ADVICE_MOST)
		tell(w, TELL_WARNING, NULL, 0, NULL, "and %zu more; compact-check lists them",
		        told - ADVICE_MOST);
	return true;
}

bool record_stands(struct work *w, const struct record_mark *m, bool *waits, struct fault *f)
{
	struct record_state *s = work_state(w);
	*waits = s->npending > m->npending;
	if (*waits || !check_touched(w, m->ntouched, f))
		return *waits;
	s->ntouched = m->ntouched;
	return true;
}

bool record_finish(struct work *w, struct fault *f)
{
	struct record_state *s = work_state(w);
	s->deferring = false;
	bool ok = settle_all(w, f) && check_touched(w, 0, f) && advise(w, f);
	s->npending = s->ntouched = 0;
	/* Another command may change names before the next change of this one. */
	for (struct shape *p = s->shapes; p != NULL; p = p->next)
		names_drop(p);
	return ok;
}
