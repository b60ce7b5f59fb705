/* SPDX-License-Identifier: MIT */
/* Many rows of one kind, their values as they are to be stored. */
#include "record/private.h"

struct inserter {
	struct work *work;
	struct shape *shape;
};

struct inserter *record_inserter(struct work *w, const char *kind, struct fault *f)
{
	struct shape *s = shape_named(w, kind, f);
	if (s == NULL || (s->kind->local && !record_needs_partnership(w, f)))
		return NULL;
	struct inserter *in = arena_alloc(work_state(w)->keep, sizeof *in);
	in->work = w;
	in->shape = s;
	return in;
}

bool inserter_put(struct inserter *in, const char *const *value, struct fault *f)
{
	struct shape *s = in->shape;
	struct query *q = shape_query(in->work, s, SHAPE_INSERT, f);
	if (q == NULL)
		return false;
	for (size_t i = 0; i < s->kind->ncolumn; i++) {
		const char *text = i == s->whose ? in->work->partnership : value[i];
		if (text == NULL)
			query_bind_null(q, (int)i + 1);
		else
			query_bind_bytes(q, (int)i + 1, text, strlen(text));
	}
	return query_run(q, f);
}
