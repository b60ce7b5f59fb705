/* SPDX-License-Identifier: MIT */
/* The cells of a row: one, those of a field together, and those that are kept as they are. */
#include <string.h>

#include "notice/read/reader.h"

const char *reader_cell(struct reader *r, const struct row *row, size_t column)
{
	const struct cell *c;
	char last;

	if (column >= row->n || row->cell[column].n == 0)
		return "";
	c = &row->cell[column];
	last = c->p[c->n - 1];
	/* Nearly all cells have no blanks at their ends and are used where they stand. */
	if ((unsigned char)c->p[0] > ' ' && (unsigned char)last > ' ' &&
	        (unsigned char)c->p[0] < 0x80 && (unsigned char)last < 0x80)
		return c->p;
	return str_trim(arena_strndup(r->row_arena, c->p, c->n));
}

const char *reader_text(struct reader *r, int field)
{
	const struct filled *f = r->by[field];
	const char *text = NULL;

	for (size_t i = 0; f && i < f->n; i++) {
		const char *cell = reader_cell(r, &r->current, f->column[i]);
		if (*cell == '\0')
			continue;
		if (!text)
			text = cell;
		else if (!strstr(text, cell)) /* the town may stand in the address already */
			text = arena_printf(
			        r->row_arena, field == N_ADDRESS ? "%s, %s" : "%s %s", text, cell);
		if (!f->join)
			break;
	}
	if (text && r->replaces[field])
		text = map_replace(r->o.map, notice_fields[field], text);
	if (text && *text == '\0')
		text = NULL;
	return text || field >= N_TEXTS ? text : r->constant[field];
}

static const char *heading_of(struct reader *r, size_t column)
{
	const struct layout *l = &r->layout;

	if (l->heading && column < l->nheading && l->heading[column][0])
		return l->heading[column];
	return arena_printf(r->row_arena, "column %zu", column + 1);
}

static void keep(struct reader *r, const char *heading, const char *text)
{
	if (r->extra.n)
		buf_addc(&r->extra, '\n');
	buf_adds(&r->extra, heading);
	buf_adds(&r->extra, ": ");
	buf_adds(&r->extra, text);
}

void reader_keep(struct reader *r, int field, const char *text)
{
	const struct filled *f = r->by[field];

	keep(r, f && f->n ? heading_of(r, f->column[0]) : target_name(field), text);
}

void reader_keep_column(struct reader *r, size_t column, const char *text)
{
	keep(r, heading_of(r, column), text);
}
