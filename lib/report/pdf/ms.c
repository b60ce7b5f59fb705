/* SPDX-License-Identifier: MIT */
/* A document as troff ms: liblowdown's own text with our tables, pictures and turned pages. */
#include <string.h>
#include "report/looks.h"
#include "report/tree/tree.h"

struct ms {
	struct tree *tree;
	const char *pictures; /* the folder where chart-N.pdf are; NULL: none are placed */
	bool heading;         /* the words are those of one */
	double *width;        /* of the columns of the table that is being written, cm */
};

/* liblowdown begins each paragraph with a request of its own, which our output replaces. */
static void strip_paragraph(struct buf *out)
{
	if (!fill_strip(out, ".LP\n") && !fill_strip(out, ".PP\n"))
		fill_strip(out, ".IP\n");
}

static bool in_request(const struct buf *out)
{
	size_t at = out->n;

	while (at > 0 && out->p[at - 1] != '\n')
		at--;
	return at < out->n && out->p[at] == '.';
}

/* ---------- tables: tbl ---------- */

static void put_format(
        const struct ms *ms, const struct tree_table *table, bool bold, struct buf *out)
{
	for (size_t i = 0; i < table->columns; i++)
		buf_addf(out, "%s%c%sp9v12w(%.2fc)", i == 0 ? "" : " ",
		        table->align[i] == ALIGN_RIGHT    ? 'r'
		        : table->align[i] == ALIGN_CENTRE ? 'c'
		                                          : 'l',
		        bold ? "B" : "", ms->width[i]);
	buf_adds(out, ".\n");
}

/* Text for troff, within a line. */
static void ms_add(struct buf *out, const char *text)
{
	buf_adds(out, "\\&");
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			buf_adds(out, "\\e");
		else if (*text == '"')
			buf_adds(out, "\\(dq");
		else if (*text == '\n')
			buf_addc(out, ' ');
		else
			buf_addc(out, *text);
	}
}

static void open_table(struct ms *ms, const struct tree_table *table, struct buf *out)
{
	ms->width = arena_alloc(ms->tree->arena, table->columns * sizeof *ms->width);
	tree_columns(table, ms->width);
	/* Heading and first row stay together. */
	buf_addf(out, ".LP\n.ne %.2fc\n", tree_opening(table));
	if (!str_empty(table->look->caption)) {
		buf_adds(out, ".sp 0.3v\n\\fB");
		ms_add(out, table->look->caption);
		buf_adds(out, "\\fP\n.br\n");
	}
	buf_adds(out, ".TS H\ntab(|) linesize(3);\n");
	put_format(ms, table, true, out);
	out->p[out->n - 2] = '\n';
	out->p[--out->n] = '\0';
	put_format(ms, table, false, out);
}

/* tbl holds back what follows a row until the next one: from there the request goes through it. */
static void ask_room(size_t points, struct buf *out)
{
	buf_addf(out,
	        ".if '\\n(.z'' .ne %zup\n"
	        ".if !'\\n(.z'' \\!.ne %zup\n",
	        points, points);
}

/* Room for the last two rows, in points: two lines in each, three where cells are long. */
static size_t last_rows(const struct tree_table *table)
{
	for (size_t i = 0; i < table->columns; i++)
		if (table->longest[i] > 60)
			return 96;
	return 68;
}

static void open_cell(struct ms *ms, struct mark m, struct buf *out)
{
	const struct tree_table *table = &ms->tree->table[m.a];

	strip_paragraph(out);
	if (m.b == 0 && m.c == 0)
		open_table(ms, table, out);
	/* No last row stands alone on a page: the one above goes with it. */
	if (m.c == 0 && m.b > 1 && m.b + 2 == table->rows)
		ask_room(last_rows(table), out);
	if (m.c == 0 && table->look->total && m.b + 1 == table->rows && m.b > 0) {
		buf_adds(out, ".T&\n");
		put_format(ms, table, true, out);
	}
	/* Room above the words belongs to their line, so that it is there at the top of a page too.
	 * The zero-width space keeps a value that looks like a request, or like T}, words. */
	buf_addf(out, "T{\n%s\\&%s", table->align[m.c] == ALIGN_RIGHT ? ".ad r\n" : "",
	        m.b > 0 ? "\\x'-3p'" : "");
}

static void close_cell(const struct ms *ms, struct mark m, bool last, struct buf *out)
{
	const struct tree_table *table = &ms->tree->table[m.a];

	ms_tidy_cell(out, ms->width[m.c], m.b == 0);
	if (out->n > 0 && out->p[out->n - 1] != '\n')
		buf_addc(out, '\n');
	buf_adds(out, "T}");
	if (m.c + 1 < table->columns) {
		buf_addc(out, '|');
		return;
	}
	buf_adds(out, m.b == 0 ? "\n.sp 2p\n.gcolor accent\n_\n.gcolor\n"
	                       : "\n.sp 2p\n.gcolor rule\n_\n.gcolor\n");
	if (m.b == 0)
		buf_adds(out, ".TH\n");
	/* Room below a table that ends the text would be a page without words. */
	if (m.b + 1 == table->rows)
		buf_adds(out, last ? ".nr DD 0\n.TE\n" : ".TE\n.sp 0.4v\n");
}

/* ---------- pictures and pages ---------- */

static void put_chart(const struct ms *ms, size_t number, struct buf *out)
{
	const struct chart *chart = ms->tree->doc->object[number].chart;
	double width, height;

	chart_size(chart, &width, &height);
	if (ms->pictures == NULL) {
		buf_adds(out, ".LP\n\\fB");
		ms_add(out, chart->title);
		buf_adds(out, "\\fP\n");
		return;
	}
	/* 720 pixels fill the line of an upright page; a turned one keeps the size. */
	double scale = TREE_UPRIGHT / width;
	buf_addf(out,
	        ".LP\n.ne %.2fc\n\\X'pdf: pdfpic %s/chart-%zu.pdf -L %.2fp %.2fp'\n.br\n.sp "
	        "%.2fc\n",
	        height * scale + 0.4, ms->pictures, number, width * scale * 72 / 2.54,
	        height * scale * 72 / 2.54, height * scale + 0.2);
}

static void put_logo(const struct document *doc, const char *folder, struct buf *out)
{
	double pt = 72.0 / 96, cm = 2.54 / 96;

	buf_addf(out, "\\X'pdf: pdfpic %s/chart-%zu.pdf -L %.2fp %.2fp'\n.br\n.sp %.2fc\n", folder,
	        doc->nobject, doc->logo->width * pt, doc->logo->height * pt,
	        doc->logo->height * cm + 0.3);
}

/* What is new is bold too, and what went stands in brackets, for paper has no colours. These are set,
 * not taken back: troff knows but one colour before, and a change may stand within a heading, which is
 * bold already. */
static void put_change(const struct ms *ms, char letter, bool line_end, struct buf *out)
{
	const char *back = ms->heading ? "\\m[accent]" : "\\m[default]";
	const char *space = letter != 'f' ? "" : fill_strip(out, " ") ? " " : "";

	if (letter == 'f' && *space == '\0' && fill_strip(out, "\n"))
		space = line_end ? "" : "\n";
	if (in_request(out))
		buf_adds(out, space);
	else if (letter == 'i')
		buf_addf(out, "\\m[added]%s", ms->heading ? "" : "\\fB");
	else if (letter == 'j')
		buf_addf(out, "%s%s", ms->heading ? "" : "\\fR", back);
	else if (letter == 'd')
		buf_adds(out, "\\m[gone]\\(lB");
	else
		buf_addf(out, "\\(rB%s%s", back, space);
}

static const char *put(
        void *context, struct mark m, struct buf *out, const char *rest, const char *end)
{
	struct ms *ms = context;

	if (strchr("ijdf", m.letter) != NULL) {
		put_change(ms, m.letter, rest < end && *rest == '\n', out);
		return rest;
	}
	if (m.letter == 'h' || m.letter == 'H') {
		ms->heading = m.letter == 'h';
		if (!in_request(out))
			buf_adds(out, ms->heading ? "\\m[accent]" : "\\m[default]");
		return rest;
	}
	if (m.letter == 'e') {
		rest = fill_skip(rest, end, "\n");
		close_cell(ms, m, rest == end, out);
		return rest;
	}
	if (m.letter == 'c') {
		open_cell(ms, m, out);
		return rest;
	}
	strip_paragraph(out);
	rest = fill_skip(rest, end, "\n");
	if (m.letter == 'n')
		/* What is still to be filled stands on this page and counts first. */
		buf_addf(out, ".br\n.ne %zu.%zuc\n", m.a / 10, m.a % 10);
	else if (m.letter == 'o')
		put_chart(ms, m.a, out);
	else if (rest != end) /* a page is turned for what follows */
		buf_adds(out, m.letter == 'L' ? ".wide\n" : ".upright\n");
	return rest;
}

/* ---------- the document ---------- */

static bool plain_ascii(const char *text)
{
	while (*text >= ' ' && *text < 0x7F)
		text++;
	return *text == '\0';
}

/* The file's own title is no troff text. */
static void add_title(struct buf *out, const char *text)
{
	size_t n = strlen(text);

	if (strcspn(text, "\\\"()") == n && plain_ascii(text))
		buf_add(out, text, n);
	else
		ms_add_wide(out, text, n, "\\\\");
}

static bool render(struct tree *tree, struct lowdown_buf *body)
{
	static const struct lowdown_opts options = {
		.type = LOWDOWN_NROFF,
		.oflags = LOWDOWN_NROFF_GROFF | LOWDOWN_NROFF_SKIP_HTML | LOWDOWN_NROFF_NOLINK,
	};
	void *renderer = lowdown_nroff_new(&options);
	bool ok = renderer != NULL && lowdown_nroff_rndr(body, renderer, tree->root);

	if (renderer != NULL)
		lowdown_nroff_free(renderer);
	return ok;
}

bool document_ms(struct document *doc, const char *pictures, struct buf *out, struct fault *f)
{
	struct tree tree;
	struct buf text = { 0 }, tidy = { 0 };
	struct lowdown_buf *body = NULL;
	bool ok = tree_make(&tree, doc, TREE_ROFF, f);

	if (!ok)
		goto out;
	body = lowdown_buf_new(65536);
	ok = body != NULL && render(&tree, body);
	if (!ok) {
		fault_set(f, STATUS_INTERNAL, "the report cannot be made into ms");
		goto out;
	}
	struct ms ms = { .tree = &tree, .pictures = pictures };
	buf_adds(&text, look_page_ms);
	buf_adds(&text, doc->landscape ? ".wide-paper\n" : ".upright-paper\n");
	buf_adds(&text, ".ds LF \\s-2\\m[soft]");
	ms_add(&text, doc->title);
	buf_adds(&text, "\\m[]\\s0\n.pdfinfo /Title ");
	add_title(&text, doc->title);
	buf_addc(&text, '\n');
	/* The room above a first heading is that of the page already. */
	if (doc->logo != NULL && pictures != NULL)
		put_logo(doc, pictures, &text);
	else
		buf_adds(&text, ".sp -1.5v\n");
	ms_tidy(&tidy, body->data, body->size);
	tree_fill(buf_text(&tidy), tidy.n, &(struct filler){ put, &ms }, &text);
	struct glyphs glyphs = { .used = doc->letters };
	ms_add_glyphs(out, text.p, text.n, &glyphs);
	doc->nletters = glyphs.letters;
	doc->unshown = glyphs.missing;
	doc->unshown_first = glyphs.first;
out:
	buf_free(&tidy);
	buf_free(&text);
	lowdown_buf_free(body);
	tree_free(&tree);
	return ok;
}
