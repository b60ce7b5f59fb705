/* SPDX-License-Identifier: MIT */
/* fonts: letters for PDF that groff's own fonts lack, Latin with accents, Greek and Cyrillic, from a
 * font of the system. */
#ifndef REPORT_FONTS_H
#define REPORT_FONTS_H

#include "base/base.h"

#define FONTS_RUNES   0x2000 /* the letters are below */
#define FONTS_LETTERS 223    /* of one document at most */
#define FONTS_PACKAGE "fonts-urw-base35"

/* Where the system keeps the font, NULL: nowhere. */
const char *fonts_find(struct arena *);
/* Whether the font has a letter that groff's own fonts lack or have in one shape only. */
bool fonts_have(uint32_t rune);
/* Writes the descriptions that groff needs of the font in `from`, of the letters used (FONTS_RUNES of
 * them), into folder/devpdf. */
bool fonts_make(
        const char *from, const char *folder, const bool *used, struct arena *, struct fault *);
/* Removes them again. */
void fonts_remove(const char *folder, struct arena *);

#endif
