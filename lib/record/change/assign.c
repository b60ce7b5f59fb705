/* SPDX-License-Identifier: MIT */
/* FIELD=VALUE, from the command line or a document, as an assignment. */
#include "record/private.h"

void assignments_put(struct assignments *to, const char *field, const char *text)
{
	if (to->n < ASSIGNMENTS_MOST)
		to->all[to->n++] = (struct assignment){ .field = field, .op = '=', .text = text };
}

bool assignments_have(const struct assignments *in, const char *field)
{
	for (size_t i = 0; i < in->n; i++)
		if (str_equal(in->all[i].field, field))
			return true;
	return false;
}

bool assignment_parse(struct arena *a, const char *operand, struct assignment *out)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                           "0123456789_.:-";
	const char *equals = strchr(operand, '=');
	if (equals == NULL || equals == operand || strspn(operand, name + 52) > 0)
		return false;
	size_t n = (size_t)(equals - operand);
	char op = '=';
	if (n > 1 && (equals[-1] == '+' || equals[-1] == '-'))
		op = operand[--n];
	if (strspn(operand, name) < n)
		return false;
	*out = (struct assignment){
		.field = arena_strndup(a, operand, n), .op = op, .text = arena_strdup(a, equals + 1)
	};
	return true;
}

struct assignment *node_assignments(
        struct work *w, const struct node *node, const char *file, size_t *n, struct fault *f)
{
	*n = 0;
	if (node->kind != NODE_MAP) {
		fault_place(f, file, node->line, NULL);
		fault_set(f, STATUS_DATA,
		        "a record is wanted here; write its fields as FIELD: VALUE");
		return NULL;
	}
	struct assignment *a = arena_alloc(w->arena, (node->n + 2) * sizeof *a);
	for (size_t i = 0; i < node->n; i++) {
		size_t length = strlen(node->key[i]);
		bool adds = length > 1 && node->key[i][length - 1] == '+';
		a[(*n)++] = (struct assignment){
			.field = adds ? arena_strndup(w->arena, node->key[i], length - 1)
			              : node->key[i],
			.op = adds ? '+' : '=',
			.text = node->item[i]->kind == NODE_TEXT ? node->item[i]->text : NULL,
			.node = node->item[i],
			.file = file,
			.line = node->keyline[i],
		};
	}
	return a;
}
