/* SPDX-License-Identifier: MIT */
/* survey: telling kinds and scales, orders, exports of each tool, masking, and figures by group. */
#include "survey/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct survey *survey_with_scales(void)
{
	struct survey *s = survey_new();
	struct fault f = { 0 };
	struct input *in =
	        input_open("share/reference/scale.yaml", &(struct input_options){ 0 }, &f);

	assert_non_null(in);
	assert_true(survey_read_scales(s, in, &f));
	assert_true(input_close(in, &f));
	return s;
}

static struct survey *read_text(const char *book, const char *text, const struct survey_ask *ask)
{
	struct survey *s = survey_with_scales();
	struct fault f = { 0 };
	struct input *in;

	if (ask)
		survey_set(s, ask);
	if (book) {
		in = input_open_bytes("book", book, strlen(book), &(struct input_options){ 0 }, &f);
		assert_true(survey_read_codebook(s, in, &f));
		input_close(in, &f);
	}
	in = input_open_bytes("responses", text, strlen(text),
	        &(struct input_options){ .format = INPUT_CSV }, &f);
	assert_non_null(in);
	if (!survey_read(s, in, NULL, NULL, &f) || !survey_understand(s, &f)) {
		print_error("%s\n", f.text);
		fail();
	}
	input_close(in, &f);
	return s;
}

/* ---------- scales ---------- */

static void expect_scale(struct survey *s, const char *ref, const char *const *option, size_t n)
{
	struct scale_match m;
	bool found = scale_find(s, option, n, &m);

	if (!ref) {
		if (found)
			print_error("%s … taken for %s\n", option[0], m.scale->ref);
		assert_false(found);
		return;
	}
	if (!found || !str_equal(m.scale->ref, ref))
		print_error("%s … is %s, not %s\n", option[0], found ? m.scale->ref : "none", ref);
	assert_true(found);
	assert_string_equal(m.scale->ref, ref);
	/* The options are given in the scale's order. */
	size_t last = 0;
	for (size_t i = 0; i < n; i++) {
		if (m.place[i] == NONE)
			continue;
		assert_true(i == 0 || m.place[i] >= last);
		last = m.place[i];
	}
}

#define EXPECT(s, ref, ...)                                        \
	expect_scale(s, ref, (const char *const[]){ __VA_ARGS__ }, \
	        sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void usual_scales_are_known(void **state)
{
	(void)state;
	struct survey *s = survey_with_scales();
	EXPECT(s, "agreement", "STRONGLY AGREE", "agree", "Neither agree nor disagree", "Disagree",
	        "Strongly Disagree");
	EXPECT(s, "agreement", "Agree strongly", "Tend to agree", "Neutral", "Tend to disagree",
	        "Disagree strongly", "Don't know");
	EXPECT(s, "agreement-4", "Strongly agree", "Agree", "Disagree", "Strongly disagree");
	EXPECT(s, "agreement-7", "Strongly agree", "Agree", "Somewhat agree",
	        "Neither agree nor disagree", "Somewhat disagree", "Disagree", "Strongly disagree");
	EXPECT(s, "agreement", "Strongly agree", "Agree");
	EXPECT(s, "satisfaction", "Very satisfied", "Quite satisfied",
	        "Neither satisfied nor dissatisfied", "Quite dissatisfied", "Very dissatisfied");
	EXPECT(s, "satisfaction", "Very Satisfied", "Satisfied", "Neutral", "Dissatisfied",
	        "Very Dissatisfied", "N/A");
	EXPECT(s, "frequency", "Always", "Often", "Sometimes", "Rarely", "Never");
	EXPECT(s, "likelihood", "Extremely likely", "Likely", "Neither likely nor unlikely",
	        "Unlikely", "Extremely unlikely");
	EXPECT(s, "importance", "Very important", "Fairly important", "Not very important",
	        "Not at all important");
	EXPECT(s, "importance-5", "Extremely important", "Very important", "Somewhat important",
	        "Not so important", "Not at all important");
	EXPECT(s, "importance-both", "Very important", "Somewhat important",
	        "Neither important nor unimportant (neutral)", "Somewhat unimportant",
	        "Very unimportant");
	EXPECT(s, "usefulness", "Very useful", "Quite useful", "Not very useful",
	        "Not at all useful");
	EXPECT(s, "usefulness", "Very relevant", "Fairly relevant", "Not very relevant");
	EXPECT(s, "extent", "A great deal", "A fair amount", "Not very much", "Not at all");
	EXPECT(s, "extent", "A lot", "Some", "Not much", "Not at all");
	EXPECT(s, "quality-excellent", "Excellent", "Very good", "Good", "Fair", "Poor");
	EXPECT(s, "quality", "Very good", "Good", "Average", "Poor", "Very poor");
	EXPECT(s, "ease", "Very easy", "Easy", "Neither easy nor difficult", "Difficult",
	        "Very difficult");
	EXPECT(s, "yes-no", "yes", "NO", "Not sure");
	EXPECT(s, "yes-no", "No");
	EXPECT(s, "agreement", "5 - Strongly agree", "4 - Agree", "3 - Neither agree nor disagree",
	        "2 - Disagree", "1 - Strongly disagree");
	EXPECT(s, "agreement", "Strongly agree (5)", "Agree (4)", "Neutral (3)", "Disagree (2)",
	        "Strongly disagree (1)");
	survey_free(s);
}

static void scales_of_anything_and_of_nothing(void **state)
{
	(void)state;
	struct survey *s = survey_with_scales();
	EXPECT(s, "degree-3", "Yes, very rude", "Yes, somewhat rude", "No, not rude at all");
	EXPECT(s, "degree", "Very rural", "Fairly rural", "Not very rural", "Not at all rural");
	EXPECT(s, "both-ways", "Very comfortable", "Somewhat comfortable",
	        "Neither comfortable nor uncomfortable", "Somewhat uncomfortable",
	        "Very uncomfortable");
	EXPECT(s, NULL, "Red", "Green", "Blue");
	EXPECT(s, NULL, "Some");
	EXPECT(s, NULL, "Very rude", "Somewhat polite");
	assert_true(scale_is_aside(s, "Don\u2019t know"));
	assert_true(scale_is_aside(s, "N/A"));
	assert_true(scale_is_aside(s, "PREFER NOT TO SAY"));
	assert_false(scale_is_aside(s, "No"));
	assert_false(scale_is_aside(s, "None"));
	survey_free(s);
}

/* ---------- orders ---------- */

static void expect_order(struct survey *s, const char *const *option, size_t n, bool rates)
{
	size_t order[16];
	bool often = false;

	if (!order_natural(s, option, n, order, &often)) {
		print_error("no order: %s …\n", option[0]);
		fail();
	}
	assert_int_equal(often, rates);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(order[i], i);
}

#define ORDER(s, rates, ...)                                  \
	expect_order(s, (const char *const[]){ __VA_ARGS__ }, \
	        sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), rates)

static void what_has_an_order(void **state)
{
	(void)state;
	struct survey *s = survey_with_scales();
	ORDER(s, false, "Under 18", "18-29", "30-44", "45-60", "> 60");
	ORDER(s, false, "$0 - $24,999", "$25,000 - $49,999", "$100,000 - $149,999", "$150,000+");
	ORDER(s, false, "Under 5 ft.", "5'0\"", "5'4\"", "5'10\"", "6'0\"", "6'6\" and above");
	ORDER(s, false, "It is not okay", "Once", "Twice", "Three times", "More than five times");
	ORDER(s, false, "Less than 6 months", "6-12 months", "1-2 years", "More than 2 years");
	ORDER(s, false, "1-9", "10-49", "50-249", "250 or more");
	ORDER(s, true, "Every day", "A few times per week", "Once a week", "A few times per month",
	        "Once a month or less", "Once a year or less", "Never");
	ORDER(s, true, "Daily", "Weekly", "Monthly", "Less often", "Never");
	size_t order[4];
	bool rates;
	assert_false(order_natural(s, (const char *const[]){ "North", "South" }, 2, order, &rates));
	assert_false(order_natural(s,
	        (const char *const[]){ "A council", "A college of 1883", "A bank" }, 3, order,
	        &rates));
	survey_free(s);
}

/* ---------- several answers to a cell ---------- */

static void count_all(struct dict *d, const char *const *text)
{
	for (; *text; text++)
		dict_find(d, *text, strlen(*text), 0, 1000);
}

static void joined_answers_are_told(void **state)
{
	(void)state;
	struct survey *s = survey_with_scales();
	static const char *const forms[] = { "Email;", "Email;Phone;", "Post;", NULL };
	static const char *const google[] = { "Web, Post", "Web", "Post", "Web, Post, Phone",
		"Phone", "Web, Phone", NULL };
	static const char *const prose[] = { "It is good; I like it", "Long; but useful to us",
		"More please; and sooner", NULL };
	static const char *const sentence[] = {
		"It's important for a person to be honest, kind and loyal.",
		"It's important for a person to be honest, kind, and loyal.", NULL
	};
	struct {
		const char *const *text, *separator;
	} t[] = { { forms, ";" }, { google, ", " }, { prose, NULL }, { sentence, NULL } };
	for (size_t i = 0; i < COUNT(t); i++) {
		struct dict d = { 0 };
		count_all(&d, t[i].text);
		const char *got = split_separator(s, &d);
		assert_true(str_equal(got, t[i].separator));
		dict_free(&d, 0);
	}
	survey_free(s);
}

static void numbers_as_people_write_them(void **state)
{
	(void)state;
	double x;
	assert_true(split_number("1,200", &x) && x == 1200);
	assert_true(split_number("\xc2\xa3"
	                         "30.50",
	                    &x) &&
	            x == 30.5);
	assert_true(split_number("45 %", &x) && x == 45);
	assert_true(split_number("-3", &x) && x == -3);
	assert_false(split_number("c. 40", &x));
	assert_false(split_number("20-30", &x));
	assert_false(split_number("1,2", &x));
	assert_false(split_number("", &x));
}

/* ---------- masking ---------- */

static void people_are_masked(void **state)
{
	(void)state;
	struct survey *s = survey_new();
	static const struct {
		const char *text, *masked;
	} t[] = {
		{ "Ring Jane Smith on 01382 123456 soon", "Ring [name] on [telephone] soon" },
		{ "Thanks to Mr Brown.", "Thanks to [name]." },
		{ "Dr. Aylmer was kind", "[name] was kind" },
		{ "mail a.jones@example.org or 07700 900 123", "mail [e-mail] or [telephone]" },
		{ "we are at DD1 4AB now", "we are at [postcode] now" },
		{ "Skills Development Scotland and Citizens Advice helped",
		        "Skills Development Scotland and Citizens Advice helped" },
		{ "I met Gwen Abernethy there", "I met [name] there" },
		{ "Sarah's team", "[name]'s team" },
		{ "It took 12 weeks in 2024", "It took 12 weeks in 2024" },
		{ "nothing to hide, really", "nothing to hide, really" },
	};
	for (size_t i = 0; i < COUNT(t); i++)
		assert_string_equal(quote_masked(s, t[i].text), t[i].masked);
	survey_free(s);
}

/* ---------- whole surveys ---------- */

static const struct question *asked(const struct survey *s, const char *ref)
{
	for (size_t i = 0; i < s->questions; i++)
		if (str_equal(s->question[i].ref, ref))
			return &s->question[i];
	print_error("no question %s\n", ref);
	fail();
	return NULL;
}

static void battery_shares_its_scale(void **state)
{
	(void)state;
	/* Q2 was only agreed and disagreed with; Q1 tells that there are five answers. */
	struct survey *s = read_text(NULL,
	        "One,Two\nStrongly agree,Agree\nAgree,Disagree\nNeither agree nor disagree,Agree\n"
	        "Disagree,Agree\nStrongly disagree,Disagree\n",
	        NULL);
	assert_string_equal(asked(s, "Q2")->scale, "agreement");
	assert_int_equal(asked(s, "Q2")->options, 5);
	survey_free(s);
}

static void asides_are_no_base(void **state)
{
	(void)state;
	struct survey *s = read_text(NULL, "Clear?\nYes\nNo\nDon't know\n\"\"\nYes\n", NULL);
	struct printed p = print_figure(s, asked(s, "Q1"), 0, 0, 0);
	assert_string_equal(p.count, "2");
	assert_string_equal(p.base, "3");
	assert_string_equal(p.percent, "66.7");
	survey_free(s);
}

static void codebook_rules(void **state)
{
	(void)state;
	struct survey *s = read_text("weight: W\nleave_out: [Note]\nquestion:\n"
	                             "- ref: K\n  column: Score\n  kind: scale\n  direction: down\n"
	                             "- {ref: T, column: Say, kind: text, themes: [{theme: money, "
	                             "tone: negative, words: "
	                             "[fund*, cash]}]}\n"
	                             "- {ref: R, column: Area, kind: single, recode: {Nth: North}, "
	                             "option: [South, North]}\n",
	        "Score,Say,Area,W,Note\n1,no funding,Nth,2,x\n5,cash first,North,1,x\n"
	        "2,fine,South,1,y\n",
	        NULL);
	assert_int_equal(s->questions, 3);
	struct printed p = print_figure(s, asked(s, "K"), 0, 0, POSITIVE);
	assert_string_equal(p.percent, "75.0"); /* 1 and 2 are good: weights 2 and 1 of 4 */
	assert_string_equal(print_figure(s, asked(s, "T"), 0, 0, 0).count, "2");
	assert_string_equal(asked(s, "R")->option[0].text, "South");
	assert_string_equal(print_figure(s, asked(s, "R"), 0, 0, 1).count, "2");
	survey_free(s);
}

static void crossings_and_overlaps(void **state)
{
	(void)state;
	const char *breaks[] = { "Area,Kind", "Uses", NULL };
	struct survey *s = read_text(NULL,
	        "Area,Kind,Uses,Good?\nN,X,Web;Post;,Yes\nN,Y,Web;,No\nS,X,Post;,Yes\nS,X,,No\n",
	        &(struct survey_ask){ .breaks = breaks,
	                .threshold = 0,
	                .invited = -1,
	                .received = -1,
	                .declined = -1 });
	assert_int_equal(s->axes, 3);
	assert_string_equal(s->view[1].by, "Area \u00d7 Kind");
	assert_int_equal(s->view[1].groups, 3); /* nobody is in S × Y */
	assert_true(s->view[2].overlap);
	/* Both who use the web, and both who use the post, count in each. */
	for (size_t g = 0; g < s->view[2].groups; g++)
		if (str_equal(s->view[2].group[g].text, "Web"))
			assert_string_equal(
			        print_figure(s, asked(s, "Q4"), 2, g, ANSWERED).count, "2");
	survey_free(s);
}

static void memory_is_flat_in_rows(void **state)
{
	(void)state;
	/* More different answers than are kept: numbers are summed, prose is only counted. */
	struct buf b = { 0 };
	buf_adds(&b, "Number,Prose\n");
	for (int i = 0; i < 6000; i++)
		buf_addf(&b, "%d,this is what respondent number %d has to say of it\n", i, i);
	struct survey *s = read_text(NULL, buf_text(&b), NULL);
	assert_int_equal(asked(s, "Q1")->kind, QUESTION_NUMBER);
	assert_string_equal(print_mean(s, asked(s, "Q1"), 0, 0), "2999.50");
	assert_int_equal(asked(s, "Q2")->kind, QUESTION_TEXT);
	assert_string_equal(print_figure(s, asked(s, "Q2"), 0, 0, ANSWERED).count, "6000");
	assert_int_equal(s->column[0].dict.n + s->column[1].dict.n, 0);
	survey_free(s);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_scales_are_known),
		cmocka_unit_test(scales_of_anything_and_of_nothing),
		cmocka_unit_test(what_has_an_order),
		cmocka_unit_test(joined_answers_are_told),
		cmocka_unit_test(numbers_as_people_write_them),
		cmocka_unit_test(people_are_masked),
		cmocka_unit_test(battery_shares_its_scale),
		cmocka_unit_test(asides_are_no_base),
		cmocka_unit_test(codebook_rules),
		cmocka_unit_test(crossings_and_overlaps),
		cmocka_unit_test(memory_is_flat_in_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
