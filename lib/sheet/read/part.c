/* SPDX-License-Identifier: MIT */
/* One XML part of a workbook through expat, within limits. */
#include "sheet/read/book.h"

#include <string.h>
#include <unistd.h>

/* Where the bytes come from: an entry of the zip, or the file itself for flat ods. */
struct source {
	zip_file_t *entry;
	int fd;
	uint64_t packed;
};

void part_stop(struct part *part)
{
	XML_StopParser(part->parser, XML_FALSE);
}

const char *part_local(struct part *part, const char *name)
{
	if (part->depth == 1) {
		const char *colon = strchr(name, ':');

		part->prefix = colon ? (size_t)(colon + 1 - name) : 0;
	}
	if (part->prefix == 0)
		return name;
	/* The prefix itself is not compared: an element whose colon stands elsewhere is another's. */
	if (strlen(name) <= part->prefix || name[part->prefix - 1] != ':')
		return "";
	return name + part->prefix;
}

const char *attr(const char **attrs, const char *local)
{
	for (; *attrs; attrs += 2) {
		const char *at = strchr(*attrs, '|');

		if (!at)
			at = strchr(*attrs, ':');
		if (strcmp(at ? at + 1 : *attrs, local) == 0)
			return attrs[1];
	}
	return NULL;
}

bool attr_true(const char **attrs, const char *local)
{
	const char *value = attr(attrs, local);

	return value &&
	       (str_equal(value, "1") || str_equal(value, "true") || str_equal(value, "on"));
}

static void XMLCALL refuse_doctype(
        void *user, const XML_Char *name, const XML_Char *sys, const XML_Char *pub, int internal)
{
	struct part *part = user;

	(void)name;
	(void)sys;
	(void)pub;
	(void)internal;
	fault_set(part->fault, STATUS_DATA,
	        "its %s declares a document type, which no spreadsheet program does; not read",
	        quote(part->path));
	part_stop(part);
}

static XML_Parser parser_new(const struct handlers *to, struct part *part)
{
	XML_Parser parser = to->names ? XML_ParserCreateNS(NULL, '|') : XML_ParserCreate(NULL);

	if (!parser)
		base_oom_handler();
	XML_SetUserData(parser, part);
	XML_SetElementHandler(parser, to->start, to->end);
	if (to->text)
		XML_SetCharacterDataHandler(parser, to->text);
	XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
	return parser;
}

static bool source_open(struct sheet_book *book, const char *path, bool optional,
        struct source *from, struct fault *f)
{
	const char *name;
	zip_stat_t st;

	*from = (struct source){ .fd = -1 };
	if (!book->zip) {
		from->fd = book->fd;
		from->packed = (uint64_t)book->size;
		if (lseek(book->fd, 0, SEEK_SET) < 0)
			return fault_errno(f, STATUS_IO, "cannot go back to the beginning");
		return true;
	}
	name = book_locate(book, path);
	if (!name)
		return optional ? true : book_damaged(book, f, path);
	if (zip_stat(book->zip, name, 0, &st) != 0)
		return book_damaged(book, f, path);
	if (st.encryption_method != ZIP_EM_NONE)
		return fault_set(f, STATUS_DATA,
		        "protected by a password; save a copy without one and use that");
	from->packed = st.comp_size;
	from->entry = zip_fopen(book->zip, name, 0);
	return from->entry ? true : book_damaged(book, f, path);
}

/* Fills the buffer as far as there is input; -1: damaged. */
static long source_read(struct source *from, char *buf, size_t size)
{
	if (from->entry)
		return (long)zip_fread(from->entry, buf, size);
	return (long)read(from->fd, buf, size);
}

/* Whether what was inflated is still in proportion to what came in. */
static bool within(
        const struct part *part, const struct source *from, bool streams, struct fault *f)
{
	uint64_t most = streams ? BOOK_STREAMED : BOOK_KEPT;

	if (part->read > most)
		return fault_set(f, STATUS_DATA, "its %s unpacks to more than %llu MB; not read on",
		        quote(part->path), (unsigned long long)(most >> 20));
	if (part->read > BOOK_SMALL && part->read / BOOK_RATIO > from->packed)
		return fault_set(f, STATUS_DATA,
		        "its %s unpacks to more than %d times its size, as no real workbook does; "
		        "not read on",
		        quote(part->path), BOOK_RATIO);
	return true;
}

static bool not_well_formed(struct part *part, struct fault *f)
{
	enum XML_Error error = XML_GetErrorCode(part->parser);

	if (f->status != STATUS_OK)
		return false; /* a handler has said it already */
	if (error == XML_ERROR_NO_MEMORY)
		base_oom_handler();
	return fault_set(f, STATUS_DATA, "damaged: %s in its %s, line %lu; get the file once more",
	        XML_ErrorString(error), quote(part->path),
	        (unsigned long)XML_GetCurrentLineNumber(part->parser));
}

static bool feed(struct part *part, struct source *from, bool streams, struct fault *f)
{
	for (;;) {
		XML_Index seen = XML_GetCurrentByteIndex(part->parser);
		uint64_t pending = seen < 0 ? 0 : part->read - (uint64_t)seen;
		/* A tag that is not complete is looked through again from its beginning with each
		 * piece: pieces that grow with it keep that from becoming quadratic. */
		size_t want = pending > BOOK_CHUNK ? (size_t)pending : BOOK_CHUNK;
		char *buf;
		long n;

		if (pending > BOOK_TOKEN)
			return fault_set(f, STATUS_DATA,
			        "its %s has a tag of more than %d MB, as no spreadsheet program "
			        "writes; not read on",
			        quote(part->path), BOOK_TOKEN >> 20);
		buf = XML_GetBuffer(part->parser, (int)want);
		if (!buf)
			base_oom_handler();
		n = source_read(from, buf, want);
		if (n < 0)
			return book_damaged(part->book, f, part->path);
		part->read += (uint64_t)n;
		if (!within(part, from, streams, f))
			return false;
		if (XML_ParseBuffer(part->parser, (int)n, n == 0) != XML_STATUS_OK)
			return not_well_formed(part, f);
		if (n == 0)
			return true;
	}
}

bool part_parse(struct sheet_book *book, const char *path, bool optional, const struct handlers *to,
        struct part *part, struct fault *f)
{
	struct source from;
	bool ok;

	part->book = book;
	part->path = path;
	part->fault = f;
	part->depth = 0;
	part->read = 0;
	part->prefix = 0;
	if (!source_open(book, path, optional, &from, f))
		return false;
	if (!from.entry && from.fd < 0)
		return true;
	part->parser = parser_new(to, part);
	ok = feed(part, &from, to->streams, f);
	XML_ParserFree(part->parser);
	part->parser = NULL;
	if (from.entry)
		zip_fclose(from.entry);
	return ok;
}
