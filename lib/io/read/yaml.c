/* SPDX-License-Identifier: MIT */
/*
 * YAML through libyaml's events: maps, lists and texts, nothing else. Anchors, aliases and tags are refused,
 * and nothing is typed by its look: 0012, NO and 1e5 are the texts they are. A document is read item by
 * item, and every limit is checked while reading, so that no file can take more memory than one record may.
 */
#include "io/read/yaml-reader.h"

#include <string.h>

bool yaml_fail(struct yaml_reader *r, long line, struct fault *f)
{
	fault_place(f, r->in->name, line, NULL);
	r->failed = true;
	return false;
}

/* ---------- feeding libyaml ---------- */

/* Text that came newly into the window must be clean: libyaml would refuse it without saying where. */
static bool window_clean(struct yaml_reader *r)
{
	struct input *in = r->in;
	const char *p = in->p;
	size_t n = (size_t)(in->e - in->p) - in->unchecked, run = n;
	long at = -1;
	if (in->suspect) {
		at = text_control(p, n);
		run = text_valid_run(p, at >= 0 ? (size_t)at : n);
	}
	size_t stop = run < n ? run : n;
	for (size_t i = 0; i < stop; i++)
		in->line += p[i] == '\n' || (p[i] == '\r' && i + 1 < stop && p[i + 1] != '\n');
	if (stop == n)
		return true;
	fault_set(r->f, STATUS_DATA,
	        at >= 0 && run == (size_t)at
	                ? "a control character, \\x%02x, stands here; take it out"
	                : "the byte \\x%02x is no UTF-8; save the file as UTF-8",
	        (unsigned)(unsigned char)p[stop + (p[stop] == '\xC2' && at == (long)stop)]);
	return yaml_fail(r, in->line, r->f);
}

static int feed(void *data, unsigned char *to, size_t size, size_t *got)
{
	struct yaml_reader *r = data;
	struct input *in = r->in;
	*got = 0;
	while ((size_t)(in->e - in->p) == in->unchecked && !in->eof) {
		if (window_fill(in, r->f) < 0) {
			r->failed = true;
			return 0;
		}
		if (!window_clean(r))
			return 0;
	}
	size_t n = (size_t)(in->e - in->p) - in->unchecked;
	if (n > size)
		n = size;
	if (n > 0)
		memcpy(to, in->p, n);
	in->p += n;
	*got = n;
	r->since_event += n;
	if (r->since_event > RECORD_MAX) {
		fault_set(r->f, STATUS_DATA, "a value is longer than %d MiB", VALUE_MAX >> 20);
		yaml_fail(r, in->line, r->f);
		return 0;
	}
	return 1;
}

struct yaml_reader *yaml_reader_of(struct input *in)
{
	if (in->yaml == NULL) {
		struct yaml_reader *r = mem_zalloc(sizeof *r);
		if (yaml_parser_initialize(&r->parser) == 0)
			base_oom_handler();
		yaml_parser_set_input(&r->parser, feed, r);
		yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
		r->in = in;
		in->yaml = r;
	}
	return in->yaml;
}

void yaml_close(struct input *in)
{
	if (in->yaml == NULL)
		return;
	yaml_parser_delete(&in->yaml->parser);
	buf_free(&in->yaml->key);
	buf_free(&in->yaml->keys);
	mem_free(in->yaml);
}

/* ---------- events ---------- */

/* What libyaml says, in words for somebody who is no programmer. */
static bool refuse_syntax(struct yaml_reader *r, struct fault *f)
{
	const yaml_parser_t *p = &r->parser;
	if (r->failed)
		return false; /* the handler has said it */
	if (p->error == YAML_MEMORY_ERROR)
		base_oom_handler();
	fault_set(f, STATUS_DATA, "is no well-formed YAML here: %s",
	        p->problem != NULL ? p->problem : "it cannot be read");
	if (p->problem != NULL && strstr(p->problem, "cannot start any token") != NULL)
		fault_hint(f, "put a value that begins with a tab, @ or ` in quotes");
	else if (p->problem != NULL && strstr(p->problem, "mapping values are not allowed") != NULL)
		fault_hint(f, "put a value that holds ': ' in quotes");
	return yaml_fail(r, (long)p->problem_mark.line + 1, f);
}

/* The next event, refused where it has an anchor or a tag, or is an alias. */
bool yaml_next(struct yaml_reader *r, yaml_event_t *e, struct fault *f)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;
	r->f = f;
	r->since_event = 0;
	if (yaml_parser_parse(&r->parser, e) == 0)
		return refuse_syntax(r, f);
	long line = (long)e->start_mark.line + 1;
	if (e->type == YAML_SCALAR_EVENT) {
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
	}
	if (e->type == YAML_ALIAS_EVENT)
		fault_set(f, STATUS_DATA,
		        "an alias ('*') is not read; write the value out, or put it in quotes");
	else if (anchor != NULL)
		fault_set(f, STATUS_DATA,
		        "an anchor ('&') is not read; take it out, or put the value in quotes");
	else if (tag != NULL)
		fault_set(f, STATUS_DATA,
		        "a tag ('!') is not read; take it out, or put the value in quotes");
	else
		return true;
	yaml_event_delete(e);
	return yaml_fail(r, line, f);
}

/* ---------- nodes ---------- */

struct node *yaml_node_new(struct yaml_reader *r, struct arena *a, enum node_kind kind, long line,
        size_t size, struct fault *f)
{
	r->record += NODE_COST + size;
	if (r->record > RECORD_MAX) {
		fault_set(f, STATUS_DATA, "a record is larger than %d MiB", RECORD_MAX >> 20);
		yaml_fail(r, line, f);
		return NULL;
	}
	struct node *n = arena_alloc(a, sizeof *n);
	n->kind = kind;
	n->line = line;
	return n;
}

bool yaml_is_null(const yaml_event_t *e)
{
	const char *text = (const char *)e->data.scalar.value;
	return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (*text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static struct node *scalar(
        struct yaml_reader *r, struct arena *a, const yaml_event_t *e, struct fault *f)
{
	const char *text = (const char *)e->data.scalar.value;
	size_t n = e->data.scalar.length;
	long line = (long)e->start_mark.line + 1;
	long bad = text_control(text, n);
	if (n > VALUE_MAX)
		fault_set(f, STATUS_DATA, "a value is longer than %d MiB", VALUE_MAX >> 20);
	else if (bad >= 0)
		fault_set(f, STATUS_DATA,
		        "a control character, \\x%02x, stands in this value; take it out",
		        (unsigned)(unsigned char)text[bad + (text[bad] == '\xC2')]);
	if (n > VALUE_MAX || bad >= 0) {
		yaml_fail(r, line, f);
		return NULL;
	}
	struct node *node =
	        yaml_node_new(r, a, yaml_is_null(e) ? NODE_NULL : NODE_TEXT, line, n, f);
	if (node == NULL)
		return NULL;
	node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (node->kind == NODE_TEXT)
		node->text = arena_strndup(a, text, n);
	return node;
}

/* While a collection is read its parts grow in ordinary memory; then they move into the arena at their size. */
struct growing {
	struct node **item;
	const char **key;
	long *keyline;
	size_t n, item_cap, key_cap, line_cap;
};

static void growing_free(struct growing *g)
{
	mem_free(g->item);
	mem_free(g->key);
	mem_free(g->keyline);
}

static void growing_settle(const struct growing *g, struct arena *a, struct node *node)
{
	node->n = g->n;
	if (g->n == 0)
		return;
	node->item = arena_alloc(a, g->n * sizeof *node->item);
	memcpy(node->item, g->item, g->n * sizeof *node->item);
	if (node->kind != NODE_MAP)
		return;
	node->key = arena_alloc(a, g->n * sizeof *node->key);
	memcpy(node->key, g->key, g->n * sizeof *node->key);
	node->keyline = arena_alloc(a, g->n * sizeof *node->keyline);
	memcpy(node->keyline, g->keyline, g->n * sizeof *node->keyline);
}

bool yaml_refuse_twice(struct yaml_reader *r, const char *key, long line, struct fault *f)
{
	fault_set(f, STATUS_DATA, "the key %s stands here a second time; keep one", quote(key));
	return yaml_fail(r, line, f);
}

struct place {
	const char *key;
	long line;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Sorted, because a map may have a million keys. */
static bool keys_differ(struct yaml_reader *r, const struct growing *g, struct fault *f)
{
	if (g->n < 2)
		return true;
	struct place *sorted = mem_alloc(g->n * sizeof *sorted);
	for (size_t i = 0; i < g->n; i++)
		sorted[i] = (struct place){ .key = g->key[i], .line = g->keyline[i] };
	qsort(sorted, g->n, sizeof *sorted, compare_places);
	bool ok = true;
	for (size_t i = 1; ok && i < g->n; i++)
		if (strcmp(sorted[i - 1].key, sorted[i].key) == 0)
			ok = yaml_refuse_twice(r, sorted[i].key, sorted[i].line, f);
	mem_free(sorted);
	return ok;
}

/* A key must be a plain text. */
const char *yaml_key_of(
        struct yaml_reader *r, struct arena *a, const yaml_event_t *e, struct fault *f)
{
	long line = (long)e->start_mark.line + 1;
	if (e->type != YAML_SCALAR_EVENT) {
		fault_set(f, STATUS_DATA, "a key is a list or a map; give it a name");
		yaml_fail(r, line, f);
		return NULL;
	}
	struct node *node = scalar(r, a, e, f);
	if (node == NULL)
		return NULL;
	if (e->data.scalar.length == 0) {
		fault_set(f, STATUS_DATA, "a key is empty; give it a name");
		yaml_fail(r, line, f);
		return NULL;
	}
	return node->text != NULL ? node->text
	                          : arena_strdup(a, (const char *)e->data.scalar.value);
}

/* Reads a list's or map's parts up to its end. */
static bool build_parts(struct yaml_reader *r, struct arena *a, struct node *node,
        struct growing *g, int depth, struct fault *f)
{
	yaml_event_t e;
	bool map = node->kind == NODE_MAP;
	for (;;) {
		if (!yaml_next(r, &e, f))
			return false;
		if (e.type == (map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT)) {
			yaml_event_delete(&e);
			return !map || keys_differ(r, g, f);
		}
		if (map) {
			g->key = mem_grow(g->key, &g->key_cap, g->n + 1, sizeof *g->key);
			g->keyline =
			        mem_grow(g->keyline, &g->line_cap, g->n + 1, sizeof *g->keyline);
			g->keyline[g->n] = (long)e.start_mark.line + 1;
			g->key[g->n] = yaml_key_of(r, a, &e, f);
			yaml_event_delete(&e);
			if (g->key[g->n] == NULL || !yaml_next(r, &e, f))
				return false;
		}
		struct node *part = yaml_build(r, a, &e, depth + 1, f);
		if (part == NULL)
			return false;
		g->item = mem_grow(g->item, &g->item_cap, g->n + 1, sizeof *g->item);
		g->item[g->n++] = part;
	}
}

/* The node that begins with event e, which is deleted. */
struct node *yaml_build(
        struct yaml_reader *r, struct arena *a, yaml_event_t *e, int depth, struct fault *f)
{
	struct node *node = NULL;
	struct growing g = { 0 };
	long line = (long)e->start_mark.line + 1;
	bool map = e->type == YAML_MAPPING_START_EVENT;
	if (e->type == YAML_SCALAR_EVENT) {
		node = scalar(r, a, e, f);
		yaml_event_delete(e);
		return node;
	}
	yaml_event_delete(e);
	if (depth > DEPTH_MAX) {
		fault_set(f, STATUS_DATA, "lists and maps are nested more than %d deep", DEPTH_MAX);
		yaml_fail(r, line, f);
		return NULL;
	}
	node = yaml_node_new(r, a, map ? NODE_MAP : NODE_LIST, line, 0, f);
	if (node != NULL && build_parts(r, a, node, &g, depth, f))
		growing_settle(&g, a, node);
	else
		node = NULL;
	growing_free(&g);
	return node;
}
