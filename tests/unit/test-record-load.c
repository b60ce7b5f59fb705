/* SPDX-License-Identifier: MIT */
/* record: loading documents, checking, handing over, erasing, and kinds that SQL alone has added. */
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

static struct load_counts counts;

/* Loads and finishes; refused NULL: all of it must be taken. */
static void load_with(
        struct bench *b, const char *text, const struct load_options *o, const char *refused)
{
	struct input_options io = { .format = INPUT_YAML };
	struct input *in = input_open_bytes("doc.yaml", text, strlen(text), &io, &b->fault);
	bench_fault_is(b, in != NULL, NULL);
	counts = (struct load_counts){ 0 };
	buf_clear(&b->said);
	bool ok = store_mark(b->store, &b->fault) &&
	          record_load(&b->work, in, o, &counts, &b->fault) &&
	          record_finish(&b->work, &b->fault);
	if (ok)
		store_release(b->store, &b->fault);
	else
		store_revert(b->store);
	struct fault own = { 0 };
	assert_true(input_close(in, &own));
	bench_fault_is(b, ok, refused);
}

static void load(struct bench *b, const char *text, const char *refused)
{
	load_with(b, text, &(struct load_options){ 0 }, refused);
}

/* ---------- documents ---------- */

static const char plan[] = "action:\n"
                           "- ref: A1\n"
                           "  title: Map the skills\n"
                           "  aims: ['2.1']\n"
                           "  leads: [Ann Smith, Fife Council, named lead?]\n"
                           "  priorities: [2008-09/1]\n"
                           "  step:\n"
                           "  - text: Ask\n"
                           "    lead: Ann Smith\n"
                           "  - text: Publish\n"
                           "aim:\n"
                           "- {ref: a21, number: '2.1', text: Two}\n"
                           "priority:\n"
                           "- {period: 2008-09, number: 1, title: First, aims: ['2.1']}\n"
                           "person:\n"
                           "- {ref: ann, name: Ann Smith, org: fife}\n"
                           "org:\n"
                           "- {ref: fife, name: Fife Council, contact: ann}\n";

static void test_load_in_any_order(void **state)
{
	struct bench *b = *state;
	load(b, plan, NULL);
	assert_int_equal(counts.read, 5);
	assert_int_equal(counts.added, 5);
	lists(b, "action", "ref,aims,priorities,leads", "",
	        "A1,a21,2008-09/1,ann;fife;named lead?\n");
	lists(b, "lead", "number,person,org,as_written", "",
	        "1,ann,,\n2,,fife,\n3,,,named lead?\n");
	lists(b, "step", "ref,text,lead", "", "A1/1,Ask,ann\nA1/2,Publish,\n");
	lists(b, "period", "ref,starts", "", "2008-09,2008-04-01\n");
	lists(b, "org", "ref,contact", "", "fife,ann\n");
	/* The same again is no change; nor is what the document does not say. */
	load(b, plan, NULL);
	said(b, "");
	assert_int_equal(counts.same, 5);
	load(b, "action:\n- {ref: a1, due: 30/9/2008}\n", NULL);
	said(b, "c action A1 due: - -> 2008-09-30\n");
	assert_int_equal(counts.changed, 1);
	/* Nothing after the colon clears. */
	load(b, "action:\n- ref: A1\n  due:\n  aims:\n", NULL);
	said(b, "c action A1 due: 2008-09-30 -> -\nc action A1 aims: a21 -> -\n");
}

static void test_load_lists_and_children(void **state)
{
	struct bench *b = *state;
	load(b, plan, NULL);
	load(b, "action:\n- ref: A1\n  leads: [ann]\n", NULL);
	said(b, "r lead A1/2\nr lead A1/3\n");
	load(b, "action:\n- ref: A1\n  leads+: [fife, ann]\n", NULL);
	said(b, "a lead A1/2\n");
	load(b, "action:\n- ref: A1\n  step:\n  - {number: 1, text: Ask all}\n", NULL);
	said(b, "c step A1/1 text: Ask -> Ask all\nr step A1/2\n");
	load(b, "action:\n- ref: A1\n  step+:\n  - text: Then\n", NULL);
	said(b, "a step A1/2\n");
	load(b, "action:\n- ref: A1\n  step:\n  - {number: 2, text: x}\n  - {number: 2, text: y}\n",
	        "doc.yaml:5: step: A1/2 stands there twice; leave one out");
	load(b, "step:\n- {action: A1, text: Last}\n", NULL);
	said(b, "a step A1/3\n");
	load(b, "action:\n- ref: A1\n  step:\n", NULL);
	said(b, "r step A1/1\nr step A1/2\nr step A1/3\n");
	load(b,
	        "meeting:\n- {ref: m1, starts: 2008-10-01, present: [ann], absent: [steering]}\n"
	        "workgroup:\n- ref: steering\n  name: S\n  seat:\n  - person: ann\n",
	        "doc.yaml:2: person: no person 'steering'; add it first, or correct it");
	load(b,
	        "workgroup:\n- ref: steering\n  name: S\n  seat:\n  - person: ann\n"
	        "meeting:\n- {ref: m1, starts: 2008-10-01, present: [steering]}\n",
	        NULL);
	lists(b, "attendance", "person,state", "", "ann,present\n");
	set(b, "meeting", "m1", "apologies=ann", NULL);
	said(b, "c attendance m1/ann state: present -> apologies\n");
}

static void test_load_refuses(void **state)
{
	struct bench *b = *state;
	load(b, "acton:\n- ref: A1\n", "doc.yaml:2: no kind 'acton'; did you mean 'action'");
	load(b, "action:\n- ref: A1\n  titel: x\n",
	        "doc.yaml:3: titel: action has no field 'titel'; did you mean 'title'");
	load(b, "action:\n- ref: A1\n  title: [x]\n",
	        "doc.yaml:3: title: is a single value, but a list is given; write one value");
	load(b, "action:\n- ref: A1\n  title: {x: y}\n",
	        "doc.yaml:3: title: is a single value, but a map is given; write one value");
	load(b, "action:\n- ref: A1\n  title: x\n  aims: one\n",
	        "doc.yaml:4: aims: is a list; write it as [a, b]");
	load(b, "action:\n- ref: A1\n  title: x\n  step: Ask\n",
	        "doc.yaml:4: step: holds records; write them as a list, each of FIELD: VALUE");
	load(b, "action:\n- A1\n",
	        "doc.yaml:2: a record is wanted here; write its fields as FIELD: VALUE");
	load(b, "action:\n- ref: A1\n  title: x\n  start: 2008-10-01\n  due: 2008-09-30\n",
	        "doc.yaml:5: due: '2008-09-30' is before start; correct one of the two");
	load(b, "action:\n- ref: A1\n  title: x\n  due: soon\n",
	        "doc.yaml:4: due: 'soon' is no date; write it like 2026-11-30 or 30 Nov 2026");
	load(b, "action:\n- ref: A1\n  due: 2008-09-30\n",
	        "doc.yaml:2: title: is missing; every action has one");
	load(b, "action:\n- ref: A1\n  title: x\n  theme: Z\n",
	        "doc.yaml:4: theme: no theme 'Z'; add it first, or correct it");
	load(b, "action:\n- ref: A1\n  title: x\n  aims: ['7']\n",
	        "doc.yaml:4: aims: no aim '7'; add it first, or correct it");
	load(b, "partnership: fife\n", "doc.yaml:1: no partnership 'fife'; there is derbyshire");
	load(b, "priority:\n- {period: 2008-09, number: 1, title: x}\n",
	        "doc.yaml:2: aims: 2008-09/1: a priority serves at least one aim; give aims=REF, "
	        "or "
	        "status=suggested while that is open");
	/* Several are told one by one, and summed up. */
	load(b, "action:\n- ref: A1\n- ref: A2\n- {ref: A3, title: x}\n",
	        "doc.yaml: 2 records refused, so nothing was kept; mend them all, or use "
	        "--keep-going");
	assert_string_equal(buf_text(&b->said),
	        "refused: doc.yaml:2: title: is missing; every action has one\n"
	        "refused: doc.yaml:3: title: is missing; every action has one\n"
	        "a action A3\n");
	load_with(b,
	        "action:\n- ref: A1\n- {ref: A2, title: x, step: [{text: y}, {due: z}]}\n"
	        "- {ref: A3, title: x}\n",
	        &(struct load_options){ .keep_going = true }, NULL);
	said(b, "refused: doc.yaml:2: title: is missing; every action has one\n"
	        "refused: doc.yaml:3: due: 'z' is no date; write it like 2026-11-30 or 30 Nov "
	        "2026\n"
	        "a action A3\n");
	assert_int_equal(counts.refused, 2);
	lists(b, "action", "ref", "", "A3\n");
	lists(b, "step", "ref", "", "");
}

static void test_load_partnerships(void **state)
{
	struct bench *b = *state;
	load(b,
	        "partnership:\n- {ref: tayside, name: Tayside}\norg:\n- {ref: angus, name: Angus}\n"
	        "---\npartnership: derbyshire\norg:\n- {ref: derby, name: Derby}\n"
	        "---\norg:\n- {ref: chesterfield, name: Chesterfield}\n",
	        NULL);
	lists(b, "org", "ref", "", "chesterfield\nderby\n");
	b->work.all = true;
	lists(b, "org", "ref", "", "derbyshire,chesterfield\nderbyshire,derby\ntayside,angus\n");
	lists(b, "org", "ref", "partnership=tayside", "tayside,angus\n");
	b->work.all = false;
	assert_string_equal(b->work.partnership, "derbyshire");
	load_with(b, "partnership: tayside\norg:\n- {ref: dundee, name: Dundee}\n",
	        &(struct load_options){ .replace = true }, NULL);
	assert_int_equal(counts.removed, 1);
	lists(b, "org", "ref", "", "chesterfield\nderby\n");
	b->work.partnership = NULL;
	assert_false(record_needs_partnership(&b->work, &b->fault));
	bench_fault_is(b, false,
	        "the store holds 2 partnerships; choose one with -p: derbyshire, tayside");
	assert_true(work_choose(&b->work, "TAYSIDE", &b->fault));
	assert_string_equal(b->work.partnership, "tayside");
	assert_false(work_choose(&b->work, "angus", &b->fault));
	bench_fault_is(b, false, "no partnership 'angus'; there are derbyshire and tayside");
}

/* ---------- a kind that SQL alone has added ---------- */

static void test_kind_by_sql_alone(void **state)
{
	struct bench *b = *state;
	help_sql(b->store, "CREATE TABLE venue /* A place to meet. ref: V */ (\n"
	                   "	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON "
	                   "UPDATE CASCADE, /* x */\n"
	                   "	ref TEXT REF NOT NULL, /* *A short name. */\n"
	                   "	name TEXT NOT NULL, /* *Its name. */\n"
	                   "	seats INTEGER, /* *How many. */\n"
	                   "	owner TEXT REF, /* Whose it is. */\n"
	                   "	PRIMARY KEY (partnership, ref),\n"
	                   "	CONSTRAINT \"seats: is less than one; give how many there are\" "
	                   "CHECK (seats > 0),\n"
	                   "	FOREIGN KEY (partnership, owner) REFERENCES org (partnership, ref) "
	                   "ON UPDATE CASCADE"
	                   " DEFERRABLE INITIALLY DEFERRED\n) WITHOUT ROWID");
	help_sql(b->store,
	        "CREATE TABLE venue__features /* Features. */ (\n"
	        "	partnership TEXT REF NOT NULL, /* x */\n"
	        "	venue TEXT REF NOT NULL, /* x */\n"
	        "	item TEXT NOT NULL, /* A feature. */\n"
	        "	PRIMARY KEY (partnership, venue, item),\n"
	        "	FOREIGN KEY (partnership, venue) REFERENCES venue (partnership, ref) ON"
	        " UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED\n) WITHOUT ROWID");
	help_sql(b->store,
	        "CREATE TABLE room /* A room. */ (\n"
	        "	partnership TEXT REF NOT NULL, /* x */\n"
	        "	venue TEXT REF NOT NULL, /* x */\n"
	        "	number INTEGER NOT NULL, /* x */\n"
	        "	name TEXT, /* *x */\n"
	        "	PRIMARY KEY (partnership, venue, number),\n"
	        "	FOREIGN KEY (partnership, venue) REFERENCES venue (partnership, ref) ON"
	        " UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED\n) WITHOUT ROWID");
	add(b, "org", "fife", "name=Fife Council", NULL);
	assert_string_equal(
	        add(b, "venue", NULL,
	                "name=Town Hall|seats=40|owner=fife council|features=lift,loop", NULL),
	        "V1");
	add(b, "venue", NULL, "name=x|seats=0",
	        "seats: '0' is less than one; give how many there are");
	assert_string_equal(add(b, "room", "v1", "name=Back", NULL), "V1/1");
	set(b, "venue", "town hall", "seats=41|features+=hearing", NULL);
	said(b, "c venue V1 seats: 40 -> 41\nc venue V1 features: lift;loop -> "
	        "hearing;lift;loop\n");
	lists(b, "venue", NULL, "seats.min=41|owner:name.has=FIFE|features=loop",
	        "V1,Town Hall,41,fife,hearing;lift;loop\n");
	assert_string_equal(bench_show(b, "venue", "V1"), "venue:\n"
	                                                  "  - ref: V1\n"
	                                                  "    name: Town Hall\n"
	                                                  "    seats: 41\n"
	                                                  "    owner: fife\n"
	                                                  "    features:\n"
	                                                  "      - hearing\n"
	                                                  "      - lift\n"
	                                                  "      - loop\n"
	                                                  "    room:\n"
	                                                  "      - number: 1\n"
	                                                  "        name: Back\n");
	removes(b, "org", "fife", false,
	        "fife stays: venue V1 stands on it; remove or change that first");
	load(b, "venue:\n- {ref: V1, name: Hall, room: []}\n- {name: Barn}\n", NULL);
	said(b, "c venue V1 name: Town Hall -> Hall\nr room V1/1\na venue V2\n");
	removes(b, "venue", "V1", false, NULL);
	lists(b, "venue", "ref", "", "V2\n");
}

/* ---------- checking ---------- */

static char *check(struct bench *b, const char *kind)
{
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(FORMAT_CSV, out, &(struct writer_look){ 0 });
	const char *kinds[] = { kind, NULL };
	size_t found;
	bool ok = record_check(&b->work, kinds, NULL, writer, &found, &b->fault);
	struct fault own = { 0 };
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	bench_fault_is(b, ok, NULL);
	char *copy = arena_strdup(b->arena, strchr(buf_text(&text), '\n') + 1);
	buf_free(&text);
	return copy;
}

static void test_check(void **state)
{
	struct bench *b = *state;
	add(b, "aim", "1", "text=One", NULL);
	add(b, "forum", "f1", "name=F", NULL);
	assert_string_equal(check(b, "forum"), "");
	help_sql(b->store, "PRAGMA defer_foreign_keys=ON");
	help_sql(b->store,
	        "INSERT INTO forum (partnership, ref, name) VALUES ('derbyshire', 'F1', 'G')");
	help_sql(b->store, "INSERT INTO forum__orgs VALUES ('derbyshire', 'f1', 'gone')");
	help_sql(b->store, "INSERT INTO step (partnership, action, number, text) VALUES "
	                   "('derbyshire', 'A9', 1, 'x')");
	assert_string_equal(check(b, "forum"),
	        "error,forum,f1,differs from F1 in capitals only,compact-record forum set f1 "
	        "ref=ANOTHER\n"
	        "error,forum,f1,\"orgs names org gone, which is not there\",\"compact-record forum "
	        "set "
	        "f1 orgs-=gone, or add it\"\n");
	assert_string_equal(check(b, "step"), "error,step,A9/1,\"action names action A9, which is "
	                                      "not there\",\"compact-record step "
	                                      "set A9/1 action=ANOTHER, or add it\"\n");
}

/* ---------- handing over ---------- */

static void test_replace(void **state)
{
	struct bench *b = *state;
	size_t moved;
	add(b, "person", "ann", "name=Ann", NULL);
	add(b, "person", "bob", "name=Bob", NULL);
	add(b, "workgroup", "sg", "name=Steering", NULL);
	add(b, "seat", "sg", "person=ann|role=chair|starts=2007-04-01", NULL);
	add(b, "seat", "sg", "person=ann|starts=2005-04-01|ends=2006-01-01", NULL);
	add(b, "action", "A1", "title=x|leads=ann", NULL);
	add(b, "action", "A2", "title=x|leads=ann|status=done", NULL);
	add(b, "action", "A3", "title=x|leads=ann,bob", NULL);
	set(b, "lead", "A1/1", "state=accepted|decided=2008-01-01", NULL);
	add(b, "step", "A1", "text=a|lead=ann", NULL);
	add(b, "step", "A1", "text=b|lead=ann|done_on=2008-01-01", NULL);
	add(b, "org", "o", "name=O|contact=ann", NULL);
	add(b, "issue_log", "L1", "title=x|owner=ann", NULL);
	bool ok = record_replace(&b->work, "person", "Ann", "bob", DAY_NONE, &moved, &b->fault);
	bench_fault_is(b, ok, NULL);
	assert_int_equal(moved, 6);
	lists(b, "lead", "ref,person,state,decided", "",
	        "A1/1,bob,proposed,\nA2/1,ann,proposed,\nA3/2,bob,proposed,\n");
	lists(b, "step", "ref,lead", "", "A1/1,bob\nA1/2,ann\n");
	lists(b, "seat", "ref,person,role,starts,ends", "",
	        "sg/1,ann,chair,2007-04-01,2026-08-02\nsg/2,ann,member,2005-04-01,2006-01-01\n"
	        "sg/3,bob,chair,2026-08-03,\n");
	lists(b, "org", "ref,contact", "", "o,bob\n");
	lists(b, "issue_log", "ref,owner", "", "L1,bob\n");
	assert_false(record_replace(&b->work, "person", "bob", "bob", DAY_NONE, &moved, &b->fault));
	bench_fault_is(b, false, "'bob' is the same person; name two");
	assert_false(record_replace(&b->work, "action", "A1", "A2", DAY_NONE, &moved, &b->fault));
	bench_fault_is(
	        b, false, "action cannot be replaced; only a person, an org or an employer can");
}

/* ---------- erasing ---------- */

static void note_found(void *to, const char *kind, const char *ref, const char *field)
{
	buf_addf(to, "%s %s %s\n", kind, ref, field);
}

static bool file_holds(const char *path, const char *word)
{
	struct arena *a = arena_new();
	struct fault f = { 0 };
	size_t n;
	char *bytes = file_read(a, path, 1 << 26, &n, &f);
	assert_non_null(bytes);
	bool holds = memmem(bytes, n, word, strlen(word)) != NULL;
	arena_free(a);
	return holds;
}

static void test_erase(void **state)
{
	struct bench *b = *state;
	struct buf where = { 0 };
	int64_t seq;
	add(b, "person", "croberts",
	        "name=Cheryl Roberts|given=Cheryl|email=cr@example.org|phone=01246 "
	        "555123",
	        NULL);
	add(b, "person", "ann", "name=Ann Robertson", NULL);
	add(b, "action", "A1",
	        "title=Ask CHERYL ROBERTS (croberts), not Cheryl Robertson|leads=croberts", NULL);
	add(b, "practice", "P1", "title=x|tags=Cheryl Roberts,other", NULL);
	add(b, "terms", "2008", "status=draft|document=By Cheryl Roberts.", NULL);
	set(b, "terms", "2008", "status=adopted|adopted=2008-01-01", NULL);
	set(b, "person", "croberts", "phone=01246 555124", NULL);
	assert_true(store_commit(b->store, "set up", &seq, &b->fault));
	buf_clear(&b->said);
	bool ok = record_erase(&b->work, "person", "Cheryl Roberts", &help_info, true, note_found,
	        &where, &b->fault);
	bench_fault_is(b, ok, NULL);
	assert_string_equal(
	        buf_text(&where), "terms 2008 document\naction A1 title\npractice P1 tags\n");
	assert_true(file_holds(store_path(b->store), "Cheryl Roberts"));
	ok = record_erase(&b->work, "person", "croberts", &help_info, false, NULL, NULL, &b->fault);
	bench_fault_is(b, ok, NULL);
	static const char *const gone[] = { "Cheryl Roberts ", "Cheryl Roberts.", "CHERYL",
		"croberts", "cr@example.org", "555123", "555124" };
	for (size_t i = 0; i < COUNT(gone); i++)
		if (file_holds(store_path(b->store), gone[i]))
			fail_msg("the file still holds %s", gone[i]);
	lists(b, "person", "ref,name,given,email,phone", "",
	        "ann,Ann Robertson,,,\nerased-1,erased-1,,,\n");
	lists(b, "action", "title,leads", "",
	        "\"Ask erased-1 (erased-1), not Cheryl Robertson\",erased-1\n");
	lists(b, "practice", "tags", "", "erased-1;other\n");
	lists(b, "terms", "status,document", "", "adopted,By erased-1.\n");
	ok = record_erase(&b->work, "person", "croberts", &help_info, false, NULL, NULL, &b->fault);
	bench_fault_is(b, ok, "no person 'croberts'; if it was being erased, that is now complete");
	ok = record_erase(&b->work, "action", "A1", &help_info, false, NULL, NULL, &b->fault);
	bench_fault_is(b, ok, "action holds no personal data to erase");
	buf_free(&where);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_load_in_any_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_load_lists_and_children, setup, teardown),
		cmocka_unit_test_setup_teardown(test_load_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_load_partnerships, setup, teardown),
		cmocka_unit_test_setup_teardown(test_kind_by_sql_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_check, setup, teardown),
		cmocka_unit_test_setup_teardown(test_replace, setup, teardown),
		cmocka_unit_test_setup_teardown(test_erase, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
