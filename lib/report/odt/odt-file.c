/* SPDX-License-Identifier: MIT */
/* A document as an ODT file: the parts around its content, zipped. */
#include <string.h>
#include "report/pdf/child.h"
#include "report/looks.h"
#include "report/odt/odt.h"
#include "sheet/sheet.h"

const char odt_namespaces[] =
        " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
        " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
        " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
        " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
        " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
        " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
        " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""
        " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""
        " xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\""
        " office:version=\"1.3\"";

static const char manifest[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
        "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
        "manifest:version=\"1.3\">\n<manifest:file-entry manifest:full-path=\"/\" "
        "manifest:version=\"1.3\" "
        "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
        "<manifest:file-entry manifest:full-path=\"content.xml\" "
        "manifest:media-type=\"text/xml\"/>\n"
        "<manifest:file-entry manifest:full-path=\"styles.xml\" "
        "manifest:media-type=\"text/xml\"/>\n"
        "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\n"
        "<manifest:file-entry manifest:full-path=\"settings.xml\" "
        "manifest:media-type=\"text/xml\"/>\n";

static void make_meta(const struct document *doc, struct buf *out)
{
	char day[11];

	buf_addf(out,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta%s>\n"
	        "<office:meta><meta:generator>compact toolkit</meta:generator><dc:title>",
	        odt_namespaces);
	markup_add(out, doc->title, strlen(doc->title));
	buf_addf(out, "</dc:title><dc:language>%s</dc:language>", doc->lang);
	if (doc->today != DAY_NONE)
		buf_addf(out, "<dc:date>%sT00:00:00</dc:date>", day_format(doc->today, day));
	buf_adds(out, "</office:meta>\n</office:document-meta>\n");
}

/* styles.xml, its first page upright or lying. */
static bool add_styles(const struct document *doc, struct sheet_pack *pack, struct fault *f)
{
	static const char upright[] = "style:name=\"Standard\" style:page-layout-name=\"Upright\"",
	                  lying[] = "style:name=\"Standard\" style:page-layout-name=\"Lying\"";
	const char *at = strstr(look_styles_xml, upright);
	size_t before = at == NULL ? strlen(look_styles_xml) : (size_t)(at - look_styles_xml);
	const char *behind = at == NULL ? "" : at + sizeof upright - 1;
	const struct sheet_piece pieces[] = { { look_styles_xml, before },
		{ doc->landscape ? lying : upright,
		        at == NULL ? 0 : strlen(doc->landscape ? lying : upright) },
		{ behind, strlen(behind) } };

	return sheet_pack_add(pack, "styles.xml", pieces, COUNT(pieces), true, f);
}

/* A file within the file, and its line in the manifest. */
static bool add_picture(struct sheet_pack *pack, struct buf *list, const char *name,
        const char *type, const char *bytes, size_t n, struct fault *f)
{
	buf_addf(list,
	        "<manifest:file-entry manifest:full-path=\"%s\" manifest:media-type=\"%s\"/>\n",
	        name, type);
	return sheet_pack_add(pack, name, &(struct sheet_piece){ bytes, n }, 1, false, f);
}

const char *odt_logo_name(const struct logo *logo)
{
	return strcmp(logo->type, "image/png") == 0 ? "Pictures/logo.png" : "Pictures/logo.jpg";
}

/* Every chart as a PNG of twice the screen's fineness: Word shows no SVG in an ODT file. */
static bool add_charts(struct document *doc, const struct report_helpers *helpers,
        struct sheet_pack *pack, struct buf *list, struct fault *f)
{
	const char *rsvg = NULL;
	struct buf svg = { 0 }, png = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < doc->nobject; i++) {
		if (doc->object[i].chart == NULL)
			continue;
		if (rsvg == NULL)
			rsvg = child_find(helpers->rsvg_convert, "rsvg-convert", "librsvg2-bin",
			        doc->arena, f);
		if (rsvg == NULL)
			return false;
		char *const argv[] = { arena_strdup(doc->arena, rsvg), (char[]){ "--format=png" },
			(char[]){ "--zoom=2" }, NULL };
		buf_clear(&svg);
		buf_clear(&png);
		chart_svg(doc->object[i].chart, false, i + 1, &svg);
		ok = child_run(argv, &svg, 0, &png, f) &&
		     add_picture(pack, list, arena_printf(doc->arena, "Pictures/chart-%zu.png", i),
		             "image/png", buf_text(&png), png.n, f);
	}
	buf_free(&svg);
	buf_free(&png);
	return ok;
}

static bool add_part(struct sheet_pack *pack, const char *name, struct buf *text, struct fault *f)
{
	return sheet_pack_add(
	        pack, name, &(struct sheet_piece){ buf_text(text), text->n }, 1, true, f);
}

static bool add_content(struct document *doc, struct sheet_pack *pack, struct fault *f)
{
	struct buf head = { 0 }, text = { 0 };
	bool ok = odt_content(doc, &head, &text, f);
	const struct sheet_piece pieces[] = { { buf_text(&head), head.n },
		{ buf_text(&text), text.n } };

	ok = ok && sheet_pack_add(pack, "content.xml", pieces, COUNT(pieces), true, f);
	buf_free(&head);
	buf_free(&text);
	return ok;
}

bool document_odt(struct document *doc, const struct report_helpers *helpers, struct buf *out,
        struct fault *f)
{
	static const char type[] = "application/vnd.oasis.opendocument.text";
	struct buf meta = { 0 }, list = { 0 };
	struct sheet_pack pack = { 0 };
	const struct logo *logo = doc->logo;
	bool ok;

	make_meta(doc, &meta);
	buf_adds(&list, manifest);
	ok = sheet_pack_add(&pack, "mimetype", &(struct sheet_piece){ type, sizeof type - 1 }, 1,
	             false, f) &&
	     add_content(doc, &pack, f) && add_styles(doc, &pack, f) &&
	     add_part(&pack, "meta.xml", &meta, f) &&
	     sheet_pack_add(&pack, "settings.xml",
	             &(struct sheet_piece){ look_settings_xml, strlen(look_settings_xml) }, 1, true,
	             f) &&
	     (logo == NULL || add_picture(&pack, &list, odt_logo_name(logo), logo->type,
	                              logo->bytes, logo->n, f)) &&
	     add_charts(doc, helpers, &pack, &list, f);
	buf_adds(&list, "</manifest:manifest>\n");
	ok = ok && add_part(&pack, "META-INF/manifest.xml", &list, f);
	if (ok)
		sheet_pack_finish(&pack, out);
	else
		sheet_pack_free(&pack);
	buf_free(&meta);
	buf_free(&list);
	return ok;
}
