/* SPDX-License-Identifier: MIT */
/*
 * Whether a row's notice is known. First by the row itself: one that was taken before, as it stands, is
 * the same whatever has been put right in the store since. Then by the sender's reference, else by
 * employer, site and day. Within one file a notice is one row's alone: two rows that differ are two
 * notices, for nothing that a file says may be lost; an amended notice comes in another file.
 */
#include <string.h>

#include "notice/keep/keep.h"

enum { SAME_SITE = 4 };

/* ---------- notices of this file ---------- */

/* Whether a row of this file has the notice already: it came in with it, or was found to be its own. */
static bool claimed(const struct own *o, const char *ref, const char *import)
{
	return (o->import && str_equal(o->import, import)) ||
	       stem_find(&o->claimed, name_hash(ref, strlen(ref)));
}

void same_claim(struct own *o, const char *ref)
{
	stem_of(&o->claimed, name_hash(ref, strlen(ref)))->next = 1;
}

/* ---------- the row's mark ---------- */

const char *same_mark(struct keeper *k, const struct notice *n)
{
	char *mark = arena_alloc(k->row_arena, 17);

	buf_clear(&k->row_text);
	for (size_t i = 0; i < N_TEXTS; i++) {
		const char *text = n->text[i];
		/* When it was told is no part of it; nor a council that only a table of postcodes gave. */
		if (i == N_TOLD || (i == N_COUNCIL && !n->council_name))
			text = NULL;
		size_t length = text ? strlen(text) : 0;
		char *to = buf_space(&k->row_text, length + 1);
		if (length > 0)
			memcpy(to, text, length);
		to[length] = '\x1f';
		k->row_text.n += length + 1;
	}
	uint64_t hash = name_hash(k->row_text.p, k->row_text.n) >> 4;
	/* A letter first, so that no spreadsheet takes it for a number. */
	mark[0] = 'r';
	for (int i = 15; i > 0; i--, hash >>= 4)
		mark[i] = "0123456789abcdef"[hash & 15];
	mark[16] = '\0';
	return mark;
}

struct marked {
	const char *ref, *status, *import;
	bool current; /* the notice stands as the row has it, but for what was put right in the store */
};

/* sender_ref: of the row, where the statement asks for it. */
static bool by_mark(struct keeper *k, struct own *o, enum notice_sql id, const char *mark,
        const char *sender_ref, struct marked *m, struct fault *f)
{
	struct query *q = notice_query(k->w->store, id, f);
	int rc;

	if (!q)
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, mark, strlen(mark));
	if (sender_ref)
		query_bind_bytes(q, 3, sender_ref, strlen(sender_ref));
	rc = query_step(q, f);
	if (rc == 1) {
		m->ref = arena_strdup(k->row_arena, query_text(q, 0));
		m->status = arena_strdup(k->row_arena, query_text(q, 1));
		m->import = arena_strdup(k->row_arena, query_text(q, 2));
		m->current = query_int(q, 3);
	}
	query_done(q);
	return rc >= 0;
}

/* Whether this very file was loaded before; asked once, and only where it matters. */
static bool loaded_before(struct keeper *k, struct own *o, bool *out, struct fault *f)
{
	char sha256[65];
	struct query *q;
	int rc;

	if (o->before == BEFORE_UNKNOWN) {
		o->before = BEFORE_NEVER;
		if (k->path && input_file_sha256(k->path, sha256)) {
			if (!(q = own_query(k, o, SQL_IMPORT_BY_SHA, sha256, f)))
				return false;
			rc = query_step(q, f);
			query_done(q);
			if (rc < 0)
				return false;
			o->before = rc == 1 ? BEFORE_LOADED : BEFORE_NEVER;
		}
	}
	*out = o->before == BEFORE_LOADED;
	return true;
}

bool same_row(struct keeper *k, struct own *o, const struct notice *n, const char *mark,
        struct same *s, struct fault *f)
{
	struct marked m = { 0 };
	bool old_file;

	const char *sender_ref = n->text[N_SENDER_REF];
	if (!(sender_ref ? met_before(&o->senders, sender_ref) : met_before(&o->marks, mark)))
		return true;
	enum notice_sql by = sender_ref ? SQL_NOTICE_BY_SENDER_MARK : SQL_NOTICE_BY_MARK;
	if (!by_mark(k, o, by, mark, sender_ref, &m, f) ||
	        (!m.ref && !by_mark(k, o, SQL_NOTICE_BY_OLD_MARK, mark, NULL, &m, f)))
		return false;
	if (m.current) {
		s->ref = m.ref;
		s->unchanged = true;
		return true;
	}
	/* A row from before an amendment: nothing new in a file that was loaded before; in another one
	 * the sender has gone back to it. That a notice counts again is always news. */
	if (!m.ref || claimed(o, m.ref, m.import))
		return true;
	if (!loaded_before(k, o, &old_file, f))
		return false;
	s->ref = m.ref;
	s->back = !old_file;
	s->unchanged = old_file && (!n->text[N_STATUS] || str_equal(n->text[N_STATUS], m.status));
	return true;
}

/* ---------- by what it says ---------- */

bool same_listed(struct keeper *k, struct own *o, struct notice *n, struct same *s,
        const char **employer, struct fault *f)
{
	const char *date = n->text[N_RECEIVED] ? n->text[N_RECEIVED] : n->text[N_FIRST];
	struct query *q = own_query(k, o, SQL_NOTICE_EMPLOYER, n->ref, f);
	int rc;

	if (!q)
		return false;
	rc = query_step(q, f);
	/* The same ref in another store is another notice. */
	if (rc == 1 && str_equal(query_text(q, 3), n->text[N_SENDER_REF]) &&
	        str_equal(query_text(q, 4), date) &&
	        (str_equal(query_text(q, 0), n->text[N_EMPLOYER]) ||
	                str_equal(query_text(q, 1), n->text[N_EMPLOYER]))) {
		s->ref = arena_strdup(k->row_arena, n->ref);
		*employer = arena_strdup(k->row_arena, query_text(q, 0));
	}
	query_done(q);
	if (rc < 0 || s->ref)
		return rc >= 0;
	if (!(q = own_query(k, o, SQL_EMPLOYER_GET, n->text[N_EMPLOYER], f)))
		return false;
	rc = query_step(q, f);
	if (rc == 1)
		n->text[N_EMPLOYER] = arena_strdup(k->row_arena, query_text(q, 0));
	query_done(q);
	if (rc != 0 || !n->employer_ref)
		return rc >= 0;
	fault_set(f, STATUS_DATA,
	        "%s is a ref of the store that this list is from; take compact-query 'SELECT * "
	        "FROM notice_detail' -o csv there, which has names",
	        quote(n->text[N_EMPLOYER]));
	fault_place(f, k->file, n->line, "employer");
	return false;
}

/* How much of a stored notice is as in the row, from column `at` of the query on: first dismissal, last,
 * proposed, site. Where several may be meant, the most alike is. */
static int likeness(struct keeper *k, const struct notice *n, struct query *q, int at)
{
	static const int fields[] = { N_FIRST, N_LAST, N_PROPOSED };
	const char *site =
	        match_site(k->row_arena, n->text[N_SITE], n->text[N_ADDRESS], n->text[N_POSTCODE]);
	int alike = 0;

	for (size_t i = 0; i < COUNT(fields); i++)
		alike += str_equal(query_text(q, at + (int)i), n->text[fields[i]]);
	if (strcmp(site, match_site(k->row_arena, query_text(q, at + 3), query_text(q, at + 4),
	                         query_text(q, at + 5))) == 0)
		alike += SAME_SITE;
	return alike;
}

bool same_sender(
        struct keeper *k, struct own *o, const struct notice *n, struct same *s, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_NOTICE_BY_SENDER, f);
	int rc, best = -1;

	if (!q)
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, n->text[N_SENDER_REF], strlen(n->text[N_SENDER_REF]));
	if (n->text[N_SOURCE])
		query_bind_bytes(q, 3, n->text[N_SOURCE], strlen(n->text[N_SOURCE]));
	else
		query_bind_null(q, 3);
	while ((rc = query_step(q, f)) == 1) {
		const char *ref = query_text(q, 0);
		int alike = likeness(k, n, q, 1);
		if (claimed(o, ref, query_text(q, 8))) {
			*(alike >= SAME_SITE ? &s->twin : &s->kin) =
			        arena_strdup(k->row_arena, ref);
			continue;
		}
		alike += 16 * str_equal(query_text(q, 7), "active");
		if (alike > best)
			s->ref = arena_strdup(k->row_arena, ref);
		best = alike > best ? alike : best;
	}
	query_done(q);
	return rc >= 0;
}

bool same_employer(struct keeper *k, struct own *o, const struct notice *n, const char *employer,
        struct same *s, struct fault *f)
{
	struct query *q = late_query(k, o, employer, k->place.site, SQL_NOTICE_BY_EMPLOYER,
	        SQL_NOTICE_BY_EMPLOYER_OF, f);
	const char *site =
	        match_site(k->row_arena, n->text[N_SITE], n->text[N_ADDRESS], n->text[N_POSTCODE]);
	const char *date = n->text[N_RECEIVED] ? n->text[N_RECEIVED] : n->text[N_FIRST];
	int rc, best = -1;

	if (!q)
		return false;
	while ((rc = query_step(q, f)) == 1) {
		const char *ref = query_text(q, 0);
		const char *there = query_text(q, 9) ? query_text(q, 9) : query_text(q, 1);
		if (strcmp(site, match_site(k->row_arena, query_text(q, 4), query_text(q, 5),
		                         query_text(q, 6))) != 0)
			continue;
		bool same_day = (date == NULL) == (there == NULL) &&
		                (!date || strncmp(date, there, 10) == 0);
		bool active = str_equal(query_text(q, 7), "active");
		/* Under one reference it is one notice, whichever colleague of the sender's sent it on. */
		bool same_ref = !n->text[N_SENDER_REF] ||
		                str_equal(query_text(q, 10), n->text[N_SENDER_REF]);
		if (same_day && claimed(o, ref, query_text(q, 8))) {
			if (!s->twin && active)
				s->twin = arena_strdup(k->row_arena, ref);
		} else if (same_day && same_ref) {
			int alike = likeness(k, n, q, 1) + 16 * active;
			if (alike > best)
				s->ref = arena_strdup(k->row_arena, ref);
			best = alike > best ? alike : best;
			s->resent = n->text[N_SENDER_REF] != NULL;
		} else if (!s->replaces && active) {
			s->replaces = arena_strdup(k->row_arena, ref);
		}
	}
	query_done(q);
	return rc >= 0;
}
