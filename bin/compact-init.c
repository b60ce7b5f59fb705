/* SPDX-License-Identifier: MIT */
/* compact-init: a new store with a partnership in it, or one more partnership. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "terms/terms.h"

static bool add;
static const char *sample;

static const struct cli_option options[] = {
	{ 0, "sample", "NAME", "fill it with a sample: derbyshire or tayside", NULL, &sample, NULL,
	        NULL, NULL },
	{ 0, "add", NULL, "add a partnership to the store that is there", &add, NULL, NULL, NULL,
	        NULL },
};

/* A ref out of a name: its first word that says something, in small letters. */
static const char *ref_of_name(struct cli *c, const char *name)
{
	static const char *const empty[] = { "the", "a", "partnership", "public", "compact" };
	size_t n;
	char **words = str_split(c->arena, text_key(c->arena, name), " ", &n);

	for (size_t i = 0; i < n; i++) {
		bool says = true;
		for (size_t k = 0; k < COUNT(empty); k++)
			says = says && !str_equal(words[i], empty[k]);
		for (const char *p = words[i]; *p; p++)
			says = says && isalnum((unsigned char)*p);
		if (says)
			return words[i];
	}
	return "here";
}

/* A partnership from FIELD=VALUE operands; -p or ref= may name it. */
static bool add_fields(struct cli *c, const struct assignment *a, size_t n, struct fault *f)
{
	const struct kind *k = record_kind(&c->work, "partnership", f);
	const char *ref = c->partnership, *name = NULL;

	for (size_t i = 0; i < n; i++) {
		/* A mistyped name= is told as that, not as missing. */
		if (!k || !record_field(k, a[i].field, f)) {
			fault_place(f, NULL, 0, a[i].field);
			return false;
		}
		if (str_equal(a[i].field, "ref"))
			ref = a[i].text;
		if (str_equal(a[i].field, "name"))
			name = a[i].text;
	}
	if (!name)
		return fault_set(f, STATUS_USAGE,
		        "say at least the name: compact-init name='Derbyshire Public Sector "
		        "Compact'");
	if (!record_add(&c->work, "partnership", ref ? ref : ref_of_name(c, name), a, n,
	            &c->work.partnership, f))
		return false;
	return true;
}

/* A partnership out of a Markdown terms of reference: the title is its name. */
static bool add_markdown(struct cli *c, const char *path, const char *text, struct fault *f)
{
	struct terms_text t;
	struct assignment name = { .field = "name", .op = '=' };
	char day[11];

	if (!terms_read(c->arena, path, text, &t, f))
		return false;
	if (!c->work.partnership) {
		const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
		name.text = t.title ? t.title : arena_strndup(c->arena, base, strcspn(base, "."));
		const char *colon = strchr(name.text, ':');
		/* "Terms of reference: X" and "X: terms of reference" are of X. */
		if (colon && str_starts(text_key(c->arena, name.text), "terms of reference"))
			name.text = str_trim(arena_strdup(c->arena, colon + 1));
		else if (colon)
			name.text = arena_strndup(c->arena, name.text, (size_t)(colon - name.text));
		if (!add_fields(c, &name, 1, f))
			return false;
	}
	return terms_add_aims(&c->work, &t, f) &&
	       terms_add(
	               &c->work, arena_strndup(c->arena, day_format(c->work.today, day), 4), &t, f);
}

static bool add_document(struct cli *c, const char *path, struct fault *f)
{
	struct load_options o = { 0 };
	struct load_counts counts = { 0 };
	struct input *in = input_open(path, &(struct input_options){ 0 }, f);
	struct fault g = { 0 };
	bool ok;

	if (!in)
		return false;
	if (input_format(in) != INPUT_YAML) {
		input_close(in, &g);
		fault_set(f, STATUS_DATA,
		        "is no YAML and no Markdown; a constitution is one of the two");
		fault_place(f, path, 0, NULL);
		return false;
	}
	ok = record_load(&c->work, in, &o, &counts, f);
	return input_close(in, ok ? f : &g) && ok;
}

static bool add_file(struct cli *c, const char *path, struct fault *f)
{
	char *text;
	struct stat s;

	/* Standard input is read once and is Markdown or YAML too; files are streamed where they can be. */
	if (!str_equal(path, "-") && stat(path, &s) == 0 && s.st_size > (8 << 20))
		return add_document(c, path, f);
	text = file_read(c->arena, path, (size_t)8 << 20, NULL, f);
	if (!text)
		return false;
	if (terms_is_markdown(text))
		return add_markdown(c, path, text, f);
	if (!str_equal(path, "-"))
		return add_document(c, path, f);
	struct load_counts counts = { 0 };
	struct input *in = input_open_bytes(
	        "-", text, strlen(text), &(struct input_options){ .format = INPUT_YAML }, f);
	bool ok = in && record_load(&c->work, in, &(struct load_options){ 0 }, &counts, f);
	return (!in || input_close(in, &(struct fault){ 0 })) && ok;
}

static const char *sample_path(struct cli *c, int *status)
{
	const char *path = cli_share(c, arena_printf(c->arena, "samples/%s.yaml", sample));

	if (!path || strchr(sample, '/'))
		*status = cli_usage(
		        c, "no sample %s; there are derbyshire and tayside", quote(sample));
	return strchr(sample, '/') ? NULL : path;
}

/* Everything given into the store, within one change. */
static bool fill(struct cli *c, const char *from, size_t nfiles, const struct assignment *a,
        size_t n, struct fault *f)
{
	bool changed;

	record_defer(&c->work);
	if (from && !add_document(c, from, f))
		return false;
	for (size_t i = 0; i < nfiles; i++)
		if (!add_file(c, c->operand[i], f))
			return false;
	if (!from && nfiles == 0)
		return add_fields(c, a, n, f);
	if (n == 0)
		return true;
	/* Fields beside files correct what the files said. */
	if (!c->work.partnership && !work_choose(&c->work, c->partnership, f))
		return false;
	return record_needs_partnership(&c->work, f) &&
	       record_set(&c->work, "partnership", c->work.partnership, a, n, &changed, f);
}

struct next {
	const char *program, *rest, *what; /* rest NULL: as it stands */
};

/* Whether what was made answers redundancies: the partnership chosen, or else the only one. */
static bool is_team(struct cli *c)
{
	struct fault ignored = { 0 };
	const char *filter[] = { "kind=response-team", NULL };
	const char **refs;
	size_t n = 0;

	if (c->work.partnership)
		filter[1] = arena_printf(c->arena, "ref=%s", c->work.partnership);
	return record_refs(&c->work,
	               &(struct list_query){ .kind = "partnership",
	                       .filter = filter,
	                       .nfilter = c->work.partnership ? 2 : 1 },
	               &refs, &n, &ignored) &&
	       n > 0;
}

/* team: it answers redundancies, and plans no actions to begin with; found: the next program finds the store
 * where this one did, so that its name need not be typed. */
static void next_steps(struct cli *c, bool team, bool found)
{
	static const struct next plan[] = {
		{ "compact-status", "", "what needs you today" },
		{ "compact-record", " aim add text=…",
		        "an aim; compact-record aim list shows them" },
		{ "priority-add", " title=… aims=…", "a priority of this year" },
		{ "action-track", " add title=… leads=… due=…", "the first action" },
		{ "man 7 compact", NULL, "the introduction" },
	};
	static const struct next response[] = {
		{ "compact-status", "", "what needs you today" },
		{ "hr1-ingest", " FILE",
		        "redundancy notices into cases, with whom to call by when" },
		{ "incident-track", " calls", "whom to call; respond REF when that is done" },
		{ "compact-record", " partnership set REF areas=SCHEME/AREA",
		        "whose notices are yours; compact-record area list" },
		{ "man 7 compact", NULL, "the introduction" },
	};
	enum { STEPS = COUNT(plan) };
	const struct next *step = team ? response : plan;
	const char *d =
	        found ? "" : arena_printf(c->arena, " -d %s", cli_shell_word(c->arena, c->db));
	/* Beside others it has to be chosen. */
	if (add && c->work.partnership)
		d = arena_printf(c->arena, "%s -p %s", d, c->work.partnership);
	const char *line[STEPS];
	int width = 0;

	for (size_t i = 0; i < STEPS; i++) {
		line[i] = step[i].rest ? arena_printf(c->arena, "%s%s%s", step[i].program, d,
		                                 step[i].rest)
		                       : step[i].program;
		int n = text_width(line[i], strlen(line[i]));
		width = n > width ? n : width;
	}
	if (add && c->work.partnership)
		cli_say(c, "%s is in %s. Next:", c->work.partnership, c->db);
	else
		cli_say(c, "%s is ready. Next:", c->db);
	for (size_t i = 0; i < STEPS; i++)
		cli_say(c, "  %s%*s  %s", line[i], width - text_width(line[i], strlen(line[i])), "",
		        step[i].what);
}

static const char **partnerships(struct cli *c, size_t *n)
{
	struct fault ignored = { 0 };
	const char **refs;

	*n = 0;
	return record_refs(
	               &c->work, &(struct list_query){ .kind = "partnership" }, &refs, n, &ignored)
	               ? refs
	               : NULL;
}

/* Documents tell no program which partnership they brought: the one that was not there before. */
static void choose_newcomer(struct cli *c, const char *const *before, size_t nbefore)
{
	size_t n;
	const char **now = partnerships(c, &n);

	for (size_t i = 0; i < n && !c->work.partnership; i++) {
		bool old = false;
		for (size_t k = 0; k < nbefore; k++)
			old = old || str_equal(now[i], before[k]);
		if (!old)
			c->work.partnership = now[i];
	}
}

static int run(struct cli *c)
{
	struct assignment *a, one;
	const char **before = NULL;
	size_t nbefore = 0;
	const char *from = NULL;
	struct fault f = { 0 };
	size_t nfiles = 0, n;
	int status = STATUS_OK;

	while (nfiles < c->n && !assignment_parse(c->arena, c->operand[nfiles], &one))
		nfiles++;
	for (size_t i = nfiles; i < c->n; i++)
		if (!assignment_parse(c->arena, c->operand[i], &one) &&
		        access(c->operand[i], F_OK) == 0)
			return cli_usage(c, "%s is a file; files stand before FIELD=VALUE",
			        quote(c->operand[i]));
	a = cli_assignments(c, nfiles, &n, &status);
	if (!a || (sample && !(from = sample_path(c, &status))))
		return status;
	if (!from && nfiles == 0 && n == 0)
		return cli_usage(c, "say at least the name: compact-init name='Derbyshire Public "
		                    "Sector Compact', "
		                    "or --sample=derbyshire");
	bool found = !c->db || (str_equal(c->db, "compact.db") && !cli_env("COMPACT_DB"));
	if (!c->db && !cli_env("COMPACT_DB") && !cli_config(c, "db"))
		c->db = "compact.db";
	if (!add ? !cli_create(c, true, &status) : !cli_open(c, STORE_WRITE, &status))
		return status;
	if (add)
		before = partnerships(c, &nbefore);
	c->work.partnership = NULL; /* what is given makes its own */
	c->quiet_changes = true;
	if (!cli_begin(c, &status))
		return add ? status : cli_created(c, status);
	bool filled = fill(c, from, nfiles, a, n, &f), team = filled && is_team(c);
	status = filled ? cli_commit(c, "compact-init") : cli_abort(c, &f);
	if (!add)
		status = cli_created(c, status);
	if (status == STATUS_OK && c->dry_run)
		cli_say(c, "dry run: nothing of this was kept");
	else if (status == STATUS_OK) {
		if (add && !c->work.partnership)
			choose_newcomer(c, before, nbefore);
		next_steps(c, team, found);
	}
	return status;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-init",
	                .about = "Create a store with a partnership in it: from documents, a "
	                         "sample, or fields.",
	                .run = run,
	                .operands = "[CONSTITUTION ...] [FIELD=VALUE ...]",
	                .use = USE_STORE | USE_CHANGE,
	                .options = options,
	                .noptions = COUNT(options) });
}
