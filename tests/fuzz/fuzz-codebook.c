/* SPDX-License-Identifier: MIT */
/*
 * Codebooks and responses: before a line "====" stands a codebook, behind it an export. Whatever the
 * bytes are, it is read or refused; and what is explained of a survey that was understood is itself a
 * codebook that gives the same explanation.
 */
#include <stdlib.h>
#include <string.h>

#include "survey/parts.h"

static const char scales[] =
        "scale:\n"
        "- ref: agreement\n"
        "  scale_answer:\n"
        "  - {text: Strongly agree, tone: positive, aliases: [agree strongly]}\n"
        "  - {text: Agree, tone: positive, aliases: [somewhat/mostly agree]}\n"
        "  - {text: Disagree, tone: negative}\n"
        "- ref: degree\n"
        "  scale_answer:\n"
        "  - {text: Very ~, tone: neutral}\n"
        "  - {text: Fairly ~, tone: neutral, aliases: [quite/rather ~]}\n"
        "  - {text: Not at all ~, tone: neutral, aliases: [not ~ at all, very un~]}\n"
        "- ref: yes-no\n"
        "  scale_answer:\n"
        "  - {text: 'Yes', tone: neutral}\n"
        "  - {text: 'No', tone: neutral}\n"
        "- ref: aside\n"
        "  scale_answer:\n"
        "  - {text: Don't know, tone: aside, aliases: [n a]}\n";

static struct input *open_part(const char *bytes, size_t n, enum input_format format)
{
	struct fault f = { 0 };

	return input_open_bytes(
	        "fuzz", bytes, n, &(struct input_options){ .format = format, .cell_max = 400 }, &f);
}

/* Reads all; what was understood as a codebook, or false where it was refused. */
static bool explain(const char *book, size_t nbook, const char *rows, size_t nrows, struct buf *out)
{
	struct survey *s = survey_new();
	struct fault f = { 0 }, end = { 0 };
	struct input *in = open_part(scales, sizeof scales - 1, INPUT_YAML);
	struct survey_row *row;
	size_t n;

	if (!in || !survey_read_scales(s, in, &f))
		abort();
	input_close(in, &end);
	in = open_part(book, nbook, INPUT_YAML);
	bool good = in != NULL && (nbook == 0 || survey_read_codebook(s, in, &f));
	if (in)
		input_close(in, &end);
	in = good ? open_part(rows, nrows, INPUT_CSV) : NULL;
	good = in && survey_read(s, in, NULL, NULL, &f) && survey_understand(s, &f);
	if (in)
		input_close(in, &end);
	if (good) {
		struct out *o = out_open_memory(out);
		if (!survey_rows(s, &row, &n, &f) || !survey_explain(s, o, &f) || !out_close(o, &f))
			abort();
	}
	survey_free(s);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *mark = size > 6 ? memmem(text, size, "\n====\n", 6) : NULL;
	size_t nbook = mark ? (size_t)(mark - text) + 1 : 0;
	const char *rows = mark ? mark + 6 : text;
	size_t nrows = size - (size_t)(rows - text);
	struct buf one = { 0 }, two = { 0 };

	if (explain(text, nbook, rows, nrows, &one)) {
		if (!explain(buf_text(&one), one.n, rows, nrows, &two) || one.n != two.n ||
		        memcmp(buf_text(&one), buf_text(&two), one.n) != 0)
			abort();
	}
	buf_free(&one);
	buf_free(&two);
	return 0;
}
