/* SPDX-License-Identifier: MIT */
/*
 * Invitations to a meeting: who is asked, the calendar entry they answer (RFC 5546), and the letter with it.
 * The entry keeps its id, and its sequence number rises with every change of the meeting; so whoever is invited
 * again sees the meeting moved or called off, and nothing twice. Nothing is written down.
 */
#include "action/private.h"

#include <string.h>

enum {
	COLUMN_PERSON,
	COLUMN_NAME,
	COLUMN_GIVEN,
	COLUMN_SALUTATION,
	COLUMN_EMAIL,
	COLUMN_ACTIVE,
	COLUMN_ROLE,
	COLUMN_STATE
};

static void tell(struct work *w, struct invitation *v, struct fault *f)
{
	v->beyond++;
	if (w->tell)
		w->tell(w->told, TELL_REFUSED, f);
}

/* Whether they can be written to; tells why not. */
static bool within_reach(
        struct work *w, struct invitation *v, const char *ref, const char *name, const char *email)
{
	struct fault f = { 0 }, address = { 0 };

	if (address_check(email, &address))
		return true;
	if (!email)
		fault_set(&f, STATUS_DATA,
		        "%s has no address; give one with: compact-record person set %s email=…",
		        quote(name), ref);
	else
		fault_set(&f, STATUS_DATA, "%s: %s", quote(name), address.text);
	tell(w, v, &f);
	return false;
}

static void take(struct work *w, struct invitation *v, struct query *q, bool named)
{
	const char *person = action_text(w, q, COLUMN_PERSON);
	const char *name = action_text(w, q, COLUMN_NAME);
	const char *email = action_text(w, q, COLUMN_EMAIL);
	const char *given = action_text(w, q, COLUMN_GIVEN);
	bool declined = str_equal(query_text(q, COLUMN_STATE), "apologies");
	struct invited *i;

	/* Who has left is asked only by name; who has sent apologies is only told that it is off. */
	if (!named && (query_int(q, COLUMN_ACTIVE) == 0 || (declined && !v->off)))
		return;
	for (size_t k = 0; k < v->n; k++)
		if (str_equal(v->invited[k].person, person))
			return;
	if (!within_reach(w, v, person, name, email))
		return;
	v->invited = mem_grow(v->invited, &v->cap, v->n + 1, sizeof *v->invited);
	i = &v->invited[v->n++];
	*i = (struct invited){
		.person = person,
		.name = given ? given : name,
		.salutation = action_text(w, q, COLUMN_SALUTATION),
		.attendee = { .who = { name, email },
		        .chair = str_equal(query_text(q, COLUMN_ROLE), "chair"),
		        .optional = str_equal(query_text(q, COLUMN_ROLE), "deputy"),
		        .declined = declined },
	};
}

/* Those who sit in the meeting's group on its day and those put down for it, or the one named. */
static bool gather(struct work *w, struct invitation *v, const char *person, struct fault *f)
{
	struct query *q = action_query(w, SQL_INVITED, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, v->meeting);
	query_bind_text(q, 3, person);
	while ((rc = query_step(q, f)) == 1)
		take(w, v, q, person != NULL);
	query_done(q);
	return rc == 0;
}

static bool read_meeting(struct work *w, struct invitation *v, struct fault *f)
{
	struct query *q = action_query(w, SQL_MEETING, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, v->meeting);
	rc = query_step(q, f);
	if (rc == 1) {
		v->status = action_text(w, q, 0);
		v->agenda = action_text(w, q, 1);
		v->reason = action_text(w, q, 2);
		v->moved_to = action_text(w, q, 3);
	}
	query_done(q);
	if (rc < 0)
		return false;
	v->off = str_equal(v->status, "cancelled") || str_equal(v->status, "moved");
	if (str_equal(v->status, "held"))
		return fault_set(f, STATUS_DATA,
		        "%s was held already; nobody is invited to it any more", v->meeting);
	return true;
}

bool action_invite(struct work *w, const char *meeting, const char *const *person, size_t n,
        struct invitation *v, struct fault *f)
{
	*v = (struct invitation){ 0 };
	if (!record_resolve(w, "meeting", meeting, &v->meeting, f) || !read_meeting(w, v, f) ||
	        !action_partnership(w, &v->partnership, f) ||
	        !action_entry(w, "meeting", v->meeting, &v->entry, f))
		return false;
	v->entry.alarm_hours = 0; /* theirs to set */
	if (n == 0 && !gather(w, v, NULL, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *ref;
		if (!record_resolve(w, "person", person[i], &ref, f) || !gather(w, v, ref, f))
			return false;
	}
	if (v->n == 0 && v->beyond == 0)
		return fault_set(f, STATUS_DATA,
		        "%s has nobody to invite; give it a workgroup with seats, or name the "
		        "persons "
		        "behind it",
		        v->meeting);
	return true;
}

void action_invite_free(struct invitation *v)
{
	mem_free(v->invited);
	*v = (struct invitation){ 0 };
}

/* ---------- the calendar ---------- */

static void write_calendar(const struct invitation *v, const struct mailbox *from,
        const struct attendee *who, size_t n, struct out *out)
{
	struct calendar_out to = { .out = out, .method = v->off ? "CANCEL" : "REQUEST" };
	struct calendar_entry e = v->entry;

	e.organizer = *from;
	e.attendee = who;
	e.nattendee = n;
	ics_add(&to, &e);
	ics_close(&to);
}

void action_invitation_calendar(
        const struct invitation *v, const struct mailbox *from, struct out *out)
{
	struct attendee *all = mem_alloc((v->n + 1) * sizeof *all);

	for (size_t i = 0; i < v->n; i++)
		all[i] = v->invited[i].attendee;
	write_calendar(v, from, all, v->n, out);
	mem_free(all);
}

/* ---------- the letter ---------- */

struct invitation_letter {
	struct letter_values values; /* the first, so that the one is found from the other */
	struct work *w;
	const struct invitation *v;
	const struct invited *to;
	const struct mailbox *from;
};

static void add_clock(struct buf *b, int64_t at)
{
	int seconds;

	zone_day(at, &seconds);
	buf_addf(b, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
}

/* "Thursday 18 December 2008, 10:00 to 12:00" */
static const char *when_text(struct arena *a, const struct calendar_entry *e)
{
	static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"Saturday", "Sunday" };
	struct buf b = { 0 };
	int seconds;
	bool timed = e->starts != TIME_NONE;
	day_t day = timed ? zone_day(e->starts, &seconds) : e->day;
	day_t last = e->ends != TIME_NONE ? zone_day(e->ends, &seconds) : e->last;
	const char *text;

	buf_addf(&b, "%s ", days[day_weekday(day)]);
	day_add_long(&b, day);
	if (timed) {
		buf_adds(&b, ", ");
		add_clock(&b, e->starts);
	}
	if (last != DAY_NONE && last > day) {
		buf_addf(&b, " to %s ", days[day_weekday(last)]);
		day_add_long(&b, last);
	}
	if (e->ends != TIME_NONE && e->ends > e->starts) {
		buf_adds(&b, last > day ? ", " : " to ");
		add_clock(&b, e->ends);
	}
	text = arena_strdup(a, b.p);
	buf_free(&b);
	return text;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *value_of(struct letter_values *values, const char *name)
{
	const struct invitation_letter *t = (struct invitation_letter *)values;
	const struct invitation *v = t->v;

	if (str_equal(name, "partnership"))
		return v->partnership;
	if (str_equal(name, "name"))
		return t->to->name;
	if (str_equal(name, "greeting"))
		return t->to->salutation ? t->to->salutation
		                         : arena_printf(t->w->arena, "Dear %s", t->to->name);
	if (str_equal(name, "sender"))
		return t->from->name ? t->from->name : t->from->address;
	if (str_equal(name, "about"))
		return arena_printf(t->w->arena, "%s%s, %s", v->off ? "Cancelled: " : "",
		        v->entry.title, when_text(t->w->arena, &v->entry));
	if (str_equal(name, "meeting"))
		return v->entry.title;
	if (str_equal(name, "when"))
		return when_text(t->w->arena, &v->entry);
	if (str_equal(name, "place"))
		return or_empty(v->entry.place);
	if (str_equal(name, "agenda"))
		return or_empty(v->agenda);
	if (str_equal(name, "invited"))
		return v->off ? "" : "yes";
	if (str_equal(name, "cancelled"))
		return v->off ? "yes" : "";
	if (str_equal(name, "reason"))
		return or_empty(v->reason);
	if (str_equal(name, "moved"))
		return or_empty(v->moved_to);
	return NULL;
}

/* The same invitation has the same id however often it is sent. */
static const char *id_of(struct work *w, const struct invitation *v, const struct invited *to,
        const struct mailbox *from)
{
	const char *sequence = arena_printf(w->arena, "%lld", (long long)v->entry.sequence);

	return message_id(w->arena,
	        (const char *const[]){ store_site(w->store), w->partnership, "meeting", v->meeting,
	                to->person, sequence },
	        6, from);
}

bool action_invitation(struct work *w, const struct invitation *v, size_t which,
        const struct mailbox *from, const char *path, struct message *m, const char **about,
        struct fault *f)
{
	const struct invited *to = &v->invited[which];
	struct invitation_letter t = {
		.values = { .manual = "meeting-track", .value = value_of, .lines = "agenda" },
		.w = w,
		.v = v,
		.to = to,
		.from = from,
	};
	struct mailbox *box = arena_alloc(w->arena, sizeof *box);
	struct buf calendar = { 0 };
	struct out *out = out_open_memory(&calendar);
	bool ok;

	/* Nobody sees who else was asked. */
	write_calendar(v, from, &to->attendee, 1, out);
	ok = out_close(out, f);
	*box = to->attendee.who;
	*m = (struct message){
		.from = *from,
		.to = box,
		.nto = 1,
		.date = w->now,
		.id = id_of(w, v, to, from),
		.calendar = arena_strdup(w->arena, buf_text(&calendar)),
		.method = v->off ? "CANCEL" : "REQUEST",
	};
	*about = arena_printf(
	        w->arena, "%s: %s%s", box->name, v->off ? "told that it is off: " : "", v->meeting);
	buf_free(&calendar);
	return ok && letter_fill(w->arena, path, &t.values, m, f);
}
