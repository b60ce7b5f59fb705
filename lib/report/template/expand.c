/* SPDX-License-Identifier: MIT */
/* A template's text: fenced blocks run, {{ }} filled in, the rest as it stands. */
#include <ctype.h>
#include <string.h>
#include "report/template/template.h"

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

		if (given[i].value[0] == ':' && expression_is_word(given[i].value + 1)) {
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
