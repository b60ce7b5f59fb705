/* SPDX-License-Identifier: MIT */
/* The types of columns: the second word of their declaration. */
#include "store/internal.h"

#include <string.h>
#include <strings.h>

static const char *const type_names[] = {
	[TYPE_TEXT] = "text",
	[TYPE_REF] = "ref",
	[TYPE_MARKDOWN] = "markdown",
	[TYPE_DATE] = "date",
	[TYPE_TIME] = "time",
	[TYPE_MOMENT] = "moment",
	[TYPE_ENUM] = "enum",
	[TYPE_EMAIL] = "email",
	[TYPE_POSTCODE] = "postcode",
	[TYPE_NUMBER] = "number",
	[TYPE_PERSONAL] = "personal",
	[TYPE_INTEGER] = "integer",
	[TYPE_PENCE] = "pence",
	[TYPE_PERCENT] = "percent",
	[TYPE_BOOL] = "bool",
	[TYPE_REAL] = "real",
};

const char *type_name(enum type type)
{
	return type_names[type];
}

bool type_parse(const char *declared, enum type *out)
{
	const char *word = strrchr(declared, ' ');
	for (size_t i = 0; word != NULL && i < COUNT(type_names); i++)
		if (strcasecmp(word + 1, type_names[i]) == 0) {
			*out = (enum type)i;
			return true;
		}
	return false;
}

enum type type_read(const char *declared)
{
	enum type type;
	if (type_parse(declared, &type))
		return type;
	if (strcasestr(declared, "INT") != NULL)
		return TYPE_INTEGER;
	if (strcasestr(declared, "REAL") != NULL || strcasestr(declared, "FLOA") != NULL ||
	        strcasestr(declared, "DOUB") != NULL)
		return TYPE_REAL;
	return TYPE_TEXT;
}
