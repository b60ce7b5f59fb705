/* SPDX-License-Identifier: MIT */
/* Documents item by item, and whole ones. */
#include "io/read/yaml-reader.h"

#include <string.h>

/* ---------- items ---------- */

/* Remembers a key of the document; false when it was there already. */
static bool top_key(struct yaml_reader *r, const char *key, long line, struct fault *f)
{
	const char *p = buf_text(&r->keys), *end = p + r->keys.n;
	for (; p < end; p += strlen(p) + 1)
		if (strcmp(p, key) == 0)
			return yaml_refuse_twice(r, key, line, f);
	if (++r->key_count > TOP_KEYS_MAX) {
		fault_set(f, STATUS_DATA,
		        "a document has more than %d keys; give the kinds with lists of records",
		        TOP_KEYS_MAX);
		return yaml_fail(r, line, f);
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
	if (!yaml_next(r, &e, f))
		return false;
	bool empty = e.type == YAML_SCALAR_EVENT && yaml_is_null(&e);
	long line = (long)e.start_mark.line + 1;
	r->first = true;
	if (e.type == YAML_MAPPING_START_EVENT)
		r->stage = STAGE_MAP;
	else if (e.type == YAML_SEQUENCE_START_EVENT)
		r->stage = STAGE_ROOT_LIST;
	else if (!empty)
		fault_set(f, STATUS_DATA, "is text, not 'name: value'; give a map or a list");
	yaml_event_delete(&e);
	return r->stage != STAGE_STREAM || empty || yaml_fail(r, line, f);
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
		out->node = yaml_node_new(r, a, NODE_LIST, r->key_line, 0, f);
	} else {
		r->first = false;
		out->node = yaml_build(r, a, e, 3, f);
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
	out->key = yaml_key_of(r, a, e, f);
	yaml_event_delete(e);
	if (out->key == NULL || !top_key(r, out->key, out->line, f) || !yaml_next(r, e, f))
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
	out->node = yaml_build(r, a, e, 2, f);
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
	struct yaml_reader *r = yaml_reader_of(in);
	r->record = 0;
	for (;;) {
		yaml_event_t e;
		bool made = false;
		if (r->failed)
			return STEP_END; /* libyaml cannot go on behind a fault */
		if (!yaml_next(r, &e, f))
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
	struct yaml_reader *r = yaml_reader_of(in);
	struct node *root = NULL;
	yaml_event_t e;
	r->record = 0;
	for (;;) {
		if (r->failed || !yaml_next(r, &e, f))
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
			yaml_fail(r, line, f);
			return NULL;
		}
		if (!yaml_next(r, &e, f))
			return NULL;
		root = yaml_build(r, a, &e, 1, f);
		if (root == NULL)
			return NULL;
	}
	return root != NULL ? root : yaml_node_new(r, a, NODE_NULL, 1, 0, f);
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
