/* SPDX-License-Identifier: MIT */
/* A document as one self-contained HTML file: no scripts, nothing fetched, light, dark and print. */
#include <string.h>
#include "report/looks.h"
#include "report/tree/tree.h"

struct html {
	struct tree *tree;
	bool blank; /* the cell begun last has no words */
};

/* Whether a phone shows the whole of a table whose lines break where they may. */
static bool is_slim(const struct tree_table *table)
{
	size_t wide = 0;

	for (size_t i = 0; i < table->columns; i++)
		wide += (table->longest[i] < 18 ? table->longest[i] : 18) + 3;
	return wide <= 52;
}

static void open_table(const struct tree_table *table, size_t id, struct buf *out)
{
	const struct table_look *look = table->look;

	buf_addf(out, "<div class=\"scroll%s%s\" role=\"region\" tabindex=\"0\" ",
	        look->numbers ? " numbers" : "", is_slim(table) ? " slim" : "");
	if (str_empty(look->caption)) {
		buf_addf(out, "aria-label=\"Table %zu\">\n<table>\n", id + 1);
	} else {
		buf_addf(out, "aria-labelledby=\"table-%zu\">\n<table>\n<caption id=\"table-%zu\">",
		        id + 1, id + 1);
		markup_add(out, look->caption, strlen(look->caption));
		buf_adds(out, "</caption>\n");
	}
	if (look->nwidth > 0) {
		buf_adds(out, "<colgroup>");
		for (size_t i = 0; i < table->columns; i++)
			buf_addf(out, "<col style=\"width:%d%%\">",
			        i < look->nwidth ? look->width[i] : 0);
		buf_adds(out, "</colgroup>\n");
	}
	buf_adds(out, "<thead>\n");
}

/* Without words a cell is the heading of nothing. */
static const char *cell_tag(const struct html *html, const struct mark *m)
{
	return !html->blank && (m->b == 0 || m->c == 0) ? "th" : "td";
}

static void open_cell(struct html *html, struct mark m, struct buf *out)
{
	const struct tree_table *table = &html->tree->table[m.a];
	bool last = table->look->total && m.b + 1 == table->rows;

	while (fill_strip(out, "\n"))
		;
	buf_adds(out, m.b == 0 && m.c == 0 ? "\n\n" : "\n");
	if (m.b == 0 && m.c == 0)
		open_table(table, m.a, out);
	if (m.c == 0)
		buf_adds(out, last ? "<tr class=\"total\">\n" : "<tr>\n");
	buf_addc(out, '<');
	buf_adds(out, cell_tag(html, &m));
	buf_adds(out, html->blank ? ""
	              : m.b == 0  ? " scope=\"col\""
	              : m.c == 0  ? " scope=\"row\""
	                          : "");
	buf_adds(out, table->align[m.c] == ALIGN_RIGHT    ? " class=\"n\">"
	              : table->align[m.c] == ALIGN_CENTRE ? " class=\"m\">"
	                                                  : ">");
}

static void close_cell(struct html *html, struct mark m, struct buf *out)
{
	const struct tree_table *table = &html->tree->table[m.a];

	buf_adds(out, "</");
	buf_adds(out, cell_tag(html, &m));
	buf_addc(out, '>');
	if (m.c + 1 < table->columns)
		return;
	buf_adds(out, "\n</tr>");
	if (m.b == 0)
		buf_adds(out, "\n</thead>\n<tbody>");
	if (m.b + 1 == table->rows)
		buf_adds(out, "\n</tbody>\n</table>\n</div>\n");
}

static const char *put(
        void *context, struct mark m, struct buf *out, const char *rest, const char *end)
{
	static const struct {
		char letter;
		const char *tag;
	} inlines[] = { { 'i', "<ins>" }, { 'j', "</ins>" }, { 'd', "<del>" }, { 'f', "</del>" } };
	struct html *html = context;
	bool wrapped;

	for (size_t i = 0; i < COUNT(inlines); i++)
		if (m.letter == inlines[i].letter) {
			buf_adds(out, inlines[i].tag);
			return rest;
		}
	if (m.letter == 'e') {
		close_cell(html, m, out);
		return fill_skip(rest, end, "</p>");
	}
	wrapped = fill_strip(out, "<p>");
	if (m.letter == 'c') {
		html->blank = fill_skip(rest, end, MARK_OPEN "e") != rest;
		open_cell(html, m, out);
		return rest;
	}
	if (m.letter == 'o') {
		buf_adds(out, "<figure class=\"chart\" tabindex=\"0\">\n");
		chart_svg(html->tree->doc->object[m.a].chart, true, m.a + 1, out);
		buf_adds(out, "</figure>");
	} else if (m.letter == 'L') {
		buf_adds(out, "<section class=\"wide\">");
	} else if (m.letter == 'P') {
		buf_adds(out, "</section>");
	}
	return wrapped ? fill_skip(rest, end, "</p>") : rest;
}

static void head(const struct document *doc, struct buf *out)
{
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	        doc->lang);
	buf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	              "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
	              "form-action 'none'\">\n"
	              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	              "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	markup_add(out, doc->title, strlen(doc->title));
	buf_adds(out, "</title>\n<style>\n");
	buf_adds(out, look_page_css);
	buf_adds(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the "
	              "report</a>\n<main id=\"content\" tabindex=\"-1\"");
	/* Printed, its pages lie. */
	buf_adds(out, doc->landscape ? " class=\"wide\">\n" : ">\n");
}

static void put_logo(const struct logo *logo, struct buf *out)
{
	buf_addf(out, "<p class=\"logo\"><img width=\"%.0f\" height=\"%.0f\" alt=\"", logo->width,
	        logo->height);
	markup_add(out, logo->alt, strlen(logo->alt));
	buf_addf(out, "\" src=\"data:%s;base64,", logo->type);
	logo_add_base64(logo, out);
	buf_adds(out, "\"></p>\n");
}

bool document_html(struct document *doc, struct buf *out, struct fault *f)
{
	static const struct lowdown_opts options = {
		.type = LOWDOWN_HTML,
		.oflags = LOWDOWN_HTML_HEAD_IDS | LOWDOWN_HTML_SKIP_HTML | LOWDOWN_HTML_NUM_ENT,
	};
	struct tree tree;
	struct lowdown_buf *body = NULL;
	void *renderer = NULL;
	bool ok = tree_make(&tree, doc, TREE_MARKUP, f);

	if (!ok)
		goto out;
	body = lowdown_buf_new(65536);
	renderer = lowdown_html_new(&options);
	ok = body != NULL && renderer != NULL && lowdown_html_rndr(body, renderer, tree.root);
	if (!ok) {
		fault_set(f, STATUS_INTERNAL, "the report cannot be made into HTML");
		goto out;
	}
	/* What has been rendered makes room for what comes of it. */
	lowdown_node_free(tree.root);
	tree.root = NULL;
	struct html html = { .tree = &tree };
	head(doc, out);
	if (doc->logo != NULL)
		put_logo(doc->logo, out);
	tree_fill(body->data, body->size, &(struct filler){ put, &html }, out);
	buf_adds(out, "</main>\n</body>\n</html>\n");
out:
	if (renderer != NULL)
		lowdown_html_free(renderer);
	lowdown_buf_free(body);
	tree_free(&tree);
	return ok;
}
