/* SPDX-License-Identifier: MIT */
/* The frame: safe defaults, options, the verb, and a checked end. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/private.h"

static const char *program_name;

static void out_of_memory(void)
{
	base_oom_handler = abort; /* once is enough */
	store_give_up();
	litter_remove();
	fprintf(stderr, "%s: out of memory; nothing that was under way is kept\n", program_name);
	_exit(STATUS_INTERNAL);
}

const char *cli_shell_word(struct arena *a, const char *word)
{
	struct buf b = { 0 };
	const char *text;

	if (*word && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                          "0123456789@%+=:,./_-") == strlen(word))
		return word;
	buf_addc(&b, '\'');
	for (const char *p = word; *p; p++)
		if (*p == '\'')
			buf_adds(&b, "'\\''");
		else
			buf_addc(&b, *p);
	buf_addc(&b, '\'');
	text = arena_strdup(a, buf_text(&b));
	buf_free(&b);
	return text;
}

const char *command_line(struct arena *a, const char *name, size_t argc, char **argv)
{
	struct buf b = { 0 };
	char *text;

	buf_adds(&b, cli_shell_word(a, name));
	for (size_t i = 1; i < argc; i++)
		buf_addf(&b, " %s", cli_shell_word(a, argv[i]));
	text = arena_strdup(a, buf_text(&b));
	buf_free(&b);
	return text;
}

static void interrupted(int number)
{
	/* Nothing but unlink(2) and work on memory that is always there. */
	litter_remove(); /* NOLINT(bugprone-signal-handler,cert-sig30-c) */
	signal(number, SIG_DFL);
	raise(number);
}

/* What is half written goes when somebody has had enough of waiting, or a library of its memory; a store's own journal sees to the rest. */
static void set_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGSEGV, SIGBUS, SIGABRT };

	/* Services and other languages start programs with this one ignored; `| head` is no error there either. */
	signal(SIGPIPE, SIG_DFL);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		void (*before)(int) = signal(numbers[i], interrupted);
		if (before != SIG_DFL)
			signal(numbers[i], before); /* as nohup or a sanitizer left it */
	}
}

static void set_limits(void)
{
	struct rlimit none = { 0, 0 };

	umask(077);
	setrlimit(RLIMIT_CORE, &none); /* a core would hold people's data */
}

static const struct verb *own_verb(const struct program *p, const char *name)
{
	for (size_t i = 0; i < p->nverbs; i++)
		if (str_equal(p->verbs[i].name, name))
			return &p->verbs[i];
	return NULL;
}

/* The kind of compact-record: its first operand, taken off. */
static int take_kind(struct cli *c)
{
	if (c->n == 0)
		return cli_usage(
		        c, "say which kind of record; '%s kinds' lists them", c->program->name);
	if (cli_record_verb(c, c->operand[0]) || own_verb(c->program, c->operand[0]))
		return cli_usage(
		        c, "the kind goes first: %s KIND %s", c->program->name, c->operand[0]);
	c->kind = c->operand[0];
	c->operand++;
	c->n--;
	return -1;
}

static int take_verb(struct cli *c)
{
	const char **names, *near;
	const struct verb **verbs;
	size_t n;
	int status;

	const struct verb *own = c->n ? own_verb(c->program, c->operand[0]) : NULL;

	if (c->program->kind_first && (!own || own->use & USE_KIND)) {
		status = take_kind(c);
		if (status >= 0)
			return status;
	}
	verbs = program_verbs(c, &n);
	names = arena_alloc(c->arena, (n + 1) * sizeof *names);
	for (size_t i = 0; i < n; i++)
		names[i] = verbs[i]->name;
	if (c->program->verb && (c->n == 0 || strchr(c->operand[0], '='))) {
		c->verb = own_verb(c->program, c->program->verb);
		return -1;
	}
	if (c->n == 0) {
		struct buf all = { 0 };

		for (size_t i = 0; i < n; i++)
			buf_addf(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
		status = cli_usage(
		        c, "say what to do: %s; see %s --help", buf_text(&all), c->program->name);
		buf_free(&all);
		return status;
	}
	for (size_t i = 0; i < n; i++)
		if (str_equal(names[i], c->operand[0]))
			c->verb = verbs[i];
	if (!c->verb) {
		near = text_nearest(c->operand[0], names, n);
		if (near)
			return cli_usage(
			        c, "no verb %s; did you mean '%s'", quote(c->operand[0]), near);
		return cli_usage(
		        c, "no verb %s; see %s --help", quote(c->operand[0]), c->program->name);
	}
	c->operand++;
	c->n--;
	return -1;
}

static int run(struct cli *c, int argc, char **argv)
{
	int status = options_read(c, argc, argv);

	if (status >= 0)
		return status;
	if (!c->program->run) {
		status = take_verb(c);
		if (status >= 0)
			return status;
	}
	status = options_check(c);
	if (status >= 0)
		return status;
	status = c->verb ? c->verb->run(c) : c->program->run(c);
	if (c->store && store_in_change(c->store))
		store_rollback(c->store);
	if (status == STATUS_OK && c->refused)
		status = STATUS_FOUND;
	return output_close(c, status);
}

int cli_start(int argc, char **argv, const struct program *program, const struct verb *records)
{
	struct cli c = { .program = program,
		.records = records,
		.kind = program->kind,
		.wait = 10,
		.limit = -1,
		.nargv = (size_t)argc,
		.argv = argv };
	int status;

	program_name = program->name;
	base_oom_handler = out_of_memory;
	set_limits();
	set_signals();
	c.arena = arena_new();
	c.command = command_line(c.arena, program->name, c.nargv, argv);
	status = run(&c, argc, argv);
	store_close(c.store);
	mem_free(c.changes);
	arena_free(c.arena);
	return status;
}

int cli_main(int argc, char **argv, const struct program *program)
{
	return cli_start(argc, argv, program, NULL);
}
