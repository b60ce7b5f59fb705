/* SPDX-License-Identifier: MIT */
/* Loading documents: records of any kinds, in any order, one at a time. */
#include "record/load.h"

/* ---------- what is refused ---------- */

enum { REFUSALS_MOST = 100 };

bool refusals_add(struct refusals *r, const struct fault *why, struct fault *f)
{
	struct work *w = r->work;
	/* Only what is wrong with the record itself lets the load go on. */
	if (why->status != STATUS_DATA && why->status != STATUS_NORECORD &&
	        why->status != STATUS_FOUND && why->status != STATUS_USAGE) {
		*f = *why;
		return false;
	}
	if (r->n++ == 0) {
		r->first = *why;
		/* A kind or field that is none is wrong usage at the prompt, and bad data in a file. */
		if (r->first.status == STATUS_USAGE)
			r->first.status = STATUS_DATA;
	}
	if (w->tell == NULL)
		return true;
	if (!r->keep_going && r->n == 2)
		w->tell(w->told, TELL_REFUSED, &r->first);
	if (r->keep_going || r->n > 1)
		w->tell(w->told, TELL_REFUSED, why);
	if (!r->keep_going && r->n == REFUSALS_MOST)
		return refusals_end(r, f);
	return true;
}

bool refusals_end(struct refusals *r, struct fault *f)
{
	if (r->n == 0 || r->keep_going)
		return true;
	if (r->n == 1 || r->work->tell == NULL) {
		*f = r->first;
		return false;
	}
	fault_place(f, r->file, 0, NULL);
	return fault_set(f, STATUS_DATA,
	        "%zu records refused, so nothing was kept; mend them all, or "
	        "use --keep-going",
	        r->n);
}

/* ---------- what a partnership has, for --replace ---------- */

struct loading {
	struct work *w;
	const struct load_options *o;
	struct load_counts *counts;
	struct refusals refusals;
	const char *file;
	const char *chosen; /* the partnership of documents that do not say theirs */
	size_t document;
	bool whose;                /* this document has said it */
	bool table;                /* the item stands in a list without a kind's name */
	struct load_counts before; /* the counts as this document began */
	const char *edited;        /* still to come; see load_options */

	/* Going on over what is refused: items that name what is not there yet, tried again at the end,
	 * each in the arena it was read into. */
	struct aside *aside;
	size_t naside, cap_aside;
};
struct aside {
	struct arena *arena;
	struct item item;
	bool table;
	const char *partnership;
	struct fault why;
};

/* Takes out of the partnership what the document did not have. */
static bool sweep_kind(struct loading *l, struct shape *s, struct fault *f)
{
	struct work *w = l->w;
	size_t n;
	const char ***key = children_keys(w, s, 0, NULL, &n, f);
	if (key == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (seen_has(w, s, key[i]))
			continue;
		if (!row_remove(w, s, key[i], f))
			return false;
		l->counts->removed++;
	}
	return true;
}

static bool sweep(struct loading *l, struct fault *f)
{
	struct work *w = l->w;
	if (!l->o->replace || !l->whose || l->refusals.n > 0)
		return true;
	const char *const *kinds = store_kinds(w->store, f);
	if (kinds == NULL)
		return false;
	for (size_t i = 0; kinds[i] != NULL; i++) {
		const struct kind *k = record_kind(w, kinds[i], f);
		if (k == NULL)
			return false;
		if (!k->local || kind_is_private(k))
			continue;
		struct shape *s = shape_of(w, k, f);
		if (s == NULL || !sweep_kind(l, s, f))
			return false;
	}
	struct load_counts n = { .added = l->counts->added - l->before.added,
		.changed = l->counts->changed - l->before.changed,
		.same = l->counts->same - l->before.same,
		.removed = l->counts->removed - l->before.removed };
	if (l->o->replaced != NULL)
		l->o->replaced(l->o->replaced_for, w->partnership, &n);
	return true;
}

/* ---------- items ---------- */

static void count(struct loading *l, enum written out)
{
	l->counts->added += out == WRITTEN_ADDED;
	l->counts->changed += out == WRITTEN_CHANGED;
	l->counts->same += out == WRITTEN_SAME;
}

static bool write_node(struct loading *l, struct shape *s, const struct node *node,
        const char ***made, struct fault *f)
{
	size_t n;
	struct assignment *a = node_assignments(l->w, node, l->file, &n, f);
	if (a == NULL)
		return false;
	struct writing g = { .assignment = a,
		.n = n,
		.mode = WRITE_EITHER,
		.whole = l->o->replace && s->kind->local,
		.file = l->file,
		.line = node->line };
	const char *parts[KEY_MOST];
	if (l->edited != NULL && str_equal(s->kind->name, l->o->kind)) {
		if (!ref_split(l->w, s->kind, l->edited, parts, f))
			return false;
		l->edited = NULL;
		g.mode = WRITE_SET;
		g.parent = parts;
		g.nparent = s->kind->nkey;
	}
	enum written out = record_write(l->w, s, &g, made, f);
	if (out == WRITTEN_FAULT)
		return false;
	count(l, out);
	return true;
}

/* The partnership the document is about: its ref alone, or its record. */
static bool load_partnership(struct loading *l, const struct item *item, struct fault *f)
{
	struct work *w = l->w;
	struct shape *s = shape_named(w, "partnership", f);
	const char *parts[KEY_MOST], **made = parts;
	if (s == NULL)
		return false;
	if (l->whose)
		return fault_set(f, STATUS_DATA,
		        "a document is about one partnership; begin another with a line ---");
	if (item->node->kind == NODE_TEXT) {
		if (!record_find(w, s->kind, item->node->text, parts, f))
			return false;
		l->counts->same++;
	} else if (!write_node(l, s, item->node, &made, f)) {
		return false;
	}
	if (!str_equal(w->partnership, made[0])) {
		w->partnership = arena_strdup(work_state(w)->keep, made[0]);
		w->calendar = NULL;
	}
	l->whose = true;
	return true;
}

/* The last number given out for a prefix, so that what was removed is not named again. */
static bool load_counter(struct loading *l, const struct item *item, struct fault *f)
{
	const struct node *node = item->node;
	const char *kind = node_text(node, "kind"), *prefix = node_text(node, "prefix");
	const char *last = node_text(node, "last");
	int64_t number;
	if (node->kind != NODE_MAP || kind == NULL || last == NULL || node->n > 3)
		return fault_set(
		        f, STATUS_DATA, "a counter has kind, prefix and last; write those");
	const struct kind *k = record_kind(l->w, kind, f);
	if (k == NULL || !number_parse(last, 0, STORE_NUMBER_MOST, &number, f))
		return false;
	struct query *q = record_query(l->w, SQL_COUNT_UP, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, k->local && l->w->partnership != NULL ? l->w->partnership : "");
	query_bind_text(q, 2, k->name);
	query_bind_text(q, 3, prefix != NULL ? prefix : "");
	query_bind_int(q, 4, number);
	return query_run(q, f);
}

static bool load_item(struct loading *l, const struct item *item, struct fault *f)
{
	const char **made;
	if (item->node->kind == NODE_NULL)
		return true;
	if (strcmp(item->key, "partnership") == 0 && !l->table)
		return load_partnership(l, item, f);
	if (strcmp(item->key, "counters") == 0)
		return load_counter(l, item, f);
	struct shape *s = shape_named(l->w, item->key, f);
	if (s != NULL && s->kind->local && l->o->replace && !l->whose)
		return fault_set(f, STATUS_DATA,
		        "a document to replace a partnership by begins with 'partnership:'");
	return s != NULL && write_node(l, s, item->node, &made, f);
}

/* One try at an item. False, with it undone: refused for *why, or *waits. */
static bool try_item(struct loading *l, const struct item *item, bool *waits, struct fault *why)
{
	struct work *w = l->w;
	struct record_mark mark;
	*waits = false;
	if (!l->o->keep_going)
		return load_item(l, item, why);
	struct load_counts before = *l->counts;
	if (!record_mark(w, &mark, why))
		return false;
	if (load_item(l, item, why) && record_stands(w, &mark, waits, why)) {
		/* What follows belongs to the partnership, which therefore stays, and waits on its own. */
		if (str_equal(item->key, "partnership"))
			*waits = false;
		if (!*waits)
			return record_release(w, &mark, why);
	}
	record_revert(w, &mark);
	*l->counts = before;
	return false;
}

static bool refuse_item(
        struct loading *l, const struct item *item, struct fault *why, struct fault *f)
{
	fault_place(why, l->file, item->node->line != 0 ? item->node->line : item->line, NULL);
	l->counts->refused++;
	return refusals_add(&l->refusals, why, f);
}

/* One record with what belongs to it, taken whole, refused or put aside with the arena it is in. */
static bool take_item(struct loading *l, struct item *item, struct arena **passing, struct fault *f)
{
	struct fault why = { 0 };
	bool waits = false;
	l->table = item->key == NULL;
	if (l->table)
		item->key = l->o->kind;
	l->counts->read += !str_equal(item->key, "counters");
	if (item->key == NULL) {
		fault_set(&why, STATUS_DATA,
		        "a list does not say what its records are; write KIND: above it");
		return refuse_item(l, item, &why, f);
	}
	if (try_item(l, item, &waits, &why))
		return true;
	if (!waits)
		return refuse_item(l, item, &why, f);
	l->aside = mem_grow(l->aside, &l->cap_aside, l->naside + 1, sizeof *l->aside);
	l->aside[l->naside++] =
	        (struct aside){ *passing, *item, l->table, l->w->partnership, { 0 } };
	*passing = l->w->arena = arena_new();
	return true;
}

/* Those put aside, as long as one of them makes another possible; the rest are refused. */
static bool take_aside(struct loading *l, struct fault *f)
{
	struct work *w = l->w;
	const char *partnership = w->partnership;
	struct arena *arena = w->arena;
	size_t before = 0;
	bool ok = true, waits;
	record_defer_no_more(w);
	for (size_t left = l->naside; left > 0 && left != before;) {
		before = left;
		left = 0;
		for (size_t i = 0; i < l->naside; i++) {
			struct aside *a = &l->aside[i];
			if (a->arena == NULL)
				continue;
			a->why = (struct fault){ 0 };
			w->partnership = a->partnership;
			w->arena = a->arena;
			l->table = a->table;
			if (!try_item(l, &a->item, &waits, &a->why)) {
				left++;
				continue;
			}
			arena_free(a->arena);
			a->arena = NULL;
		}
	}
	w->partnership = partnership;
	w->arena = arena;
	for (size_t i = 0; i < l->naside; i++) {
		struct aside *a = &l->aside[i];
		if (a->arena == NULL)
			continue;
		ok = ok && refuse_item(l, &a->item, &a->why, f);
		arena_free(a->arena);
	}
	mem_free(l->aside);
	record_defer(w);
	return ok;
}

static bool next_document(struct loading *l, size_t document, struct fault *f)
{
	if (document == l->document)
		return true;
	if (!sweep(l, f))
		return false;
	l->document = document;
	l->before = *l->counts;
	l->whose = false;
	l->w->partnership = l->chosen;
	return true;
}

static bool load_documents(struct loading *l, struct input *in, struct fault *f)
{
	struct work *w = l->w;
	struct arena *whole = w->arena, *passing = arena_new();
	struct item item;
	enum step step;
	bool ok = true;
	w->arena = passing;
	while (ok && (step = items_next(in, passing, &item, f)) != STEP_END) {
		ok = step == STEP_ROW && next_document(l, item.document, f) &&
		     take_item(l, &item, &passing, f) && store_part(w->store, f);
		arena_reset(passing);
		if (w->progress != NULL && l->counts->read % 1024 == 0)
			w->progress(w->told, input_done(in), input_size(in), l->counts->read);
	}
	ok = take_aside(l, f) && ok;
	ok = ok && sweep(l, f) && refusals_end(&l->refusals, f);
	w->arena = whole;
	arena_free(passing);
	return ok;
}

bool record_load(struct work *w, struct input *in, const struct load_options *o,
        struct load_counts *counts, struct fault *f)
{
	struct load_counts none = { 0 };
	struct loading l = { .w = w,
		.o = o,
		.counts = counts != NULL ? counts : &none,
		.file = input_name(in),
		.edited = o->edited,
		.chosen = w->partnership };
	l.refusals = (struct refusals){ .work = w, .file = l.file, .keep_going = o->keep_going };
	record_defer(w);
	if (input_format(in) != INPUT_YAML)
		return load_rows(w, in, o, l.counts, f);
	if (o->explain)
		return fault_set(f, STATUS_USAGE,
		        "a document names its fields itself; --explain is for tables");
	if (o->replace)
		seen_start(w);
	bool ok = load_documents(&l, in, f);
	seen_stop(w);
	w->partnership = l.chosen;
	if (!ok)
		fault_place(f, l.file, 0, NULL);
	return ok;
}
