/* SPDX-License-Identifier: MIT */
/* What tree.c, tables.c and ids.c share. */
#ifndef REPORT_TREE_PRIVATE_H
#define REPORT_TREE_PRIVATE_H

#include "report/tree/tree.h"

struct lowdown_node *branch_new(enum lowdown_rndrt);
struct lowdown_node *branch_text(const char *);
struct lowdown_node *branch_mark(char letter, size_t, size_t, size_t);
/* The mark itself into MARK_MAX bytes; returns its length. */
#define MARK_MAX 80
size_t mark_write(char *text, char letter, size_t, size_t, size_t);
void branch_set_text(struct lowdown_buf *, const char *text, size_t size);
/* The same with a malloced text of size + 1 bytes, which becomes the node's. liblowdown frees what
 * hangs on its nodes with free(). */
void branch_take_text(struct lowdown_buf *, char *text, size_t size);
void branch_append(struct lowdown_node *parent, struct lowdown_node *child);
void branch_before(struct lowdown_node *where, struct lowdown_node *);
void branch_remove(struct lowdown_node *); /* and frees it */

/* Ids given so far, with the number to try next for each: what lowdown does by comparing each
 * heading with every other is one look-up here. */
struct ids {
	struct arena *arena;
	struct id {
		const char *text;
		size_t next;
	} * slot;
	size_t n, cap;
};
void ids_give(struct ids *, struct lowdown_node *heading);
/* "What is overdue?" gives what-is-overdue; 2.1 keeps its point. */
void slug_add(struct buf *, const char *text, size_t n);
/* "&amp;" and its like as the character. */
void entity_add(struct buf *, const char *text, size_t n);

/* Puts marks around what liblowdown's diff says has changed (amend.c). */
void tree_mark_changes(struct lowdown_node *root);
/* A tick box becomes a character; the words of an item get a paragraph of their own; a list's first item
 * says where its numbers begin (items.c; the last two for TREE_ODT). */
void item_tick(struct lowdown_node *item);
void item_part(struct lowdown_node *item);
void list_mark(struct lowdown_node *list);
/* Takes a table's node apart (tables.c). */
void table_take(struct tree *, struct lowdown_node *, enum tree_use);
/* Marks where pages are turned, from the heading that leads to a landscape table (tables.c). */
void turn_pages(struct tree *);
/* Marks how much room each heading wants, for what follows to stand with it (tables.c; TREE_ROFF). */
void keep_headings(struct tree *);
/* Marks of charts with their tables of numbers behind them, as the use needs them (document.c). */
/* What stands for an object in Markdown: a caption, or a chart in block characters. */
void document_mark_md(const struct object *, struct buf *out);
/* Markdown again from the tree of two versions compared (changes.c). */
bool document_md_changes(struct document *, struct buf *out, struct fault *);
void document_expand(const struct document *, const struct buf *md, enum tree_use, struct buf *out);

#endif
