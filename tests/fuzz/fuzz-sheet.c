/* SPDX-License-Identifier: MIT */
/*
 * Cells of spreadsheets. An input that begins with PK or with markup is a whole file. Anything else
 * is the parts of an xlsx or the content of an ods without the zip around them, which a fuzzer
 * could hardly get through: the first byte is x or o, parts of an x are separated by \x1f in the
 * order sheet, shared strings, styles, workbook.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "sheet/sheet.h"

static const char package[] = "<Relationships><Relationship Id=\"a\" Type=\"/officeDocument\" "
                              "Target=\"w\"/></Relationships>";
static const char relations[] =
        "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s\"/><Relationship"
        " Id=\"b\" Type=\"/sharedStrings\" Target=\"t\"/><Relationship Id=\"c\" Type=\"/styles\""
        " Target=\"f\"/></Relationships>";
static const char workbook[] =
        "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>";

static bool check_row(void *arg, const struct sheet_row *row, struct fault *f)
{
	long *last = arg;

	(void)f;
	if (row->number <= *last || row->n == 0 || row->n > row->width)
		abort();
	*last = row->number;
	for (size_t i = 0; i < row->n; i++)
		if (row->cell[i].p[row->cell[i].n] != '\0')
			abort();
	return row->number < 200000;
}

static void read_all(int fd)
{
	struct fault f = { 0 };
	struct sheet_told told;
	enum sheet_kind kind;
	struct sheet_book *book;

	if (!sheet_sniff(fd, "fuzz", &kind, &f)) {
		if (f.status == STATUS_OK || f.text[0] == '\0')
			abort();
		return;
	}
	if (kind != SHEET_BOOK)
		return;
	book = sheet_open(fd, "fuzz", &f);
	for (size_t i = 0; book && i < sheet_count(book) && i < 4; i++) {
		long last = 0;

		fault_clear(&f);
		sheet_read(book, i, i & 1, check_row, &last, &told, &f);
	}
	if (!book && f.text[0] == '\0')
		abort();
	sheet_close(book);
}

static void add(zip_t *zip, const char *name, const void *bytes, size_t n)
{
	zip_source_t *source = zip_source_buffer(zip, bytes, n, 0);
	zip_int64_t i = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);

	zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
}

static void add_parts(zip_t *zip, const char *p, size_t n)
{
	static const char *const names[] = { "s", "t", "f", "w" };
	const char *end = p + n;

	add(zip, "_rels/.rels", package, sizeof package - 1);
	add(zip, "_rels/w.rels", relations, sizeof relations - 1);
	add(zip, "w", workbook, sizeof workbook - 1);
	for (size_t i = 0; i < COUNT(names) && p <= end; i++) {
		const char *stop = memchr(p, '\x1f', (size_t)(end - p));
		size_t length = (size_t)((stop ? stop : end) - p);

		add(zip, names[i], p, length);
		p += length + 1;
	}
}

/* The parts zipped in memory, as a descriptor. */
static int zipped(const uint8_t *data, size_t size)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	zip_stat_t st;
	char *bytes;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	zip_source_keep(source);
	if (data[0] == 'o')
		add(zip, "content.xml", data + 1, size - 1);
	else
		add_parts(zip, (const char *)data + 1, size - 1);
	if (zip_close(zip) != 0)
		abort();
	zip_source_open(source);
	zip_source_stat(source, &st);
	bytes = malloc(st.size);
	zip_source_read(source, bytes, st.size);
	zip_source_close(source);
	zip_source_free(source);
	if (write(fd, bytes, st.size) != (ssize_t)st.size)
		abort();
	free(bytes);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd;

	if (size > 0 && (data[0] == 'x' || data[0] == 'o')) {
		fd = zipped(data, size);
	} else {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		if (write(fd, data, size) != (ssize_t)size)
			abort();
	}
	read_all(fd);
	close(fd);
	return 0;
}
