/* SPDX-License-Identifier: MIT */
/* Queries of templates: parameters bound, rows kept, figures noted. */
#include <string.h>
#include "report/template/template.h"

bool template_fault(const struct frame *frame, long line, struct fault *f)
{
	/* What the store itself cannot do is told as it is; the rest is the template's. */
	if (f->status != STATUS_AGAIN && f->status != STATUS_IO && f->status != STATUS_NOINPUT &&
	        f->status != STATUS_USAGE)
		f->status = STATUS_CONFIG;
	fault_place(f, frame->template->path, line, NULL);
	return false;
}

const struct pair *frame_pair(const struct run *run, const struct frame *frame, const char *name)
{
	for (size_t i = 0; i < frame->nparam; i++)
		if (strcmp(frame->param[i].name, name) == 0)
			return &frame->param[i];
	for (size_t i = 0; i < run->nbuiltin; i++)
		if (strcmp(run->builtin[i].name, name) == 0)
			return &run->builtin[i];
	return NULL;
}

static bool find_column(const struct rows *rows, const char *name, size_t *column)
{
	for (size_t i = 0; rows != NULL && i < rows->ncolumn; i++)
		if (strcasecmp(rows->name[i], name) == 0) {
			*column = i;
			return true;
		}
	return false;
}

const struct value *rows_cell(const struct rows *rows, size_t row, size_t column)
{
	return &rows->cell[row * rows->ncolumn + column];
}

bool frame_find(
        const struct run *run, const struct frame *frame, const char *name, const char **value)
{
	size_t column;

	if (find_column(frame->rows, name, &column)) {
		*value = rows_cell(frame->rows, frame->row, column)->text;
		return true;
	}
	const struct pair *pair = frame_pair(run, frame, name);
	if (pair != NULL)
		*value = pair->value;
	return pair != NULL;
}

static void bind_value(struct query *q, int at, const struct value *v)
{
	if (v->type == 'i')
		query_bind_int(q, at, v->number);
	else if (v->type == 'r')
		query_bind_real(q, at, v->real);
	else
		query_bind_text(q, at, v->text);
}

static bool unknown_parameter(
        const struct run *run, const struct frame *frame, const char *name, struct fault *f)
{
	const char *words[64], *near;
	size_t n = 0;

	for (size_t i = 0; i < frame->nparam && n < COUNT(words); i++)
		words[n++] = frame->param[i].name;
	for (size_t i = 0; i < run->nbuiltin && n < COUNT(words); i++)
		words[n++] = run->builtin[i].name;
	near = text_nearest(name, words, n);
	fault_set(f, STATUS_CONFIG, "':%s' is no parameter", name);
	if (near != NULL)
		fault_hint(f, "did you mean ':%s'", near);
	else
		fault_hint(f, "put 'param %s: DEFAULT' into the front matter", name);
	return false;
}

static bool bind_all(
        const struct run *run, const struct frame *frame, struct query *q, struct fault *f)
{
	for (int i = 1; i <= query_parameters(q); i++) {
		const char *name = query_parameter(q, i), *value;
		size_t column;

		if (str_empty(name))
			return fault_set(f, STATUS_CONFIG,
			        "parameters have names here; write :name instead of ?");
		if (find_column(frame->rows, name, &column))
			bind_value(q, i, rows_cell(frame->rows, frame->row, column));
		else if (frame_find(run, frame, name, &value))
			query_bind_text(q, i, value);
		else
			return unknown_parameter(run, frame, name, f);
	}
	return true;
}

static void name_columns(struct run *run, struct query *q, struct rows *rows)
{
	rows->ncolumn = (size_t)query_columns(q);
	rows->name = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *rows->name);
	rows->decltype = arena_alloc(run->arena, (rows->ncolumn + 1) * sizeof *rows->decltype);
	for (size_t i = 0; i < rows->ncolumn; i++) {
		rows->name[i] = arena_strdup(run->arena, query_name(q, (int)i));
		rows->decltype[i] = arena_strdup(run->arena, query_decltype(q, (int)i));
	}
}

static void keep_row(struct run *run, struct query *q, struct rows *rows, size_t *cap)
{
	size_t n = rows->ncolumn;

	rows->cell = mem_grow(rows->cell, cap, (rows->nrow + 1) * n, sizeof *rows->cell);
	for (size_t i = 0; i < n; i++) {
		struct value *v = &rows->cell[rows->nrow * n + i];

		v->type = query_value_type(q, (int)i);
		v->number = v->type == 'i' ? query_int(q, (int)i) : 0;
		v->real = v->type == 'r' ? query_real(q, (int)i) : 0;
		v->text = arena_strdup(run->arena, query_text(q, (int)i));
	}
	rows->nrow++;
}

bool rows_read(struct run *run, const struct frame *frame, const char *sql, size_t n, long line,
        struct rows *rows, struct fault *f)
{
	struct query *q = NULL;
	struct value *grown;
	size_t cap = 0;
	int step = -1;

	*rows = (struct rows){ 0 };
	if (++run->queries > QUERIES_MAX) {
		fault_set(f, STATUS_CONFIG,
		        "the report asks more than %d queries; ask for less in each", QUERIES_MAX);
		return template_fault(frame, line, f);
	}
	q = store_prepare(run->store, arena_strndup(run->arena, sql, n), f);
	if (q != NULL && bind_all(run, frame, q, f)) {
		name_columns(run, q, rows);
		while ((step = query_step(q, f)) > 0) {
			if (rows->nrow == ROWS_MAX) {
				fault_set(f, STATUS_CONFIG,
				        "the query gives more than %d rows; add a LIMIT", ROWS_MAX);
				step = -1;
				break;
			}
			keep_row(run, q, rows, &cap);
		}
	}
	if (q != NULL)
		query_done(q);
	/* Rows grow on the heap and live in the arena, so that no caller need free them. */
	grown = rows->cell;
	if (rows->nrow > 0) {
		rows->cell =
		        arena_alloc(run->arena, rows->nrow * rows->ncolumn * sizeof *rows->cell);
		memcpy(rows->cell, grown, rows->nrow * rows->ncolumn * sizeof *rows->cell);
	}
	mem_free(grown);
	return step == 0 || template_fault(frame, line, f);
}

/* "38%", "+24.3", "£1,200": a number in its dress. */
static bool is_dressed(const char *text)
{
	const char *p = text;

	while (*p == '+' || *p == '-' || str_starts(p, "−") || str_starts(p, "£"))
		p += *p == '+' || *p == '-' ? 1 : str_starts(p, "£") ? 2 : 3;
	size_t digits = strspn(p, "0123456789,.");
	const char *end = p + digits;
	return digits > 0 && *p >= '0' && *p <= '9' &&
	       (str_equal(end, "%") || (p > text && *end == '\0'));
}

/* What stands where a number is not told. */
static bool is_hidden(const char *text)
{
	return str_equal(text, "hidden") || *text == '<';
}

bool rows_numeric(const struct rows *rows, size_t column)
{
	const char *type = rows->decltype[column];
	bool any = false;

	if (type != NULL)
		return (str_starts(type, "INTEGER") && !str_ends(type, "BOOL")) ||
		       str_starts(type, "REAL");
	for (size_t i = 0; i < rows->nrow; i++) {
		const struct value *v = rows_cell(rows, i, column);
		bool number =
		        v->type == 'i' || v->type == 'r' || (v->type == 't' && is_dressed(v->text));

		if (!number && v->type != 'n' && !(v->type == 't' && is_hidden(v->text)))
			return false;
		any = any || number;
	}
	return any;
}

void figure_add(struct run *run, const struct frame *frame, long line, const char *what,
        const char *title, const char *value, size_t rows, const char *sql, size_t n)
{
	run->figure =
	        mem_grow(run->figure, &run->figure_cap, run->nfigure + 1, sizeof *run->figure);
	char *query = arena_strndup(run->arena, sql, n);
	run->figure[run->nfigure++] = (struct report_figure){
		.place = arena_printf(run->arena, "%s:%ld", frame->template->path, line),
		.what = what,
		.title = arena_strdup(run->arena, title),
		.value = arena_strdup(run->arena, value),
		.rows = (int64_t)rows,
		.query = str_trim(query),
	};
}

void rows_without(struct arena *a, const struct rows *rows, size_t column, struct rows *less)
{
	size_t n = rows->ncolumn - 1;

	*less = (struct rows){ .ncolumn = n, .nrow = rows->nrow };
	less->name = arena_alloc(a, (n + 1) * sizeof *less->name);
	less->decltype = arena_alloc(a, (n + 1) * sizeof *less->decltype);
	less->cell = arena_alloc(a, (rows->nrow * n + 1) * sizeof *less->cell);
	for (size_t c = 0; c < n; c++) {
		size_t from = c + (c >= column);
		less->name[c] = rows->name[from];
		less->decltype[c] = rows->decltype[from];
		for (size_t r = 0; r < rows->nrow; r++)
			less->cell[r * n + c] = *rows_cell(rows, r, from);
	}
}
