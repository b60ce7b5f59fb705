/* SPDX-License-Identifier: MIT */
/*
 * Messages on their way out: to standard output, as drafts in a folder, or to the mailer. How no message is lost or
 * sent twice:
 *
 * - Whoever sends holds a lock on the store's file (cli_alone), so that what another run wrote down as meant to be
 *   sent is seen only when that run is over, ended or killed.
 * - The caller has committed what is to be sent, with each Message-ID, before the first one leaves.
 * - A message is written out whole, and only then written down as handed over. Where that does not come about,
 *   it is sent again by the next run under the same Message-ID, which receivers fold into one.
 * - The mailer reads from an unlinked file that holds all of the message, never from a pipe that our end could leave
 *   half filled. It is run and waited for by a child in a session of its own, so that killing the program, or
 *   closing its terminal, ends neither in the middle. The child inherits the lock.
 * - A mailer that does not come back within its time is ended, and the rest is left to the next run, so that the
 *   lock is not held for ever. The message it had counts as not handed over.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/private.h"

extern char **environ;

/* ---------- one at a time ---------- */

bool cli_alone(struct cli *c, const char *what, int *status)
{
	const struct timespec pause = { .tv_nsec = 50000000 };
	int64_t until = cli_clock() + c->wait;
	struct fault f = { 0 };
	/* Kept open to the end: closing any descriptor of the file would drop SQLite's own locks on it. */
	int fd = open(cli_db_path(c), O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		fault_errno(&f, STATUS_NOINPUT, "cannot open %s", quote(cli_db_path(c)));
		*status = cli_fail(c, &f);
		return false;
	}
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK && cli_clock() < until) {
			nanosleep(&pause, NULL);
			continue;
		}
		if (errno == EWOULDBLOCK)
			fault_set(&f, STATUS_AGAIN, "%s is under way already; try again", what);
		else
			fault_errno(&f, STATUS_AGAIN, "cannot lock %s", quote(cli_db_path(c)));
		*status = cli_fail(c, &f);
		return false;
	}
	return true;
}

/* ---------- ready to send ---------- */

bool cli_post_options(struct cli *c, const struct cli_post *p, const char *given,
        struct mailbox *from, int *status)
{
	const char *sender = given ? given : cli_config(c, "from");
	struct fault f = { 0 };

	if ((p->mail && p->drafts) || (c->to && (p->mail || p->drafts)))
		*status = cli_usage(c, "--mail, --drafts and -O exclude each other; choose one");
	else if (p->mailer && !p->mail)
		*status = cli_usage(c, "--mailer means nothing without --mail");
	else if (!sender || mailbox_parse(c->arena, sender, from, &f))
		return true;
	if (f.text[0] != '\0') {
		fault_place(&f, NULL, 0, given ? "--from" : "from");
		*status = cli_fail(c, &f);
	}
	return false;
}

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static bool in_path(struct cli *c, const char *name)
{
	const char *path = cli_env("PATH");
	char **folder = path ? str_split(c->arena, path, ":", NULL) : NULL;

	for (; folder && *folder; folder++)
		if (is_program(arena_printf(c->arena, "%s/%s", *folder, name)))
			return true;
	return false;
}

/* The words of the mailer's command, with sendmail's options where it is a program's name alone. */
static const char *const *mailer_words(struct cli *c, const char *given, int *status)
{
	static const char *const usual[] = { "/usr/sbin/sendmail", "/usr/lib/sendmail" };
	struct fault f = { 0 };
	const char **word;
	char **said;
	size_t n = 0;

	for (size_t i = 0; !given && i < COUNT(usual); i++)
		if (is_program(usual[i]))
			given = usual[i];
	said = str_split(c->arena, given ? given : "sendmail", " ", &n);
	word = arena_alloc(c->arena, (n + 3) * sizeof *word);
	for (size_t i = 0; i < n; i++)
		word[i] = said[i];
	if (n == 1) {
		word[1] = "-t";
		word[2] = "-oi";
	}
	if (n && (strchr(word[0], '/') ? is_program(word[0]) : in_path(c, word[0])))
		return word;
	fault_set(&f, STATUS_HELPER,
	        "no program %s to hand mail to; install one, name it with --mailer, or write "
	        "drafts with "
	        "--drafts=FOLDER",
	        quote(n ? word[0] : ""));
	*status = cli_fail(c, &f);
	return NULL;
}

bool cli_post_ready(struct cli *c, struct cli_post *p, int *status)
{
	struct fault f = { 0 };
	struct stat st;

	if (p->mail)
		return (p->command = mailer_words(c, p->mailer, status)) != NULL;
	if (!p->drafts)
		return true;
	if (mkdir(p->drafts, 0700) == 0 ||
	        (errno == EEXIST && stat(p->drafts, &st) == 0 && S_ISDIR(st.st_mode)))
		return true;
	if (errno == EEXIST)
		fault_set(&f, STATUS_CANTCREATE, "%s is no folder; name one with --drafts=FOLDER",
		        quote(p->drafts));
	else
		fault_errno(&f, STATUS_CANTCREATE, "cannot make the folder %s", quote(p->drafts));
	*status = cli_fail(c, &f);
	return false;
}

/* ---------- one message ---------- */

/* "Cheryl-Roberts-b5cb2ae1…": whose it is, for who looks into the folder, and the Message-ID, which no other has. */
static const char *draft_name(struct cli *c, const struct message *m)
{
	const char *who = m->nto == 0                ? ""
	                  : str_empty(m->to[0].name) ? m->to[0].address
	                                             : m->to[0].name;
	struct buf b = { 0 };
	const char *name;

	who = arena_strndup(c->arena, who, text_fit(who, strlen(who), 40));
	for (const char *p = who; *p && *p != '@'; p++)
		if (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
			buf_addc(&b, *p);
		else if (b.n && b.p[b.n - 1] != '-')
			buf_addc(&b, '-');
	if (b.n && b.p[b.n - 1] != '-')
		buf_addc(&b, '-');
	for (const char *p = m->id; *p; p++)
		buf_addc(&b, *p == '/' || (b.n == 0 && *p == '.') ? '_' : *p);
	name = arena_strdup(c->arena, buf_text(&b));
	buf_free(&b);
	return name;
}

/* A draft is there whole or not at all. One that is there already was written by a run that did not come to its
 * end. */
static bool write_draft(struct cli *c, const char *folder, const struct message *m, struct fault *f)
{
	const char *name = draft_name(c, m);
	struct out *out;
	const char *path;

	path = arena_printf(c->arena, "%s/%s.eml", folder, name);
	if (access(path, F_OK) == 0)
		return true;
	out = out_open_file(path, 0600, f);
	if (!out)
		return false;
	message_write(out, m, MESSAGE_DRAFT);
	return out_close(out, f);
}

/* Waits for the mailer, at most so many seconds; then it is ended with whatever it has started. *late says so. */
static int wait_mailer(pid_t child, int64_t seconds, bool *late)
{
	enum { PATIENCE_MS = 2000, STEP_MS = 50 };
	int64_t waited = 0, most = seconds * 1000;
	int how, step = 1;
	pid_t ended;

	*late = false;
	while ((ended = waitpid(child, &how, WNOHANG)) != child) {
		const struct timespec pause = { .tv_nsec = (long)step * 1000000 };
		if (ended < 0 && errno != EINTR)
			return -1;
		if (waited >= most + (*late ? PATIENCE_MS : 0)) {
			kill(-child, *late ? SIGKILL : SIGTERM);
			*late = true;
		}
		nanosleep(&pause, NULL);
		waited += step;
		step = step * 2 < STEP_MS ? step * 2 : STEP_MS;
	}
	return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

/* Runs the mailer over a whole file and waits; its exit status, or -1 with errno. What it prints goes to standard
 * error, and it meets the signals as it would from a shell. */
static int run_mailer(const char *const *command, int in, int64_t seconds, bool *late)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t usual;
	pid_t child;
	int error;

	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigdefault(&attr, &usual);
	/* A group of its own, so that it can be ended with all that it has started. */
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	error = posix_spawnp(&child, command[0], &actions, &attr, (char *const *)command, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	if (error) {
		errno = error;
		return -1;
	}
	return wait_mailer(child, seconds, late);
}

/* *late: the mailer had to be ended. */
static bool hand_over(
        const struct cli_post *p, const struct message *m, bool *late, struct fault *f)
{
	int fd = memfd_create("message", MFD_CLOEXEC), code;
	struct out *out;
	bool ok = false;

	if (fd < 0)
		return fault_errno(f, STATUS_AGAIN, "cannot make a file for the message");
	out = out_open_fd(fd, "the message");
	message_write(out, m, MESSAGE_MAIL);
	if (!out_close(out, f))
		goto out;
	if (lseek(fd, 0, SEEK_SET) != 0) {
		fault_errno(f, STATUS_AGAIN, "cannot read the message back");
		goto out;
	}
	code = run_mailer(p->command, fd, p->patience, late);
	if (*late)
		fault_set(f, STATUS_AGAIN,
		        "%s: not handed over, for %s took longer than %lld seconds and was ended; "
		        "the next run "
		        "tries again",
		        m->to[0].address, quote(p->command[0]), (long long)p->patience);
	else if (code < 0)
		fault_errno(f, STATUS_AGAIN, "cannot run %s", quote(p->command[0]));
	else if (code > 0)
		fault_set(f, STATUS_AGAIN,
		        "%s: not handed over, for %s ended with status %d; the next run tries "
		        "again",
		        m->to[0].address, quote(p->command[0]), code);
	ok = code == 0 && !*late;
out:
	close(fd);
	return ok;
}

/* ---------- all of them ---------- */

/* Writes down that some were handed over, as one change. */
static bool write_down(
        struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n, int *status)
{
	struct fault f = { 0 };

	if (n == 0 || !p->sent)
		return true;
	if (!cli_begin(c, status))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!p->sent(&c->work, l[i].message.id, &f)) {
			*status = cli_abort(c, &f);
			return false;
		}
	*status = cli_commit(c, p->summary);
	return *status == STATUS_OK;
}

static int post_out(struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n)
{
	struct fault f = { 0 };
	bool written;
	int status;

	if (!cli_out(c, &status))
		return status;
	for (size_t i = 0; i < n; i++)
		message_write(c->out, &l[i].message, MESSAGE_MBOX);
	written = out_close(c->out, &f);
	c->out = NULL;
	if (!written)
		return cli_fail(c, &f);
	return c->dry_run || write_down(c, p, l, n, &status) ? STATUS_OK : status;
}

static int post_drafts(
        struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n)
{
	struct fault f = { 0 };
	size_t written = 0;
	int status = STATUS_OK;

	while (written < n && write_draft(c, p->drafts, &l[written].message, &f))
		written++;
	if (!write_down(c, p, l, written, &status))
		return status;
	return written < n ? cli_fail(c, &f) : STATUS_OK;
}

/* The child's part: it hands over one by one, and writes each down before the next. */
static int post_mail(struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n)
{
	int status, worst = STATUS_OK;
	bool late = false;

	if (p->sent && !cli_open_local(c, STORE_WRITE, &status))
		return status;
	/* Where the mailer hangs it would again; the others wait for the next run. */
	for (size_t i = 0; i < n && !late; i++) {
		struct fault f = { 0 };
		if (!hand_over(p, &l[i].message, &late, &f))
			worst = cli_fail(c, &f);
		else if (!write_down(c, p, &l[i], 1, &status))
			return status;
		else
			cli_say(c, "%s", l[i].about);
	}
	store_close(c->store);
	return worst;
}

static int supervise(struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n)
{
	struct fault f = { 0 };
	pid_t child;
	int how;

	/* A connection must not cross a fork. */
	store_close(c->store);
	c->store = NULL;
	c->work = (struct work){ 0 };
	child = fork();
	if (child < 0) {
		fault_errno(
		        &f, STATUS_AGAIN, "cannot start handing over; the next run tries again");
		return cli_fail(c, &f);
	}
	if (child == 0) {
		setsid();
		signal(SIGPIPE,
		        SIG_IGN); /* who listens to us may be gone; the mail goes all the same */
		_exit(post_mail(c, p, l, n));
	}
	while (waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			return STATUS_AGAIN;
	return WIFEXITED(how) ? WEXITSTATUS(how) : STATUS_AGAIN;
}

int cli_post(struct cli *c, const struct cli_post *p, const struct cli_letter *l, size_t n)
{
	int64_t first = c->store ? store_last_change(c->store) : 0;
	int status;

	if (n == 0 && (p->mail || p->drafts))
		return STATUS_OK;
	if (p->mail && !c->dry_run)
		return supervise(c, p, l, n);
	if (!p->mail && !p->drafts)
		status = post_out(c, p, l, n);
	else
		status = c->dry_run ? STATUS_OK : post_drafts(c, p, l, n);
	for (size_t i = 0; status == STATUS_OK && i < n; i++)
		cli_say(c, "%s%s", l[i].about,
		        i + 1 < n    ? ""
		        : !p->sent   ? ""
		        : c->dry_run ? " (dry run: nothing of this was kept)"
		                     : arena_printf(c->arena, " (undo: compact-log undo %lld %lld)",
		                               (long long)first + 1, (long long)first));
	return status;
}
