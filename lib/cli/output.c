/* SPDX-License-Identifier: MIT */
/* Where results go: standard output or a file, through a writer; spreadsheets through csv-sheet. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

bool cli_colour(int fd)
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

/* Starts csv-sheet -O FILE with its standard input as our output. */
static bool start_sheet(struct cli *c, int *status)
{
	const char *helper = cli_helper(c, "csv-sheet");
	const char *argv[] = { helper, "-O", c->to, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], error;

	if (!helper) {
		struct fault f = { .status = STATUS_HELPER };
		snprintf(f.text, sizeof f.text, "csv-sheet is missing; install the whole toolkit");
		*status = cli_fail(c, &f);
		return false;
	}
	if (pipe2(ends, O_CLOEXEC) < 0) {
		*status = cli_usage(c, "cannot make a pipe: %s", strerror(errno));
		return false;
	}
	signal(SIGPIPE, SIG_IGN); /* csv-sheet's own message says what went wrong */
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	error = posix_spawn(&c->child, helper, &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	if (error) {
		struct fault f = { 0 };
		errno = error;
		fault_errno(&f, STATUS_HELPER, "cannot run csv-sheet");
		*status = cli_fail(c, &f);
		close(ends[1]);
		return false;
	}
	c->sheet_fd = ends[1];
	c->out = out_open_fd(ends[1], "csv-sheet");
	return true;
}

struct out *cli_out(struct cli *c, int *status)
{
	struct fault f = { 0 };

	if (c->out)
		return c->out;
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

/* What csv-sheet came to; it has printed its own message. */
static int wait_sheet(struct cli *c)
{
	int how;

	close(c->sheet_fd);
	while (waitpid(c->child, &how, 0) < 0)
		if (errno != EINTR)
			return STATUS_IO;
	return WIFEXITED(how) ? WEXITSTATUS(how) : STATUS_HELPER;
}

/* csv-sheet reads all before it writes: ended while it reads, it leaves no half of a file behind. */
static int close_sheet(struct cli *c, int status)
{
	struct fault f = { 0 };
	bool whole = out_close(c->out, &f);
	int child;

	if (!whole || status > STATUS_FOUND)
		kill(c->child, SIGKILL);
	child = wait_sheet(c);
	if (status > STATUS_FOUND)
		return status;
	/* A pipe that broke because csv-sheet gave up: it has said why. */
	if (child != STATUS_OK && child != STATUS_HELPER)
		return child;
	if (whole && child == STATUS_HELPER)
		fault_set(&f, STATUS_HELPER, "csv-sheet was ended before its time; run it again");
	return f.status ? cli_fail(c, &f) : status;
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
	if (c->child)
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
