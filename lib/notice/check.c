/* SPDX-License-Identifier: MIT */
/* What is odd about a notice by the law of its day. Nothing here refuses: the support is owed all the same. */
#include "notice/notice.h"

const char *const notice_flag_names[FLAGS] = { "short-notice", "below-threshold",
	"consultation-after-receipt", "dismissals-before-receipt", "dates-reversed",
	"more-than-employed", "place-unknown", "number-unclear", "date-unclear" };

static bool known(day_t day)
{
	return day != DAY_NONE;
}

/* By the rule of the nation in force when the notice was received; days are calendar days, and the day of
 * receipt is not counted: received on 1 June for 1 July is thirty days. */
static unsigned by_rule(const struct notice *n, day_t first, const struct rule *rule)
{
	int64_t asked = 0;
	unsigned flags = 0;

	if (!rule || n->proposed < 0)
		return 0;
	if (n->proposed >= rule->upper)
		asked = rule->upper_days;
	else if (n->proposed >= rule->lower)
		asked = rule->lower_days;
	else
		flags |= F_BELOW;
	if (asked && known(n->received) && known(first) && first - n->received < asked)
		flags |= F_SHORT;
	return flags;
}

unsigned check_notice(const struct notice *n, const struct reference *ref)
{
	day_t day = known(n->received) ? n->received : n->first;
	unsigned flags = 0;
	/* Of a month that stands for a day the last counts: what is not known is held against nobody. */
	day_t first = n->month_only && known(n->first) ? day_month_end(n->first) : n->first;

	if (known(day))
		flags = by_rule(n, first,
		        reference_rule(ref, reference_nation(ref, n->text[N_COUNCIL]), day));
	if (known(n->consultation) && known(n->received) && n->consultation > n->received)
		flags |= F_CONSULTATION;
	if (known(first) && known(n->received) && first < n->received)
		flags |= F_BEFORE_RECEIPT;
	if (known(n->first) && known(n->last) && n->last < n->first && !n->month_only)
		flags |= F_REVERSED;
	if (n->proposed >= 0 && n->employed >= 0 && n->proposed > n->employed)
		flags |= F_MORE;
	if (!n->text[N_COUNCIL])
		flags |= F_PLACE;
	if (n->text[N_PROPOSED_TEXT] && !str_equal(n->text[N_CERTAINTY], "exact"))
		flags |= F_NUMBER;
	if (n->month_only)
		flags |= F_MONTH;
	return flags;
}
