/* SPDX-License-Identifier: MIT */
/* Memory for SQLite, which asks for thousands of small pieces when it reads the schema, and gives
 * most of them back when the program ends: pieces of one size from blocks, kept for their like. */
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

enum { STEP = 16, HEAD = 8, CLASSES = 64, BLOCK = 64 << 10 };

/* Before each piece stands its class, or, of a large one that malloc gave, CLASSES and its size. */
struct piece {
	struct piece *next;
};
static struct piece *spare[CLASSES];
static struct piece *blocks; /* the newest, which is being filled, and those before it */
static char *at;
static size_t left;

static uint64_t *head_of(void *p)
{
	return (uint64_t *)(void *)((char *)p - HEAD);
}

static int size_of(void *p)
{
	return (int)(*head_of(p) >> 8);
}

static void *take(int n)
{
	size_t class = ((size_t)n + HEAD + STEP - 1) / STEP, whole = class * STEP;
	char *p;

	if (class >= CLASSES) {
		whole = ((size_t)n + 7) & ~(size_t)7;
		if ((p = malloc(whole + 16)) == NULL)
			return NULL;
		p += 16;
		*head_of(p) = (uint64_t)whole << 8 | CLASSES;
		return p;
	}
	if (spare[class] != NULL) {
		struct piece *piece = spare[class];

		spare[class] = piece->next;
		return piece;
	}
	if (whole > left) {
		struct piece *more = malloc(BLOCK);

		if (more == NULL)
			return NULL;
		/* What is left of the block before is too little to be worth keeping. */
		more->next = blocks;
		blocks = more;
		at = (char *)more + HEAD;
		left = BLOCK - HEAD;
	}
	p = at + HEAD;
	at += whole;
	left -= whole;
	*head_of(p) = (uint64_t)(whole - HEAD) << 8 | class;
	return p;
}

static void give(void *p)
{
	size_t class = *head_of(p) & 0xFF;

	if (class == CLASSES) {
		free((char *)p - 16);
		return;
	}
	struct piece *piece = p;
	piece->next = spare[class];
	spare[class] = piece;
}

static void *retake(void *p, int n)
{
	if (n <= size_of(p))
		return p;
	if ((*head_of(p) & 0xFF) == CLASSES) {
		size_t whole = ((size_t)n + 7) & ~(size_t)7;
		char *more = realloc((char *)p - 16, whole + 16);
		if (more == NULL)
			return NULL;
		*head_of(more + 16) = (uint64_t)whole << 8 | CLASSES;
		return more + 16;
	}
	void *more = take(n);
	if (more != NULL) {
		memcpy(more, p, (size_t)size_of(p));
		give(p);
	}
	return more;
}

static int round_up(int n)
{
	return (n + 7) & ~7;
}

static int start(void *unused)
{
	(void)unused;
	return SQLITE_OK;
}

/* Nothing is in use any more: all goes back at once. */
static void stop(void *unused)
{
	(void)unused;
	for (struct piece *next; blocks != NULL; blocks = next) {
		next = blocks->next;
		free(blocks);
	}
	memset(spare, 0, sizeof spare);
	left = 0;
}

void store_memory(void)
{
	static const sqlite3_mem_methods methods = { take, give, retake, size_of, round_up, start,
		stop, NULL };

	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
