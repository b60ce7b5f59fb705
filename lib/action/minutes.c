/* SPDX-License-Identifier: MIT */
/*
 * The minutes of a meeting as people write them, out of one Markdown file. Under the first heading stand lines
 * "Date: …", "Venue: …"; then sections: who was present, who sent apologies, what was decided, who does what.
 * Every other section is what was said, and stays as it was written.
 */
#include "action/private.h"

#include <ctype.h>
#include <string.h>

enum section {
	SECTION_HEAD,
	SECTION_PRESENT,
	SECTION_APOLOGIES,
	SECTION_ABSENT,
	SECTION_DECISIONS,
	SECTION_ACTIONS,
	SECTION_TEXT
};

struct reader {
	struct arena *arena;
	struct minutes *m;
	const char *name;
	enum section section;
	bool titled;
	int top; /* level of the highest heading within what was said; 0: none yet */
	long line;
	struct buf text; /* what was said */
	struct buf item; /* a list item that may go on on the next line */
	long item_line;
	bool bullet;   /* the item is one of a list */
	int column[4]; /* of a table: where action, lead, due and ref stand; -1: nowhere */
	bool in_table;
	size_t cap_person, cap_decision, cap_task, cap_field;
};

static bool refuse(struct reader *r, long line, struct fault *f, const char *what)
{
	fault_set(f, STATUS_DATA, "%s", what);
	fault_place(f, r->name, line, NULL);
	return false;
}

/* ---------- lines ---------- */

static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!*line)
		return NULL;
	end = line + strcspn(line, "\n");
	*rest = *end ? end + 1 : end;
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

/* The text of a heading "## Text ##", or NULL. */
static char *heading_of(char *line, int *level)
{
	size_t n = strspn(line, "#");
	char *text, *end;

	if (n == 0 || n > 6 || (line[n] != ' ' && line[n] != '\t'))
		return NULL;
	*level = (int)n;
	text = str_trim(line + n);
	end = text + strlen(text);
	while (end > text && end[-1] == '#')
		*--end = '\0';
	return str_trim(text);
}

/* The text behind "- ", "* ", "+ ", "1. " or "1) ", or NULL. */
static char *item_of(char *line)
{
	char *p = line + strspn(line, " \t");
	size_t n = strspn(p, "0123456789");

	if (n > 0 && (p[n] == '.' || p[n] == ')'))
		n++;
	else if (n == 0 && *p && strchr("-*+", *p))
		n = 1;
	else
		return NULL;
	return p[n] == ' ' || p[n] == '\t' ? str_trim(p + n) : NULL;
}

/* A text without the emphasis around its beginning: "**Date:** 3 May" is "Date: 3 May". */
static char *without_stars(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) + 1), *to = out;

	for (; *text; text++)
		if (*text != '*' && *text != '\\')
			*to++ = *text;
	*to = '\0';
	return str_trim(out);
}

static bool is_nobody(struct arena *a, const char *text)
{
	static const char *const words[] = { "", "none", "nobody", "no one", "nil", "n a",
		"no apologies", "none received" };
	const char *key = text_key(a, text);

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal(key, words[i]))
			return true;
	return false;
}

/* ---------- the head ---------- */

static void add_field(struct reader *r, const char *field, const char *text, long line)
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

static char *without_commas(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);

	for (char *p = out; *p; p++)
		if (*p == ',')
			*p = ' ';
	return out;
}

static bool read_head(struct reader *r, char *line, struct fault *f)
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
	char *item = item_of(line), *text = without_stars(r->arena, item ? item : line);
	char *colon = strchr(text, ':');
	const char *key, *value;

	if (!*text)
		return true;
	if (!colon)
		return refuse(r, r->line, f,
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
	return refuse(r, r->line, f,
	        arena_printf(r->arena,
	                "%s is nothing a meeting has; write Date, Time, Venue, Group, Meeting, or "
	                "put it under a heading",
	                quote(text)));
}

/* Starts and ends out of "Date: 20 November 2008, 10:00 to 12:00", or of Date and Time. */
static bool settle_times(struct reader *r, struct fault *f)
{
	struct minutes *m = r->m;
	const char *to, *date, *from, *end = NULL, *time;

	if (!m->date)
		return true;
	date = without_weekday(r->arena, part_times(r->arena, m->date, &to));
	date = str_trim(without_commas(r->arena, date));
	if (m->time) {
		if (to)
			return refuse(r, m->date_line, f,
			        "gives the times twice; leave out one of Date's and Time");
		time = part_times(r->arena, m->time, &to);
		from = arena_printf(r->arena, "%s %s", date, time);
		if (to)
			end = arena_printf(r->arena, "%s %s", date, to);
	} else {
		from = date;
		if (to) {
			/* The day stands before the time; the end is on the same day. */
			const char *blank = strrchr(date, ' ');
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

/* ---------- people ---------- */

static void add_person(struct reader *r, enum section as, char *text, long line)
{
	struct minutes *m = r->m;
	struct minutes_person p = { .line = line,
		.state = as == SECTION_PRESENT     ? "present"
		         : as == SECTION_APOLOGIES ? "apologies"
		                                   : "absent" };
	char *open = strchr(text, '('), *dash;

	if (open) {
		char *close = strchr(open, ')'), *within = open + 1;
		*open = '\0';
		if (close)
			*close = '\0';
		within = str_trim(within);
		if (str_starts(within, "deputising for ") || str_starts(within, "for "))
			p.deputising_for = str_trim(strstr(within, "for ") + 4);
	}
	for (size_t i = 0; i < 2; i++)
		if ((dash = strstr(text, i ? " — " : " – ")) || (dash = strstr(text, " - ")))
			*dash = '\0';
	p.name = str_trim(text);
	p.before_comma = str_trim(arena_strndup(r->arena, p.name, strcspn(p.name, ",")));
	if (is_nobody(r->arena, p.name))
		return;
	m->person = mem_grow(m->person, &r->cap_person, m->nperson + 1, sizeof *m->person);
	m->person[m->nperson++] = p;
}

/* One person an item, whose post or body may stand behind a comma; a line that is no item names several. */
static void read_people(struct reader *r, enum section as, const char *text, bool bullet, long line)
{
	char *copy = without_stars(r->arena, text);

	if (bullet && !strchr(copy, ';')) {
		add_person(r, as, copy, line);
		return;
	}
	for (char *p; (p = strstr(copy, " and ")) != NULL;)
		memcpy(p, " ;   ", 5);
	char **name = str_split(r->arena, copy, ",;", NULL);
	for (; *name; name++)
		add_person(r, as, *name, line);
}

/* ---------- decisions and actions ---------- */

static void add_decision(struct reader *r, char *text, long line)
{
	struct minutes *m = r->m;
	size_t n = strlen(text);

	/* It becomes a title. */
	if (n > 1 && text[n - 1] == '.')
		text[n - 1] = '\0';

	if (is_nobody(r->arena, text))
		return;
	m->decision =
	        mem_grow(m->decision, &r->cap_decision, m->ndecision + 1, sizeof *m->decision);
	m->decision[m->ndecision++] = (struct minutes_decision){ text, line };
}

static void add_task(struct reader *r, struct minutes_task t)
{
	struct minutes *m = r->m;

	if (is_nobody(r->arena, t.text))
		return;
	m->task = mem_grow(m->task, &r->cap_task, m->ntask + 1, sizeof *m->task);
	m->task[m->ntask++] = t;
}

/* "Peter Jessop and the LSC, by 12 December 2008" taken apart; either may be missing. */
static void part_leads(struct arena *a, const char *text, struct minutes_task *t)
{
	char *copy = str_trim(arena_strdup(a, text)), *by = NULL, *end;

	for (char *p = copy; (p = strstr(p, "by ")) != NULL; p += 3)
		if (p == copy || strchr(" ,;", p[-1]))
			by = p;
	if (by) {
		t->due = str_trim(by + 3);
		*by = '\0';
	}
	copy = str_trim(copy);
	end = copy + strlen(copy);
	while (end > copy && strchr(",; ", end[-1]))
		*--end = '\0';
	t->leads = *copy ? copy : NULL;
}

/* "Write to the members (Peter Jessop, by 12 December 2008)", or the same behind a dash. Whether what stands there
 * is that, or just words, is settled when it is known who is who. */
static void read_task(struct reader *r, char *text, long line)
{
	struct minutes_task t = { .line = line, .maybe = true };
	size_t n = strlen(text);
	char *at, *dash = strstr(text, " — ");

	if (n > 1 && text[n - 1] == '.')
		text[--n] = '\0';
	t.text = text;
	if (n && text[n - 1] == ')' && (at = strrchr(text, '(')) != NULL) {
		part_leads(r->arena, arena_strndup(r->arena, at + 1, strlen(at) - 2), &t);
	} else if ((at = dash ? dash : strstr(text, " – ")) != NULL) {
		part_leads(r->arena, at + strlen(dash ? " — " : " – "), &t);
	}
	if (at)
		t.before = str_trim(arena_strndup(r->arena, text, (size_t)(at - text)));
	add_task(r, t);
}

static char *cell_at(struct reader *r, char **cell, size_t n, int column)
{
	return column >= 0 && (size_t)column < n ? without_stars(r->arena, cell[column]) : NULL;
}

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

/* A row of a table of actions; the first one names the columns. */
static bool read_row(struct reader *r, char *line, struct fault *f)
{
	static const char *const names[4][9] = {
		{ "action", "what", "title", "task", "action point", "actions", NULL },
		{ "lead", "leads", "who", "owner", "by whom", "responsible", "person", NULL },
		{ "due", "by", "by when", "when", "deadline", "date", "due date", NULL },
		{ "ref", "no", "number", "reference", NULL },
	};
	size_t n, end;
	char **cell;

	line = str_trim(line) + 1;
	end = strlen(line);
	if (end && line[end - 1] == '|')
		line[end - 1] = '\0';
	/* An empty cell counts too, which str_split passes over. */
	n = 1;
	for (char *p = line; *p; p++)
		n += *p == '|';
	cell = arena_alloc(r->arena, n * sizeof *cell);
	for (size_t i = 0; i < n; i++) {
		char *bar = strchr(line, '|');
		if (bar)
			*bar = '\0';
		cell[i] = str_trim(line);
		line = bar ? bar + 1 : line;
	}
	if (cell[0][strspn(cell[0], ":- ")] == '\0' && strchr(cell[0], '-'))
		return true;
	if (!r->in_table) {
		r->in_table = true;
		for (size_t k = 0; k < 4; k++) {
			r->column[k] = -1;
			for (size_t i = 0; i < n && r->column[k] < 0; i++)
				for (size_t j = 0; names[k][j]; j++)
					if (str_equal(text_key(r->arena,
					                      without_stars(r->arena, cell[i])),
					            names[k][j]))
						r->column[k] = (int)i;
		}
		if (r->column[0] < 0)
			return refuse(r, r->line, f,
			        "the table has no column Action; name its columns Action, Lead, "
			        "Due");
		return true;
	}
	struct minutes_task t = { .line = r->line };
	t.text = cell_at(r, cell, n, r->column[0]);
	t.leads = or_null(cell_at(r, cell, n, r->column[1]));
	t.due = or_null(cell_at(r, cell, n, r->column[2]));
	t.ref = or_null(cell_at(r, cell, n, r->column[3]));
	if (t.text)
		add_task(r, t);
	return true;
}

/* ---------- sections ---------- */

static void end_item(struct reader *r)
{
	char *text = str_trim(arena_strdup(r->arena, buf_text(&r->item)));

	buf_clear(&r->item);
	if (!*text)
		return;
	switch (r->section) {
	case SECTION_PRESENT:
	case SECTION_APOLOGIES:
	case SECTION_ABSENT:
		read_people(r, r->section, text, r->bullet, r->item_line);
		break;
	case SECTION_DECISIONS:
		add_decision(r, without_stars(r->arena, text), r->item_line);
		break;
	case SECTION_ACTIONS:
		read_task(r, without_stars(r->arena, text), r->item_line);
		break;
	case SECTION_HEAD:
	case SECTION_TEXT:
		break;
	}
}

static enum section section_of(struct reader *r, const char *heading)
{
	static const struct {
		const char *word;
		enum section section;
	} words[] = {
		{ "present", SECTION_PRESENT },
		{ "those present", SECTION_PRESENT },
		{ "in attendance", SECTION_PRESENT },
		{ "attendance", SECTION_PRESENT },
		{ "attendees", SECTION_PRESENT },
		{ "attending", SECTION_PRESENT },
		{ "apologies", SECTION_APOLOGIES },
		{ "apologies for absence", SECTION_APOLOGIES },
		{ "absent", SECTION_ABSENT },
		{ "not present", SECTION_ABSENT },
		{ "decisions", SECTION_DECISIONS },
		{ "decided", SECTION_DECISIONS },
		{ "agreed", SECTION_DECISIONS },
		{ "decisions taken", SECTION_DECISIONS },
		{ "decisions made", SECTION_DECISIONS },
		{ "actions", SECTION_ACTIONS },
		{ "new actions", SECTION_ACTIONS },
		{ "action points", SECTION_ACTIONS },
		{ "actions agreed", SECTION_ACTIONS },
		{ "action list", SECTION_ACTIONS },
	};
	const char *key = text_key(r->arena, heading);

	/* "3. Apologies for absence" */
	key += strspn(key, "0123456789 ");
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal(key, words[i].word))
			return words[i].section;
	return SECTION_TEXT;
}

static void begin_section(struct reader *r, const char *heading, int level)
{
	static const char *const plain[] = { "minutes", "discussion", "notes",
		"notes of the meeting" };
	const char *key = text_key(r->arena, heading);

	end_item(r);
	r->in_table = false;
	r->section = section_of(r, heading);
	if (r->section != SECTION_TEXT)
		return;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (str_equal(key, plain[i]))
			return;
	/* The highest of them are the first level, whatever the file has above them. */
	if (r->top == 0 || level < r->top)
		r->top = level;
	buf_addf(&r->text, "\n%.*s %s\n\n", level - r->top + 1, "######", heading);
}

static bool read_line(struct reader *r, char *line, struct fault *f)
{
	char *copy = arena_strdup(r->arena, line), *heading, *item;
	int level;

	heading = heading_of(copy, &level);
	if (heading && !r->titled && level == 1 && r->section == SECTION_HEAD) {
		r->titled = true;
		r->m->title = heading;
		r->m->title_line = r->line;
		return true;
	}
	if (heading) {
		begin_section(r, heading, level);
		return true;
	}
	if (r->section == SECTION_HEAD)
		return read_head(r, line, f);
	if (r->section == SECTION_TEXT) {
		buf_addf(&r->text, "%s\n", line);
		return true;
	}
	if (r->section == SECTION_ACTIONS && *str_trim(copy) == '|') {
		end_item(r);
		return read_row(r, line, f);
	}
	item = item_of(line);
	if (item || !*str_trim(copy)) {
		end_item(r);
		r->bullet = item != NULL;
	}
	if (!r->item.n)
		r->item_line = r->line;
	buf_addf(&r->item, " %s", item ? item : str_trim(line));
	return true;
}

bool minutes_read(
        struct arena *a, const char *name, const char *markdown, struct minutes *m, struct fault *f)
{
	struct reader r = { .arena = a, .m = m, .name = name };
	char *rest = arena_strdup(a, markdown), *line;
	bool ok = true;

	*m = (struct minutes){ .name = name };
	if (str_starts(rest, "\xEF\xBB\xBF"))
		rest += 3;
	while (ok && (line = next_line(&rest))) {
		r.line++;
		ok = read_line(&r, line, f);
	}
	end_item(&r);
	ok = ok && settle_times(&r, f);
	if (ok && r.text.n)
		m->text = str_trim(arena_strdup(a, buf_text(&r.text)));
	buf_free(&r.text);
	buf_free(&r.item);
	return ok;
}

void minutes_free(struct minutes *m)
{
	mem_free(m->field);
	mem_free(m->person);
	mem_free(m->decision);
	mem_free(m->task);
	*m = (struct minutes){ 0 };
}
