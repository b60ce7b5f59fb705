/* SPDX-License-Identifier: MIT */
/* A document as PDF: its ms text through groff, its pictures made by rsvg-convert. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "report/pdf/child.h"
#include "report/document.h"
#include "report/pdf/fonts.h"

/* gropdf reads no comments within a dictionary, and cairo writes the page's number as one. */
static void strip_comment(struct buf *pdf)
{
	static const char found[] = "/Type /Page % 1\n";
	char *at = pdf->n == 0 ? NULL : memmem(pdf->p, pdf->n, found, sizeof found - 1);

	if (at != NULL)
		memset(at + 12, ' ', 3);
}

/* Where a picture is in the folder: a chart by its number, the logo behind the last of them. */
static const char *picture_path(const struct document *doc, const char *folder, size_t number)
{
	return arena_printf(doc->arena, "%s/chart-%zu.pdf", folder, number);
}

/* A drawing as a PDF file, for groff to place. */
static bool make_picture(struct document *doc, const struct report_helpers *helpers,
        const struct buf *svg, const char *path, int64_t epoch, struct fault *f)
{
	const char *rsvg =
	        child_find(helpers->rsvg_convert, "rsvg-convert", "librsvg2-bin", doc->arena, f);
	struct buf pdf = { 0 };
	bool ok;

	if (rsvg == NULL)
		return false;
	char *const argv[] = { arena_strdup(doc->arena, rsvg), (char[]){ "--format=pdf" }, NULL };
	ok = child_run(argv, svg, epoch, &pdf, f);
	strip_comment(&pdf);
	FILE *file = ok ? fopen(path, "wxe") : NULL;
	if (ok && (file == NULL || fwrite(pdf.p, 1, pdf.n, file) != pdf.n))
		ok = fault_errno(f, STATUS_IO, "cannot write %s", quote(path));
	if (file != NULL && fclose(file) != 0 && ok)
		ok = fault_errno(f, STATUS_IO, "cannot write %s", quote(path));
	buf_free(&pdf);
	return ok;
}

/* groff places no PNG: the logo goes into a drawing of its size. */
static void frame_logo(const struct logo *logo, struct buf *svg)
{
	buf_addf(svg,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%.1f\" height=\"%.1f\">"
	        "<image width=\"%.1f\" height=\"%.1f\" xlink:href=\"data:%s;base64,",
	        logo->width, logo->height, logo->width, logo->height, logo->type);
	logo_add_base64(logo, svg);
	buf_adds(svg, "\"/></svg>\n");
}

static bool make_pictures(struct document *doc, const struct report_helpers *helpers,
        const char *folder, int64_t epoch, struct fault *f)
{
	struct buf svg = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i <= doc->nobject; i++) {
		buf_clear(&svg);
		if (i == doc->nobject && doc->logo != NULL)
			frame_logo(doc->logo, &svg);
		else if (i < doc->nobject && doc->object[i].chart != NULL)
			chart_svg(doc->object[i].chart, false, i + 1, &svg);
		if (svg.n > 0)
			ok = make_picture(
			        doc, helpers, &svg, picture_path(doc, folder, i), epoch, f);
	}
	buf_free(&svg);
	return ok;
}

static void remove_all(struct document *doc, const char *folder)
{
	for (size_t i = 0; i <= doc->nobject; i++)
		if (i == doc->nobject || doc->object[i].chart != NULL)
			unlink(picture_path(doc, folder, i));
	fonts_remove(folder, doc->arena);
	rmdir(folder);
}

/* The text, preceded where it needs them by the faces in which the letters of fonts.h are looked for. */
static bool make_text(
        struct document *doc, const char *folder, const char *font, struct buf *ms, struct fault *f)
{
	struct buf text = { 0 };
	bool ok = document_ms(doc, folder, &text, f);

	if (ok && doc->nletters > 0) {
		buf_adds(ms, ".fspecial HR NimbusR\n.fspecial HB NimbusB\n.fspecial HI "
		             "NimbusI\n.fspecial HBI NimbusBI\n"
		             ".fspecial CR NimbusR\n.fspecial CB NimbusB\n.fspecial CI "
		             "NimbusI\n.fspecial CBI NimbusBI\n");
		ok = fonts_make(font, folder, doc->letters, doc->arena, f);
	}
	buf_add(ms, buf_text(&text), text.n);
	buf_free(&text);
	return ok;
}

bool document_pdf(struct document *doc, const struct report_helpers *helpers, struct buf *out,
        struct fault *f)
{
	const char *groff = child_find(helpers->groff, "groff", "groff", doc->arena, f);
	const char *font = fonts_find(doc->arena);
	char folder[] = "/tmp/report-XXXXXX";
	struct buf ms = { 0 };
	int64_t epoch = doc->today == DAY_NONE ? 0 : (int64_t)doc->today * 86400;

	if (groff == NULL)
		return false;
	if (mkdtemp(folder) == NULL)
		return fault_errno(f, STATUS_CANTCREATE, "cannot create %s", quote(folder));
	char *const argv[] = { arena_strdup(doc->arena, groff), (char[]){ "-k" }, (char[]){ "-t" },
		(char[]){ "-mspdf" }, (char[]){ "-Tpdf" }, (char[]){ "-F" }, folder, NULL };
	doc->letters = font == NULL ? NULL : arena_alloc(doc->arena, FONTS_RUNES);
	bool ok = make_pictures(doc, helpers, folder, epoch, f) &&
	          make_text(doc, folder, font, &ms, f) && child_run(argv, &ms, epoch, out, f);
	remove_all(doc, folder);
	buf_free(&ms);
	return ok;
}
