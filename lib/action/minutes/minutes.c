/* SPDX-License-Identifier: MIT */
/*
 * The minutes of a meeting as people write them, out of one Markdown file. Under the first heading stand lines
 * "Date: …", "Venue: …"; then sections: who was present, who sent apologies, what was decided, who does what.
 * Every other section is what was said, and stays as it was written.
 */
#include "action/minutes/minutes.h"

#include <string.h>

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

/* ---------- sections ---------- */

static void end_item(struct minutes_reader *r)
{
	char *text = str_trim(arena_strdup(r->arena, buf_text(&r->item)));

	buf_clear(&r->item);
	if (!*text)
		return;
	switch (r->section) {
	case SECTION_PRESENT:
	case SECTION_APOLOGIES:
	case SECTION_ABSENT:
		minutes_people(r, r->section, text, r->bullet, r->item_line);
		break;
	case SECTION_DECISIONS:
		minutes_decision(r, minutes_plain(r->arena, text), r->item_line);
		break;
	case SECTION_ACTIONS:
		minutes_task(r, minutes_plain(r->arena, text), r->item_line);
		break;
	case SECTION_HEAD:
	case SECTION_TEXT:
		break;
	}
}

static enum minutes_section section_of(struct minutes_reader *r, const char *heading)
{
	static const struct {
		const char *word;
		enum minutes_section section;
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

static void begin_section(struct minutes_reader *r, const char *heading, int level)
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

static bool read_line(struct minutes_reader *r, char *line, struct fault *f)
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
		return minutes_head(r, line, f);
	if (r->section == SECTION_TEXT) {
		buf_addf(&r->text, "%s\n", line);
		return true;
	}
	if (r->section == SECTION_ACTIONS && *str_trim(copy) == '|') {
		end_item(r);
		return minutes_row(r, line, f);
	}
	item = minutes_item(line);
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
	struct minutes_reader r = { .arena = a, .m = m, .name = name };
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
	ok = ok && minutes_times(&r, f);
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
