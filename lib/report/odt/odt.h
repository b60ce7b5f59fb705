/* SPDX-License-Identifier: MIT */
/* odt: what the content of an ODT file (odt.c) and the file around it (odt-file.c) share. */
#ifndef REPORT_ODT_H
#define REPORT_ODT_H

#include "report/document.h"

/* content.xml: what stands before the text, which names the styles that the text turned out to need,
 * and the text with all that follows. */
bool odt_content(struct document *, struct buf *head, struct buf *text, struct fault *);
/* The namespaces of every part, and their version, as attributes of its root. */
extern const char odt_namespaces[];
/* The logo's place in the file. */
const char *odt_logo_name(const struct logo *);

#endif
