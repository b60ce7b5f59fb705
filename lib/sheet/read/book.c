/* SPDX-License-Identifier: MIT */
/* Opening a workbook: is it one, of which kind, what sheets has it. */
#include "sheet/read/markup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { END_RECORD = 22, END_COMMENT = 65535, DIRECTORY_MAX = 1 << 20 };

static uint32_t le(const unsigned char *p, int bytes)
{
	uint32_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | p[bytes];
	return value;
}

bool book_damaged(const struct sheet_book *book, struct fault *f, const char *what)
{
	const char *why = book->zip ? zip_strerror(book->zip) : NULL;

	if (str_empty(why) || str_equal(why, "No error") || str_equal(why, "No such file"))
		return fault_set(f, STATUS_DATA,
		        "damaged: no readable %s in it; get the file once more", quote(what));
	return fault_set(
	        f, STATUS_DATA, "damaged: %s: %s; get the file once more", quote(what), why);
}

/* The directory stands at the end of a zip. It is looked at before libzip does, which would make
 * room for as many entries as the file claims. */
static bool check_directory(int fd, int64_t size, struct fault *f)
{
	size_t n = size < END_RECORD + END_COMMENT ? (size_t)size : END_RECORD + END_COMMENT;
	unsigned char *tail = mem_alloc(n + 1);
	bool found = false, ok = true;

	if (pread(fd, tail, n, size - (int64_t)n) != (ssize_t)n) {
		ok = fault_errno(f, STATUS_IO, "cannot read the end of the file");
		goto out;
	}
	for (size_t at = n < END_RECORD ? 0 : n - END_RECORD + 1; at-- > 0 && !found;) {
		if (memcmp(tail + at, "PK\5\6", 4) != 0)
			continue;
		found = true;
		/* 65535 stands for "see the 64-bit record": more entries than anyone's workbook. */
		if (le(tail + at + 10, 2) > BOOK_ENTRIES || le(tail + at + 12, 4) > DIRECTORY_MAX)
			ok = fault_set(f, STATUS_DATA,
			        "a zip file of more than %d files, as no workbook is; not read",
			        BOOK_ENTRIES);
	}
	if (!found)
		ok = fault_set(f, STATUS_DATA,
		        "cut short: the end of the zip file is missing; get the file once more");
out:
	mem_free(tail);
	return ok;
}

static bool open_zip(struct sheet_book *book, struct fault *f)
{
	int error = 0, copy;

	if (!check_directory(book->fd, book->size, f))
		return false;
	copy = dup(book->fd);
	if (copy < 0)
		return fault_errno(f, STATUS_INTERNAL, "cannot open it a second time");
	book->zip = zip_fdopen(copy, 0, &error);
	if (!book->zip) {
		zip_error_t reason;

		close(copy);
		zip_error_init_with_code(&reason, error);
		fault_set(f, STATUS_DATA, "damaged: %s; get the file once more",
		        zip_error_strerror(&reason));
		zip_error_fini(&reason);
		return false;
	}
	if (zip_get_num_entries(book->zip, 0) > BOOK_ENTRIES)
		return fault_set(f, STATUS_DATA,
		        "a zip file of more than %d files, as no workbook is; not read",
		        BOOK_ENTRIES);
	return true;
}

const char *book_locate(struct sheet_book *book, const char *path)
{
	zip_int64_t i;

	while (*path == '/')
		path++;
	i = zip_name_locate(book->zip, path, 0);
	if (i < 0)
		i = zip_name_locate(book->zip, path, ZIP_FL_NOCASE);
	if (i < 0) {
		/* Some old writers on Windows put backslashes into the names. */
		char *other = arena_strdup(book->arena, path);

		for (char *p = other; *p; p++)
			if (*p == '/')
				*p = '\\';
		i = zip_name_locate(book->zip, other, ZIP_FL_NOCASE);
	}
	return i < 0 ? NULL : zip_get_name(book->zip, (zip_uint64_t)i, 0);
}

void book_add_sheet(struct sheet_book *book, const char *name, bool hidden, const char *path)
{
	size_t room = book->room;

	book->sheet = mem_grow(book->sheet, &room, book->sheets + 1, sizeof *book->sheet);
	book->path = mem_grow(book->path, &book->room, book->sheets + 1, sizeof *book->path);
	book->sheet[book->sheets] =
	        (struct sheet_info){ .name = arena_strdup(book->arena, name), .hidden = hidden };
	book->path[book->sheets++] = arena_strdup(book->arena, path);
}

/* The mimetype entry of an OpenDocument file, or "". */
static void read_mimetype(struct sheet_book *book, char *text, size_t size)
{
	zip_file_t *entry = zip_fopen(book->zip, "mimetype", 0);
	zip_int64_t n = entry ? zip_fread(entry, text, size - 1) : 0;

	text[n > 0 ? n : 0] = '\0';
	if (entry)
		zip_fclose(entry);
}

static bool no_spreadsheet(struct sheet_book *book, const char *mimetype, struct fault *f)
{
	const char *what = "a zip file, but no spreadsheet; take the file out of it first";

	if (book_locate(book, "word/document.xml") || strstr(mimetype, "opendocument.text"))
		what = "a text document, not a spreadsheet; copy its table into a spreadsheet";
	else if (book_locate(book, "ppt/presentation.xml") || strstr(mimetype, "presentation"))
		what = "a presentation, not a spreadsheet; copy its table into a spreadsheet";
	else if (book_locate(book, "Index/Document.iwa"))
		what = "a file of Apple's programs; export it as xlsx";
	if (book_locate(book, "xl/workbook.bin")) {
		fault_set(f, STATUS_DATA, "an Excel binary workbook (.xlsb)");
		sniff_hint(f, book->name);
		return false;
	}
	return fault_set(f, STATUS_DATA, "%s", what);
}

static bool is_flat_ods(int fd)
{
	char text[4097];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	return strstr(text, "opendocument.spreadsheet") && strstr(text, "office:document");
}

static bool open_kind(struct sheet_book *book, struct fault *f)
{
	char magic[2], mimetype[128];

	if (pread(book->fd, magic, 2, 0) != 2 || memcmp(magic, "PK", 2) != 0) {
		book->ods = is_flat_ods(book->fd); /* sheet_sniff lets little else through */
		book->markup = !book->ods;
		return book->ods ? ods_open(book, f) : tables_open(book, f);
	}
	if (!open_zip(book, f))
		return false;
	read_mimetype(book, mimetype, sizeof mimetype);
	if (book_locate(book, "encrypted-package"))
		return fault_set(f, STATUS_DATA,
		        "protected by a password; save a copy without one and use that");
	if (strstr(mimetype, "opendocument.spreadsheet") ||
	        (mimetype[0] == '\0' && book_locate(book, "content.xml"))) {
		book->ods = true;
		return ods_open(book, f);
	}
	if (book_locate(book, "xl/workbook.bin") ||
	        (!book_locate(book, "_rels/.rels") && !book_locate(book, "xl/workbook.xml")) ||
	        book_locate(book, "word/document.xml") || book_locate(book, "ppt/presentation.xml"))
		return no_spreadsheet(book, mimetype, f);
	return xlsx_open(book, f);
}

struct sheet_book *sheet_open(int fd, const char *name, struct fault *f)
{
	struct sheet_book *book = mem_zalloc(sizeof *book);
	struct stat st;

	book->arena = arena_new();
	book->name = arena_strdup(book->arena, name ? name : "-");
	book->fd = fd;
	if (fstat(fd, &st) != 0) {
		fault_errno(f, STATUS_NOINPUT, "cannot look at the file");
		goto fail;
	}
	book->size = st.st_size;
	if (!open_kind(book, f))
		goto fail;
	if (book->sheets == 0) {
		fault_set(f, STATUS_DATA, "holds no worksheet");
		goto fail;
	}
	return book;
fail:
	sheet_close(book);
	return NULL;
}

void sheet_close(struct sheet_book *book)
{
	if (!book)
		return;
	if (book->zip)
		zip_discard(book->zip);
	mem_free(book->strings.pool);
	mem_free(book->strings.at);
	mem_free(book->style);
	mem_free(book->sheet);
	mem_free(book->path);
	arena_free(book->arena);
	mem_free(book);
}

size_t sheet_count(const struct sheet_book *book)
{
	return book->sheets;
}

const struct sheet_info *sheet_info(const struct sheet_book *book, size_t i)
{
	return &book->sheet[i];
}

static bool find_named(const struct sheet_book *book, const char *want, size_t *i)
{
	char *folded;

	for (*i = 0; *i < book->sheets; ++*i)
		if (str_equal(book->sheet[*i].name, want))
			return true;
	folded = text_fold(book->arena, want);
	for (*i = 0; *i < book->sheets; ++*i)
		if (str_equal(text_fold(book->arena, book->sheet[*i].name), folded))
			return true;
	return false;
}

static bool no_such_sheet(const struct sheet_book *book, const char *want, struct fault *f)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < book->sheets && names.n < 400; i++) {
		buf_adds(&names, i ? ", " : "");
		buf_adds(&names, quote(book->sheet[i].name));
	}
	if (want)
		fault_set(f, STATUS_DATA, "no sheet %s; it has %s", quote(want), buf_text(&names));
	else
		fault_set(f, STATUS_DATA, "all its sheets are hidden; choose one with --sheet: %s",
		        buf_text(&names));
	buf_free(&names);
	return false;
}

bool sheet_find(const struct sheet_book *book, const char *want, size_t *i, struct fault *f)
{
	struct fault none = { 0 };
	int64_t number;

	if (!want) {
		for (*i = 0; *i < book->sheets; ++*i)
			if (!book->sheet[*i].hidden)
				return true;
		return no_such_sheet(book, NULL, f);
	}
	if (find_named(book, want, i))
		return true;
	if (number_parse(want, 1, (int64_t)book->sheets, &number, &none)) {
		*i = (size_t)number - 1;
		return true;
	}
	return no_such_sheet(book, want, f);
}

bool sheet_read(struct sheet_book *book, size_t i, bool raw, sheet_row_fn *fn, void *arg,
        struct sheet_told *told, struct fault *f)
{
	struct rows rows = { .fn = fn, .arg = arg, .told = told };
	bool ok;

	*told = (struct sheet_told){ 0 };
	/* A short string may stand in a million cells: what is handed out is bounded like what is
	 * unpacked. */
	rows.most = (256u << 20) + (uint64_t)book->size * BOOK_RATIO;
	if (book->markup)
		ok = tables_read(book, i, raw, &rows, f);
	else
		ok = book->ods ? ods_read(book, i, raw, &rows, f)
		               : xlsx_read(book, i, raw, &rows, f);
	rows_free(&rows);
	return ok;
}
