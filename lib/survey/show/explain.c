/* SPDX-License-Identifier: MIT */
/* Writing what was understood, as a codebook to keep and correct. */
#include "survey/head.h"

#include <string.h>

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
	put_text(w, "ref", b ? b->ref : NULL);
	put_text(w, "title", b ? b->title : NULL);
	put_text(w, "wave", b ? b->wave : NULL);
	put_whole(w, "invited", s->invited);
	put_whole(w, "received", s->received);
	put_whole(w, "declined", s->declined);
	put_text(w, "declined_reasons", b ? b->declined_reasons : NULL);
	put_text(w, "opened", b ? b->opened : NULL);
	put_text(w, "closed", b ? b->closed : NULL);
	put_text(w, "commissioner", b ? b->commissioner : NULL);
	put_text(w, "method", b ? b->method : NULL);
	writer_end(w);
}

/* The other spellings of an option that were met, and those that the codebook foresees. */
static void put_also(struct survey *s, struct writer *w, const struct question *q, size_t option)
{
	const struct dict *d = question_dict(s, q);
	const struct book_question *b = q->book;
	const char *text = q->option[option].text;
	size_t n = 0, room = d->n;

	for (size_t i = 0; b && i < b->options; i++)
		room += b->option[i].nalso;
	const char **also = arena_alloc(s->arena, (room + (b ? b->recodes : 0) + 1) * sizeof *also);

	for (uint32_t e = 0; q->columns == 1 && e < d->n; e++)
		if (q->map[e] == option && strcmp(d->entry[e].text, text) != 0)
			also[n++] = d->entry[e].text;
	for (size_t i = 0; b && i < b->options; i++)
		for (size_t k = 0; str_equal(b->option[i].text, text) && k < b->option[i].nalso;
		        k++)
			if (!str_in(b->option[i].also[k], also, n))
				also[n++] = b->option[i].also[k];
	for (size_t i = 0; b && i < b->recodes; i++)
		if (str_equal(b->recode[2 * i + 1], text) && !str_in(b->recode[2 * i], also, n))
			also[n++] = b->recode[2 * i];
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
		put_text(w, "text", q->option[i].text);
		put_text(w, "tone", tone_name(q->option[i].tone));
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
		put_text(w, "theme", t->name);
		put_text(w, "tone", tone_name(t->tone));
		put_list(w, "words", t->word, t->words);
		writer_end(w);
	}
	writer_end(w);
}

static void put_question(struct survey *s, struct writer *w, const struct question *q)
{
	const struct survey_column *c = &s->column[q->column];

	writer_map(w, NULL);
	put_text(w, "ref", q->ref);
	if (q->columns > 1) {
		const char **column = arena_alloc(s->arena, q->columns * sizeof *column);
		for (size_t i = 0; i < q->columns; i++)
			column[i] = s->column[q->column + i].heading;
		put_list(w, "column", column, q->columns);
	} else {
		put_text(w, "column", c->heading);
	}
	put_text(w, "text", q->text);
	put_text(w, "stem", q->stem);
	put_text(w, "kind", kind_name(q->kind));
	put_text(w, "scale", q->scale);
	if (q->kind == QUESTION_MULTIPLE && q->columns == 1)
		put_text(w, "separator", c->separator);
	if (q->book && q->book->directed)
		put_text(w, "direction", q->book->reversed ? "down" : "up");
	put_options(s, w, q);
	put_themes(w, q);
	put_text(w, "themes_from", q->book ? q->book->themes_from : NULL);
	put_text(w, "same_as", q->book ? q->book->same_as : NULL);
	put_text(w, "changed", q->book ? q->book->changed : NULL);
	writer_end(w);
}

bool survey_explain(struct survey *s, struct out *out, struct fault *fault)
{
	struct writer *w = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	const char **left = arena_alloc(s->arena, (s->columns + 1) * sizeof *left);
	size_t n = 0;

	put_survey(s, w);
	if (s->weight != NONE)
		put_text(w, "weight", s->column[s->weight].heading);
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].role == ROLE_KEPT || s->column[i].role == ROLE_PERSON ||
		        s->column[i].role == ROLE_LEFT_OUT)
			left[n++] = s->column[i].heading;
	put_list(w, "leave_out", left, n);
	if (s->refused != NONE)
		put_text(w, "declined_column", s->column[s->refused].heading);
	if (s->book && s->book->keep_unfinished)
		writer_value(w, "unfinished", "yes", strlen("yes"), VALUE_BOOL);
	writer_list(w, "question");
	for (size_t i = 0; i < s->questions; i++)
		if (s->question[i].tallied)
			put_question(s, w, &s->question[i]);
	writer_end(w);
	return writer_close(w, fault);
}
