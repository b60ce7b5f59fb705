/* SPDX-License-Identifier: MIT */
/* Where results go: standard output or a file, through a writer; spreadsheets through csv-sheet. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/private.h"

extern char **environ;

int cli_columns(int fd)
{
	const char *given = cli_env("COLUMNS");
	struct winsize size = { 0 };
	struct fault f = { 0 };
	int64_t n;

	if (!isatty(fd))
		return 0;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return given && number_parse(given, 20, 10000, &n, &f) ? (int)n : 80;
}

static bool cli_colour(int fd)
{
	const char *terminal = cli_env("TERM");

	return isatty(fd) && !cli_env("NO_COLOR") && terminal && !str_equal(terminal, "dumb");
}

enum look cli_look(const struct cli *c)
{
	bool people = c->format == FORMAT_TEXT || c->format == FORMAT_MD;

	return people && !str_equal(c->format_name, "xlsx") && !str_equal(c->format_name, "ods")
	               ? LOOK_PEOPLE
	               : LOOK_MACHINE;
}

/* What csv-sheet is to read goes to a file first: were it read as it comes, a workbook would look whole that lacks
 * what a program that died had still to say. */
static bool start_sheet(struct cli *c, int *status)
{
	struct fault f = { 0 };
	int fd = -1;

	if (!cli_helper(c, "csv-sheet"))
		fault_set(&f, STATUS_HELPER, "csv-sheet is missing; install the whole toolkit");
	else
		fd = file_unnamed(&f);
	if (fd < 0) {
		*status = cli_fail(c, &f);
		return false;
	}
	c->sheet_fd = fd;
	c->out = out_open_fd(fd, "a temporary file");
	return true;
}

struct out *cli_out(struct cli *c, int *status)
{
	struct fault f = { 0 };

	if (c->out)
		return c->out;
	if (!cli_to_apart(c, status))
		return NULL;
	if (str_equal(c->format_name, "xlsx") || str_equal(c->format_name, "ods"))
		return start_sheet(c, status) ? c->out : NULL;
	if (c->to && !str_equal(c->to, "-")) {
		c->out = out_open_file(c->to, 0600, &f);
		if (!c->out)
			*status = cli_fail(c, &f);
	} else {
		c->out = out_open_fd(STDOUT_FILENO, "-");
	}
	return c->out;
}

struct writer *cli_writer(struct cli *c, int *status)
{
	bool sheet = str_equal(c->format_name, "xlsx") || str_equal(c->format_name, "ods");
	struct writer_look look = { 0 };

	if (c->writer)
		return c->writer;
	if (!cli_out(c, status))
		return NULL;
	if (!c->to) {
		look.columns = cli_columns(STDOUT_FILENO);
		look.colour = cli_colour(STDOUT_FILENO);
	}
	c->writer = writer_new(sheet ? FORMAT_CSV : c->format, c->out, &look);
	return c->writer;
}

const char *const *cli_split(struct cli *c, const char *text, size_t *n)
{
	*n = 0;
	return text ? (const char *const *)str_split(c->arena, text, ",", n) : NULL;
}

/* Runs csv-sheet -O FILE over what was written, and what it came to; it has printed its own message. */
static int run_sheet(struct cli *c, struct fault *f)
{
	const char *helper = cli_helper(c, "csv-sheet");
	const char *argv[] = { helper, "-O", c->to, NULL };
	posix_spawn_file_actions_t actions;
	pid_t child;
	int how, error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, c->sheet_fd, STDIN_FILENO);
	error = posix_spawn(&child, helper, &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		errno = error;
		fault_errno(f, STATUS_HELPER, "cannot run csv-sheet");
		return STATUS_HELPER;
	}
	while (waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			return STATUS_IO;
	if (WIFEXITED(how))
		return WEXITSTATUS(how);
	fault_set(f, STATUS_HELPER, "csv-sheet was ended before its time; run it again");
	return STATUS_HELPER;
}

static int close_sheet(struct cli *c, int status)
{
	struct fault f = { 0 };
	int made = STATUS_OK;

	if (out_close(c->out, &f) && status <= STATUS_FOUND) {
		if (lseek(c->sheet_fd, 0, SEEK_SET) == 0)
			made = run_sheet(c, &f);
		else
			fault_errno(&f, STATUS_IO, "cannot read a temporary file again");
	}
	close(c->sheet_fd);
	if (f.status && status <= STATUS_FOUND)
		return cli_fail(c, &f);
	return made ? made : status;
}

int output_close(struct cli *c, int status)
{
	/* With nothing done a file must not take the place of an older one. */
	bool drop = c->to && status > STATUS_FOUND;
	struct fault f = { 0 };

	cli_progress_end(c);
	if (c->writer && !writer_close(c->writer, &f) && !drop && f.status != STATUS_IO)
		status = cli_fail(c, &f);
	fault_clear(&f);
	if (c->sheet_fd)
		return close_sheet(c, status);
	if (c->out && drop)
		out_abandon(c->out);
	else if (c->out && !out_close(c->out, &f))
		status = cli_fail(c, &f);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fault_errno(&f, STATUS_IO, "cannot write standard output");
		status = cli_fail(c, &f);
	}
	return status;
}
