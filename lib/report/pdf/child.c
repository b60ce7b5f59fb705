/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "report/pdf/child.h"

const char *child_find(const char *given, const char *name, const char *package,
        struct arena *arena, struct fault *f)
{
	static const char *const folders[] = { "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin",
		"/usr/pkg/bin" };

	if (given != NULL) {
		if (access(given, X_OK) == 0)
			return given;
		fault_errno(f, STATUS_HELPER, "cannot run %s", quote(given));
		return NULL;
	}
	for (size_t i = 0; i < COUNT(folders); i++) {
		const char *path = arena_printf(arena, "%s/%s", folders[i], name);

		if (access(path, X_OK) == 0)
			return path;
	}
	fault_set(f, STATUS_HELPER, "'%s' is missing; install the package %s, or use -o html", name,
	        package);
	return NULL;
}

struct child {
	int in, out, err;
	pid_t pid;
};

static void close_all(struct child *c)
{
	int *const fds[] = { &c->in, &c->out, &c->err };

	for (size_t i = 0; i < COUNT(fds); i++)
		if (*fds[i] >= 0) {
			close(*fds[i]);
			*fds[i] = -1;
		}
}

static bool start(struct child *c, char *const *argv, int64_t epoch, struct fault *f)
{
	int pipes[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	char date[48];
	char path[] = "PATH=/usr/bin:/bin:/usr/local/bin", locale[] = "LC_ALL=C.UTF-8";
	char *environment[] = { path, locale, date, NULL };
	posix_spawn_file_actions_t actions;
	sigset_t none;
	posix_spawnattr_t attributes;

	*c = (struct child){ -1, -1, -1, -1 };
	snprintf(date, sizeof date, "SOURCE_DATE_EPOCH=%lld", (long long)epoch);
	for (size_t i = 0; i < 3; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0)
			fault_errno(f, STATUS_IO, "cannot make a pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	sigemptyset(&none);
	sigaddset(&none, SIGPIPE);
	posix_spawnattr_setsigdefault(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0);
	posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1);
	posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2);
	int error = pipes[2][1] < 0 ? EMFILE
	                            : posix_spawn(&c->pid, argv[0], &actions, &attributes, argv,
	                                      environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	c->in = pipes[0][1];
	c->out = pipes[1][0];
	c->err = pipes[2][0];
	close(pipes[0][0]);
	close(pipes[1][1]);
	close(pipes[2][1]);
	if (error != 0) {
		close_all(c);
		errno = error;
		return fault_errno(f, STATUS_HELPER, "cannot run %s", quote(argv[0]));
	}
	return true;
}

/* Reads what is there; closes at the end of file. */
static bool drain(int *fd, struct buf *to)
{
	char part[65536];
	ssize_t n = read(*fd, part, sizeof part);

	if (n > 0) {
		buf_add(to, part, (size_t)n);
		return true;
	}
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	close(*fd);
	*fd = -1;
	return n == 0;
}

static void feed(struct child *c, const struct buf *input, size_t *sent)
{
	ssize_t n = *sent < input->n ? write(c->in, input->p + *sent, input->n - *sent) : 0;

	if (n > 0)
		*sent += (size_t)n;
	if ((n < 0 && errno != EINTR && errno != EAGAIN) || *sent == input->n) {
		close(c->in);
		c->in = -1;
	}
}

/* Both ways at once, so that neither side waits for the other for good. */
static bool talk(struct child *c, const struct buf *input, struct buf *out, struct buf *errors)
{
	size_t sent = 0;
	bool ok = true;

	fcntl(c->in, F_SETFL, O_NONBLOCK);
	while (c->in >= 0 || c->out >= 0 || c->err >= 0) {
		struct pollfd fds[] = { { c->in, POLLOUT, 0 }, { c->out, POLLIN, 0 },
			{ c->err, POLLIN, 0 } };

		if (poll(fds, COUNT(fds), -1) < 0 && errno != EINTR)
			return false;
		if (c->in >= 0 && fds[0].revents != 0)
			feed(c, input, &sent);
		if (c->out >= 0 && fds[1].revents != 0)
			ok = drain(&c->out, out) && ok;
		if (c->err >= 0 && fds[2].revents != 0)
			ok = drain(&c->err, errors) && ok;
	}
	return ok;
}

bool child_run(
        char *const *argv, const struct buf *input, int64_t epoch, struct buf *out, struct fault *f)
{
	struct child c;
	struct buf errors = { 0 };
	/* A child that ends early must not end us with it. */
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	int status = -1;
	bool ok;

	if (!start(&c, argv, epoch, f))
		return false;
	sigaction(SIGPIPE, &ignore, &before);
	ok = talk(&c, input, out, &errors);
	sigaction(SIGPIPE, &before, NULL);
	close_all(&c);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!ok || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		buf_addc(&errors, '\n');
		errors.p[strcspn(errors.p, "\n")] = '\0';
		ok = fault_set(f, STATUS_IO, "%s failed: %s", quote(argv[0]), quote(errors.p));
	}
	buf_free(&errors);
	return ok;
}
