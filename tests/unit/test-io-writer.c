/* SPDX-License-Identifier: MIT */
/* io: what the writers give, and that it is read back as what it was. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "io/io.h"

static const struct out_column columns[] = {
	{ "ref", VALUE_TEXT, true },
	{ "what", VALUE_TEXT, true },
	{ "spent", VALUE_NUMBER, true },
	{ "done", VALUE_BOOL, true },
	{ "extra", VALUE_TEXT, false },
};

static const char *const rows[][5] = {
	{ "A1", "Identify existing work", "12.50", "yes", "x" },
	{ "A10", "café, \"naïve\" & 日本\nsecond line", "-3", "no", NULL },
	{ "0012", NULL, NULL, NULL, "" },
};

static char *table(enum format format, int width, size_t n)
{
	struct buf b = { 0 };
	struct fault f = { 0 };
	struct out *o = out_open_memory(&b);
	struct writer_look look = { .columns = width };
	struct writer *w = writer_new(format, o, &look);
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		writer_cells(w, rows[i]);
	assert_true(writer_close(w, &f));
	assert_true(out_close(o, &f));
	buf_adds(&b, "");
	return b.p;
}

static void check_table(enum format format, int width, size_t n, const char *expected)
{
	char *got = table(format, width, n);
	assert_string_equal(got, expected);
	mem_free(got);
}

static void tables_are_written_in_every_format(void **state)
{
	(void)state;
	check_table(FORMAT_CSV, 0, 3,
	        "ref,what,spent,done,extra\nA1,Identify existing work,12.50,yes,x\n"
	        "A10,\"café, \"\"naïve\"\" & 日本\nsecond line\",-3,no,\n0012,,,,\n");
	check_table(FORMAT_TSV, 0, 1,
	        "ref\twhat\tspent\tdone\textra\nA1\tIdentify existing work\t12.50\tyes\tx\n");
	check_table(FORMAT_JSON, 0, 3,
	        "[\n  {\"ref\": \"A1\", \"what\": \"Identify existing work\", \"spent\": 12.50, "
	        "\"done\": true, "
	        "\"extra\": \"x\"},\n  {\"ref\": \"A10\", \"what\": \"café, \\\"naïve\\\" & "
	        "日本\\nsecond line\", "
	        "\"spent\": -3, \"done\": false, \"extra\": null},\n  {\"ref\": \"0012\", "
	        "\"what\": null, "
	        "\"spent\": null, \"done\": null, \"extra\": \"\"}\n]\n");
	check_table(FORMAT_YAML, 0, 3,
	        "- ref: A1\n  what: Identify existing work\n  spent: 12.50\n  done: yes\n  extra: "
	        "x\n"
	        "- ref: A10\n  what: |-\n    café, \"naïve\" & 日本\n    second line\n  spent: "
	        "-3\n  done: no\n"
	        "  extra:\n- ref: '0012'\n  what:\n  spent:\n  done:\n  extra: ''\n");
	check_table(FORMAT_MD, 0, 2,
	        "| ref | what | spent | done |\n|---|---|---:|---|\n| A1 | Identify existing work "
	        "| 12.50 | yes "
	        "|\n| A10 | café, \"naïve\" &amp; 日本<br>second line | -3 | no |\n");
	check_table(FORMAT_REF, 0, 3, "A1\nA10\n0012\n");
	check_table(FORMAT_TEXT, 0, 3,
	        "ref   what                    spent  done\n"
	        "A1    Identify existing work  12.50  yes\n"
	        "A10   café, \"naïve\" & 日本       -3  no\n"
	        "      second line\n"
	        "0012\n");
	check_table(FORMAT_TEXT, 32, 3,
	        "ref   what           spent  done\n"
	        "A1    Identify       12.50  yes\n"
	        "      existing work\n"
	        "A10   café, \"naïve\"     -3  no\n"
	        "      & 日本\n"
	        "      second line\n"
	        "0012\n");
}

/* A table of one row with lists in it. */
static void check_items(enum format format, const char *expected)
{
	static const struct out_column some[] = { { "ref", VALUE_TEXT, true },
		{ "aims", VALUE_TEXT, true }, { "tags", VALUE_TEXT, true } };
	static const char *const items[] = { "2.1", "a;b" };
	struct buf b = { 0 };
	struct fault f = { 0 };
	struct out *o = out_open_memory(&b);
	struct writer *w = writer_new(format, o, NULL);
	writer_columns(w, some, COUNT(some));
	for (int i = 0; i < 2; i++) {
		writer_cell(w, "A1", 2);
		writer_items(w, items, i == 0 ? COUNT(items) : 0);
		writer_items(w, items, i == 0 ? 0 : 1);
	}
	assert_true(writer_close(w, &f));
	assert_true(out_close(o, &f));
	assert_string_equal(buf_text(&b), expected);
	buf_free(&b);
}

static void lists_are_lists_where_a_format_has_them(void **state)
{
	(void)state;
	check_items(FORMAT_CSV, "ref,aims,tags\nA1,2.1;a\\;b,\nA1,,2.1\n");
	check_items(FORMAT_MD, "| ref | aims | tags |\n|---|---|---|\n"
	                       "| A1 | 2.1;a\\\\;b |  |\n| A1 |  | 2.1 |\n");
	check_items(FORMAT_JSON, "[\n  {\"ref\": \"A1\", \"aims\": [\"2.1\", \"a;b\"], "
	                         "\"tags\": []},\n  {\"ref\": \"A1\", \"aims\": [], "
	                         "\"tags\": [\"2.1\"]}\n]\n");
	check_items(FORMAT_YAML, "- ref: A1\n  aims:\n    - '2.1'\n    - a;b\n  tags: []\n"
	                         "- ref: A1\n  aims: []\n  tags:\n    - '2.1'\n");
}

static void without_rows_each_format_says_nothing_in_its_way(void **state)
{
	(void)state;
	check_table(FORMAT_TEXT, 80, 0, "");
	check_table(FORMAT_MD, 0, 0, "");
	check_table(FORMAT_REF, 0, 0, "");
	check_table(FORMAT_CSV, 0, 0, "ref,what,spent,done,extra\n");
	check_table(FORMAT_TSV, 0, 0, "ref\twhat\tspent\tdone\textra\n");
	check_table(FORMAT_JSON, 0, 0, "[]\n");
	check_table(FORMAT_YAML, 0, 0, "[]\n");
}

static void text_fits_every_width(void **state)
{
	(void)state;
	for (int width = 1; width < 90; width++) {
		char *got = table(FORMAT_TEXT, width, 3);
		for (char *line = got; *line != '\0'; line++) {
			size_t n = strcspn(line, "\n");
			/* What does not fit side by side is stacked. */
			if (width >= 24 && text_width(line, n) > width)
				fail_msg("width %d:\n%s", width, got);
			if (n > 0)
				assert_true(line[n - 1] != ' ');
			line += n;
		}
		mem_free(got);
	}
}

/* A table of the cells given, `n` columns, the first row the headings. */
static char *fitted(int width, size_t n, const char *const *cell, size_t count)
{
	struct out_column column[8];
	struct buf b = { 0 };
	struct fault f = { 0 };
	struct out *o = out_open_memory(&b);
	struct writer *w = writer_new(FORMAT_TEXT, o, &(struct writer_look){ width, false });

	for (size_t i = 0; i < n; i++)
		column[i] = (struct out_column){ cell[i],
			cell[i][0] == '#' ? VALUE_NUMBER : VALUE_TEXT, true };
	writer_columns(w, column, n);
	for (size_t r = 1; r < count; r++)
		writer_cells(w, cell + r * n);
	assert_true(writer_close(w, &f));
	assert_true(out_close(o, &f));
	return b.p;
}

static void check_fitted(
        int width, size_t n, const char *const *cell, size_t count, const char *expected)
{
	char *got = fitted(width, n, cell, count);

	assert_string_equal(got, expected);
	mem_free(got);
}

static void headings_break_between_words(void **state)
{
	static const char *const table[] = { "#With figures", "Monitoring and evaluation", "What",
		"12", "short", "an extraordinarily long text of many words", "7", "also",
		"under-represented" };

	(void)state;
	for (int width = 30; width < 90; width++) {
		char *got = fitted(width, 3, table, 3);

		assert_non_null(strstr(got, "figures"));
		assert_non_null(strstr(got, "Monitoring"));
		assert_non_null(strstr(got, "evaluation"));
		mem_free(got);
	}
	/* The words of cells are broken before those of headings, behind a hyphen where there is one. */
	check_fitted(36, 3, table, 3,
	        "  #With  Monitoring  What\n"
	        "figures  and\n"
	        "         evaluation\n"
	        "     12  short       an\n"
	        "                     extraordinarily\n"
	        "                     long text of\n"
	        "                     many words\n\n"
	        "      7  also        under-\n"
	        "                     represented\n");
}

static void what_is_short_stays_on_a_line(void **state)
{
	static const char *const table[] = { "Ref", "Title", "Due", "A1",
		"A title that is so long that it takes several lines of its column",
		"30 October 2026" };
	static const char *const items[] = { "A", "B", "the other column of this table",
		"- Programmes developed" };

	(void)state;
	check_fitted(50, 3, table, 2,
	        "Ref  Title                         Due\n"
	        "A1   A title that is so long that  30 October 2026\n"
	        "     it takes several lines of\n"
	        "     its column\n");
	/* The dash of an item never stands alone. */
	for (int width = 26; width < 40; width++) {
		char *got = fitted(width, 2, items, 2);

		assert_non_null(strstr(got, "- Programmes"));
		mem_free(got);
	}
}

static void what_does_not_fit_is_stacked(void **state)
{
	static const char *const table[] = { "Organisation", "Kind", "Responsibility", "#People",
		"Council", "employer", "to release staff for training", "12", "College", "provider",
		"", "7" };

	(void)state;
	check_fitted(40, 4, table, 3,
	        "Organisation    Council\n"
	        "Kind            employer\n"
	        "Responsibility  to release staff for\n"
	        "                training\n"
	        "#People         12\n\n"
	        "Organisation    College\n"
	        "Kind            provider\n"
	        "#People         7\n");
}

static void terminals_are_kept_safe(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct fault f = { 0 };
	struct out *o = out_open_memory(&b);
	struct writer *w = writer_new(FORMAT_TEXT, o, NULL);
	writer_columns(w, columns, 2);
	writer_cells(w, (const char *const[]){ "A1", "red \033[31m\ttab\r\nnext" });
	writer_close(w, &f);
	out_close(o, &f);
	assert_string_equal(b.p, "ref  what\nA1   red \\x1b[31m tab\n     next\n");
	buf_free(&b);
}

static void addresses_stand_on_one_line(void **state)
{
	(void)state;
	static const struct out_column people[] = { { "name", VALUE_TEXT, true },
		{ "email", VALUE_TEXT, true } };
	static const char *const list[][2] = { { "C Roberts", "c@example.org" },
		{ "Smith, \"Jo\"", "jo@example.org" }, { NULL, "info@example.org" },
		{ "No Address", NULL }, { "Again", "C@example.org" }, { "Evil", "a@b.c, d@e.f" },
		{ "Bcc: x\ny", "h@example.org" } };
	struct buf b = { 0 };
	struct fault f = { 0 };
	struct out *o = out_open_memory(&b);
	struct writer *w = writer_new(FORMAT_ADDRESSES, o, NULL);
	writer_columns(w, people, 2);
	for (size_t i = 0; i < COUNT(list); i++)
		writer_cells(w, list[i]);
	assert_true(writer_close(w, &f));
	out_close(o, &f);
	assert_string_equal(b.p, "C Roberts <c@example.org>, \"Smith, \\\"Jo\\\"\" "
	                         "<jo@example.org>, info@example.org, "
	                         "\"Bcc: x y\" <h@example.org>\n");
	buf_clear(&b);
	o = out_open_memory(&b);
	w = writer_new(FORMAT_ADDRESSES, o, NULL);
	writer_columns(w, columns, 2);
	assert_false(writer_close(w, &f));
	assert_int_equal(f.status, STATUS_USAGE);
	out_close(o, &f);
	assert_int_equal(b.n, 0);
	buf_free(&b);
}

/* ---------- records ---------- */

static void write_records(enum format format, struct buf *b, int documents)
{
	struct fault f = { 0 };
	struct out *o = out_open_memory(b);
	struct writer *w = writer_new(format, o, NULL);
	for (int i = 0; i < (documents > 0 ? documents : 1); i++) {
		if (documents > 0)
			writer_document(w);
		writer_value(w, "partnership", "fife", 4, VALUE_TEXT);
		writer_list(w, "action");
		writer_map(w, NULL);
		writer_value(w, "ref", "A1", 2, VALUE_TEXT);
		writer_list(w, "aims");
		writer_value(w, NULL, "2.10", 4, VALUE_TEXT);
		writer_value(w, NULL, "3", 1, VALUE_TEXT);
		writer_end(w);
		writer_list(w, "progress");
		writer_map(w, NULL);
		writer_value(w, "text", "one\n  two\n\n", 11, VALUE_TEXT);
		writer_value(w, "percent", "40", 2, VALUE_NUMBER);
		writer_end(w);
		writer_end(w);
		writer_end(w);
		writer_map(w, NULL);
		writer_value(w, "ref", "A2", 2, VALUE_TEXT);
		writer_end(w);
		writer_end(w);
		writer_list(w, "empty");
		writer_end(w);
		writer_map(w, "none");
		writer_end(w);
	}
	assert_true(writer_close(w, &f));
	assert_true(out_close(o, &f));
}

static void records_nest(void **state)
{
	(void)state;
	static const char yaml[] =
	        "partnership: fife\naction:\n  - ref: A1\n    aims:\n      - '2.10'\n      - '3'\n"
	        "    progress:\n      - text: |+\n          one\n            two\n\n        "
	        "percent: 40\n"
	        "  - ref: A2\nempty: []\nnone: {}\n";
	struct buf b = { 0 }, twice = { 0 };
	write_records(FORMAT_YAML, &b, 0);
	assert_string_equal(b.p, yaml);
	buf_clear(&b);
	write_records(FORMAT_TEXT, &b, 0);
	assert_string_equal(b.p, yaml);
	buf_clear(&b);
	write_records(FORMAT_YAML, &b, 2);
	buf_addf(&twice, "%s---\n%s", yaml, yaml);
	assert_string_equal(b.p, twice.p);
	buf_clear(&b);
	write_records(FORMAT_JSON, &b, 0);
	assert_string_equal(b.p,
	        "{\n  \"partnership\": \"fife\",\n  \"action\": [\n    {\n      \"ref\": \"A1\",\n "
	        "     \"aims\": [\n"
	        "        \"2.10\",\n        \"3\"\n      ],\n      \"progress\": [\n        {\n"
	        "          \"text\": \"one\\n  two\\n\\n\",\n          \"percent\": 40\n        "
	        "}\n      ]\n"
	        "    },\n    {\n      \"ref\": \"A2\"\n    }\n  ],\n  \"empty\": [],\n  \"none\": "
	        "{}\n}\n");
	buf_free(&b);
	buf_free(&twice);
}

/* ---------- beside other readers ---------- */

/* Texts that one reader or another would take for something else. */
static const char *const odd[] = { "", " ", "  lead", "trail ", "0", "7", "007", "0012", "1.5",
	"-1", "+1", "1e5", "1E5", "12E5", ".5", "5.", "0x1F", "0o17", "0b11", "1_000", "190:20:30",
	"1:30", "12:30:45", "2008-09", "2008-09-30", "2001-12-14t21:59:43.10-05:00",
	"2001-12-14 21:59:43.10 -5", "~", "null", "Null", "NULL", "yes", "Yes", "NO", "no", "y",
	"N", "on", "OFF", "true", "False", ".inf", "-.INF", ".NaN", "nan", "=", "<<", "-", "--",
	"---", "- a", "...", "?", "? a", ":", ": a", "a:", "a: b", "a:b", "http://x/y", "a #b",
	"#b", "a#b", "&a", "*a", "!a", "!!str a", "|", ">", "'", "\"", "it's", "say \"x\"", "%YAML",
	"@a", "`a", "{a}", "[a]", "a, b", "{", "}", ",", "a\tb", "\tb", "a\nb", "a\nb\n",
	"a\nb\n\n", "\n", "\na", "\n\n", " a\nb", "a\n b", "a\r\nb", "a\rb", "a\n\tb", "\ta\nb",
	"a \nb", "a\n   ", "   \na", "a\n\n\nb", "- x\n- y", "# heading\n\ntext", "a\n#b", "---\na",
	"a: |\n  b", "é", "日本", "😀", "\xC2\xA0x", "x\xC2\xA0", "\xE2\x80\xA8",
	"a\xE2\x80\xA9"
	"b",
	"\xC2\x85", "\xEF\xBB\xBF",
	"a\xEF\xBB\xBF"
	"b",
	"\x1B[31m", "\x7F", "\xEF\xBF\xBE", "07700 900123", "=1+1", "£1,200.50", "30 November",
	"12 bed", "3rd", "(x)", "/x", "\\n", "a\\", "C:\\x", "\"", "'a'", "''", "\"a\"", "1,234",
	"1 2", "_", "_1", "e5", "0e", "T", "inf", "Infinity", "2026-11-30T08:30:00Z",
	"12345678901234567890", "-0", "00", "0.10", "1.", "a: ", "key: [x", "null ", "x:\ty",
	"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB" };

/* One map in a list with every odd text under a key of its own, and as elements of a list. */
static void write_odd(enum format format, struct buf *b)
{
	struct fault f = { 0 };
	struct out *o = out_open_memory(b);
	struct writer *w = writer_new(format, o, NULL);
	char key[16];
	writer_list(w, "record");
	writer_map(w, NULL);
	for (size_t i = 0; i < COUNT(odd); i++) {
		snprintf(key, sizeof key, "k%zu", i);
		writer_value(w, key, odd[i], strlen(odd[i]), i % 3 == 0 ? VALUE_BOOL : VALUE_TEXT);
	}
	writer_list(w, "list");
	for (size_t i = 0; i < COUNT(odd); i++)
		writer_value(w, NULL, odd[i], strlen(odd[i]), VALUE_TEXT);
	writer_end(w);
	writer_end(w);
	writer_end(w);
	writer_map(w, "keys");
	for (size_t i = 0; i < COUNT(odd); i++)
		if (odd[i][0] != '\0' && i != 146)
			writer_value(w, odd[i], "v", 1, VALUE_TEXT);
	writer_end(w);
	assert_true(writer_close(w, &f));
	assert_true(out_close(o, &f));
}

/* Runs a python3 program on a file; false where its modules are missing. */
static bool python(const char *program, const char *file)
{
	struct buf b = { 0 };
	buf_addf(&b, "python3 - %s <<'EOF'\n%s\nEOF\n", file, program);
	int result = system(b.p);
	buf_free(&b);
	if (result >> 8 == 99)
		return false;
	assert_int_equal(result, 0);
	return true;
}

static void put_file(const char *path, const struct buf *b)
{
	struct fault f = { 0 };
	struct out *o = out_open_file(path, 0600, &f);
	assert_non_null(o);
	out_write(o, b->p, b->n);
	assert_true(out_close(o, &f));
}

/* The texts themselves, for python: each in hexadecimal on a line. */
static void put_odd(const char *path)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < COUNT(odd); i++) {
		for (const char *p = odd[i]; *p != '\0'; p++)
			buf_addf(&b, "%02x", (unsigned)(unsigned char)*p);
		buf_addc(&b, '\n');
	}
	put_file(path, &b);
	buf_free(&b);
}

static void other_readers_get_the_same_texts(void **state)
{
	(void)state;
	char dir[] = "/tmp/test-io-XXXXXX", path[64], list[64];
	assert_non_null(mkdtemp(dir));
	snprintf(list, sizeof list, "%s/odd", dir);
	put_odd(list);
	struct buf b = { 0 };

	snprintf(path, sizeof path, "%s/x.yaml", dir);
	write_odd(FORMAT_YAML, &b);
	put_file(path, &b);
	bool yaml = python(
	        "import sys\n"
	        "try: import yaml\n"
	        "except ImportError: sys.exit(99)\n"
	        "p=sys.argv[1]\n"
	        "odd=[bytes.fromhex(l).decode() for l in open(p.replace('x.yaml','odd'))]\n"
	        "for loader in (yaml.SafeLoader,getattr(yaml,'CSafeLoader',yaml.SafeLoader)):\n"
	        " d=yaml.load(open(p,encoding='utf-8',newline=''),loader)\n"
	        " r=d['record'][0]\n"
	        " for i,t in enumerate(odd):\n"
	        "  g=r['k%d'%i]\n"
	        "  assert g==t or (i%3==0 and (t,g) in (('yes',True),('no',False))),(i,t,g)\n"
	        "  assert r['list'][i]==t,(i,t,r['list'][i])\n"
	        " for k in d['keys']: assert type(k) is str and k in odd,(k,)",
	        path);
	unlink(path);
	if (!yaml)
		print_message("python3-yaml is not there: YAML was not read by it\n");

	buf_clear(&b);
	snprintf(path, sizeof path, "%s/x.json", dir);
	write_odd(FORMAT_JSON, &b);
	put_file(path, &b);
	python("import sys,json\n"
	       "p=sys.argv[1]\n"
	       "odd=[bytes.fromhex(l).decode() for l in open(p.replace('x.json','odd'))]\n"
	       "r=json.load(open(p,encoding='utf-8'))['record'][0]\n"
	       "for i,t in enumerate(odd):\n"
	       " g=r['k%d'%i]\n"
	       " assert g==t or (t,g) in (('yes',True),('no',False)),(i,t,g)\n"
	       " assert r['list'][i]==t,(i,t)",
	        path);
	unlink(path);

	/* CSV: one column beside a number, and one column alone. */
	for (int alone = 0; alone < 2; alone++) {
		static const struct out_column two[] = { { "t", VALUE_TEXT, true },
			{ "i", VALUE_NUMBER, true } };
		struct fault f = { 0 };
		buf_clear(&b);
		struct out *o = out_open_memory(&b);
		struct writer *w = writer_new(FORMAT_CSV, o, NULL);
		writer_columns(w, two, alone ? 1 : 2);
		for (size_t i = 0; i < COUNT(odd); i++) {
			writer_cell(w, odd[i], strlen(odd[i]));
			if (!alone)
				writer_cell(w, "1", 1);
		}
		assert_true(writer_close(w, &f));
		out_close(o, &f);
		snprintf(path, sizeof path, "%s/x.csv", dir);
		put_file(path, &b);
		python("import sys,csv\n"
		       "p=sys.argv[1]\n"
		       "odd=[bytes.fromhex(l).decode() for l in open(p.replace('x.csv','odd'))]\n"
		       "rows=list(csv.reader(open(p,encoding='utf-8',newline='')))\n"
		       "assert [r[0] for r in rows[1:]]==odd,[(a,b) for a,b in zip(odd,rows[1:]) "
		       "if a!=b[0]]",
		        path);
		unlink(path);
		/* And by ourselves: the lower control characters alone are refused, the upper mended. */
		struct row row;
		struct input *in = input_open_bytes(
		        "t", b.p, b.n, &(struct input_options){ .format = INPUT_CSV }, &f);
		assert_int_equal(rows_next(in, &row, &f), STEP_ROW);
		for (size_t i = 0; i < COUNT(odd); i++) {
			enum step step = rows_next(in, &row, &f);
			bool upper = strcmp(odd[i], "\xC2\x85") == 0;
			bool control = text_control(odd[i], strlen(odd[i])) >= 0 && !upper;
			assert_int_equal(step, control ? STEP_FAILED : STEP_ROW);
			if (!control)
				assert_string_equal(row.cell[0].p, upper ? "…" : odd[i]);
		}
		assert_int_equal(rows_next(in, &row, &f), STEP_END);
		input_close(in, &f);
	}
	unlink(list);
	rmdir(dir);
	buf_free(&b);
}

/* What we write we read: every text that may be stored comes back from YAML and JSON. */
static void our_reader_gets_the_same_texts(void **state)
{
	(void)state;
	for (int json = 0; json < 2; json++) {
		struct buf b = { 0 };
		struct fault f = { 0 };
		struct arena *a = arena_new();
		struct out *o = out_open_memory(&b);
		struct writer *w = writer_new(json ? FORMAT_JSON : FORMAT_YAML, o, NULL);
		writer_list(w, "record");
		for (size_t i = 0; i < COUNT(odd); i++) {
			if (text_control(odd[i], strlen(odd[i])) >= 0)
				continue;
			writer_map(w, NULL);
			writer_value(w, "text", odd[i], strlen(odd[i]), VALUE_TEXT);
			writer_end(w);
		}
		writer_end(w);
		writer_close(w, &f);
		out_close(o, &f);
		struct input *in = input_open_bytes("t", b.p, b.n, NULL, &f);
		assert_int_equal(input_format(in), INPUT_YAML);
		for (size_t i = 0; i < COUNT(odd); i++) {
			struct item item;
			if (text_control(odd[i], strlen(odd[i])) >= 0)
				continue;
			if (items_next(in, a, &item, &f) != STEP_ROW)
				fail_msg("%s", f.text);
			assert_string_equal(item.key, "record");
			assert_string_equal(node_text(item.node, "text"), odd[i]);
		}
		struct item item;
		assert_int_equal(items_next(in, a, &item, &f), STEP_END);
		input_close(in, &f);
		arena_free(a);
		buf_free(&b);
	}
}

/* ---------- files ---------- */

static int files_in(const char *dir)
{
	char command[128];
	snprintf(command, sizeof command, "exit $(ls -A %s | wc -l)", dir);
	return system(command) >> 8;
}

static void files_appear_whole_or_not_at_all(void **state)
{
	(void)state;
	char dir[] = "/tmp/test-io-XXXXXX", path[64], link[64];
	struct fault f = { 0 };
	struct stat st;
	struct arena *a = arena_new();
	size_t n;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/x", dir);
	snprintf(link, sizeof link, "%s/link", dir);
	struct out *o = out_open_file(path, 0640, &f);
	out_text(o, "old");
	assert_int_equal(access(path, F_OK), -1);
	assert_true(out_close(o, &f));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777 & ~0640u, 0);
	o = out_open_file(path, 0600, &f);
	out_text(o, "new");
	assert_string_equal(file_read(a, path, 100, &n, &f), "old");
	out_abandon(o);
	assert_string_equal(file_read(a, path, 100, &n, &f), "old");
	assert_int_equal(files_in(dir), 1);
	/* Through a link what it names is written. */
	assert_int_equal(symlink("x", link), 0);
	o = out_open_file(link, 0666, &f);
	for (int i = 0; i < 100000; i++)
		out_printf(o, "%06d\n", i);
	assert_true(out_close(o, &f));
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_non_null(file_read(a, path, 1000000, &n, &f));
	assert_int_equal(n, 700000);
	assert_null(file_read(a, path, 100, &n, &f));
	assert_int_equal(f.status, STATUS_DATA);
	assert_int_equal(files_in(dir), 2);
	unlink(link);
	unlink(path);
	rmdir(dir);
	fault_clear(&f);
	assert_null(out_open_file(path, 0600, &f));
	assert_int_equal(f.status, STATUS_CANTCREATE);
	fault_clear(&f);
	assert_null(file_read(a, path, 100, &n, &f));
	assert_int_equal(f.status, STATUS_NOINPUT);
	arena_free(a);
}

static void a_full_disk_is_told(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct out *o = out_open_file("/dev/full", 0600, &f);
	assert_non_null(o);
	out_text(o, "x");
	assert_int_equal(out_errno(o), 0);
	assert_false(out_flush(o, &f));
	assert_int_equal(f.status, STATUS_IO);
	assert_string_equal(f.text, "cannot write '/dev/full': no space left on device");
	assert_int_equal(out_errno(o), ENOSPC);
	assert_false(out_close(o, &f));
}

static void a_file_that_cannot_be_finished_leaves_the_old_one(void **state)
{
	(void)state;
	char dir[] = "/tmp/test-io-XXXXXX", path[64];
	struct fault f = { 0 };
	struct arena *a = arena_new();
	struct rlimit limit, small;
	size_t n;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/x", dir);
	struct out *o = out_open_file(path, 0600, &f);
	out_text(o, "old");
	assert_true(out_close(o, &f));
	/* No file may grow beyond 1000 bytes: much like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	small = limit;
	small.rlim_cur = 1000;
	setrlimit(RLIMIT_FSIZE, &small);
	o = out_open_file(path, 0600, &f);
	for (int i = 0; i < 1000; i++)
		out_text(o, "new");
	bool ok = out_close(o, &f);
	setrlimit(RLIMIT_FSIZE, &limit);
	assert_false(ok);
	assert_int_equal(f.status, STATUS_IO);
	assert_string_equal(file_read(a, path, 100, &n, &f), "old");
	assert_int_equal(files_in(dir), 1);
	unlink(path);
	rmdir(dir);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_written_in_every_format),
		cmocka_unit_test(lists_are_lists_where_a_format_has_them),
		cmocka_unit_test(without_rows_each_format_says_nothing_in_its_way),
		cmocka_unit_test(text_fits_every_width),
		cmocka_unit_test(headings_break_between_words),
		cmocka_unit_test(what_is_short_stays_on_a_line),
		cmocka_unit_test(what_does_not_fit_is_stacked),
		cmocka_unit_test(terminals_are_kept_safe),
		cmocka_unit_test(addresses_stand_on_one_line),
		cmocka_unit_test(records_nest),
		cmocka_unit_test(other_readers_get_the_same_texts),
		cmocka_unit_test(our_reader_gets_the_same_texts),
		cmocka_unit_test(files_appear_whole_or_not_at_all),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(a_file_that_cannot_be_finished_leaves_the_old_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
