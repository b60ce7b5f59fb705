/* SPDX-License-Identifier: MIT */
/* svg: what the drawings of charts share: the frame, words, scales, patterns, legends. */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "report/document.h"

#define SVG_WIDTH  720.0
#define SVG_FONT   13.0 /* pixels */
#define SVG_SERIES 6    /* colours and patterns there are; more series begin again */

struct svg {
	struct buf *out;
	const struct chart *chart;
	bool inlined;
	size_t id;
	double width, height;
};
enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* Words at a point of their base line; class NULL: ink. */
void svg_words(
        struct svg *, double x, double y, enum svg_anchor, const char *class, const char *text);
/* Words broken into at most `lines` lines of `width` pixels, the middle at y; cut with …. */
void svg_label(struct svg *, double x, double y, double width, size_t lines, const char *text);
/* How wide words run, near enough. */
double svg_measure(const char *text);
void svg_line(struct svg *, double x1, double y1, double x2, double y2, const char *class);
/* A bar of a colour class; pattern 0 is plain. */
void svg_bar(
        struct svg *, double x, double y, double w, double h, const char *class, size_t pattern);
/* A value beside or in a bar, as charts print numbers. */
void svg_number(struct svg *, double x, double y, enum svg_anchor, const char *class, double);
/* The names of the series with their colours, from x, y on; returns the height used. */
double svg_legend(struct svg *, double x, double y, const char *const *classes);
double svg_legend_height(const struct chart *);
const char *svg_fill(size_t series); /* "f1" … "f6" */

/* Round steps for an axis from `low` (at most 0) to `high`. */
struct scale {
	double low, high, step;
};
struct scale scale_make(double low, double high);
double scale_at(const struct scale *, double value, double from, double to);

/* The kinds: height first, then the drawing. */
double bars_height(const struct chart *);
void bars_draw(struct svg *);
double columns_height(const struct chart *);
void columns_draw(struct svg *);
void lines_draw(struct svg *);
double stack_height(const struct chart *);
void stack_draw(struct svg *);
void likert_draw(struct svg *);
double gantt_height(const struct chart *);
void gantt_draw(struct svg *);

/* LIKERT: the order to draw the series in, negatives first, aside ones last; n of them. */
void likert_order(const struct chart *, size_t *order);
/* GANTT: the first and last day over all spans, today included; false: nothing has a day. */
bool gantt_range(const struct chart *, day_t *first, day_t *last);
/* The width that labels on the left need, at most `most`. */
double labels_width(const struct chart *, double most);
/* The width that the numbers behind bars need, those of stacked bars being sums. */
double numbers_width(const struct chart *, bool sums);
double chart_low(const struct chart *);  /* the least value, at most 0 */
double chart_high(const struct chart *); /* the greatest, above chart_low */

#endif
