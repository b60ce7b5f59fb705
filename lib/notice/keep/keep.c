/* SPDX-License-Identifier: MIT */
/* Notices into the store: the run, its files, and each row, whether it is known or new. */
#include <string.h>

#include "notice/keep/keep.h"

struct keeper *keeper_new(struct work *w, const struct reference *ref,
        const struct keeper_options *options, struct fault *f)
{
	struct keeper *k = mem_zalloc(sizeof *k);
	struct query *q = NULL;
	bool ok = true;
	int rc = 0;

	k->w = w;
	k->o = *options;
	k->shared = ref;
	k->arena = arena_new();
	k->row_arena = arena_new();
	if (!options->all) {
		ok = own_add(k, w->partnership, NULL, f);
	} else if ((q = notice_query(w->store, SQL_PARTNERSHIPS, f)) != NULL) {
		while (ok && (rc = query_step(q, f)) == 1)
			ok = own_add(k, query_text(q, 0), query_text(q, 1), f);
		query_done(q);
	}
	if (ok && rc >= 0 && k->nown && add_begin(k, f))
		return k;
	keeper_free(k);
	return NULL;
}

void keeper_free(struct keeper *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->nown; i++)
		match_free(&k->own[i]);
	mem_free(k->own);
	mem_free(k->call);
	buf_free(&k->keys);
	buf_free(&k->plain);
	buf_free(&k->further);
	buf_free(&k->warnings);
	buf_free(&k->row_text);
	buf_free(&k->rows_text);
	late_free(&k->late);
	arena_free(k->row_arena);
	arena_free(k->arena);
	mem_free(k);
}

bool keeper_finish(struct keeper *k, struct fault *f)
{
	/* The commit makes the index; a dry run does without. */
	late_free(&k->late);
	for (size_t i = 0; i < k->nown; i++) {
		struct own *o = &k->own[i];
		for (size_t y = 0; y < o->nyear; y++) {
			if (!store_set_number(k->w->store, o->partnership, "notice",
			            o->year[y].stem, o->year[y].next - 1, f))
				return false;
		}
		if (o->next_incident && !store_set_number(k->w->store, o->partnership, "incident",
		                                incident_prefix, o->next_incident - 1, f))
			return false;
	}
	return true;
}

/* ---------- the file ---------- */

void keeper_file(struct keeper *k, const char *name, uint64_t bytes)
{
	const char *slash = strrchr(name, '/');

	k->file = arena_strdup(k->arena, slash ? slash + 1 : name);
	k->misnamed = 0;
	k->path = bytes ? arena_strdup(k->arena, name) : NULL;
	k->rows = bytes / 128;
	for (size_t i = 0; i < k->nown; i++) {
		k->own[i].import = NULL;
		k->own[i].before = BEFORE_UNKNOWN;
		mem_free(k->own[i].claimed.slot);
		k->own[i].claimed = (struct stems){ 0 };
		k->own[i].added = k->own[i].amended = 0;
	}
}

bool keep_import(struct keeper *k, struct own *o, struct fault *f)
{
	struct query *q;
	int64_t number;
	char at[21];

	if (o->import)
		return true;
	if (!store_next_number(k->w->store, o->partnership, "import", "IM", &number, f))
		return false;
	o->import = arena_printf(k->arena, "IM%lld", (long long)number);
	q = own_query(k, o, SQL_IMPORT_ADD, o->import, f);
	if (!q)
		return false;
	query_bind_text(q, 3, k->file);
	query_bind_text(q, 4, time_format(k->o.loaded_at, at));
	query_bind_text(q, 5, k->o.by);
	query_bind_text(q, 6, k->o.map);
	return query_run(q, f);
}

bool keeper_file_end(
        struct keeper *k, const char *sha256, size_t read, size_t refused, struct fault *f)
{
	own_say_misnamed(k);
	for (size_t i = 0; i < k->nown; i++) {
		struct own *o = &k->own[i];
		struct query *q;
		if (!o->import)
			continue;
		if (!(q = own_query(k, o, SQL_IMPORT_COUNTS, o->import, f)))
			return false;
		query_bind_text(q, 3, sha256);
		query_bind_int(q, 4, (int64_t)read);
		query_bind_int(q, 5, (int64_t)o->added);
		query_bind_int(q, 6, (int64_t)o->amended);
		query_bind_int(q, 7, (int64_t)refused);
		if (!query_run(q, f))
			return false;
	}
	return true;
}

/* ---------- a new notice ---------- */

/* Whose a notice is; texts of the row. */
struct chosen {
	const char *name, *employer;
	const char *maybe; /* another employer that may be the same */
	bool revision;     /* the name says that the notice was revised */
};

static enum keeping take_new(struct keeper *k, struct own *o, struct notice *n, const char *mark,
        const struct chosen *c, const struct same *s, struct kept_notice *out, struct fault *f)
{
	const char *replaces = s->twin ? s->twin : s->replaces, *joins;

	if (str_equal(n->text[N_SUPERSEDES], replaces))
		replaces = NULL;
	if (!add_notice(k, o, n, mark, c->employer, c->maybe, replaces, f))
		return KEEP_FAULT;
	out->ref = k->made_ref;
	if (!late_put(k, c->employer, k->place.site, f))
		return KEEP_FAULT;
	met_row(o, n, mark);
	places_put(o, k->place, c->employer);
	o->added++;
	joins = n->text[N_SUPERSEDES] ? n->text[N_SUPERSEDES] : s->twin ? s->twin : s->kin;
	if (k->o.incidents && (!n->text[N_STATUS] || str_equal(n->text[N_STATUS], "active")) &&
	        !incident_take(k, o, n, k->made_ref, c->employer, c->name, joins, out, f))
		return KEEP_FAULT;
	if (c->maybe && !incident_open_of(k, o, c->maybe, &out->likely, f))
		return KEEP_FAULT;
	out->warnings = form_warnings(&k->warnings, n->flags, k->further.n ? k->further.p : NULL);
	return KEEP_NEW;
}

/* ---------- any notice ---------- */

/* Which notice of the store the row is, and whose. */
static bool choose(struct keeper *k, struct own *o, const struct notice *n, const char *mark,
        struct same *s, struct chosen *c, struct fault *f)
{
	bool made = false;

	if (!s->ref && !same_row(k, o, n, mark, s, f))
		return false;
	if (s->ref)
		return true;
	c->name = name_plain(&k->plain, n->text[N_EMPLOYER], &c->revision);
	if (n->text[N_SENDER_REF] && met_before(&o->senders, n->text[N_SENDER_REF]) &&
	        !same_sender(k, o, n, s, f))
		return false;
	const char *akin = s->ref ? s->ref : s->twin ? s->twin : s->kin;
	if (akin && !amend_employer(k, o, n, akin, c->name, &c->employer, f))
		return false;
	if (!c->employer && !match_employer(k, o, n, c->name, &c->employer, &c->maybe, &made, f))
		return false;
	return s->ref || made || !places_have_site(k, o, c->employer) ||
	       same_employer(k, o, n, c->employer, s, f);
}

static enum keeping take_own(
        struct keeper *k, struct own *o, struct notice *n, struct kept_notice *out, struct fault *f)
{
	struct same s = { 0 };
	struct chosen c = { 0 };
	const char *mark = same_mark(k, n);

	k->place = place_met(k, n->text);
	if (!str_empty(n->ref) && !same_listed(k, o, n, &s, &c.employer, f))
		return f->status == STATUS_DATA ? KEEP_REFUSED : KEEP_FAULT;
	if (!choose(k, o, n, mark, &s, &c, f) ||
	        (s.ref && !s.unchanged && !same_older(k, o, n, &s, f)))
		return KEEP_FAULT;
	out->older = s.older;
	out->back = s.back && !s.unchanged;
	if (s.unchanged || s.older) {
		same_claim(o, s.ref);
		out->ref = s.ref;
		if (!amend_list(k, o, SQL_WARNINGS_GET, s.ref, &out->warnings, f))
			return KEEP_FAULT;
		return s.older ? KEEP_OLDER : KEEP_SAME;
	}
	if (!amend_supersedes(k, o, n, s.ref ? NULL : c.revision ? s.twin : NULL, f))
		return KEEP_FAULT;
	if (!s.ref)
		return take_new(k, o, n, mark, &c, &s, out, f);
	same_claim(o, s.ref);
	if (s.resent)
		n->text[N_SOURCE] = NULL; /* that another sent it on changes nothing in it */
	return amend_notice(k, o, n, mark, s.ref, c.employer, out, f);
}

enum keeping keeper_take(
        struct keeper *k, const struct notice *given, struct kept_notice *out, struct fault *f)
{
	struct notice n = *given;
	bool unknown = false;
	struct own *o;

	arena_reset(k->row_arena);
	*out = (struct kept_notice){ .file = k->file, .line = n.line };
	o = own_of(k, &n, &unknown);
	if (!o && unknown) {
		fault_set(f, STATUS_DATA,
		        "lies nobody knows where, so it is no partnership's; name its council, or "
		        "choose one with -p");
		fault_place(f, k->file, n.line, "council");
		return KEEP_REFUSED;
	}
	if (!o)
		return KEEP_ELSEWHERE;
	if (!o->loaded && !match_load(k, o, f))
		return KEEP_FAULT;
	o->loaded = true;
	out->partnership = o->partnership;
	/* A place that a district tells is known, council or not; and the nation is the partnership's. */
	n.flags = check_notice(&n, &o->ref) & ~(unsigned)F_PLACE;
	n.flags |= place_flag(k->shared, &n, o->scheme);
	return take_own(k, o, &n, out, f);
}

enum keeping keeper_heard(struct keeper *k, const struct notice *given, const char *origin,
        const char *told_by, struct kept_notice *out, struct fault *f)
{
	const struct heard heard = { origin, told_by };
	struct notice n = *given;
	const char *employer, *maybe;
	struct own *o = &k->own[0];
	bool made, unknown;

	arena_reset(k->row_arena);
	*out = (struct kept_notice){ .partnership = o->partnership };
	if (!o->loaded && !match_load(k, o, f))
		return KEEP_FAULT;
	o->loaded = true;
	k->hearing = true;
	k->place = place_met(k, n.text);
	out->outside = own_of(k, &n, &unknown) == NULL;
	if (!match_employer(k, o, &n, n.text[N_EMPLOYER], &employer, &maybe, &made, f) ||
	        !incident_heard(k, o, &n, employer, n.text[N_EMPLOYER], &heard, out, f))
		return KEEP_FAULT;
	k->hearing = false;
	o->heard = true;
	if (maybe && !incident_open_of(k, o, maybe, &out->likely, f))
		return KEEP_FAULT;
	if (maybe)
		out->warnings = arena_printf(k->arena, "maybe-same-employer %s", maybe);
	return KEEP_NEW;
}
