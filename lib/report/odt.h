/* SPDX-License-Identifier: MIT */
/* odt: what the content of an ODT file (odt.c) and the file around it (odt-file.c) share. */
#ifndef REPORT_ODT_H
#define REPORT_ODT_H

#include "report/document.h"

/* content.xml, appended. */
bool odt_content(struct document *, struct buf *out, struct fault *);
/* The namespaces of every part, and their version, as attributes of its root. */
extern const char odt_namespaces[];
/* The logo's place in the file. */
const char *odt_logo_name(const struct logo *);

#endif
