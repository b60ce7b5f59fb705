/* SPDX-License-Identifier: MIT */
/* Notices being kept: what the files of that part share. Private to lib/notice. */
#ifndef NOTICE_KEEP_H
#define NOTICE_KEEP_H

#include "notice/notice.h"
#include "notice/sql.h"

/* Employers by a hash of their loose name; of those that share a name and have numbers only a few are
 * kept, since numbers are looked up in the store. */
struct known {
	uint32_t loose, strict; /* hashes */
	uint32_t ref : 30;      /* where it begins in refs; or its number */
	bool is_number : 1;     /* the ref is "e" and that */
	bool numbered : 1;      /* it is known to have a number in a register */
	uint32_t next;          /* of the same slot, +1; 0: none */
	uint64_t place;         /* a hash of where this run knows it to be; 0: ask the store */
};
struct names_known {
	struct known *all;
	size_t n, cap;
	uint32_t *slot; /* +1 */
	size_t slots;
	struct buf refs;
};
/* The next number behind a ref made from a name, by a hash of the name. */
struct stem {
	uint64_t hash;
	uint32_t next;
};
struct stems {
	struct stem *slot;
	size_t n, slots;
};
struct year {
	int year;
	int64_t next;
	char stem[16];
};
struct own_area {
	const char *scheme, *area;
};

/* What was surely not met in this run: a Bloom filter over hashes, so that a first load of many rows need
 * not ask the store about each. NULL bits: whatever was there before is not known, ask. */
struct met {
	uint64_t *bits;
	uint64_t mask;
};
void met_begin(struct met *, uint64_t rows);
bool met_before(const struct met *, const char *text); /* true: maybe */
void met_add(struct met *, const char *text);

struct place_met {
	uint64_t postcode; /* 0: none */
	uint64_t site;     /* as match_site has it, which may be "" */
	uint64_t place;    /* the better of the two; 0: neither is given */
};

/* One partnership that takes notices. */
struct own {
	const char *partnership;
	const char *ref_key,
	        *name_key;    /* its ref and name as they are looked for; NULL: they are not */
	struct reference ref; /* the shared one with its nation */
	struct own_area *area;
	size_t narea;
	const char **scheme; /* those of its areas, else the latest; NULL-terminated */
	struct names_known names;
	struct stems stems;
	struct met senders, numbers, marks, places, other_names;
	size_t employers; /* made in this run */
	bool heard;       /* there are open cases without a notice */
	struct year *year;
	size_t nyear, cap_year;
	int64_t next_incident;
	struct calendar *calendar;
	const char *import;   /* of this file; NULL: not needed yet */
	struct stems claimed; /* notices that rows of this file were found to be */
	enum before {
		BEFORE_UNKNOWN,
		BEFORE_NEVER,
		BEFORE_LOADED
	} before; /* whether this very file was loaded before */
	size_t added, amended;
	bool loaded;
};

struct named_hash {
	char name[56];
	uint32_t loose, strict;
};

/* What new rows go in by, and where their columns are. */
struct added {
	struct adder *notice, *reason, *warning, *employer, *other_name;
	size_t at[N_TEXTS], import, line, mark, name;
};

/* Things of this run numbered from 1, by a hash of what they share: the last one of each hash, and for each the one
 * before it with a few bits of a hash of what tells it apart. */
enum { CHAINS = 1 << 15 };
struct chains {
	uint32_t *heads;
	uint32_t *before;
	size_t n, cap;
};
/* An employer whose ref is not the usual one. */
struct named_ref {
	uint32_t employer, at; /* its number here; where the ref begins in refs */
};
/* Where the store's indexes are made late: the notices by their employer, told apart by their site, and the employers
 * by their number in a register. Both are the first of their table; the notices' numbers are those of their rows. */
struct late {
	bool on; /* false: the store's indexes serve */
	struct chains notices, employers;
	struct named_ref *named; /* in order; the others are "e" and their number less skipped */
	size_t nnamed, cap_named;
	struct buf refs;
	uint32_t skipped;
};

struct keeper {
	struct work *w;
	struct keeper_options o;
	const struct reference *shared;
	struct added added;
	struct late late;
	struct arena *arena, *row_arena;
	struct own *own;
	size_t nown;
	const char *file;
	const char *path; /* NULL: none that could be read again */
	uint64_t rows;    /* about how many the file has */
	struct named_hash hashes[2048];
	struct buf keys, plain, further, warnings, row_text, rows_text;
	struct call *call;
	size_t ncall, cap_call, calls;
	struct place_met place; /* of the row */
	bool warned_calendar;
	/* Rows of this file that name another partnership than the one of their area: how many, and the first. */
	size_t misnamed;
	struct fault misnamed_first;
	bool hearing; /* what is taken is no notice but what somebody said */
	char made_ref[80], made_incident[32], made_employer[80];
};

/* same.c: whether a row's notice is known. */
struct same {
	const char *ref;      /* the same notice; NULL: a new one */
	bool unchanged;       /* and the row is one that was taken already */
	const char *replaces; /* one that it may replace */
	const char *twin;     /* one of this file, which differs in what does not tell two apart */
	const char *kin;      /* one of this file and the same number, of another site */
	bool resent;          /* known under its reference, but from another source */
	bool older; /* what it was before an amendment, from another source than its own */
	bool back;  /* the same from its own: the sender has gone back to it */
};
/* What a row is known by when it comes again. */
const char *same_mark(struct keeper *, const struct notice *);
bool same_row(struct keeper *, struct own *, const struct notice *, const char *mark, struct same *,
        struct fault *);
/* A row of a list of stored notices: the notice of its ref, where that is one of this store; the employer by
 * its name, where the list has its ref. */
bool same_listed(struct keeper *, struct own *, struct notice *, struct same *,
        const char **employer, struct fault *);
bool same_sender(
        struct keeper *, struct own *, const struct notice *, struct same *, struct fault *);
/* Same employer, site and day: the same; same employer and site otherwise: maybe its successor. */
bool same_employer(struct keeper *, struct own *, const struct notice *, const char *employer,
        struct same *, struct fault *);
/* Whether a row that would amend s->ref is one of its own that somebody else sends on: s->unchanged, s->older. */
bool same_older(
        struct keeper *, struct own *, const struct notice *, struct same *, struct fault *);
/* A row of this file is this notice; no other row is. */
void same_claim(struct own *, const char *ref);

/* met.c: a row is met again by the sender's reference where it has one, else by its mark. */
void met_row(struct own *, const struct notice *, const char *mark);
/* Where a notice comes from, as hashes, and whether an employer has given one from there in this run. */
struct place_met place_met(struct keeper *, const char *const *text);
void places_put(struct own *, struct place_met, const char *employer);
void other_names_put(struct own *, const char *employer, const char *name);
bool other_names_have(const struct own *, const char *employer, const char *name); /* true: maybe */
/* The postcode or site of k->place; true: maybe. */
bool places_have_postcode(const struct keeper *, const struct own *, const char *employer);
bool places_have_site(const struct keeper *, const struct own *, const char *employer);

/* late.c: notices by employer, and employers by number, in a first load of many. To begin, when the first partnership
 * is known; after add_notice; and once an employer's notices change otherwise. */
bool late_begin(struct keeper *, struct fault *);
bool late_put(struct keeper *, const char *employer, uint64_t site, struct fault *);
bool late_has(const struct late *, const char *employer, uint64_t site); /* true: maybe */
/* A notice has another site now. */
bool late_moved(struct keeper *, const struct own *, const char *ref, struct fault *);
bool late_end(struct keeper *, struct fault *);
void late_free(struct late *);
/* After add_employer, whether it has a number or not; and when one that had none got one. */
bool late_employer(struct keeper *, const char *ref, const struct notice *, struct fault *);
bool late_numbered(struct keeper *, const char *ref, const struct notice *, struct fault *);
/* The employer with the number of a notice, where the indexes are late: its ref and name, NULL where there is none. */
bool late_by_number(struct keeper *, struct own *, const struct notice *, const char **ref,
        const char **name, struct fault *);
/* One of two statements that tell of the notices of an employer, with partnership and employer bound; the one by
 * rows of that site alone, or of all where it is 0. */
struct query *late_query(struct keeper *, const struct own *, const char *employer, uint64_t site,
        enum notice_sql by_index, enum notice_sql by_rows, struct fault *);

/* made.c: hashes in a table that grows; the one of a hash, made where it is not there yet. */
struct stem *stem_of(struct stems *, uint64_t hash);
bool stem_find(const struct stems *, uint64_t hash);
/* Notes a ref that is taken, so that none like it is made. */
void stem_take(struct stems *, const char *ref);
/* "Acme Foods Ltd" to acme-foods-ltd, then acme-foods-ltd2; what ends in a digit gets a hyphen between. */
const char *employer_ref(struct keeper *, struct own *, const char *name);

/* amend.c: the items of a list of a notice, joined by ";"; NULL for none. */
bool amend_list(struct keeper *, struct own *, enum notice_sql, const char *ref, const char **out,
        struct fault *);
/* The employer of a notice that is known, where the row's name or number is still its own; else NULL. */
bool amend_employer(struct keeper *, struct own *, const struct notice *, const char *ref,
        const char *name, const char **employer, struct fault *);
/* What the row's "replaces" means: the notice of that number, which no longer counts; or the one that the
 * row is a revision of. */
bool amend_supersedes(
        struct keeper *, struct own *, struct notice *, const char *revised, struct fault *);
enum keeping amend_notice(struct keeper *, struct own *, const struct notice *, const char *mark,
        const char *ref, const char *employer, struct kept_notice *, struct fault *);

/* match.c: the employer of a notice, found or made; its ref is good until the next call. *maybe: another
 * that may be the same (NULL: none); *made: it is new. */
bool match_employer(struct keeper *, struct own *, const struct notice *, const char *name,
        const char **ref, const char **maybe, bool *made, struct fault *);
bool match_load(struct keeper *, struct own *, struct fault *);
void match_free(struct own *);
/* The key of a notice's site: the site, else its address, else its postcode; "" where none is given. */
const char *match_site(struct arena *, const char *site, const char *address, const char *postcode);

/* place.c: the area in a scheme; NULL where none is known or a council lies in two (*known then). */
const char *place_area(
        const struct reference *, const struct notice *, const char *scheme, bool *known);
bool place_has_area(
        const struct reference *, const struct notice *, const char *scheme, const char *area);

/* F_PLACE unless a council or an area of one of the schemes is known. */
unsigned place_flag(const struct reference *, const struct notice *, const char *const *schemes);

/* What tells of a case that no notice does. */
struct heard {
	const char *origin, *told_by;
};
bool incident_heard(struct keeper *, struct own *, const struct notice *, const char *employer,
        const char *name, const struct heard *, struct kept_notice *, struct fault *);

/* incident.c: opens or joins the incident of a new notice; kin is one whose case it joins, or NULL. */
extern const char incident_prefix[];
bool incident_take(struct keeper *, struct own *, const struct notice *, const char *ref,
        const char *employer, const char *name, const char *kin, struct kept_notice *,
        struct fault *);

/* What becomes of its case when a notice no longer counts, or counts again: *became says so, or NULL. */
bool incident_withdrawn(struct keeper *, struct own *, const char *notice, const char *status,
        const char **became, struct fault *);
bool incident_active(struct keeper *, struct own *, const struct notice *, const char *ref,
        const char *employer, const char *name, struct kept_notice *, struct fault *);
/* The latest open case of an employer; NULL: none. */
bool incident_open_of(
        struct keeper *, struct own *, const char *employer, const char **out, struct fault *);

/* own.c: the partnerships that take notices; whose one is (NULL: nobody's; *unknown: its place is not known) */
bool own_add(struct keeper *, const char *partnership, const char *name, struct fault *);
struct own *own_of(struct keeper *, const struct notice *, bool *unknown);
/* Says of a file that names in it went against areas. */
void own_say_misnamed(struct keeper *);
/* A statement about one record of a partnership, both bound. */
struct query *own_query(
        struct keeper *, const struct own *, enum notice_sql, const char *ref, struct fault *);
bool own_calendar(struct keeper *, struct own *, struct fault *);

/* add.c: new rows. The notice gets k->made_ref; its further warnings are left in k->further. */
bool add_begin(struct keeper *, struct fault *);
bool add_notice(struct keeper *, struct own *, const struct notice *, const char *mark,
        const char *employer, const char *maybe, const char *replaces, struct fault *);
bool add_employer(struct keeper *, const struct own *, const struct notice *, const char *name,
        const char *ref, struct fault *);
bool add_other_name(
        struct keeper *, const struct own *, const char *ref, const char *name, struct fault *);
/* "2026-" and 17 in out, which has room. */
char *ref_numbered(char *out, const char *stem, uint64_t number);
/* The number of a ref such as "e5001", which most employers have in a long load; 0: it is another. */
uint32_t ref_number(const char *ref);

/* keep.c: the record of the file in o->import, made when first needed */
bool keep_import(struct keeper *, struct own *, struct fault *);

#endif
