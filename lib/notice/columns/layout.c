/* SPDX-License-Identifier: MIT */
/* What each column of a table is: by the map, then by its heading, then by what is beside it and in it. */
#include <string.h>

#include "notice/columns/layout.h"

/* The column of a heading or position; nheading: none. Of two with one heading the first. */
static size_t column_of(const struct reader *r, const char *name)
{
	const char *key = text_key(r->arena, name);
	struct fault g = { 0 };
	int64_t n;

	for (size_t i = 0; *key && i < r->layout.nheading; i++)
		if (str_equal(r->heading_key[i], key))
			return i;
	if (layout_is_position(name) && number_parse(name, 1, 1000000, &n, &g))
		return (size_t)n - 1;
	return SIZE_MAX;
}

struct filled *layout_fill(struct reader *r, int field, size_t column, int score, const char *why)
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

struct filled *layout_filled(struct reader *r, int field)
{
	for (size_t i = 0; i < r->layout.nfilled; i++)
		if (r->layout.filled[i].field == field)
			return &r->layout.filled[i];
	return NULL;
}

bool layout_is_filled(struct reader *r, int field)
{
	return layout_filled(r, field) != NULL;
}

void layout_drop(struct reader *r, int field)
{
	struct filled *f = layout_filled(r, field);

	if (f)
		*f = r->layout.filled[--r->layout.nfilled];
}

bool layout_taken(const struct reader *r, size_t column)
{
	for (size_t i = 0; i < r->layout.nfilled; i++)
		for (size_t k = 0; k < r->layout.filled[i].n; k++)
			if (r->layout.filled[i].column[k] == column)
				return true;
	return false;
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

void layout_warn(struct reader *r, const char *field, const char *text)
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
			layout_fill(r, field, column, 100, "map")->join = map_joins(m, *name);
			*any = true;
			got++;
		}
		if (wanted && !got)
			layout_warn(r, *name,
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
	bool left[TARGETS];

	for (size_t i = 0; i < l->nheading; i++)
		heading[i] = layout_taken(r, i) || l->ignored[i] ? "" : l->heading[i];
	/* Fields that the map fills are no longer to be had. */
	for (int t = 0; t < TARGETS; t++)
		left[t] = !layout_is_filled(r, t);
	headings_match(r->ahead_arena, heading, l->nheading, reader_targets(r), left,
	        r->ahead + l->data_from, r->nahead - l->data_from, match);
	for (size_t i = 0; i < l->nheading; i++)
		if (match[i].target >= 0 && match[i].score >= SCORE_LEAST)
			layout_fill(r, match[i].target, i, match[i].score, match[i].why);
}

/* Whether a column has something in some row, and in none where the field has it already. */
static bool fills_gaps(struct reader *r, const struct filled *f, size_t column)
{
	size_t fills = 0;

	for (size_t i = r->layout.data_from; i < r->nahead; i++) {
		const struct row *row = &r->ahead[i];
		const char *text = reader_cell(r, row, column);
		if (*text == '\0' || people_unfilled(text))
			continue;
		for (size_t k = 0; k < f->n; k++) {
			const char *there = reader_cell(r, row, f->column[k]);
			if (*there && !people_unfilled(there))
				return false;
		}
		fills++;
	}
	return fills > 0;
}

/* Two columns with names of one field, never both filled: a list that has changed, or two kinds of notice in one.
 * The second fills the field where the first has nothing. */
static void by_second_heading(struct reader *r)
{
	struct layout *l = &r->layout;
	const char **heading = arena_alloc(r->arena, (l->nheading + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(r->arena, (l->nheading + 1) * sizeof *match);
	struct filled *f;

	for (size_t i = 0; i < l->nheading; i++)
		heading[i] = layout_taken(r, i) || l->ignored[i] ? "" : l->heading[i];
	headings_match(r->ahead_arena, heading, l->nheading, reader_targets(r), NULL,
	        r->ahead + l->data_from, r->nahead - l->data_from, match);
	for (size_t i = 0; i < l->nheading; i++) {
		if (match[i].target < 0 || match[i].score < SCORE_SURE ||
		        (notice_targets[match[i].target].type != TYPE_DATE &&
		                notice_targets[match[i].target].type != TYPE_INTEGER))
			continue;
		f = layout_filled(r, match[i].target);
		if (f && !str_equal(f->why, "map") && fills_gaps(r, f, i))
			layout_fill(r, match[i].target, i, match[i].score, match[i].why);
	}
}

/* A column for one field by names of its own, where the headings left it without. */
static void by_target(
        struct reader *r, const struct heading_target *target, int field, int score_least)
{
	struct layout *l = &r->layout;
	const char **heading = arena_alloc(r->arena, (l->nheading + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(r->arena, (l->nheading + 1) * sizeof *match);

	if (layout_is_filled(r, field) || !l->heading)
		return;
	for (size_t i = 0; i < l->nheading; i++)
		heading[i] = layout_taken(r, i) || l->ignored[i] ? "" : l->heading[i];
	struct heading_targets to = headings_ready(r->ahead_arena, target, 1);
	headings_match(r->ahead_arena, heading, l->nheading, &to, NULL, r->ahead + l->data_from,
	        r->nahead - l->data_from, match);
	for (size_t i = 0; i < l->nheading; i++)
		if (match[i].target == 0 && match[i].score >= score_least)
			layout_fill(r, field, i, match[i].score, match[i].why);
}

/* Town and further lines belong to the address. */
static void join_address(struct reader *r)
{
	static const int parts[] = { P_ADDRESS2, P_ADDRESS3, P_TOWN };
	struct filled *address = layout_filled(r, N_ADDRESS), *part;

	for (size_t i = 0; i < COUNT(parts); i++) {
		part = layout_filled(r, parts[i]);
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
	for (size_t i = 0; i < l->nheading; i++)
		if (heading_is(r, i, "partnership") && !ignored[i])
			l->partnership = i + 1;
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

/* To begin a map by, what was recognised is of use all the same. */
static bool refuse_layout(struct reader *r, const char *missing, struct fault *f)
{
	struct fault *to = r->o.explain ? &r->unfit : f;

	if (r->layout.heading)
		fault_set(to, STATUS_DATA,
		        "no column is recognised as %s among the headings %s; say which it is in a "
		        "map (-m)%s",
		        missing, headings_shown(r),
		        r->o.explain ? "" : ", which --explain helps to begin");
	else
		fault_set(to, STATUS_DATA,
		        "no row of headings is recognised, and no column as %s; say which it is in "
		        "a map (-m), by its place: employer: 1",
		        missing);
	fault_place(to, input_name(r->in), r->layout.heading_line, NULL);
	return r->o.explain;
}

bool layout_find(struct reader *r, struct fault *f)
{
	struct layout *l = &r->layout;
	bool any = false;

	layout_turn(r);
	layout_headings(r);
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
		layout_by_serial(r);
	if (l->heading) {
		by_heading(r);
		by_second_heading(r);
	}
	layout_by_company(r);
	/* The date of the letter beside that of receipt. */
	if (layout_is_filled(r, N_RECEIVED))
		by_target(r, &notice_letter, N_NOTIFIED, 85);
	by_target(r, &notice_submitted, N_RECEIVED, 90);
	layout_by_content(r);
	layout_by_sequence(r);
	join_address(r);
	layout_settle_orders(r);
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
