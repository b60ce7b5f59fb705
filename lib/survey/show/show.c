/* SPDX-License-Identifier: MIT */
/* The tally as people read it on a terminal: bars for everybody, a table for each break. */
#include "survey/parts.h"

#include <math.h>
#include <string.h>

struct page {
	struct survey *s;
	struct out *out;
	int width, label, bar;
	bool small_base; /* a base was marked */
	bool count;      /* a count was printed among percents */
	bool changed;    /* something was said of an earlier wave */
};

enum { INDENT = 4, NUMBER = 9 };

static void spaces(struct page *p, int n)
{
	for (; n > 0; n--)
		out_char(p->out, ' ');
}

/* Text in a column of its own, to the left; what does not fit is told by the return value. */
static void left(struct page *p, const char *text, size_t n, int width)
{
	out_write(p->out, text, n);
	spaces(p, width - text_width(text, n));
}

static void right(struct page *p, const char *text, int width)
{
	spaces(p, width - text_width(text, strlen(text)));
	out_text(p->out, text);
}

/* Bytes of the line that fits, broken at a blank where there is one; *next where to go on. */
static size_t line_of(const char *text, int width, const char **next)
{
	size_t n = strlen(text), fit = text_fit(text, n, width), at = fit;

	if (fit < n) {
		while (at > 0 && text[at] != ' ')
			at--;
		if (at == 0)
			at = fit;
	}
	if (at == 0)
		at = n; /* not even one character: give up on width */
	*next = text + at;
	while (**next == ' ')
		(*next)++;
	return at;
}

/* A paragraph, broken to the width. */
static void wrap(struct page *p, const char *text, int indent, int hang)
{
	bool first = true;

	while (*text) {
		const char *next;
		int in = first ? indent : indent + hang;
		size_t n = line_of(text, p->width - in, &next);
		spaces(p, in);
		out_write(p->out, text, n);
		out_char(p->out, '\n');
		text = next;
		first = false;
	}
}

static void add_bar(struct page *p, double share, int width)
{
	static const char *const part[] = { "", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
		"\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89" };
	int eighths = (int)lround(share * width * 8);

	for (; eighths >= 8; eighths -= 8)
		out_text(p->out, "\xe2\x96\x88");
	out_text(p->out, part[eighths]);
}

/* A label with its figures on the first line and the rest of the label below. */
static void row_begin(struct page *p, const char *label, const char **rest)
{
	size_t n = line_of(label, p->label, rest);

	spaces(p, INDENT);
	left(p, label, n, p->label);
}

static void row_end(struct page *p, const char *rest)
{
	out_char(p->out, '\n');
	while (*rest) {
		const char *next;
		size_t n = line_of(rest, p->label - 2, &next);
		spaces(p, INDENT + 2);
		out_write(p->out, rest, n);
		out_char(p->out, '\n');
		rest = next;
	}
}

static void figure_row(struct page *p, const struct question *q, long option, const char *label)
{
	struct survey *s = p->s;
	struct printed x = print_figure(s, q, 0, 0, option);
	const char *rest;

	row_begin(p, label, &rest);
	right(p, x.count ? x.count : "", NUMBER);
	if (x.percent) {
		right(p, arena_printf(s->arena, "%s %%", x.percent), NUMBER + 1);
		if (p->width >= 110)
			right(p, arena_printf(s->arena, "%s to %s", x.low, x.high), 16);
	}
	if (x.share > 0) {
		out_text(p->out, "  ");
		add_bar(p, x.share, p->bar);
	}
	row_end(p, rest);
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
	if (q->grid[0].none[0].n || aside)
		buf_addf(&b, " of %lld", (long long)all->n);
	if (q->grid[0].none[0].n)
		buf_addf(&b, "; %s gave no answer", u.count);
	if (any.weighted)
		buf_addf(&b, "; weighted %.1f, effective %.1f", q->grid[0].base[0].w,
		        any.base_n > 0 ? any.base_n
		                       : stats_effective_base(
		                                 q->grid[0].base[0].w, q->grid[0].base[0].w2));
	wrap(p, buf_text(&b), INDENT, 2);
	buf_free(&b);
}

static void show_scale(struct page *p, const struct question *q)
{
	struct survey *s = p->s;
	const char *balance = q->toned ? print_balance(s, q, 0, 0) : NULL;
	const char *mean = print_mean(s, q, 0, 0), *median = print_median(s, q, 0, 0);
	struct buf b = { 0 };

	if (q->toned) {
		spaces(p, INDENT);
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
	wrap(p, buf_text(&b), INDENT, 2);
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
	wrap(p, arena_printf(p->s->arena, "%s, %s", label, text), INDENT, 4);
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
			wrap(p, arena_printf(s->arena, "unanimous: %s", q->option[i].text), INDENT,
			        2);
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
			wrap(p, arena_printf(p->s->arena, "\xe2\x80\x9c%s\xe2\x80\x9d", r->answer),
			        INDENT + 2, 1);
		} else if (!r->count) {
			const char *rest;
			row_begin(p, r->answer, &rest);
			out_printf(p->out, "  %s", r->note ? r->note : "");
			row_end(p, rest);
		}
	}
}

/* ---------- a break ---------- */

struct band {
	size_t first, n; /* groups */
	int column;      /* width of each */
};

static int heading_width(const char *text)
{
	int widest = 0;

	/* As wide as its longest word, and not so narrow that it takes many lines. */
	for (const char *w = text; *w;) {
		size_t n = strcspn(w, " ");
		int here = text_width(w, n);
		widest = here > widest ? here : widest;
		w += n + (w[n] != '\0');
	}
	int third = (text_width(text, strlen(text)) + 2) / 3;
	return widest > third ? widest : third;
}

static void band_headings(
        struct page *p, const struct view *v, const struct band *b, const char *by)
{
	const char *rest[64];
	bool more = true;

	for (size_t i = 0; i < b->n; i++)
		rest[i] = v->group[b->first + i].text;
	for (int line = 0; more && line < 8; line++) {
		more = false;
		spaces(p, INDENT);
		const char *next = by;
		size_t n = *by ? line_of(by, p->label, &next) : 0;
		left(p, by, n, p->label);
		by = next;
		for (size_t i = 0; i < b->n; i++) {
			next = rest[i];
			n = *rest[i] ? line_of(rest[i], b->column - 2, &next) : 0;
			spaces(p, b->column - text_width(rest[i], n));
			out_write(p->out, rest[i], n);
			rest[i] = next;
			more = more || *rest[i];
		}
		out_char(p->out, '\n');
		more = more || *by;
	}
}

static void band_row(struct page *p, const struct question *q, size_t k, const struct band *b,
        long option, const char *label)
{
	struct survey *s = p->s;
	const char *rest;

	row_begin(p, label, &rest);
	for (size_t i = 0; i < b->n; i++) {
		struct printed x = print_figure(s, q, k, b->first + i, option);
		const char *text = x.hidden || !x.percent ? x.count : x.percent;
		/* Among percents a count has to say that it is one. */
		if (text && !x.hidden && !x.percent) {
			text = arena_printf(s->arena, "n=%s", text);
			p->count = true;
		}
		right(p, text ? text : "", b->column);
	}
	row_end(p, rest);
}

static void band_base(struct page *p, const struct question *q, size_t k, const struct band *b)
{
	struct survey *s = p->s;
	const char *rest;

	row_begin(p, "base", &rest);
	for (size_t i = 0; i < b->n; i++) {
		struct printed x = print_figure(s, q, k, b->first + i, ANSWERED);
		const struct figure *base = &q->grid[k].base[b->first + i];
		const char *text = x.count;
		if (!x.hidden && base->n < s->ask.min_base) {
			text = arena_printf(s->arena, "(%s)", text);
			p->small_base = true;
		}
		right(p, text, b->column);
	}
	row_end(p, rest);
}

static void band_texts(struct page *p, const struct question *q, size_t k, const struct band *b,
        const char *label,
        const char *(*print)(struct survey *, const struct question *, size_t, size_t))
{
	const char *rest;
	bool any = false;

	for (size_t i = 0; i < b->n; i++)
		any = any || print(p->s, q, k, b->first + i);
	if (!any)
		return;
	row_begin(p, label, &rest);
	for (size_t i = 0; i < b->n; i++) {
		const char *text = print(p->s, q, k, b->first + i);
		size_t n = text ? strcspn(text, " ") : 0;
		spaces(p, b->column - (int)(n ? n : 1));
		out_write(p->out, n ? text : "-", n ? n : 1);
	}
	row_end(p, rest);
}

static void show_band(struct page *p, const struct question *q, size_t k, const struct band *b)
{
	struct survey *s = p->s;
	const struct view *v = &s->view[k];
	bool multiple = q->kind == QUESTION_MULTIPLE;

	out_char(p->out, '\n');
	band_headings(p, v, b, arena_printf(s->arena, "by %s, %%", v->by));
	band_base(p, q, k, b);
	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].tone != TONE_ASIDE || multiple)
			band_row(p, q, k, b, (long)i, q->option[i].text);
	if (q->kind == QUESTION_SCALE && q->toned) {
		band_row(p, q, k, b, POSITIVE, "positive");
		if (print_has(q, TONE_NEUTRAL))
			band_row(p, q, k, b, NEUTRAL, "neutral");
		band_row(p, q, k, b, NEGATIVE, "negative");
		band_texts(p, q, k, b, "balance", print_balance);
	}
	band_texts(p, q, k, b, "mean", print_mean);
	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].tone == TONE_ASIDE && !multiple)
			band_row(p, q, k, b, (long)i,
			        arena_printf(s->arena, "%s (aside)", q->option[i].text));
}

static void show_break(struct page *p, const struct question *q, size_t k)
{
	const struct view *v = &p->s->view[k];
	int room = p->width - INDENT - p->label;

	for (size_t g = 0; g < v->groups;) {
		struct band b = { .first = g, .column = 8 };
		while (g + b.n < v->groups && b.n < 60) {
			int w = heading_width(v->group[g + b.n].text) + 2;
			w = w > 18 ? 18 : w;
			w = w > b.column ? w : b.column;
			if (b.n > 0 && w * (int)(b.n + 1) > room)
				break;
			b.column = w;
			b.n++;
		}
		show_band(p, q, k, &b);
		g += b.n;
	}
}

/* ---------- the page ---------- */

static void set_widths(struct page *p, const struct question *q)
{
	int longest = 12, figures = 2 * NUMBER + 1 + (p->width >= 110 ? 16 : 0);

	for (size_t i = 0; i < q->options; i++) {
		int w = text_width(q->option[i].text, strlen(q->option[i].text)) +
		        (q->option[i].tone == TONE_ASIDE ? 8 : 0);
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
	wrap(p, arena_printf(s->arena, "%s. %s", q->ref, q->text), 0, INDENT);
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
	if (line && s->counts.used >= s->threshold)
		wrap(p, line, 0, 2);
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
		wrap(&p,
		        arena_printf(
		                s->arena, "(7): a base under %lld", (long long)s->ask.min_base),
		        0, 2);
	if (p.count)
		wrap(&p, "n=7: a count, where there is no percent", 0, 2);
	if (print_policy(s))
		wrap(&p, print_policy(s), 0, 2);
	return true;
}
