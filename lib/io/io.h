/* SPDX-License-Identifier: MIT */
/*
 * io: rows and documents in, rows, records and files out. Formats live here and nowhere else.
 *
 * An input is opened once, told apart by its content, and read either as rows (CSV, TSV, sheets)
 * or as items (YAML). Everything streams: memory does not grow with the length of a file.
 */
#ifndef IO_H
#define IO_H

#include "base/base.h"

/* ---------- input (input.c, decode.c) ---------- */

enum input_format { INPUT_AUTO, INPUT_CSV, INPUT_TSV, INPUT_YAML, INPUT_SHEET };

struct input_options {
	enum input_format format; /* INPUT_AUTO: told by content, never by name */
	const char *
	        sheet_helper; /* path of sheet-csv, run for xlsx and ods; NULL: those are refused */
	const char *sheet;    /* --sheet for it, or NULL: the first visible one */
	size_t cell_max;      /* bytes a cell or value may have; 0: 10 MiB */
};

struct input;

/* Opens path ("-" or NULL: standard input), reads its beginning and settles format, encoding and
 * separator. NULL with STATUS_NOINPUT (cannot open) or STATUS_DATA (nothing we read: it says what
 * it is and the way to save it, for .xls, Word, PDF, protected workbooks). */
struct input *input_open(const char *path, const struct input_options *, struct fault *);
/* The same over bytes in memory, which must outlive the input; name is for messages. */
struct input *input_open_bytes(const char *name, const char *bytes, size_t n,
        const struct input_options *, struct fault *);
/* The same over an open descriptor, which stays the caller's. */
struct input *input_open_fd(int fd, const char *name, const struct input_options *, struct fault *);
/* Closes, waits for a child, frees; false when a child failed, with its own message. */
bool input_close(struct input *, struct fault *);

enum input_format input_format(const struct input *); /* never INPUT_AUTO; INPUT_CSV for sheets */
const char *input_name(const struct input *);         /* as given; "-" for standard input */
/* What was found: "Windows-1252, separated by ';', CRLF line ends". */
const char *input_told(const struct input *);
/* Bytes read so far and in all (0: unknown), for progress. */
uint64_t input_done(const struct input *);
uint64_t input_size(const struct input *);
/* SHA-256 of the bytes as they came, lower-case hex. Off unless input_hash was called before the
 * first row; asked for after the last. */
void input_hash(struct input *);
void input_sha256(struct input *, char out[static 65]);
/* The same of a file by its path; false: it cannot be read. */
bool input_file_sha256(const char *path, char out[static 65]);

/* ---------- rows (csv.c, split.c) ---------- */

/* A cell is NUL-terminated at p[n]; UTF-8, blanks kept as they came. */
struct cell {
	char *p;
	size_t n;
};
/* line: of the row's first byte in the file, 1 the first; of a sheet, its row there. Cells live until
 * the next rows_next, and their texts may be written over, within their length, once rows_raw is no
 * longer wanted. */
struct row {
	long line;
	size_t n;
	struct cell *cell;
};
enum step { STEP_FAILED = -1, STEP_END = 0, STEP_ROW = 1 };

/* The next row. Wholly blank lines are passed over unless input_keep_blank (then n = 0). An
 * unclosed quote, a cell over the cap, NUL or a control character other than tab and line ends is
 * a fault named by line and column; where rows_resumable says so the next call goes on behind it:
 * on the next line, so that a quote left open costs one line and not the rest of the file. */
enum step rows_next(struct input *, struct row *, struct fault *);
bool rows_resumable(const struct input *);
void input_keep_blank(struct input *, bool);
/* How many cells of rows so far were mended of characters mangled on their way (mend.c). */
size_t input_mended(const struct input *);
/* The row's text as decoded, without its line end, for files of refused rows; cells that were mended may stand in it
 * as they are now. Until the next row. */
struct cell rows_raw(struct input *);

/* ---------- items: YAML (yaml.c) ---------- */

enum node_kind { NODE_NULL, NODE_TEXT, NODE_LIST, NODE_MAP };
/* A parsed value. NODE_NULL: nothing after the key, or a plain ~ or null: an explicit empty value.
 * Every other scalar is text; plain: written without quotes. Maps keep their order; key[i], written
 * on keyline[i], belongs to item[i]. */
struct node {
	enum node_kind kind;
	bool plain;
	long line;
	const char *text; /* NODE_TEXT */
	size_t n;         /* items */
	const char **key; /* NODE_MAP */
	long *keyline;
	struct node **item;
};
/* One top-level entry of a document, `key:` with its value; the elements of a list come one by one
 * with the same key. An empty list comes once, as itself. key is NULL where the document is a
 * list (a table as JSON). document counts from 1; line is the item's own. */
struct item {
	size_t document;
	const char *key;
	struct node *node;
	long line;
};
/* The next item, made in the arena (reset it between calls to stay flat). Aliases, anchors, tags,
 * duplicate keys, depth over 32, values over 8 MiB, records over 64 MiB are faults with a line. */
enum step items_next(struct input *, struct arena *, struct item *, struct fault *);
/* A whole small document (a map, a codebook, settings) as one node; NULL on a fault. */
struct node *yaml_read(struct input *, struct arena *, struct fault *);
struct node *node_get(const struct node *map, const char *key); /* NULL: absent */
const char *node_text(const struct node *map, const char *key); /* NULL: absent, null, no text */

/* ---------- output (out.c) ---------- */

/* A buffered, checked place to write to: errors are kept and told at flush and close. */
struct out;
struct out *out_open_fd(int fd, const char *name); /* does not close fd */
/* A file made whole or not at all: a temporary beside it, fsync, rename, fsync of the folder, by
 * out_close. mode as open(2). Targets that are no regular file are written in place; a store is never written over. */
struct out *out_open_file(const char *path, int mode, struct fault *);
struct out *out_open_memory(struct buf *);
void out_write(struct out *, const char *bytes, size_t n);
void out_text(struct out *, const char *);
void out_char(struct out *, char);
/* As a YAML scalar in double quotes, which holds anything. */
void out_quoted(struct out *, const char *);
void out_printf(struct out *, const char *fmt, ...) PRINTF_LIKE(2, 3);
bool out_flush(struct out *, struct fault *); /* STATUS_IO */
int out_errno(const struct out *);            /* of the first failed write, 0 none (EPIPE: quiet) */
bool out_close(struct out *, struct fault *); /* flush, make durable, put in place, free */
void out_abandon(struct out *);               /* drop the temporary, free */
/* A temporary file without a name, which is gone when it is closed; -1 on a fault. */
int file_unnamed(struct fault *);
/* A whole file ("-": standard input), at most max bytes, with a NUL behind it; NULL on a fault. n: how many bytes; without
 * it the file has to be a text, with no NUL in it. */
char *file_read(struct arena *, const char *path, size_t max, size_t *n, struct fault *);

/* ---------- writers (writer.c and one file a format) ---------- */

enum format {
	FORMAT_TEXT,
	FORMAT_CSV,
	FORMAT_TSV,
	FORMAT_YAML,
	FORMAT_JSON,
	FORMAT_MD,
	FORMAT_REF,      /* the column named "ref" (else the first) alone, one a line */
	FORMAT_ADDRESSES /* e-mail addresses on one line; needs a column "email" (and "name") */
};
enum value_kind {
	VALUE_TEXT,   /* quoted where the format needs it */
	VALUE_NUMBER, /* plain decimal: to the right in text, bare in JSON and YAML */
	VALUE_BOOL    /* the texts yes and no: true and false in JSON */
};
/* A column of a table: machine formats print all, text and md those that are shown. */
struct out_column {
	const char *name;
	enum value_kind kind;
	bool shown;
};
struct writer_look {
	int columns; /* width of the terminal; 0: as wide as needed, nothing wrapped */
	bool colour;
};

struct writer;
struct writer *writer_new(enum format, struct out *, const struct writer_look *);

/* Tables: columns once, then cells in order. A NULL cell is unknown (empty in CSV, null in JSON).
 * With no rows text, md, ref and addresses give 0 bytes, csv and tsv the heading, json and yaml an
 * empty list. */
void writer_columns(struct writer *, const struct out_column *, size_t n);
void writer_cell(struct writer *, const char *text, size_t n);
void writer_cells(struct writer *, const char *const *texts); /* a whole row */
/* A cell of several texts: a list in YAML and JSON, "a;b" elsewhere. None: an empty list. */
void writer_items(struct writer *, const char *const *item, size_t n);

/* Records, for YAML and JSON (FORMAT_TEXT prints them as YAML): nested maps and lists; keys are
 * NULL within lists. A key at the outermost level belongs to a map that need not be opened.
 * writer_document begins a new YAML document; in JSON the documents become one list. */
void writer_document(struct writer *);
void writer_map(struct writer *, const char *key);
void writer_list(struct writer *, const char *key);
void writer_value(struct writer *, const char *key, const char *text, size_t n, enum value_kind);
void writer_end(struct writer *);

/* Ends the table or document and frees the writer; the out stays open. */
bool writer_close(struct writer *, struct fault *);
bool format_parse(const char *name, enum format *); /* text csv tsv yaml json md ref addresses */
/* One CSV cell as RFC 4180 writes it, quoted only where needed. */
void csv_add_cell(struct buf *, const char *text, size_t n, char sep);

/* ---------- calendars (ics.c) ---------- */

/* A UUID made from what names a thing, always the same for the same parts (RFC 4122, version 5). */
void uuid_make(const char *const *part, size_t n, char out[static 37]);

/* Somebody's name (NULL: none) and address. */
struct mailbox {
	const char *name, *address;
};
/* Somebody invited. */
struct attendee {
	struct mailbox who;
	bool chair, optional; /* neither: is needed there */
	bool declined;        /* has sent apologies; else has not said */
};

/* One entry of a calendar (RFC 5545). An all-day entry has day (and last, the day it ends with); one
 * with a time has starts, and ends or TIME_NONE. Texts may hold anything; NULL: left out. */
struct calendar_entry {
	const char *uid;          /* of uuid_make */
	const char *title, *text; /* what people see: one line, and more below it */
	const char *place, *category;
	day_t day, last;      /* DAY_NONE: none */
	int64_t starts, ends; /* UTC; TIME_NONE: none */
	int64_t stamp;        /* when the record last changed; never the clock */
	int64_t sequence;     /* rises with every change */
	bool todo;            /* something to do (VTODO), due on its day */
	bool cancelled, done, tentative;
	day_t done_on;            /* of a todo; DAY_NONE: unknown */
	int percent;              /* of a todo; -1: unknown */
	int alarm_hours;          /* so long before; 0: no alarm */
	struct mailbox organizer; /* of an invitation; no address: none */
	const struct attendee *attendee;
	size_t nattendee;
};
/* Entries to `out`; nothing at all is written where there are none. The name is the calendar's. */
struct calendar_out {
	struct out *out;
	const char *name;
	const char *method; /* of RFC 5546: REQUEST, CANCEL; NULL: PUBLISH */
	bool begun;
};
void ics_add(struct calendar_out *, const struct calendar_entry *);
void ics_close(struct calendar_out *);

/* ---------- messages (message.c) ---------- */

/* Whether it can stand in a header as it is: plain ASCII, local@domain, no blanks, quotes or commas. */
bool address_check(const char *text, struct fault *);
/* "Name <address>" or an address alone; STATUS_USAGE. */
bool mailbox_parse(struct arena *, const char *text, struct mailbox *, struct fault *);

enum message_form {
	MESSAGE_MBOX, /* one of an mbox file (mboxrd): LF, a From line before it, a blank line behind */
	MESSAGE_DRAFT, /* a file of its own: CRLF, X-Unsent, so that mail programs open it to be sent */
	MESSAGE_MAIL /* for sendmail -t -oi: LF, marked as sent by a program */
};
/* Texts may hold anything: whatever could end a header or begin another is encoded or taken out. */
struct message {
	struct mailbox from;
	const struct mailbox *to, *cc;
	size_t nto, ncc;
	const char *subject, *text;
	int64_t date;                  /* UTC; shown on the UK clock */
	const char *id;                /* a Message-ID without its angle brackets */
	const char *in_reply_to;       /* NULL: none */
	const char *const *references; /* oldest first */
	size_t nreferences;
	const char *calendar; /* an invitation that goes with the text; NULL: none */
	const char *method;   /* the calendar's */
};
/* A Message-ID: a UUID made from the parts, at the domain of the sender's address. */
const char *message_id(
        struct arena *, const char *const *part, size_t n, const struct mailbox *from);
void message_write(struct out *, const struct message *, enum message_form);

#endif
