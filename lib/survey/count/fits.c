/* SPDX-License-Identifier: MIT */
/* Published percents: which counts each can be, and whether any of them add up to the base. */
#include "stats/stats.h"
#include "survey/survey.h"

bool survey_fits(struct arena *a, int64_t base, const char *const *percent, size_t n,
        struct writer *w, struct survey_fit *fit, struct fault *fault)
{
	static const struct out_column columns[] = {
		{ "percent", VALUE_TEXT, true },
		{ "least", VALUE_NUMBER, true },
		{ "most", VALUE_NUMBER, true },
	};
	struct stats_printed *p = arena_alloc(a, (n + 1) * sizeof *p);

	*fit = (struct survey_fit){ 0 };
	for (size_t i = 0; i < n; i++)
		if (!stats_printed_parse(percent[i], &p[i], fault))
			return false;
	fit->fits = stats_fits(p, n, base, &fit->least, &fit->most);
	if (!w)
		return true;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++) {
		bool any = p[i].least <= p[i].most;
		fit->none |= !any;
		writer_cells(
		        w, (const char *const[]){ percent[i],
		                   any ? arena_printf(a, "%lld", (long long)p[i].least) : NULL,
		                   any ? arena_printf(a, "%lld", (long long)p[i].most) : NULL });
	}
	return true;
}
