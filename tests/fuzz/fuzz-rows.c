/* SPDX-License-Identifier: MIT */
/*
 * Rows: whatever the bytes are, the fast way and libcsv give the same rows, faults and places, in pieces of
 * any size. The first byte is the size of the pieces; the second says which of the two gets them.
 */
#include <stdlib.h>
#include <string.h>

#include "io/inner.h"

enum { CELL_MAX = 300 };

static void read_all(const uint8_t *data, size_t n, size_t chunk, bool libcsv_only, struct buf *out)
{
	struct fault f = { 0 };
	struct row row;
	struct input_options o = { .format = INPUT_CSV, .cell_max = CELL_MAX };
	struct input *in = input_open_bytes("fuzz", (const char *)data, n, &o, &f);

	if (in == NULL) {
		fault_format(&f, out);
		return;
	}
	in->chunk = chunk;
	in->libcsv_only = libcsv_only;
	for (;;) {
		fault_clear(&f);
		size_t mended = input_mended(in);
		enum step step = rows_next(in, &row, &f);
		if (step == STEP_END || (step == STEP_FAILED && !rows_resumable(in)))
			break;
		/* Of a line longer than any cell may be only so much is sure to be kept; and where a cell is too long
		 * and its quotes are wrong, which is said, and of
		 * which line, depends on how much of it was there. */
		struct cell raw = rows_raw(in);
		size_t kept = step == STEP_ROW || raw.n < CELL_MAX - 8 ? raw.n : CELL_MAX - 8;
		if (step == STEP_FAILED && strstr(f.text, "quote") != NULL)
			buf_adds(out, "quotes or length");
		else if (step == STEP_FAILED)
			fault_format(&f, out);
		for (size_t i = 0; step == STEP_ROW && i < row.n; i++) {
			if (row.cell[i].p[row.cell[i].n] != '\0' ||
			        !text_valid(row.cell[i].p, row.cell[i].n))
				abort();
			buf_addf(out, "%ld:", row.line);
			buf_add(out, row.cell[i].p, row.cell[i].n);
			buf_addc(out, '\0');
		}
		/* Of a row with mended cells the fast way no longer knows how it stood. */
		if (input_mended(in) == mended)
			buf_add(out, raw.p, kept);
		buf_addc(out, '\n');
	}
	if (!input_close(in, &f))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf one = { 0 }, other = { 0 };
	if (size < 2)
		return 0;
	size_t chunk = data[0] == 0 ? 0 : data[0];
	bool odd = data[1] & 1;
	read_all(data + 2, size - 2, odd ? chunk : 0, false, &one);
	read_all(data + 2, size - 2, odd ? 0 : chunk, true, &other);
	if (one.n != other.n || memcmp(buf_text(&one), buf_text(&other), one.n) != 0)
		abort();
	buf_free(&one);
	buf_free(&other);
	return 0;
}
