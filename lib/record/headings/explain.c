/* SPDX-License-Identifier: MIT */
/* What was recognised in a table, as a map to keep and correct: it reads the table as it was read. */
#include "record/rows/rows.h"

static void put_list(struct out *out, const char *const *words)
{
	out_char(out, '[');
	for (size_t i = 0; words[i]; i++) {
		if (i)
			out_text(out, ", ");
		out_quoted(out, words[i]);
	}
	out_text(out, "]\n");
}

/* "FIELD: HEADING", or a list of headings; a column without a heading by its position. */
static void put_columns(const struct rows *r, const struct target *t, struct out *out)
{
	out_printf(out, "  %s: ", t->name);
	if (t->ncolumn > 1)
		out_char(out, '[');
	for (size_t k = 0; k < t->ncolumn; k++) {
		size_t at = t->column[k];
		if (k)
			out_text(out, ", ");
		if (r->heading && at < r->heading->n && r->heading->cell[at].n)
			out_quoted(out, r->heading->cell[at].p);
		else
			out_printf(out, "%zu", at + 1);
	}
	out_text(out, t->ncolumn > 1 ? "]\n" : "\n");
}

static void put_targets(const struct rows *r, const char *section, bool join, struct out *out)
{
	bool begun = false;

	for (size_t i = 0; i < r->ntarget; i++) {
		if (r->target[i].ncolumn == 0 || r->target[i].join != join)
			continue;
		if (!begun)
			out_printf(out, "%s:\n", section);
		begun = true;
		put_columns(r, &r->target[i], out);
	}
}

/* What the map in use says beside the columns: it goes on saying it. */
static void put_fields(const struct map *map, struct out *out)
{
	const struct map_field *field = map->field;
	bool begun = false;

	for (size_t i = 0; i < map->nfield; i++)
		if (field[i].splitter) {
			out_printf(out, "%s  %s: ", begun ? "" : "split:\n", field[i].name);
			put_list(out, field[i].splitter);
			begun = true;
		}
	begun = false;
	for (size_t i = 0; i < map->nfield; i++)
		if (field[i].constant) {
			out_printf(out, "%s  %s: ", begun ? "" : "constants:\n", field[i].name);
			out_quoted(out, field[i].constant);
			out_char(out, '\n');
			begun = true;
		}
	begun = false;
	for (size_t i = 0; i < map->nfield; i++) {
		if (field[i].nreplace == 0)
			continue;
		out_printf(out, "%s  %s:\n", begun ? "" : "replace:\n", field[i].name);
		begun = true;
		for (size_t k = 0; k < field[i].nreplace; k++) {
			out_text(out, "    ");
			out_quoted(out, field[i].replace[k].from);
			out_text(out, ": ");
			if (field[i].replace[k].to)
				out_quoted(out, field[i].replace[k].to);
			out_char(out, '\n');
		}
	}
}

static void put_rest(const struct map *map, struct out *out)
{
	for (size_t i = 0; i < map->nskip; i++) {
		out_text(out, i ? "  " : "skip:\n  ");
		out_quoted(out, map->skip[i].column);
		out_text(out, ": ");
		put_list(out, map->skip[i].value);
	}
	if (map->match) {
		out_text(out, "match: ");
		put_list(out, map->match);
	}
	if (map->make) {
		out_text(out, "make: ");
		put_list(out, map->make);
	}
}

static bool fills(const struct rows *r, size_t column)
{
	for (size_t i = 0; i < r->ntarget; i++)
		for (size_t k = 0; k < r->target[i].ncolumn; k++)
			if (r->target[i].column[k] == column)
				return true;
	return false;
}

void rows_explain(const struct rows *r, struct out *out)
{
	static const char *const orders[] = { "dmy", "mdy", "ymd" };
	size_t left = 0;

	out_printf(out, "# %s: %s\n", input_name(r->in), input_told(r->in));
	out_printf(out, "kind: %s\n", r->shape->kind->name);
	put_targets(r, "columns", false, out);
	put_targets(r, "join", true, out);
	if (r->map)
		put_fields(r->map, out);
	if (r->map)
		put_rest(r->map, out);
	for (size_t i = 0; r->heading && i < r->heading->n; i++)
		if (!fills(r, i) && r->heading->cell[i].n) {
			out_text(out, left++ ? ", " : "ignore: [");
			out_quoted(out, r->heading->cell[i].p);
		}
	if (left)
		out_text(out, "]\n");
	for (size_t i = 0; i < r->ntarget; i++)
		if (r->target[i].type == TYPE_DATE || r->target[i].type == TYPE_MOMENT) {
			out_printf(out, "dates: %s\n", orders[r->target[i].order]);
			break;
		}
}
