/* SPDX-License-Identifier: MIT */
/* From FIELD=VALUE to column values: fields found, values read, references looked up. */
#include <ctype.h>

#include "record/change/draft.h"

void draft_start(struct work *w, struct shape *s, size_t n, struct draft *d)
{
	size_t columns = s->kind->ncolumn + 1, fields = s->kind->nfield + n + 1;
	*d = (struct draft){ .shape = s,
		.value = arena_alloc(w->arena, columns * sizeof *d->value),
		.given = arena_alloc(w->arena, columns * sizeof *d->given),
		.from = arena_alloc(w->arena, columns * sizeof *d->from),
		.list = arena_alloc(w->arena, fields * sizeof *d->list),
		.child = arena_alloc(w->arena, fields * sizeof *d->child),
		.waiting = arena_alloc(w->arena, fields * sizeof *d->waiting) };
}

void draft_put(struct draft *d, size_t column, const char *value, const struct assignment *a)
{
	d->value[column] = value;
	d->given[column] = true;
	d->from[column] = a;
}

/* ---------- what is no value ---------- */

static bool has_word(const struct column *c, const char *word)
{
	for (size_t i = 0; c->words != NULL && c->words[i] != NULL; i++)
		if (strcmp(c->words[i], word) == 0)
			return true;
	return false;
}

/* The column certainty that belongs to a NAME_text: the first behind it, no other NAME_text between. */
static size_t certainty_of(const struct kind *k, size_t aside)
{
	for (size_t i = aside + 1; i < k->ncolumn; i++) {
		if (strcmp(k->column[i].name, "certainty") == 0 && k->column[i].words != NULL)
			return i;
		if (str_ends(k->column[i].name, "_text"))
			break;
	}
	return k->ncolumn;
}

/* "c. 40" is an estimate, "X" is not filled in. */
static const char *certainty_word(const struct column *c, const char *text)
{
	const char *word =
	        text != NULL && strpbrk(text, "0123456789") != NULL ? "estimate" : "unfilled";
	return has_word(c, word) ? word : NULL;
}

/* Keeps in NAME_text what could not be read; false: there is no such column, or it is given too. */
static bool put_aside(struct work *w, struct draft *d, const struct field *field,
        const struct assignment *a, const char *text)
{
	const struct kind *k = d->shape->kind;
	size_t aside = d->shape->aside[field - k->field];
	if (aside == k->ncolumn || d->from[aside] != NULL ||
	        !text_check(text, &(struct fault){ 0 }))
		return false;
	for (size_t i = 0; i < field->ncolumn; i++)
		draft_put(d, field->column[i], NULL, a);
	draft_put(d, aside, str_trim(arena_strdup(w->arena, text)), NULL);
	size_t certainty = certainty_of(k, aside);
	if (certainty < k->ncolumn && !d->given[certainty])
		draft_put(d, certainty, certainty_word(&k->column[certainty], text), NULL);
	return true;
}

/* A value put where words stood: the words go. */
static void clear_aside(struct draft *d, const struct field *field)
{
	const struct kind *k = d->shape->kind;
	size_t aside = d->shape->aside[field - k->field];
	if (aside < k->ncolumn && !d->alone && !d->given[aside] &&
	        d->value[field->column[0]] != NULL)
		draft_put(d, aside, NULL, NULL);
}

/* ---------- references ---------- */

static void put_parts(struct draft *d, const struct field *field, const char *const *parts,
        const struct assignment *a)
{
	for (size_t i = 0; i < field->ncolumn; i++)
		draft_put(d, field->column[i], parts != NULL ? parts[i] : NULL, a);
}

static void put_waiting(
        struct draft *d, const struct field *field, bool aside, const struct assignment *a)
{
	d->waiting[d->nwaiting++] = (struct waiting){ field, aside, a };
}

/* What is not there yet: its text stands in for it where the columns can hold that. */
static bool put_later(struct work *w, struct draft *d, const struct field *field,
        const struct kind *target, size_t shared, const char *text, const struct assignment *a,
        struct fault *f)
{
	const char *parts[KEY_MOST] = { text };
	size_t n = 1;
	struct fault unfit = { 0 };
	if (target->nkey > 1 && shared == 0 &&
	        (!key_split(w, target, text, parts, &n, &unfit) || n < target->nkey)) {
		if (field->required)
			return find_none(w, target, text, STATUS_DATA, f);
		put_parts(d, field, NULL, a);
	} else {
		put_parts(d, field, parts, a);
	}
	put_waiting(d, field, false, a);
	return true;
}

static enum found look_up(struct work *w, struct draft *d, const struct field *field,
        const struct kind *target, size_t shared, const char *text, bool ref, const char **parts,
        struct fault *f)
{
	const struct kind *k = d->shape->kind;
	bool own = key_part(k, field->column[0]) < k->nkey;
	if (shared == 0)
		return find_one(w, target, text, own || ref ? FIND_REF_FIRST : FIND_BOTH, parts, f);
	const char *part[KEY_MOST + 1];
	for (size_t i = 0; i < shared; i++) {
		part[i] = d->value[k->key[i]];
		if (part[i] == NULL) {
			const char *name = k->column[k->key[i]].name;
			fault_set(
			        f, STATUS_DATA, "needs %s too; give %s=REF beside it", name, name);
			return FOUND_FAULT;
		}
	}
	part[shared] = text;
	enum found found =
	        find_one(w, target, ref_join(w, shared + 1, part), FIND_REF_ONLY, parts, f);
	if (found == FOUND_NONE && strchr(text, '/') != NULL)
		found = find_one(w, target, text, FIND_REF_ONLY, parts, f);
	for (size_t i = 0; found == FOUND_ONE && i < shared; i++)
		if (strcmp(parts[i], part[i]) != 0)
			found = FOUND_NONE;
	return found;
}

static bool read_reference(struct work *w, struct draft *d, const struct field *field,
        const char *text, const struct assignment *a, struct fault *f)
{
	const char *parts[KEY_MOST];
	const struct kind *target = record_kind(w, field->target, f);
	if (target == NULL || !text_check(text, f))
		return false;
	text = str_trim(arena_strdup(w->arena, text));
	if (*text == '\0') {
		put_parts(d, field, NULL, a);
		return true;
	}
	size_t shared = shared_parts(w, field, f);
	switch (look_up(w, d, field, target, shared, text, a->ref, parts, f)) {
	case FOUND_FAULT:
		return false;
	case FOUND_ONE:
		put_parts(d, field, parts + shared, a);
		clear_aside(d, field);
		return true;
	case FOUND_NONE:
		break;
	}
	bool deferring = work_state(w)->deferring;
	if (put_aside(w, d, field, a, text)) {
		if (deferring)
			put_waiting(d, field, true, a);
		else
			tell(w, TELL_WARNING, a->file, a->line, field->name,
			        "no %s %s; kept in %s as written", target->name, quote(text),
			        d->shape->kind
			                ->column[d->shape->aside[field - d->shape->kind->field]]
			                .name);
		return true;
	}
	if (deferring)
		return put_later(w, d, field, target, shared, text, a, f);
	if (strcmp(target->name, "period") == 0 && period_make(w, text, f)) {
		put_parts(d, field, &text, a);
		return true;
	}
	return f->status == STATUS_OK && find_none(w, target, text, STATUS_DATA, f);
}

/* ---------- one assignment ---------- */

static bool read_plain(struct work *w, struct draft *d, const struct field *field, const char *text,
        const struct assignment *a, struct fault *f)
{
	const char *value;
	struct fault own = { 0 };
	if (value_read(w, field, text, w->order, &value, &own)) {
		draft_put(d, field->column[0], value, a);
		clear_aside(d, field);
		return true;
	}
	if (own.status == STATUS_DATA && put_aside(w, d, field, a, text)) {
		tell(w, TELL_NOTE, a != NULL ? a->file : NULL, a != NULL ? a->line : 0, field->name,
		        "%s is no value; kept in %s_text as written", quote(text), field->name);
		return true;
	}
	*f = own;
	return false;
}

/* The text of an assignment; NULL: an explicit empty value. A sequence or map is refused. */
static bool scalar(const struct assignment *a, const char **text, struct fault *f)
{
	*text = a->text;
	if (a->op != '=')
		return fault_set(f, STATUS_DATA,
		        "is no list; %c= adds to lists and takes from "
		        "them only",
		        a->op);
	if (a->node == NULL)
		return true;
	*text = a->node->kind == NODE_TEXT ? a->node->text : NULL;
	if (a->node->kind == NODE_TEXT || a->node->kind == NODE_NULL)
		return true;
	return fault_set(f, STATUS_DATA, "is a single value, but a %s is given; write one value",
	        a->node->kind == NODE_LIST ? "list" : "map");
}

static bool given_twice(const struct draft *d, const struct field *field)
{
	for (size_t i = 0; i < field->ncolumn; i++)
		if (d->from[field->column[i]] != NULL)
			return true;
	return false;
}

static bool read_field(struct work *w, struct draft *d, const struct field *field,
        const struct assignment *a, struct fault *f)
{
	const char *text;
	if (field->form == FIELD_LIST)
		return list_read(w, d->shape, a, field, &d->list[d->nlist++], f);
	if (field->form == FIELD_CHILDREN) {
		d->child[d->nchild++] = (struct child_edit){ field, NULL, a };
		return a->node != NULL ||
		       fault_set(f, STATUS_DATA,
		               "is records of their own; use compact-record %s add", field->table);
	}
	if (!scalar(a, &text, f))
		return false;
	if (given_twice(d, field))
		return fault_set(f, STATUS_DATA, "is given twice; leave one out");
	if (field->form == FIELD_REFERENCE)
		return read_reference(w, d, field, text != NULL ? text : "", a, f);
	return read_plain(w, d, field, text, a, f);
}

static bool read_one(
        struct work *w, struct draft *d, const struct assignment *a, bool late, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct shorthand *s = shorthand_of(k, a->field);
	if (s != NULL) {
		if (!late)
			d->child[d->nchild++] = (struct child_edit){ NULL, s, a };
		return true;
	}
	const struct field *field = record_field(k, a->field, f);
	if (field == NULL) {
		if (f->status == STATUS_USAGE && a->file != NULL)
			f->status = STATUS_DATA;
		return false;
	}
	/* A question of this survey can only be looked up once the survey is known. */
	if ((shared_parts(w, field, f) > 0) != late)
		return true;
	return read_field(w, d, field, a, f);
}

bool draft_read(
        struct work *w, struct draft *d, const struct assignment *a, size_t n, struct fault *f)
{
	for (int late = 0; late < 2; late++)
		for (size_t i = 0; i < n; i++)
			if (!read_one(w, d, &a[i], late == 1, f)) {
				fault_place(f, a[i].file, a[i].line, a[i].field);
				return false;
			}
	return true;
}

bool draft_read_key(struct work *w, struct draft *d, const struct field *field, const char *text,
        struct fault *f)
{
	struct assignment *a = arena_alloc(w->arena, sizeof *a);
	*a = (struct assignment){ .field = field->name, .op = '=', .text = text };
	if (given_twice(d, field)) {
		const char *before = field_show(w, field, d->shape->kind, d->value, LOOK_MACHINE);
		if (before != NULL && strcasecmp(before, text) == 0)
			return true;
		fault_place(f, NULL, 0, field->name);
		return fault_set(f, STATUS_DATA, "%s differs from %s in the address; leave one out",
		        quote(before), quote(text));
	}
	if (!read_field(w, d, field, a, f)) {
		fault_place(f, NULL, 0, field->name);
		return false;
	}
	return true;
}

bool draft_whole(struct work *w, struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		bool listed = false;
		if (field->personal || field->form == FIELD_CHILDREN)
			continue;
		if (field->form == FIELD_LIST) {
			for (size_t j = 0; j < d->nlist; j++)
				listed = listed || d->list[j].field == field;
			struct assignment *a = arena_alloc(w->arena, sizeof *a);
			*a = (struct assignment){ .field = field->name, .op = '=' };
			if (!listed && !list_read(w, d->shape, a, field, &d->list[d->nlist++], f))
				return false;
			continue;
		}
		for (size_t c = 0; c < field->ncolumn; c++)
			if (!d->given[field->column[c]] && k->column[field->column[c]].key == 0)
				draft_put(d, field->column[c], k->column[field->column[c]].initial,
				        NULL);
	}
	return true;
}

void draft_blame(struct work *w, const struct draft *d, struct fault *f)
{
	const struct kind *k = d->shape->kind;
	const struct field *field = f->field[0] != '\0' ? kind_field(k, f->field) : NULL;
	if (field == NULL || f->status != STATUS_DATA ||
	        (field->form != FIELD_PLAIN && field->form != FIELD_REFERENCE))
		return;
	const char *value = field_show(w, field, k, d->value, LOOK_MACHINE);
	if (value != NULL)
		fault_set(f, STATUS_DATA, "%s %s", quote(value), arena_strdup(w->arena, f->text));
	const struct assignment *a = d->from[field->column[0]];
	if (a != NULL)
		fault_place(f, a->file, a->line, NULL);
}
