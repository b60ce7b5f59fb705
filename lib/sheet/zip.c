/* SPDX-License-Identifier: MIT */
/* Zip files made whole or not at all, the same bytes each time. */
#include "sheet/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "sheet/place.h"

/* A file added by its descriptor, mapped until everything is written. */
struct map {
	void *at;
	size_t n;
};
struct sheet_zip {
	struct place place;
	zip_t *zip;
	struct map *map;
	size_t maps, room;
};

enum { DOS_DATE_1980 = 1 << 5 | 1 };

struct sheet_zip *sheet_zip_open(const char *path, struct fault *f)
{
	struct sheet_zip *z = mem_zalloc(sizeof *z);
	int error = 0;

	if (!place_open(&z->place, path, f)) {
		mem_free(z);
		return NULL;
	}
	z->zip = zip_open(z->place.temporary, ZIP_CREATE | ZIP_TRUNCATE, &error);
	if (!z->zip) {
		zip_error_t reason;

		zip_error_init_with_code(&reason, error);
		fault_set(f, STATUS_CANTCREATE, "cannot create %s: %s", quote(path),
		        zip_error_strerror(&reason));
		zip_error_fini(&reason);
		place_abandon(&z->place);
		mem_free(z);
		return NULL;
	}
	return z;
}

static bool add_source(
        struct sheet_zip *z, const char *name, zip_source_t *source, bool deflate, struct fault *f)
{
	zip_int64_t i = source ? zip_file_add(z->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;

	if (i < 0) {
		if (source)
			zip_source_free(source);
		return fault_set(f, STATUS_IO, "cannot put %s into %s: %s", quote(name),
		        quote(z->place.path), zip_strerror(z->zip));
	}
	zip_set_file_compression(
	        z->zip, (zip_uint64_t)i, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, deflate ? 6 : 0);
	zip_file_set_dostime(z->zip, (zip_uint64_t)i, 0, DOS_DATE_1980, 0);
	return true;
}

bool sheet_zip_add(struct sheet_zip *z, const char *name, const char *bytes, size_t n, bool deflate,
        struct fault *f)
{
	char *copy = malloc(n + 1); /* libzip frees it with free */

	if (!copy)
		base_oom_handler();
	memcpy(copy, bytes, n);
	return add_source(z, name, zip_source_buffer(z->zip, copy, n, 1), deflate, f);
}

bool sheet_zip_add_fd(struct sheet_zip *z, const char *name, int fd, struct fault *f)
{
	struct stat st;
	void *at;

	if (fstat(fd, &st) != 0)
		return fault_errno(f, STATUS_IO, "cannot read %s back", quote(name));
	if (st.st_size == 0)
		return sheet_zip_add(z, name, "", 0, false, f);
	at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return fault_errno(f, STATUS_IO, "cannot read %s back", quote(name));
	z->map = mem_grow(z->map, &z->room, z->maps + 1, sizeof *z->map);
	z->map[z->maps++] = (struct map){ at, (size_t)st.st_size };
	return add_source(
	        z, name, zip_source_buffer(z->zip, at, (zip_uint64_t)st.st_size, 0), true, f);
}

static void zip_free(struct sheet_zip *z)
{
	for (size_t i = 0; i < z->maps; i++)
		munmap(z->map[i].at, z->map[i].n);
	mem_free(z->map);
	mem_free(z);
}

bool sheet_zip_close(struct sheet_zip *z, struct fault *f)
{
	bool ok = zip_close(z->zip) == 0;

	if (!ok) {
		fault_set(f, STATUS_IO, "cannot write %s: %s", quote(z->place.path),
		        zip_strerror(z->zip));
		zip_discard(z->zip);
		place_abandon(&z->place);
	} else {
		ok = place_close(&z->place, f);
	}
	zip_free(z);
	return ok;
}

void sheet_zip_abandon(struct sheet_zip *z)
{
	if (!z)
		return;
	zip_discard(z->zip);
	place_abandon(&z->place);
	zip_free(z);
}
