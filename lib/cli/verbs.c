/* SPDX-License-Identifier: MIT */
/* The record verbs as every record program has them: operands read, the record layer called. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/private.h"

static struct cli_list where, make;
static bool children, clear_blank;
static const char *on;

const struct cli_option record_options[] = {
	{ 0, "where", "FILTER", "change all records that fit (set)", NULL, NULL, NULL, &where,
	        "set" },
	{ 0, "children", NULL, "take a record's own children along (remove)", &children, NULL, NULL,
	        NULL, "remove" },
	{ 0, "on", "DATE", "from this day on (replace)", NULL, &on, NULL, NULL, "replace" },
	{ 0, "clear-blank", NULL, "empty cells clear their fields (load)", &clear_blank, NULL, NULL,
	        NULL, "load" },
	{ 0, "make", "KIND", "make what is missing of this kind (load)", NULL, NULL, NULL, &make,
	        "load" },
};
const size_t nrecord_options = COUNT(record_options);

const struct verb cli_record_verbs[] = {
	{ "add", cli_verb_add, "[REF] FIELD=VALUE ...", "create a record and print its ref",
	        USE_STORE | USE_CHANGE, NULL },
	{ "set", cli_verb_set, "[REF ...] FIELD=VALUE ...", "change one or many records",
	        USE_STORE | USE_CHANGE, NULL },
	{ "edit", cli_verb_edit, "REF", "change a record in $EDITOR", USE_STORE | USE_CHANGE,
	        NULL },
	{ "list", cli_verb_list, "[FILTER ...]", "print records as rows",
	        USE_STORE | USE_OUTPUT | USE_LIST, NULL },
	{ "show", cli_verb_show, "REF ...", "print whole records with their children",
	        USE_STORE | USE_OUTPUT, NULL },
	{ "load", cli_verb_load, "[FILE ...]", "create or change records from files",
	        USE_STORE | USE_CHANGE | USE_INPUT | USE_OUTPUT, NULL },
	{ "remove", cli_verb_remove, "REF ...", "remove records that nothing stands on",
	        USE_STORE | USE_CHANGE, NULL },
	{ "log", cli_verb_log, "[REF]", "print the history of changes", USE_STORE | USE_OUTPUT,
	        NULL },
	{ "replace", cli_verb_replace, "OLD NEW",
	        "hand what is open from one person or body to another", USE_STORE | USE_CHANGE,
	        NULL },
	{ NULL, NULL, NULL, NULL, 0, NULL },
};

int cli_record_program(int argc, char **argv, const struct program *program)
{
	return cli_start(argc, argv, program, cli_record_verbs);
}

/* Opens for the kind: a local kind needs a partnership, a shared one does not. */
static const struct kind *open_kind(struct cli *c, enum store_mode mode, int *status)
{
	const struct kind *kind;
	struct fault f = { 0 };

	if (!cli_open(c, mode, status))
		return NULL;
	kind = record_kind(&c->work, c->kind, &f);
	if (kind && kind->local && mode == STORE_WRITE && c->work.all) {
		*status = cli_usage(
		        c, "a change needs one partnership, not all; say which with -p REF");
		return NULL;
	}
	if (kind && kind->local && !c->work.all && !record_needs_partnership(&c->work, &f))
		kind = NULL;
	if (!kind)
		*status = cli_fail(c, &f);
	return kind;
}

static bool is_assignment(struct cli *c, size_t at)
{
	struct assignment a;

	return at < c->n && assignment_parse(c->arena, c->operand[at], &a);
}

int cli_verb_add(struct cli *c)
{
	struct buf said = { 0 };
	bool has_ref = c->n > 1 && !is_assignment(c, 0) && is_assignment(c, 1);
	const char *made;
	struct fault f = { 0 };
	struct assignment *all;
	int status;
	size_t n;

	if (c->n == 0)
		return cli_usage(c, "add needs FIELD=VALUE; see %s --help", c->program->name);
	all = cli_assignments(c, has_ref, &n, &status);
	if (!all || !open_kind(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (!record_add(&c->work, c->kind, has_ref ? c->operand[0] : NULL, all, n, &made, &f) ||
	        (c->program->settle &&
	                !c->program->settle(&c->work, c->kind, made, all, n, &said, &f))) {
		buf_free(&said);
		return cli_abort(c, &f);
	}
	status = cli_commit(c, NULL);
	if (status == STATUS_OK)
		cli_say_lines(c, buf_text(&said));
	buf_free(&said);
	if (status == STATUS_OK)
		printf("%s\n", made);
	return status;
}

/* Refs among the operands, "-" read from standard input, up to the first FIELD=VALUE. */
static const char **take_refs(struct cli *c, size_t *n, size_t *next, int *status)
{
	struct fault f = { 0 };
	const char **refs = NULL;
	size_t cap = 0, nwords;
	char *text, **words;

	*n = 0;
	for (*next = 0; *next < c->n && !is_assignment(c, *next); (*next)++) {
		if (cli_long_dash(c, c->operand[*next], status))
			goto out;
		if (!str_equal(c->operand[*next], "-")) {
			refs = mem_grow(refs, &cap, *n + 1, sizeof *refs);
			refs[(*n)++] = c->operand[*next];
			continue;
		}
		if (isatty(STDIN_FILENO)) {
			*status = cli_usage(c,
			        "-: refs were expected on standard input, which is the terminal");
			goto out;
		}
		text = file_read(c->arena, "-", (size_t)64 << 20, NULL, &f);
		if (!text) {
			*status = cli_fail(c, &f);
			goto out;
		}
		words = str_split(c->arena, text, " \t\r\n", &nwords);
		refs = mem_grow(refs, &cap, *n + nwords + 1, sizeof *refs);
		for (size_t i = 0; i < nwords; i++)
			refs[(*n)++] = words[i];
	}
	const char **kept = arena_alloc(c->arena, (*n + 1) * sizeof *kept);
	if (*n)
		memcpy(kept, refs, *n * sizeof *kept);
	mem_free(refs);
	return kept;
out:
	mem_free(refs);
	return NULL;
}

/* What a record is called once it is changed. */
static const char *ref_after(const char *ref, const struct assignment *a, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(a[i].field, "ref") && !str_empty(a[i].text))
			return a[i].text;
	return ref;
}

int cli_verb_set(struct cli *c)
{
	struct fault f = { 0 };
	struct assignment *all;
	const char **refs;
	size_t nrefs, next, n, touched = 0;
	bool changed;
	struct buf said = { 0 };
	int status = STATUS_OK;

	refs = take_refs(c, &nrefs, &next, &status);
	all = refs ? cli_assignments(c, next, &n, &status) : NULL;
	if (!all)
		return status;
	if (n == 0 && c->n > 1)
		return cli_usage(c, "%s is no FIELD=VALUE; put quotes round the whole: '%s'",
		        quote(c->operand[c->n - 1]), "what=Identify existing work");
	if (n > 0 && next > 0 && nrefs == 0) {
		/* A list that was made by a filter may be empty. */
		cli_say(c, "no ref on standard input; nothing changed");
		return STATUS_OK;
	}
	if (n == 0 || (nrefs == 0 && where.n == 0))
		return cli_usage(c, "set needs REF or --where, and FIELD=VALUE; see %s --help",
		        c->program->name);
	if (nrefs && where.n)
		return cli_usage(c, "refs and --where exclude each other; leave one out");
	if (!open_kind(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	if (where.n) {
		struct list_query q = { .kind = c->kind, .filter = where.item, .nfilter = where.n };
		if (!record_refs(&c->work, &q, &refs, &nrefs, &f))
			return cli_abort(c, &f);
	}
	for (size_t i = 0; i < nrefs; i++) {
		if (!record_set(&c->work, c->kind, refs[i], all, n, &changed, &f) ||
		        (changed && c->program->settle &&
		                !c->program->settle(&c->work, c->kind, ref_after(refs[i], all, n),
		                        all, n, &said, &f))) {
			buf_free(&said);
			return cli_abort(c, &f);
		}
		touched += changed;
	}
	status = cli_commit(c, NULL);
	if (status == STATUS_OK)
		cli_say_lines(c, buf_text(&said));
	buf_free(&said);
	if (status == STATUS_OK && (where.n || nrefs > 1))
		cli_say(c, c->dry_run ? "%zu of %zu would change" : "%zu of %zu changed", touched,
		        nrefs);
	else if (status == STATUS_OK && touched == 0)
		cli_say(c, "%s is so already; nothing changed", refs[0]);
	return status;
}

static int calendar(struct cli *c, const struct list_query *q, size_t *count)
{
	struct fault f = { 0 };
	struct out *out;
	int status;

	if (c->columns)
		return cli_usage(c, "--columns means nothing to a calendar; leave it out");
	out = cli_out(c, &status);
	if (!out)
		return status;
	return c->program->calendar(&c->work, q, out, count, &f) ? STATUS_OK : cli_fail(c, &f);
}

static int listing(struct cli *c, struct list_query *q, size_t *count)
{
	static const char *const address[] = { "ref" };
	struct fault f = { 0 };
	struct writer *w;
	int status;

	q->column = cli_split(c, c->columns, &q->ncolumn);
	/* The address of a record may be made of several columns. */
	if (c->format == FORMAT_REF && !q->column && !q->from) {
		q->column = address;
		q->ncolumn = COUNT(address);
	}
	q->sort = cli_split(c, c->sort, &q->nsort);
	q->limit = c->limit >= 0 ? &c->limit : NULL;
	if (str_equal(c->format_name, "ics"))
		return calendar(c, q, count);
	w = cli_writer(c, &status);
	if (!w)
		return status;
	if (!record_list(&c->work, q, cli_look(c), w, count, &f))
		return cli_fail(c, &f);
	return STATUS_OK;
}

int cli_verb_list(struct cli *c)
{
	struct list_query q = { .kind = c->kind, .filter = c->operand, .nfilter = c->n };
	size_t count;
	int status;

	for (size_t i = 0; i < c->n; i++)
		if (!strchr(c->operand[i], '='))
			return cli_usage(c,
			        "%s is no filter; write FIELD=VALUE, or for one record: %s%s%s "
			        "show %s",
			        quote(c->operand[i]), c->program->name,
			        c->program->kind_first ? " " : "",
			        c->program->kind_first ? c->kind : "", c->operand[i]);
	if (!open_kind(c, STORE_READ, &status))
		return status;
	return listing(c, &q, &count);
}

int cli_list_view(struct cli *c, const char *view, size_t from, size_t *count)
{
	struct list_query q = {
		.kind = c->kind, .from = view, .filter = c->operand + from, .nfilter = c->n - from
	};

	return listing(c, &q, count);
}

int cli_verb_show(struct cli *c)
{
	bool rows =
	        c->format != FORMAT_TEXT && c->format != FORMAT_YAML && c->format != FORMAT_JSON;
	struct list_query q = { .kind = c->kind, .ref = c->operand, .nref = c->n };
	struct fault f = { 0 };
	struct writer *w;
	size_t count;
	int status;

	if (c->n == 0)
		return cli_usage(c, "show needs a REF; see %s --help", c->program->name);
	if (!open_kind(c, STORE_READ, &status))
		return status;
	rows = rows || str_equal(c->format_name, "xlsx") || str_equal(c->format_name, "ods");
	if (rows) {
		for (size_t i = 0; i < c->n; i++)
			if (!record_resolve(&c->work, c->kind, c->operand[i], &c->operand[i], &f))
				return cli_fail(c, &f);
		return listing(c, &q, &count);
	}
	w = cli_writer(c, &status);
	if (!w)
		return status;
	for (size_t i = 0; i < c->n; i++)
		if (!record_show(&c->work, c->kind, c->operand[i], w, &f))
			return cli_fail(c, &f);
	return STATUS_OK;
}

int cli_verb_load(struct cli *c)
{
	make.item = mem_grow(make.item, &make.cap, make.n + 1, sizeof *make.item);
	make.item[make.n] = NULL;
	struct load_options o = { .clear_blank = clear_blank, .make = make.item };
	int status;

	if (c->explain ? !cli_open(c, STORE_READ, &status) : !open_kind(c, STORE_WRITE, &status))
		return status;
	return cli_load_files(c, c->kind, 0, &o);
}

int cli_verb_remove(struct cli *c)
{
	struct fault f = { 0 };
	int status;

	if (c->n == 0)
		return cli_usage(c, "remove needs a REF; see %s --help", c->program->name);
	if (!open_kind(c, STORE_WRITE, &status) || !cli_begin(c, &status))
		return status;
	for (size_t i = 0; i < c->n; i++)
		if (!record_remove(&c->work, c->kind, c->operand[i], children, &f))
			return cli_abort(c, &f);
	return cli_commit(c, NULL);
}

int cli_verb_replace(struct cli *c)
{
	struct fault f = { 0 };
	size_t moved;
	day_t day;
	int status;

	if (c->n != 2)
		return cli_usage(c, "replace needs OLD and NEW; see %s --help", c->program->name);
	if (!open_kind(c, STORE_WRITE, &status))
		return status;
	day = c->work.today;
	if (on && !day_parse(on, ORDER_DMY, c->work.today, &day, &f)) {
		fault_place(&f, NULL, 0, "--on");
		f.status = STATUS_USAGE;
		return cli_fail(c, &f);
	}
	if (!cli_begin(c, &status))
		return status;
	if (!record_replace(&c->work, c->kind, c->operand[0], c->operand[1], day, &moved, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, NULL);
	if (status == STATUS_OK)
		cli_say(c, "%zu moved from %s to %s; %s", moved, c->operand[0], c->operand[1],
		        str_equal(c->kind, "employer") ? "it has their names and numbers too"
		                                       : "history stays as it was");
	return status;
}

/* A value of the journal as listings show it: pounds, yes and no, the UK clock. */
static const char *log_value(struct cli *c, const struct change_line *l, const char *value)
{
	struct fault none = { 0 };
	const struct kind *kind = value ? store_kind(c->store, l->kind, &none) : NULL;
	const struct field *field = kind && l->field ? kind_field(kind, l->field) : NULL;

	return field && field->ncolumn == 1 ? value_show(&c->work, field->type, value, cli_look(c))
	                                    : value;
}

/* One line of history as a row. */
static bool log_row(void *data, const struct change_line *l)
{
	struct cli *c = data;
	const char *at = l->at;
	char seq[24];

	snprintf(seq, sizeof seq, "%lld", (long long)l->seq);
	if (cli_look(c) == LOOK_PEOPLE)
		at = value_show(&c->work, TYPE_TIME, l->at, LOOK_PEOPLE);
	const char *what = l->op == 'a' ? "added" : l->op == 'r' ? "removed" : "changed";
	writer_cells(c->writer,
	        (const char *const[]){ seq, at, l->by, l->command, l->kind, l->key, what, l->field,
	                log_value(c, l, l->before), log_value(c, l, l->after), NULL });
	return true;
}

int cli_history(struct cli *c, const struct history_filter *filter)
{
	static const struct out_column columns[] = { { "change", VALUE_NUMBER, true },
		{ "at", VALUE_TEXT, true }, { "by", VALUE_TEXT, true },
		{ "command", VALUE_TEXT, false }, { "kind", VALUE_TEXT, true },
		{ "ref", VALUE_TEXT, true }, { "what", VALUE_TEXT, true },
		{ "field", VALUE_TEXT, true }, { "old", VALUE_TEXT, true },
		{ "new", VALUE_TEXT, true } };
	struct fault f = { 0 };
	struct writer *w;
	int status;

	w = cli_writer(c, &status);
	if (!w)
		return status;
	writer_columns(w, columns, COUNT(columns));
	return store_history(c->store, filter, log_row, c, &f) ? STATUS_OK : cli_fail(c, &f);
}

/* Whether anything is known of the record: it is there, or was. */
static bool has_history(void *data, const struct change_line *l)
{
	(void)l;
	*(bool *)data = true;
	return false;
}

int cli_verb_log(struct cli *c)
{
	const struct kind *kind;
	struct history_filter filter = { .kind = c->kind };
	struct fault f = { 0 };
	int status;

	if (c->n > 1)
		return cli_usage(c, "log takes one REF; see %s --help", c->program->name);
	kind = open_kind(c, STORE_READ, &status);
	if (!kind)
		return status;
	filter.partnership = kind->local && !c->work.all ? c->work.partnership : NULL;
	/* A record that was removed has a history too, under the ref as given. */
	if (c->n && !record_resolve(&c->work, c->kind, c->operand[0], &filter.key, &f)) {
		struct fault g = { 0 };
		bool known = false;
		filter.key = c->operand[0];
		if (!store_history(c->store, &filter, has_history, &known, &g))
			return cli_fail(c, &g);
		if (!known)
			return cli_fail(c, &f);
	}
	return cli_history(c, &filter);
}
