/* SPDX-License-Identifier: MIT */
/* How wide the columns of a table are, and how high its beginning is. */
#include <math.h>
#include <string.h>
#include "report/chart/svg.h"
#include "report/tree/tree-private.h"

/* What a column asks for: its longest line, but no more than a good measure of text. */
static double wanted(const struct tree_table *table, size_t i)
{
	double want = (double)table->longest[i], least = (double)table->word[i];

	if (i < table->look->nwidth)
		return (double)table->look->width[i];
	if (want > 24)
		want = 24 + (want - 24) / 6;
	if (want > 60)
		want = 60;
	if (least > 24)
		least = 24;
	/* A heading is bold, and a word must not be broken. */
	return (want < least * 1.15 ? least * 1.15 : want) + 2.5;
}

bool tree_follows_number(const struct tree_table *table, size_t i)
{
	return i > 0 && table->align[i - 1] == ALIGN_RIGHT && table->align[i] != ALIGN_RIGHT;
}

/* Below this share of the line a word or a date would break. */
static double least_share(const struct tree_table *table, size_t i)
{
	double word = (double)(table->word[i] > 24 ? 24 : table->word[i]);

	return word * (table->lies ? 0.75 : 1.1) + (tree_follows_number(table, i) ? 4.2 : 2);
}

/* Columns that would be too narrow get what they need, those that need least first; the others share the
 * rest as they were to. */
static void keep_words(const struct tree_table *table, double *share)
{
	bool *kept = mem_zalloc(table->columns + 1);
	double given = 0;

	for (bool more = true; more;) {
		double rest = 0, least = 0;
		size_t next = 0;

		more = false;
		for (size_t i = 0; i < table->columns; i++)
			rest += kept[i] ? 0 : share[i];
		for (size_t i = 0; i < table->columns; i++) {
			double need = least_share(table, i);

			if (kept[i] || share[i] * (100 - given) / rest >= need ||
			        given + need > 90 || (more && need >= least))
				continue;
			more = true;
			next = i;
			least = need;
		}
		if (more) {
			kept[next] = true;
			share[next] = least;
			given += least;
			continue;
		}
		for (size_t i = 0; i < table->columns; i++)
			if (!kept[i])
				share[i] = share[i] * (100 - given) / rest;
	}
	mem_free(kept);
}

void tree_widths(const struct tree_table *table, double *share)
{
	double sum = 0;

	for (size_t i = 0; i < table->columns; i++)
		share[i] = wanted(table, i);
	keep_words(table, share);
	for (size_t i = 0; i < table->columns; i++)
		sum += share[i];
	for (size_t i = 0; i < table->columns; i++)
		share[i] = share[i] * 100 / sum;
}

double tree_line(const struct tree_table *table, double most)
{
	double wide = 0;

	if (!table->look->numbers)
		return most;
	for (size_t i = 0; i < table->columns; i++)
		wide += 0.2 * (double)table->longest[i] + 0.9;
	return wide < most ? wide : most;
}

void tree_columns(const struct tree_table *table, double *width)
{
	/* tbl puts three ens between columns; they come off what is shared out. */
	double room = tree_line(table, table->lies ? TREE_TURNED : TREE_UPRIGHT) - 0.05 -
	              0.56 * (double)(table->columns - 1);

	tree_widths(table, width);
	for (size_t i = 0; i < table->columns; i++)
		width[i] = room * width[i] / 100;
}

double tree_measure(const char *text)
{
	/* The measure of charts, in pixels, for the letters of tables, in centimetres. */
	return svg_measure(text) / SVG_FONT * 9 * 2.54 / 72;
}

/* How many lines a cell's words fill. */
static double count_lines(const char *text, double width, struct buf *line)
{
	double lines = 0;

	while (text != NULL) {
		size_t n = strcspn(text, "\n");
		/* A line that breaks leaves some of its room. */
		buf_clear(line);
		buf_add(line, text, n);
		double wide = tree_measure(buf_text(line)) * 1.15;

		lines += wide > width ? ceil(wide / width) : 1;
		text = text[n] == '\n' ? text + n + 1 : NULL;
	}
	return lines;
}

double tree_opening(const struct tree_table *table)
{
	struct buf line = { 0 };
	double *width = mem_zalloc((table->columns + 1) * sizeof *width), most = 1;

	tree_columns(table, width);
	for (size_t i = 0; i < table->columns; i++)
		most = fmax(most, count_lines(table->first[i], width[i], &line));
	mem_free(width);
	buf_free(&line);
	/* Beneath caption and heading; no more than half a page that lies. */
	return fmax(3.6, fmin(2.0 + 0.43 * most, 8));
}
