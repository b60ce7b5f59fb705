/* SPDX-License-Identifier: MIT */
/* Progress notes and what they do to their action. */
#include <string.h>

#include "action/action.h"

/* Sorts what was given into the note's fields and the action's. */
static bool share_out(const struct assignment *field, size_t n, struct assignments *note,
        struct assignments *action, const char **status, struct fault *f)
{
	static const char *const both[] = { "percent", "spent" };
	static const char *const notes[] = { "noted_on", "noted_by", "text" };

	if (n + 8 > ASSIGNMENTS_MOST)
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

/* The fields of the action that go with a new status. What is open again is no longer complete; what was done already
 * keeps its day, and what was dropped or blocked its reason unless another is given. */
static void follow_status(struct assignments *action, const char *status, const char *was,
        const char *percent, const char *day, const char *text)
{
	bool done = str_equal(status, "done"), again = str_equal(status, was);
	bool why = str_equal(status, "blocked") || str_equal(status, "dropped");

	assignments_put(action, "status", status);
	if (again && str_empty(text))
		return;
	if (!again && !assignments_have(action, "done_on"))
		assignments_put(action, "done_on", done ? day : NULL);
	if (done && !assignments_have(action, "percent"))
		assignments_put(action, "percent", "100");
	if (str_equal(status, "open") && str_equal(percent, "100") &&
	        !assignments_have(action, "percent"))
		assignments_put(action, "percent", NULL);
	if (!assignments_have(action, "reason") && (why || str_equal(status, "open")))
		assignments_put(action, "reason", why ? text : NULL);
}

bool action_note(struct work *w, const char *ref, const char *status, const char *text,
        const struct assignment *field, size_t n, struct fault *f)
{
	struct assignments note = { 0 }, action = { 0 };
	char day[11];
	const char *made, *percent, *was;
	bool changed;

	day_format(w->today, day);
	if (!record_resolve(w, "action", ref, &ref, f) ||
	        !share_out(field, n, &note, &action, &status, f))
		return false;
	assignments_put(&note, "action", ref);
	if (!assignments_have(&note, "noted_on"))
		assignments_put(&note, "noted_on", day);
	if (!str_empty(text) && !assignments_have(&note, "text"))
		assignments_put(&note, "text", text);
	if (status) {
		if (!record_get(w, "action", ref, "percent", &percent, f) ||
		        !record_get(w, "action", ref, "status", &was, f))
			return false;
		assignments_put(&note, "status", status);
		follow_status(&action, status, was, percent, day, text);
	}
	if (!record_add(w, "progress", NULL, note.all, note.n, &made, f))
		return false;
	return action.n == 0 || record_set(w, "action", ref, action.all, action.n, &changed, f);
}
