/* SPDX-License-Identifier: MIT */
/* Ids of headings, each once, at a cost that grows with their number only; and entities. */
#include <ctype.h>
#include <string.h>
#include "report/tree/tree-private.h"

static size_t hash(const char *text)
{
	uint64_t h = 14695981039346656037U;

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211U;
	return (size_t)h;
}

static struct id *slot_of(struct id *slots, size_t cap, const char *text)
{
	size_t i = hash(text) & (cap - 1);

	while (slots[i].text != NULL && strcmp(slots[i].text, text) != 0)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void grow(struct ids *ids)
{
	size_t cap = ids->cap == 0 ? 64 : ids->cap * 2;
	struct id *slots = arena_alloc(ids->arena, cap * sizeof *slots);

	for (size_t i = 0; i < ids->cap; i++)
		if (ids->slot[i].text != NULL)
			*slot_of(slots, cap, ids->slot[i].text) = ids->slot[i];
	ids->slot = slots;
	ids->cap = cap;
}

/* The text's own slot; *fresh tells whether it is new. */
static struct id *ids_put(struct ids *ids, const char *text, bool *fresh)
{
	if (ids->n * 2 >= ids->cap)
		grow(ids);
	struct id *id = slot_of(ids->slot, ids->cap, text);
	*fresh = id->text == NULL;
	if (*fresh) {
		id->text = arena_strdup(ids->arena, text);
		id->next = 2;
		ids->n++;
	}
	return id;
}

void slug_add(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x80 && isalnum(c))
			buf_addc(out, (char)tolower(c));
		else if (c == '.' && i > 0 && i + 1 < n && isdigit((unsigned char)text[i - 1]) &&
		         isdigit((unsigned char)text[i + 1]))
			buf_addc(out, '.');
		else if (c < 0x80 && out->n > 0 && out->p[out->n - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->n > 0 && out->p[out->n - 1] == '-')
		out->p[--out->n] = '\0';
	if (out->n == 0)
		buf_adds(out, "section");
}

void ids_give(struct ids *ids, struct lowdown_node *heading)
{
	struct buf text = { 0 }, slug = { 0 };
	struct lowdown_buf *own = &heading->rndr_header.attr_id;
	bool fresh;

	if (own->size > 0)
		buf_add(&text, own->data, own->size);
	else
		tree_text(heading, &text);
	slug_add(&slug, buf_text(&text), text.n);
	struct id *id = ids_put(ids, buf_text(&slug), &fresh);
	size_t base = slug.n;
	while (!fresh) {
		size_t number = id->next++;
		const char *stem = id->text;

		slug.n = base;
		buf_addf(&slug, "-%zu", number);
		ids_put(ids, buf_text(&slug), &fresh);
		/* The table may have grown and moved: look the stem up again. */
		id = slot_of(ids->slot, ids->cap, stem);
	}
	branch_set_text(own, buf_text(&slug), slug.n);
	heading->rndr_header.attr_cls.size = 0;
	buf_free(&text);
	buf_free(&slug);
}

void entity_add(struct buf *out, const char *text, size_t n)
{
	static const struct {
		const char *name, *text;
	} known[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&nbsp;", "\xc2\xa0" }, { "&pound;", "£" }, { "&ndash;", "–" },
		{ "&mdash;", "—" }, { "&hellip;", "…" }, { "&copy;", "©" } };

	for (size_t i = 0; i < COUNT(known); i++)
		if (strlen(known[i].name) == n && memcmp(known[i].name, text, n) == 0) {
			buf_adds(out, known[i].text);
			return;
		}
	buf_add(out, text, n);
}
