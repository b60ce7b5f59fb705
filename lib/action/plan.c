/* SPDX-License-Identifier: MIT */
/* Yearly plans: which actions stand in them, and whether they were ratified. */
#include "action/action.h"

/* Where the action stood before, still without an outcome, is marked as carried. */
static bool leave_earlier(struct work *w, const char *action, const char *period, struct fault *f)
{
	const char *filter[] = { arena_printf(w->arena, "action=%s", action), "outcome.none=yes",
		arena_printf(w->arena, "period!=%s", period) };
	struct assignment set = { .field = "outcome", .op = '=', .text = "carried" };
	const char **refs;
	size_t n;
	bool changed;

	if (!record_refs(w, &(struct list_query){ .kind = "plan", .filter = filter, .nfilter = 3 },
	            &refs, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!record_set(w, "plan", refs[i], &set, 1, &changed, f))
			return false;
	return true;
}

bool action_carry(struct work *w, const char *period, size_t *carried, struct fault *f)
{
	const char *filter = "status=proposed,open,blocked";
	const struct kind *plan = record_kind(w, "plan", f);
	const char **refs, *made;
	size_t n;

	*carried = 0;
	if (!plan || !record_period_named(w, period, &period, f) ||
	        !record_refs(w,
	                &(struct list_query){ .kind = "action", .filter = &filter, .nfilter = 1 },
	                &refs, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *ref = arena_printf(w->arena, "%s/%s", refs[i], period);
		bool there;
		if (!record_exists(w, plan, ref, &there, f))
			return false;
		if (there)
			continue;
		if (!leave_earlier(w, refs[i], period, f) ||
		        !record_add(w, "plan", ref, NULL, 0, &made, f))
			return false;
		(*carried)++;
	}
	return true;
}

bool action_ratify(struct work *w, const char *period, day_t on, const char *meeting,
        size_t *ratified, struct fault *f)
{
	char day[11];
	const char *starts, *filter[] = { NULL, "ratified.none=yes" };
	const char **refs;
	bool changed;

	if (!record_resolve(w, "period", period, &period, f) ||
	        (meeting && (!record_resolve(w, "meeting", meeting, &meeting, f) ||
	                            !record_get(w, "meeting", meeting, "starts", &starts, f))))
		return false;
	/* It was ratified when the meeting met, whenever that is written down. */
	if (on == DAY_NONE && meeting && starts)
		on = zone_day_stored(starts);
	if (on == DAY_NONE)
		on = w->today;
	struct assignment set[] = { { .field = "ratified", .op = '=', .text = day_format(on, day) },
		{ .field = "ratified_at", .op = '=', .text = meeting, .ref = true } };
	filter[0] = arena_printf(w->arena, "period=%s", period);
	if (!record_refs(w, &(struct list_query){ .kind = "plan", .filter = filter, .nfilter = 2 },
	            &refs, ratified, f))
		return false;
	if (*ratified == 0)
		return fault_set(f, STATUS_NORECORD,
		        "nothing in the plan of %s waits to be ratified; put actions in with: "
		        "action-track carry %s",
		        period, period);
	for (size_t i = 0; i < *ratified; i++)
		if (!record_set(w, "plan", refs[i], set, meeting ? 2 : 1, &changed, f))
			return false;
	return true;
}
