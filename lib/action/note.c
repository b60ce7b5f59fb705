/* SPDX-License-Identifier: MIT */
/* Progress notes and what they do to their action. */
#include <string.h>

#include "action/action.h"

enum { FIELDS_MOST = 16 };

struct fields {
	struct assignment all[FIELDS_MOST];
	size_t n;
};

static void put(struct fields *to, const char *field, const char *text)
{
	if (to->n < FIELDS_MOST)
		to->all[to->n++] = (struct assignment){ .field = field, .op = '=', .text = text };
}

/* Sorts what was given into the note's fields and the action's. */
static bool share_out(const struct assignment *field, size_t n, struct fields *note,
        struct fields *action, const char **status, struct fault *f)
{
	static const char *const both[] = { "percent", "spent" };
	static const char *const notes[] = { "noted_on", "noted_by", "text" };

	if (n + 8 > FIELDS_MOST)
		return fault_set(f, STATUS_USAGE,
		        "too many fields for one note; change the others with set");
	for (size_t i = 0; i < n; i++) {
		if (str_equal(field[i].field, "status"))
			*status = field[i].text;
		if (str_in(field[i].field, both, COUNT(both)) ||
		        str_in(field[i].field, notes, COUNT(notes)))
			note->all[note->n++] = field[i];
		if (!str_in(field[i].field, notes, COUNT(notes)) &&
		        !str_equal(field[i].field, "status"))
			action->all[action->n++] = field[i];
	}
	return true;
}

static bool given(const struct fields *in, const char *name)
{
	for (size_t i = 0; i < in->n; i++)
		if (str_equal(in->all[i].field, name))
			return true;
	return false;
}

/* The fields of the action that go with a new status. What is open again is no longer complete. */
static void follow_status(struct fields *action, const char *status, const char *percent,
        const char *day, const char *text)
{
	bool done = str_equal(status, "done");
	bool why = str_equal(status, "blocked") || str_equal(status, "dropped");

	put(action, "status", status);
	if (!given(action, "done_on"))
		put(action, "done_on", done ? day : NULL);
	if (done && !given(action, "percent"))
		put(action, "percent", "100");
	if (str_equal(status, "open") && str_equal(percent, "100") && !given(action, "percent"))
		put(action, "percent", NULL);
	if (!given(action, "reason") && (why || str_equal(status, "open")))
		put(action, "reason", why ? text : NULL);
}

bool action_note(struct work *w, const char *ref, const char *status, const char *text,
        const struct assignment *field, size_t n, struct fault *f)
{
	struct fields note = { 0 }, action = { 0 };
	char day[11];
	const char *made, *percent;
	bool changed;

	day_format(w->today, day);
	if (!record_resolve(w, "action", ref, &ref, f) ||
	        !share_out(field, n, &note, &action, &status, f))
		return false;
	put(&note, "action", ref);
	if (!given(&note, "noted_on"))
		put(&note, "noted_on", day);
	if (!str_empty(text) && !given(&note, "text"))
		put(&note, "text", text);
	if (status) {
		if (!record_get(w, "action", ref, "percent", &percent, f))
			return false;
		put(&note, "status", status);
		follow_status(&action, status, percent, day, text);
	}
	if (!record_add(w, "progress", NULL, note.all, note.n, &made, f))
		return false;
	return action.n == 0 || record_set(w, "action", ref, action.all, action.n, &changed, f);
}
