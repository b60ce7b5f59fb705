/* SPDX-License-Identifier: MIT */
/* Reading maps; see compact-document(5) for what they say. */
#include <string.h>
#include <unistd.h>

#include "record/headings/map.h"

static bool bad(
        struct fault *f, const struct map *m, long line, const char *what, const char *value)
{
	if (value)
		fault_set(f, STATUS_CONFIG, "%s %s", quote(value), what);
	else
		fault_set(f, STATUS_CONFIG, "%s", what);
	fault_place(f, m->file, line, NULL);
	return false;
}

static bool word_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (str_equal(*words, word))
			return true;
	return false;
}

/* A text or a list of texts, NULL-terminated; NULL with a fault. An empty value is "". */
static const char *const *texts(
        struct arena *a, const struct map *m, const struct node *node, struct fault *f)
{
	const char **all;

	if (node->kind == NODE_MAP) {
		bad(f, m, node->line, "a map stands where a text or a list of texts is expected",
		        NULL);
		return NULL;
	}
	all = arena_alloc(a, (node->n + 2) * sizeof *all);
	if (node->kind != NODE_LIST) {
		all[0] = node->kind == NODE_TEXT ? node->text : "";
		return all;
	}
	for (size_t i = 0; i < node->n; i++) {
		if (node->item[i]->kind != NODE_TEXT) {
			bad(f, m, node->item[i]->line, "only texts stand in this list", NULL);
			return NULL;
		}
		all[i] = node->item[i]->text;
	}
	return all;
}

struct map_field *map_field(const struct map *m, const char *name)
{
	for (size_t i = 0; i < m->nfield; i++)
		if (str_equal(m->field[i].name, name))
			return &m->field[i];
	return NULL;
}

/* The entry of a field, made where there is none. The array has room for all keys of the map. */
static struct map_field *field_of(struct map *m, const char *name, long line)
{
	struct map_field *field = map_field(m, name);

	if (field)
		return field;
	field = &m->field[m->nfield++];
	*field = (struct map_field){ .name = name, .line = line };
	return field;
}

static bool check_splitters(const struct map *m, const char *const *s, long line, struct fault *f)
{
	static const char *const known[] = { "bullets", "lines", "and", "/", ";", ",", "|", NULL };

	for (; *s; s++) {
		if (!word_of(*s, known))
			return bad(f, m, line,
			        "is no splitter; use bullets, lines, and, /, ;, ',' or |", *s);
	}
	return true;
}

static bool read_replace(struct arena *a, struct map *m, struct map_field *field,
        const struct node *node, struct fault *f)
{
	if (node->kind != NODE_MAP)
		return bad(f, m, node->line, "replace needs WRITTEN: MEANT for each field", NULL);
	field->replace = arena_alloc(a, (node->n + 1) * sizeof *field->replace);
	for (size_t i = 0; i < node->n; i++) {
		const struct node *to = node->item[i];
		if (to->kind != NODE_TEXT && to->kind != NODE_NULL)
			return bad(f, m, to->line, "only a text can stand for a text", NULL);
		field->replace[field->nreplace++] =
		        (struct map_pair){ node->key[i], str_empty(to->text) ? NULL : to->text };
	}
	return true;
}

/* One of the sections that speak of fields. */
static bool read_fields(struct arena *a, struct map *m, const char *section,
        const struct node *node, struct fault *f)
{
	if (node->kind == NODE_NULL)
		return true;
	if (node->kind != NODE_MAP)
		return bad(f, m, node->line, "needs FIELD: … below it", section);
	for (size_t i = 0; i < node->n; i++) {
		struct map_field *field = field_of(m, node->key[i], node->keyline[i]);
		const struct node *value = node->item[i];
		const char *const *all;
		if (str_equal(section, "replace")) {
			if (!read_replace(a, m, field, value, f))
				return false;
			continue;
		}
		all = texts(a, m, value, f);
		if (!all)
			return false;
		if (str_equal(section, "constants")) {
			if (value->kind == NODE_LIST)
				return bad(f, m, value->line,
				        "has more than one constant; join them with ;",
				        field->name);
			field->constant = str_empty(all[0]) ? NULL : all[0];
		} else if (str_equal(section, "split")) {
			if (!check_splitters(m, all, value->line, f))
				return false;
			field->splitter = all;
		} else {
			if (field->column)
				return bad(f, m, value->line,
				        "stands under columns and join; leave one out",
				        field->name);
			field->column = all;
			field->join = str_equal(section, "join");
		}
	}
	return true;
}

static bool read_skip(struct arena *a, struct map *m, const struct node *node, struct fault *f)
{
	if (node->kind != NODE_MAP)
		return bad(f, m, node->line, "skip needs COLUMN: VALUE below it", NULL);
	m->skip = arena_alloc(a, (node->n + 1) * sizeof *m->skip);
	for (size_t i = 0; i < node->n; i++) {
		m->skip[i].column = node->key[i];
		m->skip[i].value = texts(a, m, node->item[i], f);
		if (!m->skip[i].value)
			return false;
		m->nskip++;
	}
	return true;
}

static bool read_dates(struct map *m, const struct node *node, struct fault *f)
{
	static const char *const words[] = {
		[ORDER_DMY] = "dmy", [ORDER_MDY] = "mdy", [ORDER_YMD] = "ymd"
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (node->kind == NODE_TEXT && str_equal(node->text, words[i])) {
			m->dates = (enum date_order)i;
			m->has_dates = true;
			return true;
		}
	return bad(f, m, node->line, "dates is one of dmy, mdy, ymd", NULL);
}

static bool read_heading(struct map *m, const struct node *node, struct fault *f)
{
	int64_t n;
	struct fault g = { 0 };

	if (node->kind != NODE_TEXT || !number_parse(node->text, 0, 1000, &n, &g))
		return bad(f, m, node->line, "heading is the number of a row, 0 for none", NULL);
	m->heading = (long)n;
	return true;
}

static bool read_key(struct arena *a, struct map *m, const char *key, const struct node *node,
        long line, struct fault *f)
{
	static const char *const known[] = { "kind", "columns", "ignore", "join", "constants",
		"split", "replace", "skip", "dates", "heading", "match", "make" };
	const char *const *all, *near;

	if (str_equal(key, "skip"))
		return read_skip(a, m, node, f);
	if (str_equal(key, "dates"))
		return read_dates(m, node, f);
	if (str_equal(key, "heading"))
		return read_heading(m, node, f);
	if (word_of(key, (const char *const[]){
	                         "columns", "join", "constants", "split", "replace", NULL }))
		return read_fields(a, m, key, node, f);
	if (word_of(key, (const char *const[]){ "kind", "ignore", "match", "make", NULL })) {
		all = texts(a, m, node, f);
		if (!all)
			return false;
		if (str_equal(key, "kind"))
			m->kind = all[0];
		else if (str_equal(key, "ignore"))
			m->ignore = all;
		else if (str_equal(key, "match"))
			m->match = all;
		else
			m->make = all;
		return true;
	}
	near = text_nearest(key, known, COUNT(known));
	if (near)
		return bad(f, m, line,
		        arena_printf(a, "is no part of a map; did you mean '%s'", near), key);
	return bad(f, m, line, "is no part of a map; compact-document(5) has them", key);
}

static size_t count_keys(const struct node *node)
{
	size_t n = 1;

	for (size_t i = 0; node->kind == NODE_MAP && i < node->n; i++)
		n += node->item[i]->kind == NODE_MAP ? node->item[i]->n : 0;
	return n;
}

struct map *map_read(struct work *w, const char *path, struct fault *f)
{
	struct map *m = arena_alloc(w->arena, sizeof *m);
	struct input *in;
	struct node *root;
	const char **names;

	m->file = arena_strdup(w->arena, path);
	m->heading = -1;
	in = input_open(path, &(struct input_options){ .format = INPUT_YAML }, f);
	root = in ? yaml_read(in, w->arena, f) : NULL;
	if (in)
		input_close(in, &(struct fault){ 0 });
	if (!root) {
		if (in)
			f->status = STATUS_CONFIG;
		fault_place(f, path, 0, NULL);
		return NULL;
	}
	if (root->kind != NODE_MAP) {
		bad(f, m, root->line, "a map begins with columns: and FIELD: HEADING below it",
		        NULL);
		return NULL;
	}
	m->field = arena_alloc(w->arena, count_keys(root) * sizeof *m->field);
	for (size_t i = 0; i < root->n; i++)
		if (!read_key(w->arena, m, root->key[i], root->item[i], root->keyline[i], f))
			return NULL;
	names = arena_alloc(w->arena, (m->nfield + 1) * sizeof *names);
	for (size_t i = 0; i < m->nfield; i++)
		names[i] = m->field[i].name;
	m->names = names;
	return m;
}

const char *const *map_fields(const struct map *m)
{
	return m->names;
}

const char *const *map_headings(const struct map *m, const char *field)
{
	const struct map_field *mf = map_field(m, field);

	return mf ? mf->column : NULL;
}

bool map_dates(const struct map *m, enum date_order *order)
{
	if (m->has_dates)
		*order = m->dates;
	return m->has_dates;
}

const char *map_constant(const struct map *m, const char *field)
{
	const struct map_field *mf = map_field(m, field);

	return mf ? mf->constant : NULL;
}

static bool same_folded(const char *a, const char *b)
{
	return text_distance(a, b, 0) == 0;
}

const char *map_replace(const struct map *m, const char *field, const char *text)
{
	const struct map_field *mf = map_field(m, field);

	for (size_t i = 0; mf && i < mf->nreplace; i++)
		if (same_folded(mf->replace[i].from, text))
			return mf->replace[i].to;
	return text;
}

bool map_skips(const struct map *m, const char *heading, const char *text)
{
	for (size_t i = 0; i < m->nskip; i++) {
		if (!same_folded(m->skip[i].column, heading))
			continue;
		for (const char *const *v = m->skip[i].value; *v; v++)
			if (same_folded(*v, text))
				return true;
	}
	return false;
}

bool map_joins(const struct map *m, const char *field)
{
	const struct map_field *mf = map_field(m, field);

	return mf && mf->join;
}

const char *const *map_ignores(const struct map *m)
{
	return m->ignore;
}

const char *const *map_skip_columns(struct arena *a, const struct map *m)
{
	const char **all = arena_alloc(a, (m->nskip + 1) * sizeof *all);

	for (size_t i = 0; i < m->nskip; i++)
		all[i] = m->skip[i].column;
	return all;
}

long map_heading_row(const struct map *m)
{
	return m->heading;
}

long map_line(const struct map *m, const char *field)
{
	const struct map_field *mf = map_field(m, field);

	return mf ? mf->line : 0;
}

const char *map_name(const struct map *m)
{
	return m->file;
}

bool map_replaces(const struct map *m, const char *field)
{
	const struct map_field *mf = map_field(m, field);

	return mf && mf->nreplace > 0;
}
