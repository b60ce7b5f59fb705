/* SPDX-License-Identifier: MIT */
/* What the tests of the record layer share: a store with a partnership, and verbs on one line. */
#ifndef RECORD_HELP_H
#define RECORD_HELP_H

#include "record/record.h"
#include "store/internal.h"
#include "store-help.h"

/* One store and the work on it; said gathers what was told and changed. */
struct bench {
	struct store *store;
	struct arena *arena;
	struct work work;
	struct buf said;
	struct fault fault;
};

HELP void help_tell(void *to, enum tell how, const struct fault *f)
{
	struct bench *b = to;
	static const char *const word[] = { "note", "warning", "refused" };
	buf_addf(&b->said, "%s: ", word[how]);
	fault_format(f, &b->said);
	buf_addc(&b->said, '\n');
}

HELP void help_changed(void *to, const struct record_change *c)
{
	struct bench *b = to;
	buf_addf(&b->said, "%c %s %s", c->op, c->kind, c->ref);
	if (c->field != NULL)
		buf_addf(&b->said, " %s: %s -> %s", c->field, c->before != NULL ? c->before : "-",
		        c->after != NULL ? c->after : "-");
	buf_addc(&b->said, '\n');
}

/* Monday 3 August 2026, 09:30 in the United Kingdom. */
enum { HELP_NOW = 1785745800 };

HELP void bench_begin(struct bench *b)
{
	if (!store_begin(b->store, &help_info, &b->fault))
		fail_msg("%s", b->fault.text);
}

HELP void bench_work(struct bench *b)
{
	b->arena = arena_new();
	int second;
	b->work = (struct work){ .store = b->store,
		.arena = b->arena,
		.partnership = "derbyshire",
		.now = HELP_NOW,
		.today = zone_day(HELP_NOW, &second),
		.tell = help_tell,
		.changed = help_changed,
		.told = b };
}

/* An empty store with the partnership derbyshire, in a change. */
HELP void bench_open(struct bench *b)
{
	char path[64];
	snprintf(path, sizeof path, "build/unit/record-%ld.db", (long)getpid());
	help_create_at(path);
	*b = (struct bench){ 0 };
	struct store_options o = { .mode = STORE_WRITE, .now = HELP_NOW, .wait_seconds = 1 };
	b->store = store_open(path, &o, NULL, &b->fault);
	if (b->store == NULL)
		fail_msg("%s", b->fault.text);
	bench_work(b);
	bench_begin(b);
	help_sql(b->store,
	        "INSERT INTO partnership (ref, name) VALUES ('derbyshire', 'Derbyshire')");
}

HELP void bench_close(struct bench *b)
{
	buf_free(&b->said);
	help_close(b->store);
	arena_free(b->arena);
}

enum { MOST_WORDS = 24 };
struct words {
	size_t n;
	struct assignment a[MOST_WORDS];
};

/* "title=A plan | due=30/9/08" */
HELP struct words bench_words(struct bench *b, const char *line)
{
	struct words w = { 0 };
	char **part = str_split(b->arena, line, "|", NULL);
	for (; *part != NULL; part++)
		if (!assignment_parse(b->arena, *part, &w.a[w.n++]))
			fail_msg("%s is no assignment", *part);
	return w;
}

HELP void bench_fault_is(struct bench *b, bool ok, const char *expected)
{
	struct buf text = { 0 };
	fault_format(&b->fault, &text);
	if (expected == NULL && !ok)
		fail_msg("refused: %s", buf_text(&text));
	if (expected != NULL && ok)
		fail_msg("taken, but expected: %s", expected);
	if (expected != NULL)
		assert_string_equal(buf_text(&text), expected);
	fault_clear(&b->fault);
	b->fault = (struct fault){ 0 };
	buf_free(&text);
}

/* Adds and finishes; refused NULL: it must be taken. Returns the ref. */
HELP const char *add(
        struct bench *b, const char *kind, const char *ref, const char *line, const char *refused)
{
	struct words w = bench_words(b, line);
	const char *made = NULL;
	buf_clear(&b->said);
	bool ok = store_mark(b->store, &b->fault) &&
	          record_add(&b->work, kind, ref, w.a, w.n, &made, &b->fault) &&
	          record_finish(&b->work, &b->fault);
	if (ok)
		ok = store_release(b->store, &b->fault);
	else
		store_revert(b->store);
	bench_fault_is(b, ok, refused);
	return made;
}

HELP void set(
        struct bench *b, const char *kind, const char *ref, const char *line, const char *refused)
{
	struct words w = bench_words(b, line);
	buf_clear(&b->said);
	bool ok = store_mark(b->store, &b->fault) &&
	          record_set(&b->work, kind, ref, w.a, w.n, NULL, &b->fault) &&
	          record_finish(&b->work, &b->fault);
	if (ok)
		ok = store_release(b->store, &b->fault);
	else
		store_revert(b->store);
	bench_fault_is(b, ok, refused);
}

HELP void removes(
        struct bench *b, const char *kind, const char *ref, bool children, const char *refused)
{
	buf_clear(&b->said);
	bool ok = record_remove(&b->work, kind, ref, children, &b->fault);
	bench_fault_is(b, ok, refused);
}

/* What was told and changed since the last verb. */
HELP void said(struct bench *b, const char *expected)
{
	assert_string_equal(buf_text(&b->said), expected);
	buf_clear(&b->said);
}

/* Lists columns "ref,due" with filters "status=open | due.none=no" as CSV without its heading. */
HELP char *bench_list(struct bench *b, const char *kind, const char *columns, const char *filters,
        const char *sort)
{
	size_t ncolumn = 0, nfilter = 0, nsort = 0, count;
	char **column = columns != NULL ? str_split(b->arena, columns, ",", &ncolumn) : NULL;
	char **filter = str_split(b->arena, filters, "|", &nfilter);
	char **sorts = str_split(b->arena, sort != NULL ? sort : "", ",", &nsort);
	struct list_query q = { .kind = kind,
		.filter = (const char *const *)filter,
		.nfilter = nfilter,
		.column = (const char *const *)column,
		.ncolumn = ncolumn,
		.sort = (const char *const *)sorts,
		.nsort = nsort };
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(FORMAT_CSV, out, &(struct writer_look){ 0 });
	bool ok = record_list(&b->work, &q, LOOK_MACHINE, writer, &count, &b->fault);
	struct fault own = { 0 };
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	char *rows = NULL;
	if (ok) {
		const char *first = strchr(buf_text(&text), '\n');
		rows = arena_strdup(b->arena, first != NULL ? first + 1 : "");
	}
	buf_free(&text);
	return rows;
}

HELP void lists(struct bench *b, const char *kind, const char *columns, const char *filters,
        const char *expected)
{
	char *rows = bench_list(b, kind, columns, filters, NULL);
	bench_fault_is(b, rows != NULL, NULL);
	assert_string_equal(rows, expected);
}

HELP void list_refused(struct bench *b, const char *kind, const char *filters, const char *refused)
{
	bench_fault_is(b, bench_list(b, kind, NULL, filters, NULL) != NULL, refused);
}

HELP char *bench_show(struct bench *b, const char *kind, const char *ref)
{
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	bool ok = record_show(&b->work, kind, ref, writer, &b->fault);
	struct fault own = { 0 };
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	bench_fault_is(b, ok, NULL);
	char *shown = arena_strdup(b->arena, buf_text(&text));
	buf_free(&text);
	return shown;
}

#endif
