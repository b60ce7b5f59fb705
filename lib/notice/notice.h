/* SPDX-License-Identifier: MIT */
/*
 * notice: what only redundancy notices know. Reading them out of any table, checking them by the law
 * of their day, telling whether notice or employer is already known, keeping them, and the incidents
 * they open with their clock.
 *
 * Three steps, each of use without the next: a struct reader gives one struct notice a row; check_…
 * flags it; a struct keeper writes it to the store.
 */
#ifndef NOTICE_H
#define NOTICE_H

#include "base/base.h"
#include "io/io.h"
#include "record/record.h"
#include "store/store.h"

/* ---------- a notice ---------- */

/* The texts of a notice, in the order of the standard form. */
enum notice_text {
	N_SENDER_REF,
	N_EMPLOYER,
	N_NUMBER,
	N_REGISTER,
	N_SITE,
	N_ADDRESS,
	N_POSTCODE,
	N_COUNCIL,
	N_CONTACT_NAME,
	N_CONTACT_EMAIL,
	N_CONTACT_PHONE,
	N_RECEIVED,
	N_TOLD,
	N_NOTIFIED,
	N_CONSULTATION,
	N_FIRST,
	N_LAST,
	N_EMPLOYED,
	N_PROPOSED,
	N_PROPOSED_TEXT,
	N_CERTAINTY,
	N_CLOSURE,
	N_SELECTION,
	N_REPRESENTATIVES,
	N_UNION,
	N_SHORT_REASON,
	N_REASONS,
	N_STATUS,
	N_SUPERSEDES,
	N_SOURCE,
	N_SIC,
	N_SIZE,
	N_ADMINISTRATOR,
	N_EXTRA,
	N_TEXTS
};

/* Flags, in the order of their names in `warnings`. */
enum notice_flag {
	F_SHORT = 1,
	F_BELOW = 2,
	F_CONSULTATION = 4,
	F_BEFORE_RECEIPT = 8,
	F_REVERSED = 16,
	F_MORE = 32,
	F_PLACE = 64,
	F_NUMBER = 128,
	F_MONTH = 256
};
enum { FLAGS = 9 };
extern const char *const notice_flag_names[FLAGS];

/* One row. Texts are as stored (ISO dates, codes), NULL where there is none, and live until the next
 * row; numbers are -1 where unknown, days DAY_NONE. */
struct notice {
	long line;
	const char *text[N_TEXTS];
	const char *ref;         /* in a list of stored notices; else NULL */
	bool employer_ref;       /* there the employer is no name but a ref */
	const char *partnership; /* whose the list says it is; NULL: it does not */
	day_t received, consultation, first, last, notified;
	int64_t told; /* TIME_NONE: not in the row */
	bool told_has_time;
	int64_t employed, proposed;
	bool month_only; /* a date was given as a month alone; its first day stands for it */
	unsigned flags;
	const char *council_name; /* as found in the list of councils */
};
extern const char *const notice_fields[N_TEXTS]; /* "sender_ref", "employer" … */

/* ---------- what is looked up (reference.c, lookup.c) ---------- */

struct rule {
	const char *nation;
	day_t from, until;
	int64_t lower, upper, lower_days, upper_days;
};
struct named {
	const char *key, *code; /* text_key of a name, code or former code; the code it means */
	const char *name;
};
/* One place of a scheme in which areas are cut out. */
struct place {
	const char *place, *scheme, *area;
	char kind; /* c council, d district, s sector */
	day_t from, until;
};
struct reference {
	struct arena *arena;
	struct rule *rule;
	size_t nrule;
	struct named *council; /* sorted by key */
	size_t ncouncil;
	struct named *reason; /* sorted by key */
	size_t nreason;
	struct place *place; /* sorted by place */
	size_t nplace;
	const char *nation;  /* where a council does not tell */
	struct store *store; /* where it has a table of postcodes; NULL: none */
	struct kept *kept;   /* the last answers */
};
/* From the store (rules, councils, reasons, areas; the nation of a partnership, NULL: none), or from the files of
 * share/reference in `folder` where there is no store. */
bool reference_from_store(
        struct reference *, struct work *, const char *partnership, struct fault *);
/* Whose law holds where a council does not tell. */
bool reference_nation_of(
        struct reference *, struct work *, const char *partnership, struct fault *);
bool reference_from_share(struct reference *, struct arena *, const char *folder, struct fault *);
/* The rule of a nation on a day; NULL: none. */
const struct rule *reference_rule(const struct reference *, const char *nation, day_t);
const char *reference_nation(const struct reference *, const char *council);
/* The council a postcode lies in by the user's own table; NULL: not known. */
const char *reference_postcode(const struct reference *, const char *postcode, struct buf *);
/* A council by code, former code, name or other name; NULL: none or not one. Of this and of the next the
 * last answers are remembered. */
const struct named *reference_council_kept(const struct reference *, const char *text);
/* What a cell of reasons says, as codes joined by ";" in buf; words that are no reason go to rest. */
void reference_reasons_kept(
        const struct reference *, const char *text, struct buf *codes, struct buf *rest);

/* ---------- reading (reader.c, layout.c, row.c) ---------- */

/* A field and the columns that fill it. */
struct filled {
	int field; /* enum notice_text, or one of the enum pseudo of targets.h */
	size_t column[16];
	size_t n;
	bool join;
	enum date_order order;
	int score;       /* of the recogniser; 100 for a map's */
	const char *why; /* "heading", "synonym", "content", "map" */
};
struct layout {
	struct arena *arena;
	const char *const *heading; /* NULL: a table without */
	size_t nheading;
	long heading_line; /* 0: none */
	size_t data_from;  /* rows before it are title and headings */
	struct filled *filled;
	size_t nfilled;
	const struct map *map;
	const bool *ignored; /* columns that the map leaves out, nheading of them */
	const char *const *skips;
	size_t own_ref; /* a list of stored notices: the column of their refs, +1; 0: it is none */
	size_t partnership; /* the column that says whose each is, +1; 0: none does */
	bool employer_refs; /* and its employers are refs */
};

struct reader;
struct reader_counts {
	size_t read, refused, totals, footnotes, headings, skipped;
	long totals_line[8]; /* the first few */
};
struct reader_options {
	const struct map *map;
	const char *source; /* --source, or NULL */
	bool explain; /* only that: a table that lacks what it needs is explained as far as it goes */
	int64_t now;
	void (*tell)(void *, enum tell, const struct fault *); /* how dates are read and the like */
	void *told;
};
/* Reads ahead, finds the headings and what each column is. NULL with STATUS_DATA where no column can be
 * the employer, or none a date or number of people. */
struct reader *reader_new(struct input *, const struct reference *, const struct reader_options *,
        struct work *, struct fault *);
void reader_free(struct reader *);
/* The next notice, checked. STEP_FAILED with reader_row set: that row is refused, go on; without:
 * the input cannot be read further. */
enum step reader_next(struct reader *, struct notice *, struct fault *);
/* The row that reader_next was about, as its cells; NULL: none. */
const struct row *reader_row(const struct reader *);
const struct reader_counts *reader_counted(const struct reader *);
/* What was recognised as a map; false with what the table lacks to be read. */
bool reader_explain(const struct reader *, const struct input *, struct out *, struct fault *);
/* "line,why" and the headings, then the row with its line and reason in front. */
void reader_reject_head(struct reader *, struct out *);
void reader_reject(struct reader *, const struct row *, const struct fault *why, struct out *);

/* The same without line and reason, for rows that go elsewhere. */
void reader_pass_head(struct reader *, struct out *);
void reader_pass(struct reader *, const struct row *, struct out *);

/* ---------- checking (check.c) ---------- */

/* The flags that the notice itself earns: by the rule of its day and nation, and by its dates. */
unsigned check_notice(const struct notice *, const struct reference *);

/* ---------- writing (form.c) ---------- */

/* The columns of the standard form, `partnership` and `ref` in front where with_ref. */
void form_columns(struct writer *, bool with_ref, bool with_partnership);
void form_row(struct writer *, const struct notice *, const char *partnership, const char *ref,
        bool with_ref, bool with_partnership, const char *warnings);
/* "short-notice;place-unknown", and further warnings (may be NULL) behind. */
const char *form_warnings(struct buf *, unsigned flags, const char *further);

/* ---------- names (name.c) ---------- */

/* An employer's name for comparing: folded, & as and, Ltd as limited; two names with the same key are
 * one name. loose also passes over what the company is (limited, plc), vowels and doubled letters, and
 * what follows "trading as": two names with that in common may be one. Both in buf, NUL between. */
struct name_keys {
	const char *strict, *loose;
};
struct name_keys name_keys(struct buf *, const char *name);
/* Whether two names differ at most in that one does not say what the company is: Beta Foods and Beta Foods
 * Limited. */
bool name_but_form(const char *x, const char *y);
/* "Acme - Revision 1" and "Acme (amended)" without the marker; *marked whether there was one. */
const char *name_plain(struct buf *, const char *name, bool *marked);
/* A company or charity number with the zeros a spreadsheet ate, upper case; NULL: no such number. */
const char *name_number(struct buf *, const char *text);
uint64_t name_hash(const char *, size_t n);

/* ---------- keeping (keep.c, match.c, incident.c) ---------- */

struct keeper_options {
	int64_t told; /* when the partnership was told */
	bool told_has_time;
	bool incidents; /* open one for each new notice */
	bool all;       /* each notice to the partnership that holds its area */
	const char *by, *map;
	int64_t loaded_at;
};
/* KEEP_OLDER: what the notice was before it was amended, sent on by somebody else; not taken. */
enum keeping {
	KEEP_FAULT,
	KEEP_REFUSED,
	KEEP_NEW,
	KEEP_AMENDED,
	KEEP_SAME,
	KEEP_OLDER,
	KEEP_ELSEWHERE
};
/* What became of a notice; texts live until the next. */
struct kept_notice {
	const char *partnership, *ref, *incident;
	const char *file; /* of the row, without its folder */
	long line;
	bool joined;        /* the notice joined a case that was open */
	const char *beside; /* another open case of the employer, which may be the same; or NULL */
	const char *likely; /* an open case of an employer who may be the same; or NULL */
	const char *became; /* what became of its case, as a sentence; or NULL */
	bool older;         /* the row is what the notice was before an amendment: KEEP_OLDER */
	bool back;          /* the sender has gone back to what the notice was before */
	bool outside;       /* a case heard of that lies outside the partnership's areas */
	const char *warnings; /* as one text, or NULL */
};
/* One line of the call list. */
struct call {
	const char *employer, *people, *phone, *incident;
	int64_t by;
};
struct keeper;
/* Within a change. reference: of the store. */
struct keeper *keeper_new(
        struct work *, const struct reference *, const struct keeper_options *, struct fault *);
/* Every file has a record of its own, made when something of it is kept. */
void keeper_file(struct keeper *, const char *name, uint64_t bytes); /* 0: size unknown */
bool keeper_file_end(
        struct keeper *, const char *sha256, size_t read, size_t refused, struct fault *);
/* KEEP_REFUSED: this one alone, with the reason; KEEP_FAULT: the change cannot go on. */
enum keeping keeper_take(
        struct keeper *, const struct notice *, struct kept_notice *, struct fault *);
/* A case heard of otherwise than by a notice: n is what is known of it, proposed being the estimate. It goes to
 * the partnership's own cases, wherever it lies. */
enum keeping keeper_heard(struct keeper *, const struct notice *n, const char *origin,
        const char *told_by, struct kept_notice *, struct fault *);
/* Notes the numbers given; before the commit. */
bool keeper_finish(struct keeper *, struct fault *);
/* The calls to be made, the most urgent first; *all of them, though only the first few hundred are kept. */
const struct call *keeper_calls(struct keeper *, size_t *n, size_t *all);
void keeper_free(struct keeper *);

/* ---------- what was done, as sentences (summary.c) ---------- */

/* One file, its sheets together. */
struct summary {
	const char *name; /* as it is to be shown */
	bool stored;      /* false: it was only filtered */
	size_t kept[KEEP_ELSEWHERE + 1];
	struct reader_counts counts;
	size_t refused, mended;
};
/* The counts of one more table of the file. */
void summary_add(struct reader_counts *all, const struct reader_counts *);
/* "notices.csv: 480 read, 462 new …", without a line end. */
void summary_file(struct buf *, const struct summary *);
/* The call list, a line each, the most urgent first; nothing where nobody is to be called. */
void summary_calls(struct buf *, struct keeper *);
/* What notices mean for the cases there are, a line each; the first of them only, and how many more. */
struct summary_cases {
	struct buf lines;
	size_t n;
};
void summary_case(struct summary_cases *, const struct kept_notice *);
void summary_cases_end(struct summary_cases *);

/* ---------- where rows go (route.c) ---------- */

/* Over all files: what is kept, printed and passed on, NULL where there is none. Of the file in hand: its path, where
 * its refused rows go, what was done. */
struct route {
	struct keeper *keeper; /* NULL: a filter without a store */
	struct store *store;
	struct writer *writer; /* rows taken, in the standard form */
	bool with_partnership;
	struct out *elsewhere;
	bool elsewhere_begun;
	struct summary_cases cases; /* what is to be said of cases that were open */
	struct buf warnings;
	void (*tell_refused)(void *, const struct fault *); /* before it is counted */
	void *told;
	const char *path;
	struct out *rejects;
	const struct reader *headed; /* the table whose headings the file of refused rows has */
	struct summary done;
};
void route_file(struct route *, const char *path, const struct summary *begin);
/* A row of a reader, taken or not; false where the run cannot go on. A row refused is none of that. */
bool route_row(struct route *, struct reader *, const struct notice *, struct fault *);
void route_refused(struct route *, struct reader *, const struct fault *);

/* ---------- the clock (clock.c) ---------- */

/* By when to call the employer, by the settings response_hours and response_clock of w->partnership.
 * Without a time of day the clock starts at 09:00 of the next working day. */
bool clock_respond_by(struct work *, int64_t told, bool has_time, int64_t *out, struct fault *);

/* ---------- cases (case.c) ---------- */

/* A dated event of a case; its fields are sorted from those of the case. kind NULL: note. status NULL: left
 * alone. first_contact: responded_at is set where it is not yet, and *before says who made the first approach
 * already (NULL: nobody did). */
struct incident_note {
	const char *kind, *text, *status;
	bool first_contact;
};
bool incident_event_add(struct work *, const char *ref, const struct incident_note *,
        const struct assignment *, size_t n, const char **before, struct fault *);
/* Puts all of one case into another, with the employer where they are two; the first is gone. */
bool incident_join(struct work *, const char *from, const char *into, struct fault *);
/* What a closed case has: a wash-up note, a first approach on record; and whether it was closed before, and on which
 * day (NULL: not known), which then stays unless on= is given. */
struct incident_closed {
	bool washed, answered, already;
	const char *on;
};
/* Closes a case, on=DATE or today, with a note where text is given. */
bool incident_close(struct work *, const char *ref, const char *text, const struct assignment *,
        size_t n, struct incident_closed *, struct fault *);

/* Opens a closed case again, as far as it had come, with a note where text is given. */
bool incident_reopen(struct work *, const char *ref, const char *text, const struct assignment *,
        size_t n, bool *was_open, struct fault *);

/* What follows where it was set when the partnership was told of a case that waits for an answer: by when that is
 * due, unless that was set as well. */
bool incident_settle(
        struct work *, const char *ref, const struct assignment *, size_t n, struct fault *);

/* What follows for its case where a notice's status was set: closed with a notice that is withdrawn or inactive, as
 * hr1-ingest does it, unless more has happened in it. said: a line about it. */
bool notice_settle(struct work *, const char *ref, struct buf *said, struct fault *);

/* ---------- by hand (hand.c) ---------- */

/* A notice or (heard) a case from fields: whether each is a field of it (STATUS_USAGE with the nearest). */
bool hand_check(struct work *, const struct assignment *, size_t n, bool heard, struct fault *);
/* What one of the fields was given as; NULL: it is not among them. */
const char *hand_field(const struct assignment *, size_t n, const char *name);
/* Keeps it: *ref what was made, kept what became of it. */
bool hand_take(struct work *, const struct reference *, struct keeper *,
        const struct reader_options *, const struct assignment *, size_t n, bool heard,
        struct kept_notice *kept, const char **ref, struct fault *);

#endif
