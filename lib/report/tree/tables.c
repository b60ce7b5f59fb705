/* SPDX-License-Identifier: MIT */
/* Tables taken out of the tree: marked paragraphs, measured on the way; and turned pages. */
#include <ctype.h>
#include <string.h>
#include "report/tree/tree-private.h"

static const struct table_look plain;

static struct tree_table *table_new(struct tree *t, size_t columns)
{
	t->table = mem_grow(t->table, &t->cap, t->ntable + 1, sizeof *t->table);
	struct tree_table *table = &t->table[t->ntable++];
	*table = (struct tree_table){ .look = t->next != NULL ? t->next : &plain,
		.columns = columns };
	table->lies = t->doc->landscape || table->look->landscape;
	t->next = NULL;
	table->align = arena_alloc(t->arena, columns * sizeof *table->align);
	table->longest = arena_alloc(t->arena, columns * sizeof *table->longest);
	table->word = arena_alloc(t->arena, columns * sizeof *table->word);
	table->first = arena_alloc(t->arena, columns * sizeof *table->first);
	return table;
}

static void measure(struct tree_table *table, size_t column, const char *text)
{
	size_t line = 0, word = 0;

	for (;; text++) {
		bool end = *text == '\0' || *text == '\n';

		if (((unsigned char)*text & 0xC0) != 0x80)
			word++;
		if (end || *text == ' ' || (*text == '-' && isalpha((unsigned char)text[1]))) {
			word -= *text == '-' ? 0 : 1;
			if (word > table->word[column])
				table->word[column] = word;
			word = 0;
		}
		if (end) {
			if (line > table->longest[column])
				table->longest[column] = line;
			line = 0;
		} else if (((unsigned char)*text & 0xC0) != 0x80) {
			line++;
		}
		if (*text == '\0')
			break;
	}
}

/* The paragraphs that a table becomes: for most renderers one, in which every cell stands between two
 * marks, since a paragraph costs them more than a cell's words do. */
struct cells {
	struct lowdown_node *where; /* the table, which they go before */
	struct lowdown_node *paragraph;
	struct buf words; /* marks and plain words that are still to go into it */
};

static void add_mark(struct cells *cells, char letter, size_t table, size_t row, size_t column)
{
	char *to = buf_space(&cells->words, MARK_MAX);

	cells->words.n += mark_write(to, letter, table, row, column);
}

static void put_words(struct cells *cells)
{
	struct lowdown_node *text;

	if (cells->words.n == 0)
		return;
	text = branch_new(LOWDOWN_NORMAL_TEXT);
	branch_set_text(&text->rndr_normal_text.text, cells->words.p, cells->words.n);
	branch_append(cells->paragraph, text);
	buf_clear(&cells->words);
}

static bool is_plain(const struct lowdown_node *n)
{
	return n->type == LOWDOWN_NORMAL_TEXT && n->chng == LOWDOWN_CHNG_NONE &&
	       TAILQ_EMPTY(&n->children);
}

/* Before a cell: the paragraph, which troff wants for each. */
static void begin_cell(struct cells *cells, enum tree_use use)
{
	if (cells->paragraph != NULL && use != TREE_ROFF)
		return;
	if (cells->paragraph != NULL)
		put_words(cells);
	cells->paragraph = branch_new(LOWDOWN_PARAGRAPH);
	branch_before(cells->where, cells->paragraph);
}

/* The cell's words between two marks; a cell that is missing has none. */
static void put_cell(struct tree *t, struct cells *cells, enum tree_use use, size_t column,
        struct lowdown_node *cell)
{
	size_t row = t->table[t->ntable - 1].rows;
	struct lowdown_node *c;

	begin_cell(cells, use);
	add_mark(cells, 'c', t->ntable - 1, row, column);
	while (cell != NULL && (c = TAILQ_FIRST(&cell->children)) != NULL) {
		if (is_plain(c)) {
			tree_text(c, &cells->words);
			branch_remove(c);
			continue;
		}
		put_words(cells);
		TAILQ_REMOVE(&cell->children, c, entries);
		branch_append(cells->paragraph, c);
	}
	add_mark(cells, 'e', t->ntable - 1, row, column);
}

/* The length of " October 2026" at p, behind the digits of a day; 0: there is none. */
static size_t month_at(const char *p, size_t n)
{
	static const char *const months[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };

	for (size_t m = 0; m < COUNT(months); m++) {
		size_t long_as = strlen(months[m]);

		if (n >= long_as + 6 && memcmp(p + 1, months[m], long_as) == 0 &&
		        p[long_as + 1] == ' ' && isdigit((unsigned char)p[long_as + 2]))
			return long_as + 2;
	}
	return 0;
}

/* The next " October 2026" behind a day's digits; NULL: none. *n: its bytes. */
static const char *find_month(const char *p, const char *end, size_t *n)
{
	const char *from = p;

	while ((p = memchr(p, ' ', (size_t)(end - p))) != NULL) {
		if (p > from && isdigit((unsigned char)p[-1]) &&
		        (*n = month_at(p, (size_t)(end - p))) > 0)
			return p;
		p++;
	}
	return NULL;
}

/* "30 October 2026" is to stay on one line of a cell: its blanks become fixed ones. */
static void fix_dates(struct lowdown_node *node)
{
	struct lowdown_buf *text = &node->rndr_normal_text.text;
	struct lowdown_node *c;
	struct buf fixed = { 0 };
	size_t n;

	if (node->type == LOWDOWN_NORMAL_TEXT && text->data && text->size > 10) {
		const char *p = text->data, *end = p + text->size, *at;

		while ((at = find_month(p, end, &n)) != NULL) {
			buf_add(&fixed, p, (size_t)(at - p));
			buf_addf(&fixed, "\xc2\xa0%.*s\xc2\xa0", (int)n - 2, at + 1);
			p = at + n;
		}
		if (fixed.n > 0) {
			buf_add(&fixed, p, (size_t)(end - p));
			branch_set_text(text, fixed.p, fixed.n);
		}
		buf_free(&fixed);
	}
	TAILQ_FOREACH(c, &node->children, entries)
	fix_dates(c);
}

static enum align align_of(const struct lowdown_node *cell)
{
	switch (cell->rndr_table_cell.flags & HTBL_FL_ALIGNMASK) {
	case HTBL_FL_ALIGN_RIGHT:
		return ALIGN_RIGHT;
	case HTBL_FL_ALIGN_CENTER:
		return ALIGN_CENTRE;
	default:
		return ALIGN_LEFT;
	}
}

static void take_row(struct tree *t, struct tree_table *table, struct lowdown_node *row,
        enum tree_use use, struct cells *cells, const char **text)
{
	struct lowdown_node *cell, *next = TAILQ_FIRST(&row->children);
	struct buf words = { 0 };
	size_t column = 0;

	while ((cell = next) != NULL && column < table->columns) {
		next = TAILQ_NEXT(cell, entries);
		buf_clear(&words);
		if (use != TREE_TEXT)
			fix_dates(cell);
		tree_text(cell, &words);
		measure(table, column, buf_text(&words));
		if (table->rows == 0)
			table->align[column] = align_of(cell);
		if (table->rows == 1)
			table->first[column] = arena_strdup(t->arena, buf_text(&words));
		if (text != NULL)
			text[column] = arena_strdup(t->arena, buf_text(&words));
		else
			put_cell(t, cells, use, column, cell);
		column++;
	}
	for (; column < table->columns; column++) {
		if (text != NULL)
			text[column] = "";
		else
			put_cell(t, cells, use, column, NULL);
	}
	table->rows++;
	buf_free(&words);
}

static size_t count_rows(const struct lowdown_node *node)
{
	const struct lowdown_node *part, *row;
	size_t n = 0;

	TAILQ_FOREACH(part, &node->children, entries)
	TAILQ_FOREACH(row, &part->children, entries)
	n++;
	return n;
}

void table_take(struct tree *t, struct lowdown_node *node, enum tree_use use)
{
	struct lowdown_node *part, *row;
	size_t columns = node->rndr_table.columns, rows = count_rows(node);
	struct tree_table *table = table_new(t, columns);
	struct cells cells = { .where = node };

	if (use == TREE_TEXT)
		table->text = arena_alloc(t->arena, (rows * columns + 1) * sizeof *table->text);
	TAILQ_FOREACH(part, &node->children, entries)
	TAILQ_FOREACH(row, &part->children, entries)
	take_row(t, table, row, use, &cells,
	        table->text == NULL ? NULL : table->text + table->rows * columns);
	put_words(&cells);
	buf_free(&cells.words);
	if (use == TREE_TEXT) {
		struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);

		branch_append(p, branch_mark('t', t->ntable - 1, 0, 0));
		branch_before(node, p);
	}
	branch_remove(node);
}

/* ---------- pages turned for wide tables ---------- */

/* The table of a cell's paragraph, if it is one. */
static const struct tree_table *table_of(const struct tree *t, const struct lowdown_node *n)
{
	static const char begins[] = MARK_OPEN "c ";
	const struct lowdown_node *c = TAILQ_FIRST(&n->children);
	size_t number = 0, at = sizeof begins - 1;

	if (n->type != LOWDOWN_PARAGRAPH || c == NULL || c->type != LOWDOWN_NORMAL_TEXT)
		return NULL;
	const struct lowdown_buf *text = &c->rndr_normal_text.text;
	if (text->size < at || memcmp(text->data, begins, at) != 0)
		return NULL;
	for (; at < text->size && text->data[at] >= '0' && text->data[at] <= '9'; at++)
		number = number * 10 + (size_t)(text->data[at] - '0');
	return number < t->ntable ? &t->table[number] : NULL;
}

static void turn(struct tree *t, struct lowdown_node *before, char letter)
{
	struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);

	branch_append(p, branch_mark(letter, 0, 0, 0));
	if (before != NULL)
		branch_before(before, p);
	else
		branch_append(t->root, p);
}

/* The height of the chart that a paragraph marks, in tenths of a centimetre; 0: it marks none. */
static size_t chart_height(const struct tree *t, const struct lowdown_node *n)
{
	static const char begins[] = MARK_OPEN "o ";
	const struct lowdown_node *c = TAILQ_FIRST(&n->children);
	size_t number = 0, at = sizeof begins - 1;
	double width, height;

	if (n->type != LOWDOWN_PARAGRAPH || c == NULL || c->type != LOWDOWN_NORMAL_TEXT)
		return 0;
	const struct lowdown_buf *text = &c->rndr_normal_text.text;
	if (text->size < at || memcmp(text->data, begins, at) != 0)
		return 0;
	for (; at < text->size && text->data[at] >= '0' && text->data[at] <= '9'; at++)
		number = number * 10 + (size_t)(text->data[at] - '0');
	if (number >= t->doc->nobject || t->doc->object[number].chart == NULL)
		return 0;
	chart_size(t->doc->object[number].chart, &width, &height);
	return (size_t)(height * 170 / width) + 5;
}

/* What comes before a landscape table and turns with it: its heading, and where that stands beneath
 * another the other too, be there a paragraph between them. */
struct lead {
	struct lowdown_node *heading; /* the first of them; NULL: none */
	bool words;                   /* a paragraph stands behind it */
};

static void lead_take(const struct tree *t, struct lead *lead, struct lowdown_node *n)
{
	if (n->type == LOWDOWN_HEADER) {
		if (lead->heading == NULL ||
		        (lead->words && n->rndr_header.level <= lead->heading->rndr_header.level))
			*lead = (struct lead){ .heading = n };
	} else if (n->type == LOWDOWN_PARAGRAPH && !lead->words && chart_height(t, n) == 0) {
		lead->words = true;
	} else {
		*lead = (struct lead){ 0 };
	}
}

/* From the heading before a landscape table to its end; neighbours share the turned pages. */
void turn_pages(struct tree *t)
{
	struct lowdown_node *n;
	struct lead lead = { 0 };
	bool turned = false;

	if (t->doc->landscape)
		return;
	TAILQ_FOREACH(n, &t->root->children, entries)
	{
		const struct tree_table *table = table_of(t, n);
		bool wide = table != NULL && table->look->landscape;

		if (!wide && table == NULL && !turned) {
			lead_take(t, &lead, n);
			continue;
		}
		if (n->type == LOWDOWN_HEADER) {
			lead_take(t, &lead, n);
			continue;
		}
		if (wide && !turned)
			turn(t, lead.heading != NULL ? lead.heading : n, 'L');
		else if (!wide && turned)
			turn(t, lead.heading != NULL ? lead.heading : n, 'P');
		turned = wide;
		lead = (struct lead){ 0 };
	}
	if (turned)
		turn(t, lead.heading, 'P');
}

void keep_headings(struct tree *t)
{
	struct lowdown_node *n, *lead = NULL;

	TAILQ_FOREACH(n, &t->root->children, entries)
	{
		if (n->type == LOWDOWN_HEADER) {
			lead = lead == NULL ? n : lead;
			continue;
		}
		if (lead != NULL) {
			struct lowdown_node *p = branch_new(LOWDOWN_PARAGRAPH);
			const struct tree_table *table = table_of(t, n);
			size_t follows = chart_height(t, n);

			/* Room for the heading itself, and for a table's heading and first row. */
			if (follows == 0)
				follows = table == NULL ? 8 : (size_t)(10 * tree_opening(table));
			follows += 20;
			branch_append(p, branch_mark('n', follows, 0, 0));
			branch_before(lead, p);
		}
		lead = NULL;
	}
}
