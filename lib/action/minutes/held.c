/* SPDX-License-Identifier: MIT */
/*
 * What the minutes of a meeting do to the records: the meeting was held, these were there, this was decided, and
 * this is to be done. The same file taken again changes nothing: decisions and actions are known by the meeting
 * and their words.
 */
#include "action/private.h"

#include <string.h>

struct keeper {
	struct work *w;
	struct minutes *m;
	const char *meeting;
	day_t held;
	const char *day; /* the same, ISO, for what was raised and decided */
};

/* A fault of a record gets the line of the file it came from. */
static bool at_line(struct keeper *k, long line, bool ok, struct fault *f)
{
	if (!ok && f->line == 0)
		fault_place(f, k->m->name, line, NULL);
	return ok;
}

/* ---------- which meeting ---------- */

static bool find_day(struct keeper *k, struct fault *f)
{
	char day[11];
	int64_t at;
	bool has_time;

	if (k->m->starts) {
		if (!moment_parse(k->m->starts, ORDER_DMY, k->w->now, &at, &has_time, f))
			return at_line(k, k->m->date_line, false, f);
	} else {
		const struct kind *meeting = record_kind(k->w, "meeting", f);
		const char *stored = NULL, *ref = k->meeting ? k->meeting : k->m->ref;
		bool there = false;
		if (ref && (!meeting || !record_exists(k->w, meeting, ref, &there, f)))
			return false;
		if (there && !record_get(k->w, "meeting", ref, "starts", &stored, f))
			return false;
		if (!stored || !moment_parse(stored, ORDER_YMD, k->w->now, &at, &has_time, f)) {
			fault_set(f, STATUS_DATA,
			        "does not say when the meeting was; add a line 'Date: …' under the "
			        "title");
			return at_line(k, 1, false, f);
		}
	}
	k->held = zone_day(at, &(int){ 0 });
	k->day = arena_strdup(k->w->arena, day_format(k->held, day));
	return true;
}

/* The meeting of that day where none was named; else it is called by its day. */
static bool find_meeting(struct keeper *k, struct fault *f)
{
	struct query *q;
	size_t n = 0;
	int rc;

	if (!k->meeting)
		k->meeting = k->m->ref;
	if (k->meeting)
		return true;
	q = action_query(k->w, SQL_MEETING_ON, f);
	if (!q)
		return false;
	query_bind_text(q, 2, k->day);
	while ((rc = query_step(q, f)) == 1) {
		k->meeting = action_text(k->w, q, 0);
		n++;
	}
	query_done(q);
	if (rc < 0)
		return false;
	if (n > 1) {
		fault_set(f, STATUS_DATA,
		        "there are %zu meetings on %s; say which with a line 'Meeting: REF'", n,
		        k->day);
		return at_line(k, k->m->date_line, false, f);
	}
	if (n == 0)
		k->meeting = k->day;
	return true;
}

/* Minutes of another meeting, or with a slip of the pen in their date, would move this one unseen. */
static bool tell_moved(struct keeper *k, struct fault *f)
{
	struct fault warning = { 0 };
	const char *stored = NULL;
	int64_t at;
	bool has_time;
	char was[11];

	if (!k->m->starts || !k->w->tell)
		return true;
	if (!record_get(k->w, "meeting", k->meeting, "starts", &stored, f))
		return false;
	if (!stored || !moment_parse(stored, ORDER_YMD, k->w->now, &at, &has_time, &warning) ||
	        zone_day(at, &(int){ 0 }) == k->held)
		return true;
	fault_set(&warning, STATUS_OK,
	        "meeting %s was to be on %s, and is on %s by this date; if these are the minutes "
	        "of another, take the change back",
	        k->meeting, day_format(zone_day(at, &(int){ 0 }), was), k->day);
	fault_place(&warning, k->m->name, k->m->date_line, NULL);
	k->w->tell(k->w->told, TELL_WARNING, &warning);
	return true;
}

static bool keep_meeting(struct keeper *k, struct fault *f)
{
	struct minutes *m = k->m;
	const struct kind *meeting = record_kind(k->w, "meeting", f);
	struct assignment *a = arena_alloc(k->w->arena, (m->nfield + 3) * sizeof *a);
	const char *made;
	size_t n = m->nfield;
	bool there, changed;

	if (n)
		memcpy(a, m->field, n * sizeof *a);
	a[n++] = (struct assignment){ .field = "status", .op = '=', .text = "held" };
	if (m->text)
		a[n++] = (struct assignment){ .field = "minutes", .op = '=', .text = m->text };
	if (!meeting || !record_exists(k->w, meeting, k->meeting, &there, f))
		return false;
	if (!there && m->title)
		a[n++] = (struct assignment){ .field = "title",
			.op = '=',
			.text = m->title,
			.file = m->name,
			.line = m->title_line };
	if (there && !tell_moved(k, f))
		return false;
	if (there)
		return at_line(k, 1, record_set(k->w, "meeting", k->meeting, a, n, &changed, f), f);
	return at_line(k, 1, record_add(k->w, "meeting", k->meeting, a, n, &made, f), f);
}

/* ---------- who was there ---------- */

static bool find_person(
        struct keeper *k, const struct minutes_person *p, const char **person, struct fault *f)
{
	struct fault none = { 0 };

	return record_resolve(k->w, "person", p->name, person, &none) ||
	       at_line(k, p->line, record_resolve(k->w, "person", p->before_comma, person, f), f);
}

/* Nobody is present and absent. */
static bool find_people(struct keeper *k, const char **person, struct fault *f)
{
	const struct minutes_person *all = k->m->person;

	for (size_t i = 0; i < k->m->nperson; i++) {
		if (!find_person(k, &all[i], &person[i], f))
			return false;
		for (size_t j = 0; j < i; j++)
			if (str_equal(person[i], person[j]) &&
			        !str_equal(all[i].state, all[j].state)) {
				fault_set(f, STATUS_DATA,
				        "%s stands under %s, and under %s in line %ld; leave one "
				        "out",
				        quote(all[i].name), all[i].state, all[j].state,
				        all[j].line);
				return at_line(k, all[i].line, false, f);
			}
	}
	return true;
}

static bool keep_person(
        struct keeper *k, const struct minutes_person *p, const char *person, struct fault *f)
{
	const struct kind *attendance = record_kind(k->w, "attendance", f);
	struct assignment a[] = {
		{ .field = "state", .op = '=', .text = p->state },
		{ .field = "deputising_for", .op = '=', .text = p->deputising_for },
	};
	const char *ref, *made;
	bool there, changed;

	if (!attendance)
		return false;
	ref = arena_printf(k->w->arena, "%s/%s", k->meeting, person);
	if (!record_exists(k->w, attendance, ref, &there, f))
		return false;
	return at_line(k, p->line,
	        there ? record_set(k->w, "attendance", ref, a, COUNT(a), &changed, f)
	              : record_add(k->w, "attendance", ref, a, COUNT(a), &made, f),
	        f);
}

/* ---------- what was decided, and what is to be done ---------- */

/* A record of the kind that was raised at this meeting, by its title or ref; or NULL. */
static bool find_raised(struct keeper *k, const char *kind, const char *field, const char *text,
        const char **ref, struct fault *f)
{
	const char *filter[] = { arena_printf(k->w->arena, "raised_at=%s", k->meeting),
		arena_printf(k->w->arena, "%s=%s", field, text) };
	const char **refs;
	size_t n;

	if (!record_refs(k->w, &(struct list_query){ .kind = kind, .filter = filter, .nfilter = 2 },
	            &refs, &n, f))
		return false;
	*ref = n ? refs[0] : NULL;
	return true;
}

static bool keep_decision(struct keeper *k, const struct minutes_decision *d, struct fault *f)
{
	struct assignment a[] = {
		{ .field = "kind", .op = '=', .text = "decision" },
		{ .field = "title",
		        .op = '=',
		        .text = d->text,
		        .file = k->m->name,
		        .line = d->line },
		{ .field = "status", .op = '=', .text = "accepted" },
		{ .field = "raised", .op = '=', .text = k->day },
		{ .field = "raised_at", .op = '=', .text = k->meeting, .ref = true },
		{ .field = "decision", .op = '=', .text = "agreed" },
		{ .field = "decided", .op = '=', .text = k->day },
	};
	const char *ref, *made;

	if (!find_raised(k, "issue_log", "title", d->text, &ref, f))
		return at_line(k, d->line, false, f);
	return ref ||
	       at_line(k, d->line, record_add(k->w, "issue_log", NULL, a, COUNT(a), &made, f), f);
}

static bool is_lead(struct work *w, const char *text)
{
	static const char *const kinds[] = { "person", "org", "workgroup" };
	bool known = false;

	for (size_t i = 0; !known && i < COUNT(kinds); i++) {
		struct fault none = { 0 };
		const char *ref;
		known = record_resolve(w, kinds[i], text, &ref, &none);
	}
	return known;
}

/* Who leads: one whose name may hold a comma, or several behind commas and "and". *all: each is somebody who can,
 * for what stands in brackets may be just words. */
static struct node *read_leads(struct work *w, const char *text, long line, bool *all)
{
	struct node *list = arena_alloc(w->arena, sizeof *list), *item;
	char *copy = arena_strdup(w->arena, text), **name = arena_alloc(w->arena, sizeof *name);
	size_t n = 1;

	name[0] = copy;
	*all = is_lead(w, text);
	if (!*all) {
		for (char *p; (p = strstr(copy, " and ")) != NULL;)
			memcpy(p, " ;   ", 5);
		name = str_split(w->arena, copy, ",;", &n);
	}
	*list = (struct node){ .kind = NODE_LIST, .line = line, .n = n };
	list->item = arena_alloc(w->arena, (n + 1) * sizeof *list->item);
	item = arena_alloc(w->arena, (n + 1) * sizeof *item);
	*all = true;
	for (size_t i = 0; i < n; i++) {
		item[i] =
		        (struct node){ .kind = NODE_TEXT, .line = line, .text = str_trim(name[i]) };
		list->item[i] = &item[i];
		*all &= is_lead(w, item[i].text);
	}
	return list;
}

/* "A1: printed" of an action that is there is a note on it; *on then is its ref. */
static bool keep_note(
        struct keeper *k, const struct minutes_task *t, const char **on, struct fault *f)
{
	const char *colon = strchr(t->text, ':');
	const struct kind *action = record_kind(k->w, "action", f);
	const char *ref = t->ref, *text = t->text, **refs;
	struct assignment noted = { .field = "noted_on", .op = '=', .text = k->day };
	struct fault none = { 0 };
	bool there = false;
	size_t n;

	*on = NULL;
	if (!action)
		return false;
	if (!ref && colon && colon > text && (size_t)(colon - text) <= 64) {
		ref = arena_strndup(k->w->arena, text, (size_t)(colon - text));
		text = colon + 1 + strspn(colon + 1, " ");
	}
	if (!ref || !ref_check(ref, &none))
		return true;
	if (!record_exists(k->w, action, ref, &there, f) || !there)
		return f->status == STATUS_OK;
	*on = ref;
	const char *filter[] = { arena_printf(k->w->arena, "action=%s", ref),
		arena_printf(k->w->arena, "text=%s", text) };
	if (!record_refs(k->w,
	            &(struct list_query){ .kind = "progress", .filter = filter, .nfilter = 2 },
	            &refs, &n, f))
		return at_line(k, t->line, false, f);
	return n || at_line(k, t->line, action_note(k->w, ref, NULL, text, &noted, 1, f), f);
}

static bool keep_task(struct keeper *k, const struct minutes_task *t, struct fault *f)
{
	const char *title = t->text, *due = t->due, *ref, *on, *made;
	struct fault none = { 0 };
	struct node *leads = NULL;
	day_t day;
	struct assignment a[5];
	size_t n = 0, own;
	bool changed, all = true;

	if (t->leads)
		leads = read_leads(k->w, t->leads, t->line, &all);
	if (t->maybe) {
		/* What has a digit was meant as a day, and is told where it is none. */
		bool said = (leads && all) ||
		            (due && (strpbrk(due, "0123456789") ||
		                            day_parse(due, ORDER_DMY, k->w->today, &day, &none)));
		title = said ? t->before : t->text;
		due = said ? due : NULL;
		leads = said ? leads : NULL;
	}
	if (!find_raised(k, "action", "title", title, &ref, f) ||
	        (!ref && t->ref && ref_check(t->ref, &none) &&
	                !find_raised(k, "action", "ref", t->ref, &ref, f)))
		return at_line(k, t->line, false, f);
	a[n++] = (struct assignment){
		.field = "title", .op = '=', .text = title, .file = k->m->name, .line = t->line
	};
	a[n++] = (struct assignment){ .field = "raised", .op = '=', .text = k->day };
	a[n++] = (struct assignment){
		.field = "raised_at", .op = '=', .text = k->meeting, .ref = true
	};
	own = n;
	if (leads)
		a[n++] = (struct assignment){ .field = "leads",
			.op = '=',
			.node = leads,
			.file = k->m->name,
			.line = t->line };
	if (due)
		a[n++] = (struct assignment){
			.field = "due", .op = '=', .text = due, .file = k->m->name, .line = t->line
		};
	/* A row of a table that names an action says who leads it from now on, and by when. */
	if (!ref && !keep_note(k, t, &on, f))
		return at_line(k, t->line, false, f);
	if (!ref && on)
		return !t->ref || n == own ||
		       at_line(k, t->line,
		               record_set(k->w, "action", on, a + own, n - own, &changed, f), f);
	if (ref)
		return at_line(k, t->line, record_set(k->w, "action", ref, a, n, &changed, f), f);
	return at_line(k, t->line, record_add(k->w, "action", t->ref, a, n, &made, f), f);
}

static bool keep_all(struct keeper *k, struct fault *f)
{
	const struct minutes *m = k->m;

	const char **person = arena_alloc(k->w->arena, (m->nperson + 1) * sizeof *person);

	if (!find_meeting(k, f) || !keep_meeting(k, f) || !find_people(k, person, f))
		return false;
	for (size_t i = 0; i < m->nperson; i++)
		if (!keep_person(k, &m->person[i], person[i], f))
			return false;
	for (size_t i = 0; i < m->ndecision; i++)
		if (!keep_decision(k, &m->decision[i], f))
			return false;
	for (size_t i = 0; i < m->ntask; i++)
		if (!keep_task(k, &m->task[i], f))
			return false;
	return true;
}

bool action_minutes(
        struct work *w, const char *meeting, struct minutes *m, const char **ref, struct fault *f)
{
	struct keeper k = { .w = w, .m = m, .meeting = meeting };
	const day_t today = w->today;
	const int64_t now = w->now;
	int64_t second;
	bool ok;

	if (!find_day(&k, f))
		return false;
	/* "by Friday" was said at the meeting, whenever the minutes are typed. */
	w->today = k.held;
	zone_to_utc(k.held, 12 * 3600, &w->now, &second);
	ok = keep_all(&k, f);
	w->today = today;
	w->now = now;
	*ref = k.meeting;
	return ok;
}
