/* SPDX-License-Identifier: MIT */
/* Cells of notices: numbers of people, dates, names, numbers of registers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "notice/read/reader.h"

static void test_people(void **state)
{
	static const struct {
		const char *text;
		int64_t number;
		const char *certainty;
		bool plain;
	} cases[] = {
		{ "", -1, NULL, true },
		{ "40", 40, "exact", true },
		{ "1,015", 1015, "exact", true },
		{ "£1,020", 1020, "exact", true },
		{ "12.0", 12, "exact", true },
		{ "0", 0, "exact", true },
		{ "45*", 45, "exact", false },
		{ "45 (1)", 45, "exact", false },
		{ "45¹", 45, "exact", false },
		{ "64 employees", 64, "exact", false },
		{ "c. 40", 40, "estimate", false },
		{ "circa 1,200", 1200, "estimate", false },
		{ "approximately 64 (with remote staff)", 64, "estimate", false },
		{ "up to 50", 50, "estimate", false },
		{ "~30", 30, "estimate", false },
		{ "20+", 20, "estimate", false },
		{ "20-30", 20, "estimate", false },
		{ "20 – 30", 20, "estimate", false },
		{ "between 20 and 30", 20, "estimate", false },
		{ "TBC", -1, "unfilled", false },
		{ "X", -1, "unfilled", false },
		{ "n/k", -1, "unfilled", false },
		{ "to be confirmed", -1, "unfilled", false },
		{ "-", -1, "unfilled", false },
		{ "(12)", -1, "estimate", false },
		{ "-5", -1, "estimate", false },
		{ "12.5", -1, "estimate", false },
		{ "1.045", 1045, "estimate", false },
		{ "12.000", 12000, "estimate", false },
		{ "1.045.120", 1045120, "estimate", false },
		{ "0.500", -1, "estimate", false },
		{ "3/4/2026", -1, "estimate", false },
		{ "some", -1, "estimate", false },
		{ "99999999999", -1, "estimate", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct people p = people_read(cases[i].text);
		if (p.number != cases[i].number || !str_equal(p.certainty, cases[i].certainty) ||
		        p.plain != cases[i].plain)
			fail_msg("'%s' is %lld, %s, %s", cases[i].text, (long long)p.number,
			        p.certainty ? p.certainty : "nothing",
			        p.plain ? "plain" : "not plain");
	}
}

static void test_dates(void **state)
{
	static const struct {
		const char *text;
		enum date_order order;
		enum dated how;
		const char *day, *until;
	} cases[] = {
		{ "", ORDER_DMY, DATED_NONE, NULL, NULL },
		{ "30/11/2026", ORDER_DMY, DATED_OK, "2026-11-30", NULL },
		{ "11/30/2026", ORDER_MDY, DATED_OK, "2026-11-30", NULL },
		{ "2026-11-30", ORDER_MDY, DATED_OK, "2026-11-30", NULL },
		{ "2026-11-30 00:00:00", ORDER_DMY, DATED_OK, "2026-11-30", NULL },
		{ "3/4/26", ORDER_MDY, DATED_OK, "2026-03-04", NULL },
		{ "30 Nov 2026", ORDER_DMY, DATED_OK, "2026-11-30", NULL },
		{ "31/02/2026", ORDER_DMY, DATED_BAD, NULL, NULL },
		{ "13/13/2026", ORDER_DMY, DATED_BAD, NULL, NULL },
		{ "soon", ORDER_DMY, DATED_BAD, NULL, NULL },
		{ "4th quarter", ORDER_DMY, DATED_BAD, NULL, NULL },
		{ "TBC", ORDER_DMY, DATED_NONE, NULL, NULL },
		{ "Unknown at this time", ORDER_DMY, DATED_NONE, NULL, NULL },
		{ "3/16/2026 - 4/30/2026", ORDER_MDY, DATED_PART, "2026-03-16", "2026-04-30" },
		{ "3/16/2026-4/30/2026", ORDER_MDY, DATED_PART, "2026-03-16", "2026-04-30" },
		{ "1/21/2022 (updated) 3/2/2022", ORDER_MDY, DATED_PART, "2022-01-21",
		        "2022-03-02" },
		{ "from 1 June 2026 to 3 July 2026", ORDER_DMY, DATED_PART, "2026-06-01",
		        "2026-07-03" },
		{ "30/11/2026*", ORDER_DMY, DATED_PART, "2026-11-30", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fault f = { 0 };
		int64_t at;
		bool has_time;
		day_t day = DAY_NONE, until = DAY_NONE;
		char text[11], last[11];
		enum dated how = dated_read(cases[i].text, cases[i].order, 1790000000, &at,
		        &has_time, &day, &until, &f);
		if (how != cases[i].how)
			fail_msg("'%s' is %d: %s", cases[i].text, (int)how, f.text);
		if (how == DATED_BAD && !f.text[0])
			fail_msg("'%s' has no reason", cases[i].text);
		if (cases[i].day)
			assert_string_equal(day_format(day, text), cases[i].day);
		if (cases[i].until)
			assert_string_equal(day_format(until, last), cases[i].until);
		else if (how == DATED_PART)
			assert_int_equal(until, DAY_NONE);
	}
}

static void test_numbers(void **state)
{
	static const char *const cases[][2] = { { "1234", "00001234" }, { "sc1234", "SC001234" },
		{ "SC 123456", "SC123456" }, { "12345678", "12345678" }, { "OC-300", "OC000300" },
		{ "NI012345", "NI012345" }, { "n/a", NULL }, { "1.23E+11", NULL },
		{ "123456789", NULL }, { "none", NULL }, { "12A", "12A" } };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = name_number(&b, cases[i][0]);
		if (!str_equal(got, cases[i][1]))
			fail_msg("'%s' gives %s", cases[i][0], got ? got : "none");
	}
	buf_free(&b);
}

static bool same(const char *x, const char *y, bool loose)
{
	struct buf a = { 0 }, b = { 0 };
	struct name_keys p = name_keys(&a, x), q = name_keys(&b, y);
	bool equal = loose ? str_equal(p.loose, q.loose) : str_equal(p.strict, q.strict);

	buf_free(&a);
	buf_free(&b);
	return equal;
}

static void test_names(void **state)
{
	(void)state;
	assert_true(same("Acme & Sons Ltd.", "ACME AND SONS LIMITED", false));
	assert_true(same("The Acme Co Ltd", "Acme Company Limited", false));
	assert_true(same("J.K. O'Neil plc", "JK ONeil PLC", false));
	assert_true(same("Dàl Riata Ltd", "dàl riata limited", false));
	assert_true(same("McDonald’s Ltd", "McDonald's Ltd", false));
	assert_false(same("Acme Ltd", "Acme plc", false));
	assert_false(same("Acme Ltd", "Acme Holdings Ltd", false));
	assert_false(same("Acme Ltd", "Acme", false));
	assert_false(same("Acme North Ltd", "Acme South Ltd", true));
	assert_true(same("Acme Ltd", "Acme plc", true));
	assert_true(same("Acme Ltd", "Acme Holdings Ltd", true));
	assert_true(same("Acme Ltd", "Acme Ltd t/a Bargain Foods", true));
	assert_true(same("Abbot Ceramics Ltd", "Abott Ceramics Ltd", true));
	assert_false(same("", "Acme", true));
}

static void test_markers(void **state)
{
	static const char *const cases[][2] = { { "Acme - Revision 1", "Acme" },
		{ "Acme (amended)", "Acme" }, { "Acme (UPDATE 3/4/2026)", "Acme" },
		{ "Acme *Revised*", NULL }, { "Acme-Update Ltd", NULL },
		{ "Revision Optics Ltd", NULL }, { "Acme (Scotland) Ltd", NULL },
		{ "- Revision 1", NULL } };
	struct buf b = { 0 };
	bool marked;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = name_plain(&b, cases[i][0], &marked);
		const char *want = cases[i][1] ? cases[i][1] : cases[i][0];
		if (!str_equal(got, want) || marked != (cases[i][1] != NULL))
			fail_msg("'%s' gives '%s'", cases[i][0], got);
	}
	buf_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_markers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
