/* SPDX-License-Identifier: MIT */
/*
 * Letters by templates that users can edit. {{name}} stands for a value. A line that holds nothing but
 * {{if NAME}}, {{each NAME}} or {{end}} is not printed: what stands between is left out where NAME has
 * nothing, and printed once, or once for each thing of a list.
 */
#include "action/private.h"

#include <string.h>

struct filling {
	struct arena *arena;
	struct letter_values *about;
	const char *path;
	char **line;
	size_t nlines;
};

static bool bad(struct filling *t, size_t line, struct fault *f, const char *what)
{
	fault_set(f, STATUS_CONFIG, "%s", what);
	fault_place(f, t->path, (long)line + 1, NULL);
	return false;
}

/* A line that is "{{WORD NAME}}" or "{{end}}" and nothing else; name "" for the latter. */
static bool is_order(struct arena *a, const char *line, const char *word, const char **name)
{
	char *text = str_trim(arena_strdup(a, line));
	size_t n = strlen(text);

	if (n < 4 || !str_starts(text, "{{") || !str_ends(text, "}}"))
		return false;
	text[n - 2] = '\0';
	text = str_trim(text + 2);
	if (!str_starts(text, word) || (text[strlen(word)] != ' ' && text[strlen(word)] != '\0'))
		return false;
	*name = str_trim(text + strlen(word));
	return true;
}

/* A line with its values put in. What a record holds stays on its line; but the one value that has lines of its
 * own keeps them. */
static bool fill(struct filling *t, size_t at, struct buf *out, struct fault *f)
{
	const char *p = t->line[at], *open, *close;

	while ((open = strstr(p, "{{")) != NULL) {
		buf_add(out, p, (size_t)(open - p));
		close = strstr(open, "}}");
		if (!close)
			return bad(t, at, f, "{{ without }}; end the name on its line");
		char *name =
		        str_trim(arena_strndup(t->arena, open + 2, (size_t)(close - open) - 2));
		const char *value = t->about->value(t->about, name);
		if (!value)
			return bad(t, at, f,
			        arena_printf(t->arena, "no value %s; %s(1) lists what there is",
			                quote(name), t->about->manual));
		bool lines = t->about->lines && str_equal(name, t->about->lines);
		for (; *value; value++)
			buf_addc(out, strchr("\r\n\t", *value) && !(lines && *value == '\n')
			                      ? ' '
			                      : *value);
		p = close + 2;
	}
	buf_adds(out, p);
	buf_addc(out, '\n');
	return true;
}

static size_t end_of(struct filling *t, size_t from)
{
	const char *name;
	size_t depth = 0, i;

	for (i = from; i < t->nlines; i++) {
		if (is_order(t->arena, t->line[i], "if", &name) ||
		        is_order(t->arena, t->line[i], "each", &name))
			depth++;
		else if (is_order(t->arena, t->line[i], "end", &name) && depth-- == 0)
			break;
	}
	return i;
}

static bool render(struct filling *t, size_t from, size_t to, struct buf *out, struct fault *f);

static bool render_each(
        struct filling *t, size_t from, size_t to, size_t list, struct buf *out, struct fault *f)
{
	for (size_t i = 0; t->about->next(t->about, list, i); i++)
		if (!render(t, from, to, out, f))
			return false;
	return true;
}

/* One order with what stands under it; *at goes to its end. */
static bool render_order(struct filling *t, size_t *at, bool each, const char *name,
        struct buf *out, struct fault *f)
{
	size_t from = *at + 1, end = end_of(t, from), list = 0;
	const char *value;

	if (end == t->nlines)
		return bad(t, *at, f, "no {{end}} for this; add one on a line of its own");
	while (list < t->about->nlist && !str_equal(name, t->about->list[list]))
		list++;
	if (each && list == t->about->nlist)
		return bad(t, *at, f,
		        arena_printf(t->arena, "each goes through %s",
		                str_empty(t->about->lists) ? "nothing here" : t->about->lists));
	value = t->about->value(t->about, name);
	if (!value)
		return bad(t, *at, f,
		        arena_printf(t->arena, "no value %s; %s(1) lists what there is",
		                quote(name), t->about->manual));
	*at = end;
	if (each)
		return render_each(t, from, end, list, out, f);
	return *value == '\0' || render(t, from, end, out, f);
}

static bool render(struct filling *t, size_t from, size_t to, struct buf *out, struct fault *f)
{
	const char *name;

	for (size_t i = from; i < to; i++) {
		bool each = is_order(t->arena, t->line[i], "each", &name);
		if (each || is_order(t->arena, t->line[i], "if", &name)) {
			if (!render_order(t, &i, each, name, out, f))
				return false;
		} else if (is_order(t->arena, t->line[i], "end", &name)) {
			return bad(t, i, f, "{{end}} without {{if}} or {{each}} before it");
		} else if (!fill(t, i, out, f)) {
			return false;
		}
	}
	return true;
}

static void split_lines(struct filling *t, char *text)
{
	size_t cap = 1;

	for (const char *p = text; *p; p++)
		cap += *p == '\n';
	t->line = arena_alloc(t->arena, cap * sizeof *t->line);
	while (*text) {
		char *line = text, *end = line + strcspn(line, "\n");
		text = end + (*end == '\n');
		if (end > line && end[-1] == '\r')
			end--;
		*end = '\0';
		t->line[t->nlines++] = line;
	}
}

/* Blank lines one at most, none at the ends: where something was left out two may have met. */
static char *tidy(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) + 2), *to = out;
	size_t breaks = 2;

	for (; *text; text++) {
		breaks = *text == '\n' ? breaks + 1 : 0;
		if (breaks <= 2)
			*to++ = *text;
	}
	while (to > out && to[-1] == '\n')
		to--;
	*to++ = '\n';
	*to = '\0';
	return out;
}

static bool make_texts(struct filling *t, struct message *m, struct fault *f)
{
	struct buf text = { 0 };
	bool ok = false;

	if (t->nlines < 3 || !str_starts(t->line[0], "Subject:") || t->line[1][0] != '\0') {
		bad(t, 0, f, "the first line is no 'Subject: …' with an empty line under it");
		goto out;
	}
	if (!fill(t, 0, &text, f))
		goto out;
	m->subject = str_trim(arena_strdup(t->arena, text.p + strlen("Subject:")));
	buf_clear(&text);
	if (!render(t, 2, t->nlines, &text, f))
		goto out;
	m->text = tidy(t->arena, buf_text(&text));
	ok = true;
out:
	buf_free(&text);
	return ok;
}

bool letter_fill(struct arena *a, const char *path, struct letter_values *about, struct message *m,
        struct fault *f)
{
	struct filling t = { .arena = a, .about = about, .path = path };
	char *text = file_read(a, path, 1 << 20, NULL, f);

	if (!text)
		return false;
	split_lines(&t, text);
	return make_texts(&t, m, f);
}
