/* SPDX-License-Identifier: MIT */
/* Blocks: their attributes; lists, each and if. */
#include <string.h>
#include "report/template/template.h"

bool block_attribute(struct run *run, const struct frame *frame, const struct block *block,
        const char *name, const char **out, struct fault *f)
{
	*out = NULL;
	for (size_t i = 0; i < block->nattribute; i++) {
		struct buf text = { 0 };
		const char *value = block->attribute[i].value;
		bool ok;

		if (strcmp(block->attribute[i].name, name) != 0)
			continue;
		ok = expand_inline(run, frame, value, strlen(value), block->line, true, &text, f);
		*out = arena_strdup(run->arena, buf_text(&text));
		buf_free(&text);
		return ok;
	}
	return true;
}

bool block_known(const struct frame *frame, const struct block *block, const char *const *names,
        size_t n, struct fault *f)
{
	for (size_t i = 0; i < block->nattribute; i++) {
		const char *name = block->attribute[i].name, *near;
		size_t k = 0;

		while (k < n && strcmp(names[k], name) != 0)
			k++;
		if (k < n)
			continue;
		near = text_nearest(name, names, n);
		fault_set(f, STATUS_CONFIG, "%s has no %s=", block->kind, name);
		if (near != NULL)
			fault_hint(f, "did you mean %s=", near);
		return template_fault(frame, block->line, f);
	}
	return true;
}

/* The heading that stands only where there are rows: heading="## Words", or "Words". */
bool block_heading(
        struct run *run, const struct frame *frame, const struct block *block, struct fault *f)
{
	const char *text;
	size_t level;

	if (!block_attribute(run, frame, block, "heading", &text, f))
		return false;
	block_break(run->md);
	if (text == NULL)
		return true;
	level = strspn(text, "#");
	buf_addf(run->md, "%.*s ", level > 0 ? (int)level : 2, level > 0 ? text : "##");
	markdown_add_escaped(run->md, text + level + strspn(text + level, " "), false);
	buf_adds(run->md, "\n\n");
	return true;
}

/* What stands in place of a block without rows; where it would have had a heading of its own, nothing
 * does unless it is asked for. */
bool block_empty(
        struct run *run, const struct frame *frame, const struct block *block, struct fault *f)
{
	const char *text, *heading;

	if (!block_attribute(run, frame, block, "empty", &text, f) ||
	        !block_attribute(run, frame, block, "heading", &heading, f))
		return false;
	if (text == NULL && heading != NULL)
		return true;
	if (heading != NULL && !block_heading(run, frame, block, f))
		return false;
	block_break(run->md);
	if (text == NULL)
		buf_adds(run->md, "None.");
	else
		markdown_add_escaped(run->md, text, false);
	buf_adds(run->md, "\n\n");
	return true;
}

static bool run_list(struct run *run, const struct frame *frame, const struct block *block,
        const struct rows *rows, struct fault *f)
{
	static const char *const known[] = { "empty", "as", "heading" };
	enum filter *filter = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *filter);

	if (!block_known(frame, block, known, COUNT(known), f) ||
	        !block_filters(run, frame, block, rows, filter, f))
		return false;
	figure_add(
	        run, frame, block->line, "list", NULL, NULL, rows->nrow, block->sql, block->nsql);
	if (rows->nrow == 0)
		return block_empty(run, frame, block, f);
	if (!block_heading(run, frame, block, f))
		return false;
	for (size_t r = 0; r < rows->nrow; r++) {
		buf_adds(run->md, "- ");
		for (size_t c = 0; c < rows->ncolumn; c++) {
			struct buf text = { 0 };
			bool ok = value_add(run, frame, rows_cell(rows, r, c), rows->decltype[c],
			        filter[c], &text, f);

			if (ok && text.n > 0) {
				buf_adds(run->md, c == 0 ? "" : c == 1 ? " – *" : ", ");
				markdown_add_escaped(run->md, buf_text(&text), false);
				buf_adds(run->md, c == 1 ? "*" : "");
			}
			buf_free(&text);
			if (!ok)
				return template_fault(frame, block->line, f);
		}
		buf_addc(run->md, '\n');
	}
	buf_addc(run->md, '\n');
	return true;
}

static bool run_each(struct run *run, const struct frame *frame, const struct block *block,
        const struct rows *rows, struct fault *f)
{
	static const char *const known[] = { "empty", "heading" };
	struct frame inner = *frame;

	if (!block_known(frame, block, known, COUNT(known), f))
		return false;
	figure_add(
	        run, frame, block->line, "each", NULL, NULL, rows->nrow, block->sql, block->nsql);
	if (rows->nrow == 0) {
		const char *empty;

		if (!block_attribute(run, frame, block, "empty", &empty, f))
			return false;
		return empty == NULL || block_empty(run, frame, block, f);
	}
	inner.rows = rows;
	if (!block_heading(run, frame, block, f))
		return false;
	for (inner.row = 0; inner.row < rows->nrow; inner.row++) {
		if (!expand_body(run, &inner, block->rest, block->nrest, block->rest_line, f))
			return false;
		if (run->md->n > OUTPUT_MAX) {
			fault_set(f, STATUS_CONFIG, "the report grows beyond %d MB; ask for less",
			        OUTPUT_MAX >> 20);
			return template_fault(frame, block->line, f);
		}
	}
	return true;
}

static bool is_true(const struct rows *rows)
{
	if (rows->nrow == 0 || rows->ncolumn == 0)
		return false;
	const struct value *v = rows_cell(rows, 0, 0);
	struct fault ignored = { 0 };
	double real = 0;

	if (v->type == 't')
		return !str_empty(v->text) &&
		       (!number_parse_real(v->text, &real, &ignored) || real != 0);
	return v->type == 'i' ? v->number != 0 : v->type == 'r' && v->real != 0;
}

static const char *const kinds[] = { "table", "list", "each", "if", "bars", "columns", "lines",
	"stack", "likert", "gantt" };

bool block_is_kind(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strlen(kinds[i]) == n && memcmp(kinds[i], name, n) == 0)
			return true;
	return false;
}

static bool unknown_block(const struct frame *frame, const struct block *block, struct fault *f)
{
	const char *near = text_nearest(block->kind, kinds, COUNT(kinds));

	fault_set(f, STATUS_CONFIG, "%s is no kind of block", quote(block->kind));
	if (near != NULL)
		fault_hint(f, "did you mean '%s'", near);
	else
		fault_hint(f,
		        "use table, list, each, if, bars, columns, lines, stack, likert or gantt");
	return template_fault(frame, block->line, f);
}

bool block_run(
        struct run *run, const struct frame *frame, const struct block *block, struct fault *f)
{
	bool each = strcmp(block->kind, "each") == 0, condition = strcmp(block->kind, "if") == 0;
	bool table = strcmp(block->kind, "table") == 0, list = strcmp(block->kind, "list") == 0;
	enum chart_kind chart;
	struct rows rows;

	if (!each && !condition && !table && !list && !plot_kind(block->kind, &chart))
		return unknown_block(frame, block, f);
	if ((each || condition) && block->rest == NULL) {
		fault_set(f, STATUS_CONFIG, "%s has no Markdown; put it after a line of ---",
		        block->kind);
		return template_fault(frame, block->line, f);
	}
	if (each && frame->rows != NULL) {
		fault_set(f, STATUS_CONFIG, "blocks do not nest; write an include");
		return template_fault(frame, block->line, f);
	}
	if (!rows_read(run, frame, block->sql, block->nsql, block->line, &rows, f))
		return false;
	if (condition) {
		if (!is_true(&rows))
			return true;
		block_break(run->md);
		return expand_body(run, frame, block->rest, block->nrest, block->rest_line, f);
	}
	run->blocks++;
	run->filled += rows.nrow > 0;
	if (each)
		return run_each(run, frame, block, &rows, f);
	if (list)
		return run_list(run, frame, block, &rows, f);
	if (table)
		return block_table(run, frame, block, &rows, f);
	if (rows.nrow == 0)
		return block_empty(run, frame, block, f);
	return plot_run(run, frame, block, &rows, f);
}
