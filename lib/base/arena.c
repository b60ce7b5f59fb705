/* SPDX-License-Identifier: MIT */
/* Memory: allocation that never fails to its caller, and arenas. */
#include "base/base.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*base_oom_handler)(void) = abort;

static _Noreturn void oom(void)
{
	base_oom_handler();
	abort(); /* a handler that returns has broken its word */
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);
	if (p == NULL)
		oom();
	return p;
}

void *mem_zalloc(size_t size)
{
	void *p = calloc(1, size > 0 ? size : 1);
	if (p == NULL)
		oom();
	return p;
}

void *mem_realloc(void *p, size_t size)
{
	void *q = realloc(p, size > 0 ? size : 1);
	if (q == NULL)
		oom();
	return q;
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	if (p != NULL && need <= *cap)
		return p;
	size_t want = *cap < 8 ? 8 : *cap;
	while (want < need) {
		if (want > SIZE_MAX / 2)
			oom();
		want *= 2;
	}
	size_t bytes;
	if (__builtin_mul_overflow(want, size, &bytes))
		oom();
	p = mem_realloc(p, bytes);
	*cap = want;
	return p;
}

char *mem_strdup(const char *text)
{
	size_t n = strlen(text) + 1;
	return memcpy(mem_alloc(n), text, n);
}

void mem_free(void *p)
{
	free(p);
}

/* The C library lets the size from which it does so grow, until tables leave holes as large as they are. What is
 * smaller, and often taken and freed again, stays at hand. */
void mem_give_back(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 300 << 10);
#endif
}

void mem_keep_at_hand(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 64 << 20);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

/* ---------- arenas ---------- */

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, ALIGN = _Alignof(max_align_t) };

struct block {
	struct block *next; /* the one made before this */
	size_t used, size;
	max_align_t bytes[];
};

/* The newest block is the one being filled; the oldest is kept by a reset. */
struct arena {
	struct block *top;
};

static struct block *block_new(size_t size, struct block *next)
{
	if (size > SIZE_MAX - sizeof(struct block))
		oom();
	struct block *b = mem_alloc(sizeof *b + size);
	b->next = next;
	b->used = 0;
	b->size = size;
	return b;
}

struct arena *arena_new(void)
{
	struct arena *a = mem_alloc(sizeof *a);
	a->top = block_new(FIRST_BLOCK, NULL);
	return a;
}

void arena_reset(struct arena *a)
{
	while (a->top->next != NULL) {
		struct block *next = a->top->next;
		mem_free(a->top);
		a->top = next;
	}
	a->top->used = 0;
}

void arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	mem_free(a->top);
	mem_free(a);
}

/* Room for `size` bytes, not zeroed. */
static void *arena_take(struct arena *a, size_t size)
{
	if (size > SIZE_MAX - ALIGN)
		oom();
	size_t need = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (need == 0)
		need = ALIGN;
	if (need > a->top->size - a->top->used) {
		size_t want = a->top->size < LARGEST_BLOCK ? a->top->size * 2 : LARGEST_BLOCK;
		a->top = block_new(need > want ? need : want, a->top);
	}
	void *p = (char *)a->top->bytes + a->top->used;
	a->top->used += need;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_take(a, size);
	memset(p, 0, size);
	return p;
}

char *arena_strndup(struct arena *a, const char *text, size_t n)
{
	if (text == NULL)
		return NULL;
	const char *end = memchr(text, '\0', n);
	if (end != NULL)
		n = (size_t)(end - text);
	char *copy = arena_take(a, n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return text != NULL ? arena_strndup(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		oom();
	char *text = arena_take(a, (size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, args);
	va_end(args);
	return text;
}
