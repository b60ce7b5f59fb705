/* SPDX-License-Identifier: MIT */
/* What the files of this folder share; the only place that includes sqlite3.h. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/store.h"

#include <sqlite3.h>

/* ---------- the open store (open.c) ---------- */

struct query {
	struct store *store;
	sqlite3_stmt *stmt;
	struct query *next; /* the same statement prepared once more, for a nested use */
	bool kept;          /* the store's, from a table of statements */
	bool internal;      /* of this folder: it writes to what the journal leaves out */
	bool busy;          /* handed out and not yet given back */
	bool guarded;       /* SQL of users: authorised, counted and timed */
	bool started;       /* it has been stepped since it was reset */
	bool of_standing;   /* it looks for nothing that waits to be put into its table */
	long rows;
	int64_t deadline; /* on the monotonic clock, in milliseconds; 0: none */
};

/* The prepared statements of one table of SQL. */
struct kept {
	const struct statements *of;
	struct query **query;
};

struct catalogue;
struct journal;

struct store {
	sqlite3 *db;
	char *path, *called; /* called: in messages */
	enum store_mode mode;
	int wait_seconds;
	int64_t now;
	char *partnership; /* of in_scope; NULL: all */
	long row_limit;
	int seconds_limit;
	struct store *next_open;
	int within;       /* above 0: SQLite has called and must not be called */
	int trusted;      /* above 0: the statement is the store's own, not to be authorised */
	int64_t deadline; /* of the guarded query that is being stepped; 0: none */
	struct kept *kept;
	size_t nkept, kept_cap;
	struct query **made; /* of store_keep, in a table by the hash of their texts */
	size_t nmade, made_cap;
	char *site;
	struct catalogue *catalogue;
	struct journal *journal; /* NULL: not in a change */
	struct adder *adders;
	int64_t waiting; /* rows of theirs that are to be put into their tables */
	struct function_cache *cache;
};

/* Opens a connection with everything that makes it safe, but reads nothing of the file yet. */
sqlite3 *store_connect(
        const char *path, int flags, const char *vfs, int wait_seconds, struct fault *);
void store_disconnect(sqlite3 *); /* NULL: nothing */
/* Connection and struct, without a look at the file. */
struct store *store_open_place(const char *path, const struct store_options *, struct fault *);
/* After a connection that only reads found the journal of a writer that was killed: rolls it back by
 * one that may write. True: it is worth trying again. */
bool store_recover(struct store *, int rc);
/* What the file says it is: another application's is refused. */
bool store_version(struct store *, int *version, struct fault *);
/* SQL of users with in_scope(column) as a comparison that an index can answer; in `out`, or as it was. */
const char *scope_write(const struct store *, const char *sql, struct buf *out);
/* SQL of this folder without values: pragmas, BEGIN, the schema. */
bool store_exec(struct store *, const char *sql, struct fault *);
/* Before SQLite starts: its memory from memory.c. */
void store_memory(void);
int64_t store_clock(void); /* monotonic, milliseconds */

/* ---------- making, upgrading, copying (create.c, upgrade.c, copy.c) ---------- */

/* Larger pages were measured and gain nothing: reading one record and adding one take the same time,
 * a load whose refs come in no order takes twice the time, and an empty store twice the room. */
#define STORE_PAGE_SIZE 4096

struct schema_file;
/* files: NULL for the compiled-in ones. */
bool store_upgrade(
        struct store *, int from, int to, const struct schema_file *files, struct fault *);
/* All pages of an open store into the file `to`, checked. */
bool store_copy(sqlite3 *from, const char *source, const char *to, struct fault *);
/* An empty file (0600) beside path, for what is to take its place; to be freed. */
char *file_beside(const char *path, struct fault *);
/* Removes a file that came to nothing, with the journal it may have. */
void file_drop(const char *path);
bool folder_sync(const char *path, struct fault *);
/* Whether no journal of another store stands where the one of a store at path would: SQLite would roll it back into
 * what is put there. */
bool place_is_free(const char *path, struct fault *);

/* ---------- the folder's statements (sql.c) ---------- */

enum store_sql {
	SQL_SITE,
	SQL_SITE_NEW,
	SQL_TABLE_TEXT,
	SQL_TABLE_COLUMNS,
	SQL_TABLE_REFERENCES,
	SQL_TABLES,
	SQL_TABLE_TEXTS,
	SQL_INDEX_TEXT,
	SQL_LISTS_OF,
	SQL_VIEWS,
	SQL_VIEW_TEXT,
	SQL_SETTING,
	SQL_HOLIDAYS,
	SQL_CLOSED_DAYS,
	SQL_SEQ,
	SQL_CHANGE_ADD,
	SQL_PART_ADD,
	SQL_ROW_ADD,
	SQL_CHANGE,
	SQL_CHANGES,
	SQL_CHANGES_UNDOING,
	SQL_PARTS,
	SQL_PART,
	SQL_PARTS_ALL,
	SQL_ROWS_OF,
	SQL_ROW_LATER,
	SQL_ROW_GIVEN,
	SQL_LATER,
	SQL_COUNTER,
	SQL_COUNTER_SET,
	SQL_SHAPE,
	SQL_SHAPE_ADD,
	SQL_FORGET_PART,
	SQL_ROW_KEYS,
	SQL_FORGET_ROWS,
	SQL_HEADS,
	SQL_FORGET_HEAD,
	SQL_MADE,
	SQL_HAS_TRIGGER,
	SQL_COUNT
};
extern const struct statements store_statements;
/* store_query on the folder's own table. */
struct query *store_own(struct store *, enum store_sql, struct fault *);

/* ---------- what SQLite says (sentence.c) ---------- */

/* Turns a result code of the connection into a fault; sql: the statement, for duplicate keys. */
bool store_fault(struct store *, int rc, sqlite3_stmt *, struct fault *);
/* "no such table" as a fault, with the nearest kind or view (misspelt.c). Always false. */
bool misspelt_table(struct store *, const char *message, struct fault *);
/* Adds the nearest column of what the query names to a fault that says "no such column". */
void misspelt_column(struct store *, const char *sql, struct fault *);
/* The same where no store stands yet. */
bool store_fault_file(const char *path, int rc, const char *message, struct fault *);

/* ---------- reading CREATE texts (ddl.c) ---------- */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_NAME, TOKEN_TEXT, TOKEN_COMMENT, TOKEN_SIGN };
struct token {
	enum token_kind kind;
	const char *p; /* with its quotes or comment marks */
	size_t n;
	bool fresh_line; /* a line end stands before it */
};
/* The next token at *p, which moves past it. Comments that begin with -- are passed over. */
struct token token_next(const char **p);
bool token_is(const struct token *, const char *word); /* a sign, or a word in any case */
/* Its text without quotes, doubled quotes made one. */
char *token_text(struct arena *, const struct token *);

struct ddl_column {
	const char *name;
	const char *comment;      /* or NULL */
	const char *const *words; /* of CHECK (name IN ('a','b')); or NULL */
};
struct ddl {
	const char *comment; /* after the table's or view's name; or NULL */
	size_t ncolumn;
	struct ddl_column *column;
};
void ddl_read(struct arena *, const char *sql, struct ddl *);

/* ---------- tables as they are (table.c) ---------- */

struct foreign {
	const char *target;
	size_t n;
	const char **from, **to; /* to: NULL parts were not named; then the target's key in order */
};
struct raw_column {
	const char *name, *type, *initial, *comment;
	const char *const *words;
	bool not_null;
	int key;
};
struct table {
	const char *name, *comment;
	bool local; /* the partnership is its first key part, and more follow */
	size_t ncolumn;
	struct raw_column *column;
	size_t nkey; /* the partnership among them */
	size_t *key;
	size_t nforeign;
	struct foreign *foreign;
};
/* What has been read, by name; kinds, lists and inbound references are made from tables. */
struct catalogue {
	struct arena *arena;
	struct entry {
		const char *name;
		char what; /* t table, k kind, l list, i inbound, s shape, x text of a table */
		const void *thing;
		size_t n;
	} * entry;
	size_t n, cap;
	const char *const *kinds, *const *tables;
};
const struct entry *catalogue_find(struct store *, char what, const char *name);
void catalogue_keep(struct store *, char what, const char *name, const void *thing, size_t n);
void catalogue_forget(struct store *); /* after an upgrade */
/* NULL without a fault: no such table. */
const struct table *store_table(struct store *, const char *name, struct fault *);
struct arena *store_arena(struct store *); /* lives as long as the catalogue */
/* The second word of a declared type; a foreign type is read by its storage, as SQLite does. */
enum type type_read(const char *declared);

/* A reference without the partnership, its parts in the order of the target's key. */
struct reference {
	const char *target;
	size_t n;
	const char *from[16];
};
bool reference_read(struct store *, const struct foreign *, struct reference *, struct fault *);
/* The parts are the first n of the table's key (the partnership left out), in that order. */
bool reference_leads_key(const struct table *, const struct reference *);
/* The common beginning of the columns up to an underscore: priority of priority_period, priority_number. */
const char *reference_common(struct arena *, const struct reference *);
/* All tables with a key but the store's own: kinds and lists; NULL-terminated. */
const char *const *store_tables(struct store *, struct fault *);
/* The first column of each row; NULL-terminated. text: bound to ?1 unless NULL. */
const char **store_names(
        struct store *, enum store_sql, const char *text, size_t *n, struct fault *);
/* Tables whose text has REFERENCES and that name: the only ones worth reading in search of what
 * refers to it. NULL-terminated. */
const char **store_tables_naming(struct store *, const char *name, size_t *n, struct fault *);
bool table_is_list(const char *name);
size_t table_column(const struct table *, const char *name); /* ncolumn: none */

/* ---------- views made when they are named (view.c) ---------- */

/* Whether a file of the schema holds such views, and none of its statements stands in a store. */
bool view_file(const char *name);
/* The CREATE VIEW of such a view and what follows it up to the next, *n bytes; NULL: none such. */
const char *view_text(const char *name, size_t *n);
/* After a statement that could not be prepared for want of a table: makes the view of that name.
 * True: it is worth preparing again. */
bool view_make(struct store *);

/* The text of a value; NULL: there is none. */
const char *value_text(sqlite3_value *);

/* ---------- the rows of a changeset (decode.c) ---------- */

/* How a table's rows lay when a change was made: columns are found by name, not by place. */
struct shape {
	const char *table, *kind; /* kind: of a list, its owner's */
	const char *list;         /* the list's name as a field; NULL: a kind's own row */
	bool local;
	bool reshaped; /* by an upgrade since: can be read, not undone */
	size_t ncolumn;
	const char *const *column;
	size_t nkey; /* the whole key, the partnership and a list's item among it */
	const size_t *key;
	size_t nowner; /* of a list, how many of those are not its item */
};
enum row_op { ROW_ADDED = 'a', ROW_CHANGED = 'c', ROW_REMOVED = 'r' };
struct change_row {
	const struct shape *shape;
	enum row_op op;
	size_t n; /* columns recorded, at most shape->ncolumn */
	sqlite3_changeset_iter *iter;
};
/* Before and after, NULL: not recorded (of a changed row only the key and what changed is). */
sqlite3_value *row_old(const struct change_row *, size_t column);
sqlite3_value *row_new(const struct change_row *, size_t column);
/* The key joined by slashes, as store_row has it: the partnership first, of a list its owner's. */
void row_key(const struct change_row *, struct buf *);
/* The whole key, told apart from that of any other row of any table. */
void row_identity(const struct change_row *, struct buf *);
/* Every row of one changeset made under a schema version; fn returns false to stop early. */
bool changeset_rows(struct store *, const void *changeset, size_t n, int64_t version,
        bool (*fn)(void *, const struct change_row *), void *, struct fault *);

/* ---------- the change that is being made (change.c) ---------- */

enum { JOURNAL_PART_ROWS = 1000, JOURNAL_ROWS_MOST = 10000 };
struct journal {
	struct arena *arena;
	const char *at, *by, *program, *command;
	const char *undoes; /* NULL: an ordinary change */
	bool unjournalled, bulk;
	bool forgotten; /* it erases: its own parts hold what is to go, and are not kept */
	bool marked;
	sqlite3_session *session;
	int64_t seq; /* 0: not chosen yet */
	int64_t parts;
	int64_t changes;   /* SQLite's count when the session began */
	struct texts rows; /* "kind TAB key" */
	bool many;         /* there were too many of them: kinds are enough */
	struct texts kinds;
	const char *later[4]; /* what makes the indexes that were taken away */
	size_t nlater;
};
/* BEGIN IMMEDIATE with the changes recorded. */
bool journal_begin(struct store *, const struct change_info *, struct fault *);
/* Before a statement that writes: a bulk change begins its session when there is something for it. */
bool journal_awake(struct store *, struct fault *);

/* ---------- rows added in bulk (bulk.c) ---------- */

/* What was added since the last part as a changeset, to be cleared when it has been written; and the kinds it is of.
 * NULL: nothing. Such rows are new in this change, so a part of them may stand before one of the session that
 * changes them again. */
struct buf *adders_take(struct store *, struct texts *kinds);
/* Puts what waits into the tables: before anything else looks at them. What fails ends the change. */
bool adders_pour(struct store *, struct fault *);
void adders_clear(struct store *);
void adders_free(struct store *);

/* Of a bulk change; and of one with an index to be sorted, for which SQLite takes as much again. */
enum { BULK_CACHE_KIB = 5000, ORDERED_CACHE_KIB = 600 };

/* ---------- changes that were made (head.c) ---------- */

struct link {
	int64_t seq, undoes;
};
/* Which change takes back which, the newest first; NULL on a fault. In the arena. */
const struct link *journal_links(struct store *, struct arena *, size_t *n, struct fault *);
/* The change that takes seq back and was not itself taken back; 0: none. */
int64_t journal_undone_by(const struct link *, size_t n, int64_t seq);
struct change_made {
	struct change_head head;
	int64_t version, parts;
	const char *undoes;
};
/* False without a fault: there is no such change. Texts in the arena. */
bool journal_change(
        struct store *, int64_t seq, struct change_made *, struct arena *, struct fault *);

/* ---------- references that are broken (broken.c) ---------- */

/* One row whose reference finds nothing. */
struct broken {
	const char *table, *kind, *partnership, *key, *field, *target, *value;
};
/* The rows of a table whose references (to target; NULL: any) find nothing, at most `most`. */
bool store_broken(struct store *, const char *table, const char *target, size_t most,
        bool (*fn)(void *, const struct broken *), void *, struct fault *);
bool broken_fault(const struct broken *, struct fault *);

/* ---------- functions and guard (function.c, guard.c) ---------- */

void store_functions(struct store *);
void function_cache_free(struct store *);
void function_cache_expire(struct store *);
void store_guard(struct store *);

#endif
