/* SPDX-License-Identifier: MIT */
/*
 * Rows from before an amendment that come by another way than the notice did. A sender who goes back to
 * what was said before means it; a colleague who sends last week's list on does not, and must not undo this
 * week's. So such a row is known by the marks of the rows the notice had, as if its own source had sent it.
 */
#include <string.h>

#include "notice/keep/keep.h"

/* Whether the row would bear the notice's mark, or one it had, had it come from that source. */
static bool bears_mark(struct keeper *k, struct own *o, const struct notice *n, const char *source,
        struct same *s, struct fault *f)
{
	struct notice as = *n;
	struct query *q = own_query(k, o, SQL_NOTICE_HAD_MARK, s->ref, f);
	int rc;

	if (!q)
		return false;
	as.text[N_SOURCE] = source;
	const char *mark = same_mark(k, &as);
	query_bind_bytes(q, 3, mark, strlen(mark));
	rc = query_step(q, f);
	s->unchanged = rc == 1 && query_int(q, 0);
	s->older = rc == 1 && !s->unchanged && query_int(q, 1);
	query_done(q);
	return rc >= 0;
}

bool same_older(
        struct keeper *k, struct own *o, const struct notice *n, struct same *s, struct fault *f)
{
	const char *source = NULL;

	if (!query_one_text(
	            own_query(k, o, SQL_NOTICE_SOURCE, s->ref, f), k->row_arena, &source, f))
		return false;
	if (str_equal(source, n->text[N_SOURCE]))
		return true;
	return bears_mark(k, o, n, source, s, f) &&
	       (s->unchanged || s->older || !source || bears_mark(k, o, n, NULL, s, f));
}
