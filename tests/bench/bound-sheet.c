/* SPDX-License-Identifier: MIT */
/*
 * bound-sheet FILE.xlsx: the first sheet as CSV by libzip and expat, with none of the limits, formats and refusals that a file
 * from a stranger needs.
 */
#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static char *text; /* of the cell or string being read */
static size_t n, cap;
static bool on;        /* within a text */
static bool shared;    /* the cell's value is the number of a shared string */
static char **strings; /* the shared strings */
static size_t nstrings, cap_strings;
static unsigned at; /* columns printed of this row */

static void add(void *u, const char *s, int len)
{
	(void)u;
	if (!on)
		return;
	if (n + (size_t)len + 1 > cap)
		text = realloc(text, cap = 2 * (n + (size_t)len + 1));
	memcpy(text + n, s, (size_t)len);
	n += (size_t)len;
}

static void strings_start(void *u, const char *name, const char **a)
{
	(void)u, (void)a;
	if (strcmp(name, "si") == 0)
		n = 0;
	on = strcmp(name, "t") == 0;
}

static void strings_end(void *u, const char *name)
{
	(void)u;
	on = false;
	if (strcmp(name, "si") != 0)
		return;
	if (nstrings == cap_strings)
		strings =
		        realloc(strings, (cap_strings = cap_strings * 2 + 1024) * sizeof *strings);
	strings[nstrings++] = strndup(text ? text : "", n);
}

static void cell_start(void *u, const char *name, const char **a)
{
	(void)u;
	if (strcmp(name, "row") == 0)
		at = 0;
	if (strcmp(name, "c") == 0) {
		unsigned column = 0;
		shared = false;
		n = 0;
		for (; *a; a += 2) {
			if (strcmp(*a, "r") == 0)
				for (const char *p = a[1]; *p >= 'A'; p++)
					column = column * 26 + (unsigned)(*p - 'A' + 1);
			if (strcmp(*a, "t") == 0)
				shared = strcmp(a[1], "s") == 0;
		}
		for (; at + 1 < column; at++)
			putchar_unlocked(',');
	}
	on = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
}

static void cell_end(void *u, const char *name)
{
	const char *p = text;
	size_t len = n;

	(void)u;
	on = false;
	if (strcmp(name, "row") == 0)
		putchar_unlocked('\n');
	if (strcmp(name, "c") != 0)
		return;
	if (shared) {
		text[n] = '\0';
		p = strings[(size_t)atol(text) % nstrings];
		len = strlen(p);
	}
	if (at++)
		putchar_unlocked(',');
	if (len && (memchr(p, ',', len) || memchr(p, '"', len) || memchr(p, '\n', len))) {
		putchar_unlocked('"');
		for (; len; len--, p++) {
			if (*p == '"')
				putchar_unlocked('"');
			putchar_unlocked(*p);
		}
		putchar_unlocked('"');
	} else {
		fwrite_unlocked(p, 1, len, stdout);
	}
}

static bool part(
        zip_t *zip, const char *name, XML_StartElementHandler start, XML_EndElementHandler end)
{
	XML_Parser parser = XML_ParserCreate(NULL);
	zip_file_t *f = zip_fopen(zip, name, 0);
	static char block[1 << 16];
	zip_int64_t got;

	XML_SetElementHandler(parser, start, end);
	XML_SetCharacterDataHandler(parser, add);
	while (f && (got = zip_fread(f, block, sizeof block)) > 0)
		if (!XML_Parse(parser, block, (int)got, 0))
			return false;
	XML_ParserFree(parser);
	return f && zip_fclose(f) == 0;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 16];
	zip_t *zip = argc == 2 ? zip_open(argv[1], ZIP_RDONLY, NULL) : NULL;

	if (!zip)
		return 1;
	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	part(zip, "xl/sharedStrings.xml", strings_start, strings_end);
	return part(zip, "xl/worksheets/sheet1.xml", cell_start, cell_end) && zip_close(zip) == 0
	               ? 0
	               : 1;
}
