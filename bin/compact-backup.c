/* SPDX-License-Identifier: MIT */
/* compact-backup: a verified copy of the store while others write. */
#include <sys/stat.h>

#include "cli/cli.h"

static int run(struct cli *c)
{
	struct fault f = { 0 };
	struct stat s;
	int status;

	if (c->n != 1)
		return cli_usage(c, "say where the copy is to go: compact-backup FILE");
	if (!c->partnership)
		c->partnership = "all";
	if (!cli_open(c, STORE_READ, &status))
		return status;
	if (!store_backup(c->store, c->operand[0], &f))
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
