/* SPDX-License-Identifier: MIT */
/* One row of a table as a notice, and the rows one after the other. */
#include <string.h>
#include <strings.h>

#include "notice/read/reader.h"

static bool refuse(struct reader *r, struct fault *f, int field)
{
	if (f->status == STATUS_OK)
		f->status = STATUS_DATA;
	fault_place(f, input_name(r->in), r->current.line, target_name(field));
	return false;
}

/* One date into its text and day; what stood there beside it is kept. */
static bool take_date(struct reader *r, struct notice *n, int field, day_t *day, struct fault *f)
{
	const char *text = r->by[field] || r->constant[field] ? reader_text(r, field) : NULL;
	enum date_order order = r->by[field] ? r->by[field]->order : ORDER_DMY;
	int64_t at = 0;
	bool has_time = false;
	day_t until;
	char *iso;

	*day = DAY_NONE;
	if (!text)
		return true;
	enum dated how = dated_read(text, order, r->o.now, &at, &has_time, day, &until, f);
	if (how == DATED_BAD)
		return refuse(r, f, field);
	if (how == DATED_NONE) {
		*day = DAY_NONE;
		reader_keep(r, field, text);
		return true;
	}
	if (how == DATED_PART || how == DATED_MONTH)
		reader_keep(r, field, text);
	if (how == DATED_MONTH) {
		n->month_only = true;
		*day = field == N_LAST ? until : *day;
		until = DAY_NONE;
	}
	iso = arena_alloc(r->row_arena, 24);
	if (has_time && (field == N_RECEIVED || field == N_TOLD))
		time_format(at, iso);
	else
		day_format(*day, iso);
	n->text[field] = iso;
	if (field == N_TOLD) {
		n->told = has_time ? at : (int64_t)*day * 86400;
		n->told_has_time = has_time;
	}
	if (field == N_FIRST && until != DAY_NONE && !r->by[N_LAST]) {
		n->last = until;
		iso = arena_alloc(r->row_arena, 12);
		n->text[N_LAST] = day_format(until, iso);
	}
	return true;
}

static bool take_dates(struct reader *r, struct notice *n, struct fault *f)
{
	day_t told;

	return take_date(r, n, N_RECEIVED, &n->received, f) &&
	       take_date(r, n, N_FIRST, &n->first, f) &&
	       (n->last != DAY_NONE || take_date(r, n, N_LAST, &n->last, f)) &&
	       take_date(r, n, N_CONSULTATION, &n->consultation, f) &&
	       take_date(r, n, N_NOTIFIED, &n->notified, f) && take_date(r, n, N_TOLD, &told, f);
}

static const char *number_text(struct reader *r, int64_t number)
{
	char digits[24];
	char *p = digits + sizeof digits;

	*--p = '\0';
	do
		*--p = (char)('0' + number % 10);
	while (number /= 10);
	return arena_strndup(r->row_arena, p, (size_t)(digits + sizeof digits - 1 - p));
}

static void take_people(struct reader *r, struct notice *n)
{
	const char *text = reader_text(r, N_PROPOSED), *given = reader_text(r, N_PROPOSED_TEXT);
	struct people p = people_read(text ? text : "");

	n->proposed = p.number;
	n->text[N_CERTAINTY] = p.certainty;
	if (p.number >= 0) {
		n->text[N_PROPOSED] = number_text(r, p.number);
		r->sum += p.number;
		r->part_sum += p.number;
	}
	if (text && !p.plain) {
		n->text[N_PROPOSED_TEXT] = text;
		r->unclear = r->unclear || !str_equal(p.certainty, "exact");
	}
	/* The standard form fed back in. */
	if (given && !n->text[N_PROPOSED_TEXT]) {
		const char *certainty = reader_text(r, N_CERTAINTY);
		n->text[N_PROPOSED_TEXT] = given;
		n->text[N_CERTAINTY] = certainty && (strcmp(certainty, "exact") == 0 ||
		                                            strcmp(certainty, "estimate") == 0 ||
		                                            strcmp(certainty, "unfilled") == 0)
		                               ? certainty
		                               : people_read(given).certainty;
	}
	text = reader_text(r, N_EMPLOYED);
	p = people_read(text ? text : "");
	n->employed = p.number;
	if (p.number >= 0)
		n->text[N_EMPLOYED] = number_text(r, p.number);
	if (text && !p.plain)
		reader_keep(r, N_EMPLOYED, text);
}

static void take_texts(struct reader *r, struct notice *n)
{
	static const int plain[] = { N_SENDER_REF, N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE,
		N_SELECTION, N_REPRESENTATIVES, N_UNION, N_SHORT_REASON, N_SUPERSEDES, N_SOURCE,
		N_SIC, N_SIZE, N_ADMINISTRATOR };
	const char *text;

	for (size_t i = 0; i < COUNT(plain); i++)
		if (r->by[plain[i]] || r->constant[plain[i]])
			n->text[plain[i]] = reader_text(r, plain[i]);
	if (n->text[N_SENDER_REF] && people_unfilled(n->text[N_SENDER_REF]))
		n->text[N_SENDER_REF] = NULL;
	if (!n->text[N_SOURCE])
		n->text[N_SOURCE] = r->o.source;
	/* Words that are no size of ours are kept as they are. */
	text = n->text[N_SIZE];
	if (text && strcmp(text, "micro") != 0 && strcmp(text, "small") != 0 &&
	        strcmp(text, "medium") != 0 && strcmp(text, "large") != 0) {
		reader_keep(r, N_SIZE, text);
		n->text[N_SIZE] = NULL;
	}
	text = r->by[N_REASONS] || r->constant[N_REASONS] ? reader_text(r, N_REASONS) : NULL;
	if (text) {
		reference_reasons_kept(r->ref, text, &r->reasons, &r->scratch);
		n->text[N_REASONS] = r->reasons.n ? r->reasons.p : NULL;
		if (r->scratch.n)
			reader_keep(r, N_REASONS, r->scratch.p);
	}
}

/* Cells of columns that fill no field. */
static void take_rest(struct reader *r)
{
	const struct row *row = &r->current;
	size_t widest = 0;

	for (size_t i = 0; i < r->layout.nfilled; i++)
		for (size_t k = 0; k < r->layout.filled[i].n; k++)
			widest = r->layout.filled[i].column[k] >= widest
			                 ? r->layout.filled[i].column[k] + 1
			                 : widest;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cell[i].n == 0 || (i < widest && r->used[i]) ||
		        (i < r->layout.nheading && r->layout.ignored[i]))
			continue;
		const char *text = reader_cell(r, row, i);
		if (*text)
			reader_keep_column(r, i, text);
	}
}

/* The mark of a footnote at p: a sign, a raised figure, [1], [a], [note 5]. How many bytes; 0: none. */
static size_t footnote_mark(const char *p)
{
	static const char *const signs[] = { "*", "†", "‡", "§", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷",
		"⁸", "⁹", "⁰" };
	size_t n;

	for (size_t i = 0; i < COUNT(signs); i++)
		if (str_starts(p, signs[i]))
			return strlen(signs[i]);
	if (*p != '[')
		return 0;
	n = strncasecmp(p + 1, "note ", 5) == 0 ? 6 : 1;
	size_t letters = strcspn(p + n, "] ");
	bool mark = letters && (strspn(p + n, "0123456789") == letters || letters == 1);
	return mark && p[n + letters] == ']' ? n + letters + 1 : 0;
}

/* A name without the marks of footnotes behind it: "Brae Bank plc [note 5]". */
static const char *without_marks(struct reader *r, const char *text)
{
	size_t keep = 0, n = strlen(text);

	/* A mark ends in an asterisk, a bracket or what is no ASCII; nearly all names do not. */
	if (n == 0 || ((unsigned char)text[n - 1] < 0x80 && !strchr("*] ", text[n - 1])))
		return text;
	for (const char *p = text; *p; p += n ? n : 1) {
		n = footnote_mark(p);
		if (!n && *p != ' ')
			keep = (size_t)(p - text) + 1;
	}
	if (keep == 0 || text[keep] == '\0')
		return text;
	reader_keep(r, N_EMPLOYER, text);
	return arena_strndup(r->row_arena, text, keep);
}

/* The employer's name. Where its cell goes on with an address, which has a number in it, that is kept apart. */
static const char *take_employer(struct reader *r)
{
	const char *text = reader_text(r, N_EMPLOYER), *end;
	char *name, *rest;

	r->below_name = NULL;
	if (!text || !(end = strchr(text, '\n')) || strpbrk(end, "0123456789") == NULL)
		return text;
	name = arena_strndup(r->row_arena, text, (size_t)(end - text));
	rest = str_trim(arena_strdup(r->row_arena, end));
	if (*str_trim(name) == '\0')
		return text;
	for (char *p = rest; (p = strchr(p, '\n')) != NULL;)
		*p = ' ';
	r->below_name = rest;
	return str_trim(name);
}

static bool take_row(struct reader *r, struct notice *n, struct fault *f)
{
	*n = (struct notice){ .line = r->current.line,
		.received = DAY_NONE,
		.consultation = DAY_NONE,
		.first = DAY_NONE,
		.last = DAY_NONE,
		.notified = DAY_NONE,
		.told = TIME_NONE,
		.employed = -1,
		.proposed = -1 };
	buf_clear(&r->extra);
	const char *given = r->by[N_EXTRA] ? reader_text(r, N_EXTRA) : NULL;
	if (given)
		buf_adds(&r->extra, given);
	n->text[N_EMPLOYER] = take_employer(r);
	if (n->text[N_EMPLOYER])
		n->text[N_EMPLOYER] = without_marks(r, n->text[N_EMPLOYER]);
	if (r->layout.own_ref && r->layout.own_ref <= r->current.n)
		n->ref = reader_cell(r, &r->current, r->layout.own_ref - 1);
	n->employer_ref = r->layout.employer_refs;
	if (r->layout.partnership && r->layout.partnership <= r->current.n)
		n->partnership = reader_cell(r, &r->current, r->layout.partnership - 1);
	take_people(r, n); /* before anything refuses: totals count every row */
	if (!n->text[N_EMPLOYER]) {
		fault_set(f, STATUS_DATA, "is empty; a notice needs its employer");
		return refuse(r, f, N_EMPLOYER);
	}
	if (!take_dates(r, n, f))
		return false;
	if (n->received == DAY_NONE && n->first == DAY_NONE && n->proposed < 0) {
		fault_set(f, STATUS_DATA,
		        "has neither a date received, a first dismissal nor a number of people; "
		        "give one of them");
		return refuse(r, f, N_RECEIVED);
	}
	row_take_place(r, n);
	if (!n->text[N_ADDRESS])
		n->text[N_ADDRESS] = r->below_name;
	else if (r->below_name)
		reader_keep(r, N_EMPLOYER, r->below_name);
	row_take_number(r, n);
	row_take_kind(r, n);
	take_texts(r, n);
	take_rest(r);
	n->text[N_EXTRA] = r->extra.n ? r->extra.p : NULL;
	n->flags = check_notice(n, r->ref);
	return true;
}

/* ---------- the table ---------- */

static enum step next_row(struct reader *r, struct fault *f)
{
	enum step step;

	r->has_row = false;
	if (r->at < r->nahead) {
		r->current = r->ahead[r->at++];
		r->has_row = true;
		return STEP_ROW;
	}
	if (r->ahead_arena) {
		arena_free(r->ahead_arena);
		arena_free(r->targets_arena);
		r->ahead_arena = r->targets_arena = NULL;
	}
	if (r->ended)
		return STEP_END;
	if (r->has_pending) {
		r->has_pending = false;
		*f = r->pending;
		return STEP_FAILED;
	}
	step = rows_next(r->in, &r->current, f);
	r->has_row = step == STEP_ROW;
	return step;
}

enum step reader_next(struct reader *r, struct notice *n, struct fault *f)
{
	enum step step;

	for (;;) {
		step = next_row(r, f);
		if (step == STEP_FAILED && rows_resumable(r->in)) {
			/* A row that is no row: refused, and reading goes on behind it. */
			r->counts.read++;
			r->counts.refused++;
			r->current = (struct row){ .line = f->line };
			r->has_row = true;
			return STEP_FAILED;
		}
		if (step != STEP_ROW)
			return step;
		arena_reset(r->row_arena);
		if (row_passed_over(r))
			continue;
		if (!row_starts_table(r, f)) {
			r->has_row = false;
			return STEP_FAILED;
		}
		if (r->has_row)
			break;
	}
	r->counts.read++;
	if (take_row(r, n, f))
		return STEP_ROW;
	r->counts.refused++;
	r->refused_sum += n->proposed > 0 ? n->proposed : 0;
	return STEP_FAILED;
}

const struct row *reader_row(const struct reader *r)
{
	return r->has_row ? &r->current : NULL;
}

const struct reader_counts *reader_counted(const struct reader *r)
{
	return &r->counts;
}
