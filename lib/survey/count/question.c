/* SPDX-License-Identifier: MIT */
/* After reading: from columns to questions, and what is to be said about them. */
#include "survey/head.h"

#include <ctype.h>
#include <string.h>

static struct question *question_new(struct survey *s)
{
	s->question =
	        mem_grow(s->question, &s->question_cap, s->questions + 1, sizeof *s->question);
	s->question[s->questions] = (struct question){ .columns = 1 };
	return &s->question[s->questions++];
}

/* ---------- a column an option ---------- */

/* What a column of a cluster says when its option was chosen: the one answer that is neither blank
 * nor "no"; NULL where there are several. "" where none ever was. */
static const char *chosen_text(const struct survey_column *c)
{
	const char *text = "";

	if (c->mode != MODE_WHOLE)
		return NULL;
	for (uint32_t e = 0; e < c->dict.n; e++) {
		if (answer_unchecked(c->dict.entry[e].text))
			continue;
		if (*text && strcasecmp(text, c->dict.entry[e].text) != 0)
			return NULL;
		text = c->dict.entry[e].text;
	}
	return text;
}

static bool is_other(struct survey *s, const struct survey_column *c)
{
	const char *key = text_key(s->arena, c->label ? c->label : c->heading);

	return str_starts(key, "other") || strstr(key, "please specify") || str_equal(key, "text");
}

/* Options, each in its own column, hold the option's own text or a mark in every row that chose it;
 * the rows of a grid hold answers that differ. */
static bool is_options(struct survey *s, const struct cluster *x)
{
	size_t options = 0, marks = 0, refused = 0;

	if (s->column[x->first].book)
		return s->column[x->first].book->columns > 1;
	for (size_t i = x->first; i < x->first + x->n; i++) {
		const struct survey_column *c = &s->column[i];
		const char *text = chosen_text(c);
		if (!text) {
			if (!is_other(s, c))
				return false;
			continue;
		}
		bool same = *text && c->label &&
		            str_equal(text_key(s->arena, text), text_key(s->arena, c->label));
		options++;
		marks += answer_checked(text) || same;
		/* "Yes" beside "No" is an answer, unless the tool writes options so. */
		if (strcasecmp(text, "yes") == 0 && c->dict.n > 1 && s->tool != TOOL_LIMESURVEY)
			refused++;
		if (*text && !same && !answer_checked(text) && c->dict.n > 1)
			refused++;
	}
	return options > 0 && refused == 0 && (marks > 0 || options == x->n);
}

static void add_options(struct survey *s, const struct cluster *x)
{
	struct question *q = question_new(s);

	q->ref = x->ref;
	q->text = x->stem;
	q->kind = QUESTION_MULTIPLE;
	q->column = x->first;
	q->columns = x->n;
	q->book = s->column[x->first].book;
	if (q->book && q->book->text)
		q->text = q->book->text;
	q->tallied = s->column[x->first].wanted;
	q->map = arena_alloc(s->arena, (x->n + 1) * sizeof *q->map);
	q->option = mem_grow(NULL, &q->option_cap, x->n + 1, sizeof *q->option);
	for (size_t i = 0; i < x->n; i++) {
		const struct survey_column *c = &s->column[x->first + i];
		const char *text = chosen_text(c);
		const char *label = c->label ? c->label : c->heading;
		if (text && *text && !answer_checked(text) && !is_other(s, c))
			label = text;
		if (q->book && i < q->book->options)
			label = q->book->option[i].text;
		q->map[i] = i;
		q->option[q->options++] = (struct option){ .text = arena_strdup(s->arena, label) };
	}
}

/* ---------- one column, one question ---------- */

static void add_column(struct survey *s, size_t i)
{
	const struct survey_column *c = &s->column[i];
	struct question *q = question_new(s);

	q->ref = c->ref;
	q->text = c->heading;
	q->stem = c->cluster != NONE && c->label ? c->stem : NULL;
	q->column = i;
	q->book = c->book;
	q->tallied = c->wanted;
	if (q->book && q->book->stem)
		q->stem = q->book->stem;
	if (q->book && q->book->text)
		q->text = q->book->text;
	kind_settle(s, q);
	if (q->kind != QUESTION_TEXT)
		return;
	c = &s->column[i];
	q->map = arena_alloc(s->arena, (c->themes.n + 1) * sizeof *q->map);
	q->option = mem_grow(q->option, &q->option_cap, c->themes.n + 1, sizeof *q->option);
	for (uint32_t e = 0; e < c->themes.n; e++) {
		enum tone tone = TONE_NONE;
		for (size_t k = 0; q->book && k < q->book->themes; k++)
			if (str_equal(q->book->theme[k].name, c->themes.entry[e].text))
				tone = q->book->theme[k].tone;
		q->map[e] = q->options;
		q->option[q->options++] =
		        (struct option){ .text = c->themes.entry[e].text, .tone = tone };
	}
}

/* ---------- scales of one family ---------- */

static size_t family_length(const char *ref)
{
	return strcspn(ref, "-");
}

/* How many answers of its scale a question was given. */
static size_t seen(const struct question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->options; i++)
		n += q->option[i].tone != TONE_ASIDE && q->option[i].count > 0;
	return n;
}

static bool same_family(const struct scale *a, const struct scale *b)
{
	size_t n = family_length(a->ref);

	return family_length(b->ref) == n && strncmp(a->ref, b->ref, n) == 0;
}

/* Whether both questions gave the same words to choose from, as far as q was answered; "Don't know" may be
 * chosen beside any scale. */
static bool same_words(struct survey *s, const struct question *q, const struct question *other)
{
	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].count > 0 && q->option[i].tone != TONE_ASIDE &&
		        option_find(s, other, q->option[i].text) == NONE)
			return false;
	return true;
}

static bool lies_on(struct survey *s, const struct question *q, const struct scale *scale)
{
	const char **text = arena_alloc(s->arena, (q->options + 1) * sizeof *text);
	struct scale_match m;
	size_t n = 0;

	for (size_t i = 0; i < q->options; i++)
		if (q->option[i].count > 0)
			text[n++] = q->option[i].text;
	return scale_match_one(s, scale, text, n, &m);
}

/* A question to which only "Agree" and "Disagree" were given has five answers like its neighbours:
 * the scale of the family that another question shows more of. */
static void share_scales(struct survey *s)
{
	for (size_t i = 0; i < s->questions; i++) {
		struct question *q = &s->question[i];
		const struct scale *mine = scale_get(s, q->scale), *best = mine;
		if (q->kind != QUESTION_SCALE || !mine || (q->book && q->book->has_kind))
			continue;
		bool whole = seen(q) == mine->n;
		size_t most = whole ? mine->n : 0;
		for (size_t k = 0; k < s->questions; k++) {
			const struct scale *other = scale_get(s, s->question[k].scale);
			if (!other || other == mine || s->question[k].kind != QUESTION_SCALE ||
			        !same_family(mine, other))
				continue;
			size_t shown = seen(&s->question[k]);
			/* All of a short scale given is a scale of its own, unless its neighbours say otherwise. */
			if ((whole ? same_words(s, q, &s->question[k]) : shown == other->n) &&
			        shown > most && lies_on(s, q, other)) {
				best = other;
				most = shown;
			}
		}
		if (best != mine)
			scale_apply(s, q, best);
	}
}

/* ---------- what to say ---------- */

static void note_columns(struct survey *s, enum role role, const char *what, const char *why)
{
	struct buf b = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].role == role)
			buf_addf(&b, "%s%s", n++ ? ", " : "", quote(s->column[i].heading));
	if (n)
		survey_note(s, "%s%s: %s", what, buf_text(&b), why);
	buf_free(&b);
}

/* Everybody named everything, in an order that a tally does not look at. */
static bool is_ranking(struct survey *s, const struct question *q)
{
	const struct grid *all = &q->grid[0];

	for (size_t i = 0; i < q->options; i++)
		if (all->option[i * s->view[0].groups].n != all->base[0].n)
			return false;
	return q->options > 2 && all->base[0].n > 2;
}

static void note_kinds(struct survey *s)
{
	for (size_t i = 0; i < s->questions; i++) {
		const struct question *q = &s->question[i];
		if (q->undirected && q->tallied)
			survey_note(s,
			        "%s %s: numbers, and nothing says which end is good; write "
			        "'direction: up' or 'direction: down' for it in a codebook "
			        "(--explain)",
			        q->ref, quote(q->text));
		if (q->top > 0 && !q->ended && q->tallied &&
		        (q->most < q->top || (q->top != 5 && q->top != 7 && q->top != 10)))
			survey_note(s,
			        "%s %s: nobody gave more than %d, and it is taken for %d to %d; "
			        "where that is wrong, list its numbers as options in a codebook "
			        "(--explain)",
			        q->ref, quote(q->text), q->most, q->bottom, q->top);
		if (q->kind == QUESTION_MULTIPLE && q->tallied && is_ranking(s, q))
			survey_note(s,
			        "%s %s: everybody named every answer; if they ranked them, the "
			        "order is not tallied",
			        q->ref, quote(q->text));
		const struct survey_column *c = &s->column[q->column];
		if (q->kind == QUESTION_DATE && c->order == ORDER_MDY && q->tallied)
			survey_note(s, "%s %s: dates are read as month/day/year, as only that fits",
			        q->ref, quote(q->text));
		if (c->uncounted && q->tallied)
			survey_note(s,
			        "%s %s: over %d different answers; %lld of those that came later "
			        "%s not counted",
			        q->ref, quote(q->text), ANSWERS_MOST, (long long)c->uncounted,
			        c->uncounted == 1 ? "is" : "are");
		if (q->kind == QUESTION_MULTIPLE && q->columns == 1 && !q->book && q->tallied &&
		        str_equal(c->separator, ", "))
			survey_note(s,
			        "%s %s: taken for several answers joined by commas; if its answers "
			        "have commas of their own, write them as options into a codebook",
			        q->ref, quote(q->text));
	}
}

/* ---------- responses ---------- */

static int64_t given(int64_t option, int64_t book)
{
	return option >= 0 ? option : book;
}

static bool settle_responses(struct survey *s, struct fault *fault)
{
	const struct book *b = s->book;
	int64_t used = s->counts.used;

	s->invited = given(s->ask.invited, b ? b->invited : -1);
	s->received = given(s->ask.received, b ? b->received : -1);
	s->declined = given(s->ask.declined, b ? b->declined : -1);
	if (s->declined < 0 && s->refused != NONE)
		s->declined = s->counts.refusing;
	if (s->invited < 0 && s->received < 0 && s->declined < 0)
		return true;
	if (s->declined < 0)
		s->declined = 0;
	if (s->received < 0)
		s->received = s->declined + used;
	if (s->received != s->declined + used)
		return fault_set(fault, STATUS_DATA,
		        "received %lld is not declined %lld + used %lld = %lld; correct --received "
		        "or "
		        "--declined",
		        (long long)s->received, (long long)s->declined, (long long)used,
		        (long long)(s->declined + used));
	if (s->invited >= 0 && s->invited < s->received)
		return fault_set(fault, STATUS_DATA,
		        "invited %lld is fewer than received %lld; correct --invited",
		        (long long)s->invited, (long long)s->received);
	return true;
}

static void add_share(struct buf *b, int64_t part, int64_t whole, const char *of)
{
	if (whole <= 0)
		return;
	int64_t tenths = stats_tenths(part, whole);
	buf_addf(b, " (%lld.%lld %%%s)", (long long)(tenths / 10), (long long)(tenths % 10), of);
}

const char *survey_refusals(struct survey *s)
{
	struct buf b = { 0 };
	const char *text;

	if (s->book && s->book->declined_reasons)
		return s->book->declined_reasons;
	if (s->ask.public)
		return NULL;
	for (uint32_t i = 0; i < s->refusals.n; i++) {
		const struct entry *e = &s->refusals.entry[i];
		long long n = (long long)vec_at(&e->by[0], 0).n;
		buf_addf(&b, "%s%s", b.n ? "; " : "", quote_masked(s, e->text));
		if (n > 1)
			buf_addf(&b, " (%lld)", n);
	}
	text = b.n ? arena_strdup(s->arena, b.p) : NULL;
	buf_free(&b);
	return text;
}

const char *survey_response_line(struct survey *s)
{
	const char *why = s->declined > 0 ? survey_refusals(s) : NULL;
	struct buf b = { 0 };

	if (s->received < 0)
		return NULL;
	if (s->invited >= 0)
		buf_addf(&b, "invited %lld, ", (long long)s->invited);
	buf_addf(&b, "received %lld", (long long)s->received);
	add_share(&b, s->received, s->invited, "");
	buf_addf(&b, ", declined %lld, used %lld", (long long)s->declined,
	        (long long)s->counts.used);
	add_share(&b, s->counts.used, s->invited, " of invited");
	if (why)
		buf_addf(&b, "; why they declined: %s", why);
	const char *line = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	return line;
}

static void settle_threshold(struct survey *s)
{
	s->threshold = s->ask.threshold >= 0 ? s->ask.threshold : s->axes > 1 ? s->ask.small : 0;
	if (s->ask.public && s->threshold < s->ask.small)
		s->threshold = s->ask.small;
	if (s->ask.public && s->threshold < 5)
		s->threshold = 5;
}

static void note_count(struct survey *s, int64_t n, const char *one, const char *many)
{
	if (n > 0)
		survey_note(s, "%lld %s left out", (long long)n, n == 1 ? one : many);
}

static void note_left_out(struct survey *s)
{
	note_columns(s, ROLE_PERSON, "left out: ", "they say who answered");
	note_columns(s, ROLE_KEPT, "left out: ", "the form's own book-keeping");
	note_count(s, s->counts.unfinished, "unfinished response", "unfinished responses");
	note_count(s, s->counts.trials, "preview, test or spam", "previews, tests and spam");
	note_count(
	        s, s->counts.empty, "response without any answer", "responses without any answer");
	note_count(
	        s, s->counts.unweighted, "response without a weight", "responses without a weight");
	note_count(s, s->counts.repeated, "heading row within the responses",
	        "heading rows within the responses");
}

bool survey_understand(struct survey *s, struct fault *fault)
{
	if (!s->settled)
		return fault_set(fault, STATUS_DATA, "nothing was read");
	column_persons(s);
	for (size_t i = 0; i < s->columns; i++) {
		const struct survey_column *c = &s->column[i];
		/* Those that are not tallied too: what a scale is may follow from its neighbours. */
		if (c->role != ROLE_QUESTION || c->cell == NONE)
			continue;
		if (c->cluster != NONE && is_options(s, &s->cluster[c->cluster])) {
			const struct cluster *x = &s->cluster[c->cluster];
			if (i == x->first)
				add_options(s, x);
			continue;
		}
		add_column(s, i);
	}
	share_scales(s);
	numbers_share(s);
	settle_threshold(s);
	figures_make(s);
	s->nothing_shown = !hide_small(s);
	if (s->nothing_shown)
		survey_note(s, "too few responses for these breaks: nothing can be shown without "
		               "giving someone away; use fewer or coarser breaks");
	note_left_out(s);
	note_kinds(s);
	return settle_responses(s, fault);
}
