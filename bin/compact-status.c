/* SPDX-License-Identifier: MIT */
/* compact-status: one screen for the morning. */
#include <unistd.h>

#include "cli/cli.h"

static bool exit_code;

static const struct cli_option options[] = {
	{ 0, "exit-code", NULL, "exit 1 when something is overdue or late", &exit_code, NULL, NULL,
	        NULL, NULL },
};

static int run(struct cli *c)
{
	/* A view's flag has no type that = could go by; its text is 1 or 0. */
	const char *urgent = "urgent.has=1";
	size_t count, late = 0;
	struct list_query q = { .from = "morning" };
	const char **refs;
	struct fault f = { 0 };
	int status;

	if (c->n)
		return cli_usage(c, "compact-status takes no operands; see compact-status --help");
	if (!cli_open(c, STORE_READ, &status))
		return status;
	if (!c->work.all && !record_needs_partnership(&c->work, &f))
		return cli_fail(c, &f);
	if (!c->columns)
		c->columns = "what,ref,title,day,days,command";
	if (!c->sort)
		c->sort = "-urgent,days,what,ref";
	status = cli_list_view(c, "morning", 0, &count);
	if (status == STATUS_OK && count == 0 && isatty(STDOUT_FILENO))
		cli_say(c, "nothing needs you today; compact-check tells what is missing");
	if (status != STATUS_OK || !exit_code)
		return status;
	q.filter = &urgent;
	q.nfilter = 1;
	return record_refs(&c->work, &q, &refs, &late, &f) ? (late ? STATUS_FOUND : STATUS_OK)
	                                                   : cli_fail(c, &f);
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-status",
	                .about = "What needs you today, each with the command to type.",
	                .run = run,
	                .operands = "",
	                .use = USE_STORE | USE_OUTPUT | USE_LIST,
	                .options = options,
	                .noptions = COUNT(options) });
}
