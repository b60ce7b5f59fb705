/* SPDX-License-Identifier: MIT */
/* What was done with the notices of a file, as sentences; a program says them. */
#include <string.h>

#include "notice/notice.h"

static void add_count(struct buf *b, size_t n, const char *what, const char *more)
{
	if (n)
		buf_addf(b, ", %zu %s%s%s", n, what, n == 1 ? "" : "s", more);
}

/* ", 1 totals row skipped (line 482)" and the like. */
static void add_skipped(struct buf *b, const struct reader_counts *n)
{
	const size_t most = COUNT(n->totals_line);

	if (n->totals) {
		buf_addf(b, ", %zu totals row%s skipped (line%s", n->totals,
		        n->totals == 1 ? "" : "s", n->totals == 1 ? "" : "s");
		for (size_t i = 0; i < n->totals && i < most; i++)
			buf_addf(b, "%s %ld", i ? "," : "", n->totals_line[i]);
		buf_adds(b, n->totals > most ? " …)" : ")");
	}
	add_count(b, n->footnotes, "footnote", " skipped");
	add_count(b, n->headings, "repeated heading", " skipped");
	if (n->skipped)
		buf_addf(b, ", %zu skipped by the map", n->skipped);
}

void summary_add(struct reader_counts *all, const struct reader_counts *n)
{
	for (size_t i = 0; i < n->totals && i < COUNT(n->totals_line); i++)
		if (all->totals + i < COUNT(all->totals_line))
			all->totals_line[all->totals + i] = n->totals_line[i];
	all->read += n->read;
	all->totals += n->totals;
	all->footnotes += n->footnotes;
	all->headings += n->headings;
	all->skipped += n->skipped;
}

void summary_file(struct buf *b, const struct summary *s)
{
	const struct reader_counts *n = &s->counts;

	buf_addf(b, "%s: %zu read", s->name, n->read - s->kept[KEEP_ELSEWHERE]);
	if (s->stored)
		buf_addf(b, ", %zu new, %zu amended, %zu unchanged", s->kept[KEEP_NEW],
		        s->kept[KEEP_AMENDED], s->kept[KEEP_SAME]);
	else
		buf_addf(b, ", %zu taken", n->read - s->refused);
	buf_addf(b, ", %zu refused", s->refused);
	add_skipped(b, n);
	if (s->kept[KEEP_OLDER])
		buf_addf(b, ", %zu older than what is stored and not taken", s->kept[KEEP_OLDER]);
	if (s->kept[KEEP_ELSEWHERE])
		buf_addf(b, ", %zu for other areas", s->kept[KEEP_ELSEWHERE]);
	add_count(b, s->mended, "cell", " with mangled characters mended");
}

void summary_calls(struct buf *b, struct keeper *k)
{
	enum { MOST = 20 };
	size_t n, all;
	const struct call *call = keeper_calls(k, &n, &all);

	if (all == 0)
		return;
	buf_adds(b, "to be called:\n");
	for (size_t i = 0; i < n && i < MOST; i++) {
		const char *people = call[i].people;
		bool counted = people && strpbrk(people, "0123456789");
		buf_addf(b, "  %s  %s: ", call[i].incident, call[i].employer);
		if (counted)
			buf_addf(b, "%s people", people);
		else
			buf_adds(b, "number of people unknown");
		if (people && !counted)
			buf_addf(b, " (%s)", people);
		buf_addf(b, ", %s, by ", call[i].phone ? call[i].phone : "no telephone given");
		zone_add(b, call[i].by);
		buf_addc(b, '\n');
	}
	if (all > MOST)
		buf_addf(b, "  and %zu more; incident-track calls lists them\n", all - MOST);
}

enum { CASES_MOST = 20 };

void summary_case(struct summary_cases *to, const struct kept_notice *kept)
{
	const char *ref = kept->ref ? kept->ref : kept->incident;
	struct buf *b = &to->lines;

	if ((!kept->joined && !kept->beside && !kept->likely && !kept->became && !kept->older &&
	            !kept->back) ||
	        to->n++ >= CASES_MOST)
		return;
	if (kept->older)
		buf_addf(b,
		        "%s was amended since the row in line %ld of %s, which is not taken; "
		        "compact-record notice log %s shows both\n",
		        ref, kept->line, kept->file, ref);
	if (kept->back)
		buf_addf(b,
		        "%s is again what it was before it was amended; compact-record notice log "
		        "%s shows both\n",
		        ref, ref);
	if (kept->became)
		buf_addf(b, "%s\n", kept->became);
	if (kept->joined)
		buf_addf(b, "%s joins case %s, which was open\n", ref, kept->incident);
	else if (kept->beside)
		buf_addf(b,
		        "%s: case %s of the employer is open too; if they are one: incident-track "
		        "join %s %s\n",
		        ref, kept->beside, kept->incident, kept->beside);
	else if (kept->likely && kept->incident)
		buf_addf(b,
		        "%s: case %s may be of the same employer; if so: incident-track join %s "
		        "%s\n",
		        ref, kept->likely, kept->incident, kept->likely);
}

void summary_cases_end(struct summary_cases *to)
{
	if (to->n > CASES_MOST)
		buf_addf(&to->lines, "and %zu more; compact-check lists cases that may be one\n",
		        to->n - CASES_MOST);
}
