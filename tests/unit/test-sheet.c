/* SPDX-License-Identifier: MIT */
/* sheet: number formats, column types, and what goes into a workbook comes out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "sheet/read/book.h"

/* ---------- number formats ---------- */

static const char *shown(const char *number, struct form_of form, enum epoch epoch)
{
	static struct buf out;

	buf_clear(&out);
	form_add(&out, number, strlen(number), form, epoch);
	return buf_text(&out);
}

static void formats_that_are_dates(void **state)
{
	static const struct {
		const char *code;
		enum form form;
	} cases[] = {
		{ "dd/mm/yyyy", FORM_DATE },
		{ "d-mmm-yy", FORM_DATE },
		{ "[$-809]dd mmmm yyyy;@", FORM_DATE },
		{ "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", FORM_DATE },
		{ "mmm\\-yy", FORM_DATE },
		{ "yyyy\"年\"m\"月\"d\"日\"", FORM_DATE },
		{ "[Red]yyyy-mm-dd", FORM_DATE },
		{ "h:mm AM/PM", FORM_TIME },
		{ "HH:MM:SS", FORM_TIME },
		{ "mm:ss.0", FORM_TIME },
		{ "dd/mm/yyyy hh:mm", FORM_MOMENT },
		{ "m/d/yy h:mm:ss AM/PM", FORM_MOMENT },
		{ "[h]:mm:ss", FORM_SPAN },
		{ "[mm]:ss", FORM_SPAN },
		{ "General", FORM_NUMBER },
		{ "GENERAL\\ \"days\"", FORM_NUMBER },
		{ "0.00", FORM_NUMBER },
		{ "#,##0", FORM_NUMBER },
		{ "\"£\"#,##0;\\-\"£\"#,##0", FORM_NUMBER },
		{ "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", FORM_NUMBER },
		{ "_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-", FORM_NUMBER },
		{ "0.00E+00", FORM_NUMBER },
		{ "0%", FORM_NUMBER },
		{ "# ?/?", FORM_NUMBER },
		{ "0\\ \"hours\"", FORM_NUMBER },
		{ "0_d", FORM_NUMBER },
		{ "\"day\" 0;dd", FORM_NUMBER },
		{ "@", FORM_NUMBER },
		{ "\"unclosed dd", FORM_NUMBER },
		{ "[h", FORM_NUMBER },
		{ "\\", FORM_NUMBER },
		{ "", FORM_NUMBER },
		{ "0.00;-0.00", FORM_FIXED },
		{ "0.0;-0.0", FORM_FIXED },
		{ "0.00;-0.0", FORM_NUMBER },
		{ "0.00;-0.00;", FORM_NUMBER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum form got = (enum form)form_of_code(cases[i].code).form;

		if (got != cases[i].form)
			fail_msg("%s: %d, not %d", cases[i].code, (int)got, (int)cases[i].form);
	}
	assert_int_equal(form_builtin(14).form, FORM_DATE);
	assert_int_equal(form_builtin(22).form, FORM_MOMENT);
	assert_int_equal(form_builtin(45).form, FORM_TIME);
	assert_int_equal(form_builtin(46).form, FORM_SPAN);
	assert_int_equal(form_builtin(0).form, FORM_NUMBER);
	assert_int_equal(form_builtin(9).form, FORM_NUMBER);
	assert_int_equal(form_builtin(49).form, FORM_NUMBER);
}

static void serials_become_dates(void **state)
{
	static const struct {
		const char *number;
		enum form form;
		enum epoch epoch;
		const char *want;
	} cases[] = {
		{ "1", FORM_DATE, EPOCH_1900, "1900-01-01" },
		{ "59", FORM_DATE, EPOCH_1900, "1900-02-28" },
		{ "60", FORM_DATE, EPOCH_1900, "1900-02-29" },
		{ "61", FORM_DATE, EPOCH_1900, "1900-03-01" },
		{ "45991", FORM_DATE, EPOCH_1900, "2025-11-30" },
		{ "2958465", FORM_DATE, EPOCH_1900, "9999-12-31" },
		{ "2958466", FORM_DATE, EPOCH_1900, "2958466" },
		{ "0", FORM_DATE, EPOCH_1900, "0" },
		{ "-5", FORM_DATE, EPOCH_1900, "-5" },
		{ "0", FORM_DATE, EPOCH_1899, "1899-12-30" },
		{ "1", FORM_DATE, EPOCH_1899, "1899-12-31" },
		{ "60", FORM_DATE, EPOCH_1899, "1900-02-28" },
		{ "61", FORM_DATE, EPOCH_1899, "1900-03-01" },
		{ "-36522", FORM_DATE, EPOCH_1899, "1800-01-01" },
		{ "0", FORM_DATE, EPOCH_1904, "1904-01-01" },
		{ "44529", FORM_DATE, EPOCH_1904, "2025-11-30" },
		{ "45991.59861111111", FORM_MOMENT, EPOCH_1900, "2025-11-30 14:22" },
		{ "45991.598668981482", FORM_MOMENT, EPOCH_1900, "2025-11-30 14:22:05" },
		{ "45991", FORM_MOMENT, EPOCH_1900, "2025-11-30" },
		{ "45991.9999999", FORM_MOMENT, EPOCH_1900, "2025-12-01" },
		{ "45991.7", FORM_DATE, EPOCH_1900, "2025-11-30" },
		{ "0.5", FORM_MOMENT, EPOCH_1900, "12:00" },
		{ "0.5", FORM_TIME, EPOCH_1900, "12:00" },
		{ "0.59866898148148", FORM_TIME, EPOCH_1900, "14:22:05" },
		{ "0", FORM_TIME, EPOCH_1900, "00:00" },
		{ "1.5", FORM_SPAN, EPOCH_1900, "36:00" },
		{ "1.5001157407407", FORM_SPAN, EPOCH_1900, "36:00:10" },
		{ "-0.25", FORM_SPAN, EPOCH_1900, "-06:00" },
		{ "4.5991E4", FORM_DATE, EPOCH_1900, "2025-11-30" },
		{ "tomorrow", FORM_DATE, EPOCH_1900, "tomorrow" },
		{ "1e300", FORM_DATE, EPOCH_1900, "1e300" },
		{ "nan", FORM_DATE, EPOCH_1900, "nan" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		        shown(cases[i].number, (struct form_of){ .form = (uint8_t)cases[i].form },
		                cases[i].epoch),
		        cases[i].want);
	/* A stopwatch's tenths are shown where the format shows them. */
	assert_string_equal(
	        shown("0.000870370370370", form_of_code("mm:ss.0"), EPOCH_1900), "00:01:15.2");
}

static void numbers_keep_their_digits(void **state)
{
	static const char *const cases[][2] = {
		{ "1234.5", "1234.5" },
		{ "5.0999999999999996", "5.1" },
		{ "0.30000000000000004", "0.30000000000000004" },
		{ "1.23E+11", "123000000000" },
		{ "1E-3", "0.001" },
		{ "-2.5e2", "-250" },
		{ "0E0", "0" },
		{ "1.5E+300", "1.5E+300" },
		{ "123456789012345678", "123456789012345680" },
		{ "9007199254740993", "9007199254740993" },
		{ "0.1", "0.1" },
		{ ".5", "0.5" },
		{ "-0.5", "-0.5" },
		{ "0x10", "0x10" },
		{ "inf", "inf" },
		{ "12abc", "12abc" },
		{ "9.1999999999999993", "9.2" },
	};
	struct form_of plain = { .form = FORM_NUMBER };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(shown(cases[i][0], plain, EPOCH_1900), cases[i][1]);
	assert_string_equal(shown("1234.5", form_of_code("0.00;-0.00"), EPOCH_1900), "1234.50");
	assert_string_equal(shown("1234.567", form_of_code("0.00;-0.00"), EPOCH_1900), "1234.567");
}

static void iso_values(void **state)
{
	static const char *const cases[][2] = {
		{ "2026-11-30", "2026-11-30" },
		{ "2026-11-30T00:00:00", "2026-11-30" },
		{ "2026-11-30T00:00:00.000", "2026-11-30" },
		{ "2026-11-30T14:22:00", "2026-11-30 14:22" },
		{ "2026-11-30T14:22:05.2", "2026-11-30 14:22:05" },
		{ "2026-11-30T14:21:59.99999", "2026-11-30 14:22" },
		{ "2026-11-30T14:22:05Z", "2026-11-30 14:22:05Z" },
		{ "14:22:00", "14:22" },
		{ "2026-11-30Tnoon", "2026-11-30 noon" },
		{ "T", "" },
	};
	static const char *const spans[][2] = {
		{ "PT14H22M00S", "14:22" },
		{ "PT36H00M05S", "36:00:05" },
		{ "P1DT2H", "26:00" },
		{ "-PT30M", "-00:30" },
		{ "PT0H0M1.5S", "00:00:01.5" },
		{ "P1DT1H", "25:00" },
		{ "P1W", "168:00" },
		{ "P1M", "P1M" },
		{ "P1Y2M", "P1Y2M" },
		{ "P1M1DT5M", "P1M1DT5M" },
		{ "P5H", "P5H" },
		{ "PT1D", "PT1D" },
		{ "P1Y", "P1Y" },
		{ "PT", "PT" },
		{ "tea", "tea" },
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_clear(&out);
		form_add_iso(&out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(buf_text(&out), cases[i][1]);
	}
	for (size_t i = 0; i < COUNT(spans); i++) {
		buf_clear(&out);
		form_add_duration(&out, spans[i][0], strlen(spans[i][0]));
		assert_string_equal(buf_text(&out), spans[i][1]);
	}
	buf_free(&out);
}

static void escapes(void **state)
{
	static const char *const cases[][2] = {
		{ "plain_text", "plain_text" },
		{ "a_x0041_b", "aAb" },
		{ "_x005F_x0041_", "_x0041_" },
		{ "a_x000D_", "a\r" },
		{ "_x0000_", "\xef\xbf\xbd" },
		{ "_xD800_", "\xef\xbf\xbd" },
		{ "_x20AC_", "€" },
		{ "_x12_", "_x12_" },
		{ "_x", "_x" },
		{ "__x0041_", "_A" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[40];
		size_t n = (size_t)snprintf(text, sizeof text, "%s", cases[i][0]);

		assert_int_equal(xlsx_unescape(text, n), strlen(cases[i][1]));
		assert_string_equal(text, cases[i][1]);
	}
}

/* ---------- columns ---------- */

static void column_types(void **state)
{
	static const struct {
		const char *cells; /* one a line */
		enum sheet_type type;
		int decimals;
	} cases[] = {
		{ "2026-11-30\n\n2008-04-01", SHEET_COLUMN_DATE, 0 },
		{ "2026-11-30\nsoon", SHEET_COLUMN_TEXT, 0 },
		{ "2026-02-31", SHEET_COLUMN_TEXT, 0 },
		{ "1900-02-28", SHEET_COLUMN_TEXT, 0 },
		{ "30/11/2026", SHEET_COLUMN_TEXT, 0 },
		{ "2026-11-30 14:22", SHEET_COLUMN_TEXT, 0 },
		{ "2008-09", SHEET_COLUMN_TEXT, 0 },
		{ "1\n20\n-3\n0", SHEET_COLUMN_NUMBER, 0 },
		{ "1.5\n2\n-0.25", SHEET_COLUMN_NUMBER, -1 },
		{ "1234.50\n0.99\n-10.00", SHEET_COLUMN_NUMBER, 2 },
		{ "2.9\n2.10", SHEET_COLUMN_TEXT, 0 },
		{ "0012", SHEET_COLUMN_TEXT, 0 },
		{ "1\n0012", SHEET_COLUMN_TEXT, 0 },
		{ "12E5", SHEET_COLUMN_TEXT, 0 },
		{ "+5", SHEET_COLUMN_TEXT, 0 },
		{ "-0", SHEET_COLUMN_TEXT, 0 },
		{ "5.", SHEET_COLUMN_TEXT, 0 },
		{ ".5", SHEET_COLUMN_TEXT, 0 },
		{ "-", SHEET_COLUMN_TEXT, 0 },
		{ "1 ", SHEET_COLUMN_TEXT, 0 },
		{ "1,234", SHEET_COLUMN_TEXT, 0 },
		{ "123456789012345", SHEET_COLUMN_NUMBER, 0 },
		{ "1234567890123456", SHEET_COLUMN_TEXT, 0 },
		{ "2026-11-30\n5", SHEET_COLUMN_TEXT, 0 },
		{ "", SHEET_COLUMN_TEXT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sheet_column column = { 0 };
		char text[80];

		snprintf(text, sizeof text, "%s", cases[i].cells);
		for (char *p = text, *end; p; p = end) {
			end = strchr(p, '\n');
			if (end)
				*end++ = '\0';
			sheet_column_see(&column, p, strlen(p));
		}
		sheet_column_settle(&column);
		if (column.type != cases[i].type || (column.type == SHEET_COLUMN_NUMBER &&
		                                            column.decimals != cases[i].decimals))
			fail_msg("%s: type %d decimals %d", cases[i].cells, (int)column.type,
			        column.decimals);
	}
}

/* ---------- out and back ---------- */

enum { ROWS = 6, COLUMNS = 9 };
/* The third column is dates, the fourth money, the fifth numbers; all else stays text. */
static const char *const torture[ROWS][COLUMNS] = {
	{ "ref", "text", "due", "money", "count", "x", "y", "z", "_x0041_" },
	{ "0012", "=1+1", "2026-11-30", "1200.50", "5", "01/02/2024", "NO", "12E5", "_x005F_" },
	{ "07700 900123", "@SUM(A1)", "", "-0.90", "-7", "a,b;c", "£1,200.50", "it's \"so\"", "_" },
	{ "2.10", "+44 20 7946", "2008-02-29", "", "", " led by blanks ", "line\nbreak\n", "\ttab",
	        "" },
	{ "2.9", "-1-1", "1900-03-01", "7.00", "123456789012345", "two  blanks", "cr\r\nlf", "]]>",
	        "&amp;" },
	{ "1e5", "http://example.org", "9999-12-31", "0.00", "0", "\xc2\xa0nbsp\xc2\xa0", "– ’ €",
	        "<b>", "https://x.y/?a=b&c=d" },
};

struct back {
	long row;
};

static bool check_row(void *arg, const struct sheet_row *row, struct fault *f)
{
	struct back *back = arg;

	(void)f;
	assert_int_equal(row->number, ++back->row);
	assert_int_equal(row->width, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		assert_string_equal(i < row->n ? row->cell[i].p : "", torture[row->number - 1][i]);
	return true;
}

static void write_torture(const char *path, enum sheet_format format, bool large)
{
	struct sheet_column columns[COLUMNS] = { 0 };
	struct sheet_cell cells[COLUMNS];
	struct fault f = { 0 };
	struct sheet_out *out;

	for (size_t r = 0; r < ROWS; r++)
		for (size_t i = 0; i < COLUMNS; i++)
			(r ? sheet_column_see : sheet_column_head)(
			        &columns[i], torture[r][i], strlen(torture[r][i]));
	for (size_t i = 0; i < COLUMNS; i++)
		sheet_column_settle(&columns[i]);
	assert_int_equal(columns[2].type, SHEET_COLUMN_DATE);
	assert_int_equal(columns[3].type, SHEET_COLUMN_NUMBER);
	assert_int_equal(columns[4].type, SHEET_COLUMN_NUMBER);
	out = sheet_out_open(path, format, "A title & more", "/tmp", large, &f);
	assert_non_null(out);
	for (int sheet = 0; sheet < 2; sheet++) {
		assert_true(sheet_out_sheet(out, "plan: 'A'/b", columns, COLUMNS, ROWS, &f));
		for (size_t r = 0; r < ROWS; r++) {
			for (size_t i = 0; i < COLUMNS; i++)
				cells[i] =
				        (struct sheet_cell){ torture[r][i], strlen(torture[r][i]) };
			assert_true(sheet_out_row(out, cells, COLUMNS, &f));
		}
	}
	assert_true(sheet_out_close(out, &f));
}

static void read_torture(const char *path)
{
	int fd = open(path, O_RDONLY);
	struct fault f = { 0 };
	struct sheet_told told;
	enum sheet_kind kind;
	struct sheet_book *book;

	assert_true(sheet_sniff(fd, path, &kind, &f));
	assert_int_equal(kind, SHEET_BOOK);
	book = sheet_open(fd, path, &f);
	if (!book)
		fail_msg("%s", f.text);
	assert_int_equal(sheet_count(book), 2);
	assert_string_equal(sheet_info(book, 0)->name, "plan- 'A'-b");
	assert_string_equal(sheet_info(book, 1)->name, "plan- 'A'-b (2)");
	for (size_t i = 0; i < 2; i++) {
		struct back back = { 0 };

		if (!sheet_read(book, i, false, check_row, &back, &told, &f))
			fail_msg("%s", f.text);
		assert_int_equal(back.row, ROWS);
	}
	sheet_close(book);
	close(fd);
}

static bool same_bytes(const char *one, const char *two)
{
	FILE *a = fopen(one, "rb"), *b = fopen(two, "rb");
	int x, y;

	do {
		x = getc(a);
		y = getc(b);
	} while (x == y && x != EOF);
	fclose(a);
	fclose(b);
	return x == y;
}

static void out_and_back(void **state)
{
	char folder[] = "/tmp/test-sheet-XXXXXX", one[64], two[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(one, sizeof one, "%s/one", folder);
	snprintf(two, sizeof two, "%s/two", folder);
	for (int how = 0; how < 3; how++) {
		enum sheet_format format = how == 2 ? SHEET_ODS : SHEET_XLSX;

		write_torture(one, format, how == 1);
		read_torture(one);
		write_torture(two, format, how == 1);
		assert_true(same_bytes(one, two));
	}
	unlink(one);
	unlink(two);
	assert_int_equal(rmdir(folder), 0); /* no temporary was left behind */
}

/* ---------- small zip files ---------- */

/* An entry of the file as another program reads it. */
static void read_entry(const char *path, const char *name, struct buf *out)
{
	char command[256], room[4096];
	size_t n;

	snprintf(command, sizeof command, "unzip -p '%s' '%s'", path, name);
	FILE *p = popen(command, "r");
	assert_non_null(p);
	buf_clear(out);
	while ((n = fread(room, 1, sizeof room, p)) > 0)
		buf_add(out, room, n);
	assert_int_equal(pclose(p), 0);
}

static void packs_of_pieces(void **state)
{
	char path[] = "/tmp/test-pack-XXXXXX";
	int fd = mkstemp(path);
	struct buf large = { 0 }, file = { 0 }, back = { 0 };
	struct sheet_pack pack = { 0 };
	struct fault f = { 0 };

	(void)state;
	/* More than the compressor hands over at a time. */
	for (unsigned i = 0, x = 1; i < 60000; i++, x = x * 1103515245 + 12345)
		buf_addc(&large, (char)(x >> 16));
	const struct sheet_piece pieces[] = { { "one ", 4 }, { "", 0 }, { large.p, large.n },
		{ " four", 5 } };
	assert_true(sheet_pack_add(&pack, "stored", pieces, COUNT(pieces), false, &f));
	assert_true(sheet_pack_add(&pack, "deflated", pieces, COUNT(pieces), true, &f));
	assert_true(sheet_pack_add(&pack, "again", pieces, 1, true, &f));
	assert_true(sheet_pack_add(&pack, "nothing", pieces + 1, 1, true, &f));
	sheet_pack_finish(&pack, &file);
	assert_int_equal(write(fd, file.p, file.n), file.n);
	close(fd);
	for (int i = 0; i < 2; i++) {
		read_entry(path, i == 0 ? "stored" : "deflated", &back);
		assert_int_equal(back.n, large.n + 9);
		assert_memory_equal(back.p, "one ", 4);
		assert_memory_equal(back.p + 4, large.p, large.n);
		assert_memory_equal(back.p + 4 + large.n, " four", 5);
	}
	read_entry(path, "again", &back);
	assert_string_equal(buf_text(&back), "one ");
	read_entry(path, "nothing", &back);
	assert_int_equal(back.n, 0);
	unlink(path);
	buf_free(&large);
	buf_free(&file);
	buf_free(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_that_are_dates),
		cmocka_unit_test(serials_become_dates),
		cmocka_unit_test(numbers_keep_their_digits),
		cmocka_unit_test(iso_values),
		cmocka_unit_test(escapes),
		cmocka_unit_test(column_types),
		cmocka_unit_test(out_and_back),
		cmocka_unit_test(packs_of_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
