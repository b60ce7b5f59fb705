/* SPDX-License-Identifier: MIT */
/* compact-check: is the store sound, and what do its records lack? */
#include "cli/cli.h"

static size_t unsound;

static void broken(void *data, const char *what)
{
	struct cli *c = data;
	struct fault f = { .status = STATUS_DATA };

	unsound++;
	fault_set(&f, STATUS_DATA, "the store is damaged: %s; keep a copy and restore a backup",
	        what);
	cli_fail(c, &f);
}

static int run(struct cli *c)
{
	struct fault f = { 0 };
	struct writer *w;
	size_t found;
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	if (!c->work.all && !record_needs_partnership(&c->work, &f))
		return cli_fail(c, &f);
	for (size_t i = 0; i < c->n; i++) {
		const struct kind *k = record_kind(&c->work, c->operand[i], &f);
		if (!k)
			return cli_fail(c, &f);
		c->operand[i] = k->name;
	}
	c->operand[c->n] = NULL;
	if (c->n == 0 && !store_integrity(c->store, broken, c, &f))
		return cli_fail(c, &f);
	w = cli_writer(c, &status);
	if (!w)
		return status;
	if (!record_check(&c->work, c->n ? c->operand : NULL, NULL, w, &found, &f))
		return cli_fail(c, &f);
	return found || unsound ? STATUS_FOUND : STATUS_OK;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-check",
	                .about = "Check the store itself, its references, and what its records "
	                         "lack.",
	                .run = run,
	                .operands = "[KIND ...]",
	                .use = USE_STORE | USE_OUTPUT });
}
