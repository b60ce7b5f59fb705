/* SPDX-License-Identifier: MIT */
/* What a reminder says: the values that its template names. */
#include "action/private.h"

#include <string.h>

/* The lists a template may go through, and the names within them. */
enum list { LIST_LATE, LIST_SOON, LIST_EARLIER, LIST_ISSUES, LIST_COUNT };
static const char *const list_names[LIST_COUNT] = { "late", "soon", "earlier", "issues" };

struct letter {
	struct letter_values values; /* the first, so that the one is found from the other */
	struct work *w;
	const struct chase_letter *l;
	const struct mailbox *from;
	const char *partnership;
	const struct chase_item *item; /* of the list gone through, or NULL */
};

static enum list list_of(const struct chase_item *i)
{
	return !i->action    ? LIST_ISSUES
	       : i->earlier  ? LIST_EARLIER
	       : i->late > 0 ? LIST_LATE
	                     : LIST_SOON;
}

static size_t count_of(const struct letter *t, enum list list)
{
	size_t n = 0;

	for (size_t i = 0; i < t->l->n; i++)
		n += list_of(&t->l->item[i]) == list;
	return n;
}

/* ---------- values ---------- */

static const char *days_text(struct work *w, const struct chase_item *i)
{
	int days = i->late > 0 ? i->late : -i->late;

	if (i->late > 0)
		return arena_printf(w->arena, "%d day%s late", days, days == 1 ? "" : "s");
	return days == 0   ? "today"
	       : days == 1 ? "tomorrow"
	                   : arena_printf(w->arena, "in %d days", days);
}

static const char *day_text(struct work *w, day_t day)
{
	struct buf b = { 0 };
	char *text;

	day_add_long(&b, day);
	text = arena_strdup(w->arena, b.p);
	buf_free(&b);
	return text;
}

/* "2 actions that are late", "A1, due in 3 days": what the letter is about, in a few words. */
static const char *about_text(const struct letter *t)
{
	size_t late = count_of(t, LIST_LATE), soon = count_of(t, LIST_SOON);
	const struct chase_item *first = t->l->item;

	for (size_t i = 0; i < t->l->n && list_of(first) > LIST_SOON; i++)
		first = &t->l->item[i];
	if (late + soon == 1)
		return arena_printf(t->w->arena, late ? "%s is %s" : "%s is due %s", first->ref,
		        days_text(t->w, first));
	if (soon == 0)
		return arena_printf(t->w->arena, "%zu things of yours are late", late);
	if (late == 0)
		return arena_printf(t->w->arena, "%zu things of yours fall due", soon);
	return arena_printf(t->w->arena, "%zu of yours %s late, %zu fall%s due", late,
	        late == 1 ? "is" : "are", soon, soon == 1 ? "s" : "");
}

static const char *copied_text(const struct letter *t)
{
	struct buf b = { 0 };
	char *text;

	for (size_t i = 0; i < t->l->ncc; i++)
		buf_addf(&b, "%s%s",
		        i == 0               ? ""
		        : i + 1 == t->l->ncc ? " and "
		                             : ", ",
		        t->l->cc[i].name ? t->l->cc[i].name : t->l->cc[i].address);
	text = arena_strdup(t->w->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

static const char *value_of(struct letter_values *values, const char *name)
{
	const struct letter *t = (struct letter *)values;
	const struct chase_item *i = t->item;
	struct arena *a = t->w->arena;

	for (int list = 0; list < LIST_COUNT; list++)
		if (str_equal(name, list_names[list]))
			return count_of(t, (enum list)list)
			               ? arena_printf(a, "%zu", count_of(t, (enum list)list))
			               : "";
	if (str_equal(name, "partnership"))
		return t->partnership;
	if (str_equal(name, "name"))
		return t->l->name;
	if (str_equal(name, "greeting"))
		return t->l->salutation ? t->l->salutation : arena_printf(a, "Dear %s", t->l->name);
	if (str_equal(name, "sender"))
		return t->from->name ? t->from->name : t->from->address;
	if (str_equal(name, "today"))
		return day_text(t->w, t->w->today);
	if (str_equal(name, "about"))
		return about_text(t);
	if (str_equal(name, "copied"))
		return copied_text(t);
	if (str_equal(name, "ref"))
		return i ? i->ref : "";
	if (str_equal(name, "title"))
		return i ? i->title : "";
	if (str_equal(name, "due"))
		return i ? day_text(t->w, i->due) : "";
	if (str_equal(name, "days"))
		return i ? days_text(t->w, i) : "";
	if (str_equal(name, "blocked"))
		return !i || !str_equal(i->status, "blocked") ? ""
		       : i->reason                            ? i->reason
		                                              : "no reason given";
	if (str_equal(name, "reminders"))
		return !i || i->times == 0 ? ""
		       : i->times == 1     ? "1 reminder"
		                           : arena_printf(a, "%lld reminders", (long long)i->times);
	return NULL;
}

/* Goes to the i-th thing of a list. */
static bool next_item(struct letter_values *values, size_t list, size_t i)
{
	struct letter *t = (struct letter *)values;

	t->item = NULL;
	for (size_t at = 0; at < t->l->n; at++)
		if (list_of(&t->l->item[at]) == (enum list)list && i-- == 0) {
			t->item = &t->l->item[at];
			break;
		}
	return t->item != NULL;
}

/* "Cheryl Roberts: A1, A3; a copy to John Swan" */
static const char *summary(struct work *w, const struct chase_letter *l)
{
	struct buf b = { 0 };
	const char *text;

	buf_addf(&b, "%s:", l->to.name);
	for (size_t i = 0, n = 0; i < l->n; i++)
		if (l->item[i].action && !l->item[i].earlier)
			buf_addf(&b, "%s %s", n++ ? "," : "", l->item[i].ref);
	for (size_t i = 0; i < l->ncc; i++)
		buf_addf(&b, "%s %s", i ? "," : "; a copy to", l->cc[i].name);
	text = arena_strdup(w->arena, b.p);
	buf_free(&b);
	return text;
}

bool action_letter(struct work *w, const struct chase_letter *l, const struct mailbox *from,
        const char *path, struct message *m, const char **about, struct fault *f)
{
	struct letter t = {
		.values = { .manual = "action-track",
		        .value = value_of,
		        .list = list_names,
		        .nlist = LIST_COUNT,
		        .lists = "late, soon, earlier or issues",
		        .next = next_item },
		.w = w,
		.l = l,
		.from = from,
	};
	struct mailbox *to = arena_alloc(w->arena, sizeof *to);

	if (!action_partnership(w, &t.partnership, f))
		return false;
	*to = l->to;
	*m = (struct message){ .from = *from,
		.to = to,
		.nto = 1,
		.cc = l->cc,
		.ncc = l->ncc,
		.date = w->now,
		.id = l->id,
		.in_reply_to = l->nreference ? l->reference[l->nreference - 1] : NULL,
		.references = l->reference,
		.nreferences = l->nreference };
	*about = summary(w, l);
	return letter_fill(w->arena, path, &t.values, m, f);
}
