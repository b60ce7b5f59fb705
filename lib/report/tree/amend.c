/* SPDX-License-Identifier: MIT */
/* What changed since an earlier version: from liblowdown's diff to marks around the words. */
#include <string.h>
#include "report/tree/tree-private.h"

static bool is_words(const struct lowdown_node *n)
{
	return n->type == LOWDOWN_NORMAL_TEXT || n->type == LOWDOWN_CODESPAN ||
	       n->type == LOWDOWN_ENTITY || n->type == LOWDOWN_LINK_AUTO;
}

static bool is_blank(const struct lowdown_node *n)
{
	if (n->type != LOWDOWN_NORMAL_TEXT)
		return false;
	for (size_t i = 0; i < n->rndr_normal_text.text.size; i++)
		if (strchr(" \n\t", n->rndr_normal_text.text.data[i]) == NULL)
			return false;
	return true;
}

/* The change of a node of words; a blank goes with what follows it, so that marks do not begin and
 * end at every word. */
static enum lowdown_chng change_of(
        const struct lowdown_node *n, enum lowdown_chng above, enum lowdown_chng open)
{
	const struct lowdown_node *next = TAILQ_NEXT(n, entries);

	if (is_blank(n) && open != LOWDOWN_CHNG_NONE && next != NULL && is_words(next) &&
	        (next->chng != LOWDOWN_CHNG_NONE ? next->chng : above) == open)
		return open;
	return n->chng != LOWDOWN_CHNG_NONE ? n->chng : above;
}

static void mark_change(struct lowdown_node *parent, struct lowdown_node *before,
        enum lowdown_chng change, bool begins)
{
	char letter = change == LOWDOWN_CHNG_INSERT ? (begins ? 'i' : 'j') : begins ? 'd' : 'f';
	struct lowdown_node *m = branch_mark(letter, 0, 0, 0);

	if (change == LOWDOWN_CHNG_NONE)
		lowdown_node_free(m);
	else if (before != NULL)
		branch_before(before, m);
	else
		branch_append(parent, m);
}

/* ---------- paragraphs of which little is left ---------- */

/* Whether so few of a paragraph's words stayed that old and new ones in turn could not be read: then
 * the whole of the old text stands before the whole of the new. */
static bool is_unreadable(const struct lowdown_node *n)
{
	size_t kept = 0, changed[2] = { 0, 0 }, turns = 0;
	enum lowdown_chng last = LOWDOWN_CHNG_NONE;
	const struct lowdown_node *c;

	TAILQ_FOREACH(c, &n->children, entries)
	{
		if (c->type != LOWDOWN_NORMAL_TEXT)
			return false;
		if (is_blank(c))
			continue;
		if (c->chng == LOWDOWN_CHNG_NONE)
			kept++;
		else
			changed[c->chng == LOWDOWN_CHNG_INSERT]++;
		turns += c->chng != last && c->chng != LOWDOWN_CHNG_NONE;
		last = c->chng;
	}
	return changed[0] > 0 && changed[1] > 0 && turns > 3 && kept < changed[0] + changed[1];
}

static void append_words(struct lowdown_node *n, struct buf *words, enum lowdown_chng change)
{
	struct lowdown_node *text = branch_text(buf_text(words));

	text->chng = change;
	branch_append(n, text);
}

/* The blanks of both texts stand between their words: one is enough. */
static void add_word(struct buf *out, const struct lowdown_buf *text)
{
	for (size_t i = 0; i < text->size; i++) {
		bool blank = strchr(" \n\t", text->data[i]) != NULL;

		if (!blank)
			buf_addc(out, text->data[i]);
		else if (out->n > 0 && out->p[out->n - 1] != ' ')
			buf_addc(out, ' ');
	}
}

static void set_apart(struct lowdown_node *n)
{
	struct buf old = { 0 }, new = { 0 };
	struct lowdown_node *c;

	while ((c = TAILQ_FIRST(&n->children)) != NULL) {
		const struct lowdown_buf *text = &c->rndr_normal_text.text;

		if (c->chng != LOWDOWN_CHNG_INSERT)
			add_word(&old, text);
		if (c->chng != LOWDOWN_CHNG_DELETE)
			add_word(&new, text);
		branch_remove(c);
	}
	append_words(n, &old, LOWDOWN_CHNG_DELETE);
	append_words(n, &new, LOWDOWN_CHNG_INSERT);
	buf_free(&old);
	buf_free(&new);
}

/* ---------- marks ---------- */

static bool is_blank_at(const struct lowdown_node *n, bool end)
{
	const struct lowdown_buf *text = &n->rndr_normal_text.text;

	return n->type == LOWDOWN_NORMAL_TEXT && text->size > 0 &&
	       strchr(" \n", text->data[end ? text->size - 1 : 0]) != NULL;
}

/* What went and what came, or the other way about, are not to run together. */
static void keep_apart(
        const struct lowdown_node *last, struct lowdown_node *next, enum lowdown_chng open)
{
	if (last != NULL && open != LOWDOWN_CHNG_NONE && !is_blank_at(last, true) &&
	        !is_blank_at(next, false))
		branch_before(next, branch_text(" "));
}

/* What liblowdown's diff says of text becomes marks around it, since not every renderer shows it. */
static void visit_changes(struct lowdown_node *n, enum lowdown_chng above)
{
	struct lowdown_node *c, *next, *last = NULL;
	enum lowdown_chng open = LOWDOWN_CHNG_NONE;

	if (above == LOWDOWN_CHNG_NONE && is_unreadable(n))
		set_apart(n);
	for (c = TAILQ_FIRST(&n->children); c != NULL; c = next) {
		enum lowdown_chng change = change_of(c, above, open);

		next = TAILQ_NEXT(c, entries);
		if (!is_words(c)) {
			mark_change(n, c, open, false);
			open = LOWDOWN_CHNG_NONE;
			visit_changes(c, c->chng != LOWDOWN_CHNG_NONE ? c->chng : above);
		} else if (change != open) {
			mark_change(n, c, open, false);
			if (change != LOWDOWN_CHNG_NONE)
				keep_apart(last, c, open);
			mark_change(n, c, change, true);
			open = change;
		}
		c->chng = LOWDOWN_CHNG_NONE;
		last = is_words(c) ? c : NULL;
	}
	mark_change(n, NULL, open, false);
}

void tree_mark_changes(struct lowdown_node *root)
{
	visit_changes(root, LOWDOWN_CHNG_NONE);
}
