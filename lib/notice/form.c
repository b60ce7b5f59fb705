/* SPDX-License-Identifier: MIT */
/* Notices in the standard form: the fields of the store, which hr1-ingest reads back as they are. */
#include <string.h>

#include "notice/notice.h"

static void add_item(struct buf *b, const char *item)
{
	if (b->n)
		buf_addc(b, ';');
	buf_adds(b, item);
}

const char *form_warnings(struct buf *b, unsigned flags, const char *further)
{
	buf_clear(b);
	for (size_t i = 0; i < FLAGS; i++)
		if (flags & 1u << i)
			add_item(b, notice_flag_names[i]);
	if (!str_empty(further))
		add_item(b, further);
	return b->n ? b->p : NULL;
}

void form_columns(struct writer *w, bool with_ref, bool with_partnership)
{
	static const enum notice_text shown[] = { N_SENDER_REF, N_EMPLOYER, N_SITE, N_COUNCIL,
		N_RECEIVED, N_FIRST, N_PROPOSED };
	struct out_column column[N_TEXTS + 4];
	size_t n = 0;

	if (with_partnership)
		column[n++] = (struct out_column){ "partnership", VALUE_TEXT, true };
	if (with_ref)
		column[n++] = (struct out_column){ "ref", VALUE_TEXT, true };
	for (size_t i = 0; i < N_TEXTS; i++) {
		column[n] = (struct out_column){ notice_fields[i], VALUE_TEXT, false };
		for (size_t k = 0; k < COUNT(shown); k++)
			column[n].shown = column[n].shown || shown[k] == i;
		if (i == N_EMPLOYED || i == N_PROPOSED)
			column[n].kind = VALUE_NUMBER;
		if (i == N_CLOSURE)
			column[n].kind = VALUE_BOOL;
		n++;
	}
	column[n++] = (struct out_column){ "warnings", VALUE_TEXT, true };
	column[n++] = (struct out_column){ "line", VALUE_NUMBER, false };
	writer_columns(w, column, n);
}

static void cell(struct writer *w, const char *text)
{
	writer_cell(w, text, text ? strlen(text) : 0);
}

void form_row(struct writer *w, const struct notice *n, const char *partnership, const char *ref,
        bool with_ref, bool with_partnership, const char *warnings)
{
	char line[24];

	if (with_partnership)
		cell(w, partnership);
	if (with_ref)
		cell(w, ref);
	for (size_t i = 0; i < N_TEXTS; i++)
		cell(w, n->text[i]);
	cell(w, warnings);
	snprintf(line, sizeof line, "%ld", n->line);
	cell(w, line);
}
