/* SPDX-License-Identifier: MIT */
/* References of a table: which kind they mean, by which columns. */
#include "store/internal.h"

#include <string.h>
#include <strings.h>

static bool is_partnership(const struct foreign *fk, size_t i)
{
	return strcmp(fk->from[i], "partnership") == 0 && strcmp(fk->target, "partnership") != 0 &&
	       fk->n > 1;
}

bool reference_read(struct store *s, const struct foreign *fk, struct reference *r, struct fault *f)
{
	*r = (struct reference){ .target = fk->target };
	for (size_t i = 0; i < fk->n; i++)
		if (!is_partnership(fk, i))
			r->from[r->n++] = fk->from[i];
	if (r->n < 2 || fk->to[0] == NULL)
		return true;
	struct fault own = { 0 };
	const struct table *target = store_table(s, fk->target, &own);
	if (target == NULL && own.status != STATUS_OK) {
		*f = own;
		return false;
	}
	if (target == NULL)
		return true; /* a reference to nothing: left as written */
	size_t n = 0;
	for (size_t k = 0; k < target->nkey; k++)
		for (size_t i = 0; i < fk->n; i++)
			if (!is_partnership(fk, i) &&
			        strcasecmp(fk->to[i], target->column[target->key[k]].name) == 0 &&
			        n < r->n)
				r->from[n++] = fk->from[i];
	return true;
}

bool reference_leads_key(const struct table *t, const struct reference *r)
{
	size_t skip = t->local ? 1 : 0;
	if (r->n == 0 || r->n > t->nkey - skip)
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(t->column[t->key[i + skip]].name, r->from[i]) != 0)
			return false;
	return true;
}

const char *reference_common(struct arena *a, const struct reference *r)
{
	const char *under = strrchr(r->from[0], '_');
	for (; under != NULL && under > r->from[0]; under--) {
		size_t n = (size_t)(under - r->from[0]);
		bool all = *under == '_';
		for (size_t i = 1; all && i < r->n; i++)
			all = strncmp(r->from[i], r->from[0], n + 1) == 0;
		if (all)
			return arena_strndup(a, r->from[0], n);
	}
	return NULL;
}
