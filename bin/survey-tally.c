/* SPDX-License-Identifier: MIT */
/* survey-tally: honest tables from any survey export. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "stats/stats.h"
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
	{'c',  "codebook",  "FILE",     "what the questions are, as --explain wrote it",
         .text = &codebook	                                                                                           },
	{ 0,   "question",  "Q",        "only this question; may be given again",                         .list = &questions },
	{ 'b', "break",     "Q[,Q]",    "also by the answers to Q; by two, crossed",                      .list = &breaks    },
	{ 'w', "weight",    "COLUMN",   "weigh responses by this column",                                 .text = &weight    },
	{ 0,   "invited",   "N",        "how many were asked",                                            .number = &invited },
	{ 0,   "received",  "N",        "how many answered at all",                                       .number = &received},
	{ 0,   "declined",  "N",        "how many of those declined",                                     .number = &declined},
	{ 0,   "min-base",  "N",        "call a base under N small (10)",                                 .number = &min_base},
	{ 0,   "suppress",  "N",        "hide counts under N (0; 5 with a break)",                        .number = &suppress},
	{ 0,   "public",    NULL,       "hide counts under 5 everywhere, and print no verbatims",
         .flag = &public_only	                                                                                        },
	{ 0,   "code",      "FILE",     "themes from a filled-in coding sheet; with --explain, write it",
         .text = &code	                                                                                               },
	{ 0,   "store",     "REF",      "keep the tally as this survey in the store",                     .text = &store_ref },
	{ 0,   "responses", NULL,       "with --store, keep the responses too",                           .flag = &responses },
	{ 0,   "compare",   "REF|FILE", "beside an earlier wave: stored, responses or a tally",
         .text = &compare	                                                                                            },
	{ 0,   "fits",      "N",        "can any counts of N be printed as these percents",               .number = &fits    },
};

static int fail(struct cli *c, enum status status, const char *text)
{
	struct fault f = { 0 };

	fault_set(&f, status, "%s", text);
	return cli_fail(c, &f);
}

/* ---------- --fits ---------- */

static int say_fits(struct cli *c, bool good, bool none, int64_t least, int64_t most)
{
	long long n = (long long)fits, from = (long long)least, to = (long long)most;

	if (good)
		cli_say(c, "they fit: counts that round to these percents add up to %lld to %lld",
		        from, to);
	else if (none)
		cli_say(c, "no counts of %lld fit: none rounds to one of these percents", n);
	else
		cli_say(c,
		        "no counts of %lld fit: those that round to these percents add up to %lld "
		        "to %lld",
		        n, from, to);
	return good ? STATUS_OK : STATUS_FOUND;
}

/* Which counts each printed percent can be, and whether any of them add up to the base. */
static int tally_fits(struct cli *c)
{
	static const struct out_column columns[] = {
		{"percent", VALUE_TEXT,   true},
                { "least",  VALUE_NUMBER, true},
		{ "most",   VALUE_NUMBER, true}
	};
	struct stats_printed *p = arena_alloc(c->arena, (c->n + 1) * sizeof *p);
	struct fault f = { 0 };
	int64_t least, most;
	int status = STATUS_OK;

	if (c->n == 0 || fits == 0)
		return cli_usage(
		        c, "--fits takes a base from 1 up, and the percents printed of it");
	for (size_t i = 0; i < c->n; i++)
		if (!stats_printed_parse(c->operand[i], &p[i], &f))
			return cli_fail(c, &f);
	bool good = stats_fits(p, c->n, fits, &least, &most), none = false;
	struct writer *w = cli_writer(c, &status);
	if (!w)
		return status;
	writer_columns(w, columns, COUNT(columns));
	for (size_t i = 0; i < c->n; i++) {
		bool any = p[i].least <= p[i].most;
		none = none || !any;
		const char *cells[] = { c->operand[i],
			any ? arena_printf(c->arena, "%lld", (long long)p[i].least) : NULL,
			any ? arena_printf(c->arena, "%lld", (long long)p[i].most) : NULL };
		writer_cells(w, cells);
	}
	return say_fits(c, good, none, least, most);
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

static bool read_part(struct cli *c, struct survey *s, const char *path, enum input_format format,
        bool (*read)(struct survey *, struct input *, struct fault *), int *status)
{
	struct fault f = { 0 }, end = { 0 };
	enum input_format given = c->input;

	c->input = format; /* -i is about the responses */
	struct input *in = cli_input(c, path, NULL, status);
	c->input = given;
	if (!in)
		return false;
	bool good = read(s, in, &f);
	if (!input_close(in, &end) && good) {
		f = end;
		good = false;
	}
	if (!good)
		*status = cli_fail(c, &f);
	return good;
}

/* Writing responses out again takes a second reading: what columns are is known after the first.
 * Standard input is held in a file of its own for that. */
static bool hold_input(struct cli *c, FILE **held, int *status)
{
	struct fault f = { 0 };
	char part[65536];
	size_t n;

	if (isatty(STDIN_FILENO)) {
		*status = cli_usage(c, "name the file of responses, or pipe it in");
		return false;
	}
	*held = tmpfile();
	while (*held && (n = fread(part, 1, sizeof part, stdin)) > 0 &&
	        fwrite(part, 1, n, *held) == n)
		;
	if (*held && !ferror(*held) && !ferror(stdin) && fflush(*held) == 0)
		return true;
	fault_errno(&f, STATUS_IO, "cannot hold standard input for a second reading");
	*status = cli_fail(c, &f);
	return false;
}

static struct input *open_responses(struct cli *c, const char *path, int *status)
{
	static FILE *held;
	struct input_options o = { .format = c->input, .sheet_helper = cli_helper(c, "sheet-csv") };
	struct fault f = { 0 };
	bool twice = responses || (c->explain && code);

	if (!twice || (path && !str_equal(path, "-")))
		return cli_input(c, path, NULL, status);
	if (!held && !hold_input(c, &held, status))
		return NULL;
	lseek(fileno(held), 0, SEEK_SET);
	struct input *in = input_open_fd(fileno(held), "-", &o, &f);
	if (!in)
		*status = cli_fail(c, &f);
	return in;
}

/* A file of responses: each response that is kept knows the import it came with. */
struct source {
	char sha256[65];
	int64_t read;
	const char *import; /* its ref */
};
static struct source *sources, *reading;

static bool read_responses(
        struct cli *c, struct survey *s, survey_keep *keep, void *arg, int *status)
{
	struct fault f = { 0 }, end = { 0 };

	if (!sources)
		sources = arena_alloc(c->arena, (c->n + 1) * sizeof *sources);
	for (size_t i = 0; i < c->n || i == 0; i++) {
		int64_t before = survey_counts(s).read;
		struct input *in = open_responses(c, c->n ? c->operand[i] : NULL, status);
		if (!in)
			return false;
		reading = &sources[i];
		if (responses && !keep)
			input_hash(in);
		bool good = survey_read(s, in, keep, arg, &f);
		if (good && responses && !keep) {
			input_sha256(in, reading->sha256);
			reading->read = survey_counts(s).read - before;
		}
		if (!input_close(in, &end) && good) {
			f = end;
			good = false;
		}
		if (!good) {
			*status = cli_fail(c, &f);
			return false;
		}
	}
	return true;
}

/* Everything up to the understanding; keep: called with each response. */
static bool read_all(struct cli *c, struct survey *s, survey_keep *keep, void *arg, int *status)
{
	const char *scales = cli_share(c, "reference/scale.yaml");
	struct survey_ask ask = what_is_asked(c);
	struct fault f = { 0 };

	survey_set(s, &ask);
	if (!scales) {
		*status = fail(c, STATUS_HELPER,
		        "share/reference/scale.yaml is missing; install the whole toolkit");
		return false;
	}
	if (!read_part(c, s, scales, INPUT_YAML, survey_read_scales, status) ||
	        (codebook &&
	                !read_part(c, s, codebook, INPUT_YAML, survey_read_codebook, status)) ||
	        (code && !c->explain &&
	                !read_part(c, s, code, INPUT_AUTO, survey_read_codes, status)) ||
	        !read_responses(c, s, keep, arg, status))
		return false;
	if (survey_understand(s, &f))
		return true;
	*status = cli_fail(c, &f);
	return false;
}

static bool read_again(struct cli *c, survey_keep *keep, void *arg, int *status)
{
	struct survey *s = survey_new();
	bool good = read_all(c, s, keep, arg, status);

	survey_free(s);
	return good;
}

/* ---------- an earlier wave ---------- */

static bool read_earlier(struct cli *c, struct survey *s, struct survey_wave *w, int *status)
{
	struct input_options o = { .sheet_helper = cli_helper(c, "sheet-csv") };
	const char *name = compare;
	struct fault f = { 0 };
	bool good;

	w->path = compare;
	w->scales = cli_share(c, "reference/scale.yaml");
	w->codebook = codebook;
	w->options = &o;
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

static int write_rows(struct cli *c, struct survey *s)
{
	static const struct out_column columns[] = {
		{"question",        VALUE_TEXT,   true},
                { "break_by",       VALUE_TEXT,   true},
		{ "break_value",    VALUE_TEXT,   true},
                { "answer",         VALUE_TEXT,   true},
		{ "count",          VALUE_NUMBER, true},
                { "base",           VALUE_NUMBER, true},
		{ "percent",        VALUE_NUMBER, true},
                { "low",            VALUE_NUMBER, true},
		{ "high",           VALUE_NUMBER, true},
                { "base_weighted",  VALUE_NUMBER, true},
		{ "base_effective", VALUE_NUMBER, true},
                { "note",           VALUE_TEXT,   true}
	};
	bool weighted = survey_weighted(s);
	struct out_column use[COUNT(columns)];
	struct survey_row *row;
	struct fault f = { 0 };
	size_t n, k = 0;
	int status = STATUS_OK;

	for (size_t i = 0; i < COUNT(columns); i++)
		if (weighted || !str_starts(columns[i].name, "base_"))
			use[k++] = columns[i];
	struct writer *w = cli_writer(c, &status);
	if (!w)
		return status;
	if (!survey_rows(s, &row, &n, &f))
		return cli_fail(c, &f);
	writer_columns(w, use, k);
	for (size_t i = 0; i < n; i++) {
		const struct survey_row *r = &row[i];
		const char *cells[] = { r->question, r->break_by, r->break_value, r->answer,
			r->count, r->base, r->percent, r->low, r->high, r->note, NULL, NULL };
		if (weighted) {
			cells[9] = r->base_weighted;
			cells[10] = r->base_effective;
			cells[11] = r->note;
		}
		writer_cells(w, cells);
	}
	return STATUS_OK;
}

static int write_tally(struct cli *c, struct survey *s)
{
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (cli_look(c) != LOOK_PEOPLE)
		return write_rows(c, s);
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
	cli_say(c, "%lld responses read, %lld used", (long long)k.read, (long long)k.used);
	if (cli_look(c) != LOOK_PEOPLE && survey_response_line(s))
		cli_say(c, "%s", survey_response_line(s));
}

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

/* The coding sheet, for people to fill in. */
static int write_sheet(struct cli *c, struct survey *s)
{
	struct fault f = { 0 };
	int status = STATUS_OK;
	struct sheet sheet = { s, out_open_file(code, 0600, &f) };

	if (!sheet.out)
		return cli_fail(c, &f);
	survey_sheet(s, sheet.out, 0, NULL);
	if (!read_again(c, keep_in_sheet, &sheet, &status)) {
		out_abandon(sheet.out);
		return status;
	}
	if (!out_close(sheet.out, &f))
		return cli_fail(c, &f);
	cli_say(c, "fill in theme and tone in %s, then tally with --code=%s", quote(code), code);
	return STATUS_OK;
}

static int explain(struct cli *c, struct survey *s)
{
	struct fault f = { 0 };
	int status = STATUS_OK;
	struct out *out = cli_out(c, &status);

	if (!out)
		return status;
	if (!survey_explain(s, out, &f))
		return cli_fail(c, &f);
	return code ? write_sheet(c, s) : STATUS_OK;
}

/* ---------- the store ---------- */

struct kept {
	struct survey *survey;
	struct writer *writer;
};

static bool keep_response(
        void *arg, struct survey *s, long line, const struct row *row, struct fault *fault)
{
	const struct kept *kept = arg;

	(void)s;
	(void)fault;
	survey_response(kept->survey, kept->writer, store_ref, reading->import, line, row);
	return true;
}

/* The record of where responses came from; of a file that came before, the one there is. */
static bool add_import(struct cli *c, size_t i, struct fault *f)
{
	const char *file =
	        c->n && !str_equal(c->operand[i], "-") ? c->operand[i] : "standard input";
	const char *filter = arena_printf(c->arena, "sha256=%s", sources[i].sha256), **refs;
	struct list_query same = { .kind = "import", .filter = &filter, .nfilter = 1 };
	char now[21];
	size_t n;

	if (!record_refs(&c->work, &same, &refs, &n, f))
		return false;
	if (n > 0) {
		sources[i].import = refs[0];
		return true;
	}
	const char *rows = arena_printf(c->arena, "%lld", (long long)sources[i].read);
	struct assignment a[] = {
		{.field = "file",       .op = '=', .text = file                   },
		{ .field = "sha256",    .op = '=', .text = sources[i].sha256      },
		{ .field = "loaded_at", .op = '=', .text = time_format(c->work.now, now) },
		{ .field = "loaded_by",                    .op = '=',         .text = cli_by(c)           },
		{ .field = "read",                    .op = '=',              .text = rows      }
	};
	return record_add(&c->work, "import", NULL, a, COUNT(a), &sources[i].import, f);
}

/* The responses as a document in a passing file, loaded like any other. */
static bool store_responses(struct cli *c, struct survey *s, struct fault *f, int *status)
{
	FILE *file = tmpfile();
	struct load_counts counts = { 0 };
	struct fault end = { 0 };

	if (!file)
		return fault_errno(f, STATUS_IO, "cannot make a passing file");
	for (size_t i = 0; i < c->n || i == 0; i++)
		if (!add_import(c, i, f)) {
			fclose(file);
			return false;
		}
	struct out *out = out_open_fd(fileno(file), "a passing file");
	struct kept kept = { s, writer_new(FORMAT_YAML, out, &(struct writer_look){ 0 }) };
	writer_list(kept.writer, "response");
	bool good = survey_forget_responses(&c->work, store_ref, f) &&
	            read_again(c, keep_response, &kept, status);
	writer_end(kept.writer);
	good = writer_close(kept.writer, f) && out_close(out, f) && good;
	if (good) {
		lseek(fileno(file), 0, SEEK_SET);
		struct input_options o = { .format = INPUT_YAML };
		struct input *in = input_open_fd(fileno(file), "the responses", &o, f);
		good = in && record_load(&c->work, in, &(struct load_options){ 0 }, &counts, f);
		if (in)
			input_close(in, &end);
	}
	fclose(file);
	return good;
}

static int keep_tally(struct cli *c, struct survey *s)
{
	const char *title = c->n ? c->operand[0] : store_ref;
	struct fault f = { 0 };
	int status = STATUS_OK;

	if (!cli_begin(c, &status))
		return status;
	if (!survey_store(s, &c->work, store_ref, title, &f) ||
	        !survey_store_themes(s, &c->work, store_ref, &f) ||
	        (responses && !store_responses(c, s, &f, &status)))
		return f.status ? cli_abort(c, &f) : status;
	return cli_commit(c, arena_printf(c->arena, "survey %s tallied", store_ref));
}

/* ---------- the run ---------- */

static int tally(struct cli *c)
{
	struct survey_wave earlier = { 0 };
	struct survey *s;
	int status = STATUS_OK;

	if (fits >= 0)
		return tally_fits(c);
	if (responses && !store_ref)
		return cli_usage(c, "--responses goes with --store=REF");
	if (!open_store(c, &status))
		return status;
	s = survey_new();
	if (read_all(c, s, NULL, NULL, &status) &&
	        (!compare || read_earlier(c, s, &earlier, &status))) {
		say_notes(c, s);
		status = c->explain ? explain(c, s) : write_tally(c, s);
		if (status == STATUS_OK && store_ref && !c->explain)
			status = keep_tally(c, s);
	}
	survey_free(earlier.survey);
	survey_free(s);
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
