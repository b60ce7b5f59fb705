/* SPDX-License-Identifier: MIT */
/*
 * report: reports as Markdown with SQL in it, and the documents made of them.
 */
#ifndef REPORT_H
#define REPORT_H

#include "base/base.h"

enum report_format { REPORT_MD, REPORT_TEXT, REPORT_HTML, REPORT_ODT, REPORT_PDF, REPORT_MS };
bool report_format_parse(const char *name, enum report_format *);
/* By a file's suffix; false: none of ours. */
bool report_format_of(const char *path, enum report_format *);

/* Programs that are run as children, by full path; NULL: looked for where the system has them. */
struct report_helpers {
	const char *groff, *rsvg_convert;
};

#endif
