/* SPDX-License-Identifier: MIT */
/* A question by the groups of a break: answers down, groups across, in as many bands as the page needs. */
#include "survey/show/page.h"

#include <string.h>

enum { BAND_GROUPS = 60 };

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
	const char *rest[BAND_GROUPS];
	bool more = true;

	for (size_t i = 0; i < b->n; i++)
		rest[i] = page_one_line(p, v->group[b->first + i].text);
	for (int line = 0; more && line < 8; line++) {
		more = false;
		page_spaces(p, INDENT);
		const char *next = by;
		size_t n = *by ? page_line(by, p->label, &next) : 0;
		page_left(p, by, n, p->label);
		by = next;
		for (size_t i = 0; i < b->n; i++) {
			next = rest[i];
			n = *rest[i] ? page_line(rest[i], b->column - 2, &next) : 0;
			page_spaces(p, b->column - text_width(rest[i], n));
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

	page_row_begin(p, label, &rest);
	for (size_t i = 0; i < b->n; i++) {
		struct printed x = print_figure(s, q, k, b->first + i, option);
		const char *text = x.hidden || !x.percent ? x.count : x.percent;
		/* Among percents a count has to say that it is one. */
		if (text && !x.hidden && !x.percent) {
			text = arena_printf(s->arena, "n=%s", text);
			p->count = true;
		}
		page_right(p, text ? text : "", b->column);
	}
	page_row_end(p, rest);
}

static void band_base(struct page *p, const struct question *q, size_t k, const struct band *b)
{
	struct survey *s = p->s;
	const char *rest;

	page_row_begin(p, "base", &rest);
	for (size_t i = 0; i < b->n; i++) {
		struct printed x = print_figure(s, q, k, b->first + i, ANSWERED);
		const struct figure *base = &q->grid[k].base[b->first + i];
		const char *text = x.count;
		if (!x.hidden && base->n < s->ask.min_base) {
			text = arena_printf(s->arena, "(%s)", text);
			p->small_base = true;
		}
		page_right(p, text, b->column);
	}
	page_row_end(p, rest);
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
	page_row_begin(p, label, &rest);
	for (size_t i = 0; i < b->n; i++) {
		const char *text = print(p->s, q, k, b->first + i);
		size_t n = text ? strcspn(text, " ") : 0;
		page_spaces(p, b->column - (int)(n ? n : 1));
		out_write(p->out, n ? text : "-", n ? n : 1);
	}
	page_row_end(p, rest);
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

void show_break(struct page *p, const struct question *q, size_t k)
{
	const struct view *v = &p->s->view[k];
	int room = p->width - INDENT - p->label;

	for (size_t g = 0; g < v->groups;) {
		struct band b = { .first = g, .column = 8 };
		while (g + b.n < v->groups && b.n < BAND_GROUPS) {
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
