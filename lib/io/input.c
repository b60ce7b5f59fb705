/* SPDX-License-Identifier: MIT */
/* An input: opened, told apart, closed. */
#include "io/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static struct input *input_new(const char *name, const struct input_options *o)
{
	struct input *in = mem_zalloc(sizeof *in);
	size_t n = strlen(name) + 1;
	in->name = mem_alloc(n);
	memcpy(in->name, name, n);
	in->fd = in->hash_fd = in->child_errors = -1;
	in->cell_max = o->cell_max > 0 ? o->cell_max : CELL_MAX_DEFAULT;
	in->line = 1;
	in->line_ends = "";
	return in;
}

static void input_free(struct input *in)
{
	if (in->csv_close != NULL)
		in->csv_close(in);
	yaml_close(in);
	if (in->own_fd && in->fd >= 0)
		close(in->fd);
	if (in->hash_fd >= 0)
		close(in->hash_fd);
	mem_free(in->head);
	mem_free(in->raw);
	mem_free(in->window);
	mem_free(in->cell);
	buf_free(&in->cells);
	buf_free(&in->mended);
	buf_free(&in->row_text);
	mem_free(in->name);
	mem_free(in);
}

static struct input *input_begin(struct input *in, const struct input_options *o, struct fault *f)
{
	if (source_begin(in, f) && sniff(in, o, f))
		return in;
	input_free(in);
	return NULL;
}

static const struct input_options none;

struct input *input_open_fd(
        int fd, const char *name, const struct input_options *o, struct fault *f)
{
	struct input *in = input_new(name, o != NULL ? o : &none);
	in->fd = fd;
	return input_begin(in, o != NULL ? o : &none, f);
}

struct input *input_open(const char *path, const struct input_options *o, struct fault *f)
{
	if (path == NULL || strcmp(path, "-") == 0)
		return input_open_fd(STDIN_FILENO, "-", o, f);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fault_errno(f, STATUS_NOINPUT, "cannot open %s", quote(path));
		return NULL;
	}
	struct input *in = input_new(path, o != NULL ? o : &none);
	in->fd = fd;
	in->own_fd = true;
	return input_begin(in, o != NULL ? o : &none, f);
}

struct input *input_open_bytes(const char *name, const char *bytes, size_t n,
        const struct input_options *o, struct fault *f)
{
	struct input *in = input_new(name, o != NULL ? o : &none);
	in->memory = in->memory_start = bytes;
	in->memory_n = n;
	return input_begin(in, o != NULL ? o : &none, f);
}

bool input_close(struct input *in, struct fault *f)
{
	if (in == NULL)
		return true;
	bool ok = in->child == 0 || child_end(in, f);
	input_free(in);
	return ok;
}

enum input_format input_format(const struct input *in)
{
	return in->format;
}

const char *input_name(const struct input *in)
{
	return in->name;
}

const char *input_told(const struct input *in)
{
	return in->told;
}

uint64_t input_done(const struct input *in)
{
	return in->done;
}

uint64_t input_size(const struct input *in)
{
	return in->size;
}

void input_keep_blank(struct input *in, bool keep)
{
	in->keep_blank = keep;
}

bool rows_resumable(const struct input *in)
{
	return in->resumable;
}

/* ---------- the hash ---------- */

void input_hash(struct input *in)
{
	SHA256Init(&in->hash);
	in->hashing = true;
	if (in->sheet)
		return; /* the file itself is read when the hash is asked for */
	/* The head was read before anybody could ask; a mark at its beginning was passed over. */
	const char *from = in->memory_start;
	SHA256Update(&in->hash, (const uint8_t *)from, (size_t)(in->memory - from) + in->memory_n);
}

static void hash_hex(SHA2_CTX *hash, char out[static 65])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256Final(digest, hash);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static bool hash_whole(SHA2_CTX *hash, int fd)
{
	char block[8192];
	off_t at = 0;
	ssize_t k;

	SHA256Init(hash);
	while ((k = pread(fd, block, sizeof block, at)) > 0) {
		SHA256Update(hash, (const uint8_t *)block, (size_t)k);
		at += k;
	}
	return k == 0;
}

void input_sha256(struct input *in, char out[static 65])
{
	if (in->sheet)
		hash_whole(&in->hash, in->hash_fd);
	SHA2_CTX copy = in->hash;
	hash_hex(&copy, out);
}

bool input_file_sha256(const char *path, char out[static 65])
{
	SHA2_CTX hash;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && hash_whole(&hash, fd);

	if (ok)
		hash_hex(&hash, out);
	if (fd >= 0)
		close(fd);
	return ok;
}
