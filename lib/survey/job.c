/* SPDX-License-Identifier: MIT */
/* The files of a run: scales, codebook, coding sheet and responses, read in their order, and twice where needed. */
#include "survey/survey.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a file says, by one of the readers; closing it may bring a fault of the helper that read it. */
static bool read_part(const struct survey_job *job, struct survey *s, const char *path,
        enum input_format format, bool (*read)(struct survey *, struct input *, struct fault *),
        struct fault *fault)
{
	struct input_options o = job->options;
	struct fault end = { 0 };
	struct input *in;
	bool good;

	if (!path)
		return true;
	o.format = format;
	in = input_open(path, &o, fault);
	if (!in)
		return false;
	good = read(s, in, fault);
	if (!input_close(in, &end) && good) {
		*fault = end;
		good = false;
	}
	return good;
}

/* Writing responses out again takes a second reading: what columns are is known after the first. Standard
 * input is held in a file of its own for that. */
static bool hold_input(struct survey_job *job, struct fault *fault)
{
	FILE *file = tmpfile();
	char part[65536];
	size_t n;

	while (file && (n = fread(part, 1, sizeof part, stdin)) > 0 &&
	        fwrite(part, 1, n, file) == n)
		;
	if (!file || ferror(file) || ferror(stdin) || fflush(file) != 0) {
		if (file)
			fclose(file);
		return fault_errno(
		        fault, STATUS_IO, "cannot hold standard input for a second reading");
	}
	job->held = file;
	return true;
}

static struct input *open_responses(struct survey_job *job, const char *path, struct fault *fault)
{
	if (!job->again || (path && !str_equal(path, "-")))
		return input_open(path, &job->options, fault);
	if (!job->held && !hold_input(job, fault))
		return NULL;
	lseek(fileno(job->held), 0, SEEK_SET);
	return input_open_fd(fileno(job->held), "-", &job->options, fault);
}

/* keep NULL: the first reading, which learns what each file is. */
static bool read_file(struct survey_job *job, struct survey *s, size_t i, survey_keep *keep,
        void *arg, struct fault *fault)
{
	struct input *in = open_responses(job, job->n ? job->file[i] : NULL, fault);
	int64_t before = survey_counts(s).read;
	struct fault end = { 0 };
	bool good;

	if (!in)
		return false;
	job->reading = &job->source[i];
	if (job->hash && !keep)
		input_hash(in);
	good = survey_read(s, in, keep, arg, fault);
	if (good && job->hash && !keep) {
		input_sha256(in, job->reading->sha256);
		job->reading->read = survey_counts(s).read - before;
	}
	if (!input_close(in, &end) && good) {
		*fault = end;
		good = false;
	}
	return good;
}

bool survey_job_read(
        struct survey_job *job, struct survey *s, survey_keep *keep, void *arg, struct fault *fault)
{
	bool good;

	if (!job->source)
		job->source = mem_zalloc((job->n + 1) * sizeof *job->source);
	survey_set(s, &job->ask);
	good = read_part(job, s, job->scales, INPUT_YAML, survey_read_scales, fault) &&
	       read_part(job, s, job->codebook, INPUT_YAML, survey_read_codebook, fault) &&
	       read_part(job, s, job->codes, INPUT_AUTO, survey_read_codes, fault);
	for (size_t i = 0; good && (i < job->n || i == 0); i++)
		good = read_file(job, s, i, keep, arg, fault);
	return good && survey_understand(s, fault);
}

static bool read_again(struct survey_job *job, survey_keep *keep, void *arg, struct fault *fault)
{
	struct survey *s = survey_new();
	bool good = survey_job_read(job, s, keep, arg, fault);

	survey_free(s);
	return good;
}

void survey_job_free(struct survey_job *job)
{
	if (job->held)
		fclose(job->held);
	mem_free(job->source);
}

/* ---------- the coding sheet ---------- */

struct sheet {
	struct survey *survey;
	struct out *out;
};

static bool keep_in_sheet(
        void *arg, struct survey *s, long line, const struct row *row, struct fault *fault)
{
	const struct sheet *sheet = arg;

	(void)s;
	(void)fault;
	return survey_sheet(sheet->survey, sheet->out, line, row);
}

bool survey_job_sheet(
        struct survey_job *job, struct survey *s, const char *path, struct fault *fault)
{
	struct sheet sheet = { s, out_open_file(path, 0600, fault) };

	if (!sheet.out)
		return false;
	survey_sheet(s, sheet.out, 0, NULL);
	if (!read_again(job, keep_in_sheet, &sheet, fault)) {
		out_abandon(sheet.out);
		return false;
	}
	return out_close(sheet.out, fault);
}

/* ---------- responses in the store ---------- */

struct kept {
	struct survey_job *job;
	struct survey *survey;
	struct writer *writer;
	const char *ref;
};

static bool keep_response(
        void *arg, struct survey *s, long line, const struct row *row, struct fault *fault)
{
	const struct kept *kept = arg;

	(void)s;
	(void)fault;
	survey_response(
	        kept->survey, kept->writer, kept->ref, kept->job->reading->import, line, row);
	return true;
}

/* The record of where responses came from; of a file that came before, the one there is. */
static bool add_import(
        struct survey_job *job, struct work *w, size_t i, const char *by, struct fault *fault)
{
	struct survey_source *source = &job->source[i];
	const char *file =
	        job->n && !str_equal(job->file[i], "-") ? job->file[i] : "standard input";
	const char *filter = arena_printf(w->arena, "sha256=%s", source->sha256), **refs;
	struct list_query same = { .kind = "import", .filter = &filter, .nfilter = 1 };
	char now[21], rows[24];
	size_t n;

	if (!record_refs(w, &same, &refs, &n, fault))
		return false;
	if (n > 0) {
		source->import = refs[0];
		return true;
	}
	snprintf(rows, sizeof rows, "%lld", (long long)source->read);
	struct assignment a[] = {
		{ .field = "file", .op = '=', .text = file },
		{ .field = "sha256", .op = '=', .text = source->sha256 },
		{ .field = "loaded_at", .op = '=', .text = time_format(w->now, now) },
		{ .field = "loaded_by", .op = '=', .text = by },
		{ .field = "read", .op = '=', .text = rows },
	};
	return record_add(w, "import", NULL, a, COUNT(a), &source->import, fault);
}

static bool load_file(struct work *w, FILE *file, struct fault *fault)
{
	struct input_options o = { .format = INPUT_YAML };
	struct load_counts counts = { 0 };
	struct fault end = { 0 };
	struct input *in;
	bool good;

	lseek(fileno(file), 0, SEEK_SET);
	in = input_open_fd(fileno(file), "the responses", &o, fault);
	good = in && record_load(w, in, &(struct load_options){ 0 }, &counts, fault);
	if (in)
		input_close(in, &end);
	return good;
}

bool survey_job_store(struct survey_job *job, struct survey *s, struct work *w, const char *ref,
        const char *by, struct fault *fault)
{
	struct kept kept = { .job = job, .survey = s, .ref = ref };
	FILE *file = tmpfile();
	struct out *out;
	bool good = true;

	if (!file)
		return fault_errno(fault, STATUS_IO, "cannot make a passing file");
	for (size_t i = 0; good && (i < job->n || i == 0); i++)
		good = add_import(job, w, i, by, fault);
	if (!good)
		goto out;
	out = out_open_fd(fileno(file), "a passing file");
	kept.writer = writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 });
	writer_list(kept.writer, "response");
	good = survey_forget_responses(w, ref, fault) &&
	       read_again(job, keep_response, &kept, fault);
	writer_end(kept.writer);
	good = writer_close(kept.writer, fault) && good;
	good = out_close(out, fault) && good;
	good = good && load_file(w, file, fault);
out:
	fclose(file);
	return good;
}
