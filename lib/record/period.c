/* SPDX-License-Identifier: MIT */
/* Session years: which one a day is in, and the making of one when it is first needed. */
#include <ctype.h>
#include <inttypes.h>

#include "record/private.h"

/* Month and day on which the partnership's year begins. */
static bool session_starts(struct work *w, int *month, int *day, struct fault *f)
{
	*month = 4;
	*day = 1;
	struct query *q = record_query(w, SQL_SESSION_STARTS, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, w->partnership);
	int rc = query_step(q, f);
	if (rc == 1 && sscanf(query_text(q, 0), "%2d-%2d", month, day) != 2) {
		*month = 4;
		*day = 1;
	}
	query_done(q);
	return rc >= 0;
}

/* The first day of the session that begins in a year; 29 February falls back to the 28th. */
static day_t session_day(int year, int month, int day)
{
	day_t out;
	while (!day_make(year, month, day, &out) && day > 1)
		day--;
	return out;
}

static const char *period_name(struct work *w, int year, int month, int day)
{
	if (month == 1 && day == 1)
		return arena_printf(w->arena, "%04d", year);
	return arena_printf(w->arena, "%04d-%02d", year, (year + 1) % 100);
}

bool record_period(struct work *w, day_t day, const char **ref, struct fault *f)
{
	char iso[11];
	if (!record_needs_partnership(w, f))
		return false;
	struct query *q = record_query(w, SQL_PERIOD_OF_DAY, f);
	if (q == NULL)
		return false;
	query_bind_text(q, 1, w->partnership);
	query_bind_text(q, 2, day_format(day, iso));
	*ref = NULL;
	if (!query_one_text(q, w->arena, ref, f) || *ref != NULL)
		return *ref != NULL;
	int month, date, year, m, d;
	if (!session_starts(w, &month, &date, f))
		return false;
	day_split(day, &year, &m, &d);
	if (day < session_day(year, month, date))
		year--;
	*ref = period_name(w, year, month, date);
	return true;
}

bool period_span(struct work *w, const char *ref, day_t *starts, day_t *ends, struct fault *f)
{
	int month, date, year = 0;
	size_t n = strlen(ref);
	if ((n != 4 && n != 7) || strspn(ref, "0123456789-") != n ||
	        strspn(ref, "0123456789") != 4 || sscanf(ref, "%4d", &year) != 1 || year < 1)
		return false;
	if (!session_starts(w, &month, &date, f) ||
	        strcmp(ref, period_name(w, year, month, date)) != 0 || year > 9998)
		return false;
	*starts = session_day(year, month, date);
	*ends = session_day(year + 1, month, date) - 1;
	return true;
}

bool period_make(struct work *w, const char *ref, struct fault *f)
{
	day_t starts, ends;
	const char *made;
	return period_span(w, ref, &starts, &ends, f) &&
	       record_add(w, "period", ref, NULL, 0, &made, f);
}

bool record_period_named(struct work *w, const char *text, const char **ref, struct fault *f)
{
	const struct kind *kind = record_kind(w, "period", f);
	const char *parts[4];
	if (kind == NULL)
		return false;
	switch (find_one(w, kind, text, FIND_BOTH, parts, f)) {
	case FOUND_FAULT:
		return false;
	case FOUND_ONE:
		*ref = ref_join(w, kind->nkey, parts);
		return true;
	case FOUND_NONE:
		break;
	}
	*ref = text;
	if (period_make(w, text, f))
		return true;
	if (f->status == STATUS_OK) {
		find_none(w, kind, text, STATUS_NORECORD, f);
		if (strstr(f->text, "did you mean") == NULL)
			fault_hint(f, "write a session year like 2008-09");
	}
	return false;
}
