/* SPDX-License-Identifier: MIT */
/* Charts of shares: stacked bars, and Likert answers around a neutral centre. */
#include <math.h>
#include <string.h>
#include "report/chart/svg.h"

#define ROW 38.0
#define BAR 24.0

double stack_height(const struct chart *chart)
{
	return 32 + svg_legend_height(chart) + (double)chart->nlabel * ROW +
	       (chart->kind == CHART_LIKERT ? 26 : 4);
}

static double known(double v)
{
	return isnan(v) || v < 0 ? 0 : v;
}

static double total_of(const struct chart *c, size_t label)
{
	double sum = 0;

	for (size_t k = 0; k < c->nseries; k++)
		sum += known(c->value[label * c->nseries + k]);
	return sum;
}

/* The number stands in its segment where there is room for it; where the segment has a pattern, on a
 * patch of its plain colour. */
static void segment_number(struct svg *s, double x, double w, double y, const char *class,
        const char *patch, double value)
{
	struct buf text = { 0 };

	chart_add_number(&text, value, s->chart->unit);
	double wide = svg_measure(buf_text(&text)) + 4;
	if (wide < w) {
		if (patch != NULL)
			svg_bar(s, x + (w - wide) / 2, y + 4, wide, BAR - 8, patch, 0);
		svg_words(s, x + w / 2, y + BAR / 2 + 4.5, SVG_MIDDLE, class, buf_text(&text));
	}
	buf_free(&text);
}

void stack_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	double left = labels_width(c, 230) + 10, most = 0;
	double right = SVG_WIDTH - fmax(60, numbers_width(c, true) + 10);
	double top = 32 + svg_legend_height(c);
	const char **classes = mem_zalloc((c->nseries + 1) * sizeof *classes);

	for (size_t k = 0; k < c->nseries; k++)
		classes[k] = svg_fill(k);
	if (c->nseries > 1)
		svg_legend(s, 0, 32, classes);
	for (size_t i = 0; i < c->nlabel; i++)
		most = fmax(most, total_of(c, i));
	for (size_t i = 0; i < c->nlabel; i++) {
		double x = left, y = top + (double)i * ROW + (ROW - BAR) / 2;

		svg_label(s, left - 10, y + BAR / 2, left - 10, 2, c->label[i]);
		for (size_t k = 0; k < c->nseries; k++) {
			double v = known(c->value[i * c->nseries + k]);
			double w = most > 0 ? v / most * (right - left) : 0;

			if (w <= 0)
				continue;
			svg_bar(s, x, y, w, BAR, classes[k], k);
			svg_line(s, x + w, y, x + w, y + BAR, "gap");
			segment_number(s, x, w, y, "light", k > 0 ? classes[k] : NULL, v);
			x += w;
		}
		svg_number(s, x + 6, y + BAR / 2 + 4.5, SVG_START, NULL, total_of(c, i));
	}
	svg_line(s, left, top, left, top + (double)c->nlabel * ROW, "axis");
	mem_free(classes);
}

/* ---------- Likert ---------- */

void likert_order(const struct chart *c, size_t *order)
{
	size_t n = 0;
	/* A scale that begins with its positive end is drawn the other way round. */
	bool reversed = false;

	for (size_t k = 0; k < c->nseries; k++)
		if (c->tone[k] == TONE_POSITIVE || c->tone[k] == TONE_NEGATIVE) {
			reversed = c->tone[k] == TONE_POSITIVE;
			break;
		}
	for (size_t k = 0; k < c->nseries; k++) {
		size_t at = reversed ? c->nseries - 1 - k : k;

		if (c->tone[at] != TONE_ASIDE)
			order[n++] = at;
	}
	for (size_t k = 0; k < c->nseries; k++)
		if (c->tone[k] == TONE_ASIDE)
			order[n++] = k;
}

static const char *likert_class(const struct chart *c, const size_t *order, size_t at)
{
	enum chart_tone tone = c->tone[order[at]];

	if (tone == TONE_ASIDE)
		return "aside";
	if (tone == TONE_NEUTRAL)
		return "neu";
	if (tone == TONE_NEGATIVE)
		return at == 0 ? "neg2" : "neg1";
	bool outermost = at + 1 == c->nseries || c->tone[order[at + 1]] == TONE_ASIDE;
	return outermost ? "pos2" : "pos1";
}

/* Shares of all answers but those aside, per cent, to the left of the centre and to its right. */
static void reach(const struct chart *c, size_t label, double *left, double *right, double *base)
{
	*left = *right = *base = 0;
	for (size_t k = 0; k < c->nseries; k++) {
		double v = known(c->value[label * c->nseries + k]);

		*base += c->tone[k] == TONE_ASIDE ? 0 : v;
		*left += c->tone[k] == TONE_NEGATIVE ? v : c->tone[k] == TONE_NEUTRAL ? v / 2 : 0;
		*right += c->tone[k] == TONE_POSITIVE ? v : c->tone[k] == TONE_NEUTRAL ? v / 2 : 0;
	}
	if (*base > 0) {
		*left = *left * 100 / *base;
		*right = *right * 100 / *base;
	}
}

static void likert_row(
        struct svg *s, const size_t *order, size_t i, double y, double centre, double scale)
{
	const struct chart *c = s->chart;
	double left, right, base, aside = 0, x;

	reach(c, i, &left, &right, &base);
	x = centre - left * scale;
	for (size_t k = 0; k < c->nseries; k++) {
		const char *class = likert_class(c, order, k);
		double v = known(c->value[i * c->nseries + order[k]]);
		double w = base > 0 ? v * 100 / base * scale : 0;

		if (c->tone[order[k]] == TONE_ASIDE) {
			aside += v;
			continue;
		}
		if (w <= 0)
			continue;
		svg_bar(s, x, y, w, BAR, class, 0);
		svg_line(s, x + w, y, x + w, y + BAR, "gap");
		segment_number(s, x, w, y, class[3] == '2' ? "light" : "dark", NULL, v);
		x += w;
	}
	if (aside > 0)
		svg_number(s, SVG_WIDTH - 4, y + BAR / 2 + 4.5, SVG_END, "soft", aside);
}

void likert_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	double from = labels_width(c, 230) + 12, to = SVG_WIDTH - 44, left = 1, right = 1;
	double top = 32 + svg_legend_height(c);
	size_t *order = mem_zalloc((c->nseries + 1) * sizeof *order);
	const char **classes = mem_zalloc((c->nseries + 1) * sizeof *classes);
	bool aside = false;

	likert_order(c, order);
	for (size_t k = 0; k < c->nseries; k++) {
		classes[order[k]] = likert_class(c, order, k);
		aside = aside || c->tone[k] == TONE_ASIDE;
	}
	svg_legend(s, 0, 32, classes);
	for (size_t i = 0; i < c->nlabel; i++) {
		double l, r, base;

		reach(c, i, &l, &r, &base);
		left = fmax(left, l);
		right = fmax(right, r);
	}
	double scale = (to - from) / (left + right), centre = from + left * scale;
	for (size_t i = 0; i < c->nlabel; i++) {
		double y = top + (double)i * ROW + (ROW - BAR) / 2;

		svg_label(s, from - 12, y + BAR / 2, from - 12, 2, c->label[i]);
		likert_row(s, order, i, y, centre, scale);
	}
	double bottom = top + (double)c->nlabel * ROW;
	/* The centre shows between the bars alone: across them it would strike out the neutral figures. */
	for (size_t i = 0; i <= c->nlabel; i++) {
		double y = top + (double)i * ROW, half = (ROW - BAR) / 2;

		svg_line(s, centre, i > 0 ? y - half : y - 2, centre,
		        i < c->nlabel ? y + half : y + 4, "axis");
	}
	svg_words(s, centre - 8, bottom + 18, SVG_END, "soft", "← negative");
	svg_words(s, centre + 8, bottom + 18, SVG_START, "soft", "positive →");
	if (aside)
		svg_words(s, SVG_WIDTH - 4, bottom + 18, SVG_END, "soft", "aside");
	mem_free(classes);
	mem_free(order);
}
