/* SPDX-License-Identifier: MIT */
/* Parameters that name a record: what is given is looked up as the record verbs look it up. */
#include <string.h>

#include "record/record.h"
#include "report/sql.h"
#include "report/template/template.h"

/* Of every partnership the first that has the record; of a report on all, any of them will do. */
static bool find_in_any(struct run *run, struct work *w, const char *kind, const char *given,
        const char **ref, struct fault *f)
{
	struct query *q = store_query(run->store, &report_statements, SQL_PARTNERSHIPS, f);
	struct fault none = { 0 };
	bool found = false;
	int step = -1;

	if (q == NULL)
		return false;
	while (!found && (step = query_step(q, f)) > 0) {
		none = (struct fault){ 0 };
		w->partnership = arena_strdup(run->arena, query_text(q, 0));
		found = record_resolve(w, kind, given, ref, &none);
		if (!found && none.status != STATUS_NORECORD)
			break;
	}
	query_done(q);
	if (!found && step >= 0)
		*f = none;
	/* Those that the last of them has say nothing about the others. */
	if (!found && (none.status == STATUS_OK || (none.status == STATUS_NORECORD &&
	                                                   !strstr(none.text, "did you mean"))))
		fault_set(f, STATUS_NORECORD, "no %s %s", kind, quote(given));
	return found;
}

/* "2026-10" or words for a day of it: "Oct 2026". */
static bool find_month(struct run *run, const char *given, const char **month, struct fault *f)
{
	const char *day_of = arena_printf(run->arena, strchr(given, ' ') ? "1 %s" : "%s-01", given);
	char iso[11];
	day_t day;
	struct fault ignored = { 0 };

	if (!day_parse(day_of, ORDER_DMY, run->doc.today, &day, &ignored))
		return fault_set(
		        f, STATUS_USAGE, "%s is no month; write it as 2026-10", quote(given));
	*month = arena_strndup(run->arena, day_format(day, iso), 7);
	return true;
}

bool named_find(struct run *run, const struct pair *pair, const char *given, const char **ref,
        struct fault *f)
{
	struct work w = { .store = run->store,
		.arena = run->arena,
		.partnership = run->options->partnership,
		.now = store_now(run->store),
		.today = run->doc.today };
	const struct kind *kind;
	bool found;

	if (strcmp(pair->kind, "month") == 0) {
		found = find_month(run, given, ref, f);
		fault_place(f, NULL, 0, found ? NULL : pair->name);
		return found;
	}
	kind = record_kind(&w, pair->kind, f);
	/* A kind that is none is the template's fault, not what was given. */
	if (kind == NULL) {
		f->status = STATUS_CONFIG;
		fault_place(f, NULL, 0, pair->name);
		return false;
	}
	found = w.partnership == NULL && kind->local
	                ? find_in_any(run, &w, pair->kind, given, ref, f)
	                : record_resolve(&w, pair->kind, given, ref, f);
	if (!found)
		fault_place(f, NULL, 0, pair->name);
	return found;
}
