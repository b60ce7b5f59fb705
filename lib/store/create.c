/* SPDX-License-Identifier: MIT */
/* Making a store: beside its place, then moved there whole. Nothing is ever put over a file. */
#include "store/internal.h"
#include "schema/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *file_beside(const char *path, struct fault *f)
{
	char *name = mem_alloc(strlen(path) + 16);
	snprintf(name, strlen(path) + 16, "%s.XXXXXX", path);
	int fd = mkstemp(name); /* mode 0600 */
	if (fd >= 0) {
		close(fd);
		litter_note(name);
		return name;
	}
	fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(path));
	mem_free(name);
	return NULL;
}

/* Makes what was done to the names in the folder of path last through a power cut. */
static bool sync_folder(const char *path, const char *called, struct fault *f)
{
	char copy[PATH_MAX];
	snprintf(copy, sizeof copy, "%s", path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot sync a folder, and then need not. */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
	if (!ok)
		fault_errno(f, STATUS_IO, "cannot write the folder of %s", quote(called));
	if (fd >= 0)
		close(fd);
	return ok;
}

bool folder_sync(const char *path, struct fault *f)
{
	return sync_folder(path, path, f);
}

void file_drop(const char *path)
{
	struct buf journal = { 0 };
	buf_addf(&journal, "%s-journal", path);
	unlink(path);
	unlink(buf_text(&journal));
	litter_keep(path);
	buf_free(&journal);
}

bool place_is_free(const char *path, struct fault *f)
{
	static const char *const suffix[] = { "-journal", "-wal" };
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(suffix); i++) {
		struct buf name = { 0 };
		buf_addf(&name, "%s%s", path, suffix[i]);
		if (access(buf_text(&name), F_OK) == 0)
			ok = fault_set(f, STATUS_CANTCREATE,
			        "%s is of a store that stood or stands there, and would spoil what "
			        "takes its place; move it away, together with that store",
			        quote(buf_text(&name)));
		buf_free(&name);
	}
	return ok;
}

/* Once it stands there it must stay there; what cannot be made sure of is taken away again. */
static bool make_sure(const char *path, const char *called, struct fault *f)
{
	if (sync_folder(path, called, f))
		return true;
	unlink(path);
	return false;
}

static bool move(const char *from, const char *to, const char *called, struct fault *f)
{
	if (!place_is_free(to, f))
		return false;
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return make_sure(to, called, f);
	/* File systems without that call have links, or neither. */
	if (errno == EINVAL || errno == ENOSYS) {
		if (link(from, to) == 0) {
			unlink(from);
			return make_sure(to, called, f);
		}
		if (errno == EPERM && access(to, F_OK) != 0 && rename(from, to) == 0)
			return make_sure(to, called, f);
	}
	if (errno == EEXIST)
		return fault_set(f, STATUS_CANTCREATE, "%s exists already; choose another with -d",
		        quote(called));
	return fault_errno(f, STATUS_CANTCREATE, "cannot create store %s", quote(called));
}

bool store_move(const char *from, const char *to, struct fault *f)
{
	return move(from, to, to, f);
}

static bool make_tables(struct store *s, struct fault *f)
{
	char first[160];
	snprintf(first, sizeof first,
	        "PRAGMA page_size=%d; PRAGMA journal_mode=MEMORY; BEGIN;"
	        "PRAGMA application_id=%d; PRAGMA user_version=%d",
	        STORE_PAGE_SIZE, STORE_APPLICATION, STORE_VERSION);
	if (!store_exec(s, first, f))
		return false;
	for (const struct schema_file *file = schema_files; file->name != NULL; file++)
		if (!str_starts(file->name, "upgrade/") && !view_file(file->name) &&
		        !store_exec(s, file->text, f)) {
			fault_hint(f, "in %s", file->name);
			return false;
		}
	return query_run(store_own(s, SQL_SITE_NEW, f), f) && store_exec(s, "COMMIT", f);
}

struct store *store_create(const char *path, const struct store_options *o, struct fault *f)
{
	struct store *s = NULL;
	struct store_options options = *o;
	options.mode = STORE_WRITE;
	options.called = o->called != NULL ? o->called : path;
	if (access(path, F_OK) == 0) {
		fault_set(f, STATUS_CANTCREATE, "%s exists already; choose another with -d",
		        quote(path));
		return NULL;
	}
	if (!store_place_check(path, o->any_file_system, NULL, f)) {
		if (f->status == STATUS_NOINPUT)
			f->status = STATUS_CANTCREATE;
		return NULL;
	}
	char *beside = file_beside(path, f);
	if (beside == NULL)
		return NULL;
	struct store *made = store_open_place(beside, &options, f);
	bool ok = made != NULL && make_tables(made, f);
	store_close(made);
	if (ok && move(beside, path, options.called, f)) {
		litter_keep(beside);
		s = store_open(path, &options, NULL, f);
		if (s == NULL)
			file_drop(path);
	} else {
		file_drop(beside);
	}
	mem_free(beside);
	return s;
}
