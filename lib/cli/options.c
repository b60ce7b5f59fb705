/* SPDX-License-Identifier: MIT */
/* Reading the command line: shared options, a program's own, operands, near words. */
#include <ctype.h>
#include <getopt.h>
#include <string.h>

#include "cli/private.h"

const struct shared_option shared_options[] = {
	{ 'd', "db", "FILE", "the store", USE_STORE },
	{ 'p', "partnership", "REF", "the partnership, or all", USE_STORE },
	{ 'n', "dry-run", NULL, "do everything but keep nothing", USE_CHANGE },
	{ 0, "today", "WHEN", "take this date or time for now", USE_STORE },
	{ 0, "by", "NAME", "who makes the change", USE_CHANGE },
	{ 0, "wait", "SECONDS", "how long to wait for a locked store (10)", USE_STORE },
	{ 'o', "output", "FORMAT", "text, csv, tsv, yaml, json, md, ref, addresses, xlsx, ods",
	        USE_OUTPUT },
	{ 'O', "to", "FILE", "write to FILE; its suffix sets the format", USE_OUTPUT },
	{ 'i', "input", "FORMAT", "csv, tsv, yaml or sheet; told by content when left out",
	        USE_INPUT | USE_READ },
	{ 'm', "map", "MAP", "a map from headings to fields", USE_INPUT },
	{ 0, "explain", NULL, "print what is recognised, to keep and correct, and stop",
	        USE_INPUT | USE_READ },
	{ 0, "rejects", "FILE", "write refused rows to FILE", USE_INPUT },
	{ 0, "all-or-nothing", NULL, "take nothing unless all can be taken", USE_INPUT },
	{ 0, "keep-going", NULL, "take what can be taken, refuse the rest", USE_INPUT },
	{ 0, "columns", "A,B", "only these columns, in this order", USE_LIST },
	{ 0, "sort", "A,-B", "order by A, then by B downwards", USE_LIST },
	{ 0, "limit", "N", "at most N rows", USE_LIST },
	{ 'q', "quiet", NULL, "say nothing that is not a fault", 0 },
	{ 'h', "help", NULL, "print this help", 0 },
	{ 'V', "version", NULL, "print the version", 0 },
	{ 0, "describe", NULL, NULL, 0 },
};
const size_t nshared_options = COUNT(shared_options);

/* What getopt_long returns for entries of the three tables. */
enum { CODE_SHARED = 1000, CODE_OWN = 2000, CODE_RECORD = 3000 };

/* Stands before an operand that getopt must not take for an option: "- a list item". */
#define GUARD '\001'

struct table {
	struct option *longs;
	char *shorts;
	size_t n;
};

static void table_add(struct table *t, struct buf *shorts, char letter, const char *name,
        const char *arg, int code)
{
	t->longs[t->n++] =
	        (struct option){ name, arg ? required_argument : no_argument, NULL, code };
	if (letter) {
		buf_addc(shorts, letter);
		if (arg)
			buf_addc(shorts, ':');
	}
}

static void table_make(struct cli *c, struct table *t)
{
	const struct program *p = c->program;
	struct buf shorts = { 0 };
	size_t all = nshared_options + p->noptions + nrecord_options + 1;

	t->longs = arena_alloc(c->arena, all * sizeof *t->longs);
	buf_adds(&shorts, "-:"); /* operands in order; a missing value told apart */
	for (size_t i = 0; i < nshared_options; i++)
		table_add(t, &shorts, shared_options[i].letter, shared_options[i].name,
		        shared_options[i].arg, CODE_SHARED + (int)i);
	for (size_t i = 0; i < p->noptions; i++)
		table_add(t, &shorts, p->options[i].letter, p->options[i].name, p->options[i].arg,
		        CODE_OWN + (int)i);
	for (size_t i = 0; program_records(p) && i < nrecord_options; i++)
		table_add(t, &shorts, record_options[i].letter, record_options[i].name,
		        record_options[i].arg, CODE_RECORD + (int)i);
	t->shorts = arena_strdup(c->arena, buf_text(&shorts));
	buf_free(&shorts);
}

/* The code of a short option's letter. */
static int code_of_letter(struct cli *c, int letter)
{
	const struct program *p = c->program;

	for (size_t i = 0; i < nshared_options; i++)
		if (shared_options[i].letter == letter)
			return CODE_SHARED + (int)i;
	for (size_t i = 0; i < p->noptions; i++)
		if (p->options[i].letter == letter)
			return CODE_OWN + (int)i;
	for (size_t i = 0; i < nrecord_options; i++)
		if (record_options[i].letter == letter)
			return CODE_RECORD + (int)i;
	return letter;
}

static int unknown_option(struct cli *c, const struct table *t, const char *word, int letter)
{
	const char **names = arena_alloc(c->arena, (t->n + 1) * sizeof *names);
	const char *near;

	if (letter && strncmp(word, "--", 2) != 0)
		return cli_usage(c, "no option '-%c'; see %s --help", letter, c->program->name);
	for (size_t i = 0; i < t->n; i++)
		names[i] = t->longs[i].name;
	word += 2;
	word = arena_strndup(c->arena, word, strcspn(word, "="));
	near = text_nearest(word, names, t->n);
	for (size_t i = 0; !near && i < t->n; i++)
		if (!str_empty(word) && str_starts(t->longs[i].name, word))
			near = t->longs[i].name;
	if (near)
		return cli_usage(c, "no option %s; did you mean '--%s'",
		        quote(arena_printf(c->arena, "--%s", word)), near);
	return cli_usage(c, "no option %s; see %s --help",
	        quote(arena_printf(c->arena, "--%s", word)), c->program->name);
}

/* The word that getopt_long just took a long option from. */
static const char *option_word(char **argv)
{
	const char *last = argv[optind - 1];

	if (optarg && !(optarg > last && optarg <= last + strlen(last)))
		last = argv[optind - 2];
	return last;
}

static int set_number(struct cli *c, const char *name, const char *text, int64_t *out)
{
	struct fault f = { 0 };

	if (number_parse(text, 0, 1000000000, out, &f))
		return -1;
	return cli_usage(c, "--%s: %s", name, f.text);
}

static int set_own(struct cli *c, const struct cli_option *o)
{
	if (o->flag)
		*o->flag = true;
	else if (o->text)
		*o->text = optarg;
	else if (o->number)
		return set_number(c, o->name, optarg, o->number);
	else {
		struct cli_list *l = o->list;
		l->item = mem_grow(l->item, &l->cap, l->n + 1, sizeof *l->item);
		l->item[l->n++] = optarg;
	}
	return -1;
}

static int set_input(struct cli *c)
{
	static const char *const names[] = { "csv", "tsv", "yaml", "sheet" };
	static const enum input_format formats[] = { INPUT_CSV, INPUT_TSV, INPUT_YAML,
		INPUT_SHEET };

	for (size_t i = 0; i < COUNT(names); i++)
		if (str_equal(names[i], optarg)) {
			c->input = formats[i];
			return -1;
		}
	if (str_equal(optarg, "xlsx") || str_equal(optarg, "ods")) {
		c->input = INPUT_SHEET;
		return -1;
	}
	return cli_usage(c, "--input: no format %s; use csv, tsv, yaml or sheet", quote(optarg));
}

static int set_shared(struct cli *c, const char *name)
{
	const struct {
		const char *name;
		const char **text;
		bool *flag;
		int64_t *number;
	} where[] = {
		{ "db", &c->db, NULL, NULL },
		{ "partnership", &c->partnership, NULL, NULL },
		{ "dry-run", NULL, &c->dry_run, NULL },
		{ "today", &c->today, NULL, NULL },
		{ "by", &c->by, NULL, NULL },
		{ "wait", NULL, NULL, &c->wait },
		{ "output", &c->format_name, &c->format_given, NULL },
		{ "to", &c->to, NULL, NULL },
		{ "map", &c->map, NULL, NULL },
		{ "explain", NULL, &c->explain, NULL },
		{ "rejects", &c->rejects, NULL, NULL },
		{ "all-or-nothing", NULL, &c->all_or_nothing, NULL },
		{ "keep-going", NULL, &c->keep_going, NULL },
		{ "columns", &c->columns, NULL, NULL },
		{ "sort", &c->sort, NULL, NULL },
		{ "limit", NULL, NULL, &c->limit },
		{ "quiet", NULL, &c->quiet, NULL },
	};

	if (str_equal(name, "input"))
		return set_input(c);
	for (size_t i = 0; i < COUNT(where); i++) {
		if (!str_equal(where[i].name, name))
			continue;
		if (where[i].text)
			*where[i].text = optarg;
		if (where[i].flag)
			*where[i].flag = true;
		if (where[i].number)
			return set_number(c, name, optarg, where[i].number);
	}
	return -1;
}

/* Options given, by code, so that those that mean nothing to the verb can be refused. */
static bool given_shared[COUNT(shared_options)];
static bool given_own[64], given_record[32];

static int take_option(struct cli *c, int code)
{
	if (code >= CODE_RECORD) {
		given_record[code - CODE_RECORD] = true;
		return set_own(c, &record_options[code - CODE_RECORD]);
	}
	if (code >= CODE_OWN) {
		/* A program has fewer options of its own than there is room for; no code stands between. */
		/* cppcheck-suppress arrayIndexOutOfBoundsCond */
		given_own[code - CODE_OWN] = true;
		return set_own(c, &c->program->options[code - CODE_OWN]);
	}
	/* cppcheck-suppress arrayIndexOutOfBoundsCond */
	const char *name = shared_options[code - CODE_SHARED].name;
	/* cppcheck-suppress arrayIndexOutOfBoundsCond */
	given_shared[code - CODE_SHARED] = true;
	if (str_equal(name, "help"))
		help_print(c);
	else if (str_equal(name, "version"))
		printf("%s %s\n", c->program->name, VERSION);
	else if (str_equal(name, "describe"))
		help_describe(c);
	else
		return set_shared(c, name);
	return output_close(c, STATUS_OK);
}

/* Copies argv, with a guard before operands that begin with a hyphen and a blank. */
static char **guard_words(struct cli *c, int argc, char **argv)
{
	char **copy = arena_alloc(c->arena, ((size_t)argc + 1) * sizeof *copy);

	for (int i = 0; i < argc; i++) {
		bool text = i && argv[i][0] == '-' && strchr(" \t\n", argv[i][1]) && argv[i][1];
		copy[i] = text ? arena_printf(c->arena, "%c%s", GUARD, argv[i]) : argv[i];
	}
	return copy;
}

static char *unguarded(char *word)
{
	return word && word[0] == GUARD ? word + 1 : word;
}

/* "–n", "——dry-run", "–limit=3" as a word processor makes them: the option that was meant; NULL: none. */
static const char *long_dashed(struct cli *c, const struct table *t, const char *word)
{
	static const char *const dashes[] = { "–", "—", "‒", "―", "−", "-" };
	const char *rest = word, *name;

	for (size_t i = 0; i < COUNT(dashes); i++)
		if (str_starts(rest, dashes[i])) {
			rest += strlen(dashes[i]);
			i = (size_t)-1;
		}
	name = arena_strndup(c->arena, rest, strcspn(rest, "="));
	if (rest == word || str_empty(name))
		return NULL;
	if (name[1] == '\0')
		return isalpha((unsigned char)*name) && strchr(t->shorts, *name)
		               ? arena_printf(c->arena, "-%s", rest)
		               : NULL;
	for (size_t i = 0; i < t->n; i++)
		if (str_equal(t->longs[i].name, name))
			return arena_printf(c->arena, "--%s", rest);
	return NULL;
}

int options_read(struct cli *c, int argc, char **argv)
{
	struct table t = { 0 };
	char **words = guard_words(c, argc, argv);
	int code, at, status;

	/* Room for one more, which a verb may add. */
	c->operand = arena_alloc(c->arena, ((size_t)argc + 2) * sizeof *c->operand);
	table_make(c, &t);
	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, words, t.shorts, t.longs, &at)) != -1) {
		if (code == 1) {
			const char *meant = long_dashed(c, &t, optarg);
			if (meant)
				return cli_usage(c,
				        "%s begins with a long dash, as word processors make "
				        "it; type %s",
				        quote(optarg), quote(meant));
			c->operand[c->n++] = unguarded(optarg);
			continue;
		}
		if (code == '?') {
			const char *word = words[optind - 1];
			/* A cluster's bad letter leaves optind on the word itself. */
			if (optopt && optopt < 256 && strncmp(word, "--", 2) == 0 && optind < argc)
				word = words[optind];
			if (optopt >= CODE_SHARED)
				return cli_usage(c, "%s takes no value",
				        quote(arena_strndup(c->arena, word, strcspn(word, "="))));
			return unknown_option(c, &t, word, optopt);
		}
		if (code == ':')
			return cli_usage(c, "%s needs a value; see %s --help",
			        quote(words[optind - 1]), c->program->name);
		if (code >= CODE_SHARED) {
			const char *word = option_word(words);
			size_t n = strcspn(word, "=");
			const char *name = t.longs[at].name;
			if (n != strlen(name) + 2)
				return cli_usage(c, "no option %s; did you mean '--%s'",
				        quote(arena_strndup(c->arena, word, n)), name);
		} else {
			code = code_of_letter(c, code);
		}
		optarg = unguarded(optarg);
		status = take_option(c, code);
		if (status >= 0)
			return status;
	}
	for (int i = optind; i < argc; i++)
		c->operand[c->n++] = unguarded(words[i]);
	return -1;
}

/* What to write where a program of an office is meant that writes a form of its own. */
static const char *suffix_instead(const char *suffix, const char *known)
{
	bool word = str_equal(suffix, "doc") || str_equal(suffix, "docx");

	if (word && str_has_word(known, "odt"))
		return "give it .odt, which Word opens";
	if (str_equal(suffix, "xls") && str_has_word(known, "xlsx"))
		return "give it .xlsx";
	return "say which with -o";
}

static const char *suffix_format(struct cli *c, const char *path)
{
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
	char *fold;

	if (!dot || (slash && dot < slash))
		return NULL;
	fold = text_fold(c->arena, dot + 1);
	if (str_equal(fold, "yml"))
		return "yaml";
	if (str_equal(fold, "txt"))
		return "text";
	if (str_equal(fold, "htm"))
		return "html";
	return fold;
}

/* Settles -o and -O: whether the verb knows the format, and whether suffix and format agree. */
static int check_format(struct cli *c)
{
	static const char tables[] = "text csv tsv yaml json md ref addresses xlsx ods";
	const char *own = c->verb ? c->verb->formats : c->program->formats;
	const char *known = tables;
	/* The records of a program that has calendars can be listed as one. */
	if (!own && c->program->calendar && c->verb && str_equal(c->verb->name, "list"))
		own = "ics";
	bool only = own && own[0] == '!';

	if (only)
		known = own + 1;
	else if (own)
		known = arena_printf(c->arena, "%s %s", tables, own);
	if (c->to) {
		const char *suffix = suffix_format(c, c->to);
		bool means = suffix && str_has_word(known, suffix);
		if (c->format_given && means && !str_equal(suffix, c->format_name))
			return cli_usage(c, "-O %s is %s but -o says %s; leave one of them out",
			        quote(c->to), suffix, c->format_name);
		if (!c->format_given && means)
			c->format_name = suffix;
		else if (!c->format_given && suffix && !str_equal(c->to, "-") &&
		         !str_starts(c->to, "/dev/"))
			return cli_usage(c, "%s: no format has the suffix '.%s'; %s", quote(c->to),
			        suffix, suffix_instead(suffix, known));
	}
	if (!c->format_name)
		c->format_name =
		        only ? arena_strndup(c->arena, known, strcspn(known, " ")) : "text";
	if (!str_has_word(known, c->format_name)) {
		size_t n;
		char **words = str_split(c->arena, known, " ", &n);
		const char *near = text_nearest(c->format_name, (const char *const *)words, n);
		if (near)
			return cli_usage(
			        c, "no format %s; did you mean '%s'", quote(c->format_name), near);
		return cli_usage(c, "no format %s; use one of: %s", quote(c->format_name), known);
	}
	if (!format_parse(c->format_name, &c->format))
		c->format = FORMAT_TEXT;
	if ((str_equal(c->format_name, "xlsx") || str_equal(c->format_name, "ods")) && !only &&
	        !c->to)
		return cli_usage(c, "%s needs a file to go to; add -O FILE.%s", c->format_name,
		        c->format_name);
	return -1;
}

int options_check(struct cli *c)
{
	unsigned use = c->verb ? c->verb->use : c->program->use;
	const char *name = c->verb ? c->verb->name : c->program->name;

	for (size_t i = 0; i < nshared_options; i++)
		if (given_shared[i] && shared_options[i].use && !(shared_options[i].use & use))
			return cli_usage(
			        c, "--%s means nothing to %s", shared_options[i].name, name);
	for (size_t i = 0; i < c->program->noptions && i < COUNT(given_own); i++)
		if (given_own[i] && c->program->options[i].verbs &&
		        !str_has_word(c->program->options[i].verbs, name))
			return cli_usage(
			        c, "--%s means nothing to %s", c->program->options[i].name, name);
	for (size_t i = 0; i < nrecord_options; i++)
		if (given_record[i] && !str_has_word(record_options[i].verbs, name))
			return cli_usage(
			        c, "--%s means nothing to %s", record_options[i].name, name);
	if (c->all_or_nothing && c->keep_going)
		return cli_usage(
		        c, "--all-or-nothing and --keep-going exclude each other; leave one out");
	return check_format(c);
}
