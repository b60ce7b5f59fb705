/* SPDX-License-Identifier: MIT */
/* A set of texts, each with a number. */
#include "base/base.h"

#include <string.h>

static size_t hash(const char *text)
{
	uint64_t h = 1469598103934665603u;
	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t *slot_of(const struct texts *t, const char *text)
{
	size_t i = hash(text) & (t->nslot - 1);
	while (t->slot[i] != 0 && strcmp(t->text[t->slot[i] - 1], text) != 0)
		i = (i + 1) & (t->nslot - 1);
	return &t->slot[i];
}

static void grow(struct texts *t)
{
	t->nslot = t->nslot == 0 ? 64 : t->nslot * 2;
	mem_free(t->slot);
	t->slot = mem_zalloc(t->nslot * sizeof *t->slot);
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->text[i]) = i + 1;
}

uint64_t *texts_put(struct texts *t, const char *text)
{
	if (t->arena == NULL)
		t->arena = arena_new();
	if (t->n * 2 >= t->nslot)
		grow(t);
	size_t *slot = slot_of(t, text);
	if (*slot == 0) {
		size_t cap = t->cap;
		t->text = mem_grow(t->text, &cap, t->n + 1, sizeof *t->text);
		t->value = mem_grow(t->value, &t->cap, t->n + 1, sizeof *t->value);
		t->text[t->n] = arena_strdup(t->arena, text);
		t->value[t->n] = 0;
		*slot = ++t->n;
	}
	return &t->value[*slot - 1];
}

const uint64_t *texts_find(const struct texts *t, const char *text)
{
	if (t->n == 0)
		return NULL;
	size_t at = *slot_of(t, text);
	return at == 0 ? NULL : &t->value[at - 1];
}

void texts_free(struct texts *t)
{
	mem_free(t->text);
	mem_free(t->value);
	mem_free(t->slot);
	if (t->arena != NULL)
		arena_free(t->arena);
	*t = (struct texts){ 0 };
}
