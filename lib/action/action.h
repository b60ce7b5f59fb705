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
 * cannot be used. *about: "Cheryl Roberts: A1, A3; a copy to John Swan". */
bool action_letter(struct work *, const struct chase_letter *, const struct mailbox *from,
        const char *path, struct message *, const char **about, struct fault *);

/* ---------- invitations (invite.c) ---------- */

/* Somebody who is invited. */
struct invited {
	const char *person, *name, *salutation;
	struct attendee attendee;
};
struct invitation {
	const char *meeting, *partnership;
	const char *status, *agenda, *reason, *moved_to; /* as stored; NULL: none */
	bool off;                                        /* cancelled or moved */
	struct calendar_entry entry;
	struct invited *invited;
	size_t n, cap;
	size_t beyond; /* who cannot be written to, each told of */
};

/* Who is invited to a meeting: the persons given, by ref or name, else who sits in its group on its day and who is
 * put down for it. STATUS_DATA where there is nobody, or it was held. */
bool action_invite(struct work *, const char *meeting, const char *const *person, size_t n,
        struct invitation *, struct fault *);
void action_invite_free(struct invitation *);
/* The message to one of them: the letter by a template, with the invitation that calendars answer. */
bool action_invitation(struct work *, const struct invitation *, size_t which,
        const struct mailbox *from, const char *path, struct message *, const char **about,
        struct fault *);
/* The invitation with everybody in it, as a file of its own. */
void action_invitation_calendar(
        const struct invitation *, const struct mailbox *from, struct out *);

/* ---------- minutes (minutes.c, held.c) ---------- */

struct minutes_person {
	/* A name may hold a comma, or have a post behind one. */
	const char *name, *before_comma;
	const char *state, *deputising_for;
	long line;
};
struct minutes_decision {
	const char *text;
	long line;
};
struct minutes_task {
	const char *ref, *text, *leads, *due; /* NULL: not said */
	/* The leads and the day stand at the end of the text, behind `before`, and may be just words. */
	bool maybe;
	const char *before;
	long line;
};
/* The minutes of a meeting as a Markdown file has them; texts in the arena. */
struct minutes {
	const char *name; /* of the file */
	const char *title, *ref, *workgroup, *date, *time, *starts;
	long title_line, date_line;
	struct assignment *field; /* of the meeting */
	struct minutes_person *person;
	struct minutes_decision *decision;
	struct minutes_task *task;
	size_t nfield, nperson, ndecision, ntask;
	const char *text; /* what was said */
};
/* Faults have the line. minutes_free is called whatever came of it. */
bool minutes_read(
        struct arena *, const char *name, const char *markdown, struct minutes *, struct fault *);
void minutes_free(struct minutes *);
/* Puts them down: the meeting as held, attendance, decisions (issue_log), new actions, and notes on those that are
 * there. meeting NULL: the one the file names, else the one of its day, else a new one. *ref it. */
bool action_minutes(
        struct work *, const char *meeting, struct minutes *, const char **ref, struct fault *);

/* ---------- recurring actions (recur.c) ---------- */

/* Makes the next of each recurring action (ref NULL: of all) that is done or due. The next takes `every`
 * over, so that it is made once however often this is called. *made counts. */
bool action_recur(struct work *, const char *ref, size_t *made, struct fault *);

/* ---------- calendars (calendar.c) ---------- */

/* The records that a listing finds, with their steps, as calendar entries. STATUS_USAGE for a kind without dates. */
bool action_calendar(struct work *, const struct list_query *, bool todo, struct out *,
        size_t *count, struct fault *);

#endif
