/* SPDX-License-Identifier: MIT */
/* Notices into the store: whether they are known, what is new, what changed. */
#include <stdlib.h>
#include <string.h>

#include "notice/keep.h"

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
		ok = own_add(k, w->partnership, f);
	} else if ((q = notice_query(w->store, SQL_PARTNERSHIPS, f)) != NULL) {
		while (ok && (rc = query_step(q, f)) == 1)
			ok = own_add(k, query_text(q, 0), f);
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
	if (k->late.heads && !late_end(k, f))
		return false;
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
	q = notice_query(k->w->store, SQL_IMPORT_ADD, f);
	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, o->import);
	query_bind_text(q, 3, k->file);
	query_bind_text(q, 4, time_format(k->o.loaded_at, at));
	query_bind_text(q, 5, k->o.by);
	query_bind_text(q, 6, k->o.map);
	return query_run(q, f);
}

bool keeper_file_end(
        struct keeper *k, const char *sha256, size_t read, size_t refused, struct fault *f)
{
	for (size_t i = 0; i < k->nown; i++) {
		struct own *o = &k->own[i];
		struct query *q;
		if (!o->import)
			continue;
		if (!(q = notice_query(k->w->store, SQL_IMPORT_COUNTS, f)))
			return false;
		query_bind_text(q, 1, o->partnership);
		query_bind_text(q, 2, o->import);
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

/* ---------- warnings and reasons ---------- */

static bool add_item(struct keeper *k, struct own *o, enum notice_sql id, const char *ref,
        const char *item, struct fault *f)
{
	struct query *q = notice_query(k->w->store, id, f);

	if (!q)
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, ref, strlen(ref));
	query_bind_bytes(q, 3, item, strlen(item));
	return query_run(q, f);
}

static bool add_reasons(
        struct keeper *k, struct own *o, const char *ref, const char *reasons, struct fault *f)
{
	if (!reasons)
		return true;
	if (!strchr(reasons, ';'))
		return add_item(k, o, SQL_REASON_ADD, ref, reasons, f);
	for (char **item = str_split(k->row_arena, reasons, ";", NULL); *item; item++)
		if (!add_item(k, o, SQL_REASON_ADD, ref, *item, f))
			return false;
	return true;
}

static bool list_text(struct keeper *k, struct own *o, enum notice_sql id, const char *ref,
        const char **out, struct fault *f)
{
	struct query *q = notice_query(k->w->store, id, f);
	struct buf b = { 0 };
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, ref);
	while ((rc = query_step(q, f)) == 1)
		buf_addf(&b, "%s%s", b.n ? ";" : "", query_text(q, 0));
	query_done(q);
	*out = b.n ? arena_strdup(k->row_arena, b.p) : NULL;
	buf_free(&b);
	return rc == 0;
}

/* ---------- writing ---------- */

/* Whose a notice is; texts of the row. */
struct chosen {
	const char *name, *employer;
	const char *maybe; /* another employer that may be the same */
	bool revision;     /* the name says that the notice was revised */
};

/* The columns of SQL_NOTICE_SET from ?5 on, and of SQL_NOTICE_GET by their field. */
static const int stored[] = { N_SENDER_REF, N_EMPLOYER, N_SITE, N_ADDRESS, N_POSTCODE, N_COUNCIL,
	N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE, N_RECEIVED, N_NOTIFIED, N_CONSULTATION,
	N_FIRST, N_LAST, N_EMPLOYED, N_PROPOSED, N_PROPOSED_TEXT, N_CERTAINTY, N_CLOSURE,
	N_SELECTION, N_REPRESENTATIVES, N_UNION, N_SHORT_REASON, N_STATUS, N_SUPERSEDES, N_SOURCE,
	N_EXTRA };

static void bind_fields(struct query *q, const char *const *text)
{
	for (size_t i = 0; i < COUNT(stored); i++) {
		const char *value = text[stored[i]];
		int at = 5 + (int)i;
		if (!value)
			continue; /* as the last use left it */
		if (stored[i] == N_EMPLOYED || stored[i] == N_PROPOSED)
			query_bind_int(q, at, strtoll(value, NULL, 10)); /* our own digits */
		else if (stored[i] == N_CLOSURE)
			query_bind_int(q, at, value[0] == 'y');
		else
			query_bind_bytes(q, at, value, strlen(value));
	}
}

static bool write_notice(struct keeper *k, struct own *o, const char *ref, long line,
        const char *mark, const char *const *text, struct fault *f)
{
	struct query *q;

	if (!keep_import(k, o, f) || !add_item(k, o, SQL_OLD_MARK_ADD, ref, mark, f) ||
	        !(q = notice_query(k->w->store, SQL_NOTICE_SET, f)))
		return false;
	query_bind_bytes(q, 1, o->partnership, strlen(o->partnership));
	query_bind_bytes(q, 2, ref, strlen(ref));
	query_bind_bytes(q, 3, o->import, strlen(o->import));
	query_bind_int(q, 4, line > 0 ? line : 1);
	bind_fields(q, text);
	query_bind_bytes(q, 5 + (int)COUNT(stored), mark, strlen(mark));
	return query_run(q, f);
}

static bool same_stored(struct keeper *k, struct own *o, const char *ref)
{
	struct fault f = { 0 };
	const char *employer;

	return list_text(k, o, SQL_NOTICE_EMPLOYER, ref, &employer, &f) && employer;
}

/* What the row's "replaces" means: the notice of that number, which no longer counts; or the one that the
 * row is a revision of. */
static bool settle_supersedes(
        struct keeper *k, struct own *o, struct notice *n, const char *revised, struct fault *f)
{
	const char *given = n->text[N_SUPERSEDES];
	struct notice old = *n;
	struct same s = { .ref = revised };
	struct query *q;

	/* A list of stored notices has refs of ours. */
	if ((!given && !revised) || (!str_empty(n->ref) && same_stored(k, o, given)))
		return true;
	old.text[N_SENDER_REF] = given;
	if (given && !str_equal(given, n->text[N_SENDER_REF]) && !same_sender(k, o, &old, &s, f))
		return false;
	if (!s.ref)
		s.ref = s.twin ? s.twin : s.kin;
	n->text[N_SUPERSEDES] = s.ref;
	if (!s.ref) {
		n->text[N_EXTRA] = arena_printf(k->row_arena, "%s%ssupersedes: %s",
		        n->text[N_EXTRA] ? n->text[N_EXTRA] : "", n->text[N_EXTRA] ? "\n" : "",
		        given);
		return true;
	}
	if (!(q = notice_query(k->w->store, SQL_NOTICE_SUPERSEDED, f)))
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, s.ref);
	return query_run(q, f);
}

static day_t day_of(const char *text)
{
	struct fault f = { 0 };
	day_t day;
	int64_t at;
	bool has_time;
	int second;

	if (!text)
		return DAY_NONE;
	if (day_parse(text, ORDER_YMD, 0, &day, &f))
		return day;
	return moment_parse(text, ORDER_YMD, 0, &at, &has_time, &f) ? zone_day(at, &second)
	                                                            : DAY_NONE;
}

/* The checks again, over what a notice is after an amendment. */
static unsigned flags_of(const struct keeper *k, const struct own *o, const char *const *text)
{
	struct notice n = { .employed = -1, .proposed = -1 };
	struct fault f = { 0 };

	for (size_t i = 0; i < N_TEXTS; i++)
		n.text[i] = text[i];
	n.received = day_of(text[N_RECEIVED]);
	n.first = day_of(text[N_FIRST]);
	n.last = day_of(text[N_LAST]);
	n.consultation = day_of(text[N_CONSULTATION]);
	if (text[N_EMPLOYED])
		number_parse(text[N_EMPLOYED], 0, INT64_MAX, &n.employed, &f);
	if (text[N_PROPOSED])
		number_parse(text[N_PROPOSED], 0, INT64_MAX, &n.proposed, &f);
	return (check_notice(&n, &o->ref) & ~(unsigned)F_PLACE) |
	       place_flag(k->shared, &n, o->scheme);
}

static bool settle_flags(
        struct keeper *k, struct own *o, const char *ref, unsigned flags, struct fault *f)
{
	for (size_t i = 0; i < FLAGS; i++) {
		enum notice_sql id = flags & 1u << i ? SQL_WARNING_ADD : SQL_WARNING_DROP;
		if (!add_item(k, o, id, ref, notice_flag_names[i], f))
			return false;
	}
	return true;
}

/* A row is met again by the sender's reference where it has one, else by its mark. */
static void note_met(struct own *o, const struct notice *n, const char *mark)
{
	if (n->text[N_SENDER_REF])
		met_add(&o->senders, n->text[N_SENDER_REF]);
	else
		met_add(&o->marks, mark);
}

/* ---------- a known notice ---------- */

/* Whether two lists of reasons hold the same. */
static bool same_reasons(struct arena *a, const char *x, const char *y)
{
	size_t nx, ny;
	char **items = str_split(a, x ? x : "", ";", &nx),
	     **others = str_split(a, y ? y : "", ";", &ny);

	for (; nx == ny && *items; items++) {
		bool found = false;
		for (char **other = others; *other; other++)
			found = found || str_equal(*items, *other);
		if (!found)
			return false;
	}
	return nx == ny;
}

/* The employer of a notice that is known, where the row's name or number is still its own. */
static bool known_employer(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *name, const char **employer, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_NOTICE_EMPLOYER, f);
	struct buf b = { 0 };
	int rc;

	*employer = NULL;
	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, ref);
	rc = query_step(q, f);
	if (rc == 1) {
		const char *number = query_text(q, 2);
		bool same = str_equal(query_text(q, 1), name) ||
		            (number && str_equal(number, n->text[N_NUMBER]));
		if (!same && !(number && n->text[N_NUMBER]))
			same = str_equal(name_keys(&k->keys, query_text(q, 1)).strict,
			        name_keys(&b, name).strict);
		if (same)
			*employer = arena_strdup(k->row_arena, query_text(q, 0));
	}
	query_done(q);
	buf_free(&b);
	return rc >= 0;
}

static bool read_stored(
        struct keeper *k, struct own *o, const char *ref, const char **text, struct fault *f)
{
	struct query *q = notice_query(k->w->store, SQL_NOTICE_GET, f);
	int rc;

	if (!q)
		return false;
	query_bind_text(q, 1, o->partnership);
	query_bind_text(q, 2, ref);
	rc = query_step(q, f);
	for (size_t i = 0; rc == 1 && i < N_TEXTS; i++)
		text[i] = arena_strdup(k->row_arena, query_text(q, (int)i));
	if (rc == 1 && text[N_CLOSURE])
		text[N_CLOSURE] = text[N_CLOSURE][0] == '1' ? "yes" : "no";
	query_done(q);
	return rc == 1;
}

/* What the row has goes over what is stored; a cell that is empty leaves the field alone, and a postcode that
 * says nothing of the council one beside a council that is known: somebody has put it right. */
static bool merge(const char **text, const struct notice *n)
{
	bool changed = false, settled = text[N_COUNCIL] && !n->text[N_COUNCIL];

	for (size_t i = 0; i < COUNT(stored); i++) {
		int field = stored[i];
		const char *value = n->text[field];
		bool people =
		        field == N_PROPOSED || field == N_PROPOSED_TEXT || field == N_CERTAINTY;
		if (field == N_EMPLOYER || (people ? !n->text[N_CERTAINTY] : !value))
			continue;
		if (str_equal(text[field], value) ||
		        (settled && field == N_POSTCODE && text[N_POSTCODE]))
			continue;
		text[field] = value;
		changed = true;
	}
	return changed;
}

/* A notice that is withdrawn, or counts again, and its case. */
static bool settle_case(struct keeper *k, struct own *o, const struct notice *n, const char *ref,
        const char *was, const char *const *text, struct kept_notice *out, struct fault *f)
{
	bool before = str_equal(was, "active"), now = str_equal(text[N_STATUS], "active");

	if (!k->o.incidents || before == now)
		return true;
	if (now)
		return incident_active(k, o, n, ref, text[N_EMPLOYER], n->text[N_EMPLOYER], out, f);
	return str_equal(text[N_STATUS], "superseded") ||
	       incident_withdrawn(k, o, ref, text[N_STATUS], &out->became, f);
}

static enum keeping amend(struct keeper *k, struct own *o, const struct notice *n, const char *mark,
        const char *ref, const char *employer, struct kept_notice *out, struct fault *f)
{
	const char *text[N_TEXTS] = { 0 }, *reasons, *was;
	bool changed, other_reasons;
	unsigned flags;
	struct query *q;

	if (!read_stored(k, o, ref, text, f) || !list_text(k, o, SQL_REASONS_GET, ref, &reasons, f))
		return KEEP_FAULT;
	out->ref = ref;
	was = text[N_STATUS];
	changed = merge(text, n);
	if (employer && !str_equal(text[N_EMPLOYER], employer)) {
		text[N_EMPLOYER] = employer;
		changed = true;
		if (k->late.heads && !late_end(k, f))
			return KEEP_FAULT;
	}
	other_reasons =
	        n->text[N_REASONS] && !same_reasons(k->row_arena, n->text[N_REASONS], reasons);
	if (!changed && !other_reasons)
		return list_text(k, o, SQL_WARNINGS_GET, ref, &out->warnings, f) ? KEEP_SAME
		                                                                 : KEEP_FAULT;
	if (!write_notice(k, o, ref, n->line, mark, text, f))
		return KEEP_FAULT;
	if (other_reasons) {
		q = notice_query(k->w->store, SQL_REASONS_DROP, f);
		if (!q)
			return KEEP_FAULT;
		query_bind_text(q, 1, o->partnership);
		query_bind_text(q, 2, ref);
		if (!query_run(q, f) || !add_reasons(k, o, ref, n->text[N_REASONS], f))
			return KEEP_FAULT;
	}
	/* A place that is known now reaches its incident by a trigger of the schema. */
	flags = flags_of(k, o, text);
	if (!settle_flags(k, o, ref, flags, f))
		return KEEP_FAULT;
	o->amended++;
	note_met(o, n, mark);
	places_put(o, place_met(k, text), text[N_EMPLOYER]);
	if (!settle_case(k, o, n, ref, was, text, out, f))
		return KEEP_FAULT;
	return list_text(k, o, SQL_WARNINGS_GET, ref, &out->warnings, f) ? KEEP_AMENDED
	                                                                 : KEEP_FAULT;
}

/* ---------- a new notice ---------- */

static enum keeping take_new(struct keeper *k, struct own *o, struct notice *n, const char *mark,
        const struct chosen *c, const struct same *s, struct kept_notice *out, struct fault *f)
{
	const char *replaces = s->twin ? s->twin : s->replaces, *joins;

	if (str_equal(n->text[N_SUPERSEDES], replaces))
		replaces = NULL;
	if (!add_notice(k, o, n, mark, c->employer, c->maybe, replaces, f))
		return KEEP_FAULT;
	out->ref = k->made_ref;
	if (!late_put(k, c->employer, f))
		return KEEP_FAULT;
	note_met(o, n, mark);
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
	if (akin && !known_employer(k, o, n, akin, c->name, &c->employer, f))
		return false;
	if (!c->employer && !match_employer(k, o, n, c->name, &c->employer, &c->maybe, &made, f))
		return false;
	return s->ref || made || !places_have(o, k->place.site, c->employer) ||
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
	if (!choose(k, o, n, mark, &s, &c, f))
		return KEEP_FAULT;
	if (s.unchanged) {
		same_claim(o, s.ref);
		out->ref = s.ref;
		return list_text(k, o, SQL_WARNINGS_GET, s.ref, &out->warnings, f) ? KEEP_SAME
		                                                                   : KEEP_FAULT;
	}
	if (!settle_supersedes(k, o, n, s.ref ? NULL : c.revision ? s.twin : NULL, f))
		return KEEP_FAULT;
	if (!s.ref)
		return take_new(k, o, n, mark, &c, &s, out, f);
	same_claim(o, s.ref);
	return amend(k, o, n, mark, s.ref, c.employer, out, f);
}

enum keeping keeper_take(
        struct keeper *k, const struct notice *given, struct kept_notice *out, struct fault *f)
{
	struct notice n = *given;
	bool unknown = false;
	struct own *o;

	arena_reset(k->row_arena);
	*out = (struct kept_notice){ 0 };
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
