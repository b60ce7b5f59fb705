/* SPDX-License-Identifier: MIT */
/* Documents: what is read as YAML and written again is read as the same, in YAML and in JSON. */
#include <stdlib.h>
#include <string.h>

#include "io/inner.h"

static void write_node(struct writer *w, const char *key, const struct node *n)
{
	switch (n->kind) {
	case NODE_NULL:
		writer_value(w, key, NULL, 0, VALUE_TEXT);
		break;
	case NODE_TEXT:
		writer_value(w, key, n->text, strlen(n->text), VALUE_TEXT);
		break;
	case NODE_LIST:
		writer_list(w, key);
		for (size_t i = 0; i < n->n; i++)
			write_node(w, NULL, n->item[i]);
		writer_end(w);
		break;
	case NODE_MAP:
		writer_map(w, key);
		for (size_t i = 0; i < n->n; i++)
			write_node(w, n->key[i], n->item[i]);
		writer_end(w);
		break;
	}
}

static void write_root(enum format format, const struct node *n, struct buf *b)
{
	struct fault f = { 0 };
	struct out *o = out_open_memory(b);
	struct writer *w = writer_new(format, o, NULL);
	write_node(w, NULL, n);
	if (!writer_close(w, &f) || !out_close(o, &f))
		abort();
}

static struct node *parse(struct arena *a, const char *bytes, size_t n)
{
	struct fault f = { 0 };
	struct input *in = input_open_bytes(
	        "fuzz", bytes, n, &(struct input_options){ .format = INPUT_YAML }, &f);
	if (in == NULL)
		return NULL;
	struct node *node = yaml_read(in, a, &f);
	if (node == NULL && f.text[0] == '\0')
		abort();
	input_close(in, &f);
	return node;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct buf once = { 0 }, again = { 0 };
	struct fault f = { 0 };
	struct item item;
	struct node *n = parse(a, (const char *)data, size);

	for (int json = 0; n != NULL && n->kind >= NODE_LIST && json < 2; json++) {
		enum format format = json ? FORMAT_JSON : FORMAT_YAML;
		buf_clear(&once);
		buf_clear(&again);
		write_root(format, n, &once);
		struct node *m = parse(a, once.p, once.n);
		if (m == NULL)
			abort();
		write_root(format, m, &again);
		if (strcmp(once.p, again.p) != 0)
			abort();
	}
	struct input *in = input_open_bytes("fuzz", (const char *)data, size,
	        &(struct input_options){ .format = INPUT_YAML }, &f);
	if (in != NULL) {
		in->chunk = 1 + size % 7;
		while (items_next(in, a, &item, &f) == STEP_ROW)
			if (item.node == NULL)
				abort();
		input_close(in, &f);
	}
	buf_free(&once);
	buf_free(&again);
	arena_free(a);
	return 0;
}
