/* SPDX-License-Identifier: MIT */
/* io: rows out of CSV in every dialect, at every chunk size, by the fast way and by libcsv. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "io/inner.h"

/* Everything an input gives, as one text: cells in [ ], rows on lines with their number in front; a fault
 * as ! and its text. */
static void read_all(struct input *in, struct buf *out)
{
	struct row row;
	struct buf one = { 0 };
	for (;;) {
		struct fault f = { 0 };
		enum step step = rows_next(in, &row, &f);
		if (step == STEP_END)
			break;
		if (step == STEP_FAILED) {
			buf_clear(&one);
			fault_format(&f, &one);
			buf_addf(out, "! %s\n", one.p);
			if (!rows_resumable(in))
				break;
			continue;
		}
		buf_addf(out, "%ld ", row.line);
		for (size_t i = 0; i < row.n; i++) {
			assert_int_equal(row.cell[i].p[row.cell[i].n], 0);
			buf_addc(out, '[');
			buf_add(out, row.cell[i].p, row.cell[i].n);
			buf_addc(out, ']');
		}
		buf_addc(out, '\n');
	}
	buf_free(&one);
}

static char *reading(const char *bytes, size_t n, size_t chunk, bool libcsv_only, bool blank)
{
	struct fault f = { 0 };
	struct input_options o = { .format = INPUT_CSV, .cell_max = 1000 };
	struct buf out = { 0 };
	struct input *in = input_open_bytes("t", bytes, n, &o, &f);
	if (in == NULL)
		fail_msg("%s", f.text);
	in->chunk = chunk;
	in->libcsv_only = libcsv_only;
	input_keep_blank(in, blank);
	read_all(in, &out);
	assert_true(input_close(in, &f));
	if (out.p == NULL)
		buf_adds(&out, "");
	return out.p;
}

struct csv_case {
	const char *bytes;
	size_t n; /* 0: a C text */
	const char *rows;
};

#define BYTES(text) text, sizeof(text) - 1

static const struct csv_case cases[] = {
	{ "", 0, "" },
	{ "\n\n\r\n\r", 0, "" },
	{ "a,b\n1,2\n", 0, "1 [a][b]\n2 [1][2]\n" },
	{ "a,b\n1,2", 0, "1 [a][b]\n2 [1][2]\n" },
	{ "a,b\r\n1,2\r\n", 0, "1 [a][b]\n2 [1][2]\n" },
	{ "a,b\r1,2\r", 0, "1 [a][b]\n2 [1][2]\n" },
	{ "a,b\r1,2\r3,4", 0, "1 [a][b]\n2 [1][2]\n3 [3][4]\n" },
	{ "a,b\n\n  \n1,2\n", 0, "1 [a][b]\n4 [1][2]\n" },
	{ "a,b\n,\n,,\n", 0, "1 [a][b]\n2 [][]\n3 [][][]\n" },
	{ "a,b\n1,", 0, "1 [a][b]\n2 [1][]\n" },
	{ "a,b\n1,\n", 0, "1 [a][b]\n2 [1][]\n" },
	{ "a,b\n\"\"\n", 0, "1 [a][b]\n2 []\n" },
	{ "a,b\n\"\"", 0, "1 [a][b]\n2 []\n" },
	{ "a,b\n\"\",\"\"\n", 0, "1 [a][b]\n2 [][]\n" },
	{ "a,b\n\"x\",\"y\"\n", 0, "1 [a][b]\n2 [x][y]\n" },
	{ "a,b\n\"x\",\"y\"", 0, "1 [a][b]\n2 [x][y]\n" },
	{ "a,b\n\"x,y\",z\n", 0, "1 [a][b]\n2 [x,y][z]\n" },
	{ "a,b\n\"x\"\"y\",\"\"\"\"\n", 0, "1 [a][b]\n2 [x\"y][\"]\n" },
	{ "a,b\n\"\"\"x\"\"\",y\n", 0, "1 [a][b]\n2 [\"x\"][y]\n" },
	{ "a,b\n\"x\ny\",z\n1,2\n", 0, "1 [a][b]\n2 [x\ny][z]\n4 [1][2]\n" },
	{ "a,b\n\"x\r\ny\",z\n1,2\n", 0, "1 [a][b]\n2 [x\r\ny][z]\n4 [1][2]\n" },
	{ "a,b\n\"x\ry\",z\n1,2\n", 0, "1 [a][b]\n2 [x\ry][z]\n4 [1][2]\n" },
	{ "a,b\n\"\n\n\",\"\n\"\n1,2\n", 0, "1 [a][b]\n2 [\n\n][\n]\n6 [1][2]\n" },
	{ "a,b\n x , y \n", 0, "1 [a][b]\n2 [ x ][ y ]\n" },
	{ "a,b\n0012,01/02/2024\n07700 900123,12E5\nNO,=1+1\n\"\xC2\xA3"
	  "1,200.50\",\xC2\xA0x\n",
	        0,
	        "1 [a][b]\n2 [0012][01/02/2024]\n3 [07700 900123][12E5]\n4 [NO][=1+1]\n"
	        "5 [£1,200.50][\xC2\xA0x]\n" },
	/* separators */
	{ "a;b\n1,5;2\n2,5;3\n", 0, "1 [a][b]\n2 [1,5][2]\n3 [2,5][3]\n" },
	{ "a\tb\n1, 5\t2\n", 0, "1 [a][b]\n2 [1, 5][2]\n" },
	{ "a|b|c\n1|2|3\n", 0, "1 [a][b][c]\n2 [1][2][3]\n" },
	{ "sep=;\na;b\n1;2\n", 0, "2 [a][b]\n3 [1][2]\n" },
	{ "sep=;\r\na;b\r\n1;2\r\n", 0, "2 [a][b]\n3 [1][2]\n" },
	{ "\xEF\xBB\xBFsep=|\na|b\n", 0, "2 [a][b]\n" },
	{ "Redundancy notices; as at 1 May\n\na,b,c\n1,2,3\n4,5,6\n", 0,
	        "1 [Redundancy notices; as at 1 May]\n3 [a][b][c]\n4 [1][2][3]\n5 [4][5][6]\n" },
	{ "one\ntwo; three\nfour\n", 0, "1 [one]\n2 [two; three]\n3 [four]\n" },
	/* encodings */
	{ "\xEF\xBB\xBF"
	  "a,b\n\xC3\xA9,2\n",
	        0, "1 [a][b]\n2 [é][2]\n" },
	{ "a,b\ncaf\xE9,\xA3"
	  "5 \x96 6\n",
	        0, "1 [a][b]\n2 [café][£5 – 6]\n" },
	{ BYTES("\xFF\xFE"
	        "a\0,\0b\0\n\0\xE9\0,\0=\xD8\x00\xDE\n\0"),
	        "1 [a][b]\n2 [é][😀]\n" },
	{ BYTES("\xFE\xFF\0a\0,\0b\0\r\0\n\0\xE9\0,\0002\0\n"), "1 [a][b]\n2 [é][2]\n" },
	{ BYTES("a\0,\0b\0\n\0001\0,\0002\0\n\0"), "1 [a][b]\n2 [1][2]\n" },
	/* refused rows; the others are read */
	{ "a,b\n1,x\"y\n3,4\n", 0,
	        "1 [a][b]\n! t:2: column 2: a quote stands within a cell; put the whole cell in "
	        "quotes and "
	        "double those within it\n3 [3][4]\n" },
	{ "a,b\n\"x\"y,2\n3,4\n", 0,
	        "1 [a][b]\n! t:2: column 1: a quote stands within a cell; put the whole cell in "
	        "quotes and "
	        "double those within it\n3 [3][4]\n" },
	{ "a,b\n1,\"x\n3,4\n5,6\n", 0,
	        "1 [a][b]\n! t:2: column 2: a quote opened in this row is never closed; close it, "
	        "or take it "
	        "out\n3 [3][4]\n4 [5][6]\n" },
	{ "a,b\n\"x,2\n3,\"y\"\n5,6\n", 0,
	        "1 [a][b]\n! t:2: column 1: the quote opened here ends on line 3 with text behind "
	        "it; close "
	        "it, and double the quotes within a cell\n3 [3][y]\n4 [5][6]\n" },
	{ "a,b\n\"p\nq\",x\"y\n5,6\n", 0,
	        "1 [a][b]\n! t:3: column 2: a quote stands within a cell; put the whole cell in "
	        "quotes and "
	        "double those within it\n! t:3: column 1: a quote stands within a cell; put the "
	        "whole cell "
	        "in quotes and double those within it\n4 [5][6]\n" },
	{ "a,b\n1,\"x", 0,
	        "1 [a][b]\n! t:2: column 2: a quote opened in this row is never closed; close it, "
	        "or take it "
	        "out\n" },
	{ BYTES("a,b\n1,x\0y\n3,4\n"), "1 [a][b]\n! t:2: column 2: the control character \\x00 "
	                               "stands in this cell; take it out\n"
	                               "3 [3][4]\n" },
	{ "a,b\n\x1B[31m,2\n3,4\n", 0,
	        "1 [a][b]\n! t:2: column 1: the control character \\x1b stands in this cell; take "
	        "it out\n"
	        "3 [3][4]\n" },
	/* Windows-1252 taken for Latin-1, UTF-8 written twice, and what is no text at all. */
	{ "a,b\n\xC2\x85,2\n\xC2\xA3,4\n", 0, "1 [a][b]\n2 […][2]\n3 [£][4]\n" },
	{ "a,b\n\"x, \xC3\xA2\xC2\x80\xC2\x93 y\",\xC3\xA9\n\xC2\x93q\xC2\x94,\xC2\x81\n", 0,
	        "1 [a][b]\n2 [x, – y][é]\n3 [“q”][\xEF\xBF\xBD]\n" },
	{ "\xEF\xBB\xBF"
	  "a,b\n\xE9t\xE9,2\n3,4\n",
	        0,
	        "1 [a][b]\n! t:2: column 1: the byte \\xe9 in this cell is no UTF-8; save the file "
	        "as UTF-8\n"
	        "3 [3][4]\n" },
	{ BYTES("\xFF\xFE"
	        "a\0,\0b\0\n\0\x00\xD8,\0002\0\n\0"),
	        "1 [a][b]\n! t:2: column 1: the byte \\xed in this cell is no whole character; "
	        "save the file "
	        "as UTF-8\n" },
};

static void every_case_reads_the_same_at_every_chunk_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = cases[i].n > 0 ? cases[i].n : strlen(cases[i].bytes);
		for (size_t chunk = 1; chunk <= n + 1; chunk++)
			for (int libcsv = 0; libcsv < 2; libcsv++) {
				char *got = reading(cases[i].bytes, n, chunk, libcsv, false);
				if (strcmp(got, cases[i].rows) != 0)
					fail_msg("case %zu, chunk %zu, %s:\n%s\nnot\n%s", i, chunk,
					        libcsv ? "libcsv" : "fast", got, cases[i].rows);
				mem_free(got);
			}
	}
}

static void blank_lines_are_kept_when_asked(void **state)
{
	(void)state;
	for (size_t chunk = 1; chunk < 12; chunk++)
		for (int libcsv = 0; libcsv < 2; libcsv++) {
			char *got = reading(BYTES("a\n\n \nb\r\n\r\n"), chunk, libcsv, true);
			assert_string_equal(got, "1 [a]\n2 \n3 \n4 [b]\n5 \n");
			mem_free(got);
		}
}

/* Random texts out of the bytes that matter: both ways must agree, faults and places included. */
static void fast_way_and_libcsv_agree(void **state)
{
	(void)state;
	static const char bytes[] = "aa,,,\"\"\"\n\n\r x1;\xC3\xA9\xE9\0";
	unsigned long seed = 20260803;
	char text[64];
	const char *asked = getenv("TEST_ROUNDS");
	long rounds = 20000 * (asked != NULL ? strtol(asked, NULL, 10) : 1);
	for (long round = 0; round < rounds; round++) {
		size_t n = 0;
		seed = seed * 6364136223846793005UL + 1442695040888963407UL;
		size_t want = 1 + (seed >> 33) % (sizeof text - 1);
		while (n < want) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			text[n++] = bytes[(seed >> 33) % (sizeof bytes - 1)];
		}
		text[0] = 'h'; /* no mark, no other kind of file */
		size_t chunk = 1 + (seed >> 50) % 70;
		char *fast = reading(text, n, chunk, false, round % 2);
		char *slow = reading(text, n, 1 + (seed >> 45) % 70, true, round % 2);
		if (strcmp(fast, slow) != 0)
			fail_msg("round %ld, chunk %zu: %s\nfast:\n%s\nlibcsv:\n%s", round, chunk,
			        quote(text), fast, slow);
		mem_free(fast);
		mem_free(slow);
	}
}

/* ---------- limits ---------- */

static void long_cells_and_wide_rows_are_read_or_refused(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct row row;
	struct buf b = { 0 };
	struct input_options o = { .format = INPUT_CSV };
	/* A cell of 10 MB, quoted with commas; then 10,000 columns. */
	buf_adds(&b, "a,b\n1,\"");
	for (int i = 0; i < 1000000; i++)
		buf_adds(&b, "0123,5678\n");
	buf_adds(&b, "\"\n");
	for (int i = 0; i < 10000; i++)
		buf_addf(&b, "%s%d", i > 0 ? "," : "", i);
	buf_adds(&b, "\nx,y\n");
	struct input *in = input_open_bytes("t", b.p, b.n, &o, &f);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(row.cell[1].n, 10000000);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(row.n, 10000);
	assert_int_equal(row.line, 1000003);
	assert_string_equal(row.cell[9999].p, "9999");
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(rows_next(in, &row, &f), STEP_END);
	assert_true(input_close(in, &f));
	/* The same with a limit of 1 MB: that row alone is refused, and its lines are looked at again. */
	o.cell_max = 1000000;
	in = input_open_bytes("t", b.p, b.n, &o, &f);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(rows_next(in, &row, &f), STEP_FAILED);
	assert_string_equal(f.text, "a cell is longer than 1000000 bytes; is a quote left open?");
	assert_true(rows_resumable(in));
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(row.line, 3);
	assert_true(input_close(in, &f));
	/* One line longer than the limit: the rest of it is no row. */
	buf_clear(&b);
	buf_adds(&b, "a,b\n\"");
	for (int i = 0; i < 300000; i++)
		buf_adds(&b, "0123,5678,");
	buf_adds(&b, "\nx,y\n");
	in = input_open_bytes("t", b.p, b.n, &o, &f);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(rows_next(in, &row, &f), STEP_FAILED);
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_int_equal(row.line, 3);
	assert_string_equal(row.cell[0].p, "x");
	assert_int_equal(rows_next(in, &row, &f), STEP_END);
	assert_true(input_close(in, &f));
	/* More cells than any spreadsheet. */
	buf_clear(&b);
	for (int i = 0; i < ROW_CELLS_MAX + 10; i++)
		buf_addc(&b, ',');
	buf_adds(&b, "\nx,y\n");
	in = input_open_bytes("t", b.p, b.n, &o, &f);
	fault_clear(&f);
	assert_int_equal(rows_next(in, &row, &f), STEP_FAILED);
	assert_string_equal(f.text, "a row has more than 100000 cells");
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_true(input_close(in, &f));
	/* As many as there may be, and one more, by either way of reading. */
	for (int i = 0; i < 4; i++) {
		buf_clear(&b);
		for (int k = 1; k < ROW_CELLS_MAX + i % 2; k++)
			buf_addc(&b, ',');
		buf_addc(&b, '\n');
		in = input_open_bytes("t", b.p, b.n, &o, &f);
		in->libcsv_only = i / 2;
		fault_clear(&f);
		assert_int_equal(rows_next(in, &row, &f), i % 2 ? STEP_FAILED : STEP_ROW);
		assert_true(i % 2 || row.n == ROW_CELLS_MAX);
		assert_true(input_close(in, &f));
	}
	buf_free(&b);
}

static void late_windows_1252_is_noticed(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct row row;
	struct buf b = { 0 };
	buf_adds(&b, "name,note\n");
	while (b.n < HEAD_MAX + 1000)
		buf_adds(&b, "plain,text\n");
	buf_adds(&b, "caf\xE9,\x80\n");
	struct input *in = input_open_bytes("t", b.p, b.n, NULL, &f);
	assert_string_equal(input_told(in), "UTF-8, separated by ',', LF line ends");
	bool found = false;
	while (rows_next(in, &row, &f) == STEP_ROW)
		found = found || strcmp(row.cell[0].p, "café") == 0;
	assert_true(found);
	assert_string_equal(input_told(in), "Windows-1252, separated by ',', LF line ends");
	assert_true(input_close(in, &f));
	buf_free(&b);
}

static void what_was_utf8_stays_utf8(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct row row;
	struct buf b = { 0 };
	buf_adds(&b, "name,note\nGàidhlig,x\n");
	while (b.n < HEAD_MAX + 1000)
		buf_adds(&b, "plain,text\n");
	buf_adds(&b, "y,caf\xE9\nlast,row\n");
	struct input *in = input_open_bytes("t", b.p, b.n, NULL, &f);
	enum step step;
	while ((step = rows_next(in, &row, &f)) == STEP_ROW)
		;
	assert_int_equal(step, STEP_FAILED);
	assert_string_equal(
	        f.text, "the byte \\xe9 in this cell is no UTF-8; save the file as UTF-8");
	assert_string_equal(f.field, "column 2");
	assert_string_equal(rows_raw(in).p, "y,caf\xE9");
	assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
	assert_string_equal(row.cell[0].p, "last");
	assert_true(input_close(in, &f));
	buf_free(&b);
}

/* ---------- what an input is ---------- */

static void inputs_are_told_by_content(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		enum input_format format;
		const char *told;
	} kinds[] = {
		{ "a,b\r\n1,2\r\n", 0, INPUT_CSV, "UTF-8, separated by ',', CRLF line ends" },
		{ "a;b\n\xA3;2\n", 0, INPUT_CSV, "Windows-1252, separated by ';', LF line ends" },
		{ "a\tb\r1\t2\r", 0, INPUT_TSV, "UTF-8, separated by tabs, CR line ends" },
		{ "a|b\n1|2\r\n", 0, INPUT_CSV, "UTF-8, separated by '|', mixed line ends" },
		{ BYTES("\xFF\xFE"
		        "a\0\n\0"),
		        INPUT_CSV, "UTF-16 (little-endian), separated by ',', LF line ends" },
		{ "action:\n- ref: A1\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "# notes\n---\nname: x\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "name: a, b\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "[{\"ref\":\"A1\"}]\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "[a, \"b]\"] # c\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "{\n\"a\": 1}\n", 0, INPUT_YAML, "UTF-8, YAML" },
		{ "[1] Agree?,[2] Age\nYes,30\n", 0, INPUT_CSV,
		        "UTF-8, separated by ',', LF line ends" },
		{ "Title: notices\nEmployer,Site\nx,y\n", 0, INPUT_CSV,
		        "UTF-8, separated by ',', LF line ends" },
		{ "Date:,Name\n", 0, INPUT_CSV, "UTF-8, separated by ',', LF line ends" },
		{ "", 0, INPUT_CSV, "UTF-8, separated by ',', LF line ends" },
	};
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct fault f = { 0 };
		struct input *in = input_open_bytes("t", kinds[i].bytes,
		        kinds[i].n > 0 ? kinds[i].n : strlen(kinds[i].bytes), NULL, &f);
		assert_non_null(in);
		assert_string_equal(input_told(in), kinds[i].told);
		assert_int_equal(input_format(in), kinds[i].format);
		assert_true(input_close(in, &f));
	}
	static const struct {
		const char *bytes;
		size_t n;
		const char *says;
	} others[] = {
		{ BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), "old Excel workbook" },
		{ BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1.."
		        "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
		        "password" },
		{ BYTES("PK\3\4....word/document.xml"), "text document" },
		{ BYTES("PK\3\4....xl/workbook.xml"), "save it as CSV" },
		{ BYTES("PK\3\4....photo.jpg"), "zip file" },
		{ BYTES("%PDF-1.4"), "PDF" },
		{ BYTES("<html><table>"), "spreadsheet" },
		{ BYTES("\n<?xml version"), "spreadsheet" },
		{ BYTES("\x1F\x8B\x08"), "gunzip" },
	};
	for (size_t i = 0; i < COUNT(others); i++) {
		struct fault f = { 0 };
		assert_null(input_open_bytes("t", others[i].bytes, others[i].n, NULL, &f));
		if (strstr(f.text, others[i].says) == NULL)
			fail_msg("%s", f.text);
		assert_int_equal(f.status, STATUS_DATA);
		assert_string_equal(f.file, "t");
	}
	struct fault f = { 0 };
	assert_null(input_open("/nonexistent/file.csv", NULL, &f));
	assert_int_equal(f.status, STATUS_NOINPUT);
	assert_string_equal(
	        f.text, "cannot open '/nonexistent/file.csv': no such file or directory");
	fault_clear(&f);
	assert_null(input_open("/", NULL, &f));
	assert_int_equal(f.status, STATUS_NOINPUT);
}

static void rows_are_given_back_as_they_stood(void **state)
{
	(void)state;
	static const char *const lines[] = { "a,b,c", "1,\"x\"\"y\",\"\"", "\"p\nq\",,\" \"",
		"é,\"£\",z", "\"\",\"\"", "bad\"quote,1,2", "\"\"\"\",\"\",", "\"open,1,2", "x" };
	for (int libcsv = 0; libcsv < 2; libcsv++)
		for (size_t chunk = 1; chunk < 40; chunk++) {
			struct buf b = { 0 };
			struct fault f = { 0 };
			struct row row;
			for (size_t i = 0; i < COUNT(lines); i++)
				buf_addf(&b, "%s\r\n", lines[i]);
			struct input *in = input_open_bytes("t", b.p, b.n, NULL, &f);
			in->chunk = chunk;
			in->libcsv_only = libcsv;
			for (size_t i = 0; i < COUNT(lines); i++) {
				enum step step = rows_next(in, &row, &f);
				assert_int_equal(step, i == 5 || i == 7 ? STEP_FAILED : STEP_ROW);
				struct cell raw = rows_raw(in);
				assert_string_equal(raw.p, lines[i]);
				assert_int_equal(raw.n, strlen(lines[i]));
			}
			assert_int_equal(rows_next(in, &row, &f), STEP_END);
			assert_true(input_close(in, &f));
			buf_free(&b);
		}
}

/* ---------- files, pipes, the helper ---------- */

static void write_file(const char *path, const char *bytes, size_t n, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
	assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && close(fd) == 0);
}

static void files_are_hashed_as_they_came(void **state)
{
	(void)state;
	char path[] = "/tmp/test-io-XXXXXX", hex[65];
	struct fault f = { 0 };
	struct row row;
	close(mkstemp(path));
	write_file(path,
	        BYTES("\xEF\xBB\xBF"
	              "abc,d\n1,2\n"),
	        0600);
	struct input *in = input_open(path, NULL, &f);
	input_hash(in);
	while (rows_next(in, &row, &f) == STEP_ROW)
		;
	assert_int_equal(input_size(in), 13);
	assert_int_equal(input_done(in), 13);
	input_sha256(in, hex);
	/* printf '\357\273\277abc,d\n1,2\n' | sha256sum */
	assert_string_equal(
	        hex, "706db229aacaa37738ae16a96885c8ea150cdd52c6d537e26962fba6aa021123");
	assert_true(input_close(in, &f));
	unlink(path);
}

/* A stand-in for sheet-csv: what it is given on standard input must be the whole file. */
static void spreadsheets_come_through_the_helper(void **state)
{
	(void)state;
	char dir[] = "/tmp/test-io-XXXXXX", helper[64], sheet[64];
	struct fault f = { 0 };
	struct row row;
	assert_non_null(mkdtemp(dir));
	snprintf(helper, sizeof helper, "%s/helper", dir);
	snprintf(sheet, sizeof sheet, "%s/sheet", dir);
	static const char script[] =
	        "#!/bin/sh\n"
	        "[ \"$2\" = Broken ] && echo 'sheet-csv: standard input: no sheet' >&2 && exit 65\n"
	        "echo \"size,$2\"; echo '\"a\nb\",'; echo \"$(wc -c),x\"\n";
	write_file(helper, BYTES(script), 0700);
	write_file(sheet, BYTES("PK\3\4 [Content_Types].xml xl/ and so on"), 0600);
	struct input_options o = { .sheet_helper = helper, .sheet = "Plan" };

	for (int piped = 0; piped < 2; piped++) {
		int ends[2] = { -1, -1 };
		struct input *in;
		if (piped) {
			assert_int_equal(pipe(ends), 0);
			assert_int_equal(
			        write(ends[1], "PK\3\4 [Content_Types].xml xl/ and so on", 38), 38);
			close(ends[1]);
			in = input_open_fd(ends[0], "-", &o, &f);
		} else {
			in = input_open(sheet, &o, &f);
		}
		if (in == NULL)
			fail_msg("%s", f.text);
		assert_int_equal(input_format(in), INPUT_CSV);
		assert_string_equal(input_told(in), "spreadsheet");
		assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
		assert_string_equal(row.cell[1].p, "Plan");
		assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
		assert_int_equal(row.line, 2);
		assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
		assert_int_equal(row.line, 3);
		assert_string_equal(row.cell[0].p, "38");
		assert_int_equal(rows_next(in, &row, &f), STEP_END);
		assert_true(input_close(in, &f));
		close(ends[0]);
	}

	o.sheet = "Broken";
	struct input *in = input_open(sheet, &o, &f);
	assert_non_null(in);
	assert_int_equal(rows_next(in, &row, &f), STEP_END);
	assert_false(input_close(in, &f));
	assert_int_equal(f.status, STATUS_DATA);
	assert_string_equal(f.text, "no sheet");
	assert_string_equal(f.file, sheet);

	fault_clear(&f);
	o.sheet_helper = "/nonexistent/sheet-csv";
	assert_null(input_open(sheet, &o, &f));
	assert_int_equal(f.status, STATUS_HELPER);
	unlink(helper);
	unlink(sheet);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_reads_the_same_at_every_chunk_size),
		cmocka_unit_test(blank_lines_are_kept_when_asked),
		cmocka_unit_test(fast_way_and_libcsv_agree),
		cmocka_unit_test(long_cells_and_wide_rows_are_read_or_refused),
		cmocka_unit_test(late_windows_1252_is_noticed),
		cmocka_unit_test(what_was_utf8_stays_utf8),
		cmocka_unit_test(inputs_are_told_by_content),
		cmocka_unit_test(rows_are_given_back_as_they_stood),
		cmocka_unit_test(files_are_hashed_as_they_came),
		cmocka_unit_test(spreadsheets_come_through_the_helper),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
