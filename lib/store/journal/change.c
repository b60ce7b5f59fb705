/* SPDX-License-Identifier: MIT */
/* A change: one transaction with everything in it recorded, and a place for it in the journal. */
#include "store/internal.h"

#include <string.h>

/* ---------- what is recorded ---------- */

static int is_journalled(void *none, const char *table)
{
	(void)none;
	return !str_starts(table, "store_") && !str_starts(table, "sqlite_") &&
	       !str_ends(table, "_private") && strstr(table, "_private__") == NULL;
}

static bool session_start(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	int rc = sqlite3session_create(s->db, "main", &j->session);
	if (rc == SQLITE_OK) {
		sqlite3session_table_filter(j->session, is_journalled, NULL);
		rc = sqlite3session_attach(j->session, NULL);
	}
	return rc == SQLITE_OK || store_fault(s, rc, NULL, f);
}

bool journal_awake(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	return j->session != NULL || !j->bulk || j->unjournalled || session_start(s, f);
}

static void session_end(struct journal *j)
{
	if (j->session != NULL)
		sqlite3session_delete(j->session);
	j->session = NULL;
}

static bool choose_seq(struct store *s, struct fault *f)
{
	if (s->journal->seq > 0)
		return true;
	s->journal->seq = store_last_change(s) + 1;
	return store_site(s)[0] != '\0' ||
	       fault_set(f, STATUS_NOINPUT, "store %s has no site; go back to the last backup",
	               quote(s->called));
}

/* The index of rows; beyond its limit only kinds are noted. */
static bool note_row(void *journal, const struct change_row *row)
{
	struct journal *j = journal;
	struct buf key = { 0 }, text = { 0 };
	texts_put(&j->kinds, row->shape->kind);
	if (j->many)
		return true;
	row_key(row, &key);
	buf_addf(&text, "%s\t%s", row->shape->kind, buf_text(&key));
	texts_put(&j->rows, buf_text(&text));
	if (j->rows.n > JOURNAL_ROWS_MOST) {
		j->many = true;
		texts_free(&j->rows);
	}
	buf_free(&key);
	buf_free(&text);
	return true;
}

static bool note_rows(struct store *s, const void *changeset, size_t n, struct fault *f)
{
	return changeset_rows(s, changeset, n, STORE_VERSION, note_row, s->journal, f);
}

static bool write_part(struct store *s, const void *changeset, size_t n, struct fault *f)
{
	struct journal *j = s->journal;
	if (!choose_seq(s, f))
		return false;
	j->parts++;
	if (j->forgotten)
		return true;
	struct query *q = store_own(s, SQL_PART_ADD, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(s));
	query_bind_int(q, 2, j->seq);
	query_bind_int(q, 3, j->parts);
	sqlite3_bind_blob64(q->stmt, 4, changeset, n, SQLITE_STATIC);
	return query_run(q, f);
}

static bool cut_added(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	struct buf *added = adders_take(s, &j->kinds);
	if (added == NULL)
		return true;
	bool ok = (j->many || note_rows(s, added->p, added->n, f)) &&
	          write_part(s, added->p, added->n, f);
	buf_clear(added);
	return ok;
}

static bool cut_session(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	int n = 0;
	void *changeset = NULL;
	if (j->session == NULL)
		return true;
	int rc = sqlite3session_changeset(j->session, &n, &changeset);
	bool ok = rc == SQLITE_OK || store_fault(s, rc, NULL, f);
	session_end(j);
	if (ok && n > 0)
		ok = note_rows(s, changeset, (size_t)n, f) &&
		     write_part(s, changeset, (size_t)n, f);
	sqlite3_free(changeset);
	return ok;
}

/* The session so far becomes a part, and a new one begins. */
static bool journal_cut(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	if (s->waiting > 0 && !adders_pour(s, f))
		return false;
	if (j->unjournalled)
		return true;
	j->changes = sqlite3_total_changes64(s->db);
	return cut_added(s, f) && cut_session(s, f) && (j->bulk || session_start(s, f));
}

bool store_part(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	if (j == NULL || j->unjournalled || j->marked ||
	        sqlite3_total_changes64(s->db) - j->changes + s->waiting < JOURNAL_PART_ROWS)
		return true;
	return journal_cut(s, f);
}

/* ---------- the transaction ---------- */

static void journal_free(struct store *s)
{
	struct journal *j = s->journal;
	if (j == NULL)
		return;
	session_end(j);
	adders_clear(s);
	texts_free(&j->rows);
	texts_free(&j->kinds);
	arena_free(j->arena);
	mem_free(j);
	s->journal = NULL;
}

/* The keys can be switched outside a transaction only. */
static bool checks_off(struct store *s, bool off, struct fault *f)
{
	char sql[120];
	snprintf(sql, sizeof sql,
	        "PRAGMA foreign_keys=%s; PRAGMA ignore_check_constraints=%s; PRAGMA cache_size=-%d",
	        off ? "OFF" : "ON", off ? "ON" : "OFF", off ? BULK_CACHE_KIB : 2000);
	return store_exec(s, sql, f);
}

bool journal_begin(struct store *s, const struct change_info *info, struct fault *f)
{
	if (s->journal != NULL || s->mode != STORE_WRITE)
		return fault_set(f, STATUS_INTERNAL, "a change was begun in the wrong place");
	if (info->bulk && !checks_off(s, true, f))
		return false;
	if (!store_exec(s, "BEGIN IMMEDIATE", f)) {
		if (info->bulk)
			checks_off(s, false, NULL);
		return false;
	}
	struct journal *j = mem_zalloc(sizeof *j);
	char at[21];
	j->arena = arena_new();
	j->at = arena_strdup(j->arena, time_format(info->made_at, at));
	j->by = arena_strdup(j->arena, info->by);
	j->program = arena_strdup(j->arena, info->program != NULL ? info->program : "");
	j->command = arena_strdup(j->arena, info->command);
	j->unjournalled = info->unjournalled;
	j->bulk = info->bulk;
	j->changes = sqlite3_total_changes64(s->db);
	s->journal = j;
	if (j->unjournalled || j->bulk || session_start(s, f))
		return true;
	store_rollback(s);
	return false;
}

bool store_begin(struct store *s, const struct change_info *info, struct fault *f)
{
	return journal_begin(s, info, f);
}

void store_rollback(struct store *s)
{
	bool bulk = s->journal != NULL && s->journal->bulk;
	journal_free(s);
	/* A full disk or a read error has rolled back already. */
	if (s->db != NULL && !sqlite3_get_autocommit(s->db))
		store_exec(s, "ROLLBACK", NULL);
	if (bulk)
		checks_off(s, false, NULL);
}

bool store_in_change(const struct store *s)
{
	return s->journal != NULL;
}

static bool write_rows(struct store *s, struct fault *f)
{
	struct journal *j = s->journal;
	const struct texts *t = j->many ? &j->kinds : &j->rows;
	bool ok = true;
	for (size_t i = 0; ok && i < t->n; i++) {
		struct query *q = store_own(s, SQL_ROW_ADD, f);
		if (q == NULL)
			return false;
		const char *tab = strchr(t->text[i], '\t');
		if (j->many) {
			query_bind_text(q, 1, t->text[i]);
			query_bind_text(q, 2, "");
		} else {
			query_bind_bytes(q, 1, t->text[i], (size_t)(tab - t->text[i]));
			query_bind_text(q, 2, tab + 1);
		}
		query_bind_text(q, 3, store_site(s));
		query_bind_int(q, 4, j->seq);
		ok = query_run(q, f);
	}
	return ok;
}

static bool write_change(struct store *s, const char *summary, struct fault *f)
{
	struct journal *j = s->journal;
	struct query *q = store_own(s, SQL_CHANGE_ADD, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(s));
	query_bind_int(q, 2, j->seq);
	query_bind_text(q, 3, j->at);
	query_bind_text(q, 4, j->by);
	query_bind_text(q, 5, j->program);
	/* The command of an erasure names what is erased. */
	query_bind_text(q, 6, j->forgotten ? NULL : j->command);
	query_bind_text(q, 7, summary);
	query_bind_int(q, 8, STORE_VERSION);
	query_bind_int(q, 9, j->parts);
	query_bind_text(q, 10, j->undoes);
	return query_run(q, f) && (j->forgotten || write_rows(s, f));
}

/* SQLite knows that a reference is broken but not which: the catalogue finds it. */
static bool first_broken(void *fault, const struct broken *b)
{
	broken_fault(b, fault);
	return false;
}

static void name_broken(struct store *s, struct fault *f)
{
	struct fault found = { 0 }, none = { 0 };
	const char *const *tables = store_tables(s, &none);
	for (size_t i = 0; tables != NULL && tables[i] != NULL && found.status == STATUS_OK; i++)
		store_broken(s, tables[i], NULL, 1, first_broken, &found, &none);
	if (found.status != STATUS_OK && f != NULL)
		*f = found;
}

bool store_commit(struct store *s, const char *summary, int64_t *seq, struct fault *f)
{
	struct journal *j = s->journal;
	if (seq != NULL)
		*seq = 0;
	if (j == NULL || sqlite3_get_autocommit(s->db)) {
		store_rollback(s);
		return fault_set(f, STATUS_INTERNAL, "there is no change to be kept");
	}
	if (!journal_cut(s, f) || !store_index_now(s, f))
		goto fail;
	if ((j->parts > 0 || j->undoes != NULL) && !j->unjournalled &&
	        (!choose_seq(s, f) || !write_change(s, summary, f)))
		goto fail;
	session_end(j);
	s->trusted++;
	int rc = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	s->trusted--;
	if (rc != SQLITE_OK) {
		store_fault(s, rc, NULL, f);
		if (rc == SQLITE_CONSTRAINT_FOREIGNKEY)
			name_broken(s, f);
		goto fail;
	}
	if (seq != NULL && !j->unjournalled)
		*seq = j->seq;
	bool bulk = j->bulk;
	journal_free(s);
	return !bulk || checks_off(s, false, f);
fail:
	store_rollback(s);
	return false;
}

/* ---------- one record within a change ---------- */

static bool still_open(struct store *s, struct fault *f)
{
	return !sqlite3_get_autocommit(s->db) ||
	       fault_set(f, STATUS_IO,
	               "the change was given up after an error; nothing of it was kept");
}

bool store_mark(struct store *s, struct fault *f)
{
	if (!still_open(s, f) || (s->waiting > 0 && !adders_pour(s, f)) ||
	        !store_exec(s, "SAVEPOINT record", f))
		return false;
	if (s->journal != NULL)
		s->journal->marked = true;
	return true;
}

bool store_release(struct store *s, struct fault *f)
{
	if (s->journal != NULL)
		s->journal->marked = false;
	return still_open(s, f) && store_exec(s, "RELEASE record", f);
}

void store_revert(struct store *s)
{
	if (s->journal != NULL)
		s->journal->marked = false;
	if (!sqlite3_get_autocommit(s->db))
		store_exec(s, "ROLLBACK TO record; RELEASE record", NULL);
}

/* ---------- made refs ---------- */

/* Whether a record has, or ever had, that ref. */
static bool ref_given(struct store *s, const struct kind *k, const char *partnership,
        const char *ref, bool *out, struct fault *f)
{
	struct buf sql = { 0 };
	buf_adds(&sql, "SELECT 1 FROM ");
	sql_name(&sql, k->name);
	buf_adds(&sql, k->local ? " WHERE partnership = ?2 AND " : " WHERE ");
	sql_name(&sql, k->column[k->key[k->nkey - 1]].name);
	/* By the key, which is quick; other mixtures of case are looked for by who asks. */
	buf_adds(&sql, " IN (?1, lower(?1), upper(?1)) LIMIT 1");
	struct query *q = store_keep(s, buf_text(&sql), f);
	buf_free(&sql);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, ref);
	if (k->local)
		query_bind_text(q, 2, partnership);
	if (!query_any(q, out, f) || *out)
		return *out;
	char key[160];
	snprintf(key, sizeof key, "%s%s%s", k->local ? partnership : "", k->local ? "/" : "", ref);
	q = store_own(s, SQL_ROW_GIVEN, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, k->name);
	query_bind_text(q, 2, key);
	return query_any(q, out, f);
}

/* Before the first made ref: the highest number that refs given by hand have. */
static bool highest(struct store *s, const struct kind *k, const char *partnership,
        const char *prefix, int64_t *out, struct fault *f)
{
	struct buf sql = { 0 }, column = { 0 };
	sql_name(&column, k->column[k->key[k->nkey - 1]].name);
	buf_addf(&sql, "SELECT max(CAST(substr(%s, length(?1) + 1) AS INTEGER)) FROM ",
	        buf_text(&column));
	sql_name(&sql, k->name);
	buf_addf(&sql,
	        " WHERE lower(substr(%s, 1, length(?1))) = lower(?1)"
	        " AND length(%s) BETWEEN length(?1) + 1 AND length(?1) + 15"
	        " AND substr(%s, length(?1) + 1) NOT GLOB '*[^0-9]*'",
	        buf_text(&column), buf_text(&column), buf_text(&column));
	if (k->local)
		buf_adds(&sql, " AND partnership = ?2");
	struct query *q = store_prepare(s, buf_text(&sql), f);
	buf_free(&sql);
	buf_free(&column);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, prefix);
	if (k->local)
		query_bind_text(q, 2, partnership);
	*out = 0;
	return query_one_int(q, out, f);
}

static bool counter(struct store *s, const char *partnership, const char *kind, const char *prefix,
        int64_t *last, struct fault *f)
{
	struct query *q = store_own(s, SQL_COUNTER, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, partnership);
	query_bind_text(q, 2, kind);
	query_bind_text(q, 3, prefix);
	*last = -1;
	return query_one_int(q, last, f);
}

static bool set_counter(struct store *s, const char *partnership, const char *kind,
        const char *prefix, int64_t last, struct fault *f)
{
	struct query *q = store_own(s, SQL_COUNTER_SET, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, partnership);
	query_bind_text(q, 2, kind);
	query_bind_text(q, 3, prefix);
	query_bind_int(q, 4, last);
	return query_run(q, f);
}

bool store_next_number(struct store *s, const char *partnership, const char *kind,
        const char *prefix, int64_t *out, struct fault *f)
{
	struct fault own = { 0 };
	const struct kind *k = store_kind(s, kind, &own);
	const char *of = partnership != NULL ? partnership : "";
	if (k == NULL)
		return fault_set(f, STATUS_INTERNAL, "no refs are made for %s", quote(kind));
	int64_t last = 0;
	if (!counter(s, of, kind, prefix, &last, f) ||
	        (last < 0 && !highest(s, k, of, prefix, &last, f)))
		return false;
	for (bool given = true; given;) {
		char ref[128];
		if (last >= STORE_NUMBER_MOST)
			return fault_set(f, STATUS_DATA,
			        "no number follows %s%lld; give a ref of your own", prefix,
			        (long long)last);
		last++;
		snprintf(ref, sizeof ref, "%s%lld", prefix, (long long)last);
		if (!ref_given(s, k, of, ref, &given, f))
			return false;
	}
	*out = last;
	return set_counter(s, of, kind, prefix, last, f);
}

bool store_set_number(struct store *s, const char *partnership, const char *kind,
        const char *prefix, int64_t last, struct fault *f)
{
	const char *of = partnership != NULL ? partnership : "";
	int64_t noted = 0;
	if (!counter(s, of, kind, prefix, &noted, f))
		return false;
	if (noted >= last)
		return true;
	return set_counter(s, of, kind, prefix, last, f);
}
