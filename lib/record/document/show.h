/* SPDX-License-Identifier: MIT */
/* Writing a record as a map, for show and dump. */
#ifndef RECORD_SHOW_H
#define RECORD_SHOW_H

#include "record/private.h"

struct show_options {
	bool personal; /* with PERSONAL columns */
	bool all;      /* with private children */
	/* Whether a kind of children stands at the top level instead; may be NULL. */
	bool (*apart)(void *which, const struct kind *);
	void *which;
};
/* nparent: leading key parts that are left out, being the parent's. */
bool show_record(struct work *, struct shape *, const char *const *parts, size_t nparent,
        const struct show_options *, struct writer *, struct fault *);

/* A reference as a document has it: its ref, as "theme:B" where another is called B (mistaken.c). What is
 * no reference stays as it is. NULL with a fault. */
const char *show_reference(struct work *, const struct field *, const char *text, struct fault *);

#endif
