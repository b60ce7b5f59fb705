/* SPDX-License-Identifier: MIT */
/* The partnership's logo: a file that the store names, read here and nowhere else, and taken only
 * where it is a picture in fact. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "report/pdf/child.h"
#include "report/sql.h"
#include "report/template/template.h"

#define LOGO_MAX  (4 << 20) /* bytes */
#define SIDE_MAX  10000     /* pixels */
#define BOX_WIDTH 220.0     /* CSS pixels that it is fitted into */
#define BOX_HIGH  72.0

/* ---------- what is a picture ---------- */

static size_t big(const char *p, size_t bytes)
{
	size_t v = 0;

	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* Every piece of a PNG file in its place, from the head to the end. */
static bool read_png(struct logo *logo)
{
	static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	const char *p = logo->bytes;
	size_t n = logo->n, at = 8;

	if (n < 33 || memcmp(p, head, sizeof head - 1) != 0)
		return false;
	logo->type = "image/png";
	logo->width = (double)big(p + 16, 4);
	logo->height = (double)big(p + 20, 4);
	while (n - at >= 12) {
		size_t size = big(p + at, 4);

		if (size > n - at - 12)
			return false;
		if (memcmp(p + at + 4, "IEND", 4) == 0)
			return true;
		at += size + 12;
	}
	return false;
}

/* The pieces of a JPEG file up to the one that gives its size. */
static bool read_jpeg(struct logo *logo)
{
	const char *p = logo->bytes;
	size_t n = logo->n, at = 2;

	if (n < 4 || memcmp(p, "\xff\xd8\xff", 3) != 0)
		return false;
	logo->type = "image/jpeg";
	while (n - at >= 9 && (unsigned char)p[at] == 0xFF) {
		unsigned char kind = (unsigned char)p[at + 1];
		size_t size = big(p + at + 2, 2);

		if (kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC) {
			logo->height = (double)big(p + at + 5, 2);
			logo->width = (double)big(p + at + 7, 2);
			return true;
		}
		if (size < 2 || size > n - at - 2)
			return false;
		at += size + 2;
	}
	return false;
}

static bool is_svg(const struct logo *logo)
{
	size_t n = logo->n, from = 0;

	if (n >= 3 && memcmp(logo->bytes, "\xef\xbb\xbf", 3) == 0)
		from = 3;
	while (from < n && strchr(" \t\r\n", logo->bytes[from]) != NULL &&
	        logo->bytes[from] != '\0')
		from++;
	return from < n && logo->bytes[from] == '<' &&
	       memmem(logo->bytes + from, n - from < 4096 ? n - from : 4096, "<svg", 4) != NULL;
}

/* A drawing may hold scripts and addresses: what goes into a document is a picture of it, three
 * times as fine as the screen. */
static bool draw(
        struct run *run, struct logo *logo, const struct report_helpers *helpers, struct fault *f)
{
	const char *rsvg =
	        child_find(helpers->rsvg_convert, "rsvg-convert", "librsvg2-bin", run->arena, f);
	struct buf svg = { 0 }, png = { 0 };

	if (rsvg == NULL)
		return false;
	char *const argv[] = { arena_strdup(run->arena, rsvg), (char[]){ "--format=png" },
		(char[]){ "--keep-aspect-ratio" }, (char[]){ "--width=660" },
		(char[]){ "--height=216" }, NULL };
	buf_add(&svg, logo->bytes, logo->n);
	bool ok = child_run(argv, &svg, 0, &png, f);
	if (ok) {
		char *bytes = arena_alloc(run->arena, png.n + 1);

		memcpy(bytes, buf_text(&png), png.n);
		logo->bytes = bytes;
		logo->n = png.n;
		ok = read_png(logo) || fault_set(f, STATUS_DATA, "it cannot be drawn");
	}
	buf_free(&svg);
	buf_free(&png);
	return ok;
}

/* ---------- reading ---------- */

/* A path without a leading slash begins where the store is, so that both can move together. */
static const char *path_of(struct run *run, const char *logo)
{
	const char *store = store_path(run->store), *slash = strrchr(store, '/');

	if (logo[0] == '/' || slash == NULL)
		return logo;
	return arena_printf(run->arena, "%.*s/%s", (int)(slash - store), store, logo);
}

/* Never waits (a pipe), never reads what is no plain file. */
static bool read_bytes(struct run *run, struct logo *logo, struct fault *f)
{
	int fd = open(run->logo_file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	char *bytes;
	ssize_t n = 0;

	logo->n = 0;
	if (fd < 0)
		return fault_errno(f, STATUS_NOINPUT, "it cannot be opened");
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > LOGO_MAX) {
		close(fd);
		return fault_set(f, STATUS_DATA, "it is no file of at most %d MB", LOGO_MAX >> 20);
	}
	bytes = arena_alloc(run->arena, (size_t)st.st_size + 1);
	while (logo->n < (size_t)st.st_size &&
	        (n = read(fd, bytes + logo->n, (size_t)st.st_size - logo->n)) > 0)
		logo->n += (size_t)n;
	close(fd);
	logo->bytes = bytes;
	return n >= 0 || fault_errno(f, STATUS_IO, "it cannot be read");
}

static bool take(
        struct run *run, struct logo *logo, const struct report_helpers *helpers, struct fault *f)
{
	if (!read_bytes(run, logo, f))
		return false;
	if (is_svg(logo)) {
		if (!draw(run, logo, helpers, f))
			return false;
	} else if (!read_png(logo) && !read_jpeg(logo)) {
		return fault_set(f, STATUS_DATA, "it is no PNG, JPEG or SVG picture");
	}
	if (logo->width < 1 || logo->height < 1 || logo->width > SIDE_MAX ||
	        logo->height > SIDE_MAX)
		return fault_set(
		        f, STATUS_DATA, "its sides are not between 1 and %d pixels", SIDE_MAX);
	double scale = BOX_WIDTH / logo->width;
	if (logo->height * scale > BOX_HIGH)
		scale = BOX_HIGH / logo->height;
	/* A small one is not blown up. */
	if (scale < 1) {
		logo->width *= scale;
		logo->height *= scale;
	}
	return true;
}

bool logo_ask(struct run *run, struct fault *f)
{
	struct query *q = store_query(run->store, &report_statements, SQL_LOGO, f);
	int step;

	if (q == NULL)
		return false;
	query_bind_text(q, 1, run->options->partnership);
	step = query_step(q, f);
	if (step > 0 && !str_empty(query_text(q, 0))) {
		run->logo = arena_alloc(run->arena, sizeof *run->logo);
		run->logo->path = arena_strdup(run->arena, query_text(q, 0));
		run->logo->alt = arena_strdup(run->arena, query_text(q, 1));
		run->logo_file = path_of(run, run->logo->path);
	}
	query_done(q);
	return step >= 0;
}

void logo_read(struct run *run, const struct report_helpers *helpers)
{
	struct fault bad = { 0 };

	if (run->logo == NULL || run->doc.logo != NULL)
		return;
	/* A report without its logo is still the report. */
	if (take(run, run->logo, helpers, &bad))
		run->doc.logo = run->logo;
	else
		run->note = arena_printf(run->arena, "the logo %s is left out: %s",
		        quote(run->logo->path), bad.text);
}

void logo_add_base64(const struct logo *logo, struct buf *out)
{
	static const char digit[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < logo->n; i += 3) {
		size_t left = logo->n - i < 3 ? logo->n - i : 3;
		size_t v = big(logo->bytes + i, left) << (8 * (3 - left));
		char four[] = { digit[v >> 18 & 63], digit[v >> 12 & 63], digit[v >> 6 & 63],
			digit[v & 63] };

		for (size_t k = left + 1; k < 4; k++)
			four[k] = '=';
		buf_add(out, four, sizeof four);
	}
}
