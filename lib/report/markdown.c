/* SPDX-License-Identifier: MIT */
/* Text made safe for Markdown, XML and HTML. */
#include <ctype.h>
#include <string.h>
#include "report/document.h"

/* The bytes of the character at p, 0 where it is no character that a document may hold. */
static size_t character(const char *p, size_t n)
{
	unsigned char c = (unsigned char)*p;
	size_t size = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;

	if (size == 1)
		return c >= ' ' || c == '\t' || c == '\n' ? c != 0x7F : 0;
	if (size == 0 || size > n || !text_valid(p, size))
		return 0;
	if (memcmp(p, MARK_OPEN, 3) == 0 || memcmp(p, MARK_CLOSE, 3) == 0 ||
	        memcmp(p, "\xef\xbf\xbe", 3) == 0 || memcmp(p, "\xef\xbf\xbf", 3) == 0)
		return 0;
	return c == 0xC2 && (unsigned char)p[1] < 0xA0 ? 0 : size;
}

/* Whether eight bytes are letters, digits and signs of ASCII: nearly all that there are, so they are
 * looked at together. */
static bool plain_eight(const char *p)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	uint64_t x;

	memcpy(&x, p, sizeof x);
	/* In a byte below 0x20, or one that is 0x7F, a subtraction or a sum reaches the highest bit. */
	return ((x | (x - each * ' ') | (x + each)) & high) == 0;
}

/* How many bytes from the first on may stay as they are. */
static size_t clean_run(const char *text, size_t n)
{
	size_t i = 0, size;

	while (i < n) {
		if (n - i >= 8 && plain_eight(text + i))
			i += 8;
		else if (text[i] >= ' ' && text[i] < 0x7F)
			i++;
		else if ((size = character(text + i, n - i)) > 0)
			i += size;
		else
			break;
	}
	return i;
}

bool markdown_is_clean(const char *text, size_t n)
{
	return clean_run(text, n) == n;
}

void markdown_add_clean(struct buf *out, const char *text, size_t n)
{
	size_t plain = 0;

	for (size_t i = 0; (i += clean_run(text + i, n - i)) < n;) {
		buf_add(out, text + plain, i - plain);
		if (text[i] != '\r')
			buf_adds(out, "\xef\xbf\xbd");
		i += memcmp(text + i, MARK_OPEN, n - i < 2 ? n - i : 2) == 0 && n - i >= 3 ? 3 : 1;
		plain = i;
	}
	buf_add(out, text + plain, n - plain);
}

/* Whether the text would begin a heading, a list, a quotation or a rule if it began a line. */
static size_t opens_block(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (digits > 0 && digits < 10 && (text[digits] == '.' || text[digits] == ')') &&
	        (text[digits + 1] == ' ' || text[digits + 1] == '\0'))
		return digits + 1;
	if (*text == '-' || *text == '+')
		return text[1] == ' ' || text[1] == '\0' || text[1] == *text;
	return *text == '#' || *text == '=';
}

void markdown_add_words(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strchr("\\`*_[]<>|&~^{}$", text[i]) != NULL && text[i] != '\0') {
			/* An ampersand is an entity only where a name or number sign follows. */
			bool entity = i + 1 < n &&
			              (text[i + 1] == '#' || isalpha((unsigned char)text[i + 1]));

			if (text[i] != '&' || entity)
				buf_addc(out, '\\');
		}
		buf_addc(out, text[i]);
	}
}

void markdown_add_escaped(struct buf *out, const char *text, bool keep_lines)
{
	struct buf clean = { 0 };
	const char *p, *end;

	markdown_add_clean(&clean, text, strlen(text));
	while (clean.n > 0 && strchr(" \t\n", clean.p[clean.n - 1]) != NULL)
		clean.p[--clean.n] = '\0';
	p = buf_text(&clean);
	p += strspn(p, " \t\n");
	size_t opener = opens_block(p);
	if (opener > 0) {
		buf_add(out, p, opener - 1);
		buf_addc(out, '\\');
		buf_addc(out, p[opener - 1]);
		p += opener;
	}
	for (;; p = end + 1) {
		end = p + strcspn(p, "\n");
		markdown_add_words(out, p, (size_t)(end - p));
		if (*end == '\0')
			break;
		buf_adds(out, keep_lines ? "<br>" : " ");
	}
	buf_free(&clean);
}

void markdown_add_heading(struct buf *out, const char *text)
{
	struct buf plain = { 0 };

	for (; *text != '\0'; text++)
		if (*text == '|')
			buf_adds(&plain, "¦");
		else
			buf_addc(&plain, *text);
	markdown_add_escaped(out, buf_text(&plain), false);
	buf_free(&plain);
}

/* ---------- stored Markdown let through ---------- */

static bool target_allowed(const char *p)
{
	p += strspn(p, " ");
	p += *p == '<';
	return *p == '#' || strncasecmp(p, "http://", 7) == 0 ||
	       strncasecmp(p, "https://", 8) == 0 || strncasecmp(p, "mailto:", 7) == 0;
}

/* One line of stored text. A definition of a link to where links may not go becomes words. */
static void add_stored_line(struct buf *out, const char *line, size_t n)
{
	char *copy = mem_alloc(n + 1);

	memcpy(copy, line, n);
	copy[n] = '\0';
	const char *p = copy + strspn(copy, " ");
	buf_add(out, copy, (size_t)(p - copy));
	const char *colon = *p == '[' ? strstr(p, "]:") : NULL;
	if (colon != NULL && p[1] != '^' && !target_allowed(colon + 2))
		buf_addc(out, '\\');
	for (; *p != '\0'; p++) {
		if (*p == '<')
			buf_addc(out, '\\');
		buf_addc(out, *p);
		if (*p == '\\' && p[1] != '\0')
			buf_addc(out, *++p);
		else if (*p == ']' && p[1] == '(' && !target_allowed(p + 2))
			buf_addc(out, '\\');
	}
	mem_free(copy);
}

/* The run of backticks or tildes that a line begins with, 0 where it is no fence; *bare: nothing
 * stands behind it, so that it can close one. */
static size_t fence_of(const char *line, size_t n, bool *bare)
{
	size_t from = strspn(line, " "), i;

	if (from > 3 || from >= n || (line[from] != '`' && line[from] != '~'))
		return 0;
	for (i = from; i < n && line[i] == line[from]; i++)
		;
	size_t run = i - from;
	/* Backticks further on make it a code span. */
	if (run < 3 || (line[from] == '`' && memchr(line + i, '`', n - i) != NULL))
		return 0;
	while (i < n && (line[i] == ' ' || line[i] == '\t'))
		i++;
	*bare = i == n;
	return run;
}

/* "===" or "---" beneath words would make a heading of them. */
static bool underlines(const char *line, size_t n)
{
	size_t i = 0;

	while (i < n && line[i] == line[0])
		i++;
	while (i < n && line[i] == ' ')
		i++;
	return n > 0 && i == n && (line[0] == '=' || line[0] == '-');
}

/* A heading of theirs, two levels lower. */
static void add_stored_heading(struct buf *out, const char *line, size_t n)
{
	size_t level = strspn(line, "#"), over = level > 4 ? level - 4 : 0;

	buf_adds(out, "##");
	add_stored_line(out, line + over, n - over);
}

void markdown_add_sanitised(struct buf *out, const char *text)
{
	struct buf clean = { 0 };
	size_t open = 0; /* how long the fence is that we are in */
	size_t before = out->n;
	char mark = '\0';
	const char *p, *end;

	markdown_add_clean(&clean, text, strlen(text));
	for (p = buf_text(&clean); *p != '\0'; p = *end == '\0' ? end : end + 1) {
		end = p + strcspn(p, "\n");
		size_t n = (size_t)(end - p);
		bool bare = false;
		size_t run = fence_of(p, n, &bare);

		if (open > 0) {
			buf_add(out, p, n);
			if (run >= open && bare && p[strspn(p, " ")] == mark)
				open = 0;
		} else if (run > 0) {
			buf_add(out, p, n);
			open = run;
			mark = p[strspn(p, " ")];
		} else if (*p == '#' && p[strspn(p, "#")] == ' ') {
			add_stored_heading(out, p, n);
		} else {
			if (underlines(p, n))
				buf_addc(out, '\\');
			add_stored_line(out, p, n);
		}
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < open; i++)
		buf_addc(out, mark);
	buf_free(&clean);
	/* The ends of its own lines only: a blank line that stands before it parts paragraphs. */
	while (out->n > before && out->p[out->n - 1] == '\n')
		out->p[--out->n] = '\0';
}

void markup_add(struct buf *out, const char *text, size_t n)
{
	size_t plain = 0;

	for (size_t i = 0; i < n; i++) {
		const char *entity = text[i] == '&'   ? "&amp;"
		                     : text[i] == '<' ? "&lt;"
		                     : text[i] == '>' ? "&gt;"
		                     : text[i] == '"' ? "&quot;"
		                                      : NULL;
		if (entity == NULL)
			continue;
		buf_add(out, text + plain, i - plain);
		buf_adds(out, entity);
		plain = i + 1;
	}
	buf_add(out, text + plain, n - plain);
}
