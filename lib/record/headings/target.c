/* SPDX-License-Identifier: MIT */
/* What a heading's name means: a field of the kind or of one related to it, and what else people call it. */
#include <string.h>

#include "record/rows/rows.h"

/* What headings of hand-made tables call the usual fields. */
static const struct {
	const char *field;
	const char *const *synonyms;
} usual[] = {
	{ "ref", (const char *const[]){ "reference", "code", "id", NULL } },
	{ "name", (const char *const[]){ "full name", "representative", NULL } },
	{ "title", (const char *const[]){ "objective", "objectives", "objectives for the activity",
	                   NULL } },
	{ "what", (const char *const[]){ "what will be done", "activity", "activities", NULL } },
	{ "outcome", (const char *const[]){ "outcomes", "outcomes indicators", "success measures",
	                     NULL } },
	{ "leads", (const char *const[]){ "lead", "who", "owner", "lead officer", "lead person",
	                   NULL } },
	{ "due", (const char *const[]){ "due date", "date due", "by when", "when", "deadline",
	                 "target date", "timescale", NULL } },
	{ "start", (const char *const[]){ "start date", NULL } },
	{ "starts", (const char *const[]){ "start date", "since", "from", NULL } },
	{ "ends", (const char *const[]){ "end date", "until", "to", NULL } },
	{ "email", (const char *const[]){ "e mail", "email address", "e mail address", NULL } },
	{ "phone", (const char *const[]){ "telephone", "tel", "phone number", "telephone number",
	                   NULL } },
	{ "org", (const char *const[]){ "organisation", "organization", "company", NULL } },
	{ "job_title", (const char *const[]){ "post", "position", NULL } },
	{ "aims", (const char *const[]){ "aim", "reference aims", NULL } },
	{ "priorities", (const char *const[]){ "priority", NULL } },
	{ "budget", (const char *const[]){ "cost", "costs", NULL } },
};

/* A plan heads its actions with the word; in a log of issues it is what is done about one. */
static const char *const actions[] = { "objective", "objectives", "objectives for the activity",
	"action", "actions", "task", NULL };

const char *const *target_synonyms(const struct kind *kind, const char *field)
{
	if (str_equal(kind->name, "action") && str_equal(field, "title"))
		return actions;
	for (size_t i = 0; i < COUNT(usual); i++)
		if (str_equal(usual[i].field, field))
			return usual[i].synonyms;
	return NULL;
}

static const struct field *reference_to(const struct kind *kind, const char *target)
{
	const struct field *found = kind_field(kind, target);
	size_t n = 0;

	/* Of several references the one that bears the kind's name is meant: the person of a seat
	 * rather than the one it deputises for. */
	if (found && found->form == FIELD_REFERENCE && str_equal(found->target, target))
		return found;
	for (size_t i = 0; i < kind->nfield; i++) {
		const struct field *field = &kind->field[i];
		if (field->form != FIELD_REFERENCE || !str_equal(field->target, target))
			continue;
		found = field;
		n++;
	}
	return n == 1 ? found : NULL;
}

/* What the part before the dot stands for. */
static bool relate(struct rows *r, const char *prefix, struct related *out, struct fault *f)
{
	const struct kind *own = r->shape->kind, *kind;
	const struct field *by = kind_field(own, prefix);
	bool refers = by && by->form == FIELD_REFERENCE;
	const char *kind_name = by && by->target ? by->target : prefix;

	*out = (struct related){ .prefix = prefix };
	kind = store_kind(r->w->store, kind_name, f);
	if (!kind)
		return f->status == STATUS_OK &&
		       fault_set(f, STATUS_CONFIG, "%s is no kind and no reference of %s",
		               quote(prefix), own->name);
	out->shape = shape_of(r->w, kind, f);
	if (!out->shape)
		return false;
	if (refers) {
		out->how = RELATION_TO;
		out->by = by;
	} else if (str_equal(kind->parent, own->name)) {
		out->how = RELATION_CHILD;
	} else if ((out->by = reference_to(own, kind->name))) {
		out->how = RELATION_TO;
	} else if ((out->by = reference_to(kind, own->name))) {
		out->how = RELATION_FROM;
	} else {
		return fault_set(f, STATUS_CONFIG, "%s does not relate to %s in one way",
		        quote(prefix), own->name);
	}
	return true;
}

static const struct related *related_of(struct rows *r, const char *prefix, struct fault *f)
{
	for (size_t i = 0; i < r->nrelated; i++)
		if (str_equal(r->related[i].prefix, prefix))
			return &r->related[i];
	if (!relate(r, prefix, &r->related[r->nrelated], f))
		return NULL;
	return &r->related[r->nrelated++];
}

bool target_set(struct rows *r, struct target *t, const char *name, struct fault *f)
{
	const char *dot = strchr(name, '.');
	const struct kind *kind = r->shape->kind;

	t->name = t->sub = name;
	if (dot) {
		t->related =
		        related_of(r, arena_strndup(r->w->arena, name, (size_t)(dot - name)), f);
		if (!t->related)
			return false;
		kind = t->related->shape->kind;
		t->sub = dot + 1;
	}
	t->shorthand = shorthand_of(kind, t->sub);
	if (!t->shorthand && !(t->field = record_field(kind, t->sub, f)))
		return false;
	t->sub = t->field ? t->field->name : t->sub;
	t->type = t->field ? t->field->type : TYPE_TEXT;
	return true;
}
