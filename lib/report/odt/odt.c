/* SPDX-License-Identifier: MIT */
/* The content of an ODT file: liblowdown's body, our tables with heading rows, pictures and pages. */
#include <string.h>
#include "report/odt/odt.h"
#include "report/tree/tree.h"

#define TEXT_WIDTH 17.0 /* cm, as in styles.xml */
#define TURNED     25.7

struct odt {
	struct tree *tree;
	char *automatic; /* liblowdown's automatic styles … */
	size_t nautomatic;
	struct buf styles; /* … and ours */
	const char *turn;  /* the page that the next paragraph or table begins; NULL: none */
	bool turned;
	size_t turns;
	size_t below; /* where in our styles the space below the last table stands */
};

/* ---------- tables ---------- */

/* Columns by letters would end at Z; by numbers they do not. */
static void table_styles(struct odt *o, const struct tree_table *table, size_t id)
{
	double *share = mem_zalloc((table->columns + 1) * sizeof *share);
	double line = tree_line(table, o->turned ? TURNED : TEXT_WIDTH);

	tree_widths(table, share);
	buf_addf(&o->styles,
	        "<style:style style:name=\"Table%zu\" style:family=\"table\"%s%s%s>"
	        "<style:table-properties style:width=\"%.2fcm\" table:align=\"left\" "
	        "fo:margin-top=\"0.1cm\" fo:margin-bottom=\"0.",
	        id, o->turn != NULL ? " style:master-page-name=\"" : "",
	        o->turn != NULL ? o->turn : "", o->turn != NULL ? "\"" : "", line);
	o->below = o->styles.n;
	buf_adds(&o->styles, "4cm\" style:may-break-between-rows=\"true\"/></style:style>\n");
	for (size_t i = 0; i < table->columns; i++)
		buf_addf(&o->styles,
		        "<style:style style:name=\"Table%zu.%zu\" style:family=\"table-column\">"
		        "<style:table-column-properties style:column-width=\"%.2fcm\"/>"
		        "</style:style>\n",
		        id, i + 1, line * share[i] / 100);
	o->turn = NULL;
	mem_free(share);
}

static void open_table(struct odt *o, const struct tree_table *table, size_t id, struct buf *out)
{
	if (!str_empty(table->look->caption)) {
		if (o->turn != NULL) {
			buf_addf(&o->styles,
			        "<style:style style:name=\"Turn%zu\" style:family=\"paragraph\" "
			        "style:parent-style-name=\"Table\" "
			        "style:master-page-name=\"%s\"/>\n",
			        ++o->turns, o->turn);
			buf_addf(out, "<text:p text:style-name=\"Turn%zu\">", o->turns);
			o->turn = NULL;
		} else {
			buf_adds(out, "<text:p text:style-name=\"Table\">");
		}
		markup_add(out, table->look->caption, strlen(table->look->caption));
		buf_adds(out, "</text:p>\n");
	}
	table_styles(o, table, id);
	buf_addf(out, "<table:table table:name=\"Table%zu\" table:style-name=\"Table%zu\">\n", id,
	        id);
	for (size_t i = 0; i < table->columns; i++)
		buf_addf(out, "<table:table-column table:style-name=\"Table%zu.%zu\"/>\n", id,
		        i + 1);
	buf_adds(out, "<table:table-header-rows>\n");
}

/* Takes the paragraph that liblowdown opened for the mark off the end. */
static bool strip_paragraph(struct buf *out)
{
	static const char open[] = "<text:p text:style-name=\"";
	size_t at = out->n;

	while (at > 0 && out->n - at < 64 && out->p[at - 1] != '<')
		at--;
	if (at == 0 || out->p[at - 1] != '<' || out->n - at < sizeof open - 2 ||
	        memcmp(out->p + at - 1, open, sizeof open - 1) != 0 || out->p[out->n - 1] != '>')
		return false;
	out->n = at - 1;
	out->p[out->n] = '\0';
	return true;
}

static void open_cell(struct odt *o, struct mark m, struct buf *out)
{
	const struct tree_table *table = &o->tree->table[m.a];
	bool total = table->look->total && m.b + 1 == table->rows && m.b > 0;

	if (m.b == 0 && m.c == 0) {
		strip_paragraph(out);
		while (fill_strip(out, "\n"))
			;
		buf_addc(out, '\n');
		open_table(o, table, m.a + 1, out);
	} else {
		buf_addc(out, '\n');
	}
	if (m.c == 0)
		buf_adds(out, "<table:table-row table:style-name=\"Row\">\n");
	/* No last row stands alone on a page: the one above goes with it. */
	bool keep = m.b > 0 && m.b + 2 == table->rows;
	/* One by one: a format would take as long as all else that is done for a cell. */
	buf_adds(out, "<table:table-cell table:style-name=\"");
	buf_adds(out, m.b == 0 ? "HeadCell" : total ? "TotalCell" : "Cell");
	buf_adds(out, tree_follows_number(table, m.c) ? "After" : "");
	buf_adds(out, "\" office:value-type=\"string\"><text:p text:style-name=\"");
	buf_adds(out, keep ? "Keep" : m.b == 0 || total ? "Table_20_Heading" : "Table_20_Contents");
	buf_adds(out, table->align[m.c] == ALIGN_RIGHT    ? "_20_Right\">"
	              : table->align[m.c] == ALIGN_CENTRE ? "_20_Centre\">"
	                                                  : "\">");
}

static void close_cell(const struct odt *o, struct mark m, struct buf *out)
{
	const struct tree_table *table = &o->tree->table[m.a];

	buf_adds(out, "</text:p></table:table-cell>");
	if (m.c + 1 < table->columns)
		return;
	buf_adds(out, "\n</table:table-row>");
	if (m.b == 0)
		buf_adds(out, "\n</table:table-header-rows>");
	if (m.b + 1 == table->rows)
		buf_adds(out, "\n</table:table>\n");
}

/* ---------- pictures and pages ---------- */

static void put_chart(const struct odt *o, size_t number, struct buf *out)
{
	const struct chart *chart = o->tree->doc->object[number].chart;
	struct buf about = { 0 };
	double width, height;

	chart_size(chart, &width, &height);
	double scale = TEXT_WIDTH / width;
	chart_describe(chart, &about);
	buf_addf(out,
	        "<text:p text:style-name=\"Chart\"><draw:frame draw:name=\"Chart %zu\" "
	        "draw:style-name=\"Picture\" text:anchor-type=\"as-char\" svg:width=\"%.2fcm\" "
	        "svg:height=\"%.2fcm\"><draw:image xlink:href=\"Pictures/chart-%zu.png\" "
	        "xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/>"
	        "<svg:title>",
	        number, width * scale, height * scale, number);
	markup_add(out, chart->title, strlen(chart->title));
	buf_adds(out, "</svg:title><svg:desc>");
	markup_add(out, about.p, about.n);
	buf_adds(out, "</svg:desc></draw:frame></text:p>\n");
	buf_free(&about);
}

static void put_logo(const struct document *doc, struct buf *out)
{
	double cm = 2.54 / 96;

	buf_addf(out,
	        "<text:p text:style-name=\"Chart\"><draw:frame draw:name=\"Logo\" "
	        "draw:style-name=\"Picture\" text:anchor-type=\"as-char\" svg:width=\"%.2fcm\" "
	        "svg:height=\"%.2fcm\"><draw:image xlink:href=\"%s\" xlink:type=\"simple\" "
	        "xlink:show=\"embed\" xlink:actuate=\"onLoad\"/><svg:title>",
	        doc->logo->width * cm, doc->logo->height * cm, odt_logo_name(doc->logo));
	markup_add(out, doc->logo->alt, strlen(doc->logo->alt));
	buf_adds(out, "</svg:title></draw:frame></text:p>\n");
}

/* The style that a paragraph of liblowdown's is a variant of. */
static void parent_of(const struct odt *o, const char *name, size_t n, struct buf *parent)
{
	char key[96];
	const char *at;

	snprintf(key, sizeof key, "style:name=\"%.*s\" style:parent-style-name=\"", (int)n, name);
	at = memmem(o->automatic, o->nautomatic, key, strlen(key));
	if (at != NULL) {
		at += strlen(key);
		buf_add(parent, at, strcspn(at, "\""));
	} else {
		buf_add(parent, name, n);
	}
}

/* The next heading or paragraph begins the turned page: a style of its own says so. Where a table
 * comes first, its own style will. */
static const char *turn_next(struct odt *o, struct buf *out, const char *rest, const char *end)
{
	static const char style[] = "text:style-name=\"";
	const char *at = memmem(rest, (size_t)(end - rest), style, sizeof style - 1), *stop;
	struct buf parent = { 0 };

	if (at == NULL)
		return rest;
	at += sizeof style - 1;
	stop = memchr(at, '"', (size_t)(end - at));
	if (stop == NULL || ((size_t)(end - stop) > 5 && memcmp(stop + 2, MARK_OPEN "c", 4) == 0))
		return rest;
	parent_of(o, at, (size_t)(stop - at), &parent);
	buf_addf(&o->styles,
	        "<style:style style:name=\"Turn%zu\" style:family=\"paragraph\" "
	        "style:parent-style-name=\"%s\" style:master-page-name=\"%s\"/>\n",
	        ++o->turns, buf_text(&parent), o->turn);
	buf_add(out, rest, (size_t)(at - rest));
	buf_addf(out, "Turn%zu", o->turns);
	o->turn = NULL;
	buf_free(&parent);
	return stop;
}

/* Puts an attribute into the last tag of that kind in out, if nothing has ended since. */
static void add_attribute(struct buf *out, const char *tag, const char *attribute)
{
	size_t n = strlen(tag), at = out->n;
	struct buf rest = { 0 };

	while (at > n && memcmp(out->p + at - n, tag, n) != 0)
		if (memcmp(out->p + --at - 1, "</", 2) == 0)
			return;
	if (at <= n)
		return;
	at--; /* before its > */
	buf_add(&rest, out->p + at, out->n - at);
	out->n = at;
	buf_addf(out, " %s", attribute);
	buf_add(out, rest.p, rest.n);
	buf_free(&rest);
}

/* The style of an outermost list is liblowdown's; one within gets ours, or it would count as the other
 * does. */
static void begin_list(struct mark m, struct buf *out)
{
	char start[48];

	add_attribute(out, "<text:list>",
	        m.b ? "text:style-name=\"Numbers\"" : "text:style-name=\"Bullets\"");
	if (!m.b || m.a == 1)
		return;
	snprintf(start, sizeof start, "text:start-value=\"%zu\"", m.a);
	add_attribute(out, "<text:list-item>", start);
}

static const char *put(
        void *context, struct mark m, struct buf *out, const char *rest, const char *end)
{
	static const struct {
		char letter;
		const char *text;
	} inlines[] = { { 'i', "<text:span text:style-name=\"Inserted\">" },
		{ 'j', "</text:span>" }, { 'd', "<text:span text:style-name=\"Deleted\">" },
		{ 'f', "</text:span>" } };
	struct odt *o = context;
	bool wrapped;

	if (m.letter == 'e') {
		close_cell(o, m, out);
		return fill_skip(rest, end, "</text:p>");
	}
	if (m.letter == 'c') {
		open_cell(o, m, out);
		return rest;
	}
	for (size_t i = 0; i < COUNT(inlines); i++)
		if (m.letter == inlines[i].letter) {
			buf_adds(out, inlines[i].text);
			return rest;
		}
	if (m.letter == 's') {
		begin_list(m, out);
		return rest;
	}
	if (m.letter == 'w') {
		if (strip_paragraph(out))
			buf_adds(out, "<text:p text:style-name=\"Tight\">");
		return rest;
	}
	wrapped = strip_paragraph(out);
	if (wrapped)
		rest = fill_skip(rest, end, "</text:p>");
	if (m.letter == 'o') {
		put_chart(o, m.a, out);
		return rest;
	}
	o->turned = m.letter == 'L';
	o->turn = o->turned ? "Landscape" : "Standard";
	return turn_next(o, out, rest, end);
}

/* ---------- the parts of the file ---------- */

/* Styles of cells and rows are read from the content only. */
#define CELL(name, indent, rest)                                                                   \
	"<style:style style:name=\"" name "\" style:family=\"table-cell\">"                        \
	"<style:table-cell-properties fo:padding-left=\"" indent "\" fo:padding-right=\"0.12cm\" " \
	"fo:padding-top=\"0.12cm\" fo:padding-bottom=\"0.12cm\" fo:border-left=\"none\" "          \
	"fo:border-right=\"none\" " rest "/></style:style>"
#define CELLS(name, rest) CELL(name, "0.12cm", rest) CELL(name "After", "0.5cm", rest)
#define KEEP(side)                                                                           \
	"<style:style style:name=\"Keep" side "\" style:family=\"paragraph\" "               \
	"style:parent-style-name=\"Table_20_Contents" side "\"><style:paragraph-properties " \
	"fo:keep-with-next=\"always\"/></style:style>"

static const char cell_styles[] = CELLS(
        "Cell", "fo:border-top=\"none\" fo:border-bottom=\"0.5pt solid #c9d1da\"") CELLS("HeadCell",
        "fo:background-color=\"#f3f6f9\" style:vertical-align=\"bottom\" "
        "fo:border-top=\"none\" fo:border-bottom=\"1.25pt solid #12476f\"") CELLS("TotalCell",
        "fo:border-top=\"1.25pt solid #12476f\" "
        "fo:border-bottom=\"0.5pt solid #c9d1da\"") KEEP("") KEEP("_20_Right")
        KEEP("_20_Centre") "<style:style style:name=\"End\" style:family=\"paragraph\" "
                           "style:parent-style-name=\"Standard\"><style:paragraph-properties "
                           "fo:margin-top=\"0cm\" fo:margin-bottom=\"0cm\" "
                           "fo:line-height=\"0.04cm\"/>"
                           "<style:text-properties fo:font-size=\"1pt\"/></style:style>"
                           "<style:style style:name=\"Row\" "
                           "style:family=\"table-row\"><style:table-row-properties "
                           "fo:keep-together=\"always\"/></style:style>";

/* What stands between two texts in liblowdown's output; false where they are not there. */
static bool between(
        const struct lowdown_buf *all, const char *from, const char *to, char **at, size_t *n)
{
	char *start = memmem(all->data, all->size, from, strlen(from)), *stop;

	if (start == NULL)
		return false;
	start += strlen(from);
	stop = memmem(start, (size_t)(all->data + all->size - start), to, strlen(to));
	if (stop == NULL)
		return false;
	*at = start;
	*n = (size_t)(stop - start);
	return true;
}

/* The line end that liblowdown writes after a line break would show as a blank: out with it, in place. */
static size_t close_up(char *text, size_t n)
{
	static const char line_break[] = "<text:line-break/>\n";
	const size_t size = sizeof line_break - 1;
	char *end = text + n, *from = text, *to = text, *at;

	while ((at = memmem(from, (size_t)(end - from), line_break, size)) != NULL) {
		size_t kept = (size_t)(at - from) + size - 1;

		if (to != from)
			memmove(to, from, kept);
		to += kept;
		from = at + size;
	}
	if (to != from)
		memmove(to, from, (size_t)(end - from));
	return (size_t)(to - text) + (size_t)(end - from);
}

/* liblowdown's variants of the plain paragraph become variants of the text body, and its page layout
 * goes: ours is in styles.xml. */
static void add_automatic(const struct odt *o, struct buf *out)
{
	static const char from[] = "style:parent-style-name=\"Standard\"";
	const char *p = o->automatic, *end = p + o->nautomatic, *at;
	const char *layout = memmem(p, o->nautomatic, "<style:page-layout", 18);

	end = layout != NULL ? layout : end;
	while ((at = memmem(p, (size_t)(end - p), from, sizeof from - 1)) != NULL) {
		buf_add(out, p, (size_t)(at - p));
		buf_adds(out, "style:parent-style-name=\"Text_20_body\"");
		p = at + sizeof from - 1;
	}
	buf_add(out, p, (size_t)(end - p));
}

static void add_head(struct odt *o, const struct document *doc, struct buf *out)
{
	buf_addf(out,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content%s>\n"
	        "<office:automatic-styles>",
	        odt_namespaces);
	add_automatic(o, out);
	buf_adds(out, cell_styles);
	buf_add(out, buf_text(&o->styles), o->styles.n);
	buf_adds(out, "</office:automatic-styles>\n<office:body>\n<office:text>");
	if (doc->logo != NULL)
		put_logo(doc, out);
}

/* Office programs put a paragraph behind a table that ends the text; one as high as a line would stand
 * alone on a page of its own where the table fills the one before, and so would the space between. */
static void add_end(struct odt *o, struct buf *text)
{
	while (fill_strip(text, "\n"))
		;
	if (fill_strip(text, "</table:table>")) {
		buf_adds(text, "</table:table>\n<text:p text:style-name=\"End\"/>");
		o->styles.p[o->below] = '0';
	}
	buf_addc(text, '\n');
}

bool odt_content(struct document *doc, struct buf *head, struct buf *text, struct fault *f)
{
	static const struct lowdown_opts options = {
		.type = LOWDOWN_FODT,
		.oflags = LOWDOWN_ODT_SKIP_HTML,
	};
	struct tree tree;
	struct odt odt = { .tree = &tree, .turned = doc->landscape };
	char *inside;
	size_t n;
	struct lowdown_buf *body = NULL;
	void *renderer = NULL;
	bool ok = tree_make(&tree, doc, TREE_ODT, f);

	if (!ok)
		goto out;
	/* As large as it will be, so that it does not grow by being copied. */
	body = lowdown_buf_new(65536 + 4 * doc->md.n);
	renderer = lowdown_odt_new(&options);
	ok = body != NULL && renderer != NULL && lowdown_odt_rndr(body, renderer, tree.root) &&
	     between(body, "<office:automatic-styles>", "</office:automatic-styles>",
	             &odt.automatic, &odt.nautomatic) &&
	     between(body, "<office:text>", "</office:text>", &inside, &n);
	if (!ok) {
		fault_set(f, STATUS_INTERNAL, "the report cannot be made into ODT");
		goto out;
	}
	/* What has been rendered makes room for what comes of it. */
	lowdown_node_free(tree.root);
	tree.root = NULL;
	buf_space(text, 2 * n);
	tree_fill(inside, close_up(inside, n), &(struct filler){ put, &odt }, text);
	add_end(&odt, text);
	buf_adds(text, "</office:text>\n</office:body>\n</office:document-content>\n");
	add_head(&odt, doc, head);
out:
	if (renderer != NULL)
		lowdown_odt_free(renderer);
	lowdown_buf_free(body);
	buf_free(&odt.styles);
	tree_free(&tree);
	return ok;
}
