/* SPDX-License-Identifier: MIT */
/*
 * Whether an employer is known already. One is the same by its number in a register, or by its name
 * and place; what is merely likely is told and never merged.
 */
#include <string.h>

#include "notice/keep/keep.h"

enum { NUMBERED_MOST = 4, CANDIDATES_MOST = 16 };

static uint32_t hash32(const char *text)
{
	return (uint32_t)(name_hash(text, strlen(text)) >> 16);
}

/* ---------- names ---------- */

static const char *ref_of(struct keeper *k, const struct own *o, const struct known *c)
{
	if (c->is_number)
		return ref_numbered(arena_alloc(k->row_arena, 12), "e", c->ref);
	return o->names.refs.p + c->ref;
}

static void names_grow(struct names_known *k)
{
	size_t slots = k->slots ? 2 * k->slots : 1024;

	mem_free(k->slot);
	k->slot = mem_zalloc(slots * sizeof *k->slot);
	k->slots = slots;
	for (size_t i = 0; i < k->n; i++) {
		uint32_t *head = &k->slot[k->all[i].loose & (slots - 1)];
		k->all[i].next = *head;
		*head = (uint32_t)i + 1;
	}
}

static void names_add(struct names_known *k, uint32_t loose, uint32_t strict, const char *ref,
        bool numbered, uint64_t place)
{
	size_t same = 0;
	uint32_t number = ref_number(ref);

	if (k->n >= 2 * k->slots)
		names_grow(k);
	uint32_t *head = &k->slot[loose & (k->slots - 1)];
	for (uint32_t at = *head; numbered && at; at = k->all[at - 1].next)
		same += k->all[at - 1].strict == strict && k->all[at - 1].numbered;
	if (same >= NUMBERED_MOST)
		return;
	k->all = mem_grow(k->all, &k->cap, k->n + 1, sizeof *k->all);
	k->all[k->n] = (struct known){
		.loose = loose,
		.strict = strict,
		.ref = (number ? number : (uint32_t)k->refs.n) & ((1u << 30) - 1),
		.is_number = number,
		.next = *head,
		.place = place,
		.numbered = numbered,
	};
	*head = (uint32_t)++k->n;
	if (!number)
		buf_add(&k->refs, ref, strlen(ref) + 1);
}

/* The two hashes of a name. A file has each name many times, or at least twice: the last ones are kept. */
static const struct named_hash *hashes(struct keeper *k, const char *name)
{
	size_t n = strlen(name);
	struct named_hash *h = &k->hashes[name_hash(name, n) % COUNT(k->hashes)];

	if (n > 0 && n < sizeof h->name && strcmp(h->name, name) == 0)
		return h;
	struct name_keys keys = name_keys(&k->keys, name);
	h->loose = hash32(keys.loose);
	h->strict = hash32(keys.strict);
	h->name[0] = '\0';
	if (n < sizeof h->name)
		memcpy(h->name, name, n + 1);
	return h;
}

static void remember(struct keeper *k, struct own *o, const char *name, const char *ref,
        bool numbered, uint64_t place)
{
	const struct named_hash *h = hashes(k, name);

	names_add(&o->names, h->loose, h->strict, ref, numbered, place);
}

/* ---------- the store's own ---------- */

bool match_load(struct keeper *k, struct own *o, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_EMPLOYERS, f);
	size_t n = 0;
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	for (; (rc = query_step(q, f)) == 1; n++) {
		struct arena *a = arena_new();
		stem_take(&o->stems, text_fold(a, query_text(q, 0)));
		arena_free(a);
		remember(k, o, query_text(q, 1), query_text(q, 0), query_int(q, 2), 0);
	}
	query_done(q);
	if (rc < 0 || !late_begin(k, f))
		return false;
	/* Without an employer there is no notice either. */
	if (rc == 0 && n == 0) {
		met_begin(&o->senders, k->rows);
		met_begin(&o->marks, k->rows);
		met_begin(&o->other_names, k->rows / 4);
		if (!k->late.employers.heads)
			met_begin(&o->numbers, k->rows);
		/* Where notices are numbered, a coarse one in front of them does. */
		met_begin(&o->places, k->late.on ? k->rows / 2 : k->rows);
	}
	if (!(q = notice_query(k->w->store, SQL_HEARD_ANY, f)))
		return false;
	query_bind_text(q, 1, o->partnership);
	rc = query_step(q, f);
	query_done(q);
	o->heard = rc == 1;
	if (rc < 0 || !(q = notice_query(k->w->store, SQL_EMPLOYER_NAMES, f)))
		return false;
	query_bind_text(q, 1, o->partnership);
	while ((rc = query_step(q, f)) == 1)
		remember(k, o, query_text(q, 1), query_text(q, 0), query_int(q, 2), 0);
	query_done(q);
	return rc == 0;
}

void match_free(struct own *o)
{
	mem_free(o->senders.bits);
	mem_free(o->numbers.bits);
	mem_free(o->marks.bits);
	mem_free(o->places.bits);
	mem_free(o->other_names.bits);
	mem_free(o->claimed.slot);
	mem_free(o->names.all);
	mem_free(o->names.slot);
	buf_free(&o->names.refs);
	mem_free(o->stems.slot);
	mem_free(o->year);
}

/* ---------- places ---------- */

const char *match_site(struct arena *a, const char *site, const char *address, const char *postcode)
{
	const char *text = !str_empty(site) ? site : !str_empty(address) ? address : postcode;

	return str_empty(text) ? "" : text_key(a, text);
}

enum placed { PLACED_SAME, PLACED_OTHER, PLACED_NOWHERE };

/* Whether an employer has given notice from where this one comes. */
static bool stored_place(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        enum placed *out, struct fault *f)
{
	const char *postcode = n->text[N_POSTCODE],
	           *date = n->text[N_RECEIVED] ? n->text[N_RECEIVED] : n->text[N_FIRST];
	const char *site = match_site(k->row_arena, n->text[N_SITE], n->text[N_ADDRESS], NULL);
	struct query *q = late_query(k, o, ref, 0, SQL_EMPLOYER_PLACES, SQL_EMPLOYER_PLACES_OF, f);
	bool any = false;
	int rc;

	if (!q)
		return false;
	*out = PLACED_OTHER;
	while ((rc = query_step(q, f)) == 1) {
		const char *there = query_text(q, 0);
		any = any || there || query_text(q, 1) || query_text(q, 2);
		if (postcode && there) {
			if (str_equal(postcode, there))
				break;
			/* Another postcode was put right, where site and day are the same. */
			if (!query_text(q, 1) || !n->text[N_SITE] || !date ||
			        !str_equal(date, query_text(q, 3)))
				continue;
		}
		if (*site && strcmp(site, match_site(k->row_arena, query_text(q, 1),
		                                  query_text(q, 2), NULL)) == 0)
			break;
	}
	query_done(q);
	if (rc == 1)
		*out = PLACED_SAME;
	else if (!any)
		*out = PLACED_NOWHERE;
	return rc >= 0;
}

/* The same of one among those of a name, by what this run knows of it, else by the store. */
static bool same_place(struct keeper *k, struct own *o, const struct notice *n, struct known *c,
        enum placed *out, struct fault *f)
{
	const char *ref = ref_of(k, o, c);
	struct place_met at = k->place;

	*out = at.place && at.place == c->place ? PLACED_SAME : PLACED_OTHER;
	if (*out == PLACED_SAME)
		return true;
	if (c->place && !places_have_postcode(k, o, ref) && !places_have_site(k, o, ref))
		return true;
	if (!stored_place(k, o, n, ref, out, f))
		return false;
	if (*out == PLACED_SAME)
		c->place = at.place;
	return true;
}

static bool has_place(const struct notice *n)
{
	return n->text[N_POSTCODE] || n->text[N_SITE] || n->text[N_ADDRESS];
}

/* Whether an open case that was heard of lies where a notice comes from. */
static bool same_case_place(struct keeper *k, struct own *o, const struct notice *n,
        const char *ref, bool *same, struct fault *f)
{
	const char *site = match_site(k->row_arena, n->text[N_SITE], n->text[N_ADDRESS], NULL);
	struct query *q = own_query(k, o, SQL_EMPLOYER_CASE_PLACES, ref, f);
	int rc;

	if (!q)
		return false;
	query_of_standing(q);
	while ((rc = query_step(q, f)) == 1) {
		const char *postcode = query_text(q, 0), *council = query_text(q, 2);
		const char *there =
		        match_site(k->row_arena, query_text(q, 3), query_text(q, 1), NULL);
		if ((postcode && str_equal(postcode, n->text[N_POSTCODE])) ||
		        (council && str_equal(council, n->text[N_COUNCIL])) ||
		        (*site && strcmp(site, there) == 0))
			break;
	}
	query_done(q);
	*same = rc == 1;
	return rc >= 0;
}

/* Whether a candidate of a name that is only nearly the same is the same after all: one of the two was heard
 * of, where few say Limited, and the place agrees. */
static bool is_same_heard(struct keeper *k, struct own *o, const struct notice *n, const char *name,
        const char *ref, bool *same, struct fault *f)
{
	struct query *q;
	enum placed placed = PLACED_OTHER;
	int rc;

	*same = false;
	if (!o->heard && !k->hearing)
		return true;
	if (!(q = own_query(k, o, SQL_EMPLOYER_GET, ref, f)))
		return false;
	rc = query_step(q, f);
	bool but_form = rc == 1 && name_but_form(query_text(q, 0), name);
	query_done(q);
	if (rc < 0 || !but_form)
		return rc >= 0;
	if (k->hearing && !stored_place(k, o, n, ref, &placed, f))
		return false;
	*same = placed == PLACED_SAME;
	return *same || same_case_place(k, o, n, ref, same, f);
}

static bool has_cases(struct keeper *k, struct own *o, const char *ref, bool *out, struct fault *f)
{
	struct query *q = own_query(k, o, SQL_EMPLOYER_CASES, ref, f);

	if (q)
		query_of_standing(q);
	return query_any(q, out, f);
}

/* A number may have come to an employer since its name was noted. */
static bool look_numbered(
        struct keeper *k, struct own *o, struct known *c, const char *ref, struct fault *f)
{
	struct query *q = own_query(k, o, SQL_EMPLOYER_GET, ref, f);
	int rc = q ? query_step(q, f) : -1;

	c->numbered = rc == 1 && query_text(q, 1);
	query_done(q);
	return rc >= 0;
}

/* ---------- the employer ---------- */

static bool other_name(struct keeper *k, struct own *o, const char *ref, const char *name,
        bool numbered, struct fault *f)
{
	bool added = !other_names_have(o, ref, name);

	if (added) {
		if (!add_other_name(k, o, ref, name, f))
			return false;
	} else {
		struct query *q = own_query(k, o, SQL_EMPLOYER_OTHER, ref, f);
		if (!q)
			return false;
		query_bind_text(q, 3, name);
		if (!query_run(q, f))
			return false;
		added = store_rows_changed(k->w->store) > 0;
	}
	if (added) {
		other_names_put(o, ref, name);
		remember(k, o, name, ref, numbered, 0);
	}
	return true;
}

/* The employer of a number: its ref and name, by the store's index; NULL where there is none. */
static bool stored_number(struct keeper *k, const struct own *o, const struct notice *n,
        const char **ref, const char **name, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_EMPLOYER_NUMBER, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_bytes(q, 2, n->text[N_NUMBER], strlen(n->text[N_NUMBER]));
	query_bind_text(q, 3, n->text[N_REGISTER]);
	rc = query_step(q, f);
	if (rc == 1) {
		*ref = arena_strdup(k->row_arena, query_text(q, 0));
		*name = arena_strdup(k->row_arena, query_text(q, 1));
	}
	query_done(q);
	return rc >= 0;
}

static bool by_number(struct keeper *k, struct own *o, const struct notice *n, const char *name,
        const char **ref, struct fault *f)
{
	const char *known = NULL;

	if (!(k->late.employers.heads ? late_by_number(k, o, n, ref, &known, f)
	                              : stored_number(k, o, n, ref, &known, f)))
		return false;
	if (!known || str_equal(known, name))
		return true;
	uint32_t strict = hashes(k, known)->strict;
	if (hashes(k, name)->strict == strict)
		return true;
	/* The company of that number under another name: a former one, or a trading name. */
	return other_name(k, o, *ref, name, true, f);
}

/* Among employers of that name or nearly: the same one by its place, or one that may be. */
static bool by_name(struct keeper *k, struct own *o, const struct notice *n, const char *name,
        const char **ref, const char **maybe, struct fault *f)
{
	const struct named_hash *h = hashes(k, name);
	uint32_t loose = h->loose, strict = h->strict;
	bool numbered = n->text[N_NUMBER] != NULL;
	const char *unplaced = NULL, *folded = NULL;
	size_t seen = 0, unplaced_n = 0;

	if (o->names.n == 0)
		return true;
	for (uint32_t at = o->names.slot[loose & (o->names.slots - 1)];
	        at && seen < CANDIDATES_MOST; at = o->names.all[at - 1].next) {
		struct known *c = &o->names.all[at - 1];
		const char *candidate;
		enum placed placed;
		bool cases;
		/* Two numbers that differ are two companies, whatever their names. */
		if (c->loose != loose || (numbered && c->numbered))
			continue;
		candidate = ref_of(k, o, c);
		seen++;
		if (numbered && !look_numbered(k, o, c, candidate, f))
			return false;
		if (numbered && c->numbered)
			continue;
		if (c->strict != strict) {
			bool same;
			if (!is_same_heard(k, o, n, name, candidate, &same, f))
				return false;
			if (same)
				folded = candidate;
			*maybe = *maybe ? *maybe : candidate;
			continue;
		}
		if (!same_place(k, o, n, c, &placed, f))
			return false;
		if (placed == PLACED_SAME || (placed == PLACED_NOWHERE && !has_place(n))) {
			*ref = arena_strdup(k->row_arena, candidate);
			*maybe = NULL;
			return true;
		}
		if (placed == PLACED_NOWHERE) {
			/* Known by name alone so far, from local intelligence: nothing speaks against it. */
			if (!has_cases(k, o, candidate, &cases, f))
				return false;
			if (cases && unplaced_n++ == 0)
				unplaced = candidate;
		}
		*maybe = candidate;
	}
	if (unplaced_n == 1) {
		*ref = arena_strdup(k->row_arena, unplaced);
	} else if (folded) {
		*ref = arena_strdup(k->row_arena, folded);
		if (!other_name(k, o, *ref, name, numbered, f))
			return false;
	}
	if (*ref || *maybe)
		*maybe = *ref ? NULL : arena_strdup(k->row_arena, *maybe);
	return true;
}

static bool new_employer(struct keeper *k, struct own *o, const struct notice *n, const char *name,
        const char **ref, struct fault *f)
{
	uint64_t place = 0;

	*ref = employer_ref(k, o, name);
	if (!add_employer(k, o, n, name, *ref, f) || !late_employer(k, *ref, n, f))
		return false;
	if (n->text[N_NUMBER])
		met_add(&o->numbers, n->text[N_NUMBER]);
	if (!k->hearing)
		place = k->place.place;
	remember(k, o, name, *ref, n->text[N_NUMBER] != NULL, place);
	return true;
}

/* What a known employer still lacks and the notice has. */
static bool fill_employer(
        struct keeper *k, struct own *o, const struct notice *n, const char *ref, struct fault *f)
{
	static const int fields[] = { N_NUMBER, N_REGISTER, N_SIC, N_SIZE };
	struct query *q;
	bool gives = false, lacks = false, numbered = false;
	int rc;

	for (size_t i = 0; i < COUNT(fields); i++)
		gives = gives || n->text[fields[i]];
	if (!gives)
		return true;
	if (!(q = own_query(k, o, SQL_EMPLOYER_GET, ref, f)))
		return false;
	rc = query_step(q, f);
	for (size_t i = 0; rc == 1 && i < COUNT(fields); i++)
		lacks = lacks || (!query_text(q, 1 + (int)i) && n->text[fields[i]]);
	/* A number it had already stays, and is known. */
	if (rc == 1)
		numbered = n->text[N_NUMBER] && !query_text(q, 1);
	query_done(q);
	if (rc < 0 || !lacks)
		return rc >= 0;
	if (!(q = own_query(k, o, SQL_EMPLOYER_FILL, ref, f)))
		return false;
	for (size_t i = 0; i < COUNT(fields); i++)
		query_bind_text(q, 3 + (int)i, n->text[fields[i]]);
	if (!query_run(q, f))
		return false;
	if (!numbered)
		return true;
	met_add(&o->numbers, n->text[N_NUMBER]);
	return late_numbered(k, ref, n, f);
}

bool match_employer(struct keeper *k, struct own *o, const struct notice *n, const char *name,
        const char **ref, const char **maybe, bool *made, struct fault *f)
{
	*ref = *maybe = NULL;
	*made = false;
	if (n->text[N_NUMBER] && met_before(&o->numbers, n->text[N_NUMBER]) &&
	        !by_number(k, o, n, name, ref, f))
		return false;
	if (*ref)
		return n->text[N_SIC] || n->text[N_SIZE] ? fill_employer(k, o, n, *ref, f) : true;
	if (!by_name(k, o, n, name, ref, maybe, f))
		return false;
	if (*ref)
		return fill_employer(k, o, n, *ref, f);
	*made = true;
	return new_employer(k, o, n, name, ref, f);
}
