/* SPDX-License-Identifier: MIT */
/*
 * action: what only actions know: dated notes, carrying into the next plan, ratifying.
 * Everything happens within a change that the caller began.
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

#endif
