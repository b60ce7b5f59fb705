/* SPDX-License-Identifier: MIT */
/* Writing what was understood, as a codebook to keep and correct. */
#include "survey/head.h"

#include <string.h>

/* One plain scalar for a YAML value, by io's rules for what must be quoted. */
static void put(struct writer *w, const char *key, const char *text)
{
	if (text && *text)
		writer_value(w, key, text, strlen(text), VALUE_TEXT);
}

static void put_number(struct writer *w, const char *key, int64_t n)
{
	char text[24];

	if (n < 0)
		return;
	struct buf b = { 0 };
	buf_addf(&b, "%lld", (long long)n);
	memcpy(text, buf_text(&b), b.n + 1);
	writer_value(w, key, text, b.n, VALUE_NUMBER);
	buf_free(&b);
}

static void put_list(struct writer *w, const char *key, const char *const *text, size_t n)
{
	if (n == 0)
		return;
	writer_list(w, key);
	for (size_t i = 0; i < n; i++)
		writer_value(w, NULL, text[i], strlen(text[i]), VALUE_TEXT);
	writer_end(w);
}

static void put_survey(struct survey *s, struct writer *w)
{
	const struct book *b = s->book;

	bool any = s->invited >= 0 || s->received >= 0 ||
	           (b && (b->ref || b->title || b->wave || b->declined_reasons || b->opened ||
	                         b->closed || b->commissioner || b->method));
	if (!any)
		return;
	writer_map(w, "survey");
	put(w, "ref", b ? b->ref : NULL);
	put(w, "title", b ? b->title : NULL);
	put(w, "wave", b ? b->wave : NULL);
	put_number(w, "invited", s->invited);
	put_number(w, "received", s->received);
	put_number(w, "declined", s->declined);
	put(w, "declined_reasons", b ? b->declined_reasons : NULL);
	put(w, "opened", b ? b->opened : NULL);
	put(w, "closed", b ? b->closed : NULL);
	put(w, "commissioner", b ? b->commissioner : NULL);
	put(w, "method", b ? b->method : NULL);
	writer_end(w);
}

/* The other spellings of an option that were met. */
static void put_also(struct survey *s, struct writer *w, const struct question *q, size_t option)
{
	const struct dict *d = question_dict(s, q);
	const char **also = arena_alloc(s->arena, (d->n + 1) * sizeof *also);
	size_t n = 0;

	for (uint32_t e = 0; q->columns == 1 && e < d->n; e++)
		if (q->map[e] == option && strcmp(d->entry[e].text, q->option[option].text) != 0)
			also[n++] = d->entry[e].text;
	put_list(w, "also", also, n);
}

static void put_options(struct survey *s, struct writer *w, const struct question *q)
{
	if (q->options == 0 || q->kind == QUESTION_TEXT || q->kind == QUESTION_NUMBER ||
	        q->kind == QUESTION_DATE)
		return;
	writer_list(w, "option");
	for (size_t i = 0; i < q->options; i++) {
		writer_map(w, NULL);
		put(w, "text", q->option[i].text);
		put(w, "tone", tone_name(q->option[i].tone));
		put_also(s, w, q, i);
		writer_end(w);
	}
	writer_end(w);
}

static void put_themes(struct writer *w, const struct question *q)
{
	if (!q->book || !q->book->themes)
		return;
	writer_list(w, "themes");
	for (size_t i = 0; i < q->book->themes; i++) {
		const struct book_theme *t = &q->book->theme[i];
		writer_map(w, NULL);
		put(w, "theme", t->name);
		put(w, "tone", tone_name(t->tone));
		put_list(w, "words", t->word, t->words);
		writer_end(w);
	}
	writer_end(w);
}

static void put_question(struct survey *s, struct writer *w, const struct question *q)
{
	const struct survey_column *c = &s->column[q->column];

	writer_map(w, NULL);
	put(w, "ref", q->ref);
	if (q->columns > 1) {
		const char **column = arena_alloc(s->arena, q->columns * sizeof *column);
		for (size_t i = 0; i < q->columns; i++)
			column[i] = s->column[q->column + i].heading;
		put_list(w, "column", column, q->columns);
	} else {
		put(w, "column", c->heading);
	}
	put(w, "text", q->text);
	put(w, "stem", q->stem);
	put(w, "kind", kind_name(q->kind));
	put(w, "scale", q->scale);
	if (q->kind == QUESTION_MULTIPLE && q->columns == 1)
		put(w, "separator", c->separator);
	if (q->book && q->book->directed)
		put(w, "direction", q->book->reversed ? "down" : "up");
	put_options(s, w, q);
	put_themes(w, q);
	put(w, "same_as", q->book ? q->book->same_as : NULL);
	put(w, "changed", q->book ? q->book->changed : NULL);
	writer_end(w);
}

bool survey_explain(struct survey *s, struct out *out, struct fault *fault)
{
	struct writer *w = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	const char **left = arena_alloc(s->arena, (s->columns + 1) * sizeof *left);
	size_t n = 0;

	put_survey(s, w);
	if (s->weight != NONE)
		put(w, "weight", s->column[s->weight].heading);
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].role == ROLE_KEPT || s->column[i].role == ROLE_PERSON ||
		        s->column[i].role == ROLE_LEFT_OUT)
			left[n++] = s->column[i].heading;
	put_list(w, "leave_out", left, n);
	if (s->refused != NONE)
		put(w, "declined_column", s->column[s->refused].heading);
	writer_list(w, "question");
	for (size_t i = 0; i < s->questions; i++)
		if (s->question[i].tallied)
			put_question(s, w, &s->question[i]);
	writer_end(w);
	return writer_close(w, fault);
}
