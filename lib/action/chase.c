/* SPDX-License-Identifier: MIT */
/* Who is to be reminded of what, who is copied, and the records that say so. */
#include "action/private.h"

#include <string.h>

/* What the rules of this run are. */
struct rules {
	struct work *w;
	const struct chase_options *o;
	int64_t every, escalate_after, chair_days, steering_days; /* days of 0: not by days */
	struct chase *to;
	const char *warned; /* the last lead told of as beyond reach */
};

/* What SQL_OWED says of one thing that somebody owes. */
struct owed {
	struct chase_item item;
	const char *person, *lead, *workgroup, *name, *given, *salutation, *email;
	bool active;
	day_t away_until, chased_on;
	int64_t times;
	const char *pending;
};

static void read_owed(struct work *w, struct query *q, struct owed *o)
{
	*o = (struct owed){
		.person = action_text(w, q, 0),
		.lead = action_text(w, q, 1),
		.item = { .action = action_text(w, q, 2),
		        .ref = action_text(w, q, 3),
		        .title = action_text(w, q, 4),
		        .due = action_day(query_text(q, 5)),
		        .status = action_text(w, q, 6),
		        .reason = action_text(w, q, 7) },
		.workgroup = action_text(w, q, 8),
		.name = action_text(w, q, 9),
		.given = action_text(w, q, 10),
		.salutation = action_text(w, q, 11),
		.email = action_text(w, q, 12),
		.active = query_int(q, 13) != 0,
		.away_until = action_day(query_text(q, 14)),
		.chased_on = action_day(query_text(q, 15)),
		.times = query_int(q, 16),
		.pending = action_text(w, q, 17),
	};
	/* A reminder that is sent again keeps its day where the clock was put back since. */
	o->item.on = action_day(query_text(q, 18));
	if (o->item.on < w->today)
		o->item.on = w->today;
	o->item.late = (int)(w->today - o->item.due);
	o->item.times = o->times;
}

/* ---------- who cannot be written to ---------- */

static void tell(struct rules *r, enum tell how, struct fault *f)
{
	if (how == TELL_REFUSED)
		r->to->beyond++;
	if (r->w->tell)
		r->w->tell(r->w->told, how, f);
}

/* Tells once of each lead that there is nobody to write to, with what is to be done about it. */
static void beyond_reach(struct rules *r, const struct owed *o)
{
	struct fault f = { 0 }, address = { 0 };
	const char *who = o->person ? o->person : o->lead;
	const char *ref = o->item.ref;

	if (who && str_equal(r->warned, who))
		return;
	r->warned = who;
	if (!o->person && !o->lead)
		fault_set(&f, STATUS_DATA,
		        "%s: has no lead to remind; give it one with: action-track set %s "
		        "leads=PERSON",
		        ref, ref);
	else if (!o->person)
		fault_set(&f, STATUS_DATA,
		        "%s: %s is nobody to write to; name a person as its contact, its chair, or "
		        "as the lead",
		        ref, quote(o->lead));
	else if (!o->active)
		fault_set(&f, STATUS_DATA,
		        "%s: %s no longer takes part; hand over with: compact-record person "
		        "replace %s "
		        "NEW",
		        ref, quote(o->name), o->person);
	else if (!o->email)
		fault_set(&f, STATUS_DATA,
		        "%s: %s has no address; give one with: compact-record person set %s "
		        "email=…",
		        ref, quote(o->name), o->person);
	else if (!address_check(o->email, &address))
		fault_set(&f, STATUS_DATA, "%s: %s: %s", ref, quote(o->name), address.text);
	tell(r, TELL_REFUSED, &f);
}

static bool within_reach(const struct owed *o)
{
	struct fault f = { 0 };

	return o->person && o->active && address_check(o->email, &f);
}

/* ---------- who is copied ---------- */

static void copy_to(struct rules *r, struct chase_letter *l, const char *name, const char *email)
{
	struct mailbox *more;

	for (size_t i = 0; i < l->ncc; i++)
		if (str_equal(l->cc[i].address, email))
			return;
	more = arena_alloc(r->w->arena, (l->ncc + 1) * sizeof *more);
	if (l->ncc)
		memcpy(more, l->cc, l->ncc * sizeof *more);
	more[l->ncc++] = (struct mailbox){ name, email };
	l->cc = more;
}

/* Copies the chair that a query names; *found: there is one, other than the lead, with an address. */
static bool copy_chair(struct rules *r, struct chase_letter *l, enum action_sql which,
        const char *workgroup, bool *found, struct fault *f)
{
	struct query *q = action_query(r->w, which, f);
	struct fault none = { 0 };
	int rc;

	*found = false;
	if (!q)
		return false;
	if (workgroup)
		query_bind_text(q, 2, workgroup);
	while ((rc = query_step(q, f)) == 1) {
		const char *email = action_text(r->w, q, 2);
		if (str_equal(query_text(q, 0), l->person) || !address_check(email, &none))
			continue;
		*found = true;
		copy_to(r, l, action_text(r->w, q, 1), email);
	}
	query_done(q);
	return rc == 0;
}

/* After enough reminders, or days, the group's chair is copied, or the steering group's where the group has
 * none to write to; after more days the steering group's as well. */
static bool escalate(struct rules *r, struct chase_letter *l, const struct owed *o,
        struct chase_item *item, struct fault *f)
{
	bool chair =
	        o->times >= r->escalate_after || (r->chair_days > 0 && item->late >= r->chair_days);
	bool steering = r->steering_days > 0 && item->late >= r->steering_days;
	bool found = false, also = false;

	if (chair && o->workgroup && !copy_chair(r, l, SQL_CHAIR, o->workgroup, &found, f))
		return false;
	if ((steering || (chair && !found)) && !copy_chair(r, l, SQL_STEERING, NULL, &also, f))
		return false;
	item->escalated = found || also;
	return true;
}

/* ---------- letters ---------- */

/* The letter to a person under an id (NULL: a new one), begun where it is not there yet. */
static struct chase_letter *letter_for(struct rules *r, const struct owed *o)
{
	struct chase *c = r->to;
	struct chase_letter *l;

	for (size_t i = c->n; i > 0 && str_equal(c->letter[i - 1].person, o->person); i--)
		if (str_equal(c->letter[i - 1].id, o->pending))
			return &c->letter[i - 1];
	c->letter = mem_grow(c->letter, &c->cap, c->n + 1, sizeof *c->letter);
	l = &c->letter[c->n++];
	*l = (struct chase_letter){
		.person = o->person,
		.name = o->given ? o->given : o->name,
		.salutation = o->salutation,
		.to = { o->name, o->email },
		.id = o->pending,
		.again = o->pending != NULL,
	};
	return l;
}

static void add_item(struct rules *r, struct chase_letter *l, const struct chase_item *item)
{
	struct chase_item *more;

	if ((l->n & (l->n - 1)) == 0) { /* full at every power of two */
		more = arena_alloc(r->w->arena, (l->n ? l->n * 2 : 1) * sizeof *more);
		if (l->n)
			memcpy(more, l->item, l->n * sizeof *more);
		l->item = more;
	}
	l->item[l->n++] = *item;
}

/* Whether it was not long ago that they were reminded. A day still to come, from a clock that was put back
 * since, counts as today: they had that reminder. */
static bool not_yet(struct rules *r, const struct owed *o)
{
	return !r->o->force && !o->pending && o->chased_on != DAY_NONE &&
	       r->w->today < o->chased_on + r->every;
}

static bool take(struct rules *r, struct owed *o, struct fault *f)
{
	struct chase_letter *l;

	if (o->person && o->active && o->away_until != DAY_NONE && o->away_until >= r->w->today)
		return true;
	if (not_yet(r, o)) {
		/* Said in a letter they get for something else, but no reason for one. */
		o->item.earlier = true;
		if (!within_reach(o))
			return true;
	} else if (!within_reach(o)) {
		beyond_reach(r, o);
		return true;
	}
	l = letter_for(r, o);
	for (size_t i = 0; i < l->n; i++)
		if (str_equal(l->item[i].ref, o->item.ref))
			return true; /* a lead twice over: by name, and as somebody's chair */
	if (!o->item.earlier && !escalate(r, l, o, &o->item, f))
		return false;
	l->wanted |= !o->item.earlier;
	add_item(r, l, &o->item);
	return true;
}

static bool gather(struct rules *r, struct fault *f)
{
	/* What is due today is not late yet; with soon=0 it is what a --soon=0 asks for. */
	day_t until = r->w->today + (r->o->soon >= 0 ? (day_t)r->o->soon : -1);
	struct query *q = action_query(r->w, SQL_OWED, f);
	struct owed o;
	char day[11];
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, day_format(until, day));
	while ((rc = query_step(q, f)) == 1) {
		read_owed(r->w, q, &o);
		if (!take(r, &o, f)) {
			rc = -1;
			break;
		}
	}
	query_done(q);
	return rc == 0;
}

/* Letters in which everything was said not long ago are not written. */
static void drop_unwanted(struct chase *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->letter[i].wanted)
			c->letter[kept++] = c->letter[i];
	c->n = kept;
}

/* The ids of the thread that a letter goes on with. */
static bool find_thread(struct rules *r, struct chase_letter *l, struct fault *f)
{
	enum { THREAD_MOST = 20 };
	struct query *q = action_query(r->w, SQL_EARLIER_MAIL, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, l->person);
	l->reference = arena_alloc(r->w->arena, THREAD_MOST * sizeof *l->reference);
	while ((rc = query_step(q, f)) == 1) {
		const char *id = action_text(r->w, q, 0);
		/* The first is kept, which the thread is known by, and the latest. */
		if (l->nreference == THREAD_MOST) {
			memmove(l->reference + 1, l->reference + 2,
			        (THREAD_MOST - 2) * sizeof *l->reference);
			l->nreference--;
		}
		if (!str_equal(id, l->id))
			l->reference[l->nreference++] = id;
	}
	query_done(q);
	return rc == 0;
}

static bool find_issues(struct rules *r, struct chase_letter *l, struct fault *f)
{
	struct query *q = action_query(r->w, SQL_ISSUES, f);
	char day[11];
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, l->person);
	query_bind_text(q, 3, day_format(r->w->today, day));
	while ((rc = query_step(q, f)) == 1) {
		struct chase_item item = { .ref = action_text(r->w, q, 0),
			.title = action_text(r->w, q, 1),
			.due = action_day(query_text(q, 2)) };
		item.late = (int)(r->w->today - item.due);
		add_item(r, l, &item);
	}
	query_done(q);
	return rc == 0;
}

/* A new id comes from what makes this letter another than any before it: the store, the person, and the change
 * it is written in. */
static const char *new_id(struct rules *r, const struct chase_letter *l)
{
	char seq[24];

	snprintf(seq, sizeof seq, "%lld", (long long)store_last_change(r->w->store) + 1);
	return message_id(r->w->arena,
	        (const char *const[]){
	                store_site(r->w->store), r->w->partnership, "chase", l->person, seq },
	        5, &r->o->from);
}

/* ---------- the records ---------- */

static bool add_record(struct rules *r, const struct chase_letter *l, const struct chase_item *item,
        bool escalated, struct fault *f)
{
	char day[11];
	struct assignment a[] = {
		{ .field = "action", .op = '=', .text = item->action },
		{ .field = "person", .op = '=', .text = l->person, .ref = true },
		{ .field = "chased_on", .op = '=', .text = day_format(item->on, day) },
		{ .field = "message_id", .op = '=', .text = l->id },
		{ .field = "escalated", .op = '=', .text = escalated ? "yes" : "no" },
	};
	const char *made;

	return record_add(r->w, "chase", NULL, a, COUNT(a), &made, f);
}

/* One record an action, though some of its steps may stand in the letter too. */
static bool record_letter(struct rules *r, const struct chase_letter *l, struct fault *f)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct chase_item *item = &l->item[i];
		bool before = !item->action || item->earlier, escalated = false;
		for (size_t j = 0; j < l->n; j++)
			if (item->action && str_equal(l->item[j].action, item->action)) {
				before |= j < i && !l->item[j].earlier;
				escalated |= l->item[j].escalated;
			}
		if (!before && !add_record(r, l, item, escalated, f))
			return false;
	}
	return true;
}

/* What an earlier run meant to send and did not goes, for this run writes it down anew where it is still owed. */
static bool forget_pending(struct work *w, struct fault *f)
{
	struct query *q = action_query(w, SQL_CHASE_PENDING, f);
	const char **refs = NULL;
	size_t n = 0, cap = 0;
	bool ok = false;
	int rc;

	if (!q)
		return false;
	while ((rc = query_step(q, f)) == 1) {
		refs = mem_grow(refs, &cap, n + 1, sizeof *refs);
		refs[n++] = action_text(w, q, 0);
	}
	query_done(q);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (!record_remove(w, "chase", refs[i], false, f))
			goto out;
	ok = rc == 0;
out:
	mem_free(refs);
	return ok;
}

/* A setting that is a number of days or nothing. */
static bool days_setting(struct work *w, const char *name, int64_t *out, struct fault *f)
{
	*out = 0;
	return !work_setting(w, name, f) ? f->status == STATUS_OK
	                                 : work_setting_int(w, name, out, f);
}

bool action_chase(struct work *w, const struct chase_options *o, struct chase *c, struct fault *f)
{
	struct rules r = { .w = w, .o = o, .to = c };

	*c = (struct chase){ 0 };
	if (!work_setting_int(w, "chase_every", &r.every, f) ||
	        !work_setting_int(w, "escalate_after", &r.escalate_after, f) ||
	        !days_setting(w, "chair_after_days", &r.chair_days, f) ||
	        !days_setting(w, "steering_after_days", &r.steering_days, f) || !gather(&r, f))
		return false;
	drop_unwanted(c);
	if (c->n && str_empty(o->from.address))
		return fault_set(f, STATUS_USAGE,
		        "say who sends with --from=ADDRESS, or from=ADDRESS in the config file");
	if (!forget_pending(w, f))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		struct chase_letter *l = &c->letter[i];
		if (!l->id)
			l->id = new_id(&r, l);
		if (!find_thread(&r, l, f) || !find_issues(&r, l, f) || !record_letter(&r, l, f))
			return false;
	}
	return true;
}

bool action_chased(struct work *w, const char *message_id, struct fault *f)
{
	struct query *q = action_query(w, SQL_CHASE_OF, f);
	char at[21];
	struct assignment set = {
		.field = "handed_over", .op = '=', .text = time_format(w->now, at)
	};
	const char **refs = NULL;
	size_t n = 0, cap = 0;
	bool changed, ok = false;
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 2, message_id);
	while ((rc = query_step(q, f)) == 1) {
		refs = mem_grow(refs, &cap, n + 1, sizeof *refs);
		refs[n++] = action_text(w, q, 0);
	}
	query_done(q);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (!record_set(w, "chase", refs[i], &set, 1, &changed, f))
			goto out;
	ok = rc == 0;
out:
	mem_free(refs);
	return ok;
}

void action_chase_free(struct chase *c)
{
	mem_free(c->letter);
	*c = (struct chase){ 0 };
}
