/* SPDX-License-Identifier: MIT */
/* A document's text and marks, and its rendering as Markdown. */
#include <ctype.h>
#include <string.h>
#include "report/tree/tree-private.h"

static const struct {
	const char *name;
	enum report_format format;
} formats[] = {
	{ "md", REPORT_MD },
	{ "text", REPORT_TEXT },
	{ "html", REPORT_HTML },
	{ "odt", REPORT_ODT },
	{ "pdf", REPORT_PDF },
	{ "ms", REPORT_MS },
};

bool report_format_parse(const char *name, enum report_format *out)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (str_equal(name, formats[i].name)) {
			*out = formats[i].format;
			return true;
		}
	return false;
}

void document_start(struct document *doc, struct arena *arena)
{
	*doc = (struct document){ .arena = arena, .title = "", .lang = "en-GB", .today = DAY_NONE };
}

void document_finish(struct document *doc)
{
	buf_free(&doc->md);
	buf_free(&doc->old);
	mem_free(doc->object);
	doc->object = NULL;
	doc->nobject = doc->cap = 0;
}

static void mark(struct document *doc, struct buf *md, struct object object)
{
	doc->object = mem_grow(doc->object, &doc->cap, doc->nobject + 1, sizeof *doc->object);
	doc->object[doc->nobject] = object;
	buf_addf(md, "%s" MARK_OPEN "%zu" MARK_CLOSE "\n\n",
	        md->n == 0 || str_ends(md->p, "\n\n") ? ""
	        : str_ends(md->p, "\n")               ? "\n"
	                                              : "\n\n",
	        doc->nobject++);
}

void document_mark_table(struct document *doc, struct buf *md, const struct table_look *look)
{
	mark(doc, md, (struct object){ .table = look });
}

void document_mark_chart(struct document *doc, struct buf *md, const struct chart *chart)
{
	mark(doc, md, (struct object){ .chart = chart });
}

/* Calls each with every object's mark, the text between them going to out as it is. */
static void each_mark(const struct document *doc, const struct buf *md, struct buf *out,
        void (*each)(const struct object *, const char *mark, size_t n, struct buf *))
{
	const char *p = md->n == 0 ? "" : md->p, *end = p + md->n, *at, *close;

	while ((at = memmem(p, (size_t)(end - p), MARK_OPEN, 3)) != NULL &&
	        (close = memmem(at, (size_t)(end - at), MARK_CLOSE, 3)) != NULL) {
		size_t number = 0;

		for (const char *d = at + 3; d < close; d++)
			number = number * 10 + (size_t)(*d - '0');
		buf_add(out, p, (size_t)(at - p));
		if (number < doc->nobject)
			each(&doc->object[number], at, (size_t)(close + 3 - at), out);
		p = close + 3;
	}
	buf_add(out, p, (size_t)(end - p));
}

/* ---------- for the tree: the table of numbers after each chart ---------- */

static void expand_markup(const struct object *object, const char *mark, size_t n, struct buf *out)
{
	buf_add(out, mark, n);
	if (object->chart != NULL && !object->chart->counted_below) {
		buf_adds(out, "\n\n");
		chart_numbers(object->chart, out);
	}
}

static void expand_text(const struct object *object, const char *mark, size_t n, struct buf *out)
{
	buf_add(out, mark, n);
	if (object->chart != NULL && !object->chart->counted_below &&
	        !chart_text_complete(object->chart)) {
		buf_adds(out, "\n\n");
		chart_numbers(object->chart, out);
	}
}

static void expand_md(const struct object *object, const char *mark, size_t n, struct buf *out)
{
	(void)object;
	buf_add(out, mark, n);
}

void document_expand(
        const struct document *doc, const struct buf *md, enum tree_use use, struct buf *out)
{
	each_mark(doc, md, out,
	        use == TREE_TEXT ? expand_text
	        : use == TREE_MD ? expand_md
	                         : expand_markup);
}

/* ---------- Markdown ---------- */

/* A label may hold backticks: the fence has more of them than the text has in a row. */
static void add_fenced(const struct chart *chart, struct buf *out)
{
	struct buf text = { 0 };
	size_t run = 0, longest = 2;

	chart_text(chart, 76, &text);
	for (size_t i = 0; i < text.n; i++) {
		run = text.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		buf_addc(out, '`');
	buf_addf(out, "\n%s", buf_text(&text));
	for (size_t i = 0; i <= longest; i++)
		buf_addc(out, '`');
	buf_free(&text);
}

void document_mark_md(const struct object *object, struct buf *out)
{
	if (object->table != NULL) {
		if (!str_empty(object->table->caption)) {
			buf_adds(out, "*");
			markdown_add_escaped(out, object->table->caption, false);
			buf_adds(out, "*");
		}
		return;
	}
	buf_adds(out, "**");
	markdown_add_escaped(out, object->chart->title, false);
	buf_adds(out, "**\n\n");
	add_fenced(object->chart, out);
	if (!object->chart->counted_below && !chart_text_complete(object->chart)) {
		buf_adds(out, "\n\n");
		chart_numbers(object->chart, out);
	}
}

static void mark_md(const struct object *object, const char *mark, size_t n, struct buf *out)
{
	(void)mark;
	(void)n;
	document_mark_md(object, out);
}

void document_squeeze(struct buf *out, size_t from)
{
	size_t to = from, newlines = to == 0 ? 2 : 0;

	for (size_t i = from; i < out->n; i++) {
		newlines = out->p[i] == '\n' ? newlines + 1 : 0;
		if (newlines <= 2)
			out->p[to++] = out->p[i];
	}
	while (to > from + 1 && out->p[to - 1] == '\n' && out->p[to - 2] == '\n')
		to--;
	out->n = to;
	if (out->p != NULL)
		out->p[to] = '\0';
}

/* As the path that the store has, so that the picture is found where the report is kept with it. */
static void put_logo(const struct logo *logo, struct buf *out)
{
	static const char plain[] = "-._~/%";

	buf_adds(out, "![");
	markdown_add_escaped(out, logo->alt, false);
	buf_adds(out, "](");
	for (const char *p = logo->path; *p != '\0'; p++)
		if (isalnum((unsigned char)*p) || strchr(plain, *p) != NULL)
			buf_addc(out, *p);
		else
			buf_addf(out, "%%%02X", (unsigned char)*p);
	buf_adds(out, ")\n\n");
}

bool document_md(struct document *doc, struct buf *out, struct fault *f)
{
	size_t from = out->n;

	if (doc->logo != NULL)
		put_logo(doc->logo, out);
	if (doc->old.n > 0)
		return document_md_changes(doc, out, f);
	each_mark(doc, &doc->md, out, mark_md);
	if (out->n > from && out->p[out->n - 1] != '\n')
		buf_addc(out, '\n');
	document_squeeze(out, from);
	return true;
}
