/* SPDX-License-Identifier: MIT */
/* Refs made from the names of employers, and the table of hashes that keeps them apart. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "notice/keep/keep.h"

/* After so many employers of one run the names are numbers only. */
enum { NAMED_MOST = 5000 };

uint32_t ref_number(const char *ref)
{
	uint32_t number = 0;

	if (ref[0] != 'e' || ref[1] == '0')
		return 0;
	for (const char *p = ref + 1; *p; p++) {
		if (*p < '0' || *p > '9' || p - ref > 8)
			return 0;
		number = 10 * number + (uint32_t)(*p - '0');
	}
	return number;
}

bool stem_find(const struct stems *s, uint64_t hash)
{
	size_t at = hash & (s->slots - 1);

	while (s->slots && s->slot[at].hash && s->slot[at].hash != hash)
		at = (at + 1) & (s->slots - 1);
	return s->slots && s->slot[at].hash;
}

struct stem *stem_of(struct stems *s, uint64_t hash)
{
	size_t at;

	if (4 * (s->n + 1) > 3 * s->slots) {
		struct stem *was = s->slot;
		size_t n = s->slots;
		s->slots = n ? 2 * n : 1024;
		s->slot = mem_zalloc(s->slots * sizeof *s->slot);
		s->n = 0;
		for (size_t i = 0; i < n; i++)
			if (was[i].hash)
				*stem_of(s, was[i].hash) = was[i];
		mem_free(was);
	}
	for (at = hash & (s->slots - 1); s->slot[at].hash && s->slot[at].hash != hash;
	        at = (at + 1) & (s->slots - 1))
		;
	if (!s->slot[at].hash) {
		s->slot[at] = (struct stem){ hash, 0 };
		s->n++;
	}
	return &s->slot[at];
}

static bool ends_in_digit(const char *text, size_t n)
{
	return n > 0 && isdigit((unsigned char)text[n - 1]);
}

void stem_take(struct stems *s, const char *ref)
{
	size_t n = strlen(ref), stem = n;

	while (stem > 0 && isdigit((unsigned char)ref[stem - 1]))
		stem--;
	if (stem < n && stem > 0 && n - stem < 9) {
		uint32_t number = (uint32_t)strtoul(ref + stem, NULL, 10);
		size_t base =
		        ref[stem - 1] == '-' && ends_in_digit(ref, stem - 1) ? stem - 1 : stem;
		struct stem *at = stem_of(s, name_hash(ref, base));
		if (at->next <= number)
			at->next = number + 1;
	} else {
		struct stem *at = stem_of(s, name_hash(ref, n));
		if (at->next < 2)
			at->next = 2;
	}
}

const char *employer_ref(struct keeper *k, struct own *o, const char *name)
{
	char base[40] = "";
	size_t n = 0;
	bool gap = false;

	/* Thousands at once are for no one to type: numbers stand in the order in which they are made, which
	 * spares the store a search for each. */
	if (o->employers++ >= NAMED_MOST)
		name = "e";
	for (const char *p = name; *p && n < 32; p++) {
		unsigned char c = (unsigned char)*p;
		if (isalnum(c)) {
			if (gap && n > 0 && n < 31)
				base[n++] = '-';
			gap = false;
			base[n++] = (char)tolower(c);
		} else if (c < 0x80 && c != '\'' && c != '.') {
			if (n >= 24)
				break;
			gap = true;
		}
	}
	if (n == 0 || (n == 3 && memcmp(base, "all", 3) == 0)) {
		memcpy(base, "employer", 8);
		n = 8;
	}
	base[n] = '\0';
	struct stem *at = stem_of(&o->stems, name_hash(base, n));
	bool digit = ends_in_digit(base, n);
	if (at->next == 0 && !digit) {
		at->next = 2;
		snprintf(k->made_employer, sizeof k->made_employer, "%s", base);
	} else {
		if (at->next == 0)
			at->next = 1;
		if (digit)
			base[n++] = '-';
		base[n] = '\0';
		ref_numbered(k->made_employer, base, at->next++);
	}
	return k->made_employer;
}
