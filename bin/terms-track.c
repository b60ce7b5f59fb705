/* SPDX-License-Identifier: MIT */
/* terms-track: versions of the terms of reference, drafted, adopted and compared. */
#include <string.h>

#include "action/action.h"
#include "cli/cli.h"
#include "terms/terms.h"

/* Loads a YAML document with the terms in it, or reads Markdown into a new draft. */
static const struct node *read_yaml(
        struct cli *c, const char *path, const char *text, struct fault *f)
{
	struct input_options o = { .format = INPUT_YAML };
	struct input *in = input_open_bytes(path, text, strlen(text), &o, f);
	struct fault none = { 0 };
	struct node *node = in ? yaml_read(in, c->arena, f) : NULL;

	if (in)
		input_close(in, &none);
	return node;
}

static int verb_revise(struct cli *c)
{
	const char *path = c->n > 1 ? c->operand[1] : NULL;
	struct terms_text text = { 0 };
	const struct node *document = NULL;
	struct fault f = { 0 };
	char *markdown;
	int status;

	if (c->n != 2)
		return cli_usage(c, "revise needs VERSION and FILE; see terms-track --help");
	markdown = file_read(c->arena, path, (size_t)8 << 20, NULL, &f);
	if (!markdown)
		return cli_fail(c, &f);
	if (!cli_open_local(c, STORE_WRITE, &status))
		return status;
	if (terms_is_markdown(markdown) ? !terms_read(c->arena, path, markdown, &text, &f)
	                                : !(document = read_yaml(c, path, markdown, &f)))
		return cli_fail(c, &f);
	if (!cli_begin(c, &status))
		return status;
	if (document ? !terms_add_document(&c->work, c->operand[0], document, path, &f)
	             : !terms_add(&c->work, c->operand[0], &text, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK && (text.purpose || text.naim))
		cli_say(c, "purpose and aims are kept once for all versions and were left as they "
		           "are; "
		           "change them with compact-record aim and compact-record partnership");
	return status;
}

static int verb_adopt(struct cli *c)
{
	struct assignment *a;
	struct fault f = { 0 };
	size_t n;
	day_t on;
	int status;

	if (c->n == 0)
		return cli_usage(c, "adopt needs a VERSION; see terms-track --help");
	a = cli_assignments(c, 1, &n, &status);
	if (!a || !cli_open_local(c, STORE_WRITE, &status))
		return status;
	on = c->work.today;
	for (size_t i = 0; i < n; i++) {
		if (!str_equal(a[i].field, "on"))
			return cli_usage(c, "adopt takes on=DATE, not %s", quote(a[i].field));
		if (!day_parse(a[i].text, ORDER_DMY, on, &on, &f)) {
			fault_place(&f, NULL, 0, "on");
			return cli_fail(c, &f);
		}
	}
	if (!cli_begin(c, &status))
		return status;
	if (!terms_adopt(&c->work, c->operand[0], on, &f))
		return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

static int verb_compare(struct cli *c)
{
	struct fault f = { 0 };
	struct out *out;
	bool differ;
	int status;

	if (c->n != 2)
		return cli_usage(c, "compare needs two versions, the older first");
	if (!cli_open_local(c, STORE_READ, &status) || !(out = cli_out(c, &status)))
		return status;
	if (!terms_compare(&c->work, c->operand[0], c->operand[1], out, &differ, &f))
		return cli_fail(c, &f);
	return differ ? STATUS_FOUND : STATUS_OK;
}

static const struct verb verbs[] = {
	{ "revise", verb_revise, "VERSION FILE", "read a draft from Markdown or YAML",
	        USE_STORE | USE_CHANGE, NULL },
	{ "adopt", verb_adopt, "VERSION [on=DATE]", "adopt a draft and freeze its text",
	        USE_STORE | USE_CHANGE, NULL },
	{ "compare", verb_compare, "OLD NEW",
	        "print what differs between two versions, as diff -u does", USE_STORE, NULL },
};

/* The reviews that are due. */
static bool calendar(
        struct work *w, const struct list_query *q, struct out *out, size_t *count, struct fault *f)
{
	return action_calendar(w, q, false, out, count, f);
}

int main(int argc, char **argv)
{
	return cli_record_program(argc, argv,
	        &(struct program){ .name = "terms-track",
	                .about = "The terms of reference and their versions.",
	                .kind = "terms",
	                .calendar = calendar,
	                .verbs = verbs,
	                .nverbs = COUNT(verbs),
	                .without = "replace" });
}
