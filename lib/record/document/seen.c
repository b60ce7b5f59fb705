/* SPDX-License-Identifier: MIT */
/* Which records a document had, so that --replace can take out the others. */
#include "record/private.h"

void seen_start(struct work *w)
{
	struct record_state *s = work_state(w);
	s->seen = arena_alloc(s->keep, sizeof *s->seen);
}

void seen_stop(struct work *w)
{
	struct record_state *s = work_state(w);
	if (s->seen != NULL)
		texts_free(s->seen);
	s->seen = NULL;
}

/* KIND partnership ref */
static const char *seen_text(struct work *w, const struct shape *s, const char *const *parts)
{
	return arena_printf(w->arena, "%s\x1f%s\x1f%s", s->kind->name,
	        s->kind->local && w->partnership != NULL ? w->partnership : "",
	        parts_text(w, s->kind->nkey, parts));
}

void seen_add(struct work *w, const struct shape *s, const char *const *parts)
{
	struct texts *seen = work_state(w)->seen;
	if (seen != NULL)
		texts_put(seen, seen_text(w, s, parts));
}

bool seen_has(struct work *w, const struct shape *s, const char *const *parts)
{
	const struct texts *seen = work_state(w)->seen;
	return seen != NULL && texts_find(seen, seen_text(w, s, parts)) != NULL;
}
