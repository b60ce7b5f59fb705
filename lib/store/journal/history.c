/* SPDX-License-Identifier: MIT */
/* History: the journal's parts as lines of fields, before and after. */
#include "store/journal/part.h"

#include <string.h>

struct telling {
	struct store *s;
	const struct history_filter *filter;
	const char *key; /* of the record followed, as in store_row; NULL: any */
	bool (*fn)(void *, const struct change_line *);
	void *arg;
	struct change_line line; /* what holds for the whole change */
	struct part part;
	bool more;
};

/* ---------- lines ---------- */

static bool tell(
        struct telling *t, char op, const char *field, const char *before, const char *after)
{
	t->line.op = op;
	t->line.field = field;
	t->line.before = before;
	t->line.after = after;
	t->more = t->more && t->fn(t->arg, &t->line);
	return t->more;
}

static size_t place_of(const struct shape *s, const char *column)
{
	size_t i = 0;
	while (i < s->ncolumn && strcmp(s->column[i], column) != 0)
		i++;
	return i;
}

/* Values of the columns joined by slashes; NULL where one is not known or nothing. */
static const char *joined(
        struct telling *t, const struct shape *s, const char **value, const size_t *place, size_t n)
{
	struct buf b = { 0 };
	bool whole = true;
	for (size_t i = 0; i < n; i++) {
		const char *text = place[i] < s->ncolumn ? value[place[i]] : NULL;
		whole = whole && text != NULL;
		buf_addf(&b, "%s%s", i > 0 ? "/" : "", text != NULL ? text : "");
	}
	const char *out = whole ? arena_strdup(t->part.arena, buf_text(&b)) : NULL;
	buf_free(&b);
	return out;
}

static bool in_key(const struct shape *s, size_t place)
{
	for (size_t i = 0; i < s->nkey; i++)
		if (s->key[i] == place)
			return true;
	return false;
}

static void tell_column(struct telling *t, const struct part_row *r, char op, size_t place)
{
	if (place < r->shape->ncolumn && r->recorded[place] && !in_key(r->shape, place) &&
	        !str_equal(r->before[place], r->after[place]))
		tell(t, op, r->shape->column[place], r->before[place], r->after[place]);
}

/* One field of a row. A reference of which a part stayed as it was is told by its columns. */
static void tell_field(struct telling *t, const struct kind *k, const struct field *field,
        const struct part_row *r, char op)
{
	const struct shape *s = r->shape;
	size_t place[16], n = field->ncolumn < 16 ? field->ncolumn : 16, known = 0, keys = 0;
	for (size_t i = 0; i < n; i++) {
		place[i] = place_of(s, k->column[field->column[i]].name);
		known += place[i] < s->ncolumn && r->recorded[place[i]];
		keys += in_key(s, place[i]);
	}
	if (known == 0 || keys > 0)
		return;
	const char *before = joined(t, s, r->before, place, n);
	const char *after = joined(t, s, r->after, place, n);
	if (known == n && !str_equal(before, after))
		tell(t, op, field->name, before, after);
	else if (known < n)
		for (size_t i = 0; i < n; i++)
			tell_column(t, r, op, place[i]);
}

static void tell_fields(struct telling *t, const struct part_row *r, char op)
{
	struct fault none = { 0 };
	const struct kind *k = store_kind(t->s, r->shape->table, &none);
	if (k == NULL || r->shape->reshaped) {
		for (size_t i = 0; i < r->shape->ncolumn; i++)
			tell_column(t, r, op, i);
		return;
	}
	for (size_t i = 0; i < k->nfield; i++)
		if (k->field[i].column != NULL)
			tell_field(t, k, &k->field[i], r, op);
}

static const char *key_field(struct telling *t, const struct shape *s, size_t part)
{
	struct fault none = { 0 };
	const char *column = s->column[s->key[part]];
	const struct kind *k = store_kind(t->s, s->table, &none);
	for (size_t i = 0; k != NULL && i < k->nfield; i++)
		for (size_t c = 0; c < k->field[i].ncolumn; c++)
			if (strcmp(k->column[k->field[i].column[c]].name, column) == 0)
				return k->field[i].name;
	return column;
}

/* The field whose part of the key changed, then what changed beside it. */
static void tell_rename(struct telling *t, const struct part_row *added)
{
	const struct part_row *removed = added->renamed;
	const struct shape *s = added->shape;
	size_t place = s->key[added->renamed_part];
	if (!tell(t, ROW_CHANGED, key_field(t, s, added->renamed_part), removed->before[place],
	            added->after[place]))
		return;
	struct part_row both = *added;
	both.before = removed->before;
	tell_fields(t, &both, ROW_CHANGED);
}

static void tell_list(struct telling *t, const struct part_row *r)
{
	const struct shape *s = r->shape;
	const char *item = joined(t, s, r->op == ROW_ADDED ? r->after : r->before,
	        s->key + s->nowner, s->nkey - s->nowner);
	tell(t, (char)r->op, s->list, r->op == ROW_ADDED ? NULL : item,
	        r->op == ROW_ADDED ? item : NULL);
}

/* "fife/A1" is the partnership fife and the key A1. */
static void place_line(struct telling *t, const struct part_row *r)
{
	const char *slash = r->shape->local ? strchr(r->key, '/') : NULL;
	t->line.kind = r->shape->kind;
	t->line.key = slash != NULL ? slash + 1 : r->key;
	t->line.partnership =
	        slash != NULL ? arena_strndup(t->part.arena, r->key, (size_t)(slash - r->key))
	                      : NULL;
}

static bool wanted(const struct telling *t, const struct part_row *r)
{
	const struct history_filter *w = t->filter;
	if (r->silent || (r->op == ROW_REMOVED && r->renamed != NULL))
		return false;
	if (w->kind != NULL && strcmp(w->kind, t->line.kind) != 0)
		return false;
	if (w->partnership != NULL && t->line.partnership != NULL &&
	        strcmp(w->partnership, t->line.partnership) != 0)
		return false;
	if (t->key != NULL)
		return strcmp(r->key, t->key) == 0 ||
		       (r->renamed != NULL && strcmp(r->renamed->key, t->key) == 0);
	return w->key == NULL || strcmp(w->key, t->line.key) == 0;
}

static void tell_row(struct telling *t, const struct part_row *r)
{
	place_line(t, r);
	if (!wanted(t, r))
		return;
	if (r->shape->list != NULL) {
		tell_list(t, r);
	} else if (r->op == ROW_ADDED && r->renamed != NULL) {
		tell_rename(t, r);
	} else {
		bool bare = true;
		for (size_t i = 0; i < r->shape->ncolumn; i++)
			bare = bare && (in_key(r->shape, i) || r->after[i] == NULL);
		if (r->op == ROW_REMOVED || (r->op == ROW_ADDED && bare))
			tell(t, (char)r->op, NULL, NULL, NULL);
		tell_fields(t, r, (char)r->op);
	}
}

/* ---------- changes ---------- */

static bool tell_parts(struct telling *t, const struct change_made *c, struct fault *f)
{
	struct query *q = store_own(t->s, SQL_PARTS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, store_site(t->s));
	query_bind_int(q, 2, c->head.seq);
	int rc = 0;
	while (t->more && (rc = query_step(q, f)) == 1) {
		const void *bytes = sqlite3_column_blob(q->stmt, 1);
		if (!part_read(t->s, &t->part, bytes, query_bytes(q, 1), c->version, f)) {
			rc = -1;
			break;
		}
		for (size_t i = 0; i < t->part.n && t->more; i++)
			tell_row(t, t->part.order[i]);
	}
	query_done(q);
	return rc >= 0;
}

static bool tell_change(struct telling *t, int64_t seq, struct fault *f)
{
	struct arena *a = arena_new();
	struct change_made c;
	struct fault own = { 0 };
	bool ok = journal_change(t->s, seq, &c, a, &own);
	if (ok && (t->filter->since == NULL || strcmp(c.head.at, t->filter->since) >= 0)) {
		t->line = (struct change_line){ .seq = seq,
			.at = c.head.at,
			.by = c.head.by,
			.program = c.head.program,
			.command = c.head.command };
		ok = tell_parts(t, &c, &own);
	}
	arena_free(a);
	if (own.status != STATUS_OK && f != NULL)
		*f = own;
	return own.status == STATUS_OK;
}

/* ---------- which changes ---------- */

struct step {
	int64_t seq;
	const char *key;
};

/* Where a change gave the record this key: the key it had before; else NULL. */
static bool key_before(struct telling *t, int64_t seq, const char *kind, const char *key,
        struct arena *a, const char **out, struct fault *f)
{
	struct change_made c;
	struct fault own = { 0 };
	*out = NULL;
	struct query *q =
	        journal_change(t->s, seq, &c, a, &own) ? store_own(t->s, SQL_PARTS, &own) : NULL;
	if (q != NULL) {
		query_bind_text(q, 1, store_site(t->s));
		query_bind_int(q, 2, seq);
		while (*out == NULL && query_step(q, &own) == 1 &&
		        part_read(t->s, &t->part, sqlite3_column_blob(q->stmt, 1),
		                query_bytes(q, 1), c.version, &own))
			*out = arena_strdup(a, part_key_before(&t->part, kind, key));
	}
	query_done(q);
	if (own.status != STATUS_OK && f != NULL)
		*f = own;
	return own.status == STATUS_OK;
}

/* The changes of one record from the newest back, past its renames. */
static bool follow(struct telling *t, const char *key, struct arena *a, struct step **step,
        size_t *n, struct fault *f)
{
	size_t cap = 0;
	int64_t last = INT64_MAX;
	for (bool again = true; again;) {
		struct query *q = store_own(t->s, SQL_ROWS_OF, f);
		if (q == NULL)
			return false;
		query_bind_text(q, 1, t->filter->kind);
		query_bind_text(q, 2, key);
		query_bind_text(q, 3, store_site(t->s));
		query_bind_int(q, 4, last);
		int rc = 0;
		const char *before = NULL;
		while (before == NULL && (rc = query_step(q, f)) == 1) {
			int64_t seq = query_int(q, 0);
			*step = mem_grow(*step, &cap, *n + 1, sizeof **step);
			(*step)[(*n)++] = (struct step){ seq, key };
			last = seq - 1;
			if (!key_before(t, seq, t->filter->kind, key, a, &before, f)) {
				rc = -1;
				break;
			}
		}
		query_done(q);
		if (before == NULL && rc < 0)
			return false;
		again = before != NULL;
		key = before;
	}
	return true;
}

static bool tell_record(struct telling *t, struct fault *f)
{
	struct arena *a = arena_new();
	struct step *step = NULL;
	size_t n = 0;
	struct fault none = { 0 };
	const struct kind *k = store_kind(t->s, t->filter->kind, &none);
	bool local = k == NULL || k->local;
	const char *key = local ? arena_printf(a, "%s/%s", t->filter->partnership, t->filter->key)
	                        : t->filter->key;
	bool ok = follow(t, key, a, &step, &n, f);
	while (ok && t->more && n > 0) {
		n--;
		t->key = step[n].key;
		ok = tell_change(t, step[n].seq, f);
	}
	mem_free(step);
	arena_free(a);
	return ok;
}

static bool tell_all(struct telling *t, struct fault *f)
{
	int64_t last = t->filter->seq > 0 ? t->filter->seq : store_last_change(t->s);
	int64_t seq = t->filter->seq > 0 ? t->filter->seq : 1;
	for (; seq <= last && t->more; seq++)
		if (!tell_change(t, seq, f))
			return false;
	return true;
}

bool store_history(struct store *s, const struct history_filter *filter,
        bool (*fn)(void *, const struct change_line *), void *arg, struct fault *f)
{
	struct telling t = { .s = s, .filter = filter, .fn = fn, .arg = arg, .more = true };
	struct fault none = { 0 };
	const struct kind *k = filter->kind != NULL ? store_kind(s, filter->kind, &none) : NULL;
	bool one = filter->key != NULL && filter->seq == 0 && k != NULL &&
	           (filter->partnership != NULL || !k->local);
	bool ok = one ? tell_record(&t, f) : tell_all(&t, f);
	part_free(&t.part);
	return ok;
}
