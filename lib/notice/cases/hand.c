/* SPDX-License-Identifier: MIT */
/* One notice or case by hand: its fields as a table of one row, which is read as any other. */
#include <string.h>

#include "notice/notice.h"
#include "notice/read/reader.h"

/* Fields of a case alone, which the notice's reader does not know, or not as the case's. */
static bool is_case_field(struct work *w, const char *name)
{
	static const char *const read[] = { "origin", "told_by", "estimate", "employer", "told" };
	static const char *const both[] = { "status", "certainty" };
	struct fault g = { 0 };
	const struct kind *k = store_kind(w->store, "incident", &g);
	const struct field *field = k ? kind_field(k, name) : NULL;

	return field && field->form != FIELD_CHILDREN && !str_in(name, read, COUNT(read)) &&
	       (!str_in(name, notice_fields, N_TEXTS) || str_in(name, both, COUNT(both)));
}

/* How it was heard of has to be one of the words for that. */
static bool check_origin(struct work *w, const char *origin, struct fault *f)
{
	const struct kind *k = store_kind(w->store, "incident", f);
	const struct field *field = k ? kind_field(k, "origin") : NULL;
	const char *near;
	struct buf all = { 0 };
	size_t n = 0;

	for (; field && field->words && field->words[n]; n++)
		buf_addf(&all, "%s%s", n ? ", " : "", field->words[n]);
	if (!k || str_in(origin, field->words, n)) {
		buf_free(&all);
		return k != NULL;
	}
	near = text_nearest(origin, field->words, n);
	fault_set(f, STATUS_USAGE, "%s is no origin%s%s; it is one of %s", quote(origin),
	        near ? "; did you mean " : "", near ? quote(near) : "", buf_text(&all));
	fault_place(f, NULL, 0, "origin");
	buf_free(&all);
	return false;
}

/* A time that the clock had twice, or not at all, is refused as everywhere else. */
static bool check_times(const struct assignment *field, size_t n, int64_t now, struct fault *f)
{
	for (size_t i = 0; i < n; i++) {
		struct fault g = { 0 };
		bool has_time;
		int64_t at;
		if (!str_equal(field[i].field, "told") && !str_equal(field[i].field, "received"))
			continue;
		if (!field[i].text || !strchr(field[i].text, ':') ||
		        moment_parse(field[i].text, ORDER_DMY, now, &at, &has_time, &g))
			continue;
		*f = g;
		fault_place(f, NULL, 0, field[i].field);
		return false;
	}
	return true;
}

/* A council that none is called by would be lost. */
static bool check_council(const struct reference *ref, struct arena *a, const char *given,
        const struct notice *n, struct fault *f)
{
	const char **names, *near;

	if (str_empty(given) || n->council_name)
		return true;
	names = arena_alloc(a, (ref->ncouncil + 1) * sizeof *names);
	for (size_t i = 0; i < ref->ncouncil; i++)
		names[i] = ref->council[i].name;
	near = text_nearest(given, names, ref->ncouncil);
	fault_set(f, STATUS_DATA, "%s is no council%s%s; compact-record council list has them",
	        quote(given), near ? ", did you mean " : "", near ? near : "");
	fault_place(f, NULL, 0, "council");
	return false;
}

/* A value as a cell: dates that only people understand ("yesterday") as ISO ones. */
static const char *cell_value(struct work *w, const struct assignment *a)
{
	static const char *const dates[] = { "received", "told", "notified", "consultation_started",
		"first_dismissal", "last_dismissal" };
	const char *text = a->text ? a->text : "";
	struct fault f = { 0 };
	char *iso = arena_alloc(w->arena, 24);
	bool has_time;
	int64_t at;
	int second;

	for (size_t i = 0; i < COUNT(dates); i++) {
		if (!str_equal(a->field, dates[i]) ||
		        !moment_parse(text, ORDER_DMY, w->now, &at, &has_time, &f))
			continue;
		return has_time ? time_format(at, iso) : day_format(zone_day(at, &second), iso);
	}
	return text;
}

/* The fields as a table of one row, which is read as any other. */
static const char *hand_table(struct work *w, const struct assignment *field, size_t n, bool heard)
{
	struct buf head = { 0 }, row = { 0 };
	char today[11];
	const char *text;
	bool dated = false;

	for (size_t i = 0; i < n; i++) {
		const char *name = field[i].field, *value;
		if (str_equal(name, "origin") || str_equal(name, "told_by") ||
		        (heard && is_case_field(w, name)))
			continue;
		if (heard && str_equal(name, "estimate"))
			name = "proposed";
		dated = dated || str_equal(name, "received");
		value = cell_value(w, &field[i]);
		csv_add_cell(&head, name, strlen(name), ',');
		buf_addc(&head, ',');
		csv_add_cell(&row, value, strlen(value), ',');
		buf_addc(&row, ',');
	}
	/* A case may be heard of without a date or a number; a notice may not. */
	if (heard && !dated) {
		buf_adds(&head, "received");
		buf_adds(&row, day_format(w->today, today));
	}
	text = arena_printf(w->arena, "%s\n%s\n", buf_text(&head), buf_text(&row));
	buf_free(&head);
	buf_free(&row);
	return text;
}

static bool no_field(struct work *w, const char *name, bool heard, struct fault *f)
{
	const struct kind *k = store_kind(w->store, "incident", f);
	size_t n = N_TEXTS, nfield = heard && k ? k->nfield : 0;
	const char **names = arena_alloc(w->arena, (n + nfield + 2) * sizeof *names), *near;

	/* cppcheck-suppress bufferAccessOutOfBounds */
	memcpy(names, notice_fields, N_TEXTS * sizeof *names);
	for (size_t i = 0; i < nfield; i++)
		if (is_case_field(w, k->field[i].name))
			names[n++] = k->field[i].name;
	names[n++] = "origin";
	names[n++] = "told_by";
	near = text_nearest(name, names, n);
	if (near)
		return fault_set(
		        f, STATUS_USAGE, "no field %s; did you mean '%s'", quote(name), near);
	return fault_set(f, STATUS_USAGE, "no field %s; see hr1-ingest(1)", quote(name));
}

/* What a notice cannot be without, said in the words of fields: the reader would speak of columns. */
static bool check_least(const struct assignment *field, size_t n, struct fault *f)
{
	const char *proposed = hand_field(field, n, "proposed");

	if (str_empty(hand_field(field, n, "employer")))
		return fault_set(f, STATUS_USAGE, "a notice needs employer=NAME");
	if (!str_empty(hand_field(field, n, "received")) ||
	        !str_empty(hand_field(field, n, "first_dismissal")) ||
	        (proposed && strpbrk(proposed, "0123456789")))
		return true;
	if (!str_empty(proposed)) {
		fault_set(f, STATUS_USAGE,
		        "%s is no number of people; give one like 40, or received=DATE beside it",
		        quote(proposed));
		fault_place(f, NULL, 0, "proposed");
		return false;
	}
	return fault_set(f, STATUS_USAGE,
	        "a notice needs received=DATE, first_dismissal=DATE or proposed=NUMBER; what is "
	        "only heard of needs origin=, as in origin=local-intelligence");
}

/* Fields that neither the reader of notices nor a case knows would be lost in extra. */
bool hand_check(
        struct work *w, const struct assignment *field, size_t n, bool heard, struct fault *f)
{
	const char *origin = hand_field(field, n, "origin");

	if ((origin && !check_origin(w, origin, f)) || !check_times(field, n, w->now, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *name = field[i].field;
		bool of_case = str_equal(name, "estimate") || is_case_field(w, name);
		if (str_equal(name, "origin") || str_equal(name, "told_by") || (heard && of_case) ||
		        str_in(name, notice_fields, N_TEXTS))
			continue;
		if (of_case)
			return fault_set(f, STATUS_USAGE,
			        "%s is of a case, so say how it was heard of, as in origin=partner",
			        quote(name));
		return no_field(w, name, heard, f);
	}
	return heard || check_least(field, n, f);
}

/* What a case has beyond what its notice would tell, and what only a notice has room for elsewhere. */
static bool put_case(struct work *w, const char *ref, const struct assignment *field, size_t n,
        const struct notice *notice, struct fault *f)
{
	static const int both[] = { N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE, N_ADDRESS,
		N_POSTCODE, N_COUNCIL };
	struct assignment *own = arena_alloc(w->arena, (n + COUNT(both)) * sizeof *own);
	size_t k = 0;
	bool changed;

	for (size_t i = 0; i < n; i++)
		if (is_case_field(w, field[i].field))
			own[k++] = field[i];
	for (size_t i = 0; i < COUNT(both); i++)
		if (notice->text[both[i]])
			own[k++] = (struct assignment){ .field = notice_fields[both[i]],
				.op = '=',
				.text = notice->text[both[i]] };
	return k == 0 || record_set(w, "incident", ref, own, k, &changed, f);
}

const char *hand_field(const struct assignment *field, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(field[i].field, name))
			return field[i].text;
	return NULL;
}

/* The one row of the table as a notice; *r and *in to be closed by the caller, whatever comes. */
static bool read_row(struct work *w, const struct reference *reference, const char *text,
        const struct reader_options *o, struct input **in, struct reader **r, struct notice *notice,
        struct fault *f)
{
	*in = input_open_bytes(
	        "--manual", text, strlen(text), &(struct input_options){ .format = INPUT_CSV }, f);
	if (!*in || !(*r = reader_new(*in, reference, o, w, f)))
		return false;
	if (reader_next(*r, notice, f) != STEP_ROW) {
		f->file[0] = '\0';
		f->line = 0;
		return false;
	}
	notice->line = 0;
	return true;
}

static bool keep_row(struct work *w, struct keeper *keeper, const struct notice *notice,
        const struct assignment *field, size_t n, bool heard, struct kept_notice *kept,
        const char **ref, struct fault *f)
{
	enum keeping how;

	if (heard)
		how = keeper_heard(keeper, notice, hand_field(field, n, "origin"),
		        hand_field(field, n, "told_by"), kept, f);
	else
		how = keeper_take(keeper, notice, kept, f);
	if (how == KEEP_ELSEWHERE)
		return fault_set(f, STATUS_DATA,
		        "the place lies in another partnership's area; choose that with -p");
	if (how == KEEP_OLDER)
		return fault_set(f, STATUS_DATA,
		        "this is what notice %s was before it was amended; to go back to it: "
		        "compact-record notice set %s FIELD=VALUE",
		        kept->ref, kept->ref);
	if (how == KEEP_FAULT || how == KEEP_REFUSED)
		return false;
	*ref = arena_strdup(w->arena, heard ? kept->incident : kept->ref);
	return !heard || put_case(w, *ref, field, n, notice, f);
}

/* Words for a number are no column of numbers to who reads a table; by hand the field says what they are. */
static void take_words(struct work *w, const struct reference *reference,
        const struct assignment *field, size_t n, bool heard, struct notice *notice)
{
	const char *text = hand_field(field, n, "proposed");
	struct people p;

	if (!text && heard)
		text = hand_field(field, n, "estimate");
	if (str_empty(text) || notice->text[N_PROPOSED] || notice->text[N_PROPOSED_TEXT])
		return;
	p = people_read(text);
	notice->proposed = p.number;
	if (p.number >= 0)
		notice->text[N_PROPOSED] = arena_printf(w->arena, "%lld", (long long)p.number);
	notice->text[N_PROPOSED_TEXT] = text;
	notice->text[N_CERTAINTY] = p.certainty;
	if (str_equal(notice->text[N_EXTRA], arena_printf(w->arena, "proposed: %s", text)))
		notice->text[N_EXTRA] = NULL;
	notice->flags = check_notice(notice, reference);
}

bool hand_take(struct work *w, const struct reference *reference, struct keeper *keeper,
        const struct reader_options *o, const struct assignment *field, size_t n, bool heard,
        struct kept_notice *kept, const char **ref, struct fault *f)
{
	struct reader *r = NULL;
	struct input *in = NULL;
	struct notice notice;
	struct fault g = { 0 };
	bool ok;

	keeper_file(keeper, "--manual", 0);
	ok = read_row(w, reference, hand_table(w, field, n, heard), o, &in, &r, &notice, f);
	if (ok)
		take_words(w, reference, field, n, heard, &notice);
	ok = ok &&
	     check_council(reference, w->arena, hand_field(field, n, "council"), &notice, f) &&
	     keep_row(w, keeper, &notice, field, n, heard, kept, ref, f) &&
	     keeper_file_end(keeper, NULL, 1, 0, f);
	reader_free(r);
	input_close(in, &g);
	return ok;
}
