/* SPDX-License-Identifier: MIT */
/* What stands in the way of an undo, named: rows that were touched again, and references that would
 * find nothing. */
#include "store/undo/undo.h"

#include <string.h>

/* One line a record, field and change, however often it is come upon. */
static void blocked(struct undo *u, const struct change_line *line)
{
	uint64_t *told = texts_put(
	        &u->told, arena_printf(u->arena, "%s %s %s %lld", line->kind, line->key,
	                          line->field != NULL ? line->field : "", (long long)line->seq));
	if ((*told)++ > 0)
		return;
	if (u->blocked++ == 0) {
		u->first = arena_printf(u->arena, "%s %s", line->kind, line->key);
		u->first_seq = line->seq;
	}
	if (u->fn != NULL && !u->fn(u->arg, line))
		u->blocked = BLOCKED_MOST;
}

/* "fife/A1" is the partnership fife and the key A1. */
static void split_key(struct undo *u, bool local, const char *whole, struct change_line *line)
{
	const char *slash = local ? strchr(whole, '/') : NULL;
	line->key = arena_strdup(u->arena, slash != NULL ? slash + 1 : whole);
	line->partnership =
	        slash != NULL ? arena_strndup(u->arena, whole, (size_t)(slash - whole)) : NULL;
}

static const char *text_of(struct undo *u, sqlite3_value *v)
{
	return v != NULL ? arena_strdup(u->arena, value_text(v)) : NULL;
}

void undo_blocked_row(struct undo *u, const struct change_row *r)
{
	const struct change_head *head = &u->later.head;
	struct change_line line = { .seq = head->seq,
		.at = head->at,
		.by = head->by,
		.program = head->program,
		.command = head->command,
		.kind = r->shape->kind,
		.field = r->shape->list,
		.op = (char)r->op };
	struct buf key = { 0 };
	row_key(r, &key);
	split_key(u, r->shape->local, buf_text(&key), &line);
	buf_free(&key);
	for (size_t i = 0; r->op == ROW_CHANGED && i < r->n && line.field == NULL; i++) {
		if (row_new(r, i) == NULL)
			continue;
		line.field = r->shape->column[i];
		line.before = text_of(u, row_old(r, i));
		line.after = text_of(u, row_new(r, i));
	}
	blocked(u, &line);
}

/* ---------- references ---------- */

static bool touched(
        const struct undo *u, const char *kind, const char *partnership, const char *key)
{
	struct buf text = { 0 };
	buf_addf(&text, "%s\t%s%s%s", kind, partnership != NULL ? partnership : "",
	        partnership != NULL ? "/" : "", key);
	bool found = texts_find(&u->all, buf_text(&text)) != NULL;
	buf_free(&text);
	return found;
}

/* The last change that touched the record, but those to be taken back; 0: none is known. */
static int64_t last_change_of(
        struct undo *u, const char *kind, const char *partnership, const char *key)
{
	struct fault none = { 0 };
	struct query *q = store_own(u->s, SQL_ROWS_OF, &none);
	int64_t seq = 0;
	if (q == NULL)
		return 0;
	query_bind_text(q, 1, kind);
	query_bind_text(q, 2,
	        partnership != NULL ? arena_printf(u->arena, "%s/%s", partnership, key) : key);
	query_bind_text(q, 3, store_site(u->s));
	query_bind_int(q, 4, INT64_MAX);
	while (seq == 0 && query_step(q, &none) == 1)
		if (!undo_has(u, query_int(q, 0)))
			seq = query_int(q, 0);
	query_done(q);
	return seq;
}

/* A row stands in the way as a change left it (0: none is known), its texts copied. */
static void blocked_by(struct undo *u, int64_t seq, const struct change_line *row)
{
	struct fault none = { 0 };
	struct change_made made = { 0 };
	if (seq > 0)
		journal_change(u->s, seq, &made, u->arena, &none);
	blocked(u, &(struct change_line){ .seq = seq,
	                   .at = made.head.at,
	                   .by = made.head.by,
	                   .program = made.head.program,
	                   .command = made.head.command,
	                   .partnership = arena_strdup(u->arena, row->partnership),
	                   .kind = arena_strdup(u->arena, row->kind),
	                   .key = arena_strdup(u->arena, row->key),
	                   .field = arena_strdup(u->arena, row->field),
	                   .after = arena_strdup(u->arena, row->after),
	                   .op = ROW_CHANGED });
}

void undo_blocked_record(struct undo *u, const char *kind, const char *partnership, const char *key,
        const char *field)
{
	blocked_by(u, last_change_of(u, kind, partnership, key),
	        &(struct change_line){
	                .partnership = partnership, .kind = kind, .key = key, .field = field });
}

/* References that were broken before, by other hands, are not this undo's business. */
static bool broken_reference(void *undo, const struct broken *b)
{
	struct undo *u = undo;
	struct fault none = { 0 };
	const struct kind *target = store_kind(u->s, b->target, &none);
	const char *of = target != NULL && target->local ? b->partnership : NULL;
	bool own = touched(u, b->kind, b->partnership, b->key);
	if (!own && !touched(u, b->target, of, b->value))
		return true;
	/* What came back refers to what went since; or what was added since refers to what goes. */
	int64_t seq = own ? last_change_of(u, b->target, of, b->value) : 0;
	if (seq == 0)
		seq = last_change_of(u, b->kind, b->partnership, b->key);
	blocked_by(u, seq,
	        &(struct change_line){ .partnership = b->partnership,
	                .kind = b->kind,
	                .key = b->key,
	                .field = b->field,
	                .after = b->value });
	return u->blocked < BLOCKED_MOST;
}

static bool check_inbound(struct undo *u, const char *table, struct fault *f)
{
	size_t n = 0;
	const struct inbound *in = store_inbound(u->s, table, &n, f);
	bool ok = in != NULL;
	for (size_t k = 0; ok && k < n; k++) {
		bool again = false; /* a table may refer twice, and is then looked at once */
		for (size_t j = 0; j < k; j++)
			again = again || strcmp(in[j].table, in[k].table) == 0;
		if (!again)
			ok = store_broken(
			        u->s, in[k].table, table, SIZE_MAX, broken_reference, u, f);
	}
	return ok;
}

bool undo_check_references(struct undo *u, struct fault *f)
{
	bool ok = true;
	for (size_t i = 0; ok && i < u->tables.n; i++) {
		const char *table = u->tables.text[i];
		if ((u->tables.value[i] & TABLE_GAINS) != 0)
			ok = store_broken(u->s, table, NULL, SIZE_MAX, broken_reference, u, f);
		if (ok && (u->tables.value[i] & TABLE_LOSES) != 0 && !table_is_list(table))
			ok = check_inbound(u, table, f);
	}
	return ok;
}
