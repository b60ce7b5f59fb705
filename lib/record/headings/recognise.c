/* SPDX-License-Identifier: MIT */
/* Which columns of a table fill which fields of a kind: by its map, then by its headings. */
#include <string.h>

#include "record/rows/rows.h"

/* The column of a heading or position; ncolumn: none. */
static size_t column_of(const struct rows *r, const char *name)
{
	const char *key = text_key(r->w->arena, name);
	struct fault g = { 0 };
	int64_t n;

	for (size_t i = 0; r->heading && i < r->heading->n; i++)
		if (r->heading->cell[i].n &&
		        str_equal(text_key(r->w->arena, r->heading->cell[i].p), key))
			return i;
	if (number_parse(name, 1, (int64_t)r->ncolumn, &n, &g))
		return (size_t)n - 1;
	return r->ncolumn;
}

/* Whether the map names that column by its heading somewhere. */
static bool named_by_heading(const struct rows *r, size_t column)
{
	for (size_t i = 0; i < r->map->nfield; i++)
		for (const char *const *c = r->map->field[i].column; c && *c; c++)
			if (strspn(*c, "0123456789") != strlen(*c) && column_of(r, *c) == column)
				return true;
	return false;
}

static bool is_position(const char *name)
{
	return *name && strspn(name, "0123456789") == strlen(name);
}

static bool add_mapped(struct rows *r, const struct map_field *mf, bool *any, struct fault *f)
{
	struct target *t = &r->target[r->ntarget];
	size_t *column = NULL, n = 0, wanted = 0;

	if (!target_set(r, t, mf->name, f)) {
		if (f->status == STATUS_OK || f->status == STATUS_DATA || f->status == STATUS_USAGE)
			f->status = STATUS_CONFIG;
		fault_place(f, r->map->file, mf->line, NULL);
		return false;
	}
	for (const char *const *c = mf->column; c && *c; c++, wanted++)
		r->named = r->named || !is_position(*c);
	column = arena_alloc(r->w->arena, (wanted + 1) * sizeof *column);
	for (const char *const *c = mf->column; c && *c; c++) {
		size_t at = column_of(r, *c);
		if (at >= r->ncolumn)
			continue;
		if (is_position(*c) && wanted > 1 && named_by_heading(r, at))
			continue;
		column[n++] = at;
		*any = *any || !is_position(*c);
	}
	if (wanted == 1 && n == 0)
		tell(r->w, TELL_WARNING, input_name(r->in), 0, mf->name,
		        "the file has no column %s", quote(mf->column[0]));
	t->column = column;
	t->ncolumn = n;
	t->join = mf->join;
	t->constant = mf->constant;
	t->map = mf;
	r->ntarget += n > 0 || mf->constant != NULL;
	return true;
}

static bool taken(const struct rows *r, size_t column)
{
	for (size_t i = 0; i < r->ntarget; i++)
		for (size_t k = 0; k < r->target[i].ncolumn; k++)
			if (r->target[i].column[k] == column)
				return true;
	return false;
}

static bool has_target(const struct rows *r, const char *name)
{
	for (size_t i = 0; i < r->ntarget; i++)
		if (str_equal(r->target[i].name, name))
			return true;
	return false;
}

static bool ignored(const struct rows *r, size_t column)
{
	for (const char *const *c = r->map ? r->map->ignore : NULL; c && *c; c++)
		if (column_of(r, *c) == column)
			return true;
	return false;
}

/* The fields of the kind as targets for the recogniser. */
static struct heading_target *own_targets(struct rows *r, size_t *n)
{
	const struct kind *kind = r->shape->kind;
	struct heading_target *all = arena_alloc(r->w->arena, (kind->nfield + 8) * sizeof *all);
	const struct shorthand *s;

	*n = 0;
	for (size_t i = 0; i < kind->nfield; i++) {
		const struct field *field = &kind->field[i];
		if (field->form != FIELD_CHILDREN)
			all[(*n)++] = (struct heading_target){ field->name,
				target_synonyms(kind, field->name), field->type, NULL };
	}
	for (size_t i = 0; (s = shorthand_at(kind, i)) && i < 8; i++)
		all[(*n)++] = (struct heading_target){ s->name, target_synonyms(kind, s->name),
			TYPE_TEXT, NULL };
	return all;
}

/* A column that rows are skipped by is of use although it fills no field. */
static bool skips_by(const struct rows *r, size_t column)
{
	for (size_t i = 0; r->map && i < r->map->nskip; i++)
		if (column_of(r, r->map->skip[i].column) == column)
			return true;
	return false;
}

/* A field that so far has the map's constant alone; NULL: none. */
static struct target *constant_of(struct rows *r, const char *name)
{
	for (size_t i = 0; name && i < r->ntarget; i++)
		if (r->target[i].ncolumn == 0 && str_equal(r->target[i].name, name))
			return &r->target[i];
	return NULL;
}

/* The field that a heading may have been meant for: the nearest that no column fills; or NULL. */
static const char *meant(struct rows *r, const struct heading_target *own, size_t n,
        const struct heading_match *match, size_t count, const char *heading)
{
	const char **name = arena_alloc(r->w->arena, (n + 1) * sizeof *name);
	size_t left = 0;

	for (size_t i = 0; i < n; i++) {
		bool filled = has_target(r, own[i].field);
		for (size_t k = 0; k < count; k++)
			filled = filled || (match[k].score >= 95 && match[k].target == (int)i);
		if (!filled)
			name[left++] = own[i].field;
	}
	return text_nearest(heading, name, left);
}

/* Whether the heading is that of a field which another column fills. */
static bool is_again(const struct rows *r, const char *heading)
{
	struct fault none = { 0 };
	const struct field *field = record_field(r->shape->kind, heading, &none);

	return has_target(r, field ? field->name : heading);
}

/* "Partnership", as listings across all of them have it: no field, but it says whose the row is. */
static bool says_whose(struct rows *r, size_t i, const char *heading)
{
	if (!r->shape->kind->local || r->whose > 0 ||
	        !str_equal(text_key(r->w->arena, heading), "partnership"))
		return false;
	r->whose = i + 1;
	return true;
}

/* Columns the map does not name: a heading that is a field's name or synonym, or "org.name". */
static void add_by_heading(struct rows *r)
{
	struct buf left = { 0 }, again = { 0 };
	size_t n, count = r->heading ? r->heading->n : 0;
	struct heading_target *own = own_targets(r, &n);
	const char **heading = arena_alloc(r->w->arena, (count + 1) * sizeof *heading);
	struct heading_match *match = arena_alloc(r->w->arena, (count + 1) * sizeof *match);

	for (size_t i = 0; i < count; i++)
		heading[i] = taken(r, i) ? "" : r->heading->cell[i].p;
	struct heading_targets to = headings_ready(r->w->arena, own, n);
	headings_match(r->w->arena, heading, count, &to, NULL, NULL, 0, match);
	for (size_t i = 0; i < count; i++) {
		struct target *t = &r->target[r->ntarget];
		const char *name = match[i].score >= 95 ? own[match[i].target].field : NULL;
		struct fault g = { 0 };
		if (taken(r, i) || ignored(r, i) || r->heading->cell[i].n == 0)
			continue;
		if (!name && says_whose(r, i, heading[i]))
			continue;
		if (!name && strchr(heading[i], '.'))
			name = str_trim(arena_strdup(r->w->arena, heading[i]));
		*t = (struct target){ 0 };
		struct target *constant = constant_of(r, name);
		if (!constant && (!name || has_target(r, name) || !target_set(r, t, name, &g))) {
			if (skips_by(r, i))
				continue;
			if (is_again(r, name ? name : heading[i])) {
				buf_addf(&again, "%s%s", again.n ? ", " : "", quote(heading[i]));
				continue;
			}
			buf_addf(&left, "%s%s", left.n ? ", " : "", quote(heading[i]));
			const char *near = meant(r, own, n, match, count, heading[i]);
			if (near)
				buf_addf(&left, " (%s?)", near);
			continue;
		}
		size_t *column = arena_alloc(r->w->arena, sizeof *column);
		*column = i;
		r->ntarget += constant == NULL;
		t = constant ? constant : t;
		t->column = column;
		t->ncolumn = 1;
	}
	/* The first two columns of refused rows are ours. */
	if (left.n && !str_equal(left.p, "'line', 'why'"))
		tell(r->w, TELL_NOTE, input_name(r->in), r->heading->line, NULL,
		        "left out, as no field of %s: %s", r->shape->kind->name, left.p);
	if (again.n)
		tell(r->w, TELL_NOTE, input_name(r->in), r->heading->line, NULL,
		        "left out, as another column is the same field: %s", again.p);
	buf_free(&left);
	buf_free(&again);
}

/* A column's own dates settle the order of day and month where they can. */
static void settle_order(struct rows *r, struct target *t)
{
	enum date_order order = ORDER_DMY;
	unsigned fits = 7;
	bool any = false;

	if (r->map)
		map_dates(r->map, &order);
	t->order = order;
	if (t->type != TYPE_DATE && t->type != TYPE_MOMENT && t->type != TYPE_TIME)
		return;
	for (size_t i = r->at; i < r->nahead; i++)
		for (size_t k = 0; k < t->ncolumn; k++) {
			const struct row *row = &r->ahead[i];
			unsigned orders =
			        t->column[k] < row->n ? day_orders(row->cell[t->column[k]].p) : 0;
			if (orders) {
				fits &= orders;
				any = true;
			}
		}
	if (!any || fits == 0 || fits & 1u << order)
		return;
	for (int o = ORDER_DMY; o <= ORDER_YMD; o++)
		if (fits & 1u << o)
			t->order = (enum date_order)o;
	/* ISO dates need no word. */
	if (t->order != ORDER_YMD)
		tell(r->w, TELL_NOTE, input_name(r->in), 0, t->name,
		        "its dates are in the order %s and are read so",
		        t->order == ORDER_MDY ? "month/day/year" : "day/month/year");
}

static void mark_shared(struct rows *r)
{
	for (size_t i = 0; i < r->ntarget; i++)
		for (size_t k = 0; k < r->ntarget; k++)
			for (size_t a = 0; i != k && a < r->target[i].ncolumn; a++)
				for (size_t b = 0; b < r->target[k].ncolumn; b++)
					if (r->target[i].column[a] == r->target[k].column[b])
						r->target[i].shared = true;
}

static bool names_headings(const struct map *m)
{
	for (size_t i = 0; i < m->nfield; i++)
		for (const char *const *c = m->field[i].column; c && *c; c++)
			if (!is_position(*c))
				return true;
	return false;
}

/* The heading row: as the map says, the one with most of the map's headings, or with most fields. */
static void find_heading(struct rows *r)
{
	int found = -1;
	size_t n;

	if (r->map && r->map->heading >= 0) {
		found = (int)r->map->heading - 1;
	} else if (r->map && names_headings(r->map)) {
		size_t most = 0;
		for (size_t i = 0; i < r->nahead; i++) {
			size_t fits = 0;
			r->heading = &r->ahead[i];
			for (size_t k = 0; k < r->map->nfield; k++)
				for (const char *const *c = r->map->field[k].column; c && *c; c++)
					if (!is_position(*c) && column_of(r, *c) < r->ncolumn) {
						fits++;
						break;
					}
			if (fits > most) {
				most = fits;
				found = (int)i;
			}
		}
	} else {
		struct heading_target *own = own_targets(r, &n);
		struct heading_targets to = headings_ready(r->w->arena, own, n);
		found = headings_find(r->w->arena, r->ahead, r->nahead < 30 ? r->nahead : 30, &to);
		if (found < 0 && !r->map)
			found = 0; /* its headings will be named as no fields */
	}
	r->heading = found >= 0 && (size_t)found < r->nahead ? &r->ahead[found] : NULL;
	r->at = r->heading ? (size_t)found + 1 : 0;
}

static bool bad_map(const struct rows *r, struct fault *f)
{
	f->status = STATUS_CONFIG;
	fault_place(f, r->map->file, 0, NULL);
	return false;
}

/* What a map says of the kind, but for the columns. */
static bool check_map(struct rows *r, struct fault *f)
{
	const struct kind *kind = r->shape->kind;
	const char *const *word;

	if (!r->map)
		return true;
	if (r->map->kind && !str_equal(r->map->kind, kind->name)) {
		fault_set(f, STATUS_CONFIG, "the map is for %s, not for %s; use another",
		        quote(r->map->kind), kind->name);
		return bad_map(r, f);
	}
	for (word = r->map->match; word && *word; word++)
		if (!record_field(kind, *word, f))
			return bad_map(r, f);
	for (word = r->map->make; word && *word; word++)
		if (!record_kind(r->w, *word, f))
			return bad_map(r, f);
	return true;
}

/* A skip by what is neither a column nor a field would let every row in. */
static void check_skips(struct rows *r)
{
	for (size_t i = 0; r->map && i < r->map->nskip; i++) {
		const char *name = r->map->skip[i].column;
		if (!has_target(r, name) && column_of(r, name) >= r->ncolumn)
			tell(r->w, TELL_WARNING, input_name(r->in), 0, "skip",
			        "the file has no column %s", quote(name));
	}
}

bool rows_recognise(struct rows *r, struct fault *f)
{
	bool any = false;

	for (size_t i = 0; i < r->nahead; i++)
		if (r->ahead[i].n > r->ncolumn)
			r->ncolumn = r->ahead[i].n;
	if (!check_map(r, f))
		return false;
	find_heading(r);
	size_t most = r->ncolumn + (r->map ? r->map->nfield : 0) + 1;
	r->target = arena_alloc(r->w->arena, most * sizeof *r->target);
	r->related = arena_alloc(r->w->arena, most * sizeof *r->related);
	for (size_t i = 0; r->map && i < r->map->nfield; i++)
		if (!add_mapped(r, &r->map->field[i], &any, f))
			return false;
	if (r->named && !any && r->nahead) {
		fault_set(f, STATUS_DATA,
		        "has none of the headings of the map %s; --explain prints one that fits",
		        quote(r->map->file));
		fault_place(f, input_name(r->in), 0, NULL);
		return false;
	}
	add_by_heading(r);
	check_skips(r);
	if (r->ntarget == 0 && r->nahead) {
		fault_set(f, STATUS_DATA,
		        "no heading is a field of %s; 'compact-record fields %s' lists them, a map "
		        "can say which is which",
		        r->shape->kind->name, r->shape->kind->name);
		fault_place(f, input_name(r->in), r->ahead[0].line, NULL);
		return false;
	}
	for (size_t i = 0; i < r->ntarget; i++)
		settle_order(r, &r->target[i]);
	mark_shared(r);
	return true;
}
