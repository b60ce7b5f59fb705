/* SPDX-License-Identifier: MIT */
/* What a listing shows of a row: the values of its query as cells. */
#include <inttypes.h>

#include "record/list/listing.h"

static void put_number(struct writer *writer, int64_t number)
{
	char text[24], *p = text + sizeof text;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do
		*--p = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		*--p = '-';
	writer_cell(writer, p, (size_t)(text + sizeof text - p));
}

static void put_plain(struct writer *writer, const struct stored *v)
{
	if (v->type == 'i')
		put_number(writer, v->number);
	else
		writer_cell(writer, v->text, v->n);
}

static void put_pence(struct writer *writer, int64_t pence)
{
	char text[48];
	uint64_t size = pence < 0 ? 0 - (uint64_t)pence : (uint64_t)pence;
	int n = snprintf(text, sizeof text, "%s%" PRIu64 ".%02" PRIu64, pence < 0 ? "-" : "",
	        size / 100, size % 100);
	writer_cell(writer, text, (size_t)n);
}

static void put_real(struct writer *writer, double real)
{
	char text[40];
	real_text(text, real);
	writer_cell(writer, text, strlen(text));
}

static void put_time(struct work *w, struct writer *writer, const struct stored *v)
{
	const char *shown = value_show(w, TYPE_MOMENT, v->text, LOOK_PEOPLE);
	writer_cell(writer, shown, shown != NULL ? strlen(shown) : 0);
}

static bool is_time(const struct stored *v)
{
	return v->text != NULL && v->n == 20 && v->text[4] == '-' && v->text[10] == 'T' &&
	       v->text[19] == 'Z';
}

static void put_items(
        struct work *w, struct writer *writer, const struct stored *v, enum cell_form form)
{
	char *all = arena_strdup(w->arena, v->text), *end;
	size_t n = 0, most = 1;
	for (const char *p = all; p != NULL && (p = strpbrk(p, ITEM_END)) != NULL; p++)
		most++;
	const char **item = arena_alloc(w->arena, most * sizeof *item);
	for (char *p = all; p != NULL; p = end) {
		end = strpbrk(p, ITEM_END);
		if (end != NULL)
			*end++ = '\0';
		item[n++] = p;
	}
	if (form == CELL_LIST)
		items_sort(item, n);
	writer_items(writer, item, n);
}

static void put_cell(
        struct work *w, struct writer *writer, const struct stored *v, enum cell_form form)
{
	if (form == CELL_LIST || form == CELL_ITEMS)
		put_items(w, writer, v, form);
	else if (form == CELL_TIME || (form == CELL_TOLD && is_time(v)))
		put_time(w, writer, v);
	else if (form == CELL_BOOL && v->type == 'i')
		writer_cell(writer, v->number != 0 ? "yes" : "no", v->number != 0 ? 3 : 2);
	else if (form == CELL_PENCE && v->type == 'i')
		put_pence(writer, v->number);
	else if (form == CELL_REAL && v->type == 'r')
		put_real(writer, v->real);
	else
		put_plain(writer, v);
}

void listing_put(const struct listing *g, struct writer *writer, const struct stored *v)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->form[i] == CELL_AS_IT_IS)
			put_plain(writer, &v[i]);
		else
			put_cell(g->w, writer, &v[i], g->form[i]);
}
