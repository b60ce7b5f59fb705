/* SPDX-License-Identifier: MIT */
/*
 * What the files of lib/survey share. A survey is read once, counting as it goes: each column keeps
 * the different answers seen and how often each came, in all and by the groups of each break. What
 * the columns mean (kinds, scales, which answers are the same) is settled afterwards, from those
 * counts, so that nothing has to be known of a file before it is read.
 */
#ifndef SURVEY_PARTS_H
#define SURVEY_PARTS_H

#include "stats/stats.h"
#include "survey/survey.h"

enum {
	ANSWERS_MOST = 2000,       /* different answers kept of one column */
	ANSWERS_BYTES = 256 << 10, /* and how much text of them */
	GROUPS_MOST = 1000,        /* different groups of one break */
	OPTIONS_MOST = 60,         /* options of a question that is no free text */
	QUOTES_MOST = 6,           /* quotations kept of one question or theme */
	QUOTE_BYTES = 600,
	WEIGHT_MOST = 1000000000,
	HEAD_ROWS = 16 /* rows looked at for titles and headings */
};

#define NO_ENTRY UINT32_MAX
#define NONE     SIZE_MAX

/* ---------- counting (count.c) ---------- */

/* How many gave an answer, their weights and squared weights, by group. */
struct vec {
	uint32_t *n;
	double *w; /* pairs: weight, square; NULL where nothing is weighted */
	uint32_t cap;
};
/* The same of one group, or of several put together. */
struct figure {
	int64_t n;
	double w, w2;
};

struct entry {
	char *text;
	uint32_t len, hash;
	struct vec *by; /* one an axis */
	int64_t last;   /* the response that counted it last: an option counts once a response */
	uint32_t alike; /* MODE_SPLIT: among those that are the same to a reader (column's alike) */
};

/* The different answers of a column, in the order in which they came. */
struct dict {
	struct entry *entry;
	size_t cap;
	uint32_t n, recent, mask;
	uint32_t *slot; /* entry + 1; 0 free */
	size_t bytes;
};

/* Numbers (or days) of a column that has too many different ones to keep. */
struct sums {
	int64_t n;
	double w, mean, min, max; /* mean: running, weighted */
};
struct sumvec {
	struct sums *of;
	size_t cap;
};

/* What results are broken by: one or two questions, whose different answers (before any are put
 * together) make the groups. Axis 0 is everybody. */
struct axis {
	size_t n;            /* 0 everybody, 1, 2 */
	size_t column[2];    /* of survey.column */
	const char *asked;   /* as given */
	uint32_t (*pair)[2]; /* groups of two: their entries + 1, 0 blank */
	size_t pairs, pair_cap;
	uint32_t *slot, mask;
	uint32_t now; /* the group of the response being read */
};

void vec_add(struct vec *, uint32_t group, bool weighted, double weight);
struct figure vec_at(const struct vec *, uint32_t group);
void figure_join(struct figure *, struct figure);
void vec_free(struct vec *);
/* The entry of a text, made if it is new; NO_ENTRY when the dictionary is full. */
uint32_t dict_find(struct dict *, const char *text, size_t n, size_t axes, uint32_t most);
void dict_free(struct dict *, size_t axes);
void sums_add(struct sumvec *, uint32_t group, double weight, double x);
void sums_join(struct sums *, const struct sums *);
/* The group of a pair of entries, made if new; NO_ENTRY when there are too many. */
uint32_t axis_pair(struct axis *, uint32_t a, uint32_t b);

/* ---------- columns (layout.c, column.c) ---------- */

enum mode {
	MODE_WHOLE,  /* cells are counted as they are */
	MODE_SPLIT,  /* cells are split into options, which are counted */
	MODE_NUMBER, /* too many different ones: sums of them */
	MODE_DATE,
	MODE_TEXT /* too many different ones: answered or not, themes, some quotations */
};

enum role {
	ROLE_QUESTION,
	ROLE_KEPT,   /* the form's own book-keeping */
	ROLE_PERSON, /* says who answered: never tallied or stored */
	ROLE_WEIGHT,
	ROLE_LEFT_OUT, /* by the codebook */
	ROLE_FINISHED, /* an unfinished response shows here */
	ROLE_DECLINED  /* filled in where someone declined, with the reason */
};

struct quotes {
	char *text[QUOTES_MOST];
	size_t n;
};

struct survey_column {
	size_t cell; /* in the row; NONE: put together from the columns of a cluster */
	const char *heading, *key; /* as shown (blanks and line ends made one); its text_key */
	const char *stem, *label;  /* parts of a heading that has two; else NULL */
	const char *code;          /* the file's own name of it, "Q8"; or NULL */
	size_t cluster;            /* columns under one heading; NONE */
	const char *ref;           /* Q8, Q8.1 */
	enum role role;
	enum mode mode;
	bool grouped;       /* breaks stand on it: every answer must be kept */
	bool wanted;        /* tallied in this run */
	bool coded;         /* a coding sheet has its answers */
	size_t themes_from; /* the column with its themes; NONE */
	struct dict dict;   /* answers, or options once they are split */
	struct dict
	        alike; /* MODE_SPLIT: options without regard to spelling, as the codebook recodes them */
	int64_t uncounted;     /* options given that were too many different ones to keep */
	struct dict raw;       /* the answers as they were, where breaks stand on them */
	enum date_order order; /* of its dates */
	const char *separator; /* between options: ";" or ", "; NULL none */
	const char **whole;    /* options that hold the separator themselves; NULL-ended, or NULL */
	size_t other; /* cell of "Other (please specify)", an answer where this one is blank; NONE */
	struct vec *answered; /* not blank, by axis; from MODE_SPLIT on */
	struct sumvec *sums;  /* MODE_NUMBER, MODE_DATE: by axis */
	const struct book_question *book;
	struct dict themes;                  /* MODE_TEXT: names of themes */
	struct quotes quotes, *theme_quotes; /* one a theme of the codebook */
};

/* Columns under one heading: options of one question, or rows of a grid. */
struct cluster {
	size_t first, n;
	const char *stem, *code, *ref;
	struct vec *answered; /* in any of them, by axis */
	bool any;             /* in the response being read */
	size_t joined;        /* column that puts them together for a break; NONE */
};

/* ---------- scales (scale.c) ---------- */

enum tone { TONE_NONE, TONE_POSITIVE, TONE_NEUTRAL, TONE_NEGATIVE, TONE_ASIDE };

struct scale_answer {
	const char *text;
	enum tone tone;
	const char **pattern; /* the text and its aliases, as keys with ~ and a/b kept */
	size_t patterns;
};
struct scale {
	const char *ref, *name;
	struct scale_answer *answer;
	size_t n;
	bool toned; /* has answers that are positive or negative */
};

/* How the answers of a question lie on a scale: answer[i] is the place (from 0) of option i, or
 * NONE for one that is aside. */
struct scale_match {
	const struct scale *scale;
	size_t *place;
	const char *words; /* what ~ stood for, "" none */
	int score;
};
bool scale_find(struct survey *, const char *const *option, size_t n, struct scale_match *);
/* The same for one scale only. */
bool scale_match_one(struct survey *, const struct scale *, const char *const *option, size_t n,
        struct scale_match *);
bool scale_is_aside(struct survey *, const char *text);
const struct scale *scale_get(const struct survey *, const char *ref);
/* What an answer says, given the words that stand for ~. */
enum tone scale_tone(const struct scale *, size_t place, const char *words);
/* The scale's answer at a place as it reads with these words in it. */
const char *scale_text(struct survey *, const struct scale *, size_t place, const char *words);
const char *tone_name(enum tone);
bool tone_parse(const char *, enum tone *);

/* Options that have an order of their own (order.c): ages, amounts, "twice a week". order[i] is the
 * rank of option i. False: they have none. rates: they say how often. */
bool order_natural(
        struct survey *, const char *const *option, size_t n, size_t *order, bool *rates);

/* ---------- questions (question.c, kind.c) ---------- */

enum question_kind {
	QUESTION_SCALE,
	QUESTION_SINGLE,
	QUESTION_MULTIPLE,
	QUESTION_YES_NO,
	QUESTION_NUMBER,
	QUESTION_DATE,
	QUESTION_TEXT
};

struct option {
	const char *text;
	enum tone tone;
	double value; /* on its scale, for means; unknown where has_value is false */
	bool has_value;
	int64_t count; /* overall */
};

/* A group that results are broken by: what is shown, and the raw groups that make it up. */
struct group {
	const char *text;
	uint32_t *raw;
	size_t raws;
};
struct view {
	const char *by; /* "Organisation × Region"; NULL for everybody */
	struct group *group;
	size_t groups;
	bool overlap;       /* a response can be in several: its question takes several answers */
	size_t question[2]; /* that it stands on; NONE */
	struct figure *everyone; /* by group */
};
/* What one question came to in one view: rows of groups. */
struct grid {
	struct figure *option;            /* [option * groups + group] */
	struct figure *base, *none, *odd; /* odd: answered, but no number or date */
	struct sums *sums;                /* numbers and days */
	size_t *option_cell, *base_cell,
	        *none_cell; /* of survey.cells, where small counts are hidden */
};

struct question {
	const char *ref, *text, *stem;
	enum question_kind kind;
	const char *scale; /* its ref, or NULL */
	struct option *option;
	size_t options, option_cap;
	size_t column, columns; /* the first of them; above 1: a column an option */
	size_t *map;            /* the option of each entry of the column's dictionary; NONE */
	size_t entries;
	bool toned, ordered; /* has a good end; has an order */
	bool undirected;     /* 1 to 5, and nobody said which end is good */
	int bottom,
	        top; /* of a scale of numbers; top 0 where it is none, or the codebook has its options */
	int most;     /* the highest of them that was given */
	bool ended;   /* the heading says how far it goes */
	bool tallied; /* else only broken by */
	const struct book_question *book;
	struct grid *grid; /* by axis */
};

/* ---------- results (figure.c) ---------- */

/* Settles the groups of every break and the figures of every question in them. */
void figures_make(struct survey *);
const struct dict *question_dict(const struct survey *, const struct question *);
/* The group of those who left the break's question blank. */
extern const char figures_unstated[];
/* Is the question what the view is broken by? Then there is no such table. */
bool view_is_of(const struct view *, const struct survey *, const struct question *);

/* ---------- hiding (hide.c) ---------- */

/* False: nothing can be shown without giving someone away. */
bool hide_small(struct survey *);

/* ---------- what is printed (print.c) ---------- */

enum { POSITIVE = -1, NEUTRAL = -2, NEGATIVE = -3, ANSWERED = -4, UNANSWERED = -5 };

/* A figure as it may be printed: texts are NULL where there is nothing, "<5" or "*" where hidden. */
struct printed {
	const char *count, *base, *percent, *low, *high, *weighted, *effective;
	double share;  /* where known and shown; else below 0 */
	double base_n; /* effective base, for tests; 0 unknown */
	int64_t n;     /* the base where shown; else -1 */
	bool hidden, second;
};
/* One option of a question in a group, or a sum of options (POSITIVE …). */
struct printed print_figure(
        struct survey *, const struct question *, size_t axis, size_t group, long option);
/* "3.42 on 5 Strongly agree to 1 Strongly disagree", "between Agree and …"; NULL: not shown. */
const char *print_mean(struct survey *, const struct question *, size_t axis, size_t group);
const char *print_median(struct survey *, const struct question *, size_t axis, size_t group);
const char *print_balance(struct survey *, const struct question *, size_t axis, size_t group);
const char *print_number(struct survey *, double, bool day);
/* "fewer than 5 are not shown (<5) …", NULL where nothing is hidden. */
const char *print_policy(struct survey *);
bool print_is_unanimous(
        struct survey *, const struct question *, size_t axis, size_t group, long option);
bool print_has(const struct question *, enum tone);
/* Responses are so few that not even their number is shown. */
bool print_hides_all(const struct survey *);
bool show_markdown(struct survey *, struct out *, const struct survey_row *, size_t n);
bool may_quote(const struct survey *, const struct question *);

const char *kind_name(enum question_kind);
bool kind_parse(const char *, enum question_kind *);
/* Settles one question from the answers kept of its column (kind.c). */
void kind_settle(struct survey *, struct question *);
/* Lays a question on another scale that has all its answers. */
void scale_apply(struct survey *, struct question *, const struct scale *);
/* Makes it a scale of numbers where it is one; how far it goes is settled when all are known (numbers.c). */
bool numbers_scale(struct survey *, struct question *);
void numbers_share(struct survey *);
/* Do its numbers count things, as ages and amounts do, by its heading? */
bool numbers_are_counted(struct survey *, const struct question *);
int64_t entry_count(const struct survey *, const struct entry *);

/* ---------- options (option.c) ---------- */

/* The place of an option with this text, NONE if there is none; folded, blanks as one. */
size_t option_find(const struct survey *, const struct question *, const char *text);
/* Answers are the same when they differ in case, blanks or a full stop at the end. Other marks may
 * be what a question is about (a comma before "and"). */
const char *option_plain(struct arena *, const char *text);
/* What tells whether two answers are the same: recoded by the codebook (or NULL), and plain. */
const char *option_key(struct survey *, const struct book_question *, const char *text);
/* An answer as it may be shown: what people write behind "other" may be a way to reach them, and is masked. */
const char *option_shown(struct survey *, const char *text);
/* The answers kept of a question's column as its options. */
void options_gather(struct survey *, struct question *);
/* Puts the options in a new order: at[i] is the new place of option i, of `n` places. */
void options_replace(
        struct survey *, struct question *, const size_t *at, struct option *fresh, size_t n);
/* In their natural order, or else the commonest first. */
void options_sort(struct survey *, struct question *, const size_t *order);

/* ---------- documents (put.c) ---------- */

/* A text, nothing where it is blank; a whole number, nothing where it is unknown (below 0). */
void put_text(struct writer *, const char *key, const char *text);
void put_whole(struct writer *, const char *key, int64_t n);

/* ---------- codebooks (codebook.c) ---------- */

struct book_theme {
	const char *name;
	enum tone tone;
	const char **word; /* folded; a * at the end stands for any ending */
	size_t words;
};
struct book_option {
	const char *text;
	enum tone tone;
	const char **also;
	size_t nalso;
};
struct book_question {
	const char *ref, *text, *stem, *scale, *same_as, *changed, *separator, *themes_from;
	const char **column;
	size_t columns;
	bool has_kind;
	enum question_kind kind;
	struct book_option *option;
	size_t options;
	const char **recode; /* pairs: from, to */
	size_t recodes;
	struct book_theme *theme;
	size_t themes;
	bool reversed; /* 1 is good */
	bool directed;
	long line;
};
struct book {
	const char *file;
	const char *ref, *title, *wave, *declined_reasons, *opened, *closed, *commissioner, *method;
	int64_t invited, received, declined; /* -1 unknown */
	const char *weight, *declined_column;
	const char **leave_out;
	size_t leave_outs;
	bool keep_unfinished;
	struct book_question *question;
	size_t questions;
};

/* ---------- hand-coded themes (code.c) ---------- */

struct code {
	long line;
	const char *question; /* as the sheet names it */
	size_t column;        /* settled by code_bind */
	const char *theme;
	enum tone tone;
};
/* Ties the sheet's questions to columns, which are then read as free text. */
bool code_bind(struct survey *, struct fault *);
/* Counts the themes and tones that a response's answer was given by hand. */
void code_count(
        struct survey *, struct survey_column *, long line, int64_t response, double weight);
/* One theme (or tone) of one response. */
void theme_add(struct survey *, struct survey_column *, const char *theme, size_t n,
        int64_t response, double weight);

/* ---------- an earlier wave (compare.c) ---------- */

struct earlier {
	const char *question, *by, *value, *answer; /* as keys; NULL: none */
	const char *text;                           /* the answer as it was */
	double base, share;                         /* base 0: unknown */
};
/* What a figure was before, and how it differs: "54.1 % in 2015; higher by 5.2 points, …"; NULL:
 * nothing is known of it. */
const char *compare_figure(struct survey *, const struct question *, size_t axis, size_t group,
        const char *answer, const struct printed *);

/* ---------- the survey ---------- */

struct survey {
	struct arena *arena;
	struct survey_ask ask;
	struct survey_counts counts;
	enum survey_tool tool;
	struct survey_column *column;
	size_t columns, column_cap;
	size_t width;      /* cells of a heading row */
	long lines_before; /* of the files that were read before this one */
	const char **raw;  /* the headings as they came, to know them when they come again */
	struct cluster *cluster;
	size_t clusters;
	struct axis *axis;
	size_t axes;
	bool weighted, settled;
	size_t weight, finished, status, refused; /* columns; NONE */
	struct book *book;
	struct scale *scale;
	size_t scales;
	struct question *question;
	size_t questions, question_cap;
	struct view *view;    /* by axis */
	struct vec *everyone; /* responses used, by axis */
	struct dict refusals; /* why people declined */
	const char **note;
	size_t notes, note_cap;
	int64_t invited, received, declined;
	int64_t threshold;
	struct code *code; /* sorted by column and line */
	size_t codes, code_cap;
	struct earlier *earlier;
	size_t earliers;
	const char *earlier_name; /* NULL: nothing to compare with */
	struct stats_cells cells; /* empty where nothing is hidden */
	bool nothing_shown;
};

void survey_note(struct survey *, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The axis that others are summed from: everybody where nothing is broken, else the first break. */
static inline size_t first_axis(const struct survey *s)
{
	return s->axes > 1 ? 1 : 0;
}

/* ---------- answers taken apart (split.c) ---------- */

/* How the answers of a column are joined: ";" or ", " where they are several to a cell; else NULL. */
const char *split_separator(struct survey *, const struct dict *);
/* The next option of a cell, trimmed; false at its end. *at moves on. */
bool split_next(const struct survey_column *, const char **at, const char **option, size_t *n);
/* Finds the options of a column that hold a comma themselves. */
void split_whole(struct survey *, struct survey_column *);
/* The entry to count an option in that a response gave; NULL where it was counted for this response already,
 * in whatever spelling, or is one too many to keep. */
struct entry *split_count(struct survey *, struct survey_column *, const char *option, size_t n,
        int64_t response, uint32_t most);
/* Recounts a column in another mode from what was kept so far. */
void column_become(struct survey *, struct survey_column *, enum mode);
/* Numbers as people write them, "12", "1,200", "£30", "45 %". */
bool split_number(const char *text, double *out);
/* A day, in the column's order. */
bool split_day(const struct survey_column *, const char *text, double *out);
/* Which order the dates of a column have: that of those which can be read in one alone, else day first. */
enum date_order split_order(const struct dict *);
enum mode split_mode(struct survey *, struct survey_column *);

/* ---------- free text (quote.c) ---------- */

/* Why people declined: the codebook's words, or those of the declined_column, masked; NULL: not known, or not for the public. */
const char *survey_refusals(struct survey *);
/* Keeps a quotation, names and numbers of people masked; `names`: further words to mask. */
void quote_keep(
        struct survey *, struct quotes *, const char *text, const char *const *names, size_t n);
const char *quote_masked(struct survey *, const char *text);
/* Counts the themes whose words a text has. */
void theme_count(struct survey *, struct survey_column *, const char *text, int64_t response,
        double weight, const char *const *names, size_t n);

#endif
