/* SPDX-License-Identifier: MIT */
/*
 * base: what everything else stands on, and which knows nobody: memory, growing
 * text, faults, numbers, dates and times, working days, and Unicode text.
 *
 * Ownership, once for the whole folder: a function that takes a `struct arena *`
 * returns memory that lives as long as the arena; nothing else is returned to be
 * freed, except a struct buf, which buf_free releases. Texts are UTF-8 and end in
 * NUL unless a length is given with them.
 *
 * Memory that runs out does not return NULL: base_oom_handler is called, which
 * must not return (the programs print one line and exit 70; a test may longjmp).
 */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define COUNT(a)               (sizeof(a) / sizeof((a)[0]))

/* ---------- memory (arena.c) ---------- */

/* Called when memory runs out; must not return. Default: abort. */
extern void (*base_oom_handler)(void);

/* malloc, realloc, strdup and free that never return NULL for a size above 0. */
void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *p, size_t size);
/* An array grown to hold at least `need` items of `size` bytes; *cap is updated, doubling. */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);
char *mem_strdup(const char *text);
void mem_free(void *p);
/* From now on large pieces go back to the system when they are freed: for what runs long and grows tables. */
void mem_give_back(void);
/* From now on they stay at hand: for what makes one large text out of another. */
void mem_keep_at_hand(void);

/* An arena frees everything made in it at once. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *);
/* Empties the arena but keeps its first block, for use once a row. */
void arena_reset(struct arena *);
/* Zeroed, aligned for any object. */
void *arena_alloc(struct arena *, size_t size);
char *arena_strdup(struct arena *, const char *); /* NULL gives NULL */
char *arena_strndup(struct arena *, const char *, size_t n);
char *arena_printf(struct arena *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* ---------- growing text (buf.c) ---------- */

/* p is always NUL-terminated once anything was added; all zero is a valid empty buf. */
struct buf {
	char *p;
	size_t n, cap;
};
void buf_add(struct buf *, const char *bytes, size_t n);
void buf_adds(struct buf *, const char *text);
void buf_addc(struct buf *, char c);
void buf_addf(struct buf *, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Room for n more bytes and a NUL, for writing them there; b->n is the caller's to raise. */
char *buf_space(struct buf *b, size_t n);
const char *buf_text(struct buf *); /* "" when empty; lives until the next change */
void buf_clear(struct buf *);       /* n = 0, memory kept */
void buf_free(struct buf *);

bool str_empty(const char *);                                 /* NULL or "" */
bool str_equal(const char *, const char *);                   /* NULL equals NULL only */
bool str_in(const char *, const char *const *list, size_t n); /* one of n texts */
uint32_t str_hash(const char *); /* FNV-1a, for tables of a run; nothing that is kept */
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
/* Whether the word, or the words in that order, stand whole among words with single blanks between them: "red"
 * in "a red bus" but not in "a reddish bus". False for no word; the text may be NULL. */
bool str_has_word(const char *text, const char *word);
/* Without blanks (space, tab, line ends, no-break space) at either end; writes into text, returns inside it. */
char *str_trim(char *text);
/* Items of `text` split at any byte of `seps`, trimmed, empty ones left out; "\," keeps the separator,
 * "\\," is a backslash and then one, and before anything else a backslash is itself.
 * NULL-terminated; *n may be NULL. */
char **str_split(struct arena *, const char *text, const char *seps, size_t *n);
/* Adds items as one text, "a;b", that str_split gives back at ",;\n". */
void str_join(struct buf *, const char *const *items, size_t n);

/* ---------- sets of texts (texts.c) ---------- */

/* Texts, each once, in the order they came; with a number each. All zero is empty. */
struct texts {
	const char **text;
	uint64_t *value;
	size_t n, cap;
	size_t *slot; /* n + 1 of what is kept there; 0: free */
	size_t nslot;
	struct arena *arena;
};
/* Where the value of a text is kept, made 0 when it is new; lives until the next call. */
uint64_t *texts_put(struct texts *, const char *);
const uint64_t *texts_find(const struct texts *, const char *); /* NULL: not there */
void texts_free(struct texts *);

/* ---------- faults (fault.c) ---------- */

/* The exit statuses every program shares (sysexits where it has one). */
enum status {
	STATUS_OK = 0,
	STATUS_FOUND = 1,     /* something refused, something found, or a record others stand on */
	STATUS_USAGE = 64,    /* wrong usage, no partnership chosen */
	STATUS_DATA = 65,     /* unusable input, a broken rule or reference, a record that exists */
	STATUS_NOINPUT = 66,  /* cannot open input or store */
	STATUS_NORECORD = 67, /* no such record or partnership */
	STATUS_HELPER = 69,   /* a helper program is missing */
	STATUS_INTERNAL = 70,
	STATUS_CANTCREATE = 73,
	STATUS_IO = 74,
	STATUS_AGAIN = 75,  /* the store is locked, or mail could not be handed over */
	STATUS_NEWER = 76,  /* the store is from a newer version */
	STATUS_DENIED = 77, /* not permitted, or a file system where a store can be damaged */
	STATUS_CONFIG = 78  /* bad template, map, codebook or config */
};

/* What went wrong and where. All zero is "no fault". Texts are cut, never overrun. */
struct fault {
	enum status status;
	long line;       /* 1 is the first; 0 unknown */
	char file[256];  /* "" unknown; "-" is shown as "standard input" */
	char field[96];  /* "" none */
	char text[1600]; /* "what is wrong; what to do", lower case, no full stop */
};

/* Fills in status and text (file, line and field stay); always false, so: return fault_set(...).
 * Values from input go in as %s of quote() so that control characters cannot reach a terminal. */
bool fault_set(struct fault *, enum status, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The same with ": reason" of errno at the end. */
bool fault_errno(struct fault *, enum status, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Puts a place to a fault where it has none yet; file or field may be NULL, line 0. */
void fault_place(struct fault *, const char *file, long line, const char *field);
/* Appends "; remedy" text. */
void fault_hint(struct fault *, const char *fmt, ...) PRINTF_LIKE(2, 3);
void fault_clear(struct fault *);
/* "file:line: field: text" (parts that are unknown left out) into out. */
void fault_format(const struct fault *, struct buf *out);

/* 'text' in single quotes, control characters as \xNN, bytes that are no UTF-8 as \xNN, cut with …
 * after 80 characters; the result lives until eight more calls. */
const char *quote(const char *text);
/* The same without the quotes and uncut, appended. */
void quote_add(struct buf *, const char *text);

/* ---------- numbers (number.c) ---------- */

/* The whole text as an integer within [min, max]; blanks at the ends allowed, nothing else. */
bool number_parse(const char *text, int64_t min, int64_t max, int64_t *out, struct fault *);
/* A count as people write it: "1,234", "+5", "12.0". No sign but plus; false (no fault) when unclear. */
bool number_loose(const char *text, int64_t *out);
/* Pounds to pence: "1234.5", "£1,234.50", "-£5", "(12)"; at most two decimals. */
bool number_parse_money(const char *text, int64_t *pence, struct fault *);
bool number_parse_real(const char *text, double *out, struct fault *);
/* "40", "40%" or "40.0 %" to a whole percent. */
bool number_parse_percent(const char *text, int64_t *out, struct fault *);
/* yes no true false 1 0 y n, any case. */
bool number_parse_bool(const char *text, bool *out, struct fault *);
/* "1234.50" (plain) or "£1,234.50" / "£1,234" (shown). */
void number_add_money(struct buf *, int64_t pence, bool shown);

/* ---------- dates and times (date.c, zone.c) ---------- */

/* A day is the count of days since 1970-01-01 (proleptic Gregorian), years 0001 to 9999. */
typedef int32_t day_t;
#define DAY_NONE INT32_MIN
/* A time is UTC seconds since 1970-01-01T00:00:00Z. */
#define TIME_NONE INT64_MIN

enum date_order { ORDER_DMY, ORDER_MDY, ORDER_YMD };

bool day_make(int year, int month, int day, day_t *out); /* false: no such day */
void day_split(day_t, int *year, int *month, int *day);
int day_weekday(day_t);                  /* 0 Monday … 6 Sunday */
day_t day_add_months(day_t, int months); /* 31 Jan + 1 month = 28/29 Feb */
day_t day_month_end(day_t);
/* "2026-11-30" into 11 bytes; returns out. */
char *day_format(day_t, char out[static 11]);
/* "30 November 2026", appended. */
void day_add_long(struct buf *, day_t);
/* "2026-11-30T08:30:00Z" into 21 bytes; returns out. */
char *time_format(int64_t, char out[static 21]);

/* Any date of compact(7): 2026-11-30, 30/11/2026, 30/9/08 (00-69 is 20xx), 30 Nov 2026, 1st April 2008,
 * 30 Sept 2008, 30-Nov-26, end May, today, yesterday, tomorrow, +14d, -2w, +3m, +1y, mon … sun
 * (the coming one). `order` settles 3/4/2026; `today` settles what is relative. A time after the date
 * is refused (use moment_parse), but midnight ("2026-11-30 00:00:00", "…T00:00") is let pass. */
bool day_parse(const char *text, enum date_order order, day_t today, day_t *out, struct fault *);
/* A date or a time: *has_time says which. Local times are read on the UK clock unless they end in Z or an
 * offset; the hour that comes twice in October is refused without one, naming both. For a bare date *out
 * is that day's 00:00 UK time and *has_time false; so it is for midnight to the second without an offset,
 * which is how spreadsheets write a bare date. "3 Aug 4.30pm" is in the year that brings it nearest to
 * now; a bare "3 Aug" is refused, here and by day_parse. now: current UTC time. */
bool moment_parse(const char *text, enum date_order order, int64_t now, int64_t *out,
        bool *has_time, struct fault *);
/* What orders fit the text as a numeric date: bit 1<<ORDER_… set where it is a real day; 0: no numeric date. */
unsigned day_orders(const char *text);

/* The UK clock: seconds to add to UTC (0 or 3600), by the rule in force in that year. */
int zone_offset(int64_t utc);
/* UK wall time to UTC. Returns how many instants have it: 0 (skipped in March), 1, or 2 (*second set too). */
int zone_to_utc(day_t, int second_of_day, int64_t *first, int64_t *second);
/* The UK day and second of day of a time. */
day_t zone_day(int64_t utc, int *second_of_day);
/* The UK day of a moment as stored, "2026-11-30" or "2026-11-30T08:30:00Z"; DAY_NONE for anything else. */
day_t zone_day_stored(const char *moment);
/* "2026-11-30 08:30" on the UK clock, appended. */
void zone_add(struct buf *, int64_t utc);

/* ---------- working days (work.c) ---------- */

/* Days off are weekends and the days given. `last_year` is the last the table covers (0: no table). */
struct calendar {
	day_t *off; /* sorted, no duplicates */
	size_t n;
	int last_year;
};
/* Sorts and drops duplicates; takes ownership of nothing (off lives in the arena). */
void calendar_make(struct calendar *, day_t *off, size_t n, int last_year);
bool calendar_works(const struct calendar *, day_t);
/* The nth working day after (n > 0) or before (n < 0) a day; n = 0: the day itself or the next working one. */
day_t calendar_add(const struct calendar *, day_t, int n);
/* Working days d with start < d <= finish; negative when finish is before start. */
int calendar_between(const struct calendar *, day_t start, day_t finish);

/* ---------- Unicode text (text.c) ---------- */

bool text_valid(const char *bytes, size_t n);       /* well-formed UTF-8 */
size_t text_valid_run(const char *bytes, size_t n); /* how many bytes from the start are */
/* First control character that is neither tab nor line end (DEL, C1, NUL within n too): its offset, or -1. */
long text_control(const char *bytes, size_t n);
/* Case-folded NFKC, for comparing: what is equal folded is the same ref or name. Plain ASCII is a fast path. */
char *text_fold(struct arena *, const char *);
/* Folded, with the accents taken off: Siôn is sion. Letters that have no plain form stay. */
char *text_plain(struct arena *, const char *);
/* Folded, with & as "and", and everything but letters and digits turned into single blanks: for headings,
 * names of councils and organisations. */
char *text_key(struct arena *, const char *);
/* Columns on a terminal: wide 2, combining 0. */
int text_width(const char *, size_t n);
/* Bytes of `text` that fit in `columns`, never within a character. */
size_t text_fit(const char *text, size_t n, int columns);
/* Order for refs: runs of digits by value, the rest folded; 2.9 before 2.10, A2 before A10. */
int text_natural(const char *, const char *);
/* Appends what sorts by bytes as refs do by nature: a run of digits has its length before it, so 9 comes
 * before 10; ASCII letters are folded, other characters stay. */
void text_add_order(struct buf *, const char *);
/* Damerau-Levenshtein distance of the folded texts, at most `most` + 1. */
int text_distance(const char *, const char *, int most);
/* The word of `words` (n of them) nearest to `text`, near enough to be meant; else NULL. */
const char *text_nearest(const char *text, const char *const *words, size_t n);
/* Where a word, or several, stand in a text from `from` on with no letter, digit or _ directly beside
 * them; letters compare folded unless exact, and blanks however they are set, and telephone numbers however they are written, from home or from abroad. *n: how many bytes they take there. -1: nowhere. */
long text_find(const char *text, size_t from, const char *word, bool exact, size_t *n);
/* Windows-1252 to UTF-8, appended (the five unused bytes give U+FFFD). */
void text_add_cp1252(struct buf *, const char *bytes, size_t n);
void text_add_rune(struct buf *, uint32_t);

/* ---------- what must not be left behind (litter.c) ---------- */

/* Notes a file that is being made beside its place, until litter_keep: it stands where it belongs, or
 * is gone. A few at a time; more go unnoted. */
void litter_note(const char *path);
void litter_keep(const char *path);
/* Removes what is noted; for a program that ends before its time. Safe in a signal handler. */
void litter_remove(void);

/* ---------- banned: each has a bounded or checked form here ---------- */
/* Their own headers come first: the system defines some of these inline, and must do so unhindered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifndef BASE_ALLOW_BANNED
#undef strcpy
#define strcpy banned_use_buf
#undef strcat
#define strcat banned_use_buf
#undef sprintf
#define sprintf banned_use_buf_addf
#undef vsprintf
#define vsprintf banned_use_buf_addf
#undef strtok
#define strtok banned_use_str_split
#undef atoi
#define atoi banned_use_number_parse
#undef gets
#define gets banned
#undef gmtime
#define gmtime banned_use_day_split
#undef localtime
#define localtime banned_use_zone_day
#endif

#endif
