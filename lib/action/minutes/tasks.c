/* SPDX-License-Identifier: MIT */
/* What a meeting decided, and who is to do what: list items or rows of a table. */
#include "action/minutes/minutes.h"

#include <string.h>

void minutes_decision(struct minutes_reader *r, char *text, long line)
{
	struct minutes *m = r->m;
	size_t n = strlen(text);

	/* It becomes a title. */
	if (n > 1 && text[n - 1] == '.')
		text[n - 1] = '\0';

	if (minutes_nobody(r->arena, text))
		return;
	m->decision =
	        mem_grow(m->decision, &r->cap_decision, m->ndecision + 1, sizeof *m->decision);
	m->decision[m->ndecision++] = (struct minutes_decision){ text, line };
}

static void add_task(struct minutes_reader *r, struct minutes_task t)
{
	struct minutes *m = r->m;

	if (minutes_nobody(r->arena, t.text))
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

void minutes_task(struct minutes_reader *r, char *text, long line)
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

static char *cell_at(struct minutes_reader *r, char **cell, size_t n, int column)
{
	return column >= 0 && (size_t)column < n ? minutes_plain(r->arena, cell[column]) : NULL;
}

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

bool minutes_row(struct minutes_reader *r, char *line, struct fault *f)
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
					                      minutes_plain(r->arena, cell[i])),
					            names[k][j]))
						r->column[k] = (int)i;
		}
		if (r->column[0] < 0)
			return minutes_refuse(r, r->line, f,
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
