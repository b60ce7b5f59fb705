/* SPDX-License-Identifier: MIT */
/* record: a dump loaded into a new store dumps the same, whatever the store holds. Stores are filled
 * at random by SQL alone, from the catalogue, so that new kinds are taken in without a change here.
 * TEST_ROUNDS says how many tens of them, RECORD_SEED where to begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "schema/schema.h"
#include "record-help.h"

static uint64_t seed;

static size_t roll(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % n);
}

static const char *const torture[] = { "0012", "NO", "~", "null", "1e5", "2008-09", "=1+1",
	"£1,200.50", "07700 900123", "two\nlines", "three\n\n  indented\nlines", "- dash", "# hash",
	"a: b", "'single'", "\"double\"", "tab\there", "ends:", "nbsp\xC2\xA0inside", "e\xCC\x81",
	"\xF0\x9F\x98\x80", "true", "{x", "[x", "*a", "&b", "!c", "%d", "@e", "`f`", "| g", "> h",
	"?", "-", "--- x", "cr\r\nlf", "back\\slash", "\xE2\x80\x93 dash", "12:30:45", "0x1F",
	"1_000", ".5", "+1", "a;b,c", "x #y", "yes", "<script>", "\xE2\x80\xA8sep", "é ü ß",
	"quote ' and \" both", "...", "a\nb: c\n- d", "\xEF\xBF\xBD", "Infinity", "=", "<<" };

/* A value of the type that no rule of form can mind. */
static const char *some_value(struct arena *a, const struct column *c, int64_t unique)
{
	size_t words = 0;
	while (c->words != NULL && c->words[words] != NULL)
		words++;
	if (words > 0)
		return c->words[roll(words)];
	switch (c->type) {
	case TYPE_REF:
		return arena_printf(a, roll(2) ? "R%lld" : "r-%lld.10_x", (long long)unique);
	case TYPE_DATE:
		return arena_printf(
		        a, "%04zu-%02zu-%02zu", 1990 + roll(60), 1 + roll(12), 1 + roll(28));
	case TYPE_MOMENT:
		if (roll(2))
			return arena_printf(
			        a, "20%02zu-%02zu-%02zu", roll(60), 1 + roll(12), 1 + roll(28));
		/* fall through */
	case TYPE_TIME:
		return arena_printf(a, "20%02zu-%02zu-%02zuT%02zu:%02zu:%02zuZ", roll(60),
		        1 + roll(12), 1 + roll(28), roll(24), roll(60), roll(60));
	case TYPE_EMAIL:
		return arena_printf(a, "a%zu@example.org", roll(100));
	case TYPE_POSTCODE:
		return arena_printf(a, "KY%zu %zuAB", 1 + roll(90), roll(10));
	case TYPE_NUMBER:
		return arena_printf(a, "SC%06zu", roll(1000000));
	case TYPE_INTEGER:
		return arena_printf(a, "%zu", c->key > 0 ? 1 + roll(9) : roll(300));
	case TYPE_PENCE:
		return arena_printf(a, "%zu", roll(100000000));
	case TYPE_PERCENT:
		return arena_printf(a, "%zu", roll(101));
	case TYPE_BOOL:
		return roll(2) ? "1" : "0";
	case TYPE_REAL:
		return roll(2) ? arena_printf(a, "%.17g", (double)roll(1000000) / 7)
		               : arena_printf(a, "%zu", roll(1000));
	default:
		if (strcmp(c->name, "session_starts") == 0)
			return "09-01";
		if (c->key > 0 || strcmp(c->name, "number") == 0)
			return arena_printf(a, "n%lld", (long long)unique);
		return torture[roll(COUNT(torture))];
	}
}

/* One row of the kind at random: its columns by name. NULL: there is none. */
static const char **some_row(struct bench *b, const struct kind *k, const char *partnership,
        const char *const *begin, size_t nbegin)
{
	struct buf sql = { 0 };
	struct fault f = { 0 };
	buf_adds(&sql, "SELECT ");
	for (size_t i = 0; i < k->nkey; i++) {
		buf_adds(&sql, i > 0 ? ", " : "");
		sql_name(&sql, k->column[k->key[i]].name);
	}
	buf_adds(&sql, " FROM ");
	sql_name(&sql, k->name);
	buf_adds(&sql, k->local ? " WHERE partnership = ?" : " WHERE 1");
	for (size_t i = 0; i < nbegin; i++) {
		buf_adds(&sql, " AND ");
		sql_name(&sql, k->column[k->key[i]].name);
		buf_adds(&sql, " = ?");
	}
	buf_addf(&sql, " ORDER BY 1 LIMIT 1 OFFSET %zu", roll(4));
	struct query *q = store_keep(b->store, buf_text(&sql), &f);
	if (q == NULL)
		fail_msg("%s: %s", buf_text(&sql), f.text);
	buf_free(&sql);
	int at = 1;
	if (k->local)
		query_bind_text(q, at++, partnership);
	for (size_t i = 0; i < nbegin; i++)
		query_bind_text(q, at++, begin[i]);
	const char **parts = NULL;
	if (query_step(q, &f) == 1) {
		parts = arena_alloc(b->arena, (k->nkey + 1) * sizeof *parts);
		for (size_t i = 0; i < k->nkey; i++)
			parts[i] = arena_strdup(b->arena, query_text(q, (int)i));
	}
	query_done(q);
	return parts;
}

static bool insert(struct bench *b, const char *table, size_t n, const char *const *column,
        const char *const *value)
{
	struct buf sql = { 0 };
	struct fault f = { 0 };
	buf_adds(&sql, "INSERT INTO ");
	sql_name(&sql, table);
	buf_adds(&sql, " (");
	for (size_t i = 0; i < n; i++) {
		buf_adds(&sql, i > 0 ? ", " : "");
		sql_name(&sql, column[i]);
	}
	buf_adds(&sql, ") VALUES (?");
	for (size_t i = 1; i < n; i++)
		buf_adds(&sql, ", ?");
	buf_adds(&sql, ")");
	struct query *q = store_keep(b->store, buf_text(&sql), &f);
	if (q == NULL)
		fail_msg("%s: %s", buf_text(&sql), f.text);
	buf_free(&sql);
	for (size_t i = 0; i < n; i++)
		query_bind_text(q, (int)i + 1, value[i]);
	bool ok = query_run(q, &f);
	if (!ok && f.status != STATUS_DATA)
		fail_msg("%s: %s", table, f.text);
	return ok;
}

/* Lists of one record. */
static void some_items(
        struct bench *b, const struct kind *k, const char *partnership, const char *const *parts)
{
	struct fault f = { 0 };
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form != FIELD_LIST)
			continue;
		const struct list_shape *l = store_list(b->store, field->table, &f);
		const struct kind *target =
		        field->target != NULL ? store_kind(b->store, field->target, &f) : NULL;
		for (size_t n = roll(4); n > 0; n--) {
			const char *column[16], *value[16], **item;
			const char *text = torture[roll(COUNT(torture))];
			size_t at = 0;
			item = target != NULL ? some_row(b, target, partnership, NULL, 0) : &text;
			if (item == NULL)
				continue;
			if (l->local) {
				column[at] = "partnership";
				value[at++] = l->nowner == 0 ? parts[0] : partnership;
			}
			for (size_t p = 0; p < l->nowner; p++) {
				column[at] = l->owner[p];
				value[at++] = parts[p];
			}
			for (size_t p = 0; p < l->nitem; p++) {
				column[at] = l->item[p];
				value[at++] = item[p];
			}
			insert(b, field->table, at, column, value);
		}
	}
}

static void put_reference(struct bench *b, const struct kind *k, const struct field *field,
        const char *partnership, const char **value)
{
	struct fault f = { 0 };
	const struct kind *target = store_kind(b->store, field->target, &f);
	const char *shared[16];
	size_t n = target->nkey - field->ncolumn;
	bool known = true;
	for (size_t i = 0; i < n; i++) {
		shared[i] = value[k->key[i]];
		known = known && shared[i] != NULL;
	}
	if (!known || value[field->column[0]] != NULL)
		return;
	bool needed = k->column[field->column[0]].not_null;
	const char **parts = needed || roll(2) ? some_row(b, target, partnership, shared, n) : NULL;
	for (size_t i = 0; parts != NULL && i < field->ncolumn; i++)
		value[field->column[i]] = parts[n + i];
}

/* One row of the kind, if chance and the rules of the schema let it. */
static void some_record(struct bench *b, const struct kind *k, const char *partnership)
{
	struct fault f = { 0 };
	const char *column[128], **value = arena_alloc(b->arena, 128 * sizeof *value);
	static int64_t unique;
	unique++;
	if (k->parent != NULL && strcmp(k->parent, "partnership") != 0) {
		const struct kind *parent = store_kind(b->store, k->parent, &f);
		const char **parts = some_row(b, parent, partnership, NULL, 0);
		if (parts == NULL)
			return;
		for (size_t i = 0; i < k->nparent; i++)
			value[k->key[i]] = parts[i];
	}
	for (size_t i = 0; i < k->nfield; i++)
		if (k->field[i].form == FIELD_REFERENCE)
			put_reference(b, k, &k->field[i], partnership, value);
	for (size_t i = 0; i < k->nfield; i++) {
		const struct field *field = &k->field[i];
		if (field->form != FIELD_PLAIN || value[field->column[0]] != NULL)
			continue;
		const struct column *c = &k->column[field->column[0]];
		if (c->key > 0 || c->not_null || roll(3) == 0)
			value[field->column[0]] = some_value(b->arena, c, unique);
		/* Were it somebody's name, loading it back would rightly put that person there. */
		if (strcmp(c->name, "as_written") == 0 && value[field->column[0]] != NULL)
			value[field->column[0]] = arena_printf(
			        b->arena, "%s %lld", value[field->column[0]], (long long)unique);
	}
	for (size_t i = 0; i < k->ncolumn; i++) {
		column[i] = k->column[i].name;
		if (k->local && strcmp(column[i], "partnership") == 0)
			value[i] = partnership;
		/* Held by the record layer: a priority has an aim unless it is but suggested. */
		if (strcmp(k->name, "priority") == 0 && strcmp(column[i], "status") == 0)
			value[i] = "suggested";
		/* Only some names are known, each with its own form of value. */
		if (strcmp(k->name, "setting") == 0 && strcmp(column[i], "partnership") != 0)
			value[i] = strcmp(column[i], "name") == 0 ? "max_load" : "5";
	}
	if (!insert(b, k->name, k->ncolumn, column, value))
		return;
	const char *parts[16];
	for (size_t i = 0; i < k->nkey; i++)
		parts[i] = value[k->key[i]];
	some_items(b, k, partnership, parts);
}

/* Two rounds of rows: the second can refer to what the first brought. */
static void fill_more(struct bench *b)
{
	struct fault f = { 0 };
	static const char *const partnerships[] = { "derbyshire", "tayside" };
	const char *const *kinds = store_kinds(b->store, &f);
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; kinds[i] != NULL; i++) {
			const struct kind *k = store_kind(b->store, kinds[i], &f);
			if (strcmp(k->name, "partnership") == 0)
				continue;
			for (size_t n = roll(4); n > 0; n--)
				some_record(b, k, partnerships[roll(2)]);
		}
	for (size_t i = 0; i < COUNT(partnerships); i++)
		some_items(b, store_kind(b->store, "partnership", &f), partnerships[i],
		        &partnerships[i]);
}

static void fill(struct bench *b)
{
	help_sql(b->store, "INSERT INTO partnership (ref, name, session_starts)"
	                   " VALUES ('tayside', 'Tayside', '01-01')");
	fill_more(b);
	help_sql(b->store, "INSERT INTO store_counter VALUES ('tayside', 'action', 'A', 7),"
	                   " ('', 'sector', 'S', 2)");
}

static char *dump(struct bench *b, bool personal, const char *const *kinds)
{
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	b->work.partnership = NULL;
	b->work.all = true;
	struct dump_options o = { .personal = personal, .kind = kinds };
	bool ok = record_dump(&b->work, &o, writer, &b->fault);
	struct fault own = { 0 };
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	bench_fault_is(b, ok, NULL);
	char *copy = arena_strdup(b->arena, buf_text(&text));
	buf_free(&text);
	b->work.all = false;
	return copy;
}

static void load(
        struct bench *b, const char *text, const struct load_options *o, struct load_counts *counts)
{
	struct input *in = input_open_bytes(
	        "dump.yaml", text, strlen(text), &(struct input_options){ 0 }, &b->fault);
	if (in == NULL)
		fail_msg("%s", b->fault.text);
	bool ok = record_load(&b->work, in, o, counts, &b->fault) &&
	          record_finish(&b->work, &b->fault);
	struct fault own = { 0 };
	assert_true(input_close(in, &own));
	if (!ok) {
		help_write("build/unit/identity.yaml", text);
		fail_msg("line %ld: %s: %s (build/unit/identity.yaml, %s)", b->fault.line,
		        b->fault.field, b->fault.text, buf_text(&b->said));
	}
}

/* A listing of one kind, in the partnership chosen; NULL: it has no rows. */
static char *listed(struct bench *b, const char *kind, enum format format)
{
	struct buf text = { 0 };
	struct out *out = out_open_memory(&text);
	struct writer *writer = writer_new(format, out, &(struct writer_look){ 0 });
	struct list_query q = { .kind = kind };
	struct fault own = { 0 };
	size_t rows;
	bool ok = record_list(&b->work, &q, LOOK_MACHINE, writer, &rows, &b->fault);
	assert_true(writer_close(writer, &own));
	assert_true(out_close(out, &own));
	bench_fault_is(b, ok, NULL);
	char *copy = rows > 0 ? arena_strdup(b->arena, buf_text(&text)) : NULL;
	buf_free(&text);
	return copy;
}

/* What list writes, load takes, and nothing changes: in every format and for every kind. */
static void lists_back(struct bench *b, const char *partnership)
{
	static const enum format formats[] = { FORMAT_CSV, FORMAT_TSV, FORMAT_YAML, FORMAT_JSON };
	const char *const *kinds = store_kinds(b->store, &b->fault);
	for (size_t i = 0; kinds[i] != NULL; i++) {
		struct load_options o = { .kind = kinds[i] };
		b->work.partnership = partnership;
		for (size_t k = 0; k < COUNT(formats); k++) {
			struct load_counts counts = { 0 };
			char *text = listed(b, kinds[i], formats[k]);
			if (text == NULL)
				break;
			load(b, text, &o, &counts);
			if (counts.added + counts.changed + counts.refused == 0)
				continue;
			help_write("build/unit/identity.yaml", text);
			fail_msg("%s: a listing changes %zu when it is loaded back: "
			         "build/unit/identity.yaml, %s",
			        kinds[i], counts.changed, buf_text(&b->said));
		}
	}
}

/* The same document with its kinds in the opposite order; what it is about stays first. */
static char *backwards(struct bench *b, const char *text)
{
	struct buf out = { 0 };
	const char *block[256];
	size_t n = 0, length[256];
	for (const char *p = text;;) {
		const char *end = strchr(p, '\n');
		bool over = *p == '\0' || strncmp(p, "---", 3) == 0;
		bool key = !over && *p >= 'a' && *p <= 'z';
		if (key || over) {
			if (n > 0)
				length[n - 1] = (size_t)(p - block[n - 1]);
			if (key)
				block[n++] = p;
		}
		if (over) {
			size_t first = n > 0 && str_starts(block[0], "partnership:");
			if (first)
				buf_add(&out, block[0], length[0]);
			for (size_t i = n; i > first; i--)
				buf_add(&out, block[i - 1], length[i - 1]);
			n = 0;
			if (*p == '\0')
				break;
			buf_adds(&out, "---\n");
		}
		p = end + 1;
	}
	char *copy = arena_strdup(b->arena, buf_text(&out));
	buf_free(&out);
	return copy;
}

static void same(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return;
	help_write("build/unit/identity-1.yaml", a);
	help_write("build/unit/identity-2.yaml", b);
	fail_msg("the dumps differ: diff build/unit/identity-1.yaml build/unit/identity-2.yaml");
}

static void one_store(uint64_t with)
{
	struct bench b, copy;
	struct load_options o = { 0 };
	struct load_counts counts = { 0 }, again = { 0 };
	seed = with * 0x9E3779B97F4A7C15u + 1;
	bench_open(&b);
	fill(&b);
	int64_t seq;
	if (!store_commit(b.store, "filled", &seq, &b.fault))
		fail_msg("%s: %s", b.fault.field, b.fault.text);
	char *first = dump(&b, true, NULL);
	char *partly = dump(&b, false, NULL);
	help_close(b.store);

	copy = (struct bench){ .store = help_create() };
	bench_work(&copy);
	copy.work.partnership = NULL;
	bench_begin(&copy);
	load(&copy, with % 2 == 0 ? first : backwards(&b, first), &o, &counts);
	assert_int_equal(counts.refused, 0);
	if (!store_commit(copy.store, "loaded", &seq, &copy.fault))
		fail_msg("%s: %s", copy.fault.field, copy.fault.text);
	same(first, dump(&copy, true, NULL));
	same(partly, dump(&copy, false, NULL));
	/* Loading it once more changes nothing, and the journal stays as it is. */
	bench_begin(&copy);
	copy.work.partnership = NULL;
	buf_clear(&copy.said);
	load(&copy, first, &o, &again);
	assert_int_equal(again.added + again.changed, 0);
	assert_string_equal(buf_text(&copy.said), "");
	if (!store_commit(copy.store, "again", &seq, &copy.fault))
		fail_msg("%s", copy.fault.text);
	assert_int_equal(seq, 0);
	/* Without contact data a replacing load leaves that alone, and takes nothing else away. */
	bench_begin(&copy);
	copy.work.partnership = NULL;
	o.replace = true;
	again = (struct load_counts){ 0 };
	load(&copy, partly, &o, &again);
	assert_int_equal(again.added + again.changed + again.removed, 0);
	assert_true(store_commit(copy.store, "replaced", &seq, &copy.fault));
	assert_int_equal(seq, 0);
	bench_begin(&copy);
	lists_back(&copy, "derbyshire");
	lists_back(&copy, "tayside");
	assert_true(store_commit(copy.store, "listed", &seq, &copy.fault));
	assert_int_equal(seq, 0);
	bench_close(&copy);
	arena_free(b.arena);
	buf_free(&b.said);
}

static void test_random_stores(void **state)
{
	(void)state;
	const char *rounds = getenv("TEST_ROUNDS"), *begin = getenv("RECORD_SEED");
	uint64_t n = 10 * (rounds != NULL ? strtoull(rounds, NULL, 10) : 1);
	uint64_t from = begin != NULL ? strtoull(begin, NULL, 10) : 1;
	for (uint64_t i = from; i < from + n; i++) {
		one_store(i);
	}
}

/* ---------- upgrades ---------- */

static const char *text_of(struct bench *b, const char *sql, const char *bound)
{
	struct query *q = store_keep(b->store, sql, &b->fault);
	query_bind_text(q, 1, bound);
	const char *text =
	        query_step(q, &b->fault) == 1 ? arena_strdup(b->arena, query_text(q, 0)) : NULL;
	query_done(q);
	return text;
}

/* An upgrade that makes every table anew, as one that adds a reference must, and adds a column. */
static const char *remake_all(struct bench *b)
{
	struct buf sql = { 0 };
	const char *const *tables = store_tables(b->store, &b->fault);
	for (size_t i = 0; tables[i] != NULL; i++) {
		const char *name = tables[i];
		const char *made = text_of(b,
		        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1", name);
		const char *indexes = text_of(b,
		        "SELECT group_concat(sql, ';') FROM sqlite_schema"
		        " WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1",
		        name);
		const char *rest = strchr(strstr(made, name), '(');
		if (strstr(made, "/*") != NULL && strstr(made, "/*") < rest)
			rest = strchr(strstr(made, "*/"), '(');
		buf_addf(&sql,
		        "CREATE TABLE made_anew %s;\nINSERT INTO made_anew SELECT * FROM %s;\n"
		        "DROP TABLE %s;\nALTER TABLE made_anew RENAME TO %s;\n%s;\n",
		        rest, name, name, name, indexes != NULL ? indexes : "");
	}
	buf_adds(&sql, "ALTER TABLE action ADD COLUMN colour TEXT; /* New. */\n");
	const char *text = arena_strdup(b->arena, buf_text(&sql));
	buf_free(&sql);
	return text;
}

/* Every table, those of lists and children among them, has rows, and keeps them all. */
static void test_upgrade(void **state)
{
	(void)state;
	struct bench b;
	int64_t seq;
	seed = 20260803;
	bench_open(&b);
	fill(&b);
	const char *const *tables = store_tables(b.store, &b.fault);
	for (size_t i = 0; tables[i] != NULL; i++)
		for (int tries = 0; tries < 20; tries++) {
			const char *sql =
			        arena_printf(b.arena, "SELECT count(*) FROM %s", tables[i]);
			if (help_int(b.store, sql) > 0)
				break;
			if (tries == 19)
				fail_msg("%s stays empty", tables[i]);
			fill_more(&b);
		}
	assert_true(store_commit(b.store, "filled", &seq, &b.fault));
	char *before = dump(&b, true, NULL);
	help_sql(b.store, "PRAGMA user_version=0");
	struct schema_file files[64];
	size_t n = 0;
	for (; schema_files[n].name != NULL; n++)
		files[n] = schema_files[n];
	files[n++] = (struct schema_file){ "upgrade/1.sql", remake_all(&b) };
	files[n] = (struct schema_file){ NULL, NULL };
	if (!store_upgrade(b.store, 0, 1, files, &b.fault))
		fail_msg("%s: %s", b.fault.field, b.fault.text);
	const char *path = arena_strdup(b.arena, store_path(b.store));
	const char *copy = arena_printf(b.arena, "%s.before-v1", path);
	store_close(b.store);
	struct arena *texts = b.arena;
	b.store = help_open(path, STORE_WRITE);
	bench_work(&b);
	assert_non_null(kind_field(store_kind(b.store, "action", &b.fault), "colour"));
	same(before, dump(&b, true, NULL));
	bench_close(&b);
	/* The copy beside it is the store as it was. */
	struct store_options o = { .mode = STORE_READ, .now = TIME_NONE };
	b = (struct bench){ .store = store_open_place(copy, &o, &b.fault) };
	bench_work(&b);
	assert_null(kind_field(store_kind(b.store, "action", &b.fault), "colour"));
	same(before, dump(&b, true, NULL));
	bench_close(&b);
	arena_free(texts);
}

/* The shipped samples, with the reference data they stand on. */
static void one_sample(const char *path)
{
	static const char *const reference[] = { "council", "scale", "scheme", "sector", "service",
		"notice_reason", "notice_rule" };
	struct bench b = { .store = help_create() }, copy;
	struct load_options o = { 0 };
	struct load_counts counts = { 0 };
	int64_t seq;
	size_t n;
	bench_work(&b);
	b.work.partnership = NULL;
	bench_begin(&b);
	for (size_t i = 0; i < COUNT(reference); i++) {
		const char *file = arena_printf(b.arena, "share/reference/%s.yaml", reference[i]);
		load(&b, file_read(b.arena, file, 1 << 24, &n, &b.fault), &o, &counts);
	}
	buf_clear(&b.said);
	load(&b, file_read(b.arena, path, 1 << 24, &n, &b.fault), &o, &counts);
	assert_null(strstr(buf_text(&b.said), "refused"));
	if (!store_commit(b.store, "sample", &seq, &b.fault))
		fail_msg("%s: %s", path, b.fault.text);
	char *first = dump(&b, true, NULL);
	help_close(b.store);
	copy = (struct bench){ .store = help_create() };
	bench_work(&copy);
	copy.work.partnership = NULL;
	bench_begin(&copy);
	load(&copy, first, &o, &counts);
	if (!store_commit(copy.store, "copy", &seq, &copy.fault))
		fail_msg("%s: %s", path, copy.fault.text);
	same(first, dump(&copy, true, NULL));
	bench_close(&copy);
	arena_free(b.arena);
	buf_free(&b.said);
}

static void test_samples(void **state)
{
	(void)state;
	one_sample("share/samples/derbyshire.yaml");
	one_sample("share/samples/tayside.yaml");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_random_stores),
		cmocka_unit_test(test_upgrade),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
