/* SPDX-License-Identifier: MIT */
/*
 * Maps and tables of notices: before a line "====" stands a map (it may be left out), behind it a
 * table. Whatever the bytes are, each row is taken or refused; what was taken, written in the
 * standard form and read back, is the same number of notices.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "notice/notice.h"

static struct named council[] = { { "fife", "S12000047", "Fife" } };
static struct named reason[] = { { "relocation", "moved-other", "moved" } };
static struct rule rule[] = { { "scotland", 0, 40000, 20, 100, 30, 45 } };

/* Reads a table through a map or none; how many were taken, or -1 where it was refused as a whole. */
static long read_table(
        struct work *w, const struct map *map, const char *bytes, size_t n, struct buf *form)
{
	struct reference ref = { .arena = w->arena,
		.rule = rule,
		.nrule = 1,
		.council = council,
		.ncouncil = 1,
		.reason = reason,
		.nreason = 1,
		.nation = "scotland" };
	struct reader_options o = { .map = map, .now = w->now };
	struct fault f = { 0 };
	struct input *in = input_open_bytes(
	        "fuzz", bytes, n, &(struct input_options){ .format = INPUT_CSV }, &f);
	struct reader *r = in ? reader_new(in, &ref, &o, w, &f) : NULL;
	struct out *out = out_open_memory(form);
	struct writer *writer = writer_new(FORMAT_CSV, out, &(struct writer_look){ 0 });
	struct buf warnings = { 0 };
	struct notice notice;
	enum step step;
	long taken = r ? 0 : -1, all = 0;

	if (!r && (f.status == STATUS_OK || f.text[0] == '\0'))
		abort();
	form_columns(writer, false, false);
	while (r && (step = reader_next(r, &notice, &f)) != STEP_END) {
		all++;
		if (step == STEP_ROW) {
			taken++;
			if (!notice.text[N_EMPLOYER])
				abort();
			form_row(writer, &notice, NULL, NULL, false, false,
			        form_warnings(&warnings, notice.flags, NULL));
		} else if (f.text[0] == '\0') {
			abort();
		} else if (!reader_row(r)) {
			taken = -1;
			break;
		}
		f = (struct fault){ 0 };
	}
	if (r && taken >= 0 && (size_t)all != reader_counted(r)->read)
		abort();
	writer_close(writer, &f);
	out_close(out, &f);
	buf_free(&warnings);
	reader_free(r);
	input_close(in, &f);
	return taken;
}

static struct map *read_map(struct work *w, const char *bytes, size_t n)
{
	struct fault f = { 0 };
	struct map *map;
	char path[40];
	int fd = memfd_create("map", 0);

	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	map = map_read(w, path, &f);
	if (!map && f.text[0] == '\0')
		abort();
	close(fd);
	return map;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char mark[] = "\n====\n";
	struct work w = { .arena = arena_new(), .now = 1790000000 };
	const char *bytes = (const char *)data, *table = bytes;
	const char *at = size > sizeof mark ? memmem(bytes, size, mark, sizeof mark - 1) : NULL;
	struct buf form = { 0 }, again = { 0 };
	struct map *map = NULL;
	int second;
	long taken;

	w.today = zone_day(w.now, &second);
	if (at) {
		map = read_map(&w, bytes, (size_t)(at - bytes));
		table = at + sizeof mark - 1;
	}
	if (!at || map) {
		taken = read_table(&w, map, table, (size_t)(bytes + size - table), &form);
		if (taken > 0 && read_table(&w, NULL, form.p, form.n, &again) != taken)
			abort();
	}
	buf_free(&form);
	buf_free(&again);
	arena_free(w.arena);
	return 0;
}
