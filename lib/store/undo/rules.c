/* SPDX-License-Identifier: MIT */
/* Rules that hold between records, looked at once an undo has been applied: triggers are off while it
 * is, since what they did is in the changesets, and no key forbids refs that differ in case alone. */
#include "store/undo/undo.h"

#include <string.h>

/* ---------- what is to be looked at ---------- */

/* A ref of its own is the last part of the key and refers to nothing. */
static bool has_own_ref(struct store *s, const char *table)
{
	struct fault none = { 0 };
	const struct kind *k = table_is_list(table) ? NULL : store_kind(s, table, &none);
	if (k == NULL || k->nkey == 0)
		return false;
	size_t last = k->key[k->nkey - 1];
	for (size_t i = 0; i < k->nfield; i++)
		if (k->field[i].form == FIELD_PLAIN && k->field[i].column[0] == last)
			return k->field[i].type == TYPE_REF;
	return false;
}

static bool has_triggers(struct store *s, const char *table)
{
	struct fault none = { 0 };
	struct query *q = store_own(s, SQL_HAS_TRIGGER, &none);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, table);
	bool has = query_step(q, &none) == 1;
	query_done(q);
	return has;
}

void undo_note_rules(struct undo *u, const struct change_row *r, const char *identity)
{
	enum { KNOWN = 1, OWN_REF = 2, TRIGGERS = 4 };
	if (r->op == ROW_ADDED)
		return;
	uint64_t *what = texts_put(&u->ruled, r->shape->table);
	if (*what == 0)
		*what = KNOWN | (has_own_ref(u->s, r->shape->table) ? OWN_REF : 0) |
		        (has_triggers(u->s, r->shape->table) ? TRIGGERS : 0);
	if ((*what & OWN_REF) != 0 && r->op == ROW_REMOVED)
		*texts_put(&u->back, identity) |= 1;
	if ((*what & TRIGGERS) != 0)
		*texts_put(&u->probe, identity) |= 1;
}

/* ---------- refs that differ in case alone ---------- */

/* A row as row_identity has it, with its ref in small letters. */
static const char *folded_identity(struct buf *out, const char *identity)
{
	buf_clear(out);
	buf_adds(out, identity);
	for (char *p = strrchr(out->p, '\x1f'); p != NULL && *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return buf_text(out);
}

/* A row of the table against those that came back: with their ref in other letters it is in the way. */
static bool check_ref(
        struct undo *u, const struct table *t, const struct texts *folded, struct query *q)
{
	struct buf identity = { 0 }, small = { 0 }, key = { 0 };
	buf_adds(&identity, t->name);
	for (size_t i = 0; i < t->nkey; i++)
		buf_addf(&identity, "\x1f%s", query_text(q, (int)i));
	const uint64_t *back = texts_find(folded, folded_identity(&small, buf_text(&identity)));
	if (back != NULL && strcmp(u->back.text[*back], buf_text(&identity)) != 0) {
		for (size_t i = t->local ? 1 : 0; i < t->nkey; i++)
			buf_addf(&key, "%s%s", key.n > 0 ? "/" : "", query_text(q, (int)i));
		undo_blocked_record(
		        u, t->name, t->local ? query_text(q, 0) : NULL, buf_text(&key), "ref");
	}
	buf_free(&identity);
	buf_free(&small);
	buf_free(&key);
	return u->blocked < BLOCKED_MOST;
}

/* One look at each row, as there is no index by refs in small letters and many rows may have come back. */
static bool check_refs(
        struct undo *u, const char *table, const struct texts *folded, struct fault *f)
{
	const struct table *t = store_table(u->s, table, f);
	if (t == NULL)
		return false;
	struct buf sql = { 0 };
	for (size_t i = 0; i < t->nkey; i++) {
		buf_adds(&sql, i == 0 ? "SELECT " : ", ");
		sql_name(&sql, t->column[t->key[i]].name);
	}
	buf_adds(&sql, " FROM ");
	sql_name(&sql, t->name);
	struct query *q = store_prepare(u->s, buf_text(&sql), f);
	buf_free(&sql);
	int rc = q != NULL ? 0 : -1;
	while (q != NULL && (rc = query_step(q, f)) == 1 && check_ref(u, t, folded, q))
		;
	query_done(q);
	return rc >= 0;
}

static bool check_all_refs(struct undo *u, struct fault *f)
{
	struct texts tables = { 0 }, folded = { 0 };
	struct buf small = { 0 };
	bool ok = true;
	for (size_t i = 0; i < u->back.n; i++) {
		const char *identity = u->back.text[i];
		texts_put(&tables, arena_strndup(u->arena, identity, strcspn(identity, "\x1f")));
		*texts_put(&folded, folded_identity(&small, identity)) = i;
	}
	for (size_t i = 0; ok && i < tables.n; i++)
		ok = check_refs(u, tables.text[i], &folded, f);
	texts_free(&tables);
	texts_free(&folded);
	buf_free(&small);
	return ok;
}

/* ---------- triggers ---------- */

/* Changes a row to what it is, so that the triggers of its table look at it. */
static struct query *touch_query(struct undo *u, const struct table *t, struct fault *f)
{
	struct buf sql = { 0 };
	buf_adds(&sql, "UPDATE ");
	sql_name(&sql, t->name);
	for (size_t i = 0; i < t->ncolumn; i++) {
		buf_adds(&sql, i == 0 ? " SET " : ", ");
		sql_name(&sql, t->column[i].name);
		buf_adds(&sql, " = ");
		sql_name(&sql, t->column[i].name);
	}
	for (size_t i = 0; i < t->nkey; i++) {
		buf_adds(&sql, i == 0 ? " WHERE " : " AND ");
		sql_name(&sql, t->column[t->key[i]].name);
		buf_addf(&sql, " = ?%zu", i + 1);
	}
	struct query *q = store_keep(u->s, buf_text(&sql), f);
	buf_free(&sql);
	return q;
}

static bool probe_row(struct undo *u, const char *identity, struct fault *f)
{
	size_t n;
	const char *const *part = (const char *const *)str_split(u->arena, identity, "\x1f", &n);
	const struct table *t = store_table(u->s, part[0], f);
	struct query *q = t != NULL ? touch_query(u, t, f) : NULL;
	struct fault why = { 0 };
	struct buf key = { 0 };
	if (q == NULL)
		return false;
	for (size_t i = 0; i < t->nkey && i + 1 < n; i++) {
		query_bind_text(q, (int)i + 1, part[i + 1]);
		if (!t->local || i > 0)
			buf_addf(&key, "%s%s", key.n > 0 ? "/" : "", part[i + 1]);
	}
	bool ok = query_run(q, &why);
	if (!ok)
		fault_set(f, STATUS_FOUND, "change %lld cannot be taken back: %s %s: %s%s%s",
		        (long long)u->made[u->n - 1].head.seq, t->name, buf_text(&key), why.field,
		        why.field[0] != '\0' ? ": " : "", why.text);
	buf_free(&key);
	return ok;
}

static bool check_triggers(struct undo *u, struct fault *f)
{
	if (u->probe.n == 0)
		return true;
	sqlite3_db_config(u->s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
	bool ok = store_mark(u->s, f);
	for (size_t i = 0; ok && i < u->probe.n; i++)
		ok = probe_row(u, u->probe.text[i], f);
	store_revert(u->s);
	sqlite3_db_config(u->s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	return ok;
}

bool undo_check_rules(struct undo *u, struct fault *f)
{
	return check_all_refs(u, f) && (u->blocked > 0 || check_triggers(u, f));
}
