/* SPDX-License-Identifier: MIT */
/* Headings: which rows hold them in the export of which tool, and what each column is called. */
#include "survey/head.h"

#include <ctype.h>
#include <string.h>

static const char *cell(const struct head *h, size_t row, size_t i)
{
	return row < h->n && i < h->row[row].n ? h->row[row].cell[i].p : "";
}

static bool blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static size_t filled(const struct row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		n += !blank(row->cell[i].p);
	return n;
}

static bool is_response_label(const char *text)
{
	return str_equal(text, "Response") || str_equal(text, "Open-Ended Response");
}

/* "Q12", "Q12_3", "q0004_0001", "Duration_sec": a name and no question. */
static bool is_code(const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || n > 40)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("_.#[]", text[i]))
			return false;
	return true;
}

/* Names in one row and the questions in the next, as Qualtrics and others write them. */
static bool names_then_questions(const struct head *h, size_t row)
{
	size_t codes = 0, asked = 0, n = row < h->n ? h->row[row].n : 0;

	if (row + 2 >= h->n || n < 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *name = cell(h, row, i), *below = cell(h, row + 1, i);
		codes += is_code(name) || strstr(name, "(in seconds)") || strstr(name, "Time from");
		asked += strchr(below, '?') && strlen(below) > 15;
	}
	return codes == n && asked * 2 >= n;
}

static enum survey_tool tool_of_headings(struct survey *s, const struct head *h)
{
	const char *first = text_key(s->arena, cell(h, h->at, 0));
	bool start = false, submit = false, last = false, network = false;

	for (size_t i = 0; i < h->row[h->at].n; i++) {
		const char *key = text_key(s->arena, cell(h, h->at, i));
		start = start || str_equal(key, "start time");
		submit = submit || str_equal(key, "submitdate") || str_equal(key, "date submitted");
		network = network || str_equal(key, "network id");
		last = last || str_equal(key, "lastpage") || str_equal(key, "last page");
	}
	if (str_equal(first, "id") && start)
		return TOOL_MICROSOFT;
	if (network && str_equal(cell(h, h->at, 0), "#"))
		return TOOL_TYPEFORM;
	if (submit && last)
		return TOOL_LIMESURVEY;
	if (str_equal(first, "timestamp"))
		return TOOL_GOOGLE;
	if (str_equal(first, "respondent id") || str_equal(first, "respondentid"))
		return TOOL_SURVEYMONKEY;
	return TOOL_PLAIN;
}

/* A first column of a tool's own is filled in every response; so a row in which it is blank holds labels. */
static bool labels_below(struct survey *s, const struct head *h, size_t row)
{
	size_t under = 0;

	if (!column_is_known(s, text_key(s->arena, cell(h, row, 0))))
		return false;
	for (size_t i = 1; i < h->row[row + 1].n; i++) {
		if (blank(cell(h, row, i)) && blank(cell(h, row + 1, i)))
			return false;
		under += blank(cell(h, row, i));
	}
	return under > 0;
}

/* SurveyMonkey's second row says "Response", or names the options of the question above. */
static bool two_headings(struct survey *s, const struct head *h, size_t row)
{
	if (row + 1 >= h->n || blank(cell(h, row, 0)) || !blank(cell(h, row + 1, 0)))
		return false;
	if (row + 2 < h->n && blank(cell(h, row + 2, 0)))
		return false;
	const char *first = text_key(s->arena, cell(h, row, 0));
	bool monkey = str_equal(first, "respondent id") || str_equal(first, "respondentid");
	for (size_t i = 1; i < h->row[row + 1].n; i++)
		if (is_response_label(cell(h, row + 1, i)) ||
		        (monkey && blank(cell(h, row, i)) && !blank(cell(h, row + 1, i))))
			return true;
	return labels_below(s, h, row);
}

/* Titles and blank rows may stand above: the heading row is the first that is about as full as the
 * fullest. */
static size_t first_full(const struct head *h)
{
	size_t most = 0, row = 0;

	for (size_t i = 0; i < h->n; i++)
		if (filled(&h->row[i]) > most)
			most = filled(&h->row[i]);
	while (row + 1 < h->n && filled(&h->row[row]) * 10 < most * 6)
		row++;
	return row;
}

void head_find(struct survey *s, struct head *h)
{
	h->names = h->labels = NONE;
	for (size_t i = 1; i < h->n; i++)
		for (size_t k = 0; k < h->row[i].n; k++)
			if (str_starts(cell(h, i, k), "{\"ImportId\"") ||
			        str_starts(cell(h, i, k), "{'ImportId'")) {
				h->tool = TOOL_QUALTRICS;
				h->at = i - 1;
				h->names = i >= 2 ? i - 2 : NONE;
				h->after = i + 1;
				return;
			}
	for (size_t i = 0; i < h->n && i < 4; i++) {
		if (two_headings(s, h, i)) {
			h->at = i;
			h->labels = i + 1;
			h->after = i + 2;
			h->tool = tool_of_headings(s, h);
			if (h->tool == TOOL_PLAIN && !labels_below(s, h, i))
				h->tool = TOOL_SURVEYMONKEY;
			return;
		}
		if (names_then_questions(h, i)) {
			h->names = i;
			h->at = i + 1;
			h->after = i + 2;
			h->tool = TOOL_PLAIN;
			return;
		}
	}
	h->at = first_full(h);
	h->after = h->at + 1;
	h->tool = tool_of_headings(s, h);
}

/* Blanks, line ends and no-break spaces made one blank, markup of rich headings left out. */
static const char *head_clean(struct survey *s, const char *text)
{
	struct buf b = { 0 };
	bool gap = false;

	for (const char *p = text; *p; p++) {
		const char *end;
		if (*p == '<' && (isalpha((unsigned char)p[1]) || p[1] == '/') &&
		        (end = strchr(p, '>'))) {
			p = end;
			gap = true;
			continue;
		}
		if (str_starts(p, "&nbsp;"))
			p += 5, gap = true;
		else if (str_starts(p, "\xc2\xa0"))
			p++, gap = true;
		else if (isspace((unsigned char)*p))
			gap = true;
		else {
			if (gap && b.n)
				buf_addc(&b, ' ');
			gap = false;
			buf_addc(&b, *p);
		}
	}
	const char *clean = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	return clean;
}

/* "Q8. Text", "Q8: Text", "8) Text": the code, and the text behind it in *rest. */
static const char *leading_code(struct survey *s, const char *text, const char **rest)
{
	const char *p = text;

	if (*p == 'Q' || *p == 'q')
		p++;
	size_t digits = strspn(p, "0123456789");
	if (digits == 0 || digits > 4)
		return NULL;
	p += digits;
	if (isalpha((unsigned char)*p) && strchr(".):", p[1]))
		p++;
	if (!strchr(".):", *p) || *p == '\0' || p[1] != ' ')
		return NULL;
	const char *start = *text == 'Q' || *text == 'q' ? text + 1 : text;
	*rest = p + 2;
	return arena_printf(s->arena, "Q%.*s", (int)(p - start), start);
}

/* "Stem [label]". */
static void split_bracket(struct survey *s, struct survey_column *c)
{
	size_t n = strlen(c->heading);
	const char *open = strrchr(c->heading, '[');

	if (n < 4 || c->heading[n - 1] != ']' || !open || open == c->heading)
		return;
	size_t stem = (size_t)(open - c->heading);
	while (stem > 0 && c->heading[stem - 1] == ' ')
		stem--;
	c->stem = arena_strndup(s->arena, c->heading, stem);
	c->label = arena_strndup(s->arena, open + 1, n - (size_t)(open - c->heading) - 2);
}

/* Neighbours that begin alike up to " - ", ": " or "? " share that as their stem. */
static size_t common_stem(const char *a, const char *b)
{
	static const char *const part[] = { " - ", ": ", "? ", " >> ", " \xe2\x80\x93 ", "... ",
		"\xe2\x80\xa6 " };
	size_t n = 0, stem = 0;

	while (a[n] && a[n] == b[n])
		n++;
	/* "… - Other - Text" behind the question itself is a question of its own. */
	if ((!a[n] && str_starts(b + n, " - ")) || (!b[n] && str_starts(a + n, " - ")))
		return 0;
	for (size_t i = 8; i < n; i++)
		for (size_t k = 0; k < COUNT(part); k++) {
			size_t len = strlen(part[k]);
			if (i + len <= n && memcmp(a + i, part[k], len) == 0)
				stem = i + len;
		}
	if (is_code(a) && is_code(b)) /* q4_1, q4_2 */
		for (size_t i = 1; i < n; i++)
			stem = a[i] == '_' ? i + 1 : stem;
	return a[stem] && b[stem] ? stem : 0;
}

static size_t stem_length(const char *stem)
{
	size_t n = strlen(stem);

	while (n > 0 && strchr(" -:_>", stem[n - 1]))
		n--;
	if (n >= 3 && str_starts(stem + n - 3, "\xe2\x80\x93"))
		n -= 3;
	while (n > 0 && stem[n - 1] == ' ')
		n--;
	return n;
}

static void split_common(struct survey *s)
{
	for (size_t i = 0; i + 1 < s->columns; i++) {
		struct survey_column *a = &s->column[i], *b = a + 1;
		if (a->stem || b->stem || a->role != ROLE_QUESTION || b->role != ROLE_QUESTION)
			continue;
		size_t n = common_stem(a->heading, b->heading), k = i;
		if (n == 0)
			continue;
		char *raw = arena_strndup(s->arena, a->heading, n);
		const char *stem = arena_strndup(s->arena, raw, stem_length(raw));
		for (; k < s->columns && s->column[k].role == ROLE_QUESTION && !s->column[k].stem &&
		        strncmp(s->column[k].heading, raw, n) == 0 && s->column[k].heading[n];
		        k++) {
			s->column[k].stem = stem;
			s->column[k].label = arena_strdup(s->arena, s->column[k].heading + n);
		}
		i = k - 1;
	}
}

/* What Qualtrics writes behind a question of which another column holds what is written behind "other". */
static const char *without_ending(struct survey *s, const char *heading)
{
	static const char ending[] = " - Selected Choice";
	size_t n = strlen(heading);

	return s->tool == TOOL_QUALTRICS && n > sizeof ending && str_ends(heading, ending)
	               ? arena_strndup(s->arena, heading, n - (sizeof ending - 1))
	               : heading;
}

static void name_column(struct survey *s, const struct head *h, size_t i, const char **carried)
{
	struct survey_column *c = &s->column[i];
	const char *rest;

	*c = (struct survey_column){
		.cell = i, .cluster = NONE, .themes_from = NONE, .other = NONE
	};
	c->heading = without_ending(s, head_clean(s, cell(h, h->at, i)));
	if (h->names != NONE)
		c->code = head_clean(s, cell(h, h->names, i));
	if (h->labels != NONE) {
		const char *label = head_clean(s, cell(h, h->labels, i));
		if (!str_empty(c->heading))
			*carried = c->heading;
		if (!str_empty(label) && !is_response_label(label) && *carried) {
			c->stem = *carried;
			c->label = label;
			c->heading = arena_printf(s->arena, "%s [%s]", c->stem, label);
		}
	}
	if (str_empty(c->heading) && !str_empty(c->code))
		c->heading = c->code;
	if (str_empty(c->heading))
		c->heading = arena_printf(s->arena, "column %s", column_letter(s, i));
	if (!c->code)
		c->code = leading_code(s, c->heading, &rest);
	if (!c->code && s->tool == TOOL_LIMESURVEY && is_code(c->heading) &&
	        !strchr(c->heading, '['))
		c->code = c->heading;
	if (!c->stem)
		split_bracket(s, c);
	c->key = text_key(s->arena, c->heading);
}

const char *column_letter(struct survey *s, size_t index)
{
	char out[8];
	size_t at = sizeof out - 1;

	out[at] = '\0';
	for (size_t n = index + 1; n > 0 && at > 0; n = (n - 1) / 26)
		out[--at] = (char)('A' + (n - 1) % 26);
	return arena_strdup(s->arena, out + at);
}

static bool key_taken(const struct survey *s, size_t but, const char *key)
{
	for (size_t i = 0; i < s->columns; i++)
		if (i != but && str_equal(s->column[i].key, key))
			return true;
	return false;
}

/* Two columns with the same heading are told apart by a number, which no other heading has. */
static void number_duplicates(struct survey *s)
{
	const char **key = arena_alloc(s->arena, (s->columns + 1) * sizeof *key);

	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		const char *heading = c->heading;
		size_t number = 1;
		key[i] = c->key;
		for (size_t k = 0; k < i; k++)
			number += str_equal(key[k], key[i]);
		for (bool again = number > 1; again; again = key_taken(s, i, c->key), number++) {
			c->heading = arena_printf(s->arena, "%s (%zu)", heading, number);
			c->key = text_key(s->arena, c->heading);
		}
	}
}

/* SurveyMonkey leaves "Response" blank where something was written under "Other (please specify)" beside it. */
static void find_others(struct survey *s, const struct head *h)
{
	if (h->labels == NONE)
		return;
	for (size_t i = 0; i + 1 < s->columns; i++) {
		const char *label = cell(h, h->labels, i);
		const char *next = text_key(s->arena, cell(h, h->labels, i + 1));
		if (str_equal(label, "Response") && blank(cell(h, h->at, i + 1)) &&
		        str_starts(next, "other"))
			s->column[i].other = i + 1;
	}
}

void head_columns(struct survey *s, const struct head *h)
{
	const struct row *row = &h->row[h->at];
	const char *carried = NULL;

	s->tool = h->tool;
	s->width = row->n;
	if (h->labels != NONE && h->row[h->labels].n > s->width)
		s->width = h->row[h->labels].n;
	s->column = mem_grow(NULL, &s->column_cap, s->width + 8, sizeof *s->column);
	s->raw = arena_alloc(s->arena, (s->width + 1) * sizeof *s->raw);
	for (size_t i = 0; i < s->width; i++) {
		name_column(s, h, i, &carried);
		s->raw[i] = arena_strdup(s->arena, cell(h, h->at, i));
		s->columns++;
	}
	number_duplicates(s);
	column_roles(s);
	split_common(s);
	find_others(s, h);
}
