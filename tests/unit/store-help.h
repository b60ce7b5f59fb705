/* SPDX-License-Identifier: MIT */
/* What the tests of the store share. Stores are made in build/unit. */
#ifndef STORE_HELP_H
#define STORE_HELP_H

#define HELP __attribute__((unused)) static

enum { HELP_TIME = 1226239200 }; /* what today() and now() say in these stores */

HELP struct store *help_open(const char *path, enum store_mode mode)
{
	struct fault f = { 0 };
	struct store_options o = { .mode = mode, .now = HELP_TIME, .wait_seconds = 1 };
	struct store *s = store_open(path, &o, NULL, &f);
	if (s == NULL)
		fail_msg("%s: %s", path, f.text);
	return s;
}

HELP void help_create_at(const char *path)
{
	struct fault f = { 0 };
	struct store_options o = { .now = HELP_TIME, .wait_seconds = 1 };
	char journal[128];
	snprintf(journal, sizeof journal, "%s-journal", path);
	unlink(path);
	unlink(journal); /* of one whose writer was killed */
	struct store *s = store_create(path, &o, &f);
	if (s == NULL)
		fail_msg("%s: %s", path, f.text);
	store_close(s);
}

/* A new store, open for writing; help_close removes it. */
HELP struct store *help_create(void)
{
	char path[64];
	snprintf(path, sizeof path, "build/unit/store-%ld.db", (long)getpid());
	help_create_at(path);
	return help_open(path, STORE_WRITE);
}

HELP void help_close(struct store *s)
{
	unlink(store_path(s));
	store_close(s);
}

HELP void help_write(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

HELP void help_sql(struct store *s, const char *sql)
{
	struct fault f = { 0 };
	struct query *q = store_prepare(s, sql, &f);
	if (q == NULL || !query_run(q, &f))
		fail_msg("%s: %s: %s", sql, f.field, f.text);
}

HELP int64_t help_int(struct store *s, const char *sql)
{
	struct fault f = { 0 };
	struct query *q = store_prepare(s, sql, &f);
	if (q == NULL || query_step(q, &f) != 1)
		fail_msg("%s: %s", sql, f.text);
	int64_t n = query_int(q, 0);
	query_done(q);
	return n;
}

HELP const struct change_info help_info = {
	.by = "tester", .program = "test", .command = "change", .made_at = 1226239200
};

/* One statement as one change; its number. */
HELP int64_t help_change(struct store *s, const char *sql)
{
	struct fault f = { 0 };
	int64_t seq = 0;
	if (!store_begin(s, &help_info, &f))
		fail_msg("%s", f.text);
	help_sql(s, sql);
	if (!store_commit(s, "did it", &seq, &f))
		fail_msg("%s: %s: %s", sql, f.field, f.text);
	return seq;
}

/* A store with a partnership, an organisation, a person and an aim, made as change 1. */
HELP struct store *help_world(void)
{
	struct store *s = help_create();
	struct fault f = { 0 };
	if (!store_begin(s, &help_info, &f))
		fail_msg("%s", f.text);
	help_sql(s, "INSERT INTO partnership (ref, name) VALUES ('fife', 'Fife')");
	help_sql(s, "INSERT INTO org (partnership, ref, name) VALUES ('fife', 'stuc', 'STUC')");
	help_sql(s, "INSERT INTO person (partnership, ref, name) VALUES ('fife', 'ann', 'Ann')");
	help_sql(s, "INSERT INTO aim (partnership, ref, text) VALUES ('fife', 'aim1', 'Better')");
	if (!store_commit(s, NULL, NULL, &f))
		fail_msg("%s: %s", f.field, f.text);
	return s;
}

/* Every row of every kind and list, as text. */
HELP void help_dump(struct store *s, struct buf *out)
{
	struct fault f = { 0 };
	buf_clear(out);
	const char *const *tables = store_tables(s, &f);
	for (size_t i = 0; tables[i] != NULL; i++) {
		struct buf sql = { 0 };
		const struct table *t = store_table(s, tables[i], &f);
		buf_adds(&sql, "SELECT * FROM ");
		sql_name(&sql, tables[i]);
		buf_adds(&sql, " ORDER BY ");
		for (size_t k = 0; k < t->nkey; k++)
			buf_addf(&sql, "%s%zu", k > 0 ? ", " : "", t->key[k] + 1);
		struct query *q = store_prepare(s, buf_text(&sql), &f);
		buf_free(&sql);
		if (q == NULL)
			fail_msg("%s", f.text);
		while (query_step(q, &f) == 1) {
			buf_addf(out, "%s:", tables[i]);
			for (int c = 0; c < query_columns(q); c++)
				buf_addf(out, " %c=%s", query_value_type(q, c),
				        query_text(q, c) != NULL ? query_text(q, c) : "");
			buf_addc(out, '\n');
		}
		query_done(q);
	}
}

#endif
