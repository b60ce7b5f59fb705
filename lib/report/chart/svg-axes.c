/* SPDX-License-Identifier: MIT */
/* Charts along an axis: bars, columns and lines. */
#include <math.h>
#include <string.h>
#include "report/chart/svg.h"

double chart_low(const struct chart *chart)
{
	double low = 0;

	for (size_t i = 0; i < chart->nlabel * chart->nseries; i++)
		if (chart->value[i] < low)
			low = chart->value[i];
	return low;
}

double chart_high(const struct chart *chart)
{
	double high = chart_low(chart);

	for (size_t i = 0; i < chart->nlabel * chart->nseries; i++)
		if (chart->value[i] > high)
			high = chart->value[i];
	return high > chart_low(chart) ? high : chart_low(chart) + 1;
}

static void legend_classes(const struct chart *chart, const char **classes)
{
	for (size_t i = 0; i < chart->nseries; i++)
		classes[i] = svg_fill(i);
}

static double draw_legend(struct svg *s)
{
	const char *classes[64];

	if (s->chart->nseries < 2 || s->chart->nseries > COUNT(classes))
		return 0;
	legend_classes(s->chart, classes);
	return svg_legend(s, 0, 32, classes) + 8;
}

/* ---------- bars ---------- */

#define BAR 18.0

static double row_height(const struct chart *chart)
{
	double row = (double)chart->nseries * BAR + 12;

	return row < 36 ? 36 : row;
}

double bars_height(const struct chart *chart)
{
	return 32 + svg_legend_height(chart) + (double)chart->nlabel * row_height(chart) + 6;
}

void bars_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	double left = labels_width(c, 250) + 10, row = row_height(c);
	double right = SVG_WIDTH - fmax(70, numbers_width(c, false) + 10);
	double top = 32 + draw_legend(s);
	/* Bars end in their number, so there are no grid lines and the longest fills the width. */
	struct scale scale = { chart_low(c), chart_high(c), 1 };
	double zero = scale_at(&scale, 0, left, right);

	for (size_t i = 0; i < c->nlabel; i++) {
		double y = top + (double)i * row, bar = y + (row - (double)c->nseries * BAR) / 2;

		svg_label(s, left - 10, y + row / 2, left - 10, 2, c->label[i]);
		for (size_t k = 0; k < c->nseries; k++, bar += BAR) {
			double v = c->value[i * c->nseries + k];
			double x = isnan(v) ? zero : scale_at(&scale, v, left, right);

			if (isnan(v)) {
				svg_words(s, zero + 6, bar + 13, SVG_START, "soft", "not known");
				continue;
			}
			svg_bar(s, zero, bar + 1, x - zero, BAR - 2, svg_fill(k), k);
			svg_number(s, (v < 0 ? zero : x) + 6, bar + 13, SVG_START, NULL, v);
		}
	}
	svg_line(s, zero, top, zero, top + (double)c->nlabel * row, "axis");
}

/* ---------- columns and lines ---------- */

#define PLOT 220.0

static bool slanted(const struct chart *chart)
{
	double band = (SVG_WIDTH - 60) / (double)(chart->nlabel == 0 ? 1 : chart->nlabel);

	return chart->nlabel > 1 && labels_width(chart, 1000) > band - 6;
}

double columns_height(const struct chart *chart)
{
	double labels = slanted(chart) ? labels_width(chart, 160) * 0.64 + 22 : 28;

	return 44 + svg_legend_height(chart) + PLOT + labels;
}

struct plot {
	struct scale scale;
	double left, right, top, bottom, band;
};

static double at(const struct plot *plot, double value)
{
	return scale_at(&plot->scale, value, plot->bottom, plot->top);
}

/* Grid, numbers of the axis and labels beneath. */
static struct plot plot_draw(struct svg *s, double room)
{
	const struct chart *c = s->chart;
	struct plot p = { .scale = scale_make(chart_low(c), chart_high(c)), .left = 52 };

	p.right = SVG_WIDTH - room;
	p.top = 44 + draw_legend(s);
	p.bottom = p.top + PLOT;
	p.band = (p.right - p.left) / (double)c->nlabel;
	for (double v = p.scale.low; v <= p.scale.high + p.scale.step / 2; v += p.scale.step) {
		double value = fabs(v) < p.scale.step / 1e6 ? 0 : v;

		svg_line(s, p.left, at(&p, value), p.right, at(&p, value),
		        value == 0 ? "axis" : "rule");
		svg_number(s, p.left - 8, at(&p, value) + 4.5, SVG_END, "soft", value);
	}
	for (size_t i = 0; i < c->nlabel; i++) {
		double x = p.left + ((double)i + 0.5) * p.band;

		if (slanted(c)) {
			buf_addf(s->out, "<g transform=\"rotate(-40 %.1f %.1f)\">\n", x + 4,
			        p.bottom + 16);
			svg_words(s, x + 4, p.bottom + 16, SVG_END, NULL, c->label[i]);
			buf_adds(s->out, "</g>\n");
		} else {
			svg_words(s, x, p.bottom + 20, SVG_MIDDLE, NULL, c->label[i]);
		}
	}
	return p;
}

void columns_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	struct plot p = plot_draw(s, 4);
	double wide = p.band * 0.76 / (double)c->nseries;

	if (wide > 56)
		wide = 56;
	for (size_t i = 0; i < c->nlabel; i++) {
		double x = p.left + ((double)i + 0.5) * p.band - wide * (double)c->nseries / 2;

		for (size_t k = 0; k < c->nseries; k++, x += wide) {
			double v = c->value[i * c->nseries + k];

			if (isnan(v)) {
				svg_words(s, x + wide / 2, at(&p, 0) - 5, SVG_MIDDLE, "soft", "?");
				continue;
			}
			double y = v < 0 ? at(&p, 0) : at(&p, v);
			svg_bar(s, x + 1, y, wide - 2, fabs(at(&p, v) - at(&p, 0)), svg_fill(k), k);
			if (wide >= 24)
				svg_number(s, x + wide / 2, y - 5, SVG_MIDDLE, NULL, v);
		}
	}
}

/* A dot of another shape for each series. */
static void dot(struct svg *s, double x, double y, size_t series)
{
	static const char *const shapes[SVG_SERIES] = {
		"M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
		"M-4 -4H4V4H-4Z",
		"M0 -5L5 4H-5Z",
		"M0 -5L5 0L0 5L-5 0Z",
		"M0 5L5 -4H-5Z",
		"M-4 -2H-2V-4H2V-2H4V2H2V4H-2V2H-4Z",
	};

	buf_addf(s->out, "<path transform=\"translate(%.1f %.1f)\" d=\"%s\" class=\"%s\"/>\n", x, y,
	        shapes[series % SVG_SERIES], svg_fill(series));
}

static void draw_series(struct svg *s, const struct plot *p, size_t k, double *ends)
{
	static const char *const dashes[SVG_SERIES] = { "none", "9 4", "3 3", "12 4 3 4", "6 2",
		"1 4" };
	const struct chart *c = s->chart;
	bool drawing = false;
	double last = NAN;

	buf_addf(s->out,
	        "<path class=\"s%zu\" fill=\"none\" stroke-width=\"2.5\" stroke-linejoin=\"round\" "
	        "stroke-dasharray=\"%s\" d=\"",
	        k % SVG_SERIES + 1, dashes[k % SVG_SERIES]);
	for (size_t i = 0; i < c->nlabel; i++) {
		double v = c->value[i * c->nseries + k];

		if (!isnan(v)) {
			buf_addf(s->out, "%s%.1f %.1f", drawing ? "L" : "M",
			        p->left + ((double)i + 0.5) * p->band, at(p, v));
			last = v;
		}
		drawing = !isnan(v);
	}
	buf_adds(s->out, last == last ? "\"/>\n" : "M0 0\"/>\n");
	for (size_t i = 0; i < c->nlabel; i++)
		if (!isnan(c->value[i * c->nseries + k]))
			dot(s, p->left + ((double)i + 0.5) * p->band,
			        at(p, c->value[i * c->nseries + k]), k);
	ends[k] = isnan(last) ? NAN : at(p, last);
}

void lines_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	struct plot p = plot_draw(s, 60);
	double *ends = mem_zalloc((c->nseries + 1) * sizeof *ends);

	for (size_t k = 0; k < c->nseries; k++)
		draw_series(s, &p, k, ends);
	/* The last value stands at the end of its line, where no earlier one already stands. */
	for (size_t k = 0; k < c->nseries; k++) {
		bool clear = !isnan(ends[k]);
		double v = NAN;

		for (size_t j = 0; j < k; j++)
			clear = clear && !(fabs(ends[j] - ends[k]) < 12);
		for (size_t i = 0; i < c->nlabel; i++)
			if (!isnan(c->value[i * c->nseries + k]))
				v = c->value[i * c->nseries + k];
		if (clear)
			svg_number(s, p.right - p.band / 2 + 10, ends[k] + 4.5, SVG_START, NULL, v);
		else
			ends[k] = NAN;
	}
	mem_free(ends);
}
