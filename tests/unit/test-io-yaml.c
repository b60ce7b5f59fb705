/* SPDX-License-Identifier: MIT */
/* io: YAML documents, item by item, at every chunk size; and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "io/inner.h"

static void show(struct buf *out, const struct node *n)
{
	switch (n->kind) {
	case NODE_NULL:
		buf_adds(out, "~");
		break;
	case NODE_TEXT:
		buf_addf(out, n->plain ? "%s" : "'%s'", n->text);
		break;
	case NODE_LIST:
		buf_addc(out, '[');
		for (size_t i = 0; i < n->n; i++) {
			if (i > 0)
				buf_addc(out, ',');
			show(out, n->item[i]);
		}
		buf_addc(out, ']');
		break;
	case NODE_MAP:
		buf_addc(out, '{');
		for (size_t i = 0; i < n->n; i++) {
			buf_addf(out, "%s%s@%ld=", i > 0 ? "," : "", n->key[i], n->keyline[i]);
			show(out, n->item[i]);
		}
		buf_addc(out, '}');
		break;
	}
}

/* Every item on a line: document, line, key and value; a fault as ! and its text. */
static char *items(const char *bytes, size_t n, size_t chunk)
{
	struct fault f = { 0 };
	struct input_options o = { .format = INPUT_YAML };
	struct buf out = { 0 };
	struct arena *a = arena_new();
	struct item item;
	struct input *in = input_open_bytes("t", bytes, n, &o, &f);
	if (in == NULL)
		fail_msg("%s", f.text);
	in->chunk = chunk;
	enum step step;
	while ((step = items_next(in, a, &item, &f)) == STEP_ROW) {
		buf_addf(&out, "%zu:%ld %s ", item.document, item.line,
		        item.key != NULL ? item.key : "-");
		show(&out, item.node);
		buf_addc(&out, '\n');
		arena_reset(a);
	}
	if (step == STEP_FAILED) {
		buf_adds(&out, "! ");
		fault_format(&f, &out);
		buf_addc(&out, '\n');
		assert_int_equal(items_next(in, a, &item, &f), STEP_END);
	}
	assert_true(input_close(in, &f));
	arena_free(a);
	buf_adds(&out, "");
	return out.p;
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *bytes;
	size_t n; /* 0: a C text */
	const char *items;
} cases[] = {
	{ "", 0, "" },
	{ "# nothing\n", 0, "" },
	{ "---\n...\n", 0, "" },
	{ "name: x\n", 0, "1:1 name x\n" },
	{ "action:\n- ref: A1\n  due: 2008-09-30\n- ref: A2\nperson: []\naim:\n", 0,
	        "1:2 action {ref@2=A1,due@3=2008-09-30}\n1:4 action {ref@4=A2}\n1:5 person []\n1:6 "
	        "aim ~\n" },
	/* nothing is typed */
	{ "k: [0012, NO, 1e5, 2008-09, 1:30, ~, null, Null, '~', yes, 0x1F, .inf, \"\"]\n", 0,
	        "1:1 k 0012\n1:1 k NO\n1:1 k 1e5\n1:1 k 2008-09\n1:1 k 1:30\n1:1 k ~\n1:1 k ~\n1:1 "
	        "k Null\n"
	        "1:1 k '~'\n1:1 k yes\n1:1 k 0x1F\n1:1 k .inf\n1:1 k ''\n" },
	{ "a: {b: {c: [x, {d: }]}}\n", 0, "1:1 a {b@1={c@1=[x,{d@1=~}]}}\n" },
	/* several documents, a dump's */
	{ "sector:\n- ref: s\n---\npartnership: fife\naction:\n- ref: A1\n---\npartnership: "
	  "moray\n",
	        0,
	        "1:2 sector {ref@2=s}\n2:4 partnership fife\n2:6 action {ref@6=A1}\n3:8 "
	        "partnership moray\n" },
	/* a list at the top, JSON too */
	{ "- ref: A1\n- ref: A2\n", 0, "1:1 - {ref@1=A1}\n1:2 - {ref@2=A2}\n" },
	{ "[\n {\"ref\": \"A1\", \"n\": null},\n {\"ref\": \"A2\"}\n]\n", 0,
	        "1:2 - {ref@2='A1',n@2=~}\n1:3 - {ref@3='A2'}\n" },
	/* texts */
	{ "body: |\n  # Head\n\n  text <b>\n   more\nnext: >-\n  one\n  two\n", 0,
	        "1:1 body '# Head\n\ntext <b>\n more\n'\n1:6 next 'one two'\n" },
	{ "a: \"\\u00e9\\n\\\"\"\n", 0, "1:1 a 'é\n\"'\n" },
	{ "a: caf\xE9 \xA3"
	  "5\n",
	        0, "1:1 a café £5\n" },
	{ BYTES("\xFF\xFE"
	        "a\0:\0 \0\xE9\0\n\0"),
	        "1:1 a é\n" },
	{ "\xEF\xBB\xBF"
	  "a: b\r\nc: d\r\n",
	        0, "1:1 a b\n1:2 c d\n" },
	/* refused */
	{ "a: 1\nb: &x 2\n", 0,
	        "1:1 a 1\n! t:2: an anchor ('&') is not read; take it out, or put the value in "
	        "quotes\n" },
	{ "a: *x\n", 0,
	        "! t:1: an alias ('*') is not read; write the value out, or put it in quotes\n" },
	{ "a:\n- b\n- !!int 3\n", 0,
	        "1:2 a b\n! t:3: a tag ('!') is not read; take it out, or put the value in "
	        "quotes\n" },
	{ "a: !<x> {b: c}\n", 0,
	        "! t:1: a tag ('!') is not read; take it out, or put the value in quotes\n" },
	{ "a: 1\nb: 2\na: 3\n", 0,
	        "1:1 a 1\n1:2 b 2\n! t:3: the key 'a' stands here a second time; keep one\n" },
	{ "r:\n- x: 1\n  y: 2\n  x: 3\n", 0,
	        "! t:4: the key 'x' stands here a second time; keep one\n" },
	{ "? [a]\n: b\n", 0, "! t:1: a key is a list or a map; give it a name\n" },
	{ "r:\n- {? {a: b} : c}\n", 0, "! t:2: a key is a list or a map; give it a name\n" },
	{ "'': b\n", 0, "! t:1: a key is empty; give it a name\n" },
	{ "just text\n", 0, "! t:1: is text, not 'name: value'; give a map or a list\n" },
	{ "a: b: c\n", 0,
	        "1:1 a b\n! t:1: is no well-formed YAML here: mapping values are not allowed in "
	        "this "
	        "context; put a "
	        "value that holds ': ' in quotes\n" },
	{ "a: @home\n", 0,
	        "! t:1: is no well-formed YAML here: found character that cannot start any token; "
	        "put a value "
	        "that begins with a tab, @ or ` in quotes\n" },
	{ "a: [b\n", 0,
	        "1:1 a b\n! t:2: is no well-formed YAML here: did not find expected ',' or ']'\n" },
	{ BYTES("a: 1\nb: x\0y\n"),
	        "! t:2: a control character, \\x00, stands here; take it out\n" },
	{ "a: \x1B[31m\n", 0, "! t:1: a control character, \\x1b, stands here; take it out\n" },
	{ "a: x\xC2\x85y\n", 0, "! t:1: a control character, \\x85, stands here; take it out\n" },
	{ "a: \"x\\0y\"\n", 0,
	        "! t:1: a control character, \\x00, stands in this value; take it out\n" },
	{ "\xEF\xBB\xBF"
	  "a: 1\nb: \xE9t\xE9\n",
	        0, "! t:2: the byte \\xe9 is no UTF-8; save the file as UTF-8\n" },
};

static void every_case_reads_the_same_at_every_chunk_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = cases[i].n > 0 ? cases[i].n : strlen(cases[i].bytes);
		for (size_t chunk = 1; chunk <= n + 1; chunk++) {
			char *got = items(cases[i].bytes, n, chunk);
			/* libyaml reads ahead: in small pieces more may come before the same fault. */
			const char *fault = strchr(cases[i].items, '!');
			const char *tail = strstr(got, "! ");
			bool same = strcmp(got, cases[i].items) == 0 ||
			            (chunk < n && fault != NULL && tail != NULL &&
			                    strcmp(tail, fault) == 0);
			if (!same)
				fail_msg("case %zu, chunk %zu:\n%s\nnot\n%s", i, chunk, got,
				        cases[i].items);
			mem_free(got);
		}
	}
}

/* ---------- limits ---------- */

static char *repeat(
        struct buf *b, const char *before, const char *text, long times, const char *after)
{
	buf_clear(b);
	buf_adds(b, before);
	for (long i = 0; i < times; i++)
		buf_adds(b, text);
	buf_adds(b, after);
	return items(b->p, b->n, 0);
}

static void depth_and_size_are_limited(void **state)
{
	(void)state;
	struct buf b = { 0 };
	/* The map is 1, so 31 lists may stand within it. */
	char *got = repeat(&b, "a: ", "[", 31, "");
	mem_free(got);
	got = repeat(&b, "a: ", "[", 31, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
	assert_true(str_starts(got, "1:1 a [["));
	mem_free(got);
	got = repeat(&b, "a: ", "[", 32, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
	assert_string_equal(got, "! t:1: lists and maps are nested more than 32 deep\n");
	mem_free(got);
	got = repeat(&b, "", "[", 1000000, "");
	assert_string_equal(got, "! t:1: lists and maps are nested more than 32 deep\n");
	mem_free(got);
	got = repeat(&b, "", "- ", 1000000, "");
	assert_string_equal(got, "! t:1: lists and maps are nested more than 32 deep\n");
	mem_free(got);
	got = repeat(&b, "a: ", "{a: ", 100000, "");
	assert_string_equal(got, "! t:1: lists and maps are nested more than 32 deep\n");
	mem_free(got);
	/* A value of 8 MiB is read, one above is not. */
	got = repeat(&b, "a: \"", "12345678", VALUE_MAX / 8, "\"\n");
	assert_int_equal(strlen(got), strlen("1:1 a ''\n") + VALUE_MAX);
	mem_free(got);
	got = repeat(&b, "a: \"", "12345678", VALUE_MAX / 8, "9\"\n");
	assert_string_equal(got, "! t:1: a value is longer than 8 MiB\n");
	mem_free(got);
	/* A list that is one record, of little nodes; and the same as records, which stream. */
	got = repeat(&b, "a: {b: [", "x,", 1000000, "]}\n");
	assert_string_equal(got, "! t:1: a record is larger than 64 MiB\n");
	mem_free(got);
	got = repeat(&b, "a: [", "x,", 1000000, "]\n");
	assert_int_equal(strlen(got), strlen("1:1 a x\n") * 1000000);
	mem_free(got);
	/* Never-ending: a quote that is not closed, a comment. */
	got = repeat(&b, "a: \"", "0123456789abcdef", (RECORD_MAX >> 4) + 10000, "");
	assert_non_null(strstr(got, "a value is longer than 8 MiB"));
	mem_free(got);
	buf_free(&b);
}

static void many_keys_are_compared_in_good_time(void **state)
{
	(void)state;
	struct buf b = { 0 };
	buf_adds(&b, "a:\n");
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "  key%d: 1\n", i);
	buf_adds(&b, "  key50000: 2\n");
	char *got = items(b.p, b.n, 0);
	assert_string_equal(
	        got, "! t:100002: the key 'key50000' stands here a second time; keep one\n");
	mem_free(got);
	buf_clear(&b);
	for (int i = 0; i < 3000; i++)
		buf_addf(&b, "key%d: 1\n", i);
	got = items(b.p, b.n, 0);
	assert_non_null(strstr(got, "! t:2001: a document has more than 2000 keys"));
	mem_free(got);
	buf_free(&b);
}

static void whole_documents_are_one_node(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct arena *a = arena_new();
	static const char map[] =
	        "columns:\n  employer: JOB_SITE_NAME\n  received: [A, B]\ndates: mdy\nnone:\n";
	struct input *in = input_open_bytes("m", map, strlen(map), NULL, &f);
	struct node *n = yaml_read(in, a, &f);
	assert_non_null(n);
	assert_string_equal(node_text(n, "dates"), "mdy");
	assert_null(node_text(n, "none"));
	assert_null(node_text(n, "columns"));
	assert_null(node_get(n, "missing"));
	assert_null(node_get(NULL, "x"));
	assert_int_equal(node_get(n, "none")->kind, NODE_NULL);
	assert_string_equal(node_text(node_get(n, "columns"), "employer"), "JOB_SITE_NAME");
	assert_int_equal(node_get(node_get(n, "columns"), "received")->n, 2);
	input_close(in, &f);
	in = input_open_bytes("m", "a: 1\n---\nb: 2\n", 14, NULL, &f);
	assert_null(yaml_read(in, a, &f));
	assert_string_equal(f.text, "a second document begins here; give one alone");
	assert_int_equal(f.line, 2);
	input_close(in, &f);
	in = input_open_bytes("m", "", 0, &(struct input_options){ .format = INPUT_YAML }, &f);
	n = yaml_read(in, a, &f);
	assert_int_equal(n->kind, NODE_NULL);
	input_close(in, &f);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_reads_the_same_at_every_chunk_size),
		cmocka_unit_test(depth_and_size_are_limited),
		cmocka_unit_test(many_keys_are_compared_in_good_time),
		cmocka_unit_test(whole_documents_are_one_node),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
