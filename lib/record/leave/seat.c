/* SPDX-License-Identifier: MIT */
/*
 * Handing over a seat: the old one ends the day before and a new one begins. Whoever sits in the group already
 * does not get a second seat for the same thing: a member who becomes chair is no longer a plain member, and
 * one who takes a member's place beside a place of their own has just the one.
 */
#include "record/leave/replace.h"

struct seat {
	const char *const *parts;
	const char *person, *role, *basis, *deputy_for, *starts, *ends;
};

static const char *value_of(const struct shape *s, const char *const *value, const char *name)
{
	const struct field *field = kind_field(s->kind, name);
	return field != NULL ? value[field->column[0]] : NULL;
}

static bool read_seat(struct handing *h, struct shape *s, const char *const *parts,
        struct seat *seat, struct fault *f)
{
	const char **value = row_read(h->w, s, parts, f);
	if (value == NULL)
		return false;
	*seat = (struct seat){ .parts = parts,
		.person = value_of(s, value, "person"),
		.role = value_of(s, value, "role"),
		.basis = value_of(s, value, "basis"),
		.deputy_for = value_of(s, value, "deputy_for"),
		.starts = value_of(s, value, "starts"),
		.ends = value_of(s, value, "ends") };
	return true;
}

static bool is_role(const struct seat *seat, const char *role)
{
	return str_equal(seat->role, role);
}

/* What the one who comes has already makes a seat like the old one needless. */
static bool covers(const struct handing *h, const struct seat *own, const struct seat *old)
{
	if (is_role(old, "deputy"))
		return str_equal(old->deputy_for, h->with) ||
		       (is_role(own, "deputy") && str_equal(own->deputy_for, old->deputy_for));
	if (is_role(own, "deputy"))
		return false;
	return is_role(old, "member") || str_equal(own->role, old->role);
}

/* What they have gives way to the old seat: deputy of the very one who goes, or plain member who rises. */
static bool gives_way(const struct handing *h, const struct seat *own, const struct seat *old)
{
	if (is_role(own, "deputy"))
		return str_equal(own->deputy_for, h->old);
	return is_role(own, "member") && !is_role(old, "member") && !is_role(old, "deputy");
}

/* A seat that began that day or later never was. */
static bool end_seat(struct handing *h, const struct seat *seat, struct fault *f)
{
	struct assignment end = { .field = "ends", .op = '=', .text = h->before };
	const char *ref = ref_join(h->w, 2, seat->parts);
	if (seat->starts != NULL && strcmp(seat->starts, h->before) > 0)
		return record_remove(h->w, "seat", ref, false, f);
	return record_set(h->w, "seat", ref, &end, 1, NULL, f);
}

/* Looks at all seats in the group of the one who comes; *covered: they need no other. */
static bool settle_own(
        struct handing *h, struct shape *s, const struct seat *old, bool *covered, struct fault *f)
{
	size_t n;
	const char ***key = children_keys(h->w, s, 1, old->parts, &n, f);
	*covered = false;
	if (key == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct seat own;
		if (!read_seat(h, s, key[i], &own, f))
			return false;
		if (!str_equal(own.person, h->with) ||
		        (own.ends != NULL && strcmp(own.ends, h->on) < 0))
			continue;
		if (covers(h, &own, old))
			*covered = true;
		else if (gives_way(h, &own, old) && !end_seat(h, &own, f))
			return false;
	}
	return true;
}

static bool begin_seat(struct handing *h, const struct seat *old, struct fault *f)
{
	const struct assignment all[] = {
		{ .field = "person", .op = '=', .text = h->with, .ref = true },
		{ .field = "starts", .op = '=', .text = h->on },
		{ .field = "role", .op = '=', .text = old->role },
		{ .field = "basis", .op = '=', .text = old->basis },
		{ .field = "deputy_for", .op = '=', .text = old->deputy_for, .ref = true },
		{ .field = "ends", .op = '=', .text = old->ends },
	};
	struct assignment given[COUNT(all)];
	size_t n = 0;
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text != NULL)
			given[n++] = all[i];
	return record_add(h->w, "seat", old->parts[0], given, n, NULL, f);
}

bool replace_seat(struct handing *h, const char *ref, struct fault *f)
{
	struct shape *s = shape_named(h->w, "seat", f);
	const char *parts[KEY_MOST];
	struct seat old;
	bool covered;
	if (s == NULL || !ref_split(h->w, s->kind, ref, parts, f) ||
	        !read_seat(h, s, parts, &old, f) || !settle_own(h, s, &old, &covered, f))
		return false;
	if (covered)
		return end_seat(h, &old, f);
	/* A seat of that very day changes hands. */
	if (old.starts != NULL && strcmp(old.starts, h->before) > 0) {
		struct assignment a = {
			.field = "person", .op = '=', .text = h->with, .ref = true
		};
		return record_set(h->w, "seat", ref, &a, 1, NULL, f);
	}
	return end_seat(h, &old, f) && begin_seat(h, &old, f);
}
