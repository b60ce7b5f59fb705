/* SPDX-License-Identifier: MIT */
/* What is odd about a notice by the law of its day. Nothing here refuses: the support is owed all the same. */
#include "notice/notice.h"

const char *const notice_flag_names[FLAGS] = { "short-notice", "below-threshold",
	"consultation-after-receipt", "dismissals-before-receipt", "dates-reversed",
	"more-than-employed", "place-unknown", "number-unclear" };

static bool known(day_t day)
{
	return day != DAY_NONE;
}

/* By the rule of the nation in force when the notice was received; days are calendar days, and the day of
 * receipt is not counted: received on 1 June for 1 July is thirty days. */
static unsigned by_rule(const struct notice *n, const struct rule *rule)
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
	if (asked && known(n->received) && known(n->first) && n->first - n->received < asked)
		flags |= F_SHORT;
	return flags;
}

unsigned check_notice(const struct notice *n, const struct reference *ref)
{
	day_t day = known(n->received) ? n->received : n->first;
	unsigned flags = 0;

	if (known(day))
		flags = by_rule(
		        n, reference_rule(ref, reference_nation(ref, n->text[N_COUNCIL]), day));
	if (known(n->consultation) && known(n->received) && n->consultation > n->received)
		flags |= F_CONSULTATION;
	if (known(n->first) && known(n->received) && n->first < n->received)
		flags |= F_BEFORE_RECEIPT;
	if (known(n->first) && known(n->last) && n->last < n->first)
		flags |= F_REVERSED;
	if (n->proposed >= 0 && n->employed >= 0 && n->proposed > n->employed)
		flags |= F_MORE;
	if (!n->text[N_COUNCIL])
		flags |= F_PLACE;
	if (n->text[N_PROPOSED_TEXT] && !str_equal(n->text[N_CERTAINTY], "exact"))
		flags |= F_NUMBER;
	return flags;
}
