/* SPDX-License-Identifier: MIT */
/* Reading responses: the head of the first file settles the columns, then every row is counted. */
#include "survey/head.h"

#include <ctype.h>
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
	struct buf b = { 0 };
	char line[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	buf_adds(&b, line);
	s->note = mem_grow(s->note, &s->note_cap, s->notes + 1, sizeof *s->note);
	s->note[s->notes++] = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
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

/* ---------- one answer ---------- */

/* Whose names a response gives away: the words of its identifying cells. */
struct response {
	const struct row *row;
	double weight;
	const char *name[12];
	size_t names;
	char held[400];
};

static void gather_names(const struct survey *s, struct response *r)
{
	size_t used = 0;

	r->names = 0;
	for (size_t i = 0; i < s->columns; i++) {
		if (s->column[i].role != ROLE_PERSON || s->column[i].cell >= r->row->n)
			continue;
		const char *p = r->row->cell[s->column[i].cell].p;
		while (*p && r->names < COUNT(r->name)) {
			size_t n = strcspn(p, " ,;\t\r\n");
			if (n > 2 && used + n + 1 < sizeof r->held && !memchr(p, '@', n)) {
				memcpy(r->held + used, p, n);
				r->held[used + n] = '\0';
				r->name[r->names++] = r->held + used;
				used += n + 1;
			}
			p += n + (p[n] != '\0');
		}
	}
}

static void add_all(struct survey *s, struct vec *by, double weight)
{
	for (size_t k = first_axis(s); k < s->axes; k++)
		vec_add(&by[k], s->axis[k].now, s->weighted, weight);
}

/* Text that need not be kept: nearly every answer another one, and long. */
static bool is_prose(const struct survey *s, const struct survey_column *c)
{
	const struct dict *d = &c->dict;
	size_t axis = first_axis(s);

	if (c->grouped || d->n < 64 || (d->n & (d->n - 1)))
		return false;
	int64_t said = 0;
	for (uint32_t i = 0; i < d->n; i++)
		for (uint32_t g = 0; g < d->entry[i].by[axis].cap; g++)
			said += d->entry[i].by[axis].n[g];
	return d->bytes / d->n > 30 && said && (size_t)said * 8 < (size_t)d->n * 10;
}

static bool full(struct survey *s, const struct survey_column *c, struct fault *fault)
{
	static const char *const what = "has too many different answers to break by (over %d); "
	                                "break by a question with few";

	(void)s;
	fault_set(fault, STATUS_DATA, what, GROUPS_MOST);
	fault_place(fault, NULL, 0, c->heading);
	return false;
}

static void count_number(struct survey *s, struct survey_column *c, const char *text, double weight)
{
	double x;

	if (c->mode == MODE_DATE ? !split_day(s, text, &x) : !split_number(text, &x))
		return;
	for (size_t k = first_axis(s); k < s->axes; k++)
		sums_add(&c->sums[k], s->axis[k].now, weight, x);
}

/* Themes that people gave: from a coding sheet, or from a column beside the answer. */
static void count_themes(struct survey *s, struct survey_column *c, const struct response *r)
{
	if (c->coded)
		code_count(s, c, r->row->line, s->counts.used, r->weight);
	if (c->themes_from == NONE || s->column[c->themes_from].cell >= r->row->n)
		return;
	struct survey_column from = { .separator = ";" };
	const char *at = r->row->cell[s->column[c->themes_from].cell].p, *theme;
	size_t n;
	while (split_next(&from, &at, &theme, &n))
		theme_add(s, c, theme, n, s->counts.used, r->weight);
}

static void count_other(
        struct survey *s, struct survey_column *c, const char *text, struct response *r)
{
	const char *at = text, *option;
	size_t n;

	add_all(s, c->answered, r->weight);
	if (c->mode == MODE_NUMBER || c->mode == MODE_DATE) {
		count_number(s, c, text, r->weight);
		return;
	}
	if (c->mode == MODE_TEXT) {
		count_themes(s, c, r);
		if (c->quotes.n < QUOTES_MOST || (c->book && c->book->themes)) {
			gather_names(s, r);
			quote_keep(s, &c->quotes, text, r->name, r->names);
			if (c->book && c->book->themes)
				theme_count(
				        s, c, text, s->counts.used, r->weight, r->name, r->names);
		}
		return;
	}
	while (split_next(c, &at, &option, &n)) {
		uint32_t i = dict_find(&c->dict, option, n, s->axes, ANSWERS_MOST);
		struct entry *e = i == NO_ENTRY ? NULL : &c->dict.entry[i];
		if (!e || e->last == s->counts.used)
			continue;
		e->last = s->counts.used;
		add_all(s, e->by, r->weight);
	}
}

/* Counts one answer that is not blank; *entry is which, for breaks. */
static bool count_answer(struct survey *s, struct survey_column *c, const char *text, size_t n,
        struct response *r, uint32_t *entry, struct fault *fault)
{
	if (c->mode != MODE_WHOLE) {
		count_other(s, c, text, r);
		return true;
	}
	uint32_t had = c->dict.n;
	uint32_t i = dict_find(&c->dict, text, n, s->axes, c->grouped ? GROUPS_MOST : ANSWERS_MOST);
	if (i == NO_ENTRY ||
	        (c->dict.n > had && (c->dict.bytes > ANSWERS_BYTES || is_prose(s, c)))) {
		if (c->grouped)
			return full(s, c, fault);
		column_become(s, c, split_mode(s, c));
		count_other(s, c, text, r);
		return true;
	}
	*entry = i + 1;
	add_all(s, c->dict.entry[i].by, r->weight);
	if (c->dict.n > had && n >= 15 && c->quotes.n < QUOTES_MOST) {
		gather_names(s, r);
		quote_keep(s, &c->quotes, text, r->name, r->names);
	}
	return true;
}

/* The cell without blanks at its ends, in place. */
static const char *cell_text(const struct survey_column *c, const struct row *row, size_t *n)
{
	static const char other[] = "Other";

	*n = 0;
	if (c->cell >= row->n)
		return "";
	if (c->other < row->n && row->cell[c->cell].n == 0 && row->cell[c->other].n > 0) {
		*n = sizeof other - 1;
		return other;
	}
	char *p = row->cell[c->cell].p, *end = p + row->cell[c->cell].n;
	if (p == end)
		return p;
	if ((unsigned char)*p > ' ' && *p != '\xc2' && (unsigned char)end[-1] > ' ' &&
	        end[-1] != '\xa0') {
		*n = (size_t)(end - p);
		return p;
	}
	p = str_trim(p);
	*n = strlen(p);
	return p;
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
	const char *text = cell_text(&s->column[s->finished], row, &n);
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
	const char *text = cell_text(&s->column[s->status], row, &n);
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
			cell_text(&s->column[i], row, &n);
			if (n)
				return true;
		}
	return false;
}

static bool read_weight(
        struct survey *s, const struct row *row, bool *has, double *weight, struct fault *fault)
{
	size_t n;
	const char *text = cell_text(&s->column[s->weight], row, &n);

	*has = n > 0;
	if (n == 0)
		return true;
	if (!number_parse_real(text, weight, NULL) || !(*weight >= 0)) {
		fault_set(fault, STATUS_DATA,
		        "%s is no weight; give a number from 0 up, or leave it blank", quote(text));
		fault_place(fault, NULL, row->line, s->column[s->weight].heading);
		return false;
	}
	return true;
}

/* The options chosen in a cluster, joined, as if it were one column. */
static const char *joined_text(
        struct survey *s, const struct cluster *x, const struct row *row, struct buf *b)
{
	size_t n;

	buf_clear(b);
	for (size_t i = x->first; i < x->first + x->n; i++) {
		const struct survey_column *c = &s->column[i];
		const char *text = cell_text(c, row, &n);
		if (n == 0 || answer_unchecked(text))
			continue;
		buf_adds(b, c->label);
		buf_addc(b, ';');
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
		                           : cell_text(c, row, &n);
		n = strlen(text);
		entry[i] = 0;
		if (n == 0)
			continue;
		uint32_t e = dict_find(&c->dict, text, n, s->axes, GROUPS_MOST);
		if (e == NO_ENTRY)
			return full(s, c, fault);
		entry[i] = e + 1;
	}
	for (size_t k = 1; k < s->axes; k++) {
		struct axis *x = &s->axis[k];
		x->now = entry[x->column[0]];
		if (x->n == 2)
			x->now = axis_pair(x, x->now, entry[x->column[1]]);
		if (x->now == NO_ENTRY)
			return full(s, &s->column[x->column[0]], fault);
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
		if (c->role != ROLE_QUESTION || c->cell == NONE || !c->wanted)
			continue;
		size_t n;
		const char *text = cell_text(c, row, &n);
		if (n == 0)
			continue;
		if (c->cluster != NONE)
			s->cluster[c->cluster].any = true;
		uint32_t at;
		if (!count_answer(s, c, text, n, r, &at, fault))
			return false;
	}
	for (size_t i = 0; i < s->clusters; i++)
		if (s->cluster[i].any) {
			s->cluster[i].any = false;
			add_all(s, s->cluster[i].answered, r->weight);
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
	if (s->refused != NONE && (cell_text(&s->column[s->refused], row, &n), n > 0)) {
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
	return !x->keep || x->keep(x->arg, s, row->line, row, fault);
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
	while (step == STEP_ROW && (step = rows_next(in, &row, fault)) == STEP_ROW)
		if (!take_row(s, x, &row, fault))
			return false;
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
