/* SPDX-License-Identifier: MIT */
/* The few kinds that need more than their table says: shorthands over children, lists that may not
 * stay empty, fields that no two records may share, and where made refs get their beginning. */
#include "record/private.h"

static const struct shorthand shorthands[] = {
	{ .kind = "action",
	        .name = "leads",
	        .comment = "Who leads it: refs or names of persons, organisations or groups.",
	        .child = "lead",
	        .column = { "person", "org", "workgroup" },
	        .written = "as_written",
	        .listed = true },
	{ .kind = "meeting",
	        .name = "present",
	        .comment = "Who came; a group's ref stands for its seats.",
	        .child = "attendance",
	        .column = { "person" },
	        .mark = "state",
	        .value = "present",
	        .expand = "seat",
	        .member = "person",
	        .on = "starts" },
	{ .kind = "meeting",
	        .name = "apologies",
	        .comment = "Who sent apologies; a group's ref stands for its seats.",
	        .child = "attendance",
	        .column = { "person" },
	        .mark = "state",
	        .value = "apologies",
	        .expand = "seat",
	        .member = "person",
	        .on = "starts" },
	{ .kind = "meeting",
	        .name = "absent",
	        .comment = "Who stayed away; a group's ref stands for its seats.",
	        .child = "attendance",
	        .column = { "person" },
	        .mark = "state",
	        .value = "absent",
	        .expand = "seat",
	        .member = "person",
	        .on = "starts" },
};

const struct shorthand *shorthand_at(const struct kind *k, size_t i)
{
	for (size_t s = 0; s < COUNT(shorthands); s++)
		if (strcmp(shorthands[s].kind, k->name) == 0 && i-- == 0)
			return &shorthands[s];
	return NULL;
}

bool record_shorthand(struct work *w, const struct kind *k, size_t i, struct record_shorthand *out)
{
	const struct shorthand *s = shorthand_at(k, i);

	if (s == NULL)
		return false;
	*out = (struct record_shorthand){ s->name, s->column[0], s->comment };
	/* The columns of the child bear the names of the kinds that they refer to. */
	for (size_t c = 1; c < COUNT(s->column) && s->column[c] != NULL; c++)
		out->kinds = arena_printf(w->arena, "%s %s", out->kinds, s->column[c]);
	return true;
}

const struct shorthand *shorthand_of(const struct kind *k, const char *name)
{
	const struct shorthand *s;
	for (size_t i = 0; (s = shorthand_at(k, i)) != NULL; i++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

static const struct at_least at_leasts[] = {
	{ .kind = "priority",
	        .list = "aims",
	        .unless = "status",
	        .words = { "suggested", "declined" },
	        .sentence = "a priority serves at least one aim; give aims=REF, or "
	                    "status=suggested while that is open" },
};

const struct at_least *at_least_of(const struct kind *k)
{
	for (size_t i = 0; i < COUNT(at_leasts); i++)
		if (strcmp(at_leasts[i].kind, k->name) == 0)
			return &at_leasts[i];
	return NULL;
}

static const struct sameness samenesses[] = {
	{ "aim", "number", "retired" },
};

const struct sameness *sameness_of(const struct kind *k)
{
	for (size_t i = 0; i < COUNT(samenesses); i++)
		if (strcmp(samenesses[i].kind, k->name) == 0)
			return &samenesses[i];
	return NULL;
}

static const struct {
	const char *kind, *view;
} advices[] = {
	{ "area_place", "fault_area_place_council" },
	{ "area_place", "fault_area_place_postcode" },
	{ "incident", "fault_incident_told" },
	{ "incident", "fault_incident_clock" },
};

const char *advice_at(const struct kind *k, size_t i)
{
	for (size_t n = 0; n < COUNT(advices); n++)
		if (strcmp(advices[n].kind, k->name) == 0 && i-- == 0)
			return advices[n].view;
	return NULL;
}

static const struct dated_move dated_moves[] = {
	{ .kind = "action", .field = "status", .words = { "done" }, .day = "done_on" },
	{ .kind = "lead", .field = "state", .words = { "accepted", "declined" }, .day = "decided" },
	{ .kind = "priority",
	        .field = "status",
	        .words = { "adopted", "declined", "dropped" },
	        .day = "decided" },
	{ .kind = "issue_log",
	        .field = "status",
	        .words = { "accepted", "declined" },
	        .day = "decided" },
};

const struct dated_move *dated_move_of(const struct kind *k)
{
	for (size_t i = 0; i < COUNT(dated_moves); i++)
		if (strcmp(dated_moves[i].kind, k->name) == 0)
			return &dated_moves[i];
	return NULL;
}

const struct field *prefix_field(const struct kind *k)
{
	const struct field *theme = strcmp(k->name, "action") == 0 ? kind_field(k, "theme") : NULL;
	return theme != NULL && theme->ncolumn == 1 ? theme : NULL;
}

bool kind_is_private(const struct kind *k)
{
	return str_ends(k->name, "_private");
}
