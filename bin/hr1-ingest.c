/* SPDX-License-Identifier: MIT */
/* hr1-ingest: redundancy notices out of any table, checked, into the store. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "notice/notice.h"

static const char *source, *told, *sheet, *elsewhere;
static bool manual, no_incidents;

static const struct cli_option options[] = {
	{ .name = "told",
	        .arg = "WHEN",
	        .help = "when the partnership was told (now)",
	        .text = &told },
	{ .name = "source", .arg = "TEXT", .help = "who sent the notices", .text = &source },
	{ .name = "sheet",
	        .arg = "NAME",
	        .help = "only this sheet of a workbook, by name or number",
	        .text = &sheet },
	{ .name = "elsewhere",
	        .arg = "FILE",
	        .help = "write rows of other areas to FILE",
	        .text = &elsewhere },
	{ .name = "manual",
	        .help = "one notice, or a case heard of otherwise (origin=), from FIELD=VALUE",
	        .flag = &manual },
	{ .name = "no-incidents", .help = "open no incidents", .flag = &no_incidents },
};

/* One run over all files. */
struct job {
	struct cli *c;
	struct reference ref;
	struct map *map;
	struct route route;
	const char *rejects_path; /* of the file in hand */
	size_t read, refused;     /* over all files */
};

/* One file: its sheets together. */
struct file {
	const char *path;
	size_t skipped_sheets;
	char sha256[65];
};

static void told_of(void *data, enum tell how, const struct fault *f)
{
	struct cli *c = data;

	if (how != TELL_NOTE || !c->quiet)
		cli_fail(c, f);
}

/* ---------- what was done ---------- */

static const char *shown_name(const char *path)
{
	return !path || str_equal(path, "-") ? "standard input" : path;
}

static void say_file(struct job *j)
{
	struct buf b = { 0 };

	summary_file(&b, &j->route.done);
	cli_say(j->c, "%s", b.p);
	buf_free(&b);
}

/* Whom to call, and what the notices mean for the cases there are. */
static void say_calls_and_cases(struct job *j)
{
	struct buf calls = { 0 };

	summary_calls(&calls, j->route.keeper);
	cli_say_lines(j->c, buf_text(&calls));
	summary_cases_end(&j->route.cases);
	cli_say_lines(j->c, buf_text(&j->route.cases.lines));
	buf_free(&calls);
	buf_free(&j->route.cases.lines);
}

/* ---------- rows ---------- */

/* More refused rows than these are read in the file that has them all. */
enum { REFUSED_TOLD = 100 };

static void told_refused(void *data, const struct fault *f)
{
	struct job *j = data;
	bool kept = j->route.rejects && (!j->c->dry_run || j->c->rejects);

	if (!kept || j->route.done.refused < REFUSED_TOLD)
		cli_fail(j->c, f);
	else if (j->route.done.refused == REFUSED_TOLD)
		cli_warn(j->c, "%s: more rows are refused; %s has each with its reason", f->file,
		        j->rejects_path);
}

static int take_rows(struct job *j, struct reader *r, struct input *in)
{
	struct fault f = { 0 };
	struct notice n;
	enum step step;
	size_t rows = 0;

	while ((step = reader_next(r, &n, &f)) != STEP_END) {
		if (step == STEP_ROW ? !route_row(&j->route, r, &n, &f) : !reader_row(r))
			return cli_fail(j->c, &f);
		if (step == STEP_FAILED)
			route_refused(&j->route, r, &f);
		if (f.status)
			f = (struct fault){ 0 };
		if (++rows % 1024 == 0)
			cli_progress(j->c, input_done(in), input_size(in), "rows", rows);
	}
	cli_progress_end(j->c);
	return STATUS_OK;
}

/* ---------- sheets and files ---------- */

/* One table; name: of one sheet of several, which is passed over where it holds no notices. NULL: all there is. */
static int take_table(struct job *j, struct file *file, const char *which, const char *name)
{
	struct reader_options o = { .map = j->map,
		.source = source,
		.explain = j->c->explain,
		.now = j->c->work.now,
		.tell = told_of,
		.told = j->c };
	struct fault f = { 0 }, g = { 0 };
	int status = STATUS_OK;
	struct input *in = cli_input(j->c, file->path, which, &status);
	struct reader *r = NULL;

	if (!in)
		return status;
	/* By its hash a file is known that comes again: one file that is not kept needs none. */
	bool hashed = j->route.keeper && (!j->c->dry_run || j->c->n > 1);
	if (hashed)
		input_hash(in);
	r = reader_new(in, &j->ref, &o, &j->c->work, &f);
	if (!r && name && f.status == STATUS_DATA) {
		cli_say(j->c, "%s: sheet %s holds no notices and is passed over",
		        shown_name(file->path), quote(name));
		file->skipped_sheets++;
	} else if (!r) {
		status = cli_fail(j->c, &f);
	} else if (j->c->explain) {
		if (!reader_explain(r, in, j->c->out, &f) && !name)
			status = cli_fail(j->c, &f);
	} else {
		status = take_rows(j, r, in);
		summary_add(&j->route.done.counts, reader_counted(r));
		j->route.done.mended += input_mended(in);
	}
	if (hashed && file->sha256[0] == '\0')
		input_sha256(in, file->sha256);
	reader_free(r);
	if (!input_close(in, &g) && status == STATUS_OK && !j->c->explain)
		status = cli_fail(j->c, &g);
	return status;
}

static uint64_t file_size(const char *path)
{
	struct stat st;

	return path && stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

static int take_file(struct job *j, const char *path)
{
	struct route *to = &j->route;
	struct file file = { .path = path };
	struct fault f = { 0 };
	size_t n = 0;
	const struct cli_sheet *sheets = sheet ? NULL : cli_sheets(j->c, path, &n);
	int status = STATUS_OK;

	route_file(to, path,
	        &(struct summary){ .name = shown_name(path), .stored = to->keeper != NULL });
	if (!j->c->explain && (!j->c->dry_run || j->c->rejects)) {
		j->rejects_path = cli_rejects_path(j->c, path);
		to->rejects = out_open_file(j->rejects_path, 0600, &f);
		if (!to->rejects)
			return cli_fail(j->c, &f);
	}
	if (to->keeper)
		keeper_file(to->keeper, path ? path : "-", file_size(path));
	if (!sheets)
		status = take_table(j, &file, sheet, NULL);
	for (size_t i = 0; sheets && i < n && status == STATUS_OK; i++)
		status = take_table(j, &file, sheets[i].number, sheets[i].name);
	if (sheets && status == STATUS_OK && file.skipped_sheets == n) {
		fault_set(&f, STATUS_DATA,
		        "none of its %zu sheets holds notices; name one with --sheet and see "
		        "--explain",
		        n);
		fault_place(&f, path, 0, NULL);
		status = cli_fail(j->c, &f);
	}
	if (status == STATUS_OK && to->keeper &&
	        !keeper_file_end(to->keeper, file.sha256[0] ? file.sha256 : NULL,
	                to->done.counts.read - to->done.kept[KEEP_ELSEWHERE], to->done.refused, &f))
		status = cli_fail(j->c, &f);
	if (status != STATUS_OK || j->c->explain) {
		if (to->rejects)
			out_abandon(to->rejects);
		return status;
	}
	say_file(j);
	if (!cli_rejects_close(j->c, to->rejects, j->rejects_path, to->done.refused, &status))
		return status;
	j->read += to->done.counts.read;
	j->refused += to->done.refused;
	return STATUS_OK;
}

static int take_files(struct job *j)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < j->c->n && status == STATUS_OK; i++)
		status = take_file(j, j->c->operand[i]);
	return j->c->n == 0 ? take_file(j, NULL) : status;
}

static int result(const struct job *j)
{
	if (j->refused == 0)
		return STATUS_OK;
	return j->refused == j->read ? STATUS_DATA : STATUS_FOUND;
}

/* ---------- without a store ---------- */

static bool share_reference(struct job *j, int *status)
{
	struct cli *c = j->c;
	struct fault f = { 0 };
	const char *folder = cli_share(c, "reference/notice_rule.yaml");
	int second;

	c->work.arena = c->arena;
	if (!cli_now(c, &c->work.now, status))
		return false;
	c->work.today = zone_day(c->work.now, &second);
	if (!folder)
		fault_set(&f, STATUS_NOINPUT,
		        "the reference data is missing; install the whole toolkit");
	else
		folder = arena_strndup(
		        c->arena, folder, strlen(folder) - strlen("/notice_rule.yaml"));
	if (folder && reference_from_share(&j->ref, c->arena, folder, &f))
		return true;
	*status = cli_fail(c, &f);
	return false;
}

/* Notices in the standard form, or what is recognised as a map; nothing is stored. */
static int filter(struct job *j)
{
	struct cli *c = j->c;
	int status = STATUS_OK;

	if (!share_reference(j, &status) || (c->map && !(j->map = cli_map(c, &status))))
		return status;
	if (c->explain ? !cli_out(c, &status) : !cli_writer(c, &status))
		return status;
	if (!c->explain)
		form_columns(c->writer, false, false);
	j->route.writer = c->writer;
	status = take_files(j);
	return status == STATUS_OK ? result(j) : status;
}

/* ---------- into the store ---------- */

static bool read_told(struct cli *c, struct keeper_options *o, int *status)
{
	struct fault f = { 0 };
	int second;

	o->told = c->work.now;
	o->told_has_time = true;
	if (!told)
		return true;
	if (moment_parse(told, ORDER_DMY, c->work.now, &o->told, &o->told_has_time, &f)) {
		if (o->told_has_time ? o->told > c->work.now
		                     : zone_day(o->told, &second) > c->work.today)
			cli_warn(c, "--told: %s is still to come; the clock starts then",
			        quote(told));
		return true;
	}
	fault_place(&f, NULL, 0, "--told");
	f.status = STATUS_USAGE;
	*status = cli_fail(c, &f);
	return false;
}

/* Everything is checked on its way in, and a dry run needs no journal: both cost as much as the rows. */
static bool begin(struct cli *c, int *status)
{
	struct change_info info = cli_change_info(c);
	struct fault f = { 0 };

	info.unjournalled = c->dry_run;
	info.bulk = true;
	if (store_begin(c->store, &info, &f))
		return true;
	*status = cli_fail(c, &f);
	return false;
}

static bool open_store(struct job *j, int *status)
{
	struct cli *c = j->c;
	struct fault f = { 0 };

	if (!cli_open(c, STORE_WRITE, status))
		return false;
	if ((!c->work.all && !record_needs_partnership(&c->work, &f)) ||
	        !reference_from_store(&j->ref, &c->work, c->work.partnership, &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	return !c->map || (j->map = cli_map(c, status));
}

/* Keeps what was taken, unless all was to be taken or nothing. */
static int keep(struct job *j)
{
	struct cli *c = j->c;
	struct fault f = { 0 };
	int64_t before = store_last_change(c->store);
	int status;

	if (c->all_or_nothing && j->refused) {
		store_rollback(c->store);
		cli_say(c, "nothing was kept, as %zu row%s refused", j->refused,
		        j->refused == 1 ? " was" : "s were");
		return STATUS_DATA;
	}
	if (!keeper_finish(j->route.keeper, &f))
		return cli_abort(c, &f);
	status = cli_commit(
	        c, arena_printf(c->arena, "%zu row%s of %zu file%s", j->read,
	                   j->read == 1 ? "" : "s", c->n ? c->n : 1, c->n > 1 ? "s" : ""));
	if (status != STATUS_OK)
		return status;
	say_calls_and_cases(j);
	if (c->dry_run)
		cli_say(c, "dry run: nothing of this was kept");
	else if (store_last_change(c->store) != before)
		cli_say(c, "undo: compact-log undo %lld", (long long)store_last_change(c->store));
	return result(j);
}

/* ---------- by hand ---------- */

static void say_by_hand(struct job *j, const struct kept_notice *kept, const char *ref)
{
	struct cli *c = j->c;

	if (kept->warnings)
		cli_say(c, "flagged: %s", kept->warnings);
	if (kept->outside)
		cli_warn(c,
		        "%s: lies outside the areas of this partnership, and is kept all the same",
		        ref);
	summary_case(&j->route.cases, kept);
	printf("%s\n", ref);
	say_calls_and_cases(j);
}

static int by_hand(struct job *j)
{
	struct cli *c = j->c;
	struct keeper_options o = { .incidents = !no_incidents };
	struct reader_options ro = { .source = source, .told = c };
	struct fault f = { 0 };
	struct kept_notice kept = { 0 };
	const char *origin, *ref = NULL;
	size_t n;
	int status = STATUS_OK;
	struct assignment *field = cli_assignments(c, 0, &n, &status);

	if (!field)
		return status;
	if (elsewhere || c->rejects)
		return cli_usage(c, "--manual writes no file; leave %s out",
		        elsewhere ? "--elsewhere" : "--rejects");
	origin = hand_field(field, n, "origin");
	bool heard = origin && !str_equal(origin, "notice");
	if (!hand_field(field, n, "employer"))
		return cli_usage(c, "--manual needs employer=NAME and what is known besides");
	if (!open_store(j, &status) || !read_told(c, &o, &status))
		return status;
	if (c->work.all)
		return cli_usage(c, "--manual needs one partnership; say which with -p REF");
	if (!hand_check(&c->work, field, n, heard, &f))
		return cli_fail(c, &f);
	o.by = cli_by(c);
	o.loaded_at = ro.now = c->work.now;
	if (!cli_begin(c, &status))
		return status;
	j->route.keeper = keeper_new(&c->work, &j->ref, &o, &f);
	if (!j->route.keeper ||
	        !hand_take(&c->work, &j->ref, j->route.keeper, &ro, field, n, heard, &kept, &ref,
	                &f) ||
	        !keeper_finish(j->route.keeper, &f))
		status = cli_abort(c, &f);
	else
		status = cli_commit(c, arena_printf(c->arena, "%s by hand", ref));
	if (status == STATUS_OK)
		say_by_hand(j, &kept, ref);
	keeper_free(j->route.keeper);
	return status;
}

static int ingest(struct job *j)
{
	struct cli *c = j->c;
	struct keeper_options o = { .incidents = !no_incidents, .map = c->map };
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (!open_store(j, &status) || !read_told(c, &o, &status))
		return status;
	o.all = j->route.with_partnership = c->work.all;
	o.by = cli_by(c);
	o.loaded_at = c->work.now;
	if (elsewhere && !(j->route.elsewhere = out_open_file(elsewhere, 0600, &f)))
		return cli_fail(c, &f);
	if (c->format_given || c->to) {
		if (!cli_writer(c, &status))
			return status;
		form_columns(c->writer, true, j->route.with_partnership);
	}
	j->route.store = c->store;
	j->route.writer = c->writer;
	if (!begin(c, &status))
		return status;
	j->route.keeper = keeper_new(&c->work, &j->ref, &o, &f);
	if (!j->route.keeper)
		return cli_abort(c, &f);
	status = take_files(j);
	if (status == STATUS_OK)
		status = keep(j);
	if (j->route.elsewhere && status > STATUS_FOUND)
		out_abandon(j->route.elsewhere);
	else if (j->route.elsewhere && !out_close(j->route.elsewhere, &f))
		status = cli_fail(c, &f);
	keeper_free(j->route.keeper);
	return status;
}

static int run(struct cli *c)
{
	static struct job job;
	const struct cli_file passed = { "--elsewhere", elsewhere };
	bool filters = c->explain || (c->dry_run && c->format_given && !c->db && !c->partnership);
	int status;

	job.c = c;
	job.route.tell_refused = told_refused;
	job.route.told = &job;
	if (manual)
		return by_hand(&job);
	if (elsewhere && filters)
		return cli_usage(c,
		        "--elsewhere needs a store, whose partnerships have areas; give -d FILE or "
		        "-p REF");
	if (!cli_files_apart(c, 0, !c->explain && !c->dry_run, &passed, &status))
		return status;
	return filters ? filter(&job) : ingest(&job);
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "hr1-ingest",
	                .about = "Take in redundancy notices from any table and open incidents.",
	                .run = run,
	                .operands = "[FILE ...]\n--manual FIELD=VALUE ...",
	                .use = USE_STORE | USE_CHANGE | USE_INPUT | USE_OUTPUT,
	                .rows_in_default_keep_going = true,
	                .options = options,
	                .noptions = COUNT(options) });
}
