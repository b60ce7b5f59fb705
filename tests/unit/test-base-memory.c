/* SPDX-License-Identifier: MIT */
/* base: memory, growing text and faults. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

/* The address sanitizer would end the program where malloc is to return NULL. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static jmp_buf out_of_memory;

static void jump(void)
{
	longjmp(out_of_memory, 1);
}

static void arenas_give_zeroed_aligned_memory_again_and_again(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	for (int round = 0; round < 3; round++) {
		for (size_t size = 0; size < 20000; size += 37) {
			unsigned char *p = arena_alloc(a, size);
			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < size; i++)
				assert_int_equal(p[i], 0);
			memset(p, 0xAB, size);
		}
		arena_reset(a);
	}
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(a, "ab", 30), "ab");
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_printf(a, "%d-%s", 5, "x"), "5-x");
	arena_free(a);
	arena_free(NULL);
}

static void running_out_of_memory_calls_the_handler(void **state)
{
	(void)state;
	base_oom_handler = jump;
	struct arena *a = arena_new();
	volatile int calls = 0;
	if (setjmp(out_of_memory) == 0)
		mem_alloc(SIZE_MAX / 2);
	else
		calls++;
	if (setjmp(out_of_memory) == 0)
		arena_alloc(a, SIZE_MAX - 3);
	else
		calls++;
	size_t cap = 0;
	if (setjmp(out_of_memory) == 0)
		mem_grow(NULL, &cap, SIZE_MAX / 4, 16);
	else
		calls++;
	assert_int_equal(calls, 3);
	arena_free(a);
	base_oom_handler = abort;
}

static void mem_grow_doubles_and_never_shrinks(void **state)
{
	(void)state;
	size_t cap = 0;
	int *p = NULL;
	for (int i = 0; i < 1000; i++) {
		p = mem_grow(p, &cap, (size_t)i + 1, sizeof *p);
		p[i] = i;
	}
	assert_int_equal(cap, 1024);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(p[i], i);
	mem_free(p);
}

static void bufs_grow_and_stay_terminated(void **state)
{
	(void)state;
	struct buf b = { 0 };
	assert_string_equal(buf_text(&b), "");
	buf_add(&b, NULL, 0);
	assert_string_equal(b.p, "");
	for (int i = 0; i < 500; i++) {
		buf_addc(&b, 'a');
		buf_adds(&b, "bc");
		buf_add(&b, "de!", 2);
		buf_addf(&b, "%d%0*d", i % 10, 40, 7);
		assert_int_equal(strlen(b.p), b.n);
	}
	assert_int_equal(b.n, 500 * 46);
	buf_clear(&b);
	assert_string_equal(buf_text(&b), "");
	buf_free(&b);
	assert_null(b.p);
}

static void texts_are_trimmed_and_split(void **state)
{
	(void)state;
	char a[] = " \t\xC2\xA0 two words\xC2\xA0\r\n", b[] = " \n ", c[] = "\xC2";
	assert_string_equal(str_trim(a), "two words");
	assert_string_equal(str_trim(b), "");
	assert_string_equal(str_trim(c), "\xC2");
	assert_true(str_starts("action", "act") && !str_starts("act", "action"));
	assert_true(str_has_word("a red bus", "red") && str_has_word("red", "red"));
	assert_true(str_has_word("a reddish red", "red") && str_has_word("one a one", "a one"));
	assert_false(str_has_word("a reddish bus", "red") || str_has_word("bored", "red"));
	assert_false(str_has_word(NULL, "red") || str_has_word("red", "") || str_has_word("", ""));
	assert_true(str_ends("a.csv", ".csv") && !str_ends("csv", ".csv"));
	assert_true(str_equal(NULL, NULL) && !str_equal(NULL, "") && str_equal("a", "a"));
	assert_true(str_empty(NULL) && str_empty("") && !str_empty(" "));

	struct arena *ar = arena_new();
	size_t n;
	char **items = str_split(ar, "one; two ,,three\\, four;", ";,", &n);
	assert_int_equal(n, 3);
	assert_string_equal(items[0], "one");
	assert_string_equal(items[1], "two");
	assert_string_equal(items[2], "three, four");
	assert_null(items[3]);
	items = str_split(ar, "", ",", NULL);
	assert_null(items[0]);
	items = str_split(ar, "a\\b\\", ",", &n);
	assert_string_equal(items[0], "a\\b\\");
	arena_free(ar);
}

/* Whatever the items hold, what is joined is split into the same again. */
static void items_joined_are_split_again(void **state)
{
	(void)state;
	static const char *const items[] = { "plain", "a;b", "c,d", "e\nf", "g\\", "\\;", "\\\\",
		"C:\\x", ";", "end\\\\" };
	struct arena *a = arena_new();
	struct buf b = { 0 };
	size_t n;
	str_join(&b, items, 3);
	assert_string_equal(buf_text(&b), "plain;a\\;b;c\\,d");
	buf_clear(&b);
	for (size_t from = 0; from < COUNT(items); from++) {
		buf_clear(&b);
		str_join(&b, items + from, COUNT(items) - from);
		char **again = str_split(a, buf_text(&b), ",;\n", &n);
		assert_int_equal(n, COUNT(items) - from);
		for (size_t i = 0; i < n; i++)
			assert_string_equal(again[i], items[from + i]);
	}
	buf_free(&b);
	arena_free(a);
}

static void faults_hold_place_and_text(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct buf b = { 0 };
	assert_false(fault_set(&f, STATUS_DATA, "%s is no date", quote("31/02/08")));
	fault_format(&f, &b);
	assert_string_equal(b.p, "'31/02/08' is no date");
	fault_hint(&f, "write %s", "2008-02-29");
	fault_place(&f, "-", 12, "due");
	fault_place(&f, "other", 13, "start");
	buf_clear(&b);
	fault_format(&f, &b);
	assert_string_equal(b.p, "standard input:12: due: '31/02/08' is no date; write 2008-02-29");
	assert_int_equal(f.status, STATUS_DATA);
	fault_set(&f, STATUS_DATA, "again: %s", f.text);
	assert_true(str_starts(f.text, "again: '31"));
	fault_clear(&f);
	assert_int_equal(f.status, STATUS_OK);
	errno = ENOENT;
	assert_false(fault_errno(&f, STATUS_NOINPUT, "cannot open %s", quote("x")));
	assert_string_equal(f.text, "cannot open 'x': no such file or directory");
	assert_false(fault_set(NULL, STATUS_DATA, "nobody asked"));
	buf_free(&b);
}

static void long_faults_are_cut_between_characters(void **state)
{
	(void)state;
	struct buf b = { 0 };
	for (int pad = 0; pad < 4; pad++) {
		struct fault f = { 0 };
		buf_clear(&b);
		buf_add(&b, "xxxx", (size_t)pad);
		for (int i = 0; i < 1000; i++)
			buf_adds(&b, "€");
		fault_set(&f, STATUS_DATA, "%s", b.p);
		assert_true(text_valid(f.text, strlen(f.text)));
		assert_true(strlen(f.text) >= sizeof f.text - 4);
		fault_hint(&f, "more");
		fault_place(&f, b.p, 1, b.p);
		assert_true(text_valid(f.file, strlen(f.file)));
		assert_true(text_valid(f.field, strlen(f.field)));
	}
	buf_free(&b);
}

static void quoting_keeps_terminals_safe(void **state)
{
	(void)state;
	assert_string_equal(quote("a\033[31m\n\t\x7F"), "'a\\x1b[31m\\x0a\\x09\\x7f'");
	assert_string_equal(quote("\xC2\x9B"
	                          "1m"),
	        "'\\x9b1m'");
	assert_string_equal(quote("caf\xC3\xA9 \xE9 \xC3"), "'café \\xe9 \\xc3'");
	assert_string_equal(quote("\xE2\x80\xAE"
	                          "cod"),
	        "'\\u202ecod'");
	assert_string_equal(quote(NULL), "''");
	char eighty[200];
	memset(eighty, 'q', sizeof eighty);
	eighty[80] = '\0';
	assert_int_equal(strlen(quote(eighty)), 82);
	eighty[80] = 'q';
	eighty[81] = '\0';
	const char *cut = quote(eighty);
	assert_true(str_ends(cut, "q…'"));
	const char *first = quote("first");
	for (int i = 0; i < 7; i++)
		quote("other");
	assert_string_equal(first, "'first'");
	memset(eighty, '\033', 199);
	eighty[199] = '\0';
	assert_int_equal(strlen(quote(eighty)), 2 + 80 * 4 + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arenas_give_zeroed_aligned_memory_again_and_again),
		cmocka_unit_test(running_out_of_memory_calls_the_handler),
		cmocka_unit_test(mem_grow_doubles_and_never_shrinks),
		cmocka_unit_test(bufs_grow_and_stay_terminated),
		cmocka_unit_test(texts_are_trimmed_and_split),
		cmocka_unit_test(items_joined_are_split_again),
		cmocka_unit_test(faults_hold_place_and_text),
		cmocka_unit_test(long_faults_are_cut_between_characters),
		cmocka_unit_test(quoting_keeps_terminals_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
