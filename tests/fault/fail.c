/* SPDX-License-Identifier: MIT */
/*
 * A preloaded library that lets the n-th call of a family fail, or ends the process there.
 *
 *	FAIL_CALL   a family: malloc, write (write, pwrite), sync (fsync, fdatasync), read (read, pread), rename, close,
 *	            or any (all that touch files)
 *	FAIL_AT     the call that fails, from 1; 0: none
 *	FAIL_WITH   an errno (5, EIO, when left out), or kill
 *	FAIL_COUNT  a file that takes the number of calls when the process ends by itself
 *	FAIL_PLACE  PART=MAGIC: a path with PART in it is on a file system of that kind (statfs(2))
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

enum family { MALLOC = 1, WRITE = 2, SYNC = 4, READ = 8, RENAME = 16, CLOSE = 32, ANY = 62 };

static unsigned family;
static unsigned long at, count;
static int with = EIO;
static const char *count_file;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

__attribute__((constructor)) static void begin(void)
{
	static const struct {
		const char *name;
		unsigned family;
	} names[] = { { "malloc", MALLOC }, { "write", WRITE }, { "sync", SYNC }, { "read", READ },
		{ "rename", RENAME }, { "close", CLOSE }, { "any", ANY } };
	const char *call = getenv("FAIL_CALL"), *n = getenv("FAIL_AT"), *how = getenv("FAIL_WITH");

	count_file = getenv("FAIL_COUNT");
	at = n ? strtoul(n, NULL, 10) : 0;
	if (how)
		with = strcmp(how, "kill") == 0 ? -1 : (int)strtol(how, NULL, 10);
	for (size_t i = 0; call && i < sizeof names / sizeof *names; i++)
		if (strcmp(call, names[i].name) == 0)
			family = names[i].family;
}

__attribute__((destructor)) static void end(void)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%lu\n", count);
	long fd;

	if (!count_file)
		return;
	fd = syscall(SYS_open, count_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	syscall(SYS_write, fd, text, n);
	syscall(SYS_close, fd);
}

/* Whether this call is the one. */
static bool fails(enum family f)
{
	if (!(family & f) || ++count != at)
		return false;
	if (with < 0)
		syscall(SYS_kill, getpid(), SIGKILL);
	errno = f == MALLOC ? ENOMEM : with;
	return true;
}

void *malloc(size_t n)
{
	return fails(MALLOC) ? NULL : __libc_malloc(n);
}
void *calloc(size_t n, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_calloc(n, size);
}
void *realloc(void *p, size_t n)
{
	return fails(MALLOC) ? NULL : __libc_realloc(p, n);
}

ssize_t write(int fd, const void *p, size_t n)
{
	return fails(WRITE) ? -1 : syscall(SYS_write, fd, p, n);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t o)
{
	return fails(WRITE) ? -1 : syscall(SYS_pwrite64, fd, p, n, o);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t o)
{
	return fails(WRITE) ? -1 : syscall(SYS_pwrite64, fd, p, n, o);
}
int ftruncate(int fd, off_t n)
{
	return fails(WRITE) ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}
int ftruncate64(int fd, off64_t n)
{
	return fails(WRITE) ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}
int fsync(int fd)
{
	return fails(SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}
int fdatasync(int fd)
{
	return fails(SYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}
ssize_t read(int fd, void *p, size_t n)
{
	return fails(READ) ? -1 : syscall(SYS_read, fd, p, n);
}
ssize_t pread(int fd, void *p, size_t n, off_t o)
{
	return fails(READ) ? -1 : syscall(SYS_pread64, fd, p, n, o);
}
ssize_t pread64(int fd, void *p, size_t n, off64_t o)
{
	return fails(READ) ? -1 : syscall(SYS_pread64, fd, p, n, o);
}
int rename(const char *from, const char *to)
{
	return fails(RENAME) ? -1 : (int)syscall(SYS_rename, from, to);
}
int unlink(const char *path)
{
	return fails(RENAME) ? -1 : (int)syscall(SYS_unlink, path);
}
/* A close that fails has closed all the same. */
int close(int fd)
{
	bool bad = fails(CLOSE);
	int kept = errno, r = (int)syscall(SYS_close, fd);

	if (!bad)
		return r;
	errno = kept;
	return -1;
}

int statfs(const char *path, struct statfs *fs)
{
	const char *place = getenv("FAIL_PLACE"), *magic = place ? strrchr(place, '=') : NULL;
	int r = (int)syscall(SYS_statfs, path, fs);
	size_t n = magic ? (size_t)(magic - place) : 0;

	for (const char *p = path; r == 0 && n && *p; p++)
		if (strncmp(p, place, n) == 0)
			fs->f_type = (int)strtoul(magic + 1, NULL, 16);
	return r;
}
