/* SPDX-License-Identifier: MIT */
/* Loading files: inputs opened (spreadsheets through sheet-csv), refused rows written, counts said. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/private.h"

struct input *cli_input(struct cli *c, const char *path, const char *sheet, int *status)
{
	struct input_options o = {
		.format = c->input, .sheet_helper = cli_helper(c, "sheet-csv"), .sheet = sheet
	};
	struct fault f = { 0 };
	struct input *in;

	if ((!path || str_equal(path, "-")) && isatty(STDIN_FILENO)) {
		*status =
		        cli_usage(c, "input was expected on standard input, which is the terminal; "
		                     "name a file or pipe one in");
		return NULL;
	}
	in = input_open(path, &o, &f);
	if (!in)
		*status = cli_fail(c, &f);
	return in;
}

const char *cli_map_path(struct cli *c)
{
	const char *folder = cli_user_folder(c, "XDG_DATA_HOME", ".local/share"), *path;

	if (strchr(c->map, '/') || access(c->map, F_OK) == 0)
		return c->map;
	path = folder ? arena_printf(c->arena, "%s/compact/maps/%s.yaml", folder, c->map) : NULL;
	if (path && access(path, R_OK) == 0)
		return path;
	path = cli_share(c, arena_printf(c->arena, "maps/%s.yaml", c->map));
	return path ? path : c->map;
}

struct map *cli_map(struct cli *c, int *status)
{
	struct fault f = { 0 };
	struct map *map = map_read(&c->work, cli_map_path(c), &f);

	if (!map)
		*status = cli_fail(c, &f);
	return map;
}

/* FILE.refused.csv beside the file; in this folder for standard input. */
const char *cli_rejects_path(struct cli *c, const char *path)
{
	const char *dot;

	if (c->rejects)
		return c->rejects;
	if (!path || str_equal(path, "-"))
		return "stdin.refused.csv";
	dot = strrchr(path, '.');
	if (!dot || strchr(dot, '/'))
		dot = path + strlen(path);
	return arena_printf(c->arena, "%.*s.refused.csv", (int)(dot - path), path);
}

/* An earlier file of that name may hold rows that somebody has mended and not fed back: it is kept as NAME~
 * where the new one is not the same. */
static void keep_earlier(struct cli *c, const char *path, const char *aside)
{
	char was[65], is[65];
	const char *kept = arena_printf(c->arena, "%s~", path);

	if (input_file_sha256(aside, was) && input_file_sha256(path, is) && str_equal(was, is))
		unlink(aside);
	else if (rename(aside, kept) == 0)
		cli_say(c, "the earlier %s is kept as %s", path, kept);
}

/* The file of refused rows is only put in place when there are some. */
bool cli_rejects_close(
        struct cli *c, struct out *rejects, const char *path, size_t refused, int *status)
{
	struct fault f = { 0 };

	if (!rejects)
		return true;
	if (refused == 0 || (c->dry_run && !c->rejects)) {
		out_abandon(rejects);
		return true;
	}
	const char *aside = c->rejects ? NULL : arena_printf(c->arena, "%s.earlier", path);
	bool earlier = aside && rename(path, aside) == 0;
	if (!out_close(rejects, &f)) {
		*status = cli_fail(c, &f);
		if (earlier)
			rename(aside, path);
		return false;
	}
	if (earlier)
		keep_earlier(c, path, aside);
	cli_say(c, "%zu refused row%s in %s, with the reason; mend and load that file", refused,
	        refused == 1 ? "" : "s", path);
	return true;
}

/* What is to be said of the files, kept until it is known that the whole can be kept. */
struct lines {
	struct line {
		const char *text;
		struct line *next;
	} * first, **last;
};

static void add_line(struct cli *c, struct lines *to, const char *text)
{
	struct line *line = arena_alloc(c->arena, sizeof *line);

	*line = (struct line){ text, NULL };
	if (to->last)
		*to->last = line;
	else
		to->first = line;
	to->last = &line->next;
}

static const char *counts_line(struct cli *c, const char *path, const struct load_counts *n)
{
	return arena_printf(c->arena,
	        "%s: %zu read, %zu new, %zu changed, %zu unchanged, %zu refused%s%s",
	        !path || str_equal(path, "-") ? "standard input" : path, n->read, n->added,
	        n->changed, n->same, n->refused,
	        n->removed ? arena_printf(c->arena, ", %zu gone", n->removed) : "",
	        n->skipped ? arena_printf(c->arena, ", %zu skipped", n->skipped) : "");
}

/* What became of a partnership that a file replaces, and how old the file is. */
struct replacing {
	struct cli *c;
	const char *path;
	struct lines *lines;
};

static void note_replaced(void *data, const char *partnership, const struct load_counts *n)
{
	struct replacing *r = data;
	struct cli *c = r->c;
	struct stat st;
	const char *dated = "";

	if (r->path && !str_equal(r->path, "-") && stat(r->path, &st) == 0) {
		int second;
		int64_t days = (int64_t)c->work.today - zone_day((int64_t)st.st_mtime, &second);
		dated = days <= 0 ? "; dated today"
		                  : arena_printf(c->arena, "; dated %" PRId64 " day%s ago", days,
		                            days == 1 ? "" : "s");
	}
	add_line(c, r->lines,
	        arena_printf(c->arena, "%s: %zu new, %zu changed, %zu gone%s", partnership,
	                n->added, n->changed, n->removed, dated));
}

/* One file within the change, and the lines to say of it; -1: go on. */
static int load_one(struct cli *c, const char *path, struct load_options *o,
        struct load_counts *all, struct lines *lines)
{
	struct load_counts n = { 0 };
	struct fault f = { 0 }, g = { 0 };
	struct input *in;
	struct replacing replacing = { c, path, lines };
	struct line **before = lines->last;
	const char *rejects = NULL;
	int status = -1;
	bool ok;

	o->rejects = NULL;
	in = cli_input(c, path, NULL, &status);
	if (!in)
		return status;
	/* Documents are mended where they stand: each refusal was told with its line. */
	if (o->keep_going && !o->explain && input_format(in) != INPUT_YAML) {
		rejects = cli_rejects_path(c, path);
		o->rejects = out_open_file(rejects, 0600, &f);
		if (!o->rejects) {
			input_close(in, &g);
			return cli_fail(c, &f);
		}
	}
	o->replaced = note_replaced;
	o->replaced_for = &replacing;
	ok = record_load(&c->work, in, o, &n, &f);
	o->replaced_for = NULL;
	cli_progress_end(c);
	if (!input_close(in, &g) && ok) {
		f = g;
		ok = false;
	}
	if (!ok) {
		if (o->rejects)
			out_abandon(o->rejects);
		return cli_fail(c, &f);
	}
	if (!cli_rejects_close(c, o->rejects, rejects, n.refused, &status))
		return status;
	if (lines->last == before)
		add_line(c, lines, counts_line(c, path, &n));
	all->read += n.read;
	all->added += n.added;
	all->changed += n.changed;
	all->same += n.same;
	all->removed += n.removed;
	all->skipped += n.skipped;
	all->refused += n.refused;
	return -1;
}

/* Files in one change: what all of them hold is kept, or nothing. */
static int load_change(struct cli *c, size_t n, const char *const *path, struct load_options *o)
{
	struct load_counts all = { 0 };
	struct lines lines = { 0 };
	struct fault f = { 0 };
	int status = -1;

	if (!cli_begin(c, &status))
		return status;
	record_defer(&c->work);
	for (size_t i = 0; i < n && status < 0; i++)
		status = load_one(c, path[i], o, &all, &lines);
	if (status >= 0) {
		store_rollback(c->store);
		return status;
	}
	/* References are looked up once more at the end: only then do the counts hold. */
	if (!record_finish(&c->work, &f))
		return cli_abort(c, &f);
	for (const struct line *one = lines.first; one; one = one->next)
		cli_say(c, "%s", one->text);
	status = cli_commit(c, NULL);
	if (status != STATUS_OK || all.refused == 0)
		return status;
	return all.refused == all.read ? STATUS_DATA : STATUS_FOUND;
}

/* Each file in a change of its own: twenty partnerships send theirs, and one that is not in order does
 * not keep the others out. */
static int load_apart(struct cli *c, size_t n, const char *const *path, struct load_options *o)
{
	size_t taken = 0;
	int status = STATUS_OK;

	for (size_t i = 0; i < n; i++) {
		int one = load_change(c, 1, path + i, o);
		taken += one == STATUS_OK;
		status = one == STATUS_OK ? status : one;
		/* What was looked up may have been rolled back, and what was changed is told. */
		c->work.state = NULL;
		c->work.calendar = NULL;
		c->nchanges = c->added = c->changed = c->removed = 0;
	}
	return status != STATUS_OK && taken > 0 ? STATUS_FOUND : status;
}

int cli_load_files(struct cli *c, const char *kind, size_t from, const struct load_options *given)
{
	static const char *const input[] = { NULL };
	struct load_options o = *given;
	struct load_counts all = { 0 };
	struct lines lines = { 0 };
	int status = -1;
	size_t n = c->n > from ? c->n - from : 1;
	const char *const *path = c->n > from ? c->operand + from : input;

	if (!cli_files_apart(c, from, c->keep_going && !c->explain, NULL, &status))
		return status;
	o.kind = kind;
	o.explain = c->explain;
	o.keep_going = c->keep_going;
	if (c->map && !(o.map = cli_map(c, &status)))
		return status;
	for (const char *const *make = o.make; make && *make; make++) {
		struct fault f = { 0 };
		if (record_kind(&c->work, *make, &f))
			continue;
		fault_place(&f, NULL, 0, "--make");
		return cli_fail(c, &f);
	}
	if (o.explain && !(o.explained = cli_out(c, &status)))
		return status;
	if (!o.explain)
		return o.replace ? load_apart(c, n, path, &o) : load_change(c, n, path, &o);
	record_defer(&c->work);
	for (size_t i = 0; i < n && status < 0; i++)
		status = load_one(c, path[i], &o, &all, &lines);
	return status < 0 ? STATUS_OK : status;
}
