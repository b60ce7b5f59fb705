/* SPDX-License-Identifier: MIT */
/* Whose a notice is: by the areas of each partnership that takes notices. */
#include <string.h>

#include "notice/keep/keep.h"

static bool load_areas(struct keeper *k, struct own *o, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_OWN_AREAS, f);
	struct own_area *area = NULL;
	size_t cap = 0, ns = 0;
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	while ((rc = query_step(q, f)) == 1) {
		area = mem_grow(area, &cap, o->narea + 1, sizeof *area);
		area[o->narea++] = (struct own_area){ arena_strdup(k->arena, query_text(q, 0)),
			arena_strdup(k->arena, query_text(q, 1)) };
	}
	query_done(q);
	o->area = arena_alloc(k->arena, (o->narea + 1) * sizeof *area);
	if (o->narea)
		memcpy(o->area, area, o->narea * sizeof *area);
	mem_free(area);
	if (rc < 0)
		return false;
	o->scheme = arena_alloc(k->arena, (o->narea + 2) * sizeof *o->scheme);
	for (size_t i = 0; i < o->narea; i++)
		if (ns == 0 || !str_equal(o->scheme[ns - 1], o->area[i].scheme))
			o->scheme[ns++] = o->area[i].scheme;
	return ns ||
	       query_one_text(notice_query(k->w->store, SQL_SCHEME, f), k->arena, &o->scheme[0], f);
}

bool own_add(struct keeper *k, const char *partnership, const char *name, struct fault *f)
{
	struct own *o;
	size_t cap = k->nown;

	k->own = mem_grow(k->own, &cap, k->nown + 1, sizeof *k->own);
	o = &k->own[k->nown];
	*o = (struct own){ .partnership = arena_strdup(k->arena, partnership),
		.ref_key = text_fold(k->arena, partnership),
		.name_key = name ? text_key(k->arena, name) : NULL };
	k->nown++;
	o->ref = *k->shared;
	return reference_nation_of(&o->ref, k->w, o->partnership, f) && load_areas(k, o, f);
}

/* Whether a notice is a partnership's: one without areas takes all, an unknown place is held. */
static bool is_own(
        const struct keeper *k, const struct own *o, const struct notice *n, bool *unknown)
{
	bool known = n->text[N_COUNCIL] != NULL;

	for (size_t i = 0; i < o->narea; i++) {
		bool here;
		place_area(k->shared, n, o->area[i].scheme, &here);
		known = known || here;
		if (here && place_has_area(k->shared, n, o->area[i].scheme, o->area[i].area))
			return true;
	}
	*unknown = !known;
	return o->narea == 0;
}

/* The partnership that a row names; a name of two names neither. */
static struct own *own_named(struct keeper *k, const char *text)
{
	const char *ref = text_fold(k->row_arena, str_trim(arena_strdup(k->row_arena, text))),
	           *name = text_key(k->row_arena, text);
	struct own *found = NULL;

	for (size_t i = 0; i < k->nown; i++) {
		struct own *o = &k->own[i];
		if (str_equal(o->ref_key, ref))
			return o;
		if (!str_equal(o->name_key, name))
			continue;
		if (found)
			return NULL;
		found = o;
	}
	return found;
}

static void note_misnamed(struct keeper *k, const struct notice *n, const struct own *o)
{
	if (k->misnamed++ > 0)
		return;
	fault_set(&k->misnamed_first, STATUS_OK,
	        "%s is given, but the row lies in an area of %s, which has it",
	        quote(n->partnership), o->partnership);
	fault_place(&k->misnamed_first, k->file, n->line, "partnership");
}

void own_say_misnamed(struct keeper *k)
{
	struct fault said = k->misnamed_first;
	size_t more = k->misnamed - 1;

	if (k->misnamed == 0 || !k->w->tell)
		return;
	if (more > 0)
		fault_set(&said, STATUS_OK, "%s; so with %zu more row%s", k->misnamed_first.text,
		        more, more == 1 ? "" : "s");
	k->w->tell(k->w->told, TELL_WARNING, &said);
}

struct own *own_of(struct keeper *k, const struct notice *n, bool *unknown)
{
	struct own *named =
	        k->o.all && !str_empty(n->partnership) ? own_named(k, n->partnership) : NULL;

	if (named && is_own(k, named, n, unknown))
		return named;
	for (size_t i = 0; i < k->nown; i++) {
		struct own *o = &k->own[i];
		if (!is_own(k, o, n, unknown))
			continue;
		if (!named)
			return o;
		/* One without areas takes all, so that the name says more. */
		if (o->narea == 0)
			return named;
		note_misnamed(k, n, o);
		return o;
	}
	if (*unknown)
		return k->o.all ? named : &k->own[0];
	return NULL;
}

bool own_calendar(struct keeper *k, struct own *o, struct fault *f)
{
	struct fault warning = { 0 };

	k->w->partnership = o->partnership;
	k->w->calendar = o->calendar;
	if (o->calendar)
		return true;
	if (!work_calendar(k->w, f))
		return false;
	o->calendar = k->w->calendar;
	int year, month, day;
	day_split(k->w->today, &year, &month, &day);
	if (o->calendar->last_year && o->calendar->last_year < year && !k->warned_calendar &&
	        k->w->tell) {
		k->warned_calendar = true;
		fault_set(&warning, STATUS_OK,
		        "public holidays are known to %d only, so deadlines count none after; load "
		        "a newer table of holidays",
		        o->calendar->last_year);
		k->w->tell(k->w->told, TELL_WARNING, &warning);
	}
	return true;
}

struct query *own_query(
        struct keeper *k, const struct own *o, enum notice_sql id, const char *ref, struct fault *f)
{
	return notice_about(k->w->store, id, o->partnership, ref, f);
}
