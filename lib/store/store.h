/* SPDX-License-Identifier: MIT */
/*
 * store: the one SQLite file. Opening, creating and upgrading it, the catalogue of kinds,
 * statements, transactions, the journal of changes with history and undo. The only folder that
 * sees sqlite3.h.
 *
 * Ownership: a store owns its catalogue and its statements; what is returned as const lives until
 * store_close. Texts of a query's row live until its next step.
 */
#ifndef STORE_H
#define STORE_H

#include "base/base.h"

#define STORE_APPLICATION 0x436d7063 /* "Cmpc" */
#define STORE_VERSION     1

/* ---------- opening (open.c, create.c, upgrade.c, place.c) ---------- */

enum store_mode {
	STORE_READ, /* a hot journal is rolled back first, where the file may be written */
	STORE_WRITE,
	STORE_REPORT /* STORE_READ with the authorizer and the limits for SQL that users write */
};
struct store_options {
	enum store_mode mode;
	int wait_seconds; /* busy wait; STATUS_AGAIN after it */
	int64_t now;      /* what now() and today() say, UTC; TIME_NONE: those functions fail */
	const char *partnership; /* what in_scope() matches; NULL: all */
	bool any_file_system;    /* open even where a store can be damaged */
	long row_limit;          /* STORE_REPORT: rows a query may give; 0: 1,000,000 */
	int seconds_limit;       /* STORE_REPORT: seconds a query may take; 0: 60 */
	const char *called; /* the name messages have for it while it is made; NULL: its path */
};
struct store;

/* Opens an existing store. An older one is upgraded first (also when reading; a verified copy stays
 * beside it as FILE.before-vN). Faults: 66 not there or no store, 75 locked, 76 newer, 77 file
 * system or permission. warning is filled, its status left at STATUS_OK, for a FUSE file system. */
struct store *store_open(
        const char *path, const struct store_options *, struct fault *warning, struct fault *);
/* Makes a new store (mode 0600) from the compiled-in schema, whole or not at all; 73 where one is. */
struct store *store_create(const char *path, const struct store_options *, struct fault *);
/* A closed store moved to where it is to stand, never in place of another, and made sure of. */
bool store_move(const char *from, const char *to, struct fault *);
/* From on to off every query sees one state, and a writer waits: for reading with many queries. */
bool store_hold(struct store *, bool on, struct fault *);
void store_close(struct store *);
/* For a program that ends before its time: takes back what is under way in every open store, where
 * SQLite is not in the middle of it, so that no journal stays. The stores are of no more use. */
void store_give_up(void);
const char *store_path(const struct store *);
const char *store_site(struct store *); /* the random id of this store */
int64_t store_now(const struct store *);
/* What in_scope() matches from now on; NULL: all. */
void store_scope(struct store *, const char *partnership);
/* Network and synchronised folders: STATUS_DENIED; a FUSE file system: a warning. */
bool store_place_check(
        const char *path, bool any_file_system, struct fault *warning, struct fault *);
/* A copy while others write, verified before it takes the place of `to`; any file system. */
bool store_backup(struct store *, const char *to, struct fault *);
/* SQLite's integrity check: each finding to the callback; false only when it cannot run. */
bool store_integrity(struct store *, void (*found)(void *, const char *), void *, struct fault *);

/* ---------- statements (query.c) ---------- */

/* SQL functions every connection has: today() and now() (store_options.now), setting(name,
 * partnership), day_of(moment), working_days(start, finish, partnership), in_scope(partnership), and natural(ref),
 * which must be written "natural"(ref), since it is a word of SQL's own. */

/* A folder's SQL: an enum of indexes and an array of texts. Prepared at first use and kept:
 *   static const char *const sql[] = { [SQL_OVERDUE] = "SELECT …", };
 *   static const struct statements statements = { sql, COUNT(sql) }; */
struct statements {
	const char *const *sql;
	size_t n;
};
struct query;

/* The prepared statement, reset and unbound; NULL on a fault. It stays the store's: query_done
 * gives it back. A statement that is in use is prepared again for a nested use. */
struct query *store_query(struct store *, const struct statements *, size_t id, struct fault *);
/* For SQL built from the catalogue (record) and SQL of users (report, compact-query). */
struct query *store_prepare(struct store *, const char *sql, struct fault *);
/* A name of the catalogue, quoted for such SQL, appended. */
void sql_name(struct buf *, const char *name);
/* As store_query, found by its text, which the program must have made itself: for SQL from the
 * catalogue that is run again and again. */
struct query *store_keep(struct store *, const char *sql, struct fault *);
void query_bind_text(struct query *, int at, const char *);            /* NULL: NULL; copied */
void query_bind_bytes(struct query *, int at, const char *, size_t n); /* lives until the step */
void query_bind_int(struct query *, int at, int64_t);
void query_bind_real(struct query *, int at, double);
void query_bind_null(struct query *, int at);
int query_parameters(struct query *);
const char *query_parameter(struct query *, int at); /* its name without the colon, or NULL */
/* 1 a row, 0 done, -1 a fault. A broken rule is STATUS_DATA with the constraint's sentence split at
 * its first ": " into field and text; NOT NULL, duplicate keys and foreign keys get sentences made
 * from the catalogue. */
int query_step(struct query *, struct fault *);
int query_columns(struct query *);
const char *query_name(struct query *, int column);
const char *query_decltype(struct query *, int column); /* "TEXT DATE" of a plain column, or NULL */
char query_value_type(struct query *, int column);  /* i integer, r real, t text, b blob, n null */
const char *query_text(struct query *, int column); /* NULL for NULL */
size_t query_bytes(struct query *, int column);
int64_t query_int(struct query *, int column);
double query_real(struct query *, int column);
/* One value of a row, as SQLite has it; its text lives until the next step. */
struct stored {
	char type;        /* as query_value_type */
	const char *text; /* of all but whole numbers and nulls: n bytes and a NUL */
	size_t n;
	int64_t number; /* i */
	double real;    /* r */
};
/* The first n values of the row at once. */
void query_values(struct query *, struct stored *, size_t n);
void query_done(struct query *);
bool query_run(struct query *, struct fault *); /* steps to the end, then query_done */
/* What a query finds that has one row at most, then query_done. Where there is no row, or NULL in its first
 * column, text and int leave *out as it was. The query may be NULL: then it has failed already. */
bool query_any(struct query *, bool *out, struct fault *);
bool query_one_text(struct query *, struct arena *, const char **out, struct fault *);
bool query_one_int(struct query *, int64_t *out, struct fault *);
int64_t store_rows_changed(struct store *); /* by the last statement */

/* ---------- catalogue (catalogue.c, ddl.c) ---------- */

enum type { /* the meaning of a column, from its declared type */
	TYPE_TEXT,
	TYPE_REF,
	TYPE_MARKDOWN,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_MOMENT,
	TYPE_ENUM,
	TYPE_EMAIL,
	TYPE_POSTCODE,
	TYPE_NUMBER, /* company and charity numbers */
	TYPE_PERSONAL,
	TYPE_INTEGER,
	TYPE_PENCE,
	TYPE_PERCENT,
	TYPE_BOOL,
	TYPE_REAL
};
struct column {
	const char *name;
	enum type type;
	int key; /* place in the primary key from 1; 0: none */
	bool not_null;
	const char *initial; /* the default as text, or NULL */
	const char *comment;
	bool listed;              /* its comment begins with an asterisk */
	bool untyped;             /* an expression of a view: only its values tell what it holds */
	const char *const *words; /* of an enumeration, NULL-terminated; else NULL */
};
/* What users see as one field: a column, the columns of one reference, a list, or children. */
enum field_form { FIELD_PLAIN, FIELD_REFERENCE, FIELD_LIST, FIELD_CHILDREN };
struct field {
	const char *
	        name; /* of several columns: their common beginning (priority_period, … : priority) */
	enum field_form form;
	enum type type; /* of the (last) column, or of the list's item */
	const char *comment;
	bool listed, personal;
	bool required; /* NOT NULL without a default */
	const char *const *words;
	const char *target; /* the kind referred to, by a reference or a list of them; else NULL */
	/* Of a reference, fewer than the target's key parts where the first parts are shared with the
	 * row's own key: a tally's question is the one of that name in its own survey. */
	size_t ncolumn;
	const size_t *column; /* into kind->column; NULL for lists and children */
	const char *table;    /* FIELD_LIST: kind__field; FIELD_CHILDREN: the child kind */
};
/* So many columns a key may have; a table with more is refused as a kind. */
enum { KEY_MOST = 16 };
struct kind {
	const char *name;
	const char *comment; /* without its "ref: PREFIX" */
	const char *prefix;  /* of made refs */
	bool local;          /* has the partnership column, its first key part */
	size_t ncolumn;
	const struct column *column;
	size_t nkey; /* key parts but the partnership */
	const size_t *key;
	bool numbered;      /* the last key part is a running number (INTEGER) */
	const char *parent; /* a child: the kind its leading key parts refer to; else NULL */
	size_t nparent;     /* how many key parts those are */
	size_t nfield;
	const struct field *field; /* in column order, then lists, then children; no partnership */
	const char *name_column; /* what a reference may also say: name, else title, else number */
};
/* The kind of that name, read when first asked for. NULL without a fault: no such kind (internal
 * tables and lists are none). */
const struct kind *store_kind(struct store *, const char *name, struct fault *);
/* All kinds in the order of the schema files, NULL-terminated; NULL on a fault. */
const char *const *store_kinds(struct store *, struct fault *);
const struct field *kind_field(const struct kind *, const char *name); /* exact; NULL: none */
const char *type_name(enum type);                                      /* "date", "pence" … */
bool type_parse(const char *declared, enum type *); /* from "TEXT DATE"; false: none of ours */
/* A list table's columns: the owner's key and the item's (partnership left out of both). */
struct list_shape {
	bool local;
	size_t nowner, nitem;
	const char *const *owner;
	const char *const *item;
};
const struct list_shape *store_list(struct store *, const char *table, struct fault *);
/* A reference into a kind: from which table, by which columns (partnership left out), in the order
 * of the target's key parts. */
struct inbound {
	const char *table;
	bool list, local;
	size_t ncolumn;
	const char *const *column;
};
const struct inbound *store_inbound(struct store *, const char *kind, size_t *n, struct fault *);
/* Views whose names begin with prefix, sorted, NULL-terminated. */
const char *const *store_views(struct store *, const char *prefix, struct fault *);

/* ---------- transactions and the journal (change.c, history.c, undo.c) ---------- */

struct change_info {
	const char *by, *program, *command; /* command with PERSONAL values already masked */
	int64_t made_at;                    /* the real clock */
	bool unjournalled;                  /* for filling a store that is being created */
	/* Many rows whose values and references the caller has checked by the rules of their tables: SQLite
	 * does not check them again, and has a larger cache, while the change lasts. */
	bool bulk;
};
/* BEGIN IMMEDIATE and a session over every kind and list table. */
bool store_begin(struct store *, const struct change_info *, struct fault *);
/* To be called between records: cuts the session into a part every 1,000 rows; cheap otherwise. */
bool store_part(struct store *, struct fault *);
/* Writes the change with its parts and rows, commits. *seq: its number, 0: nothing had changed. A
 * reference still broken is STATUS_DATA, named from the catalogue. */
bool store_commit(struct store *, const char *summary, int64_t *seq, struct fault *);
void store_rollback(struct store *);
bool store_in_change(const struct store *);
/* Rows added by the hundred thousand within a change (bulk.c): to a table that no trigger watches for
 * them, each new in that change, every value of its column's type and no default filled in. */
struct adder;
struct adder *store_adder(struct store *, const char *table, struct fault *); /* the store's */
size_t adder_column(const struct adder *, const char *name);
void adder_text(struct adder *, size_t column, const char *, size_t n); /* lives until the run */
void adder_int(struct adder *, size_t column, int64_t);
bool adder_run(
        struct adder *, struct fault *); /* what was not set is NULL; afterwards nothing is set */
/* They wait, many together, to be put into their table: every statement sees to that first. How many of the change
 * stand there already; and a statement that looks for no other, to be said before its first step. */
size_t adder_standing(const struct adder *);
void query_of_standing(struct query *);
/* Within a bulk change, indexes that would be filled in no order are taken away and made anew, sorted, when the
 * change is committed; until then no statement may name them. */
bool store_index_later(struct store *, const char *index, struct fault *);
bool store_index_now(struct store *, struct fault *);
/* Savepoints within a change, so that one record can be refused and the others kept. */
bool store_mark(struct store *, struct fault *);
bool store_release(struct store *, struct fault *);
void store_revert(struct store *); /* back to the mark, and drop it */
/* Numbers of made refs go so far. */
#define STORE_NUMBER_MOST INT64_C(999999999999999)
/* The next free number of made refs with that prefix (never given twice). */
bool store_next_number(struct store *, const char *partnership, const char *kind,
        const char *prefix, int64_t *out, struct fault *);

/* Notes the last of numbers that a bulk load gave out on its own, beginning where store_next_number
 * stood; an earlier one than is noted changes nothing. */
bool store_set_number(struct store *, const char *partnership, const char *kind, const char *prefix,
        int64_t last, struct fault *);

/* One field of one row in one change; before or after NULL: not there. */
struct change_line {
	int64_t seq;
	const char *at; /* ISO time */
	const char *by, *program, *command;
	const char *partnership, *kind,
	        *key;      /* key parts joined by / ; rows of lists: their owner's */
	const char *field; /* a field; NULL for a row's removal as such */
	const char *before, *after;
	char op; /* a added, c changed, r removed */
};
struct history_filter {
	const char *partnership, *kind, *key; /* of one record; kind NULL: any */
	int64_t seq;                          /* of one change; 0: any */
	const char *since;                    /* ISO time; NULL: any */
};
/* Oldest first; the callback returns false to stop. */
bool store_history(struct store *, const struct history_filter *,
        bool (*fn)(void *, const struct change_line *), void *, struct fault *);

struct change_head {
	int64_t seq;
	const char *at, *by, *program, *command, *summary;
	int64_t undoes, undone_by; /* 0: none */
};
/* Newest first. */
bool store_changes(struct store *, const char *since,
        bool (*fn)(void *, const struct change_head *), void *, struct fault *);
int64_t store_last_change(struct store *); /* 0: none */
/* Takes changes back, newest first, as one new change *made. STATUS_FOUND, with the rows in the way
 * given to `blocked`, when later changes stand on them. Begins and commits itself; dry: rolls back
 * after all checks. */
bool store_undo(struct store *, const int64_t *seqs, size_t n, const struct change_info *, bool dry,
        int64_t *made, bool (*blocked)(void *, const struct change_line *), void *, struct fault *);
/* Erasure: deletes the journal's parts and rows in which any of the words stands whole; tells the
 * changes that can no longer be undone. Within a change. */
bool store_forget(struct store *, const char *const *words, size_t n, struct arena *,
        int64_t **seqs, size_t *nseqs, struct fault *);
bool store_vacuum(struct store *, struct fault *);

#endif
