/* SPDX-License-Identifier: MIT */
/*
 * Writing ods: OpenDocument 1.2, a table a sheet with a title, its heading marked up and frozen, the
 * language named, as the UK government asks of spreadsheets it publishes.
 */
#include "sheet/write/out.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sheet/place.h"

enum { DECIMALS = 15, FLUSH = 1 << 16 };

#define XML           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS(name, urn) " xmlns:" name "=\"urn:oasis:names:tc:opendocument:xmlns:" urn ":1.0\""
#define NAMESPACES                \
	NS("office", "office")    \
	NS("style", "style")      \
	NS("text", "text")        \
	NS("table", "table")      \
	NS("number", "datastyle") \
	NS("fo", "xsl-fo-compatible")

struct ods_out {
	struct sheet_zip *zip;
	FILE *content;
	struct buf text;   /* of content.xml, not yet written to the file */
	struct buf ranges; /* the tables as database ranges, which stand behind them */
	struct buf views;  /* the frozen heading of each, for settings.xml */
	char *title;
	const struct sheet_column *column;
	size_t n, sheets;
	bool open; /* a table is open; its heading too until the second row */
	long rows; /* written to it */
};

/* ---------- text ---------- */

static void add_escaped(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (text[i]) {
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		case '\r':
		case '\n':
		case '\t':
			buf_addf(out, "&#%d;", text[i]);
			break;
		default:
			buf_addc(out, text[i]);
			break;
		}
	}
}

/* One line of a text. Blanks that a reader would fold are written as elements. */
static void add_line(struct buf *out, const char *text, size_t n)
{
	buf_adds(out, "<text:p>");
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\t')
			buf_adds(out, "<text:tab/>");
		else if (text[i] == ' ' && (i == 0 || i + 1 == n || strchr(" \t", text[i - 1])))
			buf_adds(out, "<text:s/>");
		else
			add_escaped(out, text + i, 1);
	}
	buf_adds(out, "</text:p>");
}

static void add_text(struct buf *out, const char *text, size_t n, const char *style)
{
	const char *end = text + n, *line;

	buf_addf(out, "<table:table-cell%s office:value-type=\"string\"", style);
	/* A carriage return is white space to a paragraph, and LibreOffice drops tabs from cells; the
	 * attribute keeps the text whole. */
	if (memchr(text, '\r', n) || memchr(text, '\t', n)) {
		buf_adds(out, " office:string-value=\"");
		add_escaped(out, text, n);
		buf_addc(out, '"');
	}
	buf_addc(out, '>');
	while ((line = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		add_line(out, text, (size_t)(line - text));
		text = line + 1;
	}
	add_line(out, text, (size_t)(end - text));
	buf_adds(out, "</table:table-cell>");
}

static bool flush(struct ods_out *out, size_t least, struct fault *f)
{
	if (out->text.n < least)
		return true;
	if (fwrite(out->text.p, 1, out->text.n, out->content) != out->text.n)
		return fault_errno(f, STATUS_IO, "cannot write a temporary file");
	buf_clear(&out->text);
	return true;
}

/* ---------- the styles of content.xml ---------- */

static void add_number_styles(struct buf *out)
{
	for (int i = 0; i <= DECIMALS; i++)
		buf_addf(out,
		        "<number:number-style style:name=\"N%d\"><number:number "
		        "number:decimal-places=\"%d\""
		        " number:min-integer-digits=\"1\"/></number:number-style>"
		        "<style:style style:name=\"n%d\" style:family=\"table-cell\""
		        " style:parent-style-name=\"Default\" style:data-style-name=\"N%d\"/>",
		        i, i, i, i);
}

static void add_styles(struct buf *out)
{
	buf_adds(out, XML "<office:document-content office:version=\"1.2\"" NAMESPACES
	                  "><office:automatic-styles>");
	for (int i = OUT_NARROW; i <= OUT_WIDE; i++)
		buf_addf(out,
		        "<style:style style:name=\"w%d\" style:family=\"table-column\">"
		        "<style:table-column-properties "
		        "style:column-width=\"%d.%02dcm\"/></style:style>",
		        i, i * 20 / 100, i * 20 % 100);
	buf_adds(out,
	        "<number:date-style style:name=\"D\"><number:year number:style=\"long\"/>"
	        "<number:text>-</number:text><number:month number:style=\"long\"/>"
	        "<number:text>-</number:text><number:day "
	        "number:style=\"long\"/></number:date-style>"
	        "<number:text-style style:name=\"T\"><number:text-content/></number:text-style>"
	        "<style:style style:name=\"text\" style:family=\"table-cell\""
	        " style:parent-style-name=\"Default\" style:data-style-name=\"T\">"
	        "<style:table-cell-properties fo:wrap-option=\"wrap\"/></style:style>"
	        "<style:style style:name=\"date\" style:family=\"table-cell\""
	        " style:parent-style-name=\"Default\" style:data-style-name=\"D\"/>"
	        "<style:style style:name=\"number\" style:family=\"table-cell\""
	        " style:parent-style-name=\"Default\"/>");
	add_number_styles(out);
	buf_adds(out, "</office:automatic-styles><office:body><office:spreadsheet>");
}

struct ods_out *ods_out_open(const char *path, const char *title, const char *tmp, struct fault *f)
{
	struct sheet_zip *zip = sheet_zip_open(path, f);
	struct ods_out *out;
	int fd;

	if (!zip)
		return NULL;
	fd = place_temporary(tmp, f);
	if (fd < 0) {
		sheet_zip_abandon(zip);
		return NULL;
	}
	out = mem_zalloc(sizeof *out);
	out->zip = zip;
	out->content = fdopen(fd, "w+b");
	if (!out->content)
		base_oom_handler();
	if (title) {
		struct buf copy = { 0 };

		buf_adds(&copy, title);
		out->title = copy.p;
	}
	add_styles(&out->text);
	return out;
}

/* ---------- tables ---------- */

static void end_table(struct ods_out *out)
{
	if (out->open && out->rows == 1)
		buf_adds(&out->text, "</table:table-header-rows>");
	if (out->open)
		buf_adds(&out->text, "</table:table>");
	out->open = false;
}

static const char *column_letters(size_t i, char out[static 4])
{
	size_t at = 3;

	out[3] = '\0';
	for (i++; i > 0 && at > 0; i = (i - 1) / 26)
		out[--at] = (char)('A' + (i - 1) % 26);
	return memmove(out, out + at, 4 - at);
}

/* The name as an address has it: in single quotes, those within doubled. */
static void add_address(struct ods_out *out, const char *name, size_t columns, long rows)
{
	struct buf quoted = { 0 };
	char last[4];

	for (const char *p = name; *p; p++) {
		if (*p == '\'')
			buf_addc(&quoted, '\'');
		buf_addc(&quoted, *p);
	}
	for (int end = 0; end < 2; end++) {
		buf_adds(&out->ranges, end ? ":'" : "'");
		add_escaped(&out->ranges, buf_text(&quoted), quoted.n);
		if (end)
			buf_addf(&out->ranges, "'.%s%ld", column_letters(columns - 1, last), rows);
		else
			buf_adds(&out->ranges, "'.A1");
	}
	buf_free(&quoted);
}

static void add_range(struct ods_out *out, const char *name, size_t n, long rows)
{
	buf_addf(&out->ranges,
	        "<table:database-range table:name=\"table%zu\" table:target-range-address=\"",
	        out->sheets);
	add_address(out, name, n, rows);
	buf_adds(&out->ranges,
	        "\" table:contains-header=\"true\" table:display-filter-buttons=\"true\"/>");
}

static void add_view(struct ods_out *out, const char *name)
{
	buf_adds(&out->views, "<config:config-item-map-entry config:name=\"");
	add_escaped(&out->views, name, strlen(name));
	buf_adds(&out->views,
	        "\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2"
	        "</config:config-item><config:config-item config:name=\"VerticalSplitPosition\""
	        " config:type=\"int\">1</config:config-item><config:config-item"
	        " config:name=\"ActiveSplitRange\" config:type=\"short\">2</config:config-item>"
	        "<config:config-item config:name=\"PositionBottom\" config:type=\"int\">1"
	        "</config:config-item></config:config-item-map-entry>");
}

static void add_number_style(struct buf *out, const char *attribute, const struct sheet_column *c)
{
	if (c->decimals > 0)
		buf_addf(out, " table:%s=\"n%d\"", attribute, c->decimals);
	else
		buf_addf(out, " table:%s=\"number\"", attribute);
}

static void add_columns(struct ods_out *out)
{
	for (size_t i = 0; i < out->n; i++) {
		const struct sheet_column *c = &out->column[i];

		buf_addf(&out->text, "<table:table-column table:style-name=\"w%d\"", out_width(c));
		if (c->type == SHEET_COLUMN_NUMBER)
			add_number_style(&out->text, "default-cell-style-name", c);
		else
			buf_addf(&out->text, " table:default-cell-style-name=\"%s\"",
			        c->type == SHEET_COLUMN_DATE ? "date" : "text");
		buf_adds(&out->text, "/>");
	}
	if (out->n == 0)
		buf_adds(&out->text, "<table:table-column/>");
}

bool ods_out_sheet(struct ods_out *out, const char *name, const struct sheet_column *columns,
        size_t n, long rows, struct fault *f)
{
	const char *title = out->title ? out->title : name;

	(void)f;
	end_table(out);
	out->rows = 0;
	out->column = columns;
	out->n = n;
	out->sheets++;
	out->open = true;
	buf_adds(&out->text, "\n<table:table table:name=\"");
	add_escaped(&out->text, name, strlen(name));
	buf_adds(&out->text, "\"><table:title>");
	add_escaped(&out->text, title, strlen(title));
	buf_adds(&out->text, "</table:title>");
	add_columns(out);
	if (rows == 0)
		buf_adds(&out->text, "<table:table-row><table:table-cell/></table:table-row>");
	if (n > 0 && rows > 1)
		add_range(out, name, n, rows);
	add_view(out, name);
	return true;
}

static void add_cell(struct ods_out *out, size_t i, bool heading, const struct sheet_cell *cell)
{
	const struct sheet_column *column = &out->column[i];

	if (heading) {
		add_text(&out->text, cell->p, cell->n, " table:style-name=\"Heading\"");
	} else if (column->type == SHEET_COLUMN_DATE) {
		buf_addf(&out->text,
		        "<table:table-cell office:value-type=\"date\" office:date-value=\"%s\">"
		        "<text:p>%s</text:p></table:table-cell>",
		        cell->p, cell->p);
	} else if (column->type == SHEET_COLUMN_NUMBER) {
		buf_addf(&out->text,
		        "<table:table-cell office:value-type=\"float\" office:value=\"%s\">"
		        "<text:p>%s</text:p></table:table-cell>",
		        cell->p, cell->p);
	} else {
		add_text(&out->text, cell->p, cell->n, "");
	}
}

bool ods_out_row(
        struct ods_out *out, long row, const struct sheet_cell *cells, size_t n, struct fault *f)
{
	size_t blank = 0;

	if (row == 0)
		buf_adds(&out->text, "<table:table-header-rows>");
	if (row == 1)
		buf_adds(&out->text, "</table:table-header-rows>");
	buf_adds(&out->text, "\n<table:table-row>");
	for (size_t i = 0; i < n; i++) {
		long control = text_control(cells[i].p, cells[i].n);

		if (control >= 0)
			return fault_set(f, STATUS_DATA,
			        "column %zu: an ods cannot hold the control character in %s; "
			        "remove it",
			        i + 1, quote(cells[i].p));
		if (cells[i].n == 0) {
			blank++;
			continue;
		}
		if (blank > 0)
			buf_addf(&out->text,
			        "<table:table-cell table:number-columns-repeated=\"%zu\"/>", blank);
		blank = 0;
		add_cell(out, i, row == 0, &cells[i]);
	}
	if (blank == n)
		buf_adds(&out->text, "<table:table-cell/>");
	buf_adds(&out->text, "</table:table-row>");
	out->rows = row + 1;
	return flush(out, FLUSH, f);
}

/* ---------- the other parts ---------- */

static bool add_part(struct ods_out *out, const char *name, struct buf *text, struct fault *f)
{
	bool ok = sheet_zip_add(out->zip, name, buf_text(text), text->n, true, f);

	buf_clear(text);
	return ok;
}

static bool add_meta(struct ods_out *out, struct buf *b, struct fault *f)
{
	buf_adds(b,
	        XML "<office:document-meta office:version=\"1.2\"" NS("office", "office")
	                NS("meta", "meta") " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
	                                   "<office:meta><meta:generator>compact</meta:generator>");
	if (out->title) {
		buf_adds(b, "<dc:title>");
		add_escaped(b, out->title, strlen(out->title));
		buf_adds(b, "</dc:title>");
	}
	buf_adds(b, "<dc:language>en-GB</dc:language></office:meta></office:document-meta>");
	return add_part(out, "meta.xml", b, f);
}

static bool add_document_styles(struct ods_out *out, struct buf *b, struct fault *f)
{
	buf_adds(b,
	        XML "<office:document-styles office:version=\"1.2\"" NAMESPACES "><office:styles>"
	            "<style:default-style style:family=\"table-cell\"><style:text-properties"
	            " fo:font-family=\"Arial\" fo:font-size=\"12pt\" fo:language=\"en\""
	            " fo:country=\"GB\"/></style:default-style>"
	            "<style:style style:name=\"Default\" style:family=\"table-cell\">"
	            "<style:table-cell-properties style:vertical-align=\"top\"/></style:style>"
	            "<style:style style:name=\"Heading\" style:family=\"table-cell\""
	            " style:parent-style-name=\"Default\"><style:table-cell-properties"
	            " fo:border-bottom=\"0.5pt solid #000000\" fo:wrap-option=\"wrap\"/>"
	            "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
	            "</office:styles></office:document-styles>");
	return add_part(out, "styles.xml", b, f);
}

static bool add_settings(struct ods_out *out, struct buf *b, struct fault *f)
{
	buf_adds(b, XML "<office:document-settings office:version=\"1.2\"" NS(
	                    "office", "office") NS("config",
	                    "config") "><office:settings><config:config-item-set"
	                              " config:name=\"ooo:view-settings\">"
	                              "<config:config-item-map-indexed config:name=\"Views\">"
	                              "<config:config-item-map-entry>"
	                              "<config:config-item-map-named config:name=\"Tables\">");
	buf_add(b, buf_text(&out->views), out->views.n);
	buf_adds(b, "</config:config-item-map-named></config:config-item-map-entry>"
	            "</config:config-item-map-indexed></config:config-item-set></office:settings>"
	            "</office:document-settings>");
	return add_part(out, "settings.xml", b, f);
}

static bool add_manifest(struct ods_out *out, struct buf *b, struct fault *f)
{
	static const char *const parts[] = { "content.xml", "styles.xml", "meta.xml",
		"settings.xml" };

	buf_adds(b, XML "<manifest:manifest manifest:version=\"1.2\"" NS("manifest",
	                    "manifest") "><manifest:file-entry manifest:full-path=\"/\""
	                                " manifest:version=\"1.2\" manifest:media-type="
	                                "\"application/vnd.oasis.opendocument.spreadsheet\"/>");
	for (size_t i = 0; i < COUNT(parts); i++)
		buf_addf(b,
		        "<manifest:file-entry manifest:full-path=\"%s\" "
		        "manifest:media-type=\"text/xml\"/>",
		        parts[i]);
	buf_adds(b, "</manifest:manifest>");
	return add_part(out, "META-INF/manifest.xml", b, f);
}

static bool finish_content(struct ods_out *out, struct fault *f)
{
	end_table(out);
	if (out->ranges.n > 0) {
		buf_adds(&out->text, "\n<table:database-ranges>");
		buf_add(&out->text, out->ranges.p, out->ranges.n);
		buf_adds(&out->text, "</table:database-ranges>");
	}
	buf_adds(&out->text, "</office:spreadsheet></office:body></office:document-content>\n");
	if (!flush(out, 0, f))
		return false;
	if (fflush(out->content) != 0)
		return fault_errno(f, STATUS_IO, "cannot write a temporary file");
	return true;
}

static void ods_out_free(struct ods_out *out)
{
	fclose(out->content);
	buf_free(&out->text);
	buf_free(&out->ranges);
	buf_free(&out->views);
	mem_free(out->title);
	mem_free(out);
}

bool ods_out_close(struct ods_out *out, struct fault *f)
{
	static const char mimetype[] = "application/vnd.oasis.opendocument.spreadsheet";
	struct buf b = { 0 };
	bool ok = finish_content(out, f) &&
	          sheet_zip_add(out->zip, "mimetype", mimetype, sizeof mimetype - 1, false, f) &&
	          sheet_zip_add_fd(out->zip, "content.xml", fileno(out->content), f) &&
	          add_document_styles(out, &b, f) && add_meta(out, &b, f) &&
	          add_settings(out, &b, f) && add_manifest(out, &b, f);

	if (ok)
		ok = sheet_zip_close(out->zip, f);
	else
		sheet_zip_abandon(out->zip);
	buf_free(&b);
	ods_out_free(out);
	return ok;
}

void ods_out_abandon(struct ods_out *out)
{
	sheet_zip_abandon(out->zip);
	ods_out_free(out);
}
