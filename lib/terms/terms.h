/* SPDX-License-Identifier: MIT */
/*
 * terms: what only terms of reference know: reading them from Markdown, keeping them as records,
 * freezing a version's text, and comparing two versions.
 */
#ifndef TERMS_H
#define TERMS_H

#include "base/base.h"
#include "io/io.h"
#include "record/record.h"

struct terms_section {
	const char *heading, *body;
	long line;
};
/* number as printed ("2.1"); parent the number it stands under, or NULL. */
struct terms_aim {
	const char *number, *parent, *text;
	long line;
};
struct terms_text {
	const char *title;   /* of the document, or NULL */
	const char *purpose; /* what stands under Purpose, or NULL */
	size_t nsection, naim;
	struct terms_section *section;
	struct terms_aim *aim;
};

/* Reads Markdown: first-level headings are sections (second-level ones where a single first-level
 * heading is the document's title); the text under "Purpose" is the purpose, the numbered list under
 * "Aims" the aims, sub-lists as 2.1, 2.2. name is for faults. */
bool terms_read(struct arena *, const char *name, const char *markdown, struct terms_text *,
        struct fault *);
/* Whether a file's content is Markdown rather than YAML: its first line that is not blank begins with #, or is underlined. */
bool terms_is_markdown(const char *text);

/* Adds a draft of that version with its sections. */
bool terms_add(struct work *, const char *version, const struct terms_text *, struct fault *);
/* The same from a YAML document with one version in it, whatever version that says it is and whether it
 * was adopted: so that what `show` prints can be revised. */
bool terms_add_document(struct work *, const char *version, const struct node *document,
        const char *file, struct fault *);
/* Adds the aims that are not there; purpose is set where the partnership has none. */
bool terms_add_aims(struct work *, const struct terms_text *, struct fault *);

/* Adopts a version on a day: freezes its text, sets the next review a year on, and supersedes the one adopted before. */
bool terms_adopt(struct work *, const char *version, day_t on, struct fault *);
/* Writes what differs between two versions as a unified diff; *differ whether anything does. */
bool terms_compare(struct work *, const char *old, const char *new, struct out *, bool *differ,
        struct fault *);

/* The unified diff of two texts by lines (terms_compare's own part, for tests). */
bool diff_unified(
        struct out *, const char *old_name, const char *old, const char *new_name, const char *new);

#endif
