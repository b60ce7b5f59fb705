/* SPDX-License-Identifier: MIT */
/* What the tests of the store share. Stores are made in build/unit. */
#ifndef STORE_HELP_H
#define STORE_HELP_H

#define HELP __attribute__((unused)) static

HELP struct store *help_open(const char *path, enum store_mode mode)
{
	struct fault f = { 0 };
	struct store_options o = { .mode = mode, .now = TIME_NONE, .wait_seconds = 1 };
	struct store *s = store_open(path, &o, NULL, &f);
	if (s == NULL)
		fail_msg("%s: %s", path, f.text);
	return s;
}

HELP void help_create_at(const char *path)
{
	struct fault f = { 0 };
	struct store_options o = { .now = TIME_NONE, .wait_seconds = 1 };
	unlink(path);
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

#endif
