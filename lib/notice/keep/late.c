/* SPDX-License-Identifier: MIT */
/*
 * A first load of many notices. The indexes of notices by employer and of employers by number would be filled
 * in no order, which is most of what such a load costs; so they are made at the end, and meanwhile both are
 * found by chains.
 */
#include <string.h>

#include "notice/keep/keep.h"

/* From so many rows on it is worth it, and so many can be numbered; so far is a chain followed. */
enum { LATE_ROWS = 5000, NUMBERED_MOST = (1 << 24) - 1, FOLLOWED_MOST = 2000 };
/* The trace of what may be anything. */
enum { ANY = 255 };

/* ---------- chains ---------- */

static uint32_t *head_of(const struct chains *c, uint64_t hash)
{
	return &c->heads[hash & (CHAINS - 1)];
}

/* What stands beside the one before: enough to pass over most others. */
static uint32_t trace(uint64_t hash)
{
	return (uint32_t)(hash >> 56) % ANY;
}

static bool may_be(const struct chains *c, uint32_t at, uint64_t what)
{
	uint32_t there = c->before[at - 1] & 255;

	return there == trace(what) || there == ANY;
}

static uint32_t before(const struct chains *c, uint32_t at)
{
	return c->before[at - 1] >> 8;
}

static void chain_add(struct chains *c)
{
	c->before = mem_grow(c->before, &c->cap, c->n + 1, sizeof *c->before);
	c->before[c->n++] = ANY;
}

static void chain_link(struct chains *c, size_t at, uint64_t hash, uint64_t what)
{
	uint32_t *head = head_of(c, hash);

	c->before[at - 1] = *head << 8 | trace(what);
	*head = (uint32_t)at;
}

static void chains_free(struct chains *c)
{
	mem_free(c->heads);
	mem_free(c->before);
}

/* ---------- beginning and end ---------- */

static bool is_empty(struct keeper *k, enum notice_sql any, bool *empty, struct fault *f)
{
	bool found;

	if (!query_any(notice_query(k->w->store, any, f), &found, f))
		return false;
	*empty = !found;
	return true;
}

static bool later(struct keeper *k, const char *index, struct chains *c, struct fault *f)
{
	if (!store_index_later(k->w->store, index, f))
		return false;
	c->heads = mem_zalloc(CHAINS * sizeof *c->heads);
	return true;
}

bool late_begin(struct keeper *k, struct fault *f)
{
	struct late *l = &k->late;
	bool notices, employers;

	if (l->on || k->rows < LATE_ROWS)
		return true;
	if (!is_empty(k, SQL_NOTICE_ANY, &notices, f) ||
	        !is_empty(k, SQL_EMPLOYER_ANY, &employers, f))
		return false;
	if (!notices)
		return true;
	mem_give_back();
	l->on = true;
	/* Employers are numbered within their partnership. */
	return later(k, "notice_employer", &l->notices, f) &&
	       (!employers || k->nown > 1 || later(k, "employer_number", &l->employers, f));
}

bool late_end(struct keeper *k, struct fault *f)
{
	late_free(&k->late);
	return store_index_now(k->w->store, f);
}

void late_free(struct late *l)
{
	chains_free(&l->notices);
	chains_free(&l->employers);
	mem_free(l->named);
	buf_free(&l->refs);
	*l = (struct late){ 0 };
}

/* ---------- notices by employer ---------- */

static uint64_t hash_of(const char *text)
{
	return name_hash(text, strlen(text));
}

bool late_put(struct keeper *k, const char *employer, uint64_t site, struct fault *f)
{
	struct chains *c = &k->late.notices;

	if (!k->late.on)
		return true;
	if (c->n >= NUMBERED_MOST)
		return late_end(k, f);
	chain_add(c);
	chain_link(c, c->n, hash_of(employer), site);
	return true;
}

bool late_has(const struct late *l, const char *employer, uint64_t site)
{
	const struct chains *c = &l->notices;
	uint32_t at = *head_of(c, hash_of(employer));

	for (size_t n = 0; at && n < FOLLOWED_MOST; n++, at = before(c, at))
		if (may_be(c, at, site))
			return true;
	return false;
}

bool late_moved(struct keeper *k, const struct own *o, const char *ref, struct fault *f)
{
	struct chains *c = &k->late.notices;
	int64_t row = 0;

	if (!k->late.on)
		return true;
	if (!query_one_int(own_query(k, o, SQL_NOTICE_ROW, ref, f), &row, f))
		return false;
	if (row > 0 && row <= (int64_t)c->n)
		c->before[row - 1] |= ANY;
	return true;
}

/* The row numbers as a JSON array, which SQLite takes as a table. */
static const char *rows_of(struct keeper *k, const char *employer, uint64_t site)
{
	const struct chains *c = &k->late.notices;
	struct buf *b = &k->rows_text;
	uint32_t at = *head_of(c, hash_of(employer));

	buf_clear(b);
	buf_addc(b, '[');
	for (size_t n = 0; at && n < FOLLOWED_MOST; n++, at = before(c, at))
		if (!site || may_be(c, at, site))
			buf_addf(b, "%s%lu", b->n > 1 ? "," : "", (unsigned long)at);
	buf_addc(b, ']');
	return buf_text(b);
}

struct query *late_query(struct keeper *k, const struct own *o, const char *employer, uint64_t site,
        enum notice_sql by_index, enum notice_sql by_rows, struct fault *f)
{
	struct query *q = own_query(k, o, k->late.on ? by_rows : by_index, employer, f);

	if (q && k->late.on)
		query_bind_text(q, 3, rows_of(k, employer, site));
	return q;
}

/* ---------- employers by number ---------- */

/* The ref of an employer that has no usual one; NULL: it has. */
static const char *named(const struct late *l, size_t employer)
{
	size_t low = 0, high = l->nnamed;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (l->named[mid].employer == employer)
			return l->refs.p + l->named[mid].at;
		if (l->named[mid].employer < employer)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static const char *ref_of(struct keeper *k, uint32_t employer)
{
	const struct late *l = &k->late;
	const char *ref = named(l, employer);

	return ref ? ref : ref_numbered(arena_alloc(k->row_arena, 12), "e", employer - l->skipped);
}

/* Which employer has the ref; 0: none of this run. */
static size_t employer_of(const struct late *l, const char *ref)
{
	uint32_t number = ref_number(ref);
	size_t employer = number ? (size_t)number + l->skipped : 0;

	if (employer && employer <= l->employers.n && !named(l, employer))
		return employer;
	for (size_t i = 0; i < l->nnamed; i++)
		if (strcmp(l->refs.p + l->named[i].at, ref) == 0)
			return l->named[i].employer;
	return 0;
}

static void link_number(struct late *l, size_t employer, const char *number)
{
	uint64_t hash = hash_of(number);

	chain_link(&l->employers, employer, hash, hash);
}

bool late_employer(struct keeper *k, const char *ref, const struct notice *n, struct fault *f)
{
	struct late *l = &k->late;
	uint32_t number = ref_number(ref);

	if (!l->employers.heads)
		return true;
	if (l->employers.n >= NUMBERED_MOST)
		return late_end(k, f);
	chain_add(&l->employers);
	size_t employer = l->employers.n;
	/* Refs from names come first, and numbers one after the other from then on. */
	if (number && number < employer && !l->skipped)
		l->skipped = (uint32_t)(employer - number);
	if (!number || number + l->skipped != employer) {
		l->named = mem_grow(l->named, &l->cap_named, l->nnamed + 1, sizeof *l->named);
		l->named[l->nnamed++] =
		        (struct named_ref){ (uint32_t)employer, (uint32_t)l->refs.n };
		buf_add(&l->refs, ref, strlen(ref) + 1);
	}
	if (n->text[N_NUMBER])
		link_number(l, employer, n->text[N_NUMBER]);
	return true;
}

bool late_numbered(struct keeper *k, const char *ref, const struct notice *n, struct fault *f)
{
	struct late *l = &k->late;
	size_t employer;

	if (!l->employers.heads || !n->text[N_NUMBER])
		return true;
	employer = employer_of(l, ref);
	if (!employer)
		return late_end(k, f);
	link_number(l, employer, n->text[N_NUMBER]);
	return true;
}

bool late_by_number(struct keeper *k, struct own *o, const struct notice *n, const char **ref,
        const char **name, struct fault *f)
{
	const struct chains *c = &k->late.employers;
	uint64_t hash = hash_of(n->text[N_NUMBER]);
	int rc = 0;

	for (uint32_t at = *head_of(c, hash); at && rc == 0 && !*ref; at = before(c, at)) {
		if (!may_be(c, at, hash))
			continue;
		const char *candidate = ref_of(k, at);
		struct query *q = own_query(k, o, SQL_EMPLOYER_GET, candidate, f);
		if (!q)
			return false;
		if (at <= adder_standing(k->added.employer))
			query_of_standing(q);
		rc = query_step(q, f);
		if (rc == 1 && str_equal(query_text(q, 1), n->text[N_NUMBER]) &&
		        str_equal(query_text(q, 2), n->text[N_REGISTER])) {
			*ref = candidate;
			*name = arena_strdup(k->row_arena, query_text(q, 0));
		}
		query_done(q);
		rc = rc == 1 ? 0 : rc;
	}
	return rc >= 0;
}
