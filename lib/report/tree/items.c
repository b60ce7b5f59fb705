/* SPDX-License-Identifier: MIT */
/* Items of lists in the tree: ticks as characters, and what liblowdown's ODT needs to get them right. */
#include "report/tree/tree-private.h"

/* A tick box as a character: a form control without a name says nothing to a screen reader. */
void item_tick(struct lowdown_node *item)
{
	struct lowdown_node *to = item, *c = TAILQ_FIRST(&item->children);
	bool ticked = (item->rndr_listitem.flags & HLIST_FL_CHECKED) != 0;

	if (!ticked && (item->rndr_listitem.flags & HLIST_FL_UNCHECKED) == 0)
		return;
	item->rndr_listitem.flags &= HLIST_FL_ORDERED | HLIST_FL_BLOCK | HLIST_FL_UNORDERED;
	if (c != NULL && c->type == LOWDOWN_PARAGRAPH) {
		to = c;
		c = TAILQ_FIRST(&to->children);
	}
	struct lowdown_node *box = branch_text(ticked ? "☑ " : "☐ ");
	if (c != NULL)
		branch_before(c, box);
	else
		branch_append(to, box);
}

static bool is_block(const struct lowdown_node *n)
{
	return n->type == LOWDOWN_PARAGRAPH || n->type == LOWDOWN_LIST ||
	       n->type == LOWDOWN_BLOCKQUOTE || n->type == LOWDOWN_BLOCKCODE ||
	       n->type == LOWDOWN_HEADER || n->type == LOWDOWN_HRULE;
}

/* liblowdown's ODT puts what is beneath an item's words into their paragraph, where no list may be: the
 * words get one of their own. */
void item_part(struct lowdown_node *item)
{
	struct lowdown_node *c, *next, *words = NULL;
	bool tight = (item->rndr_listitem.flags & HLIST_FL_BLOCK) == 0;

	item->rndr_listitem.flags |= HLIST_FL_BLOCK;
	for (c = TAILQ_FIRST(&item->children); c != NULL; c = next) {
		next = TAILQ_NEXT(c, entries);
		if (is_block(c)) {
			words = NULL;
			continue;
		}
		if (words == NULL) {
			words = branch_new(LOWDOWN_PARAGRAPH);
			branch_before(c, words);
			if (tight)
				branch_append(words, branch_mark('w', 0, 0, 0));
		}
		TAILQ_REMOVE(&item->children, c, entries);
		branch_append(words, c);
	}
}

/* What its ODT does not say of a list: where its numbers start, and, of a list within another, which
 * kind it is. The mark stands in the first item's words. */
void list_mark(struct lowdown_node *list)
{
	struct lowdown_node *item = TAILQ_FIRST(&list->children), *words;
	bool ordered = (list->rndr_list.flags & HLIST_FL_ORDERED) != 0;

	if (item == NULL || item->type != LOWDOWN_LISTITEM)
		return;
	struct lowdown_node *mark = branch_mark('s', item->rndr_listitem.num, ordered, 0);
	words = TAILQ_FIRST(&item->children);
	if (words == NULL || words->type != LOWDOWN_PARAGRAPH) {
		struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);

		if (words != NULL)
			branch_before(words, p);
		else
			branch_append(item, p);
		words = p;
	}
	mark->parent = words;
	TAILQ_INSERT_HEAD(&words->children, mark, entries);
}
