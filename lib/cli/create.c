/* SPDX-License-Identifier: MIT */
/* A new store: made beside its place with the reference data in it, and moved there when whole. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/private.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of share/reference in the order of their names. */
static const char **reference_files(struct cli *c, const char *folder, size_t *n)
{
	DIR *d = opendir(folder);
	const char **files = NULL;
	size_t cap = 0;

	*n = 0;
	for (struct dirent *e; d && (e = readdir(d));) {
		if (!str_ends(e->d_name, ".yaml") && !str_ends(e->d_name, ".csv"))
			continue;
		files = mem_grow(files, &cap, *n + 1, sizeof *files);
		files[(*n)++] = arena_printf(c->arena, "%s/%s", folder, e->d_name);
	}
	if (d)
		closedir(d);
	if (files)
		qsort(files, *n, sizeof *files, by_name);
	return files;
}

/* NAME.csv holds rows of the kind NAME; a YAML file says itself what it holds. */
static bool load_reference(struct cli *c, const char *path, struct fault *f)
{
	const char *base = strrchr(path, '/') + 1;
	struct load_options o = { .keep_going = false };
	struct load_counts counts = { 0 };
	struct input *in = input_open(path, &(struct input_options){ 0 }, f);
	bool ok;

	if (!in)
		return false;
	if (str_ends(base, ".csv"))
		o.kind = arena_strndup(c->arena, base, strcspn(base, "."));
	ok = record_load(&c->work, in, &o, &counts, f);
	return input_close(in, ok ? f : &(struct fault){ 0 }) && ok;
}

/* Copies the reference data in; not journalled, as nothing was there before it. */
static bool fill(struct cli *c, struct fault *f)
{
	const char *folder = cli_share(c, "reference");
	struct change_info info = cli_change_info(c);
	void (*changed)(void *, const struct record_change *) = c->work.changed;
	const char **files;
	size_t n;
	int64_t seq;
	bool ok;

	if (!folder)
		return fault_set(
		        f, STATUS_CONFIG, "share/reference is missing; install the whole toolkit");
	info.unjournalled = true;
	c->work.changed = NULL;
	files = reference_files(c, folder, &n);
	ok = store_begin(c->store, &info, f);
	record_defer(&c->work);
	for (size_t i = 0; ok && i < n; i++)
		ok = load_reference(c, files[i], f);
	ok = ok && record_finish(&c->work, f) && store_commit(c->store, "reference data", &seq, f);
	mem_free(files);
	c->work.changed = changed;
	return ok;
}

/* Where a store is well kept: the user's own data folder. */
static const char *safe_folder(struct cli *c)
{
	const char *folder = cli_user_folder(c, "XDG_DATA_HOME", ".local/share");

	return arena_printf(c->arena, "%s/compact", folder ? folder : "~/.local/share");
}

/* Makes that folder, where the store is to be in it. */
static void make_safe_folder(struct cli *c)
{
	const char *folder = safe_folder(c);
	size_t n = strlen(folder);

	if (strncmp(c->final, folder, n) != 0 || c->final[n] != '/')
		return;
	for (size_t i = 1; i <= n; i++)
		if (folder[i] == '/' || folder[i] == '\0')
			mkdir(arena_strndup(c->arena, folder, i), 0700);
}

/* Whether the store can be made in its folder, said of its own name: it is made beside it first. */
static bool folder_takes_it(struct cli *c, struct fault *f)
{
	const char *slash = strrchr(c->final, '/');
	const char *folder =
	        slash == NULL       ? "."
	        : slash == c->final ? "/"
	                            : arena_strndup(c->arena, c->final, (size_t)(slash - c->final));

	if (access(folder, F_OK) != 0)
		return fault_set(f, STATUS_CANTCREATE,
		        "cannot create %s: there is no folder %s; make it first: mkdir -p %s",
		        quote(c->final), quote(folder), cli_shell_word(c->arena, folder));
	return access(folder, W_OK | X_OK) == 0 ||
	       fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(c->final));
}

bool cli_create(struct cli *c, bool reference, int *status)
{
	struct fault f = { 0 }, warning = { 0 };
	struct store_options o = { .mode = STORE_WRITE,
		.wait_seconds = (int)c->wait,
		.now = TIME_NONE,
		.any_file_system = cli_env("COMPACT_UNSAFE_FILESYSTEM") != NULL };
	const char *made;

	c->final = o.called = cli_db_path(c);
	made = arena_printf(c->arena, "%s.new-%ld", c->final, (long)getpid());
	if (!cli_now(c, &o.now, status))
		return false;
	if (!config_is_good(c, &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	make_safe_folder(c);
	litter_note(made);
	if (access(c->final, F_OK) == 0) {
		fault_set(&f, STATUS_CANTCREATE, "%s exists; choose another name, or %s",
		        quote(c->final),
		        reference ? "add a partnership with --add"
		                  : "load into it without --create");
	} else if (folder_takes_it(c, &f) &&
	           store_place_check(c->final, o.any_file_system, &warning, &f) &&
	           (c->store = store_create(made, &o, &f))) {
		c->db = made;
		work_fill(c, o.now);
		if (!reference || fill(c, &f))
			return true;
		*status = cli_fail(c, &f);
		*status = cli_created(c, *status);
		return false;
	}
	if (f.status == STATUS_DENIED)
		fault_hint(&f,
		        "that is: compact-init -d %s/compact.db …, then: compact-backup -d "
		        "%s/compact.db %s",
		        safe_folder(c), safe_folder(c), quote(c->final));
	*status = cli_fail(c, &f);
	litter_keep(made);
	return false;
}

int cli_created(struct cli *c, int status)
{
	struct fault f = { 0 };
	bool good = (status == STATUS_OK || status == STATUS_FOUND) && !c->dry_run;

	store_close(c->store);
	c->store = NULL;
	if (good && !store_move(c->db, c->final, &f))
		status = cli_fail(c, &f);
	unlink(c->db);
	unlink(arena_printf(c->arena, "%s-journal", c->db));
	litter_keep(c->db);
	c->db = c->final;
	return status;
}
