/* SPDX-License-Identifier: MIT */
/* Rows of a table that are no notices: totals, notes, headings again, what the map passes over. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/columns/layout.h"

/* What may stand beside the word in a row of totals: what they are of, and of what time. */
static bool beside_total(const char *word)
{
	static const char *const words[] = { "grand", "sub", "overall", "all", "notices", "for",
		"of", "in", "the", "year", "annual", "month", "monthly", "quarter", "quarterly",
		"running", "cumulative", "page", "to", "date", "so", "far", "q1", "q2", "q3", "q4",
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
		"dec", "january", "february", "march", "april", "june", "july", "august",
		"september", "october", "november", "december" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return strspn(word, "0123456789") == 4 && (word[0] == '1' || word[0] == '2') && !word[4];
}

/* "Total", "Grand Total:", "2022 total", "Total for March 2024", "Sum". */
static bool is_total_word(const char *text)
{
	static const char *const words[] = { "total", "totals", "subtotal", "subtotals", "sum" };
	char key[40], *word, *rest = key;
	bool found = false;
	size_t n = 0;

	for (const char *p = text; *p; p++) {
		if (n >= sizeof key - 1)
			return false;
		if (isalnum((unsigned char)*p))
			key[n++] = (char)tolower((unsigned char)*p);
		else if (strchr(" -:.=()/", *p))
			key[n++] = ' ';
		else
			return false;
	}
	key[n] = '\0';
	/* Nearly all cells end here. */
	if (!strstr(key, "total") && !strstr(key, "sum"))
		return strcmp(key, "overall") == 0;
	while ((word = strsep(&rest, " "))) {
		bool is = false;
		if (*word == '\0')
			continue;
		for (size_t i = 0; i < COUNT(words) && !is; i++)
			is = strcmp(words[i], word) == 0;
		if (!is && !beside_total(word))
			return false;
		found = found || is;
	}
	return found;
}

/* Cheap enough for every cell of every row. */
static bool may_be_total(const struct cell *c)
{
	if (c->n < 3 || c->n >= 32)
		return false;
	if (isdigit((unsigned char)c->p[0]))
		return (c->p[c->n - 1] | 32) == 'l' || (c->p[c->n - 1] | 32) == 's';
	if ((c->p[0] | 32) == 's' || (c->p[0] | 32) == 'o')
		return true;
	for (size_t i = 1; i + 2 < c->n; i++)
		if ((c->p[i] | 32) == 't' && (c->p[i - 1] | 32) == 'o' && (c->p[i + 1] | 32) == 'a')
			return strchr("tTgGyYaAmMrRcCjJfFdDnNqQpP ", c->p[0]) != NULL;
	return false;
}

static bool is_blank_row(const struct row *row, size_t *filled, size_t *first)
{
	*filled = 0;
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cell[i];
		if (c->n == 0 || (c->p[0] <= ' ' && c->p[strspn(c->p, " \t\r\n")] == '\0'))
			continue;
		if ((*filled)++ == 0)
			*first = i;
		if (*filled > 3)
			return false; /* enough to know; rows of one or two cells are counted to the end */
	}
	return *filled == 0;
}

static bool has_place_or_contact(struct reader *r)
{
	static const int fields[] = { N_ADDRESS, N_POSTCODE, N_COUNCIL, N_CONTACT_NAME,
		N_CONTACT_EMAIL, N_CONTACT_PHONE, N_SENDER_REF, N_NUMBER };

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *text = r->by[fields[i]] ? reader_text(r, fields[i]) : NULL;
		if (text && !is_total_word(text))
			return true;
	}
	return false;
}

static bool has_date(struct reader *r)
{
	static const int fields[] = { N_RECEIVED, N_FIRST, N_LAST, N_NOTIFIED, N_CONSULTATION };

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *text = r->by[fields[i]] ? reader_text(r, fields[i]) : NULL;
		if (text && heading_date_like(text))
			return true;
	}
	return false;
}

static int64_t people_of(struct reader *r)
{
	const char *text = r->by[N_PROPOSED] ? reader_text(r, N_PROPOSED) : NULL;

	return people_read(text ? text : "").number;
}

/* A row of totals: a cell that is just the word, no date, place or contact, and figures that add up. Where a table
 * gives the first or last of the dates too, it is the sum of all rows that tells. */
static bool is_totals(struct reader *r)
{
	const struct row *row = &r->current;
	const char *text, *word = NULL;
	int64_t people;

	for (size_t i = 0; i < row->n && !word; i++)
		if (may_be_total(&row->cell[i]) && is_total_word(reader_cell(r, row, i)))
			word = reader_cell(r, row, i);
	if (!word || has_place_or_contact(r))
		return false;
	text = r->by[N_EMPLOYER] ? reader_text(r, N_EMPLOYER) : NULL;
	if (has_date(r))
		return text && is_total_word(text) && r->counts.read > 1 && people_of(r) == r->sum;
	if (!text || strcasecmp(word, "total") != 0)
		return true; /* "Subtotal" is no employer's name; nor is a row without one a notice */
	if (!is_total_word(text))
		return false; /* an employer with the word in some other cell */
	people = people_of(r);
	if (people < 0 || people == r->sum || people == r->part_sum ||
	        people == r->sum - r->refused_sum)
		return true;
	/* Beside numbers that are unclear a sum need not come out. */
	return r->unclear && people >= r->part_sum / 2;
}

/* Whether the next row is of headings: what stands alone above it is a title. */
static bool heads_next(struct reader *r)
{
	size_t next = r->at;

	while (r->ahead_arena && next < r->nahead && r->ahead[next].n == 0)
		next++;
	return r->ahead_arena && next < r->nahead &&
	       layout_heads(r->row_arena, reader_targets(r), &r->ahead[next]);
}

/* Notes below (or between) the rows: one cell of prose, or a mark and prose. */
static bool is_footnote(struct reader *r, size_t filled, size_t first)
{
	static const char *const begins[] = { "note", "source", "data ", "last updated", "updated",
		"prepared", "generated", "end of", "page ", "compiled", "key", "figures", "this ",
		"these ", "totals ", "please", "for more", "* ", "*", "†", "‡", "¹", "²", "³", "[",
		"(", "1.", "2.", "3.", "n.b", "nb", "©", "crown", "contact", "disclaimer",
		"the above", "as at ", "date ", "printed", "report ", "r = ", "p = ", "n/a =", "--",
		"==", "__", "table " };
	const char *text;
	size_t words = 1;

	if (filled > 2 || r->layout.nheading < 3)
		return false;
	text = reader_cell(r, &r->current, first);
	for (const char *p = text; *p; p++)
		words += *p == ' ' || *p == '\n';
	if (filled == 2) /* a mark in the first cell, the note in the second */
		return strlen(text) <= 3 && ispunct((unsigned char)text[0]);
	for (size_t i = 0; i < COUNT(begins); i++)
		if (strncasecmp(text, begins[i], strlen(begins[i])) == 0)
			return true;
	if (words >= 6 || heads_next(r))
		return true;
	/* "2019", "March 2020" or "March" over the rows of that time. */
	struct buf b = { 0 };
	bool section = strspn(text, "0123456789") == strlen(text) && strlen(text) == 4;
	struct fault f = { 0 };
	day_t day;
	buf_addf(&b, "1 %s", text);
	section = section || day_parse(b.p, ORDER_DMY, 0, &day, &f);
	buf_adds(&b, " 2000");
	section = section || day_parse(b.p, ORDER_DMY, 0, &day, &f);
	buf_free(&b);
	return section;
}

static bool is_heading(struct reader *r, const char *heading, const char *cell)
{
	unsigned char first = (unsigned char)heading[0];

	/* Which tells already in nearly every row. */
	if (first > ' ' && first < 0x80 && tolower(first) != tolower((unsigned char)cell[0]))
		return false;
	return first && strcasecmp(cell, str_trim(arena_strdup(r->row_arena, heading))) == 0;
}

static bool repeats_heading(struct reader *r)
{
	const struct layout *l = &r->layout;
	const struct row *row = &r->current;
	size_t same = 0, filled = 0;

	if (!l->heading)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cell[i].n == 0)
			continue;
		filled++;
		bool equal =
		        i < l->nheading && is_heading(r, l->heading[i], reader_cell(r, row, i));
		same += equal;
		if (!equal && same == 0)
			return false;
	}
	return filled >= 2 && 10 * same >= 8 * filled;
}

/* What the map says to pass over. */
static bool map_skip(struct reader *r)
{
	for (const char *const *s = r->layout.skips; s && *s; s++) {
		int field = target_field(*s);
		const char *text = NULL;
		for (size_t k = 0; k < r->layout.nheading && !text; k++)
			if (r->heading_key[k][0] &&
			        str_equal(r->heading_key[k], text_key(r->row_arena, *s)))
				text = reader_cell(r, &r->current, k);
		if (!text && field >= 0) {
			text = reader_text(r, field);
			text = text ? text : "";
		}
		if (text && map_skips(r->o.map, *s, text))
			return true;
	}
	return false;
}

static void note_total(struct reader *r)
{
	if (r->counts.totals < COUNT(r->counts.totals_line))
		r->counts.totals_line[r->counts.totals] = r->current.line;
	r->counts.totals++;
	r->part_sum = 0;
}

/* Whether the row is none of a notice; counted by what it is. */
bool row_passed_over(struct reader *r)
{
	size_t filled, first = 0;

	if (is_blank_row(&r->current, &filled, &first))
		return true;
	if (repeats_heading(r)) {
		r->counts.headings++;
		return true;
	}
	if (r->layout.skips && map_skip(r)) {
		r->counts.skipped++;
		return true;
	}
	if (is_totals(r)) {
		note_total(r);
		return true;
	}
	if (filled <= 2 && is_footnote(r, filled, first)) {
		r->counts.footnotes++;
		return true;
	}
	return false;
}
