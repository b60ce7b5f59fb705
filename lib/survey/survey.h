/* SPDX-License-Identifier: MIT */
/*
 * survey: honest tables from any survey export.
 *
 * The order of a run: make a survey, give it scales and perhaps a codebook, say what is asked of it
 * (breaks, weight), read the files, let it be understood, then have its rows, its codebook or its
 * coding sheet. Reading counts as it goes: memory grows with columns, different answers and groups,
 * never with responses.
 */
#ifndef SURVEY_H
#define SURVEY_H

#include <stdio.h>

#include "base/base.h"
#include "io/io.h"
#include "record/record.h"

enum survey_tool {
	TOOL_PLAIN,
	TOOL_MICROSOFT,
	TOOL_GOOGLE,
	TOOL_SURVEYMONKEY,
	TOOL_LIMESURVEY,
	TOOL_QUALTRICS,
	TOOL_TYPEFORM
};

/* What is asked of a run. Questions are named as survey_read describes. All may be empty. */
struct survey_ask {
	const char *const *question; /* only these; NULL-terminated or NULL */
	const char *const *breaks;   /* "A" or "A,B" each; NULL-terminated or NULL */
	const char *weight;
	int64_t invited, received, declined; /* -1: not given (the codebook's holds) */
	int64_t min_base;                    /* below it a base is called small */
	int64_t threshold;  /* counts below it are hidden; -1: 0 without breaks, else `small` */
	int64_t small;      /* the usual threshold: 5 */
	bool hide_zero;     /* zeros too */
	const char *symbol; /* for small ones, N being the threshold; NULL: "<N" */
	bool public;        /* threshold 5 or more, no verbatims */
};

/* How many responses there were, after reading. */
struct survey_counts {
	int64_t read;       /* rows behind the headings */
	int64_t unfinished; /* left out */
	int64_t trials;     /* previews and tests, likewise */
	int64_t empty;      /* without any answer: left out */
	int64_t unweighted; /* without a weight: left out */
	int64_t repeated;   /* heading rows that came again */
	int64_t refusing;   /* rows that only say why someone declined */
	int64_t used;
};

struct survey;
struct survey *survey_new(void);
void survey_free(struct survey *);

/* Answer scales, as share/reference/scale.yaml has them (records of scale and scale_answer). */
bool survey_read_scales(struct survey *, struct input *, struct fault *);
/* A codebook as survey_explain writes it; STATUS_CONFIG with line and key where it is wrong. */
bool survey_read_codebook(struct survey *, struct input *, struct fault *);
/* A coding sheet as survey_sheet writes it, filled in: line, question, theme, tone. */
bool survey_read_codes(struct survey *, struct input *, struct fault *);

/* Says what is asked; the strings must outlive the survey. */
void survey_set(struct survey *, const struct survey_ask *);

/* Reads a file of responses and counts them. The first settles the headings; others must have the
 * same ones. A question is named by its ref in the codebook, by Q and its number, by the letter of
 * its column, or by words that only one heading has. `keep`, if not NULL, is called with each
 * response that is used and its line, before the next is read; the lines of a later file go on where those
 * of the one before ended, so that no two responses have the same. */
typedef bool survey_keep(void *, struct survey *, long line, const struct row *, struct fault *);
bool survey_read(struct survey *, struct input *, survey_keep *keep, void *, struct fault *);
/* After the last file: settles kinds, scales, options and response figures. */
bool survey_understand(struct survey *, struct fault *);

struct survey_counts survey_counts(const struct survey *);
/* "invited 36, received 10 (27.8 %), declined 3, used 7 (19.4 % of invited)", or NULL when nobody
 * said how many were invited. */
const char *survey_response_line(struct survey *);
/* Things to say on standard error, in order: columns left out and why, what was taken for what. */
const char *const *survey_notes(const struct survey *, size_t *n);

/* One row of a tally. Texts are NULL where they do not apply; numbers are as printed, "<5" where
 * hidden. */
struct survey_row {
	const char *question, *break_by, *break_value, *answer, *count, *base, *percent, *low,
	        *high, *base_weighted, *base_effective, *note;
};
/* All rows of the tally, hidden where the policy says so. */
bool survey_rows(struct survey *, struct survey_row **, size_t *n, struct fault *);

/* The same as a table, with base_weighted and base_effective where responses are weighed. */
bool survey_write(struct survey *, struct writer *, struct fault *);

/* Rows of an earlier wave to compare with; called before survey_rows and survey_show. */
void survey_compare(struct survey *, const char *name, const struct survey_row *, size_t n);
/* An earlier wave in a file, a tally or responses. Fill in the first part, zero the rest; the rows
 * live as long as the arena and the survey, which is the caller's to free where it is not NULL. */
struct survey_wave {
	const char *path, *scales, *codebook; /* codebook NULL: none */
	const struct input_options *options;
	struct survey_ask ask; /* as of the present wave; its questions and figures are not taken */

	struct survey *survey;
	struct survey_row *row;
	size_t n;
};
bool survey_wave_read(struct survey_wave *, struct arena *, struct fault *);
/* Is the file a tally (as survey-tally writes it) rather than responses? Reads its first row. */
bool survey_is_tally(struct input *, bool *tally, struct fault *);
/* The rows of a tally from such a file, in the arena; count, base or percent may be missing. */
bool survey_read_tally(
        struct input *, struct arena *, struct survey_row **, size_t *n, struct fault *);
/* A coding sheet: the free-text answers of a response (its line, masked) with room for theme and
 * tone, as CSV; the survey must be understood. The heading is written when row is NULL. */
bool survey_sheet(struct survey *, struct out *, long line, const struct row *);

/* The tally as people read it, with bars, for `columns` (0: 80) columns of a terminal; markdown: as
 * Markdown tables. */
bool survey_show(struct survey *, struct out *, int columns, bool markdown, struct fault *);
/* What was understood, as a codebook to keep and correct. */
bool survey_explain(struct survey *, struct out *, struct fault *);

/* ---------- the files of a run (job.c) ---------- */

/* A file of responses: what was read of it, and the import it is kept as. */
struct survey_source {
	char sha256[65];
	int64_t read;
	const char *import;
};
/* What is read, in this order. Fill in the first part, zero the rest. */
struct survey_job {
	const char *scales, *codebook, *codes; /* NULL: none */
	const char *const *file;               /* responses, "-" and none at all: standard input */
	size_t n;
	struct input_options options; /* its format is of the responses alone */
	struct survey_ask ask;
	bool again; /* they will be read a second time */
	bool hash;  /* and kept, with the hash of their file */

	struct survey_source *source, *reading; /* one a file; the one being read */
	FILE *held;                             /* standard input, for a second reading */
};
/* Reads all files into a survey and lets it be understood. */
bool survey_job_read(struct survey_job *, struct survey *, survey_keep *, void *, struct fault *);
/* Writes the coding sheet of a survey that was understood; reads again. */
bool survey_job_sheet(struct survey_job *, struct survey *, const char *path, struct fault *);
/* Keeps the responses, in place of those kept of `ref` before, with their imports; reads again. by: who. */
bool survey_job_store(struct survey_job *, struct survey *, struct work *, const char *ref,
        const char *by, struct fault *);
void survey_job_free(struct survey_job *);

/* ---------- published percents (fits.c) ---------- */

struct survey_fit {
	bool fits, none;     /* some counts add up to the base; a percent that no count rounds to */
	int64_t least, most; /* what those that round to the percents add up to */
};
/* Whether any counts of `base` can be printed as these percents; rows percent, least, most to the writer (NULL: none
 * are written). STATUS_USAGE for what is no percent. */
bool survey_fits(struct arena *, int64_t base, const char *const *percent, size_t n,
        struct writer *, struct survey_fit *, struct fault *);

/* ---------- the store (store.c) ---------- */

/* Keeps the survey with its questions, options and tally as `ref`, in place of what is there. title:
 * where the codebook has none. Within a change; nothing that is hidden in print is kept. */
bool survey_store(
        struct survey *, struct work *, const char *ref, const char *title, struct fault *);
/* Keeps the themes and tones of the coding sheet, if one was read. */
bool survey_store_themes(struct survey *, struct work *, const char *ref, struct fault *);
/* One response as a record of a `response:` list, free text masked, without what identifies people. */
void survey_response(struct survey *, struct writer *, const char *ref, const char *import,
        long line, const struct row *);
/* Takes away the responses kept of a survey, with their answers. */
bool survey_forget_responses(struct work *, const char *ref, struct fault *);
/* The rows of a stored wave (by ref or title) and what to call it, in the work's arena. */
bool survey_stored(struct work *, const char *text, const char **name, struct survey_row **,
        size_t *n, struct fault *);

#endif
