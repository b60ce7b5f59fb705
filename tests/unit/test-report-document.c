/* SPDX-License-Identifier: MIT */
/* Documents: what is escaped, what tables, links, headings and charts become. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "report/document.h"

struct paper {
	struct document doc;
	struct arena *arena;
	struct buf out;
	struct fault fault;
};

static void start(struct paper *p, const char *md)
{
	memset(p, 0, sizeof *p);
	p->arena = arena_new();
	document_start(&p->doc, p->arena);
	p->doc.title = "A & B";
	buf_adds(&p->doc.md, md);
}

static void finish(struct paper *p)
{
	document_finish(&p->doc);
	buf_free(&p->out);
	arena_free(p->arena);
}

static const char *html(struct paper *p)
{
	buf_clear(&p->out);
	assert_true(document_html(&p->doc, &p->out, &p->fault));
	return buf_text(&p->out);
}

#define HAS(text, part)   assert_non_null(strstr(text, part))
#define LACKS(text, part) assert_null(strstr(text, part))

static const char *escaped(struct buf *b, const char *text, bool lines)
{
	buf_clear(b);
	markdown_add_escaped(b, text, lines);
	return buf_text(b);
}

static void escapes(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(escaped(&b, "a|b `c` <script> *d* [e](f)", false),
	        "a\\|b \\`c\\` \\<script\\> \\*d\\* \\[e\\](f)");
	assert_string_equal(escaped(&b, "- item", false), "\\- item");
	assert_string_equal(escaped(&b, "-12.8", false), "-12.8");
	assert_string_equal(escaped(&b, "---", false), "\\---");
	assert_string_equal(escaped(&b, "2008. A year", false), "2008\\. A year");
	assert_string_equal(escaped(&b, "2.1 and 3", false), "2.1 and 3");
	assert_string_equal(escaped(&b, "  # no heading  ", false), "\\# no heading");
	assert_string_equal(escaped(&b, "one\ntwo", true), "one<br>two");
	assert_string_equal(escaped(&b, "one\ntwo", false), "one two");
	assert_string_equal(escaped(&b, "R&D &amp; x", false), "R\\&D \\&amp; x");
	/* A mark cannot be forged, a control character not smuggled in. */
	assert_string_equal(escaped(&b, "x" MARK_OPEN "0" MARK_CLOSE "y", false), "x\xef\xbf\xbd"
	                                                                          "0\xef\xbf\xbdy");
	assert_string_equal(
	        escaped(&b, "a\x1b[31mb\xff", false), "a\xef\xbf\xbd\\[31mb\xef\xbf\xbd");
	buf_free(&b);
}

static void stored_markdown(void **state)
{
	struct buf b = { 0 };

	(void)state;
	markdown_add_sanitised(&b, "# Aim\n\ntext <b>x</b> [a](javascript:alert(1)) "
	                           "[b](https://x.org)\n\n```\nopen fence");
	assert_string_equal(buf_text(&b), "### Aim\n\ntext \\<b>x\\</b> [a]\\(javascript:alert(1)) "
	                                  "[b](https://x.org)\n\n```\nopen fence\n```");
	/* Words behind a fence do not close it. */
	buf_clear(&b);
	markdown_add_sanitised(&b, "~~~~ x\n~~~\n~~~~](\n# no heading\n");
	assert_string_equal(buf_text(&b), "~~~~ x\n~~~\n~~~~](\n# no heading\n~~~~");
	buf_free(&b);
}

static void headings(void **state)
{
	struct paper p;

	(void)state;
	start(&p, "# Overdue\n\n## Overdue\n\n## Overdue-2\n\n## £\n");
	const char *t = html(&p);
	HAS(t, "<h1 id=\"overdue\">");
	HAS(t, "<h2 id=\"overdue-2\">");
	HAS(t, "<h2 id=\"overdue-2-2\">");
	HAS(t, "<h2 id=\"section\">");
	finish(&p);
}

static void links(void **state)
{
	struct paper p;

	(void)state;
	start(&p,
	        "[a](https://x.org/?a=1&b=2) [b](javascript:alert(1)) [c](JavaScript:x) "
	        "[d](data:text/html,x) [e](mailto:a@b.org) [f](#aims) [g](//x.org) <b>raw</b> "
	        "![pic](http://x.org/p.png) <http://x.org/)x>\n\n<div onclick=\"x\">block</div>\n");
	const char *t = html(&p);
	HAS(t, "<a href=\"https://x.org/?a=1&amp;b=2\">a</a> b c d");
	HAS(t, "<a href=\"mailto:a@b.org\">e</a>");
	HAS(t, "<a href=\"http://x.org/%29x\">http://x.org/)x</a>");
	HAS(t, "<a href=\"#aims\">f</a> g raw pic");
	LACKS(t, "<b>");
	LACKS(t, "<img");
	LACKS(t, "onclick");
	LACKS(t, "javascript:");
	finish(&p);
}

static void page(void **state)
{
	struct paper p;

	(void)state;
	start(&p, "# T\n\n- [ ] tick\n- [x] ticked\n");
	const char *t = html(&p);
	HAS(t, "<html lang=\"en-GB\">");
	HAS(t, "<title>A &amp; B</title>");
	HAS(t, "default-src 'none'");
	HAS(t, "href=\"#content\"");
	HAS(t, "☐ tick");
	HAS(t, "☑ ticked");
	LACKS(t, "<input");
	LACKS(t, "<script");
	finish(&p);
}

static void tables(void **state)
{
	static const int widths[] = { 20, 80 };
	static const struct table_look look = { "Costs <all>", widths, 2, true, true, false };
	struct paper p;

	(void)state;
	start(&p, "## Plan\n\n");
	document_mark_table(&p.doc, &p.doc.md, &look);
	buf_adds(&p.doc.md, "| Ref | Cost |\n|---|--:|\n| A1<br>*x* | £5 |\n| | £1 |\n| Total | £6 "
	                    "|\n\nAfter\n");
	const char *t = html(&p);
	HAS(t, "<section class=\"wide\">\n\n<h2 id=\"plan\">");
	HAS(t, "<caption id=\"table-1\">Costs &lt;all&gt;</caption>");
	HAS(t, "<col style=\"width:20%\">");
	HAS(t, "<th scope=\"col\">Ref</th>");
	HAS(t, "<th scope=\"col\" class=\"n\">Cost</th>");
	HAS(t, "<th scope=\"row\">A1<br/>\n<em>x</em></th>");
	HAS(t, "<tr class=\"total\">");
	/* A cell without words heads no row. */
	HAS(t, "<tr>\n<td></td>\n<td class=\"n\">£1</td>");
	HAS(t, "</section>");
	assert_true(strstr(t, "</section>") < strstr(t, "After"));
	LACKS(t, "\xee\x80");
	finish(&p);
}

/* Bookmarks hold the heading's words, not our marks. */
static void troff(void **state)
{
	struct paper p;

	(void)state;
	start(&p, "# The *plan* – 1\n\n| a |\n|---|\n| T}\\x |\n");
	assert_true(document_ms(&p.doc, NULL, &p.out, &p.fault));
	HAS(p.out.p, "\n.pdfhref O 1 The plan - 1\n");
	HAS(p.out.p, "\\m[accent]The plan – 1\\m[default]");
	HAS(p.out.p, "\nT{\n\\&\\x'-3p'T}\\ex\nT}\n");
	LACKS(p.out.p, "\xee\x80");
	finish(&p);
}

static void as_markdown(void **state)
{
	static const struct table_look look = { "Caption", NULL, 0, false, false, false };
	static const struct table_look bare = { NULL, NULL, 0, false, false, false };
	struct paper p;

	(void)state;
	start(&p, "# T\n\n");
	document_mark_table(&p.doc, &p.doc.md, &look);
	buf_adds(&p.doc.md, "| a |\n|---|\n| b |\n\n");
	document_mark_table(&p.doc, &p.doc.md, &bare);
	buf_adds(&p.doc.md, "| c |\n|---|\n| d |\n\n");
	assert_true(document_md(&p.doc, &p.out, &p.fault));
	assert_string_equal(buf_text(&p.out),
	        "# T\n\n*Caption*\n\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n");
	finish(&p);
}

static const char *const rows[] = { "B1 <learning>", "C1" };
static const char *const columns[] = { "open", "done" };

static struct chart chart_of(enum chart_kind kind, double *values)
{
	return (struct chart){ .kind = kind,
		.title = "A & B",
		.nlabel = 2,
		.nseries = 2,
		.label = (const char **)rows,
		.series = (const char **)columns,
		.value = values,
		.today = DAY_NONE };
}

static void charts(void **state)
{
	double values[] = { 3, NAN, 0, 1234.5 };
	struct chart_span spans[] = { { 0, 40, true, NULL }, { DAY_NONE, 50, false, NULL } };
	enum chart_tone tones[] = { TONE_NEGATIVE, TONE_POSITIVE };

	(void)state;
	for (int kind = CHART_BARS; kind <= CHART_GANTT; kind++) {
		struct chart c = chart_of((enum chart_kind)kind, values);
		struct buf one = { 0 }, two = { 0 };

		c.span = spans;
		c.tone = tones;
		c.nseries = kind == CHART_GANTT ? 0 : 2;
		chart_svg(&c, true, 1, &one);
		chart_svg(&c, true, 1, &two);
		assert_string_equal(buf_text(&one), buf_text(&two));
		HAS(one.p, "<title id=\"chart-1-title\">A &amp; B</title>");
		HAS(one.p, "<desc id=\"chart-1-about\">");
		HAS(one.p, "B1 &lt;learning&gt;");
		LACKS(one.p, "nan");
		LACKS(one.p, "inf");
		buf_clear(&one);
		chart_text(&c, 60, &one);
		HAS(buf_text(&one), kind == CHART_LINES ? "open" : "B1 <learning>");
		buf_clear(&one);
		chart_numbers(&c, &one);
		HAS(one.p, kind == CHART_GANTT ? "| 1 January 1970 | 10 February 1970 | done |"
		                               : "| B1 \\<learning\\> | 3 | not known |");
		buf_free(&one);
		buf_free(&two);
	}
}

static void numbers(void **state)
{
	struct buf b = { 0 };

	(void)state;
	chart_add_number(&b, 1234567, NULL);
	chart_add_number(&b, 27.8, "%");
	chart_add_number(&b, -1200, "£");
	chart_add_number(&b, 1200.5, "£");
	chart_add_number(&b, 0.04, NULL);
	chart_add_number(&b, NAN, "%");
	assert_string_equal(buf_text(&b), "1,234,56727.8%−£1,200£1,200.500not known");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(escapes),
		cmocka_unit_test(stored_markdown), cmocka_unit_test(headings),
		cmocka_unit_test(links), cmocka_unit_test(page), cmocka_unit_test(tables),
		cmocka_unit_test(troff), cmocka_unit_test(as_markdown), cmocka_unit_test(charts),
		cmocka_unit_test(numbers) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
