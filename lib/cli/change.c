/* SPDX-License-Identifier: MIT */
/* One command, one change: begin, commit, and the lines that say what changed and how to undo it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/private.h"

/* More changed fields than this are told as counts. */
enum { LINES_MOST = 20 };

/* Whether FIELD of an operand holds contact data, which must not stand in the journal's command. */
static bool personal_field(struct cli *c, const char *name)
{
	static const char *const usual[] = { "email", "phone", "contact_email", "contact_phone" };
	struct fault f = { 0 };
	const struct kind *kind = c->kind ? store_kind(c->store, c->kind, &f) : NULL;
	const struct field *field;

	field = kind ? kind_field(kind, name) : NULL;
	if (field)
		return field->personal;
	return str_in(name, usual, COUNT(usual));
}

/* The same of FIELD with what a filter or a map may put round it: "person:email.has+". */
static bool names_personal(struct cli *c, const char *name)
{
	char **part = str_split(c->arena, name, ".:+-!", NULL);

	while (*part && !personal_field(c, *part))
		part++;
	return *part != NULL;
}

static const char *masked_command(struct cli *c)
{
	char **argv = arena_alloc(c->arena, (c->nargv + 1) * sizeof *argv);

	for (size_t i = 0; i < c->nargv; i++) {
		char *word = c->argv[i];
		size_t option = str_starts(word, "--") ? strcspn(word, "=") : 0;
		size_t n = option + (word[option] == '='), field = strcspn(word + n, "=");
		argv[i] = word;
		if (word[n + field] == '=' &&
		        names_personal(c, arena_strndup(c->arena, word + n, field)))
			argv[i] = arena_printf(c->arena, "%.*s=***", (int)(n + field), word);
	}
	return command_line(c->arena, c->program->name, c->nargv, argv);
}

/* The journal holds texts: what is no UTF-8 (a file's name may be none) stands in it as \xNN. */
static const char *shown_bytes(struct cli *c, const char *text)
{
	struct buf b = { 0 };

	quote_add(&b, text);
	text = arena_strdup(c->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

struct change_info cli_change_info(struct cli *c)
{
	const char *command = masked_command(c);

	return (struct change_info){ .by = shown_bytes(c, cli_by(c)),
		.program = c->program->name,
		.command = text_valid(command, strlen(command)) ? command : shown_bytes(c, command),
		.made_at = cli_clock() };
}

bool cli_begin(struct cli *c, int *status)
{
	struct change_info info = cli_change_info(c);
	struct fault f = { 0 };

	if (store_begin(c->store, &info, &f))
		return true;
	*status = cli_fail(c, &f);
	return false;
}

int cli_abort(struct cli *c, const struct fault *f)
{
	store_rollback(c->store);
	return cli_fail(c, f);
}

/* A value short enough for a line. */
static void add_value(struct buf *b, const char *value)
{
	size_t n = value ? strlen(value) : 0;
	size_t fit = text_fit(value ? value : "", n, 60);

	if (!n) {
		buf_adds(b, "(nothing)");
		return;
	}
	for (size_t i = 0; i < fit; i++)
		buf_addc(b, strchr("\t\r\n", value[i]) ? ' ' : value[i]);
	if (fit < n)
		buf_adds(b, "…");
}

static void add_record(struct cli *c, const struct cli_change *n, struct buf *b)
{
	if (n->kind && (c->program->kind_first || !str_equal(n->kind, c->kind)))
		buf_addf(b, "%s ", n->kind);
	buf_adds(b, n->ref);
}

static void change_text(struct cli *c, const struct cli_change *n, bool mask, struct buf *b)
{
	bool hide = mask && n->field && names_personal(c, n->field);

	add_record(c, n, b);
	if (n->op == 'a')
		buf_adds(b, " added");
	else if (n->op == 'r')
		buf_adds(b, " removed");
	if (n->op == 'a' || n->op == 'r')
		return;
	buf_addf(b, " %s%s ", n->field ? n->field : "ref", c->dry_run ? ":" : "");
	if (hide) {
		buf_adds(b, "changed");
		return;
	}
	add_value(b, n->before);
	buf_adds(b, " → ");
	add_value(b, n->after);
}

static const char *counts_text(struct cli *c)
{
	struct buf b = { 0 };
	const struct {
		size_t n;
		const char *word;
	} part[] = { { c->added, "added" }, { c->changed, "fields changed" },
		{ c->removed, "removed" } };
	char *text;

	for (size_t i = 0; i < COUNT(part); i++)
		if (part[i].n)
			buf_addf(&b, "%s%zu %s", b.n ? ", " : "", part[i].n, part[i].word);
	text = arena_strdup(c->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

static size_t changes_in_all(const struct cli *c)
{
	return c->added + c->changed + c->removed;
}

/* ": A1, A2, lead A1/1 …": the first records of many changes. */
static void add_touched(struct cli *c, struct buf *b)
{
	enum { NAMED = 3 };
	size_t named[NAMED], n = 0, i;

	for (i = 0; i < c->nchanges; i++) {
		const struct cli_change *x = &c->changes[i];
		size_t k = 0;
		while (k < n && !(str_equal(c->changes[named[k]].ref, x->ref) &&
		                        str_equal(c->changes[named[k]].kind, x->kind)))
			k++;
		if (k < n)
			continue;
		if (n == NAMED)
			break;
		buf_adds(b, n ? ", " : ": ");
		add_record(c, x, b);
		named[n++] = i;
	}
	if (i < c->nchanges)
		buf_adds(b, " …");
}

static const char *summary_text(struct cli *c)
{
	struct buf b = { 0 };
	char *text;

	if (changes_in_all(c) > 3) {
		buf_adds(&b, counts_text(c));
		add_touched(c, &b);
		text = arena_strdup(c->arena, buf_text(&b));
		buf_free(&b);
		return text;
	}
	for (size_t i = 0; i < c->nchanges; i++) {
		if (i)
			buf_adds(&b, "; ");
		change_text(c, &c->changes[i], true, &b);
	}
	text = arena_strdup(c->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

/* What changed, a line each while they are few; the last one ends with the way back. */
static void say_changes(struct cli *c, int64_t seq)
{
	char *undo = seq ? arena_printf(c->arena, " (undo: compact-log undo %lld)", (long long)seq)
	                 : arena_strdup(c->arena, "");
	bool few = changes_in_all(c) <= LINES_MOST || c->dry_run;

	if (changes_in_all(c) == 0 || c->quiet_changes)
		return;
	for (size_t i = 0; few && i < c->nchanges; i++) {
		struct buf b = { 0 };
		change_text(c, &c->changes[i], false, &b);
		if (i + 1 == c->nchanges)
			buf_adds(&b, undo);
		cli_say(c, "%s", b.p);
		buf_free(&b);
	}
	if (!few)
		cli_say(c, "%s%s", counts_text(c), undo);
	else if (changes_in_all(c) > c->nchanges)
		cli_say(c, "and %zu more: %s in all", changes_in_all(c) - c->nchanges,
		        counts_text(c));
	if (c->dry_run)
		cli_say(c, "dry run: nothing of this was kept");
}

int cli_commit(struct cli *c, const char *summary)
{
	struct fault f = { 0 };
	int64_t seq = 0;

	if (!record_finish(&c->work, &f))
		return cli_abort(c, &f);
	if (c->dry_run)
		store_rollback(c->store);
	else if (!store_commit(c->store, summary ? summary : summary_text(c), &seq, &f))
		return cli_abort(c, &f);
	say_changes(c, seq);
	return STATUS_OK;
}

/* FIELD=@FILE, @- and @@. */
static bool read_at(struct cli *c, struct assignment *a, int *status)
{
	struct fault f = { 0 };

	if (!a->text || a->text[0] != '@')
		return true;
	if (a->text[1] == '@') {
		a->text++;
		return true;
	}
	if (str_equal(a->text, "@-") && isatty(STDIN_FILENO)) {
		*status = cli_usage(c,
		        "%s=@-: standard input is the terminal; pipe a text in or name a file",
		        a->field);
		return false;
	}
	char *text = file_read(c->arena, a->text + 1, (size_t)8 << 20, NULL, &f);
	if (!text) {
		fault_place(&f, NULL, 0, a->field);
		*status = cli_fail(c, &f);
		return false;
	}
	for (size_t n = strlen(text); n && (text[n - 1] == '\n' || text[n - 1] == '\r'); n--)
		text[n - 1] = '\0';
	a->text = text;
	return true;
}

bool cli_long_dash(struct cli *c, const char *word, int *status)
{
	if (!str_starts(word, "–") && !str_starts(word, "—"))
		return false;
	*status = cli_usage(c, "%s begins with a long dash; type a plain hyphen", quote(word));
	return true;
}

static int not_assignment(struct cli *c, size_t first, size_t at)
{
	const char *word = c->operand[at];
	struct assignment a;
	struct buf whole = { 0 };
	int status;

	if (cli_long_dash(c, word, &status))
		return status;
	if (at == first)
		return c->program->kind_first
		               ? cli_usage(c,
		                         "%s is no FIELD=VALUE; 'compact-record fields %s' lists "
		                         "the fields",
		                         quote(word), c->kind)
		               : cli_usage(c, "%s is no FIELD=VALUE; write for example 'title=…'",
		                         quote(word));
	buf_adds(&whole, c->operand[at - 1]);
	for (; at < c->n && !assignment_parse(c->arena, c->operand[at], &a); at++)
		buf_addf(&whole, " %s", c->operand[at]);
	status = cli_usage(c, "%s is no FIELD=VALUE; put quotes round the whole: %s", quote(word),
	        quote(whole.p));
	buf_free(&whole);
	return status;
}

struct assignment *cli_assignments(struct cli *c, size_t from, size_t *n, int *status)
{
	struct assignment *all = arena_alloc(c->arena, (c->n + 1) * sizeof *all);

	*n = 0;
	for (size_t i = from; i < c->n; i++) {
		if (!assignment_parse(c->arena, c->operand[i], &all[*n])) {
			*status = not_assignment(c, from, i);
			return NULL;
		}
		if (!read_at(c, &all[*n], status))
			return NULL;
		(*n)++;
	}
	return all;
}
