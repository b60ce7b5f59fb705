/* SPDX-License-Identifier: MIT */
/* incident-track: redundancy situations, the first call, and what followed. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/cli.h"
#include "notice/notice.h"

static bool exit_code;
static int64_t within;

static const struct cli_option options[] = {
	{ .name = "exit-code",
	        .help = "exit 1 when there are any",
	        .flag = &exit_code,
	        .verbs = "late calls" },
	{ .name = "within",
	        .arg = "HOURS",
	        .help = "those due within HOURS too",
	        .number = &within,
	        .verbs = "late" },
};

/* Parts what stands behind the REF: words in one text, and the fields, in whatever order. */
static const char *part_words(struct cli *c, size_t from)
{
	struct buf b = { 0 };
	struct assignment a;
	const char *text;
	size_t n = from;

	for (size_t i = from; i < c->n; i++)
		if (assignment_parse(c->arena, c->operand[i], &a))
			c->operand[n++] = c->operand[i];
		else
			buf_addf(&b, "%s%s", b.n ? " " : "", c->operand[i]);
	c->n = n;
	text = b.n ? arena_strdup(c->arena, b.p) : NULL;
	buf_free(&b);
	return text;
}

/* An event of a case out of words and fields from `from` on; *before who was first, or NULL. */
static int put_event(struct cli *c, size_t from, struct incident_note *note, const char **before)
{
	struct assignment *fields;
	struct fault f = { 0 };
	size_t n;
	const char *text = part_words(c, from);
	int status;

	fields = cli_assignments(c, from, &n, &status);
	if (!fields)
		return status;
	if (text)
		note->text = note->text ? arena_printf(c->arena, "%s: %s", note->text, text) : text;
	/* As for a note on an action: from standard input, or the editor on a terminal. */
	if (!note->text && n == 0 && !note->first_contact && !(note->text = cli_ask(c, &status)))
		return status;
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!incident_event_add(&c->work, c->operand[0], note, fields, n, before, &f))
		return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

static int verb_respond(struct cli *c)
{
	struct incident_note note = {
		.kind = "call", .status = "contacted", .first_contact = true
	};
	const char *before = NULL;
	int status;

	if (c->n == 0)
		return cli_usage(c, "respond needs a REF; see incident-track --help");
	status = put_event(c, 1, &note, &before);
	if (status == STATUS_OK && before)
		cli_warn(c, "%s: the first approach was made %s; agree who is the one contact",
		        c->operand[0], before);
	return status;
}

static int verb_note(struct cli *c)
{
	struct incident_note note = { 0 };
	const char *before;

	if (c->n == 0)
		return cli_usage(c, "note needs a REF; see incident-track --help");
	return put_event(c, 1, &note, &before);
}

static int verb_offer(struct cli *c)
{
	static const struct {
		const char *word, *kind, *status;
	} answers[] = {
		{ "accepted", "offer", "accepted" },
		{ "refused", "refusal", "refused" },
		{ "no-reply", "offer", "offered" },
	};
	struct incident_note note = { .first_contact = true };
	const char *before;

	for (size_t i = 0; c->n > 1 && i < COUNT(answers); i++)
		if (strcasecmp(c->operand[1], answers[i].word) == 0) {
			note.kind = answers[i].kind;
			note.status = answers[i].status;
			note.text = answers[i].word;
		}
	if (!note.kind)
		return c->n > 1 ? cli_usage(c,
		                          "%s is no answer to an offer; it is accepted, refused or "
		                          "no-reply",
		                          quote(c->operand[1]))
		                : cli_usage(
		                          c, "offer needs a REF and accepted, refused or no-reply");
	return put_event(c, 2, &note, &before);
}

static int verb_refer(struct cli *c)
{
	struct assignment *fields, *all;
	struct fault f = { 0 };
	const char *ref, *made, *words;
	char day[11];
	bool to = false, sent = false;
	size_t n;
	int status;

	if (c->n == 0)
		return cli_usage(
		        c, "refer needs a REF and referred_to=…; see incident-track --help");
	words = part_words(c, 1);
	fields = cli_assignments(c, 1, &n, &status);
	if (!fields)
		return status;
	if (words)
		return cli_usage(c,
		        "%s is no FIELD=VALUE; whom people are handed to is written "
		        "'referred_to=%s'",
		        quote(words), words);
	for (size_t i = 0; i < n; i++) {
		to = to || str_equal(fields[i].field, "referred_to");
		sent = sent || str_equal(fields[i].field, "sent");
	}
	if (!to)
		return cli_usage(c, "refer needs referred_to=, the partnership or other body that "
		                    "takes the people");
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!record_resolve(&c->work, "incident", c->operand[0], &ref, &f))
		return cli_abort(c, &f);
	all = arena_alloc(c->arena, (n + 2) * sizeof *all);
	memcpy(all, fields, n * sizeof *all);
	all[n++] = (struct assignment){ .field = "incident", .op = '=', .text = ref };
	if (!sent)
		all[n++] = (struct assignment){
			.field = "sent", .op = '=', .text = day_format(c->work.today, day)
		};
	if (!record_add(&c->work, "referral", NULL, all, n, &made, &f))
		return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

static int verb_close(struct cli *c)
{
	struct assignment *fields;
	struct fault f = { 0 };
	const char *text;
	size_t n;
	struct incident_closed has;
	int status;

	if (c->n == 0)
		return cli_usage(c, "close needs a REF; see incident-track --help");
	text = part_words(c, 1);
	fields = cli_assignments(c, 1, &n, &status);
	if (!fields || !cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!incident_close(&c->work, c->operand[0], text, fields, n, &has, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK && has.already)
		cli_say(c,
		        "%s was closed already%s%s; to change the day: incident-track close %s "
		        "on=DATE",
		        c->operand[0], has.on ? ", on " : "", has.on ? has.on : "", c->operand[0]);
	if (status == STATUS_OK && !has.answered)
		cli_warn(c,
		        "%s is closed without a first approach on record; if there was one: "
		        "incident-track respond %s at=WHEN",
		        c->operand[0], c->operand[0]);
	if (status == STATUS_OK && !has.washed)
		cli_say(c,
		        "%s has no wash-up yet; what worked, what did not: incident-track note %s "
		        "kind=wash-up text=…",
		        c->operand[0], c->operand[0]);
	return status;
}

static int verb_reopen(struct cli *c)
{
	struct assignment *fields;
	struct fault f = { 0 };
	const char *text;
	bool was_open;
	size_t n;
	int status;

	if (c->n == 0)
		return cli_usage(c, "reopen needs a REF; see incident-track --help");
	text = part_words(c, 1);
	fields = cli_assignments(c, 1, &n, &status);
	if (!fields || !cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!incident_reopen(&c->work, c->operand[0], text, fields, n, &was_open, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK && was_open)
		cli_say(c, "%s is open already", c->operand[0]);
	return status;
}

static int verb_join(struct cli *c)
{
	struct fault f = { 0 };
	int status;

	if (c->n != 2)
		return cli_usage(
		        c, "join needs two cases: the one that goes and the one that stays");
	if (!cli_open_local(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!incident_join(&c->work, c->operand[0], c->operand[1], &f))
		return cli_abort(c, &f);
	return cli_commit(
	        c, arena_printf(c->arena, "%s joined to %s", c->operand[0], c->operand[1]));
}

/* ---------- lists ---------- */

static int listing(struct cli *c, const char *view, const char *columns)
{
	size_t count;
	int status;

	if (!c->columns)
		c->columns = columns;
	if (!c->sort)
		c->sort = "respond_by,ref";
	status = cli_list_view(c, view, 0, &count);
	return status == STATUS_OK && exit_code && count ? STATUS_FOUND : status;
}

static int verb_late(struct cli *c)
{
	char until[21];
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	/* options_read leaves room for one operand more. */
	c->operand[c->n++] = arena_printf(
	        c->arena, "respond_by.before=%s", time_format(c->work.now + within * 3600, until));
	return listing(c, "incident_call",
	        "ref,employer_name,people,areas,owner_name,told,respond_by,late");
}

static int verb_calls(struct cli *c)
{
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	return listing(c, "incident_call",
	        "ref,employer_name,people,contact_name,contact_phone,owner_name,respond_by,late");
}

/* Whom other bodies are not to approach: employers with an open case, and who speaks to them. */
static int verb_employers(struct cli *c)
{
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	c->operand[c->n++] = "status!=closed";
	if (!c->sort)
		c->sort = "employer_name";
	return listing(
	        c, "incident_detail", "employer_name,ref,status,areas,sites,owner_name,told");
}

static int verb_history(struct cli *c)
{
	int status;

	if (!cli_open(c, STORE_READ, &status))
		return status;
	if (!c->sort)
		c->sort = "name";
	return listing(c, "employer_history",
	        "employer,name,notices,proposed,first_notice,last_notice,incidents,owners");
}

/* When a case was told of says by when to answer. */
static bool settle(struct work *w, const char *kind, const char *ref,
        const struct assignment *field, size_t n, struct buf *said, struct fault *f)
{
	(void)kind;
	(void)said;
	return incident_settle(w, ref, field, n, f);
}

static const struct verb verbs[] = {
	{ "respond", verb_respond, "REF [WORD ...] [FIELD=VALUE ...]",
	        "record the first contact, with its time", USE_STORE | USE_CHANGE, NULL },
	{ "note", verb_note, "REF [WORD ...] [FIELD=VALUE ...]", "put on a dated event",
	        USE_STORE | USE_CHANGE, NULL },
	{ "offer", verb_offer, "REF accepted|refused|no-reply [WORD ...] [FIELD=VALUE ...]",
	        "record the employer's answer to the offer", USE_STORE | USE_CHANGE, NULL },
	{ "refer", verb_refer, "REF referred_to=PARTNERSHIP [FIELD=VALUE ...]",
	        "hand people to another partnership", USE_STORE | USE_CHANGE, NULL },
	{ "close", verb_close, "REF [WORD ...] [on=DATE]", "close a case", USE_STORE | USE_CHANGE,
	        NULL },
	{ "reopen", verb_reopen, "REF [WORD ...] [FIELD=VALUE ...]", "open a closed case again",
	        USE_STORE | USE_CHANGE, NULL },
	{ "join", verb_join, "REF OTHER", "put all of REF into OTHER, which stays",
	        USE_STORE | USE_CHANGE, NULL },
	{ "late", verb_late, "[FILTER ...]",
	        "print cases past their deadline without a first contact",
	        USE_STORE | USE_OUTPUT | USE_LIST, NULL },
	{ "calls", verb_calls, "[FILTER ...]",
	        "print the employers still to be called, most urgent first",
	        USE_STORE | USE_OUTPUT | USE_LIST, NULL },
	{ "employers", verb_employers, "[FILTER ...]",
	        "print employers with an open case, and who speaks to them",
	        USE_STORE | USE_OUTPUT | USE_LIST, NULL },
	{ "history", verb_history, "[FILTER ...]",
	        "print what is known of employers: notices, cases, people, who dealt with them",
	        USE_STORE | USE_OUTPUT | USE_LIST, NULL },
};

int main(int argc, char **argv)
{
	return cli_record_program(argc, argv,
	        &(struct program){ .name = "incident-track",
	                .about = "Redundancy situations: the clock, the first call, what followed.",
	                .kind = "incident",
	                .settle = settle,
	                .verbs = verbs,
	                .nverbs = COUNT(verbs),
	                .options = options,
	                .noptions = COUNT(options),
	                .without = "replace" });
}
