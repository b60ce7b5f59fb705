/* SPDX-License-Identifier: MIT */
/* What notices are held against: rules, councils, reasons, areas; from the store or from share/. */
#include <stdlib.h>
#include <string.h>

#include "notice/sql.h"
#include "notice/notice.h"

/* ---------- names ---------- */

static int by_key(const void *x, const void *y)
{
	return strcmp(((const struct named *)x)->key, ((const struct named *)y)->key);
}

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	int order = strcmp(a->place, b->place);

	return order ? order : strcmp(a->scheme, b->scheme);
}

static void add_named(struct named **all, size_t *n, size_t *cap, struct arena *a, const char *text,
        const char *code, const char *name)
{
	*all = mem_grow(*all, cap, *n + 1, sizeof **all);
	(*all)[(*n)++] =
	        (struct named){ text_key(a, text), arena_strdup(a, code), arena_strdup(a, name) };
}

static void *settle(struct arena *a, void *items, size_t n, size_t size,
        int (*order)(const void *, const void *))
{
	void *kept = arena_alloc(a, (n + 1) * size);

	if (n)
		memcpy(kept, items, n * size);
	mem_free(items);
	if (n)
		qsort(kept, n, size, order);
	return kept;
}

/* Other words for the reasons of the form, where they can mean nothing else. */
static const struct {
	const char *key, *code;
} reason_words[] = {
	{ "lower demand", "less-demand" },
	{ "lower demand for products or services", "less-demand" },
	{ "fall in demand", "less-demand" },
	{ "reduced demand", "less-demand" },
	{ "downturn", "less-demand" },
	{ "completion of contract", "contract-ended" },
	{ "completion of all or part of contract", "contract-ended" },
	{ "contract completed", "contract-ended" },
	{ "contract ended", "contract-ended" },
	{ "end of contract", "contract-ended" },
	{ "loss of contract", "contract-ended" },
	{ "contract lost", "contract-ended" },
	{ "transfer of activities following merger", "moved-merger" },
	{ "merger", "moved-merger" },
	{ "relocation", "moved-other" },
	{ "transfer of activities", "moved-other" },
	{ "new technology", "technology" },
	{ "introduction of new technology", "technology" },
	{ "introduction of new technology plant or machinery", "technology" },
	{ "automation", "technology" },
	{ "reorganisation", "methods" },
	{ "restructuring", "methods" },
	{ "restructure", "methods" },
	{ "changes in work methods or organisation", "methods" },
	{ "change in work methods or organisation", "methods" },
	{ "loss of supply chain contract", "supply-chain" },
	{ "change in supply chain loss of supply chain contract", "supply-chain" },
	{ "change in supply chain", "supply-chain" },
	{ "other", "other" },
	{ "another reason", "other" },
	{ "other reason", "other" },
};

static void add_reason_words(struct named **all, size_t *n, size_t *cap, struct arena *a)
{
	size_t codes = *n;

	for (size_t i = 0; i < COUNT(reason_words); i++)
		for (size_t k = 0; k < codes; k++)
			if (str_equal((*all)[k].code, reason_words[i].code)) {
				add_named(all, n, cap, a, reason_words[i].key, reason_words[i].code,
				        reason_words[i].code);
				break;
			}
}

/* ---------- from the store ---------- */

static day_t day_of(const char *iso, day_t otherwise)
{
	struct fault f = { 0 };
	day_t day;

	return !str_empty(iso) && day_parse(iso, ORDER_YMD, 0, &day, &f) ? day : otherwise;
}

static bool read_rules(struct reference *r, struct store *s, struct fault *f)
{
	struct query *q = notice_query(s, SQL_RULES, f);
	struct rule *all = NULL;
	size_t n = 0, cap = 0;
	int rc = -1;

	while (q && (rc = query_step(q, f)) == 1) {
		all = mem_grow(all, &cap, n + 1, sizeof *all);
		all[n++] = (struct rule){ arena_strdup(r->arena, query_text(q, 0)),
			day_of(query_text(q, 1), INT32_MIN + 1),
			day_of(query_text(q, 2), INT32_MAX), query_int(q, 3), query_int(q, 4),
			query_int(q, 5), query_int(q, 6) };
	}
	query_done(q);
	r->nrule = n;
	r->rule = arena_alloc(r->arena, (n + 1) * sizeof *r->rule);
	if (n)
		memcpy(r->rule, all, n * sizeof *all);
	mem_free(all);
	return rc == 0;
}

static bool read_councils(struct reference *r, struct store *s, struct fault *f)
{
	struct query *q = notice_query(s, SQL_COUNCILS, f);
	struct named *all = NULL;
	size_t n = 0, cap = 0;
	int rc = -1;

	while (q && (rc = query_step(q, f)) == 1)
		add_named(&all, &n, &cap, r->arena, query_text(q, 0), query_text(q, 1),
		        query_text(q, 2));
	query_done(q);
	r->council = settle(r->arena, all, n, sizeof *all, by_key);
	r->ncouncil = n;
	return rc == 0;
}

static bool read_reasons(struct reference *r, struct store *s, struct fault *f)
{
	struct query *q = notice_query(s, SQL_REASONS, f);
	struct named *all = NULL;
	size_t n = 0, cap = 0;
	int rc = -1;

	while (q && (rc = query_step(q, f)) == 1) {
		add_named(&all, &n, &cap, r->arena, query_text(q, 0), query_text(q, 0),
		        query_text(q, 1));
		add_named(&all, &n, &cap, r->arena, query_text(q, 1), query_text(q, 0),
		        query_text(q, 1));
	}
	query_done(q);
	add_reason_words(&all, &n, &cap, r->arena);
	r->reason = settle(r->arena, all, n, sizeof *all, by_key);
	r->nreason = n;
	return rc == 0;
}

static bool read_places(struct reference *r, struct store *s, struct fault *f)
{
	struct query *q = notice_query(s, SQL_PLACES, f);
	struct place *all = NULL;
	size_t n = 0, cap = 0;
	int rc = -1;

	while (q && (rc = query_step(q, f)) == 1) {
		all = mem_grow(all, &cap, n + 1, sizeof *all);
		all[n++] = (struct place){ arena_strdup(r->arena, query_text(q, 0)),
			arena_strdup(r->arena, query_text(q, 1)),
			arena_strdup(r->arena, query_text(q, 2)), query_text(q, 3)[0],
			day_of(query_text(q, 4), INT32_MIN + 1),
			day_of(query_text(q, 5), INT32_MAX) };
	}
	query_done(q);
	r->place = settle(r->arena, all, n, sizeof *all, by_place);
	r->nplace = n;
	return rc == 0;
}

bool reference_nation_of(
        struct reference *r, struct work *w, const char *partnership, struct fault *f)
{
	struct query *q = notice_query(w->store, SQL_NATION, f);

	if (!q)
		return false;
	query_bind_text(q, 1, partnership);
	return query_one_text(q, r->arena, &r->nation, f);
}

bool reference_from_store(
        struct reference *r, struct work *w, const char *partnership, struct fault *f)
{
	bool postcodes;

	*r = (struct reference){ .arena = w->arena, .nation = "scotland" };
	if (!query_any(notice_query(w->store, SQL_POSTCODE_ANY, f), &postcodes, f))
		return false;
	r->store = postcodes ? w->store : NULL;
	return read_rules(r, w->store, f) && read_councils(r, w->store, f) &&
	       read_reasons(r, w->store, f) && read_places(r, w->store, f) &&
	       (!partnership || reference_nation_of(r, w, partnership, f));
}

/* ---------- from share/ ---------- */

/* The records of one file, each given to fn. */
static bool each_record(struct reference *r, const char *folder, const char *kind,
        void (*fn)(struct reference *, const struct node *, void *), void *data, struct fault *f)
{
	const char *path = arena_printf(r->arena, "%s/%s.yaml", folder, kind);
	struct input *in = input_open(path, &(struct input_options){ .format = INPUT_YAML }, f);
	struct node *root = in ? yaml_read(in, r->arena, f) : NULL, *list;

	if (in)
		input_close(in, &(struct fault){ 0 });
	if (!root)
		return false;
	list = node_get(root, kind);
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->n; i++)
		fn(r, list->item[i], data);
	return true;
}

struct growing {
	void *all;
	size_t n, cap;
};

static int64_t number_of(const struct node *node, const char *key)
{
	struct fault f = { 0 };
	int64_t n = 0;
	const char *text = node_text(node, key);

	return text && number_parse(text, 0, 1000000, &n, &f) ? n : 0;
}

static void take_rule(struct reference *r, const struct node *node, void *data)
{
	struct growing *g = data;
	struct rule *all = g->all = mem_grow(g->all, &g->cap, g->n + 1, sizeof *all);

	(void)r;
	all[g->n++] = (struct rule){ node_text(node, "nation"),
		day_of(node_text(node, "valid_from"), INT32_MIN + 1),
		day_of(node_text(node, "valid_until"), INT32_MAX), number_of(node, "lower"),
		number_of(node, "upper"), number_of(node, "lower_days"),
		number_of(node, "upper_days") };
}

static void take_names(struct reference *r, const struct node *list, const char *code,
        const char *name, struct growing *g)
{
	struct named *all = g->all;

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->n; i++)
		if (list->item[i]->kind == NODE_TEXT)
			add_named(&all, &g->n, &g->cap, r->arena, list->item[i]->text, code, name);
	g->all = all;
}

static void take_council(struct reference *r, const struct node *node, void *data)
{
	struct growing *g = data;
	struct named *all = g->all;
	const char *code = node_text(node, "code"), *name = node_text(node, "name");

	if (!code || !name)
		return;
	add_named(&all, &g->n, &g->cap, r->arena, code, code, name);
	add_named(&all, &g->n, &g->cap, r->arena, name, code, name);
	g->all = all;
	take_names(r, node_get(node, "former_codes"), code, name, g);
	take_names(r, node_get(node, "other_names"), code, name, g);
}

static void take_reason(struct reference *r, const struct node *node, void *data)
{
	struct growing *g = data;
	struct named *all = g->all;
	const char *code = node_text(node, "code"), *text = node_text(node, "text");

	if (!code || !text)
		return;
	add_named(&all, &g->n, &g->cap, r->arena, code, code, text);
	add_named(&all, &g->n, &g->cap, r->arena, text, code, text);
	g->all = all;
}

bool reference_from_share(struct reference *r, struct arena *a, const char *folder, struct fault *f)
{
	struct growing rules = { 0 }, councils = { 0 }, reasons = { 0 };
	struct named *named;
	bool ok;

	*r = (struct reference){ .arena = a, .nation = "scotland" };
	ok = each_record(r, folder, "notice_rule", take_rule, &rules, f) &&
	     each_record(r, folder, "council", take_council, &councils, f) &&
	     each_record(r, folder, "notice_reason", take_reason, &reasons, f);
	r->nrule = rules.n;
	r->rule = arena_alloc(a, (rules.n + 1) * sizeof *r->rule);
	if (rules.n)
		memcpy(r->rule, rules.all, rules.n * sizeof *r->rule);
	mem_free(rules.all);
	r->ncouncil = councils.n;
	r->council = settle(a, councils.all, councils.n, sizeof *r->council, by_key);
	named = reasons.all;
	add_reason_words(&named, &reasons.n, &reasons.cap, a);
	r->nreason = reasons.n;
	r->reason = settle(a, named, reasons.n, sizeof *r->reason, by_key);
	return ok;
}

/* ---------- looking up ---------- */

const struct rule *reference_rule(const struct reference *r, const char *nation, day_t day)
{
	const struct rule *best = NULL;

	for (size_t i = 0; i < r->nrule; i++) {
		const struct rule *rule = &r->rule[i];
		if (rule->from <= day && rule->until >= day && (!best || rule->from > best->from) &&
		        str_equal(rule->nation, nation))
			best = rule;
	}
	return best;
}

const char *reference_nation(const struct reference *r, const char *council)
{
	switch (council ? council[0] : '\0') {
	case 'S':
		return "scotland";
	case 'E':
		return "england";
	case 'W':
		return "wales";
	case 'N':
		return "northern-ireland";
	default:
		return r->nation;
	}
}

static const struct named *find_key(const struct named *all, size_t n, const char *key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(all[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == n || strcmp(all[low].key, key) != 0)
		return NULL;
	/* A name of two councils names neither. */
	for (size_t i = low + 1; i < n && strcmp(all[i].key, key) == 0; i++)
		if (!str_equal(all[i].code, all[low].code))
			return NULL;
	return &all[low];
}

static const struct named *reference_council(const struct reference *r, const char *text)
{
	/* Most files name the same few councils again and again. */
	static const char *const ends[] = { " council", " council area", " borough council",
		" district council", " county council", " city council" };
	struct arena *a = arena_new();
	char *key = text_key(a, text);
	const struct named *found = find_key(r->council, r->ncouncil, key);

	if (!found && str_starts(key, "the "))
		found = find_key(r->council, r->ncouncil, key + 4);
	for (size_t i = 0; !found && i < COUNT(ends); i++)
		if (str_ends(key, ends[i]) && strlen(key) > strlen(ends[i]))
			found = find_key(r->council, r->ncouncil,
			        arena_strndup(a, key, strlen(key) - strlen(ends[i])));
	arena_free(a);
	return found;
}

static bool has_code(const struct buf *codes, const char *code)
{
	size_t n = strlen(code);

	for (const char *p = codes->p; p && (p = strstr(p, code)); p += n)
		if ((p == codes->p || p[-1] == ';') && (p[n] == ';' || p[n] == '\0'))
			return true;
	return false;
}

static void reference_reasons(
        const struct reference *r, const char *text, struct buf *codes, struct buf *rest)
{
	struct arena *a = arena_new();
	const struct named *whole = find_key(r->reason, r->nreason, text_key(a, text));
	char **items;

	buf_clear(codes);
	buf_clear(rest);
	if (whole) {
		buf_adds(codes, whole->code);
		arena_free(a);
		return;
	}
	items = str_split(a, text, ";,\n", NULL);
	for (; *items; items++) {
		const struct named *found = find_key(r->reason, r->nreason, text_key(a, *items));
		if (!found)
			buf_addf(rest, "%s%s", rest->n ? "; " : "", *items);
		else if (!has_code(codes, found->code))
			buf_addf(codes, "%s%s", codes->n ? ";" : "", found->code);
	}
	arena_free(a);
}

/* Files name the same few councils and reasons again and again: the last answers are kept. */
enum { KEPT = 256, KEPT_TEXT = 64 };
struct kept_council {
	char text[KEPT_TEXT];
	const struct named *found;
};
struct kept_reason {
	char text[KEPT_TEXT], codes[KEPT_TEXT], rest[KEPT_TEXT];
};
struct kept {
	struct kept_council council[KEPT];
	struct kept_reason reason[KEPT];
};

static struct kept *kept_of(const struct reference *r)
{
	struct reference *own =
	        (struct reference *)(uintptr_t)r; /* a memory of answers is no change */

	if (!own->kept)
		own->kept = arena_alloc(own->arena, sizeof *own->kept);
	return own->kept;
}

const struct named *reference_council_kept(const struct reference *r, const char *text)
{
	size_t n = strlen(text);
	struct kept_council *k;

	if (n >= KEPT_TEXT)
		return reference_council(r, text);
	k = &kept_of(r)->council[name_hash(text, n) % KEPT];
	if (strcmp(k->text, text) != 0) {
		memcpy(k->text, text, n + 1);
		k->found = reference_council(r, text);
	}
	return k->found;
}

void reference_reasons_kept(
        const struct reference *r, const char *text, struct buf *codes, struct buf *rest)
{
	size_t n = strlen(text);
	struct kept_reason *k;

	if (n >= KEPT_TEXT) {
		reference_reasons(r, text, codes, rest);
		return;
	}
	k = &kept_of(r)->reason[name_hash(text, n) % KEPT];
	if (strcmp(k->text, text) == 0) {
		buf_clear(codes);
		buf_clear(rest);
		buf_adds(codes, k->codes);
		buf_adds(rest, k->rest);
		return;
	}
	reference_reasons(r, text, codes, rest);
	if (codes->n >= KEPT_TEXT || rest->n >= KEPT_TEXT)
		return;
	memcpy(k->text, text, n + 1);
	memcpy(k->codes, buf_text(codes), codes->n + 1);
	memcpy(k->rest, buf_text(rest), rest->n + 1);
}

const char *reference_postcode(const struct reference *r, const char *postcode, struct buf *out)
{
	struct fault f = { 0 };
	struct query *q = r->store ? notice_query(r->store, SQL_POSTCODE, &f) : NULL;

	buf_clear(out);
	if (!q)
		return NULL;
	query_bind_text(q, 1, postcode);
	query_of_standing(q);
	if (query_step(q, &f) == 1)
		buf_adds(out, query_text(q, 0));
	query_done(q);
	return out->n ? out->p : NULL;
}
