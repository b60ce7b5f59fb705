/* SPDX-License-Identifier: MIT */
/* Names in a user's SQL that are none: the nearest kind, view or column is told. */
#include "store/internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Names to choose from, in the store's arena. */
struct names {
	const char **name;
	size_t n, cap;
};

static void add_name(struct names *names, const char *name)
{
	names->name = mem_grow(names->name, &names->cap, names->n + 1, sizeof *names->name);
	names->name[names->n++] = name;
}

static void add_tables(struct store *s, struct names *names)
{
	struct fault none = { 0 };
	const char *const *lists[] = { store_kinds(s, &none), store_views(s, "", &none) };

	for (size_t i = 0; i < COUNT(lists); i++)
		for (const char *const *name = lists[i]; name != NULL && *name != NULL; name++)
			add_name(names, *name);
}

bool misspelt_table(struct store *s, const char *message, struct fault *f)
{
	static const char missing[] = "no such table: ";
	struct names names = { 0 };

	fault_set(f, STATUS_DATA, "the query is wrong: %s", message);
	if (!str_starts(message, missing))
		return false;
	add_tables(s, &names);
	const char *near = text_nearest(message + strlen(missing), names.name, names.n);
	if (near != NULL)
		fault_hint(f, "did you mean %s", near);
	else
		fault_hint(f, "compact-schema(5) has all kinds and views");
	mem_free(names.name);
	return false;
}

static bool is_among(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcasecmp(names->name[i], name) == 0)
			return true;
	return false;
}

static void add_columns(struct store *s, const char *table, struct names *columns)
{
	struct fault none = { 0 };
	struct query *q = store_prepare(
	        s, arena_printf(store_arena(s), "SELECT * FROM \"%s\"", table), &none);

	for (int i = 0; q != NULL && i < query_columns(q); i++)
		add_name(columns, arena_strdup(store_arena(s), query_name(q, i)));
	query_done(q);
}

/* The columns of every kind and view that the query names; those in *asked, once each. */
static void read_query(struct store *s, const char *sql, struct names *asked, struct names *columns)
{
	struct names tables = { 0 };
	size_t n;

	add_tables(s, &tables);
	for (const char *p = sql; *p != '\0'; p += n) {
		for (n = 0; isalnum((unsigned char)p[n]) || p[n] == '_';)
			n++;
		if (n == 0) {
			n = 1;
			continue;
		}
		const char *word = arena_strndup(store_arena(s), p, n);
		bool list = strstr(word, "__") != NULL;
		if (is_among(asked, word) || !(list || is_among(&tables, word)))
			continue;
		add_name(asked, word);
		add_columns(s, word, columns);
	}
	mem_free(tables.name);
}

void misspelt_column(struct store *s, const char *sql, struct fault *f)
{
	static const char missing[] = "no such column: ";
	const char *at = strstr(f->text, missing);
	struct names asked = { 0 }, columns = { 0 };

	if (f->status != STATUS_DATA || at == NULL)
		return;
	const char *name = arena_strdup(store_arena(s), at + strlen(missing));
	const char *dot = strrchr(name, '.');
	read_query(s, sql, &asked, &columns);
	const char *near = text_nearest(dot != NULL ? dot + 1 : name, columns.name, columns.n);
	if (near != NULL)
		fault_hint(f, "did you mean %s", near);
	else if (asked.n > 0)
		fault_hint(f, "compact-schema(5) has the columns of %s", asked.name[0]);
	mem_free(asked.name);
	mem_free(columns.name);
}
