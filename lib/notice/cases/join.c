/* SPDX-License-Identifier: MIT */
/* Two cases that turn out to be one. */
#include <string.h>

#include "notice/notice.h"
#include "notice/sql.h"

static bool run(
        struct work *w, enum notice_sql id, const char *from, const char *into, struct fault *f)
{
	struct query *q = notice_about(w->store, id, w->partnership, from, f);

	if (!q)
		return false;
	query_bind_text(q, 3, into);
	return query_run(q, f);
}

/* That they were two stays to be read. */
static bool note(struct work *w, const char *from, const char *into, struct fault *f)
{
	struct query *q = notice_about(w->store, SQL_INCIDENT_NOTE, w->partnership, into, f);
	char at[21];

	if (!q)
		return false;
	query_bind_text(q, 3, time_format(w->now, at));
	query_bind_text(q, 4, arena_printf(w->arena, "%s was joined to this case", from));
	return query_run(q, f);
}

bool incident_join(struct work *w, const char *from, const char *into, struct fault *f)
{
	/* What both have already stays with the first and goes with it. */
	static const enum notice_sql moves[] = { SQL_JOIN_NOTICES, SQL_JOIN_AREAS, SQL_JOIN_SITES,
		SQL_JOIN_SERVICES, SQL_JOIN_HOMES, SQL_JOIN_CHECKS, SQL_JOIN_EVENTS,
		SQL_JOIN_REFERRALS, SQL_JOIN_FIELDS };
	const char *employer, *other;
	size_t moved;

	if (!record_resolve(w, "incident", from, &from, f) ||
	        !record_resolve(w, "incident", into, &into, f))
		return false;
	if (strcmp(from, into) == 0)
		return fault_set(f, STATUS_USAGE, "%s is the same case; name two", quote(into));
	if (!record_get(w, "incident", from, "employer", &employer, f) ||
	        !record_get(w, "incident", into, "employer", &other, f))
		return false;
	if (!str_equal(employer, other) &&
	        !record_replace(w, "employer", employer, other, DAY_NONE, &moved, f))
		return false;
	for (size_t i = 0; i < COUNT(moves); i++)
		if (!run(w, moves[i], from, into, f))
			return false;
	return note(w, from, into, f) && record_remove(w, "incident", from, true, f);
}
