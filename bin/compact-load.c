/* SPDX-License-Identifier: MIT */
/* compact-load: documents of any kinds into the store. */
#include "cli/cli.h"

static bool create, replace, clear_blank;
static const char *kind;
static struct cli_list make;

static const struct cli_option options[] = {
	{ 0, "create", NULL, "make the store first", &create, NULL, NULL, NULL, NULL },
	{ 0, "kind", "KIND", "what the rows of a CSV are", NULL, &kind, NULL, NULL, NULL },
	{ 0, "replace", NULL, "make each partnership exactly as in the files", &replace, NULL, NULL,
	        NULL, NULL },
	{ 0, "clear-blank", NULL, "empty cells clear their fields", &clear_blank, NULL, NULL, NULL,
	        NULL },
	{ 0, "make", "KIND", "make what is missing of this kind", NULL, NULL, NULL, &make, NULL },
};

static int run(struct cli *c)
{
	struct load_options o = { .clear_blank = clear_blank, .replace = replace };
	int status;

	make.item = mem_grow(make.item, &make.cap, make.n + 1, sizeof *make.item);
	make.item[make.n] = NULL;
	o.make = make.item;
	if (create && c->dry_run)
		return cli_usage(c, "--create makes a store, which a dry run cannot");
	if (create ? !cli_create(c, false, &status)
	           : !cli_open(c, c->explain ? STORE_READ : STORE_WRITE, &status))
		return status;
	status = cli_load_files(c, kind, 0, &o);
	return create ? cli_created(c, status) : status;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-load",
	                .about = "Create and change records of any kinds from YAML, CSV or "
	                         "spreadsheets.",
	                .run = run,
	                .operands = "[FILE ...]",
	                .use = USE_STORE | USE_CHANGE | USE_INPUT,
	                .options = options,
	                .noptions = COUNT(options) });
}
