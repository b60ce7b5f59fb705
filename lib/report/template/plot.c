/* SPDX-License-Identifier: MIT */
/* Rows of a query as a chart: a label, then a column a series; or label, series and value a row. */
#include <math.h>
#include <string.h>
#include "report/template/template.h"

static const char *const kinds[] = { [CHART_BARS] = "bars",
	[CHART_COLUMNS] = "columns",
	[CHART_LINES] = "lines",
	[CHART_STACK] = "stack",
	[CHART_LIKERT] = "likert",
	[CHART_GANTT] = "gantt" };

bool plot_kind(const char *name, enum chart_kind *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i], name) == 0) {
			*out = (enum chart_kind)i;
			return true;
		}
	return false;
}

#define LABELS_MAX 1000
#define SERIES_MAX 24

struct plot {
	struct run *run;
	const struct frame *frame;
	const struct block *block;
	const struct rows *rows;
	struct chart *chart;
	enum filter *filter; /* one a column; of labels and series, numbers have their unit */
};

static bool refuse(const struct plot *p, struct fault *f)
{
	return template_fault(p->frame, p->block->line, f);
}

static const char *words_of(const struct plot *p, size_t row, size_t column, struct fault *f)
{
	struct buf text = { 0 }, clean = { 0 };
	const char *out = NULL;

	if (value_add(p->run, p->frame, rows_cell(p->rows, row, column), p->rows->decltype[column],
	            p->filter[column], &text, f)) {
		markdown_add_clean(&clean, buf_text(&text), text.n);
		for (size_t i = 0; i < clean.n; i++)
			if (clean.p[i] == '\n' || clean.p[i] == '\t')
				clean.p[i] = ' ';
		out = arena_strdup(p->run->arena, clean.n == 0 ? "not known" : buf_text(&clean));
	}
	buf_free(&text);
	buf_free(&clean);
	return out;
}

static bool number_of(const struct plot *p, size_t row, size_t column, double *out, struct fault *f)
{
	const struct value *v = rows_cell(p->rows, row, column);
	struct fault ignored = { 0 };

	*out = v->type == 'i' ? (double)v->number : v->type == 'r' ? v->real : NAN;
	if (v->type == 'i' && p->rows->decltype[column] != NULL &&
	        str_ends(p->rows->decltype[column], "PENCE"))
		*out /= 100;
	if (v->type == 'n' || !isnan(*out))
		return true;
	if (v->type == 't' && number_parse_real(v->text, out, &ignored))
		return true;
	fault_set(f, STATUS_CONFIG, "%s in column %s is no number; a chart needs numbers",
	        quote(v->text), quote(p->rows->name[column]));
	return refuse(p, f);
}

/* The place of a text among those seen, in order of coming; put there when new. */
static size_t place_of(const char **seen, size_t *n, size_t most, const char *text)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(seen[i], text) == 0)
			return i;
	if (*n == most)
		return most;
	seen[*n] = text;
	return (*n)++;
}

static bool too_many(const struct plot *p, struct fault *f)
{
	fault_set(f, STATUS_CONFIG,
	        "a chart takes at most %d labels and %d series; group them in the query",
	        LABELS_MAX, SERIES_MAX);
	return refuse(p, f);
}

static bool tone_parse(const char *word, enum chart_tone *out)
{
	static const char *const tones[] = { "positive", "neutral", "negative", "aside" };

	for (size_t i = 0; i < COUNT(tones); i++)
		if (str_equal(word, tones[i])) {
			*out = (enum chart_tone)i;
			return true;
		}
	return false;
}

/* label, series, value[, tone] */
static bool read_long(struct plot *p, enum chart_tone *tone, struct fault *f)
{
	struct chart *c = p->chart;
	const struct rows *rows = p->rows;

	for (size_t r = 0; r < rows->nrow; r++) {
		const char *label = words_of(p, r, 0, f), *series = words_of(p, r, 1, f);

		if (label == NULL || series == NULL)
			return refuse(p, f);
		if (place_of(c->label, &c->nlabel, LABELS_MAX, label) == LABELS_MAX ||
		        place_of(c->series, &c->nseries, SERIES_MAX, series) == SERIES_MAX)
			return too_many(p, f);
	}
	c->value = arena_alloc(p->run->arena, (c->nlabel * c->nseries + 1) * sizeof *c->value);
	for (size_t i = 0; i < c->nlabel * c->nseries; i++)
		c->value[i] = NAN;
	for (size_t r = 0; r < rows->nrow; r++) {
		size_t at = place_of(c->label, &c->nlabel, LABELS_MAX, words_of(p, r, 0, f));
		size_t k = place_of(c->series, &c->nseries, SERIES_MAX, words_of(p, r, 1, f));

		if (!number_of(p, r, 2, &c->value[at * c->nseries + k], f))
			return false;
		if (rows->ncolumn > 3)
			tone_parse(rows_cell(rows, r, 3)->text, &tone[k]);
	}
	return true;
}

/* label, then a column a series */
static bool read_wide(struct plot *p, struct fault *f)
{
	struct chart *c = p->chart;
	const struct rows *rows = p->rows;

	if (rows->nrow > LABELS_MAX || rows->ncolumn - 1 > SERIES_MAX)
		return too_many(p, f);
	c->nlabel = rows->nrow;
	c->nseries = rows->ncolumn - 1;
	c->value = arena_alloc(p->run->arena, (c->nlabel * c->nseries + 1) * sizeof *c->value);
	for (size_t k = 0; k < c->nseries; k++)
		c->series[k] = rows->name[k + 1];
	for (size_t r = 0; r < rows->nrow; r++) {
		c->label[r] = words_of(p, r, 0, f);
		if (c->label[r] == NULL)
			return refuse(p, f);
		for (size_t k = 0; k < c->nseries; k++)
			if (!number_of(p, r, k + 1, &c->value[r * c->nseries + k], f))
				return false;
	}
	return true;
}

/* Without tones the answers are taken to run from the negative end to the positive, an odd one in
 * the middle being neutral. */
static bool read_tones(struct plot *p, enum chart_tone *tone, bool given, struct fault *f)
{
	const char *text;
	size_t n, half = p->chart->nseries / 2;

	if (!block_attribute(p->run, p->frame, p->block, "tones", &text, f))
		return false;
	if (text == NULL && given)
		return true;
	for (size_t k = 0; text == NULL && k < p->chart->nseries; k++)
		tone[k] = k < half                                  ? TONE_NEGATIVE
		          : k == half && p->chart->nseries % 2 == 1 ? TONE_NEUTRAL
		                                                    : TONE_POSITIVE;
	if (text == NULL)
		return true;
	char **words = str_split(p->run->arena, text, ",", &n);
	for (size_t k = 0; k < n && k < p->chart->nseries; k++)
		if (!tone_parse(words[k], &tone[k])) {
			fault_set(f, STATUS_CONFIG,
			        "tones: %s is no tone; use positive, neutral, negative or aside",
			        quote(words[k]));
			return refuse(p, f);
		}
	if (n == p->chart->nseries)
		return true;
	fault_set(f, STATUS_CONFIG, "tones: there are %zu for %zu answers", n, p->chart->nseries);
	return refuse(p, f);
}

static bool day_of(const struct plot *p, size_t row, size_t column, day_t *out, struct fault *f)
{
	const struct value *v = rows_cell(p->rows, row, column);
	struct fault ignored = { 0 };
	char day[11];

	*out = DAY_NONE;
	if (v->type == 'n' || str_empty(v->text))
		return true;
	snprintf(day, sizeof day, "%.10s", v->text);
	if (v->type == 't' && day_parse(day, ORDER_YMD, 0, out, &ignored))
		return true;
	fault_set(f, STATUS_CONFIG, "%s in column %s is no date; a timeline needs dates",
	        quote(v->text), quote(p->rows->name[column]));
	return refuse(p, f);
}

/* label, start, finish[, done] */
static bool read_spans(struct plot *p, struct fault *f)
{
	struct chart *c = p->chart;
	const struct rows *rows = p->rows;
	struct chart_span *span;
	const char *today = NULL;
	struct fault ignored = { 0 };

	if (rows->ncolumn < 3) {
		fault_set(f, STATUS_CONFIG,
		        "a gantt takes a label, a start, a finish and, if need be, "
		        "whether it is done");
		return refuse(p, f);
	}
	if (rows->nrow > LABELS_MAX)
		return too_many(p, f);
	c->nlabel = rows->nrow;
	c->span = span = arena_alloc(p->run->arena, rows->nrow * sizeof *span);
	for (size_t r = 0; r < rows->nrow; r++) {
		c->label[r] = words_of(p, r, 0, f);
		if (c->label[r] == NULL || !day_of(p, r, 1, &span[r].start, f) ||
		        !day_of(p, r, 2, &span[r].finish, f))
			return refuse(p, f);
		span[r].done = rows->ncolumn > 3 && rows_cell(rows, r, 3)->type == 'i' &&
		               rows_cell(rows, r, 3)->number != 0;
	}
	frame_find(p->run, p->frame, "today", &today);
	if (today == NULL || !day_parse(today, ORDER_YMD, 0, &c->today, &ignored))
		c->today = DAY_NONE;
	return true;
}

static bool all_text(const struct rows *rows, size_t column)
{
	for (size_t r = 0; r < rows->nrow; r++)
		if (rows_cell(rows, r, column)->type != 't')
			return false;
	return true;
}

bool plot_run(struct run *run, const struct frame *frame, const struct block *block,
        const struct rows *rows, struct fault *f)
{
	static const char *const known[] = { "title", "unit", "tones", "empty", "numbers", "as",
		"heading" };
	const char *numbers;
	struct chart *c = arena_alloc(run->arena, sizeof *c);
	enum chart_tone *tone = arena_alloc(run->arena, SERIES_MAX * sizeof *tone);
	enum filter *filter = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *filter);
	struct plot p = { run, frame, block, rows, c, filter };
	bool tall;

	if (!block_known(frame, block, known, COUNT(known), f) ||
	        !block_filters(run, frame, block, rows, filter, f) ||
	        !block_attribute(run, frame, block, "title", &c->title, f) ||
	        !block_attribute(run, frame, block, "unit", &c->unit, f) ||
	        !block_attribute(run, frame, block, "numbers", &numbers, f))
		return false;
	c->counted_below = str_equal(numbers, "below");
	if (!str_empty(numbers) && !c->counted_below) {
		fault_set(f, STATUS_CONFIG, "numbers: write numbers=below, or leave it out");
		return template_fault(frame, block->line, f);
	}
	plot_kind(block->kind, &c->kind);
	if (c->title == NULL) {
		fault_set(f, STATUS_CONFIG, "a chart needs a title; write title=\"…\"");
		return template_fault(frame, block->line, f);
	}
	if (rows->ncolumn < 2) {
		fault_set(f, STATUS_CONFIG,
		        "a chart takes a label and at least one column of numbers");
		return template_fault(frame, block->line, f);
	}
	c->heading = rows->name[0];
	c->label = arena_alloc(run->arena, (rows->nrow + 1) * sizeof *c->label);
	c->series = arena_alloc(run->arena, (SERIES_MAX + rows->ncolumn) * sizeof *c->series);
	c->tone = tone;
	tall = rows->ncolumn > 2 && c->kind != CHART_GANTT && all_text(rows, 1);
	if (c->kind == CHART_GANTT ? !read_spans(&p, f)
	        : tall             ? !read_long(&p, tone, f)
	                           : !read_wide(&p, f))
		return false;
	if (c->kind == CHART_LIKERT && !read_tones(&p, tone, tall && rows->ncolumn > 3, f))
		return false;
	figure_add(run, frame, block->line, block->kind, c->title, NULL, rows->nrow, block->sql,
	        block->nsql);
	if (!block_heading(run, frame, block, f))
		return false;
	document_mark_chart(&run->doc, run->md, c);
	return true;
}
