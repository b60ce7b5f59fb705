/* SPDX-License-Identifier: MIT */
/* Counting while reading: the answers of a column, and how often each came, by group. */
#include "survey/parts.h"

#include <string.h>

void vec_add(struct vec *v, uint32_t group, bool weighted, double weight)
{
	if (group >= v->cap) {
		uint32_t cap = v->cap ? v->cap : 4;
		while (cap <= group)
			cap *= 2;
		v->n = mem_realloc(v->n, cap * sizeof *v->n);
		memset(v->n + v->cap, 0, (cap - v->cap) * sizeof *v->n);
		if (weighted) {
			v->w = mem_realloc(v->w, 2 * cap * sizeof *v->w);
			for (size_t i = 2 * (size_t)v->cap; i < 2 * (size_t)cap; i++)
				v->w[i] = 0;
		}
		v->cap = cap;
	}
	v->n[group]++;
	if (weighted) {
		v->w[2 * group] += weight;
		v->w[2 * group + 1] += weight * weight;
	}
}

struct figure vec_at(const struct vec *v, uint32_t group)
{
	if (group >= v->cap)
		return (struct figure){ 0 };
	if (!v->w)
		return (struct figure){ v->n[group], v->n[group], v->n[group] };
	return (struct figure){ v->n[group], v->w[2 * group], v->w[2 * group + 1] };
}

void figure_join(struct figure *to, struct figure add)
{
	to->n += add.n;
	to->w += add.w;
	to->w2 += add.w2;
}

void vec_free(struct vec *v)
{
	mem_free(v->n);
	mem_free(v->w);
	*v = (struct vec){ 0 };
}

/* ---------- dictionaries ---------- */

static uint32_t hash_of(const char *p, size_t n)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ n, word;

	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&word, p, 8);
		h = (h ^ word) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, p, n);
	h = (h ^ word) * 0xff51afd7ed558ccdu;
	return (uint32_t)(h ^ (h >> 29));
}

static bool same(const struct entry *e, const char *text, size_t n)
{
	return e->len == n && memcmp(e->text, text, n) == 0;
}

static void grow_slots(struct dict *d)
{
	uint32_t size = d->mask ? (d->mask + 1) * 2 : 32;

	mem_free(d->slot);
	d->slot = mem_zalloc(size * sizeof *d->slot);
	d->mask = size - 1;
	for (uint32_t i = 0; i < d->n; i++) {
		uint32_t at = d->entry[i].hash & d->mask;
		while (d->slot[at])
			at = (at + 1) & d->mask;
		d->slot[at] = i + 1;
	}
}

uint32_t dict_find(struct dict *d, const char *text, size_t n, size_t axes, uint32_t most)
{
	/* Answers often come in runs. */
	if (d->recent < d->n && same(&d->entry[d->recent], text, n))
		return d->recent;
	uint32_t hash = hash_of(text, n);
	if (d->mask) {
		for (uint32_t at = hash & d->mask; d->slot[at]; at = (at + 1) & d->mask) {
			struct entry *e = &d->entry[d->slot[at] - 1];
			if (e->hash == hash && same(e, text, n))
				return d->recent = d->slot[at] - 1;
		}
	}
	if (d->n >= most)
		return NO_ENTRY;
	if (d->n * 2 >= d->mask)
		grow_slots(d);
	d->entry = mem_grow(d->entry, &d->cap, d->n + 1, sizeof *d->entry);
	struct entry *e = &d->entry[d->n];
	*e = (struct entry){ .len = (uint32_t)n, .hash = hash, .last = -1 };
	e->text = mem_alloc(n + 1);
	memcpy(e->text, text, n);
	e->text[n] = '\0';
	e->by = mem_zalloc(axes * sizeof *e->by);
	d->bytes += n + 1;
	uint32_t at = hash & d->mask;
	while (d->slot[at])
		at = (at + 1) & d->mask;
	d->slot[at] = d->n + 1;
	return d->recent = d->n++;
}

void dict_free(struct dict *d, size_t axes)
{
	for (uint32_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < axes; k++)
			vec_free(&d->entry[i].by[k]);
		mem_free(d->entry[i].by);
		mem_free(d->entry[i].text);
	}
	mem_free(d->entry);
	mem_free(d->slot);
	*d = (struct dict){ 0 };
}

/* ---------- sums of numbers ---------- */

void sums_join(struct sums *to, const struct sums *add)
{
	if (add->n == 0)
		return;
	if (to->n == 0) {
		*to = *add;
		return;
	}
	to->n += add->n;
	to->w += add->w;
	if (to->w > 0)
		to->mean += (add->mean - to->mean) * add->w / to->w;
	to->min = add->min < to->min ? add->min : to->min;
	to->max = add->max > to->max ? add->max : to->max;
}

void sums_add(struct sumvec *v, uint32_t group, double weight, double x)
{
	if (group >= v->cap) {
		size_t had = v->cap;
		v->of = mem_grow(v->of, &v->cap, (size_t)group + 1, sizeof *v->of);
		memset(v->of + had, 0, (v->cap - had) * sizeof *v->of);
	}
	sums_join(&v->of[group],
	        &(struct sums){ .n = 1, .w = weight, .mean = x, .min = x, .max = x });
}

/* ---------- groups of two ---------- */

uint32_t axis_pair(struct axis *axis, uint32_t a, uint32_t b)
{
	if (axis->pairs * 2 >= axis->mask) {
		uint32_t size = axis->mask ? (axis->mask + 1) * 2 : 64;
		mem_free(axis->slot);
		axis->slot = mem_zalloc(size * sizeof *axis->slot);
		axis->mask = size - 1;
		for (size_t i = 0; i < axis->pairs; i++) {
			uint32_t at =
			        (axis->pair[i][0] * 2654435761u ^ axis->pair[i][1]) & axis->mask;
			while (axis->slot[at])
				at = (at + 1) & axis->mask;
			axis->slot[at] = (uint32_t)i + 1;
		}
	}
	uint32_t at = (a * 2654435761u ^ b) & axis->mask;
	for (; axis->slot[at]; at = (at + 1) & axis->mask) {
		uint32_t *pair = axis->pair[axis->slot[at] - 1];
		if (pair[0] == a && pair[1] == b)
			return axis->slot[at] - 1;
	}
	if (axis->pairs >= GROUPS_MOST)
		return NO_ENTRY;
	axis->pair = mem_grow(axis->pair, &axis->pair_cap, axis->pairs + 1, sizeof *axis->pair);
	axis->pair[axis->pairs][0] = a;
	axis->pair[axis->pairs][1] = b;
	axis->slot[at] = (uint32_t)++axis->pairs;
	return (uint32_t)axis->pairs - 1;
}
