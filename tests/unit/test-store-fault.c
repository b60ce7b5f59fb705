/* SPDX-License-Identifier: MIT */
/* store: sudden ends, full disks and many at once. What was acknowledged is there, what was not is
 * absent or whole. COMPACT_TEST_KILLS sets how many writers are killed (30). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/internal.h"
#include "store-help.h"

#define PATH "build/unit/fault.db"

static void new_store(void)
{
	help_create_at(PATH);
	struct store *s = help_open(PATH, STORE_WRITE);
	help_change(s, "INSERT INTO partnership (ref, name) VALUES ('fife', 'Fife')");
	store_close(s);
}

/* One record of two rows with a made ref. */
static bool add_one(struct store *s, struct fault *f)
{
	int64_t n, seq;
	if (!store_begin(s, &help_info, f))
		return false;
	struct query *q = NULL;
	if (store_next_number(s, "fife", "duty", "D", &n, f))
		q = store_prepare(s,
		        "INSERT INTO duty (partnership, ref, text) VALUES ('fife', 'D' || ?1, ?2)",
		        f);
	if (q == NULL) {
		store_rollback(s);
		return false;
	}
	char text[5000];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	query_bind_int(q, 1, n);
	query_bind_text(q, 2, text);
	if (query_run(q, f))
		return store_commit(s, NULL, &seq, f);
	store_rollback(s);
	return false;
}

static void no_finding(void *none, const char *text)
{
	(void)none;
	fail_msg("%s", text);
}

/* Sound, and every duty has its change and part. */
static int64_t count_whole(void)
{
	struct store *s = help_open(PATH, STORE_READ);
	struct fault f = { 0 };
	assert_true(store_integrity(s, no_finding, NULL, &f));
	int64_t n = help_int(s, "SELECT count(*) FROM duty");
	assert_int_equal(help_int(s, "SELECT count(*) FROM store_change"), n + 1);
	assert_int_equal(help_int(s, "SELECT count(*) FROM store_part"), n + 1);
	assert_int_equal(help_int(s, "SELECT count(*) FROM store_row WHERE kind = 'duty'"), n);
	store_close(s);
	return n;
}

static void a_writer_killed_at_any_time_leaves_whole_records(void **state)
{
	(void)state;
	const char *text = getenv("COMPACT_TEST_KILLS");
	long kills = text != NULL ? strtol(text, NULL, 10) : 30;
	int64_t before = 0;
	new_store();
	for (long i = 0; i < kills; i++) {
		int told[2];
		assert_int_equal(pipe(told), 0);
		pid_t child = fork();
		if (child == 0) {
			struct fault f = { 0 };
			struct store *s = help_open(PATH, STORE_WRITE);
			while (add_one(s, &f) && write(told[1], "x", 1) == 1)
				;
			_exit(1);
		}
		close(told[1]);
		char byte;
		int64_t acknowledged = 0;
		/* Let it come to work, then kill it somewhere within. */
		if (read(told[0], &byte, 1) == 1)
			acknowledged++;
		usleep((useconds_t)(i * 937 % 20000));
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		assert_true(WIFSIGNALED(status));
		while (read(told[0], &byte, 1) == 1)
			acknowledged++;
		close(told[0]);
		int64_t now = count_whole();
		assert_in_range(now, before + acknowledged, before + acknowledged + 1);
		before = now;
	}
	unlink(PATH);
}

/* Files may grow only so far, a little further each time, until there is room enough. */
static void a_full_disk_keeps_nothing_of_the_change(void **state)
{
	(void)state;
	new_store();
	struct stat st;
	assert_int_equal(stat(PATH, &st), 0);
	bool room = false;
	for (int i = 0; i < 40 && !room; i++) {
		pid_t child = fork();
		if (child == 0) {
			struct fault f = { 0 };
			signal(SIGXFSZ, SIG_IGN);
			rlim_t most = (rlim_t)(i * 1024 + (i > 9 ? st.st_size - 9 * 1024 : 0));
			setrlimit(RLIMIT_FSIZE, &(struct rlimit){ most, most });
			struct store *s = help_open(PATH, STORE_WRITE);
			bool ok = add_one(s, &f);
			bool open = !ok && store_in_change(s);
			store_close(s);
			_exit(ok ? 0 : open ? 2 : f.status == STATUS_IO ? 1 : 3);
		}
		int status;
		waitpid(child, &status, 0);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
		room = WEXITSTATUS(status) == 0;
		assert_int_equal(count_whole(), room ? 1 : 0);
	}
	assert_true(room);
	unlink(PATH);
}

static void writers_at_once_lose_nothing(void **state)
{
	(void)state;
	enum { WRITERS = 6, EACH = 15 };
	pid_t child[WRITERS];
	new_store();
	for (int w = 0; w < WRITERS; w++) {
		child[w] = fork();
		if (child[w] > 0)
			continue;
		for (int i = 0; i < EACH; i++) {
			struct fault f = { 0 };
			struct store_options o = {
				.mode = STORE_WRITE, .now = TIME_NONE, .wait_seconds = 30
			};
			struct store *s = store_open(PATH, &o, NULL, &f);
			if (s == NULL || !add_one(s, &f))
				_exit(f.status);
			store_close(s);
		}
		_exit(0);
	}
	for (int w = 0; w < WRITERS; w++) {
		int status;
		waitpid(child[w], &status, 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(count_whole(), WRITERS * EACH);
	struct store *s = help_open(PATH, STORE_READ);
	assert_int_equal(store_last_change(s), WRITERS * EACH + 1);
	assert_int_equal(help_int(s, "SELECT max(CAST(substr(ref, 2) AS INTEGER)) FROM duty"),
	        WRITERS * EACH);
	help_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_writer_killed_at_any_time_leaves_whole_records),
		cmocka_unit_test(a_full_disk_keeps_nothing_of_the_change),
		cmocka_unit_test(writers_at_once_lose_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
