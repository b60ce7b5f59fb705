/* SPDX-License-Identifier: MIT */
/* Whether a column's dates have the day or the month first. */
#include <string.h>

#include "notice/columns/layout.h"

static bool is_date_field(int field)
{
	return field == N_RECEIVED || field == N_TOLD || field == N_NOTIFIED ||
	       field == N_CONSULTATION || field == N_FIRST || field == N_LAST;
}

struct orders {
	size_t dmy, mdy, either; /* dates that fit only one of the two orders, or both */
};

static struct orders count_orders(struct reader *r, const struct filled *f)
{
	struct orders n = { 0 };

	for (size_t i = r->layout.data_from; i < r->nahead; i++)
		for (size_t k = 0; k < f->n; k++) {
			const struct row *row = &r->ahead[i];
			const char *text = f->column[k] < row->n ? row->cell[f->column[k]].p : "";
			unsigned orders = dated_orders(text);
			bool dmy = orders & 1u << ORDER_DMY, mdy = orders & 1u << ORDER_MDY;
			if (strspn(text, "0123456789") == 4)
				continue; /* year first: nothing to settle */
			n.dmy += dmy && !mdy;
			n.mdy += mdy && !dmy;
			n.either += mdy && dmy;
		}
	return n;
}

void layout_settle_orders(struct reader *r)
{
	static const char *const words[] = { "day/month/year", "month/day/year", "year-month-day" };
	struct layout *l = &r->layout;
	enum date_order given = ORDER_DMY, other;
	bool said = r->o.map && map_dates(r->o.map, &given);
	struct orders all = { 0 };

	for (size_t i = 0; i < l->nfilled; i++)
		if (is_date_field(l->filled[i].field)) {
			struct orders n = count_orders(r, &l->filled[i]);
			all.dmy += n.dmy;
			all.mdy += n.mdy;
		}
	/* What the file's other columns settle holds for one that leaves it open. */
	other = all.mdy > all.dmy ? ORDER_MDY : all.dmy ? ORDER_DMY : given;
	for (size_t i = 0; i < l->nfilled; i++) {
		struct filled *f = &l->filled[i];
		if (!is_date_field(f->field))
			continue;
		struct orders n = count_orders(r, f);
		if (n.dmy != n.mdy)
			f->order = n.mdy > n.dmy ? ORDER_MDY : ORDER_DMY;
		else
			f->order = said ? given : other;
		if (n.dmy + n.mdy && f->order != given)
			layout_warn(r, target_name(f->field),
			        arena_printf(r->arena,
			                "its dates are in the order %s and are read so",
			                words[f->order]));
		else if (n.either && n.dmy + n.mdy == 0 && !said && f->order != given)
			layout_warn(r, target_name(f->field),
			        arena_printf(r->arena,
			                "its dates fit either order; read as %s like the other "
			                "columns",
			                words[f->order]));
		else if (n.either && n.dmy + n.mdy + all.dmy + all.mdy == 0 && !said)
			layout_warn(r, target_name(f->field),
			        "its dates fit either order; read as day/month/year (dates: mdy in "
			        "a map says otherwise)");
	}
}
