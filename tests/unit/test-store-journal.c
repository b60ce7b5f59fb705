/* SPDX-License-Identifier: MIT */
/* store: changes, what the journal keeps of them, and history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/internal.h"
#include "store-help.h"

/* ---------- history as text ---------- */

static bool add_line(void *out, const struct change_line *l)
{
	buf_addf(out, "%lld %c %s/%s/%s %s: %s -> %s\n", (long long)l->seq, l->op,
	        l->partnership != NULL ? l->partnership : "", l->kind, l->key,
	        l->field != NULL ? l->field : "-", l->before != NULL ? l->before : "",
	        l->after != NULL ? l->after : "");
	return true;
}

/* Values that a record has from its table alone are left out. */
static bool add_set_line(void *out, const struct change_line *l)
{
	return l->seq == 1 || add_line(out, l);
}

static void history_is(struct store *s, const struct history_filter *filter, const char *expected)
{
	struct buf out = { 0 };
	struct fault f = { 0 };
	if (!store_history(s, filter,
	            filter->kind != NULL && strcmp(filter->kind, "person") == 0 ? add_set_line
	                                                                        : add_line,
	            &out, &f))
		fail_msg("%s", f.text);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

static void a_change_is_kept_with_what_was_before(void **state)
{
	(void)state;
	struct store *s = help_world();
	assert_int_equal(help_change(s, "INSERT INTO org (partnership, ref, name, employees) VALUES"
	                                " ('fife', 'college', 'The College', 40)"),
	        2);
	assert_int_equal(help_change(s, "UPDATE org SET name = 'Fife College', employees = NULL,"
	                                " note = '' || 'new' WHERE ref = 'college'"),
	        3);
	assert_int_equal(help_change(s, "UPDATE org SET note = 'new' WHERE ref = 'college'"), 0);
	assert_int_equal(help_change(s, "INSERT INTO org__other_names VALUES ('fife', 'college',"
	                                " 'Elmwood')"),
	        4);
	assert_int_equal(help_change(s, "DELETE FROM org__other_names"), 5);
	assert_int_equal(help_change(s, "DELETE FROM org WHERE ref = 'college'"), 6);
	history_is(s,
	        &(struct history_filter){ .partnership = "fife", .kind = "org", .key = "college" },
	        "2 a fife/org/college name:  -> The College\n"
	        "2 a fife/org/college kind:  -> other\n"
	        "2 a fife/org/college employees:  -> 40\n"
	        "3 c fife/org/college name: The College -> Fife College\n"
	        "3 c fife/org/college employees: 40 -> \n"
	        "3 c fife/org/college note:  -> new\n"
	        "4 a fife/org/college other_names:  -> Elmwood\n"
	        "5 r fife/org/college other_names: Elmwood -> \n"
	        "6 r fife/org/college -:  -> \n"
	        "6 r fife/org/college name: Fife College -> \n"
	        "6 r fife/org/college kind: other -> \n"
	        "6 r fife/org/college note: new -> \n");
	help_close(s);
}

static void a_rename_is_one_line_and_followed_back(void **state)
{
	(void)state;
	struct store *s = help_world();
	help_change(s, "UPDATE person SET org = 'stuc' WHERE ref = 'ann'");
	help_change(s, "UPDATE org SET ref = 'tuc' WHERE ref = 'stuc'");
	help_change(s, "UPDATE org SET ref = 'tuc2', name = 'TUC' WHERE ref = 'tuc'");
	history_is(s,
	        &(struct history_filter){ .partnership = "fife", .kind = "org", .key = "tuc2" },
	        "1 a fife/org/stuc name:  -> STUC\n"
	        "1 a fife/org/stuc kind:  -> other\n"
	        "3 c fife/org/tuc ref: stuc -> tuc\n"
	        "4 c fife/org/tuc2 ref: tuc -> tuc2\n"
	        "4 c fife/org/tuc2 name: STUC -> TUC\n");
	history_is(s,
	        &(struct history_filter){ .partnership = "fife", .kind = "person", .key = "ann" },
	        "2 c fife/person/ann org:  -> stuc\n"
	        "3 c fife/person/ann org: stuc -> tuc\n"
	        "4 c fife/person/ann org: tuc -> tuc2\n");
	help_close(s);
}

static void children_and_lists_follow_a_rename_in_silence_or_with_one_line(void **state)
{
	(void)state;
	struct store *s = help_world();
	help_change(
	        s, "INSERT INTO action (partnership, ref, title) VALUES ('fife', 'A1', 'Do it')");
	help_change(s, "INSERT INTO step (partnership, action, number, text) VALUES"
	               " ('fife', 'A1', 1, 'first'), ('fife', 'A1', 2, 'first')");
	help_change(s, "INSERT INTO action__aims VALUES ('fife', 'A1', 'aim1')");
	int64_t seq = help_change(s, "UPDATE action SET ref = 'B7' WHERE ref = 'A1'");
	struct buf out = { 0 };
	struct fault f = { 0 };
	assert_true(store_history(s, &(struct history_filter){ .seq = seq }, add_line, &out, &f));
	assert_non_null(strstr(buf_text(&out), "5 c fife/action/B7 ref: A1 -> B7\n"));
	assert_non_null(strstr(buf_text(&out), "5 c fife/step/B7/1 action: A1 -> B7\n"));
	assert_non_null(strstr(buf_text(&out), "5 c fife/step/B7/2 action: A1 -> B7\n"));
	assert_null(strstr(buf_text(&out), "aims"));
	buf_free(&out);
	help_close(s);
}

/* ---------- large changes ---------- */

struct count {
	size_t added;
};
static bool count_line(void *count, const struct change_line *l)
{
	((struct count *)count)->added += l->op == 'a' && str_equal(l->field, "text");
	return true;
}

static void a_large_change_is_cut_into_parts(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	int64_t seq;
	assert_true(store_begin(s, &help_info, &f));
	struct query *q = store_prepare(s,
	        "INSERT INTO duty (partnership, ref, text) VALUES ('fife', ?1, 'do ' || ?1)", &f);
	for (int i = 0; i < 12000; i++) {
		char ref[16];
		snprintf(ref, sizeof ref, "d%d", i);
		query_bind_text(q, 1, ref);
		assert_true(query_step(q, &f) == 0);
		assert_true(store_part(s, &f));
	}
	query_done(q);
	assert_true(store_commit(s, "many", &seq, &f));
	assert_int_equal(help_int(s, "SELECT count(*) FROM store_part WHERE seq = 2"), 13);
	assert_int_equal(help_int(s, "SELECT count(*) FROM store_row WHERE seq = 2"), 1);
	struct count count = { 0 };
	assert_true(
	        store_history(s, &(struct history_filter){ .seq = seq }, count_line, &count, &f));
	assert_int_equal(count.added, 12000);
	history_is(s,
	        &(struct history_filter){ .partnership = "fife", .kind = "duty", .key = "d777" },
	        "2 a fife/duty/d777 text:  -> do d777\n");
	help_close(s);
}

static void what_is_reverted_is_not_in_the_journal(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	int64_t seq;
	assert_true(store_begin(s, &help_info, &f));
	help_sql(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'kept', 'x')");
	assert_true(store_mark(s, &f));
	help_sql(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'gone', 'x')");
	help_sql(s, "UPDATE duty SET text = 'y'");
	store_revert(s);
	assert_true(store_mark(s, &f));
	help_sql(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'kept2', 'x')");
	assert_true(store_release(s, &f));
	assert_true(store_commit(s, NULL, &seq, &f));
	history_is(s, &(struct history_filter){ .seq = seq },
	        "2 a fife/duty/kept text:  -> x\n2 a fife/duty/kept2 text:  -> x\n");
	help_close(s);
}

static void a_broken_reference_is_named(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	assert_true(store_begin(s, &help_info, &f));
	help_sql(s, "UPDATE person SET second_org = 'nowhere' WHERE ref = 'ann'");
	assert_false(store_commit(s, NULL, NULL, &f));
	assert_int_equal(f.status, STATUS_DATA);
	assert_string_equal(f.field, "second_org");
	assert_non_null(strstr(f.text, "person ann refers to org 'nowhere'"));
	assert_false(store_in_change(s));
	assert_int_equal(
	        help_int(s, "SELECT count(*) FROM person WHERE second_org IS NOT NULL"), 0);
	help_close(s);
}

/* ---------- made refs ---------- */

static int64_t next(struct store *s, const char *kind, const char *prefix)
{
	struct fault f = { 0 };
	int64_t n = 0;
	if (!store_next_number(s, "fife", kind, prefix, &n, &f))
		fail_msg("%s", f.text);
	return n;
}

static void made_refs_are_never_given_twice(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	help_change(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'd4', 'x'),"
	               " ('fife', 'D2', 'x'), ('fife', 'D40x', 'x')");
	assert_true(store_begin(s, &help_info, &f));
	assert_int_equal(next(s, "duty", "D"), 5);
	assert_int_equal(next(s, "duty", "D"), 6);
	assert_true(store_commit(s, NULL, NULL, &f));
	help_change(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'D7', 'x')");
	help_change(s, "DELETE FROM duty WHERE ref = 'D7'");
	help_change(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'd8', 'x')");
	assert_int_equal(next(s, "duty", "D"), 9);
	assert_int_equal(next(s, "duty", "E"), 1);
	help_close(s);
}

/* ---------- others at the same time, and sudden ends ---------- */

static void a_locked_store_says_so(void **state)
{
	(void)state;
	help_create_at("build/unit/busy.db");
	struct store *s = help_open("build/unit/busy.db", STORE_WRITE);
	struct fault f = { 0 };
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct store *other = help_open("build/unit/busy.db", STORE_WRITE);
		bool ok = store_begin(other, &help_info, &f);
		ok = ok && write(ready[1], "x", 1) == 1;
		pause();
		_exit(ok);
	}
	char byte;
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_false(store_begin(s, &help_info, &f));
	assert_int_equal(f.status, STATUS_AGAIN);
	assert_non_null(strstr(f.text, "--wait"));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	assert_true(store_begin(s, &help_info, &f));
	store_rollback(s);
	help_close(s);
}

/* A writer that is killed after its journal is on disk leaves it hot. */
static void kill_writer(void)
{
	pid_t child = fork();
	if (child == 0) {
		struct fault f = { 0 };
		struct store *other = help_open("build/unit/hot.db", STORE_WRITE);
		help_sql(other, "PRAGMA cache_size=2");
		store_begin(other, &help_info, &f);
		help_sql(other, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c"
		                " WHERE x < 3000) INSERT INTO duty (partnership, ref, text)"
		                " SELECT 'fife', 'd' || x, hex(zeroblob(200)) FROM c");
		kill(getpid(), SIGKILL);
	}
	waitpid(child, NULL, 0);
	struct stat st;
	assert_int_equal(stat("build/unit/hot.db-journal", &st), 0);
	assert_true(st.st_size > 0);
}

static void hot_store(void)
{
	help_create_at("build/unit/hot.db");
	struct store *s = help_open("build/unit/hot.db", STORE_WRITE);
	help_change(s, "INSERT INTO partnership (ref, name) VALUES ('fife', 'Fife')");
	store_close(s);
}

/* Whoever opens it next, to read or for reports, rolls it back. */
static void a_killed_writer_leaves_nothing_half_done(void **state)
{
	(void)state;
	struct stat st;
	hot_store();
	for (int i = 0; i < 2; i++) {
		kill_writer();
		struct store *s =
		        help_open("build/unit/hot.db", i == 0 ? STORE_READ : STORE_REPORT);
		assert_int_equal(help_int(s, "SELECT count(*) FROM duty"), 0);
		assert_int_equal(help_int(s, "SELECT count(*) FROM partnership"), 1);
		store_close(s);
		assert_int_not_equal(stat("build/unit/hot.db-journal", &st), 0);
	}
	unlink("build/unit/hot.db");
}

/* So does a reader that was there before, by a statement it has and by a new one. */
static void a_writer_killed_beside_a_reader_leaves_nothing_half_done(void **state)
{
	(void)state;
	struct fault f = { 0 };
	hot_store();
	struct store *s = help_open("build/unit/hot.db", STORE_READ);
	struct query *q = store_prepare(s, "SELECT count(*) FROM duty", &f);
	assert_int_equal(query_step(q, &f), 1);
	assert_int_equal(query_step(q, &f), 0);
	kill_writer();
	query_bind_null(q, 1); /* resets it */
	if (query_step(q, &f) != 1)
		fail_msg("%s", f.text);
	assert_int_equal(query_int(q, 0), 0);
	query_done(q);
	kill_writer();
	assert_int_equal(help_int(s, "SELECT count(*) FROM duty"), 0);
	help_close(s);
}

static void private_tables_are_not_journalled(void **state)
{
	(void)state;
	struct store *s = help_world();
	help_sql(s, "CREATE TABLE client_private (ref TEXT PRIMARY KEY, name TEXT)");
	help_sql(s, "CREATE TABLE keyless (note TEXT)");
	assert_int_equal(
	        help_change(s, "INSERT INTO client_private VALUES ('c', 'Secret Name')"), 0);
	assert_int_equal(help_int(s, "SELECT count(*) FROM client_private"), 1);
	assert_int_equal(help_change(s, "INSERT INTO keyless VALUES ('x')"), 0);
	help_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_kept_with_what_was_before),
		cmocka_unit_test(a_rename_is_one_line_and_followed_back),
		cmocka_unit_test(children_and_lists_follow_a_rename_in_silence_or_with_one_line),
		cmocka_unit_test(a_large_change_is_cut_into_parts),
		cmocka_unit_test(what_is_reverted_is_not_in_the_journal),
		cmocka_unit_test(a_broken_reference_is_named),
		cmocka_unit_test(made_refs_are_never_given_twice),
		cmocka_unit_test(a_locked_store_says_so),
		cmocka_unit_test(a_killed_writer_leaves_nothing_half_done),
		cmocka_unit_test(a_writer_killed_beside_a_reader_leaves_nothing_half_done),
		cmocka_unit_test(private_tables_are_not_journalled),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
