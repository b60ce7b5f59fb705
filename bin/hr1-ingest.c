/* SPDX-License-Identifier: MIT */
/* hr1-ingest: redundancy notices out of any table, checked, into the store. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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
	struct keeper *keeper; /* NULL: a filter without a store */
	bool with_partnership;
	struct out *elsewhere;
	bool elsewhere_begun;
	struct buf warnings;
	size_t read, refused; /* over all files */
	size_t said;
	struct buf cases; /* what is to be said of cases that were open */
};

/* One file: its sheets together. */
struct file {
	const char *path;
	const char *rejects_path;
	struct out *rejects;
	size_t kept[KEEP_ELSEWHERE + 1];
	struct reader_counts counts;
	size_t refused, skipped_sheets, mended;
	const struct reader *headed; /* the table whose headings the file of refused rows has */
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

/* ", 1 totals row skipped (line 482)" and the like. */
static void add_skipped(struct buf *b, const struct reader_counts *n)
{
	const size_t most = COUNT(n->totals_line);

	if (n->totals) {
		buf_addf(b, ", %zu totals row%s skipped (line%s", n->totals,
		        n->totals == 1 ? "" : "s", n->totals == 1 ? "" : "s");
		for (size_t i = 0; i < n->totals && i < most; i++)
			buf_addf(b, "%s %ld", i ? "," : "", n->totals_line[i]);
		buf_adds(b, n->totals > most ? " …)" : ")");
	}
	if (n->footnotes)
		buf_addf(b, ", %zu footnote%s skipped", n->footnotes, n->footnotes == 1 ? "" : "s");
	if (n->headings)
		buf_addf(b, ", %zu repeated heading%s skipped", n->headings,
		        n->headings == 1 ? "" : "s");
	if (n->skipped)
		buf_addf(b, ", %zu skipped by the map", n->skipped);
}

static void say_file(struct job *j, const struct file *file)
{
	const struct reader_counts *n = &file->counts;
	struct buf b = { 0 };

	buf_addf(&b, "%s: %zu read", shown_name(file->path), n->read - file->kept[KEEP_ELSEWHERE]);
	if (j->keeper)
		buf_addf(&b, ", %zu new, %zu amended, %zu unchanged", file->kept[KEEP_NEW],
		        file->kept[KEEP_AMENDED], file->kept[KEEP_SAME]);
	else
		buf_addf(&b, ", %zu taken", n->read - file->refused);
	buf_addf(&b, ", %zu refused", file->refused);
	add_skipped(&b, n);
	if (file->kept[KEEP_ELSEWHERE])
		buf_addf(&b, ", %zu for other areas", file->kept[KEEP_ELSEWHERE]);
	if (file->mended)
		buf_addf(&b, ", %zu cell%s with mangled characters mended", file->mended,
		        file->mended == 1 ? "" : "s");
	cli_say(j->c, "%s", b.p);
	buf_free(&b);
}

static void say_calls(struct job *j)
{
	size_t n, all;
	const struct call *call = keeper_calls(j->keeper, &n, &all);
	struct buf when = { 0 };

	if (all == 0)
		return;
	cli_say(j->c, "to be called:");
	for (size_t i = 0; i < n && i < 20; i++) {
		buf_clear(&when);
		zone_add(&when, call[i].by);
		cli_say(j->c, "  %s  %s: %s people, %s, by %s", call[i].incident, call[i].employer,
		        call[i].people ? call[i].people : "unknown number of",
		        call[i].phone ? call[i].phone : "no telephone given", buf_text(&when));
	}
	if (all > 20)
		cli_say(j->c, "  and %zu more; incident-track calls lists them", all - 20);
	buf_free(&when);
}

/* ---------- cases ---------- */

enum { SAID_MOST = 20 };

/* What a notice means for the cases there are, to be said after the call list. */
static void note_case(struct job *j, const struct kept_notice *kept)
{
	const char *ref = kept->ref ? kept->ref : kept->incident;
	struct buf *b = &j->cases;

	if ((!kept->joined && !kept->beside && !kept->likely && !kept->became) ||
	        j->said++ >= SAID_MOST)
		return;
	if (kept->became)
		buf_addf(b, "%s\n", kept->became);
	if (kept->joined)
		buf_addf(b, "%s joins case %s, which was open\n", ref, kept->incident);
	else if (kept->beside)
		buf_addf(b,
		        "%s: case %s of the employer is open too; if they are one: incident-track "
		        "join %s %s\n",
		        ref, kept->beside, kept->incident, kept->beside);
	else if (kept->likely && kept->incident)
		buf_addf(b,
		        "%s: case %s may be of the same employer; if so: incident-track join %s "
		        "%s\n",
		        ref, kept->likely, kept->incident, kept->likely);
}

static void say_cases(struct job *j)
{
	if (j->cases.n == 0)
		return;
	for (char *line = j->cases.p, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		cli_say(j->c, "%s", line);
	}
	if (j->said > SAID_MOST)
		cli_say(j->c, "and %zu more; compact-check lists cases that may be one",
		        j->said - SAID_MOST);
	buf_free(&j->cases);
}

/* ---------- rows ---------- */

/* More refused rows than these are read in the file that has them all. */
enum { REFUSED_TOLD = 100 };

static void refuse_row(struct job *j, struct file *file, struct reader *r, const struct fault *f)
{
	const struct row *row = reader_row(r);
	bool kept = file->rejects && (!j->c->dry_run || j->c->rejects);

	if (!kept || file->refused < REFUSED_TOLD)
		cli_fail(j->c, f);
	else if (file->refused == REFUSED_TOLD)
		cli_warn(j->c, "%s: more rows are refused; %s has each with its reason", f->file,
		        file->rejects_path);
	file->refused++;
	if (!file->rejects)
		return;
	if (file->headed != r)
		reader_reject_head(r, file->rejects);
	file->headed = r;
	reader_reject(r, row, f, file->rejects);
}

static void pass_on(struct job *j, struct reader *r)
{
	if (!j->elsewhere)
		return;
	if (!j->elsewhere_begun)
		reader_pass_head(r, j->elsewhere);
	j->elsewhere_begun = true;
	reader_pass(r, reader_row(r), j->elsewhere);
}

static bool take(
        struct job *j, struct file *file, struct reader *r, const struct notice *n, struct fault *f)
{
	struct kept_notice kept = { 0 };
	enum keeping how = KEEP_NEW;

	if (j->keeper) {
		how = keeper_take(j->keeper, n, &kept, f);
		if (how == KEEP_FAULT) {
			fault_place(f, file->path, n->line, NULL);
			return false;
		}
		file->kept[how]++;
		note_case(j, &kept);
		if (how == KEEP_REFUSED)
			refuse_row(j, file, r, f);
		if (how == KEEP_ELSEWHERE)
			pass_on(j, r);
		if (how == KEEP_REFUSED || how == KEEP_ELSEWHERE)
			return true;
	} else {
		kept.warnings = form_warnings(&j->warnings, n->flags, NULL);
	}
	if (j->c->writer)
		form_row(j->c->writer, n, kept.partnership, kept.ref, j->keeper != NULL,
		        j->with_partnership, kept.warnings);
	return !j->keeper || store_part(j->c->store, f);
}

static int take_rows(struct job *j, struct file *file, struct reader *r, struct input *in)
{
	struct fault f = { 0 };
	struct notice n;
	enum step step;
	size_t rows = 0;

	while ((step = reader_next(r, &n, &f)) != STEP_END) {
		if (step == STEP_ROW ? !take(j, file, r, &n, &f) : !reader_row(r))
			return cli_fail(j->c, &f);
		if (step == STEP_FAILED)
			refuse_row(j, file, r, &f);
		if (f.status)
			f = (struct fault){ 0 };
		if (++rows % 1024 == 0)
			cli_progress(j->c, input_done(in), input_size(in), "rows", rows);
	}
	cli_progress_end(j->c);
	return STATUS_OK;
}

/* ---------- sheets and files ---------- */

static void add_counts(struct file *file, const struct reader_counts *n)
{
	struct reader_counts *all = &file->counts;

	for (size_t i = 0; i < n->totals && i < COUNT(n->totals_line); i++)
		if (all->totals + i < COUNT(all->totals_line))
			all->totals_line[all->totals + i] = n->totals_line[i];
	all->read += n->read;
	all->totals += n->totals;
	all->footnotes += n->footnotes;
	all->headings += n->headings;
	all->skipped += n->skipped;
}

/* One table; others: there are more in the file, so that one without notices is passed over. */
static int take_table(struct job *j, struct file *file, const char *which, bool others)
{
	struct reader_options o = { .map = j->map,
		.source = source,
		.now = j->c->work.now,
		.tell = told_of,
		.told = j->c };
	struct fault f = { 0 }, g = { 0 };
	int status = STATUS_OK;
	struct input *in = cli_input(j->c, file->path, which, &status);
	struct reader *r = NULL;

	if (!in)
		return status;
	input_hash(in);
	r = reader_new(in, &j->ref, &o, &j->c->work, &f);
	if (!r && others && f.status == STATUS_DATA) {
		cli_say(j->c, "%s: sheet %s holds no notices and is passed over",
		        shown_name(file->path), quote(which));
		file->skipped_sheets++;
	} else if (!r) {
		status = cli_fail(j->c, &f);
	} else if (j->c->explain) {
		reader_explain(r, in, j->c->out);
	} else {
		status = take_rows(j, file, r, in);
		add_counts(file, reader_counted(r));
		file->mended += input_mended(in);
	}
	if (file->sha256[0] == '\0')
		input_sha256(in, file->sha256);
	reader_free(r);
	if (!input_close(in, &g) && status == STATUS_OK && !j->c->explain)
		status = cli_fail(j->c, &g);
	return status;
}

/* The names of a workbook's visible sheets; NULL: it is none, or cannot be asked. */
static const char **sheet_names(struct job *j, const char *path, size_t *n)
{
	const char *helper = cli_helper(j->c, "sheet-csv");
	const char *argv[] = { helper, "--list", path, NULL };
	const char **names = NULL;
	struct fault f = { 0 };
	struct row row;
	char magic[4];
	int fd = -1, list = -1;

	*n = 0;
	if (sheet || !helper || !path || str_equal(path, "-") ||
	        (j->c->input != INPUT_AUTO && j->c->input != INPUT_SHEET))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && pread(fd, magic, 4, 0) == 4 &&
	        (memcmp(magic, "PK\003\004", 4) == 0 || magic[0] == '<'))
		list = memfd_create("sheets", MFD_CLOEXEC);
	if (fd >= 0)
		close(fd);
	if (list < 0)
		return NULL;
	if (cli_run(argv, -1, list, false) == 0 && lseek(list, 0, SEEK_SET) == 0) {
		struct input *in = input_open_fd(
		        list, "sheets", &(struct input_options){ .format = INPUT_CSV }, &f);
		names = arena_alloc(j->c->arena, 256 * sizeof *names);
		while (in && *n < 255 && rows_next(in, &row, &f) == STEP_ROW)
			if (row.n == 3 && str_equal(row.cell[2].p, "visible"))
				names[(*n)++] = arena_strdup(j->c->arena, row.cell[0].p);
		input_close(in, &f);
	}
	close(list);
	return *n > 1 ? names : NULL;
}

static uint64_t file_size(const char *path)
{
	struct stat st;

	return path && stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

static int take_file(struct job *j, const char *path)
{
	struct file file = { .path = path };
	struct fault f = { 0 };
	size_t n;
	const char **names = sheet_names(j, path, &n);
	int status = STATUS_OK;

	if (!j->c->explain && (!j->c->dry_run || j->c->rejects)) {
		file.rejects_path = cli_rejects_path(j->c, path);
		file.rejects = out_open_file(file.rejects_path, 0600, &f);
		if (!file.rejects)
			return cli_fail(j->c, &f);
	}
	if (j->keeper)
		keeper_file(j->keeper, path ? path : "-", file_size(path));
	if (!names)
		status = take_table(j, &file, sheet, false);
	for (size_t i = 0; names && i < n && status == STATUS_OK; i++)
		status = take_table(j, &file, names[i], true);
	if (names && status == STATUS_OK && file.skipped_sheets == n) {
		fault_set(&f, STATUS_DATA,
		        "none of its %zu sheets holds notices; name one with --sheet and see "
		        "--explain",
		        n);
		fault_place(&f, path, 0, NULL);
		status = cli_fail(j->c, &f);
	}
	if (status == STATUS_OK && j->keeper &&
	        !keeper_file_end(j->keeper, file.sha256,
	                file.counts.read - file.kept[KEEP_ELSEWHERE], file.refused, &f))
		status = cli_fail(j->c, &f);
	if (status != STATUS_OK || j->c->explain) {
		if (file.rejects)
			out_abandon(file.rejects);
		return status;
	}
	say_file(j, &file);
	if (!cli_rejects_close(j->c, file.rejects, file.rejects_path, file.refused, &status))
		return status;
	j->read += file.counts.read;
	j->refused += file.refused;
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
	status = take_files(j);
	return status == STATUS_OK ? result(j) : status;
}

/* ---------- into the store ---------- */

static bool read_told(struct cli *c, struct keeper_options *o, int *status)
{
	struct fault f = { 0 };

	o->told = c->work.now;
	o->told_has_time = true;
	if (!told || moment_parse(told, ORDER_DMY, c->work.now, &o->told, &o->told_has_time, &f))
		return true;
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
	if (!keeper_finish(j->keeper, &f))
		return cli_abort(c, &f);
	status = cli_commit(c, arena_printf(c->arena, "%zu rows of %zu file%s", j->read,
	                               c->n ? c->n : 1, c->n > 1 ? "s" : ""));
	if (status != STATUS_OK)
		return status;
	say_calls(j);
	say_cases(j);
	if (c->dry_run)
		cli_say(c, "dry run: nothing of this was kept");
	else if (store_last_change(c->store) != before)
		cli_say(c, "undo: compact-log undo %lld", (long long)store_last_change(c->store));
	return result(j);
}

/* ---------- by hand ---------- */

static const char *field_text(const struct assignment *field, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(field[i].field, name))
			return field[i].text;
	return NULL;
}

/* The one row into the store; *ref what was made. */
static bool take_by_hand(struct job *j, struct reader *r, const struct assignment *field, size_t n,
        bool heard, const char **ref, struct fault *f)
{
	struct kept_notice kept;
	struct notice notice;
	enum keeping how;

	if (reader_next(r, &notice, f) != STEP_ROW) {
		f->file[0] = '\0';
		f->line = 0;
		return false;
	}
	notice.line = 0;
	if (!hand_council(&j->ref, j->c->arena, field_text(field, n, "council"), &notice, f))
		return false;
	if (heard)
		how = keeper_heard(j->keeper, &notice, field_text(field, n, "origin"),
		        field_text(field, n, "told_by"), &kept, f);
	else
		how = keeper_take(j->keeper, &notice, &kept, f);
	if (how == KEEP_ELSEWHERE)
		return fault_set(f, STATUS_DATA,
		        "the place lies in another partnership's area; choose that with -p");
	if (how == KEEP_FAULT || how == KEEP_REFUSED)
		return false;
	if (kept.warnings)
		cli_say(j->c, "flagged: %s", kept.warnings);
	if (kept.outside)
		cli_warn(j->c,
		        "%s: lies outside the areas of this partnership, and is kept all the "
		        "same",
		        kept.incident);
	note_case(j, &kept);
	*ref = arena_strdup(j->c->arena, heard ? kept.incident : kept.ref);
	return !heard || hand_case(&j->c->work, *ref, field, n, &notice, f);
}

static int by_hand(struct job *j)
{
	struct cli *c = j->c;
	struct keeper_options o = { .incidents = !no_incidents };
	struct reader_options ro = { .source = source, .told = c };
	struct fault f = { 0 }, g = { 0 };
	struct input *in = NULL;
	struct reader *r = NULL;
	const char *origin, *text, *ref = NULL;
	size_t n;
	int status = STATUS_OK;
	struct assignment *field = cli_assignments(c, 0, &n, &status);

	if (!field)
		return status;
	origin = field_text(field, n, "origin");
	bool heard = origin && !str_equal(origin, "notice");
	int64_t now;
	if (!cli_now(c, &now, &status))
		return status;
	if (!field_text(field, n, "employer"))
		return cli_usage(c, "--manual needs employer=NAME and what is known besides");
	if (!hand_check(field, n, heard, now, &f))
		return cli_fail(c, &f);
	if (!open_store(j, &status) || !read_told(c, &o, &status))
		return status;
	if (c->work.all)
		return cli_usage(c, "--manual needs one partnership; say which with -p REF");
	o.by = cli_by(c);
	o.loaded_at = ro.now = c->work.now;
	if (!cli_begin(c, &status))
		return status;
	text = hand_table(&c->work, field, n, heard);
	j->keeper = keeper_new(&c->work, &j->ref, &o, &f);
	in = j->keeper ? input_open_bytes("--manual", text, strlen(text),
	                         &(struct input_options){ .format = INPUT_CSV }, &f)
	               : NULL;
	r = in ? reader_new(in, &j->ref, &ro, &c->work, &f) : NULL;
	if (j->keeper)
		keeper_file(j->keeper, "--manual", 0);
	if (!r || !take_by_hand(j, r, field, n, heard, &ref, &f) ||
	        !keeper_file_end(j->keeper, NULL, 1, 0, &f) || !keeper_finish(j->keeper, &f))
		status = cli_abort(c, &f);
	else
		status = cli_commit(c, arena_printf(c->arena, "%s by hand", ref));
	if (status == STATUS_OK) {
		printf("%s\n", ref);
		say_calls(j);
		say_cases(j);
	}
	reader_free(r);
	input_close(in, &g);
	keeper_free(j->keeper);
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
	o.all = j->with_partnership = c->work.all;
	o.by = cli_by(c);
	o.loaded_at = c->work.now;
	if (elsewhere && !(j->elsewhere = out_open_file(elsewhere, 0600, &f)))
		return cli_fail(c, &f);
	if (c->format_given || c->to) {
		if (!cli_writer(c, &status))
			return status;
		form_columns(c->writer, true, j->with_partnership);
	}
	if (!begin(c, &status))
		return status;
	j->keeper = keeper_new(&c->work, &j->ref, &o, &f);
	if (!j->keeper)
		return cli_abort(c, &f);
	status = take_files(j);
	if (status == STATUS_OK)
		status = keep(j);
	if (j->elsewhere && status > STATUS_FOUND)
		out_abandon(j->elsewhere);
	else if (j->elsewhere && !out_close(j->elsewhere, &f))
		status = cli_fail(c, &f);
	keeper_free(j->keeper);
	return status;
}

static int run(struct cli *c)
{
	static struct job job;

	job.c = c;
	if (c->rejects && c->n > 1)
		return cli_usage(
		        c, "--rejects goes with one FILE; leave it out, and each gets its own");
	if (manual)
		return by_hand(&job);
	if (c->explain || (c->dry_run && c->format_given && !c->db && !c->partnership))
		return filter(&job);
	return ingest(&job);
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
