/* SPDX-License-Identifier: MIT */
/* Erasure in the journal, the one exception to its being append-only: what holds a person's name,
 * ref or address goes, and the changes it belonged to can no longer be taken back. */
#include "store/internal.h"

#include <ctype.h>
#include <string.h>

struct forgetting {
	const char *const *word;
	size_t n;
	bool found;
};

static bool holds(struct forgetting *g, const char *text)
{
	size_t n;
	for (size_t i = 0; text != NULL && i < g->n; i++)
		if (text_find(text, 0, g->word[i], false, &n) >= 0)
			return true;
	return false;
}

static bool look_in_row(void *forgetting, const struct change_row *r)
{
	struct forgetting *g = forgetting;
	for (size_t i = 0; i < r->n && !g->found; i++) {
		sqlite3_value *old = row_old(r, i), *new = row_new(r, i);
		g->found = (old != NULL && holds(g, value_text(old))) ||
		           (new != NULL &&holds(g, value_text(new)));
	}
	return !g->found;
}

/* ---------- what is to go ---------- */

struct doomed {
	int64_t seq, part;
};

static bool find_parts(
        struct store *s, struct forgetting *g, struct doomed **out, size_t *n, struct fault *f)
{
	struct query *q = store_own(s, SQL_PARTS_ALL, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(s));
	size_t cap = 0;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		g->found = false;
		if (!changeset_rows(s, sqlite3_column_blob(q->stmt, 2), query_bytes(q, 2),
		            query_int(q, 3), look_in_row, g, f)) {
			rc = -1;
			break;
		}
		if (!g->found)
			continue;
		*out = mem_grow(*out, &cap, *n + 1, sizeof **out);
		(*out)[(*n)++] = (struct doomed){ query_int(q, 0), query_int(q, 1) };
	}
	query_done(q);
	return rc == 0;
}

static bool forget_parts(struct store *s, const struct doomed *d, size_t n, struct fault *f)
{
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		struct query *q = store_own(s, SQL_FORGET_PART, f);
		if (q == NULL)
			return false;
		query_bind_text(q, 1, store_site(s));
		query_bind_int(q, 2, d[i].seq);
		query_bind_int(q, 3, d[i].part);
		ok = query_run(q, f);
	}
	return ok;
}

/* Rows of the index whose key is, or has within it, one of the words. */
static bool forget_rows(struct store *s, struct forgetting *g, struct fault *f)
{
	struct texts gone = { 0 };
	struct query *q = store_own(s, SQL_ROW_KEYS, f);
	int rc = q != NULL ? 0 : -1;
	while (q != NULL && (rc = query_step(q, f)) == 1)
		if (holds(g, query_text(q, 1))) {
			struct buf text = { 0 };
			buf_addf(&text, "%s\t%s", query_text(q, 0), query_text(q, 1));
			texts_put(&gone, buf_text(&text));
			buf_free(&text);
		}
	query_done(q);
	bool ok = rc == 0;
	for (size_t i = 0; ok && i < gone.n; i++) {
		const char *tab = strchr(gone.text[i], '\t');
		q = store_own(s, SQL_FORGET_ROWS, f);
		ok = q != NULL;
		if (!ok)
			break;
		query_bind_bytes(q, 1, gone.text[i], (size_t)(tab - gone.text[i]));
		query_bind_text(q, 2, tab + 1);
		ok = query_run(q, f);
	}
	texts_free(&gone);
	return ok;
}

/* Who made a change, its command and its summary are blanked where they hold a word. */
static bool forget_heads(struct store *s, struct forgetting *g, struct fault *f)
{
	struct query *q = store_own(s, SQL_HEADS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(s));
	struct head {
		int64_t seq;
		bool holds[3];
	} *head = NULL;
	size_t n = 0, cap = 0;
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		struct head h = { query_int(q, 0),
			{ holds(g, query_text(q, 1)), holds(g, query_text(q, 2)),
			        holds(g, query_text(q, 3)) } };
		if (!h.holds[0] && !h.holds[1] && !h.holds[2])
			continue;
		head = mem_grow(head, &cap, n + 1, sizeof *head);
		head[n++] = h;
	}
	query_done(q);
	bool ok = rc == 0;
	for (size_t i = 0; ok && i < n; i++) {
		q = store_own(s, SQL_FORGET_HEAD, f);
		ok = q != NULL;
		if (!ok)
			break;
		query_bind_text(q, 1, store_site(s));
		query_bind_int(q, 2, head[i].seq);
		for (int column = 0; column < 3; column++)
			query_bind_int(q, 3 + column, head[i].holds[column]);
		ok = query_run(q, f);
	}
	mem_free(head);
	return ok;
}

bool store_forget(struct store *s, const char *const *words, size_t n, struct arena *a,
        int64_t **seqs, size_t *nseqs, struct fault *f)
{
	struct forgetting g = { .word = words, .n = n };
	struct doomed *doomed = NULL;
	size_t count = 0;
	/* What this very change replaces is in its own session, which therefore is not kept. */
	if (s->journal != NULL)
		s->journal->forgotten = true;
	bool ok = find_parts(s, &g, &doomed, &count, f) && forget_parts(s, doomed, count, f) &&
	          forget_rows(s, &g, f) && forget_heads(s, &g, f);
	*nseqs = 0;
	*seqs = arena_alloc(a, (count + 1) * sizeof **seqs);
	for (size_t i = 0; ok && i < count; i++)
		if (*nseqs == 0 || (*seqs)[*nseqs - 1] != doomed[i].seq)
			(*seqs)[(*nseqs)++] = doomed[i].seq;
	mem_free(doomed);
	return ok;
}
