/* SPDX-License-Identifier: MIT */
/* meeting-track: meetings, who is invited to them, and what came of them. */
#include <string.h>

#include "action/action.h"
#include "cli/cli.h"

static const char *from_given;
static struct cli_post post;

static const struct cli_option options[] = {
	{ .name = "from",
	        .arg = "ADDRESS",
	        .help = "who invites",
	        .text = &from_given,
	        .verbs = "invite" },
	{ .name = "drafts",
	        .arg = "FOLDER",
	        .help = "write drafts into FOLDER, a file each",
	        .text = &post.drafts,
	        .verbs = "invite" },
	{ .name = "mail",
	        .help = "hand them to the mailer",
	        .flag = &post.mail,
	        .verbs = "invite" },
	{ .name = "mailer",
	        .arg = "COMMAND",
	        .help = "the mailer (sendmail -t -oi)",
	        .text = &post.mailer,
	        .verbs = "invite" },
};

static struct cli_letter *letters(
        struct cli *c, const struct invitation *v, const struct mailbox *from, int *status)
{
	struct cli_letter *letter = arena_alloc(c->arena, (v->n + 1) * sizeof *letter);
	const char *path = cli_template(c, "invite.md");
	struct fault f = { 0 };

	*status = STATUS_OK;
	if (!work_setting_int(&c->work, "mail_seconds", &post.patience, &f))
		*status = cli_fail(c, &f);
	for (size_t i = 0; *status == STATUS_OK && i < v->n; i++)
		if (!action_invitation(
		            &c->work, v, i, from, path, &letter[i].message, &letter[i].about, &f))
			*status = cli_fail(c, &f);
	return *status == STATUS_OK ? letter : NULL;
}

/* The invitation alone, as a calendar. */
static int calendar_alone(struct cli *c, const struct invitation *v, const struct mailbox *from)
{
	struct out *out;
	int status;

	if (post.mail || post.drafts)
		return cli_usage(
		        c, "-o ics writes the invitation alone; leave out --mail and --drafts");
	out = cli_out(c, &status);
	if (!out)
		return status;
	action_invitation_calendar(v, from, out);
	return STATUS_OK;
}

static int verb_invite(struct cli *c)
{
	struct mailbox from = { 0 };
	struct invitation v = { 0 };
	struct cli_letter *letter;
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (c->n == 0)
		return cli_usage(c, "invite needs a REF; see meeting-track --help");
	if (!cli_post_options(c, &post, from_given, &from, &status))
		return status;
	if (!from.address)
		return cli_usage(c,
		        "say who invites with --from=ADDRESS, or from=ADDRESS in the config file");
	if (!cli_open_local(c, STORE_READ, &status))
		return status;
	if (!action_invite(&c->work, c->operand[0], c->operand + 1, c->n - 1, &v, &f))
		status = cli_fail(c, &f);
	else if (str_equal(c->format_name, "ics"))
		status = calendar_alone(c, &v, &from);
	else if ((letter = letters(c, &v, &from, &status)) &&
	         (c->dry_run || cli_post_ready(c, &post, &status)))
		status = cli_post(c, &post, letter, v.n);
	action_invite_free(&v);
	return status;
}

/* Minutes in Markdown; YAML is what load takes. */
static int verb_minutes(struct cli *c)
{
	const char *path = c->n ? c->operand[c->n - 1] : NULL, *ref;
	struct minutes m = { 0 };
	struct fault f = { 0 };
	char *markdown;
	int64_t before;
	int status;

	if (c->n == 0 || c->n > 2)
		return cli_usage(
		        c, "minutes needs a FILE, or REF and FILE; see meeting-track --help");
	markdown = file_read(c->arena, path, (size_t)8 << 20, NULL, &f);
	if (!markdown)
		return cli_fail(c, &f);
	if (!minutes_read(c->arena, path, markdown, &m, &f)) {
		status = cli_fail(c, &f);
		goto out;
	}
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		goto out;
	if (!action_minutes(&c->work, c->n == 2 ? c->operand[0] : NULL, &m, &ref, &f)) {
		status = cli_abort(c, &f);
		goto out;
	}
	before = store_last_change(c->store);
	status = cli_commit(c, arena_printf(c->arena, "minutes of %s", ref));
	if (status == STATUS_OK && !c->dry_run && store_last_change(c->store) == before)
		cli_say(c, "%s has all of this already; nothing changed", ref);
out:
	minutes_free(&m);
	return status;
}

static const struct verb verbs[] = {
	{ "invite", verb_invite, "REF [PERSON ...]",
	        "write invitations that calendars answer, one message each",
	        USE_STORE | USE_CHANGE | USE_OUTPUT, "!mbox ics" },
	{ "minutes", verb_minutes, "[REF] FILE",
	        "take who was there, decisions and actions out of Markdown", USE_STORE | USE_CHANGE,
	        NULL },
};

static bool calendar(
        struct work *w, const struct list_query *q, struct out *out, size_t *count, struct fault *f)
{
	return action_calendar(w, q, false, out, count, f);
}

int main(int argc, char **argv)
{
	return cli_record_program(argc, argv,
	        &(struct program){ .name = "meeting-track",
	                .about = "Meetings: who is invited, who came, and what was decided.",
	                .kind = "meeting",
	                .calendar = calendar,
	                .verbs = verbs,
	                .nverbs = COUNT(verbs),
	                .options = options,
	                .noptions = COUNT(options),
	                .without = "replace" });
}
