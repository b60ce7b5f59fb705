/* SPDX-License-Identifier: MIT */
/* report-gen: reports from templates of Markdown with SQL in it, as Markdown, text, HTML, ODT, PDF. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "report/report.h"

static bool list, if_any, figures;
static const char *copy;

static const struct cli_option options[] = {
	{ 'l', "list", NULL, "list the reports there are, or a report's parameters", &list, NULL,
	        NULL, NULL, NULL },
	{ 0, "copy", "NAME", "copy a report that ships to where it can be changed", NULL, &copy,
	        NULL, NULL, NULL },
	{ 0, "figures", NULL, "list every figure with the query and the rows behind it", &figures,
	        NULL, NULL, NULL, NULL },
	{ 0, "if-any", NULL, "write nothing when every table, list and chart is empty", &if_any,
	        NULL, NULL, NULL, NULL },
};

/* ---------- where templates are ---------- */

/* The user's own folder for reports; NULL: no home is known. */
static const char *own_folder(struct cli *c)
{
	const char *data = cli_user_folder(c, "XDG_DATA_HOME", ".local/share");

	return data == NULL ? NULL : arena_printf(c->arena, "%s/compact/reports", data);
}

static struct report_place find_place(struct cli *c)
{
	const char **folders = arena_alloc(c->arena, 5 * sizeof *folders);
	const char *shipped = cli_share(c, "reports");
	const char *const places[] = { cli_env("COMPACT_REPORTS"), "./reports", own_folder(c),
		shipped };
	size_t n = 0;

	for (size_t i = 0; i < COUNT(places); i++)
		if (places[i] != NULL)
			folders[n++] = places[i];
	return (struct report_place){ folders, cli_share(c, "words.yaml") };
}

/* ---------- -l, --copy ---------- */

/* A list is text unless asked otherwise; documents are Markdown. */
static void list_format(struct cli *c)
{
	if (!c->format_given && c->to == NULL)
		c->format = FORMAT_TEXT;
}

static bool is_table_format(const struct cli *c)
{
	enum format format;

	return format_parse(c->format_name, &format);
}

static int refuse_format(struct cli *c, const char *what)
{
	return cli_usage(
	        c, "%s is a list, no document; use -o text, csv, tsv, yaml, json or md", what);
}

/* The names of a report's parameters, as a list. */
static void write_parameter_names(struct cli *c, struct writer *w, const struct report_place *place,
        const struct report_entry *entry)
{
	struct fault ignored = { 0 };
	size_t n = 0;
	const struct report_parameter *p =
	        report_parameters(place, entry->name, c->arena, &n, &ignored);
	const char **names = arena_alloc(c->arena, (n + 1) * sizeof *names);

	for (size_t i = 0; p != NULL && i < n; i++)
		names[i] = p[i].name;
	writer_items(w, names, p == NULL ? 0 : n);
}

static void write_text(struct writer *w, const char *text)
{
	writer_cell(w, text, text == NULL ? 0 : strlen(text));
}

static int list_all(struct cli *c, const struct report_place *place)
{
	static const struct out_column columns[] = { { "report", VALUE_TEXT, true },
		{ "about", VALUE_TEXT, true }, { "parameters", VALUE_TEXT, true },
		{ "file", VALUE_TEXT, false } };
	struct fault f = { 0 };
	size_t n;
	int status = 0;
	const struct report_entry *entries = report_list(place, c->arena, &n, &f);
	struct writer *w = cli_writer(c, &status);

	if (w == NULL)
		return status;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++) {
		const char *about = entries[i].about;

		write_text(w, entries[i].name);
		write_text(w, about != NULL ? about : "(cannot be read)");
		write_parameter_names(c, w, place, &entries[i]);
		write_text(w, entries[i].path);
	}
	return 0;
}

/* What one report can be given; queries are for those who write templates. */
static int list_parameters(struct cli *c, const struct report_place *place)
{
	static const struct out_column columns[] = { { "parameter", VALUE_TEXT, true },
		{ "takes", VALUE_TEXT, true }, { "default", VALUE_TEXT, true },
		{ "query", VALUE_TEXT, false } };
	struct fault f = { 0 };
	size_t n;
	int status = 0;
	const struct report_parameter *p =
	        report_parameters(place, c->operand[0], c->arena, &n, &f);

	if (p == NULL)
		return cli_fail(c, &f);
	struct writer *w = cli_writer(c, &status);
	if (w == NULL)
		return status;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		writer_cells(w,
		        (const char *const[]){ p[i].name, p[i].takes,
		                p[i].value != NULL ? p[i].value : "from the store", p[i].query });
	return 0;
}

static int list_reports(struct cli *c)
{
	struct report_place place = find_place(c);

	if (c->n > 1)
		return cli_usage(c, "-l takes the name of one report, for its parameters");
	if (!is_table_format(c))
		return refuse_format(c, "-l");
	list_format(c);
	return c->n == 0 ? list_all(c, &place) : list_parameters(c, &place);
}

static bool make_folders(const char *path, struct fault *f)
{
	char *p = mem_alloc(strlen(path) + 1);
	bool ok = true;

	memcpy(p, path, strlen(path) + 1);
	for (char *slash = p + 1; ok; slash++) {
		char was = *slash;

		if (was != '/' && was != '\0')
			continue;
		*slash = '\0';
		if (mkdir(p, 0700) != 0 && errno != EEXIST)
			ok = fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(p));
		*slash = was;
		if (was == '\0')
			break;
	}
	mem_free(p);
	return ok;
}

static const char *copy_target(struct cli *c, const char *name)
{
	const char *folder = cli_env("COMPACT_REPORTS");

	if (c->to != NULL)
		return c->to;
	if (folder == NULL && access("./reports", F_OK) == 0)
		folder = "./reports";
	if (folder == NULL)
		folder = own_folder(c);
	return arena_printf(c->arena, "%s/%s%s", folder == NULL ? "./reports" : folder, name,
	        str_ends(name, ".md") ? "" : ".md");
}

static int copy_report(struct cli *c)
{
	const char *shipped = cli_share(c, "reports");
	const char *const folders[] = { shipped != NULL ? shipped : "", NULL };
	struct report_place place = { folders, NULL };
	struct fault f = { 0 };
	size_t n;

	if (c->n > 0)
		return cli_usage(c, "--copy takes no operands beside the report's name");
	if (strchr(copy, '/') != NULL)
		return cli_usage(c, "--copy takes the name of a report that ships, no path");
	const char *from = report_find(&place, copy, c->arena, &f);
	const char *to = copy_target(c, copy);
	char *text = from == NULL ? NULL : file_read(c->arena, from, 4 << 20, &n, &f);
	if (text == NULL)
		return cli_fail(c, &f);
	if (access(to, F_OK) == 0) {
		fault_set(&f, STATUS_CANTCREATE, "%s exists already; change it, or move it away",
		        quote(to));
		return cli_fail(c, &f);
	}
	const char *slash = strrchr(to, '/');
	if (slash != NULL && slash > to &&
	        !make_folders(arena_strndup(c->arena, to, (size_t)(slash - to)), &f))
		return cli_fail(c, &f);
	struct out *out = out_open_file(to, 0600, &f);
	if (out == NULL)
		return cli_fail(c, &f);
	out_write(out, text, n);
	if (!out_close(out, &f))
		return cli_fail(c, &f);
	if (c->to != NULL)
		cli_say(c, "%s can be changed now; it is run by its path: report-gen %s%s", to,
		        slash == NULL ? "./" : "", to);
	else
		cli_say(c, "%s can be changed now; it goes before the one that ships", to);
	return 0;
}

/* ---------- running ---------- */

static int list_figures(struct cli *c, const struct report *r)
{
	static const struct out_column columns[] = { { "place", VALUE_TEXT, true },
		{ "what", VALUE_TEXT, true }, { "title", VALUE_TEXT, true },
		{ "value", VALUE_TEXT, true }, { "rows", VALUE_NUMBER, true },
		{ "query", VALUE_TEXT, true } };
	size_t n;
	int status = 0;
	const struct report_figure *figure = report_figures(r, &n);
	list_format(c);
	struct writer *w = cli_writer(c, &status);

	if (w == NULL)
		return status;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++) {
		char rows[24];

		snprintf(rows, sizeof rows, "%lld", (long long)figure[i].rows);
		writer_cells(w, (const char *const[]){ figure[i].place, figure[i].what,
		                        figure[i].title, figure[i].value, rows, figure[i].query });
	}
	return 0;
}

static int write_report(struct cli *c, struct report *r, enum report_format format)
{
	const struct report_helpers helpers = { 0 };
	struct fault f = { 0 };
	struct buf text = { 0 };
	int status = 0;

	if (!report_write(r, format, &helpers, &text, &f)) {
		status = cli_fail(c, &f);
	} else {
		/* The file is opened last: what goes wrong before leaves nothing behind. */
		struct out *out = cli_out(c, &status);

		if (out != NULL)
			out_write(out, text.p == NULL ? "" : text.p, text.n);
		if (report_note(r) != NULL)
			cli_warn(c, "%s", report_note(r));
	}
	buf_free(&text);
	return status;
}

static int run(struct cli *c)
{
	struct report_place place;
	struct report_options o = { 0 };
	struct fault f = { 0 };
	enum report_format format = REPORT_MD;
	int status = 0;

	if (list)
		return list_reports(c);
	if (copy != NULL)
		return copy_report(c);
	if (c->n == 0)
		return cli_usage(c, "which report; -l lists them");
	if (figures ? !is_table_format(c) : !report_format_parse(c->format_name, &format))
		return figures ? refuse_format(c, "--figures")
		               : cli_usage(c, "a report is no table; use -o md, text, html, odt, "
		                              "pdf or ms");
	if (!cli_open_local(c, STORE_REPORT, &status))
		return status;
	place = find_place(c);
	o.store = c->store;
	o.partnership = c->work.all ? NULL : c->work.partnership;
	o.given = c->operand + 1;
	o.ngiven = c->n - 1;
	o.columns = c->to == NULL ? cli_columns(STDOUT_FILENO) : 0;
	struct report *r = report_run(&place, c->operand[0], &o, &f);
	if (r == NULL)
		return cli_fail(c, &f);
	/* Nothing more is asked of the store, and the document can have its memory. */
	store_close(c->store);
	c->store = NULL;
	if (figures)
		status = list_figures(c, r);
	else if (!if_any || !report_empty(r))
		status = write_report(c, r, format);
	report_free(r);
	return status;
}

int main(int argc, char **argv)
{
	/* The texts of a document are large and follow one another: each takes the memory of the one before,
	 * instead of fresh pages from the system. */
	mem_keep_at_hand();
	return cli_main(argc, argv,
	        &(struct program){ .name = "report-gen",
	                .about = "make reports as Markdown, text, HTML, ODT or PDF",
	                .options = options,
	                .noptions = COUNT(options),
	                .run = run,
	                .operands = "REPORT [NAME=VALUE ...]\n-l [REPORT]\n--copy=NAME",
	                .use = USE_OUTPUT | USE_STORE,
	                .formats = "!md text html odt pdf ms csv tsv yaml json" });
}
