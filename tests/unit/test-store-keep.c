/* SPDX-License-Identifier: MIT */
/* store: backups, upgrades, erasure, and where a store may lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "schema/schema.h"
#include "store/internal.h"
#include "store-help.h"

/* ---------- backup and integrity ---------- */

static void a_backup_is_the_store_again(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	struct buf a = { 0 }, b = { 0 };
	help_write("build/unit/backup.db", "what was there before");
	if (!store_backup(s, "build/unit/backup.db", &f))
		fail_msg("%s", f.text);
	struct stat st;
	assert_int_equal(stat("build/unit/backup.db", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct store *copy = help_open("build/unit/backup.db", STORE_WRITE);
	help_dump(s, &a);
	help_dump(copy, &b);
	assert_string_equal(buf_text(&a), buf_text(&b));
	assert_string_equal(store_site(s), store_site(copy));
	help_change(copy, "UPDATE org SET name = 'T'");
	help_close(copy);
	assert_false(store_backup(s, store_path(s), &f));
	assert_int_equal(f.status, STATUS_USAGE);
	assert_false(store_backup(s, "build/unit/no/such/folder.db", &f));
	assert_int_equal(f.status, STATUS_CANTCREATE);
	assert_false(store_backup(s, "build/unit", &f));
	buf_free(&a);
	buf_free(&b);
	help_close(s);
}

static void count_finding(void *out, const char *text)
{
	buf_addf(out, "%s\n", text);
}

static void integrity_names_what_is_broken(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct buf found = { 0 };
	struct fault f = { 0 };
	assert_true(store_integrity(s, count_finding, &found, &f));
	assert_int_equal(found.n, 0);
	help_sql(s, "PRAGMA foreign_keys=OFF");
	help_sql(s, "UPDATE person SET org = 'nowhere'");
	assert_true(store_integrity(s, count_finding, &found, &f));
	assert_string_equal(buf_text(&found), "fife: person ann refers to org 'nowhere', which is "
	                                      "not there; add it or change org\n");
	buf_free(&found);
	help_close(s);
}

/* Bytes cut off or overwritten are found, or harm nothing; never a crash. */
static void damaged_files_are_told(void **state)
{
	(void)state;
	struct store *s = help_world();
	store_close(s);
	char path[64];
	snprintf(path, sizeof path, "build/unit/store-%ld.db", (long)getpid());
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size / 2), 0);
	struct fault f = { 0 };
	struct store_options o = { .mode = STORE_READ, .now = TIME_NONE };
	s = store_open(path, &o, NULL, &f);
	struct buf found = { 0 };
	bool ran = s != NULL && store_integrity(s, count_finding, &found, &f);
	assert_true(!ran || found.n > 0);
	if (!ran)
		assert_int_equal(f.status, STATUS_NOINPUT);
	buf_free(&found);
	store_close(s);
	unlink(path);
}

/* ---------- upgrades ---------- */

static const struct schema_file newer[] = {
	{ "10-things.sql", "/* a comment; with a semicolon */ CREATE TABLE ignored (a);\n"
	                   "CREATE VIEW things_made /* New. */ AS SELECT CASE WHEN 1 THEN 'new; "
	                   "END;' END AS a;\n"
	                   "CREATE TRIGGER org_kept BEFORE DELETE ON org BEGIN\n"
	                   " SELECT CASE WHEN old.name = 'x' THEN 1 END; SELECT RAISE(ABORT, 'org: "
	                   "stays; no');"
	                   " END;\n" },
	{ "upgrade/1.sql", "ALTER TABLE aim ADD COLUMN colour TEXT;\n"
	                   "ALTER TABLE forum DROP COLUMN remit;\n"
	                   "CREATE TABLE gadget (ref TEXT PRIMARY KEY) WITHOUT ROWID;\n" },
	{ NULL, NULL },
};

static bool first_line(void *out, const struct change_line *l)
{
	buf_addf(out, "%c %s %s=%s\n", l->op, l->key, l->field, l->after != NULL ? l->after : "");
	return true;
}

static struct store *an_older_store(void)
{
	struct store *s = help_world();
	help_change(s, "INSERT INTO forum (partnership, ref, name, remit) VALUES"
	               " ('fife', 'd', 'do', 'all')");
	help_change(s, "UPDATE aim SET text = 'Best'");
	help_sql(s, "CREATE VIEW things_made AS SELECT 'old' AS a");
	help_sql(s, "CREATE VIEW my_own AS SELECT ref FROM forum");
	/* Changes of the version before, in a store of the version before. */
	help_sql(s, "UPDATE store_change SET schema = 0");
	help_sql(s, "PRAGMA user_version=0");
	return s;
}

static void an_upgrade_keeps_a_copy_and_what_users_made(void **state)
{
	(void)state;
	struct store *s = an_older_store();
	struct fault f = { 0 };
	if (!store_upgrade(s, 0, STORE_VERSION, newer, &f))
		fail_msg("%s", f.text);
	/* Another program that saw the older store comes second, and finds nothing to do. */
	if (!store_upgrade(s, 0, STORE_VERSION, newer, &f))
		fail_msg("%s", f.text);
	assert_int_equal(help_int(s, "SELECT a = 'new; END;' FROM things_made"), 1);
	assert_int_equal(help_int(s, "SELECT count(*) FROM my_own"), 1);
	assert_int_equal(
	        help_int(s, "SELECT count(*) FROM sqlite_schema WHERE name = 'ignored'"), 0);
	assert_non_null(store_kind(s, "gadget", &f));
	assert_int_equal(help_int(s, "PRAGMA user_version"), STORE_VERSION);
	struct query *q = store_prepare(s, "DELETE FROM org", &f);
	assert_false(query_run(q, &f));
	assert_string_equal(f.field, "org");
	char copy[96];
	snprintf(copy, sizeof copy, "%s.before-v%d", store_path(s), STORE_VERSION);
	assert_int_equal(access(copy, F_OK), 0);
	unlink(copy);
	/* A reshaped kind can be read with its old columns, but not brought back. */
	struct buf out = { 0 };
	fault_clear(&f);
	assert_true(store_history(s, &(struct history_filter){ .seq = 2 }, first_line, &out, &f));
	assert_string_equal(buf_text(&out), "a d name=do\na d remit=all\n");
	int64_t seq = 2, made;
	assert_false(store_undo(s, &seq, 1, &help_info, false, &made, NULL, NULL, &f));
	assert_int_equal(f.status, STATUS_FOUND);
	assert_non_null(strstr(f.text, "another form"));
	/* One with a column more can. */
	seq = 3;
	fault_clear(&f);
	if (!store_undo(s, &seq, 1, &help_info, false, &made, NULL, NULL, &f))
		fail_msg("%s", f.text);
	assert_int_equal(help_int(s, "SELECT count(*) FROM aim WHERE text = 'Better'"), 1);
	buf_free(&out);
	help_close(s);
}

static void an_upgrade_that_fails_leaves_all_as_it_was(void **state)
{
	(void)state;
	static const struct schema_file bad[] = {
		{ "upgrade/1.sql", "DROP TABLE forum; CREATE TABLE x (" }, { NULL, NULL }
	};
	static const struct schema_file orphan[] = { { "upgrade/1.sql", "DELETE FROM partnership" },
		{ NULL, NULL } };
	struct store *s = an_older_store();
	struct fault f = { 0 };
	assert_false(store_upgrade(s, 0, 1, bad, &f));
	assert_false(store_upgrade(s, 0, 1, orphan, &f));
	assert_non_null(strstr(f.text, "cannot be brought up to date"));
	assert_int_equal(help_int(s, "SELECT count(*) FROM forum"), 1);
	assert_int_equal(help_int(s, "SELECT a = 'old' FROM things_made"), 1);
	assert_int_equal(help_int(s, "PRAGMA user_version"), 0);
	char copy[96];
	snprintf(copy, sizeof copy, "%s.before-v1", store_path(s));
	unlink(copy);
	help_close(s);
}

/* ---------- erasure ---------- */

static bool file_holds(const char *path, const char *text)
{
	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	struct buf b = { 0 };
	char block[4096];
	for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
		buf_add(&b, block, n);
	fclose(in);
	bool found = memmem(b.p, b.n, text, strlen(text)) != NULL;
	buf_free(&b);
	return found;
}

static void what_is_forgotten_is_nowhere_in_the_file(void **state)
{
	(void)state;
	struct store *s = help_world();
	struct fault f = { 0 };
	struct change_info info = help_info;
	int64_t seq;
	info.command = "person add zquigley name='Zebedee Quigley'";
	assert_true(store_begin(s, &info, &f));
	help_sql(s, "INSERT INTO person (partnership, ref, name, phone) VALUES"
	            " ('fife', 'zquigley', 'Zebedee Quigley', '01592 111222')");
	assert_true(store_commit(s, "Zebedee Quigley added", &seq, &f));
	help_change(s, "UPDATE person SET phone = '01592 333444' WHERE ref = 'zquigley'");
	help_change(s, "UPDATE org SET note = 'ask zebedee QUIGLEY, please'");
	help_change(s, "UPDATE org SET note = 'not Zebedee Quigleyson'");
	info.command = "person erase zquigley";
	assert_true(store_begin(s, &info, &f));
	static const char *const words[] = { "Zebedee Quigley", "zquigley" };
	int64_t *seqs;
	size_t n;
	struct arena *a = arena_new();
	assert_true(store_forget(s, words, 2, a, &seqs, &n, &f));
	help_sql(s, "UPDATE person SET ref = 'erased-1', name = 'erased', phone = NULL"
	            " WHERE ref = 'zquigley'");
	assert_true(store_commit(s, "a person erased", &seq, &f));
	assert_int_equal(n, 4);
	assert_int_equal(seqs[0], 2);
	assert_int_equal(seqs[3], 5);
	help_sql(s, "UPDATE org SET note = NULL");
	assert_true(store_vacuum(s, &f));
	assert_false(file_holds(store_path(s), "Quigley"));
	assert_false(file_holds(store_path(s), "QUIGLEY"));
	assert_false(file_holds(store_path(s), "zquigley"));
	assert_false(file_holds(store_path(s), "01592"));
	int64_t made;
	for (size_t i = 0; i < n; i++) {
		fault_clear(&f);
		assert_false(store_undo(s, &seqs[i], 1, &help_info, false, &made, NULL, NULL, &f));
		assert_non_null(strstr(f.text, "erased"));
	}
	fault_clear(&f);
	assert_false(store_undo(s, &seq, 1, &help_info, false, &made, NULL, NULL, &f));
	assert_non_null(strstr(f.text, "erased"));
	arena_free(a);
	help_close(s);
}

/* ---------- places ---------- */

static void synchronised_folders_are_no_place_for_a_store(void **state)
{
	(void)state;
	struct fault f = { 0 };
	struct store_options o = { .now = TIME_NONE };
	mkdir("build/unit/OneDrive - Fife Council", 0700);
	assert_null(store_create("build/unit/OneDrive - Fife Council/x.db", &o, &f));
	assert_int_equal(f.status, STATUS_DENIED);
	assert_non_null(strstr(f.text, "OneDrive"));
	assert_non_null(strstr(f.text, "compact-backup"));
	o.any_file_system = true;
	fault_clear(&f);
	struct store *s = store_create("build/unit/OneDrive - Fife Council/x.db", &o, &f);
	assert_non_null(s);
	help_close(s);
	rmdir("build/unit/OneDrive - Fife Council");
	assert_null(store_create("build/unit/none/x.db", &o, &f));
	assert_int_equal(f.status, STATUS_CANTCREATE);
}

/* As an ordinary user: root may write anything. */
static void a_file_that_may_not_be_written_is_read_all_the_same(void **state)
{
	(void)state;
	help_create_at("build/unit/readonly.db");
	assert_int_equal(chmod("build/unit/readonly.db", 0444), 0);
	pid_t child = fork();
	if (child == 0) {
		struct fault f = { 0 };
		struct store_options o = { .mode = STORE_WRITE, .now = TIME_NONE };
		if (getuid() == 0 && setuid(65534) != 0)
			_exit(9);
		if (access("build/unit/readonly.db", R_OK) != 0)
			_exit(0); /* the folders above are closed: nothing to be seen here */
		struct store *s = store_open("build/unit/readonly.db", &o, NULL, &f);
		if (s != NULL || f.status != STATUS_DENIED)
			_exit(1);
		o.mode = STORE_READ;
		s = store_open("build/unit/readonly.db", &o, NULL, &f);
		_exit(s != NULL && help_int(s, "SELECT count(*) FROM org") == 0 ? 0 : 2);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	unlink("build/unit/readonly.db");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_is_the_store_again),
		cmocka_unit_test(integrity_names_what_is_broken),
		cmocka_unit_test(damaged_files_are_told),
		cmocka_unit_test(an_upgrade_keeps_a_copy_and_what_users_made),
		cmocka_unit_test(an_upgrade_that_fails_leaves_all_as_it_was),
		cmocka_unit_test(what_is_forgotten_is_nowhere_in_the_file),
		cmocka_unit_test(synchronised_folders_are_no_place_for_a_store),
		cmocka_unit_test(a_file_that_may_not_be_written_is_read_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
