/* SPDX-License-Identifier: MIT */
/* Which partnership a query is of: in_scope(), and how it is asked for so that an index can answer. */
#include "store/internal.h"

#include <string.h>

void store_scope(struct store *s, const char *partnership)
{
	mem_free(s->partnership);
	s->partnership = partnership != NULL ? mem_strdup(partnership) : NULL;
}

/* Behind these a condition begins that must hold by itself. */
static bool begins_condition(const struct token *t)
{
	return token_is(t, "WHERE") || token_is(t, "AND") || token_is(t, "ON");
}

/* Past the "(column)" or "(table.column)" of a call at p, the column *n bytes at *column; NULL: it is none. */
static const char *read_column(const char *p, const char **column, size_t *n)
{
	struct token t = token_next(&p);
	if (!token_is(&t, "("))
		return NULL;
	t = token_next(&p);
	*column = t.p;
	if (t.kind == TOKEN_WORD && *p == '.') {
		token_next(&p);
		t = token_next(&p);
	}
	*n = (size_t)(p - *column);
	bool named = t.kind == TOKEN_WORD;
	t = token_next(&p);
	return named && token_is(&t, ")") ? p : NULL;
}

/* SQLite asks a function for each row of all partnerships; what is equal to something it looks up. */
const char *scope_write(const struct store *s, const char *sql, struct buf *out)
{
	const char *p = sql, *written = sql, *column;
	bool condition = false;
	size_t n;
	if (s->partnership == NULL || s->mode != STORE_REPORT)
		return sql;
	for (struct token t = token_next(&p); t.kind != TOKEN_END; t = token_next(&p)) {
		const char *behind =
		        condition && token_is(&t, "in_scope") ? read_column(p, &column, &n) : NULL;
		if (t.kind != TOKEN_COMMENT)
			condition = begins_condition(&t);
		if (behind == NULL)
			continue;
		buf_add(out, written, (size_t)(t.p - written));
		buf_adds(out, "(");
		buf_add(out, column, n);
		buf_adds(out, " IS scope())");
		p = written = behind;
	}
	if (written == sql)
		return sql;
	buf_adds(out, written);
	return buf_text(out);
}
