/* SPDX-License-Identifier: MIT */
/* What this run has met, so that a first load of many rows need not ask the store about each. */
#include <string.h>

#include "notice/keep/keep.h"

/* ---------- surely not met ---------- */

enum { HASHES = 3, LINE = 512 };

void met_begin(struct met *m, uint64_t rows)
{
	uint64_t bits = 1 << 16;

	while (bits < 8 * rows && bits < (uint64_t)1 << 23)
		bits *= 2;
	m->bits = mem_zalloc(bits / 8);
	m->mask = bits - 1;
}

/* All bits of a hash stand in one line of memory, as far as the processor fetches at once. */
static uint64_t *line_of(const struct met *m, uint64_t hash)
{
	return &m->bits[(hash & m->mask) / LINE * (LINE / 64)];
}

static bool met_hash(const struct met *m, uint64_t hash)
{
	if (!m->bits)
		return true;
	const uint64_t *line = line_of(m, hash);
	uint64_t bits = hash >> 32;
	for (int i = 0; i < HASHES; i++, bits >>= 9)
		if (!(line[bits % LINE / 64] & (uint64_t)1 << bits % 64))
			return false;
	return true;
}

static void met_add_hash(struct met *m, uint64_t hash)
{
	if (!m->bits)
		return;
	uint64_t *line = line_of(m, hash), bits = hash >> 32;
	for (int i = 0; i < HASHES; i++, bits >>= 9)
		line[bits % LINE / 64] |= (uint64_t)1 << bits % 64;
}

bool met_before(const struct met *m, const char *text)
{
	return !m->bits || met_hash(m, name_hash(text, strlen(text)));
}

void met_add(struct met *m, const char *text)
{
	if (m->bits)
		met_add_hash(m, name_hash(text, strlen(text)));
}

/* ---------- rows ---------- */

void met_row(struct own *o, const struct notice *n, const char *mark)
{
	if (n->text[N_SENDER_REF])
		met_add(&o->senders, n->text[N_SENDER_REF]);
	else
		met_add(&o->marks, mark);
}

/* ---------- where an employer gave notice from ---------- */

static uint64_t mix(uint64_t h, uint64_t with)
{
	h = (h * 0x9e3779b97f4a7c15u) ^ with;
	h ^= h >> 31;
	return h * 0xbf58476d1ce4e5b9u;
}

/* Never 0, which is no place. */
static uint64_t hash_of(char what, const char *place)
{
	return mix((uint64_t)what, name_hash(place, strlen(place))) | 1;
}

struct place_met place_met(struct keeper *k, const char *const *text)
{
	const char *postcode = text[N_POSTCODE],
	           *site = match_site(k->row_arena, text[N_SITE], text[N_ADDRESS], postcode);
	struct place_met at = { .site = hash_of('s', site) };

	if (postcode)
		at.postcode = hash_of('p', postcode);
	at.place = postcode ? at.postcode : *site ? at.site : 0;
	return at;
}

static uint64_t of_employer(const char *employer, uint64_t place)
{
	return mix(name_hash(employer, strlen(employer)), place);
}

void places_put(struct own *o, struct place_met at, const char *employer)
{
	uint64_t of = name_hash(employer, strlen(employer));

	if (at.postcode)
		met_add_hash(&o->places, mix(of, at.postcode));
	met_add_hash(&o->places, mix(of, at.site));
}

void other_names_put(struct own *o, const char *employer, const char *name)
{
	met_add_hash(&o->other_names, of_employer(employer, name_hash(name, strlen(name))));
}

bool other_names_have(const struct own *o, const char *employer, const char *name)
{
	return met_hash(&o->other_names, of_employer(employer, name_hash(name, strlen(name))));
}

bool places_have_postcode(const struct keeper *k, const struct own *o, const char *employer)
{
	return k->place.postcode && met_hash(&o->places, of_employer(employer, k->place.postcode));
}

bool places_have_site(const struct keeper *k, const struct own *o, const char *employer)
{
	return met_hash(&o->places, of_employer(employer, k->place.site)) &&
	       (!k->late.on || late_has(&k->late, employer, k->place.site));
}
