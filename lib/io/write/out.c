/* SPDX-License-Identifier: MIT */
/*
 * Places to write to. Errors are kept until somebody flushes or closes, so that those who write need not
 * look after every word. A file appears under its name only when all of it is on the disk.
 */
#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

struct out {
	struct buf *memory; /* else: fd */
	int fd;
	bool own_fd;
	char *name; /* for messages */
	char *path; /* what the temporary becomes; NULL: written in place */
	char *temporary;
	int error; /* the first */
	size_t n;
	char block[BLOCK];
};

static char *copy_text(const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = mem_alloc(n);
	memcpy(copy, text, n);
	return copy;
}

static struct out *out_new(const char *name)
{
	struct out *o = mem_alloc(sizeof *o);
	memset(o, 0, offsetof(struct out, block));
	o->fd = -1;
	o->name = copy_text(name);
	return o;
}

static void out_free(struct out *o)
{
	if (o->own_fd && o->fd >= 0)
		close(o->fd);
	mem_free(o->name);
	mem_free(o->path);
	mem_free(o->temporary);
	mem_free(o);
}

struct out *out_open_fd(int fd, const char *name)
{
	struct out *o = out_new(name);
	o->fd = fd;
	return o;
}

struct out *out_open_memory(struct buf *b)
{
	struct out *o = out_new("memory");
	o->memory = b;
	return o;
}

/* ---------- files ---------- */

/* Where the name ends and the folder's begins: "" for the current one. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

static int open_temporary(struct out *o, mode_t mode)
{
	struct buf name = { 0 };
	size_t folder = folder_length(o->path);
	buf_add(&name, o->path, folder);
	buf_addc(&name, '.');
	/* Room for the rest of the name within the 255 bytes that file systems allow. */
	buf_add(&name, o->path + folder, strnlen(o->path + folder, 200));
	buf_adds(&name, ".XXXXXX");
	int fd = mkostemp(name.p, O_CLOEXEC);
	if (fd >= 0) {
		o->temporary = name.p;
		litter_note(name.p);
		/* Some file systems have no modes; what is written there has none either. */
		if (fchmod(fd, mode) != 0 && errno != EPERM && errno != ENOTSUP)
			o->error = errno;
	} else {
		int error = errno;
		buf_free(&name);
		errno = error;
	}
	return fd;
}

/* A store, or a backup of one. */
static bool is_database(const char *path)
{
	static const char magic[] = "SQLite format 3";
	char head[sizeof magic] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is = fd >= 0 && read(fd, head, sizeof head) == sizeof head &&
	          memcmp(head, magic, sizeof head) == 0;
	if (fd >= 0)
		close(fd);
	return is;
}

/* /dev/stdout may be a file: it is written on, where others write too, and not replaced under them. -1: no such name. */
static int stream_named(const char *path)
{
	struct fault none = { 0 };
	int64_t n = -1;
	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	if (str_starts(path, "/dev/fd/"))
		number_parse(path + strlen("/dev/fd/"), 0, INT32_MAX, &n, &none);
	return (int)n;
}

struct out *out_open_file(const char *path, int mode, struct fault *f)
{
	struct out *o = out_new(path);
	struct stat st;
	mode_t mask = umask(0);
	umask(mask);
	mode_t bits = (mode_t)mode & ~mask;
	bool there = stat(path, &st) == 0;
	if (there && S_ISREG(st.st_mode) && is_database(path)) {
		fault_set(f, STATUS_CANTCREATE,
		        "%s is a store, which nothing is written over; choose another name",
		        quote(path));
		out_free(o);
		return NULL;
	}
	int given = stream_named(path);
	if (given >= 0) {
		o->fd = fcntl(given, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	} else if (there && !S_ISREG(st.st_mode)) {
		o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	} else {
		/* A link stays a link: what it names is replaced. */
		char *real = there ? realpath(path, NULL) : NULL;
		o->path = copy_text(real != NULL ? real : path);
		free(real);
		/* A file that others may not read does not become readable by being written again. */
		o->fd = open_temporary(o, there ? bits & st.st_mode & 0777 : bits);
	}
	o->own_fd = true;
	if (o->fd >= 0)
		return o;
	fault_errno(f, STATUS_CANTCREATE, "cannot write %s", quote(path));
	out_free(o);
	return NULL;
}

/* ---------- writing ---------- */

static void write_block(struct out *o, const char *bytes, size_t n)
{
	while (n > 0 && o->error == 0) {
		ssize_t k = write(o->fd, bytes, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			o->error = errno;
			return;
		}
		bytes += k;
		n -= (size_t)k;
	}
}

static void drain(struct out *o)
{
	write_block(o, o->block, o->n);
	o->n = 0;
}

void out_write(struct out *o, const char *bytes, size_t n)
{
	if (n == 0)
		return;
	if (o->memory != NULL) {
		buf_add(o->memory, bytes, n);
		return;
	}
	if (n > BLOCK - o->n) {
		drain(o);
		if (n >= BLOCK) {
			write_block(o, bytes, n);
			return;
		}
	}
	memcpy(o->block + o->n, bytes, n);
	o->n += n;
}

void out_text(struct out *o, const char *text)
{
	out_write(o, text, strlen(text));
}

void out_quoted(struct out *o, const char *text)
{
	out_char(o, '"');
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if (*p == '"' || *p == '\\')
			out_printf(o, "\\%c", *p);
		else if (*p < 0x20)
			out_printf(o, "\\x%02X", *p);
		else
			out_char(o, (char)*p);
	out_char(o, '"');
}

void out_char(struct out *o, char c)
{
	out_write(o, &c, 1);
}

void out_printf(struct out *o, const char *fmt, ...)
{
	char small[256];
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(small, sizeof small, fmt, args);
	va_end(args);
	if (n >= 0 && (size_t)n < sizeof small) {
		out_write(o, small, (size_t)n);
		return;
	}
	char *large = mem_alloc((size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(large, (size_t)n + 1, fmt, args);
	va_end(args);
	out_write(o, large, (size_t)n);
	mem_free(large);
}

int out_errno(const struct out *o)
{
	return o->error;
}

bool out_flush(struct out *o, struct fault *f)
{
	if (o->memory == NULL)
		drain(o);
	if (o->error == 0)
		return true;
	errno = o->error;
	return fault_errno(f, STATUS_IO, "cannot write %s",
	        strcmp(o->name, "-") == 0 ? "standard output" : quote(o->name));
}

/* ---------- closing ---------- */

/* On pipes and some file systems there is nothing to be made durable. */
static bool sync_fd(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

/* The name itself is durable only with its folder. */
static void sync_folder(struct out *o)
{
	struct buf folder = { 0 };
	buf_add(&folder, o->path, folder_length(o->path));
	int fd = open(folder.n > 0 ? folder.p : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* A folder that may be written but not read cannot be opened; the file is in place all the same. */
	if (fd >= 0 && !sync_fd(fd))
		o->error = errno;
	if (fd >= 0)
		close(fd);
	buf_free(&folder);
}

static void put_in_place(struct out *o)
{
	if (o->error == 0 && !sync_fd(o->fd))
		o->error = errno;
	/* Network file systems tell of a full disk at the close. */
	if (close(o->fd) != 0 && o->error == 0)
		o->error = errno;
	o->fd = -1;
	if (o->error == 0 && rename(o->temporary, o->path) != 0)
		o->error = errno;
	if (o->error != 0)
		unlink(o->temporary);
	else
		sync_folder(o);
	litter_keep(o->temporary);
}

bool out_close(struct out *o, struct fault *f)
{
	if (o == NULL)
		return true;
	if (o->memory == NULL)
		drain(o);
	if (o->path != NULL) {
		put_in_place(o);
	} else if (o->own_fd) {
		if (close(o->fd) != 0 && o->error == 0)
			o->error = errno;
		o->fd = -1;
	}
	bool ok = out_flush(o, f);
	out_free(o);
	return ok;
}

void out_abandon(struct out *o)
{
	if (o == NULL)
		return;
	if (o->temporary != NULL) {
		unlink(o->temporary);
		litter_keep(o->temporary);
	}
	out_free(o);
}

/* ---------- whole files in ---------- */

/* What a word processor or a spreadsheet keeps, and anything with a NUL, would come in as nonsense, or end early. */
static bool is_text(const char *text, size_t n, const char *path, struct fault *f)
{
	const char *name = path == NULL || strcmp(path, "-") == 0 ? "standard input" : quote(path);
	if (n >= 4 &&
	        (memcmp(text, "PK\003\004", 4) == 0 || memcmp(text, "\320\317\021\340", 4) == 0))
		return fault_set(f, STATUS_DATA,
		        "%s is a Word, zip or spreadsheet file; save it as plain text (in Word: "
		        "Save As, Plain Text, UTF-8) and give that",
		        name);
	return memchr(text, '\0', n) == NULL ||
	       fault_set(f, STATUS_DATA,
	               "the control character \\x00 stands in %s; save it as plain text in UTF-8",
	               name);
}

char *file_read(struct arena *a, const char *path, size_t max, size_t *n, struct fault *f)
{
	bool standard = path == NULL || strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	struct buf b = { 0 };
	if (fd < 0) {
		fault_errno(f, STATUS_NOINPUT, "cannot open %s", quote(path));
		return NULL;
	}
	for (;;) {
		/* Straight to where it stays: as much as there is room for. */
		char *room = buf_space(&b, b.n == 0 ? BLOCK - 1 : 1);
		ssize_t k = read(fd, room, b.cap - b.n - 1);
		if (k == 0)
			break;
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			fault_errno(f, errno == EISDIR ? STATUS_NOINPUT : STATUS_IO,
			        "cannot read %s", standard ? "standard input" : quote(path));
			goto out;
		}
		b.n += (size_t)k;
		if (b.n > max) {
			fault_set(f, STATUS_DATA, "%s is larger than %zu bytes",
			        standard ? "standard input" : quote(path), max);
			goto out;
		}
	}
	text = arena_alloc(a, b.n + 1);
	if (b.n > 0)
		memcpy(text, b.p, b.n);
	if (n != NULL)
		*n = b.n;
	else if (!is_text(text, b.n, path, f))
		text = NULL;
out:
	buf_free(&b);
	if (!standard)
		close(fd);
	return text;
}
