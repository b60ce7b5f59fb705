/* SPDX-License-Identifier: MIT */
/* From the head of the first file to the first response: columns, what the codebook says of them,
 * breaks and weight. */
#include "survey/head.h"

#include <string.h>

bool answer_unchecked(const char *text)
{
	static const char *const word[] = { "no", "n", "0", "false", "not selected", "unchecked",
		"not checked", "unselected", "not ticked" };

	for (size_t i = 0; i < COUNT(word); i++)
		if (strcasecmp(text, word[i]) == 0)
			return true;
	return false;
}

bool answer_checked(const char *text)
{
	static const char *const word[] = { "yes", "y", "1", "true", "selected", "checked", "x",
		"ticked", "\xe2\x9c\x93", "\xe2\x9c\x94" };

	for (size_t i = 0; i < COUNT(word); i++)
		if (strcasecmp(text, word[i]) == 0)
			return true;
	return false;
}

bool count_refusal(struct survey *s, const struct row *row)
{
	size_t at = s->column[s->refused].cell;
	const char *why = at < row->n ? str_trim(row->cell[at].p) : "";
	uint32_t i = 0;

	/* "No time" and "no time" are one reason. */
	while (i < s->refusals.n && strcasecmp(s->refusals.entry[i].text, why) != 0)
		i++;
	if (i == s->refusals.n)
		i = dict_find(&s->refusals, why, strlen(why), s->axes, ANSWERS_MOST);
	if (i != NO_ENTRY)
		vec_add(&s->refusals.entry[i].by[0], 0, false, 1);
	return true;
}

/* ---------- the codebook's columns ---------- */

static size_t heading_at(struct survey *s, const char *heading)
{
	const char *key = text_key(s->arena, heading);

	for (size_t i = 0; i < s->columns; i++)
		if (str_equal(s->column[i].heading, heading))
			return i;
	for (size_t i = 0; *key && i < s->columns; i++)
		if (str_equal(s->column[i].key, key))
			return i;
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].code && strcasecmp(s->column[i].code, heading) == 0)
			return i;
	return NONE;
}

static bool no_column(const struct survey *s, const char *heading, long line, struct fault *fault)
{
	fault_set(fault, STATUS_CONFIG,
	        "no column of the responses is headed %s; correct the codebook, or write a new one "
	        "with --explain",
	        quote(heading));
	fault_place(fault, s->book->file, line, NULL);
	return false;
}

static bool bind_question(struct survey *s, struct book_question *q, struct fault *fault)
{
	size_t first = NONE;

	for (size_t i = 0; i < q->columns; i++) {
		size_t at = heading_at(s, q->column[i]);
		if (at == NONE)
			return no_column(s, q->column[i], q->line, fault);
		struct survey_column *c = &s->column[at];
		c->role = ROLE_QUESTION;
		c->book = q;
		c->ref = q->ref;
		c->separator = q->separator;
		if (i == 0)
			first = at;
		else if (at != first + i) {
			fault_set(fault, STATUS_CONFIG,
			        "the columns of one question must stand side by side; %s does not",
			        quote(q->column[i]));
			fault_place(fault, s->book->file, q->line, NULL);
			return false;
		}
		if (q->columns == 1) {
			c->stem = q->stem;
			c->label = NULL;
		} else {
			c->stem = q->ref; /* alone in its cluster */
			if (!c->label)
				c->label = c->heading;
		}
		if (q->columns > 1)
			continue;
		if (q->themes_from) {
			c->themes_from = heading_at(s, q->themes_from);
			if (c->themes_from == NONE)
				return no_column(s, q->themes_from, q->line, fault);
			s->column[c->themes_from].role = ROLE_LEFT_OUT;
		}
		if ((q->has_kind && q->kind == QUESTION_TEXT) || q->themes || q->themes_from)
			c->mode = MODE_TEXT;
	}
	return true;
}

static bool bind_book(struct survey *s, struct fault *fault)
{
	struct book *b = s->book;

	if (!b)
		return true;
	for (size_t i = 0; i < b->leave_outs; i++) {
		size_t at = heading_at(s, b->leave_out[i]);
		if (at == NONE)
			return no_column(s, b->leave_out[i], 0, fault);
		s->column[at].role = ROLE_LEFT_OUT;
	}
	if (b->declined_column) {
		s->refused = heading_at(s, b->declined_column);
		if (s->refused == NONE)
			return no_column(s, b->declined_column, 0, fault);
		s->column[s->refused].role = ROLE_DECLINED;
	}
	for (size_t i = 0; i < b->questions; i++)
		if (!bind_question(s, &b->question[i], fault))
			return false;
	return true;
}

/* Clusters that the codebook makes of several columns carry its ref. */
static void name_book_clusters(struct survey *s)
{
	for (size_t i = 0; i < s->clusters; i++) {
		const struct book_question *q = s->column[s->cluster[i].first].book;
		if (q && q->columns > 1) {
			s->cluster[i].ref = q->ref;
			s->cluster[i].stem = q->text ? q->text : q->ref;
		}
	}
}

/* ---------- breaks and weight ---------- */

/* The column that a break stands on; for options in columns of their own one is put together. */
static size_t grouping(struct survey *s, size_t first, size_t n)
{
	if (n == 1) {
		s->column[first].grouped = true;
		return first;
	}
	struct cluster *x = &s->cluster[s->column[first].cluster];
	if (x->joined == NONE) {
		s->column = mem_grow(s->column, &s->column_cap, s->columns + 1, sizeof *s->column);
		s->column[s->columns] = (struct survey_column){ .cell = NONE,
			.cluster = s->column[first].cluster,
			.themes_from = NONE,
			.other = NONE,
			.heading = x->stem,
			.key = text_key(s->arena, x->stem),
			.role = ROLE_QUESTION,
			.grouped = true,
			.separator = ";" };
		x->joined = s->columns++;
	}
	return x->joined;
}

static bool make_axis(struct survey *s, struct axis *axis, const char *asked, struct fault *fault)
{
	size_t first, n;
	struct fault whole = { 0 };

	*axis = (struct axis){ .asked = asked };
	if (column_named(s, asked, &first, &n, &whole)) {
		axis->n = 1;
		axis->column[0] = grouping(s, first, n);
		return true;
	}
	/* Headings may hold commas themselves: each is tried as the one between the two. */
	for (const char *comma = strchr(asked, ','); comma; comma = strchr(comma + 1, ',')) {
		const char *left = arena_strndup(s->arena, asked, (size_t)(comma - asked));
		const char *right = arena_strdup(s->arena, comma + 1);
		size_t first2, n2;
		bool one =
		        column_named(s, str_trim(arena_strdup(s->arena, left)), &first, &n, fault);
		if (one && column_named(s, str_trim(arena_strdup(s->arena, right)), &first2, &n2,
		                   fault)) {
			axis->n = 2;
			axis->column[0] = grouping(s, first, n);
			axis->column[1] = grouping(s, first2, n2);
			fault_clear(fault);
			if (axis->column[0] == axis->column[1])
				return fault_set(fault, STATUS_USAGE,
				        "%s crosses a question with itself", quote(asked));
			return true;
		}
	}
	if (!strchr(asked, ','))
		*fault = whole;
	return false;
}

static bool ask_axes(struct survey *s, struct fault *fault)
{
	size_t n = 0;

	while (s->ask.breaks && s->ask.breaks[n])
		n++;
	s->axis = arena_alloc(s->arena, (n + 1) * sizeof *s->axis);
	s->axes = 1;
	for (size_t i = 0; i < n; i++) {
		if (!make_axis(s, &s->axis[s->axes], s->ask.breaks[i], fault)) {
			s->axis[s->axes] = (struct axis){ 0 };
			return false;
		}
		s->axes++;
	}
	return true;
}

static bool ask_weight(struct survey *s, struct fault *fault)
{
	const char *name = s->ask.weight ? s->ask.weight : s->book ? s->book->weight : NULL;
	size_t first, n;

	if (!name)
		return true;
	if (!column_named(s, name, &first, &n, fault))
		return false;
	if (n > 1)
		return fault_set(
		        fault, STATUS_USAGE, "%s is several columns; a weight is one", quote(name));
	s->weight = first;
	s->column[first].role = ROLE_WEIGHT;
	s->weighted = true;
	return true;
}

static bool ask_questions(struct survey *s, struct fault *fault)
{
	size_t first, n;
	const char *const *name = s->ask.question;

	for (size_t i = 0; i < s->columns; i++)
		s->column[i].wanted = !name || !*name;
	for (; name && *name; name++) {
		if (!column_named(s, *name, &first, &n, fault))
			return false;
		for (size_t i = first; i < first + n; i++)
			s->column[i].wanted = true;
	}
	return true;
}

static void make_room(struct survey *s)
{
	s->everyone = arena_alloc(s->arena, s->axes * sizeof *s->everyone);
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		c->answered = arena_alloc(s->arena, s->axes * sizeof *c->answered);
		c->sums = arena_alloc(s->arena, s->axes * sizeof *c->sums);
		if (!c->book)
			continue;
		c->theme_quotes =
		        arena_alloc(s->arena, (c->book->themes + 1) * sizeof *c->theme_quotes);
		for (size_t k = 0; k < c->book->themes; k++) {
			const char *name = c->book->theme[k].name;
			dict_find(&c->themes, name, strlen(name), s->axes, NO_ENTRY - 1);
		}
	}
	for (size_t i = 0; i < s->clusters; i++)
		s->cluster[i].answered =
		        arena_alloc(s->arena, s->axes * sizeof *s->cluster[i].answered);
}

bool survey_begin(struct survey *s, const struct head *h, struct fault *fault)
{
	s->axes = 0;
	head_columns(s, h);
	if (!bind_book(s, fault))
		return false;
	column_clusters(s);
	name_book_clusters(s);
	if (!column_refs(s, fault) || !code_bind(s, fault) || !ask_weight(s, fault) ||
	        !ask_axes(s, fault) || !ask_questions(s, fault))
		return false;
	make_room(s);
	s->settled = true;
	return true;
}
