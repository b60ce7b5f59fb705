/* SPDX-License-Identifier: MIT */
/* Templates: where they are looked for, and their front matter. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "report/template/template.h"

#define TEMPLATE_MAX (16 << 20)

/* ---------- front matter ---------- */

static bool is_name(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	return n > 0 && text[n] == '\0' && (*text < '0' || *text > '9');
}

/* "NAME", or "NAME KIND" where what is given names a record of the kind. */
static bool front_param(const char *words, struct pair *param, struct arena *arena)
{
	char *name = str_trim(arena_strdup(arena, words)), *gap = strpbrk(name, " \t");
	char *kind = NULL;

	if (gap != NULL) {
		*gap = '\0';
		kind = str_trim(gap + 1);
	}
	*param = (struct pair){ .name = name, .kind = kind };
	return is_name(name) && (kind == NULL || is_name(kind));
}

/* A key that takes one word. */
static bool front_word(
        const char *key, const char *value, const char *word, bool *out, struct fault *f)
{
	*out = strcmp(value, word) == 0;
	return *out || fault_set(f, STATUS_CONFIG, "%s: %s is none; write '%s: %s'", key,
	                       quote(value), key, word);
}

static bool front_line(
        struct template *t, size_t *cap, char *line, struct arena *arena, struct fault *f)
{
	static const char *const keys[] = { "title", "about", "lang", "page", "compare", "param",
		"partnership" };
	char *colon = strchr(line, ':'), *key, *value;
	struct pair param;

	if (colon == NULL)
		return fault_set(f, STATUS_CONFIG,
		        "%s is no line of front matter; write 'name: value'", quote(line));
	*colon = '\0';
	key = str_trim(line);
	value = arena_strdup(arena, str_trim(colon + 1));
	if (strcmp(key, "title") == 0)
		t->title = value;
	else if (strcmp(key, "about") == 0)
		t->about = value;
	else if (strcmp(key, "lang") == 0)
		t->lang = value;
	else if (strcmp(key, "compare") == 0)
		t->compare = value;
	else if (strcmp(key, "page") == 0)
		return front_word(key, value, "landscape", &t->landscape, f);
	else if (strcmp(key, "partnership") == 0)
		return front_word(key, value, "one", &t->single, f);
	else if (str_starts(key, "param ") && front_param(key + 6, &param, arena)) {
		param.value = value;
		t->param = mem_grow(t->param, cap, t->nparam + 1, sizeof *t->param);
		t->param[t->nparam++] = param;
	} else {
		const char *near = text_nearest(key, keys, COUNT(keys));

		fault_set(f, STATUS_CONFIG, "%s is no key of front matter", quote(key));
		if (near != NULL)
			fault_hint(f, "did you mean '%s'", near);
		else
			fault_hint(f, "use title, about, lang, page, partnership, compare or param "
			              "NAME [KIND]");
		return false;
	}
	return true;
}

static bool front_matter(
        struct template *t, char *text, size_t n, struct arena *arena, struct fault *f)
{
	char *p = text, *end = text + n, *stop;
	size_t cap = 0;
	long line = 1;
	bool ok = true;

	t->body = text;
	t->nbody = n;
	t->line = 1;
	if (n < 4 || memcmp(text, "---\n", 4) != 0)
		return true;
	struct pair *grown = NULL;
	for (p += 4, line = 2; ok; p = stop + 1, line++) {
		stop = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
		if (stop == NULL) {
			fault_set(f, STATUS_CONFIG,
			        "the front matter does not end; close it with ---");
			fault_place(f, t->path, 1, NULL);
			ok = false;
			break;
		}
		*stop = '\0';
		if (strcmp(p, "---") == 0)
			break;
		char *trimmed = str_trim(p);
		if (*trimmed == '\0' || *trimmed == '#')
			continue;
		ok = front_line(t, &cap, trimmed, arena, f);
		if (!ok)
			fault_place(f, t->path, line, NULL);
	}
	if (ok) {
		t->body = stop + 1;
		t->nbody = (size_t)(end - t->body);
		t->line = line + 1;
	}
	/* The list grew on the heap; it is to live as long as the rest. */
	grown = t->param;
	if (t->nparam > 0) {
		t->param = arena_alloc(arena, t->nparam * sizeof *t->param);
		memcpy(t->param, grown, t->nparam * sizeof *t->param);
	}
	mem_free(grown);
	return ok;
}

/* Windows line ends go; marks and control characters cannot come in with a template. */
static char *clean_text(char *text, size_t *n, struct arena *arena)
{
	struct buf lines = { 0 }, clean = { 0 };
	char *p = text, *stop;
	size_t left = *n;

	/* Most have nothing to clean. */
	if (markdown_is_clean(text, left))
		return text;
	for (; (stop = memmem(p, left, "\r\n", 2)) != NULL; p = stop + 1) {
		buf_add(&lines, p, (size_t)(stop - p));
		left -= (size_t)(stop + 1 - p);
	}
	buf_add(&lines, p, left);
	markdown_add_clean(&clean, buf_text(&lines), lines.n);
	*n = clean.n;
	text = arena_strndup(arena, buf_text(&clean), clean.n);
	buf_free(&lines);
	buf_free(&clean);
	return text;
}

bool template_read(struct template *t, const char *path, struct arena *arena, struct fault *f)
{
	size_t n;
	char *text = file_read(arena, path, TEMPLATE_MAX, &n, f);
	bool ok;

	*t = (struct template){ .path = path, .lang = "en-GB" };
	if (text == NULL)
		return false;
	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		n -= 3;
	}
	if (!text_valid(text, n)) {
		fault_set(f, STATUS_CONFIG, "the template is not UTF-8; save it as UTF-8");
		fault_place(f, path, 0, NULL);
		return false;
	}
	text = clean_text(text, &n, arena);
	ok = front_matter(t, text, n, arena, f);
	return ok;
}

/* ---------- the search path ---------- */

static bool is_file(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && !S_ISDIR(s.st_mode);
}

static int compare_entries(const void *a, const void *b)
{
	return text_natural(
	        ((const struct report_entry *)a)->name, ((const struct report_entry *)b)->name);
}

struct names {
	struct report_entry *entry;
	size_t n, cap;
};

static void gather(struct names *names, const char *folder, struct arena *arena)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		size_t n = strlen(e->d_name);
		bool known = false;

		if (e->d_name[0] == '.' || !str_ends(e->d_name, ".md"))
			continue;
		char *name = arena_strndup(arena, e->d_name, n - 3);
		for (size_t i = 0; i < names->n && !known; i++)
			known = strcmp(names->entry[i].name, name) == 0;
		if (known)
			continue;
		names->entry =
		        mem_grow(names->entry, &names->cap, names->n + 1, sizeof *names->entry);
		names->entry[names->n++] = (struct report_entry){ .name = name,
			.path = arena_printf(arena, "%s/%s", folder, e->d_name) };
	}
	if (d != NULL)
		closedir(d);
}

static struct names all_names(const struct report_place *place, struct arena *arena)
{
	struct names names = { 0 };

	for (size_t i = 0; place->folders[i] != NULL; i++)
		gather(&names, place->folders[i], arena);
	if (names.n > 1)
		qsort(names.entry, names.n, sizeof *names.entry, compare_entries);
	return names;
}

const struct report_entry *report_list(
        const struct report_place *place, struct arena *arena, size_t *n, struct fault *f)
{
	struct names names = all_names(place, arena);
	struct report_entry *out = arena_alloc(arena, (names.n + 1) * sizeof *out);

	(void)f;
	*n = 0;
	for (size_t i = 0; i < names.n; i++) {
		struct template t;
		struct fault bad = { 0 };
		bool read = template_read(&t, names.entry[i].path, arena, &bad);

		if (read && t.about == NULL)
			continue;
		out[*n] = names.entry[i];
		out[(*n)++].about = read ? t.about : NULL;
	}
	mem_free(names.entry);
	return out;
}

const char *report_find(
        const struct report_place *place, const char *name, struct arena *arena, struct fault *f)
{
	if (strchr(name, '/') != NULL) {
		if (is_file(name))
			return arena_strdup(arena, name);
		errno = ENOENT;
		fault_errno(f, STATUS_NOINPUT, "cannot open %s", quote(name));
		return NULL;
	}
	for (size_t i = 0; place->folders[i] != NULL; i++) {
		const char *plain = arena_printf(arena, "%s/%s", place->folders[i], name);
		const char *path = arena_printf(arena, "%s.md", plain);

		if (name[0] != '.' && str_ends(name, ".md") && is_file(plain))
			return plain;
		if (name[0] != '.' && is_file(path))
			return path;
	}
	struct names names = all_names(place, arena);
	const char **words = mem_zalloc((names.n + 1) * sizeof *words);
	for (size_t i = 0; i < names.n; i++)
		words[i] = names.entry[i].name;
	const char *bare =
	        str_ends(name, ".md") ? arena_strndup(arena, name, strlen(name) - 3) : name;
	const char *near = text_nearest(bare, words, names.n);
	fault_set(f, STATUS_NOINPUT, "there is no report %s", quote(name));
	if (is_file(name) || is_file(arena_printf(arena, "%s.md", name)))
		fault_hint(f, "for the file in this folder write ./%s%s", name,
		        is_file(name) ? "" : ".md");
	else if (near != NULL)
		fault_hint(f, "did you mean '%s'; report-gen -l lists them", near);
	else
		fault_hint(f, "report-gen -l lists them");
	mem_free(words);
	mem_free(names.entry);
	return NULL;
}
