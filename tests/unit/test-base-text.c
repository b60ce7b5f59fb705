/* SPDX-License-Identifier: MIT */
/* base: numbers, Unicode text, natural order and nearness. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static void whole_numbers_are_strict(void **state)
{
	(void)state;
	int64_t n = 7;
	struct fault f = { 0 };
	assert_true(number_parse(" 42\xC2\xA0", 0, 100, &n, &f) && n == 42);
	assert_true(number_parse("-9223372036854775808", INT64_MIN, INT64_MAX, &n, &f));
	assert_true(n == INT64_MIN);
	assert_true(number_parse("+9223372036854775807", INT64_MIN, INT64_MAX, &n, &f));
	assert_true(n == INT64_MAX);
	n = 7;
	static const char *const bad[] = { "", " ", "-", "4 2", "4.0", "0x10", "1e3", "1,000",
		"९" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(number_parse(bad[i], INT64_MIN, INT64_MAX, &n, &f));
	assert_false(number_parse("9223372036854775808", INT64_MIN, INT64_MAX, &n, &f));
	assert_false(number_parse("-9223372036854775809", INT64_MIN, INT64_MAX, &n, &f));
	assert_false(number_parse("101", 1, 100, &n, &f));
	assert_string_equal(f.text, "'101' is not between 1 and 100");
	assert_int_equal(n, 7);
}

static void counts_are_read_as_written(void **state)
{
	(void)state;
	int64_t n;
	assert_true(number_loose("1,234", &n) && n == 1234);
	assert_true(number_loose("1,234,567", &n) && n == 1234567);
	assert_true(number_loose("+5", &n) && n == 5);
	assert_true(number_loose(" 12.0 ", &n) && n == 12);
	assert_true(number_loose("0012", &n) && n == 12);
	static const char *const bad[] = { "", "-5", "12.5", "12.", "1,23", "1,2345", "1234,567",
		",123", "c. 40", "40-50", "12E5", "1 234", "99999999999999999999", "1,", "X" };
	for (size_t i = 0; i < COUNT(bad); i++)
		if (number_loose(bad[i], &n))
			fail_msg("'%s' was taken", bad[i]);
}

static void money_is_pence(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t pence;
	} good[] = {
		{ "1234.50", 123450 },
		{ "1234.5", 123450 },
		{ "£1,234.50", 123450 },
		{ "£ 1,234", 123400 },
		{ "-£5", -500 },
		{ "£-5", -500 },
		{ "(12)", -1200 },
		{ "(£12.34)", -1234 },
		{ "0.07", 7 },
		{ ".5", 50 },
		{ " 0 ", 0 },
		{ "+3", 300 },
		{ "1,000,000.00", 100000000 },
	};
	int64_t p;
	struct fault f = { 0 };
	for (size_t i = 0; i < COUNT(good); i++)
		if (!number_parse_money(good[i].text, &p, &f) || p != good[i].pence)
			fail_msg("'%s' gives %ld: %s", good[i].text, (long)p, f.text);
	static const char *const bad[] = { "", "£", "-", "()", "1.234", "1.", ".", "1,23", "12p",
		"--5", "££5", "(-5)", "5-", "1e3", "100000000000000000", "12 34", "€5" };
	for (size_t i = 0; i < COUNT(bad); i++)
		if (number_parse_money(bad[i], &p, &f))
			fail_msg("'%s' was taken as %ld", bad[i], (long)p);

	static const struct {
		int64_t pence;
		const char *plain, *shown;
	} out[] = {
		{ 0, "0.00", "£0" },
		{ 7, "0.07", "£0.07" },
		{ -7, "-0.07", "-£0.07" },
		{ 123450, "1234.50", "£1,234.50" },
		{ -100000, "-1000.00", "-£1,000" },
		{ 123456700, "1234567.00", "£1,234,567" },
		{ INT64_MIN, "-92233720368547758.08", "-£92,233,720,368,547,758.08" },
	};
	for (size_t i = 0; i < COUNT(out); i++) {
		struct buf b = { 0 };
		number_add_money(&b, out[i].pence, false);
		assert_string_equal(b.p, out[i].plain);
		buf_clear(&b);
		number_add_money(&b, out[i].pence, true);
		assert_string_equal(b.p, out[i].shown);
		buf_free(&b);
	}
	for (int64_t pence = -250000; pence < 250000; pence += 13) {
		struct buf b = { 0 };
		number_add_money(&b, pence, pence % 2 == 0);
		assert_true(number_parse_money(b.p, &p, &f) && p == pence);
		buf_free(&b);
	}
}

static void reals_percents_and_bools(void **state)
{
	(void)state;
	double x;
	int64_t n;
	bool yes;
	struct fault f = { 0 };
	assert_true(number_parse_real(" -12.5e1 ", &x, &f) && x > -125.01 && x < -124.99);
	assert_true(number_parse_real(".5", &x, &f));
	static const char *const bad[] = { "", "nan", "inf", "0x1p3", "1,5", "1e999", "--1", "e5",
		"1 2" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(number_parse_real(bad[i], &x, &f));
	assert_true(number_parse_percent("40", &n, &f) && n == 40);
	assert_true(number_parse_percent("40%", &n, &f) && n == 40);
	assert_true(number_parse_percent("40.0 %", &n, &f) && n == 40);
	assert_true(number_parse_percent("-5", &n, &f) && n == -5);
	static const char *const no[] = { "", "%", "40.5", "40%%", "4 0", "1e2", ".5", "40.",
		"99999999999999" };
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(number_parse_percent(no[i], &n, &f));
	static const char *const yeses[] = { "yes", "YES", "Y", "true", "1", " y " };
	static const char *const noes[] = { "no", "No", "n", "FALSE", "0" };
	for (size_t i = 0; i < COUNT(yeses); i++)
		assert_true(number_parse_bool(yeses[i], &yes, &f) && yes);
	for (size_t i = 0; i < COUNT(noes); i++)
		assert_true(number_parse_bool(noes[i], &yes, &f) && !yes);
	assert_false(number_parse_bool("maybe", &yes, &f) || number_parse_bool("", &yes, &f) ||
	             number_parse_bool("2", &yes, &f));
}

/* ---------- text ---------- */

static bool valid(const char *text)
{
	return text_valid(text, strlen(text));
}

static void only_well_formed_utf8_is_valid(void **state)
{
	(void)state;
	assert_true(valid("") && valid("plain") && valid("é€😀") && valid("\xF4\x8F\xBF\xBF"));
	static const char *const bad[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
		"\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
		"\xC3", "\xE2\x82", "abcdefgh\xE9", "1234567\xC3(" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(valid(bad[i]));
	assert_true(text_valid("a\0b", 3));
	/* Cut anywhere, a text of long characters is valid just at their borders. */
	static const char text[] = "ab€😀é";
	static const bool whole[] = { 1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1 };
	for (size_t n = 0; n < sizeof text; n++)
		assert_int_equal(text_valid(text, n), whole[n]);
}

static void control_characters_are_found(void **state)
{
	(void)state;
	assert_int_equal(text_control("tab\tline\r\né", 12), -1);
	assert_int_equal(text_control("ab\0c", 4), 2);
	assert_int_equal(text_control("ab\x7F", 3), 2);
	assert_int_equal(text_control("\x1B[1m", 4), 0);
	assert_int_equal(text_control("a\xC2\x85", 3), 1);
	assert_int_equal(text_control("a\xC2\xA0", 3), -1);
	assert_int_equal(text_control("a\xC2", 2), -1);
	assert_int_equal(text_control("", 0), -1);
}

static void folding_makes_the_same_the_same(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	assert_string_equal(text_fold(a, "C Roberts"), "c roberts");
	assert_string_equal(text_fold(a, "CAFÉ"), text_fold(a, "cafe\xCC\x81"));
	assert_string_equal(text_plain(a, "Siôn Ŵyn"), "sion wyn");
	assert_string_equal(text_plain(a, "E\xCC\x81LODIE"), "elodie");
	assert_string_equal(text_plain(a, "Roberts"), "roberts");
	assert_string_equal(text_fold(a, "STRASSE"), text_fold(a, "straße"));
	assert_string_equal(text_fold(a, "ＡＢ１"), "ab1");
	assert_string_equal(text_fold(a, "co\xC2\xADop"), "coop");
	assert_string_equal(text_fold(a, "bad \xE9"), "bad \xE9");
	assert_string_equal(text_key(a, "Perth & Kinross"), "perth and kinross");
	assert_string_equal(
	        text_key(a, "Perth and  Kinross Council."), "perth and kinross council");
	assert_string_equal(text_key(a, "Argyll&Bute"), "argyll and bute");
	assert_string_equal(text_key(a, " -- Job_Title (HR) / No. 2 "), "job title hr no 2");
	assert_string_equal(text_key(a, "&&&"), "and and and");
	assert_string_equal(text_key(a, "Na h-Eileanan Siar — Òban"), "na h eileanan siar òban");
	assert_string_equal(text_key(a, "…"), "");
	assert_string_equal(text_key(a, "\xFF"
	                                "x"),
	        "x");
	arena_free(a);
}

static void width_counts_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width("abc", 3), 3);
	assert_int_equal(text_width("£é", strlen("£é")), 2);
	assert_int_equal(text_width("e\xCC\x81", 3), 1);
	assert_int_equal(text_width("日本", strlen("日本")), 4);
	assert_int_equal(text_width("a\xE9z", 3), 3);
	assert_int_equal(text_fit("abc", 3, 2), 2);
	assert_int_equal(text_fit("abc", 3, 9), 3);
	assert_int_equal(text_fit("日本", 6, 3), 3);
	assert_int_equal(text_fit("日本", 6, 1), 0);
	assert_int_equal(text_fit("e\xCC\x81x", 4, 1), 3);
	assert_int_equal(text_fit("abc", 3, 0), 0);
}

static void code_page_1252_becomes_utf8(void **state)
{
	(void)state;
	struct buf b = { 0 };
	text_add_cp1252(&b,
	        "\x93It\x92s \x80"
	        "5\x94 \x96 caf\xE9 \xA3\x81",
	        20);
	assert_string_equal(b.p, "“It’s €5” – café £\xEF\xBF\xBD");
	buf_clear(&b);
	text_add_rune(&b, 0x41);
	text_add_rune(&b, 0x1F600);
	text_add_rune(&b, 0xD800);
	text_add_rune(&b, 0x110000);
	assert_string_equal(b.p, "A😀\xEF\xBF\xBD\xEF\xBF\xBD");
	buf_free(&b);
}

/* ---------- order and nearness ---------- */

static void refs_sort_as_people_count(void **state)
{
	(void)state;
	/* "a-1" stands before "a1": the hyphen is before the digits. */
	static const char *const order[] = { "", "1", "01", "2", "2.1", "2.9", "2.10", "10",
		"99999999999999999998", "99999999999999999999", "A", "a-1", "A1", "a2", "A10",
		"A10b", "A10c", "é", "日" };
	for (size_t i = 0; i < COUNT(order); i++)
		for (size_t j = 0; j < COUNT(order); j++) {
			int expect = (i > j) - (i < j);
			if (text_natural(order[i], order[j]) != expect)
				fail_msg("'%s' and '%s'", order[i], order[j]);
		}
	assert_int_equal(text_natural("a1", "A1"), 0);
	assert_int_equal(text_natural("CAFÉ", "cafe\xCC\x81"), 0);
	assert_int_equal(text_natural("ß", "SS"), 0);
	assert_int_equal(text_natural("a\xCC\x81\xCC\xA3", "a\xCC\xA3\xCC\x81"), 0);
	assert_true(text_natural("a\xFF", "az") > 0);
}

static void mistyped_words_find_their_neighbour(void **state)
{
	(void)state;
	assert_int_equal(text_distance("status", "status", 3), 0);
	assert_int_equal(text_distance("statsu", "status", 3), 1);
	assert_int_equal(text_distance("STATUS", "status", 3), 0);
	assert_int_equal(text_distance("kitten", "sitting", 5), 3);
	assert_int_equal(text_distance("kitten", "sitting", 2), 3);
	assert_int_equal(text_distance("", "abc", 5), 3);
	assert_int_equal(text_distance("ca", "abc", 5), 3);
	static const char *const words[] = { "add", "set", "edit", "list", "show", "load", "remove",
		"log", "replace", "overdue" };
	size_t n = COUNT(words);
	assert_string_equal(text_nearest("lsit", words, n), "list");
	assert_string_equal(text_nearest("overdu", words, n), "overdue");
	assert_string_equal(text_nearest("rmove", words, n), "remove");
	assert_string_equal(text_nearest("repl", words, n), "replace");
	assert_null(text_nearest("frobnicate", words, n));
	assert_null(text_nearest("x", words, n));
	assert_null(text_nearest("", words, n));
	assert_null(text_nearest("x", NULL, 0));
}

static void words_are_found_whole(void **state)
{
	(void)state;
	static const struct {
		const char *text, *word;
		bool exact;
		long at;
		size_t n;
	} cases[] = {
		{ "ask Ann Smith now", "ann smith", false, 4, 9 },
		{ "ask Ann Smith now", "ann smith", true, -1, 0 },
		{ "Ann Smithson, Ann Smith", "Ann Smith", false, 14, 9 },
		{ "Joann Smith", "Ann Smith", false, -1, 0 },
		{ "\xE2\x80\x9C"
		  "Ann Smith\xE2\x80\x99s",
		        "Ann Smith", false, 3, 9 },
		{ "JOS\xC3\x89 R", "jos\xC3\xA9", false, 0, 5 },
		{ "jose\xCC\x81 R", "JOS\xC3\x89", false, 0, 6 },
		{ "jose\xCC\x81 R", "jose", false, -1, 0 },
		{ "caf\xC3\xA9s", "caf\xC3\xA9", false, -1, 0 },
		{ "Stra\xC3\x9F"
		  "e 1",
		        "STRASSE", false, 0, 7 },
		{ "a@b.example, ab", "a@b.example", false, 0, 11 },
		{ "x+44 131", "+44 131", false, 1, 7 },
		{ "a_b b", "b", true, 4, 1 },
		{ "\xFF"
		  "bad b",
		        "b", false, 5, 1 },
		{ "", "x", false, -1, 0 },
		{ "ask Ann\n  Smith", "ann smith", false, 4, 11 },
		{ "Ann\xC2\xA0Smith", "Ann Smith", false, 0, 10 },
		{ "Ann  Smith", "Ann Smith", true, -1, 0 },
		{ "AnnSmith", "Ann Smith", false, -1, 0 },
		{ "Ann ", "Ann Smith", false, -1, 0 },
		{ "on 01234567890.", "01234 567 890", false, 3, 11 },
		{ "on (01234) 567-890.", "01234567890", false, 3, 15 },
		{ "on +44 1234 567890", "01234 567890", false, 3, 15 },
		{ "on +44 (0)1234 567890", "01234 567890", false, 3, 18 },
		{ "on 0044 1234 567 890", "01234 567890", false, 3, 17 },
		{ "on 01234 567890.", "+44 (0) 1234 567890", false, 3, 12 },
		{ "on +353 1234 567890", "01234 567890", false, -1, 0 },
		{ "on +44 1234 567891", "01234 567890", false, -1, 0 },
		{ "on 1234 567890", "01234 567890", false, -1, 0 },
		{ "on 00353 1 234 5678", "+353 1 234 5678", false, 3, 16 },
		{ "on 101234 567890", "01234 567890", false, -1, 0 },
		{ "on 01234 5678901", "01234567890", false, -1, 0 },
		{ "2008 - 09", "2008-09", false, -1, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = 0;
		long at = text_find(cases[i].text, 0, cases[i].word, cases[i].exact, &n);
		if (at != cases[i].at || (at >= 0 && n != cases[i].n))
			fail_msg(
			        "%s in %s: at %ld, %zu bytes", cases[i].word, cases[i].text, at, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_whole),
		cmocka_unit_test(whole_numbers_are_strict),
		cmocka_unit_test(counts_are_read_as_written),
		cmocka_unit_test(money_is_pence),
		cmocka_unit_test(reals_percents_and_bools),
		cmocka_unit_test(only_well_formed_utf8_is_valid),
		cmocka_unit_test(control_characters_are_found),
		cmocka_unit_test(folding_makes_the_same_the_same),
		cmocka_unit_test(width_counts_columns),
		cmocka_unit_test(code_page_1252_becomes_utf8),
		cmocka_unit_test(refs_sort_as_people_count),
		cmocka_unit_test(mistyped_words_find_their_neighbour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
