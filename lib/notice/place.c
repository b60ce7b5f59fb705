/* SPDX-License-Identifier: MIT */
/* Which areas a notice lies in: by postcode sector, else district, else council, in the schemes of its day. */
#include <string.h>

#include "notice/keep/keep.h"

static size_t first_place(const struct reference *r, const char *place)
{
	size_t low = 0, high = r->nplace;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(r->place[mid].place, place) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The one area of a place in a scheme on a day; *split where there are two. NULL: none. */
static const struct place *area_at(const struct reference *r, const char *place, char kind,
        const char *scheme, day_t day, bool *split)
{
	const struct place *found = NULL;

	*split = false;
	for (size_t i = first_place(r, place);
	        i < r->nplace && strcmp(r->place[i].place, place) == 0; i++) {
		const struct place *p = &r->place[i];
		if (p->kind != kind || !str_equal(p->scheme, scheme) ||
		        (day != DAY_NONE && (p->from > day || p->until < day)))
			continue;
		if (found && !str_equal(found->area, p->area))
			*split = true;
		found = p;
	}
	return found;
}

const char *place_area(
        const struct reference *r, const struct notice *n, const char *scheme, bool *known)
{
	const char *postcode = n->text[N_POSTCODE],
	           *blank = postcode ? strchr(postcode, ' ') : NULL;
	day_t day = n->received != DAY_NONE ? n->received : n->first;
	const struct place *found = NULL;
	char part[12];
	bool split = false;

	*known = false;
	if (blank && blank - postcode < 6 && strlen(blank) == 4) {
		snprintf(part, sizeof part, "%.*s", (int)(blank - postcode) + 2, postcode);
		found = area_at(r, part, 's', scheme, day, &split);
		if (!found) {
			snprintf(part, sizeof part, "%.*s", (int)(blank - postcode), postcode);
			found = area_at(r, part, 'd', scheme, day, &split);
		}
	}
	if (!found && n->text[N_COUNCIL])
		found = area_at(r, n->text[N_COUNCIL], 'c', scheme, day, &split);
	*known = found != NULL;
	return found && !split ? found->area : NULL;
}

bool place_has_area(
        const struct reference *r, const struct notice *n, const char *scheme, const char *area)
{
	day_t day = n->received != DAY_NONE ? n->received : n->first;
	bool known;
	const char *one = place_area(r, n, scheme, &known);

	if (one)
		return str_equal(one, area);
	if (!known || !n->text[N_COUNCIL])
		return false;
	/* A council that lies in two areas may be either's. */
	for (size_t i = first_place(r, n->text[N_COUNCIL]);
	        i < r->nplace && strcmp(r->place[i].place, n->text[N_COUNCIL]) == 0; i++) {
		const struct place *p = &r->place[i];
		if (str_equal(p->scheme, scheme) && str_equal(p->area, area) &&
		        (day == DAY_NONE || (p->from <= day && p->until >= day)))
			return true;
	}
	return false;
}

unsigned place_flag(const struct reference *r, const struct notice *n, const char *const *schemes)
{
	bool known = n->text[N_COUNCIL] != NULL;

	for (; !known && *schemes; schemes++)
		place_area(r, n, *schemes, &known);
	return known ? 0 : F_PLACE;
}
