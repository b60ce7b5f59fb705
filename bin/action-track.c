/* SPDX-License-Identifier: MIT */
/* action-track: actions, who leads them, when they are due. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/action.h"
#include "cli/cli.h"

static bool exit_code, working_days, todo, force;
static int64_t days_late, soon = -1;
static const char *from_given;
static struct cli_post post = { .sent = action_chased, .summary = "reminders handed over" };

static const struct cli_option options[] = {
	{ .name = "exit-code",
	        .help = "exit 1 when there are any",
	        .flag = &exit_code,
	        .verbs = "overdue due" },
	{ .name = "days-late",
	        .arg = "N",
	        .help = "only those at least N days late",
	        .number = &days_late,
	        .verbs = "overdue" },
	{ .name = "working-days",
	        .help = "count working days",
	        .flag = &working_days,
	        .verbs = "overdue" },
	{ .name = "todo",
	        .help = "to-dos in place of events, with -o ics",
	        .flag = &todo,
	        .verbs = "list overdue due" },
	{ .name = "from",
	        .arg = "ADDRESS",
	        .help = "who sends",
	        .text = &from_given,
	        .verbs = "chase" },
	{ .name = "soon",
	        .arg = "DAYS",
	        .help = "also what falls due within DAYS",
	        .number = &soon,
	        .verbs = "chase" },
	{ .name = "drafts",
	        .arg = "FOLDER",
	        .help = "write drafts into FOLDER, a file each",
	        .text = &post.drafts,
	        .verbs = "chase" },
	{ .name = "mail", .help = "hand them to the mailer", .flag = &post.mail, .verbs = "chase" },
	{ .name = "mailer",
	        .arg = "COMMAND",
	        .help = "the mailer (sendmail -t -oi)",
	        .text = &post.mailer,
	        .verbs = "chase" },
	{ .name = "force",
	        .help = "whoever was reminded lately too",
	        .flag = &force,
	        .verbs = "chase" },
};

/* Whether an action has the status already; *day when it was done, or NULL. */
static bool has_status(
        struct cli *c, const char *status, bool *has, const char **day, struct fault *f)
{
	const char *ref, *now;

	*has = false;
	if (!status)
		return true;
	if (!record_resolve(&c->work, "action", c->operand[0], &ref, f) ||
	        !record_get(&c->work, "action", ref, "status", &now, f) ||
	        !record_get(&c->work, "action", ref, "done_on", day, f))
		return false;
	*has = str_equal(now, status);
	return true;
}

static void say_again(struct cli *c, const char *status, const char *day)
{
	bool done = str_equal(status, "done"), over = done || str_equal(status, "dropped");
	const char *ref = c->operand[0];

	cli_say(c, "%s %s %s already%s%s%s", ref, over ? "was" : "is", status,
	        done && day ? ", on " : "", done && day ? day : "",
	        done ? arena_printf(c->arena,
	                       "; to change the day: action-track done %s done_on=DATE", ref)
	             : "");
}

/* Notes with a status of its own, or (note itself) none. */
static int noting(struct cli *c, const char *new_status)
{
	struct assignment *fields;
	struct fault f = { 0 };
	const char *text, *day = NULL;
	size_t next, n, made;
	bool again;
	int status;

	if (c->n == 0)
		return cli_usage(c, "%s needs a REF; see action-track --help", c->verb->name);
	text = cli_words(c, 1, &next);
	fields = cli_assignments(c, next, &n, &status);
	if (!fields || (!text && !new_status && n == 0 && !(text = cli_ask(c, &status))))
		return status;
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!has_status(c, new_status, &again, &day, &f))
		return cli_abort(c, &f);
	if (again && n == 0 && !text) {
		store_rollback(c->store);
		say_again(c, new_status, day);
		return STATUS_OK;
	}
	if (!action_note(&c->work, c->operand[0], new_status, text, fields, n, &f))
		return cli_abort(c, &f);
	/* What comes round is there again at once. */
	if (str_equal(new_status, "done") && !action_recur(&c->work, c->operand[0], &made, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK && again && n == 0)
		say_again(c, new_status, day);
	return status;
}

static int verb_note(struct cli *c)
{
	return noting(c, NULL);
}

static int verb_done(struct cli *c)
{
	int status = noting(c, "done");

	/* The moment at which a lesson is fresh; only said to somebody who is there. */
	if (status == STATUS_OK && isatty(STDERR_FILENO) && !c->dry_run)
		cli_say(c,
		        "learnt something others could use? compact-record practice add title=…");
	return status;
}

static int verb_drop(struct cli *c)
{
	return noting(c, "dropped");
}

static int verb_block(struct cli *c)
{
	return noting(c, "blocked");
}

static int verb_reopen(struct cli *c)
{
	return noting(c, "open");
}

/* A view with one more filter; exit 1 when asked for and there are rows. */
static int listing(struct cli *c, const char *view, const char *filter)
{
	size_t count;
	int status;

	if (filter) {
		c->operand[c->n] = filter; /* options_read leaves room for one more */
		c->n++;
	}
	if (!cli_open(c, STORE_READ, &status))
		return status;
	status = cli_list_view(c, view, 0, &count);
	return status == STATUS_OK && exit_code && count ? STATUS_FOUND : status;
}

static int verb_overdue(struct cli *c)
{
	const char *days = working_days ? "working_days_overdue" : "days_overdue";

	if (!c->columns && !str_equal(c->format_name, "ics"))
		c->columns = arena_printf(c->arena, "ref,title,leads,status,due,%s", days);
	if (!c->sort)
		c->sort = "due,ref";
	return listing(c, "action_overdue",
	        days_late ? arena_printf(c->arena, "%s.min=%lld", days, (long long)days_late)
	                  : NULL);
}

static int verb_due(struct cli *c)
{
	struct fault f = { 0 };
	int64_t days = 14;

	if (c->n && !strchr(c->operand[0], '=')) {
		if (!number_parse(c->operand[0], 0, 10000, &days, &f))
			return cli_usage(c, "DAYS: %s", f.text);
		c->operand++;
		c->n--;
	}
	if (!c->sort)
		c->sort = "due,ref";
	return listing(
	        c, "action_due", arena_printf(c->arena, "days_left.max=%lld", (long long)days));
}

static int verb_carry(struct cli *c)
{
	struct fault f = { 0 };
	size_t carried;
	int status;

	if (c->n != 1)
		return cli_usage(c, "carry needs one PERIOD, such as 2009-10");
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!action_carry(&c->work, c->operand[0], &carried, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK && carried == 0)
		cli_say(c, "all unfinished actions are in the plan of %s already", c->operand[0]);
	else if (status == STATUS_OK)
		cli_say(c, "%zu unfinished action%s now in the plan of %s", carried,
		        carried == 1 ? " is" : "s are", c->operand[0]);
	return status;
}

static int verb_ratify(struct cli *c)
{
	const char *meeting = NULL;
	struct assignment *a;
	struct fault f = { 0 };
	size_t n, ratified;
	day_t on;
	int status;

	if (c->n == 0)
		return cli_usage(c, "ratify needs a PERIOD, such as 2008-09");
	a = cli_assignments(c, 1, &n, &status);
	if (!a || !cli_open_local(c, STORE_WRITE, &status))
		return status;
	on = DAY_NONE;
	for (size_t i = 0; i < n; i++) {
		if (str_equal(a[i].field, "at")) {
			meeting = a[i].text;
		} else if (!str_equal(a[i].field, "on")) {
			return cli_usage(c, "ratify takes at=MEETING and on=DATE, not %s",
			        quote(a[i].field));
		} else if (!day_parse(a[i].text, ORDER_DMY, c->work.today, &on, &f)) {
			fault_place(&f, NULL, 0, "on");
			return cli_fail(c, &f);
		}
	}
	if (!cli_begin(c, &status))
		return status;
	if (!action_ratify(&c->work, c->operand[0], on, meeting, &ratified, &f))
		return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

static int verb_smart(struct cli *c)
{
	static const char *const kinds[] = { "action", NULL };
	struct fault f = { 0 };
	const char **refs = arena_alloc(c->arena, (c->n + 1) * sizeof *refs);
	struct writer *w;
	size_t found;
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	for (size_t i = 0; i < c->n; i++)
		if (!record_resolve(&c->work, "action", c->operand[i], &refs[i], &f))
			return cli_fail(c, &f);
	w = cli_writer(c, &status);
	if (!w)
		return status;
	if (!record_check(&c->work, kinds, c->n ? refs : NULL, w, &found, &f))
		return cli_fail(c, &f);
	return found ? STATUS_FOUND : STATUS_OK;
}

/* ---------- chasing ---------- */

static bool write_letters(struct cli *c, const struct chase *chase, const struct mailbox *sender,
        struct cli_letter *letter, struct fault *f)
{
	const char *path = cli_template(c, "chase.md");

	for (size_t i = 0; i < chase->n; i++)
		if (!action_letter(&c->work, &chase->letter[i], sender, path, &letter[i].message,
		            &letter[i].about, f))
			return false;
	return work_setting_int(&c->work, "mail_seconds", &post.patience, f);
}

/* Settles and writes down who is reminded; the letters, or NULL with *status. */
static struct cli_letter *settle(
        struct cli *c, const struct chase_options *o, size_t *n, int *status)
{
	struct chase chase = { 0 };
	struct cli_letter *letter = NULL;
	struct fault f = { 0 };

	if (!cli_begin(c, status))
		return NULL;
	c->quiet_changes = true;
	if (!action_chase(&c->work, o, &chase, &f)) {
		*status = cli_abort(c, &f);
		goto out;
	}
	*n = chase.n;
	letter = arena_alloc(c->arena, (chase.n + 1) * sizeof *letter);
	if (!write_letters(c, &chase, &o->from, letter, &f))
		*status = cli_abort(c, &f);
	else if (chase.n && !c->dry_run && !cli_post_ready(c, &post, status))
		store_rollback(c->store);
	else
		*status = cli_commit(c, arena_printf(c->arena, "%zu to be reminded", chase.n));
	if (*status != STATUS_OK)
		letter = NULL;
out:
	action_chase_free(&chase);
	return letter;
}

/* The next of what comes round, as a change of its own. */
static int renew(struct cli *c)
{
	struct fault f = { 0 };
	size_t made;
	int status;

	if (!cli_begin(c, &status))
		return status;
	if (!action_recur(&c->work, NULL, &made, &f))
		return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

static int verb_chase(struct cli *c)
{
	struct chase_options o = { .soon = soon, .force = force };
	struct cli_letter *letter;
	size_t n;
	int status = STATUS_OK;

	if (c->n)
		return cli_usage(c, "chase takes no operands; see action-track --help");
	if (!cli_post_options(c, &post, from_given, &o.from, &status) ||
	        !cli_alone(c, "chasing", &status) || !cli_open_local(c, STORE_WRITE, &status))
		return status;
	status = renew(c);
	if (status != STATUS_OK || !(letter = settle(c, &o, &n, &status)))
		return status;
	return cli_post(c, &post, letter, n);
}

static const struct verb verbs[] = {
	{ "note", verb_note, "REF [WORD ...] [FIELD=VALUE ...]", "put on a dated progress note",
	        USE_STORE | USE_CHANGE, NULL },
	{ "done", verb_done, "REF [WORD ...] [FIELD=VALUE ...]", "mark an action as done",
	        USE_STORE | USE_CHANGE, NULL },
	{ "drop", verb_drop, "REF [WORD ...] [FIELD=VALUE ...]", "drop an action, saying why",
	        USE_STORE | USE_CHANGE, NULL },
	{ "block", verb_block, "REF [WORD ...] [FIELD=VALUE ...]",
	        "mark an action as blocked, saying by what", USE_STORE | USE_CHANGE, NULL },
	{ "reopen", verb_reopen, "REF [WORD ...] [FIELD=VALUE ...]", "open an action again",
	        USE_STORE | USE_CHANGE, NULL },
	{ "overdue", verb_overdue, "[FILTER ...]",
	        "print open actions past their due date, worst first",
	        USE_STORE | USE_OUTPUT | USE_LIST, "ics" },
	{ "due", verb_due, "[DAYS] [FILTER ...]", "print open actions due within DAYS (14)",
	        USE_STORE | USE_OUTPUT | USE_LIST, "ics" },
	{ "chase", verb_chase, "", "remind the leads of what they owe, one message each",
	        USE_STORE | USE_CHANGE | USE_OUTPUT, "!mbox" },
	{ "carry", verb_carry, "PERIOD", "put unfinished actions into a period's plan",
	        USE_STORE | USE_CHANGE, NULL },
	{ "ratify", verb_ratify, "PERIOD [at=MEETING] [on=DATE]",
	        "mark a period's plan as ratified", USE_STORE | USE_CHANGE, NULL },
	{ "smart", verb_smart, "[REF ...]",
	        "print what actions lack to be specific, led, timed and measured",
	        USE_STORE | USE_OUTPUT, NULL },
};

static bool calendar(
        struct work *w, const struct list_query *q, struct out *out, size_t *count, struct fault *f)
{
	return action_calendar(w, q, todo, out, count, f);
}

int main(int argc, char **argv)
{
	return cli_record_program(argc, argv,
	        &(struct program){ .name = "action-track",
	                .about = "The action plan: who does what by when, and how it goes.",
	                .kind = "action",
	                .calendar = calendar,
	                .verbs = verbs,
	                .nverbs = COUNT(verbs),
	                .options = options,
	                .noptions = COUNT(options),
	                .without = "replace" });
}
