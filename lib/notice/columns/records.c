/* SPDX-License-Identifier: MIT */
/*
 * Tables on their side: what would be headings stands down a column and each notice is a column beside it, or
 * a form's questions and answers, or such forms one under the other. They are turned, and then read like any.
 */
#include <string.h>

#include "notice/columns/layout.h"

/* The last bounds what turning can cost. */
enum { LABELS_WITHIN = 3, FIELDS_LEAST = 3, TURNED_MOST = 2000 };

/* The labels of a column and where the notices beside them are. */
struct side {
	size_t column;
	char **label; /* of each row; "" where there is none */
	const char **key;
	bool *begins; /* a row with which another form begins */
	struct heading_match *match;
	size_t found; /* fields that the labels name, surely */
};

static bool is_day_field(int field)
{
	return notice_targets[field].type == TYPE_DATE;
}

/* Whether anything beside a label is filled; day: and reads as a date. */
static bool has_value(const struct reader *r, size_t row, size_t column, bool day)
{
	for (size_t k = column + 1; k < r->ahead[row].n; k++) {
		const char *text = r->ahead[row].cell[k].p;
		if (r->ahead[row].cell[k].n && (!day || strpbrk(text, "0123456789")))
			return true;
	}
	return false;
}

/* How many fields a column of labels names: the employer and others, dates only with dates beside them. */
static size_t count_fields(struct reader *r, struct side *s)
{
	bool employer = false;
	size_t found = 0;

	headings_match(r->ahead_arena, (const char *const *)s->label, r->nahead, reader_targets(r),
	        NULL, NULL, 0, s->match);
	for (size_t i = 0; i < r->nahead; i++) {
		int field = s->match[i].target;
		if (field < 0 || s->match[i].score < SCORE_SURE_LABEL)
			continue;
		if (!has_value(r, i, s->column, is_day_field(field)))
			return 0;
		employer = employer || field == N_EMPLOYER;
		found++;
	}
	return employer ? found : 0;
}

/* How many of the map's headings are among the labels. */
static size_t count_mapped(struct reader *r, const struct side *s)
{
	size_t found = 0;

	for (const char *const *name = map_fields(r->o.map); *name; name++)
		for (const char *const *h = map_headings(r->o.map, *name); h && *h; h++) {
			bool here = false;
			for (size_t i = 0; i < r->nahead && !here; i++)
				here = s->key[i][0] &&
				       str_equal(s->key[i], text_key(r->ahead_arena, *h));
			found += here;
		}
	return found;
}

/* The labels of one column: texts that have something beside them. A title over a part of a form has not. */
static void read_labels(struct reader *r, struct side *s, size_t column)
{
	size_t n = r->nahead;
	char *nothing = arena_strdup(r->ahead_arena, "");

	s->column = column;
	s->label = arena_alloc(r->ahead_arena, (n + 1) * sizeof *s->label);
	s->key = arena_alloc(r->ahead_arena, (n + 1) * sizeof *s->key);
	s->match = arena_alloc(r->ahead_arena, (n + 1) * sizeof *s->match);
	for (size_t i = 0; i < n; i++) {
		const struct row *row = &r->ahead[i];
		bool has = column < row->n && row->cell[column].n &&
		           has_value(r, i, column, false) && row->cell[column].n < 120;
		s->label[i] = has ? row->cell[column].p : nothing;
		s->key[i] = has ? text_key(r->ahead_arena, row->cell[column].p) : "";
	}
}

/* What a table's rows have at best: as many fields by their headings, and the row of the headings. */
static size_t best_row(struct reader *r)
{
	int at = headings_find(
	        r->ahead_arena, r->ahead, r->nahead < 40 ? r->nahead : 40, reader_targets(r));
	bool employer;

	return at < 0 ? 0
	              : layout_count_headings(r->ahead_arena, reader_targets(r), &r->ahead[at],
	                        SCORE_SURE_LABEL, &employer);
}

static bool find_side(struct reader *r, struct side *best)
{
	*best = (struct side){ 0 };
	for (size_t c = 0; c < LABELS_WITHIN; c++) {
		struct side s = { 0 };
		read_labels(r, &s, c);
		s.found = r->o.map ? count_mapped(r, &s) : count_fields(r, &s);
		if (s.found > best->found)
			*best = s;
	}
	return best->found >= (r->o.map ? 2 : FIELDS_LEAST) && best->found > best_row(r);
}

/* ---------- turning ---------- */

/* The columns of the turned table: each label once, in the order in which they come. */
static size_t list_labels(struct reader *r, const struct side *s, size_t *of)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nahead; i++) {
		of[i] = SIZE_MAX;
		for (size_t k = 0; k < i && of[i] == SIZE_MAX && s->key[i][0]; k++)
			if (str_equal(s->key[k], s->key[i]))
				of[i] = of[k];
		if (of[i] == SIZE_MAX && s->key[i][0])
			of[i] = n++;
	}
	return n;
}

/* A label that the form has had already begins another form. */
static void mark_forms(struct reader *r, struct side *s, const size_t *of, size_t n)
{
	bool *had = arena_alloc(r->ahead_arena, n + 1);

	s->begins = arena_alloc(r->ahead_arena, r->nahead + 1);
	memset(s->begins, 0, r->nahead + 1);
	memset(had, 0, n + 1);
	for (size_t i = 0; i < r->nahead; i++) {
		if (of[i] == SIZE_MAX)
			continue;
		if (had[of[i]]) {
			s->begins[i] = true;
			memset(had, 0, n + 1);
		}
		had[of[i]] = true;
	}
}

/* One notice: the cells of a column from one row to before another. False: it is empty. */
static bool take_record(struct reader *r, const size_t *of, size_t n, size_t from, size_t to,
        size_t column, struct row *out)
{
	bool any = false;

	*out = (struct row){ .line = r->ahead[from].line, .n = n };
	out->cell = arena_alloc(r->ahead_arena, (n + 1) * sizeof *out->cell);
	for (size_t i = 0; i < n; i++)
		out->cell[i] = (struct cell){ arena_strdup(r->ahead_arena, ""), 0 };
	for (size_t i = from; i < to; i++) {
		const struct row *row = &r->ahead[i];
		if (of[i] == SIZE_MAX || column >= row->n || row->cell[column].n == 0)
			continue;
		out->cell[of[i]] = row->cell[column];
		any = true;
	}
	return any;
}

/* False: it is too large to be one. */
static bool turn(struct reader *r, struct side *s)
{
	size_t *of = arena_alloc(r->ahead_arena, (r->nahead + 1) * sizeof *of), width = 0, n,
	       made = 0;
	struct row *rows;

	n = list_labels(r, s, of);
	for (size_t i = 0; i < r->nahead; i++)
		width = r->ahead[i].n > width ? r->ahead[i].n : width;
	if (n * width > TURNED_MOST)
		return false;
	mark_forms(r, s, of, n);
	rows = arena_alloc(r->ahead_arena, (1 + r->nahead * (width + 1)) * sizeof *rows);
	rows[made] = (struct row){ .line = r->ahead[0].line, .n = n };
	rows[made].cell = arena_alloc(r->ahead_arena, (n + 1) * sizeof *rows[made].cell);
	for (size_t i = 0; i < r->nahead; i++)
		if (of[i] != SIZE_MAX)
			rows[made].cell[of[i]] = (struct cell){ s->label[i], strlen(s->label[i]) };
	made++;
	for (size_t from = 0, to; from < r->nahead; from = to) {
		for (to = from + 1; to < r->nahead && !s->begins[to];)
			to++;
		for (size_t c = s->column + 1; c < width; c++)
			made += take_record(r, of, n, from, to, c, &rows[made]);
	}
	r->ahead = rows;
	r->nahead = made;
	return true;
}

void layout_turn(struct reader *r)
{
	struct side s;

	if (!r->ended || r->first_heads || r->nahead < FIELDS_LEAST || r->nahead > LABELS_MOST ||
	        (r->o.map && map_heading_row(r->o.map) >= 0) || !find_side(r, &s) || !turn(r, &s))
		return;
	layout_warn(r, NULL, "is a table on its side, and read with each column as a notice");
}
