/* SPDX-License-Identifier: MIT */
/* One value beside a column, by the type of the column: what a filter comes down to. */
#include "record/list/where.h"

static bool is_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_MARKDOWN || t == TYPE_PERSONAL || t == TYPE_EMAIL ||
	       t == TYPE_NUMBER || t == TYPE_POSTCODE;
}

static bool is_time(enum type t)
{
	return t == TYPE_TIME || t == TYPE_MOMENT;
}

/* UTC of a day's midnight on the UK clock, as stored. */
static const char *midnight(struct work *w, day_t day)
{
	int64_t first, second;
	char iso[21];
	if (zone_to_utc(day, 0, &first, &second) == 0)
		first = (int64_t)day * 86400;
	return arena_strdup(w->arena, time_format(first, iso));
}

static const char *const sign[] = {
	[IS] = "=", [BEFORE] = "<", [AFTER] = ">", [MIN] = ">=", [MAX] = "<="
};

void where_inside(struct work *w, struct where *q, const char *column, const char *text)
{
	buf_addf(&q->sql, "instr(fold(%s), fold(?)) > 0", column);
	where_bind(w, q, text);
}

/* A column of times and dates beside a day or a time. Bare dates compare as days, times as instants
 * with the day's beginning or end on the UK clock. */
static bool time_condition(struct work *w, struct where *q, const char *column, enum compare how,
        const char *text, struct fault *f)
{
	int64_t at;
	bool has_time;
	char iso[21], day[11];
	if (!moment_parse(text, w->order, w->now, &at, &has_time, f))
		return false;
	int second;
	day_t d = zone_day(at, &second);
	day_format(d, day);
	const char *from = midnight(w, d), *to = midnight(w, d + 1);
	if (has_time)
		from = to = arena_strdup(w->arena, time_format(at, iso));
	const char *bare = arena_strdup(w->arena, day);
	bool ends = how == AFTER || how == MAX;
	if (!ends && how != BEFORE && how != MIN) {
		if (has_time) {
			buf_addf(&q->sql, "%s = ?", column);
			where_bind(w, q, from);
			return true;
		}
		buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s = ? ELSE %s >= ? AND %s < ? END",
		        column, column, column, column);
		where_bind(w, q, bare);
		where_bind(w, q, from);
		where_bind(w, q, to);
		return true;
	}
	/* Behind a whole day is from its end on, within it before that. */
	const char *time_sign = !ends || has_time ? sign[how] : how == AFTER ? ">=" : "<";
	buf_addf(&q->sql, "CASE length(%s) WHEN 10 THEN %s %s ? ELSE %s %s ? END", column, column,
	        sign[how], column, time_sign);
	where_bind(w, q, bare);
	where_bind(w, q, ends ? to : from);
	return true;
}

/* An expression of a view: numbers compare as such, texts as texts, and a date in any form with the
 * ISO dates there. */
static void untyped_condition(
        struct work *w, struct where *q, const char *column, enum compare how, const char *text)
{
	struct fault none = { 0 };
	bool is = how == IS;
	double number;
	day_t day;
	char iso[11];
	if (number_parse_real(text, &number, &none)) {
		buf_addf(&q->sql,
		        "CASE WHEN typeof(%s) IN ('integer', 'real') THEN %s %s CAST(? AS REAL) "
		        "ELSE ",
		        column, column, sign[how]);
		where_bind(w, q, text);
	}
	bool as_date = none.status != STATUS_OK &&
	               day_parse(text, w->order, w->today, &day, &(struct fault){ 0 });
	if (is)
		buf_addf(&q->sql, as_date ? "(fold(%s) = fold(?) OR %s = ?)" : "fold(%s) = fold(?)",
		        column, column);
	else
		buf_addf(&q->sql, "%s %s ?", column, sign[how]);
	if (is || !as_date)
		where_bind(w, q, text);
	if (as_date)
		where_bind(w, q, arena_strdup(w->arena, day_format(day, iso)));
	buf_adds(&q->sql, none.status == STATUS_OK ? " END" : "");
}

bool where_plain(struct work *w, struct where *q, const struct field *field, const char *column,
        enum compare how, const char *text, struct fault *f)
{
	const char *value;
	if (how == HAS) {
		where_inside(w, q, column, text);
		return true;
	}
	if (is_time(field->type))
		return time_condition(w, q, column, how, text, f);
	bool ordered = !is_text(field->type) && field->words == NULL;
	if (!ordered && how != IS)
		return fault_set(f, STATUS_USAGE,
		        "has no order to be before or after in; a filter on it has = or != or .has "
		        "or .none");
	bool folds = is_text(field->type) || field->type == TYPE_REF;
	if (folds && how == IS) {
		buf_addf(&q->sql, "fold(%s) = fold(?)", column);
		where_bind(w, q, text);
		return true;
	}
	if (is_text(field->type))
		value = text;
	else if (!value_read(w, field, text, w->order, &value, f))
		return false;
	buf_addf(&q->sql, "%s %s ?", column, sign[how]);
	where_bind(w, q, value);
	return true;
}

/* ---------- references ---------- */

bool where_reference(struct work *w, struct where *q, const struct kind *target,
        const char *const *column, size_t n, enum compare how, const char *text, struct fault *f)
{
	const char *parts[KEY_MOST];
	if (how == HAS) {
		where_inside(w, q, column[n - 1], text);
		return true;
	}
	if (how != IS)
		return fault_set(f, STATUS_USAGE,
		        "is a reference; a filter on it has = or != or .has or .none");
	/* Across all partnerships a ref means another record in each. */
	bool as_written = (target->local && w->all) || target->nkey != n;
	if (as_written) {
		buf_addf(&q->sql, "fold(%s) = fold(?)", column[n - 1]);
		where_bind(w, q, text);
		return true;
	}
	if (!record_find(w, target, text, parts, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		buf_addf(&q->sql, "%s%s = ?", i > 0 ? " AND " : "", column[i]);
		where_bind(w, q, parts[i]);
	}
	return true;
}

const char *where_column(struct work *w, const char *alias, const char *name)
{
	struct buf b = { 0 };
	sql_column(&b, alias, name);
	const char *out = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return out;
}

bool where_value(struct work *w, struct where *q, const struct kind *k, const struct field *field,
        const char *alias, enum compare how, const char *text, struct fault *f)
{
	const char *column[16];
	for (size_t i = 0; i < field->ncolumn && i < COUNT(column); i++)
		column[i] = where_column(w, alias, k->column[field->column[i]].name);
	if (k->column[field->column[0]].untyped && how != HAS) {
		untyped_condition(w, q, column[0], how, text);
		return true;
	}
	if (field->form == FIELD_PLAIN)
		return where_plain(w, q, field, column[0], how, text, f);
	const struct kind *target = record_kind(w, field->target, f);
	return target != NULL &&
	       where_reference(w, q, target, column, field->ncolumn, how, text, f);
}
