/* SPDX-License-Identifier: MIT */
/*
 * record: the record verbs over any kind. Everything is learned from the store's catalogue: values,
 * keys, references, lists and children, filters, listing and showing, loading and dumping.
 *
 * A record is addressed by all its key parts but the partnership, joined by "/" ("C1/2"); that text
 * is called its ref here. References may be given as a ref or as the record's name.
 *
 * Nothing here begins or commits a change: callers do, with store_begin and store_commit. What is
 * returned lives in the work's arena.
 */
#ifndef RECORD_H
#define RECORD_H

#include "base/base.h"
#include "io/io.h"
#include "store/store.h"

/* ---------- one command's work (work.c) ---------- */

enum tell { TELL_NOTE, TELL_WARNING, TELL_REFUSED };

/* A field that was changed: before and after as shown to people, NULL where there was nothing. */
struct record_change {
	const char *partnership, *kind, *ref;
	char op;           /* a record added, c field changed, r record removed, k renamed */
	const char *field; /* op c; op k: "ref" */
	const char *before, *after;
};

struct work {
	struct store *store;
	struct arena *arena;
	const char *partnership; /* the one chosen; NULL: none (shared kinds only, or all) */
	bool all;                /* -p all: reading across all */
	int64_t now;             /* UTC, by --today or the clock */
	day_t today;             /* its UK day */
	/* What is not fatal: warnings, and rows refused while others go on. May be NULL. */
	void (*tell)(void *, enum tell, const struct fault *);
	/* Every change made, in order. May be NULL. */
	void (*changed)(void *, const struct record_change *);
	/* How far a long load has come: bytes done and in all (0: unknown), rows. May be NULL. */
	void (*progress)(void *, uint64_t done, uint64_t total, uint64_t rows);
	void *told;                /* first argument of all three */
	struct calendar *calendar; /* working days of the partnership: work_calendar fills it */
	enum date_order order; /* settles 3/4/2026 in assignments; dmy unless a load says other */
	/* Private. Made at first use in the arena that the work then has, and lives there; a caller
	 * with many records may put a smaller arena in w->arena for the time of one and reset it. */
	struct record_state *state;
};
struct record_state;

/* The kind, or a fault naming the nearest: "no kind 'acton'; did you mean 'action'". */
const struct kind *record_kind(struct work *, const char *name, struct fault *);
/* The field by its name (exact, else folded), or a fault naming the nearest of the kind's. */
const struct field *record_field(const struct kind *, const char *name, struct fault *);
/* A field that stands for rows of a child, such as the leads of an action: its name, what its refs and names
 * may be of, and what it is. The i-th of a kind from 0; false: no more. */
struct record_shorthand {
	const char *name, *kinds, *comment;
};
bool record_shorthand(struct work *, const struct kind *, size_t i, struct record_shorthand *);
/* Chooses w->partnership: given (ref or name; "all" sets all), else the only one there is. A store
 * with several and none given: w->partnership stays NULL and record_needs_partnership says so. */
bool work_choose(struct work *, const char *given, struct fault *);
bool record_needs_partnership(struct work *, struct fault *); /* STATUS_USAGE, naming them */
/* A setting of the partnership, else its default; NULL when it is unknown. */
const char *work_setting(struct work *, const char *name, struct fault *);
bool work_setting_int(struct work *, const char *name, int64_t *out, struct fault *);
/* Holidays of setting holiday_division and the partnership's closed days. */
const struct calendar *work_calendar(struct work *, struct fault *);

/* ---------- values (value.c) ---------- */

/* How a value is to be read or written. */
enum look {
	LOOK_MACHINE, /* ISO dates, UTC times with Z, plain decimals of pounds, yes and no, a;b */
	LOOK_PEOPLE   /* the same, but times on the UK clock: text and md */
};
/* Text to what the column stores, checked against its type (dates in every form of compact(7),
 * money to pence, enumerations folded with near words offered, postcodes put in shape, company
 * numbers upper case …). *out NULL for empty. order settles 3/4/2026. The fault has the field. */
bool value_read(struct work *, const struct field *, const char *text, enum date_order order,
        const char **out, struct fault *);
/* What is stored to what is shown; NULL for NULL. */
const char *value_show(struct work *, enum type, const char *stored, enum look);
enum value_kind value_kind_of(enum type); /* for writers */

/* ---------- refs and references (key.c, find.c) ---------- */

/* A ref is 1–64 letters, digits, . _ -; not starting with . or -; not "all"; not ending like a file. */
bool ref_check(const char *text, struct fault *);
/* Key parts of an address, as many as the kind has ("1" alone where the first part is a period: the
 * current one's; fault otherwise). */
bool ref_split(
        struct work *, const struct kind *, const char *ref, const char **parts, struct fault *);
const char *ref_join(struct work *, size_t n, const char *const *parts);
/* Resolves what a user wrote to the parts of one existing record: its ref (folded), else its name
 * (folded), "number:2.1" "aim:2.1" "org:fife" choose; two that fit are refused naming both; none:
 * STATUS_NORECORD with the nearest names. */
bool record_find(
        struct work *, const struct kind *, const char *text, const char **parts, struct fault *);
/* The same, to the joined ref. */
bool record_resolve(
        struct work *, const char *kind, const char *text, const char **ref, struct fault *);
bool record_exists(struct work *, const struct kind *, const char *ref, bool *out, struct fault *);
/* The session year a day is in: the period that holds it, else by session_starts (it need not be there
 * yet: a reference to it makes it). */
bool record_period(struct work *, day_t, const char **ref, struct fault *);
/* The period a user named, made where it is a session year that is not kept yet. */
bool record_period_named(struct work *, const char *text, const char **ref, struct fault *);
/* The next made ref: prefix and number, or from a name (persons: croberts; organisations). */
bool ref_make(struct work *, const struct kind *, const char *prefix, const char *name,
        const char **ref, struct fault *);

/* ---------- changing (change.c, lists.c, remove.c) ---------- */

/* FIELD=TEXT as given. op: '=' sets (text NULL or "" clears), '+' adds to a list, '-' takes from it.
 * node: a YAML value instead of the text (lists, children). file and line: where it was written. */
struct assignment {
	const char *field;
	char op;
	const char *text;
	const struct node *node;
	const char *file;
	long line;
	bool ref; /* the text is the ref of a record, and never the name of another */
};
/* A few that a program puts together. What is put beyond the room is dropped: keep well below it. */
enum { ASSIGNMENTS_MOST = 32 };
struct assignments {
	struct assignment all[ASSIGNMENTS_MOST];
	size_t n;
};
void assignments_put(struct assignments *, const char *field, const char *text);
bool assignments_have(const struct assignments *, const char *field);
/* Splits an operand FIELD=VALUE, FIELD+=VALUE, FIELD-=VALUE; false when it is none. */
bool assignment_parse(struct arena *, const char *operand, struct assignment *);

/* Adds a record; ref NULL: made. *made its ref. A record that exists is STATUS_DATA ("A1 exists; use
 * set"); what is required and absent is named. References not there yet are an error unless
 * record_defer was called. At-least-one rules are checked by record_finish. */
bool record_add(struct work *, const char *kind, const char *ref, const struct assignment *,
        size_t n, const char **made, struct fault *);
/* Changes one; ref= renames. *changed: whether anything was. */
bool record_set(struct work *, const char *kind, const char *ref, const struct assignment *,
        size_t n, bool *changed, struct fault *);
/* Removes one with its own list rows; STATUS_FOUND naming what stands on it; children: its own
 * children go too. */
bool record_remove(struct work *, const char *kind, const char *ref, bool children, struct fault *);
/* References that find nothing yet are kept until record_finish, which looks again and refuses the
 * rest by their own lines; it also checks at-least-one rules of what was touched. Call it before
 * every store_commit. */
void record_defer(struct work *);
bool record_finish(struct work *, struct fault *);
/* For persons and organisations: open actions, steps, seats, owners move; history stays. */
bool record_replace(struct work *, const char *kind, const char *old, const char *with, day_t on,
        size_t *moved, struct fault *);

/* ---------- listing and showing (filter.c, list.c, show.c) ---------- */

struct list_query {
	const char *kind;
	const char *from; /* a view or NULL: the kind's table; its columns are then the fields */
	const char *const *filter; /* FIELD=V, FIELD!=V, FIELD.before=V …, FIELD:FIELD=V */
	size_t nfilter;
	const char *const *ref; /* only these; NULL: all that fit */
	size_t nref;
	const char *const *column; /* --columns; NULL: all (text and md: the listed ones) */
	size_t ncolumn;
	const char *const *sort; /* FIELD or -FIELD; NULL: by key, refs naturally */
	size_t nsort;
	const int64_t *limit; /* NULL: none */
};
/* Rows to the writer (columns and all rows; the caller closes it); *count rows. Streams. */
bool record_list(struct work *, const struct list_query *, enum look, struct writer *,
        size_t *count, struct fault *);
/* The refs of the records that fit, for set --where and the like. */
bool record_refs(
        struct work *, const struct list_query *, const char ***refs, size_t *n, struct fault *);
/* A whole record with its children nested, as a document that load takes. */
bool record_show(struct work *, const char *kind, const char *ref, struct writer *, struct fault *);
/* One stored value of one record (NULL for NULL), for programs. */
bool record_get(struct work *, const char *kind, const char *ref, const char *field,
        const char **stored, struct fault *);

/* ---------- headings and maps (heading.c, map.c) ---------- */

/* The one recogniser: which column of a table means which field. */
struct heading_target {
	const char *field;           /* what it fills, "employer" or "person.name" */
	const char *const *synonyms; /* further headings, NULL-terminated; may be NULL */
	enum type type;              /* for content where headings do not settle it */
	/* Words that speak for it when part of a heading, and after "!" such as rule it out unless the
	 * heading is a name of it: "received !dismissal"; may be NULL. */
	const char *hint;
};
/* Targets with what headings are compared with made ready, which costs more than comparing. */
struct heading_targets {
	const struct heading_target *target;
	size_t n;
	const struct heading_names *names;
};
struct heading_targets headings_ready(struct arena *, const struct heading_target *, size_t n);
struct heading_match {
	int target;      /* index of the target, -1: none */
	int score;       /* 100 exact, 90 synonym, less for near and content */
	const char *why; /* "heading", "synonym", "map", "content" */
};
/* Matches headings (n) to targets, each target and heading at most once; sample rows (may be 0) let
 * content settle what headings do not. left: which targets are still to be had (NULL: all). match: n of
 * them. */
void headings_match(struct arena *, const char *const *heading, size_t n,
        const struct heading_targets *, const bool *left, const struct row *sample, size_t nsample,
        struct heading_match *match);
/* The row among the first ones that is the heading row: most matches; -1: none has any. */
int headings_find(struct arena *, const struct row *, size_t n, const struct heading_targets *);

/* The headings of a table whose heading row was found at `at`, where they may go over two rows: a
 * merged cell above stands before each heading below it. *span: 0 the row alone, -1 with the row
 * above, 1 with the row below. *count of them. */
const char **headings_of(struct arena *, const struct row *, size_t n, size_t at,
        const struct heading_targets *, size_t *count, int *span);
/* Whether a cell reads like a date, or like a count ("1,234", "c. 40", "20-30", "50+"). */
bool heading_date_like(const char *);
bool heading_count_like(const char *);
/* A date somewhere in a text: "starting 4/15/2024", "beginning in June 2018". */
bool heading_holds_date(const char *);

/* A map file: columns, dates, constants, skip, replace, split, make (compact-document(5)). */
struct map;
struct map *map_read(
        struct work *, const char *path, struct fault *); /* also by name from share/maps */
/* Headings (or positions) a map gives for a field, NULL-terminated; NULL: not mapped. */
const char *const *map_headings(const struct map *, const char *field);
bool map_dates(const struct map *, enum date_order *);           /* false: not said */
const char *map_constant(const struct map *, const char *field); /* NULL: none */
const char *map_replace(
        const struct map *, const char *field, const char *text); /* text itself: none */
bool map_skips(const struct map *, const char *heading, const char *text);
/* What else a map may say: whether a field's columns are joined; columns to leave out and those that
 * skip looks at (NULL-terminated, or NULL); the row of headings from 1 (-1: to be found, 0: none); where a
 * field stands in the map's file; whether the map has anything to replace for it. */
bool map_joins(const struct map *, const char *field);
const char *const *map_ignores(const struct map *);
const char *const *map_skip_columns(struct arena *, const struct map *);
long map_heading_row(const struct map *);
long map_line(const struct map *, const char *field);
const char *map_name(const struct map *);
bool map_replaces(const struct map *, const char *field);
/* Fields that the map names, NULL-terminated. */
const char *const *map_fields(const struct map *);

/* ---------- loading and dumping (document/, rows/) ---------- */

struct load_counts {
	size_t read, added, changed, same, removed, refused;
	size_t skipped; /* rows a map says are not to be read */
};
struct load_options {
	const char *kind;      /* of rows; documents name their own */
	const struct map *map; /* or NULL */
	bool explain;          /* say what would be recognised, as a map, and stop */
	bool keep_going;       /* refuse rows singly; else all or nothing */
	bool clear_blank;
	/* The first record of `kind` in a document is the one of that ref, whatever its key says: a new
	 * key renames it (edit). */
	const char *edited;
	const char *const *make; /* kinds that may be made when missing, NULL-terminated; or NULL */
	/* What records of `kind` get where they say nothing themselves. */
	const struct assignment *constant;
	size_t nconstant;
	bool replace; /* what the input does not have goes (PERSONAL fields absent stay) */
	/* Told of each partnership that was replaced, and what became of its records; or NULL. */
	void (*replaced)(void *, const char *partnership, const struct load_counts *);
	void *replaced_for;
	struct out *rejects;       /* refused rows with line and why in front; or NULL */
	struct out *explained;     /* where --explain writes */
	const char *now_loaded_by; /* for the import record of provenance; NULL: none is kept */
};
bool record_load(struct work *, struct input *, const struct load_options *, struct load_counts *,
        struct fault *);

struct dump_options {
	bool personal;           /* with PERSONAL columns */
	const char *const *kind; /* only these, NULL-terminated; NULL: all */
};
/* One document of shared kinds, then one a partnership, as load takes them. */
bool record_dump(struct work *, const struct dump_options *, struct writer *, struct fault *);

/* ---------- checking and people's data (check.c, erase.c) ---------- */

/* Every fault view (or those about the kinds given) as rows severity, kind, ref, fault, remedy. */
bool record_check(struct work *, const char *const *kinds, const char *const *refs, struct writer *,
        size_t *found, struct fault *);
/* Erases a person (or its like): what is written where; dry: only tells through `found`. Not within a
 * change: it makes its own, then vacuums. */
bool record_erase(struct work *, const char *kind, const char *ref, const struct change_info *,
        bool dry, void (*found)(void *, const char *kind, const char *ref, const char *field),
        void *, struct fault *);

#endif
