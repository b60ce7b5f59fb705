/* SPDX-License-Identifier: MIT */
/* sheet-csv: one sheet of a workbook, or CSV of any kind, as plain CSV. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"
#include "sheet/sheet.h"

enum { PIECE = 1 << 16, SPOOL_MB = 1024, CELL_MAX = 16 << 20 };

static const char *wanted;
static bool list, raw;

/* What is being read, and where to. */
struct job {
	struct cli *cli;
	const char *name;
	struct out *out;
	struct buf piece;
	char separator;
	long line; /* written, so that line n is row n of the sheet */
	int fd;
	enum sheet_kind kind;
};

static int fail(struct job *job, struct fault *f)
{
	fault_place(f, job->name, 0, NULL);
	return cli_fail(job->cli, f);
}

static const char *shown(const struct job *job)
{
	return str_equal(job->name, "-") ? "standard input" : job->name;
}

static void put_cell(struct job *job, size_t i, const char *text, size_t n)
{
	if (i > 0)
		buf_addc(&job->piece, job->separator);
	csv_add_cell(&job->piece, text, n, job->separator);
}

static void put_line(struct job *job)
{
	job->line++;
	buf_addc(&job->piece, '\n');
	if (job->piece.n < PIECE)
		return;
	out_write(job->out, job->piece.p, job->piece.n);
	buf_clear(&job->piece);
}

/* ---------- workbooks ---------- */

static bool put_row(void *arg, const struct sheet_row *row, struct fault *f)
{
	struct job *job = arg;

	while (job->line + 1 < row->number)
		put_line(job);
	for (size_t i = 0; i < row->n; i++)
		put_cell(job, i, row->cell[i].p, row->cell[i].n);
	for (size_t i = row->n; i < row->width; i++)
		buf_addc(&job->piece, job->separator);
	put_line(job);
	/* Nobody reads any more, or the disk is full: there is no use in going on. */
	if (out_errno(job->out) != 0) {
		errno = out_errno(job->out);
		return fault_errno(f, STATUS_IO, "cannot write");
	}
	return true;
}

static int list_sheets(struct job *job, const struct sheet_book *book)
{
	static const char *const heading[] = { "number", "name", "state" };

	for (size_t i = 0; i < COUNT(heading); i++)
		put_cell(job, i, heading[i], strlen(heading[i]));
	put_line(job);
	for (size_t i = 0; i < sheet_count(book); i++) {
		const struct sheet_info *sheet = sheet_info(book, i);
		const char *state = sheet->hidden ? "hidden" : "visible";

		buf_addf(&job->piece, "%zu", i + 1);
		put_cell(job, 1, sheet->name, strlen(sheet->name));
		put_cell(job, 2, state, strlen(state));
		put_line(job);
	}
	return STATUS_OK;
}

/* A sheet by year, and only the first was asked for: the others are named, not passed over. */
static void tell_others(struct job *job, const struct sheet_book *book, size_t chosen)
{
	struct buf others = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < sheet_count(book); i++) {
		if (i == chosen || sheet_info(book, i)->hidden)
			continue;
		if (++n <= 12)
			buf_addf(&others, "%s%s", n > 1 ? ", " : "",
			        quote(sheet_info(book, i)->name));
	}
	if (n > 0)
		cli_say(job->cli, "%s: read sheet %s; not %s%s (--sheet=NAME reads another)",
		        shown(job), quote(sheet_info(book, chosen)->name), buf_text(&others),
		        n > 12 ? " …" : "");
	buf_free(&others);
}

/* Formulas that were never computed hold nothing: a loss that is told even under -q. */
static void tell_unsolved(struct job *job, long n)
{
	struct fault f = { 0 };

	fault_set(&f, STATUS_OK,
	        "%ld formula%s left empty; open the file in a spreadsheet program and save it "
	        "once more",
	        n, n == 1 ? " has no stored result and is" : "s have no stored result and are");
	fail(job, &f);
}

static void tell(struct job *job, const struct sheet_told *told)
{
	if (told->rows == 0)
		cli_say(job->cli, "%s: the sheet is empty", shown(job));
	if (told->hidden_rows > 0)
		cli_say(job->cli, "%s: %ld hidden row%s read like the others", shown(job),
		        told->hidden_rows, told->hidden_rows == 1 ? " was" : "s were");
	if (told->hidden_columns > 0)
		cli_say(job->cli, "%s: %ld hidden column%s read like the others", shown(job),
		        told->hidden_columns, told->hidden_columns == 1 ? " was" : "s were");
	if (told->unsolved > 0)
		tell_unsolved(job, told->unsolved);
}

static int read_book(struct job *job)
{
	struct fault f = { 0 };
	struct sheet_told told;
	struct sheet_book *book = sheet_open(job->fd, job->name, &f);
	int status = STATUS_OK;
	size_t i;

	if (!book)
		return fail(job, &f);
	if (list) {
		status = list_sheets(job, book);
	} else if (!sheet_find(book, wanted, &i, &f)) {
		status = fail(job, &f);
	} else if (!sheet_read(book, i, raw, put_row, job, &told, &f)) {
		if (out_errno(job->out) == 0 && job->line > 0)
			fault_hint(&f, "the %ld line%s before it were written", job->line,
			        job->line == 1 ? "" : "s");
		status = out_errno(job->out) ? STATUS_IO : fail(job, &f);
	} else {
		if (!wanted)
			tell_others(job, book, i);
		tell(job, &told);
	}
	sheet_close(book);
	return status;
}

/* ---------- text ---------- */

static int read_rows(struct job *job, struct input *input)
{
	struct fault f = { 0 };
	struct row row;
	long taken = 0;
	enum step step;

	while ((step = rows_next(input, &row, &f)) != STEP_END) {
		if (step == STEP_FAILED) {
			fail(job, &f);
			job->cli->refused = true;
			if (!rows_resumable(input))
				break;
			fault_clear(&f);
			continue;
		}
		for (size_t i = 0; i < row.n; i++)
			put_cell(job, i, row.cell[i].p, row.cell[i].n);
		put_line(job);
		taken += row.n > 0;
		if (out_errno(job->out) != 0)
			return STATUS_IO;
	}
	if (input_mended(input))
		cli_say(job->cli, "%s: mangled characters were mended in %zu cell%s", shown(job),
		        input_mended(input), input_mended(input) == 1 ? "" : "s");
	return taken == 0 && job->cli->refused ? STATUS_DATA : STATUS_OK;
}

static int read_text(struct job *job)
{
	struct input_options options = { .format = job->cli->input, .cell_max = CELL_MAX };
	struct fault f = { 0 };
	struct input *input;
	int status;

	if (wanted || list)
		return cli_usage(job->cli, "%s is text and has no sheets; leave --%s out",
		        quote(job->name), list ? "list" : "sheet");
	input = input_open_fd(job->fd, job->name, &options, &f);
	if (!input)
		return fail(job, &f);
	input_keep_blank(input, true);
	status = read_rows(job, input);
	if (!input_close(input, &f) && status == STATUS_OK)
		status = fail(job, &f);
	return status;
}

/* ---------- the run ---------- */

static int convert(struct job *job)
{
	struct fault f = { 0 };
	int status;

	sheet_guard_close();
	status = job->kind == SHEET_BOOK ? read_book(job) : read_text(job);
	out_write(job->out, buf_text(&job->piece), job->piece.n);
	buf_free(&job->piece);
	if (!out_flush(job->out, &f) && status <= STATUS_FOUND)
		status = out_errno(job->out) == EPIPE ? STATUS_IO : cli_fail(job->cli, &f);
	return status;
}

/* A guarded process can no longer rename the finished file into its place: with -O a child does the
 * reading, and this process the rest. */
static int convert_in_child(struct job *job)
{
	pid_t child = fork();
	int how;

	if (child < 0) {
		struct fault f = { 0 };

		fault_errno(&f, STATUS_INTERNAL, "cannot start a second process");
		return fail(job, &f);
	}
	if (child == 0) {
		int status = convert(job);

		_exit(status == STATUS_OK && job->cli->refused ? STATUS_FOUND : status);
	}
	while (waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			return STATUS_INTERNAL;
	return WIFEXITED(how) ? WEXITSTATUS(how) : STATUS_INTERNAL;
}

static bool open_input(struct job *job, int *status)
{
	const char *tmp = cli_env("TMPDIR");
	struct fault f = { 0 };
	int fd = STDIN_FILENO;

	if (str_equal(job->name, "-") && isatty(STDIN_FILENO)) {
		*status = cli_usage(job->cli, "give a file, or a workbook on standard input");
		return false;
	}
	if (!str_equal(job->name, "-"))
		fd = open(job->name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fault_errno(&f, STATUS_NOINPUT, "cannot open");
	else
		job->fd = sheet_spool(fd, tmp ? tmp : "/tmp", (int64_t)SPOOL_MB << 20, &f);
	if (f.status == STATUS_OK && sheet_sniff(job->fd, job->name, &job->kind, &f))
		return true;
	*status = fail(job, &f);
	return false;
}

static int run(struct cli *cli)
{
	struct job job = { .cli = cli, .name = cli->n ? cli->operand[0] : "-" };
	int status = STATUS_OK;

	if (cli->n > 1)
		return cli_usage(cli, "one file at a time, not %s too", quote(cli->operand[1]));
	job.separator = cli->format == FORMAT_TSV ? '\t' : ',';
	if (!open_input(&job, &status))
		return status;
	job.out = cli_out(cli, &status);
	if (!job.out)
		return status;
	return cli->to && !str_equal(cli->to, "-") ? convert_in_child(&job) : convert(&job);
}

int main(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{ .name = "sheet",
		        .arg = "NAME|N",
		        .help = "the sheet of this name or number",
		        .text = &wanted },
		{ .name = "list", .help = "list the sheets: number, name, state", .flag = &list },
		{ .name = "raw",
		        .help = "values as stored: dates as serial numbers",
		        .flag = &raw },
	};

	return cli_main(argc, argv,
	        &(struct program){ .name = "sheet-csv",
	                .about = "Print a sheet of a workbook, or CSV of any kind, as plain CSV.",
	                .options = options,
	                .noptions = COUNT(options),
	                .run = run,
	                .operands = "[FILE]",
	                .use = USE_OUTPUT,
	                .formats = "!csv tsv" });
}
