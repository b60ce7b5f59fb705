/* SPDX-License-Identifier: MIT */
/* The parts of an xlsx beside its rows: relations, workbook, styles, shared strings. */
#include "sheet/read/book.h"

#include <stdlib.h>
#include <string.h>

/* ---------- relations: which part is what ---------- */

struct relation {
	const char *id, *type, *target;
};
struct relations {
	struct part part;
	const char *folder; /* that targets are relative to, with a slash or empty */
	struct relation *at;
	size_t n, cap;
};

/* "/xl/x.xml", "x.xml" and "../xl/x.xml" as a name within the zip. */
static const char *resolve(struct arena *arena, const char *folder, const char *target)
{
	char *path, *up;

	if (*target == '/')
		return arena_strdup(arena, target + 1);
	path = arena_printf(arena, "%s%s", folder, target);
	while ((up = strstr(path, "/../"))) {
		char *from = up;

		while (from > path && from[-1] != '/')
			from--;
		memmove(from, up + 4, strlen(up + 4) + 1);
	}
	return path;
}

static void XMLCALL relation_start(void *user, const char *name, const char **attrs)
{
	struct relations *r = user;
	const char *id, *type, *target;

	r->part.depth++;
	if (!str_equal(part_local(&r->part, name), "Relationship"))
		return;
	id = attr(attrs, "Id");
	type = attr(attrs, "Type");
	target = attr(attrs, "Target");
	if (!id || !type || !target || r->n >= BOOK_SHEETS * 2)
		return;
	r->at = mem_grow(r->at, &r->cap, r->n + 1, sizeof *r->at);
	r->at[r->n++] = (struct relation){ .id = arena_strdup(r->part.book->arena, id),
		.type = arena_strdup(r->part.book->arena, type),
		.target = resolve(r->part.book->arena, r->folder, target) };
}

static void XMLCALL plain_end(void *user, const char *name)
{
	struct part *part = user;

	(void)name;
	part->depth--;
}

/* Types end alike in transitional and in strict files: "…/relationships/worksheet". */
static const struct relation *of_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++) {
		const char *slash = strrchr(r->at[i].type, '/');

		if (slash && str_equal(slash + 1, type))
			return &r->at[i];
	}
	return NULL;
}

static const struct relation *of_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_equal(r->at[i].id, id))
			return &r->at[i];
	return NULL;
}

static bool read_relations(
        struct sheet_book *book, const char *of, struct relations *r, struct fault *f)
{
	static const struct handlers to = { .start = relation_start, .end = plain_end };
	const char *slash = strrchr(of, '/');
	int folder = slash ? (int)(slash + 1 - of) : 0;

	*r = (struct relations){ .folder = arena_printf(book->arena, "%.*s", folder, of) };
	return part_parse(book,
	        arena_printf(book->arena, "%s_rels/%s.rels", r->folder, of + folder), true, &to,
	        &r->part, f);
}

/* ---------- the workbook: sheets and the date system ---------- */

struct workbook {
	struct part part;
	const struct relations *relations;
};

static void XMLCALL workbook_start(void *user, const char *name, const char **attrs)
{
	struct workbook *w = user;
	struct sheet_book *book = w->part.book;
	const char *local;

	w->part.depth++;
	local = part_local(&w->part, name);
	if (str_equal(local, "workbookPr")) {
		const char *compatible = attr(attrs, "dateCompatibility");

		if (attr_true(attrs, "date1904"))
			book->epoch = EPOCH_1904;
		else if (compatible && !attr_true(attrs, "dateCompatibility"))
			book->epoch = EPOCH_1899;
	} else if (str_equal(local, "sheet") && w->part.depth == 3 && book->sheets < BOOK_SHEETS) {
		const char *title = attr(attrs, "name"), *state = attr(attrs, "state"), *id = NULL;
		const struct relation *to;

		for (const char **a = attrs; *a && !id; a += 2)
			if (str_ends(*a, ":id"))
				id = a[1];
		to = id ? of_id(w->relations, id) : NULL;
		/* Chart sheets and macro sheets are sheets of the workbook, but hold no rows. */
		if (to && str_ends(to->type, "/worksheet"))
			book_add_sheet(book, title ? title : "",
			        state && !str_equal(state, "visible"), to->target);
	}
}

/* LibreOffice writes days since 30 December 1899, without Excel's 29 February 1900. */
struct app {
	struct part part;
	bool in;
	struct buf name;
};

static void XMLCALL app_start(void *user, const char *name, const char **attrs)
{
	struct app *app = user;

	(void)attrs;
	app->part.depth++;
	app->in = str_equal(part_local(&app->part, name), "Application");
}

static void XMLCALL app_end(void *user, const char *name)
{
	struct app *app = user;

	(void)name;
	app->part.depth--;
	app->in = false;
}

static void XMLCALL app_text(void *user, const char *text, int n)
{
	struct app *app = user;

	if (app->in && app->name.n < 64)
		buf_add(&app->name, text, (size_t)n);
}

static bool read_application(struct sheet_book *book, struct fault *f)
{
	static const struct handlers to = { .start = app_start, .end = app_end, .text = app_text };
	struct app app = { 0 };
	bool ok = part_parse(book, "docProps/app.xml", true, &to, &app.part, f);

	if (ok && book->epoch == EPOCH_1900 && str_starts(buf_text(&app.name), "LibreOffice"))
		book->epoch = EPOCH_1899;
	buf_free(&app.name);
	return ok;
}

/* ---------- styles: the number format of each ---------- */

struct number_format {
	unsigned long id;
	struct form_of form;
};
struct styles {
	struct part part;
	bool in_cells; /* within cellXfs */
	size_t room;
	struct number_format *at;
	size_t n, cap;
};

static struct form_of form_by_id(const struct styles *s, unsigned long id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].id == id)
			return s->at[i].form;
	return form_builtin(id);
}

static void XMLCALL styles_start(void *user, const char *name, const char **attrs)
{
	struct styles *s = user;
	struct sheet_book *book = s->part.book;
	const char *local, *id;

	s->part.depth++;
	local = part_local(&s->part, name);
	if (str_equal(local, "cellXfs"))
		s->in_cells = true;
	id = attr(attrs, "numFmtId");
	if (str_equal(local, "numFmt") && s->part.depth == 3 && s->n < BOOK_SHEETS) {
		const char *code = attr(attrs, "formatCode");

		if (!id || !code)
			return;
		s->at = mem_grow(s->at, &s->cap, s->n + 1, sizeof *s->at);
		s->at[s->n++] = (struct number_format){ strtoul(id, NULL, 10), form_of_code(code) };
	} else if (s->in_cells && str_equal(local, "xf") && book->styles < BOOK_FORMATS) {
		book->style =
		        mem_grow(book->style, &s->room, book->styles + 1, sizeof *book->style);
		book->style[book->styles++] = form_by_id(s, id ? strtoul(id, NULL, 10) : 0);
	}
}

static void XMLCALL styles_end(void *user, const char *name)
{
	struct styles *s = user;

	if (s->in_cells && str_equal(part_local(&s->part, name), "cellXfs"))
		s->in_cells = false;
	s->part.depth--;
}

static bool read_styles(struct sheet_book *book, const char *path, struct fault *f)
{
	static const struct handlers to = { .start = styles_start, .end = styles_end };
	struct styles styles = { 0 };
	bool ok = part_parse(book, path, true, &to, &styles.part, f);

	mem_free(styles.at);
	return ok;
}

static bool read_workbook(struct sheet_book *book, const char *path, struct fault *f)
{
	static const struct handlers to = { .start = workbook_start, .end = plain_end };
	struct relations relations;
	struct workbook workbook = { .relations = &relations };
	const struct relation *styles, *strings;
	bool ok = read_relations(book, path, &relations, f) &&
	          part_parse(book, path, false, &to, &workbook.part, f);

	styles = of_type(&relations, "styles");
	strings = of_type(&relations, "sharedStrings");
	book->strings_path = strings ? strings->target : "xl/sharedStrings.xml";
	ok = ok && read_application(book, f) &&
	     read_styles(book, styles ? styles->target : "xl/styles.xml", f);
	mem_free(relations.at);
	return ok;
}

bool xlsx_open(struct sheet_book *book, struct fault *f)
{
	struct relations top;
	const struct relation *main_part;
	bool ok = read_relations(book, "", &top, f);

	main_part = ok ? of_type(&top, "officeDocument") : NULL;
	ok = ok && read_workbook(book, main_part ? main_part->target : "xl/workbook.xml", f);
	mem_free(top.at);
	return ok;
}

/* ---------- shared strings ---------- */

struct strings_part {
	struct part part;
	struct strings *to;
	bool in_text;
	int phonetic; /* depth within rPh: how to pronounce it, not what it says */
};

static bool strings_grow(struct strings_part *s, const char *text, size_t n)
{
	struct strings *to = s->to;

	if (to->n + n + 1 + to->count * sizeof *to->at > to->most) {
		if (s->part.fault->status == STATUS_OK)
			fault_set(s->part.fault, STATUS_DATA,
			        "its texts take more than %zu MB, far more than its size allows "
			        "for; not read on",
			        to->most >> 20);
		part_stop(&s->part);
		return false;
	}
	to->pool = mem_grow(to->pool, &to->cap, to->n + n + 1, 1);
	memcpy(to->pool + to->n, text, n);
	to->n += n;
	return true;
}

static void XMLCALL strings_start(void *user, const char *name, const char **attrs)
{
	struct strings_part *s = user;
	const char *local;

	(void)attrs;
	s->part.depth++;
	local = part_local(&s->part, name);
	if (s->part.depth == 2 && strcmp(local, "si") == 0) {
		s->to->at = mem_grow(s->to->at, &s->to->room, s->to->count + 1, sizeof *s->to->at);
		s->to->at[s->to->count++] = (uint32_t)s->to->n;
	} else if (local[0] == 't' && local[1] == '\0') {
		s->in_text = s->phonetic == 0;
	} else if (strcmp(local, "rPh") == 0) {
		s->phonetic++;
	}
}

static void XMLCALL strings_end(void *user, const char *name)
{
	struct strings_part *s = user;
	const char *local = part_local(&s->part, name);

	if (local[0] == 't' && local[1] == '\0') {
		s->in_text = false;
	} else if (strcmp(local, "rPh") == 0) {
		s->phonetic--;
	} else if (s->part.depth == 2 && strcmp(local, "si") == 0) {
		struct strings *to = s->to;

		if (strings_grow(s, "", 0)) {
			size_t at = to->at[to->count - 1];

			to->pool[to->n] = '\0';
			to->n = at + xlsx_unescape(to->pool + at, to->n - at);
			to->pool[to->n++] = '\0';
		}
	}
	s->part.depth--;
}

static void XMLCALL strings_text(void *user, const char *text, int n)
{
	struct strings_part *s = user;

	if (s->in_text && s->to->count > 0)
		strings_grow(s, text, (size_t)n);
}

bool xlsx_strings(struct sheet_book *book, struct fault *f)
{
	static const struct handlers to = {
		.start = strings_start, .end = strings_end, .text = strings_text, .streams = true
	};
	struct strings_part part = { .to = &book->strings };
	zip_stat_t st;
	const char *name = book_locate(book, book->strings_path);

	book->strings.n = book->strings.count = 0;
	book->strings.most = BOOK_STRINGS;
	if (name && zip_stat(book->zip, name, 0, &st) == 0)
		book->strings.most += (size_t)st.comp_size * 16;
	if (book->strings.most > UINT32_MAX)
		book->strings.most = UINT32_MAX;
	return part_parse(book, book->strings_path, true, &to, &part.part, f);
}

/* Excel writes what XML cannot hold as _x000B_, and an underscore that would read so as _x005F_. */
size_t xlsx_unescape(char *text, size_t n)
{
	char *at = memchr(text, '_', n), *to = at;
	struct buf rune = { 0 };
	size_t left;

	if (!at)
		return n;
	for (left = n - (size_t)(at - text); left > 0;) {
		if (left >= 7 && at[0] == '_' && at[1] == 'x' && at[6] == '_' &&
		        strspn(at + 2, "0123456789abcdefABCDEF") == 4) {
			unsigned long code = strtoul(at + 2, NULL, 16);

			/* Half of a surrogate pair or NUL has no place in a text. */
			buf_clear(&rune);
			text_add_rune(&rune, code == 0 || (code >= 0xd800 && code < 0xe000)
			                             ? 0xfffd
			                             : (uint32_t)code);
			memcpy(to, rune.p, rune.n);
			to += rune.n;
			at += 7;
			left -= 7;
			continue;
		}
		*to++ = *at++;
		left--;
	}
	buf_free(&rune);
	*to = '\0';
	return (size_t)(to - text);
}
