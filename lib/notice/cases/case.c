/* SPDX-License-Identifier: MIT */
/* What happens in a case after it was opened: contacts, offers, its end. */
#include <string.h>

#include "notice/notice.h"
#include "notice/sql.h"

static bool is_event_field(const char *name)
{
	static const char *const names[] = { "happened", "kind", "role", "person", "venue",
		"attended", "text", "orgs" };

	return str_in(name, names, COUNT(names));
}

/* Sorts what was given into the event's fields and the case's; at= is short for happened=. */
static bool share_out(const struct assignment *field, size_t n, struct assignments *event,
        struct assignments *incident, struct fault *f)
{
	if (n + 8 > ASSIGNMENTS_MOST)
		return fault_set(f, STATUS_USAGE,
		        "too many fields for one event; change the others with set");
	for (size_t i = 0; i < n; i++) {
		struct assignments *to =
		        is_event_field(field[i].field) || str_equal(field[i].field, "at")
		                ? event
		                : incident;
		to->all[to->n] = field[i];
		if (str_equal(field[i].field, "at"))
			to->all[to->n].field = "happened";
		to->n++;
	}
	return true;
}

/* When it happened: as given, else now. What has not happened yet is no event. */
static bool settle_when(
        struct work *w, struct assignments *event, const char **when, struct fault *f)
{
	char *iso = arena_alloc(w->arena, 24);
	bool has_time;
	int64_t at = w->now;
	int second;

	*when = iso;
	for (size_t i = 0; i < event->n; i++) {
		if (!str_equal(event->all[i].field, "happened"))
			continue;
		if (!moment_parse(event->all[i].text ? event->all[i].text : "", ORDER_DMY, w->now,
		            &at, &has_time, f)) {
			fault_place(f, NULL, 0, "at");
			return false;
		}
		if (has_time ? at > w->now : zone_day(at, &second) > w->today) {
			fault_set(f, STATUS_DATA,
			        "%s is still to come; record it when it has happened",
			        quote(event->all[i].text));
			fault_place(f, NULL, 0, "at");
			return false;
		}
		if (has_time)
			time_format(at, iso);
		else
			day_format(zone_day(at, &second), iso);
		event->all[i].text = iso;
		return true;
	}
	time_format(at, iso);
	assignments_put(event, "happened", iso);
	return true;
}

struct standing {
	const char *status, *responded, *employer;
};

static bool read_incident(struct work *w, const char *ref, struct standing *s, struct fault *f)
{
	return record_get(w, "incident", ref, "status", &s->status, f) &&
	       record_get(w, "incident", ref, "responded_at", &s->responded, f) &&
	       record_get(w, "incident", ref, "employer", &s->employer, f);
}

/* Who called first, as "2026-11-03 10:00 by Ann Lee (Jobcentre)". */
static bool first_approach(struct work *w, const char *ref, const struct standing *s,
        const char **out, struct fault *f)
{
	struct query *q = notice_about(w->store, SQL_FIRST_APPROACH, w->partnership, ref, f);
	struct buf b = { 0 };
	int rc;

	*out = NULL;
	if (!q)
		return false;
	rc = query_step(q, f);
	if (rc == 1 || s->responded) {
		buf_adds(&b, value_show(w, TYPE_MOMENT,
		                     s->responded ? s->responded : query_text(q, 0), LOOK_PEOPLE));
		if (rc == 1 && query_text(q, 1))
			buf_addf(&b, " by %s", query_text(q, 1));
		if (rc == 1 && query_text(q, 3) && !str_equal(query_text(q, 1), query_text(q, 3)))
			buf_addf(&b, " (%s)", query_text(q, 3));
		*out = arena_strdup(w->arena, b.p);
	}
	query_done(q);
	buf_free(&b);
	return rc >= 0;
}

/* The case's own fields that go with an event. */
static void follow(struct assignments *incident, const struct incident_note *note,
        const struct standing *s, const char *when)
{
	static const char *const steps[] = { "new", "contacted", "offered", "accepted", "refused",
		"delivering", "closed" };
	size_t now = 0, then = 0;

	for (size_t i = 0; i < COUNT(steps); i++) {
		now = str_equal(s->status, steps[i]) ? i : now;
		then = str_equal(note->status, steps[i]) ? i : then;
	}
	/* A second call does not take a case back behind its offer; an answer to one always counts. */
	if (note->status && !assignments_have(incident, "status") && (then > now || then >= 3))
		assignments_put(incident, "status", note->status);
	if (note->first_contact && !s->responded && !assignments_have(incident, "responded_at"))
		assignments_put(incident, "responded_at", when);
}

bool incident_event_add(struct work *w, const char *ref, const struct incident_note *note,
        const struct assignment *field, size_t n, const char **before, struct fault *f)
{
	struct assignments event = { 0 }, incident = { 0 };
	struct standing s;
	const char *made, *when;
	bool changed;

	*before = NULL;
	if (!record_resolve(w, "incident", ref, &ref, f) ||
	        !share_out(field, n, &event, &incident, f) || !settle_when(w, &event, &when, f) ||
	        !read_incident(w, ref, &s, f))
		return false;
	if (note->first_contact && !first_approach(w, ref, &s, before, f))
		return false;
	assignments_put(&event, "incident", ref);
	if (!assignments_have(&event, "kind"))
		assignments_put(&event, "kind", note->kind ? note->kind : "note");
	if (!assignments_have(&event, "text") && !str_empty(note->text))
		assignments_put(&event, "text", note->text);
	follow(&incident, note, &s, when);
	return record_add(w, "incident_event", NULL, event.all, event.n, &made, f) &&
	       (incident.n == 0 ||
	               record_set(w, "incident", ref, incident.all, incident.n, &changed, f));
}

bool incident_settle(
        struct work *w, const char *ref, const struct assignment *field, size_t n, struct fault *f)
{
	const char *told, *responded, *status;
	struct assignment by = { .field = "respond_by", .op = '=' };
	char iso[21];
	bool asked = false, has_time, changed;
	int64_t at, until;

	for (size_t i = 0; i < n; i++) {
		if (str_equal(field[i].field, "respond_by"))
			return true;
		asked = asked || str_equal(field[i].field, "told");
	}
	if (!asked)
		return true;
	if (!record_get(w, "incident", ref, "told", &told, f) ||
	        !record_get(w, "incident", ref, "responded_at", &responded, f) ||
	        !record_get(w, "incident", ref, "status", &status, f))
		return false;
	if (!told || responded || str_equal(status, "closed"))
		return true;
	if (!moment_parse(told, ORDER_YMD, w->now, &at, &has_time, f) ||
	        !clock_respond_by(w, at, has_time, &until, f))
		return false;
	by.text = time_format(until, iso);
	return record_set(w, "incident", ref, &by, 1, &changed, f);
}

/* The day of a case's end: one that has come, and not before it was told of. */
static bool check_day(struct work *w, const char *ref, const char *text, struct fault *f)
{
	const char *told;
	bool has_time;
	int64_t at;
	int second;

	if (str_empty(text))
		fault_set(f, STATUS_DATA, "is empty; give a day, or leave it out for today");
	if (str_empty(text) || !moment_parse(text, ORDER_DMY, w->now, &at, &has_time, f)) {
		fault_place(f, NULL, 0, "on");
		return false;
	}
	day_t day = zone_day(at, &second);
	if (day > w->today) {
		fault_set(f, STATUS_DATA, "%s is still to come; close the case when it is over",
		        quote(text));
		fault_place(f, NULL, 0, "on");
		return false;
	}
	if (!record_get(w, "incident", ref, "told", &told, f))
		return false;
	if (!told || !moment_parse(told, ORDER_YMD, w->now, &at, &has_time, f) ||
	        day >= zone_day(at, &second))
		return true;
	fault_set(f, STATUS_DATA, "%s is before %s was told of, on %s; correct one of the two",
	        quote(text), ref, value_show(w, TYPE_MOMENT, told, LOOK_PEOPLE));
	fault_place(f, NULL, 0, "on");
	return false;
}

bool incident_close(struct work *w, const char *ref, const char *text,
        const struct assignment *field, size_t n, struct incident_closed *has, struct fault *f)
{
	struct assignments event = { 0 }, incident = { 0 };
	struct query *q;
	char day[11];
	bool changed;
	const char *before, *status;
	int rc;

	if (!record_resolve(w, "incident", ref, &ref, f) ||
	        !share_out(field, n, &event, &incident, f))
		return false;
	for (size_t i = 0; i < incident.n; i++) {
		if (str_equal(incident.all[i].field, "on"))
			incident.all[i].field = "closed_on";
		if (str_equal(incident.all[i].field, "closed_on") &&
		        !check_day(w, ref, incident.all[i].text, f))
			return false;
	}
	if (!record_get(w, "incident", ref, "status", &status, f) ||
	        !record_get(w, "incident", ref, "closed_on", &has->on, f))
		return false;
	bool dated = assignments_have(&incident, "closed_on");
	has->already = str_equal(status, "closed") && !dated;
	if (!has->already && !dated)
		assignments_put(&incident, "closed_on", day_format(w->today, day));
	assignments_put(&incident, "status", "closed");
	if ((text || event.n) &&
	        !incident_event_add(w, ref, &(struct incident_note){ .text = text }, event.all,
	                event.n, &before, f))
		return false;
	if (!record_set(w, "incident", ref, incident.all, incident.n, &changed, f))
		return false;
	if (!(q = notice_about(w->store, SQL_CLOSED, w->partnership, ref, f)))
		return false;
	rc = query_step(q, f);
	has->washed = rc == 1 && query_int(q, 0);
	has->answered = rc == 1 && query_int(q, 1);
	query_done(q);
	return rc >= 0;
}

/* How far a case had come before it was closed: by the last answer to an offer, else by the first approach. */
static bool status_before(
        struct work *w, const char *ref, const char *responded, const char **out, struct fault *f)
{
	*out = responded ? "contacted" : "new";
	return query_one_text(
	        notice_about(w->store, SQL_LAST_ANSWER, w->partnership, ref, f), w->arena, out, f);
}

bool incident_reopen(struct work *w, const char *ref, const char *text,
        const struct assignment *field, size_t n, bool *was_open, struct fault *f)
{
	struct assignments event = { 0 }, incident = { 0 };
	struct standing s;
	const char *before, *status;
	bool changed;

	if (!record_resolve(w, "incident", ref, &ref, f) ||
	        !share_out(field, n, &event, &incident, f) || !read_incident(w, ref, &s, f))
		return false;
	*was_open = !str_equal(s.status, "closed");
	if (!*was_open) {
		if (!status_before(w, ref, s.responded, &status, f))
			return false;
		if (!assignments_have(&incident, "status"))
			assignments_put(&incident, "status", status);
		assignments_put(&incident, "closed_on", NULL);
	}
	if ((text || event.n) &&
	        !incident_event_add(w, ref, &(struct incident_note){ .text = text }, event.all,
	                event.n, &before, f))
		return false;
	return incident.n == 0 ||
	       record_set(w, "incident", ref, incident.all, incident.n, &changed, f);
}

/* The case that a notice belongs to, NULL: none. */
static bool case_of(struct work *w, const char *notice, const char **incident, struct fault *f)
{
	*incident = NULL;
	return query_one_text(notice_about(w->store, SQL_INCIDENT_OF, w->partnership, notice, f),
	        w->arena, incident, f);
}

/* Closes it where nothing but the call has come of it; *closed whether it did. */
static bool close_withdrawn(
        struct work *w, const char *incident, const char *note, bool *closed, struct fault *f)
{
	struct query *q =
	        notice_about(w->store, SQL_INCIDENT_WITHDRAW, w->partnership, incident, f);
	char text[21];

	if (!q)
		return false;
	query_bind_text(q, 3, day_format(w->today, text));
	if (!query_run(q, f))
		return false;
	*closed = store_rows_changed(w->store) > 0;
	if (!*closed)
		return true;
	if (!(q = notice_about(w->store, SQL_INCIDENT_NOTE, w->partnership, incident, f)))
		return false;
	query_bind_text(q, 3, time_format(w->now, text));
	query_bind_text(q, 4, note);
	return query_run(q, f);
}

bool notice_settle(struct work *w, const char *ref, struct buf *said, struct fault *f)
{
	const char *status, *incident, *standing;
	bool closed;

	if (!w->partnership || w->all)
		return true;
	if (!record_resolve(w, "notice", ref, &ref, f) ||
	        !record_get(w, "notice", ref, "status", &status, f))
		return false;
	if (!str_equal(status, "withdrawn") && !str_equal(status, "inactive"))
		return true;
	if (!case_of(w, ref, &incident, f))
		return false;
	if (!incident)
		return true;
	if (!record_get(w, "incident", incident, "status", &standing, f))
		return false;
	if (str_equal(standing, "closed"))
		return true;
	if (!close_withdrawn(w, incident,
	            arena_printf(w->arena, "closed, as notice %s is %s", ref, status), &closed, f))
		return false;
	if (closed)
		buf_addf(said, "%s is closed, as its notice %s is %s\n", incident, ref, status);
	else
		buf_addf(said,
		        "%s stays open, though its notice %s is %s; if it is over: incident-track "
		        "close "
		        "%s\n",
		        incident, ref, status, incident);
	return true;
}
