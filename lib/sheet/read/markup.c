/* SPDX-License-Identifier: MIT */
/*
 * Tags and texts of markup that nobody checked: the web pages that systems export by the name of .xls, and
 * the XML of Excel 2003. Nothing is an error but the end; what is no tag is text. No entity is known but
 * those of characters, and nothing is ever fetched.
 */
#include "sheet/read/markup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int peek(struct markup *m)
{
	if (m->at == m->n) {
		ssize_t n = pread(m->fd, m->chunk, sizeof m->chunk, m->offset);
		if (n <= 0)
			return -1;
		m->offset += n;
		m->n = (size_t)n;
		m->at = 0;
	}
	return (unsigned char)m->chunk[m->at];
}

static int next(struct markup *m)
{
	int c = peek(m);
	m->at += c >= 0;
	return c;
}

void markup_begin(struct markup *m, int fd)
{
	*m = (struct markup){ .fd = fd };
}

void markup_free(struct markup *m)
{
	buf_free(&m->text);
	buf_free(&m->inside);
}

/* ---------- tags ---------- */

/* Over everything up to and with an end such as "-->". */
static void pass_until(struct markup *m, const char *end)
{
	size_t n = strlen(end), fits = 0;
	int c;

	while (fits < n && (c = next(m)) >= 0) {
		if (tolower(c) == end[fits])
			fits++;
		else if (fits == 2 && end[0] == end[1] && c == end[0])
			continue; /* "--->": the last two still fit */
		else
			fits = tolower(c) == end[0];
	}
}

/* What stands between < and >, quotes heeded; more than the limit is dropped. */
static void read_inside(struct markup *m)
{
	int c, quote = 0;

	buf_clear(&m->inside);
	while ((c = next(m)) >= 0 && (quote || c != '>')) {
		if (quote && c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\'') && m->inside.n > 0 &&
		         m->inside.p[m->inside.n - 1] == '=')
			quote = c;
		if (m->inside.n < MARKUP_TAG)
			buf_addc(&m->inside, (char)(c ? c : ' '));
	}
	buf_addc(&m->inside, '\0');
}

/* The name in small letters, without a prefix. */
static void take_name(struct markup *m)
{
	const char *p = m->inside.p;
	size_t n = 0;

	m->closing = *p == '/';
	p += m->closing;
	for (; *p && !strchr(" \t\r\n/>", *p); p++) {
		if (*p == ':')
			n = 0;
		else if (n + 1 < sizeof m->name)
			m->name[n++] = (char)tolower((unsigned char)*p);
	}
	m->name[n] = '\0';
	m->attributes = p;
	m->empty = m->inside.n > 1 && m->inside.p[m->inside.n - 2] == '/';
}

bool markup_attribute(const struct markup *m, const char *name, char *out, size_t size)
{
	const char *p = m->attributes;
	size_t n = strlen(name);

	while (*p) {
		p += strspn(p, " \t\r\n/");
		const char *key = p;
		p += strcspn(p, " \t\r\n=");
		size_t length = (size_t)(p - key);
		const char *colon = memchr(key, ':', length);
		if (colon) {
			length -= (size_t)(colon + 1 - key);
			key = colon + 1;
		}
		p += strspn(p, " \t\r\n");
		if (*p != '=')
			continue;
		p++;
		p += strspn(p, " \t\r\n");
		const char *value = p, *end;
		if (*p == '"' || *p == '\'') {
			value++;
			end = strchr(value, *p);
			p = end ? end + 1 : p + strlen(p);
			end = end ? end : p;
		} else {
			p += strcspn(p, " \t\r\n");
			end = p;
		}
		if (length != n || strncasecmp(key, name, n) != 0)
			continue;
		n = (size_t)(end - value) < size - 1 ? (size_t)(end - value) : size - 1;
		memcpy(out, value, n);
		out[n] = '\0';
		return true;
	}
	return false;
}

long markup_number(const struct markup *m, const char *name, long least, long most)
{
	char text[16];
	struct fault none = { 0 };
	int64_t n;

	if (!markup_attribute(m, name, text, sizeof text) ||
	        !number_parse(text, least, most, &n, &none))
		return least;
	return (long)n;
}

/* ---------- text ---------- */

static void add_entity(struct buf *b, const char *name)
{
	static const struct {
		const char *name;
		uint32_t rune;
	} known[] = {
		{ "amp", '&' },
		{ "lt", '<' },
		{ "gt", '>' },
		{ "quot", '"' },
		{ "apos", '\'' },
		{ "euro", 0x20AC },
		{ "ndash", 0x2013 },
		{ "mdash", 0x2014 },
		{ "lsquo", 0x2018 },
		{ "rsquo", 0x2019 },
		{ "ldquo", 0x201C },
		{ "rdquo", 0x201D },
		{ "hellip", 0x2026 },
		{ "bull", 0x2022 },
		{ "trade", 0x2122 },
		/* Welsh has these beside those of Latin-1. */
		{ "Wcirc", 0x174 },
		{ "wcirc", 0x175 },
		{ "Ycirc", 0x176 },
		{ "ycirc", 0x177 },
	};
	/* Latin-1 from U+00A0 on. */
	static const char *const latin[] = { "nbsp", "iexcl", "cent", "pound", "curren", "yen",
		"brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
		"deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil",
		"sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute",
		"Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc",
		"Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
		"Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml",
		"Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring",
		"aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
		"iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide",
		"oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml" };
	if (*name == '#') {
		bool hex = name[1] == 'x' || name[1] == 'X';
		unsigned long rune = strtoul(name + 1 + hex, NULL, hex ? 16 : 10);
		char byte = (char)rune;
		if (rune >= 0x80 && rune < 0xA0)
			text_add_cp1252(b, &byte, 1); /* as browsers read it */
		else if ((rune >= 0x20 || rune == '\n' || rune == '\t') && rune < 0x110000 &&
		         (rune < 0xD800 || rune > 0xDFFF))
			text_add_rune(b, (uint32_t)rune);
		return;
	}
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].name, name) == 0) {
			text_add_rune(b, known[i].rune);
			return;
		}
	for (size_t i = 0; i < COUNT(latin); i++)
		if (strcmp(latin[i], name) == 0) {
			text_add_rune(b, (uint32_t)(0xA0 + i));
			return;
		}
	buf_addf(b, "&%s;", name);
}

static void read_entity(struct markup *m)
{
	char name[12];
	size_t n = 0;
	int c;

	while ((c = peek(m)) >= 0 && n + 1 < sizeof name && (isalnum(c) || (c == '#' && n == 0)))
		name[n++] = (char)next(m);
	name[n] = '\0';
	if (n > 0 && c == ';') {
		next(m);
		add_entity(&m->text, name);
	} else {
		buf_addf(&m->text, "&%s", name);
	}
}

enum markup_what markup_next(struct markup *m)
{
	int c;

	buf_clear(&m->text);
	while ((c = peek(m)) >= 0) {
		if (c != '<') {
			next(m);
			if (m->text.n >= MARKUP_TEXT)
				return MARKUP_TEXT_PART;
			if (c == '&')
				read_entity(m);
			else
				buf_addc(&m->text, (char)c);
			continue;
		}
		if (m->text.n > 0)
			return MARKUP_TEXT_PART;
		next(m);
		c = peek(m);
		if (c == '!') {
			next(m);
			if (peek(m) == '-')
				pass_until(m, "-->");
			else
				read_inside(m);
			continue;
		}
		if (c != '/' && c != '?' && !isalpha(c)) {
			buf_addc(&m->text, '<');
			continue;
		}
		read_inside(m);
		if (c == '?')
			continue;
		take_name(m);
		if (!m->closing && (str_equal(m->name, "script") || str_equal(m->name, "style")))
			pass_until(m, m->name[1] == 'c' ? "</script" : "</style");
		return MARKUP_TAG_PART;
	}
	return m->text.n > 0 ? MARKUP_TEXT_PART : MARKUP_END;
}
