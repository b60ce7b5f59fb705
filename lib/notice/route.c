/* SPDX-License-Identifier: MIT */
/* Where the rows of a file go: into the store or through a filter, to the file of refused rows, to the one of rows
 * that lie elsewhere. */
#include "notice/notice.h"

void route_file(struct route *to, const char *path, const struct summary *begin)
{
	to->path = path;
	to->done = *begin;
	to->rejects = NULL;
	to->headed = NULL;
}

void route_refused(struct route *to, struct reader *r, const struct fault *f)
{
	to->tell_refused(to->told, f);
	to->done.refused++;
	if (!to->rejects)
		return;
	if (to->headed != r)
		reader_reject_head(r, to->rejects);
	to->headed = r;
	reader_reject(r, reader_row(r), f, to->rejects);
}

static void pass_on(struct route *to, struct reader *r)
{
	if (!to->elsewhere)
		return;
	if (!to->elsewhere_begun)
		reader_pass_head(r, to->elsewhere);
	to->elsewhere_begun = true;
	reader_pass(r, reader_row(r), to->elsewhere);
}

bool route_row(struct route *to, struct reader *r, const struct notice *n, struct fault *f)
{
	struct kept_notice kept = { 0 };
	enum keeping how = KEEP_NEW;

	if (to->keeper) {
		how = keeper_take(to->keeper, n, &kept, f);
		if (how == KEEP_FAULT) {
			fault_place(f, to->path, n->line, NULL);
			return false;
		}
		to->done.kept[how]++;
		summary_case(&to->cases, &kept);
		if (how == KEEP_REFUSED)
			route_refused(to, r, f);
		if (how == KEEP_ELSEWHERE)
			pass_on(to, r);
		if (how == KEEP_REFUSED || how == KEEP_ELSEWHERE || how == KEEP_OLDER)
			return true;
	} else {
		kept.warnings = form_warnings(&to->warnings, n->flags, NULL);
	}
	if (to->writer)
		form_row(to->writer, n, kept.partnership, kept.ref, to->keeper != NULL,
		        to->with_partnership, kept.warnings);
	return !to->keeper || store_part(to->store, f);
}
