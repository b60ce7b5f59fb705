/* SPDX-License-Identifier: MIT */
/* Tables of templates: columns, widths, filters, totals, small counts hidden. */
#include <math.h>
#include <string.h>
#include "report/template/template.h"
#include "stats/stats.h"

/* The share of the line that a column has which stands for several partnerships only. */
enum { ACROSS_WIDTH = 15 };

struct table {
	const struct rows *rows;
	size_t across;       /* the column that says which partnership; rows->ncolumn: none */
	enum filter *filter; /* one a column */
	bool *total, *hide, *numeric;
	const char **hidden_total; /* one a column: what stands for its total; NULL: it is shown */
	const char **hidden;       /* rows × columns: what stands for a small count; NULL: shown */
	bool any_total;
	struct table_look *look;
};

static bool column_of(const struct frame *frame, const struct block *block, const struct rows *rows,
        const char *name, size_t *out, struct fault *f)
{
	for (*out = 0; *out < rows->ncolumn; (*out)++)
		if (strcasecmp(rows->name[*out], name) == 0)
			return true;
	const char *near = text_nearest(name, rows->name, rows->ncolumn);
	fault_set(f, STATUS_CONFIG, "the query has no column %s", quote(name));
	if (near != NULL)
		fault_hint(f, "did you mean '%s'", near);
	else
		fault_hint(f, "use a name that it gives, such as '%s'", rows->name[0]);
	return template_fault(frame, block->line, f);
}

/* Marks the columns named in an attribute. */
static bool mark_columns(struct run *run, const struct frame *frame, const struct block *block,
        const char *name, const struct rows *rows, bool *marks, struct fault *f)
{
	const char *text;
	size_t column;

	if (!block_attribute(run, frame, block, name, &text, f))
		return false;
	if (text == NULL)
		return true;
	for (char **word = str_split(run->arena, text, ",", NULL); *word != NULL; word++) {
		if (!column_of(frame, block, rows, *word, &column, f))
			return false;
		marks[column] = true;
	}
	return true;
}

static bool read_widths(struct run *run, const struct frame *frame, const struct block *block,
        struct table_look *look, struct fault *f)
{
	const char *text;
	size_t n;

	if (!block_attribute(run, frame, block, "widths", &text, f))
		return false;
	if (text == NULL)
		return true;
	char **words = str_split(run->arena, text, ",", &n);
	int *width = arena_alloc(run->arena, (n + 1) * sizeof *width);
	for (size_t i = 0; i < n; i++) {
		struct fault ignored = { 0 };
		int64_t share;

		if (!number_parse(words[i], 1, 100, &share, &ignored)) {
			fault_set(f, STATUS_CONFIG,
			        "widths: %s is no share of the line; write 10,30,…",
			        quote(words[i]));
			return template_fault(frame, block->line, f);
		}
		width[i] = (int)share;
	}
	look->width = width;
	look->nwidth = n;
	return true;
}

/* across="Partnership": a column that says what all rows have in common unless the report is of several
 * partnerships stands only there. */
static bool read_across(struct run *run, const struct frame *frame, const struct block *block,
        struct table *t, struct rows *less, struct fault *f)
{
	const struct pair *partnership = frame_pair(run, frame, "partnership");
	const char *text;
	size_t column;

	t->across = t->rows->ncolumn;
	if (!block_attribute(run, frame, block, "across", &text, f))
		return false;
	if (text == NULL)
		return true;
	if (!column_of(frame, block, t->rows, text, &column, f))
		return false;
	if (partnership == NULL || partnership->value == NULL) {
		t->across = column;
		return true;
	}
	rows_without(run->arena, t->rows, column, less);
	t->rows = less;
	t->across = less->ncolumn;
	return true;
}

/* The widths are those of the other columns: they make room for one that says which partnership. */
static void make_room(struct run *run, const struct table *t)
{
	struct table_look *look = t->look;
	size_t n = look->nwidth;
	int *width = arena_alloc(run->arena, (n + 2) * sizeof *width);

	if (look->width == NULL || t->across > n || t->across == t->rows->ncolumn)
		return;
	for (size_t i = 0; i <= n; i++)
		width[i] =
		        i == t->across
		                ? ACROSS_WIDTH
		                : (look->width[i - (i > t->across)] * (100 - ACROSS_WIDTH) + 50) /
		                          100;
	look->width = width;
	look->nwidth = n + 1;
}

/* as="cost money, share percent" */
bool block_filters(struct run *run, const struct frame *frame, const struct block *block,
        const struct rows *rows, enum filter *filter, struct fault *f)
{
	const char *text;
	size_t column;

	if (!block_attribute(run, frame, block, "as", &text, f))
		return false;
	if (text == NULL)
		return true;
	for (char **word = str_split(run->arena, text, ",", NULL); *word != NULL; word++) {
		char *blank = strrchr(*word, ' ');
		enum filter found;

		if (blank == NULL || !filter_parse(blank + 1, strlen(blank + 1), &found)) {
			fault_set(f, STATUS_CONFIG,
			        "as: %s is no column and filter; write 'cost money'", quote(*word));
			return template_fault(frame, block->line, f);
		}
		*blank = '\0';
		if (!column_of(frame, block, rows, str_trim(*word), &column, f))
			return false;
		filter[column] = found;
	}
	return true;
}

static bool read_look(struct run *run, const struct frame *frame, const struct block *block,
        struct table *t, struct fault *f)
{
	static const char *const known[] = { "caption", "widths", "total", "empty", "page", "as",
		"hide", "heading", "across" };
	const struct rows *rows = t->rows;
	const char *page;

	t->look = arena_alloc(run->arena, sizeof *t->look);
	t->filter = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *t->filter);
	t->total = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *t->total);
	t->hide = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *t->hide);
	t->numeric = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *t->numeric);
	if (!block_known(frame, block, known, COUNT(known), f) ||
	        !block_attribute(run, frame, block, "caption", &t->look->caption, f) ||
	        !block_attribute(run, frame, block, "page", &page, f) ||
	        !read_widths(run, frame, block, t->look, f) ||
	        !mark_columns(run, frame, block, "total", rows, t->total, f) ||
	        !mark_columns(run, frame, block, "hide", rows, t->hide, f) ||
	        !block_filters(run, frame, block, rows, t->filter, f))
		return false;
	if (page != NULL && strcmp(page, "landscape") != 0) {
		fault_set(f, STATUS_CONFIG, "page: %s is no way to lie; write page=landscape",
		        quote(page));
		return template_fault(frame, block->line, f);
	}
	t->look->landscape = page != NULL;
	make_room(run, t);
	for (size_t i = 0; i < rows->ncolumn; i++) {
		t->numeric[i] = rows_numeric(rows, i);
		t->any_total = t->any_total || t->total[i];
	}
	t->look->total = t->any_total;
	return true;
}

/* A cell's text: escaped, or Markdown that the query has put together, on one line. */
static void add_cell_text(struct buf *md, const char *text, enum filter filter)
{
	struct buf line = { 0 };

	if (filter != FILTER_MARKDOWN) {
		markdown_add_escaped(md, text, true);
		return;
	}
	markdown_add_sanitised(&line, text);
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\n')
			buf_adds(md, "<br>");
		else if (line.p[i] == '|' && (i == 0 || line.p[i - 1] != '\\'))
			buf_adds(md, "\\|");
		else
			buf_addc(md, line.p[i]);
	}
	buf_free(&line);
}

static bool add_cell(struct run *run, const struct frame *frame, const struct table *t, size_t row,
        size_t column, struct fault *f)
{
	const struct value *v = rows_cell(t->rows, row, column);
	struct buf text = { 0 };
	bool ok;

	if (t->hidden != NULL && t->hidden[row * t->rows->ncolumn + column] != NULL) {
		markdown_add_escaped(run->md, t->hidden[row * t->rows->ncolumn + column], false);
		return true;
	}
	ok = value_add(run, frame, v, t->rows->decltype[column], t->filter[column], &text, f);
	if (ok)
		add_cell_text(run->md, buf_text(&text), t->filter[column]);
	buf_free(&text);
	return ok;
}

/* The sum of what is known of a column; what is not is said, since it is not nought. */
static bool add_total(struct run *run, const struct frame *frame, const struct table *t,
        size_t column, struct fault *f)
{
	struct value sum = { .type = 'i' };
	struct buf text = { 0 }, digits = { 0 };
	size_t unknown = 0;
	double real = 0;
	bool ok;

	if (t->hidden_total != NULL && t->hidden_total[column] != NULL) {
		markdown_add_escaped(run->md, t->hidden_total[column], false);
		return true;
	}
	for (size_t i = 0; i < t->rows->nrow; i++) {
		const struct value *v = rows_cell(t->rows, i, column);

		unknown += v->type == 'n';
		sum.number += v->type == 'i' ? v->number : 0;
		real += v->type == 'r' ? v->real : 0;
		sum.type = v->type == 'r' ? 'r' : sum.type;
	}
	if (unknown > 0 && unknown == t->rows->nrow) {
		buf_adds(run->md, "not known");
		return true;
	}
	sum.real = real + (double)sum.number;
	if (sum.type == 'r')
		buf_addf(&digits, "%.15g", sum.real);
	else
		buf_addf(&digits, "%lld", (long long)sum.number);
	sum.text = buf_text(&digits);
	ok = value_add(run, frame, &sum, t->rows->decltype[column], t->filter[column], &text, f);
	if (ok) {
		markdown_add_escaped(run->md, buf_text(&text), false);
		if (unknown > 0)
			buf_addf(run->md, "<br>(%zu not known)", unknown);
	}
	buf_free(&text);
	buf_free(&digits);
	return ok;
}

/* One column: its small counts, and others with them where they follow from its total. */
static void hide_column(
        struct table *t, size_t column, const struct stats_policy *policy, const char *symbol)
{
	const struct rows *rows = t->rows;
	struct stats_cells cells = { 0 };
	size_t *cell = mem_zalloc((rows->nrow + 1) * sizeof *cell), n = 0, total = 0;
	int64_t sum = 0;

	for (size_t r = 0; r < rows->nrow; r++)
		if (rows_cell(rows, r, column)->type == 'i') {
			cell[n++] = stats_cell(&cells, rows_cell(rows, r, column)->number,
			        STATS_PRINTED | STATS_SENSITIVE);
			sum += rows_cell(rows, r, column)->number;
		}
	if (n > 0 && t->total[column]) {
		total = stats_cell(&cells, sum, STATS_PRINTED | STATS_SENSITIVE | STATS_TOTAL);
		stats_sum(&cells, total, cell, n);
	}
	/* Where nothing is safe, nothing of the column is printed. */
	bool safe = n == 0 || stats_hide(&cells, policy);
	n = 0;
	for (size_t r = 0; r < rows->nrow; r++) {
		if (rows_cell(rows, r, column)->type != 'i')
			continue;
		enum stats_mark mark = cells.cell[cell[n++]].mark;
		if (!safe || mark != STATS_SHOWN)
			t->hidden[r * rows->ncolumn + column] =
			        safe && mark == STATS_SMALL ? symbol : "hidden";
	}
	if (n > 0 && t->total[column] && (!safe || cells.cell[total].mark != STATS_SHOWN))
		t->hidden_total[column] =
		        safe && cells.cell[total].mark == STATS_SMALL ? symbol : "hidden";
	mem_free(cell);
	stats_cells_free(&cells);
}

/* Where the count that a row stands on is hidden, so is what else the row says of so few: an area with
 * one notice would give away what one employer plans. A lone hidden row takes another with it, and the
 * column's total goes too, or it would follow from the rest. */
static void hide_with_base(struct table *t, size_t base, size_t column)
{
	const struct rows *rows = t->rows;
	size_t n = 0, other = rows->nrow;

	for (size_t r = 0; r < rows->nrow; r++) {
		const char **hidden = &t->hidden[r * rows->ncolumn + column];
		if (t->hidden[r * rows->ncolumn + base] != NULL && *hidden == NULL)
			*hidden = "hidden";
		n += *hidden != NULL;
		if (*hidden == NULL && rows_cell(rows, r, column)->type == 'i' &&
		        (other == rows->nrow || rows_cell(rows, r, column)->number <
		                                        rows_cell(rows, other, column)->number))
			other = r;
	}
	if (n == 1 && other < rows->nrow)
		t->hidden[other * rows->ncolumn + column] = "hidden";
	if (n > 0 && t->total[column] && t->hidden_total[column] == NULL)
		t->hidden_total[column] = "hidden";
}

/* In a public report small counts of the columns named in hide= give way to "<5"; the first of them is
 * the count that the others of its row stand on. */
static bool hide_small(struct run *run, const struct frame *frame, struct table *t, struct fault *f)
{
	const struct rows *rows = t->rows;
	const char *audience = NULL, *symbol = NULL;
	struct stats_policy policy = { 0 };
	bool any = false;

	for (size_t i = 0; i < rows->ncolumn; i++)
		any = any || t->hide[i];
	frame_find(run, frame, "audience", &audience);
	if (!any || (audience != NULL && strcmp(audience, "public") != 0))
		return true;
	if (!run_policy(run, &policy.threshold, &policy.hide_zero, &symbol, f))
		return false;
	t->hidden = arena_alloc(run->arena, (rows->nrow * rows->ncolumn + 1) * sizeof *t->hidden);
	t->hidden_total = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *t->hidden_total);
	size_t base = rows->ncolumn;
	for (size_t c = 0; c < rows->ncolumn; c++) {
		if (!t->hide[c])
			continue;
		hide_column(t, c, &policy, symbol);
		if (base == rows->ncolumn)
			base = c;
		else
			hide_with_base(t, base, c);
	}
	return true;
}

bool block_table(struct run *run, const struct frame *frame, const struct block *block,
        const struct rows *all, struct fault *f)
{
	struct table t = { .rows = all };
	struct rows less;
	struct buf *md = run->md;

	if (!read_across(run, frame, block, &t, &less, f) || !read_look(run, frame, block, &t, f) ||
	        !hide_small(run, frame, &t, f))
		return false;
	const struct rows *rows = t.rows;
	figure_add(run, frame, block->line, "table", t.look->caption, NULL, rows->nrow, block->sql,
	        block->nsql);
	if (rows->nrow == 0)
		return block_empty(run, frame, block, f);
	if (!block_heading(run, frame, block, f))
		return false;
	document_mark_table(&run->doc, md, t.look);
	for (size_t c = 0; c < rows->ncolumn; c++) {
		buf_adds(md, "| ");
		markdown_add_heading(md, rows->name[c]);
		buf_addc(md, ' ');
	}
	buf_adds(md, "|\n");
	for (size_t c = 0; c < rows->ncolumn; c++)
		buf_adds(md, t.numeric[c] ? "|--:" : "|---");
	buf_adds(md, "|\n");
	for (size_t r = 0; r < rows->nrow; r++) {
		for (size_t c = 0; c < rows->ncolumn; c++) {
			buf_adds(md, "| ");
			if (!add_cell(run, frame, &t, r, c, f))
				return template_fault(frame, block->line, f);
			buf_addc(md, ' ');
		}
		buf_adds(md, "|\n");
		if (md->n > OUTPUT_MAX) {
			fault_set(f, STATUS_CONFIG, "the report grows beyond %d MB; ask for less",
			        OUTPUT_MAX >> 20);
			return template_fault(frame, block->line, f);
		}
	}
	for (size_t c = 0; t.any_total && c < rows->ncolumn; c++) {
		buf_adds(md, "| ");
		if (t.total[c] && !add_total(run, frame, &t, c, f))
			return template_fault(frame, block->line, f);
		if (!t.total[c] && c == 0)
			buf_adds(md, "Total");
		buf_addc(md, ' ');
	}
	buf_adds(md, t.any_total ? "|\n\n" : "\n");
	return true;
}
