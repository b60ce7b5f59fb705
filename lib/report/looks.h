/* SPDX-License-Identifier: MIT */
/* The looks of documents, compiled in from the files of lib/report/looks. */
#ifndef REPORT_LOOKS_H
#define REPORT_LOOKS_H

extern const char look_page_css[];     /* the HTML page, its tables and charts */
extern const char look_styles_xml[];   /* ODT: styles.xml */
extern const char look_settings_xml[]; /* ODT: settings.xml */
extern const char look_page_ms[];      /* troff: before the first line of the ms text */

#endif
