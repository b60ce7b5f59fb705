/* SPDX-License-Identifier: MIT */
/* compact-backup: a verified copy of the store while others write. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* An older copy may be replaced, or an empty file; anything else that stands there is somebody's work. */
static bool may_replace(const char *path, struct fault *f)
{
	static const char magic[] = "SQLite format 3";
	char head[sizeof magic] = "";
	FILE *file = fopen(path, "rb");
	size_t n = file ? fread(head, 1, sizeof head, file) : 0;
	struct stat s;

	if (file)
		fclose(file);
	if (n == 0 || (n == sizeof head && memcmp(head, magic, sizeof magic) == 0) ||
	        stat(path, &s) != 0 || !S_ISREG(s.st_mode))
		return true;
	return fault_set(f, STATUS_CANTCREATE,
	        "%s is there already and is no copy of a store; give another name", quote(path));
}

static int run(struct cli *c)
{
	struct fault f = { 0 };
	struct stat s;
	int status;

	if (c->n != 1)
		return cli_usage(c, "say where the copy is to go: compact-backup FILE");
	if (c->partnership && !str_equal(c->partnership, "all"))
		return cli_usage(c, "a copy is of the whole store; leave --partnership out, or see "
		                    "compact-dump --help");
	c->partnership = "all";
	if (!cli_open(c, STORE_READ, &status))
		return status;
	if (!may_replace(c->operand[0], &f) || !store_backup(c->store, c->operand[0], &f))
		return cli_fail(c, &f);
	if (stat(c->operand[0], &s) == 0)
		cli_say(c, "%s: %lld bytes, checked", c->operand[0], (long long)s.st_size);
	return STATUS_OK;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-backup",
	                .about = "Copy the store while others use it; the copy is checked before "
	                         "it takes its place.",
	                .run = run,
	                .operands = "FILE",
	                .use = USE_STORE });
}
