/* SPDX-License-Identifier: MIT */
/* --help and the description that completions are made from. */
#include <stdio.h>
#include <string.h>

#include "cli/private.h"

bool program_records(const struct program *p)
{
	return p->kind || p->kind_first;
}

/* Whether the kind goes before the verb on the command line. */
static bool verb_takes_kind(const struct cli *c, const struct verb *v)
{
	return c->program->kind_first && (v->use & USE_KIND || cli_record_verb(c, v->name));
}

bool cli_record_verb(const struct cli *c, const char *name)
{
	for (const struct verb *v = c->records; v && v->name; v++)
		if (str_equal(v->name, name))
			return true;
	return false;
}

const struct verb **program_verbs(struct cli *c, size_t *n)
{
	const struct program *p = c->program;
	const struct verb **all = arena_alloc(c->arena, (p->nverbs + 16) * sizeof *all);

	*n = 0;
	for (size_t i = 0; i < p->nverbs; i++)
		all[(*n)++] = &p->verbs[i];
	for (const struct verb *v = c->records; v && v->name; v++) {
		bool own = false;
		for (size_t i = 0; i < p->nverbs; i++)
			own = own || str_equal(p->verbs[i].name, v->name);
		if (!own && !str_has_word(p->without, v->name))
			all[(*n)++] = v;
	}
	return all;
}

/* How much of a text stays on one line: a word, or all that is in one pair of brackets. */
static size_t unbroken(const char *text)
{
	size_t n = 0;
	int open = 0;

	for (; text[n] && (text[n] != ' ' || open > 0); n++)
		open += text[n] == '[' ? 1 : text[n] == ']' ? -1 : 0;
	return n;
}

/* A text from the column `at` on, its words kept within 79 columns; what follows begins at `indent`. */
static void put_words(const char *text, int at, int indent)
{
	for (bool first = true; *text; first = false) {
		int n = (int)unbroken(text);
		if (!first && at + 1 + n > 79) {
			printf("\n%*s", indent, "");
			at = indent;
			first = true;
		}
		printf("%s%.*s", first ? "" : " ", n, text);
		at += !first + text_width(text, (size_t)n);
		text += n + (text[n] == ' ');
	}
	putchar('\n');
}

static void usage_line(
        const struct cli *c, bool first, const struct verb *verb, const char *operands)
{
	const struct program *p = c->program;

	const char *line = arena_printf(c->arena, "[OPTION ...]%s%s%s%s%s",
	        verb && verb_takes_kind(c, verb) ? " KIND" : "", verb ? " " : "",
	        verb ? verb->name : "", str_empty(operands) ? "" : " ",
	        str_empty(operands) ? "" : operands);
	int at = printf("%s%s ", first ? "usage: " : "       ", p->name);

	put_words(line, at, at + 4);
}

static void usage(struct cli *c)
{
	size_t n;
	const struct verb **verbs = program_verbs(c, &n);
	bool first = true;

	if (c->program->run) {
		char **lines = str_split(
		        c->arena, c->program->operands ? c->program->operands : "", "\n", NULL);
		for (; *lines || first; lines += *lines != NULL, first = false)
			usage_line(c, first, NULL, *lines);
	}
	for (size_t i = 0; i < n; i++, first = false)
		usage_line(c, first, verbs[i], verbs[i]->operands);
}

/* Adds the formats of a verb's or program's own list, "!ics mbox", that are not named yet. */
static void add_formats(struct cli *c, struct buf *list, const char *formats)
{
	char **word = str_split(c->arena, formats ? formats : "", "! ", NULL);

	for (; *word; word++) {
		size_t n;
		if (text_find(buf_text(list), 0, *word, true, &n) < 0)
			buf_addf(list, "%s%s", list->n ? ", " : "", *word);
	}
}

/* The help of a shared option; that of formats names those of the program and its verbs as well, or alone. */
static const char *shared_help(struct cli *c, const struct shared_option *o)
{
	const struct program *p = c->program;
	struct buf list = { 0 };
	const char *text;
	size_t n;

	if (!str_equal(o->name, "output"))
		return o->help;
	const struct verb **verbs = program_verbs(c, &n);
	if (!p->formats || p->formats[0] != '!')
		buf_adds(&list, o->help);
	add_formats(c, &list, p->formats);
	add_formats(c, &list, p->calendar ? "ics" : NULL);
	for (size_t i = 0; i < n; i++)
		add_formats(c, &list, verbs[i]->formats);
	text = arena_strdup(c->arena, buf_text(&list));
	buf_free(&list);
	return text;
}

static void option_line(char letter, const char *name, const char *arg, const char *help)
{
	int n = letter ? printf("  -%c, --%s", letter, name) : printf("      --%s", name);

	if (arg)
		n += printf("=%s", arg);
	n += printf("%*s", n < 28 ? 28 - n : 2, "");
	put_words(help, n, 28);
}

/* What any verb of the program makes use of. */
static unsigned program_use(struct cli *c)
{
	size_t n;
	const struct verb **verbs = program_verbs(c, &n);
	unsigned use = c->program->use;

	for (size_t i = 0; i < n; i++)
		use |= verbs[i]->use;
	return use;
}

/* Whether the program has a verb that the option of the record verbs goes with. */
static bool option_has_verb(const struct cli_option *o, const struct verb *const *verbs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_has_word(o->verbs, verbs[i]->name))
			return true;
	return false;
}

void help_print(struct cli *c)
{
	const struct program *p = c->program;
	size_t n;
	const struct verb **verbs = program_verbs(c, &n);
	unsigned use = program_use(c);

	usage(c);
	putchar('\n');
	put_words(p->about, 0, 0);
	if (n)
		printf("\nverbs:\n");
	for (size_t i = 0; i < n; i++)
		put_words(verbs[i]->help, printf("  %-10s ", verbs[i]->name), 13);
	printf("\noptions:\n");
	for (size_t i = 0; i < p->noptions; i++)
		option_line(p->options[i].letter, p->options[i].name, p->options[i].arg,
		        p->options[i].help);
	for (size_t i = 0; program_records(p) && i < nrecord_options; i++) {
		const struct cli_option *o = &record_options[i];
		if (option_has_verb(o, verbs, n))
			option_line(o->letter, o->name, o->arg, o->help);
	}
	for (size_t i = 0; i < nshared_options; i++) {
		const struct shared_option *o = &shared_options[i];
		if (o->help && (!o->use || o->use & use))
			option_line(o->letter, o->name, o->arg, shared_help(c, o));
	}
	printf("\nThe manual has the rest: man %s\n", p->name);
}

void help_describe(struct cli *c)
{
	const struct program *p = c->program;
	size_t n;
	const struct verb **verbs = program_verbs(c, &n);
	unsigned use = program_use(c);

	printf("program\t%s\t%s\n", p->name, p->about);
	if (p->kind)
		printf("kind\t%s\n", p->kind);
	for (size_t i = 0; i < n; i++)
		printf("verb\t%s\t%s\t%s\n", verbs[i]->name, verbs[i]->operands, verbs[i]->help);
	for (size_t i = 0; i < p->noptions; i++)
		printf("option\t%c\t%s\t%s\t%s\n",
		        p->options[i].letter ? p->options[i].letter : '-', p->options[i].name,
		        p->options[i].arg ? p->options[i].arg : "", p->options[i].help);
	for (size_t i = 0; program_records(p) && i < nrecord_options; i++) {
		const struct cli_option *o = &record_options[i];
		if (option_has_verb(o, verbs, n))
			printf("option\t-\t%s\t%s\t%s\n", o->name, o->arg ? o->arg : "", o->help);
	}
	for (size_t i = 0; i < nshared_options; i++) {
		const struct shared_option *o = &shared_options[i];
		if (o->help && (!o->use || o->use & use))
			printf("option\t%c\t%s\t%s\t%s\n", o->letter ? o->letter : '-', o->name,
			        o->arg ? o->arg : "", shared_help(c, o));
	}
}
