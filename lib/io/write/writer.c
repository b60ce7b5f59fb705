/* SPDX-License-Identifier: MIT */
/* One way to write tables and records; the formats are in delimited.c, table.c and tree.c. */
#include "io/write/writer.h"

#include <string.h>

static const char *const names[] = {
	[FORMAT_TEXT] = "text",
	[FORMAT_CSV] = "csv",
	[FORMAT_TSV] = "tsv",
	[FORMAT_YAML] = "yaml",
	[FORMAT_JSON] = "json",
	[FORMAT_MD] = "md",
	[FORMAT_REF] = "ref",
	[FORMAT_ADDRESSES] = "addresses",
};

bool format_parse(const char *name, enum format *format)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) {
			*format = (enum format)i;
			return true;
		}
	return false;
}

struct writer *writer_new(enum format format, struct out *out, const struct writer_look *look)
{
	struct writer *w = mem_zalloc(sizeof *w);
	w->format = format;
	w->out = out;
	w->arena = arena_new();
	if (look != NULL)
		w->look = *look;
	return w;
}

static bool is_tree(const struct writer *w)
{
	return w->format == FORMAT_YAML || w->format == FORMAT_JSON;
}

void writer_columns(struct writer *w, const struct out_column *columns, size_t n)
{
	w->column = arena_alloc(w->arena, n * sizeof *columns);
	for (size_t i = 0; i < n; i++) {
		w->column[i] = columns[i];
		w->column[i].name = arena_strdup(w->arena, columns[i].name);
	}
	w->column_n = n;
	w->cell = arena_alloc(w->arena, n * sizeof *w->cell);
	w->table = true;
	if (w->format == FORMAT_CSV || w->format == FORMAT_TSV)
		delimited_heading(w, w->format == FORMAT_CSV ? ',' : '\t');
	else if (is_tree(w))
		tree_open(w, NULL, true, false);
	bool email = false;
	for (size_t i = 0; i < n; i++)
		email = email || strcmp(columns[i].name, "email") == 0;
	if (w->format == FORMAT_ADDRESSES && !email)
		fault_set(&w->fault, STATUS_USAGE,
		        "there are no e-mail addresses here; list persons to get them");
}

const char *made_text(const struct writer *w, size_t i, size_t *n)
{
	*n = w->cell[i].n;
	return w->cell[i].known ? w->texts.p + w->cell[i].at : NULL;
}

static void tree_items(struct writer *w, const char *key, const char *texts, size_t n)
{
	tree_open(w, key, true, true);
	for (const char *item = texts; item < texts + n; item += strlen(item) + 1)
		tree_value(w, NULL, item, strlen(item), VALUE_TEXT);
	tree_end(w);
}

static void tree_row(struct writer *w)
{
	tree_open(w, NULL, false, true);
	for (size_t i = 0; i < w->column_n; i++) {
		size_t n;
		const char *text = made_text(w, i, &n);
		if (w->cell[i].list)
			tree_items(w, w->column[i].name, text, n);
		else
			tree_value(w, w->column[i].name, text, n, w->column[i].kind);
	}
	tree_end(w);
}

static void row(struct writer *w)
{
	switch (w->format) {
	case FORMAT_TEXT:
		text_row(w);
		break;
	case FORMAT_CSV:
	case FORMAT_TSV: /* written cell by cell */
		break;
	case FORMAT_YAML:
	case FORMAT_JSON:
		tree_row(w);
		break;
	case FORMAT_MD:
		md_row(w);
		break;
	case FORMAT_REF:
		refs_row(w);
		break;
	case FORMAT_ADDRESSES:
		addresses_row(w);
		break;
	}
	w->rows++;
	w->cell_n = 0;
	buf_clear(&w->texts);
}

static void cell_done(struct writer *w)
{
	if (w->cell_n == w->column_n)
		row(w);
}

static bool is_delimited(const struct writer *w)
{
	return w->format == FORMAT_CSV || w->format == FORMAT_TSV;
}

void writer_cell(struct writer *w, const char *text, size_t n)
{
	if (is_delimited(w)) {
		delimited_cell(w, text, n, w->format == FORMAT_CSV ? ',' : '\t');
		return;
	}
	w->cell[w->cell_n++] = (struct made_cell){
		.at = w->texts.n, .n = text != NULL ? n : 0, .known = text != NULL
	};
	if (text != NULL)
		buf_add(&w->texts, text, n);
	buf_addc(&w->texts, '\0');
	cell_done(w);
}

void writer_items(struct writer *w, const char *const *item, size_t n)
{
	struct made_cell cell = {
		.at = w->texts.n, .known = is_tree(w) || n > 0, .list = is_tree(w)
	};
	if (is_delimited(w)) {
		str_join(&w->texts, item, n);
		writer_cell(w, buf_text(&w->texts), w->texts.n);
		buf_clear(&w->texts);
		return;
	}
	for (size_t i = 0; cell.list && i < n; i++)
		buf_add(&w->texts, item[i], strlen(item[i]) + 1);
	if (!cell.list)
		str_join(&w->texts, item, n);
	cell.n = w->texts.n - cell.at;
	buf_addc(&w->texts, '\0');
	w->cell[w->cell_n++] = cell;
	cell_done(w);
}

void writer_cells(struct writer *w, const char *const *texts)
{
	for (size_t i = 0; i < w->column_n; i++)
		writer_cell(w, texts[i], texts[i] != NULL ? strlen(texts[i]) : 0);
}

void writer_document(struct writer *w)
{
	tree_document(w);
}

void writer_map(struct writer *w, const char *key)
{
	tree_open(w, key, false, false);
}

void writer_list(struct writer *w, const char *key)
{
	tree_open(w, key, true, false);
}

void writer_value(
        struct writer *w, const char *key, const char *text, size_t n, enum value_kind kind)
{
	tree_value(w, key, text, n, kind);
}

void writer_end(struct writer *w)
{
	tree_end(w);
}

bool writer_close(struct writer *w, struct fault *f)
{
	if (w->table && w->format == FORMAT_TEXT)
		text_close(w);
	else if (w->format == FORMAT_ADDRESSES && w->seen.n > 0)
		out_char(w->out, '\n');
	else if (!w->table || is_tree(w))
		tree_close(w);
	bool ok = w->fault.status == STATUS_OK;
	if (!ok)
		fault_set(f, w->fault.status, "%s", w->fault.text);
	buf_free(&w->texts);
	buf_free(&w->line);
	buf_free(&w->seen);
	arena_free(w->arena);
	mem_free(w);
	return ok;
}
