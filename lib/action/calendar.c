/* SPDX-License-Identifier: MIT */
/* Records as calendar entries: what the view calendar_entry says of them, in the order of a listing. */
#include "action/private.h"

#include <string.h>

enum {
	COLUMN_KIND,
	COLUMN_REF,
	COLUMN_PART,
	COLUMN_TITLE,
	COLUMN_TEXT,
	COLUMN_PLACE,
	COLUMN_STARTS,
	COLUMN_ENDS,
	COLUMN_STATUS,
	COLUMN_PERCENT,
	COLUMN_DONE_ON,
	COLUMN_ALARM,
	COLUMN_SEQUENCE,
	COLUMN_CHANGED
};

/* A stored date or time: the one that it is not becomes DAY_NONE or TIME_NONE. */
static void read_moment(const char *text, day_t *day, int64_t *at)
{
	struct fault f = { 0 };
	bool has_time;

	*day = DAY_NONE;
	*at = TIME_NONE;
	if (!text)
		return;
	if (strlen(text) == 10)
		*day = action_day(text);
	else if (!moment_parse(text, ORDER_YMD, 0, at, &has_time, &f))
		*at = TIME_NONE;
}

/* When the record was last written; of what a new store began with, whose change is not kept, the day it is for. */
static int64_t stamp_of(struct query *q, const struct calendar_entry *e)
{
	int64_t at;
	day_t day;

	read_moment(query_text(q, COLUMN_CHANGED), &day, &at);
	if (at != TIME_NONE)
		return at;
	if (e->starts != TIME_NONE)
		return e->starts;
	return e->day != DAY_NONE ? (int64_t)e->day * 86400 : 0;
}

/* An entry of a row, its texts in the arena. */
static void read_entry(struct work *w, struct query *q, struct calendar_entry *e)
{
	const char *kind = query_text(q, COLUMN_KIND), *status = query_text(q, COLUMN_STATUS);
	char uid[37];

	*e = (struct calendar_entry){
		.title = action_text(w, q, COLUMN_TITLE),
		.text = action_text(w, q, COLUMN_TEXT),
		.place = action_text(w, q, COLUMN_PLACE),
		.sequence = query_int(q, COLUMN_SEQUENCE),
		.cancelled = str_equal(status, "cancelled"),
		.done = str_equal(status, "done"),
		.tentative = str_equal(status, "tentative"),
		.done_on = action_day(query_text(q, COLUMN_DONE_ON)),
		.percent = query_text(q, COLUMN_PERCENT) ? (int)query_int(q, COLUMN_PERCENT) : -1,
		.alarm_hours = (int)query_int(q, COLUMN_ALARM),
	};
	/* Not of the site's name: a store that was dumped and loaded elsewhere gives the same entries. */
	uuid_make((const char *const[]){ w->partnership, kind, query_text(q, COLUMN_REF),
	                  query_text(q, COLUMN_PART) },
	        4, uid);
	e->uid = arena_strdup(w->arena, uid);
	read_moment(query_text(q, COLUMN_STARTS), &e->day, &e->starts);
	read_moment(query_text(q, COLUMN_ENDS), &e->last, &e->ends);
	e->stamp = stamp_of(q, e);
}

static void add_entry(
        struct work *w, struct query *q, bool todo, const char *category, struct calendar_out *to)
{
	struct calendar_entry e;

	read_entry(w, q, &e);
	e.category = category;
	/* A meeting takes place; what is due can be ticked off. */
	e.todo = todo && !str_equal(query_text(q, COLUMN_KIND), "meeting");
	ics_add(to, &e);
}

bool action_entry(struct work *w, const char *kind, const char *ref, struct calendar_entry *e,
        struct fault *f)
{
	struct query *q = action_query(w, SQL_CALENDAR, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, kind);
	query_bind_text(q, 3, ref);
	rc = query_step(q, f);
	if (rc == 1)
		read_entry(w, q, e);
	query_done(q);
	return rc == 1 || (rc == 0 && fault_set(f, STATUS_NORECORD, "no %s %s", kind, quote(ref)));
}

static bool add_record(struct work *w, const char *kind, const char *ref, bool todo,
        const char *category, struct calendar_out *to, struct fault *f)
{
	struct query *q = action_query(w, SQL_CALENDAR, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, kind);
	query_bind_text(q, 3, ref);
	while ((rc = query_step(q, f)) == 1)
		add_entry(w, q, todo, category, to);
	query_done(q);
	return rc == 0;
}

/* The records of the partnership chosen. */
static bool add_listing(struct work *w, const struct list_query *list, bool todo,
        struct calendar_out *to, size_t *count, struct fault *f)
{
	const char **refs, *name;
	size_t n;

	if (!action_partnership(w, &name, f) || !record_refs(w, list, &refs, &n, f))
		return false;
	if (!to->name)
		to->name = name;
	for (size_t i = 0; i < n; i++)
		if (!add_record(w, list->kind, refs[i], todo, name, to, f))
			return false;
	*count += n;
	return true;
}

static bool partnerships(struct work *w, const char ***refs, size_t *n, struct fault *f)
{
	return record_refs(w, &(struct list_query){ .kind = "partnership" }, refs, n, f);
}

/* All partnerships, one after the other in one calendar. */
static bool add_all(struct work *w, const struct list_query *list, bool todo,
        struct calendar_out *to, size_t *count, struct fault *f)
{
	const char **refs, *chosen = w->partnership;
	size_t n;
	bool ok = partnerships(w, &refs, &n, f);

	to->name = "All partnerships";
	w->all = false;
	for (size_t i = 0; ok && i < n; i++) {
		w->partnership = refs[i];
		ok = add_listing(w, list, todo, to, count, f);
	}
	w->all = true;
	w->partnership = chosen;
	return ok;
}

bool action_calendar(struct work *w, const struct list_query *list, bool todo, struct out *out,
        size_t *count, struct fault *f)
{
	static const char *const kinds[] = { "action", "step", "meeting", "terms", "charter",
		"workgroup", "issue_log", "incident" };
	struct calendar_out to = { .out = out };
	bool known = false;

	*count = 0;
	for (size_t i = 0; i < COUNT(kinds); i++)
		known |= str_equal(kinds[i], list->kind);
	if (!known)
		return fault_set(f, STATUS_USAGE,
		        "nothing of the kind %s stands in a calendar; actions, steps, meetings, "
		        "terms, "
		        "charters, workgroups, issue_logs and incidents do",
		        list->kind);
	if (!(w->all ? add_all : add_listing)(w, list, todo, &to, count, f))
		return false;
	ics_close(&to);
	return true;
}
