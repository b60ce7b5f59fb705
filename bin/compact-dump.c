/* SPDX-License-Identifier: MIT */
/* compact-dump: the store as YAML, which compact-load makes a store of again. */
#include "cli/cli.h"

static bool personal;

static const struct cli_option options[] = {
	{ 0, "personal", NULL, "with e-mail addresses and telephone numbers", &personal, NULL, NULL,
	        NULL, NULL },
};

static int run(struct cli *c)
{
	struct dump_options o = { .personal = personal };
	struct fault f = { 0 };
	struct writer *w;
	int status;

	if (c->format != FORMAT_YAML && c->format != FORMAT_JSON && c->format_given)
		return cli_usage(c,
		        "a dump is yaml or json; for other formats use compact-record KIND list");
	if (c->format == FORMAT_TEXT)
		c->format = FORMAT_YAML;
	if (!c->partnership)
		c->partnership = "all";
	if (!cli_open(c, STORE_READ, &status))
		return status;
	for (size_t i = 0; i < c->n; i++) {
		const struct kind *k = record_kind(&c->work, c->operand[i], &f);
		if (!k)
			return cli_fail(c, &f);
		c->operand[i] = k->name;
	}
	c->operand[c->n] = NULL;
	o.kind = c->n ? c->operand : NULL;
	w = cli_writer(c, &status);
	if (!w)
		return status;
	return record_dump(&c->work, &o, w, &f) ? STATUS_OK : cli_fail(c, &f);
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-dump",
	                .about = "Print records of all kinds, or of those named, as documents that "
	                         "compact-load takes.",
	                .run = run,
	                .operands = "[KIND ...]",
	                .use = USE_STORE | USE_OUTPUT,
	                .options = options,
	                .noptions = COUNT(options) });
}
