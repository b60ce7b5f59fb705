/* SPDX-License-Identifier: MIT */
/* priority-add: the few annual priorities of a partnership. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const char *adopted, *carry;

static const struct cli_option options[] = {
	{ 0, "adopted", "DATE", "mark them as adopted on that day", NULL, &adopted, NULL, NULL,
	        NULL },
	{ 0, "carry", "REF", "roll an earlier priority forward", NULL, &carry, NULL, NULL, NULL },
};

static struct assignment set(const char *field, const char *text)
{
	return (struct assignment){ .field = field, .op = '=', .text = text };
}

static const char *value_of(const struct assignment *a, size_t n, const char *field)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(a[i].field, field))
			return a[i].text;
	return NULL;
}

/* The period after one that is kept. */
static const char *next_period(struct cli *c, const char *period, struct fault *f)
{
	const char *ends, *next;
	day_t last;

	if (!record_get(&c->work, "period", period, "ends", &ends, f) ||
	        !day_parse(ends, ORDER_YMD, c->work.today, &last, f) ||
	        !record_period(&c->work, last + 1, &next, f))
		return NULL;
	return next;
}

/* A period whose priorities are adopted takes no further ones. */
static bool period_is_open(struct cli *c, const char *period, bool said, struct fault *f)
{
	const char *filter[] = { arena_printf(c->arena, "period=%s", period), "status=adopted" };
	struct fault none = { 0 };
	const char **refs, *known;
	size_t n;

	/* A period that is not there yet is made when the priority needs it. */
	if (adopted || said || !record_resolve(&c->work, "period", period, &known, &none))
		return true;
	if (!record_refs(&c->work,
	            &(struct list_query){ .kind = "priority", .filter = filter, .nfilter = 2 },
	            &refs, &n, f))
		return false;
	if (n == 0)
		return true;
	const char *next = next_period(c, period, f);
	return next && fault_set(f, STATUS_DATA, "%s is settled; add period=%s", period, next);
}

/* More than max_priorities: a warning, no refusal. */
static bool warn_of_many(struct cli *c, const char *period, struct fault *f)
{
	const char *filter[] = { arena_printf(c->arena, "period=%s", period),
		"status=proposed,adopted" };
	const char **refs;
	int64_t most;
	size_t n;

	if (!record_refs(&c->work,
	            &(struct list_query){ .kind = "priority", .filter = filter, .nfilter = 2 },
	            &refs, &n, f) ||
	        !work_setting_int(&c->work, "max_priorities", &most, f))
		return false;
	if ((int64_t)n > most)
		cli_warn(c,
		        "%s now has %zu priorities, more than the %lld of max_priorities; few are "
		        "kept in mind",
		        period, n, (long long)most);
	return true;
}

/* What --carry takes over from the earlier priority. */
static bool carry_fields(
        struct cli *c, const char *period, struct assignment *a, size_t *n, struct fault *f)
{
	static const char *const fields[] = { "title", "comments", "funder_target", "aims" };
	const char *ref, *text;

	if (!record_resolve(&c->work, "priority", carry, &ref, f))
		return false;
	size_t own = strcspn(ref, "/");
	if (strlen(period) == own && strncmp(ref, period, own) == 0)
		return fault_set(f, STATUS_DATA,
		        "%s is of %s already; say where to it is carried, with period=", ref,
		        period);
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (value_of(a, *n, fields[i]))
			continue;
		if (!record_get(&c->work, "priority", ref, fields[i], &text, f))
			return false;
		if (text)
			a[(*n)++] = set(fields[i], text);
	}
	a[(*n)++] = set("carried_from", ref);
	return true;
}

static int add_one(struct cli *c, const char *ref, struct assignment *given, size_t n)
{
	struct assignment *a = arena_alloc(c->arena, (n + 12) * sizeof *a);
	const char *made, *period, *slash = ref ? strchr(ref, '/') : NULL;
	struct fault f = { 0 };
	int status;

	if (n)
		memcpy(a, given, n * sizeof *a);
	period = value_of(a, n, "period");
	if (!period && slash)
		period = arena_strndup(c->arena, ref, (size_t)(slash - ref));
	bool said = period != NULL;
	if (!period && !record_period(&c->work, c->work.today, &period, &f))
		return cli_fail(c, &f);
	if (!value_of(a, n, "period"))
		a[n++] = set("period", period);
	if (ref && !value_of(a, n, "number"))
		a[n++] = set("number", slash ? slash + 1 : ref);
	if (adopted && (value_of(a, n, "status") || value_of(a, n, "decided")))
		return cli_usage(c, "--adopted sets status and decided; leave those out");
	if (!cli_begin(c, &status))
		return status;
	if (!record_period_named(&c->work, period, &period, &f) ||
	        !period_is_open(c, period, said, &f) ||
	        (carry && !carry_fields(c, period, a, &n, &f)))
		return cli_abort(c, &f);
	if (adopted) {
		a[n++] = set("status", "adopted");
		a[n++] = set("decided", adopted);
	}
	if (!record_add(&c->work, "priority", NULL, a, n, &made, &f))
		return cli_abort(c, &f);
	if (!record_finish(&c->work, &f) || !warn_of_many(c, period, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK)
		printf("%s\n", made);
	return status;
}

/* Whole files of priorities, for the current period where they name none; --adopted marks what they
 * bring. */
static int add_files(struct cli *c)
{
	struct load_options o = { .kind = "priority" };
	struct assignment constant[3];
	struct fault f = { 0 }, settled = { 0 };
	const char *period;
	int status;

	if (carry)
		return cli_usage(c, "--carry goes with FIELD=VALUE, not with files");
	if (!record_period(&c->work, c->work.today, &period, &f))
		return cli_fail(c, &f);
	if (period_is_open(c, period, false, &settled))
		constant[o.nconstant++] = set("period", period);
	if (adopted) {
		constant[o.nconstant++] = set("status", "adopted");
		constant[o.nconstant++] = set("decided", adopted);
	}
	o.constant = constant;
	status = cli_load_files(c, "priority", 0, &o);
	if (status == STATUS_DATA && settled.status)
		cli_fail(c, &settled);
	for (size_t i = 0; i < c->nchanges && status <= STATUS_FOUND; i++)
		if (c->changes[i].op == 'a' && str_equal(c->changes[i].kind, "priority"))
			printf("%s\n", c->changes[i].ref);
	return status;
}

static int run(struct cli *c)
{
	struct assignment a, *fields;
	bool has_ref = c->n > 1 && !assignment_parse(c->arena, c->operand[0], &a) &&
	               assignment_parse(c->arena, c->operand[1], &a);
	bool fielded = c->n > has_ref && assignment_parse(c->arena, c->operand[has_ref], &a);
	struct fault none = { 0 };
	size_t n = 0;
	int status;

	if (!cli_open_local(c, c->explain ? STORE_READ : STORE_WRITE, &status))
		return status;
	if (!fielded && !(carry && c->n == 0))
		return add_files(c);
	if (has_ref && !ref_check(c->operand[0], &none) && access(c->operand[0], F_OK) == 0)
		return cli_usage(c,
		        "%s is a file, whose rows say their fields themselves; give %s a column of "
		        "its own",
		        quote(c->operand[0]), quote(c->operand[1]));
	fields = cli_assignments(c, has_ref, &n, &status);
	return fields ? add_one(c, has_ref ? c->operand[0] : NULL, fields, n) : status;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "priority-add",
	                .about = "Add annual priorities, each serving one or more aims.",
	                .kind = "priority",
	                .run = run,
	                .operands = "[REF] FIELD=VALUE ...\n[FILE ...]",
	                .use = USE_STORE | USE_CHANGE | USE_INPUT | USE_OUTPUT,
	                .options = options,
	                .noptions = COUNT(options) });
}
