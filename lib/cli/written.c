/* SPDX-License-Identifier: MIT */
/* What a command is told to write, held against what it reads: a file that takes the place of another is missed
 * once it is too late. */
#include <string.h>
#include <sys/stat.h>

#include "cli/private.h"

/* Where a path leads: to a file, or to a name in a folder where none is yet. */
struct place {
	const char *path;
	bool known, there;
	dev_t device;
	ino_t inode;
	const char *name;
};

static struct place place_of(struct cli *c, const char *path)
{
	struct place p = { .path = path };
	struct stat st;

	if (!path || str_equal(path, "-"))
		return p;
	const char *slash = strrchr(path, '/');
	p.name = slash ? slash + 1 : path;
	p.there = stat(path, &st) == 0;
	if (!p.there) {
		const char *folder =
		        slash ? arena_strndup(c->arena, path, (size_t)(slash + 1 - path)) : ".";
		p.known = stat(folder, &st) == 0;
	} else {
		/* A device or a pipe may be written by many. */
		p.known = S_ISREG(st.st_mode);
	}
	p.device = st.st_dev;
	p.inode = st.st_ino;
	return p;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->known && b->known && a->there == b->there && a->device == b->device &&
	       a->inode == b->inode && (a->there || strcmp(a->name, b->name) == 0);
}

/* ---------- files given with options ---------- */

static bool refuse(struct cli *c, const struct cli_file *file, const char *why, int *status)
{
	*status =
	        cli_usage(c, "%s: %s %s; name another file", file->option, quote(file->path), why);
	return false;
}

static bool given_apart(struct cli *c, const struct cli_file *file, const struct place *to,
        const struct place *read, size_t n, int *status)
{
	struct place map = place_of(c, c->map ? cli_map_path(c) : NULL);

	for (size_t i = 0; i < n; i++)
		if (same_place(to, &read[i]))
			return refuse(c, file, "is what is to be read", status);
	return !same_place(to, &map) || refuse(c, file, "is what is to be read", status);
}

bool cli_to_apart(struct cli *c, int *status)
{
	const struct cli_file file = { "--to", c->to };
	struct place to = place_of(c, c->to);

	for (size_t i = 0; to.there && i < c->n; i++) {
		struct place read = place_of(c, c->operand[i]);
		if (same_place(&to, &read))
			return refuse(c, &file, "is what is to be read", status);
	}
	return true;
}

/* ---------- refused rows ---------- */

/* Each operand has a file of its own for them. */
static bool refused_apart(struct cli *c, const struct cli_file *file, const struct place *to,
        size_t nfile, const struct place *read, size_t n, int *status)
{
	for (size_t i = 0; i < n; i++) {
		const char *of = read[i].path;
		struct place rejects = place_of(c, cli_rejects_path(c, of));
		for (size_t j = 0; j < nfile; j++)
			if (same_place(&to[j], &rejects))
				return refuse(c, &file[j],
				        arena_printf(c->arena, "is where rows refused of %s go",
				                of ? quote(of) : "standard input"),
				        status);
		for (size_t j = 0; j < n; j++)
			if (same_place(&read[j], &rejects)) {
				*status = cli_usage(c,
				        "%s is to be read, and is where rows refused of %s go; "
				        "load it by itself",
				        quote(read[j].path), quote(of));
				return false;
			}
	}
	return true;
}

bool cli_files_apart(
        struct cli *c, size_t from, bool rejects, const struct cli_file *also, int *status)
{
	const struct cli_file file[] = { { "--to", c->to }, { "--rejects", c->rejects },
		also ? *also : (struct cli_file){ 0 } };
	size_t n = c->n > from ? c->n - from : 1;
	struct place *read = arena_alloc(c->arena, n * sizeof *read), to[COUNT(file)];

	for (size_t i = 0; i < n; i++)
		read[i] = place_of(c, c->n > from ? c->operand[from + i] : NULL);
	for (size_t i = 0; i < COUNT(file); i++) {
		to[i] = place_of(c, file[i].path);
		if (i > 0 && str_equal(file[i].path, "-")) {
			*status = cli_usage(c, "%s: '-' is no file; name one", file[i].option);
			return false;
		}
		if (!given_apart(c, &file[i], &to[i], read, n, status))
			return false;
		for (size_t j = 0; j < i; j++)
			if (same_place(&to[i], &to[j]))
				return refuse(c, &file[i],
				        arena_printf(c->arena, "is where %s goes", file[j].option),
				        status);
	}
	if (c->rejects && n > 1) {
		*status = cli_usage(
		        c, "--rejects goes with one FILE; leave it out, and each gets its own");
		return false;
	}
	return !rejects || c->rejects || refused_apart(c, file, to, COUNT(file), read, n, status);
}
