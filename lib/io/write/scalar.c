/* SPDX-License-Identifier: MIT */
/*
 * Single values in YAML and JSON. The YAML rule is to leave a text bare only where no reader, of YAML 1.1
 * or 1.2, could take it for anything but that text: not a number, a date, a truth, a null, or syntax.
 */
#include "base/utf8.h"
#include "io/write/writer.h"

#include <string.h>
#include <strings.h>

/* -?(0|[1-9][0-9]*)(.[0-9]+)?, which JSON and YAML read as the number it is. */
static bool is_plain_number(const char *text, size_t n)
{
	size_t i = n > 0 && text[0] == '-', digits = i;
	while (i < n && text[i] >= '0' && text[i] <= '9')
		i++;
	if (i == digits || (text[digits] == '0' && i > digits + 1))
		return false;
	if (i == n)
		return true;
	if (text[i++] != '.' || i == n)
		return false;
	while (i < n && text[i] >= '0' && text[i] <= '9')
		i++;
	return i == n;
}

static bool is_text(const char *text, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(text, word, n) == 0;
}

/* ---------- YAML ---------- */

/* What must be written as an escape: what YAML does not allow bare, and what it takes for a line end. */
static bool needs_escape(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0x2028 ||
	       c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

/* How many bytes from the start are printing ASCII without a quote or backslash: most texts are nothing else. */
static size_t plain_run(const char *text, size_t n)
{
	size_t i = 0;
	while (i < n && text[i] >= ' ' && text[i] < 0x7F && text[i] != '"' && text[i] != '\\')
		i++;
	return i;
}

/* Something in the text that neither a bare, a single-quoted nor a block text can hold. */
static bool any_escape(const char *text, size_t n)
{
	for (size_t i = plain_run(text, n), k; i < n; i += k) {
		uint32_t c;
		k = utf8_step((const unsigned char *)text + i, n - i, &c);
		if (k == 0 || needs_escape(c))
			return true;
	}
	return false;
}

/* Words with a meaning of their own in some version of YAML. */
static bool is_word(const char *text, size_t n)
{
	static const char *const words[] = { "y", "n", "yes", "no", "true", "false", "on", "off",
		"null", "nan", "inf" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], text, n) == 0)
			return true;
	return false;
}

/* A text that begins like a number or a date is safe once it holds a letter that none of them has. */
static bool like_number(const char *text, size_t n)
{
	if (strchr("0123456789", text[0]) == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = (char)(text[i] | 0x20);
		if (c >= 'g' && c <= 'y' && strchr("otx", c) == NULL)
			return false;
	}
	return true;
}

static bool may_be_bare(const char *text, size_t n)
{
	if (n == 0 || text[0] == ' ' || text[n - 1] == ' ' || text[n - 1] == ':')
		return false;
	/* Letters, digits and what is beyond ASCII begin a bare text; marks have meanings. */
	unsigned char c = (unsigned char)text[0];
	bool begins = c >= 0x80 || (c >= '0' && c <= '9') ||
	              ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '(' || c == '/' || c == '_';
	if (!begins || is_word(text, n) || like_number(text, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n' || text[i] == '\t')
			return false;
		if ((text[i] == ':' && text[i + 1] == ' ') ||
		        (text[i] == '#' && text[i - 1] == ' '))
			return false;
	}
	return true;
}

static void add_single(struct buf *b, const char *text, size_t n)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\'')
			buf_addc(b, '\'');
		buf_addc(b, text[i]);
	}
	buf_addc(b, '\'');
}

/* A text in double quotes, which both YAML and JSON read alike, as long as escapes are \\uNNNN. */
static void add_double(struct buf *b, const char *text, size_t n)
{
	buf_addc(b, '"');
	for (size_t i = 0, k; i < n; i += k) {
		uint32_t c;
		k = plain_run(text + i, n - i);
		buf_add(b, text + i, k);
		i += k;
		if (i == n)
			break;
		k = utf8_step((const unsigned char *)text + i, n - i, &c);
		if (k == 0) {
			/* What is no UTF-8 can be written in neither. */
			k = 1;
			text_add_rune(b, 0xFFFD);
		} else if (c == '"' || c == '\\') {
			buf_addf(b, "\\%c", (char)c);
		} else if (c == '\n' || c == '\t' || c == '\r') {
			buf_addf(b, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
		} else if (needs_escape(c)) {
			buf_addf(b, "\\u%04x", c);
		} else {
			buf_add(b, text + i, k);
		}
	}
	buf_addc(b, '"');
}

/* A text of several lines as a block, each line as it is, `indent` blanks before it. */
static void add_block(struct buf *b, const char *text, size_t n, int indent)
{
	buf_addc(b, '|');
	/* Where the first line begins with a blank or a tab, or is empty, the indentation must be told. */
	if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n')
		buf_addc(b, '2');
	bool ended = text[n - 1] == '\n';
	if (!ended)
		buf_addc(b, '-');
	else if (n > 1 && text[n - 2] == '\n')
		buf_addc(b, '+');
	for (const char *p = text, *end = text + n; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		size_t k = stop != NULL ? (size_t)(stop - p) : (size_t)(end - p);
		buf_addc(b, '\n');
		if (k > 0)
			buf_addf(b, "%*s", indent, "");
		buf_add(b, p, k);
		p += k + 1;
	}
}

void yaml_add_scalar(struct buf *b, const char *text, size_t n, enum value_kind kind, int indent)
{
	const char *line = memchr(text, '\n', n);
	if (kind == VALUE_NUMBER && is_plain_number(text, n))
		buf_add(b, text, n);
	else if (kind == VALUE_BOOL && (is_text(text, n, "yes") || is_text(text, n, "no")))
		buf_add(b, text, n);
	else if (any_escape(text, n))
		add_double(b, text, n);
	else if (may_be_bare(text, n))
		buf_add(b, text, n);
	else if (line != NULL && indent > 0 && strspn(text, "\n \t") < n)
		add_block(b, text, n, indent);
	else if (line != NULL || memchr(text, '\t', n) != NULL)
		add_double(b, text, n);
	else
		add_single(b, text, n);
}

/* ---------- JSON ---------- */

void json_add_scalar(struct buf *b, const char *text, size_t n, enum value_kind kind)
{
	if (kind == VALUE_NUMBER && is_plain_number(text, n)) {
		buf_add(b, text, n);
		return;
	}
	if (kind == VALUE_BOOL && (is_text(text, n, "yes") || is_text(text, n, "no"))) {
		buf_adds(b, n == 3 ? "true" : "false");
		return;
	}
	add_double(b, text, n);
}
