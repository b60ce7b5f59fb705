/* SPDX-License-Identifier: MIT */
/* Where the bytes of an input come from: a descriptor, memory, or the head that was read in advance. */
#include "io/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe that never ends must not fill the disk on its way to the spreadsheet reader. */
#define SPOOL_MAX (INT64_C(1) << 30)

static ssize_t read_fd(struct input *in, char *to, size_t n, struct fault *f)
{
	ssize_t k;
	do
		k = read(in->fd, to, n);
	while (k < 0 && errno == EINTR);
	if (k < 0) {
		fault_errno(f, STATUS_IO, "cannot read");
		fault_place(f, in->name, 0, NULL);
		return -1;
	}
	in->done += (uint64_t)k;
	if (in->hashing && k > 0)
		SHA256Update(&in->hash, (const uint8_t *)to, (size_t)k);
	return k;
}

ssize_t source_read(struct input *in, char *to, size_t n, struct fault *f)
{
	if (in->chunk > 0 && n > in->chunk)
		n = in->chunk;
	if (in->memory_n > 0) {
		if (n > in->memory_n)
			n = in->memory_n;
		memcpy(to, in->memory, n);
		in->memory += n;
		in->memory_n -= n;
		if (in->fd < 0)
			in->done += n;
		return (ssize_t)n;
	}
	mem_free(in->head);
	in->head = NULL;
	return in->fd >= 0 ? read_fd(in, to, n, f) : 0;
}

bool source_begin(struct input *in, struct fault *f)
{
	struct stat st;
	if (in->fd < 0) {
		in->size = in->memory_n;
		return true;
	}
	if (fstat(in->fd, &st) == 0) {
		if (S_ISDIR(st.st_mode)) {
			fault_set(f, STATUS_NOINPUT, "is a folder; give a file");
			fault_place(f, in->name, 0, NULL);
			return false;
		}
		if (S_ISREG(st.st_mode))
			in->size = (uint64_t)st.st_size;
	}
	in->head = mem_alloc(HEAD_MAX);
	in->memory = in->memory_start = in->head;
	while (in->memory_n < HEAD_MAX) {
		ssize_t k = read_fd(in, in->head + in->memory_n, HEAD_MAX - in->memory_n, f);
		if (k < 0)
			return false;
		if (k == 0)
			break;
		in->memory_n += (size_t)k;
	}
	return true;
}

/* A file that has no name and goes when it is closed. */
int file_unnamed(struct fault *f)
{
	int fd = open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0) {
		/* Not every file system can make one without a name. */
		char path[] = P_tmpdir "/compact-XXXXXX";
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		fault_errno(f, STATUS_CANTCREATE, "cannot make a temporary file in %s", P_tmpdir);
	return fd;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, bytes, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		bytes += k;
		n -= (size_t)k;
	}
	return true;
}

int source_whole(struct input *in, struct fault *f)
{
	if (in->fd >= 0 && in->size > 0 && lseek(in->fd, 0, SEEK_SET) == 0)
		return fcntl(in->fd, F_DUPFD_CLOEXEC, 3);
	int fd = file_unnamed(f);
	if (fd < 0)
		return -1;
	char *block = mem_alloc(WINDOW);
	ssize_t k;
	int64_t total = 0;
	while ((k = source_read(in, block, WINDOW, f)) > 0) {
		total += k;
		if (total > SPOOL_MAX) {
			fault_set(f, STATUS_DATA, "is larger than a spreadsheet may be (1 GiB)");
			k = -1;
		} else if (!write_all(fd, block, (size_t)k)) {
			fault_errno(f, STATUS_IO, "cannot write a temporary file in %s", P_tmpdir);
			k = -1;
		}
		if (k < 0)
			break;
	}
	mem_free(block);
	if (k == 0 && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	fault_place(f, in->name, 0, NULL);
	close(fd);
	return -1;
}
