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

bool own_add(struct keeper *k, const char *partnership, struct fault *f)
{
	struct own *o;
	size_t cap = k->nown;

	k->own = mem_grow(k->own, &cap, k->nown + 1, sizeof *k->own);
	o = &k->own[k->nown];
	*o = (struct own){ .partnership = arena_strdup(k->arena, partnership) };
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

struct own *own_of(struct keeper *k, const struct notice *n, bool *unknown)
{
	for (size_t i = 0; i < k->nown; i++)
		if (is_own(k, &k->own[i], n, unknown))
			return &k->own[i];
	return *unknown && !k->o.all ? &k->own[0] : NULL;
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
