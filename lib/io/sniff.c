/* SPDX-License-Identifier: MIT */
/*
 * What an input is, told by its first bytes: a spreadsheet, YAML or rows; in which encoding; with which
 * separator. What is none of these is refused with the way to save it as something that can be read.
 */
#include "io/inner.h"

#include <ctype.h>
#include <string.h>

enum { LOOK_LINES = 60, LOOK_BYTES = 1 << 16 };

static const char separators[] = ",;\t|";

static bool holds(const char *bytes, size_t n, const char *what, size_t k)
{
	return memmem(bytes, n, what, k) != NULL;
}

static bool begins(const struct input *in, const char *what, size_t k)
{
	return in->memory_n >= k && memcmp(in->memory, what, k) == 0;
}

/* ---------- files of other programs ---------- */

static bool refuse(struct input *in, struct fault *f, const char *what)
{
	fault_set(f, STATUS_DATA, "%s", what);
	fault_place(f, in->name, 0, NULL);
	return false;
}

/* Compound files: the names inside are UTF-16, and stand in the directory, mostly near the beginning. */
static bool refuse_compound(struct input *in, struct fault *f)
{
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
	                  word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";
	if (holds(in->memory, in->memory_n, locked, sizeof locked - 1))
		return refuse(in, f,
		        "is protected with a password; open it, save it without one, and try "
		        "again");
	if (holds(in->memory, in->memory_n, word, sizeof word - 1))
		return refuse(in, f,
		        "is an old Word document; copy its table to a spreadsheet and save that as "
		        ".xlsx or CSV");
	return refuse(in, f,
	        "is an old Excel workbook (.xls) or protected; open it and save it as .xlsx or CSV "
	        "UTF-8");
}

/* A zip file: is it a workbook? *sheet says; other documents are refused. */
static bool look_into_zip(struct input *in, bool *sheet, struct fault *f)
{
	const char *p = in->memory;
	size_t n = in->memory_n;
	static const char ods[] = "application/vnd.oasis.opendocument.spreadsheet",
	                  odf[] = "application/vnd.oasis.opendocument.";
	*sheet = true;
	if (holds(p, n, ods, sizeof ods - 1) || holds(p, n, "xl/", 3))
		return true;
	if (holds(p, n, "word/", 5) || holds(p, n, odf, sizeof odf - 1))
		return refuse(in, f,
		        "is a text document; copy its table to a spreadsheet and save that as "
		        ".xlsx, .ods or CSV");
	if (holds(p, n, "ppt/", 4))
		return refuse(in, f, "is a presentation; give a spreadsheet, CSV or YAML");
	if (holds(p, n, "[Content_Types].xml", 19))
		return true; /* the sheets may stand behind long parts: the helper will see */
	return refuse(in, f,
	        "is a zip file and no workbook; unpack it and give the file within, or save a "
	        "damaged workbook "
	        "again");
}

static const struct {
	const char *magic;
	size_t n;
	const char *says;
} others[] = {
	{ "%PDF", 4,
	        "is a PDF; ask for the spreadsheet it was made from, or copy its table to one" },
	{ "{\\rtf", 5,
	        "is a rich text document; copy its table to a spreadsheet and save that as CSV" },
	{ "\x1F\x8B", 2, "is compressed with gzip; unpack it first: gunzip" },
	{ "\xFD"
	  "7zXZ",
	        5, "is compressed with xz; unpack it first: unxz" },
	{ "BZh", 3, "is compressed with bzip2; unpack it first: bunzip2" },
	{ "7z\xBC\xAF", 4, "is a 7-Zip archive; unpack it and give the file within" },
	{ "\x89PNG", 4, "is a picture; give a spreadsheet, CSV or YAML" },
	{ "\xFF\xD8\xFF", 3, "is a picture; give a spreadsheet, CSV or YAML" },
	{ "SQLite format 3", 15, "is a database; a store is chosen with -d" },
};

/* Web pages with the name of a spreadsheet are what some offices' systems export. */
static bool is_markup(const struct input *in)
{
	static const char *const starts[] = { "<!doctype", "<html", "<table", "<?xml", "<div",
		"<meta" };
	const char *p = in->memory;
	size_t n = in->memory_n;
	while (n > 0 && (*p == ' ' || *p == '\r' || *p == '\n' || *p == '\t' || *p == '\xEF' ||
	                        *p == '\xBB' || *p == '\xBF')) {
		p++;
		n--;
	}
	for (size_t i = 0; i < COUNT(starts); i++)
		if (n >= strlen(starts[i]) && strncasecmp(p, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

static bool refuse_others(struct input *in, bool *sheet, struct fault *f)
{
	*sheet = false;
	if (begins(in, "PK\3\4", 4))
		return look_into_zip(in, sheet, f);
	if (begins(in, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return refuse_compound(in, f);
	for (size_t i = 0; i < COUNT(others); i++)
		if (begins(in, others[i].magic, others[i].n))
			return refuse(in, f, others[i].says);
	*sheet = is_markup(in); /* the helper will see whether there are tables in it */
	return true;
}

/* ---------- encoding ---------- */

/* UTF-16 without a mark: mostly ASCII, so every other byte is nought. */
static bool looks_utf16(const char *p, size_t n, bool big)
{
	size_t noughts = 0, others_nought = 0, pairs = n / 2;
	if (pairs > LOOK_BYTES / 2)
		pairs = LOOK_BYTES / 2;
	for (size_t i = 0; i < pairs; i++) {
		noughts += p[2 * i + (big ? 0 : 1)] == '\0';
		others_nought += p[2 * i + (big ? 1 : 0)] == '\0';
	}
	return pairs > 1 && noughts > pairs / 2 && others_nought == 0;
}

/* Settles the encoding and passes the mark at the beginning. */
static void settle_encoding(struct input *in)
{
	const char *p = in->memory;
	size_t n = in->memory_n, skip = 0;
	if (begins(in, "\xEF\xBB\xBF", 3)) {
		in->bom = true;
		skip = 3;
	} else if (begins(in, "\xFF\xFE", 2) || begins(in, "\xFE\xFF", 2)) {
		in->encoding = p[0] == '\xFF' ? ENC_UTF16LE : ENC_UTF16BE;
		in->bom = true;
		skip = 2;
	} else if (looks_utf16(p, n, false)) {
		in->encoding = ENC_UTF16LE;
	} else if (looks_utf16(p, n, true)) {
		in->encoding = ENC_UTF16BE;
	}
	in->memory += skip;
	in->memory_n -= skip;
	if (in->encoding != ENC_UTF8 || in->bom)
		return;
	n = in->memory_n < HEAD_MAX ? in->memory_n : HEAD_MAX;
	size_t run = text_valid_run(in->memory, n);
	/* The head may end within a character; nothing else may be amiss in it. */
	if (run == n || (n == HEAD_MAX && n - run < 4))
		return;
	in->encoding = ENC_CP1252;
}

/* ---------- YAML or rows ---------- */

/* The line at p as YAML would have it at the left margin: a key, an element, a comment, or within one. */
static bool yaml_line(const char *p, size_t n)
{
	if (p[0] == ' ' || p[0] == '#' || (p[0] == '-' && (n == 1 || p[1] == ' ')))
		return true;
	if (n >= 3 && (memcmp(p, "---", 3) == 0 || memcmp(p, "...", 3) == 0))
		return true;
	const char *colon = memchr(p, ':', n);
	if (colon == NULL || colon == p)
		return false;
	for (const char *q = p; q < colon; q++)
		if (strchr(",;\t|", *q) != NULL)
			return false;
	return colon + 1 == p + n || colon[1] == ' ';
}

/* Whether a bracket at p may begin a list or map of YAML or JSON: what closes on this line ends it. Headings
 * such as "[Q1] How useful was it?" go on. */
static bool opens_flow(const char *p, const char *end)
{
	int depth = 0;
	bool quoted = false;
	for (; p < end && *p != '\n' && *p != '\r'; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (!quoted && (*p == '[' || *p == '{'))
			depth++;
		else if (!quoted && (*p == ']' || *p == '}') && --depth == 0)
			break;
	}
	if (p == end || depth > 0)
		return true;
	do
		p++;
	while (p < end && *p == ' ');
	return p == end || *p == '\n' || *p == '\r' || *p == '#';
}

/* YAML, where all of the first lines look like it and one is more than a comment. */
static bool is_yaml(const char *p, size_t n)
{
	const char *end = p + n;
	bool some = false;
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\r'))
		p++;
	if (p < end && (*p == '{' || *p == '['))
		return opens_flow(p, end);
	if (end - p >= 5 && memcmp(p, "%YAML", 5) == 0)
		return true;
	for (int lines = 0; p < end && lines < 20; lines++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		if (stop == NULL)
			stop = end;
		size_t k = (size_t)(stop - p);
		while (k > 0 && p[k - 1] == '\r')
			k--;
		if (k > 0 && !yaml_line(p, k))
			return false;
		some = some || (k > 0 && *p != '#' && *p != ' ');
		p = stop < end ? stop + 1 : end;
	}
	return some;
}

/* ---------- separator ---------- */

/* How often `sep` stands in each of the first records, outside quotes; returns how many records. */
static int count_separators(const char *p, size_t n, char sep, int counts[LOOK_LINES])
{
	int records = 0, count = 0;
	bool quoted = false, some = false;
	for (size_t i = 0; i < n && records < LOOK_LINES; i++) {
		char c = p[i];
		if (c == '"')
			quoted = !quoted;
		else if (c == sep && !quoted)
			count++;
		bool end = !quoted && (c == '\n' || c == '\r');
		if (end && some)
			counts[records++] = count;
		some = !end && (some || c != ' ');
		if (end) {
			count = 0;
			some = false;
		}
	}
	if (some && records < LOOK_LINES)
		counts[records++] = count;
	return records;
}

/* How well a separator fits: most records having as many of them as most others. */
static double fit(const char *p, size_t n, char sep)
{
	int counts[LOOK_LINES], best = 0, best_times = 0;
	int records = count_separators(p, n, sep, counts);
	for (int i = 0; i < records; i++) {
		int times = 0;
		for (int j = 0; j < records; j++)
			times += counts[j] == counts[i];
		if (counts[i] > 0 &&
		        (times > best_times || (times == best_times && counts[i] > best))) {
			best = counts[i];
			best_times = times;
		}
	}
	/* Of separators equally steady the more frequent one wins. (A decimal comma is missing in the heading,
	 * so it is never as steady as the semicolon beside it.) */
	return records == 0 ? 0 : (double)best_times / records + (best_times > 0 ? best : 0) * 1e-4;
}

/* The record at p, up to its end outside quotes. */
static size_t record_length(const char *p, size_t n)
{
	bool quoted = false;
	size_t i = 0;
	for (; i < n && (quoted || (p[i] != '\n' && p[i] != '\r')); i++)
		if (p[i] == '"')
			quoted = !quoted;
	return i;
}

/* Whether a cell of this record stands in the text below it, as answers come again and headings do not. */
static bool comes_again(const char *record, size_t k, char sep, const char *rest, size_t n)
{
	const char ends[] = { sep, '\n', '\r', '\0' };
	for (size_t i = 0; i < k;) {
		const char *cell = record + i;
		size_t len = 0;
		while (i + len < k && cell[len] != sep)
			len++;
		i += len + 1;
		const char *at = rest;
		while (len > 0 && (at = memmem(at, n - (size_t)(at - rest), cell, len)) != NULL) {
			const char *end = at + len;
			if (strchr(ends, at[-1]) != NULL &&
			        (end == rest + n || strchr(ends, *end) != NULL))
				return true;
			at++;
		}
	}
	return false;
}

/* Whether the first record has the separator, or, below a title, one that reads as headings. Without, the
 * file is a single column, and what looks like a separator stands within its cells. */
static bool heads(const char *p, size_t n, char sep)
{
	for (size_t i = 0, records = 0; i < n;) {
		size_t k = record_length(p + i, n - i);
		int counts[LOOK_LINES];
		int found = count_separators(p + i, k, sep, counts);
		if (found > 0 && counts[0] > 0)
			return records == 0 || !comes_again(p + i, k, sep, p + i + k, n - i - k);
		records += found > 0;
		i += k + 1;
	}
	return false;
}

static char find_separator(const char *p, size_t n)
{
	char best = ',';
	double most = 0;
	for (const char *s = separators; *s != '\0'; s++) {
		double score = fit(p, n, *s);
		/* Now and then a semicolon or a bar stands in a single column of text. */
		if (score > most && (*s == ',' || (score > 0.5 && heads(p, n, *s)))) {
			most = score;
			best = *s;
		}
	}
	return best;
}

/* Excel's own first line "sep=;" names the separator; 0 where there is none, or what cells are made of. It is
 * read over later. */
static char separator_line(const char *p, size_t n)
{
	if (n < 5 || strncasecmp(p, "sep=", 4) != 0 || (n > 5 && p[5] != '\n' && p[5] != '\r'))
		return '\0';
	return p[4] == '\t' || (ispunct((unsigned char)p[4]) && p[4] != '"') ? p[4] : '\0';
}

/* ---------- all together ---------- */

static const char *line_ends(const char *p, size_t n)
{
	bool lf = false, crlf = false, cr = false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n') {
			crlf = true;
			i++;
		} else if (p[i] == '\r' && i + 1 < n) {
			cr = true;
		} else if (p[i] == '\n') {
			lf = true;
		}
	}
	if (lf + crlf + cr > 1)
		return "mixed line ends";
	return crlf ? "CRLF line ends" : cr ? "CR line ends" : "LF line ends";
}

void sniff_tell(struct input *in)
{
	static const char *const names[] = { [ENC_UTF8] = "UTF-8",
		[ENC_CP1252] = "Windows-1252",
		[ENC_UTF16LE] = "UTF-16 (little-endian)",
		[ENC_UTF16BE] = "UTF-16 (big-endian)" };
	const char *rest = in->format == INPUT_YAML ? "YAML" : in->line_ends;
	if (in->sheet)
		snprintf(in->told, sizeof in->told, "spreadsheet");
	else if (in->format == INPUT_YAML)
		snprintf(in->told, sizeof in->told, "%s, %s", names[in->encoding], rest);
	else if (in->separator == '\t')
		snprintf(in->told, sizeof in->told, "%s, separated by tabs, %s",
		        names[in->encoding], rest);
	else
		snprintf(in->told, sizeof in->told, "%s, separated by '%c', %s",
		        names[in->encoding], in->separator, rest);
}

static void settle_text(struct input *in, enum input_format asked)
{
	struct buf text = { 0 };
	size_t n = in->memory_n < LOOK_BYTES ? in->memory_n : LOOK_BYTES;
	decode_add(in->encoding, in->memory, n, false, &text);
	const char *p = buf_text(&text);
	in->format = asked;
	if (asked == INPUT_AUTO)
		in->format = is_yaml(p, text.n) ? INPUT_YAML : INPUT_CSV;
	in->separator = '\t';
	in->separator_line = in->format != INPUT_YAML && separator_line(p, text.n) != '\0';
	if (in->separator_line)
		in->separator = separator_line(p, text.n);
	else if (in->format != INPUT_TSV)
		in->separator = find_separator(p, text.n);
	if (asked == INPUT_AUTO && in->format == INPUT_CSV && in->separator == '\t')
		in->format = INPUT_TSV;
	in->line_ends = line_ends(p, text.n);
	buf_free(&text);
}

bool sniff(struct input *in, const struct input_options *o, struct fault *f)
{
	bool sheet;
	if (!refuse_others(in, &sheet, f))
		return false;
	if (!sheet && o->format == INPUT_SHEET)
		return refuse(in, f, "is no .xlsx or .ods workbook");
	if (sheet && o->format != INPUT_AUTO && o->format != INPUT_SHEET)
		return refuse(in, f, "is a spreadsheet; leave out --input, or save it as CSV");
	if (sheet) {
		if (!child_start(in, o->sheet_helper, o->sheet, f))
			return false;
		in->sheet = true;
		in->format = INPUT_CSV;
		in->separator = ',';
		sniff_tell(in);
		return true;
	}
	settle_encoding(in);
	settle_text(in, o->format);
	sniff_tell(in);
	return true;
}
