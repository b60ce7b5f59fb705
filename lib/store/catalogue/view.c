/* SPDX-License-Identifier: MIT */
/* Views that stand in no store. SQLite reads all that a file holds whenever it is opened, and most
 * programs use none of the views that ask what day it is, and no check; so these are made, as
 * temporary views, when a statement first names one. */
#include "store/internal.h"
#include "schema/schema.h"

#include <stdlib.h>
#include <string.h>

#define CREATE_VIEW "CREATE VIEW "

/* The files of the schema are numbered; those from 85 on hold only such views. */
bool view_file(const char *name)
{
	return strcmp(name, "85") >= 0 && !str_starts(name, "upgrade/");
}

/* The next CREATE VIEW of a text at or after p, which begins a line; NULL: none. */
static const char *next_view(const char *p)
{
	while (p != NULL && !str_starts(p, CREATE_VIEW)) {
		p = strchr(p, '\n');
		p = p != NULL ? p + 1 : NULL;
	}
	return p;
}

static bool is_named(const char *view, const char *name, size_t n)
{
	view += strlen(CREATE_VIEW);
	return strncmp(view, name, n) == 0 && strcspn(view, " \n(") == n;
}

const char *view_text(const char *name, size_t *n)
{
	for (const struct schema_file *file = schema_files; file->name != NULL; file++) {
		const char *p = view_file(file->name) ? next_view(file->text) : NULL;
		for (; p != NULL; p = next_view(p + 1)) {
			if (!is_named(p, name, strlen(name)))
				continue;
			const char *end = next_view(p + 1);
			*n = end != NULL ? (size_t)(end - p) : strlen(p);
			return p;
		}
	}
	return NULL;
}

bool view_make(struct store *s)
{
	static const char missing[] = "no such table: ";
	const char *message = sqlite3_errmsg(s->db);
	size_t n;
	if (!str_starts(message, missing))
		return false;
	const char *text = view_text(message + strlen(missing), &n);
	if (text == NULL)
		return false;
	struct buf sql = { 0 };
	bool reading = s->mode != STORE_WRITE;
	/* Under query_only not even a temporary view can be made. */
	buf_adds(&sql, reading ? "PRAGMA query_only=OFF; " : "");
	buf_adds(&sql, "CREATE TEMP VIEW ");
	buf_add(&sql, text + strlen(CREATE_VIEW), n - strlen(CREATE_VIEW));
	bool ok = store_exec(s, buf_text(&sql), NULL);
	buf_free(&sql);
	return (!reading || store_exec(s, "PRAGMA query_only=ON", NULL)) && ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *store_views(struct store *s, const char *prefix, struct fault *f)
{
	size_t n = 0, cap = 0;
	const char **stored = store_names(s, SQL_VIEWS, prefix, &n, f), **all = NULL;
	if (stored == NULL)
		return NULL;
	size_t count = n;
	all = mem_grow(all, &cap, n + 1, sizeof *all);
	if (n > 0)
		memcpy(all, stored, n * sizeof *all);
	for (const struct schema_file *file = schema_files; file->name != NULL; file++) {
		const char *p = view_file(file->name) ? next_view(file->text) : NULL;
		for (; p != NULL; p = next_view(p + 1)) {
			const char *name = p + strlen(CREATE_VIEW);
			if (!str_starts(name, prefix))
				continue;
			name = arena_strndup(store_arena(s), name, strcspn(name, " \n("));
			/* A user's own of that name hides ours. */
			bool seen = false;
			for (size_t i = 0; i < n; i++)
				seen |= str_equal(stored[i], name);
			if (seen)
				continue;
			all = mem_grow(all, &cap, count + 1, sizeof *all);
			all[count++] = name;
		}
	}
	qsort(all, count, sizeof *all, by_name);
	const char **out = arena_alloc(store_arena(s), (count + 1) * sizeof *out);
	memcpy(out, all, count * sizeof *out);
	mem_free(all);
	return (const char *const *)out;
}
