/* SPDX-License-Identifier: MIT */
/* survey-tally: honest tables from any survey export. */
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "survey/survey.h"

static const char *codebook, *weight, *store_ref, *compare, *code;
static struct cli_list questions, breaks;
static int64_t invited = -1, received = -1, declined = -1, min_base = 10, suppress = -1, fits = -1;
static bool public_only, responses;

/* How small counts are hidden: the store's settings where there is one, else these. */
static int64_t policy_threshold = 5;
static const char *policy_symbol = "<N";
static bool policy_zero;

static const struct cli_option options[] = {
	{ 'c', "codebook", "FILE", "what the questions are, as --explain wrote it",
	        .text = &codebook },
	{ 0, "question", "Q", "only this question; may be given again", .list = &questions },
	{ 'b', "break", "Q[,Q]", "also by the answers to Q; by two, crossed", .list = &breaks },
	{ 'w', "weight", "COLUMN", "weigh responses by this column", .text = &weight },
	{ 0, "invited", "N", "how many were asked", .number = &invited },
	{ 0, "received", "N", "how many answered at all", .number = &received },
	{ 0, "declined", "N", "how many of those declined", .number = &declined },
	{ 0, "min-base", "N", "call a base under N small (10)", .number = &min_base },
	{ 0, "suppress", "N", "hide counts under N (0; 5 with a break)", .number = &suppress },
	{ 0, "public", NULL, "hide counts under 5 everywhere, and print no verbatims",
	        .flag = &public_only },
	{ 0, "code", "FILE", "themes from a filled-in coding sheet; with --explain, write it",
	        .text = &code },
	{ 0, "store", "REF", "keep the tally as this survey in the store", .text = &store_ref },
	{ 0, "responses", NULL, "with --store, keep the responses too", .flag = &responses },
	{ 0, "compare", "REF|FILE", "beside an earlier wave: stored, responses or a tally",
	        .text = &compare },
	{ 0, "fits", "N", "can any counts of N be printed as these percents", .number = &fits },
};

/* ---------- --fits ---------- */

static int tally_fits(struct cli *c)
{
	struct survey_fit fit;
	struct fault f = { 0 };
	struct writer *w;
	int status;

	if (c->n == 0 || fits == 0)
		return cli_usage(
		        c, "--fits takes a base from 1 up, and the percents printed of it");
	if (!survey_fits(c->arena, fits, c->operand, c->n, NULL, &fit, &f))
		return cli_fail(c, &f);
	w = cli_writer(c, &status);
	if (!w)
		return status;
	survey_fits(c->arena, fits, c->operand, c->n, w, &fit, &f);
	const char *sums = arena_printf(c->arena, fit.least == fit.most ? "%lld" : "%lld to %lld",
	        (long long)fit.least, (long long)fit.most);
	if (fit.fits)
		cli_say(c, "they fit: counts that round to these percents add up to %s", sums);
	else if (fit.none)
		cli_say(c, "no counts of %lld fit: none rounds to one of these percents",
		        (long long)fits);
	else
		cli_say(c, "no counts of %lld fit: those that round to these percents add up to %s",
		        (long long)fits, sums);
	return fit.fits ? STATUS_OK : STATUS_FOUND;
}

/* ---------- the store's part ---------- */

static bool is_file(const char *name)
{
	return access(name, F_OK) == 0 || strchr(name, '/') || strchr(name, '.');
}

/* Opens the store where one is wanted, and takes its policy. */
static bool open_store(struct cli *c, int *status)
{
	bool write = store_ref && !c->explain;
	struct fault f = { 0 };

	if (!write && !c->db && (!compare || is_file(compare)))
		return true;
	if (!cli_open_local(c, write ? STORE_WRITE : STORE_READ, status))
		return false;
	const char *symbol = work_setting(&c->work, "small_symbol", &f);
	const char *zero = work_setting(&c->work, "small_zero", &f);
	if (symbol)
		policy_symbol = symbol;
	policy_zero = zero && str_equal(zero, "hidden");
	if (f.status || !work_setting_int(&c->work, "small_threshold", &policy_threshold, &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	return true;
}

/* ---------- reading ---------- */

static struct survey_ask what_is_asked(struct cli *c)
{
	const char **q = arena_alloc(c->arena, (questions.n + 1) * sizeof *q);
	const char **b = arena_alloc(c->arena, (breaks.n + 1) * sizeof *b);

	for (size_t i = 0; i < questions.n; i++)
		q[i] = questions.item[i];
	for (size_t i = 0; i < breaks.n; i++)
		b[i] = breaks.item[i];
	return (struct survey_ask){ .question = q,
		.breaks = breaks.n ? b : NULL,
		.weight = weight,
		.invited = invited,
		.received = received,
		.declined = declined,
		.min_base = min_base,
		.threshold = suppress,
		.small = policy_threshold,
		.hide_zero = policy_zero,
		.symbol = policy_symbol,
		.public = public_only };
}

/* What is to be read; standard input may not be a terminal that waits in silence. */
static bool make_job(struct cli *c, struct survey_job *job, int *status)
{
	struct fault f = { 0 };
	bool piped = c->n == 0;

	for (size_t i = 0; i < c->n; i++)
		piped = piped || str_equal(c->operand[i], "-");
	if (piped && isatty(STDIN_FILENO)) {
		*status =
		        cli_usage(c, "input was expected on standard input, which is the terminal; "
		                     "name a file or pipe one in");
		return false;
	}
	*job = (struct survey_job){
		.scales = cli_share(c, "reference/scale.yaml"),
		.codebook = codebook,
		.codes = c->explain ? NULL : code,
		.file = c->operand,
		.n = c->n,
		.options = { .format = c->input, .sheet_helper = cli_helper(c, "sheet-csv") },
		.ask = what_is_asked(c),
		.again = responses || (c->explain && code),
		.hash = responses,
	};
	if (job->scales)
		return true;
	fault_set(&f, STATUS_HELPER,
	        "share/reference/scale.yaml is missing; install the whole toolkit");
	*status = cli_fail(c, &f);
	return false;
}

/* ---------- an earlier wave ---------- */

static bool read_earlier(struct cli *c, struct survey *s, struct survey_wave *w, int *status)
{
	struct input_options *o = arena_alloc(c->arena, sizeof *o);
	const char *name = compare;
	struct fault f = { 0 };
	bool good;

	*o = (struct input_options){ .sheet_helper = cli_helper(c, "sheet-csv") };
	w->path = compare;
	w->scales = cli_share(c, "reference/scale.yaml");
	w->codebook = codebook;
	w->options = o;
	w->ask = what_is_asked(c);
	if (is_file(compare))
		good = survey_wave_read(w, c->arena, &f);
	else
		good = survey_stored(&c->work, compare, &name, &w->row, &w->n, &f);
	if (good)
		survey_compare(s, name, w->row, w->n);
	else if (f.status)
		*status = cli_fail(c, &f);
	return good;
}

/* ---------- writing ---------- */

static int write_tally(struct cli *c, struct survey *s)
{
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (cli_look(c) != LOOK_PEOPLE) {
		struct writer *w = cli_writer(c, &status);
		if (!w)
			return status;
		return survey_write(s, w, &f) ? STATUS_OK : cli_fail(c, &f);
	}
	struct out *out = cli_out(c, &status);
	if (!out)
		return status;
	int columns = c->to ? 0 : cli_columns(STDOUT_FILENO);
	return survey_show(s, out, columns, c->format == FORMAT_MD, &f) ? STATUS_OK
	                                                                : cli_fail(c, &f);
}

static void say_notes(struct cli *c, struct survey *s)
{
	size_t n;
	const char *const *note = survey_notes(s, &n);
	struct survey_counts k = survey_counts(s);

	for (size_t i = 0; i < n; i++)
		cli_say(c, "%s", note[i]);
	cli_say(c, "%lld response%s read, %lld used", (long long)k.read, k.read == 1 ? "" : "s",
	        (long long)k.used);
	if (cli_look(c) != LOOK_PEOPLE && survey_response_line(s))
		cli_say(c, "%s", survey_response_line(s));
}

static int explain(struct cli *c, struct survey_job *job, struct survey *s)
{
	struct fault f = { 0 };
	int status = STATUS_OK;
	struct out *out = cli_out(c, &status);

	if (!out)
		return status;
	if (!survey_explain(s, out, &f))
		return cli_fail(c, &f);
	if (!code)
		return STATUS_OK;
	if (!survey_job_sheet(job, s, code, &f))
		return cli_fail(c, &f);
	cli_say(c, "fill in theme and tone in %s, then tally with --code=%s", quote(code), code);
	return STATUS_OK;
}

/* ---------- the store ---------- */

/* A dry run is told as counts: a line for each answer would bury them. */
static struct count {
	const char *kind;
	size_t added, changed, removed;
} counts[16];

static void count_change(void *data, const struct record_change *change)
{
	struct cli *c = data;
	size_t i = 0;

	while (i + 1 < COUNT(counts) && counts[i].kind && !str_equal(counts[i].kind, change->kind))
		i++;
	if (!counts[i].kind)
		counts[i].kind = arena_strdup(c->arena, change->kind);
	counts[i].added += change->op == 'a';
	counts[i].removed += change->op == 'r';
	counts[i].changed += change->op == 'c' || change->op == 'k';
}

static void say_counts(struct cli *c)
{
	for (const struct count *n = counts; n < counts + COUNT(counts) && n->kind; n++)
		cli_say(c, "%s: %zu new, %zu changes, %zu gone", n->kind, n->added, n->changed,
		        n->removed);
	if (counts[0].kind)
		cli_say(c, "dry run: nothing of this was kept");
}

static int keep_tally(struct cli *c, struct survey_job *job, struct survey *s)
{
	const char *title = c->n ? c->operand[0] : store_ref;
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (!cli_begin(c, &status))
		return status;
	if (c->dry_run)
		c->work.changed = count_change;
	if (!survey_store(s, &c->work, store_ref, title, &f) ||
	        !survey_store_themes(s, &c->work, store_ref, &f) ||
	        (responses && !survey_job_store(job, s, &c->work, store_ref, cli_by(c), &f)))
		return cli_abort(c, &f);
	status = cli_commit(c, arena_printf(c->arena, "survey %s tallied", store_ref));
	if (status == STATUS_OK && c->dry_run)
		say_counts(c);
	return status;
}

/* ---------- the run ---------- */

static int run_job(struct cli *c, struct survey_job *job, struct survey *s)
{
	struct survey_wave earlier = { 0 };
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (!survey_job_read(job, s, NULL, NULL, &f))
		return cli_fail(c, &f);
	if (!compare || read_earlier(c, s, &earlier, &status)) {
		say_notes(c, s);
		status = c->explain ? explain(c, job, s) : write_tally(c, s);
		if (status == STATUS_OK && store_ref && !c->explain)
			status = keep_tally(c, job, s);
	}
	survey_free(earlier.survey);
	return status;
}

static int tally(struct cli *c)
{
	struct survey_job job;
	struct survey *s;
	int status = STATUS_OK;

	if (fits >= 0)
		return tally_fits(c);
	if (responses && !store_ref)
		return cli_usage(c, "--responses goes with --store=REF");
	if (!open_store(c, &status) || !make_job(c, &job, &status))
		return status;
	s = survey_new();
	status = run_job(c, &job, s);
	survey_free(s);
	survey_job_free(&job);
	return status;
}

int main(int argc, char **argv)
{
	return cli_main(argc, argv,
	        &(struct program){ .name = "survey-tally",
	                .about = "Tallies survey responses: shares with bases and intervals, by "
	                         "any break.",
	                .run = tally,
	                .operands = "[FILE ...]\n--fits=N PERCENT ...",
	                .use = USE_OUTPUT | USE_STORE | USE_CHANGE | USE_READ,
	                .options = options,
	                .noptions = COUNT(options) });
}
