/* SPDX-License-Identifier: MIT */
/* What a report can be asked for: its parameters as its front matter has them. */
#include <string.h>
#include "report/template/template.h"

static bool is_query(const char *value)
{
	return str_starts(value, "{{") && str_ends(value, "}}");
}

/* What every template may ask for without saying so first. */
static const struct report_parameter shared[] = {
	{ "period", "period", NULL, "the period of today" },
	{ "since", "date", "-7d", NULL },
	{ "until", "date", "today", NULL },
	{ "areas", "scheme", "", NULL },
};

/* What may be given: a record of a kind, a date, a word of a few, any text. */
static const char *takes(const struct pair *param)
{
	struct fault ignored = { 0 };
	day_t some = DAY_NONE, day;

	/* Against any day: what is asked is only whether it is a date. */
	day_make(2000, 1, 1, &some);
	if (param->kind != NULL)
		return param->kind;
	for (size_t i = 0; i < COUNT(shared); i++)
		if (strcmp(param->name, shared[i].name) == 0)
			return shared[i].takes;
	if (strcmp(param->name, "audience") == 0)
		return "public, partners, board or front-line";
	if (day_parse(param->value, ORDER_DMY, some, &day, &ignored))
		return "date";
	if (strcmp(param->value, "no") == 0 || strcmp(param->value, "yes") == 0)
		return "yes or no";
	return "text";
}

/* Whether the template asks for ":name". */
static bool mentions(const struct template *t, const char *name)
{
	size_t size = strlen(name);

	for (size_t i = 0; i <= t->nparam; i++) {
		const char *p = i < t->nparam ? t->param[i].value : t->body;
		const char *end = p + (i < t->nparam ? strlen(p) : t->nbody), *at;

		while ((at = memmem(p, (size_t)(end - p), name, size)) != NULL) {
			bool bound = at > p && at[-1] == ':';

			p = at + size;
			if (bound && (p == end || strchr(" \t\n,;)|}'", *p) != NULL))
				return true;
		}
	}
	return false;
}

static bool has_param(const struct template *t, const char *name)
{
	for (size_t i = 0; i < t->nparam; i++)
		if (strcmp(t->param[i].name, name) == 0)
			return true;
	return false;
}

const struct report_parameter *report_parameters(const struct report_place *place, const char *name,
        struct arena *arena, size_t *n, struct fault *f)
{
	const char *path = report_find(place, name, arena, f);
	struct template t;

	if (path == NULL || !template_read(&t, path, arena, f))
		return NULL;
	struct report_parameter *out =
	        arena_alloc(arena, (t.nparam + COUNT(shared) + 1) * sizeof *out);
	*n = 0;
	for (size_t i = 0; i < COUNT(shared); i++)
		if (!has_param(&t, shared[i].name) && mentions(&t, shared[i].name))
			out[(*n)++] = shared[i];
	for (size_t i = 0; i < t.nparam; i++) {
		const char *value = t.param[i].value;
		bool query = is_query(value);
		char *sql = query ? arena_strndup(arena, value + 2, strlen(value) - 4) : NULL;

		out[(*n)++] = (struct report_parameter){ t.param[i].name, takes(&t.param[i]),
			query ? NULL : value, query ? str_trim(sql) : NULL };
	}
	return out;
}
