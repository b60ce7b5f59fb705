/* SPDX-License-Identifier: MIT */
/* The head of minutes: when, where, which group. */
#include "action/minutes/minutes.h"

#include <string.h>
#include <strings.h>

static void add_field(struct minutes_reader *r, const char *field, const char *text, long line)
{
	struct minutes *m = r->m;

	m->field = mem_grow(m->field, &r->cap_field, m->nfield + 1, sizeof *m->field);
	m->field[m->nfield++] = (struct assignment){
		.field = field, .op = '=', .text = text, .file = r->name, .line = line
	};
}

/* Takes "10:00 to 12:00", "10.00 - 12.00" apart; to NULL: it has no end. */
static const char *part_times(struct arena *a, const char *text, const char **to)
{
	static const char *const between[] = { " to ", " until ", " till ", " - ", " – ", " — ",
		"–" };

	*to = NULL;
	for (size_t i = 0; i < COUNT(between); i++) {
		const char *at = strstr(text, between[i]);
		if (at) {
			*to = str_trim(arena_strdup(a, at + strlen(between[i])));
			return str_trim(arena_strndup(a, text, (size_t)(at - text)));
		}
	}
	return text;
}

/* A weekday before a date says nothing that the date does not. */
static const char *without_weekday(struct arena *a, const char *text)
{
	static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	const char *folded = text_fold(a, text);

	for (size_t i = 0; i < COUNT(days); i++)
		if (str_starts(folded, days[i])) {
			text += strlen(days[i]);
			return text + strspn(text, ", ");
		}
	return text;
}

/* Where the time begins that a text ends with: "10:00", or "10 am". NULL: it has but one word. */
static const char *last_time(const char *text)
{
	static const char *const halves[] = { "am", "a.m.", "a.m", "pm", "p.m.", "p.m" };
	const char *blank = strrchr(text, ' '), *before;

	for (size_t i = 0; blank && i < COUNT(halves); i++)
		if (strcasecmp(blank + 1, halves[i]) == 0) {
			while (blank > text && blank[-1] == ' ')
				blank--;
			for (before = blank; before > text && before[-1] != ' ';)
				before--;
			return before > text ? before - 1 : NULL;
		}
	return blank;
}

static char *without_commas(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);

	for (char *p = out; *p; p++)
		if (*p == ',')
			*p = ' ';
	return out;
}

bool minutes_head(struct minutes_reader *r, char *line, struct fault *f)
{
	static const struct {
		const char *word, *field;
	} words[] = {
		{ "date", "date" },
		{ "when", "date" },
		{ "held", "date" },
		{ "held on", "date" },
		{ "starts", "date" },
		{ "date and time", "date" },
		{ "time", "time" },
		{ "meeting", "ref" },
		{ "ref", "ref" },
		{ "reference", "ref" },
		{ "venue", "venue" },
		{ "place", "venue" },
		{ "where", "venue" },
		{ "location", "venue" },
		{ "group", "workgroup" },
		{ "workgroup", "workgroup" },
		{ "title", "title" },
		{ "ends", "ends" },
		{ "quorum", "quorum" },
		{ "kind", "kind" },
		{ "cost", "cost" },
		{ "funder", "funder" },
		{ "organisers", "organisers" },
		{ "organiser", "organisers" },
		{ "survey", "survey" },
		{ "invited", "invited" },
		{ "booked", "booked" },
		{ "next meeting", NULL },
		{ "date of next meeting", NULL },
	};
	char *item = minutes_item(line), *text = minutes_plain(r->arena, item ? item : line);
	char *colon = strchr(text, ':');
	const char *key, *value;

	if (!*text)
		return true;
	if (!colon)
		return minutes_refuse(r, r->line, f,
		        arena_printf(r->arena,
		                "%s is no 'Date: …' or 'Venue: …'; put what was said under a "
		                "heading of its own",
		                quote(text)));
	*colon = '\0';
	key = text_key(r->arena, text);
	value = str_trim(colon + 1);
	for (size_t i = 0; i < COUNT(words); i++) {
		if (!str_equal(key, words[i].word))
			continue;
		if (!words[i].field)
			return true;
		if (str_equal(words[i].field, "ref")) {
			r->m->ref = value;
		} else if (str_equal(words[i].field, "date")) {
			r->m->date = value;
			r->m->date_line = r->line;
		} else if (str_equal(words[i].field, "time")) {
			r->m->time = value;
		} else {
			if (str_equal(words[i].field, "workgroup"))
				r->m->workgroup = value;
			add_field(r, words[i].field, value, r->line);
		}
		return true;
	}
	return minutes_refuse(r, r->line, f,
	        arena_printf(r->arena,
	                "%s is nothing a meeting has; write Date, Time, Venue, Group, Meeting, or "
	                "put it under a heading",
	                quote(text)));
}

bool minutes_times(struct minutes_reader *r, struct fault *f)
{
	struct minutes *m = r->m;
	const char *to, *date, *from, *end = NULL, *time;

	if (!m->date)
		return true;
	date = without_weekday(r->arena, part_times(r->arena, m->date, &to));
	date = str_trim(without_commas(r->arena, date));
	if (m->time) {
		if (to)
			return minutes_refuse(r, m->date_line, f,
			        "gives the times twice; leave out one of Date's and Time");
		time = part_times(r->arena, m->time, &to);
		from = arena_printf(r->arena, "%s %s", date, time);
		if (to)
			end = arena_printf(r->arena, "%s %s", date, to);
	} else {
		from = date;
		if (to) {
			/* The day stands before the time; the end is on the same day. */
			const char *blank = last_time(date);
			end = blank ? arena_printf(
			                      r->arena, "%.*s %s", (int)(blank - date), date, to)
			            : to;
		}
	}
	add_field(r, "starts", from, m->date_line);
	if (end)
		add_field(r, "ends", end, m->date_line);
	m->starts = from;
	return true;
}
