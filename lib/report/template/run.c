/* SPDX-License-Identifier: MIT */
/* A report: its parameters settled, its template expanded, its document written. */
#include <errno.h>
#include <string.h>
#include "report/pdf/fonts.h"
#include "report/sql.h"
#include "report/template/template.h"

struct report {
	struct run run;
	struct report_place place;
	struct report_options options;
};

/* ---------- parameters ---------- */

/* The names that every template may use; their order is that of run->builtin. */
enum { TODAY, PARTNERSHIP, PERIOD, SINCE, UNTIL, AREAS, AUDIENCE, BUILTINS };
static const char *const builtin_names[BUILTINS] = { "today", "partnership", "period", "since",
	"until", "areas", "audience" };

static bool ask_one(
        struct run *run, size_t id, const char *second, const char **out, struct fault *f)
{
	struct query *q = store_query(run->store, &report_statements, id, f);
	int step;

	*out = NULL;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, run->options->partnership);
	if (second != NULL)
		query_bind_text(q, 2, second);
	step = query_step(q, f);
	if (step > 0)
		*out = arena_strdup(run->arena, query_text(q, 0));
	query_done(q);
	return step >= 0;
}

bool run_policy(
        struct run *run, int64_t *threshold, bool *hide_zero, const char **symbol, struct fault *f)
{
	struct query *q = store_query(run->store, &report_statements, SQL_POLICY, f);
	struct buf text = { 0 };
	int step;

	*threshold = 5;
	*hide_zero = false;
	if (q == NULL)
		return false;
	query_bind_text(q, 1, run->options->partnership);
	step = query_step(q, f);
	if (step > 0) {
		struct fault ignored = { 0 };
		const char *sign = query_text(q, 2);

		if (query_text(q, 0) != NULL)
			number_parse(query_text(q, 0), 0, 1000, threshold, &ignored);
		*hide_zero = str_equal(query_text(q, 1), "hidden");
		for (sign = sign == NULL ? "<N" : sign; *sign != '\0'; sign++)
			if (*sign == 'N')
				buf_addf(&text, "%lld", (long long)*threshold);
			else
				buf_addc(&text, *sign);
	}
	*symbol = arena_strdup(run->arena, buf_text(&text));
	buf_free(&text);
	query_done(q);
	return step >= 0;
}

static const char *iso(struct run *run, day_t day)
{
	char text[11];

	return arena_strdup(run->arena, day_format(day, text));
}

static bool builtins(struct run *run, struct fault *f)
{
	int second;
	day_t today = zone_day(store_now(run->store), &second);
	const char *style, *period = NULL;

	run->doc.today = today;
	if (!ask_one(run, SQL_STYLE, NULL, &style, f) ||
	        (run->options->partnership != NULL &&
	                !ask_one(run, SQL_PERIOD, iso(run, today), &period, f)))
		return false;
	run->iso_dates = str_equal(style, "iso");
	const char *const values[BUILTINS] = { [TODAY] = iso(run, today),
		[PARTNERSHIP] = run->options->partnership,
		[PERIOD] = period,
		[SINCE] = iso(run, today - 7),
		[UNTIL] = iso(run, today),
		[AREAS] = NULL,
		[AUDIENCE] = "public" };
	run->nbuiltin = BUILTINS;
	for (size_t i = 0; i < BUILTINS; i++)
		run->builtin[i] = (struct pair){ .name = builtin_names[i],
			.value = values[i],
			.kind = i == PERIOD  ? "period"
			        : i == AREAS ? "scheme"
			                     : NULL,
			.date = i == TODAY || i == SINCE || i == UNTIL };
	return true;
}

static bool set_value(struct run *run, struct pair *pair, const char *value, struct fault *f)
{
	static const char *const audiences[] = { "public", "partners", "board", "front-line" };
	day_t day;

	if (*value == '\0') {
		pair->value = NULL;
		return true;
	}
	if (pair->date) {
		if (!day_parse(value, ORDER_DMY, run->doc.today, &day, f)) {
			f->status = STATUS_USAGE;
			fault_place(f, NULL, 0, pair->name);
			return false;
		}
		pair->value = iso(run, day);
		return true;
	}
	if (pair->kind != NULL)
		return named_find(run, pair, value, &pair->value, f);
	if (strcmp(pair->name, "audience") == 0) {
		size_t i = 0;

		while (i < COUNT(audiences) && strcmp(value, audiences[i]) != 0)
			i++;
		if (i == COUNT(audiences))
			return fault_set(f, STATUS_USAGE,
			        "audience: %s is none; use public, partners, board or front-line",
			        quote(value));
	}
	pair->value = value;
	return true;
}

/* What an operand NAME=VALUE gives, of those from *at on; NULL: nothing more. */
static const char *next_given(const struct run *run, const char *name, size_t *at)
{
	size_t n = strlen(name);

	while (*at < run->options->ngiven) {
		const char *operand = run->options->given[(*at)++];

		if (strncmp(operand, name, n) == 0 && operand[n] == '=')
			return operand + n + 1;
	}
	return NULL;
}

static bool set_given(struct run *run, struct pair *pair, struct fault *f)
{
	const char *value;

	for (size_t at = 0; (value = next_given(run, pair->name, &at)) != NULL;)
		if (!set_value(run, pair, value, f))
			return false;
	return true;
}

/* A parameter's default: a query, a date, or a text. A date makes what is given a date too. */
static bool set_default(struct run *run, const struct frame *frame, struct pair *pair,
        const char *text, struct fault *f)
{
	struct fault ignored = { 0 };
	struct buf value = { 0 };
	day_t day;
	char iso_day[11];

	if (strstr(text, "{{") == NULL) {
		pair->date = day_parse(text, ORDER_DMY, run->doc.today, &day, &ignored);
		pair->value = pair->date ? iso(run, day) : *text == '\0' ? NULL : text;
		return true;
	}
	bool ok = expand_inline(run, frame, text, strlen(text), 1, true, &value, f);
	pair->value = value.n == 0 ? NULL : arena_strdup(run->arena, buf_text(&value));
	pair->date = value.n == 10 && day_parse(value.p, ORDER_YMD, 0, &day, &ignored) &&
	             strcmp(day_format(day, iso_day), value.p) == 0;
	buf_free(&value);
	return ok;
}

/* The template's parameters, each with those before it at hand; given: what the operands say goes
 * before the default. */
static bool parameters(struct run *run, const struct template *t, struct pair *param, int depth,
        bool given, struct fault *f)
{
	struct frame frame = { .template = t, .depth = depth, .param = param };

	for (size_t i = 0; i < t->nparam; i++) {
		param[i] = (struct pair){ .name = t->param[i].name, .kind = t->param[i].kind };
		if (!set_default(run, &frame, &param[i], t->param[i].value, f) ||
		        (given && !set_given(run, &param[i], f)))
			return false;
		frame.nparam = i + 1;
	}
	return true;
}

static struct pair *pair_of(struct pair *pairs, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return &pairs[i];
	return NULL;
}

static bool refuse_given(
        const struct run *run, const struct template *t, const char *name, struct fault *f)
{
	const char *words[64], *near;
	size_t n = 0;

	for (size_t i = 0; i < t->nparam && n < COUNT(words); i++)
		words[n++] = t->param[i].name;
	for (size_t i = PERIOD; i < run->nbuiltin && n < COUNT(words); i++)
		words[n++] = run->builtin[i].name;
	near = text_nearest(name, words, n);
	fault_set(f, STATUS_USAGE, "the report has no parameter %s", quote(name));
	if (near != NULL)
		fault_hint(f, "did you mean %s=", near);
	return false;
}

/* NAME=VALUE operands; those that every report has are set, for the included ones too. */
static bool take_given(struct run *run, const struct template *t, struct fault *f)
{
	for (size_t i = 0; i < run->options->ngiven; i++) {
		const char *operand = run->options->given[i], *equals = strchr(operand, '=');

		if (equals == NULL)
			return fault_set(f, STATUS_USAGE, "%s is no NAME=VALUE", quote(operand));
		char *name = arena_strndup(run->arena, operand, (size_t)(equals - operand));
		if (pair_of(t->param, t->nparam, name) == NULL &&
		        pair_of(run->builtin + PERIOD, run->nbuiltin - PERIOD, name) == NULL)
			return refuse_given(run, t, name, f);
	}
	for (size_t i = PERIOD; i < run->nbuiltin; i++)
		if (!set_given(run, &run->builtin[i], f))
			return false;
	return true;
}

bool expand_template(struct run *run, const struct template *t, struct pair *given, size_t ngiven,
        int depth, struct fault *f)
{
	struct pair *param = arena_alloc(run->arena, (t->nparam + 1) * sizeof *param);
	struct frame frame = { .template = t, .param = param, .nparam = t->nparam, .depth = depth };

	if (!parameters(run, t, param, depth, false, f))
		return false;
	for (size_t i = 0; i < ngiven; i++) {
		struct pair *own = pair_of(param, t->nparam, given[i].name);

		if (own == NULL)
			return fault_set(f, STATUS_CONFIG, "%s has no parameter %s", quote(t->path),
			        quote(given[i].name));
		own->value = str_empty(given[i].value) ? NULL : given[i].value;
	}
	return expand_body(run, &frame, t->body, t->nbody, t->line, f);
}

/* ---------- the report ---------- */

/* compare: NAME=:PARAM runs the template once more with NAME as PARAM says, and marks what changed. */
static bool run_compared(
        struct run *run, const struct template *t, struct frame *frame, struct fault *f)
{
	const char *equals = t->compare == NULL ? NULL : strchr(t->compare, '=');
	const char *earlier;
	struct pair *param = frame->param, *own, *changed;

	if (t->compare == NULL)
		return true;
	if (equals == NULL || equals[1] != ':' || !frame_find(run, frame, equals + 2, &earlier) ||
	        (own = pair_of(param, t->nparam,
	                 arena_strndup(run->arena, t->compare, (size_t)(equals - t->compare)))) ==
	                NULL) {
		fault_set(f, STATUS_CONFIG, "compare: write PARAMETER=:PARAMETER");
		return template_fault(frame, 1, f);
	}
	if (str_empty(earlier))
		return true;
	if (str_equal(earlier, own->value)) {
		size_t at = 0;

		/* By its defaults alone a template compares nothing then. */
		if (next_given(run, equals + 2, &at) == NULL)
			return true;
		return fault_set(f, STATUS_USAGE,
		        "%s: %s would be compared with itself; name another one with %s=",
		        equals + 2, quote(earlier), own->name);
	}
	changed = arena_alloc(run->arena, (t->nparam + 1) * sizeof *changed);
	memcpy(changed, param, t->nparam * sizeof *changed);
	changed[own - param].value = earlier;
	struct frame old = *frame;
	old.param = changed;
	run->md = &run->doc.old;
	bool ok = expand_body(run, &old, t->body, t->nbody, t->line, f);
	run->md = &run->doc.md;
	run->nfigure = run->blocks = run->filled = 0;
	return ok;
}

static bool make_title(struct run *run, const struct frame *frame, struct fault *f)
{
	const struct template *t = frame->template;
	const char *slash = strrchr(t->path, '/');
	const char *text = t->title != NULL ? t->title : slash == NULL ? t->path : slash + 1;
	struct buf title = { 0 }, clean = { 0 };
	bool ok = expand_inline(run, frame, text, strlen(text), 1, true, &title, f);

	markdown_add_clean(&clean, buf_text(&title), title.n);
	for (size_t i = 0; i < clean.n; i++)
		if (clean.p[i] == '\n' || clean.p[i] == '\t')
			clean.p[i] = ' ';
	run->doc.title = arena_strdup(run->arena, buf_text(&clean));
	buf_free(&title);
	buf_free(&clean);
	return ok;
}

static bool run_template(struct run *run, const char *name, struct fault *f)
{
	struct template *t = arena_alloc(run->arena, sizeof *t);
	const char *path = report_find(run->place, name, run->arena, f);

	if (path == NULL || !template_read(t, path, run->arena, f) || !builtins(run, f))
		return false;
	if (t->single && run->options->partnership == NULL)
		return fault_set(f, STATUS_USAGE,
		        "%s is a report of one partnership; choose it with -p", quote(name));
	if (strchr(name, '/') != NULL)
		run->folder = arena_strndup(run->arena, path, (size_t)(strrchr(path, '/') - path));
	struct pair *param = arena_alloc(run->arena, (t->nparam + 1) * sizeof *param);
	struct frame frame = { .template = t, .param = param, .nparam = t->nparam };
	if (!take_given(run, t, f) || !parameters(run, t, param, 0, true, f))
		return false;
	run->doc.lang = t->lang;
	run->doc.landscape = t->landscape;
	return make_title(run, &frame, f) && run_compared(run, t, &frame, f) &&
	       expand_body(run, &frame, t->body, t->nbody, t->line, f);
}

struct report *report_run(const struct report_place *place, const char *name,
        const struct report_options *options, struct fault *f)
{
	struct report *r = mem_zalloc(sizeof *r);
	struct fault ignored = { 0 };

	r->place = *place;
	r->options = *options;
	r->run.place = &r->place;
	r->run.options = &r->options;
	r->run.store = options->store;
	r->run.arena = arena_new();
	document_start(&r->run.doc, r->run.arena);
	r->run.doc.columns = options->columns;
	r->run.md = &r->run.doc.md;
	if (store_hold(options->store, true, f)) {
		bool ok = run_template(&r->run, name, f) &&
		          (!r->run.wants_logo || logo_ask(&r->run, f));

		if (store_hold(options->store, false, ok ? f : &ignored) && ok) {
			/* From here on the store is not needed. */
			r->run.store = NULL;
			return r;
		}
	}
	report_free(r);
	return NULL;
}

void report_free(struct report *r)
{
	if (r == NULL)
		return;
	document_finish(&r->run.doc);
	mem_free(r->run.figure);
	arena_free(r->run.arena);
	mem_free(r);
}

bool report_empty(const struct report *r)
{
	return r->run.blocks > 0 && r->run.filled == 0;
}

const struct report_figure *report_figures(const struct report *r, size_t *n)
{
	*n = r->run.nfigure;
	return r->run.figure;
}

/* Characters that the PDF shows as squares, and what can be done. */
static void note_unshown(struct run *run)
{
	uint32_t rune = run->doc.unshown_first;
	struct buf one = { 0 };

	text_add_rune(&one, rune);
	run->note = arena_printf(run->arena,
	        "%s%s%zu %s not in the fonts of the PDF (such as %s, U+%04X), shown as squares; %s",
	        run->note == NULL ? "" : run->note, run->note == NULL ? "" : "; ", run->doc.unshown,
	        run->doc.unshown == 1 ? "character is" : "characters are", quote(buf_text(&one)),
	        (unsigned)rune,
	        fonts_have(rune) ? "install the package " FONTS_PACKAGE
	                         : "write HTML or ODT and print that");
	buf_free(&one);
}

const char *report_note(const struct report *r)
{
	return r->run.note;
}

static bool write(struct report *r, enum report_format format, const struct report_helpers *helpers,
        struct buf *out, struct fault *f)
{
	struct document *doc = &r->run.doc;

	switch (format) {
	case REPORT_MD:
		return document_md(doc, out, f);
	case REPORT_TEXT:
		return document_text(doc, out, f);
	case REPORT_HTML:
		return document_html(doc, out, f);
	case REPORT_ODT:
		return document_odt(doc, helpers, out, f);
	case REPORT_PDF:
		if (!document_pdf(doc, helpers, out, f))
			return false;
		if (doc->unshown > 0)
			note_unshown(&r->run);
		return true;
	case REPORT_MS:
		return document_ms(doc, NULL, out, f);
	}
	return fault_set(f, STATUS_INTERNAL, "unknown format");
}

bool report_write(struct report *r, enum report_format format, const struct report_helpers *helpers,
        struct buf *out, struct fault *f)
{
	if (format != REPORT_TEXT && format != REPORT_MS)
		logo_read(&r->run, helpers);
	/* Without memory liblowdown leaves out what it was at, and says nothing. */
	errno = 0;
	bool ok = write(r, format, helpers, out, f);
	if (ok && errno == ENOMEM)
		base_oom_handler();
	return ok;
}
