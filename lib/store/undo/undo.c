/* SPDX-License-Identifier: MIT */
/* Taking changes back: their changesets inverted and applied, newest first, parts backwards, as one
 * new change. Refused where something later stands on the same rows.
 *
 * Foreign keys and triggers are off meanwhile: what cascades and triggers did is in the changesets
 * already, and would be done twice; a cascade would also take later work along unseen. References
 * and rules between records are looked at afterwards (standing.c, rules.c). */
#include "store/undo/undo.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE_BATCH = 10000 };

/* ---------- what the changes touched ---------- */

static uint64_t columns_changed(const struct change_row *r)
{
	uint64_t mask = 0;
	if (r->op != ROW_CHANGED)
		return UINT64_MAX;
	for (size_t i = 0; i < r->n; i++)
		if (row_new(r, i) != NULL)
			mask |= UINT64_C(1) << (i < 63 ? i : 63);
	return mask;
}

static bool touch(void *undo, const struct change_row *r)
{
	struct undo *u = undo;
	struct buf text = { 0 }, key = { 0 };
	row_identity(r, &text);
	*texts_put(&u->touched, buf_text(&text)) |= columns_changed(r);
	*texts_put(&u->tables, r->shape->table) |= r->op == ROW_ADDED ? TABLE_LOSES : TABLE_GAINS;
	row_key(r, &key);
	undo_note_rules(u, r, buf_text(&text));
	buf_clear(&text);
	buf_addf(&text, "%s\t%s", r->shape->kind, buf_text(&key));
	*texts_put(&u->rows, buf_text(&text)) |= 1;
	if (r->shape->reshaped)
		u->reshaped = r->shape->table;
	buf_free(&text);
	buf_free(&key);
	return true;
}

static bool undo_each_part(struct undo *u, const struct change_made *c,
        bool (*fn)(void *, const struct change_row *), int64_t *parts, struct fault *f)
{
	struct query *q = store_own(u->s, SQL_PARTS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(u->s));
	query_bind_int(q, 2, c->head.seq);
	int rc;
	while ((rc = query_step(q, f)) == 1) {
		++*parts;
		if (!changeset_rows(u->s, sqlite3_column_blob(q->stmt, 1), query_bytes(q, 1),
		            c->version, fn, u, f)) {
			rc = -1;
			break;
		}
	}
	query_done(q);
	return rc == 0;
}

bool undo_has(const struct undo *u, int64_t seq)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->made[i].head.seq == seq)
			return true;
	return false;
}

/* The change as it stands in the journal, whole and not taken back already. */
static bool find_change(struct undo *u, int64_t seq, struct change_made *c, struct fault *f)
{
	struct fault own = { 0 };
	if (!journal_change(u->s, seq, c, u->arena, &own)) {
		if (own.status == STATUS_OK)
			fault_set(&own, STATUS_NORECORD,
			        "there is no change %lld; compact-log lists them", (long long)seq);
		if (f != NULL)
			*f = own;
		return false;
	}
	return true;
}

static bool may_be_undone(struct undo *u, const struct change_made *c, struct fault *f)
{
	int64_t by = journal_undone_by(u->link, u->nlink, c->head.seq), parts = 0;
	if (by > 0 && !undo_has(u, by))
		return fault_set(f, STATUS_FOUND,
		        "change %lld was taken back already by change %lld; undo %lld to have it "
		        "again",
		        (long long)c->head.seq, (long long)by, (long long)by);
	u->reshaped = NULL;
	if (!undo_each_part(u, c, touch, &parts, f))
		return false;
	if (parts < c->parts)
		return fault_set(f, STATUS_FOUND,
		        "change %lld cannot be taken back: what it held of a person was erased",
		        (long long)c->head.seq);
	if (u->reshaped != NULL)
		return fault_set(f, STATUS_FOUND,
		        "change %lld cannot be taken back: an upgrade has since given %s another "
		        "form",
		        (long long)c->head.seq, u->reshaped);
	return true;
}

/* ---------- what stands in the way ---------- */

static bool standing_row(void *undo, const struct change_row *r)
{
	struct undo *u = undo;
	struct buf text = { 0 };
	row_identity(r, &text);
	const uint64_t *mask = texts_find(&u->touched, buf_text(&text));
	if (mask != NULL && (*mask & columns_changed(r)) != 0)
		undo_blocked_row(u, r);
	buf_free(&text);
	return u->blocked < BLOCKED_MOST;
}

/* A change and the one that took it back, both later, leave nothing that could stand in the way. */
static bool cancelled(const struct undo *u, int64_t after, int64_t seq)
{
	for (size_t i = 0; i < u->nlink; i++) {
		const struct link *l = &u->link[i];
		if ((l->seq != seq && l->undoes != seq) || undo_has(u, l->seq) ||
		        journal_undone_by(u->link, u->nlink, l->seq) > 0)
			continue;
		/* All it takes back must be later: else it acts on what is to be undone. */
		bool all = true;
		for (size_t j = 0; j < u->nlink; j++)
			all = all && (u->link[j].seq != l->seq || u->link[j].undoes > after);
		if (all)
			return true;
	}
	return false;
}

static bool check_change(struct undo *u, int64_t after, int64_t seq, struct fault *f)
{
	int64_t parts = 0;
	if (seq <= after || undo_has(u, seq) || cancelled(u, after, seq))
		return true;
	if (!find_change(u, seq, &u->later, f))
		return false;
	return undo_each_part(u, &u->later, standing_row, &parts, f);
}

/* Changes that touched the record, by the index. */
static bool later_of_row(
        struct undo *u, int64_t after, const char *row, struct texts *seqs, struct fault *f)
{
	const char *tab = strchr(row, '\t');
	struct query *q = store_own(u->s, SQL_ROW_LATER, f);
	if (q == NULL)
		return false;
	query_bind_bytes(q, 1, row, (size_t)(tab - row));
	query_bind_text(q, 2, tab + 1);
	query_bind_text(q, 3, store_site(u->s));
	query_bind_int(q, 4, after);
	int rc;
	while ((rc = query_step(q, f)) == 1)
		*texts_put(seqs, query_text(q, 0)) = (uint64_t)query_int(q, 0);
	query_done(q);
	return rc == 0;
}

static bool later_of_all(struct undo *u, int64_t after, struct texts *seqs, struct fault *f)
{
	struct query *q = store_own(u->s, SQL_LATER, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(u->s));
	query_bind_int(q, 2, after);
	int rc;
	while ((rc = query_step(q, f)) == 1)
		*texts_put(seqs, query_text(q, 0)) = (uint64_t)query_int(q, 0);
	query_done(q);
	return rc == 0;
}

static bool check_later(struct undo *u, int64_t after, struct fault *f)
{
	struct texts seqs = { 0 };
	bool ok = true;
	if (u->rows.n > WHOLE_BATCH)
		ok = later_of_all(u, after, &seqs, f);
	else
		for (size_t i = 0; ok && i < u->rows.n; i++)
			ok = later_of_row(u, after, u->rows.text[i], &seqs, f);
	for (size_t i = 0; ok && i < seqs.n && u->blocked < BLOCKED_MOST; i++)
		ok = check_change(u, after, (int64_t)seqs.value[i], f);
	texts_free(&seqs);
	return ok;
}

static bool refuse_blocked(struct undo *u, const struct change_made *c, struct fault *f)
{
	if (u->blocked == 0)
		return true;
	if (u->first_seq == 0)
		return fault_set(f, STATUS_FOUND,
		        "change %lld cannot be taken back: %s is in the way",
		        (long long)c->head.seq, u->first);
	return fault_set(f, STATUS_FOUND,
	        "change %lld cannot be taken back: change %lld stands on it (%s); undo %lld first",
	        (long long)c->head.seq, (long long)u->first_seq, u->first, (long long)u->first_seq);
}

/* ---------- applying ---------- */

/* Only rows that were changed by other means than the programs come here, and broken rules. */
static int conflict(void *undo, int kind, sqlite3_changeset_iter *iter)
{
	struct undo *u = undo;
	const char *table = "";
	int n, op, indirect;
	(void)op;
	if (u->trouble.status != STATUS_OK)
		return SQLITE_CHANGESET_ABORT;
	if (kind == SQLITE_CHANGESET_CONSTRAINT) {
		store_fault(u->s, sqlite3_extended_errcode(u->s->db), NULL, &u->trouble);
		u->trouble.status = STATUS_FOUND;
		return SQLITE_CHANGESET_ABORT;
	}
	if (kind != SQLITE_CHANGESET_FOREIGN_KEY)
		sqlite3changeset_op(iter, &table, &n, &op, &indirect);
	fault_set(&u->trouble, STATUS_FOUND,
	        "a row of %s is no longer as the change left it, and the journal does not know why",
	        table);
	return SQLITE_CHANGESET_ABORT;
}

static bool apply_part(struct undo *u, const void *changeset, int n, struct fault *f)
{
	int inverse_n = 0;
	void *inverse = NULL;
	int rc = sqlite3changeset_invert(n, changeset, &inverse_n, &inverse);
	u->s->within++;
	if (rc == SQLITE_OK)
		rc = sqlite3changeset_apply(u->s->db, inverse_n, inverse, NULL, conflict, u);
	u->s->within--;
	sqlite3_free(inverse);
	if (u->trouble.status != STATUS_OK)
		return false;
	return rc == SQLITE_OK || store_fault(u->s, rc, NULL, f);
}

static bool apply_change(struct undo *u, const struct change_made *c, struct fault *f)
{
	bool ok = true;
	for (int64_t part = c->parts; ok && part > 0; part--) {
		struct query *q = store_own(u->s, SQL_PART, f);
		if (q == NULL)
			return false;
		query_bind_text(q, 1, store_site(u->s));
		query_bind_int(q, 2, c->head.seq);
		query_bind_int(q, 3, part);
		ok = query_step(q, f) == 1;
		/* The statement must not stand open while tables are written. */
		size_t n = ok ? query_bytes(q, 0) : 0;
		void *bytes = mem_alloc(n + 1);
		if (n > 0)
			memcpy(bytes, sqlite3_column_blob(q->stmt, 0), n);
		query_done(q);
		ok = ok && apply_part(u, bytes, (int)n, f) && store_part(u->s, f);
		mem_free(bytes);
	}
	if (ok || u->trouble.status == STATUS_OK)
		return ok;
	if (f != NULL) {
		*f = u->trouble;
		fault_set(f, STATUS_FOUND, "change %lld cannot be taken back: %s",
		        (long long)c->head.seq, u->trouble.text);
	}
	return false;
}

/* ---------- the whole ---------- */

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? 1 : x > y ? -1 : 0;
}

static bool collect(struct undo *u, const int64_t *seqs, size_t n, struct fault *f)
{
	int64_t *sorted = arena_alloc(u->arena, (n + 1) * sizeof *sorted);
	struct change_made *made = arena_alloc(u->arena, (n + 1) * sizeof *made);
	if (n > 0)
		memcpy(sorted, seqs, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, newest_first);
	u->made = made;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && sorted[i] == sorted[i - 1])
			continue;
		if (!find_change(u, sorted[i], &made[u->n], f))
			return false;
		u->n++;
	}
	u->link = journal_links(u->s, u->arena, &u->nlink, f);
	return u->link != NULL;
}

static bool take_back(struct undo *u, const struct change_made *c, struct fault *f)
{
	texts_free(&u->touched);
	texts_free(&u->rows);
	if (!may_be_undone(u, c, f) || !check_later(u, c->head.seq, f) || !refuse_blocked(u, c, f))
		return false;
	for (size_t i = 0; i < u->rows.n; i++)
		texts_put(&u->all, u->rows.text[i]);
	return apply_change(u, c, f);
}

static bool run(
        struct undo *u, const int64_t *seqs, size_t n, bool dry, int64_t *made, struct fault *f)
{
	struct buf list = { 0 };
	bool ok = collect(u, seqs, n, f);
	for (size_t i = 0; ok && i < u->n; i++) {
		ok = take_back(u, &u->made[i], f);
		buf_addf(&list, "%s%lld", i > 0 ? " " : "", (long long)u->made[i].head.seq);
	}
	ok = ok && undo_check_references(u, f) && undo_check_rules(u, f) &&
	     refuse_blocked(u, &u->made[u->n - 1], f);
	if (ok) {
		u->s->journal->undoes = arena_strdup(u->s->journal->arena, buf_text(&list));
		const char *summary = arena_printf(u->arena, "undo of %s", buf_text(&list));
		if (dry)
			*made = 0;
		else
			ok = store_commit(u->s, summary, made, f);
	}
	buf_free(&list);
	return ok;
}

bool store_undo(struct store *s, const int64_t *seqs, size_t n, const struct change_info *info,
        bool dry, int64_t *made, bool (*blocked)(void *, const struct change_line *), void *arg,
        struct fault *f)
{
	struct undo u = { .s = s, .fn = blocked, .arg = arg };
	struct fault own = { 0 };
	if (n == 0)
		return fault_set(f, STATUS_USAGE, "no change is named");
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	u.arena = arena_new();
	bool ok = journal_begin(s, info, &own) && run(&u, seqs, n, dry, made, &own);
	store_rollback(s);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	texts_free(&u.touched);
	texts_free(&u.rows);
	texts_free(&u.tables);
	texts_free(&u.all);
	texts_free(&u.ruled);
	texts_free(&u.back);
	texts_free(&u.probe);
	texts_free(&u.told);
	arena_free(u.arena);
	if (!ok && f != NULL)
		*f = own;
	return ok;
}
