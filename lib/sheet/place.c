/* SPDX-License-Identifier: MIT */
/* A file made beside its place and moved into it. */
#include "sheet/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int place_temporary(const char *folder, struct fault *f)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	struct buf path = { 0 };

	if (fd >= 0)
		return fd;
	/* Not every file system can make a file without a name. */
	buf_addf(&path, "%s/compact-XXXXXX", folder);
	fd = mkostemp(path.p, O_CLOEXEC);
	if (fd < 0)
		fault_errno(
		        f, STATUS_CANTCREATE, "cannot make a temporary file in %s", quote(folder));
	else
		unlink(path.p);
	buf_free(&path);
	return fd;
}

static void place_free(struct place *place)
{
	mem_free(place->path);
	mem_free(place->temporary);
	*place = (struct place){ 0 };
}

static char *joined(const char *path, int folder, const char *name)
{
	struct buf text = { 0 };

	buf_addf(&text, "%.*s%s", folder, path, name);
	return text.p;
}

bool place_open(struct place *place, const char *path, struct fault *f)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash + 1 - path) : 0, fd;
	struct stat st;
	mode_t mask;

	*place = (struct place){ .path = joined(path, (int)strlen(path), "") };
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		place_free(place);
		return fault_set(
		        f, STATUS_CANTCREATE, "cannot create %s: it is a folder", quote(path));
	}
	place->temporary = joined(path, folder, ".compact-XXXXXX");
	fd = mkostemp(place->temporary, O_CLOEXEC);
	if (fd < 0) {
		fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(path));
		place_free(place);
		return false;
	}
	litter_note(place->temporary);
	mask = umask(077);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
	close(fd);
	return true;
}

/* What was written must be on the disk before the name points at it. */
static bool make_durable(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* The new name too; file systems that cannot say so are let pass. */
static void make_folder_durable(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? joined(path, slash == path ? 1 : (int)(slash - path), "") : NULL;
	int fd = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	mem_free(folder);
}

bool place_close(struct place *place, struct fault *f)
{
	bool ok = make_durable(place->temporary) && rename(place->temporary, place->path) == 0;

	if (!ok) {
		fault_errno(f, STATUS_IO, "cannot write %s", quote(place->path));
		place_abandon(place);
		return false;
	}
	litter_keep(place->temporary);
	make_folder_durable(place->path);
	place_free(place);
	return true;
}

void place_abandon(struct place *place)
{
	unlink(place->temporary);
	litter_keep(place->temporary);
	place_free(place);
}
