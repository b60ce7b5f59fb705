/* SPDX-License-Identifier: MIT */
/* Adding and changing one record: its row, then its lists, then its children. */
#include <inttypes.h>

#include "record/draft.h"

bool assignment_parse(struct arena *a, const char *operand, struct assignment *out)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                           "0123456789_.:-";
	const char *equals = strchr(operand, '=');
	if (equals == NULL || equals == operand || strspn(operand, name + 52) > 0)
		return false;
	size_t n = (size_t)(equals - operand);
	char op = '=';
	if (n > 1 && (equals[-1] == '+' || equals[-1] == '-'))
		op = operand[--n];
	if (strspn(operand, name) < n)
		return false;
	*out = (struct assignment){
		.field = arena_strndup(a, operand, n), .op = op, .text = arena_strdup(a, equals + 1)
	};
	return true;
}

struct assignment *node_assignments(
        struct work *w, const struct node *node, const char *file, size_t *n, struct fault *f)
{
	*n = 0;
	if (node->kind != NODE_MAP) {
		fault_place(f, file, node->line, NULL);
		fault_set(f, STATUS_DATA,
		        "a record is wanted here; write its fields as FIELD: VALUE");
		return NULL;
	}
	struct assignment *a = arena_alloc(w->arena, (node->n + 2) * sizeof *a);
	for (size_t i = 0; i < node->n; i++) {
		size_t length = strlen(node->key[i]);
		bool adds = length > 1 && node->key[i][length - 1] == '+';
		a[(*n)++] = (struct assignment){
			.field = adds ? arena_strndup(w->arena, node->key[i], length - 1)
			              : node->key[i],
			.op = adds ? '+' : '=',
			.text = node->item[i]->kind == NODE_TEXT ? node->item[i]->text : NULL,
			.node = node->item[i],
			.file = file,
			.line = node->keyline[i],
		};
	}
	return a;
}

/* ---------- the key of what is written ---------- */

/* Reads "C1/2" into the key fields, as far as it goes; parts that are known already are passed over. */
static bool read_address(struct work *w, struct draft *d, const char *ref, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char *parts[16];
	size_t n;
	if (!key_split(w, k, ref, parts, &n, f))
		return false;
	/* "C1" for a step of C1, to be numbered; for other kinds half a key is a mistake. */
	if (n < k->nkey && (!k->numbered || n + 1 < k->nkey))
		return ref_split(w, k, ref, parts, f);
	for (size_t i = 0; i < n; i++) {
		const struct field *field = key_field(d->shape, i);
		size_t step = 1;
		while (field != NULL && i + step < n && key_field(d->shape, i + step) == field)
			step++;
		if (field == NULL)
			draft_put(d, k->key[i], parts[i], NULL);
		else if (!draft_read_key(w, d, field, ref_join(w, step, parts + i), f))
			return false;
		i += step - 1;
	}
	return true;
}

static bool next_number(struct work *w, struct shape *s, const char *const *parts, const char **out,
        struct fault *f)
{
	struct query *q = shape_query(w, s, SHAPE_NUMBER, f);
	if (q == NULL)
		return false;
	bind_key(w, q, s->kind, parts, s->kind->nkey - 1, 1);
	int rc = query_step(q, f);
	if (rc == 1)
		*out = arena_printf(w->arena, "%" PRId64, query_int(q, 0) + 1);
	query_done(q);
	return rc == 1;
}

static const char *value_named(const struct draft *d, const char *field)
{
	const struct field *found = field != NULL ? kind_field(d->shape->kind, field) : NULL;
	return found != NULL && found->ncolumn > 0 ? d->value[found->column[0]] : NULL;
}

/* The last key part, where that can be made. */
static bool make_last(struct work *w, struct draft *d, const char **parts, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct field *field = key_field(d->shape, k->nkey - 1);
	const struct field *prefix = prefix_field(k);
	size_t last = d->shape->last;
	bool ok = false;
	if (k->numbered) {
		ok = next_number(w, d->shape, parts, &parts[k->nkey - 1], f);
	} else if (k->nkey == 1 && strcmp(k->column[last].name, "ref") == 0 &&
	           strcmp(k->name, "partnership") != 0) {
		ok = ref_make(w, k, prefix != NULL ? d->value[prefix->column[0]] : NULL,
		        named_refs(k) ? value_named(d, "name") : NULL, &parts[0], f);
	} else {
		fault_place(f, NULL, 0, field != NULL ? field->name : k->column[last].name);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	if (ok)
		draft_put(d, last, parts[k->nkey - 1], NULL);
	return ok;
}

/* Collects the key from the draft; *whole: the last part was there. */
static bool take_key(
        struct work *w, struct draft *d, const char **parts, bool *whole, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->nkey; i++) {
		parts[i] = d->value[k->key[i]];
		if (parts[i] != NULL || i + 1 == k->nkey)
			continue;
		const struct field *field = key_field(d->shape, i);
		fault_place(f, NULL, 0, field != NULL ? field->name : k->column[k->key[i]].name);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	*whole = parts[k->nkey - 1] != NULL;
	return *whole || make_last(w, d, parts, f);
}

/* ---------- rows ---------- */

/* Fields without a value that need one, all of them at once. */
static bool check_required(struct work *w, const struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char *missing[64];
	size_t n = 0;
	for (size_t i = 0; i < k->nfield && n < COUNT(missing); i++) {
		const struct field *field = &k->field[i];
		for (size_t c = 0; c < field->ncolumn; c++)
			if (k->column[field->column[c]].not_null &&
			        d->value[field->column[c]] == NULL) {
				missing[n++] = field->name;
				break;
			}
	}
	(void)w;
	if (n == 0)
		return true;
	if (n == 1) {
		fault_place(f, NULL, 0, missing[0]);
		return fault_set(f, STATUS_DATA, "is missing; every %s has one", k->name);
	}
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", missing[i]);
	fault_set(f, STATUS_DATA, "%s are missing; every %s has them", buf_text(&b), k->name);
	buf_free(&b);
	return false;
}

/* An empty value is the default where the column must have one. */
static void settle_defaults(struct draft *d, bool added)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->ncolumn; i++) {
		const struct column *c = &k->column[i];
		if (d->value[i] == NULL && c->initial != NULL &&
		        (c->not_null ? added || d->given[i] : added && !d->given[i]))
			d->value[i] = c->initial;
	}
}

/* A period without its days gets those of the session. */
static bool settle_period(struct work *w, struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct field *starts = kind_field(k, "starts"), *ends = kind_field(k, "ends");
	day_t first, last;
	char iso[11];
	if (strcmp(k->name, "period") != 0 || starts == NULL || ends == NULL ||
	        !period_span(w, d->value[d->shape->last], &first, &last, f))
		return f->status == STATUS_OK;
	if (d->value[starts->column[0]] == NULL)
		d->value[starts->column[0]] = arena_strdup(w->arena, day_format(first, iso));
	if (d->value[ends->column[0]] == NULL)
		d->value[ends->column[0]] = arena_strdup(w->arena, day_format(last, iso));
	return true;
}

static bool insert_row(struct work *w, struct draft *d, struct fault *f)
{
	struct shape *s = d->shape;
	struct query *q = shape_query(w, s, SHAPE_INSERT, f);
	if (q == NULL)
		return false;
	for (size_t i = 0; i < s->kind->ncolumn; i++)
		query_bind_text(q, (int)i + 1, i == s->whose ? w->partnership : d->value[i]);
	if (query_run(q, f))
		return true;
	draft_blame(w, d, f);
	return false;
}

static bool update_row(struct work *w, struct draft *d, const char *const *parts,
        const char *const *old, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	struct buf b = { 0 };
	int at = 0;
	buf_adds(&b, "UPDATE ");
	sql_quote(&b, k->name);
	buf_adds(&b, " SET ");
	for (size_t i = 0; i < k->ncolumn; i++) {
		if (str_equal(old[i], d->value[i]))
			continue;
		buf_adds(&b, at++ > 0 ? ", " : "");
		sql_quote(&b, k->column[i].name);
		buf_adds(&b, " = ?");
	}
	buf_adds(&b, " WHERE ");
	sql_key(&b, k, NULL, k->nkey);
	struct query *q = at > 0 ? store_keep(w->store, buf_text(&b), f) : NULL;
	buf_free(&b);
	if (q == NULL)
		return at == 0;
	at = 1;
	for (size_t i = 0; i < k->ncolumn; i++)
		if (!str_equal(old[i], d->value[i]))
			query_bind_text(q, at++, d->value[i]);
	bind_key(w, q, k, parts, k->nkey, at);
	if (query_run(q, f))
		return true;
	draft_blame(w, d, f);
	return false;
}

/* ---------- writing ---------- */

/* References that stand in for something are looked at again in the end. */
static void keep_waiting(
        struct work *w, const struct draft *d, const char *const *parts, bool added)
{
	for (size_t i = 0; i < d->nwaiting; i++)
		pending_add(w, &(struct pending){ .shape = d->shape,
		                       .field = d->waiting[i].field,
		                       .aside = d->waiting[i].aside,
		                       .partnership = w->partnership,
		                       .parts = (const char **)parts,
		                       .text = d->waiting[i].from->text,
		                       .file = d->waiting[i].from->file,
		                       .line = d->waiting[i].from->line,
		                       .added = added });
}

static bool write_rest(struct work *w, const struct draft *d, const struct writing *g,
        const char *const *parts, bool added, bool *changed, struct fault *f)
{
	for (size_t i = 0; i < d->nlist; i++)
		if (!list_write(w, d->shape, parts, &d->list[i], added, changed, f))
			return false;
	for (size_t i = 0; i < d->nchild; i++) {
		const struct child_edit *c = &d->child[i];
		bool ok = c->field != NULL ? children_write(w, d->shape, parts, c->field, c->from,
		                                     g->whole, changed, f)
		                           : shorthand_write(w, d->shape, parts, c->shorthand,
		                                     c->from, changed, f);
		if (!ok) {
			fault_place(f, c->from->file, c->from->line, c->from->field);
			return false;
		}
	}
	return true;
}

static void name_row(struct work *w, const struct draft *d, const char *const *parts)
{
	const struct kind *k = d->shape->kind;
	const char *name = NULL;
	for (size_t i = 0; k->name_column != NULL && i < k->ncolumn; i++)
		if (strcmp(k->column[i].name, k->name_column) == 0 && k->column[i].key == 0)
			name = d->value[i];
	names_add(w, d->shape, parts, name);
}

static enum written add_row(struct work *w, struct draft *d, const struct writing *g,
        const char *const *parts, struct fault *f)
{
	bool changed = false;
	settle_defaults(d, true);
	if (!settle_period(w, d, f) || !check_required(w, d, f) || !insert_row(w, d, f))
		return WRITTEN_FAULT;
	name_row(w, d, parts);
	touch(w, d->shape, parts, g->file, g->line);
	tell_change(w, d->shape->kind, parts, 'a', NULL, NULL, NULL);
	keep_waiting(w, d, parts, true);
	if (!write_rest(w, d, g, parts, true, &changed, f))
		return WRITTEN_FAULT;
	return WRITTEN_ADDED;
}

static void tell_fields(
        struct work *w, const struct draft *d, const char *const *old, const char *const *parts)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		bool differs = false;
		for (size_t c = 0; c < field->ncolumn; c++)
			differs = differs || (k->column[field->column[c]].key == 0 &&
			                             !str_equal(old[field->column[c]],
			                                     d->value[field->column[c]]));
		if (differs)
			tell_change(w, k, parts, 'c', field->name,
			        field_show(w, field, k, old, LOOK_MACHINE),
			        field_show(w, field, k, d->value, LOOK_MACHINE));
	}
}

/* A new key must be free, but may differ from the old in case alone. */
static bool check_rename(struct work *w, struct draft *d, const char *const *parts,
        const char *const *to, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char **there = texts_copy(w->arena, k->nkey, to);
	bool found, same = true;
	if (!key_find(w, d->shape, there, &found, f))
		return false;
	for (size_t i = 0; i < k->nkey; i++)
		same = same && strcmp(there[i], parts[i]) == 0;
	if (found && !same)
		return fault_set(
		        f, STATUS_DATA, "%s exists; choose another", ref_join(w, k->nkey, there));
	return true;
}

/* "status=done" by hand was done today, unless a day is given or known. */
static void settle_move(struct work *w, struct draft *d, const char *const *old)
{
	const struct kind *k = d->shape->kind;
	const struct dated_move *m = dated_move_of(k);
	const struct field *field = m != NULL ? kind_field(k, m->field) : NULL;
	const struct field *day = m != NULL ? kind_field(k, m->day) : NULL;
	char iso[11];
	size_t at, on;

	if (field == NULL || day == NULL)
		return;
	at = field->column[0];
	on = day->column[0];
	if (!d->given[at] || d->given[on] || old[on] != NULL || str_equal(d->value[at], old[at]))
		return;
	for (size_t i = 0; i < COUNT(m->words) && m->words[i] != NULL; i++)
		if (str_equal(d->value[at], m->words[i])) {
			d->value[on] = arena_strdup(w->arena, day_format(w->today, iso));
			d->given[on] = true;
		}
}

static enum written change_row(struct work *w, struct draft *d, const struct writing *g,
        const char **parts, const char *const *old, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const char **to = arena_alloc(w->arena, (k->nkey + 1) * sizeof *to);
	bool changed = false, renamed = false;
	settle_defaults(d, false);
	if (g->mode == WRITE_SET)
		settle_move(w, d, old);
	for (size_t i = 0; i < k->ncolumn; i++) {
		if (!d->given[i])
			d->value[i] = old[i];
		changed = changed || !str_equal(old[i], d->value[i]);
	}
	if (changed && g->anew && !draft_whole(w, d, f))
		return WRITTEN_FAULT;
	for (size_t i = 0; i < k->nkey; i++) {
		to[i] = d->value[k->key[i]];
		renamed = renamed || !str_equal(to[i], parts[i]);
	}
	if (changed &&
	        (!check_required(w, d, f) || (renamed && !check_rename(w, d, parts, to, f)) ||
	                !update_row(w, d, parts, old, f)))
		return WRITTEN_FAULT;
	if (renamed) {
		tell_change(w, k, to, 'k', "ref", ref_join(w, k->nkey, parts),
		        ref_join(w, k->nkey, to));
		if (!ref_retire(w, d->shape, parts, f))
			return WRITTEN_FAULT;
	}
	if (changed) {
		name_row(w, d, to);
		tell_fields(w, d, old, to);
	}
	for (size_t i = 0; i < k->nkey; i++)
		parts[i] = to[i];
	keep_waiting(w, d, parts, false);
	if (!write_rest(w, d, g, parts, false, &changed, f))
		return WRITTEN_FAULT;
	if (changed)
		touch(w, d->shape, parts, g->file, g->line);
	return changed ? WRITTEN_CHANGED : WRITTEN_SAME;
}

static bool start_draft(struct work *w, struct draft *d, const struct writing *g, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	d->alone = g->alone;
	if (g->mode != WRITE_SET)
		for (size_t i = 0; i < g->nparent; i++)
			draft_put(d, k->key[i], g->parent[i], NULL);
	if (!draft_read(w, d, g->assignment, g->n, f))
		return false;
	for (size_t i = 0; g->mode != WRITE_SET && i < g->nparent; i++)
		if (!str_equal(d->value[k->key[i]], g->parent[i])) {
			const struct field *field = key_field(d->shape, i);
			fault_place(f, NULL, 0, field != NULL ? field->name : NULL);
			return fault_set(f, STATUS_DATA,
			        "%s is not the record this one stands in; "
			        "leave it out",
			        quote(d->value[k->key[i]]));
		}
	return (g->ref == NULL || read_address(w, d, g->ref, f)) &&
	       (!g->whole || draft_whole(w, d, f));
}

enum written record_write(struct work *w, struct shape *s, const struct writing *g,
        const char ***made, struct fault *f)
{
	const struct kind *k = s->kind;
	const char **parts = arena_alloc(w->arena, 17 * sizeof *parts);
	const char **old = NULL;
	enum written out = WRITTEN_FAULT;
	struct draft d;
	bool whole = true, found = false;
	draft_start(w, s, g->n, &d);
	if (k->local && !record_needs_partnership(w, f))
		return WRITTEN_FAULT;
	if (!start_draft(w, &d, g, f))
		goto out;
	if (g->mode == WRITE_SET) {
		for (size_t i = 0; i < k->nkey; i++)
			parts[i] = g->parent[i];
	} else if (!take_key(w, &d, parts, &whole, f) ||
	           (whole && !key_find(w, s, parts, &found, f))) {
		goto out;
	}
	if (found && g->mode == WRITE_ADD) {
		fault_set(f, STATUS_DATA, "%s exists; use set", ref_join(w, k->nkey, parts));
		goto out;
	}
	if (found)
		d.value[s->last] = parts[k->nkey - 1];
	if (found || g->mode == WRITE_SET) {
		old = row_read(w, s, parts, f);
		if (old == NULL)
			goto out;
		out = change_row(w, &d, g, parts, old, f);
	} else {
		out = add_row(w, &d, g, parts, f);
	}
	*made = parts;
out:
	if (out == WRITTEN_FAULT)
		fault_place(f, g->file, g->line, NULL);
	else
		seen_add(w, s, parts);
	return out;
}

bool record_add(struct work *w, const char *kind, const char *ref, const struct assignment *a,
        size_t n, const char **made, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	struct writing g = { .ref = ref,
		.assignment = a,
		.n = n,
		.mode = WRITE_ADD,
		.file = n > 0 ? a[0].file : NULL,
		.line = n > 0 ? a[0].line : 0 };
	const char **parts;
	if (s == NULL || record_write(w, s, &g, &parts, f) == WRITTEN_FAULT)
		return false;
	if (made != NULL)
		*made = ref_join(w, s->kind->nkey, parts);
	return true;
}

bool record_set(struct work *w, const char *kind, const char *ref, const struct assignment *a,
        size_t n, bool *changed, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	const char *parts[16], **made;
	if (changed != NULL)
		*changed = false;
	if (s == NULL)
		return false;
	enum found found = find_one(w, s->kind, ref, FIND_REF_FIRST, parts, f);
	if (found == FOUND_FAULT)
		return false;
	/* A setting that was never set has its default until now. */
	if (found == FOUND_NONE && strcmp(s->kind->name, "setting") == 0) {
		if (changed != NULL)
			*changed = true;
		return record_add(w, kind, ref, a, n, NULL, f);
	}
	if (found == FOUND_NONE)
		return find_none(w, s->kind, ref, STATUS_NORECORD, f);
	struct writing g = { .nparent = s->kind->nkey,
		.parent = parts,
		.assignment = a,
		.n = n,
		.mode = WRITE_SET,
		.file = n > 0 ? a[0].file : NULL,
		.line = n > 0 ? a[0].line : 0 };
	enum written out = record_write(w, s, &g, &made, f);
	if (changed != NULL)
		*changed = out == WRITTEN_CHANGED;
	return out != WRITTEN_FAULT;
}

/* ---------- many rows ---------- */

struct inserter {
	struct work *work;
	struct shape *shape;
};

struct inserter *record_inserter(struct work *w, const char *kind, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	if (s == NULL || (s->kind->local && !record_needs_partnership(w, f)))
		return NULL;
	struct inserter *in = arena_alloc(work_state(w)->keep, sizeof *in);
	in->work = w;
	in->shape = s;
	return in;
}

bool inserter_put(struct inserter *in, const char *const *value, struct fault *f)
{
	struct shape *s = in->shape;
	struct query *q = shape_query(in->work, s, SHAPE_INSERT, f);
	if (q == NULL)
		return false;
	for (size_t i = 0; i < s->kind->ncolumn; i++) {
		const char *text = i == s->whose ? in->work->partnership : value[i];
		if (text == NULL)
			query_bind_null(q, (int)i + 1);
		else
			query_bind_bytes(q, (int)i + 1, text, strlen(text));
	}
	return query_run(q, f);
}
