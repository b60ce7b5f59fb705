/* SPDX-License-Identifier: MIT */
/* Charts in words, numbers and block characters. */
#include <math.h>
#include <string.h>
#include "report/chart/svg.h"

void chart_add_number(struct buf *out, double value, const char *unit)
{
	char digits[64];
	size_t n, whole;
	double size = fabs(value);

	if (isnan(value)) {
		buf_adds(out, "not known");
		return;
	}
	/* One decimal where there is one to show: 12 stays 12. Money has its pence. */
	bool money = unit != NULL && strcmp(unit, "£") == 0;
	bool decimal = size < 1e15 && fabs(size - round(size)) >= (money ? 0.005 : 0.05);
	snprintf(digits, sizeof digits, !decimal ? "%.0f" : money ? "%.2f" : "%.1f", size);
	n = strlen(digits);
	whole = strcspn(digits, ".");
	if (value < 0 && strspn(digits, "0.") < n)
		buf_adds(out, "−");
	if (money)
		buf_adds(out, "£");
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, digits[i]);
	}
	if (unit != NULL && !money)
		buf_addf(out, strcmp(unit, "%") == 0 ? "%s" : " %s", unit);
}

static void add_day(struct buf *out, day_t day)
{
	if (day == DAY_NONE)
		buf_adds(out, "not known");
	else
		day_add_long(out, day);
}

void chart_describe(const struct chart *c, struct buf *out)
{
	static const char *const kinds[] = { "Bar chart", "Column chart", "Line chart",
		"Stacked bar chart", "Chart of answers around a neutral centre", "Timeline" };
	size_t most = 0, least = 0, seen = 0;

	buf_addf(out, "%s of %zu %s", kinds[c->kind], c->nlabel, c->nlabel == 1 ? "row" : "rows");
	if (c->kind == CHART_GANTT) {
		day_t first, last;

		if (gantt_range(c, &first, &last)) {
			buf_adds(out, " from ");
			day_add_long(out, first);
			buf_adds(out, " to ");
			day_add_long(out, last);
		}
		buf_adds(out, ". The dates are in the table that follows.");
		return;
	}
	if (c->nseries > 1) {
		buf_adds(out, " by ");
		for (size_t k = 0; k < c->nseries; k++)
			buf_addf(out, "%s%s",
			        k == 0                ? ""
			        : k + 1 == c->nseries ? " and "
			                              : ", ",
			        c->series[k]);
	}
	for (size_t i = 0; c->nseries == 1 && i < c->nlabel; i++) {
		if (isnan(c->value[i]))
			continue;
		most = seen == 0 || c->value[i] > c->value[most] ? i : most;
		least = seen == 0 || c->value[i] < c->value[least] ? i : least;
		seen++;
	}
	if (seen > 1) {
		buf_addf(out, ". Highest: %s, ", c->label[most]);
		chart_add_number(out, c->value[most], c->unit);
		buf_addf(out, "; lowest: %s, ", c->label[least]);
		chart_add_number(out, c->value[least], c->unit);
	}
	buf_adds(out, ". The numbers are in the table that follows.");
}

void chart_numbers(const struct chart *c, struct buf *out)
{
	bool gantt = c->kind == CHART_GANTT;

	buf_adds(out, "| ");
	markdown_add_heading(out, str_empty(c->heading) ? "What" : c->heading);
	buf_adds(out, " |");
	for (size_t k = 0; k < c->nseries; k++) {
		buf_addc(out, ' ');
		markdown_add_heading(out, c->series[k]);
		buf_adds(out, " |");
	}
	buf_adds(out, gantt ? " From | To | State |\n|---|---|---|---|\n" : "\n|---|");
	for (size_t k = 0; k < c->nseries; k++)
		buf_adds(out, "--:|");
	if (!gantt)
		buf_addc(out, '\n');
	for (size_t i = 0; i < c->nlabel; i++) {
		buf_adds(out, "| ");
		markdown_add_escaped(out, c->label[i], false);
		buf_adds(out, " |");
		for (size_t k = 0; k < c->nseries; k++) {
			buf_addc(out, ' ');
			chart_add_number(out, c->value[i * c->nseries + k], c->unit);
			buf_adds(out, " |");
		}
		if (gantt) {
			buf_addc(out, ' ');
			add_day(out, c->span[i].start);
			buf_adds(out, " | ");
			add_day(out, c->span[i].finish);
			buf_addf(out, " | %s |", c->span[i].done ? "done" : "open");
		}
		buf_addc(out, '\n');
	}
}

/* ---------- block characters ---------- */

static void add_times(struct buf *out, const char *what, int n)
{
	for (int i = 0; i < n; i++)
		buf_adds(out, what);
}

/* The label in exactly `width` columns, cut with … where it is longer. */
static void add_label(struct buf *out, const char *label, int width)
{
	int wide = text_width(label, strlen(label));

	if (wide > width) {
		size_t n = text_fit(label, strlen(label), width - 1);

		buf_add(out, label, n);
		buf_adds(out, "…");
		wide = text_width(label, n) + 1;
	} else {
		buf_adds(out, label);
	}
	add_times(out, " ", width - wide);
}

static int label_width(const struct chart *c, int most)
{
	int width = 0;

	for (size_t i = 0; i < c->nlabel; i++) {
		int w = text_width(c->label[i], strlen(c->label[i]));

		width = w > width ? w : width;
	}
	for (size_t k = 0; c->nseries > 1 && k < c->nseries; k++) {
		int w = text_width(c->series[k], strlen(c->series[k])) + 2;

		width = w > width ? w : width;
	}
	return width > most ? most : width;
}

/* A bar in eighths of a column. */
static void add_bar(struct buf *out, double share, int width)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	int n = (int)lround(share * width * 8);

	if (n == 0 && share > 0)
		n = 1;
	add_times(out, "█", n / 8);
	buf_adds(out, eighths[n % 8]);
}

static void text_bars(const struct chart *c, int columns, struct buf *out)
{
	int label = label_width(c, columns / 2), room = columns - label - 12;
	double high = fmax(chart_high(c), -chart_low(c));

	for (size_t i = 0; i < c->nlabel; i++) {
		if (c->nseries > 1)
			buf_addf(out, "%s\n", c->label[i]);
		for (size_t k = 0; k < c->nseries; k++) {
			double v = c->value[i * c->nseries + k];

			if (c->nseries > 1)
				buf_adds(out, "  ");
			add_label(out, c->nseries > 1 ? c->series[k] : c->label[i],
			        c->nseries > 1 ? label - 2 : label);
			buf_adds(out, "  ");
			if (!isnan(v) && v != 0) {
				add_bar(out, fabs(v) / high, room);
				buf_addc(out, ' ');
			}
			chart_add_number(out, v, c->unit);
			buf_addc(out, '\n');
		}
	}
}

static void text_lines(const struct chart *c, int columns, struct buf *out)
{
	static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int label = 0;
	double low = chart_low(c), high = chart_high(c);

	(void)columns;
	for (size_t k = 0; k < c->nseries; k++) {
		int w = text_width(c->series[k], strlen(c->series[k]));

		label = w > label ? w : label;
	}
	for (size_t k = 0; k < c->nseries; k++) {
		add_label(out, c->series[k], label > 30 ? 30 : label);
		buf_adds(out, "  ");
		for (size_t i = 0; i < c->nlabel; i++) {
			double v = c->value[i * c->nseries + k];

			buf_adds(out,
			        isnan(v) ? " " : heights[(int)((v - low) / (high - low) * 7.999)]);
		}
		buf_addc(out, '\n');
	}
}

static const char *const fills[] = { "█", "░", "▓", "▒", "▚", "▞" };

/* What the fills stand for, over as many lines as it takes. */
static void add_key(const struct chart *c, const size_t *order, int columns, struct buf *out)
{
	int at = 0;

	for (size_t k = 0; k < c->nseries; k++) {
		const char *name = c->series[order[k]];
		int width = text_width(name, strlen(name)) + 2;

		if (k > 0 && at + 2 + width > columns) {
			buf_addc(out, '\n');
			at = 0;
		} else if (k > 0) {
			buf_adds(out, "  ");
			at += 2;
		}
		buf_addf(out, "%s %s", fills[k % COUNT(fills)], name);
		at += width;
	}
	buf_addc(out, '\n');
}

static void text_parts(const struct chart *c, int columns, struct buf *out)
{
	int label = label_width(c, columns / 3), room = columns - label - 2;
	double most = 0;
	size_t *order = mem_zalloc((c->nseries + 1) * sizeof *order);

	for (size_t k = 0; k < c->nseries; k++)
		order[k] = k;
	if (c->kind == CHART_LIKERT)
		likert_order(c, order);
	for (size_t i = 0; i < c->nlabel; i++) {
		double sum = 0;

		for (size_t k = 0; k < c->nseries; k++)
			sum += fmax(0, isnan(c->value[i * c->nseries + k])
			                       ? 0
			                       : c->value[i * c->nseries + k]);
		most = fmax(most, sum);
	}
	add_key(c, order, columns, out);
	for (size_t i = 0; i < c->nlabel; i++) {
		add_label(out, c->label[i], label);
		buf_adds(out, "  ");
		double sum = 0;
		int drawn = 0;
		for (size_t k = 0; k < c->nseries; k++) {
			double v = c->value[i * c->nseries + order[k]];

			/* By where each part ends, so that what is rounded does not add up. */
			sum += v > 0 ? v : 0;
			int end = most > 0 ? (int)lround(sum / most * room) : 0;
			add_times(out, fills[k % COUNT(fills)], end - drawn);
			drawn = end;
		}
		buf_addc(out, '\n');
	}
	mem_free(order);
}

static void text_gantt(const struct chart *c, int columns, struct buf *out)
{
	int label = label_width(c, columns * 2 / 5), room = columns - label - 2;
	day_t first, last;

	if (!gantt_range(c, &first, &last))
		return;
	int today =
	        c->today >= first && c->today <= last
	                ? (int)((double)(c->today - first) / (double)(last - first) * (room - 1))
	                : -1;
	for (size_t i = 0; i < c->nlabel; i++) {
		day_t start = c->span[i].start, finish = c->span[i].finish;

		start = start == DAY_NONE ? finish : start;
		finish = finish == DAY_NONE ? start : finish;
		add_label(out, c->label[i], label);
		buf_adds(out, "  ");
		int from = start == DAY_NONE ? room
		                             : (int)((double)(start - first) /
		                                       (double)(last - first) * (room - 1));
		int to = finish == DAY_NONE ? -1
		                            : (int)((double)(finish - first) /
		                                      (double)(last - first) * (room - 1));
		for (int x = 0; x < room; x++)
			buf_adds(out, x == to && start >= finish ? "◆"
			              : x >= from && x <= to     ? (c->span[i].done ? "█" : "▒")
			              : x == today               ? "│"
			                                         : "·");
		buf_addc(out, '\n');
	}
	add_times(out, " ", label + 2);
	struct buf ends = { 0 };
	day_add_long(&ends, first);
	size_t split = ends.n;
	day_add_long(&ends, last);
	buf_add(out, ends.p, split);
	add_times(out, " ", room > (int)ends.n ? room - (int)ends.n : 1);
	buf_addf(out, "%s\n", ends.p + split);
	buf_free(&ends);
}

bool chart_text_complete(const struct chart *c)
{
	return c->kind == CHART_BARS || c->kind == CHART_COLUMNS;
}

void chart_text(const struct chart *c, int columns, struct buf *out)
{
	switch (c->kind) {
	case CHART_BARS:
	case CHART_COLUMNS:
		text_bars(c, columns, out);
		break;
	case CHART_LINES:
		text_lines(c, columns, out);
		break;
	case CHART_STACK:
	case CHART_LIKERT:
		text_parts(c, columns, out);
		break;
	case CHART_GANTT:
		text_gantt(c, columns, out);
		break;
	}
}
