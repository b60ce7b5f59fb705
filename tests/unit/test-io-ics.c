/* SPDX-License-Identifier: MIT */
/* Calendars: lines, escapes, names and times, byte for byte. */
#include "io/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct calendar_entry entry(void)
{
	return (struct calendar_entry){ .uid = "u",
		.title = "A1: write",
		.day = DAY_NONE,
		.last = DAY_NONE,
		.starts = TIME_NONE,
		.ends = TIME_NONE,
		.done_on = DAY_NONE,
		.percent = -1 };
}

/* The calendar of one entry. */
static char *made(const struct calendar_entry *e)
{
	struct buf b = { 0 };
	struct out *out = out_open_memory(&b);
	struct calendar_out c = { .out = out, .name = "Here" };
	struct fault f = { 0 };

	ics_add(&c, e);
	ics_close(&c);
	assert_true(out_close(out, &f));
	if (b.p == NULL)
		buf_adds(&b, "");
	return b.p;
}

static void has(const char *all, const char *line)
{
	struct buf b = { 0 };
	buf_addf(&b, "\r\n%s\r\n", line);
	if (strstr(all, b.p) == NULL)
		fail_msg("no line %s in %s", line, all);
	buf_free(&b);
}

static void lacks(const char *all, const char *text)
{
	if (strstr(all, text) != NULL)
		fail_msg("%s stands in %s", text, all);
}

static void test_all_day(void **state)
{
	struct calendar_entry e = entry();
	day_t day;

	(void)state;
	day_make(2008, 9, 30, &day);
	e.day = day;
	e.alarm_hours = 7 * 24;
	e.sequence = 41;
	e.stamp = 1219000000;
	char *s = made(&e);
	has(s, "DTSTART;VALUE=DATE:20080930");
	has(s, "DTEND;VALUE=DATE:20081001");
	has(s, "DTSTAMP:20080817T190640Z");
	has(s, "SEQUENCE:41");
	has(s, "TRIGGER:-P7D");
	has(s, "STATUS:CONFIRMED");
	has(s, "UID:u");
	has(s, "X-WR-CALNAME:Here");
	assert_true(str_starts(s, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
	assert_true(str_ends(s, "END:VEVENT\r\nEND:VCALENDAR\r\n"));
	mem_free(s);

	e.last = day + 2;
	e.cancelled = true;
	s = made(&e);
	has(s, "DTEND;VALUE=DATE:20081003");
	has(s, "STATUS:CANCELLED");
	lacks(s, "VALARM");
	mem_free(s);
}

static void test_times(void **state)
{
	struct calendar_entry e = entry();
	struct {
		const char *when, *line;
	} const cases[] = {
		{ "2026-08-03T15:30:00Z", "DTSTART;TZID=Europe/London:20260803T163000" },
		{ "2026-11-03T15:30:00Z", "DTSTART;TZID=Europe/London:20261103T153000" },
		{ "2026-10-25T00:30:00Z", "DTSTART:20261025T003000Z" },
		{ "2026-10-25T01:30:00Z", "DTSTART:20261025T013000Z" },
		{ "2026-03-29T01:00:00Z", "DTSTART;TZID=Europe/London:20260329T020000" },
		{ "1970-06-01T10:00:00Z", "DTSTART:19700601T100000Z" },
		{ "1995-07-03T10:00:00Z", "DTSTART:19950703T100000Z" },
		{ "1996-07-01T10:00:00Z", "DTSTART;TZID=Europe/London:19960701T110000" },
	};
	struct fault f = { 0 };
	bool has_time;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(moment_parse(cases[i].when, ORDER_DMY, 0, &e.starts, &has_time, &f));
		e.ends = e.starts + 5400;
		char *s = made(&e);
		has(s, cases[i].line);
		has(s, "TRANSP:OPAQUE");
		mem_free(s);
	}
}

static void test_todo(void **state)
{
	struct calendar_entry e = entry();

	(void)state;
	e.todo = true;
	char *s = made(&e); /* without any date, which an event could not be */
	has(s, "STATUS:NEEDS-ACTION");
	lacks(s, "DUE");
	mem_free(s);
	e.percent = 40;
	day_make(2026, 1, 31, &e.day);
	e.alarm_hours = 24;
	s = made(&e);
	has(s, "DUE;VALUE=DATE:20260131");
	has(s, "PERCENT-COMPLETE:40");
	has(s, "STATUS:IN-PROCESS");
	has(s, "TRIGGER;RELATED=END:-P1D");
	mem_free(s);
	e.done = true;
	e.done_on = e.day;
	s = made(&e);
	has(s, "STATUS:COMPLETED");
	has(s, "COMPLETED:20260131T120000Z");
	has(s, "PERCENT-COMPLETE:100");
	lacks(s, "VALARM");
	mem_free(s);
}

static void test_nothing(void **state)
{
	struct calendar_entry e = entry();

	(void)state;
	char *s = made(&e); /* an event without a day is none */
	assert_string_equal(s, "");
	mem_free(s);
}

static void test_escapes(void **state)
{
	struct calendar_entry e = entry();

	(void)state;
	e.day = 0;
	e.title = "a\\b;c,d\ne\rf\x1bg\tBEGIN:VEVENT\xff\xc2\x85";
	char *s = made(&e);
	has(s, "SUMMARY:a\\\\b\\;c\\,d\\nefg\tBEGIN:VEVENT\xEF\xBF\xBD");
	mem_free(s);
}

/* Lines are never longer than 75 bytes, are cut between characters, and unfold to what was meant. */
static void test_folding(void **state)
{
	static const char *const letters[] = { "x", "é", "€", "𝄞" };
	struct calendar_entry e = entry();

	(void)state;
	e.day = 0;
	for (size_t n = 0; n < 600; n++) {
		struct buf text = { 0 }, whole = { 0 };
		for (size_t i = 0; i < n; i++)
			buf_adds(&text, letters[(i * 7 + n) % 4 * (n % 5 > 0)]);
		e.title = n > 0 ? text.p : "y";
		char *s = made(&e);
		for (char *line = s, *next; *line != '\0'; line = next) {
			next = strstr(line, "\r\n") + 2;
			size_t size = (size_t)(next - line) - 2;
			assert_true(size <= 75);
			assert_true(text_valid(line, size));
			if (line[0] != ' ' && whole.n > 0 && str_starts(whole.p, "SUMMARY:")) {
				assert_string_equal(whole.p + 8, e.title);
				break;
			}
			if (line[0] != ' ')
				buf_clear(&whole);
			buf_add(&whole, line + (line[0] == ' '), size - (line[0] == ' '));
		}
		mem_free(s);
		buf_free(&text);
		buf_free(&whole);
	}
}

static void test_uuid(void **state)
{
	char one[37], two[37];

	(void)state;
	uuid_make((const char *const[]){ "here", "action", "A1" }, 3, one);
	/* Pinned: were it to change, every calendar would double its entries. */
	assert_string_equal(one, "e25247f4-b163-5dc3-a240-25339993b3b9");
	assert_int_equal(one[14], '5');
	assert_non_null(strchr("89ab", one[19]));
	uuid_make((const char *const[]){ "here", "actionA", "1" }, 3, two);
	assert_string_not_equal(one, two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_day),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_todo),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_uuid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
