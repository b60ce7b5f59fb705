/* SPDX-License-Identifier: MIT */
/*
 * A first load of many notices. The index of notices by employer would be filled in no order, which is
 * most of what such a load costs; so it is made at the end, and meanwhile the notices of an employer are
 * found by chains of row numbers.
 */
#include <string.h>

#include "notice/keep/keep.h"

/* From so many rows on it is worth it, and so many can be numbered; so far is a chain followed. */
enum { LATE_ROWS = 5000, NUMBERED_MOST = (1 << 24) - 1, FOLLOWED_MOST = 2000 };
/* The trace of what has had more than one. */
enum { ANY_SITE = 255 };

bool late_begin(struct keeper *k, struct fault *f)
{
	bool any;

	if (k->late.heads || k->rows < LATE_ROWS)
		return true;
	if (!query_any(notice_query(k->w->store, SQL_NOTICE_ANY, f), &any, f) || any)
		return any;
	if (!store_index_later(k->w->store, "notice_employer", f))
		return false;
	mem_give_back();
	k->late.heads = mem_zalloc(LATE_HEADS * sizeof *k->late.heads);
	return true;
}

static uint32_t *head_of(const struct late *l, const char *employer)
{
	return &l->heads[name_hash(employer, strlen(employer)) & (LATE_HEADS - 1)];
}

/* What stands beside the row before: enough to pass over most other sites. */
static uint32_t trace(uint64_t site)
{
	return (uint32_t)(site >> 56) % ANY_SITE;
}

static bool is_at(const struct late *l, uint32_t row, uint64_t site)
{
	uint32_t there = l->before[row - 1] & 255;

	return there == trace(site) || there == ANY_SITE;
}

bool late_put(struct keeper *k, const char *employer, uint64_t site, struct fault *f)
{
	struct late *l = &k->late;

	if (!l->heads)
		return true;
	if (l->n >= NUMBERED_MOST)
		return late_end(k, f);
	l->before = mem_grow(l->before, &l->cap, l->n + 1, sizeof *l->before);
	uint32_t *head = head_of(l, employer);
	l->before[l->n] = *head << 8 | trace(site);
	*head = (uint32_t)++l->n;
	return true;
}

bool late_has(const struct late *l, const char *employer, uint64_t site)
{
	uint32_t at = *head_of(l, employer);

	for (size_t n = 0; at && n < FOLLOWED_MOST; n++, at = l->before[at - 1] >> 8)
		if (is_at(l, at, site))
			return true;
	return false;
}

bool late_moved(struct keeper *k, const struct own *o, const char *ref, struct fault *f)
{
	struct late *l = &k->late;
	int64_t row = 0;

	if (!l->heads)
		return true;
	if (!query_one_int(own_query(k, o, SQL_NOTICE_ROW, ref, f), &row, f))
		return false;
	if (row > 0 && row <= (int64_t)l->n)
		l->before[row - 1] |= ANY_SITE;
	return true;
}

bool late_end(struct keeper *k, struct fault *f)
{
	late_free(&k->late);
	return store_index_now(k->w->store, f);
}

void late_free(struct late *l)
{
	mem_free(l->heads);
	mem_free(l->before);
	*l = (struct late){ 0 };
}

/* The row numbers as a JSON array, which SQLite takes as a table. */
static const char *rows_of(struct keeper *k, const char *employer, uint64_t site)
{
	const struct late *l = &k->late;
	struct buf *b = &k->rows_text;
	uint32_t at = *head_of(l, employer);

	buf_clear(b);
	buf_addc(b, '[');
	for (size_t n = 0; at && n < FOLLOWED_MOST; n++, at = l->before[at - 1] >> 8)
		if (!site || is_at(l, at, site))
			buf_addf(b, "%s%lu", b->n > 1 ? "," : "", (unsigned long)at);
	buf_addc(b, ']');
	return buf_text(b);
}

struct query *late_query(struct keeper *k, const struct own *o, const char *employer, uint64_t site,
        enum notice_sql by_index, enum notice_sql by_rows, struct fault *f)
{
	bool late = k->late.heads != NULL;
	struct query *q = own_query(k, o, late ? by_rows : by_index, employer, f);

	if (q && late)
		query_bind_text(q, 3, rows_of(k, employer, site));
	return q;
}
