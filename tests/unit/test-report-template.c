/* SPDX-License-Identifier: MIT */
/* The template language: what each form writes, what each fault says, and where the limits are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "report/report.h"
#include "store/internal.h"
#include "store-help.h"

/* 1 October 2008, 12:00 UTC. */
#define NOW INT64_C(1222862400)

static char folder[64], store_file[80];
static struct store *store;

static void write_template(const char *name, const char *text)
{
	char path[200];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	help_write(path, text);
}

static struct store *open_store(int seconds)
{
	struct fault f = { 0 };
	struct store_options o = {
		.mode = STORE_REPORT, .now = NOW, .partnership = "fife", .seconds_limit = seconds
	};
	struct store *s = store_open(store_file, &o, NULL, &f);

	if (s == NULL)
		fail_msg("%s", f.text);
	return s;
}

static int begin(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO partnership (ref, name, purpose) VALUES "
		"('fife', 'Fife | <b>Compact</b>', 'To **work** <i>well</i>')",
		"INSERT INTO theme (partnership, ref, name) VALUES ('fife', 'A', 'Skills')",
		"INSERT INTO action (partnership, ref, title, what, theme, status, due, budget, "
		"points) "
		"VALUES ('fife', 'A1', 'Map | skills', 'one' || char(10) || 'two', 'A', 'open', "
		"'2008-09-30', 120000, 1), "
		"('fife', 'A2', 'Bid', NULL, 'A', 'done', '2008-12-31', 5050, 3), "
		"('fife', 'A3', 'Tell', NULL, 'A', 'open', NULL, NULL, 7)",
		"INSERT INTO glossary (partnership, ref, audience, term, text) VALUES "
		"('fife', 'sro', 'public', 'SRO', 'the person in charge')",
	};
	struct fault f = { 0 };

	(void)state;
	snprintf(folder, sizeof folder, "build/unit/reports-%ld", (long)getpid());
	snprintf(store_file, sizeof store_file, "%s/store.db", folder);
	mkdir(folder, 0700);
	help_create_at(store_file);
	struct store *s = help_open(store_file, STORE_WRITE);
	if (!store_begin(s, &help_info, &f))
		fail_msg("%s", f.text);
	for (size_t i = 0; i < COUNT(rows); i++)
		help_sql(s, rows[i]);
	if (!store_commit(s, NULL, NULL, &f))
		fail_msg("%s: %s", f.field, f.text);
	store_close(s);
	store = open_store(0);
	return 0;
}

static int end(void **state)
{
	char command[100];

	(void)state;
	store_close(store);
	snprintf(command, sizeof command, "rm -r %s", folder);
	return system(command);
}

static struct report *run_with(
        struct store *s, const char *text, const char *const *given, size_t n, struct fault *f)
{
	const char *const folders[] = { folder, NULL };
	struct report_place place = { folders, "share/words.yaml" };
	struct report_options o = {
		.store = s, .partnership = "fife", .given = given, .ngiven = n
	};

	write_template("t.md", text);
	return report_run(&place, "t", &o, f);
}

static const char *written(struct report *r)
{
	static struct buf out;
	struct report_helpers helpers = { 0 };
	struct fault f = { 0 };

	buf_clear(&out);
	if (!report_write(r, REPORT_MD, &helpers, &out, &f))
		fail_msg("%s", f.text);
	report_free(r);
	return buf_text(&out);
}

/* The template's Markdown. */
static const char *md(const char *text)
{
	struct fault f = { 0 };
	struct report *r = run_with(store, text, NULL, 0, &f);

	if (r == NULL)
		fail_msg("%s:%ld: %s", f.file, f.line, f.text);
	return written(r);
}

#define GIVES(text, expected) assert_string_equal(md(text), expected)

/* What a template's fault says; its line in *line. */
static const char *fault_of(const char *text, long *line)
{
	static struct fault f;

	memset(&f, 0, sizeof f);
	struct report *r = run_with(store, text, NULL, 0, &f);
	assert_null(r);
	assert_int_equal(f.status, STATUS_CONFIG);
	*line = f.line;
	return f.text;
}

static void refuses(const char *text, long line, const char *words)
{
	long at;
	const char *said = fault_of(text, &at);

	if (strstr(said, words) == NULL)
		fail_msg("expected '%s', got '%s'", words, said);
	assert_int_equal(at, line);
}

static void values(void **state)
{
	(void)state;
	GIVES("{{ SELECT name FROM partnership }}\n", "Fife \\| \\<b\\>Compact\\</b\\>\n");
	GIVES("{{ SELECT due FROM action WHERE ref = 'A1' }}\n", "30 September 2008\n");
	GIVES("{{ SELECT budget FROM action WHERE ref = 'A1' }}\n", "£1,200\n");
	/* What is computed prints as it stands. */
	GIVES("{{ SELECT sum(budget) FROM action }}\n", "125050\n");
	GIVES("{{ SELECT sum(budget) FROM action | money }}\n", "£1,250.50\n");
	GIVES("{{ SELECT max(due) FROM action | date }}\n", "31 December 2008\n");
	GIVES("{{ SELECT 27.5 | percent }}, {{ SELECT 0.2 | percent }}, {{ SELECT 99.9 | percent "
	      "}}\n",
	        "28%, under 1%, over 99%\n");
	GIVES("{{ SELECT 1234567 | number }}\n", "1,234,567\n");
	GIVES("{{ SELECT 80 | words }}\n", "most\n");
	GIVES("{{ SELECT 'Ask the SRO, not SROs' | plain }}\n",
	        "Ask the the person in charge, not SROs\n");
	GIVES("{{ SELECT purpose FROM partnership | markdown }}\n",
	        "To **work** \\<i>well\\</i>\n");
	/* Joined texts are SQL; a bar in quotation marks is text. */
	GIVES("{{ SELECT 'a' || 'b' }} {{ SELECT '| date' }}\n", "ab \\| date\n");
	/* Unknown is nothing, never nought. */
	GIVES("<{{ SELECT budget FROM action WHERE ref = 'A3' }}>\n", "<>\n");
	GIVES("{{ SELECT 1 WHERE 0 }}.\n", ".\n");
	GIVES("\\{{ stays }}\n", "\\{\\{ stays }}\n");
}

static void parameters(void **state)
{
	const char *const given[] = { "who=Ann", "since=1 Sep 2008" },
	                  *const wrong[] = { "whi=Ann" }, *const bad[] = { "since=soon" };
	static const char text[] =
	        "---\nparam who: nobody\nparam since: -7d\nparam n: {{ SELECT 1+1 }}\n"
	        "---\n{{who}} {{since}} {{n}} {{ SELECT :since }} {{ SELECT :today }}\n";
	struct fault f = { 0 };

	(void)state;
	GIVES(text, "nobody 24 September 2008 2 2008-09-24 2008-10-01\n");
	assert_string_equal(written(run_with(store, text, given, 2, &f)),
	        "Ann 1 September 2008 2 2008-09-01 2008-10-01\n");
	assert_null(run_with(store, text, wrong, 1, &f));
	assert_int_equal(f.status, STATUS_USAGE);
	assert_non_null(strstr(f.text, "did you mean who="));
	memset(&f, 0, sizeof f);
	assert_null(run_with(store, text, bad, 1, &f));
	assert_int_equal(f.status, STATUS_USAGE);
	GIVES("{{ SELECT :partnership }} {{ SELECT :areas IS NULL }} {{ SELECT :audience }}\n",
	        "fife 1 public\n");
}

static void tables(void **state)
{
	(void)state;
	GIVES("```sql table caption=\"Actions of {{ SELECT 'A' }}\" total=\"cost\"\n"
	      "SELECT ref, title, what, budget AS cost FROM action\n```\n",
	        "*Actions of A*\n\n| ref | title | what | cost |\n|---|---|---|--:|\n"
	        "| A1 | Map \\| skills | one<br>two | £1,200 |\n| A2 | Bid |  | £50.50 |\n"
	        "| A3 | Tell |  |  |\n| Total |  |  | £1,250.50<br>(1 not known) |\n");
	GIVES("a\n```sql table empty=\"Nothing *at* all.\"\nSELECT ref FROM action WHERE "
	      "0\n```\nb\n",
	        "a\n\nNothing \\*at\\* all.\n\nb\n");
	GIVES("```sql table as=\"sum money\"\nSELECT sum(budget) AS sum FROM action\n```\n",
	        "| sum |\n|--:|\n| £1,250.50 |\n");
	GIVES("```sql table hide=\"n\" total=\"n\"\n"
	      "SELECT 'a' AS x, 3 AS n UNION ALL SELECT 'b', 40 UNION ALL SELECT 'c', 50\n```\n",
	        "| x | n |\n|---|--:|\n| a | \\<5 |\n| b | hidden |\n| c | 50 |\n| Total | 93 |\n");
}

static void lists(void **state)
{
	(void)state;
	GIVES("```sql list\nSELECT title, due FROM action WHERE ref < 'A3'\n```\n",
	        "- Map \\| skills – *30 September 2008*\n- Bid – *31 December 2008*\n");
	GIVES("```sql each\nSELECT ref, due FROM action WHERE status = 'open'\n---\n## {{ref}}\n\n"
	      "Due {{due}}; {{ SELECT points FROM action WHERE ref = :ref }}.\n\n```\nend\n",
	        "## A1\n\nDue 30 September 2008; 1.\n\n## A3\n\nDue ; 7.\n\nend\n");
	GIVES("```sql if\nSELECT count(*) > 2 FROM action\n---\nMany.\n```\n```sql if\nSELECT "
	      "0\n---\n"
	      "Few.\n```\n",
	        "Many.\n");
	/* Other code is left alone. */
	GIVES("```sh\n{{ as it is }}\n```\n", "```sh\n{{ as it is }}\n```\n");
}

static void includes(void **state)
{
	(void)state;
	write_template(
	        "part.md", "---\nparam who: nobody\n---\nI am {{who}}, {{ SELECT :since }}.\n");
	GIVES("---\nparam me: Ann\n---\n```include part.md who=:me\n```\n",
	        "I am Ann, 2008-09-24.\n");
	GIVES("```include part.md\n```\n", "I am nobody, 2008-09-24.\n");
	GIVES("```sql each\nSELECT ref FROM action WHERE ref < 'A3'\n---\n```include part.md "
	      "who={{ref}}\n```\n"
	      "```\nend\n",
	        "I am A1, 2008-09-24.\n\nI am A2, 2008-09-24.\n\nend\n");
	refuses("```include part.md whom=x\n```\n", 1, "has no parameter 'whom'");
	refuses("a\n\n```include nowhere.md\n```\n", 3, "there is no report 'nowhere.md'");
	refuses("```include ../../etc/passwd\n```\n", 1, "without a folder");
	write_template("loop.md", "```include loop.md\n```\n");
	long line;
	assert_non_null(strstr(fault_of("```include loop.md\n```\n", &line), "deeper than 8"));
}

static void charts(void **state)
{
	(void)state;
	GIVES("```sql bars title=\"Points\"\nSELECT ref, points FROM action WHERE ref < "
	      "'A3'\n```\n",
	        "**Points**\n\n```\nA1  ████████████████████▋ 1\n"
	        "A2  ██████████████████████████████████████████████████████████████ 3\n```\n");
	assert_non_null(strstr(md("```sql likert title=\"T\" unit=\"%\"\nSELECT 'Q' AS q, 'no' AS "
	                          "a, 20 AS n, 'negative' "
	                          "AS t UNION ALL SELECT 'Q', 'yes', 80, 'positive'\n```\n"),
	        "| Q | 20% | 80% |"));
	assert_non_null(
	        strstr(md("```sql gantt title=\"T\"\nSELECT ref, NULL, due FROM action\n```\n"),
	                "not known | 30 September 2008"));
	refuses("```sql bars\nSELECT 'a', 1\n```\n", 1, "needs a title");
	refuses("```sql bars title=\"T\"\nSELECT 'a', 'b'\n```\n", 1, "is no number");
	refuses("```sql gantt title=\"T\"\nSELECT 'a', 'soon', 'later'\n```\n", 1, "is no date");
}

static void faults(void **state)
{
	(void)state;
	refuses("---\ntitle: x\nabuot: y\n---\n", 3, "did you mean 'about'");
	refuses("---\ntitle: x\n", 1, "does not end");
	refuses("a\n\n{{ SELECT 1\n", 3, "not closed");
	refuses("a {{ SELECT nowhere }}\n", 1, "no such column");
	refuses("{{ SELECT 1, 2 }}\n", 1, "2 columns");
	refuses("{{ SELECT ref FROM action }}\n", 1, "more than one row");
	refuses("{{ nothing }}\n", 1, "neither a column nor a parameter");
	refuses("{{ SELECT :sinse }}\n", 1, "did you mean ':since'");
	refuses("{{ SELECT ? }}\n", 1, "write :name");
	refuses("{{ SELECT 'x' | money }}\n", 1, "money takes a number");
	refuses("\n```sql tabel\nSELECT 1\n```\n", 2, "did you mean 'table'");
	refuses("```sql table captoin=\"x\"\nSELECT 1\n```\n", 1, "did you mean caption=");
	refuses("```sql table total=\"x\"\nSELECT 1 AS a\n```\n", 1, "no column 'x'");
	refuses("```sql table\nSELECT 1\n", 1, "does not end");
	refuses("```sql each\nSELECT 1\n```\n", 1, "put it after a line of ---");
}

/* A template cannot write, attach, read files or look where it may not. */
static void walls(void **state)
{
	static const char *const statements_[] = { "INSERT INTO theme VALUES (1)",
		"UPDATE action SET title = 'x'", "DELETE FROM action", "DROP TABLE action",
		"CREATE TABLE t (a)", "ATTACH 'x.db' AS y", "PRAGMA query_only = 0", "VACUUM",
		"SELECT * FROM store_change", "SELECT load_extension('x')",
		"SELECT readfile('/etc/passwd')", "SELECT writefile('x', 'y')", "BEGIN",
		"SELECT 1; DELETE FROM action" };

	(void)state;
	for (size_t i = 0; i < COUNT(statements_); i++) {
		char text[200];
		long line;

		snprintf(text, sizeof text, "{{ %s }}\n", statements_[i]);
		fault_of(text, &line);
		assert_int_equal(line, 1);
	}
	assert_string_equal(md("{{ SELECT count(*) FROM action }}\n"), "3\n");
}

static void limits(void **state)
{
	struct fault f = { 0 };
	struct store *hurried = open_store(1);

	(void)state;
	assert_null(run_with(hurried,
	        "{{ WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) "
	        "FROM c }}\n",
	        NULL, 0, &f));
	assert_non_null(strstr(f.text, "seconds"));
	assert_int_equal(f.line, 1);
	store_close(hurried);
	refuses("\n```sql list\nWITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c "
	        "LIMIT 100001) "
	        "SELECT x FROM c\n```\n",
	        2, "more than 100000 rows");
	refuses("{{ SELECT 1 FROM (SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION SELECT 1 UNION "
	        "SELECT 1 "
	        "UNION SELECT 1 UNION SELECT 1 UNION SELECT 1) }}\n",
	        1, "too many terms");
}

static void emptiness(void **state)
{
	struct fault f = { 0 };
	struct report *r = run_with(
	        store, "{{ SELECT 1 }}\n```sql list\nSELECT 1 WHERE 0\n```\n", NULL, 0, &f);

	(void)state;
	assert_true(report_empty(r));
	report_free(r);
	r = run_with(store, "```sql list\nSELECT 1\n```\n```sql list\nSELECT 1 WHERE 0\n```\n",
	        NULL, 0, &f);
	assert_false(report_empty(r));
	report_free(r);
	/* Without any table or list there is nothing to be empty. */
	r = run_with(store, "{{ SELECT 1 }}\n", NULL, 0, &f);
	assert_false(report_empty(r));
	report_free(r);
}

static void figures(void **state)
{
	struct fault f = { 0 };
	size_t n;
	struct report *r = run_with(store,
	        "a {{ SELECT count(*) FROM action }}\n\n```sql table caption=\"C\"\nSELECT ref "
	        "FROM action\n```\n",
	        NULL, 0, &f);
	const struct report_figure *figure = report_figures(r, &n);

	(void)state;
	assert_int_equal(n, 2);
	assert_string_equal(figure[0].value, "3");
	assert_string_equal(figure[0].query, "SELECT count(*) FROM action");
	assert_string_equal(figure[1].what, "table");
	assert_string_equal(figure[1].title, "C");
	assert_int_equal(figure[1].rows, 3);
	assert_non_null(strstr(figure[1].place, "t.md:3"));
	report_free(r);
}

static void compared(void **state)
{
	(void)state;
	GIVES("---\nparam v: two\nparam from: one\ncompare: v=:from\n---\n"
	      "## Meetings\n\nThe group meets {{v}} times a year, in Cupar or by telephone, and "
	      "all may come.\n\n"
	      "## End\n",
	        "## Meetings\n\nThe group meets <ins>two</ins> <del>one</del> times a year, in "
	        "Cupar or by "
	        "telephone, "
	        "and all may come.\n\n## End\n");
	GIVES("---\nparam v: 2\nparam from:\ncompare: v=:from\n---\nVersion {{v}}.\n",
	        "Version 2.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(values), cmocka_unit_test(parameters),
		cmocka_unit_test(tables), cmocka_unit_test(lists), cmocka_unit_test(includes),
		cmocka_unit_test(charts), cmocka_unit_test(faults), cmocka_unit_test(walls),
		cmocka_unit_test(limits), cmocka_unit_test(emptiness), cmocka_unit_test(figures),
		cmocka_unit_test(compared) };

	return cmocka_run_group_tests(tests, begin, end);
}
