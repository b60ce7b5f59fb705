/* SPDX-License-Identifier: MIT */
/* Where helpers and share/ are: beside the running program, else under the prefix; never by PATH. */
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/private.h"

extern char **environ;

/* Folder of the running program's executable. */
static const char *place_self(struct cli *c)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	*slash = '\0';
	return arena_strdup(c->arena, path);
}

/* The first of the places that is there. */
static const char *first_there(struct cli *c, const char *const *places, const char *name, int mode)
{
	for (; *places; places++) {
		const char *path = arena_printf(c->arena, "%s/%s", *places, name);
		if (access(path, mode) == 0)
			return path;
	}
	return NULL;
}

const char *cli_helper(struct cli *c, const char *name)
{
	const char *self = place_self(c);
	const char *places[] = { self ? self : PREFIX "/bin",
		self ? arena_printf(c->arena, "%s/../libexec/compact", self) : PREFIX "/bin",
		PREFIX "/libexec/compact", PREFIX "/bin", NULL };

	return first_there(c, places, name, X_OK);
}

const char *cli_share(struct cli *c, const char *path)
{
	const char *self = place_self(c);
	const char *places[] = { self ? arena_printf(c->arena, "%s/../share/compact", self)
		                      : PREFIX "/share/compact",
		self ? arena_printf(c->arena, "%s/../share", self) : PREFIX "/share/compact",
		PREFIX "/share/compact", NULL };

	return first_there(c, places, path, R_OK);
}

int cli_run(const char *const *argv, int in, int out, int err, bool search)
{
	posix_spawn_file_actions_t actions;
	pid_t child;
	int error, how;

	posix_spawn_file_actions_init(&actions);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (out >= 0)
		posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (err >= 0)
		posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
	error = search ? posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)argv, environ)
	               : posix_spawn(&child, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		errno = error;
		return -1;
	}
	while (waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

const char *cli_template(struct cli *c, const char *name)
{
	const char *folder = cli_user_folder(c, "XDG_DATA_HOME", ".local/share"), *path;

	path = folder ? arena_printf(c->arena, "%s/compact/%s", folder, name) : NULL;
	if (path && access(path, R_OK) == 0)
		return path;
	path = cli_share(c, name);
	return path ? path : name;
}
