/* SPDX-License-Identifier: MIT */
/* A template's text: fenced blocks run, {{ }} filled in, the rest as it stands. */
#include <ctype.h>
#include <string.h>
#include "report/template/template.h"

/* ---------- {{ }} ---------- */

/* The end of the expression that begins at p: its "}}" outside quotation marks; NULL: none. */
static const char *expression_end(const char *p, const char *end)
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

static bool is_word(const char *text)
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

	if (bar != NULL && is_word(str_trim(bar + 1)))
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
	bool word = is_word(expression);
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

/* ---------- blocks ---------- */

struct lines {
	const char *p, *end; /* what is left */
	long line;
};
struct line {
	const char *p;
	size_t n;
	long number;
};

static bool next_line(struct lines *lines, struct line *out)
{
	if (lines->p >= lines->end)
		return false;
	const char *stop = memchr(lines->p, '\n', (size_t)(lines->end - lines->p));
	stop = stop == NULL ? lines->end : stop;
	*out = (struct line){ lines->p, (size_t)(stop - lines->p), lines->line++ };
	lines->p = stop < lines->end ? stop + 1 : stop;
	return true;
}

/* The backticks that open or close a fence (0: none), and what follows them. */
static size_t fence_of(const struct line *line, struct line *info)
{
	size_t from = 0, i;

	while (from < line->n && from < 3 && line->p[from] == ' ')
		from++;
	for (i = from; i < line->n && line->p[i] == '`'; i++)
		;
	if (i - from < 3)
		return 0;
	size_t ticks = i - from;
	while (i < line->n && line->p[i] == ' ')
		i++;
	*info = (struct line){ line->p + i, line->n - i, line->number };
	while (info->n > 0 && strchr(" \t", info->p[info->n - 1]) != NULL)
		info->n--;
	return ticks;
}

static bool word_is(const struct line *info, const char *word)
{
	size_t n = strlen(word);

	return info->n >= n && memcmp(info->p, word, n) == 0 &&
	       (info->n == n || info->p[n] == ' ' || info->p[n] == '\t');
}

/* Reads NAME=VALUE and NAME="VALUE" words into the arena. */
static bool read_attributes(struct run *run, const struct frame *frame, const struct line *info,
        const char *p, struct pair **out, size_t *n, struct fault *f)
{
	const char *end = info->p + info->n;
	struct pair *pairs = arena_alloc(run->arena, (info->n / 2 + 1) * sizeof *pairs);

	*n = 0;
	while (p < end) {
		const char *name = p, *value;

		if (*p == ' ' || *p == '\t') {
			p++;
			continue;
		}
		while (p < end && (isalnum((unsigned char)*p) || *p == '_'))
			p++;
		if (p == name || p == end || *p != '=') {
			fault_set(f, STATUS_CONFIG, "%s is no NAME=VALUE",
			        quote(arena_strndup(run->arena, name, strcspn(name, " \n"))));
			return template_fault(frame, info->number, f);
		}
		pairs[*n].name = arena_strndup(run->arena, name, (size_t)(p - name));
		value = ++p;
		char close = p < end && *p == '"' ? '"' : '\0';
		if (close != '\0') {
			value = ++p;
			while (p < end && *p != close)
				p++;
			if (p == end) {
				fault_set(f, STATUS_CONFIG,
				        "the quotation mark after %s= is not closed",
				        pairs[*n].name);
				return template_fault(frame, info->number, f);
			}
		} else {
			while (p < end && *p != ' ' && *p != '\t') {
				/* A bare {{column}} may hold blanks. */
				const char *skip = p + 1 < end && p[0] == '{' && p[1] == '{'
				                           ? expression_end(p + 2, end)
				                           : NULL;
				p = skip != NULL ? skip + 2 : p + 1;
			}
		}
		pairs[(*n)++].value = arena_strndup(run->arena, value, (size_t)(p - value));
		p += close != '\0';
	}
	*out = pairs;
	return true;
}

void block_break(struct buf *md)
{
	while (md->n > 0 && (md->p[md->n - 1] == '\n' || md->p[md->n - 1] == ' '))
		md->p[--md->n] = '\0';
	if (md->n > 0)
		buf_adds(md, "\n\n");
}

static bool run_block(struct run *run, const struct frame *frame, const struct line *info,
        const char *body, size_t n, struct fault *f)
{
	struct block block = { .line = info->number, .sql = body, .nsql = n };
	const char *p = info->p + 3, *end = info->p + info->n, *kind;
	struct lines lines = { body, body + n, info->number + 1 };
	struct line line;

	while (p < end && *p == ' ')
		p++;
	kind = p;
	while (p < end && *p != ' ')
		p++;
	block.kind = arena_strndup(run->arena, kind, (size_t)(p - kind));
	if (!read_attributes(run, frame, info, p, &block.attribute, &block.nattribute, f))
		return false;
	while ((strcmp(block.kind, "each") == 0 || strcmp(block.kind, "if") == 0) &&
	        block.rest == NULL && next_line(&lines, &line))
		if (line.n == 3 && memcmp(line.p, "---", 3) == 0) {
			block.nsql = (size_t)(line.p - body);
			block.rest = lines.p;
			block.nrest = (size_t)(body + n - lines.p);
			block.rest_line = lines.line;
		}
	return block_run(run, frame, &block, f);
}

static bool run_include(
        struct run *run, const struct frame *frame, const struct line *info, struct fault *f)
{
	const char *p = info->p + 7, *end = info->p + info->n, *name;
	struct template *t = arena_alloc(run->arena, sizeof *t);
	struct pair *given;
	size_t n, len;

	while (p < end && *p == ' ')
		p++;
	for (name = p; p < end && *p != ' ';)
		p++;
	len = (size_t)(p - name);
	if (!read_attributes(run, frame, info, p, &given, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct buf value = { 0 };
		const char *found;

		if (given[i].value[0] == ':' && is_word(given[i].value + 1)) {
			if (!frame_find(run, frame, given[i].value + 1, &found)) {
				fault_set(f, STATUS_CONFIG, "'%s' is no parameter", given[i].value);
				return template_fault(frame, info->number, f);
			}
			given[i].value = found;
			continue;
		}
		if (!expand_inline(run, frame, given[i].value, strlen(given[i].value), info->number,
		            true, &value, f)) {
			buf_free(&value);
			return false;
		}
		given[i].value = arena_strdup(run->arena, buf_text(&value));
		buf_free(&value);
	}
	char *file = arena_strndup(run->arena, name, len);
	if (len == 0 || strchr(file, '/') != NULL || file[0] == '.') {
		fault_set(f, STATUS_CONFIG,
		        "%s is no template; includes are named, without a folder", quote(file));
		return template_fault(frame, info->number, f);
	}
	if (frame->depth + 1 > DEPTH_MAX) {
		fault_set(f, STATUS_CONFIG, "includes go deeper than %d; does %s include itself",
		        DEPTH_MAX, quote(file));
		return template_fault(frame, info->number, f);
	}
	const char *path =
	        run->folder == NULL ? NULL : arena_printf(run->arena, "%s/%s", run->folder, file);
	struct fault none = { 0 };
	if (path == NULL || !template_read(t, path, run->arena, &none)) {
		path = report_find(run->place, file, run->arena, f);
		if (path == NULL) {
			f->status = STATUS_CONFIG;
			return template_fault(frame, info->number, f);
		}
		if (!template_read(t, path, run->arena, f))
			return false;
	} else if (none.status != STATUS_OK) {
		*f = none;
		return false;
	}
	block_break(run->md);
	struct fault bad = { 0 };
	bool ok = expand_template(run, t, given, n, frame->depth + 1, &bad);
	if (!ok) {
		*f = bad;
		return template_fault(frame, info->number, f);
	}
	block_break(run->md);
	return true;
}

/* The text between a fence and its end; *body and *n. False: it does not end. */
static bool read_fence(struct lines *lines, size_t ticks, const char **body, size_t *n)
{
	struct line line, info;
	bool inner = false;

	*body = lines->p;
	while (next_line(lines, &line)) {
		size_t found = fence_of(&line, &info);

		/* An include within the Markdown of an each brings its own closing fence. */
		if (found > 0 && (word_is(&info, "include") || word_is(&info, "logo"))) {
			inner = true;
		} else if (found > 0 && info.n == 0) {
			if (!inner && found >= ticks) {
				*n = (size_t)(line.p - *body);
				return true;
			}
			inner = false;
		}
	}
	*n = (size_t)(lines->end - *body);
	return false;
}

static size_t info_word(const struct line *info)
{
	size_t n = 0;

	while (n < info->n && info->p[n] != ' ')
		n++;
	return n;
}

bool expand_body(struct run *run, const struct frame *frame, const char *text, size_t n, long at,
        struct fault *f)
{
	struct lines lines = { text, text + n, at };
	struct line line, info = { 0 };
	const char *prose = text, *body;
	long prose_line = at;
	size_t size;

	while (next_line(&lines, &line)) {
		size_t ticks = fence_of(&line, &info);
		bool sql = ticks > 0 && word_is(&info, "sql"),
		     include = ticks > 0 && word_is(&info, "include"),
		     logo = ticks > 0 && info.n == 4 && word_is(&info, "logo");

		if (ticks == 0)
			continue;
		if (!expand_inline(run, frame, prose, (size_t)(line.p - prose), prose_line, false,
		            run->md, f))
			return false;
		bool ended = read_fence(&lines, ticks, &body, &size);
		if (sql || include || logo) {
			if (!ended) {
				fault_set(f, STATUS_CONFIG,
				        "the block does not end; close it with ```");
				return template_fault(frame, info.number, f);
			}
			/* It stands before everything, wherever it is asked for. */
			run->wants_logo = run->wants_logo || logo;
			if ((sql && !run_block(run, frame, &info, body, size, f)) ||
			        (include && !run_include(run, frame, &info, f)))
				return false;
		} else if (block_is_kind(info.p, info_word(&info))) {
			fault_set(f, STATUS_CONFIG, "a block of SQL begins with ```sql %.*s",
			        (int)info_word(&info), info.p);
			return template_fault(frame, info.number, f);
		} else {
			buf_add(run->md, line.p, (size_t)(lines.p - line.p));
		}
		prose = lines.p;
		prose_line = lines.line;
	}
	return expand_inline(
	        run, frame, prose, (size_t)(text + n - prose), prose_line, false, run->md, f);
}
