/* SPDX-License-Identifier: MIT */
/* Columns of dates that have lost their format, and hold the days as Excel counts them. */
#include <string.h>

#include "notice/columns/layout.h"

/* One such cell of a column that holds nothing else but words; NULL: it is none. */
static const char *serials(struct reader *r, size_t column, day_t today)
{
	const char *one = NULL;
	day_t day;

	for (size_t i = r->layout.data_from; i < r->nahead; i++) {
		const struct row *row = &r->ahead[i];
		const char *text = column < row->n ? row->cell[column].p : "";
		if (dated_serial(text, today, &day))
			one = one ? one : text;
		else if (strpbrk(text, "0123456789"))
			return NULL;
	}
	return one;
}

/* The heading alone must say that it is a date, as numbers of that size may be anything. */
void layout_by_serial(struct reader *r)
{
	static const int dates[] = { N_RECEIVED, N_TOLD, N_NOTIFIED, N_CONSULTATION, N_FIRST,
		N_LAST };
	struct layout *l = &r->layout;
	const char **heading = arena_alloc(r->arena, (l->nheading + 1) * sizeof *heading);
	const char **cell = arena_alloc(r->arena, (l->nheading + 1) * sizeof *cell);
	struct heading_match *match = arena_alloc(r->arena, (l->nheading + 1) * sizeof *match);
	struct heading_target target[COUNT(dates)];
	char iso[12];
	int second;
	day_t today = zone_day(r->o.now, &second), day;
	bool any = false;

	for (size_t i = 0; i < l->nheading; i++) {
		bool open = !layout_taken(r, i) && !l->ignored[i] && l->heading[i][0];
		cell[i] = open ? serials(r, i, today) : NULL;
		heading[i] = cell[i] ? l->heading[i] : "";
		any = any || cell[i];
	}
	for (size_t t = 0; t < COUNT(dates); t++)
		target[t] = layout_is_filled(r, dates[t])
		                    ? (struct heading_target){ "", NULL, TYPE_TEXT, NULL }
		                    : notice_targets[dates[t]];
	if (!any)
		return;
	struct heading_targets to = headings_ready(r->ahead_arena, target, COUNT(dates));
	headings_match(r->ahead_arena, heading, l->nheading, &to, NULL, NULL, 0, match);
	for (size_t i = 0; i < l->nheading; i++) {
		if (match[i].target < 0 || match[i].score < SCORE_LEAST)
			continue;
		int field = dates[match[i].target];
		layout_fill(r, field, i, match[i].score, match[i].why);
		dated_serial(cell[i], today, &day);
		layout_warn(r, target_name(field),
		        arena_printf(r->arena,
		                "its numbers are read as Excel's days, %s as %s; the numbers are "
		                "kept beside",
		                cell[i], day_format(day, iso)));
	}
}
