/* SPDX-License-Identifier: MIT */
/* A document as plain text for a terminal or a mail: liblowdown's terminal renderer without escapes,
 * tables fitted to the page by io's writer, charts in block characters. */
#include <locale.h>
#include <string.h>
#include "io/io.h"
#include "report/tree/tree.h"

enum { LINE = 80, LINE_LEAST = 30 };

/* Of running text and charts: longer lines are hard to read. */
static int line_of(const struct document *doc)
{
	int columns = doc->columns > 0 ? doc->columns : LINE;

	return columns > LINE ? LINE : columns < LINE_LEAST ? LINE_LEAST : columns;
}

/* Of tables: as wide as the terminal is. */
static int columns_of(const struct document *doc)
{
	return doc->columns > LINE ? doc->columns : line_of(doc);
}

static bool put_table(const struct document *doc, const struct tree_table *table, struct buf *out,
        struct fault *f)
{
	struct out *to = out_open_memory(out);
	struct writer *writer =
	        writer_new(FORMAT_TEXT, to, &(struct writer_look){ columns_of(doc), false });
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
	size_t heading; /* where the words of the last one begin */
	struct fault *fault;
	bool ok;
};

/* A caption, over as many lines as it takes. */
static void add_wrapped(struct buf *out, const char *words, int line)
{
	int at = 0;

	while (*(words += strspn(words, " ")) != '\0') {
		size_t n = strcspn(words, " ");
		int width = text_width(words, n);

		if (at > 0)
			buf_addc(out, at + 1 + width > line ? '\n' : ' ');
		at = at > 0 && at + 1 + width <= line ? at + 1 + width : width;
		buf_add(out, words, n);
		words += n;
	}
}

static void put_object(struct text *text, struct mark m, struct buf *out)
{
	bool chart = m.letter == 'o';
	const struct chart *picture = chart ? text->tree->doc->object[m.a].chart : NULL;
	const struct tree_table *table = chart ? NULL : &text->tree->table[m.a];
	const char *caption = chart ? picture->title : table->look->caption;

	if (!str_empty(caption)) {
		add_wrapped(out, caption, line_of(text->tree->doc));
		buf_adds(out, "\n\n");
	}
	if (chart)
		chart_text(picture, line_of(text->tree->doc) - 2, out);
	else
		text->ok = put_table(text->tree->doc, table, out, text->fault) && text->ok;
}

/* A line beneath a heading, as long as its longest, by its level. */
static void underline(const struct text *text, size_t level, struct buf *out)
{
	static const char lines[] = { '=', '-', '~' };
	int most = 0;

	while (out->n > text->heading && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == ' '))
		out->p[--out->n] = '\0';
	for (const char *p = out->p + text->heading; *p != '\0';) {
		size_t n = strcspn(p, "\n");
		int width = text_width(p, n);

		most = width > most ? width : most;
		p += n + (p[n] == '\n');
	}
	buf_addc(out, '\n');
	for (int i = 0; i < most; i++)
		buf_addc(out, lines[level < COUNT(lines) ? level : COUNT(lines) - 1]);
	buf_addc(out, '\n');
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
	struct text *report = context;
	/* The paragraph's own margin goes; ours begin at the left edge. */
	while (fill_strip(out, " "))
		;
	if (m.letter == 'o' || m.letter == 't') {
		put_object(context, m, out);
		return fill_skip(fill_skip(rest, end, " "), end, "\n");
	}
	if (m.letter == 'H')
		underline(report, m.a, out);
	/* Turned pages mean nothing here. */
	rest = fill_skip(rest, end, "\n");
	if (m.letter == 'H')
		return rest;
	if (m.letter == 'h')
		report->heading = out->n;
	return fill_skip(rest, end, "\n");
}

/* liblowdown measures characters by the locale; the answer must not hang on the user's. */
static bool render(struct lowdown_buf *body, const struct lowdown_node *root, int line)
{
	const struct lowdown_opts options = {
		.type = LOWDOWN_TERM,
		.cols = (size_t)line + 3,
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
	ok = body != NULL && render(body, tree.root, line_of(doc));
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
