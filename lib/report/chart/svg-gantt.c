/* SPDX-License-Identifier: MIT */
/* Charts along time: what runs from when to when, milestones, and where today stands. */
#include <string.h>
#include "report/chart/svg.h"

#define ROW 30.0
#define BAR 14.0

double gantt_height(const struct chart *chart)
{
	return 64 + (double)chart->nlabel * ROW + 28;
}

bool gantt_range(const struct chart *c, day_t *first, day_t *last)
{
	*first = *last = DAY_NONE;
	for (size_t i = 0; i < c->nlabel; i++) {
		const day_t ends[] = { c->span[i].start, c->span[i].finish };

		for (size_t k = 0; k < COUNT(ends); k++) {
			if (ends[k] == DAY_NONE)
				continue;
			if (*first == DAY_NONE || ends[k] < *first)
				*first = ends[k];
			if (*last == DAY_NONE || ends[k] > *last)
				*last = ends[k];
		}
	}
	if (*first == DAY_NONE)
		return false;
	/* Today is shown where it falls within a year of the plan; an old plan stays readable. */
	if (c->today != DAY_NONE && c->today < *first && *first - c->today < 366)
		*first = c->today;
	if (c->today != DAY_NONE && c->today > *last && c->today - *last < 366)
		*last = c->today;
	if (*last - *first < 28)
		*last = *first + 28;
	return true;
}

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

struct span_plot {
	double left, right, top, bottom;
	day_t first, last;
};

static double at(const struct span_plot *p, day_t day)
{
	return p->left +
	       (double)(day - p->first) / (double)(p->last - p->first) * (p->right - p->left);
}

/* A line at the first of each month, or of each third month or year where they would crowd. */
static void draw_months(struct svg *s, const struct span_plot *p)
{
	int span = p->last - p->first,
	    step = span > 1500  ? 12
	           : span > 400 ? 3
	                        : 1,
	    year, month, day;
	day_t at_day;
	bool first = true;
	double free_from = 0; /* labels do not run into one another */

	day_split(p->first, &year, &month, &day);
	month = (month - 1) / step * step + 1;
	for (;; month += step) {
		if (month > 12) {
			month -= 12;
			year++;
		}
		if (!day_make(year, month, 1, &at_day) || at_day > p->last)
			break;
		if (at_day < p->first)
			continue;
		svg_line(s, at(p, at_day), p->top, at(p, at_day), p->bottom, "rule");
		char text[24];
		snprintf(text, sizeof text, month == 1 || first ? "%s %d" : "%s", months[month - 1],
		        year);
		first = false;
		if (at(p, at_day) < p->right - 40 && at(p, at_day) >= free_from) {
			svg_words(s, at(p, at_day) + 4, p->top - 6, SVG_START, "soft", text);
			free_from = at(p, at_day) + svg_measure(text) + 10;
		}
	}
}

static void draw_span(struct svg *s, const struct span_plot *p, size_t i, double y)
{
	const struct chart_span *span = &s->chart->span[i];
	day_t start = span->start != DAY_NONE ? span->start : span->finish;
	day_t finish = span->finish != DAY_NONE ? span->finish : span->start;

	if (start == DAY_NONE) {
		svg_words(s, p->left + 6, y + 4.5, SVG_START, "soft", "no date");
		return;
	}
	if (start >= finish) {
		buf_addf(s->out,
		        "<path transform=\"translate(%.1f %.1f)\" d=\"M0 -8L8 0L0 8L-8 0Z\" "
		        "class=\"%s\" stroke-width=\"2\"/>\n",
		        at(p, finish), y, span->done ? "f1" : "aside s1");
		return;
	}
	buf_addf(s->out,
	        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\" class=\"%s\" "
	        "stroke-width=\"2\"/>\n",
	        at(p, start), y - BAR / 2, at(p, finish) - at(p, start), BAR,
	        span->done ? "f1" : "aside s1");
}

/* What the bars stand for, out of the way of the word for today. */
static void draw_key(struct svg *s, const struct span_plot *p)
{
	day_t today = s->chart->today;
	bool aside = today != DAY_NONE && today >= p->first && today <= p->last &&
	             at(p, today) < p->left + 150;
	double x = aside ? p->right - 120 : p->left;

	svg_bar(s, x, p->bottom + 9, 14, 9, "f1", 0);
	svg_words(s, x + 20, p->bottom + 18, SVG_START, "soft", "done");
	buf_addf(s->out,
	        "<rect x=\"%.1f\" y=\"%.1f\" width=\"14\" height=\"9\" rx=\"2\" class=\"aside "
	        "s1\" stroke-width=\"1.5\"/>\n",
	        x + 64, p->bottom + 9);
	svg_words(s, x + 84, p->bottom + 18, SVG_START, "soft", "open");
}

void gantt_draw(struct svg *s)
{
	const struct chart *c = s->chart;
	struct span_plot p = {
		.left = labels_width(c, 270) + 14, .right = SVG_WIDTH - 16, .top = 56
	};

	if (!gantt_range(c, &p.first, &p.last))
		return;
	p.bottom = p.top + (double)c->nlabel * ROW;
	draw_months(s, &p);
	for (size_t i = 0; i < c->nlabel; i++) {
		double y = p.top + ((double)i + 0.5) * ROW;

		svg_label(s, p.left - 14, y, p.left - 14, 2, c->label[i]);
		draw_span(s, &p, i, y);
	}
	svg_line(s, p.left, p.bottom, p.right, p.bottom, "axis");
	if (c->today != DAY_NONE && c->today >= p.first && c->today <= p.last) {
		buf_addf(s->out,
		        "<path d=\"M%.1f %.1fV%.1f\" class=\"s2\" fill=\"none\" stroke-width=\"2\" "
		        "stroke-dasharray=\"5 3\"/>\n",
		        at(&p, c->today), p.top, p.bottom + 4);
		svg_words(s, at(&p, c->today), p.bottom + 18, SVG_MIDDLE, NULL, "today");
	}
	draw_key(s, &p);
}
