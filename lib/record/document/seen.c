/* SPDX-License-Identifier: MIT */
/* Which records a document had, so that --replace can take out the others. */
#include "record/private.h"

struct seen {
	const char **text; /* a table by hash; each is KIND partnership ref */
	size_t n, cap;
};

void seen_start(struct work *w)
{
	struct record_state *s = work_state(w);
	s->seen = arena_alloc(s->keep, sizeof *s->seen);
}

void seen_stop(struct work *w)
{
	work_state(w)->seen = NULL;
}

static const char *seen_text(struct work *w, const struct shape *s, const char *const *parts)
{
	return arena_printf(w->arena, "%s\x01%s\x01%s", s->kind->name,
	        s->kind->local && w->partnership != NULL ? w->partnership : "",
	        ref_join(w, s->kind->nkey, parts));
}

static const char **place(const char **table, size_t cap, const char *text)
{
	size_t at = str_hash(text) & (cap - 1);
	while (table[at] != NULL && strcmp(table[at], text) != 0)
		at = (at + 1) & (cap - 1);
	return &table[at];
}

void seen_add(struct work *w, const struct shape *s, const char *const *parts)
{
	struct record_state *state = work_state(w);
	struct seen *seen = state->seen;
	if (seen == NULL)
		return;
	if (seen->n * 2 >= seen->cap) {
		size_t cap = seen->cap == 0 ? 256 : seen->cap * 4;
		const char **table = arena_alloc(state->keep, cap * sizeof *table);
		for (size_t i = 0; i < seen->cap; i++)
			if (seen->text[i] != NULL)
				*place(table, cap, seen->text[i]) = seen->text[i];
		seen->text = table;
		seen->cap = cap;
	}
	const char *text = seen_text(w, s, parts);
	const char **at = place(seen->text, seen->cap, text);
	if (*at == NULL) {
		*at = arena_strdup(state->keep, text);
		seen->n++;
	}
}

bool seen_has(struct work *w, const struct shape *s, const char *const *parts)
{
	const struct seen *seen = work_state(w)->seen;
	return seen != NULL && seen->cap > 0 &&
	       *place(seen->text, seen->cap, seen_text(w, s, parts)) != NULL;
}
