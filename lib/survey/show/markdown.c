/* SPDX-License-Identifier: MIT */
/* The tally as Markdown tables: one a question, one a break of it. */
#include "survey/parts.h"

#include <string.h>

/* Text within a table or a heading: what Markdown would take for its own is escaped. */
static void put(struct out *out, const char *text)
{
	for (; text && *text; text++) {
		if (strchr("\\`*_[]<>|#~", *text))
			out_char(out, '\\');
		out_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
	}
}

static void cell(struct out *out, const char *text)
{
	out_text(out, " ");
	put(out, text);
	out_text(out, " |");
}

static bool in_table(const struct survey_row *r)
{
	return r->count || (r->percent && !r->note) || str_equal(r->answer, "balance");
}

static void everybody(struct out *out, const struct survey_row *row, size_t n)
{
	out_text(out,
	        "\n| answer | count | percent | 95 % interval | note |\n|---|---:|---:|---|---|\n");
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		if (r->note && str_starts(r->note, "quotation"))
			continue;
		out_char(out, '|');
		cell(out, r->answer);
		cell(out, r->count ? r->count : "");
		cell(out, r->percent ? r->percent : "");
		out_char(out, ' ');
		if (r->low)
			out_printf(out, "%s to %s", r->low, r->high);
		out_text(out, " |");
		cell(out, r->note ? r->note : "");
		out_char(out, '\n');
	}
	for (size_t i = 0; i < n; i++)
		if (row[i].note && str_starts(row[i].note, "quotation")) {
			out_text(out, "\n> ");
			put(out, row[i].answer);
			out_char(out, '\n');
		}
}

/* A mean or a balance that no group may show. */
static bool nothing_in(const struct survey_row *row, size_t groups, size_t answers, size_t at)
{
	for (size_t g = 0; g < groups; g++) {
		const struct survey_row *r = &row[g * answers + at];
		if (r->percent || r->count || r->note)
			return false;
	}
	return true;
}

/* Answers down, groups across; the rows of each group have the same answers in the same order. */
static void broken(struct survey *s, struct out *out, const struct survey_row *row, size_t n)
{
	size_t answers = 0, groups;

	while (answers < n && str_equal(row[answers].break_value, row[0].break_value))
		answers++;
	groups = answers ? n / answers : 0;
	out_text(out, "\n|");
	cell(out, arena_printf(s->arena, "%s, %%", row[0].break_by));
	for (size_t g = 0; g < groups; g++)
		cell(out, row[g * answers].break_value);
	out_text(out, "\n|---|");
	for (size_t g = 0; g < groups; g++)
		out_text(out, "---:|");
	out_text(out, "\n| base |");
	for (size_t g = 0; g < groups; g++)
		cell(out, row[g * answers].base ? row[g * answers].base : row[g * answers].count);
	out_char(out, '\n');
	for (size_t a = 0; a < answers; a++) {
		if (nothing_in(row, groups, answers, a))
			continue;
		out_char(out, '|');
		cell(out, row[a].answer);
		for (size_t g = 0; g < groups; g++) {
			const struct survey_row *r = &row[g * answers + a];
			const char *text = r->percent ? r->percent : r->count;
			/* Among percents a count has to say that it is one. */
			if (text && !r->percent && text[strspn(text, "0123456789")] == '\0')
				text = arena_printf(s->arena, "n=%s", text);
			cell(out, text ? text : in_table(r) ? "" : r->note);
		}
		out_char(out, '\n');
	}
}

bool show_markdown(struct survey *s, struct out *out, const struct survey_row *row, size_t n)
{
	const char *line = survey_response_line(s);

	if (s->book && s->book->title) {
		out_text(out, "# ");
		put(out, s->book->title);
		out_text(out, "\n\n");
	}
	if (line && !print_hides_all(s))
		out_printf(out, "%s\n\n", line);
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end < n && row[end].question == row[i].question &&
		        row[end].break_by == row[i].break_by)
			end++;
		if (str_equal(row[i].question, "responses") && !row[i].break_by && i == 0 && line) {
			i = end;
			continue;
		}
		if (!row[i].break_by) {
			out_text(out, "## ");
			put(out, row[i].question);
			out_char(out, '\n');
			everybody(out, row + i, end - i);
		} else {
			broken(s, out, row + i, end - i);
		}
		out_char(out, '\n');
		i = end;
	}
	if (print_policy(s)) {
		put(out, print_policy(s));
		out_char(out, '\n');
	}
	return true;
}
