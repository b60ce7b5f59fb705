/* SPDX-License-Identifier: MIT */
/*
 * action: what only actions know: dated notes, carrying into the next plan, ratifying, chasing,
 * recurring, and calendars of what is due. Changes happen within one that the caller began.
 */
#ifndef ACTION_H
#define ACTION_H

#include "base/base.h"
#include "record/record.h"

/* A progress note on an action, dated today unless the fields say otherwise. status NULL leaves the
 * status; else the action gets it, with what goes with it: done_on and 100 percent for done, the
 * text as reason for blocked and dropped, none of these for open. Fields percent, status and spent
 * among `field` go to the action too; due and review_by go to the action alone. */
bool action_note(struct work *, const char *ref, const char *status, const char *text,
        const struct assignment *field, size_t n, struct fault *);

/* Unfinished actions (proposed, open, blocked) join the plan of a period, keeping ref and history;
 * where they stood before is marked as carried. *carried counts those that joined. */
bool action_carry(struct work *, const char *period, size_t *carried, struct fault *);

/* Marks the plan of a period as ratified, on a day and at a meeting (NULL: not said). */
bool action_ratify(struct work *, const char *period, day_t on, const char *meeting,
        size_t *ratified, struct fault *);

/* ---------- chasing (chase.c, letter.c) ---------- */

/* One thing that somebody owes: an action, one of its steps, or an issue (action NULL). */
struct chase_item {
	const char *action, *ref, *title, *status, *reason;
	day_t due;
	day_t on;       /* the day the reminder counts for */
	int late;       /* days; below 1: not late, so many days are left */
	int64_t times;  /* reminders before this one */
	bool earlier;   /* reminded of it not long ago, so only mentioned */
	bool escalated; /* a chair is copied for its sake */
};
/* One message to one lead. */
struct chase_letter {
	const char *person, *name, *salutation;
	struct mailbox to, *cc;
	size_t ncc;
	struct chase_item *item; /* worst first; issues last */
	size_t n;
	bool wanted;            /* holds more than was said not long ago */
	const char *id;         /* the Message-ID */
	bool again;             /* an earlier run began to send it, under the same id */
	const char **reference; /* earlier messages to them, oldest first */
	size_t nreference;
};
struct chase_options {
	struct mailbox from;
	int64_t soon; /* also what falls due within so many days; -1: only what is late */
	bool force;   /* whatever was said when */
};
struct chase {
	struct chase_letter *letter;
	size_t n, cap;
	size_t beyond; /* leads that cannot be written to, each told of */
};

/* Settles who is reminded of what, and writes down for each action that they are to be: Message-ID and day, but no
 * time of handing over. What was written so by an earlier run that did not come to its end is
 * taken up again under its old Message-ID; so the caller must be the only one that chases in
 * this store until all is handed over. */
bool action_chase(struct work *, const struct chase_options *, struct chase *, struct fault *);
/* Writes down that a message was handed over. */
bool action_chased(struct work *, const char *message_id, struct fault *);
void action_chase_free(struct chase *);
/* The message by a template: "Subject: …", an empty line, the text. STATUS_CONFIG with a line for one that
 * cannot be used. */
bool action_letter(struct work *, const struct chase_letter *, const struct mailbox *from,
        const char *path, struct message *, struct fault *);

/* ---------- recurring actions (recur.c) ---------- */

/* Makes the next of each recurring action (ref NULL: of all) that is done or due. The next takes `every`
 * over, so that it is made once however often this is called. *made counts. */
bool action_recur(struct work *, const char *ref, size_t *made, struct fault *);

/* ---------- calendars (calendar.c) ---------- */

/* The records that a listing finds, with their steps, as calendar entries. STATUS_USAGE for a kind without dates. */
bool action_calendar(struct work *, const struct list_query *, bool todo, struct out *,
        size_t *count, struct fault *);

#endif
