/* SPDX-License-Identifier: MIT */
/* Which row has the headings and what each column is: by the map, by headings, and by what the columns hold. */
#include <ctype.h>
#include <string.h>

#include "notice/reader.h"

enum { HEADING_WITHIN = 40, SCORE_LEAST = 60 };

static bool is_position(const char *name)
{
	return *name && strspn(name, "0123456789") == strlen(name);
}

/* The column of a heading or position; nheading: none. Of two with one heading the first. */
static size_t column_of(const struct reader *r, const char *name)
{
	const char *key = text_key(r->arena, name);
	struct fault g = { 0 };
	int64_t n;

	for (size_t i = 0; *key && i < r->layout.nheading; i++)
		if (str_equal(r->heading_key[i], key))
			return i;
	if (is_position(name) && number_parse(name, 1, 1000000, &n, &g))
		return (size_t)n - 1;
	return SIZE_MAX;
}

static struct filled *fill(struct reader *r, int field, size_t column, int score, const char *why)
{
	struct layout *l = &r->layout;
	struct filled *f = NULL;

	for (size_t i = 0; i < l->nfilled; i++)
		if (l->filled[i].field == field)
			f = &l->filled[i];
	if (!f) {
		f = &l->filled[l->nfilled++];
		*f = (struct filled){ .field = field, .score = score, .why = why };
	}
	if (f->n < COUNT(f->column))
		f->column[f->n++] = column;
	return f;
}

static struct filled *find_filled(struct reader *r, int field)
{
	for (size_t i = 0; i < r->layout.nfilled; i++)
		if (r->layout.filled[i].field == field)
			return &r->layout.filled[i];
	return NULL;
}

static bool is_filled(struct reader *r, int field)
{
	return find_filled(r, field) != NULL;
}

static bool column_taken(const struct reader *r, size_t column)
{
	for (size_t i = 0; i < r->layout.nfilled; i++)
		for (size_t k = 0; k < r->layout.filled[i].n; k++)
			if (r->layout.filled[i].column[k] == column)
				return true;
	return false;
}

/* ---------- the heading row ---------- */

static void set_heading(
        struct reader *r, const char **heading, size_t n, long line, size_t data_from)
{
	struct layout *l = &r->layout;

	l->heading = heading;
	l->nheading = n;
	l->heading_line = line;
	l->data_from = data_from;
	r->heading_key = arena_alloc(r->arena, (n + 1) * sizeof *r->heading_key);
	for (size_t i = 0; i < n; i++)
		r->heading_key[i] = heading ? text_key(r->arena, heading[i]) : "";
}

/* How many of the map's headings a row has. */
static size_t map_fits(struct reader *r, const struct row *row)
{
	const struct map *m = r->o.map;
	size_t fits = 0;

	for (const char *const *name = map_fields(m); *name; name++)
		for (const char *const *h = map_headings(m, *name); h && *h; h++) {
			bool here = false;
			for (size_t k = 0; k < row->n && !here; k++)
				here = row->cell[k].n && !is_position(*h) &&
				       str_equal(text_key(r->arena, row->cell[k].p),
				               text_key(r->arena, *h));
			fits += here;
		}
	return fits;
}

static int heading_row(struct reader *r, size_t within)
{
	int best = -1;
	size_t most = 0;

	if (r->o.map && map_heading_row(r->o.map) >= 0) {
		/* Counted with the blank rows above, which are not among those read. */
		for (size_t i = 0; i < r->nahead && r->ahead[i].line <= map_heading_row(r->o.map);
		        i++)
			best = (int)i;
		return best;
	}
	for (size_t i = 0; r->o.map && i < within; i++) {
		size_t fits = map_fits(r, &r->ahead[i]);
		if (fits > most) {
			most = fits;
			best = (int)i;
		}
	}
	return best >= 0 ? best
	                 : headings_find(r->arena, r->ahead, within, notice_targets, TARGETS);
}

/* A row without headings that are known: all texts and no figures, with figures below. */
static int likely_heading(struct reader *r, size_t within)
{
	for (size_t i = 0; i + 1 < within; i++) {
		const struct row *row = &r->ahead[i], *next = &r->ahead[i + 1];
		size_t texts = 0, figures = 0, below = 0;
		for (size_t k = 0; k < row->n; k++) {
			if (row->cell[k].n == 0)
				continue;
			bool figure = heading_count_like(row->cell[k].p) ||
			              heading_date_like(row->cell[k].p);
			figures += figure;
			texts += !figure;
		}
		for (size_t k = 0; k < next->n; k++)
			below += next->cell[k].n && (heading_count_like(next->cell[k].p) ||
			                                    heading_date_like(next->cell[k].p));
		if (texts >= 2 && figures == 0 && below)
			return (int)i;
	}
	return -1;
}

/* Columns without a heading count as far as the rows reach, since what they hold may tell what they are. */
static const char **widen(struct reader *r, const char **heading, size_t *n, size_t at)
{
	size_t width = 0;
	const char **wide;

	for (size_t i = at; i < r->nahead; i++)
		width = r->ahead[i].n > width ? r->ahead[i].n : width;
	while (*n > width && heading[*n - 1][0] == '\0')
		(*n)--;
	if (*n >= width)
		return heading;
	wide = arena_alloc(r->arena, (width + 1) * sizeof *wide);
	for (size_t i = 0; i < width; i++)
		wide[i] = i < *n ? heading[i] : "";
	*n = width;
	return wide;
}

static void find_heading(struct reader *r)
{
	size_t within = r->nahead < HEADING_WITHIN ? r->nahead : HEADING_WITHIN, n = 0;
	int at = heading_row(r, within), span = 0;

	if (at < 0 && !(r->o.map && map_heading_row(r->o.map) == 0))
		at = likely_heading(r, within);
	if (at < 0 || (size_t)at >= r->nahead) {
		for (size_t i = 0; i < r->nahead; i++)
			n = r->ahead[i].n > n ? r->ahead[i].n : n;
		set_heading(r, NULL, n, 0, 0);
		return;
	}
	const char **heading = headings_of(
	        r->arena, r->ahead, r->nahead, (size_t)at, notice_targets, TARGETS, &n, &span);
	if (r->o.map && map_heading_row(r->o.map) > 0 && span) {
		n = r->ahead[at].n; /* the map says which row it is */
		for (size_t k = 0; k < n; k++)
			heading[k] = r->ahead[at].cell[k].p;
		span = 0;
	}
	heading = widen(r, heading, &n, (size_t)at);
	set_heading(r, heading, n, r->ahead[at].line, (size_t)at + 1 + (span > 0));
}

/* ---------- the map ---------- */

static bool bad_map(struct reader *r, const char *field, struct fault *f)
{
	static const char *names[N_TEXTS];
	const char *near;

	for (size_t i = 0; i < N_TEXTS; i++)
		names[i] = notice_fields[i];
	near = text_nearest(field, names, N_TEXTS);
	if (near)
		fault_set(f, STATUS_CONFIG, "a notice has no field %s; did you mean '%s'",
		        quote(field), near);
	else
		fault_set(f, STATUS_CONFIG,
		        "a notice has no field %s; compact-schema(5) lists them under notice",
		        quote(field));
	fault_place(f, map_name(r->o.map), map_line(r->o.map, field), NULL);
	return false;
}

static void warn(struct reader *r, const char *field, const char *text)
{
	struct fault f = { 0 };

	fault_set(&f, STATUS_OK, "%s", text);
	fault_place(&f, input_name(r->in), 0, field);
	if (r->o.tell)
		r->o.tell(r->o.told, TELL_WARNING, &f);
}

static bool by_map(struct reader *r, bool *any, struct fault *f)
{
	const struct map *m = r->o.map;

	for (const char *const *name = map_fields(m); *name; name++) {
		int field = target_field(*name);
		const char *const *headings = map_headings(m, *name);
		size_t wanted = 0, got = 0;
		if (field < 0)
			return bad_map(r, *name, f);
		r->constant[field] = map_constant(m, *name);
		for (const char *const *h = headings; h && *h; h++, wanted++) {
			size_t column = column_of(r, *h);
			if (column == SIZE_MAX)
				continue;
			fill(r, field, column, 100, "map")->join = map_joins(m, *name);
			*any = true;
			got++;
		}
		if (wanted && !got)
			warn(r, *name,
			        arena_printf(
			                r->arena, "the file has no column %s", quote(headings[0])));
	}
	return true;
}

/* ---------- headings ---------- */

static void by_heading(struct reader *r)
{
	struct layout *l = &r->layout;
	const char **heading = arena_alloc(r->arena, (l->nheading + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(r->arena, (l->nheading + 1) * sizeof *match);
	struct heading_target *left = arena_alloc(r->arena, TARGETS * sizeof *left);

	for (size_t i = 0; i < l->nheading; i++)
		heading[i] = column_taken(r, i) || l->ignored[i] ? "" : l->heading[i];
	/* Fields that the map fills are no longer to be had. */
	for (int t = 0; t < TARGETS; t++)
		left[t] = is_filled(r, t) ? (struct heading_target){ "", NULL, TYPE_TEXT, NULL }
		                          : notice_targets[t];
	headings_match(r->arena, heading, l->nheading, left, TARGETS, r->ahead + l->data_from,
	        r->nahead - l->data_from, match);
	for (size_t i = 0; i < l->nheading; i++)
		if (match[i].target >= 0 && match[i].score >= SCORE_LEAST)
			fill(r, match[i].target, i, match[i].score, match[i].why);
}

static void move(struct reader *r, int from, int to)
{
	struct filled *f = find_filled(r, from);

	if (f && !is_filled(r, to))
		f->field = to;
}

/* The date of the letter beside that of receipt. */
static void by_letter(struct reader *r)
{
	struct layout *l = &r->layout;
	const char **heading = arena_alloc(r->arena, (l->nheading + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(r->arena, (l->nheading + 1) * sizeof *match);

	if (!is_filled(r, N_RECEIVED) || is_filled(r, N_NOTIFIED) || !l->heading)
		return;
	for (size_t i = 0; i < l->nheading; i++)
		heading[i] = column_taken(r, i) || l->ignored[i] ? "" : l->heading[i];
	headings_match(r->arena, heading, l->nheading, &notice_letter, 1, r->ahead + l->data_from,
	        r->nahead - l->data_from, match);
	for (size_t i = 0; i < l->nheading; i++)
		if (match[i].target == 0 && match[i].score >= 85)
			fill(r, N_NOTIFIED, i, match[i].score, match[i].why);
}

/* Headings that mean one thing beside others and another without them. */
static void by_company(struct reader *r)
{
	struct layout *l = &r->layout;
	struct filled *f;

	f = find_filled(r, N_EMPLOYED);
	if (f && !is_filled(r, N_PROPOSED) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_people(r->arena, l->heading[f->column[0]]))
		f->field = N_PROPOSED;
	f = find_filled(r, N_SITE);
	if (f && !is_filled(r, N_EMPLOYER) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_firm(r->arena, l->heading[f->column[0]]))
		f->field = N_EMPLOYER;
	f = find_filled(r, N_ADDRESS);
	if (f && !is_filled(r, N_EMPLOYER) && !str_equal(f->why, "map") && l->heading &&
	        heading_is_firm_and_address(r->arena, l->heading[f->column[0]]))
		f->field = N_EMPLOYER;
	/* A date when people were told is the notice's where there is no other; so is an end a beginning. */
	move(r, N_NOTIFIED, N_RECEIVED);
	f = find_filled(r, N_TOLD);
	if (f && !is_filled(r, N_RECEIVED))
		fill(r, N_RECEIVED, f->column[0], f->score, f->why);
	move(r, N_LAST, N_FIRST);
}

/* ---------- content ---------- */

struct column_kind {
	size_t filled, dates, counts, texts, legal, distinct, digits_only, longest;
	double sum, people;
	day_t first, last; /* of the dates */
	bool rising;       /* 1, 2, 3: a running number */
};

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
		if (heading_date_like(text)) {
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
			if (dated_read(row->cell[column].p, order, r->o.now, &at, &has_time, &day,
			            &until, &f) != DATED_OK) {
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

/* Headings of columns that hold texts, and certainly not the employer's name. */
static bool is_other_text(const char *key)
{
	static const char *const words[] = { "month", "year", "quarter", "week", "period",
		"industry", "sector", "region", "state", "reason", "notes", "note", "comments",
		"comment", "description", "county", "country", "area", "type", "status", "url",
		"link", "date", "contact", "email", "union", "category" };

	for (size_t i = 0; i < COUNT(words); i++) {
		const char *at = strstr(key, words[i]);
		size_t n = strlen(words[i]);
		if (at && (at == key || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	}
	return false;
}

/* What is still missing, from columns that no heading explains. */
static void by_content(struct reader *r)
{
	struct layout *l = &r->layout;
	size_t employer = SIZE_MAX, proposed = SIZE_MAX, date[2], dates = 0;
	double best = 0, most = 0;

	for (size_t i = 0; i < l->nheading; i++) {
		if (column_taken(r, i) || l->ignored[i])
			continue;
		struct column_kind k = look_at(r, i);
		if (k.filled == 0)
			continue;
		double filled = (double)k.filled;
		if ((double)k.dates > 0.8 * filled) {
			if (dates < 2)
				date[dates++] = i;
			continue;
		}
		if ((double)k.counts > 0.8 * filled) {
			/* Not a running number, not postcodes, and of the size of a workforce. */
			double size = k.people / filled;
			if (!k.rising && (double)k.digits_only < 0.5 * filled && size > 0.8 &&
			        size > most) {
				most = size;
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
	if (!is_filled(r, N_EMPLOYER) && employer != SIZE_MAX)
		fill(r, N_EMPLOYER, employer, SCORE_LEAST, "content");
	if (!is_filled(r, N_PROPOSED) && proposed != SIZE_MAX)
		fill(r, N_PROPOSED, proposed, SCORE_LEAST, "content");
	if (dates == 2 && !is_filled(r, N_RECEIVED) && !is_filled(r, N_FIRST)) {
		bool swapped = middle(r, date[0]) > middle(r, date[1]);
		fill(r, N_RECEIVED, date[swapped], SCORE_LEAST, "content");
		fill(r, N_FIRST, date[!swapped], SCORE_LEAST, "content");
	} else if (dates && !is_filled(r, N_RECEIVED)) {
		fill(r, N_RECEIVED, date[0], SCORE_LEAST, "content");
	} else if (dates && !is_filled(r, N_FIRST)) {
		struct filled *received = find_filled(r, N_RECEIVED);
		if (middle(r, date[0]) > middle(r, received->column[0]))
			fill(r, N_FIRST, date[0], SCORE_LEAST, "content");
	}
}

/* Where the headings leave some doubt, a first day that comes after the last is neither. */
static void by_sequence(struct reader *r)
{
	struct filled *first = find_filled(r, N_FIRST), *last = find_filled(r, N_LAST);

	if (!first || !last || str_equal(first->why, "map") || str_equal(last->why, "map") ||
	        (first->score >= 95 && last->score >= 95) || middle(r, last->column[0]) == 0 ||
	        middle(r, first->column[0]) <= middle(r, last->column[0]))
		return;
	first->field = N_LAST;
	last->field = N_FIRST;
}

/* Town and further lines belong to the address. */
static void join_address(struct reader *r)
{
	static const int parts[] = { P_ADDRESS2, P_ADDRESS3, P_TOWN };
	struct filled *address = find_filled(r, N_ADDRESS), *part;

	for (size_t i = 0; i < COUNT(parts); i++) {
		part = find_filled(r, parts[i]);
		if (!part)
			continue;
		if (!address) {
			part->field = N_ADDRESS;
			address = part;
		} else if (!str_equal(address->why, "map") && address->n < COUNT(address->column)) {
			address->column[address->n++] = part->column[0];
			address->join = true;
			part->n = 0;
		}
	}
	for (size_t i = 0; i < r->layout.nfilled;)
		if (r->layout.filled[i].n == 0)
			r->layout.filled[i] = r->layout.filled[--r->layout.nfilled];
		else
			i++;
}

/* ---------- the order of dates ---------- */

static bool is_date_field(int field)
{
	return field == N_RECEIVED || field == N_TOLD || field == N_NOTIFIED ||
	       field == N_CONSULTATION || field == N_FIRST || field == N_LAST;
}

struct orders {
	size_t dmy, mdy, either; /* dates that fit only one of the two orders, or both */
};

static struct orders count_orders(struct reader *r, const struct filled *f)
{
	struct orders n = { 0 };

	for (size_t i = r->layout.data_from; i < r->nahead; i++)
		for (size_t k = 0; k < f->n; k++) {
			const struct row *row = &r->ahead[i];
			const char *text = f->column[k] < row->n ? row->cell[f->column[k]].p : "";
			unsigned orders = day_orders(text);
			bool dmy = orders & 1u << ORDER_DMY, mdy = orders & 1u << ORDER_MDY;
			if (strspn(text, "0123456789") == 4)
				continue; /* year first: nothing to settle */
			n.dmy += dmy && !mdy;
			n.mdy += mdy && !dmy;
			n.either += mdy && dmy;
		}
	return n;
}

static void settle_orders(struct reader *r)
{
	static const char *const words[] = { "day/month/year", "month/day/year", "year-month-day" };
	struct layout *l = &r->layout;
	enum date_order given = ORDER_DMY, other;
	bool said = r->o.map && map_dates(r->o.map, &given);
	struct orders all = { 0 };

	for (size_t i = 0; i < l->nfilled; i++)
		if (is_date_field(l->filled[i].field)) {
			struct orders n = count_orders(r, &l->filled[i]);
			all.dmy += n.dmy;
			all.mdy += n.mdy;
		}
	/* What the file's other columns settle holds for one that leaves it open. */
	other = all.mdy > all.dmy ? ORDER_MDY : all.dmy ? ORDER_DMY : given;
	for (size_t i = 0; i < l->nfilled; i++) {
		struct filled *f = &l->filled[i];
		if (!is_date_field(f->field))
			continue;
		struct orders n = count_orders(r, f);
		if (n.dmy != n.mdy)
			f->order = n.mdy > n.dmy ? ORDER_MDY : ORDER_DMY;
		else
			f->order = said ? given : other;
		if (n.dmy + n.mdy && f->order != given)
			warn(r, target_name(f->field),
			        arena_printf(r->arena,
			                "its dates are in the order %s and are read so",
			                words[f->order]));
		else if (n.either && n.dmy + n.mdy == 0 && !said && f->order != given)
			warn(r, target_name(f->field),
			        arena_printf(r->arena,
			                "its dates fit either order; read as %s like the other "
			                "columns",
			                words[f->order]));
		else if (n.either && n.dmy + n.mdy + all.dmy + all.mdy == 0 && !said)
			warn(r, target_name(f->field),
			        "its dates fit either order; read as day/month/year (dates: mdy in "
			        "a map says otherwise)");
	}
}

/* ---------- all of it ---------- */

static bool heading_is(const struct reader *r, size_t column, const char *key)
{
	return column < r->layout.nheading && str_equal(r->heading_key[column], key);
}

static bool has_heading(const struct reader *r, const char *key)
{
	for (size_t i = 0; i < r->layout.nheading; i++)
		if (heading_is(r, i, key))
			return true;
	return false;
}

/* A list of stored notices, from this program, compact-record or the view notice_detail: its first column says
 * which notice it is, the others here come from elsewhere than the notice. */
static void mark_own(struct reader *r, bool *ignored)
{
	static const char *const others[] = { "warnings", "line", "partnership", "import", "mark",
		"old marks", "public sector", "sector", "sector name", "council name", "nation",
		"day", "month", "band", "days given", "days asked", "short notice", "incident" };
	bool named = has_heading(r, "employer name");

	for (size_t i = 0; i < r->layout.nheading; i++) {
		for (size_t k = 0; k < COUNT(others); k++)
			ignored[i] = ignored[i] || heading_is(r, i, others[k]);
		/* The employer's ref, where its name stands beside. */
		ignored[i] = ignored[i] || (named && heading_is(r, i, "employer"));
		if (!heading_is(r, i, "ref"))
			continue;
		ignored[i] = true;
		r->layout.own_ref = i + 1;
	}
	r->layout.employer_refs = !named && has_heading(r, "import");
}

static void mark_ignored(struct reader *r)
{
	struct layout *l = &r->layout;
	bool *ignored = arena_alloc(r->arena, l->nheading + 1);
	const char *const *list = r->o.map ? map_ignores(r->o.map) : NULL;

	for (; list && *list; list++) {
		size_t column = column_of(r, *list);
		if (column < l->nheading)
			ignored[column] = true;
	}
	/* Files of our own fed back in: what was put in front of refused rows or behind notices is not theirs. */
	if (heading_is(r, 0, "line") && heading_is(r, 1, "why"))
		ignored[0] = ignored[1] = true;
	if (has_heading(r, "sender ref") && has_heading(r, "warnings"))
		mark_own(r, ignored);
	l->ignored = ignored;
}

static const char *headings_shown(struct reader *r)
{
	struct buf b = { 0 };
	char *text;

	for (size_t i = 0; i < r->layout.nheading && b.n < 300; i++)
		if (r->layout.heading && r->layout.heading[i][0])
			buf_addf(&b, "%s%s", b.n ? ", " : "", quote(r->layout.heading[i]));
	text = arena_strdup(r->arena, b.n ? b.p : "none");
	buf_free(&b);
	return text;
}

static bool refuse_layout(struct reader *r, const char *missing, struct fault *f)
{
	fault_set(f, STATUS_DATA,
	        "no column is recognised as %s among the headings %s; say which it is in a map "
	        "(-m), "
	        "which --explain helps to begin",
	        missing, headings_shown(r));
	fault_place(f, input_name(r->in), r->layout.heading_line, NULL);
	return false;
}

bool layout_find(struct reader *r, struct fault *f)
{
	struct layout *l = &r->layout;
	bool any = false;

	find_heading(r);
	l->arena = r->arena;
	l->map = r->o.map;
	l->filled = arena_alloc(r->arena, (TARGETS + 1) * sizeof *l->filled);
	mark_ignored(r);
	if (r->o.map && !by_map(r, &any, f))
		return false;
	if (r->o.map && !any && r->nahead) {
		bool wants = false;
		for (const char *const *name = map_fields(r->o.map); *name; name++)
			wants = wants || map_headings(r->o.map, *name);
		if (wants) {
			fault_set(f, STATUS_DATA,
			        "has none of the headings of the map %s; --explain prints one that "
			        "fits",
			        quote(map_name(r->o.map)));
			fault_place(f, input_name(r->in), 0, NULL);
			return false;
		}
	}
	if (l->heading)
		by_heading(r);
	by_company(r);
	by_letter(r);
	by_content(r);
	by_sequence(r);
	join_address(r);
	settle_orders(r);
	size_t widest = l->nheading;
	for (size_t i = 0; i < l->nfilled; i++)
		for (size_t k = 0; k < l->filled[i].n; k++)
			widest = l->filled[i].column[k] >= widest ? l->filled[i].column[k] + 1
			                                          : widest;
	r->used = arena_alloc(r->arena, widest + 1);
	for (size_t i = 0; i < l->nfilled; i++) {
		r->by[l->filled[i].field] = &l->filled[i];
		for (size_t k = 0; k < l->filled[i].n; k++)
			r->used[l->filled[i].column[k]] = true;
	}
	if (r->nahead == 0)
		return true;
	if (!r->by[N_EMPLOYER] && !r->constant[N_EMPLOYER])
		return refuse_layout(r, "the employer", f);
	if (!r->by[N_RECEIVED] && !r->by[N_FIRST] && !r->by[N_PROPOSED])
		return refuse_layout(
		        r, "a date of receipt, a date of dismissal or a number of people", f);
	return true;
}
