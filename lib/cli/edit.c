/* SPDX-License-Identifier: MIT */
/* A record as YAML in the user's editor, loaded back. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/private.h"

static char *shown(struct cli *c, const char *ref, struct fault *f)
{
	struct buf b = { 0 };
	struct out *out = out_open_memory(&b);
	struct writer *w = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	bool ok = record_show(&c->work, c->kind, ref, w, f);
	char *text = NULL;

	ok = writer_close(w, f) && ok;
	ok = out_close(out, f) && ok;
	if (ok)
		text = arena_strdup(c->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

/* A private file with the text; its path, or NULL. */
static char *draft(struct cli *c, const char *text, struct fault *f)
{
	const char *folder = cli_env("TMPDIR");
	char *path = arena_printf(c->arena, "%s/compact-XXXXXX.yaml", folder ? folder : "/tmp");
	int fd = mkstemps(path, 5);
	struct out *out;

	if (fd < 0) {
		fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(path));
		return NULL;
	}
	out = out_open_fd(fd, path);
	out_text(out, text);
	if (!out_close(out, f)) {
		close(fd);
		unlink(path);
		return NULL;
	}
	close(fd);
	return path;
}

/* What the editor shows above the record. Lines of YAML that begin with a hash are none of it. */
static const char *with_head(struct cli *c, const char *ref, const char *text)
{
	return arena_printf(c->arena,
	        "# %s. Save and close to keep your changes; close without saving to change "
	        "nothing.\n"
	        "# An empty value clears a field; a field whose line is taken out stays as it "
	        "was.\n%s",
	        ref, text);
}

/* Whether nothing is left of it but lines of comment. */
static bool is_emptied(const char *text)
{
	while (*(text += strspn(text, " \t\r\n")) == '#')
		text += strcspn(text, "\n");
	return *text == '\0';
}

static int run_editor(struct cli *c, const char *path)
{
	const char *editor = cli_env("EDITOR");
	const char *argv[] = { "/bin/sh", "-c", "", "sh", path, NULL };

	argv[2] = arena_printf(c->arena, "exec %s \"$1\"", editor ? editor : "vi");
	return cli_run(argv, -1, -1, -1, false);
}

/* A text written in $EDITOR, trimmed; NULL with the message printed. */
static const char *cli_edit_text(struct cli *c, const char *begin, int *status)
{
	struct fault f = { 0 };
	char *path = draft(c, begin, &f), *text;

	if (!path) {
		*status = cli_fail(c, &f);
		return NULL;
	}
	*status = run_editor(c, path);
	text = *status == 0 ? file_read(c->arena, path, (size_t)8 << 20, NULL, &f) : NULL;
	unlink(path);
	if (text && *(text = str_trim(text)))
		return text;
	*status = f.status ? cli_fail(c, &f)
	                   : cli_usage(c, "nothing was written; nothing was changed");
	return NULL;
}

/* Loads the edited text, unless somebody changed the record meanwhile. */
static int load_back(struct cli *c, const char *ref, const char *before, const char *edited)
{
	struct load_options o = { .kind = c->kind, .edited = ref };
	struct load_counts counts = { 0 };
	struct fault f = { 0 };
	struct input *in;
	char *now;
	int status;

	if (!cli_begin(c, &status))
		return status;
	now = shown(c, ref, &f);
	if (!now)
		return cli_abort(c, &f);
	if (!str_equal(now, before)) {
		fault_set(&f, STATUS_FOUND,
		        "%s was changed by somebody else meanwhile; edit it again", ref);
		return cli_abort(c, &f);
	}
	in = input_open_bytes(
	        ref, edited, strlen(edited), &(struct input_options){ .format = INPUT_YAML }, &f);
	if (!in)
		return cli_abort(c, &f);
	record_defer(&c->work);
	bool ok = record_load(&c->work, in, &o, &counts, &f);
	input_close(in, &(struct fault){ 0 });
	return ok ? cli_commit(c, NULL) : cli_abort(c, &f);
}

int cli_verb_edit(struct cli *c)
{
	struct fault f = { 0 };
	char *before, *path, *after;
	const char *ref, *given;
	int status;

	if (c->n != 1)
		return cli_usage(c, "edit needs one REF; see %s --help", c->program->name);
	if (!isatty(STDIN_FILENO) && !cli_env("EDITOR"))
		return cli_usage(c, "edit needs a terminal; in a pipe use set or load");
	if (!cli_open(c, STORE_WRITE, &status))
		return status;
	if (!record_resolve(&c->work, c->kind, c->operand[0], &ref, &f) ||
	        !(before = shown(c, ref, &f)))
		return cli_fail(c, &f);
	given = with_head(c, ref, before);
	if (!(path = draft(c, given, &f)))
		return cli_fail(c, &f);
	status = run_editor(c, path);
	if (status != 0) {
		unlink(path);
		return cli_usage(c, "the editor ended with status %d; nothing was changed", status);
	}
	after = file_read(c->arena, path, (size_t)64 << 20, NULL, &f);
	if (!after)
		return cli_fail(c, &f);
	if (str_equal(after, given) || is_emptied(after)) {
		unlink(path);
		cli_say(c, "%s was not changed", ref);
		return STATUS_OK;
	}
	status = load_back(c, ref, before, after);
	if (status == STATUS_OK)
		unlink(path);
	else
		cli_say(c, "your text is kept in %s", path);
	return status;
}

const char *cli_words(struct cli *c, size_t from, size_t *next)
{
	struct buf b = { 0 };
	struct assignment a;
	const char *text;

	for (*next = from; *next < c->n && !assignment_parse(c->arena, c->operand[*next], &a);
	        (*next)++)
		buf_addf(&b, "%s%s", b.n ? " " : "", c->operand[*next]);
	text = b.n ? arena_strdup(c->arena, b.p) : NULL;
	buf_free(&b);
	return text;
}

const char *cli_ask(struct cli *c, int *status)
{
	struct fault f = { 0 };
	char *text;

	if (isatty(STDIN_FILENO))
		return cli_edit_text(c, "", status);
	text = file_read(c->arena, "-", (size_t)8 << 20, NULL, &f);
	if (!text)
		*status = cli_fail(c, &f);
	else if (*(text = str_trim(text)) == '\0')
		*status = cli_usage(c, "a note needs some words");
	else
		return text;
	return NULL;
}
