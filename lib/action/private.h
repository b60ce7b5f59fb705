/* SPDX-License-Identifier: MIT */
/* What the files of lib/action share with each other only. */
#ifndef ACTION_PRIVATE_H
#define ACTION_PRIVATE_H

#include "action/action.h"

/* The folder's statements (sql.c). */
enum action_sql {
	SQL_OWED,          /* what people can be reminded of, by person, worst first */
	SQL_ISSUES,        /* open issues of a person past their day */
	SQL_EARLIER_MAIL,  /* Message-IDs of earlier reminders to a person, oldest first */
	SQL_CHAIR,         /* the chair of a group, to be written to */
	SQL_STEERING,      /* the chair of the steering group */
	SQL_CHASE_PENDING, /* reminders that were never handed over */
	SQL_CHASE_OF,      /* the records of one message */
	SQL_RECURRING,     /* actions whose next is to be made */
	SQL_RHYTHM,        /* the step of a word for how often */
	SQL_SERIES_DAY,    /* the latest day of the month in a series of actions */
	SQL_COPY_PRIORITIES,
	SQL_COPY_AIMS,
	SQL_COPY_LEADS,
	SQL_COPY_STEPS,
	SQL_IN_PLAN,     /* whether an action stands in a plan */
	SQL_CALENDAR,    /* the calendar entries of a record */
	SQL_PARTNERSHIP, /* the name of the partnership */
	SQL_MEETING,     /* what of a meeting is no calendar's */
	SQL_MEETING_ON,  /* the meetings of a day that were not called off */
	SQL_INVITED,     /* who is invited to a meeting, or one person */
	SQL_COUNT
};
extern const struct statements action_statements;

/* The name of the partnership. */
bool action_partnership(struct work *, const char **name, struct fault *);

/* The calendar entry of one record that has one. */
bool action_entry(
        struct work *, const char *kind, const char *ref, struct calendar_entry *, struct fault *);

/* What a letter's template may name (template.c). */
struct letter_values {
	const char *manual; /* the page that lists the names */
	/* "" for a name that has no value here, NULL for one that is not known. */
	const char *(*value)(struct letter_values *, const char *name);
	const char *lines;       /* the name whose value has several lines; or NULL */
	const char *const *list; /* names that {{each}} goes through */
	size_t nlist;
	const char *lists; /* the same, as a sentence has them */
	/* Goes to the i-th thing of a list, for what value says then; false: there is none. */
	bool (*next)(struct letter_values *, size_t list, size_t i);
};
/* Subject and text of a message by the template at a path. STATUS_CONFIG with a line where that cannot be used. */
bool letter_fill(
        struct arena *, const char *path, struct letter_values *, struct message *, struct fault *);

/* The statement with the partnership bound as its first parameter. */
struct query *action_query(struct work *, enum action_sql, struct fault *);
/* A column's text in the arena; NULL for NULL. */
const char *action_text(struct work *, struct query *, int column);
/* A stored date; DAY_NONE for NULL. */
day_t action_day(const char *stored);

#endif
