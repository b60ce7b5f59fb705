/* SPDX-License-Identifier: MIT */
/* Values as documents print them: by a filter, else by the declared type of their column. */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include "report/sql.h"
#include "report/template/template.h"

bool filter_parse(const char *name, size_t n, enum filter *out)
{
	static const char *const names[] = { [FILTER_DATE] = "date",
		[FILTER_MONEY] = "money",
		[FILTER_PERCENT] = "percent",
		[FILTER_NUMBER] = "number",
		[FILTER_MARKDOWN] = "markdown",
		[FILTER_WORDS] = "words",
		[FILTER_PLAIN] = "plain" };

	for (size_t i = FILTER_DATE; i < COUNT(names); i++)
		if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
			*out = (enum filter)i;
			return true;
		}
	return false;
}

/* ---------- dates and times ---------- */

static void add_day(const struct run *run, struct buf *out, day_t day)
{
	char iso[11];

	if (run->iso_dates)
		buf_adds(out, day_format(day, iso));
	else
		day_add_long(out, day);
}

/* A stored date, or a stored time shown by the UK clock. */
static bool add_moment(const struct run *run, const char *text, struct buf *out)
{
	struct fault ignored = { 0 };
	int64_t at;
	bool timed;
	int second;

	if (strlen(text) < 10 || !moment_parse(text, ORDER_YMD, 0, &at, &timed, &ignored))
		return false;
	add_day(run, out, zone_day(at, &second));
	if (timed)
		buf_addf(out, ", %02d:%02d", second / 3600, second / 60 % 60);
	return true;
}

/* A stored month, "2008-04", as documents have it: April 2008. */
static bool add_month(const struct run *run, const char *text, struct buf *out)
{
	struct fault ignored = { 0 };
	struct buf words = { 0 };
	char iso[11];
	day_t day;

	if (run->iso_dates || strlen(text) != 7)
		return false;
	snprintf(iso, sizeof iso, "%s-01", text);
	if (!day_parse(iso, ORDER_YMD, 0, &day, &ignored))
		return false;
	day_add_long(&words, day);
	buf_adds(out, buf_text(&words) + strlen("1 "));
	buf_free(&words);
	return true;
}

/* Days that stand within a text, such as "Due 2026-11-30". */
static void add_days(const struct run *run, const char *text, struct buf *out)
{
	struct fault ignored = { 0 };
	char iso[11];
	day_t day;

	for (const char *p = text; *p != '\0'; p++) {
		snprintf(iso, sizeof iso, "%.10s", p);
		if (strspn(p, "0123456789-") == 10 && p[10] != '/' &&
		        (p == text || strchr(" \n(", p[-1]) != NULL) &&
		        day_parse(iso, ORDER_YMD, 0, &day, &ignored)) {
			add_day(run, out, day);
			p += 9;
		} else {
			buf_addc(out, *p);
		}
	}
}

/* ---------- numbers ---------- */

static void add_grouped(struct buf *out, const char *digits)
{
	size_t whole = strspn(digits + (*digits == '-'), "0123456789");

	if (*digits == '-')
		buf_addc(out, *digits++);
	for (size_t i = 0; digits[i] != '\0'; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, digits[i]);
	}
}

static double as_real(const struct value *v)
{
	struct fault ignored = { 0 };
	double real;

	if (v->type == 'i')
		return (double)v->number;
	if (v->type == 'r')
		return v->real;
	return v->type == 't' && number_parse_real(v->text, &real, &ignored) ? real : NAN;
}

/* Whole percents, but what is there is never shown as none, nor what is missing as all. */
static void add_percent(struct buf *out, double share)
{
	if (share > 0 && share < 0.5)
		buf_adds(out, "under 1%");
	else if (share > 99.5 && share < 100)
		buf_adds(out, "over 99%");
	else
		buf_addf(out, "%.0f%%", floor(share + 0.5));
}

/* ---------- words ---------- */

static bool read_words(struct run *run, struct fault *f)
{
	struct input *in = run->place->words == NULL
	                           ? NULL
	                           : input_open(run->place->words,
	                                     &(struct input_options){ .format = INPUT_YAML }, f);
	struct node *root, *list;

	if (run->place->words == NULL)
		return fault_set(f, STATUS_CONFIG, "the words for shares are not installed");
	if (in == NULL)
		return false;
	root = yaml_read(in, run->arena, f);
	list = root == NULL ? NULL : node_get(root, "words");
	if (list != NULL && list->kind == NODE_LIST && list->n > 0) {
		run->word = arena_alloc(run->arena, list->n * sizeof *run->word);
		for (size_t i = 0; i < list->n; i++) {
			const char *least = node_text(list->item[i], "least");
			const char *words = node_text(list->item[i], "words");
			struct words *w = &run->word[run->nword];

			if (least != NULL && words != NULL &&
			        number_parse_real(least, &w->least, f)) {
				w->words = words;
				run->nword++;
			}
		}
	}
	input_close(in, f);
	if (run->nword == 0)
		return fault_set(
		        f, STATUS_CONFIG, "%s holds no words for shares", quote(run->place->words));
	return true;
}

static bool add_words(struct run *run, double share, struct buf *out, struct fault *f)
{
	if (isnan(share))
		return true;
	if (run->nword == 0 && !read_words(run, f))
		return false;
	for (size_t i = 0; i < run->nword; i++)
		if (share >= run->word[i].least) {
			buf_adds(out, run->word[i].words);
			return true;
		}
	buf_adds(out, run->word[run->nword - 1].words);
	return true;
}

/* ---------- the glossary ---------- */

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Every whole word of the text that is the term, in any case of letters, becomes its wording. What
 * has been put in is fenced by a control character so that no later term is found within it. */
static void replace_term(struct buf *text, const char *term, const char *wording)
{
	struct buf out = { 0 };
	size_t n = strlen(term), at = 0;
	bool fenced = false;

	while (n > 0 && at < text->n) {
		const char *p = text->p + at;

		fenced = fenced != (*p == '\x02');
		if (!fenced && text->n - at >= n && strncasecmp(p, term, n) == 0 &&
		        (at == 0 || !is_letter(p[-1])) && (at + n == text->n || !is_letter(p[n]))) {
			buf_addf(&out, "\x02%s\x02", wording);
			at += n;
		} else {
			buf_addc(&out, *p);
			at++;
		}
	}
	buf_clear(text);
	buf_add(text, buf_text(&out), out.n);
	buf_free(&out);
}

/* The terms for the report's audience, read once. */
static bool read_terms(struct run *run, const struct frame *frame, struct fault *f)
{
	struct query *q = store_query(run->store, &report_statements, SQL_GLOSSARY, f);
	const char *audience = NULL;
	struct term *grown = NULL;
	size_t cap = 0;
	int step;

	if (q == NULL)
		return false;
	frame_find(run, frame, "audience", &audience);
	query_bind_text(q, 1, audience);
	while ((step = query_step(q, f)) > 0) {
		grown = mem_grow(grown, &cap, run->nterm + 1, sizeof *grown);
		grown[run->nterm++] = (struct term){ arena_strdup(run->arena, query_text(q, 0)),
			arena_strdup(run->arena, query_text(q, 1)) };
	}
	query_done(q);
	run->term = arena_alloc(run->arena, (run->nterm + 1) * sizeof *run->term);
	if (run->nterm > 0)
		memcpy(run->term, grown, run->nterm * sizeof *run->term);
	mem_free(grown);
	return step == 0;
}

static bool add_plain(struct run *run, const struct frame *frame, const char *words,
        struct buf *out, struct fault *f)
{
	struct buf text = { 0 };

	if (run->term == NULL && !read_terms(run, frame, f))
		return false;
	buf_adds(&text, words);
	for (size_t i = 0; i < run->nterm; i++)
		replace_term(&text, run->term[i].from, run->term[i].to);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\x02')
			buf_addc(out, text.p[i]);
	buf_free(&text);
	return true;
}

/* ---------- a value ---------- */

static void add_by_type(
        struct run *run, const struct value *v, const char *decltype, struct buf *out)
{
	const char *second = decltype == NULL ? NULL : strchr(decltype, ' ');

	second = second == NULL ? "" : second + 1;
	if (strcmp(second, "PENCE") == 0 && v->type == 'i')
		number_add_money(out, v->number, true);
	else if (strcmp(second, "PERCENT") == 0 && v->type == 'i')
		buf_addf(out, "%s%%", v->text);
	else if (strcmp(second, "BOOL") == 0 && v->type == 'i')
		buf_adds(out, v->number != 0 ? "yes" : "no");
	else if (v->type == 'r' && floor(v->real) == v->real && fabs(v->real) < 1e15)
		buf_addf(out, "%.0f", v->real);
	else if ((strcmp(second, "DATE") != 0 && strcmp(second, "TIME") != 0 &&
	                 strcmp(second, "MOMENT") != 0) ||
	         !add_moment(run, v->text, out))
		buf_adds(out, v->text);
}

bool value_add(struct run *run, const struct frame *frame, const struct value *v,
        const char *decltype, enum filter filter, struct buf *out, struct fault *f)
{
	double real = as_real(v);

	if (v->type == 'n')
		return true;
	if (v->type == 'b')
		return fault_set(f, STATUS_CONFIG, "the query gives bytes, no text");
	switch (filter) {
	case FILTER_DATE:
		if (!add_month(run, v->text, out) && !add_moment(run, v->text, out))
			add_days(run, v->text, out);
		return true;
	case FILTER_MONEY:
		if (isnan(real))
			return fault_set(f, STATUS_CONFIG, "money takes a number of pence, not %s",
			        quote(v->text));
		number_add_money(out, (int64_t)llround(real), true);
		return true;
	case FILTER_PERCENT:
		if (isnan(real))
			buf_adds(out, v->text);
		else
			add_percent(out, real);
		return true;
	case FILTER_NUMBER:
		add_grouped(out, v->text);
		return true;
	case FILTER_WORDS:
		return add_words(run, real, out, f);
	case FILTER_PLAIN:
		return add_plain(run, frame, v->text, out, f);
	case FILTER_MARKDOWN:
		buf_adds(out, v->text);
		return true;
	case FILTER_NONE:
		break;
	}
	add_by_type(run, v, decltype, out);
	return true;
}
