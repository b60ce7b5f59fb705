/* SPDX-License-Identifier: MIT */
/*
 * Rows that are equal in what a listing is sorted by come in the order of their key. Where an index gives
 * the days they are sorted by, SQLite would still put every row through a sorter for that, and ask for the
 * natural order of its ref; with the few rows of a day that costs more than reading them. So SQLite sorts by
 * the days alone, and the rows of one day are held and put right here.
 */
#include "record/list/listing.h"

/* More than this is left to SQLite, whose sorter goes to a file. */
enum { BYTES_MOST = 16 << 20 };

struct tied {
	const struct stored *value;
	const char *key; /* sorts by bytes as the row does by its key */
	size_t n;
};

static bool is_natural(const struct column *c)
{
	return c->type == TYPE_REF || c->type == TYPE_TEXT;
}

/* Days are many, so that the rows of one are few; of other columns that is not known. */
static bool is_day(const struct column *c)
{
	return c->type == TYPE_DATE || c->type == TYPE_TIME || c->type == TYPE_MOMENT;
}

/* The columns of the key, the partnership first where there are several. */
static size_t key_columns(const struct listing *g, const struct column **out)
{
	static const struct column whose = { .name = "partnership", .type = TYPE_ENUM };
	const struct kind *k = g->kind;
	size_t n = 0;
	if (g->w->all && k->local)
		out[n++] = &whose;
	for (size_t i = 0; i < k->nkey && n < KEY_MOST; i++)
		out[n++] = &k->column[k->key[i]];
	return n;
}

bool ties_wanted(struct listing *g)
{
	const struct column *key[KEY_MOST];
	size_t n = key_columns(g, key);
	if (g->nby == 0 || g->kind->nkey == 0 || !is_day(g->by[0]))
		return false;
	/* What SQLite takes for equal must be so to ties_same. */
	for (size_t i = 0; i < g->nby; i++)
		if (is_natural(g->by[i]) || g->by[i]->type == TYPE_REAL)
			return false;
	for (size_t i = 0; i < g->nby + n; i++) {
		buf_adds(&g->select, ", ");
		sql_column(&g->select, "t0", (i < g->nby ? g->by[i] : key[i - g->nby])->name);
	}
	return g->ties = true;
}

size_t ties_values(const struct listing *g)
{
	const struct column *key[KEY_MOST];
	return g->n + (g->ties ? g->nby + key_columns(g, key) : 0);
}

void ties_start(struct ties *t, const struct listing *g)
{
	*t = (struct ties){ .g = g, .arena = arena_new() };
}

static bool same_value(const struct stored *a, const struct stored *b)
{
	if (a->type != b->type)
		return false;
	return a->type == 'i' ? a->number == b->number
	                      : a->n == b->n && (a->n == 0 || memcmp(a->text, b->text, a->n) == 0);
}

bool ties_same(const struct ties *t, const struct stored *v)
{
	const struct stored *held = t->n > 0 ? t->row[0].value + t->g->n : NULL;
	for (size_t i = 0; held != NULL && i < t->g->nby; i++)
		if (!same_value(&held[i], &v[t->g->n + i]))
			return false;
	return true;
}

bool ties_hold(struct ties *t, const struct stored *v)
{
	size_t n = ties_values(t->g);
	struct stored *row = arena_alloc(t->arena, n * sizeof *row);
	t->bytes += n * sizeof *row;
	for (size_t i = 0; i < n; i++) {
		row[i] = v[i];
		if (v[i].text != NULL) {
			char *copy = arena_alloc(t->arena, v[i].n + 1);
			memcpy(copy, v[i].text, v[i].n + 1);
			row[i].text = copy;
		}
		t->bytes += v[i].n;
	}
	t->row = mem_grow(t->row, &t->cap, t->n + 1, sizeof *t->row);
	t->row[t->n++] = (struct tied){ .value = row };
	return t->bytes <= BYTES_MOST;
}

/* ---------- their order ---------- */

/* A whole number so that it sorts by its bytes. */
static void add_number(struct buf *b, int64_t number)
{
	uint64_t bits = (uint64_t)number ^ UINT64_C(1) << 63;
	for (int shift = 56; shift >= 0; shift -= 8)
		buf_addc(b, (char)(bits >> shift));
}

/* Numbers come before texts, and nothing before both, as they do in SQLite. */
static void add_part(struct buf *b, const struct column *c, const struct stored *v)
{
	buf_addc(b, v->type == 'n' ? 1 : v->type == 'i' ? 2 : 3);
	if (v->type == 'i')
		add_number(b, v->number);
	if (v->text == NULL)
		return;
	if (is_natural(c)) {
		text_add_order(b, v->text);
		buf_addc(b, '\0');
	}
	buf_add(b, v->text, v->n);
	buf_addc(b, '\0');
}

static int compare(const void *a, const void *b)
{
	const struct tied *x = a, *y = b;
	int order = memcmp(x->key, y->key, x->n < y->n ? x->n : y->n);
	return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

static void sort(struct ties *t)
{
	const struct column *key[KEY_MOST];
	size_t n = key_columns(t->g, key);
	struct buf b = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		struct tied *row = &t->row[i];
		buf_clear(&b);
		for (size_t k = 0; k < n; k++)
			add_part(&b, key[k], row->value + t->g->n + t->g->nby + k);
		char *copy = arena_alloc(t->arena, b.n + 1);
		memcpy(copy, b.p, b.n);
		row->key = copy;
		row->n = b.n;
	}
	buf_free(&b);
	qsort(t->row, t->n, sizeof *t->row, compare);
}

const struct stored *ties_next(struct ties *t, size_t i)
{
	if (i == 0 && t->n > 1)
		sort(t);
	return i < t->n ? t->row[i].value : NULL;
}

void ties_drop(struct ties *t)
{
	arena_reset(t->arena);
	t->n = t->bytes = 0;
}

void ties_stop(struct ties *t)
{
	arena_free(t->arena);
	mem_free(t->row);
}
