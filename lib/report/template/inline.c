/* SPDX-License-Identifier: MIT */
/* {{ }} in running text: parameters, values and what a query finds, with their filters. */
#include <ctype.h>
#include <string.h>
#include "report/template/template.h"

const char *expression_end(const char *p, const char *end)
{
	char quoted = '\0';

	for (; p + 1 < end; p++) {
		if (quoted != '\0')
			quoted = *p == quoted ? '\0' : quoted;
		else if (*p == '\'' || *p == '"')
			quoted = *p;
		else if (p[0] == '}' && p[1] == '}')
			return p;
	}
	return NULL;
}

/* The last | outside quotation marks, NULL where there is none. A double one joins texts and is SQL. */
static char *last_bar(char *expression)
{
	char quoted = '\0', *bar = NULL;

	for (char *p = expression; *p != '\0'; p++) {
		if (quoted != '\0')
			quoted = *p == quoted ? '\0' : quoted;
		else if (*p == '\'' || *p == '"')
			quoted = *p;
		else if (*p == '|')
			bar = p;
	}
	return bar != NULL && bar > expression && bar[-1] == '|' ? NULL : bar;
}

/* Cuts a filter off the end, where its name and nothing else follows a bar. */
static enum filter cut_filter(char *expression)
{
	enum filter filter = FILTER_NONE;
	char *bar = last_bar(expression);

	if (bar == NULL)
		return FILTER_NONE;
	char *name = str_trim(bar + 1);
	if (!filter_parse(name, strlen(name), &filter))
		return FILTER_NONE;
	*bar = '\0';
	return filter;
}

bool expression_is_word(const char *text)
{
	if (isdigit((unsigned char)*text) || *text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text) && *text != '_')
			return false;
	return true;
}

/* SQL has a bar too, so that a filter misspelt is known only by the query's failing. */
static void hint_filter(char *expression, struct fault *f)
{
	char *bar = last_bar(expression);

	if (bar != NULL && expression_is_word(str_trim(bar + 1)))
		fault_hint(
		        f, "filters are date, money, percent, number, words, plain and markdown");
}

/* A bare word: a column of the row, else a parameter. */
static bool look_up(struct run *run, const struct frame *frame, const char *name,
        struct value *value, const char **decltype, struct fault *f)
{
	const struct rows *rows = frame->rows;

	for (size_t i = 0; rows != NULL && i < rows->ncolumn; i++)
		if (strcasecmp(rows->name[i], name) == 0) {
			*value = *rows_cell(rows, frame->row, i);
			*decltype = rows->decltype[i];
			return true;
		}
	const struct pair *pair = frame_pair(run, frame, name);
	if (pair == NULL)
		return fault_set(f, STATUS_CONFIG,
		        "%s is neither a column nor a parameter; a query begins with SELECT",
		        quote(name));
	*decltype = pair->date ? "TEXT DATE" : NULL;
	value->text = pair->value;
	value->type = value->text == NULL ? 'n' : 't';
	return true;
}

static bool ask(struct run *run, const struct frame *frame, const char *sql, long line,
        struct value *value, const char **decltype, struct fault *f)
{
	struct rows rows;

	if (!rows_read(run, frame, sql, strlen(sql), line, &rows, f))
		return false;
	if (rows.ncolumn != 1)
		return fault_set(
		        f, STATUS_CONFIG, "the query gives %zu columns; ask for one", rows.ncolumn);
	if (rows.nrow > 1)
		return fault_set(f, STATUS_CONFIG,
		        "the query gives more than one row; ask for one value, or write a list");
	*decltype = rows.decltype[0];
	if (rows.nrow == 0)
		*value = (struct value){ .type = 'n' };
	else
		*value = rows.cell[0];
	return true;
}

/* Escaped, but a blank at either end stays: ' to ' is a way to write what stands between two values. */
static void add_running(struct buf *out, const char *words, size_t n)
{
	if (n > 0 && words[0] == ' ')
		buf_addc(out, ' ');
	markdown_add_escaped(out, words, false);
	if (n > 1 && words[n - 1] == ' ')
		buf_addc(out, ' ');
}

static bool expand_one(struct run *run, const struct frame *frame, const char *text, size_t n,
        long line, bool plain, struct buf *out, struct fault *f)
{
	char *expression = arena_strndup(run->arena, text, n);
	struct value value = { 0 };
	struct buf words = { 0 };
	const char *decltype = NULL;
	enum filter filter = cut_filter(expression);
	bool ok;

	expression = str_trim(expression);
	bool word = expression_is_word(expression);
	if (word)
		ok = look_up(run, frame, expression, &value, &decltype, f);
	else
		ok = ask(run, frame, expression, line, &value, &decltype, f);
	if (!ok && !word && filter == FILTER_NONE)
		hint_filter(expression, f);
	ok = ok && value_add(run, frame, &value, decltype, filter, &words, f);
	if (ok && !word)
		figure_add(run, frame, line, "value", NULL, buf_text(&words), value.type != 'n',
		        expression, strlen(expression));
	if (ok && plain)
		buf_add(out, buf_text(&words), words.n);
	else if (ok && filter == FILTER_MARKDOWN)
		markdown_add_sanitised(out, buf_text(&words));
	else if (ok)
		add_running(out, buf_text(&words), words.n);
	buf_free(&words);
	return ok || template_fault(frame, line, f);
}

static long lines_in(const char *from, const char *to)
{
	long n = 0;

	while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
		n++;
		from++;
	}
	return n;
}

/* The next "{{"; memchr finds the first of the two faster than memmem both. */
static const char *find_open(const char *p, const char *end)
{
	while ((p = memchr(p, '{', (size_t)(end - p))) != NULL && p + 1 < end)
		if (*++p == '{')
			return p - 1;
	return NULL;
}

bool expand_inline(struct run *run, const struct frame *frame, const char *text, size_t n,
        long line, bool plain, struct buf *out, struct fault *f)
{
	const char *p = text, *end = text + n, *open, *close;

	while ((open = find_open(p, end)) != NULL) {
		line += lines_in(p, open);
		if (open > text && open[-1] == '\\') {
			buf_add(out, p, (size_t)(open - 1 - p));
			buf_adds(out, plain ? "{{" : "\\{\\{");
			p = open + 2;
			continue;
		}
		buf_add(out, p, (size_t)(open - p));
		close = expression_end(open + 2, end);
		if (close == NULL) {
			fault_set(f, STATUS_CONFIG, "{{ is not closed; write }} after the query");
			return template_fault(frame, line, f);
		}
		if (!expand_one(
		            run, frame, open + 2, (size_t)(close - open - 2), line, plain, out, f))
			return false;
		if (out->n > OUTPUT_MAX) {
			fault_set(f, STATUS_CONFIG, "the report grows beyond %d MB; ask for less",
			        OUTPUT_MAX >> 20);
			return template_fault(frame, line, f);
		}
		line += lines_in(open, close);
		p = close + 2;
	}
	buf_add(out, p, (size_t)(end - p));
	return true;
}
