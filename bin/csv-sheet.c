/* SPDX-License-Identifier: MIT */
/* csv-sheet: CSV files as the worksheets of an xlsx or ods workbook. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "sheet/sheet.h"

enum { SPOOL_MB = 1024, CELL_MAX = 16 << 20 };

static const char *title;

/* One CSV: looked through once for its columns, read again for its cells. */
struct table {
	const char *path, *name;
	int fd;
	off_t begins;
	struct sheet_column *column;
	size_t n, cap, mended;
	long rows;
};

static int fail(struct cli *cli, const struct table *table, struct fault *f)
{
	fault_place(f, table->path, 0, NULL);
	return cli_fail(cli, f);
}

/* "plan" of "lists/plan.csv"; the title, or Sheet1, of standard input. */
static const char *sheet_name(struct cli *cli, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	const char *dot = strrchr(base, '.');

	if (str_equal(path, "-"))
		return title ? title : "Sheet1";
	return dot && dot > base ? arena_strndup(cli->arena, base, (size_t)(dot - base)) : base;
}

static bool open_table(struct cli *cli, struct table *table, struct fault *f)
{
	const char *tmp = cli_env("TMPDIR");
	int fd = STDIN_FILENO;

	table->name = sheet_name(cli, table->path);
	if (!str_equal(table->path, "-"))
		fd = open(table->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fault_errno(f, STATUS_NOINPUT, "cannot open");
	table->fd = sheet_spool(fd, tmp ? tmp : "/tmp", (int64_t)SPOOL_MB << 20, f);
	if (table->fd < 0)
		return false;
	table->begins = lseek(table->fd, 0, SEEK_CUR);
	return true;
}

typedef bool row_fn(void *arg, const struct row *, struct fault *);

/* Every row to fn. Blank lines stay, but for those before the heading and after the last row. */
static bool each_row(struct table *table, row_fn *fn, void *arg, struct fault *f)
{
	struct input_options options = { .cell_max = CELL_MAX };
	struct row row, blank = { 0 };
	struct input *input;
	long gap = 0;
	bool begun = false, ok = true;
	enum step step = STEP_END;

	if (lseek(table->fd, table->begins, SEEK_SET) < 0)
		return fault_errno(f, STATUS_IO, "cannot go back to the beginning");
	input = input_open_fd(table->fd, table->path, &options, f);
	if (!input)
		return false;
	input_keep_blank(input, true);
	while (ok && (step = rows_next(input, &row, f)) == STEP_ROW) {
		if (row.n == 0) {
			gap += begun;
			continue;
		}
		begun = true;
		for (; ok && gap > 0; gap--)
			ok = fn(arg, &blank, f);
		ok = ok && fn(arg, &row, f);
		if (!ok)
			fault_place(f, table->path, row.line, NULL);
	}
	ok = ok && step == STEP_END;
	table->mended = input_mended(input);
	return input_close(input, ok ? f : &(struct fault){ 0 }) && ok;
}

/* ---------- the two passes ---------- */

static bool look(void *arg, const struct row *row, struct fault *f)
{
	struct table *table = arg;

	(void)f;
	if (row->n > table->n) {
		table->column = mem_grow(table->column, &table->cap, row->n, sizeof *table->column);
		memset(table->column + table->n, 0, (row->n - table->n) * sizeof *table->column);
		table->n = row->n;
	}
	for (size_t i = 0; i < row->n; i++)
		(table->rows == 0 ? sheet_column_head : sheet_column_see)(
		        &table->column[i], row->cell[i].p, row->cell[i].n);
	table->rows++;
	return true;
}

struct writing {
	struct sheet_out *out;
	struct sheet_cell *cell;
	size_t cap;
};

static bool put(void *arg, const struct row *row, struct fault *f)
{
	struct writing *w = arg;

	w->cell = mem_grow(w->cell, &w->cap, row->n + 1, sizeof *w->cell);
	for (size_t i = 0; i < row->n; i++)
		w->cell[i] = (struct sheet_cell){ row->cell[i].p, row->cell[i].n };
	return sheet_out_row(w->out, w->cell, row->n, f);
}

static bool write_table(struct table *table, struct sheet_out *out, struct fault *f)
{
	struct writing w = { .out = out };
	bool ok;

	for (size_t i = 0; i < table->n; i++)
		sheet_column_settle(&table->column[i]);
	ok = sheet_out_sheet(out, table->name, table->column, table->n, table->rows, f) &&
	     each_row(table, put, &w, f);
	mem_free(w.cell);
	return ok;
}

static int write_tables(struct cli *cli, struct table *tables, size_t n, bool large)
{
	bool ods = str_equal(cli->format_name, "ods");
	const char *tmp = cli_env("TMPDIR");
	struct fault f = { 0 };
	struct sheet_out *out = sheet_out_open(
	        cli->to, ods ? SHEET_ODS : SHEET_XLSX, title, tmp ? tmp : "/tmp", large, &f);

	if (!out)
		return cli_fail(cli, &f);
	for (size_t i = 0; i < n; i++) {
		if (!write_table(&tables[i], out, &f)) {
			sheet_out_abandon(out);
			return fail(cli, &tables[i], &f);
		}
	}
	return sheet_out_close(out, &f) ? STATUS_OK : cli_fail(cli, &f);
}

static int run_tables(struct cli *cli, struct table *tables, size_t n)
{
	uint64_t cells = 0;

	for (size_t i = 0; i < n; i++) {
		struct fault f = { 0 };

		if (!open_table(cli, &tables[i], &f) || !each_row(&tables[i], look, &tables[i], &f))
			return fail(cli, &tables[i], &f);
		if (tables[i].mended)
			cli_say(cli, "%s: mangled characters were mended in %zu cell%s",
			        str_equal(tables[i].path, "-") ? "standard input" : tables[i].path,
			        tables[i].mended, tables[i].mended == 1 ? "" : "s");
		cells += (uint64_t)tables[i].rows * tables[i].n;
	}
	return write_tables(cli, tables, n, cells > SHEET_LARGE);
}

static int run(struct cli *cli)
{
	static const char *standard_input[] = { "-" };
	const char **path = cli->n ? cli->operand : standard_input;
	size_t n = cli->n ? cli->n : 1, piped = 0;
	struct table *tables;
	int status;

	if (!cli->to || str_equal(cli->to, "-"))
		return cli_usage(cli, "say which file to write: -O FILE.xlsx or -O FILE.ods");
	if (!cli->n && isatty(STDIN_FILENO))
		return cli_usage(cli, "give CSV files, or CSV on standard input");
	tables = arena_alloc(cli->arena, n * sizeof *tables);
	for (size_t i = 0; i < n; i++) {
		piped += str_equal(path[i], "-");
		tables[i] = (struct table){ .path = path[i], .fd = -1 };
	}
	if (piped > 1)
		return cli_usage(cli, "standard input can be read only once, but '-' stands twice");
	status = run_tables(cli, tables, n);
	for (size_t i = 0; i < n; i++) {
		mem_free(tables[i].column);
		if (tables[i].fd > STDERR_FILENO)
			close(tables[i].fd);
	}
	return status;
}

int main(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{ .name = "title",
		        .arg = "TEXT",
		        .help = "the title of the workbook",
		        .text = &title },
	};

	return cli_main(argc, argv,
	        &(struct program){ .name = "csv-sheet",
	                .about = "Write CSV files as the sheets of an xlsx or ods workbook.",
	                .options = options,
	                .noptions = COUNT(options),
	                .run = run,
	                .operands = "-O FILE [CSV ...]",
	                .use = USE_OUTPUT,
	                .formats = "!xlsx ods" });
}
