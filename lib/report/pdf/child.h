/* SPDX-License-Identifier: MIT */
/* child: the two programs that make documents, groff and rsvg-convert, run through pipes. */
#ifndef REPORT_CHILD_H
#define REPORT_CHILD_H

#include "base/base.h"

/* Where the system keeps a program: given, else the usual folders, never the user's PATH. NULL with
 * STATUS_HELPER: it is missing, and which package has it. */
const char *child_find(
        const char *given, const char *name, const char *package, struct arena *, struct fault *);
/* Runs argv[0] (a path) with input on its standard input, and appends its standard output to out.
 * Its environment is a fixed one, with SOURCE_DATE_EPOCH so that its files are the same each time.
 * False when it cannot be run or does not end well; its own words are in the fault. */
bool child_run(
        char *const *argv, const struct buf *input, int64_t epoch, struct buf *out, struct fault *);

#endif
