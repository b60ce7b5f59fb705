/* SPDX-License-Identifier: MIT */
/* Handing over, as its parts share it. */
#ifndef RECORD_REPLACE_H
#define RECORD_REPLACE_H

#include "record/private.h"

struct handing {
	struct work *w;
	const char *old, *with, *on, *before;
	size_t moved;
};

/* A seat of the one who goes (seat.c). */
bool replace_seat(struct handing *, const char *ref, struct fault *);

#endif
