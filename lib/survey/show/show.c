/* SPDX-License-Identifier: MIT */
/* The tally as people read it on a terminal: bars for everybody, then a table for each break. */
#include "survey/show/page.h"

#include <math.h>
#include <string.h>

static void add_bar(struct page *p, double share, int width)
{
	static const char *const part[] = { "", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
		"\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89" };
	int eighths = (int)lround(share * width * 8);

	for (; eighths >= 8; eighths -= 8)
		out_text(p->out, "\xe2\x96\x88");
	out_text(p->out, part[eighths]);
}

static void figure_row(struct page *p, const struct question *q, long option, const char *label)
{
	struct survey *s = p->s;
	struct printed x = print_figure(s, q, 0, 0, option);
	const char *rest;

	page_row_begin(p, label, &rest);
	page_right(p, x.count ? x.count : "", NUMBER);
	if (x.percent) {
		page_right(p, arena_printf(s->arena, "%s %%", x.percent), NUMBER + 1);
		if (p->width >= 110)
			page_right(p, arena_printf(s->arena, "%s to %s", x.low, x.high), 16);
	}
	if (x.share > 0) {
		out_text(p->out, "  ");
		add_bar(p, x.share, p->bar);
	}
	page_row_end(p, rest);
}

/* ---------- one question, everybody ---------- */

static void show_base(struct page *p, const struct question *q)
{
	struct survey *s = p->s;
	const struct figure *all = &s->view[0].everyone[0];
	struct printed a = print_figure(s, q, 0, 0, ANSWERED);
	struct printed u = print_figure(s, q, 0, 0, UNANSWERED);
	struct printed any = print_figure(s, q, 0, 0, POSITIVE);
	struct buf b = { 0 };

	buf_addf(&b, "%s", kind_name(q->kind));
	if (q->kind == QUESTION_SCALE && q->scale)
		buf_addf(&b, " (%s)", q->scale);
	buf_addf(&b, ", base %s", a.count);
	if (any.n >= 0 && any.n < s->ask.min_base)
		buf_addf(&b, " (under %lld)", (long long)s->ask.min_base);
	bool aside = all->n != q->grid[0].base[0].n + q->grid[0].none[0].n;
	if ((q->grid[0].none[0].n || aside) && !print_hides_all(s))
		buf_addf(&b, " of %lld", (long long)all->n);
	if (q->grid[0].none[0].n)
		buf_addf(&b, "; %s gave no answer", u.count);
	if (any.weighted)
		buf_addf(&b, "; weighted %.1f, effective %.1f", q->grid[0].base[0].w,
		        any.base_n > 0 ? any.base_n
		                       : stats_effective_base(
		                                 q->grid[0].base[0].w, q->grid[0].base[0].w2));
	page_wrap(p, buf_text(&b), INDENT, 2);
	buf_free(&b);
}

static void show_scale(struct page *p, const struct question *q)
{
	struct survey *s = p->s;
	const char *balance = q->toned ? print_balance(s, q, 0, 0) : NULL;
	const char *mean = print_mean(s, q, 0, 0), *median = print_median(s, q, 0, 0);
	struct buf b = { 0 };

	if (q->toned) {
		page_spaces(p, INDENT);
		for (int i = 0; i < p->label + 2 * NUMBER + 1; i++)
			out_text(p->out, "\xe2\x94\x80");
		out_char(p->out, '\n');
		figure_row(p, q, POSITIVE, "positive");
		if (print_has(q, TONE_NEUTRAL))
			figure_row(p, q, NEUTRAL, "neutral");
		figure_row(p, q, NEGATIVE, "negative");
	}
	if (balance)
		buf_addf(&b, "balance %s%s", *balance == '-' ? "" : "+", balance);
	if (mean)
		buf_addf(&b, "%smean %s", b.n ? "; " : "", mean);
	if (median)
		buf_addf(&b, "%smedian %s", b.n ? "; " : "", median);
	page_wrap(p, buf_text(&b), INDENT, 2);
	buf_free(&b);
}

/* What the earlier wave said, below the figures: there is no room beside them. */
static void show_change(struct page *p, const struct question *q, long option, const char *label)
{
	struct printed x = print_figure(p->s, q, 0, 0, option);
	const char *text = compare_figure(p->s, q, 0, 0, label, &x);

	if (!text)
		return;
	if (!p->changed)
		out_char(p->out, '\n');
	p->changed = true;
	page_wrap(p, arena_printf(p->s->arena, "%s, %s", label, text), INDENT, 4);
}

static void show_changes(struct page *p, const struct question *q)
{
	if (!p->s->earlier_name)
		return;
	p->changed = false;
	for (size_t i = 0; i < q->options; i++)
		show_change(p, q, (long)i, q->option[i].text);
	if (q->kind == QUESTION_SCALE && q->toned) {
		show_change(p, q, POSITIVE, "positive");
		show_change(p, q, NEUTRAL, "neutral");
		show_change(p, q, NEGATIVE, "negative");
	}
}

static void show_options(struct page *p, const struct question *q)
{
	struct survey *s = p->s;
	bool aside = false, one = q->kind != QUESTION_MULTIPLE;

	for (size_t i = 0; i < q->options; i++) {
		if (q->option[i].tone == TONE_ASIDE && one) {
			aside = true;
			continue;
		}
		figure_row(p, q, (long)i, q->option[i].text);
	}
	if (q->kind == QUESTION_SCALE)
		show_scale(p, q);
	for (size_t i = 0; i < q->options && aside; i++)
		if (q->option[i].tone == TONE_ASIDE)
			figure_row(p, q, (long)i,
			        arena_printf(s->arena, "%s (aside)", q->option[i].text));
	for (size_t i = 0; i < q->options; i++)
		if (print_is_unanimous(s, q, 0, 0, (long)i))
			page_wrap(p, arena_printf(s->arena, "unanimous: %s", q->option[i].text),
			        INDENT, 2);
}

static void show_rows(
        struct page *p, const struct question *q, const struct survey_row *row, size_t n)
{
	/* Numbers, dates and texts: what the rows say of everybody. */
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		if (r->question != q->text || r->break_by || str_equal(r->answer, "answered") ||
		        str_equal(r->answer, "no answer"))
			continue;
		if (r->note && str_starts(r->note, "quotation")) {
			page_wrap(p,
			        arena_printf(p->s->arena, "\xe2\x80\x9c%s\xe2\x80\x9d", r->answer),
			        INDENT + 2, 1);
		} else if (!r->count) {
			const char *rest;
			page_row_begin(p, r->answer, &rest);
			out_printf(p->out, "  %s", r->note ? r->note : "");
			page_row_end(p, rest);
		}
	}
}

/* ---------- the page ---------- */

static void set_widths(struct page *p, const struct question *q)
{
	int longest = 12, figures = 2 * NUMBER + 1 + (p->width >= 110 ? 16 : 0);

	for (size_t i = 0; i < q->options; i++) {
		const char *text = page_one_line(p, q->option[i].text);
		int w = text_width(text, strlen(text)) + (q->option[i].tone == TONE_ASIDE ? 8 : 0);
		longest = w > longest ? w : longest;
	}
	int most = p->width * 2 / 5;
	p->label = longest > most ? most : longest;
	p->bar = p->width - INDENT - p->label - figures - 3;
	if (p->bar > 60)
		p->bar = 60;
	if (p->bar < 5)
		p->bar = 5;
}

static void show_question(
        struct page *p, const struct question *q, const struct survey_row *row, size_t n)
{
	struct survey *s = p->s;

	set_widths(p, q);
	page_wrap(p, arena_printf(s->arena, "%s. %s", q->ref, q->text), 0, INDENT);
	show_base(p, q);
	out_char(p->out, '\n');
	if (q->kind == QUESTION_NUMBER || q->kind == QUESTION_DATE) {
		show_rows(p, q, row, n);
	} else {
		show_options(p, q);
		if (q->kind == QUESTION_TEXT)
			show_rows(p, q, row, n);
		show_changes(p, q);
	}
	for (size_t k = 1; k < s->axes; k++)
		if (!view_is_of(&s->view[k], s, q))
			show_break(p, q, k);
	out_char(p->out, '\n');
}

static void show_title(struct page *p)
{
	struct survey *s = p->s;
	const char *line = survey_response_line(s);

	if (s->book && s->book->title) {
		out_text(p->out, s->book->title);
		if (s->book->wave)
			out_printf(p->out, ", %s", s->book->wave);
		out_char(p->out, '\n');
	}
	if (line && !print_hides_all(s))
		page_wrap(p, line, 0, 2);
	if ((s->book && s->book->title) || line)
		out_char(p->out, '\n');
}

static bool anything(const struct survey *s)
{
	for (size_t i = 0; i < s->questions; i++)
		if (s->question[i].tallied)
			return s->counts.used > 0;
	return false;
}

bool survey_show(struct survey *s, struct out *out, int columns, bool markdown, struct fault *fault)
{
	struct page p = { .s = s, .out = out, .width = columns > 0 ? columns : 80 };
	struct survey_row *row;
	size_t n;

	if (!anything(s))
		return true;
	if (p.width < 40)
		p.width = 40;
	if (!survey_rows(s, &row, &n, fault))
		return false;
	if (markdown)
		return show_markdown(s, out, row, n);
	show_title(&p);
	for (size_t i = 0; i < s->questions; i++)
		if (s->question[i].tallied)
			show_question(&p, &s->question[i], row, n);
	if (p.small_base)
		page_wrap(&p,
		        arena_printf(
		                s->arena, "(7): a base under %lld", (long long)s->ask.min_base),
		        0, 2);
	if (p.count)
		page_wrap(&p, "n=7: a count, where there is no percent", 0, 2);
	if (print_policy(s))
		page_wrap(&p, print_policy(s), 0, 2);
	return true;
}
