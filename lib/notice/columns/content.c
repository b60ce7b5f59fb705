/* SPDX-License-Identifier: MIT */
/* What columns are by what they hold, and by what stands beside them. */
#include <string.h>

#include "notice/columns/layout.h"

static void move(struct reader *r, int from, int to)
{
	struct filled *f = layout_filled(r, from);

	if (f && !layout_is_filled(r, to))
		f->field = to;
}

/* Whether a column holds whole numbers of a workforce's size. */
static bool holds_people(struct reader *r, size_t column)
{
	size_t filled = 0, fits = 0;
	int64_t number;

	for (size_t i = r->layout.data_from; i < r->nahead && filled < 300; i++) {
		const struct row *row = &r->ahead[i];
		if (column >= row->n || row->cell[column].n == 0)
			continue;
		filled++;
		fits += row->cell[column].n < 6 && number_loose(row->cell[column].p, &number);
	}
	return filled && 10 * fits >= 9 * filled;
}

/* ---------- what a column holds ---------- */

struct column_kind {
	size_t filled, dates, counts, texts, legal, distinct, digits_only, longest;
	double sum, people;
	day_t first, last; /* of the dates */
	bool rising;       /* 1, 2, 3: a running number */
};

enum {
	DATE_LONG = 32
}; /* "By end of September 2025"; longer texts are notes with a date in them */

static struct column_kind look_at(struct reader *r, size_t column)
{
	struct column_kind k = { .rising = true, .first = DAY_NONE, .last = DAY_NONE };
	int64_t number, before = -1;
	const char *last = NULL;

	for (size_t i = r->layout.data_from; i < r->nahead && k.filled < 300; i++) {
		const struct row *row = &r->ahead[i];
		if (column >= row->n || row->cell[column].n == 0)
			continue;
		const char *text = row->cell[column].p;
		k.filled++;
		k.longest = row->cell[column].n > k.longest ? row->cell[column].n : k.longest;
		if (heading_date_like(text) ||
		        (row->cell[column].n <= DATE_LONG && heading_holds_date(text))) {
			k.dates++;
			continue;
		}
		if (number_loose(text, &number)) {
			k.rising = k.rising && number == before + 1;
			before = number;
			k.sum += (double)number;
			k.people += number >= 1 && number < 20000;
		} else {
			k.rising = false;
		}
		if (heading_count_like(text)) {
			k.counts++;
			k.digits_only +=
			        strspn(text, "0123456789") == strlen(text) && strlen(text) >= 5;
		} else {
			k.texts++;
			struct buf b = { 0 };
			struct name_keys keys = name_keys(&b, text);
			static const char *const ends[] = { " limited", " plc", " llp", " inc",
				" llc", " corp", " lp", " company" };
			for (size_t e = 0; e < COUNT(ends); e++)
				if (str_ends(keys.strict, ends[e])) {
					k.legal++;
					break;
				}
			buf_free(&b);
			k.distinct += !str_equal(last, text);
			last = text;
		}
	}
	return k;
}

/* Headings of columns that hold texts, and certainly not the employer's name. */
static bool is_other_text(const char *key)
{
	static const char *const words[] = { "month", "year", "quarter", "week", "period",
		"industry", "sector", "region", "state", "reason", "notes", "note", "comments",
		"comment", "description", "county", "country", "area", "type", "status", "url",
		"link", "date", "contact", "email", "union", "category", "departement", "stage",
		"percentage", "page", "code", "members" };

	for (size_t i = 0; i < COUNT(words); i++) {
		const char *at = strstr(key, words[i]);
		size_t n = strlen(words[i]);
		if (at && (at == key || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	}
	return false;
}

/* Shares, running numbers and codes: numbers that are not of people. */
static bool is_other_number(struct reader *r, size_t column)
{
	const char *heading = r->layout.heading ? r->layout.heading[column] : "";

	return strchr(heading, '%') || is_other_text(r->heading_key[column]);
}

/* Whether the numbers of one column are in every row at most those of another: people who go beside all there
 * are. Few rows, or numbers of another size, tell nothing. */
static bool is_part_of(struct reader *r, size_t part, size_t whole)
{
	size_t both = 0, less = 0;
	int64_t x, y, sum = 0, all = 0;

	for (size_t i = r->layout.data_from; i < r->nahead; i++) {
		const struct row *row = &r->ahead[i];
		if (part >= row->n || whole >= row->n)
			continue;
		struct people p =
		        people_read(str_trim(arena_strdup(r->ahead_arena, row->cell[part].p)));
		struct people w =
		        people_read(str_trim(arena_strdup(r->ahead_arena, row->cell[whole].p)));
		x = p.number;
		y = w.number;
		if (x < 0 || y < 0)
			continue;
		if (x > y)
			return false;
		both++;
		less += x < y;
		sum += x;
		all += y;
	}
	return both >= 2 && less && sum >= 10 * (int64_t)both && 20 * sum >= all;
}

/* A column that nothing explains and whose numbers are part of that one's; SIZE_MAX: none. */
static size_t part_of(struct reader *r, size_t whole)
{
	struct layout *l = &r->layout;

	for (size_t i = 0; i < l->nheading; i++)
		if (i != whole && !layout_taken(r, i) && !l->ignored[i] && !is_other_number(r, i) &&
		        holds_people(r, i) && is_part_of(r, i, whole))
			return i;
	return SIZE_MAX;
}

/* Headings that mean one thing beside others and another without them. */
void layout_by_company(struct reader *r)
{
	struct layout *l = &r->layout;
	struct filled *f;
	size_t part;

	f = layout_filled(r, N_EMPLOYED);
	if (f && !layout_is_filled(r, N_PROPOSED) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_people(r->arena, l->heading[f->column[0]]) &&
	        part_of(r, f->column[0]) == SIZE_MAX)
		f->field = N_PROPOSED;
	/* A total that only might be of those who go is of all, where another number is part of it. */
	f = layout_filled(r, N_PROPOSED);
	if (f && f->score <= SCORE_DOUBTFUL && strstr(r->heading_key[f->column[0]], "total") &&
	        !layout_is_filled(r, N_EMPLOYED) && (part = part_of(r, f->column[0])) != SIZE_MAX) {
		f->field = N_EMPLOYED;
		layout_fill(r, N_PROPOSED, part, SCORE_LEAST, "content");
	}
	/* "Number" of a column of small ones is of people and not of a register. */
	f = layout_filled(r, N_NUMBER);
	if (f && !layout_is_filled(r, N_PROPOSED) && !str_equal(f->why, "map") && l->heading &&
	        holds_people(r, f->column[0]) && !look_at(r, f->column[0]).rising)
		f->field = N_PROPOSED;
	/* Nor are small ones a company's under a heading that only sounds so: "LWDA #", "Region no". */
	f = layout_filled(r, N_NUMBER);
	if (f && f->score <= SCORE_DOUBTFUL && holds_people(r, f->column[0]))
		layout_drop(r, N_NUMBER);
	f = layout_filled(r, N_SITE);
	if (f && !layout_is_filled(r, N_EMPLOYER) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_firm(r->arena, l->heading[f->column[0]]))
		f->field = N_EMPLOYER;
	f = layout_filled(r, N_ADDRESS);
	if (f && !layout_is_filled(r, N_EMPLOYER) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_firm_and_address(r->arena, l->heading[f->column[0]]))
		f->field = N_EMPLOYER;
	/* A date when people were told is the notice's where there is no other; so is an end a beginning. */
	move(r, N_NOTIFIED, N_RECEIVED);
	f = layout_filled(r, N_TOLD);
	if (f && !layout_is_filled(r, N_RECEIVED))
		layout_fill(r, N_RECEIVED, f->column[0], f->score, f->why);
	move(r, N_LAST, N_FIRST);
}

/* The middle of a column's dates in one order, to tell notice from dismissal. */
static double middle(struct reader *r, size_t column)
{
	double sum = 0;
	size_t n = 0;
	day_t day, until;
	int64_t at;
	bool has_time;
	struct fault f = { 0 };
	enum date_order order = ORDER_DMY;

	for (int pass = 0; pass < 2; pass++, order = ORDER_MDY) {
		sum = 0;
		n = 0;
		for (size_t i = r->layout.data_from; i < r->nahead && n < 200; i++) {
			const struct row *row = &r->ahead[i];
			if (column >= row->n || row->cell[column].n == 0)
				continue;
			f = (struct fault){ 0 };
			enum dated how = dated_read(row->cell[column].p, order, r->o.now, &at,
			        &has_time, &day, &until, &f);
			if (how == DATED_NONE || how == DATED_BAD) {
				if (f.status && pass == 0)
					break;
				continue;
			}
			sum += day;
			n++;
		}
		if (!f.status)
			break;
	}
	return n ? sum / (double)n : 0;
}

static bool has_any(const char *key, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(key, words[i]))
			return true;
	return false;
}

/* Dates of the list, of other proceedings or of people, and never of the notice. */
static bool is_other_date(const char *key)
{
	static const char *const words[] = { "added", "posted", "published", "updated", "modified",
		"created", "entered", "last report", "petition", "determination", "certification",
		"birth", "consultation", "closed", "reviewed", "visit", "meeting" };

	return has_any(key, words, COUNT(words));
}

/* When people go, and never when a notice came. */
static bool is_end_date(const char *key)
{
	static const char *const words[] = { "last", "leav", "exit", "terminat", "effective",
		"dismiss", "depart", "finish", "closure", "closing" };

	return has_any(key, words, COUNT(words));
}

/* A number of people alone, under a heading that is not plainly of all: those who go are what a list is of. */
static void settle_people(struct reader *r)
{
	static const char *const all[] = { "employed", "workforce", "headcount", "total", "in post",
		"site", "establishment", "gesamt", "plantilla", "effectif" };
	struct filled *f = layout_filled(r, N_EMPLOYED);

	if (!f || layout_is_filled(r, N_PROPOSED) || f->score > SCORE_DOUBTFUL)
		return;
	if (!has_any(r->heading_key[f->column[0]], all, COUNT(all)))
		f->field = N_PROPOSED;
}

/* What is still missing, from columns that no heading explains. */
void layout_by_content(struct reader *r)
{
	struct layout *l = &r->layout;
	size_t employer = SIZE_MAX, proposed = SIZE_MAX, date[2], dates = 0;
	double best = 0, most = 0;

	for (size_t i = 0; i < l->nheading; i++) {
		if (layout_taken(r, i) || l->ignored[i])
			continue;
		struct column_kind k = look_at(r, i);
		if (k.filled == 0)
			continue;
		double filled = (double)k.filled;
		if ((double)k.dates > 0.7 * filled) {
			if (dates < 2 && !is_other_date(r->heading_key[i]))
				date[dates++] = i;
			continue;
		}
		if ((double)k.counts > 0.8 * filled) {
			/* Not a running number, not postcodes, and of the size of a workforce. */
			double size = k.people / filled;
			if (k.rising || is_other_number(r, i) ||
			        (double)k.digits_only >= 0.5 * filled || size <= 0.8)
				continue;
			/* Of two, the people who go are the fewer. */
			if (size > most || (proposed != SIZE_MAX && is_part_of(r, i, proposed))) {
				most = size > most ? size : most;
				proposed = i;
			}
			continue;
		}
		if ((double)k.texts > 0.8 * filled && k.longest < 300 &&
		        !is_other_text(r->heading_key[i])) {
			/* The most varied texts, companies above all, and of equals the leftmost. */
			double score = (double)k.distinct / filled + 2.0 * (double)k.legal / filled;
			if (score > best + 0.05 && (double)k.distinct > 0.3 * filled) {
				best = score;
				employer = i;
			}
		}
	}
	if (!layout_is_filled(r, N_EMPLOYER) && employer != SIZE_MAX)
		layout_fill(r, N_EMPLOYER, employer, SCORE_LEAST, "content");
	if (!layout_is_filled(r, N_PROPOSED) && proposed != SIZE_MAX)
		layout_fill(r, N_PROPOSED, proposed, SCORE_LEAST, "content");
	if (dates == 2 && !layout_is_filled(r, N_RECEIVED) && !layout_is_filled(r, N_FIRST)) {
		bool swapped = middle(r, date[0]) > middle(r, date[1]);
		layout_fill(r, N_RECEIVED, date[swapped], SCORE_LEAST, "content");
		layout_fill(r, N_FIRST, date[!swapped], SCORE_LEAST, "content");
	} else if (dates && !layout_is_filled(r, N_RECEIVED)) {
		bool end = is_end_date(r->heading_key[date[0]]) && !layout_is_filled(r, N_FIRST);
		layout_fill(r, end ? N_FIRST : N_RECEIVED, date[0], SCORE_LEAST, "content");
	} else if (dates && !layout_is_filled(r, N_FIRST)) {
		struct filled *received = layout_filled(r, N_RECEIVED);
		for (size_t i = 0; i < dates && !layout_is_filled(r, N_FIRST); i++)
			if (middle(r, date[i]) > middle(r, received->column[0]))
				layout_fill(r, N_FIRST, date[i], SCORE_LEAST, "content");
	}
	settle_people(r);
}

/* Where the headings leave some doubt, a first day that comes after the last is neither. */
void layout_by_sequence(struct reader *r)
{
	struct filled *first = layout_filled(r, N_FIRST), *last = layout_filled(r, N_LAST);

	if (!first || !last || str_equal(first->why, "map") || str_equal(last->why, "map") ||
	        (first->score >= 95 && last->score >= 95) || middle(r, last->column[0]) == 0 ||
	        middle(r, first->column[0]) <= middle(r, last->column[0]))
		return;
	first->field = N_LAST;
	last->field = N_FIRST;
}
