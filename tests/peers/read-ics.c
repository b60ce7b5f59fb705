/* SPDX-License-Identifier: MIT */
/* Prints the entries of a calendar as libical understands them: kind, id, begin, end, sequence, status, summary. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *line(char *buffer, size_t n, void *file)
{
	return fgets(buffer, (int)n, file);
}

static void text(const char *s)
{
	putchar('\t');
	for (; s != NULL && *s != '\0'; s++)
		if (*s == '\n')
			fputs("\\n", stdout);
		else
			putchar(*s);
}

static void when(icalcomponent *e, icalproperty_kind kind, struct icaltimetype t)
{
	icalproperty *p = icalcomponent_get_first_property(e, kind);
	if (p != NULL && !t.is_date)
		t = icaltime_convert_to_zone(t, icaltimezone_get_utc_timezone());
	text(p == NULL ? "" : icaltime_as_ical_string(t));
}

int main(void)
{
	icalparser *parser = icalparser_new();
	icalparser_set_gen_data(parser, stdin);
	icalcomponent *all = icalparser_parse(parser, line), *e;
	if (all == NULL || icalcomponent_count_errors(all) > 0) {
		fprintf(stderr, "errors: %s\n",
		        all == NULL ? "nothing" : icalcomponent_as_ical_string(all));
		return 1;
	}
	for (e = icalcomponent_get_first_component(all, ICAL_ANY_COMPONENT); e != NULL;
	        e = icalcomponent_get_next_component(all, ICAL_ANY_COMPONENT)) {
		if (icalcomponent_isa(e) == ICAL_VTIMEZONE_COMPONENT)
			continue;
		icalproperty *s = icalcomponent_get_first_property(e, ICAL_STATUS_PROPERTY);
		printf("%s", icalcomponent_kind_to_string(icalcomponent_isa(e)));
		text(icalcomponent_get_uid(e));
		when(e, ICAL_DTSTART_PROPERTY, icalcomponent_get_dtstart(e));
		when(e, ICAL_DTEND_PROPERTY, icalcomponent_get_dtend(e));
		printf("\t%d", icalcomponent_get_sequence(e));
		text(s == NULL ? "" : icalproperty_get_value_as_string(s));
		text(icalcomponent_get_summary(e));
		putchar('\n');
	}
	return 0;
}
