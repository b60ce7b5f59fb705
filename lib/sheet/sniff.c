/* SPDX-License-Identifier: MIT */
/* What a file is, told by its bytes: names lie, and a .xls is often a web page or CSV. */
#include "sheet/read/book.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BEGINNING = 4096, COMPOUND_ENTRY = 128 };

/* ---------- OLE compound files: .xls, .doc, and what a password makes of an .xlsx ---------- */

enum compound { COMPOUND_OTHER, COMPOUND_PROTECTED, COMPOUND_XLS, COMPOUND_WORD, COMPOUND_SLIDES };

/* Whether a directory entry (UTF-16LE, its length in bytes at 64) has this name. */
static bool entry_named(const unsigned char *entry, const char *name)
{
	size_t n = strlen(name);

	if (entry[64] != (n + 1) * 2 || entry[65] != 0)
		return false;
	for (size_t i = 0; i <= n; i++)
		if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1] != 0)
			return false;
	return true;
}

/* Directory entries stand at multiples of 128 wherever their sector is, so they are found without
 * following the chain of sectors, in damaged files too. */
static enum compound read_compound(int fd)
{
	static const struct {
		const char *name;
		enum compound kind;
	} known[] = {
		{ "EncryptedPackage", COMPOUND_PROTECTED },
		{ "Workbook", COMPOUND_XLS },
		{ "Book", COMPOUND_XLS },
		{ "WordDocument", COMPOUND_WORD },
		{ "PowerPoint Document", COMPOUND_SLIDES },
	};
	unsigned char sector[BOOK_CHUNK];
	ssize_t n;

	for (off_t at = 0; (n = pread(fd, sector, sizeof sector, at)) > 0; at += n) {
		for (ssize_t i = 0; i + COMPOUND_ENTRY <= n; i += COMPOUND_ENTRY)
			for (size_t k = 0; k < COUNT(known); k++)
				if (entry_named(sector + i, known[k].name))
					return known[k].kind;
		if (n < (ssize_t)sizeof sector)
			break;
	}
	return COMPOUND_OTHER;
}

/* A name as a shell takes it in one piece. */
static void add_shell_word(struct buf *out, const char *word)
{
	if (word[strspn(
	            word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")] ==
	        '\0') {
		buf_adds(out, word);
		return;
	}
	buf_addc(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(out, "'\\''");
		else if ((unsigned char)*word < 0x20 || *word == 0x7f)
			buf_addc(out, '?');
		else
			buf_addc(out, *word);
	}
	buf_addc(out, '\'');
}

void sniff_hint(struct fault *f, const char *name)
{
	struct buf word = { 0 };

	if (str_empty(name) || str_equal(name, "-"))
		buf_adds(&word, "FILE");
	else
		add_shell_word(&word, name);
	fault_hint(
	        f, "convert it with: libreoffice --headless --convert-to xlsx %s", buf_text(&word));
	buf_free(&word);
}

static bool refuse_compound(int fd, const char *name, struct fault *f)
{
	switch (read_compound(fd)) {
	case COMPOUND_PROTECTED:
		return fault_set(f, STATUS_DATA,
		        "protected by a password; save a copy without one and use that");
	case COMPOUND_WORD:
		return fault_set(f, STATUS_DATA,
		        "a Word document, not a spreadsheet; copy its table into a spreadsheet");
	case COMPOUND_SLIDES:
		return fault_set(f, STATUS_DATA,
		        "a presentation, not a spreadsheet; copy its table into a spreadsheet");
	case COMPOUND_XLS:
		fault_set(f, STATUS_DATA, "an old Excel workbook (.xls of before 2007)");
		break;
	case COMPOUND_OTHER:
		fault_set(f, STATUS_DATA, "a Microsoft file of before 2007, perhaps damaged");
		break;
	}
	sniff_hint(f, name);
	return false;
}

/* ---------- everything else ---------- */

/* The first bytes as text: the byte order mark and blanks skipped, UTF-16 thinned to its ASCII. */
static void beginning(const char *bytes, size_t n, char *text, size_t size)
{
	bool wide =
	        n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
	size_t i = wide ? 2 : n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, to = 0;

	for (; i < n && to + 1 < size; i++) {
		if (bytes[i] == '\0' && wide)
			continue;
		if (to == 0 && strchr(" \t\r\n", bytes[i]) && bytes[i])
			continue;
		text[to++] = bytes[i] ? bytes[i] : '?';
	}
	text[to] = '\0';
}

static bool begins(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

static bool is_html(const char *text)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<table", "<head", "<meta",
		"<body", "<div", "<style" };

	for (size_t i = 0; i < COUNT(tags); i++)
		if (begins(text, tags[i]))
			return true;
	return strcasestr(text, "<html") && *text == '<';
}

static bool sniff_xml(const char *text, enum sheet_kind *kind, struct fault *f)
{
	if (strstr(text, "opendocument.spreadsheet") && strstr(text, "office:document")) {
		*kind = SHEET_BOOK;
		return true;
	}
	*kind = SHEET_BOOK; /* tables.c */
	if (is_html(text) || strstr(text, "urn:schemas-microsoft-com:office:spreadsheet"))
		return true;
	return fault_set(f, STATUS_DATA, "an XML file, but no spreadsheet");
}

static bool sniff_bytes(int fd, const char *bytes, size_t n, const char *name,
        enum sheet_kind *kind, struct fault *f)
{
	static const struct {
		const char *magic, *what;
	} known[] = {
		{ "%PDF-", "a PDF; ask for the spreadsheet it was made from" },
		{ "{\\rtf", "a text document (RTF); copy its table into a spreadsheet" },
		{ "\x1f\x8b", "packed by gzip; unpack it first: gunzip" },
		{ "7z\xbc\xaf", "a 7-Zip archive; take the file out of it first" },
		{ "Rar!", "a RAR archive; take the file out of it first" },
		{ "\x89PNG", "a picture; ask for the spreadsheet it was made from" },
		{ "\xff\xd8\xff", "a picture; ask for the spreadsheet it was made from" },
		{ "SQLite format 3", "an SQLite file; read it with compact-query or sqlite3" },
	};
	char text[BEGINNING + 1];

	if (n >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0)) {
		*kind = SHEET_BOOK;
		return true;
	}
	if (n >= 8 && memcmp(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
		return refuse_compound(fd, name, f);
	for (size_t i = 0; i < COUNT(known); i++)
		if (n >= strlen(known[i].magic) &&
		        memcmp(bytes, known[i].magic, strlen(known[i].magic)) == 0)
			return fault_set(f, STATUS_DATA, "%s", known[i].what);
	beginning(bytes, n, text, sizeof text);
	if (begins(text, "<?xml") || begins(text, "<office:document") || is_html(text))
		return sniff_xml(text, kind, f);
	/* Before Excel 5 a sheet was a bare stream of records, the first of them BOF. */
	if (n >= 4 && bytes[0] == 9 && (bytes[1] == 0 || bytes[1] == 2 || bytes[1] == 4) &&
	        bytes[3] == 0) {
		fault_set(f, STATUS_DATA, "a very old Excel sheet (.xls of before 1995)");
		sniff_hint(f, name);
		return false;
	}
	*kind = SHEET_TEXT;
	return true;
}

bool sheet_sniff(int fd, const char *name, enum sheet_kind *kind, struct fault *f)
{
	char bytes[BEGINNING];
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) != 0)
		return fault_errno(f, STATUS_NOINPUT, "cannot look at the file");
	if (S_ISDIR(st.st_mode))
		return fault_set(f, STATUS_NOINPUT, "a folder, not a file");
	n = pread(fd, bytes, sizeof bytes, 0);
	if (n < 0)
		return fault_errno(f, STATUS_IO, "cannot read");
	if (n == 0)
		return fault_set(f, STATUS_DATA, "empty: 0 bytes");
	if (lseek(fd, 0, SEEK_SET) < 0)
		return fault_errno(f, STATUS_IO, "cannot go back to the beginning");
	return sniff_bytes(fd, bytes, (size_t)n, name, kind, f);
}
