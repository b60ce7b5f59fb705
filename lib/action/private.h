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
	SQL_COUNT
};
extern const struct statements action_statements;

/* The statement with the partnership bound as its first parameter. */
struct query *action_query(struct work *, enum action_sql, struct fault *);
/* A column's text in the arena; NULL for NULL. */
const char *action_text(struct work *, struct query *, int column);
/* A stored date; DAY_NONE for NULL. */
day_t action_day(const char *stored);

#endif
