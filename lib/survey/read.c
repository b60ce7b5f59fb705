/* SPDX-License-Identifier: MIT */
/* Reading responses: the head of the first file settles the columns, then every row is counted. */
#include "survey/head.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct survey *survey_new(void)
{
	struct arena *arena = arena_new();
	struct survey *s = arena_alloc(arena, sizeof *s);

	s->arena = arena;
	s->weight = s->finished = s->refused = s->status = NONE;
	s->invited = s->received = s->declined = -1;
	s->ask = (struct survey_ask){ .invited = -1,
		.received = -1,
		.declined = -1,
		.min_base = 10,
		.small = 5,
		.threshold = -1 };
	return s;
}

void survey_free(struct survey *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		dict_free(&c->dict, s->axes);
		dict_free(&c->alike, 0);
		dict_free(&c->raw, s->axes);
		dict_free(&c->themes, s->axes);
		for (size_t k = 0; k < s->axes; k++) {
			if (c->answered)
				vec_free(&c->answered[k]);
			if (c->sums)
				mem_free(c->sums[k].of);
		}
	}
	for (size_t i = 0; i < s->clusters; i++)
		for (size_t k = 0; k < s->axes && s->cluster[i].answered; k++)
			vec_free(&s->cluster[i].answered[k]);
	for (size_t k = 0; k < s->axes; k++) {
		if (s->everyone)
			vec_free(&s->everyone[k]);
		mem_free(s->axis[k].pair);
		mem_free(s->axis[k].slot);
	}
	stats_cells_free(&s->cells);
	for (size_t i = 0; i < s->questions; i++)
		mem_free(s->question[i].option);
	mem_free(s->question);
	dict_free(&s->refusals, s->axes);
	mem_free(s->column);
	mem_free(s->note);
	mem_free(s->code);
	arena_free(s->arena);
}

void survey_set(struct survey *s, const struct survey_ask *ask)
{
	s->ask = *ask;
}

void survey_note(struct survey *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	size_t size = n > 0 ? (size_t)n + 1 : 1;
	char *line = arena_alloc(s->arena, size);
	va_start(args, fmt);
	vsnprintf(line, size, fmt, args);
	va_end(args);
	s->note = mem_grow(s->note, &s->note_cap, s->notes + 1, sizeof *s->note);
	s->note[s->notes++] = line;
}

const char *const *survey_notes(const struct survey *s, size_t *n)
{
	*n = s->notes;
	return s->note;
}

struct survey_counts survey_counts(const struct survey *s)
{
	return s->counts;
}

/* ---------- one response ---------- */

static bool is_heading_again(const struct survey *s, const struct row *row)
{
	size_t same = 0;

	for (size_t i = 0; i < s->width && i < row->n; i++) {
		if (strcmp(s->raw[i], row->cell[i].p) != 0)
			return false;
		same += row->cell[i].n > 0;
	}
	return same > 0 && row->n >= s->width;
}

static bool is_unfinished(struct survey *s, const struct row *row)
{
	size_t n;

	if (s->finished == NONE || (s->book && s->book->keep_unfinished))
		return false;
	const char *text = answer_cell(&s->column[s->finished], row, &n);
	return n == 0 || strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0 ||
	       strcasecmp(text, "no") == 0;
}

/* Qualtrics keeps what was entered to try the survey out; it says so by words or by number. */
static bool is_trial(struct survey *s, const struct row *row)
{
	static const char *const word[] = { "survey preview", "survey test", "spam", "1", "2", "8",
		"9", "12" };
	size_t n;

	if (s->status == NONE)
		return false;
	const char *text = answer_cell(&s->column[s->status], row, &n);
	for (size_t i = 0; i < COUNT(word); i++)
		if (strcasecmp(text, word[i]) == 0)
			return true;
	return false;
}

static bool has_answer(const struct survey *s, const struct row *row)
{
	size_t n;

	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].role == ROLE_QUESTION && s->column[i].cell != NONE) {
			answer_cell(&s->column[i], row, &n);
			if (n)
				return true;
		}
	return false;
}

static bool read_weight(
        struct survey *s, const struct row *row, bool *has, double *weight, struct fault *fault)
{
	size_t n;
	const char *text = answer_cell(&s->column[s->weight], row, &n);

	*has = n > 0;
	if (n == 0)
		return true;
	if (!number_parse_real(text, weight, NULL) || !(*weight >= 0 && *weight <= WEIGHT_MOST)) {
		fault_set(fault, STATUS_DATA,
		        "%s is no weight; give a number from 0 to %d, or leave it blank",
		        quote(text), WEIGHT_MOST);
		fault_place(fault, NULL, row->line, s->column[s->weight].heading);
		return false;
	}
	return true;
}

/* The options chosen in a cluster, by their number in it, as if they were answers in one column. */
static const char *joined_text(
        struct survey *s, const struct cluster *x, const struct row *row, struct buf *b)
{
	size_t n;

	buf_clear(b);
	for (size_t i = x->first; i < x->first + x->n; i++) {
		const struct survey_column *c = &s->column[i];
		const char *text = answer_cell(c, row, &n);
		if (n == 0 || answer_unchecked(text))
			continue;
		buf_addf(b, "%zu;", i - x->first);
	}
	return buf_text(b);
}

static bool find_groups(struct survey *s, const struct row *row, uint32_t *entry,
        struct buf *joined, struct fault *fault)
{
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		if (!c->grouped)
			continue;
		size_t n;
		const char *text = c->cell == NONE
		                           ? joined_text(s, &s->cluster[c->cluster], row, joined)
		                           : answer_cell(c, row, &n);
		n = strlen(text);
		entry[i] = 0;
		if (n == 0)
			continue;
		uint32_t e = dict_find(&c->dict, text, n, s->axes, GROUPS_MOST);
		if (e == NO_ENTRY)
			return answer_full(c, fault);
		entry[i] = e + 1;
	}
	for (size_t k = 1; k < s->axes; k++) {
		struct axis *x = &s->axis[k];
		x->now = entry[x->column[0]];
		if (x->n == 2)
			x->now = axis_pair(x, x->now, entry[x->column[1]]);
		if (x->now == NO_ENTRY)
			return answer_full(&s->column[x->column[0]], fault);
	}
	return true;
}

static bool count_row(struct survey *s, const struct row *row, struct response *r, uint32_t *entry,
        struct buf *joined, struct fault *fault)
{
	if (!find_groups(s, row, entry, joined, fault))
		return false;
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		if (c->role != ROLE_QUESTION || c->cell == NONE)
			continue;
		size_t n;
		const char *text = answer_cell(c, row, &n);
		if (n == 0)
			continue;
		if (c->cluster != NONE)
			s->cluster[c->cluster].any = true;
		uint32_t at;
		if (!answer_count(s, c, text, n, r, &at, fault))
			return false;
	}
	for (size_t i = 0; i < s->clusters; i++)
		if (s->cluster[i].any) {
			s->cluster[i].any = false;
			vec_add_all(s, s->cluster[i].answered, r->weight);
		}
	for (size_t k = first_axis(s); k < s->axes; k++)
		vec_add(&s->everyone[k], s->axis[k].now, s->weighted, r->weight);
	return true;
}

struct reading {
	struct response response;
	uint32_t *entry; /* of each column that breaks stand on */
	struct buf joined;
	survey_keep *keep;
	void *arg;
	bool beyond_said;
};

static bool take_row(
        struct survey *s, struct reading *x, const struct row *row, struct fault *fault)
{
	bool has = true;
	size_t n;

	if (is_heading_again(s, row)) {
		s->counts.repeated++;
		return true;
	}
	s->counts.read++;
	for (size_t i = s->width; i < row->n && !x->beyond_said; i++)
		if (row->cell[i].n) {
			survey_note(s,
			        "line %ld has more cells than there are headings; "
			        "what is beyond them is left out",
			        row->line);
			x->beyond_said = true;
		}
	if (s->refused != NONE && (answer_cell(&s->column[s->refused], row, &n), n > 0)) {
		s->counts.refusing++;
		return count_refusal(s, row);
	}
	if (is_trial(s, row)) {
		s->counts.trials++;
		return true;
	}
	if (is_unfinished(s, row)) {
		s->counts.unfinished++;
		return true;
	}
	if (!has_answer(s, row)) {
		s->counts.empty++;
		return true;
	}
	x->response.row = row;
	x->response.line = s->lines_before + row->line;
	x->response.weight = 1;
	if (s->weighted && !read_weight(s, row, &has, &x->response.weight, fault))
		return false;
	if (!has) {
		s->counts.unweighted++;
		return true;
	}
	s->counts.used++;
	if (!count_row(s, row, &x->response, x->entry, &x->joined, fault))
		return false;
	return !x->keep || x->keep(x->arg, s, x->response.line, row, fault);
}

/* ---------- a file ---------- */

static struct row copy_row(struct survey *s, const struct row *row)
{
	struct row copy = { .line = row->line, .n = row->n };

	copy.cell = arena_alloc(s->arena, (row->n + 1) * sizeof *copy.cell);
	for (size_t i = 0; i < row->n; i++) {
		copy.cell[i].n = row->cell[i].n;
		copy.cell[i].p = arena_strndup(s->arena, row->cell[i].p, row->cell[i].n);
	}
	return copy;
}

/* A later file must go on as the first did. */
static bool same_headings(struct survey *s, const struct head *h, struct fault *fault)
{
	const struct row *row = &h->row[h->at];

	for (size_t i = 0; i < s->width || i < row->n; i++) {
		const char *here = i < row->n ? row->cell[i].p : "";
		const char *there = i < s->width ? s->raw[i] : "";
		if (strcmp(text_key(s->arena, here), text_key(s->arena, there)) == 0)
			continue;
		fault_set(fault, STATUS_DATA,
		        "column %s is %s here and %s in the first file; tally the files one by "
		        "one, "
		        "or make their headings alike",
		        column_letter(s, i), quote(here), quote(there));
		fault_place(fault, NULL, row->line, NULL);
		return false;
	}
	return true;
}

static bool read_file(struct survey *s, struct input *in, struct reading *x, struct fault *fault)
{
	struct row row, first[HEAD_ROWS];
	struct head h = { .row = first };
	enum step step = STEP_END;

	while (h.n < HEAD_ROWS && (step = rows_next(in, &row, fault)) == STEP_ROW)
		first[h.n++] = copy_row(s, &row);
	if (step == STEP_FAILED)
		return false;
	if (h.n == 0)
		return fault_set(
		        fault, STATUS_DATA, "there is nothing in it; export the responses again");
	head_find(s, &h);
	if (!s->settled ? !survey_begin(s, &h, fault) : !same_headings(s, &h, fault))
		return false;
	mem_free(x->entry);
	x->entry = mem_zalloc((s->columns + 1) * sizeof *x->entry);
	for (size_t i = h.after; i < h.n; i++)
		if (!take_row(s, x, &first[i], fault))
			return false;
	long last = h.row[h.n - 1].line;
	while (step == STEP_ROW && (step = rows_next(in, &row, fault)) == STEP_ROW) {
		if (!take_row(s, x, &row, fault))
			return false;
		last = row.line;
	}
	s->lines_before += last;
	return step != STEP_FAILED;
}

bool survey_read(
        struct survey *s, struct input *in, survey_keep *keep, void *arg, struct fault *fault)
{
	struct reading x = { .keep = keep, .arg = arg };

	if (input_format(in) == INPUT_YAML) {
		fault_set(fault, STATUS_DATA,
		        "is YAML; give the responses as rows, a codebook with -c");
		fault_place(fault, input_name(in), 0, NULL);
		return false;
	}
	bool good = read_file(s, in, &x, fault);
	if (!good)
		fault_place(fault, input_name(in), 0, NULL);
	mem_free(x.entry);
	buf_free(&x.joined);
	return good;
}
