/* SPDX-License-Identifier: MIT */
/* Who was at a meeting, who sent apologies, who stayed away. */
#include "action/minutes/minutes.h"

#include <string.h>

static void add_person(struct minutes_reader *r, enum minutes_section as, char *text, long line)
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
	if (minutes_nobody(r->arena, p.name))
		return;
	m->person = mem_grow(m->person, &r->cap_person, m->nperson + 1, sizeof *m->person);
	m->person[m->nperson++] = p;
}

void minutes_people(
        struct minutes_reader *r, enum minutes_section as, const char *text, bool bullet, long line)
{
	char *copy = minutes_plain(r->arena, text);

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
