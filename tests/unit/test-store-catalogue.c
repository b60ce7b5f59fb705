/* SPDX-License-Identifier: MIT */
/* store: opening and creating, the catalogue, and sentences for what breaks a rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/internal.h"
#include "store-help.h"

/* ---------- reading CREATE texts ---------- */

static void comments_and_words_are_read_wherever_they_stand(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct ddl d;
	ddl_read(a,
	        "CREATE TABLE \"odd\" /* a table; with (marks) and 'quotes' */ (\n"
	        "\ta TEXT REF NOT NULL, /* *after the comma */\n"
	        "\tb TEXT ENUM DEFAULT 'x''y' CHECK (b IN ('it''s','(b)','c,d')) /* before it */,\n"
	        "\t/* a remark on a line of its own */\n"
	        "\t\"c d\" INTEGER CONSTRAINT \"c d: is (wrong), /* not a comment */; mend it\" "
	        "CHECK (\"c d\" > 0),\n"
	        "\te TEXT -- an SQL comment, with a comma\n"
	        "\t, f REAL DEFAULT (1 + (2)), /* over\n\t\ttwo lines */ g TEXT,\n"
	        "\tCONSTRAINT \"a: no; do\" CHECK (a <> 'x, y') /* of no column */,\n"
	        "\tPRIMARY KEY (a)\n) WITHOUT ROWID",
	        &d);
	assert_string_equal(d.comment, "a table; with (marks) and 'quotes'");
	assert_int_equal(d.ncolumn, 6);
	assert_string_equal(d.column[0].comment, "*after the comma");
	assert_string_equal(d.column[1].comment, "before it");
	assert_string_equal(d.column[1].words[0], "it's");
	assert_string_equal(d.column[1].words[1], "(b)");
	assert_string_equal(d.column[1].words[2], "c,d");
	assert_null(d.column[1].words[3]);
	assert_string_equal(d.column[2].name, "c d");
	assert_null(d.column[2].comment);
	assert_null(d.column[3].comment);
	assert_string_equal(d.column[4].comment, "over two lines");
	assert_string_equal(d.column[5].name, "g");
	assert_null(d.column[5].comment);
	static const char *const torn[] = { "", "CREATE", "CREATE TABLE x", "CREATE TABLE x (",
		"CREATE TABLE x (a 'b", "CREATE TABLE x (a CHECK (a IN ('b'",
		"CREATE TABLE x /* a" };
	for (size_t i = 0; i < COUNT(torn); i++)
		ddl_read(a, torn[i], &d);
	arena_free(a);
}

/* ---------- kinds ---------- */

static void a_kind_is_what_its_table_says(void **state)
{
	(void)state;
	struct store *s = help_create();
	struct fault f = { 0 };
	const struct kind *k = store_kind(s, "priority", &f);
	assert_non_null(k);
	assert_true(k->local);
	assert_int_equal(k->nkey, 2);
	assert_string_equal(k->column[k->key[0]].name, "period");
	assert_true(k->numbered);
	assert_string_equal(k->parent, "period");
	assert_int_equal(k->nparent, 1);
	assert_string_equal(k->name_column, "title");
	assert_null(kind_field(k, "partnership"));
	const struct field *from = kind_field(k, "carried_from");
	assert_int_equal(from->form, FIELD_REFERENCE);
	assert_string_equal(from->target, "priority");
	assert_int_equal(from->ncolumn, 2);
	assert_string_equal(k->column[from->column[0]].name, "carried_from_period");
	assert_null(kind_field(k, "carried_from_period"));
	const struct field *aims = kind_field(k, "aims");
	assert_int_equal(aims->form, FIELD_LIST);
	assert_string_equal(aims->target, "aim");
	assert_string_equal(aims->table, "priority__aims");
	assert_string_equal(kind_field(k, "status")->words[0], "suggested");
	assert_true(kind_field(k, "title")->required);
	assert_false(kind_field(k, "status")->required);
	k = store_kind(s, "period", &f);
	assert_int_equal(kind_field(k, "priority")->form, FIELD_CHILDREN);
	k = store_kind(s, "tally", &f);
	assert_string_equal(k->parent, "question");
	assert_int_equal(k->nparent, 2);
	assert_string_equal(kind_field(k, "question")->target, "question");
	assert_int_equal(kind_field(k, "question")->ncolumn, 1);
	assert_true(kind_field(store_kind(s, "person", &f), "phone")->personal);
	assert_false(store_kind(s, "sector", &f)->local);
	assert_null(store_kind(s, "store_change", &f));
	assert_null(store_kind(s, "priority__aims", &f));
	assert_null(store_kind(s, "no_such", &f));
	assert_int_equal(f.status, STATUS_OK);
	const struct list_shape *l = store_list(s, "priority__aims", &f);
	assert_int_equal(l->nowner, 2);
	assert_string_equal(l->owner[1], "priority_number");
	assert_int_equal(l->nitem, 1);
	l = store_list(s, "partnership__areas", &f);
	assert_false(l->local);
	assert_string_equal(l->owner[0], "partnership");
	assert_int_equal(l->nitem, 2);
	size_t n = 0;
	const struct inbound *in = store_inbound(s, "priority", &n, &f);
	assert_true(n >= 4);
	assert_string_equal(in[0].table, "priority");
	assert_string_equal(in[0].column[1], "carried_from_number");
	help_close(s);
}

static void every_kind_can_be_read(void **state)
{
	(void)state;
	struct store *s = help_create();
	struct fault f = { 0 };
	const char *const *kinds = store_kinds(s, &f);
	assert_string_equal(kinds[0], "partnership");
	size_t n = 0;
	for (; kinds[n] != NULL; n++) {
		const struct kind *k = store_kind(s, kinds[n], &f);
		assert_non_null(k);
		assert_true(k->nkey > 0);
		for (size_t i = 0; i < k->nfield; i++) {
			const struct field *field = &k->field[i];
			assert_true(field->form == FIELD_CHILDREN || field->comment[0] != '\0');
			assert_true(field->type != TYPE_ENUM || field->words != NULL);
			if (field->form == FIELD_REFERENCE)
				assert_non_null(store_kind(s, field->target, &f));
		}
	}
	assert_true(n > 50);
	help_close(s);
}

static void a_kind_put_in_by_sql_alone_is_a_kind(void **state)
{
	(void)state;
	struct store *s = help_create();
	help_sql(s, "CREATE TABLE bare (id INTEGER PRIMARY KEY, note TEXT, amount FLOAT)");
	help_sql(s, "CREATE TABLE keyless (note TEXT)");
	help_sql(s, "CREATE TABLE vehicle /* A van of the pool. ref: V */ ("
	            "partnership TEXT REF NOT NULL REFERENCES partnership ON UPDATE CASCADE,\n"
	            "ref TEXT REF NOT NULL, /* *The plate. */\n"
	            "org TEXT REF, -- whose\n"
	            "PRIMARY KEY (partnership, ref), FOREIGN KEY (partnership, org) REFERENCES org "
	            "DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID");
	struct fault f = { 0 };
	const struct kind *k = store_kind(s, "bare", &f);
	assert_int_equal(k->column[2].type, TYPE_REAL);
	assert_string_equal(k->comment, "");
	assert_string_equal(k->prefix, "B");
	assert_null(store_kind(s, "keyless", &f));
	k = store_kind(s, "vehicle", &f);
	assert_string_equal(k->prefix, "V");
	assert_string_equal(k->comment, "A van of the pool.");
	assert_string_equal(kind_field(k, "org")->target, "org");
	assert_string_equal(kind_field(k, "org")->comment, "");
	size_t n = 0;
	const struct inbound *in = store_inbound(s, "org", &n, &f);
	assert_string_equal(in[n - 1].table, "vehicle");
	help_close(s);
}

/* ---------- sentences ---------- */

static void breaks(struct store *s, const char *sql, const char *field, const char *text)
{
	struct fault f = { 0 };
	struct query *q = store_prepare(s, sql, &f);
	assert_non_null(q);
	assert_false(query_run(q, &f));
	assert_int_equal(f.status, STATUS_DATA);
	assert_string_equal(f.field, field);
	assert_string_equal(f.text, text);
}

static void a_broken_rule_speaks_for_itself(void **state)
{
	(void)state;
	struct store *s = help_create();
	help_sql(s, "INSERT INTO partnership (ref, name) VALUES ('fife', 'Fife')");
	help_sql(s, "INSERT INTO period (partnership, ref, starts, ends)"
	            " VALUES ('fife', '2008-09', '2008-04-01', '2009-03-31')");
	breaks(s,
	        "INSERT INTO period (partnership, ref, starts, ends)"
	        " VALUES ('fife', 'x', '2008-04-01', '2007-03-31')",
	        "ends", "is before starts; correct one of the two");
	breaks(s,
	        "INSERT INTO period (partnership, ref, starts) VALUES ('fife', 'y', '2008-04-01')",
	        "ends", "is needed; give it with ends=VALUE");
	breaks(s,
	        "INSERT INTO period (partnership, ref, starts, ends)"
	        " VALUES ('fife', '2008-09', date('2008-04-01'), '2009-03-31')",
	        "", "period 2008-09 exists; use set");
	breaks(s, "INSERT INTO period (ref, starts, ends) VALUES ('z', '2008-04-01', '2009-03-31')",
	        "partnership", "is needed; choose one with -p");
	breaks(s, "UPDATE partnership SET kind = 'club'", "",
	        "a value breaks the rule "
	        "'kind IN ('compact','response-team','agreement','other')'");
	help_close(s);
}

/* ---------- opening ---------- */

static void fails_to_open(
        const char *path, enum store_mode mode, enum status status, const char *text)
{
	struct fault f = { 0 };
	struct store_options o = { .mode = mode, .now = TIME_NONE };
	assert_null(store_open(path, &o, NULL, &f));
	assert_int_equal(f.status, status);
	assert_non_null(strstr(f.text, text));
}

static void only_stores_are_opened(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct store_options o = { .now = TIME_NONE };
	help_create_at("build/unit/open.db");
	struct stat st;
	assert_int_equal(stat("build/unit/open.db", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_null(store_create("build/unit/open.db", &o, &f));
	assert_int_equal(f.status, STATUS_CANTCREATE);
	fails_to_open("build/unit/none.db", STORE_READ, STATUS_NOINPUT, "compact-init");
	fails_to_open("build/unit", STORE_READ, STATUS_NOINPUT, "no compact store");
	help_write("build/unit/text.db", "this is no database at all, but a text of some length");
	fails_to_open("build/unit/text.db", STORE_READ, STATUS_NOINPUT, "no compact store");
	help_write("build/unit/text.db", "");
	fails_to_open("build/unit/text.db", STORE_WRITE, STATUS_NOINPUT, "no compact store");
	struct store *s = help_open("build/unit/open.db", STORE_WRITE);
	help_sql(s, "PRAGMA user_version=99");
	store_close(s);
	fails_to_open("build/unit/open.db", STORE_READ, STATUS_NEWER, "version 99");
	unlink("build/unit/open.db");
	unlink("build/unit/text.db");
}

static void a_reader_changes_nothing(void **state)
{
	(void)state;
	help_create_at("build/unit/read.db");
	struct store *s = help_open("build/unit/read.db", STORE_READ);
	struct fault f = { 0 };
	struct query *q =
	        store_prepare(s, "INSERT INTO partnership (ref, name) VALUES ('a', 'b')", &f);
	assert_false(query_run(q, &f));
	store_close(s);
	unlink("build/unit/read.db");
}

static void settings_and_working_days_are_the_partnerships_own(void **state)
{
	(void)state;
	struct store *s = help_world();
	const char *days = "SELECT working_days('2026-11-27', '2026-12-01', 'fife')";
	assert_int_equal(help_int(s, "SELECT setting('response_hours', 'fife')"), 48);
	assert_int_equal(help_int(s, days), 2);
	help_change(s, "INSERT INTO setting (partnership, name, value) VALUES"
	               " ('fife', 'response_hours', '72')");
	assert_int_equal(help_int(s, "SELECT setting('response_hours', 'fife')"), 72);
	assert_int_equal(help_int(s, "SELECT setting('response_hours', 'other')"), 48);
	assert_int_equal(help_int(s, "SELECT setting('no such', 'fife') IS NULL"), 1);
	help_change(s, "INSERT INTO closed_day (partnership, day) VALUES ('fife', '2026-12-01')");
	assert_int_equal(help_int(s, days), 1);
	assert_int_equal(
	        help_int(s, "SELECT working_days('2026-12-01', '2026-11-27', 'other')"), -2);
	assert_int_equal(help_int(s, "SELECT working_days(NULL, '2026-11-27', 'x') IS NULL"), 1);
	help_close(s);
}

static void refused(struct store *s, const char *sql)
{
	struct fault f = { 0 };
	struct query *q = store_prepare(s, sql, &f);
	if (q != NULL)
		assert_false(query_run(q, &f));
	assert_int_equal(f.status, STATUS_DATA);
}

static void users_sql_reads_and_nothing_else(void **state)
{
	(void)state;
	help_create_at("build/unit/report.db");
	struct store *s = help_open("build/unit/report.db", STORE_WRITE);
	help_sql(s, "CREATE TABLE client_private (ref TEXT PRIMARY KEY, name TEXT)");
	help_sql(s, "CREATE VIEW peep AS SELECT name FROM client_private");
	store_close(s);
	struct store_options o = {
		.mode = STORE_REPORT, .now = 1226239200, .row_limit = 5, .seconds_limit = 1
	};
	struct fault f = { 0 };
	s = store_open("build/unit/report.db", &o, NULL, &f);
	refused(s, "SELECT * FROM store_part");
	refused(s, "SELECT * FROM client_private");
	refused(s, "SELECT * FROM peep");
	refused(s, "ATTACH 'build/unit/other.db' AS other");
	refused(s, "PRAGMA query_only=OFF");
	refused(s, "DELETE FROM partnership");
	refused(s, "SELECT load_extension('x')");
	refused(s, "SELECT 1; SELECT 2");
	refused(s, "SELEKT");
	refused(s,
	        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c");
	refused(s, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
	           " SELECT count(*) FROM c");
	struct query *q = store_prepare(s,
	        "SELECT today(), now(), in_scope('x'), \"natural\"('A10') > \"natural\"('A9'),"
	        " \"natural\"('2.9') < \"natural\"('2.10') FROM (SELECT count(*) FROM partnership)",
	        &f);
	if (q == NULL)
		fail_msg("%s", f.text);
	assert_int_equal(query_step(q, &f), 1);
	assert_string_equal(query_text(q, 0), "2008-11-09");
	assert_string_equal(query_text(q, 1), "2008-11-09T14:00:00Z");
	assert_int_equal(query_int(q, 3), 1);
	assert_int_equal(query_int(q, 4), 1);
	query_done(q);
	/* The catalogue works all the same. */
	assert_non_null(store_kind(s, "action", &f));
	assert_non_null(store_views(s, "action_", &f));
	store_close(s);
	unlink("build/unit/report.db");
}

/* What a query gives, its first column in one line. */
static const char *gives(struct store *s, const char *sql)
{
	static char line[512];
	struct fault f = { 0 };
	struct query *q = store_prepare(s, sql, &f);
	size_t n = 0;
	if (q == NULL)
		fail_msg("%s: %s", sql, f.text);
	line[0] = '\0';
	while (query_step(q, &f) == 1)
		n += (size_t)snprintf(line + n, sizeof line - n, n ? " %s" : "%s",
		        query_text(q, query_columns(q) - 1));
	query_done(q);
	return line;
}

static void what_is_in_scope_is_looked_up(void **state)
{
	(void)state;
	help_create_at("build/unit/scope.db");
	struct store *s = help_open("build/unit/scope.db", STORE_WRITE);
	help_sql(s, "INSERT INTO partnership (ref, name) VALUES ('a', 'A'), ('b', 'B''s')");
	help_sql(s, "INSERT INTO theme (partnership, ref, name)"
	            " VALUES ('a', 'T1', 'one'), ('b', 'T1', 'one'), ('b', 'T2', 'in_scope(x)')");
	store_close(s);
	struct store_options o = { .mode = STORE_REPORT, .partnership = "b" };
	struct fault f = { 0 };
	s = store_open("build/unit/scope.db", &o, NULL, &f);
	assert_string_equal(
	        gives(s, "EXPLAIN QUERY PLAN SELECT ref FROM theme WHERE in_scope(partnership)"),
	        "SEARCH theme USING PRIMARY KEY (partnership=?)");
	static const char *const same[] = {
		"SELECT ref FROM theme WHERE in_scope(partnership) ORDER BY 1",
		"SELECT ref FROM theme WHERE 1 AND IN_SCOPE (partnership)ORDER BY 1",
		"SELECT t.ref FROM theme AS t WHERE in_scope( t.partnership ) -- in_scope(x)\n"
		" AND /* WHERE */ in_scope(partnership) ORDER BY 1",
		"SELECT ref FROM theme WHERE (in_scope(partnership)) ORDER BY 1",
		"SELECT ref FROM theme WHERE NOT NOT in_scope(partnership) ORDER BY 1",
		"SELECT t.ref FROM partnership p JOIN theme t ON in_scope(p.ref)"
		" AND t.partnership = p.ref ORDER BY 1",
		"SELECT ref FROM theme WHERE in_scope(coalesce(partnership, ref)) ORDER BY 1",
	};
	for (size_t i = 0; i < COUNT(same); i++)
		assert_string_equal(gives(s, same[i]), "T1 T2");
	assert_string_equal(gives(s, "SELECT ref FROM theme WHERE name = 'in_scope(x)' AND"
	                             " in_scope(partnership)"),
	        "T2");
	assert_string_equal(gives(s, "SELECT count(*) FROM theme WHERE in_scope(NULL)"), "0");
	refused(s, "SELECT ref FROM theme WHERE in_scope()");
	refused(s, "SELECT ref FROM theme WHERE in_scope(partnership, ref)");
	refused(s, "SELECT ref FROM theme WHERE in_scope(partnership");
	refused(s, "SELECT ref FROM theme WHERE in_scope(t.");
	/* Another partnership, and all of them. */
	store_scope(s, "a");
	assert_string_equal(gives(s, same[0]), "T1");
	store_scope(s, NULL);
	assert_string_equal(gives(s, same[0]), "T1 T1 T2");
	store_close(s);
	unlink("build/unit/scope.db");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_and_words_are_read_wherever_they_stand),
		cmocka_unit_test(a_kind_is_what_its_table_says),
		cmocka_unit_test(every_kind_can_be_read),
		cmocka_unit_test(a_kind_put_in_by_sql_alone_is_a_kind),
		cmocka_unit_test(a_broken_rule_speaks_for_itself),
		cmocka_unit_test(only_stores_are_opened),
		cmocka_unit_test(a_reader_changes_nothing),
		cmocka_unit_test(settings_and_working_days_are_the_partnerships_own),
		cmocka_unit_test(users_sql_reads_and_nothing_else),
		cmocka_unit_test(what_is_in_scope_is_looked_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
