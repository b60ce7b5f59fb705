/* SPDX-License-Identifier: MIT */
/* One answer of one response, counted in its column. */
#include "survey/head.h"

#include <string.h>

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

void vec_add_all(struct survey *s, struct vec *by, double weight)
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

bool answer_full(const struct survey_column *c, struct fault *fault)
{
	static const char *const what = "has too many different answers to break by (over %d); "
	                                "break by a question with few";

	fault_set(fault, STATUS_DATA, what, GROUPS_MOST);
	fault_place(fault, NULL, 0, c->heading);
	return false;
}

static void count_number(struct survey *s, struct survey_column *c, const char *text, double weight)
{
	double x;

	if (c->mode == MODE_DATE ? !split_day(c, text, &x) : !split_number(text, &x))
		return;
	for (size_t k = first_axis(s); k < s->axes; k++)
		sums_add(&c->sums[k], s->axis[k].now, weight, x);
}

/* Themes that people gave: from a coding sheet, or from a column beside the answer. */
static void count_themes(struct survey *s, struct survey_column *c, const struct response *r)
{
	if (c->coded)
		code_count(s, c, r->line, s->counts.used, r->weight);
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

	vec_add_all(s, c->answered, r->weight);
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
		struct entry *e = split_count(s, c, option, n, s->counts.used, ANSWERS_MOST);
		if (e)
			vec_add_all(s, e->by, r->weight);
	}
}

bool answer_count(struct survey *s, struct survey_column *c, const char *text, size_t n,
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
			return answer_full(c, fault);
		column_become(s, c, split_mode(s, c));
		count_other(s, c, text, r);
		return true;
	}
	*entry = i + 1;
	vec_add_all(s, c->dict.entry[i].by, r->weight);
	if (c->dict.n > had && n >= 15 && c->quotes.n < QUOTES_MOST) {
		gather_names(s, r);
		quote_keep(s, &c->quotes, text, r->name, r->names);
	}
	return true;
}

const char *answer_cell(const struct survey_column *c, const struct row *row, size_t *n)
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
