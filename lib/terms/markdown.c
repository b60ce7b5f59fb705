/* SPDX-License-Identifier: MIT */
/* Terms of reference out of a Markdown file. */
#include <ctype.h>
#include <string.h>

#include "terms/terms.h"

struct reader {
	struct arena *arena;
	struct terms_text *out;
	const char *name;
	int level; /* of the headings that are sections */
	const char *heading;
	long heading_line;
	struct buf body;
	size_t cap_section, cap_aim;
};

/* Level of an ATX heading and its text; 0: none. */
static int atx(char *line, char **text)
{
	int level = 0;
	char *end;

	while (line[level] == '#')
		level++;
	if (level == 0 || level > 6 || (line[level] != ' ' && line[level] != '\t'))
		return 0;
	*text = str_trim(line + level);
	end = *text + strlen(*text);
	while (end > *text && end[-1] == '#')
		*--end = '\0';
	*text = str_trim(*text);
	return level;
}

/* 1 for a line of =, 2 for one of - (three or more), as they stand under a heading. */
static int underline(const char *line)
{
	size_t equals = strspn(line, "="), hyphens = strspn(line, "-");

	if (equals >= 3 && line[equals + strspn(line + equals, " \t")] == '\0')
		return 1;
	if (hyphens >= 3 && line[hyphens + strspn(line + hyphens, " \t")] == '\0')
		return 2;
	return 0;
}

static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!line || !*line)
		return NULL;
	end = line + strcspn(line, "\n");
	*rest = *end ? end + 1 : end;
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

/* "2.1" or "2." or "2)" or "a)" before a blank: the mark and where the text begins. "2010 across the county" goes on
 * with the line above. */
static bool list_mark(char *line, char **mark, char **text)
{
	size_t n = strspn(line, "0123456789.");

	if (n > 0 && !memchr(line, '.', n) && line[n] != ')')
		return false;
	if (n == 0 && isalpha((unsigned char)line[0]) && strchr(".)", line[1]) && line[1])
		n = 1;
	if (n == 0 || line[0] == '.')
		return false;
	*text = line + n + (line[n] == ')' || (n == 1 && line[n] == '.'));
	if (**text != ' ' && **text != '\t')
		return false;
	line[n] = '\0';
	while (n > 1 && line[n - 1] == '.')
		line[--n] = '\0';
	*mark = line;
	*text = str_trim(*text + 1);
	return true;
}

static void add_aim(
        struct reader *r, const char *number, const char *parent, const char *text, long line)
{
	struct terms_text *t = r->out;

	t->aim = mem_grow(t->aim, &r->cap_aim, t->naim + 1, sizeof *t->aim);
	t->aim[t->naim++] =
	        (struct terms_aim){ number, parent, arena_strdup(r->arena, text), line };
}

/* The list under Aims. A mark such as 2.1 is taken as it stands; one within an indented list counts on
 * below the item above it. */
static void read_aims(struct reader *r, char *body, long line)
{
	const char *top = NULL;
	int below = 0, above = 0;
	char *at, *mark, *text;

	for (; (at = next_line(&body)); line++) {
		size_t indent = strspn(at, " \t");
		char *item = at + indent;
		if (*item == '\0')
			continue;
		if (list_mark(item, &mark, &text)) {
			bool whole = strchr(mark, '.') != NULL;
			if (whole) {
				const char *dot = strrchr(mark, '.');
				add_aim(r, arena_strdup(r->arena, mark),
				        arena_strndup(r->arena, mark, (size_t)(dot - mark)), text,
				        line);
			} else if (indent >= 2 && top) {
				add_aim(r, arena_printf(r->arena, "%s.%d", top, ++below), top, text,
				        line);
			} else {
				above++;
				top = isdigit((unsigned char)mark[0])
				              ? arena_strdup(r->arena, mark)
				              : arena_printf(r->arena, "%d", above);
				below = 0;
				add_aim(r, top, NULL, text, line);
			}
		} else if (r->out->naim) {
			struct terms_aim *last = &r->out->aim[r->out->naim - 1];
			last->text = arena_printf(r->arena, "%s %s", last->text, str_trim(item));
		}
	}
}

static void end_section(struct reader *r)
{
	struct terms_text *t = r->out;
	char *body = str_trim(arena_strdup(r->arena, buf_text(&r->body)));
	const char *key = r->heading ? text_key(r->arena, r->heading) : "";

	buf_clear(&r->body);
	if (!r->heading)
		return;
	/* A first heading with nothing under it is the title of the document. */
	if (!*body && !t->title && !t->purpose && t->nsection == 0 && t->naim == 0) {
		t->title = r->heading;
		return;
	}
	if (str_equal(key, "purpose") || str_ends(key, " purpose")) {
		t->purpose = *body ? body : NULL;
	} else if (str_equal(key, "aims") || str_equal(key, "aim") || str_ends(key, " aims") ||
	           str_equal(key, "aims and objectives")) {
		read_aims(r, body, r->heading_line + 1);
	} else {
		t->section =
		        mem_grow(t->section, &r->cap_section, t->nsection + 1, sizeof *t->section);
		t->section[t->nsection++] =
		        (struct terms_section){ r->heading, *body ? body : NULL, r->heading_line };
	}
}

/* A grown array into the arena, where it needs no freeing. */
static void *into_arena(struct arena *a, void *grown, size_t size)
{
	void *kept = arena_alloc(a, size + 1);

	if (size)
		memcpy(kept, grown, size);
	mem_free(grown);
	return kept;
}

/* Number of headings of a level. */
static size_t count_headings(struct arena *a, const char *markdown, int level)
{
	char *rest = arena_strdup(a, markdown), *line, *text, *before = NULL;
	size_t n = 0;

	while ((line = next_line(&rest))) {
		n += atx(line, &text) == level;
		n += before && *str_trim(before) && underline(line) == level;
		before = line;
	}
	return n;
}

bool terms_is_markdown(const char *text)
{
	const char *p = text + strspn(text, " \t\r\n");
	const char *second;

	if (str_starts(p, "\xEF\xBB\xBF"))
		p += 3;
	if (*p == '#' && p[strspn(p, "#")] == ' ')
		return !strstr(p, "\npartnership:") && !strstr(p, "\n---\n");
	second = strchr(p, '\n');
	return second && (str_starts(second + 1, "===") || str_starts(second + 1, "-----"));
}

bool terms_read(struct arena *a, const char *name, const char *markdown, struct terms_text *out,
        struct fault *f)
{
	struct reader r = { .arena = a, .out = out, .name = name, .level = 1 };
	char *rest, *line, *text, *ahead;
	long number = 0;
	int level;

	memset(out, 0, sizeof *out);
	if (str_starts(markdown, "\xEF\xBB\xBF"))
		markdown += 3;
	/* One first-level heading over several second-level ones is the title of the document. */
	if (count_headings(a, markdown, 1) == 1 && count_headings(a, markdown, 2) > 1)
		r.level = 2;
	rest = arena_strdup(a, markdown);
	while ((line = next_line(&rest))) {
		number++;
		ahead = arena_strndup(a, rest, strcspn(rest, "\n"));
		level = atx(line, &text);
		if (!level && *str_trim(line) && *rest && (level = underline(str_trim(ahead)))) {
			text = str_trim(line);
			next_line(&rest);
			number++;
		}
		if (level && level < r.level) {
			end_section(&r);
			r.heading = NULL;
			out->title = text;
		} else if (level == r.level) {
			end_section(&r);
			r.heading = text;
			r.heading_line = number;
		} else if (level) {
			buf_addf(&r.body, "%.*s %s\n", level, "######", text);
		} else {
			buf_addf(&r.body, "%s\n", line);
		}
	}
	end_section(&r);
	buf_free(&r.body);
	out->section = into_arena(a, out->section, out->nsection * sizeof *out->section);
	out->aim = into_arena(a, out->aim, out->naim * sizeof *out->aim);
	if (out->nsection == 0 && out->naim == 0 && !out->purpose) {
		fault_set(f, STATUS_DATA,
		        "has no headings; begin each section with a line like '# Membership'");
		fault_place(f, name, 1, NULL);
		return false;
	}
	return true;
}
