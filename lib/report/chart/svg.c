/* SPDX-License-Identifier: MIT */
/* The frame of every chart and the pieces its drawing is put together from. Numbers are printed
 * with one decimal, so that the same chart is the same bytes on every machine. */
#include <math.h>
#include <string.h>
#include "report/chart/svg.h"

/* The colours of pictures; HTML pages have them in page.css, twice: light and dark. */
static const char picture_style[] =
        "text{font-family:'Liberation Sans',Arial,Helvetica,sans-serif;font-size:13px;"
        "fill:#1c2430}.soft{fill:#4d5866}.light{fill:#fff}.dark{fill:#10151a}.rule{stroke:#c9d1da}"
        ".axis{stroke:#4d5866}.gap,.hatch{stroke:#fff}.f1{fill:#12476f}.f2{fill:#b85600}"
        ".f3{fill:#00785a}.f4{fill:#8a3d75}.f5{fill:#2874a8}.f6{fill:#6b6b6b}.s1{stroke:#12476f}"
        ".s2{stroke:#b85600}.s3{stroke:#00785a}.s4{stroke:#8a3d75}.s5{stroke:#2874a8}"
        ".s6{stroke:#6b6b6b}.neg2{fill:#a34700}.neg1{fill:#e39a4f}.neu{fill:#d5d9de}"
        ".pos1{fill:#6fa8d6}.pos2{fill:#12476f}.aside{fill:#fff;stroke:#4d5866}";

/* What is drawn over the second to sixth colour, so that they differ without any colour. */
static const char *const patterns[SVG_SERIES] = {
	NULL,
	"<path d=\"M0 8L8 0M-2 2L2 -2M6 10L10 6\" class=\"hatch\" fill=\"none\"/>",
	"<path d=\"M2 2h1M6 6h1\" class=\"hatch\" fill=\"none\" stroke-width=\"1.5\"/>",
	"<path d=\"M0 0L8 8M0 8L8 0\" class=\"hatch\" fill=\"none\"/>",
	"<path d=\"M4 0V8\" class=\"hatch\" fill=\"none\"/>",
	"<path d=\"M0 4H8\" class=\"hatch\" fill=\"none\"/>",
};

const char *svg_fill(size_t series)
{
	static const char *const names[SVG_SERIES] = { "f1", "f2", "f3", "f4", "f5", "f6" };

	return names[series % SVG_SERIES];
}

static void add_text(struct buf *out, const char *text)
{
	markup_add(out, text, strlen(text));
}

/* The frame with title, description, patterns and, for a picture, its own colours. */
static void svg_open(struct svg *s)
{
	struct buf description = { 0 };

	buf_addf(s->out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
	        "width=\"%.0f\" "
	        "height=\"%.0f\" role=\"img\" font-size=\"%.0f\" "
	        "aria-labelledby=\"chart-%zu-title chart-%zu-about\">\n<title "
	        "id=\"chart-%zu-title\">",
	        s->width, s->height, s->width, s->height, SVG_FONT, s->id, s->id, s->id);
	add_text(s->out, s->chart->title);
	buf_addf(s->out, "</title>\n<desc id=\"chart-%zu-about\">", s->id);
	chart_describe(s->chart, &description);
	add_text(s->out, buf_text(&description));
	buf_adds(s->out, "</desc>\n");
	if (!s->inlined)
		buf_addf(s->out, "<style>%s</style>\n", picture_style);
	if (s->chart->nseries > 1 && s->chart->kind != CHART_LINES) {
		buf_adds(s->out, "<defs>\n");
		for (size_t i = 1; i < SVG_SERIES && i < s->chart->nseries; i++)
			buf_addf(s->out,
			        "<pattern id=\"chart-%zu-p%zu\" width=\"8\" height=\"8\" "
			        "patternUnits=\"userSpaceOnUse\">%s</pattern>\n",
			        s->id, i, patterns[i]);
		buf_adds(s->out, "</defs>\n");
	}
	svg_words(s, 0, 18, SVG_START, "head", s->chart->title);
	buf_free(&description);
}

static void svg_close(struct svg *s)
{
	buf_adds(s->out, "</svg>\n");
}

double svg_measure(const char *text)
{
	double wide = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (((unsigned char)*p & 0xC0) == 0x80)
			continue;
		wide += strchr("iljtf.,:;'|!()[] Ir", *p) != NULL ? 0.32
		        : strchr("mwMW%", *p) != NULL             ? 0.86
		        : *p >= 'A' && *p <= 'Z'                  ? 0.68
		                                                  : 0.56;
	}
	return wide * SVG_FONT;
}

void svg_words(struct svg *s, double x, double y, enum svg_anchor anchor, const char *class,
        const char *text)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"",
		" text-anchor=\"end\"" };
	bool head = class != NULL && strcmp(class, "head") == 0;

	buf_addf(s->out, "<text x=\"%.1f\" y=\"%.1f\"%s", x, y, anchors[anchor]);
	if (head)
		buf_adds(s->out, " font-weight=\"bold\"");
	else if (class != NULL)
		buf_addf(s->out, " class=\"%s\"", class);
	buf_addc(s->out, '>');
	add_text(s->out, text);
	buf_adds(s->out, "</text>\n");
}

/* Bytes of the text that fit the width, broken at a blank where there is one. */
static size_t fit(const char *text, double width)
{
	size_t best = 0, hard = 0;
	double used = 0;

	for (size_t i = 0; text[i] != '\0';) {
		char one[5] = { 0 };
		size_t n = 1;

		while (((unsigned char)text[i + n] & 0xC0) == 0x80 && n < 4)
			n++;
		memcpy(one, text + i, n);
		used += svg_measure(one);
		if (used > width)
			return best > 0 ? best : hard > 0 ? hard : n;
		i += n;
		hard = i;
		if (text[i] == ' ' || text[i] == '\0')
			best = i;
	}
	return hard;
}

void svg_label(struct svg *s, double x, double y, double width, size_t lines, const char *text)
{
	const char *part[4];
	size_t length[4], n = 0;
	bool cut = false;

	while (*text != '\0' && n < lines && n < COUNT(part)) {
		part[n] = text;
		length[n] = fit(text, width);
		text += length[n++];
		text += strspn(text, " ");
	}
	cut = *text != '\0';
	for (size_t i = 0; i < n; i++) {
		struct buf line = { 0 };

		buf_add(&line, part[i], length[i]);
		if (cut && i + 1 == n)
			buf_adds(&line, "…");
		svg_words(s, x, y + 4.5 + ((double)i - ((double)n - 1) / 2) * 15, SVG_END, NULL,
		        buf_text(&line));
		buf_free(&line);
	}
}

void svg_line(struct svg *s, double x1, double y1, double x2, double y2, const char *class)
{
	buf_addf(s->out, "<path d=\"M%.1f %.1fL%.1f %.1f\" class=\"%s\" fill=\"none\"/>\n", x1, y1,
	        x2, y2, class);
}

void svg_bar(
        struct svg *s, double x, double y, double w, double h, const char *class, size_t pattern)
{
	if (w < 0) {
		x += w;
		w = -w;
	}
	buf_addf(s->out,
	        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n", x, y,
	        w, h, class);
	if (pattern % SVG_SERIES > 0)
		buf_addf(s->out,
		        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		        "fill=\"url(#chart-%zu-p%zu)\"/>\n",
		        x, y, w, h, s->id, pattern % SVG_SERIES);
}

void svg_number(
        struct svg *s, double x, double y, enum svg_anchor anchor, const char *class, double value)
{
	struct buf text = { 0 };

	chart_add_number(&text, value, s->chart->unit);
	svg_words(s, x, y, anchor, class, buf_text(&text));
	buf_free(&text);
}

/* Names flow into as many rows as they need. With draw NULL the height alone is worked out. */
static double legend(
        struct svg *draw, const struct chart *chart, double x, double y, const char *const *classes)
{
	double at = 0, row = 0;

	for (size_t i = 0; i < chart->nseries; i++) {
		double wide = svg_measure(chart->series[i]) + 38;

		if (at > 0 && at + wide > SVG_WIDTH - 10) {
			at = 0;
			row++;
		}
		if (draw != NULL) {
			svg_bar(draw, x + at, y + row * 20, 14, 12, classes[i],
			        classes[i][0] == 'f' ? i : 0);
			svg_words(draw, x + at + 20, y + row * 20 + 10.5, SVG_START, NULL,
			        chart->series[i]);
		}
		at += wide;
	}
	return (row + 1) * 20;
}

double svg_legend(struct svg *s, double x, double y, const char *const *classes)
{
	return legend(s, s->chart, x, y, classes);
}

double svg_legend_height(const struct chart *chart)
{
	return chart->nseries > 1 ? legend(NULL, chart, 0, 0, NULL) + 8 : 0;
}

struct scale scale_make(double low, double high)
{
	static const double rounds[] = { 1, 2, 2.5, 5, 10 };
	double span = high - low, power, step;

	if (!(span > 0))
		span = 1;
	power = pow(10, floor(log10(span / 5)));
	step = power;
	for (size_t i = 0; i < COUNT(rounds); i++) {
		step = rounds[i] * power;
		if (span / step <= 5.5)
			break;
	}
	return (struct scale){ floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step,
		step };
}

double scale_at(const struct scale *scale, double value, double from, double to)
{
	return from + (value - scale->low) / (scale->high - scale->low) * (to - from);
}

double labels_width(const struct chart *chart, double most)
{
	double wide = 0;

	for (size_t i = 0; i < chart->nlabel; i++) {
		double w = svg_measure(chart->label[i]) + 4;

		if (w > wide)
			wide = w;
	}
	return wide > most ? most : wide;
}

static double number_width(double value, const char *unit)
{
	struct buf text = { 0 };

	chart_add_number(&text, value, unit);
	double wide = svg_measure(buf_text(&text));
	buf_free(&text);
	return wide;
}

double numbers_width(const struct chart *chart, bool sums)
{
	double wide = 0;

	for (size_t i = 0; i < chart->nlabel; i++) {
		double sum = 0;

		for (size_t k = 0; k < chart->nseries; k++) {
			double v = chart->value[i * chart->nseries + k];

			if (!sums)
				wide = fmax(wide, number_width(v, chart->unit));
			else
				sum += isnan(v) || v < 0 ? 0 : v;
		}
		if (sums)
			wide = fmax(wide, number_width(sum, chart->unit));
	}
	return wide;
}

/* ---------- a chart as SVG ---------- */

void chart_size(const struct chart *chart, double *width, double *height)
{
	*width = SVG_WIDTH;
	switch (chart->kind) {
	case CHART_BARS:
		*height = bars_height(chart);
		break;
	case CHART_COLUMNS:
	case CHART_LINES:
		*height = columns_height(chart);
		break;
	case CHART_STACK:
	case CHART_LIKERT:
		*height = stack_height(chart);
		break;
	case CHART_GANTT:
		*height = gantt_height(chart);
		break;
	}
	*height = ceil(*height);
}

void chart_svg(const struct chart *chart, bool inlined, size_t id, struct buf *out)
{
	static void (*const draw[])(struct svg *) = {
		[CHART_BARS] = bars_draw,
		[CHART_COLUMNS] = columns_draw,
		[CHART_LINES] = lines_draw,
		[CHART_STACK] = stack_draw,
		[CHART_LIKERT] = likert_draw,
		[CHART_GANTT] = gantt_draw,
	};
	struct svg s = { .out = out, .chart = chart, .inlined = inlined, .id = id };

	chart_size(chart, &s.width, &s.height);
	svg_open(&s);
	draw[chart->kind](&s);
	svg_close(&s);
}
