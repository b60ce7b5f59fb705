/* SPDX-License-Identifier: MIT */
/* Finds references that find nothing, by queries made from the catalogue: SQLite's own check names
 * neither the row nor the value. */
#include "store/internal.h"

#include <string.h>
#include <strings.h>

static bool column_pair(
        const struct table *target, const struct foreign *fk, size_t i, const char **to)
{
	*to = fk->to[i];
	if (*to == NULL && target != NULL && i < target->nkey)
		*to = target->column[target->key[i]].name;
	return *to != NULL;
}

/* The key's columns, then the reference's, of each row whose reference finds nothing. */
static bool build(struct buf *sql, const struct table *t, const struct foreign *fk,
        const struct table *target)
{
	buf_adds(sql, "SELECT ");
	for (size_t i = 0; i < t->nkey; i++) {
		buf_adds(sql, "c.");
		sql_name(sql, t->column[t->key[i]].name);
		buf_adds(sql, ", ");
	}
	for (size_t i = 0; i < fk->n; i++) {
		buf_adds(sql, i > 0 ? ", c." : "c.");
		sql_name(sql, fk->from[i]);
	}
	buf_adds(sql, " FROM ");
	sql_name(sql, t->name);
	buf_adds(sql, " AS c WHERE ");
	for (size_t i = 0; i < fk->n; i++) {
		buf_adds(sql, i > 0 ? " AND c." : "c.");
		sql_name(sql, fk->from[i]);
		buf_adds(sql, " IS NOT NULL");
	}
	if (target == NULL)
		return true;
	buf_adds(sql, " AND NOT EXISTS (SELECT 1 FROM ");
	sql_name(sql, target->name);
	buf_adds(sql, " AS p WHERE ");
	for (size_t i = 0; i < fk->n; i++) {
		const char *to;
		if (!column_pair(target, fk, i, &to))
			return false;
		buf_adds(sql, i > 0 ? " AND p." : "p.");
		sql_name(sql, to);
		buf_adds(sql, " = c.");
		sql_name(sql, fk->from[i]);
	}
	buf_adds(sql, ")");
	return true;
}

/* The values from column `at` on, but the partnership, joined by slashes. */
static void join(struct query *q, int at, size_t n, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < n; i++) {
		const char *text = query_text(q, at + (int)i);
		if (n > 1 && strcasecmp(query_name(q, at + (int)i), "partnership") == 0)
			continue;
		if (out->n > 0)
			buf_addc(out, '/');
		buf_adds(out, text != NULL ? text : "");
	}
}

/* The name users know the reference by. */
static const char *field_name(struct store *s, const struct table *t, const struct foreign *fk)
{
	struct fault none = { 0 };
	const char *last = fk->from[fk->n - 1];
	if (table_is_list(t->name))
		return strcmp(last, "item") == 0 || str_starts(last, "item_")
		               ? strstr(t->name, "__") + 2
		               : "";
	const struct kind *k = store_kind(s, t->name, &none);
	for (size_t i = 0; k != NULL && i < k->nfield; i++)
		for (size_t c = 0; c < k->field[i].ncolumn; c++)
			if (strcmp(k->column[k->field[i].column[c]].name, last) == 0)
				return k->field[i].name;
	return last;
}

static const char *owner_of(struct arena *a, const char *table)
{
	const char *under = strstr(table, "__");
	return under != NULL ? arena_strndup(a, table, (size_t)(under - table)) : table;
}

/* How many leading key columns name the record: of a list, not its item. */
static size_t owner_key(const struct table *t)
{
	size_t n = t->nkey;
	while (table_is_list(t->name) && n > 1 && str_starts(t->column[t->key[n - 1]].name, "item"))
		n--;
	return n;
}

static bool look(struct store *s, const struct table *t, const struct foreign *fk, size_t most,
        bool (*fn)(void *, const struct broken *), void *arg, bool *more, struct fault *f)
{
	struct fault own = { 0 };
	const struct table *target = store_table(s, fk->target, &own);
	struct buf sql = { 0 }, key = { 0 }, value = { 0 };
	struct query *q = NULL;
	s->trusted++;
	if (own.status == STATUS_OK && build(&sql, t, fk, target))
		q = store_prepare(s, buf_text(&sql), f);
	s->trusted--;
	int rc = q != NULL ? 0 : -1;
	for (size_t i = 0; q != NULL && *more && i < most && (rc = query_step(q, f)) == 1; i++) {
		bool local = strcasecmp(query_name(q, 0), "partnership") == 0;
		join(q, 0, owner_key(t), &key);
		join(q, (int)t->nkey, fk->n, &value);
		*more = fn(arg, &(struct broken){ .table = t->name,
		                        .kind = owner_of(store_arena(s), t->name),
		                        .partnership = local ? query_text(q, 0) : NULL,
		                        .key = buf_text(&key),
		                        .field = field_name(s, t, fk),
		                        .target = fk->target,
		                        .value = buf_text(&value) });
	}
	query_done(q);
	buf_free(&sql);
	buf_free(&key);
	buf_free(&value);
	return rc >= 0;
}

bool store_broken(struct store *s, const char *table, const char *target, size_t most,
        bool (*fn)(void *, const struct broken *), void *arg, struct fault *f)
{
	const struct table *t = store_table(s, table, f);
	if (t == NULL)
		return false;
	bool more = true;
	for (size_t i = 0; more && i < t->nforeign; i++) {
		if (target != NULL && strcmp(t->foreign[i].target, target) != 0)
			continue;
		if (!look(s, t, &t->foreign[i], most, fn, arg, &more, f))
			return false;
	}
	return true;
}

bool broken_fault(const struct broken *b, struct fault *f)
{
	if (f != NULL && f->field[0] == '\0')
		fault_place(f, NULL, 0, b->field);
	return fault_set(f, STATUS_DATA,
	        "%s %s refers to %s %s, which is not there; add it or change %s", b->kind, b->key,
	        b->target, quote(b->value), b->field[0] != '\0' ? b->field : "the record");
}
