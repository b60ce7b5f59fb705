/* SPDX-License-Identifier: MIT */
/* store: views that stand in no store and are made when a statement names them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/internal.h"
#include "store-help.h"

#define STORED "SELECT count(*) FROM sqlite_schema WHERE type = 'view'"
#define PATH   "build/unit/view.db"

static bool listed(struct store *s, const char *prefix, const char *name)
{
	struct fault f = { 0 };
	const char *const *view = store_views(s, prefix, &f);
	const char *before = "";
	size_t found = 0;
	assert_non_null(view);
	for (; *view != NULL; view++) {
		assert_true(strcmp(before, *view) < 0);
		assert_true(str_starts(*view, prefix));
		before = *view;
		found += str_equal(*view, name);
	}
	return found == 1;
}

static void a_store_holds_few_views_and_answers_for_all(void **state)
{
	(void)state;
	struct fault f = { 0 };
	help_create_at(PATH);
	struct store *s = help_open(PATH, STORE_READ);
	int64_t stored = help_int(s, STORED);
	assert_true(stored > 20 && stored < 40);
	assert_int_equal(help_int(s, STORED " AND name = 'action_leads'"), 1);
	assert_int_equal(help_int(s, STORED " AND name = 'action_detail'"), 0);
	assert_true(listed(s, "fault_", "fault_action_lead"));
	assert_true(listed(s, "action_", "action_leads"));
	assert_true(listed(s, "action_", "action_overdue"));
	assert_false(listed(s, "action_", "action_none"));
	assert_int_equal(f.status, STATUS_OK);
	store_close(s);
	unlink(PATH);
}

static void views_are_made_with_those_they_stand_on(void **state)
{
	(void)state;
	static const enum store_mode modes[] = { STORE_READ, STORE_REPORT, STORE_WRITE };
	help_create_at(PATH);
	for (size_t i = 0; i < COUNT(modes); i++) {
		struct fault f = { 0 };
		struct store_options o = { .mode = modes[i], .now = 1226239200 };
		struct store *s = store_open(PATH, &o, NULL, &f);
		assert_non_null(s);
		/* Views upon views upon views. */
		assert_int_equal(help_int(s, "SELECT count(*) FROM fault_workgroup_size"), 0);
		assert_int_equal(help_int(s, "SELECT count(*) FROM compare_measure JOIN stage "
		                             "USING (partnership)"),
		        0);
		const char *const *view = store_views(s, "", &f);
		for (; *view != NULL; view++) {
			struct buf sql = { 0 };
			buf_adds(&sql, "SELECT count(*) FROM ");
			sql_name(&sql, *view);
			help_int(s, buf_text(&sql));
			buf_free(&sql);
		}
		/* What is none stays none, and reading stays reading. */
		struct query *q = store_prepare(s, "SELECT * FROM action_none", &f);
		assert_null(q);
		assert_non_null(strstr(f.text, "action_none"));
		f = (struct fault){ 0 };
		q = store_prepare(s, "INSERT INTO partnership (ref, name) VALUES ('x', 'X')", &f);
		bool wrote = query_run(q, &f);
		assert_int_equal(wrote, modes[i] == STORE_WRITE);
		store_close(s);
	}
	struct store *s = help_open(PATH, STORE_READ);
	assert_true(help_int(s, STORED) < 40);
	store_close(s);
	unlink(PATH);
}

static void a_view_outlives_the_change_it_was_made_in(void **state)
{
	(void)state;
	static const char *const sql[] = { "SELECT count(*) FROM fault_aim_number" };
	static const struct statements statements = { sql, COUNT(sql) };
	struct store *s = help_world();
	struct fault f = { 0 };
	for (int i = 0; i < 2; i++) {
		assert_true(store_begin(s, &help_info, &f));
		struct query *q = store_query(s, &statements, 0, &f);
		assert_non_null(q);
		assert_int_equal(query_step(q, &f), 1);
		query_done(q);
		store_rollback(s);
	}
	help_close(s);
}

static void a_users_own_check_is_listed_with_ours(void **state)
{
	(void)state;
	struct store *s = help_world();
	help_sql(s,
	        "CREATE VIEW fault_mine /* Mine. */ (partnership, severity, kind, ref, fault, "
	        "remedy) AS "
	        "SELECT partnership, 'note', 'aim', ref, 'is served', 'rejoice' FROM aim_coverage "
	        "JOIN aim USING (partnership)");
	assert_true(listed(s, "fault_", "fault_mine"));
	assert_int_equal(help_int(s, "SELECT count(*) FROM fault_mine"), 1);
	help_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_holds_few_views_and_answers_for_all),
		cmocka_unit_test(views_are_made_with_those_they_stand_on),
		cmocka_unit_test(a_view_outlives_the_change_it_was_made_in),
		cmocka_unit_test(a_users_own_check_is_listed_with_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
