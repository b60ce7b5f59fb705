/* SPDX-License-Identifier: MIT */
/* Lines, columns and labels of a page of text. */
#include "survey/show/page.h"

#include <string.h>

void page_spaces(struct page *p, int n)
{
	for (; n > 0; n--)
		out_char(p->out, ' ');
}

void page_left(struct page *p, const char *text, size_t n, int width)
{
	out_write(p->out, text, n);
	page_spaces(p, width - text_width(text, n));
}

void page_right(struct page *p, const char *text, int width)
{
	page_spaces(p, width - text_width(text, strlen(text)));
	out_text(p->out, text);
}

size_t page_line(const char *text, int width, const char **next)
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

const char *page_one_line(struct page *p, const char *text)
{
	if (!strpbrk(text, "\n\r\t"))
		return text;
	char *line = arena_strdup(p->s->arena, text), *to = line;
	for (; *text; text++)
		if (!str_starts(text, "\r\n"))
			*to++ = (unsigned char)*text < ' ' ? ' ' : *text;
	*to = '\0';
	return line;
}

void page_wrap(struct page *p, const char *text, int indent, int hang)
{
	bool first = true;

	text = page_one_line(p, text);
	while (*text) {
		const char *next;
		int in = first ? indent : indent + hang;
		size_t n = page_line(text, p->width - in, &next);
		page_spaces(p, in);
		out_write(p->out, text, n);
		out_char(p->out, '\n');
		text = next;
		first = false;
	}
}

void page_row_begin(struct page *p, const char *label, const char **rest)
{
	label = page_one_line(p, label);
	size_t n = page_line(label, p->label, rest);

	page_spaces(p, INDENT);
	page_left(p, label, n, p->label);
}

void page_row_end(struct page *p, const char *rest)
{
	out_char(p->out, '\n');
	while (*rest) {
		const char *next;
		size_t n = page_line(rest, p->label - 2, &next);
		page_spaces(p, INDENT + 2);
		out_write(p->out, rest, n);
		out_char(p->out, '\n');
		rest = next;
	}
}
