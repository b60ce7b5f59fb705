/* SPDX-License-Identifier: MIT */
/* compact-record: the record verbs over any kind of record. */
#include <stdio.h>

#include "action/action.h"
#include "cli/cli.h"
#include "notice/notice.h"

static int verb_kinds(struct cli *c)
{
	static const struct out_column columns[] = { { "kind", VALUE_TEXT, true },
		{ "shared", VALUE_BOOL, true }, { "about", VALUE_TEXT, true } };
	struct fault f = { 0 };
	const char *const *kinds;
	struct writer *w;
	int status;

	if (c->n)
		return cli_usage(c,
		        "kinds takes no operands; for one kind: compact-record fields %s",
		        c->operand[0]);
	if (!cli_open(c, STORE_READ, &status) || !(w = cli_writer(c, &status)))
		return status;
	kinds = store_kinds(c->store, &f);
	writer_columns(w, columns, COUNT(columns));
	for (; kinds && *kinds; kinds++) {
		const struct kind *k = store_kind(c->store, *kinds, &f);
		if (!k)
			return cli_fail(c, &f);
		writer_cells(w, (const char *const[]){
		                        k->name, k->local ? "no" : "yes", k->comment, NULL });
	}
	return kinds ? STATUS_OK : cli_fail(c, &f);
}

/* "2.1 or 2.2 or …" of an enumeration, else what a reference goes to. */
static const char *field_values(struct cli *c, const struct field *f)
{
	struct buf b = { 0 };
	char *text;

	for (const char *const *word = f->words; word && *word; word++)
		buf_addf(&b, "%s%s", b.n ? " " : "", *word);
	if (f->target)
		buf_addf(&b, "%s", f->target);
	text = b.n ? arena_strdup(c->arena, b.p) : NULL;
	buf_free(&b);
	return text;
}

/* A ref and a running number are made where they are left out. */
static bool is_needed(const struct kind *k, const struct field *field)
{
	size_t last = k->nkey > 0 ? k->key[k->nkey - 1] : 0;
	bool made = k->numbered || (k->nkey == 1 && str_equal(k->column[last].name, "ref") &&
	                                   !str_equal(k->name, "partnership"));
	bool is_last =
	        field->ncolumn > 0 && k->nkey > 0 && field->column[field->ncolumn - 1] == last;
	return field->required && !(made && is_last);
}

static int verb_fields(struct cli *c)
{
	static const struct out_column columns[] = { { "field", VALUE_TEXT, true },
		{ "type", VALUE_TEXT, true }, { "needed", VALUE_BOOL, true },
		{ "values", VALUE_TEXT, true }, { "about", VALUE_TEXT, true } };
	static const char *const forms[] = { "", "reference", "list", "children" };
	struct record_shorthand list;
	const struct kind *k;
	struct fault f = { 0 };
	struct writer *w;
	int status;

	if (c->n != 1)
		return cli_usage(c, "fields needs one KIND; 'compact-record kinds' lists them");
	if (!cli_open(c, STORE_READ, &status))
		return status;
	k = record_kind(&c->work, c->operand[0], &f);
	if (!k)
		return cli_fail(c, &f);
	w = cli_writer(c, &status);
	if (!w)
		return status;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		const char *type =
		        field->form == FIELD_PLAIN ? type_name(field->type) : forms[field->form];
		writer_cells(w, (const char *const[]){ field->name, type,
		                        is_needed(k, field) ? "yes" : "no", field_values(c, field),
		                        field->comment, NULL });
	}
	for (size_t i = 0; record_shorthand(&c->work, k, i, &list); i++)
		writer_cells(w, (const char *const[]){
		                        list.name, "list", "no", list.kinds, list.comment, NULL });
	return STATUS_OK;
}

/* Erases somebody's contact data everywhere it stands. */
static void found(void *data, const char *kind, const char *ref, const char *field)
{
	struct cli *c = data;

	writer_cells(c->writer, (const char *const[]){ kind, ref, field, NULL });
}

static int verb_erase(struct cli *c)
{
	static const struct out_column columns[] = { { "kind", VALUE_TEXT, true },
		{ "ref", VALUE_TEXT, true }, { "field", VALUE_TEXT, true } };
	struct change_info info;
	struct fault f = { 0 };
	const char *ref;
	struct writer *w;
	int status;

	if (c->n != 1)
		return cli_usage(c, "erase needs one REF");
	if (!cli_open_local(c, STORE_WRITE, &status) || !(w = cli_writer(c, &status)))
		return status;
	if (!record_kind(&c->work, c->kind, &f) ||
	        !record_resolve(&c->work, c->kind, c->operand[0], &ref, &f))
		return cli_fail(c, &f);
	writer_columns(w, columns, COUNT(columns));
	info = cli_change_info(c);
	info.command = arena_printf(c->arena, "compact-record %s erase", c->kind);
	if (!record_erase(&c->work, c->kind, ref, &info, c->dry_run, found, c, &f))
		return cli_fail(c, &f);
	cli_say(c, c->dry_run ? "dry run: nothing of this was erased"
	                      : "erased; this cannot be undone");
	return STATUS_OK;
}

static const struct verb verbs[] = {
	{ "kinds", verb_kinds, "", "print the kinds of record", USE_STORE | USE_OUTPUT, NULL },
	{ "fields", verb_fields, "KIND", "print the fields of a kind", USE_STORE | USE_OUTPUT,
	        NULL },
	{ "erase", verb_erase, "REF", "erase a person's data for good, wherever it stands",
	        USE_STORE | USE_CHANGE | USE_OUTPUT | USE_KIND, NULL },
};

/* Whatever has dates can be listed as a calendar. */
static bool calendar(
        struct work *w, const struct list_query *q, struct out *out, size_t *count, struct fault *f)
{
	return action_calendar(w, q, false, out, count, f);
}

/* Setting a notice's status may settle its case too; when a case was told of, by when to answer. */
static bool settle(struct work *w, const char *kind, const char *ref,
        const struct assignment *field, size_t n, struct buf *said, struct fault *f)
{
	bool asked = false;

	if (str_equal(kind, "incident"))
		return incident_settle(w, ref, field, n, f);
	for (size_t i = 0; i < n; i++)
		asked = asked || str_equal(field[i].field, "status");
	return !asked || !str_equal(kind, "notice") || notice_settle(w, ref, said, f);
}

int main(int argc, char **argv)
{
	return cli_record_program(argc, argv,
	        &(struct program){ .name = "compact-record",
	                .about = "Add, change, list and load records of any kind.",
	                .kind_first = true,
	                .calendar = calendar,
	                .settle = settle,
	                .verbs = verbs,
	                .nverbs = COUNT(verbs) });
}
