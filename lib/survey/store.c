/* SPDX-License-Identifier: MIT */
/*
 * Keeping a tally in the store, and reading one back. What is kept goes through the same loading as
 * any document: the survey with its questions, options and rows, then (on request) the responses. So
 * storing a wave again replaces it, and the journal and undo know of it.
 */
#include "survey/head.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Numbers only: what is hidden is not kept either. */
static void put_number(struct writer *w, const char *key, const char *text)
{
	if (text && (isdigit((unsigned char)*text) || *text == '-'))
		put_text(w, key, text);
}

/* A text on one line, without control characters. */
static const char *held(struct survey *s, const char *text)
{
	char *copy = text ? arena_strdup(s->arena, text) : NULL;

	for (char *p = copy; p && *p; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
	return copy;
}

/* ---------- the document ---------- */

static void put_options(struct survey *s, struct writer *w, const struct question *q)
{
	int64_t position = 0;

	if (q->kind == QUESTION_TEXT || q->options == 0)
		return;
	writer_list(w, "option");
	for (size_t i = 0; i < q->options; i++) {
		writer_map(w, NULL);
		put_whole(w, "position", ++position);
		put_text(w, "text", held(s, q->option[i].text));
		put_text(w, "tone", tone_name(q->option[i].tone));
		writer_end(w);
	}
	writer_end(w);
}

static void put_rows(struct survey *s, struct writer *w, const struct question *q,
        const struct survey_row *row, size_t n)
{
	int64_t number = 0;

	writer_list(w, "tally");
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		/* Verbatims belong to responses, which are kept only on request. */
		if (r->question != q->text || (r->note && str_starts(r->note, "quotation")))
			continue;
		writer_map(w, NULL);
		put_whole(w, "number", ++number);
		put_text(w, "break_by", held(s, r->break_by));
		put_text(w, "break_value", held(s, r->break_value));
		put_text(w, "answer", held(s, r->answer));
		put_number(w, "count", r->count);
		put_number(w, "base", r->base);
		put_number(w, "percent", r->percent);
		put_number(w, "low", r->low);
		put_number(w, "high", r->high);
		put_number(w, "base_weighted", r->base_weighted);
		put_number(w, "base_effective", r->base_effective);
		put_text(w, "note", held(s, r->note));
		writer_end(w);
	}
	writer_end(w);
}

/* A scale of the codebook that the store does not have is left out; the options say it all. */
static const char *known_scale(struct work *work, const char *scale)
{
	struct fault f = { 0 };
	const struct kind *kind = record_kind(work, "scale", &f);
	bool there = false;

	if (!scale || !kind || !record_exists(work, kind, scale, &there, &f) || !there)
		return NULL;
	return scale;
}

static void put_questions(struct survey *s, struct work *work, struct writer *w,
        const struct survey_row *row, size_t n)
{
	int64_t position = 0;

	writer_list(w, "question");
	for (size_t i = 0; i < s->questions; i++) {
		const struct question *q = &s->question[i];
		if (!q->tallied)
			continue;
		writer_map(w, NULL);
		put_text(w, "ref", q->ref);
		put_whole(w, "position", ++position);
		put_text(w, "text", held(s, q->text));
		put_text(w, "kind", kind_name(q->kind));
		put_text(w, "scale", known_scale(work, q->scale));
		put_text(w, "same_as", q->book ? q->book->same_as : NULL);
		put_options(s, w, q);
		put_rows(s, w, q, row, n);
		writer_end(w);
	}
	writer_end(w);
}

static void put_survey(struct survey *s, struct work *work, struct writer *w, const char *ref,
        const char *title, const struct survey_row *row, size_t n)
{
	const struct book *b = s->book;

	writer_list(w, "survey");
	writer_map(w, NULL);
	put_text(w, "ref", ref);
	if (title)
		put_text(w, "title", held(s, title));
	if (b) {
		put_text(w, "wave", b->wave);
		put_text(w, "opened", b->opened);
		put_text(w, "closed", b->closed);
		put_text(w, "commissioner", b->commissioner);
		put_text(w, "method", b->method);
	}
	put_whole(w, "invited", s->invited);
	put_whole(w, "received", s->received);
	put_whole(w, "declined", s->declined);
	put_text(w, "declined_reasons", held(s, survey_refusals(s)));
	put_whole(w, "used", s->counts.used);
	put_questions(s, work, w, row, n);
	writer_end(w);
	writer_end(w);
}

static bool load_text(struct work *work, struct buf *text, struct fault *fault)
{
	struct input *in = input_open_bytes("the tally", buf_text(text), text->n,
	        &(struct input_options){ .format = INPUT_YAML }, fault);
	struct load_counts counts = { 0 };
	struct fault end = { 0 };

	if (!in)
		return false;
	bool good = record_load(work, in, &(struct load_options){ 0 }, &counts, fault);
	input_close(in, &end);
	return good;
}

/* The codebook's title; else that which the stored survey has already (NULL: leave it); else the file's name. */
static bool title_of(
        struct survey *s, struct work *work, const char *ref, const char **title, struct fault *f)
{
	const struct kind *kind = record_kind(work, "survey", f);
	bool there = false;

	if (!kind || !record_exists(work, kind, ref, &there, f))
		return false;
	if (s->book && s->book->title)
		*title = s->book->title;
	else if (there)
		*title = NULL;
	return true;
}

bool survey_store(struct survey *s, struct work *work, const char *ref, const char *title,
        struct fault *fault)
{
	struct survey_row *row;
	struct buf text = { 0 };
	size_t n;

	if (s->nothing_shown || print_hides_all(s))
		return fault_set(fault, STATUS_DATA,
		        "%lld response%s too few to keep a tally of; lower --suppress",
		        (long long)s->counts.used, s->counts.used == 1 ? " is" : "s are");
	if (!ref_check(ref, fault) || !title_of(s, work, ref, &title, fault) ||
	        !survey_rows(s, &row, &n, fault))
		return false;
	struct out *out = out_open_memory(&text);
	struct writer *w = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	put_survey(s, work, w, ref, title, row, n);
	bool good =
	        writer_close(w, fault) && out_close(out, fault) && load_text(work, &text, fault);
	buf_free(&text);
	return good;
}

/* ---------- responses ---------- */

/* The answer as it counts: one text, several joined. Columns that identify people have no question. */
static const char *answer_text(struct survey *s, const struct question *q, const struct row *row)
{
	struct buf b = { 0 };
	const char *text = NULL;
	size_t n;

	for (size_t i = 0; i < q->columns; i++) {
		const struct survey_column *c = &s->column[q->column + i];
		if (c->cell >= row->n)
			continue;
		text = answer_cell(c, row, &n);
		if (q->columns == 1 || !*text || answer_unchecked(text))
			continue;
		buf_addf(&b, "%s%s", b.n ? ";" : "", q->option[q->map[i]].text);
	}
	if (q->columns > 1)
		text = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	if (text && q->kind == QUESTION_TEXT)
		text = quote_masked(s, text);
	else if (text && (q->kind == QUESTION_SINGLE || q->kind == QUESTION_MULTIPLE))
		text = option_shown(s, text);
	return str_empty(text) ? NULL : text;
}

void survey_response(struct survey *s, struct writer *w, const char *ref, const char *import,
        long line, const struct row *row)
{
	struct arena *keep = s->arena;

	s->arena = arena_new(); /* nothing of a response outlives it */
	writer_map(w, NULL);
	put_text(w, "survey", ref);
	put_whole(w, "line", line);
	put_text(w, "import", import);
	writer_list(w, "answer");
	for (size_t i = 0; i < s->questions; i++) {
		const struct question *q = &s->question[i];
		const char *text = q->tallied ? answer_text(s, q, row) : NULL;
		if (!text)
			continue;
		writer_map(w, NULL);
		put_text(w, "question", q->ref);
		put_text(w, "value", held(s, text));
		writer_end(w);
	}
	writer_end(w);
	writer_end(w);
	arena_free(s->arena);
	s->arena = keep;
}

/* ---------- themes given by hand ---------- */

/* One record a coded answer; themes of one answer are joined. The codes stand sorted. */
static void put_themes(struct survey *s, struct writer *w, const char *ref)
{
	struct buf themes = { 0 };

	writer_list(w, "theme_code");
	for (size_t i = 0, n; i < s->codes; i += n) {
		const struct code *first = &s->code[i];
		enum tone tone = TONE_NONE;
		buf_clear(&themes);
		for (n = 0; i + n < s->codes && s->code[i + n].line == first->line &&
		            s->code[i + n].column == first->column;
		        n++) {
			const struct code *code = &s->code[i + n];
			if (code->tone != TONE_NONE)
				tone = code->tone;
			if (code->theme)
				buf_addf(&themes, "%s%s", themes.n ? "; " : "", code->theme);
		}
		writer_map(w, NULL);
		put_text(w, "survey", ref);
		put_text(w, "question", s->column[first->column].ref);
		put_whole(w, "line", first->line);
		put_text(w, "theme", held(s, buf_text(&themes)));
		put_text(w, "tone", tone_name(tone));
		writer_end(w);
	}
	writer_end(w);
	buf_free(&themes);
}

bool survey_store_themes(struct survey *s, struct work *work, const char *ref, struct fault *fault)
{
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *w = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });

	put_themes(s, w, ref);
	bool good = writer_close(w, fault) && out_close(out, fault) &&
	            (s->codes == 0 || load_text(work, &text, fault));
	buf_free(&text);
	return good;
}

bool survey_forget_responses(struct work *work, const char *ref, struct fault *fault)
{
	const char *filter = arena_printf(work->arena, "survey=%s", ref), **refs;
	struct list_query query = { .kind = "response", .filter = &filter, .nfilter = 1 };
	size_t n;

	if (!record_refs(work, &query, &refs, &n, fault))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!record_remove(work, "response", refs[i], true, fault))
			return false;
	return true;
}

/* ---------- reading a stored wave ---------- */

/* All records of a kind that belong to the survey, as CSV. */
static bool list_kind(struct work *work, const char *kind, const char *ref,
        const char *const *column, size_t columns, struct buf *text, struct fault *fault)
{
	const char *filter = arena_printf(work->arena, "survey=%s", ref);
	struct list_query query = {
		.kind = kind, .filter = &filter, .nfilter = 1, .column = column, .ncolumn = columns
	};
	struct out *out = out_open_memory(text);
	struct writer *w = writer_new(FORMAT_CSV, out, &(struct writer_look){ 0 });
	size_t n;
	bool good = record_list(work, &query, LOOK_MACHINE, w, &n, fault);

	return writer_close(w, fault) && out_close(out, fault) && good;
}

static struct input *open_text(struct buf *text, struct fault *fault)
{
	return input_open_bytes("the store", buf_text(text), text->n,
	        &(struct input_options){ .format = INPUT_CSV }, fault);
}

/* The wording of each question beside its ref, so that waves are compared by either. */
static bool add_wordings(struct arena *a, struct buf *questions, struct survey_row **row, size_t *n,
        struct fault *fault)
{
	struct input *in = open_text(questions, fault);
	struct row r;
	enum step step = in ? rows_next(in, &r, fault) : STEP_FAILED;
	size_t had = *n;
	struct survey_row *all = NULL;
	size_t cap = 0, used = 0;

	while (step == STEP_ROW && (step = rows_next(in, &r, fault)) == STEP_ROW)
		for (size_t i = 0; i < had; i++) {
			if (!str_equal((*row)[i].question, r.cell[0].p))
				continue;
			all = mem_grow(all, &cap, used + 2, sizeof *all);
			all[used] = all[used + 1] = (*row)[i];
			all[used + 1].question = arena_strdup(a, r.cell[1].p);
			used += 2;
		}
	*row = arena_alloc(a, (used + 1) * sizeof **row);
	if (used)
		memcpy(*row, all, used * sizeof **row);
	*n = used;
	mem_free(all);
	struct fault end = { 0 };
	if (in)
		input_close(in, &end);
	return step != STEP_FAILED;
}

bool survey_stored(struct work *work, const char *text, const char **name, struct survey_row **row,
        size_t *n, struct fault *fault)
{
	static const char *const tally[] = { "question", "break_by", "break_value", "answer",
		"count", "base", "percent", "base_effective" };
	static const char *const question[] = { "ref", "text" };
	struct buf rows = { 0 }, questions = { 0 };
	const char *ref, *wave, *title;
	struct fault end = { 0 };

	if (!record_resolve(work, "survey", text, &ref, fault) ||
	        !record_get(work, "survey", ref, "wave", &wave, fault) ||
	        !record_get(work, "survey", ref, "title", &title, fault))
		return false;
	*name = !str_empty(wave) ? wave : ref;
	bool good = list_kind(work, "tally", ref, tally, COUNT(tally), &rows, fault) &&
	            list_kind(work, "question", ref, question, COUNT(question), &questions, fault);
	struct input *in = good ? open_text(&rows, fault) : NULL;
	good = in && survey_read_tally(in, work->arena, row, n, fault);
	if (in)
		input_close(in, &end);
	good = good && add_wordings(work->arena, &questions, row, n, fault);
	buf_free(&rows);
	buf_free(&questions);
	return good;
}
