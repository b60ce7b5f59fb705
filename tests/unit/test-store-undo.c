/* SPDX-License-Identifier: MIT */
/* store: taking changes back, in any order that is allowed, and what is in the way of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/internal.h"
#include "store-help.h"

/* ---------- undo and what it says ---------- */

static bool note_blocked(void *out, const struct change_line *l)
{
	buf_addf(out, "%lld %s %s %s\n", (long long)l->seq, l->kind, l->key,
	        l->field != NULL ? l->field : "-");
	return true;
}

/* The number of the new change, or 0 with what was in the way. */
static int64_t undo(struct store *s, int64_t seq, struct buf *blocked, struct fault *f)
{
	int64_t made = 0;
	fault_clear(f);
	buf_clear(blocked);
	return store_undo(s, &seq, 1, &help_info, false, &made, note_blocked, blocked, f) ? made
	                                                                                  : 0;
}

static int64_t undone(struct store *s, int64_t seq)
{
	struct buf blocked = { 0 };
	struct fault f = { 0 };
	int64_t made = undo(s, seq, &blocked, &f);
	if (made == 0)
		fail_msg("undo %lld: %s\n%s", (long long)seq, f.text, buf_text(&blocked));
	buf_free(&blocked);
	return made;
}

static void not_undone(struct store *s, int64_t seq, const char *text, const char *expected)
{
	struct buf blocked = { 0 }, before = { 0 }, after = { 0 };
	struct fault f = { 0 };
	help_dump(s, &before);
	assert_int_equal(undo(s, seq, &blocked, &f), 0);
	help_dump(s, &after);
	assert_string_equal(f.text, text);
	assert_string_equal(buf_text(&blocked), expected);
	assert_string_equal(buf_text(&before), buf_text(&after));
	buf_free(&blocked);
	buf_free(&before);
	buf_free(&after);
}

static void an_undo_brings_back_what_was_and_can_be_undone_itself(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct buf dump[4] = { { 0 } };
	help_dump(s, &dump[0]);
	int64_t seq = help_change(s, "UPDATE org SET name = 'T', note = 'x', employees = 7");
	help_dump(s, &dump[1]);
	int64_t made = undone(s, seq);
	assert_int_equal(made, seq + 1);
	help_dump(s, &dump[2]);
	assert_string_equal(buf_text(&dump[0]), buf_text(&dump[2]));
	not_undone(
	        s, seq, "change 2 was taken back already by change 3; undo 3 to have it again", "");
	undone(s, made);
	help_dump(s, &dump[3]);
	assert_string_equal(buf_text(&dump[1]), buf_text(&dump[3]));
	undone(s, seq);
	not_undone(s, 77, "there is no change 77; compact-log lists them", "");
	for (size_t i = 0; i < 4; i++)
		buf_free(&dump[i]);
	help_close(s);
}

static void later_work_on_the_same_rows_is_in_the_way(void **state)
{
	(void)state;
	struct store *s = help_world();
	int64_t first = help_change(s, "UPDATE org SET name = 'T' WHERE ref = 'stuc'");
	int64_t other = help_change(s, "UPDATE org SET note = 'x' WHERE ref = 'stuc'");
	int64_t again = help_change(s, "UPDATE org SET name = 'U' WHERE ref = 'stuc'");
	not_undone(s, first,
	        "change 2 cannot be taken back: change 4 stands on it (org stuc); undo 4 first",
	        "4 org stuc name\n");
	/* Another field of the same record is not in the way. */
	undone(s, other);
	undone(s, again);
	undone(s, first);
	assert_int_equal(help_int(s, "SELECT count(*) FROM org WHERE name = 'STUC'"), 1);
	help_close(s);
}

static void a_cascade_never_takes_later_work_along(void **state)
{
	(void)state;
	struct store *s = help_world();
	int64_t added = help_change(
	        s, "INSERT INTO org (partnership, ref, name) VALUES ('fife', 'b', 'B')");
	help_change(s, "UPDATE person SET org = 'b' WHERE ref = 'ann'");
	not_undone(s, added,
	        "change 2 cannot be taken back: change 3 stands on it (person ann); undo 3 first",
	        "3 person ann org\n");
	int64_t renamed = help_change(s, "UPDATE org SET ref = 'c' WHERE ref = 'b'");
	help_change(s, "INSERT INTO person (partnership, ref, name, org) VALUES"
	               " ('fife', 'bob', 'Bob', 'c')");
	not_undone(s, renamed,
	        "change 4 cannot be taken back: change 5 stands on it (person bob); undo 5 first",
	        "5 person bob org\n");
	undone(s, 5);
	undone(s, renamed);
	assert_int_equal(help_int(s, "SELECT count(*) FROM person WHERE org = 'b'"), 1);
	help_close(s);
}

static void what_comes_back_must_find_what_it_refers_to(void **state)
{
	(void)state;
	struct store *s = help_world();
	help_change(s, "INSERT INTO org (partnership, ref, name) VALUES ('fife', 'b', 'B')");
	help_change(s, "INSERT INTO person (partnership, ref, name, org) VALUES"
	               " ('fife', 'bob', 'Bob', 'b')");
	int64_t removed = help_change(s, "DELETE FROM person WHERE ref = 'bob'");
	int64_t gone = help_change(s, "DELETE FROM org WHERE ref = 'b'");
	not_undone(s, removed,
	        "change 4 cannot be taken back: change 5 stands on it (person bob); undo 5 first",
	        "5 person bob org\n");
	struct fault f = { 0 };
	int64_t made, both[] = { removed, gone };
	assert_true(store_undo(s, both, 2, &help_info, false, &made, NULL, NULL, &f));
	assert_int_equal(help_int(s, "SELECT count(*) FROM person WHERE org = 'b'"), 1);
	struct change_made c;
	struct arena *a = arena_new();
	assert_true(journal_change(s, made, &c, a, &f));
	assert_string_equal(c.undoes, "5 4");
	arena_free(a);
	help_close(s);
}

static void a_dry_undo_checks_and_changes_nothing(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	int64_t made = 9, seq = help_change(s, "UPDATE org SET name = 'T'");
	assert_true(store_undo(s, &seq, 1, &help_info, true, &made, NULL, NULL, &f));
	assert_int_equal(made, 0);
	assert_int_equal(help_int(s, "SELECT count(*) FROM org WHERE name = 'T'"), 1);
	assert_int_equal(store_last_change(s), seq);
	help_close(s);
}

static void a_load_in_parts_is_taken_back_whole(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	struct buf before = { 0 }, after = { 0 };
	int64_t seq;
	help_dump(s, &before);
	assert_true(store_begin(s, &help_info, &f));
	for (int i = 0; i < 12; i++) {
		help_sql(s,
		        "INSERT INTO duty (partnership, ref, text)"
		        " WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x <"
		        " 1000) SELECT 'fife', 'd' || (x + (SELECT count(*) FROM duty)), 'do'"
		        " FROM c");
		assert_true(store_part(s, &f));
		/* Parts depend on each other: a row of an earlier part is changed in a later one. */
		help_sql(s, "UPDATE duty SET text = text || 'x' WHERE ref = 'd1'");
	}
	assert_true(store_commit(s, NULL, &seq, &f));
	int64_t later = help_change(s, "UPDATE duty SET text = 'y' WHERE ref = 'd11000'");
	struct buf blocked = { 0 };
	assert_int_equal(undo(s, seq, &blocked, &f), 0);
	assert_string_equal(buf_text(&blocked), "3 duty d11000 text\n");
	buf_free(&blocked);
	undone(s, later);
	int64_t made = undone(s, seq);
	help_dump(s, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
	undone(s, made);
	assert_int_equal(help_int(s, "SELECT count(*) FROM duty"), 12000);
	buf_free(&before);
	buf_free(&after);
	help_close(s);
}

static void put_text(struct adder *a, const char *column, const char *text)
{
	adder_text(a, adder_column(a, column), text, strlen(text));
}

/* Rows of all sizes and types, some changed or removed again within the change. */
static int64_t add_in_bulk(struct store *s, bool bulk)
{
	struct change_info info = help_info;
	struct fault f = { 0 };
	int64_t seq = 0;
	info.bulk = bulk;
	if (!store_begin(s, &info, &f))
		fail_msg("%s", f.text);
	struct adder *org = store_adder(s, "org", &f),
	             *names = store_adder(s, "org__other_names", &f);
	assert_non_null(org);
	assert_non_null(names);
	for (int i = 0; i < 2600; i++) {
		char ref[16], long_text[400];
		snprintf(ref, sizeof ref, "o%d", i);
		memset(long_text, 'x', sizeof long_text);
		put_text(org, "partnership", "fife");
		put_text(org, "ref", ref);
		put_text(org, "name", i % 2 ? "N\xc3\xa9gatif" : "Positive");
		put_text(org, "kind", "other");
		if (i % 3 == 0)
			adder_int(org, adder_column(org, "employees"), i % 2 ? INT64_MAX - i : i);
		if (i % 1000 == 0)
			adder_text(
			        org, adder_column(org, "note"), long_text, 100 + (size_t)i % 299);
		if (!adder_run(org, &f))
			fail_msg("%s: %s", f.field, f.text);
		put_text(names, "partnership", "fife");
		put_text(names, "org", ref);
		put_text(names, "item", "Other");
		if (i % 7 == 0 && !adder_run(names, &f))
			fail_msg("%s: %s", f.field, f.text);
		if (i == 100)
			help_sql(s, "UPDATE org SET note = 'changed' WHERE ref IN ('o3', 'stuc')");
		if (i == 2500)
			help_sql(s, "UPDATE org SET name = 'Late' WHERE ref = 'o2499'");
		if (i % 7)
			for (size_t c = 0; c < 3; c++) /* what is set and not run is set again */
				adder_text(names, c, "", 0);
		assert_true(store_part(s, &f));
	}
	if (!store_commit(s, "added", &seq, &f))
		fail_msg("%s: %s", f.field, f.text);
	return seq;
}

static void rows_added_in_bulk_are_taken_back_and_brought_again(void **state)
{
	(void)state;
	for (int bulk = 0; bulk < 2; bulk++) {
		struct store *s = help_world();
		struct buf before = { 0 }, after = { 0 }, now = { 0 };
		help_dump(s, &before);
		int64_t seq = add_in_bulk(s, bulk);
		help_dump(s, &after);
		assert_int_equal(help_int(s, "SELECT count(*) FROM org"), 2601);
		int64_t back = undone(s, seq);
		help_dump(s, &now);
		assert_string_equal(buf_text(&before), buf_text(&now));
		undone(s, back);
		help_dump(s, &now);
		assert_string_equal(buf_text(&after), buf_text(&now));
		buf_free(&before);
		buf_free(&after);
		buf_free(&now);
		help_close(s);
	}
}

/* Rows wait to be put in together; what is wrong with one shows then, at the latest with the commit. */
static void a_row_added_twice_gives_the_change_up(void **state)
{
	(void)state;
	for (int asked = 0; asked < 2; asked++) {
		struct store *s = help_world();
		struct fault f = { 0 };
		int64_t seq;
		assert_true(store_begin(s, &help_info, &f));
		help_sql(s, "UPDATE org SET note = 'changed'");
		struct adder *org = store_adder(s, "org", &f);
		const char *const refs[] = { "new", "stuc", "newer" };
		for (size_t i = 0; i < COUNT(refs); i++) {
			put_text(org, "partnership", "fife");
			put_text(org, "ref", refs[i]);
			put_text(org, "name", "Twice");
			put_text(org, "kind", "other");
			assert_true(adder_run(org, &f));
		}
		if (asked) {
			assert_null(store_prepare(s, "SELECT 1 FROM org WHERE x", &f));
			fault_clear(&f);
			struct query *q = store_prepare(s, "SELECT count(*) FROM org", &f);
			assert_int_equal(query_step(q, &f), -1);
			query_done(q);
			assert_string_equal(f.text, "that org exists; use set");
			assert_false(adder_run(org, &f));
		}
		fault_clear(&f);
		assert_false(store_commit(s, "added", &seq, &f));
		if (!asked)
			assert_string_equal(f.text, "that org exists; use set");
		assert_int_equal(help_int(s, "SELECT count(*) FROM org"), 1);
		assert_int_equal(help_int(s, "SELECT count(*) FROM org WHERE note = 'changed'"), 0);
		help_close(s);
	}
}

static void rows_changed_by_other_hands_are_not_overwritten(void **state)
{
	(void)state;
	struct store *s = help_world();
	int64_t seq = help_change(s, "UPDATE org SET name = 'T' WHERE ref = 'stuc'");
	help_sql(s, "UPDATE org SET name = 'by the shell'");
	not_undone(s, seq,
	        "change 2 cannot be taken back: a row of org is no longer as the change left it, "
	        "and "
	        "the journal does not know why",
	        "");
	help_close(s);
}

static void made_numbers_are_left_by_undo(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	int64_t n, seq;
	assert_true(store_begin(s, &help_info, &f));
	assert_true(store_next_number(s, "fife", "duty", "D", &n, &f));
	help_sql(s, "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'D1', 'x')");
	assert_true(store_commit(s, NULL, &seq, &f));
	undone(s, seq);
	assert_true(store_next_number(s, "fife", "duty", "D", &n, &f));
	assert_int_equal(n, 2);
	help_close(s);
}

/* ---------- any legal order ---------- */

static uint32_t dice(uint32_t below)
{
	static uint32_t state = 20261122;
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

/* A statement at random that may or may not succeed. */
static const char *any_statement(char *sql, size_t size)
{
	unsigned a = dice(5), b = dice(5), n = dice(1000);
	switch (dice(14)) {
	case 0:
		snprintf(sql, size,
		        "INSERT INTO org (partnership, ref, name) VALUES ('fife', 'o%u', 'N%u')", a,
		        n);
		break;
	case 1:
		snprintf(sql, size,
		        "INSERT INTO person (partnership, ref, name, org) VALUES ('fife', 'p%u', "
		        "'P', 'o%u')",
		        a, b);
		break;
	case 2:
		snprintf(sql, size, "UPDATE org SET ref = 'o%u' WHERE ref = 'o%u'", a, b);
		break;
	case 3:
		snprintf(sql, size,
		        "UPDATE person SET org = 'o%u', job_title = 'n%u' WHERE ref = 'p%u'", a, n,
		        b);
		break;
	case 4:
		snprintf(sql, size,
		        "UPDATE org SET name = 'N%u', employees = nullif(%u, 0) WHERE ref = 'o%u'",
		        n, b, a);
		break;
	case 5:
		snprintf(sql, size, "DELETE FROM person WHERE ref = 'p%u'", a);
		break;
	case 6:
		snprintf(sql, size, "DELETE FROM org WHERE ref = 'o%u'", a);
		break;
	case 7:
		snprintf(sql, size,
		        "INSERT INTO action (partnership, ref, title) VALUES ('fife', 'A%u', "
		        "'T%u')",
		        a, n);
		break;
	case 8:
		snprintf(sql, size,
		        "INSERT INTO step (partnership, action, number, text, lead) VALUES "
		        "('fife', 'A%u', %u, 'S', 'p%u')",
		        a, n % 3 + 1, b);
		break;
	case 9:
		snprintf(sql, size, "UPDATE action SET ref = 'A%u' WHERE ref = 'A%u'", a, b);
		break;
	case 10:
		snprintf(sql, size,
		        "INSERT INTO org__other_names VALUES ('fife', 'o%u', 'also %u')", a, b);
		break;
	case 11:
		snprintf(sql, size, "DELETE FROM org__other_names WHERE org = 'o%u'", a);
		break;
	case 12:
		snprintf(sql, size, "UPDATE person SET ref = 'p%u' WHERE ref = 'p%u'", a, b);
		break;
	default:
		snprintf(sql, size, "DELETE FROM step WHERE action = 'A%u'", a);
		break;
	}
	return sql;
}

/* A change of a few statements; 0 where it was refused or changed nothing. */
static int64_t any_change(struct store *s)
{
	struct fault f = { 0 };
	char sql[300];
	int64_t seq = 0;
	assert_true(store_begin(s, &help_info, &f));
	for (uint32_t i = 0; i <= dice(3); i++) {
		assert_true(store_mark(s, &f));
		struct query *q = store_prepare(s, any_statement(sql, sizeof sql), &f);
		if (q == NULL)
			fail_msg("%s: %s", sql, f.text);
		if (query_run(q, &f))
			assert_true(store_release(s, &f));
		else
			store_revert(s);
	}
	return store_commit(s, NULL, &seq, &f) ? seq : 0;
}

static void sound(struct store *s)
{
	assert_int_equal(help_int(s, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static bool stands(struct store *s, int64_t seq)
{
	struct fault f = { 0 };
	struct arena *a = arena_new();
	size_t n = 0;
	const struct link *link = journal_links(s, a, &n, &f);
	bool undone_before = journal_undone_by(link, n, seq) > 0;
	arena_free(a);
	return !undone_before;
}

enum { CHANGES = 40 };

/* Every change can be taken back in whatever order is allowed, and the end is the beginning. An undo
 * that is undone at once leaves everything as it was. */
static void all_changes_can_be_undone_in_any_legal_order(void **state)
{
	(void)state;
	size_t out_of_turn = 0;
	const char *rounds = getenv("TEST_ROUNDS");
	long most = 2 + (rounds != NULL ? strtol(rounds, NULL, 10) : 1);
	for (long round = 0; round < most; round++) {
		struct store *s = help_world();
		help_sql(s, "PRAGMA synchronous=OFF");
		struct buf before = { 0 }, now = { 0 }, then = { 0 }, blocked = { 0 };
		struct fault f = { 0 };
		int64_t open[CHANGES];
		size_t n = 0;
		help_dump(s, &before);
		while (n < CHANGES) {
			int64_t seq = any_change(s);
			if (seq > 0)
				open[n++] = seq;
			sound(s);
		}
		for (size_t tries = 0; n > 0 && tries < 4 * (size_t)CHANGES; tries++) {
			size_t at = dice((uint32_t)n);
			help_dump(s, &now);
			int64_t made = undo(s, open[at], &blocked, &f);
			if (made == 0) {
				assert_int_equal(f.status, STATUS_FOUND);
				if (blocked.n == 0)
					fail_msg("refused without a row in the way: %s", f.text);
				help_dump(s, &then);
				assert_string_equal(buf_text(&now), buf_text(&then));
				continue;
			}
			sound(s);
			if (dice(3) == 0) {
				made = undone(s, made);
				help_dump(s, &then);
				assert_string_equal(buf_text(&now), buf_text(&then));
				assert_true(made > 0);
				continue;
			}
			out_of_turn += at + 1 < n;
			memmove(&open[at], &open[at + 1], (n - at - 1) * sizeof open[0]);
			n--;
		}
		/* The rest newest first, undos and all, which is always allowed. */
		for (int64_t seq = store_last_change(s); seq > 1; seq--)
			if (stands(s, seq))
				undone(s, seq);
		sound(s);
		help_dump(s, &now);
		assert_string_equal(buf_text(&before), buf_text(&now));
		buf_free(&before);
		buf_free(&now);
		buf_free(&then);
		buf_free(&blocked);
		help_close(s);
	}
	assert_true(out_of_turn >= (size_t)most);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_undo_brings_back_what_was_and_can_be_undone_itself),
		cmocka_unit_test(later_work_on_the_same_rows_is_in_the_way),
		cmocka_unit_test(a_cascade_never_takes_later_work_along),
		cmocka_unit_test(what_comes_back_must_find_what_it_refers_to),
		cmocka_unit_test(a_dry_undo_checks_and_changes_nothing),
		cmocka_unit_test(a_load_in_parts_is_taken_back_whole),
		cmocka_unit_test(rows_added_in_bulk_are_taken_back_and_brought_again),
		cmocka_unit_test(a_row_added_twice_gives_the_change_up),
		cmocka_unit_test(rows_changed_by_other_hands_are_not_overwritten),
		cmocka_unit_test(made_numbers_are_left_by_undo),
		cmocka_unit_test(all_changes_can_be_undone_in_any_legal_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
