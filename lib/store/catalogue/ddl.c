/* SPDX-License-Identifier: MIT */
/* Reads from a CREATE text what SQLite keeps but does not tell: comments, and the words of
 * enumerations. Only the forms lib/schema uses are understood; anything else is passed over, so a
 * table that a user puts in by hand reads as one without comments. */
#include "store/internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---------- tokens ---------- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Passes blanks and -- comments; whether a line end was among them. */
static bool skip_blank(const char **p)
{
	bool line = false;
	for (;;) {
		if (**p == '\n')
			line = true;
		if (isspace((unsigned char)**p)) {
			++*p;
		} else if ((*p)[0] == '-' && (*p)[1] == '-') {
			*p += strcspn(*p, "\n");
		} else {
			return line;
		}
	}
}

/* Past the closing quote, of which a doubled one is part of the text. */
static const char *quoted_end(const char *p, char close)
{
	for (p++; *p != '\0'; p++) {
		if (*p != close)
			continue;
		if (p[1] != close || close == ']')
			return p + 1;
		p++;
	}
	return p;
}

struct token token_next(const char **p)
{
	struct token t = { .fresh_line = skip_blank(p) };
	t.p = *p;
	const char *end = t.p;
	if (*end == '\0') {
		t.kind = TOKEN_END;
	} else if (end[0] == '/' && end[1] == '*') {
		t.kind = TOKEN_COMMENT;
		end = strstr(end + 2, "*/");
		end = end != NULL ? end + 2 : t.p + strlen(t.p);
	} else if (*end == '\'') {
		t.kind = TOKEN_TEXT;
		end = quoted_end(end, '\'');
	} else if (*end == '"' || *end == '`' || *end == '[') {
		t.kind = TOKEN_NAME;
		end = quoted_end(end, *end == '[' ? ']' : *end);
	} else if (is_word(*end)) {
		t.kind = TOKEN_WORD;
		while (is_word(*end))
			end++;
	} else {
		t.kind = TOKEN_SIGN;
		end++;
	}
	t.n = (size_t)(end - t.p);
	*p = end;
	return t;
}

bool token_is(const struct token *t, const char *word)
{
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_SIGN) && strlen(word) == t->n &&
	       strncasecmp(t->p, word, t->n) == 0;
}

char *token_text(struct arena *a, const struct token *t)
{
	if (t->kind != TOKEN_TEXT && t->kind != TOKEN_NAME)
		return arena_strndup(a, t->p, t->n);
	char close = t->p[0] == '[' ? ']' : t->p[0];
	char *text = arena_alloc(a, t->n + 1), *to = text;
	for (size_t i = 1; i + 1 < t->n; i++) {
		*to++ = t->p[i];
		if (t->p[i] == close)
			i++;
	}
	*to = '\0';
	return text;
}

/* What stands between the marks, runs of blanks made one. */
static char *comment_text(struct arena *a, const struct token *t)
{
	size_t n = t->n >= 4 && t->p[t->n - 1] == '/' ? t->n - 4 : t->n - 2;
	char *text = arena_alloc(a, n + 1), *to = text;
	for (const char *p = t->p + 2; p < t->p + 2 + n; p++) {
		bool blank = isspace((unsigned char)*p) != 0;
		if (!blank)
			*to++ = *p;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
	return text;
}

/* ---------- tables ---------- */

struct reader {
	struct arena *arena;
	const char *p;
	struct ddl *out;
	size_t cap;
	struct ddl_column *last; /* the column a comment on this line belongs to */
};

static struct ddl_column *column_named(struct ddl *d, const char *name)
{
	for (size_t i = 0; i < d->ncolumn; i++)
		if (strcasecmp(d->column[i].name, name) == 0)
			return &d->column[i];
	return NULL;
}

/* After CHECK: exactly (NAME IN ('a','b')), else nothing is taken. */
static void read_words(struct reader *r)
{
	const char *p = r->p;
	struct token open = token_next(&p), name = token_next(&p), in = token_next(&p),
	             list = token_next(&p);
	if (!token_is(&open, "(") || !token_is(&in, "in") || !token_is(&list, "(") ||
	        (name.kind != TOKEN_WORD && name.kind != TOKEN_NAME))
		return;
	size_t n = 0, most = 0;
	const char *ahead = p;
	struct token t;
	do
		t = token_next(&ahead);
	while (t.kind != TOKEN_END && !token_is(&t, ")") && ++most > 0);
	const char **words = arena_alloc(r->arena, (most + 1) * sizeof *words);
	do {
		t = token_next(&p);
		if (t.kind != TOKEN_TEXT || n == most)
			return;
		words[n++] = token_text(r->arena, &t);
		t = token_next(&p);
	} while (token_is(&t, ","));
	struct token close = token_next(&p);
	struct ddl_column *c = column_named(r->out, token_text(r->arena, &name));
	if (token_is(&t, ")") && token_is(&close, ")") && c != NULL)
		c->words = words;
}

static bool begins_constraint(const struct token *t)
{
	return token_is(t, "constraint") || token_is(t, "primary") || token_is(t, "unique") ||
	       token_is(t, "check") || token_is(t, "foreign");
}

static void begin_item(struct reader *r, const struct token *t)
{
	r->last = NULL;
	if (begins_constraint(t) || (t->kind != TOKEN_WORD && t->kind != TOKEN_NAME))
		return;
	struct ddl *d = r->out;
	if (d->ncolumn == r->cap) {
		r->cap = r->cap == 0 ? 16 : r->cap * 2;
		struct ddl_column *more = arena_alloc(r->arena, r->cap * sizeof *more);
		if (d->ncolumn > 0)
			memcpy(more, d->column, d->ncolumn * sizeof *more);
		d->column = more;
	}
	r->last = &d->column[d->ncolumn++];
	*r->last = (struct ddl_column){ .name = token_text(r->arena, t) };
}

/* A comment belongs to the column on whose line it begins, before or after the comma. */
static void take_comment(struct reader *r, const struct token *t, bool after_comma)
{
	if (r->last == NULL || r->last->comment != NULL || (after_comma && t->fresh_line))
		return;
	r->last->comment = comment_text(r->arena, t);
}

static void read_items(struct reader *r)
{
	int depth = 1;
	bool begin = true, first = true;
	while (depth > 0) {
		struct token t = token_next(&r->p);
		if (t.kind == TOKEN_END)
			return;
		if (t.kind == TOKEN_COMMENT) {
			if (!first)
				take_comment(r, &t, begin);
			continue;
		}
		if (begin)
			begin_item(r, &t);
		begin = first = false;
		if (token_is(&t, "("))
			depth++;
		else if (token_is(&t, ")"))
			depth--;
		else if (token_is(&t, ",") && depth == 1)
			begin = true;
		else if (token_is(&t, "check") && depth == 1)
			read_words(r);
	}
}

void ddl_read(struct arena *a, const char *sql, struct ddl *out)
{
	*out = (struct ddl){ 0 };
	struct reader r = { .arena = a, .p = sql, .out = out };
	bool named = false, table = false;
	for (;;) {
		struct token t = token_next(&r.p);
		if (t.kind == TOKEN_END)
			return;
		if (token_is(&t, "table"))
			table = true;
		if (t.kind == TOKEN_COMMENT && named) {
			out->comment = comment_text(a, &t);
			named = false;
		}
		/* The name is the last word before the comment, the parenthesis or AS. */
		if (t.kind == TOKEN_WORD || t.kind == TOKEN_NAME)
			named = out->comment == NULL;
		if (token_is(&t, "(") && table) {
			read_items(&r);
			return;
		}
		if (token_is(&t, "as") && !table)
			return;
	}
}
