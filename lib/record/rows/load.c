/* SPDX-License-Identifier: MIT */
/* A table into records, row by row, each whole or not at all. */
#include <string.h>

#include "record/rows/rows.h"

enum { AHEAD = 1000 };

/* Rows that are kept beyond the next one live in the command's arena. */
static struct row copy_row(struct arena *a, const struct row *row)
{
	struct row copy = { .line = row->line, .n = row->n };

	copy.cell = arena_alloc(a, (row->n + 1) * sizeof *copy.cell);
	for (size_t i = 0; i < row->n; i++) {
		copy.cell[i].p = arena_strndup(a, row->cell[i].p, row->cell[i].n);
		copy.cell[i].n = row->cell[i].n;
	}
	return copy;
}

static bool skipped(struct rows *r, const struct row *row)
{
	for (size_t i = 0; r->map && i < r->map->nskip; i++) {
		const char *name = r->map->skip[i].column, *text = NULL;
		for (size_t k = 0; k < r->ntarget && !text; k++)
			if (str_equal(r->target[k].name, name))
				text = row_text(r, &r->target[k], row)
				               ? row_text(r, &r->target[k], row)
				               : "";
		for (size_t k = 0; r->heading && k < r->heading->n && !text; k++)
			if (r->heading->cell[k].n &&
			        str_equal(text_key(r->w->arena, r->heading->cell[k].p),
			                text_key(r->w->arena, name)))
				text = row_cell(r->w, row, k);
		if (text && map_skips(r->map, name, text))
			return true;
	}
	return false;
}

static bool all_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cell[i].n && row->cell[i].p[strspn(row->cell[i].p, " \t\n")] != '\0')
			return false;
	return true;
}

/* A heading row that a page break repeated. */
static bool repeats_heading(const struct rows *r, const struct row *row)
{
	if (!r->heading || row->n != r->heading->n)
		return false;
	for (size_t i = 0; i < row->n; i++)
		if (!str_equal(row->cell[i].p, r->heading->cell[i].p))
			return false;
	return true;
}

/* line and why in front of the row as it was. */
static void reject(struct rows *r, const struct row *row, const struct fault *why, bool first)
{
	struct buf line = { 0 };
	char sep = ',';

	if (!r->o->rejects)
		return;
	if (first) {
		buf_adds(&line, "line,why");
		for (size_t i = 0; r->heading && i < r->heading->n; i++) {
			buf_addc(&line, sep);
			csv_add_cell(&line, r->heading->cell[i].p, r->heading->cell[i].n, sep);
		}
		buf_addc(&line, '\n');
	}
	buf_addf(&line, "%ld,", row->line);
	const char *text = why->field[0]
	                           ? arena_printf(r->w->arena, "%s: %s", why->field, why->text)
	                           : why->text;
	csv_add_cell(&line, text, strlen(text), sep);
	for (size_t i = 0; i < row->n; i++) {
		buf_addc(&line, sep);
		csv_add_cell(&line, row->cell[i].p, row->cell[i].n, sep);
	}
	buf_addc(&line, '\n');
	out_write(r->o->rejects, line.p, line.n);
	buf_free(&line);
}

/* A cell under no heading is most often a text with a comma in it that lacks its quotes. */
static bool beyond_heading(const struct rows *r, const struct row *row, struct fault *f)
{
	for (size_t i = r->heading ? r->heading->n : row->n; i < row->n; i++) {
		const char *text = row_cell(r->w, row, i);
		if (*text)
			return !fault_set(f, STATUS_DATA,
			        "%s in column %zu stands under no heading; put quotes round texts "
			        "with a separator in them, or give the column a heading",
			        quote(text), i + 1);
	}
	return false;
}

/* Rows that say whose they are go to no other partnership. */
static bool is_ours(struct rows *r, const struct row *row, struct fault *f)
{
	const char *text = r->whose ? row_cell(r->w, row, r->whose - 1) : "", *ref;

	if (*text == '\0' || !r->w->partnership || str_equal(text, r->w->partnership))
		return true;
	if (record_resolve(r->w, "partnership", text, &ref, f)) {
		if (str_equal(ref, r->w->partnership))
			return true;
		fault_set(f, STATUS_DATA,
		        "the row is of %s, and is not put into %s; load it with -p %s", quote(ref),
		        quote(r->w->partnership), ref);
	}
	fault_place(f, NULL, 0, "partnership");
	return false;
}

/* One try at a row. False, with it undone: refused for *why, or *waits. */
static bool try_row(struct rows *r, const struct row *row, struct load_counts *counts, bool *waits,
        struct fault *why)
{
	struct record_mark mark;
	enum written written;

	*waits = false;
	if (r->o->keep_going && !record_mark(r->w, &mark, why))
		return false;
	bool ok = !beyond_heading(r, row, why) && is_ours(r, row, why) &&
	          rows_write(r, row, &written, why);
	if (r->o->keep_going) {
		ok = ok && record_stands(r->w, &mark, waits, why) && !*waits;
		if (!ok)
			record_revert(r->w, &mark);
		else
			ok = record_release(r->w, &mark, why);
	}
	if (ok) {
		counts->added += written == WRITTEN_ADDED;
		counts->changed += written == WRITTEN_CHANGED;
		counts->same += written == WRITTEN_SAME;
	}
	return ok;
}

static bool refuse_row(struct rows *r, const struct row *row, struct load_counts *counts,
        struct fault *why, struct fault *f)
{
	fault_place(why, input_name(r->in), row->line, NULL);
	if (!refusals_add(&r->refusals, why, f))
		return false;
	reject(r, row, why, counts->refused++ == 0);
	return true;
}

/* One row, taken whole, refused or put aside. false: the load ends. */
static bool take_row(
        struct rows *r, const struct row *row, struct load_counts *counts, struct fault *f)
{
	struct fault why = { 0 };
	bool waits;

	if (all_blank(row) || repeats_heading(r, row))
		return true;
	if (skipped(r, row)) {
		counts->skipped++;
		return true;
	}
	counts->read++;
	if (try_row(r, row, counts, &waits, &why))
		return true;
	if (!waits)
		return refuse_row(r, row, counts, &why, f);
	r->aside = mem_grow(r->aside, &r->cap_aside, r->naside + 1, sizeof *r->aside);
	r->aside[r->naside++] = copy_row(work_state(r->w)->keep, row);
	return true;
}

/* Rows that named what a later row may have brought, as long as one makes another possible. */
static bool take_aside(struct rows *r, struct load_counts *counts, struct fault *f)
{
	struct fault *why = mem_zalloc((r->naside + 1) * sizeof *why);
	bool *taken = mem_zalloc(r->naside + 1), ok = true, waits;
	size_t before = 0;

	r->again = true;
	record_defer_no_more(r->w);
	for (size_t left = r->naside; left > 0 && left != before;) {
		before = left;
		left = 0;
		for (size_t i = 0; i < r->naside; i++) {
			if (taken[i])
				continue;
			why[i] = (struct fault){ 0 };
			taken[i] = try_row(r, &r->aside[i], counts, &waits, &why[i]);
			left += !taken[i];
		}
	}
	for (size_t i = 0; ok && i < r->naside; i++)
		ok = taken[i] || refuse_row(r, &r->aside[i], counts, &why[i], f);
	record_defer(r->w);
	mem_free(why);
	mem_free(taken);
	mem_free(r->aside);
	return ok;
}

static enum step next_row(struct rows *r, struct row *row, struct fault *f)
{
	if (r->at < r->nahead) {
		*row = r->ahead[r->at++];
		return STEP_ROW;
	}
	return rows_next(r->in, row, f);
}

static bool read_ahead(struct rows *r, struct fault *f)
{
	struct row row;
	enum step step = STEP_END;

	r->ahead = arena_alloc(r->w->arena, AHEAD * sizeof *r->ahead);
	while (r->nahead < AHEAD && (step = rows_next(r->in, &row, f)) == STEP_ROW)
		r->ahead[r->nahead++] = copy_row(r->w->arena, &row);
	return step != STEP_FAILED;
}

bool load_rows(struct work *w, struct input *in, const struct load_options *o,
        struct load_counts *counts, struct fault *f)
{
	const char *kind = o->kind ? o->kind : o->map ? o->map->kind : NULL;
	struct rows r = { .w = w, .in = in, .o = o, .map = o->map };
	struct arena *whole = w->arena;
	struct row row;
	enum step step = STEP_END;
	bool ok;

	if (o->replace)
		return fault_set(
		        f, STATUS_USAGE, "--replace needs documents; a table holds one kind only");
	if (!kind)
		return fault_set(
		        f, STATUS_USAGE, "a table does not say what its rows are; add --kind=KIND");
	r.shape = shape_named(w, kind, f);
	ok = r.shape && read_ahead(&r, f) && rows_recognise(&r, f);
	if (ok && o->explain) {
		rows_explain(&r, o->explained);
		return true;
	}
	r.refusals =
	        (struct refusals){ .work = w, .file = input_name(in), .keep_going = o->keep_going };
	w->arena = arena_new();
	while (ok && (step = next_row(&r, &row, f)) == STEP_ROW) {
		ok = take_row(&r, &row, counts, f) && store_part(w->store, f);
		arena_reset(w->arena);
		if (w->progress && counts->read % 1024 == 0)
			w->progress(w->told, input_done(in), input_size(in), counts->read);
	}
	ok = ok && step == STEP_END && take_aside(&r, counts, f) && refusals_end(&r.refusals, f);
	arena_free(w->arena);
	w->arena = whole;
	mem_free(r.seen);
	if (step == STEP_FAILED)
		fault_place(f, input_name(in), 0, NULL);
	return ok;
}
