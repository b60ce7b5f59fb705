/* SPDX-License-Identifier: MIT */
/* record: adding, changing, finding, listing, showing and removing, each sentence as users read it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "record-help.h"

static int setup(void **state)
{
	static struct bench b;
	bench_open(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bench_close(*state);
	return 0;
}

/* ---------- adding and refs ---------- */

static void test_add_makes_refs(void **state)
{
	struct bench *b = *state;
	assert_string_equal(add(b, "action", NULL, "title=One", NULL), "A1");
	said(b, "a action A1\n");
	assert_string_equal(add(b, "action", "A2", "title=Two", NULL), "A2");
	assert_string_equal(add(b, "action", NULL, "title=Three", NULL), "A3");
	add(b, "theme", "B", "name=Recruitment", NULL);
	assert_string_equal(add(b, "action", NULL, "title=Four|theme=b", NULL), "B1");
	assert_string_equal(add(b, "person", NULL, "name=Cheryl Roberts", NULL), "croberts");
	assert_string_equal(add(b, "person", NULL, "name=Colin Roberts", NULL), "croberts2");
	assert_string_equal(add(b, "org", NULL, "name=Fife Council", NULL), "fife-council");
	/* What was removed is never made again. */
	add(b, "action", "A9", "title=Nine", NULL);
	removes(b, "action", "A9", false, NULL);
	assert_string_equal(add(b, "action", NULL, "title=Ten", NULL), "A10");
	assert_string_equal(add(b, "step", "A1", "text=First", NULL), "A1/1");
	assert_string_equal(add(b, "step", NULL, "action=a1|text=Second", NULL), "A1/2");
	assert_string_equal(add(b, "step", "A1/7", "text=Seventh", NULL), "A1/7");
	assert_string_equal(add(b, "step", "A1", "text=Eighth", NULL), "A1/8");
}

static void test_add_refuses(void **state)
{
	struct bench *b = *state;
	add(b, "action", "A1", "title=One", NULL);
	add(b, "action", "A1", "title=Again", "A1 exists; use set");
	add(b, "action", "a1", "title=Again", "A1 exists; use set");
	add(b, "action", "A2", "due=2008-09-30", "title: is missing; every action has one");
	add(b, "step", NULL, "text=What", "action: is missing; every step has one");
	add(b, "meeting", "m1", "title=x", "starts: is missing; every meeting has one");
	add(b, "aim", "1", "parent=9|text=x", "parent: no aim '9'; add it first, or correct it");
	add(b, "action", "A 2", "title=x",
	        "ref: 'A 2' is no ref; use up to 64 letters, digits, . _ and -, beginning with a "
	        "letter, digit or _");
	add(b, "action", "all", "title=x",
	        "ref: 'all' may not be a ref, it means every partnership; choose another");
	add(b, "action", "plan.CSV", "title=x",
	        "ref: 'plan.CSV' may not be a ref, it ends like a file name; choose another");
	add(b, "action", "A2", "titel=x",
	        "titel: action has no field 'titel'; did you mean 'title'");
	add(b, "actin", "A2", "title=x", "no kind 'actin'; did you mean 'action'");
	add(b, "action", "A2", "title=x|title=y", "title: is given twice; leave one out");
	add(b, "action", "A2", "title=x|step=y",
	        "step: is records of their own; use compact-record step add");
	add(b, "action", "A2", "title+=x",
	        "title: is no list; += adds to lists and takes from them only");
	add(b, "action", "A2", "title=x|start=2008-10-01|due=2008-09-30",
	        "due: '2008-09-30' is before start; correct one of the two");
	add(b, "action", "A2", "title=x|status=opne",
	        "status: 'opne' is no status; did you mean 'open'");
	add(b, "action", "A2", "title=x|status=going",
	        "status: 'going' is no status; write proposed, open, blocked, done or dropped");
	add(b, "holiday", "scotland", "title=x",
	        "'scotland' is no holiday; write it as division/day");
	add(b, "measure", "I9/2008-01-01", "value=3",
	        "indicator: no indicator 'I9'; add it first, or correct it");
	lists(b, "action", "ref,title", "", "A1,One\n");
}

/* ---------- values ---------- */

static void test_values_of_every_type(void **state)
{
	struct bench *b = *state;
	add(b, "sector", "education", "name=Education", NULL);
	add(b, "action", "A1",
	        "title=  padded  |due=30/9/08|start=1st April 2008|percent=40%|budget=£1,234.50|"
	        "regional=YES|points=1,000|status=OPEN|sector=Education|source=0012",
	        NULL);
	lists(b, "action", "title,due,start,percent,budget,regional,points,status,sector,source",
	        "", "padded,2008-09-30,2008-04-01,40,1234.50,yes,1000,open,education,0012\n");
	add(b, "meeting", "m1", "starts=3 Aug 2026 4.30pm|ends=2026-08-03", NULL);
	lists(b, "meeting", "starts,ends", "", "2026-08-03T15:30:00Z,2026-08-03\n");
	add(b, "indicator", "I1", "text=x|baseline=0.1|target=c. 40", NULL);
	said(b, "note: target: 'c. 40' is no value; kept in target_text as written\n"
	        "a indicator I1\n");
	lists(b, "indicator", "baseline,target,target_text,certainty", "", "0.1,,c. 40,estimate\n");
	set(b, "indicator", "I1", "target=41", NULL);
	said(b, "c indicator I1 target: - -> 41\nc indicator I1 target_text: c. 40 -> -\n");
	set(b, "indicator", "I1", "target=X", NULL);
	lists(b, "indicator", "target,target_text,certainty", "", ",X,unfilled\n");
	add(b, "person", "p", "name=P|email=p at q",
	        "email: 'p at q' is no e-mail address; write it like name@example.org");
	add(b, "action", "A2", "title=x|due=31/2/2008",
	        "due: '31/2/2008' is no day of the calendar as day/month/year; correct it, or "
	        "the order of dates");
	add(b, "action", "A2", "title=x|budget=lots",
	        "budget: 'lots' is no amount of money; write pounds like 1234.50");
	add(b, "action", "A2", "title=x|regional=perhaps",
	        "regional: 'perhaps' is neither yes nor no; write one of them");
	add(b, "action", "A2", "title=a\x07z",
	        "title: 'a\\x07z' has a control character (byte 2); take it out");
	add(b, "postcode", NULL, "postcode=dd14hz|council=S1",
	        "council: no council 'S1'; add it first, or correct it");
	add(b, "council", "S12000042", "name=Dundee City", NULL);
	add(b, "postcode", NULL, "postcode=dd14hz|council=dundee city", NULL);
	lists(b, "postcode", "postcode,council", "", "DD1 4HZ,S12000042\n");
	add(b, "postcode", NULL, "postcode=nowhere|council=S12000042",
	        "postcode: 'nowhere' is no postcode; write it like KY1 1XX");
}

/* ---------- references ---------- */

static void test_references(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "aim1", "number=1|text=One", NULL);
	add(b, "aim", "aim21", "number=2.1|text=Two one", NULL);
	add(b, "aim", "2.1", "number=9|text=Awkward", NULL);
	add(b, "person", "croberts", "name=Cheryl Roberts", NULL);
	add(b, "org", "fife", "name=Fife Council", NULL);
	add(b, "person", "fife", "name=Duncan Fife", NULL);
	add(b, "workgroup", "steering", "name=Steering Group", NULL);
	add(b, "action", "A1", "title=x|aims=1", NULL);
	add(b, "action", "A2", "title=x|aims=2.1",
	        "aims: '2.1' fits aim 2.1 and aim aim21; write aim:2.1 or number:2.1");
	add(b, "action", "A2", "title=x|aims=aim:2.1, number:2.1 and 1", NULL);
	lists(b, "action", "ref,aims", "", "A1,aim1\nA2,2.1;aim1;aim21\n");
	add(b, "action", "A3", "title=x|leads=fife",
	        "leads: 'fife' fits person fife and org fife; write person:fife or org:fife");
	add(b, "action", "A3", "title=x|leads=org:fife,CHERYL ROBERTS,Steering group,named lead?",
	        NULL);
	said(b, "a action A3\na lead A3/1\na lead A3/2\na lead A3/3\na lead A3/4\n"
	        "warning: leads: 'named lead?' is no person, organisation or group; kept as "
	        "written\n");
	lists(b, "action", "leads", "ref=A3", "fife;croberts;steering;named lead?\n");
	set(b, "action", "A3", "leads=org:fife,croberts,Steering group,named lead?", NULL);
	said(b, "");
	set(b, "action", "A3", "leads-=croberts", NULL);
	said(b, "r lead A3/2\n");
	set(b, "person", "croberts", "org=fife concil",
	        "org: no org 'fife concil'; did you mean fife (Fife Council)");
	set(b, "person", "croberts", "org=FIFE council", NULL);
	said(b, "c person croberts org: - -> fife\n");
	set(b, "step", "A1/1", "text=x", "no step 'A1/1'; there is none yet");
	add(b, "step", "A1", "text=Ask|lead=Bob Hope", NULL);
	said(b, "warning: lead: no person 'Bob Hope'; kept in lead_text as written\n"
	        "a step A1/1\n");
	lists(b, "step", "lead,lead_text", "", ",Bob Hope\n");
	set(b, "step", "A1/1", "lead=Cheryl Roberts", NULL);
	lists(b, "step", "lead,lead_text", "", "croberts,\n");
}

static void test_priorities_and_periods(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "1", "text=One", NULL);
	add(b, "priority", "2008-09/1", "title=x",
	        "aims: 2008-09/1: a priority serves at least one aim; give aims=REF, or "
	        "status=suggested while that is open");
	add(b, "priority", "2008-09/1", "title=x|status=suggested", NULL);
	lists(b, "period", NULL, "", "2008-09,2008-04-01,2009-03-31\n");
	assert_string_equal(add(b, "priority", "2026-27", "title=y|aims=1", NULL), "2026-27/1");
	/* Plain 1 is the current period's. */
	add(b, "action", "A1", "title=x|priorities=1,2008-09/1", NULL);
	lists(b, "action", "priorities", "", "2008-09/1;2026-27/1\n");
	set(b, "priority", "1", "aims=",
	        "aims: 2026-27/1: a priority serves at least one aim; give "
	        "aims=REF, or status=suggested while that is open");
	set(b, "priority", "1", "carried_from=2008-09/1", NULL);
	said(b, "c priority 2026-27/1 carried_from: - -> 2008-09/1\n");
	lists(b, "priority", "ref,carried_from", "carried_from=2008-09/1", "2026-27/1,2008-09/1\n");
	add(b, "aim", "2", "number=A|text=x", NULL);
	add(b, "aim", "3", "number=a|text=x", "number: 'a' is that of aim 2 too; choose another");
}

/* ---------- changing ---------- */

static void test_set(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "1", "text=One", NULL);
	add(b, "aim", "2", "text=Two", NULL);
	add(b, "action", "A1", "title=One|due=2008-09-30|aims=1", NULL);
	set(b, "action", "a1", "due=31/10/2008|title=One", NULL);
	said(b, "c action A1 due: 2008-09-30 -> 2008-10-31\n");
	set(b, "action", "A1", "aims+=2|due=", NULL);
	said(b, "c action A1 due: 2008-10-31 -> -\nc action A1 aims: 1 -> 1;2\n");
	set(b, "action", "A1", "aims-=1", NULL);
	said(b, "c action A1 aims: 1;2 -> 2\n");
	set(b, "action", "A1", "aims=2", NULL);
	said(b, "");
	set(b, "action", "A1", "status=", NULL);
	said(b, "");
	set(b, "action", "A1", "title=", "title: is missing; every action has one");
	set(b, "action", "B7", "title=x", "no action 'B7'; there is A1");
	/* Renaming takes everything along. */
	add(b, "step", "A1", "text=Ask", NULL);
	add(b, "action", "A2", "title=Two", NULL);
	set(b, "action", "A1", "ref=A2", "A2 exists; choose another");
	set(b, "action", "A1", "ref=c7", NULL);
	said(b, "k action c7 ref: A1 -> c7\n");
	lists(b, "step", "action,text", "", "c7,Ask\n");
	lists(b, "action", "ref,aims", "", "A2,\nc7,2\n");
	set(b, "action", "c7", "ref=C7", NULL);
	said(b, "k action C7 ref: c7 -> C7\n");
	set(b, "setting", "max_priorities", "value=4", NULL);
	lists(b, "setting", NULL, "", "max_priorities,4\n");
}

/* ---------- filters ---------- */

static void test_filters(void **state)
{
	struct bench *b = *state;
	add(b, "org", "fife", "name=Fife Council|kind=provider", NULL);
	add(b, "org", "acme", "name=Acme Ltd|kind=employer", NULL);
	add(b, "person", "ann", "name=Ann Smith|org=fife|senior=yes", NULL);
	add(b, "person", "bob", "name=Bob Jones|org=acme", NULL);
	add(b, "person", "cy", "name=Cy", NULL);
	add(b, "aim", "1", "text=One", NULL);
	add(b, "aim", "2", "text=Two", NULL);
	add(b, "action", "A1", "title=Map skills|due=2026-08-01|aims=1|leads=ann", NULL);
	add(b, "action", "A2", "title=Ask Éric|due=2026-09-01|aims=1,2|budget=100", NULL);
	add(b, "action", "A10", "title=Skills fair|status=done|budget=20.50", NULL);
	add(b, "step", "A2", "text=Do", NULL);
	lists(b, "action", "ref", "", "A1\nA2\nA10\n");
	lists(b, "action", "ref", "ref=a1,A10", "A1\nA10\n");
	lists(b, "action", "ref", "status=open,done|title.has=SKILL", "A1\nA10\n");
	lists(b, "action", "ref", "title.has=éric", "A2\n");
	lists(b, "action", "ref", "status!=open", "A10\n");
	lists(b, "action", "ref", "due!=2026-08-01", "A2\nA10\n");
	lists(b, "action", "ref", "due.before=today", "A1\n");
	lists(b, "action", "ref", "due.after=1/8/26", "A2\n");
	lists(b, "action", "ref", "due.min=1/8/26|due.max=2026-09-01", "A1\nA2\n");
	lists(b, "action", "ref", "due.none=yes", "A10\n");
	lists(b, "action", "ref", "due.none=no", "A1\nA2\n");
	lists(b, "action", "ref", "budget.min=20.50|budget.max=£99", "A10\n");
	lists(b, "action", "ref", "budget=100,20.50", "A2\nA10\n");
	lists(b, "action", "ref", "aims=2", "A2\n");
	lists(b, "action", "ref", "aims=1,2", "A1\nA2\n");
	lists(b, "action", "ref", "aims!=2", "A1\nA10\n");
	lists(b, "action", "ref", "aims.none=yes", "A10\n");
	lists(b, "action", "ref", "aims:text=two", "A2\n");
	lists(b, "action", "ref", "leads=Ann Smith", "A1\n");
	lists(b, "action", "ref", "leads.has=SMITH", "A1\n");
	lists(b, "action", "ref", "leads.has=nn", "A1\n");
	lists(b, "action", "ref", "leads.has=jones", "");
	lists(b, "action", "ref", "leads.none=yes", "A2\nA10\n");
	lists(b, "action", "ref", "step.none=no", "A2\n");
	lists(b, "action", "ref", "step:text.has=do", "A2\n");
	lists(b, "step", "ref", "action:aims=1", "A2/1\n");
	lists(b, "person", "ref", "org:kind=provider", "ann\n");
	/* What is not equal is all that is not listed as equal, what is not known too, however far away. */
	lists(b, "person", "ref", "org!=fife", "bob\ncy\n");
	lists(b, "person", "ref", "org:kind!=provider", "bob\ncy\n");
	lists(b, "person", "ref", "org:kind!=provider,employer", "cy\n");
	lists(b, "person", "ref", "org:kind.none=no", "ann\nbob\n");
	lists(b, "person", "ref", "org:kind!=", "ann\nbob\n");
	lists(b, "person", "ref", "org:kind.none=yes", "cy\n");
	lists(b, "person", "ref", "org:kind=", "cy\n");
	lists(b, "person", "ref", "org:sectors.none=yes", "ann\nbob\ncy\n");
	lists(b, "action", "ref", "aims:text!=two", "A1\nA10\n");
	lists(b, "action", "ref", "aims:text.none=yes", "A10\n");
	lists(b, "action", "ref", "leads:person:org!=fife", "A2\nA10\n");
	lists(b, "action", "ref", "step:text!=do", "A1\nA10\n");
	lists(b, "step", "ref", "ref!=A2/1", "");
	lists(b, "step", "ref", "action:partnership!=derbyshire", "");
	lists(b, "step", "ref", "action:partnership.none=no", "A2/1\n");
	lists(b, "person", "ref", "org=fife council,acme", "ann\nbob\n");
	lists(b, "person", "ref", "senior=yes", "ann\n");
	lists(b, "person", "ref", "name=ANN SMITH", "ann\n");
	list_refused(b, "action", "titel=x", "action has no field 'titel'; did you mean 'title'");
	list_refused(b, "action", "overdue", "'overdue' is no filter; write FIELD=VALUE");
	list_refused(b, "action", "due.befor=x",
	        "'due.befor=x': a filter has .before, .after, .min, .max, .has or .none before the "
	        "=");
	list_refused(b, "action", "due.before=soon",
	        "due: 'soon' is no date; write it like 2026-11-30 or 30 Nov 2026");
	list_refused(b, "action", "leads.before=ann",
	        "leads: are references; a filter on them has = or != or .has or .none");
	list_refused(b, "action", "title.before=today",
	        "title: has no order to be before or after in; a filter on it has = or != or .has "
	        "or .none");
	list_refused(b, "action", "status.min=open",
	        "status: has no order to be before or after in; a filter on it has = or != or .has "
	        "or .none");
	list_refused(b, "action", "due.none=perhaps",
	        "due: 'perhaps' is neither yes nor no; write one of them");
	list_refused(b, "action", "titel.none=perhaps",
	        "action has no field 'titel'; did you mean 'title'");
	list_refused(
	        b, "person", "org:knid!=x", "org: org has no field 'knid'; did you mean 'kind'");
	list_refused(b, "action", "title:name=x",
	        "title: refers to no records, so no field can follow it");
	list_refused(b, "person", "org=nobody", "org: no org 'nobody'; there are acme and fife");
	add(b, "meeting", "m1", "starts=2026-08-02T23:30:00Z", NULL);
	add(b, "meeting", "m2", "starts=2026-08-03", NULL);
	lists(b, "meeting", "ref", "starts=2026-08-03", "m1\nm2\n");
	lists(b, "meeting", "ref", "starts.before=2026-08-03", "");
	lists(b, "meeting", "ref", "starts.max=2026-08-03", "m1\nm2\n");
	lists(b, "meeting", "ref", "starts.after=2026-08-02", "m1\nm2\n");
}

/* ---------- listing ---------- */

static void sorted(struct bench *b, const char *kind, const char *columns, const char *sort,
        const char *expected)
{
	char *rows = bench_list(b, kind, columns, "", sort);
	bench_fault_is(b, rows != NULL, NULL);
	assert_string_equal(rows, expected);
}

static void test_list(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "2.10", "text=x", NULL);
	add(b, "aim", "2.9", "text=x", NULL);
	add(b, "action", "A2", "title=b|due=2026-09-01|aims=2.10,2.9|budget=7", NULL);
	add(b, "action", "A10", "title=a|due=2026-08-01|budget=0.05", NULL);
	add(b, "action", "A1", "title=c", NULL);
	add(b, "practice", "P1", "title=x|tags=one\\, two;three", NULL);
	lists(b, "practice", "tags", "", "\"one\\, two;three\"\n");
	lists(b, "action", "ref,aims,budget", "", "A1,,\nA2,2.9;2.10,7.00\nA10,,0.05\n");
	sorted(b, "action", "ref", "title", "A10\nA2\nA1\n");
	sorted(b, "action", "ref", "due", "A10\nA2\nA1\n");
	sorted(b, "action", "ref", "-due", "A2\nA10\nA1\n");
	sorted(b, "action", "ref", "-status,-ref", "A10\nA2\nA1\n");
	sorted(b, "aim", "ref", "", "2.9\n2.10\n");
	add(b, "step", "A10", "text=x", NULL);
	add(b, "step", "A2", "text=y", NULL);
	lists(b, "step", "ref,text", "", "A2/1,y\nA10/1,x\n");
	/* Only some, whatever the case of their refs. */
	const char *refs[] = { "a2/1" }, **found;
	struct list_query q = { .kind = "step", .ref = refs, .nref = 1 };
	size_t n;
	assert_true(record_refs(&b->work, &q, &found, &n, &b->fault));
	assert_int_equal(n, 1);
	assert_string_equal(found[0], "A2/1");
	/* A view is listed, filtered and sorted like a kind. */
	const char *filter[] = { "days_overdue.min=1" }, *columns[] = { "ref", "days_overdue" };
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(FORMAT_CSV, out, &(struct writer_look){ 0 });
	q = (struct list_query){ .kind = "action",
		.from = "action_overdue",
		.filter = filter,
		.nfilter = 1,
		.column = columns,
		.ncolumn = 2 };
	bool ok = record_list(&b->work, &q, LOOK_MACHINE, writer, &n, &b->fault);
	struct fault own = { 0 };
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	bench_fault_is(b, ok, NULL);
	assert_string_equal(buf_text(&text), "ref,days_overdue\nA10,2\n");
	buf_free(&text);
	list_refused(b, "action", "step=1",
	        "step: holds records; write step:FIELD=VALUE, or step.none=yes");
}

static void test_many_refs(void **state)
{
	struct bench *b = *state;
	/* Refs given by hand are passed over at once. */
	for (int i = 1; i < 300; i++)
		add(b, "duty", arena_printf(b->arena, "D%d", i), "text=x", NULL);
	assert_string_equal(add(b, "duty", NULL, "text=x", NULL), "D300");
	assert_int_equal(
	        help_int(b->store, "SELECT last FROM store_counter WHERE kind = 'duty'"), 300);
}

/* ---------- removing ---------- */

static void test_remove(void **state)
{
	struct bench *b = *state;
	add(b, "person", "ann", "name=Ann", NULL);
	add(b, "action", "A1", "title=One|leads=ann", NULL);
	add(b, "step", "A1", "text=Do", NULL);
	removes(b, "person", "ann", false,
	        "ann stays: lead A1/1 stands on it; remove or change that first");
	removes(b, "action", "A1", false,
	        "A1 stays: lead A1/1 and step A1/1 stand on it; remove or change those first, or "
	        "take its own along with --children");
	removes(b, "action", "A1", true, NULL);
	said(b, "r step A1/1\nr lead A1/1\nr action A1\n");
	removes(b, "person", "ann", false, NULL);
	removes(b, "person", "ann", false, "no person 'ann'; there is none yet");
}

/* ---------- showing ---------- */

static void test_show(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "1", "text=One", NULL);
	add(b, "person", "ann", "name=Ann|phone=07700 900123", NULL);
	add(b, "action", "A1", "title=NO|aims=1|budget=12|regional=yes|leads=ann", NULL);
	add(b, "step", "A1", "text=Do\nthis", NULL);
	assert_string_equal(bench_show(b, "action", "a1"), "action:\n"
	                                                   "  - ref: A1\n"
	                                                   "    kind: action\n"
	                                                   "    title: 'NO'\n"
	                                                   "    regional: yes\n"
	                                                   "    status: open\n"
	                                                   "    points: 1\n"
	                                                   "    budget: 12.00\n"
	                                                   "    aims:\n"
	                                                   "      - '1'\n"
	                                                   "    lead:\n"
	                                                   "      - number: 1\n"
	                                                   "        person: ann\n"
	                                                   "        state: proposed\n"
	                                                   "    step:\n"
	                                                   "      - number: 1\n"
	                                                   "        text: |-\n"
	                                                   "          Do\n"
	                                                   "          this\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_add_makes_refs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_add_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values_of_every_type, setup, teardown),
		cmocka_unit_test_setup_teardown(test_references, setup, teardown),
		cmocka_unit_test_setup_teardown(test_priorities_and_periods, setup, teardown),
		cmocka_unit_test_setup_teardown(test_set, setup, teardown),
		cmocka_unit_test_setup_teardown(test_filters, setup, teardown),
		cmocka_unit_test_setup_teardown(test_list, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many_refs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_remove, setup, teardown),
		cmocka_unit_test_setup_teardown(test_show, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
