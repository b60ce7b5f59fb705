/* SPDX-License-Identifier: MIT */
/* Values of the documents that are written: codebooks, and what is kept in the store. */
#include "survey/parts.h"

#include <inttypes.h>
#include <string.h>

void put_text(struct writer *w, const char *key, const char *text)
{
	if (!str_empty(text))
		writer_value(w, key, text, strlen(text), VALUE_TEXT);
}

void put_whole(struct writer *w, const char *key, int64_t n)
{
	char text[24];

	if (n < 0)
		return;
	int length = snprintf(text, sizeof text, "%" PRId64, n);
	writer_value(w, key, text, (size_t)length, VALUE_NUMBER);
}
