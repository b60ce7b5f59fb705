/* SPDX-License-Identifier: MIT */
/* The SQL functions that views use: the day and time a command is run for, settings, working days,
 * the partnerships in scope, the natural order of refs and the folding of texts. */
#include "store/internal.h"
#include "schema/schema.h"

#include <setjmp.h>
#include <string.h>

typedef void sql_function(sqlite3_context *, int, sqlite3_value **);
struct function {
	struct store *store;
	sql_function *run;
};

static struct store *store_of(sqlite3_context *context)
{
	return ((const struct function *)sqlite3_user_data(context))->store;
}

/* Settings and calendars read while one statement runs. Forgotten when the next begins, since another
 * program may have changed them in between. */
struct function_cache {
	struct arena *arena;
	struct cached {
		const char *partnership, *name; /* name NULL: the calendar */
		const char *value;
		struct calendar calendar;
	} * item;
	size_t n, cap;
	int64_t changes;
	struct buf order; /* of sql_natural, which is asked for every row */
};

static struct function_cache *cache_of(struct store *s)
{
	if (s->cache == NULL) {
		s->cache = mem_zalloc(sizeof *s->cache);
		s->cache->arena = arena_new();
	}
	int64_t changes = sqlite3_total_changes64(s->db);
	if (changes != s->cache->changes)
		function_cache_expire(s);
	s->cache->changes = changes;
	return s->cache;
}

void function_cache_expire(struct store *s)
{
	if (s->cache == NULL || s->cache->n == 0)
		return;
	arena_reset(s->cache->arena);
	s->cache->n = 0;
}

void function_cache_free(struct store *s)
{
	if (s->cache == NULL)
		return;
	arena_free(s->cache->arena);
	mem_free(s->cache->item);
	buf_free(&s->cache->order);
	mem_free(s->cache);
	s->cache = NULL;
}

static struct cached *cache_find(
        struct function_cache *c, const char *partnership, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->item[i].partnership, partnership) == 0 &&
		        str_equal(c->item[i].name, name))
			return &c->item[i];
	return NULL;
}

static struct cached *cache_add(struct function_cache *c, const char *partnership, const char *name)
{
	c->item = mem_grow(c->item, &c->cap, c->n + 1, sizeof *c->item);
	struct cached *item = &c->item[c->n++];
	*item = (struct cached){ .partnership = arena_strdup(c->arena, partnership),
		.name = arena_strdup(c->arena, name) };
	return item;
}

/* ---------- settings ---------- */

static const char *setting(struct store *s, const char *partnership, const char *name)
{
	struct function_cache *c = cache_of(s);
	struct cached *item = cache_find(c, partnership, name);
	if (item != NULL)
		return item->value;
	struct fault none = { 0 };
	const char *value = NULL;
	struct query *q = store_own(s, SQL_SETTING, &none);
	if (q != NULL) {
		query_bind_text(q, 1, partnership);
		query_bind_text(q, 2, name);
		if (query_step(q, &none) == 1)
			value = arena_strdup(c->arena, query_text(q, 0));
		query_done(q);
	}
	cache_add(c, partnership, name)->value = value;
	return value;
}

static const char *argument(sqlite3_value *v)
{
	const char *text = value_text(v);
	return text != NULL ? text : "";
}

static void sql_setting(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	const char *text = setting(store_of(context), argument(value[1]), argument(value[0]));
	if (text == NULL)
		sqlite3_result_null(context);
	else
		sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* ---------- counts in sentences ---------- */

/* A count as an audience may see it: a small one gives way to its symbol for the public. */
static void sql_shown(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	struct store *s = store_of(context);
	const char *partnership = argument(value[2]);
	const char *zero = setting(s, partnership, "small_zero");
	const char *least = setting(s, partnership, "small_threshold");
	const char *symbol = setting(s, partnership, "small_symbol");
	struct fault none = { 0 };
	int64_t threshold = 5, count = sqlite3_value_int64(value[0]);

	if (least != NULL)
		number_parse(least, 0, 1000, &threshold, &none);
	if (sqlite3_value_type(value[0]) == SQLITE_NULL ||
	        strcmp(argument(value[1]), "public") != 0 ||
	        count < (str_equal(zero, "hidden") ? 0 : 1) || count >= threshold) {
		sqlite3_result_value(context, value[0]);
		return;
	}
	struct buf text = { 0 };
	for (const char *p = symbol != NULL ? symbol : "<N"; *p != '\0'; p++)
		if (*p == 'N')
			buf_addf(&text, "%lld", (long long)threshold);
		else
			buf_addc(&text, *p);
	sqlite3_result_text(context, buf_text(&text), (int)text.n, SQLITE_TRANSIENT);
	buf_free(&text);
}

/* "1 notice", "2 notices", "no notices", and "fewer than 5 notices" for "<5": words for a sentence. */
static void sql_counted(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	const char *count = value_text(value[0]);
	if (count == NULL) {
		sqlite3_result_null(context);
		return;
	}
	struct buf text = { 0 };
	if (count[0] == '<' && count[1] >= '0' && count[1] <= '9')
		buf_addf(&text, "fewer than %s", count + 1);
	else
		buf_adds(&text, strcmp(count, "0") == 0 ? "no" : count);
	buf_addf(&text, " %s", argument(value[strcmp(count, "1") == 0 ? 1 : 2]));
	sqlite3_result_text(context, buf_text(&text), (int)text.n, SQLITE_TRANSIENT);
	buf_free(&text);
}

/* ---------- working days ---------- */

static void add_days(
        struct store *s, enum store_sql id, const char *of, day_t **day, size_t *n, size_t *cap)
{
	struct fault none = { 0 };
	struct query *q = store_own(s, id, &none);
	if (q == NULL)
		return;
	query_bind_text(q, 1, of);
	while (query_step(q, &none) == 1) {
		day_t one;
		int year, month, date;
		if (query_text(q, 0) == NULL ||
		        sscanf(query_text(q, 0), "%4d-%2d-%2d", &year, &month, &date) != 3 ||
		        !day_make(year, month, date, &one))
			continue;
		*day = mem_grow(*day, cap, *n + 1, sizeof **day);
		(*day)[(*n)++] = one;
	}
	query_done(q);
}

static const struct calendar *calendar(struct store *s, const char *partnership)
{
	const char *division = setting(s, partnership, "holiday_division");
	struct function_cache *c = cache_of(s);
	struct cached *item = cache_find(c, partnership, NULL);
	if (item != NULL)
		return &item->calendar;
	day_t *day = NULL;
	size_t n = 0, cap = 0;
	int last_year = 0;
	add_days(s, SQL_HOLIDAYS, division != NULL ? division : "", &day, &n, &cap);
	for (size_t i = 0; i < n; i++) {
		int year, month, date;
		day_split(day[i], &year, &month, &date);
		last_year = year > last_year ? year : last_year;
	}
	add_days(s, SQL_CLOSED_DAYS, partnership, &day, &n, &cap);
	day_t *off = arena_alloc(c->arena, (n + 1) * sizeof *off);
	if (n > 0)
		memcpy(off, day, n * sizeof *off);
	mem_free(day);
	item = cache_add(c, partnership, NULL);
	calendar_make(&item->calendar, off, n, last_year);
	return &item->calendar;
}

/* The day of a date or time as stored. */
static bool day_of(sqlite3_value *value, day_t *out)
{
	const char *text = value_text(value);
	*out = text != NULL ? zone_day_stored(text) : DAY_NONE;
	return *out != DAY_NONE;
}

static void sql_day_of(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	day_t day;
	char text[11];
	if (day_of(value[0], &day))
		sqlite3_result_text(context, day_format(day, text), -1, SQLITE_TRANSIENT);
	else
		sqlite3_result_null(context);
}

static void sql_working_days(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	day_t start, finish;
	if (!day_of(value[0], &start) || !day_of(value[1], &finish)) {
		sqlite3_result_null(context);
		return;
	}
	const struct calendar *c = calendar(store_of(context), argument(value[2]));
	sqlite3_result_int(context, calendar_between(c, start, finish));
}

/* ---------- the rest ---------- */

static void sql_now(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	(void)value;
	const struct store *s = store_of(context);
	char text[21];
	if (s->now == TIME_NONE)
		sqlite3_result_error(context, "the time is not known here", -1);
	else
		sqlite3_result_text(context, time_format(s->now, text), -1, SQLITE_TRANSIENT);
}

static void sql_today(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	(void)value;
	const struct store *s = store_of(context);
	char text[11];
	int second;
	if (s->now == TIME_NONE)
		sqlite3_result_error(context, "today's date is not known here", -1);
	else
		sqlite3_result_text(
		        context, day_format(zone_day(s->now, &second), text), -1, SQLITE_TRANSIENT);
}

static void sql_in_scope(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	const struct store *s = store_of(context);
	sqlite3_result_int(
	        context, s->partnership == NULL || strcmp(s->partnership, argument(value[0])) == 0);
}

/* The partnership itself, which scope.c puts in place of the question; never asked for all of them. */
static void sql_scope(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	(void)value;
	const struct store *s = store_of(context);
	sqlite3_result_text(context, s->partnership, -1, SQLITE_TRANSIENT);
}

/* A text in the order of refs; what is a number to SQLite sorts as one. */
static void sql_natural(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	struct buf *order = &cache_of(store_of(context))->order;
	const char *text = value_text(value[0]);
	if (text == NULL || sqlite3_value_type(value[0]) != SQLITE_TEXT) {
		sqlite3_result_value(context, value[0]);
		return;
	}
	buf_clear(order);
	text_add_order(order, text);
	sqlite3_result_text(context, order->p, (int)order->n, SQLITE_TRANSIENT);
}

/* What texts are compared by: case and composition make no difference. */
static void sql_fold(sqlite3_context *context, int n, sqlite3_value **value)
{
	(void)n;
	const char *text = value_text(value[0]);
	if (text == NULL) {
		sqlite3_result_null(context);
		return;
	}
	struct arena *a = arena_new();
	sqlite3_result_text(context, text_fold(a, text), -1, SQLITE_TRANSIENT);
	arena_free(a);
}

/* ---------- how SQLite calls them ---------- */

/* SQLite must not be called, nor the program ended, while it is under way: its journal would stay behind. So where
 * memory runs out here, the function is left, SQLite gives up the statement, and then the program hears of it. */
static jmp_buf *way_out;

static void leave(void)
{
	longjmp(*way_out, 1);
}

static void call(sqlite3_context *context, int n, sqlite3_value **value)
{
	const struct function *function = sqlite3_user_data(context);
	struct store *s = function->store;
	void (*const handler)(void) = base_oom_handler;
	jmp_buf *const outer = way_out;
	const int within = s->within, trusted = s->trusted;
	jmp_buf here;
	if (setjmp(here) == 0) {
		way_out = &here;
		base_oom_handler = leave;
		function->run(context, n, value);
	} else {
		s->within = within;
		s->trusted = trusted;
		sqlite3_result_error_nomem(context);
	}
	way_out = outer;
	base_oom_handler = handler;
}

void store_functions(struct store *s)
{
	static const struct {
		const char *name;
		int n;
		bool constant; /* the same arguments give the same result as long as the store is open */
		sql_function *run;
	} all[] = {
		{ "now", 0, true, sql_now },
		{ "today", 0, true, sql_today },
		{ "setting", 2, false, sql_setting },
		{ "shown", 3, false, sql_shown },
		{ "counted", 3, true, sql_counted },
		{ "day_of", 1, true, sql_day_of },
		{ "working_days", 3, false, sql_working_days },
		{ "in_scope", 1, true, sql_in_scope },
		{ "scope", 0, true, sql_scope },
		{ "natural", 1, true, sql_natural },
		{ "fold", 1, true, sql_fold },
	};
	for (size_t i = 0; i < COUNT(all); i++) {
		struct function *function = mem_alloc(sizeof *function);
		*function = (struct function){ .store = s, .run = all[i].run };
		sqlite3_create_function_v2(s->db, all[i].name, all[i].n,
		        SQLITE_UTF8 | SQLITE_INNOCUOUS |
		                (all[i].constant ? SQLITE_DETERMINISTIC : 0),
		        function, call, NULL, NULL, mem_free);
	}
}
