/* SPDX-License-Identifier: MIT */
/* compact-log: the journal of changes, and the way back. */
#include <stdio.h>

#include "cli/cli.h"

static const char *since;

static const struct cli_option options[] = {
	{ 0, "since", "DATE", "only changes from that day on", NULL, &since, NULL, NULL, "list" },
};

/* A change may touch several partnerships, and so there is one history of all: "last" is the last of any. */
static bool open_whole(struct cli *c, enum store_mode mode, int *status)
{
	if (c->partnership && !str_equal(c->partnership, "all")) {
		*status = cli_usage(c,
		        "one history is kept of all partnerships; leave -p out, or ask for one "
		        "record's with: compact-record KIND log REF");
		return false;
	}
	c->partnership = "all";
	return cli_open(c, mode, status);
}

static bool change_row(void *data, const struct change_head *h)
{
	struct cli *c = data;
	const char *at = h->at, *note = NULL;
	char seq[24];

	snprintf(seq, sizeof seq, "%lld", (long long)h->seq);
	if (cli_look(c) == LOOK_PEOPLE)
		at = value_show(&c->work, TYPE_TIME, h->at, LOOK_PEOPLE);
	if (h->undoes)
		note = arena_printf(c->arena, "undoes %lld", (long long)h->undoes);
	if (h->undone_by)
		note = arena_printf(c->arena, "%s%sundone by %lld", note ? note : "",
		        note ? ", " : "", (long long)h->undone_by);
	writer_cells(c->writer, (const char *const[]){ seq, at, h->by, h->program, h->command,
	                                h->summary, note, NULL });
	return true;
}

static int verb_list(struct cli *c)
{
	static const struct out_column columns[] = { { "change", VALUE_NUMBER, true },
		{ "at", VALUE_TEXT, true }, { "by", VALUE_TEXT, true },
		{ "program", VALUE_TEXT, false }, { "command", VALUE_TEXT, false },
		{ "summary", VALUE_TEXT, true }, { "note", VALUE_TEXT, true } };
	struct fault f = { 0 };
	const char *from = NULL;
	struct writer *w;
	char day[21];
	day_t on;
	int64_t at, second;
	int status;

	if (c->n)
		return cli_usage(c,
		        "list takes no operands; the changes of one record are printed by: "
		        "compact-record KIND log REF");
	if (!open_whole(c, STORE_READ, &status))
		return status;
	if (since) {
		if (!day_parse(since, ORDER_DMY, c->work.today, &on, &f)) {
			fault_place(&f, NULL, 0, "--since");
			f.status = STATUS_USAGE;
			return cli_fail(c, &f);
		}
		zone_to_utc(on, 0, &at, &second);
		from = time_format(at, day);
	}
	w = cli_writer(c, &status);
	if (!w)
		return status;
	writer_columns(w, columns, COUNT(columns));
	return store_changes(c->store, from, change_row, c, &f) ? STATUS_OK : cli_fail(c, &f);
}

/* Numbers of changes, or "last"; one given twice counts once. */
static bool take_numbers(struct cli *c, int64_t **out, size_t *n, int *status)
{
	struct fault f = { 0 };
	int64_t number;

	*n = 0;
	*out = arena_alloc(c->arena, (c->n + 1) * sizeof **out);
	for (size_t i = 0; i < c->n; i++) {
		size_t at = 0;
		if (str_equal(c->operand[i], "last")) {
			number = store_last_change(c->store);
			if (!number)
				fault_set(&f, STATUS_NORECORD, "nothing was changed yet");
		} else if (!number_parse(c->operand[i], 1, INT64_MAX, &number, &f)) {
			f.status = STATUS_USAGE;
			fault_place(&f, NULL, 0, "N");
		}
		if (f.status) {
			*status = cli_fail(c, &f);
			return false;
		}
		while (at < *n && (*out)[at] != number)
			at++;
		(*out)[at] = number;
		*n += at == *n;
	}
	return true;
}

static int verb_show(struct cli *c)
{
	struct history_filter filter = { 0 };
	int64_t *numbers;
	size_t n;
	int status;

	if (c->n != 1)
		return cli_usage(c, "show needs the number of one change; compact-log prints them");
	if (!open_whole(c, STORE_READ, &status) || !take_numbers(c, &numbers, &n, &status))
		return status;
	filter.seq = numbers[0];
	if (filter.seq > store_last_change(c->store)) {
		struct fault f = { 0 };
		fault_set(&f, STATUS_NORECORD, "there is no change %lld; the last is %lld",
		        (long long)filter.seq, (long long)store_last_change(c->store));
		return cli_fail(c, &f);
	}
	return cli_history(c, &filter);
}

static bool blocked(void *data, const struct change_line *l)
{
	struct cli *c = data;

	cli_warn(c, "%s %s%s%s was changed later, by change %lld (%s)", l->kind, l->key,
	        str_empty(l->field) ? "" : " ", l->field ? l->field : "", (long long)l->seq,
	        l->command ? l->command : l->program);
	return true;
}

struct undone {
	struct cli *c;
	const int64_t *number;
	size_t n, told;
	int64_t made;
};

static bool tell_undone(void *data, const struct change_head *h)
{
	struct undone *u = data;

	for (size_t i = 0; i < u->n; i++)
		if (u->number[i] == h->seq) {
			const char *back = "";
			if (++u->told == u->n)
				back = arena_printf(u->c->arena, " (undo: compact-log undo %lld)",
				        (long long)u->made);
			cli_say(u->c, "undone: %lld, %s%s", (long long)h->seq,
			        str_empty(h->summary) ? h->program : h->summary, back);
		}
	return u->told < u->n;
}

static int verb_undo(struct cli *c)
{
	struct change_info info;
	struct fault f = { 0 };
	int64_t *numbers, made = 0;
	size_t n;
	int status;

	if (c->n == 0)
		return cli_usage(
		        c, "undo needs the number of a change, or last; compact-log prints them");
	if (!open_whole(c, STORE_WRITE, &status) || !take_numbers(c, &numbers, &n, &status))
		return status;
	info = cli_change_info(c);
	if (!store_undo(c->store, numbers, n, &info, c->dry_run, &made, blocked, c, &f))
		return cli_fail(c, &f);
	if (c->dry_run) {
		cli_say(c, "dry run: this can be undone; nothing was");
		return STATUS_OK;
	}
	if (!c->quiet && !store_changes(c->store, NULL, tell_undone,
	                         &(struct undone){ c, numbers, n, 0, made }, &f))
		return cli_fail(c, &f);
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "list", verb_list, "", "print the changes, newest first", USE_STORE | USE_OUTPUT, NULL },
	{ "show", verb_show, "N", "print every field that a change touched", USE_STORE | USE_OUTPUT,
	        NULL },
	{ "undo", verb_undo, "N ...", "take changes back; last is the newest",
	        USE_STORE | USE_CHANGE, NULL },
};

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-log",
	                .about = "What was changed, by whom, and how to take it back.",
	                .verbs = verbs,
	                .nverbs = COUNT(verbs),
	                .verb = "list",
	                .options = options,
	                .noptions = COUNT(options) });
}
