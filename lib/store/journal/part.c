/* SPDX-License-Identifier: MIT */
/* Reads a part of the journal and finds the renames in it. SQLite records a rename as a row removed
 * and a row added; they are told by everything else being the same. */
#include "store/journal/part.h"

#include <string.h>

static const char *kept_text(struct arena *a, sqlite3_value *v)
{
	if (v == NULL || sqlite3_value_type(v) == SQLITE_NULL)
		return NULL;
	if (sqlite3_value_type(v) == SQLITE_FLOAT)
		return arena_printf(a, "%.15g", sqlite3_value_double(v));
	return arena_strdup(a, value_text(v));
}

static bool take_row(void *part, const struct change_row *from)
{
	struct part *p = part;
	struct arena *a = p->arena;
	size_t n = from->shape->ncolumn;
	p->row = mem_grow(p->row, &p->cap, p->n + 1, sizeof *p->row);
	struct part_row *row = &p->row[p->n++];
	struct buf key = { 0 };
	row_key(from, &key);
	*row = (struct part_row){ .shape = from->shape,
		.op = from->op,
		.key = arena_strdup(a, buf_text(&key)),
		.before = arena_alloc(a, (n + 1) * sizeof(char *)),
		.after = arena_alloc(a, (n + 1) * sizeof(char *)),
		.recorded = arena_alloc(a, n + 1) };
	buf_free(&key);
	for (size_t i = 0; i < from->n; i++) {
		sqlite3_value *old = row_old(from, i), *new = row_new(from, i);
		row->before[i] = kept_text(a, old);
		row->after[i] = kept_text(a, new);
		row->recorded[i] = from->op == ROW_CHANGED ? new != NULL : true;
	}
	return true;
}

/* ---------- renames ---------- */

static bool is_key(const struct shape *s, size_t column)
{
	for (size_t i = 0; i < s->nkey; i++)
		if (s->key[i] == column)
			return true;
	return false;
}

static const char **values(const struct part_row *r)
{
	return r->op == ROW_ADDED ? r->after : r->before;
}

/* Everything of a row but one part of its key; false where that would not tell rows apart. */
static bool signature(const struct part_row *r, size_t part, struct buf *out)
{
	const struct shape *s = r->shape;
	bool telling = part + 1 < s->nkey || s->list != NULL;
	buf_clear(out);
	buf_addf(out, "%s %zu", s->table, part);
	for (size_t i = 0; i < s->ncolumn; i++) {
		if (i == s->key[part])
			continue;
		const char *text = values(r)[i];
		buf_addf(out, "\x1f%zu", i);
		if (text == NULL)
			continue;
		buf_addf(out, "=%s", text);
		telling = telling || !is_key(s, i);
	}
	return telling;
}

static void pair(struct part_row *removed, struct part_row *added, size_t part)
{
	removed->renamed = added;
	added->renamed = removed;
	removed->renamed_part = added->renamed_part = part;
}

/* Pairs what differs in that part of the key alone. */
static void pair_same(struct part *p, size_t part)
{
	struct texts seen = { 0 };
	struct buf text = { 0 };
	for (size_t i = 0; i < p->n; i++) {
		struct part_row *r = &p->row[i];
		if (r->op == ROW_REMOVED && r->renamed == NULL && r->shape->list == NULL &&
		        part < r->shape->nkey && signature(r, part, &text))
			*texts_put(&seen, buf_text(&text)) = i + 1;
	}
	for (size_t i = 0; seen.n > 0 && i < p->n; i++) {
		struct part_row *r = &p->row[i];
		if (r->op != ROW_ADDED || r->renamed != NULL || r->shape->list != NULL ||
		        part >= r->shape->nkey || !signature(r, part, &text))
			continue;
		const uint64_t *at = texts_find(&seen, buf_text(&text));
		if (at != NULL && p->row[*at - 1].renamed == NULL)
			pair(&p->row[*at - 1], r, part);
	}
	texts_free(&seen);
	buf_free(&text);
}

/* How much of what both rows hold outside the key is the same: at least half is a rename. */
static bool alike(const struct part_row *a, const struct part_row *b, size_t *part)
{
	const struct shape *s = a->shape;
	size_t same = 0, other = 0, differ = 0;
	*part = 0;
	for (size_t i = 0; i < s->nkey; i++)
		if (!str_equal(a->before[s->key[i]], b->after[s->key[i]])) {
			*part = i;
			differ++;
		}
	for (size_t i = 0; i < s->ncolumn; i++) {
		if (is_key(s, i) || (a->before[i] == NULL && b->after[i] == NULL))
			continue;
		if (str_equal(a->before[i], b->after[i]))
			same++;
		else
			other++;
	}
	return differ == 1 && same > 0 && same >= other;
}

/* A rename that changed other fields too: where one row of a table went and one came. */
static void pair_alone(struct part *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct part_row *removed = &p->row[i], *added = NULL;
		size_t part = 0, went = 0, came = 0;
		if (removed->op != ROW_REMOVED || removed->renamed != NULL ||
		        removed->shape->list != NULL)
			continue;
		for (size_t j = 0; j < p->n && went < 2 && came < 2; j++) {
			struct part_row *r = &p->row[j];
			if (r->shape != removed->shape || r->renamed != NULL)
				continue;
			went += r->op == ROW_REMOVED;
			came += r->op == ROW_ADDED;
			if (r->op == ROW_ADDED)
				added = r;
		}
		if (went == 1 && came == 1 && alike(removed, added, &part))
			pair(removed, added, part);
	}
}

const char *part_key_before(const struct part *p, const char *kind, const char *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->row[i].op == ROW_ADDED && p->row[i].renamed != NULL &&
		        strcmp(p->row[i].shape->table, kind) == 0 &&
		        strcmp(p->row[i].key, key) == 0)
			return p->row[i].renamed->key;
	return NULL;
}

/* The items of a list, under the key its owner has now. */
static void list_identity(
        struct part *p, const struct texts *renamed, const struct part_row *r, struct buf *out)
{
	const char *key = r->key;
	buf_clear(out);
	buf_addf(out, "%s\x1f%s", r->shape->kind, key);
	const uint64_t *at = texts_find(renamed, buf_text(out));
	if (r->op == ROW_REMOVED && at != NULL)
		key = p->row[*at - 1].key;
	buf_clear(out);
	buf_addf(out, "%s\x1f%s", r->shape->table, key);
	for (size_t i = r->shape->nowner; i < r->shape->nkey; i++)
		buf_addf(out, "\x1f%s", values(r)[r->shape->key[i]]);
}

/* List rows that left with the old key of their owner and came back with the new one. */
static void silence_lists(struct part *p)
{
	struct texts renamed = { 0 }, left = { 0 };
	struct buf text = { 0 };
	for (size_t i = 0; i < p->n; i++)
		if (p->row[i].op == ROW_ADDED && p->row[i].renamed != NULL) {
			buf_clear(&text);
			buf_addf(&text, "%s\x1f%s", p->row[i].shape->kind, p->row[i].renamed->key);
			*texts_put(&renamed, buf_text(&text)) = i + 1;
		}
	for (size_t i = 0; renamed.n > 0 && i < p->n; i++)
		if (p->row[i].shape->list != NULL && p->row[i].op == ROW_REMOVED) {
			list_identity(p, &renamed, &p->row[i], &text);
			*texts_put(&left, buf_text(&text)) = i + 1;
		}
	for (size_t i = 0; left.n > 0 && i < p->n; i++) {
		if (p->row[i].shape->list == NULL || p->row[i].op != ROW_ADDED)
			continue;
		list_identity(p, &renamed, &p->row[i], &text);
		const uint64_t *at = texts_find(&left, buf_text(&text));
		if (at != NULL)
			p->row[i].silent = p->row[*at - 1].silent = true;
	}
	texts_free(&renamed);
	texts_free(&left);
	buf_free(&text);
}

/* A record's own fields before its lists, records of a kind by their refs. */
static int by_place(const void *a, const void *b)
{
	const struct part_row *x = *(struct part_row *const *)a, *y = *(struct part_row *const *)b;
	int order = strcmp(x->shape->kind, y->shape->kind);
	if (order == 0)
		order = text_natural(x->key, y->key);
	if (order == 0)
		order = strcmp(x->shape->table, y->shape->table);
	return order != 0 ? order : (x > y) - (x < y);
}

static void sort_rows(struct part *p)
{
	p->order = arena_alloc(p->arena, (p->n + 1) * sizeof *p->order);
	for (size_t i = 0; i < p->n; i++)
		p->order[i] = &p->row[i];
	qsort(p->order, p->n, sizeof *p->order, by_place);
}

bool part_read(struct store *s, struct part *p, const void *changeset, size_t n, int64_t version,
        struct fault *f)
{
	size_t most = 0, removed = 0, added = 0;
	if (p->arena == NULL)
		p->arena = arena_new();
	arena_reset(p->arena);
	p->n = 0;
	if (!changeset_rows(s, changeset, n, version, take_row, p, f))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		most = p->row[i].shape->nkey > most ? p->row[i].shape->nkey : most;
		removed += p->row[i].op == ROW_REMOVED;
		added += p->row[i].op == ROW_ADDED;
	}
	sort_rows(p);
	if (removed == 0 || added == 0)
		return true;
	/* The last part of the key first: a record's own ref rather than its parent's. */
	for (size_t part = most; part-- > 0;)
		pair_same(p, part);
	if (removed < 100)
		pair_alone(p);
	silence_lists(p);
	return true;
}

void part_free(struct part *p)
{
	if (p->arena != NULL)
		arena_free(p->arena);
	mem_free(p->row);
	*p = (struct part){ 0 };
}
