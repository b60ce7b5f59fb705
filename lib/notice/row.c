/* SPDX-License-Identifier: MIT */
/* One row of a table as a notice; rows that are none (totals, notes, headings again) passed over. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/reader.h"

const char *reader_cell(struct reader *r, const struct row *row, size_t column)
{
	const struct cell *c;
	char last;

	if (column >= row->n || row->cell[column].n == 0)
		return "";
	c = &row->cell[column];
	last = c->p[c->n - 1];
	/* Nearly all cells have no blanks at their ends and are used where they stand. */
	if ((unsigned char)c->p[0] > ' ' && (unsigned char)last > ' ' &&
	        (unsigned char)c->p[0] < 0x80 && (unsigned char)last < 0x80)
		return c->p;
	return str_trim(arena_strndup(r->row_arena, c->p, c->n));
}

/* The text of a field in this row: its columns, what the map replaces; NULL: nothing there. */
static const char *field_text(struct reader *r, int field)
{
	const struct filled *f = r->by[field];
	const char *text = NULL;

	for (size_t i = 0; f && i < f->n; i++) {
		const char *cell = reader_cell(r, &r->current, f->column[i]);
		if (*cell == '\0')
			continue;
		if (!text)
			text = cell;
		else if (!strstr(text, cell)) /* the town may stand in the address already */
			text = arena_printf(
			        r->row_arena, field == N_ADDRESS ? "%s, %s" : "%s %s", text, cell);
		if (!f->join)
			break;
	}
	if (text && r->replaces[field])
		text = map_replace(r->o.map, notice_fields[field], text);
	if (text && *text == '\0')
		text = NULL;
	return text || field >= N_TEXTS ? text : r->constant[field];
}

static const char *heading_of(struct reader *r, size_t column)
{
	const struct layout *l = &r->layout;

	if (l->heading && column < l->nheading && l->heading[column][0])
		return l->heading[column];
	return arena_printf(r->row_arena, "column %zu", column + 1);
}

/* A cell that no field took, or not wholly, is kept with its heading. */
static void keep_extra(struct reader *r, const char *heading, const char *text)
{
	if (r->extra.n)
		buf_addc(&r->extra, '\n');
	buf_adds(&r->extra, heading);
	buf_adds(&r->extra, ": ");
	buf_adds(&r->extra, text);
}

static void keep_field(struct reader *r, int field, const char *text)
{
	const struct filled *f = r->by[field];

	keep_extra(r, f && f->n ? heading_of(r, f->column[0]) : target_name(field), text);
}

/* ---------- rows that are none ---------- */

static bool is_total_word(const char *text)
{
	static const char *const words[] = { "total", "totals", "grand total", "sub total",
		"subtotal", "subtotals", "sum", "overall total", "total all", "total notices",
		"sub totals", "grand totals", "overall", "year total", "total for year",
		"total year", "annual total", "monthly total", "running total",
		"cumulative total" };
	char key[24];
	size_t n = 0;

	/* Cheap enough for every row: only short words, letters alone. */
	for (const char *p = text; *p; p++) {
		if (n >= sizeof key - 1)
			return false;
		if (isalpha((unsigned char)*p))
			key[n++] = (char)tolower((unsigned char)*p);
		else if (strchr(" -:.=", *p)) {
			if (n && key[n - 1] != ' ')
				key[n++] = ' ';
		} else {
			return false;
		}
	}
	while (n && key[n - 1] == ' ')
		n--;
	key[n] = '\0';
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], key) == 0)
			return true;
	return false;
}

static bool is_blank_row(const struct row *row, size_t *filled, size_t *first)
{
	*filled = 0;
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cell[i];
		if (c->n == 0 || c->p[strspn(c->p, " \t\r\n")] == '\0')
			continue;
		if ((*filled)++ == 0)
			*first = i;
		if (*filled > 3)
			return false; /* enough to know; rows of one or two cells are counted to the end */
	}
	return *filled == 0;
}

static bool has_place_or_contact(struct reader *r)
{
	static const int fields[] = { N_ADDRESS, N_POSTCODE, N_COUNCIL, N_CONTACT_NAME,
		N_CONTACT_EMAIL, N_CONTACT_PHONE, N_SENDER_REF, N_NUMBER };

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *text = r->by[fields[i]] ? field_text(r, fields[i]) : NULL;
		if (text && !is_total_word(text))
			return true;
	}
	return false;
}

static bool has_date(struct reader *r)
{
	static const int fields[] = { N_RECEIVED, N_FIRST, N_LAST, N_NOTIFIED, N_CONSULTATION };

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *text = r->by[fields[i]] ? field_text(r, fields[i]) : NULL;
		if (text && heading_date_like(text))
			return true;
	}
	return false;
}

/* A row of totals: a cell that is just the word, no date, place or contact, and figures that add up. */
static bool is_totals(struct reader *r)
{
	const struct row *row = &r->current;
	const char *text, *word = NULL;
	struct people people;

	for (size_t i = 0; i < row->n && !word; i++)
		if (row->cell[i].n >= 3 && row->cell[i].n < 24 &&
		        strchr("tTgGsSoOyYaAmMrRcC ", row->cell[i].p[0]) &&
		        is_total_word(reader_cell(r, row, i)))
			word = reader_cell(r, row, i);
	if (!word || has_date(r) || has_place_or_contact(r))
		return false;
	text = r->by[N_EMPLOYER] ? field_text(r, N_EMPLOYER) : NULL;
	if (!text || strcasecmp(word, "total") != 0)
		return true; /* "Subtotal" is no employer's name; nor is a row without one a notice */
	if (!is_total_word(text))
		return false; /* an employer with the word in some other cell */
	text = r->by[N_PROPOSED] ? field_text(r, N_PROPOSED) : NULL;
	people = people_read(text ? text : "");
	if (people.number < 0 || people.number == r->sum || people.number == r->part_sum ||
	        people.number == r->sum - r->refused_sum)
		return true;
	/* Beside numbers that are unclear a sum need not come out. */
	return r->unclear && people.number >= r->part_sum / 2;
}

/* Notes below (or between) the rows: one cell of prose, or a mark and prose. */
static bool is_footnote(struct reader *r, size_t filled, size_t first)
{
	static const char *const begins[] = { "note", "source", "data ", "last updated", "updated",
		"prepared", "generated", "end of", "page ", "compiled", "key", "figures", "this ",
		"these ", "totals ", "please", "for more", "* ", "*", "†", "‡", "¹", "²", "³", "[",
		"(", "1.", "2.", "3.", "n.b", "nb", "©", "crown", "contact", "disclaimer",
		"the above", "as at ", "date ", "printed", "report ", "r = ", "p = ", "n/a =", "--",
		"==", "__" };
	const char *text;
	size_t words = 1;

	if (filled > 2 || r->layout.nheading < 3)
		return false;
	text = reader_cell(r, &r->current, first);
	for (const char *p = text; *p; p++)
		words += *p == ' ' || *p == '\n';
	if (filled == 2) /* a mark in the first cell, the note in the second */
		return strlen(text) <= 3 && ispunct((unsigned char)text[0]);
	for (size_t i = 0; i < COUNT(begins); i++)
		if (strncasecmp(text, begins[i], strlen(begins[i])) == 0)
			return true;
	if (words >= 6)
		return true;
	/* "2019" or "March 2020" over the rows of that time. */
	struct buf b = { 0 };
	bool section = strspn(text, "0123456789") == strlen(text) && strlen(text) == 4;
	struct fault f = { 0 };
	day_t day;
	buf_addf(&b, "1 %s", text);
	section = section || day_parse(b.p, ORDER_DMY, 0, &day, &f);
	buf_free(&b);
	return section;
}

static bool repeats_heading(struct reader *r)
{
	const struct layout *l = &r->layout;
	const struct row *row = &r->current;
	size_t same = 0, filled = 0;

	if (!l->heading)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cell[i].n == 0)
			continue;
		filled++;
		bool equal = i < l->nheading && l->heading[i][0] &&
		             strcasecmp(reader_cell(r, row, i),
		                     str_trim(arena_strdup(r->row_arena, l->heading[i]))) == 0;
		same += equal;
		if (!equal && same == 0)
			return false;
	}
	return filled >= 2 && 10 * same >= 8 * filled;
}

/* What the map says to pass over. */
static bool map_skip(struct reader *r)
{
	for (const char *const *s = r->layout.skips; s && *s; s++) {
		int field = target_field(*s);
		const char *text = NULL;
		for (size_t k = 0; k < r->layout.nheading && !text; k++)
			if (r->heading_key[k][0] &&
			        str_equal(r->heading_key[k], text_key(r->row_arena, *s)))
				text = reader_cell(r, &r->current, k);
		if (!text && field >= 0) {
			text = field_text(r, field);
			text = text ? text : "";
		}
		if (text && map_skips(r->o.map, *s, text))
			return true;
	}
	return false;
}

/* ---------- fields ---------- */

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
	const char *text = r->by[field] || r->constant[field] ? field_text(r, field) : NULL;
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
		keep_field(r, field, text);
		return true;
	}
	if (how == DATED_PART)
		keep_field(r, field, text);
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
	const char *text = field_text(r, N_PROPOSED), *given = field_text(r, N_PROPOSED_TEXT);
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
		const char *certainty = field_text(r, N_CERTAINTY);
		n->text[N_PROPOSED_TEXT] = given;
		n->text[N_CERTAINTY] = certainty && (strcmp(certainty, "exact") == 0 ||
		                                            strcmp(certainty, "estimate") == 0 ||
		                                            strcmp(certainty, "unfilled") == 0)
		                               ? certainty
		                               : people_read(given).certainty;
	}
	text = field_text(r, N_EMPLOYED);
	p = people_read(text ? text : "");
	n->employed = p.number;
	if (p.number >= 0)
		n->text[N_EMPLOYED] = number_text(r, p.number);
	if (text && !p.plain)
		keep_field(r, N_EMPLOYED, text);
}

/* A7 6BC: the parts of a postcode with one blank between them; what is none stays as written. */
static const char *take_postcode(struct reader *r, const char *text)
{
	char p[12];
	size_t n = 0;

	for (const char *c = text; *c; c++) {
		if (*c == ' ')
			continue;
		if (n >= 7 || !isalnum((unsigned char)*c))
			return text;
		p[n++] = (char)toupper((unsigned char)*c);
	}
	if (n < 5 || !isalpha((unsigned char)p[0]) || !isdigit((unsigned char)p[n - 3]) ||
	        !isalpha((unsigned char)p[n - 2]) || !isalpha((unsigned char)p[n - 1]))
		return text;
	/* As written already, which most are. */
	size_t whole = strlen(text);
	if (whole == n + 1 && text[whole - 4] == ' ' && memcmp(text, p, n - 3) == 0 &&
	        memcmp(text + n - 2, p + n - 3, 3) == 0)
		return text;
	return arena_printf(r->row_arena, "%.*s %.3s", (int)(n - 3), p, p + n - 3);
}

static void take_place(struct reader *r, struct notice *n)
{
	const char *text;

	n->text[N_SITE] = field_text(r, N_SITE);
	n->text[N_ADDRESS] = field_text(r, N_ADDRESS);
	text = field_text(r, N_POSTCODE);
	n->text[N_POSTCODE] = text ? take_postcode(r, text) : NULL;
	text = field_text(r, N_COUNCIL);
	if (text) {
		const struct named *council = reference_council_kept(r->ref, text);
		if (council) {
			n->text[N_COUNCIL] = council->code;
			n->council_name = council->name;
		} else {
			keep_field(r, N_COUNCIL, text);
		}
	}
	if (!n->text[N_COUNCIL] && n->text[N_POSTCODE]) {
		text = reference_postcode(r->ref, n->text[N_POSTCODE], &r->scratch);
		n->text[N_COUNCIL] = text ? arena_strdup(r->row_arena, text) : NULL;
	}
}

static void take_number(struct reader *r, struct notice *n)
{
	const char *text = field_text(r, N_NUMBER), *charity = field_text(r, P_CHARITY), *kind;
	const char *number = text ? name_number(&r->number, text) : NULL;

	if (number) {
		n->text[N_NUMBER] = number;
		n->text[N_REGISTER] = "company";
	} else if (charity && (number = name_number(&r->number, charity))) {
		/* Charities of England have plain digits without zeros before them. */
		n->text[N_NUMBER] =
		        isdigit((unsigned char)number[0]) ? number + strspn(number, "0") : number;
		n->text[N_REGISTER] = "charity";
		charity = NULL;
	}
	if (text && !n->text[N_NUMBER] && !people_unfilled(text))
		keep_field(r, N_NUMBER, text);
	if (charity && !str_equal(n->text[N_REGISTER], "charity"))
		keep_field(r, P_CHARITY, charity);
	kind = field_text(r, N_REGISTER);
	if (kind && strcasestr(kind, "charit"))
		n->text[N_REGISTER] = "charity";
	else if (kind && strcasestr(kind, "mutual"))
		n->text[N_REGISTER] = "mutual";
	else if (kind && strcasecmp(kind, "none") == 0)
		n->text[N_REGISTER] = "none";
	else if (kind && !strcasestr(kind, "compan"))
		keep_field(r, N_REGISTER, kind);
}

static bool starts_word(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

/* yes, no, closure, layoff: whether the site closes; NULL: the words do not say. */
static const char *closes(const char *text)
{
	if (strcasecmp(text, "y") == 0 || starts_word(text, "yes") ||
	        strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0)
		return "yes";
	if (strcasecmp(text, "n") == 0 || starts_word(text, "no") ||
	        strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0)
		return "no";
	bool layoff = strcasestr(text, "layoff") || strcasestr(text, "lay off") ||
	              strcasestr(text, "lay-off");
	bool closure = strcasestr(text, "clos") || strcasecmp(text, "CL") == 0 ||
	               strcasestr(text, "shutdown");
	if (closure && layoff)
		return NULL;
	return closure ? "yes" : layoff ? "no" : NULL;
}

static const char *status_of(const char *text)
{
	if (strcasestr(text, "withdraw") || strcasestr(text, "rescind") ||
	        strcasestr(text, "cancel") || strcasestr(text, "revoked"))
		return "withdrawn";
	if (strcasestr(text, "inactive") || strcasestr(text, "in error") ||
	        strcasestr(text, "duplicate"))
		return "inactive";
	if (strcasestr(text, "supersed") || strcasestr(text, "replaced"))
		return "superseded";
	if (starts_word(text, "active") || starts_word(text, "live") || starts_word(text, "open") ||
	        starts_word(text, "current"))
		return "active";
	return NULL;
}

static void take_kind(struct reader *r, struct notice *n)
{
	const char *text = field_text(r, N_CLOSURE), *type = field_text(r, P_TYPE),
	           *status = field_text(r, N_STATUS);

	if (text && !(n->text[N_CLOSURE] = closes(text)))
		keep_field(r, N_CLOSURE, text);
	if (type) {
		const char *says = closes(type), *gone = status_of(type);
		bool plain = says && !strpbrk(type, "0123456789,;/") && strlen(type) < 16;
		if (!n->text[N_CLOSURE] && strlen(type) > 1)
			n->text[N_CLOSURE] = says;
		if (gone && strcmp(gone, "active") != 0)
			n->text[N_STATUS] = gone;
		if (!plain || strlen(type) == 1)
			keep_field(r, P_TYPE, type);
	}
	if (status) {
		const char *means = status_of(status);
		if (means)
			n->text[N_STATUS] = means;
		else if (strcasecmp(status, "yes") == 0 || strcasecmp(status, "no") == 0)
			n->text[N_STATUS] =
			        status[0] == 'y' || status[0] == 'Y' ? "active" : "inactive";
		else
			keep_field(r, N_STATUS, status);
	}
}

static void take_texts(struct reader *r, struct notice *n)
{
	static const int plain[] = { N_SENDER_REF, N_CONTACT_NAME, N_CONTACT_EMAIL, N_CONTACT_PHONE,
		N_SELECTION, N_REPRESENTATIVES, N_UNION, N_SHORT_REASON, N_SUPERSEDES, N_SOURCE,
		N_SIC, N_SIZE, N_ADMINISTRATOR };
	const char *text;

	for (size_t i = 0; i < COUNT(plain); i++)
		if (r->by[plain[i]] || r->constant[plain[i]])
			n->text[plain[i]] = field_text(r, plain[i]);
	if (n->text[N_SENDER_REF] && people_unfilled(n->text[N_SENDER_REF]))
		n->text[N_SENDER_REF] = NULL;
	if (!n->text[N_SOURCE])
		n->text[N_SOURCE] = r->o.source;
	/* Words that are no size of ours are kept as they are. */
	text = n->text[N_SIZE];
	if (text && strcmp(text, "micro") != 0 && strcmp(text, "small") != 0 &&
	        strcmp(text, "medium") != 0 && strcmp(text, "large") != 0) {
		keep_field(r, N_SIZE, text);
		n->text[N_SIZE] = NULL;
	}
	text = r->by[N_REASONS] || r->constant[N_REASONS] ? field_text(r, N_REASONS) : NULL;
	if (text) {
		reference_reasons_kept(r->ref, text, &r->reasons, &r->scratch);
		n->text[N_REASONS] = r->reasons.n ? r->reasons.p : NULL;
		if (r->scratch.n)
			keep_field(r, N_REASONS, r->scratch.p);
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
			keep_extra(r, heading_of(r, i), text);
	}
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
	const char *given = r->by[N_EXTRA] ? field_text(r, N_EXTRA) : NULL;
	if (given)
		buf_adds(&r->extra, given);
	n->text[N_EMPLOYER] = field_text(r, N_EMPLOYER);
	if (r->layout.own_ref && r->layout.own_ref <= r->current.n)
		n->ref = reader_cell(r, &r->current, r->layout.own_ref - 1);
	n->employer_ref = r->layout.employer_refs;
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
	take_place(r, n);
	take_number(r, n);
	take_kind(r, n);
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

static void note_total(struct reader *r)
{
	if (r->counts.totals < COUNT(r->counts.totals_line))
		r->counts.totals_line[r->counts.totals] = r->current.line;
	r->counts.totals++;
	r->part_sum = 0;
}

/* Whether the row is none of a notice; counted by what it is. */
static bool passed_over(struct reader *r)
{
	size_t filled, first = 0;

	if (is_blank_row(&r->current, &filled, &first))
		return true;
	if (repeats_heading(r)) {
		r->counts.headings++;
		return true;
	}
	if (r->layout.skips && map_skip(r)) {
		r->counts.skipped++;
		return true;
	}
	if (is_totals(r)) {
		note_total(r);
		return true;
	}
	if (filled <= 2 && is_footnote(r, filled, first)) {
		r->counts.footnotes++;
		return true;
	}
	return false;
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
		if (!passed_over(r))
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

const struct layout *reader_layout(const struct reader *r)
{
	return &r->layout;
}

const struct reader_counts *reader_counted(const struct reader *r)
{
	return &r->counts;
}
