/* SPDX-License-Identifier: MIT */
/* The list of changes, and which of them takes back which. */
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

int64_t store_last_change(struct store *s)
{
	struct fault none = { 0 };
	struct query *q = store_own(s, SQL_SEQ, &none);
	if (q == NULL)
		return 0;
	query_bind_text(q, 1, store_site(s));
	int64_t seq = query_step(q, &none) == 1 ? query_int(q, 0) : 0;
	query_done(q);
	return seq;
}

const struct link *journal_links(struct store *s, struct arena *a, size_t *n, struct fault *f)
{
	struct query *q = store_own(s, SQL_CHANGES_UNDOING, f);
	if (q == NULL)
		return NULL;
	query_bind_text(q, 1, store_site(s));
	struct link *link = NULL;
	size_t cap = 0;
	int rc;
	*n = 0;
	while ((rc = query_step(q, f)) == 1) {
		const char *p = query_text(q, 1);
		for (char *end; *p != '\0'; p = end) {
			link = mem_grow(link, &cap, *n + 1, sizeof *link);
			link[*n] = (struct link){ query_int(q, 0), strtoll(p, &end, 10) };
			if (end == p)
				break;
			++*n;
		}
	}
	query_done(q);
	struct link *out = NULL;
	if (rc == 0) {
		out = arena_alloc(a, (*n + 1) * sizeof *out);
		if (*n > 0)
			memcpy(out, link, *n * sizeof *out);
	}
	mem_free(link);
	return out;
}

int64_t journal_undone_by(const struct link *link, size_t n, int64_t seq)
{
	/* The newest first: nothing later can have taken it back unseen. */
	for (size_t i = 0; i < n; i++)
		if (link[i].undoes == seq && journal_undone_by(link, i, link[i].seq) == 0)
			return link[i].seq;
	return 0;
}

bool journal_change(
        struct store *s, int64_t seq, struct change_made *c, struct arena *a, struct fault *f)
{
	struct query *q = store_own(s, SQL_CHANGE, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(s));
	query_bind_int(q, 2, seq);
	bool found = query_step(q, f) == 1;
	if (found) {
		*c = (struct change_made){
			.head = { .seq = seq,
			        .at = arena_strdup(a, query_text(q, 0)),
			        .by = arena_strdup(a, query_text(q, 1)),
			        .program = arena_strdup(a, query_text(q, 2)),
			        .command = arena_strdup(a, query_text(q, 3)),
			        .summary = arena_strdup(a, query_text(q, 4)) },
			.version = query_int(q, 5),
			.parts = query_int(q, 6),
			.undoes = arena_strdup(a, query_text(q, 7)),
		};
		c->head.undoes = c->undoes != NULL ? strtoll(c->undoes, NULL, 10) : 0;
	}
	query_done(q);
	return found;
}

bool store_changes(struct store *s, const char *since,
        bool (*fn)(void *, const struct change_head *), void *arg, struct fault *f)
{
	struct arena *a = arena_new();
	size_t n = 0;
	const struct link *link = journal_links(s, a, &n, f);
	struct query *q = link != NULL ? store_own(s, SQL_CHANGES, f) : NULL;
	int rc = -1;
	if (q != NULL) {
		query_bind_text(q, 1, store_site(s));
		query_bind_text(q, 2, since != NULL ? since : "");
		while ((rc = query_step(q, f)) == 1) {
			struct change_head head = { .seq = query_int(q, 0),
				.at = query_text(q, 1),
				.by = query_text(q, 2),
				.program = query_text(q, 3),
				.command = query_text(q, 4),
				.summary = query_text(q, 5),
				.undoes = query_int(q, 6) };
			head.undone_by = journal_undone_by(link, n, head.seq);
			if (!fn(arg, &head)) {
				rc = 0;
				break;
			}
		}
	}
	query_done(q);
	arena_free(a);
	return rc == 0;
}
