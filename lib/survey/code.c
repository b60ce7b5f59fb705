/* SPDX-License-Identifier: MIT */
/* Free answers coded by hand: the sheet that is filled in, and what it says when it comes back. */
#include "survey/head.h"

#include <stdlib.h>
#include <string.h>

enum { SHEET_LINE, SHEET_QUESTION, SHEET_THEME, SHEET_TONE, SHEET_COLUMNS };

/* ---------- reading ---------- */

static bool find_columns(struct survey *s, const struct row *row, size_t *at, struct fault *fault)
{
	static const char *const name[] = { "line", "question", "theme", "tone" };

	for (size_t k = 0; k < SHEET_COLUMNS; k++) {
		at[k] = NONE;
		for (size_t i = 0; i < row->n; i++)
			if (str_equal(text_key(s->arena, row->cell[i].p), name[k]))
				at[k] = i;
		if (at[k] == NONE && k != SHEET_TONE) {
			fault_set(fault, STATUS_CONFIG,
			        "is no coding sheet: it has no column '%s'; write one with "
			        "--explain --code",
			        name[k]);
			fault_place(fault, NULL, row->line, NULL);
			return false;
		}
	}
	return true;
}

static const char *cell_at(const struct row *row, size_t i)
{
	return i != NONE && i < row->n ? str_trim(row->cell[i].p) : "";
}

/* A row is one theme or several, joined by semicolons. */
static bool read_code(
        struct survey *s, const struct row *row, const size_t *at, struct fault *fault)
{
	struct survey_column from = { .separator = ";" };
	const char *themes = cell_at(row, at[SHEET_THEME]), *theme;
	const char *tone = cell_at(row, at[SHEET_TONE]);
	struct code code = { .column = NONE };
	int64_t line;
	size_t n;

	if (!*themes && !*tone)
		return true;
	if (!number_parse(cell_at(row, at[SHEET_LINE]), 1, INT32_MAX, &line, fault) ||
	        (*tone && !tone_parse(tone, &code.tone))) {
		if (*tone && code.tone == TONE_NONE)
			fault_set(fault, STATUS_CONFIG,
			        "%s is none of positive, neutral, negative, aside", quote(tone));
		fault->status = STATUS_CONFIG;
		fault_place(fault, NULL, row->line, NULL);
		return false;
	}
	code.line = (long)line;
	code.question = arena_strdup(s->arena, cell_at(row, at[SHEET_QUESTION]));
	bool any = false;
	while (split_next(&from, &themes, &theme, &n) || !any) {
		if (!any && !*cell_at(row, at[SHEET_THEME]))
			n = 0, theme = "";
		code.theme = n ? arena_strndup(s->arena, theme, n) : NULL;
		s->code = mem_grow(s->code, &s->code_cap, s->codes + 1, sizeof *s->code);
		s->code[s->codes++] = code;
		code.tone = TONE_NONE; /* the tone is the answer's, not each theme's */
		any = true;
	}
	return true;
}

bool survey_read_codes(struct survey *s, struct input *in, struct fault *fault)
{
	struct row row;
	size_t at[SHEET_COLUMNS];
	enum step step = rows_next(in, &row, fault);
	bool good = step == STEP_ROW && find_columns(s, &row, at, fault);

	if (step == STEP_END)
		fault_set(fault, STATUS_CONFIG, "there is nothing in it");
	while (good && (step = rows_next(in, &row, fault)) == STEP_ROW)
		good = read_code(s, &row, at, fault);
	good = good && step == STEP_END;
	if (!good)
		fault_place(fault, input_name(in), 0, NULL);
	return good;
}

/* ---------- counting ---------- */

static int by_place(const void *a, const void *b)
{
	const struct code *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

bool code_bind(struct survey *s, struct fault *fault)
{
	for (size_t i = 0; i < s->codes; i++) {
		struct code *code = &s->code[i];
		size_t n;
		if (i > 0 && str_equal(code->question, s->code[i - 1].question)) {
			code->column = s->code[i - 1].column;
			continue;
		}
		if (!column_named(s, code->question, &code->column, &n, fault)) {
			fault->status = STATUS_CONFIG;
			return false;
		}
		s->column[code->column].coded = true;
		s->column[code->column].mode = MODE_TEXT;
	}
	if (s->codes)
		qsort(s->code, s->codes, sizeof *s->code, by_place);
	return true;
}

void code_count(
        struct survey *s, struct survey_column *c, long line, int64_t response, double weight)
{
	struct code want = { .column = (size_t)(c - s->column), .line = line };
	size_t low = 0, high = s->codes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_place(&s->code[middle], &want) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < s->codes && by_place(&s->code[low], &want) == 0; low++) {
		const struct code *code = &s->code[low];
		if (code->theme)
			theme_add(s, c, code->theme, strlen(code->theme), response, weight);
		if (code->tone == TONE_NONE)
			continue;
		const char *tone = arena_printf(s->arena, "tone: %s", tone_name(code->tone));
		theme_add(s, c, tone, strlen(tone), response, weight);
	}
}

/* ---------- the sheet ---------- */

bool survey_sheet(struct survey *s, struct out *out, long line, const struct row *row)
{
	struct buf b = { 0 };

	if (!row) {
		out_text(out, "line,question,answer,theme,tone\n");
		return true;
	}
	for (size_t i = 0; i < s->questions; i++) {
		const struct question *q = &s->question[i];
		size_t at = s->column[q->column].cell;
		if (q->kind != QUESTION_TEXT || !q->tallied || at >= row->n)
			continue;
		const char *text = str_trim(row->cell[at].p);
		if (!*text)
			continue;
		const char *masked = quote_masked(s, text);
		buf_clear(&b);
		buf_addf(&b, "%ld,", line);
		csv_add_cell(&b, q->ref, strlen(q->ref), ',');
		buf_addc(&b, ',');
		csv_add_cell(&b, masked, strlen(masked), ',');
		buf_adds(&b, ",,\n");
		out_write(out, b.p, b.n);
	}
	buf_free(&b);
	return true;
}
