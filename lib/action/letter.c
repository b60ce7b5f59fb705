/* SPDX-License-Identifier: MIT */
/*
 * The text of a reminder, by a template that users can edit. {{name}} stands for a value. A line that holds
 * nothing but {{if NAME}}, {{each NAME}} or {{end}} is not printed: what stands between is left out where NAME
 * has nothing, and printed once, or once for each thing of a list.
 */
#include "action/private.h"

#include <string.h>

/* The lists a template may go through, and the names within them. */
enum list { LIST_LATE, LIST_SOON, LIST_EARLIER, LIST_ISSUES, LIST_COUNT };
static const char *const list_names[LIST_COUNT] = { "late", "soon", "earlier", "issues" };

struct letter {
	struct work *w;
	const struct chase_letter *l;
	const struct mailbox *from;
	const char *partnership;
	const char *path;
	char **line;
	size_t nlines;
	const struct chase_item *item; /* of the list gone through, or NULL */
};

static enum list list_of(const struct chase_item *i)
{
	return !i->action    ? LIST_ISSUES
	       : i->earlier  ? LIST_EARLIER
	       : i->late > 0 ? LIST_LATE
	                     : LIST_SOON;
}

static size_t count_of(const struct letter *t, enum list list)
{
	size_t n = 0;

	for (size_t i = 0; i < t->l->n; i++)
		n += list_of(&t->l->item[i]) == list;
	return n;
}

/* ---------- values ---------- */

static const char *days_text(struct work *w, const struct chase_item *i)
{
	int days = i->late > 0 ? i->late : -i->late;

	if (i->late > 0)
		return arena_printf(w->arena, "%d day%s late", days, days == 1 ? "" : "s");
	return days == 0   ? "today"
	       : days == 1 ? "tomorrow"
	                   : arena_printf(w->arena, "in %d days", days);
}

static const char *day_text(struct work *w, day_t day)
{
	struct buf b = { 0 };
	char *text;

	day_add_long(&b, day);
	text = arena_strdup(w->arena, b.p);
	buf_free(&b);
	return text;
}

/* "2 actions that are late", "A1, due in 3 days": what the letter is about, in a few words. */
static const char *about_text(const struct letter *t)
{
	size_t late = count_of(t, LIST_LATE), soon = count_of(t, LIST_SOON);
	const struct chase_item *first = t->l->item;

	for (size_t i = 0; i < t->l->n && list_of(first) > LIST_SOON; i++)
		first = &t->l->item[i];
	if (late + soon == 1)
		return arena_printf(t->w->arena, late ? "%s is %s" : "%s is due %s", first->ref,
		        days_text(t->w, first));
	if (soon == 0)
		return arena_printf(t->w->arena, "%zu things of yours are late", late);
	if (late == 0)
		return arena_printf(t->w->arena, "%zu things of yours fall due", soon);
	return arena_printf(t->w->arena, "%zu of yours %s late, %zu fall%s due", late,
	        late == 1 ? "is" : "are", soon, soon == 1 ? "s" : "");
}

static const char *copied_text(const struct letter *t)
{
	struct buf b = { 0 };
	char *text;

	for (size_t i = 0; i < t->l->ncc; i++)
		buf_addf(&b, "%s%s",
		        i == 0               ? ""
		        : i + 1 == t->l->ncc ? " and "
		                             : ", ",
		        t->l->cc[i].name ? t->l->cc[i].name : t->l->cc[i].address);
	text = arena_strdup(t->w->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

/* The value of a name; "" for one that has none, NULL for a name that is not known. */
static const char *value_of(struct letter *t, const char *name)
{
	const struct chase_item *i = t->item;
	struct arena *a = t->w->arena;

	for (int list = 0; list < LIST_COUNT; list++)
		if (str_equal(name, list_names[list]))
			return count_of(t, (enum list)list)
			               ? arena_printf(a, "%zu", count_of(t, (enum list)list))
			               : "";
	if (str_equal(name, "partnership"))
		return t->partnership;
	if (str_equal(name, "name"))
		return t->l->name;
	if (str_equal(name, "greeting"))
		return t->l->salutation ? t->l->salutation : arena_printf(a, "Dear %s", t->l->name);
	if (str_equal(name, "sender"))
		return t->from->name ? t->from->name : t->from->address;
	if (str_equal(name, "today"))
		return day_text(t->w, t->w->today);
	if (str_equal(name, "about"))
		return about_text(t);
	if (str_equal(name, "copied"))
		return copied_text(t);
	if (str_equal(name, "ref"))
		return i ? i->ref : "";
	if (str_equal(name, "title"))
		return i ? i->title : "";
	if (str_equal(name, "due"))
		return i ? day_text(t->w, i->due) : "";
	if (str_equal(name, "days"))
		return i ? days_text(t->w, i) : "";
	if (str_equal(name, "blocked"))
		return !i || !str_equal(i->status, "blocked") ? ""
		       : i->reason                            ? i->reason
		                                              : "no reason given";
	if (str_equal(name, "reminders"))
		return !i || i->times == 0 ? ""
		       : i->times == 1     ? "1 reminder"
		                           : arena_printf(a, "%lld reminders", (long long)i->times);
	return NULL;
}

/* ---------- the template ---------- */

static bool bad(struct letter *t, size_t line, struct fault *f, const char *what)
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

/* A line with its values put in. What a record holds stays on its line. */
static bool fill(struct letter *t, size_t at, struct buf *out, struct fault *f)
{
	const char *p = t->line[at], *open, *close;

	while ((open = strstr(p, "{{")) != NULL) {
		buf_add(out, p, (size_t)(open - p));
		close = strstr(open, "}}");
		if (!close)
			return bad(t, at, f, "{{ without }}; end the name on its line");
		char *name =
		        str_trim(arena_strndup(t->w->arena, open + 2, (size_t)(close - open) - 2));
		const char *value = value_of(t, name);
		if (!value)
			return bad(t, at, f,
			        arena_printf(t->w->arena,
			                "no value %s; action-track(1) lists what there is",
			                quote(name)));
		for (; *value; value++)
			buf_addc(out, strchr("\r\n\t", *value) ? ' ' : *value);
		p = close + 2;
	}
	buf_adds(out, p);
	buf_addc(out, '\n');
	return true;
}

static size_t end_of(struct letter *t, size_t from)
{
	const char *name;
	size_t depth = 0, i;

	for (i = from; i < t->nlines; i++) {
		if (is_order(t->w->arena, t->line[i], "if", &name) ||
		        is_order(t->w->arena, t->line[i], "each", &name))
			depth++;
		else if (is_order(t->w->arena, t->line[i], "end", &name) && depth-- == 0)
			break;
	}
	return i;
}

static bool render(struct letter *t, size_t from, size_t to, struct buf *out, struct fault *f);

static bool render_each(
        struct letter *t, size_t from, size_t to, enum list list, struct buf *out, struct fault *f)
{
	const struct chase_item *outer = t->item;

	for (size_t i = 0; i < t->l->n; i++) {
		t->item = &t->l->item[i];
		if (list_of(t->item) == list && !render(t, from, to, out, f))
			return false;
	}
	t->item = outer;
	return true;
}

/* One order with what stands under it; *at goes to its end. */
static bool render_order(
        struct letter *t, size_t *at, bool each, const char *name, struct buf *out, struct fault *f)
{
	size_t from = *at + 1, end = end_of(t, from), list = 0;
	const char *value;

	if (end == t->nlines)
		return bad(t, *at, f, "no {{end}} for this; add one on a line of its own");
	while (list < LIST_COUNT && !str_equal(name, list_names[list]))
		list++;
	if (each && list == LIST_COUNT)
		return bad(t, *at, f, "each goes through late, soon, earlier or issues");
	value = value_of(t, name);
	if (!value)
		return bad(t, *at, f,
		        arena_printf(t->w->arena,
		                "no value %s; action-track(1) lists what there is", quote(name)));
	*at = end;
	if (each)
		return render_each(t, from, end, (enum list)list, out, f);
	return *value == '\0' || render(t, from, end, out, f);
}

static bool render(struct letter *t, size_t from, size_t to, struct buf *out, struct fault *f)
{
	const char *name;

	for (size_t i = from; i < to; i++) {
		bool each = is_order(t->w->arena, t->line[i], "each", &name);
		if (each || is_order(t->w->arena, t->line[i], "if", &name)) {
			if (!render_order(t, &i, each, name, out, f))
				return false;
		} else if (is_order(t->w->arena, t->line[i], "end", &name)) {
			return bad(t, i, f, "{{end}} without {{if}} or {{each}} before it");
		} else if (!fill(t, i, out, f)) {
			return false;
		}
	}
	return true;
}

static void split_lines(struct letter *t, char *text)
{
	size_t cap = 1;

	for (const char *p = text; *p; p++)
		cap += *p == '\n';
	t->line = arena_alloc(t->w->arena, cap * sizeof *t->line);
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

static bool find_partnership(struct letter *t, struct fault *f)
{
	struct query *q = action_query(t->w, SQL_PARTNERSHIP, f);
	int rc;

	if (!q)
		return false;
	rc = query_step(q, f);
	t->partnership = rc == 1 ? action_text(t->w, q, 0) : t->w->partnership;
	query_done(q);
	return rc >= 0;
}

static bool make_texts(struct letter *t, struct message *m, struct fault *f)
{
	struct buf text = { 0 };
	bool ok = false;

	if (t->nlines < 3 || !str_starts(t->line[0], "Subject:") || t->line[1][0] != '\0') {
		bad(t, 0, f, "the first line is no 'Subject: …' with an empty line under it");
		goto out;
	}
	if (!fill(t, 0, &text, f))
		goto out;
	m->subject = str_trim(arena_strdup(t->w->arena, text.p + strlen("Subject:")));
	buf_clear(&text);
	if (!render(t, 2, t->nlines, &text, f))
		goto out;
	m->text = tidy(t->w->arena, buf_text(&text));
	ok = true;
out:
	buf_free(&text);
	return ok;
}

bool action_letter(struct work *w, const struct chase_letter *l, const struct mailbox *from,
        const char *path, struct message *m, struct fault *f)
{
	struct letter t = { .w = w, .l = l, .from = from, .path = path };
	struct mailbox *to = arena_alloc(w->arena, sizeof *to);
	size_t n;
	char *text = file_read(w->arena, path, 1 << 20, &n, f);

	if (!text || !find_partnership(&t, f))
		return false;
	split_lines(&t, text);
	*to = l->to;
	*m = (struct message){ .from = *from,
		.to = to,
		.nto = 1,
		.cc = l->cc,
		.ncc = l->ncc,
		.date = w->now,
		.id = l->id,
		.in_reply_to = l->nreference ? l->reference[l->nreference - 1] : NULL,
		.references = l->reference,
		.nreferences = l->nreference };
	return make_texts(&t, m, f);
}
