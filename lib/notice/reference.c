/* SPDX-License-Identifier: MIT */
/* What notices are held against: rules, councils, reasons, areas; read from the store or from share/. */
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
