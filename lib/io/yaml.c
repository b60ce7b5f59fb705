/* SPDX-License-Identifier: MIT */
/*
 * YAML through libyaml's events: maps, lists and texts, nothing else. Anchors, aliases and tags are refused,
 * and nothing is typed by its look: 0012, NO and 1e5 are the texts they are. A document is read item by
 * item, and every limit is checked while reading, so that no file can take more memory than one record may.
 */
#include "io/inner.h"

#include <string.h>
#include <yaml.h>

/* What a node takes besides its text, for the size of a record. */
enum { NODE_COST = 96, TOP_KEYS_MAX = 2000 };

enum stage {
	STAGE_BEGIN,    /* nothing read yet */
	STAGE_STREAM,   /* between documents */
	STAGE_MAP,      /* within a document's map */
	STAGE_LIST,     /* within the list under a key */
	STAGE_ROOT_LIST /* within a document that is a list */
};

struct yaml_reader {
	yaml_parser_t parser;
	struct input *in;
	struct fault *f; /* where the handler puts what went wrong, during one call */
	enum stage stage;
	bool first; /* no element of the list was read yet */
	bool failed;
	size_t document;
	struct buf key; /* of the list being read */
	long key_line;
	struct buf keys; /* the document's keys so far, each with its NUL */
	size_t key_count;
	size_t since_event; /* bytes given to libyaml since the last event */
	size_t record;      /* size of the item so far */
};

static bool fail(struct yaml_reader *r, long line, struct fault *f)
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
		in->line += p[i] == '\n' || (p[i] == '\r' && (i + 1 == stop || p[i + 1] != '\n'));
	if (stop == n)
		return true;
	fault_set(r->f, STATUS_DATA,
	        at >= 0 && run == (size_t)at
	                ? "a control character, \\x%02x, stands here; take it out"
	                : "the byte \\x%02x is no UTF-8; save the file as UTF-8",
	        (unsigned)(unsigned char)p[stop + (p[stop] == '\xC2' && at == (long)stop)]);
	return fail(r, in->line, r->f);
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
		fail(r, in->line, r->f);
		return 0;
	}
	return 1;
}

static struct yaml_reader *reader_of(struct input *in)
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
	return fail(r, (long)p->problem_mark.line + 1, f);
}

/* The next event, refused where it has an anchor or a tag, or is an alias. */
static bool next(struct yaml_reader *r, yaml_event_t *e, struct fault *f)
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
	return fail(r, line, f);
}

/* ---------- nodes ---------- */

static struct node *node_new(struct yaml_reader *r, struct arena *a, enum node_kind kind, long line,
        size_t size, struct fault *f)
{
	r->record += NODE_COST + size;
	if (r->record > RECORD_MAX) {
		fault_set(f, STATUS_DATA, "a record is larger than %d MiB", RECORD_MAX >> 20);
		fail(r, line, f);
		return NULL;
	}
	struct node *n = arena_alloc(a, sizeof *n);
	n->kind = kind;
	n->line = line;
	return n;
}

static bool is_null(const yaml_event_t *e)
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
		fail(r, line, f);
		return NULL;
	}
	struct node *node = node_new(r, a, is_null(e) ? NODE_NULL : NODE_TEXT, line, n, f);
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

static bool refuse_twice(struct yaml_reader *r, const char *key, long line, struct fault *f)
{
	fault_set(f, STATUS_DATA, "the key %s stands here a second time; keep one", quote(key));
	return fail(r, line, f);
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
			ok = refuse_twice(r, sorted[i].key, sorted[i].line, f);
	mem_free(sorted);
	return ok;
}

/* A key must be a plain text. */
static const char *key_of(
        struct yaml_reader *r, struct arena *a, const yaml_event_t *e, struct fault *f)
{
	long line = (long)e->start_mark.line + 1;
	if (e->type != YAML_SCALAR_EVENT) {
		fault_set(f, STATUS_DATA, "a key is a list or a map; give it a name");
		fail(r, line, f);
		return NULL;
	}
	struct node *node = scalar(r, a, e, f);
	if (node == NULL)
		return NULL;
	if (e->data.scalar.length == 0) {
		fault_set(f, STATUS_DATA, "a key is empty; give it a name");
		fail(r, line, f);
		return NULL;
	}
	return node->text != NULL ? node->text
	                          : arena_strdup(a, (const char *)e->data.scalar.value);
}

static struct node *build(
        struct yaml_reader *, struct arena *, yaml_event_t *, int depth, struct fault *);

/* Reads a list's or map's parts up to its end. */
static bool build_parts(struct yaml_reader *r, struct arena *a, struct node *node,
        struct growing *g, int depth, struct fault *f)
{
	yaml_event_t e;
	bool map = node->kind == NODE_MAP;
	for (;;) {
		if (!next(r, &e, f))
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
			g->key[g->n] = key_of(r, a, &e, f);
			yaml_event_delete(&e);
			if (g->key[g->n] == NULL || !next(r, &e, f))
				return false;
		}
		struct node *part = build(r, a, &e, depth + 1, f);
		if (part == NULL)
			return false;
		g->item = mem_grow(g->item, &g->item_cap, g->n + 1, sizeof *g->item);
		g->item[g->n++] = part;
	}
}

/* The node that begins with event e, which is deleted. */
static struct node *build(
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
		fail(r, line, f);
		return NULL;
	}
	node = node_new(r, a, map ? NODE_MAP : NODE_LIST, line, 0, f);
	if (node != NULL && build_parts(r, a, node, &g, depth, f))
		growing_settle(&g, a, node);
	else
		node = NULL;
	growing_free(&g);
	return node;
}

/* ---------- items ---------- */

/* Remembers a key of the document; false when it was there already. */
static bool top_key(struct yaml_reader *r, const char *key, long line, struct fault *f)
{
	const char *p = buf_text(&r->keys), *end = p + r->keys.n;
	for (; p < end; p += strlen(p) + 1)
		if (strcmp(p, key) == 0)
			return refuse_twice(r, key, line, f);
	if (++r->key_count > TOP_KEYS_MAX) {
		fault_set(f, STATUS_DATA,
		        "a document has more than %d keys; give the kinds with lists of records",
		        TOP_KEYS_MAX);
		return fail(r, line, f);
	}
	buf_add(&r->keys, key, strlen(key) + 1);
	return true;
}

/* A document begins: what is it? */
static bool begin_document(struct yaml_reader *r, struct fault *f)
{
	yaml_event_t e;
	r->document++;
	r->key_count = 0;
	buf_clear(&r->keys);
	if (!next(r, &e, f))
		return false;
	bool empty = e.type == YAML_SCALAR_EVENT && is_null(&e);
	long line = (long)e.start_mark.line + 1;
	r->first = true;
	if (e.type == YAML_MAPPING_START_EVENT)
		r->stage = STAGE_MAP;
	else if (e.type == YAML_SEQUENCE_START_EVENT)
		r->stage = STAGE_ROOT_LIST;
	else if (!empty)
		fault_set(f, STATUS_DATA, "is text, not 'name: value'; give a map or a list");
	yaml_event_delete(&e);
	return r->stage != STAGE_STREAM || empty || fail(r, line, f);
}

/* An element of the list under the key, or the list itself if it is empty. e is deleted. */
static enum step element(struct yaml_reader *r, struct arena *a, yaml_event_t *e, struct item *out,
        bool *made, struct fault *f)
{
	bool root = r->stage == STAGE_ROOT_LIST;
	*made = true;
	out->line = (long)e->start_mark.line + 1;
	if (e->type == YAML_SEQUENCE_END_EVENT) {
		yaml_event_delete(e);
		r->stage = root ? STAGE_STREAM : STAGE_MAP;
		*made = r->first && !root;
		if (!*made)
			return STEP_ROW;
		out->line = r->key_line;
		out->node = node_new(r, a, NODE_LIST, r->key_line, 0, f);
	} else {
		r->first = false;
		out->node = build(r, a, e, 3, f);
	}
	out->key = root ? NULL : arena_strdup(a, buf_text(&r->key));
	return out->node != NULL ? STEP_ROW : STEP_FAILED;
}

/* A key of the document and what belongs to it. e is deleted. */
static enum step entry(struct yaml_reader *r, struct arena *a, yaml_event_t *e, struct item *out,
        bool *made, struct fault *f)
{
	*made = false;
	if (e->type == YAML_MAPPING_END_EVENT) {
		yaml_event_delete(e);
		r->stage = STAGE_STREAM;
		return STEP_ROW;
	}
	out->line = r->key_line = (long)e->start_mark.line + 1;
	out->key = key_of(r, a, e, f);
	yaml_event_delete(e);
	if (out->key == NULL || !top_key(r, out->key, out->line, f) || !next(r, e, f))
		return STEP_FAILED;
	if (e->type == YAML_SEQUENCE_START_EVENT) {
		yaml_event_delete(e);
		buf_clear(&r->key);
		buf_adds(&r->key, out->key);
		r->stage = STAGE_LIST;
		r->first = true;
		return STEP_ROW;
	}
	*made = true;
	out->node = build(r, a, e, 2, f);
	return out->node != NULL ? STEP_ROW : STEP_FAILED;
}

/* Between documents. STEP_END at the end of the stream. e is deleted. */
static enum step between(struct yaml_reader *r, yaml_event_t *e, struct fault *f)
{
	yaml_event_type_t type = e->type;
	yaml_event_delete(e);
	if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
		return STEP_END;
	if (type == YAML_STREAM_START_EVENT)
		r->stage = STAGE_STREAM;
	if (type == YAML_DOCUMENT_START_EVENT && !begin_document(r, f))
		return STEP_FAILED;
	return STEP_ROW;
}

enum step items_next(struct input *in, struct arena *a, struct item *out, struct fault *f)
{
	struct yaml_reader *r = reader_of(in);
	r->record = 0;
	for (;;) {
		yaml_event_t e;
		bool made = false;
		if (r->failed)
			return STEP_END; /* libyaml cannot go on behind a fault */
		if (!next(r, &e, f))
			return STEP_FAILED;
		enum step step = r->stage == STAGE_MAP    ? entry(r, a, &e, out, &made, f)
		                 : r->stage >= STAGE_LIST ? element(r, a, &e, out, &made, f)
		                                          : between(r, &e, f);
		out->document = r->document;
		if (step != STEP_ROW || made)
			return step;
	}
}

/* ---------- whole documents ---------- */

struct node *yaml_read(struct input *in, struct arena *a, struct fault *f)
{
	struct yaml_reader *r = reader_of(in);
	struct node *root = NULL;
	yaml_event_t e;
	r->record = 0;
	for (;;) {
		if (r->failed || !next(r, &e, f))
			return NULL;
		yaml_event_type_t type = e.type;
		long line = (long)e.start_mark.line + 1;
		yaml_event_delete(&e);
		if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
			break;
		if (type != YAML_DOCUMENT_START_EVENT)
			continue;
		if (root != NULL) {
			fault_set(f, STATUS_DATA, "a second document begins here; give one alone");
			fail(r, line, f);
			return NULL;
		}
		if (!next(r, &e, f))
			return NULL;
		root = build(r, a, &e, 1, f);
		if (root == NULL)
			return NULL;
	}
	return root != NULL ? root : node_new(r, a, NODE_NULL, 1, 0, f);
}

struct node *node_get(const struct node *map, const char *key)
{
	if (map == NULL || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->key[i], key) == 0)
			return map->item[i];
	return NULL;
}

const char *node_text(const struct node *map, const char *key)
{
	const struct node *n = node_get(map, key);
	return n != NULL && n->kind == NODE_TEXT ? n->text : NULL;
}
