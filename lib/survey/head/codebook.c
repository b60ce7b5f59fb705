/* SPDX-License-Identifier: MIT */
/* Reading codebooks. What is no key of a codebook is refused by its line: a misspelt key would
 * otherwise change results silently. */
#include "survey/parts.h"

#include <string.h>

struct reader {
	struct survey *s;
	struct fault *fault;
	bool good;
};

static bool wrong(struct reader *r, long line, const char *field, const char *what)
{
	if (r->good) {
		fault_set(r->fault, STATUS_CONFIG, "%s", what);
		fault_place(r->fault, r->s->book->file, line, field);
	}
	return r->good = false;
}

static void check_keys(struct reader *r, const struct node *map, const char *const *key, size_t n)
{
	for (size_t i = 0; i < map->n && r->good; i++) {
		bool known = false;
		for (size_t k = 0; k < n; k++)
			known = known || str_equal(map->key[i], key[k]);
		if (known)
			continue;
		const char *near = text_nearest(map->key[i], key, n);
		wrong(r, map->keyline[i], map->key[i],
		        near ? arena_printf(r->s->arena,
		                       "is no key of a codebook here; did you mean '%s'", near)
		             : "is no key of a codebook here; see survey-tally(1)");
	}
}

static const char *text_of(struct reader *r, const struct node *map, const char *key)
{
	const struct node *v = node_get(map, key);

	if (!v || v->kind == NODE_NULL)
		return NULL;
	if (v->kind != NODE_TEXT) {
		wrong(r, v->line, key, "takes one text");
		return NULL;
	}
	return arena_strdup(r->s->arena, v->text);
}

/* A text, or a list of texts. */
static const char **texts_of(struct reader *r, const struct node *map, const char *key, size_t *n)
{
	const struct node *v = node_get(map, key);
	const char **list;

	*n = 0;
	if (!v || v->kind == NODE_NULL)
		return NULL;
	list = arena_alloc(r->s->arena, (v->n + 2) * sizeof *list);
	if (v->kind == NODE_TEXT) {
		list[(*n)++] = arena_strdup(r->s->arena, v->text);
	} else if (v->kind == NODE_LIST) {
		for (size_t i = 0; i < v->n; i++) {
			if (v->item[i]->kind != NODE_TEXT) {
				wrong(r, v->item[i]->line, key, "takes texts");
				break;
			}
			list[(*n)++] = arena_strdup(r->s->arena, v->item[i]->text);
		}
	} else {
		wrong(r, v->line, key, "takes a text or a list of texts");
	}
	return list;
}

static int64_t number_of(struct reader *r, const struct node *map, const char *key)
{
	const char *text = text_of(r, map, key);
	int64_t n = -1;

	if (text && !number_parse(text, 0, INT32_MAX, &n, NULL))
		wrong(r, node_get(map, key)->line, key, "is no whole number from 0");
	return n;
}

static bool bool_of(struct reader *r, const struct node *map, const char *key)
{
	const char *text = text_of(r, map, key);
	bool b = false;

	if (text && !number_parse_bool(text, &b, NULL))
		wrong(r, node_get(map, key)->line, key, "is neither yes nor no");
	return b;
}

static enum tone tone_of(struct reader *r, const struct node *map)
{
	const char *text = text_of(r, map, "tone");
	enum tone tone = TONE_NONE;

	if (text && *text && !tone_parse(text, &tone))
		wrong(r, node_get(map, "tone")->line, "tone",
		        "is none of positive, neutral, negative, aside");
	return tone;
}

static const struct node *list_of(struct reader *r, const struct node *map, const char *key)
{
	const struct node *v = node_get(map, key);

	if (!v || v->kind == NODE_NULL)
		return NULL;
	if (v->kind != NODE_LIST) {
		wrong(r, v->line, key, "takes a list");
		return NULL;
	}
	return v;
}

static void read_options(struct reader *r, const struct node *map, struct book_question *q)
{
	static const char *const keys[] = { "text", "tone", "also" };
	const struct node *list = list_of(r, map, "option");

	if (!list)
		return;
	q->option = arena_alloc(r->s->arena, (list->n + 1) * sizeof *q->option);
	for (size_t i = 0; i < list->n && r->good; i++) {
		const struct node *v = list->item[i];
		struct book_option *o = &q->option[q->options++];
		if (v->kind == NODE_TEXT) {
			o->text = arena_strdup(r->s->arena, v->text);
			continue;
		}
		if (v->kind != NODE_MAP) {
			wrong(r, v->line, "option", "takes a text, or text, tone and also");
			return;
		}
		check_keys(r, v, keys, COUNT(keys));
		o->text = text_of(r, v, "text");
		o->tone = tone_of(r, v);
		o->also = texts_of(r, v, "also", &o->nalso);
		if (!o->text)
			wrong(r, v->line, "option", "has no text");
	}
}

static void read_themes(struct reader *r, const struct node *map, struct book_question *q)
{
	static const char *const keys[] = { "theme", "tone", "words" };
	const struct node *list = list_of(r, map, "themes");

	if (!list)
		return;
	q->theme = arena_alloc(r->s->arena, (list->n + 1) * sizeof *q->theme);
	for (size_t i = 0; i < list->n && r->good; i++) {
		const struct node *v = list->item[i];
		struct book_theme *t = &q->theme[q->themes++];
		if (v->kind != NODE_MAP) {
			wrong(r, v->line, "themes", "takes theme, tone and words");
			return;
		}
		check_keys(r, v, keys, COUNT(keys));
		t->name = text_of(r, v, "theme");
		t->tone = tone_of(r, v);
		const char **word = texts_of(r, v, "words", &t->words);
		t->word = arena_alloc(r->s->arena, (t->words + 1) * sizeof *t->word);
		for (size_t k = 0; k < t->words; k++) {
			bool open = str_ends(word[k], "*");
			t->word[k] = arena_printf(r->s->arena, "%s%s",
			        text_key(r->s->arena, word[k]), open ? "*" : "");
		}
		if (!t->name)
			wrong(r, v->line, "themes", "has a theme without a name");
	}
}

static void read_recodes(struct reader *r, const struct node *map, struct book_question *q)
{
	const struct node *v = node_get(map, "recode");

	if (!v || v->kind == NODE_NULL)
		return;
	if (v->kind != NODE_MAP) {
		wrong(r, v->line, "recode",
		        "takes pairs: an answer as it came, and what it counts as");
		return;
	}
	q->recode = arena_alloc(r->s->arena, (v->n + 1) * 2 * sizeof *q->recode);
	for (size_t i = 0; i < v->n; i++) {
		const char *to = v->item[i]->kind == NODE_TEXT ? v->item[i]->text : "";
		q->recode[2 * q->recodes] = arena_strdup(r->s->arena, v->key[i]);
		q->recode[2 * q->recodes++ + 1] = arena_strdup(r->s->arena, to);
	}
}

static void read_direction(struct reader *r, const struct node *map, struct book_question *q)
{
	const char *text = text_of(r, map, "direction");

	if (!text)
		return;
	q->directed = true;
	q->reversed = strcasecmp(text, "down") == 0;
	if (!q->reversed && strcasecmp(text, "up") != 0)
		wrong(r, node_get(map, "direction")->line, "direction",
		        "is neither up (the highest number is best) nor down");
}

static void read_question(struct reader *r, const struct node *v, struct book_question *q)
{
	static const char *const keys[] = { "ref", "column", "text", "stem", "kind", "scale",
		"direction", "separator", "option", "recode", "same_as", "changed", "themes",
		"themes_from" };

	if (v->kind != NODE_MAP) {
		wrong(r, v->line, "question", "takes records");
		return;
	}
	check_keys(r, v, keys, COUNT(keys));
	q->line = v->line;
	q->ref = text_of(r, v, "ref");
	q->column = texts_of(r, v, "column", &q->columns);
	q->text = text_of(r, v, "text");
	q->stem = text_of(r, v, "stem");
	q->scale = text_of(r, v, "scale");
	q->separator = text_of(r, v, "separator");
	q->same_as = text_of(r, v, "same_as");
	q->changed = text_of(r, v, "changed");
	q->themes_from = text_of(r, v, "themes_from");
	const char *kind = text_of(r, v, "kind");
	if (kind) {
		q->has_kind = true;
		if (!kind_parse(kind, &q->kind))
			wrong(r, node_get(v, "kind")->line, "kind",
			        "is none of scale, single, multiple, yes-no, number, date, text");
	}
	read_options(r, v, q);
	read_recodes(r, v, q);
	read_themes(r, v, q);
	read_direction(r, v, q);
	if (r->good && !q->ref)
		wrong(r, v->line, "question", "has no ref; give it one such as Q1");
	if (r->good && !q->columns && !q->text)
		wrong(r, v->line, q->ref, "has neither column nor text to know it by");
	if (r->good && !q->columns) {
		q->column = arena_alloc(r->s->arena, sizeof *q->column);
		q->column[0] = q->text;
		q->columns = 1;
	}
	if (r->good && q->scale && !scale_get(r->s, q->scale) && r->s->scales)
		wrong(r, node_get(v, "scale")->line, "scale", "is no scale that is known");
	if (r->good && q->scale && !q->has_kind) {
		q->has_kind = true;
		q->kind = str_equal(q->scale, "yes-no") ? QUESTION_YES_NO : QUESTION_SCALE;
	}
}

static void read_survey(struct reader *r, const struct node *doc)
{
	static const char *const keys[] = { "ref", "title", "wave", "invited", "received",
		"declined", "declined_reasons", "opened", "closed", "commissioner", "method" };
	const struct node *v = node_get(doc, "survey");
	struct book *b = r->s->book;

	if (!v || v->kind == NODE_NULL)
		return;
	if (v->kind != NODE_MAP) {
		wrong(r, v->line, "survey", "takes fields such as ref and title");
		return;
	}
	check_keys(r, v, keys, COUNT(keys));
	b->ref = text_of(r, v, "ref");
	b->title = text_of(r, v, "title");
	b->wave = text_of(r, v, "wave");
	b->declined_reasons = text_of(r, v, "declined_reasons");
	b->opened = text_of(r, v, "opened");
	b->closed = text_of(r, v, "closed");
	b->commissioner = text_of(r, v, "commissioner");
	b->method = text_of(r, v, "method");
	b->invited = number_of(r, v, "invited");
	b->received = number_of(r, v, "received");
	b->declined = number_of(r, v, "declined");
}

static void read_book(struct reader *r, const struct node *doc)
{
	static const char *const keys[] = { "survey", "weight", "leave_out", "declined_column",
		"unfinished", "question" };
	struct book *b = r->s->book;

	if (doc->kind != NODE_MAP) {
		wrong(r, doc->line, NULL, "is no codebook; --explain writes one");
		return;
	}
	check_keys(r, doc, keys, COUNT(keys));
	read_survey(r, doc);
	b->weight = text_of(r, doc, "weight");
	b->leave_out = texts_of(r, doc, "leave_out", &b->leave_outs);
	b->declined_column = text_of(r, doc, "declined_column");
	b->keep_unfinished = bool_of(r, doc, "unfinished");
	const struct node *list = list_of(r, doc, "question");
	size_t n = list ? list->n : 0;
	b->question = arena_alloc(r->s->arena, (n + 1) * sizeof *b->question);
	for (size_t i = 0; i < n && r->good; i++) {
		read_question(r, list->item[i], &b->question[b->questions++]);
		for (size_t k = 0; r->good && k < i; k++)
			if (strcasecmp(b->question[k].ref, b->question[i].ref) == 0)
				wrong(r, list->item[i]->line, b->question[i].ref,
				        "stands twice; refs are unique");
	}
}

bool survey_read_codebook(struct survey *s, struct input *in, struct fault *fault)
{
	struct arena *a = arena_new();
	struct reader r = { .s = s, .fault = fault, .good = true };

	s->book = arena_alloc(s->arena, sizeof *s->book);
	s->book->file = arena_strdup(s->arena, input_name(in));
	s->book->invited = s->book->received = s->book->declined = -1;
	struct node *doc = NULL;
	if (input_format(in) == INPUT_YAML)
		doc = yaml_read(in, a, fault);
	else
		wrong(&r, 0, NULL, "is no codebook (YAML); --explain writes one");
	if (doc) {
		read_book(&r, doc);
	} else if (r.good) {
		r.good = false;
		fault->status = STATUS_CONFIG;
		fault_place(fault, s->book->file, 0, NULL);
	}
	arena_free(a);
	return r.good;
}
