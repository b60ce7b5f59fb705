/* SPDX-License-Identifier: MIT */
/* What the columns of notices are called; private to lib/notice. */
#ifndef NOTICE_TARGETS_H
#define NOTICE_TARGETS_H

#include "notice/notice.h"

/* What a column can be beside a field of its own. */
enum pseudo {
	P_TOWN = N_TEXTS, /* joins the address */
	P_ADDRESS2,
	P_ADDRESS3,
	P_TYPE,    /* layoff, closure, amendment, withdrawn */
	P_CHARITY, /* a number of the charity register */
	P_TYPES
};
enum { TARGETS = P_TYPES };
extern const struct heading_target notice_targets[TARGETS];
/* names.c: the fields that go by most names. */
extern const char *const names_of_employer[],
        *const names_of_received[], *const names_of_first[], *const names_of_proposed[];
/* The date of the letter: when people were told, where another column says when it was received. */
extern const struct heading_target notice_letter;
/* When a form was sent in: that is when it was received where nothing else says so. */
extern const struct heading_target notice_submitted;
/* The name of a target in maps; pseudo ones are shown as what they fill. */
const char *target_name(int field);
/* The field of that name, -1: none. */
int target_field(const char *name);
/* Headings that speak of people without saying whether of all or of those to go, and such as may be the
 * employer's or the site's. */
bool heading_is_people(struct arena *, const char *heading);
bool heading_is_firm(struct arena *, const char *heading);
bool heading_is_firm_and_address(struct arena *, const char *heading);

#endif
