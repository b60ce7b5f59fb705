/* SPDX-License-Identifier: MIT */
/* compact-query: SQL that only reads, over the views, in any format. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const char *file;

static const struct cli_option options[] = {
	{ 'f', "file", "FILE", "read the SQL from FILE", NULL, &file, NULL, NULL, NULL },
};

static bool bind(
        struct cli *c, struct query *q, const struct assignment *a, size_t n, struct fault *f)
{
	char today[11];

	for (int at = 1; at <= query_parameters(q); at++) {
		const char *name = query_parameter(q, at);
		bool given = false;
		for (size_t i = 0; name && i < n && !given; i++)
			if (str_equal(a[i].field, name)) {
				query_bind_text(q, at, a[i].text);
				given = true;
			}
		if (!given && str_equal(name, "today"))
			query_bind_text(q, at, day_format(c->work.today, today));
		else if (!given && str_equal(name, "partnership"))
			query_bind_text(q, at, c->work.all ? NULL : c->work.partnership);
		else if (!given)
			return fault_set(f, STATUS_USAGE,
			        "the parameter :%s has no value; add %s=VALUE", name ? name : "?",
			        name ? name : "NAME");
	}
	for (size_t i = 0; i < n; i++) {
		bool wanted = false;
		for (size_t k = 0; k < i; k++)
			if (str_equal(a[k].field, a[i].field))
				return fault_set(f, STATUS_USAGE,
				        "%s is given twice; leave one out", a[i].field);
		for (int at = 1; at <= query_parameters(q); at++)
			wanted = wanted || str_equal(query_parameter(q, at), a[i].field);
		if (!wanted)
			return fault_set(
			        f, STATUS_USAGE, "the query has no parameter :%s", a[i].field);
	}
	return true;
}

/* A declared type gives a plain column its look: pounds, dates, yes and no. */
static enum type column_type(struct query *q, int at)
{
	const char *declared = query_decltype(q, at);
	enum type t;

	return declared && type_parse(declared, &t) ? t : TYPE_TEXT;
}

static bool print(struct cli *c, struct query *q, struct writer *w, struct fault *f)
{
	int n = query_columns(q), step;
	struct out_column *columns = arena_alloc(c->arena, (size_t)n * sizeof *columns);
	enum type *types = arena_alloc(c->arena, (size_t)n * sizeof *types);
	struct arena *row = c->work.arena;

	step = query_step(q, f);
	for (int i = 0; i < n; i++) {
		char value = step == 1 ? query_value_type(q, i) : 't';
		types[i] = column_type(q, i);
		columns[i] = (struct out_column){ query_name(q, i), value_kind_of(types[i]), true };
		if (!query_decltype(q, i) && (value == 'i' || value == 'r'))
			columns[i].kind = VALUE_NUMBER;
	}
	writer_columns(w, columns, (size_t)n);
	c->work.arena = arena_new();
	for (; step == 1; step = query_step(q, f)) {
		for (int i = 0; i < n; i++) {
			const char *shown =
			        value_show(&c->work, types[i], query_text(q, i), cli_look(c));
			writer_cell(w, shown, shown ? strlen(shown) : 0);
		}
		arena_reset(c->work.arena);
	}
	arena_free(c->work.arena);
	c->work.arena = row;
	return step == 0;
}

static const char *take_sql(struct cli *c, size_t *next, int *status)
{
	struct assignment a;
	struct fault f = { 0 };
	const char *sql;

	*next = 0;
	if (!file && c->n && !assignment_parse(c->arena, c->operand[0], &a)) {
		*next = 1;
		return c->operand[0];
	}
	/* SELECT x=1 parses as FIELD=VALUE only where no blank stands before the sign. */
	if (!file && isatty(STDIN_FILENO)) {
		*status = cli_usage(
		        c, "give the SQL as one word in quotes, with -f FILE, or through a pipe");
		return NULL;
	}
	sql = file_read(c->arena, file ? file : "-", 100000, NULL, &f);
	if (!sql)
		*status = cli_fail(c, &f);
	return sql;
}

static int run(struct cli *c)
{
	struct assignment *values;
	struct fault f = { 0 };
	struct query *q;
	struct writer *w;
	const char *sql;
	size_t next, n;
	int status = STATUS_OK;

	sql = take_sql(c, &next, &status);
	values = sql ? cli_assignments(c, next, &n, &status) : NULL;
	if (!values || !cli_open(c, STORE_REPORT, &status))
		return status;
	q = store_prepare(c->store, sql, &f);
	if (!q || !bind(c, q, values, n, &f)) {
		fault_place(&f, file, 0, NULL);
		status = cli_fail(c, &f);
		goto out;
	}
	w = cli_writer(c, &status);
	if (w)
		status = print(c, q, w, &f) ? STATUS_OK : cli_fail(c, &f);
out:
	if (q)
		query_done(q);
	return status;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "compact-query",
	                .about = "Run one SELECT over the store, which it cannot change, and print "
	                         "the rows.",
	                .run = run,
	                .operands = "[SQL] [NAME=VALUE ...]",
	                .use = USE_STORE | USE_OUTPUT,
	                .options = options,
	                .noptions = COUNT(options) });
}
