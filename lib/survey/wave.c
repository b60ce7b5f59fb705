/* SPDX-License-Identifier: MIT */
/* An earlier wave from a file: a tally, or responses tallied as the present ones are. */
#include "survey/parts.h"

#include <string.h>

static bool read_file(struct survey *s, const char *path, const struct input_options *options,
        bool (*read)(struct survey *, struct input *, struct fault *), struct fault *fault)
{
	struct input *in = input_open(path, options, fault);
	struct fault end = { 0 };

	if (!in)
		return false;
	bool good = read ? read(s, in, fault) : survey_read(s, in, NULL, NULL, fault);
	if (!input_close(in, &end) && good) {
		*fault = end;
		good = false;
	}
	return good;
}

static bool try_responses(
        struct survey *s, const struct survey_wave *w, const char *codebook, struct fault *fault)
{
	return read_file(s, w->scales, w->options, survey_read_scales, fault) &&
	       (!codebook || read_file(s, codebook, w->options, survey_read_codebook, fault)) &&
	       read_file(s, w->path, w->options, NULL, fault) && survey_understand(s, fault);
}

/* By the same codebook and breaks; where the earlier file has not all of it, by less. */
static bool read_responses(struct survey_wave *w, struct fault *fault)
{
	for (int without = 0; without < 4; without++) {
		struct survey_ask ask = w->ask;
		const char *codebook = without & 1 ? NULL : w->codebook;
		if (without & 2)
			ask.breaks = NULL;
		if ((without & 1 && !w->codebook) || (without & 2 && !w->ask.breaks))
			continue;
		fault_clear(fault);
		w->survey = survey_new();
		survey_set(w->survey, &ask);
		if (try_responses(w->survey, w, codebook, fault))
			return survey_rows(w->survey, &w->row, &w->n, fault);
		survey_free(w->survey);
		w->survey = NULL;
		if (fault->status != STATUS_CONFIG && fault->status != STATUS_USAGE)
			return false;
	}
	return false;
}

static bool is_tally(struct survey_wave *w, bool *tally, struct fault *fault)
{
	struct input *in = input_open(w->path, w->options, fault);
	struct fault end = { 0 };

	if (!in)
		return false;
	bool good = survey_is_tally(in, tally, fault);
	input_close(in, &end); /* not read to its end: what a helper says of that is no matter */
	return good;
}

bool survey_wave_read(struct survey_wave *w, struct arena *a, struct fault *fault)
{
	bool tally;

	w->ask.question = NULL; /* by another number, perhaps */
	w->ask.invited = w->ask.received = w->ask.declined = -1;
	if (!is_tally(w, &tally, fault))
		return false;
	if (!tally)
		return read_responses(w, fault);
	struct input *in = input_open(w->path, w->options, fault);
	struct fault end = { 0 };
	bool good = in && survey_read_tally(in, a, &w->row, &w->n, fault);
	if (in)
		input_close(in, &end);
	return good;
}
