/* SPDX-License-Identifier: MIT */
/* Spreadsheets come through a helper: small, sandboxed, and run as a child that writes CSV into a pipe. */
#include "io/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child: never returns. dup2 leaves the copies open across exec; all else is closed by it. */
static _Noreturn void run(const char *helper, const char *sheet, int in, int out, int err)
{
	char *argv[] = { (char *)(uintptr_t)helper, NULL, NULL, NULL };
	char option[] = "--sheet";
	if (sheet != NULL) {
		argv[1] = option;
		argv[2] = (char *)(uintptr_t)sheet;
	}
	signal(SIGPIPE, SIG_DFL);
	if (dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && dup2(err, 2) >= 0)
		execv(helper, argv);
	_exit(127);
}

bool child_start(struct input *in, const char *helper, const char *sheet, struct fault *f)
{
	int file = -1, ends[2] = { -1, -1 }, errors = -1;
	bool ok = false;
	if (helper == NULL) {
		fault_set(f, STATUS_DATA,
		        "is a spreadsheet; save it as CSV, or turn it into one with sheet-csv");
		goto out;
	}
	if (access(helper, X_OK) != 0) {
		fault_errno(
		        f, STATUS_HELPER, "cannot run %s, which reads spreadsheets", quote(helper));
		goto out;
	}
	file = source_whole(in, f);
	if (file < 0)
		goto out;
	errors = memfd_create("errors", MFD_CLOEXEC);
	if (errors < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		fault_errno(f, STATUS_INTERNAL, "cannot make a pipe");
		goto out;
	}
	pid_t pid = fork();
	if (pid < 0) {
		fault_errno(f, STATUS_INTERNAL, "cannot start %s", quote(helper));
		goto out;
	}
	if (pid == 0)
		run(helper, sheet, file, ends[1], errors);
	in->child = pid;
	in->child_errors = errors;
	in->hash_fd = file;
	if (in->own_fd)
		close(in->fd);
	mem_free(in->head);
	in->head = NULL;
	in->memory_n = 0;
	in->fd = ends[0];
	in->own_fd = true;
	in->size = in->done = 0;
	close(ends[1]);
	return true;
out:
	fault_place(f, in->name, 0, NULL);
	if (ends[0] >= 0) {
		close(ends[0]);
		close(ends[1]);
	}
	if (errors >= 0)
		close(errors);
	if (file >= 0)
		close(file);
	return ok;
}

/* The child's first line, freed of the program's and the input's name, which ours has already. */
static void child_message(int fd, char *text, size_t size)
{
	ssize_t n = pread(fd, text, size - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	static const char *const names[] = { "sheet-csv: ", "standard input: ", "standard input:" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_starts(text, names[i]))
			memmove(text, text + strlen(names[i]), strlen(text + strlen(names[i])) + 1);
}

bool child_end(struct input *in, struct fault *f)
{
	int result;
	pid_t pid;
	bool whole = in->eof;
	/* What was not read to its end: the child meets a closed pipe, and that is no fault of its own. */
	close(in->fd);
	in->fd = -1;
	do
		pid = waitpid(in->child, &result, 0);
	while (pid < 0 && errno == EINTR);
	in->child = 0;
	char text[1024];
	child_message(in->child_errors, text, sizeof text);
	close(in->child_errors);
	if (pid < 0 || (WIFEXITED(result) && WEXITSTATUS(result) == 0))
		return true;
	if (WIFSIGNALED(result) && WTERMSIG(result) == SIGPIPE && !whole)
		return true;
	if (WIFSIGNALED(result))
		fault_set(f, STATUS_INTERNAL, "the spreadsheet reader was ended by signal %d",
		        WTERMSIG(result));
	else if (text[0] == '\0')
		fault_set(f, STATUS_INTERNAL, "the spreadsheet reader failed with status %d",
		        WEXITSTATUS(result));
	else
		fault_set(f, (enum status)WEXITSTATUS(result), "%s", text);
	fault_place(f, in->name, 0, NULL);
	return false;
}
