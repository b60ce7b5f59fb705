/* SPDX-License-Identifier: MIT */
/* A table of notices: opened by reading ahead, explained as a map, refused rows written as they were. */
#include <string.h>

#include "notice/read/reader.h"

enum { AHEAD = 1000, AHEAD_BYTES = 2 << 20 };

/* Rows that are kept beyond the next one; empty cells at their end are not. */
static struct row copy_row(struct arena *a, const struct row *row, size_t *bytes)
{
	struct row copy = { .line = row->line, .n = row->n };

	while (copy.n && row->cell[copy.n - 1].n == 0)
		copy.n--;
	copy.cell = arena_alloc(a, (copy.n + 1) * sizeof *copy.cell);
	for (size_t i = 0; i < copy.n; i++) {
		copy.cell[i].p = arena_strndup(a, row->cell[i].p, row->cell[i].n);
		copy.cell[i].n = row->cell[i].n;
		*bytes += row->cell[i].n + sizeof *copy.cell;
	}
	return copy;
}

/* Fills the rows ahead, of which there may be some. */
static bool read_ahead(struct reader *r, struct fault *f)
{
	struct row row;
	enum step step = STEP_ROW;
	size_t bytes = 0;

	while (!r->ended && !r->has_pending && r->nahead < AHEAD && bytes < AHEAD_BYTES &&
	        (step = rows_next(r->in, &row, f)) == STEP_ROW)
		r->ahead[r->nahead++] = copy_row(r->ahead_arena, &row, &bytes);
	r->ended = r->ended || step == STEP_END;
	/* A row that is no row ends the look ahead, and is met again as a refused one. */
	if (step == STEP_FAILED && rows_resumable(r->in)) {
		r->pending = *f;
		r->has_pending = true;
		fault_clear(f);
		return true;
	}
	return step != STEP_FAILED;
}

const struct heading_targets *reader_targets(struct reader *r)
{
	if (!r->targets_arena) {
		r->targets_arena = arena_new();
		r->targets = headings_ready(r->targets_arena, notice_targets, TARGETS);
	}
	return &r->targets;
}

bool reader_look_again(struct reader *r, struct fault *f)
{
	struct arena *old = r->ahead_arena;
	struct row *ahead = r->ahead;
	size_t from = r->at, n = r->nahead, bytes = 0;

	r->ahead_arena = arena_new();
	r->ahead = arena_alloc(r->ahead_arena, (AHEAD + 1) * sizeof *r->ahead);
	r->ahead[0] = copy_row(r->ahead_arena, &r->current, &bytes);
	r->nahead = 1;
	for (size_t i = from; old && i < n; i++)
		r->ahead[r->nahead++] = copy_row(r->ahead_arena, &ahead[i], &bytes);
	arena_free(old);
	r->at = 0;
	return read_ahead(r, f);
}

struct reader *reader_new(struct input *in, const struct reference *ref,
        const struct reader_options *o, struct work *w, struct fault *f)
{
	struct reader *r = mem_zalloc(sizeof *r);

	r->in = in;
	r->ref = ref;
	r->o = *o;
	r->w = w;
	r->arena = arena_new();
	r->row_arena = arena_new();
	r->ahead_arena = arena_new();
	r->ahead = arena_alloc(r->ahead_arena, (AHEAD + 1) * sizeof *r->ahead);
	if (!read_ahead(r, f) || !layout_find(r, f)) {
		fault_place(f, input_name(in), 0, NULL);
		reader_free(r);
		return NULL;
	}
	r->at = r->layout.data_from;
	for (int i = 0; o->map && i < N_TEXTS; i++)
		r->replaces[i] = map_replaces(o->map, notice_fields[i]);
	if (o->map) {
		r->layout.skips = map_skip_columns(r->arena, o->map);
		if (!r->layout.skips[0])
			r->layout.skips = NULL;
	}
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	buf_free(&r->scratch);
	buf_free(&r->extra);
	buf_free(&r->reasons);
	buf_free(&r->plain);
	buf_free(&r->number);
	arena_free(r->targets_arena);
	arena_free(r->ahead_arena);
	arena_free(r->row_arena);
	arena_free(r->arena);
	mem_free(r);
}

/* ---------- explaining ---------- */

/* A YAML scalar: plain where nothing in it could mean something, else quoted. */
static void put_text(struct out *out, const char *text)
{
	static const char safe[] =
	        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ()./";
	size_t n = strlen(text);
	bool plain = n && strspn(text, safe) == n &&
	             strpbrk(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") &&
	             text[0] != ' ' && text[n - 1] != ' ' &&
	             ((text[0] | 32) >= 'a' && (text[0] | 32) <= 'z') &&
	             strcasecmp(text, "yes") != 0 && strcasecmp(text, "no") != 0 &&
	             strcasecmp(text, "null") != 0 && strcasecmp(text, "true") != 0 &&
	             strcasecmp(text, "false") != 0 && strcasecmp(text, "on") != 0 &&
	             strcasecmp(text, "off") != 0 && n > 1;

	if (plain) {
		out_text(out, text);
		return;
	}
	out_quoted(out, text);
}

/* A heading, or the position of one that is blank or stands twice. */
static void put_column(const struct reader *r, size_t column, struct out *out)
{
	const struct layout *l = &r->layout;
	bool again = false;

	for (size_t i = 0; i < column && i < l->nheading; i++)
		again = again || (column < l->nheading &&
		                         str_equal(r->heading_key[i], r->heading_key[column]));
	if (!l->heading || column >= l->nheading || l->heading[column][0] == '\0' || again)
		out_printf(out, "%zu", column + 1);
	else
		put_text(out, l->heading[column]);
}

static void explain_columns(const struct reader *r, bool join, struct out *out)
{
	bool begun = false;

	for (int field = 0; field < TARGETS; field++) {
		const struct filled *f = r->by[field];
		if (!f || f->n == 0 || (f->join && f->n > 1) != join)
			continue;
		if (!begun)
			out_text(out, join ? "join:\n" : "columns:\n");
		begun = true;
		if ((field == P_TYPE && r->by[N_CLOSURE]) ||
		        (field == P_CHARITY && r->by[N_NUMBER]))
			continue; /* a map gives a field once */
		out_printf(out, "  %s: ", target_name(field));
		if (f->n > 1)
			out_char(out, '[');
		for (size_t i = 0; i < f->n; i++) {
			if (i)
				out_text(out, ", ");
			put_column(r, f->column[i], out);
		}
		out_text(out, f->n > 1 ? "]" : "");
		if (str_equal(f->why, "content"))
			out_text(out, " # by what the column holds");
		out_char(out, '\n');
	}
}

bool reader_explain(
        const struct reader *r, const struct input *in, struct out *out, struct fault *f)
{
	static const char *const words[] = { "dmy", "mdy", "ymd" };
	const struct layout *l = &r->layout;
	size_t left = 0;

	out_printf(out, "# %s: %s\n", input_name(in), input_told(in));
	explain_columns(r, false, out);
	explain_columns(r, true, out);
	if (!r->by[N_EMPLOYER] && !r->constant[N_EMPLOYER])
		out_text(out, "# still to be said, under columns: employer: HEADING\n");
	if (!r->by[N_RECEIVED] && !r->by[N_FIRST] && !r->by[N_PROPOSED])
		out_text(out,
		        "# still to be said, one of them at least: received, first_dismissal, "
		        "proposed\n");
	for (size_t i = 0; l->heading && i < l->nheading; i++) {
		if (l->heading[i][0] == '\0' || r->used[i])
			continue;
		out_text(out, left++ ? ", " : "# kept as they are, with their heading, in extra: ");
		put_text(out, l->heading[i]);
	}
	if (left)
		out_char(out, '\n');
	for (size_t i = 0; i < l->nfilled; i++)
		if (l->filled[i].field == N_RECEIVED || l->filled[i].field == N_FIRST) {
			out_printf(out, "dates: %s\n", words[l->filled[i].order]);
			break;
		}
	if (l->heading_line == 0)
		out_text(out, "heading: 0\n");
	if (r->o.source)
		out_text(out, "constants: {source: "), put_text(out, r->o.source),
		        out_text(out, "}\n");
	if (r->unfit.status == STATUS_OK)
		return true;
	*f = r->unfit;
	return false;
}

/* ---------- refused rows ---------- */

static void put_cells(struct buf *b, const struct row *row, bool first)
{
	for (size_t i = 0; i < row->n; i++) {
		if (i || !first)
			buf_addc(b, ',');
		csv_add_cell(b, row->cell[i].p, row->cell[i].n, ',');
	}
}

static void put_headings(const struct reader *r, struct buf *b, bool first)
{
	for (size_t i = 0; i < r->layout.nheading; i++) {
		const char *text = r->layout.heading ? r->layout.heading[i] : "";
		if (i || !first)
			buf_addc(b, ',');
		csv_add_cell(b, text, strlen(text), ',');
	}
	buf_addc(b, '\n');
}

void reader_reject_head(struct reader *r, struct out *out)
{
	struct buf b = { 0 };

	r->heads_rejected = r->heads;
	buf_adds(&b, "line,why");
	put_headings(r, &b, false);
	out_write(out, b.p, b.n);
	buf_free(&b);
}

void reader_pass_head(struct reader *r, struct out *out)
{
	struct buf b = { 0 };

	r->heads_passed = r->heads;
	put_headings(r, &b, true);
	out_write(out, b.p, b.n);
	buf_free(&b);
}

void reader_pass(struct reader *r, const struct row *row, struct out *out)
{
	struct buf b = { 0 };

	if (r->heads_passed != r->heads)
		reader_pass_head(r, out);
	put_cells(&b, row, true);
	buf_addc(&b, '\n');
	out_write(out, b.p, b.n);
	buf_free(&b);
}

void reader_reject(
        struct reader *r, const struct row *row, const struct fault *why, struct out *out)
{
	struct buf b = { 0 }, reason = { 0 };

	if (r->heads_rejected != r->heads)
		reader_reject_head(r, out); /* of another table */
	buf_addf(&b, "%ld,", row->line);
	if (why->field[0])
		buf_addf(&reason, "%s: ", why->field);
	buf_adds(&reason, why->text);
	csv_add_cell(&b, reason.p, reason.n, ',');
	if (row->n == 0) { /* what could not be parted into cells goes as it stands */
		struct cell raw = rows_raw(r->in);
		buf_addc(&b, ',');
		buf_add(&b, raw.p, raw.n);
	}
	put_cells(&b, row, false);
	buf_addc(&b, '\n');
	out_write(out, b.p, b.n);
	buf_free(&reason);
	buf_free(&b);
}
