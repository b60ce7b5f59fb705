/* SPDX-License-Identifier: MIT */
/*
 * bound-tally FILE: counts every answer of every column by the first column, which is the least a tally of a
 * survey has to do. Prints column, group, answer, count.
 */
#include <stdio.h>

#include "split.h"

enum { VALUES = 64, SLOTS = 4096, COLUMNS = 32 };

/* The different values of a column, in a small hash table; what is over VALUES counts as "other". */
struct column {
	char *value[VALUES];
	unsigned short slot[SLOTS];
	unsigned n;
	unsigned count[VALUES][VALUES]; /* group, value */
};
static struct column columns[COLUMNS];

static unsigned value_of(struct column *c, const char *text)
{
	unsigned hash = 2166136261u;

	for (const char *p = text; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	for (hash %= SLOTS;; hash = (hash + 1) % SLOTS) {
		unsigned short v = c->slot[hash];
		if (v && strcmp(c->value[v - 1], text) == 0)
			return v - 1u;
		if (v)
			continue;
		if (c->n == VALUES - 1)
			return VALUES - 1;
		c->value[c->n] = strdup(text);
		c->slot[hash] = (unsigned short)++c->n;
		return c->n - 1;
	}
}

int main(int argc, char **argv)
{
	static char buffer[1 << 16];
	struct split s = { 0 };

	if (argc != 2 || !split_open(&s, argv[1]) || !split_next(&s))
		return 1;
	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	while (split_next(&s)) {
		unsigned group = value_of(&columns[0], s.cell[0]);
		for (size_t i = 1; i < s.n && i < COLUMNS; i++)
			columns[i].count[group][value_of(&columns[i], s.cell[i])]++;
	}
	for (size_t i = 1; i < COLUMNS; i++)
		for (unsigned g = 0; g < columns[0].n; g++)
			for (unsigned v = 0; v < columns[i].n; v++)
				printf("%zu,%s,%s,%u\n", i + 1, columns[0].value[g],
				        columns[i].value[v], columns[i].count[g][v]);
	return 0;
}
