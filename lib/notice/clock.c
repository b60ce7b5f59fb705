/* SPDX-License-Identifier: MIT */
/* By when the employer is to be called. */
#include "notice/notice.h"
#include "notice/sql.h"

enum { DAY = 86400, NINE = 9 * 3600 };

/* A time of day on the UK clock; where the clocks go forward over it, an hour later. */
static int64_t at_clock(day_t day, int second)
{
	int64_t first, later;

	if (zone_to_utc(day, second, &first, &later) == 0)
		zone_to_utc(day, second + 3600, &first, &later);
	return first;
}

/* The hours of the guidance that is followed, unless the partnership has set its own. */
static bool guided_hours(struct work *w, day_t day, int64_t *hours, struct fault *f)
{
	struct query *q = notice_query(w->store, SQL_GUIDANCE_HOURS, f);
	char on[11];

	if (!q)
		return false;
	query_bind_text(q, 1, w->partnership);
	query_bind_text(q, 2, day_format(day, on));
	return query_one_int(q, hours, f);
}

bool clock_respond_by(struct work *w, int64_t told, bool has_time, int64_t *out, struct fault *f)
{
	const struct calendar *c = work_calendar(w, f);
	const char *clock;
	int64_t hours;
	int second;
	day_t day;

	if (!c || !work_setting_int(w, "response_hours", &hours, f) ||
	        !(clock = work_setting(w, "response_clock", f)))
		return false;
	day = zone_day(told, &second);
	if (!guided_hours(w, day, &hours, f))
		return false;
	if (!has_time) {
		day = calendar_add(c, day, 1);
		second = NINE;
		told = at_clock(day, second);
	}
	if (str_equal(clock, "elapsed")) {
		*out = told + hours * 3600;
		return true;
	}
	if (!calendar_works(c, day)) {
		day = calendar_add(c, day, 0);
		second = NINE;
	}
	day = calendar_add(c, day, (int)(hours / 24));
	/* Hours beyond whole days: through the night, but not over days off. */
	second += (int)(hours % 24) * 3600;
	if (second >= DAY) {
		second -= DAY;
		day = calendar_add(c, day, 1);
	}
	*out = at_clock(day, second);
	return true;
}
