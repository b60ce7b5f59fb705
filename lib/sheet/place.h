/* SPDX-License-Identifier: MIT */
/* A file made beside its place and moved into it; private to this folder. libzip and libxlsxwriter
 * write to a path of their own, so what io does with a descriptor does not serve here. */
#ifndef SHEET_PLACE_H
#define SHEET_PLACE_H

#include "base/base.h"

struct place {
	char *path, *temporary;
};
/* Makes an empty temporary beside path; its name is free to be written to by anyone. */
bool place_open(struct place *, const char *path, struct fault *);
/* Makes the temporary durable and renames it over path. */
bool place_close(struct place *, struct fault *);
void place_abandon(struct place *);

/* A temporary file in folder, open and without a name; -1 on a fault. */
int place_temporary(const char *folder, struct fault *);

#endif
