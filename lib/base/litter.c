/* SPDX-License-Identifier: MIT */
/* Files under way, so that a program that ends before its time leaves none behind. */
#include <limits.h>
#include <unistd.h>

#include "base/base.h"

enum { NOTED = 8 };
static const char after[] = "-journal";

static char noted[NOTED][PATH_MAX + sizeof after];

void litter_note(const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; i < NOTED && n < PATH_MAX; i++)
		if (noted[i][0] == '\0') {
			/* The first byte last: a signal meets a whole name or none. */
			memcpy(noted[i] + 1, path + 1, n);
			noted[i][0] = path[0];
			return;
		}
}

void litter_keep(const char *path)
{
	for (size_t i = 0; i < NOTED; i++)
		if (strcmp(noted[i], path) == 0)
			noted[i][0] = '\0';
}

void litter_remove(void)
{
	for (size_t i = 0; i < NOTED; i++) {
		size_t n = strlen(noted[i]);
		if (n == 0)
			continue;
		unlink(noted[i]);
		/* What SQLite keeps beside a store while it is filled. */
		memcpy(noted[i] + n, after, sizeof after);
		unlink(noted[i]);
		noted[i][0] = '\0';
	}
}
