/* SPDX-License-Identifier: MIT */
/* Markdown from a tree: the one rendering that liblowdown does not have, for reports in which the
 * changes since an earlier version are marked. */
#include <string.h>
#include "report/tree/tree-private.h"

struct writer_state {
	struct buf *out;
	struct buf prefix; /* of every line: quotations and items */
	bool in_cell;
};

static void write_inline(struct writer_state *, const struct lowdown_node *);
static void write_block(struct writer_state *, const struct lowdown_node *);

static void inline_children(struct writer_state *w, const struct lowdown_node *n)
{
	const struct lowdown_node *c;

	TAILQ_FOREACH(c, &n->children, entries)
	write_inline(w, c);
}

static void wrapped(struct writer_state *w, const char *with, const struct lowdown_node *n)
{
	buf_adds(w->out, with);
	inline_children(w, n);
	buf_adds(w->out, with);
}

static void add_words(struct writer_state *w, const struct lowdown_buf *text)
{
	struct buf words = { 0 };

	markdown_add_words(&words, text->data == NULL ? "" : text->data, text->size);
	for (size_t i = 0; i < words.n; i++)
		buf_addc(w->out, words.p[i] == '\n' ? ' ' : words.p[i]);
	buf_free(&words);
}

static void write_inline(struct writer_state *w, const struct lowdown_node *n)
{
	switch (n->type) {
	case LOWDOWN_NORMAL_TEXT:
		/* Marks are ours and not to be escaped. */
		if (n->rndr_normal_text.text.size > 3 &&
		        memcmp(n->rndr_normal_text.text.data, MARK_OPEN, 3) == 0)
			buf_add(w->out, n->rndr_normal_text.text.data,
			        n->rndr_normal_text.text.size);
		else
			add_words(w, &n->rndr_normal_text.text);
		break;
	case LOWDOWN_EMPHASIS:
		wrapped(w, "*", n);
		break;
	case LOWDOWN_DOUBLE_EMPHASIS:
		wrapped(w, "**", n);
		break;
	case LOWDOWN_TRIPLE_EMPHASIS:
		wrapped(w, "***", n);
		break;
	case LOWDOWN_STRIKETHROUGH:
		wrapped(w, "~~", n);
		break;
	case LOWDOWN_CODESPAN:
		buf_addf(w->out, "`%.*s`", (int)n->rndr_codespan.text.size,
		        n->rndr_codespan.text.data);
		break;
	case LOWDOWN_ENTITY:
		buf_add(w->out, n->rndr_entity.text.data, n->rndr_entity.text.size);
		break;
	case LOWDOWN_LINK_AUTO:
		buf_addf(w->out, "<%.*s>", (int)n->rndr_autolink.link.size,
		        n->rndr_autolink.link.data);
		break;
	case LOWDOWN_LINK:
		buf_addc(w->out, '[');
		inline_children(w, n);
		buf_addf(w->out, "](%.*s)", (int)n->rndr_link.link.size, n->rndr_link.link.data);
		break;
	case LOWDOWN_LINEBREAK:
		buf_adds(w->out, "<br>");
		break;
	default:
		inline_children(w, n);
		break;
	}
}

static void begin_line(struct writer_state *w)
{
	buf_add(w->out, buf_text(&w->prefix), w->prefix.n);
}

static void block_children(struct writer_state *w, const struct lowdown_node *n)
{
	const struct lowdown_node *c;

	TAILQ_FOREACH(c, &n->children, entries)
	write_block(w, c);
}

static void write_code(struct writer_state *w, const struct lowdown_node *n)
{
	const char *p = n->rndr_blockcode.text.data, *end = p + n->rndr_blockcode.text.size;

	begin_line(w);
	buf_adds(w->out, "```\n");
	while (p != NULL && p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		stop = stop == NULL ? end : stop;
		begin_line(w);
		buf_add(w->out, p, (size_t)(stop - p));
		buf_addc(w->out, '\n');
		p = stop + 1;
	}
	begin_line(w);
	buf_adds(w->out, "```\n\n");
}

static void write_table(struct writer_state *w, const struct lowdown_node *table)
{
	const struct lowdown_node *part, *row, *cell;
	bool first = true;

	TAILQ_FOREACH(part, &table->children, entries)
	TAILQ_FOREACH(row, &part->children, entries)
	{
		begin_line(w);
		TAILQ_FOREACH(cell, &row->children, entries)
		{
			buf_adds(w->out, "| ");
			inline_children(w, cell);
			buf_addc(w->out, ' ');
		}
		buf_adds(w->out, "|\n");
		if (first) {
			begin_line(w);
			TAILQ_FOREACH(cell, &row->children, entries)
			buf_adds(w->out, (cell->rndr_table_cell.flags & HTBL_FL_ALIGNMASK) ==
			                                 HTBL_FL_ALIGN_RIGHT
			                         ? "|--:"
			                         : "|---");
			buf_adds(w->out, "|\n");
			first = false;
		}
	}
	buf_addc(w->out, '\n');
}

/* Items: their first line after the bullet, what follows beneath it. */
static void write_items(struct writer_state *w, const struct lowdown_node *list)
{
	const struct lowdown_node *item, *c;
	bool ordered = (list->rndr_list.flags & HLIST_FL_ORDERED) != 0;

	TAILQ_FOREACH(item, &list->children, entries)
	{
		size_t was = w->prefix.n;

		begin_line(w);
		if (ordered)
			buf_addf(w->out, "%zu. ", item->rndr_listitem.num);
		else
			buf_adds(w->out, "- ");
		buf_adds(&w->prefix, ordered ? "   " : "  ");
		bool line = true;
		TAILQ_FOREACH(c, &item->children, entries)
		{
			bool block = c->type == LOWDOWN_LIST || c->type == LOWDOWN_BLOCKQUOTE ||
			             c->type == LOWDOWN_BLOCKCODE || c->type == LOWDOWN_TABLE_BLOCK;

			if (c->type == LOWDOWN_PARAGRAPH && line) {
				inline_children(w, c);
			} else if (block || c->type == LOWDOWN_PARAGRAPH) {
				if (line)
					buf_addc(w->out, '\n');
				line = false;
				write_block(w, c);
			} else {
				write_inline(w, c);
			}
		}
		if (line)
			buf_addc(w->out, '\n');
		w->prefix.n = was;
		w->prefix.p[was] = '\0';
	}
	buf_addc(w->out, '\n');
}

static void write_block(struct writer_state *w, const struct lowdown_node *n)
{
	size_t was = w->prefix.n;

	switch (n->type) {
	case LOWDOWN_HEADER:
		begin_line(w);
		for (size_t i = 0; i <= n->rndr_header.level && i < 6; i++)
			buf_addc(w->out, '#');
		buf_addc(w->out, ' ');
		inline_children(w, n);
		buf_adds(w->out, "\n\n");
		break;
	case LOWDOWN_PARAGRAPH:
		begin_line(w);
		inline_children(w, n);
		buf_adds(w->out, "\n\n");
		break;
	case LOWDOWN_BLOCKQUOTE:
		buf_adds(&w->prefix, "> ");
		block_children(w, n);
		w->prefix.n = was;
		w->prefix.p[was] = '\0';
		break;
	case LOWDOWN_LIST:
		write_items(w, n);
		break;
	case LOWDOWN_TABLE_BLOCK:
		write_table(w, n);
		break;
	case LOWDOWN_BLOCKCODE:
		write_code(w, n);
		break;
	case LOWDOWN_HRULE:
		begin_line(w);
		buf_adds(w->out, "---\n\n");
		break;
	default:
		block_children(w, n);
		break;
	}
}

static const char *put(
        void *context, struct mark m, struct buf *out, const char *rest, const char *end)
{
	static const struct {
		char letter;
		const char *text;
	} inlines[] = { { 'i', "<ins>" }, { 'j', "</ins>" }, { 'd', "<del>" }, { 'f', "</del>" } };
	const struct document *doc = context;

	(void)end;
	for (size_t i = 0; i < COUNT(inlines); i++)
		if (m.letter == inlines[i].letter)
			buf_adds(out, inlines[i].text);
	if (m.letter == 'k' || m.letter == 'o')
		document_mark_md(&doc->object[m.a], out);
	return rest;
}

bool document_md_changes(struct document *doc, struct buf *out, struct fault *f)
{
	struct tree tree;
	struct buf text = { 0 };
	struct writer_state w = { .out = &text };
	size_t from = out->n;
	bool ok = tree_make(&tree, doc, TREE_MD, f);

	if (ok) {
		buf_adds(&w.prefix, "");
		block_children(&w, tree.root);
		tree_fill(buf_text(&text), text.n, &(struct filler){ put, doc }, out);
		document_squeeze(out, from);
	}
	buf_free(&w.prefix);
	buf_free(&text);
	tree_free(&tree);
	return ok;
}
