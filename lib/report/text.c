/* SPDX-License-Identifier: MIT */
/* A document as plain text for a terminal or a mail: liblowdown's terminal renderer without escapes,
 * tables fitted to the page by io's writer, charts in block characters. */
#include <locale.h>
#include <string.h>
#include "io/io.h"
#include "report/tree.h"

#define COLUMNS 80

static bool put_table(const struct tree_table *table, struct buf *out, struct fault *f)
{
	struct out *to = out_open_memory(out);
	struct writer *writer =
	        writer_new(FORMAT_TEXT, to, &(struct writer_look){ COLUMNS, false });
	struct out_column *columns = mem_zalloc((table->columns + 1) * sizeof *columns);
	bool ok;

	for (size_t i = 0; i < table->columns; i++)
		columns[i] = (struct out_column){ table->text[i],
			table->align[i] == ALIGN_RIGHT ? VALUE_NUMBER : VALUE_TEXT, true };
	writer_columns(writer, columns, table->columns);
	for (size_t i = table->columns; i < table->rows * table->columns; i++)
		writer_cell(writer, table->text[i], strlen(table->text[i]));
	ok = writer_close(writer, f);
	ok = out_close(to, ok ? f : NULL) && ok;
	mem_free(columns);
	return ok;
}

struct text {
	struct tree *tree;
	struct fault *fault;
	bool ok;
};

static void put_object(struct text *text, struct mark m, struct buf *out)
{
	bool chart = m.letter == 'o';
	const struct chart *picture = chart ? text->tree->doc->object[m.a].chart : NULL;
	const struct tree_table *table = chart ? NULL : &text->tree->table[m.a];
	const char *caption = chart ? picture->title : table->look->caption;

	if (!str_empty(caption))
		buf_addf(out, "%s\n\n", caption);
	if (chart)
		chart_text(picture, COLUMNS - 2, out);
	else
		text->ok = put_table(table, out, text->fault) && text->ok;
}

static const char *put(
        void *context, struct mark m, struct buf *out, const char *rest, const char *end)
{
	static const struct {
		char letter;
		const char *text;
	} inlines[] = { { 'i', "[+" }, { 'j', "+]" }, { 'd', "[-" }, { 'f', "-]" } };

	for (size_t i = 0; i < COUNT(inlines); i++)
		if (m.letter == inlines[i].letter) {
			buf_adds(out, inlines[i].text);
			return rest;
		}
	/* The paragraph's own margin goes; ours begin at the left edge. */
	while (fill_strip(out, " "))
		;
	if (m.letter == 'o' || m.letter == 't') {
		put_object(context, m, out);
		return fill_skip(fill_skip(rest, end, " "), end, "\n");
	}
	/* Turned pages mean nothing here. */
	rest = fill_skip(rest, end, "\n");
	return fill_skip(rest, end, "\n");
}

/* liblowdown measures characters by the locale; the answer must not hang on the user's. */
static bool render(struct lowdown_buf *body, const struct lowdown_node *root)
{
	static const struct lowdown_opts options = {
		.type = LOWDOWN_TERM,
		.cols = COLUMNS + 4,
		.hmargin = 0,
		.vmargin = 0,
		.oflags = LOWDOWN_TERM_NOANSI | LOWDOWN_TERM_NOCOLOUR,
	};
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;
	void *renderer = lowdown_term_new(&options);
	bool ok;

	if (utf8 != (locale_t)0)
		before = uselocale(utf8);
	ok = renderer != NULL && lowdown_term_rndr(body, renderer, root);
	if (utf8 != (locale_t)0) {
		uselocale(before);
		freelocale(utf8);
	}
	if (renderer != NULL)
		lowdown_term_free(renderer);
	return ok;
}

/* liblowdown indents all but headings by four columns and leaves blanks at line ends; neither is for
 * a mail or a terminal. */
static void dedent(const char *p, size_t n, struct buf *out)
{
	const char *end = n > 0 ? p + n : p, *stop, *last;

	for (; p < end; p = stop + (stop < end)) {
		stop = memchr(p, '\n', (size_t)(end - p));
		stop = stop == NULL ? end : stop;
		for (int i = 0; i < 4 && p < stop && *p == ' '; i++)
			p++;
		for (last = stop; last > p && last[-1] == ' '; last--)
			;
		buf_add(out, p, (size_t)(last - p));
		buf_addc(out, '\n');
	}
}

bool document_text(struct document *doc, struct buf *out, struct fault *f)
{
	struct tree tree;
	struct buf lines = { 0 };
	struct lowdown_buf *body = NULL;
	size_t from = out->n;
	bool ok = tree_make(&tree, doc, TREE_TEXT, f);

	if (!ok)
		goto out;
	body = lowdown_buf_new(65536);
	ok = body != NULL && render(body, tree.root);
	if (!ok) {
		fault_set(f, STATUS_INTERNAL, "the report cannot be made into text");
		goto out;
	}
	struct text text = { .tree = &tree, .fault = f, .ok = true };
	dedent(body->data, body->size, &lines);
	tree_fill(buf_text(&lines), lines.n, &(struct filler){ put, &text }, out);
	ok = text.ok;
	document_squeeze(out, from);
out:
	buf_free(&lines);
	lowdown_buf_free(body);
	tree_free(&tree);
	return ok;
}
