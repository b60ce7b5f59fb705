/* SPDX-License-Identifier: MIT */
/* What the files of this folder share. */
#ifndef RECORD_PRIVATE_H
#define RECORD_PRIVATE_H

#include "record/record.h"

/* ---------- one command's state (state.c) ---------- */

/* The statements kept for each kind; their texts are made from the catalogue at first use. */
enum shape_sql {
	SHAPE_ROW,    /* all columns of the record with this key */
	SHAPE_SEEK,   /* the first key from this one on, its last part alone, within the others */
	SHAPE_INSERT, /* all columns */
	SHAPE_DELETE,
	SHAPE_NUMBER, /* the highest last key part within the others */
	SHAPE_SQL
};
struct names;

/* A kind with what is worked out from it once. */
struct shape {
	const struct kind *kind;
	size_t whose;         /* the column partnership; ncolumn: none */
	size_t last;          /* the column of the last key part */
	bool folds;           /* that is a ref of its own: looked up whatever its case */
	const size_t *aside;  /* by field: the column NAME_text beside it; ncolumn: none */
	const size_t *holder; /* by column: the field that shows it; nfield: none */
	struct query *query[SHAPE_SQL];
	struct names *names;
	struct mistaken *mistaken;
	struct shape *next;
};

/* A reference, or a shorthand, that found nothing yet. */
struct pending {
	struct shape *shape;
	const struct field *field;
	const char *partnership;
	const char **parts; /* the key of the record that has it */
	const char **item;  /* lists: what stands there meanwhile */
	const char *text, *file;
	long line;
	bool aside;                    /* it stands in NAME_text meanwhile */
	bool added;                    /* its record was made by this load */
	const struct shorthand *leads; /* a row kept as written that may name somebody */
};
/* A record whose at-least-one or sameness rules, or faults, are to be looked at in the end. */
struct touched {
	struct shape *shape;
	const char *partnership;
	const char **parts;
	const char *file;
	long line;
};
struct record_state {
	struct arena *keep; /* what the work began with: lives to its end */
	struct shape *shapes;
	bool deferring;
	struct pending *pending;
	size_t npending, cap_pending;
	struct touched *touched;
	size_t ntouched, cap_touched;
	struct texts *seen; /* records a document had (load --replace); NULL: not asked */
	/* Changes told only when their record stands (record_mark). */
	bool marked;
	struct record_change *held;
	size_t nheld, cap_held;
};
struct record_state *work_state(struct work *);
/* Faults for a local kind without a partnership. NULL with a fault. */
struct shape *shape_of(struct work *, const struct kind *, struct fault *);
struct shape *shape_named(struct work *, const char *kind, struct fault *);
/* Ready to be bound, and query_done after its use. */
struct query *shape_query(struct work *, struct shape *, enum shape_sql, struct fault *);
/* Grows an array that lives in the state's arena. */
void *state_grow(struct work *, void *p, size_t *cap, size_t need, size_t size);
const char **texts_copy(struct arena *, size_t n, const char *const *texts);
/* Parts as one text that no others give, for sets of keys (struct texts). */
const char *parts_text(struct work *, size_t n, const char *const *parts);

/* ---------- this folder's own statements (work.c) ---------- */

enum record_sql {
	SQL_SESSION_STARTS,
	SQL_PERIOD_OF_DAY,
	SQL_PARTNERSHIPS,
	SQL_SETTING,
	SQL_HOLIDAYS,
	SQL_CLOSED_DAYS,
	SQL_COUNTERS,
	SQL_COUNT_UP,
	SQL_COUNTED,
	SQL_COUNT_FORGET,
	SQL_OPEN_LEADS_PERSON,
	SQL_OPEN_LEADS_ORG,
	SQL_OPEN_STEPS,
	SQL_OPEN_SEATS,
	SQL_OPEN_DEPUTIES,
	SQL_OPEN_ISSUES,
	SQL_OPEN_INCIDENTS,
	SQL_OPEN_GOVERNMENT,
	SQL_CONTACTS,
	SQL_PRACTICES,
	SQL_EMPLOYER_NOTICES,
	SQL_EMPLOYER_CASES,
	SQL_EMPLOYER_LINKS,
	SQL_EMPLOYER_NAMES,
	SQL_EMPLOYER_FILL,
	SQL_TERMS_STATUS,
	SQL_TERMS_TEXT,
	SQL_TERMS_BACK
};
struct query *record_query(struct work *, enum record_sql, struct fault *);
/* All refs of partnerships, naturally sorted; NULL on a fault. */
const char **work_partnerships(struct work *, size_t *n, struct fault *);

/* ---------- SQL from the catalogue (sql.c) ---------- */

/* alias."name"; alias NULL: the bare name */
void sql_column(struct buf *, const char *alias, const char *name);
/* "partnership" = ? AND "a" = ? …: the first n key parts of a kind. */
void sql_key(struct buf *, const struct kind *, const char *alias, size_t n);
/* SELECT "a", "b" FROM "kind": the key parts of its records. */
void sql_keys(struct buf *, const struct kind *);
/* ", "-joined columns of a key in the order lists are shown: refs naturally. */
void sql_order(struct buf *, const struct kind *, const char *alias, bool whose);
/* Binds partnership (of local kinds) and n key parts from `at` on; returns the next place. */
int bind_key(struct work *, struct query *, const struct kind *, const char *const *parts, size_t n,
        int at);
/* What a query finds: of each of *n rows the first texts. The query is done then; NULL on a fault. */
const char ***rows_texts(struct work *, struct query *, size_t ntexts, size_t *n, struct fault *);
/* A column's value as it is kept by this folder: text, shortest exact decimals for numbers. */
const char *column_text(struct arena *, struct query *, int at, enum type);
/* A number with the fewest digits that give it back exactly. */
const char *real_text(char out[static 40], double);

/* ---------- kinds that need a word of their own (special.c) ---------- */

/* A field that stands for rows of a child: leads of an action, present of a meeting. */
struct shorthand {
	const char *kind, *name, *comment;
	const char *child;
	const char *column[3]; /* of the child: references tried in turn; NULL ends */
	const char *written;   /* where what fits nothing is kept; NULL: it is refused */
	const char *mark,
	        *value; /* a column that says which of several shorthands: state=present */
	const char *expand, *member; /* a group's ref stands for the `member` of its rows … */
	const char *on;              /* … of the day in this field of the owner, else of today */
	bool listed;
};
const struct shorthand *shorthand_of(const struct kind *, const char *name);
/* Says that a text is nothing the shorthand knows and stays as it is, with what is nearest. */
void shorthand_kept(struct work *, const struct shorthand *, struct shape *child, const char *text,
        const struct assignment *from);
/* All of a kind, one after the other from i = 0; NULL: no more. */
const struct shorthand *shorthand_at(const struct kind *, size_t i);
/* A list that must not stay empty, unless a field has one of these words. */
struct at_least {
	const char *kind, *list, *unless, *words[3];
	const char *sentence;
};
/* A field that no two records may share. */
struct sameness {
	const char *kind, *field, *unless; /* unless: does not count where this field is filled */
};
const struct at_least *at_least_of(const struct kind *);
/* A field that, set by hand to one of these words, was so decided today where no day is given. What is loaded
 * may be long past: there, no day stays no day. */
struct dated_move {
	const char *kind, *field, *words[4], *day;
};
const struct dated_move *dated_move_of(const struct kind *);
const struct sameness *sameness_of(const struct kind *);
/* A fault view that is asked as soon as records of the kind are written, where a slip would otherwise show only in
 * what is missing much later; by number. NULL: no more. */
const char *advice_at(const struct kind *, size_t i);
/* The field whose value begins made refs: theme of an action. NULL: none. */
const struct field *prefix_field(const struct kind *);
bool kind_is_private(const struct kind *);

/* ---------- keys and references (key.c, made.c, find.c, names.c, period.c) ---------- */

/* The key part at i is shown by this field. */
const struct field *key_field(const struct shape *, size_t i);
/* An index into kind->key; nkey: the column is no key part. */
size_t key_part(const struct kind *, size_t column);
/* Key columns in front that a reference's own columns leave out, being the record's own too. */
size_t shared_parts(struct work *, const struct field *, struct fault *);
/* Whether a record with these parts is there; its last part is put in the case it has. */
bool key_find(struct work *, struct shape *, const char **parts, bool *found, struct fault *);
/* All columns, in the arena, by column; NULL without a fault: not there. */
const char **row_read(struct work *, struct shape *, const char *const *parts, struct fault *);
/* "priority 2008-09/1", for sentences. */
const char *record_called(struct work *, const struct kind *, const char *const *parts);

/* Key parts as far as they are written; *n of them. Plain "1" of priorities is the current period's. */
bool key_split(struct work *, const struct kind *, const char *ref, const char **parts, size_t *n,
        struct fault *);

enum found { FOUND_FAULT = -1, FOUND_NONE, FOUND_ONE };
enum find_way {
	FIND_BOTH,      /* by ref and by name; what fits two is refused */
	FIND_REF_FIRST, /* by name only where no ref fits */
	FIND_REF_ONLY
};
/* As record_find, but what is not there is no fault. */
enum found find_one(struct work *, const struct kind *, const char *text, enum find_way,
        const char **parts, struct fault *);
/* The fault for what is not there: nearest names, the way to add it. */
/* The record whose ref or name is nearest, as "croberts (Cheryl Roberts)"; NULL: none is near. */
const char *find_near(struct work *, const struct kind *, const char *text);
bool find_none(struct work *, const struct kind *, const char *text, enum status, struct fault *);
/* One among several kinds. */
enum found find_among(struct work *, const struct kind *const *, size_t n, const char *text,
        size_t *which, const char **parts, struct fault *);

void names_add(struct work *, struct shape *, const char *const *parts, const char *name);
void names_drop(struct shape *);
void names_mark(struct shape *);
void names_revert(struct shape *); /* forgets what came since the mark */
/* Refs of the records with this name, folded; at most `most` of them; n in all. */
bool names_find(struct work *, struct shape *, const char *text, const char **refs, size_t most,
        size_t *n, struct fault *);
const char *names_nearest(struct work *, struct shape *, const char *text);

/* Whether the ref is a session year ("2008-09"), with its days by session_starts. */
bool period_span(struct work *, const char *ref, day_t *starts, day_t *ends, struct fault *);
/* Makes the period if it is one; false without a fault: it is none. */
bool period_make(struct work *, const char *ref, struct fault *);

/* ---------- values (value.c) ---------- */

bool text_check(const char *text, struct fault *);
/* What a field of a row shows: its column, or the parts of its reference joined; NULL for NULL. */
const char *field_show(struct work *, const struct field *, const struct kind *,
        const char *const *value, enum look);

/* ---------- changing (change.c, draft.c, lists.c, child.c, pending.c) ---------- */

enum write_mode { WRITE_ADD, WRITE_SET, WRITE_EITHER };
enum written { WRITTEN_FAULT = -1, WRITTEN_SAME, WRITTEN_ADDED, WRITTEN_CHANGED };
/* A record to be written. */
struct writing {
	const char *ref; /* as addressed; NULL: by the assignments */
	size_t nparent;  /* key parts that are known, of a child in its parent */
	const char *const *parent;
	const struct assignment *assignment;
	size_t n;
	enum write_mode mode;
	bool alone; /* no field but the assigned ones changes, not even a NAME_text beside them */
	bool whole; /* fields that are absent are cleared (load --replace) */
	bool anew; /* the same where a given field differs: it is another record than the one there */
	const char *file;
	long line;
};
/* *made: the parts it has now. */
enum written record_write(
        struct work *, struct shape *, const struct writing *, const char ***made, struct fault *);
/* A map of YAML as assignments; NULL with a fault (no map, a null key …). */
struct assignment *node_assignments(
        struct work *, const struct node *, const char *file, size_t *n, struct fault *);

struct list_edit {
	const struct field *field;
	const struct assignment *from;
	char op;
	size_t n;
	const char ***item; /* parts of each */
	bool *waits;        /* stands in for what is not there yet */
};
bool list_read(struct work *, struct shape *, const struct assignment *, const struct field *,
        struct list_edit *, struct fault *);
bool list_write(struct work *, struct shape *, const char *const *parts, const struct list_edit *,
        bool added, bool *changed, struct fault *);
/* All items as shown ("a;b" for machines and people alike); NULL: none. */
const char *list_show(struct work *, struct shape *, const char *const *parts, const struct field *,
        struct fault *);
/* Items one by one, naturally sorted; each joined; *n of them. */
const char **list_items(struct work *, struct shape *, const char *const *parts,
        const struct field *, size_t *n, struct fault *);

void items_sort(const char **text, size_t n); /* naturally */
/* Puts in or takes out one item; all of them. */
bool list_item(struct work *, const struct kind *, const struct field *, const char *const *parts,
        const char *const *item, bool insert, struct fault *);
bool list_clear(struct work *, const struct kind *, const struct field *, const char *const *parts,
        struct fault *);

bool children_write(struct work *, const char *const *parts, const struct field *,
        const struct assignment *, bool whole, bool *changed, struct fault *);
bool shorthand_write(struct work *, struct shape *, const char *const *parts,
        const struct shorthand *, const struct assignment *, bool *changed, struct fault *);
/* Keys of the children of a record, in order. */
const char ***children_keys(struct work *, struct shape *child, size_t nparent,
        const char *const *parent, size_t *n, struct fault *);
/* Whether refs of this kind are made from names. */
bool named_refs(const struct kind *);
/* Before a record goes or is renamed: its ref is not made again. */
bool ref_retire(struct work *, struct shape *, const char *const *parts, struct fault *);
/* That it was ever there goes too: for erasing. */
bool ref_forget(struct work *, struct shape *, const char *const *parts, struct fault *);
/* The columns that tell which record a referring row is, or whose list it is in; and its kind. */
bool row_columns(struct work *, const struct inbound *, const char *const **column, size_t *n,
        const char **kind, struct fault *);
/* What a document had, for load --replace (seen.c). */
void seen_start(struct work *);
void seen_stop(struct work *);
void seen_add(struct work *, const struct shape *, const char *const *parts);
bool seen_has(struct work *, const struct shape *, const char *const *parts);
bool row_remove(struct work *, struct shape *, const char *const *parts, struct fault *);

void pending_add(struct work *, const struct pending *);
void touch(struct work *, struct shape *, const char *const *parts, const char *file, long line);
void tell_change(struct work *, const struct kind *, const char *const *parts, char op,
        const char *field, const char *before, const char *after);
void tell(struct work *, enum tell, const char *file, long line, const char *field, const char *fmt,
        ...) PRINTF_LIKE(6, 7);

/* So that one record can be refused and the others kept: the store's mark and this folder's own. */
struct record_mark {
	size_t npending, ntouched;
};
bool record_mark(struct work *, struct record_mark *, struct fault *);
bool record_release(struct work *, const struct record_mark *, struct fault *);
void record_revert(struct work *, const struct record_mark *);
/* Whether what was written since the mark waits for records that may still come (*waits); if it does
 * not, the rules over several rows are checked for it. For loads that go on over what they refuse. */
bool record_stands(struct work *, const struct record_mark *, bool *waits, struct fault *);
/* From here on references must be there when they are bound. */
void record_defer_no_more(struct work *);

#endif
