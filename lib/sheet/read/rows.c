/* SPDX-License-Identifier: MIT */
/* The row being read: cells are put in any order and handed out together. */
#include "sheet/read/book.h"

#include <string.h>

void rows_begin(struct rows *rows)
{
	buf_clear(&rows->text);
	rows->n = 0;
}

bool rows_put(
        struct rows *rows, size_t column, const char *p, size_t n, bool lasting, struct fault *f)
{
	if (n == 0)
		return true;
	if (column >= BOOK_COLUMNS)
		return fault_set(f, STATUS_DATA, "damaged: row %ld has more than %d columns",
		        rows->number, BOOK_COLUMNS);
	if (column >= rows->slots)
		rows->slot = mem_grow(rows->slot, &rows->slots, column + 1, sizeof *rows->slot);
	for (; rows->n <= column; rows->n++)
		rows->slot[rows->n] = (struct slot){ .p = "" };
	if (lasting) {
		rows->slot[column] = (struct slot){ .p = p, .n = n };
		return true;
	}
	if (rows->text.n + n > BOOK_ROW)
		return fault_set(f, STATUS_DATA,
		        "row %ld holds more than %d MB of text; not read on", rows->number,
		        BOOK_ROW >> 20);
	rows->slot[column] = (struct slot){ .at = rows->text.n, .n = n };
	buf_add(&rows->text, p, n + 1); /* with its NUL */
	return true;
}

/* Slots to cells: only now does the buffer no longer move. */
static uint64_t resolve(struct rows *rows)
{
	uint64_t bytes = 0;

	if (rows->n > rows->cells)
		rows->cell = mem_grow(rows->cell, &rows->cells, rows->n, sizeof *rows->cell);
	for (size_t i = 0; i < rows->n; i++) {
		const struct slot *slot = &rows->slot[i];

		rows->cell[i].p = slot->p ? slot->p : rows->text.p + slot->at;
		rows->cell[i].n = slot->n;
		bytes += slot->n;
	}
	return bytes;
}

bool rows_end(struct rows *rows, long number, bool hidden, long repeat, struct fault *f)
{
	struct sheet_row row;
	uint64_t bytes;

	if (rows->n == 0)
		return true;
	bytes = resolve(rows);
	if (rows->n > rows->width)
		rows->width = rows->n;
	row = (struct sheet_row){ .n = rows->n, .width = rows->width, .cell = rows->cell };
	for (long i = 0; i < repeat; i++) {
		row.number = number + i;
		if (row.number > BOOK_ROWS)
			return fault_set(f, STATUS_DATA, "damaged: more than %ld rows", BOOK_ROWS);
		rows->given += bytes + rows->width;
		if (rows->given > rows->most)
			return fault_set(f, STATUS_DATA,
			        "holds more than %llu MB of text, far more than its size allows "
			        "for; stopped at row %ld",
			        (unsigned long long)(rows->most >> 20), row.number);
		rows->told->rows++;
		rows->told->hidden_rows += hidden;
		if (!rows->fn(rows->arg, &row, f))
			return false;
	}
	return true;
}

void rows_free(struct rows *rows)
{
	buf_free(&rows->text);
	mem_free(rows->slot);
	mem_free(rows->cell);
}
