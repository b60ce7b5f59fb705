/* SPDX-License-Identifier: MIT */
/* The work on liblowdown's tree between its parser and its renderers: headings, links, marks. */
#include <string.h>
#include "report/tree/tree-private.h"

struct lowdown_node *branch_new(enum lowdown_rndrt type)
{
	struct lowdown_node *n = mem_zalloc(sizeof *n);

	n->type = type;
	TAILQ_INIT(&n->children);
	return n;
}

void branch_take_text(struct lowdown_buf *b, char *text, size_t size)
{
	mem_free(b->data);
	b->data = text;
	b->data[size] = '\0';
	b->size = size;
	b->maxsize = size + 1;
	b->unit = 1;
}

void branch_set_text(struct lowdown_buf *b, const char *text, size_t size)
{
	char *copy = mem_alloc(size + 1);

	memcpy(copy, text, size);
	branch_take_text(b, copy, size);
}

struct lowdown_node *branch_text(const char *text)
{
	struct lowdown_node *n = branch_new(LOWDOWN_NORMAL_TEXT);

	branch_set_text(&n->rndr_normal_text.text, text, strlen(text));
	return n;
}

static char *add_number(char *to, size_t v)
{
	char digits[24], *p = digits + sizeof digits;

	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	*to++ = ' ';
	memcpy(to, p, (size_t)(digits + sizeof digits - p));
	return to + (digits + sizeof digits - p);
}

size_t mark_write(char *text, char letter, size_t x, size_t y, size_t z)
{
	char *to = text + 3;

	memcpy(text, MARK_OPEN, 3);
	*to++ = letter;
	to = add_number(add_number(add_number(to, x), y), z);
	memcpy(to, MARK_CLOSE, 3);
	return (size_t)(to + 3 - text);
}

struct lowdown_node *branch_mark(char letter, size_t x, size_t y, size_t z)
{
	struct lowdown_node *n = branch_new(LOWDOWN_NORMAL_TEXT);
	char text[MARK_MAX];
	size_t size = mark_write(text, letter, x, y, z);

	branch_set_text(&n->rndr_normal_text.text, text, size);
	return n;
}

void branch_append(struct lowdown_node *parent, struct lowdown_node *child)
{
	child->parent = parent;
	TAILQ_INSERT_TAIL(&parent->children, child, entries);
}

void branch_before(struct lowdown_node *where, struct lowdown_node *n)
{
	n->parent = where->parent;
	TAILQ_INSERT_BEFORE(where, n, entries);
}

void branch_remove(struct lowdown_node *n)
{
	TAILQ_REMOVE(&n->parent->children, n, entries);
	lowdown_node_free(n);
}

/* Puts the children of a node in its place: a link that may not be one leaves its words. */
static void branch_unwrap(struct lowdown_node *n)
{
	struct lowdown_node *c;

	while ((c = TAILQ_FIRST(&n->children)) != NULL) {
		TAILQ_REMOVE(&n->children, c, entries);
		branch_before(n, c);
	}
	branch_remove(n);
}

void tree_text(const struct lowdown_node *n, struct buf *out)
{
	const struct lowdown_node *c;

	switch (n->type) {
	case LOWDOWN_NORMAL_TEXT:
		buf_add(out, n->rndr_normal_text.text.data, n->rndr_normal_text.text.size);
		break;
	case LOWDOWN_CODESPAN:
		buf_add(out, n->rndr_codespan.text.data, n->rndr_codespan.text.size);
		break;
	case LOWDOWN_LINK_AUTO:
		buf_add(out, n->rndr_autolink.link.data, n->rndr_autolink.link.size);
		break;
	case LOWDOWN_LINEBREAK:
		buf_addc(out, '\n');
		break;
	case LOWDOWN_ENTITY:
		entity_add(out, n->rndr_entity.text.data, n->rndr_entity.text.size);
		break;
	default:
		break;
	}
	TAILQ_FOREACH(c, &n->children, entries)
	tree_text(c, out);
}

/* Only the web, mail and places within the report: a stored "javascript:" stays words. */
static bool link_allowed(const struct lowdown_buf *link)
{
	static const char *const good[] = { "http://", "https://", "mailto:" };

	if (link->size == 0 || link->data == NULL)
		return false;
	if (link->data[0] == '#')
		return link->size > 1;
	for (size_t i = 0; i < link->size; i++)
		if ((unsigned char)link->data[i] <= ' ' || link->data[i] == '"')
			return false;
	for (size_t i = 0; i < COUNT(good); i++)
		if (link->size > strlen(good[i]) &&
		        strncasecmp(link->data, good[i], strlen(good[i])) == 0)
			return true;
	return false;
}

/* A place within the report is written as its heading is, and becomes what ids_give makes of that. */
static void point_within(struct lowdown_buf *link)
{
	struct buf slug = { 0 }, target = { 0 };

	slug_add(&slug, link->data + 1, link->size - 1);
	buf_addf(&target, "#%s", buf_text(&slug));
	branch_set_text(link, target.p, target.n);
	buf_free(&slug);
	buf_free(&target);
}

static bool plain_in_address(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~:/?#[]@!$&*+,;=%", c) != NULL);
}

/* What may not stand in an address as it is goes in per cent: gropdf writes parentheses and
 * backslashes into the file without a second look. */
static void clean_address(struct lowdown_buf *link)
{
	struct buf out = { 0 };
	size_t i = 0;

	while (i < link->size && plain_in_address(link->data[i]))
		i++;
	if (i == link->size)
		return;
	for (i = 0; i < link->size; i++)
		if (plain_in_address(link->data[i]))
			buf_addc(&out, link->data[i]);
		else
			buf_addf(&out, "%%%02X", (unsigned char)link->data[i]);
	branch_set_text(link, buf_text(&out), out.n);
	buf_free(&out);
}

/* An address in running text becomes a link with words, which renderers escape. */
static void visit_address(struct lowdown_node *n)
{
	const struct lowdown_buf *address = &n->rndr_autolink.link;
	struct lowdown_node *link = branch_new(LOWDOWN_LINK),
	                    *words = branch_new(LOWDOWN_NORMAL_TEXT);
	struct buf target = { 0 };

	if (n->rndr_autolink.type == HALINK_EMAIL &&
	        (address->size < 7 || strncasecmp(address->data, "mailto:", 7) != 0))
		buf_adds(&target, "mailto:");
	buf_add(&target, address->data, address->size);
	branch_set_text(&link->rndr_link.link, target.p, target.n);
	branch_set_text(&words->rndr_normal_text.text, address->data, address->size);
	branch_append(link, words);
	branch_before(n, link);
	if (link_allowed(&link->rndr_link.link))
		clean_address(&link->rndr_link.link);
	else
		branch_unwrap(link);
	branch_remove(n);
	buf_free(&target);
}

static bool is_break(const struct lowdown_buf *html)
{
	return (html->size == 4 && strncasecmp(html->data, "<br>", 4) == 0) ||
	       (html->size == 5 && strncasecmp(html->data, "<br/>", 5) == 0) ||
	       (html->size == 6 && strncasecmp(html->data, "<br />", 6) == 0);
}

/* The number of the object a paragraph marks, or false where it is an ordinary paragraph. */
static bool paragraph_marks(const struct lowdown_node *n, size_t *object)
{
	struct buf text = { 0 };
	bool marks = false;

	if (n->type != LOWDOWN_PARAGRAPH)
		return false;
	const struct lowdown_node *c = TAILQ_FIRST(&n->children);
	if (c == NULL || c->type != LOWDOWN_NORMAL_TEXT || c->rndr_normal_text.text.size < 7 ||
	        memcmp(c->rndr_normal_text.text.data, MARK_OPEN, 3) != 0)
		return false;
	tree_text(n, &text);
	int end = 0;
	marks = sscanf(buf_text(&text), MARK_OPEN "%zu%n", object, &end) == 1 && end > 0;
	buf_free(&text);
	return marks;
}

/* The look of the table behind a chart. */
static const struct table_look numbers = { .numbers = true };

static void visit(struct tree *, struct lowdown_node *, enum tree_use, struct ids *);

/* A bookmark is made of the heading's text and can hold no markup. */
static void flatten(struct lowdown_node *heading)
{
	struct buf text = { 0 };
	struct lowdown_node *c;

	tree_text(heading, &text);
	while ((c = TAILQ_FIRST(&heading->children)) != NULL)
		branch_remove(c);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\n')
			text.p[i] = ' ';
	branch_append(heading, branch_mark('h', 0, 0, 0));
	branch_append(heading, branch_text(buf_text(&text)));
	branch_append(heading, branch_mark('H', 0, 0, 0));
	buf_free(&text);
}

/* liblowdown's terminal writes hash signs before a heading, over a line of any length: its words become a
 * paragraph between two that are marked. */
static void unhead(struct lowdown_node *heading)
{
	struct lowdown_node *words = branch_new(LOWDOWN_PARAGRAPH), *c;

	for (int i = 0; i < 2; i++) {
		struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);

		branch_append(p, branch_mark(i == 0 ? 'h' : 'H', heading->rndr_header.level, 0, 0));
		branch_before(heading, p);
		if (i == 0)
			branch_before(heading, words);
	}
	while ((c = TAILQ_FIRST(&heading->children)) != NULL) {
		TAILQ_REMOVE(&heading->children, c, entries);
		branch_append(words, c);
	}
	branch_remove(heading);
}

static void visit_object(struct tree *t, struct lowdown_node *n, size_t number, enum tree_use use)
{
	struct document *doc = t->doc;

	if (number < doc->nobject && n->chng != LOWDOWN_CHNG_DELETE) {
		if (doc->object[number].table != NULL && use != TREE_MD) {
			t->next = doc->object[number].table;
		} else {
			struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);

			branch_append(p, branch_mark(doc->object[number].table != NULL ? 'k' : 'o',
			                         number, 0, 0));
			branch_before(n, p);
			t->next = doc->object[number].table == NULL &&
			                          doc->object[number].chart->counted_below
			                  ? NULL
			                  : &numbers;
		}
	}
	branch_remove(n);
}

/* The node itself; its children have been seen already. It may be gone afterwards. */
static void visit_self(struct tree *t, struct lowdown_node *n, enum tree_use use, struct ids *ids)
{
	size_t number;

	switch (n->type) {
	case LOWDOWN_HEADER:
		ids_give(ids, n);
		if (use == TREE_ROFF)
			flatten(n);
		else if (use == TREE_TEXT && n->parent == t->root)
			unhead(n);
		break;
	case LOWDOWN_STRIKETHROUGH:
		/* liblowdown's ms has no line through words. */
		if (use == TREE_ROFF) {
			branch_before(n, branch_mark('d', 0, 0, 0));
			branch_append(n, branch_mark('f', 0, 0, 0));
			branch_unwrap(n);
		}
		break;
	case LOWDOWN_LINK:
		/* A place within the report is no address that could be typed. */
		if (!link_allowed(&n->rndr_link.link) ||
		        (use == TREE_TEXT && n->rndr_link.link.data[0] == '#'))
			branch_unwrap(n);
		else if (n->rndr_link.link.data[0] == '#')
			point_within(&n->rndr_link.link);
		else
			clean_address(&n->rndr_link.link);
		break;
	case LOWDOWN_LINK_AUTO:
		visit_address(n);
		break;
	case LOWDOWN_IMAGE: {
		struct lowdown_node *alt = branch_new(LOWDOWN_NORMAL_TEXT);

		branch_set_text(&alt->rndr_normal_text.text,
		        n->rndr_image.alt.data == NULL ? "" : n->rndr_image.alt.data,
		        n->rndr_image.alt.size);
		branch_before(n, alt);
		branch_remove(n);
		break;
	}
	case LOWDOWN_RAW_HTML:
		if (is_break(&n->rndr_raw_html.text))
			branch_before(n, branch_new(LOWDOWN_LINEBREAK));
		branch_remove(n);
		break;
	case LOWDOWN_BLOCKHTML:
		branch_remove(n);
		break;
	case LOWDOWN_PARAGRAPH:
		if (paragraph_marks(n, &number))
			visit_object(t, n, number, use);
		break;
	case LOWDOWN_LISTITEM:
		item_tick(n);
		if (use == TREE_ODT)
			item_part(n);
		break;
	case LOWDOWN_LIST:
		if (use == TREE_ODT)
			list_mark(n);
		break;
	case LOWDOWN_TABLE_BLOCK:
		if (use != TREE_MD)
			table_take(t, n, use);
		break;
	default:
		break;
	}
}

static void visit(struct tree *t, struct lowdown_node *n, enum tree_use use, struct ids *ids)
{
	struct lowdown_node *c, *next;

	for (c = TAILQ_FIRST(&n->children); c != NULL; c = next) {
		next = TAILQ_NEXT(c, entries);
		visit(t, c, use, ids);
	}
	if (n->parent != NULL)
		visit_self(t, n, use, ids);
}

static bool has_chart(const struct document *doc)
{
	for (size_t i = 0; i < doc->nobject; i++)
		if (doc->object[i].chart != NULL)
			return true;
	return false;
}

static struct lowdown_node *parse(struct tree *t, struct buf *md, enum tree_use use)
{
	struct buf expanded = { 0 };
	struct lowdown_node *root;

	/* Only charts bring more with them. */
	if (has_chart(t->doc)) {
		document_expand(t->doc, md, use, &expanded);
		md = &expanded;
	}
	root = lowdown_doc_parse(t->parser, NULL, buf_text(md), md->n, NULL);
	buf_free(&expanded);
	return root;
}

bool tree_make(struct tree *t, struct document *doc, enum tree_use use, struct fault *f)
{
	static const struct lowdown_opts options = {
		.type = LOWDOWN_NULL,
		.maxdepth = 128,
		.feat = LOWDOWN_TABLES | LOWDOWN_FENCED | LOWDOWN_FOOTNOTES | LOWDOWN_AUTOLINK |
		        LOWDOWN_STRIKE | LOWDOWN_TASKLIST | LOWDOWN_COMMONMARK | LOWDOWN_NOCODEIND |
		        LOWDOWN_NOINTEM | LOWDOWN_ATTRS,
	};
	struct ids ids = { .arena = arena_new() };

	*t = (struct tree){ .doc = doc, .arena = doc->arena };
	t->parser = lowdown_doc_new(&options);
	t->root = t->parser == NULL ? NULL : parse(t, &doc->md, use);
	if (t->root != NULL && doc->old.n > 0) {
		struct lowdown_node *new = t->root, *before;
		size_t nodes = 0;

		before = parse(t, &doc->old, use);
		t->root = before == NULL ? NULL : lowdown_diff(before, new, &nodes);
		lowdown_node_free(before);
		lowdown_node_free(new);
		if (t->root != NULL)
			tree_mark_changes(t->root);
	}
	if (t->root != NULL) {
		visit(t, t->root, use, &ids);
		if (use != TREE_MD)
			turn_pages(t);
		if (use == TREE_ROFF)
			keep_headings(t);
	}
	arena_free(ids.arena);
	if (t->root == NULL)
		return fault_set(f, STATUS_DATA,
		        "the report cannot be read as Markdown; lists or "
		        "quotations are nested too deep");
	return true;
}

void tree_free(struct tree *t)
{
	lowdown_node_free(t->root);
	if (t->parser != NULL)
		lowdown_doc_free(t->parser);
	mem_free(t->table);
	*t = (struct tree){ 0 };
}
